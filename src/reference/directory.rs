//! Organisations to turn to: networks, services of the State, associations.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::absent;

/// An organisation, what it is good for, and what became of it since the brochure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Organisation {
    /// The slug: `cuf`.
    pub id: String,
    /// Its acronym.
    #[serde(default, skip_serializing_if = "absent")]
    pub acronym: Option<String>,
    /// Its name today.
    pub name: String,
    /// Its name in the brochure, where it changed.
    #[serde(default, skip_serializing_if = "absent")]
    pub old_name: Option<String>,
    /// Its family: « État », « Réseaux régionaux ».
    pub category: String,
    /// Needs for which one turns to it.
    pub needs: Vec<Need>,
    /// What one finds there.
    pub purpose: String,
    /// How it fares: « active », « absorbée ».
    pub state: String,
    /// What happened to it, and what is not known.
    pub change: String,
    /// Whether the brochure of 2009 listed it.
    #[serde(default, skip_serializing_if = "absent")]
    pub in_brochure: bool,
    /// The address that the brochure gave.
    #[serde(default, skip_serializing_if = "absent")]
    pub brochure_url: Option<String>,
    /// Its address today.
    pub url: String,
    /// Its commissions in 2009, as the brochure listed them.
    #[serde(default, skip_serializing_if = "absent")]
    pub commissions: Vec<String>,
    /// Where it was read.
    pub sources: Vec<String>,
    /// The day on which it was last read over.
    pub checked: NaiveDate,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Entry for Organisation {
    fn id(&self) -> &str {
        &self.id
    }
}

/// What an officer looks for when opening the directory.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Need {
    /// A network of peers.
    Reseau,
    /// Money for a project.
    Financement,
    /// Advice, training, method.
    Methode,
    /// The State's procedures and data.
    Etat,
    /// An operator or an expertise in a field.
    Expertise,
    /// Town twinning, Europe and borders.
    Europe,
    /// Raising awareness, associations.
    Sensibilisation,
    /// A voice in the world.
    Plaidoyer,
}

impl Need {
    /// All of them, in the order in which the directory shows them.
    pub const ALL: [Self; 8] = [
        Self::Reseau,
        Self::Financement,
        Self::Methode,
        Self::Etat,
        Self::Expertise,
        Self::Europe,
        Self::Sensibilisation,
        Self::Plaidoyer,
    ];

    /// As the directory heads it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Reseau => "Échanger entre pairs",
            Self::Financement => "Financer un projet",
            Self::Methode => "Se former, trouver une méthode",
            Self::Etat => "S’adresser à l’État, déclarer",
            Self::Expertise => "Trouver une expertise",
            Self::Europe => "Jumeler, coopérer en Europe et aux frontières",
            Self::Sensibilisation => "Associer les habitants et les associations",
            Self::Plaidoyer => "Porter la voix des territoires",
        }
    }
}
