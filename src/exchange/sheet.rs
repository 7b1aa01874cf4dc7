//! A table on its way out, as cells that know what they are: what CSV and XLSX both write.
//!
//! CSV is what French spreadsheets open with a double click: UTF-8 with its mark, semicolons, decimal commas, dates as
//! `JJ/MM/AAAA`. XLSX holds numbers as numbers, totals as formulas with their results beside them, the head frozen.
//! Whatever a cell says, it is never run: a text that begins like a formula stays text in both (see [`guarded`]).

use chrono::{Datelike, NaiveDate};
use rust_xlsxwriter::{
    DocProperties, ExcelDateTime, Format, FormatAlign, Formula, Workbook, Worksheet, XlsxError,
};

use crate::model::Amount;

/// A table, its head in the first row.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// What the tab is called: at most 31 characters.
    pub name: String,
    /// The columns, first to last.
    pub columns: Vec<Column>,
    /// How many of them stay in sight when one scrolls.
    pub frozen: u16,
    /// The rows under the head.
    pub rows: Vec<Row>,
    /// What a printer takes of it, where it is not the whole.
    pub printed: Option<Printed>,
}

/// The upper left of a table, as a printer takes it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Printed {
    /// How many columns.
    pub columns: usize,
    /// How many rows under the head.
    pub rows: usize,
}

/// A column.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// What stands in the head.
    pub title: String,
    /// How wide, in characters.
    pub width: u16,
    /// Whether a workbook keeps it out of sight, to be shown by who looks for it.
    pub hidden: bool,
}

/// A row; cells that are not there are empty.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Row {
    /// One a column.
    pub cells: Vec<Cell>,
    /// Whether it sums others; printed bold.
    pub total: bool,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cell {
    /// Nothing: not zero.
    #[default]
    Empty,
    /// Words.
    Text(String),
    /// A whole number that is not money: a year, a share in hundredths.
    Whole(i64),
    /// A number told as a decimal with a point: a rate, `655.957`. Text where it is none.
    Number(String),
    /// Money.
    Money(Decimal),
    /// Money that is a sum of other cells.
    Sum {
        /// What it comes to.
        value: Decimal,
        /// How, in the words of a spreadsheet: `SUM(E3:E9)`.
        formula: String,
    },
    /// A day.
    Date(NaiveDate),
}

/// An amount with the number of its decimals.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Decimal {
    /// In the minor unit.
    pub amount: Amount,
    /// How many of its figures are decimals.
    pub decimals: u8,
}

/// A sheet that no XLSX file can hold.
#[derive(Debug, thiserror::Error)]
#[error(
    "Le tableau ne tient pas dans un classeur XLSX ({reason}). Rien n’a été écrit\u{a0}; en CSV, il n’y a pas de limite."
)]
pub struct TooLarge {
    reason: String,
}

impl Cell {
    /// Words; nothing when there are none.
    #[must_use]
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        if text.is_empty() {
            Self::Empty
        } else {
            Self::Text(text)
        }
    }

    /// Whether spreadsheets set it at the right of its column.
    const fn is_at_right(&self) -> bool {
        !matches!(self, Self::Empty | Self::Text(_))
    }
}

impl Decimal {
    /// « 1234,56 »: no grouping, all its decimals, so that a spreadsheet reads a number.
    #[must_use]
    pub fn with_comma(self) -> String {
        let Self { amount, decimals } = self;
        let sign = if amount.0 < 0 { "-" } else { "" };
        let figures = amount.0.unsigned_abs();
        if decimals == 0 {
            return format!("{sign}{figures}");
        }
        let unit = 10_u64.saturating_pow(u32::from(decimals));
        let (whole, part) = (figures / unit, figures % unit);
        format!(
            "{sign}{whole},{part:0width$}",
            width = usize::from(decimals)
        )
    }

    /// The nearest number that a spreadsheet can hold: exact up to 90 thousand billion euros.
    fn number(self) -> f64 {
        self.amount.0 as f64 / 10_f64.powi(i32::from(self.decimals))
    }
}

/// The name of a cell as formulas write it, from its row and column counted from 0, the head being row 0: `B3`.
#[must_use]
pub fn address(row: usize, column: usize) -> String {
    format!("{}{}", letters(column), row + 1)
}

/// The name of a column as formulas write it: `A`, `AB`.
#[must_use]
pub fn letters(column: usize) -> String {
    let mut name = Vec::new();
    let mut rest = column + 1;
    while rest > 0 {
        name.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    name.reverse();
    String::from_utf8_lossy(&name).into_owned()
}

/// A text that a spreadsheet takes for text: an apostrophe before `= + - @`, a tab, a return, or another apostrophe.
///
/// [`unguarded`] takes it away again.
#[must_use]
pub fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) {
        format!("'{text}")
    } else {
        text.to_owned()
    }
}

