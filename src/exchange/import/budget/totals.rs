//! The totals that a table says, beside what its lines come to: by them one sees that a line was lost. They are told, and
//! nothing is taken of them.

use crate::exchange::budget::Column;
use crate::exchange::import::{Column as Told, Field, Import};
use crate::exchange::table::Aside;
use crate::model::{Amount, Currency, fold, quoted};
use crate::reference::Reference;

/// A table, and the currency of its budget.
pub(super) struct Totals<'a> {
    import: &'a Import,
    reference: &'a Reference,
    currency: &'a Currency,
    decimals: usize,
    /// The columns of amounts, and those of their totals.
    summed: Vec<usize>,
}

impl<'a> Totals<'a> {
    /// Of a table that is not ours: ours has its totals made by the spreadsheet.
    pub(super) fn of(
        import: &'a Import,
        reference: &'a Reference,
        currency: &'a Currency,
    ) -> Option<Self> {
        if import.column_of(Field::Cell(Column::Row)).is_some() {
            return None;
        }
        let columns = import.columns().iter().enumerate();
        let is_summed = |field| matches!(field, Some(Field::Planned | Field::Cell(Column::Total)));
        let summed = columns
            .filter(|(_, column)| is_summed(column.field))
            .map(|(place, _)| place)
            .collect();
        Some(Self {
            import,
            reference,
            currency,
            decimals: reference.decimals_of(currency),
            summed,
        })
    }

    /// The rows of totals that say something else than the lines above them: all of them, or those since any total before.
    pub(super) fn beside_lines(&self) -> Vec<String> {
        let layout = self.import.layout();
        let totals = layout.aside.iter().filter(|(_, why)| *why == Aside::Total);
        let mut rows: Vec<(usize, bool)> = totals.map(|(row, _)| (*row, true)).collect();
        rows.extend(layout.rows.iter().map(|row| (*row, false)));
        rows.sort_unstable();

        let mut said = Vec::new();
        for column in &self.summed {
            let (mut all, mut lines, mut unread) = (Amount::ZERO, 0, 0);
            // What the lines came to at each total so far.
            let mut before = vec![Amount::ZERO];
            for (row, is_total) in &rows {
                let told = match self.read(*row, *column) {
                    Ok(Some(told)) => told,
                    Ok(None) => continue,
                    Err(_) => {
                        unread += usize::from(!is_total);
                        continue;
                    }
                };
                if !is_total {
                    (all, lines) = (all + told, lines + 1);
                    continue;
                }
                // Lines that are rounded one by one may differ by a cent each.
                let far = |sum: &Amount| (sum.0 - told.0).abs();
                let sums = before.iter().map(|before| all - *before);
                let nearest = sums.min_by_key(far).filter(|sum| far(sum) > lines);
                if let Some(sum) = nearest {
                    let head = self.import.columns().get(*column);
                    said.push(format!(
                        "Ligne {}, {}\u{a0}: le total dit {}, et les lignes font {}. {}",
                        self.import.sheet().grid.line(*row),
                        quoted(head.map_or("", |it| it.head.as_str())),
                        self.said(told),
                        self.said(sum),
                        missing(unread)
                    ));
                }
                before.push(all);
            }
        }
        said
    }

    /// What a row says that it comes to, where its years come to something else.
    pub(super) fn beside_years(&self, row: usize) -> Option<String> {
        let columns = self.import.columns().iter().enumerate();
        let mut totals =
            columns.filter(|(_, column)| column.field == Some(Field::Cell(Column::Total)));
        totals.find_map(|(place, column)| {
            let planned = self.import.columns().iter().enumerate();
            let planned = planned.filter(|(_, it)| {
                let of_year = column.year.is_none() || it.year == column.year;
                it.field == Some(Field::Planned) && of_year
            });
            // « Total MEAE » is that of one funder.
            let is_of = |it: &Told| {
                let payers = it.payer().zip(column.payer());
                payers.is_some_and(|(one, other)| fold(one) == fold(other))
            };
            let is_of_one = planned.clone().any(|(_, it)| is_of(it));
            let amounts: Vec<Amount> = planned
                .filter(|(_, it)| !is_of_one || is_of(it))
                .filter_map(|(column, _)| self.amount(row, column))
                .collect();
            let told = self.amount(row, place)?;
            let sum: Amount = amounts.iter().copied().sum();
            let is_near = (sum.0 - told.0).abs() <= amounts.len() as i64;
            (!amounts.is_empty() && !is_near).then(|| {
                format!(
                    "{} dit {}, et ses montants font {}",
                    quoted(&column.head),
                    self.said(told),
                    self.said(sum)
                )
            })
        })
    }

    fn amount(&self, row: usize, column: usize) -> Option<Amount> {
        self.read(row, column).ok().flatten()
    }

    fn read(&self, row: usize, column: usize) -> Result<Option<Amount>, String> {
        let money = (self.currency, self.decimals);
        let read = self.import.amount(row, column, money)?;
        Ok(read.map(|read| read.value))
    }

    fn said(&self, amount: Amount) -> String {
        self.reference.amount(amount, self.currency)
    }
}

/// Why lines may come to less than their total.
fn missing(unread: usize) -> String {
    match unread {
        0 => "Une ligne manque peut-être.".to_owned(),
        1 => "Un montant, qui ne se lit pas, n’y compte pas.".to_owned(),
        several => format!("{several} montants, qui ne se lisent pas, n’y comptent pas."),
    }
}
