//! What is open: records, history, who saves, what there is to see to.
//!
//! Screens read it and never write to it: they answer with changes, which the desk hands to [`Session::edit`].
//! Applying is at once and in memory; saving follows by itself ([`Saving`]).

use std::cell::{OnceCell, RefCell};
use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveTime, Utc};

use super::outside::{Access, Archives, Cabinet, Damaged, Holder, News, Opened, Stranger, Survey};
use super::saving::Saving;
use crate::check::Tally;
use crate::check::{Finding, Subject, review};
use crate::model::{
    Amount, Authority, Change, Conflict, Contact, Convention, Currency, Edit, Erasure, History, Id,
    Ids, Kind, Nature, NextAct, Party, Record, RecordId, Records, Reversal, Signatory, Stage,
    Version, quoted,
};
use crate::reference::Reference;
use crate::search::Library;
use crate::spelling::Dictionaries;

/// See the module.
pub struct Session {
    folder: PathBuf,
    records: Records,
    history: History,
    saving: Saving,
    cabinet: Arc<dyn Cabinet>,
    dictionaries: Arc<Dictionaries>,
    user: String,
    access: Access,
    damaged: Vec<Damaged>,
    missing: Vec<(RecordId, String)>,
    strangers: Vec<Stranger>,
    recovered: Vec<RecordId>,
    /// The person who is being erased, and the one whose erasure did not come to its end.
    erased: Option<Contact>,
    half_erased: Option<Contact>,
    archives: Option<Archives>,
    notice: Option<String>,
    findings: BTreeMap<Id, Vec<Finding>>,
    /// Of all of them.
    tally: Tally,
    /// The conventions whose budget is being typed: they are looked at once it rests.
    put_off: BTreeSet<Id>,
    /// Made when something is first looked for.
    library: OnceCell<Library>,
    reference: Arc<Reference>,
    ids: RefCell<Ids>,
    now: DateTime<FixedOffset>,
    today: NaiveDate,
    /// Whether it is always that day.
    stands_still: bool,
}

/// What « Annuler » or « Rétablir » did.
#[derive(Debug, Clone, PartialEq)]
pub struct TakenBack {
    /// What was done, as its change says it.
    pub label: String,
    /// The record that it was done to, when it is one.
    pub about: Option<RecordId>,
    /// Where something else had changed since, which was kept.
    pub clashes: Vec<Conflict>,
}

impl Session {
    /// A session on a workspace that was opened, at that hour.
    #[must_use]
    pub fn new(opened: Opened, ids: Ids, now: DateTime<FixedOffset>) -> Self {
        let day = opened.day;
        let mut session = Self {
            folder: opened.folder,
            records: opened.records,
            history: History::default(),
            saving: Saving::new(opened.keeper),
            cabinet: opened.cabinet,
            dictionaries: opened.dictionaries,
            user: opened.user,
            access: opened.access,
            damaged: opened.damaged,
            missing: Vec::new(),
            strangers: opened.strangers,
            archives: None,
            recovered: opened.recovered,
            erased: None,
            half_erased: opened.erasing,
            notice: opened.notice,
            findings: BTreeMap::new(),
            tally: Tally::default(),
            put_off: BTreeSet::new(),
            library: OnceCell::new(),
            reference: opened.reference,
            ids: RefCell::new(ids),
            now,
            today: day.unwrap_or(now.date_naive()),
            stands_still: day.is_some(),
        };
        session.review_all();
        session
    }

    /// Where the workspace is.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Everything that is kept.
    #[must_use]
    pub fn records(&self) -> &Records {
        &self.records
    }

    /// What the application knows, as the workspace corrects it.
    #[must_use]
    pub fn reference(&self) -> &Arc<Reference> {
        &self.reference
    }

    /// What can be found in all of it.
    #[must_use]
    pub fn library(&self) -> &Library {
        self.library
            .get_or_init(|| Library::new(&self.records, &self.reference))
    }

    /// What is being saved.
    #[must_use]
    pub fn saving(&self) -> &Saving {
        &self.saving
    }

    /// Where pieces are.
    #[must_use]
    pub fn cabinet(&self) -> &Arc<dyn Cabinet> {
        &self.cabinet
    }

    /// The dictionaries of this computer.
    #[must_use]
    pub fn dictionaries(&self) -> &Arc<Dictionaries> {
        &self.dictionaries
    }

    /// In whose name it is open; empty where the system tells none.
    #[must_use]
    pub fn user(&self) -> &str {
        &self.user
    }

