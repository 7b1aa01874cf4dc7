//! One budget: what it costs and who pays (« Bailleur »), what was done of it (« Exécution »), what is expected and when
//! (« Échéancier »): three views of the same lines, each a table that works like a spreadsheet.
//!
//! What rows and columns a view has is in [`rows`]; what a cell says in [`say`], its amount in [`figures`]; how typing
//! changes the budget in [`write`](self::write), what becomes of what cannot be kept in [`held`], who comes to pay in
//! [`funder`]; what keys do in [`table`](self::table), [`block`] and [`acts`]; what is told of a cell in [`told`]; what else
//! there is to a row, or to the whole, in [`detail`].

mod acts;
mod block;
mod cards;
mod detail;
mod figures;
mod funder;
mod held;
mod rows;
mod say;
mod table;
mod told;
mod view;
mod write;

use std::path::PathBuf;
use std::sync::Arc;

use chrono::Datelike;
use iced::widget::Id;
use iced::{Element, Task};

use self::cards::Tightest;
use self::detail::Detail;
use self::figures::Shape;
use self::funder::Asked;
use self::held::{AllHeld, Turn};
use self::rows::{Field, Key, Row};
use self::say::Book;
use super::{Action, AtBase, Notice, Screen, all};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::Dialog;
use crate::app::widget::grid::{self, Cursor, Spot};
use crate::check::{Finding, Subject, review};
use crate::model::{
    Budget, Change, Edit, Holder, Id as RecordKey, Kind, Operation, Record, RecordId, Totals,
    quoted,
};

#[cfg(test)]
pub use self::detail::{LABEL, WORTH};
pub use self::rows::{Tab, Which};

/// See the module.
#[derive(Debug)]
pub struct Sheet {
    id: RecordKey,
    tab: Tab,
    cursor: Cursor,
    /// The record that `totals` add up.
    added: Option<Arc<Record>>,
    totals: Totals,
    shape: Shape,
    names: Vec<String>,
    rows: Vec<Row>,
    /// What each row is about.
    keys: Vec<Key>,
    fields: Vec<Field>,
    operations: Vec<(Holder, Operation)>,
    which: Which,
    /// The line or funder whose operations alone are shown.
    about: Option<Holder>,
    /// The year of the execution; all when absent.
    year: Option<i32>,
    /// Whether somebody chose it: until then it is the current one.
    year_chosen: bool,
    /// The year that has just been chosen where there was none: what waited for one goes in with the next edit.
    comes: Option<i32>,
    /// What was typed and is not kept, and why.
    held: AllHeld,
    turns: Vec<Turn>,
    /// Who may be meant by the name of a funder, as long as it is asked.
    asked: Option<Asked>,
    /// Why the last key did nothing.
    remark: Option<String>,
    /// The cell to be at once the records have changed.
    wanted: Option<(Key, Field)>,
    /// The cell that was typed in, while what was typed is kept: the keyboard is at another already.
    left: Option<(Key, Field)>,
    findings: Vec<Finding>,
    ceiling: Option<Tightest>,
    panel: Option<Panel>,
    detail: Detail,
    /// Whether it was asked to delete it although conventions name it.
    deleting: bool,
}

/// What stands beside the table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Panel {
    /// More of the row.
    Row,
    /// The budget as a whole.
    Whole,
    /// What there is to verify.
    Findings,
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// The list.
    List,
    /// Its charts, the rules of its funders, its files.
    Summary,
    /// A convention that names it.
    Convention(RecordKey),
    /// Another view.
    Tab(Tab),
    /// The execution of that year, or of all.
    Year(Option<i32>),
    /// Other operations.
    Which(Which),
    /// Those of all lines and funders.
    OfAll,
    /// The operations of the cell.
    Operations,
    /// In the table.
    Table(grid::Event),
    /// The next cell that is not kept.
    NextHeld,
    /// Who is meant by the name of a funder, by its rank among those offered.
    Payer(usize),
    /// None of them.
    NoPayer,
    /// What stands beside the table; nothing more when it does.
    Panel(Panel),
    /// To what a finding is about.
    Finding(usize),
    /// Beside the table.
    Detail(detail::Message),
    /// Another budget like this one.
    Duplicate,
    /// It is to be deleted.
    Delete,
    /// It is deleted although conventions name it.
    DeleteAnyway,
    /// It stays.
    Keep,
}

/// Where the keyboard finds the table.
pub const TABLE: &str = "budget.table";

