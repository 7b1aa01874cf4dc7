//! What ships, read whole: entries point at entries that exist, and say something.

use std::collections::BTreeSet;

use serde::Serialize;
use serde_json::Value;

use super::labels::FILES;
use super::table::Entry;
use super::*;

fn shipped() -> &'static Reference {
    Reference::shipped()
}

/// Asserts that a table holds every entry of its file, each under an id of its own, and prints as its file.
fn prints_as_shipped<T: Entry + Serialize>(table: &Table<T>, json: &str) {
    let file: Value = serde_json::from_str(json).unwrap();
    let ids: BTreeSet<_> = table.iter().map(Entry::id).collect();
    assert_eq!(ids.len(), table.len());
    assert!(!table.is_empty());
    assert!(!table.sources.is_empty());

    let shipped = file["entries"].as_array().unwrap();
    assert_eq!(table.len(), shipped.len());
    for (entry, shipped) in table.iter().zip(shipped) {
        assert_eq!(&serde_json::to_value(entry).unwrap(), shipped);
    }
}

#[test]
fn every_file_reads_and_its_entries_print_as_they_are_written() {
    let all = shipped();
    prints_as_shipped(all.countries(), all.countries.json());
    prints_as_shipped(all.currencies(), all.currencies.json());
    prints_as_shipped(all.authority_kinds(), all.authority_kinds.json());
    prints_as_shipped(all.legal_all(), all.legal.json());
    prints_as_shipped(all.terms(), all.glossary.json());
    prints_as_shipped(all.organisations(), all.directory.json());
    prints_as_shipped(all.themes(), all.themes.json());
    prints_as_shipped(all.goals(), all.goals.json());
    prints_as_shipped(all.schemes(), all.schemes.json());
    prints_as_shipped(all.purposes(), all.purposes.json());
    prints_as_shipped(all.clauses(), all.clauses.json());
    prints_as_shipped(all.models(), all.models.json());
}

#[test]
fn every_text_of_law_that_an_entry_names_ships() {
    let all = shipped();
    let named = (all.legal_all().iter().flat_map(|text| &text.related))
        .chain(all.terms().iter().flat_map(|term| &term.texts))
        .chain(all.schemes().iter().flat_map(|scheme| &scheme.basis))
        .chain(all.authority_kinds().iter().flat_map(|kind| {
            let delegates = kind.delegates.iter().flat_map(|delegate| &delegate.basis);
            kind.basis.iter().chain([&kind.executory]).chain(delegates)
        }));

    for id in named {
        assert!(all.legal(id).is_some(), "{id}");
    }
}

#[test]
fn related_terms_ship_and_no_term_relates_to_itself() {
    for term in shipped().terms() {
        for related in &term.related {
            assert_ne!(related, &term.id);
            assert!(shipped().term(related).is_some(), "{}: {related}", term.id);
        }
    }
}

#[test]
fn every_entry_says_something() {
    let all = shipped();
    for text in all.legal_all() {
        assert!(!text.summary.trim().is_empty(), "{}", text.id);
        assert!(!text.practice.trim().is_empty(), "{}", text.id);
        assert!(!text.sources.is_empty(), "{}", text.id);
    }
    for term in all.terms() {
        assert!(!term.definition.trim().is_empty(), "{}", term.id);
        assert!(!term.sources.is_empty(), "{}", term.id);
    }
    for organisation in all.organisations() {
        assert!(
            !organisation.purpose.trim().is_empty(),
            "{}",
            organisation.id
        );
        assert!(
            !organisation.change.trim().is_empty(),
            "{}",
            organisation.id
        );
        assert!(!organisation.needs.is_empty(), "{}", organisation.id);
        assert!(organisation.url.starts_with("http"), "{}", organisation.id);
    }
}

#[test]
fn an_organisation_of_which_nothing_was_read_is_to_confirm() {
    for organisation in shipped().organisations() {
        assert!(
            !organisation.sources.is_empty() || !organisation.confidence.is_verified(),
            "{}",
            organisation.id
        );
    }
}

#[test]
fn what_the_brochure_held_is_there_first() {
    let all = shipped();
    let told = all.legal_all().iter().filter(|text| text.then.is_some());
    assert_eq!(told.count(), 4);

    let (defined, others) = all.terms().iter().as_slice().split_at(6);
    assert!(defined.iter().all(|term| term.in_brochure));
    assert!(others.iter().all(|term| !term.in_brochure));

    let (listed, others) = all.organisations().iter().as_slice().split_at(9);
    assert!(listed.iter().all(|listed| listed.brochure_url.is_some()));
    assert!(others.iter().all(|other| !other.in_brochure));
}

/// The same labels, as many words in each list, the same places to fill: everything but the words.
fn shape(label: &Value) -> Value {
    match label {
        Value::Object(fields) => fields
            .iter()
            .map(|(name, label)| (name.clone(), shape(label)))
            .collect(),
        Value::Array(labels) => labels.iter().map(shape).collect(),
        Value::String(text) => {
            let places: BTreeSet<_> = text
                .split('{')
                .skip(1)
                .filter_map(|rest| rest.split_once('}'))
                .map(|(place, _)| place)
                .collect();
            Value::from_iter(places)
        }
        _ => Value::Null,
    }
}

#[test]
fn labels_have_the_same_shape_in_every_language() {
    let read = |json| serde_json::from_str::<Value>(json).unwrap();
    let french = shape(&read(FILES[0].1));

    for (tag, json) in FILES {
        assert_eq!(shape(&read(json)), french, "{tag}");
        assert_eq!(shipped().labels(&Lang::new(tag)).lang(), Lang::new(tag));
    }
}
