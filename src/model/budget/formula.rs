//! Amounts that are reckoned as they are typed: `=1200*3`, `=(1 500,50 + 20%) / 2`.
//!
//! Fractions of whole numbers all the way, rounded once, at the end, to the currency's smallest unit (a half away from
//! zero): no float comes near money.

use super::super::{Amount, quoted};

/// Why a formula says nothing. The words are shown under what was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum FormulaFault {
    /// It ends where an amount is expected.
    #[error("La formule s’arrête trop tôt\u{a0}: un montant est attendu.")]
    Unfinished,
    /// Something in it is no figure, sign or parenthesis.
    #[error(
        "{} n’a pas de sens dans un calcul\u{a0}: + − * / % et des parenthèses suffisent.",
        quoted(&.0.to_string())
    )]
    Stray(char),
    /// A parenthesis has no other half.
    #[error("Il manque une parenthèse.")]
    Parenthesis,
    /// A division by nothing.
    #[error("On ne divise pas par zéro.")]
    ByZero,
    /// `1.200`: twelve hundred, or one and a fifth.
    #[error(
        "Le point prête à confusion devant trois chiffres\u{a0}: écrivez une virgule, ou rien."
    )]
    Ambiguous,
    /// Figures with two decimal marks.
    #[error("Ce nombre a deux virgules.")]
    TwoMarks,
    /// More than can be counted, or more parentheses than anyone nests.
    #[error("Ce calcul est trop grand.")]
    TooLarge,
}

/// How many parentheses may be open at once.
const DEEPEST: usize = 32;

/// The longest formula, in characters.
const LONGEST: usize = 400;

/// What that formula, without its `=`, comes to in a currency of `exponent` decimals.
///
/// `+ − * /`, `%` after a number (a hundredth of it), parentheses; decimals after a comma or a point; any space between
/// figures; `×`, `÷`, `−` as well.
///
/// # Errors
/// Why it says nothing.
pub fn evaluate(formula: &str, exponent: u32) -> Result<Amount, FormulaFault> {
    let signs: Vec<char> = formula.chars().filter(|c| !is_space(*c)).collect();
    if signs.len() > LONGEST {
        return Err(FormulaFault::TooLarge);
    }
    let mut reading = Reading {
        signs: &signs,
        depth: 0,
    };
    let value = reading.sum()?;
    match reading.signs.first() {
        None => value.in_units(exponent),
        Some(')') => Err(FormulaFault::Parenthesis),
        Some(stray) => Err(FormulaFault::Stray(*stray)),
    }
}

fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2060}' | '\u{feff}' | '\u{200b}')
}

/// A number as a fraction in lowest terms, the denominator above zero.
#[derive(Debug, Clone, Copy)]
struct Fraction {
    over: i128,
    under: i128,
}

impl Fraction {
    fn new(over: i128, under: i128) -> Result<Self, FormulaFault> {
        if under == 0 {
            return Err(FormulaFault::ByZero);
        }
        let common = gcd(over.unsigned_abs(), under.unsigned_abs()).max(1);
        let common = i128::try_from(common).map_err(|_| FormulaFault::TooLarge)?;
        let sign = under.signum();
        let checked = |number: i128| (number / common).checked_mul(sign);
        match (checked(over), checked(under)) {
            (Some(over), Some(under)) => Ok(Self { over, under }),
            _ => Err(FormulaFault::TooLarge),
        }
    }

    fn plus(self, other: Self) -> Result<Self, FormulaFault> {
        let over = self
            .over
            .checked_mul(other.under)
            .zip(other.over.checked_mul(self.under))
            .and_then(|(one, other)| one.checked_add(other));
        Self::of(over, self.under.checked_mul(other.under))
    }

    fn times(self, other: Self) -> Result<Self, FormulaFault> {
        Self::of(
            self.over.checked_mul(other.over),
            self.under.checked_mul(other.under),
        )
    }

