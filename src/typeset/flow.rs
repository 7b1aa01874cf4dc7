//! The galley cut into pages.
//!
//! A page takes rows while they and the notes that they call fit, then ends at the last row before which a
//! page may begin; when there is none, where it must. [`Imprint`] draws each row at its place.

use super::galley::{Before, Galley, Row};
use super::imprint::{Flowed, Imprint, hairline};
use super::measure::{NOTE, pt};
use super::pages::{Artifact, Length};

/// Between the text and the rule above its notes.
const ABOVE_NOTES: Length = pt(10);
/// Between that rule and the notes.
const UNDER_RULE: Length = pt(4);

/// The galley going into pages.
pub(super) struct Flow<'g, 'd> {
    imprint: Imprint<'g, 'd>,
    /// Rows of notes that the last page had no room for.
    carried: Vec<Row>,
}

/// The page being filled.
struct Filling {
    /// How far down the text goes.
    y: Length,
    /// Whether nothing of the text stands on it yet.
    top: bool,
    /// The height of its notes.
    notes: Length,
    /// The notes called on it, by their place in [`Galley::notes`].
    called: Vec<usize>,
}

impl Filling {
    /// Whether a row must be taken that does not fit: no later page would have more room.
    fn forced(&self) -> bool {
        self.top && self.notes == Length::ZERO
    }
}

/// The place that a cut may fill.
#[derive(Clone, Copy)]
struct Space {
    room: Length,
    /// The height of notes that the page has already.
    notes: Length,
    /// Whether the gap of the first row vanishes.
    top: bool,
    forced: bool,
}

/// Where a page ends in a column of rows, and how much it takes.
#[derive(Clone, Copy)]
struct Cut {
    end: usize,
    height: Length,
    notes: Length,
}

/// How far two columns went on a page.
enum Went {
    /// To their end.
    Through,
    /// As far as these rows; the next page goes on.
    To([usize; 2]),
}

impl<'g, 'd> Flow<'g, 'd> {
    pub fn new(galley: &'g mut Galley<'d>) -> Self {
        Self {
            imprint: Imprint::new(galley),
            carried: Vec::new(),
        }
    }

    /// Cuts `rows` into pages and finishes them.
    pub fn run(mut self, mut rows: Vec<Row>) -> Flowed {
        let mut at = 0;
        let mut progress = [0, 0];
        let mut any = false;
        while at < rows.len() || !self.carried.is_empty() || !any {
            any = true;
            self.imprint.begin_page();
            (at, progress) = self.page(&mut rows, at, progress);
        }
        self.imprint.finish()
    }

    /// Fills one page from row `at`; `progress` is how far two columns that began before have gone.
    fn page(
        &mut self,
        rows: &mut [Row],
        mut at: usize,
        mut progress: [usize; 2],
    ) -> (usize, [usize; 2]) {
        let depth = self.imprint.galley.sheet.depth();
        let mut notes = self.take_carried(depth * 6 / 10);
        let mut page = Filling {
            y: Length::ZERO,
            top: true,
            notes: notes.iter().map(|row| row.height).sum(),
            called: Vec::new(),
        };
        if let Some(table) = rows.get(at).and_then(|row| row.table) {
            page.y = self.draw_heads(table, Length::ZERO);
        }
        while at < rows.len() {
            if rows[at].before == Before::NewPage && !page.top {
                break;
            }
            if rows[at].columns.is_some() {
                match self.columns(&mut rows[at], progress, &mut page) {
                    Went::Through => {
                        at += 1;
                        progress = [0, 0];
                    }
                    Went::To(ends) => {
                        progress = ends;
                        break;
                    }
                }
                continue;
            }
            // Up to the next pair of columns, whose first rows count too, or the next page that must begin.
            let stop = (at + 1..rows.len())
                .find(|&row| rows[row].columns.is_some() || rows[row].before == Before::NewPage)
                .unwrap_or(rows.len());
            let seen = match rows.get(stop) {
                Some(row) if row.columns.is_some() => stop + 1,
                _ => stop,
            };
            let space = Space {
                room: depth - page.y,
                notes: page.notes,
                top: page.top,
                forced: page.forced(),
            };
            let cut = self.cut(&rows[..seen], at, space);
            let end = cut.end.min(stop);
            for row in &rows[at..end] {
                self.draw(row, &mut page);
            }
            at = end;
            if cut.end < seen {
                break;
            }
        }

        for note in std::mem::take(&mut page.called) {
            if let Some(rows) = self.imprint.galley.notes.get_mut(note) {
                notes.append(rows);
            }
        }
        self.draw_notes(notes, page.y);
        (at, progress)
    }

