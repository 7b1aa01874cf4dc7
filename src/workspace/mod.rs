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
mod safekeeping;
mod saver;
mod surroundings;
mod theirs;
mod who;
mod writing;

#[cfg(test)]
mod tests;

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use serde_json::{Value, json};

pub use attachment::{Attached, LONGEST_PIECE, PieceReport, PieceState, hash};
pub use backup::{Backup, BackupReason};
pub use elsewhere::{Seen, look};
pub use erase::Erased;
pub use error::{WorkspaceError, explain};
pub use file_type::FileType;
pub use lock::Holder;
pub use open::{Damaged, Stranger, Survey};
pub use safekeeping::{BackedUp, Restoration, Revival};
pub use saver::{Event, Saver, Urgency};
pub use surroundings::Surroundings;
pub use who::Who;

use self::layout::{OURS, WORKSPACE};
use self::lock::{Attempt, Lock};
use self::writing::{Kept, entry, unwritable};
use crate::model::{Authority, Contact, Difference, Id, Record, RecordId, Records};

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
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Report {
    /// Files that could not be read.
    pub damaged: Vec<Damaged>,
    /// Files that are not records.
    pub strangers: Vec<Stranger>,
    /// The records that a journal brought back after a hard stop.
    pub recovered: Vec<RecordId>,
    /// The person whose erasure a hard stop interrupted: files and archives may still name it. Told to whoever can finish.
    pub erasing: Option<Contact>,
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
        let mut pending = Vec::new();
        let mut over = entries.as_slice();
        if lock.is_some() {
            open::sweep(folder);
            if !entries.is_empty() {
                match journal::carry_out(folder, &entries) {
                    Ok(()) => over = &[],
                    // It is durable: it is carried out with the next change.
                    Err(_) => pending.clone_from(&entries),
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
            kept: Mutex::new(Kept::new(found.unknown, pending)),
        };
        if header.version < open::VERSION {
            report.lifted_from = Some(header.version);
        }
        if workspace.lock.is_some() {
            report.erasing = erase::under_way(folder);
            open::rescue(folder, &found.damaged);
            if header.version < open::VERSION {
                workspace.lift(&found.records)?;
            }
        }
        report.damaged = found.damaged;
        report.strangers = found.strangers;

        Ok(Opened {
            workspace,
            records: Records::from_records(found.records)
                .beside_unread(report.damaged.iter().filter_map(|it| it.record)),
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
        check_empty(folder)?;
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
                let bytes = json::without_mark(&bytes);
                serde_json::from_slice(bytes).map_err(|error| WorkspaceError::NotAWorkspace {
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

    /// Looks again at what lies in the folder: what cannot be read, what is no record, which pieces of these records
    /// are missing.
    #[must_use]
    pub fn survey(&self, records: &Records) -> Survey {
        let version = open::header(&self.folder).map_or(open::VERSION, |header| header.version);
        let found = open::read_all(&self.folder, version, &[]);
        let mut damaged = found.damaged;
        damaged.extend(self.corrections().1);
        Survey {
            damaged,
            strangers: found.strangers,
            missing: self.missing_pieces(records),
        }
    }

    /// The pieces that those records cite and whose file is not there: the record, and what the piece is called.
    #[must_use]
    pub fn missing_pieces(&self, records: &Records) -> Vec<(RecordId, String)> {
        let missing = |record: &Arc<Record>| {
            let pieces = record.pieces().into_iter();
            let missing = pieces.filter(|piece| self.piece_state(piece) == PieceState::Missing);
            let name = record.record_id();
            missing
                .map(|piece| (name, piece.title.clone()))
                .collect::<Vec<_>>()
        };
        records.all().flat_map(missing).collect()
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

/// A workspace is made where there is nothing.
fn check_empty(folder: &Path) -> Result<(), WorkspaceError> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(WorkspaceError::NotEmpty {
            folder: folder.to_owned(),
        });
    }
    Ok(())
}

fn write_header(folder: &Path, header: &Value) -> Result<(), WorkspaceError> {
    let path = folder.join(WORKSPACE);
    let bytes = json::pretty(header)
        .map_err(|error| WorkspaceError::disk("Enregistrer", &path)(error.into()))?;
    disk::write_durably(&path, &bytes).map_err(WorkspaceError::disk("Enregistrer", &path))
}
