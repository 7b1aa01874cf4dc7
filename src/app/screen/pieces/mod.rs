//! The pieces of a record or of an act, as a part of its sheet: listed, joined by dialog, path or drop, opened, called
//! otherwise, removed.
//!
//! A sheet owns a [`Pieces`] for what it shows, hands it its messages and tells it by [`Pieces::follow`] that records
//! changed. It draws no heading: the sheet does.

mod asked;
mod view;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::Task;
use iced::widget::Id;

pub use self::asked::{AskedFile, Fetched, Message as AskedMessage, Place as AskedPlace};
use super::{Action, Notice};
use crate::app::outside::{Answer, Attached, NO_DIALOG, PieceState, Shown, answer, typed_path};
use crate::app::session::Session;
use crate::app::widget::form::{Typing, typed};
use crate::model::{Change, Id as RecordKey, Piece, Shelf};

/// See the module.
#[derive(Debug)]
pub struct Pieces {
    shelf: Shelf,
    /// How the files stand, by hash, as last seen.
    states: BTreeMap<String, PieceState>,
    open: Option<Open>,
    /// Why the last thing asked was not done.
    fault: Option<String>,
    /// Files on their way in.
    coming: usize,
}

/// What is being written.
#[derive(Debug)]
enum Open {
    /// The path of a file to join.
    Path(String),
    /// How a piece is called.
    Card(Card),
}

/// How a piece is called, as it is typed.
#[derive(Debug)]
struct Card {
    piece: RecordKey,
    title: String,
    kind: String,
    date: String,
    fault: Option<String>,
}

/// What happens among pieces.
#[derive(Debug, Clone)]
pub enum Message {
    /// A file is to be joined: its path is asked for.
    Add,
    /// By the system's dialog.
    Browse,
    /// What the dialog answered.
    Answered(Answer),
    /// A path is typed.
    Path(String),
    /// The file of the path that is typed is joined.
    Join,
    /// A file was dropped on the window.
    Dropped(PathBuf),
    /// A file is kept, or not.
    Kept(Shelf, Result<Attached, String>),
    /// A piece is opened.
    Show(RecordKey),
    /// It was, or not.
    Shown(Result<Shown, String>),
    /// A piece is to be called otherwise.
    Describe(RecordKey),
    /// Its title is typed.
    Title(Typing),
    /// What it is, is typed.
    Kind(Typing),
    /// Its date is typed.
    Date(Typing),
    /// It is called so.
    Described,
    /// A piece is removed.
    Remove(RecordKey),
    /// What was being written is left.
    Cancel,
    /// How the files stand.
    Seen(BTreeMap<String, PieceState>),
}

/// Where the keyboard writes a path.
pub const PATH: &str = "pieces.path";

/// Where the keyboard writes a title.
pub const TITLE: &str = "pieces.title";

/// Where the keyboard adds a piece.
pub const ADD: &str = "pieces.add";

impl Pieces {
    /// The pieces that lie there.
    #[must_use]
    pub const fn new(shelf: Shelf) -> Self {
        Self {
            shelf,
            states: BTreeMap::new(),
            open: None,
            fault: None,
            coming: 0,
        }
    }

    /// The act, or another item, that they are on; nothing where they are on the record as a whole.
    #[must_use]
    pub const fn item(&self) -> Option<RecordKey> {
        self.shelf.item
    }

    /// How many there are.
    #[must_use]
    pub fn count(&self, session: &Session) -> usize {
        self.listed(session).len()
    }

    /// Records changed, or the sheet has just come: files that were not seen yet are looked at.
    pub fn follow(&mut self, session: &Session) -> Task<Message> {
        let pieces = self.listed(session);
        if let Some(Open::Card(card)) = &self.open
            && pieces.iter().all(|piece| piece.id != card.piece)
        {
            self.open = None;
        }
        if pieces.iter().all(|it| self.states.contains_key(&it.sha256)) {
            return Task::none();
        }

        let pieces: Vec<Piece> = pieces.into_iter().cloned().collect();
        let cabinet = Arc::clone(session.cabinet());
        let look = async move {
            pieces
                .into_iter()
                .map(|piece| (piece.sha256.clone(), cabinet.state(&piece)))
                .collect()
        };
        Task::perform(look, Message::Seen)
    }

