//! The few words around what was found, to show why a row answers.

use std::ops::Range;

use super::Query;
use crate::model::fold_with_places;

/// A stretch of a text, with what the query's words touch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Passage {
    /// The words, with « … » where more was left out.
    pub text: String,
    /// Where the query's words stand in it, in order, apart from one another.
    pub touched: Vec<Range<usize>>,
}

/// How many bytes before what was found are shown.
const BEFORE: usize = 40;

/// How long a passage is, in bytes.
const LENGTH: usize = 150;

/// The stretch of the text where the first of the words stands, if one does.
#[must_use]
pub fn passage(text: &str, query: &Query) -> Option<Passage> {
    let touched = touched(text, query);
    let first = touched.first()?.clone();

    let start = match first.start.checked_sub(BEFORE) {
        Some(near) if near > 0 => word_start(text, near, first.start),
        _ => 0,
    };
    let end = word_end(text, (start + LENGTH).max(first.end));
    let before = if start > 0 { "… " } else { "" };
    let after = if end < text.len() { " …" } else { "" };
    let shown = text.get(start..end)?;

    Some(Passage {
        text: format!("{before}{}{after}", shown.trim_end()),
        touched: touched
            .into_iter()
            .take_while(|it| it.end <= end)
            .map(|it| it.start - start + before.len()..it.end - start + before.len())
            .collect(),
    })
}

/// The whole text, with what the query's words touch.
#[must_use]
pub fn whole(text: &str, query: &Query) -> Passage {
    Passage {
        text: text.to_owned(),
        touched: touched(text, query),
    }
}

/// Where the words stand, in order, joined where they meet.
fn touched(text: &str, query: &Query) -> Vec<Range<usize>> {
    let (folded, places) = fold_with_places(text);
    let ends_at = |place: usize| places.get(place).copied().unwrap_or(text.len());

    let mut touched: Vec<Range<usize>> = query
        .words()
        .iter()
        .flat_map(|word| {
            folded
                .match_indices(word.as_str())
                .map(|(at, _)| (at, at + word.len()))
        })
        .filter_map(|(start, end)| {
            let start = *places.get(start)?;
            // The last character touched, whole.
            let last = *places.get(end - 1)?;
            let end = ends_at(end).max(last + text.get(last..)?.chars().next()?.len_utf8());
            let end = start + text.get(start..end)?.trim_end().len();
            Some(start..end)
        })
        .collect();
    touched.sort_by_key(|it| (it.start, it.end));

    let mut joined: Vec<Range<usize>> = Vec::with_capacity(touched.len());
    for one in touched {
        match joined.last_mut() {
            Some(last) if one.start <= last.end => last.end = last.end.max(one.end),
            _ => joined.push(one),
        }
    }
    joined
}

/// The beginning of the first word from there, before that end.
fn word_start(text: &str, near: usize, at_most: usize) -> usize {
    text.char_indices()
        .skip_while(|(place, _)| *place < near)
        .take_while(|(place, _)| *place < at_most)
        .find(|(_, c)| c.is_whitespace())
        .map_or(at_most, |(place, c)| place + c.len_utf8())
}

/// The end of the word that stands there.
fn word_end(text: &str, near: usize) -> usize {
    text.char_indices()
        .skip_while(|(place, _)| *place < near)
        .find(|(_, c)| c.is_whitespace())
        .map_or(text.len(), |(place, _)| place)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn shown(text: &str, typed: &str) -> Option<String> {
        let Passage { text, touched } = passage(text, &Query::new(typed))?;
        let mut marked = String::new();
        let mut from = 0;
        for one in touched {
            marked += &format!("{}[{}]", &text[from..one.start], &text[one.clone()]);
            from = one.end;
        }
        Some(marked + &text[from..])
    }

    #[test]
    fn words_are_shown_as_they_are_written() {
        assert_eq!(
            shown("Porto-Novo", "porto").as_deref(),
            Some("[Porto]-Novo")
        );
        assert_eq!(shown("Đà Nẵng", "da nang").as_deref(), Some("[Đà] [Nẵng]"));
        assert_eq!(shown("L’Œuvre", "oeuv").as_deref(), Some("L’[Œuv]re"));
        assert_eq!(shown("Straße", "strasse").as_deref(), Some("[Straße]"));
        assert_eq!(shown("مُحَمَّد", "محمد").as_deref(), Some("[مُحَمَّد]"));
        assert_eq!(shown("rien", "autre"), None);
    }

    #[test]
    fn a_long_text_is_cut_between_words() {
        let long = format!(
            "{} l’eau du quartier {}",
            "mot ".repeat(60),
            "suite ".repeat(60)
        );
        let shown = shown(&long, "eau").unwrap();
        assert!(
            shown.starts_with("… mot") && shown.ends_with(" …"),
            "{shown}"
        );
        assert!(shown.contains("l’[eau] du quartier"));
        assert!(shown.len() < 220);
    }

    proptest! {
        #[test]
        fn anything_is_shown_without_fault(text in "\\PC{0,80}", typed in "\\PC{0,8}") {
            let _ = shown(&text, &typed);
        }
    }
}
