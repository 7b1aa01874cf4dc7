//! The application: the welcome page or an open workspace, the keyboard, the theme and the zoom, the end.
//!
//! It routes messages and holds no rule of its own.

mod leaving;

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use iced::widget::Id;
use iced::{Element, Point, Size, Subscription, Task, Theme, event, system, theme, window};

use super::desk::{self, Beyond, Desk, Moment};
use super::fonts;
use super::opening::{self, Answer, Opening, Ready};
use super::outside::{Outside, answer};
use super::preferences::Preferences;
use super::route::Route;
use super::screen::begin::How;
use super::screen::ending::{self, Ending, refused};
use super::screen::welcome::{self, Welcome, Wish};
use super::screen::{Notice, display, finder};
use super::shortcut::{self, Shortcut};
use super::theme::Palette;
use super::widget::{Dialog, Turn, at_once, focus, focused, in_front, keep_focused, stops, turn};
use crate::exchange::import::Kind as Tables;

/// See the module.
pub struct Switchboard {
    outside: Arc<dyn Outside>,
    preferences: Preferences,
    system_is_dark: bool,
    page: Page,
    help: bool,
    /// The page that the next workspace opens at, when that was asked for.
    towards: Option<Route>,
    /// What the workspace tells once it is open again.
    told: Option<Notice>,
    /// Why leaving would lose something, once it was tried.
    ending: Option<(After, Ending)>,
    /// Where one goes once it is answered whether what is refused is corrected first.
    refused: Option<After>,
    began: Instant,
    /// Physical pixels a logical one, before our own zoom.
    monitor: f32,
}

enum Page {
    Welcome(Box<Welcome>),
    Desk(Box<Desk>),
}

/// What happens.
pub enum Message {
    /// On the welcome page.
    Welcome(welcome::Message),
    /// In an open workspace.
    Desk(desk::Message),
    /// A workspace was opened, or not.
    Opened(Answer),
    /// The keyboard, or the window's frame.
    Shortcut(Shortcut),
    /// What the keyboard moved is there: a frame shows it.
    Seen,
    /// Everything is enlarged or reduced so, while what is called so has the keyboard.
    Zoom(fn(&mut Preferences), Option<Id>),
    /// On the page of display and keyboard.
    Display(display::Message),
    /// The window has no focus any more.
    LeftAlone,
    /// How many physical pixels the screen has to a logical one.
    Monitor(f32),
    /// The computer's theme.
    System(theme::Mode),
    /// Everything was saved before the end, or not.
    Settled(After, Result<(), String>),
    /// In what stands in the way of leaving.
    Ending(ending::Message),
    /// What is refused is corrected before leaving, or not.
    Refused(refused::Message),
    /// The window has that size.
    Sized(window::Id, Size),
    /// The window is there.
    Moved(Point),
    /// The window fills the screen, or not; its size is that.
    Filled(bool, Size),
}

/// Where one goes from a workspace once everything is saved.
#[derive(Debug, Clone, Copy)]
pub enum After {
    /// The window closes.
    Close(window::Id),
    /// To the welcome page, for another workspace.
    Welcome,
    /// To the same workspace again.
    Again {
        /// Only to read it.
        reading: bool,
    },
}

impl Switchboard {
    /// The workspace in that folder where one is named, else the welcome page.
    #[cfg(any(test, feature = "anchors"))]
    pub fn new(outside: Arc<dyn Outside>, workspace: Option<PathBuf>) -> (Self, Task<Message>) {
        let opening = workspace.map(|folder| Opening::begin(folder, Arc::clone(&outside)));
        Self::begin(outside, opening)
    }

