//! A budget's table: the one that `exporter budget` writes, whose first column says what each row is, or any other with
//! its headings, its labels and its amounts by year and by funder.
//!
//! Read over the budget that it came from, our own table changes nothing; in an empty folder it makes that budget.
//! What a table does not have stays: nothing is deleted but a share whose cell was emptied.

mod expense;
mod funder;
mod operation;
mod totals;
mod unread;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use self::expense::same_rate;
use self::totals::Totals;
pub(super) use self::unread::remarks as unread;
use super::{
    Around, Beside, Differences, Field, Import, Known, Outcome, Plan, Planned, Refused, Row, both,
};
use crate::exchange::budget::Column;
use crate::exchange::table::value::{self, years_in};
use crate::model::{
    Amount, Budget, Change, Currency, Edit, Exchange, Funder, Id, Ids, Kind, Partner, Rate, Record,
    RecordId, count, fold, quoted,
};

/// What a row of our own table is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Sort {
    Budget,
    Partner,
    Income,
    Expense,
    Operation,
}

/// The order in which rows are taken: funders before what they pay, lines before what was done of them.
const PHASES: [&[Sort]; 3] = [
    &[Sort::Budget, Sort::Partner, Sort::Income],
    &[Sort::Expense],
    &[Sort::Operation],
];

pub(super) fn plan(import: &Import, around: &Around<'_>, ids: &mut Ids) -> Plan {
    let target = match Target::of(import, around, ids) {
        Ok(target) => target,
        Err(reason) => {
            return Plan {
                rows: import.plan_rows(around.watch, |_, _| Err(Refused::whole(reason.clone()))),
                ..Plan::default()
            };
        }
    };
    let mut planner = Planner {
        import,
        around,
        known: Known::of(around.records),
        decimals: around.reference.decimals_of(&target.budget.currency),
        trusted: target.trusted,
        before: target.before,
        budget: target.budget,
        ids,
        newcomers: Vec::new(),
        heading: None,
        is_income: false,
        places: BTreeMap::new(),
        created: Vec::new(),
        counted: BTreeMap::new(),
    };
    let currency = planner.budget.currency.clone();
    let totals = Totals::of(import, around.reference, &currency);
    let mut done: BTreeMap<usize, Planned> = BTreeMap::new();
    for phase in PHASES {
        let rows = import.plan_rows_where(
            around.watch,
            |row| {
                sort_of(row).map_or_else(
                    |_| phase.contains(&Sort::Expense),
                    |sort| phase.contains(&sort),
                )
            },
            |row, beside| planner.take(row, beside),
        );
        done.extend(rows.into_iter().map(|planned| (planned.row, planned)));
    }
    planner.add_years();
    let mut remarks = unread::remarks(import);
    let is_left = |row: &Row<'_>| {
        done.get(&row.row)
            .is_some_and(|planned| planned.outcome.reason().is_some())
    };
    let left = import.rows().filter(is_left);
    let left: BTreeSet<Id> = left.filter_map(|row| planner.named_by(&row)).collect();
    remarks.extend(planner.remarks(&left));
    if let Some(totals) = totals {
        remarks.extend(totals.beside_lines());
        for planned in done.values_mut() {
            let said = totals.beside_years(planned.row);
            planned.beside.remarks.extend(said);
        }
    }
    Plan {
        rows: done.into_values().collect(),
        change: planner.change(),
        remarks,
    }
}

/// What a row is: an expense where the table does not say.
fn sort_of(row: &Row<'_>) -> Result<Sort, Refused> {
    let Some(said) = row.text(Field::Cell(Column::Row)) else {
        return Ok(Sort::Expense);
    };
    match fold(&said).as_str() {
        "budget" => Ok(Sort::Budget),
        "partenaire" => Ok(Sort::Partner),
        "recette" => Ok(Sort::Income),
        "depense" => Ok(Sort::Expense),
        "operation" => Ok(Sort::Operation),
        _ => Err(Refused::at(
            Field::Cell(Column::Row),
            format!(
                "sorte de ligne inconnue {}\u{a0}: Budget, Partenaire, \
                     Dépense, Recette ou Opération",
                value::cited(&said)
            ),
        )),
    }
}

