//! Reading a folder into records. It never fails as a whole for one bad file: that one is named, with line and
//! reason, and stays where it is.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::disk::{self, Unread};
use super::error::{WorkspaceError, explain};
use super::journal::{self, Entry};
use super::json::{self, Contents, Malformed, Unknown};
use super::layout::{self, OURS, REFERENCE, Slot, WORKSPACE};
use super::migrate;
use super::parallel::in_parallel;
use crate::model::{Difference, Id, Kind, Record, RecordId, Records, diff, quoted};

/// The format that this application writes.
pub(super) const VERSION: u64 = 1;

/// A file of the workspace that could not be read. It is left in place; the rest is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Damaged {
    /// Its path from the workspace's folder.
    pub file: String,
    /// The line where reading stopped, from 1, where there is one.
    pub line: Option<usize>,
    /// What is wrong, in French, a clause.
    pub reason: String,
    /// The record that it holds, where its name tells.
    pub record: Option<RecordId>,
    /// What that record is called, where the part that reads says it.
    pub title: Option<String>,
}

impl Damaged {
    /// « « Commune de Mahdia » (partners/….json, ligne 22) », or its path where what it holds has no name.
    #[must_use]
    pub fn name(&self) -> String {
        let line = self.line.map(|line| format!(", ligne {line}"));
        let file = format!("{}{}", self.file, line.unwrap_or_default());
        match &self.title {
            Some(title) => format!("{} ({file})", quoted(title)),
            None => file,
        }
    }
}

/// What is amiss in a folder that is open.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Survey {
    /// Files that cannot be read.
    pub damaged: Vec<Damaged>,
    /// Files that are no records.
    pub strangers: Vec<Stranger>,
    /// Pieces whose file is missing: the record that cites them, their title.
    pub missing: Vec<(RecordId, String)>,
}

/// A file among the records that is not read as one: another name, a copy, a second file of one record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stranger {
    /// Its path from the workspace's folder.
    pub file: String,
    /// The record that it seems to be a copy of, to be compared with.
    pub copy_of: Option<Id>,
    /// What it seems to be, in French, a clause.
    pub reason: String,
}

/// What `workspace.json` says.
#[derive(Debug, Deserialize)]
pub(super) struct Header {
    format: String,
    pub(super) version: u64,
    pub(super) id: Id,
}

/// What `workspace.json` says of a workspace made that day.
pub(super) fn new_header(id: Id, created: NaiveDate) -> Value {
    json!({
        "format": "passerelle",
        "version": VERSION,
        "id": id,
        "created": created,
    })
}

/// Reads `workspace.json`.
pub(super) fn header(folder: &Path) -> Result<Header, WorkspaceError> {
    const LONGEST: u64 = 64 * 1024;

    let refused = |reason: String| WorkspaceError::NotAWorkspace {
        folder: folder.to_owned(),
        reason,
    };
    let bytes = match disk::read_guarded(&folder.join(WORKSPACE), LONGEST) {
        Ok(bytes) => bytes,
        Err(Unread::Missing) if !folder.exists() => {
            return Err(refused("ce dossier n’existe pas".to_owned()));
        }
        Err(Unread::Missing) => return Err(refused(format!("il n’y a pas de {WORKSPACE}"))),
        Err(unread) => return Err(refused(format!("{WORKSPACE}\u{a0}: {}", said(&unread)))),
    };
    let header: Header = serde_json::from_slice(json::without_mark(&bytes)).map_err(|error| {
        refused(format!(
            "{WORKSPACE}\u{a0}: {}",
            json::in_french(&error).reason
        ))
    })?;

    if header.format != "passerelle" {
        return Err(refused(format!(
            "{WORKSPACE} dit «\u{a0}{}\u{a0}»",
            header.format.chars().take(40).collect::<String>()
        )));
    }
    if header.version > VERSION {
        return Err(WorkspaceError::Newer {
            folder: folder.to_owned(),
            found: header.version,
            known: VERSION,
        });
    }
    Ok(header)
}