    /// Draws the next row of the text.
    fn draw(&mut self, row: &Row, page: &mut Filling) {
        if !page.top {
            page.y += row.gap;
        }
        page.top = false;
        self.call(row, page);
        self.imprint.draw(row, page.y);
        page.y += row.height;
    }

    fn call(&self, row: &Row, page: &mut Filling) {
        page.called.extend(&row.notes);
        page.notes += self.notes_of(row);
    }

    /// The heads of a table that goes on, from `y` down; returns where they end.
    fn draw_heads(&mut self, table: usize, mut y: Length) -> Length {
        let rows = std::mem::take(&mut self.imprint.galley.heads[table]);
        for row in &rows {
            self.imprint.draw(row, y);
            y += row.height;
        }
        self.imprint.galley.heads[table] = rows;
        y
    }

    /// Where a page with this space ends in `rows`.
    fn cut(&self, rows: &[Row], from: usize, space: Space) -> Cut {
        let mut taken = Cut {
            end: from,
            height: Length::ZERO,
            notes: Length::ZERO,
        };
        let mut allowed = taken;
        for (number, row) in rows.iter().enumerate().skip(from) {
            let first = number == from;
            if row.before == Before::Free && !first {
                allowed = taken;
            }
            let (height, notes) = self.claim(row);
            let gap = if first && space.top {
                Length::ZERO
            } else {
                row.gap
            };
            let height = taken.height + gap + height;
            let notes = taken.notes + notes;
            let fits = height + notes_space(space.notes + notes) <= space.room;
            let forced = first && space.forced;
            if !fits && !forced {
                // Rows that all hold together and fill a page are parted where the page ends.
                let stuck = allowed.end == from;
                return if stuck && space.forced {
                    taken
                } else {
                    allowed
                };
            }
            taken = Cut {
                end: number + 1,
                height,
                notes,
            };
        }
        taken
    }

    /// What a row takes at least of a page: its height and that of its notes.
    fn claim(&self, row: &Row) -> (Length, Length) {
        let Some(columns) = &row.columns else {
            return (row.height, self.notes_of(row));
        };
        let mut claim = (Length::ZERO, Length::ZERO);
        for side in columns.iter() {
            let mut height = Length::ZERO;
            for (number, row) in side.iter().enumerate() {
                if number > 0 && row.before == Before::Free {
                    break;
                }
                height += row.height;
                height += if number > 0 { row.gap } else { Length::ZERO };
                claim.1 += self.notes_of(row);
            }
            claim.0 = claim.0.max(height);
        }
        claim
    }

