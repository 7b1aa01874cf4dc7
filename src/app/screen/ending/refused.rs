//! Leaving while a field holds something that cannot be kept: correcting it, or leaving it as it was before.

use iced::widget::{column, text};

use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, quiet, strong};

/// Where the keyboard is when it is asked.
pub const CORRECT: &str = "refused.correct";

/// What is answered.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// It is corrected first.
    Correct,
    /// Leave all the same.
    Anyway,
    /// Stay.
    Not,
}

/// The question, for that many fields.
#[must_use]
pub fn dialog<'a>(fields: usize, palette: Palette) -> Dialog<'a, Message> {
    let words = french::count(
        fields,
        "champ contient une valeur qui n’a pas pu être lue\u{a0}: elle n’est pas enregistrée.",
        "champs contiennent une valeur qui n’a pas pu être lue\u{a0}: elles ne sont pas enregistrées.",
    );
    let content = column![
        text(format!("▲ {words}")).size(15).color(palette.grave),
        text("Tout le reste est enregistré avant de partir.").size(15),
    ];
    let acts = [
        strong("Corriger", palette)
            .id(CORRECT)
            .on_press(Message::Correct),
        quiet("Partir sans cette saisie", palette).on_press(Message::Anyway),
    ];
    Dialog::new(
        "Une saisie n’est pas enregistrée",
        content.spacing(8),
        acts,
        Message::Not,
        palette,
    )
}
