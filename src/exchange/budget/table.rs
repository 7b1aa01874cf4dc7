//! A budget's rows.

use std::collections::BTreeSet;

use super::{Column, RowKind};
use crate::exchange::sheet::{self, Cell, Decimal, Printed, Row, Sheet, address, letters};
use crate::model::{
    Amount, Budget, Currency, Foreign, Funder, Id, Line, Operation, Rate, Records, Share, Slice,
    Step, fold,
};
use crate::reference::Reference;

/// Yes and no, as cells say them.
const YES: &str = "oui";
const NO: &str = "non";

/// The table of a budget; names of bodies come from `records`, decimals of currencies from `reference`.
#[must_use]
pub fn table(budget: &Budget, records: &Records, reference: &Reference) -> Sheet {
    let mut maker = Maker {
        budget,
        records,
        reference,
        years: years(budget),
        names: names(budget, records),
        rows: Vec::new(),
    };
    maker.about();
    let expenses = maker.expenses();
    maker.incomes(&expenses);
    // What is planned, by year, fits a page; what was done and what codes say is for a screen.
    let printed = Printed {
        columns: maker.place(Column::Total) + 1,
        rows: maker.rows.len(),
    };
    maker.operations();

    Sheet {
        name: "Budget".to_owned(),
        columns: columns(&maker.years),
        frozen: Column::BEFORE_YEARS as u16,
        rows: maker.rows,
        printed: Some(printed),
    }
}

/// The budget's years, and those in which something is shared all the same.
fn years(budget: &Budget) -> Vec<i32> {
    let shared = budget.lines.iter().flat_map(|line| &line.shares);
    let all: BTreeSet<i32> = shared
        .map(|share| share.year)
        .chain(budget.years.iter().copied())
        .collect();
    all.into_iter().collect()
}

/// How each funder is called; by its key where another bears the same name, or has it for a key.
fn names(budget: &Budget, records: &Records) -> Vec<String> {
    let ours = records.authority();
    let called = |funder: &Funder| {
        let (short, name) = match funder.partner {
            None => (ours.short_name.as_ref(), &ours.name),
            Some(id) => match records.partner(id) {
                Some(partner) => (partner.short_name.as_ref(), &partner.name),
                None => return String::new(),
            },
        };
        let text = &short.unwrap_or(name).text;
        text.split_whitespace().collect::<Vec<_>>().join(" ")
    };
    let all: Vec<String> = budget.funders.iter().map(called).collect();
    let named = budget.funders.iter().zip(&all);
    let clear = named.clone().map(|(funder, name)| {
        let is_other = |(other, its): (&Funder, &String)| {
            other.id != funder.id
                && (fold(its) == fold(name) || fold(other.key.as_str()) == fold(name))
        };
        if name.is_empty() || named.clone().any(is_other) {
            funder.key.to_string()
        } else {
            name.clone()
        }
    });
    clear.collect()
}

fn columns(years: &[i32]) -> Vec<sheet::Column> {
    let (before, after) = Column::ALL.split_at(Column::BEFORE_YEARS);
    let named = |column: &Column| sheet::Column {
        title: column.title().to_owned(),
        width: column.width(),
        hidden: column.is_technical(),
    };
    let of_year = |year: &i32| sheet::Column {
        title: year.to_string(),
        width: 14,
        hidden: false,
    };
    let before = before.iter().map(named);
    before
        .chain(years.iter().map(of_year))
        .chain(after.iter().map(named))
        .collect()
}

struct Maker<'a> {
    budget: &'a Budget,
    records: &'a Records,
    reference: &'a Reference,
    years: Vec<i32>,
    /// How each funder is called.
    names: Vec<String>,
    rows: Vec<Row>,
}

/// The places of the rows of expenses among all, the head being row 0.
type Stretch = std::ops::Range<usize>;

