//! Everything that is kept, in memory: cheap to clone, so that a past version, an import about to happen or
//! a merge candidate can be composed, checked and shown like the present.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::RangeInclusive;
use std::sync::{Arc, LazyLock};

use chrono::{DateTime, NaiveDate, Utc};
use rpds::{RedBlackTreeMapSync, RedBlackTreeSetSync};

use super::OwnClause as Clause;
use super::commitment::{Charges, Commitment};
use super::index::{Entry, Keys, entries, puts_the_same};
use super::{
    ActKind, Amount, Authority, Budget, Change, Contact, Convention, Id, Kind, Nature, Partner,
    Party, Posting, Record, RecordId, Signatory, Snapshot, Term, Version, VersionReason,
};

/// All records, with the look-ups that everyone needs.
///
/// Cloning is a dozen counters; a change copies the few nodes on its way, even while clones live.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Records {
    kept: BTreeMap<Kind, RedBlackTreeMapSync<Id, Kept>>,
    index: RedBlackTreeSetSync<Entry>,
    charges: Charges,
    unread: BTreeSet<RecordId>,
}

#[derive(Debug, Clone, PartialEq)]
struct Kept {
    record: Arc<Record>,
    keys: Keys,
}

/// Every identifier, from the first to the last.
const ANY: RangeInclusive<Id> = Id::SINGLE..=Id::from_uuid(uuid::Uuid::max());

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

    /// The same, beside others that are kept and could not be read.
    #[must_use]
    pub fn beside_unread(mut self, unread: impl IntoIterator<Item = RecordId>) -> Self {
        self.unread.extend(unread);
        self
    }

    /// The records that are kept and could not be read.
    pub fn unread(&self) -> impl Iterator<Item = RecordId> {
        self.unread.iter().copied()
    }

    /// Whether that record is kept, and could not be read: it is not here, and is no less there.
    #[must_use]
    pub fn is_unread(&self, name: RecordId) -> bool {
        self.unread.contains(&name)
    }

    /// Makes a change. What it says that records were is not looked at: the caller has merged.
    pub fn apply(&mut self, change: &Change) {
        for edit in &change.edits {
            self.put(edit.record, edit.after.clone());
        }
    }

    fn put(&mut self, name: RecordId, record: Option<Arc<Record>>) {
        self.unread.remove(&name);
        let kept = self.kept.entry(name.kind).or_default();
        let before = kept.get(&name.id);

        let after = record.map(|record| Kept {
            keys: Keys::of(&record, before.map(|it| (it.record.as_ref(), &it.keys))),
            record,
        });
        let is_settled = before.zip(after.as_ref()).is_some_and(|(before, after)| {
            before.keys == after.keys && puts_the_same(&before.record, &after.record)
        });
        if !is_settled {
            let of = |kept: Option<&Kept>| kept.map(|kept| entries(&kept.record, &kept.keys));
            let (gone, come) = (
                of(before).unwrap_or_default(),
                of(after.as_ref()).unwrap_or_default(),
            );
            for entry in gone.difference(&come) {
                self.index.remove_mut(entry);
            }
            for entry in come.difference(&gone) {
                self.index.insert_mut(entry.clone());
            }
        }
        self.charges.replace(
            before.map(|it| it.record.as_ref()),
            after.as_ref().map(|it| it.record.as_ref()),
        );

        match after {
            Some(after) => kept.insert_mut(name.id, after),
            None => {
                kept.remove_mut(&name.id);
                if kept.is_empty() {
                    self.kept.remove(&name.kind);
                }
            }
        }
    }

    /// A record by its name.
    #[must_use]
    pub fn get(&self, name: RecordId) -> Option<&Arc<Record>> {
        self.kept_as(name).map(|kept| &kept.record)
    }

    /// All records of a kind, in the order of their identifiers.
    pub fn of_kind(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        self.kept
            .get(&kind)
            .into_iter()
            .flat_map(|kept| kept.values().map(|kept| &kept.record))
    }

    /// All records.
    pub fn all(&self) -> impl Iterator<Item = &Arc<Record>> {
        self.kept
            .values()
            .flat_map(|kept| kept.values().map(|kept| &kept.record))
    }

    /// How many records of a kind there are.
    #[must_use]
    pub fn count(&self, kind: Kind) -> usize {
        self.kept.get(&kind).map_or(0, RedBlackTreeMapSync::size)
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

    /// The person who signs a convention for a party of it: the one that it names, else the first of its list who is in
    /// office on the day of its signature, on that day while it has not signed, else the first.
    #[must_use]
    pub fn signatory_of(
        &self,
        convention: &Convention,
        party: &Party,
        today: NaiveDate,
    ) -> Option<&Signatory> {
        let all = self.signatories_of(party);
        if let Some(id) = party.signatory {
            return all.iter().find(|signatory| signatory.id == id);
        }
        let signed = convention.done_by(ActKind::Signature, &party.key);
        let day = signed.map_or(today, |(_, date)| date);
        let in_office = all.iter().find(|signatory| signatory.in_office(day));
        in_office.or_else(|| all.first())
    }

    /// The conventions to which a partner is a party.
    pub fn conventions_of(&self, partner: Id) -> impl Iterator<Item = &Convention> {
        self.stretch(move |convention| Entry::Party(partner, convention))
            .filter_map(|entry| match entry {
                Entry::Party(_, convention) => self.convention(*convention),
                _ => None,
            })
    }

    /// The conventions that carry out, amend or renew that one.
    pub fn children_of(&self, convention: Id) -> impl Iterator<Item = &Convention> {
        self.stretch(move |child| Entry::Child(convention, child))
            .filter_map(|entry| match entry {
                Entry::Child(_, child) => self.convention(*child),
                _ => None,
            })
    }

    /// The conventions that name that budget.
    pub fn conventions_with_budget(&self, budget: Id) -> impl Iterator<Item = &Convention> {
        self.stretch(move |convention| Entry::Budgeted(budget, convention))
            .filter_map(|entry| match entry {
                Entry::Budgeted(_, convention) => self.convention(*convention),
                _ => None,
            })
    }

    /// The versions of a convention, oldest first.
    #[must_use]
    pub fn versions_of(&self, convention: Id) -> Vec<&Version> {
        let first = Entry::Version(convention, DateTime::<Utc>::MIN_UTC, *ANY.start());
        let last = Entry::Version(convention, DateTime::<Utc>::MAX_UTC, *ANY.end());

        self.index
            .range(first..=last)
            .filter_map(|entry| match entry {
                Entry::Version(_, _, version) => self.version(*version),
                _ => None,
            })
            .collect()
    }

    /// The signed text of a convention, once it is sealed: the last seal, should a material error have
    /// been corrected.
    #[must_use]
    pub fn sealed(&self, convention: Id) -> Option<&Version> {
        self.versions_of(convention)
            .into_iter()
            .rfind(|version| version.sealed)
    }

    /// The version that our own assembly voted: the one kept when its last vote was recorded.
    #[must_use]
    pub fn voted(&self, convention: Id) -> Option<&Version> {
        let record = self.convention(convention)?;
        let ours = &record.parties.iter().find(|it| it.partner.is_none())?.key;
        let (last, _) = record
            .done(ActKind::Vote)
            .filter(|(act, _)| act.party.as_ref() == Some(ours))
            .last()?;
        let holds = |version: &Version| {
            let mut conventions = version.records.conventions.iter();
            let kept = conventions.find(|it| it.id == convention);
            let mut acts = kept.into_iter().flat_map(|it| &it.acts);
            acts.any(|act| act.id == last.id && act.date.is_some())
        };
        self.versions_of(convention)
            .into_iter()
            .filter(|version| version.reason == VersionReason::Act)
            .find(|version| holds(version))
    }

    /// The people at a partner; at our own authority when absent.
    pub fn contacts_of(&self, holder: Option<Id>) -> impl Iterator<Item = &Contact> {
        self.stretch(move |person| Entry::Person(holder, person))
            .filter_map(|entry| match entry {
                Entry::Person(_, person) => self.contact(*person),
                _ => None,
            })
    }

    /// What is charged to a scheme and a service's budget (empty when lines name none) in a year, in euro cents: in
    /// money, by budgets in euros, what is engaged of each line or else what is planned.
    #[must_use]
    pub fn charged_to(&self, scheme: &str, service_budget: &str, year: i32) -> Amount {
        self.charges.on(scheme, service_budget, year)
    }

    /// The same, by budgets in other currencies: each with what it charges, in its own. A budget of which only apports en
    /// nature are charged charges nothing.
    #[must_use]
    pub fn charged_abroad(
        &self,
        scheme: &str,
        service_budget: &str,
        year: i32,
    ) -> Vec<(Id, Amount)> {
        let mut charged = self.charges.abroad(scheme, service_budget, year);
        charged.retain(|(_, amount)| !amount.is_zero());
        charged
    }

    /// The schemes and services' budgets to which something is charged in a year.
    #[must_use]
    pub fn charged_in(&self, year: i32) -> BTreeSet<(&str, &str)> {
        self.charges.of(year)
    }

    /// What a body is granted in a year, in money and in kind.
    pub fn grants_to(&self, body: Id, year: i32) -> impl Iterator<Item = Commitment<'_>> {
        self.stretch(move |budget| Entry::Granted(body, year, budget))
            .filter_map(|entry| match entry {
                Entry::Granted(_, _, budget) => self.budget(*budget),
                _ => None,
            })
            .flat_map(|budget| budget.lines.iter().map(move |line| (budget, line)))
            .filter(move |(_, line)| line.beneficiary == Some(body))
            .map(move |(budget, line)| Commitment::of(budget, line, year))
    }

    /// The years in which a body is granted something, in order.
    #[must_use]
    pub fn years_of_grants_to(&self, body: Id) -> Vec<i32> {
        let next = |after: Option<i32>| {
            let from = match after {
                None => i32::MIN,
                Some(year) => year.checked_add(1)?,
            };
            let first = Entry::Granted(body, from, *ANY.start());
            match self.index.range(first..).next()? {
                Entry::Granted(of, year, _) if *of == body => Some(*year),
                _ => None,
            }
        };
        std::iter::successors(next(None), |year| next(Some(*year))).collect()
    }

    /// The records of a kind in the order of French dictionaries. Versions have none.
    pub fn sorted(&self, kind: Kind) -> impl Iterator<Item = &Arc<Record>> {
        let nothing: Arc<[u8]> = Arc::default();
        self.index
            .range(Entry::Sorted(kind, nothing, *ANY.start())..)
            .map_while(move |entry| match entry {
                Entry::Sorted(of, _, id) if *of == kind => Some(RecordId { kind, id: *id }),
                _ => None,
            })
            .filter_map(|name| self.get(name))
    }

    /// Partners and bodies, in French order of their names.
    pub fn partners_sorted(&self) -> impl Iterator<Item = &Partner> {
        self.sorted(Kind::Partner)
            .filter_map(|record| match record.as_ref() {
                Record::Partner(partner) => Some(partner),
                _ => None,
            })
    }

    /// Conventions, in French order of their titles.
    pub fn conventions_sorted(&self) -> impl Iterator<Item = &Convention> {
        self.sorted(Kind::Convention)
            .filter_map(|record| match record.as_ref() {
                Record::Convention(convention) => Some(convention),
                _ => None,
            })
    }

    /// The names of a record as a search reads them, folded (see [`super::fold`]), one a line.
    #[must_use]
    pub fn search_key(&self, name: RecordId) -> Option<&str> {
        self.kept_as(name).map(|kept| &*kept.keys.search)
    }

    /// The bytes by which French orders a record among others.
    #[must_use]
    pub fn sort_key(&self, name: RecordId) -> Option<&[u8]> {
        self.kept_as(name).map(|kept| &*kept.keys.sort)
    }

    fn kept_as(&self, name: RecordId) -> Option<&Kept> {
        self.kept.get(&name.kind)?.get(&name.id)
    }

    /// The entries that differ by one identifier.
    fn stretch(&self, entry: impl Fn(Id) -> Entry) -> impl Iterator<Item = &Entry> {
        self.index.range(entry(*ANY.start())..=entry(*ANY.end()))
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
    Term term terms "term or note",
    Clause clause clauses "own clause",
    Posting posting postings "realization without a line"
}

impl Records {
    /// The department's notes on an entry of the reference, in the order of their identifiers.
    pub fn notes_on(&self, entry: &str) -> impl Iterator<Item = &Term> {
        self.terms()
            .filter(move |note| note.about.as_deref() == Some(entry))
    }
}

#[cfg(test)]
mod tests;
