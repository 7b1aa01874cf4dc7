//! From a field above a list, ↓ goes down into the list.

use iced::advanced::widget::{Tree, tree};
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

/// That field of text, however it is wrapped, where ↓ says `into`.
pub fn descend<'a, M: Clone + 'a>(field: impl Into<Element<'a, M>>, into: M) -> Element<'a, M> {
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
        if goes_down && is_focused(tree) {
            heard.shell.publish(self.into.clone());
            heard.shell.capture_event();
        }
    }
}

/// Whether the keyboard is in the field.
fn is_focused(tree: &Tree) -> bool {
    if tree.tag == tree::Tag::of::<Typed>() {
        return tree.state.downcast_ref::<Typed>().is_focused();
    }
    tree.children.first().is_some_and(is_focused)
}
