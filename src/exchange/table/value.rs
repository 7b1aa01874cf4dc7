//! What a cell means: an amount, a number, a day, a year. Readers answer with a reason in French that says what is
//! expected; what could be read in two ways is refused, never guessed.

use chrono::{Datelike, Days, NaiveDate};

use super::Value;
use crate::model::{Amount, fold};

/// Something read, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Whether it was rounded to the currency's smallest unit.
    pub rounded: bool,
}

/// A text, on one line; nothing when the cell is empty.
#[must_use]
pub fn text(value: Value<'_>) -> Option<String> {
    match value {
        Value::Empty => None,
        Value::Text(text) => {
            // No-break spaces are French typography: they stay.
            let words = text.split([' ', '\n', '\r', '\t']);
            let words: Vec<&str> = words.filter(|word| !word.is_empty()).collect();
            Some(words.join(" ")).filter(|words| !words.is_empty())
        }
        value => Some(value.shown()),
    }
}

/// A text with its line breaks; nothing when the cell is empty.
#[must_use]
pub fn lines(value: Value<'_>) -> Option<String> {
    match value {
        Value::Empty => None,
        Value::Text(text) => Some(text.to_owned()),
        value => Some(value.shown()),
    }
}

/// A name: a text that no spreadsheet would compute.
///
/// # Errors
/// When it begins as a formula, or is longer than any name.
pub fn name(value: Value<'_>) -> Result<Option<String>, String> {
    let Some(name) = text(value) else {
        return Ok(None);
    };
    if name.starts_with(['=', '@', '+']) || name.starts_with('-') && name.len() > 1 {
        return Err(format!(
            "«\u{a0}{}\u{a0}» est une formule, pas un nom",
            short(&name)
        ));
    }
    if name.starts_with('#') && name.ends_with(['!', '?', 'A']) {
        return Err(format!(
            "«\u{a0}{}\u{a0}» est une erreur du tableur, pas un nom",
            short(&name)
        ));
    }
    if name.chars().count() > 500 {
        return Err("ce nom a plus de 500\u{a0}caractères".to_owned());
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err(format!("«\u{a0}{}\u{a0}» n’est pas un nom", short(&name)));
    }
    Ok(Some(name))
}

/// The beginning of a text, to be quoted in a reason.
#[must_use]
pub fn short(text: &str) -> String {
    match text.char_indices().nth(40) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

/// An amount in the minor unit of a currency that has that many decimals: « 12 345,67 € » with any space,
/// `12.345,67`, `12,345.67`, `(1 200)` and `1 200-` below zero.
///
/// # Errors
/// When it is none, or a point or a comma in it may be either a decimal mark or a separator of thousands.
pub fn amount(value: Value<'_>, decimals: usize) -> Result<Option<Read<Amount>>, String> {
    match value {
        Value::Empty => Ok(None),
        Value::Day(_) => Err("une date tient la place d’un montant".to_owned()),
        Value::Number(number) => number_amount(number, decimals).map(Some),
        Value::Text(text) => typed_amount(text, decimals),
    }
}

fn number_amount(number: f64, decimals: usize) -> Result<Read<Amount>, String> {
    if !number.is_finite() || number.abs() >= 1e13 {
        return Err("ce montant est trop grand".to_owned());
    }
    let units = number * 10_f64.powi(i32::try_from(decimals).unwrap_or(0));
    let whole = units.round();
    // What a sum of floats leaves beyond the smallest unit is noise.
    let noise = 1e-4 + units.abs() * 8.0 * f64::EPSILON;
    Ok(Read {
        value: Amount(whole as i64),
        rounded: (units - whole).abs() > noise,
    })
}

/// The sign of currency beside an amount.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// The ISO codes that it may stand for: « FCFA » is one of two, « F » anyone's franc.
    pub codes: Vec<String>,
    /// What stands beside it, without spaces.
    pub figures: String,
}

impl Mark {
    /// Whether it may stand for that currency.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.codes.iter().any(|it| it == code)
    }
}

/// The sign of currency that an amount is written with; none where it has none, and of what is no text.
#[must_use]
pub fn mark_of(value: Value<'_>) -> Option<Mark> {
    let Value::Text(text) = value else {
        return None;
    };
    let figures: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (figures, codes) = marked(&figures);
    (!codes.is_empty()).then(|| Mark {
        codes,
        figures: figures.to_owned(),
    })
}

