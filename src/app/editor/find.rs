//! Words looked for in paragraphs as officers see them, and put in the place of others.

use std::ops::Range;

use super::field::{Field, Fields};
use super::line::{Line, What};
use crate::model::fold;

/// What is looked for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Query {
    /// The words.
    pub words: String,
    /// Only where no letter or figure touches them.
    pub whole: bool,
    /// With these accents and capitals, and no other.
    pub exact: bool,
}

/// Where it is found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// The bytes of what is shown.
    pub range: Range<usize>,
    /// Whether it takes some of a field or of a note, whose words are not written there.
    pub fixed: bool,
}

/// A search among texts that may use these fields.
pub struct Finder {
    wanted: Vec<char>,
    query: Query,
    fields: Fields,
}

impl Finder {
    /// Looks for that.
    #[must_use]
    pub fn new(query: &Query, fields: &[Field]) -> Self {
        let mut wanted = Vec::new();
        fold_into(&query.words, query.exact, |c, _| wanted.push(c));
        Self {
            wanted,
            query: query.clone(),
            fields: Fields::new(fields),
        }
    }

    /// What is shown of a paragraph, and where it is found there.
    #[must_use]
    pub fn find(&self, paragraph: &str) -> (String, Vec<Found>) {
        let line = Line::read(paragraph, &self.fields);
        let marker = line
            .spans()
            .iter()
            .rfind(|span| span.what == What::Marker)
            .map_or(0, |span| span.range.end);
        let found = self
            .find_in(line.shown())
            .into_iter()
            .filter(|range| range.start >= marker)
            .map(|range| Found {
                fixed: line.spans().iter().any(|span| {
                    matches!(span.what, What::Field(..) | What::Note(_))
                        && span.range.start < range.end
                        && range.start < span.range.end
                }),
                range,
            })
            .collect();
        (line.shown().to_owned(), found)
    }

    /// Where it is found in plain words, a title.
    #[must_use]
    pub fn find_in(&self, words: &str) -> Vec<Range<usize>> {
        let mut found = Vec::new();
        if self.wanted.is_empty() {
            return found;
        }
        let mut letters: Vec<(char, Range<usize>)> = Vec::with_capacity(words.len());
        fold_into(words, self.query.exact, |c, range| letters.push((c, range)));

        let length = self.wanted.len();
        let mut at = 0;
        while let Some(candidate) = letters.get(at..at + length) {
            let same = candidate
                .iter()
                .zip(&self.wanted)
                .all(|((c, _), wanted)| c == wanted);
            let (Some((_, first)), Some((_, last))) = (candidate.first(), candidate.last()) else {
                break;
            };
            let range = first.start..last.end;
            // A letter that stands for two, as « œ », is not cut.
            let cut = letters
                .get(at + length)
                .is_some_and(|(_, next)| next == last)
                || at
                    .checked_sub(1)
                    .and_then(|before| letters.get(before))
                    .is_some_and(|(_, before)| before == first);
            if same && !cut && (!self.query.whole || stands_alone(words, &range)) {
                found.push(range);
                at += length;
            } else {
                at += 1;
            }
        }
        found
    }

    /// The paragraph with `words` in the place of what is found there, fields and notes apart: everywhere, or at the
    /// one that begins at `only`. `None` when nothing is.
    #[must_use]
    pub fn replace(
        &self,
        paragraph: &str,
        words: &str,
        only: Option<usize>,
    ) -> Option<(String, usize)> {
        let (_, found) = self.find(paragraph);
        let mut line = Line::read(paragraph, &self.fields);
        let mut count = 0;
        for it in found.into_iter().rev() {
            if it.fixed || only.is_some_and(|only| only != it.range.start) {
                continue;
            }
            line = line.apply(it.range, words, None, &self.fields).0;
            count += 1;
        }
        (count > 0).then(|| (line.source().to_owned(), count))
    }

