//! What is done to a convention from here: each act one change, by which it is undone.

use iced::widget::Id;

use super::order::{once_moved, shift};
use super::{Convention, Message, Part, plan, view};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::model::text::in_language;
use crate::model::{self, Annex, AnnexKind, Article, Change, Key, Lang, Record, Text};

impl Convention {
    /// The change that edits the convention; none when it stays what it was, or is no longer there.
    pub(super) fn change(
        &self,
        session: &Session,
        label: impl Into<String>,
        edit: impl FnOnce(&mut model::Convention),
    ) -> Option<Change> {
        let before = session.records().get(self.record())?;
        let Record::Convention(present) = before.as_ref() else {
            return None;
        };
        let mut after = self.with_begun(present);
        edit(&mut after);
        self.begun.iter().for_each(|begun| begun.leave(&mut after));
        (after != *present).then(|| {
            let begun = self.begun.as_ref().filter(|it| it.is_in(&after));
            let label = begun.map_or_else(|| label.into(), |begun| begun.label().to_owned());
            Change::replace(label, before.clone(), Record::Convention(after))
        })
    }

    /// The convention, with what is begun among the others.
    pub(super) fn with_begun(&self, convention: &model::Convention) -> model::Convention {
        let mut convention = convention.clone();
        self.begun
            .iter()
            .for_each(|begun| begun.join(&mut convention));
        convention
    }

    /// The same, as what the screen asks for.
    pub(super) fn edit(
        &self,
        session: &Session,
        label: impl Into<String>,
        edit: impl FnOnce(&mut model::Convention),
    ) -> Vec<Action<Message>> {
        self.change(session, label, edit)
            .map(Action::Edit)
            .into_iter()
            .collect()
    }

    /// The change that an edit of the text shown makes; none when it says the same.
    pub(super) fn change_text(
        &self,
        session: &Session,
        label: impl Into<String>,
        field: &str,
        edit: impl FnOnce(&mut Text),
    ) -> Option<Change> {
        let change = self.change(session, label, |after| {
            let Some(texts) = plan::texts_mut(after, self.part) else {
                return;
            };
            let mut text = self.text_among(texts);
            // Whoever begins to translate has today's French before the eyes.
            let begins = text.is_blank() && text.of.is_none() && !text.lang.is_french();
            edit(&mut text);
            if begins
                && !text.is_blank()
                && let Some(french) = in_language(texts, &Lang::french())
            {
                text.translates(french);
            }

            let written = in_language(texts, &self.language).map(|text| text.lang.clone());
            match written {
                Some(lang) => texts
                    .iter_mut()
                    .filter(|it| it.lang == lang)
                    .for_each(|it| it.clone_from(&text)),
                None => texts.push(text),
            }
        })?;
        Some(change.coalescing(format!("{:?} {} {field}", self.part, self.language)))
    }

    /// « Modifier l’article 3 »: how a change of a part is told.
    pub(super) fn told(&self, what: &str, part: Part, session: &Session) -> String {
        let convention = session.records().convention(self.id);
        let name = convention.map(|convention| plan::name(convention, part));
        format!("{what}{}", name.unwrap_or_default())
    }

    /// An article more, at the end.
    pub(super) fn add_article(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        let id = session.fresh_id();
        let mut text = Text::new(Lang::french(), Vec::new());
        "Nouvel article".clone_into(&mut text.title);
        let article = Article {
            id,
            key: Key::new("article")
                .free(|key| convention.articles.iter().any(|it| it.key == *key)),
            role: None,
            texts: vec![text],
        };
        let actions = self.edit(session, "Ajouter un article", |after| {
            after.articles.push(article);
        });
        self.at_new(Part::Article(id), actions)
    }

    /// An annex more, at the end.
    pub(super) fn add_annex(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(convention) = session.records().convention(self.id) else {
            return Vec::new();
        };
        let id = session.fresh_id();
        let mut text = Text::new(Lang::french(), Vec::new());
        "Nouvelle annexe".clone_into(&mut text.title);
        let annex = Annex {
            id,
            key: Key::new("annexe").free(|key| convention.annexes.iter().any(|it| it.key == *key)),
            kind: AnnexKind::Text,
            texts: vec![text],
            piece: None,
        };
        let actions = self.edit(session, "Ajouter une annexe", |after| {
            after.annexes.push(annex);
        });
        self.at_new(Part::Annex(id), actions)
    }

    /// What was just added is what is open, at its title.
    pub(super) fn at_new(
        &mut self,
        part: Part,
        mut actions: Vec<Action<Message>>,
    ) -> Vec<Action<Message>> {
        self.language = Lang::french();
        self.part = part;
        self.open = None;
        actions.push(Action::Focus(Id::new(view::TITLE)));
        actions
    }

