//! Backups: archives of the records, made before what could go wrong and once a day. Pieces are not in them: they
//! never change, and are removed only when nothing cites them.
//!
//! An archive that comes back is hostile: its names are those that we write or it is refused, what it inflates to is
//! counted, and nothing is written before all of it has been read. A file that was damaged when it was archived still
//! is: it is named and left out, and the others come back.

use std::ffi::OsStr;
use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::{Path, PathBuf};

use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

use super::disk::{self, Unread};
use super::erase::{self, Erased};
use super::error::WorkspaceError;
use super::journal::Entry;
use super::json::{self, Contents};
use super::layout::{self, OURS, REFERENCE, Slot, WORKSPACE};
use super::migrate;
use super::open::{self, VERSION};
use crate::model::{Erasure, Id, Kind};

/// How many archives stay in one place.
const KEPT: usize = 10;

/// The most that one archive holds once inflated, and by how much more than its own length: what is written is bound
/// by the first as what is read is. Twenty years of a large department's versions are a tenth of it.
const LARGEST: u64 = 1024 * 1024 * 1024;
const RATIO: u64 = 1024;

/// What an archive's name says of its time.
const STAMP: &str = "%Y-%m-%dT%H-%M-%SZ";

/// Why a backup was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BackupReason {
    /// The first edit of the day.
    Daily,
    /// Somebody asked.
    Asked,
    /// Before the format is lifted.
    Migration,
    /// Before a bulk import.
    Import,
    /// Before a merge.
    Merge,
    /// Before a backup is restored over what is there.
    Restore,
}

impl BackupReason {
    const fn word(self) -> &'static str {
        match self {
            Self::Daily => "quotidienne",
            Self::Asked => "demandee",
            Self::Migration => "avant-migration",
            Self::Import => "avant-import",
            Self::Merge => "avant-fusion",
            Self::Restore => "avant-restauration",
        }
    }
}

/// An archive in a folder of backups.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Backup {
    /// Its path.
    pub file: PathBuf,
    /// When it was made.
    pub at: DateTime<Utc>,
}

pub(super) fn folder(workspace: &Path) -> PathBuf {
    workspace.join(OURS).join("backups")
}

/// Where the archives of that workspace lie in a second place, which several workspaces may share.
pub(super) fn folder_elsewhere(second: &Path, workspace: Id) -> PathBuf {
    second.join(format!("passerelle-{workspace}"))
}

/// The archives of a folder, oldest first.
pub(super) fn list(backups: &Path) -> Vec<Backup> {
    let mut list: Vec<Backup> = fs::read_dir(backups)
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
        .filter_map(|entry| {
            let name = entry.file_name().to_string_lossy().into_owned();
            let stem = name.strip_suffix(".zip")?;
            let (at, _) = NaiveDateTime::parse_and_remainder(stem, STAMP).ok()?;
            Some(Backup {
                file: entry.path(),
                at: at.and_utc(),
            })
        })
        .collect();
    // Of two of one second the second has a longer name.
    list.sort_by_key(|backup| {
        let name = backup.file.file_stem().map(OsStr::to_owned);
        (backup.at, name)
    });
    list
}

/// Archives the records of a workspace into a folder of backups, and removes the oldest beyond ten.
pub(super) fn make(
    workspace: &Path,
    backups: &Path,
    reason: BackupReason,
    now: DateTime<Utc>,
) -> Result<Backup, WorkspaceError> {
    let bytes = archive(workspace)?;
    disk::make_folder(backups).map_err(WorkspaceError::disk("Créer", backups))?;

    let needed = bytes.len() as u64 + 1024 * 1024;
    if let Some(free) = disk::free_space(backups).filter(|free| *free < needed) {
        return Err(WorkspaceError::NoRoom {
            folder: backups.to_owned(),
            needed,
            free,
        });
    }

    let file = free_name(backups, &format!("{}-{}", now.format(STAMP), reason.word()));
    disk::write_durably(&file, &bytes).map_err(WorkspaceError::disk("Enregistrer", &file))?;

    for old in superseded(list(backups), &file, now) {
        let _ = disk::remove_durably(&old.file);
    }
    Ok(Backup { file, at: now })
}