    fn listed<'a>(&self, session: &'a Session) -> Vec<&'a Piece> {
        session
            .records()
            .get(self.shelf.record)
            .map(|record| record.pieces_on(self.shelf.item))
            .unwrap_or_default()
    }

    fn piece<'a>(&self, id: RecordKey, session: &'a Session) -> Option<&'a Piece> {
        self.listed(session).into_iter().find(|it| it.id == id)
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Add => {
                self.open = Some(Open::Path(String::new()));
                self.fault = None;
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Browse => {
                let asked = answer(session.cabinet().ask("Joindre une pièce"));
                vec![Action::Run(Task::perform(asked, Message::Answered))]
            }
            Message::Answered(Answer::Chosen(path)) => self.join(&path, session),
            Message::Answered(Answer::NoDialog) => {
                self.fault = Some(NO_DIALOG.to_owned());
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Answered(Answer::Cancelled) => Vec::new(),
            Message::Path(path) => {
                self.open = Some(Open::Path(path));
                self.fault = None;
                Vec::new()
            }
            Message::Join => match &self.open {
                Some(Open::Path(path)) if !path.trim().is_empty() => {
                    let path = typed_path(path);
                    self.join(&path, session)
                }
                _ => Vec::new(),
            },
            Message::Dropped(path) => self.join(&path, session),
            Message::Kept(shelf, kept) => self.kept(shelf, kept, session),
            Message::Show(id) => {
                let Some(piece) = self.piece(id, session).cloned() else {
                    return Vec::new();
                };
                self.fault = None;
                let cabinet = Arc::clone(session.cabinet());
                let show = async move { cabinet.show(&piece) };
                vec![Action::Run(Task::perform(show, Message::Shown))]
            }
            Message::Shown(Ok(Shown::Opened)) => Vec::new(),
            Message::Shown(Ok(Shown::InFolder)) => vec![Action::Notify(Notice::calm(
                "Ce n’est pas un document d’un type courant\u{a0}: il est montré dans le gestionnaire de fichiers.",
            ))],
            Message::Shown(Err(fault)) => {
                self.fault = Some(fault);
                // It may have gone since it was last looked at.
                self.states.clear();
                vec![Action::Run(self.follow(session))]
            }
            Message::Describe(id) => {
                let Some(piece) = self.piece(id, session) else {
                    return Vec::new();
                };
                self.open = Some(Open::Card(Card::of(piece)));
                vec![Action::Focus(Id::new(TITLE))]
            }
            Message::Title(typing) => self.write(typing, |card| &mut card.title),
            Message::Kind(typing) => self.write(typing, |card| &mut card.kind),
            Message::Date(typing) => self.write(typing, |card| &mut card.date),
            Message::Described => self.described(session),
            Message::Remove(id) => {
                let before = session.records().get(self.shelf.record);
                let change = before.and_then(|it| Change::detach(it, self.shelf.item, id));
                change.map_or_else(Vec::new, |change| {
                    let told = Notice::calm(format!("{}.", change.label)).undoable();
                    vec![
                        Action::Edit(change),
                        Action::Notify(told),
                        Action::Focus(Id::new(ADD)),
                    ]
                })
            }
            Message::Cancel => {
                self.open = None;
                self.fault = None;
                vec![Action::Focus(Id::new(ADD))]
            }
            Message::Seen(states) => {
                self.states = states;
                Vec::new()
            }
        }
    }

    /// A file is read and kept; its piece follows.
    fn join(&mut self, file: &Path, session: &Session) -> Vec<Action<Message>> {
        if session.is_read_only() {
            return vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: la pièce n’est pas jointe.",
            ))];
        }
        self.coming += 1;
        let (shelf, file) = (self.shelf, file.to_owned());
        let cabinet = Arc::clone(session.cabinet());
        let keep = async move { cabinet.keep(&file) };
        vec![Action::Run(Task::perform(keep, move |kept| {
            Message::Kept(shelf, kept)
        }))]
    }

    /// The file is in the workspace: a piece cites it, where it was asked for.
    fn kept(
        &mut self,
        shelf: Shelf,
        kept: Result<Attached, String>,
        session: &Session,
    ) -> Vec<Action<Message>> {
        self.coming = self.coming.saturating_sub(1);
        let attached = match kept {
            Ok(attached) => attached,
            Err(fault) => {
                self.fault = Some(fault);
                return Vec::new();
            }
        };
        let piece = piece_of(attached, session);
        let before = session.records().get(shelf.record);
        let change = before.and_then(|it| Change::attach(it, shelf.item, piece.clone()));
        let Some(change) = change else {
            self.fault = Some(
                "Il n’y a de place ici que pour une pièce\u{a0}: retirez d’abord celle qui y est."
                    .to_owned(),
            );
            return Vec::new();
        };
        self.fault = None;
        if shelf == self.shelf {
            self.states.insert(piece.sha256.clone(), PieceState::There);
            self.open = Some(Open::Card(Card::of(&piece)));
        }
        vec![Action::Edit(change), Action::Focus(Id::new(TITLE))]
    }

    fn write(
        &mut self,
        typing: Typing,
        part: impl FnOnce(&mut Card) -> &mut String,
    ) -> Vec<Action<Message>> {
        if let (Some(Open::Card(card)), Typing::Typed(raw)) = (&mut self.open, typing) {
            card.fault = None;
            *part(card) = raw;
        }
        Vec::new()
    }

    /// How a piece is called is kept, unless its date is none.
    fn described(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(Open::Card(card)) = &mut self.open else {
            return Vec::new();
        };
        let date = match typed::day(&card.date) {
            Ok(date) => date,
            Err(fault) => {
                card.fault = Some(fault);
                return vec![Action::Focus(Id::new(DATE))];
            }
        };
        let (id, title, kind) = (card.piece, card.title.trim(), card.kind.trim());
        let Some(piece) = session.records().get(self.shelf.record).and_then(|record| {
            let pieces = record.pieces_on(self.shelf.item);
            pieces.into_iter().find(|it| it.id == id)
        }) else {
            return Vec::new();
        };
        let called = Piece {
            title: if title.is_empty() {
                title_of(&piece.file_name)
            } else {
                title.to_owned()
            },
            kind: (!kind.is_empty()).then(|| kind.to_owned()),
            date,
            ..piece.clone()
        };
        let before = session.records().get(self.shelf.record);
        let change = before.and_then(|it| Change::describe_piece(it, self.shelf.item, called));
        self.open = None;
        change
            .into_iter()
            .map(Action::Edit)
            .chain([Action::Focus(Id::new(ADD))])
            .collect()
    }
}

/// Where the keyboard writes what a piece is.
const KIND: &str = "pieces.kind";

/// Where the keyboard writes a date.
const DATE: &str = "pieces.date";

impl Card {
    fn of(piece: &Piece) -> Self {
        Self {
            piece: piece.id,
            title: piece.title.clone(),
            kind: piece.kind.clone().unwrap_or_default(),
            date: typed::say_day(piece.date),
            fault: None,
        }
    }
}

/// The piece that cites that file.
#[must_use]
pub fn piece_of(attached: Attached, session: &Session) -> Piece {
    Piece {
        id: session.fresh_id(),
        title: title_of(&attached.file_name),
        file_name: attached.file_name,
        sha256: attached.sha256,
        media_type: attached.media_type,
        bytes: attached.bytes,
        kind: None,
        date: None,
    }
}

/// What a piece is called at first: its file's name, without what says its type.
fn title_of(file_name: &str) -> String {
    let stem = match file_name.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() => stem,
        _ => file_name,
    };
    stem.replace('_', " ").trim().to_owned()
}
