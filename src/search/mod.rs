//! Finding anything by a few letters of it: partners, conventions down to their articles, budgets, people, texts of
//! law, terms, organisations, resources, countries.
//!
//! Pure: it knows the model and the reference, no window and no file. Case, accents and signs do not count
//! ([`crate::model::fold`]); words are found inside words and across the fields of a row; what has them in its
//! names comes before what has them in its text, which shows the passage. The palette and the command line ask;
//! whoever holds the records says when they change ([`Library::follow`]).

mod column;
mod index;
mod passage;
mod query;
mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;

use crate::model::{Change, Id, Kind, Record, RecordId, Records};
use crate::reference::{Entry, Reference};

pub use index::{Hit, Index, Score};
pub use passage::{Passage, passage, whole};
pub use query::Query;

/// What a row leads to.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Target {
    /// A record of the workspace.
    Record(RecordId),
    /// A text of law, by its slug.
    Text(String),
    /// A term that ships, by its slug.
    Term(String),
    /// An organisation, by its slug.
    Organisation(String),
    /// A passage of where it comes from, by its slug.
    Origin(String),
    /// A reason to act, by its slug.
    Reason(String),
    /// An example, by its slug.
    Example(String),
    /// A country, by its code.
    Country(String),
}

/// The families under which answers are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Group {
    Partners,
    Conventions,
    Budgets,
    People,
    Texts,
    Terms,
    Organisations,
    Resources,
    Countries,
}

impl Group {
    /// Every family, in the order in which it is shown.
    pub const ALL: [Self; 9] = [
        Self::Partners,
        Self::Conventions,
        Self::Budgets,
        Self::People,
        Self::Texts,
        Self::Terms,
        Self::Organisations,
        Self::Resources,
        Self::Countries,
    ];

    /// Its heading.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Partners => "Partenaires",
            Self::Conventions => "Conventions",
            Self::Budgets => "Budgets",
            Self::People => "Personnes",
            Self::Texts => "Textes",
            Self::Terms => "Termes",
            Self::Organisations => "Organismes",
            Self::Resources => "Ressources",
            Self::Countries => "Pays",
        }
    }
}

impl Target {
    /// The family that it belongs to.
    #[must_use]
    pub const fn group(&self) -> Group {
        match self {
            Self::Record(name) => match name.kind {
                Kind::Partner | Kind::Authority => Group::Partners,
                Kind::Convention | Kind::Version => Group::Conventions,
                Kind::Budget | Kind::Posting => Group::Budgets,
                Kind::Contact => Group::People,
                Kind::Term | Kind::Clause => Group::Terms,
            },
            Self::Text(_) => Group::Texts,
            Self::Term(_) => Group::Terms,
            Self::Organisation(_) => Group::Organisations,
            Self::Origin(_) | Self::Reason(_) | Self::Example(_) => Group::Resources,
            Self::Country(_) => Group::Countries,
        }
    }
}

/// An answer, as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Found {
    /// What it leads to.
    pub target: Target,
    /// What it is called, with what the words touch.
    pub title: Passage,
    /// Where the words stand, when that is not in the title.
    pub passage: Option<Place>,
    /// Whether every word is in its names.
    pub by_name: bool,
}

/// Where in a row words stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    /// How it is introduced: « Art. 3 ».
    pub label: Option<String>,
    /// The article or annex that it is.
    pub article: Option<Id>,
    /// The words around.
    pub passage: Passage,
}

/// Everything that can be found.
#[derive(Debug, Clone, Default)]
pub struct Library {
    indexes: BTreeMap<Group, Index<Target>>,
}

impl Library {
    /// Reads the records and the reference.
    #[must_use]
    pub fn new(records: &Records, reference: &Reference) -> Self {
        let mut library = Self::default();
        let kept = records
            .all()
            .map(|record| Target::Record(record.record_id()));
        for target in kept.chain(of_reference(reference)) {
            library.put(target, records, reference);
        }
        library
    }

    /// Follows a change that was made: `records` are as they are after it.
    pub fn follow(&mut self, change: &Change, records: &Records, reference: &Reference) {
        let changes = change.edits.iter();
        for edit in changes.filter(|edit| !rows::says_the_same(edit)) {
            self.put(Target::Record(edit.record), records, reference);
            // What is found by the name of a partner: its conventions and its people.
            if edit.record.kind == Kind::Partner {
                let id = edit.record.id;
                let conventions = (records.conventions_of(id)).map(|it| (Kind::Convention, it.id));
                let people = records
                    .contacts_of(Some(id))
                    .map(|it| (Kind::Contact, it.id));
                for (kind, id) in conventions.chain(people) {
                    self.put(Target::Record(RecordId { kind, id }), records, reference);
                }
            }
        }
    }

