//! The second page: what each row would do. A cell at fault is typed anew where it stands.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion, Padding};

use super::columns::sentence;
use super::table::Table;
use super::{Import, Message, Only, fate, whole};
use crate::app::fonts::{SANS, STRONG};
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{BAR, Tone, banner, button, field, link, plain_button, quiet, words};
use crate::exchange::budget::Column as Cell;
use crate::exchange::import::{Field, Kind, Outcome, Planned, Proposal};

/// The height of a row, in pixels: its cells, and under them what becomes of it.
pub(super) const ROW: f32 = 82.0;

/// The column of line numbers.
const NUMBER: f32 = 46.0;

/// A cell in question whose column is not in sight, in pixels.
const CELL: f32 = 180.0;

/// How many of those a row has room for; the next come as these are mended.
const MOST_HIDDEN: usize = 2;

impl Import {
    pub(super) fn planned<'a>(
        &'a self,
        table: &'a Table,
        palette: Palette,
    ) -> Element<'a, Message> {
        let counts = table.counts;

        let read: Element<'a, Message> = if table.taken.waits {
            text(
                "Gardées d’imports précédents\u{a0}: chacune rejoint sa ligne dès qu’un \
                 budget l’a, ou que vous la dites.",
            )
            .size(14)
            .color(palette.muted)
            .into()
        } else {
            row![
                text(sentence(table)).size(14).color(palette.muted),
                link("Modifier la lecture", palette).on_press(Message::Understand),
            ]
            .spacing(6)
            .align_y(Center)
            .wrap()
            .into()
        };
        let mut page = Column::new().spacing(10).push(self.cards(table, palette));
        for remark in table.plan.iter().flat_map(|plan| &plan.remarks) {
            page = page.push(banner(Tone::Wary, remark, [], palette));
        }
        let mut acts = row![].spacing(6).align_y(Center);
        if counts.asked > 0
            && let Some((proposal, words)) = proposal(self.kind)
        {
            acts = acts.push(button(words, palette).on_press(Message::AcceptAll(proposal)));
        }
        if counts.refused + counts.asked + counts.kept > 0 {
            acts = acts.push(
                quiet(
                    if self.kind == Kind::Done {
                        "Exporter ce qui reste"
                    } else {
                        "Exporter les refus"
                    },
                    palette,
                )
                .id("import.refusals")
                .on_press(Message::HandBack),
            );
        }
        page = page.push(
            row![container(read).width(Fill), acts]
                .spacing(8)
                .align_y(Center),
        );

        page = page.push(
            container(self.listed(table, palette))
                .width(Fill)
                .height(Fill)
                .style(move |_| palette.card()),
        );
        if let Some(planned) = self.looked_at.and_then(|row| table.row(row)) {
            page = page.push(whole::of(self.kind, table, planned, palette));
        }
        page.push(
            text("Une sauvegarde est faite avant l’import. L’import s’annule d’un coup (Ctrl+Z).")
                .size(14)
                .color(palette.muted),
        )
        .height(Fill)
        .into()
    }

    /// The rows in sight under the heads of their columns, which leave the room of the bar.
    fn listed<'a>(&'a self, table: &'a Table, palette: Palette) -> Element<'a, Message> {
        let edge = Padding::from([6, 14]).right(14.0 + BAR);
        let head = row![text("Ligne").size(13).color(palette.muted).width(NUMBER)]
            .extend(heads(table, palette))
            .spacing(8);
        let list = self.list.view(
            move |place| {
                let planned = table.at(place)?;
                Some((planned.row, self.line(table, planned, palette)))
            },
            Message::Scrolled,
            palette,
        );
        column![container(head).padding(edge), list]
            .height(Fill)
            .into()
    }

    /// How many rows come to what; each count shows those rows alone.
    fn cards<'a>(&'a self, table: &Table, palette: Palette) -> Element<'a, Message> {
        let counts = table.counts;
        let cards = [
            (Only::All, counts.rows, "lignes lues", palette.ink),
            (Only::Created, counts.created, "à créer", palette.good),
            (Only::Changed, counts.changed, "à modifier", palette.accent),
            (
                Only::Unchanged,
                counts.unchanged,
                "inchangées",
                palette.muted,
            ),
            (Only::Asked, counts.asked, "à confirmer", palette.wary),
            (Only::Kept, counts.kept, "à rapprocher", palette.wary),
            (Only::Refused, counts.refused, "refusées", palette.grave),
        ];
        let concerns = |only: Only| match only {
            Only::Kept => self.kind == Kind::Done,
            Only::Created | Only::Refused => !table.taken.waits,
            _ => true,
        };
        let cards = cards.into_iter().filter(|(only, ..)| concerns(*only));
        let cards = cards.map(|(only, count, label, ink)| {
            let is_shown = only == self.only;
            let told = column![
                text(french::thousands(&count.to_string()))
                    .size(20)
                    .font(STRONG)
                    .color(ink),
                words(label)
                    .size(13.0)
                    .font(if is_shown { STRONG } else { SANS })
                    .color(if is_shown { palette.ink } else { palette.muted }),
            ];
            let card =
                container(told)
                    .padding([5, 10])
                    .width(Fill)
                    .style(move |_| match is_shown {
                        true => palette.chosen_card(),
                        false => palette.card(),
                    });
            let holds = only == Only::All || count > 0;
            let card = plain_button(card, 0, palette)
                .id(format!("import.only.{label}"))
                .width(Fill)
                .on_press_maybe(holds.then_some(Message::Only(only)));
            container(card)
                .width(FillPortion(if only == Only::All { 4 } else { 3 }))
                .into()
        });
        Row::with_children(cards).spacing(8).into()
    }

    fn line<'a>(
        &'a self,
        table: &'a Table,
        planned: &'a Planned,
        palette: Palette,
    ) -> Element<'a, Message> {
        // Any cell of a row that does not go through, or that was mended, is typed anew where it stands.
        let is_open = !table.taken.waits
            && (planned.outcome.reason().is_some() || table.taken.is_corrected(planned.row));
        let in_question = match is_open {
            true => in_question(table, planned),
            false => Vec::new(),
        };
        let cells = table.columns.iter().map(|(place, field)| {
            let cell = match is_open {
                true => self.cell(table, planned, *place, &in_question, palette),
                false => {
                    let said = table.taken.value(planned.row, *place).shown();
                    let unit = unit_out_of_sight(table, planned, *field);
                    words(format!("{said}{unit}")).width(Fill).into()
                }
            };
            container(cell).width(share(*field)).clip(true).into()
        });
        let number = link(planned.line.to_string(), palette)
            .id(format!("import.row.{}", planned.row))
            .on_press(Message::Look(planned.row));
        let cells = row![container(number).width(NUMBER)]
            .extend(cells)
            .spacing(8)
            .align_y(Center)
            .height(36);
        let mut fate_of = row![].spacing(8).align_y(Center).height(Fill);
        // A cell in question is there to be typed anew, even where its column is not in sight.
        let is_hidden = |column: &&usize| !table.columns.iter().any(|(there, _)| there == *column);
        for &column in in_question.iter().filter(is_hidden).take(MOST_HIDDEN) {
            let head = table.taken.columns().get(column);
            let head = head.map_or("", |it| it.head.as_str());
            let cell = self.cell(table, planned, column, &in_question, palette);
            fate_of = fate_of
                .push(words(head).size(13.0).color(palette.muted))
                .push(container(cell).width(CELL));
        }
        let fate_of = fate_of.push(fate::of(self.kind, table, planned, palette));
        let refused = matches!(planned.outcome, Outcome::Refused { .. });
        container(column![cells, fate_of])
            .padding([2, 9])
            .width(Fill)
            .height(Fill)
            .style(move |_| {
                palette.on(if refused {
                    palette.grave_soft
                } else {
                    palette.surface
                })
            })
            .into()
    }

    /// A cell that is typed anew where it stands.
    fn cell<'a>(
        &'a self,
        table: &Table,
        planned: &Planned,
        column: usize,
        in_question: &[usize],
        palette: Palette,
    ) -> Element<'a, Message> {
        let row = planned.row;
        let typed = self
            .typed
            .as_ref()
            .filter(|(r, c, _)| (*r, *c) == (row, column));
        let said = typed.map_or_else(
            || table.taken.value(row, column).shown(),
            |(.., typed)| typed.clone(),
        );
        let is_in_question = in_question.contains(&column);
        let example = if is_in_question { "à saisir" } else { "" };
        let ink = match planned.outcome {
            Outcome::Refused { .. } => palette.grave,
            _ => palette.wary,
        };
        let id = format!("import.cell.{row}.{column}");
        let typed = move |typed| Message::Typed(row, column, typed);
        field(&said, example, id, palette, typed)
            .tight()
            .edged(is_in_question.then_some(ink), palette)
            .on_submit(Message::Correct)
            .on_leave(Message::Correct)
            .into()
    }
}

