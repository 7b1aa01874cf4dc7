//! The table against the budget that it tells.

use calamine::{Data, Reader, Xlsx, open_workbook_from_rs};
use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::exchange::sheet::{Cell, Sheet, csv, xlsx};
use crate::model::{Budget, Ids, Name, Nature, Partner, Record, Records};
use crate::reference::Reference;

fn today() -> NaiveDate {
    NaiveDate::from_ymd_opt(2026, 11, 26).unwrap()
}

/// Two lines, two funders, what was done: amounts in cents are those given.
fn budget(amounts: [i64; 4]) -> (Budget, Records) {
    let mut ids = Ids::counted(7);
    let [id, ours, theirs, agency, line, other] = std::array::from_fn(|_| ids.next_id());
    let partner = Partner::new(theirs, Nature::PublicBody, Name::new("Agence de l’eau"));
    let mut share = |year: i32, funder, amount: i64| json!({ "id": ids.next_id(), "year": year, "funder": funder, "amount": amount });
    let shares = [
        share(2027, ours, amounts[0]),
        share(2027, agency, amounts[1]),
        share(2028, ours, amounts[2]),
    ];
    let kind = [share(2028, agency, amounts[3])];
    let mut operation = |step: &str, expected: bool| {
        json!({ "id": ids.next_id(), "step": step, "year": 2027, "amount": 5_000, "expected": expected,
                "date": "2027-03-15", "reference": "=E-12" })
    };
    let budget = serde_json::from_value(json!({
        "id": id, "title": "Eau et latrines", "years": [2027, 2028],
        "funders": [
            { "id": ours, "key": "valmont" },
            { "id": agency, "key": "agence", "partner": theirs, "certainty": "notified", "call": "1 % eau",
              "operations": [operation("notified", false)] },
        ],
        "lines": [
            { "id": line, "heading": "Travaux", "label": "Réseau d’eau", "section": "capital", "scheme": "eau",
              "shares": shares, "operations": [operation("paid", false), operation("paid", true)],
              "foreign": { "amount": 1_000_000, "currency": "XOF", "rate": "655.957" } },
            { "id": other, "heading": "Ressources humaines", "label": "+ agents", "in_kind": true, "shares": kind },
        ],
    }))
    .unwrap();
    (budget, Records::from_records([Record::Partner(partner)]))
}

fn told(amounts: [i64; 4]) -> Sheet {
    let (budget, records) = budget(amounts);
    table(&budget, &records, Reference::shipped())
}

fn cell<'a>(sheet: &'a Sheet, row: usize, title: &str) -> &'a Cell {
    let place = sheet.columns.iter().position(|it| it.title == title);
    &sheet.rows[row].cells[place.unwrap()]
}

#[test]
fn each_row_says_what_it_is_and_a_shared_line_has_a_row_a_funder() {
    let sheet = told([100_000, 50_000, 70_000, 9_900]);
    let kinds: Vec<&Cell> = (0..sheet.rows.len())
        .map(|row| cell(&sheet, row, "Ligne"))
        .collect();
    let expected = [
        "Budget",
        "Dépense",
        "Dépense",
        "Dépense",
        "Total",
        "Total",
        "Recette",
        "Recette",
        "Total",
        "Opération",
        "Opération",
        "Opération",
        "Total",
        "Total",
    ];
    assert_eq!(kinds, expected.map(Cell::text).iter().collect::<Vec<_>>());

    assert_eq!(cell(&sheet, 1, "Financeur"), &Cell::text("valmont"));
    assert_eq!(cell(&sheet, 2, "Financeur"), &Cell::text("Agence de l’eau"));
    assert_eq!(
        cell(&sheet, 1, "Identifiant"),
        cell(&sheet, 2, "Identifiant")
    );
    assert_eq!(cell(&sheet, 2, "2028"), &Cell::Empty);
    assert_eq!(cell(&sheet, 1, "Devise"), &Cell::text("XOF"));
    assert_eq!(cell(&sheet, 2, "Devise"), &Cell::Empty);
    assert_eq!(cell(&sheet, 7, "Organisme"), &Cell::text("Agence de l’eau"));
    assert_eq!(cell(&sheet, 7, "Clé du financeur"), &Cell::text("agence"));

    // What a workbook shows holds no identifier.
    for (place, column) in sheet
        .columns
        .iter()
        .enumerate()
        .filter(|(_, it)| !it.hidden)
    {
        let mut cells = sheet.rows.iter().map(|row| &row.cells[place]);
        let is_id = |cell: &Cell| matches!(cell, Cell::Text(text) if text.parse::<crate::model::Id>().is_ok());
        assert!(!cells.any(is_id), "{}", column.title);
    }
}

