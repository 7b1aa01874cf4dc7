//! One paragraph as officers see it: its source, what is shown for it, and how to go from one to the other.
//!
//! A field shows its value, an escape its character, a note a raised mark. An edit is told in what is shown and
//! gives another line: a field or a note touched by a deletion goes whole, what is typed inside one comes after
//! it, and what is typed means itself, whatever marks it is made of. Knows nothing of iced; [`super::body`] has
//! the lines.

use std::ops::Range;

use super::cell::{Cell, Cells, Piece, Style, starts, typed};
use super::field::{Fields, Standing, on_the_line};
use crate::model::Key;

/// A paragraph and what is shown for it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    source: String,
    shown: String,
    spans: Vec<Span>,
}

/// A stretch of what is shown, all of one kind.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Span {
    /// The bytes of what is shown.
    pub range: Range<usize>,
    /// How it is set.
    pub style: Style,
    /// What it is.
    pub what: What,
}

/// What a stretch is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum What {
    /// The dash or number of an item.
    Marker,
    /// Words.
    Words,
    /// A blank to fill.
    Blank,
    /// A field, by its name.
    Field(String, Standing),
    /// The call of a note.
    Note(Key),
}

impl Line {
    /// Reads a paragraph; it keeps the bytes it was written with.
    #[must_use]
    pub fn read(source: &str, fields: &Fields) -> Self {
        Self::show(source.to_owned(), &Cells::read(source), fields)
    }

    /// Prints a paragraph that was changed.
    #[must_use]
    pub fn print(cells: &Cells, fields: &Fields) -> Self {
        Self::show(cells.print(), cells, fields)
    }

    /// The paragraph in the grammar of texts.
    #[must_use]
    pub fn source(&self) -> &str {
        &self.source
    }

    /// What officers see.
    #[must_use]
    pub fn shown(&self) -> &str {
        &self.shown
    }

    /// What is shown, stretch by stretch, from the first byte to the last.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// The paragraph in cells.
    #[must_use]
    pub fn cells(&self) -> Cells {
        Cells::read(&self.source)
    }

    /// The stretch that is a field or a note where the caret is, or just beside it.
    #[must_use]
    pub fn object_at(&self, column: usize) -> Option<&Span> {
        self.spans.iter().find(|span| {
            matches!(span.what, What::Field(..) | What::Note(_))
                && span.range.start <= column
                && column <= span.range.end
        })
    }

    /// Puts words, without a line break, in the place of what is shown there. Gives the caret after them.
    ///
    /// Without a style they take that of what they replace or follow.
    #[must_use]
    pub fn apply(
        &self,
        range: Range<usize>,
        words: &str,
        style: Option<Style>,
        fields: &Fields,
    ) -> (Self, usize) {
        let mut cells = self.cells();
        let place = place_in(&cells, range, fields);
        let style = style.unwrap_or_else(|| cells.style_at(&place));
        let new: Vec<Cell> = typed(words, style).collect();

        let end = place.start + new.len();
        cells.splice(place, new);
        (Self::print(&cells, fields), column_of(&cells, end, fields))
    }

    /// The byte of the source that is shown there; of a field, where it begins.
    #[must_use]
    pub fn to_source(&self, column: usize, fields: &Fields) -> usize {
        let cells = self.cells();
        let starts = starts(&self.source);
        let mut at = 0;

        for (cell, start) in cells.all.iter().zip(&starts) {
            let end = at + width(cell, fields);
            if column < end {
                return *start;
            }
            at = end;
        }
        self.source.len()
    }

    /// Where what was written there is shown.
    #[must_use]
    pub fn to_shown(&self, byte: usize, fields: &Fields) -> usize {
        let starts = starts(&self.source);
        let before = starts.iter().filter(|start| **start < byte).count();
        let inside = !starts.contains(&byte);

        column_of(
            &self.cells(),
            before.saturating_sub(usize::from(inside)),
            fields,
        )
    }

    fn show(source: String, cells: &Cells, fields: &Fields) -> Self {
        let mut shown = String::with_capacity(source.len());
        let mut spans: Vec<Span> = Vec::new();

        for (rank, cell) in cells.all.iter().enumerate() {
            let start = shown.len();
            let what = match &cell.piece {
                Piece::Char(c) => {
                    shown.push(on_the_line(*c));
                    if rank < cells.marker {
                        What::Marker
                    } else {
                        What::Words
                    }
                }
                Piece::Blank => {
                    shown.push('_');
                    What::Blank
                }
                Piece::Field(name) => {
                    let (standing, words) = fields.shown(name);
                    shown.push_str(&words);
                    What::Field(name.to_string(), standing)
                }
                Piece::Note(key) => {
                    shown.push_str(&raised(key));
                    What::Note(key.clone())
                }
            };

            match spans.last_mut() {
                Some(last)
                    if last.what == what
                        && last.style == cell.style
                        && !matches!(what, What::Field(..) | What::Note(_)) =>
                {
                    last.range.end = shown.len();
                }
                _ => spans.push(Span {
                    range: start..shown.len(),
                    style: cell.style,
                    what,
                }),
            }
        }
        Self {
            source,
            shown,
            spans,
        }
    }
}

/// The cells that are shown there: all those that the range touches, or the place to insert at.
#[must_use]
pub fn place_in(cells: &Cells, range: Range<usize>, fields: &Fields) -> Range<usize> {
    let mut at = 0;
    let mut start = None;
    let mut end = None;

    for (rank, cell) in cells.all.iter().enumerate() {
        let next = at + width(cell, fields);

        if start.is_none() && range.start < next {
            // Inside a field, what is inserted comes after it.
            let inside = range.start > at && range.is_empty();
            start = Some(if inside { rank + 1 } else { rank });
        }
        if end.is_none() && range.end <= at {
            end = Some(rank);
        }
        at = next;
    }
    let start = start.unwrap_or(cells.all.len());
    let end = end.unwrap_or(cells.all.len());

    if range.is_empty() {
        start..start
    } else {
        start..end.max(start)
    }
}

/// Where that cell begins in what is shown.
#[must_use]
pub fn column_of(cells: &Cells, nth: usize, fields: &Fields) -> usize {
    cells
        .all
        .iter()
        .take(nth)
        .map(|cell| width(cell, fields))
        .sum()
}

/// How many bytes are shown for a cell.
fn width(cell: &Cell, fields: &Fields) -> usize {
    match &cell.piece {
        Piece::Char(c) => on_the_line(*c).len_utf8(),
        Piece::Blank => 1,
        Piece::Field(name) => fields.shown(name).1.len(),
        Piece::Note(key) => raised(key).len(),
    }
}

/// The call of a note as it shows: raised figures, or its key between raised brackets.
fn raised(key: &Key) -> String {
    let figure = |c: char| match c {
        '0' => Some('⁰'),
        '1' => Some('¹'),
        '2' => Some('²'),
        '3' => Some('³'),
        '4' => Some('⁴'),
        '5' => Some('⁵'),
        '6' => Some('⁶'),
        '7' => Some('⁷'),
        '8' => Some('⁸'),
        '9' => Some('⁹'),
        _ => None,
    };
    let figures: Option<String> = key.as_str().chars().map(figure).collect();

    figures.unwrap_or_else(|| format!("⁽{key}⁾"))
}
