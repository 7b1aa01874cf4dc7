//! A logo: shown where there is one, chosen among the files of this computer, cleaned before it is kept.
//!
//! What is kept is the picture that [`crate::picture`] makes of the file, and nothing else of it. The settings show one
//! for our authority, the sheet of a partner one for the partner.

use std::path::Path;
use std::sync::Arc;

use iced::advanced::image::Handle;
use iced::widget::{Id, column, container, image, row, text};
use iced::{Center, ContentFit, Element, Task};

use super::pieces::piece_of;
use super::{Action, Notice};
use crate::app::outside::{Answer, KeptPicture, NO_DIALOG, answer, typed_path};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{button, field, quiet};
use crate::document::Picture;
use crate::model::{Change, Piece, RecordId};

/// Where the keyboard writes the path of a file.
pub const PATH: &str = "logo.path";

/// Where the keyboard begins to choose.
pub const CHOOSE: &str = "logo.choose";

/// How tall it is shown, in logical pixels.
const TALL: f32 = 56.0;

/// See the module.
#[derive(Debug)]
pub struct Logo {
    record: RecordId,
    /// The path that is typed, while one is asked for.
    path: Option<String>,
    fault: Option<String>,
    /// The picture, and the hash of the piece that it is.
    shown: Option<(String, Handle)>,
}

/// What happens to a logo.
#[derive(Debug, Clone)]
pub enum Message {
    /// One is to be chosen.
    Choose,
    /// The system's dialog answered.
    Answered(Answer),
    /// A path is typed.
    Path(String),
    /// The file of that path is taken.
    Take,
    /// It is kept, or not.
    Kept(Result<KeptPicture, String>),
    /// The picture of that hash was read.
    Read(String, Option<Arc<Picture>>),
    /// There is to be none.
    Remove,
    /// What was being chosen is left.
    Cancel,
}

impl Logo {
    /// The logo of that record.
    #[must_use]
    pub const fn new(record: RecordId) -> Self {
        Self {
            record,
            path: None,
            fault: None,
            shown: None,
        }
    }

    /// Records changed, or the page has just come: the picture is read where it is another.
    pub fn follow(&mut self, session: &Session) -> Task<Message> {
        let Some(piece) = self.piece(session) else {
            self.shown = None;
            return Task::none();
        };
        let known = |(hash, _): &(String, Handle)| *hash == piece.sha256;
        if self.shown.as_ref().is_some_and(known) {
            return Task::none();
        }
        let (hash, cabinet) = (piece.sha256.clone(), Arc::clone(session.cabinet()));
        let read = async move {
            let picture = cabinet
                .bytes(&hash)
                .and_then(|bytes| crate::picture::read(&bytes).ok())
                .map(|cleaned| Arc::new(cleaned.picture));
            (hash, picture)
        };
        Task::perform(read, |(hash, picture)| Message::Read(hash, picture))
    }

