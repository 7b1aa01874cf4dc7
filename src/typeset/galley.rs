//! The galley: the whole text as one long column of rows, with its tree, before pages are cut from it.
//!
//! A row is what a page cannot part: a line, a row of a table, a block of signatures. Each says how far it
//! stands from the one above, whether a page may begin with it, and what it draws. Making the galley also
//! makes the tag tree, in the order of reading.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::document::{Align, Anchor, Around, Document, Inline, Place, Rgb, Target};
use crate::model::Lang;

use super::measure::{CELL_PADDING, NOTE, Sheet, TextStyle};
use super::pages::{Area, Artifact, Length, Node, Owner, Remark, RemarkKind, Tag};
use super::paragraph::{Laid, Press, Request};

/// Whether a page may begin with a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Before {
    /// It may.
    Free,
    /// It stays with the row above, if a page can hold both.
    Kept,
    /// It must.
    NewPage,
}

/// What a page cannot part.
#[derive(Debug)]
pub(super) struct Row {
    /// Space above, which vanishes at the top of a page.
    pub gap: Length,
    pub height: Length,
    pub before: Before,
    pub drawn: Vec<Placed>,
    /// The notes that it calls, by their place in [`Galley::notes`].
    pub notes: Vec<usize>,
    /// The part of the document that begins here, by its place in [`Galley::parts`].
    pub part: Option<usize>,
    /// The table whose heads come again above it at the top of a page, by its place in [`Galley::heads`].
    pub table: Option<usize>,
    /// The headings that stand here, by their place in [`Galley::headings`].
    pub headings: Vec<usize>,
    /// Whether it is counted when lines are numbered: its baseline.
    pub counted: Option<Length>,
    /// Two columns that go down side by side, instead of anything drawn.
    pub columns: Option<Box<[Vec<Row>; 2]>>,
}

impl Row {
    pub const fn new(height: Length) -> Self {
        Self {
            gap: Length::ZERO,
            height,
            before: Before::Free,
            drawn: Vec::new(),
            notes: Vec::new(),
            part: None,
            table: None,
            headings: Vec::new(),
            counted: None,
            columns: None,
        }
    }
}

/// Something that a row draws, from its own left and top.
#[derive(Debug)]
pub(super) enum Placed {
    /// A line of a paragraph.
    Line {
        laid: Arc<Laid>,
        line: usize,
        x: Length,
        y: Length,
        owner: Owner,
        /// The node of each of the paragraph's marks.
        marks: Arc<[usize]>,
        place: Option<Arc<Place>>,
    },
    /// A filled rectangle that is decoration.
    Rule { area: Area, color: Rgb },
    /// A picture, by its place in the document's logos.
    Figure {
        picture: usize,
        area: Area,
        node: usize,
    },
    /// The number of the page on which a heading stands, ending at `right`.
    PageOf {
        heading: usize,
        right: Length,
        y: Length,
        style: TextStyle,
        node: usize,
    },
    /// The area that leads to a heading.
    LeadsTo {
        heading: usize,
        area: Area,
        node: usize,
    },
}

/// A heading: where its bookmark and its anchor will point.
#[derive(Debug)]
pub(super) struct Heading {
    pub level: u8,
    pub title: String,
    pub anchor: Option<Anchor>,
}

/// How the rows of a paragraph stand among the others.
pub(super) struct Standing {
    pub x: Length,
    pub gap: Length,
    pub counted: bool,
    /// Whether no page may begin inside.
    pub whole: bool,
}

/// The document being put in rows.
pub(super) struct Galley<'a> {
    pub document: &'a Document,
    pub sheet: Sheet,
    /// Whether its table of contents is printed.
    pub listed: bool,
    pub press: Press<'a>,
    pub nodes: Vec<Node>,
    pub headings: Vec<Heading>,
    /// The heads of each table as decoration, drawn again on each page that it covers.
    pub heads: Vec<Vec<Row>>,
    /// The notes, each in rows.
    pub notes: Vec<Vec<Row>>,
    /// What stands around the text of each part.
    pub parts: Vec<&'a Around>,
    /// Where two languages stand side by side: that of the two whose blocks are being put in rows.
    pub side: Option<usize>,
    pub remarks: Vec<Remark>,
    /// The anchors that exist, with their heading's words.
    pub anchors: BTreeMap<Anchor, String>,
    /// Whether the next row must stay with the last.
    pub keep: bool,
    /// Whether the next row begins a page.
    pub new_page: bool,
    /// The part that the next row begins.
    pub new_part: Option<usize>,
    /// The level of the last heading in the tree, so that none is skipped.
    pub last_level: u8,
    /// Levels that stand above the headings: one when there is a title.
    pub levels_above: u8,
}

