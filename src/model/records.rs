//! Everything that is kept, in memory: cheap to clone, so that a past version, an import about to happen or
//! a merge candidate can be composed, checked and shown like the present.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use super::{
    Authority, Budget, Change, Contact, Convention, Id, Kind, Nature, Partner, Party, Record,
    RecordId, Signatory, Snapshot, Term, Version,
};

/// All records, with the look-ups that everyone needs.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    kept: BTreeMap<Kind, Arc<BTreeMap<Id, Arc<Record>>>>,
}

static NO_AUTHORITY: LazyLock<Authority> = LazyLock::new(Authority::default);

impl Records {
    /// The records of that list; of two with one name the last is kept.
    #[must_use]
    pub fn from_records(records: impl IntoIterator<Item = Record>) -> Self {
        let mut all = Self::default();
        for record in records {
            all.put(record.record_id(), Some(Arc::new(record)));
        }
        all
    }

    /// The records of a version, as they were.
    #[must_use]
    pub fn from_snapshot(snapshot: &Snapshot) -> Self {
        let one = |record: &Authority| Record::Authority(record.clone());
        Self::from_records(
            std::iter::once(one(&snapshot.authority))
                .chain(snapshot.partners.iter().cloned().map(Record::Partner))
                .chain(snapshot.contacts.iter().cloned().map(Record::Contact))
                .chain(snapshot.conventions.iter().cloned().map(Record::Convention))
                .chain(snapshot.budgets.iter().cloned().map(Record::Budget)),
        )
    }

    /// Makes a change. What it says that records were is not looked at: the caller has merged.
    pub fn apply(&mut self, change: &Change) {
        for edit in &change.edits {
            self.put(edit.record, edit.after.clone());
        }
    }

    fn put(&mut self, name: RecordId, record: Option<Arc<Record>>) {
        let kept = Arc::make_mut(self.kept.entry(name.kind).or_default());
        match record {
            Some(record) => kept.insert(name.id, record),
            None => kept.remove(&name.id),
        };
    }

    /// A record by its name.
    #[must_use]
    pub fn get(&self, name: RecordId) -> Option<&Arc<Record>> {
        self.kept.get(&name.kind)?.get(&name.id)
    }

    /// All records of a kind, in the order of their identifiers.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        self.kept
            .get(&kind)
            .into_iter()
            .flat_map(|kept| kept.values())
    }

    /// All records.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.kept.values().flat_map(|kept| kept.values())
    }

    /// How many records of a kind there are.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.kept.get(&kind).map_or(0, |kept| kept.len())
    }

    /// Our own authority; an empty one before the first questions are answered.
    #[must_use]
    pub fn authority(&self) -> &Authority {
        let name = RecordId {
            kind: Kind::Authority,
            id: Id::SINGLE,
        };
        match self.get(name).map(AsRef::as_ref) {
            Some(Record::Authority(authority)) => authority,
            _ => &NO_AUTHORITY,
        }
    }

    /// What a party is in law: our own authority is French.
    #[must_use]
    pub fn nature_of(&self, party: &Party) -> Option<Nature> {
        match party.partner {
            None => Some(Nature::FrenchAuthority),
            Some(id) => self.partner(id).map(|partner| partner.nature),
        }
    }

    /// Those who may sign for a party.
    #[must_use]
    pub fn signatories_of(&self, party: &Party) -> &[Signatory] {
        match party.partner {
            None => &self.authority().signatories,
            Some(id) => self
                .partner(id)
                .map_or(&[], |partner| partner.signatories.as_slice()),
        }
    }

    /// The person who signs for a party: the one that it names, else the first of its list.
    #[must_use]
    pub fn signatory_of(&self, party: &Party) -> Option<&Signatory> {
        let all = self.signatories_of(party);
        match party.signatory {
            Some(id) => all.iter().find(|signatory| signatory.id == id),
            None => all.first(),
        }
    }

    /// The conventions to which a partner is a party.
    pub fn conventions_of(&self, partner: Id) -> impl Iterator<Item = &Convention> {
        self.conventions().filter(move |convention| {
            convention
                .parties
                .iter()
                .any(|party| party.partner == Some(partner))
        })
    }

    /// The conventions that carry out, amend or renew that one.
    pub fn children_of(&self, convention: Id) -> impl Iterator<Item = &Convention> {
        self.conventions()
            .filter(move |child| child.parent == Some(convention))
    }

    /// The conventions that name that budget.
    pub fn conventions_with_budget(&self, budget: Id) -> impl Iterator<Item = &Convention> {
        self.conventions()
            .filter(move |convention| convention.budget == Some(budget))
    }

    /// The versions of a convention, oldest first.
    #[must_use]
    pub fn versions_of(&self, convention: Id) -> Vec<&Version> {
        let mut versions: Vec<_> = self
            .versions()
            .filter(|version| version.convention == convention)
            .collect();
        versions.sort_by_key(|version| (version.at, version.id));
        versions
    }

    /// The signed text of a convention, once it is sealed: the last seal, should a material error have
    /// been corrected.
    #[must_use]
    pub fn sealed(&self, convention: Id) -> Option<&Version> {
        self.versions_of(convention)
            .into_iter()
            .rfind(|version| version.sealed)
    }

    /// The people at a partner; at our own authority when absent.
    pub fn contacts_of(&self, holder: Option<Id>) -> impl Iterator<Item = &Contact> {
        self.contacts()
            .filter(move |contact| contact.holder == holder)
    }
}

macro_rules! access {
    ($($kind:ident $one:ident $many:ident $what:literal),*) => {
        impl Records {
            $(
                #[doc = concat!("The ", $what, " of that identifier.")]
                #[must_use]
                pub fn $one(&self, id: Id) -> Option<&$kind> {
                    match self.get(RecordId { kind: Kind::$kind, id })?.as_ref() {
                        Record::$kind(record) => Some(record),
                        _ => None,
                    }
                }

                #[doc = concat!("Every ", $what, ", in the order of identifiers.")]
                pub fn $many(&self) -> impl Iterator<Item = &$kind> {
                    self.of_kind(Kind::$kind).filter_map(|record| match record.as_ref() {
                        Record::$kind(record) => Some(record),
                        _ => None,
                    })
                }
            )*
        }
    };
}

access! {
    Partner partner partners "partner or body",
    Contact contact contacts "person",
    Convention convention conventions "convention",
    Version version versions "version",
    Budget budget budgets "budget",
    Term term terms "term or note"
}
