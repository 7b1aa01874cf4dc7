//! The table itself: what it draws of what the screen answers, and what keys and the pointer say to it.

use std::cell::RefCell;
use std::rc::Rc;

use iced::advanced::input_method;
use iced::advanced::text::{self, Renderer as TextRenderer};
use iced::advanced::widget::{Operation, Tree, operation, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, clipboard, layout, mouse, renderer,
};
use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::widget::{Id, text_input};
use iced::{Border, Color, Element, Font, Length, Point, Rectangle, Renderer, Size, Theme, Vector};

use super::cut::{Cut, line_of};
use super::place::{Place, ROW, Zone};
use super::{Cell, Column, Cursor, Event, Line, Look, RowAct, Spot};
use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;

/// Room at either side of words.
const INDENT: f32 = 9.0;

const SIZE: f32 = 15.0;

/// The size of titles.
const HEAD: f32 = 14.0;

/// How far a turn of the wheel goes.
const TURN: f32 = 3.0 * ROW;

/// See [`table`].
pub struct Table<'a, M> {
    columns: Vec<Column<'a>>,
    rows: usize,
    sticky: Vec<usize>,
    line: Box<dyn Fn(usize) -> Line + 'a>,
    cell: Box<dyn Fn(Spot) -> Cell<'a> + 'a>,
    cursor: &'a Cursor,
    id: Id,
    palette: Palette,
    on: Rc<dyn Fn(Event) -> M + 'a>,
    editor: Option<Element<'a, M>>,
}

/// A table of those columns and so many rows, where the keyboard is at that cursor; `id` is where it finds the table.
/// `line` says how a row looks, `cell` what is in a cell.
pub fn table<'a, M: Clone + 'a>(
    columns: Vec<Column<'a>>,
    rows: usize,
    line: impl Fn(usize) -> Line + 'a,
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
        line: Box::new(line),
        cell: Box::new(cell),
        cursor,
        id: id.into(),
        palette,
        on,
        editor,
    }
}

