//! A screen as a page among the others: whichever it is, and whatever its messages are.

use std::path::PathBuf;

use iced::widget::Id;
use iced::{Element, Task};

use super::Message;
use crate::app::screen::begin::Begin;
use crate::app::screen::budgets::Budgets;
use crate::app::screen::compare::Compare;
use crate::app::screen::consolidated::Consolidated;
use crate::app::screen::convention::Convention;
use crate::app::screen::conventions::Conventions;
use crate::app::screen::dashboard::Dashboard;
use crate::app::screen::export::Export;
use crate::app::screen::export::many::ExportAll;
use crate::app::screen::glossary::Glossary;
use crate::app::screen::import::Import;
use crate::app::screen::law::Law;
use crate::app::screen::partners::Partners;
use crate::app::screen::resources::Resources;
use crate::app::screen::settings::Settings;
use crate::app::screen::summary::Summary;
use crate::app::screen::take_in::TakeIn;
use crate::app::screen::wizard::Wizard;
use crate::app::screen::{self, Action, budget, partner};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::Dialog;

/// A screen among the others: its messages are some of those of all pages.
pub trait Among: screen::Screen + 'static {
    fn wrap(message: Self::Message) -> Message;
}

macro_rules! among {
    ($($screen:ty => $message:ident,)*) => {
        $(impl Among for $screen {
            fn wrap(message: Self::Message) -> Message {
                Message::$message(message)
            }
        })*
    };
}

among! {
    Conventions => Conventions,
    Convention => Convention,
    Compare => Compare,
    Begin => Begin,
    Wizard => Wizard,
    Export => Export,
    ExportAll => ExportAll,
    Import => Import,
    TakeIn => TakeIn,
    Partners => Partners,
    partner::Sheet => Partner,
    Budgets => Budgets,
    budget::Sheet => Budget,
    Summary => Summary,
    Consolidated => Consolidated,
    Dashboard => Dashboard,
    Glossary => Glossary,
    Law => Law,
    Resources => Resources,
    Settings => Settings,
}

/// A [`screen::Screen`], whichever it is.
pub trait Page {
    fn panes(&self) -> &'static [&'static str];
    fn follow(&mut self, session: &Session) -> Task<Message>;
    fn prepare(&mut self, session: &Session, pixels: f32) -> Task<Message>;
    fn refused(&self) -> usize;
    fn correct(&mut self) -> Option<Id>;
    fn escape(&mut self, session: &Session) -> Option<Vec<Action<Message>>>;
    fn leave_typing(&mut self) -> bool;
    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>>;
    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message>;
    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>>;
}

impl<S: Among> Page for S {
    fn panes(&self) -> &'static [&'static str] {
        S::PANES
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        screen::Screen::follow(self, session).map(S::wrap)
    }

    fn prepare(&mut self, session: &Session, pixels: f32) -> Task<Message> {
        screen::Screen::prepare(self, session, pixels).map(S::wrap)
    }

    fn refused(&self) -> usize {
        screen::Screen::refused(self)
    }

    fn correct(&mut self) -> Option<Id> {
        screen::Screen::correct(self)
    }

    fn escape(&mut self, session: &Session) -> Option<Vec<Action<Message>>> {
        Some(wrapped::<S>(screen::Screen::escape(self, session)?))
    }

    fn leave_typing(&mut self) -> bool {
        screen::Screen::leave_typing(self)
    }

    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>> {
        Some(wrapped::<S>(screen::Screen::dropped(self, file, session)?))
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        screen::Screen::view(self, session, palette).map(S::wrap)
    }

    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        Some(screen::Screen::dialog(self, session, palette)?.map(S::wrap))
    }
}

fn wrapped<S: Among>(actions: Vec<Action<S::Message>>) -> Vec<Action<Message>> {
    let actions = actions.into_iter();
    actions.map(|action| action.map(S::wrap)).collect()
}

/// What the screen answers; nothing where there is none any more.
pub fn answer<S: Among>(
    screen: Option<&mut S>,
    message: S::Message,
    session: &Session,
) -> Vec<Action<Message>> {
    let answered = screen.map(|screen| screen::Screen::update(screen, message, session));
    wrapped::<S>(answered.unwrap_or_default())
}

pub fn page<S: Among>(screen: Option<&S>) -> Option<&dyn Page> {
    screen.map(|screen| screen as &dyn Page)
}

pub fn page_mut<S: Among>(screen: Option<&mut S>) -> Option<&mut dyn Page> {
    screen.map(|screen| screen as &mut dyn Page)
}
