//! What a person does with budgets: building one by the keyboard alone, typing in its tables, following what is done of
//! it.

use iced::keyboard::{Modifiers, key::Named};
use serde_json::json;

use super::super::screen::{budget, budgets};
use super::driver::{Driver, opened};
use super::house::House;
use crate::model::{Amount, Budget, Record, Slice, Step};

/// To a page, by the palette.
pub(super) fn go_to(driver: &mut Driver, words: &str) {
    driver.ctrl("k");
    driver.types(words);
    driver.key(Named::Enter);
}

/// Tab, until the keyboard is there.
#[track_caller]
fn tab_to(driver: &mut Driver, id: &'static str) {
    for _ in 0..80 {
        if driver.is_focused(id) {
            return;
        }
        driver.key(Named::Tab);
    }
    panic!("Tab ne mène pas à {id}");
}

pub(super) fn kept(house: &House) -> Budget {
    let facts = house.facts();
    let budget = facts.disk.budgets().next();
    budget.cloned().unwrap()
}

pub(super) fn planned(budget: &Budget, year: i32) -> i64 {
    let years = [year];
    budget
        .planned(Slice {
            years: &years,
            ..Slice::default()
        })
        .0
        / 100
}

/// A house with a budget of two lines and two funders over 2027 and 2028.
pub(super) fn with_a_budget() -> House {
    let house = House::valmont();
    let id = |last: u32| format!("019ab3c0-1000-7000-8000-00000000{last:04}");
    let aneho = house.facts().disk.partners().next().unwrap().id;
    let share = |number: u32, year: i32, funder: u32, amount: i64| json!({ "id": id(number), "year": year, "funder": id(funder), "amount": amount });
    let budget = json!({
        "id": id(1), "title": "Eau à Aného", "years": [2027, 2028],
        "funders": [{ "id": id(2), "key": "valmont" }, { "id": id(3), "key": "aneho", "partner": aneho }],
        "lines": [
            { "id": id(4), "heading": "Travaux et infrastructures", "label": "Réseau", "shares": [
                share(5, 2027, 2, 60_000), share(6, 2027, 3, 40_000), share(7, 2028, 2, 50_000),
            ] },
            { "id": id(8), "heading": "Imprévus", "label": "Aléas", "shares": [share(9, 2027, 2, 10_000)] },
        ],
    });
    let budget: Budget = serde_json::from_value(budget).unwrap();
    let change = crate::model::Change::create("Créer", Record::Budget(budget));
    house.facts().disk.apply(&change);
    house
}

/// At the sheet of that budget, the keyboard in its table.
pub(super) fn at_the_sheet(house: &House) -> Driver {
    let mut driver = opened(house);
    go_to(&mut driver, "eau à aného");
    driver.expect("Total des dépenses");
    assert!(driver.is_focused(budget::TABLE));
    driver
}

pub(super) fn keys(driver: &mut Driver, named: Named, times: usize) {
    for _ in 0..times {
        driver.key(named);
    }
}

