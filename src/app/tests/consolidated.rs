//! All budgets added up: told apart, drawn, given as files; a ceiling that is passed shows on the dashboard.

use std::path::Path;

use iced::keyboard::key::Named;
use serde_json::json;

use super::super::screen::deliver;
use super::driver::{Driver, opened};
use super::house::House;
use crate::model::{Amount, Base, Budget, Change, Holder, Ids, Record, Step};

/// A house with one budget of two lines: pumps on the water's budget, staff in kind.
fn house() -> House {
    let house = House::valmont();
    let mut ids = Ids::counted(77);
    let [budget, ours, agency, pumps, staff] = std::array::from_fn(|_| ids.next_id());
    let mut share = |funder, year: i32, amount: i64| json!({ "id": ids.next_id(), "funder": funder, "year": year, "amount": amount });
    let shares = [share(ours, 2026, 1_200_000), share(agency, 2027, 800_000)];
    let kind = [share(ours, 2027, 90_000)];
    let paid = json!({ "id": ids.next_id(), "step": "paid", "year": 2026, "amount": 300_050 });
    let budget: Budget = serde_json::from_value(json!({
        "id": budget, "title": "Pompes d’Aného", "years": [2026, 2027],
        "funders": [{ "id": ours, "key": "valmont" }, { "id": agency, "key": "agence", "partner": ids.next_id() }],
        "lines": [
            { "id": pumps, "heading": "Travaux", "label": "Pompes", "scheme": "eau", "service_budget": "budget de l’eau",
              "section": "capital", "shares": shares, "operations": [paid] },
            { "id": staff, "heading": "Ressources humaines", "label": "Agents", "in_kind": true, "shares": kind },
        ],
    }))
    .unwrap();
    let mut facts = house.facts();
    let mut authority = facts.disk.authority().clone();
    let base: Base = serde_json::from_value(json!({
        "id": ids.next_id(), "scheme": "eau", "budget": "budget de l’eau", "year": 2026, "amount": 100_000_000_i64,
    }))
    .unwrap();
    authority.bases = vec![base];
    for record in [Record::Budget(budget), Record::Authority(authority)] {
        facts.disk.apply(&Change::create("essai", record));
    }
    drop(facts);
    house
}

fn consolidated(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Budgets");
    driver.click("Consolidé");
    driver.expect("Chargé du suivi");
    driver
}

#[test]
fn sums_are_told_apart_by_what_is_asked_and_add_up() {
    let house = house();
    let mut driver = consolidated(&house);
    driver.expect("12\u{202f}000");
    driver.expect("20\u{202f}000");
    driver.expect("25,0\u{202f}%");

    driver.click("Section");
    driver.expect("Investissement");
    driver.expect("Fonctionnement");

    driver.click("Notre part");
    driver.click("Financeur");
    driver.expect("Encaissé");
    assert!(!driver.sees("20\u{202f}000"));
}

#[test]
fn nobody_pays_us_our_own_funds_and_the_rate_does_not_wait_for_them() {
    let house = house();
    {
        let mut facts = house.facts();
        let before = facts.disk.budgets().next().unwrap().clone();
        let mut after = before.clone();
        let agency = Holder::Funder(after.funders[1].id);
        let mut ids = Ids::counted(90);
        after.record(agency, Step::Received, 2027, Amount(200_000), &mut ids);
        let before = Record::Budget(before).into();
        let change = Change::replace("essai", before, Record::Budget(after));
        facts.disk.apply(&change);
    }
    let mut driver = consolidated(&house);
    driver.click("Financeur");
    // 2 000 € of the 8 000 € of the agency: of its row, and of the total.
    driver.expect("25,0\u{202f}%");
    assert!(!driver.sees("10,0\u{202f}%"), "of all 20 000 €");
    assert!(!driver.sees("0,0\u{202f}%"), "of ours");

    driver.click("Année");
    driver.click("Notre part");
    driver.expect("il n’en est pas donné de taux");
}

#[test]
fn a_chart_is_read_in_figures_too() {
    let house = house();
    let mut driver = consolidated(&house);
    driver.click("Plafonds 1\u{202f}%");
    driver.click("Voir les chiffres");
    driver.expect("2026, budget de l’eau");
    driver.expect("Imputé");
    driver.expect("Reste");
    driver.click("Voir le dessin");
    driver.expect("Voir les chiffres");
}

