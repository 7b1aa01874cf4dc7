//! Tables on their way in: read, understood, corrected where they stand, imported, taken back.

use iced::keyboard::key::Named;
use iced::{Event, window};

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

/// Where the table lies.
pub(super) const FILE: &str = "/bureau/jumelages 2026.csv";

/// A file of this computer.
pub(super) fn lies(house: &House, file: &str, text: &str) {
    let mut facts = house.facts();
    facts.papers.insert(file.into(), text.into());
}

/// At the page that asks for a table, the path typed and read.
fn reading(house: &House, from: &'static str, act: &'static str, text: &str) -> Driver {
    lies(house, FILE, text);
    let mut driver = opened(house);
    driver.click(from);
    driver.click(act);
    assert!(driver.is_focused(import::PATH));
    driver.types(FILE);
    driver.key(Named::Enter);
    driver
}

pub(super) fn partners(house: &House) -> Vec<String> {
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
    let mut driver = reading(&house, "Partenaires", "Importer…", TOWNS);

    driver.awaits("titres en ligne 2");
    driver.expect("séparateur point-virgule");
    driver.expect("Commune partenaire");
    driver.expect("Thiès · Aného · Bethléem");
    driver.click("Voir les lignes");
    driver.awaits("Importer 2\u{a0}lignes");
    driver.expect("+ Créer");
    driver.expect("Commune d’Aného\u{a0}: ");
    driver.expect("population 24\u{202f}891");
    driver.expect("▲ Refusée\u{a0}: pays inconnu «\u{202f}Palestinne\u{202f}»");
    driver.expect("est une formule, pas un nom");

    // The cell at fault is typed anew where it stands.
    driver.focus("import.cell.4.1");
    driver.ctrl("a");
    driver.types("Palestine");
    driver.key(Named::Enter);
    driver.awaits("Importer 3\u{a0}lignes");
    // What was corrected is nowhere else yet: a key too many does not lose it.
    driver.key(Named::Escape);
    driver.key(Named::Escape);
    driver.expect("Importer 3\u{a0}lignes");
    driver.focus("import.cancel");
    driver.key(Named::Enter);
    driver.expect("1\u{a0}correction ou réponse sera perdue");
    driver.click("Continuer l’import");
    driver.expect("Importer 3\u{a0}lignes");
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
    driver.expect("Annulé\u{a0}: Importer des partenaires de «\u{202f}jumelages 2026.csv\u{202f}»");
    driver.until("c’est repris sur le disque", |_| {
        partners(&house) == before
    });
}

/// By the palette.
fn goes_to(driver: &mut Driver, words: &str) {
    driver.ctrl("k");
    driver.types(words);
    driver.key(Named::Enter);
    driver.redraw();
}

#[test]
fn the_palette_leads_from_an_import_to_another_and_asks_where_something_is_lost() {
    let house = House::valmont();
    let mut driver = reading(&house, "Partenaires", "Importer…", TOWNS);
    driver.awaits("Voir les lignes");
    // Nothing is corrected: nothing is asked.
    goes_to(&mut driver, "importer des conventions");
    driver.expect("Une ligne par convention déjà signée");
    assert!(driver.is_focused(import::PATH));

    goes_to(&mut driver, "importer des partenaires");
    driver.types(FILE);
    driver.key(Named::Enter);
    driver.awaits("Voir les lignes");
    driver.click("Voir les lignes");
    driver.awaits("Importer 2\u{a0}lignes");
    driver.focus("import.cell.4.1");
    driver.ctrl("a");
    driver.types("Palestine");
    driver.key(Named::Enter);
    driver.awaits("Importer 3\u{a0}lignes");
    goes_to(&mut driver, "importer un budget");
    driver.expect("1\u{a0}correction ou réponse sera perdue");
    driver.click("Continuer l’import");
    driver.expect("Importer 3\u{a0}lignes");
    goes_to(&mut driver, "importer un budget");
    driver.click("Abandonner");
    driver.expect("Les lignes d’un budget");
    assert!(driver.is_focused(import::PATH));
    // All of them are one page, behind which is where one came from.
    driver.key(Named::Escape);
    driver.expect("Nouveau partenaire");
}

#[test]
fn a_currency_that_two_have_is_chosen_where_the_table_is_read() {
    let house = House::valmont();
    let text = "Titre;Montant (FCFA)\nCharte de 1998;655 957\n";
    let mut driver = reading(&house, "Conventions", "Importer un tableau…", text);
    driver.awaits("peuvent être en XOF ou XAF");
    driver.focus("import.currency");
    driver.key(Named::Enter);
    driver.types("XOF");
    driver.key(Named::Enter);
    assert!(!driver.sees("peuvent être en XOF ou XAF"));
    driver.click("Voir les lignes");
    driver.awaits("Importer 1\u{a0}ligne");
    driver.expect("655 957\u{a0}XOF");
}

