//! The words of the field.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::absent;

/// A term and what it means to those who write conventions.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GlossaryTerm {
    /// The slug: `cooperation-decentralisee`.
    pub id: String,
    /// The term.
    pub term: String,
    /// Its acronym, where it is not the term itself.
    #[serde(default, skip_serializing_if = "absent")]
    pub acronym: Option<String>,
    /// What it means, in our own words.
    pub definition: String,
    /// Related terms.
    #[serde(default, skip_serializing_if = "absent")]
    pub related: Vec<String>,
    /// Legal entries that bear on it.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<String>,
    /// Whether the brochure of 2009 defined it.
    #[serde(default, skip_serializing_if = "absent")]
    pub in_brochure: bool,
    /// Where it was read; `brochure` is the brochure of 2009.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Entry for GlossaryTerm {
    fn id(&self) -> &str {
        &self.id
    }
}
