//! An entry of one line: its label above, what is typed, under it why it is not kept or what to know.

use iced::widget::{Id, column, container, text, text_input};
use iced::{Element, Length};

use super::{Shown, Typing, labelled, said};
use crate::app::fonts::{EXAMPLE, LINE, SANS};
use crate::app::theme::Palette;
use crate::app::widget::descend::descend;
use crate::app::widget::escaping::heedless;
use crate::app::widget::leaving::leaving;
use crate::app::widget::{crisp, steady};

/// See [`entry`].
pub struct Entry<'a, M> {
    /// None where the head of a table tells it.
    label: Option<&'a str>,
    shown: Shown<'a>,
    id: Id,
    palette: Palette,
    on: Box<dyn Fn(Typing) -> M + 'a>,
    example: &'a str,
    hint: Option<String>,
    submit: Option<M>,
    width: Length,
    locked: bool,
    of_figures: bool,
    into_list: Option<M>,
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
        label: Some(label),
        shown,
        id: id.into(),
        palette,
        on: Box::new(on),
        example: "",
        hint: None,
        submit: None,
        width: Length::Fill,
        locked: false,
        of_figures: false,
        into_list: None,
    }
}

impl<'a, M: Clone + 'a> Entry<'a, M> {
    /// What shows while it is empty.
    #[must_use]
    pub fn example(mut self, example: &'a str) -> Self {
        self.example = example;
        self
    }

    /// In a table, whose head says what it is.
    #[must_use]
    pub fn without_label(mut self) -> Self {
        self.label = None;
        self
    }

    /// For an amount: its figures stand under those of the line above.
    #[must_use]
    pub fn of_figures(mut self) -> Self {
        self.of_figures = true;
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

    /// What ↓ says, of an entry that has a list below it, or may come to have one.
    #[must_use]
    pub fn into_list(mut self, message: M) -> Self {
        self.into_list = Some(message);
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
        let palette = entry.palette;
        if entry.locked
            && let Some(label) = entry.label
        {
            return container(said(label, &entry.shown.text, palette))
                .width(entry.width)
                .into();
        }
        let on = std::rc::Rc::new(entry.on);
        let faulty = entry.shown.fault.is_some();
        let left = on(Typing::Left);
        let face = if entry.shown.text.is_empty() {
            EXAMPLE
        } else {
            SANS
        };
        let mut input = text_input(entry.example, &entry.shown.text)
            .id(entry.id)
            .font(face)
            .size(15)
            .line_height(LINE)
            .padding([7, 10])
            .style(move |_, status| palette.entry(status, faulty.then_some(palette.grave)));
        if entry.of_figures {
            input = input.align_x(iced::Right);
        }
        if !entry.locked {
            input = input.on_input(move |raw| on(Typing::Typed(raw)));
        }
        if let Some(submit) = entry.submit {
            input = input.on_submit(submit);
        }

        let input = leaving(input, left);
        let input = match entry.into_list {
            Some(into) => descend(input, into),
            None => input,
        };
        let input = crisp(steady(heedless(input)), palette);
        let input = match entry.label {
            Some(label) => labelled(label, input, palette),
            None => input,
        };
        let mut field = column![input].spacing(4).width(entry.width);
        if let Some(fault) = entry.shown.fault {
            let words = format!("▲ {fault}");
            field = field.push(text(words).size(14).color(palette.grave));
        } else if let Some(hint) = entry.hint {
            field = field.push(text(hint).size(14).color(palette.muted));
        }
        field.into()
    }
}
