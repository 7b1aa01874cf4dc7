//! The text as iced draws it, with its commands below.

use iced::advanced::text::{LineHeight, Wrapping};
use iced::widget::{column, responsive, text_editor};
use iced::{Element, Fill};

use super::highlight::{Highlighter, Settings};
use super::look::Look;
use super::offer::Offer;
use super::{Editor, Message, keys, strip};
use crate::app::widget::steady;

impl Editor {
    /// The text, with its commands below.
    #[must_use]
    pub fn view<'a>(&'a self, look: &'a Look) -> Element<'a, Message> {
        responsive(move |size| {
            column![
                steady(self.text(look)),
                strip::view(self, size.height, look)
            ]
            .spacing(6)
            .into()
        })
        .into()
    }

    /// Whether fields are offered below the text: it wants room then.
    #[must_use]
    pub const fn is_offering(&self) -> bool {
        self.offer.is_some()
    }

    fn text<'a>(&'a self, look: &'a Look) -> Element<'a, Message> {
        let offering = self.offer.is_some();
        let chosen = self.offer.as_ref().and_then(Offer::chosen);
        let tints = look.tints;
        let settings = Settings {
            lines: self.body.lines().clone(),
            unknown: self.spelling.unknown().clone(),
            face: look.face,
            tints,
        };

        text_editor(self.surface.content())
            .id(look.id.clone())
            .placeholder("Écrivez ici le texte.")
            .font(look.face)
            .size(look.size)
            .line_height(LineHeight::Relative(1.55))
            .padding(16)
            .height(Fill)
            .wrapping(Wrapping::WordOrGlyph)
            .on_action(Message::Act)
            .key_binding(move |press| keys::bind(press, offering, chosen))
            .highlight_with::<Highlighter>(settings, |format, _| *format)
            .style(move |_, status| tints.text(status))
            .into()
    }
}
