//! The extract: what a convention's PDF prints, as JSON inside it, for the partner's program and for open data.
//!
//! It is built field by field from the composed document, so that it can hold only what the pages show (masked where
//! they are) beside identifiers and dates. [`read`] finds it in a PDF of any origin, [`review`] says what taking it in
//! would create or change, and changes nothing itself.

mod of;
mod read;
mod review;
#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use crate::document::State;
use crate::model::{AnnexKind, ConventionKind, Id, Key, Lang, Nature, Text};

pub use of::{NAME, extract};
pub use read::{ReadError, read, read_file};
pub use review::{Outcome, Review, Reviewed, review};

/// What an extract says that it is.
const FORMAT: &str = "passerelle-extrait";

/// Its version: a reader refuses a higher one.
const VERSION: u32 = 1;

/// A convention as its PDF prints it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Extract {
    format: String,
    version: u32,
    /// The convention.
    pub id: Id,
    /// Its kind.
    pub kind: ConventionKind,
    /// Its title.
    pub title: String,
    /// In which state it left.
    pub state: Leaving,
    /// The day that the document bears.
    pub dated: NaiveDate,
    /// Its languages, French first.
    pub languages: Vec<Lang>,
    /// Its first day.
    pub start: Option<NaiveDate>,
    /// Its last day.
    pub end: Option<NaiveDate>,
    /// The parties, in order.
    pub parties: Vec<Party>,
    /// « Vu … », without that word.
    pub visas: Vec<Item>,
    /// « Considérant … », without that word.
    pub recitals: Vec<Item>,
    /// The articles, in order.
    pub articles: Vec<Article>,
    /// The annexes, in order.
    pub annexes: Vec<Annex>,
    /// The tables printed: commitments, budget.
    pub tables: Vec<Table>,
}

/// The states of a document, by the names of the command line.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Leaving {
    /// A working draft.
    Travail,
    /// To be voted.
    Vote,
    /// To be signed, or signed.
    Signature,
    /// Published.
    Publication,
}

impl From<State> for Leaving {
    fn from(state: State) -> Self {
        match state {
            State::Working => Self::Travail,
            State::Vote => Self::Vote,
            State::Signature => Self::Signature,
            State::Publication => Self::Publication,
        }
    }
}

impl From<Leaving> for State {
    fn from(state: Leaving) -> Self {
        match state {
            Leaving::Travail => Self::Working,
            Leaving::Vote => Self::Vote,
            Leaving::Signature => Self::Signature,
            Leaving::Publication => Self::Publication,
        }
    }
}

/// A party as it is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Party {
    /// Its identifier in the convention.
    pub id: Id,
    /// How article text names it.
    pub key: Key,
    /// The record of the body; none for the authority that made the document.
    pub partner: Option<Id>,
    /// Its official name in French.
    pub name: String,
    /// What it is in law; none for the authority that made the document.
    pub nature: Option<Nature>,
    /// Its country, ISO 3166-1 alpha-2.
    pub country: Option<String>,
    /// The paragraph that introduces it, per language.
    pub printed: Vec<Text>,
}

/// A visa or a recital.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Item {
    /// Its identifier.
    pub id: Id,
    /// What is printed, per language.
    pub texts: Vec<Text>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Article {
    /// Its identifier.
    pub id: Id,
    /// How cross-references name it.
    pub key: Key,
    /// What it is for.
    pub role: Option<String>,
    /// What is printed, per language, in the grammar of article text.
    pub texts: Vec<Text>,
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    /// Its identifier.
    pub id: Id,
    /// How cross-references name it.
    pub key: Key,
    /// What it holds.
    pub kind: AnnexKind,
    /// What is printed, per language.
    pub texts: Vec<Text>,
}

/// A table, as plain text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    /// The language.
    pub lang: Lang,
    /// What it shows.
    pub caption: String,
    /// The names of the columns.
    pub head: Vec<String>,
    /// The rows, one cell a column.
    pub rows: Vec<Vec<String>>,
}

impl Extract {
    /// As it stands in the PDF: JSON, the same bytes for the same document.
    #[must_use]
    pub fn to_json(&self) -> Vec<u8> {
        // Keys are plain strings and nothing in it can fail to be written.
        let mut json = serde_json::to_vec_pretty(self).unwrap_or_default();
        json.push(b'\n');
        json
    }
}
