//! Names that enter sentences carry their grammar: « du Havre », « d’Aného », « aux Abymes ».
//!
//! The forms themselves (de, à, en, the article alone) are made in `grammar`.

use serde::{Deserialize, Serialize};

use super::absent;

/// A name and what French needs to know to use it in a sentence.
///
/// Absent grammar is guessed by rule, and shown as guessed.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Name {
    /// The name without its article when that is not part of it: `Bénin`, `Communauté d’agglomération de
    /// Valmont`. A place whose article belongs to its name keeps it here: `Le Havre`.
    pub text: String,
    /// The article.
    #[serde(default, skip_serializing_if = "absent")]
    pub article: Option<Article>,
    /// The gender.
    #[serde(default, skip_serializing_if = "absent")]
    pub gender: Option<Gender>,
    /// The number.
    #[serde(default, skip_serializing_if = "absent")]
    pub number: Option<Number>,
}

impl Name {
    /// A name whose grammar will be guessed.
    #[must_use]
    pub fn new(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            ..Self::default()
        }
    }
}

/// The article of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Article {
    /// « le Bénin ».
    #[serde(rename = "le")]
    Le,
    /// « la Tunisie ».
    #[serde(rename = "la")]
    La,
    /// « l’Albanie ».
    #[serde(rename = "l'")]
    Elided,
    /// « les Comores ».
    #[serde(rename = "les")]
    Les,
    /// « Cuba », « Porto-Novo ».
    #[serde(rename = "none")]
    None,
}

/// Grammatical gender, of a name or of the person who holds an office.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Gender {
    /// Masculine.
    #[serde(rename = "m")]
    Masculine,
    /// Feminine.
    #[serde(rename = "f")]
    Feminine,
}

impl Gender {
    /// That of the title with which the name of a person begins, if it does.
    #[must_use]
    pub fn told_by(name: &str) -> Option<Self> {
        match name.trim_start().split_once([' ', '\u{a0}', '\u{202f}'])?.0 {
            "M." | "Monsieur" => Some(Self::Masculine),
            "Mme" | "Madame" => Some(Self::Feminine),
            _ => None,
        }
    }
}

/// Grammatical number.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Number {
    /// Singular.
    #[serde(rename = "s")]
    Singular,
    /// Plural.
    #[serde(rename = "p")]
    Plural,
}
