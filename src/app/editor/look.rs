//! How the editor looks: what the application's theme gives it, light or dark.

use iced::widget::{Id, button, container, text_editor};
use iced::{Background, Border, Color, Font, Theme};

use crate::app::theme::Palette;

/// What the editor draws itself with.
#[derive(Debug, Clone, PartialEq)]
pub struct Look {
    /// The editor's text, for who gives it the focus.
    pub id: Id,
    /// The size of its text, in logical pixels.
    pub size: f32,
    /// The face of its text; bold and italic are asked of the same family.
    pub face: Font,
    /// The face of what is below it.
    pub label_face: Font,
    /// Its colours.
    pub tints: Tints,
}

/// The colours of an editor, by use.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Tints {
    /// Behind the text.
    pub surface: Color,
    /// Behind what the pointer is over.
    pub raised: Color,
    /// Around the text.
    pub edge: Color,
    /// Words.
    pub ink: Color,
    /// What accompanies: markers of lists, remarks.
    pub muted: Color,
    /// Values of fields, calls of notes, the edge of what has the focus.
    pub accent: Color,
    /// Behind what is selected or chosen.
    pub accent_soft: Color,
    /// Fields without value, blanks to fill.
    pub wary: Color,
    /// Fields that nothing gives.
    pub grave: Color,
}

/// The box of the text. Of two turns, the ground differs by less than an eye or a screen tells.
///
/// iced's software renderer repaints what differs from the frame before, and fills a box that it repaints in part
/// dot by dot through a mask: five times slower than the whole of it. Where the text changes, so does its box.
pub(super) fn box_of(
    palette: Palette,
    status: text_editor::Status,
    turn: u8,
) -> text_editor::Style {
    let away = f32::from(turn) * 1e-5;
    let red = palette.surface.r;
    let ground = Color {
        r: if red > 0.5 { red - away } else { red + away },
        ..palette.surface
    };
    text_editor::Style {
        background: Background::Color(ground),
        ..palette.area(status)
    }
}

impl Tints {
    /// What is told of a command that the pointer is over.
    pub(super) fn tip(self) -> impl Fn(&Theme) -> container::Style {
        move |_| container::Style {
            background: Some(Background::Color(self.raised)),
            border: Border {
                color: self.edge,
                width: 1.0,
                radius: 4.0.into(),
            },
            ..container::Style::default()
        }
    }

    pub(super) fn button(self, chosen: bool) -> impl Fn(&Theme, button::Status) -> button::Style {
        move |_, status| {
            let ground = match status {
                _ if chosen => Some(self.accent_soft),
                button::Status::Hovered | button::Status::Pressed => Some(self.raised),
                button::Status::Active | button::Status::Disabled => None,
            };
            button::Style {
                background: ground.map(Background::Color),
                text_color: if chosen { self.accent } else { self.ink },
                border: Border {
                    radius: 4.0.into(),
                    ..Border::default()
                },
                ..button::Style::default()
            }
        }
    }
}
