//! What Escape closes while the keyboard is in it: a name being typed, an entry being written.
//!
//! A field of iced 0.14 takes Escape to give up the keyboard, and nobody around hears of it. Here what is around hears
//! it first.

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle};

use super::compound::{Compound, Heard, compound};
use iced::advanced::Layout;

/// See the module.
struct Escaping<'a, M> {
    content: [Element<'a, M>; 1],
    close: M,
}

/// That, and what Escape says while the keyboard is in it.
pub fn escaping<'a, M: Clone + 'a>(content: impl Into<Element<'a, M>>, close: M) -> Element<'a, M> {
    compound(Escaping {
        content: [content.into()],
        close,
    })
}

impl<'a, M: Clone> Compound<'a, M> for Escaping<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.content
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.content
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        let is_escape = matches!(
            heard.event,
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::Escape),
                ..
            })
        );
        if is_escape && !heard.shell.is_event_captured() {
            let mut inside = Inside(false);
            self.pass_operation(tree, layout, heard.renderer, &mut inside);
            if inside.0 {
                heard.shell.publish(self.close.clone());
                heard.shell.capture_event();
                return;
            }
        }
        self.pass(tree, layout, &mut heard);
    }
}

/// Whether the keyboard is in what is looked at.
struct Inside(bool);

impl Operation<()> for Inside {
    fn traverse(&mut self, operate: &mut dyn FnMut(&mut dyn Operation<()>)) {
        operate(self);
    }

    fn focusable(&mut self, _: Option<&Id>, _: Rectangle, state: &mut dyn Focusable) {
        self.0 |= state.is_focused();
    }
}
