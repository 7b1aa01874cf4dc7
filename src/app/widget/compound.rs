//! A widget made of others: what it does not do in its own way, its parts do.
//!
//! iced asks a dozen questions of a widget, and one that keeps a caret lit or draws a ring has an answer of its own to
//! one or two of them. [`Compound`] holds the other answers; [`compound`] makes an element of it.

use std::marker::PhantomData;

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer,
};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// See the module. What is not said is what the parts say.
pub trait Compound<'a, M> {
    /// What it remembers from one frame to the next.
    type State: Default + 'static;

    /// What it is made of.
    fn parts(&self) -> &[Element<'a, M>];

    /// The same, to be changed.
    fn parts_mut(&mut self) -> &mut [Element<'a, M>];

    /// What it remembers when it first appears.
    fn state(&self) -> Self::State {
        Self::State::default()
    }

    /// Takes over what its parts were in the frame before: in order.
    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(self.parts());
    }

    /// The only part that the keyboard and the mouse reach, where they do not reach all.
    fn front(&self) -> Option<usize> {
        None
    }

    /// The room that it wants: that of its first part.
    fn size(&self) -> Size<Length> {
        let first = self.parts().first();
        first.map_or(Size::new(Length::Shrink, Length::Shrink), |part| {
            part.as_widget().size()
        })
    }

    /// Lays its parts out: the first alone, in all the room.
    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        match (self.parts_mut().first_mut(), tree.children.first_mut()) {
            (Some(part), Some(tree)) => {
                let node = part.as_widget_mut().layout(tree, renderer, limits);
                layout::Node::with_children(node.size(), vec![node])
            }
            _ => layout::Node::default(),
        }
    }

    /// Lets an operation through to the parts that are reached.
    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.pass_operation(tree, layout, renderer, operation);
    }

    /// The same, for a widget that first says what it is itself.
    fn pass_operation(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let front = self.front();
        operation.traverse(&mut |operation| {
            for (part, tree, layout) in reached(self.parts_mut(), front, tree, layout) {
                part.as_widget_mut()
                    .operate(tree, layout, renderer, operation);
            }
        });
    }

    /// Hears an event: the parts that are reached hear it.
    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        self.pass(tree, layout, &mut heard);
    }

    /// The same, for a widget that does something before or after.
    fn pass(&mut self, tree: &mut Tree, layout: Layout<'_>, heard: &mut Heard<'_, '_, M>) {
        let front = self.front();
        for (part, tree, layout) in reached(self.parts_mut(), front, tree, layout) {
            heard.pass(part, tree, layout);
        }
    }

    /// Draws itself: its parts, one on the other.
    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        self.draw_parts(tree, layout, &mut drawing);
    }

    /// The same, for a widget that draws something before or after.
    fn draw_parts(&self, tree: &Tree, layout: Layout<'_>, drawing: &mut Drawing<'_>) {
        let parts = self.parts().iter().zip(&tree.children);
        for ((part, tree), layout) in parts.zip(layout.children()) {
            drawing.draw(part, tree, layout);
        }
    }
}

/// An event, and what may be done about it.
pub struct Heard<'h, 's, M> {
    /// What happens.
    pub event: &'h Event,
    /// Where the pointer is.
    pub cursor: mouse::Cursor,
    /// What lays text out.
    pub renderer: &'h Renderer,
    /// Where text is copied.
    pub clipboard: &'h mut dyn Clipboard,
    /// Where messages are told.
    pub shell: &'h mut Shell<'s, M>,
    /// What of the page is in sight.
    pub viewport: &'h Rectangle,
}

impl<'s, M> Heard<'_, 's, M> {
    /// The same, of another event.
    pub fn instead<'h>(&'h mut self, event: &'h Event) -> Heard<'h, 's, M> {
        Heard {
            event,
            cursor: self.cursor,
            renderer: self.renderer,
            clipboard: self.clipboard,
            shell: self.shell,
            viewport: self.viewport,
        }
    }

    /// Lets a part hear it.
    pub fn pass(&mut self, part: &mut Element<'_, M>, tree: &mut Tree, layout: Layout<'_>) {
        part.as_widget_mut().update(
            tree,
            self.event,
            layout,
            self.cursor,
            self.renderer,
            self.clipboard,
            self.shell,
            self.viewport,
        );
    }
}

