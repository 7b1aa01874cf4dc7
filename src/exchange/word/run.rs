//! Runs of a paragraph: words with their style and language, places to fill, links, calls for notes.

use std::io;

use super::body::Body;
use super::xml::{Xml, element, text_element};
use crate::document::{Inline, Revision, Span, Target};
use crate::model::Lang;
use crate::typeset::set_spaces;

/// What a span is drawn as where it does not say.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Look {
    /// Bold: the head of a table, a total.
    pub(super) bold: bool,
    /// As a link is.
    pub(super) link: bool,
}

impl Body<'_> {
    /// Writes inlines as runs, with the spaces that their language wants.
    pub(super) fn runs(&mut self, xml: &mut Xml, inlines: &[Inline], look: Look) -> io::Result<()> {
        let spaced = spaced(inlines, &self.language);
        for inline in &spaced {
            self.inline(xml, inline, look)?;
        }
        Ok(())
    }

    fn inline(&mut self, xml: &mut Xml, inline: &Inline, look: Look) -> io::Result<()> {
        match inline {
            Inline::Span(span) => self.span(xml, span, look),
            Inline::LineBreak => element(xml, "w:r", &[], |xml| xml.empty("w:br", &[])),
            Inline::Blank { ems, label } => blank(xml, *ems, label),
            Inline::Note(note) => self.note(xml, note),
            Inline::Link { target, text } => {
                let link = Look { link: true, ..look };
                match target {
                    Target::Anchor(anchor) => {
                        let name = bookmark(anchor.0.as_str());
                        element(xml, "w:hyperlink", &[("w:anchor", &name)], |xml| {
                            text.iter().try_for_each(|it| self.inline(xml, it, look))
                        })
                    }
                    Target::Address(address) => {
                        self.links.push(address.clone());
                        let id = format!("link{}", self.links.len());
                        element(xml, "w:hyperlink", &[("r:id", &id)], |xml| {
                            text.iter().try_for_each(|it| self.inline(xml, it, link))
                        })
                    }
                }
            }
        }
    }

    fn span(&mut self, xml: &mut Xml, span: &Span, look: Look) -> io::Result<()> {
        let language = span.language.as_ref().unwrap_or(&self.language).clone();
        let words = if span.revision == Some(Revision::Deleted) {
            "w:delText"
        } else {
            "w:t"
        };
        let run = |xml: &mut Xml| {
            element(xml, "w:r", &[], |xml| {
                look_of(xml, span, look, &language)?;
                for (place, piece) in unbroken(&span.text).into_iter().enumerate() {
                    if place > 0 {
                        xml.empty("w:noBreakHyphen", &[])?;
                    }
                    text_element(xml, words, &[("xml:space", "preserve")], piece)?;
                }
                Ok(())
            })
        };
        let change = match span.revision {
            None => return run(xml),
            Some(Revision::Inserted) => "w:ins",
            Some(Revision::Deleted) => "w:del",
        };
        self.changes += 1;
        let (id, day) = (self.changes.to_string(), self.day());
        let author = [
            ("w:id", id.as_str()),
            ("w:author", "Passerelle"),
            ("w:date", &day),
        ];
        element(xml, change, &author, run)
    }

    /// A call for a note; the note itself goes to its own part.
    fn note(&mut self, xml: &mut Xml, note: &[Inline]) -> io::Result<()> {
        // 0 and 1 are the rules that Word wants above notes.
        self.note_count += 1;
        let id = (self.note_count + 1).to_string();
        let mut written = Xml::fragment();
        element(&mut written, "w:footnote", &[("w:id", &id)], |xml| {
            element(xml, "w:p", &[], |xml| {
                element(xml, "w:pPr", &[], |xml| {
                    xml.empty("w:pStyle", &[("w:val", "FootnoteText")])
                })?;
                element(xml, "w:r", &[], |xml| {
                    element(xml, "w:rPr", &[], |xml| {
                        xml.empty("w:rStyle", &[("w:val", "FootnoteReference")])
                    })?;
                    xml.empty("w:footnoteRef", &[])
                })?;
                element(xml, "w:r", &[], |xml| {
                    text_element(xml, "w:t", &[("xml:space", "preserve")], "\u{a0}")
                })?;
                self.runs(xml, note, Look::default())
            })
        })?;
        self.notes.extend(written.end());

        element(xml, "w:r", &[], |xml| {
            element(xml, "w:rPr", &[], |xml| {
                xml.empty("w:rStyle", &[("w:val", "FootnoteReference")])
            })?;
            xml.empty("w:footnoteReference", &[("w:id", &id)])
        })
    }
}

