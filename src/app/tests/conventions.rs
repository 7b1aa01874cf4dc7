//! What a person does with conventions, beside writing them: finding them again, answering for what there is to verify,
//! taking over those that are signed.

use std::path::PathBuf;

use iced::keyboard::{Modifiers, key::Named};
use iced::{Event, window};

use super::super::screen::{begin, convention, conventions, wizard};
use super::driver::{Driver, opened};
use super::house::House;
use super::imports::lies;
use crate::check::Tally;
use crate::model::Convention;

/// At the sheet of the draft.
pub(super) fn at_the_sheet(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Valmont – Aného 2027-2029");
    driver.click("Fiche");
    driver.expect("Vie de la convention");
    driver
}

/// Types in the field that the keyboard is in, in the place of what is there.
pub(super) fn fill(driver: &mut Driver, words: &str) {
    driver.ctrl("a");
    driver.types(words);
}

/// Opens the list that the keyboard is at, looks for those words in it and chooses the first that answers.
fn pick(driver: &mut Driver, id: &'static str, words: &str) {
    driver.click(iced_test::selector::id(id));
    driver.types(words);
    driver.key(Named::Enter);
}

fn titled(house: &House, title: &str) -> Option<Convention> {
    let facts = house.facts();
    let found = facts.disk.conventions().find(|it| it.title == title);
    found.cloned()
}

#[test]
fn the_table_says_as_much_on_a_small_screen() {
    let house = House::valmont();
    let mut driver = opened(&house);
    let said = [
        "Coopération décentralisée",
        "Togo",
        "→ Relecture",
        "31/12/2029",
        "Suivi par",
        "Engagement",
    ];
    for width in [1280.0, 1024.0] {
        driver.resize(width, 700.0);
        driver.redraw();
        for words in said {
            driver.expect(words);
        }
    }
}

#[test]
fn on_a_small_screen_what_filters_leaves_its_room_to_the_rows_until_it_is_asked_for() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.resize(1024.0, 700.0);
    driver.redraw();
    assert!(!driver.is_there("conventions.kind"));
    driver.expect("Importer un tableau…");
    driver.tab_to(conventions::UNFOLD);
    driver.key(Named::Enter);
    pick(&mut driver, "conventions.kind", "jumel");
    driver.expect("1 sur 2");
    driver.tab_to(conventions::NAME_VIEW);
    driver.key(Named::Escape);
    assert!(driver.is_focused(conventions::UNFOLD));
    // Folded, it still says that not all are shown, and shows them again.
    driver.expect("1 sur 2");
    driver.click("Tout afficher");
    driver.expect("2\u{a0}conventions");
}

#[test]
fn where_nothing_can_be_edited_the_keyboard_is_somewhere_all_the_same() {
    let house = House::valmont();
    house.facts().holder = Some("J. Martin, sur PC-RI-04".to_owned());
    let mut driver = opened(&house);
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("En bref");
    assert!(driver.is_anything_focused());
    // In a narrow window, which shows no plan, at what turns to it and back.
    driver.click("Conventions");
    driver.resize(640.0, 420.0);
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("En bref");
    assert!(driver.is_focused(convention::TURN));
    driver.key(Named::Enter);
    driver.expect("À vérifier");
    driver.click("Texte");
    assert!(driver.is_focused(convention::TURN));
    driver.resize(1280.0, 800.0);
    // What is said there is no stop of the keyboard.
    assert!(!driver.is_there("sheet.title") && !driver.is_there("sheet.end"));
    driver.click("Partenaires");
    driver.expect("Collectivités");
    assert!(!driver.sees("Nouveau partenaire") && !driver.sees("Importer…"));
    driver.click("Aného");
    driver.expect("Nom officiel");
    assert!(driver.is_anything_focused());
}

