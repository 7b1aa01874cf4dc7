//! Tables on their way in: read, understood, corrected where they stand, imported, taken back.

use std::fs;
use std::path::PathBuf;

use iced::keyboard::key::Named;
use iced::{Event, window};
use tempfile::TempDir;

use super::driver::{Driver, opened};
use super::house::House;
use crate::app::screen::import;
use crate::model::{Change, Kind, Record};

const TOWNS: &str = "Jumelages au 3 février 2027;;;\n\
    Commune partenaire;Etat;Pop.;Date\n\
    Thiès;Sénégal;317 763;1996\n\
    Aného;Togo;24 891;02/03/1998\n\
    Bethléem;Palestinne;29 019;1998\n\
    =SOMME(A1);Bénin;3;2001\n\
    Total;;371 676;\n";

/// A file of this computer, as long as the folder is there.
fn table(text: &str) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("jumelages 2026.csv");
    fs::write(&file, text).unwrap();
    (folder, file)
}

/// At the page that asks for a table, the path typed and read.
fn reading(house: &House, from: &'static str, act: &'static str, text: &str) -> (Driver, TempDir) {
    let (folder, file) = table(text);
    let mut driver = opened(house);
    driver.click(from);
    driver.click(act);
    assert!(driver.is_focused(import::PATH));
    driver.types(&file.display().to_string());
    driver.key(Named::Enter);
    (driver, folder)
}

fn partners(house: &House) -> Vec<String> {
    let facts = house.facts();
    facts
        .disk
        .partners_sorted()
        .map(|it| it.name.text.clone())
        .collect()
}

#[test]
fn a_table_is_understood_corrected_where_it_stands_imported_and_taken_back() {
    let house = House::valmont();
    let before = partners(&house);
    let (mut driver, _folder) = reading(&house, "Partenaires", "Importer…", TOWNS);

    driver.awaits("titres en ligne 2");
    driver.expect("séparateur point-virgule");
    driver.expect("Commune partenaire");
    driver.expect("Thiès · Aného · Bethléem");
    driver.click("Voir les lignes");
    driver.awaits("Importer 2\u{a0}lignes");
    driver.expect("+ Créer");
    driver.expect("Commune d’Aného\u{a0}: ");
    driver.expect("population 24\u{202f}891");
    driver.expect("▲ Refusée\u{a0}: pays inconnu «\u{a0}Palestinne\u{a0}»");
    driver.expect("est une formule, pas un nom");

    // The cell at fault is typed anew where it stands.
    driver.focus("import.cell.4.1");
    driver.ctrl("a");
    driver.types("Palestine");
    driver.key(Named::Enter);
    driver.awaits("Importer 3\u{a0}lignes");
    assert_eq!(
        partners(&house),
        before,
        "nothing is written before one says so"
    );

    driver.click("Importer 3\u{a0}lignes");
    driver.awaits("3\u{a0}lignes importées, 1\u{a0}laissée de côté");
    let after = partners(&house);
    assert!(
        after.contains(&"Thiès".to_owned()) && after.contains(&"Bethléem".to_owned()),
        "{after:?}"
    );
    assert_eq!(
        house.facts().archives.here.len(),
        1,
        "a backup is made before"
    );

    driver.ctrl("z");
    driver.expect("Annulé\u{a0}: Importer des partenaires de «\u{a0}jumelages 2026.csv\u{a0}»");
    driver.until("c’est repris sur le disque", |_| {
        partners(&house) == before
    });
}

#[test]
fn a_column_is_taken_for_another_thing_and_a_reading_is_changed() {
    let house = House::valmont();
    let text = "a|b\nThiès|Sénégal\nHué|Viêt Nam\n";
    let (mut driver, _folder) = reading(&house, "Partenaires", "Importer…", text);
    driver.awaits("séparateur barre verticale");
    driver.focus("import.column.0");
    driver.key(Named::Enter);
    driver.types("nom");
    driver.key(Named::Enter);
    driver.focus("import.column.1");
    driver.key(Named::Enter);
    driver.types("pays");
    driver.key(Named::Enter);
    driver.click("Voir les lignes");
    driver.awaits("Importer 2\u{a0}lignes");
    driver.click("Modifier la lecture");
    driver.expect("Premières cellules");
}

#[test]
fn what_cannot_be_read_says_why_and_nothing_happens() {
    let house = House::valmont();
    let before = partners(&house);
    let (mut driver, folder) = reading(&house, "Partenaires", "Importer…", "\n;;\n");
    driver.awaits("ne contient aucun tableau");
    let page = folder.path().join("mandats.xls");
    fs::write(&page, "<html><table></table></html>").unwrap();
    driver.event(Event::Window(window::Event::FileDropped(page)));
    driver.awaits("page web enregistrée sous un nom de classeur");
    // Out of the field, then of the page.
    driver.key(Named::Escape);
    driver.key(Named::Escape);
    driver.expect("Nouveau partenaire");
    assert_eq!(partners(&house), before);
}

