//! The table itself, as a widget: where it stands, what has the focus, the field of the cell that is typed in. Keys and
//! the pointer are read in `keys`; it is drawn in `draw`.

use std::cell::RefCell;
use std::rc::Rc;

use iced::advanced::input_method;
use iced::advanced::text::Renderer as TextRenderer;
use iced::advanced::widget::{Operation, Tree, operation, tree};
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, renderer};
use iced::keyboard::{self, Modifiers};
use iced::widget::{Id, text_input};
use iced::{Border, Element, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::cut::Cut;
use super::place::{Place, ROW};
use super::{Cell, Column, Cursor, Event, Line, Spot};
use crate::app::fonts::SANS;
use crate::app::theme::Palette;

/// Room at either side of words.
pub(super) const INDENT: f32 = 9.0;

pub(super) const SIZE: f32 = 15.0;

/// See [`table`].
pub struct Table<'a, M> {
    pub(super) columns: Vec<Column<'a>>,
    pub(super) rows: usize,
    pub(super) sticky: Vec<usize>,
    pub(super) line: Box<dyn Fn(usize) -> Line + 'a>,
    pub(super) cell: Box<dyn Fn(Spot) -> Cell<'a> + 'a>,
    pub(super) cursor: &'a Cursor,
    id: Id,
    pub(super) palette: Palette,
    pub(super) on: Rc<dyn Fn(Event) -> M + 'a>,
    pub(super) editor: Option<Element<'a, M>>,
}

/// A table of those columns and so many rows, where the keyboard is at that cursor; `id` is where it finds the table.
/// `cell` says what is in a cell.
pub fn table<'a, M: Clone + 'a>(
    columns: Vec<Column<'a>>,
    rows: usize,
    cell: impl Fn(Spot) -> Cell<'a> + 'a,
    cursor: &'a Cursor,
    id: impl Into<Id>,
    palette: Palette,
    on: impl Fn(Event) -> M + 'a,
) -> Table<'a, M> {
    let on: Rc<dyn Fn(Event) -> M + 'a> = Rc::new(on);
    let editor = cursor.typing().map(|raw| {
        let on = Rc::clone(&on);
        let figures = columns.get(cursor.at().column).is_some_and(|it| it.figures);
        text_input("", raw)
            .on_input(move |raw| on(Event::Typed(raw)))
            .font(SANS)
            .size(SIZE)
            .padding([5.0, INDENT - 2.0])
            .align_x(if figures { iced::Right } else { iced::Left })
            .style(move |_, _| text_input::Style {
                border: Border {
                    color: palette.accent,
                    width: 2.0,
                    radius: 0.0.into(),
                },
                ..palette.field(text_input::Status::Active)
            })
            .into()
    });
    Table {
        columns,
        rows,
        sticky: Vec::new(),
        line: Box::new(|_| Line::Plain),
        cell: Box::new(cell),
        cursor,
        id: id.into(),
        palette,
        on,
        editor,
    }
}

impl<'a, M> Table<'a, M> {
    /// Rows look so.
    #[must_use]
    pub fn lines(mut self, line: impl Fn(usize) -> Line + 'a) -> Self {
        self.line = Box::new(line);
        self
    }

    /// Those rows stay at the foot.
    #[must_use]
    pub fn sticky(mut self, rows: Vec<usize>) -> Self {
        self.sticky = rows;
        self
    }

    pub(super) fn say(&self, event: Event, shell: &mut Shell<'_, M>) {
        shell.publish((self.on)(event));
        shell.capture_event();
    }
}

#[derive(Default)]
pub(super) struct State {
    pub(super) focused: bool,
    was_focused: bool,
    pub(super) offset: (f32, f32),
    /// The cell that was last brought into sight.
    revealed: Option<(Spot, Size)>,
    pub(super) place: Place,
    pub(super) modifiers: Modifiers,
    pub(super) last_click: Option<mouse::Click>,
    pub(super) drag: Option<Drag>,
    pub(super) cut: RefCell<Cut>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Drag {
    /// The block grows.
    Block,
    /// The bar at the right.
    Bar,
}

impl operation::Focusable for State {
    fn is_focused(&self) -> bool {
        self.focused
    }

    fn focus(&mut self) {
        self.focused = true;
    }

