//! Buttons that the keyboard reaches, in the few dresses that screens use.

use iced::widget::{Id, button as plain, text};
use iced::{Background, Border, Color, Element, Length, Padding, Theme};

use super::{Focusable, crisp, focusable};
use crate::app::fonts::{LINE, SANS, STRONG};
use crate::app::theme::Palette;

/// A button: what it says, how it looks, what it does. Without a message it shows as unavailable.
pub struct Button<'a, M> {
    content: Element<'a, M>,
    dress: Dress,
    padding: Padding,
    width: Length,
    palette: Palette,
    message: Option<M>,
    id: Option<Id>,
}

/// How a button looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Dress {
    /// The one act of a page.
    Strong,
    /// Other acts.
    Edged,
    /// Acts that accompany.
    Quiet,
    /// Words in a text.
    Link,
    /// Words that act, in a column of others.
    Door,
    /// A line of a list, chosen or not.
    Row(bool),
    /// One of several, chosen or not.
    Choice(bool),
}

/// An act.
pub fn button<'a, M: 'a>(label: impl Into<String>, palette: Palette) -> Button<'a, M> {
    Button::new(words(label, STRONG), Dress::Edged, [7, 13], palette)
}

/// The act that a page is for.
pub fn strong<'a, M: 'a>(label: impl Into<String>, palette: Palette) -> Button<'a, M> {
    Button::new(words(label, STRONG), Dress::Strong, [7, 13], palette)
}

/// An act that accompanies.
pub fn quiet<'a, M: 'a>(label: impl Into<String>, palette: Palette) -> Button<'a, M> {
    Button::new(words(label, SANS), Dress::Quiet, [7, 8], palette)
}

/// Words that lead elsewhere.
pub fn link<'a, M: 'a>(label: impl Into<String>, palette: Palette) -> Button<'a, M> {
    Button::new(words(label, SANS), Dress::Link, [2, 0], palette)
}

/// An act that accompanies, in a column: its words begin where those above and below do.
pub fn door<'a, M: 'a>(label: impl Into<String>, palette: Palette) -> Button<'a, M> {
    Button::new(words(label, SANS), Dress::Door, [5, 0], palette)
}

/// One of several, as a pill.
pub fn choice<'a, M: 'a>(
    label: impl Into<String>,
    chosen: bool,
    palette: Palette,
) -> Button<'a, M> {
    let font = if chosen { STRONG } else { SANS };
    Button::new(words(label, font), Dress::Choice(chosen), [4, 11], palette)
}

/// The same, of more than words.
pub fn pill_of<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    chosen: bool,
    palette: Palette,
) -> Button<'a, M> {
    Button::new(content.into(), Dress::Choice(chosen), [4, 11], palette)
}

/// A whole line of a list.
pub fn row_button<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    chosen: bool,
    palette: Palette,
) -> Button<'a, M> {
    Button::new(content.into(), Dress::Row(chosen), [7, 10], palette).width(Length::Fill)
}

/// What looks like a field and opens something: the keys that do it too stand at its right.
pub fn field_button<'a, M: 'a>(label: &'a str, keys: &'a str, palette: Palette) -> Button<'a, M> {
    let line = iced::widget::row![
        text(label)
            .size(15)
            .color(palette.muted)
            .width(Length::Fill),
        text(keys).size(13).color(palette.muted),
    ]
    .align_y(iced::Center);
    Button::new(line.into(), Dress::Edged, [6, 10], palette).width(Length::Fill)
}

/// Anything that acts, without ground nor edge.
pub fn plain_button<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    padding: impl Into<Padding>,
    palette: Palette,
) -> Button<'a, M> {
    Button::new(content.into(), Dress::Quiet, padding, palette)
}

/// A pill that the mouse alone reaches: a strip of them is focused as a whole.
pub(super) fn pill<'a, M: 'a>(
    label: impl Into<String>,
    chosen: bool,
    palette: Palette,
) -> plain::Button<'a, M> {
    let font = if chosen { STRONG } else { SANS };
    plain(words(label, font))
        .padding([4, 11])
        .style(move |_: &Theme, status| look(Dress::Choice(chosen), palette, status))
}

