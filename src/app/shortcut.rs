//! What the keyboard asks of the whole window, whatever has the focus.

use iced::event::{self, Event};
use iced::keyboard::key::Named;
use iced::keyboard::{self, Key, Modifiers};
use iced::window;

use super::widget::Turn;

/// A wish of the keyboard, or of the window's frame.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shortcut {
    /// Ctrl+S.
    Save,
    /// Ctrl+Z.
    Undo,
    /// Ctrl+Shift+Z, Ctrl+Y.
    Redo,
    /// Ctrl+P.
    Export,
    /// Ctrl+O.
    Open,
    /// Alt+←.
    Back,
    /// Alt+→.
    Forward,
    /// Ctrl+K.
    Palette,
    /// ↑ or ↓, Page Up or Page Down, Home or End, that nothing else took.
    Turn {
        /// How far.
        by: Turn,
        /// Down, or up.
        down: bool,
    },
    /// F8, or Shift+F8 backwards.
    Finding {
        /// Whether to the one before.
        backwards: bool,
    },
    /// F9.
    Preview,
    /// Ctrl+D.
    Define,
    /// Ctrl+F, or Ctrl+H to replace.
    Find {
        /// To replace.
        replacing: bool,
    },
    /// F3, or Shift+F3 backwards: the next place found.
    Found {
        /// The one before.
        backwards: bool,
    },
    /// Tab, Shift+Tab, that nothing else took.
    Tab,
    /// Escape.
    Escape,
    /// F1.
    Help,
    /// Ctrl++.
    Enlarge,
    /// Ctrl+−.
    Reduce,
    /// Ctrl+0.
    ActualSize,
    /// The window was asked to close.
    Close(window::Id),
}

/// Reads an event. Tab, Escape, arrows and what turns pages are left to the widget that took them.
#[must_use]
pub fn read(event: &Event, status: event::Status, window: window::Id) -> Option<Shortcut> {
    match event {
        Event::Window(window::Event::CloseRequested) => Some(Shortcut::Close(window)),
        Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) => {
            let taken = status == event::Status::Captured;
            match chord(key, *modifiers) {
                Some(Shortcut::Tab | Shortcut::Turn { .. } | Shortcut::Escape) if taken => None,
                shortcut => shortcut,
            }
        }
        _ => None,
    }
}

fn turn(key: Named) -> Option<Shortcut> {
    let (by, down) = match key {
        Named::ArrowDown => (Turn::Step, true),
        Named::ArrowUp => (Turn::Step, false),
        Named::PageDown => (Turn::Page, true),
        Named::PageUp => (Turn::Page, false),
        Named::End => (Turn::All, true),
        Named::Home => (Turn::All, false),
        _ => return None,
    };
    Some(Shortcut::Turn { by, down })
}

fn chord(key: &Key, modifiers: Modifiers) -> Option<Shortcut> {
    let backwards = modifiers.shift();

    match key {
        Key::Named(Named::F1) => Some(Shortcut::Help),
        Key::Named(Named::F3) => Some(Shortcut::Found { backwards }),
        Key::Named(Named::F8) => Some(Shortcut::Finding { backwards }),
        Key::Named(Named::F9) => Some(Shortcut::Preview),
        Key::Named(Named::Tab) if !modifiers.command() && !modifiers.alt() => Some(Shortcut::Tab),
        Key::Named(Named::Escape) => Some(Shortcut::Escape),
        Key::Named(Named::ArrowLeft) if modifiers.alt() => Some(Shortcut::Back),
        Key::Named(Named::ArrowRight) if modifiers.alt() => Some(Shortcut::Forward),
        Key::Named(key) if modifiers.is_empty() => turn(*key),
        // AltGr types characters on French keyboards, and arrives as Ctrl+Alt on some systems.
        Key::Character(character) if modifiers.command() && !modifiers.alt() => {
            match character.to_lowercase().as_str() {
                "s" => Some(Shortcut::Save),
                "k" => Some(Shortcut::Palette),
                "z" if backwards => Some(Shortcut::Redo),
                "z" => Some(Shortcut::Undo),
                "y" => Some(Shortcut::Redo),
                "f" => Some(Shortcut::Find { replacing: false }),
                "h" => Some(Shortcut::Find { replacing: true }),
                "p" => Some(Shortcut::Export),
                "o" => Some(Shortcut::Open),
                "d" => Some(Shortcut::Define),
                "+" | "=" => Some(Shortcut::Enlarge),
                "-" => Some(Shortcut::Reduce),
                "0" | "à" => Some(Shortcut::ActualSize),
                _ => None,
            }
        }
        _ => None,
    }
}
