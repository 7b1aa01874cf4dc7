//! The table shown: its book, how it is understood, what each row would do, which rows are in sight.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::Arc;

use iced::{Fill, Length};

use super::rows::ROW;
use super::{Only, fate};
use crate::app::widget::Choice;
use crate::exchange::import::{
    Column, Counts, Field, Import, Kind, Outcome, Plan, Planned, counts,
};
use crate::exchange::table::{Book, Form, Wish};
use crate::model::{Budget, Id, Line, Records, Shared};

/// How many columns of a table stand in a list of at least that width, in pixels: the same from the first examination to
/// the import.
const COLUMNS: [(f32, usize); 3] = [(800.0, 6), (620.0, 5), (0.0, 4)];

/// How many rows are measured, for the room that each column takes.
const MEASURED: usize = 500;

/// The least and the most that a cell counts for in it, in characters.
const LEAST: usize = 6;
const MOST: usize = 30;

/// The head of a column asks for no more than this of it, in characters: it may be cut.
const MOST_HEAD: usize = 12;

/// What stands around the characters of a cell that is typed anew, counted in characters.
const AROUND: usize = 3;

/// About how wide a figure is, in pixels; and what stands around those of a cell.
const FIGURE: f32 = 7.5;
const AROUND_FIGURES: f32 = 8.0;

pub(super) struct Table {
    pub(super) book: Arc<Book>,
    pub(super) taken: Import,
    pub(super) wish: Wish,
    pub(super) sheet: Option<usize>,
    pub(super) plan: Option<Arc<Plan>>,
    pub(super) counts: Counts,
    /// The rows of the plan in sight, by rank.
    pub(super) shown: Vec<usize>,
    /// The columns in sight, with what they hold, for each width of [`COLUMNS`].
    columns: [Vec<(usize, Field)>; COLUMNS.len()],
    /// The room that each column of the table takes where it is in sight.
    rooms: Vec<Length>,
    /// Whether what becomes of some row is said in a word beside its cells.
    pub(super) has_brief: bool,
    /// The lines of budgets that a row may belong to, told once for all rows.
    pub(super) lines: Vec<Choice<'static, Id>>,
    /// Whether what each row would do is being worked out anew.
    pub(super) waits: bool,
}

impl Table {
    pub(super) fn new(book: Arc<Book>, taken: Import, wish: Wish) -> Self {
        Self {
            book,
            taken,
            wish,
            sheet: None,
            plan: None,
            counts: Counts::default(),
            shown: Vec::new(),
            columns: Default::default(),
            rooms: Vec::new(),
            has_brief: false,
            lines: Vec::new(),
            waits: false,
        }
    }

    /// What waits for a line of a budget: no file is behind it.
    pub(super) fn of_waiting(taken: Import) -> Self {
        let book = Book {
            form: Form::Ods,
            sheets: vec![taken.sheet().clone()],
        };
        Self::new(Arc::new(book), taken, Wish::default())
    }

    /// Understands the same table as another kind of thing.
    pub(super) fn turn_to(&mut self, kind: Kind) {
        self.understand(kind, self.sheet);
    }

    /// Another sheet of the book.
    pub(super) fn turn_to_sheet(&mut self, sheet: usize) {
        self.understand(self.taken.kind, Some(sheet));
    }

    fn understand(&mut self, kind: Kind, sheet: Option<usize>) {
        self.taken = self.taken.again(&self.book, sheet, kind);
        self.sheet = sheet;
        self.plan = None;
    }

    /// What each row would do is known.
    pub(super) fn learn(&mut self, plan: Arc<Plan>, only: Only, records: &Records) {
        self.waits = false;
        self.lines = match self.taken.kind {
            Kind::Done => lines(records, self.taken.budget),
            _ => Vec::new(),
        };
        self.counts = counts(&plan);
        let is_first = self.plan.is_none();
        if is_first {
            self.columns = COLUMNS.map(|(_, most)| columns(&self.taken, &plan, most));
            self.rooms = rooms(&self.taken, &plan);
        }
        self.has_brief = plan.rows.iter().any(|planned| self.is_brief(planned));
        let before = std::mem::take(&mut self.shown);
        self.plan = Some(plan);
        self.show(only);
        // What is mended stays where it is until other rows are asked for.
        if !is_first {
            self.shown.extend(before);
            self.shown.sort_unstable();
            self.shown.dedup();
        }
    }

    pub(super) fn show(&mut self, only: Only) {
        let answers = |planned: &Planned| {
            matches!(
                (only, &planned.outcome),
                (Only::All, _)
                    | (Only::Created, Outcome::Created { .. })
                    | (Only::Changed, Outcome::Changed { .. })
                    | (Only::Unchanged, Outcome::Unchanged { .. })
                    | (Only::Asked, Outcome::Asked { .. })
                    | (Only::Kept, Outcome::Kept { .. })
                    | (Only::Refused, Outcome::Refused { .. })
            )
        };
        let rows = self
            .plan
            .iter()
            .flat_map(|plan| plan.rows.iter().enumerate());
        self.shown = rows
            .filter(|(_, planned)| answers(planned))
            .map(|(rank, _)| rank)
            .collect();
    }

    /// A cell becomes what it may have meant.
    pub(super) fn take_meant(&mut self, row: usize) {
        let meant = self.row(row).and_then(|it| it.beside.meant.clone());
        if let Some(meant) = meant
            && let Some(column) = self.taken.column_of(meant.field)
        {
            self.taken.correct(row, column, meant.cell);
        }
    }

