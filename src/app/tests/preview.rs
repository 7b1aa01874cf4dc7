//! The pages beside the text: they follow it, and lead to it.

use std::path::PathBuf;
use std::sync::Arc;

use iced::Point;
use iced::keyboard::{Modifiers, key::Named};
use iced::widget::Id;

use super::super::preview::{Preview, SHEETS};
use super::super::screen::convention;
use super::super::switchboard::Switchboard;
use super::driver::Driver;
use super::house::{FOLDER, House};

/// At the first article of the draft, the keyboard in its text, its pages beside it.
fn writing(house: &House) -> Driver {
    let folder = Some(PathBuf::from(FOLDER));
    let mut driver = Driver::new(Switchboard::new(Arc::new(house.clone()), folder));
    driver.until("l’espace s’ouvre", |driver| {
        driver.sees("Valmont – Aného 2027-2029")
    });
    driver.click("Valmont – Aného 2027-2029");
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver.until("l’aperçu est composé", |driver| {
        driver.sees("page 1 sur")
    });
    driver
}

fn preview(driver: &Driver) -> &Preview {
    driver.app.convention().unwrap().preview()
}

fn prints(driver: &mut Driver, words: &str) {
    driver.until(words, |driver| preview(driver).prints(words));
}

/// Clicks on words printed in the preview.
fn click_printed(driver: &mut Driver, words: &str) {
    driver.until("les mots sont en vue", |driver| {
        preview(driver).whereabouts(words).is_some()
    });
    let pane = driver.bounds(Id::new(SHEETS));
    let at = preview(driver).whereabouts(words).unwrap();
    driver.click_at(Point::new(pane.x + at.x, pane.y + at.y));
}

#[test]
fn the_preview_shows_what_is_typed() {
    let house = House::valmont();
    let mut driver = writing(&house);
    prints(&mut driver, "Les parties améliorent");
    let pane = driver.bounds(Id::new(SHEETS));
    driver.until("la page est peinte", |driver| {
        let inked = driver.picture(pane);
        inked.chunks(4).filter(|pixel| pixel[0] < 100).count() > 500
    });
    let before = driver.picture(pane);

    driver.types("Ensemble ");
    prints(&mut driver, "Ensemble Les parties");
    driver.until("la page est peinte de nouveau", |driver| {
        driver.picture(pane) != before
    });

    driver.ctrl("z");
    driver.key(Named::Escape);
    driver.until("et comme avant", |driver| driver.picture(pane) == before);
}

#[test]
fn the_preview_goes_where_the_caret_is() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::Enter);
    for _ in 0..6 {
        driver.types("Il est tenu compte des saisons.");
        driver.key(Named::Enter);
    }
    for _ in 0..5 {
        driver.ctrl("a");
        driver.ctrl("c");
        driver.key_with(Named::End, Modifiers::CTRL);
        driver.ctrl("v");
    }
    driver.types("À la fin.");
    prints(&mut driver, "À la fin.");
    driver.until("la fin est en vue", |driver| {
        preview(driver).whereabouts("À la fin.").is_some()
    });
    assert!(!driver.sees("page 1 sur"));

    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.until("le début est en vue", |driver| driver.sees("page 1 sur"));
}

#[test]
fn a_click_on_the_page_puts_the_caret_in_the_text() {
    let house = House::valmont();
    let mut driver = writing(&house);
    prints(&mut driver, "Valmont verse");
    click_printed(&mut driver, "sa part");
    assert!(driver.is_focused(convention::EDITOR));
    driver.types("toute ");
    driver.ctrl("s");
    assert_eq!(
        house.draft().articles[1].texts[0].paragraphs[0],
        "Valmont verse toute sa part chaque année."
    );

    click_printed(&mut driver, "Objet");
    assert!(driver.is_focused(convention::TITLE));
}

#[test]
fn f9_hides_the_preview_and_shows_it_in_the_place_of_the_text_where_there_is_no_room() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.key(Named::F9);
    assert!(!driver.sees("page 1 sur"));
    assert!(driver.is_focused(convention::EDITOR));
    driver.key(Named::F9);
    driver.until("l’aperçu revient", |driver| driver.sees("page 1 sur"));

    driver.resize(1024.0, 700.0);
    assert!(!driver.sees("page 1 sur"));
    driver.key(Named::F9);
    driver.until("à la place du texte", |driver| driver.sees("page 1 sur"));
    click_printed(&mut driver, "Les parties");
    assert!(driver.is_focused(convention::EDITOR) && !driver.sees("page 1 sur"));
}

#[test]
fn the_mark_of_a_finding_on_the_page_leads_to_it() {
    let house = House::valmont();
    let mut driver = writing(&house);
    prints(&mut driver, "Valmont verse");
    let (mark, message) = {
        let screen = driver.app.convention().unwrap();
        screen.preview().first_mark().expect("une marque")
    };
    let pane = driver.bounds(Id::new(SHEETS));
    driver.click_at(Point::new(pane.x + mark.x, pane.y + mark.y));
    driver.expect(&format!("{}/", message + 1));
}
