//! What a table draws: grounds and rings first, then words, then what is beyond.

use iced::advanced::text::{self, Renderer as _};
use iced::advanced::{Renderer as _, renderer};
use iced::alignment::Vertical;
use iced::{Border, Color, Font, Point, Rectangle, Renderer, Size, Vector};

use super::cut::line_of;
use super::place::{BEYOND, Beyond, Place, ROW, Start};
use super::table::{HEAD, INDENT, SIZE, State, Table};
use super::{Cell, Line, Look, Side, Spot};
use crate::app::fonts::{SANS, STRONG};

impl<M> Table<'_, M> {
    /// Every cell in sight, titles first.
    pub(super) fn in_sight(&self, place: &Place, start: Start) -> Vec<Shown<'_>> {
        let across = place.across(start.column).into_iter();
        let columns: Vec<_> = across
            .filter_map(|it| Some((it, self.columns.get(it.column)?)))
            .collect();
        let titles = columns.iter().map(|(across, column)| Shown {
            bounds: bounds(across.left, 0.0, across.width),
            spot: None,
            figures: column.figures,
            cell: Cell::of(column.title.as_ref(), Look::Muted),
            besides: None,
        });
        let is_in_sight = |column: usize| columns.iter().any(|(it, _)| it.column == column);
        let mut shown: Vec<_> = titles.collect();
        for (row, top) in place.loose(start.row).chain(place.stuck(start.row)) {
            shown.extend(columns.iter().map(|(across, column)| {
                let spot = Spot {
                    row,
                    column: across.column,
                };
                let cell = (self.cell)(spot);
                let besides = cell.besides.filter(|(column, _)| !is_in_sight(*column));
                Shown {
                    bounds: bounds(across.left, top, across.width),
                    spot: Some(spot),
                    figures: column.figures,
                    besides: besides.map(|(_, words)| words),
                    cell,
                }
            }));
        }
        shown
    }

    pub(super) fn paint(&self, state: &State, area: Rectangle, renderer: &mut Renderer) {
        let (palette, place, start) = (self.palette, &state.place, state.start);
        let from = Vector::new(area.x, area.y);
        let whole = Size::new(place.width, place.shown_height());
        let card = palette.card();
        fill(
            renderer,
            Rectangle::new(area.position(), whole),
            palette.surface,
            card.border,
        );

        for (row, top) in place.loose(start.row).chain(place.stuck(start.row)) {
            let seen = bounds(1.0, top, place.width - 2.0) + from;
            let line = (self.line)(row);
            let ground = match line {
                Line::Band => Some(palette.raised),
                Line::Group => Some(palette.ground),
                Line::Plain | Line::Total | Line::Offer => None,
            };
            if let Some(ground) = ground {
                fill(renderer, seen, ground, Border::default());
            }
            let rule = Rectangle {
                height: 1.0,
                ..seen
            };
            let ink = if line == Line::Total {
                palette.edge
            } else {
                palette.line
            };
            fill(renderer, rule, ink, Border::default());
        }

        let block = self.cursor.block();
        let is_chosen = |spot: Spot| block.0.contains(&spot.row) && block.1.contains(&spot.column);
        let shown = self.in_sight(place, start);
        for at in &shown {
            let Some(spot) = at.spot else { continue };
            let (seen, cell) = (inset(at.bounds) + from, &at.cell);
            if is_chosen(spot) && (self.cursor.is_block() || state.focused) {
                fill(renderer, seen, palette.accent_soft, Border::default());
            }
            if cell.faulty {
                fill(renderer, seen, palette.grave_soft, ring(palette.grave, 2.0));
            }
            let tag = match (cell.look, at.besides) {
                (_, Some(words)) => Some(words),
                (Look::Tag, None) => Some(cell.text.as_ref()),
                _ => None,
            };
            if let Some(words) = tag.filter(|words| !words.is_empty()) {
                let wide = state.cut.borrow_mut().width(words, SANS, SIZE) + 10.0;
                let wide = wide.min(at.bounds.width - 6.0);
                let along = match at.besides {
                    Some(_) => at.bounds.width - wide - 4.0,
                    None => 4.0,
                };
                let label = Rectangle {
                    x: at.bounds.x + along,
                    y: at.bounds.y + 5.0,
                    width: wide,
                    height: ROW - 9.0,
                } + from;
                fill(renderer, label, palette.raised, iced::border::rounded(4));
            }
            if spot == self.cursor.at() {
                let ring = if state.focused {
                    ring(palette.accent, 2.0)
                } else {
                    ring(palette.edge, 1.0)
                };
                let mut seen = seen;
                if (self.line)(spot.row) == Line::Offer {
                    // Its words go on beyond it.
                    let wide = state.cut.borrow_mut().width(&cell.text, SANS, SIZE);
                    seen.width = seen.width.max(wide + 2.0 * INDENT);
                    seen.width = seen.width.min(place.width - at.bounds.x);
                }
                fill(renderer, seen, Color::TRANSPARENT, ring);
            }
        }
        self.write(state, &shown, from, renderer);

        for mark in place.beyond(start.column) {
            self.mark(&mark, state, from, renderer);
        }
        if let Some(handle) = place.handle(start.row) {
            let rounded = iced::border::rounded(3);
            fill(renderer, handle + from, palette.edge, rounded);
        }
    }

    /// How many columns are beyond, from head to foot.
    fn mark(&self, mark: &Beyond, state: &State, from: Vector, renderer: &mut Renderer) {
        let palette = self.palette;
        let area = Rectangle {
            y: 1.0,
            height: mark.bounds.height - 2.0,
            ..mark.bounds
        } + from;
        fill(renderer, area, palette.raised, Border::default());
        let words = mark.words();
        let wide = state.cut.borrow_mut().width(&words, STRONG, HEAD);
        let x = match mark.side {
            Side::Left => area.x + (area.width - wide) / 2.0,
            // Whatever is left beside whole columns, it is at its end.
            Side::Right => area.x + area.width - (BEYOND + wide) / 2.0,
        };
        let head = bounds(area.x, area.y - 1.0, area.width);
        line_in(
            renderer,
            words,
            STRONG,
            HEAD,
            (x, wide),
            palette.accent,
            head,
        );
    }

    /// Puts the words of cells: none in the one that is typed in. A cell without any puts nothing all the same, so that
    /// the renderer, which compares texts by their rank, repaints the cells that changed and not those after them.
    fn write(&self, state: &State, shown: &[Shown<'_>], from: Vector, renderer: &mut Renderer) {
        let typed = self.editor.is_some().then(|| self.cursor.at());
        for at in shown {
            let (cell, words) = (&at.cell, at.cell.text.as_ref());
            let is_typed = at.spot.is_some() && at.spot == typed;
            let line = at.spot.map(|spot| (self.line)(spot.row));
            let (face, ink) = self.ink(line, cell);
            let size = if at.spot.is_none() { HEAD } else { SIZE };
            let mut whole = at.bounds + from;
            // Nothing else stands in a row that offers a new one: its words have the width of the table, up to a field.
            let has_field = at.spot.map(|it| it.row) == typed.map(|it| it.row);
            if line == Some(Line::Offer) && !cell.faulty && !has_field {
                whole.width = state.place.width - at.bounds.x;
            }
            let (left, mut room) = (whole.x + INDENT, whole.width - 2.0 * INDENT);
            let mut put = |words: String, (x, wide): (f32, f32), ink: Color| {
                line_in(renderer, words, face, size, (x, wide), ink, whole);
            };
            if is_typed || words.is_empty() && !cell.faulty {
                put(String::new(), (left, 0.0), ink);
            } else if at.figures {
                if cell.faulty {
                    put("▲".to_owned(), (left, room), self.palette.grave);
                }
                // Figures are not cut: a number that lacks a figure is another.
                let wide = |words: &str| state.cut.borrow_mut().width(words, face, size);
                let words = if wide(words) <= room { words } else { "…" };
                let wide = wide(words);
                put(words.to_owned(), (left + room - wide, wide), ink);
            } else {
                let words = if cell.faulty {
                    format!("▲ {words}")
                } else {
                    words.to_owned()
                };
                if let Some(besides) = at.besides {
                    let wide = state.cut.borrow_mut().width(besides, SANS, SIZE);
                    let besides = besides.to_owned();
                    put(besides, (left + room - wide, wide), self.palette.muted);
                    room -= wide + INDENT;
                }
                let words = state.cut.borrow_mut().cut(words, face, size, room);
                put(words, (left, room), ink);
            }
        }
    }

    fn ink(&self, line: Option<Line>, cell: &Cell<'_>) -> (Font, Color) {
        let palette = self.palette;
        let strong = matches!(line, Some(Line::Group | Line::Total | Line::Band));
        let face = if strong || cell.look == Look::Strong {
            STRONG
        } else {
            SANS
        };
        let ink = match cell.look {
            _ if cell.faulty => palette.grave,
            Look::Grave => palette.grave,
            Look::Wary => palette.wary,
            Look::Muted => palette.muted,
            Look::Plain | Look::Strong | Look::Tag if line == Some(Line::Offer) => palette.muted,
            Look::Plain | Look::Strong | Look::Tag => palette.ink,
        };
        (face, ink)
    }
}

