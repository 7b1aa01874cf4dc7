//! Rows of text in which words are found, wherever they stand.
//!
//! Every row lies in one buffer, folded: its names, a tab, the rest, a line break. The longest word of a query is
//! looked for through the whole buffer by `memchr`, which reads several gigabytes a second; the other words only
//! in the rows where it stands. A few megabytes answer in a millisecond or two, with no tree to keep up: a row
//! that changes is written again at the end and its old place is forgotten, until a quarter of the buffer is lost
//! and it is written afresh.

use std::collections::HashMap;
use std::hash::Hash;
use std::ops::Range;

use memchr::memmem::Finder;

use super::Query;
use crate::model::fold;

/// Rows, each under what it leads to.
#[derive(Debug, Clone)]
pub struct Index<T> {
    buffer: String,
    /// In the order of the buffer; without a target where the row was replaced or removed.
    rows: Vec<Row<T>>,
    places: HashMap<T, usize>,
    lost: usize,
}

#[derive(Debug, Clone)]
struct Row<T> {
    target: Option<T>,
    /// Where its names are; they follow the end of the row before.
    names: Range<usize>,
    /// Where it ends.
    end: usize,
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
            buffer: String::new(),
            rows: Vec::new(),
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

        let start = self.buffer.len();
        for name in names {
            self.buffer.push_str(&fold(name));
            self.buffer.push('\u{1f}');
        }
        let names = start..self.buffer.len();
        self.buffer.push('\t');
        for text in text {
            self.buffer.push_str(&fold(text));
            self.buffer.push('\u{1f}');
        }
        self.buffer.push('\n');

        self.places.insert(target.clone(), self.rows.len());
        self.rows.push(Row {
            target: Some(target),
            names,
            end: self.buffer.len(),
        });
    }

    /// Forgets the row that led there.
    pub fn remove(&mut self, target: &T) {
        let Some(row) = self
            .places
            .remove(target)
            .and_then(|place| self.rows.get_mut(place))
        else {
            return;
        };
        row.target = None;
        self.lost += row.end - row.names.start;
        if self.lost > self.buffer.len() / 4 && self.lost > 65_536 {
            self.write_afresh();
        }
    }

    fn write_afresh(&mut self) {
        let old = std::mem::take(self);
        self.buffer.reserve(old.buffer.len() - old.lost);
        for row in old.rows {
            let (Some(target), Some(written)) =
                (row.target, old.buffer.get(row.names.start..row.end))
            else {
                continue;
            };
            let start = self.buffer.len();
            self.buffer.push_str(written);
            self.places.insert(target.clone(), self.rows.len());
            self.rows.push(Row {
                target: Some(target),
                names: start..start + (row.names.end - row.names.start),
                end: self.buffer.len(),
            });
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
        self.find_each(query, at_most, |_| 0)
    }

    /// The same for each group of rows: at most that many of each.
    #[must_use]
    pub fn find_each(
        &self,
        query: &Query,
        at_most: usize,
        group: impl Fn(&T) -> usize,
    ) -> Vec<Hit<T>> {
        let Some((rarest, others)) = query.rarest_first() else {
            return Vec::new();
        };
        let rarest = Finder::new(rarest);
        let others: Vec<_> = others.into_iter().map(Finder::new).collect();

        let mut found: Vec<Vec<(Score, usize)>> = Vec::new();
        let bytes = self.buffer.as_bytes();
        let mut row_number = 0;
        let mut from = 0;
        while let Some(at) = bytes.get(from..).and_then(|rest| rarest.find(rest)) {
            let at = from + at;
            row_number += self
                .rows
                .get(row_number..)
                .map_or(0, |rows| first_ending_after(rows, at));
            let Some(row) = self.rows.get(row_number) else {
                break;
            };
            from = row.end;
            let (Some(target), Some(names), Some(whole)) = (
                &row.target,
                bytes.get(row.names.clone()),
                bytes.get(row.names.start..row.end),
            ) else {
                continue;
            };
            if !others.iter().all(|word| word.find(whole).is_some()) {
                continue;
            }

            let score = score(names, std::iter::once(&rarest).chain(&others));
            let group = group(target);
            if found.len() <= group {
                found.resize_with(group + 1, Vec::new);
            }
            if let Some(best) = found.get_mut(group) {
                keep(best, (score, row_number), at_most);
            }
        }

        found
            .into_iter()
            .flat_map(|mut best| {
                best.sort_unstable();
                best.truncate(at_most);
                best
            })
            .filter_map(|(score, row)| {
                let target = self.rows.get(row)?.target.clone()?;
                Some(Hit { target, score })
            })
            .collect()
    }
}

/// How many rows end at that place or before it: the rows are many and the next hit is most often near.
fn first_ending_after<T>(rows: &[Row<T>], at: usize) -> usize {
    let near = rows.iter().take(4).take_while(|row| row.end <= at).count();
    if near < 4 {
        return near;
    }
    rows.partition_point(|row| row.end <= at)
}

/// Keeps what may be among the best, without sorting at each.
fn keep(best: &mut Vec<(Score, usize)>, one: (Score, usize), at_most: usize) {
    let room = 4 * at_most.max(8);
    if best.len() >= room {
        best.sort_unstable();
        best.truncate(at_most);
    }
    best.push(one);
}

fn score<'a, 'w>(names: &[u8], words: impl Iterator<Item = &'a Finder<'w>>) -> Score
where
    'w: 'a,
{
    let mut score = Score {
        beside_names: 0,
        standing: 0,
        length: u32::try_from(names.len()).unwrap_or(u32::MAX),
    };
    for word in words {
        match standing(names, word) {
            Some(standing) => score.standing += standing,
            None => score.beside_names += 1,
        }
    }
    score
}

/// How well a word stands in names: 0 all of one, 1 at the beginning of one, 2 a word of it, 3 the beginning of a
/// word, 4 inside one.
fn standing(names: &[u8], word: &Finder<'_>) -> Option<u16> {
    let length = word.needle().len();
    word.find_iter(names)
        .map(|at| {
            let before = at.checked_sub(1).and_then(|at| names.get(at).copied());
            let after = names.get(at + length).copied();
            let opens_name = matches!(before, None | Some(0x1f));
            let opens_word = opens_name || before == Some(b' ');
            let closes_name = matches!(after, None | Some(0x1f));
            let closes_word = closes_name || after == Some(b' ');
            match (opens_name, opens_word, closes_name, closes_word) {
                (true, _, true, _) => 0,
                (true, _, _, true) => 1,
                (_, true, _, true) => 2,
                (_, true, _, _) => 3,
                _ => 4,
            }
        })
        .min()
}
