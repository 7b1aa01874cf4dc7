//! Who decides, who signs.

use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind, is_about_to_be_signed};
use super::wording::{day, quoted};
use super::{Fix, Place};
use crate::model::{ActKind, Party, Signatory};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("signataires", "Signataires en fonction", Blocking, &[]),
        check: Check::Text(any_kind, signatories),
    },
    Rule {
        info: RuleInfo::new(
            "deliberation",
            "Décision de chaque collectivité française",
            Blocking,
            &["cgct-l2121-29", "cgct-delegations"],
        ),
        check: Check::Convention(any_kind, decisions),
    },
];

fn signatories(case: &ConventionCase<'_>) -> Vec<Found> {
    case.written
        .parties
        .iter()
        .filter_map(|party| signatory(case, party))
        .collect()
}

fn signatory(case: &ConventionCase<'_>, party: &Party) -> Option<Found> {
    if case.is_unread(party) {
        return None;
    }
    let known = case.written_records.signatories_of(party);
    let signed = case
        .convention
        .done_by(ActKind::Signature, &party.key)
        .map(|(_, date)| date);
    let day = signed.unwrap_or(case.today);
    let name = quoted(case.name_of(party));

    let chosen = case.signatory_of(party);
    let message = match chosen {
        None if party.signatory.is_some() => format!(
            "La personne choisie pour signer au nom de {name} n’est plus dans ses signataires."
        ),
        None => format!("Personne n’est désigné pour signer au nom de {name}."),
        Some(person) if !person.in_office(day) => out_of_office(person, &name, signed.is_some()),
        Some(person) if person.function.trim().is_empty() => format!(
            "La fonction de {}, qui signe au nom de {name}, n’est pas dite.",
            person.name
        ),
        Some(_) => return None,
    };

    // The bounds of the office are facts, the day is not: or the finding would come back every morning.
    let found = Found::new(
        Place::item(case.record(), "parties", party.id),
        message,
        Facts::default()
            .with(chosen)
            .with(party.signatory)
            .with(signed),
    );
    let found = if is_about_to_be_signed(case.stage) || signed.is_some() {
        found
    } else {
        found.only(Warning)
    };

    let successor = known
        .iter()
        .find(|person| person.in_office(day) && !person.function.trim().is_empty());
    Some(match successor {
        Some(person) if case.sealed.is_none() && signed.is_none() => {
            found.fixed_by(Fix::ChooseSignatory {
                convention: case.convention.id,
                party: party.id,
                signatory: person.id,
            })
        }
        _ => found,
    })
}

fn out_of_office(person: &Signatory, party: &str, signed: bool) -> String {
    let Signatory { name, function, .. } = person;
    let bound = match (person.from, person.until) {
        (_, Some(until)) => format!("jusqu’au {}", day(until)),
        (Some(from), None) => format!("à partir du {}", day(from)),
        (None, None) => String::new(),
    };
    if signed {
        format!(
            "{name} a signé au nom de {party} hors de ses fonctions de {function}, exercées {bound}."
        )
    } else {
        format!(
            "{name}, qui doit signer au nom de {party}, n’est pas en fonction\u{a0}: {function} \
             {bound}."
        )
    }
}

/// Before the draft is about to be signed, a decision that is not yet there is no surprise.
fn decisions(case: &ConventionCase<'_>) -> Vec<Found> {
    let has_begun_to_sign = case.convention.done(ActKind::Signature).next().is_some();
    if !is_about_to_be_signed(case.stage) && !has_begun_to_sign {
        return Vec::new();
    }
    case.french_parties()
        .filter_map(|party| decision(case, party))
        .collect()
}