    /// An article or an annex changes places with its neighbour.
    pub(super) fn shift(
        &mut self,
        part: Part,
        down: bool,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let label = self.told("Déplacer ", part, session);
        self.part = part;
        let mut actions = self.edit(session, label, |after| match part {
            Part::Article(id) => move_to(&mut after.articles, |it| it.id == id, down),
            Part::Annex(id) => move_to(&mut after.annexes, |it| it.id == id, down),
            Part::Visa(id) => move_to(&mut after.visas, |it| it.id == id, down),
            Part::Recital(id) => move_to(&mut after.recitals, |it| it.id == id, down),
            _ => {}
        });
        if actions.is_empty() {
            return actions;
        }
        // The keyboard follows what it moves: a line of the plan, or the arrows beside a visa.
        let to = match part {
            Part::Visa(id) | Part::Recital(id) => {
                let convention = session.records().convention(self.id);
                let all: Vec<model::Id> = match (part, convention) {
                    (Part::Visa(_), Some(it)) => it.visas.iter().map(|it| it.id).collect(),
                    (_, Some(it)) => it.recitals.iter().map(|it| it.id).collect(),
                    (_, None) => Vec::new(),
                };
                let rank = all.iter().position(|it| *it == id);
                let last = all.len().saturating_sub(1);
                rank.map(|rank| once_moved(id, beside(rank, down), last, down))
            }
            _ => {
                let rank = self.plan.iter().position(|entry| entry.part == part);
                rank.map(|rank| view::plan_id(beside(rank, down)))
            }
        };
        actions.extend(to.map(Action::Focus));
        actions
    }

    /// The same article once more, after itself, to be changed.
    pub(super) fn duplicate(&mut self, part: Part, session: &Session) -> Vec<Action<Message>> {
        let Part::Article(id) = part else {
            return Vec::new();
        };
        let found = session
            .records()
            .convention(self.id)
            .and_then(|convention| {
                let rank = convention.articles.iter().position(|it| it.id == id)?;
                let mut copy = convention.articles.get(rank)?.clone();
                let taken = |key: &Key| convention.articles.iter().any(|it| it.key == *key);
                copy.key = copy.key.free(taken);
                Some((rank, copy))
            });
        let Some((rank, mut copy)) = found else {
            return Vec::new();
        };
        copy.id = session.fresh_id();
        // A role is played once.
        copy.role = None;
        let part = Part::Article(copy.id);
        let label = self.told("Dupliquer ", Part::Article(id), session);
        let actions = self.edit(session, label, |after| {
            after.articles.insert(rank + 1, copy);
        });
        self.at_new(part, actions)
    }

    /// A part is no longer there; Ctrl+Z brings it back.
    pub(super) fn remove(&mut self, part: Part, session: &Session) -> Vec<Action<Message>> {
        if self.begun.take_if(|begun| begun.part() == part).is_some() {
            self.show(part.line(), session);
            return vec![Action::Focus(self.first())];
        }
        let label = self.told("Supprimer ", part, session);
        let rank = self.plan.iter().position(|entry| entry.part == part);
        let mut actions = self.edit(session, label, |after| match part {
            Part::Article(id) => after.articles.retain(|it| it.id != id),
            Part::Annex(id) => after.annexes.retain(|it| it.id != id),
            Part::Visa(id) => after.visas.retain(|it| it.id != id),
            Part::Recital(id) => after.recitals.retain(|it| it.id != id),
            _ => {}
        });
        if actions.is_empty() {
            return actions;
        }
        // What is open next is what took its place, or what was before it.
        let neighbour = |entry: Option<&plan::Entry>| entry.map(|entry| entry.part);
        self.part = match part {
            Part::Visa(_) => Part::Visas,
            Part::Recital(_) => Part::Recitals,
            _ => rank
                .and_then(|rank| {
                    neighbour(self.plan.get(rank + 1))
                        .or_else(|| neighbour(self.plan.get(rank.checked_sub(1)?)))
                })
                .unwrap_or(Part::Sheet),
        };
        self.open = None;
        // What it was done with may have gone along.
        if matches!(part, Part::Visa(_) | Part::Recital(_)) {
            actions.push(Action::Focus(self.first()));
        }
        actions
    }
}

const fn beside(rank: usize, down: bool) -> usize {
    if down {
        rank + 1
    } else {
        rank.saturating_sub(1)
    }
}

fn move_to<T>(items: &mut [T], is_it: impl Fn(&T) -> bool, down: bool) {
    if let Some(rank) = items.iter().position(is_it) {
        shift(items, rank, down);
    }
}