    /// The workspace that is on its way where there is one, else the welcome page.
    pub fn begin(outside: Arc<dyn Outside>, opening: Option<Opening>) -> (Self, Task<Message>) {
        let mut board = Self {
            preferences: outside.preferences(),
            outside,
            system_is_dark: false,
            page: Page::Welcome(Box::default()),
            help: false,
            towards: None,
            told: None,
            ending: None,
            refused: None,
            began: Instant::now(),
            monitor: 1.0,
        };
        let first = match opening.map(Opening::soon) {
            None => board.look_at_recent(),
            Some(Ok(answer)) => board.update(Message::Opened(answer)),
            Some(Err(opening)) => {
                board.page = Page::Welcome(Box::new(Welcome::waiting()));
                Task::perform(async move { opening.at_last() }, Message::Opened)
            }
        };
        (
            board,
            Task::batch([
                system::theme().map(Message::System),
                window::latest()
                    .and_then(window::scale_factor)
                    .map(Message::Monitor),
                first,
            ]),
        )
    }

    /// The screen of a convention, while it is open.
    #[cfg(test)]
    pub fn convention(&self) -> Option<&super::screen::convention::Convention> {
        match &self.page {
            Page::Desk(desk) => desk.convention(),
            Page::Welcome(_) => None,
        }
    }

    /// The workspace, while one is open.
    #[cfg(any(test, feature = "anchors"))]
    pub fn session(&self) -> Option<&super::session::Session> {
        match &self.page {
            Page::Desk(desk) => Some(desk.session()),
            Page::Welcome(_) => None,
        }
    }

    /// What the window is called.
    #[must_use]
    pub fn title(&self) -> String {
        match &self.page {
            Page::Welcome(_) => "Passerelle".to_owned(),
            Page::Desk(desk) => {
                let name = &desk.session().records().authority().name.text;
                format!("{name} – Passerelle")
            }
        }
    }

    /// How much everything is enlarged.
    #[must_use]
    pub fn scale(&self) -> f32 {
        self.preferences.scale()
    }

    /// The theme of iced's own widgets.
    #[must_use]
    pub fn theme(&self) -> Theme {
        self.palette().theme()
    }

    fn palette(&self) -> Palette {
        let palette = self.preferences.appearance.palette(self.system_is_dark);
        palette.at(self.monitor * self.scale())
    }

    /// The keyboard, the window's frame, the computer's theme.
    pub fn subscription(&self) -> Subscription<Message> {
        let shortcuts = event::listen_with(|event, status, window| match event {
            event::Event::Window(window::Event::Unfocused) => Some(Message::LeftAlone),
            event::Event::Window(window::Event::Resized(size)) => {
                Some(Message::Sized(window, size))
            }
            event::Event::Window(window::Event::Moved(point)) => Some(Message::Moved(point)),
            event::Event::Window(window::Event::FileDropped(file)) => {
                Some(Message::Desk(desk::Message::Dropped(file)))
            }
            event::Event::Window(window::Event::Rescaled(factor)) => Some(Message::Monitor(factor)),
            event => shortcut::read(&event, status, window).map(Message::Shortcut),
        });
        Subscription::batch([shortcuts, system::theme_changes().map(Message::System)])
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message) -> Task<Message> {
        match message {
            Message::Welcome(message) => self.welcome(message),
            Message::Desk(desk::Message::Beyond(wanted)) => self.beyond(wanted),
            Message::Desk(message) => self.desk(message),
            Message::Opened(Ok(ready)) => self.opened(*ready),
            Message::Opened(Err(fault)) => {
                (self.towards, self.told) = (None, None);
                match &mut self.page {
                    Page::Welcome(welcome) => focus(welcome.fail(fault, self.outside.as_ref())),
                    Page::Desk(_) => Task::none(),
                }
            }
            Message::Shortcut(shortcut) => self.shortcut(shortcut),
            Message::Seen => Task::none(),
            Message::Zoom(change, name) => self.prefer(change).chain(seen(keep_focused(name))),
            Message::Display(message) => match message {
                display::Message::Appearance(appearance) => {
                    self.prefer(|preferences| preferences.appearance = appearance)
                }
                display::Message::Enlarge => zoom(Preferences::enlarge),
                display::Message::Reduce => zoom(Preferences::reduce),
                display::Message::Close => {
                    self.help = false;
                    Task::none()
                }
            },
            Message::LeftAlone => {
                if let Page::Desk(desk) = &mut self.page {
                    desk.flush();
                }
                Task::none()
            }
            Message::Monitor(factor) => {
                self.monitor = factor;
                Task::none()
            }
            Message::System(mode) => {
                self.system_is_dark = mode == theme::Mode::Dark;
                Task::none()
            }
            Message::Settled(after, Ok(())) => self.depart(after),
            Message::Settled(after, Err(fault)) => {
                if let Page::Desk(desk) = &self.page {
                    let documents = self.outside.documents();
                    let ending = Ending::new(fault, desk.session(), &documents);
                    self.ending = Some((after, ending));
                }
                focus(ending::AGAIN)
            }
            Message::Ending(message) => self.end(message),
            Message::Refused(message) => match (message, self.refused.take(), &mut self.page) {
                (refused::Message::Correct, _, Page::Desk(desk)) => {
                    desk.correct().map(Message::Desk)
                }
                (refused::Message::Anyway, Some(after), _) => self.settle(after),
                _ => Task::none(),
            },
            Message::Sized(window, size) => {
                window::is_maximized(window).map(move |filled| Message::Filled(filled, size))
            }
            Message::Filled(filled, size) => {
                // What the events tell is in pixels of the page, which the zoom enlarges.
                let scale = self.scale();
                let window = &mut self.preferences.window;
                window.maximized = filled;
                if !filled {
                    (window.width, window.height) = (size.width * scale, size.height * scale);
                }
                Task::none()
            }
            Message::Moved(point) => {
                let scale = self.scale();
                self.preferences.window.at = Some((point.x * scale, point.y * scale));
                Task::none()
            }
        }
    }