/// The pieces of a text between the hyphens that stand between two figures: « L. 1115-1 » and « 2027-2029 » are never
/// broken.
fn unbroken(text: &str) -> Vec<&str> {
    let bytes = text.as_bytes();
    let is_figure = |place: usize| bytes.get(place).is_some_and(u8::is_ascii_digit);
    let mut pieces = Vec::new();
    let mut from = 0;
    for (place, _) in text.match_indices('-') {
        if place > 0 && is_figure(place - 1) && is_figure(place + 1) {
            pieces.extend(text.get(from..place));
            from = place + 1;
        }
    }
    pieces.extend(text.get(from..));
    pieces
}

/// The properties of a run, in the order of the schema (ECMA-376, 17.3.2.28).
fn look_of(xml: &mut Xml, span: &Span, look: Look, language: &Lang) -> io::Result<()> {
    element(xml, "w:rPr", &[], |xml| {
        if look.link {
            xml.empty("w:rStyle", &[("w:val", "Hyperlink")])?;
        }
        if span.bold || look.bold {
            xml.empty("w:b", &[])?;
            xml.empty("w:bCs", &[])?;
        }
        if span.italic {
            xml.empty("w:i", &[])?;
            xml.empty("w:iCs", &[])?;
        }
        if span.raised {
            xml.empty("w:vertAlign", &[("w:val", "superscript")])?;
        }
        let tag = language.as_str();
        if language.is_right_to_left() {
            xml.empty("w:rtl", &[])?;
            xml.empty("w:lang", &[("w:bidi", tag)])
        } else {
            xml.empty("w:lang", &[("w:val", tag), ("w:eastAsia", tag)])
        }
    })
}

/// A place to fill, as a field of a form that says what is missing.
fn blank(xml: &mut Xml, ems: u8, label: &str) -> io::Result<()> {
    element(xml, "w:sdt", &[], |xml| {
        element(xml, "w:sdtPr", &[], |xml| {
            xml.empty("w:alias", &[("w:val", label)])?;
            xml.empty("w:showingPlcHdr", &[])?;
            xml.empty("w:text", &[])
        })?;
        element(xml, "w:sdtContent", &[], |xml| {
            element(xml, "w:r", &[], |xml| {
                text_element(xml, "w:t", &[], &"…".repeat(usize::from(ems).max(1)))
            })
        })
    })
}

/// A name that Word takes for a bookmark: a letter first, 40 characters at most.
pub(super) fn bookmark(anchor: &str) -> String {
    let name: String = anchor
        .chars()
        .map(|c| if c.is_alphanumeric() { c } else { '_' })
        .take(38)
        .collect();
    format!("p_{name}")
}

/// The same inlines with the spaces of their languages, chosen over the whole line. Word's own are no-break and full:
/// its faces have not always the fine one.
fn spaced(inlines: &[Inline], language: &Lang) -> Vec<Inline> {
    /// Stands for what is no span.
    const OBJECT: char = '\u{fffc}';

    let mut letters = Vec::new();
    let mut languages = Vec::new();
    for inline in inlines {
        let (text, its) = match inline {
            Inline::Span(span) => (span.text.as_str(), span.language.as_ref()),
            _ => ("\u{fffc}", None),
        };
        letters.extend(text.chars());
        languages.resize(letters.len(), its.unwrap_or(language));
    }
    set_spaces(&mut letters, |place| {
        languages.get(place).copied().unwrap_or(language)
    });

    let mut letters = letters.into_iter().map(|c| match c {
        '\u{202f}' => '\u{a0}',
        c => c,
    });
    inlines
        .iter()
        .map(|inline| match inline {
            Inline::Span(span) => {
                let count = span.text.chars().count();
                Inline::Span(Span {
                    text: letters.by_ref().take(count).collect(),
                    ..span.clone()
                })
            }
            other => {
                let stands = letters.next();
                debug_assert_eq!(stands, Some(OBJECT));
                other.clone()
            }
        })
        .collect()
}
