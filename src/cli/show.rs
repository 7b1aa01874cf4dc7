//! `montrer`: a whole record. For a program, its JSON; for a person, the same as an indented outline.

use serde_json::Value;

use super::print::Printed;
use super::{Done, Failure, Place, find, list};
use crate::model::{Kind, Record};

const KINDS: [Kind; 6] = [
    Kind::Partner,
    Kind::Contact,
    Kind::Convention,
    Kind::Budget,
    Kind::Version,
    Kind::Term,
];

pub(super) fn run(id: &str, place: &Place, json: bool) -> Result<Done, Failure> {
    let record = find::record(&place.opened.records, &KINDS, id)?;
    let value = record
        .to_value()
        .map_err(|error| Failure::fault(error.to_string()))?;
    if json {
        return Ok(Done::printed(Printed::Json(value)));
    }

    let mut head = format!("{} — {}", record.title(), record.kind().label());
    if let Record::Convention(convention) = record.as_ref() {
        head = format!("{head}, {}", list::stage(convention, place).label());
    }
    let mut lines = vec![head, String::new()];
    outline(&value, 0, &mut lines);
    Ok(Done::lines(lines))
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
