//! Whether a budget holds the rules of its funders' calls: those chosen for each funder, as dated data says them.

use super::Place;
use super::Severity::Warning;
use super::case::BudgetCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::quoted;
use crate::model::{Kind, RecordId};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "regles-du-financeur",
        "Règles des appels des financeurs",
        Warning,
        &[],
    ),
    check: Check::Budget(broken),
}];

/// Every point that is not held. What cannot be told yet, for want of a country or of amounts, is no finding.
fn broken(case: &BudgetCase<'_>) -> Vec<Found> {
    let budget = RecordId {
        kind: Kind::Budget,
        id: case.budget.id,
    };
    let of_funder = |funder| {
        let held_against = case.knowledge.standing(case.budget, funder, case.records);
        let (label, points) = held_against.unwrap_or_default();
        let points = points.into_iter().filter(|point| point.held == Some(false));
        points.map(move |point| {
            Found::new(
                Place::item(budget, "funders", funder.id),
                format!(
                    "La règle {} n’est pas tenue\u{a0}: {}, {} ({}). Revoir qui paie quoi, ou la règle choisie dans la \
                     synthèse.",
                    quoted(&label),
                    point.what.to_lowercase(),
                    point.figure,
                    point.bound
                ),
                Facts::default().with((funder.id, &label, point.what, &point.figure)),
            )
        })
    };
    case.budget.funders.iter().flat_map(of_funder).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, today};
    use super::super::{Finding, Subject, review};

    fn found(world: &World) -> Vec<Finding> {
        let subject = Subject::Budget(world.budget.id);
        let mut found = review(subject, &world.records(), &world.knowledge, today());
        found.retain(|finding| finding.rule == "regles-du-financeur");
        found
    }

    #[test]
    fn a_point_that_is_not_held_is_to_be_verified_at_its_funder() {
        let mut world = World::new();
        assert!(found(&world).is_empty(), "no rule is chosen");
        world.budget.funders[1].rule = Some("meae-2025".to_owned());
        // Only the co-funder pays: nothing of ours is left.
        let payer = world.budget.funders[1].id;
        for line in &mut world.budget.lines {
            let mut all = (**line).clone();
            all.shares.iter_mut().for_each(|share| share.funder = payer);
            *line = all.into();
        }
        let found = found(&world);
        let own = found.iter().find(|it| {
            it.message
                .contains("part des collectivités françaises, 0,0\u{202f}% (au moins 10\u{202f}%)")
        });
        assert_eq!(own.unwrap().place.item, Some(payer));
    }
}