#[test]
fn the_table_is_sorted_filtered_and_a_view_is_found_again() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.expect("→ Relecture");

    // Escape empties what filters, where the keyboard stays.
    driver.focus(conventions::SEARCH);
    driver.types("figuig");
    assert!(!driver.sees("Valmont – Aného"));
    driver.key(Named::Escape);
    driver.expect("→ Relecture");
    assert!(driver.is_focused(conventions::SEARCH));

    // By term: the draft has one, the twinning of 1998 has none and comes last either way.
    driver.click("Terme");
    driver.expect("Terme ↑");
    driver.click("Terme ↑");
    driver.expect("Terme ↓");

    pick(&mut driver, "conventions.kind", "jumel");
    assert!(!driver.sees("Valmont – Aného") && driver.sees("Jumelage Valmont – Figuig"));
    driver.expect("1 sur 2");

    driver.click("Enregistrer cette vue…");
    assert!(driver.is_focused(conventions::VIEW_NAME));
    driver.key(Named::Escape);
    assert!(driver.is_focused(conventions::NAME_VIEW));
    driver.key(Named::Enter);
    assert!(driver.is_focused(conventions::VIEW_NAME));
    driver.types("Jumelages");
    driver.key(Named::Enter);
    assert_eq!(house.facts().views.len(), 1);
    driver.click("Tout afficher");
    driver.expect("Valmont – Aného 2027-2029");

    // Another day.
    let mut driver = opened(&house);
    driver.expect("Valmont – Aného 2027-2029");
    driver.click("Jumelages");
    assert!(!driver.sees("Valmont – Aného"));
    driver.expect("Terme ↓");
    driver.click("Retirer cette vue");
    assert!(house.facts().views.is_empty());
    driver.expect("les conventions ne changent pas");
}

#[test]
fn a_convention_is_taken_over_from_a_few_fields() {
    let house = House::valmont();
    let scan = PathBuf::from("/documents/charte.pdf");
    house.facts().papers.insert(scan, b"%PDF-1.4 1998".to_vec());
    let mut driver = opened(&house);
    driver.click("Reprendre…");
    assert!(driver.is_focused(begin::TITLE));
    driver.key(Named::Enter);
    driver.expect("Donnez un titre à la convention.");

    driver.types("Charte Valmont – Aného");
    pick(&mut driver, "begin.kind", "pacte");
    pick(&mut driver, "begin.partner", "aného");
    driver.expect("Commune d’Aného");
    driver.click("Reprendre la convention");
    driver.expect("Donnez la date de la signature.");
    driver.types("16/5/2019");
    driver.click(iced_test::selector::id("begin.amount"));
    driver.types("1 200 000 F CFA");
    driver.expect("Ce signe est de plusieurs monnaies");
    driver.ctrl("a");
    driver.types("1 200 000 XOF");
    assert!(!driver.sees("Objet, en une phrase"));
    driver.click("▸ Compléter");
    driver.click(iced_test::selector::id("begin.object"));
    driver.types("Échanges d’écoles");
    driver.click(iced_test::selector::id(begin::FILE));
    driver.types("/documents/nulle_part.pdf");
    driver.click("Reprendre la convention");
    driver.until("le fichier manque", |driver| driver.sees("nulle_part.pdf"));
    assert!(driver.is_focused(begin::FILE));
    let charter = PathBuf::from("/documents/charte.pdf");
    driver.event(Event::Window(window::Event::FileDropped(charter)));
    driver.key(Named::Enter);
    driver.until("la charte est reprise", |driver| {
        driver.sees("La convention est reprise")
    });
    driver.expect("La convention est reprise");
    driver.expect("En vigueur");
    driver.ctrl("s");

    let kept = titled(&house, "Charte Valmont – Aného").unwrap();
    let taken = kept.taken_over.as_ref().unwrap();
    assert_eq!(taken.object, "Échanges d’écoles");
    assert_eq!(taken.amount.map(|amount| amount.0), Some(1_200_000));
    assert_eq!(
        taken.currency.as_ref().map(crate::model::Currency::code),
        Some("XOF")
    );
    assert_eq!(kept.pieces[0].file_name, "charte.pdf");
    assert_eq!(kept.parties.len(), 2);
    assert!(kept.is_signed_by_all());

    driver.ctrl("z");
    driver.ctrl("s");
    assert!(titled(&house, "Charte Valmont – Aného").is_none());
}

