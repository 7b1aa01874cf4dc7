//! Days and years, in every form that offices write them.

use chrono::{Datelike, Days, NaiveDate};

use super::cited;
use crate::exchange::table::Value;
use crate::model::{fold, quoted};

/// A day, or the year alone where only that is told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum When {
    /// A day.
    Day(NaiveDate),
    /// A year.
    Year(i32),
}

impl When {
    /// Its year.
    #[must_use]
    pub fn year(self) -> i32 {
        match self {
            Self::Day(day) => day.year(),
            Self::Year(year) => year,
        }
    }
}

/// A day or a year: `03/02/2027`, `2027-02-03`, « 3 février 2027 », a serial number of Excel, `1996`.
///
/// # Errors
/// When it is neither.
pub fn when(value: Value<'_>) -> Result<Option<When>, String> {
    let refused = || {
        let shown = value.shown();
        let what = match is_month(&shown) {
            true => "est un mois",
            false => "n’est pas une date",
        };
        format!(
            "{} {what}\u{a0}: écrivez JJ/MM/AAAA, ou l’année",
            cited(&shown)
        )
    };
    match value {
        Value::Empty => Ok(None),
        Value::Day(day) => Ok(Some(When::Day(day))),
        Value::Number(number) | Value::Counted(number, _) => {
            let whole = number.trunc();
            if (1000.0..=2200.0).contains(&whole) {
                return Ok(Some(When::Year(whole as i32)));
            }
            serial(number)
                .map(|day| Some(When::Day(day)))
                .ok_or_else(refused)
        }
        Value::Text(text) => {
            if matches!(text, "-" | "–" | "—") {
                return Ok(None);
            }
            typed_when(text).map(Some).ok_or_else(refused)
        }
    }
}

/// A day.
///
/// # Errors
/// When it is none, a year alone included.
pub fn day(value: Value<'_>) -> Result<Option<NaiveDate>, String> {
    // A year is no day, and is not offered.
    let read = when(value).map_err(|why| why.replace(", ou l’année", ""));
    match read? {
        None => Ok(None),
        Some(When::Day(day)) => Ok(Some(day)),
        Some(When::Year(year)) => Err(format!(
            "{} est une année\u{a0}: écrivez une date, JJ/MM/AAAA",
            quoted(&year.to_string())
        )),
    }
}

/// The day of a serial number of Excel, from 1900 on; as far as 2200.
fn serial(number: f64) -> Option<NaiveDate> {
    if !(1.0..110_000.0).contains(&number) {
        return None;
    }
    let epoch = NaiveDate::from_ymd_opt(1899, 12, 30)?;
    epoch.checked_add_days(Days::new(number as u64))
}

fn typed_when(text: &str) -> Option<When> {
    // An hour after a day says nothing here.
    let words = fold(text);
    let mut parts: Vec<&str> = words.split(' ').collect();
    if let Some(joined) = parts.first().filter(|_| parts.len() >= 3)
        && joined.len() == 4
        && let Some(day) = parts.get(2).and_then(|day| day.get(..2))
        && parts.get(2).is_some_and(|day| day.get(2..3) == Some("t"))
    {
        return ymd(joined, parts.get(1)?, day).map(When::Day);
    }
    let weekdays = [
        "lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche", "le", "du",
    ];
    parts.retain(|part| !weekdays.contains(part));
    match parts.as_slice() {
        [year] => match year.len() {
            4 => year_of(year).map(When::Year),
            // 20270203, or a serial number that came as text.
            8 => ymd(year.get(..4)?, year.get(4..6)?, year.get(6..)?).map(When::Day),
            5 => serial(year.parse().ok()?).map(When::Day),
            _ => None,
        },
        [first, month, last, hour @ ..] => {
            if !hour
                .iter()
                .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()))
            {
                return None;
            }
            let day = match first.len() {
                4 => ymd(first, month, last),
                _ => ymd(last, month, first.strip_suffix("er").unwrap_or(first)),
            };
            day.map(When::Day)
        }
        _ => None,
    }
}