#[test]
fn a_column_is_taken_for_another_thing_and_a_reading_is_changed() {
    let house = House::valmont();
    let text = "a|b\nThiès|Sénégal\nHué|Viêt Nam\n";
    let mut driver = reading(&house, "Partenaires", "Importer…", text);
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
    let mut driver = reading(&house, "Partenaires", "Importer…", "\n;;\n");
    driver.awaits("ne contient aucun tableau");
    let page = "/bureau/mandats.xls";
    lies(&house, page, "<html><table></table></html>");
    driver.event(Event::Window(window::Event::FileDropped(page.into())));
    driver.awaits("page web enregistrée sous un nom de classeur");
    driver.key(Named::Escape);
    driver.expect("Nouveau partenaire");
    assert_eq!(partners(&house), before);
}

#[test]
fn a_partner_that_is_not_known_is_proposed_and_created_with_the_convention() {
    let house = House::valmont();
    let text = "Titre;Genre;Partenaire;Date de signature\nCharte de 1998;Jumelage;Hué;12/06/1998\n";
    let mut driver = reading(&house, "Conventions", "Importer un tableau…", text);
    driver.awaits("Voir les lignes");
    driver.click("Voir les lignes");
    driver.awaits("Créer le partenaire «\u{202f}Hué\u{202f}»");
    driver.expect("Rien à importer");
    driver.click("Créer");
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
pub(super) fn with_budget() -> House {
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
fn a_table_that_dates_nothing_is_given_its_year() {
    let house = House::valmont();
    let text = "Postes de dépenses;Valmont;Total\nTravaux;10 000;10 000\n";
    let mut driver = reading(&house, "Budgets", "Importer…", text);
    driver.awaits("Voir les lignes");
    driver.click(iced_test::selector::id("import.year"));
    driver.types("2028");
    driver.key(Named::Enter);
    driver.click("Voir les lignes");
    driver.awaits("Importer 1\u{a0}ligne");
    driver.click("Importer 1\u{a0}ligne");
    driver.awaits("1\u{a0}ligne importée");
    let facts = house.facts();
    let years: Vec<_> = facts.disk.budgets().flat_map(|it| &it.lines).collect();
    assert_eq!(years[0].shares[0].year, 2028);
}

#[test]
fn mandates_of_finance_are_matched_with_a_budget() {
    let house = with_budget();
    let text = "Exercice;N° engagement;N° mandat;Date;Tiers;Montant TTC\n\
        2027;E12;4511;15/06/2027;SARL PUITS;10 000,00\n\
        2027;E99;4512;16/06/2027;SARL FORAGES;12,00\n";
    let mut driver = reading(&house, "Budgets", "Importer…", text);
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
    let mut driver = reading(&house, "Budgets", "Importer…", text);
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

#[test]
fn of_several_years_the_amount_at_fault_is_the_one_that_is_typed_anew() {
    let house = House::valmont();
    let text = "Poste;Intitulé;2027;2028\nTravaux;Puits;100;douze\n";
    let mut driver = reading(&house, "Budgets", "Importer…", text);
    driver.awaits("Voir les lignes");
    driver.click("Budget");
    driver.click("Voir les lignes");
    driver.awaits("▲ Refusée\u{a0}: «\u{202f}douze\u{202f}» n’est pas un montant");
    driver.click(iced_test::selector::id("import.cell.1.3"));
    driver.ctrl("a");
    driver.types("12");
    driver.key(Named::Enter);
    driver.awaits("Importer 1\u{a0}ligne");
}

#[test]
fn a_partner_whose_name_is_nearly_known_is_taken_by_one_press() {
    let house = House::valmont();
    let text =
        "Titre;Partenaires;Date de signature\nCharte de 1998;Ville de Figuigue / Hué;12/06/1998\n";
    let mut driver = reading(&house, "Conventions", "Importer un tableau…", text);
    driver.awaits("Voir les lignes");
    driver.click("Voir les lignes");
    driver
        .awaits("Créer les partenaires «\u{202f}Ville de Figuigue\u{202f}», «\u{202f}Hué\u{202f}»");
    driver.click(iced_test::selector::id("import.take.1"));
    driver.awaits("Créer le partenaire «\u{202f}Hué\u{202f}»");
    driver.click("Créer");
    driver.awaits("Importer 1\u{a0}ligne");
    driver.click("Importer 1\u{a0}ligne");
    driver.awaits("1\u{a0}ligne importée");
    let names = partners(&house);
    assert!(names.contains(&"Hué".to_owned()), "{names:?}");
    assert!(
        !names.contains(&"Ville de Figuigue".to_owned()),
        "{names:?}"
    );
}
