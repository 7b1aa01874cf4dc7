//! What a set paragraph is remembered by.

use crate::document::{Inline, Target};
use crate::model::Lang;

use super::paragraph::Request;

/// Everything that a set paragraph depends on, as bytes: two requests are alike when their keys are.
pub(super) fn key_of(request: &Request<'_>, leads: &dyn Fn(&Target) -> bool) -> Vec<u8> {
    let mut key = Key {
        bytes: Vec::with_capacity(256),
        notes: false,
    };
    let style = &request.style;
    key.number(request.width.0);
    key.number(request.hanging.0);
    key.number(style.size.0);
    key.number(style.leading.0);
    key.bytes.extend([
        style.family as u8,
        u8::from(style.bold),
        u8::from(style.italic),
        u8::from(style.hyphenate),
        u8::from(style.tabular),
        style.color.0,
        style.color.1,
        style.color.2,
        request.align as u8,
    ]);
    key.words(request.language.as_str());
    key.words(request.prefix.unwrap_or(""));
    key.inlines(request.inlines, leads, 0);
    if key.notes {
        key.number(request.first_note as i64);
    }
    key.bytes
}

struct Key {
    bytes: Vec<u8>,
    /// Whether notes are called: then their numbers count.
    notes: bool,
}

impl Key {
    fn number(&mut self, number: i64) {
        self.bytes.extend(number.to_le_bytes());
    }

    fn words(&mut self, words: &str) {
        self.number(words.len() as i64);
        self.bytes.extend(words.as_bytes());
    }

    fn inlines(&mut self, inlines: &[Inline], leads: &dyn Fn(&Target) -> bool, depth: usize) {
        if depth > 16 {
            return;
        }
        self.number(inlines.len() as i64);
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    self.bytes.extend([
                        0,
                        u8::from(span.bold),
                        u8::from(span.italic),
                        u8::from(span.raised),
                        u8::from(span.solid),
                    ]);
                    self.words(span.language.as_ref().map_or("", Lang::as_str));
                    self.words(&span.text);
                }
                Inline::Blank { ems, label } => {
                    self.bytes.extend([1, *ems]);
                    self.words(label);
                }
                Inline::Note(note) => {
                    self.notes = true;
                    self.bytes.push(2);
                    self.inlines(note, leads, depth + 1);
                }
                Inline::Link { target, text } => {
                    self.bytes.extend([3, u8::from(leads(target))]);
                    match target {
                        Target::Anchor(anchor) => {
                            self.bytes.push(0);
                            self.words(anchor.0.as_str());
                        }
                        Target::Address(address) => {
                            self.bytes.push(1);
                            self.words(address);
                        }
                    }
                    self.inlines(text, leads, depth + 1);
                }
                Inline::LineBreak => self.bytes.push(4),
            }
        }
    }
}
