//! The application: the welcome page or an open workspace, the keyboard, the theme and the zoom, the end.
//!
//! It routes messages and holds no rule of its own.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Instant;

use iced::widget::{column, operation};
use iced::{Element, Subscription, Task, Theme, event, font, system, theme, window};

use super::desk::{self, Desk, Moment};
use super::fonts;
use super::outside::{Opened, Outside, answer};
use super::preferences::Preferences;
use super::route::Route;
use super::screen::display;
use super::screen::welcome::{self, Welcome, Wish};
use super::shortcut::{self, Shortcut};
use super::theme::Palette;
use super::widget::{Tone, banner, button, next_pane, quiet, reveal_focused};

/// See the module.
pub struct Switchboard {
    outside: Arc<dyn Outside>,
    preferences: Preferences,
    system_is_dark: bool,
    page: Page,
    help: bool,
    /// Why leaving would lose something, once it was tried.
    unsaved: Option<(After, String)>,
    began: Instant,
    /// Physical pixels a logical one, before our own zoom.
    monitor: f32,
}

enum Page {
    Welcome(Welcome),
    Desk(Box<Desk>),
}

/// What happens.
pub enum Message {
    /// On the welcome page.
    Welcome(welcome::Message),
    /// In an open workspace.
    Desk(desk::Message),
    /// A workspace was opened, or not.
    Opened(Result<Box<Opened>, String>),
    /// A face that the workspace's names need was read from its file.
    Face(Option<Vec<u8>>),
    /// The keyboard, or the window's frame.
    Shortcut(Shortcut),
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
    /// What to do when not everything was.
    Ending(Ending),
}

/// Where one goes from a workspace once everything is saved.
#[derive(Debug, Clone, Copy)]
pub enum After {
    /// The window closes.
    Close(window::Id),
    /// To the welcome page, for another workspace.
    Welcome,
}

/// What to do when leaving would lose something.
#[derive(Debug, Clone, Copy)]
pub enum Ending {
    /// Try to save again, then leave.
    Again,
    /// Leave all the same.
    Anyway,
    /// Stay.
    Not,
}

