//! « Écrire un fichier »: where a sheet, an agenda, a comparison goes, asked in front of whatever is shown.
//!
//! A screen that has something to write hands over a [`Delivery`]; the desk shows it until it is written or given up.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Task;
use iced::widget::{Id, column, row, text};

use super::{Action, Notice};
use crate::app::outside::{Answer, NO_DIALOG, Outside, answer, typed_path};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, field, quiet, strong};

/// Where the keyboard types the path.
pub const PATH: &str = "deliver.path";

/// What makes the bytes; it is called away from the window.
type Make = Arc<dyn Fn() -> Result<Vec<u8>, String> + Send + Sync>;

/// Something to be written, and where to.
pub struct Delivery {
    title: &'static str,
    told: String,
    path: String,
    make: Make,
    /// What is written beside it, with that extension in the place of its own.
    beside: Option<(&'static str, Vec<u8>)>,
    fault: Option<String>,
    is_there: bool,
    at_work: bool,
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Message {
    /// Where it goes is typed.
    Path(String),
    /// The system's dialog is asked for.
    Choose,
    /// It answered.
    Chosen(Answer),
    /// It is written, in the place of what is there or not.
    Write {
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// It was, there; or why not, and whether a file is in the way.
    Written(Result<PathBuf, (String, bool)>),
    /// It is not, after all.
    Cancel,
}

/// Whether it is over.
pub enum Wish {
    /// It goes on.
    Nothing,
    /// That is to be done.
    Run(Task<Message>),
    /// The keyboard belongs there.
    Focus(Id),
    /// It is over, with this to be told.
    Over(Option<Notice>),
}

impl Delivery {
    /// Something to be written among the person's documents under that name, unless it is said otherwise.
    #[must_use]
    pub fn new(
        title: &'static str,
        told: impl Into<String>,
        name: &str,
        session: &Session,
        make: impl Fn() -> Result<Vec<u8>, String> + Send + Sync + 'static,
    ) -> Self {
        let path = session.cabinet().documents().join(name);
        Self {
            title,
            told: told.into(),
            path: path.to_string_lossy().into_owned(),
            make: Arc::new(make),
            beside: None,
            fault: None,
            is_there: false,
            at_work: false,
        }
    }

    /// With another file beside it, of the same name and that extension.
    #[must_use]
    pub fn beside(mut self, extension: &'static str, bytes: Vec<u8>) -> Self {
        self.beside = Some((extension, bytes));
        self
    }

    /// The action that shows it.
    #[must_use]
    pub fn asked<M>(self) -> Action<M> {
        Action::Deliver(Box::new(self))
    }

    /// Reads what happened.
    pub fn update(
        &mut self,
        message: Message,
        session: &Session,
        outside: &Arc<dyn Outside>,
    ) -> Wish {
        match message {
            Message::Path(path) => {
                self.path = path;
                self.fault = None;
                self.is_there = false;
                Wish::Nothing
            }
            Message::Choose => {
                let dialog = outside.ask_file(&typed_path(&self.path));
                Wish::Run(Task::perform(answer(dialog), Message::Chosen))
            }
            Message::Chosen(Answer::Chosen(path)) => {
                self.path = path.display().to_string();
                // The system's dialog has asked whether to replace.
                self.write(true, session)
            }
            Message::Chosen(answer) => {
                self.fault = (answer == Answer::NoDialog).then(|| NO_DIALOG.to_owned());
                Wish::Focus(Id::new(PATH))
            }
            Message::Write { replace } => self.write(replace, session),
            Message::Written(Ok(path)) => Wish::Over(Some(Notice::calm(format!(
                "Écrit\u{a0}: {}",
                path.display()
            )))),
            Message::Written(Err((fault, is_there))) => {
                self.at_work = false;
                self.is_there = is_there;
                self.fault = Some(fault);
                Wish::Focus(Id::new(PATH))
            }
            Message::Cancel => Wish::Over(None),
        }
    }

    fn write(&mut self, replace: bool, session: &Session) -> Wish {
        let path = typed_path(&self.path);
        if self.at_work {
            return Wish::Nothing;
        }
        if !path.is_absolute() {
            self.fault = Some("Indiquez un chemin complet, jusqu’au nom du fichier.".to_owned());
            return Wish::Focus(Id::new(PATH));
        }
        self.at_work = true;
        self.fault = None;
        let make = Arc::clone(&self.make);
        let cabinet = Arc::clone(session.cabinet());
        let beside = self.beside.clone();
        let work = async move {
            let bytes = make().map_err(|fault| (fault, false))?;
            let beside = beside.map(|(extension, bytes)| (path.with_extension(extension), bytes));
            for (path, bytes) in std::iter::once((path.clone(), bytes)).chain(beside) {
                let written = if replace {
                    cabinet.replace(&path, &bytes)
                } else {
                    cabinet.deliver(&path, &bytes)
                };
                let is_there = || cabinet.is_there(&path);
                written.map_err(|fault| (fault, !replace && is_there()))?;
            }
            Ok::<PathBuf, (String, bool)>(path)
        };
        Wish::Run(Task::perform(work, Message::Written))
    }

    /// What is asked, in front of the page.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let path = field(&self.path, "", PATH, palette, Message::Path)
            .label("Fichier")
            .on_submit(Message::Write { replace: false });
        let mut content = column![
            text(&self.told).size(15),
            row![path, button("Choisir…", palette).on_press(Message::Choose)]
                .spacing(8)
                .align_y(iced::alignment::Vertical::Bottom),
        ]
        .spacing(12);
        if let Some(fault) = &self.fault {
            content = content.push(text(format!("▲ {fault}")).size(14).color(palette.grave));
        }
        let replace = self.is_there;
        let label = match (self.at_work, replace) {
            (true, _) => "Écriture…",
            (false, true) => "Remplacer le fichier",
            (false, false) => "Écrire le fichier",
        };
        Dialog::new(
            self.title,
            content,
            [
                strong(label, palette)
                    .id("deliver.write")
                    .on_press(Message::Write { replace }),
                quiet("Annuler", palette).on_press(Message::Cancel),
            ],
            Message::Cancel,
            palette,
        )
    }
}
