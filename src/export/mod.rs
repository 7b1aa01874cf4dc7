//! A convention, or a budget, leaves as a file: what the window and the command line share.
//!
//! Records become a document, the document pages, the pages a file; the file appears whole or not at all. Nothing
//! here asks anybody anything, nor knows a clock. [`Wanted`] is what is asked, [`Exported`] what comes of it and is to
//! be told; [`obstacles`] says beforehand why a text may not be signed, [`freeze`] keeps the version that is voted. Two
//! sheets of ours leave the same way: [`checks_sheet`] and [`comparison_sheet`], by [`sheet_pdf`].

mod blocks;
mod budget;
mod checks;
#[cfg(test)]
mod figures;
mod file;
mod freeze;
mod gate;
mod logos;
mod note;
mod revisions;
#[cfg(test)]
mod tests;

use std::io;
use std::mem;
use std::path::PathBuf;

use chrono::NaiveDate;

use crate::document::{self, Composition, Document, Languages, Logo, Masked, Paper, State};
use crate::exchange::{extract, sheet};
use crate::model::{Convention, Id, Key, Lang, Nature, Records, Stage};
use crate::pdf::{self, Attachment, PdfError};
use crate::reference::Reference;
use crate::typeset::cores::put_away;
use crate::typeset::pages::{Remark, RemarkKind};
use crate::typeset::{self, Fonts, Paragraphs};
use crate::workspace::explain;

