//! One file, or folder, a view.
//!
//! A screen is a `struct` with `update(&mut self, Message, &Session) -> Vec<Action<Message>>` and
//! `view(&self, &Session, Palette) -> Element<Message>` (the pattern of hecrj/icebreaker). It never touches records:
//! it answers with [`Action`]s, which [`super::desk`] carries out in order. `follow` tells it that records changed.

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

use iced::Task;
use iced::widget::Id;

use super::route::Route;
use super::widget::Tone;
use crate::model::{self, ActKind, Change, Erasure, Key};

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
    /// The workspace to be opened again, for its files changed under it.
    Reopen,
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
            Self::Reopen => Action::Reopen,
        }
    }
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
}

impl Notice {
    /// Good to know.
    #[must_use]
    pub fn calm(words: impl Into<String>) -> Self {
        Self {
            tone: Tone::Calm,
            words: words.into(),
            undo: false,
        }
    }

    /// To be looked at.
    #[must_use]
    pub fn wary(words: impl Into<String>) -> Self {
        Self {
            tone: Tone::Wary,
            words: words.into(),
            undo: false,
        }
    }

    /// The same, with « Annuler » beside it: it tells what the last change did.
    #[must_use]
    pub fn undoable(self) -> Self {
        Self { undo: true, ..self }
    }
}
