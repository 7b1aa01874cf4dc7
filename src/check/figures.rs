//! Sums in euros that a paragraph writes in figures: « 12 000 € en 2027 ».

use super::passage::Passage;
use crate::model::Amount;
use crate::model::text::Content;

/// A sum in euros that a text writes in figures, and the year that it is said to be for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Figure {
    pub(super) amount: Amount,
    pub(super) year: Option<i32>,
}

/// The sums in euros of a passage, in order.
pub(super) fn figures(passage: &Passage<'_>, years: &[i32]) -> Vec<Figure> {
    let words: String = passage
        .read
        .leaves
        .iter()
        .map(|leaf| match &leaf.content {
            Content::Words(words) => words.as_str(),
            Content::Field(_) | Content::Note(_) | Content::Blank(_) => "|",
        })
        .collect();
    // Signs that only space figures become spaces.
    let words = words.replace(['\u{a0}', '\u{202f}', '\u{2009}'], " ");

    let mut sums: Vec<(Amount, usize, usize)> = Vec::new();
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
            sums.push((amount, start, end));
        }
        at = end.max(start + 1);
    }

    let starts = sums.iter().skip(1).map(|(_, start, _)| *start);
    let ends: Vec<usize> = starts.chain([words.len()]).collect();
    sums.iter()
        .zip(ends)
        .map(|((amount, _, end), next)| Figure {
            amount: *amount,
            year: words
                .get(*end..next)
                .and_then(|after| year_in(after, years)),
        })
        .collect()
}

/// The number at the beginning of a text: digits, groups of three after a space, decimals after a comma.
fn number(text: &str) -> &str {
    let is_group = |rest: &str| {
        let mut chars = rest.chars();
        chars.next() == Some(' ')
            && chars.by_ref().take(3).filter(char::is_ascii_digit).count() == 3
            && !chars.next().is_some_and(|c| c.is_ascii_digit())
    };
    let digits =
        |rest: &str| rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();

    let mut end = digits(text);
    while text.get(end..).is_some_and(is_group) {
        end += 4;
    }
    if let Some(decimals) = text.get(end..).and_then(|rest| rest.strip_prefix(',')) {
        let count = digits(decimals);
        if (1..=2).contains(&count) {
            end += 1 + count;
        }
    }
    text.get(..end).unwrap_or("")
}

fn cents(number: &str) -> Option<Amount> {
    let (whole, decimals) = number.split_once(',').unwrap_or((number, ""));
    let whole: i64 = whole.replace(' ', "").parse().ok()?;
    let decimals: i64 = format!("{decimals:0<2}").parse().ok()?;
    whole
        .checked_mul(100)
        .and_then(|cents| cents.checked_add(decimals))
        .map(Amount)
}

/// The only year of the budget that the sentence goes on to name; « de 2027 à 2029 » is a term.
fn year_in(after: &str, years: &[i32]) -> Option<i32> {
    let sentence = after.split([';', '.', ':']).next().unwrap_or("");
    let mut named = sentence
        .split(|c: char| c.is_whitespace() || c == ',')
        .filter_map(|word| word.parse::<i32>().ok())
        .filter(|year| years.contains(year));
    let year = named.next()?;
    named.next().is_none().then_some(year)
}

#[cfg(test)]
mod tests {
    use super::super::passage::passages;
    use super::super::samples::{cooperation, text};
    use super::*;

    /// Cents and year of each sum of that paragraph, in a budget of 2027 and 2028.
    fn read(paragraph: &str) -> Vec<(i64, Option<i32>)> {
        let mut draft = cooperation();
        draft.articles[0].texts = vec![text("fr", &[paragraph])];
        figures(&passages(&draft)[0], &[2027, 2028])
            .into_iter()
            .map(|figure| (figure.amount.0, figure.year))
            .collect()
    }

    #[test]
    fn sums_are_read_however_they_are_spaced() {
        for paragraph in [
            "12 000 €",
            "12\u{202f}000\u{a0}€",
            "12000 euros",
            "12 000,00 EUR",
            "le 3 mai, 12 000 €",
        ] {
            assert_eq!(read(paragraph), [(1_200_000, None)], "{paragraph}");
        }
        assert_eq!(read("1 234 567,5 €"), [(123_456_750, None)]);
    }

    #[test]
    fn what_is_no_sum_in_euros_is_left_out() {
        for paragraph in [
            "12 000 FCFA",
            "en 2027",
            "12 000 {{date.fin}} €",
            "___ €",
            "",
        ] {
            assert_eq!(read(paragraph), [], "{paragraph}");
        }
    }

    #[test]
    fn the_year_is_the_one_that_the_sentence_goes_on_to_name() {
        assert_eq!(
            read("36 000 € : 16 000 € en 2027, 20 000 € en 2028, de 2027 à 2028."),
            [
                (3_600_000, None),
                (1_600_000, Some(2027)),
                (2_000_000, None)
            ]
        );
        assert_eq!(read("12 000 €. En 2027, un rapport."), [(1_200_000, None)]);
    }
}
