//! Lists of which only the rows in sight are laid out, walked by the keyboard.

use iced::keyboard::key::Named;
use iced::widget::Id;
use iced::{Event, Point, mouse};
use iced_test::selector;

use super::driver::{Driver, opened};
use super::house::House;
use crate::app::screen::{budgets, conventions, glossary, law, partners};
use crate::model::{Change, Id as RecordKey, Ids, Kind, Record};

const MANY: usize = 90;

/// So many records of that kind are in the workspace, after those that were there; their identifiers, in order.
fn many(house: &House, kind: Kind, words: &str) -> Vec<RecordKey> {
    let mut ids = Ids::counted(1_800_000_000_000);
    let one = |number: usize| {
        let id = ids.next_id();
        let name = format!("{words} {number:03}");
        let value = match kind {
            Kind::Partner => serde_json::json!({
                "id": id, "nature": "association", "name": { "text": name },
            }),
            Kind::Convention => {
                serde_json::json!({ "id": id, "kind": "cooperation", "title": name })
            }
            _ => serde_json::json!({ "id": id, "title": name, "years": [2027] }),
        };
        let record = Record::from_value(kind, value).unwrap();
        house.facts().disk.apply(&Change::create("", record));
        id
    };
    (0..MANY).map(one).collect()
}

#[test]
fn from_the_filter_arrows_go_into_the_list_and_back_and_enter_opens_the_first() {
    let house = House::valmont();
    let bodies = many(&house, Kind::Partner, "Zébu");
    let drafts = many(&house, Kind::Convention, "Zébu");
    let projects = many(&house, Kind::Budget, "Zébu");
    let mut driver = opened(&house);
    let lists = [
        ("Partenaires", partners::SEARCH, partners::row_id(bodies[0])),
        (
            "Conventions",
            conventions::SEARCH,
            conventions::row_id(drafts[0]),
        ),
        ("Budgets", budgets::SEARCH, budgets::row_id(projects[0])),
    ];
    for (page, search, first) in lists {
        driver.click(page);
        driver.focus(search);
        driver.types("zebu");
        driver.key(Named::ArrowDown);
        assert!(driver.is_focused(first.clone()), "{page}");
        driver.key(Named::ArrowUp);
        assert!(driver.is_focused(search), "{page}");
        driver.key(Named::Enter);
        driver.redraw();
        assert!(!driver.is_there(search) || page == "Partenaires", "{page}");
        driver.expect("Zébu 000");
    }

    let (glossary, law) = (glossary::SEARCH, law::SEARCH);
    for (page, search, words) in [
        ("Glossaire", glossary, "cooperation decentralisee"),
        ("Cadre juridique", law, "1115-1"),
    ] {
        driver.click(page);
        driver.focus(search);
        driver.types(words);
        driver.key(Named::Enter);
        assert!(!driver.is_focused(search), "{page}");
        driver.key(Named::ArrowUp);
        assert!(driver.is_focused(search), "{page}");
        driver.key(Named::ArrowDown);
        assert!(!driver.is_focused(search), "{page}");
    }
}

/// Down to the last and up again: each row has the focus in its turn, and all of it is in sight.
fn walk(driver: &mut Driver, rows: &[RecordKey], row_id: fn(RecordKey) -> Id) {
    driver.until("le premier est là", |driver| {
        driver.focus(row_id(rows[0]));
        driver.is_focused(row_id(rows[0]))
    });
    let down = rows.iter().skip(1).map(|row| (Named::ArrowDown, row));
    let up = rows.iter().rev().skip(1).map(|row| (Named::ArrowUp, row));
    for (key, row) in down.chain(up) {
        driver.key(key);
        driver.redraw();
        assert!(driver.is_focused(row_id(*row)), "{row}");
        let seen = driver.bounds(selector::id(row_id(*row)));
        assert!(seen.height > 30.0, "{row} is cut: {seen:?}");
    }
}

#[test]
fn the_keyboard_stays_on_its_row_as_a_list_scrolls() {
    let house = House::valmont();
    let bodies = many(&house, Kind::Partner, "Zébu");
    let drafts = many(&house, Kind::Convention, "Zébu");
    let projects = many(&house, Kind::Budget, "Zébu");
    let mut driver = opened(&house);

    driver.click("Partenaires");
    driver.focus(partners::SEARCH);
    driver.types("zebu");
    walk(&mut driver, &bodies, partners::row_id);

    driver.click("Budgets");
    walk(&mut driver, &projects[..20], budgets::row_id);

    driver.click("Conventions");
    walk(&mut driver, &drafts[..20], conventions::row_id);
}

#[test]
fn the_wheel_leaves_the_keyboard_on_its_row() {
    let house = House::valmont();
    let bodies = many(&house, Kind::Partner, "Zébu");
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.focus(partners::SEARCH);
    driver.types("zebu");
    driver.focus(partners::row_id(bodies[8]));
    driver.redraw();

    // By less than a row, then by some: others appear below, the first go.
    for lines in [0.3, 2.0, 4.0] {
        let list = driver.bounds(selector::id(partners::row_id(bodies[8])));
        driver.point(list.center());
        driver.event(Event::Mouse(mouse::Event::WheelScrolled {
            delta: mouse::ScrollDelta::Lines { x: 0.0, y: -lines },
        }));
        driver.redraw();
        assert!(driver.is_focused(partners::row_id(bodies[8])), "{lines}");
    }
    driver.key(Named::ArrowDown);
    driver.redraw();
    assert!(driver.is_focused(partners::row_id(bodies[9])));
}

#[test]
fn the_bar_of_a_long_list_is_seized_and_dragged_to_its_end() {
    let house = House::valmont();
    let bodies = many(&house, Kind::Partner, "Zébu");
    let mut driver = opened(&house);
    driver.click("Partenaires");
    driver.focus(partners::SEARCH);
    driver.types("zebu");
    driver.redraw();

    let list = driver.bounds(selector::id(Id::new("partners.list")));
    let at = |y: f32| Point::new(list.x + list.width - 3.0, list.y + y);
    let button = mouse::Button::Left;
    driver.point(at(5.0));
    driver.event(Event::Mouse(mouse::Event::ButtonPressed(button)));
    driver.point(at(list.height + 50.0));
    driver.redraw();
    let last = partners::row_id(bodies[MANY - 1]);
    assert!(driver.is_there(last.clone()), "dragged to the end");
    driver.event(Event::Mouse(mouse::Event::ButtonReleased(button)));
    driver.point(at(5.0));
    driver.redraw();
    assert!(driver.is_there(last), "it is held no more");

    // Beside the handle, it comes there.
    driver.click_at(at(1.0));
    driver.redraw();
    assert!(driver.is_there(partners::row_id(bodies[0])));
}
