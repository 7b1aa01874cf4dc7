//! A document as plain text: one paragraph a line, a row of a table a line, notes after what calls them; no table of
//! contents.

use super::{Block, BlockKind, Document, Inline, List, Table};

/// The text of a document, as its PDF carries it. Ends with a line break.
#[must_use]
pub fn text(document: &Document) -> String {
    let mut lines = Vec::new();
    for block in &document.blocks {
        of_block(block, &mut lines);
    }
    let mut text = lines.join("\n");
    text.push('\n');
    text
}

fn of_block(block: &Block, lines: &mut Vec<String>) {
    match &block.kind {
        BlockKind::Title(text) | BlockKind::Subtitle(text) => line(text, "", lines),
        BlockKind::Heading(heading) => line(&heading.text, "", lines),
        BlockKind::Paragraph(paragraph) => {
            let number = paragraph.number.as_ref().map(|number| format!("{number} "));
            line(&paragraph.text, &number.unwrap_or_default(), lines);
        }
        BlockKind::List(list) => of_list(list, 0, lines),
        BlockKind::Table(table) => of_table(table, lines),
        // What a drawing shows, said.
        BlockKind::Figure(figure) => lines.push(figure.alternative.clone()),
        BlockKind::Signatures(signatures) => {
            for signature in signatures {
                line(&signature.party, "", lines);
                lines.extend(Some(signature.function.clone()).filter(|it| !it.is_empty()));
                lines.extend(signature.person.clone());
                line(&signature.place_and_date, "", lines);
                lines.push(signature.mention.clone());
            }
        }
        BlockKind::Paired(pairs) => {
            for (left, right) in pairs {
                for block in left.iter().chain(right) {
                    of_block(block, lines);
                }
            }
        }
        // A table of contents leads to pages, and there are none.
        BlockKind::Contents(_) | BlockKind::PageBreak | BlockKind::Part(_) => {}
    }
}

fn of_list(list: &List, depth: usize, lines: &mut Vec<String>) {
    for item in &list.items {
        let label = format!("{}{} ", "  ".repeat(depth), item.label);
        line(&item.text, &label, lines);
        if let Some(sublist) = &item.sublist {
            of_list(sublist, depth + 1, lines);
        }
    }
}

fn of_table(table: &Table, lines: &mut Vec<String>) {
    let row = |cells: &[Vec<Inline>]| -> String {
        let cells: Vec<String> = cells.iter().map(|cell| inlines(cell)).collect();
        cells.join("\t")
    };
    if !table.caption.is_empty() {
        lines.push(inlines(&table.caption));
    }
    lines.push(row(&table.head));
    lines.extend(table.rows.iter().map(|it| row(&it.cells)));
}

fn line(text: &[Inline], before: &str, lines: &mut Vec<String>) {
    lines.push(format!("{before}{}", inlines(text)));
    for inline in text {
        if let Inline::Note(note) = inline {
            lines.push(inlines(note));
        }
    }
}

/// Words on one line; a place to fill is dots, a call for a note is not seen.
pub(super) fn inlines(inlines: &[Inline]) -> String {
    let mut text = String::new();
    for inline in inlines {
        match inline {
            Inline::Span(span) => text.push_str(&span.text),
            Inline::Blank { .. } => text.push('…'),
            Inline::Link { text: words, .. } => text.push_str(&self::inlines(words)),
            Inline::LineBreak => text.push(' '),
            Inline::Note(_) => {}
        }
    }
    text
}
