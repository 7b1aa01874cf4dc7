//! The logos of a document: pieces of the workspace, read again as hostile as the day they came.

use std::sync::Arc;

use crate::document::Logo;
use crate::model::{Lang, Records};
use crate::picture;
use crate::reference::{Reference, fill};

/// Our authority's logo, and why it cannot be shown when it cannot. `bytes_of` reads a piece by its hash.
pub fn logos(
    records: &Records,
    reference: &Reference,
    bytes_of: impl Fn(&str) -> Option<Vec<u8>>,
) -> (Vec<Logo>, Vec<String>) {
    let authority = records.authority();
    let Some(piece) = &authority.logo else {
        return (Vec::new(), Vec::new());
    };
    let Some(bytes) = bytes_of(&piece.sha256) else {
        let gone = format!(
            "Le logo «\u{a0}{}\u{a0}» n’est plus dans le dossier\u{a0}: le document part sans lui.",
            piece.file_name
        );
        return (Vec::new(), vec![gone]);
    };
    match picture::read(&bytes) {
        Ok(cleaned) => {
            let label = &reference.labels(&Lang::french()).page.logo_of;
            let logo = Logo {
                image: Arc::new(cleaned.picture),
                alternative: fill(label, &[("name", &authority.name.text)]),
            };
            (vec![logo], Vec::new())
        }
        Err(refused) => (
            Vec::new(),
            vec![format!("{refused} Le document part sans logo.")],
        ),
    }
}
