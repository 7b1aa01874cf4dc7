//! What was typed and cannot be kept: counted, asked about on leaving, come back to, and gone with what it was about.

use iced::keyboard::key::Named;

use super::super::screen::ending;
use super::budgets::go_to;
use super::driver::{Driver, opened};
use super::frame::setting;
use super::house::House;
use crate::app::screen::partner::EDIT;

/// On the sheet of Aného, with inhabitants that no one can count.
fn at_aneho_with_a_refused_field(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Partenaires");
    driver.click("Aného");
    driver.focus(EDIT);
    driver.key(Named::Enter);
    driver.click("▸ Compléter");
    driver.focus("partner.Population");
    driver.types("beaucoup");
    driver.expect("1\u{a0}champ à corriger");
    driver
}

#[test]
fn leaving_with_a_refused_field_asks_and_leads_back_to_it() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.focus("settings.Siren");
    driver.types("12x");
    driver.expect("1\u{a0}champ à corriger");
    go_to(&mut driver, "tableau de bord");
    driver.expect("1\u{a0}champ à corriger");

    driver.ask_to_close();
    assert!(!driver.closed);
    driver.expect("Une saisie n’est pas enregistrée");
    driver.key(Named::Escape);
    driver.ask_to_close();
    assert!(driver.is_focused(ending::refused::CORRECT));
    driver.key(Named::Enter);
    assert!(driver.is_focused("settings.Siren"));
    driver.expect("▲ Un SIREN a neuf chiffres.");

    driver.ask_to_close();
    driver.click("Partir sans cette saisie");
    driver.until("la fenêtre se ferme", |driver| driver.closed);
}

#[test]
fn a_field_that_is_corrected_or_gone_is_refused_no_more() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.focus("settings.Siren");
    driver.types("12x");
    driver.ctrl("a");
    driver.types("732829320");
    assert!(!driver.sees("à corriger"));

    driver.click("Signataires et séances");
    driver.click("Ajouter une séance");
    driver.ctrl("a");
    driver.types("12/02/2027");
    driver.ctrl("a");
    driver.types("31/02/2027");
    driver.expect("1\u{a0}champ à corriger");
    driver.ctrl("z");
    assert!(!driver.sees("à corriger"));

    // What is only begun and holds something that is refused waits too.
    driver.click("Ajouter une séance");
    driver.ctrl("a");
    driver.types("31/02/2027");
    driver.click("Contenus");
    driver.expect("1\u{a0}champ à corriger");
    driver.click("Signataires et séances");
    driver.expect("1\u{a0}champ à corriger");
    driver.ask_to_close();
    driver.click("Partir sans cette saisie");
    driver.until("la fenêtre se ferme", |driver| driver.closed);
}

#[test]
fn a_refused_field_waits_while_other_partners_are_looked_at() {
    let house = House::valmont();
    let mut driver = at_aneho_with_a_refused_field(&house);
    driver.click("Partenaires");
    driver.click("Figuig");
    driver.expect("Maroc");
    driver.expect("1\u{a0}champ à corriger");

    driver.ask_to_close();
    assert!(!driver.closed);
    driver.key(Named::Enter);
    assert!(driver.is_focused("partner.Population"));
    driver.expect("Aného");
    driver.ctrl("a");
    driver.types("64000");
    assert!(!driver.sees("à corriger"));
    driver.ask_to_close();
    driver.until("la fenêtre se ferme", |driver| driver.closed);
    let facts = house.facts();
    let aneho = facts
        .disk
        .partners()
        .find(|it| it.name.text == "Commune d’Aného");
    assert_eq!(aneho.and_then(|it| it.population), Some(64_000));
}

#[test]
fn what_is_gone_has_no_field_to_correct() {
    let house = House::valmont();
    let mut driver = at_aneho_with_a_refused_field(&house);
    driver.focus("partner.delete");
    driver.key(Named::Enter);
    assert!(driver.is_focused("partner.keep"));
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    driver.expect("est supprimé");
    assert!(!driver.sees("à corriger"));
    driver.ask_to_close();
    driver.until("la fenêtre se ferme", |driver| driver.closed);
}
