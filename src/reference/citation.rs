//! Which texts of law a passage cites, by the numbers that lawyers give them: « L. 1115-1 », « n° 2005-95 »,
//! « (UE) 2016/679 ». A law called by its name alone is not recognised.

use std::collections::{BTreeMap, BTreeSet};

use super::{LegalText, Table};

/// The number of a text: of an article with its letter, of a law or a decision without.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Number {
    letter: Option<char>,
    digits: String,
}

impl Number {
    /// Its figures, as they are written: « 1115-1 ».
    #[must_use]
    pub fn digits(&self) -> &str {
        &self.digits
    }
}

/// The texts that are known, by their numbers.
#[derive(Debug, Clone)]
pub struct Citations {
    texts: BTreeMap<Number, String>,
}

impl Citations {
    /// Those of that table. A number that several entries mention is that of the one that it opens.
    #[must_use]
    pub fn of(table: &Table<LegalText>) -> Self {
        let mut mentioned: Vec<(usize, Number, &str)> = Vec::new();
        for text in table {
            let numbers = numbers_in(&text.reference).into_iter();
            mentioned.extend(numbers.map(|(place, number)| (place, number, text.id.as_str())));
        }
        mentioned.sort_by_key(|(place, ..)| std::cmp::Reverse(*place));
        let texts = (mentioned.into_iter()).map(|(_, number, id)| (number, id.to_owned()));
        Self {
            texts: texts.collect(),
        }
    }

    /// The entries that a passage cites.
    #[must_use]
    pub fn cited(&self, passage: &str) -> BTreeSet<&str> {
        let numbers = numbers_in(passage).into_iter();
        numbers
            .filter_map(|(_, number)| self.texts.get(&number))
            .map(String::as_str)
            .collect()
    }

    /// The numbers by which an entry is cited.
    pub fn numbers_of<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a Number> {
        let own = self.texts.iter().filter(move |(_, of)| *of == id);
        own.map(|(number, _)| number)
    }
}

/// How many articles « L. 1115-1 à L. 1115-7 » may stand for.
const LONGEST_RANGE: u32 = 40;

/// The numbers in a passage, with where they stand.
fn numbers_in(passage: &str) -> Vec<(usize, Number)> {
    let mut found: Vec<(usize, Number)> = Vec::new();
    let mut from = 0;
    let mut before = None;
    while let Some(rest) = passage.get(from..) {
        let Some(letter) = rest.chars().next() else {
            break;
        };
        let starts = before.is_none_or(|before: char| !before.is_alphanumeric());
        let read = if starts { number(rest) } else { None };
        let Some((number, length)) = read else {
            before = Some(letter);
            from += letter.len_utf8();
            continue;
        };
        if let Some((place, last)) = found.last() {
            let last_end = place + last.digits.len();
            let between = passage.get(last_end..from).unwrap_or_default();
            let between_them = range(last, &number, between);
            found.extend(between_them.into_iter().map(|number| (from, number)));
        }
        // Where its figures stand.
        let at = from + length - number.digits.len();
        found.push((at, number));
        before = Some('0');
        from += length;
    }
    found
}

/// The number that a passage begins with, and how many bytes of it are read.
fn number(rest: &str) -> Option<(Number, usize)> {
    let mut letters = rest.chars();
    let first = letters.next()?;
    let after = letters.as_str();
    let (letter, after) = match first {
        'L' | 'R' | 'D' => (Some(first), after.strip_prefix('.').unwrap_or(after)),
        'n' => (None, after.strip_prefix(['°', 'º'])?),
        '1' | '2' => return european(rest),
        _ => return None,
    };
    let after = after.trim_start_matches([' ', '\u{a0}', '\u{202f}']);
    let digits = figures(after, is_hyphen)?;
    let read = rest.len() - after.len() + digits.len();
    let digits = digits.replace(is_hyphen, "-");
    Some((Number { letter, digits }, read))
}

/// « 2016/679 »: a year, a stroke, a number.
fn european(rest: &str) -> Option<(Number, usize)> {
    let digits = figures(rest, |sign| sign == '/')?;
    let (year, number) = digits.split_once('/')?;
    let is_one = year.len() == 4 && !number.contains('/');
    is_one.then(|| {
        let digits = digits.to_owned();
        let length = digits.len();
        (
            Number {
                letter: None,
                digits,
            },
            length,
        )
    })
}

