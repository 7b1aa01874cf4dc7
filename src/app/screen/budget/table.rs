//! What keys do in the tables: moving, typing in a cell and keeping what was typed. What is done with blocks is in
//! [`block`](super::block), with rows in [`acts`](super::acts).

use std::sync::Arc;

use iced::widget::Id;

use super::funder::{self, Named};
use super::held::{AllHeld, Held};
use super::rows::{Field, Key, Row};
use super::say::Book;
use super::write;
use super::{Message, Panel, Sheet, TABLE, read_only};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::widget::grid::{Event, Spot};
use crate::model::{Budget, Edit, HEADINGS, Kind, Line, Record, RecordId, quoted};

impl Sheet {
    /// Reads what happens in the table.
    pub(super) fn hear(
        &mut self,
        event: Event,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let changes = !matches!(
            event,
            Event::Go { .. } | Event::Copy | Event::More | Event::Cancel
        );
        if changes && session.is_read_only() {
            return vec![read_only()];
        }
        if !matches!(event, Event::Typed(_)) {
            self.remark = None;
        }
        match event {
            Event::Go { to, .. } if self.cursor.typing().is_some() => {
                self.hear(Event::Keep(Some(to)), budget, session)
            }
            Event::Go { to, grow } => {
                self.cursor.go(to, grow);
                self.cursor.fit(self.rows.len(), self.fields.len());
                Vec::new()
            }
            // Letters that came faster than the page was drawn: the table did not know yet that a cell is typed in.
            Event::Begin(Some(letters)) if self.cursor.typing().is_some() => {
                let typed = self.cursor.typing().unwrap_or_default();
                self.cursor.typed(format!("{typed}{letters}"));
                Vec::new()
            }
            Event::Begin(None) if self.cursor.typing().is_some() => {
                let at = self.cursor.at();
                let below = Spot {
                    row: (at.row + 1).min(self.rows.len().saturating_sub(1)),
                    ..at
                };
                self.hear(Event::Keep(Some(below)), budget, session)
            }
            Event::Begin(None)
                if self.here() == Some((Row::NewFunder, Key::Own(Row::NewFunder)))
                    && !self
                        .held
                        .keys()
                        .any(|(key, _)| *key == Key::Own(Row::NewFunder)) =>
            {
                self.ask("", budget, session)
            }
            Event::Begin(letters) => {
                self.begin(letters.as_deref(), budget, session);
                Vec::new()
            }
            Event::Typed(text) => {
                self.cursor.typed(text);
                Vec::new()
            }
            Event::Cancel => {
                if self.cursor.end().is_none()
                    && let Some((_, key, field)) = self.cell(self.cursor.at())
                {
                    self.held.remove(&(key, field));
                }
                Vec::new()
            }
            Event::Keep(then) => {
                let at = self.cursor.at();
                let raw = self.cursor.end();
                if let Some(to) = then {
                    self.cursor.go(to, false);
                }
                let actions = match raw {
                    Some(raw) => self.keep(at, &raw, then.unwrap_or(at), budget, session),
                    None => Vec::new(),
                };
                self.left = None;
                actions
            }
            Event::Clear => self.clear("Effacer", budget, session),
            Event::Copy => self.copy(budget, session),
            Event::Cut => {
                let mut actions = self.copy(budget, session);
                actions.extend(self.clear("Couper", budget, session));
                actions
            }
            Event::Paste(text) => self.paste(&text, budget, session),
            Event::FillRight => self.fill_right(budget, session),
            Event::Row(act) => self.act(act, budget, session),
            Event::More if self.panel == Some(Panel::Row) => {
                self.panel = None;
                Vec::new()
            }
            Event::More => self.open(Panel::Row),
        }
    }

    pub(super) fn cell(&self, spot: Spot) -> Option<(Row, Key, Field)> {
        let row = *self.rows.get(spot.row)?;
        let key = *self.keys.get(spot.row)?;
        let field = *self.fields.get(spot.column)?;
        Some((row, key, field))
    }

    fn begin(&mut self, letters: Option<&str>, budget: &Budget, session: &Session) {
        let Some((row, key, field)) = self.cell(self.cursor.at()) else {
            return;
        };
        let book = self.book(budget, session);
        match write::is_open(book, row, field) {
            Err(why) => self.remark = Some(why),
            Ok(()) => {
                let raw = match (letters, self.held.get(&(key, field))) {
                    (Some(letters), _) => letters.to_owned(),
                    (None, Some(held)) => held.raw.clone(),
                    (None, None) => book.raw(row, field),
                };
                // What cannot be kept yet says so at the first key.
                let waits = match field {
                    Field::Step(_) => write::exercise(book).err(),
                    _ => None,
                };
                self.cursor.begin(raw, letters.is_some());
                self.remark = waits;
            }
        }
    }

