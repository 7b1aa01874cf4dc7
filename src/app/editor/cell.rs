//! A paragraph taken apart into cells, so that one place of it can change and the rest means what it meant.
//!
//! A cell is what cannot be cut: a character, a field, the call of a note, one underscore of a blank. Cells know
//! the grammar of [`crate::model::text`], through which they are read and printed; they do not know how a field
//! shows, which is [`super::line`]'s.

use std::ops::Range;
use std::sync::Arc;

use crate::model::Key;
use crate::model::text::{Content, Leaf, Marker, Paragraph, parse, print};

/// How letters are set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Style {
    /// Between `**`.
    pub bold: bool,
    /// Between `*`.
    pub italic: bool,
}

/// What cannot be cut.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell {
    /// How it is set.
    pub style: Style,
    /// What it is.
    pub piece: Piece,
}

/// What a cell is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Piece {
    /// A character that means itself.
    Char(char),
    /// An underscore of a blank to fill.
    Blank,
    /// A field, by its name.
    Field(Arc<str>),
    /// The call of a note.
    Note(Key),
}

impl Cell {
    fn is_underscore(&self) -> bool {
        matches!(self.piece, Piece::Char('_') | Piece::Blank)
    }
}

/// A paragraph in cells.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cells {
    /// How many of the first cells are the marker of a list item: `- `, `1. `, and the spaces before.
    pub marker: usize,
    /// All of them, marker included.
    pub all: Vec<Cell>,
}

impl Cells {
    /// Takes a paragraph apart.
    #[must_use]
    pub fn read(source: &str) -> Self {
        let Paragraph { marker, leaves } = parse(source);
        let mut all: Vec<Cell> = plain_cells(&written(marker)).collect();
        let marker = all.len();

        for leaf in leaves {
            let style = Style {
                bold: leaf.bold,
                italic: leaf.italic,
            };
            let cell = |piece| Cell { style, piece };

            match leaf.content {
                Content::Words(words) => all.extend(typed(&words, style)),
                Content::Field(name) => all.push(cell(Piece::Field(name.into()))),
                Content::Note(key) => all.push(cell(Piece::Note(key))),
                Content::Blank(length) => {
                    all.extend(std::iter::repeat_n(cell(Piece::Blank), length));
                }
            }
        }
        Self { marker, all }
    }

    /// Words typed in an empty paragraph.
    #[must_use]
    pub fn typed(words: &str, style: Style) -> Self {
        let mut cells = Self::default();
        cells.splice(0..0, typed(words, style).collect());
        cells
    }

    /// The paragraph as the grammar writes it.
    #[must_use]
    pub fn print(&self) -> String {
        let body = self.all.get(self.marker..).unwrap_or(&[]);
        let mut leaves: Vec<Leaf> = Vec::new();

        for cell in body {
            let joins = leaves
                .last_mut()
                .filter(|leaf| leaf.bold == cell.style.bold && leaf.italic == cell.style.italic);
            match (&cell.piece, joins.map(|leaf| &mut leaf.content)) {
                (Piece::Char(c), Some(Content::Words(words))) => words.push(*c),
                (Piece::Blank, Some(Content::Blank(length))) => *length += 1,
                (piece, _) => leaves.push(Leaf {
                    bold: cell.style.bold,
                    italic: cell.style.italic,
                    content: match piece {
                        Piece::Char(c) => Content::Words(c.to_string()),
                        Piece::Blank => Content::Blank(1),
                        Piece::Field(name) => Content::Field(name.to_string()),
                        Piece::Note(key) => Content::Note(key.clone()),
                    },
                    range: 0..0,
                }),
            }
        }
        print(&Paragraph {
            marker: self.read_marker(),
            leaves,
        })
    }

    /// Puts cells in the place of others.
    ///
    /// Whoever changes the beginning of a paragraph may make it an item of a list, or no longer one; and three
    /// underscores in a row, where the change is, are a blank.
    pub fn splice(&mut self, range: Range<usize>, new: Vec<Cell>) {
        let range = range.start.min(self.all.len())..range.end.min(self.all.len());
        let end = range.start + new.len();
        let start = range.start;
        self.all.splice(range, new);
        self.mend_blanks(start, end);

        let found = self.found_marker();
        if start < found.max(self.marker) {
            self.marker = found;
            for cell in self.all.iter_mut().take(found) {
                cell.style = Style::default();
            }
        }
    }

