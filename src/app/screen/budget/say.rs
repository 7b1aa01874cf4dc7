//! What each cell of a budget's views says: as it is shown, and as it is typed and copied.

use std::borrow::Cow;

use chrono::NaiveDate;

use super::figures::Shape;
use super::rows::{Field, Key, Row, State};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::form::typed;
use crate::app::widget::grid::{Cell, Look};
use crate::model::{
    Amount, Budget, Certainty, Funder, HEADINGS, Holder, Line, Operation, Percentage, Section,
    Step, Sums, Totals,
};

/// A budget as its views read it.
#[derive(Clone, Copy)]
pub(super) struct Book<'a> {
    pub(super) budget: &'a Budget,
    pub(super) totals: &'a Totals,
    pub(super) shape: &'a Shape,
    /// How each funder is called.
    pub(super) names: &'a [String],
    /// The operations shown.
    pub(super) operations: &'a [(Holder, Operation)],
    /// The year of the execution, by its rank; all when absent.
    pub(super) year: Option<usize>,
    pub(super) session: &'a Session,
}

/// The column beside labels, which tells what is in kind in every view.
const TELLS_KIND: usize = 1;

/// What stands where there is nothing.
const NOTHING: &str = "–";

impl<'a> Book<'a> {
    pub(super) fn line(self, rank: usize) -> Option<&'a Line> {
        self.budget.lines.get(rank).map(|line| &**line)
    }

    pub(super) fn funder(self, rank: usize) -> Option<&'a Funder> {
        self.budget.funders.get(rank)
    }

    pub(super) fn key(self, row: Row) -> Key {
        match row {
            Row::Line(rank) => self.line(rank).map(|it| Key::Line(it.id)),
            Row::Funder(rank) => self.funder(rank).map(|it| Key::Funder(it.id)),
            Row::Operation(rank) => {
                let operation = self.operations.get(rank);
                operation.map(|(holder, it)| Key::Operation(*holder, it.id))
            }
            _ => None,
        }
        .unwrap_or(Key::Own(row))
    }

    fn figures(self, cents: bool, amount: Amount) -> String {
        let (currency, reference) = (&self.budget.currency, self.session.reference());
        reference.figures_in(cents, amount, currency)
    }

    /// « 12 000 € ».
    pub(super) fn said(self, amount: Amount) -> String {
        french::amount(amount, &self.budget.currency, self.session.reference())
    }

    /// What a cell shows.
    pub(super) fn show(self, row: Row, field: Field) -> Cell<'a> {
        if let Some(amount) = self.amount_at(row, field) {
            return self.figure(row, field, amount);
        }
        match row {
            Row::Heading(rank) => match self.totals.headings.get(rank) {
                Some(heading) if field == Field::Label => Cell::plain(self.heading(&heading.name)),
                Some(heading) => self.spent(row, &heading.sums, field),
                None => Cell::empty(),
            },
            Row::Line(rank) => self.of_line(rank, field),
            Row::Usual(rank) => match HEADINGS.get(rank).filter(|_| field == Field::Label) {
                Some(heading) => Cell::plain(format!("+ {heading}")),
                None => Cell::empty(),
            },
            Row::NewLine => offer(field, "+ Ligne\u{a0}: tapez ce qu’elle paie"),
            Row::NewHeading => offer(field, "+ Poste\u{a0}: tapez son nom"),
            Row::Expenses if field == Field::Label => Cell::plain("Total des dépenses"),
            Row::Expenses => self.spent(row, &self.totals.expenses, field),
            Row::Band => band(field),
            Row::Funder(rank) => self.of_funder(rank, field),
            Row::Unfunded if field == Field::Label => {
                Cell::of("▲ Sans financeur connu", Look::Grave)
            }
            Row::NewFunder => offer(field, "+ Financeur\u{a0}: son nom, ou Entrée"),
            Row::Incomes if field == Field::Label => Cell::plain("Total des recettes"),
            Row::Awaited if field == Field::Label => Cell::plain(self.all_awaited()),
            Row::Incomes => self.brought(row, &self.totals.incomes, None, field),
            Row::Awaited => self.brought(row, &self.totals.brought, None, field),
            Row::Operation(rank) => self.of_operation(rank, field),
            Row::NewOperation if field == Field::About => {
                Cell::plain("+ Opération\u{a0}: tapez la ligne ou le financeur")
            }
            Row::Payments(state) => total_of("Paiements", state, field),
            Row::Receipts(state) => total_of("Encaissements", state, field),
            Row::Unfunded | Row::NewOperation => Cell::empty(),
        }
    }

    /// An amount as its column tells it: what is left and is less than nothing is to be looked at, and what a sum hides
    /// of it.
    fn figure(self, row: Row, field: Field, amount: Amount) -> Cell<'a> {
        let is_in_kind = match row {
            Row::Line(rank) => self.line(rank).is_some_and(|line| line.in_kind),
            _ => false,
        };
        let is_beyond =
            matches!(field, Field::ToCommit | Field::ToPay) && self.is_beyond(row, field);
        let figures = || self.figures(self.shape.cents.contains(&field), amount);
        match field {
            Field::Planned if is_in_kind => Cell::of("en nature", Look::Muted),
            _ if is_beyond => Cell::of(format!("◆ {}", figures()), Look::Wary),
            _ if amount.is_zero() => Cell::of(NOTHING, Look::Muted),
            Field::Total => Cell::of(figures(), Look::Strong),
            _ => Cell::plain(figures()),
        }
    }

    fn spent(self, row: Row, sums: &Sums, field: Field) -> Cell<'static> {
        self.rates(row, sums, sums.in_money(self.year), field)
    }

    fn brought(self, row: Row, sums: &Sums, rank: Option<usize>, field: Field) -> Cell<'static> {
        self.rates(row, sums, self.awaited(rank), field)
    }

    /// The part of the whole that a row is, or how much of what is awaited of it is paid or received.
    fn rates(self, row: Row, sums: &Sums, awaited: Amount, field: Field) -> Cell<'static> {
        let rate = match field {
            Field::Part => {
                let part = self.part(row).unwrap_or_default();
                return Cell::of(part, Look::Muted);
            }
            Field::Rate => {
                let [.., last] = &sums.done;
                Percentage::of(last.over(self.year), awaited)
            }
            _ => None,
        };
        match rate {
            None => Cell::empty(),
            Some(rate) if field == Field::Rate && rate.is_over() && self.is_beyond(row, field) => {
                Cell::of(format!("◆ {rate}"), Look::Wary)
            }
            Some(rate) => Cell::of(rate.to_string(), Look::Muted),
        }
    }

    fn heading(self, name: &'a str) -> Cow<'a, str> {
        if name.is_empty() {
            Cow::Borrowed("Sans poste")
        } else {
            Cow::Borrowed(name)
        }
    }

    fn of_line(self, rank: usize, field: Field) -> Cell<'a> {
        let (Some(line), Some(sums)) = (self.line(rank), self.totals.lines.get(rank)) else {
            return Cell::empty();
        };
        match field {
            Field::Label => {
                let label = match line.label.as_str() {
                    "" => Cell::of("sans libellé", Look::Muted),
                    label => Cell::plain(label),
                };
                match line.in_kind {
                    true => label.telling(TELLS_KIND, "nature"),
                    false => label,
                }
            }
            Field::Section if line.in_kind => Cell::of("Nature", Look::Tag),
            Field::Section => Cell::plain(match line.section {
                Section::Running => "Fonct.",
                Section::Capital => "Invest.",
            }),
            Field::Scheme => match &line.scheme {
                None => Cell::of("—", Look::Muted),
                Some(slug) => Cell::plain(match self.session.reference().scheme(slug) {
                    Some(scheme) => scheme.label.as_str(),
                    None => slug.as_str(),
                }),
            },
            Field::Funders => Cell::plain(self.funders_of(line)),
            field => self.spent(Row::Line(rank), sums, field),
        }
    }

    /// « Total hors Valmont », where we pay too.
    fn all_awaited(self) -> String {
        let mut funders = self.budget.funders.iter().zip(self.names);
        match funders.find(|(funder, _)| funder.partner.is_none()) {
            Some((_, ours)) if !self.own().is_zero() => format!("Total hors {ours}"),
            _ => "Total des recettes".to_owned(),
        }
    }

    /// « Valmont », or « Valmont 60 % · MEAE 40 % »: as it is typed, so that the parts come to a whole.
    pub(super) fn funders_of(self, line: &Line) -> String {
        let shares = line.by_funder();
        let amounts: Vec<Amount> = shares.iter().map(|(_, amount)| *amount).collect();
        let parts = Percentage::of_parts(&amounts);
        let named = shares.iter().zip(parts).map(|((funder, _), part)| {
            let rank = self.budget.funders.iter().position(|it| it.id == *funder);
            let name = rank.and_then(|rank| self.names.get(rank));
            let name = name.map_or("inconnu", String::as_str);
            // What costs nothing yet is shared by nobody knows how much.
            if shares.len() > 1 && amounts.iter().any(|amount| !amount.is_zero()) {
                let part = part.to_string().replace(",0\u{202f}%", "\u{202f}%");
                format!("{name} {part}")
            } else {
                name.to_owned()
            }
        });
        named.collect::<Vec<_>>().join(" · ")
    }

    fn of_funder(self, rank: usize, field: Field) -> Cell<'a> {
        let (Some(funder), Some(sums)) = (self.funder(rank), self.totals.funders.get(rank)) else {
            return Cell::empty();
        };
        let name = self.names.get(rank).map_or("", String::as_str);
        match field {
            Field::Label => Cell::plain(name),
            Field::Section => Cell::of(certainty(funder.certainty), Look::Muted),
            Field::Scheme => {
                let in_kind = sums.in_kind.total();
                let only = in_kind == sums.planned.total();
                Cell::of(
                    match (!in_kind.is_zero(), only) {
                        (true, true) => "en nature",
                        (true, false) => "mixte",
                        _ => "numéraire",
                    },
                    Look::Muted,
                )
            }
            Field::Funders => Cell::of(funder.call.as_deref().unwrap_or_default(), Look::Muted),
            field => self.brought(Row::Funder(rank), sums, Some(rank), field),
        }
    }

    fn of_operation(self, rank: usize, field: Field) -> Cell<'a> {
        let Some((holder, it)) = self.operations.get(rank) else {
            return Cell::empty();
        };
        let words = |words: &'a Option<String>| Cell::plain(words.as_deref().unwrap_or_default());
        match field {
            Field::Date => match it.date {
                Some(day) => Cell::plain(french::day(day)),
                None => Cell::of("sans date", Look::Muted),
            },
            Field::Kind => Cell::plain(it.step.act()),
            Field::About => Cell::plain(match &it.object {
                Some(object) => format!("{}\u{a0}: {object}", self.called(*holder)),
                None => self.called(*holder),
            }),
            Field::Exercise => Cell::plain(it.year.to_string()),
            Field::Condition => words(&it.condition),
            Field::Reference if it.lump => Cell::of("saisie globale", Look::Muted),
            Field::Reference => words(&it.reference),
            Field::State => {
                let (words, look) = state(it, self.session.today());
                Cell::of(words, look)
            }
            _ => Cell::empty(),
        }
    }

    /// All of an operation, the cell of that column first: rows are one line high, and cut what is long.
    pub(super) fn told_of_operation(self, rank: usize, field: Field) -> String {
        let Some((_, it)) = self.operations.get(rank) else {
            return String::new();
        };
        let named = |name: &str, words: &Option<String>| {
            let words = words.as_ref()?;
            Some(format!("{name}\u{a0}: {words}"))
        };
        let day = it.date.map_or("sans date".to_owned(), french::day);
        let said = self.said(it.amount);
        let mut parts = vec![
            (
                Field::Amount,
                Some(format!("{} de {said}, {day}", it.step.act())),
            ),
            (Field::Reference, named("référence", &it.reference)),
            (Field::Condition, named("condition", &it.condition)),
            (
                Field::About,
                Some(self.of_operation(rank, Field::About).text.into_owned()),
            ),
        ];
        // What is long comes last: two lines of all this are told.
        parts.sort_by_key(|(of, _)| *of != field);
        let parts: Vec<String> = parts.into_iter().filter_map(|(_, part)| part).collect();
        french::capital(&parts.join(" · "))
    }

    /// How who has an operation is called.
    pub(super) fn called(self, holder: Holder) -> String {
        match holder {
            Holder::Line(id) => {
                let line = self.budget.line(id);
                line.map_or_else(String::new, |it| it.name().to_owned())
            }
            Holder::Funder(id) => {
                let rank = self.budget.funders.iter().position(|it| it.id == id);
                rank.and_then(|rank| self.names.get(rank).cloned())
                    .unwrap_or_default()
            }
        }
    }

    /// What a cell says in a spreadsheet.
    pub(super) fn copied(self, row: Row, field: Field) -> String {
        match row {
            Row::Usual(_) | Row::NewLine | Row::NewHeading | Row::NewFunder | Row::NewOperation => {
                String::new()
            }
            _ => self.raw(row, field),
        }
    }

    /// What a cell holds as it is typed: figures without spaces between them.
    pub(super) fn raw(self, row: Row, field: Field) -> String {
        if let Some(amount) = self.amount_at(row, field) {
            let (currency, reference) = (&self.budget.currency, self.session.reference());
            let figures = || plain(&french::figures(amount, currency, reference));
            return if amount.is_zero() {
                String::new()
            } else {
                figures()
            };
        }
        match (row, field) {
            (Row::Line(rank), Field::Label) => self.line(rank).map(|it| it.label.clone()),
            (Row::Operation(rank), Field::Date) => self
                .operations
                .get(rank)
                .map(|(_, it)| typed::say_day(it.date)),
            (Row::Operation(rank), Field::Reference) => {
                let operation = self.operations.get(rank);
                operation.map(|(_, it)| it.reference.clone().unwrap_or_default())
            }
            (Row::Operation(rank), Field::State) => {
                let operation = self.operations.get(rank);
                operation.map(|(_, it)| if it.expected { "prévu" } else { "fait" }.to_owned())
            }
            (
                Row::Usual(_) | Row::NewLine | Row::NewHeading | Row::NewFunder | Row::NewOperation,
                _,
            ) => None,
            (
                _,
                Field::Section
                | Field::Scheme
                | Field::Funders
                | Field::Label
                | Field::Kind
                | Field::About
                | Field::Exercise
                | Field::Condition
                | Field::State
                | Field::Date
                | Field::Reference,
            ) => {
                let cell = self.show(row, field);
                let words = cell.text.into_owned();
                Some(if matches!(words.as_str(), NOTHING | "—") {
                    String::new()
                } else {
                    words
                })
            }
            _ => {
                let words = self.show(row, field).text.into_owned();
                let words = words.trim_start_matches("◆ ");
                Some(if words == NOTHING {
                    String::new()
                } else {
                    plain(words)
                })
            }
        }
        .unwrap_or_default()
    }
}

