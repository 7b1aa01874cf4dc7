//! What is said of a row beside what becomes of it: what is to be known all the same, what a cell of it may have meant,
//! where it may belong.

use super::Field;
use crate::model::{Id, quoted};

/// See the module.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Beside {
    /// What is to be known of it all the same.
    pub remarks: Vec<String>,
    /// By how much what is done passes what it comes from.
    pub excess: Option<String>,
    /// What a cell of it may have meant.
    pub meant: Option<Meant>,
    /// The lines of budgets that it may belong to first of all, where it has none.
    pub likely: Vec<Id>,
}

impl Beside {
    /// All that is said: what a cell may have meant, what is passed, the rest.
    pub fn said(&self) -> impl Iterator<Item = String> {
        let meant = self.meant.iter().map(Meant::question);
        let known = self.excess.iter().chain(&self.remarks);
        meant.chain(known.cloned())
    }
}

/// What a cell may have meant, by a name near the one that it says. It is never taken before somebody says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Meant {
    /// What the cell holds.
    pub field: Field,
    /// The name that is near: « Brésil ».
    pub name: String,
    /// The whole cell, as it would be typed.
    pub cell: String,
}

impl Meant {
    /// A cell that holds that name alone.
    pub(super) fn whole(field: Field, name: impl Into<String>) -> Self {
        let name = name.into();
        Self {
            field,
            cell: name.clone(),
            name,
        }
    }

    /// « est-ce « Brésil » ? ».
    #[must_use]
    pub fn question(&self) -> String {
        format!("est-ce {}\u{202f}?", quoted(&self.name))
    }
}