impl<'a> Galley<'a> {
    /// Adds a node under `parent`.
    pub fn node(&mut self, parent: usize, tag: Tag) -> usize {
        self.nodes.push(Node {
            tag,
            parent: Some(parent),
            language: None,
            replacement: None,
            alternative: None,
            figure_box: None,
        });
        self.nodes.len() - 1
    }

    /// Adds a node under `parent`, in its own language when that differs from the document's.
    pub fn node_in(&mut self, parent: usize, tag: Tag, language: Option<&Lang>) -> usize {
        let node = self.node(parent, tag);
        self.nodes[node].language = language.filter(|l| **l != self.document.language).cloned();
        node
    }

    /// The language of a block.
    pub fn language<'b>(&self, block: Option<&'b Lang>) -> &'b Lang
    where
        'a: 'b,
    {
        match block {
            Some(language) => language,
            None => &self.document.language,
        }
    }

    /// Sets a paragraph.
    pub fn set(
        &mut self,
        inlines: &[Inline],
        language: &Lang,
        style: TextStyle,
        align: Align,
        width: Length,
    ) -> Arc<Laid> {
        self.set_with(&Request {
            prefix: None,
            inlines,
            language,
            style,
            align,
            width,
            hanging: Length::ZERO,
            first_note: 1,
        })
    }

    /// Sets a paragraph whose request leaves the number of its notes to us.
    pub fn set_with(&mut self, request: &Request<'_>) -> Arc<Laid> {
        let anchors = &self.anchors;
        let leads = |target: &Target| match target {
            Target::Anchor(anchor) => anchors.contains_key(anchor),
            Target::Address(address) => ["https://", "http://", "mailto:"]
                .iter()
                .any(|scheme| address.starts_with(scheme)),
        };
        let first_note = self.notes.len() + 1;
        self.press.set(
            &Request {
                first_note,
                ..*request
            },
            &leads,
        )
    }

    /// Makes the nodes of a paragraph's marks under `owner`, and sets the notes that it calls.
    pub fn own(&mut self, laid: &Laid, owner: usize, place: Option<&Arc<Place>>) -> Arc<[usize]> {
        let language = laid.language.clone();
        if laid.replacement.is_some() && self.nodes[owner].replacement.is_none() {
            self.nodes[owner].replacement.clone_from(&laid.replacement);
        }
        for (kind, message) in &laid.remarks {
            // A face is remarked once, where it first occurs.
            let said = |remark: &Remark| remark.kind == *kind && remark.message == *message;
            if *kind == RemarkKind::ComputerFace && self.remarks.iter().any(said) {
                continue;
            }
            self.remarks.push(Remark {
                kind: *kind,
                message: message.clone(),
                place: place.cloned(),
                page: None,
            });
        }
        let mut nodes: Vec<usize> = Vec::with_capacity(laid.marks.len());
        for mark in &laid.marks {
            let parent = mark
                .parent
                .and_then(|parent| nodes.get(parent).copied())
                .unwrap_or(owner);
            let node = self.node(parent, mark.tag);
            self.nodes[node].language.clone_from(&mark.language);
            self.nodes[node].replacement.clone_from(&mark.replacement);
            nodes.push(node);
            if let Some(note) = mark.note.and_then(|note| laid.notes.get(note)) {
                self.set_note(note, owner, &language, place);
            }
        }
        nodes.into()
    }

    /// Sets a note at the width of the page; its node follows its call. A note in a note would have no end:
    /// it is not printed.
    fn set_note(
        &mut self,
        note: &[Inline],
        owner: usize,
        language: &Lang,
        place: Option<&Arc<Place>>,
    ) {
        let number = self.notes.len() + 1;
        let node = self.node(owner, Tag::Note);
        let label_node = self.node(node, Tag::Label);
        let body_node = self.node(node, Tag::Paragraph);
        let indent = if number < 100 {
            CELL_PADDING * 2
        } else {
            CELL_PADDING * 4
        };
        let digits = number.to_string();
        let label = self
            .press
            .set_line(&digits, language, NOTE, indent, Align::Start);
        let plain = without_notes(note);
        self.notes.push(Vec::new());
        let laid = self.set(
            &plain,
            language,
            NOTE,
            Align::Justify,
            self.sheet.measure - indent,
        );
        let mut rows = self.rows(
            &laid,
            body_node,
            place,
            &Standing {
                x: self.sheet.left + indent,
                gap: Length::ZERO,
                counted: false,
                whole: false,
            },
        );
        if rows.is_empty() {
            rows.push(Row::new(NOTE.leading));
        }
        if let Some(first) = rows.first_mut() {
            let base = |laid: &Laid| laid.lines.first().map(|line| line.baseline);
            let drop = base(&laid).zip(base(&label)).map(|(text, own)| text - own);
            first.drawn.insert(
                0,
                Placed::Line {
                    laid: label,
                    line: 0,
                    x: self.sheet.left,
                    y: drop.unwrap_or(Length::ZERO),
                    owner: Owner::Node(label_node),
                    marks: Arc::from([]),
                    place: None,
                },
            );
        }
        self.notes[number - 1] = rows;
    }

    /// A set paragraph as rows, with no lone first or last line. Its text belongs to `owner`.
    pub fn rows(
        &mut self,
        laid: &Arc<Laid>,
        owner: usize,
        place: Option<&Arc<Place>>,
        standing: &Standing,
    ) -> Vec<Row> {
        let first_note = self.notes.len();
        let marks = self.own(laid, owner, place);
        let count = laid.lines.len();
        let mut rows = Vec::with_capacity(count);
        for (number, line) in laid.lines.iter().enumerate() {
            let lone = number == 1 || number + 1 == count;
            let mut row = Row::new(line.height);
            row.gap = if number == 0 {
                standing.gap
            } else {
                Length::ZERO
            };
            row.before = if number > 0 && (lone || standing.whole) {
                Before::Kept
            } else {
                Before::Free
            };
            row.notes = line.calls.iter().map(|call| first_note + call).collect();
            row.counted = standing.counted.then_some(line.baseline);
            row.drawn.push(Placed::Line {
                laid: laid.clone(),
                line: number,
                x: standing.x,
                y: Length::ZERO,
                owner: Owner::Node(owner),
                marks: marks.clone(),
                place: place.cloned(),
            });
            rows.push(row);
        }
        rows
    }

    /// Joins rows to a column, keeping the first with what stands above, or on a new page, where that was
    /// asked for.
    pub fn join(&mut self, column: &mut Vec<Row>, mut rows: Vec<Row>) {
        if let Some(first) = rows.first_mut() {
            if self.new_page {
                first.before = Before::NewPage;
            } else if self.keep && first.before == Before::Free && !column.is_empty() {
                first.before = Before::Kept;
            }
            first.part = self.new_part.take();
            self.keep = false;
            self.new_page = false;
        }
        column.append(&mut rows);
    }
}

