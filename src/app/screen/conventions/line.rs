//! A row of the list of conventions.

use iced::widget::text::Wrapping;
use iced::widget::{Id, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion, Padding, Pixels, Right};

use super::Message;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tally, goes_down, row_button, tally};
use crate::model::{Convention, Id as RecordKey, Kind, RecordId, Stage, fold};

/// The height of a row, in pixels: rows out of sight are known by it alone.
pub const ROW: f32 = 72.0;

/// The height of a line of text in a row: what takes more than two is cut between lines.
const LINE: Pixels = Pixels(20.0);

/// What is shown of a convention.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// Which.
    pub id: RecordKey,
    title: String,
    kind: &'static str,
    partners: String,
    amount: String,
    term: String,
    /// Where it stands.
    pub stage: Stage,
    tally: Tally,
    /// What a search reads, folded.
    pub search: String,
}

impl Line {
    /// What is shown of that convention.
    pub fn of(convention: &Convention, session: &Session) -> Self {
        let partners: Vec<&str> = convention
            .parties
            .iter()
            .filter(|party| party.partner.is_some())
            .map(|party| session.party_name(party))
            .collect();
        let partners = partners.join(", ");
        let amount = session
            .commitment(convention)
            .map(|(amount, currency)| french::amount(amount, &currency, session.reference()));
        let name = RecordId {
            kind: Kind::Convention,
            id: convention.id,
        };
        let title = session.records().search_key(name).unwrap_or_default();

        Self {
            id: convention.id,
            title: convention.title.clone(),
            kind: convention.kind.label(),
            search: format!(
                "{title}\n{}\n{}",
                fold(&partners),
                fold(convention.kind.label())
            ),
            partners,
            amount: amount.unwrap_or_else(|| "–".to_owned()),
            term: french::term(convention.start, convention.end),
            stage: session.stage(convention),
            tally: Tally::of(session.findings(convention.id)),
        }
    }

    /// The row, at that rank of the list.
    pub fn view(&self, rank: usize, narrow: bool, palette: Palette) -> Element<'_, Message> {
        let title = container(
            text(&self.title)
                .size(15)
                .line_height(LINE)
                .font(STRONG)
                .color(palette.ink),
        )
        .max_height(2.0 * LINE.0)
        .clip(true);
        let muted = |words: &str| {
            text(words.to_owned())
                .size(14)
                .color(palette.muted)
                .wrapping(Wrapping::None)
        };

        let content: Element<'_, Message> = if narrow {
            let second = format!(
                "{} · {} · {}",
                self.stage.label(),
                self.partners,
                self.amount
            );
            row![
                column![title, container(muted(&second)).clip(true)].width(Fill),
                tally(self.tally, palette),
            ]
            .align_y(Center)
            .spacing(10)
            .into()
        } else {
            row![
                column![title, muted(self.kind)].width(FillPortion(12)),
                container(text(&self.partners).size(15).line_height(LINE))
                    .max_height(2.0 * LINE.0)
                    .clip(true)
                    .width(FillPortion(4)),
                text(&self.amount)
                    .size(15)
                    .width(FillPortion(4))
                    .align_x(Right),
                text(&self.term).size(14).width(FillPortion(6)),
                text(self.stage.label()).size(14).width(FillPortion(4)),
                container(tally(self.tally, palette)).width(FillPortion(4)),
            ]
            .align_y(Center)
            .spacing(10)
            .into()
        };

        let row = row_button(container(content).center_y(ROW - 15.0), false, palette)
            .id(row_id(self.id))
            .on_press(Message::Open(self.id))
            .focusable()
            .on_key(move |key| goes_down(key).map(|down| Message::Step { from: rank, down }));
        row.into()
    }
}

/// Where the keyboard finds the row of a convention.
#[must_use]
pub fn row_id(convention: RecordKey) -> Id {
    Id::from(format!("conventions.row.{convention}"))
}

/// The names of the columns.
pub fn header<'a>(palette: Palette) -> Element<'a, Message> {
    let name = |words: &'static str| text(words).size(13).color(palette.muted);
    container(
        row![
            name("Convention").width(FillPortion(12)),
            name("Partenaire").width(FillPortion(4)),
            name("Notre engagement")
                .width(FillPortion(4))
                .align_x(Right),
            name("Durée").width(FillPortion(6)),
            name("Étape").width(FillPortion(4)),
            name("À vérifier").width(FillPortion(4)),
        ]
        .spacing(10),
    )
    .padding(Padding {
        top: 4.0,
        right: 15.0 + 10.0,
        bottom: 4.0,
        left: 15.0,
    })
    .into()
}
