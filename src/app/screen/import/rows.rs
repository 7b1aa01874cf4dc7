//! The second page: what each row would do. A cell at fault is typed anew where it stands.

use std::borrow::Cow;

use iced::alignment::Horizontal;
use iced::widget::{Column, Container, Id, Row, column, container, responsive, row, text};
use iced::{Center, Element, Fill, FillPortion, Length, Padding, Size};

use super::columns::sentence;
use super::table::Table;
use super::{Import, Message, Only, fate, whole};
use crate::app::fonts::{SANS, STRONG};
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    BAR, Tone, banner, button, field, hairline, link, plain_button, quiet, words,
};
use crate::exchange::budget::Column as Cell;
use crate::exchange::import::{Field, Kind, Outcome, Planned, Proposal};
use crate::exchange::table::value::mark_of;
use crate::model::Currency;

/// The height of a row that goes without question, in pixels; twice that where what becomes of it stands under its cells.
pub(super) const ROW: f32 = 40.0;

/// The height of the heads above the rows: what the table says, and what it is taken for.
const HEAD: f32 = 48.0;

/// From this width there is room for all counts, and for acts beside what was read, in pixels.
const ROOMY: f32 = 700.0;

/// The column that says in a word what becomes of a row, where it is said so of any.
const FATE: f32 = 92.0;

/// The column of line numbers.
const NUMBER: f32 = 40.0;

/// From a column to the next: figures at the right of one are not those of the next.
const BETWEEN: f32 = 14.0;

/// A cell in question whose column is not in sight, in pixels.
const CELL: f32 = 180.0;

/// How many of those a row has room for; the next come as these are mended.
const MOST_HIDDEN: usize = 2;

/// Where the keyboard finds the number of a row, which shows it whole.
pub(super) fn number_id(row: usize) -> Id {
    Id::from(format!("import.row.{row}"))
}

impl Import {
    pub(super) fn planned<'a>(
        &'a self,
        table: &'a Table,
        width: f32,
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
        let mut page = Column::new().spacing(10);
        page = page.push(self.cards(table, width, palette));
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
        page = page.push(match width >= ROOMY {
            true => Element::from(
                row![container(read).width(Fill), acts]
                    .spacing(8)
                    .align_y(Center),
            ),
            false => column![read, acts].spacing(4).into(),
        });

        page = page.push(
            container(responsive(move |size| self.listed(table, size, palette)))
                .width(Fill)
                .height(Fill),
        );
        if let Some(planned) = self.looked_at.and_then(|row| table.row(row)) {
            page = page.push(whole::of(self.kind, table, planned, palette));
        }
        page.height(Fill).into()
    }

    /// The rows in sight under the heads of their columns, which leave the room of the bar.
    fn listed<'a>(
        &'a self,
        table: &'a Table,
        size: Size,
        palette: Palette,
    ) -> Element<'a, Message> {
        let edge = Padding::from([0, 14]).right(14.0 + BAR);
        let columns = table.columns(size.width);
        let muted = |said| words(said).size(13.0).color(palette.muted);
        let fate = table
            .has_brief
            .then(|| container(muted(Cow::Borrowed("Sort"))).width(FATE));
        let head = row![container(muted(Cow::Borrowed("N°"))).width(NUMBER)]
            .extend(heads(table, columns, palette))
            .push(fate)
            .spacing(BETWEEN)
            .align_y(Center)
            .height(HEAD);
        let list = self.list.view_uneven(
            self.heights.iter().copied(),
            move |place| {
                let planned = table.at(place)?;
                let line = self.line(table, columns, planned, palette);
                Some((planned.row, line))
            },
            Message::Scrolled,
            palette,
        );
        let rows = column![container(head).padding(edge), hairline(palette), list];
        let rows = container(rows).height(Fill).style(move |_| palette.card());
        let read = table.taken.columns().iter().filter(|it| it.field.is_some());
        let whole = match read.count().saturating_sub(columns.len()) {
            0 => "l’ouvre entière".to_owned(),
            hidden => {
                let hidden = french::count(hidden, "autre colonne", "autres colonnes");
                format!("l’ouvre entière, avec {hidden}")
            }
        };
        let told = format!(
            "Le numéro d’une ligne {whole}. Une sauvegarde précède l’import, qui s’annule (Ctrl+Z)."
        );
        column![rows, text(told).size(14).color(palette.muted)]
            .spacing(10)
            .height(Fill)
            .into()
    }

    /// How many rows come to what; each count shows those rows alone. Where there is little room, what no row comes to is
    /// left out.
    fn cards<'a>(&'a self, table: &Table, width: f32, palette: Palette) -> Element<'a, Message> {
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
        let cards = cards.into_iter().filter(|(only, count, ..)| {
            concerns(*only) && (width >= ROOMY || *count > 0 || *only == self.only)
        });
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
        columns: &'a [(usize, Field)],
        planned: &'a Planned,
        palette: Palette,
    ) -> Element<'a, Message> {
        // Any cell of a row that does not go through, or that was mended, is typed anew where it stands.
        let is_open = !table.taken.waits
            && (planned.outcome.reason().is_some() || table.taken.is_corrected(planned.row));
        let in_question = match is_open {
            true => in_question(table, columns, planned),
            false => Vec::new(),
        };
        let cells = columns.iter().map(|(place, field)| {
            let cell = match is_open {
                true => self.cell(table, planned, *place, &in_question, palette),
                false => {
                    let said = table.taken.shown(planned.row, *place);
                    let unit = unit_out_of_sight(table, columns, planned, *field);
                    let said = words(format!("{said}{unit}"));
                    match field.is_figures() || field.is_day() {
                        true => said.into(),
                        // A long title has two lines.
                        false => said.size(14.0).lines(2).into(),
                    }
                }
            };
            under(*field, table.room(*place), cell).clip(true).into()
        });
        let number = link(planned.line.to_string(), palette)
            .id(number_id(planned.row))
            .on_press(Message::Look(planned.row));
        let brief = match table.is_brief(planned) {
            true => fate::brief(self.kind, planned),
            false => None,
        };
        let is_brief = brief.is_some();
        let brief = brief.map(|said| fate::in_brief(said, planned, palette));
        let brief = table
            .has_brief
            .then(|| container(row(brief)).width(FATE).clip(true));
        let cells = row![container(number).width(NUMBER)]
            .extend(cells)
            .push(brief)
            .spacing(BETWEEN)
            .align_y(Center)
            .height(36);
        if is_brief {
            return container(cells).padding([1, 9]).width(Fill).into();
        }
        let mut fate_of = row![].spacing(8).align_y(Center).height(Fill);
        // A cell in question is there to be typed anew, even where its column is not in sight.
        let is_hidden = |column: &&usize| !columns.iter().any(|(there, _)| there == *column);
        for &column in in_question.iter().filter(is_hidden).take(MOST_HIDDEN) {
            let head = table.taken.columns().get(column);
            let head = head.map_or("", |it| it.head.as_str());
            let cell = self.cell(table, planned, column, &in_question, palette);
            fate_of = fate_of
                .push(words(head).size(13.0).color(palette.muted))
                .push(container(cell).width(CELL));
        }
        // The currency of an amount that is being typed stays beside it.
        let unit = match is_open {
            true => unit_out_of_sight(table, columns, planned, Field::Cell(Cell::Amount)),
            false => String::new(),
        };
        if !unit.is_empty() {
            let told = format!("Montant en{unit}");
            fate_of = fate_of.push(words(told).size(13.0).color(palette.muted));
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
            || table.taken.shown(row, column),
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
fn heads<'a>(
    table: &'a Table,
    columns: &'a [(usize, Field)],
    palette: Palette,
) -> impl Iterator<Item = Element<'a, Message>> {
    columns.iter().map(move |(place, field)| {
        let head = table.taken.columns().get(*place);
        let head = head.map_or("", |it| it.head.as_str());
        let label = field.label();
        let line = |said: &'a str| words(said).size(13.0).color(palette.muted);
        let told = if head.is_empty() || head.eq_ignore_ascii_case(label) {
            column![line(label)]
        } else {
            column![line(head), words(format!("→ {label}")).size(13.0)]
        };
        under(*field, table.room(*place), told.align_x(side(*field))).into()
    })
}

