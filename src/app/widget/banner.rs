//! A line across the page that tells something that lasts: who holds the folder, what is damaged, what failed.

use iced::widget::{Row, container, row, text};
use iced::{Center, Element, Fill};

use super::Button;
use crate::app::theme::Palette;

/// How much it matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tone {
    /// Good to know.
    Calm,
    /// To be looked at.
    Wary,
    /// Something failed.
    Grave,
}

impl Tone {
    const fn sign(self) -> char {
        match self {
            Self::Calm => '●',
            Self::Wary => '◆',
            Self::Grave => '▲',
        }
    }
}

/// The line, with what can be done about it.
pub fn banner<'a, M: Clone + 'a>(
    tone: Tone,
    words: impl Into<String>,
    acts: impl IntoIterator<Item = Button<'a, M>>,
    palette: Palette,
) -> Element<'a, M> {
    let (ink, ground) = match tone {
        Tone::Calm => (palette.accent, palette.accent_soft),
        Tone::Wary => (palette.wary, palette.wary_soft),
        Tone::Grave => (palette.grave, palette.grave_soft),
    };
    let acts = Row::with_children(acts.into_iter().map(Element::from))
        .spacing(8)
        .align_y(Center);

    container(
        row![
            text(tone.sign()).size(14).color(ink),
            text(words.into()).size(15).width(Fill),
            acts,
        ]
        .spacing(10)
        .align_y(Center),
    )
    .padding([8, 20])
    .width(Fill)
    .style(move |_| palette.on(ground))
    .into()
}
