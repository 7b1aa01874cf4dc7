//! What is in sight of a budget, whatever the room: its figures, under their own titles and in their own currency, and
//! what is to be looked at.

use iced::keyboard::{Modifiers, key::Named};
use iced_test::selector::{Candidate, Target};

use super::super::screen::budget;
use super::budgets::{at_the_sheet, go_to, kept, with_a_budget};
use super::driver::{Driver, opened};
use super::house::House;
use crate::model::{Amount, Budget, Change, Currency, Holder, Ids, Key, Operation, Record, Step};

/// The budget, changed.
fn changed(house: &House, change: impl FnOnce(&mut Budget)) {
    let before = kept(house);
    let mut after = before.clone();
    change(&mut after);
    let before = Record::Budget(before).into();
    let change = Change::replace("Changer", before, Record::Budget(after));
    house.facts().disk.apply(&change);
}

/// A house whose budget has spent more than was planned: 1 700 € of the 1 000 € of 2027.
fn overspent() -> House {
    let house = with_a_budget();
    changed(&house, |budget| {
        let line = Holder::Line(budget.lines[0].id);
        let mut ids = Ids::counted(77);
        budget.record(line, Step::Committed, 2027, Amount(170_000), &mut ids);
    });
    house
}

/// At that view, the keyboard in its table, more of the row beside it on a small screen.
fn beside_its_detail(house: &House, view: &'static str) -> Driver {
    let mut driver = at_the_sheet(house);
    driver.click(view);
    driver.resize(1024.0, 700.0);
    driver.click("Détail");
    driver.expect("Fermer");
    driver
}

/// Those figures stand in the row of that label.
#[track_caller]
fn expect_in_row(driver: &mut Driver, label: &'static str, figures: &'static str) {
    let row = driver.bounds(label);
    driver.bounds(move |candidate: Candidate<'_>| match candidate {
        Candidate::Text {
            content, bounds, ..
        } if content == figures && bounds.y == row.y && bounds.x > row.x => {
            Some(Target::from(candidate))
        }
        _ => None,
    });
}

#[test]
fn the_total_of_incomes_stands_under_its_own_titles_and_says_who_is_not_counted() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.click("Exécution");
    driver.resize(1280.0, 450.0);
    driver.expect("Total hors Valmont");
    assert!(!driver.sees("+ Poste"), "le pied est figé");
    let (titles, total) = (
        driver.bounds("À notifier"),
        driver.bounds("Total hors Valmont"),
    );
    assert_eq!(titles.y + titles.height, total.y);
    expect_in_row(&mut driver, "Recettes", "Notifié");
    expect_in_row(&mut driver, "Recettes", "À recevoir");
    // Of 1 600 €, 400 are awaited of Aného: none is notified, all is to notify and to receive.
    expect_in_row(&mut driver, "Total hors Valmont", "400");

    driver.focus(budget::TABLE);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.expect("Total hors Valmont\u{a0}: nos 1\u{202f}200\u{a0}€ n’y comptent pas");
}

#[test]
fn figures_stay_in_sight_beside_the_detail_of_a_row() {
    let house = overspent();
    let mut driver = beside_its_detail(&house, "Bailleur");
    expect_in_row(&mut driver, "Total des dépenses", "1\u{202f}600");
    driver.focus(budget::TABLE);
    for _ in 0..6 {
        driver.key(Named::ArrowRight);
        expect_in_row(&mut driver, "Total des dépenses", "1\u{202f}600");
    }
    drop(driver);

    let mut driver = beside_its_detail(&house, "Exécution");
    driver.click("2027");
    driver.focus(budget::TABLE);
    for _ in 0..6 {
        expect_in_row(&mut driver, "Réseau", "◆ −700");
        driver.key(Named::ArrowRight);
    }
    drop(driver);

    changed(&house, |budget| {
        let id = budget.lines[1].id;
        let operations = budget.operations_mut(Holder::Line(id)).unwrap();
        let id = Ids::counted(99).next_id();
        operations.push(Operation {
            expected: true,
            ..Operation::new(id, Step::Paid, 2027, Amount(2_500))
        });
    });
    let mut driver = beside_its_detail(&house, "Échéancier");
    expect_in_row(&mut driver, "Paiements", "25");
    expect_in_row(&mut driver, "Aléas", "25");
}

