//! What stands below the text: its commands, then what the caret is on, or the fields offered.

use iced::widget::{Column, Id, Row, button, column, container, row, space, text, tooltip};
use iced::{Center, Element, Fill, Font, font};

use super::field::Standing;
use super::line::What;
use super::look::Look;
use super::offer::Offer;
use super::{Editor, Message};
use crate::app::widget::{focusable, words};
use crate::model::text::plain;

/// How many fields are offered at once, at most.
const OFFERED: f32 = 8.0;

/// The height of a field that is offered, in pixels.
const FIELD: f32 = 23.0;

/// What the text, the commands and the remark keep of the height, in pixels.
const KEPT: f32 = 200.0;

/// Below this height of both, a line of the text counts more than the hint, in pixels.
const HINTED: f32 = 250.0;

/// What stands below the text of that editor, both of them that high.
pub fn view<'a>(editor: &'a Editor, height: f32, look: &'a Look) -> Element<'a, Message> {
    let below = match &editor.offer {
        Some(offer) => {
            let most = ((height - KEPT) / FIELD).clamp(2.0, OFFERED) as usize;
            offered(editor, offer, most, look)
        }
        None => at_caret(editor, height >= HINTED, look),
    };
    column![commands(editor, look), below].spacing(4).into()
}

fn commands<'a>(editor: &'a Editor, look: &'a Look) -> Element<'a, Message> {
    let bold = Font {
        weight: font::Weight::Semibold,
        ..look.label_face
    };
    let italic = Font {
        style: font::Style::Italic,
        ..look.label_face
    };
    let style = editor.style_at_caret();

    let regular = look.label_face;
    let lists = editor.is_in_list();
    let offers = editor.offer.is_some();
    let commands = [
        ("Gras", "Ctrl+G", bold, style.bold, Message::Bold),
        ("Italique", "Ctrl+I", italic, style.italic, Message::Italic),
        ("Liste", "Ctrl+L", regular, lists, Message::List),
        (
            "Insérer un champ",
            "Ctrl+Espace",
            regular,
            offers,
            Message::Offer,
        ),
    ];
    let commands = commands.map(|(words, keys, face, on, message)| {
        let command = command(words, face, on, message.clone(), look);
        let keys = container(label(keys, look))
            .padding([2, 8])
            .style(look.tints.tip());
        focusable(
            tooltip(command, keys, tooltip::Position::Top),
            look.tints.accent,
        )
        .id(Id::from(format!("editor.{words}")))
        .on_activate(message)
        .into()
    });
    Row::with_children(commands).spacing(4).wrap().into()
}

fn offered<'a>(
    editor: &'a Editor,
    offer: &'a Offer,
    most: usize,
    look: &'a Look,
) -> Element<'a, Message> {
    let chosen = offer.chosen().unwrap_or(0);
    let first = (chosen + 1).saturating_sub(most);
    let rows = offer
        .fields(&editor.body)
        .skip(first)
        .take(most)
        .map(|(rank, field)| {
            let value = field.value.as_deref().unwrap_or("sans valeur");
            // On one line, so that as many are offered as there is room for.
            let said = |shown: &'a str| words(shown).size(look.size * 0.85).font(look.label_face);
            let line = row![
                said(&field.label).color(look.tints.ink),
                container(said(value).color(look.tints.muted)).align_right(Fill),
            ]
            .spacing(12);

            button(line)
                .width(Fill)
                .padding([2, 8])
                .style(look.tints.button(rank == chosen))
                .on_press(Message::Choose(rank))
                .into()
        });
    let rows = Column::with_children(rows);

    let remark = if offer.chosen().is_some() {
        "Tapez quelques lettres, ↑ ↓ puis Entrée\u{a0}; Échap renonce."
    } else {
        "Aucun champ ne répond à ces lettres. Échap pour renoncer."
    };
    column![rows, label(remark, look).color(look.tints.muted)]
        .spacing(4)
        .into()
}