#[test]
fn a_convention_is_taken_over_by_six_fields_and_a_file_with_a_partner_that_was_not_there() {
    const FIELDS: [&str; 7] = [
        begin::TITLE,
        "begin.kind",
        "begin.partner",
        "begin.signed",
        "begin.end",
        "begin.amount",
        begin::FILE,
    ];
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Reprendre…");
    for field in FIELDS {
        driver.until(field, |driver| {
            let is_there = driver.is_focused(field);
            driver.key(Named::Tab);
            is_there
        });
    }
    assert!(!driver.is_there("begin.newcomer") && !driver.is_there("begin.object"));

    driver.focus(begin::TITLE);
    driver.types("Pacte Valmont – Gmünd");
    driver.key(Named::Escape);
    driver.expect("La convention n’est pas reprise\u{a0}: «\u{a0}Reprendre…\u{a0}» rend ce que vous avez saisi.");
    driver.click("Reprendre…");
    driver.click("+ Un partenaire qui n’est pas dans la liste");
    driver.types("Ville de Gmünd");
    driver.click(iced_test::selector::id("begin.signed"));
    driver.types("16/05/2019");
    driver.key(Named::Enter);
    driver.expect("La convention est reprise");
    driver.ctrl("s");
    let kept = titled(&house, "Pacte Valmont – Gmünd").unwrap();
    let facts = house.facts();
    let partner = facts
        .disk
        .partner(kept.parties[1].partner.unwrap())
        .unwrap();
    assert_eq!(partner.name.text, "Ville de Gmünd");
}

#[test]
fn a_scan_that_comes_once_its_form_is_left_takes_nothing_over() {
    const TITLE: &str = "Charte Valmont – Aného";
    const SCAN: &str = "/documents/charte.pdf";
    let leave: [fn(&mut Driver); 2] = [
        |driver| driver.key(Named::Escape),
        |driver| driver.click(iced_test::selector::id("begin.close")),
    ];
    for leave in leave {
        let house = House::valmont();
        lies(&house, SCAN, "%PDF-1.4 1998");
        let mut driver = opened(&house);
        driver.click("Reprendre…");
        driver.types(TITLE);
        pick(&mut driver, "begin.partner", "aného");
        driver.click(iced_test::selector::id("begin.signed"));
        driver.types("16/5/2019");
        house.facts().papers_are_slow = true;
        driver.event(Event::Window(window::Event::FileDropped(SCAN.into())));
        driver.key(Named::Enter);
        driver.expect("Le fichier est lu…");
        leave(&mut driver);
        assert!(!driver.is_there(begin::FILE));

        house.facts().papers_are_slow = false;
        driver.until("le fichier est lu", |_| !house.facts().cabinet.is_empty());
        driver.redraw();
        driver.ctrl("s");
        assert!(titled(&house, TITLE).is_none());
        assert!(!driver.sees("La convention est reprise"));
    }
}

