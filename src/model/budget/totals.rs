//! Every sum that a budget's tables show, added up in one pass: by line, heading, funder, year and step.

use std::collections::BTreeMap;

use super::{Budget, Line, Operation, Step};
use crate::model::{Amount, Id};

/// The sums of a budget. Ranks of lines and funders are those of the budget; ranks of years those of [`Self::years`].
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Totals {
    /// The budget's years, and any other in which something is planned or done, in order.
    pub years: Vec<i32>,
    /// Each line.
    pub lines: Vec<Sums>,
    /// Each heading, in the order in which lines name them.
    pub headings: Vec<UnderHeading>,
    /// Each funder.
    pub funders: Vec<Sums>,
    /// All lines.
    pub expenses: Sums,
    /// All funders.
    pub incomes: Sums,
    /// What others than us have notified and paid, without what they plan: our own funds come from nobody.
    pub brought: Sums,
    /// Shares of funders that the budget does not have.
    pub unfunded: ByYear,
}

/// The lines under one heading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct UnderHeading {
    /// Its name.
    pub name: String,
    /// Its lines, by rank.
    pub lines: Vec<usize>,
    /// Their sums.
    pub sums: Sums,
}

/// What is planned of something, and what was done: committed, ordered, paid of an expense; notified, invoiced,
/// received of an income. What is only expected is not done.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Sums {
    /// Prévu, in money and in kind.
    pub planned: ByYear,
    /// What of it is in kind: nobody commits it, pays it or receives it.
    pub in_kind: ByYear,
    /// The three steps, in their order.
    pub done: [ByYear; 3],
}

/// A sum by year. Partial sums cannot overflow, so that no order changes them.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ByYear {
    by_year: Vec<i128>,
}

impl ByYear {
    fn of(years: usize) -> Self {
        Self {
            by_year: vec![0; years],
        }
    }

    fn add(&mut self, year: usize, amount: i128) {
        if let Some(sum) = self.by_year.get_mut(year) {
            *sum += amount;
        }
    }

    fn add_all(&mut self, other: &Self) {
        for (sum, more) in self.by_year.iter_mut().zip(&other.by_year) {
            *sum += more;
        }
    }

    /// The sum of a year, by its rank.
    #[must_use]
    pub fn year(&self, rank: usize) -> Amount {
        clamped(self.by_year.get(rank).copied().unwrap_or(0))
    }

    /// The sum of all years.
    #[must_use]
    pub fn total(&self) -> Amount {
        clamped(self.by_year.iter().sum())
    }

    /// The sum of one year, or of all.
    #[must_use]
    pub fn over(&self, year: Option<usize>) -> Amount {
        year.map_or_else(|| self.total(), |year| self.year(year))
    }
}

impl Sums {
    fn of(years: usize) -> Self {
        let row = || ByYear::of(years);
        Self {
            planned: row(),
            in_kind: row(),
            done: [row(), row(), row()],
        }
    }

    /// Nothing planned, and what those operations did, so many times.
    fn done(operations: &[Operation], times: i128, ranks: &Ranks) -> Self {
        let mut sums = Self::of(ranks.years.len());
        for operation in operations.iter().filter(|it| !it.expected) {
            let row = sums.done.get_mut(operation.step.rank());
            if let Some((row, year)) = row.zip(ranks.year(operation.year)) {
                row.add(year, times * i128::from(operation.amount.0));
            }
        }
        sums
    }

