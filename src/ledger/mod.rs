//! What the money of cooperation adds up to: over all budgets, under each ceiling of one per cent, and as a funder
//! counts it.
//!
//! Pure functions over [`crate::model::Records`] and the reference. They decide nothing about how a figure is shown:
//! the rules of `check`, the window, the documents and the exports all read the same sums, so that two places never
//! disagree. What may be spent under a ceiling is rounded down; shares and rates are told as [`crate::model::Percentage`]
//! tells them.

mod calls;
mod ceilings;
pub mod charts;
mod excess;
mod names;
mod standing;
mod sums;
#[cfg(test)]
mod tests;

pub use calls::{call_after, rule, rules};
pub use ceilings::{Ceiling, Room, ceiling, ceilings, ceilings_of, services, written_on};
pub use excess::{Excess, excess};
pub use names::{name, of_budget};
pub use standing::{Point, standing};
pub use sums::{Dimension, Key, Ledger, Measure, Sums, Whose, Wish, add_up, add_up_one};

use crate::model::{Amount, Budget, Convention, Currency, Exchange, Id, Nature, Rate, Records};
use crate::reference::Reference;

/// The partners that a budget is for in that year (in any, without one): those that it names, and the foreign
/// authorities party to the conventions that name it; the other parties where there is no such authority.
#[must_use]
pub fn partners_of(budget: &Budget, year: Option<i32>, records: &Records) -> Vec<Id> {
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

/// The conventions that name a budget: those that cover that year, or all of them where none does.
fn conventions_of<'a>(
    budget: &Budget,
    year: Option<i32>,
    records: &'a Records,
) -> Vec<&'a Convention> {
    let covers = |convention: &&Convention| {
        convention.budget_years.is_empty()
            || year.is_none_or(|year| convention.budget_years.contains(&year))
    };
    let all: Vec<&Convention> = records.conventions_with_budget(budget.id).collect();
    let those: Vec<&Convention> = all.iter().copied().filter(covers).collect();
    if those.is_empty() { all } else { those }
}

/// What the currency of a budget is worth: by its fixed parity, else as the budget says.
#[must_use]
pub fn rate(budget: &Budget, reference: &Reference) -> Option<Rate> {
    let parity = reference.currency(budget.currency.code())?.parity.as_ref();
    let fixed = parity.map(|parity| Rate {
        units: parity.rate.clone(),
        date: None,
        source: Some(parity.source.clone()),
    });
    fixed.or_else(|| budget.rate.clone())
}

/// What turns amounts of a budget into euros; nothing without a rate.
#[must_use]
pub fn exchange(budget: &Budget, reference: &Reference) -> Option<Exchange> {
    let decimals = reference.decimals_of(&budget.currency);
    Exchange::at(
        &rate(budget, reference)?.units,
        u32::try_from(decimals).ok()?,
    )
}

/// An amount in euros as French writes it.
fn euros(amount: Amount, reference: &Reference) -> String {
    reference.amount(amount, &Currency::euro())
}
