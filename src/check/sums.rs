//! Sums in euros that a text writes in figures: « 12 000 € », « 12.000,50 euros ».

use crate::model::Amount;

/// A sum, and where it stands.
pub(super) struct Sum {
    pub(super) amount: Amount,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The sums in euros of a text whose spaces are all plain ones, in order.
pub(super) fn sums(words: &str) -> Vec<Sum> {
    let mut sums = Vec::new();
    let mut at = 0;
    while let Some(rest) = words.get(at..) {
        let Some(next) = rest.find(|c: char| c.is_ascii_digit()) else {
            break;
        };
        let start = at + next;
        let number = words.get(start..).map_or("", number);
        let end = start + number.len();
        let is_in_euros = words.get(end..).map(str::trim_start).is_some_and(|after| {
            ["€", "euro", "EUR"]
                .iter()
                .any(|name| after.starts_with(name))
        });
        if is_in_euros && let Some(amount) = cents(number) {
            sums.push(Sum { amount, start, end });
        }
        at = end.max(start + 1);
    }
    sums
}

/// The number at the beginning of a text: digits, groups of three after a space, a point or an apostrophe, decimals
/// after a comma or a point.
fn number(text: &str) -> &str {
    let is_group = |rest: &str| {
        let mut chars = rest.chars();
        chars
            .next()
            .is_some_and(|c| matches!(c, ' ' | '.' | '\'' | '’'))
            && chars.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
            && !chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let digits =
        |rest: &str| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();

    let mut end = digits(text);
    // « 2027 500 € » is a year, then a sum.
    if end <= 3 {
        while let Some(group) = text.get(end..).filter(|rest| is_group(rest)) {
            end += group.chars().next().map_or(0, char::len_utf8) + 3;
        }
    }
    if let Some(decimals) = text
        .get(end..)
        .and_then(|rest| rest.strip_prefix([',', '.']))
    {
        let count = digits(decimals);
        if (1..=2).contains(&count) {
            end += 1 + count;
        }
    }
    text.get(..end).unwrap_or("")
}

fn cents(number: &str) -> Option<Amount> {
    let decimals_begin = number
        .rfind([',', '.'])
        .filter(|at| number.len() - at - 1 < 3);
    let (whole, decimals) = match decimals_begin {
        Some(at) => (number.get(..at)?, number.get(at + 1..)?),
        None => (number, ""),
    };
    let whole = whole.replace([' ', '.', '\'', '’'], "");
    let whole: i64 = whole.parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole
        .checked_mul(100)
        .and_then(|cents| cents.checked_add(decimals))
        .map(Amount)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(words: &str) -> Vec<i64> {
        sums(words).iter().map(|sum| sum.amount.0).collect()
    }

    #[test]
    fn sums_are_read_however_they_are_written() {
        for words in [
            "12 000 €",
            "12000 euros",
            "12 000,00 EUR",
            "12.000 €",
            "12.000,00 €",
            "12 000.00 €",
            "12’000 €",
            "12'000 €",
            "le 3 mai, 12 000 €",
            "à l’article 3. 12 000 €",
        ] {
            assert_eq!(read(words), [1_200_000], "{words}");
        }
        assert_eq!(read("1 234 567,5 €"), [123_456_750]);
        assert_eq!(read("1.234.567 €"), [123_456_700]);
        assert_eq!(read("12.50 €"), [1_250]);
        assert_eq!(read("en 2027 500 €"), [50_000]);
        assert_eq!(read("16 000 €, 20 000 €"), [1_600_000, 2_000_000]);
    }

    #[test]
    fn what_is_no_sum_in_euros_is_left_out() {
        for words in [
            "12 000 FCFA",
            "en 2027",
            "12 000|€",
            "___ €",
            "",
            "99999999999999999999 €",
        ] {
            assert_eq!(read(words), [0_i64; 0], "{words}");
        }
    }
}
