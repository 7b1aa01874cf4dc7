//! The form kit: entries that keep what was typed, what it says, and why it is not kept where it says nothing.
//!
//! A screen owns a [`Form`] keyed by an enum of its fields, and two functions over the record: what a field says as
//! text, and how a text sets it ([`typed`] reads and says days, amounts, whole numbers). Then one message and one arm
//! are enough for all fields:
//!
//! ```ignore
//! #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
//! enum Field { Name, Start }
//!
//! fn say(partner: &Partner, field: Field) -> String {
//!     match field {
//!         Field::Name => partner.name.text.clone(),
//!         Field::Start => typed::say_day(partner.since),
//!     }
//! }
//!
//! fn set(partner: &mut Partner, field: Field, raw: &str) -> Result<(), String> {
//!     match field {
//!         Field::Name => partner.name.text = typed::required(raw, "Indiquez le nom.")?,
//!         Field::Start => partner.since = typed::day(raw)?,
//!     }
//!     Ok(())
//! }
//!
//! // In `update`, for Message::Form(field, typing):
//! match self.form.hear(field, typing, partner, |it| say(it, field), |it, raw| set(it, field, raw)) {
//!     Heard::Becomes(after) => vec![Action::Edit(
//!         Change::replace("Modifier le partenaire", before, Record::Partner(after)).coalescing(format!("{field:?}")),
//!     )],
//!     Heard::Left => vec![Action::Rest],
//!     Heard::Nothing => Vec::new(),
//! }
//!
//! // In `view`:
//! entry("Nom officiel", self.form.shown(Field::Name, say(partner, Field::Name)), "partner.name", palette, |typing| {
//!     Message::Form(Field::Name, typing)
//! })
//! ```
//!
//! What is shown is what the record says, except in an entry that is being typed in: so an entry follows an undo or a
//! colleague's change by itself, there is one history, and a screen has nothing to refresh. A form over something that
//! is no record yet (a dialog that creates) is the same, over a draft that the screen keeps.
//!
//! Beside entries: [`select`](super::select) picks one of a list, by arrows or by typing part of it;
//! [`checkbox`](super::checkbox), [`segmented`](super::segmented), [`several`](super::several) act at once;
//! [`columns`] lays all of them out in two columns, or one; [`section`] and [`disclosure`] head them;
//! [`Dialog`](super::Dialog) holds them in front of the page.

mod area;
mod entry;
mod layout;
pub mod typed;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use self::area::{Area, area};
pub use self::entry::{Entry, entry};
pub use self::layout::{Cell, columns, disclosure, labelled, pills, reading, said, section};

/// What happens in an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Typing {
    /// It holds that text now.
    Typed(String),
    /// The keyboard left it.
    Left,
}

/// What an entry asks of who owns the record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Heard<R> {
    /// Nothing: what was typed says nothing else, or nothing that can be kept.
    Nothing,
    /// What is typed next is another thing to undo.
    Left,
    /// The record becomes that.
    Becomes(R),
}

/// What an entry shows.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shown<'a> {
    /// The text in it.
    pub text: Cow<'a, str>,
    /// Why it is not kept, when it is not.
    pub fault: Option<&'a str>,
}

/// The entries that are being typed in, or hold something that cannot be kept.
#[derive(Debug, Clone)]
pub struct Form<F> {
    held: BTreeMap<F, Held>,
}

#[derive(Debug, Clone)]
struct Held {
    raw: String,
    /// What the record said when that was typed. Once it says something else, it is the record that is shown.
    said: String,
    fault: Option<String>,
}

impl<F> Default for Form<F> {
    fn default() -> Self {
        Self {
            held: BTreeMap::new(),
        }
    }
}

impl<F: Copy + Ord> Form<F> {
    /// Reads what happened in an entry over that record: `say` is what the field says of it, `set` puts a text in it
    /// or answers why it cannot be.
    pub fn hear<R: Clone + PartialEq>(
        &mut self,
        field: F,
        typing: Typing,
        record: &R,
        say: impl Fn(&R) -> String,
        set: impl FnOnce(&mut R, &str) -> Result<(), String>,
    ) -> Heard<R> {
        let raw = match typing {
            Typing::Typed(raw) => raw,
            Typing::Left => {
                if self.held.get(&field).is_some_and(|it| it.fault.is_none()) {
                    self.held.remove(&field);
                }
                return Heard::Left;
            }
        };

        let mut after = record.clone();
        let fault = set(&mut after, &raw).err();
        if fault.is_some() {
            after = record.clone();
        }
        let said = say(&after);
        self.held.insert(field, Held { raw, said, fault });
        if after == *record {
            Heard::Nothing
        } else {
            Heard::Becomes(after)
        }
    }

