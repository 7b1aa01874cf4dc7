//! What is on or off, and several of a few.

use iced::widget::{Id, Row, container, row, text};
use iced::{Border, Center, Element};

use super::{Button, choice, crisp};
use crate::app::fonts::STRONG;
use crate::app::theme::Palette;

/// A box to tick, by a click or by Space.
pub fn checkbox<'a, M: Clone + 'a>(
    label: impl Into<String>,
    ticked: bool,
    palette: Palette,
) -> Button<'a, M> {
    let tick = text(if ticked { "✓" } else { "" })
        .size(14)
        .font(STRONG)
        .color(palette.on_fill);
    let square = container(tick).center(18).style(move |_| container::Style {
        border: Border {
            color: if ticked { palette.fill } else { palette.edge },
            width: palette.edge_width(),
            radius: 4.0.into(),
        },
        ..palette.on(if ticked {
            palette.fill
        } else {
            palette.surface
        })
    });
    let line = row![crisp(square, palette), text(label.into()).size(15)]
        .spacing(8)
        .align_y(Center);
    super::button::plain_button(line, [4, 4], palette)
}

/// Several of a few: each a pill that Space turns on or off, those that are on with a tick.
pub fn several<'a, T, M: Clone + 'a>(
    options: impl IntoIterator<Item = (T, String, bool)>,
    id: &str,
    palette: Palette,
    on_toggle: impl Fn(T) -> M,
) -> Element<'a, M> {
    let pills = options
        .into_iter()
        .enumerate()
        .map(|(rank, (value, label, on))| {
            let label = if on { format!("✓ {label}") } else { label };
            choice(label, on, palette)
                .id(Id::from(format!("{id}.{rank}")))
                .on_press(on_toggle(value))
                .into()
        });
    Row::with_children(pills)
        .spacing(6)
        .wrap()
        .vertical_spacing(6)
        .into()
}
