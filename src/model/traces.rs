//! By what a person is known in a text, and that text without it.
//!
//! A name is found whatever its case, accents and spaces, in either order, after a civil title or an initial. The
//! surname alone is not taken for the person (Martin is also a saint and a street): it is a doubt, which somebody reads.

use std::ops::Range;

use unicode_normalization::char::is_combining_mark;

use super::{Contact, fold};

/// What stands in a text where a person was named.
pub const ERASED: &str = "(personne effacée)";

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Traces {
    /// What is surely the person, folded, the longest first.
    sure: Vec<String>,
    /// The surname, folded, where it can be told.
    surname: Option<String>,
    /// Each sure trace holds one of these: where there is none of them, fifty need not be looked for.
    kernels: Vec<String>,
}

/// Civil titles as texts write them, folded.
const TITLES: [&str; 12] = [
    "madame",
    "monsieur",
    "mademoiselle",
    "docteur",
    "professeur",
    "maitre",
    "mme",
    "mlle",
    "dr",
    "pr",
    "me",
    "m",
];

impl Traces {
    /// The traces of a person, as its sheet tells them.
    #[must_use]
    pub fn of(person: &Contact) -> Self {
        let name = without_title(&person.name);
        let words: Vec<String> = fold(name).split(' ').map(str::to_owned).collect();
        let surname = surname(name);
        let mut sure = Vec::new();

        if let [first, .., last] = words.as_slice() {
            let surname = surname.as_deref().unwrap_or(last);
            let whole = words.join(" ");
            let turned = match whole.strip_prefix(surname) {
                Some(rest) => format!("{} {surname}", rest.trim()),
                None => {
                    let rest = whole.strip_suffix(surname).unwrap_or(&whole);
                    format!("{surname} {}", rest.trim())
                }
            };
            let given = if whole.starts_with(surname) {
                last
            } else {
                first
            };
            let initial: String = given.chars().take(1).collect();
            sure.extend([whole, turned, format!("{initial} {surname}")]);
        }
        if let Some(surname) = &surname {
            sure.extend(TITLES.iter().map(|title| format!("{title} {surname}")));
        }
        let named: Vec<String> = sure.clone();
        for name in &named {
            sure.extend(TITLES.iter().map(|title| format!("{title} {name}")));
        }

        sure.extend(person.own_name.as_deref().map(fold));
        sure.extend(person.email.as_deref().map(fold));
        if let Some(phone) = person.phone.as_deref() {
            let spaced = fold(phone);
            sure.push(spaced.replace(' ', ""));
            sure.push(spaced);
        }
        // Two signs are no trace of anybody.
        sure.retain(|trace| trace.chars().count() > 2 || !trace.is_ascii());
        sure.retain(|trace| !trace.is_empty());
        sure.sort_by(|a, b| b.len().cmp(&a.len()).then(a.cmp(b)));
        sure.dedup();
        let mut kernels: Vec<String> = surname.iter().cloned().collect();
        for trace in &sure {
            if !kernels.iter().any(|kernel| trace.contains(kernel)) {
                kernels.push(trace.clone());
            }
        }
        Self {
            sure,
            kernels,
            surname: surname.filter(|surname| surname.chars().count() > 2),
        }
    }

    /// Whether a text surely names the person.
    #[must_use]
    pub fn are_in(&self, text: &str) -> bool {
        let folded = fold(text);
        self.kernels.iter().any(|kernel| folded.contains(kernel))
            && self
                .sure
                .iter()
                .any(|trace| spans(&folded, trace).next().is_some())
    }

    /// Whether a text may name the person: its surname stands there alone.
    #[must_use]
    pub fn may_be_in(&self, text: &str) -> bool {
        let folded = fold(text);
        self.surname
            .as_deref()
            .is_some_and(|surname| spans(&folded, surname).next().is_some())
    }

    /// The text with [`ERASED`] wherever the person was surely named; nothing when it was not.
    #[must_use]
    pub fn without(&self, text: &str) -> Option<String> {
        if !self.are_in(text) {
            return None;
        }
        let map = Folded::of(text);
        let mut taken: Vec<Range<usize>> = Vec::new();
        for trace in &self.sure {
            for span in spans(&map.text, trace) {
                let place = map.place(&span);
                if taken
                    .iter()
                    .all(|it| it.end <= place.start || place.end <= it.start)
                {
                    taken.push(place);
                }
            }
        }
        taken.sort_by_key(|place| place.start);

        let mut clean = String::with_capacity(text.len());
        let mut from = 0;
        for place in taken {
            clean.push_str(text.get(from..place.start).unwrap_or_default());
            clean.push_str(ERASED);
            from = place.end;
        }
        clean.push_str(text.get(from..).unwrap_or_default());
        Some(clean)
    }
}

/// A name without its civil title.
pub(super) fn without_title(name: &str) -> &str {
    match name.trim().split_once(char::is_whitespace) {
        Some(("M." | "Mme" | "Mlle" | "Dr" | "Pr" | "Me", rest)) => rest.trim(),
        _ => name.trim(),
    }
}

/// The surname of a name of several words, folded: what is written in capitals, else the last word.
fn surname(name: &str) -> Option<String> {
    let words: Vec<&str> = name.split_whitespace().collect();
    let is_loud = |word: &&&str| {
        word.chars().filter(|c| c.is_alphabetic()).count() > 1
            && word.chars().all(|c| !c.is_lowercase())
            && word.chars().any(char::is_uppercase)
    };
    let loud: Vec<&str> = words.iter().filter(is_loud).copied().collect();
    match (loud.len(), words.as_slice()) {
        (1.., _) if loud.len() < words.len() => Some(fold(&loud.join(" "))),
        (_, [_, .., last]) => Some(fold(last)),
        _ => None,
    }
}

