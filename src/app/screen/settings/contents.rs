//! What ships with the application, with the day on which it was read and how much of it is to be confirmed.

use chrono::NaiveDate;
use iced::widget::{Column, column, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::reference::Confidence;

/// Below this width of the form, in pixels, what is said of a content stands under its name.
const NARROW: f32 = 640.0;

/// The part, in that width.
pub fn view<'a>(session: &'a Session, width: f32, palette: Palette) -> Element<'a, Message> {
    let reference = session.reference();
    let unsure = |confidence: Confidence| confidence == Confidence::ToConfirm;
    let texts = reference.legal_all();
    let kinds = reference.authority_kinds();
    let countries = reference.countries();
    let terms = reference.terms();
    let bodies = reference.organisations();
    let labels = || reference.all_labels();
    let line = |name, holds, unsure, checked| line(name, holds, unsure, checked, width, palette);
    let lines = [
        line(
            "Cadre juridique",
            french::count(texts.len(), "texte", "textes"),
            texts.iter().filter(|it| unsure(it.confidence)).count(),
            texts.checked,
        ),
        line(
            "Natures de collectivité",
            french::count(kinds.len(), "nature", "natures"),
            kinds.iter().filter(|it| unsure(it.confidence)).count(),
            kinds.checked,
        ),
        line(
            "Pays et territoires",
            french::count(countries.len(), "nom", "noms"),
            countries.iter().filter(|it| unsure(it.confidence)).count(),
            countries.checked,
        ),
        line(
            "Glossaire",
            french::count(terms.len(), "terme", "termes"),
            terms.iter().filter(|it| unsure(it.confidence)).count(),
            terms.checked,
        ),
        line(
            "Réseaux et organismes",
            french::count(bodies.len(), "organisme", "organismes"),
            bodies.iter().filter(|it| unsure(it.confidence)).count(),
            bodies.checked,
        ),
        line(
            "Libellés des documents",
            french::count(labels().count(), "langue", "langues"),
            labels().filter(|it| it.is_to_confirm()).count(),
            reference.clauses().checked,
        ),
    ];
    column![
        section(
            "Ce que l’application sait",
            [],
            Column::with_children(lines).spacing(10),
            palette
        ),
        text(
            "Ce qui est «\u{a0}à confirmer\u{a0}» est montré comme tel partout, et ne suffit jamais à dire qu’une convention \
             est irrégulière."
        )
        .size(15)
        .color(palette.muted),
    ]
    .spacing(14)
    .into()
}

fn line<'a>(
    name: &'a str,
    holds: String,
    unsure: usize,
    checked: NaiveDate,
    width: f32,
    palette: Palette,
) -> Element<'a, Message> {
    let (sign, words, ink) = match unsure {
        0 => ('●', "tout est vérifié".to_owned(), palette.good),
        unsure => ('◆', format!("{unsure} à confirmer"), palette.wary),
    };
    let name = text(name).size(15);
    let holds = text(holds).size(15).color(palette.muted);
    let certain = text(format!("{sign} {words}")).size(15).color(ink);
    let checked = text(format!("à jour au {}", french::day(checked)))
        .size(15)
        .color(palette.muted);
    if width < NARROW {
        let told = row![holds, certain, checked].spacing(12).wrap();
        return column![name.font(STRONG), told].spacing(2).into();
    }
    row![
        name.width(220),
        holds.width(120),
        certain.width(180),
        checked.width(Fill),
    ]
    .spacing(12)
    .align_y(Center)
    .into()
}