    fn by(self, other: Self) -> Result<Self, FormulaFault> {
        Self::of(
            self.over.checked_mul(other.under),
            self.under.checked_mul(other.over),
        )
    }

    fn less(self) -> Result<Self, FormulaFault> {
        Self::of(self.over.checked_neg(), Some(self.under))
    }

    fn of(over: Option<i128>, under: Option<i128>) -> Result<Self, FormulaFault> {
        let (over, under) = over.zip(under).ok_or(FormulaFault::TooLarge)?;
        Self::new(over, under)
    }

    fn in_units(self, exponent: u32) -> Result<Amount, FormulaFault> {
        let units = 10_i128
            .checked_pow(exponent)
            .and_then(|unit| self.over.checked_mul(unit))
            .ok_or(FormulaFault::TooLarge)?;
        let rounded = rounded(units, self.under).ok_or(FormulaFault::TooLarge)?;
        i64::try_from(rounded)
            .map(Amount)
            .map_err(|_| FormulaFault::TooLarge)
    }
}

/// A quotient, a half rounded away from zero; nothing where it cannot be counted.
pub(super) fn rounded(over: i128, under: i128) -> Option<i128> {
    let twice = over.checked_mul(2)?;
    let half = if over < 0 { -under } else { under };
    twice.checked_add(half)?.checked_div(under.checked_mul(2)?)
}

fn gcd(mut one: u128, mut other: u128) -> u128 {
    while other != 0 {
        (one, other) = (other, one % other);
    }
    one
}

struct Reading<'a> {
    signs: &'a [char],
    depth: usize,
}

