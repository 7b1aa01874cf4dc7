//! A chart on a canvas, in the colours of the theme, or the same in figures.

mod table;

use std::cell::{Cell, RefCell};

use iced::widget::canvas::{self, Cache, Canvas, Frame, Geometry, Path, Stroke};
use iced::widget::{Column, column, row, text};
use iced::{Color, Element, Fill, Point, Rectangle, Renderer, Theme, alignment, mouse};

use super::link;
use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;
use crate::chart::{Align, Chart, Drawing, Ink, Mark, ON_DARK, ON_LIGHT, TONES};
use crate::reference::Reference;

/// A chart that is shown: its drawing, made anew when its width or the colours change.
#[derive(Debug)]
pub struct Shown {
    chart: Chart,
    in_figures: bool,
    drawing: RefCell<Option<Drawing>>,
    cache: Cache,
    palette: Cell<Option<Palette>>,
}

impl Shown {
    /// That chart, drawn or in figures.
    #[must_use]
    pub fn new(chart: Chart, in_figures: bool) -> Self {
        Self {
            chart,
            in_figures,
            drawing: RefCell::new(None),
            cache: Cache::new(),
            palette: Cell::new(None),
        }
    }

    /// What is shown.
    #[must_use]
    pub const fn chart(&self) -> &Chart {
        &self.chart
    }

    /// Figures instead of the drawing, or back.
    pub fn turn(&mut self) {
        self.in_figures = !self.in_figures;
    }

    /// Whether it is in figures.
    #[must_use]
    pub const fn is_in_figures(&self) -> bool {
        self.in_figures
    }

    /// Its title, and the chart that wide or its figures; `on_turn` asks for the other.
    pub fn view<'a, M: Clone + 'a>(
        &'a self,
        width: f32,
        on_turn: M,
        reference: &Reference,
        palette: Palette,
    ) -> Element<'a, M> {
        let (content, other) = if self.in_figures {
            (
                table::view(&self.chart, width, reference, palette),
                "Voir le dessin",
            )
        } else {
            (self.drawn(width, reference, palette), "Voir les chiffres")
        };
        let title = row![
            text(&self.chart.title).size(16).font(STRONG).width(Fill),
            link(other, palette).on_press(on_turn),
        ]
        .spacing(8);
        let note = self.chart.note.as_ref();
        let note = note.map(|note| text(note).size(14).color(palette.muted));
        let head = Column::new().push(title).push(note).spacing(2);
        column![head, content].spacing(12).width(width).into()
    }

    fn drawn<'a, M: 'a>(
        &'a self,
        width: f32,
        reference: &Reference,
        palette: Palette,
    ) -> Element<'a, M> {
        let width = f64::from(width.floor().max(160.0));
        let mut drawing = self.drawing.borrow_mut();
        if drawing.as_ref().is_none_or(|it| it.width != width) {
            *drawing = Some(self.chart.draw(width, reference));
            self.cache.clear();
        }
        if self.palette.replace(Some(palette)) != Some(palette) {
            self.cache.clear();
        }
        let height = drawing.as_ref().map_or(0.0, |it| it.height) as f32;
        Canvas::new(Painter {
            shown: self,
            palette,
        })
        .width(Fill)
        .height(height)
        .into()
    }
}

struct Painter<'a> {
    shown: &'a Shown,
    palette: Palette,
}

impl<M> canvas::Program<M> for Painter<'_> {
    type State = ();

    fn draw(
        &self,
        _: &(),
        renderer: &Renderer,
        _: &Theme,
        bounds: Rectangle,
        _: mouse::Cursor,
    ) -> Vec<Geometry> {
        let drawn = self.shown.cache.draw(renderer, bounds.size(), |frame| {
            if let Some(drawing) = self.shown.drawing.borrow().as_ref() {
                for mark in &drawing.marks {
                    self.paint(mark, frame);
                }
            }
        });
        vec![drawn]
    }
}

impl Painter<'_> {
    fn color(&self, ink: Ink) -> Color {
        let palette = self.palette;
        match ink {
            Ink::Text => palette.ink,
            Ink::Muted => palette.muted,
            Ink::Rule => palette.line,
            Ink::Ground => palette.surface,
            Ink::Track => palette.raised,
            Ink::Tone(tone) => {
                let tones = if palette.is_dark() { ON_DARK } else { ON_LIGHT };
                let [red, green, blue] = tones.get(tone % TONES).copied().unwrap_or_default();
                Color::from_rgb8(red, green, blue)
            }
        }
    }

    fn paint(&self, mark: &Mark, frame: &mut Frame) {
        let at = |(x, y): (f64, f64)| Point::new(x as f32, y as f32);
        match mark {
            Mark::Surface { corners, ink } => {
                let surface = Path::new(|path| {
                    let mut corners = corners.iter();
                    if let Some(first) = corners.next() {
                        path.move_to(at(*first));
                    }
                    corners.for_each(|corner| path.line_to(at(*corner)));
                    path.close();
                });
                frame.fill(&surface, self.color(*ink));
            }
            Mark::Line {
                from,
                to,
                width,
                ink,
            } => {
                let stroke = Stroke::default()
                    .with_color(self.color(*ink))
                    .with_width(*width as f32);
                frame.stroke(&Path::line(at(*from), at(*to)), stroke);
            }
            Mark::Words {
                at: (x, baseline),
                align,
                size,
                bold,
                text,
                ink,
            } => {
                // The middle of the letters is a third of their size above the baseline.
                let middle = baseline - size * 0.34;
                frame.fill_text(canvas::Text {
                    content: text.clone(),
                    position: at((*x, middle)),
                    color: self.color(*ink),
                    size: (*size as f32).into(),
                    font: if *bold { STRONG } else { SANS },
                    align_x: match align {
                        Align::Start => iced::widget::text::Alignment::Left,
                        Align::Middle => iced::widget::text::Alignment::Center,
                        Align::End => iced::widget::text::Alignment::Right,
                    },
                    align_y: alignment::Vertical::Center,
                    ..canvas::Text::default()
                });
            }
        }
    }
}
