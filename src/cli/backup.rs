//! `sauvegarder` and `restaurer`.

use std::path::Path;

use super::{Done, Failure};
use crate::workspace::{BackupReason, Who, Wish, Workspace};

pub(super) fn make(folder: &Path, second: Option<&Path>, who: &Who) -> Result<Done, Failure> {
    let workspace = Workspace::open(folder, Wish::Write, who)?.workspace;
    if second.is_some() {
        workspace.set_second_place(second)?;
    }
    let backup = workspace.back_up(BackupReason::Asked)?;

    let mut lines = vec![format!("Sauvegarde faite\u{a0}: {}", backup.file.display())];
    if let Some(second) = workspace.second_place() {
        lines.push(format!("Copiée aussi dans\u{a0}: {}", second.display()));
    }
    Ok(Done::lines(lines))
}

pub(super) fn restore(folder: &Path, file: &Path, who: &Who) -> Result<Done, Failure> {
    let opened = Workspace::open(folder, Wish::Write, who)?;
    let count = opened.workspace.restore(file, &opened.records)?;

    Ok(Done::lines([format!(
        "{count} fiches remises depuis «\u{a0}{}\u{a0}». L’état précédent est dans la dernière sauvegarde.",
        file.display()
    )]))
}
