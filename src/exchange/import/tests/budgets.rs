//! Budgets, imported and read back.

use proptest::prelude::*;

use super::*;
use crate::model::{Budget, Line, Partner};

pub(super) fn the_budget(records: &Records) -> Budget {
    let mut all = records.of_kind(crate::model::Kind::Budget);
    match all.next().map(AsRef::as_ref) {
        Some(Record::Budget(budget)) => budget.clone(),
        _ => panic!("no budget"),
    }
}

pub(super) fn shares(line: &Line) -> Vec<(i32, i64)> {
    line.shares
        .iter()
        .map(|share| (share.year, share.amount.0))
        .collect()
}

const OFFICE: &str = "Budget prévisionnel – Eau à Thiès\n\
    Poste;;2027;;2028;\n\
    ;Libellé;Valmont;MEAE;Valmont;MEAE\n\
    Missions;Billets d’avion;3 000,00 €;1 500;3 000,00 €;\n\
    ;Per diem;800;;800;\n\
    Sous-total missions;;3 800;1 500;3 800;\n\
    Travaux;Puits;20 000;;;10 000,5\n\
    Total;;23 800;1 500;3 800;10 000,5\n";

#[test]
fn a_table_of_an_office_becomes_a_budget() {
    let records = records();
    let mut import = import(OFFICE, Kind::Budget);
    let plan = planned(&import, &records);
    assert_eq!(
        told(&plan),
        [
            "? créer le financeur «\u{202f}MEAE\u{202f}»\u{202f}?",
            "+ Per diem",
            "? créer le financeur «\u{202f}MEAE\u{202f}»\u{202f}?"
        ]
    );
    import.answer(plan.rows[0].row, Some(Answer::Yes));
    let plan = planned(&import, &records);
    assert_eq!(told(&plan), ["+ Billets d’avion", "+ Per diem", "+ Puits"]);

    let records = after(&plan, &records);
    let budget = the_budget(&records);
    assert_eq!(budget.title, "essai");
    assert_eq!(budget.years, [2027, 2028]);
    let keys: Vec<_> = budget.funders.iter().map(|it| it.key.as_str()).collect();
    assert_eq!(keys, ["valmont", "meae"]);
    let lines: Vec<_> = budget
        .lines
        .iter()
        .map(|it| (it.heading.as_str(), it.label.as_str(), shares(it)))
        .collect();
    assert_eq!(
        lines,
        [
            (
                "Missions et déplacements",
                "Billets d’avion",
                vec![(2027, 300_000), (2027, 150_000), (2028, 300_000)]
            ),
            (
                "Missions et déplacements",
                "Per diem",
                vec![(2027, 80_000), (2028, 80_000)]
            ),
            (
                "Travaux et infrastructures",
                "Puits",
                vec![(2027, 2_000_000), (2028, 1_000_050)]
            ),
        ]
    );
    assert!(is_settled(&import, &records));
}

