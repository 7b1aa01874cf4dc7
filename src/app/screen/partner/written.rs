//! What is written on the form of a partner, one field or one choice at a time.

use iced::widget::text_editor;

use super::field::Field;
use super::{Message, Sheet, form, kept, record};
use crate::app::screen::partners::called;
use crate::app::screen::towns;
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::widget::form::{Heard, Typing};
use crate::model::{
    Change, Gender, Id, Lang, NameArticle, Nature, Number, Partner, RecognitionCheck, Record,
    Signatory, Supervision, quoted,
};

/// What is written.
#[derive(Debug, Clone)]
pub enum Written {
    /// Something is typed.
    Field(Field, Typing),
    /// Among the towns that answer.
    Towns(towns::Message),
    /// Something is typed on several lines.
    Long(Field, text_editor::Action),
    /// What it is in law.
    Nature(Nature),
    /// Its country.
    Country(String),
    /// The language of one of its names.
    OwnLang(usize, Lang),
    /// The grammar of a name.
    Grammar(Which, Grammar),
    /// A theme, on or off.
    Theme(String),
    /// A sustainable development goal, on or off.
    Goal(u8),
    /// The gender of one who may sign.
    Gender(Id, Option<Gender>),
    /// One more may sign.
    AddSignatory,
    /// One less.
    RemoveSignatory(Id),
    /// Whether its own law wants an authorisation.
    Supervised,
    /// Whether an association is of public utility.
    PublicUtility,
    /// Recognition and sanctions were looked up today.
    Recognised,
}

/// Which of its names has its grammar told.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Which {
    /// The official one.
    Official,
    /// The short one.
    Short,
}

/// What is told of the grammar of a name; nothing is guessed again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Grammar {
    /// Its article.
    Article(Option<NameArticle>),
    /// Its gender.
    Gender(Option<Gender>),
    /// Its number.
    Number(Option<Number>),
}

impl Sheet {
    /// What is written on the form.
    pub(super) fn write(
        &mut self,
        written: Written,
        partner: &Partner,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let mut after = partner.clone();
        match written {
            Written::Field(field, typing) => {
                let reference = session.reference();
                let fresh = session.fresh_id();
                let look = match (&typing, field) {
                    (Typing::Typed(raw), Field::Town) => {
                        Some(self.towns.look(raw, partner.country.as_deref()))
                    }
                    (Typing::Typed(_), _) => {
                        self.towns.forget();
                        None
                    }
                    (Typing::Left, _) => None,
                };
                let look =
                    look.map(|task| Action::Run(task.map(|it| Message::Write(Written::Towns(it)))));
                let heard = self.form.hear(
                    field,
                    typing,
                    partner,
                    |partner| kept::say(partner, field, reference),
                    |partner, raw| kept::set(partner, field, raw, fresh, reference),
                );
                let mut actions = match heard {
                    Heard::Becomes(after) => self.edit(after, Some(format!("{field:?}")), session),
                    Heard::Left => vec![Action::Rest],
                    Heard::Nothing => Vec::new(),
                };
                actions.extend(look);
                return actions;
            }
            Written::Towns(towns::Message::Found(asked, found)) => self.towns.hear(asked, found),
            Written::Towns(towns::Message::Step { from, down }) => {
                let to = self.towns.step(from, down, form::id(Field::Town));
                return vec![Action::Focus(to)];
            }
            Written::Towns(towns::Message::Choose(rank)) => {
                let Some(town) = self.towns.take(rank) else {
                    return Vec::new();
                };
                town.put(&mut after);
                let mut actions = vec![Action::Rest];
                if after != *partner {
                    actions.extend(self.edit(after, None, session));
                }
                actions.push(Action::Focus(form::id(Field::Town)));
                return actions;
            }
            Written::Long(field, action) => {
                let mut long = self.long.iter_mut();
                let typed = long.find(|(it, _)| *it == field);
                let Some(said) = typed.and_then(|(_, area)| area.hear(action)) else {
                    return Vec::new();
                };
                let (fresh, reference) = (session.fresh_id(), session.reference());
                return match kept::set(&mut after, field, &said, fresh, reference) {
                    Ok(()) => self.edit(after, Some(format!("{field:?}")), session),
                    Err(why) => vec![Action::Notify(Notice::wary(why))],
                };
            }
            Written::Nature(nature) => after.nature = nature,
            Written::Country(country) => after.country = Some(country),
            Written::OwnLang(rank, lang) => {
                if let Some(own) = after.names.get_mut(rank) {
                    own.lang = lang;
                }
            }
            Written::Grammar(which, grammar) => {
                let name = match which {
                    Which::Official => Some(&mut after.name),
                    Which::Short => after.short_name.as_mut(),
                };
                if let Some(name) = name {
                    match grammar {
                        Grammar::Article(article) => name.article = article,
                        Grammar::Gender(gender) => name.gender = gender,
                        Grammar::Number(number) => name.number = number,
                    }
                }
            }
            Written::Theme(theme) => toggle(&mut after.themes, theme),
            Written::Goal(goal) => {
                toggle(&mut after.odd, goal);
                after.odd.sort_unstable();
            }
            Written::Gender(id, gender) => {
                let mut signatories = after.signatories.iter_mut();
                if let Some(signatory) = signatories.find(|it| it.id == id) {
                    signatory.gender = gender;
                }
            }
            Written::AddSignatory => after.signatories.push(Signatory::new(session.fresh_id())),
            Written::RemoveSignatory(id) => after.signatories.retain(|it| it.id != id),
            Written::Supervised => {
                let supervision = after.supervision.get_or_insert_default();
                supervision.needed = !supervision.needed;
                if after.supervision == Some(Supervision::default()) {
                    after.supervision = None;
                }
            }
            Written::PublicUtility => {
                let association = after.association.get_or_insert_default();
                association.public_utility = !association.public_utility;
            }
            Written::Recognised => {
                let by = session.user().to_owned();
                match &mut after.recognition {
                    Some(check) => {
                        check.date = session.today();
                        check.by = by;
                    }
                    none => {
                        *none = Some(RecognitionCheck {
                            date: session.today(),
                            by,
                            result: "reconnue, aucune sanction relevée".to_owned(),
                        });
                    }
                }
            }
        }
        if after == *partner {
            return Vec::new();
        }
        self.edit(after, None, session)
    }

    fn edit(&self, after: Partner, key: Option<String>, session: &Session) -> Vec<Action<Message>> {
        let Some(before) = session.records().get(record(self.id)) else {
            return Vec::new();
        };
        let label = format!("Modifier {}", quoted(called(&after)));
        let change = Change::replace(label, before.clone(), Record::Partner(after));
        vec![Action::Edit(match key {
            Some(key) => change.coalescing(format!("partner.{}.{key}", self.id)),
            None => change,
        })]
    }
}

fn toggle<T: PartialEq>(all: &mut Vec<T>, one: T) {
    match all.iter().position(|it| *it == one) {
        Some(rank) => drop(all.remove(rank)),
        None => all.push(one),
    }
}
