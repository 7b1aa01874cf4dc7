//! The window.
//!
//! `open` runs it; [`display_is_there`] says beforehand whether it can. The process calls both, nothing else here is
//! for anyone but this module.
//!
//! In reading order: `outside`, what the window asks of the world (`desktop` is the world); `session`, what is
//! open; `opening`, how it comes to be; `screen`, one file or folder a view; `pages`, which of them stands where;
//! `desk`, which carries out what screens ask for; `switchboard`, which routes messages and nothing more; `guard`,
//! which sees to it that no one meets a Rust trace.

mod cabinet;
mod desk;
mod desktop;
pub mod editor;
mod fonts;
mod frame;
mod guard;
mod opening;
mod outside;
mod pages;
mod preferences;
mod preview;
mod route;
mod saving;
mod screen;
mod session;
mod shortcut;
mod slug;
mod switchboard;
mod text;
mod theme;
mod widget;

#[cfg(test)]
mod tests;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;

use iced::{Point, Size, window};

use self::desktop::Desktop;
use self::opening::Opening;
use self::outside::Outside as _;
use self::preferences::Frame;
use self::switchboard::Switchboard;

pub use self::guard::display_is_there;

/// The application without its event loop: what `benches/window.rs` and `benches/writing.rs` play.
#[cfg(feature = "anchors")]
#[doc(hidden)]
pub mod played {
    pub use super::desktop::Desktop;
    pub use super::fonts::load as load_faces;
    pub use super::switchboard::{Message, Switchboard};
    pub use super::theme::Palette;
}

/// How the window opens.
#[derive(Debug, Clone, Default)]
pub struct Start {
    /// The workspace; the welcome page when absent.
    pub workspace: Option<PathBuf>,
}

/// Opens the window and stays until it is closed.
///
/// The code is 0; 5 when there is no display or no window can be had, after one French sentence on stderr; 70 after a
/// fault of ours, with the path of the report.
#[must_use]
pub fn open(start: Start) -> ExitCode {
    guard::run(move || window(start))
}

fn window(start: Start) -> iced::Result {
    thread::spawn(fonts::load);
    let opening = start
        .workspace
        .map(|folder| Opening::begin(folder, Arc::new(Desktop)));
    let opening = Mutex::new(opening);
    let boot = move || {
        let opening = opening
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .take();
        Switchboard::begin(Arc::new(Desktop), opening)
    };
    let preferences = Desktop.preferences();
    let (frame, scale) = (preferences.window.sane(), preferences.scale());

    iced::application(boot, Switchboard::update, Switchboard::view)
        .title(Switchboard::title)
        .theme(Switchboard::theme)
        .scale_factor(Switchboard::scale)
        .subscription(Switchboard::subscription)
        .settings(iced::Settings {
            id: Some(APPLICATION_ID.to_owned()),
            default_font: fonts::SANS,
            ..iced::Settings::default()
        })
        .window(window::Settings {
            // iced enlarges this by the zoom, and nothing else that it is told here.
            size: Size::new(frame.width / scale, frame.height / scale),
            position: frame.at.map_or(window::Position::Default, |(x, y)| {
                window::Position::Specific(Point::new(x, y))
            }),
            maximized: frame.maximized,
            min_size: Some(Frame::SMALLEST.into()),
            transparent: guard::wants_alpha(),
            exit_on_close_request: false,
            #[cfg(target_os = "linux")]
            platform_specific: window::settings::PlatformSpecific {
                application_id: APPLICATION_ID.to_owned(),
                ..window::settings::PlatformSpecific::default()
            },
            ..window::Settings::default()
        })
        .run()
}

/// By which desktops tell the window from others; the name of the `.desktop` file.
const APPLICATION_ID: &str = "fr.passerelle.passerelle";
