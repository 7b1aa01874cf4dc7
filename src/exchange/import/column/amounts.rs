//! Which columns of a budget hold what is planned: by year, by funder, or both. A column that adds up others, tells income
//! or what was done is none of them.

use std::collections::BTreeSet;

use super::super::{Field, known::Payers};
use super::Column;
use crate::exchange::budget::Column as Cell;
use crate::model::fold;

/// Heads that are never those of an amount planned, whatever else they hold.
pub(super) fn is_none(head: &str) -> bool {
    let first = head.split(' ').next();
    first.is_some_and(|word| ["total", "cumul"].contains(&word)) || is_income(head)
}

/// Lays down which columns hold amounts, once the others are known.
pub(super) fn settle(columns: &mut [Column], payers: &Payers) {
    // « Montant » is that of an operation in our own table, which says what each row is, and what is planned in any other.
    if columns
        .iter()
        .any(|it| it.field == Some(Field::Cell(Cell::Row)))
    {
        return spread_over_years(columns);
    }
    let has_planned = columns.iter().any(|it| it.field == Some(Field::Planned));
    for column in columns.iter_mut() {
        if column.field == Some(Field::Cell(Cell::Amount)) && !has_planned {
            column.field = (!was_done(&fold(&column.head))).then_some(Field::Planned);
        }
    }
    spread_over_years(columns);
    share_among_funders(columns, payers);
    for column in columns.iter_mut() {
        let head = fold(&column.head);
        if column.field.is_none()
            && head.split(' ').any(|word| word == "total")
            && !was_done(&head)
            && !is_income(&head)
        {
            column.field = Some(Field::Cell(Cell::Total));
        }
    }
    take_only_total(columns);
}

/// « Coût total 2027 », where nothing else says what is planned, adds up nothing that is told.
fn take_only_total(columns: &mut [Column]) {
    let total = Some(Field::Cell(Cell::Total));
    let is_planned = |it: &Column| it.field == Some(Field::Planned);
    let mut totals = columns.iter().filter(|it| it.field == total);
    let is_alone = totals.next().is_some_and(Column::names_a_year) && totals.next().is_none();
    if is_alone && !columns.iter().any(is_planned) {
        for column in columns.iter_mut().filter(|it| it.field == total) {
            column.field = Some(Field::Planned);
        }
    }
}

/// Whether the head of a year is not taken for that: « Année 2027 », « Budget 2028 », « Financement 2027 » hold amounts, not
/// years, nor names of budgets, lines or funders.
pub(super) fn gives_way(field: Field, head: &str) -> bool {
    let mut words = head.split(' ');
    match field {
        Field::Planned | Field::Cell(Cell::Year | Cell::ServiceBudget | Cell::Amount) => true,
        Field::Cell(Cell::Label) => words.any(|word| word.starts_with("depense")),
        Field::Cell(Cell::Funder) => words.any(|word| word.starts_with("financement")),
        _ => false,
    }
}

/// Whether a head says that it adds up others.
pub(super) fn adds_up(head: &str) -> bool {
    head.split(' ')
        .any(|word| ["total", "cumul"].contains(&word))
}

/// Whether a head tells income: what funders give is the sum of their shares, and is counted there.
pub(in super::super) fn is_income(head: &str) -> bool {
    const WORDS: [&str; 8] = [
        "recette",
        "recettes",
        "produit",
        "produits",
        "ressource",
        "ressources",
        "income",
        "revenue",
    ];
    head.split(' ').any(|word| WORDS.contains(&word))
}

/// Whether a head tells what was done of a budget, which is not what is planned in it.
pub(in super::super) fn was_done(head: &str) -> bool {
    const STEMS: [&str; 16] = [
        "engag",
        "mandat",
        "ordonnanc",
        "liquid",
        "paye",
        "paie",
        "paid",
        "realis",
        "execut",
        "notifi",
        "encaiss",
        "percu",
        "verse",
        "consomm",
        "committ",
        "spent",
    ];
    const WORDS: [&str; 8] = [
        "recu", "recus", "recue", "recues", "reste", "restes", "solde", "soldes",
    ];
    let mut words = head.split(' ');
    words.any(|word| WORDS.contains(&word) || STEMS.iter().any(|stem| word.starts_with(stem)))
}

/// A head that names one year, and says neither that it adds up others, nor income, nor what was done, is what is planned
/// in that year.
fn spread_over_years(columns: &mut [Column]) {
    for column in columns {
        let head = fold(&column.head);
        let is_other = adds_up(&head) || was_done(&head) || is_income(&head);
        if column.names_a_year() && column.field.is_none() && !is_other {
            column.field = Some(Field::Planned);
        }
    }
}

/// Headings × funders, as application files have them: « Valmont ; MEAE ; Total ». Each column of a known funder is its
/// share, and what stands beside for all of them, « Coût » or « Budget 2027 », their total. Where several years are told,
/// the columns without one add them up, and are left aside.
fn share_among_funders(columns: &mut [Column], payers: &Payers) {
    let is_planned = |column: &Column| column.field == Some(Field::Planned);
    let (mut years, mut shared) = (BTreeSet::new(), BTreeSet::new());
    for column in columns.iter().filter(|it| is_planned(it)) {
        years.extend(column.year);
        shared.extend(column.year.filter(|_| column.payer().is_some()));
    }
    let is_share = |column: &Column| {
        column.year.is_none()
            && column.field.is_none()
            && column.payer().is_some_and(|it| payers.has(it))
    };
    if columns.iter().any(is_share) && shared.is_empty() && years.len() < 2 {
        for column in columns.iter_mut() {
            if is_share(column) {
                column.field = Some(Field::Planned);
                column.year = years.first().copied();
            } else if is_planned(column) && column.payer().is_none() {
                column.field = Some(Field::Cell(Cell::Total));
            }
        }
    }
    // « 2027 ; dont MEAE 2027 ; dont Valmont 2027 »: the first adds up the others.
    for column in columns.iter_mut() {
        if is_planned(column)
            && column.payer().is_none()
            && column.year.is_some_and(|year| shared.contains(&year))
        {
            column.field = Some(Field::Cell(Cell::Total));
        }
    }
}
