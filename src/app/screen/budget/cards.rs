//! Under the tables: whether expenses and incomes agree, who pays what part, what a ceiling leaves or what was done, what
//! there is to verify.

use std::borrow::Cow;

use iced::widget::{Column, Row as Across, column, container, progress_bar, row, text};
use iced::{Element, Fill};

use super::rows::Row;
use super::say::Book;
use super::{Message, Panel, Sheet, Tab};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{ink, link, mark, severity, tally, words};
use crate::check::{Finding, Severity, Tally};
use crate::ledger::{self, Ceiling};
use crate::model::{Amount, Budget, Percentage, Step};

/// How many lines a card has under its title.
const LINES: usize = 4;

impl Sheet {
    pub(super) fn cards<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let cards = [
            card("Équilibre", self.balance(book, palette), palette),
            card("Qui paie", parts(book, palette), palette),
            match &self.ceiling {
                Some(ceiling) if self.tab == Tab::Funding => ceiling.card(palette),
                _ => card(title_of_done(book), done(book, palette), palette),
            },
            card("À vérifier", self.found(palette), palette),
        ];
        Across::with_children(cards).spacing(12).into()
    }

    /// What matters of the cards, on a line: where there is no room for them. The gravest stands first, whole and in its
    /// ink, as it is the end of the rest that may be cut.
    pub(super) fn in_short<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let mut parts = vec![self.balanced(book)];
        let plain = |told: String| (None, told);
        if self.tab == Tab::Execution {
            let beyond = book.beyond(Row::Expenses);
            parts.extend(beyond.map(|it| (Some(Severity::Warning), it)));
            parts.extend(gone(book).into_iter().map(plain));
        } else {
            parts.push(plain(in_kind(book)));
            let ceiling = self.ceiling.as_ref();
            parts.extend(
                ceiling.map(|it| (it.severity, format!("{}\u{a0}: {}", it.title, it.words))),
            );
        }
        parts.retain(|(_, told)| !told.is_empty());
        // Where nothing is planned yet, nothing else is to be said of either.
        parts.dedup();
        parts.sort_by_key(|(severity, _)| severity.map_or(usize::MAX, |it| it as usize));
        let told = |(severity, told): (Option<Severity>, String)| match severity {
            Some(severity) => format!("{} {told}", severity.mark()),
            None => told,
        };
        let worst = parts.first().and_then(|(severity, _)| *severity);
        let mut parts = parts.into_iter().map(told);
        let first = words(parts.next().unwrap_or_default()).size(14.0);
        let rest: String = parts.map(|it| format!(" · {it}")).collect();
        let line = row![
            first.color(worst.map_or(palette.ink, |it| ink(it, palette))),
            words(rest).size(14.0).aside().width(Fill),
        ];
        container(line).padding([0, 2]).into()
    }

    fn found(&self, palette: Palette) -> Element<'_, Message> {
        let first = self.findings.iter().find(|it| it.set_aside.is_none());
        let mut lines = column![].spacing(4);
        let told = tally(Tally::of(&self.findings), palette);
        lines = match first {
            None => lines.push(told),
            Some(first) => lines
                .push(
                    row![
                        container(told).width(Fill),
                        link("Tout voir", palette).on_press(Message::Panel(Panel::Findings)),
                    ]
                    .spacing(6),
                )
                .push(
                    words(first.message.as_str())
                        .size(14.0)
                        .lines(2)
                        .color(palette.muted)
                        .width(Fill),
                ),
        };
        lines.into()
    }
}

/// The ceiling of 1 % that leaves least room to the budget.
#[derive(Debug)]
pub(super) struct Tightest {
    title: String,
    severity: Option<Severity>,
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
        let ceilings = ledger::ceilings_of(budget, records, reference);
        // Of two as tight, the first.
        let tightest = ceilings.into_iter().rev().max_by(|one, other| {
            let part = |ceiling| part(ceiling).unwrap_or(-1.0);
            part(one).total_cmp(&part(other))
        })?;
        let (label, year) = (&tightest.scheme.label, tightest.year);
        Some(Self {
            title: format!("{label}, {year}"),
            severity: severity(tightest.room()),
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
        let ink = self.severity.map_or(palette.muted, |it| ink(it, palette));
        let told = words(self.words.as_str()).size(14.0).lines(LINES - 1);
        let content = Column::new()
            .push(bar)
            .push(told.color(ink).width(Fill))
            .spacing(5);
        let title = match self.severity {
            Some(severity) => format!("{} {}", severity.mark(), self.title),
            None => self.title.clone(),
        };
        card(title, content.into(), palette)
    }
}

fn card<'a>(
    title: impl Into<Cow<'a, str>>,
    content: Element<'a, Message>,
    palette: Palette,
) -> Element<'a, Message> {
    let title = words(title).font(STRONG).width(Fill);
    container(column![title, content].spacing(4))
        .padding([9, 13])
        .width(Fill)
        .height(122)
        .clip(true)
        .style(move |_| palette.card())
        .into()
}

