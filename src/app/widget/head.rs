//! The head of a list: what it lists, the field that searches it, what can be done there.

use iced::widget::{Row, space, text};
use iced::{Center, Element, Fill};

use super::{Button, Field};
use crate::app::fonts::STRONG;

/// The title at the left, the search and the acts at the right, on one line.
pub fn head<'a, M: Clone + 'a>(
    title: &'a str,
    search: Field<'a, M>,
    acts: impl IntoIterator<Item = Button<'a, M>>,
) -> Element<'a, M> {
    Row::new()
        .push(text(title).size(24).font(STRONG))
        .push(space().width(Fill))
        .push(search)
        .extend(acts.into_iter().map(Element::from))
        .spacing(12)
        .align_y(Center)
        .into()
}
