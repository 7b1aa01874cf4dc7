//! The goals of the 2030 Agenda, with what is done here under each, and those of 2000-2015.

use std::collections::{BTreeMap, BTreeSet};

use chrono::Datelike;
use iced::widget::{Column, column, container, row, text};
use iced::{Center, Color, Element, Fill};

use super::{Message, Resources, card};
use crate::app::fonts::STRONG;
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{link, row_button};
use crate::model::{Convention, Id as RecordKey, Records};
use crate::reference::{Goal, MillenniumGoal, Table};

impl Resources {
    pub(super) fn goals<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let reference = session.reference();
        let goals = (reference.goals().iter()).map(|goal| self.goal(goal, session, palette));
        let old = (reference.millennium_goals().iter())
            .map(|goal| self.millennium(goal, session, palette));
        column![
            card(Column::with_children(goals).spacing(2), palette),
            book::part(
                "Objectifs du millénaire (OMD), 2000-2015",
                card(
                    Column::with_children(old).spacing(8).push(book::small(
                        "Un dossier de cette époque les cite. La correspondance avec les ODD est d’usage, à confirmer. Intitulés et couleurs propres à Passerelle\u{a0}: les pictogrammes des Nations unies sont des marques.",
                        palette,
                    )),
                    palette
                ),
            ),
        ]
    }

    fn goal<'a>(
        &'a self,
        goal: &'a Goal,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let number = goal.number;
        let done = self.done.get(&number);
        let counts = done.map_or_else(
            || "rien pour l’instant".to_owned(),
            |done| {
                format!(
                    "{} · {}",
                    french::count(done.partners.len(), "partenaire", "partenaires"),
                    french::count(done.conventions.len(), "convention", "conventions")
                )
            },
        );
        let open = done.filter(|_| self.goal == Some(number));

        let head = row![
            square(number, &goal.color),
            text(&goal.label).size(16).width(Fill),
            text(counts).size(14).color(palette.muted),
            text(if open.is_some() { "▾" } else { "▸" })
                .size(14)
                .color(palette.muted),
        ]
        .spacing(12)
        .align_y(Center);
        let mut all = column![
            row_button(head, false, palette)
                .id(format!("goal.{number}"))
                .on_press(Message::Goal(number))
        ];
        if let Some(done) = open {
            let records = session.records();
            let partners = done.partners.iter().filter_map(|id| records.partner(*id));
            let partners = partners.map(|it| {
                link(it.name.text.as_str(), palette)
                    .on_press(Message::Partner(it.id))
                    .into()
            });
            let conventions = titles(&done.conventions, session, palette);
            all = all.push(
                container(Column::with_children(partners.chain(conventions)).spacing(2))
                    .padding([4, 52]),
            );
        }
        all.into()
    }

    /// A goal of 2000-2015, with the conventions of that time whose goals of today took it over.
    fn millennium<'a>(
        &'a self,
        goal: &'a MillenniumGoal,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let after: Vec<_> = goal.goals.iter().map(ToString::to_string).collect();
        let of_then = self
            .done_then
            .get(&goal.number)
            .map_or(&[][..], Vec::as_slice);
        let of_then = titles(of_then, session, palette);
        let head = row![
            text(format!("OMD\u{a0}{}", goal.number))
                .size(15)
                .font(STRONG)
                .width(70),
            text(&goal.label).size(15).width(Fill),
            text(format!("→ ODD\u{a0}{}", after.join(", ")))
                .size(14)
                .color(palette.muted),
        ]
        .spacing(10)
        .align_y(Center);
        column![
            head,
            container(Column::with_children(of_then).spacing(2)).padding([0, 80])
        ]
        .into()
    }
}

/// What is done here under a goal: partners, then conventions, in the order of their names.
#[derive(Debug, Default)]
pub(super) struct Done {
    partners: Vec<RecordKey>,
    conventions: Vec<RecordKey>,
}

/// What is done under each goal of today under which something is.
pub(super) fn done(records: &Records) -> BTreeMap<u8, Done> {
    let mut all: BTreeMap<u8, Done> = BTreeMap::new();
    for partner in records.partners_sorted() {
        for goal in distinct(&partner.odd) {
            all.entry(goal).or_default().partners.push(partner.id);
        }
    }
    for convention in records.conventions_sorted() {
        for goal in distinct(&convention.odd) {
            all.entry(goal).or_default().conventions.push(convention.id);
        }
    }
    all
}

/// The conventions that ran from 2000 to 2015 under each goal of that time.
pub(super) fn done_then(
    records: &Records,
    goals: &Table<MillenniumGoal>,
) -> BTreeMap<u8, Vec<RecordKey>> {
    let mut all: BTreeMap<u8, Vec<RecordKey>> = BTreeMap::new();
    for convention in records.conventions_sorted().filter(|it| ran_then(it)) {
        let took_over = |goal: &&MillenniumGoal| {
            let mut today = convention.odd.iter();
            today.any(|odd| goal.goals.contains(odd))
        };
        for goal in goals.iter().filter(took_over) {
            all.entry(goal.number).or_default().push(convention.id);
        }
    }
    all
}

fn distinct(goals: &[u8]) -> BTreeSet<u8> {
    goals.iter().copied().collect()
}

/// Titles that lead to those conventions.
fn titles<'a>(
    conventions: &'a [RecordKey],
    session: &'a Session,
    palette: Palette,
) -> impl Iterator<Item = Element<'a, Message>> {
    let records = session.records();
    let conventions = conventions.iter().filter_map(|id| records.convention(*id));
    conventions.map(move |it| {
        link(it.title.as_str(), palette)
            .on_press(Message::Convention(it.id))
            .into()
    })
}

/// The number of a goal on its colour, on which white reads.
fn square<'a>(number: u8, color: &str) -> Element<'a, Message> {
    let ground: Color = color.parse().unwrap_or(Color::BLACK);
    container(
        text(number.to_string())
            .size(15)
            .font(STRONG)
            .color(Color::WHITE),
    )
    .center(30)
    .style(move |_| container::Style {
        background: Some(ground.into()),
        border: iced::border::rounded(5),
        ..container::Style::default()
    })
    .into()
}

/// Whether it ran while the goals of the millennium did.
fn ran_then(convention: &Convention) -> bool {
    const FIRST: i32 = 2000;
    const LAST: i32 = 2015;

    convention.start.is_some_and(|start| start.year() <= LAST)
        && convention.end.is_none_or(|end| end.year() >= FIRST)
}
