//! A convention leaves as a file: what the window and the command line share.
//!
//! Records become a document, the document pages, the pages a file; the file appears whole or not at all. Nothing
//! here asks anybody anything, nor knows a clock.

use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use chrono::NaiveDate;

use crate::check::{self, Finding, Subject};
use crate::document::{self, Composition, Document, Languages, Paper, State};
use crate::model::{Convention, Id, Key, Lang, Nature, Records, Stage};
use crate::pdf::{self, PdfError};
use crate::reference::Reference;
use crate::typeset::{self, Fonts, Paragraphs};
use crate::workspace::explain;

/// Why nothing was exported. What was at that place is as it was.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The convention is not there (any more).
    #[error("Cette convention n’est plus dans l’espace de travail. Rien n’a été exporté.")]
    Missing,

    /// Findings forbid that it leaves for signature.
    #[error(
        "«\u{a0}{title}\u{a0}» ne peut pas partir à la signature\u{a0}: {}. Rien n’a été exporté. Corrigez ces points, \
         faites-les écarter, ou exportez un document de travail.",
        listed(.messages)
    )]
    Blocked {
        /// The convention.
        title: String,
        /// What each blocking finding says.
        messages: Vec<String>,
    },

    /// The file could not be made: a fault of ours, or a font that is missing.
    #[error(
        "«\u{a0}{title}\u{a0}» n’a pas pu être mis en PDF\u{a0}: {source}. Rien n’a été écrit."
    )]
    Pdf {
        /// The convention.
        title: String,
        /// What went wrong.
        source: PdfError,
    },

    /// A file of that name is there, and replacing it was not asked.
    #[error("«\u{a0}{}\u{a0}» existe déjà. Il n’a pas été remplacé.", path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },

    /// The disk refused.
    #[error("Écrire «\u{a0}{}\u{a0}» a échoué\u{a0}: {}. Rien n’a été laissé à moitié.", path.display(), explain(source))]
    Disk {
        /// The file.
        path: PathBuf,
        /// What the system says.
        source: io::Error,
    },
}

fn listed(messages: &[String]) -> String {
    let points: Vec<&str> = messages.iter().map(|it| it.trim_end_matches('.')).collect();
    points.join("\u{202f}; ")
}

/// What is asked of an export.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Wanted {
    /// The state; the usual one of the convention's stage when absent.
    pub state: Option<State>,
    /// One language; all of them one after the other when absent. Side by side, the one at the right.
    pub language: Option<Lang>,
    /// Two languages side by side, article by article, in a convention that has two.
    pub side_by_side: bool,
    /// The paper.
    pub paper: Paper,
    /// Whether annexes are left out.
    pub without_annexes: bool,
    /// Whether lines are numbered in the margin.
    pub line_numbers: bool,
    /// The party whose copy it is, named first; a key that no party has changes nothing.
    pub copy_of: Option<Key>,
}

impl Wanted {
    fn languages(&self, convention: &Convention) -> Languages {
        let own = &convention.languages;
        let right = match &self.language {
            Some(language) => Some(language),
            None => own.get(1),
        };
        match (self.side_by_side, own.first(), right, &self.language) {
            (true, Some(left), Some(right), _) if left != right => {
                Languages::Paired(left.clone(), right.clone())
            }
            (_, _, _, Some(language)) => Languages::One(language.clone()),
            _ => Languages::OneAfterTheOther,
        }
    }
}

/// The state in which a convention usually leaves: signed once it is, a working draft before.
#[must_use]
pub fn usual_state(convention: &Convention, records: &Records, today: NaiveDate) -> State {
    let french = |party: &_| records.nature_of(party) == Some(Nature::FrenchAuthority);
    match convention.stage(today, french) {
        Stage::Drafting | Stage::Review | Stage::Voted | Stage::DeliberationTransmitted => {
            State::Working
        }
        Stage::Signed | Stage::InForce | Stage::Suspended | Stage::Ended => State::Signature,
    }
}

/// Composes a convention as it is to leave.
///
/// # Errors
/// When it is not there, or is asked for signature while a finding blocks.
pub fn convention_document(
    convention: Id,
    records: &Records,
    reference: &Reference,
    wanted: &Wanted,
    today: NaiveDate,
) -> Result<Document, ExportError> {
    let convention = records.convention(convention).ok_or(ExportError::Missing)?;
    if wanted.state == Some(State::Signature) {
        let blocking: Vec<String> = check::review(
            Subject::Convention(convention.id),
            records,
            reference,
            today,
        )
        .into_iter()
        .filter(Finding::blocks)
        .map(|finding| finding.message)
        .collect();
        if !blocking.is_empty() {
            return Err(ExportError::Blocked {
                title: convention.title.clone(),
                messages: blocking,
            });
        }
    }

    let composition = Composition {
        state: wanted
            .state
            .unwrap_or_else(|| usual_state(convention, records, today)),
        languages: wanted.languages(convention),
        paper: wanted.paper,
        without_annexes: wanted.without_annexes,
        line_numbers: wanted.line_numbers,
        copy_of: wanted.copy_of.clone(),
        // A sealed text is of the day of its seal, whenever it is printed.
        dated: records
            .sealed(convention.id)
            .map_or(today, |version| version.at.date_naive()),
        ..Composition::default()
    };
    Ok(document::compose(
        convention,
        records,
        reference,
        &composition,
    ))
}

/// A convention as the bytes of a PDF.
///
/// # Errors
/// As [`convention_document`]; or when the pages cannot be made a file.
pub fn convention_pdf(
    convention: Id,
    records: &Records,
    reference: &Reference,
    wanted: &Wanted,
    today: NaiveDate,
    fonts: &Fonts,
) -> Result<Vec<u8>, ExportError> {
    let document = convention_document(convention, records, reference, wanted, today)?;
    let pages = typeset::lay_out(&document, fonts, &mut Paragraphs::default());
    pdf::write(&pages).map_err(|source| ExportError::Pdf {
        title: document.title,
        source,
    })
}

/// A name for a convention's file, that every system takes: its title, at most 100 characters.
#[must_use]
pub fn file_name(convention: &Convention) -> String {
    const LONGEST: usize = 100;

    let mut name = String::new();
    for c in convention.title.chars().take(LONGEST) {
        match c {
            '/' | '\\' | ':' | '*' | '?' | '"' | '<' | '>' | '|' => name.push('-'),
            c if c.is_control() => {}
            c if c.is_whitespace() => name.push(' '),
            c => name.push(c),
        }
    }
    let name = name.trim_matches([' ', '.']);
    let name = if name.is_empty() { "Convention" } else { name };
    format!("{name}.pdf")
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