#[test]
fn what_is_paid_and_what_is_expected_are_never_one_total_and_a_reference_is_told_whole() {
    let house = with_a_budget();
    let reference = "MANDAT-2027-DGFIP-000118/04-REPRISE-DE-L’EXERCICE-ANTÉRIEUR";
    changed(&house, |budget| {
        let id = budget.lines[1].id;
        let operations = budget.operations_mut(Holder::Line(id)).unwrap();
        let mut ids = Ids::counted(99);
        let mut paid = |amount| Operation::new(ids.next_id(), Step::Paid, 2027, Amount(amount));
        operations.push(Operation {
            reference: Some(reference.to_owned()),
            ..paid(4_000)
        });
        operations.push(Operation {
            expected: true,
            ..paid(2_500)
        });
    });
    let mut driver = at_the_sheet(&house);
    driver.click("Échéancier");
    driver.click("Toutes");
    expect_in_row(&mut driver, "Total fait", "40");
    expect_in_row(&mut driver, "Total prévu", "25");
    driver.focus(budget::TABLE);
    driver.expect(reference);
}

#[test]
fn a_budget_without_a_rate_is_named_where_it_does_not_count_and_leads_to_its_rate() {
    let house = with_a_budget();
    changed(&house, |budget| budget.currency = Currency::new("USD"));
    let mut driver = opened(&house);
    driver.click("Budgets");
    driver.expect("Eau à Aného");
    assert!(!driver.sees("rien à signaler"));
    driver.click("Eau à Aného");
    driver.click("Points à vérifier");
    driver.click("Saisir le taux…");
    assert!(driver.is_focused(budget::WORTH));
}

#[test]
fn a_base_that_a_ceiling_misses_is_begun_in_the_settings_with_its_service_and_year() {
    let house = with_a_budget();
    changed(&house, |budget| {
        let mut line = (*budget.lines[0]).clone();
        line.scheme = Some("eau".to_owned());
        line.service_budget = Some("budget annexe de l’eau".to_owned());
        budget.lines[0] = line.into();
    });
    let mut driver = at_the_sheet(&house);
    driver.click("Points à vérifier");
    driver.click("Saisir l’assiette…");
    // Of what is not told yet there is nothing to copy.
    driver.ctrl("a");
    driver.ctrl("c");
    assert_eq!(driver.clipboard(), None);
    driver.types("200000");
    driver.ctrl("s");
    let base = house.facts().disk.authority().bases[0].clone();
    let told = (base.scheme.as_str(), base.budget.as_str(), base.year);
    assert_eq!(told, ("eau", "budget annexe de l’eau", 2027));
    assert_eq!(base.amount.0, 20_000_000);
}

#[test]
fn what_is_in_kind_says_so_where_its_section_is_out_of_sight() {
    let house = with_a_budget();
    changed(&house, |budget| {
        let mut line = (*budget.lines[0]).clone();
        line.in_kind = true;
        budget.lines[0] = line.into();
        budget.years = (2027..2037).collect();
    });
    let mut driver = at_the_sheet(&house);
    driver.resize(1024.0, 700.0);
    driver.bounds("Section");
    driver.click("Détail");
    driver.expect("Fermer");
    let (line, told) = (driver.bounds("Réseau"), driver.bounds("nature"));
    assert_eq!(line.y, told.y);
}

#[test]
fn the_currency_is_told_on_a_small_screen_too() {
    let mut driver = at_the_sheet(&with_a_budget());
    driver.resize(1024.0, 700.0);
    for view in ["Bailleur", "Exécution", "Échéancier"] {
        driver.click(view);
        driver.expect("en euros");
    }
}

#[test]
fn the_card_of_what_is_done_says_first_what_is_beyond() {
    let mut driver = at_the_sheet(&overspent());
    driver.click("Exécution");
    driver.click("2027");
    let beyond = driver.bounds("◆ 1\u{a0}ligne dépassée à fin 2027, de 700\u{a0}€");
    let (title, gone) = (
        driver.bounds("Exécution 2027"),
        driver.bounds("Payé 0,0\u{202f}% · Reçu 0,0\u{202f}%"),
    );
    assert!(title.y < beyond.y && beyond.y < gone.y);
}

