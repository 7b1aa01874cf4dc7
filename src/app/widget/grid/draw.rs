//! What a table draws: grounds and rings first, then words, zone after zone.

use iced::advanced::text::{self, Renderer as _};
use iced::advanced::{Renderer as _, renderer};
use iced::alignment::Vertical;
use iced::{Border, Color, Font, Point, Rectangle, Renderer, Size, Vector};

use super::cut::line_of;
use super::place::{Place, ROW, Zone};
use super::table::{INDENT, SIZE, State, Table};
use super::{Cell, Line, Look, Spot};
use crate::app::fonts::{SANS, STRONG};

/// The size of titles.
const HEAD: f32 = 14.0;

impl<M> Table<'_, M> {
    /// Every cell in sight, titles first.
    pub(super) fn in_sight(&self, place: &Place, offset: (f32, f32)) -> Vec<Shown<'_>> {
        let columns: Vec<_> = (0..self.columns.len())
            .filter_map(|column| Some((column, place.across(column, offset.0)?)))
            .collect();
        let mut shown = Vec::new();
        for (column, across) in &columns {
            if let Some(head) = self.columns.get(*column) {
                let whole = Rectangle {
                    x: across.left,
                    y: 0.0,
                    width: across.width,
                    height: ROW,
                };
                shown.push(Shown {
                    whole,
                    seen: Rectangle {
                        x: across.seen.0,
                        width: across.seen.1,
                        ..whole
                    },
                    spot: None,
                    column: *column,
                    figures: head.figures,
                    cell: Cell::of(head.title.as_ref(), Look::Muted),
                });
            }
        }
        let (rows, room) = place.rows_in_sight(offset.1);
        let stuck: Vec<_> = place.stuck(offset.1).collect();
        let loose = rows
            .filter(|row| stuck.iter().all(|(it, _)| it != row))
            .map(|row| (row, ROW + row as f32 * ROW - offset.1, true));
        for (row, top, is_loose) in loose.chain(stuck.iter().map(|(row, top)| (*row, *top, false)))
        {
            let (start, end) = if is_loose {
                (top.max(ROW), (top + ROW).min(ROW + room))
            } else {
                (top, top + ROW)
            };
            for (column, across) in &columns {
                let spot = Spot {
                    row,
                    column: *column,
                };
                shown.push(Shown {
                    whole: Rectangle {
                        x: across.left,
                        y: top,
                        width: across.width,
                        height: ROW,
                    },
                    seen: Rectangle {
                        x: across.seen.0,
                        y: start,
                        width: across.seen.1,
                        height: (end - start).max(0.0),
                    },
                    spot: Some(spot),
                    column: *column,
                    figures: self.columns.get(*column).is_some_and(|it| it.figures),
                    cell: (self.cell)(spot),
                });
            }
        }
        shown
    }

    pub(super) fn paint(&self, state: &State, bounds: Rectangle, renderer: &mut Renderer) {
        let (palette, place, offset) = (self.palette, &state.place, state.offset);
        let from = Vector::new(bounds.x, bounds.y);
        let shown = Rectangle {
            x: bounds.x,
            y: bounds.y,
            width: place.width,
            height: place.shown_height(),
        };
        let card = palette.card();
        fill(renderer, shown, palette.surface, card.border);

        let (rows, block) = (place.rows_in_sight(offset.1), self.cursor.block());
        let stuck: Vec<_> = place.stuck(offset.1).collect();
        let (range, room) = rows;
        let loose = range
            .filter(|row| stuck.iter().all(|(it, _)| it != row))
            .map(|row| (row, ROW + row as f32 * ROW - offset.1, ROW + room));
        let foot = stuck.iter().map(|(row, top)| (*row, *top, f32::MAX));
        for (row, top, end) in loose.chain(foot) {
            let seen = Rectangle {
                x: 1.0,
                y: top.max(ROW),
                width: place.width - 2.0,
                height: ((top + ROW).min(end) - top.max(ROW)).max(0.0),
            } + from;
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
                y: seen.y,
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

        let is_chosen = |spot: Spot| block.0.contains(&spot.row) && block.1.contains(&spot.column);
        let shown = self.in_sight(place, offset);
        for at in &shown {
            let Some(spot) = at.spot else { continue };
            let (seen, cell) = (inset(at.seen) + from, &at.cell);
            if is_chosen(spot) && (self.cursor.is_block() || state.focused) {
                fill(renderer, seen, palette.accent_soft, Border::default());
            }
            if cell.faulty {
                let border = Border {
                    color: palette.grave,
                    width: 2.0,
                    radius: 0.0.into(),
                };
                fill(renderer, seen, palette.grave_soft, border);
            }
            if cell.look == Look::Tag && !cell.text.is_empty() {
                let label = Rectangle {
                    x: at.whole.x + 4.0,
                    y: at.whole.y + 5.0,
                    width: (cell.text.chars().count() as f32 * 7.2 + 12.0)
                        .min(at.whole.width - 6.0),
                    height: ROW - 9.0,
                } + from;
                if let Some(label) = label.intersection(&seen) {
                    fill(renderer, label, palette.raised, iced::border::rounded(4));
                }
            }
            if spot == self.cursor.at() {
                let (color, width) = if state.focused {
                    (palette.accent, 2.0)
                } else {
                    (palette.edge, 1.0)
                };
                let border = Border {
                    color,
                    width,
                    radius: 0.0.into(),
                };
                fill(renderer, seen, Color::TRANSPARENT, border);
            }
        }

        // iced's software renderer clips what a layer holds, and no text by itself.
        for zone in place.zones(offset) {
            let sight = zone.bounds + from;
            renderer.with_layer(sight, |renderer| {
                self.write(state, &shown, zone, from, renderer);
            });
        }

        for handle in place.handles(offset).into_iter().flatten() {
            fill(
                renderer,
                handle + from,
                palette.edge,
                iced::border::rounded(3),
            );
        }
    }

    /// Puts the words of a zone.
    fn write(
        &self,
        state: &State,
        shown: &[Shown<'_>],
        zone: Zone,
        from: Vector,
        renderer: &mut Renderer,
    ) {
        let (place, offset) = (&state.place, state.offset);
        let typed = self.editor.is_some().then(|| self.cursor.at());
        for at in shown {
            let (cell, words) = (&at.cell, at.cell.text.as_ref());
            let is_here = zone.holds(place, at.spot, at.column, offset.1);
            let is_typed = at.spot.is_some() && at.spot == typed;
            if !is_here || is_typed || words.is_empty() && !cell.faulty {
                continue;
            }
            let line = at.spot.map(|spot| (self.line)(spot.row));
            let (face, ink) = self.ink(line, cell);
            let size = if at.spot.is_none() { HEAD } else { SIZE };
            let whole = at.whole + from;
            let high = (size * 1.3).ceil();
            // iced redraws what lies from the point rightwards and down: words begin there, whatever their side. It
            // clips what is said to be larger than its layer: a cell that is cut is.
            let mut put = |words: String, right: Option<f32>, ink: Color| {
                let wide = match right {
                    Some(_) => state.cut.borrow_mut().width(&words, face, size),
                    None => whole.width - 2.0 * INDENT,
                };
                let x = right.map_or(whole.x + INDENT, |right| right - wide);
                let text = text::Text {
                    align_y: Vertical::Top,
                    bounds: Size::new(wide + 4.0, high),
                    ..line_of(words, face, size)
                };
                let corner = Point::new(x, whole.y + (ROW - high) / 2.0);
                renderer.fill_text(text, corner, ink, whole);
            };
            let room = whole.width - 2.0 * INDENT;
            if cell.faulty && at.figures {
                put("▲".to_owned(), None, self.palette.grave);
            }
            let words = if cell.faulty && !at.figures {
                format!("▲ {words}")
            } else {
                words.to_owned()
            };
            if at.figures {
                // Figures are not cut, nor hidden in part at the edge of what scrolls: a number that lacks a figure is
                // another.
                let wide = state.cut.borrow_mut().width(&words, face, size);
                let (seen, right) = (at.seen + from, whole.x + whole.width - INDENT);
                let is_whole = right - wide >= seen.x && right <= seen.x + seen.width;
                match is_whole {
                    true => put(words, Some(right), ink),
                    false => put("…".to_owned(), Some(seen.x + seen.width - INDENT), ink),
                }
            } else {
                let words = state.cut.borrow_mut().cut(words, face, size, room);
                put(words, None, ink);
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
    whole: Rectangle,
    /// What of it can be seen.
    pub(super) seen: Rectangle,
    spot: Option<Spot>,
    column: usize,
    figures: bool,
    pub(super) cell: Cell<'a>,
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
