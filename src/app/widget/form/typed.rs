//! What people type, read: days, amounts, whole numbers, in every way that they write them; and said, in one.
//!
//! Readers answer with a reason in French that says what is expected.

use chrono::{Datelike, NaiveDate};

use crate::app::text;
use crate::exchange::table::Value;
use crate::exchange::table::value::mark_of;
use crate::model::{Amount, Currency};
use crate::reference::Reference;

/// Words without the spaces around them; none when there are none.
#[must_use]
pub fn optional(raw: &str) -> Option<String> {
    Some(raw.trim())
        .filter(|words| !words.is_empty())
        .map(str::to_owned)
}

/// Words without the spaces around them.
///
/// # Errors
/// That reason, when there are none.
pub fn required(raw: &str, reason: &str) -> Result<String, String> {
    optional(raw).ok_or_else(|| reason.to_owned())
}

/// A day, `JJ/MM/AAAA`: also `3/2/27`, `3.2.2027`, `2027-02-03`, « 1er mars 2027 ». None when nothing is typed.
///
/// Of two figures, a year before 70 is of this century.
///
/// # Errors
/// When it is no day.
pub fn day(raw: &str) -> Result<Option<NaiveDate>, String> {
    let words = raw.trim().to_lowercase();
    if words.is_empty() {
        return Ok(None);
    }
    let parts: Vec<&str> = words
        .split(|c: char| c.is_whitespace() || matches!(c, '/' | '.' | '-' | '\u{2011}'))
        .filter(|part| !part.is_empty())
        .collect();
    let [first, month, last] = parts.as_slice() else {
        return Err(A_DAY.to_owned());
    };
    let (day, year) = match first.len() {
        4 => (last, first),
        _ => (first, last),
    };
    let read = || {
        let day = day.strip_suffix("er").unwrap_or(day);
        NaiveDate::from_ymd_opt(year_of(year)?, month_of(month)?, number(day)?)
    };
    match read() {
        Some(day) => Ok(Some(day)),
        None if parts.iter().all(|part| number(part).is_some()) => {
            Err("Ce jour n’existe pas\u{a0}: écrivez JJ/MM/AAAA.".to_owned())
        }
        None => Err(A_DAY.to_owned()),
    }
}

const A_DAY: &str = "Écrivez une date, JJ/MM/AAAA.";

const MONTHS: [&str; 12] = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
];

fn number(part: &str) -> Option<u32> {
    let figures = part.bytes().all(|byte| byte.is_ascii_digit());
    part.parse().ok().filter(|_| figures)
}

fn month_of(part: &str) -> Option<u32> {
    let named = MONTHS.iter().zip(1..).find(|(name, _)| **name == part);
    named.map(|(_, month)| month).or_else(|| number(part))
}

fn year_of(part: &str) -> Option<i32> {
    let year = i32::try_from(number(part)?).ok()?;
    match part.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year).filter(|year| *year >= 1000),
        _ => None,
    }
}

/// « 03/02/2027 », or nothing.
#[must_use]
pub fn say_day(day: Option<NaiveDate>) -> String {
    day.map_or_else(String::new, |day| {
        format!("{:02}/{:02}/{:04}", day.day(), day.month(), day.year())
    })
}

/// A whole number, with any space between its figures. None when nothing is typed.
///
/// # Errors
/// When it is no number, or larger than can be.
pub fn whole<T: TryFrom<u64>>(raw: &str) -> Result<Option<T>, String> {
    let figures: String = raw.chars().filter(|c| !is_space(*c)).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    if !figures.bytes().all(|byte| byte.is_ascii_digit()) {
        return Err("Écrivez un nombre entier.".to_owned());
    }
    let number = figures.parse::<u64>().ok();
    match number.and_then(|number| T::try_from(number).ok()) {
        Some(number) => Ok(Some(number)),
        None => Err("Ce nombre est trop grand.".to_owned()),
    }
}

/// « 41 250 », or nothing. Four figures stay together, for they may be a year.
#[must_use]
pub fn say_whole<T: Into<u64>>(number: Option<T>) -> String {
    number.map_or_else(String::new, |number| {
        let number: u64 = number.into();
        match number {
            0..10_000 => number.to_string(),
            _ => text::thousands(&number.to_string()),
        }
    })
}

/// « 2027, 2028 », or nothing.
#[must_use]
pub fn say_years(years: &[i32]) -> String {
    let mut years = years.to_vec();
    years.sort_unstable();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    years.join(", ")
}

