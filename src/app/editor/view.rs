//! The text as iced draws it, with its commands below.

use iced::advanced::text::{LineHeight, Wrapping};
use iced::widget::{column, responsive, sensor, text_editor};
use iced::{Element, Fill, Padding, Shrink};

use super::highlight::{Highlighter, Settings};
use super::look::{Look, box_of};
use super::offer::Offer;
use super::{Editor, Message, keys, strip};
use crate::app::theme::Palette;
use crate::app::widget::{crisp, steady};

/// Around the text, in logical pixels.
const MARGIN: f32 = 16.0;

/// Too little to be seen, in logical pixels; a hundred times what is lost in adding up the lines of a screen.
const HAIR: f32 = 0.0437;

/// From a line to the next, in sizes of the text.
const LEADING: f32 = 1.55;

impl Editor {
    /// The text, with its commands below, in all the room.
    #[must_use]
    pub fn view<'a>(&'a self, look: &'a Look, palette: Palette) -> Element<'a, Message> {
        responsive(move |size| {
            let text = responsive(move |room| self.text(room.height, look, palette));
            let text = sensor(text).on_resize(|room| Message::Room(room.height));
            column![text, strip::view(self, size.height, look)]
                .spacing(6)
                .into()
        })
        .into()
    }

    /// The same, as high as the text is.
    #[must_use]
    pub fn whole<'a>(&'a self, look: &'a Look, palette: Palette) -> Element<'a, Message> {
        let text = self.text(f32::INFINITY, look, palette);
        column![text, strip::view(self, f32::INFINITY, look)]
            .spacing(6)
            .into()
    }

    /// The text in a box of that height, or as high as it is where that is infinite.
    pub(super) fn text<'a>(
        &'a self,
        height: f32,
        look: &'a Look,
        palette: Palette,
    ) -> Element<'a, Message> {
        let offering = self.offer.is_some();
        let chosen = self.offer.as_ref().and_then(Offer::chosen);
        let (tints, turn) = (look.tints, self.turn);
        let settings = Settings {
            lines: self.body.lines().clone(),
            unknown: self.spelling.unknown().clone(),
            found: self.pointed_out.clone(),
            face: look.face,
            tints,
        };

        let (text_height, padding) = if height.is_infinite() {
            (Shrink, Padding::new(MARGIN))
        } else {
            (Fill, around(height, look.size * LEADING))
        };
        let text = text_editor(self.surface.content())
            .id(look.id.clone())
            .placeholder("Écrivez ici le texte.")
            .font(look.face)
            .size(look.size)
            .line_height(LineHeight::Relative(LEADING))
            .padding(padding)
            .height(text_height)
            .wrapping(Wrapping::WordOrGlyph)
            .on_action(Message::Act)
            .key_binding(move |press| keys::bind(press, offering, chosen))
            .highlight_with::<Highlighter>(settings, |format, _| *format)
            .style(move |_, status| box_of(palette, status, turn));
        crisp(steady(text), palette)
    }
}

/// What stays free around the lines in a box of that height, so that they are whole: iced would draw the one that is
/// cut beyond what it repaints, and so one time on the other. In a box for one line there is little room around it.
///
/// The lines have [`HAIR`] less than their height: iced 0.14 divides to know how many are in sight and adds to lay them
/// out, and where the room is a whole number of them but for a rounding, it looks for one that is not laid out and the
/// program ends.
fn around(height: f32, line: f32) -> Padding {
    let margin = ((height - line) / 2.0).clamp(2.0, MARGIN);
    let room = height - 2.0 * margin;
    let cut = if room > line { room % line } else { 0.0 };
    Padding::new(MARGIN).top(margin).bottom(margin + cut + HAIR)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_whole_and_there_is_at_least_one() {
        for height in [59.0, 231.4, 640.0, 1000.0] {
            let around = around(height, 26.35);
            let lines = (height - around.top - around.bottom) / 26.35;
            assert!((lines - lines.round()).abs() < 0.01, "{height}: {lines}");
        }
        let tight = around(36.0, 26.35);
        assert!(36.0 - tight.top - tight.bottom > 26.29);
    }
}