    /// Keeps what was typed in a cell, or the text and why it cannot be.
    fn keep(
        &mut self,
        at: Spot,
        raw: &str,
        then: Spot,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some((row, key, field)) = self.cell(at) else {
            return Vec::new();
        };
        self.left = Some((key, field));
        let is_offer = matches!(
            row,
            Row::Usual(_) | Row::NewLine | Row::NewHeading | Row::NewFunder | Row::NewOperation
        );
        if is_offer && raw != self.book(budget, session).raw(row, field) {
            return self.add(row, at, raw, then, budget, session);
        }
        let (mut after, mut held) = (budget.clone(), self.held.clone());
        let book = self.book(budget, session);
        session.with_ids(|ids| {
            if raw == book.raw(row, field) {
                held.remove(&(key, field));
            } else {
                Self::put(&mut held, &mut after, (key, field), raw, book, ids);
            }
            if field == Field::Funders && !held.contains_key(&(key, field)) {
                Self::settle(&mut held, &mut after, |of, _| of == key, book, ids);
            }
        });
        let label = self.label(row, field, budget, session);
        self.edit_and_hold(label, after, held, session)
    }

    /// Another year of the execution.
    pub(super) fn choose_year(
        &mut self,
        year: Option<i32>,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let actions = self.enter(year, budget, session);
        (self.year_chosen, self.remark) = (true, None);
        self.arrange(budget, session);
        actions
    }

    /// The execution is of that year. What is being typed goes to the year in which it was; where there was none, it goes
    /// to this one, with all that waited for one.
    pub(super) fn enter(
        &mut self,
        year: Option<i32>,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        self.comes = year.filter(|_| self.year.is_none());
        let waited = self.waiting_for_a_year();
        let at = self.cursor.at();
        let mut actions = match self.cursor.end() {
            Some(raw) => self.keep(at, &raw, at, budget, session),
            None => Vec::new(),
        };
        if let Some(year) = self.comes {
            let label = format!("Budget\u{a0}: ce qui est fait en {year}");
            let held = self.held.clone();
            actions.extend(self.edit_and_hold(label, budget.clone(), held, session));
        }
        self.year = year;
        let went = waited.saturating_sub(self.waiting_for_a_year());
        if let (true, Some(year)) = (went > 0, year) {
            let (count, are) = match went {
                1 => ("1\u{a0}montant tapé".to_owned(), "est écrit"),
                went => (format!("{went}\u{a0}montants tapés"), "sont écrits"),
            };
            let words = format!("{count} sans année {are} en {year}.");
            actions.push(Action::Notify(Notice::calm(words).undoable()));
        }
        actions
    }

    fn waiting_for_a_year(&self) -> usize {
        let all = self.held.keys();
        all.filter(|(_, field)| matches!(field, Field::Step(_)))
            .count()
    }

    /// « Échanges hospitaliers, 2028 », as « Annuler » says it.
    pub(super) fn label(
        &self,
        row: Row,
        field: Field,
        budget: &Budget,
        session: &Session,
    ) -> String {
        let book = self.book(budget, session);
        let of = match row {
            Row::Operation(_) => book.show(row, Field::About),
            _ => book.show(row, Field::Label),
        };
        let columns = super::rows::columns(&[field], &self.totals, &self.shape);
        let column = columns.first().map_or("", |it| it.title.as_ref());
        format!("Budget\u{a0}: {}, {}", of.text, column.to_lowercase())
    }

    /// A row comes from what was typed in one that offers it.
    fn add(
        &mut self,
        row: Row,
        at: Spot,
        raw: &str,
        then: Spot,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        if raw.trim().is_empty() {
            self.held.retain(|(key, _), _| *key != Key::Own(row));
            return Vec::new();
        }
        let field = self.fields.get(at.column).copied().unwrap_or(Field::Label);
        let (mut after, mut names) = (budget.clone(), self.names.clone());
        let made = match row {
            Row::Usual(_) | Row::NewLine => {
                let id = session.fresh_id();
                let line = Line::new(id, heading_of(row, budget), raw.trim());
                after.lines.push(line.into());
                Ok((Key::Line(id), "Ajouter la ligne"))
            }
            Row::NewHeading => write::heading(raw).map(|heading| {
                let id = session.fresh_id();
                after.lines.push(Line::new(id, heading, "").into());
                (Key::Line(id), "Ajouter le poste")
            }),
            Row::NewFunder => match funder::named(raw, budget, session) {
                Named::One(payer) => {
                    let id = payer.id;
                    names.push(super::say::name_of(&payer, session));
                    after.funders.push(payer);
                    Ok((Key::Funder(id), "Ajouter le financeur"))
                }
                Named::Asked(asked) => {
                    self.asked = Some(asked);
                    Err(Self::unknown_payer(raw.trim()))
                }
            },
            _ => self.new_operation(raw, &mut after, budget, session),
        };
        match made {
            Ok((key, label)) => {
                let mut held = self.held.clone();
                held.retain(|(key, _), _| *key != Key::Own(row));
                if row == Row::NewFunder {
                    self.settle_with(&names, &mut held, &mut after, session);
                }
                let next = self.fields.get(then.column).copied().unwrap_or(field);
                self.wanted = Some(match row {
                    // Tab goes on along the new row; Enter offers another.
                    Row::Usual(_) if then.column == at.column => (Key::Own(Row::NewLine), field),
                    Row::NewLine | Row::NewFunder if then.column == at.column => {
                        (Key::Own(row), field)
                    }
                    Row::Usual(_) | Row::NewLine | Row::NewFunder => (key, next),
                    Row::NewHeading => (key, Field::Label),
                    _ => (key, Field::Amount),
                });
                let label = format!("{label} {}", quoted(raw.trim()));
                self.edit_and_hold(label, after, held, session)
            }
            Err(why) => {
                let raw = raw.to_owned();
                self.held.insert((Key::Own(row), field), Held { raw, why });
                self.cursor.go(at, false);
                let asks = self.asked.is_some();
                asks.then(|| Action::Focus(Id::new(funder::FIRST)))
                    .into_iter()
                    .collect()
            }
        }
    }

