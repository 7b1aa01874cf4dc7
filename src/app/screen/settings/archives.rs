//! Backups: what there is, one more now, one put back, where they go too.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{Column, Id, column, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::outside::{
    Answer, Backup, NO_DIALOG, Outside, Restored, WhyBackUp, answer, local, typed_path,
};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::{Dialog, button, field, quiet, strong};

/// Where the keyboard writes the second place.
pub const PLACE: &str = "settings.second-place";

/// Where the keyboard keeps what is there rather than putting a backup back.
pub const KEEP: &str = "settings.keep";

/// See the module.
pub struct Archives {
    second_place: String,
    /// The archive that one is about to put back.
    restoring: Option<PathBuf>,
    busy: bool,
    outside: Arc<dyn Outside>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Archive the records now.
    BackUp,
    /// They were, or not.
    BackedUp(Result<Option<String>, String>),
    /// That archive is to be put back; it is asked first.
    Restore(PathBuf),
    /// Yes, it is.
    RestoreIndeed,
    /// No, it is not.
    RestoreNot,
    /// So many records are back, or why not.
    Restored(Result<Restored, String>),
    /// The second place is typed.
    Place(String),
    /// It is to be chosen in the system's dialog.
    ChoosePlace,
    /// The dialog answered.
    PlaceChosen(Answer),
    /// Archives are to go there too, or nowhere else.
    SetPlace(bool),
    /// It is so, or why not.
    PlaceSet(Result<(), String>),
}

impl Archives {
    /// Backups, before any is known.
    #[must_use]
    pub fn new(outside: Arc<dyn Outside>) -> Self {
        Self {
            second_place: String::new(),
            restoring: None,
            busy: false,
            outside,
        }
    }

    /// The page is shown.
    pub fn begin(&mut self, session: &Session) {
        let place = session.archives().and_then(|it| it.second_place.clone());
        if let Some(place) = place.filter(|_| self.second_place.is_empty()) {
            self.second_place = place.display().to_string();
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let keeper = session.saving().keeper();
        match message {
            // What is at work is not begun twice; its button stays, and keeps the keyboard.
            Message::BackUp if self.busy => Vec::new(),
            Message::BackUp => {
                self.busy = true;
                let task = Task::perform(
                    async move { keeper.back_up(WhyBackUp::Asked) },
                    Message::BackedUp,
                );
                let words = "Sauvegarde en cours…";
                vec![Action::Notify(Notice::calm(words)), Action::Run(task)]
            }
            Message::BackedUp(result) => {
                self.busy = false;
                vec![Action::Notify(Notice::of_backup(result)), Action::Archive]
            }
            Message::Restore(file) => {
                self.restoring = Some(file);
                vec![Action::Focus(Id::new(KEEP))]
            }
            Message::RestoreNot => {
                self.restoring = None;
                Vec::new()
            }
            Message::RestoreIndeed => {
                let Some(file) = self.restoring.take() else {
                    return Vec::new();
                };
                self.busy = true;
                let records = session.records().clone();
                let work = async move { keeper.restore(&file, &records) };
                vec![Action::Run(Task::perform(work, Message::Restored))]
            }
            Message::Restored(Ok(restored)) => vec![Action::Reopen(told(&restored))],
            Message::Restored(Err(fault)) => {
                self.busy = false;
                answered(Err(fault))
            }
            Message::Place(place) => {
                self.second_place = place;
                Vec::new()
            }
            Message::ChoosePlace => {
                let asked = answer(self.outside.ask_folder());
                vec![Action::Run(Task::perform(asked, Message::PlaceChosen))]
            }
            Message::PlaceChosen(answer) => {
                let mut actions = vec![Action::Focus(Id::new(PLACE))];
                match answer {
                    Answer::Chosen(path) => self.second_place = path.display().to_string(),
                    Answer::NoDialog => actions.push(Action::Notify(Notice::wary(NO_DIALOG))),
                    Answer::Cancelled => {}
                }
                actions
            }
            Message::SetPlace(there) => {
                let place = there.then(|| typed_path(&self.second_place));
                if !there {
                    self.second_place.clear();
                }
                let work = async move { keeper.set_second_place(place.as_deref()) };
                // « Ne plus y sauvegarder » goes, the field stays.
                vec![
                    Action::Focus(Id::new(PLACE)),
                    Action::Run(Task::perform(work, Message::PlaceSet)),
                ]
            }
            Message::PlaceSet(result) => answered(result.map(|()| {
                if self.second_place.is_empty() {
                    "Les sauvegardes restent dans l’espace seulement.".to_owned()
                } else {
                    "Les prochaines sauvegardes iront aussi là.".to_owned()
                }
            })),
        }
    }

    /// The part.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let writes = !session.is_read_only();
        let archives = session.archives();
        let now = strong("Sauvegarder maintenant", palette)
            .on_press_maybe(writes.then_some(Message::BackUp));

        let lines = archives.into_iter().flat_map(|it| it.here.iter().rev());
        let lines = lines.map(|backup| {
            let restore = button("Restaurer…", palette)
                .on_press_maybe(writes.then(|| Message::Restore(backup.file.clone())));
            row![
                text(when(backup)).size(15).width(220),
                text(reason(&backup.file))
                    .size(15)
                    .color(palette.muted)
                    .width(Fill),
                Element::from(restore),
            ]
            .spacing(12)
            .align_y(Center)
            .into()
        });
        let mut list = Column::with_children(lines).spacing(6);
        if archives.is_none_or(|it| it.here.is_empty()) {
            let none = "Il n’y en a pas encore\u{a0}: la première se fait à la première modification du jour.";
            list = list.push(text(none).size(15).color(palette.muted));
        }

        let second = archives.and_then(|it| it.second_place.as_ref());
        let last = archives.and_then(|it| it.last_elsewhere);
        let said = match (second, last) {
            (None, _) => {
                "Un second endroit (une clé, un partage) protège d’un disque perdu ou volé."
                    .to_owned()
            }
            (Some(place), None) => {
                format!("Vers «\u{a0}{}\u{a0}»\u{a0}: rien encore.", place.display())
            }
            (Some(place), Some(at)) => format!(
                "Vers «\u{a0}{}\u{a0}»\u{a0}: la dernière est du {}.",
                place.display(),
                french::day(local(at).date())
            ),
        };
        let typed = !self.second_place.trim().is_empty();
        let elsewhere = column![
            text(said).size(15),
            row![
                field(
                    &self.second_place,
                    "chemin du dossier",
                    PLACE,
                    palette,
                    Message::Place
                )
                .on_submit(Message::SetPlace(true)),
                button("Choisir…", palette).on_press_maybe(writes.then_some(Message::ChoosePlace)),
                button("Y sauvegarder aussi", palette)
                    .on_press_maybe((writes && typed).then_some(Message::SetPlace(true))),
            ]
            .spacing(6)
            .align_y(Center),
        ]
        .push(second.map(|_| {
            Element::from(
                quiet("Ne plus y sauvegarder", palette)
                    .on_press_maybe(writes.then_some(Message::SetPlace(false))),
            )
        }))
        .spacing(8);

        column![
            section("Sauvegardes de l’espace", [now], list, palette),
            section("Second endroit", [], elsewhere, palette),
        ]
        .spacing(18)
        .into()
    }

