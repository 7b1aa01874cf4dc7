//! What somebody else wrote in a record since it was read: a synchroniser brought a colleague's version, a file was
//! put there by hand. It is kept beside the record before the record is written over, and told as a copy to compare.

use super::error::WorkspaceError;
use super::json::{self, Contents};
use super::layout::Slot;
use super::open::{self, Stranger};
use super::writing::{Kept, unwritable};
use super::{Workspace, disk};
use crate::model::{Edit, Kind};

impl Workspace {
    /// Keeps beside each record that is about to be written what its file holds, where that is neither what the record
    /// was nor what was last written.
    ///
    /// # Errors
    /// When the disk refuses: the records are not to be written then.
    pub(super) fn keep_theirs(
        &self,
        edits: &[Edit],
        kept: &mut Kept,
    ) -> Result<(), WorkspaceError> {
        for edit in edits {
            let Some(slot) = edit.after.as_ref().or(edit.before.as_ref()) else {
                continue;
            };
            let slot = Slot::of(slot);
            let path = self.folder.join(slot.path());
            let Ok(bytes) = disk::read_guarded(&path, disk::LONGEST_RECORD) else {
                continue;
            };
            if kept.wrote(slot, &bytes) || is_what_it_was(slot, &bytes, edit, kept)? {
                continue;
            }
            let copy = self.name_of_copy(slot);
            let beside = path.with_file_name(&copy);
            disk::write_durably(&beside, &bytes).map_err(WorkspaceError::disk(
                "Mettre de côté ce qu’un autre a écrit dans",
                &path,
            ))?;
            kept.beside
                .push(open::stranger(&slot.path().with_file_name(&copy), &copy));
        }
        Ok(())
    }

    /// What was kept beside its record since this was last asked.
    #[must_use]
    pub fn beside(&self) -> Vec<Stranger> {
        std::mem::take(&mut self.kept().beside)
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

/// Whether those bytes say what the record was before the edit, in whatever layout.
fn is_what_it_was(
    slot: Slot,
    bytes: &[u8],
    edit: &Edit,
    kept: &Kept,
) -> Result<bool, WorkspaceError> {
    let Some(before) = &edit.before else {
        // A record that is new, or comes back: a file that says it was deleted holds nothing to keep.
        return Ok(matches!(json::read(slot, bytes), Ok(Contents::Deleted)));
    };
    let unknown = kept.unknown.get(&slot.record());
    let was = json::write(before, unknown).map_err(unwritable(before))?;
    if was == bytes {
        return Ok(true);
    }
    Ok(match json::read(slot, bytes) {
        Ok(Contents::Record(is)) => {
            let is = json::write(&is.record, is.unknown.as_ref()).map_err(unwritable(before))?;
            is == was
        }
        Ok(Contents::Deleted) => true,
        Err(_) => false,
    })
}
