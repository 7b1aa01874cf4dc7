//! Erasing a person, as the law on personal data lets one ask (RGPD, art. 17): what becomes of every record that names
//! it, and what stays because it is part of an act.
//!
//! What was signed stays: a sealed version, the text of a convention that a party has signed, those who signed one that
//! was taken over. Everything else that surely names the person is cleansed. Where only the surname stands, somebody
//! has to read: those records are told.

use std::collections::BTreeSet;
use std::sync::Arc;

use serde_json::Value;

use super::diff::to_value;
use super::{ActKind, Change, Contact, Edit, Id, Kind, Record, RecordId, Records, Traces};

/// What it takes to erase a person from a workspace.
#[derive(Debug, Clone, PartialEq)]
pub struct Erasure {
    /// Who.
    pub person: Id,
    /// What is known of that person: by what it is found.
    pub who: Contact,
    /// The contact goes, and what names it is cleansed. Its label names nobody.
    pub change: Change,
    /// What still names the person, for it is part of an act.
    pub kept: Vec<RecordId>,
    /// Where the surname still stands alone: to be read by somebody.
    pub doubts: Vec<RecordId>,
    /// Other contacts of that very name: untouched.
    pub homonyms: Vec<Id>,
    traces: Traces,
    /// Conventions that a party has signed.
    signed: BTreeSet<Id>,
}

/// The parts of a convention that are the text that was signed.
const SIGNED_PARTS: [&str; 9] = [
    "title",
    "parties",
    "visas",
    "recitals",
    "articles",
    "annexes",
    "results_here",
    "results_there",
    "taken_over",
];

impl Erasure {
    /// What it takes to erase that contact. Nothing when there is no such contact.
    #[must_use]
    pub fn of(person: Id, records: &Records) -> Option<Self> {
        let contact = records.contact(person)?;
        Some(Self::of_person(contact.clone(), records))
    }

    /// What it takes to erase a person who may be no contact: somebody who signs, or is only named.
    #[must_use]
    pub fn of_person(who: Contact, records: &Records) -> Self {
        let traces = Traces::of(&who);
        let person = who.id;
        let mut erasure = Self {
            person,
            who,
            change: Change {
                label: "Effacer une personne".to_owned(),
                coalescing: None,
                edits: Vec::new(),
            },
            kept: Vec::new(),
            doubts: Vec::new(),
            homonyms: records
                .contacts()
                .filter(|it| it.id != person && traces.are_in(&it.name))
                .map(|it| it.id)
                .collect(),
            traces,
            signed: signed(records),
        };
        for record in records.all() {
            erasure.reach(record);
        }
        erasure
    }

    /// What becomes of one record.
    fn reach(&mut self, record: &Arc<Record>) {
        let name = record.record_id();
        let goes = name.kind == Kind::Contact && name.id == self.person;
        if goes {
            let change = Change::delete("", Arc::clone(record));
            self.change.edits.extend(change.edits);
            return;
        }

        let mut value = to_value(record);
        if let Some(after) = self
            .cleanse(name.kind, &mut value)
            .then(|| Record::from_value(name.kind, value.clone()).ok())
            .flatten()
        {
            self.change.edits.push(Edit {
                record: name,
                before: Some(Arc::clone(record)),
                after: Some(Arc::new(after)),
            });
        }
        if self.is_homonym(name.kind, &value) {
            return;
        }
        if holds(&value, &|text| self.traces.are_in(text)) {
            self.kept.push(name);
        } else if holds(&value, &|text| self.traces.may_be_in(text)) {
            self.doubts.push(name);
        }
    }

    /// Cleanses the JSON of a record of that kind, from now or from an archive. Answers whether it changed.
    #[must_use]
    pub fn cleanse(&self, kind: Kind, value: &mut Value) -> bool {
        if self.is_homonym(kind, value) {
            return false;
        }
        let before = value.clone();
        match kind {
            Kind::Version if value.get("sealed") == Some(&Value::Bool(true)) => return false,
            Kind::Convention => {
                self.cleanse_texts(value);
                if value
                    .get("in_charge")
                    .is_some_and(|it| is_id(it, self.person))
                    && let Some(members) = value.as_object_mut()
                {
                    members.shift_remove("in_charge");
                }
                if self.is_signed(&before) {
                    put_back(&before, value, &SIGNED_PARTS);
                } else {
                    put_back(&before, value, &["taken_over"]);
                }
            }
            _ => self.cleanse_texts(value),
        }
        *value != before
    }

