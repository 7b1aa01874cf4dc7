//! The workspace: a folder of plain JSON (`workspace-format.md`), read into [`Records`] and written by [`Change`]s.
//!
//! Nothing else reads or writes that folder. What is saved is on the disk, through a power cut; what cannot be read is
//! named, kept and left in place; who writes is alone. It knows nothing of conventions or of screens.
//!
//! [`Workspace::open`] gives the records; [`Saver`] keeps what becomes of them. The window and the command line both go
//! through these two.

mod attachment;
mod backup;
mod disk;
mod elsewhere;
mod erase;
mod error;
mod file_type;
mod journal;
mod json;
mod layout;
mod lock;
mod migrate;
mod open;
mod parallel;
mod saver;
mod surroundings;
mod who;

#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

pub use attachment::{Attached, LONGEST_PIECE, PieceReport, PieceState, hash};
pub use backup::{Backup, BackupReason};
pub use elsewhere::{Seen, look};
pub use erase::Erased;
pub use error::{WorkspaceError, explain};
pub use file_type::FileType;
pub use lock::Holder;
pub use open::{Damaged, Stranger};
pub use saver::{Event, Saver, Urgency};
pub use surroundings::Surroundings;
pub use who::Who;

use self::journal::Entry;
use self::json::Unknown;
use self::layout::{OURS, Slot, WORKSPACE};
use self::lock::{Attempt, Lock};
use crate::model::{Authority, Change, Difference, Edit, Id, Piece, Record, RecordId, Records};

/// What one wants of a workspace.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wish {
    /// To read: takes no lock, writes nothing at all.
    Read,
    /// To write, or to read when somebody else writes: a window.
    WriteOrRead,
    /// To write, waiting two seconds for whoever does: a command.
    Write,
}

/// What one has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// The lock is ours.
    Writing,
    /// Nothing is written.
    Reading {
        /// Who holds the lock, where somebody does.
        held_by: Option<Holder>,
    },
}

/// How long a command waits for the lock.
const PATIENCE: Duration = Duration::from_secs(2);

/// A workspace, open.
#[derive(Debug)]
pub struct Workspace {
    folder: PathBuf,
    id: Id,
    who: Who,
    lock: Option<Lock>,
    access: Access,
    kept: Mutex<Kept>,
}

/// What is remembered between two writes.
#[derive(Debug, Default)]
struct Kept {
    /// Keys that this version does not know, for the records that have some.
    unknown: HashMap<RecordId, Unknown>,
    /// What a journal answers for, that is not carried out yet.
    pending: Vec<Entry>,
    /// Whether that journal is on the disk for certain: its removal may have failed half-way.
    journalled: bool,
}

/// A workspace that was opened, with what it holds and what was noticed.
#[derive(Debug)]
pub struct Opened {
    /// The workspace.
    pub workspace: Workspace,
    /// What it holds.
    pub records: Records,
    /// What was noticed.
    pub report: Report,
}

/// What was noticed at opening.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Report {
    /// Files that could not be read.
    pub damaged: Vec<Damaged>,
    /// Files that are not records.
    pub strangers: Vec<Stranger>,
    /// The records that a journal brought back after a hard stop.
    pub recovered: Vec<RecordId>,
    /// The format that it was lifted from.
    pub lifted_from: Option<u64>,
    /// What changes because of where it lies.
    pub notice: Option<String>,
}

