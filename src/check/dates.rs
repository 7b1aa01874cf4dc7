//! What must come before what.

use super::Place;
use super::Severity::{Advice, Blocking, Warning};
use super::case::ConventionCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::day as told;
use crate::model::{Act, ActKind};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "ordre-des-dates",
        "Ordre des dates",
        Blocking,
        &["cgct-l1115-1", "cgct-l2131-1", "jp-cote-d-or"],
    ),
    check: Check::Convention(any_kind, order),
}];

fn order(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut found = Vec::new();
    order_of_decisions(case, &mut found);
    order_of_transmission(case, &mut found);
    order_of_term(case, &mut found);
    found
}

/// Vote, its transmission, signature: for each French party.
fn order_of_decisions(case: &ConventionCase<'_>, found: &mut Vec<Found>) {
    let convention = case.convention;

    for party in convention
        .parties
        .iter()
        .filter(|party| case.is_french(party))
    {
        let name = case.name_of(party);
        let done = |kind| convention.done_by(kind, &party.key);
        let vote = done(ActKind::Vote);
        let transmission = done(ActKind::DeliberationTransmission);
        let signature = done(ActKind::Signature);

        let dates = [vote, transmission, signature].map(|act| act.map(|(_, date)| date));
        let facts = || Facts::default().with(&party.key).with(dates);
        let at = |act: &Act| Place::item(case.record(), "acts", act.id);

        if let (Some((_, vote)), Some((act, transmission))) = (vote, transmission)
            && transmission < vote
        {
            found.push(Found::new(
                at(act),
                format!(
                    "La délibération de «\u{202f}{name}\u{202f}» est dite transmise le {}, avant d’être votée le {}.",
                    told(transmission),
                    told(vote)
                ),
                facts(),
            ));
        }

        let published = transmission.and_then(|(act, _)| Some((act, act.published?)));
        if let (Some((_, vote)), Some((act, published))) = (vote, published)
            && published < vote
        {
            found.push(Found::new(
                at(act),
                format!(
                    "La délibération de «\u{202f}{name}\u{202f}» est dite publiée le {}, avant d’être votée le {}.",
                    told(published),
                    told(vote)
                ),
                facts().with(published),
            ));
        }

        let (Some((_, vote)), Some((act, signature))) = (vote, signature) else {
            continue;
        };
        if signature < vote {
            found.push(
                Found::new(
                    at(act),
                    format!(
                        "«\u{202f}{name}\u{202f}» a signé le {}, avant la délibération du {} qui l’autorise.",
                        told(signature),
                        told(vote)
                    ),
                    facts(),
                )
                .under(&["cgct-l1115-1", "jp-cote-d-or"]),
            );
        } else if transmission.is_none_or(|(_, transmission)| signature < transmission)
            && convention.taken_over.is_none()
        {
            let message = match transmission {
                Some((_, transmission)) => format!(
                    "«\u{202f}{name}\u{202f}» a signé le {}, avant que sa délibération soit transmise le {}.",
                    told(signature),
                    told(transmission)
                ),
                None => format!(
                    "«\u{202f}{name}\u{202f}» a signé le {} et la transmission de sa délibération n’est pas notée.",
                    told(signature)
                ),
            };
            found.push(
                Found::new(at(act), message, facts())
                    .only(Warning)
                    .under(&["cgct-l2131-1", "jp-cote-d-or"]),
            );
        } else if let Some((_, published)) = published
            && signature < published
            && convention.taken_over.is_none()
        {
            found.push(
                Found::new(
                    at(act),
                    format!(
                        "«\u{202f}{name}\u{202f}» a signé le {}, avant que sa délibération soit publiée le {}\u{a0}: elle \
                         n’était pas encore exécutoire.",
                        told(signature),
                        told(published)
                    ),
                    facts().with(published),
                )
                .only(Warning)
                .under(&["cgct-l2131-1", "jp-cote-d-or"]),
            );
        }
    }
}

