//! What a partner or a body must show before one binds oneself to it.

use chrono::{Months, NaiveDate};

use super::Place;
use super::Severity::{Blocking, Warning};
use super::case::{BodyCase, name_of_partner, signed_on};
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{day, quoted};
use crate::model::{ActKind, Convention, ConventionKind, Kind, Nature, RecordId};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "reconnaissance",
            "Reconnaissance et sanctions",
            Warning,
            &["circulaire-2018-05-24", "jp-haut-karabagh"],
        ),
        check: Check::Body(is_looked_up, recognition),
    },
    Rule {
        info: RuleInfo::new(
            "engagement-republicain",
            "Contrat d’engagement républicain",
            Blocking,
            &["decret-2021-1947-cer"],
        ),
        check: Check::Body(is_an_association, republican_commitment),
    },
];

const fn record(case: &BodyCase<'_>) -> RecordId {
    RecordId {
        kind: Kind::Partner,
        id: case.partner.id,
    }
}

const fn is_looked_up(nature: Nature) -> bool {
    !matches!(
        nature,
        Nature::FrenchAuthority | Nature::DiplomaticPost | Nature::InternationalOrganisation
    )
}

const fn is_an_association(nature: Nature) -> bool {
    matches!(nature, Nature::Association)
}

/// How long a look at recognition and sanctions is good for.
const GOOD_FOR: Months = Months::new(12);

fn recognition(case: &BodyCase<'_>) -> Vec<Found> {
    let partner = case.partner;
    let is_spared = partner
        .country
        .as_deref()
        .is_none_or(|country| case.knowledge.is_spared_recognition(country));
    if is_spared || !has_to_do_with_us(case) {
        return Vec::new();
    }

    let name = quoted(name_of_partner(partner));
    let message = match &partner.recognition {
        None => format!(
            "La vérification de la reconnaissance et des sanctions n’est pas notée pour {name}\u{a0}: la faire, puis dire qui \
             a vérifié et quand."
        ),
        Some(check) => {
            let expires = check.date.checked_add_months(GOOD_FOR);
            if expires.is_some_and(|expires| case.today < expires) {
                return Vec::new();
            }
            format!(
                "La vérification de la reconnaissance et des sanctions pour {name} date du {}\u{a0}: elle a plus de douze \
                 mois, la refaire.",
                day(check.date)
            )
        }
    };
    vec![Found::new(
        Place::field(record(case), "recognition"),
        message,
        Facts::default().with(partner.recognition.as_ref().map(|check| check.date)),
    )]
}

/// Whether something is being prepared or done with a partner: it is a party to a convention that is not over.
fn has_to_do_with_us(case: &BodyCase<'_>) -> bool {
    case.records
        .conventions_of(case.partner.id)
        .any(|convention| !is_over(convention, case.today))
}

fn is_over(convention: &Convention, today: NaiveDate) -> bool {
    let ended = [
        ActKind::End,
        ActKind::Termination,
        ActKind::Abandonment,
        ActKind::Renewal,
    ];
    ended
        .into_iter()
        .any(|kind| convention.done(kind).next().is_some())
        || convention.end.is_some_and(|end| end < today)
}

/// From this day on a subsidised association signs the commitment (décret n° 2021-1947, art. 5).
const FIRST_YEAR: i32 = 2022;

fn republican_commitment(case: &BodyCase<'_>) -> Vec<Found> {
    let partner = case.partner;
    if !is_helped(case) {
        return Vec::new();
    }
    let shown = partner.association.as_ref().is_some_and(|association| {
        association.public_utility || association.republican_commitment.is_some()
    });
    if shown {
        return Vec::new();
    }

    let name = quoted(name_of_partner(partner));
    let place = Place::field(record(case), "association");
    let facts = Facts::default().with(&partner.association);
    let is_foreign = partner
        .country
        .as_deref()
        .is_some_and(|country| country != "FR");

    vec![if is_foreign {
        Found::new(
            place,
            format!(
                "{name} est une association étrangère qui reçoit une aide\u{a0}: lui demander un engagement de même portée \
                 que le contrat d’engagement républicain."
            ),
            facts,
        )
        .only(Warning)
    } else {
        Found::new(
            place,
            format!(
                "{name} reçoit une aide et son contrat d’engagement républicain n’est pas noté\u{a0}: le lui faire \
                 souscrire, puis saisir sa date."
            ),
            facts,
        )
    }]
}