impl Workspace {
    /// Opens a folder, named by its path or by that of its `workspace.json`.
    ///
    /// With the lock, what a hard stop left is put right: the journal carried out, our temporary files swept
    /// away, damaged files copied once to `.passerelle/rescue`, an older format lifted after a backup. Without
    /// it, the same is done in memory and nothing is written.
    ///
    /// # Errors
    /// When it is no workspace, one of a newer format, or held by somebody else where `wish` is [`Wish::Write`]; when
    /// what a hard stop left to be done cannot be read.
    pub fn open(folder: &Path, wish: Wish, who: &Who) -> Result<Opened, WorkspaceError> {
        let folder = &layout::folder_named(folder);
        open::header(folder)?;
        let (lock, access) = Self::take(folder, wish, who)?;

        let header = open::header(folder)?;
        let entries = journal::read(folder)?;
        let mut report = Report {
            recovered: entries.iter().map(|entry| entry.slot.record()).collect(),
            notice: Surroundings::of(folder).notice(),
            ..Report::default()
        };
        let mut kept = Kept::default();
        let mut over = entries.as_slice();
        if lock.is_some() {
            open::sweep(folder);
            if !entries.is_empty() {
                match journal::carry_out(folder, &entries) {
                    Ok(()) => over = &[],
                    // It is durable: it is carried out with the next change.
                    Err(_) => kept.pending.clone_from(&entries),
                }
            }
        }

        let found = open::read_all(folder, header.version, over);
        let workspace = Self {
            folder: folder.to_owned(),
            id: header.id,
            who: who.clone(),
            lock,
            access,
            kept: Mutex::new(Kept {
                unknown: found.unknown,
                ..kept
            }),
        };
        if header.version < open::VERSION {
            report.lifted_from = Some(header.version);
        }
        if workspace.lock.is_some() {
            open::rescue(folder, &found.damaged);
            if header.version < open::VERSION {
                workspace.lift(&found.records)?;
            }
        }
        report.damaged = found.damaged;
        report.strangers = found.strangers;

        Ok(Opened {
            workspace,
            records: Records::from_records(found.records),
            report,
        })
    }

    /// Makes a new workspace in a folder that is not there, or is empty.
    ///
    /// # Errors
    /// When the folder holds anything, or cannot be written. What was there stays.
    pub fn create(
        folder: &Path,
        id: Id,
        authority: &Authority,
        who: &Who,
    ) -> Result<(), WorkspaceError> {
        if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
            return Err(WorkspaceError::NotEmpty {
                folder: folder.to_owned(),
            });
        }
        let ours = folder.join(OURS);
        disk::make_folder(&ours).map_err(WorkspaceError::disk("Créer", folder))?;