/// A name that no archive bears: two imports of one second leave two.
fn free_name(backups: &Path, stem: &str) -> PathBuf {
    let numbered = (2..).map(|number| backups.join(format!("{stem}-{number}.zip")));
    std::iter::once(backups.join(format!("{stem}.zip")))
        .chain(numbered)
        .find(|file| !file.exists())
        .unwrap_or_else(|| backups.join(format!("{stem}.zip")))
}

/// The archives that the one just made leaves no place for: first those of a clock that ran ahead, then the oldest.
fn superseded(mut others: Vec<Backup>, made: &Path, now: DateTime<Utc>) -> Vec<Backup> {
    others.retain(|backup| backup.file != made);
    others.sort_by_key(|backup| (backup.at <= now, backup.at));
    others.truncate((others.len() + 1).saturating_sub(KEPT));
    others
}

/// Every file that is a record, and `workspace.json`, as an archive: the same bytes for the same files.
///
/// One that the disk does not give fails it, for to restore an archive is to delete what it has not.
fn archive(workspace: &Path) -> Result<Vec<u8>, WorkspaceError> {
    let mut read = Vec::new();
    let mut size = 0;
    for name in files(workspace)? {
        let path = workspace.join(&name);
        match disk::read_guarded(&path, disk::LONGEST_RECORD) {
            Ok(bytes) => {
                size += bytes.len() as u64;
                if size > LARGEST {
                    return Err(WorkspaceError::TooLarge {
                        folder: workspace.to_owned(),
                        most: LARGEST,
                    });
                }
                read.push((name, bytes));
            }
            Err(Unread::Failed(error)) => return Err(WorkspaceError::disk("Lire", &path)(error)),
            // What is no regular file, or too long, is no record: it stays where it is.
            Err(Unread::Missing | Unread::NotAFile(_) | Unread::TooLong(_)) => {}
        }
    }
    zipped(read).map_err(WorkspaceError::disk("Archiver", workspace))
}