/// Where a widget is drawn, and how.
pub struct Drawing<'d> {
    /// What draws.
    pub renderer: &'d mut Renderer,
    /// The theme of the window.
    pub theme: &'d Theme,
    /// What is taken over from what is around.
    pub style: &'d renderer::Style,
    /// Where the pointer is.
    pub cursor: mouse::Cursor,
    /// What of the page is in sight.
    pub viewport: &'d Rectangle,
}

impl Drawing<'_> {
    /// Draws in front of what is already drawn, inside those bounds.
    pub fn in_front(&mut self, bounds: Rectangle, draw: impl FnOnce(Drawing<'_>)) {
        let (theme, style, cursor, viewport) = (self.theme, self.style, self.cursor, self.viewport);
        self.renderer.with_layer(bounds, |renderer| {
            draw(Drawing {
                renderer,
                theme,
                style,
                cursor,
                viewport,
            });
        });
    }

    /// Draws a part.
    pub fn draw<M>(&mut self, part: &Element<'_, M>, tree: &Tree, layout: Layout<'_>) {
        part.as_widget().draw(
            tree,
            self.renderer,
            self.theme,
            self.style,
            layout,
            self.cursor,
            self.viewport,
        );
    }
}

/// The parts that are reached, each with its state and its place.
fn reached<'b, 'a, M>(
    parts: &'b mut [Element<'a, M>],
    front: Option<usize>,
    tree: &'b mut Tree,
    layout: Layout<'b>,
) -> impl Iterator<Item = (&'b mut Element<'a, M>, &'b mut Tree, Layout<'b>)> {
    let parts = parts.iter_mut().zip(&mut tree.children);
    parts
        .zip(layout.children())
        .enumerate()
        .filter(move |(rank, _)| front.is_none_or(|front| front == *rank))
        .map(|(_, ((part, tree), layout))| (part, tree, layout))
}

/// An element of that.
pub fn compound<'a, M: 'a>(compound: impl Compound<'a, M> + 'a) -> Element<'a, M> {
    Element::new(Whole {
        compound,
        parts: PhantomData,
    })
}

/// A compound widget as iced asks it.
struct Whole<'a, M, C> {
    compound: C,
    parts: PhantomData<Element<'a, M>>,
}

impl<'a, M, C: Compound<'a, M>> Widget<M, Theme, Renderer> for Whole<'a, M, C> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<C::State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(self.compound.state())
    }

    fn children(&self) -> Vec<Tree> {
        self.compound.parts().iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        self.compound.diff(tree);
    }

    fn size(&self) -> Size<Length> {
        self.compound.size()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        self.compound.layout(tree, renderer, limits)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        self.compound.operate(tree, layout, renderer, operation);
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let heard = Heard {
            event,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        };
        self.compound.update(tree, layout, heard);
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        theme: &Theme,
        style: &renderer::Style,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let drawing = Drawing {
            renderer,
            theme,
            style,
            cursor,
            viewport,
        };
        self.compound.draw(tree, layout, drawing);
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        let front = self.compound.front();
        let parts = self.compound.parts().iter().zip(&tree.children);
        parts
            .zip(layout.children())
            .enumerate()
            .filter(|(rank, _)| front.is_none_or(|front| front == *rank))
            .map(|(_, ((part, tree), layout))| {
                part.as_widget()
                    .mouse_interaction(tree, layout, cursor, viewport, renderer)
            })
            .max()
            .unwrap_or_default()
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let front = self.compound.front();
        let parts = reached(self.compound.parts_mut(), front, tree, layout);
        let overlays: Vec<_> = parts
            .filter_map(|(part, tree, layout)| {
                part.as_widget_mut()
                    .overlay(tree, layout, renderer, viewport, translation)
            })
            .collect();
        (!overlays.is_empty()).then(|| overlay::Group::with_children(overlays).overlay())
    }
}
