//! People, as professionals: what the law on personal data lets a department keep.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Gender, Id, Lang, absent};

/// A person at a partner, a body or our own authority. Professional data only.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Contact {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The name as the person writes it, title included: « Mme Adjoua Hounkpatin ».
    pub name: String,
    /// The name in its own script.
    #[serde(default, skip_serializing_if = "absent")]
    pub own_name: Option<String>,
    /// The function.
    #[serde(default, skip_serializing_if = "absent")]
    pub function: Option<String>,
    /// The gender, where texts must agree.
    #[serde(default, skip_serializing_if = "absent")]
    pub gender: Option<Gender>,
    /// The partner where the person works; our own authority when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub holder: Option<Id>,
    /// Professional e-mail.
    #[serde(default, skip_serializing_if = "absent")]
    pub email: Option<String>,
    /// Professional telephone.
    #[serde(default, skip_serializing_if = "absent")]
    pub phone: Option<String>,
    /// Languages spoken.
    #[serde(default, skip_serializing_if = "absent")]
    pub languages: Vec<Lang>,
    /// Where the data comes from: « carte de visite, mission de mars 2026 ».
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
    /// When it was last seen to be right.
    #[serde(default, skip_serializing_if = "absent")]
    pub verified: Option<NaiveDate>,
    /// The day after which it is to be erased.
    #[serde(default, skip_serializing_if = "absent")]
    pub keep_until: Option<NaiveDate>,
}
