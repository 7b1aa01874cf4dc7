//! What is kept: somebody else's lock, a disk that refuses, copies of a synchroniser, archives, a hard stop, pieces.

use std::path::Path;

use iced::keyboard::key::Named;

use super::super::outside::Stranger;
use super::super::screen::{ending, settings};
use super::driver::opened;
use super::frame::setting;
use super::house::House;
use crate::model::{Contact, Ids, Kind, Record, RecordId};

#[test]
fn the_hand_is_asked_for_and_the_workspace_opens_once_it_is_free() {
    let house = House::valmont();
    house.facts().holder = Some("J. Martin, sur PC-RI-04".to_owned());
    let mut driver = opened(&house);
    driver.expect("cet espace est ouvert par J. Martin, sur PC-RI-04.");
    driver.click("Demander la main");
    driver.until("l’espace s’ouvre en écriture", |driver| {
        driver.sees("Enregistré")
    });
    assert!(house.facts().asked);
    assert!(!driver.sees("Lecture seule"));
}

#[test]
fn the_hand_is_given_once_everything_is_saved() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.focus("settings.Town");
    driver.types("Valmont");
    house.ask("L. Diop");
    driver.until("la demande arrive", |driver| {
        driver.sees("L. Diop, sur PC-RI-04")
    });
    driver.expect("La main sur cet espace est demandée par ");
    driver.click("Céder la main");
    driver.until("l’espace se rouvre", |driver| {
        driver.sees("Lecture seule")
    });
    assert_eq!(
        house.facts().disk.authority().town.as_deref(),
        Some("Valmont")
    );
}

#[test]
fn leaving_while_the_disk_refuses_names_what_waits_and_offers_another_place() {
    let house = House::valmont();
    let mut driver = setting(&house);
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.focus("settings.Town");
    driver.types("Valmont");
    driver.ask_to_close();
    assert!(!driver.closed);
    driver.expect("Tout n’est pas enregistré");
    driver.expect("▲ Le disque est plein.");
    assert!(driver.is_focused(ending::AGAIN));
    driver.expect("• Communauté d’agglomération de Valmont");

    driver.focus(ending::ELSEWHERE);
    driver.ctrl("a");
    driver.types("/media/cle/valmont");
    driver.key(Named::Enter);
    driver.until("la copie est faite", |driver| {
        driver.sees("Tout est dans «\u{a0}/media/cle/valmont\u{a0}»")
    });
    {
        let facts = house.facts();
        let (place, records) = &facts.elsewhere[0];
        assert_eq!(place, Path::new("/media/cle/valmont"));
        assert_eq!(records.authority().town.as_deref(), Some("Valmont"));
    }
    driver.click("Partir\u{a0}: la copie est faite");
    assert!(driver.closed);
}

#[test]
fn staying_gives_the_page_back_and_a_disk_that_mends_lets_go() {
    let house = House::valmont();
    let mut driver = setting(&house);
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.focus("settings.Town");
    driver.types("Val");
    driver.ask_to_close();
    driver.key(Named::Escape);
    assert!(driver.is_focused("settings.Town"));
    driver.types("mont");
    house.mend();
    driver.ask_to_close();
    assert!(driver.closed);
    assert_eq!(
        house.facts().disk.authority().town.as_deref(),
        Some("Valmont")
    );
}

#[test]
fn what_somebody_else_wrote_meanwhile_is_told_and_compared() {
    let house = House::valmont();
    let mut driver = setting(&house);
    let mut theirs = house.draft();
    theirs.end = chrono::NaiveDate::from_ymd_opt(2030, 12, 31);
    house.find_beside(Record::Convention(theirs));
    driver.until("c’est dit", |driver| {
        driver
            .sees("Quelqu’un d’autre avait écrit dans «\u{202f}Valmont – Aného 2027-2029\u{202f}»")
    });
    driver.click("Fichiers à voir 1\u{a0}◆");
    driver.until("la copie est lue", |driver| driver.sees("31/12/2030"));
}

#[test]
fn a_copy_of_a_synchroniser_is_taken_field_by_field_and_undone() {
    let house = House::valmont();
    let mut copy = house.draft();
    copy.title = "Valmont – Aného 2027-2030".to_owned();
    copy.end = chrono::NaiveDate::from_ymd_opt(2030, 12, 31);
    let stranger = Stranger {
        file: "conventions/x (copie en conflit).json".to_owned(),
        copy_of: Some(copy.id),
        reason: "il ressemble à une copie".to_owned(),
    };
    house
        .facts()
        .copies
        .push((stranger, Record::Convention(copy)));
    let mut driver = setting(&house);
    driver.click("Fichiers à voir 1\u{a0}◆");
    driver.until("la copie est lue", |driver| driver.sees("31/12/2030"));
    driver.expect("Valmont – Aného 2027-2030");
    driver.expect("Fin");

    // The end first, as fields are in the order of their names.
    driver.click("La copie");
    driver.click("Mettre la fiche à jour");
    driver.ctrl("s");
    let draft = house.draft();
    assert_eq!(draft.title, "Valmont – Aného 2027-2029");
    assert_eq!(draft.end, chrono::NaiveDate::from_ymd_opt(2030, 12, 31));
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(
        house.draft().end,
        chrono::NaiveDate::from_ymd_opt(2029, 12, 31)
    );
}

