//! Charters: twinnings, pacts of friendship, letters of intent.

use chrono::NaiveDate;

use super::Place;
use super::Severity::{Advice, Warning};
use super::case::{ConventionCase, signed_on};
use super::money::names_an_amount;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{capital, day};
use crate::model::{ActKind, ConventionKind};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "charte-engageante",
            "Charte sans engagement",
            Advice,
            &["cgct-l1115-1"],
        ),
        check: Check::Text(ConventionKind::is_charter, binds),
    },
    Rule {
        info: RuleInfo::new(
            "transmission-charte",
            "Transmission de la charte",
            Warning,
            &["circulaire-2018-05-24"],
        ),
        check: Check::Convention(ConventionKind::is_charter, transmission),
    },
];

/// Words of duty and of means, folded.
const DUTY: [&str; 13] = [
    "s engage a",
    "s engagent a",
    "nous engageons a",
    "s oblige",
    "est tenue de",
    "est tenu de",
    "sont tenues de",
    "sont tenus de",
    "prend a sa charge",
    "prennent a leur charge",
    "met a la disposition",
    "mettent a la disposition",
    "mettent a disposition",
];

fn binds(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut binding = case.french_passages().filter_map(|passage| {
        let what = what_binds(passage)?;
        Some((passage, what))
    });
    let Some((passage, what)) = binding.next() else {
        return Vec::new();
    };
    vec![Found::new(
        passage.place(case.record()),
        format!(
            "{} {what}\u{a0}: le texte se lit alors comme une convention, qui devrait dire son objet et le montant \
             prévisionnel des engagements.",
            capital(&passage.said())
        ),
        Facts::default().with(passage.folded()),
    )]
}

fn what_binds(passage: &Passage<'_>) -> Option<&'static str> {
    if names_an_amount(passage) {
        Some("nomme un montant")
    } else if passage.says_any(&DUTY) {
        Some("impose une charge ou un devoir")
    } else {
        None
    }
}

/// The day of the circular that reminds that charters are transmitted too.
const CIRCULAR: Option<NaiveDate> = NaiveDate::from_ymd_opt(2018, 5, 24);

fn transmission(case: &ConventionCase<'_>) -> Vec<Found> {
    let convention = case.convention;
    let Some(signed) = signed_on(convention) else {
        return Vec::new();
    };
    let sent = convention.done(ActKind::ConventionTransmission).next();
    if sent.is_some() || CIRCULAR.is_some_and(|circular| signed < circular) {
        return Vec::new();
    }
    vec![Found::new(
        Place::field(case.record(), "acts"),
        format!(
            "La charte signée le {} n’est pas notée comme transmise au représentant de l’État\u{a0}: une charte se \
             transmet aussi.",
            day(signed)
        ),
        Facts::default().with(signed),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, day, findings};
    use super::*;

    fn charter(paragraph: &str) -> World {
        let mut world = World::new();
        world.convention.kind = ConventionKind::Friendship;
        world.convention.articles.clear();
        world.article("objet", &[paragraph]);
        world
    }

    #[test]
    fn a_charter_of_words_holds() {
        for paragraph in [
            "Nous souhaitons que nos écoles s’écrivent.",
            "Le présent pacte n’emporte aucun engagement financier.",
        ] {
            let found = charter(paragraph).findings("charte-engageante");
            assert!(found.is_empty(), "{paragraph}");
        }
    }

    #[test]
    fn a_charter_with_an_amount_or_a_duty_reads_like_a_convention() {
        for paragraph in [
            "Chaque ville verse 5 000 € par an.",
            "Chaque ville s’engage à recevoir une classe par an.",
            "Elles prennent à leur charge les voyages.",
        ] {
            let found = charter(paragraph).findings("charte-engageante");
            assert_eq!(found[0].severity, Severity::Advice, "{paragraph}");
            assert_eq!(found[0].place.paragraph, Some(0));
        }
    }

    #[test]
    fn a_convention_is_meant_to_bind() {
        assert!(findings("charte-engageante", &cooperation()).is_empty());
    }

    fn signed(year: i32) -> World {
        let mut world = charter("Nous proclamons notre amitié.");
        world.act(ActKind::Signature, 0, day(year, 5, 9));
        world.act(ActKind::Signature, 1, day(year, 5, 10));
        world
    }

    #[test]
    fn a_charter_that_was_transmitted_holds() {
        let mut world = signed(2026);
        world.act(ActKind::ConventionTransmission, 0, day(2026, 5, 21));
        assert!(world.findings("transmission-charte").is_empty());
    }

    #[test]
    fn a_signed_charter_kept_in_a_drawer_does_not_hold() {
        let found = signed(2026).findings("transmission-charte");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("10/05/2026"));
    }

    #[test]
    fn neither_a_draft_nor_an_old_charter_nor_a_convention_is_asked_for_it() {
        let draft = charter("Nous proclamons notre amitié.");
        assert!(draft.findings("transmission-charte").is_empty());
        assert!(signed(1987).findings("transmission-charte").is_empty());

        let mut world = signed(2026);
        world.convention.kind = ConventionKind::Cooperation;
        assert!(world.findings("transmission-charte").is_empty());
    }
}
