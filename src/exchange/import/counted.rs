//! In what the amounts of a table are counted: by units or by thousands, in which currency; what is told of it, and each
//! amount read so.

use super::{Column, Field, Import, Kind, Unit};
use crate::exchange::table::value::{Read, amount, cited, mark_of};
use crate::model::{Amount, Currency, quoted};

impl Import {
    /// The columns of amounts that say in what they are counted.
    pub(super) fn counted(&self) -> impl Iterator<Item = (&Column, &Unit)> {
        let columns = self.columns.iter();
        let of_amounts = columns.filter(|it| it.field.is_some_and(Field::is_amount));
        of_amounts.filter_map(|column| Some((column, column.unit.as_ref()?)))
    }

    /// Columns whose amounts are so many thousands.
    pub(super) fn by_thousands(&self) -> impl Iterator<Item = String> + '_ {
        let those = self.counted().filter(|(_, unit)| unit.power > 0);
        those.map(|(column, unit)| {
            let read = match unit.power {
                3 => "12,5 y est lu 12\u{202f}500",
                _ => "1,25 y est lu 1\u{202f}250\u{202f}000",
            };
            format!(
                "La colonne {} compte {}\u{a0}: {read}.",
                quoted(&column.head),
                unit.said()
            )
        })
    }

    /// Columns whose currency is to be chosen, in sentences.
    pub fn in_which_currency(&self) -> impl Iterator<Item = String> + '_ {
        let is_chosen = |unit: &Unit| {
            self.currency
                .as_ref()
                .is_some_and(|it| unit.allows(it.code()))
        };
        let those = self.counted().filter(move |(_, unit)| {
            self.kind != Kind::Done && unit.codes.len() > 1 && !is_chosen(unit)
        });
        those.map(|(column, unit)| {
            format!(
                "Les montants de la colonne {} peuvent être {}\u{a0}: choisissez leur monnaie.",
                quoted(&column.head),
                Unit {
                    power: 0,
                    ..unit.clone()
                }
                .said()
            )
        })
    }

    /// The currencies that amounts of those fields say, each cell or its head: those that every one of them may be in.
    pub(super) fn currencies_said(&self, field: Field) -> Vec<String> {
        let columns = self.columns.iter().enumerate();
        let columns = columns.filter(|(_, column)| column.field == Some(field));
        let mut said: Option<Vec<String>> = None;
        let mut hear = |codes: &[String]| match &mut said {
            None => said = Some(codes.to_vec()),
            Some(those) => those.retain(|code| codes.contains(code)),
        };
        for (place, column) in columns {
            if let Some(unit) = column.unit.as_ref().filter(|it| !it.codes.is_empty()) {
                hear(&unit.codes);
            }
            for row in &self.layout.rows {
                if let Some(mark) = mark_of(self.value(*row, place)) {
                    hear(&mark.codes);
                }
            }
        }
        said.unwrap_or_default()
    }

    /// An amount, in that currency of so many decimals. Its cell says its unit, else the head of its column.
    pub(super) fn amount(
        &self,
        row: usize,
        place: usize,
        (currency, decimals): (&Currency, usize),
    ) -> Result<Option<Read<Amount>>, String> {
        let value = self.value(row, place);
        if value.is_empty() {
            return Ok(None);
        }
        let code = currency.code();
        let column = self.columns.get(place);
        let head = || quoted(column.map_or("", |it| it.head.as_str()));
        let unit = column.and_then(|it| it.unit.as_ref());
        let own = mark_of(value);
        let power = match (&own, unit) {
            (Some(own), _) if !own.allows(code) => {
                return Err(format!("{} n’est pas en {code}", cited(&value.shown())));
            }
            (None, Some(unit)) if !unit.allows(code) => {
                return Err(format!("la colonne {} n’est pas en {code}", head()));
            }
            (Some(own), Some(unit)) if ![0, own.power].contains(&unit.power) => {
                return Err(format!(
                    "{} et le titre de sa colonne, {}, ne disent pas la même unité",
                    cited(&value.shown()),
                    head()
                ));
            }
            (None, Some(unit)) => unit.power,
            _ => 0,
        };
        amount(value, decimals + power)
    }
}