#[test]
fn a_convention_is_drafted_in_three_steps_with_a_partner_that_was_not_there() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Nouvelle convention");
    assert!(driver.is_focused(wizard::FIRST));
    driver.expect("ajoutez-la aux parties");

    driver.click("Continuer");
    driver.click(iced_test::selector::id("wizard.newcomer"));
    driver.types("Ville de Hué");
    driver.expect("Engagements de la Ville de Hué");
    // What was answered waits for whoever comes back.
    driver.key(Named::Escape);
    driver.expect(
        "La convention n’est pas créée\u{a0}: «\u{a0}Nouvelle convention\u{a0}» rend vos réponses.",
    );
    driver.click("Nouvelle convention");
    driver.expect("Engagements de la Ville de Hué");

    driver.click("Continuer");
    driver.click(iced_test::selector::id("wizard.start"));
    driver.types("1/1/2027");
    driver.click(iced_test::selector::id("wizard.end"));
    driver.types("31/12/2028");
    driver.expect("Modalités de versement");
    driver.click("La convention engage de l’argent");
    assert!(!driver.sees("Modalités de versement"));
    driver.click("La convention engage de l’argent");
    driver.click("Créer la convention");
    driver.expect("La convention est rédigée");
    driver.ctrl("s");

    let kept = titled(
        &house,
        "Convention de coopération décentralisée Communauté d’agglomération de Valmont – Ville de Hué 2027-2028",
    )
    .or_else(|| titled(&house, "Convention de coopération décentralisée Valmont – Ville de Hué 2027-2028"))
    .unwrap();
    assert!(kept.articles.len() > 15);
    assert!(kept.budget.is_some());

    driver.ctrl("z");
    driver.ctrl("s");
    let facts = house.facts();
    assert!(facts.disk.conventions().all(|it| it.id != kept.id));
    assert!(
        facts
            .disk
            .partners()
            .all(|it| it.name.text != "Ville de Hué")
    );
}

#[test]
fn a_finding_is_walked_to_fixed_and_another_is_set_aside() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 3000.0);
    driver.click_words("À vérifier (");
    let before = house.draft().articles.len();
    driver.click_words("Ajouter un article «\u{202f}");
    driver.ctrl("s");
    assert_eq!(house.draft().articles.len(), before + 1);
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.draft().articles.len(), before);

    driver.click_words("À vérifier (");
    driver.click_words("▲ 1");
    driver.click("Écarter…");
    assert!(driver.is_focused(convention::REASON));
    driver.key(Named::Enter);
    driver.expect("Dites pourquoi ce point est écarté.");
    driver.types("Le budget sera joint avant le vote");
    driver.key(Named::Tab);
    driver.types("Mme Iris Pons");
    driver.key(Named::Enter);
    driver.expect("Dites à quel titre.");
    driver.types("directrice juridique");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let kept = house.draft().set_aside;
    assert_eq!(kept.len(), 1);
    assert_eq!(kept[0].by, "Mme Iris Pons");

    driver.click("1\u{a0}écarté");
    driver.expect(
        "Écarté le 23/11/2026 par Mme Iris Pons, directrice juridique\u{a0}: Le budget sera joint",
    );
    driver.click("Ne plus écarter");
    driver.ctrl("s");
    assert!(house.draft().set_aside.is_empty());
}

#[test]
fn the_foot_does_not_say_again_what_the_list_of_points_says() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.expect("Écarter…");
    driver.click_words("À vérifier (");
    driver.expect("Voir  F8");
    driver.key(Named::F8);
    assert!(!driver.sees("Voir  F8"));
}

#[test]
fn what_calls_for_attention_is_counted_as_it_changes() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 3000.0);
    let counted = |driver: &Driver| {
        let session = driver.app.session().unwrap();
        let conventions = session.records().conventions();
        let all = Tally::of(conventions.flat_map(|it| session.findings(it.id)));
        assert_eq!(session.tally(), all);
        all.blocking + all.warning + all.advice
    };
    let before = counted(&driver);

    driver.click_words("À vérifier (");
    driver.click_words("Ajouter un article «\u{202f}");
    assert_ne!(counted(&driver), before);
    driver.ctrl("z");
    assert_eq!(counted(&driver), before);

    driver.click("Fiche");
    driver.click("Supprimer la convention");
    assert_ne!(counted(&driver), before);
    driver.ctrl("z");
    assert_eq!(counted(&driver), before);
}

