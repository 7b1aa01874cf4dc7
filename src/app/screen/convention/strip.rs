//! The foot of a convention: what there is to verify, one point at a time.

use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Element, Fill, Padding, Size};

use super::verify::basis;
use super::{Convention, Message, Part};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{button, mark, pane, row_button};
use crate::check::{Finding, Tally};

/// From this width on, what is said of a finding stands beside what can be done about it.
const BESIDE: f32 = 900.0;

/// From this height of the page on, the foot is as high for every point.
const ROOMY: f32 = 660.0;

/// How high what it says is then, in pixels: three lines, and below them what they rest on; or what can be done.
const STEADY: f32 = 94.0;
const STEADY_BELOW: f32 = 104.0;

/// Where the keyboard reads the point that is shown.
pub const FIRST: &str = "findings.first";

/// Where it goes on to the next.
pub const NEXT: &str = "findings.next";

/// Under what is said, the room of the ring that the keyboard has around it.
const RING: f32 = 7.0;

impl Convention {
    /// What there is to verify, one at a time, on a page of that size; folded until it is asked for where there is little
    /// room.
    pub(super) fn strip<'a>(
        &'a self,
        session: &'a Session,
        size: Size,
        folded: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let width = size.width;
        let tally = Tally::of(self.pending(session));
        let count = self.pending(session).count();

        let content: Element<'_, Message> = match self.shown_finding(session) {
            // Where room is scarce, nothing says that there is nothing.
            None if folded => return space().into(),
            None => row![
                text("● Rien à vérifier").size(15).color(palette.good),
                space().width(Fill),
            ]
            .into(),
            // And what there is waits to be asked for; the list of them all says it already.
            Some(_) if (folded || self.part == Part::Verify) && !self.walking => row![
                tally.tags(palette),
                space().width(Fill),
                button("Voir  F8", palette)
                    .id(NEXT)
                    .on_press(Message::Finding { backwards: false }),
            ]
            .align_y(Center)
            .into(),
            Some(finding) => {
                let rank = text(format!("{}/{count}", self.finding + 1))
                    .size(14)
                    .color(palette.muted);
                let basis = basis(finding, session, palette);
                let acts = row![
                    self.what_to_do(finding, session, palette),
                    button("Suivant  F8", palette)
                        .id(NEXT)
                        .on_press(Message::Finding { backwards: false }),
                ]
                .spacing(12)
                .align_y(Center);
                let mut line = Row::new().spacing(12).align_y(Center);
                if !folded {
                    line = line.push(tally.tags(palette));
                }
                line = line.push(rank);
                // An article to be added has a long name: it goes below.
                if width >= BESIDE && finding.fix.is_none() {
                    // Under the words, which begin after the mark.
                    let basis = basis.map(|it| container(it).padding(Padding::ZERO.left(22)));
                    let said = column![sentence(finding, palette)].push(basis);
                    let said = said.spacing(RING).width(Fill);
                    line.push(said).push(acts).into()
                } else {
                    let below = row![container(row![].push(basis)).width(Fill), acts]
                        .spacing(12)
                        .align_y(Center);
                    column![line.push(sentence(finding, palette)), below]
                        .spacing(RING)
                        .into()
                }
            }
        };
        // The page does not move from one point to the next, where there is room for the longest.
        let steady = size.height >= ROOMY && count > 0 && (!folded || self.walking);
        let height = match (steady, width >= BESIDE) {
            (false, _) => 0.0,
            (true, true) => STEADY,
            (true, false) => STEADY_BELOW,
        };
        let content = row![container(content).width(Fill), space().height(height)];
        pane("findings", content.align_y(Center))
            .padding(Padding::from([8, 20]).bottom(6))
            .width(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }
}

/// What the matter is, whole; a click leads to its place.
fn sentence<'a>(finding: &'a Finding, palette: Palette) -> Element<'a, Message> {
    let said = row![
        mark(Some(finding.severity), palette),
        text(&finding.message).size(15).width(Fill),
    ]
    .spacing(4);
    row_button(said, false, palette)
        .padding([2, 6])
        .id(FIRST)
        .on_press(Message::GoTo(Box::new(finding.clone())))
        .into()
}