#[test]
fn all_that_is_wrong_with_a_line_is_told_at_once_each_in_its_column() {
    let table = "Poste;Intitulé;Section;2027;2028\nTravaux;Puits;autre;1 200 €;1 200 $\n\
        Missions;Vols;F;deux;1 000\n";
    let import = import(table, Kind::Budget);
    let plan = planned(&import, &records());
    let faults = |row: usize| match &plan.rows[row].outcome {
        Outcome::Refused { faults } => faults.iter().map(|it| it.column).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(
        faults(0),
        [Some(4), Some(2)],
        "the second year, and the section"
    );
    assert_eq!(faults(1), [Some(3)]);
    assert_eq!(
        plan.change, None,
        "no funder is made of rows that are refused"
    );
}

#[test]
fn a_line_whose_row_is_refused_is_not_said_to_be_missing_from_the_table() {
    let table = "Poste;Intitulé;Financeur;2027\nTravaux;Puits;valmont;1 200\nTravaux;Bornes;valmont;300\n\
        Missions;Vols;valmont;1 000\n";
    let records = after(
        &planned(&import(table, Kind::Budget), &records()),
        &records(),
    );
    let again = table
        .replace("1 200", "douze")
        .replace("Missions;Vols;valmont;1 000\n", "");
    let plan = planned(&import(&again, Kind::Budget), &records);
    assert!(matches!(plan.rows[0].outcome, Outcome::Refused { .. }));
    assert_eq!(
        plan.remarks,
        ["1\u{a0}ligne du budget ne figure pas dans le tableau\u{a0}: elle reste comme elle est."]
    );
}

#[test]
fn an_amount_without_a_year_is_refused_unless_the_table_says_one() {
    let table = "Poste;Montant\nMissions;1200\n";
    let refused = planned(&import(table, Kind::Budget), &records());
    assert!(
        told(&refused)[0].contains("l’année manque"),
        "{:?}",
        told(&refused)
    );
    assert_eq!(refused.change, None);

    let said = import(&format!("Budget 2027\n\n{table}"), Kind::Budget);
    let records = after(&planned(&said, &records()), &records());
    assert_eq!(shares(&the_budget(&records).lines[0]), [(2027, 120_000)]);
}

#[test]
fn totals_that_do_not_add_up_are_told() {
    let remarks = |table: &str| {
        let plan = planned(&import(table, Kind::Budget), &records());
        let rows = plan.rows.iter().flat_map(|it| it.beside.remarks.clone());
        (plan.remarks.clone(), rows.collect::<Vec<_>>())
    };
    let table = "Poste;Intitulé;2026;2027;Total\n\
        Ateliers;Forage;100;;999\n\
        Ateliers;Pompe;200;50;250\n\
        Sous-total;;300;50;\n\
        Contrôle;Audit;10;;10\n\
        Sous-total;;10;;\n\
        Total;;310;75;\n";
    let (whole, rows) = remarks(table);
    assert_eq!(
        whole,
        [
            "Ligne 7, «\u{202f}2027\u{202f}»\u{a0}: le total dit 75\u{a0}€, et les lignes font 50\u{a0}€. Une ligne manque peut-être."
        ]
    );
    assert_eq!(
        rows,
        ["«\u{202f}Total\u{202f}» dit 999\u{a0}€, et ses montants font 100\u{a0}€"]
    );
    assert_eq!(remarks(OFFICE).0, Vec::<String>::new());

    // A line that is refused for that amount is no line that lacks.
    let (whole, _) = remarks(&table.replace("Pompe;200;50;", "Pompe;200;cinquante;"));
    assert!(
        whole[0].ends_with("Un montant, qui ne se lit pas, n’y compte pas."),
        "{whole:?}"
    );
}

#[test]
fn a_cell_that_names_two_known_funders_makes_no_third() {
    let mut records = records();
    let mut ids = Ids::counted(9);
    for name in ["MEAE", "Agence de l’eau"] {
        let nature = crate::model::Nature::PublicBody;
        let body = Partner::new(ids.next_id(), nature, Name::new(name));
        records.apply(&Change::create("", Record::Partner(body)));
    }
    let table = "Poste;Intitulé;Financeur;2027\nAteliers;Bureau;MEAE / Agence de l’eau;6000\n";
    let plan = planned(&import(table, Kind::Budget), &records);
    let told = told(&plan).remove(0);
    assert!(
        told.starts_with("! «\u{202f}MEAE / Agence de l’eau\u{202f}» nomme plusieurs financeurs"),
        "{told}"
    );
}

/// A budget and its workspace, made of a few figures.
pub(super) fn made(amounts: &[i64], notes: &str) -> Records {
    let mut records = records();
    let mut ids = Ids::counted(7);
    let body = Partner::new(
        ids.next_id(),
        crate::model::Nature::PublicBody,
        Name::new("Agence de l’eau"),
    );
    let (ours, theirs) = (ids.next_id(), ids.next_id());
    let lines: Vec<serde_json::Value> = amounts
        .chunks(3)
        .enumerate()
        .map(|(rank, amounts)| {
            let shares: Vec<_> = amounts
                .iter()
                .enumerate()
                .map(|(place, amount)| {
                    let funder = if place == 1 { theirs } else { ours };
                    serde_json::json!({ "id": ids.next_id(), "year": 2027 + place / 2, "funder": funder, "amount": amount })
                })
                .collect();
            serde_json::json!({
                "id": ids.next_id(), "heading": "Travaux", "label": format!("+ Puits n° {rank}"), "in_kind": rank == 1,
                "scheme": "eau", "function": "044", "purpose": "14031", "shares": shares, "beneficiary": body.id,
                "foreign": { "amount": 1_000_000, "currency": "XOF", "rate": "655.957", "date": "2026-11-26", "source": "parité fixe\u{202f}; BCEAO" },
                "operations": [{ "id": ids.next_id(), "step": "committed", "year": 2027, "amount": amounts[0], "reference": "=E-12", "date": "2027-02-03" }],
            })
        })
        .collect();
    let budget: Budget = serde_json::from_value(serde_json::json!({
        "id": ids.next_id(), "title": "Eau", "years": [2027, 2028], "notes": notes, "partners": [body.id],
        "funders": [
            { "id": ours, "key": "valmont" },
            { "id": theirs, "key": "agence", "partner": body.id, "certainty": "notified", "call": "1 % eau",
              "operations": [{ "id": ids.next_id(), "step": "received", "year": 2027, "amount": 5, "expected": true, "condition": "sur rapport" }] },
        ],
        "lines": lines,
    }))
    .unwrap();
    records.apply(&Change::create("", Record::Partner(body)));
    records.apply(&Change::create("", Record::Budget(budget)));
    records
}

fn exported(records: &Records, as_workbook: bool) -> Vec<u8> {
    let sheet = crate::exchange::budget::table(&the_budget(records), records, Reference::shipped());
    if as_workbook {
        crate::exchange::sheet::xlsx(&sheet, "Eau", TODAY).unwrap()
    } else {
        crate::exchange::sheet::csv(&sheet)
    }
}

fn read(bytes: &[u8]) -> Import {
    Import::guess(
        &table::read(bytes, Wish::default(), &()).unwrap(),
        Kind::Budget,
        "eau",
        Payers::default(),
    )
}

/// A budget without what does not travel: identifiers of shares, and their order within a line.
fn bare(budget: &Budget) -> Budget {
    let mut budget = budget.clone();
    for line in &mut budget.lines {
        line.shares
            .sort_by_key(|share| (share.funder, share.year, share.amount));
        let mut ids = Ids::counted(1);
        line.shares
            .iter_mut()
            .for_each(|share| share.id = ids.next_id());
    }
    budget
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// What leaves comes back: over the budget nothing changes, in an empty folder it is made again.
    #[test]
    fn a_budget_that_was_exported_comes_back(
        amounts in proptest::collection::vec(-1_000_000_000_i64..1_000_000_000_000, 1..9),
        notes in "[a-zéœ;\",0-9]{1,12}(\n[a-z=+ ]{1,12}[a-z])?",
        as_workbook in any::<bool>(),
    ) {
        let records = made(&amounts, &notes);
        let import = read(&exported(&records, as_workbook));
        let plan = planned(&import, &records);
        prop_assert!(plan.change.is_none(), "{:?}", told(&plan));
        prop_assert!(plan.rows.iter().all(|row| matches!(row.outcome, Outcome::Unchanged { .. })), "{:?}", told(&plan));

        let budget = the_budget(&records);
        let mut empty = records.clone();
        let there = records.get(crate::model::RecordId { kind: crate::model::Kind::Budget, id: budget.id }).unwrap();
        empty.apply(&Change::delete("", Arc::clone(there)));
        let plan = planned(&import, &empty);
        let again = the_budget(&after(&plan, &empty));
        prop_assert_eq!(bare(&again), bare(&budget), "{:?}", told(&plan));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    /// Funders are who they were, whatever they are called: two may bear one name, or the key of another.
    #[test]
    fn funders_that_are_called_alike_come_back_as_they_were(
        names in proptest::collection::vec(0..5_usize, 2..6),
        keys in Just([0, 1, 2, 3, 4, 5]).prop_shuffle(),
        as_workbook in any::<bool>(),
        elsewhere in any::<bool>(),
    ) {
        const NAMES: [&str; 5] = ["MEAE", "meae", "=Agence  de l’eau", "f-1", "Valmont"];
        const KEYS: [&str; 6] = ["meae", "valmont", "f-1", "f-2", "agence-de-l-eau", "f-3"];
        let mut records = made(&[100_000, 50_000, 70_000], "x");
        let mut budget = the_budget(&records);
        let mut ids = Ids::counted(99);
        for (rank, name) in names.iter().enumerate() {
            let body = Partner::new(ids.next_id(), crate::model::Nature::State, Name::new(NAMES[*name]));
            let funder: crate::model::Funder = serde_json::from_value(
                serde_json::json!({ "id": ids.next_id(), "key": KEYS[keys[rank]], "partner": body.id }),
            )
            .unwrap();
            if budget.funder(&funder.key).is_some() {
                continue;
            }
            let share = serde_json::json!({ "id": ids.next_id(), "year": 2027, "funder": funder.id, "amount": 100 + rank });
            budget.lines[0].shares.push(serde_json::from_value(share).unwrap());
            budget.funders.push(funder);
            records.apply(&Change::create("", Record::Partner(body)));
        }
        let name = crate::model::RecordId { kind: crate::model::Kind::Budget, id: budget.id };
        let there = Arc::clone(records.get(name).unwrap());
        records.apply(&Change::replace("", there, Record::Budget(budget.clone())));
        let import = read(&exported(&records, as_workbook));
        if elsewhere {
            records.apply(&Change::delete("", Arc::clone(records.get(name).unwrap())));
        }
        let plan = planned(&import, &records);
        prop_assert_eq!(plan.change.is_none(), !elsewhere, "{:?}", told(&plan));
        prop_assert_eq!(bare(&the_budget(&after(&plan, &records))), bare(&budget), "{:?}", told(&plan));
    }
}

/// A difference names who pays as people do.
#[test]
fn a_changed_amount_is_told_with_the_name_of_its_funder() {
    let records = made(&[100_000, 50_000, 70_000], "x");
    let text = String::from_utf8(exported(&records, false)).unwrap();
    let import = read(
        text.replace(";Agence de l’eau;500,00;", ";Agence de l’eau;600,00;")
            .as_bytes(),
    );
    let plan = planned(&import, &records);
    let Some(Outcome::Changed { differences, .. }) = plan
        .rows
        .iter()
        .map(|row| &row.outcome)
        .find(|it| matches!(it, Outcome::Changed { .. }))
    else {
        panic!("{:?}", told(&plan))
    };
    assert_eq!(differences[0].field, "2027, Agence de l’eau");
}

/// The rate of a budget in another currency travels, whatever a spreadsheet does to the zeros at its end.
#[test]
fn a_budget_in_another_currency_keeps_its_rate() {
    let mut records = made(&[100_000, 50_000, 70_000], "x");
    let mut budget = the_budget(&records);
    budget.currency = crate::model::Currency::new("USD");
    budget.rate = Some(crate::model::Rate {
        units: "1.0800".to_owned(),
        date: Some(TODAY),
        source: Some("Banque de France".to_owned()),
    });
    records.apply(&Change::create("", Record::Budget(budget.clone())));
    for as_workbook in [false, true] {
        let import = read(&exported(&records, as_workbook));
        let plan = planned(&import, &records);
        assert!(plan.change.is_none(), "{:?}", told(&plan));

        let mut without = budget.clone();
        without.rate = None;
        let mut before = records.clone();
        before.apply(&Change::create("", Record::Budget(without)));
        let again = the_budget(&after(&planned(&import, &before), &before)).rate;
        let again = again.unwrap();
        assert!(
            ["1.08", "1.0800"].contains(&again.units.as_str()),
            "{again:?}"
        );
        assert_eq!(again.date, Some(TODAY));
    }
}

#[test]
fn what_changed_in_a_spreadsheet_is_told_before_and_after() {
    let records = made(&[100_000, 50_000, 70_000], "x");
    let text = String::from_utf8(exported(&records, false)).unwrap();
    let changed = text.replace("1000,00;700,00;", "1200,00;;");
    assert_ne!(changed, text);
    let import = read(changed.as_bytes());
    let plan = planned(&import, &records);
    let rows: Vec<_> = told(&plan)
        .into_iter()
        .filter(|it| !it.starts_with('='))
        .collect();
    assert_eq!(
        rows,
        ["~ + Puits n° 0: 2027, Valmont 1\u{202f}000 → 1\u{202f}200, 2028, Valmont 700 → "]
    );
    let records = after(&plan, &records);
    assert!(is_settled(&import, &records));
    let undone = plan.change.unwrap().reversed();
    let mut back = records.clone();
    back.apply(&undone);
    assert_eq!(
        shares(&the_budget(&back).lines[0]),
        [(2027, 100_000), (2027, 50_000), (2028, 70_000)]
    );
}

#[test]
fn an_amount_in_another_currency_is_not_taken_for_euros() {
    let table = "Poste;Intitulé;2027\nTravaux;Puits;655 957 FCFA\nTravaux;Forage;1 000 €\n";
    let plan = planned(&import(table, Kind::Budget), &records());
    let rows = told(&plan);
    assert!(rows[0].contains("n’est pas en EUR"), "{rows:?}");
    assert!(rows[1].starts_with('+'), "{rows:?}");
}
