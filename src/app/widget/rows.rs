//! Rows of known heights, of which some are there: each keeps what it was (its focus, what is typed in it) as others come
//! before it or go.
//!
//! The keyed column of iced 0.14 compares the keys of the first and the last of its children, then gives the states out
//! in order: once the rows in sight move on by three, the focus is three rows further.

use iced::advanced::Layout;
use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Operation, Tree};
use iced::{Element, Fill, Length, Point, Rectangle, Renderer, Size};

use super::compound::{Compound, compound};

/// See the module.
struct Rows<'a, K, M> {
    keys: Vec<K>,
    rows: Vec<Element<'a, M>>,
    /// Where each begins, and how high it is.
    places: Vec<(f32, f32)>,
    /// The height of all that there would be.
    height: f32,
}

/// Those rows, each known by its key, at their places, in the room that all rows take: where each begins and how high it
/// is, in pixels.
pub fn rows<'a, K: Copy + Eq + 'static, M: 'a>(
    rows: impl Iterator<Item = ((f32, f32), K, Element<'a, M>)>,
    height: f32,
) -> Element<'a, M> {
    let (mut places, mut keys, mut parts) = (Vec::new(), Vec::new(), Vec::new());
    for (place, key, part) in rows {
        places.push(place);
        keys.push(key);
        parts.push(part);
    }
    compound(Rows {
        keys,
        rows: parts,
        places,
        height,
    })
}

/// The keys of the rows that were there.
struct Before<K>(Vec<K>);

impl<K> Default for Before<K> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<'a, K: Copy + Eq + 'static, M> Compound<'a, M> for Rows<'a, K, M> {
    type State = Before<K>;

    fn parts(&self) -> &[Element<'a, M>] {
        &self.rows
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.rows
    }

    fn state(&self) -> Before<K> {
        Before(self.keys.clone())
    }

    fn diff(&self, tree: &mut Tree) {
        let Before(keys) = tree.state.downcast_mut::<Before<K>>();
        let keys = std::mem::replace(keys, self.keys.clone());
        let mut before: Vec<(K, Tree)> = keys.into_iter().zip(tree.children.drain(..)).collect();

        for (key, row) in self.keys.iter().zip(&self.rows) {
            let known = before.iter().position(|(known, _)| known == key);
            tree.children.push(match known {
                Some(rank) => {
                    let (_, mut state) = before.swap_remove(rank);
                    state.diff(row);
                    state
                }
                None => Tree::new(row),
            });
        }
    }

    fn size(&self) -> Size<Length> {
        Size::new(Fill, Length::Fixed(self.height))
    }

    fn layout(&mut self, tree: &mut Tree, renderer: &Renderer, limits: &Limits) -> Node {
        let width = limits.max().width;
        let rows = self.rows.iter_mut().zip(&mut tree.children);
        let nodes = rows.zip(&self.places).map(|((part, tree), (y, height))| {
            let row = Limits::new(Size::ZERO, Size::new(width, *height));
            let node = part.as_widget_mut().layout(tree, renderer, &row);
            node.move_to(Point::new(0.0, *y))
        });
        let size = Size::new(width, self.height);
        Node::with_children(size, nodes.collect())
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(None, layout.bounds());
        self.pass_operation(tree, layout, renderer, operation);
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: super::compound::Drawing<'_>) {
        let sight: Rectangle = *drawing.viewport;
        let rows = self.rows.iter().zip(&tree.children);
        for ((row, tree), layout) in rows.zip(layout.children()) {
            if layout.bounds().intersects(&sight) {
                drawing.draw(row, tree, layout);
            }
        }
    }
}
