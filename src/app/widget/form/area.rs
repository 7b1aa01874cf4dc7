//! An entry of several lines: notes, an object in a sentence or two.

use std::sync::Arc;

use iced::widget::text_editor::{Action, Content, Cursor, Edit, Position};
use iced::widget::{Id, text_editor};
use iced::{Element, Fill};

use super::labelled;
use crate::app::editor::difference;
use crate::app::fonts::SANS;
use crate::app::theme::Palette;
use crate::app::widget::escaping::heedless;
use crate::app::widget::{crisp, steady};

/// What an entry of several lines holds. It is patched in place, so that the caret and the scroll stay.
#[derive(Debug)]
pub struct Area {
    content: Content,
}

impl Area {
    /// An entry that says that.
    #[must_use]
    pub fn new(said: &str) -> Self {
        Self {
            content: Content::with_text(said),
        }
    }

    /// Does what is asked; answers with what it says when that changed.
    pub fn hear(&mut self, action: Action) -> Option<String> {
        let edits = action.is_edit();
        self.content.perform(action);
        edits.then(|| self.content.text())
    }

    /// The record says that now: only what differs is edited.
    pub fn follow(&mut self, said: &str) {
        let have = self.content.text();
        if have.trim_end() == said.trim_end() {
            return;
        }
        let (gone, come) = difference(&have, said);
        self.content.move_to(Cursor {
            position: position(&have, gone.end),
            selection: Some(position(&have, gone.start)),
        });
        let edit = match said.get(come) {
            Some(come) if !come.is_empty() => Edit::Paste(Arc::new(come.to_owned())),
            _ => Edit::Delete,
        };
        self.content.perform(Action::Edit(edit));
    }
}

fn position(text: &str, byte: usize) -> Position {
    let before = text.get(..byte).unwrap_or(text);
    Position {
        line: before.matches('\n').count(),
        column: before.len() - before.rfind('\n').map_or(0, |at| at + 1),
    }
}

/// The entry, at least that high in pixels.
pub fn area<'a, M: Clone + 'a>(
    label: &'a str,
    area: &'a Area,
    id: impl Into<Id>,
    height: f32,
    palette: Palette,
    on: impl Fn(Action) -> M + 'a,
) -> Element<'a, M> {
    let input = text_editor(&area.content)
        .id(id)
        .on_action(on)
        .font(SANS)
        .size(15)
        .padding([7, 10])
        .min_height(height)
        .style(move |_, status| palette.area(status));
    let input = iced::widget::container(crisp(steady(heedless(input)), palette)).width(Fill);
    labelled(label, input, palette)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_follows_the_record_where_it_differs_only() {
        let mut area = Area::new("Une ligne.\nDeux lignes.");
        area.follow("Une ligne.\nTrois belles lignes.");
        assert_eq!(
            area.content.text().trim_end(),
            "Une ligne.\nTrois belles lignes."
        );
        area.follow("Une ligne.");
        assert_eq!(area.content.text().trim_end(), "Une ligne.");
        area.follow("");
        assert_eq!(area.content.text().trim_end(), "");
        let typed = area.hear(Action::Edit(Edit::Insert('é')));
        assert_eq!(typed.as_deref().map(str::trim_end), Some("é"));
    }
}
