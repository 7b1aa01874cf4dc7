//! What the window asks of the world: folders, dialogs, files, the hour.
//!
//! [`Outside`] is a trait so that whole journeys are played without a display or a disk of one's own: the desktop's
//! is in [`super::desktop`], that of tests in [`super::tests`]. Nothing here is iced's.

use std::future::Future;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::Arc;
use std::time::{Duration, Instant};

use chrono::{DateTime, FixedOffset, Local, NaiveDate, NaiveDateTime, Utc};
use iced::futures::channel::mpsc::{UnboundedReceiver, unbounded};

use super::preferences::Preferences;
use super::screen::conventions::SavedView;
use crate::document::Composition;
use crate::exchange::extract::Extract;
use crate::export::Reserve;
use crate::model::{
    Authority, Change, Contact, Erasure, Id, Ids, Piece, Record, RecordId, Records,
};
use crate::reference::Reference;
use crate::spelling::Dictionaries;

/// What a keeper says: what the saver does.
pub use crate::workspace::Event as News;
pub use crate::workspace::{
    Attached, Backup, Damaged, Erased, Holder, PieceState, Seen, Stranger, Survey, Urgency,
};

/// An answer that comes later.
pub type Later<T> = Pin<Box<dyn Future<Output = T> + Send>>;

/// The world. Methods that answer at once may block: the application calls them from a task.
pub trait Outside: Send + Sync {
    /// Opens a workspace, to write where nobody else does, or only to read; the error is a sentence for the person.
    ///
    /// # Errors
    /// When the folder is no workspace, is of a later version, cannot be read.
    fn open(&self, folder: &Path, reading: bool) -> Result<Opened, String>;

    /// Waits until nobody has that workspace open; `false` when that lasts a quarter of an hour.
    fn once_free(&self, folder: &Path) -> Later<bool>;

    /// Looks at a folder from outside: whether it is there, whether somebody has it open.
    fn look(&self, folder: &Path) -> Seen;

    /// Makes a workspace for that authority, with nothing else in it.
    ///
    /// # Errors
    /// When the folder holds something, or cannot be written.
    fn create(&self, folder: &Path, authority: &Authority) -> Result<(), String>;

    /// Makes the demonstration in that folder, or among documents; or finds it where it was made. Says where.
    ///
    /// # Errors
    /// When it cannot be written.
    fn demonstration(&self, place: Option<&Path>) -> Result<PathBuf, String>;

    /// Where it can go when documents cannot be written: where it may be lost, for nothing in it is real.
    fn passing(&self) -> PathBuf;

    /// Writes a convention as PDF.
    ///
    /// # Errors
    /// When something blocks a signature, when a file is there, when it cannot be written.
    fn export(&self, order: &Export) -> Result<Exported, ExportFault>;

    /// Reads the data that a PDF carries.
    ///
    /// # Errors
    /// When it cannot be read, carries none, or none that can be trusted; says why.
    fn extract(&self, file: &Path) -> Result<Extract, String>;

    /// Makes a folder where there is none, for files to go to.
    ///
    /// # Errors
    /// When it cannot be made; in a sentence.
    fn make_folder(&self, folder: &Path) -> Result<(), String>;

    /// Opens a file with the system, or shows a folder.
    ///
    /// # Errors
    /// When it is there no more, or the system has nothing to open it with; in a sentence.
    fn show(&self, what: &Path) -> Result<(), String>;

    /// Asks for a folder by the system's dialog. Nothing when it is cancelled, or missing.
    fn ask_folder(&self) -> Later<Option<PathBuf>>;

    /// Asks where to write a file by the system's dialog. Nothing when it is cancelled, or missing.
    fn ask_file(&self, suggestion: &Path) -> Later<Option<PathBuf>>;

    /// Opens an address of the web in the person's browser.
    ///
    /// # Errors
    /// When it is no `https`, `http` or `mailto`, or nothing opens it.
    fn browse(&self, address: &str) -> Result<(), String>;