fn at_caret<'a>(editor: &'a Editor, hinted: bool, look: &'a Look) -> Element<'a, Message> {
    let muted = |words: &'a str| label(words, look).color(look.tints.muted);
    if let Some(word) = editor.unknown_at_caret() {
        return unknown(editor, word, look);
    }
    let Some(span) = editor.object_at_caret() else {
        let count = editor.spelling.count();
        if count > 0 {
            let words = match count {
                1 => "◆ 1 mot que le dictionnaire ne connaît pas".to_owned(),
                count => format!("◆ {count} mots que le dictionnaire ne connaît pas"),
            };
            return row![
                label(words, look).color(look.tints.grave),
                act("Voir", Message::NextUnknown, look),
            ]
            .spacing(6)
            .align_y(Center)
            .padding([0, 8])
            .into();
        }
        if !hinted {
            return space().into();
        }
        return container(muted("Pour insérer un champ\u{a0}: Ctrl+Espace."))
            .padding([2, 8])
            .into();
    };

    let mut parts: Vec<Element<'a, Message>> = Vec::new();
    match &span.what {
        What::Field(name, standing) => {
            let known = editor.body.fields().get(name);
            let (before, after) = match standing {
                Standing::Filled => ("Champ\u{a0}:", None),
                Standing::Empty => ("Champ\u{a0}:", Some("sans valeur pour l’instant")),
                Standing::Unknown => ("Champ que rien ne remplit\u{a0}:", None),
            };
            parts.push(muted(before).into());
            let called = known.map_or(name.as_str(), |field| field.label.as_str());
            parts.push(label(called, look).color(look.tints.accent).into());
            parts.extend(after.map(|after| muted(after).into()));
            parts.push(act("Changer", Message::Offer, look));
            parts.push(act("Retirer", Message::Remove, look));
        }
        What::Note(key) => {
            let says = editor.notes.iter().find(|note| note.key == *key);
            parts.push(muted("Note\u{a0}:").into());
            parts.push(match says {
                Some(note) => label(plain(&note.text), look).into(),
                None => label("son texte manque", look)
                    .color(look.tints.grave)
                    .into(),
            });
            parts.push(act("Retirer", Message::Remove, look));
        }
        What::Words | What::Marker | What::Blank => {}
    }
    Row::with_children(parts)
        .spacing(6)
        .align_y(Center)
        .padding([0, 8])
        .wrap()
        .into()
}

/// The word that is not known, and what can be done about it.
fn unknown<'a>(editor: &'a Editor, word: &'a str, look: &'a Look) -> Element<'a, Message> {
    let mut parts: Vec<Element<'a, Message>> = vec![
        label("◆ Mot inconnu\u{a0}:", look)
            .color(look.tints.grave)
            .into(),
        label(word, look).into(),
    ];
    for meant in editor.spelling.suggested(word).unwrap_or_default() {
        let message = Message::Correct(meant.clone());
        parts.push(act(meant, message, look));
    }
    let learn = Message::Learn(word.to_owned());
    let words = "Ajouter au dictionnaire du service";
    parts.push(act(words, learn, look));
    let next = Message::NextUnknown;
    parts.push(act("Suivant", next, look));
    Row::with_children(parts)
        .spacing(6)
        .align_y(Center)
        .padding([0, 8])
        .wrap()
        .into()
}

/// What can be done with what the caret is on.
fn act<'a>(words: &'a str, message: Message, look: &'a Look) -> Element<'a, Message> {
    let command = command(words, look.label_face, false, message.clone(), look);
    focusable(command, look.tints.accent)
        .on_activate(message)
        .into()
}

fn command<'a>(
    words: &'a str,
    face: Font,
    on: bool,
    message: Message,
    look: &'a Look,
) -> button::Button<'a, Message> {
    button(text(words).font(face).size(look.size * 0.85))
        .padding([2, 8])
        .style(look.tints.button(on))
        .on_press(message)
}

fn label<'a>(words: impl text::IntoFragment<'a>, look: &Look) -> text::Text<'a> {
    text(words)
        .font(look.label_face)
        .size(look.size * 0.85)
        .color(look.tints.ink)
}