    /// The lines of budgets that a row may belong to, the likeliest first.
    pub(super) fn lines_for(&self, likely: &[Id]) -> Cow<'_, [Choice<'_, Id>]> {
        if likely.is_empty() {
            return Cow::Borrowed(&self.lines);
        }
        fn lent<'a>((id, words): &'a Choice<'static, Id>) -> Choice<'a, Id> {
            (*id, Cow::Borrowed(&**words))
        }
        let of = |id: &Id| self.lines.iter().find(|(line, _)| line == id);
        let others = self.lines.iter().filter(|(id, _)| !likely.contains(id));
        likely
            .iter()
            .filter_map(of)
            .chain(others)
            .map(lent)
            .collect()
    }

    /// The columns in sight in that width, with what they hold.
    pub(super) fn columns(&self, width: f32) -> &[(usize, Field)] {
        let mut tiers = COLUMNS.iter().zip(&self.columns);
        let fits = tiers.find(|((least, _), _)| width >= *least);
        fits.map_or(&[], |(_, columns)| columns)
    }

    /// The room that a column takes.
    pub(super) fn room(&self, column: usize) -> Length {
        self.rooms.get(column).copied().unwrap_or(Fill)
    }

    /// How high each row of the list is: twice as high where it asks something, or says much.
    pub(super) fn heights(&self) -> Vec<f32> {
        let places = 0..self.shown.len();
        let is_brief = |place| self.at(place).is_some_and(|it| self.is_brief(it));
        places
            .map(|place| if is_brief(place) { ROW } else { 2.0 * ROW })
            .collect()
    }

    /// Whether a row goes without question, and says so in a word or two.
    pub(super) fn is_brief(&self, planned: &Planned) -> bool {
        let is_touched =
            self.taken.is_corrected(planned.row) || self.taken.answered(planned.row).is_some();
        !is_touched && fate::brief(self.taken.kind, planned).is_some()
    }

    /// What becomes of a row of the grid.
    pub(super) fn row(&self, row: usize) -> Option<&Planned> {
        let rows = &self.plan.as_ref()?.rows;
        let rank = rows.binary_search_by_key(&row, |it| it.row).ok()?;
        rows.get(rank)
    }

    /// The place in the list of a row of the grid.
    pub(super) fn place(&self, row: usize) -> Option<usize> {
        let rows = &self.plan.as_ref()?.rows;
        let rank = rows.binary_search_by_key(&row, |it| it.row).ok()?;
        self.shown.binary_search(&rank).ok()
    }

    /// The row at that place of the list.
    pub(super) fn at(&self, place: usize) -> Option<&Planned> {
        let rank = *self.shown.get(place)?;
        self.plan.as_ref()?.rows.get(rank)
    }
}

/// The columns that tell rows apart: the first, those that rows are refused for, those that matter most; in their order.
fn columns(taken: &Import, plan: &Plan, most: usize) -> Vec<(usize, Field)> {
    let mut faults: BTreeMap<usize, usize> = BTreeMap::new();
    for planned in plan.rows.iter().take(5_000) {
        if let Outcome::Refused { faults: those } = &planned.outcome {
            for column in those.iter().filter_map(|it| it.column) {
                *faults.entry(column).or_default() += 1;
            }
        }
    }
    let of = |field: Field| {
        let columns = taken.columns().iter().enumerate();
        let those = columns.filter(move |(_, column)| column.field == Some(field));
        those.map(move |(place, _)| (place, field))
    };
    let mut all: Vec<(usize, Field)> = Field::of(taken.kind).into_iter().flat_map(of).collect();
    let mut ranked: Vec<(usize, Field)> = all.clone();
    if let Some((_, others)) = ranked.split_first_mut() {
        others.sort_by_key(|(column, _)| Reverse(faults.get(column).copied()));
    }
    ranked.truncate(most);
    all.retain(|column| ranked.contains(column));
    all
}

/// The room that each column takes: that of its figures and days, which are not cut; the rest is shared by what cells hold.
/// One that may be typed anew stands on one line; the others have two.
fn rooms(taken: &Import, plan: &Plan) -> Vec<Length> {
    let columns = taken.columns().iter().enumerate();
    let room = |(place, column): (usize, &Column)| {
        let label = column.field.map_or("", Field::label);
        let head = column.head.chars().count().max(label.chars().count());
        let is_whole = column
            .field
            .is_some_and(|it| it.is_figures() || it.is_day());
        let cells = plan.rows.iter().take(MEASURED).map(|planned| {
            let length = taken.shown(planned.row, place).chars().count();
            match planned.outcome.reason() {
                None if !is_whole => length.div_ceil(2),
                _ => length,
            }
        });
        let most = cells.max().unwrap_or(0).max(head.min(MOST_HEAD));
        let most = most.clamp(LEAST, if is_whole { MOST / 2 } else { MOST });
        match is_whole {
            true => Length::Fixed(most as f32 * FIGURE + AROUND_FIGURES),
            false => Length::FillPortion(u16::try_from(most + AROUND).unwrap_or(1)),
        }
    };
    columns.map(room).collect()
}

/// The lines that what finance did may belong to: those of that budget, or of all.
fn lines(records: &Records, only: Option<Id>) -> Vec<Choice<'static, Id>> {
    // Finance counts in euros.
    let is_asked = |budget: &&Budget| budget.is_in_euros() && only.is_none_or(|it| it == budget.id);
    let lines_of = |budget: &Budget| {
        let told = |line: &Shared<Line>| {
            let words = format!("{} – {} ({})", line.label, budget.title, line.heading);
            (line.id, words.into())
        };
        // What is in kind is never paid.
        let lines = budget.lines.iter().filter(|line| !line.in_kind);
        lines.map(told).collect::<Vec<_>>()
    };
    records
        .budgets()
        .filter(is_asked)
        .flat_map(lines_of)
        .collect()
}
