//! One of a few, all in sight: tabs above a page, a segmented choice in a form.
//!
//! The keyboard reaches the whole strip at once; arrows go from one to the next, Home and End to either end,
//! Space chooses the first where none is chosen.

use iced::keyboard::{Key, key::Named};
use iced::widget::{Column, Id, Row, button, container, space, text};
use iced::{Element, Theme};

use super::button::pill;
use super::{Focusable, crisp, focusable};
use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;

/// Tabs: the one that is chosen is underlined.
pub fn tabs<'a, T: Clone + PartialEq + 'a, M: Clone + 'a>(
    tabs: impl IntoIterator<Item = (T, String)>,
    chosen: &T,
    id: impl Into<Id>,
    palette: Palette,
    on_choose: impl Fn(T) -> M + 'a,
) -> Element<'a, M> {
    let strip = strip(tabs, chosen, id, 20, palette, on_choose, |label, chosen| {
        let (face, ink, line) = if chosen {
            (STRONG, palette.accent, palette.accent)
        } else {
            (SANS, palette.muted, iced::Color::TRANSPARENT)
        };
        let words = container(text(label).size(15).font(face).color(ink)).padding([5, 0]);
        // As wide as its words: the line under them fills the column, which is as wide as they are.
        let line = container(space().height(2))
            .width(iced::Fill)
            .style(move |_| palette.on(line));
        let tab = Column::new().push(words).push(line).width(iced::Shrink);
        button(tab)
            .padding(0)
            .style(|_: &Theme, _| button::Style::default())
    });
    strip.ring_at(7.0).into()
}

/// A choice among a few pills.
pub fn segmented<'a, T: Clone + PartialEq + 'a, M: Clone + 'a>(
    options: impl IntoIterator<Item = (T, String)>,
    chosen: &T,
    id: impl Into<Id>,
    palette: Palette,
    on_choose: impl Fn(T) -> M + 'a,
) -> Element<'a, M> {
    strip(
        options,
        chosen,
        id,
        6,
        palette,
        on_choose,
        |label, chosen| pill(label, chosen, palette),
    )
    .into()
}

fn strip<'a, T: Clone + PartialEq + 'a, M: Clone + 'a>(
    options: impl IntoIterator<Item = (T, String)>,
    chosen: &T,
    id: impl Into<Id>,
    spacing: u32,
    palette: Palette,
    on_choose: impl Fn(T) -> M + 'a,
    draw: impl Fn(String, bool) -> button::Button<'a, M>,
) -> Focusable<'a, M> {
    let options: Vec<(T, String)> = options.into_iter().collect();
    let here = options.iter().position(|(option, _)| option == chosen);
    let values: Vec<T> = options.iter().map(|(value, _)| value.clone()).collect();
    let last = values.len().saturating_sub(1);

    let parts: Vec<_> = options
        .into_iter()
        .enumerate()
        .map(|(rank, (value, label))| {
            let part = draw(label, here == Some(rank));
            crisp(part.on_press(on_choose(value)), palette)
        })
        .collect();
    let strip = Row::with_children(parts)
        .spacing(spacing)
        .wrap()
        .vertical_spacing(6);
    focusable(strip, palette.accent).id(id).on_key(move |key| {
        let rank = match (key, here) {
            (Key::Named(Named::ArrowRight | Named::ArrowDown), Some(rank)) => (rank + 1).min(last),
            (Key::Named(Named::ArrowLeft | Named::ArrowUp), Some(rank)) => rank.saturating_sub(1),
            (Key::Named(Named::ArrowRight | Named::ArrowDown | Named::Home), _)
            | (Key::Named(Named::Space | Named::Enter), None) => 0,
            (Key::Named(Named::End), _) => last,
            _ => return None,
        };
        values.get(rank).cloned().map(&on_choose)
    })
}
