//! A frame that changes in many places is painted at once, and not piece by piece.
//!
//! iced's software renderer repaints the rectangles that changed since the frame before, one after the other, and for
//! each of them makes a mask as large as the window for every layer that it touches. A page of a table that is turned
//! makes a hundred rectangles: painting them takes twenty times what the whole window takes. Here the places are
//! counted as the renderer will count them; where they are many, a layer as large as the window that is a hair smaller
//! than in the frame before makes one rectangle of them.

use std::cell::RefCell;

use iced::advanced::Layout;
use iced::advanced::Renderer as _;
use iced::advanced::graphics::damage;
use iced::advanced::widget::Tree;
use iced::{Element, Rectangle, Renderer};
use iced_tiny_skia::Layer;

use super::compound::{Compound, Drawing, compound};

/// So many masks take as long as painting a window of 1280 × 800 whole.
const MANY: usize = 40;

/// How many sizes the layer takes in turn: the frame that a window compares with may be older than the last.
const TURNS: u8 = 4;

/// What the layer is smaller by, in logical pixels: seen by who compares, not by who looks.
const HAIR: f32 = 1.0 / 256.0;

/// See the module.
struct AtOnce<'a, M> {
    page: [Element<'a, M>; 1],
}

/// Has that painted at once where it changes in many places.
pub fn at_once<'a, M: 'a>(page: impl Into<Element<'a, M>>) -> Element<'a, M> {
    compound(AtOnce {
        page: [page.into()],
    })
}

/// The frame before.
#[derive(Default)]
struct Before {
    layers: Vec<Layer>,
    turn: u8,
}

impl<'a, M> Compound<'a, M> for AtOnce<'a, M> {
    type State = RefCell<Before>;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.page
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.page
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        self.draw_parts(tree, layout, &mut drawing);

        let Ok(mut before) = tree.state.downcast_ref::<Self::State>().try_borrow_mut() else {
            return;
        };
        let window = layout.bounds();
        let Some(layers) = layers(drawing.renderer) else {
            return;
        };
        if masks(&before.layers, layers, window) > MANY.max(2 * layers.len()) {
            before.turn = (before.turn + 1) % TURNS;
        }
        before.layers = layers.to_vec();
        // The renderer joins places from the corner outwards: this one, around the corner, comes first.
        let all = Rectangle {
            x: -window.width,
            y: -window.height,
            width: 2.0 * window.width,
            height: 2.0 * window.height - HAIR * f32::from(before.turn),
        };
        drawing.renderer.with_layer(all, |_| {});
    }
}

/// What the software renderer has drawn; nothing where a graphics processor may draw.
#[cfg(not(feature = "gpu"))]
#[allow(clippy::unnecessary_wraps, reason = "the other renderer has none")]
fn layers(renderer: &mut Renderer) -> Option<&[Layer]> {
    Some(renderer.layers())
}

#[cfg(feature = "gpu")]
fn layers(_: &mut Renderer) -> Option<&[Layer]> {
    None
}

/// How many masks it takes to paint what changed.
fn masks(before: &[Layer], now: &[Layer], window: Rectangle) -> usize {
    let changed = damage::diff(before, now, |layer| vec![layer.bounds], Layer::damage);
    let places = damage::group(changed, window);
    let touches = |place: &Rectangle| {
        now.iter()
            .filter(|layer| layer.bounds.intersects(place))
            .count()
    };
    places.iter().map(touches).sum()
}

#[cfg(test)]
pub(super) mod tests {
    use iced::advanced::renderer::{Headless, Style};
    use iced::widget::{Column, Row, text};
    use iced::{Color, Fill, Size, Theme, mouse};
    use iced_test::futures::futures::executor::block_on;
    use iced_test::runtime::user_interface::{Cache, UserInterface};

    use super::*;

    pub const SIZE: Size = Size::new(1280.0, 800.0);

    /// The places that a window of that size paints when the second page follows the first.
    pub fn places(pages: [Element<'_, ()>; 2]) -> Vec<Rectangle> {
        let renderer =
            <Renderer as Headless>::new(iced::Font::DEFAULT, 16.into(), Some("tiny-skia"));
        let mut renderer = block_on(renderer).unwrap();
        let mut cache = Cache::default();
        let mut before = Vec::new();
        let mut places = Vec::new();
        for page in pages {
            let mut interface = UserInterface::build(page, SIZE, cache, &mut renderer);
            let style = Style {
                text_color: Color::BLACK,
            };
            interface.draw(
                &mut renderer,
                &Theme::Light,
                &style,
                mouse::Cursor::Unavailable,
            );
            cache = interface.into_cache();
            let bounds = |layer: &Layer| vec![layer.bounds];
            let changed = damage::diff(&before, renderer.layers(), bounds, Layer::damage);
            places = damage::group(changed, Rectangle::with_size(SIZE));
            before = renderer.layers().to_vec();
        }
        places
    }

    /// A page of 38 lines, of which all change from one turn to the next, or the last.
    fn lines<'a>(turn: i32, all: bool) -> Element<'a, ()> {
        let lines = (0..38).map(|line| {
            let turn = if all || line == 37 { turn } else { 0 };
            // Far from each other: what changed is not one block.
            let words = (0..8).map(|_| text(turn).into());
            Row::with_children(words).spacing(140).into()
        });
        at_once(Column::with_children(lines).width(Fill).height(Fill))
    }

    #[test]
    fn a_page_that_changes_everywhere_is_painted_at_once_and_a_word_alone() {
        let all = places([lines(0, true), lines(1, true)]);
        assert_eq!(all, [Rectangle::with_size(SIZE)]);
        let word = places([lines(0, false), lines(1, false)]);
        assert!(word.iter().all(|it| it.height < 40.0), "{word:?}");
    }
}
