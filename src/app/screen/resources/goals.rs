//! The goals of the 2030 Agenda, with what is done here under each, and those of 2000-2015.

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
use crate::model::Convention;
use crate::reference::{Goal, MillenniumGoal};

impl Resources {
    pub(super) fn goals<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Column<'a, Message> {
        let reference = session.reference();
        let goals = (reference.goals().iter()).map(|goal| self.goal(goal, session, palette));
        let old =
            (reference.millennium_goals().iter()).map(|goal| millennium(goal, session, palette));
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
        let records = session.records();
        let number = goal.number;
        let partners = || {
            records
                .partners_sorted()
                .filter(move |it| it.odd.contains(&number))
        };
        let conventions = || {
            records
                .conventions_sorted()
                .filter(move |it| it.odd.contains(&number))
        };
        let (some_partners, some_conventions) = (partners().count(), conventions().count());
        let counts = match (some_partners, some_conventions) {
            (0, 0) => "rien pour l’instant".to_owned(),
            (partners, conventions) => format!(
                "{} · {}",
                french::count(partners, "partenaire", "partenaires"),
                french::count(conventions, "convention", "conventions")
            ),
        };
        let open = self.goal == Some(number) && some_partners + some_conventions > 0;

        let head = row![
            square(number, &goal.color),
            text(&goal.label).size(16).width(Fill),
            text(counts).size(14).color(palette.muted),
            text(if open { "▾" } else { "▸" })
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
        if open {
            let partners = partners().map(|it| {
                link(it.name.text.as_str(), palette)
                    .on_press(Message::Partner(it.id))
                    .into()
            });
            let conventions = conventions().map(|it| {
                link(it.title.as_str(), palette)
                    .on_press(Message::Convention(it.id))
                    .into()
            });
            all = all.push(
                container(Column::with_children(partners.chain(conventions)).spacing(2))
                    .padding([4, 52]),
            );
        }
        all.into()
    }
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

/// A goal of 2000-2015, with the conventions of that time whose goals of today took it over.
fn millennium<'a>(
    goal: &'a MillenniumGoal,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let after: Vec<_> = goal.goals.iter().map(ToString::to_string).collect();
    let conventions = session.records().conventions_sorted();
    let of_then = conventions
        .filter(|it| ran_then(it) && it.odd.iter().any(|odd| goal.goals.contains(odd)))
        .map(|it| {
            link(it.title.as_str(), palette)
                .on_press(Message::Convention(it.id))
                .into()
        });
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

/// Whether it ran while the goals of the millennium did.
fn ran_then(convention: &Convention) -> bool {
    const FIRST: i32 = 2000;
    const LAST: i32 = 2015;

    convention.start.is_some_and(|start| start.year() <= LAST)
        && convention.end.is_none_or(|end| end.year() >= FIRST)
}
