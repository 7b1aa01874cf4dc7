//! When a convention takes effect, and what must have happened elsewhere for it to bind.

use chrono::NaiveDate;

use super::Place;
use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{day, quoted};
use crate::model::{Act, ActKind, Convention, ConventionKind, Stage};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "en-vigueur",
            "Entrée en vigueur",
            Blocking,
            &["cgct-l1115-1"],
        ),
        check: Check::Convention(takes_effect, in_force),
    },
    Rule {
        info: RuleInfo::new(
            "tutelle",
            "Autorisation de tutelle du partenaire",
            Warning,
            &[],
        ),
        check: Check::Convention(any_kind, supervision),
    },
];

/// A charter has no effect to take.
fn takes_effect(kind: ConventionKind) -> bool {
    !kind.is_charter()
}

/// By what a convention takes effect, and how messages say it.
pub(super) struct Effect {
    acts: &'static [ActKind],
    pub(super) noun: &'static str,
    pub(super) participle: &'static str,
    pub(super) basis: &'static [&'static str],
}

impl Effect {
    /// The first act that gives that convention its effect.
    pub(super) fn since<'a>(&self, convention: &'a Convention) -> Option<(&'a Act, NaiveDate)> {
        let acts = self.acts.iter().flat_map(|kind| convention.done(*kind));
        acts.min_by_key(|(_, date)| *date)
    }
}

pub(super) const BY_TRANSMISSION: Effect = Effect {
    acts: &[ActKind::ConventionTransmission],
    noun: "sa transmission au représentant de l’État",
    participle: "transmise",
    basis: &["cgct-l1115-1"],
};
const BY_NOTIFICATION: Effect = Effect {
    acts: &[ActKind::Notification],
    noun: "sa notification au bénéficiaire",
    participle: "notifiée",
    basis: &["loi-2000-321-art-9-1-10"],
};
/// Emergency aid is a grant, and an action abroad.
const BY_EITHER: Effect = Effect {
    acts: &[ActKind::Notification, ActKind::ConventionTransmission],
    noun: "sa notification au bénéficiaire",
    participle: "notifiée",
    basis: &["loi-2000-321-art-9-1-10"],
};

