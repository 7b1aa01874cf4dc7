//! What keys and the pointer say to a table.

use iced::advanced::{Clipboard, Shell, clipboard, mouse};
use iced::keyboard::{Key, Modifiers, key::Named};
use iced::{Point, Rectangle};

use super::place::{ROW, Start};
use super::table::{Drag, State, Table};
use super::{Event, RowAct, Side, Spot};

/// How far a turn of the wheel goes.
const TURN: f32 = 3.0 * ROW;

/// How far a wheel is turned for a column.
const ACROSS: f32 = 3.0 * ROW;

impl<M> Table<'_, M> {
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
    pub(super) fn key_in_cell(
        &self,
        key: &Key,
        modifiers: Modifiers,
        shell: &mut Shell<'_, M>,
    ) -> bool {
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
    pub(super) fn key(
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
                // What is red where it is and was not kept is given up.
                Named::Escape if (self.cell)(self.cursor.at()).faulty => Event::Cancel,
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
                    "r" => Event::FillRight,
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

impl<M> Table<'_, M> {
    pub(super) fn pointer(
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
        let spot = point.and_then(|it| state.place.cell_at(it.x, it.y, state.start));
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
                if point.x > state.place.width && state.place.handle(state.start.row).is_some() {
                    state.drag = Some(Drag::Bar);
                    state.start.row = state.place.dragged_down(point.y);
                    shell.capture_event();
                    shell.request_redraw();
                    return;
                }
                let beyond = state.place.beyond(state.start.column);
                if let Some(mark) = beyond.iter().find(|it| it.bounds.contains(point)) {
                    let across = match mark.side {
                        Side::Left => -1,
                        Side::Right => 1,
                    };
                    state.scroll(0, across);
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
                    state.start.row = state.place.dragged_down(point.y);
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
                let (down, across) = state.turn(x, y);
                if state.scroll(down, across) {
                    shell.capture_event();
                    shell.request_redraw();
                }
            }
            _ => {}
        }
    }
}

impl State {
    /// So many rows down and columns to the right, once what a wheel turned comes to whole ones.
    fn turn(&mut self, x: f32, y: f32) -> (isize, isize) {
        let whole = |turned: &mut f32, by: f32, one: f32| {
            *turned -= by;
            let steps = (*turned / one).trunc();
            *turned -= steps * one;
            steps as isize
        };
        (
            whole(&mut self.turned.1, y, ROW),
            whole(&mut self.turned.0, x, ACROSS),
        )
    }

    /// Scrolls as far as there is something; answers whether there was.
    fn scroll(&mut self, down: isize, across: isize) -> bool {
        let was = self.start;
        self.start = self.place.held(Start {
            row: was.row.saturating_add_signed(down),
            column: was.column.saturating_add_signed(across),
        });
        self.start != was
    }
}
