//! A convention on its way out: refused, written, opened.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::keyboard::{Modifiers, key::Named};
use iced::widget::Id;

use super::super::screen::export::many;
use super::super::screen::{convention, export};
use super::super::switchboard::Switchboard;
use super::driver::Driver;
use super::house::{FOLDER, House};
use crate::document::{Paper, State};

fn leaving(house: &House) -> Driver {
    let folder = Some(PathBuf::from(FOLDER));
    let mut driver = Driver::new(Switchboard::new(Arc::new(house.clone()), folder));
    driver.until("l’espace s’ouvre", |driver| {
        driver.sees("Valmont – Aného 2027-2029")
    });
    driver.click("Valmont – Aného 2027-2029");
    driver.ctrl("p");
    assert!(driver.is_focused(export::state_id(State::Working)));
    driver
}

#[test]
fn a_signature_is_refused_while_a_point_blocks_and_the_point_is_followed() {
    let house = House::valmont();
    let mut driver = leaving(&house);
    driver.click("Signer");
    driver.expect("la signature. Corrigez-le");
    driver.key(Named::Tab);
    driver.ctrl("p");
    driver.expect("rien n’est écrit");
    assert!(house.facts().exports.is_empty());

    driver.click("Voir");
    driver.expect("1/");
    driver.expect("1er Objet");
    assert!(!driver.is_focused(export::PATH));
}

#[test]
fn what_was_written_is_told_and_opened() {
    let house = House::valmont();
    let mut driver = leaving(&house);
    driver.until("la première page est là", |driver| {
        driver.sees("page 1 sur")
    });
    driver.click("Soumettre au vote");
    driver.click("Letter (Amérique du Nord)");
    driver.click("Exporter «\u{a0}Valmont… – pour la délibération.pdf\u{a0}»");
    driver.until("le PDF est écrit", |driver| driver.sees("PDF écrit"));
    driver.expect("9\u{a0}pages, 84\u{a0}ko, PDF/A-2a, PDF/UA-1");
    {
        let facts = house.facts();
        let composition = &facts.exports[0].composition;
        assert_eq!(
            (composition.state, composition.paper),
            (State::Vote, Paper::Letter)
        );
    }

    driver.click("Ouvrir");
    driver.click("Ouvrir le dossier");
    let path = Path::new("/documents/Valmont – Aného 2027-2029 – pour la délibération.pdf");
    driver.until("le système les ouvre", |_| {
        house.facts().opened == [path, path.parent().unwrap()]
    });
}

#[test]
fn the_first_page_is_that_of_the_file() {
    let house = House::valmont();
    let mut driver = leaving(&house);
    let page = |driver: &mut Driver| {
        driver.until("la page est peinte", |driver| driver.sees("page 1 sur"));
        let pane = driver.bounds(Id::new("export.first"));
        driver.picture(pane)
    };
    driver.until("elle est encrée", |driver| {
        page(driver)
            .chunks(4)
            .filter(|pixel| pixel[0] < 100)
            .count()
            > 500
    });
    let working = page(&mut driver);
    driver.click("Soumettre au vote");
    driver.until("sans PROJET", |driver| page(driver) != working);
    driver.click("Travailler");
    driver.until("avec", |driver| page(driver) == working);
}

#[test]
fn an_article_written_is_there_again_when_the_convention_is_opened_again() {
    let house = House::valmont();
    let mut driver = leaving(&house);
    driver.key(Named::Escape);
    driver.click("1er Objet");
    assert!(driver.is_focused(convention::EDITOR));
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(" Et partout.");
    driver.ctrl("z");
    driver.ctrl_shift("z");
    driver.ask_to_close();
    assert!(driver.closed);
    let written = "Les parties améliorent l’accès à l’eau. Et partout.";
    assert_eq!(house.first_paragraph(), written);

    let mut driver = leaving(&house);
    driver.key(Named::Escape);
    driver.click("1er Objet");
    driver.ctrl("a");
    driver.ctrl("f");
    driver.expect(written);
}

#[test]
fn all_conventions_leave_one_after_the_other_and_what_is_there_is_left() {
    let house = House::valmont();
    let there = PathBuf::from("/documents/Conventions/Valmont – Aného 2027-2029.pdf");
    house.facts().files.push(there.clone());
    let mut driver = leaving(&house);
    driver.click("Toutes les conventions…");
    assert!(driver.is_focused(many::FOLDER));
    driver.key(Named::Enter);
    driver.until("tout est passé", |driver| driver.sees("Terminé"));
    driver.expect("2 sur 2");
    driver.expect("1\u{a0}fichier écrit, 9\u{a0}pages");
    driver.expect("existe déjà et a été laissé");
    let folder = there.parent().unwrap();
    assert_eq!(
        house.facts().exports[0].path,
        folder.join("Jumelage Valmont – Figuig.pdf")
    );

    driver.click("Remplacer les fichiers qui y sont déjà");
    driver.click("Exporter 2\u{a0}conventions");
    driver.until("tout est passé", |driver| {
        driver.sees("2\u{a0}fichiers écrits")
    });
    driver.click("Ouvrir le dossier");
    driver.until("le dossier s’ouvre", |_| house.facts().opened == [folder]);
}
