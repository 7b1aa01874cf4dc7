//! When archives of the records are made, where they go, and how one is put back.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::backup::{self, Backup, BackupReason};
use super::error::WorkspaceError;
use super::layout::{self, OURS, Slot};
use super::{Workspace, check_empty, disk, journal, json, write_header};
use crate::model::{Edit, Records};

/// An archive that was made.
#[derive(Debug)]
pub struct BackedUp {
    /// The one in the workspace.
    pub backup: Backup,
    /// Its copy in the second place, where there is one: a stick may be elsewhere, a share out of reach.
    pub elsewhere: Option<Result<Backup, WorkspaceError>>,
}

impl BackedUp {
    /// Why the second place has no copy of it, where it should.
    #[must_use]
    pub fn lack(&self) -> Option<String> {
        match &self.elsewhere {
            Some(Err(error)) => Some(format!(
                "La sauvegarde est faite dans l’espace, mais pas au second endroit\u{a0}: {error}"
            )),
            Some(Ok(_)) | None => None,
        }
    }
}

/// What an archive put back.
#[derive(Debug)]
pub struct Restoration {
    /// How many records are back.
    pub back: usize,
    /// What does not read in the archive, each with why. What was there instead stays as it was.
    pub unread: Vec<String>,
    /// The archive of what was there before.
    pub before: BackedUp,
}

/// What a workspace made again from an archive holds.
#[derive(Debug)]
pub struct Revival {
    /// How many records are back.
    pub back: usize,
    /// What does not read in the archive, each with why.
    pub unread: Vec<String>,
}

impl Workspace {
    /// Archives the records now; also in the second place, where there is one.
    ///
    /// # Errors
    /// When the one in the workspace cannot be made: room is lacking, or the disk refuses. That the second place has
    /// none is told by what was made: it is no reason to do without the rest.
    pub fn back_up(&self, reason: BackupReason) -> Result<BackedUp, WorkspaceError> {
        // An archive is made of the files.
        self.carry_out_pending(&mut self.kept())?;
        let now = self.who.now();
        let make = |place: &Path| backup::make(&self.folder, place, reason, now);
        Ok(BackedUp {
            backup: make(&backup::folder(&self.folder))?,
            elsewhere: self.second_place().map(|second| {
                // A stick that is not plugged in is not made a folder of this computer.
                fs::read_dir(&second).map_err(WorkspaceError::disk("Lire", &second))?;
                make(&backup::folder_elsewhere(&second, self.id))
            }),
        })
    }

    /// Archives the records at the first edit of a day.
    ///
    /// # Errors
    /// As [`Workspace::back_up`].
    pub(super) fn back_up_once_a_day(&self) -> Result<Option<BackedUp>, WorkspaceError> {
        if backup::is_done(&backup::folder(&self.folder), self.who.now().date_naive()) {
            return Ok(None);
        }
        self.back_up(BackupReason::Daily).map(Some)
    }

    /// The archives kept in the workspace, oldest first.
    #[must_use]
    pub fn backups(&self) -> Vec<Backup> {
        backup::list(&backup::folder(&self.folder))
    }

    /// When the last archive elsewhere was made: `None` without a second place, or before the first.
    #[must_use]
    pub fn last_copy_elsewhere(&self) -> Option<DateTime<Utc>> {
        let now = self.who.now();
        backup::list(&backup::folder_elsewhere(&self.second_place()?, self.id))
            .iter()
            .map(|backup| backup.at)
            .filter(|at| *at <= now)
            .max()
    }

    /// The folder, on a share or a stick, where archives go too.
    #[must_use]
    pub fn second_place(&self) -> Option<PathBuf> {
        let bytes = disk::read_guarded(&self.second_place_file(), disk::LONGEST_RECORD).ok()?;
        let value: Value = serde_json::from_slice(&bytes).ok()?;
        value.get("folder")?.as_str().map(PathBuf::from)
    }

