//! What a workspace does with a [`Change`]: one record is written with care; several are durable by their journal first,
//! and their files follow.

use std::collections::HashMap;
use std::sync::{MutexGuard, PoisonError};

use super::error::WorkspaceError;
use super::journal::{self, Entry};
use super::json::{self, Unknown};
use super::layout::Slot;
use super::open::Stranger;
use super::{BackedUp, BackupReason, Workspace, disk};
use crate::model::{Change, Edit, Record, RecordId};

/// What is remembered between two writes.
#[derive(Debug)]
pub(super) struct Kept {
    /// Keys that this version does not know, for the records that have some.
    pub(super) unknown: HashMap<RecordId, Unknown>,
    /// What a journal answers for, that is not carried out yet.
    pub(super) pending: Vec<Entry>,
    /// Whether that journal is on the disk for certain: its removal may have failed half-way.
    journalled: bool,
    /// The record that was last written alone, or tried to be.
    last: Option<Entry>,
    /// What somebody else wrote, kept beside its record and not told yet: the copy, and whose it is with its bytes.
    pub(super) beside: Vec<(Stranger, Slot, Vec<u8>)>,
}

impl Kept {
    /// At opening: what was read, and what a journal left that the disk refuses for now.
    pub(super) const fn new(unknown: HashMap<RecordId, Unknown>, pending: Vec<Entry>) -> Self {
        Self {
            unknown,
            pending,
            journalled: false,
            last: None,
            beside: Vec::new(),
        }
    }

    /// Whether that record was the last that was written.
    pub(super) fn wrote_last(&self, slot: Slot) -> bool {
        self.last.as_ref().is_some_and(|last| last.slot == slot)
    }

    /// Whether those bytes are what was last written there.
    pub(super) fn wrote(&self, slot: Slot, bytes: &[u8]) -> bool {
        let last = self.last.as_ref();
        self.wrote_last(slot) && last.is_some_and(|last| last.contents.as_bytes() == bytes)
    }
}

impl Workspace {
    /// Makes a change durable: when this returns, it is on the disk.
    ///
    /// One record is written with care. Several are all there or none: they are durable when their journal is, and
    /// their files follow, at once where a [`Saver`] writes, else with the next change or when this is dropped. What
    /// somebody else wrote in a record since it was read is kept beside it first: [`Workspace::beside`] tells it.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses: then what was saved before is intact, and the same change can be
    /// asked again.
    pub fn write(&self, change: &Change) -> Result<(), WorkspaceError> {
        self.check_writable()?;

        let mut kept = self.kept();
        self.carry_out_pending(&mut kept)?;
        let mut entries = Vec::new();
        for edit in &change.edits {
            if let Some(entry) = self.entry_of(edit, &kept)? {
                self.keep_theirs(edit, &entry, &mut kept)?;
                entries.push(entry);
            }
        }

        match entries.as_slice() {
            [] => {}
            [one] => {
                let path = self.folder.join(one.slot.path());
                if let Some(parent) = path.parent() {
                    disk::make_folder(parent).map_err(WorkspaceError::disk("Créer", parent))?;
                }
                // A try that fails may have written it all the same.
                kept.last = Some(one.clone());
                disk::write_durably(&path, one.contents.as_bytes())
                    .map_err(WorkspaceError::disk("Enregistrer", &path))?;
            }
            several => self.promise(several, &mut kept)?,
        }
        remember_unknown(&entries, &mut kept);
        Ok(())
    }

    /// Makes several entries durable by their journal: from here on they are all there, whenever their files follow.
    ///
    /// # Errors
    /// When the disk refuses: then none of them is.
    pub(super) fn promise(&self, entries: &[Entry], kept: &mut Kept) -> Result<(), WorkspaceError> {
        if let Err(error) = journal::write(&self.folder, entries) {
            // It may have its name already: what is refused is not to be carried out over what follows.
            let _ = journal::discard(&self.folder);
            return Err(error);
        }
        kept.pending = entries.to_vec();
        kept.journalled = true;
        Ok(())
    }

    /// Makes the change of a bulk import durable, after a backup of what is there and once room was found for all of it.
    ///
    /// # Errors
    /// As [`Workspace::write`], or when room is lacking: then nothing is written.
    pub fn import(&self, change: &Change) -> Result<BackedUp, WorkspaceError> {
        self.check_writable()?;
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

    pub(super) fn entry_of(
        &self,
        edit: &Edit,
        kept: &Kept,
    ) -> Result<Option<Entry>, WorkspaceError> {
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

    pub(super) fn carry_out_pending(&self, kept: &mut Kept) -> Result<(), WorkspaceError> {
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
    pub(super) fn kept(&self) -> MutexGuard<'_, Kept> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// # Errors
    /// When it is only read.
    pub(super) fn check_writable(&self) -> Result<(), WorkspaceError> {
        if self.lock.is_some() {
            return Ok(());
        }
        Err(WorkspaceError::ReadOnly {
            folder: self.folder.clone(),
        })
    }
}

pub(super) fn entry(record: &Record, kept: &Kept) -> Result<Entry, WorkspaceError> {
    let unknown = kept.unknown.get(&record.record_id());
    let bytes = json::write(record, unknown).map_err(unwritable(record))?;
    Ok(Entry {
        slot: Slot::of(record),
        contents: String::from_utf8_lossy(&bytes).into_owned(),
    })
}

/// Places of unknown keys move with what is written.
pub(super) fn remember_unknown(entries: &[Entry], kept: &mut Kept) {
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

pub(super) fn unwritable(record: &Record) -> impl FnOnce(serde_json::Error) -> WorkspaceError {
    let title = record.title().to_owned();
    move |error| WorkspaceError::Unwritable {
        title,
        reason: error.to_string(),
    }
}
