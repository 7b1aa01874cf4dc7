//! An open workspace: the session, the page shown, and what carries out the actions of screens.

mod actions;
mod front;
pub mod hand;
mod told;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use iced::widget::responsive;
use iced::{Element, Task};

use crate::app::frame;
use crate::app::outside::{Archives, Erased, News, Outside, Survey, WhyBackUp, local};
use crate::app::pages::{self, Pages};
use crate::app::route::{Route, Trail};
use crate::app::screen::deliver::{self, Delivery};
use crate::app::screen::finder::{self, Finder};
use crate::app::screen::{Action, Notice, compare, convention, conventions, dashboard, export};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{focus, in_front};
use crate::model::{Erasure, RecordId};

/// See the module.
pub struct Desk {
    session: Session,
    trail: Trail,
    pages: Pages,
    /// What is to be written where somebody says.
    delivery: Option<Delivery>,
    /// The address that is about to be opened outside.
    address: Option<String>,
    finder: Option<Finder>,
    /// Whether the hand was asked for, and is waited for.
    waits: bool,
    notice: Option<Notice>,
    outside: Arc<dyn Outside>,
}

/// What happens in an open workspace.
#[derive(Debug, Clone)]
pub enum Message {
    /// On a page.
    Page(pages::Message),
    /// Where something is to be written.
    Delivery(deliver::Message),
    /// The sheet of checks of the convention shown.
    Checks,
    /// The convention shown is wanted as a Word file.
    Word,
    /// What is due, for other calendars.
    Agenda,
    /// The address shown is to be opened outside, or not.
    Address(bool),
    /// In the palette.
    Finder(finder::Message),
    /// The palette.
    Palette,
    /// A person was erased from the files, or not; in so many records, and where its name stays.
    Erased(Result<Erased, String>, usize, Option<String>),
    /// An erasure that was interrupted goes on to its end.
    FinishErasing,
    /// A file was dropped on the window: it is a piece of what is shown.
    Dropped(PathBuf),
    /// Another page.
    Go(Route),
    /// The files that ask to be looked at.
    Files,
    /// The folder was looked at again.
    Surveyed(Survey),
    /// Those pieces have no file.
    Missing(Vec<(RecordId, String)>),
    /// The page before.
    Back,
    /// The page that one came back from.
    Forward,
    /// Save now.
    Save,
    /// Take back the last change.
    Undo,
    /// Do it again.
    Redo,
    /// Export the convention shown.
    Export,
    /// Another finding of the convention shown.
    Finding {
        /// The one before.
        backwards: bool,
    },
    /// Something is looked for in the convention shown.
    Find {
        /// To be replaced.
        replacing: bool,
    },
    /// The next place found in it.
    Found {
        /// The one before.
        backwards: bool,
    },
    /// Escape, with nothing in front of the page.
    Escape,
    /// What stands beside the convention shown: its preview, or nothing.
    Preview,
    /// What the terms of the part of the convention shown mean.
    Define,
    /// The records are to be archived now.
    BackUp,
    /// They were, or not.
    BackedUp(Result<Option<String>, String>),
    /// The archives are those.
    Archives(Archives),
    /// The hand over the workspace is asked for, or answered.
    Hand(hand::Message),
    /// The notice was read.
    Dismiss,
    /// The keeper speaks.
    News(News),
    /// Not the desk's: the switchboard does it.
    Beyond(Beyond),
}

/// What a desk asks of the switchboard.
#[derive(Debug, Clone)]
pub enum Beyond {
    /// The page of display and keyboard.
    Display,
    /// Another workspace.
    Another,
    /// The workspace is to be opened again.
    Reopen {
        /// Whether to read only, and leave the hand to somebody else.
        reading: bool,
        /// What is told once it is open.
        told: Option<Notice>,
    },
}

/// When a message is read, and on what screen.
#[derive(Debug, Clone, Copy)]
pub struct Moment {
    /// The day and hour.
    pub hour: DateTime<FixedOffset>,
    /// Since the window opened, on a clock that only goes forward.
    pub since: Duration,
    /// Physical pixels a logical one.
    pub pixels: f32,
}

impl Desk {
    /// A workspace that was opened, at that page.
    #[must_use]
    pub fn new(session: Session, place: Option<Route>, outside: Arc<dyn Outside>) -> Self {
        let notice = session.notice().map(Notice::wary);
        let there = place.filter(|place| place.stands_in(session.records()));
        Self {
            trail: Trail::new(there.unwrap_or(Route::Dashboard)),
            pages: Pages::new(&session, Arc::clone(&outside)),
            delivery: None,
            address: None,
            finder: None,
            waits: false,
            notice: told::recovered(&session).or(notice),
            outside,
            session,
        }
    }

    /// What is to be done first: the page is arrived at, the archives and the pieces are looked at.
    pub fn begin(&mut self) -> Task<Message> {
        let notice = self.notice.clone();
        let arrive = self.arrive();
        let first = match self.route() {
            Route::Conventions => focus(conventions::SEARCH),
            _ => Task::none(),
        };
        self.notice = notice;
        Task::batch([
            arrive,
            first,
            self.look_at_archives(),
            self.look_for_pieces(),
        ])
    }

