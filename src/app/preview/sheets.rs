//! The pages as the window draws them: white sheets one under the other, their pictures where they are painted, marks in
//! the margin.
//!
//! It stands in a scrollable, sees which part of itself is in sight and says so; it makes nothing.

use iced::advanced::widget::{Tree, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, image as raster, layout, mouse, renderer,
    text as letters,
};
use iced::{
    Border, Color, Element, Event, Length, Pixels, Point, Rectangle, Renderer, Shadow, Size, Theme,
    Vector, alignment, touch,
};

use super::press::{Picture, points};
use super::spot::Spot;
use crate::app::fonts::SANS;
use crate::app::theme::Palette;
use crate::check::Severity;
use crate::typeset::pages::{self, Pages};

/// Between two sheets, and around them, in logical pixels.
const GAP: f32 = 14.0;

/// How the sheets stand: all of one size, in a column.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Stack {
    count: usize,
    sheet: Size,
    /// Logical pixels a point.
    scale: f32,
    /// From the left of the pane.
    x: f32,
    width: f32,
}

impl Stack {
    /// The pages in a pane of that width, their sheets `across` physical pixels wide, with so many of these to a
    /// logical one.
    #[must_use]
    pub fn new(pages: &Pages, pane: f32, across: u32, pixels: f32) -> Self {
        let (width, height) = (points(pages.width.0), points(pages.height.0));
        let across = across as f32;
        let sheet = Size::new(across / pixels, (across * height / width).ceil() / pixels);
        Self {
            count: pages.pages.len(),
            sheet,
            scale: sheet.width / width,
            x: ((pane - sheet.width) / 2.0).max(GAP).floor(),
            width: pane.max(sheet.width + 2.0 * GAP),
        }
    }

    /// The width that is left to a sheet in a pane.
    #[must_use]
    pub fn room(pane: f32) -> f32 {
        (pane - 2.0 * GAP).max(80.0)
    }

    /// How large all of it is.
    #[must_use]
    pub fn size(&self) -> Size {
        let height = GAP + self.count as f32 * (self.sheet.height + GAP);
        Size::new(self.width, height)
    }

    /// Where a sheet is.
    #[must_use]
    pub fn sheet(&self, page: usize) -> Rectangle {
        let y = GAP + page as f32 * (self.sheet.height + GAP);
        Rectangle::new(Point::new(self.x, y), self.sheet)
    }

    /// The pages that are in sight between two heights.
    #[must_use]
    pub fn pages_in(&self, top: f32, height: f32) -> std::ops::Range<usize> {
        let step = self.sheet.height + GAP;
        let first = ((top - GAP) / step).floor().max(0.0) as usize;
        let last = ((top + height) / step).ceil().max(0.0) as usize;
        first.min(self.count)..last.min(self.count)
    }

    /// Where a line is, from the top.
    #[must_use]
    pub fn line(&self, spot: &Spot) -> (f32, f32) {
        let top = self.sheet(spot.page).y;
        let at = |length: pages::Length| top + points(length.0) * self.scale;
        (at(spot.top), at(spot.foot))
    }

    /// The page under a point, and where on it.
    fn page_at(&self, point: Point) -> Option<(usize, pages::Length, pages::Length)> {
        let page = (0..self.count).find(|page| self.sheet(*page).contains(point))?;
        let sheet = self.sheet(page);
        let length =
            |pixels: f32| pages::Length((f64::from(pixels / self.scale) * 65_536.0) as i64);
        Some((page, length(point.x - sheet.x), length(point.y - sheet.y)))
    }
}

/// What is in sight of the sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Seen {
    /// The width of the pane.
    pub pane: f32,
    /// How far down.
    pub top: f32,
    /// How much.
    pub height: f32,
    /// Whether it stands in the place of the text, and not beside it.
    pub instead: bool,
}

/// A finding in the margin.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Mark {
    /// Where.
    pub spot: Spot,
    /// How much it matters.
    pub severity: Severity,
    /// Which of the findings.
    pub rank: usize,
}