    /// Draws what fits of two columns; they begin together or not at all.
    fn columns(&mut self, row: &mut Row, starts: [usize; 2], page: &mut Filling) -> Went {
        let Some(columns) = row.columns.take() else {
            return Went::Through;
        };
        let gap = if page.top { Length::ZERO } else { row.gap };
        let tables = [0, 1].map(|side| {
            let going_on = starts[side] > 0;
            let row = columns[side].get(starts[side]).filter(|_| going_on)?;
            row.table
        });
        let heads = tables.map(|table| self.heads_height(table));
        let room = self.imprint.galley.sheet.depth() - page.y - gap;
        let cuts = self.cut_columns(&columns, starts, heads, room, page);

        let ends = cuts.map(|cut| cut.end);
        let through = (0..2).all(|side| ends[side] >= columns[side].len());
        let waits = starts == [0, 0]
            && !page.forced()
            && (0..2).any(|side| ends[side] == 0 && !columns[side].is_empty());
        if waits {
            row.columns = Some(columns);
            return Went::To(starts);
        }
        if ends != starts {
            let top = page.y + gap;
            let mut deepest = top;
            for side in 0..2 {
                let mut y = top;
                if let Some(table) = tables[side] {
                    y = self.draw_heads(table, y);
                }
                for (number, row) in columns[side][starts[side]..ends[side]].iter().enumerate() {
                    y += if number > 0 { row.gap } else { Length::ZERO };
                    self.call(row, page);
                    self.imprint.draw(row, y);
                    y += row.height;
                }
                deepest = deepest.max(y);
            }
            page.y = deepest;
            page.top = false;
        }
        row.columns = Some(columns);
        if through {
            Went::Through
        } else {
            Went::To(ends)
        }
    }

    fn heads_height(&self, table: Option<usize>) -> Length {
        let rows = table.and_then(|table| self.imprint.galley.heads.get(table));
        rows.map_or(Length::ZERO, |rows| rows.iter().map(|row| row.height).sum())
    }

    fn cut_columns(
        &self,
        columns: &[Vec<Row>; 2],
        starts: [usize; 2],
        heads: [Length; 2],
        room: Length,
        page: &Filling,
    ) -> [Cut; 2] {
        let cut = |side: usize, others: Length| {
            let space = Space {
                room: room - heads[side],
                notes: page.notes + others,
                top: true,
                forced: page.forced(),
            };
            self.cut(&columns[side], starts[side], space)
        };
        let first = cut(0, Length::ZERO);
        let second = cut(1, first.notes);
        // The notes of the second may take the place of the end of the first.
        let notes = page.notes + first.notes + second.notes;
        if heads[0] + first.height + notes_space(notes) > room {
            return [cut(0, second.notes), second];
        }
        [first, second]
    }

    fn notes_of(&self, row: &Row) -> Length {
        let notes = &self.imprint.galley.notes;
        let called = row.notes.iter().filter_map(|note| notes.get(*note));
        called.flatten().map(|row| row.height).sum()
    }

    /// Rows of notes that wait for this page, as many as `most` holds.
    fn take_carried(&mut self, most: Length) -> Vec<Row> {
        let mut height = Length::ZERO;
        let mut count = 0;
        for row in &self.carried {
            height += row.height;
            if height > most && count > 0 {
                break;
            }
            count += 1;
        }
        self.carried.drain(..count).collect()
    }

    /// The notes at the foot of the page; those without room wait for the next.
    fn draw_notes(&mut self, notes: Vec<Row>, text: Length) {
        if notes.is_empty() {
            return;
        }
        let sheet = self.imprint.galley.sheet;
        let depth = sheet.depth();
        let room = (depth - text - ABOVE_NOTES - UNDER_RULE).max(NOTE.leading);
        let mut height = Length::ZERO;
        let mut kept = Vec::new();
        let mut left = Vec::new();
        for row in notes {
            if left.is_empty() && (height + row.height <= room || kept.is_empty()) {
                height += row.height;
                kept.push(row);
            } else {
                left.push(row);
            }
        }
        self.carried.splice(0..0, left);
        let mut y = depth - height;
        let rule = hairline(sheet.left, sheet.top + y - UNDER_RULE, pt(60));
        self.imprint.decoration(rule, Artifact::Layout);
        for row in &kept {
            self.imprint.draw(row, y);
            y += row.height;
        }
    }
}

/// What notes of this height take from the page, with their rule.
fn notes_space(notes: Length) -> Length {
    if notes > Length::ZERO {
        notes + ABOVE_NOTES + UNDER_RULE
    } else {
        Length::ZERO
    }
}
