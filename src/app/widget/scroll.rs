//! What scrolls, with a thin bar beside it that covers nothing.
//!
//! The bar is ours: that of iced 0.14 is as long as the part in sight, two pixels of a list of ten thousand rows, which
//! nobody can seize. This one is never shorter than [`LEAST`]. Everything else is iced's, whose own bar is hidden.

use iced::advanced::widget::operation::{self, Operation};
use iced::advanced::widget::{Id as Name, Tree};
use iced::advanced::{Layout, Renderer as _, renderer};
use iced::widget::scrollable::{AbsoluteOffset, Direction, Scrollbar, Viewport};
use iced::widget::{Id, Scrollable, scrollable};
use iced::{
    Border, Element, Event, Fill, Length, Point, Rectangle, Renderer, Vector, mouse, touch,
};

use super::compound::{Compound, Drawing, Heard, compound};
use crate::app::theme::Palette;

/// The room that the bar takes beside what scrolls, in pixels.
pub const BAR: f32 = WIDTH + SPACING;

/// The shortest that what one seizes of a bar may be, in pixels.
pub const LEAST: f32 = 24.0;

const WIDTH: f32 = 6.0;
const SPACING: f32 = 4.0;

/// A page or a list that scrolls; the name is where the keyboard's focus is brought into sight.
pub fn scroll<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    id: &'static str,
    palette: Palette,
) -> Scroll<'a, M> {
    let scrollable = scrollable(content)
        .direction(Direction::Vertical(Scrollbar::hidden().spacing(BAR)))
        .id(Id::new(id))
        .width(Fill)
        .height(Fill);
    Scroll {
        scrollable,
        palette,
        lies_over: false,
    }
}

/// What scrolls both ways: the bars lie over its edges. That across is iced's, for nothing is a hundred times too wide.
pub fn scroll_both<'a, M: 'a>(
    content: impl Into<Element<'a, M>>,
    id: &'static str,
    palette: Palette,
) -> Scroll<'a, M> {
    let across = Scrollbar::new().width(WIDTH).scroller_width(WIDTH);
    let scroll = scroll(content, id, palette);
    Scroll {
        scrollable: scroll.scrollable.direction(Direction::Both {
            vertical: Scrollbar::hidden(),
            horizontal: across,
        }),
        palette,
        lies_over: true,
    }
}

/// See the module.
pub struct Scroll<'a, M> {
    scrollable: Scrollable<'a, M>,
    palette: Palette,
    /// Whether the bar lies over what scrolls, and not beside it.
    lies_over: bool,
}

impl<'a, M: 'a> Scroll<'a, M> {
    /// Says where it is scrolled to.
    pub fn on_scroll(self, say: impl Fn(Viewport) -> M + 'a) -> Self {
        Self {
            scrollable: self.scrollable.on_scroll(say),
            ..self
        }
    }

    /// How high it is.
    pub fn height(self, height: impl Into<Length>) -> Self {
        Self {
            scrollable: self.scrollable.height(height),
            ..self
        }
    }
}

impl<'a, M: 'a> From<Scroll<'a, M>> for Element<'a, M> {
    fn from(scroll: Scroll<'a, M>) -> Self {
        let palette = scroll.palette;
        let style = move |_: &_, status| palette.scrollable(status);
        compound(Barred {
            scrollable: [scroll.scrollable.style(style).into()],
            palette,
            lies_over: scroll.lies_over,
        })
    }
}

/// What scrolls, its bar beside it.
struct Barred<'a, M> {
    scrollable: [Element<'a, M>; 1],
    palette: Palette,
    lies_over: bool,
}

/// What the bar remembers.
#[derive(Debug, Default)]
struct State {
    /// What was in sight when something last happened.
    seen: Option<Seen>,
    /// How far from its top the handle was seized, in pixels.
    held: Option<f32>,
    is_pointed_at: bool,
}

/// What of a content is in sight.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Seen {
    bounds: Rectangle,
    /// How high the whole content is.
    height: f32,
    /// How far it is scrolled down.
    offset: f32,
}

impl Seen {
    /// How far it may be scrolled down: not at all where all of it is in sight.
    fn furthest(&self) -> Option<f32> {
        Some(self.height - self.bounds.height).filter(|it| *it > 0.5)
    }

    /// Where the bar is seized: wider than it is drawn.
    fn strip(&self) -> Rectangle {
        Rectangle {
            x: self.bounds.x + self.bounds.width - BAR,
            width: BAR,
            ..self.bounds
        }
    }

    /// What is drawn of the bar.
    fn handle(&self) -> Option<Rectangle> {
        let furthest = self.furthest()?;
        let room = self.bounds.height;
        let height = (room * room / self.height).max(LEAST).min(room);
        Some(Rectangle {
            x: self.bounds.x + self.bounds.width - WIDTH,
            y: self.bounds.y + (room - height) * (self.offset / furthest).clamp(0.0, 1.0),
            width: WIDTH,
            height,
        })
    }

    /// How far it is scrolled once the top of the handle is there.
    fn offset_at(&self, top: f32) -> f32 {
        let (Some(furthest), Some(handle)) = (self.furthest(), self.handle()) else {
            return 0.0;
        };
        let room = (self.bounds.height - handle.height).max(1.0);
        furthest * ((top - self.bounds.y) / room).clamp(0.0, 1.0)
    }

    /// How far from its top the handle is seized by who presses there: its middle comes to who presses beside.
    fn seized_at(&self, pointer: Point) -> Option<f32> {
        let handle = self.handle()?;
        let along = pointer.y - handle.y;
        Some(match (0.0..=handle.height).contains(&along) {
            true => along,
            false => handle.height / 2.0,
        })
    }
}

