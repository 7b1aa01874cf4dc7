//! The demonstration shows what it says that it shows.

use std::collections::BTreeSet;

use super::*;
use crate::check::{self, Subject};
use crate::model::text::{Translation, in_language};
use crate::model::{Convention, ConventionKind, Lang, Nature, Stage};
use crate::reference::Reference;

fn stage(records: &Records, last: u128) -> Stage {
    let convention = records.convention(id(last)).unwrap();
    convention.stage(TODAY, |party| {
        records.nature_of(party) == Some(Nature::FrenchAuthority)
    })
}

#[test]
fn every_file_reads_and_is_written_as_the_workspace_would() {
    let mut ids = BTreeSet::new();
    for (kind, json) in files::RECORDS {
        let record = Record::from_value(*kind, serde_json::from_str(json).unwrap())
            .unwrap_or_else(|error| panic!("{kind:?} {error}: {}", &json[..120]));
        let written = serde_json::to_string_pretty(&record.to_value().unwrap()).unwrap() + "\n";
        assert!(written == **json, "{}", record.title());
        assert!(ids.insert(record.record_id()), "{}", record.title());
    }
}

#[test]
fn it_has_what_an_officer_would_want_to_see() {
    let records = records();
    let partners: Vec<_> = records.partners().collect();
    let foreign: BTreeSet<_> = partners
        .iter()
        .filter(|partner| partner.nature == Nature::ForeignAuthority)
        .filter_map(|partner| partner.country.as_deref())
        .collect();
    assert!(partners.len() >= 10 && foreign.len() >= 8, "{foreign:?}");

    let scripts = |range: std::ops::RangeInclusive<char>| {
        partners.iter().any(|partner| {
            let mut names = partner.names.iter();
            names.any(|name| name.text.chars().any(|c| range.contains(&c)))
        })
    };
    for range in [
        '\u{370}'..='\u{3ff}',
        '\u{600}'..='\u{6ff}',
        '\u{1200}'..='\u{137f}',
        '\u{1e00}'..='\u{1eff}',
        '\u{4e00}'..='\u{9fff}',
    ] {
        assert!(scripts(range.clone()), "{range:?}");
    }

    let kinds: BTreeSet<ConventionKind> = records.conventions().map(|it| it.kind).collect();
    assert!(
        records.conventions().count() >= 10 && kinds.len() >= 8,
        "{kinds:?}"
    );
    assert_eq!(stage(&records, 0x305), Stage::Drafting);
    assert_eq!(stage(&records, 0x302), Stage::DeliberationTransmitted);
    assert_eq!(stage(&records, 0x309), Stage::InForce);
    assert_eq!(
        records
            .conventions()
            .filter(|it| it.taken_over.is_some())
            .count(),
        2
    );
    assert!(records.sealed(SEALED).is_some());
}

#[test]
fn every_reference_between_records_leads_somewhere() {
    let records = records();
    let known = |id: Option<Id>| id.is_none_or(|id| records.partner(id).is_some());

    for convention in records.conventions() {
        let title = &convention.title;
        assert!(
            convention.parties.iter().all(|it| known(it.partner)),
            "{title}"
        );
        for party in &convention.parties {
            assert!(
                party.signatory.is_none()
                    || (records.signatories_of(party).iter())
                        .any(|it| Some(it.id) == party.signatory),
                "{title}: {}",
                party.key
            );
        }
        assert!(
            convention
                .budget
                .is_none_or(|it| records.budget(it).is_some()),
            "{title}"
        );
        assert!(
            convention
                .parent
                .is_none_or(|it| records.convention(it).is_some()),
            "{title}"
        );
        let followed = convention
            .in_charge
            .is_none_or(|it| records.contact(it).is_some());
        assert!(followed, "{title}");
    }
    for budget in records.budgets() {
        assert!(
            budget.funders.iter().all(|it| known(it.partner)),
            "{}",
            budget.title
        );
        let funders: BTreeSet<Id> = budget.funders.iter().map(|it| it.id).collect();
        for line in &budget.lines {
            assert!(
                line.shares.iter().all(|it| funders.contains(&it.funder)),
                "{}",
                line.label
            );
            assert!(known(line.beneficiary), "{}", line.label);
        }
    }
    let cited: BTreeSet<String> = records
        .all()
        .flat_map(|record| {
            record
                .pieces()
                .into_iter()
                .map(|it| it.sha256.clone())
                .collect::<Vec<_>>()
        })
        .collect();
    let kept: BTreeSet<String> = files::ATTACHMENTS
        .iter()
        .map(|(_, bytes)| crate::workspace::hash(bytes))
        .collect();
    assert_eq!(cited, kept);
}

#[test]
fn what_blocks_is_the_incomplete_draft_and_what_the_jurist_set_aside_does_not() {
    let records = records();
    let findings = check::review_all(&records, Reference::shipped(), TODAY);

    let blocking: BTreeSet<(&str, Subject)> = findings
        .iter()
        .filter(|it| it.blocks())
        .map(|it| (it.rule, it.subject))
        .collect();
    let incomplete = Subject::Convention(id(0x305));
    assert_eq!(
        blocking,
        BTreeSet::from([("objet", incomplete), ("montant-previsionnel", incomplete)])
    );

    let aside: Vec<_> = findings
        .iter()
        .filter(|it| it.set_aside.is_some())
        .collect();
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].rule, "autorite-locale-etrangere");

    assert!(
        findings
            .iter()
            .any(|it| it.subject == Subject::Convention(SEALED) && it.rule.contains("scell")),
        "the mayor who signed is no longer in office, and that is told: {:?}",
        findings
            .iter()
            .map(|it| (it.rule, it.subject))
            .collect::<Vec<_>>()
    );
}

#[test]
fn every_name_in_a_script_of_its_own_is_printed_somewhere() {
    let records = records();
    let printed: String = records
        .conventions()
        .map(|convention| {
            let composition = crate::document::Composition::default();
            let document =
                crate::document::compose(convention, &records, Reference::shipped(), &composition);
            crate::document::text(&document)
        })
        .collect();

    for partner in records.partners() {
        let is_party = records.conventions_of(partner.id).next().is_some();
        let own = partner
            .names
            .first()
            .filter(|_| is_party || partner.suggested_key().as_str() == "hue");
        if let Some(own) = own {
            assert!(
                printed.contains(&own.text),
                "{}: {}",
                partner.name.text,
                own.text
            );
        }
    }
}

#[test]
fn one_translation_is_older_than_its_french_and_the_others_say_what_they_translate() {
    let records = records();
    let portuguese = Lang::new("pt");
    let two = |it: &&Convention| it.languages.contains(&portuguese);
    let convention = records.conventions().find(two).unwrap();
    let mut standings = Vec::new();
    for article in &convention.articles {
        let french = in_language(&article.texts, &Lang::french()).unwrap();
        standings.push(Translation::of(
            in_language(&article.texts, &portuguese),
            french,
        ));
    }
    let old = standings
        .iter()
        .filter(|it| **it == Translation::Old)
        .count();
    let current = standings
        .iter()
        .filter(|it| **it == Translation::UpToDate)
        .count();
    assert_eq!((old, current), (1, convention.articles.len() - 1));
}