    /// Asks who pays.
    fn ask(&mut self, raw: &str, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        let Named::Asked(asked) = funder::named(raw, budget, session) else {
            return Vec::new();
        };
        self.asked = Some(asked);
        vec![Action::Focus(Id::new(funder::FIRST))]
    }

    /// The body that was meant pays, and is entered first where the registry does not have it.
    pub(super) fn answer(
        &mut self,
        rank: usize,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let asked = self.asked.take();
        let answer = asked.and_then(|asked| asked.answer(rank, budget, session));
        let Some((payer, name, entered)) = answer else {
            return Vec::new();
        };
        let (mut after, mut held) = (budget.clone(), self.held.clone());
        after.funders.push(payer);
        held.retain(|(key, _), _| *key != Key::Own(Row::NewFunder));
        let names: Vec<String> = self.names.iter().chain([&name]).cloned().collect();
        self.settle_with(&names, &mut held, &mut after, session);
        self.wanted = Some((Key::Own(Row::NewFunder), Field::Label));
        let label = match &entered {
            Some(_) => format!("Inscrire {}, qui finance le budget", quoted(&name)),
            None => format!("Ajouter le financeur {}", quoted(&name)),
        };
        let mut actions = self.edit_and_hold(label, after, held, session);
        for action in &mut actions {
            if let Action::Edit(change) = action {
                let of_body = entered.iter().map(|body| Edit {
                    record: RecordId {
                        kind: Kind::Partner,
                        id: body.id,
                    },
                    before: None,
                    after: Some(Arc::new(Record::Partner(body.clone()))),
                });
                change.edits.splice(0..0, of_body);
            }
        }
        actions.push(Action::Focus(Id::new(TABLE)));
        actions
    }

    /// Cells that waited for a funder, now that the budget has it; `names` are how its funders are called.
    fn settle_with(
        &self,
        names: &[String],
        held: &mut AllHeld,
        after: &mut Budget,
        session: &Session,
    ) {
        let budget = after.clone();
        let book = Book {
            budget: &budget,
            names,
            ..self.book(&budget, session)
        };
        let is_of_line = |key, _| matches!(key, Key::Line(_));
        session.with_ids(|ids| Self::settle(held, after, is_of_line, book, ids));
    }

    fn new_operation(
        &self,
        raw: &str,
        after: &mut Budget,
        budget: &Budget,
        session: &Session,
    ) -> Result<(Key, &'static str), String> {
        let book = self.book(budget, session);
        let holder = match self.about {
            Some(holder) => write::holder(raw, book).unwrap_or(holder),
            None => write::holder(raw, book)?,
        };
        let operation = session.with_ids(|ids| write::operation(holder, book, ids));
        let id = operation.id;
        if let Some(operations) = after.operations_mut(holder) {
            operations.push(operation);
        }
        Ok((Key::Operation(holder, id), "Prévoir une opération pour"))
    }

    /// To the next cell that is not kept, in whatever view it is.
    pub(super) fn go_to_next_held(&mut self, budget: &Budget, session: &Session) {
        let here = self.cell(self.cursor.at());
        let here = here.map(|(_, key, field)| (key, field));
        let after = |it: &&(Key, Field)| here.is_none_or(|here| **it > here);
        let keys = || self.held.keys();
        if let Some(next) = keys().find(after).or_else(|| keys().next()).copied() {
            self.turn_to(next);
            self.arrange(budget, session);
        }
    }
}

/// Under what a line comes that is typed in that row.
pub(super) fn heading_of(row: Row, budget: &Budget) -> String {
    let last = budget.lines.last().map(|line| line.heading.as_str());
    let [first, ..] = HEADINGS;
    let usual = match row {
        Row::Usual(rank) => HEADINGS.get(rank).copied(),
        _ => last,
    };
    usual.unwrap_or(first).to_owned()
}
