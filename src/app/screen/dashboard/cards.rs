//! The cards beside « À faire », the line of figures, and what an empty workspace shows.

use std::collections::{BTreeMap, BTreeSet};

use iced::widget::{Column, Row, column, container, row, space, text};
use iced::{Center, Color, Element, Fill, FillPortion};

use super::{FIRST_ACT, Message, card};
use crate::app::fonts::STRONG;
use crate::app::route::{Route, Topic};
use crate::app::screen::book;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{ink, link, row_button, select, severity};
use crate::check::Tally;
use crate::ledger::{self, Ceiling, Dimension, Key, Ledger, Measure, Room, Whose, Wish};
use crate::model::{Amount, Convention, Currency, Nature, Stage};

/// How many years the budget is shown over.
const YEARS: i32 = 2;

/// « 12 collectivités étrangères · 9 pays · 5 conventions en vigueur · 3 en rédaction · 412 600 € en 2026 ».
pub(super) fn figures<'a>(session: &'a Session, palette: Palette) -> Element<'a, Message> {
    use chrono::Datelike;

    let records = session.records();
    let foreign = || {
        records
            .partners()
            .filter(|partner| partner.nature == Nature::ForeignAuthority)
    };
    let countries: BTreeSet<&str> = foreign().filter_map(|it| it.country.as_deref()).collect();
    let at = |stages: &[Stage]| {
        records
            .conventions()
            .filter(|it| stages.contains(&session.stage(it)))
            .count()
    };
    let year = session.today().year();
    let ledger = ours_in(vec![year], session);
    let ours = ledger.at(&Key::Year(year), year);
    let planned = ours.of(Measure::Planned) + ours.of(Measure::InKind);

    let foreign = foreign().count();
    let partners = match foreign {
        0 | 1 => "collectivité étrangère",
        _ => "collectivités étrangères",
    };
    let in_force = at(&[Stage::InForce]);
    let conventions = match in_force {
        0 | 1 => "convention en vigueur",
        _ => "conventions en vigueur",
    };
    let mut parts = vec![
        (foreign.to_string(), partners.to_owned()),
        (countries.len().to_string(), "pays".to_owned()),
        (in_force.to_string(), conventions.to_owned()),
        (
            at(&[Stage::Drafting, Stage::Review]).to_string(),
            "en rédaction".to_owned(),
        ),
    ];
    if !planned.is_zero() {
        let mut words = format!("en {year}");
        if let Some(rate) = ledger.rate_at(Measure::Committed, &ours) {
            words += &format!(", engagés à {rate}");
        }
        parts.push((euros(planned, session), words));
    }
    let last = parts.len() - 1;
    let parts = parts
        .into_iter()
        .enumerate()
        .map(|(rank, (figure, words))| {
            let apart = (rank < last).then(|| text("·").size(15).color(palette.muted));
            row![
                text(figure).size(15).font(STRONG),
                text(words).size(15).color(palette.muted),
                apart,
            ]
            .spacing(5)
            .into()
        });
    Row::with_children(parts).spacing(5).wrap().into()
}

/// What our authority plans and does in those years, in all when there is none, in euros.
fn ours_in(years: Vec<i32>, session: &Session) -> Ledger {
    let wish = Wish {
        years,
        whose: Whose::Ours,
        ..Wish::by(Dimension::Year)
    };
    ledger::add_up(session.records(), session.reference(), &wish)
}

fn euros(amount: Amount, session: &Session) -> String {
    french::amount(amount, &Currency::euro(), session.reference())
}

