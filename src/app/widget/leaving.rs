//! A field of text that says when the keyboard goes elsewhere: what is typed in it counts then.
//!
//! iced 0.14 tells what is typed and Enter, and nothing of the focus.

use iced::advanced::widget::Tree;
use iced::advanced::{Layout, text};
use iced::widget::{TextInput, text_input};
use iced::{Element, Renderer};

use super::compound::{Compound, Heard, compound};

/// See the module.
struct Leaving<'a, M> {
    field: [Element<'a, M>; 1],
    message: M,
}

/// That field, and what is said when the keyboard leaves it.
pub fn leaving<'a, M: Clone + 'a>(field: TextInput<'a, M>, message: M) -> Element<'a, M> {
    compound(Leaving {
        field: [field.into()],
        message,
    })
}

/// Whether the keyboard was there when it was last heard.
#[derive(Default)]
struct Was(bool);

impl<'a, M: Clone> Compound<'a, M> for Leaving<'a, M> {
    type State = Was;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.field
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.field
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        self.pass(tree, layout, &mut heard);
        let is = is_focused(tree);
        let Was(was) = tree.state.downcast_mut::<Was>();
        if std::mem::replace(was, is) && !is {
            heard.shell.publish(self.message.clone());
        }
    }
}

/// Whether the keyboard is in the field.
fn is_focused(tree: &Tree) -> bool {
    type Paragraph = <Renderer as text::Renderer>::Paragraph;
    let field = tree.children.first();
    field.is_some_and(|field| {
        field
            .state
            .downcast_ref::<text_input::State<Paragraph>>()
            .is_focused()
    })
}
