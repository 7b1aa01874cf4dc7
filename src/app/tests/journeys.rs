//! What a person does, from the first page to the last.

use std::path::{Path, PathBuf};

use iced::keyboard::{Modifiers, key::Named};

use super::super::outside::Damaged;
use super::super::screen::{convention, export};
use super::super::theme::Appearance;
use super::driver::{Driver, at_the_welcome, opened};
use super::house::{FOLDER, House};
use crate::document::State;
use crate::model::{Kind, RecordId};

/// At the first article of the draft, the keyboard in its text.
pub(super) fn writing(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("1er Objet");
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver
}

#[test]
fn from_the_list_to_a_saved_article_by_the_keyboard_alone() {
    let house = House::valmont();
    let mut driver = opened(&house);

    // From the search field to the first row, and into it.
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    driver.expect("1er Objet");

    driver.key(Named::Enter);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(" Et partout.");
    driver.expect("Enregistrement…");

    driver.ctrl("s");
    driver.expect("Enregistré à 14:32");
    assert_eq!(
        house.first_paragraph(),
        "Les parties améliorent l’accès à l’eau. Et partout."
    );
}

#[test]
fn a_burst_of_typing_is_undone_at_once_and_redone() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.types("Ensemble ");
    driver.ctrl("s");
    assert!(house.first_paragraph().starts_with("Ensemble Les parties"));

    driver.ctrl("z");
    driver.expect("Annulé\u{a0}: Modifier l’article 1er");
    assert!(house.first_paragraph().starts_with("Les parties"));

    driver.ctrl_shift("z");
    driver.expect("Rétabli\u{a0}: Modifier l’article 1er");
    assert!(house.first_paragraph().starts_with("Ensemble Les parties"));
}

#[test]
fn undo_reaches_back_across_articles_and_pages() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.types("Un ");
    driver.click("2 Finances");
    driver.types("Deux ");
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("Prochain acte");

    driver.ctrl("z");
    driver.ctrl("z");
    let draft = house.draft();
    let first = |rank: usize| draft.articles[rank].texts[0].paragraphs[0].as_str();
    assert!(first(0).starts_with("Les parties") && first(1).starts_with("Valmont verse"));
    driver.ctrl("z");
    driver.expect("Il n’y a rien à annuler.");
}

#[test]
fn an_article_is_added_named_and_taken_back() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.click("+ Article vide");
    assert!(driver.is_focused(convention::TITLE));
    driver.ctrl("a");
    driver.types("Pilotage");
    driver.expect("3 Pilotage");

    driver.ctrl("z");
    driver.ctrl("z");
    assert!(!driver.sees("3 Pilotage") && !driver.sees("Nouvel article"));
    assert_eq!(house.draft().articles.len(), 2);
}

#[test]
fn a_workspace_held_by_somebody_is_read_and_says_by_whom() {
    let house = House::valmont();
    house.facts().holder = Some("J. Martin, sur PC-RI-04".to_owned());
    let mut driver = opened(&house);
    driver.expect("cet espace est ouvert par J. Martin, sur PC-RI-04.");

    driver.click("Valmont – Aného 2027-2029");
    driver.click("1er Objet");
    driver.expect("Les parties améliorent l’accès à l’eau.");
    driver.types("Rien");
    driver.ctrl("s");
    assert_eq!(
        house.first_paragraph(),
        "Les parties améliorent l’accès à l’eau."
    );
    assert!(!driver.sees("+ Article vide"));
}

#[test]
fn a_damaged_file_is_named_and_the_rest_is_open() {
    let house = House::valmont();
    house.facts().damaged = vec![Damaged {
        file: "partners/x.json".to_owned(),
        line: Some(12),
        reason: "une virgule manque".to_owned(),
        ..Damaged::default()
    }];
    let mut driver = opened(&house);
    driver.expect("partners/x.json, ligne 12\u{a0}: une virgule manque");
    driver.expect("Valmont – Aného 2027-2029");
    driver.click("Voir");
    driver.expect("Fichiers à voir 1\u{a0}▲");
    driver.expect("ligne 12\u{a0}: une virgule manque");

    // What changed in the folder since is seen when one looks again.
    house.facts().damaged.clear();
    let draft = house.draft().id;
    let of = RecordId {
        kind: Kind::Convention,
        id: draft,
    };
    house.facts().missing = vec![(of, "Délibération".to_owned())];
    driver.click("Contenus");
    driver.click("Fichiers à voir 1\u{a0}▲");
    driver.expect("Fichiers à voir 1\u{a0}◆");
    driver.expect("son fichier n’est plus dans le dossier");
    assert!(!driver.sees("une virgule manque"));
}

