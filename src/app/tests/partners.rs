//! Partners: their sheets, their pieces, the people there.

use std::path::{Path, PathBuf};

use iced::keyboard::key::Named;
use iced::{Event, window};

use super::driver::Driver;
use super::house::House;
use super::journeys::opened;
use crate::app::screen::pieces::TITLE;
use crate::model::Partner;

/// On the sheet of Aného.
fn at_aneho(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Partenaires");
    driver.click("Commune d’Aného");
    driver.expect("Collectivité étrangère");
    driver
}

/// What is on the disk of Aného.
fn aneho(house: &House) -> Partner {
    let facts = house.facts();
    let mut partners = facts.disk.partners_sorted();
    partners
        .find(|partner| partner.name.text == "Commune d’Aného")
        .unwrap()
        .clone()
}

fn paper(house: &House, path: &str) -> PathBuf {
    let path = PathBuf::from(path);
    let bytes = path.to_string_lossy().into_owned().into_bytes();
    house.facts().papers.insert(path.clone(), bytes);
    path
}

#[test]
fn a_piece_is_joined_by_its_path_named_opened_and_told_when_it_is_missing() {
    let house = House::valmont();
    paper(&house, "/papiers/pacte_1998.pdf");
    let mut driver = at_aneho(&house);
    driver.expect("Aucune pièce.");

    driver.click("+ Ajouter une pièce");
    driver.types("/papiers/pacte.pdf");
    driver.key(Named::Enter);
    driver.awaits("▲ /papiers/pacte.pdf n’existe pas.");
    driver.ctrl("a");
    driver.types("/papiers/pacte_1998.pdf");
    driver.key(Named::Enter);

    driver.until("la pièce est jointe", |driver| driver.is_focused(TITLE));
    driver.ctrl("a");
    driver.types("Pacte d’amitié");
    driver.key(Named::Tab);
    driver.types("pacte");
    driver.key(Named::Tab);
    driver.types("16/5/1998 ?");
    driver.key(Named::Enter);
    driver.expect("▲ Écrivez une date");
    driver.ctrl("a");
    driver.types("16/05/1998");
    driver.key(Named::Enter);
    driver.expect("pacte · 16/05/1998 · PDF");
    let piece = aneho(&house).pieces[0].clone();
    assert_eq!(piece.title, "Pacte d’amitié");

    driver.click("Ouvrir");
    driver.until("la pièce s’ouvre", |_| !house.facts().shown.is_empty());
    assert_eq!(house.facts().shown, ["Pacte d’amitié"]);

    house.facts().cabinet.clear();
    driver.click("Ouvrir");
    driver.awaits("Le fichier de « Pacte d’amitié » manque.");
    driver.awaits("▲ fichier manquant");

    driver.click("Retirer");
    assert!(aneho(&house).pieces.is_empty());
    driver.ctrl("z");
    assert_eq!(aneho(&house).pieces, [piece]);
}

#[test]
fn a_file_dropped_on_a_sheet_is_its_piece() {
    let house = House::valmont();
    let file = paper(&house, "/papiers/rapport.pdf");
    let drop = |driver: &mut Driver, file: &Path| {
        driver.event(Event::Window(window::Event::FileDropped(file.to_owned())));
    };
    let mut driver = opened(&house);
    drop(&mut driver, &file);
    driver.expect("Ouvrez d’abord la fiche");

    driver.click("Partenaires");
    driver.click("Commune d’Aného");
    drop(&mut driver, &file);
    driver.until("la pièce est jointe", |driver| driver.is_focused(TITLE));
    assert_eq!(aneho(&house).pieces[0].title, "rapport");
}
