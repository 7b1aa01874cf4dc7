//! Amounts and numbers as a document prints them. Whole numbers in, words out: no float comes near money.

use crate::model::{Amount, Currency};
use crate::reference::{Labels, Reference, fill};

/// The exponent of a currency: how many of an amount's figures are decimals. Two where the currency is not known.
pub(super) fn exponent(currency: &Currency, reference: &Reference) -> u32 {
    reference
        .currency(currency.code())
        .map_or(2, |known| u32::from(known.exponent))
}

/// When decimals are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Cents {
    WhereThereAreSome,
    Always,
}

/// « 150 000 », « 1 234,56 »: grouped by three.
pub(super) fn figures(amount: Amount, exponent: u32, cents: Cents, labels: &Labels) -> String {
    let unit = 10_u64.saturating_pow(exponent);
    let (whole, part) = (
        amount.0.unsigned_abs() / unit,
        amount.0.unsigned_abs() % unit,
    );

    let digits = whole.to_string();
    let mut text = String::new();
    if amount.0 < 0 {
        text.push('−');
    }
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push_str(&labels.numbers.group);
        }
        text.push(digit);
    }
    if part > 0 || (cents == Cents::Always && exponent > 0) {
        text.push_str(&labels.numbers.decimal);
        text.push_str(&format!("{part:0width$}", width = exponent as usize));
    }
    text
}

/// « 150 000 euros », « 1 euro ».
pub(super) fn amount(
    amount: Amount,
    currency: &Currency,
    reference: &Reference,
    labels: &Labels,
) -> String {
    let exponent = exponent(currency, reference);
    let unit = unit(amount, exponent, currency, reference, labels);
    let figures = figures(amount, exponent, Cents::WhereThereAreSome, labels);
    fill(
        &labels.numbers.money,
        &[("amount", &figures), ("unit", &unit)],
    )
}

/// « euros », « euro »: singular below two, as French has it.
fn unit(
    amount: Amount,
    exponent: u32,
    currency: &Currency,
    reference: &Reference,
    labels: &Labels,
) -> String {
    let is_one = amount.0.unsigned_abs() < 2 * 10_u64.saturating_pow(exponent);
    let said = labels
        .currencies
        .get(currency.code())
        .map(|words| (&words.one, &words.many));
    let known = reference.currency(currency.code());
    said.or(known.map(|known| (&known.one, &known.many)))
        .map_or_else(
            || currency.code().to_owned(),
            |(one, many)| if is_one { one.clone() } else { many.clone() },
        )
}

/// « cent cinquante mille euros », in French; cents follow: « et vingt centimes ».
///
/// Spelling of 1990: hyphens between all the words of a number below a million.
pub(super) fn amount_in_french_words(
    amount: Amount,
    currency: &Currency,
    reference: &Reference,
    labels: &Labels,
) -> String {
    let exponent = exponent(currency, reference);
    let scale = 10_u64.saturating_pow(exponent);
    let (whole, part) = (
        amount.0.unsigned_abs() / scale,
        amount.0.unsigned_abs() % scale,
    );
    let unit = unit(amount, exponent, currency, reference, labels);

    let number = in_french(whole);
    // « un million d’euros », and « un million deux cents euros ».
    let link = match (whole >= 1_000_000 && whole.is_multiple_of(1_000_000), &unit) {
        (false, _) => " ",
        (true, unit) if unit.starts_with(['a', 'e', 'é', 'i', 'o', 'u']) => " d’",
        (true, _) => " de ",
    };
    let mut words = format!("{number}{link}{unit}");
    if part > 0 {
        let plural = if part == 1 { "" } else { "s" };
        let part = in_french(part);
        words.push_str(&format!(
            " et {part} {}{plural}",
            fraction(currency, exponent)
        ));
    }
    words
}

/// What the decimals of an amount are called: a fraction of the unit where they have no name of their own here.
fn fraction(currency: &Currency, exponent: u32) -> &'static str {
    match (currency.code(), exponent) {
        ("TND", _) => "millime",
        (_, 3) => "millième",
        _ => "centime",
    }
}

/// A whole number in French.
pub(super) fn in_french(number: u64) -> String {
    const SCALES: [(u64, &str); 2] = [(1_000_000_000, "milliard"), (1_000_000, "million")];

    if number == 0 {
        return "zéro".to_owned();
    }
    let mut parts = Vec::new();
    let mut rest = number;
    for (scale, name) in SCALES {
        let count = rest / scale;
        if count > 0 {
            let plural = if count > 1 { "s" } else { "" };
            parts.push(format!("{} {name}{plural}", in_french(count)));
            rest %= scale;
        }
    }
    match (rest / 1_000, rest % 1_000) {
        (0, 0) => {}
        (0, units) => parts.push(hundreds(units, true)),
        (1, 0) => parts.push("mille".to_owned()),
        (1, units) => parts.push(format!("mille-{}", hundreds(units, true))),
        (thousands, 0) => parts.push(format!("{}-mille", hundreds(thousands, false))),
        (thousands, units) => parts.push(format!(
            "{}-mille-{}",
            hundreds(thousands, false),
            hundreds(units, true)
        )),
    }
    parts.join(" ")
}

