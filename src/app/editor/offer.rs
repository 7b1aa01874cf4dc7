//! The fields offered where « {{ » was typed, or Ctrl+Espace: those whose label, name or value says what was typed
//! since, or what officers call them otherwise.

use std::ops::Range;

use super::body::{Body, Place};
use super::field::Field;
use crate::model::field::Field as Named;
use crate::model::fold;

/// Fields offered at a place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offer {
    line: usize,
    /// Where what the field will replace begins.
    start: usize,
    /// Where what is looked for begins.
    words: usize,
    looked_for: String,
    matches: Vec<usize>,
    /// None where nothing begins with what is typed, until an arrow chooses.
    chosen: Option<usize>,
}

/// How near a field is to what is looked for.
#[derive(PartialEq, Eq, PartialOrd, Ord)]
enum Nearness {
    /// Its label begins so.
    Begins,
    /// Words of its label do.
    WordsBegin,
    /// It is somewhere in its label, its name or its value.
    Holds,
}

impl Offer {
    /// Offers fields for what is between `start` and the caret, of which the words that choose begin at `words`.
    #[must_use]
    pub fn new(body: &Body, line: usize, start: usize, words: usize) -> Self {
        let mut offer = Self {
            line,
            start,
            words,
            looked_for: String::new(),
            matches: Vec::new(),
            chosen: None,
        };
        offer.look(body);
        offer
    }

    /// Reads what was typed. Gives whether the offer still stands: the caret is where it was made, or further.
    pub fn follow(&mut self, body: &Body, caret: Place) -> bool {
        let words = body
            .line(self.line)
            .filter(|_| caret.line == self.line)
            .and_then(|line| line.shown().get(self.words..caret.column));
        let Some(words) = words else { return false };

        if self.looked_for != words {
            words.clone_into(&mut self.looked_for);
            self.look(body);
        }
        true
    }

    /// What the field will replace, on its line.
    #[must_use]
    pub fn range(&self, caret: Place) -> (usize, Range<usize>) {
        (self.line, self.start..caret.column.max(self.words))
    }

    /// The fields offered, best first, each with its rank.
    pub fn fields<'a>(&'a self, body: &'a Body) -> impl Iterator<Item = (usize, &'a Field)> {
        let all = body.fields().all();
        let found = self.matches.iter().filter_map(|at| all.get(*at));
        found.enumerate()
    }

    /// The rank of the one that Enter takes, when there is one.
    #[must_use]
    pub fn chosen(&self) -> Option<usize> {
        self.chosen.filter(|chosen| *chosen < self.matches.len())
    }

    /// Chooses the one after, or before, going round.
    pub fn step(&mut self, forward: bool) {
        let count = self.matches.len().max(1);
        self.chosen = Some(match (self.chosen, forward) {
            (None, true) => 0,
            (None, false) => count - 1,
            (Some(chosen), true) => (chosen + 1) % count,
            (Some(chosen), false) => (chosen + count - 1) % count,
        });
    }

    /// The field whose whole name or label was typed before « }} ».
    #[must_use]
    pub fn closed_by_hand<'a>(&self, body: &'a Body) -> Option<&'a Field> {
        let typed = self.looked_for.strip_suffix("}}")?.trim();
        let label = fold(typed);
        let mut all = body.fields().all().iter();

        all.find(|field| field.name == typed || (!label.is_empty() && fold(&field.label) == label))
    }

    fn look(&mut self, body: &Body) {
        let looked_for = fold(&self.looked_for);
        let words: Vec<&str> = looked_for.split_whitespace().collect();
        let mut found: Vec<(Nearness, usize)> = Vec::new();

        for (at, field) in body.fields().all().iter().enumerate() {
            let label = format!("{} {}", fold(&field.label), otherwise(&field.name));
            let value = field.value.as_deref().unwrap_or("");
            let all = format!("{label} {} {}", fold(&field.name), fold(value));

            if words.iter().all(|word| all.contains(word)) {
                let begins = |word: &&str| {
                    let mut said = label.split(|c: char| !c.is_alphanumeric());
                    said.any(|said| said.starts_with(*word))
                };
                let nearness = if label.starts_with(&looked_for) {
                    Nearness::Begins
                } else if words.iter().all(begins) {
                    Nearness::WordsBegin
                } else {
                    Nearness::Holds
                };
                found.push((nearness, at));
            }
        }
        found.sort_unstable();
        let best = found.first().map(|(nearness, _)| nearness);
        self.chosen = best.filter(|best| **best != Nearness::Holds).map(|_| 0);
        self.matches = found.into_iter().map(|(_, at)| at).collect();
    }
}

/// What officers call a field beside its label, folded: no label of an amount says « montant ».
fn otherwise(name: &str) -> &'static str {
    match Named::parse(name) {
        Some(Named::Commitment(..) | Named::Cost(_) | Named::InKind(_) | Named::Cofunding(_)) => {
            "montant somme budget"
        }
        Some(Named::Date(_)) => "jour",
        Some(Named::CommitmentsTable) => "montants budget",
        _ => "",
    }
}
