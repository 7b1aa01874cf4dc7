//! What this session did, so that it can be taken back.
//!
//! « Annuler » applies the reverse of a change through [`merge_states`]: what something else changed since is
//! kept, a clash is told. The history applies nothing itself: it answers with a [`Change`], which the session
//! applies and saves like any other. It is bounded by bytes, not by steps, and can forget a person.

mod weight;

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;

use super::diff::to_value;
use super::merge::{Conflict, merge_states};
use super::{Change, Contact, Edit, Kind, Record, RecordId, Records, Traces};
use weight::bytes_of;

/// How long typing may pause and still be one thing to undo.
pub const REST: Duration = Duration::from_millis(700);

/// What the history may hold, in bytes of JSON, unless told otherwise.
const USUAL_LIMIT: usize = 64 << 20;

/// The changes of a session, and those that were undone.
#[derive(Debug, Clone)]
pub struct History {
    done: VecDeque<Entry>,
    undone: Vec<Entry>,
    bytes: usize,
    limit: usize,
    typing: Option<Typing>,
}

/// A change that can be taken back.
#[derive(Debug, Clone)]
struct Entry {
    change: Change,
    bytes: usize,
}

/// The last change is still being typed.
#[derive(Debug, Clone)]
struct Typing {
    since: Duration,
}

/// What to apply in order to undo or to redo.
#[derive(Debug, Clone, PartialEq)]
pub struct Reversal {
    /// To be applied and saved; without edits when everything that it would take back has changed since.
    pub change: Change,
    /// Where something else changed since: that was kept.
    pub clashes: Vec<Conflict>,
}

impl Default for History {
    fn default() -> Self {
        Self::bounded(USUAL_LIMIT)
    }
}

impl History {
    /// An empty history that holds about that many bytes, counted as JSON; the last change always fits.
    #[must_use]
    pub fn bounded(limit: usize) -> Self {
        Self {
            done: VecDeque::new(),
            undone: Vec::new(),
            bytes: 0,
            limit,
            typing: None,
        }
    }

    /// Remembers a change that this session applied, at `now` on any clock that only goes forward.
    ///
    /// It is one with the last when both bear the same coalescing key on the same records, the one going on
    /// where the other ended, with less than [`REST`] between them and no [`Self::rest`].
    pub fn record(&mut self, change: Change, now: Duration) {
        if change.edits.is_empty() {
            return;
        }
        for entry in self.undone.drain(..) {
            self.bytes -= entry.bytes;
        }

        let goes_on = self.typing.take().is_some_and(|typing| {
            now.saturating_sub(typing.since) < REST
                && self
                    .done
                    .back()
                    .is_some_and(|last| follows(&last.change, &change))
        });
        if change.coalescing.is_some() {
            self.typing = Some(Typing { since: now });
        }

        match self.done.back_mut() {
            Some(last) if goes_on => {
                for (before, after) in last.change.edits.iter_mut().zip(change.edits) {
                    before.after = after.after;
                }
            }
            _ => self.push(change),
        }
    }

    /// A word ended, the focus left, the screen changed: what is typed next is another thing to undo.
    pub fn rest(&mut self) {
        self.typing = None;
    }

    /// What « Annuler » would take back.
    #[must_use]
    pub fn undo_label(&self) -> Option<&str> {
        self.done.back().map(|entry| entry.change.label.as_str())
    }

    /// What « Rétablir » would do again.
    #[must_use]
    pub fn redo_label(&self) -> Option<&str> {
        self.undone.last().map(|entry| entry.change.label.as_str())
    }

    /// Takes back the last change, from the records as they are now.
    pub fn undo(&mut self, present: &Records) -> Option<Reversal> {
        self.typing = None;
        let entry = self.done.pop_back()?;
        self.bytes -= entry.bytes;

        let reversal = reverse(&entry.change, present);
        if !reversal.change.edits.is_empty() {
            let entry = Entry::new(reversal.change.clone());
            self.bytes += entry.bytes;
            self.undone.push(entry);
        }
        Some(reversal)
    }

    /// Does again what was last undone, from the records as they are now.
    pub fn redo(&mut self, present: &Records) -> Option<Reversal> {
        self.typing = None;
        let entry = self.undone.pop()?;
        self.bytes -= entry.bytes;

        let reversal = reverse(&entry.change, present);
        if !reversal.change.edits.is_empty() {
            self.push(reversal.change.clone());
        }
        Some(reversal)
    }

