//! Finance's exports, imported.

use super::budgets::{made, the_budget};
use super::*;
use crate::exchange::budget::Column;
use crate::model::Step;

#[test]
fn what_finance_wrote_wrong_is_told_at_once() {
    let table =
        "N° engagement;Date;Tiers;Montant\nE1;hier;Aquassistance;cent\nE2;;Aquassistance;\n";
    let plan = planned(&import(table, Kind::Done), &records());
    let faults = |row: usize| match &plan.rows[row].outcome {
        Outcome::Refused { faults } => faults.iter().map(|it| it.column).collect::<Vec<_>>(),
        other => panic!("{other:?}"),
    };
    assert_eq!(faults(0), [Some(3), Some(1)]);
    assert_eq!(
        told(&plan)[1],
        "! le montant manque\u{202f}; ni la date ni l’exercice ne sont dits"
    );
}

#[test]
fn days_with_their_month_first_are_refused_and_the_others_doubted() {
    let table = "Payment number,Payment date,Payee,Amount\nM1,03/14/2026,Air France,120\nM2,03/04/2026,Air France,80\n";
    let plan = planned(&import(table, Kind::Done), &records());
    assert!(told(&plan)[0].starts_with("! «\u{202f}03/14/2026\u{202f}» n’est pas une date"));
    let said = &plan.remarks[0];
    assert!(
        said.contains("Payment date") && said.contains("(03/14/2026)"),
        "{said}"
    );

    let french = table.replace("03/14/2026", "14/03/2026");
    assert!(
        planned(&import(&french, Kind::Done), &records())
            .remarks
            .is_empty()
    );
}

#[test]
fn heads_of_finance_over_three_lines_are_understood() {
    let table = "Grand livre des mandats - Exercice 2026;;;;;;\n\n\
        Pièce;;Tiers;;Imputation;Montants;;\n\
        N°;Date;Code;Libellé;Nature;Engagé;Mandaté;Exercice\n\
        mandat;émission;tiers;tiers;comptable;TTC;TTC;\n\
        1201;15/02/2026;F123;SOCIÉTÉ DES EAUX;65731;12 345,67 €;12 345,67 €;2026\n\
        Sous-total chapitre 65;;;;;12 345,67 €;12 345,67 €;\n\
        1203;03/01/2027;F125;AIR FRANCE;6251;890,5;890,50;2026\n";
    let import = import(table, Kind::Done);
    let fields = [
        Field::Mandate,
        Field::Cell(Column::Date),
        Field::ThirdParty,
        Field::Ordered,
        Field::Cell(Column::Year),
    ];
    assert_eq!(
        fields.map(|it| import.column_of(it)),
        [0, 1, 3, 6, 7].map(Some)
    );
    let plan = planned(&import, &records());
    let kept = after(&plan, &records());
    let mut numbers: Vec<_> = kept
        .postings()
        .map(|it| (it.number.clone().unwrap(), it.year, it.amount.0))
        .collect();
    numbers.sort();
    assert_eq!(
        numbers,
        [
            ("1201".to_owned(), 2026, 1_234_567),
            ("1203".to_owned(), 2026, 89_050)
        ]
    );
    assert!(is_settled(&import, &kept));
}

#[test]
fn the_financial_year_of_a_row_is_that_of_the_operation_in_french_and_in_english() {
    for head in [
        "Exercice",
        "Exercice budgétaire",
        "Ex.",
        "Financial year",
        "FY",
    ] {
        let table = format!(
            "N° engagement;{head};Date;Tiers;Montant\nE1;2026;15/03/2027;Aquassistance;120\n"
        );
        let plan = planned(&import(&table, Kind::Done), &records());
        let kept = after(&plan, &records());
        assert_eq!(kept.postings().next().unwrap().year, 2026, "{head}");
        assert_eq!(
            plan.rows[0].beside.remarks,
            ["le 15/03/2027 n’est pas de l’exercice 2026"]
        );
    }
}

const MANDATES: &str = "Exercice;N° engagement;N° mandat;Date;Tiers;Objet;Montant TTC;Nature\n\
    2027;=E-12;;03/02/2027;AGENCE DE L'EAU;Puits;1 000,00;65748\n\
    2027;E12;4511;15/06/2027;AGENCE DE L'EAU;Acompte;400,00;65748\n\
    2027;E99;4512;16/06/2027;AGENCE DE L'EAU;Inconnu;12,00;65748\n\
    2028;E100;;01/02/2028;Agence de l’eau;Suite;700,00;65748\n\
    2027;E12;;;;;;\n";

