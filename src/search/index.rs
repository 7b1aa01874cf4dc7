//! Rows of text in which words are found, wherever they stand.
//!
//! The rows lie folded in two buffers, one of their names and one of the rest, which `memchr` reads at several
//! gigabytes a second: a few megabytes answer in a millisecond or two, with no tree to keep up. How well a row
//! answers depends on its names alone, a tenth of what is written: they are read first, whole, and the text only
//! when they are not enough and where it could still be among the best. A row that changes is written again at the
//! end and its old place is forgotten, until a quarter is lost and all is written afresh.

use std::collections::{BinaryHeap, HashMap};
use std::hash::Hash;

use super::Query;
use super::column::{Column, Word};

/// Rows, each under what it leads to.
#[derive(Debug, Clone)]
pub struct Index<T> {
    /// In the order of the columns; nothing where the row was replaced or removed.
    targets: Vec<Option<T>>,
    names: Column,
    text: Column,
    places: HashMap<T, usize>,
    /// How many bytes of the columns are of rows that are no longer there.
    lost: usize,
}

/// What answers a query, and how well.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hit<T> {
    /// What the row leads to.
    pub target: T,
    /// How well: the least is the best.
    pub score: Score,
}

/// How well a row answers, the least the best: first the words that are not in its names, then where the words
/// stand there, then how much else the names say.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Score {
    beside_names: u16,
    standing: u16,
    length: u32,
}

impl Score {
    /// Whether every word is in the names.
    #[must_use]
    pub const fn is_by_name(self) -> bool {
        self.beside_names == 0
    }
}

impl<T> Default for Index<T> {
    fn default() -> Self {
        Self {
            targets: Vec::new(),
            names: Column::default(),
            text: Column::default(),
            places: HashMap::new(),
            lost: 0,
        }
    }
}

impl<T: Clone + Eq + Hash> Index<T> {
    /// Puts a row, in the place of the one that led there.
    pub fn put<'a>(
        &mut self,
        target: T,
        names: impl IntoIterator<Item = &'a str>,
        text: impl IntoIterator<Item = &'a str>,
    ) {
        self.remove(&target);
        self.names.write(names);
        self.text.write(text);
        self.places.insert(target.clone(), self.targets.len());
        self.targets.push(Some(target));
    }

    /// Forgets the row that led there.
    pub fn remove(&mut self, target: &T) {
        let Some(place) = self.places.remove(target) else {
            return;
        };
        if let Some(target) = self.targets.get_mut(place) {
            *target = None;
        }
        self.lost += self.names.row(place).len() + self.text.row(place).len();
        let written = self.names.len() + self.text.len();
        if self.lost > written / 4 && self.lost > 65_536 {
            self.write_afresh();
        }
    }

    fn write_afresh(&mut self) {
        let old = std::mem::take(self);
        for (place, target) in old.targets.into_iter().enumerate() {
            let Some(target) = target else {
                continue;
            };
            self.names.copy(old.names.row(place));
            self.text.copy(old.text.row(place));
            self.places.insert(target.clone(), self.targets.len());
            self.targets.push(Some(target));
        }
    }

    /// How many rows there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.places.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.places.is_empty()
    }

    /// The rows that hold every word, the best first, at most that many.
    #[must_use]
    pub fn find(&self, query: &Query, at_most: usize) -> Vec<Hit<T>> {
        let words: Vec<Word<'_>> = query.words().iter().map(|word| Word::new(word)).collect();
        if words.is_empty() || at_most == 0 {
            return Vec::new();
        }
        let scores = self.scores(&words);
        let mut best = Best::new(at_most);

        for (place, score) in scores.iter().enumerate() {
            if score.is_by_name() && best.would_take(*score, place) && self.is_there(place) {
                best.take(*score, place);
            }
        }
        if !best.is_full() {
            self.find_in_text(&words, &scores, &mut best);
        }

        best.in_order()
            .into_iter()
            .filter_map(|(score, place)| {
                let target = self.targets.get(place)?.clone()?;
                Some(Hit { target, score })
            })
            .collect()
    }

    /// How well each row would answer, if every word is in it.
    fn scores(&self, words: &[Word<'_>]) -> Vec<Score> {
        let count = u16::try_from(words.len()).unwrap_or(u16::MAX);
        let mut scores: Vec<Score> = (self.names.lengths())
            .map(|length| Score {
                beside_names: count,
                standing: 0,
                length: u32::try_from(length).unwrap_or(u32::MAX),
            })
            .collect();
        for word in words {
            self.names.each_standing(word, |place, standing| {
                if let Some(score) = scores.get_mut(place) {
                    score.beside_names = score.beside_names.saturating_sub(1);
                    score.standing = score.standing.saturating_add(standing);
                }
            });
        }
        scores
    }

    /// Takes the rows of which some words are in the text only.
    fn find_in_text(&self, words: &[Word<'_>], scores: &[Score], best: &mut Best) {
        let Some(rarest) = self.rarest(words) else {
            return;
        };
        let mut offer = |place: usize, is_new: &dyn Fn() -> bool| {
            let Some(score) = scores.get(place).filter(|score| !score.is_by_name()) else {
                return;
            };
            if best.would_take(*score, place)
                && self.is_there(place)
                && is_new()
                && words.iter().all(|word| self.holds(place, word))
            {
                best.take(*score, place);
            }
        };
        self.names
            .each_standing(rarest, |place, _| offer(place, &|| true));
        self.text.each_row(rarest, |place| {
            offer(place, &|| !rarest.is_in(self.names.row(place)));
        });
    }

    /// The word that the fewest rows hold, as far as a few of them tell; the longest of several.
    fn rarest<'w, 'q>(&self, words: &'w [Word<'q>]) -> Option<&'w Word<'q>> {
        const SAMPLE: usize = 64;

        let step = self.targets.len().div_ceil(SAMPLE).max(1);
        words.iter().min_by_key(|word| {
            let sample = (0..self.targets.len()).step_by(step);
            let holding = sample.filter(|place| self.holds(*place, word)).count();
            (holding, std::cmp::Reverse(word.len()))
        })
    }

    fn holds(&self, place: usize, word: &Word<'_>) -> bool {
        word.is_in(self.names.row(place)) || word.is_in(self.text.row(place))
    }

    fn is_there(&self, place: usize) -> bool {
        self.targets.get(place).is_some_and(Option::is_some)
    }
}

/// The best rows so far, the worst of them at hand.
struct Best {
    at_most: usize,
    rows: BinaryHeap<(Score, usize)>,
}

impl Best {
    const fn new(at_most: usize) -> Self {
        Self {
            at_most,
            rows: BinaryHeap::new(),
        }
    }

    fn is_full(&self) -> bool {
        self.rows.len() >= self.at_most
    }

    fn would_take(&self, score: Score, place: usize) -> bool {
        !self.is_full()
            || self
                .rows
                .peek()
                .is_some_and(|worst| (score, place) < *worst)
    }

    fn take(&mut self, score: Score, place: usize) {
        if self.is_full() {
            self.rows.pop();
        }
        self.rows.push((score, place));
    }

    fn in_order(self) -> Vec<(Score, usize)> {
        self.rows.into_sorted_vec()
    }
}