    /// Cleanses JSON that is no record: a correction of the reference, a copy left by a synchroniser. Answers whether
    /// it changed.
    pub fn cleanse_value(&self, value: &mut Value) -> bool {
        let before = value.clone();
        self.cleanse_texts(value);
        *value != before
    }

    /// A text without the person; nothing when it did not name it.
    #[must_use]
    pub fn cleanse_text(&self, text: &str) -> Option<String> {
        self.traces.without(text)
    }

    /// Whether a text surely names the person.
    #[must_use]
    pub fn is_named_in(&self, text: &str) -> bool {
        self.traces.are_in(text)
    }

    fn cleanse_texts(&self, value: &mut Value) {
        match value {
            Value::String(text) => {
                if let Some(clean) = self.traces.without(text) {
                    *text = clean;
                }
            }
            Value::Array(items) => items.iter_mut().for_each(|item| self.cleanse_texts(item)),
            Value::Object(members) => members
                .values_mut()
                .for_each(|member| self.cleanse_texts(member)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn is_homonym(&self, kind: Kind, value: &Value) -> bool {
        kind == Kind::Contact
            && self
                .homonyms
                .iter()
                .any(|id| value.get("id").is_some_and(|it| is_id(it, *id)))
    }

    fn is_signed(&self, convention: &Value) -> bool {
        self.signed
            .iter()
            .any(|id| convention.get("id").is_some_and(|it| is_id(it, *id)))
    }
}

/// Conventions that are sealed, or that a party at least has signed.
fn signed(records: &Records) -> BTreeSet<Id> {
    records
        .conventions()
        .filter(|convention| {
            convention.done(ActKind::Signature).next().is_some()
                || records.sealed(convention.id).is_some()
        })
        .map(|convention| convention.id)
        .collect()
}

fn is_id(value: &Value, id: Id) -> bool {
    value.as_str().and_then(|text| text.parse().ok()) == Some(id)
}

/// Puts parts of what a record was back in what it becomes.
fn put_back(before: &Value, after: &mut Value, parts: &[&str]) {
    let Some(members) = after.as_object_mut() else {
        return;
    };
    for part in parts {
        if let (Some(was), Some(place)) = (before.get(part), members.get_mut(*part)) {
            place.clone_from(was);
        }
    }
}

fn holds(value: &Value, is_so: &impl Fn(&str) -> bool) -> bool {
    match value {
        Value::String(text) => is_so(text),
        Value::Array(items) => items.iter().any(|item| holds(item, is_so)),
        Value::Object(members) => members.values().any(|member| holds(member, is_so)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

/// A place where a person is named.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// The record.
    pub record: RecordId,
    /// The text that names it.
    pub text: String,
}

/// Where a person is surely named, beside its own sheet, in the order of the records.
#[must_use]
pub fn mentions(person: &Contact, records: &Records) -> Vec<Mention> {
    let traces = Traces::of(person);
    let mut mentions = Vec::new();
    for record in records.all() {
        let name = record.record_id();
        if name.kind == Kind::Contact {
            continue;
        }
        let mut texts = Vec::new();
        gather(&to_value(record), &traces, &mut texts);
        mentions.extend(texts.into_iter().map(|text| Mention { record: name, text }));
    }
    mentions
}

fn gather(value: &Value, traces: &Traces, texts: &mut Vec<String>) {
    match value {
        Value::String(text) if traces.are_in(text) => texts.push(text.clone()),
        Value::Array(items) => items.iter().for_each(|item| gather(item, traces, texts)),
        Value::Object(members) => members
            .values()
            .for_each(|member| gather(member, traces, texts)),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    /// A person named everywhere: partner, drafts, signed convention, versions.
    fn records() -> Records {
        let named = "Mme Adjoua Hounkpatin";
        let article = json!([{ "id": id(71), "key": "a", "texts": [
            { "lang": "fr", "title": "Suivi", "paragraphs": [format!("{named} suit le projet.")] }] }]);
        let parties = json!([{ "id": id(72), "key": "porto-novo", "partner": id(2) }]);
        let draft = json!({ "id": id(3), "kind": "cooperation", "title": "En cours", "in_charge": id(1),
            "parties": parties, "articles": article, "notes": format!("Appeler {named}.") });
        let mut signed = draft.clone();
        signed["id"] = json!(id(4));
        signed["title"] = json!("Signée");
        signed["acts"] = json!([{ "id": id(73), "kind": "signature", "party": "porto-novo", "date": "2026-01-02" }]);
        let version = |last: u32, sealed: bool| {
            json!({ "id": id(last), "convention": id(4), "at": "2026-01-02T10:00:00Z", "reason": "named",
                "application": "passerelle", "reference": "2026", "sealed": sealed,
                "records": { "authority": { "name": { "text": "Valmont" } }, "conventions": [signed.clone()] } })
        };
        let partner = json!({ "id": id(2), "nature": "foreign-authority", "name": { "text": "Porto-Novo" },
            "signatories": [{ "id": id(74), "name": named, "function": "adjointe" }],
            "journal": [{ "id": id(75), "text": "Hounkpatin en visite" }] });
        let values = [
            (
                Kind::Contact,
                json!({ "id": id(1), "name": named, "email": "a@porto-novo.bj" }),
            ),
            (
                Kind::Contact,
                json!({ "id": id(8), "name": "Adjoua Hounkpatin", "function": "notaire" }),
            ),
            (
                Kind::Contact,
                json!({ "id": id(9), "name": "M. Codjo", "source": format!("par {named}") }),
            ),
            (Kind::Partner, partner),
            (Kind::Convention, draft),
            (Kind::Convention, signed.clone()),
            (Kind::Version, version(5, true)),
            (Kind::Version, version(6, false)),
        ];
        Records::from_records(values.map(|(kind, value)| Record::from_value(kind, value).unwrap()))
    }

    fn text_of(records: &Records, kind: Kind, last: u32) -> String {
        let name = RecordId { kind, id: id(last) };
        records
            .get(name)
            .map(|record| to_value(record).to_string())
            .unwrap_or_default()
    }

    #[test]
    fn everything_but_what_was_signed_is_cleansed() {
        let mut records = records();
        let erasure = Erasure::of(id(1), &records).unwrap();
        assert!(!erasure.change.label.contains("Hounkpatin"));
        records.apply(&erasure.change);

        assert_eq!(text_of(&records, Kind::Contact, 1), "");
        for (kind, last) in [
            (Kind::Contact, 9),
            (Kind::Convention, 3),
            (Kind::Version, 6),
        ] {
            let text = text_of(&records, kind, last);
            assert!(
                !text.contains("Hounkpatin") && text.contains("(personne effacée)"),
                "{text}"
            );
        }
        assert!(!text_of(&records, Kind::Convention, 3).contains("in_charge"));

        // The text that was signed stays, not the remarks beside it.
        let signed = text_of(&records, Kind::Convention, 4);
        assert!(
            signed.contains("Hounkpatin suit") && !signed.contains("Appeler Mme"),
            "{signed}"
        );
        assert!(text_of(&records, Kind::Version, 5).contains("Hounkpatin"));
        let kept: Vec<Id> = erasure.kept.iter().map(|it| it.id).collect();
        assert_eq!(kept, [id(4), id(5)]);
    }

    #[test]
    fn another_person_of_that_name_is_told_and_not_touched() {
        let mut records = records();
        let erasure = Erasure::of(id(1), &records).unwrap();
        records.apply(&erasure.change);
        assert_eq!(erasure.homonyms, [id(8)]);
        assert!(text_of(&records, Kind::Contact, 8).contains("Adjoua Hounkpatin"));
    }

    #[test]
    fn a_surname_alone_is_for_somebody_to_read() {
        let mut records = records();
        let erasure = Erasure::of(id(1), &records).unwrap();
        records.apply(&erasure.change);
        let doubts: Vec<Id> = erasure.doubts.iter().map(|it| it.id).collect();
        assert_eq!(doubts, [id(2)]);
        assert!(text_of(&records, Kind::Partner, 2).contains("Hounkpatin en visite"));
        assert!(!text_of(&records, Kind::Partner, 2).contains("Adjoua"));
    }

    #[test]
    fn where_a_person_is_named_is_told() {
        let records = records();
        let person = records.contact(id(1)).unwrap();
        let mentions = mentions(person, &records);
        assert!(
            mentions
                .iter()
                .any(|it| it.text == "Appeler Mme Adjoua Hounkpatin.")
        );
        assert!(Erasure::of(id(99), &records).is_none());
    }
}
