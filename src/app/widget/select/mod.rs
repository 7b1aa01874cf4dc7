//! One of a list, too long to be all in sight: a field that opens on its choices.
//!
//! The keyboard reaches it and opens it by Enter, Space, an arrow, or by typing: what is typed keeps the choices that
//! hold it, inside words and without accents, as every search here does. Arrows walk, Enter chooses, Escape gives up,
//! Tab takes the first that answers what was typed. iced's own pick list hears no key, and its combo box swallows Tab.

mod menu;

use std::borrow::Cow;

use iced::advanced::text::{self, Renderer as _};
use iced::advanced::widget::{Operation, Tree, operation, tree};
use iced::advanced::{
    Clipboard, Layout, Renderer as _, Shell, Widget, layout, mouse, overlay, renderer,
};
use iced::alignment::Vertical;
use iced::keyboard::{self, Key, key::Named};
use iced::widget::Id;
use iced::{
    Color, Element, Event, Font, Length, Pixels, Point, Rectangle, Renderer, Size, Theme, Vector,
};

use self::menu::Menu;
use super::cut;
use crate::app::fonts::SANS;
use crate::app::theme::Palette;
use crate::model::fold;

/// The height of the field and of each choice, in pixels.
const LINE: f32 = 34.0;

/// How many choices are in sight at once.
const IN_SIGHT: usize = 9;

const SIZE: f32 = 15.0;

/// Room at the left of words.
const INDENT: f32 = 10.0;

/// What can be chosen, and its label.
pub type Choice<'a, T> = (T, Cow<'a, str>);

/// See [`select`].
pub struct Select<'a, T: Clone, M> {
    choices: Cow<'a, [Choice<'a, T>]>,
    chosen: Option<usize>,
    id: Id,
    empty: &'a str,
    locked: bool,
    palette: Palette,
    on_choose: Box<dyn Fn(T) -> M + 'a>,
}

/// A field that shows what is chosen and opens on the choices; `id` is where the keyboard finds it.
pub fn select<'a, T: Clone + PartialEq, M, L: Into<Cow<'a, str>>>(
    choices: impl IntoIterator<Item = (T, L)>,
    chosen: Option<&T>,
    id: impl Into<Id>,
    palette: Palette,
    on_choose: impl Fn(T) -> M + 'a,
) -> Select<'a, T, M> {
    let choices = choices.into_iter();
    let choices: Vec<Choice<'a, T>> = choices
        .map(|(value, label)| (value, label.into()))
        .collect();
    select_of(choices, chosen, id, palette, on_choose)
}

/// The same, of choices that may be lent, where they are too many to be written again for each frame.
pub fn select_of<'a, T: Clone + PartialEq, M>(
    choices: impl Into<Cow<'a, [Choice<'a, T>]>>,
    chosen: Option<&T>,
    id: impl Into<Id>,
    palette: Palette,
    on_choose: impl Fn(T) -> M + 'a,
) -> Select<'a, T, M> {
    let choices = choices.into();
    let chosen = chosen.and_then(|chosen| choices.iter().position(|(value, _)| value == chosen));
    Select {
        choices,
        chosen,
        id: id.into(),
        empty: "Choisir…",
        locked: false,
        palette,
        on_choose: Box::new(on_choose),
    }
}

impl<'a, T: Clone, M> Select<'a, T, M> {
    /// What shows while nothing is chosen.
    #[must_use]
    pub fn empty(mut self, words: &'a str) -> Self {
        self.empty = words;
        self
    }

    /// Whether it only shows: the workspace can only be read, or what it says is signed.
    #[must_use]
    pub fn locked(mut self, locked: bool) -> Self {
        self.locked = locked;
        self
    }

    /// The choices that answer what is typed, by rank.
    fn answers(&self, typed: &str) -> Vec<usize> {
        let typed = fold(typed);
        let words: Vec<&str> = typed.split_whitespace().collect();
        let holds = |label: &str| {
            let label = fold(label);
            words.iter().all(|word| label.contains(word))
        };
        let begins = |rank: &usize| {
            let label = self.choices.get(*rank).map(|(_, label)| fold(label));
            label.is_some_and(|label| label.starts_with(typed.trim()))
        };
        let ranks = self.choices.iter().enumerate();
        let mut answers: Vec<usize> = ranks
            .filter(|(_, (_, label))| holds(label))
            .map(|(rank, _)| rank)
            .collect();
        if !words.is_empty() {
            answers.sort_by_key(|rank| !begins(rank));
        }
        answers
    }
}

#[derive(Default)]
struct State {
    focused: bool,
    open: Option<Open>,
}

/// The menu.
struct Open {
    typed: String,
    /// Among the choices that answer.
    here: usize,
    /// The first choice in sight.
    top: usize,
    /// How many there is room for.
    room: usize,
}

