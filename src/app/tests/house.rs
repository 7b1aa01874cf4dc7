//! A world for journeys: a workspace in memory, dialogs that answer what they are told, a clock that stands still.

use std::collections::{BTreeMap, VecDeque};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard};
use std::time::Duration;

use chrono::{DateTime, FixedOffset, NaiveDate, NaiveDateTime, TimeZone, Utc};
use iced::futures::channel::mpsc::{self, UnboundedSender};
use serde_json::json;

use super::super::outside::{
    Access, Archives, Attached, Backup, Cabinet, Damaged, Erased, Export, ExportFault, Exported,
    Holder, Keeper, KeptPicture, Later, News, Opened, Outside, PieceState, Restored, Seen, Shown,
    Stranger, Survey, Urgency, WhyBackUp,
};
use super::super::preferences::Preferences;
use super::super::route::Route;
use super::super::screen::conventions::SavedView;
use crate::exchange::extract::{self, Extract};
use crate::model::{
    Authority, Change, Contact, Convention, Erasure, Ids, Partner, Piece, Record, RecordId, Records,
};
use crate::reference::Reference;
use crate::spelling::{Dictionaries, Source};
use crate::workspace::hash;

/// What tests set, and what they look at afterwards.
#[derive(Default)]
pub struct Facts {
    /// What is on the disk.
    pub disk: Records,
    /// Who holds the workspace.
    pub holder: Option<String>,
    /// Files that cannot be read.
    pub damaged: Vec<Damaged>,
    /// Pieces whose file is not there.
    pub missing: Vec<(RecordId, String)>,
    /// Copies that a synchroniser left, and what they hold.
    pub copies: Vec<(Stranger, Record)>,
    /// Records that a hard stop had left.
    pub recovered: Vec<RecordId>,
    /// The person whose erasure a hard stop had interrupted.
    pub erasing: Option<Contact>,
    /// Whether archives cannot be rewritten.
    pub refuses_to_erase: bool,
    /// Whether the hand was asked for.
    pub asked: bool,
    /// Archives of the records, oldest first.
    pub archives: Archives,
    /// Workspaces made elsewhere.
    pub elsewhere: Vec<(PathBuf, Records)>,
    /// Why the disk refuses.
    pub refusal: Option<String>,
    /// What the department corrects of the reference, by file.
    pub corrections: Vec<(String, serde_json::Value)>,
    /// What was exported.
    pub exports: Vec<Export>,
    /// Files and folders that the system was asked to open.
    pub opened: Vec<PathBuf>,
    /// Addresses that were opened outside.
    pub browsed: Vec<String>,
    /// Files that are there.
    pub files: Vec<PathBuf>,
    /// Whether nothing can be written among the person's documents.
    pub home_is_read_only: bool,
    /// What dialogs answer, in order; nothing when there is none left.
    pub answers: VecDeque<PathBuf>,
    /// What the person chose.
    pub preferences: Preferences,
    /// The views of conventions that the person kept.
    pub views: Vec<SavedView>,
    /// Files of this computer that can be joined or imported, and what they hold.
    pub papers: BTreeMap<PathBuf, Vec<u8>>,
    /// Whether those files are long to read: none ends to be, as long as this is so.
    pub papers_are_slow: bool,
    /// The files of pieces, by hash.
    pub cabinet: BTreeMap<String, Vec<u8>>,
    /// The French words that this computer knows, as a dictionary lists them; no dictionary otherwise.
    pub dictionary: Option<String>,
    /// The titles of the pieces that were opened.
    pub shown: Vec<String>,
    /// Changes that were taken and are not on the disk yet.
    waiting: Vec<(u64, Change)>,
    last: u64,
    listener: Option<UnboundedSender<News>>,
}

/// The world, shared with who looks at it.
#[derive(Clone, Default)]
pub struct House(Arc<Mutex<Facts>>);

/// Where the workspace is.
pub const FOLDER: &str = "/espaces/valmont";

