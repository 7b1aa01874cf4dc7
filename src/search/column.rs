//! One after the other in a buffer, what the rows of an index say; and where a word stands there.

use memchr::memmem::Finder;

use crate::model::fold;

/// What closes each part of a row. Folding leaves none in a text, so that no word runs over it.
const END: u8 = 0x1f;

/// The parts of many rows, folded, in the order of the rows.
#[derive(Debug, Clone, Default)]
pub(super) struct Column {
    written: String,
    /// Where each row ends, which is where the next begins.
    ends: Vec<usize>,
}

/// A word that is looked for, folded.
pub(super) struct Word<'q> {
    folded: &'q [u8],
    finder: Finder<'q>,
}

impl<'q> Word<'q> {
    pub(super) fn new(folded: &'q str) -> Self {
        Self {
            folded: folded.as_bytes(),
            finder: Finder::new(folded),
        }
    }

    pub(super) const fn len(&self) -> usize {
        self.folded.len()
    }

    pub(super) fn is_in(&self, text: &str) -> bool {
        self.first_in(text.as_bytes()).is_some()
    }

    fn first_in(&self, text: &[u8]) -> Option<usize> {
        match *self.folded {
            [letter] => memchr::memchr(letter, text),
            _ => self.finder.find(text),
        }
    }

    /// Where it begins, each time.
    fn each_in(&self, text: &[u8], each: impl FnMut(usize)) {
        match *self.folded {
            [letter] => memchr::memchr_iter(letter, text).for_each(each),
            _ => self.finder.find_iter(text).for_each(each),
        }
    }
}

impl Column {
    /// Adds a row.
    pub(super) fn write<'a>(&mut self, parts: impl IntoIterator<Item = &'a str>) {
        for part in parts {
            self.written.push_str(&fold(part));
            self.written.push(char::from(END));
        }
        self.ends.push(self.written.len());
    }

    /// Adds a row as another column has it.
    pub(super) fn copy(&mut self, row: &str) {
        self.written.push_str(row);
        self.ends.push(self.written.len());
    }

    /// How many bytes are written.
    pub(super) const fn len(&self) -> usize {
        self.written.len()
    }

    /// How long each row is, in bytes.
    pub(super) fn lengths(&self) -> impl Iterator<Item = usize> {
        let starts = std::iter::once(&0).chain(&self.ends);
        starts.zip(&self.ends).map(|(start, end)| end - start)
    }

    /// What that row says.
    pub(super) fn row(&self, place: usize) -> &str {
        let start = place
            .checked_sub(1)
            .map_or(Some(0), |before| self.ends.get(before).copied());
        let written = || self.written.get(start?..*self.ends.get(place)?);
        written().unwrap_or_default()
    }

    /// The rows that hold the word, each once, in order, with how well it stands there: 0 all of a part, 1 at the
    /// beginning of one, 2 a word of it, 3 the beginning of a word, 4 inside one.
    pub(super) fn each_standing(&self, word: &Word<'_>, mut each: impl FnMut(usize, u16)) {
        let written = self.written.as_bytes();
        let mut place = 0;
        let mut found: Option<(usize, u16)> = None;
        word.each_in(written, |at| {
            place += self.ended_by(at, place);
            let before = at.checked_sub(1).and_then(|at| written.get(at).copied());
            let after = written.get(at + word.len()).copied();
            let standing = standing(before, after);
            found = match found {
                Some((same, best)) if same == place => Some((place, best.min(standing))),
                other => {
                    if let Some((place, best)) = other {
                        each(place, best);
                    }
                    Some((place, standing))
                }
            };
        });
        if let Some((place, best)) = found {
            each(place, best);
        }
    }

    /// The rows that hold the word, each once, in order.
    pub(super) fn each_row(&self, word: &Word<'_>, mut each: impl FnMut(usize)) {
        let written = self.written.as_bytes();
        let (mut place, mut from) = (0, 0);
        while let Some(at) = written.get(from..).and_then(|rest| word.first_in(rest)) {
            place += self.ended_by(from + at, place);
            let Some(end) = self.ends.get(place) else {
                break;
            };
            from = *end;
            each(place);
        }
    }

    /// How many rows, from that one, end at that byte or before it: the next hit is most often near.
    fn ended_by(&self, at: usize, place: usize) -> usize {
        const NEAR: usize = 4;

        let rest = self.ends.get(place..).unwrap_or_default();
        let near = rest.iter().take(NEAR).take_while(|end| **end <= at).count();
        match near {
            NEAR => rest.partition_point(|end| *end <= at),
            near => near,
        }
    }
}

/// How well a word stands between those two bytes.
fn standing(before: Option<u8>, after: Option<u8>) -> u16 {
    let opens_part = matches!(before, None | Some(END));
    let opens_word = opens_part || before == Some(b' ');
    let closes_part = matches!(after, None | Some(END));
    let closes_word = closes_part || after == Some(b' ');
    match (opens_part, opens_word, closes_part, closes_word) {
        (true, _, true, _) => 0,
        (true, _, _, true) => 1,
        (_, true, _, true) => 2,
        (_, true, _, _) => 3,
        _ => 4,
    }
}
