//! A list of which only the rows in sight are laid out: three thousand rows scroll like thirty.
//!
//! iced 0.14 lays out whatever it is given: 190 ms a keystroke at 10,000 rows, 4 ms when those in sight alone are
//! there. How high rows are is known beforehand, and by it where those out of sight would be.

use std::ops::Range;

use iced::widget::scrollable::{AbsoluteOffset, Viewport};
use iced::widget::{Id, column, container, operation, responsive};
use iced::{Element, Padding, Task};

use super::rows::rows;
use super::{BAR, hairline, scroll};
use crate::app::theme::Palette;

/// Rows laid out beyond either edge, for the keyboard to go to.
const AROUND: usize = 6;

/// Room for the ring of the focus around the rows, in pixels.
const EDGE: f32 = 5.0;

/// Before the first scroll the height is not known. Rows are laid out for more than any screen shows…
const TALL: f32 = 1400.0;

/// … and brought into what any shows.
const SHORT: f32 = 360.0;

/// Where the window itself scrolls, at twice the size, a list of no more rows than that is there from end to end.
const WHOLE: usize = 200;

/// How high a longer one is there, in pixels.
const ROOM: f32 = 420.0;

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
#[derive(Debug, Clone, Copy)]
pub struct LongList {
    name: &'static str,
    row: f32,
    count: usize,
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
            offset: 0.0,
            height: None,
        }
    }

    /// The rows are so many now.
    pub fn holds(&mut self, count: usize) {
        self.count = count;
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
        let top = rank as f32 * self.row;
        self.reveal_between(top..top + self.row, 0.0)
    }

    /// The same, of what stands from there to there, where the list is about to lose that much of its height.
    pub fn reveal_between<M: Send + 'static>(&mut self, place: Range<f32>, lost: f32) -> Task<M> {
        let height = (self.height.unwrap_or(SHORT) - lost).max(0.0);
        let (top, bottom) = (place.start, place.end + 2.0 * EDGE);
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

    /// The rows in sight and a few around, by where each begins.
    fn in_sight(&self, tops: &Tops) -> Range<usize> {
        // A list that fits is never scrolled, and says nothing: an offset from before may be stale.
        let height = self.height.unwrap_or(TALL);
        let last = (tops.of(self.count) - height).max(0.0);
        let offset = self.offset.clamp(0.0, last);
        let start = tops.at(offset).saturating_sub(AROUND);
        let end = tops.at(offset + height) + 1 + AROUND;
        start.min(self.count)..end.min(self.count)
    }

    /// The list. `row` draws one, by its rank, with a key by which it is the same wherever it stands. The room of the
    /// bar is left at the right of the rows where there is none, too.
    pub fn view<'a, K: Copy + Eq + 'static, M: Clone + 'a>(
        &self,
        row: impl Fn(usize) -> Option<(K, Element<'a, M>)> + 'a,
        on_scroll: impl Fn(Viewport) -> M + Copy + 'a,
        palette: Palette,
    ) -> Element<'a, M> {
        self.laid_out(Tops::Even(self.row), row, on_scroll, palette)
    }

    /// The same, where some rows need more height than others: each as high as that, in pixels.
    pub fn view_uneven<'a, K: Copy + Eq + 'static, M: Clone + 'a>(
        &self,
        heights: impl Iterator<Item = f32>,
        row: impl Fn(usize) -> Option<(K, Element<'a, M>)> + 'a,
        on_scroll: impl Fn(Viewport) -> M + Copy + 'a,
        palette: Palette,
    ) -> Element<'a, M> {
        let ends = heights.scan(0.0, |end, height| {
            *end += height;
            Some(*end)
        });
        let tops = std::iter::once(0.0).chain(ends).collect();
        self.laid_out(Tops::Uneven(tops), row, on_scroll, palette)
    }

    fn laid_out<'a, K: Copy + Eq + 'static, M: Clone + 'a>(
        &self,
        tops: Tops,
        row: impl Fn(usize) -> Option<(K, Element<'a, M>)> + 'a,
        on_scroll: impl Fn(Viewport) -> M + Copy + 'a,
        palette: Palette,
    ) -> Element<'a, M> {
        let list = *self;
        let height = tops.of(list.count);
        responsive(move |size| {
            let window_scrolls = size.height.is_infinite();
            let is_whole = window_scrolls && list.count <= WHOLE;
            let sight = if is_whole {
                0..list.count
            } else {
                list.in_sight(&tops)
            };
            let shown = sight.filter_map(|rank| {
                let (key, content) = row(rank)?;
                let place = tops.of(rank)..tops.of(rank + 1);
                let content = column![
                    container(content).height(place.end - place.start - palette.edge_width()),
                    hairline(palette),
                ];
                Some((key, place, content.into()))
            });
            let has_bar = !is_whole && (window_scrolls || height + 2.0 * EDGE > size.height);
            let beside = if has_bar { 0.0 } else { BAR };
            let content =
                container(rows(shown, height)).padding(Padding::from(EDGE).right(EDGE + beside));
            if is_whole {
                return content.into();
            }
            let list = scroll(content, list.name, palette).on_scroll(on_scroll);
            if window_scrolls {
                list.height(ROOM).into()
            } else {
                list.into()
            }
        })
        .into()
    }
}

/// Where each row begins, and after the last where it ends.
enum Tops {
    /// All are that high.
    Even(f32),
    /// There.
    Uneven(Vec<f32>),
}

impl Tops {
    fn of(&self, rank: usize) -> f32 {
        match self {
            Self::Even(height) => rank as f32 * height,
            Self::Uneven(tops) => tops.get(rank).or(tops.last()).copied().unwrap_or(0.0),
        }
    }

    /// The row there.
    fn at(&self, y: f32) -> usize {
        match self {
            Self::Even(height) => (y / height) as usize,
            Self::Uneven(tops) => tops.partition_point(|top| *top <= y).saturating_sub(1),
        }
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
        assert_eq!(list.in_sight(&Tops::Even(50.0)), 94..119);
    }

    #[test]
    fn rows_of_several_heights_are_in_sight_where_they_stand() {
        let mut list = LongList::new("essai", 50.0);
        let tops: Vec<f32> = (0..=1_000)
            .map(|rank| (rank * 40 + rank / 2 * 20) as f32)
            .collect();
        list.holds(1_000);
        (list.offset, list.height) = (5_000.0, Some(600.0));
        let uneven = Tops::Uneven(tops.clone());
        let sight = list.in_sight(&uneven);
        assert!(tops[sight.start] <= 5_000.0 && tops[sight.end] >= 5_600.0);
        assert!(sight.len() <= 600 / 40 + 2 * AROUND + 2, "{sight:?}");
        list.offset = 1e9;
        assert_eq!(list.in_sight(&uneven).end, 1_000);
    }

    #[test]
    fn a_stale_offset_does_not_hide_a_list_that_became_short() {
        let mut list = LongList::new("essai", 50.0);
        (list.offset, list.height) = (400_000.0, Some(600.0));
        list.holds(3);
        assert_eq!(list.in_sight(&Tops::Even(50.0)), 0..3);
        list.holds(0);
        assert_eq!(list.in_sight(&Tops::Even(50.0)), 0..0);
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
    fn the_field_that_filters_stands_above_the_first_row() {
        assert_eq!(step(None, true, 3), Some(0));
        assert_eq!(step(Some(0), false, 3), None);
        assert_eq!(step(Some(2), false, 3), Some(1));
        assert_eq!(step(None, true, 0), None);
    }
}
