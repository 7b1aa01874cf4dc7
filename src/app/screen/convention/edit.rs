//! What writing in a convention changes: the title or the paragraphs of a text, an article more.

use iced::widget::Id;

use super::{Convention, Message, Part, plan, view};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::model::text::in_language;
use crate::model::{self, Article, Change, Key, Lang, Record, Text};

impl Convention {
    /// The change that an edit of the text shown makes; none when it says the same.
    pub(super) fn change_text(
        &self,
        session: &Session,
        field: &str,
        edit: impl FnOnce(&mut Text),
    ) -> Option<Change> {
        let before = session.records().get(self.record())?;
        let Record::Convention(present) = before.as_ref() else {
            return None;
        };
        let mut after = present.clone();
        let texts = plan::texts_mut(&mut after, self.part)?;
        let mut text = self.text_among(texts);
        edit(&mut text);

        let written = in_language(texts, &self.language).map(|text| text.lang.clone());
        match written {
            Some(lang) => texts
                .iter_mut()
                .filter(|it| it.lang == lang)
                .for_each(|it| it.clone_from(&text)),
            None => texts.push(text),
        }
        if after == *present {
            return None;
        }
        let key = format!("{:?} {} {field}", self.part, self.language);
        let change = Change::replace("", before.clone(), Record::Convention(after));
        Some(change.coalescing(key))
    }

    pub(super) fn add_article(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(before) = session.records().get(self.record()) else {
            return Vec::new();
        };
        let Record::Convention(present) = before.as_ref() else {
            return Vec::new();
        };
        let mut after = present.clone();
        let taken = |key: &Key| after.articles.iter().any(|article| article.key == *key);
        let key = (after.articles.len() + 1..)
            .map(|rank| Key::new(&format!("article-{rank}")))
            .find(|key| !taken(key));
        let Some(key) = key else { return Vec::new() };

        let id = session.fresh_id();
        let mut text = Text::new(Lang::french(), Vec::new());
        "Nouvel article".clone_into(&mut text.title);
        after.articles.push(Article {
            id,
            key,
            role: None,
            texts: vec![text],
        });
        self.language = Lang::french();
        self.part = Part::Article(id);
        self.open = None;
        vec![
            Action::Edit(Change::replace(
                "Ajouter un article",
                before.clone(),
                Record::Convention(after),
            )),
            Action::Focus(Id::new(view::TITLE)),
        ]
    }
}

/// Gives a change the name by which it is undone: « Modifier l’article 3 ».
pub fn describe(
    mut change: Change,
    what: &str,
    part: Part,
    session: &Session,
    id: model::Id,
) -> Change {
    if let Some(convention) = session.records().convention(id) {
        change.label = format!("{what}{}", plan::name(convention, part));
    }
    change
}