#[test]
fn a_budget_is_built_from_nothing_by_the_keyboard_and_passes_a_ceiling() {
    let house = House::valmont();
    let mut authority = house.facts().disk.authority().clone();
    authority.bases = serde_json::from_value(json!([{
        "id": "019ab3c0-1000-7000-8000-000000000001", "scheme": "eau", "budget": "budget annexe de l’eau",
        "year": 2027, "amount": 100_000_000, "source": "CFU 2025",
    }]))
    .unwrap();
    let change = crate::model::Change::create("Assiettes", Record::Authority(authority));
    house.facts().disk.apply(&change);
    let mut driver = opened(&house);

    go_to(&mut driver, "budgets");
    driver.expect("Créer le premier budget");
    tab_to(&mut driver, budgets::NEW);
    driver.key(Named::Enter);
    driver.key(Named::Enter);
    driver.expect("Un budget a un titre.");
    driver.types("Eau à Aného");
    driver.key(Named::Tab);
    driver.ctrl("a");
    driver.types("2027-2029");
    driver.key(Named::Enter);
    assert!(driver.is_focused(budget::TABLE));

    // Under one of the usual headings, the line cell after cell.
    driver.expect("+ Ressources humaines");
    keys(&mut driver, Named::ArrowDown, 4);
    driver.expect("la ligne ira sous «\u{202f}Travaux et infrastructures\u{202f}»");
    driver.types("Réseau d’eau");
    driver.key(Named::Tab);
    driver.expect("Travaux et infrastructures");
    assert!(!driver.sees("+ Ressources humaines"));
    driver.types("i");
    driver.key(Named::Tab);
    driver.types("eau");
    driver.key(Named::Tab);
    driver.key(Named::Tab);
    for amount in ["=16000*2", "28 000", "12000,50"] {
        driver.types(amount);
        driver.key(Named::Tab);
    }
    driver.expect("72\u{202f}000,50");
    driver.ctrl("s");
    let budget = kept(&house);
    let line = &budget.lines[0];
    assert_eq!(
        (line.label.as_str(), line.scheme.as_deref()),
        ("Réseau d’eau", Some("eau"))
    );
    assert_eq!(line.section, crate::model::Section::Capital);
    assert_eq!(
        [2027, 2028, 2029].map(|year| planned(&budget, year)),
        [32_000, 28_000, 12_000]
    );
    assert_eq!(budget.funders.len(), 1);

    // Another funder, and the line shared.
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowUp);
    driver.key(Named::Home);
    driver.types("porto");
    driver.key(Named::Enter);
    driver.expect("n’est pas encore parmi les partenaires");
    driver.key(Named::Escape);
    driver.expect("Entrée, deux fois, l’y inscrit");
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowUp);
    driver.key(Named::Home);
    driver.types("aného");
    driver.key(Named::Enter);
    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 3);
    driver.types("Valmont 75 % · aného");
    driver.key(Named::Enter);
    driver.expect("Valmont 75\u{202f}% · Aného 25\u{202f}%");

    // The service's budget that pays, beside the table.
    driver.key(Named::ArrowUp);
    driver.key(Named::F4);
    driver.expect("Ligne de dépense");
    assert!(driver.is_focused(budget::LABEL));
    tab_to(&mut driver, "budget.line.service");
    driver.types("budget annexe de l’eau");
    driver.key_with(Named::F6, Modifiers::SHIFT);
    assert!(driver.is_focused(budget::TABLE));
    driver.key(Named::F4);
    assert!(!driver.sees("Ligne de dépense"));

    // Attached to the convention, over its term: all of the budget's years.
    tab_to_head(&mut driver);
    driver.key(Named::Enter);
    driver.expect("Fiche du budget");
    tab_to(&mut driver, "budget.attach");
    driver.types("2027-2029");
    driver.key(Named::Enter);
    driver.expect("Années couvertes");
    driver.ctrl("s");
    assert_eq!(house.draft().budget, Some(kept(&house).id));

    // Of 32,000 € in 2027 three quarters are ours: 14,000 € above 1 % of a million, said among what there is to do, which leads to the budget.
    go_to(&mut driver, "tableau de bord");
    driver
        .expect("Plafond dépassé de 14\u{202f}000\u{a0}€ pour un plafond de 10\u{202f}000\u{a0}€");
    driver.expect("Revoir ce qui lui est imputé");
    driver.resize(1280.0, 2400.0);
    driver.click("Voir");
    driver.expect("Total des dépenses");
}

#[test]
fn the_usual_co_funders_are_offered_and_come_into_the_registry_by_enter_alone() {
    let house = with_a_budget();
    let before = house.facts().disk.partners().count();
    let mut driver = at_the_sheet(&house);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowUp);
    driver.key(Named::Home);
    driver.key(Named::Enter);
    driver.expect("Qui finance");
    driver.expect("Agence de l’eau Seine-Normandie");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let budget = kept(&house);
    assert_eq!(budget.funders.len(), 3);
    let disk = &house.facts().disk;
    let meae = disk.partner(budget.funders[2].partner.unwrap()).unwrap();
    assert_eq!(
        meae.name.text,
        "Ministère de l’Europe et des Affaires étrangères"
    );
    assert_eq!(meae.nature, crate::model::Nature::State);
    assert_eq!(disk.partners().count(), before + 1);
}

