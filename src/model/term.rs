//! The department's own knowledge: terms of its glossary, notes on terms and texts, corrections.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, absent};

/// A term of the department's own, or its note on a term or text that ships.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Term {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The entry of the reference that it is about; absent for a term of the department's own.
    #[serde(default, skip_serializing_if = "absent")]
    pub about: Option<String>,
    /// The term.
    #[serde(default, skip_serializing_if = "absent")]
    pub term: String,
    /// Its acronym.
    #[serde(default, skip_serializing_if = "absent")]
    pub acronym: Option<String>,
    /// The definition, or the note.
    #[serde(default, skip_serializing_if = "absent")]
    pub text: String,
    /// Who read the entry and holds it to be right: « relu par … le … ».
    #[serde(default, skip_serializing_if = "absent")]
    pub confirmed: Option<Confirmation>,
}

/// A person's word that an entry is right.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confirmation {
    /// Who.
    pub by: String,
    /// When.
    pub date: NaiveDate,
}
