//! An open workspace: the session, the page shown, and what carries out the actions of screens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use iced::widget::{column, operation, responsive, text};
use iced::{Element, Task};

use super::fonts::STRONG;
use super::frame;
use super::outside::{Archives, Erased, News, Outside, WhyBackUp, local};
use super::pages::{self, Pages};
use super::route::{Route, Trail};
use super::screen::deliver::{self, Delivery};
use super::screen::finder::{self, Command, Finder, Goes};
use super::screen::partners::called;
use super::screen::{Action, Notice, compare, convention, conventions, dashboard, export, partner};
use super::session::{Session, TakenBack};
use super::text as french;
use super::theme::Palette;
use super::widget::{Dialog, button, in_front, reveal_focused, strong};
use crate::model::{Id, Record, RecordId};

/// See the module.
pub struct Desk {
    session: Session,
    trail: Trail,
    pages: Pages,
    /// What is to be written where somebody says.
    delivery: Option<Delivery>,
    /// The address that is about to be opened outside.
    going: Option<String>,
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
    Leaving(bool),
    /// In the palette.
    Finder(finder::Message),
    /// The palette.
    Palette,
    /// A person was erased from the files, or not.
    Erased(Result<Erased, String>),
    /// A file was dropped on the window: it is a piece of what is shown.
    Dropped(PathBuf),
    /// Another page.
    Go(Route),
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
    Leave,
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
    /// Escape, in a field: out of the search.
    LeftField,
    /// What stands beside the convention shown: its preview, or nothing.
    Preview,
    /// What the terms of the part of the convention shown mean.
    Define,
    /// The page of display and keyboard; the switchboard shows it.
    Display,
    /// Another workspace; the switchboard goes there.
    Another,
    /// The records are to be archived now.
    BackUp,
    /// They were, or not.
    BackedUp(Result<Option<String>, String>),
    /// The archives are those.
    Archives(Archives),
    /// The hand is asked of whoever has the workspace open.
    AskForTheHand,
    /// It was asked, or could not be.
    HandAsked(Result<(), String>),
    /// It was, and nobody gave it for long.
    NobodyGave,
    /// Whoever asks for the hand will have it later.
    KeepTheHand,
    /// The workspace is to be opened again; the switchboard does it.
    Reopen {
        /// Whether to read only, and leave the hand to somebody else.
        reading: bool,
        /// What is told once it is open.
        told: Option<Notice>,
    },
    /// The notice was read.
    Dismiss,
    /// The keeper speaks.
    News(News),
}

