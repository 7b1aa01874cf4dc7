//! Around the pages: first start, settings, places, the window, the keyboard.

use std::path::Path;

use iced::keyboard::{Modifiers, key::Named};
use iced::{Event, Point, Rectangle, Size, window};

use super::super::frame::PLACES;
use super::super::preferences::{Frame, Preferences};
use super::super::route::{Route, Topic};
use super::super::screen::settings::{self, PARTS};
use super::super::screen::{conventions, display, import, welcome};
use super::super::theme::Appearance;
use super::driver::{Driver, at_the_welcome, opened};
use super::house::{FOLDER, House};
use super::knowledge::at;
use crate::model::Gender;

/// At the settings, by the palette.
pub(super) fn setting(house: &House) -> Driver {
    let mut driver = opened(house);
    find(&mut driver, "reglages");
    driver.expect("Nom officiel");
    driver
}

/// Types in the palette and takes the first answer.
pub(super) fn find(driver: &mut Driver, words: &str) {
    driver.ctrl("k");
    driver.types(words);
    driver.key(Named::Enter);
}

/// The three questions, from the name of our authority.
fn name_clairac(driver: &mut Driver) {
    driver.types("Ville de Clairac");
    driver.key(Named::Tab);
    driver.types("M. Paul Roux");
    choose_the_folder(driver);
}

/// From the name of who represents it.
fn choose_the_folder(driver: &mut Driver) {
    driver.key(Named::Tab);
    driver.key(Named::ArrowRight);
    driver.key(Named::Tab);
    driver.ctrl("a");
    driver.types(FOLDER);
    driver.key(Named::Enter);
}

#[test]
fn from_the_first_start_to_the_first_partner() {
    let house = House::default();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    assert!(driver.is_focused(welcome::beginning::KIND));

    // What is typed narrows the kinds; Tab takes the first that answers.
    driver.types("comm");
    driver.expect("Communauté de communes");
    driver.key(Named::Tab);
    driver.expect("Commune");
    assert!(driver.is_focused(welcome::beginning::NAME));
    driver.key(Named::Enter);
    driver.expect("Indiquez le nom de votre collectivité.");
    name_clairac(&mut driver);
    driver.until("l’espace est prêt", |driver| {
        driver.sees("Votre espace est prêt.")
    });
    // « Ouvrir les partenaires », « Ajouter le premier partenaire »: the keyboard is there.
    driver.key(Named::Enter);
    driver.expect("Ajouter le premier partenaire");
    driver.key(Named::Enter);
    driver.types("Ville de Gmünd");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let facts = house.facts();
    let partners: Vec<_> = facts.disk.partners().map(|it| &*it.name.text).collect();
    assert_eq!(partners, ["Ville de Gmünd"]);
    let ours = facts.disk.authority().clone();
    assert_eq!(
        (ours.name.text.as_str(), ours.kind.as_str()),
        ("Ville de Clairac", "commune")
    );
    let mayor = &ours.signatories[0];
    assert_eq!(
        (mayor.name.as_str(), mayor.function.as_str()),
        ("M. Paul Roux", "maire")
    );
    assert_eq!(mayor.gender, Some(Gender::Masculine));
    assert_eq!(facts.preferences.recent[0].name, "Ville de Clairac");
}

#[test]
fn space_chooses_the_first_where_none_is_chosen() {
    let house = House::default();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    driver.types("agglo");
    driver.key(Named::Tab);
    driver.types("Communauté d’agglomération de Valmont");
    driver.key(Named::Tab);
    driver.types("Claire Aubépin");
    driver.key(Named::Tab);
    driver.expect("président");
    driver.key(Named::Space);
    driver.expect("présidente");
}

#[test]
fn what_is_typed_behind_tab_in_a_busy_window_goes_where_it_leads() {
    let house = House::default();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    driver.types("comm");
    driver.key(Named::Tab);
    driver.types("Ville de Clairac");
    driver.in_one_breath(&[Named::Tab], "Paul Roux");
    choose_the_folder(&mut driver);
    driver.until("l’espace est prêt", |driver| {
        driver.sees("Votre espace est prêt.")
    });
    let ours = house.facts().disk.authority().clone();
    assert_eq!(ours.name.text, "Ville de Clairac");
    assert_eq!(ours.signatories[0].name, "Paul Roux");
}

#[test]
fn the_demonstration_goes_elsewhere_where_documents_cannot_be_written() {
    let house = House::default();
    house.facts().home_is_read_only = true;
    house.facts().disk = House::valmont().facts().disk.clone();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Enter);
    driver.awaits("Passerelle ne peut pas y écrire.");
    assert!(driver.is_focused(welcome::PLACE));
    driver.ctrl("a");
    driver.types(FOLDER);
    driver.key(Named::Enter);
    driver.until("la démonstration s’ouvre", |driver| {
        driver.sees("Rechercher…")
    });
}

