//! Amounts as offices and spreadsheets write them, and the sign of currency beside them.

use std::borrow::Cow;

use super::{cited, grouped};
use crate::exchange::table::{Symbol, Value};
use crate::model::Amount;

/// Something read, and what it cost.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Read<T> {
    /// The value.
    pub value: T,
    /// Whether it was rounded to the currency's smallest unit.
    pub rounded: bool,
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
        Value::Counted(number, symbol) => match power_of(symbol) {
            Some(power) => number_amount(number, decimals + power).map(Some),
            None => Err(format!(
                "{} n’est pas un montant\u{a0}: le format de la cellule dit une unité qui n’est pas une monnaie connue",
                cited(&value.shown())
            )),
        },
        Value::Text(text) if text.starts_with('=') => Err(
            "cette formule n’a pas de valeur\u{a0}: ouvrez le fichier dans le tableur, enregistrez-le, et importez-le de nouveau"
                .to_owned(),
        ),
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
    /// By tens to that power: 3 of « k€ ».
    pub power: usize,
}

impl Mark {
    /// Whether it may stand for that currency.
    #[must_use]
    pub fn allows(&self, code: &str) -> bool {
        self.codes.iter().any(|it| it == code)
    }
}

/// The sign of currency that an amount is written with; none where it has none, and of a number whose cell says none.
#[must_use]
pub fn mark_of(value: Value<'_>) -> Option<Mark> {
    let text = match value {
        Value::Text(text) => Cow::Borrowed(text),
        Value::Counted(_, symbol) if power_of(symbol).is_some() => Cow::Owned(value.shown()),
        _ => return None,
    };
    let figures: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    let (figures, codes) = marked(&figures);
    (!codes.is_empty()).then(|| Mark {
        codes,
        figures: figures.to_owned(),
        power: by_tens(figures).1,
    })
}

/// By how much a unit counts, where it is a sign of currency and no more: 0 of « € », 3 of « k€ ».
fn power_of(symbol: Symbol) -> Option<usize> {
    let (rest, codes) = marked(symbol.as_str());
    let (rest, power) = by_tens(rest);
    (rest.is_empty() && !codes.is_empty()).then_some(power)
}

/// What stands beside a sign of currency, without the letter that counts by thousands or by millions: « 12k », « 1,2M ».
fn by_tens(figures: &str) -> (&str, usize) {
    let thousands = figures.strip_suffix(['k', 'K']).map(|rest| (rest, 3));
    let millions = || figures.strip_suffix('M').map(|rest| (rest, 6));
    thousands.or_else(millions).unwrap_or((figures, 0))
}

/// What « CFA » may stand for.
pub const CFA: &[&str] = &["XOF", "XAF"];

/// Whose francs « F » may be, that of before the euro with them.
pub const FRANCS: &[&str] = &[
    "XOF", "XAF", "XPF", "FRF", "CHF", "GNF", "CDF", "DJF", "KMF", "RWF", "BIF",
];

/// Whose dollars « $ » may be.
pub const DOLLARS: &[&str] = &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD"];

/// An amount without its sign of currency, nor « HT » and « TTC »; and what that sign may stand for.
fn marked(figures: &str) -> (&str, Vec<String>) {
    const EURO: &[&str] = &["EUR"];
    // The longest first: an « F » ends « XOF ».
    const SIGNS: [(&str, &[&str]); 11] = [
        ("EUR", EURO),
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
    let is_code = |code: &str| code.len() == 3 && code.chars().all(upper);
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
            "{} n’est pas un montant\u{a0}: écrivez par exemple 1\u{202f}234,56",
            cited(text)
        )
    };
    let mut figures: String = text
        .chars()
        .filter(|c| !c.is_whitespace() && !matches!(c, '\'' | '’' | '\u{2009}'))
        .collect();
    if matches!(figures.as_str(), "-" | "–" | "—" | "") {
        return Ok(None);
    }
    let (bare, codes) = marked(&figures);
    let (bare, power) = match codes.is_empty() {
        true => (bare, 0),
        false => by_tens(bare),
    };
    let decimals = decimals + power;
    figures = bare.to_owned();
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
            // Thousands with a comma are told by no one in France.
            let is_meant = decimals == 3 || decimals > 3 && figures.contains(',');
            if part.len() == 3 && !is_meant && whole != "0" {
                return Err(format!(
                    "{} peut se lire de deux façons\u{a0}: écrivez \
                         {whole}\u{202f}{part} ou {whole},{}",
                    cited(text),
                    part.trim_end_matches('0')
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
        for (text, cents) in [
            ("12k€", 1_200_000),
            ("12 k€", 1_200_000),
            ("12,345 K€", 1_234_500),
            ("1,2 M€", 120_000_000),
            ("12 345,67 € TTC", 1_234_567),
            ("3 KEUR", 300_000),
        ] {
            assert_eq!(euros(text), Ok(Some(cents)), "{text}");
        }
        assert!(euros("12.345 k€").unwrap_err().contains("deux façons"));
        for text in ["douze", "12,34,5", "1.2.3", "12k", "12/3"] {
            assert!(euros(text).is_err(), "{text}");
        }
        assert!(euros("12.345").unwrap_err().contains("deux façons"));
    }

    #[test]
    fn a_sign_of_currency_says_which_it_may_be() {
        for none in ["TTC", "HT", "12 TTC", "abc"] {
            assert_eq!(mark_of(Value::Text(none)), None, "{none}");
        }
        let codes = |text| mark_of(Value::typed(text)).map_or_else(Vec::new, |mark| mark.codes);
        assert_eq!(codes("12 345,67 €"), ["EUR"]);
        assert_eq!(codes("655 957 FCFA"), ["XOF", "XAF"]);
        assert_eq!(codes("FCFA 655 957"), ["XOF", "XAF"]);
        assert_eq!(codes("1 000 000 XOF"), ["XOF"]);
        assert_eq!(codes("USD 12"), ["USD"]);
        assert_eq!(codes("12 k€"), ["EUR"]);
        assert_eq!(codes("12 MAD"), ["MAD"]);
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

    proptest! {
        #[test]
        fn an_amount_that_is_said_is_read_again(cents in -1_000_000_000_000_i64..1_000_000_000_000) {
            let said = format!("{}{},{:02} €", if cents < 0 { "-" } else { "" }, cents.abs() / 100, cents.abs() % 100);
            prop_assert_eq!(euros(&said), Ok(Some(cents)));
            let number = cents as f64 / 100.0;
            prop_assert_eq!(amount(Value::Number(number), 2).unwrap().unwrap(), Read { value: Amount(cents), rounded: false });
        }
    }
}
