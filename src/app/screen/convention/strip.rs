//! The foot of a convention: what there is to verify, one point at a time.

use iced::widget::{Row, column, row, space, text};
use iced::{Center, Element, Fill};

use super::verify::basis;
use super::{Convention, Message, unanswered};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Tally, button, mark, pane, row_button};
use crate::check::Finding;

impl Convention {
    /// What there is to verify, one at a time.
    pub(super) fn strip<'a>(
        &'a self,
        session: &'a Session,
        narrow: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let findings = session.findings(self.id);
        let tally = Tally::of(findings);
        let count = unanswered(findings).count();

        let content: Element<'_, Message> = match self.shown_finding(session) {
            // Where room is scarce, nothing says that there is nothing.
            None if narrow => return space().into(),
            None => row![
                text("● Rien à vérifier").size(15).color(palette.good),
                space().width(Fill),
            ]
            .into(),
            Some(finding) => {
                let rank = format!("{}/{count}", self.finding + 1);
                let mut line = Row::new().spacing(12).align_y(Center);
                if !narrow {
                    line = line.push(tally.tags(palette));
                }
                line = line
                    .push(text(rank).size(14).color(palette.muted))
                    .push(self.finding(finding, session, palette));
                line.push(self.what_to_do(finding, session, palette))
                    .push(
                        button("Suivant  F8", palette)
                            .on_press(Message::Finding { backwards: false }),
                    )
                    .into()
            }
        };
        pane("findings", content)
            .padding([10, 20])
            .width(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }

    fn finding<'a>(
        &self,
        finding: &'a Finding,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let message = row![
            mark(Some(finding.severity), palette),
            text(&finding.message).size(15).width(Fill),
        ]
        .spacing(4);
        let there = row_button(message, false, palette)
            .padding([2, 6])
            .on_press(Message::GoTo(Box::new(finding.clone())));
        column![there]
            .push(basis(finding, session, palette))
            .width(Fill)
            .into()
    }
}