/// The figures at the beginning, in groups that such a sign joins.
fn figures(text: &str, joins: impl Fn(char) -> bool) -> Option<&str> {
    let mut end = 0;
    let mut joined = true;
    for (place, letter) in text.char_indices() {
        if letter.is_ascii_digit() {
            end = place + 1;
            joined = false;
        } else if !joined && joins(letter) {
            joined = true;
        } else {
            break;
        }
    }
    text.get(..end).filter(|figures| !figures.is_empty())
}

/// The hyphens with which numbers are written.
fn is_hyphen(sign: char) -> bool {
    matches!(sign, '-' | '\u{2010}' | '\u{2011}' | '\u{2013}')
}

/// The articles between two that « à » joins.
fn range(from: &Number, to: &Number, between: &str) -> Vec<Number> {
    let stem = |number: &Number| {
        let (stem, last) = number.digits.rsplit_once('-')?;
        Some((number.letter?, stem.to_owned(), last.parse::<u32>().ok()?))
    };
    let (Some((letter, series, first)), Some((other, same, last))) = (stem(from), stem(to)) else {
        return Vec::new();
    };
    if between.trim() != "à" || letter != other || series != same {
        return Vec::new();
    }
    (first + 1..last.min(first + LONGEST_RANGE))
        .map(|article| Number {
            letter: Some(letter),
            digits: format!("{series}-{article}"),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::Reference;
    use super::*;

    fn cited(passage: &str) -> Vec<String> {
        let citations = Citations::of(Reference::shipped().legal_all());
        citations
            .cited(passage)
            .into_iter()
            .map(str::to_owned)
            .collect()
    }

    #[test]
    fn a_text_is_recognised_however_its_number_is_written() {
        for (passage, ids) in [
            ("Vu l’article L. 1115-1 du CGCT", &["cgct-l1115-1"][..]),
            ("au sens de l'article L1115-1,", &["cgct-l1115-1"]),
            ("article L.\u{a0}1115\u{2011}1.", &["cgct-l1115-1"]),
            ("l’article L. 1115-1-1", &["cgct-l1115-1-1"]),
            ("article L. 1115-10", &[]),
            ("XL. 1115-1", &[]),
            ("1115-1", &[]),
            (
                "la loi n° 2005-95 du 9 février 2005",
                &["loi-2005-95-oudin-santini"],
            ),
            ("la loi n°2005-95", &["loi-2005-95-oudin-santini"]),
            ("la loi n° 2005-951", &[]),
            (
                "les articles L. 1115-1 et L. 1115-2",
                &["cgct-l1115-1", "cgct-l1115-2"],
            ),
            ("règlement (UE) 2016/679", &["rgpd-contacts"]),
            ("le 16/679", &[]),
            ("CE, 10 juin 1996, n° 176873", &["jp-cote-d-or"]),
            ("article R. 1115-10", &["cgct-r1115-8-15"]),
            ("L. 1115-1 - objet", &["cgct-l1115-1"]),
            ("", &[]),
        ] {
            assert_eq!(cited(passage), ids, "{passage}");
        }
    }

    #[test]
    fn from_one_article_to_another_those_between_are_cited() {
        let ids = cited("les articles L. 1115-1 à L. 1115-5 du CGCT");
        for article in [
            "cgct-l1115-1",
            "cgct-l1115-2",
            "cgct-l1115-3",
            "cgct-l1115-5",
        ] {
            assert!(ids.iter().any(|id| id == article), "{article}");
        }
        assert!(!ids.iter().any(|id| id == "cgct-l1115-6"));
    }

    #[test]
    fn a_number_is_of_the_entry_that_it_opens() {
        assert_eq!(
            cited("article L. 1115-1"),
            ["cgct-l1115-1"],
            "and not the FACECO"
        );
        assert_eq!(cited("loi n° 2000-321"), ["loi-2000-321-art-9-1-10"]);
    }

    proptest! {
        #[test]
        fn anything_is_read_without_fault(passage in "[LRDn°. 0-9à/-]{0,40}|\\PC{0,60}") {
            let _ = cited(&passage);
        }
    }
}