impl House {
    /// Valmont, left at its list of conventions, with a convention with Aného that is being written and one with Figuig that is taken over.
    pub fn valmont() -> Self {
        let house = Self::default();
        {
            let mut facts = house.facts();
            facts.disk = records();
            let known = &mut facts.preferences;
            known.remember(Path::new(FOLDER), "Valmont", NaiveDateTime::default());
            known.left_at(Path::new(FOLDER), Route::Conventions, None);
        }
        house
    }

    pub fn facts(&self) -> MutexGuard<'_, Facts> {
        self.0.lock().unwrap()
    }

    /// What is on the disk of the draft.
    pub fn draft(&self) -> Convention {
        let facts = self.facts();
        let draft = facts.disk.conventions().find(|it| !it.articles.is_empty());
        draft.unwrap().clone()
    }

    /// The first paragraph on the disk of the draft.
    pub fn first_paragraph(&self) -> String {
        self.draft().articles[0].texts[0].paragraphs[0].clone()
    }

    /// The keeper finds that somebody else had written in a record, and keeps that beside it.
    pub fn find_beside(&self, theirs: Record) {
        let copy = Stranger {
            file: "conventions/x (autre version).json".to_owned(),
            copy_of: Some(theirs.record_id().id),
            reason: "il ressemble à une copie".to_owned(),
        };
        let mut facts = self.facts();
        facts.copies.push((copy.clone(), theirs));
        let listener = facts.listener.as_ref().unwrap();
        listener.unbounded_send(News::Beside { copy }).unwrap();
    }

    /// Somebody asks for the hand.
    pub fn ask(&self, user: &str) {
        let by = Holder {
            user: user.to_owned(),
            host: "PC-RI-04".to_owned(),
            since: at_nine(),
        };
        let facts = self.facts();
        let listener = facts.listener.as_ref().unwrap();
        listener.unbounded_send(News::Asked { by }).unwrap();
    }

    /// The disk accepts again.
    pub fn mend(&self) {
        self.facts().refusal = None;
        self.facts().write();
    }
}

impl Facts {
    fn write(&mut self) {
        if self.waiting.is_empty() {
            return;
        }
        let news = match &self.refusal {
            Some(message) => News::Failed {
                message: message.clone(),
                reason: message.clone(),
                waiting: self.waiting.len(),
                retry_in: Duration::from_secs(2),
            },
            None => {
                for (_, change) in self.waiting.drain(..) {
                    self.disk.apply(&change);
                }
                News::Saved { up_to: self.last }
            }
        };
        if let Some(listener) = &self.listener {
            let _ = listener.unbounded_send(news);
        }
    }
}

impl Keeper for House {
    fn take(&self, change: Change, urgency: Urgency) -> u64 {
        let mut facts = self.facts();
        facts.last += 1;
        let number = facts.last;
        facts.waiting.push((number, change));
        if urgency == Urgency::Now {
            facts.write();
        }
        number
    }

    fn flush(&self) {
        self.facts().write();
    }

    fn settle(&self) -> Result<(), String> {
        let mut facts = self.facts();
        facts.write();
        match &facts.refusal {
            Some(message) if !facts.waiting.is_empty() => Err(message.clone()),
            _ => Ok(()),
        }
    }

    fn erase(&self, erasure: &Erasure) -> Result<Erased, String> {
        self.facts().erasing = Some(erasure.who.clone());
        self.settle()?;
        if self.facts().refuses_to_erase {
            return Err("Le disque ne répond pas.".to_owned());
        }
        self.facts().erasing = None;
        Ok(Erased::default())
    }

    fn archives(&self) -> Archives {
        self.facts().archives.clone()
    }

    fn back_up(&self, why: WhyBackUp) -> Result<Option<String>, String> {
        let mut facts = self.facts();
        let why = match why {
            WhyBackUp::Asked => "demandee",
            WhyBackUp::Import => "avant-import",
        };
        let file = format!("/espaces/valmont/sauvegarde-{}-{why}.zip", facts.last);
        facts.archives.here.push(Backup {
            file: PathBuf::from(file),
            at: at_nine(),
        });
        Ok(None)
    }

