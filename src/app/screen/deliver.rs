//! A file that the person asks for: where it goes, then it is made and written, whole.
//!
//! A screen that gives files owns a [`Deliver`], hands it its messages and draws it in front of the page while it asks.

use std::fmt;
use std::sync::Arc;

use iced::Task;
use iced::widget::{Id, column, row, text};
use iced::{Alignment, Fill};

use super::{Action, Notice};
use crate::app::outside::{Answer, Outside, answer, typed_path};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, field, quiet, strong};

/// Makes the bytes of a file.
type Make = Arc<dyn Fn() -> Result<Vec<u8>, String> + Send + Sync>;

/// See the module.
pub struct Deliver {
    outside: Arc<dyn Outside>,
    asked: Option<Asked>,
}

struct Asked {
    title: &'static str,
    path: String,
    make: Make,
    fault: Option<String>,
    writing: bool,
}

impl fmt::Debug for Deliver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let path = self.asked.as_ref().map(|asked| &asked.path);
        f.debug_struct("Deliver").field("path", &path).finish()
    }
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Message {
    /// Where it goes is typed.
    Path(String),
    /// The system's dialog is asked for.
    Choose,
    /// It answers.
    Chosen(Answer),
    /// The file is written.
    Write,
    /// It was, there, or not.
    Written(Result<String, String>),
    /// Nothing is done.
    Cancel,
}

/// Where the keyboard writes where a file goes.
pub const PATH: &str = "deliver.path";

impl Deliver {
    /// Nothing is asked.
    #[must_use]
    pub const fn new(outside: Arc<dyn Outside>) -> Self {
        Self {
            outside,
            asked: None,
        }
    }

    /// Asks where a file of that name goes; `make` makes it.
    pub fn ask<M>(
        &mut self,
        title: &'static str,
        file_name: &str,
        make: impl Fn() -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Vec<Action<M>> {
        let path = self.outside.documents().join(file_name);
        self.asked = Some(Asked {
            title,
            path: path.to_string_lossy().into_owned(),
            make: Arc::new(make),
            fault: None,
            writing: false,
        });
        vec![Action::Focus(Id::new(PATH))]
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let Some(asked) = &mut self.asked else {
            return Vec::new();
        };
        match message {
            Message::Path(path) => {
                asked.path = path;
                asked.fault = None;
                Vec::new()
            }
            Message::Choose => {
                let dialog = self.outside.ask_file(&typed_path(&asked.path));
                vec![Action::Run(Task::perform(answer(dialog), Message::Chosen))]
            }
            Message::Chosen(Answer {
                path: Some(path), ..
            }) => {
                asked.path = path.to_string_lossy().into_owned();
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Chosen(Answer { at_once: true, .. }) => {
                asked.fault = Some(
                    "Le sélecteur de fichiers du système n’est pas disponible\u{a0}: saisissez le chemin."
                        .to_owned(),
                );
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Chosen(_) => Vec::new(),
            Message::Write if asked.writing => Vec::new(),
            Message::Write => {
                asked.writing = true;
                let path = typed_path(&asked.path);
                let make = Arc::clone(&asked.make);
                let cabinet = Arc::clone(session.cabinet());
                let write = async move {
                    cabinet.deliver(&path, &make()?)?;
                    Ok(format!("Fichier écrit\u{a0}: {}", path.display()))
                };
                vec![Action::Run(Task::perform(write, Message::Written))]
            }
            Message::Written(Ok(told)) => {
                self.asked = None;
                vec![Action::Notify(Notice::calm(told))]
            }
            Message::Written(Err(why)) => {
                asked.writing = false;
                asked.fault = Some(why);
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Cancel => {
                self.asked = None;
                Vec::new()
            }
        }
    }

    /// What is asked, in front of the page.
    #[must_use]
    pub fn dialog<'a>(&'a self, palette: Palette) -> Option<Dialog<'a, Message>> {
        let asked = self.asked.as_ref()?;
        let path = field(&asked.path, "", PATH, palette, Message::Path)
            .label("Fichier")
            .on_submit(Message::Write);
        let mut content = column![
            row![
                path.width(Fill),
                button("Choisir…", palette).on_press(Message::Choose),
            ]
            .spacing(8)
            .align_y(Alignment::End),
        ]
        .spacing(12);
        if let Some(fault) = &asked.fault {
            let words = format!("▲ {fault}");
            content = content.push(text(words).size(14).color(palette.grave));
        }
        Some(Dialog::new(
            asked.title,
            content,
            [
                strong(
                    if asked.writing {
                        "Écriture…"
                    } else {
                        "Écrire"
                    },
                    palette,
                )
                .on_press(Message::Write),
                quiet("Annuler", palette).on_press(Message::Cancel),
            ],
            Message::Cancel,
            palette,
        ))
    }
}
