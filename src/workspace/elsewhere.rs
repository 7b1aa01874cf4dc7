//! A workspace seen from outside, and a copy of it made elsewhere: what does not go through opening it.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use super::disk;
use super::error::WorkspaceError;
use super::layout::{ATTACHMENTS, OURS, REFERENCE, Slot, WORKSPACE};
use super::lock::{self, Holder};
use super::{Workspace, check_empty, entry, open};
use crate::model::Records;

/// What a folder looks like from outside.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Seen {
    /// There is no such folder: it moved, or its drive is not there.
    Missing,
    /// It is there, and is no workspace that this version opens.
    Unopenable,
    /// Somebody has it open.
    Held(Option<Holder>),
    /// It can be opened.
    Free,
}

/// Looks at a folder without opening it: nothing is written, no record is read.
#[must_use]
pub fn look(folder: &Path) -> Seen {
    if !folder.is_dir() {
        return Seen::Missing;
    }
    if open::header(folder).is_err() {
        return Seen::Unopenable;
    }
    // Shared, and let go at once: nobody who opens it meanwhile is refused for long enough to matter.
    let lock = File::open(folder.join(OURS).join("lock"));
    match lock.map(|file| file.try_lock_shared()) {
        Ok(Err(TryLockError::WouldBlock)) => Seen::Held(lock::holder(folder)),
        _ => Seen::Free,
    }
}

impl Workspace {
    /// Writes those records, as they are in memory, as a workspace in another folder that is not there or is empty:
    /// what saving could not put in its place is safe there. Pieces and corrections are copied as they can be read;
    /// answers how many could not.
    ///
    /// # Errors
    /// When the folder holds anything, or cannot be written.
    pub fn save_elsewhere(
        &self,
        folder: &Path,
        records: &Records,
    ) -> Result<usize, WorkspaceError> {
        check_empty(folder)?;
        disk::make_folder(folder).map_err(WorkspaceError::disk("Créer", folder))?;
        for record in records.all() {
            let written = entry(record, &self.kept())?;
            let path = folder.join(Slot::of(record).path());
            if let Some(parent) = path.parent() {
                disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
            }
            disk::write_durably(&path, written.contents.as_bytes())
                .map_err(WorkspaceError::disk("Enregistrer", &path))?;
        }
        let lost = [ATTACHMENTS, REFERENCE]
            .into_iter()
            .map(|name| copy_files(&self.folder.join(name), &folder.join(name)))
            .sum();
        // Last, for it is what makes the folder a workspace.
        super::write_header(folder, &open::new_header(self.id, self.who.today()))?;
        debug_assert!(folder.join(WORKSPACE).exists());
        Ok(lost)
    }
}

/// Copies the plain files of a folder; answers how many could not be.
fn copy_files(from: &Path, to: &Path) -> usize {
    let files = fs::read_dir(from).into_iter().flatten().flatten();
    files
        .filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))
        .filter(|entry| {
            let copied = disk::make_folder(to)
                .and_then(|()| fs::copy(entry.path(), to.join(entry.file_name())));
            copied.is_err()
        })
        .count()
}