/// What the row of the budget says that its currency is worth.
fn rate(row: &Row<'_>) -> Result<Option<Rate>, Refused> {
    let units = row
        .text(Field::Cell(Column::Rate))
        .map(|it| it.replace(',', "."));
    if units
        .as_deref()
        .is_some_and(|units| Exchange::at(units, 0).is_none())
    {
        return Err(Refused::at(
            Field::Cell(Column::Rate),
            "ce cours n’est pas un nombre d’unités pour 1\u{a0}€",
        ));
    }
    let rate = Rate {
        units: units.unwrap_or_default(),
        date: row.day(Field::Cell(Column::RateDate))?,
        source: row.text(Field::Cell(Column::RateSource)),
    };
    Ok((rate != Rate::default()).then_some(rate))
}

/// The budget that a table is for.
struct Target {
    before: Option<Arc<Record>>,
    budget: Budget,
    /// Whether the identifiers that the table tells are those of this budget.
    trusted: bool,
}

impl Target {
    fn of(import: &Import, around: &Around<'_>, ids: &mut Ids) -> Result<Self, String> {
        let told = import
            .rows()
            .find(|row| matches!(sort_of(row), Ok(Sort::Budget)));
        let id: Option<Id> = told
            .as_ref()
            .and_then(|row| row.text(Field::Cell(Column::Id))?.parse().ok());
        let title = told
            .as_ref()
            .and_then(|row| row.text(Field::Cell(Column::Label)));
        let there = |id: Id| {
            let record = around.records.get(RecordId {
                kind: Kind::Budget,
                id,
            })?;
            match record.as_ref() {
                Record::Budget(budget) => Some((Arc::clone(record), budget.clone())),
                _ => None,
            }
        };

        let wanted = import.budget.or(id);
        if let Some((before, budget)) = wanted.and_then(there) {
            let trusted = id.is_none_or(|id| id == budget.id);
            return Self::there(import, before, budget, trusted);
        }
        if import.budget.is_some() {
            return Err("le budget choisi n’est plus là".to_owned());
        }
        let title = title.unwrap_or_else(|| {
            let stem = import
                .name
                .rsplit_once('.')
                .map_or(import.name.as_str(), |(stem, _)| stem);
            if stem.trim().is_empty() {
                "Budget importé".to_owned()
            } else {
                stem.trim().to_owned()
            }
        });
        // The same table once more is about the budget that it made.
        let same = around
            .records
            .of_kind(Kind::Budget)
            .find(|record| id.is_none() && fold(record.title()) == fold(&title));
        if let Some((before, budget)) = same.and_then(|record| there(record.record_id().id)) {
            return Self::there(import, before, budget, false);
        }
        let mut budget = Budget::new(id.unwrap_or_else(|| ids.next_id()), title);
        let currency = told
            .as_ref()
            .and_then(|row| row.text(Field::Cell(Column::Currency)));
        if let Some(known) = currency.and_then(|code| around.reference.currency(&code)) {
            budget.currency = Currency::new(&known.id);
        } else if let Some(said) = said_currency(import)? {
            budget.currency = said;
        }
        Ok(Self {
            before: None,
            budget,
            trusted: id.is_some(),
        })
    }

    /// One that is there, in whose currency amounts are.
    fn there(
        import: &Import,
        before: Arc<Record>,
        budget: Budget,
        trusted: bool,
    ) -> Result<Self, String> {
        match import
            .currency
            .as_ref()
            .filter(|it| **it != budget.currency)
        {
            Some(told) => Err(format!(
                "le budget {} est en {}, et la monnaie choisie est {told}",
                quoted(&budget.title),
                budget.currency
            )),
            None => Ok(Self {
                before: Some(before),
                budget,
                trusted,
            }),
        }
    }
}

/// The currency of a budget that is not there yet: the one chosen, else the only one that all its amounts may be in.
fn said_currency(import: &Import) -> Result<Option<Currency>, String> {
    if let Some(told) = &import.currency {
        return Ok(Some(told.clone()));
    }
    let codes = import.currencies_said(Field::Planned);
    match codes.as_slice() {
        [] => Ok(None),
        [code] => Ok(Some(Currency::new(code))),
        several => Err(format!(
            "ses montants peuvent être en {}\u{a0}: choisissez leur monnaie avec la lecture du tableau",
            several.get(..3).unwrap_or(several).join(", ")
        )),
    }
}

