//! What somebody types to find something, as rows are written.

use crate::model::fold;

/// The words of a query, folded. One that holds a sign inside (« 1115-1 », « porto-novo ») is a phrase: its parts
/// stand one after the other.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Query {
    words: Vec<String>,
}

impl Query {
    /// Reads what was typed.
    #[must_use]
    pub fn new(typed: &str) -> Self {
        let mut words: Vec<String> = typed
            .replace('%', " pour cent ")
            .split_whitespace()
            .map(fold)
            .filter(|word| !word.is_empty())
            .collect();
        // An article is written « L. 1115-1 »: a lone letter and the number after it are one phrase.
        let mut place = 0;
        while let Some(word) = words.get(place) {
            let is_article = matches!(word.as_str(), "l" | "r" | "d");
            let number = words.get(place + 1).filter(|_| is_article);
            if let Some(number) = number.filter(|it| it.starts_with(|c: char| c.is_ascii_digit())) {
                let phrase = format!("{word} {number}");
                words.splice(place..place + 2, [phrase]);
            } else if let Some(number) = word.strip_prefix(['l', 'r', 'd'])
                && number.starts_with(|c: char| c.is_ascii_digit())
            {
                let phrase = format!("{} {number}", &word[..1]);
                words.splice(place..=place, [phrase]);
            }
            place += 1;
        }
        Self { words }
    }

    /// These words one after the other, as they stand.
    #[must_use]
    pub fn phrase(words: &str) -> Self {
        let phrase = fold(words);
        Self {
            words: Some(phrase)
                .filter(|it| !it.is_empty())
                .into_iter()
                .collect(),
        }
    }

    /// Whether nothing is asked.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.words.is_empty()
    }

    /// The words.
    #[must_use]
    pub fn words(&self) -> &[String] {
        &self.words
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_read_as_rows_are_written() {
        for (typed, words) in [
            ("  PÔRTO  ", &["porto"][..]),
            ("Bénin eau", &["benin", "eau"]),
            ("1115-1", &["1115 1"]),
            ("L. 1115-1", &["l 1115 1"]),
            ("L1115", &["l 1115"]),
            ("l 1115-1 porto", &["l 1115 1", "porto"]),
            ("1 % eau", &["1", "pour", "cent", "eau"]),
            ("« — »", &[]),
            ("l’eau", &["l eau"]),
        ] {
            assert_eq!(Query::new(typed).words(), words, "{typed}");
        }
    }
}
