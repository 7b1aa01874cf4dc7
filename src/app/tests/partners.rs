//! Partners: their sheets, their pieces, the people there.

use std::path::{Path, PathBuf};

use iced::keyboard::{Modifiers, key::Named};
use iced::{Event, mouse, window};
use iced_test::selector;

use super::driver::{Driver, opened};
use super::house::House;
use crate::app::screen::partner::EDIT;
use crate::app::screen::pieces::TITLE;
use crate::model::{Change, Ids, Kind, Name, Nature, Partner, Record, Signatory};

/// On the sheet of Aného.
fn at_aneho(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Partenaires");
    driver.click("Aného");
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
    driver.click("Pièces");
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
    driver.click("Aného");
    drop(&mut driver, &file);
    driver.until("la pièce est jointe", |driver| driver.is_focused(TITLE));
    assert_eq!(aneho(&house).pieces[0].title, "rapport");
}

#[test]
fn the_dialog_of_a_new_partner_holds_still_as_towns_come_and_go() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Nouveau partenaire");
    driver.redraw();
    let nature = driver.bounds(selector::id("partners.new.nature"));
    driver.types("Saint");
    driver.awaits("Villes de ce nom, d’après GeoNames");
    driver.redraw();
    assert_eq!(driver.bounds(selector::id("partners.new.nature")), nature);
    let last = driver.bounds(selector::id("towns.4"));
    assert!(last.y + last.height <= nature.y, "{last:?}, {nature:?}");
}

#[test]
fn a_partner_is_created_completed_edited_and_undone() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Nouveau partenaire");
    driver.key(Named::Enter);
    driver.expect("▲ Un partenaire a un nom.");
    driver.types("Ville de Gmünd");
    driver.key(Named::Enter);
    driver.expect("Collectivité étrangère");
    let gmund = |house: &House| {
        let facts = house.facts();
        let mut partners = facts.disk.partners_sorted();
        partners
            .find(|it| it.name.text == "Ville de Gmünd")
            .cloned()
    };
    driver.until("le partenaire est enregistré", |_| gmund(&house).is_some());

    // The keyboard is on « Modifier », then in the name; its own name follows.
    assert!(driver.is_focused(EDIT));
    driver.key(Named::Enter);
    assert!(driver.is_focused("partner.Name"));
    driver.key(Named::Tab);
    driver.types("Stadt Gmünd");
    driver.click("▸ Compléter");
    driver.expect("Grammaire du nom officiel");
    driver.ctrl("s");
    let own_name = |house: &House| gmund(house)?.names.first().map(|it| it.text.clone());
    driver.until("son nom est enregistré", |_| {
        own_name(&house).as_deref() == Some("Stadt Gmünd")
    });

    driver.click("Terminé");
    driver.expect("Stadt Gmünd");
    driver.click("Vérifié aujourd’hui");
    driver.expect("Vérifié le 23/11/2026 par J. Martin");
    driver.ctrl("z");
    driver.expect("Pas encore vérifié.");
    driver.ctrl("z");
    driver.until("son nom est défait", |_| own_name(&house).is_none());
    driver.ctrl("z");
    driver.until("il est défait", |_| gmund(&house).is_none());
    driver.expect("Ce partenaire n’existe plus.");
}

#[test]
fn a_partner_that_is_a_party_says_so_before_it_goes_and_comes_back_with_its_people() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Modifier");
    driver.click("Supprimer ce partenaire");
    driver.expect("Ce partenaire est partie à 1\u{a0}convention");
    driver.click("Supprimer quand même");
    driver.expect("«\u{202f}Aného\u{202f}» est supprimé");
    driver.click("Compris");
    assert!(!driver.sees("Aného"));
    driver.ctrl("z");
    driver.expect("Aného");
}

#[test]
fn people_are_added_written_removed_and_a_copy_of_their_data_is_handed_over() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Contacts");
    driver.click("+ Ajouter un contact");
    driver.types("Mme Adjoua Lawson");
    driver.key(Named::Enter);
    driver.types("adjointe au maire");
    driver.click("Terminé");
    driver.expect("Contacts 1");
    driver.expect("adjointe au maire");

    driver.click(iced_test::selector::id(iced::widget::Id::from(format!(
        "people.{}",
        person(&house)
    ))));
    driver.click("Copie de ses données…");
    driver.key(Named::Enter);
    driver.awaits("Écrit\u{a0}: /documents/donnees-lawson.txt");
    assert!(
        house
            .facts()
            .papers
            .contains_key(Path::new("/documents/donnees-lawson.json"))
    );
    let written = house.facts().papers[Path::new("/documents/donnees-lawson.txt")].clone();
    assert!(
        String::from_utf8(written)
            .unwrap()
            .contains("Fonction\u{a0}: adjointe au maire")
    );

    driver.click("Retirer de la liste");
    driver.expect("Personne n’est noté ici.");
    driver.ctrl("z");
    driver.expect("adjointe au maire");
}

