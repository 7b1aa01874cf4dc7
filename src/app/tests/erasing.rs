//! A person erased from a workspace on a real disk: no byte of the name is left, acts that were signed excepted.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use chrono::{DateTime, FixedOffset};
use serde_json::json;

use super::super::desktop::Desktop;
use super::super::outside::{Export, ExportFault, Exported, Later, Opened, Outside, Seen};
use super::super::preferences::Preferences;
use super::super::screen::conventions::SavedView;
use super::super::switchboard::Switchboard;
use super::driver::Driver;
use super::frame::find;
use super::house::House;
use crate::exchange::extract::Extract;
use crate::model::{Authority, Change, Ids, Kind, Name, Record};
use crate::workspace::{BackupReason, Who, Wish, Workspace};

/// Workspaces of this disk; all else in memory.
struct OnDisk(House);

impl Outside for OnDisk {
    fn browse(&self, address: &str) -> Result<(), String> {
        self.0.browse(address)
    }

    fn open(&self, folder: &Path, reading: bool) -> Result<Opened, String> {
        Desktop.open(folder, reading)
    }

    fn once_free(&self, folder: &Path) -> Later<bool> {
        Desktop.once_free(folder)
    }

    fn look(&self, folder: &Path) -> Seen {
        Desktop.look(folder)
    }

    fn create(&self, folder: &Path, authority: &Authority) -> Result<(), String> {
        Desktop.create(folder, authority)
    }

    fn demonstration(&self, place: Option<&Path>) -> Result<PathBuf, String> {
        self.0.demonstration(place)
    }

    fn passing(&self) -> PathBuf {
        self.0.passing()
    }

    fn export(&self, order: &Export) -> Result<Exported, ExportFault> {
        self.0.export(order)
    }

    fn extract(&self, file: &Path) -> Result<Extract, String> {
        self.0.extract(file)
    }

    fn make_folder(&self, folder: &Path) -> Result<(), String> {
        self.0.make_folder(folder)
    }

    fn show(&self, what: &Path) -> Result<(), String> {
        self.0.show(what)
    }

    fn ask_folder(&self) -> Later<Option<PathBuf>> {
        self.0.ask_folder()
    }

    fn ask_file(&self, suggestion: &Path) -> Later<Option<PathBuf>> {
        self.0.ask_file(suggestion)
    }

    fn now(&self) -> DateTime<FixedOffset> {
        self.0.now()
    }

    fn ids(&self) -> Ids {
        self.0.ids()
    }

    fn documents(&self) -> PathBuf {
        self.0.documents()
    }

    fn preferences(&self) -> Preferences {
        self.0.preferences()
    }

    fn keep_preferences(&self, preferences: &Preferences) {
        self.0.keep_preferences(preferences);
    }

    fn views(&self, folder: &Path) -> Vec<SavedView> {
        self.0.views(folder)
    }

    fn keep_views(&self, folder: &Path, views: &[SavedView]) {
        self.0.keep_views(folder, views);
    }
}

const NAME: &str = "Adjoua Lawson";

const ANEHO: &str = "019ab3c0-1000-7000-8000-000000000011";
const PERSON: &str = "019ab3c0-1000-7000-8000-000000000012";
const SIGNED: &str = "019ab3c0-1000-7000-8000-000000000013";

/// A workspace where she is a contact, named in a journal and in a letter that was signed; archived once.
fn workspace(folder: &Path) {
    let who = Who::of_this_process();
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        ..Authority::default()
    };
    Workspace::create(folder, Ids::system().next_id(), &authority, &who).unwrap();
    let workspace = Workspace::open(folder, Wish::Write, &who)
        .unwrap()
        .workspace;
    let values = [
        (
            Kind::Partner,
            json!({ "id": ANEHO, "nature": "foreign-authority", "name": { "text": "Commune d’Aného" }, "country": "TG",
                "journal": [{ "id": PERSON, "text": format!("Reçu Mme {NAME} à Valmont") }] }),
        ),
        (
            Kind::Contact,
            json!({ "id": PERSON, "name": format!("Mme {NAME}"), "holder": ANEHO }),
        ),
        (
            Kind::Convention,
            json!({ "id": SIGNED, "kind": "intent", "title": format!("Lettre à Mme {NAME}"),
                "parties": [{ "id": SIGNED, "key": "aneho", "partner": ANEHO }],
                "acts": [{ "id": SIGNED, "kind": "signature", "party": "aneho", "date": "2026-01-02" }] }),
        ),
    ];
    for (kind, value) in values {
        let record = Record::from_value(kind, value).unwrap();
        workspace.write(&Change::create("", record)).unwrap();
    }
    workspace.back_up(BackupReason::Asked).unwrap();
}

/// The files under a folder that hold the name, archives opened.
fn naming(folder: &Path) -> Vec<String> {
    let holds = |bytes: &[u8]| {
        let mut windows = bytes.windows(NAME.len());
        windows.any(|window| window == NAME.as_bytes())
    };
    let mut found = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            let path = entry.path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let bytes = std::fs::read(&path).unwrap();
            let shown = path.display().to_string();
            if let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes.clone())) {
                for rank in 0..zip.len() {
                    let mut entry = zip.by_index(rank).unwrap();
                    let mut inflated = Vec::new();
                    std::io::Read::read_to_end(&mut entry, &mut inflated).unwrap();
                    if holds(&inflated) {
                        found.push(format!("{shown}/{}", entry.name().unwrap()));
                    }
                }
            }
            if holds(&bytes) {
                found.push(shown);
            }
        }
    }
    found
}

#[test]
fn a_contact_is_erased_and_no_byte_of_the_name_is_left() {
    let folder = tempfile::tempdir().unwrap();
    workspace(folder.path());
    assert_eq!(naming(folder.path()).len(), 6);

    let outside = Arc::new(OnDisk(House::default()));
    let mut driver = Driver::new(Switchboard::new(outside, Some(folder.path().to_owned())));
    driver.awaits("Communauté d’agglomération de Valmont");
    driver.click("Partenaires");
    driver.click("Commune d’Aného");
    driver.click("Contacts 1");
    // An edit before, so that history has it to forget.
    driver.click(iced_test::selector::id(iced::widget::Id::from(format!(
        "people.{PERSON}"
    ))));
    driver.click("Vérifié aujourd’hui");
    driver.click("Effacer partout…");
    driver.expect("seront effacées sans retour\u{a0}: sa fiche de contact, son nom dans");
    driver.expect("Son nom restera dans le texte signé de la convention");
    driver.click("Effacer définitivement");
    driver.awaits("La personne est effacée");
    driver.awaits("Son nom reste dans le texte signé de la convention");
    driver.click("Compris");

    driver.click("Contacts");
    assert!(!driver.sees("Lawson"));
    driver.click("Journal 1");
    driver.expect("Reçu (personne effacée) à Valmont");
    let left = naming(folder.path());
    assert!(left.iter().all(|it| it.contains(SIGNED)), "{left:?}");

    // Undo does not bring her back.
    driver.ctrl("z");
    driver.expect("Il n’y a rien à annuler.");
    assert!(!driver.sees("Lawson"));

    // It can be asked again, as when the disk had refused the archives.
    find(&mut driver, "reglages");
    driver.click("Données personnelles");
    driver.focus("personal.search");
    driver.types(NAME);
    driver.expect("son nom est dans 1\u{a0}fiche");
    driver.click("Effacer…");
    driver.click("Effacer définitivement");
    driver.awaits("La personne est effacée\u{a0}: 0\u{a0}fiche réécrite");
}