/// The heads of the columns in sight, over what they give.
fn heads<'a>(table: &'a Table, palette: Palette) -> impl Iterator<Item = Element<'a, Message>> {
    let columns = table.columns.iter();
    columns.map(move |(place, field)| {
        let head = table.taken.columns().get(*place);
        let head = head.map_or("", |it| it.head.as_str());
        let label = field.label();
        let line = |said: &'a str| words(said).size(13.0).color(palette.muted).width(Fill);
        let told = if head.is_empty() || head.eq_ignore_ascii_case(label) {
            column![line(label)]
        } else {
            column![
                line(head),
                words(format!("→ {label}")).lines(2).size(13.0).width(Fill)
            ]
        };
        container(told).width(share(*field)).into()
    })
}

/// The currency of an amount, where the column that says it is not in sight.
fn unit_out_of_sight(table: &Table, planned: &Planned, field: Field) -> String {
    let currency = Field::Cell(Cell::Currency);
    let is_in_sight = || table.columns.iter().any(|(_, it)| *it == currency);
    let column = table.taken.column_of(currency);
    match column.filter(|_| field == Field::Cell(Cell::Amount) && !is_in_sight()) {
        Some(column) => {
            let said = table.taken.value(planned.row, column).shown();
            format!("\u{a0}{said}").trim_end().to_owned()
        }
        None => String::new(),
    }
}