    /// What can be undone and redone.
    #[must_use]
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Whether it can be written.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.access
    }

    /// Whether nothing can be changed.
    #[must_use]
    pub fn is_read_only(&self) -> bool {
        self.access != Access::Writing
    }

    /// What could not be read.
    #[must_use]
    pub fn damaged(&self) -> &[Damaged] {
        &self.damaged
    }

    /// Files that a synchroniser left beside a record, and the like.
    #[must_use]
    pub fn strangers(&self) -> &[Stranger] {
        &self.strangers
    }

    /// Pieces whose file is not there: the record that cites them, their title.
    #[must_use]
    pub fn missing_pieces(&self) -> &[(RecordId, String)] {
        &self.missing
    }

    /// The folder holds that.
    pub fn learn_files(&mut self, survey: Survey) {
        self.damaged = survey.damaged;
        self.strangers = survey.strangers;
        self.missing = survey.missing;
    }

    /// Those pieces have no file.
    pub fn learn_missing_pieces(&mut self, missing: Vec<(RecordId, String)>) {
        self.missing = missing;
    }

    /// How many files ask to be looked at.
    #[must_use]
    pub fn files_to_see(&self) -> Tally {
        Tally {
            blocking: self.damaged.len(),
            warning: self.strangers.len() + self.missing.len(),
            advice: 0,
        }
    }

    /// The records that a hard stop had left in the journal, and that are there again.
    #[must_use]
    pub fn recovered(&self) -> &[RecordId] {
        &self.recovered
    }

    /// The person whose erasure was interrupted, by a hard stop or by the disk: archives may still name it.
    #[must_use]
    pub const fn half_erased(&self) -> Option<&Contact> {
        self.half_erased.as_ref()
    }

    /// The erasure that was begun came to its end, or not.
    pub fn erasing_ended(&mut self, is_done: bool) {
        if let Some(erased) = self.erased.take().filter(|_| !is_done) {
            self.half_erased = Some(erased);
        }
    }

    /// The archives, once they were looked at.
    #[must_use]
    pub fn archives(&self) -> Option<&Archives> {
        self.archives.as_ref()
    }

    /// The archives are those.
    pub fn learn_archives(&mut self, archives: Archives) {
        self.archives = Some(archives);
    }

    /// Who asks for the hand.
    #[must_use]
    pub fn asked(&self) -> Option<&Holder> {
        self.saving.asked()
    }

    /// Whoever asks for the hand was answered.
    pub fn answered(&mut self) {
        self.saving.answered();
    }

    /// What is not on the disk as it is here, by name.
    #[must_use]
    pub fn unsaved(&self) -> Vec<String> {
        let title = |record: RecordId| match self.records.get(record) {
            Some(record) if !record.title().is_empty() => record.title().to_owned(),
            Some(_) => "Une fiche sans nom".to_owned(),
            None => "Une fiche supprimée".to_owned(),
        };
        self.saving.unsaved().map(title).collect()
    }

    /// What changes because of where the folder lies.
    #[must_use]
    pub fn notice(&self) -> Option<&str> {
        self.notice.as_deref()
    }

    /// The day.
    #[must_use]
    pub fn today(&self) -> NaiveDate {
        self.today
    }

    /// The day on which it always is, where it is always the same, as in the demonstration.
    #[must_use]
    pub fn fixed_day(&self) -> Option<NaiveDate> {
        self.stands_still.then_some(self.today)
    }

    /// The day of the clock, by which files are dated.
    #[must_use]
    pub fn day_of_clock(&self) -> NaiveDate {
        self.now.date_naive()
    }

    /// When what is kept now is kept: in a workspace where it is always the same day, at the present hour of it.
    #[must_use]
    pub fn at(&self) -> DateTime<Utc> {
        if self.stands_still {
            self.today.and_time(self.now.time()).and_utc()
        } else {
            self.now.to_utc()
        }
    }

    /// The hour has come to be that one.
    pub fn turn_to(&mut self, now: DateTime<FixedOffset>) {
        self.now = now;
        let today = now.date_naive();
        if self.today != today && !self.stands_still {
            self.today = today;
            self.review_all();
        }
    }

    /// A new identifier.
    #[must_use]
    pub fn fresh_id(&self) -> Id {
        self.ids.borrow_mut().next_id()
    }

    /// Hands the source of identifiers to who makes several.
    pub fn with_ids<T>(&self, make: impl FnOnce(&mut Ids) -> T) -> T {
        make(&mut self.ids.borrow_mut())
    }

    /// Makes a change, remembers it and has it saved. Answers whether it was made: nothing is in a workspace that
    /// can only be read.
    pub fn edit(&mut self, change: Change, now: Duration) -> bool {
        if self.is_read_only() || change.edits.is_empty() {
            return false;
        }
        self.apply(&change);
        if !change.edits.iter().all(|it| it.record.kind == Kind::Budget) {
            self.catch_up();
        }
        self.history.record(change.clone(), now);
        self.saving.take(change);
        true
    }

    /// Makes a change that history does not remember, and has it saved: a version that is kept. Answers as [`Self::edit`].
    pub fn keep(&mut self, change: Change) -> bool {
        if self.is_read_only() || change.edits.is_empty() {
            return false;
        }
        self.apply(&change);
        self.catch_up();
        self.saving.take(change);
        true
    }

    /// Erases a person from the records, from history and from what will be saved: it cannot be undone. Answers whether
    /// it was; what else names it on the disk is the keeper's ([`super::outside::Keeper::erase`]).
    pub fn erase(&mut self, erasure: &Erasure) -> bool {
        if self.is_read_only() {
            return false;
        }
        self.apply(&erasure.change);
        self.catch_up();
        self.history.forget(&erasure.who);
        self.half_erased.take_if(|it| it.id == erasure.person);
        self.erased = Some(erasure.who.clone());
        if !erasure.change.edits.is_empty() {
            self.saving.take(erasure.change.clone());
        }
        true
    }

    /// A word ended, the focus left: what is typed next is another thing to undo.
    pub fn rest(&mut self) {
        self.history.rest();
    }

    /// Takes back the last change of the session.
    pub fn undo(&mut self) -> Option<TakenBack> {
        let reversal = self.history.undo(&self.records)?;
        Some(self.take_back(reversal))
    }

    /// Does again what was last undone.
    pub fn redo(&mut self) -> Option<TakenBack> {
        let reversal = self.history.redo(&self.records)?;
        Some(self.take_back(reversal))
    }

    fn take_back(&mut self, reversal: Reversal) -> TakenBack {
        let label = reversal.change.label.clone();
        let about = match reversal.change.edits.as_slice() {
            [one] => Some(one.record),
            _ => None,
        };
        if !reversal.change.edits.is_empty() {
            self.apply(&reversal.change);
            self.catch_up();
            self.saving.take(reversal.change);
        }
        TakenBack {
            label,
            about,
            clashes: reversal.clashes,
        }
    }

    /// Looks at the conventions whose budget was typed: a key in its tables does not wait for them.
    pub fn catch_up(&mut self) {
        for convention in std::mem::take(&mut self.put_off) {
            self.review(convention);
        }
    }

    /// Has saved now what waits, and tried again what failed.
    pub fn flush(&mut self) {
        self.catch_up();
        self.history.rest();
        self.saving.flush();
    }

    /// So many fields of the pages hold something that cannot be kept.
    pub const fn refuse(&mut self, fields: usize) {
        self.saving.refuse(fields);
    }

    /// The keeper's remark was read.
    pub fn forget_remark(&mut self) {
        self.saving.forget_remark();
    }

    /// Hears from the keeper.
    pub fn hear(&mut self, news: News, hour: NaiveTime) {
        self.catch_up();
        if let News::Beside { copy } = &news {
            self.strangers.push(copy.clone());
            let mut records = self.records.all();
            let copied = records.find(|it| Some(it.record_id().id) == copy.copy_of);
            let place = copied.map_or_else(|| "une fiche".to_owned(), |it| quoted(it.title()));
            self.saving.remark_that(format!(
                "Quelqu’un d’autre avait écrit dans {place} depuis que vous l’avez ouvert\u{a0}: votre version est \
                 enregistrée, la sienne est gardée à côté. Comparez-les dans Réglages › Fichiers à voir."
            ));
        }
        self.saving.hear(news, hour);
    }

    /// What there is to see to in a convention, the gravest first.
    #[must_use]
    pub fn findings(&self, convention: Id) -> &[Finding] {
        self.findings
            .get(&convention)
            .map_or(&[], |findings| findings.as_slice())
    }

    /// How many there are in all conventions.
    #[must_use]
    pub const fn tally(&self) -> Tally {
        self.tally
    }

    /// Where a convention stands today.
    #[must_use]
    pub fn stage(&self, convention: &Convention) -> Stage {
        convention.stage(self.today, |party| {
            self.records.nature_of(party) == Some(Nature::FrenchAuthority)
        })
    }

    /// The act that a convention waits for today.
    #[must_use]
    pub fn next_act(&self, convention: &Convention) -> Option<NextAct> {
        self.records.next_act(convention, self.today)
    }

    /// The signed text of a convention, once it is sealed.
    #[must_use]
    pub fn sealed(&self, convention: Id) -> Option<&Version> {
        self.records.sealed(convention)
    }

    /// Who signs a convention for a party of it, as things stand today.
    #[must_use]
    pub fn signatory_of(&self, convention: &Convention, party: &Party) -> Option<&Signatory> {
        self.records.signatory_of(convention, party, self.today)
    }

    /// How a party is called: its short name where it has one.
    #[must_use]
    pub fn party_name<'a>(&'a self, party: &'a Party) -> &'a str {
        let (name, short) = match party.partner {
            None => {
                let ours = self.records.authority();
                (&ours.name, &ours.short_name)
            }
            Some(id) => match self.records.partner(id) {
                Some(partner) => (&partner.name, &partner.short_name),
                None => return party.key.as_str(),
            },
        };
        short.as_ref().map_or(&name.text, |short| &short.text)
    }

    /// What our authority commits under a convention: its shares of the budget over the years covered, or what is
    /// known of a convention taken over.
    #[must_use]
    pub fn commitment(&self, convention: &Convention) -> Option<(Amount, Currency)> {
        if let Some(taken) = &convention.taken_over
            && let Some(amount) = taken.amount
        {
            return Some((amount, taken.currency.clone().unwrap_or_default()));
        }

        let budget = self.records.budget(convention.budget?)?;
        let ours: Vec<Id> = budget
            .funders
            .iter()
            .filter(|funder| funder.partner.is_none())
            .map(|funder| funder.id)
            .collect();
        let years = &convention.budget_years;
        let total = budget
            .lines
            .iter()
            .flat_map(|line| &line.shares)
            .filter(|share| ours.contains(&share.funder))
            .filter(|share| years.is_empty() || years.contains(&share.year))
            .map(|share| share.amount)
            .sum();
        Some((total, budget.currency.clone()))
    }

    fn apply(&mut self, change: &Change) {
        self.records.apply(change);
        if let Some(library) = self.library.get_mut() {
            library.follow(change, &self.records, self.reference.as_ref());
        }

        for edit in &change.edits {
            let states = [&edit.before, &edit.after];
            let touched: Vec<Id> = match edit.record.kind {
                Kind::Convention => vec![edit.record.id],
                Kind::Partner => ids_of(self.records.conventions_of(edit.record.id)),
                Kind::Budget => {
                    let named = ids_of(self.records.conventions_with_budget(edit.record.id));
                    self.put_off.extend(named);
                    Vec::new()
                }
                Kind::Version => states
                    .into_iter()
                    .flatten()
                    .filter_map(|record| match record.as_ref() {
                        Record::Version(version) => Some(version.convention),
                        _ => None,
                    })
                    .collect(),
                // Spelling is nobody's finding.
                Kind::Authority if touches_words_only(edit) => Vec::new(),
                Kind::Authority => {
                    self.review_all();
                    return;
                }
                Kind::Contact | Kind::Term | Kind::Clause | Kind::Posting => Vec::new(),
            };
            for convention in touched {
                self.review(convention);
            }
        }
    }

    fn review_all(&mut self) {
        self.findings.clear();
        self.tally = Tally::default();
        for convention in ids_of(self.records.conventions()) {
            self.review(convention);
        }
    }

    fn review(&mut self, convention: Id) {
        let findings = review(
            Subject::Convention(convention),
            &self.records,
            self.reference.as_ref(),
            self.today,
        );
        let before = self.findings.remove(&convention).unwrap_or_default();
        self.tally = self.tally - Tally::of(&before) + Tally::of(&findings);
        self.findings.insert(convention, findings);
    }
}

fn touches_words_only(edit: &Edit) -> bool {
    let (Some(Record::Authority(before)), Some(Record::Authority(after))) =
        (edit.before.as_deref(), edit.after.as_deref())
    else {
        return false;
    };
    let same_words = Authority {
        words: before.words.clone(),
        ..after.clone()
    };
    same_words == *before
}

fn ids_of<'a>(conventions: impl Iterator<Item = &'a Convention>) -> Vec<Id> {
    conventions.map(|convention| convention.id).collect()
}