#[test]
fn what_is_to_be_paid_soon_is_among_what_there_is_to_do() {
    let house = with_a_budget();
    let mut budget = kept(&house);
    let today = chrono::NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let expected = |number: u32, amount: i64, days: u64| {
        let id = format!("019ab3c0-1000-7000-8000-00000000{number:04}");
        let day = today + chrono::Days::new(days);
        serde_json::from_value(json!({
            "id": id, "step": "paid", "year": 2027, "amount": amount, "date": day, "expected": true,
        }))
        .unwrap()
    };
    budget.lines[0].operations = vec![expected(41, 900_000, 18), expected(42, 800_000, 400)];
    let change = crate::model::Change::create("Prévoir", Record::Budget(budget));
    house.facts().disk.apply(&change);
    let mut driver = opened(&house);
    go_to(&mut driver, "tableau de bord");
    driver.expect("Payer 9\u{202f}000\u{a0}€\u{a0}: Réseau");
    assert!(
        !driver.sees("Payer 8\u{202f}000"),
        "dans plus d’un trimestre"
    );
}

/// To « Fiche », in the head of the sheet.
fn tab_to_head(driver: &mut Driver) {
    driver.key_with(Named::F6, Modifiers::SHIFT);
    tab_to(driver, "budget.whole");
}

#[test]
fn every_edit_is_undone_and_done_again() {
    let house = with_a_budget();
    let first = kept(&house);
    let mut driver = at_the_sheet(&house);
    // Down from the heading to its line.
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 4);
    driver.types("2 000");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let shares: Vec<_> = kept(&house).lines[0]
        .shares_of(2027)
        .map(|it| it.amount)
        .collect();
    assert_eq!(
        shares,
        [Amount(120_000), Amount(80_000)],
        "la ligne reste partagée comme elle était"
    );

    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.key(Named::ArrowDown);
    driver.ctrl("d");
    driver.key_with(Named::ArrowDown, Modifiers::ALT);
    driver.key(Named::Insert);
    driver.types("Études");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let after = kept(&house);
    assert_eq!(after.lines.len(), 4);
    assert_eq!(after.lines[1].heading, "Imprévus");

    let mut steps = 0;
    while kept(&house) != first {
        driver.ctrl("z");
        driver.ctrl("s");
        steps += 1;
        assert!(steps < 10);
    }
    assert_eq!(steps, 5);
    for _ in 0..steps {
        driver.ctrl_shift("z");
    }
    driver.ctrl("s");
    assert_eq!(kept(&house), after);
}

#[test]
fn undoing_brings_the_keyboard_back_where_it_was_and_an_amount_is_filled_to_the_right() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    // On the first line, as its detail tells.
    driver.key(Named::ArrowDown);
    let at_first = "Travaux et infrastructures · Réseau · payé par";
    driver.expect(at_first);
    driver.ctrl("d");
    driver.ctrl("z");
    driver.expect(at_first);
    driver.ctrl("d");
    driver.key(Named::ArrowUp);
    driver.key(Named::ArrowUp);
    driver.ctrl("z");
    driver.expect(at_first);
    // What was typed is undone where it was typed, wherever the keyboard went on to.
    keys(&mut driver, Named::ArrowRight, 4);
    driver.types("2 000");
    driver.key(Named::Enter);
    driver.key(Named::Home);
    driver.ctrl("z");
    driver.expect("Réseau, 2027\u{a0}:");

    driver.ctrl("r");
    driver.ctrl("s");
    let budget = kept(&house);
    assert_eq!(
        [2027, 2028].map(|year| planned(&budget, year)),
        [1_100, 1_000]
    );
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2028), 500);
    // Never an amount where the total is reckoned.
    driver.key(Named::ArrowRight);
    driver.ctrl("r");
    driver.expect("se calcule");
}