/// The conventions that are being written, with what there is to see to in each.
pub(super) fn drafting<'a>(session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
    let mut written: Vec<(&Convention, Tally)> = session
        .records()
        .conventions()
        .filter(|it| it.taken_over.is_none())
        .filter(|it| matches!(session.stage(it), Stage::Drafting | Stage::Review))
        .map(|it| (it, Tally::of(session.findings(it.id))))
        .collect();
    if written.is_empty() {
        return None;
    }
    written
        .sort_by_key(|(_, tally)| std::cmp::Reverse((tally.blocking, tally.warning, tally.advice)));
    let lines = written.into_iter().map(|(convention, tally)| {
        let only_first = match tally.worst() {
            Some(crate::check::Severity::Blocking) => Tally {
                warning: 0,
                advice: 0,
                ..tally
            },
            Some(crate::check::Severity::Warning) => Tally { advice: 0, ..tally },
            _ => tally,
        };
        let beside: Element<'_, Message> = if tally.is_empty() {
            crate::app::widget::tag("● prête à relire", palette.good, palette.good_soft, palette)
        } else {
            only_first.tags(palette)
        };
        let line = row![
            text(session.records().short_title(convention))
                .size(15)
                .width(Fill),
            beside
        ]
        .spacing(10)
        .align_y(Center);
        row_button(line, false, palette)
            .padding([6, 6])
            .on_press(Message::Go(Route::Convention(convention.id)))
            .into()
    });
    Some(card(
        "En rédaction",
        None,
        Column::with_children(lines).spacing(2),
        palette,
    ))
}

/// What is left under each ceiling of one per cent in a year: this one, or the first that has any; the others when
/// they are asked for.
pub(super) fn ceilings<'a>(
    asked: Option<i32>,
    session: &'a Session,
    palette: Palette,
) -> Option<Element<'a, Message>> {
    use chrono::Datelike;

    let now = session.today().year();
    let records = session.records();
    let bases = records.authority().bases.iter().map(|base| base.year);
    let years: BTreeSet<i32> = bases.chain([now]).collect();
    let by_year: BTreeMap<i32, Vec<Ceiling<'_>>> = (years.into_iter())
        .map(|year| (year, ledger::ceilings(records, session.reference(), year)))
        .map(|(year, all)| {
            (
                year,
                all.into_iter()
                    .filter(Ceiling::is_telling)
                    .collect::<Vec<_>>(),
            )
        })
        .filter(|(_, all)| !all.is_empty())
        .collect();

    let first = by_year.range(now..).chain(by_year.iter().rev()).next();
    let asked = asked.and_then(|year| by_year.get_key_value(&year));
    let (shown, ceilings) = asked.or(first)?;
    let bars = ceilings
        .iter()
        .map(|ceiling| bar(ceiling, session, palette));
    // What is passed in another year is not passed over.
    let passed = (by_year.iter())
        .filter(|(year, all)| *year != shown && all.iter().any(|it| it.room() == Room::Passed))
        .map(|(year, _)| {
            let words = format!("▲ Un plafond est dépassé en {year}");
            link(words, palette).on_press(Message::Year(*year)).into()
        });
    let year: Element<'_, Message> = if by_year.len() > 1 {
        let each = by_year
            .keys()
            .map(|year| (*year, format!("Exercice {year}")));
        let years = select(each, Some(shown), "dashboard.year", palette, Message::Year);
        container(years).width(150).into()
    } else {
        text(format!("exercice {shown}"))
            .size(14)
            .color(palette.muted)
            .into()
    };
    Some(card(
        "Dispositifs «\u{202f}1\u{202f}%\u{202f}»",
        Some(year),
        Column::with_children(bars.chain(passed)).spacing(10),
        palette,
    ))
}

fn bar<'a>(ceiling: &Ceiling<'_>, session: &Session, palette: Palette) -> Element<'a, Message> {
    let room = ceiling.room();
    let ink = severity(room).map_or(palette.accent, |it| ink(it, palette));
    let service = french::capital(service(ceiling.place()));
    let name = format!("{}{service}", room.sign());
    let percent = match ceiling.limit {
        Some(limit) => share(ceiling.charged.0, limit.0),
        None => 0,
    };
    let words = ceiling.in_words(session.reference());
    let aside = ceiling.aside(session.reference());
    column![
        row![
            text(name).size(15).width(Fill),
            text(words).size(14).color(palette.muted),
        ]
        .spacing(8)
        .align_y(Center),
        container(track(percent, ink, palette.raised))
            .padding(1)
            .style(move |_| container::Style {
                border: iced::border::rounded(4)
                    .width(palette.edge_width())
                    .color(palette.edge),
                ..container::Style::default()
            }),
    ]
    .push(aside.map(|aside| text(aside).size(13).color(palette.muted)))
    .spacing(4)
    .into()
}

