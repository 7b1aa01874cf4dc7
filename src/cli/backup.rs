//! `sauvegarder` and `restaurer`.

use std::fs;
use std::path::Path;

use super::print::say;
use super::{Done, Failure};
use crate::workspace::{BackedUp, BackupReason, Who, Wish, Workspace};

pub(super) fn make(folder: &Path, second: Option<&Path>, who: &Who) -> Result<Done, Failure> {
    let workspace = Workspace::open(folder, Wish::Write, who)?.workspace;
    if second.is_some() {
        workspace.set_second_place(second)?;
    }
    let BackedUp { backup, elsewhere } = workspace.back_up(BackupReason::Asked)?;

    let mut lines = vec![format!("Sauvegarde faite\u{a0}: {}", backup.file.display())];
    match elsewhere {
        None => {}
        Some(Ok(copy)) => {
            lines.push(format!("Copiée aussi dans\u{a0}: {}", copy.file.display()));
        }
        // What was asked is two copies.
        Some(Err(error)) => {
            lines.iter().for_each(|line| say(line));
            return Err(error.into());
        }
    }
    Ok(Done::lines(lines))
}

pub(super) fn restore(folder: &Path, file: &Path, who: &Who) -> Result<Done, Failure> {
    let is_lost = fs::read_dir(folder).map_or(!folder.exists(), |mut it| it.next().is_none());
    if is_lost {
        return revive(folder, file);
    }
    let opened = Workspace::open(folder, Wish::Write, who)?;
    let restored = opened.workspace.restore(file, &opened.records)?;
    tell_unread(&restored.unread);
    if let Some(lack) = restored.before.lack() {
        say(&lack);
    }

    Ok(Done::lines([format!(
        "{} fiches remises depuis «\u{a0}{}\u{a0}». L’état précédent est dans la dernière sauvegarde.",
        restored.back,
        file.display()
    )]))
}

/// A workspace whose folder is lost is made again.
fn revive(folder: &Path, file: &Path) -> Result<Done, Failure> {
    let revived = Workspace::revive(folder, file)?;
    tell_unread(&revived.unread);

    Ok(Done::lines([format!(
        "Espace refait dans «\u{a0}{}\u{a0}» depuis «\u{a0}{}\u{a0}»\u{a0}: {} fiches. Les pièces jointes ne sont pas dans \
         une sauvegarde\u{a0}: remettez-y le dossier «\u{a0}attachments\u{a0}» s’il vous en reste une copie.",
        folder.display(),
        file.display(),
        revived.back
    )]))
}

fn tell_unread(unread: &[String]) {
    for file in unread {
        say(&format!(
            "Illisible dans la sauvegarde, laissé de côté\u{a0}: {file}"
        ));
    }
}