    /// Sets that folder, and makes it where it is not there; `None` forgets it.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses.
    pub fn set_second_place(&self, folder: Option<&Path>) -> Result<(), WorkspaceError> {
        let path = self.second_place_file();
        self.check_writable()?;
        let Some(folder) = folder else {
            return disk::remove_durably(&path).map_err(WorkspaceError::disk("Effacer", &path));
        };
        // It is found again from wherever one is.
        let folder = std::path::absolute(folder).map_err(WorkspaceError::disk("Lire", folder))?;
        disk::make_folder(&folder).map_err(WorkspaceError::disk("Créer", &folder))?;
        let bytes = json::pretty(&serde_json::json!({ "folder": folder.to_string_lossy() }))
            .map_err(|error| WorkspaceError::disk("Enregistrer", &path)(error.into()))?;
        disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))
    }

    fn second_place_file(&self) -> PathBuf {
        self.folder.join(OURS).join("second-place.json")
    }

    /// Makes a workspace again from an archive of it, where the folder itself is lost: in one that is not there or is
    /// empty. Pieces are in no archive. Open it to see what is back.
    ///
    /// # Errors
    /// When the folder holds anything, the archive cannot be trusted, or the disk refuses: then the folder is no
    /// workspace yet.
    pub fn revive(folder: &Path, archive: &Path) -> Result<Revival, WorkspaceError> {
        check_empty(folder)?;
        let restored = backup::read(archive)?;

        let ours = folder.join(OURS);
        disk::make_folder(&ours).map_err(WorkspaceError::disk("Créer", &ours))?;
        journal::carry_out(folder, &restored.entries)?;
        write_reference(folder, &restored.reference)?;
        // Last, for it is what makes the folder a workspace.
        write_header(folder, &restored.header)?;
        Ok(Revival {
            back: restored.back(),
            unread: restored.unread(),
        })
    }

    /// Puts back the records of an archive, all or none, after archiving what is there. `records` is what the workspace
    /// holds now: what the archive has not is marked deleted. Open again to see what is back.
    ///
    /// # Errors
    /// When the archive cannot be trusted or is of another workspace, when it is only read, or the disk refuses.
    pub fn restore(&self, file: &Path, records: &Records) -> Result<Restoration, WorkspaceError> {
        self.check_writable()?;
        let restored = backup::read(file)?;
        if restored.id != self.id {
            return Err(WorkspaceError::Backup {
                file: file.to_owned(),
                reason: "elle vient d’un autre espace de travail".to_owned(),
            });
        }

        let before = self.back_up(BackupReason::Restore)?;
        let mut kept = self.kept();
        self.carry_out_pending(&mut kept)?;
        let mut entries = restored.entries.clone();
        let unread = restored.unread.iter().map(|(slot, _)| *slot);
        let archived: HashSet<Slot> = entries.iter().map(|it| it.slot).chain(unread).collect();
        for record in records.all() {
            if !archived.contains(&Slot::of(record)) {
                let gone = Edit {
                    record: record.record_id(),
                    before: Some(record.clone()),
                    after: None,
                };
                entries.extend(self.entry_of(&gone, &kept)?);
            }
        }
        self.promise(&entries, &mut kept)?;
        // They are back; files that the disk refuses now follow with the next change.
        let _ = self.carry_out_pending(&mut kept);

        write_reference(&self.folder, &restored.reference)?;
        Ok(Restoration {
            back: restored.back(),
            unread: restored.unread(),
            before,
        })
    }
}

/// The department's corrections of what ships, put back.
fn write_reference(folder: &Path, files: &[(String, Vec<u8>)]) -> Result<(), WorkspaceError> {
    for (name, bytes) in files {
        let path = folder.join(layout::REFERENCE).join(name);
        if let Some(parent) = path.parent() {
            disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
        }
        disk::write_durably(&path, bytes).map_err(WorkspaceError::disk("Enregistrer", &path))?;
    }
    Ok(())
}
