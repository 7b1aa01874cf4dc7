//! Something that gives way between what stands above and what stands below: the body of a dialog, whose acts stay in
//! sight in a window of any height.
//!
//! iced's own column serves its children in order, and what comes last has what room is left, or none.

use iced::advanced::widget::{Operation, Tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, overlay, renderer};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme, Vector};

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

impl<M> Widget<M, Theme, Renderer> for Between<'_, M> {
    fn children(&self) -> Vec<Tree> {
        self.parts.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&self.parts);
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

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        renderer: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.traverse(&mut |operation| {
            let parts = self.parts.iter_mut().zip(&mut tree.children);
            for ((part, tree), layout) in parts.zip(layout.children()) {
                part.as_widget_mut()
                    .operate(tree, layout, renderer, operation);
            }
        });
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
        let parts = self.parts.iter_mut().zip(&mut tree.children);
        for ((part, tree), layout) in parts.zip(layout.children()) {
            part.as_widget_mut().update(
                tree, event, layout, cursor, renderer, clipboard, shell, viewport,
            );
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
        let parts = self.parts.iter().zip(&tree.children);
        for ((part, tree), layout) in parts.zip(layout.children()) {
            part.as_widget()
                .draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        let parts = self.parts.iter().zip(&tree.children);
        parts
            .zip(layout.children())
            .map(|((part, tree), layout)| {
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
        overlay::from_children(
            &mut self.parts,
            tree,
            layout,
            renderer,
            viewport,
            translation,
        )
    }
}

impl<'a, M: 'a> From<Between<'a, M>> for Element<'a, M> {
    fn from(between: Between<'a, M>) -> Self {
        Self::new(between)
    }
}
