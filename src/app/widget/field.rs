//! A field of one line, with its label above where it has one.

use iced::widget::{Id, column, text, text_input};
use iced::{Color, Element, Font, Length, Pixels, Theme};

use crate::app::fonts::{EXAMPLE, LINE, SANS, STRONG};
use crate::app::theme::Palette;

use super::descend::descend;
use super::escaping::{escaping, heedless};
use super::leaving::leaving;
use super::{crisp, steady};

/// See [`field`].
pub struct Field<'a, M> {
    input: text_input::TextInput<'a, M>,
    label: Option<&'a str>,
    on_leave: Option<M>,
    into_list: Option<M>,
    emptied: Option<M>,
    palette: Palette,
}

/// A field that holds that value; `example` shows while it is empty, `id` is where the keyboard finds it.
pub fn field<'a, M: Clone + 'a>(
    value: &str,
    example: &str,
    id: impl Into<Id>,
    palette: Palette,
    on_input: impl Fn(String) -> M + 'a,
) -> Field<'a, M> {
    let emptied = (!value.is_empty()).then(|| on_input(String::new()));
    Field {
        input: text_input(example, value)
            .id(id)
            .on_input(on_input)
            .font(if value.is_empty() { EXAMPLE } else { SANS })
            .size(15)
            .line_height(LINE)
            .padding([7, 10])
            .style(move |_, status| palette.field(status)),
        label: None,
        on_leave: None,
        into_list: None,
        emptied,
        palette,
    }
}

impl<'a, M: Clone + 'a> Field<'a, M> {
    /// What it is for, above it.
    #[must_use]
    pub fn label(mut self, label: &'a str) -> Self {
        self.label = Some(label);
        self
    }

    /// Its edge says, in that ink, that what it holds is at fault or in doubt.
    #[must_use]
    pub fn edged(mut self, ink: Option<Color>, palette: Palette) -> Self {
        let style = move |_: &Theme, status| palette.entry(status, ink);
        self.input = self.input.style(style);
        self
    }

    /// What Enter says.
    #[must_use]
    pub fn on_submit(mut self, message: M) -> Self {
        self.input = self.input.on_submit(message);
        self
    }

    /// What is said when the keyboard goes elsewhere.
    #[must_use]
    pub fn on_leave(mut self, message: M) -> Self {
        self.on_leave = Some(message);
        self
    }

    /// What ↓ says, of a field that filters the list below it; Escape empties it.
    #[must_use]
    pub fn into_list(mut self, message: M) -> Self {
        self.into_list = Some(message);
        self
    }

    /// As wide as that.
    #[must_use]
    pub fn width(mut self, width: impl Into<Length>) -> Self {
        self.input = self.input.width(width);
        self
    }

    /// A cell among others: what it holds has all the room.
    #[must_use]
    pub fn tight(mut self) -> Self {
        self.input = self.input.size(14).padding([7, 6]);
        self
    }

    /// In that face and size.
    #[must_use]
    pub fn face(mut self, face: Font, size: f32) -> Self {
        let line = Pixels((size * 1.3).round());
        self.input = self.input.font(face).size(size).line_height(line);
        self
    }
}

impl<'a, M: Clone + 'a> From<Field<'a, M>> for Element<'a, M> {
    fn from(field: Field<'a, M>) -> Self {
        let input = match (field.on_leave, field.into_list) {
            (Some(message), _) => heedless(leaving(field.input, message)),
            (None, Some(into_list)) => {
                escaping(heedless(descend(field.input, into_list)), field.emptied)
            }
            (None, None) => heedless(field.input),
        };
        let input = crisp(steady(input), field.palette);
        match field.label {
            Some(label) => column![text(label).size(14).font(STRONG), input]
                .spacing(4)
                .into(),
            None => input,
        }
    }
}
