//! A field of one line under its label, with what is wrong under it.

use iced::Element;
use iced::widget::{Id, column, text, text_input};

use crate::app::fonts::{SANS, STRONG};
use crate::app::theme::Palette;

/// A labelled field; `on_submit` is what Enter says.
pub fn field<'a, M: Clone + 'a>(
    label: &'a str,
    value: &str,
    example: &str,
    error: Option<&'a str>,
    id: &'static str,
    palette: Palette,
    on_input: impl Fn(String) -> M + 'a,
    on_submit: M,
) -> Element<'a, M> {
    let input = text_input(example, value)
        .id(Id::new(id))
        .on_input(on_input)
        .on_submit(on_submit)
        .font(SANS)
        .size(15)
        .padding([7, 10])
        .style(move |_, status| palette.field(status));

    let mut column = column![text(label).size(14).font(STRONG), input].spacing(4);
    if let Some(error) = error {
        column = column.push(text(format!("▲ {error}")).size(14).color(palette.grave));
    }
    column.into()
}