impl Switchboard {
    /// The welcome page, and the workspace on its way where there is one.
    pub fn new(outside: Arc<dyn Outside>, workspace: Option<PathBuf>) -> (Self, Task<Message>) {
        let mut board = Self {
            preferences: outside.preferences(),
            outside,
            system_is_dark: false,
            page: Page::Welcome(Welcome::default()),
            help: false,
            unsaved: None,
            began: Instant::now(),
            monitor: 1.0,
        };
        let first = match workspace {
            Some(folder) => board.welcome(welcome::Message::Recent(folder)),
            None => operation::focus(welcome::FIRST),
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

    #[cfg(test)]
    pub fn convention(&self) -> Option<&super::screen::convention::Convention> {
        match &self.page {
            Page::Desk(desk) => desk.convention(),
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
        self.preferences.appearance.palette(self.system_is_dark)
    }

    /// The keyboard, the window's frame, the computer's theme.
    pub fn subscription(&self) -> Subscription<Message> {
        let shortcuts = event::listen_with(|event, status, window| match event {
            event::Event::Window(window::Event::Unfocused) => Some(Message::LeftAlone),
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
            Message::Desk(desk::Message::Display) => {
                self.help = !self.help;
                Task::none()
            }
            Message::Desk(desk::Message::Another) => self.leave(After::Welcome),
            Message::Desk(message) => self.desk(message),
            Message::Opened(Ok(opened)) => self.opened(*opened),
            Message::Opened(Err(fault)) => {
                if let Page::Welcome(welcome) = &mut self.page {
                    welcome.fail(fault);
                }
                Task::none()
            }
            Message::Face(Some(face)) => font::load(face).discard(),
            Message::Face(None) => Task::none(),
            Message::Shortcut(shortcut) => self.shortcut(shortcut),
            Message::Display(message) => match message {
                display::Message::Appearance(appearance) => {
                    self.prefer(|preferences| preferences.appearance = appearance)
                }
                display::Message::Enlarge => self.prefer(Preferences::enlarge),
                display::Message::Reduce => self.prefer(Preferences::reduce),
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
                self.unsaved = Some((after, fault));
                Task::none()
            }
            Message::Ending(ending) => match (ending, self.unsaved.take()) {
                (Ending::Again, Some((after, _))) => self.leave(after),
                (Ending::Anyway, Some((after, _))) => self.depart(after),
                _ => Task::none(),
            },
        }
    }

    fn welcome(&mut self, message: welcome::Message) -> Task<Message> {
        let Page::Welcome(welcome) = &mut self.page else {
            return Task::none();
        };
        let Some(wish) = welcome.update(message, &self.outside.documents()) else {
            return Task::none();
        };

        let outside = Arc::clone(&self.outside);
        let work: Box<dyn FnOnce() -> Result<Opened, String> + Send> = match wish {
            Wish::Open(folder) => Box::new(move || outside.open(&folder)),
            Wish::Create { folder, authority } => Box::new(move || {
                outside.create(&folder, &authority)?;
                outside.open(&folder)
            }),
            Wish::Demonstration => Box::new(move || {
                let folder = outside.demonstration()?;
                outside.open(&folder)
            }),
            Wish::AskFolder => {
                return Task::perform(answer(outside.ask_folder()), |answer| {
                    Message::Welcome(welcome::Message::Chosen(answer))
                });
            }
            Wish::Focus(id) => return operation::focus(id),
        };
        Task::perform(async move { work().map(Box::new) }, Message::Opened)
    }

    fn opened(&mut self, mut opened: Opened) -> Task<Message> {
        let name = &opened.records.authority().name.text;
        self.preferences.remember(&opened.folder, name);
        self.outside.keep_preferences(&self.preferences);

        let records = opened.records.clone();
        let face = Task::perform(async move { fonts::han(&records) }, Message::Face);
        let (_, nothing) = iced::futures::channel::mpsc::unbounded();
        let news = std::mem::replace(&mut opened.news, nothing);
        self.page = Page::Desk(Box::new(Desk::new(opened, Arc::clone(&self.outside))));
        let listen = Task::run(news, |news| Message::Desk(desk::Message::News(news)));
        Task::batch([
            listen,
            face,
            operation::focus(super::screen::conventions::SEARCH),
        ])
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
            Shortcut::Export => self.desk(desk::Message::Leave),
            Shortcut::Back => self.desk(desk::Message::Back),
            Shortcut::Finding { backwards } => self.desk(desk::Message::Finding { backwards }),
            Shortcut::Preview => self.desk(desk::Message::Preview),
            Shortcut::Open => match self.page {
                Page::Welcome(_) => self.welcome(welcome::Message::Choose),
                Page::Desk(_) => self.leave(After::Welcome),
            },
            Shortcut::Pane { backwards } => match &self.page {
                Page::Desk(desk) => next_pane(desk.panes(), backwards),
                Page::Welcome(_) => Task::none(),
            },
            Shortcut::Tab { backwards } => {
                let step = if backwards {
                    operation::focus_previous()
                } else {
                    operation::focus_next()
                };
                step.chain(reveal_focused())
            }
            Shortcut::Escape => self.escape(),
            Shortcut::Help => {
                self.help = !self.help;
                Task::none()
            }
            Shortcut::Enlarge => self.prefer(Preferences::enlarge),
            Shortcut::Reduce => self.prefer(Preferences::reduce),
            Shortcut::ActualSize => self.prefer(|preferences| preferences.zoom = 100),
            Shortcut::Close(window) => self.leave(After::Close(window)),
        }
    }

    /// Out of what is in front, innermost first.
    fn escape(&mut self) -> Task<Message> {
        if self.help {
            self.help = false;
            return Task::none();
        }
        match &self.page {
            Page::Welcome(_) => self.welcome(welcome::Message::Cancel),
            Page::Desk(desk) => match desk.route() {
                Route::Export(_) => self.desk(desk::Message::Back),
                _ => self.desk(desk::Message::Dismiss),
            },
        }
    }

    fn prefer(&mut self, change: impl FnOnce(&mut Preferences)) -> Task<Message> {
        change(&mut self.preferences);
        self.outside.keep_preferences(&self.preferences);
        Task::none()
    }

    /// Saves what waits, then leaves: never the other way round.
    fn leave(&mut self, after: After) -> Task<Message> {
        let Page::Desk(desk) = &mut self.page else {
            return self.depart(after);
        };
        desk.flush();
        let keeper = desk.session().saving().keeper();
        Task::perform(async move { keeper.settle() }, move |result| {
            Message::Settled(after, result)
        })
    }

    fn depart(&mut self, after: After) -> Task<Message> {
        match after {
            After::Close(window) => window::close(window),
            After::Welcome => {
                self.page = Page::Welcome(Welcome::default());
                operation::focus(welcome::FIRST)
            }
        }
    }

    /// The window.
    #[must_use]
    pub fn view(&self) -> Element<'_, Message> {
        let palette = self.palette();
        if self.help {
            return display::view(&self.preferences, palette).map(Message::Display);
        }
        let page = match &self.page {
            Page::Welcome(welcome) => welcome
                .view(&self.preferences.recent, palette)
                .map(Message::Welcome),
            Page::Desk(desk) => desk.view(palette).map(Message::Desk),
        };
        match &self.unsaved {
            None => page,
            Some((_, fault)) => {
                let told = banner(
                    Tone::Grave,
                    format!("Tout n’est pas enregistré\u{a0}: {fault}"),
                    [
                        button("Réessayer", palette).on_press(Ending::Again),
                        quiet("Rester", palette).on_press(Ending::Not),
                        quiet("Partir sans enregistrer", palette).on_press(Ending::Anyway),
                    ],
                    palette,
                );
                column![told.map(Message::Ending), page].into()
            }
        }
    }
}
