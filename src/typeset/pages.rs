//! Pages: every glyph, rule and picture at its place, each an artifact or a part of the tag tree.
//!
//! This is what `pdf` writes and `paint` shows; neither has anything to decide about the text. The origin
//! is the top left corner of the sheet, y grows downwards, and lengths are integers, so that the same
//! document gives the same pages on every machine.

use std::sync::Arc;

use chrono::NaiveDate;

use crate::document::{Picture, Place, Revision, Rgb};
use crate::model::Lang;

/// A length or a coordinate, in 1/65536 of a PostScript point (1/72 inch).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Length(pub i64);

/// A whole document laid out.
#[derive(Debug, Clone, PartialEq)]
pub struct Pages {
    /// What the file says of itself.
    pub about: About,
    /// Sheet size, one for the whole document.
    pub width: Length,
    /// Sheet size.
    pub height: Length,
    /// The pages, in order.
    pub pages: Vec<Page>,
    /// The tag tree; the first node is the document. Children come after their parent.
    pub nodes: Vec<Node>,
    /// Bookmarks, in order.
    pub outline: Vec<Bookmark>,
    /// Faces that glyph runs name by their place here.
    pub faces: Vec<Face>,
    /// Pictures that items name by their place here.
    pub pictures: Vec<Arc<Picture>>,
    /// What only layout knows: a character without a glyph, a line that cannot be justified.
    pub remarks: Vec<Remark>,
}

/// What the file says of itself in its metadata.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct About {
    /// See [`crate::document::Document::identity`].
    pub identity: String,
    /// The title.
    pub title: String,
    /// The authority.
    pub author: String,
    /// The date given from outside.
    pub date: NaiveDate,
    /// The main language.
    pub language: Lang,
}

/// One page.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Page {
    /// What is drawn, in the order of reading; artifacts stand where they are painted.
    pub items: Vec<Item>,
    /// What can be clicked.
    pub links: Vec<Link>,
}

/// Something drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct Item {
    /// Whose it is.
    pub owner: Owner,
    /// Where it was written.
    pub place: Option<Arc<Place>>,
    /// What is drawn.
    pub drawing: Drawing,
}

/// Whose an item is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Owner {
    /// A leaf of the tag tree, by its place in [`Pages::nodes`].
    Node(usize),
    /// Decoration that a screen reader passes over.
    Artifact(Artifact),
}

/// Kinds of decoration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Artifact {
    /// The running line at the top.
    Header,
    /// The running line at the foot, with the page number.
    Footer,
    /// PROJET.
    Watermark,
    /// Rules, repeated table heads, line numbers.
    Layout,
}

/// What is drawn.
#[derive(Debug, Clone, PartialEq)]
pub enum Drawing {
    /// Glyphs of one face and size on one baseline.
    Glyphs(GlyphRun),
    /// An outline.
    Path(Path),
    /// A picture, by its place in [`Pages::pictures`].
    Picture {
        /// Which.
        picture: usize,
        /// Where.
        area: Area,
    },
}

/// Glyphs in visual order, left to right, on one baseline.
#[derive(Debug, Clone, PartialEq)]
pub struct GlyphRun {
    /// The face, by its place in [`Pages::faces`].
    pub face: usize,
    /// The size of the em.
    pub size: Length,
    /// Where the baseline of the first glyph begins.
    pub x: Length,
    /// The baseline.
    pub y: Length,
    /// The glyphs.
    pub glyphs: Arc<[Glyph]>,
    /// The text that they show, in logical order.
    pub text: Arc<str>,
    /// Whether that text runs from right to left.
    pub right_to_left: bool,
    /// The colour.
    pub color: Rgb,
}

/// One glyph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Glyph {
    /// Its number in the face, never 0.
    pub id: u16,
    /// How far the pen moves.
    pub advance: Length,
    /// How far from the pen it is drawn.
    pub dx: Length,
    /// How far above the baseline it is drawn.
    pub dy: Length,
    /// The bytes of [`GlyphRun::text`] that its cluster shows.
    pub start: u32,
    /// The end of these bytes; glyphs of one cluster share both.
    pub end: u32,
}

