//! The table itself, as a widget: where it stands, what has the focus, the field of the cell that is typed in. Keys and
//! the pointer are read in `keys`; it is drawn in `draw`.

use std::cell::RefCell;
use std::rc::Rc;

use iced::advanced::input_method;
use iced::advanced::text::Renderer as TextRenderer;
use iced::advanced::widget::{Operation, Tree, operation};
use iced::advanced::{Layout, Shell, layout, mouse};
use iced::keyboard::{self, Modifiers};
use iced::widget::{Id, text_input};
use iced::{Border, Element, Length, Point, Renderer, Size, Vector};

use super::cut::Cut;
use super::place::{Place, ROW, Start};
use super::{Cell, Column, Cursor, Event, Line, Spot};
use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;
use crate::app::widget::compound::{Compound, Drawing, Heard, compound};

/// Room at either side of words.
pub(super) const INDENT: f32 = 9.0;

pub(super) const SIZE: f32 = 15.0;

/// The size of titles.
pub(super) const HEAD: f32 = 14.0;

/// See [`table`].
pub struct Table<'a, M> {
    pub(super) columns: Vec<Column<'a>>,
    pub(super) rows: usize,
    pub(super) sticky: Vec<usize>,
    pub(super) lid: Option<usize>,
    /// The column that stands first among those that scroll, where there is no room for all.
    main: usize,
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
        lid: None,
        main: 0,
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

    /// That row stays under the head once it is scrolled past: it titles those that follow.
    #[must_use]
    pub const fn lid(mut self, row: Option<usize>) -> Self {
        self.lid = row;
        self
    }

    /// Where there is no room for all columns, that one is in sight first.
    #[must_use]
    pub fn mainly(mut self, column: usize) -> Self {
        self.main = column;
        self
    }

    /// What each column needs so that neither its title nor what it holds is cut.
    fn needs(&self, cut: &mut Cut) -> Vec<f32> {
        let need = |column: &Column<'_>| {
            let mut need = cut.width(&column.title, SANS, HEAD);
            for words in &column.held {
                need = need.max(cut.width(words, STRONG, SIZE));
            }
            need + 2.0 * INDENT
        };
        self.columns.iter().map(need).collect()
    }

    pub(super) fn say(&self, event: Event, shell: &mut Shell<'_, M>) {
        shell.publish((self.on)(event));
        shell.capture_event();
    }
}

/// Where it was left: what is in sight, what is being done.
#[derive(Default)]
pub struct State {
    pub(super) focused: bool,
    was_focused: bool,
    pub(super) start: Start,
    /// What a wheel turned that is not a whole row or column yet, in pixels.
    pub(super) turned: (f32, f32),
    /// What the columns are called.
    titles: Vec<String>,
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

impl<'a, M: Clone> Compound<'a, M> for Table<'a, M> {
    type State = State;

    fn parts(&self) -> &[Element<'a, M>] {
        self.editor.as_slice()
    }

    fn parts_mut(&mut self) -> &mut [Element<'a, M>] {
        self.editor.as_mut_slice()
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
        let titles = || self.columns.iter().map(|column| column.title.as_ref());
        if !titles().eq(state.titles.iter().map(String::as_str)) {
            // Another view: how far the one before was scrolled across says nothing of it.
            state.titles = titles().map(str::to_owned).collect();
            state.start.column = 0;
            state.place = Place::default();
            state.revealed = None;
        }
        let needs = self.needs(state.cut.get_mut());
        let was = (state.place.width, state.place.furthest().column);
        state.place = Place::new(
            &self.columns,
            &needs,
            self.rows,
            (&self.sticky, self.lid),
            room,
        );
        state.start = state.place.held(state.start);
        if was.1 == 0 || was.0 != state.place.width {
            // There is another room: what matters is in sight first.
            state.start.column = state.place.beginning_with(self.main);
        }
        let at = self.cursor.at();
        if state.revealed != Some((at, room)) {
            state.revealed = Some((at, room));
            state.start = state.place.revealing(at, state.start);
        }

        let (place, start) = (&state.place, state.start);
        let mut across = place.across(start.column).into_iter();
        let cell = across.find(|it| it.column == at.column);
        let cell = cell.zip(place.top(at.row, start.row));
        let cell = cell.map(|(across, top)| (Point::new(across.left, top), across.width));
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
        let from = Vector::new(bounds.x, bounds.y);
        for at in self.in_sight(&state.place, state.start) {
            operation.text(None, at.bounds + from, &at.cell.text);
            if let Some(words) = at.besides {
                operation.text(None, at.bounds + from, words);
            }
        }
        for mark in state.place.beyond(state.start.column) {
            operation.text(None, mark.bounds + from, &mark.words());
        }
    }

    fn update(&mut self, tree: &mut Tree, layout: Layout<'_>, mut heard: Heard<'_, '_, M>) {
        let bounds = layout.bounds();
        let state = tree.state.downcast_mut::<State>();
        if state.was_focused && !state.focused && self.cursor.typing().is_some() {
            heard.shell.publish((self.on)(Event::Keep(None)));
        }
        state.was_focused = state.focused;
        let focused = state.focused;
        let page = state.place.page();

        match heard.event {
            iced::Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers)) => {
                state.modifiers = *modifiers;
            }
            iced::Event::Mouse(event) => {
                let over_editor = layout
                    .children()
                    .next()
                    .is_some_and(|it| heard.cursor.is_over(it.bounds()));
                if !over_editor || state.drag.is_some() {
                    self.pointer(*event, state, bounds, heard.cursor, heard.shell);
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
                    if self.key_in_cell(key, *modifiers, heard.shell) {
                        return;
                    }
                } else {
                    let (board, shell) = (&mut *heard.clipboard, &mut *heard.shell);
                    self.key(key, *modifiers, text.as_deref(), page, board, shell);
                    return;
                }
            }
            iced::Event::InputMethod(input_method::Event::Commit(text))
                if focused && self.editor.is_none() =>
            {
                self.say(Event::Begin(Some(text.clone())), heard.shell);
                return;
            }
            _ => {}
        }

        if let Some(editor) = tree.children.first_mut() {
            let field = editor.state.downcast_mut::<Field>();
            if field.is_focused() != focused {
                if focused {
                    field.focus();
                } else {
                    field.unfocus();
                }
            }
        }
        self.pass(tree, layout, &mut heard);
    }

    fn draw(&self, tree: &Tree, layout: Layout<'_>, mut drawing: Drawing<'_>) {
        let bounds = layout.bounds();
        let Some(sight) = bounds.intersection(drawing.viewport) else {
            return;
        };
        let state = tree.state.downcast_ref::<State>();
        // The field is in the same layer as what it covers, which draws nothing there: one more would have the renderer
        // repaint the window when it comes and when it goes.
        drawing.in_front(sight, |mut drawing| {
            self.paint(state, bounds, drawing.renderer);
            self.draw_parts(tree, layout, &mut drawing);
        });
    }
}

impl<'a, M: Clone + 'a> From<Table<'a, M>> for Element<'a, M> {
    fn from(table: Table<'a, M>) -> Self {
        compound(table)
    }
}
