//! Every sum that a budget's tables show, added up in one pass: by line, heading, funder, year and step.

use std::collections::BTreeMap;

use super::{Budget, Operation, Step};
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
    /// What each funder gives in kind, of what it gives.
    pub in_kind_of: Vec<ByYear>,
    /// All lines.
    pub expenses: Sums,
    /// All funders.
    pub incomes: Sums,
    /// Lines in kind, of all lines.
    pub in_kind: ByYear,
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
    /// Prévu.
    pub planned: ByYear,
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

    fn add(&mut self, year: usize, amount: Amount) {
        if let Some(sum) = self.by_year.get_mut(year) {
            *sum += i128::from(amount.0);
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
            done: [row(), row(), row()],
        }
    }

    fn add_all(&mut self, other: &Self) {
        self.planned.add_all(&other.planned);
        for (sum, more) in self.done.iter_mut().zip(&other.done) {
            sum.add_all(more);
        }
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

    fn operate(&mut self, operations: &[Operation], years: &BTreeMap<i32, usize>) {
        for operation in operations.iter().filter(|it| !it.expected) {
            let year = years.get(&operation.year);
            let row = self.done.get_mut(operation.step.rank());
            if let Some((row, year)) = row.zip(year) {
                row.add(*year, operation.amount);
            }
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
        let years = all_years(budget);
        let count = years.len();
        let rank_of: BTreeMap<i32, usize> = years.iter().copied().zip(0..).collect();
        let funder_of: BTreeMap<Id, usize> = budget
            .funders
            .iter()
            .map(|funder| funder.id)
            .zip(0..)
            .collect();
        let mut totals = Self {
            years,
            lines: Vec::with_capacity(budget.lines.len()),
            headings: Vec::new(),
            funders: vec![Sums::of(count); budget.funders.len()],
            in_kind_of: vec![ByYear::of(count); budget.funders.len()],
            expenses: Sums::of(count),
            incomes: Sums::of(count),
            in_kind: ByYear::of(count),
            unfunded: ByYear::of(count),
        };

        let mut heading_of: BTreeMap<&str, usize> = BTreeMap::new();
        for (rank, line) in budget.lines.iter().enumerate() {
            let mut sums = Sums::of(count);
            for share in &line.shares {
                let Some(year) = rank_of.get(&share.year).copied() else {
                    continue;
                };
                sums.planned.add(year, share.amount);
                let funder = funder_of.get(&share.funder).copied();
                match funder.and_then(|funder| totals.funders.get_mut(funder)) {
                    Some(funder) => funder.planned.add(year, share.amount),
                    None => totals.unfunded.add(year, share.amount),
                }
                let given = funder.and_then(|funder| totals.in_kind_of.get_mut(funder));
                if let Some(given) = given.filter(|_| line.in_kind) {
                    given.add(year, share.amount);
                }
            }
            sums.operate(&line.operations, &rank_of);

            totals.expenses.add_all(&sums);
            if line.in_kind {
                totals.in_kind.add_all(&sums.planned);
            }
            let place = *heading_of.entry(&line.heading).or_insert_with(|| {
                totals.headings.push(UnderHeading {
                    name: line.heading.clone(),
                    lines: Vec::new(),
                    sums: Sums::of(count),
                });
                totals.headings.len() - 1
            });
            if let Some(heading) = totals.headings.get_mut(place) {
                heading.lines.push(rank);
                heading.sums.add_all(&sums);
            }
            totals.lines.push(sums);
        }
        for (funder, sums) in budget.funders.iter().zip(&mut totals.funders) {
            sums.operate(&funder.operations, &rank_of);
            totals.incomes.add_all(sums);
        }
        totals
    }

    /// The rank of a year.
    #[must_use]
    pub fn rank_of(&self, year: i32) -> Option<usize> {
        self.years.iter().position(|it| *it == year)
    }
}

/// The budget's years, and those in which something is planned or done all the same: no money is out of sight.
fn all_years(budget: &Budget) -> Vec<i32> {
    let shares = budget.lines.iter().flat_map(|line| &line.shares);
    let operations = budget.lines.iter().flat_map(|line| &line.operations);
    let incomes = budget.funders.iter().flat_map(|funder| &funder.operations);
    let mut years = budget.years.clone();
    let mut known = |year: i32| {
        if !years.contains(&year) {
            years.push(year);
        }
    };
    shares.for_each(|share| known(share.year));
    operations.chain(incomes).for_each(|it| known(it.year));
    years.sort_unstable();
    years.dedup();
    years
}

/// So many hundredths of the whole, rounded down; nothing where there is no whole.
#[must_use]
pub fn percent(part: Amount, whole: Amount) -> Option<i64> {
    if whole.0 <= 0 {
        return None;
    }
    let hundredths = i128::from(part.0) * 100;
    i64::try_from(hundredths.div_euclid(i128::from(whole.0))).ok()
}
