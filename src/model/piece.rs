//! Pieces: the files that prove an act, kept once by their content.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Convention, Event, Id, Operation, Partner, Record, absent};

/// A file attached to a record or to an act. Its bytes lie in the workspace under their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its own identifier: two records may cite the same content under different titles.
    pub id: Id,
    /// What it is called here: « Délibération n° 2026-114 ».
    pub title: String,
    /// The name that the file had.
    pub file_name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal; also its name in `attachments/`.
    pub sha256: String,
    /// Its media type: `application/pdf`.
    pub media_type: String,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "absent")]
    pub bytes: u64,
    /// What kind of piece: délibération, accusé de réception, convention signée, rapport…
    #[serde(default, skip_serializing_if = "absent")]
    pub kind: Option<String>,
    /// The date that it bears.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
}

impl Record {
    /// Every piece that it cites, in the order of its fields.
    #[must_use]
    pub fn pieces(&self) -> Vec<&Piece> {
        match self {
            Self::Authority(authority) => authority.logo.iter().collect(),
            Self::Partner(partner) => of_partner(partner),
            Self::Convention(convention) => of_convention(convention),
            Self::Version(version) => {
                let conventions = version.records.conventions.iter().flat_map(of_convention);
                let partners = version.records.partners.iter().flat_map(of_partner);
                let logo = version.records.authority.logo.iter();
                conventions.chain(partners).chain(logo).collect()
            }
            Self::Budget(budget) => {
                let lines = budget.lines.iter().flat_map(|line| &line.operations);
                let funders = budget.funders.iter().flat_map(|funder| &funder.operations);
                let proofs = lines.chain(funders).filter_map(of_operation);
                budget.pieces.iter().chain(proofs).collect()
            }
            Self::Contact(_) | Self::Term(_) => Vec::new(),
        }
    }
}

fn of_partner(partner: &Partner) -> Vec<&Piece> {
    let events = partner.history.iter().chain(&partner.journal);
    partner
        .pieces
        .iter()
        .chain(events.flat_map(|event: &Event| &event.pieces))
        .collect()
}

fn of_convention(convention: &Convention) -> Vec<&Piece> {
    let acts = convention.acts.iter().flat_map(|act| &act.pieces);
    let annexes = convention.annexes.iter().filter_map(|it| it.piece.as_ref());
    convention
        .pieces
        .iter()
        .chain(acts)
        .chain(annexes)
        .collect()
}

const fn of_operation(operation: &Operation) -> Option<&Piece> {
    operation.piece.as_ref()
}