/// Where a folded text holds a trace, as whole words.
fn spans<'a>(folded: &'a str, trace: &'a str) -> impl Iterator<Item = Range<usize>> + 'a {
    let is_apart = |beside: Option<char>, edge: Option<char>| {
        let (Some(beside), Some(edge)) = (beside, edge) else {
            return true;
        };
        beside == ' ' || is_unspaced(edge) || edge.is_ascii_digit() != beside.is_ascii_digit()
    };
    folded
        .match_indices(trace)
        .filter_map(move |(start, found)| {
            let end = start + found.len();
            let before = folded.get(..start)?.chars().next_back();
            let after = folded.get(end..)?.chars().next();
            (is_apart(before, trace.chars().next()) && is_apart(after, trace.chars().next_back()))
                .then_some(start..end)
        })
}

/// Whether words of that script stand without a space between them.
const fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{e00}'..='\u{109f}' | '\u{1780}'..='\u{17ff}' | '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}')
}

/// A folded text, and where each of its signs comes from.
struct Folded {
    text: String,
    /// For each byte of `text`, the bytes of the original that it stands for.
    from: Vec<Range<usize>>,
}

impl Folded {
    fn of(original: &str) -> Self {
        let mut folded = Self {
            text: String::with_capacity(original.len()),
            from: Vec::with_capacity(original.len()),
        };
        let mut sign = [0; 4];
        for (start, c) in original.char_indices() {
            let place = start..start + c.len_utf8();
            let plain = fold(c.encode_utf8(&mut sign));
            if plain.is_empty() && is_combining_mark(c) {
                // It belongs to the letter before.
                if let Some(last) = folded.from.last_mut() {
                    last.end = place.end;
                }
            } else if plain.is_empty() {
                if !folded.text.is_empty() && !folded.text.ends_with(' ') {
                    folded.push(" ", &place);
                }
            } else {
                folded.push(&plain, &place);
            }
        }
        folded
    }

    fn push(&mut self, text: &str, place: &Range<usize>) {
        self.text.push_str(text);
        self.from.extend(text.bytes().map(|_| place.clone()));
    }

    /// The bytes of the original that a span stands for.
    fn place(&self, span: &Range<usize>) -> Range<usize> {
        let start = self.from.get(span.start).map_or(0, |it| it.start);
        let end = self
            .from
            .get(span.end.saturating_sub(1))
            .map_or(start, |it| it.end);
        start..end
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    fn traces(name: &str) -> Traces {
        let person = json!({
            "id": "019ab3c0-1000-7000-8000-000000000001", "name": name, "own_name": "阮文海",
            "email": "a.hounkpatin@porto-novo.bj", "phone": "+229 01 21 00 00 00",
        });
        Traces::of(&serde_json::from_value(person).unwrap())
    }

    #[test]
    fn a_person_is_found_however_it_is_written() {
        let traces = traces("Mme Adjoua Hounkpatin");
        for (text, clean) in [
            ("Vu Adjoua Hounkpatin.", "Vu (personne effacée)."),
            (
                "HOUNKPATIN ADJOUA, adjointe",
                "(personne effacée), adjointe",
            ),
            ("avec Mme  Hounkpatin", "avec (personne effacée)"),
            (
                "A. Hounkpatin et B. Martin",
                "(personne effacée) et B. Martin",
            ),
            ("Madame Adjoua HOUNKPATIN", "(personne effacée)"),
            (
                "écrire à a.hounkpatin@porto-novo.bj",
                "écrire à (personne effacée)",
            ),
            ("tél. +229.01.21.00.00.00", "tél. +(personne effacée)"),
            ("22901210000 00", "22901210000 00"),
            ("tél. 2290121000000", "tél. (personne effacée)"),
            ("M.阮文海先生", "M.(personne effacée)先生"),
            (
                "de\u{301}le\u{301}gue\u{301}e Adjoua Hounkpatin",
                "de\u{301}le\u{301}gue\u{301}e (personne effacée)",
            ),
        ] {
            let found = traces.without(text);
            assert_eq!(found.as_deref().unwrap_or(text), clean);
        }
    }

    #[test]
    fn a_surname_alone_is_a_doubt() {
        let traces = traces("M. Jean MARTIN");
        for text in ["rue Saint-Martin", "la Martinique", "Martin a écrit"] {
            assert_eq!(traces.without(text), None, "{text}");
        }
        assert!(traces.may_be_in("Martin a écrit"));
        assert!(!traces.may_be_in("la Martinique"));
        assert_eq!(
            traces.without("vu Martin Jean").as_deref(),
            Some("vu (personne effacée)")
        );
    }

    #[test]
    fn a_name_of_one_word_is_found_after_nothing_but_itself_in_doubt() {
        let person = json!({ "id": "019ab3c0-1000-7000-8000-000000000001", "name": "Zidane" });
        let traces = Traces::of(&serde_json::from_value(person).unwrap());
        assert_eq!(traces.without("Zidane"), None);
    }

    proptest! {
        #[test]
        fn any_text_is_cleansed_or_left(text in "\\PC{0,60}") {
            let traces = traces("Mme Adjoua Hounkpatin");
            if let Some(clean) = traces.without(&text) {
                prop_assert!(!traces.are_in(&clean));
            }
            let named = format!("{text} Adjoua Hounkpatin {text}");
            let clean = traces.without(&named).unwrap();
            prop_assert!(!clean.contains("Adjoua Hounkpatin"));
        }
    }
}
