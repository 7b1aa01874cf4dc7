//! Erasing a person from what is on the disk beyond the records in memory: keys that this version does not know, copies
//! left by a synchroniser, damaged files and their rescue, the department's corrections, the archives here and in the
//! second place.
//!
//! The records themselves are cleansed by the change of an [`Erasure`], written first. Each file is replaced whole, and a
//! mark in the folder says who is being erased until all are: what a hard stop interrupts is told at the next opening,
//! done again and goes on.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::disk::{self, Unread};
use super::error::{WorkspaceError, explain};
use super::journal::Entry;
use super::layout::{self, ATTACHMENTS, OURS, REFERENCE, Slot};
use super::writing::{Kept, remember_unknown};
use super::{Workspace, backup, json, open};
use crate::model::{Contact, Erasure, Id, Kind};

/// How the name of a mark begins, in the folder that is ours; its identifier follows. It holds the person as it was
/// known.
const UNDER_WAY: &str = "erasing-";

/// Longer is no mark of ours.
const LONGEST_MARK: u64 = 256 * 1024;

/// What was cleansed, and what is for somebody to look at.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Erased {
    /// How many archives were rewritten.
    pub archives: usize,
    /// What could not be read, and so may still name the person: a file, and why.
    pub unread: Vec<String>,
    /// Pieces whose own text names the person, by hash. They are proofs: only somebody can say what becomes of them.
    pub pieces: Vec<String>,
}

/// A person whose erasure was begun in that folder and not finished, the first of them.
pub(super) fn under_way(folder: &Path) -> Option<Contact> {
    let is_mark = |entry: &fs::DirEntry| entry.file_name().to_string_lossy().starts_with(UNDER_WAY);
    let ours = folder.join(OURS);
    let marks = entries(&ours).filter(is_mark);
    let mut marks: Vec<PathBuf> = marks.map(|entry| entry.path()).collect();
    marks.sort_unstable();
    marks.iter().find_map(|mark| {
        let bytes = disk::read_guarded(mark, LONGEST_MARK).ok()?;
        serde_json::from_slice(&bytes).ok()
    })
}

fn mark(folder: &Path, person: Id) -> PathBuf {
    folder.join(OURS).join(format!("{UNDER_WAY}{person}.json"))
}

impl Workspace {
    /// Marks that a person is being erased, before its records are: should the rest be interrupted, the next opening
    /// tells it ([`super::Report::erasing`]).
    ///
    /// # Errors
    /// When it is only read, or the disk refuses.
    pub fn begin_erasing(&self, erasure: &Erasure) -> Result<(), WorkspaceError> {
        self.check_writable()?;
        let mark = mark(&self.folder, erasure.person);
        let write = json::pretty(&erasure.who)
            .map_err(std::io::Error::from)
            .and_then(|bytes| disk::write_durably(&mark, &bytes));
        write.map_err(WorkspaceError::disk("Enregistrer", &mark))
    }

    /// Erases a person from the files, once the change of that erasure is written. Done twice, it leaves the same.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses: then it is to be asked again. What was cleansed stays so.
    pub fn erase(&self, erasure: &Erasure) -> Result<Erased, WorkspaceError> {
        self.begin_erasing(erasure)?;
        let mut kept = self.kept();
        self.carry_out_pending(&mut kept)?;
        open::sweep(&self.folder);

        let mut erased = Erased::default();
        for path in files(&self.folder) {
            self.cleanse(&path, erasure, &mut kept, &mut erased)?;
        }
        drop(kept);
        rescue(&self.folder, erasure)?;
        backup::cleanse(&backup::folder(&self.folder), erasure, &mut erased)?;
        if let Some(second) = self.second_place() {
            if !second.is_dir() {
                erased.unread.push(format!(
                    "second endroit «\u{a0}{}\u{a0}»\u{a0}: il n’est pas à portée",
                    second.display()
                ));
            }
            let archives = backup::folder_elsewhere(&second, self.id);
            backup::cleanse(&archives, erasure, &mut erased)?;
        }
        let mark = mark(&self.folder, erasure.person);
        disk::remove_durably(&mark).map_err(WorkspaceError::disk("Effacer", &mark))?;
        erased.pieces = pieces(&self.folder, erasure);
        Ok(erased)
    }

