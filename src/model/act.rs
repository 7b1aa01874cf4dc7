//! Acts: what was decided, transmitted, signed, paid. A convention moves by its acts.

use chrono::{Months, NaiveDate};
use serde::{Deserialize, Serialize};

use super::{Amount, Id, Key, Piece, absent};

/// Something that moves a convention or is due under it, with what proves it.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Act {
    /// Its identifier.
    pub id: Id,
    /// What kind of act.
    pub kind: ActKind,
    /// Whose act: the key of a party. Needed for votes, transmissions of délibérations and signatures.
    #[serde(default, skip_serializing_if = "absent")]
    pub party: Option<Key>,
    /// The day. Absent when it is not known yet.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// The day by which it is due, where it is still to come.
    #[serde(default, skip_serializing_if = "absent")]
    pub due: Option<NaiveDate>,
    /// The place: of a signature, of a committee.
    #[serde(default, skip_serializing_if = "absent")]
    pub place: Option<String>,
    /// The body that decided where it is not the party's assembly: « bureau communautaire ».
    #[serde(default, skip_serializing_if = "absent")]
    pub body: Option<String>,
    /// The number: of a délibération, of a letter.
    #[serde(default, skip_serializing_if = "absent")]
    pub number: Option<String>,
    /// The receipt that proves a transmission: the @ctes number.
    #[serde(default, skip_serializing_if = "absent")]
    pub receipt: Option<String>,
    /// The day on which what is transmitted was made public: a délibération is enforceable once it is both (CGCT,
    /// L. 2131-1), and the delay of third parties runs from it.
    #[serde(default, skip_serializing_if = "absent")]
    pub published: Option<NaiveDate>,
    /// A sum in euro cents, for payments.
    #[serde(default, skip_serializing_if = "absent")]
    pub amount: Option<Amount>,
    /// Why, or what came of it.
    #[serde(default, skip_serializing_if = "absent")]
    pub note: Option<String>,
    /// The files.
    #[serde(default, skip_serializing_if = "absent")]
    pub pieces: Vec<Piece>,
}

/// Kinds of act, in the order in which a convention usually lives them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ActKind {
    /// Sent to be read within the house.
    Review,
    /// The decision of a party's assembly, or of the body that decides for it.
    Vote,
    /// The délibération reaches the representative of the State.
    DeliberationTransmission,
    /// The foreign partner's supervision agrees.
    SupervisionAuthorisation,
    /// A party signs.
    Signature,
    /// The signed convention reaches the representative of the State: it takes effect (CGCT, L. 1115-1).
    ConventionTransmission,
    /// The convention of a grant is notified to who receives it.
    Notification,
    /// The prefect asks for documents, which moves the delay.
    DocumentRequest,
    /// The prefect's delay is over: the convention was not referred to the court.
    DelayEnd,
    /// A steering committee meets.
    Committee,
    /// A report is given.
    Report,
    /// A payment is made.
    Payment,
    /// The essential data of a grant are published.
    DataPublication,
    /// The convention is suspended.
    Suspension,
    /// It resumes.
    Resumption,
    /// It is amended: the amendment is a convention whose parent is this one.
    Amendment,
    /// It comes to its end.
    End,
    /// It is renewed: the new one has this one for parent.
    Renewal,
    /// It is terminated.
    Termination,
    /// It is given up before signature.
    Abandonment,
}

impl Act {
    /// An act of which only the kind is known.
    #[must_use]
    pub const fn new(id: Id, kind: ActKind) -> Self {
        Self {
            id,
            kind,
            party: None,
            date: None,
            due: None,
            place: None,
            body: None,
            number: None,
            receipt: None,
            published: None,
            amount: None,
            note: None,
            pieces: Vec::new(),
        }
    }

    /// Whether it is still to come, past the day by which it was due.
    #[must_use]
    pub fn is_late(&self, today: NaiveDate) -> bool {
        self.date.is_none() && self.due.is_some_and(|due| due < today)
    }

    /// The last day on which third parties may take what was published to court: two months, the common rule, to be
    /// confirmed for each case.
    #[must_use]
    pub fn contestable_until(&self) -> Option<NaiveDate> {
        self.published?.checked_add_months(Months::new(2))
    }
}

impl ActKind {
    /// All kinds, in that order.
    pub const ALL: [Self; 20] = [
        Self::Review,
        Self::Vote,
        Self::DeliberationTransmission,
        Self::SupervisionAuthorisation,
        Self::Signature,
        Self::ConventionTransmission,
        Self::Notification,
        Self::DocumentRequest,
        Self::DelayEnd,
        Self::Committee,
        Self::Report,
        Self::Payment,
        Self::DataPublication,
        Self::Suspension,
        Self::Resumption,
        Self::Amendment,
        Self::End,
        Self::Renewal,
        Self::Termination,
        Self::Abandonment,
    ];

    /// Its name on screens and sheets.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Review => "Relecture",
            Self::Vote => "Délibération",
            Self::DeliberationTransmission => "Transmission de la délibération",
            Self::SupervisionAuthorisation => "Autorisation de tutelle",
            Self::Signature => "Signature",
            Self::ConventionTransmission => "Transmission de la convention",
            Self::Notification => "Notification",
            Self::DocumentRequest => "Demande de pièces",
            Self::DelayEnd => "Fin du délai de déféré",
            Self::Committee => "Comité de pilotage",
            Self::Report => "Rapport",
            Self::Payment => "Versement",
            Self::DataPublication => "Publication des données essentielles",
            Self::Suspension => "Suspension",
            Self::Resumption => "Reprise",
            Self::Amendment => "Avenant",
            Self::End => "Fin",
            Self::Renewal => "Renouvellement",
            Self::Termination => "Résiliation",
            Self::Abandonment => "Abandon",
        }
    }
}

/// An alert that somebody put off: it shows again on that day.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Snooze {
    /// The alert, by the name that it has under the record that holds this: `renouvellement`.
    pub key: String,
    /// The day on which it shows again.
    pub until: NaiveDate,
}

/// Where a convention stands, which follows from its acts.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Rédaction.
    Drafting,
    /// Relecture.
    Review,
    /// Vote : every French party has decided.
    Voted,
    /// Délibération transmise.
    DeliberationTransmitted,
    /// Signature : every party has signed.
    Signed,
    /// En vigueur: the signed convention is transmitted, or the grant notified.
    InForce,
    /// Suspendue.
    Suspended,
    /// Échue, résiliée, abandonnée, renouvelée.
    Ended,
}

impl Stage {
    /// All stages, in order.
    pub const ALL: [Self; 8] = [
        Self::Drafting,
        Self::Review,
        Self::Voted,
        Self::DeliberationTransmitted,
        Self::Signed,
        Self::InForce,
        Self::Suspended,
        Self::Ended,
    ];

    /// Its name on screens and sheets.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Drafting => "Rédaction",
            Self::Review => "Relecture",
            Self::Voted => "Vote",
            Self::DeliberationTransmitted => "Délibération transmise",
            Self::Signed => "Signature",
            Self::InForce => "En vigueur",
            Self::Suspended => "Suspendue",
            Self::Ended => "Terminée",
        }
    }
}