/// « 2027, 2028 » or « 2027-2029 »: years, each once, in order.
///
/// # Errors
/// When it is no list of years.
pub fn years(raw: &str) -> Result<Vec<i32>, String> {
    const A_YEAR: &str = "Écrivez des années\u{a0}: 2027, 2028 ou 2027-2029.";
    let year = |word: &str| {
        word.trim()
            .parse::<i32>()
            .ok()
            .filter(|year| (1900..=2200).contains(year))
            .ok_or_else(|| A_YEAR.to_owned())
    };

    let mut years = Vec::new();
    let words = raw.split([',', ';', ' ', '\u{a0}', '\u{202f}']);
    for word in words.filter(|word| !word.is_empty()) {
        match word.split_once(['-', '–']) {
            Some((first, last)) => {
                let (first, last) = (year(first)?, year(last)?);
                if last < first {
                    return Err(A_YEAR.to_owned());
                }
                years.extend(first..=last);
            }
            None => years.push(year(word)?),
        }
    }
    years.sort_unstable();
    years.dedup();
    Ok(years)
}

/// An amount in the minor unit of that currency, with any space, with or without its symbol, the decimals after a
/// comma or a point: « 1 234,5 », `1234.50 €`, `1.234,50`. None when nothing is typed.
///
/// # Errors
/// When it is no amount, has more decimals than the currency, or a point that may be either.
pub fn amount(
    raw: &str,
    currency: &Currency,
    reference: &Reference,
) -> Result<Option<Amount>, String> {
    let known = reference.currency(currency.code());
    let symbol = known.map_or("", |known| known.symbol.as_str());
    let trimmed = raw.trim();
    let words: &[&str] = if *currency == Currency::euro() {
        &["euros", "euro"]
    } else {
        &[]
    };
    let figures = [symbol, currency.code()]
        .into_iter()
        .chain(words.iter().copied())
        .filter(|mark| !mark.is_empty())
        .find_map(|mark| trimmed.strip_suffix(mark))
        .unwrap_or(trimmed);
    let figures: String = figures.chars().filter(|c| !is_space(*c)).collect();
    if figures.is_empty() {
        return Ok(None);
    }
    if !figures
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b',' | b'.'))
    {
        return Err("Écrivez un montant, par exemple 1\u{202f}234,56.".to_owned());
    }

    let exponent = text::decimals_of(currency, reference);
    let (whole, cents) = halves(&figures, exponent)?;
    let cents = format!("{cents:0<exponent$}");
    match format!("{whole}{cents}").parse() {
        Ok(amount) => Ok(Some(Amount(amount))),
        Err(_) => Err("Ce montant est trop grand.".to_owned()),
    }
}

/// An amount with the currency that it says, as tables write it: « 1 200 000 XOF », « 12 000 € »; in euros where it
/// says none. None when nothing is typed.
///
/// # Errors
/// As [`amount`]; when the currency is not known, or the sign may be of several.
pub fn money(raw: &str, reference: &Reference) -> Result<Option<(Amount, Currency)>, String> {
    let mark = mark_of(Value::Text(raw));
    let (figures, currency) = match &mark {
        None => (raw, Currency::euro()),
        Some(mark) => match mark.codes.as_slice() {
            [code] if reference.currency(code).is_some() => (&*mark.figures, Currency::new(code)),
            [code] => {
                return Err(format!(
                    "«\u{a0}{code}\u{a0}» n’est pas une monnaie connue."
                ));
            }
            several => {
                let few = several.get(..3).unwrap_or(several).join(", ");
                return Err(format!(
                    "Ce signe est de plusieurs monnaies\u{a0}: écrivez le code ({few}…)."
                ));
            }
        },
    };
    let amount = amount(figures, &currency, reference)?;
    Ok(amount.map(|amount| (amount, currency)))
}

/// « 1 200 000 XOF », « 12 000,50 » of euros, or nothing.
#[must_use]
pub fn say_money(money: Option<&(Amount, Currency)>, reference: &Reference) -> String {
    let Some((amount, currency)) = money else {
        return String::new();
    };
    let figures = text::figures(*amount, currency, reference);
    if *currency == Currency::euro() {
        figures
    } else {
        format!("{figures}\u{a0}{}", currency.code())
    }
}

/// The figures before and after the decimal mark.
fn halves(figures: &str, exponent: usize) -> Result<(String, &str), String> {
    let without = |part: &str| part.replace([',', '.'], "");
    let marks = figures.matches([',', '.']).count();
    let Some(last) = figures.rfind([',', '.']) else {
        return Ok((figures.to_owned(), ""));
    };
    let (before, mark, after) = match (figures.get(..last), figures.get(last..=last)) {
        (Some(before), Some(mark)) => (before, mark, figures.get(last + 1..).unwrap_or("")),
        _ => return Err("Écrivez un montant.".to_owned()),
    };
    // Several of the same mark, three figures after the last: thousands.
    if marks > 1 && before.contains(mark) {
        return if after.len() == 3 {
            Ok((without(figures), ""))
        } else {
            Err("Écrivez un montant, par exemple 1\u{202f}234,56.".to_owned())
        };
    }
    if after.len() > exponent {
        return Err(if after.len() == 3 && mark == "." {
            format!(
                "Le point prête à confusion\u{a0}: écrivez {before}\u{202f}{after} ou {before},{after}."
            )
        } else {
            match exponent {
                0 => "Cette monnaie n’a pas de centimes.".to_owned(),
                1 => "Une décimale au plus.".to_owned(),
                _ => format!("{exponent} décimales au plus."),
            }
        });
    }
    Ok((without(before), after))
}

