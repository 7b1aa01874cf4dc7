//! The act that a convention waits for: what its kind, its parties and what has been done already call for.
//!
//! The order is that of the field (relecture, vote, transmission of the délibération, supervision, signature,
//! transmission of the convention), by what has been recorded and never by a wall: an act out of order is a finding,
//! and the next one is still the first that is missing.

use chrono::{Months, NaiveDate};

use super::{Act, ActKind, Convention, ConventionKind, Id, Key, Nature, Party, Records, Stage};

/// How long before its term the renewal of a convention is prepared.
const BEFORE_THE_TERM: Months = Months::new(9);

/// What is expected next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NextAct {
    /// What kind of act.
    pub kind: ActKind,
    /// Whose act: the key of a party, where it is one party's.
    pub party: Option<Key>,
    /// The day by which it is due, or on which its preparation begins; absent when nothing sets one.
    pub due: Option<NaiveDate>,
    /// The act already recorded as still to come, to be dated when it happens.
    pub planned: Option<Id>,
}

impl NextAct {
    /// The day past which it is late. A renewal has none: it is prepared until the term, and the agenda says at which
    /// session.
    #[must_use]
    pub fn deadline(&self) -> Option<NaiveDate> {
        self.due.filter(|_| self.kind != ActKind::Renewal)
    }
}

impl Records {
    /// The act that a convention waits for on that day; nothing when its life asks for none.
    #[must_use]
    pub fn next_act(&self, convention: &Convention, today: NaiveDate) -> Option<NextAct> {
        let french = |party: &Party| self.nature_of(party) == Some(Nature::FrenchAuthority);
        let step = match convention.stage(today, french) {
            Stage::Ended => return planned_first(convention).or_else(|| ended(convention, today)),
            Stage::InForce => {
                return [planned_first(convention), renewal(convention, self)]
                    .into_iter()
                    .flatten()
                    .min_by_key(|next| (next.due.is_none(), next.due));
            }
            Stage::Suspended => Step::of(ActKind::Resumption),
            Stage::Signed if convention.taken_over.is_some() => return planned_first(convention),
            Stage::Signed => Step::of(self.takes_effect_by(convention)),
            _ => self.before_signature(convention)?,
        };
        Some(step.planned(convention))
    }

    /// Whether a convention is renewed: somebody recorded it, or another one of its kind goes on past its term.
    #[must_use]
    pub fn is_carried_on(&self, convention: &Convention) -> bool {
        let outlasts = |child: &Convention| match (convention.end, child.end) {
            (Some(end), Some(later)) => later > end,
            (_, None) => true,
            (None, Some(_)) => false,
        };
        convention.done(ActKind::Renewal).next().is_some()
            || self
                .children_of(convention.id)
                .any(|child| child.kind == convention.kind && outlasts(child))
    }

    /// The first act that is missing before every party has signed.
    fn before_signature(&self, convention: &Convention) -> Option<Step> {
        let has = |kind| convention.done(kind).next().is_some();
        let missing = |kind, concerns: &dyn Fn(&Party) -> bool| {
            convention
                .parties
                .iter()
                .filter(|party| concerns(party))
                .find(|party| convention.done_by(kind, &party.key).is_none())
                .map(|party| Step {
                    kind,
                    party: Some(party.key.clone()),
                })
        };
        let french = |party: &Party| self.nature_of(party) == Some(Nature::FrenchAuthority);
        let supervised = |party: &Party| {
            let partner = party.partner.and_then(|id| self.partner(id));
            let supervision = partner.and_then(|partner| partner.supervision.as_ref());
            supervision.is_some_and(|supervision| supervision.needed)
                && !convention
                    .done(ActKind::SupervisionAuthorisation)
                    .any(|(act, _)| act.party.is_none())
        };

        if !has(ActKind::Review) && !has(ActKind::Vote) && !has(ActKind::Signature) {
            return Some(Step::of(ActKind::Review));
        }
        missing(ActKind::Vote, &french)
            .or_else(|| missing(ActKind::DeliberationTransmission, &french))
            .or_else(|| missing(ActKind::SupervisionAuthorisation, &supervised))
            .or_else(|| missing(ActKind::Signature, &|_| true))
    }

    /// By what a signed convention takes effect: an amendment as what it amends, a grant and emergency aid by their
    /// notification, the rest by their transmission to the representative of the State (CGCT, L. 1115-1).
    #[must_use]
    pub fn takes_effect_by(&self, convention: &Convention) -> ActKind {
        let amended = convention
            .parent
            .filter(|_| convention.kind == ConventionKind::Amendment)
            .and_then(|parent| self.convention(parent));
        let kind = amended.map_or(convention.kind, |amended| amended.kind);

        if kind.is_grant() || kind == ConventionKind::Emergency {
            ActKind::Notification
        } else {
            ActKind::ConventionTransmission
        }
    }
}

