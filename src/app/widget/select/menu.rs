//! The menu on which a select opens: the choices that answer what is typed, walked by arrows.

use iced::advanced::widget::Operation;
use iced::advanced::{Clipboard, Layout, Renderer as _, Shell, layout, mouse, overlay, renderer};
use iced::keyboard::{self, Key, key::Named};
use iced::mouse::ScrollDelta;
use iced::{Background, Border, Event, Point, Rectangle, Renderer, Size, Theme};

use super::{IN_SIGHT, INDENT, LINE, Open, SIZE, Select, State, is_typed, line};
use crate::app::fonts::{SANS, STRONG};
use crate::app::widget::cut;

/// How wide a letter is, more or less.
const LETTER: f32 = 7.2;

/// The widest menu: a longer line is not read at a glance.
const WIDEST: f32 = 680.0;

/// What says where one is among the choices: its width, and the least of its height.
const BAR: f32 = 5.0;
const LEAST_BAR: f32 = super::super::LEAST;

/// Room between a menu and the edge of the window.
const EDGE: f32 = 8.0;

/// What the field opens on.
pub(super) struct Menu<'a, 'b, T: Clone, M> {
    pub(super) select: &'b Select<'a, T, M>,
    pub(super) state: &'b mut State,
    /// The choices that answer, by rank.
    pub(super) answers: Vec<usize>,
    /// The field that opened it.
    pub(super) field: Rectangle,
}

impl<T: Clone, M> Menu<'_, '_, T, M> {
    fn choose(&mut self, shell: &mut Shell<'_, M>) {
        let here = self.state.open.as_ref().map(|open| open.here);
        let chosen = here
            .and_then(|here| self.answers.get(here))
            .and_then(|rank| self.select.choices.get(*rank));
        if let Some((value, _)) = chosen {
            shell.publish((self.select.on_choose)(value.clone()));
        }
        self.close(shell);
    }

    fn close(&mut self, shell: &mut Shell<'_, M>) {
        self.state.open = None;
        shell.invalidate_widgets();
        shell.request_redraw();
    }

    fn type_in(&mut self, edit: impl FnOnce(&mut String), shell: &mut Shell<'_, M>) {
        if let Some(open) = &mut self.state.open {
            edit(&mut open.typed);
            (open.here, open.top) = (0, 0);
        }
        shell.invalidate_layout();
        shell.request_redraw();
    }

    /// As wide as the field, or as its longest choice where there is room for it.
    fn width(&self, most: f32) -> f32 {
        let choices = self.select.choices.iter();
        let longest = choices.map(|(_, label)| label.chars().count()).max();
        let wanted = longest.unwrap_or_default() as f32 * LETTER + 2.0 * INDENT;
        wanted.clamp(self.field.width, most.min(WIDEST).max(self.field.width))
    }

    /// Where one is among the choices, when there is not room for all: what follows would not be guessed.
    fn draw_bar(&self, open: &Open, renderer: &mut Renderer, menu: Rectangle) {
        let (count, room) = (self.answers.len() as f32, open.room as f32);
        if count <= room {
            return;
        }
        let height = (menu.height * room / count).max(LEAST_BAR);
        let along = open.top as f32 / (count - room);
        let bounds = Rectangle {
            x: menu.x + menu.width - BAR - 3.0,
            y: menu.y + 2.0 + along * (menu.height - 4.0 - height),
            width: BAR,
            height,
        };
        let border = Border {
            radius: (BAR / 2.0).into(),
            ..Border::default()
        };
        let bar = renderer::Quad {
            bounds,
            border,
            ..renderer::Quad::default()
        };
        renderer.fill_quad(bar, self.select.palette.edge);
    }

    /// The rank, among those that answer, of the choice at that height of the menu.
    fn rank_at(&self, y: f32) -> Option<usize> {
        let open = self.state.open.as_ref()?;
        let rank = open.top + (y / LINE).max(0.0) as usize;
        (rank < self.answers.len()).then_some(rank)
    }

    fn key(&mut self, key: &Key, text: Option<&str>, shell: &mut Shell<'_, M>) {
        let count = self.answers.len();
        let Some(open) = &mut self.state.open else {
            return;
        };
        match key {
            Key::Named(Named::ArrowDown) => open.go(open.here + 1, count),
            Key::Named(Named::ArrowUp) => open.go(open.here.saturating_sub(1), count),
            Key::Named(Named::PageDown) => open.go(open.here + open.room, count),
            Key::Named(Named::PageUp) => open.go(open.here.saturating_sub(open.room), count),
            Key::Named(Named::Home) => open.go(0, count),
            Key::Named(Named::End) => open.go(count, count),
            Key::Named(Named::Enter) => self.choose(shell),
            Key::Named(Named::Escape) => self.close(shell),
            Key::Named(Named::Backspace) => {
                let shorten = |typed: &mut String| {
                    typed.pop();
                };
                self.type_in(shorten, shell);
            }
            Key::Named(Named::Tab) => {
                // The focus goes on; what was typed is taken at its word.
                if open.typed.is_empty() {
                    self.close(shell);
                } else {
                    self.choose(shell);
                }
                return;
            }
            Key::Named(Named::Space) => self.type_in(|typed| typed.push(' '), shell),
            Key::Named(_) => return,
            _ => match text.filter(|text| is_typed(text)) {
                Some(text) => self.type_in(|typed| typed.push_str(text), shell),
                None => return,
            },
        }
        shell.capture_event();
        shell.request_redraw();
    }
}

