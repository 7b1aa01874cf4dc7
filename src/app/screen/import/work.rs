//! What is done off the window's thread: a file is read, its rows are examined, a backup is made and the rows once more.

use std::sync::Arc;

use iced::Task;

use super::{Import, Message, Step};
use crate::app::outside::{WhyBackUp, typed_path};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::exchange::import::{Around, Import as Taken, Payers, Plan};
use crate::exchange::table::{self as tables, Wish};
use crate::model::{Ids, quoted};

impl Import {
    pub(super) fn stop(&mut self) -> Vec<Action<Message>> {
        self.asked += 1;
        self.progress.stop();
        self.step = match self.step {
            Step::Reading if self.table.is_none() => Step::Asking,
            Step::Rows if self.waits() => {
                self.table = None;
                Step::Asking
            }
            Step::Reading | Step::Rows => Step::Understood,
            Step::Making => Step::Rows,
            step => step,
        };
        Vec::new()
    }

    /// Reads the file, in the letters and delimiters wished; guesses what its columns hold.
    pub(super) fn read(&mut self, wish: Wish, session: &Session) -> Vec<Action<Message>> {
        let path = typed_path(self.path.trim());
        if !path.is_absolute() {
            self.step = Step::Asking;
            return self.refuse(
                "Indiquez le chemin complet d’un tableau\u{a0}: .csv, .tsv, .xlsx, .xls ou .ods.",
            );
        }
        self.fault = None;
        self.step = Step::Reading;
        self.asked += 1;
        self.with_table(|table| table.wish = wish);
        let (asked, kind) = (self.asked, self.kind);
        let (records, cabinet) = (session.records().clone(), Arc::clone(session.cabinet()));
        let (reader, heard) = self.progress.begin(tables::STEPS);
        let work = async move {
            let name = path
                .file_name()
                .map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            let told = |why: String| format!("{}\u{a0}: {why}.", quoted(&name));
            let bytes = cabinet.table(&path).map_err(told)?;
            let book =
                tables::read(&bytes, wish, &reader).map_err(|refusal| told(refusal.to_string()))?;
            let taken = Taken::guess(&book, kind, &name, Payers::of(&records));
            Ok(Arc::new((Arc::new(book), taken)))
        };
        let heard = Task::run(heard, move |done| Message::Reached(asked, done));
        let read = Task::perform(work, move |read| Message::WasRead(asked, read));
        vec![Action::Run(Task::batch([heard, read]))]
    }

    /// The work that says what each row would do, and what is heard of how far it is.
    fn planning(
        &mut self,
        session: &Session,
    ) -> Option<(impl FnOnce() -> Plan + Send + use<>, Task<Message>)> {
        self.tell_choices();
        let table = self.table.as_mut()?;
        table.waits = true;
        let taken = table.taken.clone();
        let (worker, heard) = self.progress.begin(taken.layout().rows.len());
        let (records, reference) = (session.records().clone(), Arc::clone(session.reference()));
        let today = session.today();
        let mut ids = session.with_ids(Ids::branch);
        let work = move || {
            let around = Around {
                records: &records,
                reference: &reference,
                today,
                watch: &worker,
            };
            taken.plan(&around, &mut ids)
        };
        let asked = self.asked;
        let heard = Task::run(heard, move |done| Message::Reached(asked, done));
        Some((work, heard))
    }

    pub(super) fn plan(&mut self, session: &Session) -> Vec<Action<Message>> {
        self.take_typed();
        self.asked += 1;
        let asked = self.asked;
        let Some((work, heard)) = self.planning(session) else {
            return Vec::new();
        };
        let work = async move { Arc::new(work()) };
        let plan = Task::perform(work, move |plan| Message::Planned(asked, plan));
        vec![Action::Run(Task::batch([heard, plan]))]
    }

    /// A backup, then the rows once more: records may have changed since they were shown.
    pub(super) fn make(&mut self, session: &Session) -> Vec<Action<Message>> {
        if session.is_read_only() {
            return vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: rien n’y est importé.",
            ))];
        }
        self.take_typed();
        self.asked += 1;
        let asked = self.asked;
        let keeper = session.saving().keeper();
        let Some((work, heard)) = self.planning(session) else {
            return Vec::new();
        };
        self.step = Step::Making;
        let work = async move {
            keeper.settle()?;
            keeper.back_up(WhyBackUp::Import)?;
            Ok(Arc::new(work()))
        };
        let made = Task::perform(work, move |made| Message::Made(asked, made));
        vec![Action::Run(Task::batch([heard, made]))]
    }
}