        let record = Record::Authority(authority.clone());
        let path = folder.join("authority.json");
        let bytes = json::write(&record, None).map_err(unwritable(&record))?;
        disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))?;
        // Last, for it is what makes the folder a workspace.
        write_header(folder, &open::new_header(id, who.today()))
    }

    fn take(
        folder: &Path,
        wish: Wish,
        who: &Who,
    ) -> Result<(Option<Lock>, Access), WorkspaceError> {
        let reading = |held_by| (None, Access::Reading { held_by });
        if wish == Wish::Read {
            return Ok(reading(None));
        }

        let begun = Instant::now();
        loop {
            match (lock::try_take(folder, &who.holder()), wish) {
                (Ok(Attempt::Taken(lock)), _) => return Ok((Some(lock), Access::Writing)),
                (Ok(Attempt::Held(held_by)), Wish::WriteOrRead) => return Ok(reading(held_by)),
                (Ok(Attempt::Held(_)), _) if begun.elapsed() < PATIENCE => {
                    std::thread::sleep(Duration::from_millis(50));
                }
                (Ok(Attempt::Held(holder)), _) => {
                    return Err(WorkspaceError::Held {
                        folder: folder.to_owned(),
                        holder,
                    });
                }
                // A folder that cannot be written can still be read.
                (Err(_), Wish::WriteOrRead) => return Ok(reading(None)),
                (Err(error), _) => return Err(error),
            }
        }
    }

    /// Writes every record in today's format, after a backup.
    fn lift(&self, records: &[Record]) -> Result<(), WorkspaceError> {
        self.back_up(BackupReason::Migration)?;
        let entries = {
            let kept = self.kept();
            records
                .iter()
                .map(|record| entry(record, &kept))
                .collect::<Result<Vec<_>, _>>()?
        };
        journal::write(&self.folder, &entries)?;
        journal::carry_out(&self.folder, &entries)?;

        let path = self.folder.join(WORKSPACE);
        let mut header: Value = fs::read(&path)
            .map_err(WorkspaceError::disk("Lire", &path))
            .and_then(|bytes| {
                serde_json::from_slice(&bytes).map_err(|error| WorkspaceError::NotAWorkspace {
                    folder: self.folder.clone(),
                    reason: error.to_string(),
                })
            })?;
        if let Some(version) = header.get_mut("version") {
            *version = json!(open::VERSION);
        }
        write_header(&self.folder, &header)
    }

    /// Its identifier.
    #[must_use]
    pub const fn id(&self) -> Id {
        self.id
    }

    /// Its folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Whether we write.
    #[must_use]
    pub const fn access(&self) -> &Access {
        &self.access
    }

    /// In whose name it is open.
    #[must_use]
    pub const fn who(&self) -> &Who {
        &self.who
    }

    /// Makes a change durable: when this returns, it is on the disk.
    ///
    /// One record is written with care. Several are all there or none: they are durable when their journal is, and
    /// their files follow, at once where a [`Saver`] writes, else with the next change or when this is dropped. What
    /// the records were is not looked at: whoever changes them has merged.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses: then what was saved before is intact, and the same change can be
    /// asked again.
    pub fn write(&self, change: &Change) -> Result<(), WorkspaceError> {
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }

        let mut kept = self.kept();
        self.carry_out_pending(&mut kept)?;
        let entries = change
            .edits
            .iter()
            .filter_map(|edit| self.entry_of(edit, &kept).transpose())
            .collect::<Result<Vec<_>, _>>()?;

        match entries.as_slice() {
            [] => {}
            [one] => {
                let path = self.folder.join(one.slot.path());
                if let Some(parent) = path.parent() {
                    disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
                }
                disk::write_durably(&path, one.contents.as_bytes())
                    .map_err(WorkspaceError::disk("Enregistrer", &path))?;
            }
            several => {
                if let Err(error) = journal::write(&self.folder, several) {
                    // It may have its name already: what is refused is not to be carried out over what follows.
                    let _ = journal::discard(&self.folder);
                    return Err(error);
                }
                kept.pending = several.to_vec();
                kept.journalled = true;
            }
        }
        remember_unknown(&entries, &mut kept);
        Ok(())
    }

    /// Makes the change of a bulk import durable, after a backup of what is there and once room was found for all of it.
    ///
    /// # Errors
    /// As [`Workspace::write`], or when room is lacking: then nothing is written.
    pub fn import(&self, change: &Change) -> Result<Backup, WorkspaceError> {
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }
        self.find_room(change)?;
        let backup = self.back_up(BackupReason::Import)?;
        // The backup took some of it.
        self.find_room(change)?;
        self.write(change)?;
        Ok(backup)
    }

    /// A change is written twice: in its journal, then in files that fill whole blocks.
    fn find_room(&self, change: &Change) -> Result<(), WorkspaceError> {
        const BLOCK: u64 = 4096;
        let kept = self.kept();
        let mut needed = BLOCK;
        for edit in &change.edits {
            if let Some(entry) = self.entry_of(edit, &kept)? {
                let bytes = entry.contents.len() as u64;
                needed += bytes + bytes / 4 + bytes.next_multiple_of(BLOCK);
            }
        }
        match disk::free_space(&self.folder) {
            Some(free) if free < needed => Err(WorkspaceError::NoRoom {
                folder: self.folder.clone(),
                needed,
                free,
            }),
            _ => Ok(()),
        }
    }

    fn entry_of(&self, edit: &Edit, kept: &Kept) -> Result<Option<Entry>, WorkspaceError> {
        match (&edit.before, &edit.after) {
            (_, Some(after)) => entry(after, kept).map(Some),
            (Some(before), None) => {
                let slot = Slot::of(before);
                let bytes =
                    json::deleted(slot, self.who.today()).map_err(unwritable(before.as_ref()))?;
                Ok(Some(Entry {
                    slot,
                    contents: String::from_utf8_lossy(&bytes).into_owned(),
                }))
            }
            (None, None) => Ok(None),
        }
    }

    /// Carries out a journal, where one waits. Nothing is lost if the disk refuses: it is tried again.
    pub(super) fn settle(&self) {
        let _ = self.carry_out_pending(&mut self.kept());
    }

    fn carry_out_pending(&self, kept: &mut Kept) -> Result<(), WorkspaceError> {
        if !kept.pending.is_empty() {
            if !kept.journalled {
                journal::write(&self.folder, &kept.pending)?;
            }
            kept.journalled = false;
            journal::carry_out(&self.folder, &kept.pending)?;
            kept.pending.clear();
        }
        Ok(())
    }

    /// A lock that a panic poisoned still guards plain maps, each whole.
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Keeps the bytes of a piece, once by content, and says their hash.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses.
    pub fn attach(&self, bytes: &[u8]) -> Result<String, WorkspaceError> {
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }
        attachment::keep(&self.folder, bytes)
    }

    /// Keeps a file of this computer, to be cited by a piece.
    ///
    /// # Errors
    /// When it is no regular file, is empty or too long; when the workspace is only read, or the disk refuses.
    pub fn attach_file(&self, file: &Path) -> Result<Attached, WorkspaceError> {
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }
        attachment::keep_file(&self.folder, file)
    }

    /// Whether the file of a piece is there, without reading it.
    #[must_use]
    pub fn piece_state(&self, piece: &Piece) -> PieceState {
        attachment::state(&self.folder, piece)
    }

    /// Copies the file of a piece into a folder, under its own name and not to be written, so that it is opened. Its
    /// hash is checked first.
    ///
    /// # Errors
    /// When its file is missing or is not the one that was kept; when the disk refuses.
    pub fn copy_piece(&self, piece: &Piece, into: &Path) -> Result<PathBuf, WorkspaceError> {
        attachment::copy_out(&self.folder, piece, into)
    }

    /// The file that keeps the bytes of that hash, there or not.
    #[must_use]
    pub fn attachment(&self, sha256: &str) -> PathBuf {
        attachment::path(&self.folder, sha256)
    }

    /// The bytes of the piece of that hash; nothing when it is not there, is no regular file or is longer than asked.
    #[must_use]
    pub fn piece(&self, sha256: &str, longest: u64) -> Option<Vec<u8>> {
        disk::read_guarded(&self.attachment(sha256), longest).ok()
    }

    /// Compares the pieces that these records cite with the files that are kept.
    #[must_use]
    pub fn check_pieces(&self, records: &Records) -> PieceReport {
        attachment::report(&self.folder, records)
    }

    /// What a copy that was found among the records says otherwise than the record that it copies, field by field:
    /// `before` is the record's, `after` the copy's. Nothing when they agree, or when the copy does not read.
    #[must_use]
    pub fn compare(&self, copy: &Stranger, records: &Records) -> Vec<Difference> {
        open::compare(&self.folder, copy, records)
    }

    /// The record that a copy found among the records holds, where it reads.
    #[must_use]
    pub fn copy(&self, copy: &Stranger) -> Option<Record> {
        open::copy(&self.folder, copy)
    }

    /// The department's corrections of what ships: `reference/*.json` by name, and those that do not read.
    #[must_use]
    pub fn corrections(&self) -> (Vec<(String, Value)>, Vec<Damaged>) {
        open::corrections(&self.folder)
    }

    /// Archives the records now; also in the second place, where there is one.
    ///
    /// # Errors
    /// When room is lacking or the disk refuses. The archive in the workspace is made first.
    pub fn back_up(&self, reason: BackupReason) -> Result<Backup, WorkspaceError> {
        // An archive is made of the files.
        self.carry_out_pending(&mut self.kept())?;
        let now = self.who.now();
        let made = backup::make(&self.folder, &backup::folder(&self.folder), reason, now)?;
        if let Some(second) = self.second_place() {
            backup::make(&self.folder, &second, reason, now)?;
        }
        Ok(made)
    }

    /// Archives the records at the first edit of a day.
    ///
    /// # Errors
    /// As [`Workspace::back_up`].
    pub(super) fn back_up_once_a_day(&self) -> Result<(), WorkspaceError> {
        if backup::is_done(&backup::folder(&self.folder), self.who.now().date_naive()) {
            return Ok(());
        }
        self.back_up(BackupReason::Daily).map(|_| ())
    }

    /// The archives kept in the workspace, oldest first.
    #[must_use]
    pub fn backups(&self) -> Vec<Backup> {
        backup::list(&backup::folder(&self.folder))
    }

    /// When the last archive elsewhere was made: `None` without a second place, or before the first.
    #[must_use]
    pub fn last_copy_elsewhere(&self) -> Option<DateTime<Utc>> {
        backup::list(&self.second_place()?)
            .last()
            .map(|backup| backup.at)
    }

    /// The folder, on a share or a stick, where archives go too.
    #[must_use]
    pub fn second_place(&self) -> Option<PathBuf> {
        let bytes = disk::read_guarded(&self.second_place_file(), disk::LONGEST_RECORD).ok()?;
        let value: Value = serde_json::from_slice(&bytes).ok()?;
        value.get("folder")?.as_str().map(PathBuf::from)
    }

    /// Sets that folder; `None` forgets it.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses.
    pub fn set_second_place(&self, folder: Option<&Path>) -> Result<(), WorkspaceError> {
        let path = self.second_place_file();
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }
        let Some(folder) = folder else {
            return disk::remove_durably(&path).map_err(WorkspaceError::disk("Effacer", &path));
        };
        let bytes = json::pretty(&json!({ "folder": folder.to_string_lossy() }))
            .map_err(|error| WorkspaceError::disk("Enregistrer", &path)(error.into()))?;
        disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))
    }

    fn second_place_file(&self) -> PathBuf {
        self.folder.join(OURS).join("second-place.json")
    }

    /// Puts back the records of an archive, all or none, after archiving what is there. `records` is what the workspace
    /// holds now: what the archive has not is marked deleted. Returns how many records are back; open again to see
    /// them.
    ///
    /// # Errors
    /// When the archive cannot be trusted or is of another workspace, when it is only read, or the disk refuses.
    pub fn restore(&self, file: &Path, records: &Records) -> Result<usize, WorkspaceError> {
        if self.lock.is_none() {
            return Err(WorkspaceError::ReadOnly {
                folder: self.folder.clone(),
            });
        }
        let restored = backup::read(file)?;
        if restored.id != self.id {
            return Err(WorkspaceError::Backup {
                file: file.to_owned(),
                reason: "elle vient d’un autre espace de travail".to_owned(),
            });
        }

        self.back_up(BackupReason::Restore)?;
        let mut kept = self.kept();
        self.carry_out_pending(&mut kept)?;
        let mut entries = restored.entries;
        let back = entries.iter().filter(|it| backup::is_record(it)).count();
        for record in records.all() {
            let slot = Slot::of(record);
            if !entries.iter().any(|entry| entry.slot == slot) {
                let gone = Edit {
                    record: record.record_id(),
                    before: Some(record.clone()),
                    after: None,
                };
                entries.extend(self.entry_of(&gone, &kept)?);
            }
        }
        journal::write(&self.folder, &entries)?;
        journal::carry_out(&self.folder, &entries)?;

        for (name, bytes) in restored.reference {
            let path = self.folder.join(layout::REFERENCE).join(name);
            if let Some(parent) = path.parent() {
                disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
            }
            disk::write_durably(&path, &bytes)
                .map_err(WorkspaceError::disk("Enregistrer", &path))?;
        }
        Ok(back)
    }

    /// Asks whoever holds the lock for the hand: it is told within a minute.
    ///
    /// # Errors
    /// When the folder cannot be written at all.
    pub fn ask_for_the_hand(&self) -> Result<(), WorkspaceError> {
        lock::ask(&self.folder, &self.who.holder())
    }

    /// Once a minute: says that we still hold the lock, and who asks for it.
    pub(super) fn renew(&self) -> Option<Holder> {
        let lock = self.lock.as_ref()?;
        // A card that cannot be written is only old; the lock itself holds.
        let _ = lock.renew();
        lock.asked(&self.folder)
    }
}