/// « eau » of « budget annexe de l’eau »: on a card about budgets, what tells them apart.
fn service(budget: &str) -> &str {
    let annexed = budget.strip_prefix("budget annexe ");
    let named = annexed.and_then(|rest| {
        ["de l’", "de l'", "de la ", "des ", "du "]
            .iter()
            .find_map(|of| rest.strip_prefix(of))
    });
    named.unwrap_or(budget)
}

/// Our part of the budgets by year, in figures and as a bar.
pub(super) fn years<'a>(session: &'a Session, palette: Palette) -> Option<Element<'a, Message>> {
    use chrono::Datelike;

    let now = session.today().year();
    let ours = ours_in(Vec::new(), session);
    let planned = |year| {
        let sums = ours.at(&Key::Year(year), year);
        sums.of(Measure::Planned) + sums.of(Measure::InKind)
    };
    let rows: Vec<_> = (now - YEARS..=now + YEARS)
        .map(|year| (year, planned(year)))
        .filter(|(_, planned)| !planned.is_zero())
        .collect();
    let most = rows.iter().map(|(_, planned)| planned.0).max()?;
    let lines = rows.into_iter().map(|(year, planned)| {
        let face = if year == now {
            STRONG
        } else {
            crate::app::fonts::SANS
        };
        row![
            text(year.to_string()).size(15).font(face).width(48),
            container(track(
                share(planned.0, most),
                palette.accent,
                palette.surface
            ))
            .width(Fill),
            text(euros(planned, session))
                .size(15)
                .font(face)
                .width(110)
                .align_x(iced::Right),
        ]
        .spacing(10)
        .align_y(Center)
        .into()
    });
    let budgets = link("Budgets", palette).on_press(Message::Go(Route::Budgets));
    Some(card(
        "Notre part des budgets, par année",
        Some(budgets.into()),
        Column::with_children(lines).spacing(6),
        palette,
    ))
}

/// How many hundredths of a bar a part fills: no more than all of it.
fn share(part: i64, whole: i64) -> u16 {
    let percent = (part.max(0).saturating_mul(100) / whole.max(1)).clamp(0, 100);
    u16::try_from(percent).unwrap_or(100)
}

/// A bar filled by so many hundredths.
fn track<'a>(percent: u16, ink: Color, ground: Color) -> Element<'a, Message> {
    let stretch = |part: u16, colour: Color| {
        (part > 0).then(|| {
            container(space().height(7))
                .width(FillPortion(part))
                .style(move |_: &iced::Theme| container::Style {
                    background: Some(colour.into()),
                    border: iced::border::rounded(3),
                    ..container::Style::default()
                })
        })
    };
    Row::new()
        .push(stretch(percent, ink))
        .push(stretch(100 - percent, ground))
        .into()
}

/// What an empty workspace shows: the first three acts.
pub(super) fn first_acts<'a>(palette: Palette) -> Element<'a, Message> {
    let act = |number: &'static str, words: &'static str, label: &'static str, route: Route| {
        row![
            text(number)
                .size(22)
                .font(STRONG)
                .color(palette.accent)
                .width(34),
            column![
                text(words).size(16).width(Fill),
                link(label, palette).on_press(Message::Go(route)).id(label),
            ]
            .spacing(2),
        ]
        .into()
    };
    let acts = [
        act(
            "1",
            "Inscrire un partenaire\u{a0}: une ville, une région, une association. Huit champs suffisent pour commencer.",
            FIRST_ACT,
            Route::Partners,
        ),
        act(
            "2",
            "Écrire une première convention, ou reprendre une convention déjà signée.",
            "Ouvrir les conventions",
            Route::Conventions,
        ),
        act(
            "3",
            "Lire pourquoi agir, et trouver la phrase qui convaincra.",
            "Ouvrir les ressources",
            Route::Resources(Topic::Reasons),
        ),
    ];
    container(
        column![
            text("Cet espace est vide. Voici par où commencer.").size(17),
            Column::with_children(acts).spacing(18),
            book::small(
                "Ce qui est attendu, ce qui reste sous les plafonds et la carte des partenaires paraîtront ici à mesure.",
                palette
            ),
        ]
        .spacing(20),
    )
    .padding(24)
    .max_width(760)
    .style(move |_| palette.card())
    .into()
}
