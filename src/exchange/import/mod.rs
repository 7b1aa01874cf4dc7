//! What a table from elsewhere would do to the records: columns taken for fields, then each row created, changed, left
//! or refused, and why; from which one [`Change`] comes.
//!
//! Everything is a pure function of the table, the records, what ships and the day. Nothing is written here: the
//! command line and the window make the change, after a backup.

mod budget;
mod column;
mod conventions;
mod counted;
mod difference;
mod done;
mod field;
mod heads;
mod known;
mod meant;
mod partners;
mod refused;
mod report;
mod row;
#[cfg(test)]
mod tests;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

pub use self::column::{Column, Unit};
pub use self::difference::Difference;
use self::difference::Differences;
pub use self::field::Field;
pub use self::known::{Known, Payers};
pub use self::meant::{Beside, Meant};
pub use self::refused::Fault;
use self::refused::{Refused, both};
pub use self::report::{Counts, counts, reasons, refusals};
use self::row::{Row, at, rounded_to};
use super::budget::Column as Cell;
use super::table::value::is_month_first;
use super::table::{Book, Layout, Sheet, Value};
use super::watch::Watch;
use crate::model::{Change, Currency, Id, Ids, Records, quoted};
use crate::reference::Reference;

/// What a table is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Partners and bodies, one a row.
    Partners,
    /// Conventions signed elsewhere, one a row.
    Conventions,
    /// The lines of one budget.
    Budget,
    /// Finance's engagements and mandates, for the budgets that there are.
    Done,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 4] = [Self::Partners, Self::Conventions, Self::Budget, Self::Done];

    /// What is imported: « des partenaires ».
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Partners => "Partenaires",
            Self::Conventions => "Conventions",
            Self::Budget => "Budget",
            Self::Done => "Réalisations",
        }
    }
}

/// A table that is to be imported: what was read, how it is understood, and what a person said of it.
#[derive(Debug, Clone)]
pub struct Import {
    /// What it is about.
    pub kind: Kind,
    /// The budget that it is for: for a budget's lines, or for what finance did. Any, or a new one, when absent.
    pub budget: Option<Id>,
    /// The year of a budget's amounts that neither their column nor their row dates, as somebody told it.
    pub year: Option<i32>,
    /// The currency of amounts that neither they, nor their head, nor their row tell for sure, as somebody told it.
    pub currency: Option<Currency>,
    /// What the file is called, without its path: a new budget takes its name.
    pub name: String,
    /// Whether it is what waits for a line of a budget, and not a file.
    pub waits: bool,
    payers: Payers,
    sheet: Arc<Sheet>,
    layout: Layout,
    columns: Vec<Column>,
    /// Cells that a person typed anew, by row and column of the grid.
    corrections: BTreeMap<(usize, usize), String>,
    answers: BTreeMap<usize, Answer>,
    everything: BTreeSet<Proposal>,
}

/// What a person answers to what a row asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// What is proposed is right.
    Yes,
    /// It belongs to that line of a budget.
    Line(Id),
    /// It belongs to no budget of ours.
    Aside,
}

/// What may be accepted for all rows at once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Proposal {
    /// Partners that are not known are created.
    Partners,
    /// What finance did is matched by amount and third party.
    Matches,
}

/// What the whole table would do.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Plan {
    /// Each row of the table, once, in its order.
    pub rows: Vec<Planned>,
    /// The change that does it; none when nothing changes.
    pub change: Option<Change>,
    /// What is told of the whole.
    pub remarks: Vec<String>,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq)]
pub struct Planned {
    /// The row of the grid.
    pub row: usize,
    /// Its number in the file, as a spreadsheet shows it.
    pub line: usize,
    /// What becomes of it.
    pub outcome: Outcome,
    /// What is said of it beside.
    pub beside: Beside,
}

/// What becomes of a row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// Something is created.
    Created {
        /// What, by its name.
        what: String,
    },
    /// Something that is there takes what differs.
    Changed {
        /// What, by its name.
        what: String,
        /// What differs.
        differences: Vec<Difference>,
    },
    /// It says what is known already.
    Unchanged {
        /// Of what, by its name.
        what: String,
    },
    /// It asks first; until it is answered, it is refused.
    Asked {
        /// What is proposed, as a question.
        question: String,
    },
    /// Finance did it and no line of a budget has it yet: it is kept, to be attached later.
    Kept {
        /// Why it has none.
        reason: String,
        /// Whether it was kept before.
        is_known: bool,
    },
    /// It is left out.
    Refused {
        /// All that is wrong with it.
        faults: Vec<Fault>,
    },
}