    /// Forgets a person: every state of that contact, and every state of any record that names it by a name, an
    /// address or a number that it bore. Answers how many edits can no longer be undone.
    pub fn forget(&mut self, person: &Contact) -> usize {
        let name = RecordId {
            kind: Kind::Contact,
            id: person.id,
        };
        let mut traces = vec![Traces::of(person)];
        for edit in self.entries().flat_map(|entry| &entry.change.edits) {
            for state in [&edit.before, &edit.after].into_iter().flatten() {
                if let Record::Contact(contact) = state.as_ref()
                    && contact.id == person.id
                {
                    traces.push(Traces::of(contact));
                }
            }
        }

        let mut forgotten = 0;
        let mut cleanse = |entry: &mut Entry| {
            let before = entry.change.edits.len();
            entry.change.edits.retain(|edit| {
                let states = [&edit.before, &edit.after];
                edit.record != name
                    && !states
                        .into_iter()
                        .flatten()
                        .any(|record| mentions(&to_value(record), &traces))
            });
            forgotten += before - entry.change.edits.len();

            if traces.iter().any(|it| it.are_in(&entry.change.label)) {
                "Modification".clone_into(&mut entry.change.label);
            }
            entry.bytes = bytes_of(&entry.change);
            !entry.change.edits.is_empty()
        };
        self.done.retain_mut(&mut cleanse);
        self.undone.retain_mut(&mut cleanse);

        self.bytes = self.entries().map(|entry| entry.bytes).sum();
        self.typing = None;
        forgotten
    }

    /// How many bytes of JSON are remembered. The change being typed counts as when it began.
    #[must_use]
    pub const fn bytes(&self) -> usize {
        self.bytes
    }

    fn entries(&self) -> impl Iterator<Item = &Entry> {
        self.done.iter().chain(&self.undone)
    }

    fn push(&mut self, change: Change) {
        let entry = Entry::new(change);
        self.bytes += entry.bytes;
        self.done.push_back(entry);

        while self.bytes > self.limit && self.done.len() > 1 {
            if let Some(oldest) = self.done.pop_front() {
                self.bytes -= oldest.bytes;
            }
        }
    }
}

impl Entry {
    fn new(change: Change) -> Self {
        Self {
            bytes: bytes_of(&change),
            change,
        }
    }
}

/// Whether a change goes on where the last one ended.
fn follows(last: &Change, next: &Change) -> bool {
    let same_place = last.coalescing.is_some()
        && last.coalescing == next.coalescing
        && last.edits.len() == next.edits.len();

    same_place
        && last.edits.iter().zip(&next.edits).all(|(last, next)| {
            last.record == next.record && same_state(last.after.as_ref(), next.before.as_ref())
        })
}

fn same_state(one: Option<&Arc<Record>>, other: Option<&Arc<Record>>) -> bool {
    match (one, other) {
        (Some(one), Some(other)) => Arc::ptr_eq(one, other) || one == other,
        (one, other) => one.is_none() && other.is_none(),
    }
}

/// The change that takes that one back from the records as they are.
fn reverse(change: &Change, present: &Records) -> Reversal {
    let mut clashes = Vec::new();
    let mut edits = Vec::new();

    for edit in &change.edits {
        let now = present.get(edit.record);

        let becomes = if same_state(now, edit.after.as_ref()) {
            edit.before.clone()
        } else {
            let (merged, conflicts) = merge_states(
                edit.record,
                edit.after.as_deref(),
                now.map(AsRef::as_ref),
                edit.before.as_deref(),
            );
            clashes.extend(conflicts);
            merged.map(Arc::new)
        };

        if !same_state(now, becomes.as_ref()) {
            edits.push(Edit {
                record: edit.record,
                before: now.cloned(),
                after: becomes,
            });
        }
    }

    Reversal {
        change: Change {
            label: change.label.clone(),
            coalescing: None,
            edits,
        },
        clashes,
    }
}

