//! The editor of an article's text: a plain field of several lines until the one that knows fields takes its place.

mod field;

use iced::Element;
use iced::widget::text_editor::{Action, Content, Edit};
use iced::widget::{Id, text_editor};

pub use field::Field;

use super::fonts::SERIF;
use super::theme::Palette;
use crate::model::Text;

/// Where the keyboard finds it.
pub const ID: &str = "editor";

/// A text being edited.
pub struct Editor {
    content: Content,
}

/// What happens in it.
#[derive(Debug, Clone)]
pub struct Message(Action);

/// The text after an edit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edited {
    /// Its paragraphs.
    pub paragraphs: Vec<String>,
    /// Whether it goes on with the same burst of typing.
    pub coalescing: bool,
}

impl Editor {
    /// Shows a text.
    #[must_use]
    pub fn new(text: &Text, _fields: &[Field]) -> Self {
        Self {
            content: Content::with_text(&text.paragraphs.join("\n")),
        }
    }

    /// Does what was asked; answers when the text changed.
    pub fn update(&mut self, message: Message) -> Option<Edited> {
        let Message(action) = message;
        let coalescing = matches!(&action, Action::Edit(Edit::Insert(c)) if !c.is_whitespace());
        let edits = action.is_edit();
        self.content.perform(action);

        edits.then(|| Edited {
            paragraphs: self.paragraphs(),
            coalescing,
        })
    }

    /// Shows what became of the text elsewhere.
    pub fn patch(&mut self, text: &Text, _fields: &[Field]) {
        if self.paragraphs() != text.paragraphs {
            self.content = Content::with_text(&text.paragraphs.join("\n"));
        }
    }

    /// The field.
    #[must_use]
    pub fn view(&self, palette: Palette) -> Element<'_, Message> {
        text_editor(&self.content)
            .id(Id::new(ID))
            .on_action(Message)
            .font(SERIF)
            .size(17)
            .padding(16)
            .height(iced::Fill)
            .style(move |_, status| palette.editor(status))
            .into()
    }

    fn paragraphs(&self) -> Vec<String> {
        let text = self.content.text();
        if text.trim_end_matches('\n').is_empty() {
            return Vec::new();
        }
        text.trim_end_matches('\n')
            .split('\n')
            .map(str::to_owned)
            .collect()
    }
}