impl Open {
    fn at(here: usize) -> Self {
        Self {
            typed: String::new(),
            here,
            top: here.saturating_sub(IN_SIGHT / 2),
            room: IN_SIGHT,
        }
    }

    /// There is room for so many of them: those in sight fill it.
    fn fit(&mut self, room: usize, count: usize) {
        if self.room != room {
            self.room = room.max(1);
            self.go(self.here, count);
        }
        self.scroll(0, count);
    }

    fn go(&mut self, here: usize, count: usize) {
        self.here = here.min(count.saturating_sub(1));
        self.top = self
            .top
            .clamp((self.here + 1).saturating_sub(self.room), self.here);
    }

    fn scroll(&mut self, lines: isize, count: usize) {
        let last = count.saturating_sub(self.room);
        self.top = self.top.saturating_add_signed(lines).min(last);
    }
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
        self.open = None;
    }
}

impl<T: Clone, M> Widget<M, Theme, Renderer> for Select<'_, T, M> {
    fn tag(&self) -> tree::Tag {
        tree::Tag::of::<State>()
    }

    fn state(&self) -> tree::State {
        tree::State::new(State::default())
    }

    fn size(&self) -> Size<Length> {
        Size::new(Length::Fill, Length::Fixed(LINE))
    }

    fn layout(&mut self, _: &mut Tree, _: &Renderer, limits: &layout::Limits) -> layout::Node {
        layout::atomic(limits, Length::Fill, LINE)
    }

    fn operate(
        &mut self,
        tree: &mut Tree,
        layout: Layout<'_>,
        _: &Renderer,
        operation: &mut dyn Operation,
    ) {
        operation.container(Some(&self.id), layout.bounds());
        if !self.locked {
            let state = tree.state.downcast_mut::<State>();
            operation.focusable(Some(&self.id), layout.bounds(), state);
        }
        operation.text(None, layout.bounds(), self.words());
    }

    fn update(
        &mut self,
        tree: &mut Tree,
        event: &Event,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Renderer,
        _: &mut dyn Clipboard,
        shell: &mut Shell<'_, M>,
        _: &Rectangle,
    ) {
        let state = tree.state.downcast_mut::<State>();
        if self.locked {
            *state = State::default();
            return;
        }
        match event {
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)) => {
                let over = cursor.is_over(layout.bounds());
                if over {
                    state.open = Some(Open::at(self.chosen.unwrap_or(0)));
                    shell.capture_event();
                }
                if over || state.focused {
                    state.focused = over;
                    shell.request_redraw();
                }
            }
            Event::Keyboard(keyboard::Event::KeyPressed {
                key,
                modifiers,
                text,
                ..
            }) if state.focused && !modifiers.command() && !modifiers.alt() => {
                let mut open = Open::at(self.chosen.unwrap_or(0));
                match key {
                    Key::Named(Named::Enter | Named::Space | Named::ArrowDown | Named::ArrowUp) => {
                    }
                    Key::Named(_) => return,
                    _ => match text.as_deref().filter(|text| is_typed(text)) {
                        Some(text) => {
                            open = Open::at(0);
                            open.typed.push_str(text);
                        }
                        None => return,
                    },
                }
                state.open = Some(open);
                shell.capture_event();
                shell.request_redraw();
            }
            _ => {}
        }
    }

    fn draw(
        &self,
        tree: &Tree,
        renderer: &mut Renderer,
        _: &Theme,
        _: &renderer::Style,
        layout: Layout<'_>,
        _: mouse::Cursor,
        viewport: &Rectangle,
    ) {
        let state = tree.state.downcast_ref::<State>();
        let palette = self.palette;
        let bounds = palette.on_pixels(layout.bounds());
        renderer.fill_quad(
            renderer::Quad {
                bounds,
                border: palette.edge_of_field(state.focused),
                ..renderer::Quad::default()
            },
            if self.locked {
                palette.ground
            } else {
                palette.surface
            },
        );
        let (words, ink) = match &state.open {
            Some(open) if !open.typed.is_empty() => {
                (Cow::Owned(format!("{}|", open.typed)), palette.ink)
            }
            _ if self.chosen.is_none() => (Cow::Borrowed(self.empty), palette.muted),
            _ => (Cow::Borrowed(self.words()), palette.ink),
        };
        let room = Rectangle {
            width: bounds.width - 2.0 * INDENT - SIZE,
            ..bounds
        };
        let words = cut(&words, room.width - INDENT, SIZE, SANS).into_owned();
        line(renderer, words, room, SANS, ink, viewport);
        if self.locked {
            return;
        }
        let mark = Rectangle {
            x: bounds.x + bounds.width - 2.0 * INDENT - 4.0,
            width: SIZE + INDENT,
            ..bounds
        };
        line(
            renderer,
            "▾".to_owned(),
            mark,
            SANS,
            palette.muted,
            viewport,
        );
    }

    fn mouse_interaction(
        &self,
        _: &Tree,
        layout: Layout<'_>,
        cursor: mouse::Cursor,
        _: &Rectangle,
        _: &Renderer,
    ) -> mouse::Interaction {
        if cursor.is_over(layout.bounds()) && !self.locked {
            mouse::Interaction::Pointer
        } else {
            mouse::Interaction::default()
        }
    }

    fn overlay<'b>(
        &'b mut self,
        tree: &'b mut Tree,
        layout: Layout<'b>,
        _: &Renderer,
        _: &Rectangle,
        translation: Vector,
    ) -> Option<overlay::Element<'b, M, Theme, Renderer>> {
        let state = tree.state.downcast_mut::<State>();
        let typed = state.open.as_ref()?.typed.clone();
        let menu = Menu {
            answers: self.answers(&typed),
            select: self,
            state,
            field: layout.bounds() + translation,
        };
        Some(overlay::Element::new(Box::new(menu)))
    }
}

