//! What a row of finance's export says was done.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use crate::exchange::budget::Column;
use crate::exchange::import::{Field, Import, Refused, Row, both, said_day};
use crate::exchange::table::value::cited;
use crate::model::{Amount, Currency, Step, fold};

/// What a row says was done.
pub(super) struct Told {
    pub(super) step: Step,
    /// The number of what was done: of the mandate, or of the engagement.
    pub(super) number: Option<String>,
    /// The number of the engagement that a mandate pays.
    pub(super) engagement: Option<String>,
    pub(super) date: Option<NaiveDate>,
    pub(super) third_party: Option<String>,
    pub(super) object: Option<String>,
    pub(super) amount: Amount,
    pub(super) account: Option<String>,
    /// The budget, general or of a service, that pays.
    pub(super) service: Option<String>,
    pub(super) year: i32,
}

/// The engagements that a table has rows for.
pub(super) fn engaged(import: &Import) -> BTreeSet<(String, i32)> {
    let engagement = |row: Row<'_>| {
        let number = row.text(Field::Commitment)?;
        let is_one = row.text(Field::Mandate).is_none();
        let told = read(&row, &mut Vec::new()).ok().filter(|_| is_one)?;
        Some((bare(&number), told.year))
    };
    import.rows().filter_map(engagement).collect()
}

pub(super) fn read(row: &Row<'_>, remarks: &mut Vec<String>) -> Result<Told, Refused> {
    // What is received is told by funder, in the budget.
    if let Some(said) = row.text(Field::Sense).filter(|said| is_income(said)) {
        return Err(Refused::at(
            Field::Sense,
            format!(
                "{} est une recette\u{a0}: elle se saisit dans le budget, au bailleur qui la verse",
                cited(&said)
            ),
        ));
    }
    let (engagement, mandate) = (row.text(Field::Commitment), row.text(Field::Mandate));
    let step = if mandate.is_some() {
        Step::Ordered
    } else {
        Step::Committed
    };
    let euros = (&Currency::euro(), 2);
    let amounts = both(
        row.amount(Field::Ordered, euros, remarks),
        row.amount(Field::Cell(Column::Amount), euros, remarks),
    );
    let amount = amounts.and_then(|(ordered, said)| {
        let amount = match step {
            Step::Ordered => ordered.or(said),
            _ => said.or(ordered),
        };
        match amount {
            None => Err("le montant manque"),
            Some(amount) if amount.is_zero() => Err("le montant est nul"),
            Some(amount) => Ok(amount),
        }
        .map_err(|reason| Refused::at(Field::Cell(Column::Amount), reason))
    });
    let when = row.day_and_year().and_then(|(date, year)| {
        let missing = || {
            let field = Field::Cell(Column::Date);
            Refused::at(field, "ni la date ni l’exercice ne sont dits")
        };
        Ok((date, year.ok_or_else(missing)?))
    });
    let (amount, (date, year)) = both(amount, when)?;
    if let Some(date) = date.filter(|date| !is_of(*date, year)) {
        let date = said_day(Some(date));
        remarks.push(format!("le {date} n’est pas de l’exercice {year}"));
    }
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

/// Whether a row is income: « Titre », « Recette », « R ».
fn is_income(said: &str) -> bool {
    let folded = fold(said);
    let first = folded.split(' ').next().unwrap_or_default();
    ["titre", "titres", "recette", "recettes", "r", "produit"].contains(&first)
}

/// Whether a day is of a financial year: what is done in it is still ordered in the January after.
fn is_of(day: NaiveDate, year: i32) -> bool {
    day.year() == year || (day.year() == year + 1 && day.month() == 1)
}

/// Whether two numbers or names are one, where both are said.
pub(super) fn agree(one: Option<&String>, other: Option<&String>) -> bool {
    one.zip(other)
        .is_none_or(|(one, other)| bare(one) == bare(other))
}

/// A number without what offices put around it: « E-0012 » and « e 12 » are one.
pub(super) fn bare(number: &str) -> String {
    let words = fold(number).replace(' ', "");
    let (letters, figures) = match words.find(|c: char| c.is_ascii_digit()) {
        Some(first) => words.split_at(first),
        None => (words.as_str(), ""),
    };
    format!("{letters}{}", figures.trim_start_matches('0'))
}
