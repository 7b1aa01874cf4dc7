//! What budget lines commit us to, and what weighs on each ceiling of 1 %: sums kept by service's budget and year as
//! budgets change, so that asking what is left under one never adds thousands of budgets up again.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rpds::RedBlackTreeMapSync;

use super::{Amount, Budget, Id, Line, Record, Step};

/// What a budget line commits our own authority to in one year, in the budget's currency.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Commitment<'a> {
    /// The budget.
    pub budget: &'a Budget,
    /// The line.
    pub line: &'a Line,
    /// The year.
    pub year: i32,
    /// Our own shares, planned.
    pub planned: Amount,
    /// What has been engaged.
    pub committed: Amount,
    /// What has been ordered to be paid.
    pub ordered: Amount,
    /// What has been paid.
    pub paid: Amount,
}

impl<'a> Commitment<'a> {
    /// What that line of the budget comes to in that year, in the budget's currency.
    #[must_use]
    pub fn of(budget: &'a Budget, line: &'a Line, year: i32) -> Self {
        let mine = |of: i32| of == year;
        Self {
            budget,
            line,
            year,
            planned: planned(budget, line, mine),
            committed: done(budget, line, Step::Committed, mine),
            ordered: done(budget, line, Step::Ordered, mine),
            paid: done(budget, line, Step::Paid, mine),
        }
    }

    /// What counts, once: what was engaged, or what is planned while nothing was; and no less than what was ordered or
    /// paid, for that was engaged, whoever forgot to say so.
    #[must_use]
    pub fn engaged_or_planned(&self) -> Amount {
        let told = if self.committed.is_zero() {
            self.planned
        } else {
            self.committed
        };
        told.max(self.ordered).max(self.paid)
    }

    /// What it comes to at most, at any step: what is planned stays promised once a first part of it is engaged. The
    /// balance of the years before, which is often paid with the next year's money, is theirs.
    #[must_use]
    pub fn at_most(&self) -> Amount {
        let earlier = |of: i32| of < self.year;
        let owed = planned(self.budget, self.line, earlier);
        let less_balance = |spent: Amount, step| {
            let balance = owed - done(self.budget, self.line, step, earlier);
            spent - balance.max(Amount::ZERO)
        };
        self.planned
            .max(self.committed)
            .max(less_balance(self.ordered, Step::Ordered))
            .max(less_balance(self.paid, Step::Paid))
    }
}

fn is_ours(budget: &Budget, funder: Id) -> bool {
    let mut funders = budget.funders.iter();
    funders.any(|it| it.id == funder && it.partner.is_none())
}

/// Our own shares in those years.
fn planned(budget: &Budget, line: &Line, is_wanted: impl Fn(i32) -> bool) -> Amount {
    line.shares
        .iter()
        .filter(|share| is_wanted(share.year) && is_ours(budget, share.funder))
        .map(|share| share.amount)
        .sum()
}

/// What has come to that step in those years, where we pay a part: what others alone pay is committed by them.
fn done(budget: &Budget, line: &Line, step: Step, is_wanted: impl Fn(i32) -> bool) -> Amount {
    let mut shares = line.shares.iter();
    if !line.shares.is_empty() && !shares.any(|share| is_ours(budget, share.funder)) {
        return Amount::ZERO;
    }
    line.operations
        .iter()
        .filter(|it| it.step == step && is_wanted(it.year) && !it.expected)
        .map(|it| it.amount)
        .sum()
}

/// A year, a scheme and a service's budget, empty where lines name none.
type Ceiling = (i32, Arc<str>, Arc<str>);

/// From whom a weight comes: all budgets in euros together, or that one budget in another currency, whose rate may change
/// without its amounts.
type From = Option<Id>;

/// What weighs on a ceiling.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Weight {
    /// In hundredths of the currency, or its units where it has none. Whatever the order of changes it is the same: nothing saturates on the way.
    amount: i128,
    /// How many lines are charged to it, those that weigh nothing among them.
    lines: i64,
}

impl Weight {
    fn counted(&self) -> Amount {
        let (least, most) = (i128::from(i64::MIN), i128::from(i64::MAX));
        Amount(self.amount.clamp(least, most) as i64)
    }
}

/// What weighs on every ceiling.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Charges(RedBlackTreeMapSync<(Ceiling, From), Weight>);

