//! What scrolls, with a thin bar beside it that covers nothing.

use iced::widget::scrollable::{Direction, Scrollbar};
use iced::widget::{Id, Scrollable, scrollable};
use iced::{Element, Fill};

use crate::app::theme::Palette;

/// The room that the bar takes beside what scrolls, in pixels.
pub const BAR: f32 = WIDTH + SPACING;

const WIDTH: f32 = 6.0;
const SPACING: f32 = 4.0;

/// A page or a list that scrolls; the name is where the keyboard's focus is brought into sight.
pub fn scroll<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    id: &'static str,
    palette: Palette,
) -> Scrollable<'a, M> {
    let bar = Scrollbar::new()
        .width(WIDTH)
        .scroller_width(WIDTH)
        .spacing(SPACING);

    scrollable(content)
        .direction(Direction::Vertical(bar))
        .id(Id::new(id))
        .width(Fill)
        .height(Fill)
        .style(move |_, status| palette.scrollable(status))
}
