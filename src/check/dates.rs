//! What must come before what.

use chrono::NaiveDate;

use super::Place;
use super::Severity::{Advice, Blocking, Warning};
use super::case::ConventionCase;
use super::life::{BY_TRANSMISSION, effect};
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{day as told, quoted};
use crate::model::{Act, ActKind, Convention, Key, Party};

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

fn done_by<'a>(
    convention: &'a Convention,
    kind: ActKind,
    party: &Key,
) -> impl Iterator<Item = (&'a Act, NaiveDate)> {
    let done = convention.done(kind);
    done.filter(move |(act, _)| act.party.as_ref() == Some(party))
}

/// A party may sign in two ceremonies: the first binds it.
fn first<'a>(
    convention: &'a Convention,
    kind: ActKind,
    party: &Key,
) -> Option<(&'a Act, NaiveDate)> {
    done_by(convention, kind, party).min_by_key(|(_, date)| *date)
}

/// Vote, its transmission, signature: for each French party.
fn order_of_decisions(case: &ConventionCase<'_>, found: &mut Vec<Found>) {
    let parties = case.convention.parties.iter();
    for party in parties.filter(|party| case.is_french(party)) {
        order_of(case, party, found);
    }
}

/// The acts of one party, which may have voted again on a text that changed, or signed in two ceremonies.
fn order_of(case: &ConventionCase<'_>, party: &Party, found: &mut Vec<Found>) {
    let convention = case.convention;
    let name = quoted(case.name_of(party));
    let done = |kind| done_by(convention, kind, &party.key);
    let signature = first(convention, ActKind::Signature, &party.key);
    let first_vote = done(ActKind::Vote).map(|(_, date)| date).min();
    let authorises = |date: &NaiveDate| signature.is_none_or(|(_, signed)| *date <= signed);
    let last_before = done(ActKind::Vote)
        .map(|(_, date)| date)
        .filter(authorises)
        .max();
    let vote = last_before.or(first_vote);
    let sent = || done(ActKind::DeliberationTransmission);
    let transmission = sent()
        .filter(|(_, date)| vote.is_none_or(|vote| vote <= *date))
        .min_by_key(|(_, date)| *date);

    let first_sent = sent().min_by_key(|(_, date)| *date);
    let told_sent = transmission.or(first_sent).map(|(_, date)| date);
    let dates = [vote, told_sent, signature.map(|(_, date)| date)];
    let facts = || Facts::default().with(&party.key).with(dates);
    let at = |act: &Act| Place::item(case.record(), "acts", act.id);

    let too_soon = first_vote
        .zip(first_sent)
        .filter(|(vote, (_, sent))| sent < vote);
    if let Some((vote, (act, sent))) = too_soon {
        found.push(Found::new(
            at(act),
            format!(
                "La délibération de {name} est dite transmise le {}, avant d’être votée le {}.",
                told(sent),
                told(vote)
            ),
            facts(),
        ));
    }

    let published = transmission.and_then(|(act, _)| Some((act, act.published?)));
    if let (Some(vote), Some((act, published))) = (vote, published)
        && published < vote
    {
        found.push(Found::new(
            at(act),
            format!(
                "La délibération de {name} est dite publiée le {}, avant d’être votée le {}.",
                told(published),
                told(vote)
            ),
            facts().with(published),
        ));
    }

    let (Some(vote), Some((act, signature))) = (vote, signature) else {
        return;
    };
    if signature < vote {
        found.push(
            Found::new(
                at(act),
                format!(
                    "{name} a signé le {}, avant la délibération du {} qui l’autorise.",
                    told(signature),
                    told(vote)
                ),
                facts(),
            )
            .under(&["cgct-l1115-1", "jp-cote-d-or"]),
        );
    } else if transmission.is_none_or(|(_, transmission)| signature < transmission)
        && (transmission.is_some() || too_soon.is_none())
        && convention.taken_over.is_none()
    {
        let message = match transmission {
            Some((_, transmission)) => format!(
                "{name} a signé le {}, avant que sa délibération soit transmise le {}.",
                told(signature),
                told(transmission)
            ),
            None => format!(
                "{name} a signé le {} et la transmission de sa délibération du {} n’est pas notée.",
                told(signature),
                told(vote)
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
                    "{name} a signé le {}, avant que sa délibération soit publiée le {}\u{a0}: elle \
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

/// Signatures, transmission of the signed convention, effect, and the programme that may have begun.
fn order_of_transmission(case: &ConventionCase<'_>, found: &mut Vec<Found>) {
    let convention = case.convention;
    // A charter has no effect to take, and is transmitted too.
    let effect = effect(case).unwrap_or(&BY_TRANSMISSION);
    let act_said = effect.participle;
    let in_force = effect.since(convention);

    if let Some((act, date)) = in_force {
        for party in &convention.parties {
            if let Some((_, signed)) = first(convention, ActKind::Signature, &party.key)
                && signed > date
            {
                found.push(Found::new(
                    Place::item(case.record(), "acts", act.id),
                    format!(
                        "La convention signée est dite {act_said} le {}, avant une signature du {}.",
                        told(date),
                        told(signed)
                    ),
                    Facts::default().with(Some(&party.key)).with((date, signed)),
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

    if let (Some(from), Some(earliest)) = (convention.effect, earliest)
        && from < earliest
    {
        found.push(
            Found::new(
                Place::field(case.record(), "effect"),
                format!(
                    "La date d’effet du {} vient avant le {}\u{a0}: la convention n’a d’effet qu’à partir de {}.",
                    told(from),
                    told(earliest),
                    effect.noun
                ),
                Facts::default().with((from, earliest)),
            )
            .under(effect.basis),
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
    fn a_vote_taken_again_and_a_signature_given_twice_hold_in_any_order_of_the_list() {
        let mut world = lived();
        world.act(ActKind::Vote, 0, day(2026, 5, 4));
        world.act(ActKind::DeliberationTransmission, 0, day(2026, 5, 6));
        assert_eq!(severities(&world), []);
        world.convention.acts.reverse();
        assert_eq!(severities(&world), []);

        // It voted again after it signed: the first vote authorised that.
        world.act(ActKind::Vote, 0, day(2027, 2, 1));
        assert_eq!(severities(&world), []);

        // A ceremony in each town.
        let mut world = lived();
        world.convention.kind = ConventionKind::Twinning;
        world.act(ActKind::Signature, 0, day(2026, 9, 12));
        world.act(ActKind::Signature, 1, day(2026, 9, 12));
        assert_eq!(severities(&world), []);
    }

    #[test]
    fn the_vote_that_authorises_is_the_one_to_be_transmitted() {
        let mut world = lived();
        world.act(ActKind::Vote, 0, day(2026, 5, 4));
        world.convention.acts[1].date = Some(day(2026, 5, 6));
        let found = world.findings(RULE);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(
            found[0].message.contains("01/06/2026"),
            "{}",
            found[0].message
        );
    }

    #[test]
    fn emergency_aid_takes_effect_by_its_notification_or_its_transmission() {
        let mut world = lived();
        world.convention.kind = ConventionKind::Emergency;
        world.act(ActKind::Notification, 0, day(2026, 7, 1));
        world.convention.acts[4].date = Some(day(2026, 7, 6));
        assert_eq!(severities(&world), []);

        // Notified, and not transmitted yet.
        world.convention.acts.remove(4);
        assert_eq!(severities(&world), []);
    }

    #[test]
    fn the_amendment_of_a_grant_takes_effect_as_it_did() {
        let mut world = lived();
        world.convention.acts[4].kind = ActKind::Notification;
        let mut grant = world.convention.clone();
        grant.id = world.fresh();
        grant.kind = ConventionKind::Grant;
        world.convention.kind = ConventionKind::Amendment;
        world.convention.parent = Some(grant.id);
        world.others.push(crate::model::Record::Convention(grant));
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
