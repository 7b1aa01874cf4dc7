//! What was done or is expected: an operation of a line or of a funder.

use super::Planner;
use crate::exchange::budget::Column;
use crate::exchange::import::difference::same;
use crate::exchange::import::{Differences, Field, Outcome, Refused, Row, both, said_day};
use crate::exchange::table::value::cited;
use crate::model::{Id, Operation, Step, fold};

impl Planner<'_> {
    pub(super) fn take_operation(
        &mut self,
        row: &Row<'_>,
        remarks: &mut Vec<String>,
    ) -> Result<Outcome, Refused> {
        let money = (&self.budget.currency, self.decimals);
        let amount = row
            .amount(Field::Cell(Column::Amount), money, remarks)
            .and_then(|amount| amount.ok_or_else(|| lacks(Column::Amount, "le montant manque")));
        let when = row.day_and_year().and_then(|(date, year)| {
            Ok((
                date,
                year.ok_or_else(|| lacks(Column::Year, "l’année manque"))?,
            ))
        });
        let ((holder, step), (amount, (date, year))) =
            both(both(self.holder(row), step_of(row)), both(amount, when))?;
        let yes = |field| row.text(field).is_some_and(|said| fold(&said) == "oui");
        let id: Option<Id> = row
            .text(Field::Cell(Column::Id))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        let told = Operation {
            date,
            expected: yes(Field::Cell(Column::Expected)),
            reference: row.text(Field::Cell(Column::Reference)),
            object: row.text(Field::Cell(Column::OperationObject)),
            condition: row.text(Field::Cell(Column::Condition)),
            lump: yes(Field::Cell(Column::Lump)),
            ..Operation::new(id.unwrap_or_else(|| self.ids.next_id()), step, year, amount)
        };
        let what = format!("{} {}, {}", step.label(), year, self.said(amount));

        let reference = self.around.reference;
        let currency = self.budget.currency.clone();
        let said = |amount| reference.figures(amount, &currency);
        let Some(operations) = self.operations_of(holder) else {
            return Err(Refused::whole("ce qui porte cette opération n’est plus là"));
        };
        let found = operations.iter_mut().find(|it| match id {
            Some(id) => it.id == id,
            None => says_the_same(it, &told),
        });
        let Some(there) = found else {
            let id = told.id;
            operations.push(told);
            self.created.push(id);
            return Ok(Outcome::Created { what });
        };
        let mut differences = Differences::default();
        let mut lay = |field: Field, before: String, after: String| {
            differences.lay(field.label().to_lowercase(), before, after);
        };
        let text = |text: &Option<String>| text.clone().unwrap_or_default();
        let yes = |yes: bool| if yes { "oui" } else { "non" }.to_owned();
        lay(
            Field::Cell(Column::Step),
            there.step.label().to_owned(),
            told.step.label().to_owned(),
        );
        lay(
            Field::Cell(Column::Year),
            there.year.to_string(),
            told.year.to_string(),
        );
        lay(
            Field::Cell(Column::Amount),
            said(there.amount),
            said(told.amount),
        );
        lay(
            Field::Cell(Column::Date),
            said_day(there.date),
            said_day(told.date),
        );
        lay(
            Field::Cell(Column::Expected),
            yes(there.expected),
            yes(told.expected),
        );
        lay(
            Field::Cell(Column::Reference),
            text(&there.reference),
            text(&told.reference),
        );
        lay(
            Field::Cell(Column::OperationObject),
            text(&there.object),
            text(&told.object),
        );
        lay(
            Field::Cell(Column::Condition),
            text(&there.condition),
            text(&told.condition),
        );
        lay(Field::Cell(Column::Lump), yes(there.lump), yes(told.lump));
        if !differences.is_empty() {
            *there = Operation {
                id: there.id,
                piece: there.piece.clone(),
                ..told
            };
        }
        Ok(differences.outcome(what))
    }

    /// What an operation belongs to, by its identifier, else by what the row names.
    fn holder(&self, row: &Row<'_>) -> Result<Holder, Refused> {
        let id: Option<Id> = row
            .text(Field::Cell(Column::Parent))
            .and_then(|id| id.parse().ok())
            .filter(|_| self.trusted);
        let label = row.text(Field::Cell(Column::Label));
        let line = self.budget.lines.iter().position(|line| match id {
            Some(id) => line.id == id,
            None => label
                .as_ref()
                .is_some_and(|label| fold(&line.label) == fold(label)),
        });
        if let Some(line) = line {
            return Ok(Holder::Line(line));
        }
        let key = row.text(Field::Cell(Column::Funder));
        let funder = self.budget.funders.iter().position(|funder| match id {
            Some(id) => funder.id == id,
            None => key
                .as_ref()
                .is_some_and(|key| fold(funder.key.as_str()) == fold(key)),
        });
        funder.map(Holder::Funder).ok_or_else(|| {
            Refused::at(
                Field::Cell(Column::Parent),
                "ni ligne ni financeur de ce budget ne porte cette opération",
            )
        })
    }

    fn operations_of(&mut self, holder: Holder) -> Option<&mut Vec<Operation>> {
        match holder {
            Holder::Line(place) => self
                .budget
                .lines
                .get_mut(place)
                .map(|line| &mut line.operations),
            Holder::Funder(place) => self
                .budget
                .funders
                .get_mut(place)
                .map(|funder| &mut funder.operations),
        }
    }
}

/// What an operation belongs to, by its place.
#[derive(Clone, Copy)]
enum Holder {
    Line(usize),
    Funder(usize),
}

fn says_the_same(there: &Operation, told: &Operation) -> bool {
    let reference = |it: &Operation| it.reference.clone().unwrap_or_default();
    there.step == told.step
        && there.year == told.year
        && there.amount == told.amount
        && there.date == told.date
        && there.expected == told.expected
        && same(&reference(there), &reference(told))
}

fn step_of(row: &Row<'_>) -> Result<Step, Refused> {
    let said = row
        .text(Field::Cell(Column::Step))
        .ok_or_else(|| lacks(Column::Step, "l’étape manque"))?;
    let mut steps = Step::ALL.into_iter();
    let known = steps.find(|step| fold(step.label()) == fold(&said));
    known.ok_or_else(|| {
        let reason = format!(
            "étape inconnue {}\u{a0}: Engagé, Mandaté, Payé, Notifié, \
             Titré ou Encaissé",
            cited(&said)
        );
        Refused::at(Field::Cell(Column::Step), reason)
    })
}

fn lacks(column: Column, reason: &str) -> Refused {
    Refused::at(Field::Cell(column), reason)
}
