//! What was typed or pasted and is not kept: it stays red where it is, and goes in by itself once what it waits for is
//! there. An amount waits for who pays its line, a name for its funder, what is done for a year. It goes and comes back
//! with the edit that it came or went with, so that « Annuler » takes back all that is seen.

use std::collections::BTreeMap;
use std::sync::{Arc, Weak};

use super::rows::{Field, Key};
use super::say::Book;
use super::{Message, Sheet, record, write};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::model::{Budget, Ids, Record};

/// Cells that are not kept.
pub(super) type AllHeld = BTreeMap<(Key, Field), Held>;

/// What was typed in a cell and is not kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Held {
    pub(super) raw: String,
    pub(super) why: String,
}

/// An edit: where the keyboard was before it and after, which cells came to be held with it, or were kept at last. It
/// keeps no state of the budget alive: one that the history let go is not come back to.
#[derive(Debug)]
pub(super) struct Turn {
    before: Weak<Record>,
    /// Known once the edit is made.
    after: Option<Weak<Record>>,
    from: Option<(Key, Field)>,
    /// Known once rows are laid out again.
    to: Option<(Key, Field)>,
    came: AllHeld,
    went: AllHeld,
}

impl Turn {
    /// Whether it can still be undone, or done again.
    fn is_reachable(&self) -> bool {
        let is_alive = |state: &Weak<Record>| state.strong_count() > 0;
        is_alive(&self.before) && self.after.as_ref().is_none_or(is_alive)
    }
}

fn is_that(state: &Weak<Record>, record: &Arc<Record>) -> bool {
    state.as_ptr() == Arc::as_ptr(record)
}

impl Sheet {
    /// Puts that in a cell, or holds it there.
    pub(super) fn put(
        held: &mut AllHeld,
        after: &mut Budget,
        (key, field): (Key, Field),
        raw: &str,
        book: Book<'_>,
        ids: &mut Ids,
    ) {
        let payers = match (key, field) {
            (Key::Line(_), Field::Year(_)) => held.get(&(key, Field::Funders)),
            _ => None,
        };
        let done = match payers.map(|it| it.raw.clone()) {
            None => write::set(after, key, field, raw, book, ids),
            // Who pays may have waited for something to share: they go in together, or not at all.
            Some(payers) => {
                let mut both = after.clone();
                write::set(&mut both, key, field, raw, book, ids).and_then(|()| {
                    write::set(&mut both, key, Field::Funders, &payers, book, ids).map_err(|_| {
                        "Qui paie cette ligne\u{202f}? Son montant attend que «\u{a0}Financeurs\u{a0}» soit juste."
                            .to_owned()
                    })?;
                    held.remove(&(key, Field::Funders));
                    *after = both;
                    Ok(())
                })
            }
        };
        match done {
            Ok(()) => drop(held.remove(&(key, field))),
            Err(why) => {
                let raw = raw.to_owned();
                held.insert((key, field), Held { raw, why });
            }
        }
    }

    /// Tries again those of the held cells that may have waited for what has just come.
    pub(super) fn settle(
        held: &mut AllHeld,
        after: &mut Budget,
        waited: impl Fn(Key, Field) -> bool,
        book: Book<'_>,
        ids: &mut Ids,
    ) {
        let all = held.iter().filter(|((key, field), _)| waited(*key, *field));
        // Who pays a line stands before what it costs.
        let all: Vec<_> = all.map(|(cell, held)| (*cell, held.raw.clone())).collect();
        for (cell, raw) in all {
            if held.contains_key(&cell) {
                Self::put(held, after, cell, &raw, book, ids);
            }
        }
    }

    /// An edit of the budget with which held cells became those.
    pub(super) fn edit_and_hold(
        &mut self,
        label: impl Into<String>,
        mut after: Budget,
        mut held: AllHeld,
        session: &Session,
    ) -> Vec<Action<Message>> {
        if let Some(year) = self.comes.take() {
            let budget = after.clone();
            let book = Book {
                year: self.totals.rank_of(year),
                ..self.book(&budget, session)
            };
            let is_done = |_, field| matches!(field, Field::Step(_));
            session.with_ids(|ids| Self::settle(&mut held, &mut after, is_done, book, ids));
        }
        let actions = self.edit(label, after, session);
        let at = self.cell(self.cursor.at());
        let here = at.map(|(_, key, field)| (key, field));
        let from = self.left.take().or(here);
        if let (false, Some(before)) = (
            actions.is_empty(),
            session.records().get(record(self.id)).cloned(),
        ) {
            let beside = |one: &AllHeld, other: &AllHeld| -> AllHeld {
                let alone = one
                    .iter()
                    .filter(|(cell, it)| other.get(*cell) != Some(*it));
                alone.map(|(cell, it)| (*cell, it.clone())).collect()
            };
            let (came, went) = (beside(&held, &self.held), beside(&self.held, &held));
            self.turns.push(Turn {
                before: Arc::downgrade(&before),
                after: None,
                from,
                to: None,
                came,
                went,
            });
        }
        self.held = held;
        actions
    }

    /// The budget is another: what was held before an edit is again when the edit is undone, and the keyboard is where it
    /// was; so it is after it when it is done again.
    pub(super) fn turn(&mut self, session: &Session) {
        let (Some(was), Some(is)) = (&self.added, session.records().get(record(self.id))) else {
            return;
        };
        if Arc::ptr_eq(was, is) {
            return;
        }
        self.turns.retain(Turn::is_reachable);
        for turn in &mut self.turns {
            let Some(after) = &turn.after else {
                turn.after = Some(Arc::downgrade(is));
                continue;
            };
            let (gone, back, to) = if is_that(&turn.before, is) && is_that(after, was) {
                (&turn.came, &turn.went, turn.from)
            } else if is_that(after, is) && is_that(&turn.before, was) {
                (&turn.went, &turn.came, turn.to)
            } else {
                continue;
            };
            self.held.retain(|cell, it| gone.get(cell) != Some(it));
            self.held
                .extend(back.iter().map(|(cell, it)| (*cell, it.clone())));
            self.wanted = to.or(self.wanted);
        }
    }

    /// Rows are laid out again: the keyboard is where the last edit put it.
    pub(super) fn land(&mut self) {
        let at = self.cell(self.cursor.at());
        if let Some(turn) = self.turns.last_mut().filter(|it| it.to.is_none()) {
            turn.to = at.map(|(_, key, field)| (key, field));
        }
    }
}
