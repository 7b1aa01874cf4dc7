//! What the money of cooperation adds up to: over all budgets, under each ceiling of one per cent, and as a funder
//! counts it.
//!
//! Pure functions over [`crate::model::Records`] and the reference. They decide nothing about how a figure is shown:
//! the rules of `check`, the window, the documents and the exports all read the same sums, so that two places never
//! disagree. No rounding ever goes up: a share of 89.96 % is told as 89.9 %.

mod ceilings;
mod names;
mod standing;
mod sums;
#[cfg(test)]
mod tests;

pub use ceilings::{Ceiling, Room, ceiling, ceilings};
pub use names::{name, of_budget};
pub use standing::{Point, Standing, standing};
pub use sums::{Dimension, Key, Ledger, Measure, Sums, Whose, Wish, add_up};

use crate::model::{Amount, Budget, Convention, Currency, Id, Nature, Records};
use crate::reference::Reference;

/// A share in thousandths, rounded down; none of nothing.
#[must_use]
pub fn thousandths(part: Amount, whole: Amount) -> Option<i64> {
    (whole.0 > 0).then(|| {
        let share = (i128::from(part.0) * 1000).div_euclid(i128::from(whole.0));
        i64::try_from(share).unwrap_or(if part.0 < 0 { i64::MIN } else { i64::MAX })
    })
}

/// « 61,2 % », « 50 % »: a share in thousandths as French writes it.
#[must_use]
pub fn percent(thousandths: i64) -> String {
    let sign = if thousandths < 0 { "−" } else { "" };
    let (whole, tenth) = (
        thousandths.unsigned_abs() / 10,
        thousandths.unsigned_abs() % 10,
    );
    match tenth {
        0 => format!("{sign}{whole}\u{202f}%"),
        tenth => format!("{sign}{whole},{tenth}\u{202f}%"),
    }
}

/// The partners that a budget is for in that year (in any, without one): those that it names, and the foreign
/// authorities party to the conventions that name it; the other parties where there is no such authority.
fn partners_of(budget: &Budget, year: Option<i32>, records: &Records) -> Vec<Id> {
    let mut partners = budget.partners.clone();
    for convention in conventions_of(budget, year, records) {
        let parties = || convention.parties.iter().filter_map(|party| party.partner);
        let is_foreign = |id: &Id| {
            records
                .partner(*id)
                .is_some_and(|it| it.nature == Nature::ForeignAuthority)
        };
        let foreign: Vec<Id> = parties().filter(is_foreign).collect();
        if foreign.is_empty() {
            partners.extend(parties());
        } else {
            partners.extend(foreign);
        }
    }
    partners.sort_unstable();
    partners.dedup();
    partners
}

/// The countries of those partners, as ISO codes: France only where there is no other.
fn countries_of(partners: &[Id], records: &Records) -> Vec<String> {
    let mut countries: Vec<String> = partners
        .iter()
        .filter_map(|id| records.partner(*id)?.country.clone())
        .collect();
    countries.sort_unstable();
    countries.dedup();
    if countries.iter().any(|it| it != "FR") {
        countries.retain(|it| it != "FR");
    }
    countries
}

/// The conventions that name a budget, for that year where they name years.
fn conventions_of<'a>(
    budget: &Budget,
    year: Option<i32>,
    records: &'a Records,
) -> impl Iterator<Item = &'a Convention> {
    records
        .conventions_with_budget(budget.id)
        .filter(move |convention| {
            convention.budget_years.is_empty()
                || year.is_none_or(|year| convention.budget_years.contains(&year))
        })
}

/// An amount in euros as French writes it.
fn euros(amount: Amount, reference: &Reference) -> String {
    reference.amount(amount, &Currency::euro())
}
