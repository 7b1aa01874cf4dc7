//! Renewals that nobody decides: whether a text provides for one, how it is bounded, how it is denied.

use super::Severity::Warning;
use super::case::ConventionCase;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::capital;

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new("reconduction", "Reconduction", Warning, &[]),
    check: Check::Text(any_kind, renewal),
}];

/// How words begin that say a renewal, folded.
const RENEWS: [&str; 4] = ["recondu", "renouvel", "prolong", "prorog"];

/// How it is said that nobody decides it, folded.
const BY_ITSELF: [&str; 4] = ["tacite", "tacites", "tacitement", "automatiquement"];

/// How many words hold the two: « reconduite chaque année par accord tacite ».
const WITHIN: usize = 6;

/// How a clause denies it, folded.
const DENIES: [&str; 9] = [
    "sans", "aucune", "aucun", "ni", "non", "pas", "jamais", "ne", "n",
];

/// What the absence of renews: « sans dénonciation, elle est reconduite tacitement », folded.
const OBJECTIONS: [&str; 5] = [
    "denonciation",
    "opposition",
    "preavis",
    "reponse",
    "objection",
];

/// How a sentence excludes it, folded.
const EXCLUDES: [&str; 10] = [
    "exclu",
    "exclue",
    "exclus",
    "exclues",
    "interdit",
    "interdite",
    "interdites",
    "proscrite",
    "ecartee",
    "impossible",
];

/// How a paragraph bounds it, folded.
const BOUNDED: [&str; 13] = [
    "dans la limite de ",
    "dans la limite d ",
    "limite a ",
    "limitee a ",
    "limitees a ",
    "limites a ",
    "au maximum",
    "maximum de",
    "maximale de",
    "sans pouvoir exceder",
    "peut exceder",
    "peut depasser",
    "duree totale",
];

fn renewal(case: &ConventionCase<'_>) -> Vec<Found> {
    case.french_passages()
        .filter(|passage| renews_by_itself(passage) && !is_bounded(passage))
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

/// Whether a clause of it renews the convention without anyone deciding so, and no sentence excludes it.
fn renews_by_itself(passage: &Passage<'_>) -> bool {
    if !passage.says_any(&["tacite", "automati"]) {
        return false;
    }
    let excludes = |sentence: &str| sentence.split(' ').any(|word| EXCLUDES.contains(&word));
    let sentences = passage.sentences();
    let is_excluded = (sentences.iter()).any(|it| is_tacit(it) && excludes(it));
    let clauses = passage.parted_by(&['.', ';', ',', ':', '(', ')']);
    !is_excluded && (clauses.iter()).any(|clause| is_tacit(clause) && !denies(clause))
}

fn says_renewal(word: &str) -> bool {
    RENEWS.iter().any(|root| word.starts_with(root))
}

/// « par tacite reconduction », « renouvelable tacitement », « reconduction automatique ».
fn is_tacit(clause: &str) -> bool {
    let words: Vec<&str> = clause.split(' ').collect();
    let by_itself = |near: &[&str]| {
        near.iter().any(|word| says_renewal(word))
            && near.iter().any(|word| BY_ITSELF.contains(word))
    };
    let is_short = words.len() < WITHIN && by_itself(&words);
    let is_automatic = |pair: &[&str]| matches!(pair, [noun, how] if says_renewal(noun) && how.starts_with("automatique"));
    is_short || words.windows(WITHIN).any(by_itself) || words.windows(2).any(is_automatic)
}

/// « Elle n’est ni prolongée ni tacitement reconduite », « sans tacite reconduction »; « elle ne prend fin qu’après »
/// denies nothing.
fn denies(clause: &str) -> bool {
    let words: Vec<&str> = clause.split(' ').collect();
    let last = words
        .iter()
        .rposition(|word| BY_ITSELF.contains(word) || says_renewal(word));
    let before = words.get(..last.unwrap_or(0)).unwrap_or(&[]);
    let is_objection = |at: usize| before.get(at + 1).is_some_and(|it| OBJECTIONS.contains(it));
    let mut denials = before
        .iter()
        .enumerate()
        .filter(|(_, word)| DENIES.contains(word));
    denials.any(|(at, _)| !is_objection(at)) && !before.contains(&"qu") && !before.contains(&"que")
}

/// Whether it says how often, or how long at most.
fn is_bounded(passage: &Passage<'_>) -> bool {
    passage.says_any(&BOUNDED)
        || passage
            .folded()
            .replace("au plus tard", "")
            .contains("au plus")
        || (passage.parted_by(&['.', ';', ',']).iter()).any(|clause| counts_times(clause))
}

/// « une seule fois », « renouvelable deux fois »; not « une fois signée », « une fois par an ».
fn counts_times(clause: &str) -> bool {
    let words: Vec<&str> = clause.split(' ').collect();
    words.iter().enumerate().any(|(at, word)| {
        let before = words.get(..at).unwrap_or(&[]);
        let after = words.get(at + 1..).unwrap_or(&[]);
        let is_how_often = matches!(
            after,
            [
                "par",
                "an" | "mois" | "semestre" | "trimestre" | "session",
                ..
            ]
        );
        let is_when = after
            .first()
            .is_some_and(|it| before == ["une"] || it.ends_with("ee"));
        *word == "fois" && !is_how_often && !is_when
    })
}

#[cfg(test)]
mod tests {
    use super::super::samples::World;
    use crate::model::{TakenOver, roles};

    fn lasting(paragraph: &str) -> World {
        let mut world = World::new();
        world.article(roles::DURATION, &[paragraph]);
        world
    }

    #[test]
    fn no_renewal_or_one_that_is_counted_holds() {
        for paragraph in [
            "Elle prend fin le {{date.fin}}, sans reconduction tacite.",
            "Elle n’est pas reconduite tacitement.",
            "Elle n’est ni prolongée ni tacitement reconduite.",
            "Elle peut être renouvelée par une décision des deux assemblées.",
            "Elle se renouvelle une fois, par tacite reconduction, pour trois ans.",
            "Toute prolongation, notamment par tacite reconduction, est exclue.",
            "Elle ne peut être reconduite tacitement.",
            "Elle est reconduite tacitement, sans pouvoir excéder six ans.",
            "Elle est renouvelable tacitement deux fois.",
            "Elle prend fin le {{date.fin}}, aucune reconduction tacite n’étant prévue.",
            "Les versements sont automatiques ; le renouvellement est voté.",
            "Reconductible tacitement par périodes d’un an, pour une durée maximale de quatre ans.",
        ] {
            let found = lasting(paragraph).findings("reconduction");
            assert!(found.is_empty(), "{paragraph}");
        }
    }

    #[test]
    fn a_renewal_without_end_is_seen_however_it_is_said() {
        for paragraph in [
            "Elle est reconduite tacitement chaque année.",
            "Elle est renouvelable tacitement.",
            "Elle fait l’objet d’une reconduction automatique.",
            "Elle est automatiquement renouvelée d’année en année.",
            "Elle dure trois ans, par tacite reconduction, sauf dénonciation ; aucun préavis n’est exigé.",
            "Elle se renouvelle par tacite reconduction, sauf dénonciation au plus tard trois mois avant le terme.",
            "Une fois signée, elle se renouvelle par tacite reconduction.",
            "Si aucune partie ne la dénonce, elle est reconduite tacitement.",
            "Sans dénonciation trois mois avant le terme elle est reconduite tacitement.",
            "Elle est reconduite tacitement ; le comité se réunit une fois par an.",
        ] {
            let found = lasting(paragraph).findings("reconduction");
            assert_eq!(found.len(), 1, "{paragraph}");
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
