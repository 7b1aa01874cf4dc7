//! Anything that the keyboard can reach and act on.
//!
//! It joins the order of Tab, draws a ring when the keyboard brought the focus, and turns Enter and Space into
//! a message. A click focuses it without a ring, as browsers do.

use iced::advanced::widget::{Operation, Tree, operation};
use iced::advanced::{Layout, Renderer as _, mouse, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::Id;
use iced::{Border, Color, Element, Event, Renderer};

use super::compound::{Compound, Drawing, Heard, compound};
use super::stops::InList;

/// How far the ring stands from what it is around, in pixels, so that it shows around a button of its own colour.
const GAP: f32 = 4.0;

/// See [`focusable`].
pub struct Focusable<'a, M> {
    content: [Element<'a, M>; 1],
    ring: Color,
    gap: f32,
    id: Option<Id>,
    row: Option<InList>,
    unavailable: bool,
    on_activate: Option<M>,
    on_key: Option<OnKey<'a, M>>,
    on_alt_key: Option<OnKey<'a, M>>,
}

type OnKey<'a, M> = Box<dyn Fn(&Key) -> Option<M> + 'a>;

/// Makes an element reachable by the keyboard; the ring is of that colour.
pub fn focusable<'a, M>(content: impl Into<Element<'a, M>>, ring: Color) -> Focusable<'a, M> {
    Focusable {
        content: [content.into()],
        ring,
        gap: GAP,
        id: None,
        row: None,
        unavailable: false,
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

    /// Its ring stands so far from it, in pixels: words without an edge of their own want more room.
    #[must_use]
    pub const fn ring_at(mut self, gap: f32) -> Self {
        self.gap = gap;
        self
    }

    /// A row of that list, which Tab reaches at the one that is chosen and nowhere else.
    #[must_use]
    pub fn in_list(mut self, list: &'static str, chosen: bool) -> Self {
        self.row = Some(InList { list, chosen });
        self
    }

    /// Nothing can be done with it now: the keyboard does not come, and where it was it stays until it is moved.
    #[must_use]
    pub const fn unavailable(mut self, unavailable: bool) -> Self {
        self.unavailable = unavailable;
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

/// Whether the keyboard is there, and brought by what.
#[derive(Default)]
pub struct State {
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

impl<'a, M: Clone> Compound<'a, M> for Focusable<'a, M> {
    type State = State;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.content
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.content
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let state = tree.state.downcast_mut::<State>();
        operation.container(self.id.as_ref(), layout.bounds());
        if let Some(row) = &mut self.row {
            operation.custom(self.id.as_ref(), layout.bounds(), row);
        }
        if !self.unavailable || state.focused {
            operation.focusable(self.id.as_ref(), layout.bounds(), state);
        }
        self.pass_operation(tree, layout, renderer, operation);
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        if let Event::Mouse(mouse::Event::ButtonPressed(_)) = heard.event {
            let state = tree.state.downcast_mut::<State>();
            let over = !self.unavailable && heard.cursor.is_over(layout.bounds());
            if state.focused != over || state.by_keyboard {
                state.focused = over;
                state.by_keyboard = false;
                heard.shell.request_redraw();
            }
        }
        self.pass(tree, layout, &mut heard);

        let focused = tree.state.downcast_ref::<State>().focused;
        if heard.shell.is_event_captured() || !focused {
            return;
        }
        let Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. }) = heard.event
        else {
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
            heard.shell.publish(message);
            heard.shell.capture_event();
        }
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        self.draw_parts(tree, layout, &mut drawing);

        let state = tree.state.downcast_ref::<State>();
        if !state.focused || !state.by_keyboard {
            return;
        }
        let bounds = layout.bounds().expand(self.gap);
        let Some(sight) = bounds.expand(1.0).intersection(drawing.viewport) else {
            return;
        };
        drawing.in_front(sight, |drawing| {
            drawing.renderer.fill_quad(
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

impl<'a, M: Clone + 'a> From<Focusable<'a, M>> for Element<'a, M> {
    fn from(focusable: Focusable<'a, M>) -> Self {
        compound(focusable)
    }
}