impl Sheet {
    /// The sheet of that budget.
    #[must_use]
    pub fn new(id: RecordKey) -> Self {
        Self {
            id,
            tab: Tab::Funding,
            cursor: Cursor::default(),
            added: None,
            totals: Totals::default(),
            shape: Shape::default(),
            names: Vec::new(),
            rows: Vec::new(),
            keys: Vec::new(),
            fields: Vec::new(),
            operations: Vec::new(),
            which: Which::Expected,
            about: None,
            year: None,
            year_chosen: false,
            comes: None,
            held: AllHeld::new(),
            turns: Vec::new(),
            asked: None,
            remark: None,
            wanted: None,
            left: None,
            findings: Vec::new(),
            ceiling: None,
            panel: None,
            detail: Detail::new(id),
            deleting: false,
        }
    }

    /// Whose sheet it is.
    #[must_use]
    pub const fn id(&self) -> RecordKey {
        self.id
    }

    /// Adds up and lays out the rows; the keyboard stays on what it was on.
    fn arrange(&mut self, budget: &Budget, session: &Session) {
        let mut at = self.cursor.at();
        let was = self.keys.get(at.row).copied();

        self.add_up(session);
        if self
            .year
            .is_some_and(|year| self.totals.rank_of(year).is_none())
        {
            self.year = None;
        }
        self.operations = rows::operations(budget, self.which, self.about);
        self.fields = rows::fields(self.tab, &self.totals, self.which);
        self.rows = rows::rows(
            self.tab,
            &self.totals,
            (self.which, self.operations.len()),
            session.is_read_only(),
        );
        self.shape = self.book(budget, session).shaped(&self.rows, &self.fields);
        let book = self.book(budget, session);
        self.keys = self.rows.iter().map(|row| book.key(*row)).collect();
        self.held.retain(|(key, _), _| match key {
            Key::Line(id) => budget.line(*id).is_some(),
            Key::Funder(id) => budget.payer(*id).is_some(),
            Key::Operation(holder, id) => {
                let mut operations = budget.operations_of(*holder).iter();
                operations.any(|it| it.id == *id)
            }
            Key::Own(_) => true,
        });

        self.left = None;
        let (key, field) = match self.wanted.take() {
            Some((key, field)) => (Some(key), Some(field)),
            None => (was, None),
        };
        let row = key.and_then(|key| self.keys.iter().position(|it| *it == key));
        let column = field.and_then(|field| self.fields.iter().position(|it| *it == field));
        let moved = row.is_some_and(|row| row != at.row) || column.is_some();
        at.row = row.unwrap_or(at.row);
        at.column = column.unwrap_or(at.column);
        if moved {
            self.cursor.go(at, false);
        }
        self.cursor.fit(self.rows.len(), self.fields.len());
    }

    /// Adds up the budget; after an edit, what it changed.
    fn add_up(&mut self, session: &Session) {
        let is = session.records().get(record(self.id)).cloned();
        match (self.added.as_deref(), is.as_deref()) {
            (Some(Record::Budget(before)), Some(Record::Budget(budget))) => {
                self.totals.follow(before, budget);
            }
            (_, Some(Record::Budget(budget))) => self.totals = Totals::of(budget),
            _ => return,
        }
        self.added = is;
    }

    fn book<'a>(&'a self, budget: &'a Budget, session: &'a Session) -> Book<'a> {
        Book {
            budget,
            totals: &self.totals,
            shape: &self.shape,
            names: &self.names,
            operations: &self.operations,
            year: self.year.and_then(|year| self.totals.rank_of(year)),
            session,
        }
    }

    /// The row where the keyboard is, and what it is about.
    fn here(&self) -> Option<(Row, Key)> {
        let rank = self.cursor.at().row;
        self.rows
            .get(rank)
            .copied()
            .zip(self.keys.get(rank).copied())
    }
}

impl Screen for Sheet {
    type Message = Message;

