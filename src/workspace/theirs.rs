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
    /// was or becomes nor what was last written.
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
            if kept.wrote(slot, &bytes) || loses_nothing(slot, &bytes, edit, kept)? {
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

/// Whether nothing is lost with those bytes: they say, in whatever layout, what the record was before the edit or
/// becomes by it, or that it was deleted.
fn loses_nothing(
    slot: Slot,
    bytes: &[u8],
    edit: &Edit,
    kept: &Kept,
) -> Result<bool, WorkspaceError> {
    let unknown = kept.unknown.get(&slot.record());
    let ours = [&edit.before, &edit.after]
        .into_iter()
        .flatten()
        .map(|record| json::write(record, unknown).map_err(unwritable(record)))
        .collect::<Result<Vec<_>, _>>()?;
    let is_ours = |bytes: &[u8]| ours.iter().any(|it| it == bytes);
    if is_ours(bytes) {
        return Ok(true);
    }
    Ok(match json::read(slot, bytes) {
        Ok(Contents::Record(is)) => {
            let is =
                json::write(&is.record, is.unknown.as_ref()).map_err(unwritable(&is.record))?;
            is_ours(&is)
        }
        Ok(Contents::Deleted) => true,
        Err(_) => false,
    })
}
