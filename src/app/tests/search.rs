//! Find and replace, over articles and languages.

use std::path::PathBuf;
use std::sync::Arc;

use iced::keyboard::{Modifiers, key::Named};

use super::super::screen::convention;
use super::super::switchboard::Switchboard;
use super::driver::Driver;
use super::house::{FOLDER, House};
use crate::model::{Change, Ids, Lang, Record, Text, Visa};

/// A draft in two languages that says « Valmont » in both, once in a title.
fn bilingual() -> House {
    let house = House::valmont();
    let draft = house.draft();
    let mut after = draft.clone();
    after.languages.push(Lang::new("en"));
    after.articles[1].texts[0].title = "Part de Valmont".to_owned();
    let mut english = Text::new(
        Lang::new("en"),
        vec!["VALMONT pays its share, as {{valmont.nom}} does.".to_owned()],
    );
    english.title = "Funding".to_owned();
    after.articles[1].texts.push(english);
    house.facts().disk.apply(&Change::replace(
        "",
        Arc::new(Record::Convention(draft)),
        Record::Convention(after),
    ));
    house
}

fn writing(house: &House) -> Driver {
    let folder = Some(PathBuf::from(FOLDER));
    let mut driver = Driver::new(Switchboard::new(Arc::new(house.clone()), folder));
    driver.until("l’espace s’ouvre", |driver| {
        driver.sees("Valmont – Aného 2027-2029")
    });
    driver.click("Valmont – Aného 2027-2029");
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver
}

/// The titles and paragraphs of the second article, in both languages.
fn second(house: &House) -> Vec<String> {
    let draft = house.draft();
    let texts = draft.articles[1].texts.iter();
    texts
        .flat_map(|text| [vec![text.title.clone()], text.paragraphs.clone()].concat())
        .collect()
}

#[test]
fn words_are_replaced_over_articles_and_languages_and_taken_back_at_once() {
    let house = bilingual();
    let mut driver = writing(&house);
    driver.ctrl("h");
    assert!(driver.is_focused(convention::FIND));
    driver.types("valmont");
    driver.expect("1 sur 4");

    driver.key(Named::Tab);
    for _ in 0..4 {
        if driver.is_focused("search.replace") {
            break;
        }
        driver.key(Named::Tab);
    }
    driver.types("Clairac");
    let before = second(&house);
    driver.click("Tout remplacer");
    driver.expect("Remplacé 3\u{a0}fois.");
    driver.expect("1\u{a0}autre est dans un champ, laissé tel quel.");
    driver.ctrl("s");
    assert_eq!(
        second(&house),
        [
            "Part de Clairac",
            "Clairac verse sa part chaque année.",
            "Funding",
            "Clairac pays its share, as {{valmont.nom}} does.",
        ]
    );

    driver.ctrl("z");
    driver.expect(
        "Annulé\u{a0}: Remplacer «\u{a0}valmont\u{a0}» par «\u{a0}Clairac\u{a0}», 3\u{a0}fois",
    );
    driver.ctrl("s");
    assert_eq!(second(&house), before);
}

#[test]
fn places_found_are_walked_and_replaced_one_by_one() {
    let house = bilingual();
    let mut driver = writing(&house);
    driver.ctrl("f");
    driver.types("part");
    driver.expect("1 sur 3");
    driver.click("mot entier");
    driver.expect("1 sur 2");

    // To the title, then to the words of the article.
    driver.key(Named::F3);
    assert!(driver.is_focused(convention::TITLE));
    driver.key(Named::F3);
    driver.expect("2 sur 2");
    assert!(driver.is_focused(convention::EDITOR));
    driver.types("contribution");
    driver.expect("1 sur 1");
    driver.key(Named::Escape);
    assert!(!driver.sees("1 sur 1"));
    driver.ctrl("s");
    assert_eq!(
        second(&house)[1],
        "Valmont verse sa contribution chaque année."
    );

    // What is selected is what is looked for.
    driver.key_with(Named::ArrowLeft, Modifiers::CTRL | Modifiers::SHIFT);
    driver.ctrl("f");
    driver.expect("contribution");
    driver.key(Named::Escape);
    assert!(driver.is_focused(convention::EDITOR));
}

#[test]
fn the_keyboard_stays_where_nothing_is_left_to_replace() {
    let house = bilingual();
    let mut driver = writing(&house);
    driver.ctrl("h");
    driver.types("chaque année");
    driver.key(Named::Tab);
    driver.types("tous les ans");
    driver.key(Named::Tab);
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    driver.expect("Remplacé 1\u{a0}fois.");
    driver.expect("introuvable");
    assert!(driver.is_anything_focused());

    // It goes on from there, past what cannot be pressed.
    driver.key_with(Named::Tab, Modifiers::SHIFT);
    assert!(driver.is_focused("search.replace"));
}

#[test]
fn what_is_found_in_a_visa_is_named_and_brought_into_sight() {
    let house = House::valmont();
    let draft = house.draft();
    let mut after = draft.clone();
    for rank in 0..30 {
        let words = format!(
            "le texte {rank} {}",
            "qui règle ce que font les parties ".repeat(6)
        );
        after.visas.push(Visa {
            id: Ids::counted(900 + rank).next_id(),
            basis: None,
            texts: vec![Text::new(Lang::french(), vec![words])],
        });
    }
    let last = format!("visa {}", after.visas.len());
    house.facts().disk.apply(&Change::replace(
        "",
        Arc::new(Record::Convention(draft)),
        Record::Convention(after),
    ));
    let mut driver = writing(&house);
    driver.ctrl("h");
    driver.types("le texte 29");
    driver.key(Named::Tab);
    assert!(driver.is_focused("search.replace"));
    driver.focus(convention::FIND);
    driver.key(Named::Enter);
    driver.expect(&last);
    assert!(driver.is_focused(convention::FIND));
    assert!(!driver.is_hidden(convention::EDITOR));
}

#[test]
fn what_is_not_there_is_said_not_to_be() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.ctrl("f");
    driver.types("introuvable ici");
    driver.expect("introuvable");
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::FIND));
}
