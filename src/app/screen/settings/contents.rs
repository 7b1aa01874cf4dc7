//! What ships with the application, with the day on which it was read and how much of it is to be confirmed.

use chrono::NaiveDate;
use iced::widget::{Column, column, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::reference::Confidence;

/// The part.
pub fn view<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let reference = session.reference();
    let unsure = |confidence: Confidence| confidence == Confidence::ToConfirm;
    let texts = reference.legal_all();
    let kinds = reference.authority_kinds();
    let countries = reference.countries();
    let terms = reference.terms();
    let bodies = reference.organisations();
    let labels = || reference.all_labels();
    let lines = [
        line(
            "Cadre juridique",
            french::count(texts.len(), "texte", "textes"),
            texts.iter().filter(|it| unsure(it.confidence)).count(),
            texts.checked,
            palette,
        ),
        line(
            "Natures de collectivité",
            french::count(kinds.len(), "nature", "natures"),
            kinds.iter().filter(|it| unsure(it.confidence)).count(),
            kinds.checked,
            palette,
        ),
        line(
            "Pays et territoires",
            french::count(countries.len(), "nom", "noms"),
            countries.iter().filter(|it| unsure(it.confidence)).count(),
            countries.checked,
            palette,
        ),
        line(
            "Glossaire",
            french::count(terms.len(), "terme", "termes"),
            terms.iter().filter(|it| unsure(it.confidence)).count(),
            terms.checked,
            palette,
        ),
        line(
            "Réseaux et organismes",
            french::count(bodies.len(), "organisme", "organismes"),
            bodies.iter().filter(|it| unsure(it.confidence)).count(),
            bodies.checked,
            palette,
        ),
        line(
            "Libellés des documents",
            french::count(labels().count(), "langue", "langues"),
            labels().filter(|it| it.is_to_confirm()).count(),
            reference.clauses().checked,
            palette,
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
    palette: Palette,
) -> Element<'a, Message> {
    let (sign, words, ink) = match unsure {
        0 => ('●', "tout est vérifié".to_owned(), palette.good),
        unsure => ('◆', format!("{unsure} à confirmer"), palette.wary),
    };
    row![
        text(name).size(15).width(220),
        text(holds).size(15).color(palette.muted).width(120),
        text(format!("{sign} {words}"))
            .size(15)
            .color(ink)
            .width(180),
        text(format!("à jour au {}", french::day(checked)))
            .size(15)
            .color(palette.muted)
            .width(Fill),
    ]
    .spacing(12)
    .align_y(Center)
    .into()
}
