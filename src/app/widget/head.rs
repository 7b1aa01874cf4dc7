//! The head of a list: what it lists, the field that searches it, what can be done there.

use iced::widget::text::Wrapping;
use iced::widget::{Row, container, row, text};
use iced::{Center, Element, Fill, Right};

use super::{Button, Field};
use crate::app::fonts::STRONG;

/// The title at the left, the search and the acts at the right: on one line where there is room for one.
pub fn head<'a, M: Clone + 'a>(
    title: &'a str,
    search: Field<'a, M>,
    acts: impl IntoIterator<Item = Button<'a, M>>,
) -> Element<'a, M> {
    let acts = Row::new()
        .push(search)
        .extend(acts.into_iter().map(Element::from))
        .spacing(12)
        .align_y(Center)
        .wrap()
        .vertical_spacing(8)
        .align_x(Right);
    row![
        text(title).size(24).font(STRONG).wrapping(Wrapping::None),
        container(acts).align_right(Fill),
    ]
    .spacing(12)
    .into()
}
