//! A convention, a sheet or a note as structured text: what is said and what it is, not where it stands.
//!
//! [`Document`] is what the typesetter, the text exports and the preview all read. Fields are resolved,
//! cross-references numbered, names agreed with their prepositions: nothing that follows knows what a
//! convention is. It holds no length in millimetres and no font.

mod around;
mod blanks;
mod body;
mod budget;
mod commitments;
mod comparison;
mod compose;
mod desk;
mod field_labels;
mod fields;
mod inline;
mod mask;
mod money;
mod note;
mod paired;
mod parties;
mod parts;
mod preamble;
mod sheet;
mod signatures;
mod text;
mod words;

#[cfg(test)]
mod tests;

use std::ops::Range;

use chrono::NaiveDate;

pub use blanks::blanks;
pub use budget::budget_sheet;
pub use comparison::{ComparedPart, Comparison, Fate, compare};
pub use compose::{Composition, Languages, State, compose};
pub use fields::{FieldValue, field_guide, fields_of, fields_of_clauses};
pub use mask::{Masked, Secret};
pub use note::{NOTE, at_home, note};
pub use text::text;
pub use words::{Piece, Revision, compare_words};

use crate::chart::Drawing;
use crate::model::{Id, Key, Lang};

/// A whole document, ready to be laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Document {
    /// A stable identity from which the file's own identifier is made: same document, same bytes.
    pub identity: String,
    /// The title shown in a reader's window and in the file's metadata.
    pub title: String,
    /// The authority in whose name the document is made, for the metadata.
    pub author: String,
    /// The date in the metadata; given from outside, never read from a clock.
    pub date: NaiveDate,
    /// The main language; blocks and spans in another one say so.
    pub language: Lang,
    /// The sheet that it is printed on.
    pub paper: Paper,
    /// Colour of headings; black when absent.
    pub accent: Option<Rgb>,
    /// Whether lines are numbered in the margin, every five.
    pub line_numbers: bool,
    /// What stands around the text, until a [`BlockKind::Part`] changes it.
    pub around: Around,
    /// Logos at the top of the first page, in order.
    pub logos: Vec<Logo>,
    /// The text.
    pub blocks: Vec<Block>,
    /// What of the text is not published, when the document is to be.
    pub masked: Vec<Masked>,
}

/// What stands around the text of a page: read by no one who listens to the document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Around {
    /// The language that it is in.
    pub language: Lang,
    /// The word set across the pages of a working draft: « PROJET ».
    pub watermark: Option<String>,
    /// What stands at the top of each page but the first.
    pub header: Running,
    /// What stands at the foot of each page, beside the page number.
    pub footer: Running,
}

impl Default for Around {
    fn default() -> Self {
        Self {
            language: Lang::french(),
            watermark: None,
            header: Running::default(),
            footer: Running::default(),
        }
    }
}

/// A sheet of paper.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Paper {
    /// 210 × 297 mm.
    #[default]
    A4,
    /// 8.5 × 11 inches.
    Letter,
}

/// A colour as the screen knows it, one byte a channel.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Rgb(pub u8, pub u8, pub u8);

/// A running line: a text at the left and one at the right, both plain.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Running {
    /// At the left.
    pub left: String,
    /// At the right; in the footer the page number replaces it.
    pub right: String,
}

/// An image already checked and decoded, with the words that stand for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Logo {
    /// The picture.
    pub image: std::sync::Arc<Picture>,
    /// What it shows, for those who do not see it.
    pub alternative: String,
}

/// Pixels in sRGB, eight bits a channel, opacity apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// Width in pixels.
    pub width: u32,
    /// Height in pixels.
    pub height: u32,
    /// `width × height × 3` bytes.
    pub rgb: Vec<u8>,
    /// `width × height` bytes when not opaque everywhere.
    pub alpha: Option<Vec<u8>>,
}

/// Where a piece of the document comes from, so that a click on the page reaches the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Place {
    /// The record.
    pub record: Id,
    /// The article, visa, recital or annex inside it.
    pub item: Option<Id>,
    /// The language of the text.
    pub language: Lang,
    /// The paragraph in that text, from 0.
    pub paragraph: usize,
    /// Bytes of the paragraph as it is written.
    pub range: Range<usize>,
}

/// A block of the document.
#[derive(Debug, Clone, PartialEq)]
pub struct Block {
    /// What it is.
    pub kind: BlockKind,
    /// Its language where that is not the document's.
    pub language: Option<Lang>,
    /// Where its text was written.
    pub place: Option<Place>,
}

/// The kinds of block.
#[derive(Debug, Clone, PartialEq)]
pub enum BlockKind {
    /// The title of the document, centred; one line of meaning an element.
    Title(Vec<Inline>),
    /// What stands under the title: the parties, the period.
    Subtitle(Vec<Inline>),
    /// A heading; level 1 is the first under the title.
    Heading(Heading),
    /// A paragraph.
    Paragraph(Paragraph),
    /// A list.
    List(List),
    /// A table.
    Table(Table),
    /// A drawing.
    Figure(Figure),
    /// The places where the parties sign.
    Signatures(Vec<Signature>),
    /// The same text in two languages side by side; rows are kept level.
    Paired(Vec<(Vec<Block>, Vec<Block>)>),
    /// A table of contents made from the headings that follow, up to the next one, in a document long enough.
    Contents(Contents),
    /// What follows begins on a new page.
    PageBreak,
    /// What follows begins on a new page, and this stands around its text.
    Part(Box<Around>),
}

