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
    /// Our own shares, planned.
    pub planned: Amount,
    /// What has been engaged.
    pub committed: Amount,
    /// What has been paid.
    pub paid: Amount,
}

impl<'a> Commitment<'a> {
    pub(super) fn of(budget: &'a Budget, line: &'a Line, year: i32) -> Self {
        let is_ours = |funder: Id| {
            budget
                .funders
                .iter()
                .any(|it| it.id == funder && it.partner.is_none())
        };
        // What others alone pay is committed by them.
        let is_paid_by_us =
            line.shares.is_empty() || line.shares.iter().any(|share| is_ours(share.funder));
        let done = |step: Step| {
            line.operations
                .iter()
                .filter(|_| is_paid_by_us)
                .filter(|it| it.step == step && it.year == year && !it.expected)
                .map(|it| it.amount)
                .sum()
        };
        Self {
            budget,
            line,
            planned: line
                .shares
                .iter()
                .filter(|share| share.year == year && is_ours(share.funder))
                .map(|share| share.amount)
                .sum(),
            committed: done(Step::Committed),
            paid: done(Step::Paid),
        }
    }

    /// What counts: what was engaged, or what is planned while nothing was.
    #[must_use]
    pub fn engaged_or_planned(&self) -> Amount {
        if self.committed.is_zero() {
            self.planned
        } else {
            self.committed
        }
    }
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
