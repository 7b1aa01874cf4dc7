//! Pieces as files: kept once by their content, under the hash of their bytes, never changed.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use super::Workspace;
use super::disk::{self, Unread};
use super::error::{WorkspaceError, explain};
use super::file_type::FileType;
use super::journal::hexadecimal;
use super::layout::ATTACHMENTS;
use crate::model::{Piece, RecordId, Records};

/// The longest file that is kept as a piece: a scanned convention with its annexes is a tenth of it.
pub const LONGEST_PIECE: u64 = 100 * 1024 * 1024;

/// A file that is now kept: what a piece says of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attached {
    /// The name that it had.
    pub file_name: String,
    /// The hash of its bytes, under which it is kept.
    pub sha256: String,
    /// Its media type, by its name.
    pub media_type: String,
    /// Its size in bytes.
    pub bytes: u64,
}

/// Whether the file of a piece is there, as far as can be told without reading it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum PieceState {
    /// It is there, of its size.
    There,
    /// It is not there.
    Missing,
    /// It is there, and of another size.
    Altered,
}

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

impl Workspace {
    /// Keeps the bytes of a piece, once by content, and says their hash.
    ///
    /// # Errors
    /// When it is only read, or the disk refuses.
    pub fn attach(&self, bytes: &[u8]) -> Result<String, WorkspaceError> {
        self.check_writable()?;
        keep(&self.folder, bytes)
    }

    /// Keeps a file of this computer, to be cited by a piece.
    ///
    /// # Errors
    /// When it is no regular file, is empty or too long; when the workspace is only read, or the disk refuses.
    pub fn attach_file(&self, file: &Path) -> Result<Attached, WorkspaceError> {
        self.check_writable()?;
        keep_file(&self.folder, file)
    }

    /// Whether the file of a piece is there, without reading it.
    #[must_use]
    pub fn piece_state(&self, piece: &Piece) -> PieceState {
        state(&self.folder, piece)
    }

    /// Copies the file of a piece into a folder, under its own name and not to be written, so that it is opened. Its
    /// hash is checked first.
    ///
    /// # Errors
    /// When its file is missing or is not the one that was kept; when the disk refuses.
    pub fn copy_piece(&self, piece: &Piece, into: &Path) -> Result<PathBuf, WorkspaceError> {
        copy_out(&self.folder, piece, into)
    }

    /// The file that keeps the bytes of that hash, there or not.
    #[must_use]
    pub fn attachment(&self, sha256: &str) -> PathBuf {
        path(&self.folder, sha256)
    }

    /// The bytes of the piece of that hash; nothing when it is not there, is no regular file or is longer than asked.
    #[must_use]
    pub fn piece(&self, sha256: &str, longest: u64) -> Option<Vec<u8>> {
        disk::read_guarded(&self.attachment(sha256), longest).ok()
    }

