//! What finance did: its export of engagements and mandates, matched with the budgets that there are.
//!
//! By number first: an operation that has that reference, or a mandate whose engagement is that of a line. Then by amount
//! and third party, which is asked and never taken for granted. What has no line yet is kept as a [`Posting`], in
//! [`waiting`], to be attached later: by hand, or once a budget has its line.

mod matching;
mod told;
mod waiting;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::matching::{Found, Place};
use self::told::{Told, bare, engaged, read};
use self::waiting::Waiting;
pub(super) use self::waiting::import;
use super::{Answer, Around, Beside, Differences, Import, Outcome, Plan, Planned, Refused, Row};
use crate::ledger::{excess, partners_of};
use crate::model::{
    Amount, Budget, Change, Currency, Edit, Id, Ids, Kind, Operation, Partner, Record, RecordId,
    Step, fold, quoted,
};

struct Working {
    before: Arc<Record>,
    budget: Budget,
    /// The partners that it is for, by all their names, folded.
    names: Vec<String>,
}

pub(super) fn plan(import: &Import, around: &Around<'_>, ids: &mut Ids) -> Plan {
    let budgets = around
        .records
        .of_kind(Kind::Budget)
        .filter_map(|record| match record.as_ref() {
            // Finance counts in euros.
            Record::Budget(budget)
                if budget.is_in_euros() && import.budget.is_none_or(|id| budget.id == id) =>
            {
                let partners = partners_of(budget, None, around.records);
                let partners = partners.iter().filter_map(|id| around.records.partner(*id));
                Some(Working {
                    before: Arc::clone(record),
                    budget: budget.clone(),
                    names: partners.flat_map(names_of).collect(),
                })
            }
            _ => None,
        });
    let mut planner = Planner {
        import,
        around,
        ids,
        budgets: budgets.collect(),
        taken: BTreeMap::new(),
        engaged: engaged(import),
        laid: BTreeMap::new(),
        waiting: Waiting::of(around.records),
    };
    let mut rows = import.plan_rows(around.watch, |row, beside| planner.take(row, beside));
    planner.say_excesses(&mut rows);
    let change = planner.change();
    Plan {
        rows,
        change,
        remarks: Vec::new(),
    }
}

struct Planner<'a> {
    import: &'a Import,
    around: &'a Around<'a>,
    ids: &'a mut Ids,
    budgets: Vec<Working>,
    /// The operations that rows already spoke for, and which row.
    taken: BTreeMap<Id, usize>,
    /// The engagements that the table itself has, by number and year.
    engaged: BTreeSet<(String, i32)>,
    /// The lines of budgets that rows add to or change, with the step and the year.
    laid: BTreeMap<usize, (Place, Step, i32)>,
    /// What has no line yet.
    waiting: Waiting,
}