    /// What a desk asks for that is not its own to do.
    fn beyond(&mut self, wanted: Beyond) -> Task<Message> {
        match wanted {
            Beyond::Display => self.turn_help(),
            Beyond::Another => self.leave(After::Welcome),
            Beyond::Reopen { reading, told } => {
                self.told = told;
                self.leave(After::Again { reading })
            }
        }
    }

    /// Looks at the recent workspaces, to say which are there and which are held.
    fn look_at_recent(&self) -> Task<Message> {
        let folders: Vec<PathBuf> = self
            .preferences
            .recent
            .iter()
            .map(|it| it.folder.clone())
            .collect();
        let names: Vec<String> = (self.preferences.recent.iter())
            .map(|it| it.name.clone())
            .collect();
        let outside = Arc::clone(&self.outside);
        let look = Task::perform(
            async move {
                fonts::add_han_in(names.iter().map(String::as_str));
                let look = |folder: PathBuf| {
                    let seen = outside.look(&folder);
                    (folder, seen)
                };
                folders.into_iter().map(look).collect()
            },
            |seen| Message::Welcome(welcome::Message::Seen(seen)),
        );
        Task::batch([look, focus(welcome::FIRST)])
    }

    fn welcome(&mut self, message: welcome::Message) -> Task<Message> {
        let Page::Welcome(welcome) = &mut self.page else {
            return Task::none();
        };
        let Some(wish) = welcome.update(message, self.outside.as_ref()) else {
            return Task::none();
        };
        match wish {
            Wish::Forget(folder) => {
                return self.prefer(|preferences| preferences.forget(&folder));
            }
            Wish::TakeOver | Wish::Import => {
                self.towards = Some(match wish {
                    Wish::Import => Route::Import(Tables::Partners),
                    _ => Route::Begin(How::TakenOver),
                });
                let last = self.preferences.recent.first();
                let next = last.map_or(welcome::Message::Begin, |recent| {
                    welcome::Message::Recent(recent.folder.clone())
                });
                return self.welcome(next);
            }
            _ => {}
        }

        let outside = Arc::clone(&self.outside);
        let work: Box<dyn FnOnce() -> Answer + Send> = match wish {
            Wish::Open(folder) => Box::new(move || opening::open(outside.as_ref(), &folder, false)),
            Wish::Create { folder, authority } => {
                let is_first = self.towards.is_none();
                self.told = is_first.then(|| Notice::calm("Votre espace est prêt."));
                Box::new(move || {
                    outside.create(&folder, &authority)?;
                    opening::open(outside.as_ref(), &folder, false)
                })
            }
            Wish::Demonstration(place) => Box::new(move || {
                let folder = outside.demonstration(place.as_deref())?;
                opening::open(outside.as_ref(), &folder, false)
            }),
            Wish::AskFolder => {
                return Task::perform(answer(outside.ask_folder()), |answer| {
                    Message::Welcome(welcome::Message::Chosen(answer))
                });
            }
            Wish::AskPlace => {
                return Task::perform(answer(outside.ask_folder()), |answer| {
                    Message::Welcome(welcome::Message::PlaceChosen(answer))
                });
            }
            Wish::Focus(id) => return focus(id),
            Wish::Forget(_) | Wish::TakeOver | Wish::Import => return Task::none(),
        };
        Task::perform(async move { work() }, Message::Opened)
    }

