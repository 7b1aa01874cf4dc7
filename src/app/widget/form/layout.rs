//! How a form lies on the page: labels, two columns or one, headings, parts that open.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::theme::Palette;
use crate::app::widget::{Button, link};

/// Below this width of the form, in pixels, its two columns are one.
const NARROW: f32 = 600.0;

/// The height of an entry, in pixels.
const FIELD: f32 = 34.0;

/// Anything under its label.
pub fn labelled<'a, M: 'a>(
    label: &'a str,
    content: impl Into<Element<'a, M>>,
    palette: Palette,
) -> Element<'a, M> {
    column![
        text(label).size(14).font(STRONG).color(palette.ink),
        content.into()
    ]
    .spacing(4)
    .into()
}

/// What an entry says where nothing can be typed: whole, on as many lines as it takes, and no stop of the keyboard.
pub fn said<'a, M: 'a>(label: &'a str, said: &str, palette: Palette) -> Element<'a, M> {
    let said = if said.trim().is_empty() { "–" } else { said };
    let said = text(said.to_owned()).size(15);
    labelled(label, container(said).padding([7, 0]), palette)
}

/// Pills under their label, in the middle of the height that a field beside them has.
pub fn pills<'a, M: 'a>(
    label: &'a str,
    pills: impl Into<Element<'a, M>>,
    palette: Palette,
) -> Element<'a, M> {
    labelled(label, container(pills).center_y(FIELD), palette)
}

/// What is read and not edited: its label at the left, in muted ink, or above where it is narrow.
pub fn reading<'a, M: 'a>(
    label: &'a str,
    value: impl Into<String>,
    palette: Palette,
) -> Element<'a, M> {
    row![
        text(label).size(15).color(palette.muted).width(190),
        text(value.into()).size(15).width(Fill),
    ]
    .spacing(12)
    .into()
}

/// A part of a form.
pub enum Cell<'a, M> {
    /// In one column of two.
    Half(Element<'a, M>),
    /// The same, in a narrow form too: a day.
    Short(Element<'a, M>),
    /// Across both.
    Wide(Element<'a, M>),
}

/// Parts of a form in two columns, read line by line; in one where the form is narrow.
pub fn columns<'a, M: 'a>(
    width: f32,
    cells: impl IntoIterator<Item = Cell<'a, M>>,
) -> Element<'a, M> {
    let mut lines: Vec<Element<'a, M>> = Vec::new();
    let mut waiting = None;
    for cell in cells {
        match cell {
            Cell::Half(part) if width < NARROW => lines.push(part),
            Cell::Half(part) | Cell::Short(part) => match waiting.take() {
                Some(first) => lines.push(pair(first, part)),
                None => waiting = Some(part),
            },
            Cell::Wide(part) => {
                lines.extend(waiting.take().map(|first| pair(first, text("").into())));
                lines.push(part);
            }
        }
    }
    lines.extend(waiting.map(|first| pair(first, text("").into())));
    Column::with_children(lines).spacing(14).into()
}

fn pair<'a, M: 'a>(one: Element<'a, M>, other: Element<'a, M>) -> Element<'a, M> {
    row![container(one).width(Fill), container(other).width(Fill),]
        .spacing(16)
        .into()
}

/// A heading, what can be done there at its right, and what it heads on a card.
pub fn section<'a, M: Clone + 'a>(
    title: &'a str,
    acts: impl IntoIterator<Item = Button<'a, M>>,
    content: impl Into<Element<'a, M>>,
    palette: Palette,
) -> Element<'a, M> {
    let acts = iced::widget::Row::with_children(acts.into_iter().map(Element::from)).spacing(8);
    column![
        row![text(title).size(17).font(STRONG).width(Fill), acts]
            .spacing(12)
            .align_y(Center),
        container(content)
            .padding(16)
            .width(Fill)
            .style(move |_| palette.card()),
    ]
    .spacing(8)
    .into()
}

/// A part that opens: « Compléter », what is in it said beside while it is closed.
pub fn disclosure<'a, M: Clone + 'a>(
    title: &str,
    inside: &'a str,
    open: bool,
    toggle: M,
    content: impl FnOnce() -> Element<'a, M>,
    palette: Palette,
) -> Element<'a, M> {
    let sign = if open { '▾' } else { '▸' };
    let head = row![
        link(format!("{sign} {title}"), palette).on_press(toggle),
        text(if open { "" } else { inside })
            .size(14)
            .color(palette.muted)
            .width(Fill),
    ]
    .spacing(8)
    .align_y(Center);
    if open {
        column![head, content()].spacing(12).into()
    } else {
        column![head].into()
    }
}
