//! What a PDF carries: logos, whose copy it is, numbered lines, its data; and a convention that comes back from one.

use std::path::PathBuf;

use iced::keyboard::key::Named;

use super::super::screen::export::many;
use super::super::screen::{finder, take_in};
use super::driver::{Driver, opened};
use super::house::House;
use crate::document::{Picture, State};
use crate::export::{self, Wanted};
use crate::model::{Change, Record};
use crate::picture;
use crate::reference::Reference;
use crate::typeset::Fonts;

fn go(driver: &mut Driver, words: &str) {
    driver.ctrl("k");
    assert!(driver.is_focused(finder::QUERY));
    driver.types(words);
    driver.key(Named::Enter);
}

#[test]
fn our_logo_is_chosen_shown_and_printed_unless_it_is_left_out() {
    let house = House::valmont();
    let file = PathBuf::from("/images/logo.png");
    let logo = picture::to_png(&Picture {
        width: 40,
        height: 20,
        rgb: [10, 40, 120].repeat(800),
        alpha: None,
    });
    {
        let mut facts = house.facts();
        facts.papers.insert(file.clone(), logo);
        facts
            .papers
            .insert(PathBuf::from("/images/notes.txt"), b"notes".to_vec());
        facts.answers.push_back("/images/notes.txt".into());
        facts.answers.push_back(file);
    }
    let mut driver = opened(&house);
    go(&mut driver, "Réglages");
    driver.resize(1280.0, 1600.0);
    driver.click("Choisir une image…");
    driver.awaits("ni une image PNG");
    driver.click("Choisir une image…");
    driver.awaits("logo.png");
    driver.awaits("Changer…");
    driver.until("il est gardé", |_| {
        house.facts().disk.authority().logo.is_some()
    });

    go(&mut driver, "Valmont – Aného");
    driver.ctrl("p");
    driver.awaits("les logos des parties");
    driver.click("Exporter «\u{a0}Valmont – Aného 2027-2… – projet.pdf\u{a0}»");
    driver.awaits("PDF écrit");
    driver.click("les logos des parties");
    driver.click("Exporter «\u{a0}Valmont – Aného 2027-2… – projet.pdf\u{a0}»");
    driver.awaits("existe déjà");
    driver.click("Le remplacer");
    driver.awaits("PDF écrit");
    let facts = house.facts();
    assert!(facts.exports[0].logos.is_some());
    assert!(facts.exports[1].logos.is_none());
}

#[test]
fn a_copy_of_the_other_party_with_numbered_lines_and_its_data_is_asked_for() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Valmont – Aného 2027-2029");
    driver.ctrl("p");
    driver.click("des lignes numérotées de cinq en cinq");
    driver.click("les données que le texte imprime, pour les programmes (PDF/A-3a)");
    driver.click("dans l’ordre du texte");
    driver.types("Aného");
    driver.key(Named::Enter);
    driver.click("Exporter «\u{a0}Valmont – Aného 2027-2… – projet.pdf\u{a0}»");
    driver.awaits("PDF écrit");
    let facts = house.facts();
    let order = &facts.exports[0];
    assert!(order.composition.line_numbers && order.data);
    assert_eq!(
        order.composition.copy_of.as_ref().unwrap().as_str(),
        "aneho"
    );
}

#[test]
fn all_leave_from_the_list_and_from_the_palette() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Exporter tout…");
    assert!(driver.is_focused(many::FOLDER));
    driver.key(Named::Escape);
    go(&mut driver, "Exporter toutes");
    assert!(driver.is_focused(many::FOLDER));

    // Each draft that left is kept as it was, once.
    driver.key(Named::Enter);
    driver.awaits("Terminé");
    driver.ctrl("s");
    let kept = |house: &House| house.facts().disk.versions().count();
    assert_eq!(kept(&house), 1, "the other convention is taken over");
    driver.click_words("Remplacer les fichiers qui y sont déjà");
    driver.focus(many::FOLDER);
    driver.key(Named::Enter);
    driver.awaits("Terminé");
    driver.ctrl("s");
    let all = house.facts().disk.conventions().count();
    assert_eq!((kept(&house), house.facts().exports.len()), (1, 2 * all));
}

#[test]
fn a_convention_comes_back_from_a_pdf_once_it_was_reviewed() {
    let house = House::valmont();
    let sent = {
        let mut convention = house.draft();
        let draft = convention.id;
        let mut there = house.facts().disk.clone();
        convention.articles[0].texts[0].paragraphs = vec!["Un objet revu au Togo.".to_owned()];
        there.apply(&Change::create("", Record::Convention(convention)));
        let wanted = Wanted {
            state: Some(State::Working),
            data: true,
            ..Wanted::default()
        };
        let day = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
        let reference = Reference::shipped();
        export::convention_pdf(draft, &there, reference, &wanted, day, &Fonts::shipped())
            .unwrap()
            .bytes
    };
    {
        let mut facts = house.facts();
        facts
            .papers
            .insert("/recu/autre.pdf".into(), b"%PDF-1.7".to_vec());
        facts.papers.insert("/recu/aneho.pdf".into(), sent);
        facts.answers.push_back("/recu/autre.pdf".into());
        facts.answers.push_back("/recu/aneho.pdf".into());
    }
    let mut driver = opened(&house);
    driver.click("Importer un PDF…");
    assert!(driver.is_focused(take_in::PATH));
    driver.click("Choisir…");
    driver.awaits("ne porte pas de données");
    driver.click("Choisir…");
    driver.awaits("◆ sera modifiée");
    driver.expect("document de travail, du 23/11/2026");
    assert_ne!(house.first_paragraph(), "Un objet revu au Togo.");

    driver.click("Importer");
    driver.awaits("La convention est importée");
    driver.until("elle est gardée", |_| {
        house.first_paragraph() == "Un objet revu au Togo."
    });
    driver.ctrl("z");
    driver.until("et peut être reprise", |_| {
        house.first_paragraph() != "Un objet revu au Togo."
    });
}