/// An outline, filled or stroked.
#[derive(Debug, Clone, PartialEq)]
pub struct Path {
    /// The pen's way.
    pub steps: Vec<Step>,
    /// Fill colour.
    pub fill: Option<Rgb>,
    /// Stroke colour and width.
    pub stroke: Option<(Rgb, Length)>,
}

/// A step of an outline.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Begins a contour.
    Move(Length, Length),
    /// A straight line.
    Line(Length, Length),
    /// A cubic curve: two control points and the end.
    Curve(Length, Length, Length, Length, Length, Length),
    /// Closes the contour.
    Close,
}

/// A rectangle.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Area {
    /// Left.
    pub x: Length,
    /// Top.
    pub y: Length,
    /// Width.
    pub width: Length,
    /// Height.
    pub height: Length,
}

/// Something that can be clicked.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Where.
    pub area: Area,
    /// The `Link` node that it belongs to.
    pub node: usize,
    /// Where it leads.
    pub to: Destination,
    /// What it says of itself: « Article 5 — Finances ».
    pub description: String,
}

/// Where a link leads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Destination {
    /// A page of this file, from 0, and how far down.
    Page {
        /// Which page.
        page: usize,
        /// How far from the top.
        y: Length,
    },
    /// An address.
    Address(String),
}

/// A bookmark.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bookmark {
    /// From 1.
    pub level: u8,
    /// What it says.
    pub title: String,
    /// The page, from 0.
    pub page: usize,
    /// How far down.
    pub y: Length,
}

/// A node of the tag tree.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub tag: Tag,
    /// Its parent; absent for the document only.
    pub parent: Option<usize>,
    /// Its language where that is not its parent's.
    pub language: Option<Lang>,
    /// Words that replace what it shows, for assistive technology: right-to-left text, « 1er », a blank.
    pub replacement: Option<String>,
    /// What a figure shows.
    pub alternative: Option<String>,
    /// The box of a figure: page and area.
    pub figure_box: Option<(usize, Area)>,
    /// In a comparison, whether it is underlined for new or struck out for gone.
    pub revision: Option<Revision>,
}

/// The kinds of node, by the names that PDF gives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum Tag {
    Document,
    Sect,
    Heading(u8),
    Paragraph,
    List,
    ListItem,
    Label,
    ListBody,
    Table,
    Caption,
    TableHead,
    TableBody,
    TableRow,
    ColumnHeader,
    RowHeader,
    TableCell,
    Contents,
    ContentsItem,
    Figure,
    Note,
    Reference,
    Link,
    Span,
}

/// A face that the pages use.
#[derive(Debug, Clone)]
pub struct Face {
    /// Its PostScript name: `SourceSerif4-Regular`.
    pub name: String,
    /// The font file.
    pub data: FontData,
    /// Which face of the file.
    pub index: u32,
}

impl PartialEq for Face {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.index == other.index
    }
}

/// The bytes of a font file, shipped in the program or read from the disk.
#[derive(Debug, Clone)]
pub enum FontData {
    /// In the program.
    Static(&'static [u8]),
    /// Read.
    Shared(Arc<Vec<u8>>),
}

impl FontData {
    /// The bytes.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        match self {
            Self::Static(bytes) => bytes,
            Self::Shared(bytes) => bytes,
        }
    }
}

/// What only layout knows, shown beside the findings.
#[derive(Debug, Clone, PartialEq)]
pub struct Remark {
    /// What it is about.
    pub kind: RemarkKind,
    /// In French, one sentence.
    pub message: String,
    /// Where it was written.
    pub place: Option<Arc<Place>>,
    /// The page, from 0, where it shows.
    pub page: Option<usize>,
}

/// What a remark is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RemarkKind {
    /// A character that no face has: a box stands for it, and what is signed must not hold one unseen.
    MissingCharacter,
    /// A face of this computer: on another, the file may differ.
    ComputerFace,
    /// A line that is wider than its place.
    TooWide,
    /// A line left short, that could not be justified without holes.
    Ragged,
}