fn person(house: &House) -> crate::model::Id {
    house.facts().disk.contacts().next().unwrap().id
}

#[test]
fn visits_are_noted_and_the_keyboard_reaches_them() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Journal");
    driver.click("Ajouter");
    driver.key(Named::Enter);
    driver.expect("Aucune visite, aucun échange noté.");
    driver.ctrl("s");
    assert!(aneho(&house).journal.is_empty());

    driver.click("Ajouter");
    driver.types("Visite");
    driver.key(Named::Escape);
    driver.expect("Modifier");
    driver.key(Named::Enter);
    driver.expect("Ce qui s’est passé");
    driver.ctrl("z");
    driver.expect("Aucune visite, aucun échange noté.");

    driver.click("Ajouter");
    driver.key(Named::Escape);
    assert!(driver.is_focused("events.journal.add"));
    driver.key(Named::Enter);
    driver.types("Visite de la maire");
    driver.key(Named::Enter);
    driver.expect("23/11/2026");
    driver.expect("Visite de la maire");
    driver.ctrl("s");
    assert_eq!(aneho(&house).journal[0].text, "Visite de la maire");
    driver.ctrl("z");
    driver.ctrl("s");
    assert!(aneho(&house).journal.is_empty());

    // What cannot be kept of one that has only begun is nowhere else: it stays open.
    driver.click("Ajouter");
    driver.key_with(Named::Tab, Modifiers::SHIFT);
    driver.ctrl("a");
    driver.types("32/13/2026");
    driver.click("Terminé");
    driver.expect("Ce qui s’est passé");
    driver.ctrl("a");
    driver.types("24/11/2026");
    driver.key(Named::Enter);
    assert!(!driver.sees("Ce qui s’est passé"));
}

#[test]
fn the_list_is_filtered_by_country_and_by_what_bodies_are() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Collectivités 2");
    driver.click(iced_test::selector::id(
        super::super::screen::partners::SEARCH,
    ));
    driver.types("maroc");
    assert!(driver.sees("Figuig") && !driver.sees("Aného"));
    driver.ctrl("a");
    driver.types("aneho togo");
    assert!(!driver.sees("Figuig") && driver.sees("Aného"));
}

#[test]
fn diplomatic_posts_stand_under_their_country() {
    let house = House::valmont();
    let mut ids = Ids::counted(1_800_000_000_000);
    for (name, country) in [
        ("Consulat général de France à Lomé", "TG"),
        ("Ambassade de France au Maroc", "MA"),
        ("Ambassade de France au Togo", "TG"),
    ] {
        let post = serde_json::json!({
            "id": ids.next_id(), "nature": "diplomatic-post", "country": country, "name": { "text": name },
        });
        let record = Record::from_value(Kind::Partner, post).unwrap();
        house.facts().disk.apply(&Change::create("", record));
    }
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.click("Postes diplomatiques 3");
    let top = |driver: &mut Driver, words: &'static str| driver.bounds(words).y;

    // By country, then by name; the country is said once, beside the first.
    let morocco = top(&mut driver, "Ambassade de France au Maroc");
    let embassy = top(&mut driver, "Ambassade de France au Togo");
    let consulate = top(&mut driver, "Consulat général de France à Lomé");
    assert!(morocco < embassy && embassy < consulate);
    let togo = top(&mut driver, "Togo");
    assert!((embassy - 8.0..consulate).contains(&togo), "{togo}");
}

#[test]
fn a_convention_is_begun_from_the_sheet_of_its_partner() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Conventions 1");
    driver.click("Nouvelle convention avec ce partenaire…");
    driver.click("2. Parties");
    driver.expect("Commune d’Aného");
}

#[test]
fn a_convention_begun_with_a_partner_waits_for_whoever_comes_back() {
    const BEGIN: &str = "Nouvelle convention avec ce partenaire…";
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Conventions 1");
    driver.click(BEGIN);
    driver.click("Continuer");
    driver.click(selector::id("wizard.newcomer"));
    driver.types("Ville de Hué");
    driver.key(Named::Escape);
    driver.click(BEGIN);
    driver.expect("Engagements de la Ville de Hué");
}

