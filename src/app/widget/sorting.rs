//! The head of a table, whose titles sort it.

use iced::widget::{Row, container, text};
use iced::{Element, Length};
use serde::{Deserialize, Serialize};

use super::button::plain_button;
use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;

/// By what a table is sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Order<K> {
    /// The column.
    pub by: K,
    /// Whether from the last to the first.
    pub descending: bool,
}

impl<K: PartialEq> Order<K> {
    /// Upwards by that column.
    #[must_use]
    pub const fn by(by: K) -> Self {
        Self {
            by,
            descending: false,
        }
    }

    /// A title was chosen: sorts by it, or the other way round when it already does.
    #[must_use]
    pub fn then(self, by: K) -> Self {
        Self {
            descending: self.by == by && !self.descending,
            by,
        }
    }

    /// In that order.
    #[must_use]
    pub fn apply(&self, order: std::cmp::Ordering) -> std::cmp::Ordering {
        if self.descending {
            order.reverse()
        } else {
            order
        }
    }
}

/// The head: titles with their columns and widths, the one that sorts with its arrow. `spacing` is that of the rows.
pub fn table_head<'a, K: Copy + PartialEq, M: Clone + 'a>(
    titles: impl IntoIterator<Item = (Option<K>, &'a str, Length)>,
    order: Order<K>,
    spacing: u32,
    palette: Palette,
    on_sort: impl Fn(K) -> M,
) -> Element<'a, M> {
    let titles = titles.into_iter().map(|(key, title, width)| {
        let words = |title: String, face| text(title).size(14).font(face).color(palette.muted);
        let Some(key) = key else {
            return container(words(title.to_owned(), SANS)).width(width).into();
        };
        let (title, face) = match order {
            Order { by, descending } if by == key => {
                let arrow = if descending { '↓' } else { '↑' };
                (format!("{title} {arrow}"), STRONG)
            }
            _ => (title.to_owned(), SANS),
        };
        let button = plain_button(words(title, face), [2, 0], palette).on_press(on_sort(key));
        container(Element::from(button)).width(width).into()
    });
    // Where a column is narrow its titles stand one under the other.
    Row::with_children(titles)
        .spacing(spacing)
        .wrap()
        .vertical_spacing(0)
        .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_chosen_again_turns_the_order_round() {
        let order = Order::by('a');
        assert!(!order.descending);
        assert!(order.then('a').descending);
        assert!(!order.then('a').then('a').descending);
        assert_eq!(order.then('b'), Order::by('b'));
    }
}
