//! Columns that hold amounts and that nothing is taken of: an amount that is lost without a word is found too late.

use crate::exchange::budget::Column as Cell;
use crate::exchange::import::column::{is_income, was_done};
use crate::exchange::import::{Column, Field, Import};
use crate::exchange::table::value::{Read, amount};
use crate::model::{Amount, fold, quoted};

/// How many rows tell whether a column holds amounts.
const LOOKED_AT: usize = 200;

/// What is to be known before any row is looked at, in sentences.
pub fn remarks(import: &Import) -> Vec<String> {
    let columns = import.columns();
    let holds = |field| columns.iter().any(|it| it.field == Some(field));
    // Our own table has columns that are not read, and says what it is.
    if holds(Field::Cell(Cell::Row)) {
        return Vec::new();
    }
    let mut said = Vec::new();
    if !holds(Field::Planned) {
        said.push(
            "Aucune colonne de montants n’est lue\u{a0}: dites laquelle donne le montant prévu, ou la part d’un financeur."
                .to_owned(),
        );
    }
    let (mut done, mut income, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for (place, column) in columns.iter().enumerate() {
        let head = fold(&column.head);
        if column.field.is_some() || !holds_amounts(import, place, column) {
        } else if is_income(&head) {
            income.push(quoted(&column.head));
        } else if was_done(&head) {
            done.push(quoted(&column.head));
        } else {
            others.push(quoted(&column.head));
        }
    }
    for (heads, why) in [
        (
            income,
            "la recette d’un financeur est la somme de ses parts",
        ),
        (
            done,
            "ce qui est engagé, payé ou reçu s’importe comme «\u{a0}Réalisations\u{a0}»",
        ),
        (others, "ses montants ne sont pas importés"),
    ] {
        match heads.as_slice() {
            [] => {}
            [one] => said.push(format!(
                "La colonne {one} est laissée de côté\u{a0}: {why}."
            )),
            several => {
                let why = why.replace("ses montants", "leurs montants");
                said.push(format!(
                    "Les colonnes {} sont laissées de côté\u{a0}: {why}.",
                    several.join(", ")
                ));
            }
        }
    }
    said
}

/// Whether most of what a column says are amounts, and not numbers, quantities or rates.
fn holds_amounts(import: &Import, place: usize, column: &Column) -> bool {
    const COUNTS: [&str; 15] = [
        "no",
        "num",
        "numero",
        "rang",
        "ordre",
        "code",
        "id",
        "quantite",
        "quantites",
        "qte",
        "nombre",
        "nb",
        "taux",
        "prix",
        "cumul",
    ];
    let head = fold(&column.head);
    if column.head.contains(['%', '°', 'º']) || head.split(' ').any(|word| COUNTS.contains(&word))
    {
        return false;
    }
    let rows = import.layout().rows.iter().take(LOOKED_AT);
    let (mut amounts, mut words) = (0, 0);
    for row in rows {
        match amount(import.value(*row, place), 2) {
            Ok(Some(Read { value, .. })) if value != Amount::ZERO => amounts += 1,
            Ok(_) => {}
            Err(_) => words += 1,
        }
    }
    amounts > words
}
