//! The file that an export leaves: its name, and that it appears whole or not at all.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

use super::ExportError;
use crate::document::State;
use crate::model::Convention;

/// A name for a convention's file, that every system takes: its title, at most 100 characters.
#[must_use]
pub fn file_name(convention: &Convention) -> String {
    name_of_file(&convention.title, "Convention", "pdf")
}

/// A name for a convention's file in that state, told apart from those of the other states; `signed` is whether it has been:
/// then the act has the plain name.
#[must_use]
pub fn file_name_in(convention: &Convention, state: State, signed: bool) -> String {
    /// Letters of the title, so that the end is kept.
    const LONGEST: usize = 75;
    /// What joins words, and ends none.
    const LINKS: [char; 9] = [' ', '\u{a0}', '\u{202f}', '–', '—', '-', ',', ':', '·'];

    let end = match state {
        State::Working => "projet",
        State::Vote => "pour la délibération",
        State::Signature if signed => return file_name(convention),
        State::Signature => "pour signature",
        State::Publication => "pour publication",
    };
    let title = convention.title.as_str();
    let title = match title.char_indices().nth(LONGEST) {
        // Up to its last whole word.
        Some((cut, _)) => {
            let start = title.get(..cut).unwrap_or_default();
            let words = start.rsplit_once(' ').map_or(start, |(words, _)| words);
            words.trim_end_matches(LINKS)
        }
        None => title,
    };
    name_of_file(&format!("{} – {end}", title.trim_end()), end, "pdf")
}

/// A name for the file of something of that title, that every system takes: at most 100 characters and the extension;
/// `otherwise` where nothing is left of the title.
#[must_use]
pub fn name_of_file(title: &str, otherwise: &str, extension: &str) -> String {
    const LONGEST: usize = 100;

    let mut name = String::new();
    for c in title.chars().take(LONGEST) {
        match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => name.push('-'),
            c if c.is_control() => {}
            c if c.is_whitespace() => name.push(' '),
            c => name.push(c),
        }
    }
    let name = name.trim_matches([' ', '.']);
    let name = if name.is_empty() { otherwise } else { name };
    format!("{name}.{extension}")
}

/// Writes a file that somebody asked for: whole, or not at all.
///
/// # Errors
/// When it is there and `replace` was not said, or the disk refuses.
pub fn write_whole(path: &Path, bytes: &[u8], replace: bool) -> Result<(), ExportError> {
    let failed = |source| ExportError::Disk {
        path: path.to_owned(),
        source,
    };
    if !replace && fs::symlink_metadata(path).is_ok() {
        return Err(ExportError::Exists {
            path: path.to_owned(),
        });
    }

    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    let mut file = tempfile::NamedTempFile::new_in(folder).map_err(failed)?;
    file.write_all(bytes).map_err(failed)?;
    share(file.as_file()).map_err(failed)?;
    file.as_file().sync_all().map_err(failed)?;
    let persisted = if replace {
        file.persist(path)
    } else {
        file.persist_noclobber(path)
    };
    persisted.map(drop).map_err(|refused| match refused.error {
        error if error.kind() == io::ErrorKind::AlreadyExists => ExportError::Exists {
            path: path.to_owned(),
        },
        error => failed(error),
    })
}

/// An export is made to be given: whoever may read the folder may read it, unlike a record.
#[cfg(unix)]
fn share(file: &fs::File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;

    file.set_permissions(fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn share(_file: &fs::File) -> io::Result<()> {
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{ConventionKind, Ids};

    #[test]
    fn file_names_are_taken_by_every_system() {
        let mut ids = Ids::counted(1);
        let mut name = |title: &str| {
            file_name(&Convention::new(
                ids.next_id(),
                ConventionKind::Cooperation,
                title,
            ))
        };

        assert_eq!(
            name("Valmont – Porto-Novo 2027-2029"),
            "Valmont – Porto-Novo 2027-2029.pdf"
        );
        assert_eq!(name("Eau : 1/2 \"phase\"\u{7}?"), "Eau - 1-2 -phase--.pdf");
        assert_eq!(name(" ../.. "), "-.pdf");
        assert_eq!(name(""), "Convention.pdf");
        assert!(name(&"é".repeat(400)).len() < 255);

        let long = "Convention de coopération décentralisée ".repeat(4);
        let convention = Convention::new(ids.next_id(), ConventionKind::Cooperation, long.trim());
        let named = |state| file_name_in(&convention, state, false);
        assert!(named(State::Working).ends_with(" – projet.pdf"));
        let cut = Convention::new(
            ids.next_id(),
            ConventionKind::Cooperation,
            format!("{} – {}", "é".repeat(60), "à".repeat(40)),
        );
        let cut = file_name_in(&cut, State::Working, false);
        assert_eq!(cut, format!("{} – projet.pdf", "é".repeat(60)));
        assert!(named(State::Publication).ends_with(" – pour publication.pdf"));
        assert_eq!(
            file_name_in(&convention, State::Signature, true),
            file_name(&convention)
        );
    }

    #[test]
    fn a_file_that_is_there_is_replaced_only_when_asked() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.pdf");
        write_whole(&path, b"1", false).unwrap();

        assert!(matches!(
            write_whole(&path, b"2", false),
            Err(ExportError::Exists { .. })
        ));
        assert_eq!(fs::read(&path).unwrap(), b"1");
        write_whole(&path, b"2", true).unwrap();
        assert_eq!(fs::read(&path).unwrap(), b"2");
        assert!(matches!(
            write_whole(&folder.path().join("none/a.pdf"), b"", true),
            Err(ExportError::Disk { .. })
        ));
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }
}
