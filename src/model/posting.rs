//! What finance says was done, and that no line of a budget has yet: a row of its export that waits for its line.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Id, Step, absent};

/// See the module. It is gone once it is an operation of a line.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Posting {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// What was done: committed, or ordered.
    pub step: Step,
    /// The number of what was done: of the engagement, or of the mandate.
    #[serde(default, skip_serializing_if = "absent")]
    pub number: Option<String>,
    /// The number of the engagement that a mandate pays.
    #[serde(default, skip_serializing_if = "absent")]
    pub engagement: Option<String>,
    /// The day it was done.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// The year whose budget it belongs to.
    pub year: i32,
    /// In euro cents.
    pub amount: Amount,
    /// Who is paid.
    #[serde(default, skip_serializing_if = "absent")]
    pub third_party: Option<String>,
    /// What it is for.
    #[serde(default, skip_serializing_if = "absent")]
    pub object: Option<String>,
    /// The service's budget that pays.
    #[serde(default, skip_serializing_if = "absent")]
    pub service_budget: Option<String>,
    /// M57 account.
    #[serde(default, skip_serializing_if = "absent")]
    pub account: Option<String>,
    /// The file that said so.
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
    /// Whether somebody said that it belongs to no budget of ours: it stays known, so that it is not asked again.
    #[serde(default, skip_serializing_if = "absent")]
    pub set_aside: bool,
}

impl Posting {
    /// What it is called: its object, else who is paid, else its number.
    #[must_use]
    pub fn title(&self) -> &str {
        let said = [&self.object, &self.third_party, &self.number];
        let mut said = said.into_iter().flatten();
        said.next().map_or("réalisation", String::as_str)
    }
}
