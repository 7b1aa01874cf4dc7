//! Leaving a workspace: what cannot be kept is asked about, what waits is saved, and only then one goes.

use std::sync::Arc;

use iced::{Task, window};

use super::{After, Message, Page, Switchboard};
use crate::app::opening;
use crate::app::outside::answer;
use crate::app::screen::ending::{self, refused};
use crate::app::screen::welcome::Welcome;
use crate::app::widget::focus;

impl Switchboard {
    /// Asks first about what was typed and cannot be kept.
    pub(super) fn leave(&mut self, after: After) -> Task<Message> {
        let refused = match &self.page {
            Page::Desk(desk) => desk.session().saving().refused(),
            Page::Welcome(_) => 0,
        };
        if refused > 0 && !matches!(after, After::Again { .. }) {
            self.refused = Some(after);
            return focus(refused::CORRECT);
        }
        self.settle(after)
    }

    /// Saves what waits, then leaves: never the other way round.
    pub(super) fn settle(&mut self, after: After) -> Task<Message> {
        let Page::Desk(desk) = &mut self.page else {
            return self.depart(after);
        };
        let session = desk.session();
        self.preferences
            .left_at(session.folder(), desk.route(), desk.whose());
        desk.flush();
        let keeper = desk.session().saving().keeper();
        Task::perform(async move { keeper.settle() }, move |result| {
            Message::Settled(after, result)
        })
    }

    pub(super) fn depart(&mut self, after: After) -> Task<Message> {
        self.outside.keep_preferences(&self.preferences);
        let folder = match &self.page {
            Page::Desk(desk) => Some(desk.session().folder().to_owned()),
            Page::Welcome(_) => None,
        };
        match after {
            After::Close(window) => window::close(window),
            After::Welcome => {
                let welcome = match &self.page {
                    Page::Desk(desk) => Welcome::after(desk.session()),
                    Page::Welcome(_) => Welcome::default(),
                };
                self.page = Page::Welcome(Box::new(welcome));
                self.look_at_recent()
            }
            After::Again { reading } => {
                // The workspace is let go before it is taken again.
                self.page = Page::Welcome(Box::new(Welcome::waiting()));
                let (Some(folder), outside) = (folder, Arc::clone(&self.outside)) else {
                    return Task::none();
                };
                Task::perform(
                    async move { opening::open(outside.as_ref(), &folder, reading) },
                    Message::Opened,
                )
            }
        }
    }

    pub(super) fn end(&mut self, message: ending::Message) -> Task<Message> {
        let Some((after, ending)) = &mut self.ending else {
            return Task::none();
        };
        let after = *after;
        match message {
            ending::Message::Again => {
                self.ending = None;
                self.settle(after)
            }
            ending::Message::Anyway => {
                self.ending = None;
                self.depart(after)
            }
            ending::Message::Not => {
                self.ending = None;
                Task::none()
            }
            ending::Message::Path(path) => {
                ending.typed(path);
                Task::none()
            }
            ending::Message::Choose => Task::perform(answer(self.outside.ask_folder()), |answer| {
                Message::Ending(ending::Message::Chosen(answer))
            }),
            ending::Message::Chosen(answer) => {
                ending.chosen(&answer);
                focus(ending::ELSEWHERE)
            }
            ending::Message::Copy => {
                let Page::Desk(desk) = &self.page else {
                    return Task::none();
                };
                let (place, session) = (ending.place(), desk.session());
                let (keeper, records) = (session.saving().keeper(), session.records().clone());
                Task::perform(
                    async move { keeper.save_elsewhere(&place, &records) },
                    |result| Message::Ending(ending::Message::Copied(result)),
                )
            }
            ending::Message::Copied(result) => {
                let copied = result.is_ok().then(|| ending.place());
                ending.heard(result);
                let (Some(place), Page::Desk(desk)) = (copied, &self.page) else {
                    return focus(ending::ELSEWHERE);
                };
                // Where the copy is, the next start offers it.
                let name = &desk.session().records().authority().name.text;
                let now = self.outside.now().naive_local();
                self.preferences.remember(&place, name, now);
                self.outside.keep_preferences(&self.preferences);
                focus(ending::LEAVE)
            }
        }
    }
}