/// An amount without its sign of currency, nor « HT » and « TTC »; and what that sign may stand for.
fn marked(figures: &str) -> (&str, Vec<String>) {
    const EURO: &[&str] = &["EUR"];
    const CFA: &[&str] = &["XOF", "XAF"];
    const FRANCS: &[&str] = &[
        "XOF", "XAF", "XPF", "FRF", "CHF", "GNF", "CDF", "DJF", "KMF", "RWF", "BIF",
    ];
    const DOLLARS: &[&str] = &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"];
    // The longest first: an « F » ends « XOF ».
    const SIGNS: [(&str, &[&str]); 10] = [
        ("euros", EURO),
        ("Euros", EURO),
        ("euro", EURO),
        ("FCFA", CFA),
        ("CFA", CFA),
        ("$US", &["USD"]),
        ("FF", &["FRF"]),
        ("€", EURO),
        ("$", DOLLARS),
        ("F", FRANCS),
    ];
    let figures = ["TTC", "HT"]
        .iter()
        .find_map(|tax| figures.strip_suffix(tax))
        .unwrap_or(figures);
    // Three capitals, and no more, are a code.
    let upper = |c: char| c.is_ascii_uppercase();
    let is_code = |code: &str| code.chars().all(upper);
    let at = figures.len().saturating_sub(3);
    let last = figures.split_at_checked(at);
    let last = last.filter(|(rest, code)| is_code(code) && !rest.ends_with(upper));
    let first = figures.split_at_checked(3).map(|(code, rest)| (rest, code));
    let first = first.filter(|(rest, code)| is_code(code) && !rest.starts_with(upper));
    if let Some((rest, code)) = last.or(first).filter(|(_, code)| *code != "CFA") {
        return (rest, vec![code.to_owned()]);
    }
    for (sign, codes) in SIGNS {
        let rest = figures
            .strip_suffix(sign)
            .or_else(|| figures.strip_prefix(sign));
        if let Some(rest) = rest {
            return (rest, codes.iter().map(|code| (*code).to_owned()).collect());
        }
    }
    (figures, Vec::new())
}

fn typed_amount(text: &str, decimals: usize) -> Result<Option<Read<Amount>>, String> {
    let expected = || {
        format!(
            "«\u{a0}{}\u{a0}» n’est pas un montant\u{a0}: écrivez par exemple 1\u{202f}234,56",
            short(text)
        )
    };
    let mut figures: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{2009}'))
        .collect();
    if matches!(figures.as_str(), "-" | "–" | "—" | "") {
        return Ok(None);
    }
    figures = marked(&figures).0.to_owned();
    let accounted = figures
        .strip_prefix('(')
        .and_then(|rest| rest.strip_suffix(')'))
        .map(str::to_owned);
    let mut negative = accounted.is_some();
    let mut figures = accounted.unwrap_or(figures);
    for sign in ['-', '−', '–'] {
        let bare = figures
            .strip_prefix(sign)
            .or_else(|| figures.strip_suffix(sign));
        if let Some(bare) = bare.map(str::to_owned) {
            figures = bare;
            negative = true;
            break;
        }
    }
    if let Some(bare) = figures.strip_prefix('+').map(str::to_owned) {
        figures = bare;
    }
    let plain = |it: &str| !it.is_empty() && it.bytes().all(|byte| byte.is_ascii_digit());
    let (points, commas) = (figures.matches('.').count(), figures.matches(',').count());
    let (whole, part) = match (points, commas) {
        (0, 0) => (figures.clone(), String::new()),
        (1, 0) | (0, 1) => {
            let (whole, part) = figures.split_once(['.', ',']).unwrap_or((&figures, ""));
            if part.len() == 3 && decimals != 3 && whole != "0" {
                return Err(format!(
                    "«\u{a0}{}\u{a0}» peut se lire de deux façons\u{a0}: écrivez \
                         {whole}\u{202f}{part} ou {whole},{}",
                    short(text),
                    part.trim_end_matches('0'),
                ));
            }
            (whole.to_owned(), part.to_owned())
        }
        _ => {
            // Of two marks the last is the decimal one; of several of one mark none is.
            let last = figures.rfind(['.', ',']).unwrap_or(0);
            let (whole, part) = figures.split_at(last);
            let mark = part.get(..1).unwrap_or_default();
            let part = part.get(1..).unwrap_or_default();
            if whole.contains(mark) {
                if !grouped(&figures) {
                    return Err(expected());
                }
                (figures.replace(['.', ','], ""), String::new())
            } else {
                if !grouped(whole) {
                    return Err(expected());
                }
                (whole.replace(['.', ','], ""), part.to_owned())
            }
        }
    };
    let whole = if whole.is_empty() {
        "0".to_owned()
    } else {
        whole
    };
    if !plain(&whole) || !(part.is_empty() || plain(&part)) {
        return Err(expected());
    }
    let zeros = "0".repeat(decimals);
    let padded = format!("{part}{zeros}");
    let (kept, rest) = padded.split_at(decimals);
    let rest = rest
        .get(..part.len().saturating_sub(decimals))
        .unwrap_or_default();
    let cents: i64 = format!("{whole}{kept}")
        .parse()
        .ok()
        .filter(|cents: &i64| *cents < 1_000_000_000_000_000_000)
        .ok_or_else(|| "ce montant est trop grand".to_owned())?;
    let cents = cents + i64::from(rest.starts_with(['5', '6', '7', '8', '9']));
    Ok(Some(Read {
        value: Amount(if negative { -cents } else { cents }),
        rounded: rest.bytes().any(|figure| figure != b'0'),
    }))
}

