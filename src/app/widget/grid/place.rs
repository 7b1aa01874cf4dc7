//! Where rows and columns of a table stand, once it is so wide, so high and scrolled so far.

use iced::{Rectangle, Size};

use super::{Column, Side, Spot};

/// The height of a row and of the head, in pixels: one line.
pub(super) const ROW: f32 = 31.0;

/// The thickness of a bar that scrolls.
pub(super) const BAR: f32 = 10.0;

/// Rows that are always in sight beside those that stick; where there is less room, nothing sticks.
const FREE: usize = 4;

/// See the module. Distances are from the table's own corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Place {
    /// The left edge of each column when nothing is scrolled, and its width.
    columns: Vec<(f32, f32)>,
    pins: Vec<Option<Side>>,
    /// What the pinned columns leave: from there, so wide.
    middle: (f32, f32),
    /// How wide the columns between are.
    wide: f32,
    rows: usize,
    sticky: Vec<usize>,
    /// The height of what is under the head.
    height: f32,
    /// The width of all columns, as shown.
    pub(super) width: f32,
}

impl Place {
    /// A table of those columns and so many rows, in that room. `sticky` rows stay at the foot, in order.
    pub(super) fn new(columns: &[Column<'_>], rows: usize, sticky: &[usize], room: Size) -> Self {
        let least: f32 = columns.iter().map(|it| it.width).sum();
        let tall = rows as f32 * ROW;
        let below = if least > room.width { BAR } else { 0.0 };
        let height = (room.height - ROW - below).max(ROW);
        let side = if tall > height { BAR } else { 0.0 };
        let width = (room.width - side).max(60.0);
        let height = (room.height - ROW - if least > width { BAR } else { 0.0 }).max(ROW);

        let growing = columns.iter().filter(|it| it.grows).count().max(1) as f32;
        let more = ((width - least) / growing).max(0.0);
        let widths: Vec<f32> = columns
            .iter()
            .map(|it| if it.grows { it.width + more } else { it.width })
            .collect();
        // Pinned columns leave room for at least one other.
        let pinned = |side: Side| -> f32 {
            let both = columns.iter().zip(&widths);
            both.filter(|(it, _)| it.pin == Some(side))
                .map(|(_, width)| width)
                .sum()
        };
        let (mut left, mut right) = (pinned(Side::Left), pinned(Side::Right));
        let keeps = |pin: Option<Side>| match pin {
            Some(Side::Right) if left + right > width * 0.72 => None,
            Some(Side::Left) if left > width * 0.72 => None,
            pin => pin,
        };
        let pins: Vec<Option<Side>> = columns.iter().map(|it| keeps(it.pin)).collect();
        if !pins.contains(&Some(Side::Right)) {
            right = 0.0;
        }
        if !pins.contains(&Some(Side::Left)) {
            left = 0.0;
        }

        let all: f32 = widths.iter().sum();
        let shown = all.min(width);
        let (mut at_left, mut between, mut at_right) = (0.0, left, shown - right);
        let mut edges = Vec::with_capacity(widths.len());
        for (width, pin) in widths.iter().zip(&pins) {
            let x = match pin {
                Some(Side::Left) => &mut at_left,
                None => &mut between,
                Some(Side::Right) => &mut at_right,
            };
            edges.push((*x, *width));
            *x += width;
        }
        Self {
            columns: edges,
            pins,
            middle: (left, (shown - left - right).max(0.0)),
            wide: all - left - right,
            rows,
            sticky: if height < (sticky.len() + FREE) as f32 * ROW {
                Vec::new()
            } else {
                sticky.to_vec()
            },
            height,
            width: shown,
        }
    }

    /// How far it scrolls at most.
    fn furthest(&self) -> (f32, f32) {
        let across = (self.wide - self.middle.1).max(0.0);
        let down = (self.rows as f32 * ROW - self.height).max(0.0);
        (across, down)
    }

    /// That offset, inside what there is.
    pub(super) fn held(&self, offset: (f32, f32)) -> (f32, f32) {
        let (across, down) = self.furthest();
        (offset.0.clamp(0.0, across), offset.1.clamp(0.0, down))
    }

    /// The offset, changed as little as brings a cell into sight.
    pub(super) fn revealing(&self, spot: Spot, offset: (f32, f32)) -> (f32, f32) {
        let (mut x, mut y) = offset;
        if !self.sticky.contains(&spot.row) {
            let top = spot.row as f32 * ROW;
            let under = self.sticky.iter().filter(|row| **row > spot.row).count();
            let room = (self.height - under as f32 * ROW).max(ROW);
            y = y.min(top).max(top + ROW - room);
        }
        if let (Some((left, width)), Some(None)) = (
            self.columns.get(spot.column),
            self.pins.get(spot.column).copied(),
        ) {
            let left = left - self.middle.0;
            x = x.max(left + width - self.middle.1).min(left);
        }
        self.held((x, y))
    }

    /// The rows that are not stuck and in sight, and the room that they have under the head.
    pub(super) fn rows_in_sight(&self, offset: f32) -> (std::ops::Range<usize>, f32) {
        let room = self.height - self.stuck(offset).count() as f32 * ROW;
        let first = (offset / ROW).floor().max(0.0) as usize;
        let last = ((offset + room) / ROW).ceil().max(0.0) as usize;
        (first.min(self.rows)..last.min(self.rows), room)
    }

    /// The rows that stick, lower than they would be.
    pub(super) fn stuck(&self, offset: f32) -> impl Iterator<Item = (usize, f32)> {
        let count = self.sticky.len();
        self.sticky
            .iter()
            .enumerate()
            .filter_map(move |(rank, row)| {
                let foot = self.height - (count - rank) as f32 * ROW;
                let natural = *row as f32 * ROW - offset;
                (natural > foot).then_some((*row, ROW + foot))
            })
    }

    /// The top of a row, wherever it is.
    pub(super) fn top(&self, row: usize, offset: f32) -> f32 {
        self.stuck(offset)
            .find(|(stuck, _)| *stuck == row)
            .map_or(ROW + row as f32 * ROW - offset, |(_, top)| top)
    }

    /// The left edge of a column and its width, and what of it can be seen: from there, so wide.
    pub(super) fn across(&self, column: usize, offset: f32) -> Option<Across> {
        let (left, width) = self.columns.get(column).copied()?;
        let (from, so_wide) = match self.pins.get(column)? {
            Some(_) => (left, width),
            None => self.middle,
        };
        let left = match self.pins.get(column)? {
            Some(_) => left,
            None => left - offset,
        };
        let start = left.max(from);
        let end = (left + width).min(from + so_wide);
        (end > start).then_some(Across {
            left,
            width,
            seen: (start, end - start),
        })
    }

    /// The cell at a point.
    pub(super) fn cell_at(&self, x: f32, y: f32, offset: (f32, f32)) -> Option<Spot> {
        if y < ROW || x < 0.0 || x > self.width {
            return None;
        }
        let is_at = |top: f32| y >= top && y < top + ROW;
        let row = match self.stuck(offset.1).find(|(_, top)| is_at(*top)) {
            Some((row, _)) => row,
            None => ((y - ROW + offset.1) / ROW) as usize,
        };
        let column = (0..self.columns.len()).find(|column| {
            let seen = self.across(*column, offset.0).map(|it| it.seen);
            seen.is_some_and(|(left, width)| x >= left && x < left + width)
        })?;
        (row < self.rows && y < ROW + self.height).then_some(Spot { row, column })
    }

    /// How many rows a page has.
    pub(super) fn page(&self) -> usize {
        let rows = (self.height / ROW) as usize;
        rows.saturating_sub(self.sticky.len() + 1).max(1)
    }

    /// The height of the table as shown, the head in it.
    pub(super) fn shown_height(&self) -> f32 {
        ROW + self.height.min(self.rows as f32 * ROW)
    }

    /// The handles of the bars: down the right side, and along the foot.
    pub(super) fn handles(&self, offset: (f32, f32)) -> [Option<Rectangle>; 2] {
        let (across, down) = self.furthest();
        let part = |seen: f32, all: f32| (seen / all.max(1.0)).clamp(0.05, 1.0);
        let right = (down > 0.0).then(|| {
            let length = self.height * part(self.height, self.rows as f32 * ROW);
            Rectangle {
                x: self.width + 2.0,
                y: ROW + (self.height - length) * offset.1 / down,
                width: BAR - 4.0,
                height: length,
            }
        });
        let foot = (across > 0.0).then(|| {
            let length = self.middle.1 * part(self.middle.1, self.wide);
            Rectangle {
                x: self.middle.0 + (self.middle.1 - length) * offset.0 / across,
                y: self.shown_height() + 2.0,
                width: length,
                height: BAR - 4.0,
            }
        });
        [right, foot]
    }

    /// The offset once the handle at the right has its middle there.
    pub(super) fn dragged_down(&self, y: f32) -> f32 {
        let length = self.height * (self.height / (self.rows as f32 * ROW)).clamp(0.05, 1.0);
        let room = (self.height - length).max(1.0);
        ((y - ROW - length / 2.0) / room).clamp(0.0, 1.0) * self.furthest().1
    }
}

/// A part of the table that is clipped by itself: rows that scroll or what stays, columns that scroll or are pinned.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Zone {
    pub(super) bounds: Rectangle,
    scrolls_down: bool,
    /// Whether it scrolls sideways; all columns where none does.
    scrolls_across: Option<bool>,
}

