//! The palette: from every page, to any other, and what can be done with an answer.

use iced::keyboard::key::Named;
use iced::{Event, window};

use super::super::frame::PLACES;
use super::super::route::{Route, Topic};
use super::super::screen::{convention, conventions, export, finder, settings};
use super::super::slug::Slug;
use super::driver::opened;
use super::frame::find;
use super::house::House;
use super::knowledge::at;
use crate::document::State;
use crate::model::{Change, Convention, Record};

#[test]
fn the_palette_walks_by_arrows_and_gives_the_focus_back() {
    let house = House::valmont();
    let mut driver = opened(&house);
    assert!(driver.is_focused(conventions::SEARCH));
    driver.ctrl("k");
    assert!(driver.is_focused(finder::QUERY));
    driver.types("zzzz");
    driver.expect("Rien ne répond à cette recherche.");
    driver.key(Named::Escape);
    assert!(driver.is_focused(conventions::SEARCH));

    driver.ctrl("k");
    let settings = PLACES
        .iter()
        .position(|place| place.route == Route::Settings)
        .unwrap();
    for _ in 0..settings {
        driver.key(Named::ArrowDown);
    }
    // Above the first answer is the last one.
    for key in [Named::ArrowUp, Named::ArrowDown] {
        for _ in 0..=settings {
            driver.key(key);
        }
    }
    driver.key(Named::Enter);
    driver.expect("Nom officiel");
}

#[test]
fn a_file_that_the_page_has_no_use_for_leaves_the_palette_as_it_is() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.ctrl("k");
    let file = "/documents/charte.pdf".into();
    driver.event(Event::Window(window::Event::FileDropped(file)));
    assert!(driver.is_focused(finder::QUERY));
    driver.key(Named::Escape);
    driver.expect("Ouvrez d’abord la fiche");
}

#[test]
fn the_act_that_a_convention_waits_for_is_noted_from_anywhere() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.ctrl("k");
    driver.types("envoyer aného");
    driver.expect("Actes attendus");
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::DATE));
    driver.expect("Noter un acte");
}

#[test]
fn the_act_of_the_convention_that_one_is_in_is_the_first_to_be_noted() {
    let house = House::valmont();
    let draft = house.draft();
    let other = Convention {
        id: crate::model::Ids::counted(1_850_000_000_000).next_id(),
        title: "Charte Valmont – Podor".to_owned(),
        ..draft.clone()
    };
    let create = Change::create("Essai", Record::Convention(other.clone()));
    house.facts().disk.apply(&create);
    for shown in [&draft, &other] {
        // Behind what is open in front of it too.
        for place in [Route::Convention(shown.id), Route::Compare(shown.id, None)] {
            let mut driver = at(&house, place);
            driver.ctrl("k");
            driver.types("envoyer");
            driver.key(Named::Enter);
            driver.expect("Noter un acte");
            driver.key(Named::Escape);
            driver.until("la convention est là", |driver| {
                driver.is_there(convention::NEXT)
            });
            driver.expect(&shown.title);
        }
    }
}

#[test]
fn the_palette_opens_and_leads_from_every_page() {
    let house = House::valmont();
    let draft = house.draft();
    let partner = house.facts().disk.partners_sorted().next().unwrap().id;
    let budget = crate::model::Budget::new(
        crate::model::Ids::counted(1_850_000_000_000).next_id(),
        "Eau à Aného",
    );
    let id = budget.id;
    let create = Change::create("Essai", Record::Budget(budget));
    house.facts().disk.apply(&create);
    let places = PLACES.map(|place| place.route).into_iter();
    let others = [
        Route::Convention(draft.id),
        Route::Export(draft.id),
        Route::ExportAll,
        Route::Compare(draft.id, None),
        Route::TakeIn,
        Route::Partner(partner),
        Route::Budget(id),
        Route::Summary(id),
        Route::Consolidated,
        Route::LawOf(draft.id),
        Route::Resource(Topic::Countries, Slug::of("TG")),
        Route::About,
    ];
    let shelves = Topic::ALL.map(Route::Resources);
    for place in places.chain(others).chain(shelves) {
        let mut driver = at(&house, place);
        driver.ctrl("k");
        assert!(driver.is_focused(finder::QUERY), "{place:?}");
        driver.types("aneho 2027");
        driver.key(Named::Enter);
        driver.expect("1er Objet");
    }

    // Pages that nobody comes back to.
    let mut driver = opened(&house);
    for (page, says) in [
        ("nouvelle convention", "Nouvelle convention"),
        ("reprendre", "Reprendre une convention signée"),
        ("importer des partenaires", "Importer un tableau"),
        ("importer des conventions", "Importer un tableau"),
        ("importer un budget", "Importer un tableau"),
        ("importer des réalisations", "Importer un tableau"),
    ] {
        find(&mut driver, page);
        driver.expect(says);
        find(&mut driver, "aneho 2027");
        driver.expect("1er Objet");
    }
}

#[test]
fn the_palette_begins_a_partner_and_a_budget() {
    let house = House::valmont();
    let mut driver = opened(&house);
    find(&mut driver, "nouveau partenaire");
    assert!(driver.is_focused("partners.new.name"));
    driver.key(Named::Escape);
    assert!(driver.is_anything_focused());
    find(&mut driver, "nouveau budget");
    assert!(driver.is_focused("budgets.new.title"));
}

#[test]
fn the_palette_leads_to_a_part_of_the_settings() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.ctrl("k");
    driver.types("donnees personnelles");
    driver.key(Named::Enter);
    driver.expect("Droits des personnes");
    assert!(driver.is_focused(settings::PARTS));

    // From one to another, on the page itself.
    driver.ctrl("k");
    driver.types("signataires");
    driver.key(Named::Enter);
    driver.expect("Séances");
    assert!(!driver.sees("Droits des personnes"));
}

#[test]
fn tab_lists_what_can_be_done_with_an_answer() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.ctrl("k");
    driver.types("aneho 2027");
    driver.key(Named::Tab);
    driver.expect("Exporter le PDF");
    driver.expect("Voir les textes qui s’appliquent");
    // Escape goes back to the answers, then closes.
    driver.key(Named::Escape);
    assert!(!driver.sees("Voir les textes qui s’appliquent"));
    assert!(driver.is_focused(finder::QUERY));
    driver.key(Named::Tab);
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    assert!(driver.is_focused(export::state_id(State::Working)));

    // A partner is opened to be written.
    driver.ctrl("k");
    driver.types("commune figuig");
    driver.key(Named::Tab);
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    driver.expect("Nom officiel, en français");

    // An organisation's site is shown before it is opened.
    driver.ctrl("k");
    driver.types("cites unies france");
    driver.key(Named::Tab);
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    driver.expect("Ouvrir cette adresse");
}

#[test]
fn what_is_called_so_is_the_first_answer_of_the_palette() {
    let house = House::valmont();
    let mut driver = opened(&house);
    for (words, opens) in [
        ("oudin", "2005-95 du 9 février 2005"),
        ("L1115", "Ce que cela change pour une convention"),
        ("réciprocité", "Termes liés"),
        ("pourquoi", "Choisissez ci-dessous les raisons à dire"),
        ("réseaux", "À qui s’adresser, selon ce que l’on cherche."),
        ("figuig", "Commune de Figuig"),
        ("tableau", "À faire"),
        ("eau", "Cadre juridique"),
        ("exporter l’agenda", "en iCalendar"),
    ] {
        find(&mut driver, words);
        assert!(driver.sees(opens), "{words}");
        driver.key(Named::Escape);
    }
}
