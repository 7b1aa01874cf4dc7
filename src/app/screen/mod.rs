//! One file, or folder, a view.
//!
//! What fills the page is a [`Screen`] (the pattern of hecrj/icebreaker): it reads its messages and shows itself. It
//! never touches records: it answers with [`Action`]s, which [`super::desk`] carries out in order. Parts of screens,
//! and what stands in front of them, have the same two functions with what they need besides.

pub mod about;
pub mod begin;
pub mod book;
pub mod budget;
pub mod budgets;
pub mod compare;
pub mod consolidated;
pub mod convention;
pub mod conventions;
pub mod dashboard;
pub mod deliver;
pub mod display;
pub mod ending;
pub mod export;
pub mod finder;
pub mod glossary;
pub mod import;
pub mod law;
pub mod logo;
pub mod partner;
pub mod partners;
pub mod pieces;
pub mod resources;
pub mod rights;
pub mod settings;
mod several;
pub mod summary;
pub mod take_in;
pub mod towns;
pub mod welcome;
pub mod wizard;

use std::path::PathBuf;

use iced::widget::Id;
use iced::{Element, Task};

use super::route::Route;
use super::session::Session;
use super::theme::Palette;
use super::widget::{Dialog, LongList, Tone};
use crate::check::{Finding, MissingBase};
use crate::model::{self, ActKind, Change, Erasure, Key};

/// What fills the page.
pub trait Screen {
    /// What happens in it.
    type Message: Send + 'static;

    /// Its panes, in the order of F6.
    const PANES: &'static [&'static str];

    /// Reads what happened, and answers with what is to be done.
    fn update(&mut self, message: Self::Message, session: &Session) -> Vec<Action<Self::Message>>;

    /// Records changed, or the page has just come.
    fn follow(&mut self, _session: &Session) -> Task<Self::Message> {
        Task::none()
    }

    /// Has made what is to be shown and takes long, for a screen of so many physical pixels a logical one.
    fn prepare(&mut self, _session: &Session, _pixels: f32) -> Task<Self::Message> {
        Task::none()
    }

    /// How many of its fields hold something that cannot be kept.
    fn refused(&self) -> usize {
        0
    }

    /// Shows the first of them, and answers where the keyboard goes.
    fn correct(&mut self) -> Option<Id> {
        None
    }

    /// Escape: closes what is open in the page, or leaves the page; nothing where there is neither to be done.
    fn escape(&mut self, _session: &Session) -> Option<Vec<Action<Self::Message>>> {
        None
    }

    /// « Annuler » while something is typed that is kept nowhere yet: it is as it was. Answers whether something was.
    fn leave_typing(&mut self) -> bool {
        false
    }

    /// A file was dropped on the window; nothing where the page has no use for one.
    fn dropped(
        &mut self,
        _file: PathBuf,
        _session: &Session,
    ) -> Option<Vec<Action<Self::Message>>> {
        None
    }

    /// The page.
    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Self::Message>;

    /// What it asks, in front of the page.
    fn dialog<'a>(
        &'a self,
        _session: &'a Session,
        _palette: Palette,
    ) -> Option<Dialog<'a, Self::Message>> {
        None
    }
}

/// Which base of the 1 % schemes the settings are at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum AtBase {
    /// That one.
    There(model::Id),
    /// One more, of that scheme, service and year.
    Missing(MissingBase),
    /// None of them: where they are entered.
    Entry,
}

impl AtBase {
    /// The one that a finding is about.
    #[must_use]
    pub fn of(finding: &Finding) -> Self {
        match (finding.place.item, &finding.missing) {
            (Some(base), _) => Self::There(base),
            (None, Some(missing)) => Self::Missing(missing.clone()),
            (None, None) => Self::Entry,
        }
    }
}

