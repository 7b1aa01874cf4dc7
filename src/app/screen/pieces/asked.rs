//! The file that a form asks for: its path is typed, chosen by dialog or dropped; it is read once the form is kept.

use std::path::{Path, PathBuf};
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
    /// The one that is on its way into the workspace.
    coming: Option<PathBuf>,
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

/// A file that was read into the workspace, or why it was not.
#[derive(Debug, Clone)]
pub struct Fetched {
    file: PathBuf,
    kept: Result<Attached, String>,
}

impl AskedFile {
    /// None so far.
    #[must_use]
    pub const fn new(place: Place) -> Self {
        Self {
            place,
            path: String::new(),
            coming: None,
            fault: None,
        }
    }

    /// Reads what happened. What is on its way is the file that is shown: until it is there no other takes its place.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        if self.is_coming() {
            return Vec::new();
        }
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
        if !self.is_coming() {
            self.path = file.display().to_string();
            self.fault = None;
        }
    }

    /// Whether one is asked for.
    #[must_use]
    pub fn is_asked(&self) -> bool {
        !self.path.trim().is_empty()
    }

    /// Takes the keyboard to it.
    #[must_use]
    pub fn focus<M>(&self) -> Action<M> {
        Action::Focus(Id::new(self.place.id))
    }

    /// Whether it is on its way into the workspace: the form is being kept.
    #[must_use]
    pub const fn is_coming(&self) -> bool {
        self.coming.is_some()
    }

    /// The form is left: what is on its way is no longer awaited.
    pub fn forget(&mut self) {
        self.coming = None;
    }

    /// Reads it into the workspace, `on` what comes of it; nothing where none is asked for.
    pub fn fetch<M: Send + 'static>(
        &mut self,
        session: &Session,
        on: impl Fn(Fetched) -> M + Send + 'static,
    ) -> Option<Task<M>> {
        if !self.is_asked() {
            return None;
        }
        let file = typed_path(self.path.trim());
        self.coming = Some(file.clone());
        self.fault = None;
        let cabinet = Arc::clone(session.cabinet());
        let keep = async move {
            Fetched {
                kept: cabinet.keep(&file),
                file,
            }
        };
        Some(Task::perform(keep, on))
    }

    /// The file that came, if it is the one awaited.
    ///
    /// # Errors
    /// What is to be done otherwise: nothing where it is awaited no longer; where it could not be read, the keyboard
    /// goes to its path, under which the reason is told.
    pub fn arrived<M>(&mut self, fetched: Fetched) -> Result<Attached, Vec<Action<M>>> {
        if self.coming.as_ref() != Some(&fetched.file) {
            return Err(Vec::new());
        }
        self.coming = None;
        fetched.kept.map_err(|fault| {
            self.fault = Some(fault);
            vec![self.focus()]
        })
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
        let mut path = entry(label, shown, id, palette, move |typing| {
            on(Message::Path(typing))
        })
        .without_label()
        .example(example)
        .on_submit(submit);
        if self.is_coming() {
            path = path.hint("Le fichier est lu…");
        }
        let browse = (!self.is_coming()).then(|| on(Message::Browse));
        let browse = button("Choisir un fichier…", palette).on_press_maybe(browse);
        labelled(label, row![Element::from(path), browse].spacing(8), palette)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACE: Place = Place {
        label: "Pièce",
        example: "",
        id: "piece",
    };

    fn refused(file: &str) -> Fetched {
        Fetched {
            file: PathBuf::from(file),
            kept: Err("Il n’y est pas.".to_owned()),
        }
    }

    #[test]
    fn only_the_file_that_is_awaited_arrives() {
        let mut asked = AskedFile::new(PLACE);
        asked.choose(Path::new("/a.pdf"));
        asked.coming = Some(PathBuf::from("/a.pdf"));

        // Meanwhile, it is the one that is shown.
        asked.choose(Path::new("/b.pdf"));
        assert_eq!(asked.path, "/a.pdf");
        assert!(
            asked
                .arrived::<()>(refused("/b.pdf"))
                .unwrap_err()
                .is_empty()
        );
        assert_eq!(asked.arrived::<()>(refused("/a.pdf")).unwrap_err().len(), 1);
        assert!(asked.fault.is_some() && !asked.is_coming());
    }

    #[test]
    fn a_form_that_is_left_awaits_nothing() {
        let mut asked = AskedFile::new(PLACE);
        asked.coming = Some(PathBuf::from("/a.pdf"));
        asked.forget();
        assert!(
            asked
                .arrived::<()>(refused("/a.pdf"))
                .unwrap_err()
                .is_empty()
        );
        assert!(asked.fault.is_none());
    }
}
