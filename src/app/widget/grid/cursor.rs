//! Where the keyboard is in a table, which block is chosen, what is being typed.

use std::ops::RangeInclusive;

/// A cell by its ranks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spot {
    /// Of its row.
    pub row: usize,
    /// Of its column.
    pub column: usize,
}

/// See the module. The screen keeps it, the table shows it.
#[derive(Debug, Clone, Default)]
pub struct Cursor {
    at: Spot,
    /// The opposite corner of the block; the same cell when nothing more is chosen.
    corner: Spot,
    typing: Option<Typing>,
}

#[derive(Debug, Clone)]
struct Typing {
    raw: String,
    /// Whether it takes the place of what was there: arrows then leave the cell, as in a spreadsheet.
    replaces: bool,
}

/// What happens in a table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Event {
    /// To another cell; from the corner of the block when it grows.
    Go {
        /// Where.
        to: Spot,
        /// Whether the block grows.
        grow: bool,
    },
    /// A cell is typed in: from what it holds, or with those first letters in its place.
    Begin(Option<String>),
    /// It holds that text now.
    Typed(String),
    /// What was typed is to be kept; then another cell.
    Keep(Option<Spot>),
    /// What was typed is not to be kept.
    Cancel,
    /// The block is emptied.
    Clear,
    /// The block goes to the clipboard.
    Copy,
    /// … and is emptied.
    Cut,
    /// That comes from the clipboard.
    Paste(String),
    /// The first cell of each row of the block goes into the others; one cell, into the next.
    FillRight,
    /// Something is done to the row.
    Row(RowAct),
    /// More of the row.
    More,
}

/// What is done to a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowAct {
    /// Another under it.
    Insert,
    /// A copy under it.
    Duplicate,
    /// It goes.
    Remove,
    /// Up by one.
    Up,
    /// Down by one.
    Down,
}

impl Cursor {
    /// Where the keyboard is.
    #[must_use]
    pub const fn at(&self) -> Spot {
        self.at
    }

    /// The rows and the columns of the block.
    #[must_use]
    pub fn block(&self) -> (RangeInclusive<usize>, RangeInclusive<usize>) {
        let span = |one: usize, other: usize| one.min(other)..=one.max(other);
        (
            span(self.at.row, self.corner.row),
            span(self.at.column, self.corner.column),
        )
    }

    /// Whether more than one cell is chosen.
    #[must_use]
    pub fn is_block(&self) -> bool {
        self.at != self.corner
    }

    /// What is being typed.
    #[must_use]
    pub fn typing(&self) -> Option<&str> {
        self.typing.as_ref().map(|it| it.raw.as_str())
    }

    pub(super) fn replaces(&self) -> bool {
        self.typing.as_ref().is_some_and(|it| it.replaces)
    }

    /// To another cell.
    pub fn go(&mut self, to: Spot, grow: bool) {
        self.at = to;
        if !grow {
            self.corner = to;
        }
        self.typing = None;
    }

    /// A block, the keyboard at its first cell.
    pub fn choose(&mut self, first: Spot, last: Spot) {
        (self.at, self.corner) = (first, last);
        self.typing = None;
    }

    /// Begins to type in the cell: that text, in the place of what was there or after it.
    pub fn begin(&mut self, raw: impl Into<String>, replaces: bool) {
        self.corner = self.at;
        self.typing = Some(Typing {
            raw: raw.into(),
            replaces,
        });
    }

    /// The cell holds that text now.
    pub fn typed(&mut self, text: String) {
        if let Some(typing) = &mut self.typing {
            typing.raw = text;
        }
    }

    /// What was typed, which is not typed any more.
    pub fn end(&mut self) -> Option<String> {
        self.typing.take().map(|it| it.raw)
    }

    /// Stays inside a table of so many rows and columns.
    pub fn fit(&mut self, rows: usize, columns: usize) {
        for spot in [&mut self.at, &mut self.corner] {
            spot.row = spot.row.min(rows.saturating_sub(1));
            spot.column = spot.column.min(columns.saturating_sub(1));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_has_its_corners_in_any_order() {
        let mut cursor = Cursor::default();
        cursor.go(Spot { row: 4, column: 2 }, false);
        cursor.go(Spot { row: 1, column: 3 }, true);
        assert_eq!(cursor.block(), (1..=4, 2..=3));
        cursor.fit(3, 3);
        assert_eq!(cursor.block(), (1..=2, 2..=2));
        cursor.go(Spot::default(), false);
        assert!(!cursor.is_block());
    }
}