/// What is done to the sheets.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gesture {
    /// This is in sight now.
    Seen(Seen),
    /// A page is clicked there.
    Clicked {
        /// Which, from 0.
        page: usize,
        /// From its left.
        x: pages::Length,
        /// From its top.
        y: pages::Length,
    },
    /// The mark of that finding is clicked.
    Marked(usize),
}

/// See the module.
pub struct Sheets<'a, M> {
    /// How they stand; nothing is drawn before there is something.
    pub stack: Option<Stack>,
    /// The picture of a page.
    pub picture: Box<dyn Fn(usize) -> Option<&'a Picture> + 'a>,
    /// Physical pixels a logical one.
    pub pixels: f32,
    /// What stands in the margin.
    pub marks: &'a [Mark],
    /// The line of the caret.
    pub caret: Option<Spot>,
    /// The width of the pane.
    pub pane: f32,
    /// See [`Seen::instead`].
    pub instead: bool,
    /// Colours.
    pub palette: Palette,
    /// What a gesture says.
    pub on_gesture: fn(Gesture) -> M,
}

#[derive(Default)]
struct Told(Option<Seen>);

impl<M> Sheets<'_, M> {
    fn mark_at(&self, mark: &Mark) -> Option<Rectangle> {
        let stack = self.stack?;
        let (top, _) = stack.line(&mark.spot);
        let sheet = stack.sheet(mark.spot.page);
        Some(Rectangle::new(
            Point::new(sheet.x + 2.0, top - 2.0),
            Size::new(18.0, 18.0),
        ))
    }

    fn seen(&self, bounds: Rectangle, viewport: &Rectangle) -> Seen {
        Seen {
            pane: self.pane,
            top: (viewport.y - bounds.y).max(0.0),
            height: viewport.height,
            instead: self.instead,
        }
    }
}

impl<M> Widget<M, Theme, Renderer> for Sheets<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<Told>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(Told::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Shrink, Length::Shrink)
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        let size = self
            .stack
            .map_or(Size::new(self.pane, 1.0), |stack| stack.size());
        layout::Node::new(limits.resolve(Length::Shrink, Length::Shrink, size))
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let told = tree.state.downcast_mut::<Told>();
        let seen = self.seen(bounds, viewport);
        if told.0 != Some(seen) {
            told.0 = Some(seen);
            shell.publish((self.on_gesture)(Gesture::Seen(seen)));
        }

        let pressed = matches!(
            event,
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
                | Event::Touch(touch::Event::FingerPressed { .. })
        );
        let Some(point) = cursor.position_in(bounds).filter(|_| pressed) else {
            return;
        };
        if cursor.position_over(*viewport).is_none() {
            return;
        }
        let on_mark = self
            .marks
            .iter()
            .find(|mark| self.mark_at(mark).is_some_and(|area| area.contains(point)));
        let gesture = match (on_mark, self.stack.and_then(|stack| stack.page_at(point))) {
            (Some(mark), _) => Gesture::Marked(mark.rank),
            (None, Some((page, x, y))) => Gesture::Clicked { page, x, y },
            (None, None) => return,
        };
        shell.publish((self.on_gesture)(gesture));
        shell.capture_event();
    }

    fn draw(
        &self,
        _: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let Some(stack) = self.stack else { return };
        let from_here = Vector::new(bounds.x, bounds.y);
        let in_sight = stack.pages_in(viewport.y - bounds.y, viewport.height);

        for page in in_sight.clone() {
            self.sheet(renderer, page, stack.sheet(page) + from_here, viewport);
        }
        renderer.with_layer(*viewport, |renderer| {
            if let Some(spot) = self.caret.filter(|spot| in_sight.contains(&spot.page)) {
                self.caret(renderer, &stack, &spot, from_here);
            }
            for mark in self.marks {
                if in_sight.contains(&mark.spot.page) {
                    self.mark(renderer, &stack, mark, from_here);
                }
            }
        });
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        let point = cursor.position_in(layout.bounds());
        let page = point.and_then(|point| self.stack?.page_at(point));
        match page {
            Some(_) => mouse::Interaction::Text,
            None => mouse::Interaction::default(),
        }
    }
}

