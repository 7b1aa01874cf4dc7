//! The rules of a funder's call for projects, as the department read them: those of a year that ships with no version of
//! Passerelle, or that ship otherwise.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Id, absent};

/// A call for projects. Percentages are of the project's whole cost, but for what is in kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Call {
    /// Its identifier, by which a funder of a budget names it.
    pub id: Id,
    /// « MEAE, appels à projets 2026 ».
    pub label: String,
    /// The year of the call.
    pub year: i32,
    /// The highest share that the funder pays in a least developed country.
    #[serde(default, skip_serializing_if = "absent")]
    pub least_developed: Option<u16>,
    /// The same, in another country that receives official development assistance.
    #[serde(default, skip_serializing_if = "absent")]
    pub eligible: Option<u16>,
    /// The same, in any other country.
    #[serde(default, skip_serializing_if = "absent")]
    pub elsewhere: Option<u16>,
    /// The single rate of a project in countries of several kinds.
    #[serde(default, skip_serializing_if = "absent")]
    pub several_countries: Option<u16>,
    /// The least that French authorities bring, in money and in kind.
    #[serde(default, skip_serializing_if = "absent")]
    pub own_share: Option<u16>,
    /// The most that may be in kind, of what our authority brings.
    #[serde(default, skip_serializing_if = "absent")]
    pub in_kind: Option<u16>,
    /// The least that authorities and their partners bring: all but the funder.
    #[serde(default, skip_serializing_if = "absent")]
    pub others_share: Option<u16>,
    /// The least cost, in euro cents.
    #[serde(default, skip_serializing_if = "absent")]
    pub cost_from: Option<Amount>,
    /// The highest cost, in euro cents.
    #[serde(default, skip_serializing_if = "absent")]
    pub cost_to: Option<Amount>,
    /// What else to know.
    #[serde(default, skip_serializing_if = "absent")]
    pub note: Option<String>,
    /// Where it was read: the notice of the call, its address.
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
    /// The day on which it was read.
    pub checked: NaiveDate,
}

impl Call {
    /// A call of which nothing is known but its year, read today.
    #[must_use]
    pub const fn new(id: Id, year: i32, today: NaiveDate) -> Self {
        Self {
            id,
            label: String::new(),
            year,
            least_developed: None,
            eligible: None,
            elsewhere: None,
            several_countries: None,
            own_share: None,
            in_kind: None,
            others_share: None,
            cost_from: None,
            cost_to: None,
            note: None,
            source: None,
            checked: today,
        }
    }
}
