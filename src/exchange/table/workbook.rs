//! Workbooks: XLSX cell by cell, XLS once its records were looked at, ODS by our own reader.

use std::borrow::Cow;
use std::io::Cursor;

use calamine::{Data, DataRef, Dimensions, ExcelDateTime, Reader as _, Style, Xls, Xlsx};
use chrono::NaiveDate;

use super::archive::{self, Kind};
use super::course::Course;
use super::grid::{MOST_CELLS, MOST_COLUMNS, MOST_ROWS};
use super::{Book, Form, Grid, Refusal, Sheet, Symbol, Value, biff, ods};
use crate::model::evaluate;

/// The most sheets that are read.
const MOST_SHEETS: usize = 50;

/// The most cells that merged ones are spread over.
const MOST_SPREAD: usize = 200_000;

/// The steps of the reading that the cells of a vetted workbook take.
pub(super) const STEPS: (u64, u64) = (40, 100);

pub(super) fn zipped(bytes: &[u8], course: &mut Course<'_>) -> Result<Book, Refusal> {
    match archive::vet(bytes, course)? {
        Kind::Xlsx => xlsx(bytes, course),
        Kind::Ods => Ok(Book {
            form: Form::Ods,
            sheets: ods::read(bytes, course)?,
        }),
    }
}

fn damaged(error: impl std::fmt::Display) -> Refusal {
    Refusal::Damaged(error.to_string())
}

fn xlsx(bytes: &[u8], course: &mut Course<'_>) -> Result<Book, Refusal> {
    let mut workbook: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut room = MOST_CELLS;
    let mut sheets = Vec::new();
    let mut names = workbook.sheet_names();
    names.truncate(MOST_SHEETS);
    let (first, last) = STEPS;
    let step = |sheet: usize| first + (last - first) * sheet as u64 / names.len().max(1) as u64;
    for (number, name) in names.iter().enumerate() {
        let steps = (step(number), step(number + 1));
        // A sheet of charts has no cells.
        let merged = workbook.merge_cells_by_sheet_name(name).unwrap_or_default();
        let Ok(mut reader) = workbook.worksheet_cells_reader(name) else {
            continue;
        };
        let rows = u64::from(reader.dimensions().end.0) + 1;
        let mut cells = Sparse::default();
        let mut blank = Vec::new();
        let symbol = |style: &Style| Symbol::of_format(&style.number_format.as_ref()?.format_code);
        let symbols: Vec<Option<Symbol>> = reader.styles().iter().map(symbol).collect();
        while let Some((cell, style)) = reader.next_cell_with_style_id().map_err(damaged)? {
            let symbol = symbols.get(style).copied().flatten();
            course.reach(steps, u64::from(cell.get_position().0), rows)?;
            let held = match cell.get_value() {
                DataRef::Empty => {
                    if blank.len() < MOST_CELLS {
                        blank.push(cell.get_position());
                    }
                    continue;
                }
                DataRef::SharedString(text) => Held::Text(Cow::Borrowed(text)),
                DataRef::String(text) | DataRef::DurationIso(text) => Held::text(text.clone()),
                DataRef::DateTimeIso(text) => iso_day(text),
                DataRef::Int(number) => Held::number(*number as f64, symbol),
                DataRef::Float(number) => Held::number(*number, symbol),
                DataRef::Bool(truth) => Held::truth(*truth),
                DataRef::DateTime(moment) => moment_of(*moment),
                DataRef::Error(error) => Held::text(error.to_string()),
            };
            cells.add(cell.get_position(), held, &mut room)?;
        }
        drop(reader);
        if !blank.is_empty() {
            blank.sort_unstable();
            cells = cells.kept();
            let mut reader = workbook.worksheet_cells_reader(name).map_err(damaged)?;
            while let Some(cell) = reader.next_formula().map_err(damaged)? {
                course.reach(steps, u64::from(cell.get_position().0), rows)?;
                let (at, formula) = (cell.get_position(), cell.get_value());
                if !formula.is_empty() && blank.binary_search(&at).is_ok() {
                    cells.keep(at, reckoned(formula), &mut room)?;
                }
            }
        }
        cells.spread(&merged, &mut room)?;
        sheets.push(cells.sheet(name.clone())?);
    }
    Ok(Book {
        form: Form::Xlsx,
        sheets,
    })
}