#[test]
fn a_full_disk_is_told_nothing_is_lost_and_it_is_tried_again() {
    let house = House::valmont();
    let mut driver = writing(&house);
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.types("Ensemble ");
    driver.ctrl("s");
    driver.expect("Le disque est plein. Rien n’est perdu");
    driver.expect("Non enregistré");
    assert!(house.first_paragraph().starts_with("Les parties"));

    house.facts().refusal = None;
    driver.click("Réessayer maintenant");
    driver.expect("Enregistré à 14:32");
    assert!(!driver.sees("Le disque est plein."));
    assert!(house.first_paragraph().starts_with("Ensemble "));
}

#[test]
fn closing_saves_first_and_never_loses_in_silence() {
    let house = House::valmont();
    let mut driver = writing(&house);
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.types("Ensemble ");
    driver.ask_to_close();
    assert!(!driver.closed);
    driver.expect("Tout n’est pas enregistré");
    driver.expect("▲ Le disque est plein.");

    house.mend();
    driver.click("Réessayer");
    assert!(driver.closed);
    assert!(house.first_paragraph().starts_with("Ensemble "));
}

#[test]
fn f8_walks_through_what_there_is_to_verify() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.expect("1/");
    driver.key(Named::F8);
    driver.expect("1/");
    driver.key(Named::F8);
    driver.expect("2/");
    driver.key_with(Named::F8, Modifiers::SHIFT);
    driver.expect("1/");
}

#[test]
fn f6_goes_from_pane_to_pane_and_round() {
    let house = House::valmont();
    let mut driver = writing(&house);
    let mut visited = Vec::new();
    for _ in 0..6 {
        driver.key(Named::F6);
        visited.push(driver.is_focused(convention::TITLE));
    }
    // The pages, findings, navigation, head, plan, then the part again.
    assert_eq!(visited, [false, false, false, false, false, true]);

    driver.key_with(Named::F6, Modifiers::SHIFT);
    driver.key(Named::F6);
    assert!(driver.is_focused(convention::TITLE));
}

#[test]
fn a_convention_leaves_as_pdf_where_one_types() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.types("Ensemble ");
    driver.ctrl("p");
    assert!(driver.is_focused(export::state_id(State::Working)));
    driver.focus(export::PATH);
    driver.ctrl("a");
    driver.types("/tmp/convention.pdf");
    driver.key(Named::Enter);
    driver.until("le PDF est écrit", |driver| {
        driver.sees("PDF écrit\u{a0}: /tmp/convention.pdf")
    });

    let facts = house.facts();
    let order = &facts.exports[0];
    assert_eq!(order.path, Path::new("/tmp/convention.pdf"));
    assert_eq!(
        (order.composition.state, order.replace),
        (State::Working, false)
    );
    let text = &order.records.convention(order.convention).unwrap().articles[0].texts[0];
    assert!(text.paragraphs[0].starts_with("Ensemble "));
}

#[test]
fn a_file_that_is_there_is_replaced_only_when_one_says_so() {
    let house = House::valmont();
    let path = PathBuf::from("/documents/Valmont – Aného 2027-2029 – projet.pdf");
    house.facts().files.push(path.clone());
    let mut driver = writing(&house);
    driver.ctrl("p");
    driver.ctrl("p");
    driver.expect("Un fichier de ce nom existe déjà.");
    assert!(house.facts().exports.is_empty());

    assert!(driver.is_focused(export::ANSWER));
    driver.key(Named::Enter);
    driver.expect("Ouvrir le dossier");
    assert!(driver.is_focused(export::ANSWER));
    assert_eq!(house.facts().exports[0].path, path);
}

#[test]
fn a_dialog_that_is_missing_leaves_the_typed_path() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.ctrl("p");
    driver.click("Choisir…");
    driver.expect("Le sélecteur de fichiers du système n’est pas disponible");
    assert!(driver.is_focused(export::PATH));

    house
        .facts()
        .answers
        .push_back(PathBuf::from("/tmp/choisi.pdf"));
    driver.click("Choisir…");
    assert_eq!(house.facts().exports[0].path, Path::new("/tmp/choisi.pdf"));
}

