//! What each cell of a budget's views says: as it is shown, and as it is typed and copied.

use std::borrow::Cow;

use super::rows::{Field, Key, Row};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::form::typed;
use crate::app::widget::grid::{Cell, Look};
use crate::model::{
    Amount, Budget, ByYear, Certainty, Funder, HEADINGS, Holder, Line, Operation, Section, Step,
    Sums, Totals, percent, split,
};

/// A budget as its views read it.
#[derive(Clone, Copy)]
pub(super) struct Book<'a> {
    pub(super) budget: &'a Budget,
    pub(super) totals: &'a Totals,
    /// How each funder is called.
    pub(super) names: &'a [String],
    /// The operations shown.
    pub(super) operations: &'a [(Holder, Operation)],
    /// The year of the execution, by its rank; all when absent.
    pub(super) year: Option<usize>,
    pub(super) session: &'a Session,
}

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

    fn figures(self, amount: Amount) -> String {
        french::figures(amount, &self.budget.currency, self.session.reference())
    }

    fn cell(self, amount: Amount) -> Cell<'static> {
        if amount.is_zero() {
            Cell::of(NOTHING, Look::Muted)
        } else {
            Cell::plain(self.figures(amount))
        }
    }

    fn total(self, amount: Amount) -> Cell<'static> {
        Cell {
            look: Look::Strong,
            ..self.cell(amount)
        }
    }

    fn part(part: Option<i64>) -> Cell<'static> {
        part.map_or_else(Cell::empty, |part| {
            Cell::of(format!("{part}\u{202f}%"), Look::Muted)
        })
    }

    /// What a cell shows.
    pub(super) fn show(self, row: Row, field: Field) -> Cell<'a> {
        match row {
            Row::Heading(rank) => match self.totals.headings.get(rank) {
                Some(heading) if field == Field::Label => Cell::plain(self.heading(&heading.name)),
                Some(heading) => self.sums(&heading.sums, &self.totals.expenses, field),
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
            Row::Expenses => self.sums(&self.totals.expenses, &self.totals.expenses, field),
            Row::Band => band(field),
            Row::Funder(rank) => self.of_funder(rank, field),
            Row::Unfunded => match field {
                Field::Label => Cell::of("▲ Sans financeur connu", Look::Grave),
                _ => self.row(&self.totals.unfunded, field),
            },
            Row::NewFunder => offer(field, "+ Financeur\u{a0}: son nom, ou Entrée"),
            Row::Incomes if field == Field::Label => Cell::plain("Total des recettes"),
            Row::Incomes => self.of_incomes(&self.totals.incomes, field),
            Row::Operation(rank) => self.of_operation(rank, field),
            Row::NewOperation if field == Field::About => {
                Cell::plain("+ Opération\u{a0}: tapez la ligne ou le financeur")
            }
            Row::NewOperation => Cell::empty(),
            Row::Payments => self.shown_total(true, field),
            Row::Receipts => self.shown_total(false, field),
        }
    }

    fn heading(self, name: &'a str) -> Cow<'a, str> {
        if name.is_empty() {
            Cow::Borrowed("Sans poste")
        } else {
            Cow::Borrowed(name)
        }
    }

    fn row(self, row: &ByYear, field: Field) -> Cell<'static> {
        match field {
            Field::Year(rank) => self.cell(row.year(rank)),
            Field::Total => self.total(row.total()),
            Field::Planned => self.cell(row.over(self.year)),
            _ => Cell::empty(),
        }
    }

    /// The sums of expenses or of incomes, as parts of those.
    fn sums(self, sums: &Sums, whole: &Sums, field: Field) -> Cell<'static> {
        let planned = sums.in_money(self.year);
        let done = |rank: usize| {
            let row = sums.done.get(rank);
            row.map_or(Amount::ZERO, |row| row.over(self.year))
        };
        match field {
            Field::Part => Self::part(nearest(sums.planned.total(), whole.planned.total())),
            Field::Planned => self.cell(planned),
            Field::Step(rank) => self.cell(done(rank)),
            Field::ToCommit => self.left(planned - done(0)),
            Field::ToPay => self.left(done(0) - done(2)),
            Field::Rate => Self::part(percent(done(2), planned)),
            field => self.row(&sums.planned, field),
        }
    }

    /// What is left: less than nothing is to be looked at.
    fn left(self, amount: Amount) -> Cell<'static> {
        if amount.0 < 0 {
            Cell::of(format!("◆ {}", self.figures(amount)), Look::Wary)
        } else {
            self.cell(amount)
        }
    }

    fn of_line(self, rank: usize, field: Field) -> Cell<'a> {
        let (Some(line), Some(sums)) = (self.line(rank), self.totals.lines.get(rank)) else {
            return Cell::empty();
        };
        match field {
            Field::Label if line.label.is_empty() => Cell::of("sans libellé", Look::Muted),
            Field::Label => Cell::plain(line.label.as_str()),
            Field::Section if line.in_kind => Cell::of("En nature", Look::Tag),
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
            Field::Planned if line.in_kind => Cell::of("en nature", Look::Muted),
            field => self.sums(sums, &self.totals.expenses, field),
        }
    }

    /// « Valmont », or « Valmont 60 % · MEAE 40 % ».
    pub(super) fn funders_of(self, line: &Line) -> String {
        let shares = line.by_funder();
        let amounts: Vec<i64> = shares.iter().map(|(_, amount)| amount.0).collect();
        let parts = split(Amount(100), &amounts);
        let named = shares.iter().zip(parts).map(|((funder, _), part)| {
            let rank = self.budget.funders.iter().position(|it| it.id == *funder);
            let name = rank.and_then(|rank| self.names.get(rank));
            let name = name.map_or("inconnu", String::as_str);
            // What costs nothing yet is shared by nobody knows how much.
            if shares.len() > 1 && amounts.iter().any(|amount| *amount != 0) {
                format!("{name} {}\u{202f}%", part.0)
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
                        (true, false) => "dont nature",
                        _ => "numéraire",
                    },
                    Look::Muted,
                )
            }
            Field::Funders => Cell::of(funder.call.as_deref().unwrap_or_default(), Look::Muted),
            field => self.of_incomes(sums, field),
        }
    }

    /// What a funder brings, or all of them: what is left to receive is all that is expected, notified or not.
    fn of_incomes(self, sums: &Sums, field: Field) -> Cell<'static> {
        match field {
            Field::ToPay => {
                let received = sums.step(Step::Received).over(self.year);
                self.left(sums.in_money(self.year) - received)
            }
            field => self.sums(sums, &self.totals.incomes, field),
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
            Field::Kind => Cell::plain(it.step.label()),
            Field::About => Cell::plain(match &it.object {
                Some(object) => format!("{}\u{a0}: {object}", self.called(*holder)),
                None => self.called(*holder),
            }),
            Field::Exercise => Cell::plain(it.year.to_string()),
            Field::Amount => self.cell(it.amount),
            Field::Condition => words(&it.condition),
            Field::Reference if it.lump => Cell::of("saisie globale", Look::Muted),
            Field::Reference => words(&it.reference),
            Field::State if !it.expected => Cell::of("● fait", Look::Muted),
            Field::State if it.date.is_some_and(|day| day < self.session.today()) => {
                Cell::of("◆ en retard", Look::Wary)
            }
            Field::State => Cell::plain("○ prévu"),
            _ => Cell::empty(),
        }
    }

    /// How who has an operation is called.
    pub(super) fn called(self, holder: Holder) -> String {
        match holder {
            Holder::Line(id) => match self.budget.line(id) {
                Some(line) if line.label.is_empty() => line.heading.clone(),
                Some(line) => line.label.clone(),
                None => String::new(),
            },
            Holder::Funder(id) => {
                let rank = self.budget.funders.iter().position(|it| it.id == id);
                rank.and_then(|rank| self.names.get(rank).cloned())
                    .unwrap_or_default()
            }
        }
    }

    /// What those shown add up to: of expenses what is to be paid, of incomes what is to come in.
    fn shown_total(self, expenses: bool, field: Field) -> Cell<'a> {
        let counted = if expenses { Step::Paid } else { Step::Received };
        match field {
            Field::About if expenses => Cell::plain("À payer et payé"),
            Field::About => Cell::plain("À encaisser et encaissé"),
            Field::Amount => {
                let shown = self.operations.iter().map(|(_, it)| it);
                let all = shown.filter(|it| it.step == counted).map(|it| it.amount);
                self.total(all.sum())
            }
            _ => Cell::empty(),
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
        let amount = |amount: Amount| {
            if amount.is_zero() {
                String::new()
            } else {
                plain(&self.figures(amount))
            }
        };
        match (row, field) {
            (Row::Line(rank), Field::Label) => self.line(rank).map(|it| it.label.clone()),
            (Row::Operation(rank), Field::Date) => self
                .operations
                .get(rank)
                .map(|(_, it)| typed::say_day(it.date)),
            (Row::Operation(rank), Field::Amount) => {
                self.operations.get(rank).map(|(_, it)| amount(it.amount))
            }
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

/// So many hundredths of the whole, to the nearest: a part is no rate of execution, which is never rounded up.
fn nearest(part: Amount, whole: Amount) -> Option<i64> {
    let twice = |amount: Amount| Amount(amount.0.saturating_mul(2));
    percent(twice(part), whole).map(|double| (double + 1).div_euclid(2))
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

/// The titles of incomes, where they are not those of expenses.
fn band(field: Field) -> Cell<'static> {
    match field {
        Field::Label => Cell::plain("Recettes"),
        Field::Section => Cell::plain("Certitude"),
        Field::Scheme => Cell::plain("Nature"),
        Field::Funders => Cell::plain("Appel"),
        Field::Planned => Cell::plain("Attendu"),
        Field::Step(rank) => {
            Cell::plain(Step::OF_INCOMES.get(rank).map_or("", |step| step.label()))
        }
        Field::ToCommit => Cell::plain("À notifier"),
        Field::ToPay => Cell::plain("À recevoir"),
        Field::Rate => Cell::plain("Reçu"),
        _ => Cell::empty(),
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
