//! Where rows and columns of a table stand, once it is so wide, so high and scrolled so far.
//!
//! Both ways it scrolls by whole ones: no figure is ever seen in half.

use iced::{Point, Rectangle, Size};

use super::super::LEAST;
use super::widths::{pins, sum_of, widths};
use super::{Column, Side, Spot};

/// The height of a row and of the head, in pixels: one line.
pub(super) const ROW: f32 = 31.0;

/// The thickness of the bar that scrolls.
pub(super) const BAR: f32 = 10.0;

/// The width of the mark that says how many columns are beyond.
pub(super) const BEYOND: f32 = 32.0;

/// Rows that are always in sight beside those that stick; where there is less room, nothing sticks.
const FREE: usize = 4;

/// How far a table is scrolled: the first row, and the first of the columns that scroll, in sight.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(super) struct Start {
    pub(super) row: usize,
    pub(super) column: usize,
}

/// See the module. Distances are from the table's own corner.
#[derive(Debug, Clone, Default, PartialEq)]
pub(super) struct Place {
    widths: Vec<f32>,
    pins: Vec<Option<Side>>,
    grow: Vec<bool>,
    /// The columns that scroll, in order; from where they stand, and how wide they may be together.
    middle: Vec<usize>,
    from: f32,
    room: f32,
    rows: usize,
    sticky: Vec<usize>,
    /// The row that stays under the head once it is scrolled past: the titles of those that follow it.
    lid: Option<usize>,
    /// How many rows stand under the head.
    lines: usize,
    /// The width of the table as shown, without its bar.
    pub(super) width: f32,
}

