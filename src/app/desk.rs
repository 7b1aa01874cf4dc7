//! An open workspace: the session, the page shown, and what carries out the actions of screens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::{DateTime, FixedOffset};
use iced::widget::{column, container, operation, responsive, row, space, text};
use iced::{Element, Task};

use super::fonts::STRONG;
use super::frame;
use super::outside::{Archives, Erased, News, Outside, local};
use super::preview::Press;
use super::route::{Route, Trail};
use super::screen::begin::{Begin, How};
use super::screen::budget;
use super::screen::budgets::{self, Budgets};
use super::screen::compare::Compare;
use super::screen::consolidated::{self, Consolidated};
use super::screen::convention::Convention;
use super::screen::conventions::Conventions;
use super::screen::dashboard::Dashboard;
use super::screen::deliver::{self, Delivery};
use super::screen::export::Export;
use super::screen::export::many::{self, ExportAll};
use super::screen::finder::{self, Command, Finder, Goes};
use super::screen::glossary::Glossary;
use super::screen::import::Import;
use super::screen::law::Law;
use super::screen::partner::Sheet;
use super::screen::partners::Partners;
use super::screen::resources::Resources;
use super::screen::settings::{self, Settings};
use super::screen::summary::{self, Summary};
use super::screen::take_in::{self, TakeIn};
use super::screen::wizard::Wizard;
use super::screen::{
    Action, Notice, about, begin, compare, convention, conventions, dashboard, export, glossary,
    import, law, partner, partners, resources, wizard,
};
use super::session::{Session, TakenBack};
use super::text as french;
use super::theme::Palette;
use super::widget::{Dialog, button, in_front, reveal_focused, strong};

/// From this width, in pixels, the sheet of a partner has the list beside it.
const BESIDE: f32 = 900.0;

/// The width of that list.
const LIST: f32 = 340.0;

/// See the module.
pub struct Desk {
    session: Session,
    trail: Trail,
    conventions: Conventions,
    convention: Option<Convention>,
    compare: Option<Compare>,
    /// What is to be written where somebody says.
    delivery: Option<Delivery>,
    begin: Option<Begin>,
    wizard: Option<Wizard>,
    export: Option<Export>,
    export_all: ExportAll,
    import: Option<Import>,
    take_in: TakeIn,
    partners: Partners,
    budgets: Budgets,
    consolidated: Consolidated,
    summary: Option<Summary>,
    budget: Option<budget::Sheet>,
    dashboard: Dashboard,
    glossary: Option<Glossary>,
    law: Option<Law>,
    resources: Option<Resources>,
    /// The address that is about to be opened outside.
    going: Option<String>,
    settings: Settings,
    finder: Option<Finder>,
    /// Whether the hand was asked for, and is waited for.
    waits: bool,
    partner: Option<Sheet>,
    press: Press,
    notice: Option<Notice>,
    outside: Arc<dyn Outside>,
}