#[test]
fn a_project_leads_to_what_it_comes_to_and_its_rules_are_chosen_and_taken_back() {
    let house = house();
    let mut driver = consolidated(&house);
    driver.click("Projet");
    driver.click("Pompes d’Aného");
    driver.expect("Règles des financeurs");
    driver.expect("Aucune règle");

    let funder = house.facts().disk.budgets().next().unwrap().funders[1].id;
    driver.click(iced_test::selector::id(format!("summary.rule.{funder}")));
    driver.types("2020");
    driver.key(Named::Enter);
    driver.expect("Coût du projet\u{a0}: 20\u{202f}900\u{a0}€");
    driver.expect("non tenu");
    driver.expect("À confirmer, lu le 23/11/2026");
    driver.ctrl("z");
    assert!(!driver.sees("non tenu"));

    driver.click("Fiche PDF…");
    driver.click("Écrire le fichier");
    driver.until("la fiche est écrite", |driver| driver.sees("Écrit\u{a0}:"));
    let pdf = Path::new("/documents/Pompes d’Aného.pdf");
    assert!(house.facts().papers[pdf].starts_with(b"%PDF-1.7"));
}

#[test]
fn the_rules_of_a_new_year_are_taken_from_the_last_and_corrected() {
    let house = house();
    let mut driver = consolidated(&house);
    driver.click("Projet");
    driver.click("Pompes d’Aného");
    let funder = house.facts().disk.budgets().next().unwrap().funders[1].id;
    driver.click(iced_test::selector::id(format!("summary.rule.{funder}")));
    driver.types("2020");
    driver.key(Named::Enter);
    driver.expect("(de 200\u{202f}000\u{a0}€ à 1\u{202f}500\u{202f}000\u{a0}€)");
    driver.click("Reprendre pour 2021");
    driver.expect("Saisi dans cet espace, lu le");
    driver.click("Corriger");

    driver.click("1\u{a0}% et financeurs");
    driver.ctrl("s");
    driver.until("the call is kept", |_| {
        house.facts().disk.authority().calls.len() == 1
    });
    let call = house.facts().disk.authority().calls[0].id;
    let place = format!("settings.Call({call:?}, CostFrom)");
    driver.focus(place);
    driver.ctrl("a");
    driver.types("10000");
    driver.click("Budgets");
    driver.click("Pompes d’Aného");
    driver.click("Synthèse et exports");
    driver.expect("(de 10\u{202f}000\u{a0}€ à 1\u{202f}500\u{202f}000\u{a0}€)");
    driver.expect("tenu");

    driver.ctrl("z");
    driver.expect("(de 200\u{202f}000\u{a0}€ à 1\u{202f}500\u{202f}000\u{a0}€)");
    driver.ctrl("z");
    driver.expect("AFD, FICOL, appel à idées 2020");
    driver.expect("À confirmer, lu le 23/11/2026");
}

#[test]
fn the_table_and_the_chart_leave_as_files_and_nothing_is_replaced() {
    let house = house();
    let mut driver = consolidated(&house);
    driver.click("Tableau en CSV…");
    assert!(driver.is_focused(deliver::PATH));
    driver.click("Écrire le fichier");
    driver.until("le CSV est écrit", |driver| driver.sees("Écrit\u{a0}:"));
    let csv = Path::new("/documents/Budgets consolidés par année.csv");
    let text = house.facts().papers[csv].clone();
    let text = String::from_utf8(text).unwrap();
    assert!(
        text.starts_with("\u{feff}Année;Prévu (EUR);En nature (EUR);"),
        "{text}"
    );
    assert!(
        text.contains("2026;12000,00;0,00;0,00;0,00;3000,50\r\n"),
        "{text}"
    );
    assert!(text.contains("Total;20000,00;900,00;"), "{text}");

    driver.click("en XLSX…");
    driver.click("Écrire le fichier");
    driver.until("le classeur est écrit", |driver| {
        driver.sees("Budgets consolidés par année.xlsx")
    });
    let book = Path::new("/documents/Budgets consolidés par année.xlsx");
    assert!(house.facts().papers[book].starts_with(b"PK"));

    driver.click("Tableau en CSV…");
    driver.click("Écrire le fichier");
    driver.until("c’est refusé", |driver| {
        driver.sees("Remplacer le fichier")
    });
    driver.click("Annuler");

    driver.click("Graphique en SVG…");
    driver.click("Écrire le fichier");
    driver.until("le SVG est écrit", |driver| driver.sees(".svg"));
    let svg = Path::new("/documents/Budget par année et par financeur.svg");
    let file = String::from_utf8(house.facts().papers[svg].clone()).unwrap();
    assert!(
        file.contains("<title") && file.contains("Valmont"),
        "{file}"
    );
}

#[test]
fn a_ceiling_that_is_passed_shows_on_the_dashboard() {
    let house = house();
    let mut driver = opened(&house);
    driver.click("Tableau de bord");
    driver.expect("▲ Budget de l’eau");
    driver.expect("dépassé de 2\u{202f}000\u{a0}€ pour un plafond de 10\u{202f}000\u{a0}€");
}
