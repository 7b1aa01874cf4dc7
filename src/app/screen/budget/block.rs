//! Blocks of cells: emptied, copied, pasted from a spreadsheet. Each is one thing to undo.

use iced::clipboard;

use super::held::Held;
use super::rows::{Field, Key, Row};
use super::table::heading_of;
use super::{Message, Sheet, write};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::widget::grid::{Spot, tsv};
use crate::model::{Budget, Ids, Line};

/// The most cells that are pasted at once.
const MOST: usize = 60_000;

impl Sheet {
    /// Every cell of the block.
    fn chosen(&self) -> Vec<Spot> {
        let (rows, columns) = self.cursor.block();
        rows.flat_map(|row| columns.clone().map(move |column| Spot { row, column }))
            .collect()
    }

    pub(super) fn clear(
        &mut self,
        what: &str,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
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

    pub(super) fn copy(&self, budget: &Budget, session: &Session) -> Vec<Action<Message>> {
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

    /// What the first cell of each row holds goes into the others of the block; of one cell, into the next: the same amount
    /// each year.
    pub(super) fn fill_right(
        &mut self,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let (rows, columns) = self.cursor.block();
        let first = *columns.start();
        let last = (*columns.end()).max(first + 1);
        if last >= self.fields.len() {
            self.remark = Some("Il n’y a rien à droite où recopier.".to_owned());
            return Vec::new();
        }
        let (mut after, mut held) = (budget.clone(), self.held.clone());
        let (mut filled, mut refused) = (0_usize, None);
        let book = self.book(budget, session);
        session.with_ids(|ids| {
            for row in rows {
                let from = self.cell(Spot { row, column: first });
                let Some((of, key, field)) = from.filter(|(_, key, _)| !matches!(key, Key::Own(_)))
                else {
                    continue;
                };
                let raw = book.copied(of, field);
                for to in self.fields.get(first + 1..=last).unwrap_or_default() {
                    // Words do not go among amounts, nor amounts among words.
                    let alike = std::mem::discriminant(to) == std::mem::discriminant(&field);
                    match write::is_open(book, of, *to) {
                        Ok(()) if alike => {
                            Self::put(&mut held, &mut after, (key, *to), &raw, book, ids);
                            filled += 1;
                        }
                        Ok(()) => {
                            refused = Some("Seules des années se recopient à droite.".to_owned());
                        }
                        Err(why) => refused = Some(why),
                    }
                }
            }
        });
        if filled == 0 {
            self.remark = refused;
            return Vec::new();
        }
        self.edit_and_hold("Recopier à droite dans le budget", after, held, session)
    }

    /// Puts a block from elsewhere where the keyboard is; one cell fills the whole block that is chosen. Rows that only
    /// add up are stepped over; past the last line new ones come.
    pub(super) fn paste(
        &mut self,
        text: &str,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
        if text.trim().is_empty() {
            self.remark = Some("Rien n’est collé\u{a0}: il n’y a rien à coller.".to_owned());
            return Vec::new();
        }
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
        let lines = french::count(block.len(), "ligne", "lignes");
        let label = format!("Coller {lines} dans le budget");
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
}
