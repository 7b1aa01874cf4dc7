//! A record as the bytes of its file, and back: with line and reason when it does not read, and without losing the
//! keys that this version of the application does not know.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::layout::Slot;
use crate::model::{Kind, Record};

/// A record read from its file.
#[derive(Debug)]
pub(super) struct Read {
    pub(super) record: Record,
    /// What the file says beyond what we know, when it does.
    pub(super) unknown: Option<Unknown>,
}

/// Keys that we do not know, with the whole value in which they stood.
#[derive(Debug, Clone)]
pub(super) struct Unknown {
    raw: Value,
    paths: Vec<Vec<Step>>,
}

/// A step down a JSON value.
#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Key(String),
    Index(usize),
}

/// Why bytes are not a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Malformed {
    /// From 1, where it is known.
    pub(super) line: Option<usize>,
    /// In French, a clause without capital or full stop.
    pub(super) reason: String,
}

impl Malformed {
    pub(super) fn new(reason: impl Into<String>) -> Self {
        Self {
            line: None,
            reason: reason.into(),
        }
    }
}

/// What the bytes of a file say.
#[derive(Debug)]
pub(super) enum Contents {
    Record(Box<Read>),
    /// The record was deleted: its file says so in its place.
    Deleted,
}

/// The same without the mark of UTF-8 that Notepad puts first.
pub(super) fn without_mark(bytes: &[u8]) -> &[u8] {
    bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes)
}

/// Reads the file of that slot.
pub(super) fn read(slot: Slot, bytes: &[u8]) -> Result<Contents, Malformed> {
    let bytes = without_mark(bytes);
    if bytes.trim_ascii().is_empty() {
        return Err(Malformed::new("le fichier est vide"));
    }

    let read = match slot.kind {
        Kind::Authority => typed(bytes).map(|(it, unknown)| (Record::Authority(it), unknown)),
        Kind::Partner => typed(bytes).map(|(it, unknown)| (Record::Partner(it), unknown)),
        Kind::Contact => typed(bytes).map(|(it, unknown)| (Record::Contact(it), unknown)),
        Kind::Convention => typed(bytes).map(|(it, unknown)| (Record::Convention(it), unknown)),
        Kind::Version => typed(bytes).map(|(it, unknown)| (Record::Version(it), unknown)),
        Kind::Budget => typed(bytes).map(|(it, unknown)| (Record::Budget(it), unknown)),
        Kind::Term => typed(bytes).map(|(it, unknown)| (Record::Term(it), unknown)),
        Kind::Clause => typed(bytes).map(|(it, unknown)| (Record::Clause(it), unknown)),
        Kind::Posting => typed(bytes).map(|(it, unknown)| (Record::Posting(it), unknown)),
    };

    let (record, unknown) = match read {
        Ok(read) => read,
        Err(error) => {
            return if is_deleted(slot, bytes) {
                Ok(Contents::Deleted)
            } else {
                Err(in_french(&error))
            };
        }
    };
    // A term has no compulsory field but its identifier, so that a deleted one reads as an empty one.
    if unknown
        .iter()
        .any(|path| *path == [Step::Key("deleted".to_owned())])
    {
        return Ok(Contents::Deleted);
    }
    if slot.kind != Kind::Authority && record.record_id().id != slot.id {
        return Err(Malformed::new(format!(
            "il contient la fiche {}, et son nom en dit une autre",
            record.record_id().id
        )));
    }
    if Slot::of(&record).convention != slot.convention {
        return Err(Malformed::new(
            "cette version n’est pas celle de la convention dont elle porte le dossier",
        ));
    }

    let unknown = if unknown.is_empty() {
        None
    } else {
        // What is passed over is nested as deep as one likes; what is kept is not.
        let raw = serde_json::from_slice(bytes).map_err(|error| in_french(&error))?;
        Some(Unknown {
            raw,
            paths: unknown,
        })
    };
    Ok(Contents::Record(Box::new(Read { record, unknown })))
}

/// One pass over the bytes: the record, and the paths of what it does not know.
fn typed<T: DeserializeOwned>(bytes: &[u8]) -> Result<(T, Vec<Vec<Step>>), serde_json::Error> {
    let mut unknown = Vec::new();
    let mut deserializer = serde_json::Deserializer::from_slice(bytes);
    let record = serde_ignored::deserialize(&mut deserializer, |path| {
        let mut steps = Vec::new();
        push_steps(&path, &mut steps);
        unknown.push(steps);
    })?;
    deserializer.end()?;
    Ok((record, unknown))
}