/// A step of the life of a convention.
struct Step {
    kind: ActKind,
    party: Option<Key>,
}

impl Step {
    const fn of(kind: ActKind) -> Self {
        Self { kind, party: None }
    }

    /// The step, with the act by which somebody planned it.
    fn planned(self, convention: &Convention) -> NextAct {
        let act = to_come(convention)
            .find(|act| act.kind == self.kind && (self.party.is_none() || act.party == self.party));
        NextAct {
            kind: self.kind,
            party: self.party,
            due: act.and_then(|act| act.due),
            planned: act.map(|act| act.id),
        }
    }
}

/// The acts that were recorded before they happened.
fn to_come(convention: &Convention) -> impl Iterator<Item = &Act> {
    convention.acts.iter().filter(|act| act.date.is_none())
}

/// The first of the acts recorded as still to come.
fn planned_first(convention: &Convention) -> Option<NextAct> {
    let first = to_come(convention).min_by_key(|act| (act.due.is_none(), act.due))?;
    Some(NextAct {
        kind: first.kind,
        party: first.party.clone(),
        due: first.due,
        planned: Some(first.id),
    })
}

/// The renewal of a convention that has a term, unless another one carries it on already.
fn renewal(convention: &Convention, records: &Records) -> Option<NextAct> {
    let end = convention.end?;
    (!records.is_carried_on(convention)).then(|| NextAct {
        kind: ActKind::Renewal,
        party: None,
        due: end.checked_sub_months(BEFORE_THE_TERM),
        planned: None,
    })
}