    fn restore(&self, _: &Path, _: &Records) -> Result<Restored, String> {
        self.facts().disk = records();
        Ok(Restored {
            back: 5,
            lacks: Vec::new(),
        })
    }

    fn set_second_place(&self, folder: Option<&Path>) -> Result<(), String> {
        self.facts().archives.second_place = folder.map(Path::to_owned);
        Ok(())
    }

    fn ask_for_the_hand(&self) -> Result<(), String> {
        self.facts().asked = true;
        Ok(())
    }

    fn save_elsewhere(&self, folder: &Path, records: &Records) -> Result<usize, String> {
        let mut facts = self.facts();
        facts.elsewhere.push((folder.to_owned(), records.clone()));
        Ok(0)
    }

    fn survey(&self, _: &Records) -> Survey {
        let facts = self.facts();
        Survey {
            damaged: facts.damaged.clone(),
            strangers: facts.copies.iter().map(|(it, _)| it.clone()).collect(),
            missing: facts.missing.clone(),
        }
    }

    fn missing_pieces(&self, _: &Records) -> Vec<(RecordId, String)> {
        self.facts().missing.clone()
    }

    fn copy(&self, copy: &Stranger) -> Option<Record> {
        let facts = self.facts();
        let known = facts.copies.iter().find(|(stranger, _)| stranger == copy);
        known.map(|(_, record)| record.clone())
    }
}

fn at_nine() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 23, 9, 4, 0).unwrap()
}

impl Cabinet for House {
    fn ask(&self, _: &'static str) -> Later<Option<PathBuf>> {
        self.ask_folder()
    }

    fn keep(&self, file: &Path) -> Result<Attached, String> {
        while self.facts().papers_are_slow {
            std::thread::sleep(Duration::from_millis(1));
        }
        let mut facts = self.facts();
        let Some(bytes) = facts.papers.get(file).cloned() else {
            return Err(format!("{} n’existe pas.", file.display()));
        };
        let sha256 = hash(&bytes);
        let attached = Attached {
            file_name: file.file_name().unwrap().to_string_lossy().into_owned(),
            sha256: sha256.clone(),
            media_type: "application/pdf".to_owned(),
            bytes: bytes.len() as u64,
        };
        facts.cabinet.insert(sha256, bytes);
        Ok(attached)
    }

    fn keep_picture(&self, file: &Path) -> Result<KeptPicture, String> {
        let bytes = self.facts().papers.get(file).cloned().unwrap_or_default();
        crate::picture::read(&bytes).map_err(|error| error.to_string())?;
        Ok(KeptPicture {
            attached: self.keep(file)?,
            said: Vec::new(),
        })
    }

    fn table(&self, file: &Path) -> Result<Vec<u8>, String> {
        let facts = self.facts();
        let bytes = facts.papers.get(file).cloned();
        bytes.ok_or_else(|| "le fichier n’existe pas".to_owned())
    }

    fn bytes(&self, sha256: &str) -> Option<Vec<u8>> {
        self.facts().cabinet.get(sha256).cloned()
    }

    fn state(&self, piece: &Piece) -> PieceState {
        match self.facts().cabinet.get(&piece.sha256) {
            Some(_) => PieceState::There,
            None => PieceState::Missing,
        }
    }

    fn show(&self, piece: &Piece) -> Result<Shown, String> {
        let mut facts = self.facts();
        if !facts.cabinet.contains_key(&piece.sha256) {
            return Err(format!("Le fichier de « {} » manque.", piece.title));
        }
        facts.shown.push(piece.title.clone());
        Ok(Shown::Opened)
    }

    fn documents(&self) -> PathBuf {
        PathBuf::from("/documents")
    }

