//! The rows of a table: each read by its fields, and what becomes of it.

use chrono::{Datelike, NaiveDate};

use super::{Beside, Cell, Field, Import, Outcome, Planned, Refused, both};
use crate::exchange::table::Value;
use crate::exchange::table::value::{Read, When, day, decimal, name, text, when, whole, year};
use crate::exchange::watch::Watch;
use crate::model::{Amount, Currency};

impl Import {
    /// The rows that say something.
    pub(super) fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.layout.rows.iter().map(|row| Row {
            import: self,
            row: *row,
        })
    }

    /// The outcome of every row, given by `one`; a row that could not be read for sure is refused before.
    pub(super) fn plan_rows(
        &self,
        watch: &dyn Watch,
        one: impl FnMut(&Row<'_>, &mut Beside) -> Result<Outcome, Refused>,
    ) -> Vec<Planned> {
        self.plan_rows_where(watch, |_| true, one)
    }

    /// The same, of those rows only.
    pub(super) fn plan_rows_where(
        &self,
        watch: &dyn Watch,
        are_these: impl Fn(&Row<'_>) -> bool,
        mut one: impl FnMut(&Row<'_>, &mut Beside) -> Result<Outcome, Refused>,
    ) -> Vec<Planned> {
        self.rows()
            .filter(are_these)
            .take_while(|_| watch.goes_on())
            .map(|row| {
                let mut beside = Beside::default();
                let doubt = self.sheet.doubtful.get(&row.row);
                let outcome = match doubt.filter(|_| !self.is_corrected(row.row)) {
                    Some(doubt) => Err(Refused::whole(doubt.clone())),
                    None => one(&row, &mut beside),
                };
                Planned {
                    row: row.row,
                    line: self.sheet.grid.line(row.row),
                    outcome: outcome.unwrap_or_else(|refused| Outcome::Refused {
                        faults: refused.faults(self),
                    }),
                    beside,
                }
            })
            .collect()
    }
}

/// A row of a table, by its fields.
pub(super) struct Row<'a> {
    pub(super) import: &'a Import,
    /// Its row of the grid.
    pub(super) row: usize,
}

impl<'a> Row<'a> {
    pub(super) fn value(&self, field: Field) -> Value<'a> {
        self.import
            .column_of(field)
            .map_or(Value::Empty, |column| self.import.value(self.row, column))
    }

    pub(super) fn text(&self, field: Field) -> Option<String> {
        text(self.value(field))
    }

    pub(super) fn name(&self, field: Field) -> Result<Option<String>, Refused> {
        at(field, name(self.value(field)))
    }

    /// A whole number; of a column that counts by thousands, so many thousands.
    pub(super) fn whole(&self, field: Field) -> Result<Option<u64>, Refused> {
        let read = at(field, whole(self.value(field)))?;
        let column = self.import.column_of(field);
        let unit = column.and_then(|it| self.import.columns.get(it)?.unit.as_ref());
        let by = 10_u64.pow(unit.map_or(0, |unit| unit.power as u32));
        Ok(read.map(|read| read.saturating_mul(by)))
    }

    pub(super) fn decimal(&self, field: Field) -> Result<Option<f64>, Refused> {
        at(field, decimal(self.value(field)))
    }

    pub(super) fn day(&self, field: Field) -> Result<Option<NaiveDate>, Refused> {
        at(field, day(self.value(field)))
    }

    pub(super) fn when(&self, field: Field) -> Result<Option<When>, Refused> {
        at(field, when(self.value(field)))
    }

    pub(super) fn year(&self, field: Field) -> Result<Option<i32>, Refused> {
        at(field, year(self.value(field)))
    }

    /// A day, and its financial year: that of the day where the row does not say it.
    pub(super) fn day_and_year(&self) -> Result<(Option<NaiveDate>, Option<i32>), Refused> {
        let (day, year) = both(
            self.day(Field::Cell(Cell::Date)),
            self.year(Field::Cell(Cell::Year)),
        )?;
        Ok((day, year.or(day.map(|day| day.year()))))
    }

    /// An amount, told where it had to be rounded.
    pub(super) fn amount(
        &self,
        field: Field,
        money: (&Currency, usize),
        remarks: &mut Vec<String>,
    ) -> Result<Option<Amount>, Refused> {
        let Some(column) = self.import.column_of(field) else {
            return Ok(None);
        };
        let read = at(field, self.import.amount(self.row, column, money))?;
        Ok(read.map(|Read { value, rounded }| {
            if rounded {
                remarks.push(rounded_to(field.label(), money.1));
            }
            value
        }))
    }
}

/// That an amount had more decimals than its currency has.
pub(super) fn rounded_to(what: &str, decimals: usize) -> String {
    match decimals {
        0 => format!("{what}\u{a0}: arrondi à l’unité"),
        2 => format!("{what}\u{a0}: arrondi au centime"),
        _ => format!("{what}\u{a0}: arrondi au millième"),
    }
}

/// What was read of that field.
pub(super) fn at<T>(field: Field, read: Result<T, String>) -> Result<T, Refused> {
    read.map_err(|reason| Refused::at(field, reason))
}
