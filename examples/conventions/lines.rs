//! A document as the pieces of text that the structure of its PDF must read back, in order: a line a piece, with its kind,
//! a tab and its text. The proofs and a test of the library share it.

use super::document::{Block, BlockKind, Document, Inline, List};

/// A line for each piece of the structure; those of the contents where they are `listed`.
pub fn lines(document: &Document, listed: bool) -> String {
    let mut lines = Lines::default();
    for logo in &document.logos {
        lines.push("Figure", &logo.alternative);
    }
    for (place, block) in document.blocks.iter().enumerate() {
        lines.block(block);
        if let (true, BlockKind::Contents(contents)) = (listed, &block.kind) {
            lines.push("P", &contents.title);
            let part = document.blocks.iter().skip(place + 1);
            let part = part.take_while(|it| !matches!(it.kind, BlockKind::Contents(_)));
            for block in part {
                if let BlockKind::Heading(heading) = &block.kind {
                    // Its notes are called in the text, not in the table of contents.
                    let text: Vec<Inline> = heading
                        .text
                        .iter()
                        .filter(|it| !matches!(it, Inline::Note(_)))
                        .cloned()
                        .collect();
                    let text = lines.inlines(&text);
                    lines.push("TOCI", &text);
                }
            }
        }
    }
    lines.text
}

#[derive(Default)]
struct Lines {
    text: String,
    notes: usize,
}

impl Lines {
    fn push(&mut self, kind: &str, text: &str) {
        let text: String = text
            .chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect();
        self.text.push_str(&format!("{kind}\t{text}\n"));
    }

    fn block(&mut self, block: &Block) {
        match &block.kind {
            BlockKind::Title(text) => self.line("H", text),
            BlockKind::Subtitle(text) => self.line("P", text),
            BlockKind::Heading(heading) => self.line("H", &heading.text),
            BlockKind::Paragraph(paragraph) => {
                let number = paragraph.number.clone().unwrap_or_default();
                let text = self.inlines(&paragraph.text);
                self.push("P", &format!("{number} {text}"));
            }
            BlockKind::List(list) => self.list(list),
            BlockKind::Table(table) => {
                if !table.caption.is_empty() {
                    self.line("Caption", &table.caption);
                }
                for cell in table
                    .head
                    .iter()
                    .chain(table.rows.iter().flat_map(|it| &it.cells))
                {
                    self.line("T", cell);
                }
            }
            BlockKind::Figure(figure) => {
                self.line("P", &figure.caption);
                self.push("Figure", &figure.alternative);
            }
            BlockKind::Signatures(signatures) => {
                for signature in signatures {
                    let party = self.inlines(&signature.party);
                    let place = self.inlines(&signature.place_and_date);
                    let person = signature.person.clone().unwrap_or_default();
                    self.push(
                        "Signature",
                        &format!(
                            "{party} {} {place} {} {person}",
                            signature.function, signature.mention
                        ),
                    );
                }
            }
            BlockKind::Paired(pairs) => {
                for block in pairs
                    .iter()
                    .flat_map(|(left, right)| left.iter().chain(right))
                {
                    self.block(block);
                }
            }
            BlockKind::Contents(_) | BlockKind::PageBreak | BlockKind::Part(_) => {}
        }
    }

    fn list(&mut self, list: &List) {
        for item in &list.items {
            let text = self.inlines(&item.text);
            self.push("LI", &format!("{} {text}", item.label));
            if let Some(sublist) = &item.sublist {
                self.list(sublist);
            }
        }
    }

    fn line(&mut self, kind: &str, text: &[Inline]) {
        let text = self.inlines(text);
        self.push(kind, &text);
    }

    /// A note is read where it is called, with its number before it.
    fn inlines(&mut self, inlines: &[Inline]) -> String {
        let mut text = String::new();
        for inline in inlines {
            match inline {
                Inline::Span(span) => text.push_str(&span.text),
                // What replaces a rule is in no glyph: programs that copy do not see it.
                Inline::Blank { label, .. } => text.push_str(&format!("⟦{label}⟧")),
                Inline::Link { text: words, .. } => text.push_str(&self.inlines(words)),
                Inline::LineBreak => text.push(' '),
                Inline::Note(note) => {
                    self.notes += 1;
                    let number = self.notes;
                    let note = self.inlines(note);
                    text.push_str(&format!(" {number} {number} {note} "));
                }
            }
        }
        text
    }
}
