//! The real world behind the window: folders of this computer, its dialogs, its clock.

use std::collections::BTreeMap;
use std::panic::{self, AssertUnwindSafe};
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::thread;
use std::time::Duration;

use chrono::{DateTime, FixedOffset, Local};
use directories::{ProjectDirs, UserDirs};
use iced::futures::channel::{mpsc, oneshot};
use serde::Serialize;
use serde::de::DeserializeOwned;

use super::cabinet::Files;
use super::cabinet::hand_over;
use super::outside::{
    Access, Archives, Erased, Export, ExportFault, Exported, Keeper, Later, Opened, Outside,
    Restored, Seen, Stranger, Survey, Urgency, WhyBackUp,
};
use super::preferences::Preferences;
use super::screen::conventions::SavedView;
use crate::demo;
use crate::document::Languages;
use crate::exchange::extract::{self, Extract};
use crate::export::{self, ExportError, Logos, Reserve, Wanted};
use crate::model::{Authority, Change, Erasure, Ids, Record, RecordId, Records};
use crate::reference::Reference;
use crate::spelling::{self, Dictionaries};
use crate::typeset::Fonts;
use crate::typeset::pages::{Remark, RemarkKind};
use crate::workspace::{self, BackupReason, Saver, Who, Wish, Workspace};

/// This computer.
pub struct Desktop;

impl Outside for Desktop {
    fn open(&self, folder: &Path, reading: bool) -> Result<Opened, String> {
        let wish = if reading {
            Wish::Read
        } else {
            Wish::WriteOrRead
        };
        let revived = revived(folder, &documents())?;
        let folder = revived.as_ref().map_or(folder, |(folder, _)| folder);
        let opened = Workspace::open(folder, wish, &Who::of_this_process())
            .map_err(|error| error.to_string())?;
        let workspace::Opened {
            workspace,
            records,
            report,
        } = opened;

        let access = match workspace.access() {
            workspace::Access::Writing => Access::Writing,
            workspace::Access::Reading { held_by } => {
                Access::Reading(held_by.as_ref().map(ToString::to_string))
            }
        };
        let day = (workspace.id() == demo::ID).then_some(demo::TODAY);
        let user = workspace.who().user().to_owned();
        let (corrections, unreadable) = workspace.corrections();
        let (reference, _) = Reference::corrected(corrections);
        let mut damaged = report.damaged;
        damaged.extend(unreadable);
        let folder = workspace.folder().to_owned();

        let (sender, news) = mpsc::unbounded();
        let workspace = Arc::new(workspace);
        let cabinet = Arc::new(Files::new(Arc::clone(&workspace)));
        let saver = Saver::start(Arc::clone(&workspace), move |event| {
            // Nobody listens any more once the window is closed.
            let _ = sender.unbounded_send(event);
        });
        Ok(Opened {
            folder,
            records,
            access,
            damaged,
            strangers: report.strangers,
            recovered: report.recovered,
            erasing: report.erasing,
            reference: Arc::new(reference),
            notice: revived.map(|(_, told)| told).or(report.notice),
            day,
            keeper: Arc::new(Thread {
                workspace,
                saver,
                last: AtomicU64::new(0),
            }),
            news,
            cabinet,
            user,
            dictionaries: Arc::new(Dictionaries::new(spelling::on_this_computer)),
        })
    }

    fn look(&self, folder: &Path) -> Seen {
        workspace::look(folder)
    }

    fn once_free(&self, folder: &Path) -> Later<bool> {
        /// Between two looks.
        const PAUSE: Duration = Duration::from_secs(2);
        /// Looks in a quarter of an hour.
        const LOOKS: u32 = 450;

        let folder = folder.to_owned();
        let (sender, free) = oneshot::channel();
        // A thread of its own: one of iced's would be kept from everything else meanwhile.
        thread::spawn(move || {
            let is_free = (0..LOOKS).any(|_| {
                thread::sleep(PAUSE);
                sender.is_canceled() || workspace::look(&folder) == Seen::Free
            });
            // Nobody waits any more once the workspace is closed.
            let _ = sender.send(is_free);
        });
        Box::pin(async move { free.await.unwrap_or(false) })
    }

    fn create(&self, folder: &Path, authority: &Authority) -> Result<(), String> {
        Workspace::create(
            folder,
            Ids::system().next_id(),
            authority,
            &Who::of_this_process(),
        )
        .map_err(|error| error.to_string())
    }

    fn demonstration(&self, place: Option<&Path>) -> Result<PathBuf, String> {
        let folder = place.map_or_else(|| self.documents().join(demo::FOLDER), Path::to_owned);
        demo::find_or_create(&folder, &Who::of_this_process())
            .map_err(|error| error.to_string())?;
        Ok(folder)
    }

