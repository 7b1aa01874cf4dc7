//! What stays in sight in a small window, and in one where everything is enlarged.

use iced::keyboard::{Modifiers, key::Named};

use super::super::screen::{convention, conventions};
use super::driver::{Driver, opened};
use super::house::House;
use super::journeys::writing;

#[test]
fn at_two_hundred_per_cent_what_there_is_to_verify_is_walked_and_the_next_act_is_recorded() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(640.0, 400.0);
    driver.redraw();

    // A point is in sight, with what can be done; the next one too.
    driver.key(Named::F8);
    driver.redraw();
    driver.expect("1/");
    assert!(!driver.is_hidden(convention::NEXT_FINDING));
    assert!(driver.is_anything_focused());
    driver.key(Named::F8);
    driver.redraw();
    driver.expect("2/");
    assert!(!driver.is_hidden(convention::NEXT_FINDING));

    // The plan has the line of time and the act that is expected.
    driver.click("Plan");
    driver.expect("Rédaction");
    driver.tab_to(convention::NEXT);
    driver.redraw();
    assert!(!driver.is_hidden(convention::NEXT));
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::DATE));
}

#[test]
fn at_two_hundred_per_cent_conventions_are_filtered_sorted_and_brought_in_by_keyboard() {
    let house = House::valmont();
    let mut driver = opened(&house);
    for size in [(640.0, 400.0), (512.0, 350.0)] {
        driver.resize(size.0, size.1);
        driver.redraw();
        driver.tab_to(conventions::UNFOLD);
        driver.key(Named::Enter);
        driver.expect("Importer un tableau…");
        driver.expect("Exporter tout…");
        driver.expect("Importer un PDF…");

        driver.tab_to("conventions.kind");
        driver.types("jumel");
        driver.key(Named::Enter);
        driver.expect("1 sur 2");
        driver.tab_to("conventions.sort");
        driver.types("terme");
        driver.key(Named::Enter);
        driver.expect("Trier par\u{a0}: Terme");
        driver.tab_to(conventions::NAME_VIEW);
        assert!(!driver.is_hidden(conventions::NAME_VIEW));

        driver.key(Named::Escape);
        assert!(driver.is_focused(conventions::UNFOLD));
        assert!(!driver.is_there("conventions.kind"));
        driver.key(Named::Enter);
        driver.click("Tout afficher");
        assert!(driver.is_focused(conventions::SEARCH));
        driver.tab_to(conventions::UNFOLD);
        driver.key(Named::Enter);
        assert!(!driver.is_there("conventions.kind"));
    }
}

/// The height of a line of an article, and what stays free above and below all of them, in pixels.
const LINE: f32 = 17.0 * 1.55;
const AROUND: f32 = 2.0 * 16.0;

#[test]
fn at_twice_the_size_in_the_smallest_window_six_lines_of_an_article_are_in_sight() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(512.0, 350.0);
    driver.redraw();
    // The page scrolls: what has the keyboard comes into sight, whole.
    driver.key(Named::F6);
    driver.until("le texte a le clavier", |driver| {
        driver.key(Named::Tab);
        driver.is_focused(convention::EDITOR)
    });
    driver.redraw();
    let editor = driver.bounds(iced_test::selector::id(convention::EDITOR));
    assert!(editor.height >= 6.0 * LINE + AROUND, "{editor:?}");
    driver.types("Deux ");
    driver.ctrl("s");
    assert!(house.first_paragraph().starts_with("Deux "));
    // What stands above, and under it, is reached by the keyboard.
    driver.until("la palette est atteinte", |driver| {
        driver.key(Named::Tab);
        driver.is_focused("navigation.search")
    });
    driver.redraw();
    driver.bounds(iced_test::selector::id("navigation.search"));
}

#[test]
fn on_a_small_screen_enlarged_by_a_quarter_five_lines_of_an_article_are_in_sight() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(819.0, 560.0);
    driver.redraw();
    let editor = driver.bounds(iced_test::selector::id(convention::EDITOR));
    assert!(editor.height >= 5.0 * LINE + AROUND, "{editor:?}");
    driver.click("Outils");
    driver.expect("Dupliquer");
}

#[test]
fn on_a_small_screen_eight_lines_of_an_article_are_in_sight_and_what_its_clause_says() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(1024.0, 700.0);
    driver.redraw();
    let editor = driver.bounds(iced_test::selector::id(convention::EDITOR));
    assert!(editor.height >= 8.0 * LINE + AROUND, "{editor:?}");
    driver.expect("▸ plus");
    driver.click("Outils");
    driver.expect("Dupliquer");
    // The way back is there, and the stage is said once.
    driver.tab_to(convention::LIST);
    driver.key(Named::Enter);
    driver.expect("Nouvelle convention");
}

#[test]
fn the_line_of_the_caret_stays_in_sight_when_fields_are_offered() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(1024.0, 700.0);
    // A long text, of which the last line alone holds a field, in a colour of its own.
    driver.ctrl("a");
    for _ in 0..24 {
        driver.types("Une ligne");
        driver.key(Named::Enter);
    }
    driver.key_with(Named::Space, Modifiers::CTRL);
    driver.types("duree");
    driver.key(Named::Enter);
    let is_seen = |driver: &mut Driver| {
        driver.settle();
        driver.redraw();
        let inside = driver.bounds(iced_test::selector::id(convention::EDITOR));
        let picture = driver.picture(inside.shrink(6.0));
        // Blue prevails in the accent, and in nothing else of the text.
        picture
            .chunks(4)
            .any(|dot| dot[2] > dot[0].saturating_add(60))
    };
    assert!(is_seen(&mut driver));
    driver.key_with(Named::Space, Modifiers::CTRL);
    assert!(is_seen(&mut driver));
    driver.expect("Tapez quelques lettres");
    driver.types("mont");
    driver.expect("engagement en numéraire");
    assert!(is_seen(&mut driver));
    driver.key(Named::Escape);
    assert!(driver.is_focused(convention::EDITOR));
    // The text has more room again, for a frame at least.
    driver.redraw();
    driver.resize(1024.0, 520.0);
    assert!(is_seen(&mut driver));
}

#[test]
fn on_a_small_screen_five_lines_of_an_article_are_in_sight_while_words_are_replaced() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.resize(1024.0, 700.0);
    driver.ctrl("h");
    driver.types("la");
    driver.redraw();
    let editor = driver.bounds(iced_test::selector::id(convention::EDITOR));
    assert!(editor.height >= 5.0 * LINE + AROUND, "{editor:?}");
    driver.key(Named::Escape);
    assert!(driver.is_focused(convention::EDITOR));
}

#[test]
fn tab_never_stops_out_of_sight_and_the_plan_is_one_stop() {
    let house = House::valmont();
    let mut driver = writing(&house);
    for stop in 1.. {
        assert!(stop < 45, "{stop} arrêts");
        driver.key(Named::Tab);
        assert!(driver.is_anything_focused(), "au {stop}e arrêt");
        if driver.has_focus(convention::EDITOR.into()) {
            break;
        }
    }
}
