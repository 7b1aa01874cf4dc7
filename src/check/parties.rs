//! Who is bound, and whether each gives something.

use super::Place;
use super::Severity::{Blocking, Warning};
use super::case::ConventionCase;
use super::commitments::is_named;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::quoted;
use crate::model::{ConventionKind, Id, Key, Kind, Nature, Party, RecordId, Slice, roles};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(UNREAD, "Fiches lues", Blocking, &[]).never_set_aside(),
        check: Check::Convention(any_kind, unread),
    },
    Rule {
        info: RuleInfo::new(
            "partie-francaise",
            "Collectivité française parmi les parties",
            Blocking,
            &["cgct-l1115-1"],
        ),
        check: Check::Convention(any_kind, french_authority),
    },
    Rule {
        info: RuleInfo::new(
            "autorite-locale-etrangere",
            "Autorité locale étrangère parmi les parties",
            Blocking,
            &["cgct-l1115-1"],
        ),
        check: Check::Convention(ConventionKind::is_cooperation, foreign_authority),
    },
    Rule {
        info: RuleInfo::new(
            "pas-d-etat",
            "Aucun État étranger parmi les parties",
            Blocking,
            &["cgct-l1115-5"],
        ),
        check: Check::Convention(any_kind, no_state),
    },
    Rule {
        info: RuleInfo::new("reciprocite", "Engagements du partenaire", Warning, &[]),
        check: Check::Text(ConventionKind::is_cooperation, reciprocity),
    },
];

/// The rule that a record on which a convention rests could not be read.
pub const UNREAD: &str = "fiche-illisible";

/// What could not be read: all that is missing with it is one finding.
fn unread(case: &ConventionCase<'_>) -> Vec<Found> {
    let told = |name: RecordId| {
        let what = match name.kind {
            Kind::Partner => "Un partenaire de cette convention",
            Kind::Budget => "Le budget de cette convention",
            _ => "La convention à laquelle celle-ci se rattache",
        };
        Found::new(
            Place::whole(name),
            format!(
                "{what} n’a pas pu être lu{}\u{a0}: rien de ce qui en dépend n’est vérifié. Voir Réglages › Fichiers à \
                 voir.",
                if name.kind == Kind::Convention {
                    "e"
                } else {
                    ""
                }
            ),
            Facts::default().with(name.id),
        )
    };
    case.unread().map(told).collect()
}

/// The parties, by what they are in law.
fn natures<'a>(case: &ConventionCase<'a>) -> Vec<(&'a Key, Option<Id>, Option<Nature>)> {
    let parties = case.written.parties.iter();
    parties
        .map(|party| {
            let nature = case.written_records.nature_of(party);
            (&party.key, party.partner, nature)
        })
        .collect()
}

fn french_authority(case: &ConventionCase<'_>) -> Vec<Found> {
    let natures = natures(case);
    if case.lacks(Kind::Partner)
        || natures
            .iter()
            .any(|(_, _, nature)| *nature == Some(Nature::FrenchAuthority))
    {
        return Vec::new();
    }
    vec![Found::new(
        Place::field(case.record(), "parties"),
        "Aucune partie n’est une collectivité française ou un de ses groupements\u{a0}: l’ajouter aux parties.",
        Facts::default().with(natures),
    )]
}

fn foreign_authority(case: &ConventionCase<'_>) -> Vec<Found> {
    let natures = natures(case);
    if case.lacks(Kind::Partner)
        || natures
            .iter()
            .any(|(_, _, nature)| *nature == Some(Nature::ForeignAuthority))
    {
        return Vec::new();
    }
    vec![Found::new(
        Place::field(case.record(), "parties"),
        "Aucune partie n’est une autorité locale étrangère\u{a0}: sans elle, ce n’est pas une convention de \
         coopération décentralisée.",
        Facts::default().with(natures),
    )]
}