    /// The style that words take which come in the place of those cells: that of the first, or of what they follow.
    #[must_use]
    pub fn style_at(&self, place: &Range<usize>) -> Style {
        let start = place.start.max(self.marker);
        let before = start
            .checked_sub(1)
            .filter(|before| place.is_empty() && *before >= self.marker);

        before
            .and_then(|before| self.all.get(before))
            .or_else(|| self.all.get(start))
            .map(|cell| cell.style)
            .unwrap_or_default()
    }

    /// The marker of the paragraph.
    #[must_use]
    pub fn read_marker(&self) -> Marker {
        let written: String = self
            .all
            .iter()
            .take(self.marker)
            .map_while(char_of)
            .collect();
        parse(&written).marker
    }

    /// How many of the first cells can be read as a marker.
    fn found_marker(&self) -> usize {
        let is_space = |cell: &&Cell| cell.piece == Piece::Char(' ');
        let spaces = self.all.iter().take_while(is_space).count();
        // After the spaces, at most nine figures, a point and a space.
        let start: String = self
            .all
            .iter()
            .take(spaces + 11)
            .map_while(char_of)
            .collect();

        written(parse(&start).marker).len()
    }

    fn mend_blanks(&mut self, start: usize, end: usize) {
        let before = self.all.get(..start).unwrap_or(&[]);
        let after = self.all.get(end..).unwrap_or(&[]);
        let low = start
            - before
                .iter()
                .rev()
                .take_while(|cell| cell.is_underscore())
                .count();
        let high = end + after.iter().take_while(|cell| cell.is_underscore()).count();
        let Some(touched) = self.all.get_mut(low..high) else {
            return;
        };

        let same_run = |one: &Cell, other: &Cell| {
            one.is_underscore() && other.is_underscore() && one.style == other.style
        };
        for run in touched.chunk_by_mut(same_run) {
            let piece = if run.len() >= 3 {
                Piece::Blank
            } else {
                Piece::Char('_')
            };

            for cell in run.iter_mut().filter(|cell| cell.is_underscore()) {
                cell.piece = piece.clone();
            }
        }
    }
}

/// Words as cells.
pub fn typed(words: &str, style: Style) -> impl Iterator<Item = Cell> {
    words.chars().map(move |c| Cell {
        style,
        piece: Piece::Char(c),
    })
}

fn plain_cells(words: &str) -> impl Iterator<Item = Cell> {
    typed(words, Style::default())
}

fn char_of(cell: &Cell) -> Option<char> {
    match cell.piece {
        Piece::Char(c) => Some(c),
        _ => None,
    }
}

/// A marker as a paragraph begins with it.
#[must_use]
pub fn written(marker: Marker) -> String {
    match marker {
        Marker::None => String::new(),
        Marker::Dash(depth) => format!("{}- ", "  ".repeat(depth)),
        Marker::Number(depth, number) => format!("{}{number}. ", "  ".repeat(depth)),
    }
}

/// Where each cell of a paragraph begins in its source, then where the source ends.
#[must_use]
pub fn starts(source: &str) -> Vec<usize> {
    let Paragraph { marker, leaves } = parse(source);
    let mut starts: Vec<usize> = (0..written(marker).len()).collect();

    for leaf in leaves {
        match leaf.content {
            Content::Words(words) => {
                let mut at = leaf.range.start;
                for c in words.chars() {
                    let (start, end) = next_written(source, at..leaf.range.end, c);
                    starts.push(start);
                    at = end;
                }
            }
            Content::Blank(length) => starts.extend((0..length).map(|nth| leaf.range.start + nth)),
            Content::Field(_) | Content::Note(_) => starts.push(leaf.range.start),
        }
    }
    starts.push(source.len());
    starts
}

/// Where that character was next written, alone or after `\`; stars that were marks are stepped over.
fn next_written(source: &str, within: Range<usize>, wanted: char) -> (usize, usize) {
    let mut at = within.start;

    while let Some(rest) = source.get(at..within.end).filter(|rest| !rest.is_empty()) {
        let escaped = rest
            .strip_prefix('\\')
            .is_some_and(|rest| rest.starts_with(wanted));
        if escaped {
            return (at, at + 1 + wanted.len_utf8());
        }
        if rest.starts_with(wanted) {
            return (at, at + wanted.len_utf8());
        }
        at += rest.chars().next().map_or(1, char::len_utf8);
    }
    (within.end, within.end)
}
