//! Where the action of local authorities abroad comes from, why to act, and what some of them did: what the
//! brochure of 2009 told, in our own words and brought up to date.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::absent;

/// A moment of the story, or what one learns from it: the brochure's opening and what followed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    /// The slug: `loi-de-1992`.
    pub id: String,
    /// A few words.
    pub title: String,
    /// When: « 1992 », « Années 1960 ». Absent for what belongs to no moment.
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Option<String>,
    /// What happened, or what is meant.
    pub text: String,
    /// Legal entries that tell more.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<String>,
    /// Glossary terms that it uses.
    #[serde(default, skip_serializing_if = "absent")]
    pub terms: Vec<String>,
    /// What of the workspace it leads to.
    #[serde(default, skip_serializing_if = "absent")]
    pub way: Option<Way>,
    /// Where it was read; `brochure` is the brochure of 2009.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What of the workspace a passage leads to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Way {
    /// Grants to associations.
    #[serde(rename = "subventions")]
    Grants,
}

/// A reason to act abroad: what a mayor can say, then how to argue it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reason {
    /// The slug: `citoyens`.
    pub id: String,
    /// The reason, in a few words.
    pub title: String,
    /// One sentence, to be said aloud.
    pub saying: String,
    /// Why it holds.
    pub argument: String,
    /// The slug of the [`Example`] that shows it.
    pub example: String,
    /// Sustainable development goals (ODD), 1 to 17.
    pub goals: Vec<u8>,
    /// Themes of the cooperations that illustrate it at home.
    pub themes: Vec<String>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

/// What some authority did: a short account, dated.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Example {
    /// The slug: `rosny-sous-bois`.
    pub id: String,
    /// Who, with whom.
    pub title: String,
    /// When: « 2007 », « Depuis 2005 ».
    pub when: String,
    /// What they did.
    pub account: String,
    /// What one may take from it.
    pub lesson: String,
    /// What became of it, or that nobody looked.
    pub since: String,
    /// Slugs of the [`Reason`]s that it shows.
    pub reasons: Vec<String>,
    /// Sustainable development goals (ODD), 1 to 17.
    pub goals: Vec<u8>,
    /// Themes.
    pub themes: Vec<String>,
    /// ISO 3166-1 alpha-2 code of the partner's country.
    #[serde(default, skip_serializing_if = "absent")]
    pub country: Option<String>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Entry for Origin {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entry for Reason {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Entry for Example {
    fn id(&self) -> &str {
        &self.id
    }
}