struct Planner<'a> {
    import: &'a Import,
    around: &'a Around<'a>,
    ids: &'a mut Ids,
    known: Known,
    decimals: usize,
    /// Whether identifiers that the table tells are those of this budget.
    trusted: bool,
    before: Option<Arc<Record>>,
    budget: Budget,
    newcomers: Vec<Partner>,
    /// The heading that stands above, in a table that says it once for several rows.
    heading: Option<String>,
    /// Whether the title above is that of the table's income.
    is_income: bool,
    /// The shares that a line had, by funder and year, in their order.
    places: BTreeMap<Id, BTreeMap<(Id, i32), Vec<Id>>>,
    /// Lines and funders made by this table.
    created: Vec<Id>,
    /// How many rows told of a line and a funder so far.
    counted: BTreeMap<(Id, Id), usize>,
}

impl Planner<'_> {
    fn take(&mut self, row: &Row<'_>, beside: &mut Beside) -> Result<Outcome, Refused> {
        match sort_of(row)? {
            Sort::Budget => self.take_budget(row),
            Sort::Partner => self.take_partner(row),
            Sort::Income => self.take_funder(row),
            Sort::Expense => self.take_expense(row, beside),
            Sort::Operation => self.take_operation(row, &mut beside.remarks),
        }
    }

    fn take_budget(&mut self, row: &Row<'_>) -> Result<Outcome, Refused> {
        let mut differences = Differences::default();
        let said = both(row.name(Field::Cell(Column::Label)), rate(row));
        let ((title, rate), ()) = both(said, self.check_currency(row))?;
        if let Some(title) = title
            && differences.lay("titre", &self.budget.title, &title)
        {
            self.budget.title = title;
        }
        if let Some(rate) = rate {
            let before = self.budget.rate.clone().unwrap_or_default();
            let rate = Rate {
                date: rate.date.or(before.date),
                source: rate.source.or(before.source.clone()),
                units: if rate.units.is_empty() || same_rate(&rate.units, &before.units) {
                    before.units.clone()
                } else {
                    rate.units
                },
            };
            if rate != before {
                let units = |rate: &Rate| rate.units.replace('.', ",");
                differences.note("taux", units(&before), units(&rate));
                self.budget.rate = Some(rate);
            }
        }
        let notes = value::lines(row.value(Field::Cell(Column::Notes)));
        differences.lay_text("remarques", &mut self.budget.notes, notes.as_ref());
        let what = self.budget.title.clone();
        Ok(match &self.before {
            None => Outcome::Created { what },
            Some(_) => differences.outcome(what),
        })
    }

    /// A table that says its currency says that of the budget.
    fn check_currency(&self, row: &Row<'_>) -> Result<(), Refused> {
        let Some(code) = row.text(Field::Cell(Column::Currency)) else {
            return Ok(());
        };
        let reason = match self.around.reference.currency(&code) {
            None => format!("devise inconnue {}", value::cited(&code)),
            Some(known) if known.id == self.budget.currency.code() => return Ok(()),
            Some(known) => format!(
                "le budget est en {}, le tableau en {}",
                self.budget.currency, known.id
            ),
        };
        Err(Refused::at(Field::Cell(Column::Currency), reason))
    }

    /// A body that the budget is for.
    fn take_partner(&mut self, row: &Row<'_>) -> Result<Outcome, Refused> {
        let body = self
            .body(row)?
            .ok_or_else(|| Refused::at(Field::Cell(Column::Body), "l’organisme manque"))?;
        let what = self.name_of(body);
        if self.budget.partners.contains(&body) {
            return Ok(Outcome::Unchanged { what });
        }
        self.budget.partners.push(body);
        Ok(Outcome::Created { what })
    }

    /// The body that a row names, by its identifier or by its name.
    fn body(&self, row: &Row<'_>) -> Result<Option<Id>, Refused> {
        let id: Option<Id> = row
            .text(Field::Cell(Column::BodyId))
            .and_then(|id| id.parse().ok());
        if let Some(id) = id.filter(|id| self.around.records.partner(*id).is_some()) {
            return Ok(Some(id));
        }
        let Some(name) = row.text(Field::Cell(Column::Body)) else {
            return match id {
                Some(_) => Err(Refused::at(
                    Field::Cell(Column::BodyId),
                    "l’organisme n’est pas dans cet espace",
                )),
                None => Ok(None),
            };
        };
        match self.known.named(&name) {
            [one] => Ok(Some(*one)),
            [] => Err(Refused::at(
                Field::Cell(Column::Body),
                format!(
                    "organisme inconnu {}\u{a0}: créez d’abord sa fiche",
                    value::cited(&name)
                ),
            )),
            several => Err(Refused::at(
                Field::Cell(Column::Body),
                format!(
                    "{}\u{a0}partenaires s’appellent {}",
                    several.len(),
                    value::cited(&name)
                ),
            )),
        }
    }

    fn name_of(&self, body: Id) -> String {
        let newcomer = || self.newcomers.iter().find(|it| it.id == body);
        let partner = self.around.records.partner(body).or_else(newcomer);
        partner.map_or_else(String::new, |it| it.name.text.clone())
    }

    fn funder_name(&self, funder: &Funder) -> String {
        match funder.partner {
            Some(body) => self.name_of(body),
            None => {
                let ours = self.around.records.authority();
                ours.short_name.as_ref().unwrap_or(&ours.name).text.clone()
            }
        }
    }

    fn said(&self, amount: Amount) -> String {
        self.around.reference.figures(amount, &self.budget.currency)
    }

    /// The years of the table are those of the budget too.
    fn add_years(&mut self) {
        let told = self
            .import
            .columns()
            .iter()
            .filter(|column| column.field == Some(Field::Planned));
        let shared = self
            .budget
            .lines
            .iter()
            .flat_map(|line| &line.shares)
            .map(|share| share.year);
        let mut years: Vec<i32> = told
            .filter_map(|column| column.year)
            .chain(shared)
            .collect();
        years.retain(|year| !self.budget.years.contains(year));
        if !years.is_empty() {
            self.budget.years.extend(years);
            self.budget.years.sort_unstable();
            self.budget.years.dedup();
        }
    }

    /// What is told of the lines that no row is about, be it one that is left out.
    fn remarks(&self, left: &BTreeSet<Id>) -> Vec<String> {
        let is_told = |id: &Id| self.places.contains_key(id) || left.contains(id);
        let lines = self.budget.lines.iter();
        let untold = lines.filter(|line| !is_told(&line.id)).count();
        if self.before.is_none() || untold == 0 {
            return Vec::new();
        }
        let those = count(
            untold,
            "ligne du budget ne figure",
            "lignes du budget ne figurent",
        );
        let stay = match untold {
            1 => "elle reste comme elle est",
            _ => "elles restent comme elles sont",
        };
        vec![format!("{those} pas dans le tableau\u{a0}: {stay}.")]
    }

    fn change(self) -> Option<Change> {
        let label = format!("Importer le budget {}", quoted(&self.budget.title));
        let after = Arc::new(Record::Budget(self.budget));
        let changed = self.before.as_ref() != Some(&after);
        // A table none of whose rows is taken makes no budget.
        let empty = self.before.is_none() && self.created.is_empty();
        if !changed || empty {
            return None;
        }
        let mut edits: Vec<Edit> = self
            .newcomers
            .into_iter()
            .map(|partner| Edit {
                record: RecordId {
                    kind: Kind::Partner,
                    id: partner.id,
                },
                before: None,
                after: Some(Arc::new(Record::Partner(partner))),
            })
            .collect();
        edits.push(Edit {
            record: after.record_id(),
            before: self.before,
            after: Some(after),
        });
        Some(Change {
            label,
            coalescing: None,
            edits,
        })
    }
}

/// The year that somebody told, else the only one that the budget, the titles above the table or the name of the file tell.
fn only_year(import: &Import, budget: &Budget) -> Option<i32> {
    if import.year.is_some() {
        return import.year;
    }
    if let [one] = budget.years.as_slice() {
        return Some(*one);
    }
    let layout = import.layout();
    let above = (0..layout.heads.start).flat_map(|row| import.sheet().grid.values(row));
    let mut years: Vec<i32> = above.flat_map(|value| years_in(&value.shown())).collect();
    years.extend(years_in(&import.name));
    years.sort_unstable();
    years.dedup();
    match years.as_slice() {
        [one] => Some(*one),
        _ => None,
    }
}
