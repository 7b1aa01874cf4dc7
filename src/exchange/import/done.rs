//! What finance did: its export of engagements and mandates, matched with the budgets that there are.
//!
//! By number first: an operation that has that reference, or a mandate whose engagement is that of a line. Then by amount
//! and third party, which is asked and never taken for granted. What has no line yet is kept as a [`Posting`], in
//! [`waiting`], to be attached later: by hand, or once a budget has its line.

mod waiting;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use self::waiting::Waiting;
pub(super) use self::waiting::import;
use super::{
    Answer, Around, Differences, Field, Import, Outcome, Plan, Planned, Proposal, Refused, Row,
    said_day,
};
use crate::exchange::budget::Column;
use crate::exchange::table::value::short;
use crate::ledger::excess;
use crate::model::{
    Amount, Budget, Change, Currency, Edit, Id, Ids, Kind, Line, Operation, Record, RecordId, Step,
    fold,
};

/// What a row says was done.
struct Told {
    step: Step,
    /// The number of what was done: of the mandate, or of the engagement.
    number: Option<String>,
    /// The number of the engagement that a mandate pays.
    engagement: Option<String>,
    date: Option<NaiveDate>,
    third_party: Option<String>,
    object: Option<String>,
    amount: Amount,
    account: Option<String>,
    /// The budget, general or of a service, that pays.
    service: Option<String>,
    year: i32,
}

/// A place in the budgets: a budget, a line, and an operation of it where one is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Place {
    budget: usize,
    line: usize,
    operation: Option<usize>,
}

struct Working {
    before: Arc<Record>,
    budget: Budget,
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
                Some(Working {
                    before: Arc::clone(record),
                    budget: budget.clone(),
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
    let mut rows = import.plan_rows(around.watch, |row, beside| {
        planner.take(row, &mut beside.remarks)
    });
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

/// What has the number of a row.
struct Numbered {
    place: Place,
    /// Whether the number alone tells: the year is the same, and the amount or the third party.
    is_sure: bool,
}

/// Where a row belongs.
enum Found {
    There(Place),
    /// It is to be asked.
    Perhaps(Place),
    /// Nowhere for sure, and why.
    Nowhere(String),
}

impl Planner<'_> {
    fn take(&mut self, row: &Row<'_>, remarks: &mut Vec<String>) -> Result<Outcome, Refused> {
        let told = read(row, remarks)?;
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
                let question = format!("rattacher à {}\u{202f}?", self.said(place));
                self.waiting.hold(&told, line, self.import, self.ids)?;
                Ok(Outcome::Asked { question })
            }
            Found::Nowhere(reason) => {
                let held = self.waiting.hold(&told, line, self.import, self.ids)?;
                Ok(held.outcome(reason, &told))
            }
        }
    }

    /// Where a row belongs: by number, as somebody answered, else by amount and third party.
    fn find(&self, told: &Told, row: &Row<'_>) -> Result<Found, Refused> {
        let answer = self.import.answered(row.row);
        let is_accepted = answer == Some(Answer::Yes) || self.import.accepts(Proposal::Matches);
        let numbered = self.by_number(told);
        match numbered {
            Ok(Some(Numbered { place, is_sure })) if is_sure || is_accepted => {
                return Ok(Found::There(place));
            }
            Ok(Some(Numbered { place, .. })) if answer.is_none() => {
                return Ok(Found::Perhaps(place));
            }
            _ => {}
        }
        if let Some(Answer::Line(line)) = answer {
            let place = self
                .line_of(line)
                .ok_or((None, "la ligne choisie n’est plus là".to_owned()))?;
            return Ok(Found::There(self.expected(place, told).unwrap_or(place)));
        }
        if let Err(why) = numbered {
            return Ok(Found::Nowhere(why));
        }
        Ok(match self.by_amount(told).as_slice() {
            [] => Found::Nowhere(self.unmatched(told)),
            [one] if is_accepted => Found::There(*one),
            [one] => Found::Perhaps(*one),
            several => {
                let said: Vec<String> = several
                    .iter()
                    .take(3)
                    .map(|place| self.said(*place))
                    .collect();
                Found::Nowhere(format!(
                    "plusieurs lignes conviennent\u{a0}: {}",
                    said.join(", ")
                ))
            }
        })
    }