    /// The day and hour, with what they differ by from universal time here.
    fn now(&self) -> DateTime<FixedOffset>;

    /// Where new identifiers come from.
    fn ids(&self) -> Ids;

    /// Where documents are suggested to go.
    fn documents(&self) -> PathBuf;

    /// What the person chose last time.
    fn preferences(&self) -> Preferences;

    /// Keeps what the person chose. Failing to is of no consequence.
    fn keep_preferences(&self, preferences: &Preferences);

    /// The person's own views of the conventions of a workspace.
    fn views(&self, folder: &Path) -> Vec<SavedView>;

    /// Keeps them. Failing to is of no consequence.
    fn keep_views(&self, folder: &Path, views: &[SavedView]);
}

/// A workspace that was opened.
pub struct Opened {
    /// Where.
    pub folder: PathBuf,
    /// What it holds.
    pub records: Records,
    /// Whether it can be written.
    pub access: Access,
    /// What could not be read; the rest is there.
    pub damaged: Vec<Damaged>,
    /// Files that a synchroniser left beside a record, and the like.
    pub strangers: Vec<Stranger>,
    /// The records that a hard stop had left in the journal, and that are there again.
    pub recovered: Vec<RecordId>,
    /// The person whose erasure a hard stop had interrupted.
    pub erasing: Option<Contact>,
    /// What the application knows, as the workspace corrects it.
    pub reference: Arc<Reference>,
    /// What changes because of where the folder lies: on a share, in a synchronised folder.
    pub notice: Option<String>,
    /// The day on which it always is, as the demonstration; the clock's when absent.
    pub day: Option<NaiveDate>,
    /// Who saves.
    pub keeper: Arc<dyn Keeper>,
    /// What the keeper has to say, as it happens.
    pub news: UnboundedReceiver<News>,
    /// Where its pieces are.
    pub cabinet: Arc<dyn Cabinet>,
    /// In whose name it is open, as the computer tells it.
    pub user: String,
    /// The dictionaries of this computer.
    pub dictionaries: Arc<Dictionaries>,
}

impl Opened {
    /// The same, and what the keeper has to say apart: one listens to it, the others read the rest.
    #[must_use]
    pub fn without_news(mut self) -> (Self, UnboundedReceiver<News>) {
        let (_, silence) = unbounded();
        let news = std::mem::replace(&mut self.news, silence);
        (self, news)
    }
}

/// Whether the workspace can be written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Access {
    /// It is ours.
    Writing,
    /// It can only be read: somebody holds it, « J. Martin, sur PC-RI-04, depuis le … », or the folder cannot be
    /// written.
    Reading(Option<String>),
}

/// Why records are archived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum WhyBackUp {
    /// Somebody asked.
    Asked,
    /// A table is about to be imported.
    Import,
}

/// What an archive put back.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Restored {
    /// How many records are back.
    pub back: usize,
    /// What does not read in it, and the copy that is missing elsewhere: a sentence or a clause each.
    pub lacks: Vec<String>,
}

/// Who makes changes durable, in order, on a thread of its own.
pub trait Keeper: Send + Sync {
    /// Takes a change, to be saved at once or when typing rests; the number is one that [`News::Saved`] will reach.
    fn take(&self, change: Change, urgency: Urgency) -> u64;

    /// Saves now what waits for a rest, or for another try.
    fn flush(&self);

    /// Waits until everything that was taken is on the disk.
    ///
    /// # Errors
    /// When something could not be saved; says what. It is kept, and tried again.
    fn settle(&self) -> Result<(), String>;

    /// Waits until everything is on the disk, then erases a person from what else names it: files, archives.
    ///
    /// # Errors
    /// When something could not be saved or rewritten; says what. It can be asked again.
    fn erase(&self, erasure: &Erasure) -> Result<Erased, String>;

