//! Two languages side by side, as one row of two columns that a page may part.

use crate::document::Block;

use super::blocks::Column;
use super::galley::{Galley, Row};
use super::measure::{GUTTER, NARROWEST};
use super::pages::Length;

impl<'a> Galley<'a> {
    /// Two languages side by side: each pair begins level, then both go down.
    pub(super) fn paired(
        &mut self,
        pairs: &'a [(Vec<Block>, Vec<Block>)],
        parent: usize,
        column: Column,
        rows: &mut Vec<Row>,
    ) {
        let width = (column.width - GUTTER) / 2;
        if width < NARROWEST || column.width < self.sheet.measure {
            // Pairs within pairs, which nothing writes: one under the other.
            for block in pairs
                .iter()
                .flat_map(|(first, second)| first.iter().chain(second))
            {
                self.block(block, parent, column, rows);
            }
            return;
        }
        let left = Column { x: column.x, width };
        let right = Column {
            x: column.x + width + GUTTER,
            width,
        };
        let above = Keeping {
            keep: std::mem::take(&mut self.keep),
            new_page: std::mem::take(&mut self.new_page),
        };
        let mut own: Vec<Row> = Vec::new();
        let mut waiting: Option<[Vec<Row>; 2]> = None;
        for (first, second) in pairs {
            let mut sides = waiting.take().unwrap_or_default();
            level(&mut sides, self.sheet.depth() / 4);
            // A heading waits for what follows it, but not one whose text is only in the other language.
            let mut kept = false;
            let mut ended = false;
            let level_before = self.last_level;
            for (side, (blocks, column)) in [(first, left), (second, right)].into_iter().enumerate()
            {
                self.keep = !sides[side].is_empty();
                if side == 1 && !first.is_empty() {
                    self.last_level = self.last_level.max(level_before);
                }
                self.side = Some(side);
                for block in blocks {
                    self.block(block, parent, column, &mut sides[side]);
                }
                self.side = None;
                kept |= self.keep && !blocks.is_empty();
                ended |= !self.keep && !blocks.is_empty();
                self.keep = false;
            }
            if kept && !ended {
                waiting = Some(sides);
            } else {
                own.extend(columns(sides));
            }
        }
        own.extend(waiting.and_then(columns));
        self.keep = above.keep;
        self.new_page = above.new_page;
        self.join(rows, own);
    }
}

/// What the next row was asked for.
struct Keeping {
    keep: bool,
    new_page: bool,
}

/// Makes the shorter of two columns as long as the other, by space under its last row, `most` at most.
fn level(sides: &mut [Vec<Row>; 2], most: Length) {
    let heights = sides
        .each_ref()
        .map(|rows| rows.iter().map(|row| row.gap + row.height).sum::<Length>());
    let highest = heights[0].max(heights[1]);
    for (rows, height) in sides.iter_mut().zip(heights) {
        let missing = (highest - height).min(most);
        match rows.last_mut() {
            Some(last) => last.height += missing,
            None if missing > Length::ZERO => rows.push(Row::new(missing)),
            None => {}
        }
    }
}

/// Two columns as one row; nothing when nothing stands in them.
fn columns(mut sides: [Vec<Row>; 2]) -> Option<Row> {
    let gaps = sides
        .iter()
        .filter_map(|rows| rows.first().map(|row| row.gap));
    let mut row = Row::new(Length::ZERO);
    row.gap = gaps.max()?;
    // Lines are counted once, in the first language.
    for row in &mut sides[1] {
        row.counted = None;
    }
    row.columns = Some(Box::new(sides));
    Some(row)
}
