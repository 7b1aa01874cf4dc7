//! A field of text whose caret stays lit: a window that nobody touches wakes the processor for nothing.
//!
//! iced 0.14 lets a caret blink as long as the window has the focus, and has no setting for it. A field asks when it is
//! drawn to be drawn again at the next blink, and shows its caret by the hour that it is told. Here that hour stands
//! still and what is asked for later is not passed on.

use std::time::Instant;

use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::window::{self, RedrawRequest};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// See the module.
pub struct Steady<'a, M> {
    field: Element<'a, M>,
}

/// Keeps the caret of that field lit.
pub fn steady<'a, M: 'a>(field: impl Into<Element<'a, M>>) -> Element<'a, M> {
    Element::new(Steady {
        field: field.into(),
    })
}

/// The hour at which the field was first there: no later than any touch of it, so that its caret never goes out.
struct State(Instant);

impl<M> Widget<M, Theme, Renderer> for Steady<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State(Instant::now()))
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.field)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.field));
    }

    fn size(&self) -> Size<Length> {
        self.field.as_widget().size()
    }

    fn size_hint(&self) -> Size<Length> {
        self.field.as_widget().size_hint()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        match tree.children.first_mut() {
            Some(child) => self.field.as_widget_mut().layout(child, renderer, limits),
            None => layout::Node::default(),
        }
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        if let Some(child) = tree.children.first_mut() {
            self.field
                .as_widget_mut()
                .operate(child, layout, renderer, operation);
        }
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
        let State(first) = *tree.state.downcast_ref::<State>();
        let still = Event::Window(window::Event::RedrawRequested(first));
        let is_drawn = matches!(event, Event::Window(window::Event::RedrawRequested(_)));
        let Some(child) = tree.children.first_mut() else {
            return;
        };

        let asked = shell.redraw_request();
        Shell::replace_redraw_request(shell, RedrawRequest::Wait);
        self.field.as_widget_mut().update(
            child,
            if is_drawn { &still } else { event },
            layout,
            cursor,
            renderer,
            clipboard,
            shell,
            viewport,
        );
        let asks = match shell.redraw_request() {
            RedrawRequest::At(_) => RedrawRequest::Wait,
            asks => asks,
        };
        Shell::replace_redraw_request(shell, asked.min(asks));
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
        if let Some(child) = tree.children.first() {
            self.field
                .as_widget()
                .draw(child, renderer, theme, style, layout, cursor, viewport);
        }
    }

    fn mouse_interaction(
        &self,
        tree: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        viewport: &Rectangle,
        renderer: &Renderer,
    ) -> mouse::Interaction {
        tree.children
            .first()
            .map_or_else(mouse::Interaction::default, |child| {
                self.field
                    .as_widget()
                    .mouse_interaction(child, layout, cursor, viewport, renderer)
            })
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let child = tree.children.first_mut()?;
        self.field
            .as_widget_mut()
            .overlay(child, layout, renderer, viewport, translation)
    }
}
