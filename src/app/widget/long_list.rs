//! A list of which only the rows in sight are laid out: three thousand rows scroll like thirty.
//!
//! iced 0.14 lays out whatever it is given: 190 ms a keystroke at 10,000 rows, 4 ms when those in sight alone are
//! there. All rows have one height, or twice that height, by which those out of sight are known.

use std::ops::Range;

use iced::widget::scrollable::{AbsoluteOffset, Viewport};
use iced::widget::{Id, column, container, operation, rule};
use iced::{Element, Task};

use super::rows::rows;
use super::scroll;
use crate::app::theme::Palette;

/// Rows laid out beyond either edge, for the keyboard to go to.
const AROUND: usize = 6;

/// Room for the ring of the focus around the rows, in pixels.
const EDGE: f32 = 5.0;

/// Before the first scroll the height is not known. Rows are laid out for more than any screen shows…
const TALL: f32 = 1400.0;

/// … and brought into what any shows.
const SHORT: f32 = 360.0;

/// From a row to the next of so many, or to the one before. Nothing is the field above, which filters them: the first
/// row comes after it.
#[must_use]
pub fn step(from: Option<usize>, down: bool, count: usize) -> Option<usize> {
    let last = count.checked_sub(1)?;
    match (from, down) {
        (None, true) => Some(0),
        (Some(row), true) => Some((row + 1).min(last)),
        (None, false) => None,
        (Some(row), false) => row.min(last + 1).checked_sub(1),
    }
}

/// Where a long list stands.
#[derive(Debug)]
pub struct LongList {
    name: &'static str,
    row: f32,
    count: usize,
    /// The ranks of the rows that are twice as high, in order.
    tall: Vec<usize>,
    offset: f32,
    height: Option<f32>,
}

impl LongList {
    /// An empty list of that name, with rows of that height in pixels.
    #[must_use]
    pub const fn new(name: &'static str, row: f32) -> Self {
        Self {
            name,
            row,
            count: 0,
            tall: Vec::new(),
            offset: 0.0,
            height: None,
        }
    }

    /// The rows are so many now.
    pub fn holds(&mut self, count: usize) {
        self.holds_tall(count, Vec::new());
    }

    /// The same, and those of these ranks, in order, are twice as high.
    pub fn holds_tall(&mut self, count: usize, tall: Vec<usize>) {
        (self.count, self.tall) = (count, tall);
    }

    /// How high all of its rows are.
    #[must_use]
    pub fn tall(&self) -> f32 {
        self.top(self.count) + 2.0 * EDGE
    }

    /// Where a row begins.
    fn top(&self, rank: usize) -> f32 {
        let doubled = self.tall.partition_point(|tall| *tall < rank);
        (rank + doubled) as f32 * self.row
    }

    /// The first row that begins there, or below.
    fn first_from(&self, y: f32) -> usize {
        let (mut first, mut last) = (0, self.count);
        while first < last {
            let middle = usize::midpoint(first, last);
            match self.top(middle) < y {
                true => first = middle + 1,
                false => last = middle,
            }
        }
        first
    }

