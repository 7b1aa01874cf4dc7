//! What was done or is expected: an operation of a line or of a funder.

use super::Planner;
use crate::exchange::budget::Column;
use crate::exchange::import::difference::same;
use crate::exchange::import::{Differences, Field, Outcome, Refused, Row, said_day};
use crate::exchange::table::value::short;
use crate::model::{Id, Operation, Step, fold};

impl Planner<'_> {
    pub(super) fn take_operation(
        &mut self,
        row: &Row<'_>,
        remarks: &mut Vec<String>,
    ) -> Result<Outcome, Refused> {
        let holder = self.holder(row)?;
        let said = row
            .text(Field::Cell(Column::Step))
            .ok_or((Some(Field::Cell(Column::Step)), "l’étape manque".to_owned()))?;
        let step = step_of(&said).ok_or_else(|| {
            (
                Some(Field::Cell(Column::Step)),
                format!(
                    "étape inconnue «\u{a0}{}\u{a0}»\u{a0}: Engagé, Mandaté, Payé, Notifié, \
                     Titré ou Encaissé",
                    short(&said)
                ),
            )
        })?;
        let amount = row
            .amount(
                Field::Cell(Column::Amount),
                (&self.budget.currency, self.decimals),
                remarks,
            )?
            .ok_or((
                Some(Field::Cell(Column::Amount)),
                "le montant manque".to_owned(),
            ))?;
        let date = row.day(Field::Cell(Column::Date))?;
        let year = match (row.year(Field::Cell(Column::Year))?, date) {
            (Some(year), _) => year,
            (None, Some(date)) => chrono::Datelike::year(&date),
            (None, None) => {
                return Err((Some(Field::Cell(Column::Year)), "l’année manque".to_owned()));
            }
        };
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
            return Err((
                None,
                "ce qui porte cette opération n’est plus là".to_owned(),
            ));
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
        funder.map(Holder::Funder).ok_or((
            Some(Field::Cell(Column::Parent)),
            "ni ligne ni financeur de ce budget ne porte cette opération".to_owned(),
        ))
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

fn step_of(said: &str) -> Option<Step> {
    Step::ALL
        .into_iter()
        .find(|step| fold(step.label()) == fold(said))
}