    fn piece<'a>(&self, session: &'a Session) -> Option<&'a Piece> {
        session.records().get(self.record)?.logo()
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Choose => {
                self.path = Some(String::new());
                self.fault = None;
                let asked = answer(session.cabinet().ask("Choisir un logo"));
                vec![
                    Action::Focus(Id::new(PATH)),
                    Action::Run(Task::perform(asked, Message::Answered)),
                ]
            }
            Message::Answered(Answer::Chosen(path)) => self.take(&path, session),
            Message::Answered(Answer::Cancelled) => {
                self.path = None;
                Vec::new()
            }
            Message::Answered(Answer::NoDialog) => {
                self.fault = Some(NO_DIALOG.to_owned());
                Vec::new()
            }
            Message::Path(path) => {
                self.path = Some(path);
                self.fault = None;
                Vec::new()
            }
            Message::Take => match &self.path {
                Some(path) if !path.trim().is_empty() => {
                    let path = typed_path(path);
                    self.take(&path, session)
                }
                _ => Vec::new(),
            },
            Message::Kept(Err(fault)) => {
                self.fault = Some(fault);
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Kept(Ok(kept)) => self.kept(kept, session),
            Message::Read(hash, picture) => {
                self.shown = picture.map(|picture| (hash, handle(&picture)));
                Vec::new()
            }
            Message::Remove => self.becomes(None, session),
            Message::Cancel => {
                self.path = None;
                self.fault = None;
                vec![Action::Focus(Id::new(CHOOSE))]
            }
        }
    }

    fn take(&self, file: &Path, session: &Session) -> Vec<Action<Message>> {
        let (file, cabinet) = (file.to_owned(), Arc::clone(session.cabinet()));
        let keep = async move { cabinet.keep_picture(&file) };
        vec![Action::Run(Task::perform(keep, Message::Kept))]
    }

    fn kept(&mut self, kept: KeptPicture, session: &Session) -> Vec<Action<Message>> {
        let piece = Piece {
            title: "Logo".to_owned(),
            ..piece_of(kept.attached, session)
        };
        self.path = None;
        self.fault = None;
        let mut actions = self.becomes(Some(piece), session);
        if !kept.said.is_empty() {
            actions.push(Action::Notify(Notice::calm(kept.said.join(" "))));
        }
        actions.push(Action::Focus(Id::new(CHOOSE)));
        actions
    }

    fn becomes(&self, piece: Option<Piece>, session: &Session) -> Vec<Action<Message>> {
        let before = session.records().get(self.record);
        let change = before.and_then(|before| Change::set_logo(before, piece));
        change.map(Action::Edit).into_iter().collect()
    }

    /// The logo, and how it is chosen.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let writable = !session.is_read_only();
        let there = self.piece(session);
        let mut line = row![].spacing(12).align_y(Center);
        if let Some(piece) = there {
            // On the white of the paper: it is drawn for it, in every theme.
            if let Some((_, picture)) = &self.shown {
                let picture = image(picture.clone())
                    .height(TALL)
                    .content_fit(ContentFit::Contain);
                let paper = container(picture).padding(6);
                line = line.push(paper.style(|_| container::background(iced::Color::WHITE)));
            }
            line = line.push(text(&piece.file_name).size(15));
        }
        let words = if there.is_some() {
            "Changer…"
        } else {
            "Choisir une image…"
        };
        line = line.push(
            button(words, palette)
                .id(CHOOSE)
                .on_press_maybe(writable.then_some(Message::Choose)),
        );
        if there.is_some() && writable {
            line = line.push(quiet("Retirer", palette).on_press(Message::Remove));
        }

        let mut lines = column![line].spacing(8);
        if let Some(path) = &self.path {
            let typed = field(path, "chemin du fichier", PATH, palette, Message::Path);
            lines = lines.push(
                row![
                    typed.on_submit(Message::Take),
                    button("Prendre", palette).on_press(Message::Take),
                    quiet("Annuler", palette).on_press(Message::Cancel),
                ]
                .spacing(6)
                .align_y(Center),
            );
        }
        if let Some(fault) = &self.fault {
            let words = format!("▲ {fault}");
            lines = lines.push(text(words).size(14).color(palette.grave));
        }
        let hint = "PNG, JPEG ou SVG. En tête de la première page des conventions, avec celui de l’autre partie.";
        lines.push(text(hint).size(14).color(palette.muted)).into()
    }
}

/// What the window draws.
fn handle(picture: &Picture) -> Handle {
    let opaque = vec![u8::MAX; picture.rgb.len() / 3];
    let alpha = picture.alpha.as_ref().unwrap_or(&opaque);
    let pixels = picture.rgb.chunks_exact(3).zip(alpha);
    let rgba: Vec<u8> = pixels
        .flat_map(|(rgb, alpha)| rgb.iter().copied().chain([*alpha]))
        .collect();
    Handle::from_rgba(picture.width, picture.height, rgba)
}