/// What stands in a column: figures at its right.
fn under<'a>(
    field: Field,
    room: Length,
    what: impl Into<Element<'a, Message>>,
) -> Container<'a, Message> {
    container(what).width(room).align_x(side(field))
}

const fn side(field: Field) -> Horizontal {
    match field.is_figures() {
        true => Horizontal::Right,
        false => Horizontal::Left,
    }
}

/// The currency of an amount, where the column that says it is not in sight.
fn unit_out_of_sight(
    table: &Table,
    columns: &[(usize, Field)],
    planned: &Planned,
    field: Field,
) -> String {
    let currency = Field::Cell(Cell::Currency);
    let is_in_sight = || columns.iter().any(|(_, it)| *it == currency);
    let column = table.taken.column_of(currency);
    let amount = table.taken.column_of(Field::Cell(Cell::Amount));
    let says_none = |place| {
        let value = table.taken.value(planned.row, place);
        !value.is_empty() && mark_of(value).is_none()
    };
    let is_asked = field == Field::Cell(Cell::Amount) && amount.is_some_and(says_none);
    let told = column.map(|column| table.taken.value(planned.row, column).shown());
    let told = told.filter(|told| !told.is_empty());
    if !is_asked || told.is_some() && is_in_sight() {
        return String::new();
    }
    match told.or_else(|| unit_untold(table, planned)) {
        Some(said) => format!("\u{a0}{said}"),
        None => String::new(),
    }
}

/// The currency in which an amount of a convention is taken that says none, where it is not that of one that is there.
fn unit_untold(table: &Table, planned: &Planned) -> Option<String> {
    let is_there = matches!(
        planned.outcome,
        Outcome::Changed { .. } | Outcome::Unchanged { .. }
    );
    if table.taken.kind != Kind::Conventions || is_there {
        return None;
    }
    let amount = table.taken.column_of(Field::Cell(Cell::Amount))?;
    let of_the_head = table.taken.columns().get(amount)?.unit.as_ref();
    let chosen = table.taken.currency.as_ref().map(Currency::code);
    match of_the_head.map_or(&[][..], |unit| unit.codes.as_slice()) {
        [one] => Some(one.clone()),
        [] => Some(chosen.unwrap_or("€").to_owned()),
        _ => chosen.map(str::to_owned),
    }
}

/// The columns to be typed anew: those at fault or in doubt, else the first where the whole row is.
fn in_question(table: &Table, columns: &[(usize, Field)], planned: &Planned) -> Vec<usize> {
    let meant = planned.beside.meant.as_ref().map(|meant| meant.field);
    let doubted = |field| {
        let column = table.taken.column_of(meant.unwrap_or(field));
        column.into_iter().collect()
    };
    match &planned.outcome {
        Outcome::Refused { faults } => {
            let at_fault: Vec<usize> = faults.iter().filter_map(|it| it.column).collect();
            match at_fault.as_slice() {
                [] => columns
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