    /// What is asked before an archive is put back.
    #[must_use]
    pub fn dialog<'a>(&self, session: &Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        let file = self.restoring.as_ref()?;
        let when = when_of(file, session);
        let words = format!(
            "Toutes les fiches redeviennent ce qu’elles étaient {when}\u{a0}; celles qui ont été créées depuis sont \
             retirées. Ce qui est là maintenant est d’abord sauvegardé\u{a0}: vous pourrez y revenir de la même façon."
        );
        let acts = [
            button("Restaurer", palette).on_press(Message::RestoreIndeed),
            strong("Garder ce qui est là", palette)
                .id(KEEP)
                .on_press(Message::RestoreNot),
        ];
        Some(Dialog::new(
            "Restaurer cette sauvegarde\u{a0}?",
            text(words).size(15),
            acts,
            Message::RestoreNot,
            palette,
        ))
    }
}

fn answered(result: Result<String, String>) -> Vec<Action<Message>> {
    let notice = match result {
        Ok(words) => Notice::calm(words),
        Err(fault) => Notice::wary(fault),
    };
    vec![Action::Notify(notice), Action::Archive]
}

/// What is told of an archive that was put back.
fn told(restored: &Restored) -> Notice {
    let back = french::count(restored.back, "fiche remise", "fiches remises");
    let words = format!("{back}. L’état précédent est dans la dernière sauvegarde.");
    match restored.lacks.as_slice() {
        [] => Notice::calm(words),
        lacks => Notice::wary(format!(
            "{words} Ce qui suit n’a pas pu l’être, et reste comme avant\u{a0}: {}",
            lacks.join("\u{a0}; ")
        )),
    }
}

fn when(backup: &Backup) -> String {
    let at = local(backup.at);
    format!("{} à {}", french::day(at.date()), french::hour(at.time()))
}

/// « le 24/11/2026 à 09:12 ».
fn when_of(file: &Path, session: &Session) -> String {
    let archives = session.archives();
    let known = archives.and_then(|it| it.here.iter().find(|backup| backup.file == file));
    known.map_or_else(String::new, |backup| format!("le {}", when(backup)))
}

/// Why it was made, as its name says.
fn reason(file: &Path) -> &'static str {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    [
        ("quotidienne", "première modification du jour"),
        ("demandee", "à votre demande"),
        ("avant-migration", "avant un changement de format"),
        ("avant-import", "avant un import"),
        ("avant-fusion", "avant une fusion"),
        ("avant-restauration", "avant une restauration"),
    ]
    .into_iter()
    .find_map(|(word, reason)| name.ends_with(word).then_some(reason))
    .unwrap_or("")
}
