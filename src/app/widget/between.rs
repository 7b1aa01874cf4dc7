//! Something that gives way between what stands above and what stands below: the body of a dialog, whose acts stay in
//! sight in a window of any height.
//!
//! iced's own column serves its children in order, and what comes last has what room is left, or none.

use iced::advanced::layout;
use iced::advanced::widget::Tree;
use iced::{Element, Length, Renderer, Size, Vector};

use super::compound::{Compound, compound};

/// Above, in between, below; that far from each other, in pixels.
pub struct Between<'a, M> {
    parts: [Element<'a, M>; 3],
    spacing: f32,
}

/// See [`Between`].
pub fn between<'a, M>(
    above: impl Into<Element<'a, M>>,
    body: impl Into<Element<'a, M>>,
    below: impl Into<Element<'a, M>>,
    spacing: f32,
) -> Between<'a, M> {
    Between {
        parts: [above.into(), body.into(), below.into()],
        spacing,
    }
}

impl<'a, M> Compound<'a, M> for Between<'a, M> {
    type State = ();

    fn parts(&self) -> &[Element<'a, M>] {
        &self.parts
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        &mut self.parts
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Shrink)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        let [above, body, below] = &mut self.parts;
        let [above_tree, body_tree, below_tree] = tree.children.as_mut_slice() else {
            return layout::Node::default();
        };
        let limits = limits.loose();
        let above = above.as_widget_mut().layout(above_tree, renderer, &limits);
        let below = below.as_widget_mut().layout(below_tree, renderer, &limits);
        let taken = above.size().height + below.size().height + 2.0 * self.spacing;
        let room = limits.shrink(Size::new(0.0, taken));
        let body = body.as_widget_mut().layout(body_tree, renderer, &room);

        let body_at = above.size().height + self.spacing;
        let below_at = body_at + body.size().height + self.spacing;
        let size = Size::new(limits.max().width, below_at + below.size().height);
        let nodes = vec![
            above,
            body.translate(Vector::new(0.0, body_at)),
            below.translate(Vector::new(0.0, below_at)),
        ];
        layout::Node::with_children(size, nodes)
    }
}

impl<'a, M: 'a> From<Between<'a, M>> for Element<'a, M> {
    fn from(between: Between<'a, M>) -> Self {
        compound(between)
    }
}