impl<T: Clone, M> overlay::Overlay<M, Theme, Renderer> for Menu<'_, '_, T, M> {
    fn layout(&mut self, _: &Renderer, bounds: Size) -> layout::Node {
        let lines = self.answers.len().clamp(1, IN_SIGHT);
        let below = bounds.height - self.field.y - self.field.height;
        let above = self.field.y;
        let room = below.max(above) - 8.0;
        let lines = ((room / LINE) as usize).clamp(1, lines);
        let height = lines as f32 * LINE;
        if let Some(open) = &mut self.state.open {
            open.fit(lines, self.answers.len());
        }
        let down = below >= height + 8.0 || below >= above;
        let y = if down {
            self.field.y + self.field.height + 2.0
        } else {
            self.field.y - height - 2.0
        };
        let width = self.width(bounds.width - 2.0 * EDGE);
        let x = self.field.x.min(bounds.width - EDGE - width).max(EDGE);
        layout::Node::new(Size::new(width, height)).move_to(Point::new(x, y))
    }

    fn operate(&mut self, layout: Layout<'_>, _: &Renderer, operation: &mut dyn Operation) {
        let bounds = layout.bounds();
        let (top, room) = (self.state.open.as_ref()).map_or((0, 0), |open| (open.top, open.room));
        let labels = self.answers.iter().skip(top).take(room);
        for (rank, label) in labels.enumerate() {
            if let Some((_, label)) = self.select.choices.get(*label) {
                operation.text(None, row_of(bounds, rank), label);
            }
        }
    }

    fn update(
        &mut self,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
    ) {
        let at = cursor.position_in(layout.bounds());
        match event {
            Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                modifiers,
                text,
                ..
            }) if !modifiers.command() && !modifiers.alt() => {
                self.key(key, text.as_deref(), shell);
            }
            // All that was typed is what the next letter takes the place of.
            Event::Keyboard(keyboard::Event::KeyPressed { key, modifiers, .. })
                if modifiers.command() && key.as_ref() == Key::Character("a") =>
            {
                self.type_in(String::clear, shell);
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::CursorMoved { .. }) => {
                if let Some(rank) = at.and_then(|at| self.rank_at(at.y))
                    && let Some(open) = &mut self.state.open
                    && open.here != rank
                {
                    open.here = rank;
                    shell.request_redraw();
                }
            }
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                match at.map(|at| self.rank_at(at.y)) {
                    Some(Some(rank)) => {
                        if let Some(open) = &mut self.state.open {
                            open.here = rank;
                        }
                        self.choose(shell);
                    }
                    Some(None) => {}
                    None => self.close(shell),
                }
                shell.capture_event();
            }
            Event::Mouse(mouse::Event::WheelScrolled { delta }) if at.is_some() => {
                let y = match delta {
                    ScrollDelta::Lines { y, .. } => *y,
                    ScrollDelta::Pixels { y, .. } => y / LINE,
                };
                if let Some(open) = &mut self.state.open {
                    open.scroll(-y.round() as isize, self.answers.len());
                }
                shell.capture_event();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn mouse_interaction(
        &self,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::Idle
        }
    }

    fn draw(
        &self,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
    ) {
        let palette = self.select.palette;
        let bounds = palette.on_pixels(layout.bounds());
        let Some(open) = &self.state.open else {
            return;
        };
        renderer.fill_quad(
            renderer::Quad {
                bounds,
                border: palette.edge_of_field(false),
                ..renderer::Quad::default()
            },
            palette.surface,
        );
        if self.answers.is_empty() {
            let none = "Rien ne répond à ce qui est tapé.".to_owned();
            let room = row_of(bounds, 0);
            line(renderer, none, room, SANS, palette.muted, &bounds);
        }
        let answers = self.answers.iter().enumerate();
        let shown = answers.skip(open.top).take(open.room);
        for (place, (rank, choice)) in shown.enumerate() {
            let Some((_, label)) = self.select.choices.get(*choice) else {
                continue;
            };
            let row = row_of(bounds, place);
            let here = rank == open.here;
            if here {
                renderer.fill_quad(
                    renderer::Quad {
                        bounds: row.shrink(2.0),
                        border: Border {
                            radius: 4.0.into(),
                            ..Border::default()
                        },
                        ..renderer::Quad::default()
                    },
                    Background::Color(palette.accent_soft),
                );
            }
            let ink = if here { palette.accent } else { palette.ink };
            let chosen = self.select.chosen == Some(*choice);
            let face = if chosen { STRONG } else { SANS };
            let label = cut(label, row.width - 2.0 * INDENT, SIZE, face).into_owned();
            line(renderer, label, row, face, ink, &bounds);
        }
        self.draw_bar(open, renderer, bounds);
    }
}

fn row_of(menu: Rectangle, rank: usize) -> Rectangle {
    Rectangle {
        y: menu.y + rank as f32 * LINE,
        height: LINE,
        ..menu
    }
}