#[test]
fn csv_reads_as_a_budget() {
    let text = String::from_utf8(csv(&told([100_000, 50_000, 70_000, 9_900]))).unwrap();
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("\u{feff}Ligne;Poste;Intitulé;Financeur;2027;2028;Total;Section;")
    );
    assert!(lines[2].starts_with(
        "Dépense;Travaux;Réseau d’eau;valmont;1000,00;700,00;1700,00;Investissement;non;1\u{202f}% eau et assainissement;"
    ));
    assert!(
        lines[4].starts_with("Dépense;Ressources humaines;'+ agents;Agence de l’eau;;99,00;99,00;")
    );
    assert!(lines[5].starts_with("Total;;Total des dépenses;;1500,00;799,00;2299,00;"));
    assert!(lines[6].starts_with("Total;;dont apports en nature;;0,00;99,00;99,00;"));
    assert!(text.contains(";10000;XOF;655,957;") || text.contains(";1000000;XOF;655,957;"));
    assert!(text.contains(";'=E-12;"));
}

#[test]
fn an_empty_budget_is_a_table_too() {
    let budget = Budget::new(Ids::counted(1).next_id(), "Rien encore");
    let sheet = table(&budget, &Records::default(), Reference::shipped());
    let text = String::from_utf8(csv(&sheet)).unwrap();
    assert!(text.contains("Total des dépenses;;0,00;"));
    xlsx(&sheet, &budget.title, today()).unwrap();
}

proptest! {
    /// What a spreadsheet shows without computing is what our table says, cell by cell.
    #[test]
    fn xlsx_holds_what_csv_says(amounts in proptest::array::uniform4(-1_000_000_000_000..1_000_000_000_000_i64)) {
        let sheet = told(amounts);
        let bytes = xlsx(&sheet, "Essai", today()).unwrap();
        let mut book: Xlsx<_> = open_workbook_from_rs(std::io::Cursor::new(bytes)).unwrap();
        let range = book.worksheet_range("Budget").unwrap();

        for (line, row) in sheet.rows.iter().enumerate() {
            for (place, cell) in row.cells.iter().enumerate() {
                let found = range.get_value((line as u32 + 1, place as u32));
                match (cell, found) {
                    (Cell::Empty, None | Some(Data::Empty)) => {}
                    (Cell::Text(text), Some(Data::String(found))) => prop_assert_eq!(text, found),
                    (Cell::Whole(number), Some(Data::Float(found))) => prop_assert_eq!(*number as f64, *found),
                    (Cell::Money(amount) | Cell::Sum { value: amount, .. }, Some(Data::Float(found))) => {
                        let unit = 10_f64.powi(i32::from(amount.decimals));
                        prop_assert_eq!(amount.amount.0, (found * unit).round() as i64);
                    }
                    (Cell::Number(number), Some(Data::Float(found))) => prop_assert_eq!(number, &found.to_string()),
                    (Cell::Date(_), Some(Data::DateTime(_))) => {}
                    (cell, found) => prop_assert!(false, "{cell:?} {found:?}"),
                }
            }
        }
    }

    /// Expenses and income agree in every year, whatever the amounts.
    #[test]
    fn both_sides_agree(amounts in proptest::array::uniform4(-1_000_000_000_000..1_000_000_000_000_i64)) {
        let sheet = told(amounts);
        let sums = |row: usize| ["2027", "2028", "Total"].map(|year| match cell(&sheet, row, year) {
            Cell::Sum { value, .. } => value.amount,
            other => panic!("{other:?}"),
        });
        prop_assert_eq!(sums(4), sums(8));
    }
}