/// « Ouvrir », in the dialog before the browser is opened.
const LEAVE: &str = "leave.open";

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
            going: None,
            finder: None,
            waits: false,
            notice: recovered(&session).or(notice),
            outside,
            session,
        }
    }

    /// What is to be done first: the page is arrived at, the archives are looked at.
    pub fn begin(&mut self) -> Task<Message> {
        let notice = self.notice.clone();
        let arrive = self.arrive();
        let first = match self.route() {
            Route::Conventions => operation::focus(conventions::SEARCH),
            _ => Task::none(),
        };
        self.notice = notice;
        Task::batch([arrive, first, self.look_at_archives()])
    }

    /// Tells that at the foot of the page.
    pub fn tell(&mut self, notice: Notice) {
        self.notice = Some(notice);
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
        self.session.refuse(self.pages.refused());
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
            Message::Leaving(goes) => {
                if let Some(address) = self.going.take().filter(|_| goes)
                    && let Err(words) = self.outside.browse(&address)
                {
                    self.notice = Some(Notice::wary(words));
                }
                Task::none()
            }
            Message::Palette => match self.finder.take() {
                None => {
                    self.finder = Some(Finder::new(&self.session));
                    operation::focus(finder::QUERY)
                }
                Some(_) => Task::none(),
            },
            Message::Finder(message) => self.find(message, moment),
            Message::Erased(erased) => {
                self.notice = Some(match erased {
                    Ok(erased) => told_erased(&erased),
                    Err(fault) => Notice::wary(format!(
                        "La personne est effacée des fiches, pas encore de tous les fichiers\u{a0}: {fault}"
                    )),
                });
                Task::none()
            }
            Message::Dropped(file) => match self.pages.dropped(self.route(), file, &self.session) {
                Some(actions) => self.carry_out(actions, moment),
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
            Message::Undo if self.pages.leave_cell(self.route()) => Task::none(),
            Message::Undo => {
                let taken = self.session.undo();
                self.took_back(taken, "Annulé", "Il n’y a rien à annuler.")
            }
            Message::Redo => {
                let taken = self.session.redo();
                self.took_back(taken, "Rétabli", "Il n’y a rien à rétablir.")
            }
            Message::Leave => match self.route() {
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
                Some(filter) => operation::focus(filter),
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
            Message::LeftField if self.is_searching() => {
                let close = convention::SearchEvent::Close;
                self.in_convention(convention::Message::Search(close), moment)
            }
            Message::LeftField => Task::none(),
            Message::Preview => self.in_convention(convention::Message::Side, moment),
            Message::Define => {
                let open = convention::DefinitionsEvent::Open;
                self.in_convention(convention::Message::Definitions(open), moment)
            }
            Message::Display | Message::Another | Message::Reopen { .. } => Task::none(),
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
            Message::AskForTheHand => {
                let keeper = self.session.saving().keeper();
                Task::perform(async move { keeper.ask_for_the_hand() }, Message::HandAsked)
            }
            Message::HandAsked(Ok(())) => {
                self.waits = true;
                let free = self.outside.once_free(self.session.folder());
                Task::future(free).then(|free| match free {
                    true => Task::done(Message::Reopen {
                        reading: false,
                        told: None,
                    }),
                    false => Task::done(Message::NobodyGave),
                })
            }
            Message::NobodyGave => {
                self.waits = false;
                self.notice = Some(Notice::wary(
                    "Personne n’a cédé la main en un quart d’heure\u{a0}: l’espace reste en lecture seule. \
                     Demandez-la de nouveau, ou allez voir la personne qui l’a.",
                ));
                Task::none()
            }
            Message::HandAsked(Err(fault)) => {
                self.notice = Some(Notice::wary(fault));
                Task::none()
            }
            Message::KeepTheHand => {
                self.session.answered();
                Task::none()
            }
            Message::Dismiss => {
                self.notice = None;
                self.session.forget_remark();
                Task::none()
            }
            Message::News(news) => {
                let saved = matches!(news, News::Saved { .. });
                self.session.hear(news, moment.hour.time());
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

    fn find(&mut self, message: finder::Message, moment: Moment) -> Task<Message> {
        let Some(finder) = &mut self.finder else {
            return Task::none();
        };
        match finder.update(message, &self.session) {
            finder::Wish::None => Task::none(),
            finder::Wish::Reveal(task) => task.map(Message::Finder),
            finder::Wish::Close => {
                self.finder = None;
                Task::none()
            }
            finder::Wish::Go(goes) => {
                self.finder = None;
                match goes {
                    Goes::Page(route) => self.read(Message::Go(route), moment),
                    Goes::Verify(id) => self.carry_out(vec![Action::Verify(id)], moment),
                    Goes::NextAct(id) => {
                        let arrive = self.read(Message::Go(Route::Convention(id)), moment);
                        let next = convention::Message::Acts(convention::ActEvent::Next);
                        arrive.chain(self.in_convention(next, moment))
                    }
                    Goes::Modify(id) => {
                        let arrive = self.read(Message::Go(Route::Partner(id)), moment);
                        let edit = pages::Message::Partner(partner::Message::Edit);
                        arrive.chain(self.on_page(edit, moment))
                    }
                    Goes::Address(address) => {
                        self.going = Some(address);
                        operation::focus(LEAVE)
                    }
                    // Through the switchboard, which carries some of them out.
                    Goes::Command(command) => Task::done(match command {
                        Command::Save => Message::Save,
                        Command::Undo => Message::Undo,
                        Command::Redo => Message::Redo,
                        Command::BackUp => Message::BackUp,
                        Command::Checks => Message::Checks,
                        Command::Word => Message::Word,
                        Command::Agenda => Message::Agenda,
                        Command::Display => Message::Display,
                        Command::Another => Message::Another,
                    }),
                }
            }
        }
    }

    /// Whether the palette is open.
    #[must_use]
    pub const fn is_finding(&self) -> bool {
        self.finder.is_some()
    }

    /// Something is to be written: where is asked.
    fn ask_where(&mut self, delivery: Delivery) -> Task<Message> {
        self.delivery = Some(delivery);
        operation::focus(deliver::PATH)
    }

    /// Asks where something made of the convention shown goes; says it where none is shown.
    fn deliver_convention(
        &mut self,
        make: fn(Id, &Session) -> Option<Delivery>,
        otherwise: &'static str,
    ) -> Task<Message> {
        let shown = match self.route() {
            Route::Convention(id) | Route::Export(id) | Route::Compare(id, _) => Some(id),
            _ => None,
        };
        match shown.and_then(|id| make(id, &self.session)) {
            Some(delivery) => self.ask_where(delivery),
            None => {
                self.notice = Some(Notice::calm(otherwise));
                Task::none()
            }
        }
    }

    fn deliver(&mut self, message: deliver::Message) -> Task<Message> {
        let Some(delivery) = &mut self.delivery else {
            return Task::none();
        };
        match delivery.update(message, &self.session, &self.outside) {
            deliver::Wish::Nothing => Task::none(),
            deliver::Wish::Run(task) => task.map(Message::Delivery),
            deliver::Wish::Focus(id) => operation::focus(id),
            deliver::Wish::Over(notice) => {
                self.delivery = None;
                self.notice = notice.or(self.notice.take());
                Task::none()
            }
        }
    }

    /// Whether something is looked for in the page shown.
    #[must_use]
    pub fn is_searching(&self) -> bool {
        self.pages.is_searching(self.route())
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

    fn carry_out(&mut self, actions: Vec<Action<pages::Message>>, moment: Moment) -> Task<Message> {
        let mut tasks = Vec::new();
        for action in actions {
            match action {
                Action::Run(task) => tasks.push(task.map(Message::Page)),
                Action::Edit(change) => {
                    let deletion = change.edits.iter().any(|edit| edit.after.is_none());
                    let label = change.label.clone();
                    if self.session.edit(change, moment.since) {
                        self.notice = deletion.then(|| Notice::calm(label).undoable());
                    } else if self.session.is_read_only() {
                        self.notice = Some(Notice::wary(
                            "Cet espace est en lecture seule\u{a0}: la modification n’est pas faite.",
                        ));
                    }
                    tasks.push(self.follow());
                }
                Action::Keep(change) => {
                    if self.session.keep(change) {
                        tasks.push(self.follow());
                    }
                }
                Action::Erase(erasure) => {
                    if self.session.erase(&erasure) {
                        self.notice = Some(Notice::calm("Effacement en cours…"));
                        tasks.push(self.follow());
                        let keeper = self.session.saving().keeper();
                        let erase = async move { keeper.erase(&erasure) };
                        tasks.push(Task::perform(erase, Message::Erased));
                    }
                }
                Action::Rest => self.session.rest(),
                Action::Go(route) => {
                    self.trail.go(route);
                    tasks.push(self.arrive());
                }
                Action::Verify(id) => {
                    self.trail.go(Route::Convention(id));
                    tasks.push(self.arrive());
                    tasks.push(self.in_convention(convention::Message::Gravest, moment));
                }
                Action::Record {
                    convention,
                    kind,
                    party,
                } => {
                    self.trail.go(Route::Convention(convention));
                    tasks.push(self.arrive());
                    let record = convention::ActEvent::Record(kind, party);
                    tasks.push(self.in_convention(convention::Message::Acts(record), moment));
                }
                Action::Back => {
                    if self.trail.back().is_some() {
                        tasks.push(self.arrive());
                    }
                }
                Action::Focus(id) => tasks.push(operation::focus(id).chain(reveal_focused())),
                Action::Browse(address) => {
                    self.going = Some(address);
                    tasks.push(operation::focus(LEAVE));
                }
                Action::Deliver(delivery) => tasks.push(self.ask_where(*delivery)),
                Action::Notify(notice) => self.notice = Some(notice),
                Action::Archive => tasks.push(self.look_at_archives()),
                Action::Reopen(told) => {
                    let (reading, told) = (false, Some(told));
                    tasks.push(Task::done(Message::Reopen { reading, told }));
                }
            }
        }
        // In order: a field has to be there before the keyboard can go to it.
        tasks.into_iter().fold(Task::none(), Task::chain)
    }

    /// Another page is shown: what was typed on the one before is saved.
    fn arrive(&mut self) -> Task<Message> {
        self.session.flush();
        self.notice = None;

        let arrive = self.pages.arrive(self.route(), &self.session);
        let arrive = arrive.map(Message::Page);
        match self.route() {
            Route::Settings => Task::batch([arrive, self.look_at_archives()]),
            _ => arrive,
        }
    }

    /// Records changed: the page shown follows.
    fn follow(&mut self) -> Task<Message> {
        let follow = self.pages.follow(self.route(), &self.session);
        follow.map(Message::Page)
    }

    fn took_back(&mut self, taken: Option<TakenBack>, done: &str, nothing: &str) -> Task<Message> {
        let elsewhere = taken
            .as_ref()
            .and_then(|taken| self.elsewhere(taken.about?));
        let notice = match taken {
            None => Notice::calm(nothing),
            Some(TakenBack { label, clashes, .. }) if clashes.is_empty() => {
                let place = elsewhere.as_ref().map_or_else(String::new, |(_, title)| {
                    format!(", dans «\u{202f}{title}\u{202f}»")
                });
                Notice::calm(format!("{done}\u{a0}: {label}{place}"))
            }
            Some(TakenBack { label, .. }) => Notice::wary(format!(
                "{label}\u{a0}: une partie avait changé depuis ailleurs et a été gardée telle quelle."
            )),
        };
        self.notice = Some(match elsewhere {
            Some((there, _)) => notice.about(there),
            None => notice,
        });
        self.follow()
    }

    /// The page of a record and what it is called, when another page is shown.
    fn elsewhere(&self, name: RecordId) -> Option<(Route, String)> {
        let (there, title) = match self.session.records().get(name)?.as_ref() {
            Record::Convention(it) => (Route::Convention(it.id), it.title.clone()),
            Record::Partner(it) => (Route::Partner(it.id), called(it).to_owned()),
            Record::Budget(it) => (Route::Budget(it.id), it.title.clone()),
            _ => return None,
        };
        (there != self.route()).then_some((there, title))
    }

    /// Goes to the first field that holds something that cannot be kept.
    pub fn correct(&mut self) -> Task<Message> {
        let Some((route, field)) = self.pages.correct() else {
            return Task::none();
        };
        self.trail.go(route);
        let focus = field.map_or_else(Task::none, operation::focus);
        self.arrive().chain(focus).chain(reveal_focused())
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

    /// What stands in front of the page: the palette, an address about to be opened, or what the page asks.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Option<Dialog<'_, Message>> {
        if let Some(finder) = &self.finder {
            return Some(finder.dialog(palette).map(Message::Finder));
        }
        if let Some(delivery) = &self.delivery {
            return Some(delivery.dialog(palette).map(Message::Delivery));
        }
        if let Some(address) = &self.going {
            return Some(leaving(address, palette));
        }
        let asked = self.pages.dialog(self.route(), &self.session, palette)?;
        Some(asked.map(Message::Page))
    }
}

/// An address is shown before it is opened outside.
fn leaving(address: &str, palette: Palette) -> Dialog<'_, Message> {
    Dialog::new(
        "Ouvrir cette adresse\u{202f}?",
        column![
            text("Elle s’ouvrira dans votre navigateur, et demande le réseau.").size(15),
            text(address).size(15).font(STRONG),
        ]
        .spacing(8),
        [
            strong("Ouvrir", palette)
                .id(LEAVE)
                .on_press(Message::Leaving(true)),
            button("Rester ici", palette).on_press(Message::Leaving(false)),
        ],
        Message::Leaving(false),
        palette,
    )
}

/// What erasing a person came to, beside the records.
fn told_erased(erased: &Erased) -> Notice {
    let mut words = format!(
        "La personne est effacée\u{a0}: {}.",
        french::count(
            erased.archives,
            "sauvegarde réécrite",
            "sauvegardes réécrites"
        )
    );
    if !erased.pieces.is_empty() {
        words.push_str(&format!(
            " À relire, le texte de {} la nomme.",
            french::count(erased.pieces.len(), "pièce jointe", "pièces jointes")
        ));
    }
    if erased.unread.is_empty() {
        return Notice::calm(words);
    }
    words.push_str(&format!(
        " N’a pas pu être relu\u{a0}: {}.",
        erased.unread.join("\u{a0}; ")
    ));
    Notice::wary(words)
}

/// What a hard stop had left, told once.
fn recovered(session: &Session) -> Option<Notice> {
    const NAMED: usize = 3;

    let records = session.recovered();
    if records.is_empty() {
        return None;
    }
    let titles = records
        .iter()
        .filter_map(|record| session.records().get(*record))
        .map(|record| format!("«\u{a0}{}\u{a0}»", record.title()));
    let mut named: Vec<String> = titles.take(NAMED).collect();
    if let Some(more) = records
        .len()
        .checked_sub(named.len())
        .filter(|more| *more > 0)
    {
        named.push(french::count(more, "autre fiche", "autres fiches"));
    }
    Some(Notice::calm(format!(
        "Le dernier arrêt avait été brutal\u{a0}: ce qui attendait d’être rangé l’a été, rien n’est perdu ({}).",
        named.join(", ")
    )))
}
