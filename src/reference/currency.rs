//! Currencies: their words, how many decimals they have, and how French writes an amount of one.

use serde::{Deserialize, Serialize};

use super::{Confidence, Entry, Reference};
use crate::model::{Amount, absent};

/// A currency of today, or the French franc, in which older conventions were signed.
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

impl Reference {
    /// « 114 200 € », « 1 234,56 € »: cents are left out when there are none.
    #[must_use]
    pub fn amount(&self, amount: Amount, currency: &crate::model::Currency) -> String {
        let known = self.currency(currency.code());
        let symbol = known.map_or(currency.code(), |currency| currency.symbol.as_str());
        format!("{}\u{a0}{symbol}", self.figures(amount, currency))
    }

    /// « 114 200 », « 1 234,56 »: an amount without its symbol.
    #[must_use]
    pub fn figures(&self, amount: Amount, currency: &crate::model::Currency) -> String {
        self.figures_in(self.has_cents(amount, currency), amount, currency)
    }

    /// Whether an amount is no whole number of units.
    #[must_use]
    pub fn has_cents(&self, amount: Amount, currency: &crate::model::Currency) -> bool {
        amount.0 % self.unit_of(currency) != 0
    }

    /// How many of what amounts are kept in make a unit of that currency: 100 cents for an euro, 1 for a franc CFA.
    #[must_use]
    pub fn unit_of(&self, currency: &crate::model::Currency) -> i64 {
        10_i64.pow(self.decimals_of(currency) as u32)
    }

    /// The figures of a column: « 114 200,00 » above « 1 234,56 ». `cents` says whether one of them has some.
    #[must_use]
    pub fn figures_in(
        &self,
        cents: bool,
        amount: Amount,
        currency: &crate::model::Currency,
    ) -> String {
        let decimals = self.decimals_of(currency);
        let figures = format!("{:0>1$}", amount.0.unsigned_abs(), decimals + 1);
        let (whole, after) = figures.split_at(figures.len() - decimals);

        let mut text = String::new();
        if amount.0 < 0 {
            text.push('−');
        }
        text.push_str(&thousands(whole));
        if cents && decimals > 0 {
            text.push(',');
            text.push_str(after);
        }
        text
    }

    /// « euros », « francs CFA (UEMOA) »: several of a currency; its code where it is not known.
    #[must_use]
    pub fn unit<'a>(&'a self, currency: &'a crate::model::Currency) -> &'a str {
        let code = currency.code();
        self.currency(code).map_or(code, |it| it.many.as_str())
    }

    /// How many decimals a currency has; two where it is not known.
    #[must_use]
    pub fn decimals_of(&self, currency: &crate::model::Currency) -> usize {
        let known = self.currency(currency.code());
        known.map_or(2, |known| usize::from(known.exponent).min(6))
    }
}

/// « 41 250 »: figures by three.
#[must_use]
pub fn thousands(figures: &str) -> String {
    let mut text = String::new();
    for (rank, figure) in figures.chars().enumerate() {
        if rank > 0 && (figures.len() - rank).is_multiple_of(3) {
            text.push('\u{202f}');
        }
        text.push(figure);
    }
    text
}
