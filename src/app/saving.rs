//! From a change to « Enregistré »: what was given to the keeper, what it says, and what the foot of the navigation
//! tells of it.

use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveTime;

use super::outside::{Holder, Keeper, News, Urgency};
use super::text;
use crate::model::{Change, RecordId};

/// What is on its way to the disk, and what is there.
pub struct Saving {
    keeper: Arc<dyn Keeper>,
    given: u64,
    saved: u64,
    saved_at: Option<NaiveTime>,
    /// The records of changes that are not on the disk, by the number of the change.
    unsaved: Vec<(u64, RecordId)>,
    failure: Option<Failure>,
    remark: Option<String>,
    asked: Option<Holder>,
    /// How many fields hold something that cannot be kept.
    refused: usize,
}

/// What the keeper last failed at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// What, in French.
    pub message: String,
    /// How many records wait.
    pub waiting: usize,
    /// When it is tried again.
    pub retry_in: Duration,
}

impl Saving {
    /// Nothing to save yet.
    #[must_use]
    pub fn new(keeper: Arc<dyn Keeper>) -> Self {
        Self {
            keeper,
            given: 0,
            saved: 0,
            saved_at: None,
            unsaved: Vec::new(),
            failure: None,
            remark: None,
            asked: None,
            refused: 0,
        }
    }

    /// Takes a change: an act goes to the disk at once, typing when it rests.
    pub fn take(&mut self, change: Change) {
        let urgency = match change.coalescing {
            Some(_) => Urgency::Typing,
            None => Urgency::Now,
        };
        let records: Vec<RecordId> = change.edits.iter().map(|edit| edit.record).collect();
        self.given = self.keeper.take(change, urgency);
        for record in records {
            self.unsaved.retain(|(_, waiting)| *waiting != record);
            self.unsaved.push((self.given, record));
        }
    }

    /// Has saved now what waits, and tried again what failed.
    pub fn flush(&mut self) {
        if !self.is_saved() {
            self.keeper.flush();
        }
    }

    /// Whether everything is on the disk.
    #[must_use]
    pub fn is_saved(&self) -> bool {
        self.saved >= self.given
    }

    /// So many fields hold something that cannot be kept.
    pub const fn refuse(&mut self, fields: usize) {
        self.refused = fields;
    }

    /// How many fields hold something that cannot be kept.
    #[must_use]
    pub const fn refused(&self) -> usize {
        self.refused
    }

    /// The records that are not on the disk as they are here.
    pub fn unsaved(&self) -> impl Iterator<Item = RecordId> {
        self.unsaved.iter().map(|(_, record)| *record)
    }

    /// Who asks for the hand.
    #[must_use]
    pub fn asked(&self) -> Option<&Holder> {
        self.asked.as_ref()
    }

    /// Whoever asks was answered.
    pub fn answered(&mut self) {
        self.asked = None;
    }

    /// What last failed, while it still fails.
    #[must_use]
    pub fn failure(&self) -> Option<&Failure> {
        self.failure.as_ref()
    }

    /// Something to know that is no failure to save: no backup.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// There is something to know.
    pub fn remark_that(&mut self, words: String) {
        self.remark = Some(words);
    }

    /// The remark was read.
    pub fn forget_remark(&mut self) {
        self.remark = None;
    }

    /// Hears from the keeper, at that hour.
    pub fn hear(&mut self, news: News, hour: NaiveTime) {
        match news {
            News::Saved { up_to } => {
                self.saved = self.saved.max(up_to);
                self.saved_at = Some(hour);
                self.unsaved.retain(|(number, _)| *number > self.saved);
                self.failure = None;
            }
            News::Failed {
                reason,
                waiting,
                retry_in,
                message: _,
            } => {
                self.failure = Some(Failure {
                    message: reason,
                    waiting,
                    retry_in,
                });
            }
            News::BackupFailed { message } => {
                self.remark = Some(format!(
                    "{message} Vos modifications, elles, sont enregistrées."
                ));
            }
            // The session has the words, which name the record.
            News::Beside { .. } => {}
            News::Asked { by } => self.asked = Some(by),
        }
    }