/// What a screen asks for.
pub enum Action<M> {
    /// A task of its own.
    Run(Task<M>),
    /// A change of the records.
    Edit(Change),
    /// A version to be kept: nothing that « Annuler » takes back.
    Keep(Change),
    /// A person to be erased, without return.
    Erase(Box<Erasure>),
    /// What is typed next is another thing to undo.
    Rest,
    /// Another page.
    Go(Route),
    /// A convention, at the gravest of what there is to verify.
    Verify(model::Id),
    /// The settings, at a base of the 1 % schemes.
    Base(AtBase),
    /// A convention, with the form of an act of that kind, of that party, in front.
    Record {
        /// Which.
        convention: model::Id,
        /// The kind of the act.
        kind: ActKind,
        /// Whose act it is, when it is one party's.
        party: Option<Key>,
    },
    /// The page before.
    Back,
    /// The keyboard to be there.
    Focus(Id),
    /// An address to be opened outside, once the person saw where it goes.
    Browse(String),
    /// Something to be written where somebody says.
    Deliver(Box<deliver::Delivery>),
    /// Something to be told.
    Notify(Notice),
    /// The archives to be looked at again.
    Archive,
    /// The files that ask to be looked at.
    Files,
    /// The folder to be looked at again, for what lies in it.
    Survey,
    /// The workspace to be opened again, for its files changed under it, and what is told then.
    Reopen(Notice),
}

impl<M: Send + 'static> Action<M> {
    /// The same, of a part of a screen in that screen's own messages.
    pub fn map<N: Send + 'static>(self, wrap: impl FnMut(M) -> N + Send + 'static) -> Action<N> {
        match self {
            Self::Run(task) => Action::Run(task.map(wrap)),
            Self::Edit(change) => Action::Edit(change),
            Self::Keep(change) => Action::Keep(change),
            Self::Erase(erasure) => Action::Erase(erasure),
            Self::Rest => Action::Rest,
            Self::Go(route) => Action::Go(route),
            Self::Verify(id) => Action::Verify(id),
            Self::Base(base) => Action::Base(base),
            Self::Record {
                convention,
                kind,
                party,
            } => Action::Record {
                convention,
                kind,
                party,
            },
            Self::Back => Action::Back,
            Self::Focus(id) => Action::Focus(id),
            Self::Browse(address) => Action::Browse(address),
            Self::Deliver(delivery) => Action::Deliver(delivery),
            Self::Notify(notice) => Action::Notify(notice),
            Self::Archive => Action::Archive,
            Self::Files => Action::Files,
            Self::Survey => Action::Survey,
            Self::Reopen(told) => Action::Reopen(told),
        }
    }
}

/// The actions of a part of a screen, in that screen's own messages.
fn all<M: Send + 'static, N: Send + 'static>(
    actions: Vec<Action<M>>,
    wrap: fn(M) -> N,
) -> Vec<Action<N>> {
    let actions = actions.into_iter();
    actions.map(|action| action.map(wrap)).collect()
}

/// From a row of a list to the one after or before it; from the first to the `field` above, which filters them.
fn stepped<M: Send + 'static>(
    list: &mut LongList,
    (from, down): (Option<usize>, bool),
    row: impl FnOnce(usize) -> Option<Id>,
    field: &'static str,
) -> Vec<Action<M>> {
    let Some(to) = list.step(from, down) else {
        return vec![Action::Focus(Id::new(field))];
    };
    let focus = row(to).map(Action::Focus);
    std::iter::once(Action::Run(list.reveal(to)))
        .chain(focus)
        .collect()
}

/// Something told at the foot of the page, until the next thing is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Notice {
    /// How much it matters.
    pub tone: Tone,
    /// What.
    pub words: String,
    /// Whether « Annuler » stands beside it.
    pub undo: bool,
    /// Where « Y aller » beside it leads: to what it is about, when that is not on the page.
    pub there: Option<Route>,
}

impl Notice {
    /// Good to know.
    #[must_use]
    pub fn calm(words: impl Into<String>) -> Self {
        Self {
            tone: Tone::Calm,
            words: words.into(),
            undo: false,
            there: None,
        }
    }

    /// To be looked at.
    #[must_use]
    pub fn wary(words: impl Into<String>) -> Self {
        Self {
            tone: Tone::Wary,
            words: words.into(),
            undo: false,
            there: None,
        }
    }

    /// What became of a backup: done, done without its copy elsewhere, or not done.
    #[must_use]
    pub fn of_backup(result: Result<Option<String>, String>) -> Self {
        match result {
            Ok(None) => Self::calm("La sauvegarde est faite."),
            Ok(Some(fault)) | Err(fault) => Self::wary(fault),
        }
    }

    /// The same, with « Annuler » beside it: it tells what the last change did.
    #[must_use]
    pub fn undoable(self) -> Self {
        Self { undo: true, ..self }
    }

    /// The same, about what is on that page.
    #[must_use]
    pub fn about(self, there: Route) -> Self {
        Self {
            there: Some(there),
            ..self
        }
    }
}
