//! From point to point by F8, mending one where it stands and answering for another.

use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::key::Named;

use super::super::screen::convention::REASON;
use super::super::switchboard::Switchboard;
use super::driver::Driver;
use super::house::{FOLDER, House};

const DRAFT: &str = "Valmont – Aného 2027-2029";

/// Walks on by F8 until those words are at the foot of the page.
fn walk_to(driver: &mut Driver, words: &str) {
    for _ in 0..30 {
        driver.key(Named::F8);
        if driver.sees(words) {
            return;
        }
    }
    panic!("« {words} » n’est à aucun point");
}

#[test]
fn a_walk_by_f8_mends_a_point_and_sets_another_aside() {
    let house = House::valmont();
    let folder = Some(PathBuf::from(FOLDER));
    let mut driver = Driver::new(Switchboard::new(Arc::new(house.clone()), folder));
    driver.until("l’espace s’ouvre", |driver| driver.sees(DRAFT));
    driver.click(DRAFT);
    driver.expect("1er Objet");

    let before = house.draft().articles.len();
    walk_to(&mut driver, "Ajouter un article «\u{202f}");
    driver.click_words("Ajouter un article «\u{202f}");
    driver.ctrl("s");
    assert_eq!(house.draft().articles.len(), before + 1);

    walk_to(&mut driver, "Écarter…");
    driver.click("Écarter…");
    assert!(driver.is_focused(REASON));
    driver.types("Le partenaire l’écrira dans son propre acte");
    driver.key(Named::Tab);
    driver.types("Mme Iris Pons");
    driver.key(Named::Tab);
    driver.types("directrice juridique");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let aside = house.draft().set_aside;
    assert_eq!(aside.len(), 1);
    assert_eq!(aside[0].function, "directrice juridique");
}
