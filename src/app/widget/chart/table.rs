//! A chart in figures: whatever the room, figures stand under the head of their column, and nothing of them is cut.

use iced::widget::{Column, Row, column, container, row, space, text};
use iced::{Bottom, Element, Fill, Right};

use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;
use crate::app::widget::hairline;
use crate::chart::{Chart, Kind, width_of};
use crate::reference::Reference;

/// The size of figures and of heads.
const FIGURES: f32 = 15.0;
const HEAD: f32 = 14.0;

/// Between columns.
const GAP: f32 = 12.0;

/// The most room that names are given: a longer one goes on under itself.
const NAME: f32 = 150.0;

/// The figures of a chart, in that width.
pub(super) fn view<'a, M: 'a>(
    chart: &Chart,
    width: f32,
    reference: &Reference,
    palette: Palette,
) -> Element<'a, M> {
    let (head, rows) = chart.table(reference);
    let table = Table {
        head,
        rows,
        total: match chart.kind {
            Kind::Rows { .. } => None,
            Kind::Columns { .. } | Kind::Ring(_) => Some(Total::Row),
        },
    };
    let has_years = matches!(chart.kind, Kind::Columns { .. });
    let fits = table.is_narrow(width);
    if table.stands_beside(width) && !(fits && table.is_tall(width)) {
        return table.beside(palette);
    }
    if fits {
        return table.above(width, palette);
    }
    // Years are short, and name rows as well as columns.
    let table = if has_years { table.turned() } else { table };
    let parts = table.parted(width).into_iter();
    Column::with_children(parts.map(|part| part.beside(palette)))
        .spacing(18)
        .into()
}

/// Which cells add the others up.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Total {
    /// The last row.
    Row,
    /// The last column.
    Column,
}

/// A head, then rows; the first cell of each names it.
struct Table {
    head: Vec<String>,
    rows: Vec<Vec<String>>,
    total: Option<Total>,
}

impl Table {
    /// How wide the names are, at most.
    fn names(&self) -> f32 {
        let names = self.rows.iter().filter_map(|row| row.first());
        let wide = names
            .map(|name| width_in(name, FIGURES))
            .fold(0.0, f32::max);
        wide.min(NAME)
    }

    /// How wide a column is: as the longest of its figures, and of the words of its head, which may go on under each other.
    fn column(&self, column: usize) -> f32 {
        let figures = self.rows.iter().filter_map(|row| row.get(column));
        let figures = figures.map(|it| width_in(it, FIGURES));
        let head = self.head.get(column).map_or("", String::as_str);
        let words = head.split(' ').map(|word| width_in(word, HEAD));
        figures.chain(words).fold(0.0, f32::max).ceil()
    }

    fn columns(&self) -> impl Iterator<Item = f32> {
        (1..self.head.len()).map(|column| self.column(column) + GAP)
    }

    /// Whether names and columns stand beside each other in that width.
    fn stands_beside(&self, width: f32) -> bool {
        self.names() + self.columns().sum::<f32>() <= width
    }

    /// Whether a name would go on over more than two lines beside its figures: above them it stands on fewer.
    fn is_tall(&self, width: f32) -> bool {
        let room = width - self.columns().sum::<f32>();
        let names = self.rows.iter().filter_map(|row| row.first());
        names
            .map(|name| width_in(name, FIGURES))
            .any(|wide| wide > 1.8 * room)
    }

    /// Whether the columns alone do.
    fn is_narrow(&self, width: f32) -> bool {
        self.columns().sum::<f32>() <= width + GAP
    }

    /// Rows for columns.
    fn turned(self) -> Self {
        let cell = |row: &[String], column: usize| row.get(column).cloned().unwrap_or_default();
        let across = std::iter::once(&self.head).chain(&self.rows);
        let of_column = |column| across.clone().map(|row| cell(row, column)).collect();
        let rows = (1..self.head.len()).map(of_column);
        Self {
            head: of_column(0),
            rows: rows.collect(),
            total: self.total.map(|_| Total::Column),
        }
    }

    /// As many tables as stand in that width, each with some of the columns.
    fn parted(&self, width: f32) -> Vec<Self> {
        let mut parts: Vec<Vec<usize>> = Vec::new();
        let mut room = 0.0;
        for column in 1..self.head.len() {
            let wide = self.column(column) + GAP;
            match parts.last_mut() {
                Some(part) if wide <= room => part.push(column),
                _ => {
                    parts.push(vec![column]);
                    room = width - self.names();
                }
            }
            room -= wide;
        }
        let last = self.head.len().saturating_sub(1);
        let part = |columns: Vec<usize>| {
            let of = |row: &Vec<String>| {
                let all = std::iter::once(&0).chain(&columns);
                all.filter_map(|column| row.get(*column).cloned()).collect()
            };
            Self {
                head: of(&self.head),
                rows: self.rows.iter().map(of).collect(),
                total: self
                    .total
                    .filter(|it| *it == Total::Row || columns.contains(&last)),
            }
        };
        parts.into_iter().map(part).collect()
    }