/// A cell and where it is; a title has no spot.
pub(super) struct Shown<'a> {
    pub(super) bounds: Rectangle,
    spot: Option<Spot>,
    figures: bool,
    /// What a column that is out of sight says, told at the end of the cell.
    pub(super) besides: Option<&'static str>,
    pub(super) cell: Cell<'a>,
}

impl Beyond {
    /// « ‹ 2 », « 2 › ».
    pub(super) fn words(&self) -> String {
        match self.side {
            Side::Left => format!("‹\u{202f}{}", self.count),
            Side::Right => format!("{}\u{202f}›", self.count),
        }
    }
}

fn bounds(left: f32, top: f32, width: f32) -> Rectangle {
    Rectangle::new(Point::new(left, top), Size::new(width, ROW))
}

fn ring(color: Color, width: f32) -> Border {
    Border {
        color,
        width,
        radius: 0.0.into(),
    }
}

/// Words on one line, in the middle of a row, from `x` on and that wide.
fn line_in(
    renderer: &mut Renderer,
    words: String,
    face: Font,
    size: f32,
    (x, wide): (f32, f32),
    ink: Color,
    row: Rectangle,
) {
    let high = (size * 1.3).ceil();
    // iced redraws what lies from the point rightwards and down: words begin there, whatever their side.
    let text = text::Text {
        align_y: Vertical::Top,
        bounds: Size::new(wide + 4.0, high),
        ..line_of(words, face, size)
    };
    let corner = Point::new(x, row.y + (ROW - high) / 2.0);
    renderer.fill_text(text, corner, ink, row);
}

