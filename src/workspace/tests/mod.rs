//! What is kept, and what becomes of it when things go wrong.

mod erasing;
mod opening;
mod pieces;
mod safekeeping;
mod saving;
mod theirs;

use std::fs;
use std::path::Path;

use chrono::{DateTime, TimeZone, Utc};

use super::layout::Slot;
use super::*;
use crate::model::{Change, Kind, Name, Nature, Partner, Piece, Term};

fn clock() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 12, 3).unwrap()
}

fn who() -> Who {
    Who::new("J. Martin", "PC-RI-04", clock)
}

fn id(last: u64) -> Id {
    format!("019ab3c0-1000-7000-8000-{last:012}")
        .parse()
        .unwrap()
}

fn partner(last: u64, name: &str) -> Record {
    Record::Partner(Partner::new(
        id(last),
        Nature::ForeignAuthority,
        Name::new(name),
    ))
}

fn term(last: u64, text: &str) -> Record {
    let value = serde_json::json!({ "id": id(last), "term": "aect", "text": text });
    Record::from_value(Kind::Term, value).unwrap()
}

fn create() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        ..Authority::default()
    };
    Workspace::create(folder.path(), id(1), &authority, &who()).unwrap();
    folder
}

fn open(folder: &Path) -> Opened {
    Workspace::open(folder, Wish::Write, &who()).unwrap()
}

fn add(workspace: &Workspace, record: Record) {
    workspace.write(&Change::create("Ajouter", record)).unwrap();
}

fn several(records: Vec<Record>) -> Change {
    let edits = records
        .into_iter()
        .flat_map(|record| Change::create("", record).edits)
        .collect();
    Change {
        label: "Importer".to_owned(),
        coalescing: None,
        edits,
    }
}

fn titles(records: &Records) -> Vec<String> {
    records
        .all()
        .map(|record| record.title().to_owned())
        .collect()
}

/// Every file below a folder but the lock's, with its bytes.
fn everything(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().filter_map(Result::ok) {
            let told = fs::symlink_metadata(entry.path()).unwrap();
            if told.is_dir() {
                folders.push(entry.path());
            } else if !entry.path().ends_with("lock") && !entry.path().ends_with("holder.json") {
                let bytes = if told.is_file() {
                    fs::read(entry.path()).unwrap()
                } else {
                    Vec::new()
                };
                all.insert(entry.path().display().to_string(), bytes);
            }
        }
    }
    all
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().filter_map(Result::ok) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}