/// What plans read, beside the table.
pub struct Around<'a> {
    /// What there is.
    pub records: &'a Records,
    /// What ships.
    pub reference: &'a Reference,
    /// The day.
    pub today: NaiveDate,
    /// Who waits for them: told at each row.
    pub watch: &'a dyn Watch,
}

impl Import {
    /// The sheet of a book whose heads are best understood, with what its columns seem to hold. `name` is that of the
    /// file, without its path; heads of a budget may name `payers`.
    #[must_use]
    pub fn guess(book: &Book, kind: Kind, name: &str, payers: Payers) -> Self {
        let known = |head: &str| column::known(head, kind);
        let best = book.sheets.iter().map(|sheet| {
            let layout = Layout::guess(&sheet.grid, known);
            let score: u32 = layout.columns.iter().map(|head| known(head)).sum();
            (score, layout, sheet)
        });
        // Of two sheets as well understood, the first.
        let best = best.reduce(|one, other| if other.0 > one.0 { other } else { one });
        let (layout, sheet) = best.map_or_else(Default::default, |(_, layout, sheet)| {
            (layout, sheet.clone())
        });
        let columns = guessed(&sheet, &layout, kind, &payers);
        Self {
            payers,
            ..Self::laid_out(kind, name, sheet, layout, columns)
        }
    }

    /// What finance did and no line of a budget has yet; nothing where nothing waits.
    #[must_use]
    pub fn of_waiting(records: &Records, reference: &Reference) -> Option<Self> {
        done::import(records, reference)
    }

    fn laid_out(
        kind: Kind,
        name: &str,
        sheet: Sheet,
        layout: Layout,
        columns: Vec<Column>,
    ) -> Self {
        Self {
            kind,
            budget: None,
            year: None,
            currency: None,
            name: name.to_owned(),
            waits: false,
            payers: Payers::default(),
            sheet: Arc::new(sheet),
            layout,
            columns,
            corrections: BTreeMap::new(),
            answers: BTreeMap::new(),
            everything: BTreeSet::new(),
        }
    }

    /// The same file understood anew: as that kind of table, of that sheet of the book where one is chosen.
    #[must_use]
    pub fn again(&self, book: &Book, sheet: Option<usize>, kind: Kind) -> Self {
        let guess = |book: &Book| Self::guess(book, kind, &self.name, self.payers.clone());
        let Some(sheet) = sheet else {
            return guess(book);
        };
        guess(&Book {
            form: book.form.clone(),
            sheets: book.sheets.get(sheet).cloned().into_iter().collect(),
        })
    }

    /// The sheet.
    #[must_use]
    pub fn sheet(&self) -> &Sheet {
        &self.sheet
    }

    /// Where its heads are, and which rows say something.
    #[must_use]
    pub const fn layout(&self) -> &Layout {
        &self.layout
    }

    /// Whether its columns say of which year amounts are.
    #[must_use]
    pub fn is_dated(&self) -> bool {
        let year = Some(Field::Cell(super::budget::Column::Year));
        let dates = |column: &Column| {
            column.field == year || column.field == Some(Field::Planned) && column.year.is_some()
        };
        self.columns.iter().any(dates)
    }

    /// What its columns hold.
    #[must_use]
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// What is to be known of its columns before any row is looked at: that no amount is read, what is left aside, in what
    /// amounts are counted.
    #[must_use]
    pub fn unread(&self) -> Vec<String> {
        let mut said = match self.kind {
            Kind::Budget => budget::unread(self),
            _ => Vec::new(),
        };
        said.extend(self.by_thousands());
        said.extend(self.in_which_currency());
        said
    }

    /// Says what a column holds. Another that was said to hold the same holds nothing more, but for the amounts of a
    /// budget, and their totals.
    pub fn take_column_for(&mut self, column: usize, field: Option<Field>) {
        let alone = !matches!(field, Some(Field::Planned | Field::Cell(Cell::Total)));
        for (place, other) in self.columns.iter_mut().enumerate() {
            if place == column {
                other.field = field;
            } else if alone && other.field == field {
                other.field = None;
            }
        }
    }

