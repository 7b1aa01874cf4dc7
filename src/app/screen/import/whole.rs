//! One row of the second page shown whole, under the others: all its cells that say something, and all that becomes of
//! it. The list has room for a few columns and two lines.

use iced::widget::{Column, Row, column, container, row, text};
use iced::{Center, Element, Fill, Shrink};

use super::table::Table;
use super::{Message, fate};
use crate::app::fonts::STRONG;
use crate::app::theme::Palette;
use crate::app::widget::{quiet, scroll};
use crate::exchange::import::{Kind, Planned};

/// The most that its cells take of the page, in pixels.
const TALL: f32 = 170.0;

/// The most that all of it does, with what parts it from the list.
pub(super) const TALLEST: f32 = TALL + 60.0;

/// How wide a cell may be before its words go on another line, in pixels.
const WIDE: f32 = 340.0;

/// See the module.
pub(super) fn of<'a>(
    kind: Kind,
    table: &'a Table,
    planned: &'a Planned,
    palette: Palette,
) -> Element<'a, Message> {
    let cells = table.taken.columns().iter().enumerate();
    let cells = cells.filter_map(|(place, told)| {
        let said = table.taken.shown(planned.row, place);
        let head = match told.field {
            Some(field) if told.head.is_empty() => field.label(),
            _ => told.head.as_str(),
        };
        let cell = column![
            text(head.to_owned()).size(13).color(palette.muted),
            text(said.clone()).size(15),
        ];
        (!said.is_empty()).then(|| container(cell).max_width(WIDE).into())
    });
    let head = row![
        text(format!("Ligne {}", planned.line))
            .size(15)
            .font(STRONG)
            .width(Fill),
        quiet("Fermer", palette)
            .id("import.whole.close")
            .on_press(Message::Look(planned.row)),
    ]
    .align_y(Center);
    let (said, ink, _) = fate::said(kind, planned, palette);
    let whole = Column::new()
        .spacing(8)
        .push(
            Row::with_children(cells)
                .spacing(22)
                .wrap()
                .vertical_spacing(6),
        )
        .push(text(said).size(15).color(ink));
    let whole = container(whole).padding([0, 12]);
    let whole = scroll(whole, "import.whole", palette).height(Shrink);
    container(column![
        container(head).padding([4, 12]),
        container(whole).max_height(TALL),
    ])
    .padding([2, 0])
    .width(Fill)
    .style(move |_| palette.card())
    .into()
}
