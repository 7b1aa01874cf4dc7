//! The sheets of records of one kind: the last that was opened, and those left with something that cannot be kept.
//!
//! What is refused in a field waits for whoever typed it, also while the sheets of other records are looked at.

use crate::app::screen::budget;
use crate::app::screen::convention::Convention;
use crate::app::screen::{Screen, partner};
use crate::model::Id;

/// A screen about one record.
pub trait Sheet: Screen {
    /// Which.
    fn id(&self) -> Id;
}

macro_rules! sheet {
    ($($screen:ty),*) => {
        $(impl Sheet for $screen {
            fn id(&self) -> Id {
                self.id()
            }
        })*
    };
}

sheet!(Convention, partner::Sheet, budget::Sheet);

/// See the module.
pub struct Sheets<S> {
    last: Option<S>,
    /// As many as hold something wrong that was typed.
    waiting: Vec<S>,
}

impl<S> Default for Sheets<S> {
    fn default() -> Self {
        Self {
            last: None,
            waiting: Vec::new(),
        }
    }
}

impl<S: Sheet> Sheets<S> {
    /// The sheet of that record: as it was left where it is there, else made.
    pub fn open(&mut self, id: Id, make: impl FnOnce() -> S) {
        if self.last.as_ref().is_some_and(|sheet| sheet.id() == id) {
            return;
        }
        self.waiting.extend(self.last.take());
        self.waiting.retain(|it| it.id() == id || it.refused() > 0);
        let waited = self.waiting.iter().position(|it| it.id() == id);
        self.last = Some(waited.map_or_else(make, |place| self.waiting.remove(place)));
    }

    /// The one that was opened last.
    pub fn last(&self) -> Option<&S> {
        self.last.as_ref()
    }

    /// The same, for what happens in it.
    pub fn last_mut(&mut self) -> Option<&mut S> {
        self.last.as_mut()
    }

    /// The sheet of that record.
    pub fn of(&self, id: Id) -> Option<&S> {
        let mut all = self.last.iter().chain(&self.waiting);
        all.find(|it| it.id() == id)
    }

    /// The same, for what happens in it.
    pub fn of_mut(&mut self, id: Id) -> Option<&mut S> {
        let mut all = self.last.iter_mut().chain(&mut self.waiting);
        all.find(|it| it.id() == id)
    }

    /// The records of all of them.
    pub fn ids(&self) -> impl Iterator<Item = Id> {
        self.last.iter().chain(&self.waiting).map(Sheet::id)
    }
}
