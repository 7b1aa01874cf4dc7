//! Lists whose order is the convention's: parties, visas, recitals, articles, annexes.

use iced::Element;
use iced::widget::{Id, row};

use super::Message;
use crate::app::theme::Palette;
use crate::app::widget::quiet;
use crate::model;

/// What moves an item up, and down: where it can go.
pub fn arrows<'a>(
    item: model::Id,
    (up, down): (bool, bool),
    shift: impl Fn(bool) -> Message,
    palette: Palette,
) -> Element<'a, Message> {
    let arrow = |sign, down, can: bool| {
        quiet(sign, palette)
            .id(arrow(item, down))
            .on_press_maybe(can.then(|| shift(down)))
    };
    row![arrow("↑", false, up), arrow("↓", true, down)]
        .spacing(4)
        .into()
}

/// Where the keyboard goes once an item was moved to that rank: it moves it on, or back from an end.
pub fn once_moved(item: model::Id, to: usize, last: usize, down: bool) -> Id {
    let goes_on = if down { to < last } else { to > 0 };
    arrow(item, down == goes_on)
}

fn arrow(item: model::Id, down: bool) -> Id {
    Id::from(format!("order.{item}.{}", if down { "down" } else { "up" }))
}

/// Moves the item at that rank one place up or down; answers whether there was one to change places with.
pub fn shift<T>(items: &mut [T], rank: usize, down: bool) -> bool {
    let other = if down {
        rank.checked_add(1)
    } else {
        rank.checked_sub(1)
    };
    match other {
        Some(other) if other < items.len() && rank < items.len() => {
            items.swap(rank, other);
            true
        }
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_item_changes_places_with_its_neighbour_and_stops_at_the_ends() {
        let mut items = ['a', 'b', 'c'];
        assert!(shift(&mut items, 0, true));
        assert_eq!(items, ['b', 'a', 'c']);
        assert!(!shift(&mut items, 2, true) && !shift(&mut items, 0, false));
        assert!(!shift(&mut items, 7, false));
        assert_eq!(items, ['b', 'a', 'c']);
    }
}