impl<M> Sheets<'_, M> {
    fn sheet(&self, renderer: &mut Renderer, page: usize, sheet: Rectangle, viewport: &Rectangle) {
        renderer.fill_quad(
            renderer::Quad {
                bounds: sheet.expand(1.0),
                border: Border {
                    color: self.palette.edge,
                    width: 1.0,
                    radius: 0.0.into(),
                },
                shadow: Shadow::default(),
                snap: true,
            },
            Color::WHITE,
        );
        let Some(picture) = (self.picture)(page) else {
            return;
        };
        let drawn = Size::new(
            picture.width as f32 / self.pixels,
            picture.height as f32 / self.pixels,
        );
        // Until it is painted at this size, the picture of another size stands for it.
        let as_painted = (drawn.width - sheet.width).abs() < 0.5 / self.pixels;
        let (bounds, filter) = if as_painted {
            (
                Rectangle::new(sheet.position(), drawn),
                raster::FilterMethod::Nearest,
            )
        } else {
            (sheet, raster::FilterMethod::Linear)
        };
        let image = raster::Image::new(picture.handle.clone())
            .filter_method(filter)
            .snap(true);
        raster::Renderer::draw_image(renderer, image, bounds, *viewport);
    }

    fn caret(&self, renderer: &mut Renderer, stack: &Stack, spot: &Spot, from_here: Vector) {
        let (top, foot) = stack.line(spot);
        let sheet = stack.sheet(spot.page);
        let bar = Rectangle::new(
            Point::new(sheet.x + sheet.width - 9.0, top),
            Size::new(3.0, (foot - top).max(6.0)),
        );
        renderer.fill_quad(
            renderer::Quad {
                bounds: bar + from_here,
                ..renderer::Quad::default()
            },
            Palette::LIGHT.accent,
        );
    }

    fn mark(&self, renderer: &mut Renderer, stack: &Stack, mark: &Mark, from_here: Vector) {
        // On white paper whatever the theme: the inks of the light one.
        let ink = match mark.severity {
            Severity::Blocking => Palette::LIGHT.grave,
            Severity::Warning => Palette::LIGHT.wary,
            Severity::Advice => Palette::LIGHT.muted,
        };
        let Some(area) = self.mark_at(mark) else {
            return;
        };
        let (top, foot) = stack.line(&mark.spot);
        let line = Rectangle::new(
            Point::new(area.x + 18.0, top),
            Size::new(2.0, (foot - top).max(6.0)),
        );
        renderer.fill_quad(
            renderer::Quad {
                bounds: line + from_here,
                ..renderer::Quad::default()
            },
            ink,
        );
        // From the top left, and said to fill its own room: iced redraws what lies from there rightwards and down, and
        // cuts by its layer only what is said to reach out of it.
        let room = area + from_here;
        let corner = Point::new(room.center_x() - 7.0, room.center_y() - 9.0);
        letters::Renderer::fill_text(
            renderer,
            letters::Text {
                content: mark.severity.mark().to_string(),
                bounds: area.size(),
                size: Pixels(13.0),
                line_height: letters::LineHeight::Absolute(Pixels(18.0)),
                font: SANS,
                align_x: letters::Alignment::Left,
                align_y: alignment::Vertical::Top,
                shaping: letters::Shaping::Advanced,
                wrapping: letters::Wrapping::None,
            },
            corner,
            ink,
            room,
        );
    }
}

impl<'a, M: 'a> From<Sheets<'a, M>> for Element<'a, M> {
    fn from(sheets: Sheets<'a, M>) -> Self {
        Self::new(sheets)
    }
}