/// What a folder holds.
#[derive(Default)]
pub(super) struct Found {
    pub(super) records: Vec<Record>,
    pub(super) unknown: HashMap<RecordId, Unknown>,
    pub(super) damaged: Vec<Damaged>,
    pub(super) strangers: Vec<Stranger>,
}

/// Reads every record of a folder of that version, with the entries of a journal laid over it.
///
/// Files are read several at once, and listed in the order of their names.
pub(super) fn read_all(folder: &Path, version: u64, journal: &[Entry]) -> Found {
    let mut found = Found::default();
    let (slots, listed) = list(folder);
    found.strangers = listed.strangers;
    found.damaged = listed.damaged;

    let over: HashMap<Slot, &Entry> = journal.iter().map(|entry| (entry.slot, entry)).collect();
    let mut slots: Vec<Slot> = slots.into_iter().chain(over.keys().copied()).collect();
    slots.sort_unstable();
    slots.dedup();

    let one = |slot: &Slot| {
        let read = |bytes: &[u8]| {
            let read = parse(*slot, bytes, version);
            read.map_err(|malformed| Damaged {
                title: title_in(bytes),
                ..damaged(*slot, malformed)
            })
        };
        match over.get(slot) {
            Some(entry) => read(entry.contents.as_bytes()),
            None => match disk::read_guarded(&folder.join(slot.path()), disk::LONGEST_RECORD) {
                Ok(bytes) => read(&bytes),
                // Our authority may not be told yet; any other file was listed a moment ago.
                Err(Unread::Missing) => Ok(Contents::Deleted),
                Err(unread) => Err(damaged(*slot, Malformed::new(said(&unread)))),
            },
        }
    };
    for read in in_parallel(&slots, one) {
        match read {
            Ok(Contents::Deleted) => {}
            Ok(Contents::Record(read)) => {
                if let Some(unknown) = read.unknown {
                    found.unknown.insert(read.record.record_id(), unknown);
                }
                found.records.push(read.record);
            }
            Err(damaged) => found.damaged.push(damaged),
        }
    }
    found
}

/// The file of a record that does not read.
fn damaged(slot: Slot, Malformed { line, reason }: Malformed) -> Damaged {
    Damaged {
        file: shown(&slot.path()),
        line,
        reason,
        record: Some(slot.record()),
        title: None,
    }
}

/// What the record of a file that does not read is called: its name or its title, where the beginning says it whole.
fn title_in(bytes: &[u8]) -> Option<String> {
    let text = String::from_utf8_lossy(bytes);
    let of = |key: &str| text.find(key).map(|at| at + key.len());
    let value = ["\"name\"", "\"title\""].into_iter().filter_map(of).min()?;
    let after = |text: &str| Some(text.trim_start().strip_prefix(':')?.trim_start().to_owned());
    let mut value = after(text.get(value..)?)?;
    if value.starts_with('{') {
        value = after(value.split_once("\"text\"")?.1)?;
    }
    let mut words = serde_json::Deserializer::from_str(&value).into_iter::<String>();
    let title = words.next()?.ok()?;
    Some(title.trim().to_owned()).filter(|title| !title.is_empty())
}

/// The bytes of a record's file, lifted from an older format first.
fn parse(slot: Slot, bytes: &[u8], version: u64) -> Result<Contents, Malformed> {
    if version >= VERSION {
        return json::read(slot, bytes);
    }
    let bytes = json::without_mark(bytes);
    let value: Value = serde_json::from_slice(bytes).map_err(|error| json::in_french(&error))?;
    let lifted = serde_json::to_vec(&migrate::lift(slot.kind, value))
        .map_err(|error| json::in_french(&error))?;
    json::read(slot, &lifted)
}

#[derive(Default)]
struct Listed {
    damaged: Vec<Damaged>,
    strangers: Vec<Stranger>,
}