/// Signatures, transmission of the signed convention, effect, and the programme that may have begun.
fn order_of_transmission(case: &ConventionCase<'_>, found: &mut Vec<Found>) {
    let convention = case.convention;
    let takes_effect_by = case.records.takes_effect_by(convention);
    let is_notified = takes_effect_by == ActKind::Notification;
    let (act_said, sent) = if is_notified {
        ("notifiée", "la notification")
    } else {
        ("transmise", "la transmission")
    };
    let in_force = convention
        .done(takes_effect_by)
        .min_by_key(|(_, date)| *date);

    if let Some((act, date)) = in_force {
        for (signature, signed) in convention.done(ActKind::Signature) {
            if signed > date {
                found.push(Found::new(
                    Place::item(case.record(), "acts", act.id),
                    format!(
                        "La convention signée est dite {act_said} le {}, avant une signature du {}.",
                        told(date),
                        told(signed)
                    ),
                    Facts::default().with(&signature.party).with((date, signed)),
                ));
            }
        }
    }

    let last_known = convention
        .acts
        .iter()
        .filter(|act| matches!(act.kind, ActKind::Vote | ActKind::Signature))
        .filter_map(|act| act.date)
        .max();
    let earliest = in_force.map(|(_, date)| date).or(last_known);

    if let (Some(effect), Some(earliest)) = (convention.effect, earliest)
        && effect < earliest
    {
        found.push(
            Found::new(
                Place::field(case.record(), "effect"),
                format!(
                    "La date d’effet du {} vient avant le {}\u{a0}: la convention n’a d’effet qu’à partir de {sent}.",
                    told(effect),
                    told(earliest)
                ),
                Facts::default().with((effect, earliest)),
            )
            .under(if is_notified {
                &["loi-2000-321-art-9-1-10"]
            } else {
                &["cgct-l1115-1"]
            }),
        );
    }

    // A programme that begins earlier is usual; spending on this ground is not.
    let begins_early = match (convention.start, in_force) {
        (Some(start), Some((_, date))) => start < date,
        (Some(start), None) => start < case.today,
        (None, _) => false,
    };
    if begins_early
        && convention.taken_over.is_none()
        && !convention.kind.is_charter()
        && let Some(start) = convention.start
    {
        let since = in_force.map(|(_, date)| date);
        let message = match since {
            Some(date) => format!(
                "Le programme commence le {} et la convention n’a d’effet que le {}\u{a0}: aucune dépense à ce titre \
                 avant cette date.",
                told(start),
                told(date)
            ),
            None => format!(
                "Le programme a commencé le {} et la convention n’est pas encore {act_said}\u{a0}: aucune dépense à ce \
                 titre avant son entrée en vigueur.",
                told(start)
            ),
        };
        found.push(
            Found::new(
                Place::field(case.record(), "start"),
                message,
                Facts::default().with((start, since)),
            )
            .only(Advice),
        );
    }
}