/// Inside the line above a row.
fn inset(seen: Rectangle) -> Rectangle {
    Rectangle {
        y: seen.y + 1.0,
        height: (seen.height - 1.0).max(0.0),
        ..seen
    }
}

fn fill(renderer: &mut Renderer, bounds: Rectangle, ground: Color, border: Border) {
    if bounds.width <= 0.0 || bounds.height <= 0.0 {
        return;
    }
    let quad = renderer::Quad {
        bounds,
        border,
        ..renderer::Quad::default()
    };
    renderer.fill_quad(quad, ground);
}

#[cfg(test)]
mod tests {
    use iced::Rectangle;

    use super::super::{Cell, Column, Cursor, Spot, table};
    use crate::app::theme::Palette;
    use crate::app::widget::at_once;
    use crate::app::widget::at_once::tests::places;

    /// What the window paints when the keyboard goes from the first cursor to the second, and the cell before says that.
    fn painted(cursors: [&Cursor; 2], kept: &'static str) -> Vec<Rectangle> {
        let page = |rank: usize| {
            let columns = (0..6).map(|_| Column::figures("2027", 100.0)).collect();
            let cell = move |at: Spot| match at {
                Spot { row: 4, column: 2 } if rank == 1 => Cell::plain(kept),
                Spot { row: 4, .. } => Cell::empty(),
                _ => Cell::plain("120\u{202f}000"),
            };
            at_once(table(
                columns,
                200,
                cell,
                cursors[rank],
                "table",
                Palette::LIGHT,
                |_| (),
            ))
        };
        places([page(0), page(1)])
    }

    #[test]
    fn a_cell_that_is_begun_and_kept_is_painted_alone() {
        let mut here = Cursor::default();
        here.go(Spot { row: 4, column: 2 }, false);
        let mut typing = here.clone();
        typing.begin("7", true);
        let mut under = Cursor::default();
        under.go(Spot { row: 5, column: 2 }, false);
        for (from, to) in [(&here, &typing), (&typing, &under)] {
            let places = painted([from, to], "7");
            assert!(
                !places.is_empty() && places.iter().all(|it| it.height < 80.0 && it.width < 300.0),
                "{places:?}"
            );
        }
    }
}
