//! What keys do in the text, besides what they do in any text, and which characters can be typed.

use iced::keyboard::Key;
use iced::keyboard::key::Named;
use iced::widget::text_editor::{Binding, KeyPress, Motion, Status};

use super::Message;

/// What a key does: first for the fields offered, one of which Enter would take, then for the text.
#[must_use]
pub fn bind(press: KeyPress, offering: bool, chosen: Option<usize>) -> Option<Binding<Message>> {
    if !matches!(press.status, Status::Focused { .. }) {
        return None;
    }
    let named = match press.key.as_ref() {
        Key::Named(named) => Some(named),
        _ => None,
    };

    let of_offer = match (named, chosen) {
        _ if !offering => None,
        (Some(Named::Escape), _) => Some(Message::Close),
        (Some(Named::Enter), Some(chosen)) => Some(Message::Choose(chosen)),
        (Some(Named::ArrowDown), _) => Some(Message::Step { forward: true }),
        (Some(Named::ArrowUp), _) => Some(Message::Step { forward: false }),
        _ => None,
    };
    if let Some(message) = of_offer {
        return Some(Binding::Custom(message));
    }
    // What it closes is around the text, which keeps the keyboard.
    if named == Some(Named::Escape) {
        return None;
    }

    if press.modifiers.command() && !press.modifiers.alt() {
        let delete = |word, binding| Binding::Sequence(vec![Binding::Select(word), binding]);

        match named {
            Some(Named::Space) => return Some(Binding::Custom(Message::Offer)),
            Some(Named::Backspace) => return Some(delete(Motion::WordLeft, Binding::Backspace)),
            Some(Named::Delete) => return Some(delete(Motion::WordRight, Binding::Delete)),
            _ => {}
        }
        match press.key.to_latin(press.physical_key) {
            Some('b' | 'g') => return Some(Binding::Custom(Message::Bold)),
            Some('i') => return Some(Binding::Custom(Message::Italic)),
            Some('l') => return Some(Binding::Custom(Message::List)),
            _ => {}
        }
    }
    Binding::from_key_press(press)
}

/// What is typed or pasted as paragraphs can hold it: breaks of whatever kind part paragraphs, a tabulation is a
/// space, and no other control character comes in.
#[must_use]
pub fn typable(words: &str) -> String {
    let one_break = words.replace("\r\n", "\n");

    one_break
        .chars()
        .filter_map(|c| match c {
            '\r' | '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
            '\t' => Some(' '),
            '\n' => Some('\n'),
            c if c.is_control() => None,
            c => Some(c),
        })
        .collect()
}
