//! A document as pages: fonts, shaping, hyphenation, line and page breaking, tables, the tag tree.
//!
//! [`lay_out`] is the whole of it. It knows no PDF and no window: `pdf` writes the [`Pages`], the preview
//! shows them. Same document, same pages, on every machine: lengths are integers, faces are those that ship,
//! nothing depends on the order of a hash.
//!
//! The way through: [`text`] pours a paragraph's inlines into one text, whose [`spaces`] become those of its
//! language; [`itemize`] cuts it into runs of one face and direction, [`shape`] gives them glyphs,
//! [`hyphenate`] says where lines may end, [`lines`] chooses where they do, [`setter`] sets each, and
//! [`paragraph`] holds these together and remembers. [`blocks`], [`lists`], [`table`], [`figure`], [`paired`],
//! [`signature`] and [`contents`] put paragraphs in the rows of the [`galley`], with the tag tree; [`flow`]
//! cuts it into pages, [`imprint`] draws them and [`finish`] adds what only the whole knows.

#![allow(clippy::indexing_slicing)]

mod blocks;
mod computer;
mod contents;
pub(crate) mod cores;
mod faces;
mod figure;
mod finish;
mod flow;
mod fonts;
mod galley;
mod hyphenate;
mod imprint;
mod itemize;
mod key;
mod lines;
mod lists;
mod measure;
pub mod pages;
mod paired;
mod paragraph;
mod setter;
mod shape;
mod signature;
mod spaces;
mod table;
mod text;
mod watermark;

#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::{Mutex, PoisonError};
use std::{iter, slice};

use crate::document::{Align, Block, BlockKind, Document, Inline};
use crate::model::Lang;

pub use fonts::{Fonts, han_file, in_the_program};
pub use paragraph::Paragraphs;
pub use spaces::set_spaces;

use blocks::Column;
use contents::headings_of;
use cores::{both, make_room, two_cores};
use flow::Flow;
use fonts::FaceId;
use galley::{Before, Galley, Row, words_of};
use measure::{BODY, CELL, NARROWEST, Sheet, TITLE, TextStyle};
use pages::{About, Drawing, Face, Length, Node, Pages, Tag};
use paragraph::Request;

/// Lays a document out as pages.
///
/// `paragraphs` remembers what was set: keep it from one layout of an edited document to the next, or give a
/// new one. What cannot be set well is said in [`Pages::remarks`]; nothing fails.
#[must_use]
pub fn lay_out(document: &Document, fonts: &Fonts, paragraphs: &mut Paragraphs) -> Pages {
    let pages = compose(document, fonts, paragraphs);
    paragraphs.forget_unused();
    pages
}

/// Opens the faces that a text of this language is set in and makes its plans, as its first page would: work for another
/// core while the text itself is read. Nothing but time depends on it.
pub fn prepare(fonts: &Fonts, language: &Lang) {
    let text = [Inline::from(
        "Vu l’article L. 1115-1, « les parties » : n° 3 ;",
    )];
    let bold = TextStyle { bold: true, ..BODY };
    let italic = TextStyle {
        italic: true,
        ..BODY
    };
    let mut paragraphs = Paragraphs::default();
    let mut press = paragraphs.press(fonts);
    for style in [BODY, bold, italic, TITLE, CELL] {
        let request = Request {
            prefix: None,
            inlines: &text,
            language,
            style,
            align: Align::Justify,
            width: NARROWEST,
            hanging: Length::ZERO,
            first_note: 1,
        };
        press.set(&request, &|_| false);
    }
}

fn compose(document: &Document, fonts: &Fonts, paragraphs: &mut Paragraphs) -> Pages {
    paragraphs.begin();
    let shortest = document.blocks.iter().filter_map(contents_beyond).min();
    if let Some(beyond) = shortest {
        // Rows of the height of so many pages need as many at least: the pages need not be cut to know it.
        let most = Sheet::of(document.paper).depth() * beyond as i64;
        if seems_longer(document, beyond) {
            let (galley, rows, contents) = in_rows(document, fonts, paragraphs, true);
            if height_of(&rows) - contents > most {
                return in_pages(galley, rows, fonts);
            }
        }
        let (galley, rows, _) = in_rows(document, fonts, paragraphs, false);
        if height_of(&rows) <= most {
            let pages = in_pages(galley, rows, fonts);
            if pages.pages.len() <= beyond {
                return pages;
            }
        }
    }
    let (galley, rows, _) = in_rows(document, fonts, paragraphs, true);
    in_pages(galley, rows, fonts)
}

