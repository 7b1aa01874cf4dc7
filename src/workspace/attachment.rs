//! Pieces as files: kept once by their content, under the hash of their bytes, never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::disk;
use super::error::WorkspaceError;
use super::journal::hexadecimal;
use super::layout::ATTACHMENTS;
use crate::model::{RecordId, Records};

/// What is amiss between the pieces that records cite and the files that are there.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PieceReport {
    /// Cited, and not there: the record, the piece's title, its hash.
    pub missing: Vec<(RecordId, String, String)>,
    /// There under a hash that is not theirs any more.
    pub altered: Vec<String>,
    /// There, and cited by nothing.
    pub orphans: Vec<String>,
}

/// The name under which those bytes are kept.
#[must_use]
pub fn hash(bytes: &[u8]) -> String {
    hexadecimal(&Sha256::digest(bytes))
}

/// The file of that hash, there or not. What is not a hash names nothing outside the folder.
pub(super) fn path(folder: &Path, sha256: &str) -> PathBuf {
    let name: String = sha256.chars().filter(char::is_ascii_hexdigit).collect();
    folder.join(ATTACHMENTS).join(name)
}

/// Keeps those bytes, and says their hash; nothing to do when they are there already.
pub(super) fn keep(folder: &Path, bytes: &[u8]) -> Result<String, WorkspaceError> {
    let inner = folder.join(ATTACHMENTS);
    disk::make_folder(&inner).map_err(WorkspaceError::disk("Créer", &inner))?;

    let sha256 = hash(bytes);
    let path = path(folder, &sha256);
    if hash_of(&path).as_deref() != Some(sha256.as_str()) {
        disk::write_durably(&path, bytes).map_err(WorkspaceError::disk("Enregistrer", &path))?;
    }
    Ok(sha256)
}

/// Compares the pieces cited with the files kept; reads every file.
pub(super) fn report(folder: &Path, records: &Records) -> PieceReport {
    let mut report = PieceReport::default();
    let mut cited: BTreeMap<String, Vec<(RecordId, String)>> = BTreeMap::new();
    for record in records.all() {
        for piece in record.pieces() {
            cited
                .entry(piece.sha256.clone())
                .or_default()
                .push((record.record_id(), piece.title.clone()));
        }
    }

    let mut there = BTreeSet::new();
    for entry in fs::read_dir(folder.join(ATTACHMENTS))
        .into_iter()
        .flatten()
        .filter_map(Result::ok)
    {
        let name = entry.file_name().to_string_lossy().into_owned();
        if name.starts_with('.') {
            continue;
        }
        if hash_of(&entry.path()).as_deref() != Some(name.as_str()) {
            report.altered.push(name.clone());
        } else if !cited.contains_key(&name) {
            report.orphans.push(name.clone());
        }
        there.insert(name);
    }
    report.altered.sort_unstable();
    report.orphans.sort_unstable();

    for (sha256, citing) in cited {
        if !there.contains(&sha256) {
            for (record, title) in citing {
                report.missing.push((record, title, sha256.clone()));
            }
        }
    }
    report
}

/// The hash of a regular file, read by blocks.
fn hash_of(path: &Path) -> Option<String> {
    fs::symlink_metadata(path)
        .ok()
        .filter(fs::Metadata::is_file)?;
    let mut file = fs::File::open(path).ok()?;
    let mut hash = Sha256::new();
    let mut block = vec![0; 64 * 1024];
    loop {
        let read = file.read(&mut block).ok()?;
        match block.get(..read) {
            Some([]) | None => return Some(hexadecimal(&hash.finalize())),
            Some(part) => hash.update(part),
        }
    }
}