    fn unfocus(&mut self) {
        self.focused = false;
    }
}

type Field = text_input::State<<Renderer as TextRenderer>::Paragraph>;

impl<M: Clone> Widget<M, Theme, Renderer> for Table<'_, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn children(&self) -> Vec<Tree> {
        self.editor.iter().map(Tree::new).collect()
    }

    fn diff(&self, tree: &mut Tree) {
        tree.diff_children(self.editor.as_slice());
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
        let room = limits.max();
        let state = tree.state.downcast_mut::<State>();
        state.place = Place::new(&self.columns, self.rows, &self.sticky, room);
        state.offset = state.place.held(state.offset);
        let at = self.cursor.at();
        if state.revealed != Some((at, room)) {
            state.revealed = Some((at, room));
            state.offset = state.place.revealing(at, state.offset);
        }

        let (place, offset) = (&state.place, state.offset);
        let across = place.across(at.column, offset.0);
        let cell = across.map(|it| (Point::new(it.left, place.top(at.row, offset.1)), it.width));
        let editor = match (&mut self.editor, tree.children.first_mut(), cell) {
            (Some(editor), Some(tree), Some((corner, width))) => {
                let size = Size::new(width, ROW);
                let limits = layout::Limits::new(size, size);
                let node = editor.as_widget_mut().layout(tree, renderer, &limits);
                vec![node.move_to(corner)]
            }
            _ => Vec::new(),
        };
        layout::Node::with_children(room, editor)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        let bounds = layout.bounds();
        operation.container(Some(&self.id), bounds);
        let state = tree.state.downcast_mut::<State>();
        operation.focusable(Some(&self.id), bounds, state);
        let (place, offset) = (&state.place, state.offset);
        for at in self.in_sight(place, offset) {
            let seen = at.seen + Vector::new(bounds.x, bounds.y);
            operation.text(None, seen, &at.cell.text);
        }
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &iced::Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        renderer: &Renderer,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        viewport: &Rectangle,
    ) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State>();
        if state.was_focused && !state.focused && self.cursor.typing().is_some() {
            shell.publish((self.on)(Event::Keep(None)));
        }
        state.was_focused = state.focused;
        let focused = state.focused;
        let page = state.place.page();

        match event {
            iced::Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => {
                state.modifiers = *modifiers;
            }
            iced::Event::Mouse(event) => {
                let over_editor = layout
                    .children()
                    .next()
                    .is_some_and(|it| cursor.is_over(it.bounds()));
                if !over_editor || state.drag.is_some() {
                    self.pointer(*event, state, bounds, cursor, shell);
                }
                if !over_editor {
                    return;
                }
            }
            iced::Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                modifiers,
                text,
                ..
            }) if focused => {
                if self.editor.is_some() {
                    if self.key_in_cell(key, *modifiers, shell) {
                        return;
                    }
                } else {
                    self.key(key, *modifiers, text.as_deref(), page, clipboard, shell);
                    return;
                }
            }
            iced::Event::InputMethod(input_method::Event::Commit(text))
                if focused && self.editor.is_none() =>
            {
                self.say(Event::Begin(Some(text.clone())), shell);
                return;
            }
            _ => {}
        }

        if let (Some(editor), Some(tree), Some(layout)) = (
            &mut self.editor,
            tree.children.first_mut(),
            layout.children().next(),
        ) {
            let field = tree.state.downcast_mut::<Field>();
            if field.is_focused() != focused {
                if focused {
                    field.focus();
                } else {
                    field.unfocus();
                }
            }
            editor.as_widget_mut().update(
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
        let bounds = layout.bounds();
        let Some(sight) = bounds.intersection(viewport) else {
            return;
        };
        let state = tree.state.downcast_ref::<State>();
        renderer.with_layer(sight, |renderer| self.paint(state, bounds, renderer));

        if let (Some(editor), Some(tree), Some(layout)) = (
            &self.editor,
            tree.children.first(),
            layout.children().next(),
        ) {
            renderer.with_layer(sight, |renderer| {
                editor
                    .as_widget()
                    .draw(tree, renderer, theme, style, layout, cursor, viewport);
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
        match (
            &self.editor,
            tree.children.first(),
            layout.children().next(),
        ) {
            (Some(editor), Some(tree), Some(layout)) if cursor.is_over(layout.bounds()) => editor
                .as_widget()
                .mouse_interaction(tree, layout, cursor, viewport, renderer),
            _ => mouse::Interaction::default(),
        }
    }
}

impl<'a, M: Clone + 'a> From<Table<'a, M>> for Element<'a, M> {
    fn from(table: Table<'a, M>) -> Self {
        Self::new(table)
    }
}