/// A table of contents.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contents {
    /// What stands above it: « Sommaire ».
    pub title: String,
    /// It is printed where the document, without it, has more pages than this.
    pub beyond: usize,
}

/// A heading.
#[derive(Debug, Clone, PartialEq)]
pub struct Heading {
    /// From 1 (article, annex, part) to 4.
    pub level: u8,
    /// What is printed: « Article 1er — Objet ».
    pub text: Vec<Inline>,
    /// The name by which a cross-reference reaches it.
    pub anchor: Option<Anchor>,
}

/// The name of a place in the document that links can reach.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Anchor(pub Key);

/// A paragraph of running text.
#[derive(Debug, Clone, PartialEq)]
pub struct Paragraph {
    /// How its lines stand.
    pub align: Align,
    /// Whether lines after the first are set in, as visas are.
    pub hanging: bool,
    /// The number printed before it: « 3.2 ».
    pub number: Option<String>,
    /// Whether it must stand on the same page as the block that follows.
    pub keep_with_next: bool,
    /// The text.
    pub text: Vec<Inline>,
}

/// How lines stand in their measure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub enum Align {
    /// Both margins straight.
    #[default]
    Justify,
    /// Ragged at the end.
    Start,
    /// Ragged at the beginning.
    End,
    /// Centred.
    Center,
}

/// A list, with its sub-lists.
#[derive(Debug, Clone, PartialEq)]
pub struct List {
    /// Whether items are numbered; otherwise they have a dash.
    pub ordered: bool,
    /// The items.
    pub items: Vec<ListItem>,
}

/// An item of a list.
#[derive(Debug, Clone, PartialEq)]
pub struct ListItem {
    /// What is printed before it: « – », « 1. ».
    pub label: String,
    /// The text.
    pub text: Vec<Inline>,
    /// A list under it.
    pub sublist: Option<List>,
    /// Where its text was written.
    pub place: Option<Place>,
}

/// A table, with its heads repeated on each page that it covers.
#[derive(Debug, Clone, PartialEq)]
pub struct Table {
    /// What it shows; printed above it.
    pub caption: Vec<Inline>,
    /// The columns, first to last.
    pub columns: Vec<Column>,
    /// The names of the columns, one a column.
    pub head: Vec<Vec<Inline>>,
    /// The rows.
    pub rows: Vec<Row>,
}

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// How its cells stand: figures at the end.
    pub align: Align,
    /// Its share of the width, in any unit.
    pub weight: u16,
}

/// A drawing, as wide as the text at most.
#[derive(Debug, Clone, PartialEq)]
pub struct Figure {
    /// What it is called; printed above it.
    pub caption: Vec<Inline>,
    /// What is drawn, a pixel a point.
    pub drawing: Drawing,
    /// What it shows, for those who do not see it.
    pub alternative: String,
}

/// A row of a table; its first cell names it.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// One a column.
    pub cells: Vec<Vec<Inline>>,
    /// Whether it sums the rows above it; printed bold, under a rule.
    pub total: bool,
    /// Whether it heads those under it: no page parts it from the next.
    pub heads: bool,
}

/// The place where a party signs.
#[derive(Debug, Clone, PartialEq)]
pub struct Signature {
    /// « Pour la Communauté d'agglomération de Valmont ».
    pub party: Vec<Inline>,
    /// « La présidente ».
    pub function: String,
    /// The person, when known; a rule otherwise.
    pub person: Option<String>,
    /// « À …, le … ».
    pub place_and_date: Vec<Inline>,
    /// « signature et cachet »: what the empty place is for; masked text in the published state.
    pub mention: String,
}

/// A piece of a line of text.
#[derive(Debug, Clone, PartialEq)]
pub enum Inline {
    /// Words.
    Span(Span),
    /// A place left to fill, printed as a rule about as long as `ems` letters « m ».
    Blank {
        /// Length in ems.
        ems: u8,
        /// What is missing, said to those who do not see the rule: « date ».
        label: String,
    },
    /// A call for a note, and the note, printed at the foot of the page.
    Note(Vec<Inline>),
    /// Words that lead elsewhere.
    Link {
        /// Where to.
        target: Target,
        /// What is printed.
        text: Vec<Inline>,
    },
    /// The line ends here, the paragraph does not.
    LineBreak,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Target {
    /// A place in this document.
    Anchor(Anchor),
    /// An `https`, `http` or `mailto` address.
    Address(String),
}

/// Words of one style and one language.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Span {
    /// The words, with ordinary spaces; the typesetter sets those that French wants.
    pub text: String,
    /// Bold.
    pub bold: bool,
    /// Italic.
    pub italic: bool,
    /// Raised, as « er » in « 1er ».
    pub raised: bool,
    /// The language where it is not that of the block.
    pub language: Option<Lang>,
    /// Whether a line may not break inside a word of it, nor hyphenate: names, numbers.
    pub solid: bool,
    /// In a comparison, whether it is new, underlined, or gone, struck out.
    pub revision: Option<Revision>,
}

impl Span {
    /// Plain words.
    #[must_use]
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

impl From<&str> for Inline {
    fn from(text: &str) -> Self {
        Self::Span(Span::plain(text))
    }
}
