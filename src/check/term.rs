//! How long a convention lasts.

use super::Place;
use super::Severity::Warning;
use super::case::ConventionCase;
use super::clauses::Clause;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use crate::model::roles;

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new("duree", "Durée", Warning, &[]),
    check: Check::Convention(is_contract, term),
}];

const DURATION: Clause = Clause {
    role: roles::DURATION,
    title: "Durée et entrée en vigueur",
    missing: "Aucun article ne dit la durée de la convention ni quand elle entre en vigueur.",
    elsewhere: &[],
};

fn term(case: &ConventionCase<'_>) -> Vec<Found> {
    let open_ended = case.written.end.is_none().then(|| {
        Found::new(
            Place::field(case.record(), "end"),
            "Le terme de la convention n’est pas fixé\u{a0}: saisir son dernier jour.",
            Facts::default().with("sans terme"),
        )
    });
    let untold = match case.convention.taken_over {
        Some(_) => None,
        None => DURATION.missing(case),
    };
    open_ended.into_iter().chain(untold).collect()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, cooperation, day, findings};
    use super::*;
    use crate::model::{ConventionKind, TakenOver};

    fn lasting(paragraph: &str) -> World {
        let mut world = World::new();
        world.convention.end = Some(day(2029, 12, 31));
        world.article(roles::DURATION, &[paragraph]);
        world
    }

    #[test]
    fn a_term_that_an_article_tells_holds() {
        let world = lasting("Elle prend fin le {{date.fin}}, à son terme.");
        assert!(world.findings("duree").is_empty());
    }

    #[test]
    fn no_last_day_or_no_article_does_not_hold() {
        let mut world = lasting("Elle prend fin le {{date.fin}}, à son terme.");
        world.convention.end = None;
        assert_eq!(world.findings("duree")[0].place.field, Some("end"));

        let mut draft = cooperation();
        draft.end = Some(day(2029, 12, 31));
        let found = findings("duree", &draft);
        assert!(found[0].fix.is_some());
    }

    #[test]
    fn a_twinning_lasts_and_a_paper_says_its_own_term() {
        let mut charter = cooperation();
        charter.kind = ConventionKind::Twinning;
        assert!(findings("duree", &charter).is_empty());

        let mut old = cooperation();
        old.taken_over = Some(TakenOver::default());
        old.end = Some(day(2024, 12, 31));
        assert!(findings("duree", &old).is_empty());
    }
}