/// Figures as a spreadsheet reads them.
fn plain(figures: &str) -> String {
    let kept = figures.chars().filter(|c| !c.is_whitespace());
    kept.map(|c| if c == '−' { '-' } else { c }).collect()
}

fn offer(field: Field, words: &'static str) -> Cell<'static> {
    if field == Field::Label {
        Cell::plain(words)
    } else {
        Cell::empty()
    }
}

/// A total of the schedule says in each column what it adds up: whichever are in sight tell it from the other.
fn total_of(what: &'static str, state: State, field: Field) -> Cell<'static> {
    let (total, mark) = match state {
        State::Done => ("Total fait", "● faits"),
        State::Expected => ("Total prévu", "○ prévus"),
    };
    match field {
        Field::Kind => Cell::plain(what),
        Field::About => Cell::plain(total),
        Field::State => Cell::plain(mark),
        _ => Cell::empty(),
    }
}

/// The titles of incomes, where they are not those of expenses.
fn band(field: Field) -> Cell<'static> {
    match field {
        Field::Label => Cell::plain("Recettes"),
        Field::Section => Cell::plain("État"),
        Field::Scheme => Cell::plain("Nature"),
        Field::Funders => Cell::plain("Appel"),
        Field::Planned => Cell::plain("Attendu"),
        Field::Step(rank) => {
            Cell::plain(Step::OF_INCOMES.get(rank).map_or("", |step| step.label()))
        }
        Field::ToCommit => Cell::plain("À notifier"),
        Field::ToPay => Cell::plain("À recevoir"),
        Field::Rate => Cell::plain("%\u{a0}reçu"),
        _ => Cell::empty(),
    }
}

/// Whether an operation is done, expected, or late.
pub(super) fn state(operation: &Operation, today: NaiveDate) -> (&'static str, Look) {
    if !operation.expected {
        ("● fait", Look::Muted)
    } else if operation.date.is_some_and(|day| day < today) {
        ("◆ en retard", Look::Wary)
    } else {
        ("○ prévu", Look::Plain)
    }
}

/// The word of how sure a funder's money is.
pub(super) const fn certainty(certainty: Certainty) -> &'static str {
    match certainty {
        Certainty::Expected => "attendu",
        Certainty::Notified => "notifié",
        Certainty::Committed => "engagé",
    }
}

/// How a funder is called.
pub(super) fn name_of(funder: &Funder, session: &Session) -> String {
    let records = session.records();
    match funder.partner {
        None => {
            let ours = records.authority();
            let name = ours.short_name.as_ref().unwrap_or(&ours.name);
            if name.text.is_empty() {
                funder.key.to_string()
            } else {
                name.text.clone()
            }
        }
        Some(id) => match records.partner(id) {
            Some(partner) => crate::app::screen::partners::called(partner).to_owned(),
            None => funder.key.to_string(),
        },
    }
}
