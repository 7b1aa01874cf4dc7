//! What is done beyond what was planned or committed: nothing is refused, it is said.

use super::Place;
use super::Severity::Warning;
use super::case::BudgetCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{euros, quoted};
use crate::model::{Amount, Funder, Kind, Line, Operation, RecordId, Slice, Step};

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

fn done(operations: &[Operation], step: Step) -> Amount {
    let done = operations
        .iter()
        .filter(|it| !it.expected && it.step == step);
    done.map(|it| it.amount).sum()
}

/// A line of which more is committed, ordered or paid than is planned in money; else of which more is paid than was
/// committed, once something was: offices that follow payments alone note no commitment.
fn spent(case: &BudgetCase<'_>, line: &Line) -> Option<Found> {
    let in_money = line.shares.iter().filter(|_| !line.in_kind);
    let planned: Amount = in_money.map(|share| share.amount).sum();
    let [committed, ordered, paid] = Step::OF_EXPENSES.map(|step| done(&line.operations, step));
    let after = match ordered > paid {
        true => (ordered, "mandatés"),
        false => (paid, "payés"),
    };
    let (reached, asked) = if committed.max(after.0) > planned {
        let committed = (committed, "engagés");
        let most = if after.0 > committed.0 {
            after
        } else {
            committed
        };
        (most, (planned, "prévus"))
    } else if committed.0 > 0 && after.0 > committed {
        (after, (committed, "engagés"))
    } else {
        return None;
    };
    let place = Place::item(record(case), "lines", line.id);
    let facts = Facts::default().with((line.id, reached.0, asked.0));
    let told = told(case, reached, asked);
    let message = format!(
        "La dépense {} est dépassée\u{a0}: {told}.",
        quoted(&line.label)
    );
    Some(Found::new(place, message, facts))
}

/// A funder of whom more has come than the budget counts.
fn received(case: &BudgetCase<'_>, funder: &Funder) -> Option<Found> {
    let planned = case.budget.planned(Slice {
        years: &[],
        funder: Some(funder.id),
        in_kind: Some(false),
    });
    let received = done(&funder.operations, Step::Received);
    (received > planned).then(|| {
        let partner = funder.partner.and_then(|id| case.records.partner(id));
        let name = partner.map_or(funder.key.as_str(), super::case::name_of_partner);
        let told = told(case, (received, "encaissés"), (planned, "attendus"));
        Found::new(
            Place::item(record(case), "funders", funder.id),
            format!(
                "{} a versé plus que le budget ne compte\u{a0}: {told}.",
                quoted(name)
            ),
            Facts::default().with((funder.id, received, planned)),
        )
    })
}

/// « 12 500 € engagés pour 12 000 € prévus, soit 500 € de plus »: without sums in a currency whose cents are not ours.
fn told(case: &BudgetCase<'_>, reached: (Amount, &str), asked: (Amount, &str)) -> String {
    if case.budget.is_in_euros() {
        format!(
            "{} {} pour {} {}, soit {} de plus",
            euros(reached.0),
            reached.1,
            euros(asked.0),
            asked.1,
            euros(reached.0 - asked.0)
        )
    } else {
        format!("les montants {} dépassent ceux {}", reached.1, asked.1)
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
    use super::*;

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
                "La dépense « Bornes-fontaines » est dépassée : 14 500 € engagés pour 14 000 € prévus, soit 500 € de plus."
            ]
        );
        assert!(
            said(&[("committed", 900_000), ("ordered", 950_000)])[0]
                .contains("9 500 € mandatés pour 9 000 € engagés, soit 500 € de plus")
        );
        assert!(said(&[("paid", 1_400_001)])[0].contains("soit 0,01 € de plus"));
        assert!(said(&[("received", 200_100)])[0].contains(
            "a versé plus que le budget ne compte : 2 001 € encaissés pour 2 000 € attendus"
        ));
    }
}