/// Whether an association is granted something, in money or in kind, since the commitment exists.
fn is_helped(case: &BodyCase<'_>) -> bool {
    let by_a_budget = case
        .records
        .years_of_grants_to(case.partner.id)
        .iter()
        .any(|year| *year >= FIRST_YEAR);
    let by_a_convention = |convention: &Convention| {
        let gives = convention.kind.is_grant() || convention.kind == ConventionKind::Emergency;
        let since = signed_on(convention)
            .or(convention.start)
            .is_none_or(|date| chrono::Datelike::year(&date) >= FIRST_YEAR);
        let is_given_up = convention.done(ActKind::Abandonment).next().is_some();
        gives && since && !is_given_up
    };
    by_a_budget
        || case
            .records
            .conventions_of(case.partner.id)
            .any(by_a_convention)
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, day};
    use super::*;
    use crate::model::{Association, RecognitionCheck};

    fn checked(date: NaiveDate) -> World {
        let mut world = World::new();
        world.foreign.recognition = Some(RecognitionCheck {
            date,
            by: "Mme Iris Pons".to_owned(),
            result: "reconnu, sans sanction".to_owned(),
        });
        world
    }

    #[test]
    fn a_check_of_less_than_twelve_months_holds() {
        assert!(
            checked(day(2025, 11, 25))
                .findings("reconnaissance")
                .is_empty()
        );
    }

    #[test]
    fn an_old_check_or_none_does_not_hold() {
        let found = checked(day(2025, 11, 24)).findings("reconnaissance");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("24/11/2025"));

        let world = World::new();
        let found = world.findings("reconnaissance");
        assert_eq!(found[0].place.record.id, world.foreign.id);
    }

    #[test]
    fn a_partner_in_europe_and_one_with_whom_all_is_over_need_none() {
        let mut world = World::new();
        world.foreign.country = Some("DE".to_owned());
        assert!(world.findings("reconnaissance").is_empty());

        let mut world = World::new();
        world.convention.end = Some(day(2024, 12, 31));
        assert!(world.findings("reconnaissance").is_empty());
    }

    /// An association that is granted something in 2027.
    fn granted(association: Association) -> World {
        let mut world = World::new();
        let mut body = world.association();
        body.association = Some(association);
        world.budget.lines[0].beneficiary = Some(body.id);
        world.others.push(crate::model::Record::Partner(body));
        world
    }

    #[test]
    fn an_association_that_signed_or_is_held_to_have_signed_holds() {
        for association in [
            Association {
                republican_commitment: Some(day(2022, 3, 15)),
                ..Association::default()
            },
            Association {
                public_utility: true,
                ..Association::default()
            },
        ] {
            let world = granted(association);
            assert!(world.findings("engagement-republicain").is_empty());
        }
    }

    #[test]
    fn an_association_that_did_not_sign_does_not_hold() {
        let found = granted(Association::default()).findings("engagement-republicain");
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.field, Some("association"));
        assert!(found[0].message.contains("Eau partagée"));
    }

    #[test]
    fn a_foreign_association_is_asked_for_as_much_and_a_party_to_a_grant_too() {
        let mut world = World::new();
        world.foreign.nature = Nature::Association;
        world.convention.kind = ConventionKind::Grant;
        let found = world.findings("engagement-republicain");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("étrangère"));
    }

    #[test]
    fn an_authority_that_receives_a_grant_and_an_association_that_receives_none_need_none() {
        let mut world = World::new();
        world.budget.lines[0].beneficiary = Some(world.foreign.id);
        assert!(world.findings("engagement-republicain").is_empty());

        let mut world = World::new();
        world.foreign.nature = Nature::Association;
        assert!(world.findings("engagement-republicain").is_empty());
    }
}
