//! Versions: a convention and every record that its text reads, as they were on a day.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Authority, Budget, Contact, Convention, Id, Partner, absent};

/// A version of a convention. Versions are added, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The convention.
    pub convention: Id,
    /// When it was kept.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: VersionReason,
    /// The name that somebody gave it: « version soumise au bureau ».
    #[serde(default, skip_serializing_if = "absent")]
    pub name: Option<String>,
    /// The application that kept it: `passerelle 0.1.0`.
    pub application: String,
    /// The date of the reference by which it was composed.
    pub reference: String,
    /// Whether this is the signed text: screen, PDF and exports show it from then on.
    #[serde(default, skip_serializing_if = "absent")]
    pub sealed: bool,
    /// The records, as they were.
    pub records: Snapshot,
}

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionReason {
    /// A document left the house.
    Export,
    /// An act was recorded.
    Act,
    /// Somebody asked for it.
    Named,
    /// The last signature.
    Seal,
    /// « Corriger une erreur matérielle », with its reason in the name.
    Correction,
}

/// Records as they were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Our authority.
    pub authority: Authority,
    /// The convention, then its parents as far as its text reads them.
    pub conventions: Vec<Convention>,
    /// The parties and funders.
    #[serde(default, skip_serializing_if = "absent")]
    pub partners: Vec<Partner>,
    /// People named in the text.
    #[serde(default, skip_serializing_if = "absent")]
    pub contacts: Vec<Contact>,
    /// The budget.
    #[serde(default, skip_serializing_if = "absent")]
    pub budgets: Vec<Budget>,
}
