//! What all budgets add up to, as a table: one row a thing and a year, then the total.

use super::sheet::{Cell, Column, Decimal, Row, Sheet};
use crate::ledger::{Dimension, Ledger, Sums, charts, name};
use crate::model::Records;
use crate::reference::Reference;

/// The table of a ledger, rows in the order of the screen.
#[must_use]
pub fn table(ledger: &Ledger, records: &Records, reference: &Reference) -> Sheet {
    let wish = &ledger.wish;
    let by_year = wish.dimension != Dimension::Year;
    let column = |title: &str, width| Column {
        title: title.to_owned(),
        width,
        hidden: false,
    };
    let mut columns = vec![column(wish.dimension.label(), 34)];
    if by_year {
        columns.push(column(Dimension::Year.label(), 9));
    }
    columns.extend(
        wish.dimension
            .measures()
            .iter()
            .map(|it| column(it.label(), 15)),
    );

    let decimals = u8::try_from(reference.decimals_of(&wish.currency)).unwrap_or(2);
    let amounts = |sums: &Sums| -> Vec<Cell> {
        let measures = wish.dimension.measures().iter();
        let amount = |measure| Decimal {
            amount: sums.of(measure),
            decimals,
        };
        measures.map(|it| Cell::Money(amount(*it))).collect()
    };

    let mut rows = Vec::new();
    for (key, _) in charts::in_order(ledger) {
        for year in ledger.years() {
            let sums = ledger.at(key, year);
            if sums.is_empty() {
                continue;
            }
            let mut cells = vec![Cell::text(name(key, records, reference))];
            if by_year {
                cells.push(Cell::Whole(i64::from(year)));
            }
            cells.extend(amounts(&sums));
            rows.push(Row {
                cells,
                total: false,
            });
        }
    }
    let mut cells = vec![Cell::text("Total")];
    if by_year {
        cells.push(Cell::Empty);
    }
    cells.extend(amounts(&ledger.total()));
    rows.push(Row { cells, total: true });
    Sheet {
        name: "Consolidé".to_owned(),
        columns,
        frozen: 1,
        rows,
    }
}