    fn passing(&self) -> PathBuf {
        std::env::temp_dir().join(demo::FOLDER)
    }

    fn export(&self, order: &Export) -> Result<Exported, ExportFault> {
        // A fault in composing a document must not leave the page waiting for ever.
        match panic::catch_unwind(AssertUnwindSafe(|| written(order))) {
            Ok(Ok(exported)) => Ok(exported),
            Ok(Err(ExportError::Exists { .. })) => Err(ExportFault::Exists),
            Ok(Err(ExportError::Unprintable { messages, .. })) => {
                Err(ExportFault::Reserved(Reserve::Boxes, messages.join(" ")))
            }
            Ok(Err(ExportError::Unfilled { blanks, .. })) => {
                let left = format!("Restent à remplir\u{a0}: {}.", export::few(&blanks));
                Err(ExportFault::Reserved(Reserve::Blanks, left))
            }
            Ok(Err(error)) => Err(ExportFault::Other(error.to_string())),
            Err(_) => Err(ExportFault::Other(
                "Passerelle a rencontré un défaut en composant ce document. Rien n’a été écrit, et rien n’est perdu."
                    .to_owned(),
            )),
        }
    }

    fn extract(&self, file: &Path) -> Result<Extract, String> {
        // Whatever a file does to its reader, the page goes on.
        panic::catch_unwind(|| extract::read_file(file))
            .map_err(|_| "Ce fichier n’a pas pu être lu. Rien n’a été importé.".to_owned())?
            .map_err(|error| error.to_string())
    }

    fn make_folder(&self, folder: &Path) -> Result<(), String> {
        std::fs::create_dir_all(folder).map_err(|error| {
            format!(
                "Le dossier «\u{a0}{}\u{a0}» ne peut pas être créé\u{a0}: {}.",
                folder.display(),
                workspace::explain(&error)
            )
        })
    }

    fn show(&self, what: &Path) -> Result<(), String> {
        if !what.exists() {
            return Err(format!("«\u{a0}{}\u{a0}» n’est plus là.", what.display()));
        }
        hand_over(what).map_err(|_| {
            format!(
                "Le système n’a rien pour ouvrir «\u{a0}{}\u{a0}».",
                what.display()
            )
        })
    }

    fn ask_folder(&self) -> Later<Option<PathBuf>> {
        Box::pin(async {
            rfd::AsyncFileDialog::new()
                .set_title("Ouvrir un espace")
                .pick_folder()
                .await
                .map(|folder| folder.path().to_owned())
        })
    }

    fn ask_file(&self, suggestion: &Path) -> Later<Option<PathBuf>> {
        let mut dialog = rfd::AsyncFileDialog::new().set_title("Écrire un fichier");
        if let Some(extension) = suggestion.extension() {
            let extension = extension.to_string_lossy();
            dialog = dialog.add_filter(extension.to_uppercase(), &[extension]);
        }
        if let Some(folder) = suggestion.parent() {
            dialog = dialog.set_directory(folder);
        }
        if let Some(name) = suggestion.file_name() {
            dialog = dialog.set_file_name(name.to_string_lossy());
        }
        Box::pin(async move { dialog.save_file().await.map(|file| file.path().to_owned()) })
    }

    fn browse(&self, address: &str) -> Result<(), String> {
        let refused = |why: &str| {
            format!(
                "L’adresse n’a pas été ouverte\u{a0}: {why}. La voici, à copier\u{a0}: {address}"
            )
        };
        let is_known = ["https://", "http://", "mailto:"]
            .iter()
            .any(|scheme| address.starts_with(scheme));
        if !is_known || address.chars().any(char::is_control) {
            return Err(refused("seules celles du web et du courriel le sont"));
        }

        let opener = if cfg!(target_os = "macos") {
            "open"
        } else if cfg!(windows) {
            "explorer"
        } else {
            "xdg-open"
        };
        let started = std::process::Command::new(opener)
            .arg(address)
            .stdin(std::process::Stdio::null())
            .stdout(std::process::Stdio::null())
            .stderr(std::process::Stdio::null())
            .spawn();
        match started {
            Ok(mut opening) => {
                // It is waited for, so that it leaves nothing behind.
                std::thread::spawn(move || opening.wait());
                Ok(())
            }
            Err(_) => Err(refused("aucun navigateur ne répond")),
        }
    }

    fn now(&self) -> DateTime<FixedOffset> {
        Local::now().fixed_offset()
    }

    fn ids(&self) -> Ids {
        Ids::system()
    }

    fn documents(&self) -> PathBuf {
        documents()
    }

    fn preferences(&self) -> Preferences {
        read_choices("preferences.json")
    }