/// The files that an archive holds, by their names in it, in order.
fn files(workspace: &Path) -> Result<Vec<String>, WorkspaceError> {
    let mut files = vec![WORKSPACE.to_owned(), "authority.json".to_owned()];
    let mut folders: Vec<String> = Kind::ALL
        .into_iter()
        .filter_map(layout::folder_of)
        .map(str::to_owned)
        .collect();
    folders.push(REFERENCE.to_owned());
    for (name, is_folder) in names(workspace, "versions")? {
        if is_folder {
            folders.push(format!("versions/{name}"));
        }
    }

    for folder in folders {
        for (name, _) in names(workspace, &folder)? {
            let path = format!("{folder}/{name}");
            if is_archived(&path) {
                files.push(path);
            }
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// The names in a folder, and whether each is itself a folder; none where there is no such folder.
fn names(workspace: &Path, folder: &str) -> Result<Vec<(String, bool)>, WorkspaceError> {
    use std::io::ErrorKind;

    let path = workspace.join(folder);
    let entries = match fs::read_dir(&path) {
        Ok(entries) => entries,
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
            return Ok(Vec::new());
        }
        Err(error) => return Err(WorkspaceError::disk("Lire", path)(error)),
    };
    entries
        .map(|entry| {
            let entry = entry?;
            let name = entry.file_name().to_string_lossy().into_owned();
            Ok((name, entry.file_type()?.is_dir()))
        })
        .collect::<std::io::Result<_>>()
        .map_err(WorkspaceError::disk("Lire", path))
}

/// Whether a file of that name belongs in an archive.
fn is_archived(name: &str) -> bool {
    name == WORKSPACE || Slot::from_path(Path::new(name)).is_some() || reference(name).is_some()
}

/// The file of `reference/` that a name is: letters, digits and `_`, then `.json`.
fn reference(name: &str) -> Option<&str> {
    let file = name.strip_prefix(REFERENCE)?.strip_prefix('/')?;
    let stem = file.strip_suffix(".json")?;
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '_';
    (!stem.is_empty() && stem.chars().all(plain)).then_some(file)
}

/// What an archive would put back.
pub(super) struct Restored {
    /// The workspace that it was made of.
    pub(super) id: Id,
    /// What its `workspace.json` said, in today's version.
    pub(super) header: Value,
    pub(super) entries: Vec<Entry>,
    pub(super) reference: Vec<(String, Vec<u8>)>,
    /// What does not read in it: the slot, and why.
    pub(super) unread: Vec<(Slot, String)>,
}

impl Restored {
    /// How many records it puts back: marks of deletion are none.
    pub(super) fn back(&self) -> usize {
        let is_record = |entry: &&Entry| {
            matches!(
                json::read(entry.slot, entry.contents.as_bytes()),
                Ok(Contents::Record(_))
            )
        };
        self.entries.iter().filter(is_record).count()
    }

    /// What does not read, for a person: each file with why.
    pub(super) fn unread(&self) -> Vec<String> {
        let unread = self.unread.iter();
        unread
            .map(|(slot, why)| format!("{}\u{a0}: {why}", open::shown(&slot.path())))
            .collect()
    }
}

/// Reads an archive whole. Nothing is written; an archive with one entry that is none of ours is refused.
pub(super) fn read(file: &Path) -> Result<Restored, WorkspaceError> {
    let refused = |reason: String| WorkspaceError::Backup {
        file: file.to_owned(),
        reason,
    };
    let bytes = disk::read_guarded(file, LARGEST).map_err(|unread| match unread {
        Unread::Failed(error) => WorkspaceError::disk("Lire", file)(error),
        Unread::Missing => WorkspaceError::disk("Lire", file)(std::io::ErrorKind::NotFound.into()),
        Unread::NotAFile(what) => refused(what.to_owned()),
        Unread::TooLong(_) => refused("elle est trop longue".to_owned()),
    })?;

    let room = LARGEST.min((bytes.len() as u64).saturating_mul(RATIO));
    let files = inflate(bytes, room).map_err(refused)?;
    let (id, version, mut header) = files
        .iter()
        .find(|(name, _)| name == WORKSPACE)
        .and_then(|(_, bytes)| told(bytes))
        .ok_or_else(|| refused("elle ne dit pas de quel espace elle vient".to_owned()))?;
    if version > VERSION {
        return Err(refused(
            "elle vient d’une version plus récente de Passerelle".to_owned(),
        ));
    }

    if let Some(version) = header.get_mut("version") {
        *version = VERSION.into();
    }

    let mut restored = Restored {
        id,
        header,
        entries: Vec::new(),
        reference: Vec::new(),
        unread: Vec::new(),
    };
    for (name, bytes) in files {
        if name == WORKSPACE {
            continue;
        }
        if let Some(file) = reference(&name) {
            restored.reference.push((file.to_owned(), bytes));
        } else if let Some(slot) = Slot::from_path(Path::new(&name)) {
            match lifted(slot, bytes, version) {
                Ok(contents) => restored.entries.push(Entry { slot, contents }),
                Err(reason) => restored.unread.push((slot, reason)),
            }
        }
    }
    Ok(restored)
}

/// The entries of an archive, each name one that we write, `room` bytes in all at most.
fn inflate(bytes: Vec<u8>, mut room: u64) -> Result<Vec<(String, Vec<u8>)>, String> {
    let mut zip =
        ZipArchive::new(Cursor::new(bytes)).map_err(|_| "ce n’est pas une archive".to_owned())?;
    let mut files = Vec::new();

    for index in 0..zip.len() {
        let mut entry = zip
            .by_index(index)
            .map_err(|_| "elle est endommagée".to_owned())?;
        let name = entry
            .name()
            .map_err(|_| "elle est endommagée".to_owned())?
            .into_owned();
        if !is_archived(&name) {
            return Err(format!(
                "elle contient «\u{a0}{}\u{a0}», qui n’est pas d’une sauvegarde",
                name.escape_debug().take(80).collect::<String>()
            ));
        }

        let most = room.min(disk::LONGEST_RECORD);
        let mut inflated = Vec::new();
        (&mut entry)
            .take(most + 1)
            .read_to_end(&mut inflated)
            .map_err(|_| format!("«\u{a0}{name}\u{a0}» y est endommagé"))?;
        if inflated.len() as u64 > most {
            return Err("elle contient plus qu’une sauvegarde ne peut contenir".to_owned());
        }
        room -= inflated.len() as u64;
        files.push((name, inflated));
    }
    Ok(files)
}

/// Which workspace, of which version, and the whole of what its `workspace.json` says.
fn told(bytes: &[u8]) -> Option<(Id, u64, Value)> {
    let value: Value = serde_json::from_slice(json::without_mark(bytes)).ok()?;
    Some((
        value.get("id")?.as_str()?.parse().ok()?,
        value.get("version")?.as_u64()?,
        value,
    ))
}

/// A record's file as text, in today's format.
fn lifted(slot: Slot, bytes: Vec<u8>, version: u64) -> Result<String, String> {
    let bytes = if version < VERSION {
        let value = serde_json::from_slice(json::without_mark(&bytes))
            .map_err(|error| json::in_french(&error).reason)?;
        json::pretty(&migrate::lift(slot.kind, value)).map_err(|error| error.to_string())?
    } else {
        bytes
    };
    json::read(slot, &bytes).map_err(|malformed| malformed.reason)?;
    String::from_utf8(bytes).map_err(|_| "le texte n’est pas en UTF-8".to_owned())
}

/// One of the archives is of that day.
pub(super) fn is_done(backups: &Path, day: NaiveDate) -> bool {
    list(backups)
        .iter()
        .any(|backup| backup.at.date_naive() == day)
}

/// Takes a person out of every archive of a folder: the right to erasure reaches backups. An archive that cannot be
/// read is told, and left.
pub(super) fn cleanse(
    backups: &Path,
    erasure: &Erasure,
    erased: &mut Erased,
) -> Result<(), WorkspaceError> {
    let contact = Slot {
        kind: Kind::Contact,
        id: erasure.person,
        convention: None,
    };
    let gone = contact.path().to_string_lossy().into_owned();

    for Backup { file, .. } in list(backups) {
        let read = disk::read_guarded(&file, LARGEST).map_err(|_| "elle ne se lit pas".to_owned());
        let files = match read.and_then(|bytes| inflate(bytes, LARGEST)) {
            Ok(files) => files,
            Err(reason) => {
                let told = format!(
                    "sauvegarde «\u{a0}{}\u{a0}»\u{a0}: {reason}",
                    file.display()
                );
                erased.unread.push(told);
                continue;
            }
        };

        let before = files.len();
        let mut changed = 0;
        let files: Vec<(String, Vec<u8>)> = files
            .into_iter()
            .filter(|(name, _)| *name != gone)
            .map(|(name, bytes)| {
                let kind = erase::kind_of(Path::new(&name));
                let clean = std::str::from_utf8(&bytes)
                    .ok()
                    .and_then(|text| erase::cleansed(text, kind, erasure));
                changed += usize::from(clean.is_some());
                let bytes = clean.map_or(bytes, String::into_bytes);
                (name, bytes)
            })
            .collect();
        if changed == 0 && files.len() == before {
            continue;
        }

        let bytes = zipped(files).map_err(WorkspaceError::disk("Archiver", &file))?;
        disk::write_durably(&file, &bytes).map_err(WorkspaceError::disk("Enregistrer", &file))?;
        erased.archives += 1;
    }
    Ok(())
}

/// An archive of those files, the same bytes for the same files.
fn zipped(files: Vec<(String, Vec<u8>)>) -> std::io::Result<Vec<u8>> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(zip::DateTime::default());
    for (name, bytes) in files {
        zip.start_file(name, options)
            .map_err(std::io::Error::other)?;
        zip.write_all(&bytes)?;
    }
    zip.finish()
        .map(Cursor::into_inner)
        .map_err(|error| std::io::Error::other(error.to_string()))
}