pub(super) fn xls(bytes: &[u8]) -> Result<Book, Refusal> {
    let symbols = biff::vet(bytes)?;
    let mut workbook: Xls<_> = Xls::new(Cursor::new(bytes)).map_err(damaged)?;
    let mut room = MOST_CELLS;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names().into_iter().take(MOST_SHEETS) {
        let merged = workbook
            .merge_cells_by_sheet_name(&name)
            .unwrap_or_default();
        let Ok(range) = workbook.worksheet_range(&name) else {
            continue;
        };
        let (top, left) = range.start().unwrap_or_default();
        let of_sheet = symbols.get(&name);
        let mut cells = Sparse::default();
        for (row, column, data) in range.used_cells() {
            let at = |offset: usize, from: u32| {
                u32::try_from(offset)
                    .unwrap_or(u32::MAX)
                    .saturating_add(from)
            };
            let place = (at(row, top), at(column, left));
            let symbol = of_sheet.and_then(|symbols| symbols.get(&place)).copied();
            let held = match data {
                Data::Empty => continue,
                Data::String(text) | Data::DurationIso(text) => Held::Text(Cow::Borrowed(text)),
                Data::DateTimeIso(text) => iso_day(text),
                Data::Int(number) => Held::number(*number as f64, symbol),
                Data::Float(number) => Held::number(*number, symbol),
                Data::Bool(truth) => Held::truth(*truth),
                Data::DateTime(moment) => moment_of(*moment),
                Data::Error(error) => Held::text(error.to_string()),
            };
            cells.add(place, held, &mut room)?;
        }
        cells.spread(&merged, &mut room)?;
        sheets.push(cells.sheet(name)?);
    }
    Ok(Book {
        form: Form::Xls,
        sheets,
    })
}

/// A formula that no spreadsheet has reckoned, as a script leaves it: what it comes to where figures and signs say it all,
/// else the formula itself, which no amount takes for nothing.
fn reckoned(formula: &str) -> Held<'static> {
    const DECIMALS: u32 = 6;
    match evaluate(&formula.replace('.', ","), DECIMALS) {
        Ok(amount) => Held::Number(amount.0 as f64 / 10_f64.powi(DECIMALS as i32)),
        Err(_) => Held::text(format!("={formula}")),
    }
}

/// A moment of Excel: its day. What is only a duration or an hour stays a number.
fn moment_of(moment: ExcelDateTime) -> Held<'static> {
    if moment.is_datetime() && moment.as_f64() >= 1.0 {
        let (year, month, day, ..) = moment.to_ymd_hms_milli();
        if let Some(day) =
            NaiveDate::from_ymd_opt(i32::from(year), u32::from(month), u32::from(day))
        {
            return Held::Day(day);
        }
    }
    Held::Number(moment.as_f64())
}

/// `2027-02-03T00:00:00`: its day.
pub(super) fn iso_day(text: &str) -> Held<'static> {
    let day = text.get(..10).and_then(|day| day.parse().ok());
    day.map_or_else(|| Held::text(text.to_owned()), Held::Day)
}

/// What a cell of a workbook holds.
#[derive(Debug, Clone)]
pub(super) enum Held<'a> {
    Text(Cow<'a, str>),
    Number(f64),
    Counted(f64, Symbol),
    Day(NaiveDate),
}

impl Held<'_> {
    pub(super) fn text(text: String) -> Held<'static> {
        Held::Text(Cow::Owned(text))
    }

    /// A number, with the symbol that its cell writes beside it.
    pub(super) fn number(number: f64, symbol: Option<Symbol>) -> Held<'static> {
        symbol.map_or(Held::Number(number), |symbol| Held::Counted(number, symbol))
    }

    pub(super) fn truth(truth: bool) -> Held<'static> {
        Held::Text(Cow::Borrowed(if truth { "oui" } else { "non" }))
    }

    fn value(&self) -> Value<'_> {
        match self {
            Held::Text(text) => Value::typed(text),
            Held::Number(number) => Value::Number(*number),
            Held::Counted(number, symbol) => Value::Counted(*number, *symbol),
            Held::Day(day) => Value::Day(*day),
        }
    }
}

