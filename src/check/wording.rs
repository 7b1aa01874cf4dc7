//! How messages say a day, a sum, a name, a list, a place in the text.

use chrono::NaiveDate;

use crate::model::Amount;

pub(super) use crate::model::quoted;

/// A day as screens write it.
pub(super) fn day(date: NaiveDate) -> String {
    date.format("%d/%m/%Y").to_string()
}

/// « a », « a et b », « a, b et c ».
pub(super) fn list<S: AsRef<str>>(items: &[S]) -> String {
    match items {
        [] => String::new(),
        [one] => one.as_ref().to_owned(),
        [before @ .., last] => {
            let before: Vec<&str> = before.iter().map(AsRef::as_ref).collect();
            format!("{} et {}", before.join(", "), last.as_ref())
        }
    }
}

/// The same with a capital, to begin a sentence.
pub(super) fn capital(words: &str) -> String {
    let mut chars = words.chars();
    chars
        .next()
        .map(|first| first.to_uppercase().chain(chars).collect())
        .unwrap_or_default()
}

/// Euros: « 12 000 € », « 12 000,50 € ».
pub(super) fn euros(amount: Amount) -> String {
    let cents = amount.0.unsigned_abs();
    let whole = (cents / 100).to_string();

    let mut said = String::from(if amount.0 < 0 { "−" } else { "" });
    for (at, digit) in whole.char_indices() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            said.push('\u{202f}');
        }
        said.push(digit);
    }
    match cents % 100 {
        0 => {}
        rest => said.push_str(&format!(",{rest:02}")),
    }
    said.push_str("\u{a0}€");
    said
}

/// An item of a convention as one cites it: « l’article 3 », « le visa n° 2 », counted from 1.
pub(super) fn item(field: &str, number: usize) -> String {
    match (field, number) {
        ("articles", 1) => "l’article 1er".to_owned(),
        ("articles", number) => format!("l’article {number}"),
        ("visas", number) => format!("le visa n°\u{a0}{number}"),
        ("recitals", number) => format!("le considérant n°\u{a0}{number}"),
        (_, number) => format!("l’annexe {number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_read_at_a_glance() {
        for (cents, said) in [
            (0, "0\u{a0}€"),
            (1_200_050, "12\u{202f}000,50\u{a0}€"),
            (123_456_700, "1\u{202f}234\u{202f}567\u{a0}€"),
            (-99_900, "−999\u{a0}€"),
        ] {
            assert_eq!(euros(Amount(cents)), said);
        }
    }

    #[test]
    fn a_list_ends_with_and() {
        assert_eq!(list(&["le compte"]), "le compte");
        assert_eq!(
            list(&["le compte", "le solde", "le terme"]),
            "le compte, le solde et le terme"
        );
    }
}