impl<M> Barred<'_, M> {
    /// What is in sight now; the content goes there first, where one is told.
    fn look(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        goes_to: Option<f32>,
    ) -> Option<Seen> {
        let mut look = Look {
            goes_to,
            seen: None,
        };
        let parts = self.scrollable.iter_mut().zip(&mut tree.children);
        for ((part, tree), layout) in parts.zip(layout.children()) {
            part.as_widget_mut()
                .operate(tree, layout, renderer, &mut look);
        }
        look.seen
    }
}

/// Asks the scrollable, and it alone, what of it is in sight.
struct Look {
    goes_to: Option<f32>,
    seen: Option<Seen>,
}

impl Operation for Look {
    fn traverse(&mut self, _: &mut dyn FnMut(&mut dyn Operation)) {}

    fn scrollable(
        &mut self,
        _: Option<&Name>,
        bounds: Rectangle,
        content: Rectangle,
        translation: Vector,
        state: &mut dyn operation::Scrollable,
    ) {
        let offset = self.goes_to.unwrap_or(translation.y);
        if let Some(y) = self.goes_to {
            state.scroll_to(AbsoluteOffset {
                x: None,
                y: Some(y),
            });
        }
        self.seen = Some(Seen {
            bounds,
            height: content.height,
            offset,
        });
    }
}

impl<'a, M> Compound<'a, M> for Barred<'a, M> {
    type State = State;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.scrollable
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.scrollable
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        let seen = self.look(tree, layout, heard.renderer, None);
        let state = tree.state.downcast_mut::<State>();
        let strip = seen.filter(|seen| seen.furthest().is_some());
        let pointer = strip.and_then(|seen| heard.cursor.position_over(seen.strip()));
        let is_pointed_at = pointer.is_some();
        if is_pointed_at != state.is_pointed_at {
            state.is_pointed_at = is_pointed_at;
            heard.shell.request_redraw();
        }
        let top = match heard.event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerPressed { .. }) => {
                let seized = seen
                    .zip(pointer)
                    .and_then(|(seen, pointer)| Some((seen.seized_at(pointer)?, pointer.y)));
                state.held = seized.map(|(along, _)| along);
                seized.map(|(along, y)| y - along)
            }
            Event::Mouse(mouse::Event::CursorMoved { .. })
            | Event::Touch(touch::Event::FingerMoved { .. }) => state
                .held
                .zip(heard.cursor.land().position())
                .map(|(along, pointer)| pointer.y - along),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left))
            | Event::Touch(touch::Event::FingerLifted { .. } | touch::Event::FingerLost { .. }) => {
                if state.held.take().is_some() {
                    heard.shell.request_redraw();
                }
                None
            }
            _ => None,
        };
        if let (Some(top), Some(seen)) = (top, seen) {
            let offset = seen.offset_at(top);
            let seen = self.look(tree, layout, heard.renderer, Some(offset));
            tree.state.downcast_mut::<State>().seen = seen;
            heard.shell.capture_event();
            heard.shell.request_redraw();
            return;
        }
        self.pass(tree, layout, &mut heard);
        // A wheel, a key or a message may have moved it.
        let seen = self.look(tree, layout, heard.renderer, None);
        tree.state.downcast_mut::<State>().seen = seen;
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        self.draw_parts(tree, layout, &mut drawing);
        let state = tree.state.downcast_ref::<State>();
        let Some(handle) = state.seen.and_then(|seen| seen.handle()) else {
            return;
        };
        let is_active = state.is_pointed_at || state.held.is_some();
        let (edge, muted) = (self.palette.edge, self.palette.muted);
        let bar = renderer::Quad {
            bounds: handle,
            border: Border {
                radius: (WIDTH / 2.0).into(),
                ..Border::default()
            },
            ..renderer::Quad::default()
        };
        let ink = if is_active { muted } else { edge };
        // A layer more is a mask more of the whole window at each frame: only where there is something to lie over.
        if self.lies_over {
            drawing.in_front(handle, |drawing| drawing.renderer.fill_quad(bar, ink));
        } else {
            drawing.renderer.fill_quad(bar, ink);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(height: f32, offset: f32) -> Seen {
        let bounds = Rectangle {
            x: 100.0,
            y: 50.0,
            width: 400.0,
            height: 300.0,
        };
        Seen {
            bounds,
            height,
            offset,
        }
    }

    #[test]
    fn the_handle_of_the_longest_list_can_still_be_seized() {
        assert!(seen(300.0, 0.0).handle().is_none(), "all is in sight");
        assert_eq!(seen(600.0, 0.0).handle().map(|it| it.height), Some(150.0));
        let rows = 10_000.0 * 40.0;
        let ends = [(0.0, 50.0), (rows - 300.0, 350.0 - LEAST)];
        for (offset, top) in ends {
            let handle = seen(rows, offset).handle().unwrap();
            assert_eq!((handle.y, handle.height), (top, LEAST));
        }
    }

    #[test]
    fn what_is_dragged_follows_the_pointer() {
        let list = seen(40_000.0, 0.0);
        let furthest = 40_000.0 - 300.0;
        assert!(list.offset_at(0.0).abs() < 0.01);
        assert!((list.offset_at(350.0) - furthest).abs() < 0.01);
        let middle = 50.0 + (300.0 - LEAST) / 2.0;
        assert!((list.offset_at(middle) - furthest / 2.0).abs() < 0.01);
        assert_eq!(list.seized_at(Point::new(498.0, 55.0)), Some(5.0));
        assert_eq!(list.seized_at(Point::new(498.0, 200.0)), Some(LEAST / 2.0));
    }
}
