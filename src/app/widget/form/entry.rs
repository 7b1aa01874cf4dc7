//! An entry of one line: its label above, what is typed, under it why it is not kept or what to know.

use iced::advanced::text::Renderer as TextRenderer;
use iced::advanced::widget::{Operation, Tree, tree};
use iced::advanced::{Clipboard, Layout, Shell, Widget, layout, mouse, renderer};
use iced::widget::{Id, TextInput, column, text, text_input};
use iced::{Element, Event, Length, Rectangle, Renderer, Size, Theme};

use super::{Shown, Typing, labelled};
use crate::app::fonts::SANS;
use crate::app::theme::Palette;
use crate::app::widget::steady;

/// See [`entry`].
pub struct Entry<'a, M> {
    label: &'a str,
    shown: Shown<'a>,
    id: Id,
    palette: Palette,
    on: Box<dyn Fn(Typing) -> M + 'a>,
    example: &'a str,
    hint: Option<String>,
    submit: Option<M>,
    width: Length,
    locked: bool,
}

/// An entry of that label, showing that; `id` is where the keyboard finds it.
pub fn entry<'a, M: Clone + 'a>(
    label: &'a str,
    shown: Shown<'a>,
    id: impl Into<Id>,
    palette: Palette,
    on: impl Fn(Typing) -> M + 'a,
) -> Entry<'a, M> {
    Entry {
        label,
        shown,
        id: id.into(),
        palette,
        on: Box::new(on),
        example: "",
        hint: None,
        submit: None,
        width: Length::Fill,
        locked: false,
    }
}

impl<'a, M: Clone + 'a> Entry<'a, M> {
    /// What shows while it is empty.
    #[must_use]
    pub fn example(mut self, example: &'a str) -> Self {
        self.example = example;
        self
    }

    /// What to know, under it.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Self {
        self.hint = Some(hint.into());
        self
    }

    /// What Enter says.
    #[must_use]
    pub fn on_submit(mut self, message: M) -> Self {
        self.submit = Some(message);
        self
    }

    /// As wide as that.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.width = width.into();
        self
    }

    /// Whether it only shows: the workspace can only be read.
    #[must_use]
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }
}

impl<'a, M: Clone + 'a> From<Entry<'a, M>> for Element<'a, M> {
    fn from(entry: Entry<'a, M>) -> Self {
        let (palette, on) = (entry.palette, std::rc::Rc::new(entry.on));
        let faulty = entry.shown.fault.is_some();
        let left = on(Typing::Left);
        let mut input = text_input(entry.example, &entry.shown.text)
            .id(entry.id)
            .font(SANS)
            .size(15)
            .padding([7, 10])
            .style(move |_, status| palette.entry(status, faulty));
        if !entry.locked {
            input = input.on_input(move |raw| on(Typing::Typed(raw)));
        }
        if let Some(submit) = entry.submit {
            input = input.on_submit(submit);
        }

        let input = steady(Leaving { input, left });
        let mut field = column![labelled(entry.label, input, palette)]
            .spacing(4)
            .width(entry.width);
        if let Some(fault) = entry.shown.fault {
            let words = format!("▲ {fault}");
            field = field.push(text(words).size(14).color(palette.grave));
        } else if let Some(hint) = entry.hint {
            field = field.push(text(hint).size(14).color(palette.muted));
        }
        field.into()
    }
}

/// A field of text that says when the keyboard leaves it: iced 0.14 does not.
struct Leaving<'a, M> {
    input: TextInput<'a, M>,
    left: M,
}

#[derive(Default)]
struct State {
    was_focused: bool,
}

type Inner = text_input::State<<Renderer as TextRenderer>::Paragraph>;

fn is_focused(tree: &Tree) -> bool {
    let child = tree.children.first();
    child.is_some_and(|child| child.state.downcast_ref::<Inner>().is_focused())
}

impl<M: Clone> Widget<M, Theme, Renderer> for Leaving<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        vec![Tree::new(&self.input as &dyn Widget<M, Theme, Renderer>)]
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(&[&self.input as &dyn Widget<M, Theme, Renderer>]);
    }

    fn size(&self) -> Size<Length> {
        Widget::<M, Theme, Renderer>::size(&self.input)
    }

    fn layout(
        &mut self,
        tree: &mut Tree,
        renderer: &Renderer,
        limits: &layout::Limits,
    ) -> layout::Node {
        match tree.children.first_mut() {
            Some(child) => {
                let node =
                    Widget::<M, Theme, Renderer>::layout(&mut self.input, child, renderer, limits);
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
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            Widget::<M, Theme, Renderer>::operate(
                &mut self.input,
                child,
                inner,
                renderer,
                operation,
            );
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
        if let (Some(child), Some(inner)) = (tree.children.first_mut(), layout.children().next()) {
            self.input.update(
                child, event, inner, cursor, renderer, clipboard, shell, viewport,
            );
        }
        let is_focused = is_focused(tree);
        let state = tree.state.downcast_mut::<State>();
        if state.was_focused && !is_focused {
            shell.publish(self.left.clone());
        }
        state.was_focused = is_focused;
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
        if let (Some(child), Some(inner)) = (tree.children.first(), layout.children().next()) {
            Widget::<M, Theme, Renderer>::draw(
                &self.input,
                child,
                renderer,
                theme,
                style,
                inner,
                cursor,
                viewport,
            );
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
                .input
                .mouse_interaction(child, inner, cursor, viewport, renderer),
            _ => mouse::Interaction::default(),
        }
    }
}

impl<'a, M: Clone + 'a> From<Leaving<'a, M>> for Element<'a, M> {
    fn from(leaving: Leaving<'a, M>) -> Self {
        Self::new(leaving)
    }
}