fn height_of(rows: &[Row]) -> Length {
    rows.iter().map(|row| row.height).sum()
}

/// Whether a document is probably longer than so many pages: a guess that saves work where it is right.
fn seems_longer(document: &Document, pages: usize) -> bool {
    const BLOCKS_OF_A_PAGE: usize = 15;

    document.blocks.len() > pages * BLOCKS_OF_A_PAGE
}

/// How many pages a document may have without these contents.
fn contents_beyond(block: &Block) -> Option<usize> {
    match &block.kind {
        BlockKind::Contents(contents) => Some(contents.beyond),
        BlockKind::Paired(pairs) => {
            let sides = pairs
                .iter()
                .flat_map(|(left, right)| left.iter().chain(right));
            sides.filter_map(contents_beyond).min()
        }
        _ => None,
    }
}

/// The document as one long column, without its table of contents unless it is `listed`; and the height that the table
/// takes of it.
///
/// Where nothing was set before, a second core begins at the end meanwhile, until the two meet: its paragraphs are found
/// set when they are come to, and the rows are the same.
fn in_rows<'a>(
    document: &'a Document,
    fonts: &'a Fonts,
    paragraphs: &'a mut Paragraphs,
    listed: bool,
) -> (Galley<'a>, Vec<Row>, Length) {
    let blocks = &document.blocks;
    let ahead = paragraphs.is_first_layout() && blocks.len() > WORTH_A_THREAD && two_cores();
    let (mut galley, column) = galley(document, fonts, paragraphs, listed);
    let mut rows = Vec::new();
    galley.logos(&mut rows);
    let mut contents = Length::ZERO;
    let mut add = |galley: &mut Galley<'a>, block: &'a Block| {
        let begin = rows.len();
        galley.block(block, 0, column, &mut rows);
        if contents_beyond(block).is_some() {
            contents += height_of(&rows[begin..]);
        }
    };
    let mut added = 0;
    if ahead {
        let left = Mutex::new(blocks.iter());
        let ((), set) = both(
            || {
                while let Some(block) = taken(&left, Iterator::next) {
                    add(&mut galley, block);
                    added += 1;
                }
            },
            || {
                let from_the_end = || taken(&left, DoubleEndedIterator::next_back);
                set_blocks(document, fonts, listed, iter::from_fn(from_the_end))
            },
        );
        galley.press.absorb(set);
    }
    for block in &blocks[added..] {
        add(&mut galley, block);
    }
    (galley, rows, contents)
}

/// So many blocks take longer than a thread to begin.
const WORTH_A_THREAD: usize = 48;

/// One of the blocks that are left to two threads.
fn taken<'a>(
    left: &Mutex<slice::Iter<'a, Block>>,
    one: impl FnOnce(&mut slice::Iter<'a, Block>) -> Option<&'a Block>,
) -> Option<&'a Block> {
    one(&mut left.lock().unwrap_or_else(PoisonError::into_inner))
}

/// The paragraphs of some blocks of a document.
fn set_blocks<'a>(
    document: &Document,
    fonts: &Fonts,
    listed: bool,
    blocks: impl Iterator<Item = &'a Block>,
) -> Paragraphs {
    /// Eight pages set.
    const ROOM: usize = 2 << 20;

    make_room(ROOM);
    let mut paragraphs = Paragraphs::default();
    paragraphs.begin();
    let (mut galley, column) = galley(document, fonts, &mut paragraphs, listed);
    let mut rows = Vec::new();
    for block in blocks {
        galley.block(block, 0, column, &mut rows);
    }
    drop(galley);
    paragraphs
}