    fn plan(&mut self, year: usize, amount: i128, in_kind: bool) {
        self.planned.add(year, amount);
        if in_kind {
            self.in_kind.add(year, amount);
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.planned.add_all(&other.planned);
        self.in_kind.add_all(&other.in_kind);
        for (sum, more) in self.done.iter_mut().zip(&other.done) {
            sum.add_all(more);
        }
    }

    /// What is planned in money, of one year or of all: what can be done.
    #[must_use]
    pub fn in_money(&self, year: Option<usize>) -> Amount {
        self.planned.over(year) - self.in_kind.over(year)
    }

    /// Whether something of it is planned or done in money.
    #[must_use]
    pub fn is_in_money(&self) -> bool {
        let done = self.done.iter().map(ByYear::total);
        done.chain([self.in_money(None)]).any(|it| !it.is_zero())
    }

    /// What was done at that step: an expense's for a line, an income's for a funder.
    #[must_use]
    pub fn step(&self, step: Step) -> &ByYear {
        let [first, second, third] = &self.done;
        match step.rank() {
            0 => first,
            1 => second,
            _ => third,
        }
    }
}

fn clamped(sum: i128) -> Amount {
    Amount(sum.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
}

impl Totals {
    /// Adds up a budget.
    #[must_use]
    pub fn of(budget: &Budget) -> Self {
        let years = budget.all_years();
        let count = years.len();
        let mut totals = Self {
            years,
            lines: vec![Sums::of(count); budget.lines.len()],
            headings: Vec::new(),
            funders: vec![Sums::of(count); budget.funders.len()],
            expenses: Sums::of(count),
            incomes: Sums::of(count),
            brought: Sums::of(count),
            unfunded: ByYear::of(count),
        };

        let ranks = Ranks::of(budget, &totals.years);
        let mut heading_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (rank, line) in budget.lines.iter().enumerate() {
            let heading = *heading_of.entry(&line.heading).or_insert_with(|| {
                totals.headings.push(UnderHeading {
                    name: line.heading.clone(),
                    lines: Vec::new(),
                    sums: Sums::of(count),
                });
                totals.headings.len() - 1
            });
            if let Some(heading) = totals.headings.get_mut(heading) {
                heading.lines.push(rank);
            }
            totals.count(line, rank, heading, 1, &ranks);
        }
        for (funder, sums) in budget.funders.iter().zip(&mut totals.funders) {
            let received = Sums::done(&funder.operations, 1, &ranks);
            sums.add_all(&received);
            totals.incomes.add_all(&received);
            if funder.partner.is_some() {
                totals.brought.add_all(&received);
            }
        }
        totals
    }

    /// Having been those of `before`, becomes the sums of `after`: the lines that differ are counted again, not the
    /// thousands beside them. Where rows, years or funders differ, everything is.
    pub fn follow(&mut self, before: &Budget, after: &Budget) {
        let pairs = before.lines.iter().zip(&after.lines).enumerate();
        let changed: Vec<_> = pairs.filter(|(_, (was, is))| !was.is_same(is)).collect();
        let keeps_rows = before.years == after.years
            && before.funders == after.funders
            && before.lines.len() == after.lines.len()
            && changed.iter().all(|(_, (was, is))| {
                // A year that the budget does not name goes with the last thing planned or done in it.
                was.heading == is.heading
                    && was.years().all(|year| before.years.contains(&year))
                    && is.years().all(|year| self.years.contains(&year))
            });
        if !keeps_rows {
            *self = Self::of(after);
            return;
        }

        let ranks = Ranks::of(after, &self.years);
        for (rank, (was, is)) in changed {
            let mut headings = self.headings.iter();
            if let Some(heading) = headings.position(|it| it.name == is.heading) {
                self.count(was, rank, heading, -1, &ranks);
                self.count(is, rank, heading, 1, &ranks);
            }
        }
    }

    /// Counts a line so many times: once more, or once less.
    fn count(&mut self, line: &Line, rank: usize, heading: usize, times: i128, ranks: &Ranks) {
        let mut sums = Sums::done(&line.operations, times, ranks);
        for share in &line.shares {
            let Some(year) = ranks.year(share.year) else {
                continue;
            };
            let amount = times * i128::from(share.amount.0);
            sums.plan(year, amount, line.in_kind);
            let funder = ranks.funders.get(&share.funder).copied();
            match funder.and_then(|funder| self.funders.get_mut(funder)) {
                Some(funder) => {
                    funder.plan(year, amount, line.in_kind);
                    self.incomes.plan(year, amount, line.in_kind);
                }
                None => self.unfunded.add(year, amount),
            }
        }

        self.expenses.add_all(&sums);
        if let Some(heading) = self.headings.get_mut(heading) {
            heading.sums.add_all(&sums);
        }
        if let Some(line) = self.lines.get_mut(rank) {
            line.add_all(&sums);
        }
    }

    /// The rank of a year.
    #[must_use]
    pub fn rank_of(&self, year: i32) -> Option<usize> {
        self.years.iter().position(|it| *it == year)
    }
}

/// Where each year and each funder stands.
struct Ranks {
    years: Vec<i32>,
    funders: BTreeMap<Id, usize>,
}

impl Ranks {
    /// `years` are in order.
    fn of(budget: &Budget, years: &[i32]) -> Self {
        Self {
            years: years.to_vec(),
            funders: budget.funders.iter().map(|it| it.id).zip(0..).collect(),
        }
    }

    fn year(&self, year: i32) -> Option<usize> {
        self.years.binary_search(&year).ok()
    }
}
