//! What is typed or pasted in a budget and cannot be kept yet: it stays red where it is, goes in once what it waits for is
//! there, follows « Annuler », and « Corriger » leads to it.

use iced::keyboard::{Modifiers, key::Named};
use serde_json::json;

use super::super::screen::budget;
use super::budgets::{at_the_sheet, go_to, kept, keys, tab_to_tabs, with_a_budget};
use super::driver::Driver;
use super::house::House;
use crate::model::{Record, Step};

/// The sheet of a budget that three co-funders pay, the keyboard on « + Ligne ».
fn at_a_new_line(house: &House) -> Driver {
    let mut budget = kept(house);
    for (number, name) in [(21, "MEAE"), (22, "Agence de l’eau Seine-Normandie")] {
        let id = |last: u32| format!("019ab3c0-1000-7000-8000-00000000{last:04}");
        let partner =
            json!({ "id": id(number), "nature": "public-body", "name": { "text": name } });
        let partner = Record::Partner(serde_json::from_value(partner).unwrap());
        house
            .facts()
            .disk
            .apply(&crate::model::Change::create("Inscrire", partner));
        let funder =
            json!({ "id": id(number + 10), "key": format!("f{number}"), "partner": id(number) });
        budget.funders.push(serde_json::from_value(funder).unwrap());
    }
    let before = Record::Budget(kept(house));
    let change = crate::model::Change::replace("Cofinancer", before.into(), Record::Budget(budget));
    house.facts().disk.apply(&change);
    let mut driver = at_the_sheet(house);
    keys(&mut driver, Named::ArrowDown, 4);
    driver
}

/// What each funder pays of the lines after the first two, by the last letters of what they are called.
fn paid(house: &House) -> Vec<(String, i32, i64)> {
    let budget = kept(house);
    let lines = budget.lines.iter().skip(2);
    let shares = lines.flat_map(|line| &line.shares);
    let named = shares.filter(|it| !it.amount.is_zero()).map(|share| {
        let funder = budget.payer(share.funder).unwrap();
        (funder.key.to_string(), share.year, share.amount.0)
    });
    named.collect()
}

fn of(funder: &str, year: i32, cents: i64) -> (String, i32, i64) {
    (funder.to_owned(), year, cents)
}

#[test]
fn a_line_pasted_with_its_funder_is_paid_by_its_funder() {
    let house = with_a_budget();
    let mut driver = at_a_new_line(&house);
    driver.copied_elsewhere(
        "Forage\tI\teau\tMEAE\t42 100\t500\r\n\
         Pompes\tI\teau\tAgence de l’eau Seine-Normandie\t60 000,50\t\r\n\
         Études\tF\t\tvalmont 60 % · meae\t1 000\t100\r\n\
         Divers\tF\t\t\t7\t\r\n",
    );
    driver.ctrl("v");
    driver.ctrl("s");
    assert_eq!(
        paid(&house),
        [
            of("f21", 2027, 4_210_000),
            of("f21", 2028, 50_000),
            of("f22", 2027, 6_000_050),
            of("valmont", 2027, 60_000),
            of("f21", 2027, 40_000),
            of("valmont", 2028, 6_000),
            of("f21", 2028, 4_000),
            of("valmont", 2027, 700),
        ]
    );
    assert!(!driver.sees("n’est pas enregistrée"));
}

#[test]
fn a_line_typed_with_its_funder_before_its_amounts_is_paid_by_its_funder() {
    let house = with_a_budget();
    let mut driver = at_a_new_line(&house);
    driver.types("Forage");
    keys(&mut driver, Named::Tab, 3);
    driver.types("MEAE");
    driver.key(Named::Tab);
    driver.types("1000");
    driver.key(Named::Tab);
    driver.types("500");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(
        paid(&house),
        [of("f21", 2027, 100_000), of("f21", 2028, 50_000)]
    );

    // Emptied and typed again, it is still theirs.
    keys(&mut driver, Named::ArrowUp, 1);
    driver.key_with(Named::ArrowLeft, Modifiers::SHIFT);
    driver.key(Named::Delete);
    driver.key(Named::Home);
    keys(&mut driver, Named::ArrowRight, 4);
    driver.types("80");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(paid(&house), [of("f21", 2027, 8_000)]);
}

#[test]
fn amounts_wait_for_a_funder_that_the_budget_does_not_have_yet_and_undo_takes_the_red_away() {
    let house = with_a_budget();
    let mut driver = at_a_new_line(&house);
    let before = kept(&house);
    driver.copied_elsewhere("Forage\tI\teau\tAFD\t24 000\t\r\n");
    driver.ctrl("v");
    driver.expect("cellules ne sont pas enregistrées");
    driver.ctrl("s");
    assert_eq!(paid(&house), []);
    assert_eq!(kept(&house).lines.len(), 3);

    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(kept(&house), before);
    assert!(!driver.sees("pas enregistrée"), "rien de rouge ne reste");
    driver.ctrl_shift("z");
    driver.expect("cellules ne sont pas enregistrées");

    // The funder comes; what waited for it goes in.
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowUp);
    driver.key(Named::Home);
    driver.types("AFD");
    driver.key(Named::Enter);
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(paid(&house), [of("afd", 2027, 2_400_000)]);
    assert!(!driver.sees("pas enregistrée"));
    driver.ctrl("z");
    driver.expect("cellules ne sont pas enregistrées");
}

