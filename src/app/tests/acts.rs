//! The life of a convention by its acts: recorded with their pieces, corrected, removed, up to its seal and back.

use iced::keyboard::key::Named;
use iced::{Event, window};

use super::super::screen::{convention, pieces};
use super::conventions::{at_the_sheet, fill};
use super::frame::find;
use super::house::House;
use super::imports::lies;
use crate::model::{ActKind, Convention, Stage};

/// A deliberation on this computer.
const PAPER: &str = "/documents/deliberation_114.pdf";

#[test]
fn a_convention_lives_from_its_draft_to_its_seal_and_back() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    let next = convention::NEXT;

    driver.click(iced_test::selector::id(next));
    assert!(driver.is_focused(convention::DATE));
    driver.key(Named::Enter);
    driver.expect("Noter la délibération de Valmont…");

    driver.click(iced_test::selector::id(next));
    driver.key(Named::Enter);
    driver.expect("▲ Indiquez ce jour, ou celui avant lequel il est à faire.");
    driver.types("31/2/2026");
    driver.key(Named::Enter);
    driver.expect("Ce jour n’existe pas");
    fill(&mut driver, "3/11/2026");
    driver.click(iced_test::selector::id("act.number"));
    driver.types("2026-114");
    driver.key(Named::Enter);
    driver.expect("Délibération · Valmont · n°\u{a0}2026-114");

    for (invitation, day) in [
        ("Noter la transmission de Valmont…", "5/11/2026"),
        ("Noter la signature de Valmont…", "12/11/2026"),
        ("Noter la signature d’Aného…", "20/11/2026"),
    ] {
        driver.expect(invitation);
        driver.click(iced_test::selector::id(next));
        fill(&mut driver, day);
        if day == "20/11/2026" {
            driver.expect("C’est la dernière signature");
        }
        driver.key(Named::Enter);
    }
    driver.expect("le texte est scellé");
    driver.expect("Texte signé");
    driver.ctrl("s");
    let draft = house.draft();
    assert!(house.facts().disk.sealed(draft.id).is_some());
    assert_eq!(draft.done(ActKind::Signature).count(), 2);
    assert_eq!(stage(&draft), Stage::Signed);

    // One undo takes back the signature and the seal.
    driver.ctrl("z");
    driver.ctrl("s");
    assert!(house.facts().disk.sealed(draft.id).is_none());
    assert!(!house.draft().is_signed_by_all());
    driver.expect("Noter la signature d’Aného…");
}

fn stage(convention: &Convention) -> Stage {
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    convention.stage(today, |party| party.partner.is_none())
}

#[test]
fn an_act_that_awaits_its_day_is_not_noted_without_it() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.key(Named::Enter);

    driver.click(iced_test::selector::id(convention::NEXT));
    driver.click(iced_test::selector::id("act.due"));
    driver.types("15/12/2026");
    driver.expect("Prévoir l’acte");
    driver.key(Named::Enter);
    driver.expect("avant le 15/12/2026");

    driver.click(iced_test::selector::id(convention::NEXT));
    driver.click("Noter l’acte");
    driver.expect("▲ Indiquez le jour où il a eu lieu.");
    assert!(driver.is_focused(convention::DATE));
    driver.types("3/11/2026");
    assert!(!driver.sees("Indiquez le jour"));
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(house.draft().done(ActKind::Vote).count(), 1);
}

#[test]
fn an_act_is_corrected_and_removed() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 1600.0);
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.key(Named::Enter);
    driver.click("Modifier");
    driver.click(iced_test::selector::id("act.note"));
    driver.types("par le service juridique");
    driver.key(Named::Enter);
    driver.expect("par le service juridique");
    driver.click("Retirer");
    driver.expect("c’est fait.");
    driver.expect("Annuler");
    driver.ctrl("s");
    assert!(house.draft().acts.is_empty());
    driver.ctrl("z");
    driver.expect("par le service juridique");
}

