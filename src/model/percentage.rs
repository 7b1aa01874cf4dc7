//! A part of a whole in hundredths, told in one way everywhere: on screens, in documents, in charts.
//!
//! To the nearest tenth: two thirds are « 66,7 % ». But what is not quite all is never told as all, nor what is not
//! quite a bound as that bound, nor something as nothing: 99,96 % is « 99,9 % », 100,01 % « 100,1 % », 0,01 %
//! « 0,1 % ». What may be spent under a ceiling is no percentage: it is an amount, rounded down where it is reckoned.

use std::fmt;

use super::{Amount, split};

/// See the module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Percentage {
    /// In tenths of a hundredth.
    tenths: i64,
}

impl Percentage {
    /// That part of that whole; none of nothing.
    #[must_use]
    pub fn of(part: Amount, whole: Amount) -> Option<Self> {
        Self::told(part, whole, &[0, 100])
    }

    /// The same beside a bound, in hundredths: on the side of it where it is.
    #[must_use]
    pub fn beside(part: Amount, whole: Amount, bound: u16) -> Option<Self> {
        Self::told(part, whole, &[0, i128::from(bound), 100])
    }

    fn told(part: Amount, whole: Amount, apart: &[i128]) -> Option<Self> {
        if whole.0 <= 0 {
            return None;
        }
        let (part, whole) = (i128::from(part.0) * 1000, i128::from(whole.0));
        let nearest = (2 * part + whole).div_euclid(2 * whole);
        let side = match part.cmp(&(nearest * whole)) {
            _ if apart.iter().all(|bound| bound * 10 != nearest) => 0,
            std::cmp::Ordering::Less => -1,
            std::cmp::Ordering::Equal => 0,
            std::cmp::Ordering::Greater => 1,
        };
        let tenths = nearest + side;
        let most = if tenths < 0 { i64::MIN } else { i64::MAX };
        Some(Self {
            tenths: i64::try_from(tenths).unwrap_or(most),
        })
    }

    /// Whether it is more than the whole.
    #[must_use]
    pub const fn is_over(self) -> bool {
        self.tenths > 1000
    }

    /// What each part is of the whole that they make: together they are 100 %, as those who add them up expect.
    #[must_use]
    pub fn of_parts(amounts: &[Amount]) -> Vec<Self> {
        let weights: Vec<i64> = amounts.iter().map(|it| it.0).collect();
        if weights.iter().all(|weight| *weight <= 0) {
            return vec![Self { tenths: 0 }; amounts.len()];
        }
        let tenths = split(Amount(1000), &weights).into_iter();
        tenths.map(|tenths| Self { tenths: tenths.0 }).collect()
    }

    /// A part in words, which is told as nothing only where there is none: « < 0,1 % ».
    #[must_use]
    pub fn of_part(self, amount: Amount) -> String {
        if self.tenths == 0 && amount.0 > 0 {
            return "<\u{a0}0,1\u{202f}%".to_owned();
        }
        self.to_string()
    }
}

impl std::iter::Sum for Percentage {
    fn sum<I: Iterator<Item = Self>>(parts: I) -> Self {
        let tenths = parts.map(|it| it.tenths).fold(0, i64::saturating_add);
        Self { tenths }
    }
}

/// « 61,2 % », « 50,0 % »: with its tenth, whether in a column or in a sentence, so that a rate is written once and for all.
impl fmt::Display for Percentage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.tenths < 0 { "−" } else { "" };
        let tenths = self.tenths.unsigned_abs();
        write!(f, "{sign}{},{}\u{202f}%", tenths / 10, tenths % 10)
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn told(part: i64, whole: i64) -> String {
        Percentage::of(Amount(part), Amount(whole)).map_or_else(String::new, |it| it.to_string())
    }

    #[test]
    fn a_part_is_told_to_the_nearest_tenth() {
        assert_eq!(told(1, 3), "33,3\u{202f}%");
        assert_eq!(told(2, 3), "66,7\u{202f}%");
        assert_eq!(told(1, 2), "50,0\u{202f}%");
        assert_eq!(told(8_999, 10_000), "90,0\u{202f}%");
        assert_eq!(told(-1, 3), "−33,3\u{202f}%");
        assert_eq!(told(12_345, 1_000), "1234,5\u{202f}%");
        assert_eq!(told(5, 0), "");
    }

    #[test]
    fn parts_of_a_whole_make_a_hundred() {
        let told = |amounts: &[i64]| {
            let amounts: Vec<Amount> = amounts.iter().copied().map(Amount).collect();
            let parts = Percentage::of_parts(&amounts).into_iter().zip(amounts);
            parts
                .map(|(part, amount)| part.of_part(amount))
                .collect::<Vec<_>>()
        };
        let third = "33,3\u{202f}%";
        assert_eq!(told(&[5, 5, 5]), ["33,4\u{202f}%", third, third]);
        let few = ["100,0\u{202f}%", "<\u{a0}0,1\u{202f}%", "0,0\u{202f}%"];
        assert_eq!(told(&[1_000_000, 1, 0]), few);
        assert_eq!(told(&[0, 0]), ["0,0\u{202f}%"; 2]);
    }

    #[test]
    fn what_is_not_quite_all_or_nothing_or_a_bound_is_not_told_so() {
        assert_eq!(told(99_999, 100_000), "99,9\u{202f}%");
        assert_eq!(told(100_001, 100_000), "100,1\u{202f}%");
        assert_eq!(told(1, 100_000), "0,1\u{202f}%");
        assert_eq!(told(0, 100_000), "0,0\u{202f}%");
        let own =
            |part| Percentage::beside(Amount(part), Amount(100_000), 10).map(|it| it.to_string());
        assert_eq!(own(9_999).unwrap(), "9,9\u{202f}%");
        assert_eq!(own(10_000).unwrap(), "10,0\u{202f}%");
        assert_eq!(own(10_001).unwrap(), "10,1\u{202f}%");
    }

    proptest! {
        #[test]
        fn it_is_less_than_a_tenth_from_what_it_tells(part in -1_000_000_i64..1_000_000, whole in 1_i64..1_000_000, bound in 1_u16..100) {
            let told = Percentage::beside(Amount(part), Amount(whole), bound).unwrap();
            let error = i128::from(told.tenths) * i128::from(whole) - i128::from(part) * 1000;
            prop_assert!(error.abs() < i128::from(whole));
            for bound in [0, i64::from(bound), 100] {
                let side = (i128::from(part) * 100).cmp(&(i128::from(bound) * i128::from(whole)));
                prop_assert_eq!(told.tenths.cmp(&(bound * 10)), side);
            }
        }
    }
}