/// How much of the row a column takes: names more than figures and days.
const fn share(field: Field) -> iced::Length {
    FillPortion(match field {
        Field::Name | Field::Title | Field::ThirdParty | Field::Cell(Cell::Label) => 5,
        Field::Object | Field::Parties | Field::Cell(Cell::Heading | Cell::Funder) => 4,
        _ => 3,
    })
}

/// The columns to be typed anew: those at fault or in doubt, else the first where the whole row is.
fn in_question(table: &Table, planned: &Planned) -> Vec<usize> {
    let meant = planned.beside.meant.as_ref().map(|meant| meant.field);
    let doubted = |field| {
        let column = table.taken.column_of(meant.unwrap_or(field));
        column.into_iter().collect()
    };
    match &planned.outcome {
        Outcome::Refused { faults } => {
            let at_fault: Vec<usize> = faults.iter().filter_map(|it| it.column).collect();
            match at_fault.as_slice() {
                [] => table
                    .columns
                    .first()
                    .map(|(column, _)| *column)
                    .into_iter()
                    .collect(),
                _ => at_fault,
            }
        }
        Outcome::Asked { .. } => match table.taken.kind {
            Kind::Partners => doubted(Field::Name),
            Kind::Conventions => doubted(Field::Parties),
            Kind::Budget => doubted(Field::Cell(Cell::Funder)),
            Kind::Done => Vec::new(),
        },
        _ => Vec::new(),
    }
}

/// What can be accepted for all rows at once.
const fn proposal(kind: Kind) -> Option<(Proposal, &'static str)> {
    match kind {
        Kind::Conventions => Some((Proposal::Partners, "Créer les partenaires proposés")),
        Kind::Budget => Some((Proposal::Partners, "Créer les financeurs proposés")),
        Kind::Done => Some((Proposal::Matches, "Accepter les rapprochements")),
        Kind::Partners => None,
    }
}
