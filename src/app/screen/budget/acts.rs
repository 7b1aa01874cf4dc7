//! Rows that come, go and move. Each is one thing to undo.

use super::rows::{Field, Key, Row};
use super::table::heading_of;
use super::{Message, Sheet};
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::widget::grid::RowAct;
use crate::model::{Budget, Line, quoted};

impl Sheet {
    /// What is done with the row where the keyboard is.
    pub(super) fn act(
        &mut self,
        act: RowAct,
        budget: &Budget,
        session: &Session,
    ) -> Vec<Action<Message>> {
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
        let actions = self.edit_and_hold(label, after, self.held.clone(), session);
        if actions.is_empty() {
            self.wanted = None;
            self.remark =
                Some("Rien ne bouge\u{a0}: c’est déjà la première, ou la dernière.".to_owned());
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
}
