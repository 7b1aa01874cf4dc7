//! `importer convention`: the data that a PDF carries, reviewed, then kept.

use std::path::Path;

use serde_json::{Value, json};

use super::beside::{note_beside, say_beside};
use super::print::{Printed, say};
use super::{Done, Failure, Place};
use crate::exchange::extract::{self, Outcome, Review, Reviewed};
use crate::model::Ids;
use crate::workspace::{Who, Wish};

pub(super) fn convention(
    folder: &Path,
    who: &Who,
    file: &Path,
    simulate: bool,
    as_json: bool,
) -> Result<Done, Failure> {
    let wish = if simulate { Wish::Read } else { Wish::Write };
    let place = Place::open_as(wish, folder, who)?;
    let extract =
        extract::read_file(file).map_err(|error| Failure::file(file, &error.to_string()))?;
    let review = extract::review(
        &extract,
        &place.opened.records,
        place.reference,
        &mut Ids::system(),
        who.now(),
    );

    let mut beside = Vec::new();
    if let Some(change) = review.change.as_ref().filter(|_| !simulate) {
        let workspace = &place.opened.workspace;
        if let Some(lack) = workspace.import(change)?.lack() {
            say(&lack);
        }
        beside = say_beside(workspace);
    }
    Ok(Done::printed(if as_json {
        let mut told = to_json(&review);
        note_beside(&mut told, &beside);
        Printed::Json(told)
    } else {
        Printed::Lines(review.records.iter().map(line).collect())
    }))
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
