//! A plain grid of cells, compact: a hostile table must not cost more memory than it has bytes.

use chrono::NaiveDate;

use super::{Refusal, Symbol};
use crate::reference::thousands;

/// The most rows that a table may have: more than any office keeps in one.
pub const MOST_ROWS: usize = 200_000;

/// The most columns.
pub const MOST_COLUMNS: usize = 1_000;

/// The most cells, of all sheets together.
pub const MOST_CELLS: usize = 5_000_000;

/// The most text, in bytes.
const MOST_TEXT: usize = 200 << 20;

/// Rows of cells, read once and never changed.
#[derive(Debug, Clone, Default)]
pub struct Grid {
    text: String,
    cells: Vec<Cell>,
    rows: Vec<Row>,
    width: usize,
    /// Rows beyond the most: counted, not kept.
    beyond: usize,
}

#[derive(Debug, Clone, Copy)]
enum Cell {
    Empty,
    Text { start: u32, end: u32 },
    Number(f64),
    Counted(f64, Symbol),
    Day(NaiveDate),
}

#[derive(Debug, Clone, Copy)]
struct Row {
    /// Its number in the file, as a spreadsheet shows it.
    line: u32,
    start: u32,
}

/// What a cell holds.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Value<'a> {
    /// Nothing.
    #[default]
    Empty,
    /// Text without spaces around it, never empty.
    Text(&'a str),
    /// A number, as a spreadsheet keeps it.
    Number(f64),
    /// A number whose cell writes a symbol beside it.
    Counted(f64, Symbol),
    /// A day, as a spreadsheet keeps it.
    Day(NaiveDate),
}

impl<'a> Value<'a> {
    /// Reads what was typed.
    #[must_use]
    pub fn typed(text: &'a str) -> Self {
        match text.trim() {
            "" => Self::Empty,
            text => Self::Text(text),
        }
    }

    /// Whether it holds nothing.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        matches!(self, Self::Empty)
    }

    /// As a person reads it: days `JJ/MM/AAAA`, numbers with a comma.
    #[must_use]
    pub fn shown(self) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.to_owned(),
            Self::Number(number) => number.to_string().replace('.', ","),
            Self::Counted(number, symbol) => {
                format!("{}\u{a0}{}", Self::Number(number).shown(), symbol.as_str())
            }
            Self::Day(day) => day.format("%d/%m/%Y").to_string(),
        }
    }

    /// The same, of what counts something: thousands apart, cents two by two.
    #[must_use]
    pub fn shown_as_figures(self) -> String {
        let (number, symbol) = match self {
            Self::Number(number) => (number, None),
            Self::Counted(number, symbol) => (number, Some(symbol)),
            _ => return self.shown(),
        };
        if !number.is_finite() || number.abs() >= 1e13 {
            return self.shown();
        }
        let said = match number.fract() == 0.0 {
            true => format!("{number:.0}"),
            false => format!("{number:.2}"),
        };
        let (sign, said) = said
            .strip_prefix('-')
            .map_or(("", said.as_str()), |rest| ("-", rest));
        let (whole, cents) = said
            .split_once('.')
            .map_or((said, None), |(whole, cents)| (whole, Some(cents)));
        let mut shown = format!("{sign}{}", thousands(whole));
        for (mark, more) in [
            (",", cents),
            ("\u{a0}", symbol.as_ref().map(Symbol::as_str)),
        ] {
            if let Some(more) = more {
                shown.push_str(mark);
                shown.push_str(more);
            }
        }
        shown
    }
}

impl Grid {
    /// How many rows it has, empty ones left out.
    #[must_use]
    pub fn height(&self) -> usize {
        self.rows.len()
    }

    /// How many columns the widest row has.
    #[must_use]
    pub const fn width(&self) -> usize {
        self.width
    }

    /// The number of a row in its file, from 1.
    #[must_use]
    pub fn line(&self, row: usize) -> usize {
        self.rows.get(row).map_or(0, |row| row.line as usize)
    }

    /// How many cells a row has, up to its last that holds something.
    #[must_use]
    pub fn length(&self, row: usize) -> usize {
        self.cells_of(row).len()
    }

