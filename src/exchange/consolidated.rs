//! What all budgets add up to, as a table: one row a thing and a year, then the total.

use super::sheet::{Cell, Column, Decimal, Row, Sheet, address};
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
    let first = columns.len();
    let measures = wish.dimension.measures();
    columns.extend(measures.iter().map(|it| {
        let head = format!("{} ({})", it.label(), wish.currency);
        column(&head, 17)
    }));

    let decimals = u8::try_from(reference.decimals_of(&wish.currency)).unwrap_or(2);
    let amount = |sums: &Sums, measure| Decimal {
        amount: sums.of(measure),
        decimals,
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
            let amounts = measures.iter().map(|it| Cell::Money(amount(&sums, *it)));
            cells.extend(amounts);
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
    let total = ledger.total();
    cells.extend((first..).zip(measures).map(|(place, measure)| {
        let value = amount(&total, *measure);
        match rows.len() {
            0 => Cell::Money(value),
            last => Cell::Sum {
                value,
                formula: format!("SUM({}:{})", address(1, place), address(last, place)),
            },
        }
    }));
    rows.push(Row { cells, total: true });
    Sheet {
        name: "Consolidé".to_owned(),
        columns,
        frozen: 1,
        rows,
        printed: None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::ledger::{Wish, add_up};

    #[test]
    fn its_totals_are_sums_of_what_stands_above_them_in_every_dimension() {
        let (records, reference) = (demo::records(), Reference::shipped());
        for dimension in Dimension::ALL {
            let ledger = add_up(&records, reference, &Wish::by(dimension));
            let sheet = table(&ledger, &records, reference);
            let (total, rows) = sheet.rows.split_last().unwrap();
            assert!(rows.len() > 1, "{dimension:?}");
            for (place, cell) in total.cells.iter().enumerate() {
                let Cell::Sum { value, formula } = cell else {
                    continue;
                };
                let amounts = rows.iter().filter_map(|row| match row.cells.get(place) {
                    Some(Cell::Money(it)) => Some(it.amount),
                    _ => None,
                });
                assert_eq!(value.amount, amounts.sum(), "{dimension:?} {formula}");
                let (first, last) = (address(1, place), address(rows.len(), place));
                assert_eq!(*formula, format!("SUM({first}:{last})"));
            }
            assert!(matches!(total.cells.last(), Some(Cell::Sum { .. })));
        }
    }
}