    /// Tells that at the foot of the page.
    pub fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
    }

    /// Looks again at what lies in the folder.
    fn survey(&self) -> Task<Message> {
        let keeper = self.session.saving().keeper();
        let records = self.session.records().clone();
        Task::perform(async move { keeper.survey(&records) }, Message::Surveyed)
    }

    fn look_for_pieces(&self) -> Task<Message> {
        let keeper = self.session.saving().keeper();
        let records = self.session.records().clone();
        let look = async move { keeper.missing_pieces(&records) };
        Task::perform(look, Message::Missing)
    }

    fn look_at_archives(&self) -> Task<Message> {
        let keeper = self.session.saving().keeper();
        Task::perform(async move { keeper.archives() }, Message::Archives)
    }

    /// What is open.
    #[must_use]
    pub fn session(&self) -> &Session {
        &self.session
    }

    #[cfg(test)]
    pub fn convention(&self) -> Option<&convention::Convention> {
        self.pages.convention()
    }

    /// The page shown.
    #[must_use]
    pub fn route(&self) -> Route {
        self.trail.here()
    }

    /// Whose conventions the dashboard shows what is due of.
    #[must_use]
    pub const fn whose(&self) -> Option<crate::model::Id> {
        self.pages.whose()
    }

    /// The dashboard shows what is due of that person's conventions.
    pub const fn show_due_of(&mut self, person: Option<crate::model::Id>) {
        self.pages.show_due_of(person);
    }

    /// The panes of the page, in the order of F6.
    #[must_use]
    pub fn panes(&self) -> &'static [&'static str] {
        self.pages.panes(self.route())
    }

    /// Saves what waits: the window loses the focus, or closes.
    pub fn flush(&mut self) {
        self.session.flush();
    }

    /// Reads what happened, then has made what the page shown wants to show.
    pub fn update(&mut self, message: Message, moment: Moment) -> Task<Message> {
        let task = self.read(message, moment);
        let refused = self.pages.refused(self.session.records());
        self.session.refuse(refused);
        let page = self
            .pages
            .prepare(self.route(), &self.session, moment.pixels);
        Task::batch([task, page.map(Message::Page)])
    }

    fn read(&mut self, message: Message, moment: Moment) -> Task<Message> {
        self.session.turn_to(moment.hour);

        match message {
            Message::Page(message) => {
                let actions = self.pages.update(message, &self.session);
                self.carry_out(actions, moment)
            }
            Message::Delivery(message) => self.deliver(message),
            Message::Checks => self.deliver_convention(
                convention::checks_delivery,
                "Ouvrez d’abord la convention dont vous voulez la fiche de vérification.",
            ),
            Message::Word => self.deliver_convention(
                convention::word_delivery,
                "Ouvrez d’abord la convention que vous voulez exporter pour Word.",
            ),
            Message::Agenda => self.ask_where(dashboard::agenda_delivery(&self.session)),
            Message::Address(goes) => {
                if let Some(address) = self.address.take().filter(|_| goes)
                    && let Err(words) = self.outside.browse(&address)
                {
                    self.notice = Some(Notice::wary(words));
                }
                Task::none()
            }
            Message::Palette => match self.finder.take() {
                None => {
                    self.finder = Some(Finder::new(self.route(), &self.session));
                    focus(finder::QUERY)
                }
                Some(_) => Task::none(),
            },
            Message::Finder(message) => self.find(message, moment),
            Message::FinishErasing => {
                let who = self.session.half_erased().cloned();
                let erasure = who.map(|who| Erasure::of_person(who, self.session.records()));
                let erase = erasure.map(|erasure| Action::Erase(Box::new(erasure)));
                self.carry_out(erase.into_iter().collect(), moment)
            }
            Message::Erased(erased, records, stays) => {
                self.session.erasing_ended(erased.is_ok());
                self.notice = Some(match erased {
                    Ok(erased) => told::erased(&erased, records, stays.as_deref()),
                    Err(fault) => Notice::wary(format!(
                        "La personne est effacée des fiches, pas encore de tous les fichiers\u{a0}: {fault}"
                    )),
                });
                Task::none()
            }
            Message::Dropped(file) => match self.pages.dropped(self.route(), file, &self.session) {
                Some(actions) => {
                    // The page takes the keyboard too.
                    self.finder = None;
                    self.carry_out(actions, moment)
                }
                None => {
                    self.notice = Some(Notice::calm(
                        "Ouvrez d’abord la fiche à laquelle joindre ce fichier, puis déposez-le.",
                    ));
                    Task::none()
                }
            },
            Message::Go(route) => {
                self.trail.go(route);
                self.arrive()
            }
            Message::Files => self.carry_out(vec![Action::Files], moment),
            Message::Surveyed(survey) => {
                self.session.learn_files(survey);
                self.follow()
            }
            Message::Missing(missing) => {
                self.session.learn_missing_pieces(missing);
                Task::none()
            }
            Message::Forward => match self.trail.forward() {
                Some(_) => self.arrive(),
                None => Task::none(),
            },
            Message::Back => match self.trail.back() {
                Some(_) => self.arrive(),
                None => Task::none(),
            },
            Message::Save => {
                self.session.flush();
                if self.session.saving().is_saved() {
                    self.notice = Some(Notice::calm("Tout est enregistré."));
                }
                Task::none()
            }
            Message::Undo if self.pages.leave_typing(self.route()) => Task::none(),
            Message::Undo => {
                let taken = self.session.undo();
                self.took_back(taken, "Annulé", "Il n’y a rien à annuler.")
            }
            Message::Redo => {
                let taken = self.session.redo();
                self.took_back(taken, "Rétabli", "Il n’y a rien à rétablir.")
            }
            Message::Export => match self.route() {
                Route::Convention(id) => self.read(Message::Go(Route::Export(id)), moment),
                Route::Export(_) => {
                    let write = export::Message::Write { replace: false };
                    self.on_page(pages::Message::Export(write), moment)
                }
                _ => {
                    self.notice = Some(Notice::calm("Ouvrez d’abord la convention à exporter."));
                    Task::none()
                }
            },
            Message::Finding { backwards } => match self.route() {
                Route::Compare(..) => {
                    let step = compare::Message::Step { backwards };
                    self.on_page(pages::Message::Compare(step), moment)
                }
                _ => self.in_convention(convention::Message::Finding { backwards }, moment),
            },
            Message::Find { replacing } => match Pages::filter(self.route()) {
                Some(filter) => focus(filter),
                None => {
                    let open = convention::SearchEvent::Open { replacing };
                    self.in_convention(convention::Message::Search(open), moment)
                }
            },
            Message::Found { backwards } => {
                let step = convention::SearchEvent::Step {
                    backwards,
                    to_text: true,
                };
                self.in_convention(convention::Message::Search(step), moment)
            }
            Message::Escape => match self.pages.escape(self.route(), &self.session) {
                Some(actions) => self.carry_out(actions, moment),
                None => self.read(Message::Dismiss, moment),
            },
            Message::Preview => self.in_convention(convention::Message::Side, moment),
            Message::Define => {
                let open = convention::DefinitionsEvent::Open;
                self.in_convention(convention::Message::Definitions(open), moment)
            }
            Message::Hand(message) => self.hand(message),
            Message::Beyond(_) => Task::none(),
            Message::BackUp => {
                let keeper = self.session.saving().keeper();
                Task::perform(
                    async move { keeper.back_up(WhyBackUp::Asked) },
                    Message::BackedUp,
                )
            }
            Message::BackedUp(result) => {
                self.notice = Some(Notice::of_backup(result));
                self.look_at_archives()
            }
            Message::Archives(archives) => {
                self.session.learn_archives(archives);
                Task::none()
            }
            Message::Dismiss => {
                self.notice = None;
                self.session.forget_remark();
                Task::none()
            }
            Message::News(news) => {
                let saved = matches!(news, News::Saved { .. });
                let beside = matches!(news, News::Beside { .. });
                self.session.hear(news, moment.hour.time());
                if beside {
                    return self.follow();
                }
                // The first edit of a day makes an archive.
                let stale = self.session.archives().is_none_or(|archives| {
                    let last = archives.here.last().map(|last| local(last.at).date());
                    last != Some(moment.hour.date_naive())
                });
                if saved && stale {
                    self.look_at_archives()
                } else {
                    Task::none()
                }
            }
        }
    }

    /// Whether the palette is open.
    #[must_use]
    pub const fn is_finding(&self) -> bool {
        self.finder.is_some()
    }

    /// Something happens in the convention shown, if one is.
    fn in_convention(&mut self, message: convention::Message, moment: Moment) -> Task<Message> {
        match self.route() {
            Route::Convention(_) => self.on_page(pages::Message::Convention(message), moment),
            _ => Task::none(),
        }
    }

    fn on_page(&mut self, message: pages::Message, moment: Moment) -> Task<Message> {
        self.read(Message::Page(message), moment)
    }

    /// Goes to the first field that holds something that cannot be kept.
    pub fn correct(&mut self) -> Task<Message> {
        let Some((route, field)) = self.pages.correct(self.session.records()) else {
            return Task::none();
        };
        self.trail.go(route);
        self.arrive()
            .chain(field.map_or_else(Task::none, super::widget::focus))
    }

    /// The page in its frame.
    #[must_use]
    pub fn view(&self, palette: Palette) -> Element<'_, Message> {
        let page = responsive(move |size| {
            let notice = self.notice.clone();
            let remark = || self.session.saving().remark().map(Notice::wary);
            frame::around(
                self.pages
                    .view(self.route(), &self.session, palette)
                    .map(Message::Page),
                &self.session,
                self.route(),
                notice.or_else(remark),
                self.waits,
                size,
                palette,
            )
        });
        in_front(page, self.dialog(palette))
    }
}