    /// What a cell holds; nothing beyond the end of its row.
    #[must_use]
    pub fn value(&self, row: usize, column: usize) -> Value<'_> {
        self.cells_of(row)
            .get(column)
            .map_or(Value::Empty, |cell| self.read(*cell))
    }

    /// The cells of a row.
    pub fn values(&self, row: usize) -> impl Iterator<Item = Value<'_>> {
        self.cells_of(row).iter().map(|cell| self.read(*cell))
    }

    fn cells_of(&self, row: usize) -> &[Cell] {
        let start = |row: usize| self.rows.get(row).map(|row| row.start as usize);
        let Some(from) = start(row) else {
            return &[];
        };
        let to = start(row + 1).unwrap_or(self.cells.len());
        self.cells.get(from..to).unwrap_or_default()
    }

    fn read(&self, cell: Cell) -> Value<'_> {
        match cell {
            Cell::Empty => Value::Empty,
            Cell::Text { start, end } => Value::typed(
                self.text
                    .get(start as usize..end as usize)
                    .unwrap_or_default(),
            ),
            Cell::Number(number) => Value::Number(number),
            Cell::Counted(number, symbol) => Value::Counted(number, symbol),
            Cell::Day(day) => Value::Day(day),
        }
    }

    /// Adds a row, unless all of it is empty. Its last empty cells are left out. Beyond the most that are read, it is only
    /// counted.
    ///
    /// # Errors
    /// When the table grows larger than any that we read.
    pub fn push<'a>(
        &mut self,
        line: usize,
        values: impl IntoIterator<Item = Value<'a>>,
    ) -> Result<(), Refusal> {
        if self.rows.len() == MOST_ROWS {
            self.beyond += usize::from(values.into_iter().any(|value| !value.is_empty()));
            return Ok(());
        }
        let start = self.cells.len();
        let mut filled = start;
        for value in values {
            let cell = match value {
                Value::Empty => Cell::Empty,
                Value::Number(number) => Cell::Number(number),
                Value::Counted(number, symbol) => Cell::Counted(number, symbol),
                Value::Day(day) => Cell::Day(day),
                Value::Text(text) => match self.keep(text)? {
                    Some(cell) => cell,
                    None => Cell::Empty,
                },
            };
            self.cells.push(cell);
            if !matches!(cell, Cell::Empty) {
                filled = self.cells.len();
            }
            if self.cells.len() > MOST_CELLS {
                return Err(Refusal::TooManyCells);
            }
        }

        self.cells.truncate(filled);
        if filled == start {
            return Ok(());
        }
        if filled - start > MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        self.width = self.width.max(filled - start);
        self.rows.push(Row {
            line: u32::try_from(line).unwrap_or(u32::MAX),
            start: u32::try_from(start).unwrap_or(u32::MAX),
        });
        Ok(())
    }

    /// The grid, once all of its rows were pushed.
    ///
    /// # Errors
    /// When there were more than the most.
    pub fn whole(self) -> Result<Self, Refusal> {
        if self.beyond > 0 {
            return Err(Refusal::TooManyRows(MOST_ROWS + self.beyond));
        }
        Ok(self)
    }

    /// Keeps a text, without what a screen or a terminal would obey.
    fn keep(&mut self, text: &str) -> Result<Option<Cell>, Refusal> {
        let start = self.text.len();
        for c in text.trim().chars() {
            match c {
                '\n' | '\u{2028}' | '\u{2029}' => self.text.push('\n'),
                '\t' => self.text.push(' '),
                c if c.is_control() || matches!(c, '\u{feff}' | '\u{fffe}') => {}
                '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => {}
                c => self.text.push(c),
            }
        }
        let end = self.text.len();
        if end > MOST_TEXT {
            return Err(Refusal::TooLong);
        }
        if self
            .text
            .get(start..end)
            .is_none_or(|kept| kept.trim().is_empty())
        {
            self.text.truncate(start);
            return Ok(None);
        }
        Ok(Some(Cell::Text {
            start: u32::try_from(start).unwrap_or(u32::MAX),
            end: u32::try_from(end).unwrap_or(u32::MAX),
        }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn empty_rows_are_left_out_and_rows_keep_their_number() {
        let mut grid = Grid::default();
        grid.push(1, [Value::Text("a"), Value::Empty]).unwrap();
        grid.push(2, [Value::Text(" \u{a0}"), Value::Empty])
            .unwrap();
        grid.push(3, [Value::Empty, Value::Number(2.0)]).unwrap();

        assert_eq!(grid.height(), 2);
        assert_eq!((grid.line(0), grid.line(1)), (1, 3));
        assert_eq!((grid.length(0), grid.width()), (1, 2));
        assert_eq!(grid.value(1, 1), Value::Number(2.0));
        assert_eq!(grid.value(1, 7), Value::Empty);
        assert_eq!(grid.value(9, 0), Value::Empty);
    }

    #[test]
    fn a_cell_commands_nothing() {
        let mut grid = Grid::default();
        let written = "Porto-\u{7}Novo\r\n(B\u{202e}énin)";
        grid.push(1, [Value::Text(written)]).unwrap();
        assert_eq!(grid.value(0, 0), Value::Text("Porto-Novo\n(Bénin)"));
    }

    #[test]
    fn a_table_without_end_is_refused() {
        let mut grid = Grid::default();
        for line in 0..MOST_ROWS + 7 {
            grid.push(line, [Value::Number(1.0)]).unwrap();
        }
        grid.push(0, [Value::Empty]).unwrap();
        assert_eq!(grid.height(), MOST_ROWS);
        let refused = grid.whole().unwrap_err();
        assert_eq!(refused, Refusal::TooManyRows(MOST_ROWS + 7));
    }
}