/// So many others pay 320 € each.
fn paid_by_others_too(house: &House, count: u64) {
    changed(house, |budget| {
        let mut ids = Ids::counted(50 + 10 * count);
        for number in 0..count {
            let mut payer = budget.funders[1].clone();
            (payer.id, payer.key) = (ids.next_id(), Key::new(&format!("f{count}-{number}")));
            let mut share = budget.lines[0].shares[0].clone();
            (share.id, share.funder, share.amount) = (ids.next_id(), payer.id, Amount(32_000));
            budget.lines[1].shares.push(share);
            budget.funders.push(payer);
        }
    });
}

#[test]
fn who_pays_is_told_of_all_or_of_the_others_together() {
    let house = with_a_budget();
    paid_by_others_too(&house, 2);
    let mut driver = at_the_sheet(&house);
    driver.expect("53,6\u{202f}% Valmont");
    driver.expect("14,3\u{202f}% Aného");
    assert!(!driver.sees("autre,") && !driver.sees("autres,"));
    drop(driver);

    paid_by_others_too(&house, 3);
    let mut driver = at_the_sheet(&house);
    driver.expect("37,5\u{202f}% Valmont");
    driver.expect("et 4\u{a0}autres, 40,0\u{202f}%");
}

#[test]
fn a_ceiling_of_which_nothing_is_known_nor_charged_is_not_the_tightest() {
    let house = with_a_budget();
    changed(&house, |budget| {
        budget.years.insert(0, 2026);
        let line = &mut budget.lines[0];
        line.scheme = Some("eau".to_owned());
        line.service_budget = Some("budget annexe de l’eau".to_owned());
        // What another pays weighs on no ceiling of ours.
        let mut share = line.shares[1].clone();
        (share.id, share.year) = (Ids::counted(60).next_id(), 2026);
        line.shares.push(share);
    });
    let mut driver = at_the_sheet(&house);
    driver.expect(", 2027");
    assert!(!driver.sees(", 2026"));
    driver.expect("600\u{a0}€ imputés");
}

#[test]
fn an_operation_goes_to_a_line_only_when_it_alone_answers() {
    let house = with_a_budget();
    changed(&house, |budget| {
        let mut line = (*budget.lines[1]).clone();
        line.id = Ids::counted(50).next_id();
        line.label = "Réseau et aléas de chantier".to_owned();
        line.shares.clear();
        budget.lines.push(line.into());
    });
    let mut driver = opened(&house);
    go_to(&mut driver, "eau à aného");
    driver.click("Échéancier");
    driver.focus(budget::TABLE);
    driver.expect("Rien de prévu ici.");
    driver.types("alé");
    driver.key(Named::Enter);
    driver.expect("Plusieurs répondent\u{a0}: «\u{202f}Aléas\u{202f}», «\u{202f}Réseau et aléas de chantier\u{202f}»");
    driver.ctrl("s");
    assert_eq!(kept(&house).operations().count(), 0);

    // All of a name is its own, though another holds it; what one alone holds is enough.
    for (typed, rank) in [("réseau", 0), ("chantier", 2)] {
        driver.types(typed);
        driver.key(Named::Enter);
        driver.ctrl("s");
        assert_eq!(kept(&house).lines[rank].operations.len(), 1, "{typed}");
        driver.key_with(Named::Home, Modifiers::CTRL);
        driver.key(Named::ArrowRight);
        driver.key(Named::ArrowRight);
        driver.key(Named::ArrowDown);
    }
}

#[test]
fn the_balance_gives_the_same_answer_as_what_there_is_to_verify() {
    let house = with_a_budget();
    let mut driver = at_the_sheet(&house);
    driver.expect("Dépenses = recettes = 1\u{202f}600\u{a0}€");
    drop(driver);
    changed(&house, |budget| {
        let aneho = Holder::Funder(budget.funders[1].id);
        let mut ids = Ids::counted(77);
        budget.record(aneho, Step::Notified, 2027, Amount(10_000), &mut ids);
    });
    let mut driver = at_the_sheet(&house);
    assert!(!driver.sees("Dépenses = recettes ="));
    driver.expect("a notifié 100\u{a0}€ et le budget compte 400\u{a0}€");
}