/// What [`guarded`] was given.
#[must_use]
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if rest.starts_with(['=', '+', '-', '@', '\t', '\r', '\'']) => rest,
        _ => text,
    }
}

/// The sheet as CSV.
#[must_use]
pub fn csv(sheet: &Sheet) -> Vec<u8> {
    const MARK: &[u8] = b"\xEF\xBB\xBF";

    let mut bytes = MARK.to_vec();
    let mut writer = csv::WriterBuilder::new()
        .delimiter(b';')
        .terminator(csv::Terminator::CRLF)
        .from_writer(&mut bytes);
    let head = sheet.columns.iter().map(|it| guarded(&it.title));
    // Writing to memory cannot fail, and every row has as many cells as the head.
    let _ = writer.write_record(head);
    for row in &sheet.rows {
        let cells = (0..sheet.columns.len()).map(|place| row.cells.get(place));
        let _ = writer.write_record(cells.map(|cell| cell.map_or_else(String::new, said)));
    }
    let _ = writer.flush();
    drop(writer);
    bytes
}

fn said(cell: &Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Text(text) => guarded(text),
        Cell::Whole(number) => number.to_string(),
        Cell::Number(number) if number.parse().is_ok_and(f64::is_finite) => {
            number.replace('.', ",")
        }
        Cell::Number(text) => guarded(text),
        Cell::Money(amount) | Cell::Sum { value: amount, .. } => amount.with_comma(),
        Cell::Date(date) => date.format("%d/%m/%Y").to_string(),
    }
}

/// The sheet as XLSX, the same bytes each time; the workbook says that it was made on `dated`.
///
/// # Errors
/// When a text has more than 32,767 characters, or there are more than 1,048,576 rows.
pub fn xlsx(sheet: &Sheet, title: &str, dated: NaiveDate) -> Result<Vec<u8>, TooLarge> {
    written(sheet, title, dated).map_err(|error| TooLarge {
        reason: error.to_string(),
    })
}

/// The number of A4 among the papers of a workbook (ECMA-376, part 1, 18.3.1.63 `pageSetup`).
const A4: u8 = 9;

fn written(sheet: &Sheet, title: &str, dated: NaiveDate) -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let year = u16::try_from(dated.year()).unwrap_or(1900);
    let made = ExcelDateTime::from_ymd(year, dated.month() as u8, dated.day() as u8)?;
    let title: String = title.chars().take(200).collect();
    book.set_properties(
        &DocProperties::new()
            .set_title(title)
            .set_creation_datetime(&made),
    );

    let page = book.add_worksheet();
    page.set_name(&sheet.name)?;
    page.set_freeze_panes(1, sheet.frozen)?;
    page.set_paper_size(A4);
    page.set_landscape();
    page.set_print_fit_to_pages(1, 0);
    page.set_repeat_rows(0, 0)?;
    if let Some(Printed { columns, rows }) = sheet.printed {
        page.set_print_area(0, 0, down(rows), at(columns.saturating_sub(1)))?;
    }

    let head = Format::new()
        .set_bold()
        .set_text_wrap()
        .set_align(FormatAlign::Top)
        .set_background_color(0x00E8_ECF7);
    for (place, column) in sheet.columns.iter().enumerate() {
        let mut cells = sheet.rows.iter().filter_map(|row| row.cells.get(place));
        let head = match cells.any(Cell::is_at_right) {
            true => head.clone().set_align(FormatAlign::Right),
            false => head.clone(),
        };
        let place = at(place);
        page.set_column_width(place, f64::from(column.width))?;
        if column.hidden {
            page.set_column_hidden(place)?;
        }
        page.write_string_with_format(0, place, &column.title, &head)?;
    }
    for (line, row) in sheet.rows.iter().enumerate() {
        let look = match row.total {
            true => Format::new().set_bold(),
            false => Format::new(),
        };
        let mut is_after_figures = false;
        for (place, cell) in row.cells.iter().enumerate() {
            let look = match is_after_figures && !cell.is_at_right() {
                true => look.clone().set_indent(1),
                false => look.clone(),
            };
            write_cell(page, down(line + 1), at(place), cell, look)?;
            is_after_figures = cell.is_at_right();
        }
    }
    if let (Some(last), false) = (sheet.columns.len().checked_sub(1), sheet.rows.is_empty()) {
        page.autofilter(0, 0, down(sheet.rows.len()), at(last))?;
    }
    book.save_to_buffer()
}

/// A row's place as the library counts, the head being 0; past its last, one that it refuses.
fn down(row: usize) -> u32 {
    u32::try_from(row).unwrap_or(u32::MAX)
}

/// A column's place as the library counts; past its last, one that it refuses.
fn at(column: usize) -> u16 {
    u16::try_from(column).unwrap_or(u16::MAX)
}