/// The files that are records by their name, and what else lies among them.
fn list(folder: &Path) -> (Vec<Slot>, Listed) {
    let mut slots = Vec::new();
    let mut listed = Listed::default();

    slots.push(Slot {
        kind: Kind::Authority,
        id: Id::SINGLE,
        convention: None,
    });
    for (name, _) in names(folder, Path::new(""), &mut listed) {
        let path = Path::new(&name);
        if is_of_authority(path) && Slot::from_path(path).is_none() {
            listed.strangers.push(stranger(path, &name));
        }
    }
    for kind in Kind::ALL {
        let Some(name) = layout::folder_of(kind) else {
            continue;
        };
        if kind == Kind::Version {
            for (convention, is_folder) in names(folder, Path::new(name), &mut listed) {
                if is_folder {
                    let inner = Path::new(name).join(convention);
                    list_folder(folder, &inner, &mut slots, &mut listed);
                }
            }
        } else {
            list_folder(folder, Path::new(name), &mut slots, &mut listed);
        }
    }
    (slots, listed)
}

fn list_folder(folder: &Path, inner: &Path, slots: &mut Vec<Slot>, listed: &mut Listed) {
    for (name, _) in names(folder, inner, listed) {
        let path = inner.join(&name);
        match Slot::from_path(&path) {
            Some(slot) => slots.push(slot),
            // Hidden files are the system's, a synchroniser's, or what a hard stop left of ours.
            None if name.starts_with('.') => {}
            None => listed.strangers.push(stranger(&path, &name)),
        }
    }
}

/// The names in a folder that is there, in order, and whether each is itself a folder.
fn names(folder: &Path, inner: &Path, listed: &mut Listed) -> Vec<(String, bool)> {
    let entries = match fs::read_dir(folder.join(inner)) {
        Ok(entries) => entries,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Vec::new(),
        Err(error) => {
            listed.damaged.push(Damaged {
                // The folder itself by its name.
                file: match (inner.file_name(), folder.file_name()) {
                    (None, Some(name)) => shown(Path::new(name)),
                    _ => shown(inner),
                },
                reason: explain(&error),
                ..Damaged::default()
            });
            return Vec::new();
        }
    };

    let mut names: Vec<(String, bool)> = entries
        .filter_map(Result::ok)
        .map(|entry| {
            let is_folder = entry.file_type().is_ok_and(|kind| kind.is_dir());
            (entry.file_name().to_string_lossy().into_owned(), is_folder)
        })
        .collect();
    names.sort_unstable();
    names
}

/// Whether a path from the workspace's folder is our authority's file or a copy of it.
fn is_of_authority(path: &Path) -> bool {
    let name = path.to_str().unwrap_or_default();
    name.starts_with("authority") && name.ends_with(".json") && !name.contains(['/', '\\'])
}

/// What a file among the records seems to be when its name is not that of one.
pub(super) fn stranger(path: &Path, name: &str) -> Stranger {
    const ID: usize = 36;

    let copy_of = name
        .char_indices()
        .filter_map(|(at, _)| name.get(at..at + ID))
        .find_map(|text| text.parse().ok())
        .or_else(|| is_of_authority(path).then_some(Id::SINGLE));
    let reason = match copy_of {
        Some(_) => {
            "il ressemble à une copie de conflit d’une fiche\u{a0}: il n’est pas lu, ni effacé"
        }
        None => "son nom n’est pas celui d’une fiche\u{a0}: il n’est pas lu, ni effacé",
    };
    Stranger {
        file: shown(path),
        copy_of,
        reason: reason.to_owned(),
    }
}

/// What a copy says otherwise than the record that it copies, field by field; nothing when it does not read as one.
pub(super) fn compare(folder: &Path, stranger: &Stranger, records: &Records) -> Vec<Difference> {
    copy(folder, stranger).map_or_else(Vec::new, |copy| {
        let name = copy.record_id();
        diff(name, records.get(name).map(AsRef::as_ref), Some(&copy))
    })
}

/// The record that a copy holds.
pub(super) fn copy(folder: &Path, stranger: &Stranger) -> Option<Record> {
    let slot = Slot {
        kind: match stranger.file.split_once('/') {
            Some((folder, _)) => layout::kind_of(folder)?,
            None => Kind::Authority,
        },
        id: stranger.copy_of?,
        convention: None,
    };
    let bytes = disk::read_guarded(&folder.join(&stranger.file), disk::LONGEST_RECORD).ok()?;
    match json::read(slot, &bytes).ok()? {
        Contents::Record(read) => Some(read.record),
        Contents::Deleted => None,
    }
}