/// Whether a text is a month and no day: « févr.-27 », « février 2027 ».
fn is_month(text: &str) -> bool {
    let words = fold(text);
    match words.split(' ').collect::<Vec<_>>().as_slice() {
        [month, year] => {
            month.parse::<u32>().is_err() && month_of(month).is_some() && year_of(year).is_some()
        }
        _ => false,
    }
}

fn ymd(year: &str, month: &str, day: &str) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year_of(year)?, month_of(month)?, day.parse().ok()?)
}

fn year_of(part: &str) -> Option<i32> {
    let year: i32 = part.parse().ok()?;
    match part.len() {
        2 if year < 70 => Some(2000 + year),
        2 => Some(1900 + year),
        4 => Some(year).filter(|year| (1000..=2200).contains(year)),
        _ => None,
    }
}

fn month_of(part: &str) -> Option<u32> {
    const MONTHS: [&[&str]; 12] = [
        &["janvier", "janv", "jan", "january"],
        &["fevrier", "fevr", "fev", "february", "feb"],
        &["mars", "mar", "march"],
        &["avril", "avr", "april", "apr"],
        &["mai", "may"],
        &["juin", "june", "jun"],
        &["juillet", "juil", "july", "jul"],
        &["aout", "aou", "august", "aug"],
        &["septembre", "sept", "sep", "september"],
        &["octobre", "oct", "october"],
        &["novembre", "nov", "november"],
        &["decembre", "dec", "december"],
    ];
    let named = MONTHS
        .iter()
        .zip(1..)
        .find(|(names, _)| names.contains(&part));
    named.map(|(_, month)| month).or_else(|| part.parse().ok())
}

/// A year: `2027`, « Exercice 2027 », or that of a day.
///
/// # Errors
/// When it is none.
pub fn year(value: Value<'_>) -> Result<Option<i32>, String> {
    if let Value::Text(text) = value
        && let [only] = years_in(text).as_slice()
    {
        return Ok(Some(*only));
    }
    Ok(when(value)?.map(When::year))
}

/// The years that a text names.
#[must_use]
pub fn years_in(text: &str) -> Vec<i32> {
    let words = fold(text);
    let years = words.split(|c: char| !c.is_ascii_digit());
    years
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1900..=2200).contains(year))
        .collect()
}

/// Whether a day can only be one with its month first: « 03/14/2026 ».
#[must_use]
pub fn is_month_first(said: &str) -> bool {
    let parts: Vec<u32> = said
        .split('/')
        .map_while(|part| part.trim().parse().ok())
        .collect();
    matches!(parts.as_slice(), [1..=12, 13..=31, year] if *year > 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_in_every_form() {
        let day = NaiveDate::from_ymd_opt(2027, 2, 3).unwrap();
        for text in [
            "03/02/2027",
            "3/2/27",
            "03-02-2027",
            "3.2.2027",
            "2027-02-03",
            "2027-02-03T10:00:00",
            "03/02/2027 10:30",
            "3 février 2027",
            "mercredi 3 févr. 2027",
            "3 fév. 2027",
            "3-févr-27",
            "20270203",
            "46421",
        ] {
            assert_eq!(when(Value::typed(text)), Ok(Some(When::Day(day))), "{text}");
        }
        assert_eq!(when(Value::Number(46_421.0)), Ok(Some(When::Day(day))));
        assert_eq!(when(Value::Number(1996.0)), Ok(Some(When::Year(1996))));
        assert_eq!(when(Value::typed("1996")), Ok(Some(When::Year(1996))));
        for text in ["02/13/2027", "31/02/2027", "hier", "3 brumaire 2027"] {
            assert!(
                when(Value::typed(text)).unwrap_err().contains("JJ/MM/AAAA"),
                "{text}"
            );
        }
        for month in ["févr.-27", "février 2027", "fév-27"] {
            let why = super::day(Value::typed(month)).unwrap_err();
            assert!(
                why.contains("est un mois") && !why.contains("année"),
                "{why}"
            );
        }
        assert_eq!(year(Value::typed("Exercice 2027")), Ok(Some(2027)));
    }
}