    fn unmatched(&self, told: &Told) -> String {
        match &told.engagement {
            _ if self.budgets.is_empty() => {
                "il n’y a pas encore de budget en euros auquel la rattacher".to_owned()
            }
            Some(number) => format!(
                "aucun engagement n°\u{a0}{}, ni ce tiers et ce montant",
                short(number)
            ),
            None => "aucune ligne n’a ce numéro, ni ce tiers et ce montant".to_owned(),
        }
    }

    /// All lines, with their places.
    fn lines(&self) -> impl Iterator<Item = (Place, &Budget, &Line)> {
        self.budgets
            .iter()
            .enumerate()
            .flat_map(|(budget, working)| {
                working
                    .budget
                    .lines
                    .iter()
                    .enumerate()
                    .map(move |(line, record)| {
                        let place = Place {
                            budget,
                            line,
                            operation: None,
                        };
                        (place, &working.budget, &**record)
                    })
            })
    }

    fn line_of(&self, id: Id) -> Option<Place> {
        let mut lines = self.lines();
        lines
            .find(|(.., line)| line.id == id)
            .map(|(place, ..)| place)
    }

    /// The operation that has the number of a row, or the line whose engagement the row pays; why it cannot be said, where
    /// several do. Numbers begin anew each year, and each service's budget has its own.
    fn by_number(&self, told: &Told) -> Result<Option<Numbered>, String> {
        let numbered = |number: &str, step: Step| -> Vec<Place> {
            let wanted = bare(number);
            self.lines()
                .filter(|(.., line)| agree(told.service.as_ref(), line.service_budget.as_ref()))
                .flat_map(|(place, _, line)| {
                    let wanted = wanted.clone();
                    line.operations
                        .iter()
                        .enumerate()
                        .filter(move |(_, it)| {
                            it.step == step
                                && it
                                    .reference
                                    .as_deref()
                                    .is_some_and(|reference| bare(reference) == wanted)
                        })
                        .map(move |(operation, _)| Place {
                            operation: Some(operation),
                            ..place
                        })
                })
                .collect()
        };
        if let Some(number) = &told.number {
            let mut same = numbered(number, told.step);
            same.retain(|place| {
                self.operation(*place)
                    .is_some_and(|it| it.year == told.year)
            });
            // One mandate may be shared among lines.
            self.keep(&mut same, |it| it.amount == told.amount);
            match same.as_slice() {
                [] => {}
                [one] => {
                    let is_paid_so = self
                        .operation(*one)
                        .is_some_and(|it| it.amount == told.amount);
                    let is_theirs = match (told.third_party.as_deref(), self.line(*one)) {
                        (Some(third_party), Some(line)) => self.pays(line, &fold(third_party)),
                        _ => true,
                    };
                    return Ok(Some(Numbered {
                        place: *one,
                        is_sure: is_paid_so || is_theirs,
                    }));
                }
                _ => {
                    return Err(format!(
                        "plusieurs opérations ont le n°\u{a0}{}",
                        short(number)
                    ));
                }
            }
        }
        let Some(engagement) = told
            .engagement
            .as_ref()
            .filter(|_| told.step == Step::Ordered)
        else {
            return Ok(None);
        };
        // An engagement may be paid the year after, but a new one of this year has its number too.
        let (of_year, earlier): (Vec<Place>, Vec<Place>) = numbered(engagement, Step::Committed)
            .into_iter()
            .partition(|place| {
                self.operation(*place)
                    .is_some_and(|it| it.year == told.year)
            });
        let is_sure = !of_year.is_empty();
        let of = match is_sure {
            true => of_year,
            false if self.engaged.contains(&(bare(engagement), told.year)) => Vec::new(),
            false => earlier,
        };
        let mut lines: Vec<Place> = of
            .into_iter()
            .map(|place| Place {
                operation: None,
                ..place
            })
            .collect();
        lines.dedup();
        match lines.as_slice() {
            [] => Ok(None),
            [line] => Ok(Some(Numbered {
                place: self.expected(*line, told).unwrap_or(*line),
                is_sure,
            })),
            _ => Err(format!(
                "l’engagement n°\u{a0}{} est sur plusieurs lignes",
                short(engagement)
            )),
        }
    }

