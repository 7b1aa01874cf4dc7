//! Who writes: one at a time. The lock is the system's; a file beside it says who holds it.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::disk;
use super::error::WorkspaceError;
use super::json;
use super::layout::OURS;

/// How long a holder counts where the system refuses locks.
const BELIEVED: Duration = Duration::from_secs(180);

/// How long a holder's card, a request or their like can be.
const LONGEST_CARD: u64 = 64 * 1024;

/// Somebody at a machine: who holds a workspace, who asks for it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Holder {
    /// The user's name on that machine.
    pub user: String,
    /// The machine.
    pub host: String,
    /// Since when.
    pub since: DateTime<Utc>,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}, sur {}, depuis le {}",
            self.user,
            self.host,
            self.since
                .with_timezone(&chrono::Local)
                .format("%d/%m/%Y à %H:%M")
        )
    }
}

/// The right to write, for as long as it lives.
#[derive(Debug)]
pub(super) struct Lock {
    card: PathBuf,
    me: Holder,
    /// Absent where the system refuses locks: the card alone says who writes.
    _file: Option<File>,
}

/// What trying for the lock gives.
#[derive(Debug)]
pub(super) enum Attempt {
    Taken(Lock),
    Held(Option<Holder>),
}

/// Tries once for the lock of that workspace.
pub(super) fn try_take(folder: &Path, me: &Holder) -> Result<Attempt, WorkspaceError> {
    let ours = folder.join(OURS);
    disk::make_folder(&ours).map_err(WorkspaceError::disk("Créer", &ours))?;
    let path = ours.join("lock");
    let file = OpenOptions::new()
        .create(true)
        .truncate(false)
        .write(true)
        .open(&path)
        .map_err(WorkspaceError::disk("Ouvrir", &path))?;

    let file = match file.try_lock() {
        Ok(()) => Some(file),
        Err(TryLockError::WouldBlock) => return Ok(Attempt::Held(holder(folder))),
        Err(TryLockError::Error(_)) => {
            if let Some(other) = believed_holder(folder).filter(|other| other != me) {
                return Ok(Attempt::Held(Some(other)));
            }
            None
        }
    };

    let lock = Lock {
        card: card(folder),
        me: me.clone(),
        _file: file,
    };
    lock.renew()?;
    Ok(Attempt::Taken(lock))
}

/// Who holds the lock, as its card says.
pub(super) fn holder(folder: &Path) -> Option<Holder> {
    read_card(&card(folder))
}

fn believed_holder(folder: &Path) -> Option<Holder> {
    let written = std::fs::symlink_metadata(card(folder))
        .ok()?
        .modified()
        .ok()?;
    let age = SystemTime::now()
        .duration_since(written)
        .unwrap_or_default();
    holder(folder).filter(|_| age < BELIEVED)
}

fn card(folder: &Path) -> PathBuf {
    folder.join(OURS).join("holder.json")
}

fn request(folder: &Path) -> PathBuf {
    folder.join(OURS).join("asked.json")
}

fn read_card(path: &Path) -> Option<Holder> {
    let bytes = disk::read_guarded(path, LONGEST_CARD).ok()?;
    serde_json::from_slice(&bytes).ok()
}

fn write_card(path: &Path, who: &Holder) -> Result<(), WorkspaceError> {
    let bytes = json::pretty(who).map_err(|error| WorkspaceError::Unwritable {
        title: who.user.clone(),
        reason: error.to_string(),
    })?;
    disk::write_soon(path, &bytes).map_err(WorkspaceError::disk("Enregistrer", path))
}

/// Asks the holder for the hand: it is told within a minute. Writes one file, beside the lock.
pub(super) fn ask(folder: &Path, me: &Holder) -> Result<(), WorkspaceError> {
    write_card(&request(folder), me)
}

impl Lock {
    /// Says again that we hold it, once a minute.
    pub(super) fn renew(&self) -> Result<(), WorkspaceError> {
        write_card(&self.card, &self.me)
    }

    /// Who asks for the hand, once.
    pub(super) fn asked(&self, folder: &Path) -> Option<Holder> {
        let path = request(folder);
        let asked = read_card(&path)?;
        let _ = disk::remove_durably(&path);
        Some(asked)
    }
}

impl Drop for Lock {
    /// The lock itself goes with its file; a card that stays is only old.
    fn drop(&mut self) {
        let _ = disk::remove_durably(&self.card);
    }
}