#[test]
fn blocks_come_from_a_spreadsheet_and_what_says_nothing_stays_where_it_was_typed() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 4);
    // Over the heading between the two lines, and past the last.
    driver.copied_elsewhere("1 000\t2 000\r\n300,50\tdouze\r\n5\t6\r\n");
    driver.ctrl("v");
    driver.expect("▲");
    driver.ctrl("s");
    let budget = kept(&house);
    assert_eq!(budget.lines.len(), 3);
    assert_eq!(
        [2027, 2028].map(|year| planned(&budget, year)),
        [1_305, 2_006]
    );
    driver.expect("1\u{a0}cellule n’est pas enregistrée");
    driver.click_words("▲ 1\u{a0}cellule");
    driver.expect("Écrivez un montant, par exemple 1\u{202f}234,56. «\u{202f}douze\u{202f}» n’est pas enregistré.");

    // Enter takes it up again as it was typed.
    driver.key(Named::Enter);
    keys(&mut driver, Named::Backspace, 5);
    driver.types("12");
    driver.key(Named::Enter);
    assert!(!driver.sees("n’est pas enregistré"));
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2028), 2_018);

    // The block leaves as a spreadsheet reads it.
    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 4);
    driver.key_with(Named::ArrowRight, Modifiers::SHIFT);
    driver.ctrl("c");
    assert_eq!(driver.clipboard(), Some("1000\t2000"));
    driver.key(Named::Delete);
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2027), 305);
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2027), 1_305);
}

#[test]
fn the_table_is_left_by_f6_by_tab_after_its_last_cell_and_typing_by_escape() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 4);
    driver.types("77");
    driver.key(Named::Escape);
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2027), 1_100);
    assert!(driver.is_focused(budget::TABLE));

    // What is being typed when the keyboard leaves is kept.
    driver.types("88");
    driver.key(Named::F6);
    assert!(!driver.is_focused(budget::TABLE));
    driver.ctrl("s");
    assert_eq!(planned(&kept(&house), 2027), 188);

    driver.focus(budget::TABLE);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::Tab);
    assert!(!driver.is_focused(budget::TABLE));
    driver.key_with(Named::Tab, Modifiers::SHIFT);
    assert!(driver.is_focused(budget::TABLE));

    // A sum cannot be typed in, and says so.
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types("5");
    driver.expect("Ce chiffre se calcule.");
}

#[test]
fn what_is_done_is_typed_as_a_total_and_what_is_expected_as_operations() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    tab_to_tabs(&mut driver);
    driver.key(Named::ArrowRight);
    driver.expect("À engager");
    driver.focus(budget::TABLE);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 2);
    driver.types("400");
    driver.expect("Choisissez une année au-dessus");
    driver.click("2027");
    driver.focus(budget::TABLE);
    driver.types("400");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let line = kept(&house).lines[0].clone();
    let [operation] = line.operations.as_slice() else {
        panic!("{:?}", line.operations)
    };
    assert_eq!(
        (
            operation.step,
            operation.year,
            operation.amount,
            operation.lump
        ),
        (Step::Committed, 2027, Amount(40_000), true)
    );
    driver.expect("600");

    driver.click("Échéancier");
    driver.focus(budget::TABLE);
    driver.expect("+ Opération");
    driver.types("aného");
    driver.key(Named::Enter);
    driver.types("250");
    driver.key(Named::Tab);
    driver.types("sur remise du rapport");
    driver.key(Named::Enter);
    driver.key(Named::ArrowUp);
    driver.key(Named::Home);
    driver.types("31/5/2026");
    driver.key(Named::Enter);
    driver.expect("◆ en retard");
    driver.ctrl("s");
    let expected = kept(&house).funders[1].operations[0].clone();
    assert_eq!(
        (expected.step, expected.expected, expected.amount),
        (Step::Received, true, Amount(25_000))
    );
    assert_eq!(expected.condition.as_deref(), Some("sur remise du rapport"));

    driver.key(Named::ArrowUp);
    driver.key(Named::End);
    driver.types("fait");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert!(!kept(&house).funders[1].operations[0].expected);
    assert!(
        !driver.sees("sur remise du rapport"),
        "ce qui est fait quitte l’échéancier"
    );
}

pub(super) fn tab_to_tabs(driver: &mut Driver) {
    driver.key_with(Named::F6, Modifiers::SHIFT);
    tab_to(driver, "budget.tabs");
}

/// Clicks a button that lies at the foot of the panel, in a window tall enough.
fn press(driver: &mut Driver, words: &'static str) {
    driver.resize(1280.0, 2400.0);
    driver.click(words);
}