    fn opened(&mut self, Ready { session, news }: Ready) -> Task<Message> {
        let records = session.records();
        let name = &records.authority().name.text;
        let now = self.outside.now().naive_local();
        let left = self.preferences.remember(session.folder(), name, now);
        self.outside.keep_preferences(&self.preferences);

        let towards = self.towards.take();
        let place = left.as_ref().and_then(|left| left.place);
        let mut desk = Desk::new(session, place, Arc::clone(&self.outside));
        desk.show_due_of(left.and_then(|left| left.whose));
        let mut begin = desk.begin().map(Message::Desk);
        if let Some(route) = towards {
            begin = begin.chain(Task::done(Message::Desk(desk::Message::Go(route))));
        }
        if let Some(told) = self.told.take() {
            desk.tell(told);
        }
        self.page = Page::Desk(Box::new(desk));
        let listen = Task::run(news, |news| Message::Desk(desk::Message::News(news)));
        Task::batch([listen, begin])
    }

    fn desk(&mut self, message: desk::Message) -> Task<Message> {
        let moment = Moment {
            hour: self.outside.now(),
            since: self.began.elapsed(),
            pixels: self.monitor * self.scale(),
        };
        match &mut self.page {
            Page::Desk(desk) => desk.update(message, moment).map(Message::Desk),
            Page::Welcome(_) => Task::none(),
        }
    }

    fn shortcut(&mut self, shortcut: Shortcut) -> Task<Message> {
        match shortcut {
            Shortcut::Save => self.desk(desk::Message::Save),
            Shortcut::Undo => self.desk(desk::Message::Undo),
            Shortcut::Redo => self.desk(desk::Message::Redo),
            Shortcut::Export => self.desk(desk::Message::Export),
            Shortcut::Back => match self.page {
                Page::Welcome(_) => self.welcome(welcome::Message::Return),
                Page::Desk(_) => self.desk(desk::Message::Back),
            },
            Shortcut::Forward => self.desk(desk::Message::Forward),
            Shortcut::Palette if self.help || self.ending.is_some() || self.refused.is_some() => {
                Task::none()
            }
            Shortcut::Palette => self.desk(desk::Message::Palette),
            Shortcut::Turn { by, down } if self.is_finding() => match by {
                Turn::Step => self.desk(desk::Message::Finder(finder::Message::Step { down })),
                Turn::Page | Turn::All => Task::none(),
            },
            Shortcut::Turn { by, down } => seen(turn(by, down)),
            Shortcut::Finding { backwards } => {
                seen(self.desk(desk::Message::Finding { backwards }))
            }
            Shortcut::Find { replacing } => self.desk(desk::Message::Find { replacing }),
            Shortcut::Found { backwards } => self.desk(desk::Message::Found { backwards }),
            Shortcut::Preview => self.desk(desk::Message::Preview),
            Shortcut::Define => self.desk(desk::Message::Define),
            Shortcut::Open => match self.page {
                Page::Welcome(_) => self.welcome(welcome::Message::Choose),
                Page::Desk(_) => self.leave(After::Welcome),
            },
            // Elsewhere the window goes round its stops by itself.
            Shortcut::Tab if self.is_finding() => {
                self.desk(desk::Message::Finder(finder::Message::Acts))
            }
            Shortcut::Tab => Task::none(),
            Shortcut::Escape => self.escape(),
            Shortcut::Help => self.turn_help(),
            Shortcut::Enlarge => zoom(Preferences::enlarge),
            Shortcut::Reduce => zoom(Preferences::reduce),
            Shortcut::ActualSize => zoom(|preferences| preferences.zoom = 100),
            Shortcut::Close(window) => self.leave(After::Close(window)),
        }
    }