    fn deliver(&self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        let mut facts = self.facts();
        if facts.papers.contains_key(file) {
            return Err(format!("{} existe déjà.", file.display()));
        }
        facts.papers.insert(file.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn replace(&self, file: &Path, bytes: &[u8]) -> Result<(), String> {
        self.facts().papers.insert(file.to_owned(), bytes.to_vec());
        Ok(())
    }

    fn is_there(&self, file: &Path) -> bool {
        self.facts().papers.contains_key(file)
    }
}

impl Outside for House {
    fn look(&self, folder: &Path) -> Seen {
        match &self.facts().holder {
            _ if folder != Path::new(FOLDER) => Seen::Missing,
            Some(_) => Seen::Held(None),
            None => Seen::Free,
        }
    }

    fn once_free(&self, _: &Path) -> Later<bool> {
        let free = self.facts().holder.take().is_some();
        Box::pin(async move { free })
    }

    fn open(&self, folder: &Path, reading: bool) -> Result<Opened, String> {
        if folder != Path::new(FOLDER) {
            return Err(format!("{} n’est pas un espace.", folder.display()));
        }
        let (sender, news) = mpsc::unbounded();
        let mut facts = self.facts();
        facts.listener = Some(sender);
        Ok(Opened {
            folder: folder.to_owned(),
            records: facts.disk.clone(),
            access: match &facts.holder {
                Some(holder) => Access::Reading(Some(holder.clone())),
                None if reading => Access::Reading(None),
                None => Access::Writing,
            },
            damaged: facts.damaged.clone(),
            strangers: facts
                .copies
                .iter()
                .map(|(stranger, _)| stranger.clone())
                .collect(),
            recovered: facts.recovered.clone(),
            erasing: facts.erasing.clone(),
            reference: Arc::new(Reference::corrected(facts.corrections.clone()).0),
            notice: None,
            day: None,
            keeper: Arc::new(self.clone()),
            news,
            cabinet: Arc::new(self.clone()),
            user: "J. Martin".to_owned(),
            dictionaries: {
                let words = facts.dictionary.clone();
                Arc::new(Dictionaries::new(move |lang| {
                    let dic = words.clone().filter(|_| lang.is_french())?;
                    let aff = "SET UTF-8\nTRY esianrtolcdugmphbyfvkwz\n".to_owned();
                    Some(Source { aff, dic })
                }))
            },
        })
    }

    fn create(&self, folder: &Path, authority: &Authority) -> Result<(), String> {
        if folder != Path::new(FOLDER) {
            return Err(format!("{} ne peut pas être créé.", folder.display()));
        }
        self.facts().disk = Records::from_records([Record::Authority(authority.clone())]);
        Ok(())
    }

    fn demonstration(&self, place: Option<&Path>) -> Result<PathBuf, String> {
        if self.facts().home_is_read_only && place != Some(Path::new(FOLDER)) {
            return Err("Passerelle ne peut pas y écrire.".to_owned());
        }
        Ok(PathBuf::from(FOLDER))
    }

    fn passing(&self) -> PathBuf {
        PathBuf::from("/tmp/demonstration")
    }

    fn export(&self, order: &Export) -> Result<Exported, ExportFault> {
        let mut facts = self.facts();
        if facts.files.contains(&order.path) && !order.replace {
            return Err(ExportFault::Exists);
        }
        facts.files.push(order.path.clone());
        facts.exports.push(order.clone());
        Ok(Exported {
            path: order.path.clone(),
            pages: 9,
            bytes: 84_000,
            standards: "PDF/A-2a, PDF/UA-1".to_owned(),
            masked: Vec::new(),
            remarks: Vec::new(),
        })
    }

    fn extract(&self, file: &Path) -> Result<Extract, String> {
        let facts = self.facts();
        let bytes = facts.papers.get(file).ok_or("Ce fichier n’existe pas.")?;
        extract::read(bytes).map_err(|error| error.to_string())
    }

    fn make_folder(&self, _: &Path) -> Result<(), String> {
        Ok(())
    }

    fn show(&self, what: &Path) -> Result<(), String> {
        self.facts().opened.push(what.to_owned());
        Ok(())
    }

    fn ask_folder(&self) -> Later<Option<PathBuf>> {
        let answer = self.facts().answers.pop_front();
        Box::pin(async move { answer })
    }

    fn ask_file(&self, _: &Path) -> Later<Option<PathBuf>> {
        self.ask_folder()
    }

    fn browse(&self, address: &str) -> Result<(), String> {
        self.facts().browsed.push(address.to_owned());
        Ok(())
    }

    fn now(&self) -> DateTime<FixedOffset> {
        let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        day.and_hms_opt(14, 32, 0).unwrap().and_utc().fixed_offset()
    }

    fn ids(&self) -> Ids {
        Ids::counted(1_800_000_000_000)
    }

    fn documents(&self) -> PathBuf {
        PathBuf::from("/documents")
    }

    fn preferences(&self) -> Preferences {
        self.facts().preferences.clone()
    }

    fn keep_preferences(&self, preferences: &Preferences) {
        self.facts().preferences.clone_from(preferences);
    }

    fn views(&self, _: &Path) -> Vec<SavedView> {
        self.facts().views.clone()
    }

    fn keep_views(&self, _: &Path, views: &[SavedView]) {
        self.facts().views = views.to_vec();
    }
}

fn records() -> Records {
    let mut ids = Ids::counted(1_790_000_000_000);
    let mut id = || ids.next_id();
    let (aneho, figuig) = (id(), id());
    let authority: Authority = serde_json::from_value(json!({
        "name": { "text": "Communauté d’agglomération de Valmont" },
        "short_name": { "text": "Valmont" },
        "signatories": [{ "id": id(), "name": "Mme Hélène Carvalho", "function": "présidente" }],
    }))
    .unwrap();
    let partner = |id, name: &str, short: &str, country: &str| -> Partner {
        serde_json::from_value(json!({
            "id": id,
            "nature": "foreign-authority",
            "name": { "text": name },
            "short_name": { "text": short },
            "country": country,
        }))
        .unwrap()
    };
    let partners = [
        partner(aneho, "Commune d’Aného", "Aného", "TG"),
        partner(figuig, "Commune de Figuig", "Figuig", "MA"),
    ];
    let mut article = |role: &str, title: &str, paragraph: &str| {
        json!({
            "id": id(),
            "key": role,
            "role": role,
            "texts": [{ "lang": "fr", "title": title, "paragraphs": [paragraph] }],
        })
    };
    let articles = [
        article("objet", "Objet", "Les parties améliorent l’accès à l’eau."),
        article(
            "finances",
            "Finances",
            "Valmont verse sa part chaque année.",
        ),
    ];
    let draft: Convention = serde_json::from_value(json!({
        "id": id(),
        "kind": "cooperation",
        "title": "Valmont – Aného 2027-2029",
        "parties": [
            { "id": id(), "key": "valmont" },
            { "id": id(), "key": "aneho", "partner": aneho },
        ],
        "languages": ["fr"],
        "articles": articles,
        "start": "2027-01-01",
        "end": "2029-12-31",
    }))
    .unwrap();
    let taken_over: Convention = serde_json::from_value(json!({
        "id": id(),
        "kind": "twinning",
        "title": "Jumelage Valmont – Figuig",
        "parties": [
            { "id": id(), "key": "valmont" },
            { "id": id(), "key": "figuig", "partner": figuig },
        ],
        "start": "1998-05-16",
        "taken_over": { "object": "Échanges entre les deux communes." },
    }))
    .unwrap();

    let [one, other] = partners;
    Records::from_records([
        Record::Authority(authority),
        Record::Partner(one),
        Record::Partner(other),
        Record::Convention(draft),
        Record::Convention(taken_over),
    ])
}
