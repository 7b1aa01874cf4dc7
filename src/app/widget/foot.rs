//! What ends a page, in sight however far it is scrolled.

use iced::widget::{column, container, space};
use iced::{Element, Fill, Shrink};

use super::between::between;
use super::{hairline, scroll};
use crate::app::theme::Palette;

/// A page that scrolls, with its foot below: at the end of what it holds, and in sight where that is long.
pub fn footed<'a, M: 'a>(
    page: impl Into<Element<'a, M>>,
    id: &'static str,
    foot_of_it: impl Into<Element<'a, M>>,
    palette: Palette,
) -> Element<'a, M> {
    let page = scroll(page, id, palette).height(Shrink);
    between(space(), page, foot(foot_of_it, palette), 0.0).into()
}

/// The foot of a page, under a line.
pub fn foot<'a, M: 'a>(content: impl Into<Element<'a, M>>, palette: Palette) -> Element<'a, M> {
    column![
        hairline(palette),
        container(content).padding([8, 24]).width(Fill),
    ]
    .into()
}