impl<M> Table<'_, M> {
    /// Those rows stay at the foot.
    #[must_use]
    pub fn sticky(mut self, rows: Vec<usize>) -> Self {
        self.sticky = rows;
        self
    }

    fn say(&self, event: Event, shell: &mut Shell<'_, M>) {
        shell.publish((self.on)(event));
        shell.capture_event();
    }

    fn last(&self) -> Spot {
        Spot {
            row: self.rows.saturating_sub(1),
            column: self.columns.len().saturating_sub(1),
        }
    }

    /// The cell after that one, or before it, row after row; none past the last.
    fn beside(&self, spot: Spot, backwards: bool) -> Option<Spot> {
        let last = self.last();
        match (backwards, spot) {
            (false, Spot { column, .. }) if column < last.column => Some(Spot {
                column: column + 1,
                ..spot
            }),
            (false, Spot { row, .. }) if row < last.row => Some(Spot {
                row: row + 1,
                column: 0,
            }),
            (true, Spot { column: 1.., .. }) => Some(Spot {
                column: spot.column - 1,
                ..spot
            }),
            (true, Spot { row: 1.., .. }) => Some(Spot {
                row: spot.row - 1,
                column: last.column,
            }),
            _ => None,
        }
    }

    /// Where a key that moves goes from a cell.
    fn towards(&self, key: Named, far: bool, page: usize) -> Option<Spot> {
        let (at, last) = (self.cursor.at(), self.last());
        let Spot { row, column } = at;
        Some(match key {
            Named::ArrowUp => Spot {
                row: if far { 0 } else { row.saturating_sub(1) },
                ..at
            },
            Named::ArrowDown => Spot {
                row: if far {
                    last.row
                } else {
                    (row + 1).min(last.row)
                },
                ..at
            },
            Named::ArrowLeft => Spot {
                column: if far { 0 } else { column.saturating_sub(1) },
                ..at
            },
            Named::ArrowRight => Spot {
                column: if far {
                    last.column
                } else {
                    (column + 1).min(last.column)
                },
                ..at
            },
            Named::PageUp => Spot {
                row: row.saturating_sub(page),
                ..at
            },
            Named::PageDown => Spot {
                row: (row + page).min(last.row),
                ..at
            },
            Named::Home if far => Spot::default(),
            Named::Home => Spot { column: 0, ..at },
            Named::End if far => last,
            Named::End => Spot {
                column: last.column,
                ..at
            },
            _ => return None,
        })
    }

    /// A key while a cell is typed in; false when it is the field's.
    fn key_in_cell(&self, key: &Key, modifiers: Modifiers, shell: &mut Shell<'_, M>) -> bool {
        let at = self.cursor.at();
        let Key::Named(named) = key else {
            return false;
        };
        let then = match named {
            Named::Escape => {
                self.say(Event::Cancel, shell);
                return true;
            }
            Named::Enter if modifiers.command() => Some(at),
            Named::Enter if modifiers.shift() => self.towards(Named::ArrowUp, false, 1),
            Named::Enter => self.towards(Named::ArrowDown, false, 1),
            Named::Tab => Some(self.beside(at, modifiers.shift()).unwrap_or(at)),
            Named::ArrowUp | Named::ArrowDown => self.towards(*named, false, 1),
            Named::ArrowLeft | Named::ArrowRight
                if self.cursor.replaces() && !modifiers.shift() =>
            {
                self.towards(*named, false, 1)
            }
            _ => return false,
        };
        self.say(Event::Keep(then), shell);
        true
    }

    /// A key while none is.
    fn key(
        &self,
        key: &Key,
        modifiers: Modifiers,
        typed: Option<&str>,
        page: usize,
        clipboard: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let event = match key {
            Key::Named(named) if modifiers.alt() && !modifiers.command() => match named {
                Named::ArrowUp => Event::Row(RowAct::Up),
                Named::ArrowDown => Event::Row(RowAct::Down),
                _ => return,
            },
            Key::Named(Named::Delete) if modifiers.command() => Event::Row(RowAct::Remove),
            Key::Named(Named::Enter) if modifiers.command() => Event::More,
            Key::Named(named) => match named {
                Named::Tab => match self.beside(self.cursor.at(), modifiers.shift()) {
                    Some(to) => Event::Go { to, grow: false },
                    None => return,
                },
                Named::Enter | Named::F2 | Named::Space => Event::Begin(None),
                Named::Delete | Named::Backspace => Event::Clear,
                Named::Insert => Event::Row(RowAct::Insert),
                Named::F4 => Event::More,
                named => match self.towards(*named, modifiers.command(), page) {
                    Some(to) => Event::Go {
                        to,
                        grow: modifiers.shift(),
                    },
                    None => return,
                },
            },
            Key::Character(character) if modifiers.command() && !modifiers.alt() => {
                match character.to_lowercase().as_str() {
                    "c" => Event::Copy,
                    "x" => Event::Cut,
                    "v" => match clipboard.read(clipboard::Kind::Standard) {
                        Some(text) => Event::Paste(text),
                        None => return,
                    },
                    "d" => Event::Row(RowAct::Duplicate),
                    "a" => {
                        self.say(
                            Event::Go {
                                to: Spot::default(),
                                grow: false,
                            },
                            shell,
                        );
                        Event::Go {
                            to: self.last(),
                            grow: true,
                        }
                    }
                    _ => return,
                }
            }
            _ => match typed.filter(|text| !text.chars().any(char::is_control)) {
                Some(text) if !text.is_empty() => Event::Begin(Some(text.to_owned())),
                _ => return,
            },
        };
        self.say(event, shell);
    }
}

