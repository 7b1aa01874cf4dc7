//! What a plan counts, and the rows that it refuses, to be handed back to whoever keeps the table.

use std::borrow::Cow;

use super::{Fault, Import, Outcome, Plan, Planned};
use crate::exchange::sheet;

/// Every row of a plan, in one of these.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Counts {
    /// Rows that say something.
    pub rows: usize,
    /// Those that create.
    pub created: usize,
    /// Those that change.
    pub changed: usize,
    /// Those that change nothing.
    pub unchanged: usize,
    /// Those that ask first.
    pub asked: usize,
    /// Those that are kept until a line of a budget has them.
    pub kept: usize,
    /// Those that are kept so for the first time.
    pub newly_kept: usize,
    /// Those that are refused.
    pub refused: usize,
}

/// Counts each row once.
#[must_use]
pub fn counts(plan: &Plan) -> Counts {
    let mut counts = Counts {
        rows: plan.rows.len(),
        ..Counts::default()
    };
    for planned in &plan.rows {
        *match planned.outcome {
            Outcome::Created { .. } => &mut counts.created,
            Outcome::Changed { .. } => &mut counts.changed,
            Outcome::Unchanged { .. } => &mut counts.unchanged,
            Outcome::Asked { .. } => &mut counts.asked,
            Outcome::Kept { is_known, .. } => {
                counts.newly_kept += usize::from(!is_known);
                &mut counts.kept
            }
            Outcome::Refused { .. } => &mut counts.refused,
        } += 1;
    }
    counts
}

impl Outcome {
    /// Why nothing is taken of the row; nothing when something is, or when all of it is known.
    #[must_use]
    pub fn reason(&self) -> Option<Cow<'_, str>> {
        match self {
            Self::Refused { faults } => Some(reasons(faults).into()),
            Self::Kept { reason, .. } => Some(reason.into()),
            Self::Asked { question } => Some(question.into()),
            Self::Created { .. } | Self::Changed { .. } | Self::Unchanged { .. } => None,
        }
    }
}

impl Planned {
    /// Why nothing is taken of it, and what was meant perhaps.
    #[must_use]
    pub fn reason(&self) -> Option<String> {
        let reason = self.outcome.reason()?;
        Some(match &self.beside.meant {
            Some(meant) => format!("{reason}\u{a0}; {}", meant.question()),
            None => reason.into_owned(),
        })
    }
}

/// All that is wrong with a row, in a sentence.
#[must_use]
pub fn reasons(faults: &[Fault]) -> String {
    let mut reasons: Vec<&str> = faults.iter().map(|it| it.reason.as_str()).collect();
    // Two cells may be wrong in the same words.
    reasons.dedup();
    reasons.join("\u{202f}; ")
}

/// The rows that are refused, as a table that a spreadsheet opens: number, reason, then the cells as they were read,
/// under their heads.
#[must_use]
pub fn refusals(import: &Import, plan: &Plan) -> Vec<u8> {
    let column = |title: &str| sheet::Column {
        title: title.to_owned(),
        width: 20,
        hidden: false,
    };
    let heads = import.columns().iter().map(|it| column(&it.head));
    let refused = plan
        .rows
        .iter()
        .filter_map(|planned| Some((planned, planned.reason()?)));
    let rows = refused.map(|(planned, reason)| {
        let told = [planned.line.to_string(), reason].into_iter();
        let cells =
            (0..import.columns().len()).map(|column| import.value(planned.row, column).shown());
        sheet::Row {
            cells: told.chain(cells).map(sheet::Cell::text).collect(),
            total: false,
        }
    });
    sheet::csv(&sheet::Sheet {
        name: "Refus".to_owned(),
        columns: [column("Ligne"), column("Motif")]
            .into_iter()
            .chain(heads)
            .collect(),
        frozen: 2,
        rows: rows.collect(),
        printed: None,
    })
}