impl Place {
    /// A table of those columns and so many rows, in that room. `needs` is what each column holds at its widest, `sticky`
    /// rows stay at the foot, in order, and the `lid` under the head once it is passed.
    pub(super) fn new(
        columns: &[Column<'_>],
        needs: &[f32],
        rows: usize,
        (sticky, lid): (&[usize], Option<usize>),
        room: Size,
    ) -> Self {
        let lines = ((room.height / ROW) as usize).saturating_sub(1).max(1);
        let side = if rows > lines { BAR } else { 0.0 };
        let lines = lines.min(rows);
        let width = (room.width - side).max(60.0);
        let mut widths = widths(columns, needs, width);
        let pins = pins(columns, &mut widths, width);
        let pinned = |side| sum_of(&widths, &pins, side);
        let (left, right) = (pinned(Side::Left), pinned(Side::Right));
        let scrolls = pins.iter().enumerate().filter(|(_, pin)| pin.is_none());
        let width = widths.iter().sum::<f32>().min(width);
        Self {
            middle: scrolls.map(|(column, _)| column).collect(),
            from: left,
            room: (width - left - right).max(0.0),
            widths,
            pins,
            grow: columns.iter().map(|it| it.grows).collect(),
            rows,
            lid: lid.filter(|_| lines >= FREE),
            sticky: if lines < sticky.len() + FREE {
                Vec::new()
            } else {
                sticky.to_vec()
            },
            lines,
            width,
        }
    }

    fn width_of(&self, column: usize) -> f32 {
        self.widths.get(column).copied().unwrap_or(0.0)
    }

    /// Which of the columns that scroll are in sight from that one on: whole ones, and one at least.
    fn columns_in_sight(&self, first: usize) -> std::ops::Range<usize> {
        let all = self.middle.len();
        let first = first.min(all);
        let rest = self.middle.get(first..).unwrap_or_default();
        let mut room = self.room - if first > 0 { BEYOND } else { 0.0 };
        if rest.iter().map(|it| self.width_of(*it)).sum::<f32>() <= room + 0.5 {
            return first..all;
        }
        room -= BEYOND;
        let fits = |column: &&usize| {
            room -= self.width_of(**column);
            room >= -0.5
        };
        let count = rest.iter().take_while(fits).count();
        first..(first + count.max(1)).min(all)
    }

    /// How far it scrolls at most.
    pub(super) fn furthest(&self) -> Start {
        let all = self.middle.len();
        let is_last = |first: &usize| self.columns_in_sight(*first).end == all;
        Start {
            row: self.rows.saturating_sub(self.lines),
            column: (0..all).find(is_last).unwrap_or(0),
        }
    }

    /// That start, inside what there is.
    pub(super) fn held(&self, start: Start) -> Start {
        let furthest = self.furthest();
        Start {
            row: start.row.min(furthest.row),
            column: start.column.min(furthest.column),
        }
    }

    /// The start that has that column first among those that scroll, where not all are in sight.
    pub(super) fn beginning_with(&self, column: usize) -> usize {
        let rank = self.middle.iter().position(|it| *it == column);
        rank.unwrap_or(0).min(self.furthest().column)
    }

    /// The start, changed as little as brings a cell into sight.
    pub(super) fn revealing(&self, spot: Spot, start: Start) -> Start {
        let mut start = self.held(start);
        if !self.sticky.contains(&spot.row) {
            let under = self.sticky.iter().filter(|row| **row > spot.row).count();
            let room = self.lines.saturating_sub(under).max(1);
            start.row = start
                .row
                .min(spot.row)
                .max((spot.row + 1).saturating_sub(room));
            if start.row == spot.row && self.lid_over(start.row).is_some() {
                start.row -= 1;
            }
        }
        if let Some(rank) = self.middle.iter().position(|it| *it == spot.column) {
            start.column = start.column.min(rank);
            while start.column < rank && !self.columns_in_sight(start.column).contains(&rank) {
                start.column += 1;
            }
        }
        self.held(start)
    }

    /// The row that is scrolled past and stays under the head, over the first in sight.
    fn lid_over(&self, first: usize) -> Option<usize> {
        self.lid.filter(|lid| *lid < first)
    }

    /// The rows that are not stuck and in sight, each with its top.
    pub(super) fn loose(&self, first: usize) -> impl Iterator<Item = (usize, f32)> {
        let stuck: Vec<usize> = self.at_the_foot(first).map(|(row, _)| row).collect();
        let last = (first + self.lines - stuck.len().min(self.lines)).min(self.rows);
        let covered = usize::from(self.lid_over(first).is_some());
        (first + covered..last)
            .filter(move |row| !stuck.contains(row))
            .map(move |row| (row, ROW + (row - first) as f32 * ROW))
    }

    /// The rows that stick, lower than they would be or higher, each with its top.
    pub(super) fn stuck(&self, first: usize) -> impl Iterator<Item = (usize, f32)> {
        let lid = self.lid_over(first).map(|lid| (lid, ROW));
        self.at_the_foot(first).chain(lid)
    }

    fn at_the_foot(&self, first: usize) -> impl Iterator<Item = (usize, f32)> {
        let count = self.sticky.len();
        self.sticky
            .iter()
            .enumerate()
            .filter_map(move |(rank, row)| {
                let foot = (self.lines + rank).saturating_sub(count);
                (*row > first + foot).then_some((*row, ROW + foot as f32 * ROW))
            })
    }

    /// The top of a row, where it is in sight.
    pub(super) fn top(&self, row: usize, first: usize) -> Option<f32> {
        let mut shown = self.stuck(first).chain(self.loose(first));
        shown.find(|(it, _)| *it == row).map(|(_, top)| top)
    }

    /// The columns in sight, in their order.
    pub(super) fn across(&self, first: usize) -> Vec<Across> {
        self.laid(first).0
    }

    /// Where columns are beyond what is in sight, at the left and at the right of those that scroll, and how many.
    pub(super) fn beyond(&self, first: usize) -> Vec<Beyond> {
        self.laid(first).1
    }

    /// The columns in sight and the marks of those beyond. What whole columns leave goes to one that grows, among them or
    /// at their left, else to a mark.
    fn laid(&self, first: usize) -> (Vec<Across>, Vec<Beyond>) {
        let shown = self.columns_in_sight(first);
        let middle = self.middle.get(shown.clone()).unwrap_or_default();
        let [mut before, mut after] = [shown.start, self.middle.len() - shown.end].map(|count| {
            let width = if count > 0 { BEYOND } else { 0.0 };
            (count, width)
        });
        let used: f32 = middle.iter().map(|it| self.width_of(*it)).sum();
        let spare = (self.room - before.1 - after.1 - used).max(0.0);
        let at_their_left = self.pins.iter().position(|pin| *pin == Some(Side::Left));
        let grows = |column: &usize| self.grow.get(*column) == Some(&true);
        let mut candidates = middle.iter().copied().chain(at_their_left);
        let grown = candidates.find(grows);
        match (grown, after.0, before.0) {
            (Some(_), ..) | (None, 0, 0) => {}
            (None, 0, _) => before.1 += spare,
            (None, ..) => after.1 += spare,
        }

        let from = match grown {
            Some(_) if grown == at_their_left => self.from + spare,
            _ => self.from,
        };
        let (mut at_left, mut between) = (0.0, from + before.1);
        let end = self.from + self.room - after.1;
        let mut at_right = self.from + self.room;
        let mut columns = Vec::with_capacity(self.widths.len());
        for (column, (width, pin)) in self.widths.iter().zip(&self.pins).enumerate() {
            let mut width = *width;
            if grown == Some(column) {
                width += spare;
            }
            let left = match pin {
                Some(Side::Left) => &mut at_left,
                Some(Side::Right) => &mut at_right,
                None if middle.contains(&column) => {
                    width = width.min((end - between).max(0.0));
                    &mut between
                }
                None => continue,
            };
            columns.push(Across {
                column,
                left: *left,
                width,
            });
            *left += width;
        }

        let mark = |side, (count, width): (usize, f32), left: f32| {
            (count > 0).then(|| Beyond {
                side,
                count,
                bounds: Rectangle::new(
                    Point::new(left, 0.0),
                    Size::new(width, self.shown_height()),
                ),
            })
        };
        let marks = [
            mark(Side::Left, before, from),
            mark(Side::Right, after, end),
        ];
        (columns, marks.into_iter().flatten().collect())
    }

    /// The cell at a point.
    pub(super) fn cell_at(&self, x: f32, y: f32, start: Start) -> Option<Spot> {
        let mut shown = self.stuck(start.row).chain(self.loose(start.row));
        let (row, _) = shown.find(|(_, top)| (*top..*top + ROW).contains(&y))?;
        let mut across = self.across(start.column).into_iter();
        let under = across.find(|it| (it.left..it.left + it.width).contains(&x))?;
        Some(Spot {
            row,
            column: under.column,
        })
    }

    /// How many rows a page has.
    pub(super) fn page(&self) -> usize {
        self.lines.saturating_sub(self.sticky.len() + 1).max(1)
    }

    /// The height of the table as shown, the head in it.
    pub(super) fn shown_height(&self) -> f32 {
        ROW + self.lines as f32 * ROW
    }

    /// The handle of the bar down the right side.
    pub(super) fn handle(&self, first: usize) -> Option<Rectangle> {
        let furthest = self.furthest().row;
        (furthest > 0).then(|| {
            let (height, length) = self.bar();
            Rectangle {
                x: self.width + 2.0,
                y: ROW + (height - length) * first as f32 / furthest as f32,
                width: BAR - 4.0,
                height: length,
            }
        })
    }

    /// How long the bar is, and its handle.
    fn bar(&self) -> (f32, f32) {
        let height = self.lines as f32 * ROW;
        let part = self.lines as f32 / self.rows.max(1) as f32;
        (height, (height * part).max(LEAST).min(height))
    }

    /// The first row once the handle at the right has its middle there.
    pub(super) fn dragged_down(&self, y: f32) -> usize {
        let (height, length) = self.bar();
        let part = (y - ROW - length / 2.0) / (height - length).max(1.0);
        (part.clamp(0.0, 1.0) * self.furthest().row as f32).round() as usize
    }
}

/// A column in sight.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Across {
    pub(super) column: usize,
    pub(super) left: f32,
    pub(super) width: f32,
}

