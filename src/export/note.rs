//! The note on why to act leaves as a PDF.

use chrono::NaiveDate;

use super::ExportError;
use crate::document::{Logo, NOTE, note};
use crate::model::Records;
use crate::pdf;
use crate::reference::{Reason, Reference};
use crate::typeset::{self, Fonts, Paragraphs};

/// The « note d'opportunité » for those reasons as the bytes of a PDF, PDF/A-2a and PDF/UA-1.
///
/// # Errors
/// When the pages cannot be made a file.
pub fn note_pdf(
    reasons: &[&Reason],
    records: &Records,
    reference: &Reference,
    logos: Vec<Logo>,
    today: NaiveDate,
    fonts: &Fonts,
) -> Result<Vec<u8>, ExportError> {
    let document = note(reasons, records, reference, logos, today);
    let pages = typeset::lay_out(&document, fonts, &mut Paragraphs::default());
    pdf::write(&pages).map_err(|source| ExportError::Pdf {
        title: NOTE.to_owned(),
        source,
    })
}
