//! What ends a page, in sight however far it is scrolled.

use iced::widget::{column, container, rule};
use iced::{Element, Fill};

use crate::app::theme::Palette;

/// The foot of a page, under a line.
pub fn foot<'a, M: 'a>(content: impl Into<Element<'a, M>>, palette: Palette) -> Element<'a, M> {
    column![
        rule::horizontal(1).style(move |_| palette.hairline()),
        container(content).padding([8, 24]).width(Fill),
    ]
    .into()
}