/// An empty column for that document, and where it stands on the sheet.
fn galley<'a>(
    document: &'a Document,
    fonts: &'a Fonts,
    paragraphs: &'a mut Paragraphs,
    listed: bool,
) -> (Galley<'a>, Column) {
    let titled = document
        .blocks
        .iter()
        .any(|block| matches!(block.kind, BlockKind::Title(_)));
    let anchors: BTreeMap<_, _> = headings_of(&document.blocks)
        .into_iter()
        .filter_map(|listed| {
            Some((
                listed.heading.anchor.clone()?,
                words_of(&listed.heading.text),
            ))
        })
        .collect();
    let root = Node {
        tag: Tag::Document,
        parent: None,
        language: None,
        replacement: None,
        alternative: None,
        figure_box: None,
        revision: None,
    };
    let sheet = Sheet::of(document.paper);
    let galley = Galley {
        document,
        sheet,
        listed,
        press: paragraphs.press(fonts),
        nodes: vec![root],
        headings: Vec::new(),
        heads: Vec::new(),
        notes: Vec::new(),
        parts: vec![&document.around],
        side: None,
        remarks: Vec::new(),
        anchors,
        keep: false,
        new_page: false,
        new_part: None,
        last_level: 0,
        levels_above: u8::from(titled),
    };

    let column = Column {
        x: sheet.left,
        width: sheet.measure,
    };
    (galley, column)
}

/// Brings what is a little longer than a page onto one, by smaller spaces between its paragraphs: nobody signs a charter or
/// a letter whose second page holds two lines.
fn on_one_page(galley: &Galley<'_>, rows: &mut [Row]) {
    /// Beyond, paragraphs would run into each other: of a hundred.
    const TIGHTEST: i64 = 55;

    let apart = |row: &Row| row.before == Before::NewPage || row.columns.is_some();
    if !galley.notes.is_empty() || rows.iter().skip(1).any(apart) {
        return;
    }
    let room = galley.sheet.depth() - height_of(rows);
    let gaps: Length = rows.iter().skip(1).map(|row| row.gap).sum();
    if gaps > room && room * 100 >= gaps * TIGHTEST {
        for row in rows.iter_mut().skip(1) {
            row.gap = Length(row.gap.0 * room.0 / gaps.0);
        }
    }
}

fn in_pages(mut galley: Galley<'_>, mut rows: Vec<Row>, fonts: &Fonts) -> Pages {
    on_one_page(&galley, &mut rows);
    let flowed = Flow::new(&mut galley).run(rows);
    let Galley {
        document,
        sheet,
        mut nodes,
        remarks,
        ..
    } = galley;
    for (node, page, area) in flowed.figures {
        nodes[node].figure_box = Some((page, area));
    }
    let mut pages = Pages {
        about: About {
            identity: document.identity.clone(),
            title: document.title.clone(),
            author: document.author.clone(),
            date: document.date,
            language: document.language.clone(),
        },
        width: sheet.width,
        height: sheet.height,
        pages: flowed.pages,
        nodes,
        outline: flowed.outline,
        faces: Vec::new(),
        pictures: document
            .logos
            .iter()
            .map(|logo| logo.image.clone())
            .collect(),
        remarks,
    };
    name_faces(&mut pages, fonts);
    place_remarks(&mut pages);
    pages
}

/// Numbers the faces that occur, in the order of the shipped ones.
fn name_faces(pages: &mut Pages, fonts: &Fonts) {
    let mut used: BTreeSet<usize> = BTreeSet::new();
    for item in pages.pages.iter().flat_map(|page| &page.items) {
        if let Drawing::Glyphs(run) = &item.drawing {
            used.insert(run.face);
        }
    }
    let mut numbers: BTreeMap<usize, usize> = BTreeMap::new();
    for id in used {
        let face = FaceId(id as u16);
        let Some(open) = fonts.face(face) else {
            continue;
        };
        numbers.insert(id, pages.faces.len());
        pages.faces.push(Face {
            name: fonts.name(face).to_owned(),
            data: open.data.clone(),
            index: open.index,
        });
    }
    for item in pages.pages.iter_mut().flat_map(|page| &mut page.items) {
        if let Drawing::Glyphs(run) = &mut item.drawing
            && let Some(number) = numbers.get(&run.face)
        {
            run.face = *number;
        }
    }
}

/// Says on which page a remark shows: the first that holds something of its place.
fn place_remarks(pages: &mut Pages) {
    let shown: Vec<_> = pages
        .remarks
        .iter()
        .map(|remark| {
            remark.place.as_ref().and_then(|place| {
                pages.pages.iter().position(|page| {
                    page.items
                        .iter()
                        .any(|item| item.place.as_ref() == Some(place))
                })
            })
        })
        .collect();
    for (remark, page) in pages.remarks.iter_mut().zip(shown) {
        remark.page = page;
    }
}
