//! Rows that stand where they are told, of which some are there: each keeps what it was (its focus, what is typed in it) as others come
//! before it or go.
//!
//! The keyed column of iced 0.14 compares the keys of the first and the last of its children, then gives the states out
//! in order: once the rows in sight move on by three, the focus is three rows further.

use std::ops::Range;

use iced::advanced::Layout;
use iced::advanced::layout::{Limits, Node};
use iced::advanced::widget::{Operation, Tree};
use iced::{Element, Fill, Length, Point, Rectangle, Renderer, Size};

use super::compound::{Compound, compound};

/// See the module.
struct Rows<'a, K, M> {
    keys: Vec<K>,
    rows: Vec<Element<'a, M>>,
    /// From where to where each stands.
    places: Vec<Range<f32>>,
    /// How high all would be.
    height: f32,
}

/// Those rows, each known by its key, from where to where it stands in a room of that height, in pixels.
pub fn rows<'a, K: Copy + Eq + 'static, M: 'a>(
    rows: impl Iterator<Item = (K, Range<f32>, Element<'a, M>)>,
    height: f32,
) -> Element<'a, M> {
    let mut all = Rows {
        keys: Vec::new(),
        rows: Vec::new(),
        places: Vec::new(),
        height,
    };
    for (key, place, row) in rows {
        all.keys.push(key);
        all.places.push(place);
        all.rows.push(row);
    }
    compound(all)
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
        let nodes = rows.zip(&self.places).map(|((part, tree), place)| {
            let room = Size::new(width, place.end - place.start);
            let row = Limits::new(Size::ZERO, room);
            let node = part.as_widget_mut().layout(tree, renderer, &row);
            node.move_to(Point::new(0.0, place.start))
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
