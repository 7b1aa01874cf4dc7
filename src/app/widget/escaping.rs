//! Escape while the keyboard is in a field.
//!
//! A field of iced 0.14 takes Escape to give up the keyboard, and nobody around hears of it. Here it keeps the keyboard
//! ([`heedless`]), and what is around closes ([`escaping`]): a name being typed, an entry being written, a whole page.

use iced::advanced::widget::operation::Focusable;
use iced::advanced::widget::{Id, Operation, Tree};
use iced::keyboard::{self, Key, key::Named};
use iced::{Element, Event, Rectangle};

use super::compound::{Compound, Heard, compound};
use iced::advanced::Layout;

/// Whether Escape is pressed.
pub(super) const fn is_escape(event: &Event) -> bool {
    matches!(
        event,
        Event::Keyboard(keyboard::Event::KeyPressed {
            key: Key::Named(Named::Escape),
            ..
        })
    )
}

/// See the module.
struct Escaping<'a, M> {
    content: [Element<'a, M>; 1],
    close: Option<M>,
}

/// That, and what Escape says while the keyboard is in it, if anything.
pub fn escaping<'a, M: Clone + 'a>(
    content: impl Into<Element<'a, M>>,
    close: impl Into<Option<M>>,
) -> Element<'a, M> {
    compound(Escaping {
        content: [content.into()],
        close: close.into(),
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
        if let Some(close) = &self.close
            && is_escape(heard.event)
            && !heard.shell.is_event_captured()
        {
            let close = close.clone();
            let mut inside = Inside(false);
            self.pass_operation(tree, layout, heard.renderer, &mut inside);
            if inside.0 {
                heard.shell.publish(close);
                heard.shell.capture_event();
                return;
            }
        }
        self.pass(tree, layout, &mut heard);
    }
}

/// See the module.
struct Heedless<'a, M> {
    field: [Element<'a, M>; 1],
}

/// That field, which leaves Escape to what is around it.
pub(super) fn heedless<'a, M: 'a>(field: impl Into<Element<'a, M>>) -> Element<'a, M> {
    compound(Heedless {
        field: [field.into()],
    })
}

impl<'a, M> Compound<'a, M> for Heedless<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.field
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        if !is_escape(heard.event) {
            self.pass(tree, layout, &mut heard);
        }
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