#[test]
fn a_partner_that_is_not_known_is_proposed_and_created_with_the_convention() {
    let house = House::valmont();
    let text = "Titre;Genre;Partenaire;Date de signature\nCharte de 1998;Jumelage;Hué;12/06/1998\n";
    let (mut driver, _folder) = reading(&house, "Conventions", "Importer un tableau…", text);
    driver.awaits("Voir les lignes");
    driver.click("Voir les lignes");
    driver.awaits("Créer le partenaire «\u{a0}Hué\u{a0}»");
    driver.expect("Rien à importer");
    driver.click("Oui");
    driver.awaits("Importer 1\u{a0}ligne");
    driver.click("Importer 1\u{a0}ligne");
    driver.awaits("1\u{a0}ligne importée");
    assert!(partners(&house).contains(&"Hué".to_owned()));
    let facts = house.facts();
    assert!(
        facts
            .disk
            .conventions()
            .any(|it| it.title == "Charte de 1998" && it.parties.len() == 2)
    );
}

/// A budget of one line that was committed under E-12.
fn with_budget() -> House {
    let house = House::valmont();
    let id = |end: &str| format!("019ab3c0-1000-7000-8000-000000000{end}");
    let budget = serde_json::from_value(serde_json::json!({
        "id": id("901"), "title": "Eau à Aného", "years": [2027],
        "funders": [{ "id": id("902"), "key": "valmont" }],
        "lines": [{ "id": id("903"), "heading": "Travaux", "label": "Puits",
            "shares": [{ "id": id("904"), "year": 2027, "funder": id("902"), "amount": 4_000_000 }],
            "operations": [{ "id": id("905"), "step": "committed", "year": 2027, "amount": 4_000_000, "reference": "E-12" }] }],
    }))
    .unwrap();
    house
        .facts()
        .disk
        .apply(&Change::create("", Record::Budget(budget)));
    house
}

#[test]
fn mandates_of_finance_are_matched_with_a_budget() {
    let house = with_budget();
    let text = "Exercice;N° engagement;N° mandat;Date;Tiers;Montant TTC\n\
        2027;E12;4511;15/06/2027;SARL PUITS;10 000,00\n\
        2027;E99;4512;16/06/2027;SARL FORAGES;12,00\n";
    let (mut driver, _folder) = reading(&house, "Budgets", "Importer…", text);
    driver.awaits("Voir les lignes");
    driver.click("Réalisations");
    driver.click("Voir les lignes");
    driver.awaits("Importer 1\u{a0}ligne");
    driver.expect("mandaté 10\u{202f}000");
    driver.expect("aucun engagement n°\u{a0}E99");

    driver.focus("import.attach.2");
    driver.key(Named::Enter);
    driver.types("puits");
    driver.key(Named::Enter);
    driver.awaits("Importer 2\u{a0}lignes");
    driver.click("Importer 2\u{a0}lignes");
    driver.awaits("2\u{a0}lignes importées");
    let facts = house.facts();
    let budget = facts.disk.of_kind(Kind::Budget).next().unwrap().clone();
    let Record::Budget(budget) = budget.as_ref() else {
        panic!("a budget");
    };
    let done: Vec<_> = budget.lines[0]
        .operations
        .iter()
        .map(|it| it.reference.clone().unwrap_or_default())
        .collect();
    assert_eq!(done, ["E-12", "4511", "4512"]);
}

#[test]
fn what_no_line_has_yet_is_kept_and_matched_another_day() {
    let house = with_budget();
    let text = "Exercice;N° engagement;Date;Tiers;Objet;Montant TTC\n\
        2027;E99;16/06/2027;SARL FORAGES;Forage nord;12,00\n\
        2027;E98;17/06/2027;IMPRIMERIE;Cartes de visite;80,00\n";
    let (mut driver, _folder) = reading(&house, "Budgets", "Importer…", text);
    driver.awaits("Voir les lignes");
    driver.click("Réalisations");
    driver.click("Voir les lignes");
    driver.awaits("Garder 2\u{a0}lignes à rapprocher");
    driver.expect("◆ Gardée\u{a0}: aucun engagement n°\u{a0}E99");
    driver.click("Garder 2\u{a0}lignes à rapprocher");
    driver.awaits("2\u{a0}gardées à rapprocher plus tard");

    // Another day, from the list of budgets.
    driver.click("◆ 2\u{a0}réalisations à rapprocher");
    driver.expect("2\u{a0}réalisations n’ont pas encore de ligne de budget.");
    driver.click("Rapprocher");
    driver.awaits("Attend sa ligne");
    driver.focus("import.attach.1");
    driver.key(Named::Enter);
    driver.types("puits");
    driver.key(Named::Enter);
    driver.awaits("Rapprocher 1\u{a0}ligne");
    driver.click("Écarter");
    driver.awaits("Rapprocher 2\u{a0}lignes");
    driver.click("Rapprocher 2\u{a0}lignes");
    driver.awaits("2\u{a0}lignes importées");
    let facts = house.facts();
    let Some(budget) = facts.disk.budgets().next() else {
        panic!("a budget");
    };
    let last = budget.lines[0].operations.last().unwrap();
    assert_eq!(last.object.as_deref(), Some("Forage nord"));
    let waiting: Vec<_> = facts.disk.postings().map(|it| it.set_aside).collect();
    assert_eq!(waiting, [true]);
}
