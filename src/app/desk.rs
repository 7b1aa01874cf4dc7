//! An open workspace: the session, the page shown, and what carries out the actions of screens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use chrono::NaiveDateTime;
use iced::widget::{column, operation, responsive, space, text};
use iced::{Element, Task};

use super::fonts::STRONG;
use super::frame;
use super::outside::{News, Opened, Outside};
use super::preview::Press;
use super::route::{Route, Trail};
use super::screen::convention::Convention;
use super::screen::conventions::Conventions;
use super::screen::export::Export;
use super::screen::glossary::Glossary;
use super::screen::law::Law;
use super::screen::partner::Sheet;
use super::screen::partners::Partners;
use super::screen::resources::Resources;
use super::screen::{
    Action, Notice, about, convention, conventions, export, glossary, law, partner, partners,
    resources,
};
use super::session::{Session, TakenBack};
use super::theme::Palette;
use super::widget::{Dialog, Tone, button, in_front, reveal_focused, strong};

/// See the module.
pub struct Desk {
    session: Session,
    trail: Trail,
    conventions: Conventions,
    convention: Option<Convention>,
    export: Option<Export>,
    partners: Partners,
    glossary: Option<Glossary>,
    law: Option<Law>,
    resources: Option<Resources>,
    /// The address that is about to be opened outside.
    going: Option<String>,
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
    /// In the export.
    Export(export::Message),
    /// Among partners.
    Partners(partners::Message),
    /// In the glossary.
    Glossary(glossary::Message),
    /// In the law.
    Law(law::Message),
    /// In the resources.
    Resources(resources::Message),
    /// The address shown is to be opened outside, or not.
    Leaving(bool),
    /// On the sheet of a partner.
    Partner(partner::Message),
    /// A file was dropped on the window: it is a piece of what is shown.
    Dropped(PathBuf),
    /// Another page.
    Go(Route),
    /// The page before.
    Back,
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
    /// What stands beside the convention shown: its preview, or nothing.
    Preview,
    /// The page of display and keyboard; the switchboard shows it.
    Display,
    /// Another workspace; the switchboard goes there.
    Another,
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
    /// The local day and hour.
    pub hour: NaiveDateTime,
    /// Since the window opened, on a clock that only goes forward.
    pub since: Duration,
    /// Physical pixels a logical one.
    pub pixels: f32,
}

impl Desk {
    /// A workspace that was opened, at its list of conventions.
    #[must_use]
    pub fn new(opened: Opened, outside: Arc<dyn Outside>) -> Self {
        let session = Session::new(opened, outside.ids(), outside.now().date());
        let notice = session.notice().map(Notice::wary).or_else(|| {
            (session.recovered() > 0).then(|| {
                Notice::calm("Le dernier arrêt avait été brutal\u{a0}: les modifications en attente ont été rétablies.")
            })
        });
        Self {
            conventions: Conventions::new(&session),
            trail: Trail::new(Route::Conventions),
            convention: None,
            export: None,
            partners: Partners::new(&session),
            glossary: None,
            law: None,
            resources: None,
            going: None,
            partner: None,
            press: Press::default(),
            notice,
            outside,
            session,
        }
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

    /// The panes of the page, in the order of F6.
    #[must_use]
    pub fn panes(&self) -> &'static [&'static str] {
        match self.route() {
            Route::Conventions => &["navigation", "conventions"],
            Route::Convention(_) => &["navigation", "head", "plan", "part", "side", "findings"],
            Route::Export(_) => &["navigation", "export"],
            Route::Partners => &["navigation", "partners"],
            Route::Partner(_) => &["navigation", "partner"],
            Route::Glossary(_) | Route::Law(_) => &["navigation", "list", "entry"],
            Route::Resources(_) => &["navigation", "resources"],
            Route::About => &["navigation", "about"],
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
            _ => Task::none(),
        }
    }