fn write_cell(
    page: &mut Worksheet,
    line: u32,
    place: u16,
    cell: &Cell,
    look: Format,
) -> Result<(), XlsxError> {
    match cell {
        Cell::Empty => {}
        Cell::Text(text) => {
            page.write_string_with_format(line, place, text, &look)?;
        }
        Cell::Whole(number) => {
            page.write_number_with_format(line, place, *number as f64, &look)?;
        }
        Cell::Number(text) => match text.parse() {
            Ok(number) if f64::is_finite(number) => {
                page.write_number_with_format(line, place, number, &look)?;
            }
            _ => {
                page.write_string_with_format(line, place, text, &look)?;
            }
        },
        Cell::Money(amount) => {
            let look = look.set_num_format(format_of(amount.decimals));
            page.write_number_with_format(line, place, amount.number(), &look)?;
        }
        Cell::Sum { value, formula } => {
            let look = look.set_num_format(format_of(value.decimals));
            let formula =
                Formula::new(format!("={formula}")).set_result(value.number().to_string());
            page.write_formula_with_format(line, place, formula, &look)?;
        }
        Cell::Date(date) => {
            let look = look.set_num_format("dd/mm/yyyy");
            match u16::try_from(date.year()) {
                Ok(year @ 1900..=9999) => {
                    let day = ExcelDateTime::from_ymd(year, date.month() as u8, date.day() as u8)?;
                    page.write_datetime_with_format(line, place, &day, &look)?;
                }
                // Spreadsheets have no days before 1900.
                _ => {
                    page.write_string_with_format(line, place, said(cell), &look)?;
                }
            }
        }
    }
    Ok(())
}

/// Thousands apart and that many decimals, in the signs of the reader's own country.
fn format_of(decimals: u8) -> String {
    let mut format = "#,##0".to_owned();
    if decimals > 0 {
        format.push('.');
        format.extend(std::iter::repeat_n('0', usize::from(decimals)));
    }
    format
}

#[cfg(test)]
mod tests {
    use super::*;

    fn money(amount: i64, decimals: u8) -> Decimal {
        Decimal {
            amount: Amount(amount),
            decimals,
        }
    }

    fn sheet(cells: Vec<Cell>) -> Sheet {
        Sheet {
            name: "Essai".to_owned(),
            columns: (0..cells.len())
                .map(|place| Column {
                    title: format!("C{place}"),
                    width: 12,
                    hidden: false,
                })
                .collect(),
            frozen: 1,
            rows: vec![Row {
                cells,
                total: false,
            }],
            printed: None,
        }
    }

    #[test]
    fn amounts_have_their_decimals_and_a_comma() {
        assert_eq!(money(123_456, 2).with_comma(), "1234,56");
        assert_eq!(money(-5, 2).with_comma(), "-0,05");
        assert_eq!(money(1_200_000, 0).with_comma(), "1200000");
        assert_eq!(money(7, 3).with_comma(), "0,007");
        assert_eq!(money(i64::MIN, 2).with_comma(), "-92233720368547758,08");
    }

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        assert_eq!(address(0, 0), "A1");
        assert_eq!(address(9, 25), "Z10");
        assert_eq!(address(2, 26), "AA3");
        assert_eq!(letters(701), "ZZ");
        assert_eq!(letters(702), "AAA");
    }

    #[test]
    fn a_text_is_never_a_formula_and_comes_back_as_it_was() {
        for text in [
            "=1+1", "+33 6", "-12", "@SUM(A1)", "'déjà", "\tx", "Étude", "",
        ] {
            let guarded = guarded(text);
            assert!(
                !guarded.starts_with(['=', '+', '-', '@', '\t', '\r']),
                "{text}"
            );
            assert_eq!(unguarded(&guarded), text);
        }
    }

    #[test]
    fn csv_is_what_french_spreadsheets_open() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 3).unwrap();
        let bytes = csv(&sheet(vec![
            Cell::text("Réseau ; « Djassin »"),
            Cell::Money(money(123_456, 2)),
            Cell::text("=HYPERLINK(\"x\")"),
            Cell::Date(day),
            Cell::Empty,
        ]));
        let text = String::from_utf8(bytes).unwrap();
        assert_eq!(
            text,
            "\u{feff}C0;C1;C2;C3;C4\r\n\"Réseau ; « Djassin »\";1234,56;\"'=HYPERLINK(\"\"x\"\")\";03/02/2027;\r\n"
        );
    }

    #[test]
    fn xlsx_is_the_same_each_time_and_says_when_it_cannot_be() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 3).unwrap();
        let one = sheet(vec![Cell::text("=1+1"), Cell::Money(money(5, 2))]);
        assert_eq!(
            xlsx(&one, "Essai", day).unwrap(),
            xlsx(&one, "Essai", day).unwrap()
        );

        let long = sheet(vec![Cell::text("é".repeat(32_768))]);
        let refused = xlsx(&long, "Essai", day).unwrap_err().to_string();
        assert!(refused.contains("CSV"), "{refused}");
    }
}