impl Reading<'_> {
    fn next_is(&self, signs: &[char]) -> Option<char> {
        self.signs.first().copied().filter(|it| signs.contains(it))
    }

    fn skip(&mut self) {
        self.signs = self.signs.get(1..).unwrap_or_default();
    }

    fn sum(&mut self) -> Result<Fraction, FormulaFault> {
        let mut value = self.product()?;
        while let Some(sign) = self.next_is(&['+', '-', '−', '–']) {
            self.skip();
            let other = self.product()?;
            value = value.plus(if sign == '+' { other } else { other.less()? })?;
        }
        Ok(value)
    }

    fn product(&mut self) -> Result<Fraction, FormulaFault> {
        let mut value = self.signed()?;
        while let Some(sign) = self.next_is(&['*', '×', '/', '÷']) {
            self.skip();
            let other = self.signed()?;
            value = match sign {
                '*' | '×' => value.times(other)?,
                _ => value.by(other)?,
            };
        }
        Ok(value)
    }

    fn signed(&mut self) -> Result<Fraction, FormulaFault> {
        let mut negative = false;
        while let Some(sign) = self.next_is(&['+', '-', '−', '–']) {
            self.skip();
            negative ^= sign != '+';
        }
        let mut value = self.single()?;
        while self.next_is(&['%']).is_some() {
            self.skip();
            value = value.by(Fraction::new(100, 1)?)?;
        }
        if negative { value.less() } else { Ok(value) }
    }

    fn single(&mut self) -> Result<Fraction, FormulaFault> {
        match self.signs.first() {
            None => Err(FormulaFault::Unfinished),
            Some('(') => {
                self.depth += 1;
                if self.depth > DEEPEST {
                    return Err(FormulaFault::TooLarge);
                }
                self.skip();
                let value = self.sum()?;
                match self.signs.first() {
                    Some(')') => self.skip(),
                    Some(stray) => return Err(FormulaFault::Stray(*stray)),
                    None => return Err(FormulaFault::Parenthesis),
                }
                self.depth -= 1;
                Ok(value)
            }
            Some(c) if c.is_ascii_digit() || matches!(c, ',' | '.') => self.number(),
            Some('*' | '×' | '/' | '÷' | '%' | ')') => Err(FormulaFault::Unfinished),
            Some(stray) => Err(FormulaFault::Stray(*stray)),
        }
    }

    fn number(&mut self) -> Result<Fraction, FormulaFault> {
        let is_part = |c: &&char| c.is_ascii_digit() || matches!(c, ',' | '.');
        let length = self.signs.iter().take_while(is_part).count();
        let (token, rest) = self.signs.split_at(length);
        self.signs = rest;

        let mut marks = token
            .iter()
            .enumerate()
            .filter(|(_, c)| !c.is_ascii_digit());
        let mark = marks.next().map(|(rank, c)| (rank, *c));
        if marks.next().is_some() {
            return Err(FormulaFault::TwoMarks);
        }
        let decimals = mark.map_or(0, |(rank, _)| length - rank - 1);
        if mark.is_some_and(|(_, mark)| mark == '.') && decimals == 3 {
            return Err(FormulaFault::Ambiguous);
        }
        let figures: String = token.iter().filter(|c| c.is_ascii_digit()).collect();
        if figures.is_empty() {
            return Err(FormulaFault::Unfinished);
        }
        let over: i128 = figures.parse().map_err(|_| FormulaFault::TooLarge)?;
        let decimals = u32::try_from(decimals).map_err(|_| FormulaFault::TooLarge)?;
        Fraction::of(Some(over), 10_i128.checked_pow(decimals))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euros(formula: &str) -> Result<i64, FormulaFault> {
        evaluate(formula, 2).map(|amount| amount.0)
    }

    #[test]
    fn what_a_spreadsheet_reckons() {
        for (formula, cents) in [
            ("1200*3", 360_000),
            ("1 200,50 + 0,5", 120_100),
            ("2+3*4", 1_400),
            ("(2+3)*4", 2_000),
            ("-5+8", 300),
            ("1200*10%", 12_000),
            ("100/3", 3_333),
            ("200/3", 6_667),
            ("-200/3", -6_667),
            ("1/3*3", 100),
            ("0,005", 1),
            ("12\u{202f}000 × 2 ÷ 3", 800_000),
            ("2--2", 400),
        ] {
            assert_eq!(euros(formula), Ok(cents), "{formula}");
        }
        assert_eq!(evaluate("1000/3", 0), Ok(Amount(333)));
    }

    #[test]
    fn what_says_nothing_says_why() {
        use FormulaFault::{Ambiguous, ByZero, Parenthesis, Stray, TooLarge, TwoMarks, Unfinished};
        for (formula, fault) in [
            ("", Unfinished),
            ("12*", Unfinished),
            ("*12", Unfinished),
            ("(1+2", Parenthesis),
            ("1+2)", Parenthesis),
            ("1/0", ByZero),
            ("1/(2-2)", ByZero),
            ("1.200*3", Ambiguous),
            ("1,2,3", TwoMarks),
            ("A1+2", Stray('A')),
            ("12€", Stray('€')),
            ("9999999999999999999*9999999999999999999", TooLarge),
            (",", Unfinished),
        ] {
            assert_eq!(euros(formula), Err(fault), "{formula}");
        }
        assert_eq!(euros(&"(".repeat(100)), Err(TooLarge));
        assert_eq!(euros(&"1+".repeat(300)), Err(TooLarge));
    }

    proptest! {
        #[test]
        fn anything_typed_is_reckoned_or_refused(formula in "[0-9,.()+*/%−A-Z -]{0,60}|.{0,60}") {
            let _ = euros(&formula);
        }

        #[test]
        fn it_reckons_as_whole_numbers_do(one in 0_i64..1_000_000, other in 1_i64..1_000_000) {
            prop_assert_eq!(euros(&format!("{one}+{other}")), Ok((one + other) * 100));
            prop_assert_eq!(euros(&format!("{one}-{other}")), Ok((one - other) * 100));
            prop_assert_eq!(euros(&format!("{one}*{other}/{other}")), Ok(one * 100));
        }
    }
}
