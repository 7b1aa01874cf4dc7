//! A paragraph of article text as pieces of a line: styles, fields, notes, places to fill.

use crate::model::Text;
use crate::model::text::{Content, Leaf};

use super::desk::Desk;
use super::{Inline, Span, fields};

/// The leaves of a paragraph. `text` is where its notes are told.
pub(super) fn of_leaves(desk: &Desk<'_>, leaves: &[Leaf], text: &Text) -> Vec<Inline> {
    leaves
        .iter()
        .filter_map(|leaf| of_leaf(desk, leaf, text))
        .collect()
}

/// A line of plain text of ours or of a record, without marks.
pub(super) fn plain(text: impl Into<String>) -> Inline {
    Inline::Span(Span::plain(text))
}

pub(super) fn bold(text: impl Into<String>) -> Inline {
    Inline::Span(Span {
        text: text.into(),
        bold: true,
        ..Span::default()
    })
}

/// A place to fill: a rule of that many ems, and what is missing.
pub(super) fn blank(ems: u8, label: impl Into<String>) -> Inline {
    Inline::Blank {
        ems,
        label: label.into(),
    }
}

fn of_leaf(desk: &Desk<'_>, leaf: &Leaf, text: &Text) -> Option<Inline> {
    let style = Span {
        bold: leaf.bold,
        italic: leaf.italic,
        ..Span::default()
    };
    Some(match &leaf.content {
        Content::Words(words) => Inline::Span(Span {
            text: words.clone(),
            ..style
        }),
        Content::Field(name) => fields::resolve(desk, name, &style),
        Content::Blank(underscores) => blank(
            u8::try_from(*underscores).unwrap_or(u8::MAX).clamp(3, 24),
            desk.labels.page.to_fill.clone(),
        ),
        Content::Note(key) => {
            let note = text.notes.iter().find(|note| note.key == *key)?;
            let parsed = crate::model::text::parse(&note.text);
            // A note calls no note.
            let leaves = parsed
                .leaves
                .iter()
                .filter(|leaf| !matches!(leaf.content, Content::Note(_)));
            Inline::Note(
                leaves
                    .filter_map(|leaf| of_leaf(desk, leaf, text))
                    .collect(),
            )
        }
    })
}
