//! The file that a form asks for: its path is typed, chosen by dialog or dropped; it is read once the form is kept.

use std::path::Path;
use std::sync::Arc;

use iced::widget::{Id, row};
use iced::{Element, Task};

use crate::app::outside::{Answer, Attached, NO_DIALOG, answer, typed_path};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::button;
use crate::app::widget::form::{Shown, Typing, entry, labelled};

/// See the module.
#[derive(Debug, Clone)]
pub struct AskedFile {
    place: Place,
    path: String,
    /// Whether it is on its way into the workspace.
    coming: bool,
    /// Why it is not there.
    fault: Option<String>,
}

/// Where a form asks for it.
#[derive(Debug, Clone, Copy)]
pub struct Place {
    /// What it is called there.
    pub label: &'static str,
    /// What shows while no path is typed.
    pub example: &'static str,
    /// Where the keyboard finds it.
    pub id: &'static str,
}

/// What happens to it before the form is kept.
#[derive(Debug, Clone)]
pub enum Message {
    /// Its path is typed.
    Path(Typing),
    /// It is looked for by the system's dialog.
    Browse,
    /// What the dialog answered.
    Answered(Answer),
}

impl AskedFile {
    /// None so far.
    #[must_use]
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            path: String::new(),
            coming: false,
            fault: None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Path(Typing::Typed(path)) => {
                self.path = path;
                self.fault = None;
                Vec::new()
            }
            Message::Path(Typing::Left) | Message::Answered(Answer::Cancelled) => Vec::new(),
            Message::Browse => {
                let asked = answer(session.cabinet().ask("Joindre une pièce"));
                vec![Action::Run(Task::perform(asked, Message::Answered))]
            }
            Message::Answered(Answer::Chosen(path)) => {
                self.choose(&path);
                vec![self.focus()]
            }
            Message::Answered(Answer::NoDialog) => {
                self.fault = Some(NO_DIALOG.to_owned());
                vec![self.focus()]
            }
        }
    }

    /// It is that one, which was dropped on the window.
    pub fn choose(&mut self, file: &Path) {
        self.path = file.display().to_string();
        self.fault = None;
    }

    /// Takes the keyboard to it.
    #[must_use]
    pub fn focus<M>(&self) -> Action<M> {
        Action::Focus(Id::new(self.place.id))
    }

    /// Whether it is on its way into the workspace: the form is being kept.
    #[must_use]
    pub const fn is_coming(&self) -> bool {
        self.coming
    }

    /// Reads it into the workspace, `on` what comes of it; nothing where none is asked for.
    pub fn fetch<M: Send + 'static>(
        &mut self,
        session: &Session,
        on: impl Fn(Result<Attached, String>) -> M + Send + 'static,
    ) -> Option<Task<M>> {
        let path = self.path.trim();
        if path.is_empty() {
            return None;
        }
        self.coming = true;
        let path = typed_path(path);
        let cabinet = Arc::clone(session.cabinet());
        let keep = async move { cabinet.keep(&path) };
        Some(Task::perform(keep, on))
    }

    /// What came of it: the file, unless it could not be read, which is then told under its path.
    pub fn arrived(&mut self, kept: Result<Attached, String>) -> Option<Attached> {
        self.coming = false;
        match kept {
            Ok(attached) => Some(attached),
            Err(fault) => {
                self.fault = Some(fault);
                None
            }
        }
    }

    /// Its path, and the dialog's button beside it. Enter says `submit`.
    pub fn view<'a, M: Clone + 'a>(
        &'a self,
        submit: M,
        palette: Palette,
        on: impl Fn(Message) -> M + Copy + 'a,
    ) -> Element<'a, M> {
        let Place { label, example, id } = self.place;
        let shown = Shown {
            text: self.path.as_str().into(),
            fault: self.fault.as_deref(),
        };
        let path = entry(label, shown, id, palette, move |typing| {
            on(Message::Path(typing))
        })
        .without_label()
        .example(example)
        .on_submit(submit);
        let browse = button("Choisir un fichier…", palette).on_press(on(Message::Browse));
        labelled(label, row![Element::from(path), browse].spacing(8), palette)
    }
}