    /// The keeper, to be waited for at the end.
    #[must_use]
    pub fn keeper(&self) -> Arc<dyn Keeper> {
        Arc::clone(&self.keeper)
    }

    /// « Enregistré à 14:32 »; what is refused is said before, for it is not.
    #[must_use]
    pub fn label(&self) -> String {
        match (self.is_saved(), &self.failure, self.saved_at) {
            (false, Some(_), _) => "Non enregistré".to_owned(),
            _ if self.refused > 0 => {
                text::count(self.refused, "champ à corriger", "champs à corriger")
            }
            (false, None, _) => "Enregistrement…".to_owned(),
            (true, _, Some(hour)) => format!("Enregistré à {}", text::hour(hour)),
            (true, _, None) => "Enregistré".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::path::Path;
    use std::sync::Mutex;

    use super::super::outside::{Archives, Stranger, Survey};
    use super::*;
    use crate::app::outside::{Erased, Restored, WhyBackUp};
    use crate::model::{Convention, ConventionKind, Erasure, Ids, Record, RecordId, Records};

    #[derive(Default)]
    struct Notebook(Mutex<Vec<Urgency>>);

    impl Keeper for Notebook {
        fn take(&self, _: Change, urgency: Urgency) -> u64 {
            let mut all = self.0.lock().unwrap();
            all.push(urgency);
            all.len() as u64
        }

        fn flush(&self) {}

        fn settle(&self) -> Result<(), String> {
            Ok(())
        }

        fn erase(&self, _: &Erasure) -> Result<Erased, String> {
            Ok(Erased::default())
        }

        fn archives(&self) -> Archives {
            Archives::default()
        }

        fn back_up(&self, _: WhyBackUp) -> Result<Option<String>, String> {
            Ok(None)
        }

        fn restore(&self, _: &Path, _: &Records) -> Result<Restored, String> {
            Ok(Restored::default())
        }

        fn set_second_place(&self, _: Option<&Path>) -> Result<(), String> {
            Ok(())
        }

        fn ask_for_the_hand(&self) -> Result<(), String> {
            Ok(())
        }

        fn save_elsewhere(&self, _: &Path, _: &Records) -> Result<usize, String> {
            Ok(0)
        }

        fn survey(&self, _: &Records) -> Survey {
            Survey::default()
        }

        fn missing_pieces(&self, _: &Records) -> Vec<(RecordId, String)> {
            Vec::new()
        }

        fn copy(&self, _: &Stranger) -> Option<Record> {
            None
        }
    }

    fn act() -> Change {
        let id = Ids::counted(1).next_id();
        let record = Convention::new(id, ConventionKind::Intent, "Lettre");
        Change::create("Créer", Record::Convention(record))
    }

    #[test]
    fn typing_waits_and_acts_do_not() {
        let book = Arc::new(Notebook::default());
        let mut saving = Saving::new(book.clone());
        saving.take(act());
        saving.take(act().coalescing("title"));
        assert_eq!(*book.0.lock().unwrap(), [Urgency::Now, Urgency::Typing]);
    }

    #[test]
    fn saved_is_said_when_the_last_change_is_on_the_disk() {
        let mut saving = Saving::new(Arc::new(Notebook::default()));
        assert_eq!(saving.label(), "Enregistré");

        saving.take(act());
        saving.take(act());
        saving.hear(News::Saved { up_to: 1 }, NaiveTime::default());
        assert_eq!(saving.unsaved().count(), 1);
        assert_eq!(saving.label(), "Enregistrement…");

        saving.hear(
            News::Failed {
                message: "Le disque est plein.".to_owned(),
                reason: "Le disque est plein.".to_owned(),
                waiting: 1,
                retry_in: Duration::from_secs(1),
            },
            NaiveTime::default(),
        );
        assert_eq!(saving.label(), "Non enregistré");

        saving.hear(News::Saved { up_to: 2 }, NaiveTime::default());
        saving.refuse(1);
        assert_eq!(saving.label(), "1\u{a0}champ à corriger");
        saving.refuse(0);
        assert_eq!(saving.label(), "Enregistré à 00:00");
        assert_eq!(saving.unsaved().count(), 0);
        assert_eq!(saving.failure(), None);
    }
}