impl Zone {
    /// Whether a cell, or a title, is in it.
    pub(super) fn holds(
        self,
        place: &Place,
        spot: Option<Spot>,
        column: usize,
        offset: f32,
    ) -> bool {
        let is_stuck = |spot: Spot| place.stuck(offset).any(|(row, _)| row == spot.row);
        let down = spot.is_some_and(|spot| !is_stuck(spot));
        let across = place.pins.get(column).is_some_and(Option::is_none);
        self.scrolls_down == down && self.scrolls_across.is_none_or(|it| it == across)
    }
}

impl Place {
    /// The parts that are clipped by themselves.
    pub(super) fn zones(&self, offset: (f32, f32)) -> Vec<Zone> {
        let (_, room) = self.rows_in_sight(offset.1);
        let whole = Rectangle {
            x: 0.0,
            y: 0.0,
            width: self.width,
            height: self.shown_height(),
        };
        let body = Rectangle {
            y: ROW,
            height: room,
            ..whole
        };
        let middle = |of: Rectangle| Rectangle {
            x: self.middle.0,
            width: self.middle.1,
            ..of
        };
        let zone = |bounds, scrolls_down, scrolls_across| Zone {
            bounds,
            scrolls_down,
            scrolls_across,
        };
        if self.furthest().0 > 0.0 {
            vec![
                zone(body, true, Some(false)),
                zone(middle(body), true, Some(true)),
                zone(whole, false, Some(false)),
                zone(middle(whole), false, Some(true)),
            ]
        } else {
            vec![zone(body, true, None), zone(whole, false, None)]
        }
    }
}

