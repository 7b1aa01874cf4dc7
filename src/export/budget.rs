//! A budget leaves as a table, or as a sheet on paper.

use chrono::NaiveDate;

use super::ExportError;
use crate::document::{Logo, Paper, budget_sheet};
use crate::exchange::{budget, sheet};
use crate::model::{Budget, Records};
use crate::pdf;
use crate::reference::Reference;
use crate::typeset::{self, Fonts, Paragraphs};

/// What a budget may leave as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum BudgetFormat {
    /// A table for any spreadsheet.
    Csv,
    /// A workbook with its formulas.
    Xlsx,
    /// « Fiche budget », with charts.
    Pdf,
}

impl BudgetFormat {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Csv, Self::Xlsx, Self::Pdf];

    /// How the name of its file ends, without the point.
    #[must_use]
    pub const fn extension(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
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
/// When it does not fit in a workbook, or cannot be made a PDF.
pub fn budget_file(
    budget: &Budget,
    format: BudgetFormat,
    records: &Records,
    reference: &Reference,
    logos: Vec<Logo>,
    today: NaiveDate,
) -> Result<Vec<u8>, ExportError> {
    let table = || budget::table(budget, records, reference);
    match format {
        BudgetFormat::Csv => Ok(sheet::csv(&table())),
        BudgetFormat::Xlsx => Ok(sheet::xlsx(&table(), &budget.title, today)?),
        BudgetFormat::Pdf => {
            let document = budget_sheet(budget, records, reference, today, Paper::A4, logos);
            let fonts = Fonts::shipped();
            let pages = typeset::lay_out(&document, &fonts, &mut Paragraphs::default());
            pdf::write(&pages).map_err(|source| ExportError::Pdf {
                title: budget.title.clone(),
                source,
            })
        }
    }
}
