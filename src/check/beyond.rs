//! What is done beyond what was planned or committed: nothing is refused, it is said.

use super::Place;
use super::Severity::Warning;
use super::case::{BudgetCase, name_of_partner};
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{euros, list, quoted};
use crate::ledger::{Excess, excess};
use crate::model::{Amount, Funder, Kind, Line, RecordId, Slice, Step};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "depassement",
        "Réalisé au-delà du prévu ou de l’engagé",
        Warning,
        &[],
    ),
    check: Check::Budget(beyond),
}];

fn beyond(case: &BudgetCase<'_>) -> Vec<Found> {
    let lines = case.budget.lines.iter();
    let spent = lines.filter_map(|line| spent(case, line));
    let funders = case.budget.funders.iter();
    spent
        .chain(funders.filter_map(|funder| received(case, funder)))
        .collect()
}

/// A line of which more is done at a step than at the one before, or than is planned.
fn spent(case: &BudgetCase<'_>, line: &Line) -> Option<Found> {
    let steps = Step::OF_EXPENSES.into_iter();
    let passed = steps.filter_map(|step| Some((step, excess(line, step, i32::MAX)?)));
    let passed: Vec<(Step, Excess)> = passed.collect();
    let told: Vec<String> = passed
        .iter()
        .map(|(step, excess)| {
            let step = step.label().to_lowercase();
            format!(
                "{step}{} de plus que {}",
                said(case, excess.by),
                excess.passed()
            )
        })
        .collect();
    (!told.is_empty()).then(|| {
        let place = Place::item(record(case), "lines", line.id);
        let amounts: Vec<Amount> = passed.iter().map(|(_, excess)| excess.by).collect();
        let facts = Facts::default().with((line.id, amounts));
        let label = quoted(&line.label);
        Found::new(
            place,
            format!("La dépense {label} est dépassée\u{a0}: {}.", list(&told)),
            facts,
        )
    })
}

/// A funder of whom more has come than the budget counts.
fn received(case: &BudgetCase<'_>, funder: &Funder) -> Option<Found> {
    let planned = case.budget.planned(Slice {
        years: &[],
        funder: Some(funder.id),
        in_kind: Some(false),
    });
    let done = funder.operations.iter();
    let received = done.filter(|it| !it.expected && it.step == Step::Received);
    let more = received.map(|it| it.amount).sum::<Amount>() - planned;
    (more.0 > 0).then(|| {
        let partner = funder.partner.and_then(|id| case.records.partner(id));
        let name = partner.map_or(funder.key.as_str(), name_of_partner);
        Found::new(
            Place::item(record(case), "funders", funder.id),
            format!(
                "{} a versé{} de plus que ce que le budget compte.",
                quoted(name),
                said(case, more)
            ),
            Facts::default().with((funder.id, more)),
        )
    })
}

/// « 500 € », or nothing in a currency whose cents are not ours.
fn said(case: &BudgetCase<'_>, amount: Amount) -> String {
    if case.budget.is_in_euros() {
        format!(" {}", euros(amount))
    } else {
        String::new()
    }
}

const fn record(case: &BudgetCase<'_>) -> RecordId {
    RecordId {
        kind: Kind::Budget,
        id: case.budget.id,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{World, today};
    use super::super::{Severity, Subject, review};

    /// What is said of a line of 14 000 € of which that was done, in cents.
    fn said(done: &[(&str, i64)]) -> Vec<String> {
        let mut world = World::new();
        for (step, amount) in done {
            let id = world.fresh();
            let operation = json!({ "id": id, "step": step, "year": 2027, "amount": amount });
            let operation = serde_json::from_value(operation).unwrap();
            match *step {
                "received" => world.budget.funders[1].operations.push(operation),
                _ => world.budget.lines[0].operations.push(operation),
            }
        }
        let subject = Subject::Budget(world.budget.id);
        let found = review(subject, &world.records(), &world.knowledge, today());
        let those = found.into_iter().filter(|it| it.rule == "depassement");
        let said = those.map(|it| {
            assert_eq!(it.severity, Severity::Warning);
            it.message.replace(['\u{a0}', '\u{202f}'], " ")
        });
        said.collect()
    }

    #[test]
    fn what_is_within_the_plan_says_nothing() {
        assert_eq!(said(&[]), [""; 0]);
        assert_eq!(
            said(&[("committed", 1_400_000), ("paid", 1_400_000)]),
            [""; 0]
        );
        assert_eq!(
            said(&[("paid", 900_000)]),
            [""; 0],
            "no commitment is noted"
        );
        assert_eq!(said(&[("received", 200_000)]), [""; 0]);
    }

    #[test]
    fn more_than_was_planned_or_committed_is_said_with_the_sums() {
        assert_eq!(
            said(&[("committed", 1_450_000)]),
            [
                "La dépense « Bornes-fontaines » est dépassée : engagé 500 € de plus que ce qui était prévu."
            ]
        );
        assert!(
            said(&[("committed", 900_000), ("ordered", 950_000)])[0]
                .contains("mandaté 500 € de plus que ce qui était engagé")
        );
        assert!(said(&[("paid", 1_400_001)])[0].contains("payé 0,01 € de plus"));
        assert_eq!(
            said(&[("received", 200_100)]),
            ["« Aného » a versé 1 € de plus que ce que le budget compte."]
        );
    }
}