#[test]
fn an_answer_that_is_given_up_leaves_the_page_as_it_was() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.click_words("À vérifier (");
    driver.click("Écarter…");
    driver.types("Parce que");
    driver.key(Named::Escape);
    assert!(!driver.sees("Écarter ce point"));
    driver.ctrl("s");
    assert!(house.draft().set_aside.is_empty());
}

#[test]
fn parties_and_visas_are_edited_and_undone() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    driver.resize(1280.0, 1600.0);
    driver.click("Parties (2)");
    pick(&mut driver, "parties.add", "figuig");
    driver.expect("Parties (3)");
    driver.ctrl("s");
    assert_eq!(house.draft().parties[2].key.as_str(), "figuig");
    driver.ctrl("z");
    driver.expect("Parties (2)");

    driver.click("Visas (0)");
    pick(&mut driver, "visas.add", "2131-1");
    assert!(driver.is_focused(convention::EDITOR));
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(", en vigueur");
    driver.click("+ Visa libre");
    driver.types("statuts");
    driver.ctrl("s");
    let words = |rank: usize| house.draft().visas[rank].texts[0].paragraphs.join("\n");
    assert!(words(0).starts_with("le code général des collectivités territoriales, notamment ses"));
    assert!(words(0).ends_with(", en vigueur"), "{}", words(0));
    assert_eq!(words(1), "statuts");
    assert_eq!(
        house.draft().visas[0].basis.as_deref(),
        Some("cgct-l2131-1")
    );

    driver.ctrl("z");
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.draft().visas.len(), 1);
}

#[test]
fn the_sheet_is_filled_and_articles_are_ordered_by_the_keyboard_alone() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.key(Named::Enter);
    driver.expect("1er Objet");

    // The plan has the keyboard: Alt moves the article down, then up again, one undo each.
    driver.key_with(Named::ArrowDown, Modifiers::ALT);
    driver.expect("2 Objet");
    driver.ctrl("s");
    assert_eq!(house.draft().articles[1].key.as_str(), "objet");
    driver.key_with(Named::ArrowUp, Modifiers::ALT);
    driver.expect("1er Objet");

    // Up to the sheet, into it, and to its title.
    for _ in 0..4 {
        driver.key(Named::ArrowUp);
    }
    driver.expect("En bref");
    driver.key(Named::F6);
    assert!(driver.is_focused("sheet.title"));
    fill(&mut driver, "Valmont – Aného,");
    // It has one line, however many it is shown on.
    driver.key(Named::Enter);
    driver.types(" l’eau");
    for _ in 0..4 {
        driver.key(Named::Tab);
    }
    assert!(driver.is_focused("sheet.end"));
    fill(&mut driver, "demain");
    driver.expect("Écrivez une date, JJ/MM/AAAA.");
    driver.ctrl("s");
    let draft = house.draft();
    assert_eq!(draft.title, "Valmont – Aného, l’eau");
    assert_eq!(draft.end, chrono::NaiveDate::from_ymd_opt(2029, 12, 31));
    fill(&mut driver, "30/6/2030");
    driver.ctrl("s");
    assert_eq!(
        house.draft().end,
        chrono::NaiveDate::from_ymd_opt(2030, 6, 30)
    );
}

#[test]
fn a_convention_is_duplicated_and_deleted_and_comes_back() {
    let house = House::valmont();
    let mut driver = at_the_sheet(&house);
    // Below the first screen of the sheet.
    driver.resize(1280.0, 1600.0);
    driver.click("Dupliquer la convention");
    driver.expect("Valmont – Aného 2027-2029 (copie)");
    driver.click("Fiche");
    driver.click("Supprimer la convention");
    driver.expect("La convention est supprimée.");
    driver.ctrl("s");
    assert!(titled(&house, "Valmont – Aného 2027-2029 (copie)").is_none());
    driver.ctrl("z");
    driver.expect("Valmont – Aného 2027-2029 (copie)");
}