    const PANES: &'static [&'static str] =
        &["navigation", "budget", "budget-table", "budget-panel"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let Some(budget) = session.records().budget(self.id) else {
            return match message {
                Message::List => vec![Action::Go(Route::Budgets)],
                _ => Vec::new(),
            };
        };
        match message {
            Message::List => vec![Action::Go(Route::Budgets)],
            Message::Summary => vec![Action::Go(Route::Summary(self.id))],
            Message::Convention(id) => vec![Action::Go(Route::Convention(id))],
            Message::Tab(tab) => self.look_at(tab, budget, session),
            Message::Year(year) => self.choose_year(year, budget, session),
            Message::Which(which) => {
                self.which = which;
                self.arrange(budget, session);
                Vec::new()
            }
            Message::OfAll => {
                self.about = None;
                self.arrange(budget, session);
                Vec::new()
            }
            Message::Operations => {
                self.about = match self.here() {
                    Some((_, Key::Line(id))) => Some(Holder::Line(id)),
                    Some((_, Key::Funder(id))) => Some(Holder::Funder(id)),
                    _ => None,
                };
                self.which = Which::All;
                let mut actions = self.look_at(Tab::Schedule, budget, session);
                actions.push(Action::Focus(Id::new(TABLE)));
                actions
            }
            Message::Table(event) => self.hear(event, budget, session),
            Message::NextHeld => {
                self.go_to_next_held(budget, session);
                vec![Action::Focus(Id::new(TABLE))]
            }
            Message::Payer(rank) => self.answer(rank, budget, session),
            Message::NoPayer => {
                self.asked = None;
                vec![Action::Focus(Id::new(TABLE))]
            }
            Message::Panel(panel) if self.panel == Some(panel) => {
                self.panel = None;
                vec![Action::Rest, Action::Focus(Id::new(TABLE))]
            }
            Message::Panel(panel) => self.open(panel),
            Message::Finding(rank) => {
                let Some(finding) = self.findings.get(rank) else {
                    return Vec::new();
                };
                let place = &finding.place;
                match (place.record, place.field) {
                    (of, _) if of.kind == Kind::Authority => {
                        vec![Action::Base(AtBase::of(finding))]
                    }
                    (of, Some("rate")) if of.id == self.id => {
                        self.panel = Some(Panel::Whole);
                        vec![Action::Focus(Id::new(detail::WORTH))]
                    }
                    (of, Some("rate")) => vec![Action::Go(Route::Budget(of.id))],
                    _ => {
                        let mut actions = self.go_to_item(place.item, budget, session);
                        actions.push(Action::Focus(Id::new(TABLE)));
                        actions
                    }
                }
            }
            Message::Detail(message) => all(
                self.detail.update(message, budget, session),
                Message::Detail,
            ),
            Message::Duplicate => duplicate(budget, session),
            Message::Delete if session.is_read_only() => vec![read_only()],
            Message::Delete => {
                let mut named = session.records().conventions_with_budget(self.id);
                if named.next().is_some() {
                    self.deleting = true;
                    Vec::new()
                } else {
                    self.delete(session)
                }
            }
            Message::DeleteAnyway => self.delete(session),
            Message::Keep => {
                self.deleting = false;
                Vec::new()
            }
        }
    }

    /// A cell that is being typed in.
    fn leave_typing(&mut self) -> bool {
        self.cursor.end().is_some()
    }

    /// Records changed, or the sheet has just come.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        let Some(budget) = session.records().budget(self.id) else {
            return Task::none();
        };
        self.findings = review(
            Subject::Budget(self.id),
            session.records(),
            session.reference().as_ref(),
            session.today(),
        );
        self.ceiling = Tightest::of(budget, session);
        self.names = budget
            .funders
            .iter()
            .map(|funder| say::name_of(funder, session))
            .collect();
        self.turn(session);
        self.arrange(budget, session);
        self.land();
        self.detail.follow(budget, session).map(Message::Detail)
    }

    fn refused(&self) -> usize {
        self.held.len() + self.detail.refused()
    }

    fn correct(&mut self) -> Option<Id> {
        if let Some(cell) = self.held.keys().next().copied() {
            self.panel = None;
            self.turn_to(cell);
            return Some(Id::new(TABLE));
        }
        let entry = self.detail.first_fault()?;
        self.panel = Some(match entry.item() {
            Some(item) => {
                self.turn_to((item, Field::Label));
                Panel::Row
            }
            None => Panel::Whole,
        });
        Some(entry.id())
    }

    /// A file was dropped on the window: it is a piece of the budget.
    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>> {
        self.panel = Some(Panel::Whole);
        Some(all(self.detail.dropped(file, session), Message::Detail))
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }

    /// What is asked in front of the page.
    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        if let Some(asked) = &self.asked {
            return Some(asked.dialog(session, palette));
        }
        let budget = session.records().budget(self.id)?;
        self.deleting
            .then(|| view::deleting(budget, session, palette))
    }
}

impl Sheet {
    /// Another view; the execution is of the current year as long as nobody chose one.
    fn look_at(&mut self, tab: Tab, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        self.remark = None;
        let now = session.today().year();
        let opens =
            tab == Tab::Execution && !self.year_chosen && self.totals.rank_of(now).is_some();
        let actions = if opens {
            self.enter(Some(now), budget, session)
        } else {
            Vec::new()
        };
        self.turn_over(tab);
        let all = rows::operations(budget, self.which, self.about);
        if tab == Tab::Schedule && all.is_empty() {
            self.wanted = Some((Key::Own(Row::NewOperation), Field::About));
        }
        self.arrange(budget, session);
        actions
    }