/// Cells as a workbook tells them: those that hold something, row by row. Rows beyond the most are counted, not kept.
#[derive(Default)]
pub(super) struct Sparse<'a> {
    cells: Vec<(u32, u32, Held<'a>)>,
    /// How many rows were begun, and the last of them.
    rows: usize,
    row: Option<u32>,
}

impl<'a> Sparse<'a> {
    /// The same, whatever becomes of the workbook.
    fn kept<'b>(self) -> Sparse<'b> {
        let own = |held| match held {
            Held::Text(text) => Held::text(text.into_owned()),
            Held::Number(number) => Held::Number(number),
            Held::Counted(number, symbol) => Held::Counted(number, symbol),
            Held::Day(day) => Held::Day(day),
        };
        let cells = self.cells.into_iter();
        Sparse {
            cells: cells
                .map(|(row, column, held)| (row, column, own(held)))
                .collect(),
            rows: self.rows,
            row: self.row,
        }
    }

    /// Adds a cell at that row and column, from 0. `room` counts down over all sheets.
    pub(super) fn add(
        &mut self,
        (row, column): (u32, u32),
        held: Held<'a>,
        room: &mut usize,
    ) -> Result<(), Refusal> {
        if self.row != Some(row) {
            self.row = Some(row);
            self.rows += 1;
        }
        if self.rows <= MOST_ROWS {
            self.keep((row, column), held, room)?;
        }
        Ok(())
    }

    /// So many rows follow that are all the same. Answers whether they are to be added, cell by cell; otherwise they are
    /// counted.
    pub(super) fn takes(&mut self, rows: usize) -> bool {
        let takes = self.rows.saturating_add(rows) <= MOST_ROWS;
        if !takes {
            self.rows = self.rows.saturating_add(rows);
        }
        takes
    }

    fn keep(
        &mut self,
        (row, column): (u32, u32),
        held: Held<'a>,
        room: &mut usize,
    ) -> Result<(), Refusal> {
        *room = room.checked_sub(1).ok_or(Refusal::TooManyCells)?;
        if column as usize >= MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        self.cells.push((row, column, held));
        Ok(())
    }

    /// A merged cell says its text in all the cells that it covers; an amount is told once.
    fn spread(&mut self, merged: &[Dimensions], room: &mut usize) -> Result<(), Refusal> {
        self.order();
        let mut added = Vec::new();
        let mut spread = 0_usize;
        for region in merged {
            let (top, left) = region.start;
            let Ok(place) = self
                .cells
                .binary_search_by_key(&(top, left), |(row, column, _)| (*row, *column))
            else {
                continue;
            };
            let Some((_, _, Held::Text(text))) = self.cells.get(place) else {
                continue;
            };
            let (bottom, right) = region.end;
            for row in top..=bottom {
                for column in left..=right.min(MOST_COLUMNS as u32) {
                    spread += 1;
                    if spread > MOST_SPREAD {
                        return Err(Refusal::TooManyCells);
                    }
                    if (row, column) != (top, left) {
                        added.push(((row, column), Held::Text(text.clone())));
                    }
                }
            }
        }
        for (place, held) in added {
            self.keep(place, held, room)?;
        }
        Ok(())
    }

    /// The last of two cells at one place counts, as spreadsheets have it; what covers comes first.
    fn order(&mut self) {
        self.cells.sort_by_key(|(row, column, _)| (*row, *column));
    }

    pub(super) fn sheet(mut self, name: String) -> Result<Sheet, Refusal> {
        if self.rows > MOST_ROWS {
            return Err(Refusal::TooManyRows(self.rows));
        }
        self.order();
        let mut grid = Grid::default();
        for row in self.cells.chunk_by(|one, other| one.0 == other.0) {
            let Some((line, ..)) = row.first() else {
                continue;
            };
            let mut values = Vec::new();
            for (_, column, held) in row {
                let column = *column as usize;
                if values.len() <= column {
                    values.resize(column + 1, Value::Empty);
                }
                if let Some(place) = values.get_mut(column) {
                    *place = held.value();
                }
            }
            grid.push(*line as usize + 1, values)?;
        }
        Ok(Sheet {
            name,
            grid: grid.whole()?,
            ..Sheet::default()
        })
    }
}
