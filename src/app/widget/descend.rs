//! From the field that filters a list, ↓ goes down into the list.

use iced::advanced::widget::Tree;
use iced::advanced::{Layout, text};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::widget::text_input;
use iced::{Element, Event, Renderer};

use super::compound::{Compound, Heard, compound};

/// See the module.
struct Descend<'a, M> {
    field: [Element<'a, M>; 1],
    into: M,
}

/// That field of text, where ↓ says `into`.
pub fn descend<'a, M: Clone + 'a>(field: text_input::TextInput<'a, M>, into: M) -> Element<'a, M> {
    compound(Descend {
        field: [field.into()],
        into,
    })
}

type Typed = text_input::State<<Renderer as text::Renderer>::Paragraph>;

impl<'a, M: Clone> Compound<'a, M> for Descend<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.field
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        self.pass(tree, layout, &mut heard);

        let goes_down = matches!(
            heard.event,
            Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::ArrowDown),
                modifiers,
                ..
            }) if *modifiers == Modifiers::empty()
        );
        let is_here = |field: &Tree| field.state.downcast_ref::<Typed>().is_focused();
        if goes_down && tree.children.first().is_some_and(is_here) {
            heard.shell.publish(self.into.clone());
            heard.shell.capture_event();
        }
    }
}