fn decision(case: &ConventionCase<'_>, party: &Party) -> Option<Found> {
    let name = quoted(case.name_of(party));
    let is_signed = case.convention.taken_over.is_some()
        || case
            .convention
            .done_by(ActKind::Signature, &party.key)
            .is_some();
    let by_when = if is_signed { "" } else { " avant la signature" };

    let Some((act, date)) = case.convention.done_by(ActKind::Vote, &party.key) else {
        return Some(Found::new(
            Place::item(case.record(), "parties", party.id),
            format!(
                "La délibération de {name}, ou la décision prise par délégation, n’est pas notée\u{a0}: \
                 saisir sa date et son numéro{by_when}."
            ),
            Facts::default().with(&party.key).with("aucune"),
        ));
    };
    let numbered = act.number.as_ref().is_some_and(|it| !it.trim().is_empty());
    (!numbered).then(|| {
        Found::new(
            Place::item(case.record(), "acts", act.id),
            format!(
                "Le numéro de la délibération de {name} du {} n’est pas noté\u{a0}: le saisir{by_when}.",
                day(date)
            ),
            Facts::default().with(&party.key).with(date),
        )
    })
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::super::Severity;
    use super::super::samples::{World, cooperation, day, findings};
    use super::*;
    use crate::model::TakenOver;

    #[test]
    fn signatories_in_office_hold() {
        assert!(findings("signataires", &cooperation()).is_empty());
    }

    fn out_since(date: NaiveDate) -> World {
        let mut world = World::new();
        world.foreign.signatories[0].until = Some(date);
        world
    }

    #[test]
    fn a_signatory_no_longer_in_office_does_not_hold() {
        let found = out_since(day(2026, 5, 31)).findings("signataires");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(
            found[0].message.contains("31/05/2026"),
            "{}",
            found[0].message
        );
        assert_eq!(found[0].fix, None);
    }

    #[test]
    fn it_blocks_once_the_deliberation_is_transmitted_and_the_successor_can_be_chosen() {
        let mut world = out_since(day(2026, 5, 31));
        world.convention.parties[1].signatory = Some(world.foreign.signatories[0].id);
        let successor = Signatory {
            id: world.fresh(),
            from: Some(day(2026, 6, 1)),
            until: None,
            ..world.foreign.signatories[0].clone()
        };
        world.foreign.signatories.push(successor.clone());
        world.act(ActKind::Vote, 0, day(2026, 10, 1));
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 10, 5));

        let found = world.findings("signataires");
        assert_eq!(found[0].severity, Severity::Blocking);

        let change = world.fixed(&found[0]);
        assert_eq!(change.parties[1].signatory, Some(successor.id));
        world.convention = change;
        assert!(world.findings("signataires").is_empty());
    }

    #[test]
    fn where_nobody_is_chosen_whoever_is_in_office_signs() {
        let mut world = out_since(day(2026, 5, 31));
        let next = Signatory {
            id: world.fresh(),
            from: Some(day(2026, 6, 1)),
            until: None,
            ..world.foreign.signatories[0].clone()
        };
        world.foreign.signatories.push(next);
        assert!(world.findings("signataires").is_empty());

        // The date was corrected after the seal: whom the paper names did not sign in office.
        world.act(ActKind::Signature, 1, day(2026, 5, 2));
        world.act(ActKind::Signature, 0, day(2026, 6, 15));
        world.seal();
        assert!(world.findings("signataires").is_empty());
        world.convention.acts[0].date = Some(day(2026, 6, 2));
        assert_eq!(world.findings("signataires").len(), 1);
    }

    #[test]
    fn who_signed_while_in_office_holds_afterwards() {
        let mut world = out_since(day(2026, 5, 31));
        world.act(ActKind::Signature, 1, day(2026, 5, 2));
        assert!(world.findings("signataires").is_empty());

        world.convention.acts[0].date = Some(day(2026, 6, 2));
        let found = world.findings("signataires");
        assert_eq!(found[0].severity, Severity::Blocking);
        assert!(found[0].message.contains("a signé"));
    }

    #[test]
    fn nobody_to_sign_or_no_function_does_not_hold() {
        let mut world = World::new();
        world.foreign.signatories[0].function = " ".to_owned();
        assert_eq!(world.findings("signataires").len(), 1);

        world.foreign.signatories.clear();
        let found = world.findings("signataires");
        assert!(found[0].message.contains("Personne"));
    }

    #[test]
    fn those_of_a_convention_taken_over_have_signed() {
        let mut world = out_since(day(2001, 5, 31));
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings("signataires").is_empty());
    }

    /// Voted, transmitted, and about to be signed.
    fn decided() -> World {
        let mut world = World::new();
        world.act(ActKind::Vote, 0, day(2026, 10, 1));
        world.convention.acts[0].number = Some("2026-131".to_owned());
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 10, 5));
        world
    }

    #[test]
    fn a_decision_with_its_number_and_date_holds() {
        assert!(decided().findings("deliberation").is_empty());
    }

    #[test]
    fn a_decision_without_number_or_none_at_all_does_not_hold() {
        let mut world = decided();
        world.convention.acts[0].number = Some(" ".to_owned());
        let found = world.findings("deliberation");
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.item, Some(world.convention.acts[0].id));
        assert!(found[0].message.contains("01/10/2026"));

        let mut world = World::new();
        world.act(ActKind::Signature, 1, day(2026, 10, 1));
        let found = world.findings("deliberation");
        assert_eq!(
            found[0].place.item,
            Some(world.convention.parties[0].id),
            "ours, not the foreign one"
        );
        assert_eq!(found.len(), 1);
        assert!(found[0].message.contains("avant la signature"));

        // Once it has signed, or on an old paper, there is no before.
        world.act(ActKind::Signature, 0, day(2026, 10, 1));
        let found = world.findings("deliberation");
        assert!(!found[0].message.contains("avant"), "{}", found[0].message);
    }

    #[test]
    fn a_draft_is_not_asked_for_its_decision() {
        assert!(findings("deliberation", &cooperation()).is_empty());
    }
}
