//! Spelling of the text that is open: who spells is made off the window's thread, once for a language.

use iced::Task;

use super::{Convention, Message as Above};
use crate::app::screen::{Action, settings};
use crate::app::session::Session;
use crate::model::Lang;
use crate::spelling::{Speller, known};

/// Who spells here.
#[derive(Default)]
pub struct Spells {
    lang: Option<Lang>,
    speller: Option<Speller>,
    /// The word whose suggestions are being made.
    puzzled: Option<String>,
}

/// What is learnt of spelling.
#[derive(Debug, Clone)]
pub enum Message {
    /// Who spells in that language, if anybody.
    Speller(Lang, Option<Speller>),
    /// What that word may have been meant to be.
    Suggested(String, Vec<String>),
}

impl Convention {
    /// Has made what spelling wants.
    pub(super) fn prepare_spelling(&mut self, session: &Session) -> Task<Above> {
        let Some(open) = &self.open else {
            return Task::none();
        };
        if self.spells.lang.as_ref() != Some(&self.language) {
            self.spells = Spells {
                lang: Some(self.language.clone()),
                ..Spells::default()
            };
            let lang = self.language.clone();
            let dictionaries = session.dictionaries().clone();
            let records = session.records().clone();
            let reference = session.reference().clone();
            let work = async move {
                let names = known(&records, &reference, &lang);
                let speller = dictionaries.speller(&lang, names);
                Message::Speller(lang, speller)
            };
            return Task::perform(work, Above::Spelling);
        }
        let word = open.editor.puzzling().map(str::to_owned);
        let (Some(word), Some(speller)) = (word, self.spells.speller.clone()) else {
            return Task::none();
        };
        if self.spells.puzzled.as_ref() == Some(&word) {
            return Task::none();
        }
        self.spells.puzzled = Some(word.clone());
        let work = async move {
            let suggested = speller.suggestions(&word);
            Message::Suggested(word, suggested)
        };
        Task::perform(work, Above::Spelling)
    }

    /// Reads what is learnt of spelling.
    pub(super) fn update_spelling(&mut self, message: Message, session: &Session) {
        match message {
            Message::Speller(lang, speller) => {
                if self.spells.lang.as_ref() == Some(&lang) {
                    self.spells.speller = speller;
                    self.spell(session);
                }
            }
            Message::Suggested(word, words) => {
                if let Some(open) = &mut self.open {
                    open.editor.suggest(word, words);
                }
            }
        }
    }

    /// Has the text that is open spelt with the department's words of today.
    pub(super) fn spell(&mut self, session: &Session) {
        if self.spells.lang.as_ref() != Some(&self.language) {
            return;
        }
        if let Some(open) = &mut self.open {
            let words = &session.records().authority().words;
            let speller = self.spells.speller.as_ref();
            open.editor.spell(speller.map(|it| it.with_own(words)));
        }
    }

    /// The word joins the department's dictionary.
    pub(super) fn learn(word: &str, session: &Session) -> Vec<Action<Above>> {
        let change = settings::learn(word, session);
        let focus = Action::Focus(iced::widget::Id::new(super::view::EDITOR));
        change
            .map(Action::Edit)
            .into_iter()
            .chain([focus])
            .collect()
    }
}
