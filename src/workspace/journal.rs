//! The journal: what makes a change of several records all or nothing.
//!
//! It is written with care, and from then on the change is durable. The records follow, then one wait for all of them,
//! then the journal goes. It holds kinds and identifiers, never paths, so that a journal from elsewhere cannot
//! write outside the workspace; a torn one has the wrong checksum and counts for nothing.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::disk::{self, Unread};
use super::error::WorkspaceError;
use super::json;
use super::layout::{OURS, Slot};
use super::parallel::in_parallel;
use crate::model::{Id, Kind};

/// A file to write: its place and its bytes, which are a record or say that it was deleted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Entry {
    pub(super) slot: Slot,
    pub(super) contents: String,
}

#[derive(Serialize, Deserialize)]
struct Journal {
    sum: String,
    records: Vec<Line>,
}

#[derive(Serialize, Deserialize)]
struct Line {
    kind: Kind,
    id: Id,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    convention: Option<Id>,
    contents: String,
}

fn path(folder: &Path) -> PathBuf {
    folder.join(OURS).join("journal.json")
}

/// Makes those entries durable, all or none.
pub(super) fn write(folder: &Path, entries: &[Entry]) -> Result<(), WorkspaceError> {
    let records: Vec<Line> = entries
        .iter()
        .map(|entry| Line {
            kind: entry.slot.kind,
            id: entry.slot.id,
            convention: entry.slot.convention,
            contents: entry.contents.clone(),
        })
        .collect();
    let journal = Journal {
        sum: sum(&records),
        records,
    };
    let bytes = serde_json::to_vec(&journal).map_err(|error| WorkspaceError::Unwritable {
        title: "journal".to_owned(),
        reason: error.to_string(),
    })?;

    let path = path(folder);
    disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))
}

/// What a complete journal says is to be written; nothing when there is none, or a torn one.
///
/// # Errors
/// When the disk refuses to read it: to open without it would be to carry it out later, over newer edits.
pub(super) fn read(folder: &Path) -> Result<Vec<Entry>, WorkspaceError> {
    let path = path(folder);
    let bytes = match disk::read_guarded(&path, disk::LONGEST_JOURNAL) {
        Ok(bytes) => bytes,
        Err(Unread::Failed(error)) => return Err(WorkspaceError::disk("Lire", &path)(error)),
        Err(Unread::Missing | Unread::NotAFile(_) | Unread::TooLong(_)) => return Ok(Vec::new()),
    };
    Ok(serde_json::from_slice::<Journal>(&bytes)
        .ok()
        .filter(|journal| sum(&journal.records) == journal.sum)
        .map(|journal| journal.records.into_iter().filter_map(trusted).collect())
        .unwrap_or_default())
}

/// A line that is a record of its slot, or the mark of its deletion.
fn trusted(line: Line) -> Option<Entry> {
    let slot = Slot {
        kind: line.kind,
        id: line.id,
        convention: line.convention,
    };
    let is_ours = Slot::from_path(&slot.path()) == Some(slot);
    (is_ours && json::read(slot, line.contents.as_bytes()).is_ok()).then_some(Entry {
        slot,
        contents: line.contents,
    })
}

/// Writes what a journal holds where it belongs, waits for all of it, and removes the journal.
///
/// Done twice, it leaves the same.
pub(super) fn carry_out(folder: &Path, entries: &[Entry]) -> Result<(), WorkspaceError> {
    let paths: Vec<PathBuf> = entries
        .iter()
        .map(|entry| folder.join(entry.slot.path()))
        .collect();
    let parents: BTreeSet<&Path> = paths.iter().filter_map(|path| path.parent()).collect();
    for parent in parents {
        disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
    }

    let files: Vec<(&PathBuf, &Entry)> = paths.iter().zip(entries).collect();
    in_parallel(&files, |(path, entry)| {
        disk::write_soon(path, entry.contents.as_bytes())
            .map_err(WorkspaceError::disk("Enregistrer", *path))
    })
    .into_iter()
    .collect::<Result<(), _>>()?;

    disk::sync_all(folder).map_err(WorkspaceError::disk("Enregistrer", folder))?;
    discard(folder)
}

/// Removes the journal, and waits: an older one that came back would undo what followed it.
pub(super) fn discard(folder: &Path) -> Result<(), WorkspaceError> {
    let path = path(folder);
    disk::remove_durably(&path).map_err(WorkspaceError::disk("Effacer", &path))
}

/// SHA-256 of the lines, lengths included, in hexadecimal.
fn sum(records: &[Line]) -> String {
    let mut hash = Sha256::new();
    for line in records {
        let slot = Slot {
            kind: line.kind,
            id: line.id,
            convention: line.convention,
        };
        for part in [&slot.path().to_string_lossy(), line.contents.as_str()] {
            hash.update((part.len() as u64).to_be_bytes());
            hash.update(part.as_bytes());
        }
    }
    hexadecimal(&hash.finalize())
}

/// Bytes as lower-case hexadecimal.
pub(super) fn hexadecimal(bytes: &[u8]) -> String {
    use std::fmt::Write;

    bytes.iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(last: u8) -> Entry {
        let id = format!("019ab3c0-1000-7000-8000-0000000001{last:02}");
        let slot = Slot::from_path(Path::new(&format!("terms/{id}.json"))).unwrap();
        Entry {
            slot,
            contents: format!("{{\"id\":\"{id}\"}}"),
        }
    }

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join(OURS)).unwrap();
        folder
    }

    #[test]
    fn a_torn_journal_counts_for_nothing() {
        let folder = folder();
        write(folder.path(), &[entry(1), entry(2)]).unwrap();
        assert_eq!(read(folder.path()).unwrap(), [entry(1), entry(2)]);

        let path = path(folder.path());
        let whole = std::fs::read(&path).unwrap();
        for length in [0, 1, whole.len() / 2, whole.len() - 1] {
            std::fs::write(&path, &whole[..length]).unwrap();
            assert_eq!(read(folder.path()).unwrap(), []);
        }

        let altered = String::from_utf8(whole).unwrap().replace("0102", "0103");
        std::fs::write(&path, altered).unwrap();
        assert_eq!(read(folder.path()).unwrap(), []);
    }

    #[test]
    fn carrying_out_leaves_no_journal() {
        let folder = folder();
        write(folder.path(), &[entry(1), entry(2)]).unwrap();
        carry_out(folder.path(), &read(folder.path()).unwrap()).unwrap();

        assert_eq!(read(folder.path()).unwrap(), []);
        for entry in [entry(1), entry(2)] {
            let written = std::fs::read_to_string(folder.path().join(entry.slot.path())).unwrap();
            assert_eq!(written, entry.contents);
        }
    }
}