    /// Back to the first row: other rows are shown.
    pub fn rewind<M: Send + 'static>(&mut self) -> Task<M> {
        self.offset = 0.0;
        self.scroll_to(0.0)
    }

    /// It was scrolled.
    pub fn scrolled(&mut self, view: &Viewport) {
        self.offset = view.absolute_offset().y;
        self.height = Some(view.bounds().height);
    }

    /// As [`step`], among its rows.
    #[must_use]
    pub fn step(&self, from: Option<usize>, down: bool) -> Option<usize> {
        step(from, down, self.count)
    }

    /// Brings a row into sight.
    pub fn reveal<M: Send + 'static>(&mut self, rank: usize) -> Task<M> {
        self.reveal_above(rank, 0.0)
    }

    /// The same, where the list is about to lose that much of its height.
    pub fn reveal_above<M: Send + 'static>(&mut self, rank: usize, lost: f32) -> Task<M> {
        let top = self.top(rank);
        let height = (self.height.unwrap_or(SHORT) - lost).max(0.0);
        let bottom = self.top(rank + 1) + 2.0 * EDGE;
        let y = if top < self.offset {
            top
        } else if bottom > self.offset + height {
            bottom - height
        } else {
            return Task::none();
        };
        self.offset = y;
        self.scroll_to(y)
    }

    /// Where it was left: the page that shows it is another.
    pub fn stay<M: Send + 'static>(&self) -> Task<M> {
        self.scroll_to(self.offset)
    }

    fn scroll_to<M: Send + 'static>(&self, y: f32) -> Task<M> {
        operation::scroll_to(Id::new(self.name), AbsoluteOffset { x: 0.0, y })
    }

    /// The rows in sight and a few around.
    fn in_sight(&self) -> Range<usize> {
        // A list that fits is never scrolled, and says nothing: an offset from before may be stale.
        let height = self.height.unwrap_or(TALL);
        let last = (self.top(self.count) - height).max(0.0);
        let offset = self.offset.clamp(0.0, last);
        let start = self.first_from(offset).saturating_sub(AROUND);
        let end = self.first_from(offset + height) + AROUND;
        start.min(self.count)..end.min(self.count)
    }

    /// The list. `row` draws one, by its rank, with a key by which it is the same wherever it stands.
    pub fn view<'a, K: Copy + Eq + 'static, M: Clone + 'a>(
        &self,
        row: impl Fn(usize) -> Option<(K, Element<'a, M>)>,
        on_scroll: impl Fn(Viewport) -> M + 'a,
        palette: Palette,
    ) -> Element<'a, M> {
        let shown = self.in_sight().filter_map(|rank| {
            let (key, row) = row(rank)?;
            let (top, next) = (self.top(rank), self.top(rank + 1));
            let row = column![
                container(row).height(next - top - 1.0),
                rule::horizontal(1).style(move |_| palette.hairline()),
            ];
            Some(((top, next - top), key, row.into()))
        });
        let content = container(rows(shown, self.top(self.count)));
        scroll(content.padding(EDGE), self.name, palette)
            .on_scroll(on_scroll)
            .into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_rows_in_sight_are_laid_out() {
        let mut list = LongList::new("essai", 50.0);
        list.holds(10_000);
        (list.offset, list.height) = (5_000.0, Some(600.0));
        assert_eq!(list.in_sight(), 94..118);
    }

    #[test]
    fn a_stale_offset_does_not_hide_a_list_that_became_short() {
        let mut list = LongList::new("essai", 50.0);
        (list.offset, list.height) = (400_000.0, Some(600.0));
        list.holds(3);
        assert_eq!(list.in_sight(), 0..3);
        list.holds(0);
        assert_eq!(list.in_sight(), 0..0);
    }

    #[test]
    fn a_row_out_of_sight_is_brought_into_it() {
        let mut list = LongList::new("essai", 50.0);
        list.holds(100);
        list.height = Some(200.0);
        let _: Task<()> = list.reveal(10);
        assert!((list.offset - 360.0).abs() < f32::EPSILON);
        let _: Task<()> = list.reveal(2);
        assert!((list.offset - 100.0).abs() < f32::EPSILON);
        assert_eq!(list.step(Some(99), true), Some(99));
    }

    #[test]
    fn rows_twice_as_high_push_those_below() {
        let mut list = LongList::new("essai", 50.0);
        list.holds_tall(10_000, vec![0, 1, 50, 9_000]);
        assert_eq!(
            [0, 1, 2, 51].map(|rank| list.top(rank)),
            [0.0, 100.0, 200.0, 2_700.0]
        );
        (list.offset, list.height) = (5_000.0, Some(600.0));
        assert_eq!(list.in_sight(), 91..115);
        let _: Task<()> = list.reveal_above(50, 100.0);
        assert!((list.offset - 2_600.0).abs() < f32::EPSILON);
        let _: Task<()> = list.reveal_above(60, 100.0);
        assert!((list.offset - (3_200.0 + 10.0 - 500.0)).abs() < f32::EPSILON);
    }

    #[test]
    fn the_field_that_filters_stands_above_the_first_row() {
        assert_eq!(step(None, true, 3), Some(0));
        assert_eq!(step(Some(0), false, 3), None);
        assert_eq!(step(Some(2), false, 3), Some(1));
        assert_eq!(step(None, true, 0), None);
    }
}