/// Where a column is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Across {
    pub(super) left: f32,
    pub(super) width: f32,
    /// What of it can be seen.
    pub(super) seen: (f32, f32),
}

#[cfg(test)]
mod tests {
    use super::*;

    fn columns() -> Vec<Column<'static>> {
        let mut columns = vec![Column::words("Dépense", 200.0).growing().pinned(Side::Left)];
        columns.extend((0..6).map(|_| Column::figures("2027", 100.0)));
        columns.push(Column::figures("Total", 110.0).pinned(Side::Right));
        columns
    }

    #[test]
    fn what_is_pinned_stays_while_the_rest_scrolls() {
        let place = Place::new(&columns(), 10, &[], Size::new(600.0, 500.0));
        let at = |column, offset| place.across(column, offset).map(|it| it.left);
        assert_eq!((at(0, 300.0), at(7, 300.0)), (Some(0.0), Some(490.0)));
        assert_eq!((at(1, 0.0), at(1, 300.0)), (Some(200.0), None));
        let far = place.revealing(Spot { row: 0, column: 6 }, (0.0, 0.0));
        let last = place.across(6, far.0).unwrap();
        assert_eq!(last.seen, (last.left, last.width));
        let back = place.revealing(Spot { row: 0, column: 1 }, far);
        assert!(back.0.abs() < f32::EPSILON);
    }

    #[test]
    fn totals_stay_at_the_foot_until_their_own_place_is_in_sight() {
        let sticky = [40, 45];
        let place = Place::new(&columns(), 46, &sticky, Size::new(1200.0, ROW * 11.0));
        let stuck: Vec<_> = place.stuck(0.0).collect();
        assert_eq!(stuck, [(40, ROW * 9.0), (45, ROW * 10.0)]);
        assert_eq!(place.rows_in_sight(0.0), (0..8, ROW * 8.0));
        // The last rows, and both totals in their own place.
        let down = place.held((0.0, f32::MAX)).1;
        assert_eq!(place.stuck(down).count(), 0);
        for row in 0..46 {
            for offset in [0.0, down] {
                let seen = place.revealing(Spot { row, column: 0 }, (0.0, offset)).1;
                let top = place.top(row, seen);
                let over = place
                    .stuck(seen)
                    .any(|(stuck, at)| stuck != row && (at - top).abs() < ROW - 1.0);
                assert!((ROW..=ROW * 10.0).contains(&top) && !over, "{row} {top}");
            }
        }
    }

    #[test]
    fn where_there_is_no_room_nothing_sticks() {
        let place = Place::new(&columns(), 46, &[40, 45], Size::new(1200.0, ROW * 5.0));
        assert_eq!(place.stuck(0.0).count(), 0);
        assert_eq!(
            place.cell_at(5.0, ROW * 1.5, (0.0, 0.0)),
            Some(Spot::default())
        );
        assert_eq!(place.cell_at(5.0, 3.0, (0.0, 0.0)), None);
    }
}