#[test]
fn what_is_done_typed_without_a_year_waits_for_one() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    tab_to_tabs(&mut driver);
    driver.key(Named::ArrowRight);
    at_committed(&mut driver);
    driver.types("2");
    driver.expect("Choisissez une année au-dessus");
    driver.types("4000");
    driver.key(Named::Tab);
    driver.types("18000");
    driver.key(Named::Tab);
    driver.types("12000,5");
    driver.key(Named::Enter);
    driver.expect("3\u{a0}cellules ne sont pas enregistrées");
    driver.click("2028");
    driver.expect("3\u{a0}montants tapés sans année sont écrits en 2028.");
    assert!(!driver.sees("pas enregistrée"));
    driver.ctrl("s");
    let line = kept(&house).lines[0].clone();
    let done: Vec<_> = line
        .operations
        .iter()
        .map(|it| (it.step, it.year, it.amount.0))
        .collect();
    assert_eq!(
        done,
        [
            (Step::Committed, 2028, 2_400_000),
            (Step::Ordered, 2028, 1_800_000),
            (Step::Paid, 2028, 1_200_050),
        ]
    );
    driver.ctrl("z");
    driver.expect("3\u{a0}cellules ne sont pas enregistrées");
}

/// In the execution, on « Engagé » of the first line.
fn at_committed(driver: &mut Driver) {
    driver.focus(budget::TABLE);
    driver.key(Named::ArrowDown);
    keys(driver, Named::ArrowRight, 2);
}

/// In the execution, 4 000 under « Engagé » of the first line.
fn type_without_a_year(driver: &mut Driver) {
    driver.click("Exécution");
    at_committed(driver);
    driver.types("4000");
    driver.key(Named::Enter);
}

#[test]
fn what_waited_for_a_year_goes_in_when_the_execution_opens_on_the_current_one() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    type_without_a_year(&mut driver);
    driver.expect("pas enregistré");

    driver.click("Bailleur");
    driver.click("Fiche");
    driver.focus("budget.years");
    driver.ctrl("a");
    driver.types("2026-2028");
    driver.click("Exécution");
    driver.ctrl("s");
    assert!(!driver.sees("pas enregistré"));
    let done = &kept(&house).lines[0].operations;
    assert_eq!((done[0].year, done[0].amount.0), (2026, 400_000));
}

#[test]
fn red_cells_follow_what_is_undone_from_another_page() {
    let house = with_a_budget();
    let mut driver = at_a_new_line(&house);
    for line in ["Forage\tI\teau\tAFD\t24 000", "Pompes\tI\teau\tAFD\t9 000"] {
        driver.copied_elsewhere(line);
        driver.ctrl("v");
        driver.key(Named::Home);
    }
    driver.expect("4\u{a0}cellules ne sont pas enregistrées");

    go_to(&mut driver, "glossaire");
    driver.ctrl("z");
    driver.ctrl("z");
    go_to(&mut driver, "eau à aného");
    driver.expect("Total des dépenses");
    assert!(!driver.sees("pas enregistrée"), "rien de rouge ne reste");

    go_to(&mut driver, "glossaire");
    driver.ctrl_shift("z");
    driver.ctrl_shift("z");
    go_to(&mut driver, "eau à aného");
    driver.expect("4\u{a0}cellules ne sont pas enregistrées");
}

/// Leaves, and answers « Corriger ».
fn correct(driver: &mut Driver) {
    go_to(driver, "glossaire");
    driver.ask_to_close();
    driver.key(Named::Enter);
}

#[test]
fn correcting_a_budget_leads_to_the_cell_in_whatever_view_it_is() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    type_without_a_year(&mut driver);
    driver.click("Bailleur");

    correct(&mut driver);
    assert!(driver.is_focused(budget::TABLE));
    driver.expect("«\u{202f}4000\u{202f}» n’est pas enregistré.");
}

#[test]
fn correcting_a_budget_opens_the_detail_at_the_entry_that_is_refused() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.key(Named::ArrowDown);
    driver.key(Named::F4);
    driver.focus("budget.line.account");
    driver.types("65-748");
    driver.key(Named::Tab);
    driver.click("Fermer");
    driver.key_with(Named::End, Modifiers::CTRL);

    correct(&mut driver);
    assert!(driver.is_focused("budget.line.account"));
    driver.expect("Un compte M57 est fait de chiffres");
}

#[test]
fn escape_gives_up_what_is_red_and_no_year_takes_it_then() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    type_without_a_year(&mut driver);
    driver.key(Named::ArrowUp);
    driver.expect("pas enregistré");
    driver.key(Named::Escape);
    assert!(!driver.sees("pas enregistré"));
    driver.click("2027");
    driver.ctrl("s");
    assert!(kept(&house).lines[0].operations.is_empty());
}

#[test]
fn what_is_in_kind_is_neither_committed_nor_paid() {
    let house = with_a_budget();
    let mut budget = kept(&house);
    let mut line = (*budget.lines[0]).clone();
    line.in_kind = true;
    budget.lines[0] = line.into();
    let before = Record::Budget(kept(&house));
    let change = crate::model::Change::replace("Nature", before.into(), Record::Budget(budget));
    house.facts().disk.apply(&change);

    let mut driver = at_the_sheet(&house);
    driver.click("Exécution");
    driver.click("2027");
    at_committed(&mut driver);
    driver.types("5");
    driver.expect("Un apport en nature ne s’engage ni ne se paie");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert!(kept(&house).lines[0].operations.is_empty());
}