/// From 1 to 999. `last`: « deux-cents » takes its s only where nothing follows.
fn hundreds(number: u64, last: bool) -> String {
    let tens = |rest| below_a_hundred(rest, last);
    match (number / 100, number % 100) {
        (0, rest) => tens(rest),
        (1, 0) => "cent".to_owned(),
        (1, rest) => format!("cent-{}", tens(rest)),
        (count, 0) if last => format!("{}-cents", below_a_hundred(count, false)),
        (count, 0) => format!("{}-cent", below_a_hundred(count, false)),
        (count, rest) => format!("{}-cent-{}", below_a_hundred(count, false), tens(rest)),
    }
}

fn below_a_hundred(number: u64, last: bool) -> String {
    const SMALL: [&str; 17] = [
        "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix",
        "onze", "douze", "treize", "quatorze", "quinze", "seize",
    ];
    const TENS: [&str; 6] = [
        "vingt",
        "trente",
        "quarante",
        "cinquante",
        "soixante",
        "soixante",
    ];

    let small = |number: u64| {
        usize::try_from(number)
            .ok()
            .and_then(|place| SMALL.get(place))
            .copied()
            .unwrap_or_default()
    };
    match number {
        0..=16 => small(number).to_owned(),
        17..=19 => format!("dix-{}", small(number - 10)),
        71 => "soixante-et-onze".to_owned(),
        80 if last => "quatre-vingts".to_owned(),
        80 => "quatre-vingt".to_owned(),
        81..=99 => format!("quatre-vingt-{}", below_a_hundred(number - 80, last)),
        _ => {
            let ten = usize::try_from(number / 10 - 2)
                .ok()
                .and_then(|place| TENS.get(place))
                .copied()
                .unwrap_or_default();
            let rest = if number >= 70 {
                number - 60
            } else {
                number % 10
            };
            match rest {
                0 => ten.to_owned(),
                1 => format!("{ten}-et-un"),
                rest => format!("{ten}-{}", below_a_hundred(rest, last)),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    #[test]
    fn numbers_in_french() {
        for (number, words) in [
            (1, "un"),
            (21, "vingt-et-un"),
            (71, "soixante-et-onze"),
            (77, "soixante-dix-sept"),
            (80, "quatre-vingts"),
            (91, "quatre-vingt-onze"),
            (99, "quatre-vingt-dix-neuf"),
            (200, "deux-cents"),
            (280, "deux-cent-quatre-vingts"),
            (1_000, "mille"),
            (80_000, "quatre-vingt-mille"),
            (200_001, "deux-cent-mille-un"),
            (481_500, "quatre-cent-quatre-vingt-un-mille-cinq-cents"),
            (2_000_000, "deux millions"),
            (1_001_000, "un million mille"),
        ] {
            assert_eq!(in_french(number), words);
        }
    }

    #[test]
    fn amounts_follow_the_currency_and_the_language() {
        let reference = Reference::shipped();
        let french = reference.labels(&Lang::french());
        let said = |cents: i64, code: &str| {
            amount(Amount(cents), &Currency::new(code), reference, french)
                .replace(['\u{a0}', '\u{202f}'], " ")
        };
        assert_eq!(said(15_000_000, "EUR"), "150 000 euros");
        assert_eq!(said(100, "EUR"), "1 euro");
        assert_eq!(said(123_456, "EUR"), "1 234,56 euros");
        assert_eq!(said(655_957, "XOF"), "655 957 francs CFA");
        assert_eq!(said(1_500, "TND"), "1,500 dinar tunisien");

        let words =
            |cents| amount_in_french_words(Amount(cents), &Currency::euro(), reference, french);
        assert_eq!(words(15_000_000), "cent-cinquante-mille euros");
        assert_eq!(words(200_000_000), "deux millions d’euros");
        assert_eq!(words(1_020), "dix euros et vingt centimes");
        let words_in = |code: &str| {
            let currency = Currency::new(code);
            amount_in_french_words(Amount(12_500), &currency, reference, french)
        };
        assert_eq!(
            words_in("TND"),
            "douze dinars tunisiens et cinq-cents millimes"
        );
        assert!(words_in("KWD").ends_with("et cinq-cents millièmes"));
    }
}