#[test]
fn a_budget_is_copied_and_deleted_although_a_convention_names_it() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.click("Fiche");
    press(&mut driver, "Dupliquer");
    driver.expect("Voici la copie");
    driver.ctrl("s");
    assert_eq!(house.facts().disk.budgets().count(), 2);
    driver.click("Fiche");
    press(&mut driver, "Supprimer");
    driver.expect("Nouveau budget");
    driver.ctrl("s");
    assert_eq!(house.facts().disk.budgets().count(), 1);

    driver.click("Eau à Aného");
    driver.expect("Total des dépenses");
    driver.click("Fiche");
    driver.click(iced_test::selector::id("budget.attach"));
    driver.types("2027-2029");
    driver.key(Named::Enter);
    driver.expect("Détacher");
    press(&mut driver, "Supprimer");
    driver.expect("Des conventions le nomment");
    driver.key(Named::Escape);
    press(&mut driver, "Supprimer");
    driver.click("Garder");
    press(&mut driver, "Supprimer");
    driver.key(Named::Tab);
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(house.facts().disk.budgets().count(), 0);
    assert_eq!(house.draft().budget, None);
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.facts().disk.budgets().count(), 1);
    assert!(house.draft().budget.is_some());
}

#[test]
fn more_done_than_was_planned_is_kept_and_said_in_its_row_and_in_the_totals() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.click("Exécution");
    driver.click("2027");
    driver.focus(budget::TABLE);
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 2);
    driver.types("1700");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(kept(&house).lines[0].operations[0].amount, Amount(170_000));

    driver.key(Named::ArrowUp);
    driver.expect("◆ −700");
    driver.expect("◆ Réseau\u{a0}: engagé 700\u{a0}€ de plus que ce qui était prévu");
    driver.click("Toutes");
    driver.focus(budget::TABLE);
    driver.key_with(Named::Home, Modifiers::CTRL);
    driver.expect("◆ Travaux et infrastructures\u{a0}: 1\u{a0}ligne dépassée, de 200\u{a0}€");
    driver.click("Points à vérifier");
    driver.expect("ce qui est engagé dépasse de 200\u{a0}€ ce qui était prévu");
}

#[test]
fn figures_of_a_column_have_the_same_decimals() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.expect("100");
    driver.key(Named::ArrowDown);
    keys(&mut driver, Named::ArrowRight, 4);
    driver.types("1000,5");
    driver.key(Named::Enter);
    driver.expect("1\u{202f}000,50");
    // That of another row, and not that of another year.
    driver.expect("100,00");
    driver.expect("500");
    assert!(!driver.sees("500,00"));
}

#[test]
fn on_a_small_screen_whole_years_are_seen_and_what_is_beyond_is_told() {
    let house = with_a_budget();
    let mut budget = kept(&house);
    budget.years = (2027..2037).collect();
    let before = Record::Budget(kept(&house)).into();
    let change = crate::model::Change::replace("Années", before, Record::Budget(budget));
    house.facts().disk.apply(&change);
    let mut driver = at_the_sheet(&house);
    driver.resize(1024.0, 700.0);
    driver.expect("‹\u{202f}2");
    driver.expect("Section");
    driver.expect("2027");
    driver.expect("Dépenses = recettes");
    assert!(!driver.sees("2035"));
    driver.key(Named::End);
    keys(&mut driver, Named::ArrowLeft, 2);
    driver.expect("2035");
    assert!(!driver.sees("2028"));
    driver.key(Named::Home);
    driver.key(Named::ArrowRight);
    driver.expect("Section");
}

#[test]
fn our_own_funds_are_neither_notified_nor_received() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.click("Exécution");
    // Of 1 600 € planned, 400 are Aného's: both its row and the total await that, and we nothing.
    driver.expect("1\u{202f}600");
    driver.expect("À recevoir");
    driver.focus(budget::TABLE);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowLeft);
    driver.expect("Total hors Valmont");
    driver.expect("Reçu 0,0\u{202f}% des cofinanceurs");
    let budget = kept(&house);
    let change = {
        let mut after = budget.clone();
        let holder = crate::model::Holder::Funder(budget.funders[1].id);
        let mut ids = crate::model::Ids::counted(77);
        after.record(holder, Step::Received, 2027, Amount(40_000), &mut ids);
        crate::model::Change::replace("Reçu", Record::Budget(budget).into(), Record::Budget(after))
    };
    house.facts().disk.apply(&change);
    drop(driver);
    let mut driver = at_the_sheet(&house);
    driver.click("Exécution");
    driver.expect("Reçu 100,0\u{202f}% des cofinanceurs");
}
