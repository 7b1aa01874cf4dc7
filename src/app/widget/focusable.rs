//! Anything that the keyboard can reach and act on.
//!
//! It joins the order of Tab, draws a ring when the keyboard brought the focus, and turns Enter and Space into
//! a message. A click focuses it without a ring, as browsers do.

use iced::advanced::widget::{Operation, Tree, operation, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::Id;
use iced::{Border, Color, Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

/// How far the ring stands from what it is around, in pixels, so that it shows around a button of its own colour.
const GAP: f32 = 4.0;

/// See [`focusable`].
pub struct Focusable<'a, M> {
    content: Element<'a, M>,
    ring: Color,
    id: Option<Id>,
    on_activate: Option<M>,
    on_key: Option<OnKey<'a, M>>,
    on_alt_key: Option<OnKey<'a, M>>,
}

type OnKey<'a, M> = Box<dyn Fn(&Key) -> Option<M> + 'a>;

/// Makes an element reachable by the keyboard; the ring is of that colour.
pub fn focusable<'a, M>(content: impl Into<Element<'a, M>>, ring: Color) -> Focusable<'a, M> {
    Focusable {
        content: content.into(),
        ring,
        id: None,
        on_activate: None,
        on_key: None,
        on_alt_key: None,
    }
}

impl<'a, M> Focusable<'a, M> {
    /// By which it is focused and found.
    #[must_use]
    pub fn id(mut self, id: impl Into<Id>) -> Self {
        self.id = Some(id.into());
        self
    }

    /// What Enter and Space say.
    #[must_use]
    pub fn on_activate(mut self, message: M) -> Self {
        self.on_activate = Some(message);
        self
    }

    /// What other keys say: arrows in a list.
    #[must_use]
    pub fn on_key(mut self, on_key: impl Fn(&Key) -> Option<M> + 'a) -> Self {
        self.on_key = Some(Box::new(on_key));
        self
    }

    /// What keys say while Alt is held: arrows that move a line.
    #[must_use]
    pub fn on_alt_key(mut self, on_key: impl Fn(&Key) -> Option<M> + 'a) -> Self {
        self.on_alt_key = Some(Box::new(on_key));
        self
    }
}

/// For the rows of a list: whether that key goes down, or up; nothing when it is no arrow.
#[must_use]
pub fn goes_down(key: &Key) -> Option<bool> {
    match key {
        Key::Named(Named::ArrowDown) => Some(true),
        Key::Named(Named::ArrowUp) => Some(false),
        _ => None,
    }
}

#[derive(Default)]
struct State {
    focused: bool,
    by_keyboard: bool,
}

impl operation::Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
        self.by_keyboard = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

impl<M: Clone> Widget<M, Theme, Renderer> for Focusable<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.content)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(std::slice::from_ref(&self.content));
    }

    fn size(&self) -> Size<Length> {
        self.content.as_widget().size()
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        match tree.children.first_mut() {
            Some(child) => {
                let node = self.content.as_widget_mut().layout(child, renderer, limits);
                layout::Node::with_children(node.size(), vec![node])
            }
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
        operation.container(self.id.as_ref(), layout.bounds());
        operation.focusable(
            self.id.as_ref(),
            layout.bounds(),
            tree.state.downcast_mut::<State>(),
        );

        let content = &mut self.content;
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            operation.traverse(&mut |operation| {
                content
                    .as_widget_mut()
                    .operate(child, inner, renderer, operation);
            });
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
        if let Event::Mouse(mouse::Event::ButtonPressed(_)) = event {
            let state = tree.state.downcast_mut::<State>();
            let over = cursor.is_over(layout.bounds());
            if state.focused != over || state.by_keyboard {
                state.focused = over;
                state.by_keyboard = false;
                shell.request_redraw();
            }
        }

        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.content.as_widget_mut().update(
                child, event, inner, cursor, renderer, clipboard, shell, viewport,
            );
        }

        let focused = tree.state.downcast_ref::<State>().focused;
        if shell.is_event_captured() || !focused {
            return;
        }
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = event else {
            return;
        };
        if modifiers.command() {
            return;
        }

        let on_key = if modifiers.alt() {
            &self.on_alt_key
        } else {
            &self.on_key
        };
        let message = on_key
            .as_ref()
            .and_then(|on_key| on_key(key))
            .or_else(|| match key {
                _ if modifiers.alt() => None,
                Key::Named(Named::Enter | Named::Space) => self.on_activate.clone(),
                _ => None,
            });
        if let Some(message) = message {
            shell.publish(message);
            shell.capture_event();
        }
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
        use iced::advanced::Renderer as _;

        if let (Some(child), Some(inner)) = (tree.children.first(), layout.children().next()) {
            self.content
                .as_widget()
                .draw(child, renderer, theme, style, inner, cursor, viewport);
        }

        let state = tree.state.downcast_ref::<State>();
        if state.focused && state.by_keyboard {
            let bounds = layout.bounds().expand(GAP);
            let Some(sight) = bounds.expand(1.0).intersection(viewport) else {
                return;
            };
            renderer.with_layer(sight, |renderer| {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds,
                        border: Border {
                            color: self.ring,
                            width: 2.0,
                            radius: 9.0.into(),
                        },
                        ..renderer::Quad::default()
                    },
                    Color::TRANSPARENT,
                );
            });
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
        match (tree.children.first(), layout.children().next()) {
            (Some(child), Some(inner)) => self
                .content
                .as_widget()
                .mouse_interaction(child, inner, cursor, viewport, renderer),
            _ => mouse::Interaction::default(),
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        renderer: &Renderer,
        viewport: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        self.content.as_widget_mut().overlay(
            tree.children.first_mut()?,
            layout.children().next()?,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, M: Clone + 'a> From<Focusable<'a, M>> for Element<'a, M> {
    fn from(focusable: Focusable<'a, M>) -> Self {
        Self::new(focusable)
    }
}
