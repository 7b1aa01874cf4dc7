//! French on screens: days, hours, amounts, counts.
//!
//! Documents say days in words; that is `document`'s. Here they are figures: « 23/11/2026 ».

use chrono::{Datelike, Days, NaiveDate, NaiveTime};

use crate::model::{Amount, Currency};
use crate::reference::Reference;

/// « 23/11/2026 ».
#[must_use]
pub fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// « 8 déc. »: a day that is near, in a column of days; with its year when that could be mistaken.
#[must_use]
pub fn near_day(date: NaiveDate, today: NaiveDate) -> String {
    const MONTHS: [&str; 12] = [
        "janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.",
        "déc.",
    ];
    let month = MONTHS
        .get(date.month0() as usize)
        .copied()
        .unwrap_or_default();
    let day = match date.day() {
        1 => "1er".to_owned(),
        day => day.to_string(),
    };
    let is_near = (today - Days::new(180)..today + Days::new(180)).contains(&date);
    if is_near {
        format!("{day}\u{a0}{month}")
    } else {
        format!("{day}\u{a0}{month} {}", date.year())
    }
}

/// « 14:32 ».
#[must_use]
pub fn hour(time: NaiveTime) -> String {
    time.format("%H:%M").to_string()
}

/// « 01/01/2027 – 31/12/2029 », or the bound that is known.
#[must_use]
pub fn term(start: Option<NaiveDate>, end: Option<NaiveDate>) -> String {
    match (start, end) {
        (Some(start), Some(end)) => format!("{} – {}", day(start), day(end)),
        (Some(start), None) => format!("depuis le {}", day(start)),
        (None, Some(end)) => format!("jusqu’au {}", day(end)),
        (None, None) => "durée à fixer".to_owned(),
    }
}

/// « 114 200 € », « 1 234,56 € »: cents are left out when there are none.
#[must_use]
pub fn amount(amount: Amount, currency: &Currency, reference: &Reference) -> String {
    reference.amount(amount, currency)
}

/// « 114 200 », « 1 234,56 »: an amount without its symbol.
#[must_use]
pub fn figures(amount: Amount, currency: &Currency, reference: &Reference) -> String {
    reference.figures(amount, currency)
}

/// How many decimals a currency has; two where it is not known.
#[must_use]
pub fn decimals_of(currency: &Currency, reference: &Reference) -> usize {
    reference.decimals_of(currency)
}

pub use crate::model::count;
pub use crate::reference::thousands;

/// « 1er » for the first article, « 2 » for the second.
#[must_use]
pub fn ordinal(rank: usize) -> String {
    match rank {
        1 => "1er".to_owned(),
        rank => rank.to_string(),
    }
}

/// As within a sentence: without its capital, unless it is an acronym.
#[must_use]
pub fn within(words: &str) -> String {
    let mut letters = words.chars();
    let Some(first) = letters.next() else {
        return String::new();
    };
    if letters.clone().next().is_some_and(char::is_uppercase) {
        return words.to_owned();
    }
    first.to_lowercase().chain(letters).collect()
}

/// Words of at most so many letters, « … » among them where they are cut: for what is no wider than its letters.
#[must_use]
pub fn shortened(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let begun: String = words.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", begun.trim_end())
}

/// With a capital, to begin a sentence.
#[must_use]
pub fn capital(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_are_french() {
        let reference = Reference::shipped();
        let euros = |cents| amount(Amount(cents), &Currency::euro(), reference);
        assert_eq!(euros(11_420_000), "114\u{202f}200\u{a0}€");
        assert_eq!(euros(123_456), "1\u{202f}234,56\u{a0}€");
        assert_eq!(euros(-5), "−0,05\u{a0}€");
        assert_eq!(euros(99_900), "999\u{a0}€");

        let francs = amount(Amount(1_500_000), &Currency::new("XOF"), reference);
        assert!(
            francs.starts_with("1\u{202f}500\u{202f}000\u{a0}"),
            "{francs}"
        );
    }

    #[test]
    fn days_are_short_while_their_year_is_plain() {
        let day = |year, month, day| NaiveDate::from_ymd_opt(year, month, day).unwrap();
        let told = |date| near_day(date, day(2026, 11, 23));
        assert_eq!(told(day(2026, 12, 8)), "8\u{a0}déc.");
        assert_eq!(told(day(2027, 5, 1)), "1er\u{a0}mai");
        assert_eq!(told(day(2026, 6, 30)), "30\u{a0}juin");
        assert_eq!(told(day(2027, 6, 30)), "30\u{a0}juin 2027");
        assert_eq!(told(day(2027, 11, 23)), "23\u{a0}nov. 2027");
        assert_eq!(told(day(2025, 11, 23)), "23\u{a0}nov. 2025");
    }

    #[test]
    fn long_words_are_cut_and_say_so() {
        assert_eq!(shortened("Réseau d’eau", 12), "Réseau d’eau");
        assert_eq!(shortened("Réseau d’eau", 8), "Réseau…");
        assert_eq!(shortened("Réseau d’eau", 7), "Réseau…");
    }

    #[test]
    fn terms_say_what_is_known() {
        let day = |year| NaiveDate::from_ymd_opt(year, 1, 2);
        assert_eq!(term(day(2027), day(2029)), "02/01/2027 – 02/01/2029");
        assert_eq!(term(None, day(2029)), "jusqu’au 02/01/2029");
        assert_eq!(term(None, None), "durée à fixer");
    }
}
