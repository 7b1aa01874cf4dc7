//! Clauses: articles ready to be adapted, and which of them a kind of convention is made of.
//!
//! They are our own writing, in the words of the field, and hold no name: a clause says `@nous`, `@partenaire`
//! or `@association` where a party's key is due, and carries its own fields (`{{partie.@nous.du}}`). Who drafts
//! ([`crate::drafting`]) puts the keys in.

use serde::{Deserialize, Serialize};

use super::Entry;
use crate::model::{AnnexKind, ConventionKind, absent};

/// An article ready to be adapted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clause {
    /// The slug: `finances-cadre`.
    pub id: String,
    /// The key by which the article is cross-referred to.
    pub key: String,
    /// What the article is for; see [`crate::model::roles`].
    #[serde(default, skip_serializing_if = "absent")]
    pub role: Option<String>,
    /// How much it is asked for.
    pub weight: Weight,
    /// Its title, where `{{partie.….du}}` stands for a name.
    pub title: String,
    /// When it has its place.
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Vec<Circumstance>,
    /// Whether there is one article for each party of that sort.
    #[serde(default, skip_serializing_if = "absent")]
    pub for_each: Option<Side>,
    /// What its author should know before writing.
    pub guidance: String,
    /// The texts of law that ask for it, ids of the legal entries.
    #[serde(default, skip_serializing_if = "absent")]
    pub basis: Vec<String>,
    /// What it says.
    pub paragraphs: Vec<Passage>,
    /// What else it may say, where practice differs.
    #[serde(default, skip_serializing_if = "absent")]
    pub alternatives: Vec<Alternative>,
}

impl Entry for Clause {
    fn id(&self) -> &str {
        &self.id
    }
}

/// Another way to write a clause.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Alternative {
    /// The slug, unique among all clauses and alternatives.
    pub id: String,
    /// What tells it from the others.
    pub label: String,
    /// When it is the better choice.
    pub guidance: String,
    /// What it says.
    pub paragraphs: Vec<Passage>,
}

/// How much an article is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Weight {
    /// By a text of law.
    #[serde(rename = "légale")]
    Legal,
    /// By good practice.
    #[serde(rename = "usuelle")]
    Usual,
    /// By some cases only.
    #[serde(rename = "facultative")]
    Optional,
}

impl Weight {
    /// As an author sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Legal => "légale",
            Self::Usual => "usuelle",
            Self::Optional => "facultative",
        }
    }
}

/// A paragraph, in the grammar of article text, with the circumstances in which it has its place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Passage {
    /// Always.
    Always(String),
    /// When all of these hold.
    When {
        /// The paragraph.
        text: String,
        /// What must hold.
        when: Vec<Circumstance>,
    },
}

impl Passage {
    /// The paragraph.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Always(text) | Self::When { text, .. } => text,
        }
    }

    /// What must hold for it to have its place.
    #[must_use]
    pub fn when(&self) -> &[Circumstance] {
        match self {
            Self::Always(_) => &[],
            Self::When { when, .. } => when,
        }
    }
}

/// Something that holds of a case, or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Circumstance {
    /// Money is committed.
    #[serde(rename = "argent")]
    Money,
    /// No money is.
    #[serde(rename = "sans-argent")]
    NoMoney,
    /// Funders who do not sign are expected.
    #[serde(rename = "cofinancement")]
    Cofunding,
    /// An association is a party.
    #[serde(rename = "association")]
    Association,
    /// That association passes money on.
    #[serde(rename = "reversement")]
    PassingOn,
    /// It is a grant, or amends one.
    #[serde(rename = "subvention")]
    Grant,
    /// It neither is a grant nor amends one.
    #[serde(rename = "hors-subvention")]
    NotGrant,
    /// It goes on from one year to another.
    #[serde(rename = "plusieurs-annees")]
    SeveralYears,
    /// It begins and ends within a year, or has no term.
    #[serde(rename = "une-annee")]
    OneYear,
    /// A party is foreign.
    #[serde(rename = "etranger")]
    Foreign,
    /// There are more than two parties.
    #[serde(rename = "tiers")]
    SeveralParties,
    /// There are several versions.
    #[serde(rename = "langues")]
    SeveralLanguages,
    /// French is the only language.
    #[serde(rename = "sans-langues")]
    OneLanguage,
    /// Another convention is carried out, amended or renewed.
    #[serde(rename = "parent")]
    Parent,
    /// The 1 % of water and sanitation.
    #[serde(rename = "eau")]
    Water,
    /// The 1 % of electricity and gas.
    #[serde(rename = "energie")]
    Energy,
    /// Either of those two, which one article of law governs.
    #[serde(rename = "eau-ou-energie")]
    WaterOrEnergy,
    /// The 1 % of household waste.
    #[serde(rename = "dechets")]
    Waste,
    /// The 1 % of mobility.
    #[serde(rename = "mobilite")]
    Mobility,
}

/// A sort of party, other than our own authority.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Side {
    /// A foreign local authority.
    #[serde(rename = "partenaire")]
    Partner,
    /// An association.
    #[serde(rename = "association")]
    Association,
}

/// What a kind of convention is made of.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ConventionModel {
    /// The kind, as records write it: `twinning-committee`.
    pub id: String,
    /// Whether a jurist could take it as it stands. The others are « modèle à relire ».
    pub complete: bool,
    /// Its title: `{nous}`, `{partenaires}`, `{association}`, `{periode}`, `{annee}`,
    /// `{parent}` and `{numero}`, that of an amendment, are filled in.
    pub title: String,
    /// Its articles, in order.
    pub clauses: Vec<ClauseUse>,
    /// Its citations, by rank.
    pub visas: Vec<ModelVisa>,
    /// Its reasons.
    #[serde(default, skip_serializing_if = "absent")]
    pub recitals: Vec<Passage>,
    /// Its annexes.
    #[serde(default, skip_serializing_if = "absent")]
    pub annexes: Vec<ModelAnnex>,
}

impl Entry for ConventionModel {
    fn id(&self) -> &str {
        &self.id
    }
}

impl ConventionModel {
    /// The kind of convention that it is the model of.
    #[must_use]
    pub fn kind(&self) -> Option<ConventionKind> {
        serde_json::from_value(serde_json::Value::from(self.id.as_str())).ok()
    }
}

/// A clause in a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ClauseUse {
    /// The clause.
    pub id: String,
    /// When this model wants it, beyond what the clause says itself.
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Vec<Circumstance>,
}

/// A citation in a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelVisa {
    /// The text of law, an id of the legal entries.
    #[serde(default, skip_serializing_if = "absent")]
    pub basis: Option<String>,
    /// What follows « Vu ».
    #[serde(default, skip_serializing_if = "absent")]
    pub text: Option<String>,
    /// What the records give instead.
    #[serde(default, skip_serializing_if = "absent")]
    pub from: Option<VisaSource>,
    /// When it has its place.
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Vec<Circumstance>,
}

/// Citations that the records give.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum VisaSource {
    /// The law of the partner's country, where its sheet names one.
    #[serde(rename = "droit-propre")]
    OwnLaw,
    /// The decision of each party.
    #[serde(rename = "deliberations")]
    Decisions,
}

/// An annex in a model.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ModelAnnex {
    /// The key by which articles refer to it.
    pub key: String,
    /// What it holds.
    pub kind: AnnexKind,
    /// Its title.
    pub title: String,
    /// When it has its place.
    #[serde(default, skip_serializing_if = "absent")]
    pub when: Vec<Circumstance>,
    /// What it says, for one of text.
    #[serde(default, skip_serializing_if = "absent")]
    pub paragraphs: Vec<String>,
}
