//! Under the tables: whether expenses and incomes agree, who pays what part, what a ceiling leaves or what was done, what
//! there is to verify.

use iced::widget::{Column, Row as Across, column, container, progress_bar, row, text};
use iced::{Element, Fill};

use super::say::Book;
use super::{Message, Panel, Sheet, Tab};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tally, link, tally, words};
use crate::ledger::{self, Ceiling, Room};
use crate::model::{Amount, Budget, Step, percent, split};

impl Sheet {
    pub(super) fn cards<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let cards = [
            card("Équilibre", balance(book, palette), palette),
            card("Qui paie", parts(book, palette), palette),
            match &self.ceiling {
                Some(ceiling) if self.tab == Tab::Funding => ceiling.card(palette),
                _ => card("Exécution", done(book, palette), palette),
            },
            card("À vérifier", self.found(palette), palette),
        ];
        Across::with_children(cards).spacing(12).into()
    }

    fn found(&self, palette: Palette) -> Element<'_, Message> {
        let first = self.findings.iter().find(|it| it.set_aside.is_none());
        let mut lines = column![tally(Tally::of(&self.findings), palette)].spacing(4);
        if let Some(first) = first {
            let mut words: String = first.message.chars().take(84).collect();
            if words.len() < first.message.len() {
                words.push('…');
            }
            lines = lines
                .push(text(words).size(14).color(palette.muted))
                .push(link("Tout voir", palette).on_press(Message::Panel(Panel::Findings)));
        }
        lines.into()
    }
}

/// The ceiling of 1 % that leaves least room to the budget.
#[derive(Debug)]
pub(super) struct Tightest {
    title: String,
    /// What is charged to it, as a part of what may be; nothing where nobody knows.
    part: Option<f32>,
    words: String,
}

impl Tightest {
    /// Of those on which a budget weighs.
    pub(super) fn of(budget: &Budget, session: &Session) -> Option<Self> {
        let (records, reference) = (session.records(), session.reference());
        let part = |ceiling: &Ceiling<'_>| {
            let limit = ceiling.limit?.0.max(1);
            Some(ceiling.charged.0 as f32 / limit as f32)
        };
        // Of two as tight, the first.
        let ceilings = ledger::ceilings_of(budget, records, reference)
            .into_iter()
            .rev();
        let tightest = ceilings.max_by(|one, other| {
            let part = |ceiling| part(ceiling).unwrap_or(-1.0);
            part(one).total_cmp(&part(other))
        })?;
        let sign = match tightest.room() {
            Room::Passed => "▲ ",
            Room::Narrow | Room::Unknown => "◆ ",
            Room::Wide => "",
        };
        Some(Self {
            title: format!("{sign}{}, {}", tightest.scheme.label, tightest.year),
            part: part(&tightest),
            words: tightest.in_full(reference),
        })
    }

    fn card(&self, palette: Palette) -> Element<'_, Message> {
        let bar = self.part.map(|part| {
            progress_bar(0.0..=1.0, part)
                .girth(8)
                .style(move |_| palette.progress())
        });
        let told = words(self.words.as_str()).size(14.0).lines(2);
        let content = Column::new()
            .push(bar)
            .push(told.color(palette.muted).width(Fill))
            .spacing(5);
        card(&self.title, content.into(), palette)
    }
}

fn card<'a>(
    title: &'a str,
    content: Element<'a, Message>,
    palette: Palette,
) -> Element<'a, Message> {
    let title = words(title).font(STRONG).width(Fill);
    container(column![title, content].spacing(4))
        .padding([9, 13])
        .width(Fill)
        .height(112)
        .clip(true)
        .style(move |_| palette.card())
        .into()
}

fn said(book: Book<'_>, amount: Amount) -> String {
    french::amount(amount, &book.budget.currency, book.session.reference())
}

fn balance<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let (expenses, unfunded) = (&book.totals.expenses, book.totals.unfunded.total());
    let whole = expenses.planned.total();
    let (sign, words) = if unfunded.is_zero() {
        (
            text("●").color(palette.good),
            format!("Dépenses = recettes = {}", said(book, whole)),
        )
    } else {
        (
            text("▲").color(palette.grave),
            format!("{} sans financeur", said(book, unfunded)),
        )
    };
    let kind = expenses.in_kind.total();
    let kind = if kind.is_zero() {
        "Tout en numéraire".to_owned()
    } else {
        format!("Nature\u{a0}: {} des deux côtés", said(book, kind))
    };
    column![
        row![sign.size(15), text(words).size(15)].spacing(6),
        text(kind).size(14).color(palette.muted),
    ]
    .spacing(3)
    .into()
}

/// The three largest parts.
fn parts<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let funders = book.names.iter().zip(&book.totals.funders);
    let mut parts: Vec<(&str, Amount)> = funders
        .map(|(name, sums)| (name.as_str(), sums.planned.total()))
        .filter(|(_, amount)| !amount.is_zero())
        .collect();
    parts.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    let amounts: Vec<i64> = parts.iter().map(|(_, amount)| amount.0).collect();
    let hundredths = split(Amount(100), &amounts);
    let lines = parts
        .iter()
        .zip(hundredths)
        .take(3)
        .map(|((name, _), part)| {
            words(format!("{}\u{202f}% {name}", part.0))
                .size(14.0)
                .width(Fill)
                .into()
        });
    if parts.is_empty() {
        return text("Personne encore").size(14).color(palette.muted).into();
    }
    Column::with_children(lines).spacing(2).into()
}

fn done<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let (expenses, incomes) = (&book.totals.expenses, &book.totals.incomes);
    let rate = |amount: Amount, whole: Amount| {
        percent(amount, whole).map_or_else(|| "–".to_owned(), |it| format!("{it}\u{202f}%"))
    };
    let planned = expenses.in_money(None);
    let step = |step: Step| expenses.step(step).total();
    let words = [
        format!("Engagé {}", rate(step(Step::Committed), planned)),
        format!(
            "Payé {} de l’engagé",
            rate(step(Step::Paid), step(Step::Committed))
        ),
        format!(
            "Reçu {} de l’attendu",
            rate(incomes.step(Step::Received).total(), incomes.in_money(None))
        ),
    ];
    let lines = words.map(|it| text(it).size(14).color(palette.ink).into());
    Column::with_children(lines).spacing(2).into()
}
