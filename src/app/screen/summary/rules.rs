//! The rules of funders: which count for whom, and how the budget stands against them.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{link, select};
use crate::ledger::{self, Key, Point};
use crate::model::{Budget, Funder};

/// Every funder but ourselves, with the rules that count for it.
pub(super) fn card<'a>(
    budget: &Budget,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let others: Vec<_> = budget
        .funders
        .iter()
        .filter(|funder| funder.partner.is_some())
        .map(|funder| of_funder(budget, funder, session, palette))
        .collect();
    let content: Element<'_, Message> = if others.is_empty() {
        let words = "Aucun autre financeur que nous\u{a0}: aucune règle à tenir.";
        text(words).size(15).color(palette.muted).into()
    } else {
        Column::with_children(others).spacing(16).into()
    };
    let title = text("Règles des financeurs").size(16).font(STRONG);
    let words = "Les taux changent chaque année\u{a0}: chaque règle dit son année et sa source. Une nouvelle se saisit dans reference/funders.json.";
    container(column![title, text(words).size(14).color(palette.muted), content].spacing(10))
        .padding([14, 16])
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}

fn of_funder<'a>(
    budget: &Budget,
    funder: &Funder,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let (records, reference) = (session.records(), session.reference());
    let id = funder.id;
    let name = ledger::name(&Key::Funder(funder.partner), records, reference);
    let rules = reference
        .funding_rules()
        .iter()
        .map(|rule| (Some(rule.id.clone()), rule.label.clone()));
    let choices = std::iter::once((None, "Aucune règle".to_owned())).chain(rules);
    let choice = select(
        choices,
        Some(&funder.rule),
        format!("summary.rule.{id}"),
        palette,
        move |rule| Message::Rule(id, rule),
    );
    let mut lines = column![
        row![
            text(name).size(15).font(STRONG).width(Fill),
            container(Element::from(choice)).width(250),
        ]
        .spacing(10)
        .align_y(Center)
    ]
    .spacing(6);

    let chosen = funder.rule.as_deref();
    let Some(rule) = chosen.and_then(|slug| reference.funding_rule(slug)) else {
        if let Some(slug) = chosen {
            let words = format!("◆ Règle inconnue\u{a0}: {slug}.");
            lines = lines.push(text(words).size(14).color(palette.wary));
        }
        return lines.into();
    };
    let standing = ledger::standing(budget, funder, rule, records, reference);
    for point in standing.points {
        lines = lines.push(line(&point, palette));
    }
    let mut about = format!(
        "{}, lu le {}",
        crate::app::text::capital(rule.confidence.label()),
        crate::app::text::day(rule.checked)
    );
    if let Some(correction) = reference.funding_rules().correction(&rule.id) {
        about = format!(
            "Corrigé par {}, le {}",
            correction.by,
            crate::app::text::day(correction.on)
        );
    }
    lines = lines.push(text(about).size(14).color(palette.muted));
    if let Some(note) = &rule.note {
        lines = lines.push(text(note).size(14).color(palette.muted));
    }
    let sources = rule.sources.iter().enumerate().map(|(rank, source)| {
        let label = format!("Source {}", rank + 1);
        link(label, palette)
            .on_press(Message::Source(source.clone()))
            .into()
    });
    lines
        .push(iced::widget::Row::with_children(sources).spacing(12))
        .into()
}

/// « ● Part demandée : 25 % (au plus 70 %, pays moins avancé) ».
fn line<'a>(point: &Point, palette: Palette) -> Element<'a, Message> {
    let (sign, ink, word) = match point.held {
        Some(true) => ("●", palette.good, "tenu"),
        Some(false) => ("▲", palette.grave, "non tenu"),
        None => ("○", palette.muted, "à établir"),
    };
    row![
        text(sign).size(15).color(ink).width(16),
        text(format!("{}\u{a0}: {}", point.what, point.figure)).size(15),
        text(format!("({})", point.bound))
            .size(14)
            .color(palette.muted)
            .width(Fill),
        text(word).size(14).color(ink),
    ]
    .spacing(6)
    .align_y(Center)
    .into()
}