/// A path as it is told: with `/`, control characters escaped.
pub(super) fn shown(path: &Path) -> String {
    let parts: Vec<String> = path
        .iter()
        .map(|part| part.to_string_lossy().escape_debug().to_string())
        .collect();
    parts.join("/")
}

/// Why a file was not read, a clause in French.
pub(super) fn said(unread: &Unread) -> String {
    match unread {
        Unread::Missing => "il manque".to_owned(),
        Unread::NotAFile(what) => (*what).to_owned(),
        Unread::TooLong(bytes) => format!(
            "il est trop long pour une fiche ({} Mo, au plus {})",
            bytes.div_ceil(1024 * 1024),
            disk::LONGEST_RECORD / (1024 * 1024)
        ),
        Unread::Failed(error) => explain(error),
    }
}

/// Copies each damaged file once to `.passerelle/rescue/<hash>`, so that mending it by hand can be undone.
pub(super) fn rescue(folder: &Path, damaged: &[Damaged]) {
    let rescue = folder.join(OURS).join("rescue");

    for file in damaged {
        let path = folder.join(&file.file);
        let regular = fs::symlink_metadata(&path).is_ok_and(|told| told.is_file());
        if regular && disk::make_folder(&rescue).is_ok() {
            // Nothing depends on it: the damaged file itself stays in place.
            let _ = keep_copy(&path, &rescue);
        }
    }
}

fn keep_copy(path: &Path, rescue: &Path) -> io::Result<()> {
    let mut hash = Sha256::new();
    let mut from = fs::File::open(path)?;
    let mut copy = tempfile::NamedTempFile::new_in(rescue)?;
    let mut block = vec![0; 64 * 1024];
    loop {
        let read = io::Read::read(&mut from, &mut block)?;
        let Some(part) = block.get(..read).filter(|part| !part.is_empty()) else {
            break;
        };
        hash.update(part);
        io::Write::write_all(&mut copy, part)?;
    }

    let kept = rescue.join(journal::hexadecimal(&hash.finalize()));
    if !kept.exists() {
        copy.persist(kept).map_err(|failed| failed.error)?;
    }
    Ok(())
}

/// The department's corrections of the reference: name of each file of `reference/`, and what it holds.
pub(super) fn corrections(folder: &Path) -> (Vec<(String, Value)>, Vec<Damaged>) {
    let mut listed = Listed::default();
    let mut read = Vec::new();

    for (name, _) in names(folder, Path::new(REFERENCE), &mut listed) {
        if name.starts_with('.') || !name.ends_with(".json") {
            continue;
        }
        let path = Path::new(REFERENCE).join(&name);
        let value = disk::read_guarded(&folder.join(&path), disk::LONGEST_RECORD)
            .map_err(|unread| (None, said(&unread)))
            .and_then(|bytes| {
                serde_json::from_slice(json::without_mark(&bytes)).map_err(|error| {
                    let Malformed { line, reason } = json::in_french(&error);
                    (line, reason)
                })
            });
        match value {
            Ok(value) => read.push((name, value)),
            Err((line, reason)) => listed.damaged.push(Damaged {
                file: shown(&path),
                line,
                reason,
                ..Damaged::default()
            }),
        }
    }
    (read, listed.damaged)
}

/// Removes what a hard stop left of our own writes, known by their name.
pub(super) fn sweep(folder: &Path) {
    let mut folders: Vec<PathBuf> = vec![folder.to_owned(), folder.join(OURS)];
    for kind in Kind::ALL {
        if let Some(name) = layout::folder_of(kind) {
            folders.push(folder.join(name));
        }
    }
    if let Ok(conventions) = fs::read_dir(folder.join("versions")) {
        folders.extend(conventions.filter_map(Result::ok).map(|entry| entry.path()));
    }
    folders.push(folder.join(layout::ATTACHMENTS));

    for entry in folders
        .iter()
        .filter_map(|folder| fs::read_dir(folder).ok())
        .flatten()
        .filter_map(Result::ok)
    {
        if disk::is_left_over(&entry.file_name().to_string_lossy()) {
            let _ = fs::remove_file(entry.path());
        }
    }
}
