//! What can be kept, changed, compared and undone: one type for every kind of record.

use serde::{Deserialize, Serialize};

use super::{
    Authority, Budget, Contact, Convention, Id, OwnClause, Partner, Posting, Term, Version,
};

/// A kind of record; each has its folder in the workspace, but our authority, which is one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Our own authority.
    Authority,
    /// Partners and bodies.
    Partner,
    /// People.
    Contact,
    /// Conventions.
    Convention,
    /// Versions of conventions.
    Version,
    /// Budgets.
    Budget,
    /// Terms and notes of the department.
    Term,
    /// Clauses of the department.
    Clause,
    /// What finance did and no line of a budget has yet.
    Posting,
}

impl Kind {
    /// All kinds, in the order in which they are read.
    pub const ALL: [Self; 9] = [
        Self::Authority,
        Self::Partner,
        Self::Contact,
        Self::Convention,
        Self::Version,
        Self::Budget,
        Self::Term,
        Self::Clause,
        Self::Posting,
    ];

    /// What one is called on screens: « partenaire ».
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Authority => "collectivité",
            Self::Partner => "partenaire",
            Self::Contact => "contact",
            Self::Convention => "convention",
            Self::Version => "version",
            Self::Budget => "budget",
            Self::Term => "terme",
            Self::Clause => "clause",
            Self::Posting => "réalisation",
        }
    }
}

/// The name of a record: its kind and its identifier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct RecordId {
    /// The kind.
    pub kind: Kind,
    /// The identifier; [`Id::SINGLE`] for our authority.
    pub id: Id,
}

/// A record of any kind.
#[derive(Debug, Clone, PartialEq)]
#[allow(missing_docs)]
pub enum Record {
    Authority(Authority),
    Partner(Partner),
    Contact(Contact),
    Convention(Convention),
    Version(Version),
    Budget(Budget),
    Term(Term),
    Clause(OwnClause),
    Posting(Posting),
}

impl Record {
    /// Its kind.
    #[must_use]
    pub const fn kind(&self) -> Kind {
        match self {
            Self::Authority(_) => Kind::Authority,
            Self::Partner(_) => Kind::Partner,
            Self::Contact(_) => Kind::Contact,
            Self::Convention(_) => Kind::Convention,
            Self::Version(_) => Kind::Version,
            Self::Budget(_) => Kind::Budget,
            Self::Term(_) => Kind::Term,
            Self::Clause(_) => Kind::Clause,
            Self::Posting(_) => Kind::Posting,
        }
    }

    /// Its name.
    #[must_use]
    pub const fn record_id(&self) -> RecordId {
        let id = match self {
            Self::Authority(_) => Id::SINGLE,
            Self::Partner(record) => record.id,
            Self::Contact(record) => record.id,
            Self::Convention(record) => record.id,
            Self::Version(record) => record.id,
            Self::Budget(record) => record.id,
            Self::Term(record) => record.id,
            Self::Clause(record) => record.id,
            Self::Posting(record) => record.id,
        };
        RecordId {
            kind: self.kind(),
            id,
        }
    }

    /// What it is called: in lists, notices and messages.
    #[must_use]
    pub fn title(&self) -> &str {
        match self {
            Self::Authority(record) => &record.name.text,
            Self::Partner(record) => &record.name.text,
            Self::Contact(record) => &record.name,
            Self::Convention(record) => &record.title,
            Self::Version(record) => record.name.as_deref().unwrap_or("version"),
            Self::Budget(record) => &record.title,
            Self::Term(record) => &record.term,
            Self::Clause(record) => &record.title,
            Self::Posting(record) => record.title(),
        }
    }

    /// The record as the JSON of its file, keys in the order of the type.
    ///
    /// # Errors
    /// None in practice: every record is a tree of plain values.
    pub fn to_value(&self) -> Result<serde_json::Value, serde_json::Error> {
        match self {
            Self::Authority(record) => serde_json::to_value(record),
            Self::Partner(record) => serde_json::to_value(record),
            Self::Contact(record) => serde_json::to_value(record),
            Self::Convention(record) => serde_json::to_value(record),
            Self::Version(record) => serde_json::to_value(record),
            Self::Budget(record) => serde_json::to_value(record),
            Self::Term(record) => serde_json::to_value(record),
            Self::Clause(record) => serde_json::to_value(record),
            Self::Posting(record) => serde_json::to_value(record),
        }
    }

    /// Reads a record of that kind from its JSON.
    ///
    /// # Errors
    /// When the value has not the shape of the type; unknown keys are passed over.
    pub fn from_value(kind: Kind, value: serde_json::Value) -> Result<Self, serde_json::Error> {
        Ok(match kind {
            Kind::Authority => Self::Authority(serde_json::from_value(value)?),
            Kind::Partner => Self::Partner(serde_json::from_value(value)?),
            Kind::Contact => Self::Contact(serde_json::from_value(value)?),
            Kind::Convention => Self::Convention(serde_json::from_value(value)?),
            Kind::Version => Self::Version(serde_json::from_value(value)?),
            Kind::Budget => Self::Budget(serde_json::from_value(value)?),
            Kind::Term => Self::Term(serde_json::from_value(value)?),
            Kind::Clause => Self::Clause(serde_json::from_value(value)?),
            Kind::Posting => Self::Posting(serde_json::from_value(value)?),
        })
    }
}