#[derive(Default)]
struct State {
    focused: bool,
    was_focused: bool,
    offset: (f32, f32),
    /// The cell that was last brought into sight.
    revealed: Option<(Spot, Size)>,
    place: Place,
    modifiers: Modifiers,
    last_click: Option<mouse::Click>,
    drag: Option<Drag>,
    cut: RefCell<Cut>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Drag {
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
        self.each_in_sight(place, offset, |_, seen, words, _| {
            operation.text(None, seen + Vector::new(bounds.x, bounds.y), words);
        });
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
                    field.focus()
                } else {
                    field.unfocus()
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

impl<M> Table<'_, M> {
    fn pointer(
        &self,
        event: mouse::Event,
        state: &mut State,
        bounds: Rectangle,
        cursor: mouse::Cursor,
        shell: &mut Shell<'_, M>,
    ) {
        let point = cursor
            .position()
            .map(|it| Point::new(it.x - bounds.x, it.y - bounds.y));
        let spot = point.and_then(|it| state.place.cell_at(it.x, it.y, state.offset));
        match event {
            mouse::Event::ButtonPressed(mouse::Button::Left) => {
                let over = cursor.is_over(bounds);
                if state.focused != over {
                    shell.request_redraw();
                }
                state.focused = over;
                let (Some(point), true) = (point, over) else {
                    if self.editor.is_some() {
                        shell.publish((self.on)(Event::Keep(None)));
                    }
                    return;
                };
                if point.x > state.place.width && state.place.handles(state.offset)[0].is_some() {
                    state.drag = Some(Drag::Bar);
                    state.offset.1 = state.place.dragged_down(point.y);
                    shell.capture_event();
                    shell.request_redraw();
                    return;
                }
                let Some(to) = spot else { return };
                let position = Point::new(point.x, point.y);
                let click = mouse::Click::new(position, mouse::Button::Left, state.last_click);
                state.last_click = Some(click);
                state.drag = Some(Drag::Block);
                if self.editor.is_some() {
                    self.say(Event::Keep(Some(to)), shell);
                } else if click.kind() == mouse::click::Kind::Double && to == self.cursor.at() {
                    state.drag = None;
                    self.say(Event::Begin(None), shell);
                } else {
                    let grow = state.modifiers.shift();
                    self.say(Event::Go { to, grow }, shell);
                }
            }
            mouse::Event::ButtonReleased(mouse::Button::Left) => state.drag = None,
            mouse::Event::CursorMoved { .. } => match (state.drag, point, spot) {
                (Some(Drag::Bar), Some(point), _) => {
                    state.offset.1 = state.place.dragged_down(point.y);
                    shell.request_redraw();
                }
                (Some(Drag::Block), _, Some(to)) if to != self.cursor.at() => {
                    self.say(Event::Go { to, grow: true }, shell);
                }
                _ => {}
            },
            mouse::Event::WheelScrolled { delta } if cursor.is_over(bounds) => {
                let (x, y) = match delta {
                    mouse::ScrollDelta::Lines { x, y } => (x * TURN, y * TURN),
                    mouse::ScrollDelta::Pixels { x, y } => (x, y),
                };
                let (x, y) = if state.modifiers.shift() {
                    (y, x)
                } else {
                    (x, y)
                };
                let to = (state.offset.0 - x, state.offset.1 - y);
                let held = state.place.held(to);
                if held != state.offset {
                    state.offset = held;
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
    }

    /// Every cell in sight that has something: itself, what is seen of it, its words, how they look.
    fn each_in_sight(
        &self,
        place: &Place,
        offset: (f32, f32),
        mut each: impl FnMut(Where, Rectangle, &str, &Cell<'_>),
    ) {
        let columns: Vec<_> = (0..self.columns.len())
            .filter_map(|column| Some((column, place.across(column, offset.0)?)))
            .collect();
        for (column, across) in &columns {
            if let Some(head) = self.columns.get(*column) {
                let whole = Rectangle {
                    x: across.left,
                    y: 0.0,
                    width: across.width,
                    height: ROW,
                };
                let seen = Rectangle {
                    x: across.seen.0,
                    width: across.seen.1,
                    ..whole
                };
                let cell = Cell::of(head.title.as_ref(), Look::Muted);
                each(
                    Where {
                        whole,
                        spot: None,
                        column: *column,
                        figures: head.figures,
                    },
                    seen,
                    &head.title,
                    &cell,
                );
            }
        }
        let (rows, room) = place.rows_in_sight(offset.1);
        let stuck: Vec<_> = place.stuck(offset.1).collect();
        let loose = rows
            .filter(|row| stuck.iter().all(|(it, _)| it != row))
            .map(|row| (row, ROW + row as f32 * ROW - offset.1, true));
        for (row, top, is_loose) in loose.chain(stuck.iter().map(|(row, top)| (*row, *top, false)))
        {
            for (column, across) in &columns {
                let spot = Spot {
                    row,
                    column: *column,
                };
                let cell = (self.cell)(spot);
                let whole = Rectangle {
                    x: across.left,
                    y: top,
                    width: across.width,
                    height: ROW,
                };
                let (start, end) = if is_loose {
                    (top.max(ROW), (top + ROW).min(ROW + room))
                } else {
                    (top, top + ROW)
                };
                let seen = Rectangle {
                    x: across.seen.0,
                    y: start,
                    width: across.seen.1,
                    height: (end - start).max(0.0),
                };
                let figures = self.columns.get(*column).is_some_and(|it| it.figures);
                let text = cell.text.clone();
                each(
                    Where {
                        whole,
                        spot: Some(spot),
                        column: *column,
                        figures,
                    },
                    seen,
                    &text,
                    &cell,
                );
            }
        }
    }

    fn paint(&self, state: &State, bounds: Rectangle, renderer: &mut Renderer) {
        let (palette, place, offset) = (self.palette, &state.place, state.offset);
        let from = Vector::new(bounds.x, bounds.y);
        let shown = Rectangle {
            x: bounds.x,
            y: bounds.y,
            width: place.width,
            height: place.shown_height(),
        };
        let card = palette.card();
        fill(renderer, shown, palette.surface, card.border);

        let (rows, block) = (place.rows_in_sight(offset.1), self.cursor.block());
        let stuck: Vec<_> = place.stuck(offset.1).collect();
        let (range, room) = rows;
        let loose = range
            .filter(|row| stuck.iter().all(|(it, _)| it != row))
            .map(|row| (row, ROW + row as f32 * ROW - offset.1, ROW + room));
        let foot = stuck.iter().map(|(row, top)| (*row, *top, f32::MAX));
        for (row, top, end) in loose.chain(foot) {
            let seen = Rectangle {
                x: 1.0,
                y: top.max(ROW),
                width: place.width - 2.0,
                height: ((top + ROW).min(end) - top.max(ROW)).max(0.0),
            } + from;
            let line = (self.line)(row);
            let ground = match line {
                Line::Band => Some(palette.raised),
                Line::Group => Some(palette.ground),
                Line::Plain | Line::Total | Line::Offer => None,
            };
            if let Some(ground) = ground {
                fill(renderer, seen, ground, Border::default());
            }
            let rule = Rectangle {
                y: seen.y,
                height: 1.0,
                ..seen
            };
            let ink = if line == Line::Total {
                palette.edge
            } else {
                palette.line
            };
            fill(renderer, rule, ink, Border::default());
        }

        let is_chosen = |spot: Spot| block.0.contains(&spot.row) && block.1.contains(&spot.column);
        self.each_in_sight(place, offset, |at, seen, _, cell| {
            let Some(spot) = at.spot else { return };
            let seen = inset(seen) + from;
            if is_chosen(spot) && (self.cursor.is_block() || state.focused) {
                fill(renderer, seen, palette.accent_soft, Border::default());
            }
            if cell.faulty {
                let border = Border {
                    color: palette.grave,
                    width: 2.0,
                    radius: 0.0.into(),
                };
                fill(renderer, seen, palette.grave_soft, border);
            }
            if cell.look == Look::Tag && !cell.text.is_empty() {
                let label = Rectangle {
                    x: at.whole.x + 4.0,
                    y: at.whole.y + 5.0,
                    width: (cell.text.chars().count() as f32 * 7.2 + 12.0)
                        .min(at.whole.width - 6.0),
                    height: ROW - 9.0,
                } + from;
                if let Some(label) = label.intersection(&seen) {
                    fill(renderer, label, palette.raised, iced::border::rounded(4));
                }
            }
            if spot == self.cursor.at() {
                let (color, width) = if state.focused {
                    (palette.accent, 2.0)
                } else {
                    (palette.edge, 1.0)
                };
                let border = Border {
                    color,
                    width,
                    radius: 0.0.into(),
                };
                fill(renderer, seen, Color::TRANSPARENT, border);
            }
        });

        // iced's software renderer clips what a layer holds, and no text by itself.
        for zone in place.zones(offset) {
            let sight = zone.bounds + from;
            renderer.with_layer(sight, |renderer| self.write(state, zone, from, renderer));
        }

        for handle in place.handles(offset).into_iter().flatten() {
            fill(
                renderer,
                handle + from,
                palette.edge,
                iced::border::rounded(3),
            );
        }
    }

    /// Puts the words of a zone.
    fn write(&self, state: &State, zone: Zone, from: Vector, renderer: &mut Renderer) {
        let (place, offset) = (&state.place, state.offset);
        let typed = self.editor.is_some().then(|| self.cursor.at());
        self.each_in_sight(place, offset, |at, seen, words, cell| {
            let is_here = zone.holds(place, at.spot, at.column, offset.1);
            let is_typed = at.spot.is_some() && at.spot == typed;
            if !is_here || is_typed || words.is_empty() && !cell.faulty {
                return;
            }
            let line = at.spot.map(|spot| (self.line)(spot.row));
            let (face, ink) = self.ink(line, cell);
            let size = if at.spot.is_none() { HEAD } else { SIZE };
            let (whole, seen) = (at.whole + from, seen + from);
            let mut put = |words: String, right: bool, ink: Color| {
                let x = if right {
                    whole.x + whole.width - INDENT
                } else {
                    whole.x + INDENT
                };
                let align_x = if right {
                    text::Alignment::Right
                } else {
                    text::Alignment::Left
                };
                let text = text::Text {
                    align_x,
                    ..line_of(words, face, size)
                };
                let middle = Point::new(x, whole.y + ROW / 2.0);
                renderer.fill_text(text, middle, ink, seen);
            };
            let room = whole.width - 2.0 * INDENT;
            if cell.faulty && at.figures {
                put("▲".to_owned(), false, self.palette.grave);
            }
            let words = if cell.faulty && !at.figures {
                format!("▲ {words}")
            } else {
                words.to_owned()
            };
            // Figures are not cut: one that lacks a figure is another.
            let words = if at.figures {
                words
            } else {
                state.cut.borrow_mut().cut(words, face, size, room)
            };
            put(words, at.figures, ink);
        });
    }

    fn ink(&self, line: Option<Line>, cell: &Cell<'_>) -> (Font, Color) {
        let palette = self.palette;
        let strong = matches!(line, Some(Line::Group | Line::Total | Line::Band));
        let face = if strong || cell.look == Look::Strong {
            STRONG
        } else {
            SANS
        };
        let ink = match cell.look {
            _ if cell.faulty => palette.grave,
            Look::Grave => palette.grave,
            Look::Wary => palette.wary,
            Look::Muted => palette.muted,
            Look::Plain | Look::Strong | Look::Tag if line == Some(Line::Offer) => palette.muted,
            Look::Plain | Look::Strong | Look::Tag => palette.ink,
        };
        (face, ink)
    }
}

/// Where a cell is; a title has no spot.
struct Where {
    whole: Rectangle,
    spot: Option<Spot>,
    column: usize,
    figures: bool,
}

/// Inside the line above a row.
fn inset(seen: Rectangle) -> Rectangle {
    Rectangle {
        y: seen.y + 1.0,
        height: (seen.height - 1.0).max(0.0),
        ..seen
    }
}

fn fill(renderer: &mut Renderer, bounds: Rectangle, ground: Color, border: Border) {
    if bounds.width <= 0.0 || bounds.height <= 0.0 {
        return;
    }
    let quad = renderer::Quad {
        bounds,
        border,
        ..renderer::Quad::default()
    };
    renderer.fill_quad(quad, ground);
}

impl<'a, M: Clone + 'a> From<Table<'a, M>> for Element<'a, M> {
    fn from(table: Table<'a, M>) -> Self {
        Self::new(table)
    }
}