#[test]
fn what_follows_f6_in_a_busy_window_goes_on_from_the_pane_that_it_leads_to() {
    let house = House::valmont();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Enter);
    driver.until("la démonstration s’ouvre", |driver| {
        driver.sees("Rechercher…")
    });
    find(&mut driver, "réglages");
    let keys = [Named::F6, Named::F6, Named::Tab, Named::Home];
    driver.in_one_breath(&keys, "Grande ");
    driver.expect("Grande Communauté d’agglomération de Valmont");
}

#[test]
fn everything_by_the_keyboard_alone() {
    let house = House::valmont();
    let mut driver = at_the_welcome(&house);
    driver.key(Named::Enter);
    driver.until("la démonstration s’ouvre", |driver| {
        driver.sees("Rechercher…")
    });

    find(&mut driver, "aného 2027");
    driver.expect("1er Objet");
    find(&mut driver, "figuig");
    driver.expect("Maroc");
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("1er Objet");
    driver.key_with(Named::ArrowRight, Modifiers::ALT);
    driver.expect("Maroc");

    find(&mut driver, "réglages");
    driver.key(Named::F6);
    driver.key(Named::F6);
    assert!(driver.is_focused(PARTS));
    driver.key(Named::Tab);
    assert!(driver.is_focused(settings::NAME));
    driver.key(Named::Home);
    driver.types("Grande ");
    driver.expect("Grande Communauté d’agglomération de Valmont");
    driver.ctrl("z");
    assert!(!driver.sees("Grande Communauté"));
    driver.expect("Annulé\u{a0}: Nom officiel (réglages)");
    driver.ctrl_shift("z");
    driver.ctrl("s");
    assert!(
        house
            .facts()
            .disk
            .authority()
            .name
            .text
            .starts_with("Grande ")
    );
    driver.ask_to_close();
    assert!(driver.closed);
}

#[test]
fn what_cannot_be_read_stays_as_typed_and_blocks_nothing_else() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("SIREN");
    driver.focus("settings.Siren");
    driver.types("12x");
    driver.expect("▲ Un SIREN a neuf chiffres.");
    driver.focus("settings.Town");
    driver.types("Valmont");
    driver.ctrl("s");
    driver.expect("▲ Un SIREN a neuf chiffres.");
    let ours = house.facts().disk.authority().clone();
    assert_eq!((ours.siren, ours.town.as_deref()), (None, Some("Valmont")));

    driver.focus("settings.Siren");
    driver.ctrl("a");
    driver.types("732 829 320");
    driver.ctrl("s");
    assert!(!driver.sees("neuf chiffres"));
    assert_eq!(
        house.facts().disk.authority().siren.as_deref(),
        Some("732829320")
    );
}

#[test]
fn a_signatory_is_added_named_and_taken_away_which_the_notice_undoes() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("Signataires et séances");
    driver.click("Ajouter un signataire");
    driver.types("M. Paul Roux");
    driver.ctrl("s");
    let signatories = || house.facts().disk.authority().signatories.clone();
    assert_eq!(signatories()[1].name, "M. Paul Roux");

    driver.click("Retirer");
    assert_eq!(signatories()[0].name, "M. Paul Roux");
    driver.click(iced_test::selector::id("notice.undo"));
    driver.ctrl("s");
    assert_eq!(signatories().len(), 2);
}

#[test]
fn tab_goes_round_inside_what_is_in_front() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.key(Named::F1);
    driver.expect("Ctrl+Z, Ctrl+Maj+Z");
    assert!(driver.is_focused(display::CLOSE));
    for _ in 0..12 {
        driver.key(Named::Tab);
        assert!(!driver.is_focused(conventions::SEARCH));
    }
    driver.key(Named::F1);
    assert!(driver.is_focused(conventions::SEARCH));
}

#[test]
fn themes_are_chosen_by_arrows() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.key(Named::F1);
    driver.key(Named::Tab);
    for _ in 0..3 {
        driver.key(Named::ArrowRight);
    }
    assert_eq!(house.facts().preferences.appearance, Appearance::Contrast);
}

#[test]
fn at_two_hundred_per_cent_everything_is_reached() {
    let house = House::valmont();
    let mut driver = opened(&house);
    for _ in 0..12 {
        driver.ctrl("+");
    }
    assert!((driver.app.scale() - 2.0).abs() < f32::EPSILON);
    driver.resize(640.0, 400.0);
    find(&mut driver, "réglages");
    driver.focus("settings.Accountant");
    driver.types("trésorier de Valmont");
    driver.ctrl("s");
    let accountant = house.facts().disk.authority().accountant.clone();
    assert_eq!(accountant.unwrap().text, "trésorier de Valmont");
    driver.key(Named::F1);
    driver.click("Fermer");
    driver.click("Conventions");
    driver.expect("Valmont – Aného 2027-2029");
}