impl Charges {
    /// A record becomes another, comes or goes. Only budgets weigh, and of two states of one only the lines that differ.
    pub(super) fn replace(&mut self, before: Option<&Record>, after: Option<&Record>) {
        let (before, after) = (budget_of(before), budget_of(after));
        let mut moved: BTreeMap<(Ceiling, From), Weight> = BTreeMap::new();
        for (budget, beside, sign) in [(before, after, -1), (after, before, 1)] {
            let Some(budget) = budget else { continue };
            let beside = beside.filter(|beside| is_told_alike(budget, beside));
            let from = (!budget.is_in_euros()).then_some(budget.id);
            for (ceiling, amount) in charged_by(budget, beside) {
                let weight = moved.entry((ceiling, from)).or_default();
                weight.amount += sign * i128::from(amount.0);
                weight.lines += sign as i64;
            }
        }
        for (ceiling, by) in moved {
            if by == Weight::default() {
                continue;
            }
            let kept = self.0.get(&ceiling).copied().unwrap_or_default();
            let weight = Weight {
                amount: kept.amount + by.amount,
                lines: kept.lines + by.lines,
            };
            if weight.lines == 0 {
                self.0.remove_mut(&ceiling);
            } else {
                self.0.insert_mut(ceiling, weight);
            }
        }
    }

    /// What budgets in euros weigh on a ceiling, in euro cents.
    pub(super) fn on(&self, scheme: &str, service: &str, year: i32) -> Amount {
        let ceiling = (year, Arc::from(scheme), Arc::from(service));
        self.0
            .get(&(ceiling, None))
            .map_or(Amount::ZERO, Weight::counted)
    }

    /// What budgets in other currencies weigh on a ceiling, each in its own.
    pub(super) fn abroad(&self, scheme: &str, service: &str, year: i32) -> Vec<(Id, Amount)> {
        let ceiling: Ceiling = (year, Arc::from(scheme), Arc::from(service));
        self.0
            .range((ceiling.clone(), None)..)
            .take_while(|((of, _), _)| *of == ceiling)
            .filter_map(|((_, from), weight)| Some(((*from)?, weight.counted())))
            .collect()
    }

    /// The schemes and services' budgets to which something is charged in a year.
    pub(super) fn of(&self, year: i32) -> BTreeSet<(&str, &str)> {
        let nothing: Arc<str> = Arc::from("");
        self.0
            .range(((year, nothing.clone(), nothing), None)..)
            .map(|((ceiling, _), _)| ceiling)
            .take_while(|(of, _, _)| *of == year)
            .map(|(_, scheme, service)| (&**scheme, &**service))
            .collect()
    }
}

fn budget_of(record: Option<&Record>) -> Option<&Budget> {
    match record {
        Some(Record::Budget(budget)) => Some(budget),
        _ => None,
    }
}

/// Whether one line weighs the same in both: in one currency, and with the same funders of ours.
fn is_told_alike(one: &Budget, other: &Budget) -> bool {
    let funders = |budget: &Budget| -> Vec<(Id, Option<Id>)> {
        let funders = budget.funders.iter();
        funders.map(|funder| (funder.id, funder.partner)).collect()
    };
    one.currency == other.currency && funders(one) == funders(other)
}

/// What each line of a budget weighs on each ceiling, in money, in the budget's currency. Lines that are the same
/// at the same place in the state beside it are left out.
fn charged_by(budget: &Budget, beside: Option<&Budget>) -> Vec<(Ceiling, Amount)> {
    let mut charged = Vec::new();
    for (rank, line) in budget.lines.iter().enumerate() {
        let same = beside.and_then(|beside| beside.lines.get(rank));
        let Some(scheme) = line.scheme.as_deref() else {
            continue;
        };
        if same.is_some_and(|same| same.is_same(line)) {
            continue;
        }
        let scheme: Arc<str> = scheme.into();
        let service: Arc<str> = line.service_budget.as_deref().unwrap_or("").into();
        for year in line.years().collect::<BTreeSet<i32>>() {
            let amount = if line.in_kind {
                Amount::ZERO
            } else {
                Commitment::of(budget, line, year).engaged_or_planned()
            };
            charged.push(((year, scheme.clone(), service.clone()), amount));
        }
    }
    charged
}
