//! Tables: cells that wrap, figures at the end of their column, rows that no page parts unless they are
//! longer than a third of it, heads that come again on each page. A table that a third of a page holds is not cut.

use std::sync::Arc;

use crate::document::{Align, Inline, Place, Table};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, DECORATION, Galley, Placed, Row, Standing, rule};
use super::measure::{
    BLACK, CAPTION, CELL, CELL_ABOVE, CELL_PADDING, HAIRLINE, PALE, PARAGRAPH_GAP, RULE, TextStyle,
    centipoints, pt,
};
use super::pages::{Length, Owner, Remark, RemarkKind, Tag};
use super::paragraph::{Laid, LaidLine};

/// Columns are as wide as the cells of so many rows want: those of a table without end would cost more than they tell.
const MEASURED_ROWS: usize = 300;
/// Words are set at least as wide in a cell, whatever its column.
const NARROWEST_CELL: Length = centipoints(1800);
/// No cell wraps at this width.
const WIDER_THAN_ANY: Length = pt(20_000);

/// What a row of cells is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Role {
    Head,
    Plain,
    Total,
}

/// A cell set: its column and its lines.
struct Cell {
    x: Length,
    laid: Arc<Laid>,
    node: usize,
    marks: Arc<[usize]>,
    first_note: usize,
}