#[test]
fn a_copy_of_a_partner_speaks_as_its_sheet_does() {
    let house = House::valmont();
    let mut copy = {
        let facts = house.facts();
        facts.disk.partners().next().unwrap().clone()
    };
    let here = copy.name.text.clone();
    copy.population = Some(20_700);
    copy.name.text = "Cité d’ailleurs".to_owned();
    copy.country = Some("CV".to_owned());
    copy.notes = Some(format!("{} après la saison des pluies", "mot ".repeat(60)));
    let stranger = Stranger {
        file: "partners/x (copie de Inès).json".to_owned(),
        copy_of: Some(copy.id),
        reason: "il ressemble à une copie".to_owned(),
    };
    let record = Record::Partner(copy);
    house.facts().copies.push((stranger, record));
    let mut driver = setting(&house);
    driver.click("Fichiers à voir 1\u{a0}◆");
    driver.until("la copie est lue", |driver| driver.sees("20\u{202f}700"));
    driver.expect(&here);
    driver.expect("Nom officiel");
    driver.expect("Population");
    driver.expect("Cabo Verde");
    driver.expect("après la saison des pluies");
    driver.expect("x (copie de Inès).json");
    assert!(!driver.sees("partners/"));
}

#[test]
fn a_backup_is_put_back_only_once_one_said_so() {
    let house = House::valmont();
    let mut driver = setting(&house);
    driver.focus("settings.Town");
    driver.types("Valmont");
    driver.ctrl("s");
    driver.click("Sauvegardes");
    driver.click("Sauvegarder maintenant");
    driver.until("la sauvegarde est là", |driver| {
        driver.sees("à votre demande")
    });
    driver.click("Restaurer…");
    driver.expect("Restaurer cette sauvegarde\u{a0}?");
    assert!(driver.is_focused(settings::KEEP));
    driver.key(Named::Escape);
    assert_eq!(
        house.facts().disk.authority().town.as_deref(),
        Some("Valmont")
    );

    driver.click("Restaurer…");
    driver.click("Restaurer");
    driver.until("l’espace se rouvre", |_| {
        house.facts().disk.authority().town.is_none()
    });
    driver.until("il est là", |driver| driver.sees("Rechercher…"));
}

#[test]
fn what_a_hard_stop_had_left_is_named() {
    let house = House::valmont();
    let record = house.draft();
    house.facts().recovered = vec![crate::model::RecordId {
        kind: Kind::Convention,
        id: record.id,
    }];
    let mut driver = opened(&house);
    driver.expect("rien n’est perdu («\u{202f}Valmont – Aného 2027-2029\u{202f}»).");
}

#[test]
fn an_erasure_that_a_hard_stop_interrupted_is_finished_from_the_first_page() {
    let house = House::valmont();
    let id = Ids::counted(7).next_id();
    house.facts().erasing = Some(Contact::named(id, "Mme Adjoua Lawson"));
    let mut driver = opened(&house);
    driver.expect("L’effacement de «\u{202f}Mme Adjoua Lawson\u{202f}» a été interrompu");
    // The disk refuses: it stays to be finished.
    house.facts().refuses_to_erase = true;
    driver.click("Finir l’effacement");
    driver.awaits("pas encore de tous les fichiers");
    driver.expect("a été interrompu");
    house.facts().refuses_to_erase = false;
    driver.click("Finir l’effacement");
    driver.awaits("La personne est effacée\u{a0}:");
    assert!(!driver.sees("a été interrompu"));
    assert_eq!(house.facts().erasing, None);
}

#[test]
fn a_piece_whose_file_is_gone_is_counted_from_the_first_page() {
    let house = House::valmont();
    let draft = RecordId {
        kind: Kind::Convention,
        id: house.draft().id,
    };
    house.facts().missing = vec![(draft, "Délibération".to_owned())];
    let mut driver = opened(&house);
    // « Réglages » calls for attention, though nobody went there.
    driver.awaits("1\u{a0}◆");
}

#[test]
fn when_a_save_fails_those_that_wait_are_named() {
    let house = House::valmont();
    let mut driver = setting(&house);
    house.facts().refusal = Some("Le disque est plein.".to_owned());
    driver.focus("settings.Town");
    driver.types("Valmont");
    driver.ctrl("s");
    driver.awaits("«\u{202f}Communauté d’agglomération de Valmont\u{202f}» attend.");
}
