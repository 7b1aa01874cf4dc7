//! Workbooks of LibreOffice, read cell by cell: a cell that says that it is repeated a million times costs nothing
//! before it is counted.

use std::io::{BufReader, Cursor};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};
use zip::ZipArchive;

use super::course::Course;
use super::grid::MOST_COLUMNS;
use super::workbook::{Held, STEPS, Sparse, iso_day};
use super::{Refusal, Sheet, Symbol};

/// Repetitions of an empty row beyond this reach the end of any sheet.
const LAST_ROW: u32 = 1 << 20;

pub(super) fn read(bytes: &[u8], course: &mut Course<'_>) -> Result<Vec<Sheet>, Refusal> {
    let damaged = |error: &dyn std::fmt::Display| Refusal::Damaged(error.to_string());
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|error| damaged(&error))?;
    let part = archive
        .by_name("content.xml")
        .map_err(|error| damaged(&error))?;
    let length = part.size();
    let mut reader = Reader::from_reader(BufReader::new(part));
    reader.config_mut().expand_empty_elements = true;

    let mut sheets = Vec::new();
    let mut room = super::grid::MOST_CELLS;
    let mut table: Option<Table> = None;
    let mut buffer = Vec::new();
    // Tables in tables, notes and pictures are not cells of the sheet.
    let mut aside = 0_usize;
    loop {
        buffer.clear();
        course.reach(STEPS, reader.buffer_position(), length)?;
        match reader
            .read_event_into(&mut buffer)
            .map_err(|error| damaged(&error))?
        {
            Event::Eof => break,
            Event::Start(start) => {
                let name = start.name();
                if aside > 0 || is_aside(name.as_ref()) {
                    aside += 1;
                    continue;
                }
                match (name.as_ref(), &mut table) {
                    ("table:table", None) => {
                        table = Some(Table::new(
                            attribute(&start, "table:name").unwrap_or_default(),
                        ));
                    }
                    ("table:table-row", Some(table)) => {
                        table.row_repeated = repeated(&start, "table:number-rows-repeated");
                        table.column = 0;
                    }
                    ("table:table-cell" | "table:covered-table-cell", Some(table)) => {
                        table.begin_cell(&start);
                    }
                    ("text:p", Some(table)) => table.paragraph(),
                    ("text:s", Some(table)) => {
                        let count = repeated(&start, "text:c").min(100);
                        table.say(&" ".repeat(count as usize));
                    }
                    ("text:tab" | "text:line-break", Some(table)) => table.say(" "),
                    _ => {}
                }
            }
            Event::End(end) => {
                if aside > 0 {
                    aside -= 1;
                    continue;
                }
                let name = end.name();
                match (name.as_ref(), table.as_mut()) {
                    ("table:table-cell" | "table:covered-table-cell", Some(table)) => {
                        table.end_cell(&mut room)?;
                    }
                    ("table:table-row", Some(table)) => table.end_row(&mut room)?,
                    ("table:table", Some(_)) => {
                        if let Some(table) = table.take() {
                            sheets.push(table.cells.sheet(table.name)?);
                        }
                    }
                    _ => {}
                }
            }
            Event::Text(text) if aside == 0 => {
                if let Some(table) = &mut table {
                    table.say(&text.xml10_content());
                }
            }
            Event::CData(text) if aside == 0 => {
                if let Some(table) = &mut table {
                    table.say(&text.xml10_content());
                }
            }
            Event::GeneralRef(reference) if aside == 0 => {
                let said = match reference.resolve_char_ref() {
                    Ok(Some(c)) => c.to_string(),
                    _ => match &*reference.xml10_content() {
                        "amp" => "&".to_owned(),
                        "lt" => "<".to_owned(),
                        "gt" => ">".to_owned(),
                        "quot" => "\"".to_owned(),
                        "apos" => "'".to_owned(),
                        _ => return Err(Refusal::Entities),
                    },
                };
                if let Some(table) = &mut table {
                    table.say(&said);
                }
            }
            _ => {}
        }
    }
    Ok(sheets)
}

fn is_aside(name: &str) -> bool {
    matches!(
        name,
        "office:annotation"
            | "draw:frame"
            | "draw:object"
            | "table:shapes"
            | "text:note"
            | "text:tracked-changes"
    )
}

fn attribute(start: &BytesStart<'_>, name: &str) -> Option<String> {
    let attribute = start.try_get_attribute(name).ok()??;
    let value = attribute.normalized_value(XmlVersion::Implicit1_0).ok()?;
    Some(value.into_owned())
}

/// How many times a thing is there: once, unless it says otherwise.
fn repeated(start: &BytesStart<'_>, name: &str) -> u32 {
    attribute(start, name)
        .and_then(|count| count.parse().ok())
        .unwrap_or(1)
        .max(1)
}

