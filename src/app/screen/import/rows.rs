//! The second page: what each row would do. A cell at fault is typed anew where it stands.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill, FillPortion};

use super::columns::sentence;
use super::table::Table;
use super::{Import, Message, Only, fate};
use crate::app::fonts::STRONG;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tone, banner, button, choice, field, link, quiet, words};
use crate::exchange::import::{Kind, Outcome, Planned, Proposal};

/// The height of a row, in pixels.
pub(super) const ROW: f32 = 58.0;

/// The column of line numbers.
const NUMBER: f32 = 52.0;

impl Import {
    pub(super) fn planned<'a>(
        &'a self,
        table: &'a Table,
        palette: Palette,
    ) -> Element<'a, Message> {
        let counts = table.counts;
        let cards = [
            (Only::All, counts.rows, "lignes lues", palette.ink),
            (Only::Created, counts.created, "à créer", palette.good),
            (Only::Changed, counts.changed, "à compléter", palette.accent),
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
        let cards = cards.into_iter().filter(|(only, ..)| concerns(*only)).map(
            |(only, count, label, ink)| {
                let told = column![
                    text(french::thousands(&count.to_string()))
                        .size(22)
                        .font(STRONG)
                        .color(ink),
                    words(label).size(13.0).color(palette.muted),
                ];
                container(told)
                    .padding([8, 8])
                    .width(FillPortion(if only == Only::All { 4 } else { 3 }))
                    .style(move |_| palette.card())
                    .into()
            },
        );
        let filters = [
            (Only::All, "Toutes", counts.rows),
            (Only::Created, "À créer", counts.created),
            (Only::Changed, "À compléter", counts.changed),
            (Only::Unchanged, "Inchangées", counts.unchanged),
            (Only::Asked, "À confirmer", counts.asked),
            (Only::Kept, "À rapprocher", counts.kept),
            (Only::Refused, "Refusées", counts.refused),
        ];
        let filters = filters
            .into_iter()
            .filter(|(only, _, count)| *only == Only::All || *count > 0);
        let filters = filters.map(|(only, label, _)| {
            choice(label, only == self.only, palette)
                .on_press(Message::Only(only))
                .into()
        });

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
        let mut page = Column::new()
            .spacing(10)
            .push(Row::with_children(cards).spacing(10))
            .push(read);
        for remark in table.plan.iter().flat_map(|plan| &plan.remarks) {
            page = page.push(banner(Tone::Wary, remark, [], palette));
        }
        let mut acts = Row::with_children(filters).spacing(6).align_y(Center);
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
                .on_press(Message::HandBack),
            );
        }
        page = page.push(acts.wrap().vertical_spacing(6));

        let heads = table.columns.iter().map(|(place, field)| {
            let head = table
                .taken
                .columns()
                .get(*place)
                .map_or("", |it| it.head.as_str());
            let told = if head.is_empty() || head.eq_ignore_ascii_case(field.label()) {
                field.label().to_owned()
            } else {
                format!("{head} → {}", field.label())
            };
            let told = words(told).size(13.0).color(palette.muted).width(Fill);
            container(told).width(FillPortion(3)).into()
        });
        let head = row![text("Ligne").size(13).color(palette.muted).width(NUMBER)]
            .extend(heads)
            .push(
                text("Sort")
                    .size(13)
                    .color(palette.muted)
                    .width(FillPortion(7)),
            )
            .spacing(12);
        let list = self.list.view(
            move |place| {
                let planned = table.at(place)?;
                Some((planned.row, self.line(table, planned, palette)))
            },
            Message::Scrolled,
            palette,
        );
        page.push(
            container(column![container(head).padding([8, 14]), list].height(Fill))
                .width(Fill)
                .height(Fill)
                .style(move |_| palette.card()),
        )
        .push(
            text("Une sauvegarde est faite avant l’import. L’import s’annule d’un coup (Ctrl+Z).")
                .size(14)
                .color(palette.muted),
        )
        .height(Fill)
        .into()
    }

    fn line<'a>(
        &'a self,
        table: &'a Table,
        planned: &'a Planned,
        palette: Palette,
    ) -> Element<'a, Message> {
        let at_fault = at_fault(table, planned);
        // Any cell of a row that does not go through, or that was mended, is typed anew where it stands.
        let is_open = !table.taken.waits
            && (planned.outcome.reason().is_some() || table.taken.is_corrected(planned.row));
        let cells = table.columns.iter().map(|(place, _)| {
            let (row, column) = (planned.row, *place);
            let cell: Element<'a, Message> = if is_open {
                let typed = self
                    .typed
                    .as_ref()
                    .filter(|(r, c, _)| (*r, *c) == (row, column));
                let said = typed.map_or_else(
                    || table.taken.value(row, column).shown(),
                    |(.., typed)| typed.clone(),
                );
                field(
                    &said,
                    if at_fault == Some(column) {
                        "à saisir"
                    } else {
                        ""
                    },
                    format!("import.cell.{row}.{column}"),
                    palette,
                    move |typed| Message::Typed(row, column, typed),
                )
                .on_submit(Message::Correct)
                .into()
            } else {
                words(table.taken.value(row, column).shown())
                    .width(Fill)
                    .into()
            };
            container(cell).width(FillPortion(3)).clip(true).into()
        });
        let line = row![
            text(planned.line.to_string())
                .size(14)
                .color(palette.muted)
                .width(NUMBER)
        ]
        .extend(cells)
        .push(
            container(fate::of(self.kind, table, planned, palette))
                .width(FillPortion(7))
                .clip(true),
        )
        .spacing(12)
        .align_y(Center);
        let refused = matches!(planned.outcome, Outcome::Refused { .. });
        container(line)
            .padding([0, 9])
            .center_y(Fill)
            .width(Fill)
            .style(move |_| {
                palette.on(if refused {
                    palette.grave_soft
                } else {
                    palette.surface
                })
            })
            .into()
    }
}

/// The column to be typed anew: the one at fault, else the first where the whole row is in doubt.
fn at_fault(table: &Table, planned: &Planned) -> Option<usize> {
    let Outcome::Refused { field, .. } = &planned.outcome else {
        return None;
    };
    let first = table.columns.first().map(|(column, _)| *column);
    match field.and_then(|field| table.taken.column_of(field)) {
        Some(column) if table.columns.iter().any(|(there, _)| *there == column) => Some(column),
        _ => first,
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
