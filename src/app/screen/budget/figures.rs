//! The amounts that cells show. One function says which, so that a cell, the width of its column and what is copied agree;
//! what is done beyond what is planned is counted with them.

use std::collections::{BTreeMap, BTreeSet};

use super::rows::{Field, Row, State};
use super::say::Book;
use crate::app::text as french;
use crate::ledger::{Excess, excess};
use crate::model::{Amount, Funder, Percentage, Step, Sums, UnderHeading};

/// References of no more letters are shown whole.
const REFERENCE: usize = 22;

/// What the amounts of a view have in common, reckoned once they change: no frame walks all lines.
#[derive(Debug, Default)]
pub(super) struct Shape {
    /// The columns of which an amount has cents: all of it then tell theirs, so that units stand under units.
    pub(super) cents: BTreeSet<Field>,
    /// The columns of which no amount is anything.
    pub(super) blank: BTreeSet<Field>,
    /// Whether a line is charged to a scheme.
    pub(super) has_schemes: bool,
    /// The longest figures of each column.
    pub(super) longest: BTreeMap<Field, String>,
    /// Whether an operation shown tells where it is written, and on what condition it is.
    pub(super) has_references: bool,
    /// The longest reference that a column can be as wide as.
    pub(super) reference: String,
    pub(super) has_conditions: bool,
    /// What each line is of all expenses; each funder, then what nobody pays, of all incomes.
    parts: [Vec<Percentage>; 2],
    /// What is beyond under each heading, and in all.
    headings: Vec<Beyond>,
    all: Beyond,
}

/// Lines of which more is done than is planned, and by how much together.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Beyond {
    pub(super) lines: usize,
    pub(super) amount: Amount,
}

impl Shape {
    /// What is beyond in a row that adds up others.
    pub(super) fn beyond(&self, row: Row) -> Option<Beyond> {
        let beyond = match row {
            Row::Heading(rank) => self.headings.get(rank).copied()?,
            Row::Expenses => self.all,
            _ => return None,
        };
        (beyond.lines > 0).then_some(beyond)
    }
}

