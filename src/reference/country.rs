//! Countries and territories, named as French diplomacy names them.

use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::{Name, absent};

/// A country, or a territory that has a code of its own.
///
/// Names are those of CLDR, corrected to French diplomatic usage; `confidence` is that of the least sure
/// of what the entry says about names. ODA categories carry their own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Country {
    /// ISO 3166-1 alpha-2, capitals; `XK` for Kosovo, by usage.
    pub id: String,
    /// ISO 3166-1 alpha-3.
    pub iso3: String,
    /// The short name, without its article: « Bénin » (le), « Comores » (les), « Cuba » (none).
    pub name: Name,
    /// The short name of CLDR where usage differs: people search for it.
    #[serde(default, skip_serializing_if = "absent")]
    pub cldr: Option<String>,
    /// The preposition where the article does not tell it: « en » Haïti.
    #[serde(default, rename = "in", skip_serializing_if = "absent")]
    pub preposition: Option<String>,
    /// The official long name, as a convention prints it: « République du Bénin ». Absent where we do not
    /// know it for sure enough.
    #[serde(default, skip_serializing_if = "absent")]
    pub official: Option<Name>,
    /// The code of the State that a territory belongs to.
    #[serde(default, skip_serializing_if = "absent")]
    pub part_of: Option<String>,
    /// The part of the world: « Afrique subsaharienne ».
    pub region: String,
    /// The ISO 4217 code of its money.
    #[serde(default, skip_serializing_if = "absent")]
    pub currency: Option<String>,
    /// Official languages, as BCP 47 tags; empty where we do not say.
    #[serde(default, skip_serializing_if = "absent")]
    pub languages: Vec<String>,
    /// European groups that it belongs to.
    #[serde(default, skip_serializing_if = "absent")]
    pub groups: Vec<Group>,
    /// Its place on the OECD's list of aid recipients, period by period; empty when never on it since 2024.
    #[serde(default, skip_serializing_if = "absent")]
    pub oda: Vec<Oda>,
    /// How sure the names are.
    pub confidence: Confidence,
    /// What to know before printing the name.
    #[serde(default, skip_serializing_if = "absent")]
    pub note: Option<String>,
}

impl Entry for Country {
    fn id(&self) -> &str {
        &self.id
    }
}

impl Country {
    /// In it: « au Bénin », « en Tunisie », « aux Comores », « en Haïti ».
    #[must_use]
    pub fn within(&self) -> String {
        match &self.preposition {
            Some(preposition) => format!("{preposition} {}", self.name.text),
            None => self.name.within(),
        }
    }

    /// Whether it is a member of the European Union.
    #[must_use]
    pub fn is_in_eu(&self) -> bool {
        self.groups.contains(&Group::Eu)
    }

    /// Whether it is in the European Economic Area or is Switzerland: partners there need no check of
    /// recognition and sanctions.
    #[must_use]
    pub fn is_in_eea_or_switzerland(&self) -> bool {
        self.groups.contains(&Group::Eea) || self.id == "CH"
    }

    /// What the list of aid recipients says for that year: that year's period, or the last one known
    /// before it.
    ///
    /// [`Oda::covers`] tells which; `None` is a country that the list does not hold.
    #[must_use]
    pub fn oda(&self, year: i32) -> Option<&Oda> {
        self.oda.iter().rev().find(|period| period.from <= year)
    }
}

/// A European group that spares a partner some checks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Group {
    /// The European Union.
    #[serde(rename = "ue")]
    Eu,
    /// The European Economic Area.
    #[serde(rename = "eee")]
    Eea,
}

/// A country's category on the list of aid recipients (liste du CAD), over some years.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Oda {
    /// The first year of flows.
    pub from: i32,
    /// The last year of flows that the list read was made for; absent when it goes on.
    #[serde(default, skip_serializing_if = "absent")]
    pub to: Option<i32>,
    /// The category.
    pub category: OdaCategory,
    /// How sure it is.
    pub confidence: Confidence,
}

impl Oda {
    /// Whether the list that was read speaks of that year.
    #[must_use]
    pub fn covers(&self, year: i32) -> bool {
        self.from <= year && self.to.is_none_or(|to| year <= to)
    }
}

/// Categories of the list of aid recipients.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum OdaCategory {
    /// Least developed country.
    #[serde(rename = "pma")]
    LeastDeveloped,
    /// Other low-income country.
    #[serde(rename = "faible-revenu")]
    LowIncome,
    /// Lower middle income.
    #[serde(rename = "tranche-inferieure")]
    LowerMiddle,
    /// Upper middle income.
    #[serde(rename = "tranche-superieure")]
    UpperMiddle,
    /// Left the least developed countries; its new category is not known to us.
    #[serde(rename = "a-reclasser")]
    ToReclassify,
    /// Off the list.
    #[serde(rename = "hors-liste")]
    OffList,
}

impl OdaCategory {
    /// As a reader sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::LeastDeveloped => "pays moins avancé",
            Self::LowIncome => "autre pays à faible revenu",
            Self::LowerMiddle => "revenu intermédiaire, tranche inférieure",
            Self::UpperMiddle => "revenu intermédiaire, tranche supérieure",
            Self::ToReclassify => "sorti des pays les moins avancés, à reclasser",
            Self::OffList => "hors liste",
        }
    }

    /// Whether aid to the country counts as official development assistance.
    #[must_use]
    pub const fn is_eligible(self) -> bool {
        !matches!(self, Self::OffList)
    }
}
