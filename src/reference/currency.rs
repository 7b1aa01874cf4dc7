//! Currencies: their words and how many decimals they have.

use serde::{Deserialize, Serialize};

use super::{Confidence, Entry};
use crate::model::absent;

/// A currency of today.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Currency {
    /// ISO 4217, capitals.
    pub id: String,
    /// One of it, in French: « franc CFA (UEMOA) ».
    pub one: String,
    /// Several.
    pub many: String,
    /// How many decimals its minor unit has (ISO 4217): EUR 2, XOF 0, TND 3.
    pub exponent: u8,
    /// What follows an amount: « € », « F CFA »; the code where there is no sure symbol.
    pub symbol: String,
    /// Its fixed parity with the euro.
    #[serde(default, skip_serializing_if = "absent")]
    pub parity: Option<Parity>,
}

impl Entry for Currency {
    fn id(&self) -> &str {
        &self.id
    }
}

/// A fixed parity.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Parity {
    /// How many units one euro is worth, as a decimal: `655.957`.
    pub rate: String,
    /// What fixes it.
    pub source: String,
    /// How sure it is.
    pub confidence: Confidence,
}