    /// The keyboard begins each view at what its rows are about, and on the row where it was where both views have it.
    fn turn_over(&mut self, tab: Tab) {
        let rows_differ = [self.tab, tab].contains(&Tab::Schedule);
        self.tab = tab;
        let mut row = self.cursor.at().row;
        if rows_differ {
            row = 0;
            self.keys.clear();
        }
        let fields = rows::fields(tab, &self.totals, self.which);
        let about = fields.iter().position(|it| *it == Field::About);
        let column = about.unwrap_or(0);
        self.cursor.go(Spot { row, column }, false);
    }

    /// To that cell, in whatever view it is: the keyboard is there once rows are laid out again.
    fn turn_to(&mut self, (key, field): (Key, Field)) {
        let of_operation = matches!(key, Key::Operation(..) | Key::Own(Row::NewOperation));
        let has_it = |tab: &Tab| {
            of_operation == (*tab == Tab::Schedule)
                && rows::fields(*tab, &self.totals, self.which).contains(&field)
        };
        let view = [self.tab].into_iter().chain(Tab::ALL).find(has_it);
        if let Some(tab) = view.filter(|tab| *tab != self.tab) {
            self.turn_over(tab);
        }
        if of_operation && !self.keys.contains(&key) {
            (self.which, self.about) = (Which::All, None);
        }
        self.wanted = Some((key, field));
    }

    fn open(&mut self, panel: Panel) -> Vec<Action<Message>> {
        self.panel = Some(panel);
        let first = match (panel, self.here()) {
            (Panel::Whole, _) if self.totals.years.is_empty() => Some(detail::YEARS),
            (Panel::Whole, _) => Some(detail::TITLE),
            (Panel::Row, Some((_, Key::Line(_)))) => Some(detail::LABEL),
            (Panel::Row, Some((_, Key::Funder(_)))) => Some(detail::CALL),
            _ => None,
        };
        let focus = first.map(|id| Action::Focus(Id::new(id)));
        focus.into_iter().collect()
    }

    /// The keyboard goes to the line or the funder of that identifier.
    fn go_to_item(
        &mut self,
        item: Option<RecordKey>,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let actions = match self.tab {
            Tab::Schedule => self.look_at(Tab::Funding, budget, session),
            _ => Vec::new(),
        };
        let is_it = |key: &Key| match key {
            Key::Line(id) | Key::Funder(id) => Some(*id) == item,
            Key::Operation(..) | Key::Own(_) => false,
        };
        if let Some(row) = self.keys.iter().position(is_it) {
            self.cursor.go(Spot { row, column: 0 }, false);
        }
        actions
    }

    /// A change of this budget alone, where it is one.
    fn edit(
        &self,
        label: impl Into<String>,
        after: Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let after = Record::Budget(after);
        match session.records().get(record(self.id)) {
            Some(before) if **before != after => {
                vec![Action::Edit(Change::replace(label, before.clone(), after))]
            }
            _ => Vec::new(),
        }
    }

    /// It goes, and the conventions that name it name none.
    fn delete(&mut self, session: &Session) -> Vec<Action<Message>> {
        self.deleting = false;
        let records = session.records();
        let Some(before) = records.get(record(self.id)) else {
            return Vec::new();
        };
        let label = format!("Supprimer le budget {}", quoted(before.title()));
        let mut change = Change::delete(label, before.clone());
        for convention in records.conventions_with_budget(self.id) {
            let mut after = convention.clone();
            after.budget = None;
            after.budget_years.clear();
            let name = RecordId {
                kind: Kind::Convention,
                id: convention.id,
            };
            change.edits.push(Edit {
                record: name,
                before: records.get(name).cloned(),
                after: Some(Arc::new(Record::Convention(after))),
            });
        }
        vec![Action::Edit(change), Action::Go(Route::Budgets)]
    }
}

const fn record(id: RecordKey) -> RecordId {
    RecordId {
        kind: Kind::Budget,
        id,
    }
}

fn read_only() -> Action<Message> {
    Action::Notify(Notice::wary(
        "Cet espace est en lecture seule\u{a0}: ce budget ne peut pas être modifié.",
    ))
}

fn duplicate(budget: &Budget, session: &Session) -> Vec<Action<Message>> {
    if session.is_read_only() {
        return vec![read_only()];
    }
    let title = format!("{} (copie)", budget.title);
    let label = format!("Dupliquer le budget {}", quoted(&budget.title));
    let copy = session.with_ids(|ids| budget.copied(title, ids));
    let id = copy.id;
    vec![
        Action::Edit(Change::create(label, Record::Budget(copy))),
        Action::Go(Route::Budget(id)),
        Action::Notify(Notice::calm(
            "Voici la copie\u{a0}: mêmes lignes et mêmes financeurs, rien de fait ni de notifié.",
        )),
    ]
}
