//! A budget leaves as a table.

use chrono::NaiveDate;

use super::ExportError;
use crate::exchange::{budget, sheet};
use crate::model::{Budget, Records};
use crate::reference::Reference;

/// What a budget may leave as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BudgetFormat {
    /// A table for any spreadsheet.
    Csv,
    /// A workbook with its formulas.
    Xlsx,
}

impl BudgetFormat {
    /// All of them.
    pub const ALL: [Self; 2] = [Self::Csv, Self::Xlsx];

    /// How the name of its file ends, without the point.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
        }
    }

    /// The format that the name of a file asks for.
    #[must_use]
    pub fn of_extension(extension: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|it| extension.eq_ignore_ascii_case(it.extension()))
    }
}

/// A budget as the bytes of a file.
///
/// # Errors
/// When it does not fit in a workbook.
pub fn budget_file(
    budget: &Budget,
    format: BudgetFormat,
    records: &Records,
    reference: &Reference,
    today: NaiveDate,
) -> Result<Vec<u8>, ExportError> {
    let table = budget::table(budget, records, reference);
    match format {
        BudgetFormat::Csv => Ok(sheet::csv(&table)),
        BudgetFormat::Xlsx => Ok(sheet::xlsx(&table, &budget.title, today)?),
    }
}
