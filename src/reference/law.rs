//! Texts of law and decisions, told in our own words.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::absent;

/// A text, or a decision of justice: what it says, and what it changes for a convention.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct LegalText {
    /// The slug: `cgct-l1115-1`.
    pub id: String,
    /// A few words.
    pub title: String,
    /// As one cites it: « CGCT, art. L. 1115-1 ».
    pub reference: String,
    /// The day of the text, or of the wording that is told.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// Where it stands.
    pub status: Status,
    /// What the status does not say.
    #[serde(default, skip_serializing_if = "absent")]
    pub status_note: Option<String>,
    /// What sort of text.
    pub kind: LegalKind,
    /// What it is about: « base légale », « plafonds ».
    pub themes: Vec<String>,
    /// What it says.
    pub summary: String,
    /// What it changes for a convention, a budget or a file.
    pub practice: String,
    /// For the four texts of the brochure: what they said then.
    #[serde(default, skip_serializing_if = "absent")]
    pub then: Option<String>,
    /// Ceilings and thresholds that it sets.
    #[serde(default, skip_serializing_if = "absent")]
    pub ceilings: Vec<Ceiling>,
    /// How it changed, oldest first.
    #[serde(default, skip_serializing_if = "absent")]
    pub history: Vec<Milestone>,
    /// Related entries.
    #[serde(default, skip_serializing_if = "absent")]
    pub related: Vec<String>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
    /// What remains to be looked up, what was read exactly.
    #[serde(default, skip_serializing_if = "absent")]
    pub notes: Option<String>,
}

impl LegalText {
    /// Whether both what it says and where it stands were read in a source. What is not founds no refusal.
    #[must_use]
    pub const fn is_certain(&self) -> bool {
        self.confidence.is_verified() && !matches!(self.status, Status::ToConfirm)
    }
}

impl Entry for LegalText {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Status {
    /// In force.
    #[serde(rename = "en vigueur")]
    InForce,
    /// In force, changed since.
    #[serde(rename = "modifié")]
    Amended,
    /// Another wording or text has taken its place.
    #[serde(rename = "remplacé")]
    Replaced,
    /// Repealed.
    #[serde(rename = "abrogé")]
    Repealed,
    /// Not known for sure.
    #[serde(rename = "à confirmer")]
    ToConfirm,
}

impl Status {
    /// All of them.
    pub const ALL: [Self; 5] = [
        Self::InForce,
        Self::Amended,
        Self::Replaced,
        Self::Repealed,
        Self::ToConfirm,
    ];

    /// As a reader sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::InForce => "en vigueur",
            Self::Amended => "modifié",
            Self::Replaced => "remplacé",
            Self::Repealed => "abrogé",
            Self::ToConfirm => "à confirmer",
        }
    }
}

/// What sort of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum LegalKind {
    /// An article of a code.
    #[serde(rename = "article de code")]
    CodeArticle,
    /// A law.
    #[serde(rename = "loi")]
    Law,
    /// A decree.
    #[serde(rename = "décret")]
    Decree,
    /// A circular.
    #[serde(rename = "circulaire")]
    Circular,
    /// A decision of justice.
    #[serde(rename = "jurisprudence")]
    CaseLaw,
    /// A nomenclature.
    #[serde(rename = "nomenclature")]
    Nomenclature,
    /// A regulation of the European Union.
    #[serde(rename = "règlement européen")]
    EuRegulation,
    /// A scheme of the State.
    #[serde(rename = "dispositif")]
    Scheme,
}

impl LegalKind {
    /// All of them.
    pub const ALL: [Self; 8] = [
        Self::CodeArticle,
        Self::Law,
        Self::Decree,
        Self::Circular,
        Self::CaseLaw,
        Self::Nomenclature,
        Self::EuRegulation,
        Self::Scheme,
    ];

    /// As a reader sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::CodeArticle => "article de code",
            Self::Law => "loi",
            Self::Decree => "décret",
            Self::Circular => "circulaire",
            Self::CaseLaw => "jurisprudence",
            Self::Nomenclature => "nomenclature",
            Self::EuRegulation => "règlement européen",
            Self::Scheme => "dispositif",
        }
    }
}

/// A ceiling or a threshold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Ceiling {
    /// « 1 % », « 23 000 € par an ».
    pub rate: String,
    /// What it is counted on.
    pub base: String,
    /// Whom it concerns.
    pub who: String,
    /// For what.
    pub domain: String,
}

/// A moment in the life of a text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Milestone {
    /// The day, where one is known.
    #[serde(default, skip_serializing_if = "absent")]
    pub since: Option<NaiveDate>,
    /// When, where only a bound is known: « avant le 18 avril 2008 ».
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Option<String>,
    /// What it said from then on.
    pub scope: String,
}
