//! The hand over a workspace that somebody else has open: asked for, waited for, given or kept.

use iced::Task;

use super::{Beyond, Desk};
use crate::app::screen::Notice;

/// What happens to the hand.
#[derive(Debug, Clone)]
pub enum Message {
    /// It is asked of whoever has the workspace open.
    Ask,
    /// It was asked, or could not be.
    Asked(Result<(), String>),
    /// It was, and nobody gave it for long.
    NobodyGave,
    /// Whoever asks for it will have it later.
    Keep,
}

impl Desk {
    pub(super) fn hand(&mut self, message: Message) -> Task<super::Message> {
        match message {
            Message::Ask => {
                let keeper = self.session.saving().keeper();
                Task::perform(async move { keeper.ask_for_the_hand() }, |asked| {
                    super::Message::Hand(Message::Asked(asked))
                })
            }
            Message::Asked(Ok(())) => {
                self.waits = true;
                let free = self.outside.once_free(self.session.folder());
                Task::future(free).map(|free| match free {
                    true => super::Message::Beyond(Beyond::Reopen {
                        reading: false,
                        told: None,
                    }),
                    false => super::Message::Hand(Message::NobodyGave),
                })
            }
            Message::Asked(Err(fault)) => {
                self.notice = Some(Notice::wary(fault));
                Task::none()
            }
            Message::NobodyGave => {
                self.waits = false;
                self.notice = Some(Notice::wary(
                    "Personne n’a cédé la main en un quart d’heure\u{a0}: l’espace reste en lecture seule. \
                     Demandez-la de nouveau, ou allez voir la personne qui l’a.",
                ));
                Task::none()
            }
            Message::Keep => {
                self.session.answered();
                Task::none()
            }
        }
    }
}