    /// Cleanses one file, by its path from the folder.
    fn cleanse(
        &self,
        path: &Path,
        erasure: &Erasure,
        kept: &mut Kept,
        erased: &mut Erased,
    ) -> Result<(), WorkspaceError> {
        let file = self.folder.join(path);
        let mut unread = |why: &str| {
            let told = format!("{}\u{a0}: {why}", open::shown(path));
            erased.unread.push(told);
        };
        let bytes = match disk::read_guarded(&file, disk::LONGEST_RECORD) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Ok(()),
            Err(Unread::NotAFile(what)) => {
                unread(what);
                return Ok(());
            }
            Err(Unread::TooLong(_)) => {
                unread("il est trop long pour être relu");
                return Ok(());
            }
            Err(Unread::Failed(error)) => {
                unread(&explain(&error));
                return Ok(());
            }
        };
        let Ok(text) = String::from_utf8(bytes) else {
            unread("ce n’est pas du texte");
            return Ok(());
        };
        let slot = Slot::from_path(path);
        if slot.is_none() && is_copy_of(path, erasure.person) {
            return disk::remove_durably(&file).map_err(WorkspaceError::disk("Effacer", &file));
        }
        let kind = kind_of(path);
        let Some(clean) = cleansed(&text, kind, erasure) else {
            return Ok(());
        };
        disk::write_durably(&file, clean.as_bytes())
            .map_err(WorkspaceError::disk("Enregistrer", &file))?;
        if let Some(slot) = slot {
            let entry = Entry {
                slot,
                contents: clean,
            };
            remember_unknown(&[entry], kept);
        }
        Ok(())
    }
}

/// The text of a file of that kind without the person; nothing when it did not name it, or is part of an act.
pub(super) fn cleansed(text: &str, kind: Option<Kind>, erasure: &Erasure) -> Option<String> {
    // What is escaped is seen only once it is read.
    if !erasure.is_named_in(text) && !text.contains("\\u") {
        return None;
    }
    let Ok(mut value) = serde_json::from_str::<Value>(text) else {
        return erasure.cleanse_text(text);
    };
    let changed = match kind {
        Some(kind) => erasure.cleanse(kind, &mut value),
        None => erasure.cleanse_value(&mut value),
    };
    let bytes = changed.then(|| json::pretty(&value).ok()).flatten()?;
    String::from_utf8(bytes).ok()
}

/// The kind of what lies in that folder.
pub(super) fn kind_of(path: &Path) -> Option<Kind> {
    let folder = path.iter().next()?.to_str()?;
    match folder {
        "authority.json" => Some(Kind::Authority),
        folder => layout::kind_of(folder),
    }
}

/// Whether a file that is no record seems to be a copy of that contact.
fn is_copy_of(path: &Path, person: Id) -> bool {
    kind_of(path) == Some(Kind::Contact)
        && path
            .file_name()
            .is_some_and(|name| name.to_string_lossy().contains(&person.to_string()))
}

/// Every file of ours that holds text, by its path from the folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files = vec![PathBuf::from("authority.json")];
    let mut folders: Vec<PathBuf> = Kind::ALL
        .into_iter()
        .filter_map(layout::folder_of)
        .chain([REFERENCE])
        .map(PathBuf::from)
        .collect();
    while let Some(inner) = folders.pop() {
        for entry in entries(&folder.join(&inner)) {
            let path = inner.join(entry.file_name());
            match entry.file_type() {
                Ok(kind) if kind.is_dir() => folders.push(path),
                _ => files.push(path),
            }
        }
    }
    files.sort_unstable();
    files
}

fn entries(folder: &Path) -> impl Iterator<Item = fs::DirEntry> {
    fs::read_dir(folder)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
}

/// Copies of damaged files that name the person go: the files themselves were cleansed in place.
fn rescue(folder: &Path, erasure: &Erasure) -> Result<(), WorkspaceError> {
    for entry in entries(&folder.join(OURS).join("rescue")) {
        let file = entry.path();
        let Ok(bytes) = disk::read_guarded(&file, disk::LONGEST_JOURNAL) else {
            continue;
        };
        if erasure.is_named_in(&String::from_utf8_lossy(&bytes)) {
            disk::remove_durably(&file).map_err(WorkspaceError::disk("Effacer", &file))?;
        }
    }
    Ok(())
}

/// The pieces whose own text, where it is plain, names the person.
fn pieces(folder: &Path, erasure: &Erasure) -> Vec<String> {
    let mut named: Vec<String> = entries(&folder.join(ATTACHMENTS))
        .filter(|entry| {
            disk::read_guarded(&entry.path(), disk::LONGEST_RECORD)
                .is_ok_and(|bytes| erasure.is_named_in(&String::from_utf8_lossy(&bytes)))
        })
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    named.sort_unstable();
    named
}
