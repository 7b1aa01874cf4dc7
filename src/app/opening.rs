//! What is opened before it is shown: a workspace, with all that its first page asks of it.
//!
//! It is done on a thread: reading the records and reviewing the conventions may take as long as making the window
//! does. The workspace named on the command line is opened while the window is being made ([`Opening`]), so that it is
//! there in the first frame.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::thread;
use std::time::Duration;

use iced::futures::channel::mpsc::UnboundedReceiver;

use super::fonts;
use super::outside::{News, Opened, Outside};
use super::session::Session;

/// A workspace that is open, and what its keeper has to say.
pub struct Ready {
    /// What is open.
    pub session: Session,
    /// What the keeper says, as it happens.
    pub news: UnboundedReceiver<News>,
}

/// The workspace, or why it could not be opened.
pub type Answer = Result<Box<Ready>, String>;

/// Opens that workspace, to write in it or only to read.
///
/// # Errors
/// As [`Outside::open`].
pub fn open(outside: &dyn Outside, folder: &Path, reading: bool) -> Answer {
    let opened = outside.open(folder, reading)?;
    Ok(Box::new(ready(opened, outside)))
}

fn ready(opened: Opened, outside: &dyn Outside) -> Ready {
    let (opened, news) = opened.without_news();
    fonts::add_han_for(&opened.records);
    Ready {
        session: Session::new(opened, outside.ids(), outside.now()),
        news,
    }
}

/// A workspace on its way.
pub struct Opening {
    answer: Receiver<Answer>,
}

/// How long the first frame waits for the workspace, before it shows that it is being opened.
const PATIENCE: Duration = Duration::from_millis(400);

impl Opening {
    /// Begins to open that workspace.
    #[must_use]
    pub fn begin(folder: PathBuf, outside: Arc<dyn Outside>) -> Self {
        let (sender, answer) = channel();
        thread::spawn(move || {
            // Nobody waits any more when the window could not be had.
            let _ = sender.send(open(outside.as_ref(), &folder, false));
        });
        Self { answer }
    }

    /// The answer, when it comes soon.
    ///
    /// # Errors
    /// The opening, which goes on, when it does not.
    pub fn soon(self) -> Result<Answer, Self> {
        match self.answer.recv_timeout(PATIENCE) {
            Ok(answer) => Ok(answer),
            Err(RecvTimeoutError::Disconnected) => Ok(Err(BROKEN.to_owned())),
            Err(RecvTimeoutError::Timeout) => Err(self),
        }
    }

    /// The answer, whenever it comes.
    pub fn at_last(self) -> Answer {
        self.answer
            .recv()
            .unwrap_or_else(|_| Err(BROKEN.to_owned()))
    }
}

/// The thread ended by a fault of ours.
const BROKEN: &str =
    "Passerelle a rencontré un défaut en ouvrant cet espace. Rien n’y a été changé.";