    fn keep_preferences(&self, preferences: &Preferences) {
        keep_choices("preferences.json", preferences);
    }

    fn views(&self, folder: &Path) -> Vec<SavedView> {
        let mut all: Views = read_choices(VIEWS);
        all.remove(folder).unwrap_or_default()
    }

    fn keep_views(&self, folder: &Path, views: &[SavedView]) {
        let mut all: Views = read_choices(VIEWS);
        all.insert(folder.to_owned(), views.to_vec());
        keep_choices(VIEWS, &all);
    }
}

fn written(order: &Export) -> Result<Exported, ExportError> {
    let composition = &order.composition;
    let (logos, refused) = match &order.logos {
        Some(cabinet) => Logos::default().of(
            order.convention,
            composition.copy_of.as_ref(),
            &order.records,
            &order.reference,
            &|hash| cabinet.bytes(hash),
        ),
        None => (Vec::new(), Vec::new()),
    };
    let wanted = Wanted {
        state: Some(composition.state),
        language: match &composition.languages {
            Languages::One(lang) | Languages::Paired(_, lang) => Some(lang.clone()),
            Languages::OneAfterTheOther => None,
        },
        side_by_side: matches!(composition.languages, Languages::Paired(..)),
        line_numbers: composition.line_numbers,
        copy_of: composition.copy_of.clone(),
        paper: composition.paper,
        without_annexes: composition.without_annexes,
        data: order.data,
        logos,
        accepted: order.accepted.clone(),
    };
    let exported = export::convention_pdf(
        order.convention,
        &order.records,
        &order.reference,
        &wanted,
        order.today,
        &Fonts::of_this_computer(),
    )?;
    export::write_whole(&order.path, &exported.bytes, order.replace)?;
    Ok(Exported {
        path: order.path.clone(),
        pages: exported.pages,
        bytes: exported.bytes.len(),
        standards: exported.standards.to_owned(),
        masked: exported.masked.iter().map(|it| it.told()).collect(),
        remarks: refused.into_iter().chain(told(&exported.remarks)).collect(),
    })
}

/// What of the pages is to be told once the file is written: boxes, and faces that another computer may not have.
fn told(remarks: &[Remark]) -> impl Iterator<Item = String> {
    let worth = |it: &&Remark| {
        matches!(
            it.kind,
            RemarkKind::MissingCharacter | RemarkKind::ComputerFace
        )
    };
    remarks
        .iter()
        .filter(worth)
        .map(|remark| remark.message.clone())
}

/// The workspace made again in that folder, of the person's documents, where what is opened is an archive of one, and what is told
/// of it: the folder itself was lost.
fn revived(path: &Path, into: &Path) -> Result<Option<(PathBuf, String)>, String> {
    let is_archive = path.extension().is_some_and(|it| it == "zip") && path.is_file();
    if !is_archive {
        return Ok(None);
    }
    let named = |number: u32| match number {
        1 => "Passerelle – espace retrouvé".to_owned(),
        number => format!("Passerelle – espace retrouvé {number}"),
    };
    let folder = (1..)
        .map(|number| into.join(named(number)))
        .find(|folder| !folder.exists())
        .unwrap_or_else(|| into.join(named(1)));
    let revived = Workspace::revive(&folder, path).map_err(|error| error.to_string())?;

    let back = super::text::count(revived.back, "fiche remise", "fiches remises");
    let mut told = format!(
        "{back} depuis la sauvegarde, dans «\u{a0}{}\u{a0}». Les pièces jointes n’y sont pas\u{a0}: remettez-y le dossier \
         «\u{a0}attachments\u{a0}» s’il vous en reste une copie.",
        folder.display()
    );
    if !revived.unread.is_empty() {
        told.push_str(" Illisible dans la sauvegarde\u{a0}: ");
        told.push_str(&revived.unread.join("\u{a0}; "));
    }
    Ok(Some((folder, told)))
}

/// The person's documents, or home.
pub fn documents() -> PathBuf {
    let dirs = UserDirs::new();
    dirs.as_ref()
        .map(|dirs| dirs.document_dir().unwrap_or(dirs.home_dir()).to_owned())
        .unwrap_or_default()
}

/// Views of conventions, by workspace.
type Views = BTreeMap<PathBuf, Vec<SavedView>>;

const VIEWS: &str = "views.json";

/// What a person chose, from a file beside no workspace; as at first where it cannot be read.
fn read_choices<T: DeserializeOwned + Default>(name: &str) -> T {
    choices_file(name)
        .and_then(|file| std::fs::read(file).ok())
        .and_then(|bytes| serde_json::from_slice(&bytes).ok())
        .unwrap_or_default()
}