#[test]
fn bases_are_a_table_that_is_written_from_cell_to_cell() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("1\u{a0}% et financeurs");
    driver.click(iced_test::selector::id("settings.base.eau"));
    driver.types("régie de l’eau");
    for words in ["2026", "1 234 567,50"] {
        driver.key(Named::Tab);
        driver.ctrl("a");
        driver.types(words);
    }
    driver.key(Named::Tab);
    driver.types("compte administratif 2025");
    driver.ctrl("s");
    let base = house.facts().disk.authority().bases[0].clone();
    assert_eq!(
        (base.budget.as_str(), base.year, base.amount.0),
        ("régie de l’eau", 2026, 123_456_750)
    );
    assert_eq!(base.source.as_deref(), Some("compte administratif 2025"));
    let on_a_line = |driver: &mut Driver, words: &str| driver.bounds(words.to_owned()).center_y();
    let year = on_a_line(&mut driver, "2026");
    assert!((on_a_line(&mut driver, "régie de l’eau") - year).abs() < 4.0);
}

#[test]
fn one_comes_back_where_one_was_in_a_window_as_it_was() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.event(Event::Window(window::Event::Moved(Point::new(40.0, 60.0))));
    driver.event(Event::Window(window::Event::Resized(Size::new(
        1100.0, 700.0,
    ))));
    driver.ask_to_close();

    let preferences = house.facts().preferences.clone();
    assert_eq!(preferences.recent[0].place, Some(Route::Settings));
    let frame = Frame {
        width: 1100.0,
        height: 700.0,
        at: Some((40.0, 60.0)),
        maximized: false,
    };
    assert_eq!(preferences.window, frame);
    opened(&house).expect("Nom officiel");
}

#[test]
fn a_window_is_as_large_as_it_was_whatever_the_zoom() {
    let house = House::valmont();
    house.facts().preferences.zoom = 200;
    let mut driver = opened(&house);
    // Half as many pixels of the page as of the desktop.
    driver.event(Event::Window(window::Event::Moved(Point::new(20.0, 30.0))));
    driver.event(Event::Window(window::Event::Resized(Size::new(
        512.0, 350.0,
    ))));
    driver.ctrl("0");
    driver.ask_to_close();

    let preferences = house.facts().preferences.clone();
    assert_eq!(preferences.zoom, 100);
    let Frame { width, height, .. } = preferences.window;
    assert_eq!((width, height), (1024.0, 700.0));
    assert_eq!(preferences.window.at, Some((40.0, 60.0)));
}

#[test]
fn a_recent_workspace_that_is_gone_is_said_to_be_and_can_be_forgotten() {
    let house = House::valmont();
    let now = chrono::NaiveDateTime::default();
    let mut preferences = Preferences::default();
    preferences.remember(Path::new("/ailleurs"), "Clairac", now);
    house.facts().preferences = preferences;
    let mut driver = at_the_welcome(&house);
    driver.expect("▲ Introuvable");
    driver.click("Retirer de la liste");
    assert!(!driver.sees("Clairac"));
    let recent = house.facts().preferences.recent.clone();
    assert!(recent.iter().all(|it| it.name != "Clairac"));
}

#[test]
fn a_signed_convention_is_taken_over_from_the_first_page() {
    let house = House::valmont();
    let mut preferences = house.facts().preferences.clone();
    let now = chrono::NaiveDateTime::default();
    preferences.remember(Path::new(FOLDER), "Valmont", now);
    house.facts().preferences = preferences;
    let mut driver = at_the_welcome(&house);
    driver.click("Reprendre une convention signée…");
    driver.until("le formulaire est là", |driver| {
        driver.sees("Reprendre la convention")
    });

    let mut driver = at_the_welcome(&House::default());
    driver.click("Reprendre une convention signée…");
    driver.expect("1. Quelle est votre collectivité\u{a0}?");
}

#[test]
fn tables_are_imported_from_the_first_page() {
    let house = House::valmont();
    let mut driver = at_the_welcome(&house);
    driver.click("Importer mes tableaux…");
    driver.until("le tableau est demandé", |driver| {
        driver.is_focused(import::PATH)
    });

    // Nowhere to import to: one is made first, and the import follows.
    let house = House::default();
    let mut driver = at_the_welcome(&house);
    driver.click("Importer mes tableaux…");
    driver.expect("1. Quelle est votre collectivité\u{a0}?");
    driver.types("comm");
    driver.key(Named::Tab);
    name_clairac(&mut driver);
    driver.until("le tableau est demandé", |driver| {
        driver.is_focused(import::PATH)
    });
}

