//! How the preview looks: the sheets, how large they are, which one is read, what layout remarks.

use iced::widget::{Id, column, container, responsive, row, text};
use iced::{Center, Element, Fill, Size};

use super::sheets::{Sheets, Stack};
use super::{Message, PANE, Preview, SHEETS, Turn, Zoom};
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{BAR, choice, focusable, quiet, row_button, scroll_both};

impl Preview {
    /// The sheets with what is said of them; `instead` when they stand in the place of the text.
    #[must_use]
    pub fn view(&self, instead: bool, palette: Palette) -> Element<'_, Message> {
        let sheets = responsive(move |size| self.sheets(size, instead, palette));
        let reached = focusable(sheets, palette.accent)
            .id(Id::new(PANE))
            .on_key(|key| Turn::of_key(key).map(Message::Turn));

        let mut page = column![
            // Room for the ring of the focus.
            container(reached).width(Fill).height(Fill).padding(5),
            self.foot(palette)
        ];
        if let Some(said) = self.said(palette) {
            page = page.push(said);
        }
        container(page)
            .width(Fill)
            .height(Fill)
            .style(move |_| palette.on(palette.raised))
            .into()
    }

    fn sheets(&self, size: Size, instead: bool, palette: Palette) -> Element<'_, Message> {
        let stack = self.seen.and_then(|seen| {
            let across = self.across(&seen);
            let pages = self.pages.as_ref()?;
            Some(Stack::new(pages, size.width - BAR, across, self.pixels))
        });
        let sheets = Sheets {
            stack,
            picture: Box::new(|page| self.picture(page)),
            pixels: self.pixels,
            marks: &self.marks,
            caret: self.spot,
            pane: size.width - BAR,
            instead,
            palette,
            on_gesture: Message::Sheets,
        };
        scroll_both(sheets, SHEETS, palette).into()
    }

    fn foot(&self, palette: Palette) -> Element<'_, Message> {
        let told = match (&self.fault, &self.pages, self.page_in_sight()) {
            (None, Some(pages), Some(page)) => {
                format!("page {} sur {}", page + 1, pages.pages.len())
            }
            (None, _, _) => "Composition…".to_owned(),
            (Some(_), ..) => String::new(),
        };
        let follow = choice("suit le curseur", self.follows, palette)
            .padding([2, 9])
            .on_press(Message::Follow);
        container(
            row![text(told).size(14).color(palette.muted), follow]
                .spacing(10)
                .align_y(Center),
        )
        .padding([5, 12])
        .width(Fill)
        .into()
    }

    /// How large the sheets are: a step smaller, a step larger, as wide as the pane.
    #[must_use]
    pub fn zoom(&self, palette: Palette) -> Element<'_, Message> {
        let shown = self.percent();
        let larger = (shown < 200).then_some(Message::Step { larger: true });
        let smaller = (shown > 50).then_some(Message::Step { larger: false });
        row![
            quiet("−", palette).on_press_maybe(smaller),
            text(format!("{shown}\u{a0}%")).size(14),
            quiet("+", palette).on_press_maybe(larger),
            choice("largeur", self.zoom == Zoom::Width, palette)
                .padding([2, 9])
                .on_press(Message::Zoom(Zoom::Width)),
        ]
        .spacing(4)
        .align_y(Center)
        .into()
    }

    /// A fault, or what layout remarks.
    fn said(&self, palette: Palette) -> Option<Element<'_, Message>> {
        if let Some(fault) = &self.fault {
            let told = text(fault).size(14).color(palette.grave);
            return Some(container(told).padding([4, 12]).into());
        }
        let remarks = self.remarks();
        let (shown, times) = *remarks.get(self.remark)?;
        let count = french::count(remarks.len(), "remarque", "remarques");
        let where_it_is = shown
            .page
            .map_or_else(String::new, |page| format!(", page {}", page + 1));
        let where_it_is = match times {
            1 => where_it_is,
            times => format!("{where_it_is}, {times}\u{a0}fois"),
        };
        let words = column![
            text(format!("◆ {count} de mise en page{where_it_is}"))
                .size(13)
                .color(palette.wary),
            text(&shown.message).size(14),
        ];
        let mut line = row![
            row_button(words, false, palette)
                .padding([4, 12])
                .on_press(Message::Remark)
        ]
        .align_y(Center);
        if remarks.len() > 1 {
            line = line.push(quiet("suivante", palette).on_press(Message::NextRemark));
        }
        Some(line.into())
    }
}
