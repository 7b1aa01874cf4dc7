//! What stands in front of the page until it is answered.
//!
//! While it is there, the keyboard and the mouse reach nothing else: Tab goes round inside, Escape closes it. The page
//! behind keeps its focus, which is where the keyboard is again afterwards.

use std::rc::Rc;

use iced::advanced::widget::Tree;
use iced::advanced::{Layout, Renderer as _, layout, mouse, renderer};
use iced::widget::{Row, container, space, text};
use iced::{Border, Color, Element, Event, Fill, Length, Renderer, Size, keyboard};

use super::between::between;
use super::compound::{Compound, Drawing, Heard, compound};
use super::escaping::is_escape;
use super::{Button, crisp, scroll};
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
        let acts = Row::with_children(acts.into_iter().map(Element::from))
            .spacing(8)
            .align_y(iced::Center);
        let body =
            scroll(container(content).padding([4, 6]), "dialog", palette).height(Length::Shrink);
        // Beside what the body holds, which has room for the ring of focus.
        let title = container(text(title).size(20).font(STRONG)).padding([0, 6]);
        let acts = container(acts.wrap().vertical_spacing(8)).padding([0, 6]);
        let card = container(between(title, body, acts, 16.0))
            .padding([22, 16])
            .max_width(620)
            .style(move |_| raised(palette));
        let card = crisp(card, palette);
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
            width: palette.edge_width(),
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
    compound(InFront {
        layers: [page.into(), content],
        is_open,
    })
}

/// The page and what is in front, always both, so that neither loses its state when the other changes.
struct InFront<'a, M> {
    layers: [Element<'a, M>; 2],
    is_open: bool,
}

/// The layer that answers is the last that is shown.
impl<'a, M> Compound<'a, M> for InFront<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.layers
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.layers
    }

    fn front(&self) -> Option<usize> {
        Some(if self.is_open { 1 } else { 0 })
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
        let layers = self.layers.iter_mut().zip(&mut tree.children);
        let nodes = layers
            .map(|(layer, tree)| layer.as_widget_mut().layout(tree, renderer, limits))
            .collect();
        layout::Node::with_children(limits.max(), nodes)
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        // No field takes Escape for itself here: it is left to who shows the dialog, and closes that and nothing else.
        if self.is_open && is_escape(heard.event) {
            return;
        }
        let [page, _] = &mut self.layers;
        // The page behind still draws itself anew, and hears nothing else but that Ctrl is let go: a field that opened
        // what is in front would take the next « c » for a copy.
        let is_heard_behind = matches!(
            heard.event,
            Event::Window(_) | Event::Keyboard(keyboard::Event::ModifiersChanged(_))
        );
        if self.is_open
            && is_heard_behind
            && let (Some(tree), Some(layout)) =
                (tree.children.first_mut(), layout.children().next())
        {
            let cursor = std::mem::replace(&mut heard.cursor, mouse::Cursor::Unavailable);
            heard.pass(page, tree, layout);
            heard.cursor = cursor;
        }
        self.pass(tree, layout, &mut heard);
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        let [page, front] = &self.layers;
        let [page_tree, front_tree] = tree.children.as_slice() else {
            return;
        };
        let mut places = layout.children();
        let (Some(behind), Some(before)) = (places.next(), places.next()) else {
            return;
        };
        if !self.is_open {
            drawing.draw(page, page_tree, behind);
            return;
        }

        let cursor = std::mem::replace(&mut drawing.cursor, mouse::Cursor::Unavailable);
        drawing.draw(page, page_tree, behind);
        drawing.cursor = cursor;
        drawing.in_front(layout.bounds(), |mut drawing| {
            drawing.renderer.fill_quad(
                renderer::Quad {
                    bounds: layout.bounds(),
                    ..renderer::Quad::default()
                },
                Color::BLACK.scale_alpha(0.4),
            );
            drawing.draw(front, front_tree, before);
        });
    }
}