impl Maker<'_> {
    /// Where a column stands.
    fn place(&self, column: Column) -> usize {
        let place = column as usize;
        if place < Column::BEFORE_YEARS {
            place
        } else {
            place + self.years.len()
        }
    }

    fn row(&self, kind: RowKind) -> Row {
        let mut row = Row {
            cells: vec![Cell::Empty; Column::ALL.len() + self.years.len()],
            total: kind == RowKind::Total,
        };
        self.set(&mut row, Column::Row, Cell::text(kind.title()));
        row
    }

    fn set(&self, row: &mut Row, column: Column, cell: Cell) {
        if let Some(place) = row.cells.get_mut(self.place(column)) {
            *place = cell;
        }
    }

    fn set_text(&self, row: &mut Row, column: Column, text: Option<&str>) {
        self.set(row, column, Cell::text(text.unwrap_or_default()));
    }

    fn set_year(&self, row: &mut Row, rank: usize, cell: Cell) {
        if let Some(place) = row.cells.get_mut(Column::BEFORE_YEARS + rank) {
            *place = cell;
        }
    }

    fn called(&self, funder: Id) -> Option<&str> {
        let rank = self.budget.funders.iter().position(|it| it.id == funder)?;
        self.names.get(rank).map(String::as_str)
    }

    /// The place that the next row takes, the head being row 0.
    fn next(&self) -> usize {
        self.rows.len() + 1
    }

    fn money(&self, amount: Amount, currency: &Currency) -> Decimal {
        let decimals = self
            .reference
            .currency(currency.code())
            .map_or(2, |known| known.exponent);
        Decimal { amount, decimals }
    }

    fn ours(&self, amount: Amount) -> Decimal {
        self.money(amount, &self.budget.currency)
    }

    fn set_body(&self, row: &mut Row, body: Option<Id>) {
        let Some(id) = body else { return };
        let name = self.records.partner(id).map(|it| it.name.text.as_str());
        self.set_text(row, Column::Body, name);
        self.set(row, Column::BodyId, Cell::text(id.to_string()));
    }

    /// The budget and the bodies that it is for.
    fn about(&mut self) {
        let Budget {
            id,
            title,
            currency,
            rate,
            notes,
            partners,
            years: _,
            funders: _,
            lines: _,
            pieces: _,
            snoozed: _,
        } = self.budget;
        let mut row = self.row(RowKind::Budget);
        self.set(&mut row, Column::Label, Cell::text(title));
        self.set(&mut row, Column::Currency, Cell::text(currency.code()));
        if let Some(Rate {
            units,
            date,
            source,
        }) = rate
        {
            let units = Some(units).filter(|it| !it.is_empty());
            let units = units.map_or(Cell::Empty, |it| Cell::Number(it.clone()));
            self.set(&mut row, Column::Rate, units);
            let date = date.map_or(Cell::Empty, Cell::Date);
            self.set(&mut row, Column::RateDate, date);
            self.set_text(&mut row, Column::RateSource, source.as_deref());
        }
        self.set_text(&mut row, Column::Notes, notes.as_deref());
        self.set(&mut row, Column::Id, Cell::text(id.to_string()));
        self.rows.push(row);

        for partner in partners {
            let mut row = self.row(RowKind::Partner);
            self.set_body(&mut row, Some(*partner));
            self.rows.push(row);
        }
    }

    fn expenses(&mut self) -> Stretch {
        let first = self.next();
        for line in &self.budget.lines {
            for (rank, (funder, shares)) in by_funder(line).into_iter().enumerate() {
                let row = self.expense(line, funder, &shares, rank == 0);
                self.rows.push(row);
            }
        }
        let stretch = first..self.next();

        let whole = self.total("Total des dépenses", &stretch, Slice::default());
        self.rows.push(whole);
        let in_kind = Slice {
            in_kind: Some(true),
            ..Slice::default()
        };
        let in_kind = self.total("dont apports en nature", &stretch, in_kind);
        self.rows.push(in_kind);
        stretch
    }

    fn expense(&self, line: &Line, funder: Option<Id>, shares: &[&Share], first: bool) -> Row {
        let Line {
            id,
            heading,
            label,
            section,
            in_kind,
            scheme,
            service_budget,
            function,
            account,
            purpose,
            aid_type,
            channel,
            beneficiary,
            foreign,
            shares: _,
            operations: _,
        } = line;
        let mut row = self.row(RowKind::Expense);
        self.set(&mut row, Column::Heading, Cell::text(heading));
        self.set(&mut row, Column::Label, Cell::text(label));
        self.set(&mut row, Column::Section, Cell::text(section.label()));
        let in_kind = if *in_kind { YES } else { NO };
        self.set(&mut row, Column::InKind, Cell::text(in_kind));
        let scheme = scheme.as_ref().map(|slug| {
            let known = self.reference.scheme(slug);
            known.map_or_else(|| slug.clone(), |it| it.label.clone())
        });
        for (column, code) in [
            (Column::Scheme, &scheme),
            (Column::ServiceBudget, service_budget),
            (Column::Function, function),
            (Column::Account, account),
            (Column::Purpose, purpose),
            (Column::AidType, aid_type),
            (Column::Channel, channel),
        ] {
            self.set_text(&mut row, column, code.as_deref());
        }
        self.set_body(&mut row, *beneficiary);
        if let (Some(foreign), true) = (foreign, first) {
            self.set_foreign(&mut row, foreign);
        }
        self.set(&mut row, Column::Id, Cell::text(id.to_string()));
        if let Some(funder) = funder {
            self.set_text(&mut row, Column::Funder, self.called(funder));
            self.set(&mut row, Column::FunderId, Cell::text(funder.to_string()));
        }

        for share in shares {
            if let Ok(rank) = self.years.binary_search(&share.year) {
                let amount = Cell::Money(self.ours(share.amount));
                self.set_year(&mut row, rank, amount);
            }
        }
        let total = shares.iter().map(|share| share.amount).sum();
        self.set_row_total(&mut row, self.next(), total);
        row
    }

    fn set_foreign(&self, row: &mut Row, foreign: &Foreign) {
        let Foreign {
            amount,
            currency,
            rate,
            date,
            source,
        } = foreign;
        let amount = Cell::Money(self.money(*amount, currency));
        self.set(row, Column::ForeignAmount, amount);
        self.set(row, Column::Currency, Cell::text(currency.code()));
        self.set(row, Column::Rate, Cell::Number(rate.clone()));
        self.set(row, Column::RateDate, date.map_or(Cell::Empty, Cell::Date));
        self.set_text(row, Column::RateSource, source.as_deref());
    }

    /// The sum of a row's years, in its own column.
    fn set_row_total(&self, row: &mut Row, line: usize, value: Amount) {
        let value = self.ours(value);
        let cell = match self.years.len().checked_sub(1) {
            None => Cell::Money(value),
            Some(last) => Cell::Sum {
                value,
                formula: format!(
                    "SUM({}:{})",
                    address(line, Column::BEFORE_YEARS),
                    address(line, Column::BEFORE_YEARS + last)
                ),
            },
        };
        self.set(row, Column::Total, cell);
    }

    /// A row of sums by year over those rows: of all of them, in kind alone, or those of one funder.
    fn total(&self, label: &str, over: &Stretch, slice: Slice<'_>) -> Row {
        let mut row = self.row(RowKind::Total);
        self.set(&mut row, Column::Label, Cell::text(label));
        self.set_sums(&mut row, over, slice);
        row
    }

    fn set_sums(&self, row: &mut Row, over: &Stretch, slice: Slice<'_>) {
        let years: Vec<(usize, i32)> = self.years.iter().copied().enumerate().collect();
        for (rank, year) in years {
            let years = [year];
            let planned = self.budget.planned(Slice {
                years: &years,
                ..slice
            });
            let value = self.ours(planned);
            let cell = if over.is_empty() {
                Cell::Money(value)
            } else {
                let formula = self.sum_of(Column::BEFORE_YEARS + rank, over, slice);
                Cell::Sum { value, formula }
            };
            self.set_year(row, rank, cell);
        }
        self.set_row_total(row, self.next(), self.budget.planned(slice));
    }

    fn sum_of(&self, column: usize, over: &Stretch, slice: Slice<'_>) -> String {
        let range = |column| fixed_range(column, over);
        let sums = range(column);
        match (slice.funder, slice.in_kind) {
            (Some(funder), _) => {
                let funders = range(self.place(Column::FunderId));
                format!("SUMIF({funders},\"{funder}\",{sums})")
            }
            (None, Some(_)) => {
                let kinds = range(self.place(Column::InKind));
                format!("SUMIF({kinds},\"{YES}\",{sums})")
            }
            (None, None) => format!("SUM({sums})"),
        }
    }

    fn incomes(&mut self, expenses: &Stretch) {
        let first = self.next();
        for funder in &self.budget.funders {
            let row = self.income(funder, expenses);
            self.rows.push(row);
        }
        let incomes = first..self.next();

        let mut row = self.row(RowKind::Total);
        self.set(&mut row, Column::Label, Cell::text("Total des recettes"));
        let known: Vec<Id> = self.budget.funders.iter().map(|it| it.id).collect();
        let brought = |years: &[i32]| -> Amount {
            let by = known.iter().map(|funder| {
                self.budget.planned(Slice {
                    years,
                    funder: Some(*funder),
                    in_kind: None,
                })
            });
            by.sum()
        };
        for (rank, year) in self.years.iter().enumerate() {
            let value = self.ours(brought(&[*year]));
            let cell = if incomes.is_empty() {
                Cell::Money(value)
            } else {
                let sums = fixed_range(Column::BEFORE_YEARS + rank, &incomes);
                let formula = format!("SUM({sums})");
                Cell::Sum { value, formula }
            };
            self.set_year(&mut row, rank, cell);
        }
        self.set_row_total(&mut row, self.next(), brought(&[]));
        self.rows.push(row);
    }

    fn income(&self, funder: &Funder, expenses: &Stretch) -> Row {
        let Funder {
            id,
            key,
            partner,
            certainty,
            call,
            rule,
            operations: _,
        } = funder;
        let mut row = self.row(RowKind::Income);
        self.set_text(&mut row, Column::Funder, self.called(*id));
        self.set(&mut row, Column::FunderKey, Cell::text(key.as_str()));
        self.set(&mut row, Column::Certainty, Cell::text(certainty.label()));
        self.set_text(&mut row, Column::Call, call.as_deref());
        let rule = rule.as_deref().map(|slug| {
            let known = self.reference.funding_rule(slug);
            known.map_or(slug, |it| it.label.as_str())
        });
        self.set_text(&mut row, Column::Rule, rule);
        self.set(&mut row, Column::Id, Cell::text(id.to_string()));
        match partner {
            Some(_) => self.set_body(&mut row, *partner),
            None => {
                let ours = &self.records.authority().name.text;
                self.set(&mut row, Column::Body, Cell::text(ours));
            }
        }
        let slice = Slice {
            funder: Some(*id),
            ..Slice::default()
        };
        self.set_sums(&mut row, expenses, slice);
        row
    }

    fn operations(&mut self) {
        let first = self.next();
        for line in &self.budget.lines {
            for operation in &line.operations {
                let mut row = self.operation(operation, line.id);
                self.set(&mut row, Column::Heading, Cell::text(&line.heading));
                self.set(&mut row, Column::Label, Cell::text(&line.label));
                self.rows.push(row);
            }
        }
        for funder in &self.budget.funders {
            for operation in &funder.operations {
                let mut row = self.operation(operation, funder.id);
                self.set_text(&mut row, Column::Funder, self.called(funder.id));
                self.rows.push(row);
            }
        }
        let operations = first..self.next();

        let done: Vec<Step> = Step::ALL
            .into_iter()
            .filter(|step| self.is_ever(*step))
            .collect();
        for step in done {
            let row = self.total_done(step, &operations);
            self.rows.push(row);
        }
    }

    fn is_ever(&self, step: Step) -> bool {
        let of_lines = self.budget.lines.iter().flat_map(|it| &it.operations);
        let of_funders = self.budget.funders.iter().flat_map(|it| &it.operations);
        of_lines
            .chain(of_funders)
            .any(|operation| operation.step == step)
    }

    fn operation(&self, operation: &Operation, parent: Id) -> Row {
        let Operation {
            id,
            step,
            year,
            amount,
            date,
            expected,
            reference,
            object,
            condition,
            piece,
            lump,
        } = operation;
        let said = |yes: bool| Cell::text(if yes { YES } else { NO });
        let mut row = self.row(RowKind::Operation);
        self.set(&mut row, Column::Step, Cell::text(step.label()));
        self.set(&mut row, Column::Year, Cell::Whole(i64::from(*year)));
        self.set(&mut row, Column::Amount, Cell::Money(self.ours(*amount)));
        self.set(&mut row, Column::Date, date.map_or(Cell::Empty, Cell::Date));
        self.set(&mut row, Column::Expected, said(*expected));
        self.set(&mut row, Column::Lump, said(*lump));
        self.set_text(&mut row, Column::Reference, reference.as_deref());
        self.set_text(&mut row, Column::OperationObject, object.as_deref());
        self.set_text(&mut row, Column::Condition, condition.as_deref());
        let piece = piece.as_ref().map(|piece| piece.title.as_str());
        self.set_text(&mut row, Column::Piece, piece);
        self.set(&mut row, Column::Id, Cell::text(id.to_string()));
        self.set(&mut row, Column::Parent, Cell::text(parent.to_string()));
        row
    }

    fn total_done(&self, step: Step, over: &Stretch) -> Row {
        let range = |column| fixed_range(self.place(column), over);
        let mut row = self.row(RowKind::Total);
        // Expected ones stand above it too, and are not counted.
        let label = format!("Total {}, hors prévisions", step.label().to_lowercase());
        self.set(&mut row, Column::Label, Cell::text(label));
        let sum = Cell::Sum {
            value: self.ours(self.budget.done(step, &[])),
            formula: format!(
                "SUMIFS({},{},\"{}\",{},\"{NO}\")",
                range(Column::Amount),
                range(Column::Step),
                step.label(),
                range(Column::Expected)
            ),
        };
        self.set(&mut row, Column::Amount, sum);
        row
    }
}

/// A line's shares by funder, in the order of their first: each row holds one share a year. A line without share has
/// one row, of nobody.
fn by_funder(line: &Line) -> Vec<(Option<Id>, Vec<&Share>)> {
    let mut rows: Vec<(Option<Id>, Vec<&Share>)> = Vec::new();
    for share in &line.shares {
        let free = rows.iter_mut().find(|(funder, taken)| {
            *funder == Some(share.funder) && taken.iter().all(|it| it.year != share.year)
        });
        match free {
            Some((_, shares)) => shares.push(share),
            None => rows.push((Some(share.funder), vec![share])),
        }
    }
    if rows.is_empty() {
        rows.push((None, Vec::new()));
    }
    rows
}

/// `$E$3:$E$9`.
fn fixed_range(column: usize, rows: &Stretch) -> String {
    let letters = letters(column);
    format!("${letters}${}:${letters}${}", rows.start + 1, rows.end)
}
