//! Tables of money: what each party commits itself to, and the project's budget in annex. Every figure is a sum of the
//! record's shares; none is typed.

use std::iter;

use crate::model::{Amount, Budget, Certainty, Funder, Slice};
use crate::reference::fill;

use super::desk::Desk;
use super::fields::planned;
use super::inline::{bold, plain};
use super::{Align, Column, Row, Table, money};

/// More years than this do not stand side by side: the total alone is told.
const MOST_YEARS: usize = 4;

/// Each party in cash and in kind, then funders who do not sign, then the whole cost; none before the budget holds a line.
pub(super) fn table(desk: &Desk<'_>) -> Option<Table> {
    let budget = planned(desk)?;
    let sheet = Sheet::new(desk, budget);
    let labels = &desk.labels.commitments;
    let mut rows = Vec::new();

    for party in &desk.convention.parties {
        let Some(funder) = budget.funder(&party.key) else {
            continue;
        };
        let name = desk
            .short_name(party)
            .map_or_else(|| party.key.to_string(), |name| name.text.clone());
        for (label, in_kind) in [(&labels.in_cash, false), (&labels.in_kind, true)] {
            let slice = Slice {
                funder: Some(funder.id),
                in_kind: Some(in_kind),
                ..Slice::default()
            };
            let name = fill(label, &[("party", &name)]);
            rows.extend(sheet.row_unless_empty(name, slice));
        }
    }
    for (certainty, label) in [
        (Certainty::Notified, &labels.notified_funding),
        (Certainty::Expected, &labels.expected_funding),
    ] {
        for funder in desk.co_funders().filter(|it| usual(it) == certainty) {
            let slice = Slice {
                funder: Some(funder.id),
                ..Slice::default()
            };
            let name = format!("{} ({})", name_of(desk, funder), lower(label));
            rows.extend(sheet.row_unless_empty(name, slice));
        }
    }
    let total = sheet.row(labels.total_cost.clone(), Slice::default(), true);
    rows.push(total);
    Some(sheet.table(&labels.caption, &labels.party, &rows))
}

/// A funder who does not sign is never « engagé »: what says so is told as notified.
const fn usual(funder: &Funder) -> Certainty {
    match funder.certainty {
        Certainty::Expected => Certainty::Expected,
        Certainty::Notified | Certainty::Committed => Certainty::Notified,
    }
}

/// « Cofinancements attendus » inside a sentence.
fn lower(label: &str) -> String {
    let mut letters = label.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

/// The budget in annex: expenses by heading, then who pays; nothing before it holds a line.
pub(super) fn budget_tables(desk: &Desk<'_>) -> Vec<Table> {
    let Some(budget) = planned(desk) else {
        return Vec::new();
    };
    let sheet = Sheet::new(desk, budget);
    let labels = &desk.labels.budget;

    let mut expenses = Vec::new();
    let mut headings: Vec<&str> = Vec::new();
    for line in &budget.lines {
        if !headings.contains(&line.heading.as_str()) {
            headings.push(&line.heading);
        }
    }
    for heading in headings {
        let lines: Vec<_> = budget
            .lines
            .iter()
            .filter(|it| it.heading == heading)
            .collect();
        let sum = |lines: &[&crate::model::Line], years: &[i32]| -> Amount {
            lines
                .iter()
                .flat_map(|line| &line.shares)
                .filter(|share| years.is_empty() || years.contains(&share.year))
                .map(|share| share.amount)
                .sum()
        };
        for line in &lines {
            let kind = if line.in_kind {
                format!("{} ({})", line.label, desk.labels.commitments.kind)
            } else {
                line.label.clone()
            };
            let name = format!("{heading} – {kind}");
            let amounts = |years: &[i32]| sum(&[*line], years);
            expenses.push(sheet.row_of(name, amounts, false));
        }
    }
    expenses.push(sheet.row(
        desk.labels.commitments.total_cost.clone(),
        Slice::default(),
        true,
    ));

    let mut income = Vec::new();
    for funder in &budget.funders {
        let slice = Slice {
            funder: Some(funder.id),
            ..Slice::default()
        };
        income.extend(sheet.row_unless_empty(name_of(desk, funder), slice));
    }
    let total = desk.labels.commitments.total.clone();
    income.push(sheet.row(total, Slice::default(), true));

    vec![
        sheet.table(&labels.expenses, &labels.line, &expenses),
        sheet.table(&labels.income, &labels.funder, &income),
    ]
}

/// How the text calls a funder: as the party that it is, by its record, else by its key.
fn name_of(desk: &Desk<'_>, funder: &Funder) -> String {
    let party = desk.convention.party(&funder.key);
    let name = party.and_then(|party| desk.short_name(party)).or_else(|| {
        let partner = desk.records.partner(funder.partner?)?;
        Some(partner.short_name.as_ref().unwrap_or(&partner.name))
    });
    name.map_or_else(|| funder.key.to_string(), |name| name.text.clone())
}

/// A row to be: what it counts, and its amounts, the last of them their total.
struct Counted {
    name: String,
    amounts: Vec<Amount>,
    total: bool,
}

/// Rows of amounts by year, of one budget.
struct Sheet<'a> {
    desk: &'a Desk<'a>,
    budget: &'a Budget,
    years: Vec<i32>,
    exponent: u32,
}

