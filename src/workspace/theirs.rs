//! What somebody else wrote in a record since it was read: a synchroniser brought a colleague's version, a file was
//! put there by hand. It is kept beside the record before the record is written over, and told as a copy to compare.

use std::io;

use super::disk::Unread;
use super::error::WorkspaceError;
use super::journal::Entry;
use super::json::{self, Contents};
use super::layout::Slot;
use super::open::{self, Stranger};
use super::writing::{Kept, unwritable};
use super::{Workspace, disk};
use crate::model::{Edit, Kind, Record};

impl Workspace {
    /// Keeps beside a record that is about to be written what its file holds, where that is neither what the record was
    /// or becomes nor what was last written.
    ///
    /// # Errors
    /// When the disk refuses, or a file there cannot be read: the record is not to be written then.
    pub(super) fn keep_theirs(
        &self,
        edit: &Edit,
        entry: &Entry,
        kept: &mut Kept,
    ) -> Result<(), WorkspaceError> {
        let slot = entry.slot;
        let path = self.folder.join(slot.path());
        let bytes = match disk::read_guarded(&path, disk::LONGEST_RECORD) {
            Ok(bytes) => bytes,
            Err(Unread::Missing) => return Ok(()),
            Err(Unread::Failed(error)) => {
                return Err(WorkspaceError::disk("Relire", &path)(error));
            }
            // Longer than a record may be, or no file: what is there is not written over unread.
            Err(_) if kept.wrote_last(slot) => return Ok(()),
            Err(unread) => {
                let error = io::Error::other(open::said(&unread));
                return Err(WorkspaceError::disk("Enregistrer", &path)(error));
            }
        };
        // A write that failed is tried again: what was in its way is kept already.
        let is_beside = (kept.beside.iter()).any(|(_, of, kept)| *of == slot && *kept == bytes);
        let is_ours = bytes == entry.contents.as_bytes() || kept.wrote(slot, &bytes);
        if is_beside || is_ours || loses_nothing(slot, &bytes, edit, kept)? {
            return Ok(());
        }
        let copy = self.name_of_copy(slot);
        let beside = path.with_file_name(&copy);
        disk::write_durably(&beside, &bytes).map_err(WorkspaceError::disk(
            "Mettre de côté ce qu’un autre a écrit dans",
            &path,
        ))?;
        let copy = open::stranger(&slot.path().with_file_name(&copy), &copy);
        kept.beside.push((copy, slot, bytes));
        Ok(())
    }

    /// What was kept beside its record since this was last asked. It is asked once the change is durable.
    #[must_use]
    pub fn beside(&self) -> Vec<Stranger> {
        let kept = std::mem::take(&mut self.kept().beside);
        kept.into_iter().map(|(copy, ..)| copy).collect()
    }

    /// The name of a copy made now, which no copy has yet.
    fn name_of_copy(&self, slot: Slot) -> String {
        let stem = match slot.kind {
            Kind::Authority => "authority".to_owned(),
            _ => slot.id.to_string(),
        };
        let now = self.who.now().format("%Y-%m-%d %H-%M-%S");
        let folder = self.folder.join(slot.path());
        let mut names = (1..).map(|rank| match rank {
            1 => format!("{stem} (autre version, {now}).json"),
            rank => format!("{stem} (autre version, {now}, {rank}).json"),
        });
        let is_free = |name: &String| !folder.with_file_name(name).exists();
        names.find(is_free).unwrap_or_default()
    }
}

/// Whether nothing is lost with those bytes: they say, in whatever layout, what the record was before the edit or
/// becomes by it, or that it was deleted.
fn loses_nothing(
    slot: Slot,
    bytes: &[u8],
    edit: &Edit,
    kept: &Kept,
) -> Result<bool, WorkspaceError> {
    let there = match json::read(slot, bytes) {
        Ok(Contents::Record(there)) => there,
        Ok(Contents::Deleted) => return Ok(true),
        Err(_) => return Ok(false),
    };
    let unknown = kept.unknown.get(&slot.record());
    let ours = [&edit.before, &edit.after];
    let ours = ours.into_iter().flatten();
    let says_all = there.unknown.is_none() && unknown.is_none();
    if says_all && ours.clone().any(|record| **record == there.record) {
        return Ok(true);
    }
    // What is written of two records says whether they are one, whatever is empty in either.
    let written =
        |record: &Record, unknown| json::write(record, unknown).map_err(unwritable(record));
    let theirs = written(&there.record, there.unknown.as_ref())?;
    for record in ours {
        if written(record, unknown)? == theirs {
            return Ok(true);
        }
    }
    Ok(false)
}