/// A sheet being read.
struct Table {
    name: String,
    cells: Sparse<'static>,
    row: u32,
    row_repeated: u32,
    column: u32,
    /// The cells of this row that hold something.
    held: Vec<(u32, Held<'static>)>,
    cell: Cell,
    /// How far each merged cell above goes on: its column, the last row, its text.
    spans: Vec<(u32, u32, Held<'static>)>,
}

#[derive(Default)]
struct Cell {
    open: bool,
    repeated: u32,
    value: Option<Held<'static>>,
    text: String,
    paragraphs: usize,
    columns: u32,
    rows: u32,
}

impl Cell {
    /// What the cell shows beside its number, whatever style writes it: « 655 957 FCFA ».
    fn symbol(&self) -> Option<Symbol> {
        let is_of_number = |c: char| {
            c.is_ascii_digit() || matches!(c, ',' | '.' | '-' | '−' | '(' | ')' | '%' | '+')
        };
        let beside: String = self.text.chars().filter(|c| !is_of_number(*c)).collect();
        // « 6,56E+05 » is a number.
        Some(beside.trim())
            .filter(|it| *it != "E")
            .and_then(Symbol::named)
    }
}

impl Table {
    fn new(name: String) -> Self {
        Self {
            name,
            cells: Sparse::default(),
            row: 0,
            row_repeated: 1,
            column: 0,
            held: Vec::new(),
            cell: Cell::default(),
            spans: Vec::new(),
        }
    }

    fn begin_cell(&mut self, start: &BytesStart<'_>) {
        let number = |name: &str| attribute(start, name)?.parse::<f64>().ok();
        let value = match attribute(start, "office:value-type").as_deref() {
            Some("float" | "currency" | "percentage") => {
                let said = attribute(start, "office:currency").and_then(|it| Symbol::named(&it));
                number("office:value").map(|number| Held::number(number, said))
            }
            Some("date") => attribute(start, "office:date-value").map(|day| iso_day(&day)),
            Some("boolean") => {
                attribute(start, "office:boolean-value").map(|truth| Held::truth(truth == "true"))
            }
            _ => attribute(start, "office:string-value")
                .filter(|text| !text.is_empty())
                .map(Held::text),
        };
        self.cell = Cell {
            open: true,
            repeated: repeated(start, "table:number-columns-repeated"),
            value,
            columns: repeated(start, "table:number-columns-spanned"),
            rows: repeated(start, "table:number-rows-spanned"),
            ..Cell::default()
        };
    }

    fn paragraph(&mut self) {
        if self.cell.open {
            if self.cell.paragraphs > 0 {
                self.cell.text.push(' ');
            }
            self.cell.paragraphs += 1;
        }
    }

    fn say(&mut self, text: &str) {
        if self.cell.open && self.cell.paragraphs > 0 {
            self.cell.text.push_str(text);
        }
    }

    fn end_cell(&mut self, room: &mut usize) -> Result<(), Refusal> {
        let cell = std::mem::take(&mut self.cell);
        let held = match cell.value {
            Some(Held::Number(number)) => Some(Held::number(number, cell.symbol())),
            Some(held) => Some(held),
            None if cell.text.trim().is_empty() => None,
            None => Some(Held::text(cell.text)),
        };
        let first = self.column;
        self.column = self.column.saturating_add(cell.repeated);
        let Some(held) = held else {
            return Ok(());
        };
        // What is repeated, or covered by a merged cell, says the same in all its cells; an amount is told once.
        let across = match &held {
            Held::Text(_) => cell.repeated.max(cell.columns),
            _ => cell.repeated,
        };
        if first.saturating_add(across) as usize > MOST_COLUMNS {
            return Err(Refusal::TooManyColumns);
        }
        for column in first..first + across {
            *room = room.checked_sub(1).ok_or(Refusal::TooManyCells)?;
            if cell.rows > 1 && matches!(held, Held::Text(_)) {
                let last = self.row.saturating_add(cell.rows - 1);
                self.spans.retain(|(there, ..)| *there != column);
                self.spans.push((column, last, held.clone()));
            }
            self.held.push((column, held.clone()));
        }
        Ok(())
    }

    fn end_row(&mut self, room: &mut usize) -> Result<(), Refusal> {
        let row = self.row;
        self.spans.retain(|(_, last, _)| *last >= row);
        for (column, _, held) in &self.spans {
            if !self.held.iter().any(|(there, _)| there == column) {
                self.held.push((*column, held.clone()));
            }
        }
        let next = row.saturating_add(self.row_repeated).min(LAST_ROW);
        if !self.held.is_empty() {
            if self.cells.takes((next - row) as usize) {
                for row in row..next {
                    for (column, held) in &self.held {
                        self.cells.add((row, *column), held.clone(), room)?;
                    }
                }
            }
            self.held.clear();
        }
        self.row = next;
        Ok(())
    }
}