    fn read(&mut self, message: Message, moment: Moment) -> Task<Message> {
        self.session.turn_to(moment.hour.date());

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
            Message::Export(message) => match &mut self.export {
                Some(screen) => {
                    let actions = screen.update(message, &self.session);
                    self.carry_out(actions, Message::Export, moment)
                }
                None => Task::none(),
            },
            Message::Partners(message) => {
                let actions = self.partners.update(message, &self.session);
                self.carry_out(actions, Message::Partners, moment)
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
            Message::Partner(message) => match &mut self.partner {
                Some(sheet) => {
                    let actions = sheet.update(message, &self.session);
                    self.carry_out(actions, Message::Partner, moment)
                }
                None => Task::none(),
            },
            Message::Dropped(file) => match (self.route(), &mut self.partner) {
                (Route::Partner(_), Some(sheet)) => {
                    let actions = sheet.dropped(file, &self.session);
                    self.carry_out(actions, Message::Partner, moment)
                }
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
                    Message::Export(export::Message::Write { replace: false }),
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
                _ => Task::none(),
            },
            Message::Preview => match self.route() {
                Route::Convention(_) => {
                    let message = convention::Message::Side;
                    self.read(Message::Convention(message), moment)
                }
                _ => Task::none(),
            },
            Message::Display | Message::Another => Task::none(),
            Message::Dismiss => {
                self.notice = None;
                self.session.forget_remark();
                Task::none()
            }
            Message::News(news) => {
                self.session.hear(news, moment.hour.time());
                Task::none()
            }
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
                    if self.session.edit(change, moment.since) {
                        self.notice = None;
                    } else if self.session.is_read_only() {
                        self.notice = Some(Notice::wary(
                            "Cet espace est en lecture seule\u{a0}: la modification n’est pas faite.",
                        ));
                    }
                    tasks.push(self.follow());
                }
                Action::Rest => self.session.rest(),
                Action::Go(route) => {
                    self.trail.go(route);
                    tasks.push(self.arrive());
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
                Action::Notify(notice) => self.notice = Some(notice),
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
                match &mut self.convention {
                    Some(screen) if screen.id() == id => screen.follow(&self.session),
                    _ => {
                        let press = self.press.clone();
                        self.convention = Some(Convention::new(id, press, &self.session));
                    }
                }
                self.convention.as_ref().map_or_else(Task::none, |screen| {
                    operation::focus(screen.first()).chain(reveal_focused())
                })
            }
            Route::Export(id) => {
                if self.export.as_ref().is_none_or(|screen| screen.id() != id) {
                    let screen = Export::new(id, &self.session, Arc::clone(&self.outside));
                    self.export = Some(screen);
                }
                operation::focus(export::PATH)
            }
            Route::Partners => {
                self.partners.follow(&self.session);
                Task::none()
            }
            Route::About => Task::none(),
            Route::Glossary(term) => {
                let session = &self.session;
                let screen = (self.glossary).get_or_insert_with(|| Glossary::new(session));
                screen.show(term, session);
                operation::focus(screen.first()).chain(reveal_focused())
            }
            Route::Law(text) => {
                let session = &self.session;
                let screen = self.law.get_or_insert_with(|| Law::new(session));
                screen.show(text, session);
                operation::focus(screen.first()).chain(reveal_focused())
            }
            Route::Resources(topic) => {
                let session = &self.session;
                let screen = (self.resources).get_or_insert_with(|| Resources::new(topic, session));
                screen.show(topic, session);
                operation::focus(resources::TABS)
            }
            Route::Partner(id) => {
                if self.partner.as_ref().is_none_or(|sheet| sheet.id() != id) {
                    self.partner = Some(Sheet::new(id));
                }
                self.follow()
            }
        }
    }

    /// Records changed: the page shown follows.
    fn follow(&mut self) -> Task<Message> {
        match self.route() {
            Route::Conventions => self.conventions.follow(&self.session),
            Route::Convention(_) | Route::Export(_) => {
                if let Some(screen) = &mut self.convention {
                    screen.follow(&self.session);
                }
            }
            Route::Partners => self.partners.follow(&self.session),
            Route::About => {}
            Route::Glossary(_) => {
                if let Some(screen) = &mut self.glossary {
                    screen.follow(&self.session);
                }
            }
            Route::Law(_) => {
                if let Some(screen) = &mut self.law {
                    screen.follow(&self.session);
                }
            }
            Route::Resources(_) => {
                if let Some(screen) = &mut self.resources {
                    screen.follow(&self.session);
                }
            }
            Route::Partner(_) => {
                if let Some(sheet) = &mut self.partner {
                    return sheet.follow(&self.session).map(Message::Partner);
                }
            }
        }
        Task::none()
    }

    fn took_back(&mut self, taken: Option<TakenBack>, done: &str, nothing: &str) -> Task<Message> {
        self.notice = Some(match taken {
            None => Notice::calm(nothing),
            Some(TakenBack { label, clashes }) if clashes.is_empty() => {
                Notice::calm(format!("{done}\u{a0}: {label}"))
            }
            Some(TakenBack { label, .. }) => Notice {
                tone: Tone::Wary,
                words: format!(
                    "{label}\u{a0}: une partie avait changé depuis ailleurs et a été gardée telle quelle."
                ),
            },
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
                size,
                palette,
            )
        });
        in_front(page, self.dialog(palette))
    }

    /// What stands in front of the page.
    fn dialog(&self, palette: Palette) -> Option<Dialog<'_, Message>> {
        let address = self.going.as_deref()?;
        Some(Dialog::new(
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
        ))
    }

    fn page(&self, palette: Palette) -> Element<'_, Message> {
        let session = &self.session;
        match (self.route(), &self.convention, &self.export, &self.partner) {
            (Route::Convention(_), Some(screen), ..) => {
                screen.view(session, palette).map(Message::Convention)
            }
            (Route::Export(_), _, Some(screen), _) => {
                screen.view(session, palette).map(Message::Export)
            }
            (Route::Partners, ..) => self.partners.view(session, palette).map(Message::Partners),
            (Route::Glossary(_), ..) => {
                let screen = self.glossary.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Glossary)
            }
            (Route::Law(_), ..) => {
                let screen = self.law.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Law)
            }
            (Route::Resources(_), ..) => {
                let screen = self.resources.as_ref().map(|it| it.view(session, palette));
                shown(screen, Message::Resources)
            }
            (Route::About, ..) => about::view(session, palette),
            (Route::Partner(_), .., Some(sheet)) => {
                sheet.view(session, palette).map(Message::Partner)
            }
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