impl Galley<'_> {
    /// A table under the node `parent`.
    pub(super) fn table(
        &mut self,
        table: &Table,
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        let node = self.node_in(parent, Tag::Table, Some(language));
        let places = self.columns_of(table, language, column);
        if places.is_empty() {
            return;
        }
        let above = rows.len();
        if !table.caption.is_empty() {
            let caption = self.node(node, Tag::Caption);
            let laid = self.set(
                &table.caption,
                language,
                CAPTION,
                Align::Start,
                column.width,
            );
            let standing = Standing {
                x: column.x,
                gap: centipoints(900),
                counted: false,
                whole: true,
            };
            let own = self.rows(&laid, caption, place, &standing);
            self.keep &= !own.is_empty();
            let any = !own.is_empty();
            self.join(rows, own);
            self.keep |= any;
        }

        let mut continued = None;
        if !table.head.is_empty() {
            let head = self.node(node, Tag::TableHead);
            let cells = self.cells(
                &table.head,
                &table.columns_align(),
                &places,
                Role::Head,
                head,
                language,
                place,
            );
            let mut own = self.row_of(&cells, column, Role::Head, place);
            let height: Length = own.iter().map(|row| row.height).sum();
            if height <= self.sheet.depth() / 3 {
                self.heads.push(again(&own));
                continued = Some(self.heads.len() - 1);
            }
            if let Some(first) = own.first_mut() {
                first.gap = if table.caption.is_empty() {
                    centipoints(700)
                } else {
                    centipoints(150)
                };
            }
            self.join(rows, own);
            self.keep = true;
        }
        if table.rows.is_empty() {
            self.keep = false;
            return;
        }
        let body = self.node(node, Tag::TableBody);
        for (number, row) in table.rows.iter().enumerate() {
            let role = if row.total { Role::Total } else { Role::Plain };
            let cells = self.cells(
                &row.cells,
                &table.columns_align(),
                &places,
                role,
                body,
                language,
                place,
            );
            let mut own = self.row_of(&cells, column, role, place);
            if let Some(first) = own.first_mut() {
                first.table = continued;
                // No row stands alone above or under a cut: the first keeps the second, and the last, which is often the
                // total, the two above it.
                let lone = number == 1 || number + 2 >= table.rows.len();
                if number > 0 && (lone || role == Role::Total) {
                    first.before = Before::Kept;
                }
                if number == 0 && continued.is_none() && table.head.is_empty() {
                    first.gap = centipoints(500);
                }
            }
            for row in own.iter_mut().skip(1) {
                row.table = continued;
            }
            self.join(rows, own);
            self.keep = row.heads && number + 1 < table.rows.len();
        }
        keep_whole(rows, above, self.sheet.depth());
        if let Some(last) = rows.last_mut() {
            last.height += PARAGRAPH_GAP * 3 / 2;
        }
    }

    /// Left and width of each column: by its weight, unless its words are wider and other columns have room to spare;
    /// figures then take what they need and words the rest.
    fn columns_of(
        &mut self,
        table: &Table,
        language: &Lang,
        column: Column,
    ) -> Vec<(Length, Length)> {
        let by_weight = weighted(table);
        let total = column.width.0;
        let weights: i64 = by_weight.iter().sum::<i64>().max(1);
        let shares: Vec<i64> = by_weight.iter().map(|it| total * it / weights).collect();
        let natural = self.natural_widths(table, language, shares.len());
        let fits = natural.iter().zip(&shares).all(|(own, share)| own <= share);

        let is_figures =
            |place: usize| table.columns.get(place).map(|it| it.align) == Some(Align::End);
        let figures = (0..shares.len()).filter(|place| is_figures(*place));
        // Figures that barely fit would run together.
        let spaced = figures
            .clone()
            .map(|place| natural[place] + CELL_PADDING.0 * 2);
        let widest = spaced.max().unwrap_or(0);
        let taken = widest * figures.count() as i64;
        if fits || taken == 0 || taken * 3 > total * 2 {
            return placed(column, &by_weight);
        }
        let widths: Vec<i64> = (0..shares.len())
            .map(|place| if is_figures(place) { widest } else { 0 })
            .collect();
        let words: i64 = by_weight
            .iter()
            .enumerate()
            .filter(|(place, _)| !is_figures(*place))
            .map(|(_, weight)| *weight)
            .sum::<i64>()
            .max(1);
        let widths: Vec<i64> = widths
            .into_iter()
            .enumerate()
            .map(|(place, width)| match is_figures(place) {
                true => width,
                false => (total - taken) * by_weight[place] / words,
            })
            .collect();
        placed(column, &widths)
    }

    /// How wide each column would be if none of its cells wrapped.
    fn natural_widths(&mut self, table: &Table, language: &Lang, count: usize) -> Vec<i64> {
        let mut widths = vec![0; count];
        let rows = table.rows.iter().take(MEASURED_ROWS);
        let rows = rows.map(|row| (&row.cells, row.total));
        for (cells, bold) in std::iter::once((&table.head, true)).chain(rows) {
            let style = TextStyle { bold, ..CELL };
            for (width, cell) in widths.iter_mut().zip(cells) {
                let laid = self.set(cell, language, style, Align::Start, WIDER_THAN_ANY);
                let lines = laid.lines.iter();
                let own = lines.map(|line| line.ink.iter().map(|ink| ink.width.0).sum());
                *width = own.max().unwrap_or(0).max(*width);
            }
        }
        for width in &mut widths {
            *width += CELL_PADDING.0 * 2 + HAIRLINE.0;
        }
        widths
    }

    #[allow(clippy::too_many_arguments)]
    fn cells(
        &mut self,
        texts: &[Vec<Inline>],
        aligns: &[Align],
        places: &[(Length, Length)],
        role: Role,
        parent: usize,
        language: &Lang,
        place: Option<&Arc<Place>>,
    ) -> Vec<Cell> {
        let row = self.node(parent, Tag::TableRow);
        let style = TextStyle {
            bold: role != Role::Plain,
            ..CELL
        };
        places
            .iter()
            .enumerate()
            .map(|(number, &(x, width))| {
                let tag = match (role, number) {
                    (Role::Head, _) => Tag::ColumnHeader,
                    (_, 0) => Tag::RowHeader,
                    _ => Tag::TableCell,
                };
                let node = self.node(row, tag);
                let align = match aligns.get(number) {
                    Some(Align::Justify) | None => Align::Start,
                    Some(align) => *align,
                };
                let inside = (width - CELL_PADDING * 2).max(NARROWEST_CELL);
                let text = texts.get(number).map_or(&[][..], Vec::as_slice);
                if width - CELL_PADDING * 2 < NARROWEST_CELL && !text.is_empty() {
                    self.remark_narrow_columns(place);
                }
                let laid = self.set(text, language, style, align, inside);
                let first_note = self.notes.len();
                let marks = self.own(&laid, node, place);
                Cell {
                    x: x + CELL_PADDING,
                    laid,
                    node,
                    marks,
                    first_note,
                }
            })
            .collect()
    }

    fn remark_narrow_columns(&mut self, place: Option<&Arc<Place>>) {
        let remark = Remark {
            kind: RemarkKind::TooWide,
            message: "Un tableau a trop de colonnes pour la page : ce qu’elles portent déborde."
                .into(),
            place: place.cloned(),
            page: None,
        };
        if !self.remarks.contains(&remark) {
            self.remarks.push(remark);
        }
    }

    /// The cells as one row, or as many as they have lines when they would fill a third of a page.
    fn row_of(
        &self,
        cells: &[Cell],
        column: Column,
        role: Role,
        place: Option<&Arc<Place>>,
    ) -> Vec<Row> {
        let lines = cells
            .iter()
            .map(|cell| cell.laid.lines.len())
            .max()
            .unwrap_or(0);
        // Lines of all cells stand on one baseline, so that a long row can be parted between them.
        let levels: Vec<Level> = (0..lines)
            .map(|line| Level::of(cells.iter().filter_map(|cell| cell.laid.lines.get(line))))
            .collect();
        let heights = levels.iter().map(|level| level.height);
        let text: Length = heights.sum::<Length>().max(CELL.leading);
        let parted = text > self.sheet.depth() / 3;

        let mut rows: Vec<Row> = Vec::new();
        let mut row = Row::new(CELL_ABOVE);
        for (line, level) in levels.iter().enumerate() {
            for cell in cells {
                let Some(own) = cell.laid.lines.get(line) else {
                    continue;
                };
                row.notes
                    .extend(own.calls.iter().map(|call| cell.first_note + call));
                row.drawn.push(Placed::Line {
                    laid: cell.laid.clone(),
                    line,
                    x: cell.x,
                    y: row.height + level.baseline - own.baseline,
                    owner: Owner::Node(cell.node),
                    marks: cell.marks.clone(),
                    place: place.cloned(),
                });
            }
            row.height += level.height;
            if parted && line + 1 < lines {
                let lone = line == 0 || line + 2 == lines;
                rows.push(std::mem::replace(&mut row, Row::new(Length::ZERO)));
                row.before = if lone { Before::Kept } else { Before::Free };
            }
        }
        if lines == 0 {
            row.height += CELL.leading;
        }
        row.height += CELL_ABOVE;
        let (thickness, color) = match role {
            Role::Head => (RULE, self.document.accent.unwrap_or(BLACK)),
            Role::Plain => (HAIRLINE, PALE),
            Role::Total => (HAIRLINE, PALE),
        };
        row.drawn.push(rule(
            column.x,
            row.height - thickness,
            column.width,
            thickness,
            color,
        ));
        rows.push(row);
        if role == Role::Total
            && let Some(first) = rows.first_mut()
        {
            first.drawn.push(rule(
                column.x,
                Length::ZERO - RULE,
                column.width,
                RULE,
                BLACK,
            ));
        }
        if !parted {
            // Read cell by cell, not line by line.
            for row in &mut rows {
                row.drawn.sort_by_key(|placed| match placed {
                    Placed::Line {
                        owner: Owner::Node(node),
                        ..
                    } => *node,
                    _ => usize::MAX,
                });
            }
        }
        rows
    }
}

