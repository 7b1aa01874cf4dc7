//! What a convention stands on, and that must be of a piece with it: the convention that it carries out, the years of
//! its budget.

use chrono::Datelike;

use super::Place;
use super::Severity::Warning;
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::list;
use crate::model::Id;

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("rattachement", "Convention de rattachement", Warning, &[]),
        check: Check::Convention(any_kind, parents),
    },
    Rule {
        info: RuleInfo::new("annees-du-budget", "Années du budget", Warning, &[]),
        check: Check::Convention(any_kind, years),
    },
];

/// A chain of conventions ends somewhere.
fn parents(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut met: Vec<Id> = vec![case.convention.id];
    let mut next = case.convention.parent;
    while let Some(id) = next {
        if met.contains(&id) {
            let what = if met.len() == 1 {
                "La convention se rattache à elle-même".to_owned()
            } else {
                format!(
                    "La convention se rattache à une autre qui, en {} étapes, se rattache à celle-ci",
                    met.len()
                )
            };
            return vec![Found::new(
                Place::field(case.record(), "parent"),
                format!("{what}\u{a0}: dire laquelle exécute, modifie ou renouvelle l’autre."),
                Facts::default().with(&met),
            )];
        }
        met.push(id);
        next = case.records.convention(id).and_then(|it| it.parent);
    }
    Vec::new()
}

/// The years that the convention covers are years of its budget.
fn years(case: &ConventionCase<'_>) -> Vec<Found> {
    let written = case.written;
    let Some(budget) = case.budget().filter(|budget| !budget.years.is_empty()) else {
        return Vec::new();
    };
    // A grant lasts until its account is given, in the first half of the year after.
    let months_of_account = if case.convention.kind.is_grant() {
        6
    } else {
        0
    };
    let of_term = || match (written.start, written.end) {
        (Some(start), Some(end)) if start <= end => {
            let is_for_the_account = end.month() <= months_of_account && start.year() < end.year();
            (start.year()..=end.year() - i32::from(is_for_the_account)).collect()
        }
        _ => Vec::new(),
    };
    let covered = if written.budget_years.is_empty() {
        of_term()
    } else {
        written.budget_years.clone()
    };
    let lacking: Vec<String> = covered
        .iter()
        .filter(|year| !budget.years.contains(year))
        .map(ToString::to_string)
        .collect();
    if lacking.is_empty() {
        return Vec::new();
    }
    let of_budget: Vec<String> = budget.years.iter().map(ToString::to_string).collect();
    vec![Found::new(
        Place::field(case.record(), "budget"),
        format!(
            "La convention couvre {}, que son budget n’a pas (il a {})\u{a0}: ajouter l’année au budget, ou corriger la \
             période.",
            list(&lacking),
            list(&of_budget)
        ),
        Facts::default().with(&lacking).with(&budget.years),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, day};
    use crate::model::ConventionKind;

    #[test]
    fn a_budget_of_the_same_years_holds() {
        let mut world = World::new();
        world.convention.start = Some(day(2027, 3, 1));
        world.convention.end = Some(day(2027, 12, 31));
        assert!(world.findings("annees-du-budget").is_empty());
        world.convention.budget_years = vec![2027];
        assert!(world.findings("annees-du-budget").is_empty());
    }

    #[test]
    fn a_year_that_the_budget_lacks_is_told() {
        let mut world = World::new();
        world.convention.start = Some(day(2027, 3, 1));
        world.convention.end = Some(day(2029, 2, 28));
        let found = world.findings("annees-du-budget");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(
            found[0].message.contains("2028 et 2029"),
            "{}",
            found[0].message
        );
        // It covers one year of a longer life, and says so.
        world.convention.budget_years = vec![2027];
        assert!(world.findings("annees-du-budget").is_empty());
    }

    #[test]
    fn a_grant_may_last_until_its_account_is_given() {
        let mut world = World::new();
        world.convention.kind = ConventionKind::Grant;
        world.convention.start = Some(day(2027, 1, 1));
        world.convention.end = Some(day(2028, 6, 30));
        assert!(world.findings("annees-du-budget").is_empty());
        world.convention.end = Some(day(2028, 12, 31));
        assert_eq!(world.findings("annees-du-budget").len(), 1);
    }

    #[test]
    fn without_budget_or_term_nothing_is_asked() {
        let mut world = World::new();
        world.convention.budget = None;
        world.convention.budget_years = vec![2031];
        assert!(world.findings("annees-du-budget").is_empty());
        assert!(World::new().findings("annees-du-budget").is_empty());
        assert!(World::new().findings("rattachement").is_empty());
    }
}
