//! The sheet of a partner or of another body.

mod reading;

use std::path::PathBuf;

use iced::Task;

use super::{Action, pieces};
use crate::app::route::Route;
use crate::app::screen::pieces::Pieces;
use crate::app::session::Session;
use crate::model::{Id as RecordKey, Kind, RecordId, Shelf};

/// See the module.
#[derive(Debug)]
pub struct Sheet {
    id: RecordKey,
    pieces: Pieces,
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// A convention.
    Convention(RecordKey),
    /// The list.
    List,
    /// Among its pieces.
    Pieces(pieces::Message),
}

impl Sheet {
    /// The sheet of that partner.
    #[must_use]
    pub const fn new(id: RecordKey) -> Self {
        let record = RecordId {
            kind: Kind::Partner,
            id,
        };
        Self {
            id,
            pieces: Pieces::new(Shelf::of(record)),
        }
    }

    /// Whose sheet it is.
    #[must_use]
    pub const fn id(&self) -> RecordKey {
        self.id
    }

    /// Records changed, or the sheet has just come.
    pub fn follow(&mut self, session: &Session) -> Task<Message> {
        self.pieces.follow(session).map(Message::Pieces)
    }

    /// A file was dropped on the window.
    pub fn dropped(&mut self, file: PathBuf, session: &Session) -> Vec<Action<Message>> {
        self.update(Message::Pieces(pieces::Message::Dropped(file)), session)
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Convention(id) => vec![Action::Go(Route::Convention(id))],
            Message::List => vec![Action::Go(Route::Partners)],
            Message::Pieces(message) => {
                let actions = self.pieces.update(message, session);
                actions
                    .into_iter()
                    .map(|it| it.map(Message::Pieces))
                    .collect()
            }
        }
    }
}