/// Whether figures stand by three after each mark: `1.234.567`.
fn grouped(figures: &str) -> bool {
    let mut parts = figures.split(['.', ',']);
    let first = parts.next().unwrap_or_default();
    (1..=3).contains(&first.len()) && parts.all(|part| part.len() == 3)
}

/// A whole number that is not negative, with any space between its figures: inhabitants, an order.
///
/// # Errors
/// When it is none.
pub fn whole(value: Value<'_>) -> Result<Option<u64>, String> {
    let refused = || {
        format!(
            "«\u{a0}{}\u{a0}» n’est pas un nombre entier",
            short(&value.shown())
        )
    };
    match value {
        Value::Empty => Ok(None),
        Value::Day(_) => Err(refused()),
        Value::Number(number) if number >= 0.0 && number.fract() == 0.0 && number < 1e15 => {
            Ok(Some(number as u64))
        }
        Value::Number(_) => Err(refused()),
        Value::Text(text) => {
            let bare = text.trim_start_matches(['~', '≈']);
            let lower = bare.to_lowercase();
            let bare = lower
                .trim_end_matches(|c: char| c.is_alphabetic() || c == '.')
                .trim_end();
            let figures: String = bare.chars().filter(|c| !c.is_whitespace()).collect();
            if figures.is_empty() || matches!(text, "-" | "–" | "—") {
                return if text.bytes().any(|byte| byte.is_ascii_digit()) || text.len() > 3 {
                    Err(refused())
                } else {
                    Ok(None)
                };
            }
            let figures = if figures.contains(['.', ',']) && grouped(&figures) {
                figures.replace(['.', ','], "")
            } else {
                figures
            };
            figures.parse().map(Some).map_err(|_| refused())
        }
    }
}