fn mentions(value: &Value, traces: &[Traces]) -> bool {
    match value {
        Value::String(text) => traces.iter().any(|it| it.are_in(text)),
        Value::Array(items) => items.iter().any(|item| mentions(item, traces)),
        Value::Object(members) => members.values().any(|member| mentions(member, traces)),
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::samples::{self, Fresh, Move, moves, play};
    use crate::model::{Convention, Ids};

    const MOMENT: Duration = Duration::from_millis(200);

    fn title_of(records: &Records) -> String {
        records.all().next().unwrap().title().to_owned()
    }

    fn typed(records: &mut Records, title: &str) -> Change {
        let before = records.all().next().unwrap().clone();
        let Record::Convention(convention) = before.as_ref() else {
            unreachable!()
        };
        let after = Record::Convention(Convention {
            title: title.to_owned(),
            ..convention.clone()
        });
        let change = Change::replace("Modifier le titre", before, after).coalescing("title");
        records.apply(&change);
        change
    }

    fn undo(history: &mut History, records: &mut Records) -> Reversal {
        let reversal = history.undo(records).unwrap();
        records.apply(&reversal.change);
        reversal
    }

    fn one_convention() -> Records {
        Records::from_records([Record::Convention(samples::convention())])
    }

    #[test]
    fn typing_is_one_thing_to_undo_until_it_rests() {
        let mut records = one_convention();
        let (mut history, mut now) = (History::default(), Duration::ZERO);
        let first = title_of(&records);

        for title in ["B", "Bo", "Bon"] {
            history.record(typed(&mut records, title), now);
            now += MOMENT;
        }
        now += REST;
        history.record(typed(&mut records, "Bonj"), now);
        history.rest();
        history.record(typed(&mut records, "Bonjo"), now);

        undo(&mut history, &mut records);
        assert_eq!(title_of(&records), "Bonj");
        undo(&mut history, &mut records);
        assert_eq!(title_of(&records), "Bon");
        undo(&mut history, &mut records);
        assert_eq!(title_of(&records), first);
        assert_eq!(history.undo(&records), None);
    }

    #[test]
    fn typing_does_not_swallow_what_came_between() {
        let mut records = one_convention();
        let mut history = History::default();
        history.record(typed(&mut records, "B"), MOMENT);
        typed(&mut records, "Venu d’ailleurs");
        history.record(typed(&mut records, "Venu d’ailleurs, ici"), MOMENT);

        undo(&mut history, &mut records);
        assert_eq!(title_of(&records), "Venu d’ailleurs");

        let clash = undo(&mut history, &mut records);
        assert_eq!(title_of(&records), "Venu d’ailleurs");
        assert_eq!(clash.clashes.len(), 1);
        assert!(clash.change.edits.is_empty());
    }

    #[test]
    fn a_change_after_an_undo_forgets_what_was_undone() {
        let mut records = one_convention();
        let mut history = History::default();
        history.record(typed(&mut records, "A"), MOMENT);
        undo(&mut history, &mut records);
        assert_eq!(history.redo_label(), Some("Modifier le titre"));

        history.record(typed(&mut records, "B"), MOMENT);
        assert_eq!(history.redo_label(), None);
        assert_eq!(history.redo(&records), None);
    }

    #[test]
    fn a_deletion_is_undone_and_redone() {
        let mut records = one_convention();
        let mut history = History::default();
        let before = records.all().next().unwrap().clone();
        let change = Change::delete("Supprimer", before);
        records.apply(&change);
        history.record(change, MOMENT);

        undo(&mut history, &mut records);
        assert_eq!(records.all().count(), 1);

        let again = history.redo(&records).unwrap();
        records.apply(&again.change);
        assert_eq!(records.all().count(), 0);

        undo(&mut history, &mut records);
        assert_eq!(records, one_convention());
    }

    #[test]
    fn it_is_bounded_by_bytes_and_keeps_the_last_change() {
        let mut records = one_convention();
        let mut history = History::bounded(20_000);

        for step in 0..500 {
            let change = typed(&mut records, &format!("Titre {step}"));
            history.record(change, REST * step);
            assert!(history.bytes() <= 20_000);
        }
        let mut steps = 0;
        while history.undo(&records).is_some() {
            steps += 1;
        }
        assert!((5..500).contains(&steps), "{steps}");

        let mut tight = History::bounded(1);
        tight.record(typed(&mut records, "Long"), MOMENT);
        assert!(tight.undo(&records).is_some());
    }

    #[test]
    fn a_person_forgotten_leaves_no_trace() {
        let mut ids = Ids::counted(1);
        let before = Contact {
            email: Some("adjoua@porto-novo.example".to_owned()),
            ..samples::contact(ids.next_id(), "Mme Adjoua Hounkpatin")
        };
        let after = Contact {
            email: Some("a.hounkpatin@porto-novo.example".to_owned()),
            ..before.clone()
        };
        let mut records = one_convention();
        let mut history = History::default();

        let created = Change::create(
            "Ajouter Mme Adjoua Hounkpatin",
            Record::Contact(before.clone()),
        );
        let moved = Change::replace(
            "Modifier l’adresse",
            Arc::new(Record::Contact(before)),
            Record::Contact(after.clone()),
        );
        history.record(created, REST);
        history.record(moved, REST * 3);
        for (step, title) in [
            "Rencontre avec Adjoua Hounkpatin",
            "Écrire à adjoua@porto-novo.example",
            "Rencontre",
            "Rencontre de mai",
        ]
        .into_iter()
        .enumerate()
        {
            let now = REST * (5 + 2 * step as u32);
            history.record(typed(&mut records, title), now);
        }

        // Two states of the contact, and three changes of the title from or to a text that names it.
        assert_eq!(history.forget(&after), 5);
        let left = format!("{history:?}");
        assert!(
            !left.contains("Hounkpatin") && !left.contains("adjoua"),
            "{left}"
        );

        assert_eq!(history.undo_label(), Some("Modifier le titre"));
        undo(&mut history, &mut records);
        assert_eq!(title_of(&records), "Rencontre");
    }

    /// Plays an edit on one of the records, and gives the change when there is one.
    fn step(records: &mut Records, which: usize, one: Move, fresh: &mut Fresh) -> Option<Change> {
        let count = records.all().count();
        let before = records.all().nth(which % count.max(1))?.clone();
        let after = play(&before, one, fresh);

        (*before != after).then(|| {
            let change = Change::replace("Modifier", before, after);
            records.apply(&change);
            change
        })
    }

    fn sample_records() -> Records {
        Records::from_records([
            Record::Convention(samples::convention()),
            Record::Budget(samples::budget()),
        ])
    }

    proptest! {
        #[test]
        fn undoing_everything_is_the_identity(edits in moves(12)) {
            let mut records = sample_records();
            let mut history = History::default();
            let mut fresh = Fresh::new(1);
            let first = records.clone();

            for (rank, one) in edits.into_iter().enumerate() {
                if let Some(change) = step(&mut records, one.which(), one, &mut fresh) {
                    history.record(change, REST * (2 * rank as u32));
                }
            }
            let last = records.clone();

            while let Some(reversal) = history.undo(&records) {
                prop_assert_eq!(reversal.clashes, vec![]);
                records.apply(&reversal.change);
            }
            prop_assert_eq!(&records, &first);

            while let Some(reversal) = history.redo(&records) {
                prop_assert_eq!(reversal.clashes, vec![]);
                records.apply(&reversal.change);
            }
            prop_assert_eq!(&records, &last);
        }

        #[test]
        fn undoing_keeps_what_came_from_elsewhere(
            edits in proptest::collection::vec((any::<bool>(), samples::one_move()), 0..12),
        ) {
            // Ours touch the articles, the others what stands beside them: no clash is possible.
            let mut records = sample_records();
            let mut elsewhere = records.clone();
            let mut history = History::default();
            let (mut here, mut there) = (Fresh::new(1), Fresh::new(2));

            for (rank, (from_elsewhere, one)) in edits.into_iter().enumerate() {
                if from_elsewhere {
                    let mut same = there.clone();
                    step(&mut records, 0, one.beside_the_text(), &mut there);
                    step(&mut elsewhere, 0, one.beside_the_text(), &mut same);
                } else if let Some(change) = step(&mut records, 0, one.in_the_text(), &mut here) {
                    history.record(change, REST * (2 * rank as u32));
                }
            }

            while let Some(reversal) = history.undo(&records) {
                prop_assert_eq!(reversal.clashes, vec![]);
                records.apply(&reversal.change);
            }
            prop_assert_eq!(records, elsewhere);
        }
    }
}
