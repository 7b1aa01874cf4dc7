//! A table that works like a spreadsheet: arrows, Enter, Tab, typing in the place of what is there, blocks copied and
//! pasted.
//!
//! The screen keeps a [`Cursor`] and hears [`Event`]s; the table draws what the screen answers for each cell in sight,
//! and nothing else: two thousand lines cost what thirty do. Its rows are one line high; its head, the columns pinned
//! to either side and the rows that stick to its foot stay where they are while the rest scrolls, by whole rows and
//! whole columns. Where columns are beyond what is in sight, a mark says how many, and a click brings the next.
//!
//! It is one stop of the keyboard. Inside, Tab goes from cell to cell and leaves after the last; F6 leaves at once.

mod cursor;
mod cut;
mod draw;
mod keys;
mod place;
mod table;
pub mod tsv;
mod widths;

use std::borrow::Cow;

pub use self::cursor::{Cursor, Event, RowAct, Spot};
pub use self::table::table;

/// A column.
#[derive(Debug, Clone, PartialEq)]
pub struct Column<'a> {
    /// What stands above it.
    pub title: Cow<'a, str>,
    /// How wide it is, in pixels: at least that, when it takes what is left.
    pub width: f32,
    /// How wide it is at least, where there is no room for all: never less than its title.
    pub least: f32,
    /// The longest of what it holds, which are never cut.
    pub held: Vec<Cow<'a, str>>,
    /// Whether it takes a part of what is left.
    pub grows: bool,
    /// Whether it holds figures: at the right.
    pub figures: bool,
    /// Whether it stays in sight while the others scroll sideways, and at which side.
    pub pin: Option<Side>,
    /// Whether it scrolls with the others after all, once one of them would have no room beside it.
    pub yields: bool,
    /// Whether it shows nothing: where there is no room for all at their ease, it is beyond what is in sight.
    pub is_empty: bool,
}

/// A side of the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The left.
    Left,
    /// The right.
    Right,
}

impl<'a> Column<'a> {
    /// Words, as wide as that.
    pub fn words(title: impl Into<Cow<'a, str>>, width: f32) -> Self {
        Self {
            title: title.into(),
            width,
            least: width,
            held: Vec::new(),
            grows: false,
            figures: false,
            pin: None,
            yields: false,
            is_empty: false,
        }
    }

    /// Figures, as wide as that.
    pub fn figures(title: impl Into<Cow<'a, str>>, width: f32) -> Self {
        Self {
            figures: true,
            ..Self::words(title, width)
        }
    }

    /// The same, narrower where there is no room for all columns.
    #[must_use]
    pub fn down_to(self, least: f32) -> Self {
        Self { least, ..self }
    }

    /// The same, as wide as those words need.
    #[must_use]
    pub fn holding(mut self, words: impl Into<Cow<'a, str>>) -> Self {
        self.held.push(words.into());
        self
    }

    /// The same, taking a part of what is left.
    #[must_use]
    pub fn growing(self) -> Self {
        Self {
            grows: true,
            ..self
        }
    }

    /// The same, in sight while others scroll.
    #[must_use]
    pub fn pinned(self, side: Side) -> Self {
        Self {
            pin: Some(side),
            ..self
        }
    }

    /// The same, which scrolls with the others once one of them would have no room beside it.
    #[must_use]
    pub fn yielding(self) -> Self {
        Self {
            yields: true,
            ..self
        }
    }

    /// The same, which shows nothing.
    #[must_use]
    pub fn empty(self) -> Self {
        Self {
            is_empty: true,
            ..self
        }
    }
}

/// What a cell shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Cell<'a> {
    /// The words.
    pub text: Cow<'a, str>,
    /// How they look.
    pub look: Look,
    /// Whether what is in it is not kept.
    pub faulty: bool,
    /// What another column of the row says, told after the words where that column is out of sight.
    pub besides: Option<(usize, &'static str)>,
}

/// How the words of a cell look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Look {
    /// As text.
    Plain,
    /// As what accompanies.
    Muted,
    /// As a total.
    Strong,
    /// On a soft ground.
    Tag,
    /// As what is to be looked at.
    Wary,
    /// As what is wrong.
    Grave,
}

impl<'a> Cell<'a> {
    /// Words.
    pub fn plain(text: impl Into<Cow<'a, str>>) -> Self {
        Self::of(text, Look::Plain)
    }

    /// Words that look like that.
    pub fn of(text: impl Into<Cow<'a, str>>, look: Look) -> Self {
        Self {
            text: text.into(),
            look,
            faulty: false,
            besides: None,
        }
    }

    /// Nothing.
    #[must_use]
    pub const fn empty() -> Self {
        Self {
            text: Cow::Borrowed(""),
            look: Look::Plain,
            faulty: false,
            besides: None,
        }
    }

    /// The same, which tells what that column says where it is out of sight.
    #[must_use]
    pub fn telling(self, column: usize, words: &'static str) -> Self {
        Self {
            besides: Some((column, words)),
            ..self
        }
    }
}

/// How a row looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Line {
    /// One of many.
    Plain,
    /// It heads those under it, and sums them up.
    Group,
    /// A total.
    Total,
    /// It parts the table.
    Band,
    /// It is there to be typed in: a new row.
    Offer,
}
