//! What stands beside the tables: more of a line, of a funder or of an operation, and the budget as a whole.

mod field;
mod row;
mod whole;

use iced::Task;
use iced::widget::{Id, text_editor};

use self::field::{put, say, set, take};
use super::record;
use super::rows::Key;
use crate::app::route::Route;
use crate::app::screen::pieces::{self, Pieces};
use crate::app::screen::{Action, all};
use crate::app::session::Session;
use crate::app::widget::form::{Area, Form, Heard, Typing, typed};
use crate::model::{
    Budget, Certainty, Change, Convention, Currency, Holder, Id as RecordKey, Kind, Record,
    RecordId, Section, Shelf,
};

/// See the module.
#[derive(Debug)]
pub struct Detail {
    id: RecordKey,
    form: Form<Entry>,
    notes: Area,
    pieces: Pieces,
}

/// Something that is typed there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Entry {
    /// The budget's title.
    Title,
    /// Its years.
    Years,
    /// How many units of its currency one euro is worth.
    Worth,
    /// The day of that rate.
    WorthDay,
    /// Where that rate comes from.
    WorthSource,
    /// What a line pays for.
    Label(RecordKey),
    /// The heading of a line, when it is none of the usual ones.
    Heading(RecordKey),
    /// The service's budget that pays a line.
    ServiceBudget(RecordKey),
    /// The M57 function of a line.
    Function(RecordKey),
    /// The M57 account of a line.
    Account(RecordKey),
    /// What a line costs in another currency.
    Foreign(RecordKey),
    /// The rate of that currency.
    Rate(RecordKey),
    /// The day of the rate.
    RateDay(RecordKey),
    /// Where the rate comes from.
    RateSource(RecordKey),
    /// What a funder pays of a line in a year.
    Share(RecordKey, RecordKey, i32),
    /// The call under which a funder pays.
    Call(RecordKey),
    /// The years of the budget that a convention covers.
    Covers(RecordKey),
}

impl Entry {
    /// The row whose detail has it; none, where it is of the budget as a whole.
    pub(super) const fn item(self) -> Option<Key> {
        match self {
            Self::Label(id)
            | Self::Heading(id)
            | Self::ServiceBudget(id)
            | Self::Function(id)
            | Self::Account(id)
            | Self::Foreign(id)
            | Self::Rate(id)
            | Self::RateDay(id)
            | Self::RateSource(id)
            | Self::Share(id, ..) => Some(Key::Line(id)),
            Self::Call(id) => Some(Key::Funder(id)),
            Self::Title
            | Self::Years
            | Self::Worth
            | Self::WorthDay
            | Self::WorthSource
            | Self::Covers(_) => None,
        }
    }

    /// Where the keyboard types it.
    pub(super) fn id(self) -> Id {
        Id::new(match self {
            Self::Title => TITLE,
            Self::Years => YEARS,
            Self::Worth => WORTH,
            Self::WorthDay => "budget.worth-day",
            Self::WorthSource => "budget.worth-source",
            Self::Label(_) => LABEL,
            Self::Heading(_) => "budget.line.other",
            Self::ServiceBudget(_) => "budget.line.service",
            Self::Function(_) => "budget.line.function",
            Self::Account(_) => "budget.line.account",
            Self::Foreign(_) => "budget.line.foreign",
            Self::Rate(_) => "budget.line.rate",
            Self::RateDay(_) => "budget.line.rate-day",
            Self::RateSource(_) => "budget.line.rate-source",
            Self::Call(_) => CALL,
            Self::Share(_, funder, year) => {
                return Id::from(format!("budget.share.{funder}.{year}"));
            }
            Self::Covers(convention) => return Id::from(format!("budget.covers.{convention}")),
        })
    }
}

/// What happens there.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is typed.
    Typed(Entry, Typing),
    /// Remarks are typed.
    Notes(text_editor::Action),
    /// A line, a funder or an operation becomes that.
    Set(RecordKey, Value),
    /// What a line costs in another currency becomes what it costs.
    Take(RecordKey),
    /// A convention names this budget.
    Attach(RecordKey),
    /// A convention names it no more.
    Detach(RecordKey),
    /// The budget is for that partner, or not.
    Partner(RecordKey),
    /// Its currency.
    Currency(String),
    /// A page.
    Go(Route),
    /// Among its pieces.
    Pieces(pieces::Message),
}

/// What something chosen becomes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// The heading of a line.
    Heading(String),
    /// The section of a line.
    Section(Section),
    /// Whether a line is in kind, or not.
    InKind,
    /// The scheme of a line.
    Scheme(Option<String>),
    /// The OECD purpose of a line.
    Purpose(Option<String>),
    /// Its type of aid.
    AidType(Option<String>),
    /// Its channel.
    Channel(Option<String>),
    /// Who receives it.
    Beneficiary(Option<RecordKey>),
    /// The other currency of a line.
    Currency(Option<String>),
    /// Who a funder is.
    Body(Option<RecordKey>),
    /// How sure a funder's money is.
    Certainty(Certainty),
    /// The proof of an operation, among the budget's pieces.
    Proof(Holder, Option<RecordKey>),
}

/// Where the keyboard writes the title of the budget.
pub const TITLE: &str = "budget.title";
/// Where it writes its years.
pub const YEARS: &str = "budget.years";
/// Where it writes how many units of its currency one euro is worth.
pub const WORTH: &str = "budget.worth";
/// Where it writes what a line pays for.
pub const LABEL: &str = "budget.line.label";
/// Where it writes the call of a funder.
pub const CALL: &str = "budget.funder.call";

impl Detail {
    pub(super) fn new(id: RecordKey) -> Self {
        Self {
            id,
            form: Form::default(),
            notes: Area::new(""),
            pieces: Pieces::new(Shelf::of(record(id))),
        }
    }