#[test]
fn an_act_is_recorded_with_its_piece_in_one_form() {
    let house = House::valmont();
    lies(&house, PAPER, "%PDF-1.7 114");
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 1800.0);
    let acts = house.draft().acts.len();
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.click(iced_test::selector::id("act.file"));
    driver.types("/documents/delib.pdf");
    driver.key(Named::Enter);
    // The reason is under the path, and nothing is noted.
    driver.until("le fichier manque", |driver| driver.sees("▲"));
    driver.expect("delib.pdf");
    assert!(driver.is_focused("act.file"));
    driver.ctrl("s");
    assert_eq!(house.draft().acts.len(), acts);

    // In front of the form, the palette lets what is dropped through.
    driver.ctrl("k");
    driver.event(Event::Window(window::Event::FileDropped(PAPER.into())));
    assert!(driver.is_focused("act.file"));
    driver.key(Named::Enter);
    driver.until("l’acte est noté", |driver| driver.sees("Pièces 1"));
    driver.ctrl("s");
    let draft = house.draft();
    assert_eq!(draft.acts.len(), acts + 1);
    let act = &draft.acts[acts];
    assert_eq!(act.pieces[0].file_name, "deliberation_114.pdf");
    assert_eq!(act.pieces[0].date, act.date);
    assert!(house.facts().cabinet.contains_key(&act.pieces[0].sha256));

    // The same file once more adds nothing; another one does.
    lies(&house, "/documents/lettre.pdf", "%PDF-1.7 lettre");
    for file in ["deliberation_114.pdf", "lettre.pdf"] {
        driver.click("Modifier");
        driver.expect("Une autre pièce, s’il y en a une");
        driver.click(iced_test::selector::id("act.file"));
        driver.types(&format!("/documents/{file}"));
        driver.key(Named::Enter);
        driver.until("la fenêtre se ferme", |driver| {
            !driver.sees("Modifier un acte")
        });
    }
    driver.ctrl("s");
    let pieces = house.draft().acts[acts].pieces.clone();
    let names: Vec<&str> = pieces.iter().map(|it| it.file_name.as_str()).collect();
    assert_eq!(names, ["deliberation_114.pdf", "lettre.pdf"]);

    // An act and its piece are one change.
    driver.ctrl("z");
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.draft().acts.len(), acts);
}

#[test]
fn a_file_that_comes_once_its_form_is_left_notes_nothing() {
    let house = House::valmont();
    lies(&house, PAPER, "%PDF-1.7 114");
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 1800.0);
    let acts = house.draft().acts.len();
    house.facts().papers_are_slow = true;
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.event(Event::Window(window::Event::FileDropped(PAPER.into())));
    driver.key(Named::Enter);
    driver.expect("Le fichier est lu…");
    driver.key(Named::Escape);
    assert!(!driver.sees("Noter un acte"));

    house.facts().papers_are_slow = false;
    driver.until("le fichier est lu", |_| !house.facts().cabinet.is_empty());
    driver.redraw();
    driver.ctrl("s");
    assert_eq!(house.draft().acts.len(), acts);
}

#[test]
fn an_act_that_is_half_typed_stays_when_the_palette_leads_to_it_again() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.click(iced_test::selector::id("act.note"));
    driver.types("par le service juridique");
    find(&mut driver, "envoyer aného");
    assert!(driver.is_focused(convention::DATE));
    driver.key(Named::Enter);
    driver.expect("par le service juridique");
    driver.ctrl("s");
    let note = house.draft().acts[0].note.clone();
    assert_eq!(note.as_deref(), Some("par le service juridique"));
}

#[test]
fn an_act_is_recorded_and_its_piece_is_joined() {
    let house = House::valmont();
    lies(&house, PAPER, "%PDF-1.7 114");
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 1800.0);
    driver.click(iced_test::selector::id(convention::NEXT));
    driver.key(Named::Enter);
    driver.click("Pièces");
    driver.key(Named::Enter);
    assert!(driver.is_focused(pieces::PATH));
    driver.types(PAPER);
    driver.key(Named::Enter);
    driver.until("la pièce est jointe", |driver| driver.sees("Pièces 1"));
    driver.ctrl("s");

    let kept = house.draft().acts[0].pieces.clone();
    assert_eq!(kept[0].file_name, "deliberation_114.pdf");
    assert!(house.facts().cabinet.contains_key(&kept[0].sha256));

    driver.ctrl("z");
    driver.ctrl("s");
    assert!(house.draft().acts[0].pieces.is_empty());

    // Dropped on the window, it joins the act that is unfolded; once it is removed the keyboard can add another.
    driver.event(Event::Window(window::Event::FileDropped(PAPER.into())));
    driver.until("la pièce est jointe", |driver| {
        driver.is_focused(pieces::TITLE)
    });
    driver.key(Named::Enter);
    driver.ctrl("s");
    let piece = house.draft().acts[0].pieces[0].id;
    let remove = iced::widget::Id::from(format!("pieces.remove.{piece}"));
    driver.focus(remove);
    driver.key(Named::Enter);
    assert!(driver.is_focused(pieces::ADD));
    driver.ctrl("s");
    assert!(house.draft().acts[0].pieces.is_empty());
}
