//! Funders' rules, call by call: data with a year, since rates change every year.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::{Amount, absent};

/// What a funder asks of a budget, one year. Percentages are of the total cost, in kind included, unless told.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FundingRule {
    /// The slug: `meae-2025`.
    pub id: String,
    /// « MEAE, appels à projets 2025 ».
    pub label: String,
    /// The year of the call.
    pub year: i32,
    /// The highest share that it pays, by kind of country; empty where there is none.
    #[serde(default, skip_serializing_if = "absent")]
    pub rates: Vec<Rate>,
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
    /// Where it was read.
    pub sources: Vec<String>,
    /// The day on which it was read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Entry for FundingRule {
    fn id(&self) -> &str {
        &self.id
    }
}

/// The highest share paid in a kind of country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// In which countries.
    pub country: RateFor,
    /// In hundredths of the total cost.
    pub percent: u16,
}

/// Kinds of country that funders tell apart, by the list of aid recipients of the year.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum RateFor {
    /// Least developed countries.
    #[serde(rename = "pma")]
    LeastDeveloped,
    /// Other recipients of official development assistance.
    #[serde(rename = "eligible")]
    Eligible,
    /// Others.
    #[serde(rename = "autre")]
    Other,
}

impl RateFor {
    /// As a reader sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::LeastDeveloped => "pays moins avancé",
            Self::Eligible => "pays éligible à l’APD",
            Self::Other => "pays hors APD",
        }
    }
}