    /// The first entry that holds something that cannot be kept.
    pub(super) fn first_fault(&self) -> Option<Entry> {
        self.form.first_fault()
    }

    /// How many entries hold something that cannot be kept.
    pub(super) fn refused(&self) -> usize {
        self.form.faults()
    }

    pub(super) fn follow(&mut self, budget: &Budget, session: &Session) -> Task<Message> {
        self.form.follow(|entry| match entry {
            Entry::Covers(convention) => {
                let convention = session.records().convention(convention)?;
                Some(typed::say_years(&convention.budget_years))
            }
            entry => Some(say(budget, entry, session)),
        });
        self.notes
            .follow(budget.notes.as_deref().unwrap_or_default());
        self.pieces.follow(session).map(Message::Pieces)
    }

    pub(super) fn dropped(
        &mut self,
        file: std::path::PathBuf,
        session: &Session,
    ) -> Vec<Action<Message>> {
        all(
            self.pieces.update(pieces::Message::Dropped(file), session),
            Message::Pieces,
        )
    }

    pub(super) fn update(
        &mut self,
        message: Message,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let mut after = budget.clone();
        let label = match message {
            Message::Typed(Entry::Covers(convention), typing) => {
                return self.covers(convention, typing, session);
            }
            Message::Typed(entry, typing) => {
                let heard = self.form.hear(
                    entry,
                    typing,
                    budget,
                    |budget| say(budget, entry, session),
                    |budget, raw| set(budget, entry, raw, session),
                );
                return match heard {
                    Heard::Becomes(after) => {
                        let key = format!("{entry:?}");
                        self.edit("Modifier le budget", after, Some(key), session)
                    }
                    Heard::Left => vec![Action::Rest],
                    Heard::Nothing => Vec::new(),
                };
            }
            Message::Notes(action) => {
                let Some(said) = self.notes.hear(action) else {
                    return Vec::new();
                };
                after.notes = typed::optional(&said);
                let key = Some("notes".to_owned());
                return self.edit("Modifier les remarques", after, key, session);
            }
            Message::Set(id, value) => {
                put(&mut after, id, value, session);
                "Modifier le budget"
            }
            Message::Take(line) => {
                take(&mut after, line, session);
                "Reprendre le montant en devise"
            }
            Message::Partner(partner) => {
                if after.partners.contains(&partner) {
                    after.partners.retain(|it| *it != partner);
                } else {
                    after.partners.push(partner);
                }
                "Modifier les partenaires du budget"
            }
            Message::Currency(code) => {
                after.currency = Currency::new(&code);
                after.rate = None;
                "Changer la monnaie du budget"
            }
            Message::Attach(convention) => {
                return attach(convention, Some(self.id), "Attacher le budget", session);
            }
            Message::Detach(convention) => {
                return attach(convention, None, "Détacher le budget", session);
            }
            Message::Go(route) => return vec![Action::Go(route)],
            Message::Pieces(message) => {
                return all(self.pieces.update(message, session), Message::Pieces);
            }
        };
        self.edit(label, after, None, session)
    }

    fn edit(
        &self,
        label: &str,
        after: Budget,
        key: Option<String>,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(before) = session.records().get(record(self.id)) else {
            return Vec::new();
        };
        let after = Record::Budget(after);
        if **before == after {
            return Vec::new();
        }
        let change = Change::replace(label, before.clone(), after);
        vec![Action::Edit(match key {
            Some(key) => change.coalescing(key),
            None => change,
        })]
    }

    /// The years that a convention covers are typed.
    fn covers(
        &mut self,
        convention: RecordKey,
        typing: Typing,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(it) = session.records().convention(convention) else {
            return Vec::new();
        };
        let heard = self.form.hear(
            Entry::Covers(convention),
            typing,
            it,
            |it| typed::say_years(&it.budget_years),
            |it, raw| {
                it.budget_years = typed::years(raw)?;
                Ok(())
            },
        );
        let name = RecordId {
            kind: Kind::Convention,
            id: convention,
        };
        match (heard, session.records().get(name)) {
            (Heard::Becomes(after), Some(before)) => vec![Action::Edit(
                Change::replace(
                    "Changer les années couvertes",
                    before.clone(),
                    Record::Convention(after),
                )
                .coalescing(format!("covers {convention}")),
            )],
            (Heard::Left, _) => vec![Action::Rest],
            _ => Vec::new(),
        }
    }
}

/// A convention names that budget, or none.
fn attach(
    convention: RecordKey,
    budget: Option<RecordKey>,
    label: &str,
    session: &Session,
) -> Vec<Action<Message>> {
    let name = RecordId {
        kind: Kind::Convention,
        id: convention,
    };
    let records = session.records();
    let (Some(before), Some(it)) = (records.get(name), records.convention(convention)) else {
        return Vec::new();
    };
    let mut after = it.clone();
    after.budget = budget;
    after.budget_years = budget
        .and_then(|id| records.budget(id))
        .map_or_else(Vec::new, |budget| covered(it, budget));
    let change = Change::replace(label, before.clone(), Record::Convention(after));
    vec![Action::Edit(change)]
}

/// The years of a budget that fall in a convention's term; none, which is all, where they all do.
fn covered(convention: &Convention, budget: &Budget) -> Vec<i32> {
    use chrono::Datelike;

    let falls = |year: &i32| {
        convention.start.is_none_or(|start| start.year() <= *year)
            && convention.end.is_none_or(|end| end.year() >= *year)
    };
    let years: Vec<i32> = budget.years.iter().copied().filter(falls).collect();
    if years == budget.years {
        Vec::new()
    } else {
        years
    }
}