impl Book<'_> {
    /// The shape of those rows and columns.
    pub(super) fn shaped(self, rows: &[Row], fields: &[Field]) -> Shape {
        let under = |heading: &UnderHeading| self.beyond_in(&heading.lines);
        let headings: Vec<Beyond> = self.totals.headings.iter().map(under).collect();
        let mut shape = Shape {
            all: Beyond {
                lines: headings.iter().map(|it| it.lines).sum(),
                amount: headings.iter().map(|it| it.amount).sum(),
            },
            headings,
            has_references: self
                .operations
                .iter()
                .any(|(_, it)| it.lump || it.reference.is_some()),
            reference: {
                let all = self
                    .operations
                    .iter()
                    .filter_map(|(_, it)| it.reference.as_ref());
                let short = all.filter(|it| it.chars().count() <= REFERENCE);
                let longest = short.max_by_key(|it| it.chars().count());
                longest.cloned().unwrap_or_default()
            },
            has_schemes: self.budget.lines.iter().any(|it| it.scheme.is_some()),
            has_conditions: self.operations.iter().any(|(_, it)| it.condition.is_some()),
            parts: {
                let planned = |sums: &Sums| sums.planned.total();
                let lines: Vec<Amount> = self.totals.lines.iter().map(planned).collect();
                let funders = self.totals.funders.iter().map(planned);
                let funders = funders.chain([self.totals.unfunded.total()]);
                let funders: Vec<Amount> = funders.collect();
                [lines, funders].map(|amounts| Percentage::of_parts(&amounts))
            },
            ..Shape::default()
        };

        let (currency, reference) = (&self.budget.currency, self.session.reference());
        let unit = reference.unit_of(currency);
        for field in fields {
            let mut longest = Amount::ZERO;
            let (mut cents, mut marked) = (false, false);
            for amount in rows.iter().filter_map(|row| self.amount_at(*row, *field)) {
                cents |= amount.0 % unit != 0;
                marked |= amount.0 < 0;
                if amount.0.unsigned_abs() > longest.0.unsigned_abs() {
                    longest = amount;
                }
            }
            marked |= matches!(field, Field::ToCommit | Field::ToPay) && shape.all.lines > 0;
            if cents {
                shape.cents.insert(*field);
            }
            if longest.is_zero() {
                shape.blank.insert(*field);
            }
            let figures = reference.figures_in(cents, longest, currency);
            let mark = if marked { "◆ −" } else { "" };
            let figures = format!("{mark}{}", figures.trim_start_matches('−'));
            shape.longest.insert(*field, figures);
        }
        shape
    }

    fn beyond_in(self, lines: &[usize]) -> Beyond {
        let mut beyond = Beyond::default();
        for rank in lines {
            let most = self.excess(*rank).map(|(_, excess)| excess.by).max();
            if let Some(most) = most {
                beyond.lines += 1;
                beyond.amount = beyond.amount + most;
            }
        }
        beyond
    }

    /// Whether a row shows in that column what is beyond: a line at the step that went too far, a sum where it is less than
    /// nothing.
    pub(super) fn is_beyond(self, row: Row, field: Field) -> bool {
        let of_field = |step| match field {
            Field::ToCommit => step == Step::Committed,
            Field::ToPay => step != Step::Committed,
            _ => true,
        };
        let is_negative = || self.amount_at(row, field).is_some_and(|it| it.0 < 0);
        match row {
            Row::Line(rank) => self.excess(rank).any(|(step, _)| of_field(step)),
            Row::Heading(_) | Row::Expenses => {
                self.shape.beyond(row).is_some() && (field == Field::Rate || is_negative())
            }
            _ => field == Field::Rate || is_negative(),
        }
    }

    /// « à fin 2026 »: what is beyond is reckoned since the first year.
    fn so_far(self) -> String {
        let year = self.year.and_then(|year| self.totals.years.get(year));
        year.map_or_else(String::new, |year| format!(" à fin {year}"))
    }

    /// What a line took in the year beyond what was planned for it, which the years before had left.
    pub(super) fn taken_before(self, row: Row) -> Option<String> {
        let Row::Line(rank) = row else {
            return None;
        };
        let year = self.totals.years.get(self.year?)?;
        let left = self.of_expense(self.totals.lines.get(rank)?, Field::ToCommit)?;
        (left.0 < 0).then(|| {
            let more = self.said(-left);
            format!("{more} de plus que prévu en {year}, pris sur les années d’avant")
        })
    }

    /// The steps of a line that go beyond what they come from, up to the year shown.
    fn excess(self, rank: usize) -> impl Iterator<Item = (Step, Excess)> {
        let until = self.year.and_then(|year| self.totals.years.get(year));
        let until = until.copied().unwrap_or(i32::MAX);
        let steps = self.line(rank).into_iter().flat_map(|line| {
            let steps = Step::OF_EXPENSES.into_iter();
            steps.map(move |step| (step, line))
        });
        steps.filter_map(move |(step, line)| Some((step, excess(line, step, until)?)))
    }

    /// The amount that a cell shows, where it shows one.
    pub(super) fn amount_at(self, row: Row, field: Field) -> Option<Amount> {
        let totals = self.totals;
        match row {
            Row::Heading(rank) => self.of_expense(&totals.headings.get(rank)?.sums, field),
            Row::Line(rank) => self.of_expense(totals.lines.get(rank)?, field),
            Row::Expenses => self.of_expense(&totals.expenses, field),
            Row::Funder(rank) => {
                let awaited = self.awaited(Some(rank));
                self.of_income(totals.funders.get(rank)?, awaited, field)
            }
            Row::Incomes => self.of_expense(&totals.incomes, field),
            Row::Awaited if field == Field::Planned => Some(self.awaited(None)),
            Row::Awaited => self.of_income(&totals.brought, self.awaited(None), field),
            Row::Unfunded => match field {
                Field::Year(rank) => Some(totals.unfunded.year(rank)),
                Field::Total => Some(totals.unfunded.total()),
                Field::Planned => Some(totals.unfunded.over(self.year)),
                _ => None,
            },
            _ if field != Field::Amount => None,
            Row::Operation(rank) => self.operations.get(rank).map(|(_, it)| it.amount),
            Row::Payments(state) => Some(self.shown(Step::Paid, state)),
            Row::Receipts(state) => Some(self.shown(Step::Received, state)),
            _ => None,
        }
    }

    /// What a row is of all expenses, or of all incomes: those side by side are 100 % together.
    pub(super) fn part(self, row: Row) -> Option<String> {
        let [lines, funders] = &self.shape.parts;
        let (part, amount) = match row {
            Row::Line(rank) => (
                *lines.get(rank)?,
                self.totals.lines.get(rank)?.planned.total(),
            ),
            Row::Heading(rank) => {
                let heading = self.totals.headings.get(rank)?;
                let under = heading.lines.iter().filter_map(|line| lines.get(*line));
                (under.copied().sum(), heading.sums.planned.total())
            }
            Row::Funder(rank) => (
                *funders.get(rank)?,
                self.totals.funders.get(rank)?.planned.total(),
            ),
            Row::Unfunded => (*funders.last()?, self.totals.unfunded.total()),
            Row::Expenses => (
                lines.iter().copied().sum(),
                self.totals.expenses.planned.total(),
            ),
            Row::Incomes => (
                funders.iter().copied().sum(),
                self.totals.incomes.planned.total(),
            ),
            _ => return None,
        };
        let has_whole = !self.totals.expenses.planned.total().is_zero();
        has_whole.then(|| part.of_part(amount))
    }

    /// What those funders are of all incomes together.
    pub(super) fn part_of_funders(self, ranks: &[usize]) -> Percentage {
        let [_, funders] = &self.shape.parts;
        let those = ranks.iter().filter_map(|rank| funders.get(*rank));
        those.copied().sum()
    }

    fn of_expense(self, sums: &Sums, field: Field) -> Option<Amount> {
        let planned = || sums.in_money(self.year);
        let done = |step: usize| {
            let row = sums.done.get(step);
            row.map_or(Amount::ZERO, |row| row.over(self.year))
        };
        Some(match field {
            Field::Year(rank) => sums.planned.year(rank),
            Field::Total => sums.planned.total(),
            Field::Planned => planned(),
            Field::Step(rank) => done(rank),
            Field::ToCommit => planned() - done(0),
            Field::ToPay => done(0) - done(2),
            _ => return None,
        })
    }

    /// What is left to notify and to receive is of what is awaited.
    fn of_income(self, sums: &Sums, awaited: Amount, field: Field) -> Option<Amount> {
        let done = |step| sums.step(step).over(self.year);
        match field {
            Field::ToCommit => Some(awaited - done(Step::Notified)),
            Field::ToPay => Some(awaited - done(Step::Received)),
            field => self.of_expense(sums, field),
        }
    }

    /// What a funder, or all of them, are to bring in money: nobody notifies us our own funds, nor pays them to us.
    pub(super) fn awaited(self, rank: Option<usize>) -> Amount {
        self.brought_by(|place, funder| {
            funder.partner.is_some() && rank.is_none_or(|rank| rank == place)
        })
    }

    /// What we bring ourselves in money.
    pub(super) fn own(self) -> Amount {
        self.brought_by(|_, funder| funder.partner.is_none())
    }

    fn brought_by(self, is_meant: impl Fn(usize, &Funder) -> bool) -> Amount {
        let funders = self.budget.funders.iter().zip(&self.totals.funders);
        let meant = funders
            .enumerate()
            .filter(|(place, (funder, _))| is_meant(*place, funder));
        meant.map(|(_, (_, sums))| sums.in_money(self.year)).sum()
    }

    /// What the operations shown add up to at that step: those that are done, or expected.
    fn shown(self, step: Step, state: State) -> Amount {
        let shown = self.operations.iter().map(|(_, it)| it);
        let those = shown.filter(|it| it.step == step && it.expected == (state == State::Expected));
        those.map(|it| it.amount).sum()
    }

    /// What is done in a row beyond what it comes from, in words: « engagé 500 € de plus que ce qui était prévu ».
    pub(super) fn beyond(self, row: Row) -> Option<String> {
        let said = |amount: Amount| self.said(amount);
        let over = |amount: Option<Amount>| amount.filter(|it| it.0 > 0);
        match row {
            Row::Heading(_) | Row::Expenses => {
                let beyond = self.shape.beyond(row)?;
                let lines = french::count(beyond.lines, "ligne dépassée", "lignes dépassées");
                Some(format!(
                    "{lines}{}, de {}",
                    self.so_far(),
                    said(beyond.amount)
                ))
            }
            Row::Line(rank) => {
                let told = self.excess(rank).map(|(step, excess)| {
                    let step = step.label().to_lowercase();
                    format!("{step} {} de plus que {}", said(excess.by), excess.passed())
                });
                let told: Vec<String> = told.collect();
                (!told.is_empty()).then(|| format!("{}{}", told.join(", "), self.so_far()))
            }
            Row::Funder(_) => {
                let more = over(self.amount_at(row, Field::ToPay).map(|it| -it))?;
                Some(format!("encaissé {} de plus qu’attendu", said(more)))
            }
            _ => None,
        }
    }
}
