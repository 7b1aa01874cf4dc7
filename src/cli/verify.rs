//! `verifier`: whether the files are whole, and what the drafts still miss.

use serde_json::{Map, Value, json};

use super::print::Printed;
use super::{Done, Failure, Place, find};
use crate::check::{self, Finding, Subject};
use crate::model::{Kind, RecordId, quoted};
use crate::workspace::PieceReport;

pub(super) fn run(convention: Option<&str>, place: &Place, json: bool) -> Result<Done, Failure> {
    let records = &place.opened.records;
    let report = &place.opened.report;
    let findings = match convention {
        Some(id) => {
            let name = find::record(records, &[Kind::Convention], id)?.record_id();
            let subject = Subject::Convention(name.id);
            check::review(subject, records, place.reference, place.today)
        }
        None => check::review_all(records, place.reference, place.today),
    };
    let pieces = place.opened.workspace.check_pieces(records);

    // A piece whose bytes changed is a damaged file like another.
    let damaged = !report.damaged.is_empty() || !pieces.altered.is_empty();
    let fails = damaged || findings.iter().any(Finding::blocks);
    let printed = if json {
        Printed::Json(as_json(place, &findings, &pieces))
    } else {
        Printed::Lines(as_lines(place, &findings, &pieces))
    };
    Ok(Done::Printed {
        printed,
        code: u8::from(fails),
    })
}

/// Why the file of a piece is damaged.
const ALTERED: &str = "son contenu a changé";

/// The file of a piece of that hash, from the workspace's folder.
fn piece(sha256: &str) -> String {
    format!("attachments/{sha256}")
}

fn as_json(place: &Place, findings: &[Finding], pieces: &PieceReport) -> Value {
    let report = &place.opened.report;
    let count = |kind| place.opened.records.count(kind);

    json!({
        "records": {
            "partners": count(Kind::Partner),
            "contacts": count(Kind::Contact),
            "conventions": count(Kind::Convention),
            "versions": count(Kind::Version),
            "budgets": count(Kind::Budget),
            "terms": count(Kind::Term),
            "clauses": count(Kind::Clause),
            "postings": count(Kind::Posting),
        },
        "damaged": report.damaged.iter().map(|it| {
            let mut value = Map::new();
            value.insert("file".to_owned(), json!(it.file));
            if let Some(line) = it.line {
                value.insert("line".to_owned(), json!(line));
            }
            value.insert("reason".to_owned(), json!(it.reason));
            Value::Object(value)
        }).chain(pieces.altered.iter().map(|name| {
            json!({ "file": piece(name), "reason": ALTERED })
        })).collect::<Vec<_>>(),
        "strangers": report.strangers.iter().map(|it| {
            json!({ "file": it.file, "copy_of": it.copy_of, "reason": it.reason })
        }).collect::<Vec<_>>(),
        "pieces": {
            "missing": pieces.missing.iter().map(|(record, title, sha256)| {
                json!({ "kind": record.kind, "id": record.id, "title": title, "sha256": sha256 })
            }).collect::<Vec<_>>(),
            "altered": pieces.altered,
            "orphans": pieces.orphans,
        },
        "findings": findings.iter().map(finding).collect::<Vec<_>>(),
    })
}

fn finding(finding: &Finding) -> Value {
    let mut subject = Map::new();
    subject.insert("kind".to_owned(), json!(finding.subject.kind()));
    subject.insert("id".to_owned(), json!(finding.subject.id()));
    if let Some(year) = finding.subject.year() {
        subject.insert("year".to_owned(), json!(year));
    }

    let mut value = json!({
        "rule": finding.rule,
        "severity": finding.severity.code(),
        "subject": subject,
        "place": place(finding),
        "message": finding.message,
        "basis": finding.basis,
        "fix": finding.fix.is_some(),
    });
    if let (Some(set_aside), Some(value)) = (&finding.set_aside, value.as_object_mut()) {
        value.insert("set_aside".to_owned(), json!(set_aside));
    }
    value
}

fn place(finding: &Finding) -> Value {
    let place = &finding.place;
    let mut value = Map::new();
    value.insert("kind".to_owned(), json!(place.record.kind));
    value.insert("id".to_owned(), json!(place.record.id));
    let mut say = |key: &str, said: Option<Value>| {
        if let Some(said) = said {
            value.insert(key.to_owned(), said);
        }
    };
    say("field", place.field.map(|it| json!(it)));
    say("item", place.item.map(|it| json!(it)));
    say("language", place.language.as_ref().map(|it| json!(it)));
    say("paragraph", place.paragraph.map(|it| json!(it)));
    say(
        "range",
        place.range.as_ref().map(|it| json!([it.start, it.end])),
    );
    Value::Object(value)
}

fn as_lines(place: &Place, findings: &[Finding], pieces: &PieceReport) -> Vec<String> {
    let report = &place.opened.report;
    let mut lines = Vec::new();

    for file in &report.damaged {
        lines.push(format!("▲ {}\u{a0}: {}", file.name(), file.reason));
    }
    for file in &report.strangers {
        lines.push(format!("◆ {}\u{a0}: {}", file.file, file.reason));
    }
    for (_, title, _) in &pieces.missing {
        lines.push(format!(
            "◆ pièce {}\u{a0}: son fichier manque",
            quoted(title)
        ));
    }
    for name in &pieces.altered {
        lines.push(format!("▲ {}\u{a0}: {ALTERED}", piece(name)));
    }
    if !pieces.orphans.is_empty() {
        lines.push(format!(
            "○ {} pièces que rien ne cite",
            pieces.orphans.len()
        ));
    }
    for finding in findings {
        lines.push(told(place, finding));
    }

    let blocking = findings.iter().filter(|it| it.blocks()).count();
    lines.push(format!(
        "{} fiches lues, {} fichiers endommagés, {} points à vérifier dont {blocking} bloquants.",
        place.opened.records.all().count(),
        report.damaged.len() + pieces.altered.len(),
        findings.len(),
    ));
    lines
}

fn told(place: &Place, finding: &Finding) -> String {
    let kind = match finding.subject {
        Subject::Convention(_) => Kind::Convention,
        Subject::Budget(_) => Kind::Budget,
        Subject::Body(_) | Subject::BodyYear(..) => Kind::Partner,
        Subject::Authority(_) => Kind::Authority,
    };
    let name = RecordId {
        kind,
        id: finding.subject.id(),
    };
    let title = place
        .opened
        .records
        .get(name)
        .map(|record| record.title().to_owned())
        .unwrap_or_default();
    let year = finding
        .subject
        .year()
        .map(|year| format!(", {year}"))
        .unwrap_or_default();
    let aside = finding
        .set_aside
        .as_ref()
        .map(|it| {
            format!(
                " [écarté le {} par {}, {}\u{a0}: {}]",
                it.date.format("%d/%m/%Y"),
                it.by,
                it.function,
                it.reason
            )
        })
        .unwrap_or_default();
    format!(
        "{} {}\u{a0}– {title}{year}\u{a0}: {}{aside} ({})",
        finding.severity.mark(),
        finding.severity.label(),
        finding.message,
        finding.rule
    )
}
