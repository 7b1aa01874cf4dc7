//! What a document leaves to fill by hand.

use super::{Block, BlockKind, Document, Inline, List};

/// What is missing where a document has a place to fill, each once, in order. Where and when one signs is left out: that is
/// filled by who signs.
#[must_use]
pub fn blanks(document: &Document) -> Vec<&str> {
    let mut found = Vec::new();
    for block in &document.blocks {
        of_block(block, &mut found);
    }
    found
}

fn of_block<'a>(block: &'a Block, found: &mut Vec<&'a str>) {
    match &block.kind {
        BlockKind::Title(text) | BlockKind::Subtitle(text) => of_inlines(text, found),
        BlockKind::Heading(heading) => of_inlines(&heading.text, found),
        BlockKind::Paragraph(paragraph) => of_inlines(&paragraph.text, found),
        BlockKind::List(list) => of_list(list, found),
        BlockKind::Table(table) => {
            let rows = table.rows.iter().flat_map(|row| &row.cells);
            for cell in table.head.iter().chain(rows) {
                of_inlines(cell, found);
            }
        }
        BlockKind::Paired(pairs) => {
            for (left, right) in pairs {
                for block in left.iter().chain(right) {
                    of_block(block, found);
                }
            }
        }
        BlockKind::Signatures(_)
        | BlockKind::Figure(_)
        | BlockKind::Contents(_)
        | BlockKind::PageBreak
        | BlockKind::Part(_) => {}
    }
}

fn of_list<'a>(list: &'a List, found: &mut Vec<&'a str>) {
    for item in &list.items {
        of_inlines(&item.text, found);
        if let Some(sublist) = &item.sublist {
            of_list(sublist, found);
        }
    }
}

fn of_inlines<'a>(inlines: &'a [Inline], found: &mut Vec<&'a str>) {
    for inline in inlines {
        match inline {
            Inline::Blank { label, .. } if !found.contains(&label.as_str()) => found.push(label),
            Inline::Link { text, .. } | Inline::Note(text) => of_inlines(text, found),
            Inline::Blank { .. } | Inline::Span(_) | Inline::LineBreak => {}
        }
    }
}
