//! How long a convention lasts, and whether it ever ends.

use super::Place;
use super::Severity::Warning;
use super::case::ConventionCase;
use super::clauses::Clause;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind, is_contract};
use super::wording::capital;
use crate::model::roles;

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("duree", "Durée", Warning, &[]),
        check: Check::Convention(is_contract, term),
    },
    Rule {
        info: RuleInfo::new("reconduction", "Reconduction", Warning, &[]),
        check: Check::Text(any_kind, renewal),
    },
];

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

/// How a sentence speaks of a renewal that nobody decides, folded.
const TACIT: [&str; 5] = [
    "tacite reconduction",
    "reconduction tacite",
    "tacitement recondui",
    "tacitement renouvel",
    "renouvellement tacite",
];

/// How it denies it, or how often it allows it, folded.
const BOUNDED: [&str; 17] = [
    "sans tacite",
    "sans reconduction",
    "sans renouvellement",
    "n est pas",
    "ne peut",
    "ne sera pas",
    "ne fait pas",
    "ne donne pas",
    "exclu",
    "aucun",
    "pas de",
    "une fois",
    "une seule fois",
    "deux fois",
    "dans la limite",
    "au plus",
    "au maximum",
];

fn renewal(case: &ConventionCase<'_>) -> Vec<Found> {
    case.french_passages()
        .filter(|passage| {
            passage.says_any(&TACIT) && !passage.says_any(&BOUNDED) && !denies(passage.folded())
        })
        .map(|passage| {
            Found::new(
                passage.place(case.record()),
                format!(
                    "{} prévoit une reconduction tacite sans limite\u{a0}: fixer un terme, ou dire combien de fois elle \
                     peut être reconduite.",
                    capital(&passage.said())
                ),
                Facts::default().with(passage.folded()),
            )
        })
        .collect()
}

/// « Elle n’est ni prolongée ni tacitement reconduite ».
fn denies(folded: &str) -> bool {
    folded.contains(" ni ") || folded.contains(" jamais ")
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

    #[test]
    fn no_renewal_or_one_that_is_counted_holds() {
        for paragraph in [
            "Elle prend fin le {{date.fin}}, sans reconduction tacite.",
            "Elle n’est pas reconduite tacitement.",
            "Elle n’est ni prolongée ni tacitement reconduite.",
            "Elle peut être renouvelée par une décision des deux assemblées.",
            "Elle se renouvelle une fois, par tacite reconduction, pour trois ans.",
        ] {
            let found = lasting(paragraph).findings("reconduction");
            assert!(found.is_empty(), "{paragraph}");
        }
    }

    #[test]
    fn a_renewal_without_end_does_not_hold() {
        let world = lasting("Elle se renouvelle d’année en année par tacite reconduction.");
        let found = world.findings("reconduction");
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("L’article 3"));
        assert_eq!(found[0].place.paragraph, Some(0));
    }

    #[test]
    fn the_renewal_of_a_convention_taken_over_is_on_its_paper() {
        let mut world = lasting("Elle se renouvelle d’année en année par tacite reconduction.");
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings("reconduction").is_empty());
    }
}