pub use budget::{BudgetFormat, budget_file};
pub use checks::{checks_file_name, checks_sheet};
pub use file::{file_name, file_name_in, name_of_file, write_whole};
pub use freeze::freeze;
pub use gate::{Difference, Obstacles, obstacles};
pub use logos::Logos;
pub use note::note_pdf;
pub use revisions::{Compared, comparison_file_name, comparison_sheet};

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

    /// The text is not the one that was voted, beyond its blanks.
    #[error(
        "«\u{a0}{title}\u{a0}» n’est plus le texte voté\u{a0}: {}. Rien n’a été exporté. Signez le texte voté, soumettez \
         celui-ci à l’assemblée, ou faites écarter ces points.",
        told(.messages, .differences)
    )]
    NotVoted {
        /// The convention.
        title: String,
        /// What each finding says.
        messages: Vec<String>,
        /// The paragraphs that differ.
        differences: Vec<Difference>,
    },

    /// Characters have no glyph: boxes would be signed.
    #[error(
        "«\u{a0}{title}\u{a0}» contient des caractères qui ne peuvent pas être imprimés\u{a0}: {}. Rien n’a été \
         exporté. Remplacez-les, ou exportez en acceptant les cadres qui tiennent leur place (--cadres).",
        listed(.messages)
    )]
    Unprintable {
        /// The convention.
        title: String,
        /// What layout says of each.
        messages: Vec<String>,
    },

    /// Places to fill are left in a text to sign.
    #[error(
        "«\u{a0}{title}\u{a0}» a encore des blancs\u{a0}: {}. Rien n’a été exporté. Remplissez-les, ou exportez en \
         acceptant qu’ils le soient à la main (--blancs).",
        few(.blanks)
    )]
    Unfilled {
        /// The convention.
        title: String,
        /// What is missing in each.
        blanks: Vec<String>,
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

    /// A table is larger than its format takes.
    #[error(transparent)]
    TooLarge(#[from] sheet::TooLarge),

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

/// The first of them, and how many others there are.
#[must_use]
pub fn few(words: &[String]) -> String {
    const SAID: usize = 5;

    let said = words.iter().take(SAID).cloned().collect::<Vec<_>>();
    let said = said.join("\u{202f}; ");
    match words.len().saturating_sub(SAID) {
        0 => said,
        1 => format!("{said}\u{202f}; et un autre"),
        others => format!("{said}\u{202f}; et {others} autres"),
    }
}

fn told(messages: &[String], differences: &[Difference]) -> String {
    let mut told = listed(messages);
    for difference in differences {
        told.push_str("\u{202f}; ");
        told.push_str(&difference.to_string());
    }
    told
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
    /// Whether lines are numbered in the margin.
    pub line_numbers: bool,
    /// The party whose copy it is, named first; a key that no party has changes nothing.
    pub copy_of: Option<Key>,
    /// The sheet.
    pub paper: Paper,
    /// Whether annexes are left out.
    pub without_annexes: bool,
    /// Whether the file carries what it prints as data too: then it is PDF/A-3a.
    pub data: bool,
    /// Logos at the top of the first page; see [`Logos`].
    pub logos: Vec<Logo>,
    /// What somebody accepts in a text to sign.
    pub accepted: Vec<Reserve>,
}

/// What keeps a text from being signed unless somebody accepts it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reserve {
    /// Boxes stand for characters without a glyph.
    Boxes,
    /// Places are left to fill by hand.
    Blanks,
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

/// A convention as a file, and what is to be told of it.
#[derive(Debug, Clone, PartialEq)]
pub struct Exported {
    /// The file.
    pub bytes: Vec<u8>,
    /// In which state it leaves.
    pub state: State,
    /// How many pages it has.
    pub pages: usize,
    /// « PDF/A-2a, PDF/UA-1 ».
    pub standards: &'static str,
    /// What of the text is masked, when it is to be published.
    pub masked: Vec<Masked>,
    /// What only layout knows.
    pub remarks: Vec<Remark>,
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
/// When it is not there, or is asked for signature while a finding blocks or the text is not the one voted.
pub fn convention_document(
    convention: Id,
    records: &Records,
    reference: &Reference,
    wanted: &Wanted,
    today: NaiveDate,
) -> Result<Document, ExportError> {
    let convention = records.convention(convention).ok_or(ExportError::Missing)?;
    if wanted.state == Some(State::Signature) {
        obstacles(convention, records, reference, today).refuse(convention)?;
    }

    let composition = Composition {
        state: wanted
            .state
            .unwrap_or_else(|| usual_state(convention, records, today)),
        languages: wanted.languages(convention),
        line_numbers: wanted.line_numbers,
        copy_of: wanted.copy_of.clone(),
        // A sealed text is of the day of its seal, whenever it is printed.
        dated: records
            .sealed(convention.id)
            .map_or(today, |version| version.at.date_naive()),
        paper: wanted.paper,
        without_annexes: wanted.without_annexes,
        logos: wanted.logos.clone(),
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
/// As [`convention_document`]; when a text to sign holds places to fill, or characters without a glyph; or when the pages cannot be made
/// a file.
pub fn convention_pdf(
    convention: Id,
    records: &Records,
    reference: &Reference,
    wanted: &Wanted,
    today: NaiveDate,
    fonts: &Fonts,
) -> Result<Exported, ExportError> {
    let mut document = convention_document(convention, records, reference, wanted, today)?;
    let convention = records.convention(convention).ok_or(ExportError::Missing)?;
    let state = wanted
        .state
        .unwrap_or_else(|| usual_state(convention, records, today));
    let accepts = |reserve| wanted.accepted.contains(&reserve);
    let to_sign = wanted.state == Some(State::Signature);
    // What is signed already is printed as it was.
    let signed = usual_state(convention, records, today) == State::Signature;
    if to_sign && !signed && !accepts(Reserve::Blanks) {
        let blanks = document::blanks(&document);
        if !blanks.is_empty() {
            return Err(ExportError::Unfilled {
                title: convention.title.clone(),
                blanks: blanks.into_iter().map(str::to_owned).collect(),
            });
        }
    }
    let mut paragraphs = Paragraphs::default();
    let mut pages = typeset::lay_out(&document, fonts, &mut paragraphs);
    if to_sign && !accepts(Reserve::Boxes) {
        let missing = |it: &&Remark| it.kind == RemarkKind::MissingCharacter;
        let boxes = pages.remarks.iter().filter(missing);
        let messages: Vec<String> = boxes.map(|it| it.message.clone()).collect();
        if !messages.is_empty() {
            return Err(ExportError::Unprintable {
                title: convention.title.clone(),
                messages,
            });
        }
    }

    let (written, standards) = if wanted.data {
        let json = data_of(&document, convention, records, reference, state);
        let attachment = Attachment {
            name: extract::NAME,
            media_type: "application/json",
            description: "Le texte de la convention, tel qu’il est imprimé, pour les programmes",
            bytes: &json,
        };
        (pdf::write_with(&pages, &attachment), "PDF/A-3a, PDF/UA-1")
    } else {
        (pdf::write(&pages), "PDF/A-2a, PDF/UA-1")
    };
    let bytes = written.map_err(|source| ExportError::Pdf {
        title: convention.title.clone(),
        source,
    })?;
    let exported = Exported {
        bytes,
        state,
        pages: pages.pages.len(),
        standards,
        masked: mem::take(&mut document.masked),
        remarks: mem::take(&mut pages.remarks),
    };
    put_away((document, pages, paragraphs));
    Ok(exported)
}

/// A sheet of ours as the bytes of a PDF.
///
/// # Errors
/// When the pages cannot be made a file: a fault of ours, or a font that is missing.
pub fn sheet_pdf(document: &Document, fonts: &Fonts) -> Result<Vec<u8>, ExportError> {
    let pages = typeset::lay_out(document, fonts, &mut Paragraphs::default());
    pdf::write(&pages).map_err(|source| ExportError::Pdf {
        title: document.title.clone(),
        source,
    })
}

/// What the pages print, as data: of a sealed text, as it was signed.
fn data_of(
    document: &Document,
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    state: State,
) -> Vec<u8> {
    let signed = records
        .sealed(convention.id)
        .map(|version| Records::from_snapshot(&version.records));
    let records = signed.as_ref().unwrap_or(records);
    let convention = records.convention(convention.id).unwrap_or(convention);
    extract::extract(document, convention, records, reference, state).to_json()
}
