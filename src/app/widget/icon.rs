//! The signs of the places, drawn as lines: no font has to have them, and they take the ink of the words beside.
//!
//! A drawing is kept from frame to frame: one made anew is repainted, and what is around it, though nothing moved.

use std::cell::Cell;

use iced::mouse;
use iced::widget::canvas::{
    self, Cache, Canvas, Frame, Geometry, LineCap, LineJoin, Path, Stroke, Text,
};
use iced::{Color, Element, Pixels, Point, Rectangle, Renderer, Size, Theme, alignment};

use crate::app::fonts::STRONG;

/// The side of an icon, in pixels; what is drawn is told on a square of 16.
const SIDE: f32 = 17.0;

/// What a place holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Icon {
    /// The day: four cards.
    Dashboard,
    /// The world.
    Partners,
    /// A sheet that is written.
    Conventions,
    /// A coin's share.
    Budgets,
    /// Words.
    Glossary,
    /// A paragraph of law.
    Law,
    /// A shelf of books.
    Resources,
    /// Sliders.
    Settings,
}

/// The icon, in that ink.
pub fn icon<'a, M: 'a>(icon: Icon, ink: Color) -> Element<'a, M> {
    Canvas::new(Drawn { icon, ink })
        .width(SIDE)
        .height(SIDE)
        .into()
}

#[derive(Debug, Clone, Copy, PartialEq)]
struct Drawn {
    icon: Icon,
    ink: Color,
}

impl Drawn {
    fn draw(self, frame: &mut Frame) {
        frame.scale(SIDE / 16.0);
        match self.icon {
            Icon::Glossary => letters(frame, "Aa", self.ink),
            Icon::Law => letters(frame, "§", self.ink),
            icon => {
                let stroke = Stroke::default()
                    .with_color(self.ink)
                    .with_width(1.4)
                    .with_line_cap(LineCap::Round)
                    .with_line_join(LineJoin::Round);
                frame.stroke(&lines(icon), stroke);
            }
        }
    }
}

/// The drawing, and what it is of.
#[derive(Default)]
struct Kept {
    drawing: Cache,
    of: Cell<Option<Drawn>>,
}

impl<M> canvas::Program<M> for Drawn {
    type State = Kept;

    fn draw(
        &self,
        kept: &Kept,
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        if kept.of.replace(Some(*self)) != Some(*self) {
            kept.drawing.clear();
        }
        let drawing = kept.drawing.draw(renderer, bounds.size(), |frame| {
            Self::draw(*self, frame);
        });
        vec![drawing]
    }
}

fn letters(frame: &mut Frame, content: &str, color: Color) {
    frame.fill_text(Text {
        content: content.to_owned(),
        position: Point::new(8.0, 8.0),
        color,
        size: Pixels(if content.len() > 2 { 13.0 } else { 15.0 }),
        font: STRONG,
        align_x: iced::widget::text::Alignment::Center,
        align_y: alignment::Vertical::Center,
        ..Text::default()
    });
}

fn lines(icon: Icon) -> Path {
    Path::new(|path| {
        let mut line = |points: &[(f32, f32)]| {
            let mut points = points.iter().map(|(x, y)| Point::new(*x, *y));
            if let Some(first) = points.next() {
                path.move_to(first);
                points.for_each(|point| path.line_to(point));
            }
        };
        match icon {
            Icon::Dashboard => {
                for (x, y) in [(2.0, 2.0), (9.5, 2.0), (2.0, 9.5), (9.5, 9.5)] {
                    path.rectangle(Point::new(x, y), Size::new(4.5, 4.5));
                }
            }
            Icon::Partners => {
                line(&[(2.0, 8.0), (14.0, 8.0)]);
                path.circle(Point::new(8.0, 8.0), 6.0);
                // A meridian.
                path.move_to(Point::new(8.0, 2.0));
                path.quadratic_curve_to(Point::new(3.6, 8.0), Point::new(8.0, 14.0));
                path.move_to(Point::new(8.0, 2.0));
                path.quadratic_curve_to(Point::new(12.4, 8.0), Point::new(8.0, 14.0));
            }
            Icon::Conventions => {
                line(&[
                    (3.0, 2.0),
                    (10.0, 2.0),
                    (13.0, 5.0),
                    (13.0, 14.0),
                    (3.0, 14.0),
                    (3.0, 2.0),
                ]);
                for y in [6.5, 9.0, 11.5] {
                    line(&[(5.5, y), (10.5, y)]);
                }
            }
            Icon::Budgets => {
                line(&[(8.0, 2.0), (8.0, 8.0), (14.0, 8.0)]);
                path.circle(Point::new(8.0, 8.0), 6.0);
            }
            Icon::Resources => {
                line(&[(2.5, 2.5), (2.5, 13.5), (5.5, 13.5), (5.5, 2.5), (2.5, 2.5)]);
                line(&[(5.5, 4.5), (8.5, 4.5), (8.5, 13.5), (5.5, 13.5)]);
                line(&[
                    (9.5, 3.5),
                    (12.0, 2.8),
                    (14.0, 13.0),
                    (11.5, 13.6),
                    (9.5, 3.5),
                ]);
            }
            Icon::Settings => {
                for (y, x) in [(4.0, 10.5), (8.0, 5.5), (12.0, 9.0)] {
                    line(&[(2.0, y), (x - 1.6, y)]);
                    line(&[(x + 1.6, y), (14.0, y)]);
                }
                for (y, x) in [(4.0, 10.5), (8.0, 5.5), (12.0, 9.0)] {
                    path.circle(Point::new(x, y), 1.6);
                }
            }
            Icon::Glossary | Icon::Law => {}
        }
    })
}