/// How many columns are beyond, on which side, and where that is told.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Beyond {
    pub(super) side: Side,
    pub(super) count: usize,
    pub(super) bounds: Rectangle,
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

    fn across(place: &Place, column: usize, first: usize) -> Option<(f32, f32)> {
        let mut all = place.across(first).into_iter();
        let there = all.find(|it| it.column == column)?;
        Some((there.left, there.width))
    }

    fn place(rows: usize, sticky: &[usize], room: Size) -> Place {
        Place::new(&columns(), &[], rows, (sticky, None), room)
    }

    #[test]
    fn what_is_pinned_stays_while_whole_columns_scroll() {
        let place = place(10, &[], Size::new(600.0, 500.0));
        // What two whole years leave beside a mark on either side is the label's.
        assert_eq!(across(&place, 0, 1), Some((0.0, 226.0)));
        assert_eq!(across(&place, 7, 3), Some((490.0, 110.0)));
        assert_eq!(across(&place, 1, 0), Some((258.0, 100.0)));
        assert_eq!(across(&place, 1, 3), None);
        for first in 0..=place.furthest().column {
            let shown: Vec<f32> = (1..7)
                .filter_map(|column| across(&place, column, first))
                .map(|(_, width)| width)
                .collect();
            let beyond: usize = place.beyond(first).iter().map(|it| it.count).sum();
            assert_eq!(shown.len() + beyond, 6, "{first}");
            assert!(shown.iter().all(|width| *width == 100.0), "{shown:?}");
            for mark in place.beyond(first) {
                assert!(mark.bounds.x >= 200.0 && mark.bounds.x + mark.bounds.width <= 490.0);
                assert!(mark.bounds.width == BEYOND);
            }
        }

        let far = place.revealing(Spot { row: 0, column: 6 }, Start::default());
        assert_eq!(far, place.furthest());
        let back = place.revealing(Spot { row: 0, column: 1 }, far);
        assert_eq!(back.column, 0);
    }

    #[test]
    fn nothing_is_pinned_where_all_is_in_sight() {
        let mut columns = columns();
        columns.swap(5, 7);
        let place = Place::new(&columns, &[], 10, (&[], None), Size::new(1200.0, 500.0));
        let lefts: Vec<f32> = place.across(0).iter().map(|it| it.left).collect();
        assert!(lefts.is_sorted(), "{lefts:?}");
    }

    #[test]
    fn the_figures_it_is_all_about_stay_in_sight_and_the_next_only_where_others_are_whole() {
        let mut columns = columns();
        columns.push(Column::figures("Part", 60.0).pinned(Side::Right).yielding());
        for width in 310..760 {
            let place = Place::new(
                &columns,
                &[],
                10,
                (&[], None),
                Size::new(width as f32, 500.0),
            );
            for first in 0..=place.furthest().column {
                let (left, wide) = across(&place, 7, first).unwrap();
                assert!(
                    wide == 110.0 && left + wide <= width as f32 + 0.5,
                    "{width}"
                );
                let part = across(&place, 8, first);
                let years: Vec<f32> = (1..7)
                    .filter_map(|it| across(&place, it, first))
                    .map(|it| it.1)
                    .collect();
                let are_whole = years.iter().all(|it| *it == 100.0);
                assert!(
                    are_whole || part.is_none() && width < 374,
                    "{width} {years:?}"
                );
            }
        }
        // The label yields before a year is cut.
        let place = Place::new(&columns, &[], 10, (&[], None), Size::new(386.0, 500.0));
        assert_eq!(across(&place, 0, 1), Some((0.0, 112.0)));
        assert_eq!(across(&place, 8, 1), None);
    }

    #[test]
    fn columns_that_show_nothing_are_out_of_sight_before_others_are_narrower() {
        let columns = || {
            vec![
                Column::words("Opération", 100.0).pinned(Side::Left),
                Column::words("Objet", 200.0).down_to(140.0).growing(),
                Column::words("État", 100.0),
                Column::figures("Montant", 100.0).pinned(Side::Right),
                Column::words("Condition", 170.0)
                    .down_to(84.0)
                    .growing()
                    .empty(),
                Column::words("Référence", 120.0).down_to(84.0).empty(),
            ]
        };
        let place = |columns: &[Column<'_>], width| {
            Place::new(columns, &[], 10, (&[], None), Size::new(width, 500.0))
        };
        let roomy = place(&columns(), 800.0);
        assert!(roomy.beyond(0).is_empty());

        // All would stand here, were they narrow.
        let narrow = place(&columns(), 620.0);
        assert_eq!(narrow.beyond(0)[0].count, 2);
        assert_eq!(across(&narrow, 1, 0), Some((100.0, 288.0)));
        assert_eq!(across(&narrow, 3, 0), Some((520.0, 100.0)));
        let there = narrow.revealing(Spot { row: 0, column: 4 }, Start::default());
        assert!(across(&narrow, 4, there.column).is_some());

        // With less room yet, what is furthest out goes before what it is all about.
        let mut dated = columns();
        dated.insert(0, Column::words("Date", 98.0).pinned(Side::Left));
        let dated = place(&dated, 380.0);
        let first = dated.beginning_with(2);
        assert_eq!(across(&dated, 0, first), None);
        assert_eq!(across(&dated, 1, first), Some((0.0, 100.0)));
        assert!(across(&dated, 2, first).is_some_and(|(_, width)| width > 100.0));
        assert_eq!(across(&dated, 4, first), Some((280.0, 100.0)));

        let mut filled = columns();
        filled.iter_mut().for_each(|it| it.is_empty = false);
        assert!(place(&filled, 620.0).beyond(0).is_empty());
    }

    #[test]
    fn columns_are_narrower_before_any_is_out_of_sight() {
        let needs = [150.0, 70.0, 70.0, 70.0, 70.0, 70.0, 70.0, 80.0];
        let asked: Vec<Column<'_>> = columns().into_iter().map(|it| it.down_to(60.0)).collect();
        let place = Place::new(&asked, &needs, 10, (&[], None), Size::new(700.0, 500.0));
        assert!(place.beyond(0).is_empty());
        let widths: Vec<f32> = (0..8).map(|it| across(&place, it, 0).unwrap().1).collect();
        assert_eq!(widths.iter().sum::<f32>(), 700.0);
        assert!(widths.iter().zip(needs).all(|(width, need)| *width >= need));
    }

    #[test]
    fn where_one_column_alone_has_no_room_it_takes_what_there_is() {
        let place = place(10, &[], Size::new(260.0, 500.0));
        for column in 0..8 {
            let start = place.revealing(Spot { row: 0, column }, Start::default());
            let (left, width) = across(&place, column, start.column).unwrap();
            assert!(left + width <= 260.5, "{column}");
        }
    }

    #[test]
    fn totals_stay_at_the_foot_until_their_own_place_is_in_sight() {
        let place = place(46, &[40, 45], Size::new(1200.0, ROW * 11.0 + 20.0));
        let stuck: Vec<_> = place.stuck(0).collect();
        assert_eq!(stuck, [(40, ROW * 9.0), (45, ROW * 10.0)]);
        assert_eq!(place.loose(0).count(), 8);
        // The last rows, and both totals in their own place.
        let down = place.furthest().row;
        assert_eq!(place.stuck(down).count(), 0);
        for row in 0..46 {
            for first in [0, down] {
                let start = Start {
                    row: first,
                    column: 0,
                };
                let seen = place.revealing(Spot { row, column: 0 }, start).row;
                let top = place.top(row, seen).unwrap();
                assert!((ROW..=ROW * 10.0).contains(&top), "{row} {top}");
                assert_eq!(
                    place.cell_at(
                        5.0,
                        top + 4.0,
                        Start {
                            row: seen,
                            column: 0
                        }
                    ),
                    Some(Spot { row, column: 0 })
                );
            }
        }
    }

    #[test]
    fn rows_are_seen_whole_whatever_the_height() {
        for height in 0..400 {
            let place = place(46, &[40, 45], Size::new(1200.0, height as f32));
            for first in 0..=place.furthest().row {
                let foot = place.shown_height();
                let mut tops: Vec<f32> = place
                    .loose(first)
                    .chain(place.stuck(first))
                    .map(|it| it.1)
                    .collect();
                tops.dedup();
                assert!(
                    tops.is_sorted() && tops.len() as f32 * ROW + ROW == foot,
                    "{height} {first}"
                );
            }
        }
    }

    #[test]
    fn where_there_is_no_room_nothing_sticks() {
        let place = place(46, &[40, 45], Size::new(1200.0, ROW * 5.0));
        let start = Start::default();
        assert_eq!(place.stuck(0).count(), 0);
        assert_eq!(place.cell_at(5.0, ROW * 1.5, start), Some(Spot::default()));
        assert_eq!(place.cell_at(5.0, 3.0, start), None);
    }

    #[test]
    fn titles_that_are_scrolled_past_stay_under_the_head_and_hide_no_row_that_is_looked_for() {
        let room = Size::new(1200.0, ROW * 9.0);
        let place = Place::new(&columns(), &[], 30, (&[29], Some(10)), room);
        let at_top = |first: usize| place.stuck(first).find(|(_, top)| *top == ROW);
        assert_eq!(at_top(10), None, "it is the first in sight");
        assert_eq!(at_top(11), Some((10, ROW)));
        let first = place.loose(15).next();
        assert_eq!(first, Some((16, 2.0 * ROW)), "nothing is under it");

        for row in 11..29 {
            let spot = Spot { row, column: 0 };
            for from in [0, 20] {
                let start = place.revealing(
                    spot,
                    Start {
                        row: from,
                        column: 0,
                    },
                );
                assert!(place.top(row, start.row).is_some(), "{row} from {from}");
                assert!(place.loose(start.row).any(|(it, _)| it == row), "{row}");
            }
        }
    }
}