/// The lines of a paragraph one under the other inside a row, from `y` down; returns their height.
pub(super) fn stack(
    drawn: &mut Vec<Placed>,
    laid: &Arc<Laid>,
    (x, y): (Length, Length),
    owner: Owner,
    marks: &Arc<[usize]>,
    place: Option<&Arc<Place>>,
) -> Length {
    let mut height = Length::ZERO;
    for (number, line) in laid.lines.iter().enumerate() {
        drawn.push(Placed::Line {
            laid: laid.clone(),
            line: number,
            x,
            y: y + height,
            owner,
            marks: marks.clone(),
            place: place.cloned(),
        });
        height += line.height;
    }
    height
}

/// A rule that is decoration.
pub(super) fn rule(x: Length, y: Length, width: Length, thickness: Length, color: Rgb) -> Placed {
    Placed::Rule {
        area: Area {
            x,
            y,
            width,
            height: thickness,
        },
        color,
    }
}

/// The owner of decoration.
pub(super) const DECORATION: Owner = Owner::Artifact(Artifact::Layout);

/// The words of inlines, without their notes.
pub(super) fn words_of(inlines: &[Inline]) -> String {
    let mut words = String::new();
    gather(inlines, &mut words, 0);
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn gather(inlines: &[Inline], words: &mut String, depth: usize) {
    if depth > 8 {
        return;
    }
    for inline in inlines {
        match inline {
            Inline::Span(span) => words.extend(
                span.text
                    .chars()
                    .filter(|c| !c.is_control() || c.is_whitespace()),
            ),
            Inline::Blank { .. } => words.push('…'),
            Inline::Note(_) => {}
            Inline::Link { text, .. } => gather(text, words, depth + 1),
            Inline::LineBreak => words.push(' '),
        }
    }
}

/// Inlines without calls for notes: a note is called once, where it stands.
pub(super) fn without_notes(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Note(_) => {}
            Inline::Link { text, .. } => kept.extend(without_notes(text)),
            Inline::LineBreak => kept.push(Inline::from(" ")),
            Inline::Span(_) | Inline::Blank { .. } => kept.push(inline.clone()),
        }
    }
    kept
}