/// The baseline that lines side by side share, from the top of the tallest, and the height that they take.
struct Level {
    baseline: Length,
    height: Length,
}

impl Level {
    fn of<'a>(lines: impl Iterator<Item = &'a LaidLine> + Clone) -> Self {
        let baseline = lines.clone().map(|line| line.baseline).max();
        let baseline = baseline.unwrap_or(Length::ZERO);
        let heights = lines.map(|line| baseline - line.baseline + line.height);
        Self {
            baseline,
            height: heights.max().unwrap_or(CELL.leading),
        }
    }
}

impl Table {
    fn columns_align(&self) -> Vec<Align> {
        self.columns.iter().map(|column| column.align).collect()
    }
}

/// The weight of each column, of those that are described and those that cells make.
fn weighted(table: &Table) -> Vec<i64> {
    let cells = table.rows.iter().map(|row| row.cells.len());
    let count = table
        .columns
        .len()
        .max(table.head.len())
        .max(cells.max().unwrap_or(0).min(64));
    (0..count)
        .map(|place| {
            let column = table.columns.get(place);
            column.map_or(1, |column| i64::from(column.weight.max(1)))
        })
        .collect()
}

/// Left and width of columns that share the whole width in these proportions.
fn placed(column: Column, shares: &[i64]) -> Vec<(Length, Length)> {
    let total: i64 = shares.iter().sum::<i64>().max(1);
    let mut passed = 0;
    shares
        .iter()
        .map(|share| {
            let x = Length(column.width.0 * passed / total);
            passed += share;
            (column.x + x, Length(column.width.0 * passed / total) - x)
        })
        .collect()
}

/// Keeps together the rows from `above` on, which are a table, where a third of a page holds them and what must stand above:
/// a longer one would leave as much of a page blank.
fn keep_whole(rows: &mut [Row], above: usize, depth: Length) {
    let held = rows[..above.min(rows.len())]
        .iter()
        .rposition(|row| row.before != Before::Kept)
        .unwrap_or(above);
    let announced = rows
        .get(above)
        .is_some_and(|row| row.before == Before::Kept);
    let from = if announced { held } else { above };
    let height: Length = rows[from..].iter().map(|row| row.gap + row.height).sum();
    if height > depth / 3 {
        return;
    }
    for row in rows.iter_mut().skip(above + 1) {
        row.before = Before::Kept;
    }
}

/// The heads as decoration, for the pages after the first.
fn again(rows: &[Row]) -> Vec<Row> {
    rows.iter()
        .map(|row| {
            let mut copy = Row::new(row.height);
            for placed in &row.drawn {
                copy.drawn.push(match placed {
                    Placed::Line {
                        laid,
                        line,
                        x,
                        y,
                        place,
                        ..
                    } => Placed::Line {
                        laid: laid.clone(),
                        line: *line,
                        x: *x,
                        y: *y,
                        owner: DECORATION,
                        marks: Arc::from([]),
                        place: place.clone(),
                    },
                    Placed::Rule { area, color } => Placed::Rule {
                        area: *area,
                        color: *color,
                    },
                    Placed::Figure { .. }
                    | Placed::Ink { .. }
                    | Placed::Drawn { .. }
                    | Placed::PageOf { .. }
                    | Placed::LeadsTo { .. } => {
                        continue;
                    }
                });
            }
            copy
        })
        .collect()
}
