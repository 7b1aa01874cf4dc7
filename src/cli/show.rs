//! `montrer`: a whole record, or entry of the reference. For a program, its JSON; for a person, the same as an
//! indented outline.

use serde::Serialize;
use serde_json::Value;

use super::print::Printed;
use super::{Done, Failure, Place, find, list};
use crate::model::{Kind, Record};
use crate::reference::Reference;

const KINDS: [Kind; 8] = [
    Kind::Partner,
    Kind::Contact,
    Kind::Convention,
    Kind::Budget,
    Kind::Version,
    Kind::Term,
    Kind::Clause,
    Kind::Posting,
];

pub(super) fn run(id: &str, place: &Place, json: bool) -> Result<Done, Failure> {
    let (head, value) = match known(id, place.reference) {
        Some(entry) => entry,
        None => of_record(id, place)?,
    };
    if json {
        return Ok(Done::printed(Printed::Json(value)));
    }

    let mut lines = vec![head, String::new()];
    outline(&value, 0, &mut lines);
    Ok(Done::lines(lines))
}

fn of_record(id: &str, place: &Place) -> Result<(String, Value), Failure> {
    let record = find::record(&place.opened.records, &KINDS, id)?;
    let value = record
        .to_value()
        .map_err(|error| Failure::fault(error.to_string()))?;

    let mut head = format!("{} — {}", record.title(), record.kind().label());
    if let Record::Convention(convention) = record.as_ref() {
        head = format!("{head}, {}", list::stage(convention, place).label());
    }
    Ok((head, value))
}

/// The text, term, organisation, reason or example of that slug, and how it is headed.
fn known(id: &str, reference: &Reference) -> Option<(String, Value)> {
    fn entry<T: Serialize>(head: String, entry: &T) -> Option<(String, Value)> {
        Some((head, serde_json::to_value(entry).ok()?))
    }

    if let Some(text) = reference.legal(id) {
        return entry(format!("{} — {}", text.reference, text.title), text);
    }
    if let Some(term) = reference.term(id) {
        return entry(format!("{} — terme", term.term), term);
    }
    if let Some(body) = reference.organisation(id) {
        return entry(format!("{} — organisme", body.name), body);
    }
    if let Some(reason) = reference.reasons().get(id) {
        return entry(format!("{} — raison d’agir", reason.title), reason);
    }
    let example = reference.examples().get(id)?;
    entry(format!("{} — exemple", example.title), example)
}

/// Keys as they stand in the file, for whoever looks at the file beside.
fn outline(value: &Value, depth: usize, lines: &mut Vec<String>) {
    let room = "  ".repeat(depth);
    match value {
        Value::Object(fields) => {
            for (key, value) in fields {
                match plain(value) {
                    Some(text) => lines.push(format!("{room}{key}\u{a0}: {text}")),
                    None => {
                        lines.push(format!("{room}{key}"));
                        outline(value, depth + 1, lines);
                    }
                }
            }
        }
        Value::Array(items) => {
            for item in items {
                match plain(item) {
                    Some(text) => lines.push(format!("{room}– {text}")),
                    None => {
                        lines.push(format!("{room}–"));
                        outline(item, depth + 1, lines);
                    }
                }
            }
        }
        other => lines.push(format!("{room}{other}")),
    }
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Bool(true) => Some("oui".to_owned()),
        Value::Bool(false) => Some("non".to_owned()),
        Value::Number(number) => Some(number.to_string()),
        Value::Null => Some("–".to_owned()),
        Value::Object(_) | Value::Array(_) => None,
    }
}
