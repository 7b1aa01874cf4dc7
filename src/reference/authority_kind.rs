//! Kinds of French authority: their assembly, who decides in its place, who signs, which prefect.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::{Gender, Name, absent};

/// A kind of authority. `single` ones have one member, whose name is the kind's.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AuthorityKind {
    /// The slug: `communaute-d-agglomeration`.
    pub id: String,
    /// What it is called: « communauté d’agglomération ».
    pub name: Name,
    /// The family that it belongs to.
    pub category: Category,
    /// Where the code speaks of it.
    pub reference: String,
    /// Its assembly: « le conseil communautaire ».
    pub assembly: Name,
    /// The title of its executive: « présidente ».
    pub executive: Title,
    /// Who signs, in a sentence.
    pub signs: String,
    /// Who may decide in the assembly's place.
    pub delegates: Vec<Delegate>,
    /// The representative of the State to whom its acts are transmitted.
    pub prefect: Prefect,
    /// The legal entry that says when its acts are enforceable.
    pub executory: String,
    /// Legal entries that the line rests on.
    pub basis: Vec<String>,
    /// Whether there is only one such authority: « la Ville de Paris ».
    #[serde(default, skip_serializing_if = "absent")]
    pub single: bool,
    /// The day on which the line was read over.
    pub checked: NaiveDate,
    /// How sure it is; what each delegate may decide has its own.
    pub confidence: Confidence,
    /// What else to know.
    #[serde(default, skip_serializing_if = "absent")]
    pub note: Option<String>,
}

impl Entry for AuthorityKind {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Families of authorities.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Category {
    /// Communes.
    Commune,
    /// Intercommunal bodies with their own taxes, and Grand Paris territories.
    Epci,
    /// Départements.
    Departement,
    /// Régions.
    Region,
    /// Authorities with a status of their own.
    Particuliere,
    /// Syndicats, pôles métropolitains, PETR.
    Syndicat,
}

impl Category {
    /// As a list heads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Commune => "Communes",
            Self::Epci => "Intercommunalités",
            Self::Departement => "Départements",
            Self::Region => "Régions",
            Self::Particuliere => "Collectivités à statut particulier",
            Self::Syndicat => "Syndicats et pôles",
        }
    }
}

/// A title in both genders, without article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Title {
    /// « président du conseil départemental ».
    pub masculine: String,
    /// « présidente du conseil départemental ».
    pub feminine: String,
}

impl Title {
    /// The title of a person of that gender.
    #[must_use]
    pub fn of(&self, gender: Gender) -> &str {
        match gender {
            Gender::Masculine => &self.masculine,
            Gender::Feminine => &self.feminine,
        }
    }
}

/// A body or person that may decide what the assembly delegates.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delegate {
    /// « la commission permanente ».
    pub body: Name,
    /// What may be delegated, in a sentence.
    pub scope: String,
    /// Whether approving a convention can be among it.
    pub may_approve_convention: bool,
    /// Legal entries that say so.
    pub basis: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

/// The prefect who receives the acts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Prefect {
    /// Of a département or of a région.
    pub level: Level,
    /// « préfet de département », « préfet de Corse ».
    pub masculine: String,
    /// « préfète de département ».
    pub feminine: String,
}

/// What a prefect is prefect of.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// A département.
    Departement,
    /// A région.
    Region,
}