#[test]
fn mandates_are_matched_by_number_then_asked_by_amount_and_third_party() {
    let records = made(&[100_000, 0, 70_000], "x");
    let mut import = import(&MANDATES.replace(";=E-12;", ";E-12;"), Kind::Done);
    let plan = planned(&import, &records);
    let rows = told(&plan);
    assert!(
        rows[0].ends_with("(Eau) – engagé: objet  → Puits"),
        "{rows:?}"
    );
    assert!(
        rows[1].starts_with("+ «\u{202f}+ Puits n° 0\u{202f}»"),
        "{rows:?}"
    );
    assert!(
        rows[2].starts_with("… + aucun engagement n°\u{a0}E99"),
        "{rows:?}"
    );
    assert!(
        rows[3].starts_with("? rattacher à «\u{202f}+ Puits n° 0\u{202f}» (Eau)"),
        "{rows:?}"
    );
    assert_eq!(rows[4], "! le montant manque");

    let line = the_budget(&records).lines[0].id;
    import.answer(plan.rows[2].row, Some(Answer::Line(line)));
    import.accept(Proposal::Matches);
    let plan = planned(&import, &records);
    let records = after(&plan, &records);
    let done: Vec<_> = the_budget(&records).lines[0]
        .operations
        .iter()
        .map(|it| {
            (
                it.step,
                it.year,
                it.amount.0,
                it.reference.clone().unwrap_or_default(),
            )
        })
        .collect();
    assert_eq!(
        done,
        [
            (Step::Committed, 2027, 100_000, "=E-12".to_owned()),
            (Step::Ordered, 2027, 40_000, "4511".to_owned()),
            (Step::Ordered, 2027, 1_200, "4512".to_owned()),
            (Step::Committed, 2028, 70_000, "E100".to_owned()),
        ]
    );
    assert!(
        is_settled(&import, &records),
        "{:?}",
        told(&planned(&import, &records))
    );
}

#[test]
fn what_is_in_kind_is_never_paid_and_the_lines_of_the_third_party_come_first() {
    let amounts = [100_000, 0, 70_000, 20_000, 0, 0, 5_000, 0, 0];
    let mut records = made(&amounts, "x");
    let mut budget = the_budget(&records).clone();
    for (line, label) in budget
        .lines
        .iter_mut()
        .zip(["Études", "Puits", "Puisatier"])
    {
        let mut told = (**line).clone();
        told.label = label.to_owned();
        told.in_kind = label == "Puisatier";
        *line = told.into();
    }
    let ids: Vec<Id> = budget.lines.iter().map(|it| it.id).collect();
    assert!(ids.len() > 2, "{ids:?}");
    records.apply(&Change::create("", Record::Budget(budget)));
    let rows = "Exercice;N° mandat;Date;Tiers;Montant TTC\n\
        2027;77;16/03/2029;SARL PUISATIER;200,00\n\
        2027;78;16/01/2028;PUITS ET FORAGES;3,00\n";
    let plan = planned(&import(rows, Kind::Done), &records);
    let kept = |row: usize| matches!(plan.rows[row].outcome, Outcome::Kept { .. });
    assert!(kept(0) && kept(1), "{:?}", told(&plan));
    assert!(!plan.rows[0].beside.likely.contains(&ids[2]));
    assert_eq!(plan.rows[1].beside.likely.first(), Some(&ids[1]));
    // What is done in a year is still ordered in the January after.
    assert_eq!(
        plan.rows[0].beside.remarks,
        ["le 16/03/2029 n’est pas de l’exercice 2027"]
    );
    assert!(plan.rows[1].beside.remarks.is_empty());
}

/// A row that has no line yet is kept, asked no more than once, and finds its line when a budget has it.
#[test]
fn what_has_no_line_yet_is_kept_and_matched_later() {
    const LATER: &str = "Exercice;N° engagement;N° mandat;Date;Tiers;Objet;Montant TTC;Nature\n\
        2027;E99;;16/06/2027;SARL PUISATIER;Forage du quartier nord;1 200,00;2315\n\
        2027;E99;;16/06/2027;SARL PUISATIER;Forage du quartier nord;1 200,00;2315\n\
        2027;E98;4513;17/06/2027;IMPRIMERIE;Cartes de visite;80,00;6236\n";
    let records = made(&[100_000, 0, 70_000], "x");
    let import = import(LATER, Kind::Done);
    let plan = planned(&import, &records);
    let rows = told(&plan);
    assert!(rows[0].starts_with("… + aucun engagement"), "{rows:?}");
    assert_eq!(rows[1], "! la même réalisation est déjà à la ligne 2");
    let records = after(&plan, &records);
    let kept: Vec<_> = records.postings().collect();
    assert_eq!(kept.len(), 2);
    assert_eq!(kept[0].object.as_deref(), Some("Forage du quartier nord"));
    assert_eq!(kept[0].source.as_deref(), Some("essai.csv"));
    assert!(is_settled(&import, &records));

    // Said by hand, and set aside: from what was kept, without the file.
    let mut waiting = Import::of_waiting(&records, Reference::shipped()).unwrap();
    let plan = planned(&waiting, &records);
    assert!(plan.change.is_none(), "{:?}", told(&plan));
    let line = the_budget(&records).lines[0].id;
    waiting.answer(plan.rows[0].row, Some(Answer::Line(line)));
    waiting.answer(plan.rows[1].row, Some(Answer::Aside));
    let records = after(&planned(&waiting, &records), &records);
    let budget = the_budget(&records);
    let done = budget.lines[0].operations.last().unwrap();
    assert_eq!(done.amount, Amount(120_000));
    assert_eq!(done.reference.as_deref(), Some("E99"));
    assert_eq!(done.object.as_deref(), Some("Forage du quartier nord"));
    assert!(Import::of_waiting(&records, Reference::shipped()).is_none());

    // The same file once more: one has its line, the other stays aside.
    let plan = planned(&import, &records);
    assert!(plan.change.is_none(), "{:?}", told(&plan));
    assert!(told(&plan)[2].ends_with("écartée"), "{:?}", told(&plan));
}