    /// Keeps of several those that also fit, if any does.
    fn keep(&self, places: &mut Vec<Place>, fits: impl Fn(&Operation) -> bool) {
        if places.len() > 1 {
            let fitting: Vec<Place> = places
                .iter()
                .copied()
                .filter(|place| self.operation(*place).is_some_and(&fits))
                .collect();
            if !fitting.is_empty() {
                *places = fitting;
            }
        }
    }

    fn operation(&self, place: Place) -> Option<&Operation> {
        let line = self.line(place)?;
        line.operations.get(place.operation?)
    }

    fn line(&self, place: Place) -> Option<&Line> {
        let budget = &self.budgets.get(place.budget)?.budget;
        budget.lines.get(place.line).map(|line| &**line)
    }

    /// The expected operation of a line that a row fulfils: the same step, year and amount, that nothing fulfilled.
    fn expected(&self, line: Place, told: &Told) -> Option<Place> {
        let place = self.line(line)?.operations.iter().position(|it| {
            it.step == told.step
                && it.amount == told.amount
                && it.year == told.year
                && it.expected
                && !self.taken.contains_key(&it.id)
        })?;
        Some(Place {
            operation: Some(place),
            ..line
        })
    }

    /// Whether a line pays that third party, by its body or in its own words.
    fn pays(&self, line: &Line, third_party: &str) -> bool {
        let body = line
            .beneficiary
            .and_then(|id| self.around.records.partner(id));
        let names = body.map(|body| [Some(&body.name), body.short_name.as_ref()]);
        let mut names = names.into_iter().flatten().flatten();
        names.any(|name| is_within(&fold(&name.text), third_party))
            || is_within(&fold(&line.label), third_party)
    }

    /// The lines paid to that third party whose operation, or share of the year, has that amount.
    fn by_amount(&self, told: &Told) -> Vec<Place> {
        let Some(third_party) = told.third_party.as_deref().map(fold) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (place, _, line) in self
            .lines()
            .filter(|(.., line)| self.pays(line, &third_party))
        {
            if let Some(expected) = self.expected(place, told) {
                found.push(expected);
                continue;
            }
            let unnumbered = line.operations.iter().position(|it| {
                it.step == told.step
                    && it.amount == told.amount
                    && it.year == told.year
                    && it.reference.is_none()
                    && !self.taken.contains_key(&it.id)
            });
            if let Some(operation) = unnumbered {
                found.push(Place {
                    operation: Some(operation),
                    ..place
                });
                continue;
            }
            let planned: Amount = line
                .shares
                .iter()
                .filter(|it| it.year == told.year)
                .map(|it| it.amount)
                .sum();
            let same_account = agree(told.account.as_ref(), line.account.as_ref())
                && agree(told.service.as_ref(), line.service_budget.as_ref());
            let done = line
                .operations
                .iter()
                .any(|it| it.step == told.step && it.year == told.year);
            if planned == told.amount && same_account && !done {
                found.push(place);
            }
        }
        found
    }

    /// « Travaux – Puits (Eau à Porto-Novo) ».
    fn said(&self, place: Place) -> String {
        let budget = self
            .budgets
            .get(place.budget)
            .map_or("", |it| it.budget.title.as_str());
        let line = self.line(place).map_or("", |it| it.label.as_str());
        format!("«\u{a0}{}\u{a0}» ({})", short(line), short(budget))
    }