impl<T: Clone, M> Select<'_, T, M> {
    fn words(&self) -> &str {
        let chosen = self.chosen.and_then(|rank| self.choices.get(rank));
        chosen.map_or(self.empty, |(_, label)| label)
    }
}

impl<'a, T: Clone + 'a, M: 'a> From<Select<'a, T, M>> for Element<'a, M> {
    fn from(select: Select<'a, T, M>) -> Self {
        Self::new(select)
    }
}

/// Words that fit or are cut, in the middle of the height.
fn line(
    renderer: &mut Renderer,
    words: String,
    bounds: Rectangle,
    font: Font,
    ink: Color,
    viewport: &Rectangle,
) {
    let room = Rectangle {
        x: bounds.x + INDENT,
        width: bounds.width - INDENT,
        ..bounds
    };
    let Some(clip) = room.intersection(viewport) else {
        return;
    };
    let text = text::Text {
        content: words,
        bounds: Size::new(f32::INFINITY, SIZE * 1.3),
        size: Pixels(SIZE),
        line_height: text::LineHeight::default(),
        font,
        align_x: text::Alignment::Left,
        align_y: Vertical::Top,
        shaping: text::Shaping::Advanced,
        wrapping: text::Wrapping::None,
    };
    // From the top: what iced's software renderer redraws of a text aligned otherwise is its lower half.
    let place = Point::new(room.x, room.center_y() - SIZE * 0.65);
    // iced cuts by its layer what is said to be larger than it, and nothing else: said to fill the layer, words that
    // are half out of it would be drawn there, and never wiped.
    renderer.with_layer(clip, |renderer| {
        renderer.fill_text(text, place, ink, room);
    });
}

fn is_typed(text: &str) -> bool {
    !text.is_empty() && !text.chars().any(char::is_control)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn countries() -> Select<'static, usize, usize> {
        let names = [
            "Bénin",
            "Côte d’Ivoire",
            "Guinée",
            "Guinée-Bissau",
            "Guinée équatoriale",
            "Papouasie-Nouvelle-Guinée",
        ];
        let choices = names.into_iter().map(str::to_owned).enumerate();
        select(choices, None, "pays", Palette::LIGHT, |rank| rank)
    }

    #[test]
    fn what_is_typed_is_found_without_accents_and_inside_words_what_begins_so_first() {
        assert_eq!(countries().answers("guinee"), [2, 3, 4, 5]);
        assert_eq!(countries().answers("cote ivoire"), [1]);
        assert_eq!(countries().answers(""), [0, 1, 2, 3, 4, 5]);
        assert!(countries().answers("zzz").is_empty());
    }

    #[test]
    fn the_choice_that_arrows_reach_is_in_sight() {
        let mut open = Open::at(0);
        open.go(40, 100);
        assert!((open.top..open.top + IN_SIGHT).contains(&open.here));
        open.go(400, 100);
        assert_eq!(open.here, 99);
        open.go(0, 100);
        assert_eq!((open.here, open.top), (0, 0));
        open.scroll(500, 100);
        assert_eq!(open.top, 100 - IN_SIGHT);
    }

    #[test]
    fn a_menu_opened_on_its_last_choice_is_full() {
        let mut open = Open::at(12);
        open.fit(IN_SIGHT, 13);
        assert_eq!(open.top, 13 - IN_SIGHT);
        // Near the edge of the window there is room for fewer.
        open.fit(4, 13);
        assert_eq!(open.top, 13 - 4);
        open.go(0, 13);
        open.fit(4, 13);
        assert_eq!(open.top, 0);
    }
}