/// What waits is matched by itself once its engagement is on a line.
#[test]
fn what_waits_finds_the_line_that_has_its_engagement() {
    let mut records = made(&[100_000, 0, 70_000], "x");
    let mandate = "Exercice;N° engagement;N° mandat;Date;Tiers;Montant TTC\n\
        2027;E77;4600;16/06/2027;SARL PUISATIER;500,00\n";
    records = after(&planned(&import(mandate, Kind::Done), &records), &records);
    let commitment = "Exercice;N° engagement;N° mandat;Date;Tiers;Montant TTC\n\
        2027;E77;;10/06/2027;SARL PUISATIER;900,00\n";
    let mut import = import(commitment, Kind::Done);
    let line = the_budget(&records).lines[0].id;
    import.answer(
        planned(&import, &records).rows[0].row,
        Some(Answer::Line(line)),
    );
    records = after(&planned(&import, &records), &records);

    let waiting = Import::of_waiting(&records, Reference::shipped()).unwrap();
    let records = after(&planned(&waiting, &records), &records);
    assert_eq!(records.postings().count(), 0);
    let done = &the_budget(&records).lines[0].operations;
    assert!(
        done.iter()
            .any(|it| it.step == Step::Ordered && it.amount == Amount(50_000))
    );
}

/// Finance counts in euros: its amounts are never written among francs, whatever their number.
#[test]
fn a_budget_in_another_currency_takes_no_amount_of_finance() {
    let mut records = made(&[100_000, 0, 70_000], "x");
    let mut budget = the_budget(&records);
    budget.currency = crate::model::Currency::new("XOF");
    records.apply(&Change::create("", Record::Budget(budget.clone())));
    let import = import(&MANDATES.replace(";=E-12;", ";E-12;"), Kind::Done);
    let plan = planned(&import, &records);
    assert!(told(&plan)[0].starts_with("… + il n’y a pas encore de budget"));
    assert_eq!(the_budget(&after(&plan, &records)), budget);
}

#[test]
fn numbers_begin_anew_each_year() {
    let records = made(&[100_000, 0, 70_000], "x");
    let table = "Exercice;N° engagement;N° mandat;Date;Tiers;Objet;Montant TTC\n\
        2028;E12;;10/03/2028;FLEURISTE;Gerbes;480,00\n\
        2028;E12;88;11/04/2028;FLEURISTE;Gerbes;480,00\n";
    let plan = planned(&import(table, Kind::Done), &records);
    let rows = told(&plan);
    assert!(rows.iter().all(|row| row.starts_with("… + ")), "{rows:?}");
    assert_eq!(the_budget(&after(&plan, &records)), the_budget(&records));

    // An engagement of the year before may be paid this year: it is asked.
    let later = "Exercice;N° engagement;N° mandat;Date;Tiers;Objet;Montant TTC\n\
        2028;E12;88;11/04/2028;SARL;Solde;480,00\n";
    let rows = told(&planned(&import(later, Kind::Done), &records));
    assert!(rows[0].starts_with("? rattacher à"), "{rows:?}");

    // Of the same year, another amount for another third party is asked; for the same one it is laid.
    let other =
        "Exercice;N° engagement;Date;Tiers;Montant TTC\n2027;E12;10/03/2027;FLEURISTE;480,00\n";
    let rows = told(&planned(&import(other, Kind::Done), &records));
    assert!(rows[0].starts_with("? rattacher à"), "{rows:?}");
    let same = other.replace("FLEURISTE", "SARL PUITS N° 0");
    let rows = told(&planned(&import(&same, Kind::Done), &records));
    assert!(
        rows[0].contains("montant 1\u{202f}000\u{a0}€ → 480\u{a0}€"),
        "{rows:?}"
    );
}

#[test]
fn what_is_received_is_no_mandate() {
    let table = "Exercice;N° EJ;N° DP;Type de pièce;Fournisseur;Montant TTC\n\
        2026;14001;19001;Mandat;EAU PURE;1 200,00\n2026;;T-12;Titre de recette;MEAE;8 000,00\n";
    let import = import(table, Kind::Done);
    assert_eq!(import.column_of(Field::Commitment), Some(1));
    assert_eq!(import.column_of(Field::Mandate), Some(2));
    let rows = told(&planned(&import, &records()));
    assert!(rows[0].starts_with('…'), "{rows:?}");
    assert!(rows[1].contains("est une recette"), "{rows:?}");
}