impl Drop for Workspace {
    fn drop(&mut self) {
        self.settle();
    }
}

fn entry(record: &Record, kept: &Kept) -> Result<Entry, WorkspaceError> {
    let unknown = kept.unknown.get(&record.record_id());
    let bytes = json::write(record, unknown).map_err(unwritable(record))?;
    Ok(Entry {
        slot: Slot::of(record),
        contents: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// Places of unknown keys move with what is written.
fn remember_unknown(entries: &[Entry], kept: &mut Kept) {
    for entry in entries {
        let name = RecordId {
            kind: entry.slot.kind,
            id: entry.slot.id,
        };
        if kept.unknown.contains_key(&name) {
            match json::read(entry.slot, entry.contents.as_bytes()) {
                Ok(json::Contents::Record(read)) if read.unknown.is_some() => {
                    kept.unknown.extend(read.unknown.map(|it| (name, it)));
                }
                _ => drop(kept.unknown.remove(&name)),
            }
        }
    }
}

fn unwritable(record: &Record) -> impl FnOnce(serde_json::Error) -> WorkspaceError {
    let title = record.title().to_owned();
    move |error| WorkspaceError::Unwritable {
        title,
        reason: error.to_string(),
    }
}

fn write_header(folder: &Path, header: &Value) -> Result<(), WorkspaceError> {
    let path = folder.join(WORKSPACE);
    let bytes = json::pretty(header)
        .map_err(|error| WorkspaceError::disk("Enregistrer", &path)(error.into()))?;
    disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))
}