/// A convention past its term is closed by somebody; one that was ended is.
fn ended(convention: &Convention, today: NaiveDate) -> Option<NextAct> {
    let closing = [
        ActKind::End,
        ActKind::Termination,
        ActKind::Abandonment,
        ActKind::Renewal,
    ];
    let closed = closing
        .into_iter()
        .any(|kind| convention.done(kind).next().is_some());
    let end = convention.end.filter(|end| *end < today && !closed)?;
    Some(NextAct {
        kind: ActKind::End,
        party: None,
        due: Some(end),
        planned: None,
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Change, Ids, Kind, Record};

    const TODAY: &str = "2027-06-15";

    struct World {
        records: Records,
        convention: Convention,
        ids: Ids,
    }

    impl World {
        fn new(kind: &str) -> Self {
            let mut ids = Ids::counted(1_800_000_000_000);
            let mut id = || ids.next_id();
            let (aneho, convention) = (id(), id());
            let partner =
                json!({ "id": aneho, "nature": "foreign-authority", "name": { "text": "Aného" } });
            let draft = json!({ "id": convention, "kind": kind, "title": "Essai", "end": "2029-12-31", "parties": [
                { "id": id(), "key": "valmont" },
                { "id": id(), "key": "aneho", "partner": aneho },
            ] });
            let partner = Record::from_value(Kind::Partner, partner).unwrap();
            let Record::Convention(convention) =
                Record::from_value(Kind::Convention, draft).unwrap()
            else {
                unreachable!()
            };
            Self {
                records: Records::from_records([partner]),
                convention,
                ids,
            }
        }

        fn act(&mut self, value: serde_json::Value) -> &mut Self {
            let mut value = value;
            value["id"] = json!(self.ids.next_id());
            self.convention
                .acts
                .push(serde_json::from_value(value).unwrap());
            self
        }

        fn done(&mut self, kind: &str, party: Option<&str>) -> &mut Self {
            let mut act = json!({ "kind": kind, "date": "2027-03-01" });
            if let Some(party) = party {
                act["party"] = json!(party);
            }
            self.act(act)
        }

        fn next(&self) -> Option<(ActKind, Option<String>)> {
            let next = self.whole()?;
            Some((next.kind, next.party.map(|key| key.as_str().to_owned())))
        }

        fn whole(&self) -> Option<NextAct> {
            self.records
                .next_act(&self.convention, TODAY.parse().unwrap())
        }
    }

    fn of(kind: ActKind, party: &str) -> Option<(ActKind, Option<String>)> {
        Some((kind, (!party.is_empty()).then(|| party.to_owned())))
    }

    #[test]
    fn a_cooperation_is_led_from_its_draft_to_its_renewal() {
        let mut world = World::new("cooperation");
        assert_eq!(world.next(), of(ActKind::Review, ""));
        world.done("review", None);
        assert_eq!(world.next(), of(ActKind::Vote, "valmont"));
        world.done("vote", Some("valmont"));
        assert_eq!(
            world.next(),
            of(ActKind::DeliberationTransmission, "valmont")
        );
        world.done("deliberation-transmission", Some("valmont"));
        assert_eq!(world.next(), of(ActKind::Signature, "valmont"));
        world.done("signature", Some("valmont"));
        assert_eq!(world.next(), of(ActKind::Signature, "aneho"));
        world.done("signature", Some("aneho"));
        assert_eq!(world.next(), of(ActKind::ConventionTransmission, ""));
        world.done("convention-transmission", None);

        let next = world.whole().unwrap();
        assert_eq!(next.kind, ActKind::Renewal);
        assert_eq!(next.due, NaiveDate::from_ymd_opt(2029, 3, 31));
        assert_eq!(next.deadline(), None);
    }

    #[test]
    fn a_partner_under_supervision_waits_for_it_before_it_signs() {
        let mut world = World::new("cooperation");
        let name = world.records.partners().next().unwrap().id;
        let before = world.records.get(crate::model::RecordId {
            kind: Kind::Partner,
            id: name,
        });
        let before = before.unwrap().clone();
        let Record::Partner(mut partner) = before.as_ref().clone() else {
            unreachable!()
        };
        partner.supervision = Some(crate::model::Supervision {
            needed: true,
            ..crate::model::Supervision::default()
        });
        let change = Change::replace("", before, Record::Partner(partner));
        world.records.apply(&change);

        world
            .done("vote", Some("valmont"))
            .done("deliberation-transmission", Some("valmont"));
        assert_eq!(world.next(), of(ActKind::SupervisionAuthorisation, "aneho"));
        world.done("supervision-authorisation", Some("aneho"));
        assert_eq!(world.next(), of(ActKind::Signature, "valmont"));
    }

    #[test]
    fn a_grant_is_notified_and_its_amendment_too() {
        let mut world = World::new("grant");
        world
            .done("vote", Some("valmont"))
            .done("deliberation-transmission", Some("valmont"))
            .done("signature", Some("valmont"))
            .done("signature", Some("aneho"));
        assert_eq!(world.next(), of(ActKind::Notification, ""));

        let parent = Convention::new(world.ids.next_id(), ConventionKind::Grant, "Aide");
        world.convention.kind = ConventionKind::Amendment;
        world.convention.parent = Some(parent.id);
        world
            .records
            .apply(&Change::create("", Record::Convention(parent)));
        assert_eq!(world.next(), of(ActKind::Notification, ""));
        world.done("notification", None);
        assert_eq!(world.next(), of(ActKind::Renewal, ""));
    }

    #[test]
    fn what_was_planned_is_what_is_waited_for() {
        let mut world = World::new("cooperation");
        world.done("review", None).act(json!({
            "kind": "vote", "party": "valmont", "due": "2027-07-01"
        }));
        let next = world.whole().unwrap();
        assert_eq!(next.due, NaiveDate::from_ymd_opt(2027, 7, 1));
        assert_eq!(next.deadline(), next.due);
        assert_eq!(next.planned, Some(world.convention.acts[1].id));

        let mut world = World::new("cooperation");
        world
            .done("signature", Some("valmont"))
            .done("signature", Some("aneho"))
            .done("convention-transmission", None)
            .act(json!({ "kind": "committee", "due": "2028-05-01" }))
            .act(json!({ "kind": "report", "due": "2027-12-31" }));
        assert_eq!(world.next(), of(ActKind::Report, ""));
    }

    #[test]
    fn what_is_suspended_resumes_and_what_has_ended_is_closed() {
        let mut world = World::new("cooperation");
        world
            .done("signature", Some("valmont"))
            .done("signature", Some("aneho"))
            .done("convention-transmission", None)
            .done("suspension", None);
        assert_eq!(world.next(), of(ActKind::Resumption, ""));

        world.convention.acts.pop();
        world.convention.end = NaiveDate::from_ymd_opt(2027, 5, 31);
        assert_eq!(world.next(), of(ActKind::End, ""));
        world.done("end", None);
        assert_eq!(world.next(), None);
    }

    #[test]
    fn one_that_is_carried_on_waits_for_no_renewal() {
        let mut world = World::new("cooperation");
        world
            .done("signature", Some("valmont"))
            .done("signature", Some("aneho"))
            .done("convention-transmission", None);
        let mut child = Convention::new(world.ids.next_id(), ConventionKind::Cooperation, "Suite");
        child.parent = Some(world.convention.id);
        world
            .records
            .apply(&Change::create("", Record::Convention(child)));
        assert_eq!(world.next(), None);
    }

    #[test]
    fn one_without_parties_asks_for_nothing_that_cannot_be_done() {
        let mut world = World::new("cooperation");
        world.convention.parties.clear();
        assert_eq!(world.next(), of(ActKind::Review, ""));
        world.done("review", None);
        assert_eq!(world.next(), None);
    }
}