    fn put(&mut self, target: Target, records: &Records, reference: &Reference) {
        let index = self.indexes.entry(target.group()).or_default();
        match rows::content(&target, records, reference) {
            Some(row) => index.put(
                target,
                row.names.iter().map(AsRef::as_ref),
                row.fields.iter().map(|field| field.text.as_ref()),
            ),
            None => index.remove(&target),
        }
    }

    /// The conventions that write these words one after the other, the best first, at most that many.
    #[must_use]
    pub fn conventions_that_say(&self, words: &str, at_most: usize) -> Vec<Id> {
        let conventions = self.indexes.get(&Group::Conventions);
        conventions
            .map(|index| index.find(&Query::phrase(words), at_most))
            .unwrap_or_default()
            .into_iter()
            .filter_map(|hit| match hit.target {
                Target::Record(RecordId {
                    kind: Kind::Convention,
                    id,
                }) => Some(id),
                _ => None,
            })
            .collect()
    }

    /// What answers, family by family, at most that many of each. The family whose best answer is the best comes
    /// first among those found by name; those found in their text only follow.
    #[must_use]
    pub fn find(
        &self,
        query: &Query,
        at_most: usize,
        records: &Records,
        reference: &Reference,
    ) -> Vec<(Group, Vec<Found>)> {
        let mut groups: Vec<(bool, Group, Vec<Found>)> = self
            .indexes
            .iter()
            .filter_map(|(group, index)| {
                let hits = index.find(query, at_most);
                let in_text_only = !hits.first()?.score.is_by_name();
                let shown = hits
                    .iter()
                    .filter_map(|hit| show(hit, query, records, reference));
                Some((in_text_only, *group, shown.collect()))
            })
            .collect();
        groups.sort_by_key(|(in_text_only, group, _)| (*in_text_only, *group));
        groups
            .into_iter()
            .map(|(_, group, found)| (group, found))
            .collect()
    }
}

fn show(
    hit: &Hit<Target>,
    query: &Query,
    records: &Records,
    reference: &Reference,
) -> Option<Found> {
    let row = rows::content(&hit.target, records, reference)?;
    let title = whole(row.names.first()?, query);

    let in_other_name = || {
        let other = row
            .names
            .iter()
            .skip(1)
            .find_map(|name| passage(name, query));
        other.map(|passage| Place {
            label: None,
            article: None,
            passage,
        })
    };
    let in_text = || {
        let touched = |place: &Place| place.passage.touched.len();
        row.fields
            .iter()
            .filter_map(|field| {
                Some(Place {
                    label: field.label.clone(),
                    article: field.place,
                    passage: passage(&field.text, query)?,
                })
            })
            .reduce(|best, other| {
                if touched(&other) > touched(&best) {
                    other
                } else {
                    best
                }
            })
    };

    let by_name = hit.score.is_by_name();
    Some(Found {
        target: hit.target.clone(),
        passage: match (by_name, title.touched.is_empty()) {
            (true, false) => None,
            (true, true) => in_other_name(),
            (false, _) => in_text(),
        },
        title,
        by_name,
    })
}

/// What of the reference can be found.
fn of_reference(reference: &Reference) -> impl Iterator<Item = Target> {
    fn all<'a, T: Entry + 'a>(
        entries: impl IntoIterator<Item = &'a T> + 'a,
        target: fn(String) -> Target,
    ) -> impl Iterator<Item = Target> + 'a {
        entries
            .into_iter()
            .map(move |entry| target(entry.id().to_owned()))
    }

    all(reference.legal_all(), Target::Text)
        .chain(all(reference.terms(), Target::Term))
        .chain(all(reference.organisations(), Target::Organisation))
        .chain(all(reference.origins(), Target::Origin))
        .chain(all(reference.reasons(), Target::Reason))
        .chain(all(reference.examples(), Target::Example))
        .chain(all(reference.countries(), Target::Country))
}

impl Found {
    /// The record that it is, if it is one.
    #[must_use]
    pub fn record<'a>(&self, records: &'a Records) -> Option<&'a Record> {
        match &self.target {
            Target::Record(name) => records.get(*name).map(AsRef::as_ref),
            _ => None,
        }
    }
}
