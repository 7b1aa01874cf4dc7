//! A drawing as one row: its surfaces, lines and words, all of one Figure of the tag tree, which says what it shows.

use std::sync::Arc;

use crate::chart::{Align as Side, Ink, Mark, Point, on_paper};
use crate::document::{Align, Figure, Place, Rgb};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Galley, Placed, Row, Standing};
use super::imprint::moved;
use super::measure::{CAPTION, CELL, TextStyle, centipoints};
use super::pages::{Area, Drawing, Length, Path, Step, Tag};

/// Where a drawing stands, and how large a pixel of it is printed.
struct Frame<'p> {
    x: Length,
    width: Length,
    /// 1/65536 of a point a pixel.
    scale: f64,
    node: usize,
    place: Option<&'p Arc<Place>>,
}

impl Frame<'_> {
    fn length(&self, pixels: f64) -> Length {
        Length((pixels * self.scale).round() as i64)
    }

    fn at(&self, (x, y): Point) -> (Length, Length) {
        (self.x + self.length(x), self.length(y))
    }
}

impl Galley<'_> {
    pub(super) fn figure(
        &mut self,
        figure: &Figure,
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        if !figure.caption.is_empty() {
            let laid = self.set(
                &figure.caption,
                language,
                CAPTION,
                Align::Start,
                column.width,
            );
            let node = self.node_in(parent, Tag::Paragraph, Some(language));
            let standing = Standing {
                x: column.x,
                gap: centipoints(900),
                counted: false,
                whole: true,
            };
            let own = self.rows(&laid, node, place, &standing);
            let any = !own.is_empty();
            self.join(rows, own);
            self.keep |= any;
        }

        let drawing = &figure.drawing;
        let across = column.width.0 as f64 / drawing.width.max(1.0);
        let down = self.sheet.depth().0 as f64 / drawing.height.max(1.0);
        let node = self.node_in(parent, Tag::Figure, Some(language));
        self.nodes[node].alternative = Some(figure.alternative.clone());
        let frame = Frame {
            x: column.x,
            width: column.width,
            scale: across.min(down).min(65536.0),
            node,
            place,
        };

        let mut row = Row::new(frame.length(drawing.height) + centipoints(400));
        row.gap = centipoints(500);
        row.drawn.push(Placed::Drawn {
            area: Area {
                x: column.x,
                y: Length::ZERO,
                width: frame.length(drawing.width),
                height: frame.length(drawing.height),
            },
            node,
        });
        for mark in &drawing.marks {
            self.mark(mark, language, &frame, &mut row);
        }
        self.join(rows, vec![row]);
    }

    fn mark(&mut self, mark: &Mark, language: &Lang, frame: &Frame<'_>, row: &mut Row) {
        let path = |steps, fill, stroke| {
            Drawing::Path(Path {
                steps,
                fill,
                stroke,
            })
        };
        let ink = |drawing, y| Placed::Ink {
            drawing,
            y,
            node: frame.node,
        };
        match mark {
            Mark::Surface { corners, ink: tone } => {
                let Some((first, rest)) = corners.split_first() else {
                    return;
                };
                let (x, y) = frame.at(*first);
                let mut steps = vec![Step::Move(x, y)];
                steps.extend(rest.iter().map(|corner| {
                    let (x, y) = frame.at(*corner);
                    Step::Line(x, y)
                }));
                steps.push(Step::Close);
                row.drawn
                    .push(ink(path(steps, Some(rgb(*tone)), None), Length::ZERO));
            }
            Mark::Line {
                from,
                to,
                width,
                ink: tone,
            } => {
                let ((ax, ay), (bx, by)) = (frame.at(*from), frame.at(*to));
                let steps = vec![Step::Move(ax, ay), Step::Line(bx, by)];
                let stroke = Some((rgb(*tone), frame.length(*width)));
                row.drawn.push(ink(path(steps, None, stroke), Length::ZERO));
            }
            Mark::Words {
                at,
                align,
                size,
                bold,
                text,
                ink: tone,
            } => {
                let style = TextStyle {
                    size: frame.length(*size),
                    leading: frame.length(*size * 1.25),
                    bold: *bold,
                    color: rgb(*tone),
                    ..CELL
                };
                let (x, baseline) = frame.at(*at);
                let (align, left) = match align {
                    Side::Start => (Align::Start, x),
                    Side::Middle => (Align::Center, x - frame.width / 2),
                    Side::End => (Align::End, x - frame.width),
                };
                let laid = self
                    .press
                    .set_line(text, language, style, frame.width, align);
                self.remark_on(&laid, frame.place);
                if let Some(line) = laid.lines.first() {
                    for set in &line.ink {
                        let drawing = moved(&set.drawing, left, Length::ZERO);
                        row.drawn.push(ink(drawing, baseline - line.baseline));
                    }
                }
            }
        }
    }
}

fn rgb(ink: Ink) -> Rgb {
    let [red, green, blue] = on_paper(ink);
    Rgb(red, green, blue)
}
