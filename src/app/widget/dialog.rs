//! What stands in front of the page until it is answered.
//!
//! While it is there, the keyboard and the mouse reach nothing else: Tab goes round inside, Escape closes it. The page
//! behind keeps its focus, which is where the keyboard is again afterwards.

use std::rc::Rc;

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer,
};
use iced::keyboard::{self, Key, key::Named};
use iced::widget::{Row, container, space, text};
use iced::{Border, Color, Element, Event, Fill, Length, Rectangle, Renderer, Size, Theme, Vector};

use super::between::between;
use super::{Button, scroll};
use crate::app::fonts::STRONG;
use crate::app::theme::Palette;

/// A dialog; a screen answers with one beside its view while something is to be answered.
pub struct Dialog<'a, M> {
    content: Element<'a, M>,
    close: Close<'a, M>,
}

/// Messages of the whole window are not cloned: they are made anew.
type Close<'a, M> = Rc<dyn Fn() -> M + 'a>;

impl<'a, M: Clone + 'a> Dialog<'a, M> {
    /// A card of that title, with what it asks and the acts that answer; Escape says `close`.
    pub fn new(
        title: &'a str,
        content: impl Into<Element<'a, M>>,
        acts: impl IntoIterator<Item = Button<'a, M>>,
        close: M,
        palette: Palette,
    ) -> Self {
        let acts = Row::with_children(acts.into_iter().map(Element::from)).spacing(8);
        let body =
            scroll(container(content).padding([4, 6]), "dialog", palette).height(Length::Shrink);
        let card = container(between(
            text(title).size(20).font(STRONG),
            body,
            acts.wrap().vertical_spacing(8),
            16.0,
        ))
        .padding(22)
        .max_width(620)
        .style(move |_| raised(palette));
        Self::bare(container(card).center(Fill).padding(24), close)
    }

    /// Anything in front of the page: it lays itself out over all of it.
    pub fn bare(content: impl Into<Element<'a, M>>, close: M) -> Self {
        Self {
            content: content.into(),
            close: Rc::new(move || close.clone()),
        }
    }
}

impl<'a, M: 'a> Dialog<'a, M> {
    /// What Escape says: whoever shows the dialog asks.
    #[must_use]
    pub fn answer_to_escape(&self) -> M {
        (self.close)()
    }

    /// The same, saying other messages.
    #[must_use]
    pub fn map<N: 'a>(self, wrap: impl Fn(M) -> N + Copy + 'a) -> Dialog<'a, N> {
        let close = self.close;
        Dialog {
            close: Rc::new(move || wrap(close())),
            content: self.content.map(wrap),
        }
    }
}

/// A card that stands out from the page behind it, by its edge: the shadows of iced 0.14's software renderer darken at
/// every partial redraw.
#[must_use]
pub fn raised(palette: Palette) -> container::Style {
    let card = palette.card();
    container::Style {
        border: Border {
            color: palette.edge,
            ..card.border
        },
        ..card
    }
}

/// The page, and the dialog in front of it where there is one.
pub fn in_front<'a, M: 'a>(
    page: impl Into<Element<'a, M>>,
    dialog: Option<Dialog<'a, M>>,
) -> Element<'a, M> {
    let is_open = dialog.is_some();
    let content = dialog.map_or_else(|| space().into(), |dialog| dialog.content);
    Element::new(InFront {
        layers: [page.into(), content],
        is_open,
    })
}

/// The page and what is in front, always both, so that neither loses its state when the other changes.
struct InFront<'a, M> {
    layers: [Element<'a, M>; 2],
    is_open: bool,
}

impl<M> InFront<'_, M> {
    /// The layer that answers.
    const fn front(&self) -> usize {
        if self.is_open { 1 } else { 0 }
    }
}

impl<M> Widget<M, Theme, Renderer> for InFront<'_, M> {
    fn children(&self) -> Vec<Tree> {
        self.layers.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.layers);
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fill)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let nodes = self
            .layers
            .iter_mut()
            .zip(&mut tree.children)
            .map(|(layer, tree)| layer.as_widget_mut().layout(tree, renderer, limits))
            .collect();
        layout::Node::with_children(limits.max(), nodes)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let front = self.front();
        let layer = self.layers.get_mut(front);
        if let (Some(layer), Some(tree), Some(layout)) = (
            layer,
            tree.children.get_mut(front),
            layout.children().nth(front),
        ) {
            layer
                .as_widget_mut()
                .operate(tree, layout, renderer, operation);
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
        // No field takes Escape for itself here: it is left to who shows the dialog, and closes that and nothing else.
        if self.is_open
            && let Event::Keyboard(keyboard::Event::KeyPressed {
                key: Key::Named(Named::Escape),
                ..
            }) = event
        {
            return;
        }
        let front = self.front();
        let layers = self.layers.iter_mut().zip(&mut tree.children);
        for (rank, ((layer, tree), layout)) in layers.zip(layout.children()).enumerate() {
            // The page behind still draws itself anew, and hears nothing else.
            let heard = rank == front || (rank < front && matches!(event, Event::Window(_)));
            if heard {
                let cursor = if rank == front {
                    cursor
                } else {
                    mouse::Cursor::Unavailable
                };
                layer.as_widget_mut().update(
                    tree, event, layout, cursor, renderer, clipboard, shell, viewport,
                );
            }
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
        let front = self.front();
        let layers = self.layers.iter().zip(&tree.children);
        for (rank, ((layer, tree), inner)) in layers.zip(layout.children()).enumerate() {
            if rank > front {
                continue;
            }
            let draw = |renderer: &mut Renderer| {
                let cursor = if rank == front {
                    cursor
                } else {
                    mouse::Cursor::Unavailable
                };
                layer
                    .as_widget()
                    .draw(tree, renderer, theme, style, inner, cursor, viewport);
            };
            if rank == 0 {
                draw(renderer);
                continue;
            }
            renderer.with_layer(layout.bounds(), |renderer| {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: layout.bounds(),
                        ..renderer::Quad::default()
                    },
                    Color::BLACK.scale_alpha(0.4),
                );
                draw(renderer);
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
        let front = self.front();
        match (
            self.layers.get(front),
            tree.children.get(front),
            layout.children().nth(front),
        ) {
            (Some(layer), Some(tree), Some(layout)) => layer
                .as_widget()
                .mouse_interaction(tree, layout, cursor, viewport, renderer),
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
        let front = self.front();
        let layer = self.layers.get_mut(front)?;
        layer.as_widget_mut().overlay(
            tree.children.get_mut(front)?,
            layout.children().nth(front)?,
            renderer,
            viewport,
            translation,
        )
    }
}