/// « 1 234,56 », without the symbol, or nothing; decimals are left out when there are none.
#[must_use]
pub fn say_amount(amount: Option<Amount>, currency: &Currency, reference: &Reference) -> String {
    let Some(amount) = amount else {
        return String::new();
    };
    text::figures(amount, currency, reference)
}

/// Any space that people or tables put between figures.
fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{2060}' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn ymd(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn days_are_read_as_they_are_written() {
        let expected = Ok(Some(ymd(2027, 2, 3)));
        for raw in [
            "03/02/2027",
            "3/2/27",
            " 3.2.2027 ",
            "3-2-27",
            "2027-02-03",
            "3 février 2027",
            "3 2 2027",
        ] {
            assert_eq!(day(raw), expected, "{raw}");
        }
        assert_eq!(day("1er mars 1998"), Ok(Some(ymd(1998, 3, 1))));
        assert_eq!(day("16/5/98"), Ok(Some(ymd(1998, 5, 16))));
        assert_eq!(day("  "), Ok(None));
        for raw in [
            "31/02/2027",
            "3/2",
            "3/2/2",
            "demain",
            "3/2/12027",
            "0/1/2027",
            "+3/2/2027",
        ] {
            assert!(day(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn years_are_read_one_by_one_or_as_a_span() {
        assert_eq!(years("2029, 2027-2028 2028"), Ok(vec![2027, 2028, 2029]));
        assert_eq!(years(" "), Ok(vec![]));
        for raw in ["27", "2029-2027", "bientôt", "2027,x", "1-9999999"] {
            assert!(years(raw).is_err(), "{raw}");
        }
    }

    fn euros(raw: &str) -> Result<Option<i64>, String> {
        let amount = amount(raw, &Currency::euro(), Reference::shipped())?;
        Ok(amount.map(|amount| amount.0))
    }

    #[test]
    fn amounts_are_read_with_any_space_and_mark() {
        for raw in [
            "1 234,56 euros",
            "1 234,56",
            "1\u{202f}234,56\u{a0}€",
            "1234.56",
            "1.234,56",
            "1,234.56",
            "1234,56 EUR",
        ] {
            assert_eq!(euros(raw), Ok(Some(123_456)), "{raw}");
        }
        assert_eq!(euros("1234,5"), Ok(Some(123_450)));
        assert_eq!(euros("1.234.567"), Ok(Some(123_456_700)));
        assert_eq!(euros("0,05"), Ok(Some(5)));
        assert_eq!(euros(" € "), Ok(None));
        for raw in [
            "1.234",
            "1,2345",
            "douze",
            "-4",
            "1.2.3",
            "99999999999999999999",
        ] {
            assert!(euros(raw).is_err(), "{raw}");
        }
    }

    #[test]
    fn a_currency_without_decimals_has_none() {
        let francs = |raw| amount(raw, &Currency::new("XOF"), Reference::shipped());
        assert_eq!(francs("1 500 000"), Ok(Some(Amount(1_500_000))));
        assert!(francs("12,5").is_err());
    }

    #[test]
    fn whole_numbers_have_their_bounds() {
        assert_eq!(whole::<u16>("2 026"), Ok(Some(2026)));
        assert!(whole::<u16>("70 000").is_err());
        assert!(whole::<u64>("1,5").is_err());
        assert_eq!(say_whole(Some(41_250_u64)), "41\u{202f}250");
        assert_eq!(say_whole(Some(2026_u16)), "2026");
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(raw in ".{0,40}") {
            let _ = day(&raw);
            let _ = whole::<u32>(&raw);
            let _ = euros(&raw);
        }

        #[test]
        fn what_is_said_reads_the_same(cents in 0..i64::MAX, days in 0..200_000_u64) {
            let said = say_amount(Some(Amount(cents)), &Currency::euro(), Reference::shipped());
            prop_assert_eq!(euros(&said), Ok(Some(cents)));
            let date = ymd(1700, 1, 1) + chrono::Days::new(days);
            prop_assert_eq!(day(&say_day(Some(date))), Ok(Some(date)));
        }
    }
}
