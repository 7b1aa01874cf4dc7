//! The text of the part shown, open to be written: in its language, with what its fields say.

use iced::Task;
use iced::widget::Id;

use super::{Action, Convention, Message, Open, plan, view};
use crate::app::editor::{self, Edited, Editor, Field};
use crate::app::session::Session;
use crate::document;
use crate::model::text::in_language;
use crate::model::{self, Records, Text};

impl Convention {
    /// What the text may name, with the value of each: as they were signed, once it is.
    pub(super) fn fields_of(&self, written: &model::Convention, session: &Session) -> Vec<Field> {
        let signed = session
            .sealed(self.id)
            .map(|version| Records::from_snapshot(&version.records));
        let records = signed.as_ref().unwrap_or_else(|| session.records());

        document::fields_of(written, records, session.reference(), session.today())
            .into_iter()
            .map(|field| Field {
                name: field.name,
                label: field.label,
                value: field.value,
            })
            .collect()
    }

    /// Opens the text of the part shown, or brings what is open up to date.
    pub(super) fn open_text(&mut self, session: &Session) {
        self.look_at_clauses(session);
        let text = self
            .written(session)
            .filter(|_| self.can_edit(session))
            .and_then(|written| {
                let begun = || self.begun.as_ref()?.texts(self.part);
                plan::texts(written, self.part).or_else(begun)
            })
            .map(|texts| self.text_among(texts));
        let Some(text) = text else {
            self.open = None;
            return;
        };

        match &mut self.open {
            Some(open) if open.part == self.part => {
                open.title.clone_from(&text.title);
                open.editor.patch(&text, &self.fields);
            }
            _ => {
                self.open = Some(Open {
                    part: self.part,
                    title: text.title.clone(),
                    editor: Editor::new(&text, &self.fields),
                });
            }
        }
        self.spell(session);
    }

    /// The text in the language shown; an empty one where it is not written yet.
    pub(super) fn text_among(&self, texts: &[Text]) -> Text {
        in_language(texts, &self.language)
            .cloned()
            .unwrap_or_else(|| Text::new(self.language.clone(), Vec::new()))
    }

    /// Reads what happens in the editor.
    pub(super) fn type_text(
        &mut self,
        message: editor::Message,
        session: &Session,
    ) -> Vec<Action<Message>> {
        if let editor::Message::Learn(word) = &message {
            return Self::learn(word, session);
        }
        let mut actions = Vec::new();
        if message.takes_the_focus() {
            actions.push(Action::Focus(Id::new(view::EDITOR)));
        }
        let mends = message.may_want_mending();
        let edited = self
            .open
            .as_mut()
            .and_then(|open| open.editor.update(message));
        let Some(Edited { paragraphs, typing }) = edited else {
            return actions;
        };

        let label = self.told("Modifier ", self.part, session);
        let change = self.change_text(session, label, "paragraphs", move |text| {
            text.paragraphs = paragraphs;
        });
        if !typing {
            actions.push(Action::Rest);
        }
        actions.extend(change.map(Action::Edit));
        if mends {
            actions.push(Action::Run(Task::done(Message::Editor(
                editor::Message::Mend,
            ))));
        }
        actions
    }
}