#[test]
fn who_works_at_our_authority_is_kept_like_any_contact() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("Contacts");
    driver.click("+ Ajouter un contact");
    driver.types("M. Sékou Diallo");
    driver.key(Named::Enter);
    driver.types("chargé de mission");
    driver.click("Terminé");
    driver.ctrl("s");
    let kept = || house.facts().disk.contacts().next().cloned();
    let contact = kept().unwrap();
    assert_eq!(contact.holder, None, "ours belong to no partner");
    assert_eq!(
        (contact.name.as_str(), contact.function.as_deref()),
        ("M. Sékou Diallo", Some("chargé de mission"))
    );

    let card = iced::widget::Id::from(format!("people.{}", contact.id));
    driver.click(iced_test::selector::id(card));
    driver.click("Retirer de la liste");
    driver.ctrl("s");
    assert_eq!(kept(), None);
    driver.ctrl("z");
    driver.expect("chargé de mission");
}

#[test]
fn what_has_neither_button_nor_field_is_read_by_the_keyboard_too() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.resize(1024.0, 420.0);
    driver.key(Named::F1);
    let window = Rectangle::with_size(Size::new(1024.0, 420.0));
    let shows = |driver: &mut Driver| {
        driver.redraw();
        driver.picture(window)
    };
    let top = shows(&mut driver);
    driver.key(Named::PageDown);
    let middle = shows(&mut driver);
    assert!(top != middle, "a page further");
    driver.key(Named::End);
    let foot = shows(&mut driver);
    assert!(foot != middle, "at the end");
    driver.key(Named::ArrowDown);
    assert!(foot == shows(&mut driver), "and no further");
    driver.key(Named::Home);
    assert!(top == shows(&mut driver), "back at the top");
}

#[test]
fn what_is_added_is_kept_once_something_is_said_of_it() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("Signataires et séances");
    let before = house.facts().disk.authority().clone();
    let add = |driver: &mut Driver, id: &'static str| {
        driver.focus(id);
        driver.key(Named::Enter);
    };
    add(&mut driver, "settings.add.Signatories");
    add(&mut driver, "settings.add.Sessions");
    driver.click("1\u{a0}% et financeurs");
    add(&mut driver, "settings.add.Calls");
    driver.click("Sauvegardes");
    driver.ctrl("s");
    assert_eq!(*house.facts().disk.authority(), before);

    // What is edited meanwhile does not take along what is begun.
    driver.click("Signataires et séances");
    add(&mut driver, "settings.add.Sessions");
    driver.focus("settings.Delay(Renewal)");
    driver.ctrl("a");
    driver.types("12");
    driver.ctrl("s");
    let sessions = || house.facts().disk.authority().sessions.len();
    assert_eq!(sessions(), before.sessions.len());
}

#[test]
fn who_signs_is_found_by_what_it_asks_about_its_data() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.click("Données personnelles");
    driver.focus("personal.search");
    driver.types("carv");
    driver.expect("sans fiche de contact");
    driver.click("Effacer…");
    driver.expect("Les données de Mme Hélène Carvalho seront effacées sans retour");
    driver.click("Effacer définitivement");
    driver.ctrl("s");
    let signs = |house: &House| {
        let ours = house.facts().disk.authority().clone();
        ours.signatories
            .iter()
            .any(|it| it.name.contains("Carvalho"))
    };
    assert!(!signs(&house));
    assert!(!driver.sees("Mme Hélène Carvalho"));

    // No record names her any more: archives that could not be rewritten are asked for again by her whole name.
    driver.focus("personal.search");
    driver.ctrl("a");
    driver.types("Hélène Carvalho");
    driver.expect("dans aucune fiche");
}

#[test]
fn wherever_one_arrives_the_keyboard_is_somewhere_even_where_nothing_can_be_changed() {
    let house = House::valmont();
    house.facts().holder = Some("J. Martin, sur PC-RI-04".to_owned());
    let draft = house.draft().id;
    let partner = house.facts().disk.partners_sorted().next().unwrap().id;
    let others = [
        Route::Convention(draft),
        Route::Export(draft),
        Route::Partner(partner),
        Route::Consolidated,
        Route::LawOf(draft),
        Route::About,
    ];
    let shelves = Topic::ALL.map(Route::Resources);
    let places = PLACES.map(|place| place.route).into_iter();
    for place in places.chain(others).chain(shelves) {
        let mut driver = at(&house, place);
        driver.until("le clavier est quelque part", Driver::is_anything_focused);
    }
}
