//! What happens on the pages of an import.

use std::sync::Arc;

use iced::widget::scrollable::Viewport;

use crate::app::outside::Answer;
use crate::exchange::import::{Field, Import as Taken, Kind, Plan, Proposal};
use crate::exchange::table::{Book, Encoding};
use crate::model::{self, Currency};

/// Which rows are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Only {
    /// All of them.
    All,
    /// Those that create.
    Created,
    /// Those that change.
    Changed,
    /// Those that change nothing.
    Unchanged,
    /// Those that ask.
    Asked,
    /// Those that wait for a line of a budget.
    Kept,
    /// Those that are refused.
    Refused,
}

/// A book and its table as they were first understood.
pub type ReadTable = (Arc<Book>, Taken);

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The path is typed.
    Path(String),
    /// The file is looked for by the system's dialog.
    Browse,
    /// What the dialog answered.
    Answered(Answer),
    /// The file is read.
    Read,
    /// It was, or not.
    WasRead(u64, Result<Arc<ReadTable>, String>),
    /// What it is about is another thing.
    Kind(Kind),
    /// The budget that it is for.
    Budget(Option<model::Id>),
    /// The year of amounts that it does not date.
    Year(Option<i32>),
    /// The currency of amounts that do not say it.
    Currency(Option<Currency>),
    /// Its letters are written otherwise.
    Encoding(Encoding),
    /// Its cells are delimited otherwise.
    Delimiter(char),
    /// Another sheet of the book.
    Sheet(usize),
    /// Its heads are on another line.
    Heads(usize),
    /// A column holds another thing.
    Column(usize, Option<Field>),
    /// To the rows.
    Show,
    /// So much is read, or so many rows are examined.
    Reached(u64, usize),
    /// What each row would do is known.
    Planned(u64, Arc<Plan>),
    /// Back to how it is understood.
    Understand,
    /// What was asked of another thread is given up.
    Stop,
    /// Some rows only.
    Only(Only),
    /// The list was scrolled.
    Scrolled(Viewport),
    /// A cell is typed anew.
    Typed(usize, usize, String),
    /// It is typed.
    Correct,
    /// A row is shown whole, or no more.
    Look(usize),
    /// What a cell of a row may have meant is what it means.
    Take(usize),
    /// What a row proposes is right.
    Accept(usize),
    /// What all rows propose is right.
    AcceptAll(Proposal),
    /// A row belongs to that line of a budget.
    Attach(usize, model::Id),
    /// A row belongs to none.
    SetAside(usize),
    /// What was answered to a row is taken back.
    TakeBack(usize),
    /// To what finance did and no line of a budget has yet.
    Waiting,
    /// The rows refused go to a file.
    HandBack,
    /// It is imported.
    Make,
    /// The backup is made and the change is ready, or not.
    Made(u64, Result<Arc<Plan>, String>),
    /// It is not, after all: asked first where something was corrected or answered.
    Close,
    /// It goes on, after all.
    Stay,
    /// What was corrected may be lost.
    Leave,
}
