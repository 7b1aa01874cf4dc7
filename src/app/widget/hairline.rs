//! A line between rows.

use iced::Element;
use iced::widget::rule;

use super::crisp;
use crate::app::theme::Palette;

/// The line, on whole pixels of the screen: between two of them it would have half of its contrast.
pub fn hairline<'a, M: 'a>(palette: Palette) -> Element<'a, M> {
    let line = rule::horizontal(palette.edge_width()).style(move |_| palette.hairline());
    crisp(line, palette)
}
