//! Pages as one file that is PDF/A-2a and PDF/UA-1 at once.
//!
//! [`write()`] takes [`Pages`], where everything has its place and its meaning already, and gives the bytes
//! of a file: same pages, same bytes, on any machine; [`write_with()`] puts a file of data inside, and the whole is
//! PDF/A-3a. It decides nothing about the text and knows nothing
//! of conventions. Exports and the preview's « Ouvrir le PDF » call it.
//!
//! The way through it: [`fonts`] numbers the glyphs that occur and cuts the faces down to them; [`content`] writes
//! the items as operators, wrapped in marked content by [`sequence`], which [`deflating`] takes page by page; [`draw`]
//! has `printpdf` make the document of sheets, fonts and pictures; [`conform`]
//! then gives the document what the two standards ask for and `printpdf` does not write: the structure tree
//! ([`structure`]), bookmarks ([`outline`]), metadata and colour ([`metadata`]); [`file`] writes it all as bytes.

mod attachment;
mod conform;
mod content;
mod deflating;
mod draw;
mod file;
mod fonts;
mod metadata;
mod outline;
mod resources;
mod sequence;
mod shared;
mod structure;
mod text_line;
mod tighten;

#[cfg(test)]
pub(crate) mod tests;

use crate::typeset::cores::{both, put_away};
use crate::typeset::pages::{Length, Pages};

pub use attachment::Attachment;

use conform::Deflated;
use deflating::deflate;

/// Why pages could not become a file. Nothing is left half-written: there are no bytes at all.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// There is no page to write.
    #[error("Le document n’a aucune page : il n’y a rien à écrire en PDF.")]
    Empty,
    /// A font file cannot be read or cut down to the glyphs that occur.
    #[error(
        "La police « {name} » ne peut pas être incorporée au PDF ({reason}). Le fichier n’a pas été \
         écrit ; si cette police vient de l’ordinateur, la retirer ou la réinstaller."
    )]
    Font {
        /// Its PostScript name.
        name: String,
        /// What the reader of fonts says.
        reason: String,
    },
    /// The pages contradict themselves: a fault of ours, never of the user's text.
    #[error(
        "La mise en page est incohérente ({0}). Le PDF n’a pas été écrit et vos données sont intactes ; \
         c’est un défaut de Passerelle, merci de le signaler."
    )]
    Inconsistent(String),
    /// The file could not be assembled in memory.
    #[error("Le PDF n’a pas pu être assemblé : {0}. Vos données sont intactes.")]
    Assembly(String),
}

impl From<lopdf::Error> for PdfError {
    fn from(error: lopdf::Error) -> Self {
        Self::Assembly(error.to_string())
    }
}

/// Writes `pages` as the bytes of a file that is PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// When there is no page, when a font cannot be embedded, or when the pages name something that is not in
/// them (a node, a face, a picture, the missing glyph): such a file would not conform, so there is none.
pub fn write(pages: &Pages) -> Result<Vec<u8>, PdfError> {
    assemble(pages, None)
}

/// Writes `pages` with a file of data inside, as the bytes of a file that is PDF/A-3a and PDF/UA-1.
///
/// # Errors
/// As [`write()`].
pub fn write_with(pages: &Pages, attachment: &Attachment<'_>) -> Result<Vec<u8>, PdfError> {
    assemble(pages, Some(attachment))
}

fn assemble(pages: &Pages, attachment: Option<&Attachment<'_>>) -> Result<Vec<u8>, PdfError> {
    if pages.pages.is_empty() {
        return Err(PdfError::Empty);
    }
    let faces = fonts::Faces::gather(pages)?;
    let sequences = sequence::sequences(pages)?;
    let watermark = shared::watermark(pages);

    // Here pages are written, then their structure; there fonts are cut down. What is written is deflated by whichever
    // has nothing else to do.
    let (pile, written) = deflating::pile();
    let (document, programs) = both(
        || {
            for (number, sequences) in sequences.iter().enumerate() {
                pile.add(content::content(
                    pages, number, &faces, sequences, watermark,
                )?);
            }
            if let Some(watermark) = watermark {
                pile.add(content::outlines(pages, &faces, watermark));
            }
            drop(pile);
            let mut document = draw::draw(pages, &faces)?;
            conform::conform(&mut document, pages, &faces, &sequences, attachment)?;
            written.deflate()?;
            Ok::<_, PdfError>(document)
        },
        || {
            let programs = faces.programs()?;
            written.deflate()?;
            Ok::<_, PdfError>(programs)
        },
    );
    let mut document = document?;
    let mut contents = written.taken();
    let deflated = Deflated {
        programs: programs?,
        watermark: watermark.and_then(|_| contents.pop()),
        contents,
    };
    let data = attachment.map_or(&[][..], |attachment| attachment.bytes);
    conform::fill(&mut document, pages, &faces, deflated, data)?;
    let bytes = file::bytes_of(&document);
    put_away(document);
    bytes
}

/// Thousandths of a point, rounded.
fn thousandths(length: Length) -> i64 {
    (length.0 * 1000 + 32_768).div_euclid(65_536)
}

/// Points, to the thousandth: 0.4 µm, and short numbers in the file.
fn points(length: Length) -> f32 {
    thousandths(length) as f32 / 1000.0
}

/// Points from the bottom of the sheet, as PDF counts them.
fn height_above_foot(pages: &Pages, y: Length) -> f32 {
    points(Length(pages.height.0 - y.0))
}
