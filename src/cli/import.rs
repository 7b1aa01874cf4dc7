//! `importer convention`: the data that a PDF carries, reviewed, then kept.

use std::fs;
use std::io::Read as _;
use std::path::Path;

use serde_json::{Value, json};

use super::print::Printed;
use super::{Done, Failure, Place};
use crate::exchange::extract::{self, Outcome, Review, Reviewed};
use crate::model::Ids;
use crate::workspace::{Who, Wish, explain};

/// A longer file is none of ours: what follows is not read.
const MOST_BYTES: u64 = 80 * 1024 * 1024;

pub(super) fn convention(
    folder: &Path,
    who: &Who,
    file: &Path,
    simulate: bool,
    as_json: bool,
) -> Result<Done, Failure> {
    let wish = if simulate { Wish::Read } else { Wish::Write };
    let place = Place::open_as(wish, folder, who)?;
    let bytes = read(file)?;
    let extract = extract::read(&bytes).map_err(|error| Failure::file(file, &error.to_string()))?;
    let review = extract::review(
        &extract,
        &place.opened.records,
        &place.reference,
        &mut Ids::system(),
    );

    if let Some(change) = review.change.as_ref().filter(|_| !simulate) {
        place.opened.workspace.write(change)?;
    }
    Ok(Done::printed(if as_json {
        Printed::Json(to_json(&review))
    } else {
        Printed::Lines(review.records.iter().map(line).collect())
    }))
}

fn read(file: &Path) -> Result<Vec<u8>, Failure> {
    let failed = |error| {
        let why = explain(&error);
        Failure::file(
            file,
            &format!("lire ce fichier a échoué\u{a0}: {why}. Rien n’a été importé."),
        )
    };
    let mut bytes = Vec::new();
    let opened = fs::File::open(file).map_err(failed)?;
    opened
        .take(MOST_BYTES)
        .read_to_end(&mut bytes)
        .map_err(failed)?;
    Ok(bytes)
}

fn line(reviewed: &Reviewed) -> String {
    let name = &reviewed.name;
    match &reviewed.outcome {
        Outcome::Created => format!("créé\u{a0}: {name}"),
        Outcome::Updated(told) => format!("modifié\u{a0}: {name} ({})", told.join("\u{202f}; ")),
        Outcome::Unchanged => format!("inchangé\u{a0}: {name}"),
        Outcome::Refused(why) => format!("refusé\u{a0}: {name} ({why})"),
    }
}

fn to_json(review: &Review) -> Value {
    let count = |wanted: fn(&Outcome) -> bool| {
        let records = review.records.iter();
        records.filter(|it| wanted(&it.outcome)).count()
    };
    let refused: Vec<Value> = (1..)
        .zip(&review.records)
        .filter_map(|(row, reviewed)| match &reviewed.outcome {
            Outcome::Refused(reason) => Some(json!({ "row": row, "reason": reason })),
            _ => None,
        })
        .collect();
    json!({
        "rows": review.records.len(),
        "created": count(|it| *it == Outcome::Created),
        "updated": count(|it| matches!(it, Outcome::Updated(_))),
        "unchanged": count(|it| *it == Outcome::Unchanged),
        "refused": refused,
        "encoding": "utf-8",
    })
}
