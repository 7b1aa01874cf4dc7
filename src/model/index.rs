//! Look-ups: what points to what, kept in order so that the answer to a question is a stretch of it.
//!
//! [`super::Records`] keeps one persistent set of [`Entry`]s. What a record puts in it follows from the record
//! alone, so that a change replaces the entries of the records that it touches and no others.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, Utc};
use icu_collator::options::CollatorOptions;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};

use super::{Id, Line, Record, fold};

/// One thing that can be looked up. The variants' order is that of the set.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Entry {
    /// A partner, and a convention to which it is a party.
    Party(Id, Id),
    /// A convention, and one that carries it out, amends or renews it.
    Child(Id, Id),
    /// A budget, and a convention that names it.
    Budgeted(Id, Id),
    /// A convention, and a version of it with its date.
    Version(Id, DateTime<Utc>, Id),
    /// Where people work, and a person.
    Person(Option<Id>, Id),
    /// A body and a year, and a budget under which it is granted something.
    Granted(Id, i32, Id),
    /// A kind of record in French order. The last variant: a range of it has no upper end that can be written.
    Sorted(super::Kind, Arc<[u8]>, Id),
}

/// What is read of a record once, when it enters.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Keys {
    /// Its title as French sorts it.
    pub(super) sort: Arc<[u8]>,
    /// Its names as a search reads them, one a line.
    pub(super) search: Arc<str>,
}

/// French sorts as Unicode's root does: É with E, œ with oe.
static COLLATOR: LazyLock<Option<CollatorBorrowed<'static>>> = LazyLock::new(|| {
    Collator::try_new(CollatorPreferences::default(), CollatorOptions::default()).ok()
});

/// The bytes by which French orders that text among others.
#[must_use]
pub fn sort_key(text: &str) -> Vec<u8> {
    let mut key = Vec::with_capacity(2 * text.len() + 8);
    match COLLATOR.as_ref() {
        // Writing to a vector cannot fail.
        Some(collator) => {
            let _ = collator.write_sort_key_to(text, &mut key);
        }
        None => key.extend_from_slice(fold(text).as_bytes()),
    }
    key
}

impl Keys {
    /// The keys of a record; those that it had before where its names are the same.
    pub(super) fn of(record: &Record, before: Option<(&Record, &Self)>) -> Self {
        let names = names(record);
        if let Some((same, keys)) = before
            && self::names(same) == names
        {
            return keys.clone();
        }

        let search: Vec<_> = names.iter().map(|name| fold(name)).collect();
        Self {
            sort: sort_key(record.title()).into(),
            search: search.join("\n").into(),
        }
    }
}

/// What a record is looked for by, its title first.
fn names(record: &Record) -> Vec<&str> {
    let mut names = vec![record.title()];
    match record {
        Record::Partner(partner) => {
            names.extend(partner.short_name.iter().map(|name| name.text.as_str()));
            names.extend(partner.names.iter().map(|name| name.text.as_str()));
            names.extend(partner.town.as_deref());
        }
        Record::Contact(contact) => {
            names.extend(contact.own_name.as_deref());
            names.extend(contact.function.as_deref());
        }
        Record::Term(term) => names.extend(term.acronym.as_deref()),
        Record::Authority(_)
        | Record::Convention(_)
        | Record::Version(_)
        | Record::Budget(_)
        | Record::Clause(_)
        | Record::Posting(_) => {}
    }
    names
}

/// Whether a budget surely puts the same in the set as before, its names being the same: who is granted something by its
/// lines, and in which years, has not changed. Thousands of lines are shared by both and not looked into.
pub(super) fn puts_the_same(before: &Record, after: &Record) -> bool {
    let (Record::Budget(before), Record::Budget(after)) = (before, after) else {
        return false;
    };
    let years = |line: &Line| line.years().collect::<BTreeSet<i32>>();
    let same = |was: &Line, is: &Line| {
        was.beneficiary == is.beneficiary && (was.beneficiary.is_none() || years(was) == years(is))
    };
    let mut pairs = before.lines.iter().zip(&after.lines);
    before.lines.len() == after.lines.len()
        && pairs.all(|(was, is)| was.is_same(is) || same(was, is))
}

/// What a record puts in the set.
pub(super) fn entries(record: &Record, keys: &Keys) -> BTreeSet<Entry> {
    let mut entries = BTreeSet::new();
    let name = record.record_id();

    match record {
        Record::Convention(convention) => {
            let parties = convention.parties.iter().filter_map(|party| party.partner);
            entries.extend(parties.map(|partner| Entry::Party(partner, convention.id)));
            entries.extend(convention.parent.map(|it| Entry::Child(it, convention.id)));
            entries.extend(
                convention
                    .budget
                    .map(|it| Entry::Budgeted(it, convention.id)),
            );
        }
        Record::Version(version) => {
            entries.insert(Entry::Version(version.convention, version.at, version.id));
        }
        Record::Contact(contact) => {
            entries.insert(Entry::Person(contact.holder, contact.id));
        }
        Record::Budget(budget) => {
            for line in &budget.lines {
                let Some(body) = line.beneficiary else {
                    continue;
                };
                let years: BTreeSet<i32> = line.years().collect();
                entries.extend(
                    years
                        .into_iter()
                        .map(|year| Entry::Granted(body, year, budget.id)),
                );
            }
        }
        Record::Authority(_)
        | Record::Partner(_)
        | Record::Term(_)
        | Record::Clause(_)
        | Record::Posting(_) => {}
    }

    if !matches!(record, Record::Version(_)) {
        entries.insert(Entry::Sorted(name.kind, keys.sort.clone(), name.id));
    }
    entries
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn french_order() {
        let mut names = vec![
            "Zinder",
            "Évry",
            "Œuf-en-Ternois",
            "Odessa",
            "Evreux",
            "Oujda",
            "Aného",
            "Ané",
            "évian",
        ];
        names.sort_by_key(|name| sort_key(name));
        assert_eq!(
            names,
            [
                "Ané",
                "Aného",
                "évian",
                "Evreux",
                "Évry",
                "Odessa",
                "Œuf-en-Ternois",
                "Oujda",
                "Zinder"
            ]
        );
    }
}
