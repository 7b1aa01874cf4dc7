//! Money: whole numbers of a currency's smallest unit, so that sums are exact in any order.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, Neg, Sub};

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::absent;

/// An amount in the minor unit of a currency that is told elsewhere (a budget has one): euro cents,
/// millimes of a Tunisian dinar, whole CFA francs.
///
/// Sums saturate: a file from elsewhere may hold figures that no budget has.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(transparent)]
pub struct Amount(pub i64);

impl Amount {
    /// Nothing.
    pub const ZERO: Self = Self(0);

    /// Whether there is nothing.
    #[must_use]
    pub const fn is_zero(self) -> bool {
        self.0 == 0
    }
}

impl Add for Amount {
    type Output = Self;

    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}

impl Sub for Amount {
    type Output = Self;

    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}

impl Neg for Amount {
    type Output = Self;

    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}

impl Sum for Amount {
    fn sum<I: Iterator<Item = Self>>(amounts: I) -> Self {
        // Through i128, so that the order never matters even where a partial sum would saturate.
        let total: i128 = amounts.map(|amount| i128::from(amount.0)).sum();
        Self(total.clamp(i128::from(i64::MIN), i128::from(i64::MAX)) as i64)
    }
}

/// A currency, by its ISO 4217 code: `EUR`. Its exponent and names stand in the reference.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Currency(std::sync::Arc<str>);

impl Currency {
    /// Takes a code as it is written.
    #[must_use]
    pub fn new(code: &str) -> Self {
        Self(code.into())
    }

    /// The euro.
    #[must_use]
    pub fn euro() -> Self {
        Self::new("EUR")
    }

    /// The code.
    #[must_use]
    pub fn code(&self) -> &str {
        &self.0
    }
}

impl Default for Currency {
    fn default() -> Self {
        Self::euro()
    }
}

impl fmt::Display for Currency {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// An amount with its currency, where the two travel together.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// In minor units.
    pub amount: Amount,
    /// Of this currency.
    pub currency: Currency,
}

/// An amount first told in another currency, and how it became ours.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Foreign {
    /// The amount as it was told.
    pub amount: Amount,
    /// In this currency.
    pub currency: Currency,
    /// How many units of it one euro is worth, as a decimal: `"655.957"`.
    pub rate: String,
    /// The day of the rate.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// Where the rate comes from.
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
}

impl Foreign {
    /// What it comes to in euros: `decimals` are those of its own currency. A half goes away from zero.
    ///
    /// Nothing where the rate says nothing, or where it is more than can be counted.
    #[must_use]
    pub fn in_euros(&self, decimals: u32) -> Option<Amount> {
        Exchange::at(&self.rate, decimals)?.euros(self.amount)
    }
}

/// How many units of a currency one euro is worth, and who said so.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Rate {
    /// As a decimal: `"4.9760"`.
    #[serde(default, skip_serializing_if = "absent")]
    pub units: String,
    /// The day of the rate.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// Where it comes from.
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
}

/// A rate, ready to turn many amounts into euros.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Exchange {
    over: i128,
    under: i128,
}

impl Exchange {
    /// From how many units one euro is worth, as a decimal; `decimals` are those of the currency. Nothing where it says
    /// nothing.
    #[must_use]
    pub fn at(units: &str, decimals: u32) -> Option<Self> {
        let units = units.trim().replace(',', ".");
        let (whole, part) = units.split_once('.').unwrap_or((&units, ""));
        // « 4,9760 » and « 4,976 » are one rate.
        let part = part.trim_end_matches('0');
        let figures = format!("{whole}{part}");
        if figures.is_empty() || !figures.bytes().all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let rate: i128 = figures.parse().ok().filter(|rate| *rate > 0)?;
        let scale = 10_i128.checked_pow(u32::try_from(part.len()).ok()?)?;
        Some(Self {
            over: scale.checked_mul(100)?,
            under: rate.checked_mul(10_i128.checked_pow(decimals)?)?,
        })
    }

    /// What an amount comes to in euros; a half goes away from zero. Nothing where it is more than can be counted.
    #[must_use]
    pub fn euros(self, amount: Amount) -> Option<Amount> {
        let over = i128::from(amount.0).checked_mul(self.over)?;
        let half = if over < 0 { -self.under } else { self.under };
        let cents = over.checked_mul(2)?.checked_add(half)? / self.under.checked_mul(2)?;
        i64::try_from(cents).ok().map(Amount)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(amount: i64, rate: &str) -> Foreign {
        Foreign {
            amount: Amount(amount),
            currency: Currency::new("XOF"),
            rate: rate.to_owned(),
            date: None,
            source: None,
        }
    }

    #[test]
    fn a_foreign_amount_comes_to_whole_cents() {
        // Thirty-six thousand euros at the fixed parity.
        assert_eq!(
            told(23_614_452, "655.957").in_euros(0),
            Some(Amount(3_600_000))
        );
        assert_eq!(
            told(23_614_452, "655,957").in_euros(0),
            Some(Amount(3_600_000))
        );
        assert_eq!(
            told(132_318_000, "110.265").in_euros(2),
            Some(Amount(1_200_000))
        );
        assert_eq!(told(-1, "3").in_euros(0), Some(Amount(-33)));
        for rate in ["", "0", "beaucoup", "-3", "1.2.3", "."] {
            assert_eq!(told(1, rate).in_euros(0), None, "{rate}");
        }
        assert_eq!(told(i64::MAX, "0.000000000000000000001").in_euros(0), None);
    }
}
