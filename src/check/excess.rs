//! Lines of a budget of which more is done than was planned or committed.

use super::Place;
use super::Severity::Warning;
use super::case::BudgetCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{euros, quoted};
use crate::ledger::excess;
use crate::model::{Kind, Line, RecordId, Step};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "depassement-de-ligne",
        "Dépenses au-delà de ce qui était prévu ou engagé",
        Warning,
        &[],
    ),
    check: Check::Budget(beyond),
}];

/// Steps of an expense, and what is said of what has come to them.
const STEPS: [(Step, &str); 3] = [
    (Step::Committed, "engagé"),
    (Step::Ordered, "mandaté"),
    (Step::Paid, "payé"),
];

/// Of each line, over all its years, the first step that goes beyond the one before.
fn beyond(case: &BudgetCase<'_>) -> Vec<Found> {
    let lines = case.budget.lines.iter();
    lines.filter_map(|line| told(case, line)).collect()
}

fn told(case: &BudgetCase<'_>, line: &Line) -> Option<Found> {
    let (done, excess) = STEPS
        .into_iter()
        .find_map(|(step, done)| Some((done, excess(line, step, i32::MAX)?)))?;
    // In another currency the cents are not ours.
    let by = match case.budget.is_in_euros() {
        true => format!(" de {}", euros(excess.by)),
        false => String::new(),
    };
    let budget = RecordId {
        kind: Kind::Budget,
        id: case.budget.id,
    };
    Some(Found::new(
        Place::item(budget, "lines", line.id),
        format!(
            "Sur la ligne {}, ce qui est {done} dépasse{by} {}\u{a0}: revoir la ligne, ou ses opérations.",
            quoted(&line.label),
            excess.passed()
        ),
        Facts::default().with((line.id, done, excess.by)),
    ))
}

#[cfg(test)]
mod tests {
    use super::super::samples::World;
    use crate::model::{Amount, Operation, Step};

    fn told(world: &World) -> Vec<String> {
        let found = world.findings("depassement-de-ligne");
        found.into_iter().map(|it| it.message).collect()
    }

    #[test]
    fn a_line_that_goes_beyond_its_plan_or_its_engagement_is_told() {
        let mut world = World::new();
        let planned: Amount = world.budget.lines[0]
            .shares
            .iter()
            .map(|it| it.amount)
            .sum();
        let year = world.budget.lines[0].shares[0].year;
        let done = |world: &mut World, step, amount| {
            let id = world.fresh();
            let operation = Operation::new(id, step, year + 5, amount);
            world.budget.lines[0].operations.push(operation);
        };
        done(&mut world, Step::Committed, planned);
        done(&mut world, Step::Ordered, planned);
        assert!(told(&world).is_empty());

        done(&mut world, Step::Ordered, Amount(120_000));
        let [message] = told(&world).try_into().unwrap();
        assert!(
            message.contains("mandaté dépasse de 1\u{202f}200\u{a0}€ ce qui était engagé"),
            "{message}"
        );
        done(&mut world, Step::Committed, Amount(200_000));
        let [message] = told(&world).try_into().unwrap();
        assert!(
            message.contains("engagé dépasse de 2\u{202f}000\u{a0}€ ce qui était prévu"),
            "{message}"
        );
    }
}