/// A foreign State, and what acts for one in its territory. Our own State may help to fund a project.
fn no_state(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut found = Vec::new();

    for party in &case.written.parties {
        let Some(partner) = party
            .partner
            .and_then(|id| case.written_records.partner(id))
        else {
            continue;
        };
        if partner.country.as_deref() == Some("FR") {
            continue;
        }
        let name = quoted(case.name_of(party));
        let place = Place::item(case.record(), "parties", party.id);
        let facts = Facts::default().with((partner.id, partner.nature));

        match partner.nature {
            Nature::State => found.push(Found::new(
                place,
                format!(
                    "{name} est un État ou un ministère étranger, avec qui une collectivité ne peut pas \
                     conclure de convention. Si la loi ouvre ici une exception, écarter ce point en citant \
                     l’autorisation préalable du représentant de l’État."
                ),
                facts,
            )),
            Nature::DeconcentratedBody => found.push(
                Found::new(
                    place,
                    format!(
                        "La qualité de {name} est à établir\u{a0}: un échelon déconcentré agit au nom de \
                         l’État et n’est une autorité locale que si son droit le dit."
                    ),
                    facts,
                )
                .only(Warning),
            ),
            _ => {}
        }
    }
    found
}

fn reciprocity(case: &ConventionCase<'_>) -> Vec<Found> {
    let foreign =
        case.written.parties.iter().filter(|party| {
            case.written_records.nature_of(party) == Some(Nature::ForeignAuthority)
        });

    foreign
        .filter(|party| !brings_something(case, party))
        .map(|party| {
            Found::new(
                Place::item(case.record(), "parties", party.id),
                format!(
                    "La convention ne dit pas ce que {} apporte, en numéraire, en nature ou en actes\u{a0}: écrire ses \
                     engagements.",
                    quoted(case.name_of(party))
                ),
                Facts::default().with(&party.key),
            )
        })
        .collect()
}

/// In the budget, or in an article on commitments.
fn brings_something(case: &ConventionCase<'_>, party: &Party) -> bool {
    let in_the_budget = case.budget().is_some_and(|budget| {
        budget.funder(&party.key).is_some_and(|funder| {
            let planned = budget.planned(Slice {
                years: &case.written.budget_years,
                funder: Some(funder.id),
                in_kind: None,
            });
            !planned.is_zero()
        })
    });
    in_the_budget
        || case.french_passages().any(|passage| {
            passage.has_role(roles::COMMITMENTS)
                && (passage.says_any(&EACH_PARTY) || is_named(case, party, passage))
        })
}

/// How a paragraph speaks of what every party does, folded.
const EACH_PARTY: [&str; 9] = [
    "chaque partie",
    "chacune des parties",
    "les parties s engagent",
    "les deux parties",
    "les parties mettent",
    "les parties apportent",
    "chaque collectivite",
    "chacune des collectivites",
    "les collectivites s engagent",
];

#[cfg(test)]
mod unread {
    use super::super::samples::{World, today};
    use super::super::{Severity, Subject, review};
    use super::UNREAD;
    use crate::model::{Change, Kind, RecordId};

    /// What is found where that record is gone; where it is kept and does not read.
    fn without(kind: Kind, unread: bool) -> Vec<(&'static str, Severity)> {
        let world = World::new();
        let id = match kind {
            Kind::Budget => world.budget.id,
            _ => world.foreign.id,
        };
        let name = RecordId { kind, id };
        let mut records = world.records();
        let gone = records.get(name).unwrap().clone();
        records.apply(&Change::delete("", gone));
        let records = records.beside_unread(unread.then_some(name));
        let subject = Subject::Convention(world.convention.id);
        review(subject, &records, &world.knowledge, today())
            .into_iter()
            .map(|it| (it.rule, it.severity))
            .collect()
    }

