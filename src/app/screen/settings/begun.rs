//! What our authority has several of: who signs, sittings, bases, calls of funders. One more is begun on the page, and
//! kept once something is said of it: left as it was begun, it is nowhere.

use chrono::Datelike;

use super::calls::Asks;
use super::fields::{self, Field, Rests, Signs, Sits};
use super::{Action, Message, Settings, WidgetId, change};
use crate::app::screen::Notice;
use crate::app::session::Session;
use crate::check::MissingBase;
use crate::model::{self, Amount, Authority, Base, Call, Id, Signatory};

/// What an authority has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Who signs.
    Signatories,
    /// Sittings.
    Sessions,
    /// Bases of the 1 % schemes.
    Bases,
    /// Calls of funders.
    Calls,
}

/// One that nothing is said of yet.
pub(super) struct Begun {
    of: Several,
    id: Id,
    /// Our authority as the page shows it: with that one.
    ours: Authority,
}

impl Begun {
    /// Our authority with it.
    pub(super) const fn ours(&self) -> &Authority {
        &self.ours
    }
}

impl Several {
    /// « Ajouter un signataire », « retirer un signataire ».
    const fn one(self) -> &'static str {
        match self {
            Self::Signatories => "un signataire",
            Self::Sessions => "une séance",
            Self::Bases => "une assiette",
            Self::Calls => "un appel",
        }
    }

    /// Where the keyboard goes in one more.
    fn first(self, id: Id) -> WidgetId {
        fields::id_of(match self {
            Self::Signatories => Field::Signatory(id, Signs::Name),
            Self::Sessions => Field::Session(id, Sits::Date),
            Self::Bases => Field::Base(id, Rests::Budget),
            Self::Calls => Field::Call(id, Asks::Label),
        })
    }

    fn remove(self, ours: &mut Authority, id: Id) {
        match self {
            Self::Signatories => ours.signatories.retain(|it| it.id != id),
            Self::Sessions => ours.sessions.retain(|it| it.id != id),
            Self::Bases => ours.bases.retain(|it| it.id != id),
            Self::Calls => ours.calls.retain(|it| it.id != id),
        }
    }

    fn push(self, ours: &mut Authority, id: Id, scheme: &str, session: &Session) {
        let today = session.today();
        match self {
            Self::Signatories => ours.signatories.push(Signatory::new(id)),
            Self::Sessions => ours.sessions.push(model::Session {
                id,
                date: today,
                body: None,
                closes: None,
            }),
            Self::Bases => ours.bases.push(Base {
                id,
                scheme: scheme.to_owned(),
                budget: String::new(),
                year: today.year(),
                amount: Amount::ZERO,
                deducted: None,
                source: None,
            }),
            Self::Calls => ours.calls.push(Call::new(id, today.year(), today)),
        }
    }
}

impl Settings {
    /// Our authority as the page shows it.
    pub(super) fn ours<'a>(&'a self, session: &'a Session) -> &'a Authority {
        let begun = self.begun.as_ref();
        begun.map_or(session.records().authority(), Begun::ours)
    }

    /// Begins one more; a base is of that scheme.
    pub(super) fn add(
        &mut self,
        of: Several,
        scheme: &str,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let id = session.fresh_id();
        let mut ours = session.records().authority().clone();
        of.push(&mut ours, id, scheme, session);
        self.begun = Some(Begun { of, id, ours });
        vec![Action::Focus(of.first(id))]
    }

    /// Begins a base of which all but the amount is known.
    pub(super) fn begin_base(&mut self, missing: &MissingBase, session: &Session) -> Id {
        let id = session.fresh_id();
        let mut ours = session.records().authority().clone();
        Several::Bases.push(&mut ours, id, &missing.scheme, session);
        if let Some(base) = ours.bases.last_mut() {
            base.budget.clone_from(&missing.service);
            base.year = missing.year;
        }
        self.begun = Some(Begun {
            of: Several::Bases,
            id,
            ours,
        });
        id
    }

    /// Another page, another part: what is begun goes, unless it holds something that cannot be kept.
    pub(super) fn leave_begun(&mut self) {
        let form = &self.form;
        self.begun
            .take_if(|begun| !form.refuses(|field| field.of() == Some(begun.id)));
    }

    /// Takes one away.
    pub(super) fn remove(
        &mut self,
        of: Several,
        id: Id,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let to_parts = Action::Focus(WidgetId::new(super::PARTS));
        if self.begun.take_if(|begun| begun.id == id).is_some() {
            return vec![to_parts];
        }
        let what = format!("Retirer {}", of.one());
        let mut actions = self.edit(&what, None, session, |ours| of.remove(ours, id));
        let told = Notice::calm(format!("{what}\u{a0}: c’est fait.")).undoable();
        actions.extend([Action::Notify(told), to_parts]);
        actions
    }

    /// Edits our authority, in what is said of that one where it is of one.
    pub(super) fn edit(
        &mut self,
        what: &str,
        of: Option<Id>,
        session: &Session,
        edit: impl FnOnce(&mut Authority),
    ) -> Vec<Action<Message>> {
        let mut after = self.ours(session).clone();
        edit(&mut after);
        if after == *self.ours(session) {
            return Vec::new();
        }
        let change = self.change(what, of, after, session);
        vec![Action::Edit(change)]
    }

    /// Our authority becomes that. What is begun is kept from the first thing that is said of it, and left out of
    /// anything else.
    pub(super) fn change(
        &mut self,
        what: &str,
        of: Option<Id>,
        mut after: Authority,
        session: &Session,
    ) -> model::Change {
        let kept = self.begun.take_if(|begun| Some(begun.id) == of);
        if let Some(begun) = &self.begun {
            begun.of.remove(&mut after, begun.id);
        }
        let what = match kept {
            Some(begun) => format!("Ajouter {}", begun.of.one()),
            None => what.to_owned(),
        };
        change(&what, session, after)
    }

    /// Records changed: what is begun stands beside what they say now.
    pub(super) fn follow_begun(&mut self, session: &Session) {
        let Some(begun) = &mut self.begun else {
            return;
        };
        let shown = std::mem::replace(&mut begun.ours, session.records().authority().clone());
        let (ours, id) = (&mut begun.ours, begun.id);
        match begun.of {
            Several::Signatories => {
                let one = shown.signatories.into_iter().filter(|it| it.id == id);
                ours.signatories.extend(one);
            }
            Several::Sessions => {
                let one = shown.sessions.into_iter().filter(|it| it.id == id);
                ours.sessions.extend(one);
            }
            Several::Bases => {
                let one = shown.bases.into_iter().filter(|it| it.id == id);
                ours.bases.extend(one);
            }
            Several::Calls => {
                let one = shown.calls.into_iter().filter(|it| it.id == id);
                ours.calls.extend(one);
            }
        }
    }
}
