//! A paragraph's inlines as one string, with what each character is.
//!
//! Layout wants the paragraph whole: spaces, line breaks and the order of right-to-left words do not stop at
//! the edges of a span. So spans are poured into one text of characters that each know their look, their
//! language and the node of the tag tree that they belong to ([`Mark`]); blanks are single characters in it.
//! Control characters become spaces or vanish, runs of spaces become one.

use crate::document::{Inline, Revision, Target};
use crate::model::Lang;

use super::pages::Tag;
use super::spaces::{NO_BREAK, ordinals, set_spaces};

/// Stands in the text for what is not a letter: a blank.
pub(super) const OBJECT: char = '\u{FFFC}';

/// What a character is, beside itself.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Attributes {
    pub bold: bool,
    pub italic: bool,
    pub raised: bool,
    pub solid: bool,
    pub language: Lang,
    pub mark: Option<usize>,
    /// For a blank: its length in ems.
    pub blank: Option<u8>,
    /// For the space that ends a line of the author's.
    pub ends_line: bool,
    /// In a comparison: new, or gone.
    pub revision: Option<Revision>,
}

/// A node of the tag tree inside a paragraph.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Mark {
    /// The mark that holds it; the paragraph itself when absent.
    pub parent: Option<usize>,
    pub tag: Tag,
    pub language: Option<Lang>,
    pub replacement: Option<String>,
    pub target: Option<Target>,
    /// The note that it calls, by its place in [`Text::notes`].
    pub note: Option<usize>,
    /// In a comparison: new, or gone.
    pub revision: Option<Revision>,
}

impl Mark {
    pub(super) const fn span(parent: Option<usize>) -> Self {
        Self {
            parent,
            tag: Tag::Span,
            language: None,
            replacement: None,
            target: None,
            note: None,
            revision: None,
        }
    }
}

/// A paragraph poured into one text.
#[derive(Debug)]
pub(super) struct Text {
    pub chars: Vec<char>,
    /// For each character, its place in `attributes`.
    pub looks: Vec<u32>,
    pub attributes: Vec<Attributes>,
    pub marks: Vec<Mark>,
    /// The notes that it calls.
    pub notes: Vec<Vec<Inline>>,
}

/// Pours `inlines`, in `language`, into one text. `first_note` is the number of the next note; `prefix` is
/// printed before, as the number of a paragraph is. Anchors that `leads` does not know make no link.
pub(super) fn pour(
    prefix: Option<&str>,
    inlines: &[Inline],
    language: &Lang,
    first_note: usize,
    leads: &dyn Fn(&Target) -> bool,
) -> Text {
    let mut pouring = Pouring {
        text: Text {
            chars: Vec::new(),
            looks: Vec::new(),
            attributes: Vec::new(),
            marks: Vec::new(),
            notes: Vec::new(),
        },
        first_note,
        leads,
        depth: 0,
    };
    let plain = Attributes {
        bold: false,
        italic: false,
        raised: false,
        solid: false,
        language: language.clone(),
        mark: None,
        blank: None,
        ends_line: false,
        revision: None,
    };
    if let Some(prefix) = prefix {
        let look = pouring.look(plain.clone());
        for c in prefix.chars() {
            pouring.push(if c == ' ' { NO_BREAK } else { c }, look);
        }
        pouring.push(NO_BREAK, look);
    }
    pouring.inlines(inlines, &plain);
    let mut text = pouring.text;
    while text.chars.last() == Some(&' ') {
        text.chars.pop();
        text.looks.pop();
    }
    let Text {
        chars,
        looks,
        attributes,
        ..
    } = &mut text;
    set_spaces(chars, |place| &attributes[looks[place] as usize].language);
    raise_ordinals(&mut text);
    text
}

/// Spans inside links inside notes inside links: no document is this deep.
const DEEPEST: usize = 8;

struct Pouring<'a> {
    text: Text,
    first_note: usize,
    leads: &'a dyn Fn(&Target) -> bool,
    depth: usize,
}

