//! What keys do in the tables: moving, typing, emptying, copying and pasting blocks, rows that come, go and move. Each is
//! one thing to undo.

use std::sync::Arc;

use iced::clipboard;
use iced::widget::Id;

use super::funder::{self, Named};
use super::held::{AllHeld, Held};
use super::rows::{Field, Key, Row};
use super::say::Book;
use super::write;
use super::{Message, Panel, Sheet, TABLE, read_only};
use crate::app::screen::{Action, Notice};
use crate::app::session::Session;
use crate::app::widget::grid::{Event, RowAct, Spot, tsv};
use crate::model::{Budget, Edit, HEADINGS, Ids, Kind, Line, Record, RecordId, quoted};

/// The most cells that are pasted at once.
const MOST: usize = 60_000;

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
                match raw {
                    Some(raw) => self.keep(at, &raw, then.unwrap_or(at), budget, session),
                    None => Vec::new(),
                }
            }
            Event::Clear => self.clear("Effacer", budget, session),
            Event::Copy => self.copy(budget, session),
            Event::Cut => {
                let mut actions = self.copy(budget, session);
                actions.extend(self.clear("Couper", budget, session));
                actions
            }
            Event::Paste(text) => self.paste(&text, budget, session),
            Event::Row(act) => self.act(act, budget, session),
            Event::More if self.panel == Some(Panel::Row) => {
                self.panel = None;
                Vec::new()
            }
            Event::More => self.open(Panel::Row),
        }
    }

    fn cell(&self, spot: Spot) -> Option<(Row, Key, Field)> {
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
    fn label(&self, row: Row, field: Field, budget: &Budget, session: &Session) -> String {
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

    /// Every cell of the block.
    fn chosen(&self) -> Vec<Spot> {
        let (rows, columns) = self.cursor.block();
        rows.flat_map(|row| columns.clone().map(move |column| Spot { row, column }))
            .collect()
    }

    fn clear(&mut self, what: &str, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        let chosen = self.chosen();
        let (mut after, mut held) = (budget.clone(), self.held.clone());
        let (mut cleared, mut refused) = (0_usize, None);
        let book = self.book(budget, session);
        session.with_ids(|ids| {
            for (row, key, field) in chosen.iter().filter_map(|spot| self.cell(*spot)) {
                if held.remove(&(key, field)).is_some() {
                    if field == Field::Funders {
                        Self::settle(&mut held, &mut after, |of, _| of == key, book, ids);
                    }
                    continue;
                }
                let done = write::is_open(book, row, field)
                    .and_then(|()| write::set(&mut after, key, field, "", book, ids));
                match done {
                    Ok(()) => cleared += 1,
                    Err(why) => refused = Some(why),
                }
            }
        });
        if cleared == 0 {
            self.remark = refused;
        }
        let label = match chosen.as_slice() {
            [spot] => match self.cell(*spot) {
                Some((row, _, field)) => {
                    format!("{what} · {}", self.label(row, field, budget, session))
                }
                None => what.to_owned(),
            },
            several => format!("{what} {} cellules du budget", several.len()),
        };
        self.edit_and_hold(label, after, held, session)
    }

    fn copy(&self, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        let book = self.book(budget, session);
        let (rows, columns) = self.cursor.block();
        let cells = rows.map(|row| {
            let each = columns.clone().filter_map(|column| {
                let (row, key, field) = self.cell(Spot { row, column })?;
                let held = self.held.get(&(key, field)).map(|held| held.raw.clone());
                Some(held.unwrap_or_else(|| book.copied(row, field)))
            });
            each.collect()
        });
        let text = tsv::write(&cells.collect::<Vec<Vec<String>>>());
        vec![Action::Run(clipboard::write(text))]
    }

    /// Puts a block from elsewhere where the keyboard is; one cell fills the whole block that is chosen. Rows that only
    /// add up are stepped over; past the last line new ones come.
    fn paste(&mut self, text: &str, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        let mut block = tsv::read(text);
        if block.iter().map(Vec::len).sum::<usize>() > MOST {
            self.remark = Some(format!(
                "Rien n’est collé\u{a0}: plus de {MOST} cellules à la fois."
            ));
            return Vec::new();
        }
        let (rows, columns) = self.cursor.block();
        let (first, column) = (*rows.start(), *columns.start());
        if let [row] = block.as_slice()
            && let [one] = row.as_slice()
        {
            let across = vec![one.clone(); columns.count()];
            block = rows.map(|_| across.clone()).collect();
        }

        let (mut after, mut held) = (budget.clone(), self.held.clone());
        let mut place = first;
        let book = self.book(budget, session);
        session.with_ids(|ids| {
            for cells in &block {
                let Some((row, key)) = self.receiving(&mut place, budget, &mut after, ids) else {
                    break;
                };
                for (field, raw) in self.fields.iter().skip(column).zip(cells) {
                    let cell = (key, *field);
                    if let Err(why) = write::is_open(book, row, *field) {
                        let raw = raw.clone();
                        held.insert(cell, Held { raw, why });
                    } else if *field == Field::Funders && raw.trim().is_empty() {
                        // Nobody named: whoever pays the line already, or the one that pays by default.
                        held.remove(&cell);
                    } else {
                        Self::put(&mut held, &mut after, cell, raw, book, ids);
                    }
                }
            }
        });
        let wide = block.iter().map(Vec::len).max().unwrap_or(1);
        let last = Spot {
            row: place.saturating_sub(1).max(first),
            column: column + wide.saturating_sub(1),
        };
        self.cursor.choose(Spot { row: first, column }, last);
        self.cursor.fit(self.rows.len(), self.fields.len());
        let label = format!("Coller {} lignes dans le budget", block.len());
        self.edit_and_hold(label, after, held, session)
    }

    /// The next row that a pasted row goes to: the one at that place or after it, a new line past the last.
    fn receiving(
        &self,
        place: &mut usize,
        budget: &Budget,
        after: &mut Budget,
        ids: &mut Ids,
    ) -> Option<(Row, Key)> {
        loop {
            let row = *self.rows.get(*place)?;
            match (row, self.keys.get(*place)?) {
                (Row::Heading(_), _) => *place += 1,
                (Row::Usual(_) | Row::NewLine, _) => {
                    let id = ids.next_id();
                    let heading = heading_of(row, budget);
                    after.lines.push(Line::new(id, heading, "").into());
                    // A line that comes with what is pasted is like any other.
                    return Some((Row::Line(usize::MAX), Key::Line(id)));
                }
                (_, key @ (Key::Line(_) | Key::Funder(_) | Key::Operation(..))) => {
                    *place += 1;
                    return Some((row, *key));
                }
                (_, Key::Own(_)) => return None,
            }
        }
    }

    fn act(&mut self, act: RowAct, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
        let Some((row, key)) = self.here() else {
            return Vec::new();
        };
        let field = self.fields.get(self.cursor.at().column).copied();
        let field = field.unwrap_or(Field::Label);
        let mut after = budget.clone();
        let book = self.book(budget, session);
        let name = match row {
            Row::Operation(_) => book.show(row, Field::About).text.into_owned(),
            _ => book.show(row, Field::Label).text.into_owned(),
        };
        let label = match (act, key) {
            (RowAct::Insert, _) => {
                let id = session.fresh_id();
                let (place, heading) = match row {
                    Row::Line(rank) => {
                        let heading = book.line(rank).map_or("", |it| &it.heading);
                        (rank + 1, heading.to_owned())
                    }
                    Row::Heading(rank) => {
                        let heading = self.totals.headings.get(rank);
                        let first = heading.and_then(|it| it.lines.first().copied());
                        let name = heading.map_or_else(String::new, |it| it.name.clone());
                        (first.unwrap_or(0), name)
                    }
                    _ => (budget.lines.len(), heading_of(row, budget)),
                };
                let place = place.min(after.lines.len());
                after.lines.insert(place, Line::new(id, heading, "").into());
                self.wanted = Some((Key::Line(id), Field::Label));
                "Insérer une ligne au budget".to_owned()
            }
            (RowAct::Duplicate, Key::Line(id)) => {
                let copy = session.with_ids(|ids| after.duplicate_line(id, ids));
                self.wanted = copy.map(|copy| (Key::Line(copy), field));
                format!("Dupliquer la ligne {}", quoted(&name))
            }
            (RowAct::Up | RowAct::Down, Key::Line(id)) => {
                after.move_line(id, act == RowAct::Down);
                self.wanted = Some((key, field));
                format!("Déplacer la ligne {}", quoted(&name))
            }
            (RowAct::Up | RowAct::Down, Key::Funder(id)) => {
                let from = after.funders.iter().position(|it| it.id == id);
                let step = if act == RowAct::Down { 1 } else { -1 };
                let to = from.and_then(|from| from.checked_add_signed(step));
                if let (Some(from), Some(to)) = (from, to)
                    && to < after.funders.len()
                {
                    after.funders.swap(from, to);
                }
                self.wanted = Some((key, field));
                format!("Déplacer le financeur {}", quoted(&name))
            }
            (RowAct::Remove, _) => match self.remove(&mut after) {
                Ok(label) => label,
                Err(why) => {
                    self.remark = Some(why);
                    return Vec::new();
                }
            },
            _ => {
                self.remark = Some("Cette ligne-là ne se déplace ni ne se copie.".to_owned());
                return Vec::new();
            }
        };
        let actions = self.edit(label, after, session);
        if actions.is_empty() {
            self.wanted = None;
        }
        actions
    }

    /// Takes away the rows of the block; says what was.
    fn remove(&self, after: &mut Budget) -> Result<String, String> {
        let (rows, _) = self.cursor.block();
        let keys: Vec<Key> = rows.filter_map(|row| self.keys.get(row).copied()).collect();
        let (mut count, mut refused) = (0, None);
        for key in keys {
            match key {
                Key::Line(id) => {
                    after.lines.retain(|line| line.id != id);
                    count += 1;
                }
                Key::Funder(id) => {
                    let mut shares = after.lines.iter().flat_map(|line| &line.shares);
                    if shares.any(|share| share.funder == id && !share.amount.is_zero()) {
                        refused = Some(
                            "Ce financeur paie encore des lignes\u{a0}: donnez-les d’abord à un autre.",
                        );
                        continue;
                    }
                    for line in &mut after.lines {
                        line.shares.retain(|share| share.funder != id);
                    }
                    after.funders.retain(|funder| funder.id != id);
                    count += 1;
                }
                Key::Operation(holder, id) => {
                    if let Some(operations) = after.operations_mut(holder) {
                        operations.retain(|it| it.id != id);
                        count += 1;
                    }
                }
                Key::Own(_) => {}
            }
        }
        match (count, refused) {
            (0, refused) => Err(refused
                .unwrap_or("Il n’y a rien à supprimer ici.")
                .to_owned()),
            (1, _) => Ok("Supprimer une ligne du budget".to_owned()),
            (count, _) => Ok(format!("Supprimer {count} lignes du budget")),
        }
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
