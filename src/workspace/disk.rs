//! Every touch of the disk by a workspace: one place to be careful in.
//!
//! A file appears whole or not at all: temporary file in the same folder, its contents synchronised, renamed, then
//! the folder synchronised. Without that last step a rename was lost on ext4, xfs and btrfs in a power cut.
//!
//! Windows has no synchronisation of folders: there a rename replaces, and the file alone is synchronised. That
//! branch is written with care and has not been tried on Windows.

use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

use tempfile::{Builder, NamedTempFile};

/// How temporary files begin: what a hard stop leaves of them is known by it, and swept away.
const TEMPORARY: &str = ".passerelle-";
const TEMPORARY_END: &str = ".tmp";

/// The longest file that is read as a record.
pub(super) const LONGEST_RECORD: u64 = 8 * 1024 * 1024;

/// The longest journal that is read: 4,000 records and their room.
pub(super) const LONGEST_JOURNAL: u64 = 512 * 1024 * 1024;

/// Writes a file whole and waits until it is on the disk, name included.
pub(super) fn write_durably(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let folder = parent(path)?;
    let file = fill(folder, bytes)?;
    file.as_file().sync_all()?;
    file.persist(path).map_err(|failed| failed.error)?;
    sync_folder(folder)
}

/// Writes a file whole, without waiting: a journal answers for it until [`sync_all`].
pub(super) fn write_soon(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let file = fill(parent(path)?, bytes)?;
    file.persist(path).map_err(|failed| failed.error)?;
    Ok(())
}

fn parent(path: &Path) -> io::Result<&Path> {
    path.parent()
        .ok_or_else(|| io::Error::from(io::ErrorKind::InvalidFilename))
}

/// Temporary files are readable by their owner only, and stay so once renamed.
///
/// The file is opened and written here rather than by `tempfile`, which wraps what the system answers in English.
fn fill(folder: &Path, bytes: &[u8]) -> io::Result<NamedTempFile> {
    let mut options = fs::OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt;
        options.mode(0o600);
    }

    let mut file = Builder::new()
        .prefix(TEMPORARY)
        .suffix(TEMPORARY_END)
        .make_in(folder, |path| options.open(path))?;
    file.as_file_mut().write_all(bytes)?;
    Ok(file)
}

/// Waits until whatever was written on the disk that holds this folder is there.
#[cfg(target_os = "linux")]
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    Ok(rustix::fs::syncfs(File::open(folder)?)?)
}

/// Waits until whatever was written in these folders is there; elsewhere than on Linux, file by file.
#[cfg(not(target_os = "linux"))]
pub(super) fn sync_all(folder: &Path) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let entry = entry?;
        let kind = entry.file_type()?;
        if kind.is_dir() {
            sync_all(&entry.path())?;
        } else if kind.is_file() {
            fs::OpenOptions::new()
                .write(true)
                .open(entry.path())?
                .sync_all()?;
        }
    }
    sync_folder(folder)
}

#[cfg(unix)]
fn sync_folder(folder: &Path) -> io::Result<()> {
    File::open(folder)?.sync_all()
}

#[cfg(not(unix))]
fn sync_folder(_folder: &Path) -> io::Result<()> {
    Ok(())
}

/// Removes a file and waits until its name is gone; nothing to do when it is not there.
pub(super) fn remove_durably(path: &Path) -> io::Result<()> {
    match fs::remove_file(path) {
        Ok(()) => sync_folder(parent(path)?),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        Err(error) => Err(error),
    }
}

/// Makes a folder and those above it, readable by their owner only.
pub(super) fn make_folder(folder: &Path) -> io::Result<()> {
    if folder.is_dir() {
        return Ok(());
    }

    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::DirBuilderExt;
        builder.mode(0o700);
    }
    builder.create(folder)?;
    folder.parent().map_or(Ok(()), sync_folder)
}

/// Why a file is not read.
#[derive(Debug)]
pub(super) enum Unread {
    Missing,
    NotAFile(&'static str),
    TooLong(u64),
    Failed(io::Error),
}

/// Reads a file that may come from anywhere: a regular one, no link, no longer than `longest`.
pub(super) fn read_guarded(path: &Path, longest: u64) -> Result<Vec<u8>, Unread> {
    let told = fs::symlink_metadata(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unread::Missing,
        _ => Unread::Failed(error),
    })?;
    if told.is_symlink() {
        return Err(Unread::NotAFile("c’est un lien vers un autre fichier"));
    }
    if told.is_dir() {
        return Err(Unread::NotAFile("c’est un dossier"));
    }
    if !told.is_file() {
        return Err(Unread::NotAFile("ce n’est pas un fichier ordinaire"));
    }
    if told.len() > longest {
        return Err(Unread::TooLong(told.len()));
    }

    let mut bytes = Vec::with_capacity(told.len() as usize);
    let file = File::open(path).map_err(Unread::Failed)?;
    // It may have grown since it was looked at.
    file.take(longest + 1)
        .read_to_end(&mut bytes)
        .map_err(Unread::Failed)?;
    if bytes.len() as u64 > longest {
        return Err(Unread::TooLong(bytes.len() as u64));
    }
    Ok(bytes)
}

/// Whether a file of that name is what a hard stop left of a write of ours.
pub(super) fn is_left_over(name: &str) -> bool {
    name.starts_with(TEMPORARY) && name.ends_with(TEMPORARY_END)
}

/// Bytes free for us on the disk of that folder; `None` where the system does not say.
#[cfg(unix)]
pub(super) fn free_space(folder: &Path) -> Option<u64> {
    let told = rustix::fs::statvfs(folder).ok()?;
    Some(told.f_bavail.saturating_mul(told.f_frsize))
}

/// Bytes free for us on the disk of that folder; `None` where the system does not say.
#[cfg(not(unix))]
pub(super) fn free_space(_folder: &Path) -> Option<u64> {
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_that_cannot_be_replaced_is_left_as_it_was_and_nothing_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        fs::create_dir(&path).unwrap();

        assert!(write_durably(&path, b"{}").is_err());
        assert!(path.is_dir());
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    /// By its number a failing disk is told in French.
    #[test]
    #[cfg(unix)]
    fn what_the_system_answers_keeps_its_number() {
        let folder = tempfile::tempdir().unwrap();
        let link = folder.path().join("loop");
        std::os::unix::fs::symlink(&link, &link).unwrap();

        let refused = write_durably(&link.join("a.json"), b"{}").unwrap_err();
        assert!(refused.raw_os_error().is_some(), "{refused}");
    }

    #[test]
    #[cfg(unix)]
    fn files_are_their_owner_s_only() {
        use std::os::unix::fs::PermissionsExt;

        let folder = tempfile::tempdir().unwrap();
        let inner = folder.path().join("partners");
        make_folder(&inner).unwrap();
        let path = inner.join("a.json");
        write_durably(&path, b"{}").unwrap();

        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&inner), mode(&path)), (0o700, 0o600));
    }

    #[test]
    #[cfg(unix)]
    fn links_are_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.json");
        std::os::unix::fs::symlink("/etc/passwd", &path).unwrap();

        assert!(matches!(
            read_guarded(&path, LONGEST_RECORD),
            Err(Unread::NotAFile(_))
        ));
    }
}