    /// Each name beside its figures.
    fn beside<'a, M: 'a>(&self, palette: Palette) -> Element<'a, M> {
        let mut all = Column::new().push(self.titles(palette)).spacing(7);
        for (rank, cells) in self.rows.iter().enumerate() {
            if self.total == Some(Total::Row) && rank + 1 == self.rows.len() {
                all = all.push(hairline(palette));
            }
            all = all.push(self.cells(cells, rank, palette));
        }
        all.into()
    }

    /// Each name above its figures, over the whole width, but where it stands beside them.
    fn above<'a, M: 'a>(&self, width: f32, palette: Palette) -> Element<'a, M> {
        let room = width - self.columns().sum::<f32>();
        let rows = self.rows.iter().enumerate().map(|(rank, cells)| {
            let Some((name, figures)) = cells.split_first() else {
                return space().into();
            };
            if width_in(name, FIGURES) <= room {
                return self.cells(cells, rank, palette);
            }
            let nameless = [&[String::new()], figures].concat();
            let name = text(name.clone()).size(FIGURES).font(self.face(rank, 0));
            let figures = self.cells(&nameless, rank, palette);
            column![name, figures].spacing(1).into()
        });
        let titles = std::iter::once(self.titles(palette));
        Column::with_children(titles.chain(rows)).spacing(8).into()
    }

    fn face(&self, row: usize, column: usize) -> iced::Font {
        let is_total = match self.total {
            Some(Total::Row) => row + 1 == self.rows.len(),
            Some(Total::Column) => column + 1 == self.head.len(),
            None => false,
        };
        if is_total { STRONG } else { SANS }
    }

    fn titles<'a, M: 'a>(&self, palette: Palette) -> Element<'a, M> {
        let title = |words: &str| text(words.to_owned()).size(HEAD).color(palette.muted);
        let first = self.head.first().map_or("", String::as_str);
        let heads = self.head.iter().enumerate().skip(1).map(|(column, words)| {
            let words = title(words).align_x(Right).width(Fill);
            container(words).width(self.column(column)).into()
        });
        row![title(first).width(Fill)]
            .extend(heads)
            .spacing(GAP)
            .align_y(Bottom)
            .into()
    }

    fn cells<'a, M: 'a>(&self, cells: &[String], rank: usize, palette: Palette) -> Element<'a, M> {
        let cells = cells.iter().enumerate().map(|(column, words)| {
            let words = text(words.clone())
                .size(FIGURES)
                .font(self.face(rank, column))
                .color(palette.ink);
            match column {
                0 => words.width(Fill).into(),
                _ => {
                    let words = words.wrapping(text::Wrapping::None);
                    container(words)
                        .width(self.column(column))
                        .align_x(Right)
                        .into()
                }
            }
        });
        Row::with_children(cells)
            .spacing(GAP)
            .align_y(Bottom)
            .into()
    }
}

fn width_in(words: &str, size: f32) -> f32 {
    width_of(words, f64::from(size)) as f32
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let owned = |cells: &[&str]| cells.iter().map(|it| (*it).to_owned()).collect();
        Table {
            head: owned(&["", "2026", "2027", "2028"]),
            rows: vec![
                owned(&["Valmont", "1\u{202f}220\u{202f}659,99", "203,00", "–"]),
                owned(&["Syndicat des eaux", "–", "17,00", "8,50"]),
                owned(&["Total", "1\u{202f}220\u{202f}659,99", "220,00", "8,50"]),
            ],
            total: Some(Total::Row),
        }
    }

    #[test]
    fn rows_for_columns_are_the_same_table() {
        let turned = table().turned();
        assert_eq!(turned.head, ["", "Valmont", "Syndicat des eaux", "Total"]);
        assert_eq!(turned.rows[1], ["2027", "203,00", "17,00", "220,00"]);
        let back = turned.turned();
        assert_eq!((back.head, back.rows), (table().head, table().rows));
    }

    #[test]
    fn every_column_is_in_one_part_that_stands_in_the_width() {
        for width in 120..400 {
            let width = width as f32;
            let parts = table().parted(width);
            let heads = parts.iter().flat_map(|it| it.head.iter().skip(1));
            assert!(heads.eq(&["2026", "2027", "2028"]), "{width}");
            for part in parts {
                assert!(part.stands_beside(width) || part.head.len() == 2, "{width}");
                assert_eq!(part.rows[0][0], "Valmont");
            }
        }
    }
}
