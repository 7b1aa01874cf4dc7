//! What a cell means: a text, a number, an [`amount`], a [`day`](when). Readers answer with a reason in French that says what is
//! expected; what could be read in two ways is refused, never guessed.

mod amount;
mod day;

pub use self::amount::{CFA, DOLLARS, FRANCS, Mark, Read, amount, mark_of};
pub use self::day::{When, day, is_month_first, when, year, years_in};
use super::Value;
use crate::model::quoted;

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
/// When it begins as a formula or an address, or is longer than any name.
pub fn name(value: Value<'_>) -> Result<Option<String>, String> {
    let Some(name) = text(value) else {
        return Ok(None);
    };
    if name.starts_with(['=', '@', '+']) || name.starts_with('-') && name.len() > 1 {
        return Err(format!("{} est une formule, pas un nom", cited(&name)));
    }
    if name.starts_with('#') && name.ends_with(['!', '?', 'A']) {
        return Err(format!(
            "{} est une erreur du tableur, pas un nom",
            cited(&name)
        ));
    }
    if ["http://", "https://", "www."]
        .iter()
        .any(|scheme| name.starts_with(scheme))
    {
        return Err(format!("{} est une adresse, pas un nom", cited(&name)));
    }
    if name.chars().count() > 500 {
        return Err("ce nom a plus de 500\u{a0}caractères".to_owned());
    }
    if !name.chars().any(char::is_alphanumeric) {
        return Err(format!("{} n’est pas un nom", cited(&name)));
    }
    Ok(Some(name))
}

/// The beginning of a text, to be quoted in a reason: whole words, where they are no longer than usual.
#[must_use]
pub fn short(text: &str) -> String {
    const LONGEST_WORD: usize = 16;
    let end = |letters| text.char_indices().nth(letters).map(|(end, _)| end);
    let Some(most) = end(40) else {
        return text.to_owned();
    };
    let (shown, rest) = text.split_at_checked(most).unwrap_or((text, ""));
    let is_between = rest.starts_with(char::is_whitespace);
    let last = shown.rfind(char::is_whitespace).filter(|_| !is_between);
    let whole = last.filter(|last| Some(*last) >= end(40 - LONGEST_WORD));
    let shown = whole.and_then(|last| shown.get(..last)).unwrap_or(shown);
    let ends = |c: char| c.is_whitespace() || matches!(c, ',' | ';' | ':' | '(' | '–' | '-');
    format!("{}…", shown.trim_end_matches(ends))
}

/// The beginning of a text between quotation marks: « Rif vert… ».
#[must_use]
pub fn cited(text: &str) -> String {
    quoted(&short(text))
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
    let refused = || format!("{} n’est pas un nombre entier", cited(&value.shown()));
    match value {
        Value::Empty => Ok(None),
        Value::Day(_) => Err(refused()),
        Value::Number(number) | Value::Counted(number, _)
            if number >= 0.0 && number.fract() == 0.0 && number < 1e15 =>
        {
            Ok(Some(number as u64))
        }
        Value::Number(_) | Value::Counted(..) => Err(refused()),
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
        Value::Number(number) | Value::Counted(number, _) => Ok(Some(number)),
        Value::Day(_) => Err("une date tient la place d’un nombre".to_owned()),
        Value::Text(text) => {
            let number = text.replace(',', ".").replace('−', "-");
            let number = number.trim_end_matches('°').trim().parse::<f64>();
            match number {
                Ok(number) if number.is_finite() => Ok(Some(number)),
                _ => Err(format!("{} n’est pas un nombre", cited(text))),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn what_is_cited_is_cut_between_words() {
        let cut = |text| short(text);
        assert_eq!(cut("Eau à Mahdia"), "Eau à Mahdia");
        // Neither in a year, nor with a space before the dots.
        assert_eq!(
            cut("Rif vert, forêts et sources (Mahdia, 2026-2028)"),
            "Rif vert, forêts et sources (Mahdia…"
        );
        assert_eq!(
            cut("Formation des agents et encadrement des équipes"),
            "Formation des agents et encadrement des…"
        );
        // A word longer than any is cut where it must be.
        assert_eq!(cut(&"é".repeat(60)), format!("{}…", "é".repeat(40)));
        assert_eq!(
            cited("Eau «\u{a0}pure\u{a0}»"),
            "«\u{202f}Eau “pure”\u{202f}»"
        );
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
    }
}