    /// What the entry of a field shows, where the record says that.
    pub fn shown(&self, field: F, said: impl Into<String>) -> Shown<'_> {
        let said = said.into();
        match self.held.get(&field) {
            Some(held) if held.said == said => Shown {
                text: Cow::Borrowed(&held.raw),
                fault: held.fault.as_deref(),
            },
            _ => Shown {
                text: Cow::Owned(said),
                fault: None,
            },
        }
    }

    /// Records changed: what was typed goes where the record says something else by now, or, as where `said` answers
    /// nothing, has no such field any more.
    pub fn follow(&mut self, said: impl Fn(F) -> Option<String>) {
        self.held
            .retain(|field, held| said(*field).as_ref() == Some(&held.said));
    }

    /// Whether an entry is being typed in, or holds something that cannot be kept.
    #[must_use]
    pub fn holds(&self, field: F) -> bool {
        self.held.contains_key(&field)
    }

    /// Whether one of those entries holds something that cannot be kept.
    #[must_use]
    pub fn refuses(&self, is_one: impl Fn(F) -> bool) -> bool {
        let mut held = self.held.iter();
        held.any(|(field, it)| it.fault.is_some() && is_one(*field))
    }

    /// The first entry that holds something that cannot be kept, in the order of the fields.
    #[must_use]
    pub fn first_fault(&self) -> Option<F> {
        let mut held = self.held.iter();
        held.find(|(_, it)| it.fault.is_some())
            .map(|(field, _)| *field)
    }

    /// How many entries hold something that cannot be kept.
    #[must_use]
    pub fn faults(&self) -> usize {
        let faulty = |held: &&Held| held.fault.is_some();
        self.held.values().filter(faulty).count()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
    struct Year;

    fn hear(form: &mut Form<Year>, year: &mut Option<u16>, raw: &str) -> Heard<Option<u16>> {
        let heard = form.hear(
            Year,
            Typing::Typed(raw.to_owned()),
            year,
            |year| typed::say_whole(*year),
            |year, raw| {
                *year = typed::whole(raw)?;
                Ok(())
            },
        );
        if let Heard::Becomes(after) = &heard {
            *year = *after;
        }
        heard
    }

    fn shown(form: &Form<Year>, year: Option<u16>) -> (String, bool) {
        let shown = form.shown(Year, typed::say_whole(year));
        (shown.text.into_owned(), shown.fault.is_some())
    }

    #[test]
    fn what_says_nothing_stays_as_typed_and_the_record_as_it_was() {
        let (mut form, mut year) = (Form::default(), Some(2026));
        assert_eq!(hear(&mut form, &mut year, "20x"), Heard::Nothing);
        assert_eq!(year, Some(2026));
        assert_eq!(shown(&form, year), ("20x".to_owned(), true));
        assert_eq!(form.faults(), 1);

        assert_eq!(
            hear(&mut form, &mut year, "2027 "),
            Heard::Becomes(Some(2027))
        );
        assert_eq!(shown(&form, year), ("2027 ".to_owned(), false));
    }

    #[test]
    fn a_record_that_changes_from_elsewhere_is_followed() {
        let (mut form, mut year) = (Form::default(), Some(2026));
        hear(&mut form, &mut year, "02027");
        assert_eq!(shown(&form, year).0, "02027");
        assert_eq!(shown(&form, Some(2026)).0, "2026");
    }

    #[test]
    fn what_is_refused_counts_while_its_field_is_there_and_says_the_same() {
        let (mut form, mut year) = (Form::default(), Some(2026));
        hear(&mut form, &mut year, "bientôt");
        form.follow(|_| Some("2026".to_owned()));
        assert_eq!(form.faults(), 1);
        form.follow(|_| Some("2027".to_owned()));
        assert_eq!(form.faults(), 0);

        hear(&mut form, &mut year, "bientôt");
        form.follow(|_| None);
        assert_eq!(form.faults(), 0);
    }

    #[test]
    fn an_entry_that_is_left_shows_what_is_kept() {
        let (mut form, mut year) = (Form::default(), None);
        hear(&mut form, &mut year, " 7");
        let heard = form.hear(Year, Typing::Left, &year, |_| String::new(), |_, _| Ok(()));
        assert_eq!(heard, Heard::Left);
        assert_eq!(shown(&form, year), ("7".to_owned(), false));

        hear(&mut form, &mut year, "sept");
        form.hear(Year, Typing::Left, &year, |_| String::new(), |_, _| Ok(()));
        assert_eq!(shown(&form, year), ("sept".to_owned(), true));
    }
}