fn push_steps(path: &serde_ignored::Path<'_>, steps: &mut Vec<Step>) {
    use serde_ignored::Path;

    match path {
        Path::Root => {}
        Path::Seq { parent, index } => {
            push_steps(parent, steps);
            steps.push(Step::Index(*index));
        }
        Path::Map { parent, key } => {
            push_steps(parent, steps);
            steps.push(Step::Key(key.clone()));
        }
        Path::Some { parent }
        | Path::NewtypeStruct { parent }
        | Path::NewtypeVariant { parent } => push_steps(parent, steps),
    }
}

/// `{"id","deleted"}`, with the identifier of the slot.
fn is_deleted(slot: Slot, bytes: &[u8]) -> bool {
    #[derive(serde::Deserialize)]
    struct Deleted {
        id: crate::model::Id,
        #[serde(rename = "deleted")]
        _deleted: chrono::NaiveDate,
    }

    serde_json::from_slice::<Deleted>(bytes).is_ok_and(|deleted| deleted.id == slot.id)
}

/// The bytes of a record's file: two spaces, one key a line, LF. What was unknown in it stays.
pub(super) fn write(
    record: &Record,
    unknown: Option<&Unknown>,
) -> Result<Vec<u8>, serde_json::Error> {
    let mut value = record.to_value()?;
    if let Some(unknown) = unknown {
        for path in &unknown.paths {
            graft(&unknown.raw, path, &mut value);
        }
    }
    pretty(&value)
}

/// Any value as our files are written.
pub(super) fn pretty<T: serde::Serialize>(value: &T) -> Result<Vec<u8>, serde_json::Error> {
    let mut bytes = serde_json::to_vec_pretty(value)?;
    bytes.push(b'\n');
    Ok(bytes)
}

/// The bytes that stand in place of a record deleted on that day.
pub(super) fn deleted(slot: Slot, day: chrono::NaiveDate) -> Result<Vec<u8>, serde_json::Error> {
    let mut value = Map::new();
    value.insert("id".to_owned(), Value::String(slot.id.to_string()));
    value.insert("deleted".to_owned(), Value::String(day.to_string()));
    pretty(&value)
}

/// Puts what stands at that path of `raw` at the same place of `into`. Items of lists are found by their `id`, so
/// that an item that moved keeps what is its own; what was attached to an item that is no more goes with it.
fn graft(raw: &Value, path: &[Step], into: &mut Value) {
    match (path, raw, into) {
        ([Step::Key(key)], Value::Object(raw), Value::Object(into)) => {
            if let Some(value) = raw.get(key) {
                into.entry(key.clone()).or_insert_with(|| value.clone());
            }
        }
        ([Step::Key(key), rest @ ..], Value::Object(raw), Value::Object(into)) => {
            if let (Some(raw), Some(into)) = (raw.get(key), into.get_mut(key)) {
                graft(raw, rest, into);
            }
        }
        ([Step::Index(index), rest @ ..], Value::Array(raw), Value::Array(into)) => {
            let Some(raw) = raw.get(*index) else { return };
            let place = match raw.get("id") {
                Some(id) => into.iter_mut().find(|item| item.get("id") == Some(id)),
                None => into.get_mut(*index),
            };
            if let Some(into) = place {
                graft(raw, rest, into);
            }
        }
        _ => {}
    }
}

/// What serde says, for a person. Its English stays only where it names what no rule here foresees.
pub(super) fn in_french(error: &serde_json::Error) -> Malformed {
    use serde_json::error::Category;

    let said = error.to_string();
    let said = said
        .rsplit_once(" at line ")
        .map_or(said.as_str(), |(before, _)| before);
    let quoted = |prefix: &str| {
        said.strip_prefix(prefix)
            .and_then(|rest| rest.split('`').next())
    };

    let reason = match error.classify() {
        Category::Eof => "le fichier s’arrête avant la fin\u{a0}: il a été tronqué".to_owned(),
        Category::Syntax if said.contains("recursion limit") => {
            "trop de niveaux sont imbriqués".to_owned()
        }
        Category::Syntax if said.contains("surrogate") || said.contains("hex escape") => {
            "un caractère y est écrit à moitié".to_owned()
        }
        Category::Syntax if said.contains("unicode") => "le texte n’est pas en UTF-8".to_owned(),
        Category::Syntax | Category::Io => "ce n’est pas du JSON bien formé".to_owned(),
        Category::Data => {
            if let Some(field) = quoted("missing field `") {
                format!("le champ «\u{a0}{field}\u{a0}» manque")
            } else if let Some(field) = quoted("duplicate field `") {
                format!("le champ «\u{a0}{field}\u{a0}» y est deux fois")
            } else if let Some(value) = quoted("unknown variant `") {
                format!("«\u{a0}{value}\u{a0}» n’est pas une valeur connue ici")
            } else if let Some(rest) = said.strip_prefix("invalid type: ") {
                format!("une valeur n’a pas la forme attendue ({})", shortened(rest))
            } else {
                format!("une valeur n’est pas valable ({})", shortened(said))
            }
        }
    };
    Malformed {
        line: Some(error.line()).filter(|line| *line > 0),
        reason,
    }
}