    /// Compares the pieces that these records cite with the files that are kept.
    #[must_use]
    pub fn check_pieces(&self, records: &Records) -> PieceReport {
        report(&self.folder, records)
    }
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

/// Keeps a file of this computer. Only a regular file, not a link to one: what comes on a stick may point anywhere.
pub(super) fn keep_file(folder: &Path, file: &Path) -> Result<Attached, WorkspaceError> {
    let refused = |reason: String| WorkspaceError::Piece {
        file: file.to_owned(),
        reason,
    };
    let bytes = disk::read_guarded(file, LONGEST_PIECE).map_err(|unread| match unread {
        Unread::Missing => refused("ce fichier n’existe pas".to_owned()),
        Unread::NotAFile(what) => refused(what.to_owned()),
        Unread::TooLong(bytes) => refused(format!(
            "il fait {} Mo, et une pièce {} au plus",
            bytes.div_ceil(1024 * 1024),
            LONGEST_PIECE / (1024 * 1024)
        )),
        Unread::Failed(error) => refused(explain(&error)),
    })?;
    if bytes.is_empty() {
        return Err(refused("il est vide".to_owned()));
    }

    let file_name = file
        .file_name()
        .map(|name| name.to_string_lossy().into_owned())
        .unwrap_or_default();
    Ok(Attached {
        media_type: FileType::of(&file_name)
            .map_or("application/octet-stream", |it| it.media_type)
            .to_owned(),
        sha256: keep(folder, &bytes)?,
        bytes: bytes.len() as u64,
        file_name,
    })
}

/// Whether the file of a piece is there; its bytes are not read.
pub(super) fn state(folder: &Path, piece: &Piece) -> PieceState {
    match fs::symlink_metadata(path(folder, &piece.sha256)) {
        Ok(told) if !told.is_file() => PieceState::Altered,
        // A piece of before sizes were kept says 0.
        Ok(told) if piece.bytes != 0 && told.len() != piece.bytes => PieceState::Altered,
        Ok(_) => PieceState::There,
        Err(_) => PieceState::Missing,
    }
}

/// Copies the file of a piece into that folder, under its own name, once its hash has been checked.
///
/// What is opened is a copy that cannot be written: the piece itself never changes.
pub(super) fn copy_out(
    folder: &Path,
    piece: &Piece,
    into: &Path,
) -> Result<PathBuf, WorkspaceError> {
    let kept = path(folder, &piece.sha256);
    let bytes = disk::read_guarded(&kept, LONGEST_PIECE).map_err(|unread| match unread {
        Unread::Missing => WorkspaceError::PieceMissing {
            title: piece.title.clone(),
            file: kept.clone(),
        },
        Unread::Failed(error) => WorkspaceError::disk("Lire", &kept)(error),
        Unread::NotAFile(_) | Unread::TooLong(_) => WorkspaceError::PieceAltered {
            title: piece.title.clone(),
        },
    })?;
    if hash(&bytes) != piece.sha256 {
        return Err(WorkspaceError::PieceAltered {
            title: piece.title.clone(),
        });
    }

    // Of two pieces with one name, each has its own folder.
    let own = into.join(piece.sha256.get(..16).unwrap_or("piece"));
    let copy = own.join(plain_name(&piece.file_name));
    if fs::read(&copy).is_ok_and(|there| there == bytes) {
        return Ok(copy);
    }
    disk::make_folder(&own)
        .and_then(|()| disk::write_soon(&copy, &bytes))
        .and_then(|()| read_only(&copy))
        .map_err(WorkspaceError::disk("Copier", &copy))?;
    Ok(copy)
}

#[cfg(unix)]
fn read_only(file: &Path) -> std::io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    fs::set_permissions(file, fs::Permissions::from_mode(0o400))
}

/// Elsewhere a file that cannot be written cannot be removed either.
#[cfg(not(unix))]
fn read_only(_: &Path) -> std::io::Result<()> {
    Ok(())
}

/// A file name that names nothing but a file, on any system: no folder, no sign that one refuses, not hidden.
fn plain_name(name: &str) -> String {
    const LONGEST: usize = 120;

    let name: String = name
        .chars()
        .map(|c| match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => '-',
            c if c.is_control() => '-',
            c => c,
        })
        .collect();
    let name = name.trim_matches(|c: char| c == '.' || c.is_whitespace());
    let (stem, extension) = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, Some(extension)),
        _ => (name, None),
    };
    let stem: String = stem.chars().take(LONGEST).collect();
    match extension {
        Some(extension) => format!("{stem}.{}", extension.chars().take(12).collect::<String>()),
        None if stem.is_empty() => "piece".to_owned(),
        None => stem,
    }
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_from_elsewhere_names_a_file_and_nothing_else() {
        for (name, plain) in [
            (
                "Délibération n° 2026-114.pdf",
                "Délibération n° 2026-114.pdf",
            ),
            ("../../etc/passwd", "-..-etc-passwd"),
            ("C:\\x.pdf", "C--x.pdf"),
            (".bashrc", "bashrc"),
            ("a\u{7}b.pdf", "a-b.pdf"),
            ("", "piece"),
            ("...", "piece"),
        ] {
            assert_eq!(plain_name(name), plain);
        }
        let long = format!("{}.pdf", "é".repeat(300));
        assert_eq!(plain_name(&long).chars().count(), 124);
    }
}
