//! What budgets make due: what they expect to pay and to receive by a day, and ceilings of one per cent that are passed.

use chrono::{Datelike, NaiveDate};

use super::{Deed, Due, Place};
use crate::ledger::{self, Ceiling, Key, Room};
use crate::model::{
    Amount, Budget, Commitment, Holder, Id, Operation, Records, Step, fold, quoted,
};
use crate::reference::Reference;

/// What names the operations expected, before their own identifier.
pub(super) const EXPECTED: &str = "operation";

/// What those who look after the conventions of a budget look after.
fn in_charge(budget: &Budget, records: &Records) -> Option<Id> {
    let mut conventions = records.conventions_with_budget(budget.id);
    conventions.find_map(|convention| convention.in_charge)
}

/// Every operation that is expected by a day.
pub(super) fn operations(budget: &Budget, records: &Records, reference: &Reference) -> Vec<Due> {
    let due = |(holder, it): (Holder, &Operation)| {
        let day = it.date.filter(|_| it.expected)?;
        let amount = reference.amount(it.amount, &budget.currency);
        let of = called(budget, holder, records, reference);
        let mut words = match it.step {
            Step::Committed => format!("Engager {amount}\u{a0}: {of}"),
            Step::Ordered => format!("Mandater {amount}\u{a0}: {of}"),
            Step::Paid => format!("Payer {amount}\u{a0}: {of}"),
            Step::Notified => format!("Notification attendue de {amount}\u{a0}: {of}"),
            Step::Invoiced => format!("Appeler {amount}\u{a0}: {of}"),
            Step::Received => format!("Encaisser {amount}\u{a0}: {of}"),
        };
        for more in [&it.object, &it.condition].into_iter().flatten() {
            words += &format!(", {more}");
        }
        Some(Due {
            key: format!("{EXPECTED}.{}", it.id),
            day,
            put_off: None,
            prepares: false,
            about: budget.title.clone(),
            words,
            place: Place::Budget(budget.id),
            deed: Deed::Look,
            in_charge: in_charge(budget, records),
        })
    };
    budget.operations().filter_map(due).collect()
}

fn called(budget: &Budget, holder: Holder, records: &Records, reference: &Reference) -> String {
    match holder {
        Holder::Line(id) => {
            let line = budget.line(id);
            line.map_or_else(String::new, |it| it.name().to_owned())
        }
        Holder::Funder(id) => budget.payer(id).map_or_else(String::new, |it| {
            ledger::name(&Key::Funder(it.partner), records, reference)
        }),
    }
}

/// The ceilings that are passed, this year and later: to be set right before their year is closed, in the budget that
/// charges most to them.
pub(super) fn ceilings(records: &Records, reference: &Reference, today: NaiveDate) -> Vec<Due> {
    let last = records.budgets().flat_map(Budget::all_years).max();
    let last = last.unwrap_or_default();
    let years = today.year()..=last.max(today.year());
    let all = years.flat_map(|year| ledger::ceilings(records, reference, year));
    let passed = all.filter(|ceiling| ceiling.room() == Room::Passed);
    let due = |ceiling: Ceiling<'_>| {
        let budget = heaviest(&ceiling, records, reference)?;
        Some(Due {
            key: format!(
                "plafond.{}.{}.{}",
                ceiling.scheme.id,
                ceiling.year,
                fold(ceiling.service)
            ),
            day: NaiveDate::from_ymd_opt(ceiling.year, 12, 31)?,
            put_off: None,
            prepares: false,
            about: format!("{}, {}", ceiling.scheme.label, ceiling.year),
            words: format!(
                "Plafond {}\u{a0}: {}. Revoir ce qui lui est imputé, d’abord dans {}",
                ceiling.in_words(reference),
                ceiling.place(),
                quoted(&budget.title)
            ),
            place: Place::Budget(budget.id),
            deed: Deed::Look,
            in_charge: in_charge(budget, records),
        })
    };
    passed.filter_map(due).collect()
}

/// The budget that weighs most on that ceiling, in euros.
fn heaviest<'a>(
    ceiling: &Ceiling<'_>,
    records: &'a Records,
    reference: &Reference,
) -> Option<&'a Budget> {
    let weight = |budget: &&Budget| {
        let lines = budget.lines.iter().filter(|line| {
            !line.in_kind
                && ledger::written_on(line).is_some_and(|(scheme, service)| {
                    scheme == ceiling.scheme.id && fold(service) == fold(ceiling.service)
                })
        });
        let charged: Amount = lines
            .map(|line| Commitment::of(budget, line, ceiling.year).engaged_or_planned())
            .sum();
        if budget.is_in_euros() {
            return charged;
        }
        let euros = ledger::exchange(budget, reference).and_then(|it| it.euros(charged));
        euros.unwrap_or_default()
    };
    records
        .budgets()
        .max_by_key(weight)
        .filter(|budget| weight(budget) > Amount::ZERO)
}