#[test]
fn a_folder_that_is_no_workspace_is_said_to_be_none() {
    let house = House::valmont();
    let mut driver = at_the_welcome(&house);
    driver.ctrl("o");
    driver.expect("Le sélecteur de fichiers du système n’est pas disponible");
    driver.types("/ailleurs");
    driver.key(Named::Enter);
    driver.expect("/ailleurs n’est pas un espace.");

    driver.ctrl("a");
    driver.types(FOLDER);
    driver.key(Named::Enter);
    driver.expect("Jumelage Valmont – Figuig");
}

#[test]
fn another_workspace_is_opened_from_the_one_that_is_once_it_is_saved() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.types("Ensemble ");
    driver.ctrl("o");
    driver.expect("Espaces récents");
    assert!(house.first_paragraph().starts_with("Ensemble "));

    driver.key(Named::Enter);
    driver.until("on est où l’on était", |driver| {
        driver.sees("1er Objet")
    });
}

#[test]
fn one_comes_back_from_the_first_page_to_where_one_was() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Aného");
    let mut there_and_back = |back: &dyn Fn(&mut Driver)| {
        driver.click("Ouvrir un autre espace");
        driver.awaits("Espaces récents");
        driver.expect("‹ Revenir à «\u{202f}Valmont\u{202f}»");
        back(&mut driver);
        driver.awaits("Collectivité étrangère");
        driver.expect("Togo");
    };
    there_and_back(&|driver| driver.key(Named::Escape));
    there_and_back(&|driver| driver.key_with(Named::ArrowLeft, Modifiers::ALT));
    there_and_back(&|driver| driver.click("‹ Revenir à «\u{202f}Valmont\u{202f}»"));
    // Out of the questions of a new workspace first.
    there_and_back(&|driver| {
        driver.click("Nouvel espace…");
        driver.expect("1. Quelle est votre collectivité");
        driver.key(Named::Escape);
        driver.expect("Espaces récents");
        driver.key(Named::Escape);
    });
}

#[test]
fn the_list_is_searched_and_cut_by_stage() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.types("figUIG");
    assert!(driver.sees("Jumelage Valmont – Figuig") && !driver.sees("Valmont – Aného"));
    driver.ctrl("a");
    driver.types("pérou");
    driver.expect("Aucune convention ne répond à cette recherche.");
    driver.ctrl("a");
    driver.key(Named::Backspace);

    driver.click("Rédaction 1");
    assert!(driver.sees("Valmont – Aného") && !driver.sees("Jumelage Valmont – Figuig"));
}

#[test]
fn theme_and_zoom_are_chosen_and_kept() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.ctrl("+");
    driver.key(Named::F1);
    driver.click("Thème sombre");
    driver.key(Named::Escape);
    driver.expect("Valmont – Aného 2027-2029");

    let kept = house.facts().preferences.clone();
    assert_eq!((kept.zoom, kept.appearance), (110, Appearance::Dark));
}

#[test]
fn partners_are_read_and_lead_to_their_conventions() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Aného");
    driver.expect("Collectivité étrangère");
    driver.expect("Togo");
    driver.click("Conventions 1");
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("1er Objet");
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("Togo");
}

#[test]
fn a_window_of_half_the_size_still_does_everything() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.resize(512.0, 350.0);
    driver.click("Valmont – Aného 2027-2029");
    driver.click("Plan");
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver.types("Deux ");
    driver.ctrl("s");
    driver.expect("Enregistré à 14:32");
    driver.click("PDF");
    assert!(driver.is_focused(export::state_id(State::Working)));
}

#[test]
fn what_is_undone_on_another_page_is_named_and_gone_to() {
    let house = House::valmont();
    let mut driver = writing(&house);
    let title = house.draft().title;
    driver.types("Nouveau. ");
    driver.click("Partenaires");
    driver.ctrl("z");
    driver.expect(&format!(
        "Annulé\u{a0}: Modifier l’article 1er, dans «\u{202f}{title}\u{202f}»"
    ));
    driver.click("Y aller");
    driver.expect("1er Objet");
}