    /// The archives, here and elsewhere. Reads folders, maybe far away: called from a task.
    fn archives(&self) -> Archives;

    /// Archives the records now, for that reason. Says why the second place has no copy, where it should.
    ///
    /// # Errors
    /// When room is lacking, or the disk refuses.
    fn back_up(&self, why: WhyBackUp) -> Result<Option<String>, String>;

    /// Puts back the records of an archive, after archiving what is there; the workspace is to be opened again to see
    /// them.
    ///
    /// # Errors
    /// When the archive cannot be trusted, or the disk refuses.
    fn restore(&self, file: &Path, records: &Records) -> Result<Restored, String>;

    /// Sets, or forgets, the folder where archives go too.
    ///
    /// # Errors
    /// When the disk refuses.
    fn set_second_place(&self, folder: Option<&Path>) -> Result<(), String>;

    /// Asks whoever holds the workspace for the hand.
    ///
    /// # Errors
    /// When the folder cannot be written at all.
    fn ask_for_the_hand(&self) -> Result<(), String>;

    /// Writes the records, as they are in memory, as a workspace elsewhere; answers how many pieces could not follow.
    ///
    /// # Errors
    /// When that folder holds anything, or cannot be written.
    fn save_elsewhere(&self, folder: &Path, records: &Records) -> Result<usize, String>;

    /// Looks again at the folder of those records: what cannot be read there, what is no record, which pieces are
    /// missing. Reads every file: called from a task.
    fn survey(&self, records: &Records) -> Survey;

    /// The pieces that those records cite and whose file is not there: the record, and what the piece is called. Looks at
    /// every piece: called from a task.
    fn missing_pieces(&self, records: &Records) -> Vec<(RecordId, String)>;

    /// The record that such a file holds, where it reads.
    fn copy(&self, copy: &Stranger) -> Option<Record>;
}

/// Archives of a workspace.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Archives {
    /// Those that are kept in it, oldest first.
    pub here: Vec<Backup>,
    /// Where they go too.
    pub second_place: Option<PathBuf>,
    /// When the last one was made there.
    pub last_elsewhere: Option<DateTime<Utc>>,
}

/// An instant as the clock on the wall says it.
#[must_use]
pub fn local(at: DateTime<Utc>) -> NaiveDateTime {
    at.with_timezone(&Local).naive_local()
}

/// The files of the pieces that records cite. Its methods may block: the application calls them from a task.
pub trait Cabinet: Send + Sync {
    /// Asks for a file of this computer by the system's dialog, under that title. Nothing when it is cancelled, or
    /// missing.
    fn ask(&self, title: &'static str) -> Later<Option<PathBuf>>;

    /// Keeps a file of this computer, to be cited by a piece.
    ///
    /// # Errors
    /// When it is no regular file, is too long, cannot be read or kept; says why.
    fn keep(&self, file: &Path) -> Result<Attached, String>;

    /// Keeps the picture that a file of this computer holds, and nothing else of the file.
    ///
    /// # Errors
    /// When it cannot be read, is no picture, or is beyond the limits; says why.
    fn keep_picture(&self, file: &Path) -> Result<KeptPicture, String>;

    /// What a table of this computer holds, to be imported: no further than any is read.
    ///
    /// # Errors
    /// When it cannot be read; says why, in a clause.
    fn table(&self, file: &Path) -> Result<Vec<u8>, String>;

    /// The bytes of a piece, where it is there and no longer than a picture may be.
    fn bytes(&self, sha256: &str) -> Option<Vec<u8>>;

    /// Whether the file of a piece is there.
    fn state(&self, piece: &Piece) -> PieceState;

    /// Opens a piece with the system once its hash has been checked, or shows it in the file manager when it is no
    /// document of a known kind.
    ///
    /// # Errors
    /// When its file is missing, altered, or when the system has nothing to open it with.
    fn show(&self, piece: &Piece) -> Result<Shown, String>;

    /// Where documents are suggested to go.
    fn documents(&self) -> PathBuf;

    /// Writes a file that somebody asked for, whole; one that is there stays.
    ///
    /// # Errors
    /// When it is there already, or cannot be written.
    fn deliver(&self, file: &Path, bytes: &[u8]) -> Result<(), String>;

    /// The same, in the place of what is there.
    ///
    /// # Errors
    /// When it cannot be written.
    fn replace(&self, file: &Path, bytes: &[u8]) -> Result<(), String>;

    /// Whether something is there.
    fn is_there(&self, file: &Path) -> bool;
}

/// A picture that is kept.
#[derive(Debug, Clone)]
pub struct KeptPicture {
    /// What its piece says of it.
    pub attached: Attached,
    /// What was not kept or was changed, one sentence each.
    pub said: Vec<String>,
}

/// What became of a piece that was to be opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shown {
    /// The system opens it.
    Opened,
    /// It is shown in the file manager.
    InFolder,
}