impl Sheet {
    /// Whether expenses and incomes agree, in words: the same answer as what there is to verify.
    fn balanced(&self, book: Book<'_>) -> (Option<Severity>, String) {
        let unfunded = book.totals.unfunded.total();
        if !unfunded.is_zero() {
            let words = format!("{} sans financeur", book.said(unfunded));
            return (Some(Severity::Blocking), words);
        }
        let is_it = |it: &&Finding| {
            it.rule == "budget-equilibre"
                && it.severity != Severity::Advice
                && it.set_aside.is_none()
        };
        let whole = book.totals.expenses.planned.total();
        match self.findings.iter().find(is_it) {
            None if whole.is_zero() => (None, "Rien de prévu encore".to_owned()),
            Some(finding) => (Some(Severity::Warning), finding.message.clone()),
            None => (None, format!("Dépenses = recettes = {}", book.said(whole))),
        }
    }

    fn balance<'a>(&self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let (severity, balance) = self.balanced(book);
        let told = words(balance).lines(LINES - 1).width(Fill);
        let is_planned = !book.totals.expenses.planned.total().is_zero();
        let mark = (severity.is_some() || is_planned).then(|| mark(severity, palette));
        column![
            Across::new().push(mark).push(told),
            words(in_kind(book))
                .size(14.0)
                .color(palette.muted)
                .width(Fill),
        ]
        .spacing(3)
        .into()
    }
}

/// What is in kind of it.
fn in_kind(book: Book<'_>) -> String {
    let kind = book.totals.expenses.in_kind.total();
    if book.totals.expenses.planned.total().is_zero() {
        String::new()
    } else if kind.is_zero() {
        "Tout en numéraire".to_owned()
    } else {
        format!("Nature\u{a0}: {} des deux côtés", book.said(kind))
    }
}

/// Who pays, the largest part first: all where there is room, else how many others and their part.
fn parts<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let amount = |rank: usize| {
        let sums = book.totals.funders.get(rank);
        sums.map_or(Amount::ZERO, |it| it.planned.total())
    };
    let mut ranks: Vec<usize> = (0..book.names.len())
        .filter(|rank| !amount(*rank).is_zero())
        .collect();
    ranks.sort_by_key(|rank| std::cmp::Reverse(amount(*rank)));
    let named = LINES - usize::from(ranks.len() > LINES);
    let part = |rank: usize| book.part(Row::Funder(rank)).unwrap_or_default();
    let name = |rank: usize| book.names.get(rank).map_or("", String::as_str);
    let first = ranks.iter().take(named);
    let mut lines: Vec<String> = first
        .map(|rank| format!("{} {}", part(*rank), name(*rank)))
        .collect();
    let others = ranks.get(named..).unwrap_or_default();
    if !others.is_empty() {
        let count = french::count(others.len(), "autre", "autres");
        lines.push(format!("et {count}, {}", book.part_of_funders(others)));
    }
    if lines.is_empty() {
        return text("Personne encore").size(14).color(palette.muted).into();
    }
    let lines = lines.into_iter();
    let lines = lines.map(|line| words(line).size(14.0).width(Fill).into());
    Column::with_children(lines).spacing(2).into()
}

/// « Exécution 2027 ».
fn title_of_done(book: Book<'_>) -> String {
    let year = book.year.and_then(|year| book.totals.years.get(year));
    year.map_or_else(
        || "Exécution".to_owned(),
        |year| format!("Exécution {year}"),
    )
}

/// How far it has gone.
fn gone(book: Book<'_>) -> Vec<String> {
    if book.totals.expenses.planned.total().is_zero() {
        return vec!["Rien de prévu encore".to_owned()];
    }
    let (expenses, brought) = (&book.totals.expenses, &book.totals.brought);
    let rate = |amount: Amount, whole: Amount| {
        Percentage::of(amount, whole).map_or_else(|| "–".to_owned(), |it| it.to_string())
    };
    let planned = expenses.in_money(book.year);
    let step = |step: Step| expenses.step(step).over(book.year);
    vec![
        format!("Engagé {} du prévu", rate(step(Step::Committed), planned)),
        format!("Payé {}", rate(step(Step::Paid), planned)),
        format!(
            "Reçu {} des cofinanceurs",
            rate(
                brought.step(Step::Received).over(book.year),
                book.awaited(None)
            )
        ),
    ]
}

/// How far it has gone, what is beyond the plan first.
fn done<'a>(book: Book<'a>, palette: Palette) -> Element<'a, Message> {
    let beyond = book.beyond(Row::Expenses).map(|it| format!("◆ {it}"));
    let mut gone = gone(book);
    if beyond.is_some() && gone.len() > 1 {
        // What is beyond is told in full, be it on two lines: what is paid and what is received then stand on one.
        let rest = gone.split_off(1).join(" · ");
        gone.push(rest.replace(" des cofinanceurs", ""));
    }
    let line = |told: String| words(told).size(14.0).width(Fill);
    let beyond = beyond.map(|it| line(it).lines(2).color(palette.wary));
    let gone = gone.into_iter().map(line);
    let lines = beyond.into_iter().chain(gone).map(Element::from);
    Column::with_children(lines).spacing(2).into()
}
