//! What a plan counts, and the rows that it refuses, to be handed back to whoever keeps the table.

use super::{Import, Outcome, Plan};

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
            Outcome::Refused { .. } => &mut counts.refused,
        } += 1;
    }
    counts
}

impl Outcome {
    /// Why nothing is taken of the row; nothing when something is, or when all of it is known.
    #[must_use]
    pub fn reason(&self) -> Option<&str> {
        match self {
            Self::Refused { reason, .. } => Some(reason),
            Self::Asked { question } => Some(question),
            Self::Created { .. } | Self::Changed { .. } | Self::Unchanged { .. } => None,
        }
    }
}

/// The rows that are refused, as CSV that a spreadsheet opens: number, reason, then the cells as they were read, under
/// their heads. Cells that a spreadsheet would compute have an apostrophe before them.
#[must_use]
pub fn refusals(import: &Import, plan: &Plan) -> Vec<u8> {
    let mut text = String::from("\u{feff}");
    let mut line = |cells: Vec<String>| {
        let cells: Vec<String> = cells.iter().map(|cell| quoted(cell)).collect();
        text.push_str(&cells.join(";"));
        text.push_str("\r\n");
    };
    let heads = import.columns().iter().map(|column| column.head.clone());
    line(["Ligne".to_owned(), "Motif".to_owned()].into_iter().chain(heads).collect());
    for planned in &plan.rows {
        if let Some(reason) = planned.outcome.reason() {
            let cells = (0..import.columns().len()).map(|column| import.value(planned.row, column).shown());
            let told = [planned.line.to_string(), reason.to_owned()];
            line(told.into_iter().chain(cells).collect());
        }
    }
    text.into_bytes()
}

fn quoted(cell: &str) -> String {
    let is_number = cell.strip_prefix('-').is_some_and(|rest| rest.bytes().all(|byte| byte.is_ascii_digit() || byte == b','));
    let safe = if cell.starts_with(['=', '+', '-', '@']) && !is_number {
        format!("'{cell}")
    } else {
        cell.to_owned()
    };
    if safe.contains([';', '"', '\n', '\r']) {
        format!("\"{}\"", safe.replace('"', "\"\""))
    } else {
        safe
    }
}