/// An amendment takes effect as what it amends.
pub(super) fn effect(case: &ConventionCase<'_>) -> Option<&'static Effect> {
    let kind = match case.convention.kind {
        ConventionKind::Amendment => case.records.convention(case.convention.parent?)?.kind,
        kind => kind,
    };
    match kind {
        ConventionKind::Emergency => Some(&BY_EITHER),
        kind if kind.is_grant() => Some(&BY_NOTIFICATION),
        kind if kind.is_cooperation() => Some(&BY_TRANSMISSION),
        _ => None,
    }
}

/// What is done as though the convention were in force, when it is not.
fn in_force(case: &ConventionCase<'_>) -> Vec<Found> {
    let Some(effect) = effect(case) else {
        return Vec::new();
    };
    let convention = case.convention;
    let since = effect.since(convention);

    let mut found = Vec::new();
    match since {
        Some((act, date)) if convention.taken_over.is_none() => {
            let unsigned = convention
                .parties
                .iter()
                .filter(|party| convention.done_by(ActKind::Signature, &party.key).is_none());
            found.extend(unsigned.map(|party| {
                Found::new(
                    Place::item(case.record(), "acts", act.id),
                    format!(
                        "La convention est dite {} le {} et la signature de {} n’est pas notée\u{a0}: seule la convention \
                         signée entre en vigueur.",
                        effect.participle,
                        day(date),
                        quoted(case.name_of(party))
                    ),
                    Facts::default().with((&party.key, date)),
                )
            }));
        }
        None => found.extend(presumed(case, effect)),
        Some(_) => {}
    }

    let since = since.map(|(_, date)| date);
    found.extend(
        convention
            .done(ActKind::Payment)
            .filter(|(_, paid)| since.is_none_or(|since| *paid < since))
            .map(|(act, paid)| {
                let message = match since {
                    Some(since) => format!(
                        "Un versement est noté le {}, avant l’entrée en vigueur de la convention le {}.",
                        day(paid),
                        day(since)
                    ),
                    None => format!(
                        "Un versement est noté le {} et la convention n’est pas en vigueur\u{a0}: {} n’est pas notée.",
                        day(paid),
                        effect.noun
                    ),
                };
                Found::new(
                    Place::item(case.record(), "acts", act.id),
                    message,
                    Facts::default().with((paid, since)),
                )
            }),
    );
    found
        .into_iter()
        .map(|found| found.under(effect.basis))
        .collect()
}

/// The day on which acts of local authorities abroad came under their own law (loi n° 92-125, titre IV).
const FIRST_LAW: Option<NaiveDate> = NaiveDate::from_ymd_opt(1992, 2, 6);

/// A day of effect that is past, a convention taken over that runs: what makes them so is not recorded.
fn presumed(case: &ConventionCase<'_>, effect: &Effect) -> Option<Found> {
    let convention = case.convention;
    let (field, since) = if convention.taken_over.is_some() {
        let start = convention.start.filter(|start| {
            case.stage == Stage::InForce && FIRST_LAW.is_none_or(|first| first <= *start)
        });
        ("start", start?)
    } else {
        (
            "effect",
            convention.effect.filter(|effect| *effect <= case.today)?,
        )
    };
    Some(Found::new(
        Place::field(case.record(), field),
        format!(
            "La convention est dite en vigueur depuis le {} et {} n’est pas notée\u{a0}: sans elle, elle ne l’est pas.",
            day(since),
            effect.noun
        ),
        Facts::default().with(since),
    ))
}

/// The authorisation that a partner's own law wants.
fn supervision(case: &ConventionCase<'_>) -> Vec<Found> {
    if case.stage == Stage::Ended {
        return Vec::new();
    }
    let convention = case.convention;
    let mut found = Vec::new();

    for party in &convention.parties {
        let Some((partner, supervision)) = party
            .partner
            .and_then(|id| case.records.partner(id))
            .and_then(|partner| Some((partner, partner.supervision.as_ref()?)))
        else {
            continue;
        };
        let given = convention
            .done(ActKind::SupervisionAuthorisation)
            .any(|(act, _)| act.party.as_ref().is_none_or(|key| *key == party.key));
        if !supervision.needed || given {
            continue;
        }
        let from = supervision
            .authority
            .as_deref()
            .map(|authority| format!(" ({authority})"))
            .unwrap_or_default();
        found.push(Found::new(
            Place::item(case.record(), "parties", party.id),
            format!(
                "L’autorisation de tutelle dont {} a besoin pour s’engager n’est pas notée{from}\u{a0}: la demander, puis \
                 saisir sa date.",
                quoted(case.name_of(party))
            ),
            Facts::default().with((partner.id, supervision)),
        ));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, day, findings};
    use super::*;
    use crate::model::{Supervision, TakenOver};

    const RULE: &str = "en-vigueur";

    fn signed() -> World {
        let mut world = World::new();
        world.act(ActKind::Signature, 0, day(2026, 6, 5));
        world.act(ActKind::Signature, 1, day(2026, 7, 1));
        world
    }

    #[test]
    fn a_signed_convention_that_was_transmitted_before_any_payment_holds() {
        let mut world = signed();
        world.convention.effect = Some(day(2026, 7, 2));
        world.act(ActKind::ConventionTransmission, 0, day(2026, 7, 2));
        world.act(ActKind::Payment, 0, day(2026, 7, 20));
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn a_signed_convention_that_waits_for_its_transmission_holds() {
        assert!(signed().findings(RULE).is_empty());
    }

    #[test]
    fn what_was_transmitted_without_a_signature_is_not_in_force() {
        let mut world = signed();
        world.convention.acts.pop();
        world.act(ActKind::ConventionTransmission, 0, day(2026, 7, 2));
        let found = world.findings(RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert!(found[0].message.contains("Aného"));
    }

    #[test]
    fn a_payment_or_a_day_of_effect_without_transmission_does_not_hold() {
        let mut world = signed();
        world.act(ActKind::Payment, 0, day(2026, 7, 20));
        let found = world.findings(RULE);
        assert_eq!(found[0].place.item, Some(world.convention.acts[2].id));
        assert_eq!(found[0].basis, ["cgct-l1115-1"]);

        let mut world = signed();
        world.convention.effect = Some(day(2026, 7, 2));
        assert_eq!(world.findings(RULE)[0].place.field, Some("effect"));
    }

    #[test]
    fn a_payment_before_the_transmission_does_not_hold() {
        let mut world = signed();
        world.act(ActKind::Payment, 0, day(2026, 7, 1));
        world.act(ActKind::ConventionTransmission, 0, day(2026, 7, 2));
        let found = world.findings(RULE);
        assert!(found[0].message.contains("01/07/2026"));
        assert!(found[0].message.contains("02/07/2026"));
    }

    #[test]
    fn a_grant_is_in_force_at_its_notification() {
        let mut world = signed();
        world.convention.kind = ConventionKind::Grant;
        world.act(ActKind::ConventionTransmission, 0, day(2026, 7, 2));
        world.act(ActKind::Payment, 0, day(2026, 7, 20));
        let found = world.findings(RULE);
        assert_eq!(found[0].basis, ["loi-2000-321-art-9-1-10"]);
        assert!(found[0].message.contains("notification"));

        world.act(ActKind::Notification, 0, day(2026, 7, 3));
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn a_charter_has_no_effect_and_an_old_paper_is_only_to_be_completed() {
        let mut world = signed();
        world.act(ActKind::Payment, 0, day(2026, 7, 20));
        world.convention.kind = ConventionKind::Friendship;
        assert!(world.findings(RULE).is_empty());

        let mut old = cooperation();
        old.taken_over = Some(TakenOver::default());
        old.start = Some(day(2021, 4, 12));
        old.end = Some(day(2027, 4, 12));
        assert_eq!(findings(RULE, &old)[0].severity, Severity::Warning);

        old.start = Some(day(1989, 4, 12));
        assert!(findings(RULE, &old).is_empty());
    }

    fn supervised() -> World {
        let mut world = World::new();
        world.foreign.supervision = Some(Supervision {
            needed: true,
            authority: Some("préfet des Lacs".to_owned()),
            basis: None,
        });
        world
    }

    #[test]
    fn an_authorisation_that_was_given_holds() {
        let mut world = supervised();
        world.act(ActKind::SupervisionAuthorisation, 1, day(2026, 10, 1));
        assert!(world.findings("tutelle").is_empty());
    }

    #[test]
    fn an_authorisation_that_is_needed_and_not_recorded_does_not_hold() {
        let world = supervised();
        let found = world.findings("tutelle");
        assert_eq!(found[0].place.item, Some(world.convention.parties[1].id));
        assert!(found[0].message.contains("préfet des Lacs"));
    }

    #[test]
    fn where_the_sheet_asks_for_none_and_once_it_is_over_none_is_looked_for() {
        let mut world = supervised();
        world.act(ActKind::End, 0, day(2026, 10, 1));
        assert!(world.findings("tutelle").is_empty());

        world = supervised();
        world.foreign.supervision = Some(Supervision::default());
        assert!(world.findings("tutelle").is_empty());
    }
}