    /// The panes of the page, in the order of F6.
    fn panes(&self) -> &'static [&'static str] {
        match &self.page {
            Page::Desk(desk) => desk.panes(),
            Page::Welcome(_) => &[],
        }
    }

    fn turn_help(&mut self) -> Task<Message> {
        self.help = !self.help;
        if self.help {
            focus(display::CLOSE)
        } else {
            Task::none()
        }
    }

    /// Whether the palette is open, and nothing before it.
    fn is_finding(&self) -> bool {
        let is_first = !self.help && self.ending.is_none() && self.refused.is_none();
        is_first && matches!(&self.page, Page::Desk(desk) if desk.is_finding())
    }

    /// Out of what is in front, innermost first.
    fn escape(&mut self) -> Task<Message> {
        let palette = self.palette();
        let in_front = self
            .in_front(palette)
            .map(|dialog| dialog.answer_to_escape());
        let in_the_page = || match &self.page {
            Page::Desk(desk) => Some(Message::Desk(desk.dialog(palette)?.answer_to_escape())),
            Page::Welcome(_) => None,
        };
        if let Some(message) = in_front.or_else(in_the_page) {
            return self.update(message);
        }
        match self.page {
            Page::Welcome(_) => {
                self.towards = None;
                self.welcome(welcome::Message::Cancel)
            }
            Page::Desk(_) => self.desk(desk::Message::Escape),
        }
    }

    fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) -> Task<Message> {
        change(&mut self.preferences);
        self.outside.keep_preferences(&self.preferences);
        Task::none()
    }

    /// The window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let palette = self.palette();
        let page = match &self.page {
            Page::Welcome(welcome) => welcome
                .view(
                    &self.preferences.recent,
                    self.outside.now().naive_local(),
                    palette,
                )
                .map(Message::Welcome),
            Page::Desk(desk) => desk.view(palette).map(Message::Desk),
        };
        at_once(stops(
            in_front(page, self.in_front(palette)),
            (!self.is_finding()).then(|| self.panes()),
        ))
    }

    /// What stands in front of every page: what is in the way of leaving, or help.
    fn in_front(&self, palette: Palette) -> Option<Dialog<'_, Message>> {
        if let Some((_, ending)) = &self.ending {
            return Some(ending.dialog(palette).map(Message::Ending));
        }
        if self.refused.is_some()
            && let Page::Desk(desk) = &self.page
        {
            let fields = desk.session().saving().refused();
            return Some(refused::dialog(fields, palette).map(Message::Refused));
        }
        let help = || display::dialog(&self.preferences, palette).map(Message::Display);
        self.help.then(help)
    }
}

/// Everything is enlarged or reduced once it is known what has the keyboard: pages take another shape by it.
fn zoom(change: fn(&mut Preferences)) -> Task<Message> {
    focused().map(move |name| Message::Zoom(change, name))
}

/// After an operation iced 0.14 asks for no frame: a message does.
fn seen(moved: Task<Message>) -> Task<Message> {
    moved.chain(Task::done(Message::Seen))
}
