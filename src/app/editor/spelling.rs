//! The words that are not known, line by line: those of a line that did not change are not looked for again.

use std::ops::Range;
use std::sync::Arc;

use super::body::{Body, Place};
use super::line::{Line, What};
use crate::spelling::Speller;

/// The unknown words of each line, in bytes of what is shown.
pub type Unknown = Arc<Vec<Arc<[Range<usize>]>>>;

/// See the module.
#[derive(Default)]
pub struct Spelling {
    speller: Option<Speller>,
    read: Vec<Arc<Line>>,
    unknown: Unknown,
    /// What a word may have been meant to be.
    suggested: Option<(String, Vec<String>)>,
}

impl Spelling {
    /// Who spells from now on. Gives whether that is somebody else.
    pub fn set(&mut self, speller: Option<Speller>) -> bool {
        let same = match (&self.speller, &speller) {
            (Some(one), Some(other)) => one.is_same(other),
            (None, None) => true,
            _ => false,
        };
        if !same {
            self.speller = speller;
            self.read.clear();
            self.unknown = Unknown::default();
        }
        !same
    }

    /// Reads the lines that are new. The word that is being typed at that place is not told yet.
    pub fn read(&mut self, body: &Body, typed: Option<Place>) {
        let Some(speller) = &self.speller else {
            return;
        };
        let before = std::mem::take(&mut self.unknown);
        let unknown = body.lines().iter().enumerate().map(|(rank, line)| {
            let here = typed.filter(|place| place.line == rank);
            let known = self.read.get(rank).filter(|read| Arc::ptr_eq(read, line));
            match (known.and(before.get(rank)), here) {
                (Some(known), None) => Arc::clone(known),
                _ => {
                    let mut found = of_line(line, speller);
                    found.retain(|word| here.is_none_or(|here| word.end != here.column));
                    found.into()
                }
            }
        });
        self.unknown = Arc::new(unknown.collect());
        self.read = body.lines().as_ref().clone();
        // What was left out is looked for again.
        if let Some(here) = typed
            && let Some(line) = self.read.get_mut(here.line)
        {
            *line = Arc::new(Line::clone(line));
        }
    }

    /// The unknown words, shared with who draws them.
    #[must_use]
    pub fn unknown(&self) -> &Unknown {
        &self.unknown
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self) -> usize {
        self.unknown.iter().map(|words| words.len()).sum()
    }

    /// The unknown word at that place, or just beside it.
    #[must_use]
    pub fn at(&self, place: Place) -> Option<Range<usize>> {
        let words = self.unknown.get(place.line)?;
        let touches = |word: &&Range<usize>| word.start <= place.column && place.column <= word.end;
        words.iter().find(touches).cloned()
    }

    /// The unknown word after that place, going round.
    #[must_use]
    pub fn next(&self, place: Place) -> Option<(usize, Range<usize>)> {
        let all = || {
            let lines = self.unknown.iter().enumerate();
            lines.flat_map(|(line, words)| words.iter().map(move |word| (line, word.clone())))
        };
        let after = |(line, word): &(usize, Range<usize>)| {
            Place::new(*line, word.start) > Place::new(place.line, place.column.saturating_sub(1))
                && !(*line == place.line && word.end <= place.column)
        };
        all().find(after).or_else(|| all().next())
    }

    /// What a word may have been meant to be, once that is known.
    #[must_use]
    pub fn suggested(&self, word: &str) -> Option<&[String]> {
        let (of, words) = self.suggested.as_ref()?;
        (of == word).then_some(words.as_slice())
    }

    /// That is what the word may have been meant to be.
    pub fn suggest(&mut self, word: String, words: Vec<String>) {
        self.suggested = Some((word, words));
    }
}

fn of_line(line: &Line, speller: &Speller) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    for span in line.spans().iter().filter(|span| span.what == What::Words) {
        let Some(words) = line.shown().get(span.range.clone()) else {
            continue;
        };
        let start = span.range.start;
        let unknown = speller.unknown(words).into_iter();
        found.extend(unknown.map(|word| start + word.start..start + word.end));
    }
    found
}