impl Pouring<'_> {
    fn look(&mut self, attributes: Attributes) -> u32 {
        if self.text.attributes.last() != Some(&attributes) {
            self.text.attributes.push(attributes);
        }
        (self.text.attributes.len() - 1) as u32
    }

    fn push(&mut self, c: char, look: u32) {
        let c = match c {
            '\t' | '\n' | '\r' | '\u{B}' | '\u{C}' | '\u{85}' | '\u{2028}' | '\u{2029}' => ' ',
            // Soft hyphens and marks of order are ours to set; an object comes by `object` only.
            '\u{AD}'
            | '\u{FEFF}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | OBJECT => {
                return;
            }
            c if c.is_control() => return,
            c => c,
        };
        if c == ' ' && self.text.chars.last().is_none_or(|last| *last == ' ') {
            return;
        }
        self.text.chars.push(c);
        self.text.looks.push(look);
    }

    fn object(&mut self, look: u32) {
        self.text.chars.push(OBJECT);
        self.text.looks.push(look);
    }

    fn mark(&mut self, mark: Mark) -> usize {
        self.text.marks.push(mark);
        self.text.marks.len() - 1
    }

    fn inlines(&mut self, inlines: &[Inline], around: &Attributes) {
        if self.depth > DEEPEST {
            return;
        }
        self.depth += 1;
        for inline in inlines {
            self.inline(inline, around);
        }
        self.depth -= 1;
    }

    fn inline(&mut self, inline: &Inline, around: &Attributes) {
        match inline {
            Inline::Span(span) => {
                let mut attributes = Attributes {
                    bold: around.bold || span.bold,
                    italic: around.italic || span.italic,
                    raised: span.raised,
                    solid: around.solid || span.solid,
                    ..around.clone()
                };
                if let Some(language) = span.language.as_ref().filter(|l| **l != around.language) {
                    let mark = self.mark(Mark {
                        language: Some(language.clone()),
                        ..Mark::span(around.mark)
                    });
                    attributes.mark = Some(mark);
                    attributes.language = language.clone();
                }
                if let Some(revision) = span.revision {
                    let mark = self.mark(Mark {
                        replacement: Some(said(revision, &span.text)),
                        revision: Some(revision),
                        ..Mark::span(attributes.mark)
                    });
                    attributes.mark = Some(mark);
                    attributes.revision = Some(revision);
                }
                let look = self.look(attributes);
                for c in span.text.chars() {
                    self.push(c, look);
                }
            }
            Inline::Blank { ems, label } => {
                let mark = self.mark(Mark {
                    replacement: Some(label.clone()),
                    ..Mark::span(around.mark)
                });
                let look = self.look(Attributes {
                    mark: Some(mark),
                    blank: Some((*ems).max(1)),
                    ..around.clone()
                });
                self.object(look);
            }
            Inline::Note(note) => {
                let number = self.text.notes.len();
                self.text.notes.push(note.clone());
                let mark = self.mark(Mark {
                    tag: Tag::Reference,
                    note: Some(number),
                    ..Mark::span(around.mark)
                });
                let look = self.look(Attributes {
                    raised: true,
                    solid: true,
                    mark: Some(mark),
                    ..around.clone()
                });
                for c in (self.first_note + number).to_string().chars() {
                    self.push(c, look);
                }
            }
            Inline::Link { target, text } => {
                if !(self.leads)(target) {
                    return self.inlines(text, around);
                }
                let mark = self.mark(Mark {
                    tag: Tag::Link,
                    target: Some(target.clone()),
                    ..Mark::span(around.mark)
                });
                self.inlines(
                    text,
                    &Attributes {
                        mark: Some(mark),
                        ..around.clone()
                    },
                );
            }
            Inline::LineBreak => {
                if self.text.chars.last() == Some(&' ') {
                    self.text.chars.pop();
                    self.text.looks.pop();
                }
                let look = self.look(Attributes {
                    ends_line: true,
                    ..around.clone()
                });
                self.text.chars.push(' ');
                self.text.looks.push(look);
            }
        }
    }
}

/// What is said of a revision to those who see neither rule nor colour. Comparisons are a French department's.
fn said(revision: Revision, words: &str) -> String {
    let what = match revision {
        Revision::Inserted => "ajouté",
        Revision::Deleted => "supprimé",
    };
    format!("[{what}\u{a0}: {}]", words.trim())
}

/// Raises the letters of French ordinals, and says the whole, « 1er », to those who do not see it.
fn raise_ordinals(text: &mut Text) {
    let french = |text: &Text, place: usize| {
        text.attributes[text.looks[place] as usize]
            .language
            .is_french()
    };
    for (start, letters, end) in ordinals(&text.chars) {
        let look = text.looks[start] as usize;
        let mark = text.attributes[look].mark;
        let together = (start..end).all(|place| {
            let attributes = &text.attributes[text.looks[place] as usize];
            attributes.mark == mark && attributes.blank.is_none()
        });
        if !together || !french(text, start) {
            continue;
        }
        let words: String = text.chars[start..end].iter().collect();
        text.marks.push(Mark {
            replacement: Some(words),
            ..Mark::span(mark)
        });
        let ordinal = text.marks.len() - 1;
        for place in start..end {
            let attributes = Attributes {
                mark: Some(ordinal),
                raised: place >= letters,
                ..text.attributes[text.looks[place] as usize].clone()
            };
            if text.attributes.last() != Some(&attributes) {
                text.attributes.push(attributes);
            }
            text.looks[place] = (text.attributes.len() - 1) as u32;
        }
    }
}