    /// Says that the heads are the row of the grid shown as that line, and guesses the columns anew.
    pub fn take_for_heads(&mut self, line: usize) {
        let row = (0..self.sheet.grid.height()).find(|row| self.sheet.grid.line(*row) == line);
        if let Some(row) = row {
            self.layout = Layout::at(&self.sheet.grid, row..row + 1);
            self.columns = guessed(&self.sheet, &self.layout, self.kind, &self.payers);
            self.corrections.clear();
            self.answers.clear();
        }
    }

    /// A cell as a person corrected it, or as it was read.
    #[must_use]
    pub fn value(&self, row: usize, column: usize) -> Value<'_> {
        match self.corrections.get(&(row, column)) {
            Some(typed) => Value::typed(typed),
            None => self.sheet.grid.value(row, column),
        }
    }

    /// A cell as a person reads it.
    #[must_use]
    pub fn shown(&self, row: usize, column: usize) -> String {
        let value = self.value(row, column);
        let field = self.columns.get(column).and_then(|it| it.field);
        match field.is_some_and(Field::is_figures) {
            true => value.shown_as_figures(),
            false => value.shown(),
        }
    }

    /// Types a cell anew.
    pub fn correct(&mut self, row: usize, column: usize, typed: String) {
        let read = self.sheet.grid.value(row, column);
        if read.shown() == typed || read.shown_as_figures() == typed {
            self.corrections.remove(&(row, column));
        } else {
            self.corrections.insert((row, column), typed);
        }
    }

    /// Whether something of a row was typed anew.
    #[must_use]
    pub fn is_corrected(&self, row: usize) -> bool {
        self.corrections
            .range((row, 0)..(row + 1, 0))
            .next()
            .is_some()
    }

    /// How many cells were typed anew, and how many rows answered.
    #[must_use]
    pub fn touched(&self) -> usize {
        self.corrections.len() + self.answers.len()
    }

    /// Answers what a row asks, or takes the answer back.
    pub fn answer(&mut self, row: usize, answer: Option<Answer>) {
        match answer {
            Some(answer) => self.answers.insert(row, answer),
            None => self.answers.remove(&row),
        };
    }

    /// What was answered to a row.
    #[must_use]
    pub fn answered(&self, row: usize) -> Option<Answer> {
        self.answers.get(&row).copied()
    }

    /// Accepts what rows propose, all of them.
    pub fn accept(&mut self, proposal: Proposal) {
        self.everything.insert(proposal);
    }

    fn accepts(&self, proposal: Proposal) -> bool {
        self.everything.contains(&proposal)
    }

    /// The column that holds a field.
    #[must_use]
    pub fn column_of(&self, field: Field) -> Option<usize> {
        self.columns
            .iter()
            .position(|column| column.field == Some(field))
    }

    /// What importing it would do. Nothing is changed.
    #[must_use]
    pub fn plan(&self, around: &Around<'_>, ids: &mut Ids) -> Plan {
        let mut plan = match self.kind {
            Kind::Partners => partners::plan(self, around, ids),
            Kind::Conventions => conventions::plan(self, around, ids),
            Kind::Budget => budget::plan(self, around, ids),
            Kind::Done => done::plan(self, around, ids),
        };
        plan.remarks.extend(self.by_thousands());
        plan.remarks.extend(self.month_first());
        plan
    }

    /// Columns of days one of which has its month first, as Americans write: the others may have too.
    fn month_first(&self) -> impl Iterator<Item = String> + '_ {
        let columns = self.columns.iter().enumerate();
        columns.filter_map(|(place, column)| {
            let is_day = column.field.is_some_and(Field::is_day);
            let mut rows = self.layout.rows.iter().filter(|_| is_day);
            let found = rows.find_map(|row| {
                Some(self.value(*row, place).shown()).filter(|it| is_month_first(it))
            })?;
            Some(format!(
                "La colonne {} a des dates où le mois vient avant le jour ({found})\u{a0}: les autres sont lues le jour \
                 d’abord, vérifiez-les.",
                quoted(&column.head)
            ))
        })
    }
}

/// What the columns of a sheet seem to hold.
fn guessed(sheet: &Sheet, layout: &Layout, kind: Kind, payers: &Payers) -> Vec<Column> {
    let mut columns = column::guess(&layout.columns, kind, payers);
    let above = (0..layout.heads.start).flat_map(|row| sheet.grid.values(row));
    let above = above.filter_map(|value| match value {
        Value::Text(text) => Some(text),
        _ => None,
    });
    column::count_as_said_above(&mut columns, above);
    columns
}

/// « 03/02/2027 », or nothing.
fn said_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| day.format("%d/%m/%Y").to_string())
}
