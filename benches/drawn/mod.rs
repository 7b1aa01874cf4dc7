//! Frames drawn as the window draws them, without a display: `iced_tiny_skia::window::compositor` on a surface of ours.
//!
//! The software renderer compares what a frame holds with what the frame before held, and repaints only the rectangles
//! that changed. Dots outside them stay. [`Surface::present`] does what it does, down to the copies that it keeps;
//! [`Surface::repaint`] paints everything, as when a window appears or is resized.

use iced::advanced::graphics::{Viewport, damage};
use iced::{Color, Rectangle, Size};
use iced_tiny_skia::{Layer, Renderer};
use tiny_skia::{Mask, Pixmap};

/// The dots of a window, and what the last frame put there.
pub struct Surface {
    dots: Pixmap,
    mask: Mask,
    viewport: Viewport,
    before: Vec<Layer>,
}

impl Surface {
    /// A window of that size, a dot a logical pixel.
    pub fn new(size: Size) -> Self {
        let size = Size::new(size.width as u32, size.height as u32);
        Self {
            dots: Pixmap::new(size.width, size.height).unwrap(),
            mask: Mask::new(size.width, size.height).unwrap(),
            viewport: Viewport::with_physical_size(size, 1.0),
            before: Vec::new(),
        }
    }

    /// Paints what changed since the last frame; the share of the window that it is, between 0 and 1.
    pub fn present(&mut self, renderer: &mut Renderer) -> f32 {
        let whole = Rectangle::with_size(self.viewport.logical_size());
        let changed = damage::diff(
            &self.before,
            renderer.layers(),
            |layer| vec![layer.bounds],
            Layer::damage,
        );
        self.before = renderer.layers().to_vec();
        let changed = damage::group(changed, whole);
        self.paint(renderer, &changed);
        changed.iter().map(Rectangle::area).sum::<f32>() / whole.area()
    }

    /// Paints everything.
    pub fn repaint(&mut self, renderer: &mut Renderer) {
        self.before = renderer.layers().to_vec();
        let whole = Rectangle::with_size(self.viewport.logical_size());
        self.paint(renderer, &[whole]);
    }

    fn paint(&mut self, renderer: &mut Renderer, where_: &[Rectangle]) {
        let mut dots = self.dots.as_mut();
        renderer.draw(
            &mut dots,
            &mut self.mask,
            &self.viewport,
            where_,
            Color::WHITE,
        );
    }

    /// The dots: blue, green, red and opacity of each, as windows want them.
    pub fn dots(&self) -> &[u8] {
        self.dots.data()
    }
}