/// The first and the last day.
fn order_of_term(case: &ConventionCase<'_>, found: &mut Vec<Found>) {
    let convention = case.convention;
    let Some(end) = convention.end else { return };
    let begins = [
        ("début du programme", convention.start),
        ("date d’effet", convention.effect),
    ];

    for (what, begin) in begins {
        if let Some(begin) = begin
            && end < begin
        {
            found.push(
                Found::new(
                    Place::field(case.record(), "end"),
                    format!(
                        "Le terme du {} vient avant le {} ({what}).",
                        told(end),
                        told(begin)
                    ),
                    Facts::default().with((begin, end)),
                )
                .under(&[]),
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, day};
    use super::*;
    use crate::model::ConventionKind;

    const RULE: &str = "ordre-des-dates";

    /// A convention whose life went as it should.
    fn lived() -> World {
        let mut world = World::new();
        world.act(ActKind::Vote, 0, day(2026, 6, 1));
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 6, 5));
        world.act(ActKind::Signature, 0, day(2026, 6, 5));
        world.act(ActKind::Signature, 1, day(2026, 7, 1));
        world.act(ActKind::ConventionTransmission, 0, day(2026, 7, 1));
        world.convention.start = Some(day(2026, 7, 1));
        world.convention.effect = Some(day(2026, 7, 1));
        world.convention.end = Some(day(2029, 6, 30));
        world
    }

    fn severities(world: &World) -> Vec<Severity> {
        let found = world.findings(RULE);
        found.iter().map(|finding| finding.severity).collect()
    }

    #[test]
    fn the_usual_order_holds_even_on_one_day() {
        assert_eq!(severities(&lived()), []);
    }

    #[test]
    fn signing_before_the_vote_does_not_hold() {
        let mut world = lived();
        world.convention.acts[2].date = Some(day(2026, 5, 31));
        let found = world.findings(RULE);

        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.item, Some(world.convention.acts[2].id));
        assert!(found[0].message.contains("31/05/2026"));
        assert!(found[0].message.contains("01/06/2026"));
    }

    #[test]
    fn signing_after_the_vote_but_before_its_transmission_is_a_risk() {
        let mut world = lived();
        world.convention.acts[2].date = Some(day(2026, 6, 3));
        assert_eq!(severities(&world), [Severity::Warning]);

        world.convention.acts.remove(1);
        assert_eq!(severities(&world), [Severity::Warning]);
    }

    #[test]
    fn a_deliberation_is_enforceable_once_transmitted_and_published() {
        let mut world = lived();
        world.convention.acts[1].published = Some(day(2026, 6, 5));
        assert_eq!(severities(&world), []);

        world.convention.acts[1].published = Some(day(2026, 6, 8));
        let found = world.findings(RULE);
        assert_eq!(severities(&world), [Severity::Warning]);
        assert!(found[0].message.contains("publiée le 08/06/2026"));

        world.convention.acts[1].published = Some(day(2026, 5, 30));
        assert_eq!(severities(&world), [Severity::Blocking]);
    }

    #[test]
    fn a_transmission_before_what_it_transmits_does_not_hold() {
        let mut world = lived();
        world.convention.acts[1].date = Some(day(2026, 5, 30));
        assert_eq!(severities(&world), [Severity::Blocking]);

        let mut world = lived();
        world.convention.acts[3].date = Some(day(2026, 7, 2));
        assert_eq!(severities(&world), [Severity::Blocking]);
    }

    #[test]
    fn an_effect_before_the_transmission_does_not_hold() {
        let mut world = lived();
        world.convention.effect = Some(day(2026, 6, 30));
        assert_eq!(severities(&world), [Severity::Blocking]);

        // Not transmitted yet: it cannot have taken effect before it was signed.
        world.convention.acts.pop();
        assert_eq!(severities(&world)[0], Severity::Blocking);
    }

    #[test]
    fn a_term_before_the_beginning_does_not_hold() {
        let mut world = lived();
        world.convention.end = Some(day(2026, 6, 30));
        assert_eq!(severities(&world), [Severity::Blocking, Severity::Blocking]);
    }

    #[test]
    fn a_programme_that_begins_early_gets_advice() {
        let mut world = lived();
        world.convention.start = Some(day(2026, 1, 1));
        assert_eq!(severities(&world), [Severity::Advice]);
    }

    #[test]
    fn what_foreign_parties_decide_and_what_has_no_date_is_not_looked_at() {
        let mut world = lived();
        world.act(ActKind::Vote, 1, day(2026, 8, 1));
        assert_eq!(severities(&world), []);

        let mut world = World::new();
        world.convention.start = None;
        world.act(ActKind::Signature, 0, day(2026, 6, 5));
        world.convention.acts[0].date = None;
        assert_eq!(severities(&world), []);
    }

    #[test]
    fn a_grant_takes_effect_by_its_notification() {
        let mut world = lived();
        world.convention.kind = ConventionKind::Grant;
        world.convention.acts[4].kind = ActKind::Notification;
        assert_eq!(severities(&world), []);

        world.convention.effect = Some(day(2026, 6, 30));
        let found = world.findings(RULE);
        assert!(found[0].message.contains("notification"));
    }
}