    /// The same, of a title.
    #[must_use]
    pub fn replace_in(
        &self,
        title: &str,
        words: &str,
        only: Option<usize>,
    ) -> Option<(String, usize)> {
        let mut title = title.to_owned();
        let mut count = 0;
        for range in self.find_in(&title).into_iter().rev() {
            if only.is_none_or(|only| only == range.start) {
                title.replace_range(range, words);
                count += 1;
            }
        }
        (count > 0).then_some((title, count))
    }
}

fn stands_alone(words: &str, range: &Range<usize>) -> bool {
    let before = words
        .get(..range.start)
        .and_then(|it| it.chars().next_back());
    let after = words.get(range.end..).and_then(|it| it.chars().next());
    let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
    !touches(before) && !touches(after)
}

/// Each letter as the search reads it, with the bytes that it comes from. Spaces are all alike, apostrophes and
/// hyphens too: nobody sees which one was typed.
fn fold_into(words: &str, exact: bool, mut push: impl FnMut(char, Range<usize>)) {
    for (at, c) in words.char_indices() {
        let range = at..at + c.len_utf8();
        match c {
            '\u{a0}' | '\u{202f}' | '\u{2009}' => push(' ', range),
            '’' => push('\'', range),
            '\u{2010}' | '\u{2011}' => push('-', range),
            '\u{ad}' | '\u{200b}' => {}
            c if exact || (c.is_ascii() && !c.is_ascii_uppercase()) => push(c, range),
            c if c.is_ascii() => push(c.to_ascii_lowercase(), range),
            c if c.is_alphanumeric() => {
                let mut letter = [0; 4];
                for folded in fold(c.encode_utf8(&mut letter)).chars() {
                    push(folded, range.clone());
                }
            }
            c => push(c, range),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn finder(words: &str, whole: bool, exact: bool) -> Finder {
        let query = Query {
            words: words.to_owned(),
            whole,
            exact,
        };
        let total = Field {
            name: "total".to_owned(),
            label: "Total".to_owned(),
            value: Some("114 200 €".to_owned()),
        };
        Finder::new(&query, &[total])
    }

    fn found(words: &str, whole: bool, exact: bool, text: &str) -> Vec<String> {
        let ranges = finder(words, whole, exact).find_in(text);
        ranges
            .into_iter()
            .map(|range| text[range].to_owned())
            .collect()
    }

    #[test]
    fn case_accents_spaces_and_apostrophes_are_looked_through() {
        let text = "L’École de l'Œuvre\u{a0}: l’école";
        assert_eq!(found("l'ecole", false, false, text), ["L’École", "l’école"]);
        assert_eq!(found("oeuvre :", false, false, text), ["Œuvre\u{a0}:"]);
        assert_eq!(found("l’école", false, true, text), ["l’école"]);
        assert!(found("o", false, false, "Œuf").is_empty());
        assert!(found("", false, false, text).is_empty());
    }

    #[test]
    fn a_whole_word_is_not_a_part_of_one() {
        assert_eq!(found("eau", true, false, "L’eau du tableau, Eau.").len(), 2);
        assert_eq!(found("eau", false, false, "L’eau du tableau").len(), 2);
    }

    #[test]
    fn what_is_put_in_takes_the_style_of_what_goes() {
        let finder = finder("l’eau", false, false);
        assert_eq!(
            finder.replace("- **L’eau** et l’eau, *l’eau", "l’air", None),
            Some(("- **l’air** et l’air, \\*l’air".to_owned(), 3))
        );
        assert_eq!(
            finder.replace("l’eau, l’eau", "l’air", Some("l’eau, ".len())),
            Some(("l’eau, l’air".to_owned(), 1))
        );
        assert_eq!(finder.replace("rien", "l’air", None), None);
    }

    #[test]
    fn a_field_is_found_by_its_value_and_never_replaced() {
        let finder = finder("200", false, false);
        let (shown, found) = finder.find("De {{total}}, soit 200.");
        assert_eq!(found.len(), 2);
        assert_eq!(&shown[found[0].range.clone()], "200");
        assert!(found[0].fixed && !found[1].fixed);
        assert_eq!(
            finder.replace("De {{total}}, soit 200.", "300", None),
            Some(("De {{total}}, soit 300.".to_owned(), 1))
        );
    }
}