    /// Lays a row over an operation, or makes one on the line.
    fn lay(&mut self, place: Place, told: &Told, row: &Row<'_>) -> Result<Outcome, Refused> {
        let reference = self.around.reference;
        let currency = self
            .budgets
            .get(place.budget)
            .map_or_else(Currency::euro, |it| it.budget.currency.clone());
        let said = |amount: Amount| reference.figures(amount, &currency);
        let what = format!(
            "{} – {}",
            self.said(place),
            told.step.label().to_lowercase()
        );
        let line = self.import.sheet().grid.line(row.row);
        let gone = || (None, "cette ligne de budget n’est plus là".to_owned());
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
            return Err((
                None,
                format!("la même opération est déjà à la ligne {first}"),
            ));
        }
        let mut differences = Differences::default();
        if differences.lay_said("montant", said(there.amount), said(told.amount)) {
            there.amount = told.amount;
        }
        if differences.lay_said("date", said_day(there.date), said_day(told.date)) {
            there.date = told.date;
        }
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
        let object = |object: &Option<String>| object.clone().unwrap_or_default();
        if differences.lay_said("objet", object(&there.object), object(&told.object)) {
            there.object.clone_from(&told.object);
        }
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
            if let Some(excess) = excess {
                planned.beside.remarks.push(format!(
                    "dépasse de {} {}",
                    self.around.reference.amount(excess.by, &Currency::euro()),
                    excess.passed()
                ));
            }
        }
    }

    fn change(self) -> Option<Change> {
        let budgets = self
            .budgets
            .into_iter()
            .filter_map(|Working { before, budget }| {
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
                format!("Importer les réalisations de «\u{a0}{name}\u{a0}»")
            },
            coalescing: None,
            edits,
        })
    }
}

/// The engagements that a table has rows for.
fn engaged(import: &Import) -> BTreeSet<(String, i32)> {
    let engagement = |row: Row<'_>| {
        let number = row.text(Field::Commitment)?;
        let is_one = row.text(Field::Mandate).is_none();
        let told = read(&row, &mut Vec::new()).ok().filter(|_| is_one)?;
        Some((bare(&number), told.year))
    };
    import.rows().filter_map(engagement).collect()
}

fn read(row: &Row<'_>, remarks: &mut Vec<String>) -> Result<Told, Refused> {
    let (engagement, mandate) = (row.text(Field::Commitment), row.text(Field::Mandate));
    let step = if mandate.is_some() {
        Step::Ordered
    } else {
        Step::Committed
    };
    let euros = (&Currency::euro(), 2);
    let ordered = row.amount(Field::Ordered, euros, remarks)?;
    let amount = match step {
        Step::Ordered => ordered.or(row.amount(Field::Cell(Column::Amount), euros, remarks)?),
        _ => row
            .amount(Field::Cell(Column::Amount), euros, remarks)?
            .or(ordered),
    };
    let amount = amount.ok_or((
        Some(Field::Cell(Column::Amount)),
        "le montant manque".to_owned(),
    ))?;
    if amount.is_zero() {
        return Err((
            Some(Field::Cell(Column::Amount)),
            "le montant est nul".to_owned(),
        ));
    }
    let date = row.day(Field::Cell(Column::Date))?;
    let year = row
        .year(Field::Cell(Column::Year))?
        .or(date.map(|date| date.year()));
    let year = year.ok_or((
        Some(Field::Cell(Column::Date)),
        "ni la date ni l’exercice ne sont dits".to_owned(),
    ))?;
    Ok(Told {
        step,
        number: mandate.or_else(|| engagement.clone()),
        engagement,
        date,
        third_party: row.text(Field::ThirdParty),
        object: row.text(Field::Object),
        amount,
        account: row.text(Field::Cell(Column::Account)),
        service: row.text(Field::Cell(Column::ServiceBudget)),
        year,
    })
}

/// Whether two numbers or names are one, where both are said.
fn agree(one: Option<&String>, other: Option<&String>) -> bool {
    one.zip(other)
        .is_none_or(|(one, other)| bare(one) == bare(other))
}

/// A number without what offices put around it: « E-0012 » and « e 12 » are one.
fn bare(number: &str) -> String {
    let words = fold(number).replace(' ', "");
    let (letters, figures) = match words.find(|c: char| c.is_ascii_digit()) {
        Some(first) => words.split_at(first),
        None => (words.as_str(), ""),
    };
    format!("{letters}{}", figures.trim_start_matches('0'))
}

/// Whether one of two names holds the other, words whole: « ville de porto novo » and « porto novo ».
fn is_within(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() > 3 && format!(" {long} ").contains(&format!(" {short} "))
}