/// A decimal number, with a comma or a point: degrees.
///
/// # Errors
/// When it is none.
pub fn decimal(value: Value<'_>) -> Result<Option<f64>, String> {
    match value {
        Value::Empty => Ok(None),
        Value::Number(number) => Ok(Some(number)),
        Value::Day(_) => Err("une date tient la place d’un nombre".to_owned()),
        Value::Text(text) => {
            let number = text.replace(',', ".").replace('−', "-");
            let number = number.trim_end_matches('°').trim().parse::<f64>();
            match number {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(format!("«\u{a0}{}\u{a0}» n’est pas un nombre", short(text))),
            }
        }
    }
}

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
        format!(
            "«\u{a0}{}\u{a0}» n’est pas une date\u{a0}: écrivez JJ/MM/AAAA, ou l’année",
            short(&value.shown())
        )
    };
    match value {
        Value::Empty => Ok(None),
        Value::Day(day) => Ok(Some(When::Day(day))),
        Value::Number(number) => {
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
    match when(value)? {
        None => Ok(None),
        Some(When::Day(day)) => Ok(Some(day)),
        Some(When::Year(year)) => Err(format!(
            "«\u{a0}{year}\u{a0}» est une année\u{a0}: écrivez une date, JJ/MM/AAAA"
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
    const MONTHS: [[&str; 3]; 12] = [
        ["janvier", "janv", "january"],
        ["fevrier", "fevr", "february"],
        ["mars", "mar", "march"],
        ["avril", "avr", "april"],
        ["mai", "mai", "may"],
        ["juin", "jun", "june"],
        ["juillet", "juil", "july"],
        ["aout", "aout", "august"],
        ["septembre", "sept", "september"],
        ["octobre", "oct", "october"],
        ["novembre", "nov", "november"],
        ["decembre", "dec", "december"],
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn euros(text: &str) -> Result<Option<i64>, String> {
        amount(Value::typed(text), 2).map(|read| read.map(|read| read.value.0))
    }

    #[test]
    fn amounts_as_offices_write_them() {
        for (text, cents) in [
            ("12 345,67 €", 1_234_567),
            ("12\u{a0}345,67\u{a0}€", 1_234_567),
            ("12\u{202f}345,67", 1_234_567),
            ("12\u{2009}345,67\u{2009}€", 1_234_567),
            ("12345.67", 1_234_567),
            ("12.345,67", 1_234_567),
            ("12,345.67", 1_234_567),
            ("1.234.567", 123_456_700),
            ("1'234.50", 123_450),
            ("€ 12", 1_200),
            ("12 EUR", 1_200),
            ("(1 200,5)", -120_050),
            ("-3", -300),
            ("1 200-", -120_000),
            ("0,125", 13),
            (",5", 50),
        ] {
            assert_eq!(euros(text), Ok(Some(cents)), "{text}");
        }
        assert_eq!(euros("—"), Ok(None));
        for text in ["douze", "12,34,5", "1.2.3", "12 345,67 k€", "12/3"] {
            assert!(euros(text).is_err(), "{text}");
        }
        assert!(euros("12.345").unwrap_err().contains("deux façons"));
    }

    #[test]
    fn a_sign_of_currency_says_which_it_may_be() {
        let codes = |text| mark_of(Value::typed(text)).map_or_else(Vec::new, |mark| mark.codes);
        assert_eq!(codes("12 345,67 €"), ["EUR"]);
        assert_eq!(codes("655 957 FCFA"), ["XOF", "XAF"]);
        assert_eq!(codes("FCFA 655 957"), ["XOF", "XAF"]);
        assert_eq!(codes("1 000 000 XOF"), ["XOF"]);
        assert_eq!(codes("USD 12"), ["USD"]);
        assert_eq!(codes("12 € TTC"), ["EUR"]);
        assert!(codes("1 000 $").contains(&"USD".to_owned()));
        assert!(codes("1 000 F").contains(&"XOF".to_owned()));
        assert!(codes("1 000").is_empty() && codes("").is_empty());
        for text in [
            "655 957 FCFA",
            "655 957 XOF",
            "655 957 F",
            "TND 655 957",
            "655 957 HT",
        ] {
            assert_eq!(euros(text), Ok(Some(65_595_700)), "{text}");
        }
    }

    #[test]
    fn a_number_of_a_spreadsheet_is_exact_to_the_cent() {
        let read = |number, decimals| amount(Value::Number(number), decimals).unwrap().unwrap();
        assert_eq!(
            read(0.1 + 0.2, 2),
            Read {
                value: Amount(30),
                rounded: false
            }
        );
        assert_eq!(
            read(33.333_333, 2),
            Read {
                value: Amount(3_333),
                rounded: true
            }
        );
        assert_eq!(read(-12.5, 2).value, Amount(-1_250));
        assert_eq!(read(655_957.0, 0).value, Amount(655_957));
        assert_eq!(
            read(1.2345, 3),
            Read {
                value: Amount(1_235),
                rounded: true
            }
        );
        assert!(amount(Value::Number(f64::NAN), 2).is_err());
    }

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
        assert_eq!(year(Value::typed("Exercice 2027")), Ok(Some(2027)));
    }

    #[test]
    fn inhabitants_and_names() {
        for text in [
            "317 763",
            "317\u{a0}763",
            "317.763",
            "317,763",
            "317763 hab.",
        ] {
            assert_eq!(whole(Value::typed(text)), Ok(Some(317_763)), "{text}");
        }
        assert!(whole(Value::typed("317,5")).is_err());
        assert!(
            name(Value::typed("=cmd|' /C calc'!A0"))
                .unwrap_err()
                .contains("formule")
        );
        let refused = name(Value::typed("#NAME?")).unwrap_err();
        assert!(refused.contains("erreur du tableur"), "{refused}");
        assert_eq!(
            name(Value::typed("Đà  Nẵng")),
            Ok(Some("Đà Nẵng".to_owned()))
        );
        assert_eq!(
            text(Value::typed("une\n note\u{202f}; puis")),
            Some("une note\u{202f}; puis".to_owned())
        );
    }

    proptest! {
        #[test]
        fn whatever_is_typed_is_read_or_refused(text in "\\PC{0,40}", number in any::<f64>()) {
            for value in [Value::typed(&text), Value::Number(number)] {
                let _ = (amount(value, 2), when(value), whole(value), year(value), name(value), decimal(value));
            }
        }

        #[test]
        fn an_amount_that_is_said_is_read_again(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            let said = format!("{}{},{:02} €", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
            prop_assert_eq!(euros(&said), Ok(Some(cents)));
            let number = cents as f64 / 100.0;
            prop_assert_eq!(amount(Value::Number(number), 2).unwrap().unwrap(), Read { value: Amount(cents), rounded: false });
        }
    }
}
