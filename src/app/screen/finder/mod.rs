//! The palette (Ctrl+K): one field from which everything is reached.
//!
//! [`answers`](self::answers::answers) is the seam: it turns what is typed into [`Hit`]s. [`acts`] says what can be done
//! with one, [`view`](self::view) how it all looks.

mod acts;
mod answers;
mod view;

use iced::widget::Id;

use crate::app::route::Route;
use crate::app::screen::settings;
use crate::app::session::Session;
use crate::app::widget::{focus, reveal_named};
use crate::model;
use crate::search::{Passage, Target};

use self::acts::Act;
pub use self::answers::answers;

/// Where the keyboard types.
pub const QUERY: &str = "finder.query";

/// How many answers of one group are shown.
const OF_A_GROUP: usize = 8;

/// The palette, open.
#[derive(Debug)]
pub struct Finder {
    query: String,
    /// The convention behind it.
    behind: Option<model::Id>,
    hits: Vec<Hit>,
    here: usize,
    /// What can be done with the answer chosen, once that was asked.
    acts: Option<Acts>,
}

#[derive(Debug)]
struct Acts {
    all: Vec<Act>,
    here: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What heads it: « Partenaires ».
    pub group: &'static str,
    /// What it is, and what of it was looked for.
    pub title: Passage,
    /// What else to know, or where the words stand, in muted ink.
    pub detail: Passage,
    /// What of the workspace or of the reference it is.
    pub target: Option<Target>,
    /// What choosing it does.
    pub goes: Goes,
}

/// What an answer does.
#[derive(Debug, Clone, PartialEq)]
pub enum Goes {
    /// Shows a page.
    Page(Route),
    /// Shows the gravest of what there is to verify in a convention.
    Verify(model::Id),
    /// Opens the form of the act that a convention waits for.
    NextAct(model::Id),
    /// Opens the sheet of a partner to be written.
    Modify(model::Id),
    /// Asks what partner is new.
    NewPartner,
    /// Asks what budget is new.
    NewBudget,
    /// Shows that part of the settings.
    Settings(settings::Part),
    /// Opens an address outside, once it was seen.
    Address(String),
    /// Does something.
    Command(Command),
}

/// What the palette can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Save now.
    Save,
    /// Take back the last change.
    Undo,
    /// Do it again.
    Redo,
    /// Archive the records.
    BackUp,
    /// The sheet of checks of the convention shown, as PDF.
    Checks,
    /// The convention shown, as PDF.
    Export,
    /// The convention shown, as a Word file.
    Word,
    /// What is due, for other calendars.
    Agenda,
    /// Theme, zoom and shortcuts.
    Display,
    /// Another workspace.
    Another,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is typed.
    Query(String),
    /// The next answer, or the one before.
    Step {
        /// The next.
        down: bool,
    },
    /// What can be done with the answer chosen, or the answers again.
    Acts,
    /// Enter.
    Take,
    /// An answer was clicked, by rank.
    Choose(usize),
    /// No, after all.
    Close,
}

/// What the palette asks of the desk.
pub enum Wish {
    /// Nothing.
    None,
    /// To have that answer in sight.
    Reveal(iced::Task<Message>),
    /// To be closed.
    Close,
    /// To be closed, and that to be done.
    Go(Goes),
}

impl Finder {
    /// The palette with nothing typed, in front of that page.
    #[must_use]
    pub fn new(route: Route, session: &Session) -> Self {
        let behind = match route {
            Route::Convention(id)
            | Route::Compare(id, _)
            | Route::Export(id)
            | Route::LawOf(id) => Some(id),
            _ => None,
        };
        Self {
            query: String::new(),
            behind,
            hits: answers("", behind, session),
            here: 0,
            acts: None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Wish {
        match message {
            Message::Query(query) => {
                self.hits = answers(&query, self.behind, session);
                self.query = query;
                self.here = 0;
                self.acts = None;
                Wish::Reveal(reveal_named(row_id(0)))
            }
            Message::Step { down } => {
                let (here, count) = match &mut self.acts {
                    Some(acts) => (&mut acts.here, acts.all.len()),
                    None => (&mut self.here, self.hits.len()),
                };
                // Past the last, the first.
                *here = match (down, *here) {
                    (true, last) if last + 1 >= count => 0,
                    (true, rank) => rank + 1,
                    (false, 0) => count.saturating_sub(1),
                    (false, rank) => rank - 1,
                };
                Wish::Reveal(reveal_named(row_id(*here)))
            }
            Message::Acts => {
                self.acts = match (&self.acts, self.hits.get(self.here)) {
                    (None, Some(hit)) => Some(Acts {
                        all: acts::acts_on(hit, session),
                        here: 0,
                    }),
                    _ => None,
                };
                Wish::Reveal(reveal_named(row_id(if self.acts.is_some() {
                    0
                } else {
                    self.here
                })))
            }
            Message::Take => self.go(match &self.acts {
                Some(acts) => acts.here,
                None => self.here,
            }),
            Message::Choose(rank) => self.go(rank),
            Message::Close if self.leave_acts() => Wish::Reveal(focus(QUERY)),
            Message::Close => Wish::Close,
        }
    }

    fn go(&self, rank: usize) -> Wish {
        let goes = match &self.acts {
            Some(acts) => acts.all.get(rank).map(|act| &act.goes),
            None => self.hits.get(rank).map(|hit| &hit.goes),
        };
        goes.map_or(Wish::None, |goes| Wish::Go(goes.clone()))
    }

    /// Back from what can be done with an answer to the answers; whether one was there.
    fn leave_acts(&mut self) -> bool {
        self.acts.take().is_some()
    }
}

fn row_id(rank: usize) -> Id {
    Id::from(format!("finder.row.{rank}"))
}