impl Planner<'_> {
    fn take(&mut self, row: &Row<'_>, beside: &mut Beside) -> Result<Outcome, Refused> {
        let told = read(row, &mut beside.remarks)?;
        let line = self.import.sheet().grid.line(row.row);
        if self.import.answered(row.row) == Some(Answer::Aside) {
            return self.waiting.set_aside(&told, line, self.import, self.ids);
        }
        match self.find(&told, row)? {
            Found::There(place) => {
                let outcome = self.lay(place, &told, row)?;
                self.laid.insert(row.row, (place, told.step, told.year));
                self.waiting.release(&told);
                Ok(outcome)
            }
            Found::Perhaps(place) => {
                beside.likely = self.likely(&told);
                let question = format!("rattacher à {}\u{202f}?", self.said(place));
                self.waiting.hold(&told, line, self.import, self.ids)?;
                Ok(Outcome::Asked { question })
            }
            Found::Nowhere(reason) => {
                beside.likely = self.likely(&told);
                let held = self.waiting.hold(&told, line, self.import, self.ids)?;
                Ok(held.outcome(reason, &told))
            }
        }
    }

    /// Lays a row over an operation, or makes one on the line.
    fn lay(&mut self, place: Place, told: &Told, row: &Row<'_>) -> Result<Outcome, Refused> {
        let reference = self.around.reference;
        let currency = self
            .budgets
            .get(place.budget)
            .map_or_else(Currency::euro, |it| it.budget.currency.clone());
        let said = |amount: Amount| reference.amount(amount, &currency);
        let what = format!(
            "{} – {}",
            self.said(place),
            told.step.label().to_lowercase()
        );
        let line = self.import.sheet().grid.line(row.row);
        let gone = || Refused::whole("cette ligne de budget n’est plus là");
        let fresh = self.ids.next_id();
        let operations = self
            .budgets
            .get_mut(place.budget)
            .and_then(|it| it.budget.lines.get_mut(place.line))
            .map(|line| &mut line.operations)
            .ok_or_else(gone)?;

        let Some(there) = place
            .operation
            .and_then(|operation| operations.get_mut(operation))
        else {
            operations.push(Operation {
                date: told.date,
                reference: told.number.clone(),
                object: told.object.clone(),
                ..Operation::new(fresh, told.step, told.year, told.amount)
            });
            self.taken.insert(fresh, line);
            return Ok(Outcome::Created {
                what: format!("{what} {}", said(told.amount)),
            });
        };
        if let Some(first) = self.taken.insert(there.id, line) {
            return Err(Refused::whole(format!(
                "la même opération est déjà à la ligne {first}"
            )));
        }
        let mut differences = Differences::default();
        if differences.lay_said("montant", said(there.amount), said(told.amount)) {
            there.amount = told.amount;
        }
        differences.lay_day("date", &mut there.date, told.date);
        if differences.lay_said("année", there.year.to_string(), told.year.to_string()) {
            there.year = told.year;
        }
        let number = |number: &Option<String>| number.clone().unwrap_or_default();
        let same_number = bare(&number(&there.reference)) == bare(&number(&told.number));
        if !same_number
            && differences.lay_said("numéro", number(&there.reference), number(&told.number))
        {
            there.reference.clone_from(&told.number);
        }
        differences.lay_text("objet", &mut there.object, told.object.as_ref());
        if there.expected {
            differences.note("état", "attendu", "fait");
            there.expected = false;
        }
        Ok(differences.outcome(what))
    }

    /// Of each row that adds to a line, by how much the line then goes beyond what it comes from: it is said, once all
    /// rows are laid, whatever their order.
    fn say_excesses(&self, rows: &mut [Planned]) {
        for planned in rows {
            let is_done = matches!(
                planned.outcome,
                Outcome::Created { .. } | Outcome::Changed { .. }
            );
            let laid = self.laid.get(&planned.row).filter(|_| is_done);
            let excess = laid.and_then(|(place, step, year)| {
                let line = self.line(*place)?;
                excess(line, *step, *year)
            });
            planned.beside.excess = excess.map(|excess| {
                let by = (self.around.reference).amount(excess.by, &Currency::euro());
                format!("dépasse de {by} {}", excess.passed())
            });
        }
    }

    fn change(self) -> Option<Change> {
        let budgets = self
            .budgets
            .into_iter()
            .filter_map(|Working { before, budget, .. }| {
                let after = Arc::new(Record::Budget(budget));
                (before != after).then(|| Edit {
                    record: RecordId {
                        kind: Kind::Budget,
                        id: after.record_id().id,
                    },
                    before: Some(before),
                    after: Some(after),
                })
            });
        let edits: Vec<Edit> = budgets.chain(self.waiting.edits()).collect();
        (!edits.is_empty()).then(|| Change {
            label: if self.import.waits {
                "Rapprocher des réalisations".to_owned()
            } else {
                let name = &self.import.name;
                format!("Importer les réalisations de {}", quoted(name))
            },
            coalescing: None,
            edits,
        })
    }
}

/// A partner's name and its short one, folded.
fn names_of(partner: &Partner) -> impl Iterator<Item = String> {
    let short = partner.short_name.as_ref();
    [Some(&partner.name), short]
        .into_iter()
        .flatten()
        .map(|name| fold(&name.text))
}