impl<'a> Sheet<'a> {
    fn new(desk: &'a Desk<'a>, budget: &'a Budget) -> Self {
        Self {
            desk,
            budget,
            years: desk.years(),
            exponent: money::exponent(&budget.currency, desk.reference),
        }
    }

    /// Years that have a column.
    fn shown(&self) -> &[i32] {
        match self.years.len() {
            2..=MOST_YEARS => &self.years,
            _ => &[],
        }
    }

    fn row(&self, name: String, slice: Slice<'_>, total: bool) -> Counted {
        let amounts = |years: &[i32]| self.budget.planned(Slice { years, ..slice });
        self.row_of(name, amounts, total)
    }

    fn row_unless_empty(&self, name: String, slice: Slice<'_>) -> Option<Counted> {
        let planned = self.budget.planned(Slice {
            years: &self.years,
            ..slice
        });
        (!planned.is_zero()).then(|| self.row(name, slice, false))
    }

    fn row_of(&self, name: String, amount: impl Fn(&[i32]) -> Amount, total: bool) -> Counted {
        let years = self.shown().iter().map(|year| amount(&[*year]));
        Counted {
            name,
            amounts: years.chain([amount(&self.years)]).collect(),
            total,
        }
    }

    /// A row as it is printed, its total in bold.
    fn printed(&self, row: &Counted, cents: money::Cents) -> Row {
        let figures = |amount: &Amount| {
            let figures = money::figures(*amount, self.exponent, cents, self.desk.labels);
            vec![if row.total {
                bold(figures)
            } else {
                plain(figures)
            }]
        };
        let cells = iter::once(vec![plain(&row.name)]).chain(row.amounts.iter().map(figures));
        Row {
            cells: cells.collect(),
            total: row.total,
            heads: false,
        }
    }

    fn table(&self, caption: &str, first: &str, rows: &[Counted]) -> Table {
        let labels = &self.desk.labels.commitments;
        let unit = self.desk.labels.currencies.get(self.budget.currency.code());
        let unit = unit.map_or(self.budget.currency.code(), |words| words.many.as_str());
        let amounts_in = fill(&labels.amounts_in, &[("currency", unit)]);

        let mut head = vec![vec![plain(first)]];
        head.extend(
            self.shown()
                .iter()
                .map(|year| vec![plain(year.to_string())]),
        );
        head.push(vec![plain(&labels.total)]);
        let mut columns = vec![Column {
            align: Align::Start,
            weight: 5,
        }];
        columns.extend((1..head.len()).map(|_| Column {
            align: Align::End,
            weight: 2,
        }));
        // Figures stand under each other: all have cents as soon as one has.
        let unit = 10_i64.saturating_pow(self.exponent);
        let mut amounts = rows.iter().flat_map(|row| &row.amounts);
        let cents = if amounts.any(|amount| amount.0 % unit != 0) {
            money::Cents::Always
        } else {
            money::Cents::WhereThereAreSome
        };
        let rows = rows.iter().map(|row| self.printed(row, cents));
        Table {
            caption: vec![plain(format!("{caption} ({})", lower(&amounts_in)))],
            columns,
            head,
            rows: rows.collect(),
        }
    }
}
