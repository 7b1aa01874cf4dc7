//! The rules of funders: which count for whom, and how the budget stands against them.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::Message;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
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
    let words = "Les taux changent chaque année\u{a0}: chaque règle dit son année et sa source. Celle \
         d’une année nouvelle se reprend de la précédente et se corrige dans les réglages.";
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
    let rules = ledger::rules(records, reference)
        .into_iter()
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
    let Some(rule) = chosen.and_then(|named| ledger::rule(named, records, reference)) else {
        if chosen.is_some() {
            let words = "◆ Cette règle n’est plus là\u{a0}: choisissez-en une autre.";
            lines = lines.push(text(words).size(14).color(palette.wary));
        }
        return lines.into();
    };
    for point in ledger::standing(budget, funder, &rule, records, reference) {
        lines = lines.push(line(&point, palette));
    }
    let read = crate::app::text::day(rule.checked);
    let is_own = reference.funding_rule(&rule.id).is_none();
    let mut about = match is_own {
        true => format!("Saisi dans cet espace, lu le {read}"),
        false => {
            let sure = crate::app::text::capital(rule.confidence.label());
            format!("{sure}, lu le {read}")
        }
    };
    if let Some(correction) = reference.funding_rules().correction(&rule.id) {
        about = format!(
            "Corrigé par {}, le {}",
            correction.by,
            crate::app::text::day(correction.on)
        );
    }
    lines = lines.push(text(about).size(14).color(palette.muted));
    if let Some(note) = &rule.note {
        lines = lines.push(text(note.clone()).size(14).color(palette.muted));
    }
    let (pages, papers): (Vec<&String>, Vec<&String>) = rule
        .sources
        .iter()
        .partition(|it| it.starts_with("https://"));
    for paper in papers {
        lines = lines.push(
            text(format!("Source\u{a0}: {paper}"))
                .size(14)
                .color(palette.muted),
        );
    }
    let pages = pages.into_iter().enumerate().map(|(rank, page)| {
        let label = format!("Source {}", rank + 1);
        link(label, palette)
            .on_press(Message::Source(page.clone()))
            .into()
    });
    let mut acts = iced::widget::Row::with_children(pages).spacing(12);
    if !session.is_read_only() {
        let next = format!("Reprendre pour {}", rule.year.saturating_add(1));
        acts = acts.push(
            link(next, palette)
                .id(format!("summary.next.{id}"))
                .on_press(Message::Next(id)),
        );
    }
    if is_own {
        acts = acts.push(link("Corriger", palette).on_press(Message::Go(Route::Settings)));
    }
    lines.push(acts).into()
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
