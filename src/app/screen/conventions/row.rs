//! A convention in the table: wide, a cell a column; narrower, some cells under others; narrow, three lines.

use iced::widget::{Id, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion, Padding, Right, Shrink};

use super::Message;
use super::line::Line;
use super::view::Room;
use crate::app::fonts::STRONG;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{goes_down, row_button, stage_tag, tally, words};
use crate::model::Id as RecordKey;

/// The height of a row, in pixels: rows out of sight are known by it alone.
pub const ROW: f32 = 82.0;

/// The height of a line of text in a row: what takes more than two is cut between lines.
const LINE: f32 = 20.0;

/// Where the keyboard finds the row of a convention.
#[must_use]
pub fn row_id(convention: RecordKey) -> Id {
    Id::from(format!("conventions.row.{convention}"))
}

/// Between two columns.
pub const GAP: f32 = 10.0;
/// The widths of the columns that hold no more than that.
pub const TERM: f32 = 84.0;
pub const AMOUNT: f32 = 96.0;
pub const TALLY: f32 = 126.0;
/// The width of the last column where there is little room: the term and what there is to verify, the amount, the person.
pub const LAST: f32 = 152.0;

/// An amount stands at the right of its column, and what there is to verify at the left of its own.
pub const APART: Padding = Padding {
    left: 14.0,
    ..Padding::ZERO
};

impl Line {
    /// « → 15/12/2026 Délibération · Valmont »: what it waits for.
    fn next(&self) -> String {
        match (self.next_words.as_str(), self.due) {
            ("", _) => String::new(),
            (words, Some(due)) if self.is_late => {
                format!("◆ en retard, {} {words}", french::day(due))
            }
            (words, Some(due)) => format!("→ {} {words}", french::day(due)),
            (words, None) => format!("→ {words}"),
        }
    }

    /// The row, at that rank of the table.
    pub fn view(&self, rank: usize, room: Room, palette: Palette) -> Element<'_, Message> {
        let title = |lines| {
            let words = words(&self.title)
                .lines(lines)
                .leading(LINE)
                .font(STRONG)
                .color(palette.ink);
            if self.is_amendment {
                row![text("›").size(15).color(palette.muted), words].spacing(6)
            } else {
                row![words]
            }
        };
        let cell = |said: &str, width| {
            let said = words(said.to_owned()).lines(2).leading(LINE);
            said.color(palette.ink).width(width)
        };
        let small = |said: &str, lines| {
            let said = words(said.to_owned()).size(14.0).lines(lines).leading(LINE);
            said.color(palette.muted)
        };
        let found = || tally(self.tally, palette);
        let next = |said: &str, lines| {
            let next = small(said, lines);
            if self.is_late {
                next.color(palette.wary)
            } else {
                next
            }
        };
        let content: Element<'_, Message> = if room == Room::Narrow {
            let term = self.end.map(|day| format!("terme {}", french::day(day)));
            let amount = self.amount_cents.map(|_| self.amount.as_str());
            let about = [Some(self.stage.label()), Some(&self.partners), amount];
            let about = joined(about.into_iter().flatten());
            let waits = self.next();
            let waits = joined([waits.as_str()].into_iter().chain(term.as_deref()));
            let said = column![title(1), small(&about, 1), next(&waits, 1)];
            row![said.width(Fill), found()]
                .align_y(Center)
                .spacing(GAP)
                .into()
        } else {
            let term = self.end.map_or_else(|| "–".to_owned(), french::day);
            let term = text(term).size(14).color(palette.ink);
            let amount = text(self.amount.clone()).size(15).color(palette.ink);
            let [first, second, third] = room.shares();
            let line = row![
                column![title(2), small(self.kind, 1)].width(FillPortion(first)),
                column![cell(&self.partners, Shrink), small(&self.countries, 1)]
                    .width(FillPortion(second)),
                column![stage_tag(self.stage, palette), next(&self.next(), 2)]
                    .spacing(2)
                    .width(FillPortion(third)),
            ];
            let line = if room == Room::Wide {
                line.push(cell(&self.in_charge, FillPortion(4)))
                    .push(term.width(TERM))
                    .push(amount.width(AMOUNT).align_x(Right))
                    .push(container(found()).width(TALLY).padding(APART))
            } else {
                let found = if self.tally.is_empty() {
                    text("●").size(14).color(palette.good).into()
                } else {
                    self.tally.short(palette)
                };
                let term = row![term.width(Fill), found].align_y(Center);
                let last = column![term, amount, small(&self.in_charge, 1)];
                line.push(last.width(LAST))
            };
            line.align_y(Center).spacing(GAP).into()
        };

        row_button(container(content).center_y(ROW - 15.0), false, palette)
            .id(row_id(self.id))
            .on_press(Message::Open(self.id))
            .focusable()
            .in_list("conventions", false)
            .on_key(move |key| {
                goes_down(key).map(|down| Message::Step {
                    from: Some(rank),
                    down,
                })
            })
            .into()
    }
}

fn joined<'a>(said: impl Iterator<Item = &'a str>) -> String {
    let said: Vec<&str> = said.filter(|it| !it.is_empty()).collect();
    said.join(" · ")
}