fn words<'a, M: 'a>(label: impl Into<String>, font: iced::Font) -> Element<'a, M> {
    text(label.into())
        .size(15)
        .line_height(LINE)
        .font(font)
        .into()
}

impl<'a, M> Button<'a, M> {
    fn new(
        content: Element<'a, M>,
        dress: Dress,
        padding: impl Into<Padding>,
        palette: Palette,
    ) -> Self {
        Self {
            content,
            dress,
            padding: padding.into(),
            width: Length::Shrink,
            palette,
            message: None,
            id: None,
        }
    }

    /// What it does.
    #[must_use]
    pub fn on_press(mut self, message: M) -> Self {
        self.message = Some(message);
        self
    }

    /// What it does, if it can be done now.
    #[must_use]
    pub fn on_press_maybe(mut self, message: Option<M>) -> Self {
        self.message = message;
        self
    }

    /// By which it is focused and found.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// As wide as that.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// With that room around what it says.
    #[must_use]
    pub fn padding(mut self, padding: impl Into<Padding>) -> Self {
        self.padding = padding.into();
        self
    }
}

impl<'a, M: Clone + 'a> Button<'a, M> {
    /// The button as something focusable, to which keys can be added.
    #[must_use]
    pub fn focusable(self) -> Focusable<'a, M> {
        let (dress, palette) = (self.dress, self.palette);
        let inner = plain(self.content)
            .padding(self.padding)
            .width(self.width)
            .on_press_maybe(self.message.clone())
            .style(move |_: &Theme, status| look(dress, palette, status));

        let mut focusable =
            focusable(crisp(inner, palette), palette.accent).unavailable(self.message.is_none());
        if let Some(message) = self.message {
            focusable = focusable.on_activate(message);
        }
        match self.id {
            Some(id) => focusable.id(id),
            None => focusable,
        }
    }
}

impl<'a, M: Clone + 'a> From<Button<'a, M>> for Element<'a, M> {
    fn from(button: Button<'a, M>) -> Self {
        button.focusable().into()
    }
}

fn look(dress: Dress, palette: Palette, status: plain::Status) -> plain::Style {
    let over = matches!(status, plain::Status::Hovered | plain::Status::Pressed);
    let (ground, ink, edge) = match dress {
        Dress::Strong => (Some(palette.fill), palette.on_fill, palette.fill),
        Dress::Edged => (Some(palette.surface), palette.ink, palette.edge),
        Dress::Quiet => (None, palette.ink, Color::TRANSPARENT),
        Dress::Link => (None, palette.accent, Color::TRANSPARENT),
        Dress::Door if over => (None, palette.accent, Color::TRANSPARENT),
        Dress::Door => (None, palette.ink, Color::TRANSPARENT),
        Dress::Row(true) => (
            Some(palette.accent_soft),
            palette.accent,
            Color::TRANSPARENT,
        ),
        Dress::Row(false) => (None, palette.ink, Color::TRANSPARENT),
        Dress::Choice(true) => (Some(palette.fill), palette.on_fill, palette.fill),
        Dress::Choice(false) => (Some(palette.surface), palette.ink, palette.edge),
    };
    let filled = matches!(
        dress,
        Dress::Strong | Dress::Choice(true) | Dress::Row(true)
    );

    let style = plain::Style {
        background: ground.map(Background::Color),
        text_color: ink,
        border: Border {
            color: edge,
            width: palette.edge_width(),
            radius: match dress {
                Dress::Choice(_) => 14.0.into(),
                _ => 6.0.into(),
            },
        },
        ..plain::Style::default()
    };
    match status {
        plain::Status::Disabled => plain::Style {
            background: None,
            text_color: palette.muted,
            border: Border {
                color: match dress {
                    Dress::Strong | Dress::Edged | Dress::Choice(_) => palette.line,
                    Dress::Quiet | Dress::Link | Dress::Door | Dress::Row(_) => Color::TRANSPARENT,
                },
                ..style.border
            },
            ..style
        },
        _ if over && !filled && !matches!(dress, Dress::Link | Dress::Door) => plain::Style {
            background: Some(Background::Color(palette.raised)),
            ..style
        },
        _ if over && filled => plain::Style {
            border: Border {
                color: palette.accent,
                ..style.border
            },
            ..style
        },
        _ => style,
    }
}
