//! Under the tables: whether expenses and incomes agree, who pays what part, what there is to verify.

use iced::widget::{Column, Row as Across, column, container, row, text};
use iced::{Element, Fill};

use super::say::Book;
use super::{Message, Panel, Sheet};
use crate::app::fonts::STRONG;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tally, link, tally, words};
use crate::model::{Amount, Step, percent, split};

impl Sheet {
    pub(super) fn cards<'a>(&'a self, book: Book<'a>, palette: Palette) -> Element<'a, Message> {
        let cards = [
            card("Équilibre", balance(book, palette), palette),
            card("Qui paie", parts(book, palette), palette),
            card("Exécution", done(book, palette), palette),
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

fn card<'a>(
    title: &'a str,
    content: Element<'a, Message>,
    palette: Palette,
) -> Element<'a, Message> {
    container(column![text(title).size(15).font(STRONG), content].spacing(4))
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