    #[test]
    fn what_comes_of_a_record_that_does_not_read_is_one_finding() {
        for kind in [Kind::Partner, Kind::Budget] {
            let found = without(kind, true);
            let blocking: Vec<_> = found
                .iter()
                .filter(|(_, severity)| *severity == Severity::Blocking)
                .collect();
            assert_eq!(blocking, [&(UNREAD, Severity::Blocking)], "{kind:?}");
            assert!(without(kind, false).iter().all(|(rule, _)| *rule != UNREAD));
        }
        assert!(without(Kind::Partner, false).len() > without(Kind::Partner, true).len());
    }
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, findings};
    use super::*;

    #[test]
    fn a_foreign_authority_among_the_parties_holds() {
        assert!(findings("autorite-locale-etrangere", &cooperation()).is_empty());
    }

    #[test]
    fn a_cooperation_without_one_does_not_hold() {
        let mut draft = cooperation();
        draft.parties.remove(1);
        let found = findings("autorite-locale-etrangere", &draft);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.field, Some("parties"));

        let mut world = World::new();
        world.foreign.nature = Nature::State;
        assert_eq!(world.findings("autorite-locale-etrangere").len(), 1);
    }

    #[test]
    fn a_grant_and_emergency_aid_need_none() {
        for kind in [ConventionKind::Grant, ConventionKind::Emergency] {
            let mut grant = cooperation();
            grant.kind = kind;
            grant.parties.remove(1);
            assert!(findings("autorite-locale-etrangere", &grant).is_empty());
        }
    }

    #[test]
    fn our_own_authority_among_the_parties_holds() {
        assert!(findings("partie-francaise", &cooperation()).is_empty());
    }

    #[test]
    fn a_convention_to_which_no_french_authority_is_a_party_does_not_hold() {
        let mut draft = cooperation();
        draft.parties.remove(0);
        let found = findings("partie-francaise", &draft);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert_eq!(found[0].place.field, Some("parties"));
    }

    #[test]
    fn another_french_authority_is_enough() {
        let mut world = World::new();
        world.convention.parties.remove(0);
        world.foreign.nature = Nature::FrenchAuthority;
        assert!(world.findings("partie-francaise").is_empty());
    }

    #[test]
    fn a_foreign_commune_is_no_state() {
        assert!(findings("pas-d-etat", &cooperation()).is_empty());
    }

    #[test]
    fn a_foreign_state_among_the_parties_does_not_hold_whatever_the_kind() {
        for kind in [ConventionKind::Cooperation, ConventionKind::Friendship] {
            let mut world = World::new();
            world.convention.kind = kind;
            world.foreign.nature = Nature::State;
            let found = world.findings("pas-d-etat");
            assert_eq!(found[0].severity, Severity::Blocking);
            assert_eq!(found[0].place.item, Some(world.convention.parties[1].id));
        }
    }

    #[test]
    fn what_a_wilaya_is_has_to_be_established() {
        let mut world = World::new();
        world.foreign.nature = Nature::DeconcentratedBody;
        let found = world.findings("pas-d-etat");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("à établir"));
    }

    #[test]
    fn our_own_state_is_not_a_foreign_one() {
        let mut world = World::new();
        world.foreign.nature = Nature::State;
        world.foreign.country = Some("FR".to_owned());
        assert!(world.findings("pas-d-etat").is_empty());
    }

    #[test]
    fn a_partner_who_pays_or_who_commits_itself_in_words_holds() {
        assert!(findings("reciprocite", &cooperation()).is_empty());

        let mut world = World::new();
        world.budget.funders.pop();
        world.article(
            roles::COMMITMENTS,
            &["Aného s’engage à entretenir les bornes-fontaines."],
        );
        assert!(world.findings("reciprocite").is_empty());
    }

    #[test]
    fn a_partner_who_only_receives_does_not_hold() {
        let mut world = World::new();
        world.budget.funders.pop();
        world.article(roles::COMMITMENTS, &["Valmont s’engage à tout payer."]);
        let found = world.findings("reciprocite");
        assert_eq!(found[0].place.item, Some(world.convention.parties[1].id));
    }

    #[test]
    fn an_association_owes_nothing_in_return() {
        let mut world = World::new();
        world.convention.kind = ConventionKind::Grant;
        world.budget.funders.pop();
        assert!(world.findings("reciprocite").is_empty());
    }
}
