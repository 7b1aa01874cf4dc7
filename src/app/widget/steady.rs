//! A field of text whose caret stays lit: a window that nobody touches wakes the processor for nothing.
//!
//! iced 0.14 lets a caret blink as long as the window has the focus, and has no setting for it. A field asks when it is
//! drawn to be drawn again at the next blink, and shows its caret by the hour that it is told. Here that hour stands
//! still and what is asked for later is not passed on.

use std::time::Instant;

use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Shell};
use iced::window::{self, RedrawRequest};
use iced::{Element, Event};

use super::compound::{Compound, Heard, compound};

/// See the module.
struct Steady<'a, M> {
    field: [Element<'a, M>; 1],
}

/// Keeps the caret of that field lit.
pub fn steady<'a, M: 'a>(field: impl Into<Element<'a, M>>) -> Element<'a, M> {
    compound(Steady {
        field: [field.into()],
    })
}

/// The hour at which the field was first there: no later than any touch of it, so that its caret never goes out.
struct First(Instant);

impl Default for First {
    fn default() -> Self {
        Self(Instant::now())
    }
}

impl<'a, M> Compound<'a, M> for Steady<'a, M> {
    type State = First;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.field
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        let First(first) = *tree.state.downcast_ref::<First>();
        let still = Event::Window(window::Event::RedrawRequested(first));
        let is_drawn = matches!(
            heard.event,
            Event::Window(window::Event::RedrawRequested(_))
        );
        let event = if is_drawn { &still } else { heard.event };

        let asked = heard.shell.redraw_request();
        Shell::replace_redraw_request(heard.shell, RedrawRequest::Wait);
        self.pass(tree, layout, &mut heard.instead(event));
        let asks = match heard.shell.redraw_request() {
            RedrawRequest::At(_) => RedrawRequest::Wait,
            asks => asks,
        };
        Shell::replace_redraw_request(heard.shell, asked.min(asks));
    }
}
