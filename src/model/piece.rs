//! Pieces: the files that prove an act, kept once by their content.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, absent};

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
