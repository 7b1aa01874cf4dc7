//! What a cooperation is about and what may pay for it: themes, goals, purposes, 1 % schemes.

use serde::{Deserialize, Serialize};

use super::{AuthorityKind, Category, Confidence, Entry};
use crate::model::{Gender, absent};

/// A theme of cooperation.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Theme {
    /// The slug: `eau-et-assainissement`.
    pub id: String,
    /// « Eau et assainissement ».
    pub label: String,
}

impl Entry for Theme {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A sustainable development goal (ODD). The label and colour are ours: the UN's icons are its marks.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Goal {
    /// The slug: `odd-6`.
    pub id: String,
    /// 1 to 17.
    pub number: u8,
    /// A few words.
    pub label: String,
    /// `#rrggbb`, on which white reads (contrast 4.5 or more).
    pub color: String,
}

impl Entry for Goal {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A goal of the Millennium Declaration (OMD), 2000-2015. The label is ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MillenniumGoal {
    /// The slug: `omd-7`.
    pub id: String,
    /// 1 to 8.
    pub number: u8,
    /// A few words.
    pub label: String,
    /// The goals of the 2030 Agenda that took it over, by number.
    pub goals: Vec<u8>,
    /// How sure the passage from one to the others is.
    pub confidence: Confidence,
}

impl Entry for MillenniumGoal {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A budget that may pay for an action: the general one, or a service's under a 1 % scheme.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Scheme {
    /// The slug: `general`, `eau`, `energie`, `dechets`, `mobilite`.
    pub id: String,
    /// « 1 % eau et assainissement ».
    pub label: String,
    /// What it may pay for.
    pub domain: String,
    /// What the ceiling is counted on.
    pub base: String,
    /// What is taken off that before counting.
    #[serde(default, skip_serializing_if = "absent")]
    pub deducted: Option<String>,
    /// Which authorities may use it; absent for the general budget.
    #[serde(default, skip_serializing_if = "absent")]
    pub who: Option<String>,
    /// The families of authorities that the text names; empty where it is open to all.
    #[serde(default, skip_serializing_if = "absent")]
    pub open_to: Vec<Category>,
    /// The ceiling in thousandths of the base: 10 is 1 %. Absent where there is none.
    #[serde(default, skip_serializing_if = "absent")]
    pub per_thousand: Option<u16>,
    /// Legal entries.
    pub basis: Vec<String>,
    /// Themes of its domain.
    pub themes: Vec<String>,
    /// How the OECD purpose codes of its domain begin: `1401`; empty where any will do.
    #[serde(default, skip_serializing_if = "absent")]
    pub purposes: Vec<String>,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Scheme {
    /// Whether the text names authorities of that family.
    #[must_use]
    pub fn is_open_to(&self, category: Category) -> bool {
        self.open_to.is_empty() || self.open_to.contains(&category)
    }

    /// What to say to an authority of that kind that wants to use the scheme and that its text does not name; nothing
    /// to one that it names.
    #[must_use]
    pub fn caution(&self, kind: &AuthorityKind) -> Option<String> {
        let who = (self.who.as_deref()).filter(|_| !self.is_open_to(kind.category))?;
        let one = match kind.name.gender {
            Some(Gender::Feminine) => "une",
            _ => "un",
        };
        Some(format!(
            "Le texte du {} nomme ceux qui peuvent y recourir\u{202f}; {one} {} n’y figure pas ({who}). Établir à quel \
             titre la collectivité y a droit, ou payer sur le budget général.",
            self.label, kind.name.text
        ))
    }
}

impl Entry for Scheme {
    fn id(&self) -> &str {
        &self.id
    }
}

/// An OECD purpose code (secteur CRS), with its French label.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Purpose {
    /// Five digits: `14031`.
    pub id: String,
    /// As the OECD and IATI publish it.
    pub label: String,
    /// The three digits of its category.
    pub category: String,
    /// Whether the code is no longer to be used.
    #[serde(default, skip_serializing_if = "absent")]
    pub withdrawn: bool,
}

impl Entry for Purpose {
    fn id(&self) -> &str {
        &self.id
    }
}