/// What to export, and where.
#[derive(Clone)]
pub struct Export {
    /// The convention.
    pub convention: Id,
    /// Everything that its text reads.
    pub records: Records,
    /// What the application knows.
    pub reference: Arc<Reference>,
    /// How it leaves.
    pub composition: Composition,
    /// Whether the file carries what it prints as data too.
    pub data: bool,
    /// Where the logos of the parties are; they are left out when absent.
    pub logos: Option<Arc<dyn Cabinet>>,
    /// Where to.
    pub path: PathBuf,
    /// Whether a file that is there may be replaced.
    pub replace: bool,
    /// What somebody accepts in a text to sign.
    pub accepted: Vec<Reserve>,
    /// The day.
    pub today: NaiveDate,
}

/// What was written.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Exported {
    /// Where.
    pub path: PathBuf,
    /// How many pages.
    pub pages: usize,
    /// How many bytes.
    pub bytes: usize,
    /// What it declares to be: « PDF/A-2a, PDF/UA-1 ».
    pub standards: String,
    /// What of the text is masked, each in a few words.
    pub masked: Vec<String>,
    /// What is to be told: of a logo left out, of a face of this computer.
    pub remarks: Vec<String>,
}

/// Why nothing was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExportFault {
    /// A file is there already.
    Exists,
    /// Somebody must accept that in a text to sign; what it is, in a sentence.
    Reserved(Reserve, String),
    /// Something else, in a sentence.
    Other(String),
}

/// What the system's dialog answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Answer {
    /// That was chosen.
    Chosen(PathBuf),
    /// Nothing was.
    Cancelled,
    /// Nothing, too fast for a person: on a bare desktop the dialog is missing, and says so no other way.
    NoDialog,
}

/// What is told where there is no dialog.
pub const NO_DIALOG: &str =
    "Le sélecteur de fichiers du système n’est pas disponible\u{a0}: saisissez le chemin.";

/// Waits for the system's dialog.
pub async fn answer(dialog: Later<Option<PathBuf>>) -> Answer {
    const FASTEST: Duration = Duration::from_millis(150);

    let asked = Instant::now();
    match dialog.await {
        Some(path) => Answer::Chosen(path),
        None if asked.elapsed() < FASTEST => Answer::NoDialog,
        None => Answer::Cancelled,
    }
}

/// A path as a person types it: `~` is the home folder.
#[must_use]
pub fn typed_path(text: &str) -> PathBuf {
    let text = text.trim();
    let home = || directories::UserDirs::new().map(|dirs| dirs.home_dir().to_owned());
    match text.strip_prefix('~') {
        Some("") => home().unwrap_or_else(|| PathBuf::from(text)),
        Some(rest) if rest.starts_with(['/', '\\']) => match home() {
            Some(home) => home.join(rest.trim_start_matches(['/', '\\'])),
            None => PathBuf::from(text),
        },
        _ => PathBuf::from(text),
    }
}
