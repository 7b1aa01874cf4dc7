//! Marked content: the items of a page cut into runs that have one owner.
//!
//! A run owned by a node becomes a marked-content sequence with an identifier (MCID), by which the structure
//! tree reaches it; a run owned by nobody becomes an artifact. Drawing and structure both follow this list,
//! so that they cannot disagree.

use std::ops::Range;

use crate::typeset::pages::{Artifact, Owner, Page, Pages};

use super::PdfError;

/// Items of one page, one after the other, that have the same owner.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Sequence {
    /// The items, by their place in [`Page::items`].
    pub items: Range<usize>,
    /// Whose they are.
    pub owner: Marked,
}

/// How a run of items is marked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Marked {
    /// A part of a node, under this identifier in its page.
    Content {
        /// The node, by its place in [`Pages::nodes`].
        node: usize,
        /// The identifier, from 0 in each page.
        mcid: usize,
    },
    /// Decoration.
    Artifact(Artifact),
}

/// The sequences of each page, in the order of reading. Fails when an item names a node that is not there.
pub(super) fn sequences(pages: &Pages) -> Result<Vec<Vec<Sequence>>, PdfError> {
    for (number, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            if let Owner::Node(node) = item.owner
                && node >= pages.nodes.len()
            {
                return Err(PdfError::Inconsistent(format!(
                    "page {}, élément sans balise n° {node}",
                    number + 1
                )));
            }
        }
    }
    Ok(pages.pages.iter().map(of_page).collect())
}

fn of_page(page: &Page) -> Vec<Sequence> {
    let mut sequences = Vec::new();
    let mut start = 0;
    let mut mcid = 0;

    for run in page.items.chunk_by(|a, b| a.owner == b.owner) {
        let Some(first) = run.first() else { continue };
        let owner = match first.owner {
            Owner::Artifact(artifact) => Marked::Artifact(artifact),
            Owner::Node(node) => {
                mcid += 1;
                Marked::Content {
                    node,
                    mcid: mcid - 1,
                }
            }
        };
        sequences.push(Sequence {
            items: start..start + run.len(),
            owner,
        });
        start += run.len();
    }
    sequences
}