/// What happens in an open workspace.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the list of conventions.
    Conventions(conventions::Message),
    /// In a convention.
    Convention(convention::Message),
    /// Between two of its versions.
    Compare(compare::Message),
    /// Where something is to be written.
    Delivery(deliver::Message),
    /// The sheet of checks of the convention shown.
    Checks,
    /// What is due, for other calendars.
    Agenda,
    /// Where a convention begins.
    Begin(begin::Message),
    /// In the steps towards a draft.
    Wizard(wizard::Message),
    /// In the export.
    Export(export::Message),
    /// In the export of all.
    ExportAll(many::Message),
    /// In a table on its way in.
    Import(import::Message),
    /// In the import of a PDF.
    TakeIn(take_in::Message),
    /// Among partners.
    Partners(partners::Message),
    /// Among budgets.
    Budgets(budgets::Message),
    /// On the page of all budgets added up.
    Consolidated(consolidated::Message),
    /// On what a budget comes to.
    Summary(summary::Message),
    /// On the sheet of a budget.
    Budget(budget::Message),
    /// On the dashboard.
    Dashboard(dashboard::Message),
    /// In the glossary.
    Glossary(glossary::Message),
    /// In the law.
    Law(law::Message),
    /// In the resources.
    Resources(resources::Message),
    /// The address shown is to be opened outside, or not.
    Leaving(bool),
    /// In the settings.
    Settings(settings::Message),
    /// In the palette.
    Finder(finder::Message),
    /// The palette.
    Palette,
    /// On the sheet of a partner.
    Partner(partner::Message),
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
    BackedUp(Result<(), String>),
    /// The archives are those.
    Archives(Archives),
    /// The hand is asked of whoever has the workspace open.
    AskForTheHand,
    /// It was asked, or could not be.
    HandAsked(Result<(), String>),
    /// Whoever asks for the hand will have it later.
    KeepTheHand,
    /// The workspace is to be opened again; the switchboard does it.
    Reopen {
        /// Whether to read only, and leave the hand to somebody else.
        reading: bool,
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
        let there = place.filter(|place| match place {
            Route::Convention(id)
            | Route::Export(id)
            | Route::LawOf(id)
            | Route::Compare(id, _) => session.records().convention(*id).is_some(),
            Route::Partner(id) => session.records().partner(*id).is_some(),
            Route::Budget(id) | Route::Summary(id) => session.records().budget(*id).is_some(),
            Route::Dashboard
            | Route::Conventions
            | Route::ExportAll
            | Route::TakeIn
            | Route::Partners
            | Route::Budgets
            | Route::Consolidated
            | Route::Glossary(_)
            | Route::Law(_)
            | Route::Resources(_)
            | Route::About
            | Route::Settings => true,
            Route::Begin(_) | Route::Import(_) => false,
        });
        Self {
            conventions: Conventions::new(&session, Arc::clone(&outside)),
            trail: Trail::new(there.unwrap_or(Route::Dashboard)),
            convention: None,
            compare: None,
            delivery: None,
            begin: None,
            wizard: None,
            export: None,
            export_all: ExportAll::new(Arc::clone(&outside)),
            import: None,
            take_in: TakeIn::new(Arc::clone(&outside)),
            partners: Partners::new(),
            budgets: Budgets::new(),
            consolidated: Consolidated::new(),
            summary: None,
            budget: None,
            dashboard: Dashboard::new(),
            glossary: None,
            law: None,
            resources: None,
            going: None,
            settings: Settings::new(Arc::clone(&outside)),
            finder: None,
            waits: false,
            partner: None,
            press: Press::default(),
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
    pub fn convention(&self) -> Option<&Convention> {
        self.convention.as_ref()
    }

    /// The page shown.
    #[must_use]
    pub fn route(&self) -> Route {
        self.trail.here()
    }

    /// Whose conventions the dashboard shows what is due of.
    #[must_use]
    pub const fn whose(&self) -> Option<crate::model::Id> {
        self.dashboard.person()
    }

    /// The dashboard shows what is due of that person's conventions.
    pub const fn show_due_of(&mut self, person: Option<crate::model::Id>) {
        self.dashboard.show(person);
    }

    /// The panes of the page, in the order of F6.
    #[must_use]
    pub fn panes(&self) -> &'static [&'static str] {
        match self.route() {
            Route::Conventions => &["navigation", "conventions", "table"],
            Route::Convention(_) => &["navigation", "head", "plan", "part", "side", "findings"],
            Route::Compare(..) => &["navigation", "compare"],
            Route::Begin(How::Written) => &["navigation", "wizard"],
            Route::Begin(How::TakenOver) => &["navigation", "begin"],
            Route::Export(_) => &["navigation", "export"],
            Route::ExportAll => &["navigation", "export-all"],
            Route::Import(_) => &["navigation", "import"],
            Route::TakeIn => &["navigation", "take-in"],
            Route::Partners => &["navigation", "partners"],
            Route::Budgets => &["navigation", "budgets"],
            Route::Budget(_) => &["navigation", "budget", "budget-table", "budget-panel"],
            Route::Consolidated => &["navigation", "consolidated"],
            Route::Summary(_) => &["navigation", "summary"],
            Route::Glossary(_) | Route::Law(_) | Route::LawOf(_) => {
                &["navigation", "list", "entry"]
            }
            Route::Resources(_) => &["navigation", "resources"],
            Route::About => &["navigation", "about"],
            Route::Dashboard => &["navigation", "dashboard"],
            Route::Partner(_) => &["navigation", "partners", "partner"],
            Route::Settings => &["navigation", "settings"],
        }
    }

    /// Saves what waits: the window loses the focus, or closes.
    pub fn flush(&mut self) {
        self.session.flush();
    }

    /// Reads what happened, then has made what the page shown wants to show.
    pub fn update(&mut self, message: Message, moment: Moment) -> Task<Message> {
        let task = self.read(message, moment);
        Task::batch([task, self.prepare(moment.pixels)])
    }

    fn prepare(&mut self, pixels: f32) -> Task<Message> {
        match (self.route(), &mut self.convention) {
            (Route::Convention(_), Some(screen)) => screen
                .prepare(&self.session, pixels)
                .map(Message::Convention),
            (Route::Export(_), _) => match &mut self.export {
                Some(screen) => screen.prepare(&self.session, pixels).map(Message::Export),
                None => Task::none(),
            },
            _ => Task::none(),
        }
    }

    fn read(&mut self, message: Message, moment: Moment) -> Task<Message> {
        self.session.turn_to(moment.hour);

        match message {
            Message::Conventions(message) => {
                let actions = self.conventions.update(message, &self.session);
                self.carry_out(actions, Message::Conventions, moment)
            }
            Message::Convention(message) => match &mut self.convention {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Convention, moment)
                }
                None => Task::none(),
            },
            Message::Compare(message) => match &mut self.compare {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Compare, moment)
                }
                None => Task::none(),
            },
            Message::Delivery(message) => self.deliver(message),
            Message::Checks => {
                let convention = match self.route() {
                    Route::Convention(id) | Route::Export(id) | Route::Compare(id, _) => Some(id),
                    _ => None,
                };
                let delivery =
                    convention.and_then(|id| convention::checks_delivery(id, &self.session));
                match delivery {
                    Some(delivery) => self.ask_where(delivery),
                    None => {
                        self.notice = Some(Notice::calm(
                            "Ouvrez d’abord la convention dont vous voulez la fiche de vérification.",
                        ));
                        Task::none()
                    }
                }
            }
            Message::Agenda => self.ask_where(dashboard::agenda_delivery(&self.session)),
            Message::Begin(message) => match &mut self.begin {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Begin, moment)
                }
                None => Task::none(),
            },
            Message::Wizard(message) => match &mut self.wizard {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Wizard, moment)
                }
                None => Task::none(),
            },
            Message::Export(message) => match &mut self.export {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Export, moment)
                }
                None => Task::none(),
            },
            Message::TakeIn(message) => {
                let actions = self.take_in.update(message, &self.session);
                self.carry_out(actions, Message::TakeIn, moment)
            }
            Message::ExportAll(message) => {
                let actions = self.export_all.update(message, &self.session);
                self.carry_out(actions, Message::ExportAll, moment)
            }
            Message::Import(message) => match &mut self.import {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Import, moment)
                }
                None => Task::none(),
            },
            Message::Partners(message) => {
                let actions = self.partners.update(message, &self.session);
                self.carry_out(actions, Message::Partners, moment)
            }
            Message::Budgets(message) => {
                let actions = self.budgets.update(message, &self.session);
                self.carry_out(actions, Message::Budgets, moment)
            }
            Message::Consolidated(message) => {
                let actions = self.consolidated.update(message, &self.session);
                self.carry_out(actions, Message::Consolidated, moment)
            }
            Message::Summary(message) => match &mut self.summary {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Summary, moment)
                }
                None => Task::none(),
            },
            Message::Budget(message) => match &mut self.budget {
                Some(sheet) => {
                    let actions = sheet.update(message, &self.session);
                    self.carry_out(actions, Message::Budget, moment)
                }
                None => Task::none(),
            },
            Message::Dashboard(message) => {
                let actions = self.dashboard.update(message, &self.session);
                self.carry_out(actions, Message::Dashboard, moment)
            }
            Message::Glossary(message) => match &mut self.glossary {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Glossary, moment)
                }
                None => Task::none(),
            },
            Message::Law(message) => match &mut self.law {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Law, moment)
                }
                None => Task::none(),
            },
            Message::Resources(message) => match &mut self.resources {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Resources, moment)
                }
                None => Task::none(),
            },
            Message::Leaving(goes) => {
                if let Some(address) = self.going.take().filter(|_| goes)
                    && let Err(words) = self.outside.browse(&address)
                {
                    self.notice = Some(Notice::wary(words));
                }
                Task::none()
            }
            Message::Settings(message) => {
                let actions = self.settings.update(message, &self.session);
                self.carry_out(actions, Message::Settings, moment)
            }
            Message::Palette => match self.finder.take() {
                None => {
                    self.finder = Some(Finder::new(&self.session));
                    operation::focus(finder::QUERY)
                }
                Some(_) => Task::none(),
            },
            Message::Finder(message) => self.find(message, moment),
            Message::Partner(message) => match &mut self.partner {
                Some(sheet) => {
                    let actions = sheet.update(message, &self.session);
                    self.carry_out(actions, Message::Partner, moment)
                }
                None => Task::none(),
            },
            Message::Erased(erased) => {
                self.notice = Some(match erased {
                    Ok(erased) => told_erased(&erased),
                    Err(fault) => Notice::wary(format!(
                        "La personne est effacée des fiches, pas encore de tous les fichiers\u{a0}: {fault}"
                    )),
                });
                Task::none()
            }
            Message::Dropped(file) => match (self.route(), &mut self.partner) {
                (Route::Partner(_), Some(sheet)) => {
                    let actions = sheet.dropped(file, &self.session);
                    self.carry_out(actions, Message::Partner, moment)
                }
                (Route::Import(_), _) => match &mut self.import {
                    Some(screen) => {
                        let actions = screen.dropped(&file, &self.session);
                        self.carry_out(actions, Message::Import, moment)
                    }
                    None => Task::none(),
                },
                (Route::Budget(_), _) => match &mut self.budget {
                    Some(sheet) => {
                        let actions = sheet.dropped(file, &self.session);
                        self.carry_out(actions, Message::Budget, moment)
                    }
                    None => Task::none(),
                },
                (Route::Convention(_), _) => match &mut self.convention {
                    Some(screen) => {
                        let actions = screen.dropped(file, &self.session);
                        self.carry_out(actions, Message::Convention, moment)
                    }
                    None => Task::none(),
                },
                _ => {
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
            Message::Undo if self.leave_cell() => Task::none(),
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
                Route::Export(_) => self.read(
                    Message::Export(export::Message::Write {
                        replace: false,
                        boxes: false,
                    }),
                    moment,
                ),
                _ => {
                    self.notice = Some(Notice::calm("Ouvrez d’abord la convention à exporter."));
                    Task::none()
                }
            },
            Message::Finding { backwards } => match self.route() {
                Route::Convention(_) => {
                    let message = convention::Message::Finding { backwards };
                    self.read(Message::Convention(message), moment)
                }
                Route::Compare(..) => {
                    let message = compare::Message::Step { backwards };
                    self.read(Message::Compare(message), moment)
                }
                _ => Task::none(),
            },
            Message::Find { replacing } => {
                self.seek(convention::SearchEvent::Open { replacing }, moment)
            }
            Message::Found { backwards } => {
                let event = convention::SearchEvent::Step {
                    backwards,
                    to_text: true,
                };
                self.seek(event, moment)
            }
            Message::LeftField if self.is_searching() => {
                self.seek(convention::SearchEvent::Close, moment)
            }
            Message::LeftField => Task::none(),
            Message::Preview => match self.route() {
                Route::Convention(_) => {
                    let message = convention::Message::Side;
                    self.read(Message::Convention(message), moment)
                }
                _ => Task::none(),
            },
            Message::Define => match self.route() {
                Route::Convention(_) => {
                    let open = convention::DefinitionsEvent::Open;
                    let message = convention::Message::Definitions(open);
                    self.read(Message::Convention(message), moment)
                }
                _ => Task::none(),
            },
            Message::Display | Message::Another | Message::Reopen { .. } => Task::none(),
            Message::BackUp => {
                let keeper = self.session.saving().keeper();
                Task::perform(async move { keeper.back_up() }, Message::BackedUp)
            }
            Message::BackedUp(result) => {
                self.notice = Some(match result {
                    Ok(()) => Notice::calm("La sauvegarde est faite."),
                    Err(fault) => Notice::wary(fault),
                });
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
                    true => Task::done(Message::Reopen { reading: false }),
                    false => Task::none(),
                })
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
                    Goes::Verify(id) => {
                        self.carry_out(vec![Action::Verify(id)], Message::Convention, moment)
                    }
                    Goes::NextAct(id) => {
                        let arrive = self.read(Message::Go(Route::Convention(id)), moment);
                        let next = convention::Message::Acts(convention::ActEvent::Next);
                        arrive.chain(self.read(Message::Convention(next), moment))
                    }
                    Goes::Modify(id) => {
                        let arrive = self.read(Message::Go(Route::Partner(id)), moment);
                        let edit = Message::Partner(partner::Message::Edit);
                        arrive.chain(self.read(edit, moment))
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
        matches!(self.route(), Route::Convention(_))
            && self
                .convention
                .as_ref()
                .is_some_and(Convention::is_searching)
    }

    /// Leaves the cell of a budget that is being typed in as it was; answers whether one was.
    fn leave_cell(&mut self) -> bool {
        match (self.route(), &mut self.budget) {
            (Route::Budget(_), Some(sheet)) => sheet.leave_cell(),
            _ => false,
        }
    }

    fn seek(&mut self, event: convention::SearchEvent, moment: Moment) -> Task<Message> {
        match self.route() {
            Route::Convention(_) => {
                let message = convention::Message::Search(event);
                self.read(Message::Convention(message), moment)
            }
            _ => Task::none(),
        }
    }

    fn carry_out<M: Send + 'static>(
        &mut self,
        actions: Vec<Action<M>>,
        wrap: impl Fn(M) -> Message + Copy + Send + 'static,
        moment: Moment,
    ) -> Task<Message> {
        let mut tasks = Vec::new();
        for action in actions {
            match action {
                Action::Run(task) => tasks.push(task.map(wrap)),
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
                    tasks
                        .push(self.read(Message::Convention(convention::Message::Gravest), moment));
                }
                Action::Record {
                    convention,
                    kind,
                    party,
                } => {
                    self.trail.go(Route::Convention(convention));
                    tasks.push(self.arrive());
                    let record = convention::ActEvent::Record(kind, party);
                    let record = Message::Convention(convention::Message::Acts(record));
                    tasks.push(self.read(record, moment));
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
                Action::Reopen => tasks.push(Task::done(Message::Reopen { reading: false })),
            }
        }
        // In order: a field has to be there before the keyboard can go to it.
        tasks.into_iter().fold(Task::none(), Task::chain)
    }

    /// Another page is shown: what was typed on the one before is saved.
    fn arrive(&mut self) -> Task<Message> {
        self.session.flush();
        self.notice = None;

        match self.route() {
            Route::Conventions => {
                self.conventions.follow(&self.session);
                match &self.convention {
                    // Back from a convention, to its row.
                    Some(screen) => operation::focus(conventions::row_id(screen.id())),
                    None => Task::none(),
                }
            }
            Route::Convention(id) => {
                if self.convention.as_ref().is_none_or(|it| it.id() != id) {
                    let press = self.press.clone();
                    self.convention = Some(Convention::new(id, press, &self.session));
                }
                match &mut self.convention {
                    Some(screen) => {
                        let look = screen.follow(&self.session).map(Message::Convention);
                        let first = operation::focus(screen.first()).chain(reveal_focused());
                        Task::batch([look, first])
                    }
                    None => Task::none(),
                }
            }
            Route::Compare(id, version) => {
                self.compare = Some(Compare::new(id, version, &self.session));
                operation::focus(compare::NEXT)
            }
            Route::Begin(How::Written) => {
                self.wizard = Some(Wizard::new(&self.session));
                operation::focus(wizard::FIRST)
            }
            Route::Begin(How::TakenOver) => {
                self.begin = Some(Begin::default());
                operation::focus(begin::TITLE)
            }
            Route::ExportAll => operation::focus(many::FOLDER),
            Route::Import(kind) => {
                // A table that is being looked at stays: one may have gone to see a sheet.
                if self.import.as_ref().is_none_or(Import::is_idle) {
                    self.import = Some(Import::new(kind));
                }
                operation::focus(import::PATH)
            }
            Route::TakeIn => {
                self.take_in.follow(&self.session);
                operation::focus(take_in::PATH)
            }
            Route::Export(id) => {
                if self.export.as_ref().is_none_or(|screen| screen.id() != id) {
                    let outside = Arc::clone(&self.outside);
                    self.export = Some(Export::new(id, &self.session, outside, self.press.clone()));
                }
                if let Some(screen) = &mut self.export {
                    screen.follow();
                }
                operation::focus(export::PATH)
            }
            Route::Partners => {
                self.partners.follow(&self.session);
                self.partners.arrive(None).map(Message::Partners)
            }
            Route::Budgets => {
                self.budgets.follow(&self.session);
                let stay = self.budgets.arrive().map(Message::Budgets);
                match &self.budget {
                    // Back from a budget, to its row.
                    Some(sheet) => stay.chain(operation::focus(budgets::row_id(sheet.id()))),
                    None => stay,
                }
            }
            Route::Summary(id) => {
                match &mut self.summary {
                    Some(screen) if screen.id() == id => screen.follow(&self.session),
                    other => {
                        *other = Some(Summary::new(id, &self.session));
                    }
                }
                Task::none()
            }
            Route::Consolidated => {
                self.consolidated.follow(&self.session);
                self.consolidated.arrive().map(Message::Consolidated)
            }
            Route::Budget(id) => {
                let sheet = match self.budget.take().filter(|sheet| sheet.id() == id) {
                    Some(sheet) => sheet,
                    None => budget::Sheet::new(id),
                };
                let follow = self.budget.insert(sheet).follow(&self.session);
                follow
                    .map(Message::Budget)
                    .chain(operation::focus(budget::TABLE))
            }
            Route::About => Task::none(),
            Route::Dashboard => {
                self.dashboard.follow(&self.session);
                Task::none()
            }
            Route::Glossary(term) => {
                let session = &self.session;
                let screen = (self.glossary).get_or_insert_with(|| Glossary::new(session));
                screen.show(term, session);
                operation::focus(screen.first()).chain(reveal_focused())
            }
            route @ (Route::Law(_) | Route::LawOf(_)) => {
                let session = &self.session;
                let screen = self.law.get_or_insert_with(|| Law::new(session));
                match route {
                    Route::LawOf(convention) => screen.show_of(convention, session),
                    Route::Law(text) => screen.show(text, session),
                    _ => {}
                }
                operation::focus(screen.first()).chain(reveal_focused())
            }
            Route::Resources(topic) => {
                let session = &self.session;
                let screen = (self.resources).get_or_insert_with(|| Resources::new(topic, session));
                screen.show(topic, session);
                operation::focus(resources::TABS)
            }
            Route::Partner(id) => {
                self.partners.follow(&self.session);
                if self.partner.as_ref().is_none_or(|sheet| sheet.id() != id) {
                    self.partner = Some(Sheet::new(id));
                }
                let stay = self.partners.arrive(Some(id)).map(Message::Partners);
                let follow = self.follow();
                Task::batch([stay, follow, operation::focus(partner::EDIT)])
            }
            Route::Settings => Task::batch([
                self.settings.follow(&self.session).map(Message::Settings),
                self.settings.begin(&self.session).map(Message::Settings),
                self.look_at_archives(),
            ]),
        }
    }

    /// Records changed: the page shown follows.
    fn follow(&mut self) -> Task<Message> {
        match self.route() {
            Route::Conventions => self.conventions.follow(&self.session),
            Route::Convention(_) | Route::Export(_) => {
                if let Some(screen) = &mut self.convention {
                    return screen.follow(&self.session).map(Message::Convention);
                }
            }
            Route::Compare(..) => {
                if let Some(screen) = &mut self.compare {
                    screen.follow(&self.session);
                }
            }
            Route::Partners => self.partners.follow(&self.session),
            Route::Budgets => self.budgets.follow(&self.session),
            Route::Consolidated => self.consolidated.follow(&self.session),
            Route::Summary(_) => {
                if let Some(screen) = &mut self.summary {
                    screen.follow(&self.session);
                }
            }
            Route::Budget(_) => {
                if let Some(sheet) = &mut self.budget {
                    return sheet.follow(&self.session).map(Message::Budget);
                }
            }
            Route::About => {}
            Route::Dashboard => self.dashboard.follow(&self.session),
            Route::Glossary(_) => {
                if let Some(screen) = &mut self.glossary {
                    screen.follow(&self.session);
                }
            }
            Route::Law(_) | Route::LawOf(_) => {
                if let Some(screen) = &mut self.law {
                    screen.follow(&self.session);
                }
            }
            Route::Resources(_) => {
                if let Some(screen) = &mut self.resources {
                    screen.follow(&self.session);
                }
            }
            Route::Begin(_) => {}
            Route::Partner(_) => {
                self.partners.follow(&self.session);
                if let Some(sheet) = &mut self.partner {
                    return sheet.follow(&self.session).map(Message::Partner);
                }
            }
            Route::Settings => return self.settings.follow(&self.session).map(Message::Settings),
            Route::ExportAll | Route::Import(_) => {}
            Route::TakeIn => self.take_in.follow(&self.session),
        }
        Task::none()
    }

    fn took_back(&mut self, taken: Option<TakenBack>, done: &str, nothing: &str) -> Task<Message> {
        self.notice = Some(match taken {
            None => Notice::calm(nothing),
            Some(TakenBack { label, clashes }) if clashes.is_empty() => {
                Notice::calm(format!("{done}\u{a0}: {label}"))
            }
            Some(TakenBack { label, .. }) => Notice::wary(format!(
                "{label}\u{a0}: une partie avait changé depuis ailleurs et a été gardée telle quelle."
            )),
        });
        self.follow()
    }

    /// The page in its frame.
    #[must_use]
    pub fn view(&self, palette: Palette) -> Element<'_, Message> {
        let page = responsive(move |size| {
            let notice = self.notice.clone();
            let remark = || self.session.saving().remark().map(Notice::wary);
            frame::around(
                self.page(palette),
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
        match (self.route(), &self.convention) {
            (Route::Convention(_), Some(screen)) => {
                let dialog = screen.dialog(&self.session, palette)?;
                Some(dialog.map(Message::Convention))
            }
            (Route::Settings, _) => {
                let dialog = self.settings.dialog(&self.session, palette)?;
                Some(dialog.map(Message::Settings))
            }
            (Route::Dashboard, _) => {
                let dialog = self.dashboard.dialog(palette)?;
                Some(dialog.map(Message::Dashboard))
            }
            (Route::Partners, _) => {
                let dialog = self.partners.dialog(&self.session, palette)?;
                Some(dialog.map(Message::Partners))
            }
            (Route::Budget(_), _) => {
                let dialog = self.budget.as_ref()?.dialog(&self.session, palette)?;
                Some(dialog.map(Message::Budget))
            }
            (Route::Budgets, _) => Some(self.budgets.dialog(palette)?.map(Message::Budgets)),
            (Route::Partner(_), _) => {
                let dialog = self.partner.as_ref()?.dialog(&self.session, palette)?;
                Some(dialog.map(Message::Partner))
            }
            _ => None,
        }
    }

    fn page(&self, palette: Palette) -> Element<'_, Message> {
        let session = &self.session;
        match (self.route(), &self.convention, &self.export, &self.partner) {
            (Route::Convention(_), Some(screen), ..) => {
                screen.view(session, palette).map(Message::Convention)
            }
            (Route::Compare(..), ..) => {
                let screen = self.compare.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Compare)
            }
            (Route::ExportAll, ..) => self
                .export_all
                .view(session, palette)
                .map(Message::ExportAll),
            (Route::TakeIn, ..) => self.take_in.view(session, palette).map(Message::TakeIn),
            (Route::Begin(How::Written), ..) => match &self.wizard {
                Some(screen) => screen.view(session, palette).map(Message::Wizard),
                None => space().into(),
            },
            (Route::Begin(How::TakenOver), ..) => match &self.begin {
                Some(screen) => screen.view(session, palette).map(Message::Begin),
                None => space().into(),
            },
            (Route::Export(_), _, Some(screen), _) => {
                screen.view(session, palette).map(Message::Export)
            }
            (Route::Partners, ..) => self.partners.view(session, palette).map(Message::Partners),
            (Route::Import(_), ..) => {
                let screen = self.import.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Import)
            }
            (Route::Budgets, ..) => self.budgets.view(session, palette).map(Message::Budgets),
            (Route::Summary(_), ..) => {
                let screen = self.summary.as_ref();
                shown(screen.map(|it| it.view(session, palette)), Message::Summary)
            }
            (Route::Consolidated, ..) => {
                let page = self.consolidated.view(session, palette);
                page.map(Message::Consolidated)
            }
            (Route::Budget(_), ..) => {
                let sheet = self.budget.as_ref().map(|it| it.view(session, palette));
                shown(sheet, Message::Budget)
            }
            (Route::Glossary(_), ..) => {
                let screen = self.glossary.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Glossary)
            }
            (Route::Law(_) | Route::LawOf(_), ..) => {
                let screen = self.law.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Law)
            }
            (Route::Resources(_), ..) => {
                let screen = self.resources.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Resources)
            }
            (Route::Dashboard, ..) => self
                .dashboard
                .view(session, palette)
                .map(Message::Dashboard),
            (Route::About, ..) => about::view(session, palette),
            (Route::Partner(_), .., Some(sheet)) => responsive(move |size| {
                let is_wide = size.width >= BESIDE;
                let page = sheet.view(is_wide, session, palette).map(Message::Partner);
                if !is_wide {
                    return page;
                }
                let list = self.partners.beside(sheet.id(), session, palette);
                row![container(list.map(Message::Partners)).width(LIST), page].into()
            })
            .into(),
            (Route::Settings, ..) => self.settings.view(session, palette).map(Message::Settings),
            _ => self
                .conventions
                .view(session, palette)
                .map(Message::Conventions),
        }
    }
}

/// A screen, once there is one.
fn shown<'a, M: 'a>(
    screen: Option<Element<'a, M>>,
    wrap: impl Fn(M) -> Message + 'a,
) -> Element<'a, Message> {
    match screen {
        Some(screen) => screen.map(wrap),
        None => space().into(),
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