fn keep_choices(name: &str, choices: &impl Serialize) {
    let written = || {
        let file = choices_file(name)?;
        std::fs::create_dir_all(file.parent()?).ok()?;
        let bytes = serde_json::to_vec_pretty(choices).ok()?;
        std::fs::write(file, bytes).ok()
    };
    // The window works as well without them.
    let _ = written();
}

fn choices_file(name: &str) -> Option<PathBuf> {
    let dirs = ProjectDirs::from("", "", "passerelle")?;
    Some(dirs.config_dir().join(name))
}

/// The saver's thread. It ends, and saves what waits, when the workspace is closed.
struct Thread {
    workspace: Arc<Workspace>,
    saver: Saver,
    last: AtomicU64,
}

impl Keeper for Thread {
    fn take(&self, change: Change, urgency: Urgency) -> u64 {
        let number = self.saver.take(change, urgency);
        self.last.store(number, Ordering::Relaxed);
        number
    }

    fn flush(&self) {
        self.saver.flush();
    }

    fn settle(&self) -> Result<(), String> {
        self.saver.wait(self.last.load(Ordering::Relaxed))
    }
    fn erase(&self, erasure: &Erasure) -> Result<Erased, String> {
        // Before the records are written, which no longer tell whom archives name.
        let begun = self.workspace.begin_erasing(erasure);
        begun.map_err(|error| error.to_string())?;
        self.settle()?;
        self.workspace
            .erase(erasure)
            .map_err(|error| error.to_string())
    }

    fn archives(&self) -> Archives {
        Archives {
            here: self.workspace.backups(),
            second_place: self.workspace.second_place(),
            last_elsewhere: self.workspace.last_copy_elsewhere(),
        }
    }

    fn back_up(&self, why: WhyBackUp) -> Result<Option<String>, String> {
        self.settle()?;
        let made = self.workspace.back_up(match why {
            WhyBackUp::Asked => BackupReason::Asked,
            WhyBackUp::Import => BackupReason::Import,
        });
        made.map(|made| made.lack())
            .map_err(|error| error.to_string())
    }

    fn restore(&self, file: &Path, records: &Records) -> Result<Restored, String> {
        self.settle()?;
        let restored = self.workspace.restore(file, records);
        let restored = restored.map_err(|error| error.to_string())?;
        Ok(Restored {
            back: restored.back,
            lacks: restored
                .unread
                .into_iter()
                .chain(restored.before.lack())
                .collect(),
        })
    }

    fn set_second_place(&self, folder: Option<&Path>) -> Result<(), String> {
        let set = self.workspace.set_second_place(folder);
        set.map_err(|error| error.to_string())
    }

    fn ask_for_the_hand(&self) -> Result<(), String> {
        let asked = self.workspace.ask_for_the_hand();
        asked.map_err(|error| error.to_string())
    }

    fn save_elsewhere(&self, folder: &Path, records: &Records) -> Result<usize, String> {
        let saved = self.workspace.save_elsewhere(folder, records);
        saved.map_err(|error| error.to_string())
    }

    fn survey(&self, records: &Records) -> Survey {
        self.workspace.survey(records)
    }

    fn missing_pieces(&self, records: &Records) -> Vec<(RecordId, String)> {
        self.workspace.missing_pieces(records)
    }

    fn copy(&self, copy: &Stranger) -> Option<Record> {
        self.workspace.copy(copy)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Id;

    #[test]
    fn an_archive_that_is_opened_is_a_workspace_again_each_time_in_a_folder_of_its_own() {
        let place = tempfile::tempdir().unwrap();
        let folder = place.path().join("espace");
        let who = Who::of_this_process();
        let id: Id = "019ab3c0-1000-7000-8000-000000000001".parse().unwrap();
        Workspace::create(&folder, id, &Authority::default(), &who).unwrap();
        let opened = Workspace::open(&folder, Wish::Write, &who).unwrap();
        let made = opened.workspace.back_up(BackupReason::Asked).unwrap();

        assert_eq!(revived(&folder, place.path()), Ok(None));
        for name in [
            "Passerelle – espace retrouvé",
            "Passerelle – espace retrouvé 2",
        ] {
            let (again, told) = revived(&made.backup.file, place.path()).unwrap().unwrap();
            assert_eq!(again, place.path().join(name));
            assert!(told.contains("Les pièces jointes n’y sont pas"), "{told}");
            let opened = Workspace::open(&again, Wish::Read, &who).unwrap();
            assert_eq!(opened.workspace.id(), id);
        }
        let broken = place.path().join("autre.zip");
        std::fs::write(&broken, "PK").unwrap();
        assert!(revived(&broken, place.path()).is_err());
    }
}