/// A message may quote a value of any length.
fn shortened(said: &str) -> String {
    const LONGEST: usize = 120;

    if said.chars().count() <= LONGEST {
        return said.to_owned();
    }
    let mut short: String = said.chars().take(LONGEST).collect();
    short.push('…');
    short
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;

    use super::*;

    const ID: &str = "019ab3c0-1000-7000-8000-000000000101";

    fn slot() -> Slot {
        Slot::from_path(Path::new(&format!("partners/{ID}.json"))).unwrap()
    }

    fn read_partner(json: &str) -> Box<Read> {
        match read(slot(), json.as_bytes()).unwrap() {
            Contents::Record(read) => read,
            Contents::Deleted => panic!("deleted"),
        }
    }

    #[test]
    fn unknown_keys_follow_their_item_and_survive_a_rewrite() {
        let read = read_partner(&format!(
            r#"{{ "id": "{ID}", "nature": "association", "name": {{ "text": "Eau partagée", "couleur": "bleu" }},
                 "signatories": [
                   {{ "id": "{ID}", "name": "Mme A", "function": "présidente", "mandat": [1, null] }},
                   {{ "id": "019ab3c0-1000-7000-8000-000000000102", "name": "M. B", "function": "trésorier" }} ],
                 "etoiles": 3 }}"#
        ));
        let Record::Partner(mut partner) = read.record else {
            panic!()
        };
        partner.signatories.reverse();
        partner.notes = Some("Vue en mars.".to_owned());

        let written = write(&Record::Partner(partner), read.unknown.as_ref()).unwrap();
        let value: Value = serde_json::from_slice(&written).unwrap();
        assert_eq!(value["name"]["couleur"], "bleu");
        assert_eq!(value["etoiles"], 3);
        assert_eq!(
            value["signatories"][1]["mandat"],
            serde_json::json!([1, null])
        );
        assert_eq!(value["signatories"][0].get("mandat"), None);
        assert_eq!(value["notes"], "Vue en mars.");
    }

    #[test]
    fn what_is_wrong_is_said_in_french_with_its_line() {
        let wrong = |json: &str| read(slot(), json.as_bytes()).unwrap_err();

        assert_eq!(wrong("").reason, "le fichier est vide");
        assert!(wrong("{ \"id\": ").reason.contains("tronqué"));
        assert_eq!(wrong("{\n{}").line, Some(2));
        assert!(wrong("{{").reason.contains("JSON"));
        assert!(
            wrong(&"[".repeat(100_000))
                .reason
                .contains("forme attendue")
        );
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        let deep = format!(r#"{{"id":"{ID}","nature":"state","name":{{"text":"A"}},"x":{deep}}}"#);
        assert!(wrong(&deep).reason.contains("imbriqués"));
        assert!(wrong(r#"{"id":"\ud800"}"#).reason.contains("à moitié"));
        assert!(
            wrong(&format!("{{\"id\":\"{ID}\"}}"))
                .reason
                .contains("«\u{a0}nature\u{a0}» manque")
        );
        let other = ID.replace("0101", "0102");
        let twin = format!(r#"{{"id":"{other}","nature":"state","name":{{"text":"A"}}}}"#);
        assert!(wrong(&twin).reason.contains(&other));
    }

    #[test]
    fn a_deleted_record_is_not_a_damaged_one() {
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 24).unwrap();
        for kind in ["partners", "terms"] {
            let slot = Slot::from_path(Path::new(&format!("{kind}/{ID}.json"))).unwrap();
            let bytes = deleted(slot, day).unwrap();
            assert!(matches!(read(slot, &bytes), Ok(Contents::Deleted)));
        }
    }

    proptest! {
        #[test]
        fn any_bytes_are_a_record_or_a_reason(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = read(slot(), &bytes);
        }

        #[test]
        fn a_record_with_a_byte_changed_is_a_record_or_a_reason(at in 0..160_usize, byte in any::<u8>()) {
            let mut bytes = format!(
                r#"{{"id":"{ID}","nature":"association","name":{{"text":"Eau partagée"}},"population":12,"odd":[6],"x":{{"y":[1]}}}}"#
            ).into_bytes();
            let place = at % bytes.len();
            bytes[place] = byte;
            if let Ok(Contents::Record(read)) = read(slot(), &bytes) {
                let written = write(&read.record, read.unknown.as_ref()).unwrap();
                prop_assert!(super::read(slot(), &written).is_ok());
            }
        }
    }
}