#[test]
fn a_form_says_when_it_is_not_on_the_disk() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Modifier");
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.types(" (Togo)");
    driver.ctrl("s");
    driver.expect("▲ La fiche n’est pas encore enregistrée\u{a0}: voir en haut de la fenêtre.");
    house.mend();
    driver.click("Réessayer maintenant");
    driver.expect("La fiche s’enregistre au fur et à mesure.");
}

#[test]
fn the_end_of_a_long_form_is_in_sight_however_far_one_writes() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.resize(1024.0, 700.0);
    driver.click("Modifier");
    driver.click("▸ Compléter");
    driver.focus("partner.Notes");
    driver.key(Named::Tab);
    driver.key_with(Named::Tab, Modifiers::SHIFT);
    driver.redraw();
    let notes = driver.bounds(selector::id("partner.Notes"));
    assert!(notes.height > 40.0, "{notes:?}");
    driver.expect("La fiche s’enregistre au fur et à mesure.");
    driver.click("Terminé");
    assert!(driver.is_focused(EDIT));
    driver.redraw();
    assert!(driver.bounds(selector::id(EDIT)).height > 20.0);

    // Escape in a field is « Terminé » too.
    driver.key(Named::Enter);
    driver.expect("La fiche s’enregistre au fur et à mesure.");
    driver.key(Named::Escape);
    assert!(!driver.sees("La fiche s’enregistre au fur et à mesure."));
    assert!(driver.is_focused(EDIT));
}

#[test]
fn what_f6_and_tab_reach_comes_into_sight_from_wherever_the_page_was_scrolled() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Modifier");
    driver.click("▸ Compléter");
    driver.resize(1280.0, 430.0);
    let down = driver.bounds(selector::id("partner.Name")).center();
    driver.point(down);
    for _ in 0..20 {
        driver.event(Event::Mouse(mouse::Event::WheelScrolled {
            delta: mouse::ScrollDelta::Lines { x: 0.0, y: -10.0 },
        }));
    }
    driver.redraw();
    assert!(driver.is_hidden("partner.tabs"));
    driver.until("F6 y arrive", |driver| {
        driver.key(Named::F6);
        driver.is_focused("partner.tabs")
    });
    driver.redraw();
    assert!(driver.bounds(selector::id("partner.tabs")).height > 20.0);
}

#[test]
fn what_has_the_keyboard_stays_in_sight_as_everything_is_enlarged() {
    let house = House::valmont();
    let mut driver = at_aneho(&house);
    driver.click("Modifier");
    driver.click("▸ Compléter");
    driver.focus("partner.Notes");
    driver.follows_zoom = true;
    for _ in 0..10 {
        driver.ctrl("+");
    }
    driver.redraw();
    assert!(driver.is_focused("partner.Notes"));
    assert!(!driver.is_hidden("partner.Notes"));

    for _ in 0..12 {
        driver.ctrl("-");
    }
    driver.redraw();
    assert!(driver.is_focused("partner.Notes"));
    assert!(!driver.is_hidden("partner.Notes"));
}

#[test]
fn ctrl_f_filters_the_list_and_enter_opens_what_is_left() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.ctrl("f");
    driver.types("aneho");
    driver.key(Named::Enter);
    driver.expect("Collectivité étrangère");
}

#[test]
fn an_embassy_is_read_and_written_in_its_own_words() {
    let house = House::valmont();
    let post = {
        let mut facts = house.facts();
        let country = facts.disk.partners().find_map(|it| it.country.clone());
        let mut post = Partner::new(
            Ids::counted(700).next_id(),
            Nature::DiplomaticPost,
            Name::new("Ambassade de France là-bas"),
        );
        post.country = country;
        let mut head = Signatory::new(Ids::counted(701).next_id());
        head.name = "Mme Awa Diop".to_owned();
        head.function = "ambassadrice".to_owned();
        head.function_there = Some("Ambassadrice".to_owned());
        post.signatories.push(head);
        facts
            .disk
            .apply(&Change::create("", Record::Partner(post.clone())));
        post
    };
    let mut driver = opened(&house);
    driver.ctrl("k");
    driver.types(&post.name.text);
    driver.key(Named::Enter);
    driver.expect("Chef de poste");
    driver.expect("Mme Awa Diop, ambassadrice");
    assert!(!driver.sees("(Ambassadrice)"));
    driver.expect("Partenaires là-bas");
    assert!(!driver.sees("Droit"));
    assert!(!driver.sees("(féminin"));

    driver.click("Modifier");
    driver.expect("Type de poste");
    driver.expect("Fonction du chef de poste");
    assert!(!driver.sees("Exécutif") && !driver.sees("Nom dans sa langue"));
    driver.click("▸ Compléter");
    driver.expect("Genre");
    driver.expect("le siège de l’Ambassade de France là-bas");
}
