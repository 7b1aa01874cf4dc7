//! A text through its versions: kept, compared, put back, signed, rid of a misprint; and the whole life of a convention.

use std::path::PathBuf;

use iced::keyboard::{Modifiers, key::Named};

use super::super::screen::{convention, deliver};
use super::driver::{Driver, opened};
use super::house::House;
use crate::model::{ActKind, Convention, Stage, VersionReason};

/// At the draft, its first article open.
fn at_the_draft(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Valmont – Aného 2027-2029");
    driver
}

fn fill(driver: &mut Driver, words: &str) {
    driver.ctrl("a");
    driver.types(words);
}

fn reasons(house: &House) -> Vec<VersionReason> {
    let draft = house.draft().id;
    let facts = house.facts();
    let versions = facts.disk.versions_of(draft);
    versions.into_iter().map(|it| it.reason).collect()
}

/// Keeps the text under that name.
fn keep(driver: &mut Driver, name: &str) {
    driver.click("Versions");
    driver.click("Garder une version…");
    assert!(driver.is_focused(convention::VERSION_NAME));
    driver.types(name);
    driver.key(Named::Enter);
    driver.expect(name);
}

#[test]
fn a_version_is_kept_compared_and_put_back() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    let before = house.first_paragraph();
    driver.click("Versions");
    driver.expect("Aucune version n’est gardée encore.");
    keep(&mut driver, "soumise au bureau");
    driver.expect("première version gardée");
    driver.expect("Depuis la dernière version\u{a0}: texte identique");

    driver.click_words("1er ");
    driver.focus(convention::EDITOR);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(" Rien de plus.");
    driver.click("Versions");
    driver.expect("Depuis la dernière version\u{a0}: 1\u{a0}passage\u{a0}modifié");

    driver.click("Comparer…");
    driver.expect("Exporter la comparaison");
    driver.expect("1\u{a0}modifié");
    driver.expect("modifié");
    driver.key(Named::F8);
    driver.expect("1/");
    driver.key_with(Named::F8, Modifiers::SHIFT);

    driver.click("Exporter la comparaison");
    assert!(driver.is_focused(deliver::PATH));
    fill(&mut driver, "/documents/comparaison.pdf");
    driver.key(Named::Enter);
    driver.awaits("Écrit\u{a0}: /documents/comparaison.pdf");
    let written = house.facts().papers[&PathBuf::from("/documents/comparaison.pdf")].clone();
    assert!(written.starts_with(b"%PDF"));

    // Once more to the same place: it is asked before what is there goes.
    driver.click("Exporter la comparaison");
    fill(&mut driver, "/documents/comparaison.pdf");
    driver.key(Named::Enter);
    driver.awaits("existe déjà");
    driver.click("Remplacer le fichier");
    driver.awaits("Écrit\u{a0}: /documents/comparaison.pdf");

    driver.key(Named::Escape);
    driver.click("Versions");
    driver.click("Restaurer");
    driver.expect("Le texte de cette version est de retour");
    driver.expect("Avant la restauration");
    driver.expect("d’office");
    driver.ctrl("s");
    assert_eq!(house.first_paragraph(), before);
    assert_eq!(
        reasons(&house),
        [VersionReason::Named, VersionReason::Replaced]
    );

    driver.ctrl("z");
    driver.ctrl("s");
    assert!(
        house.draft().articles[0].texts[0]
            .paragraphs
            .join("\n")
            .contains("Rien de plus.")
    );
    assert_eq!(reasons(&house), [VersionReason::Named]);
}

#[test]
fn at_twice_the_size_nothing_of_a_comparison_covers_its_count() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    keep(&mut driver, "soumise au bureau");
    driver.click_words("1er ");
    driver.focus(convention::EDITOR);
    driver.types("Bien. ");
    driver.click("Versions");
    driver.click("Comparer…");
    let apart = |driver: &mut Driver| {
        let count = driver.bounds("1\u{a0}modifié");
        let whole = driver.bounds("Texte entier");
        (
            count.y + count.height <= whole.y,
            count.x + count.width <= whole.x,
        )
    };
    driver.expect("1\u{a0}modifié");
    assert_eq!(apart(&mut driver), (false, true));
    driver.follows_zoom = true;
    for _ in 0..10 {
        driver.ctrl("+");
    }
    driver.redraw();
    assert!(apart(&mut driver).0);
}

/// Notes the act that is expected, on that day.
fn note(driver: &mut Driver, invitation: &str, day: &str) {
    driver.click_words(invitation);
    assert!(driver.is_focused(convention::DATE));
    fill(driver, day);
    driver.key(Named::Enter);
}

/// Notes an act of that kind among the others, on that day.
fn note_other(driver: &mut Driver, kind: &str, day: &str) {
    driver.click(iced_test::selector::id("acts.add"));
    driver.types(kind);
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::DATE));
    fill(driver, day);
    driver.key(Named::Enter);
}

fn stage(house: &House, today: &str) -> Stage {
    let draft = house.draft();
    let facts = house.facts();
    draft.stage(today.parse().unwrap(), |party| {
        facts.disk.nature_of(party) == Some(crate::model::Nature::FrenchAuthority)
    })
}

fn act(draft: &Convention, kind: ActKind) -> usize {
    draft.done(kind).count()
}

#[test]
fn a_convention_lives_from_its_draft_to_its_renewal() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    driver.resize(1280.0, 3000.0);
    driver.click("Fiche");
    let saved = |driver: &mut Driver| {
        driver.ctrl("s");
        stage(&house, "2027-06-01")
    };

    note(&mut driver, "Envoyer en relecture…", "02/12/2026");
    assert_eq!(saved(&mut driver), Stage::Review);
    note(&mut driver, "Noter la délibération", "15/12/2026");
    assert_eq!(saved(&mut driver), Stage::Voted);
    driver.click_words("Noter la transmission");
    fill(&mut driver, "18/12/2026");
    driver.click(iced_test::selector::id("act.published"));
    driver.types("21/12/2026");
    driver.key(Named::Enter);
    driver.expect("publiée le 21/12/2026");
    assert_eq!(saved(&mut driver), Stage::DeliberationTransmitted);
    note(&mut driver, "Noter la signature", "11/01/2027");
    note(&mut driver, "Noter la signature", "20/01/2027");
    assert_eq!(saved(&mut driver), Stage::Signed);
    driver.expect("Texte signé");
    note(&mut driver, "Noter la transmission", "25/01/2027");
    assert_eq!(saved(&mut driver), Stage::InForce);

    // The prefect asks; the documents go; the delay begins again, and ends.
    note_other(&mut driver, "demande de p", "10/02/2027");
    note_other(&mut driver, "transmission de la c", "20/02/2027");
    note_other(&mut driver, "fin du délai", "21/04/2027");
    note_other(&mut driver, "comité", "05/05/2027");
    note_other(&mut driver, "rapport", "10/05/2027");
    note_other(&mut driver, "suspension", "11/05/2027");
    assert_eq!(saved(&mut driver), Stage::Suspended);
    note_other(&mut driver, "reprise", "20/05/2027");
    assert_eq!(saved(&mut driver), Stage::InForce);
    note_other(&mut driver, "avenant", "25/05/2027");
    note_other(&mut driver, "renouvellement", "28/05/2027");
    note_other(&mut driver, "résiliation", "30/05/2027");
    assert_eq!(saved(&mut driver), Stage::Ended);

    let draft = house.draft();
    assert_eq!(act(&draft, ActKind::ConventionTransmission), 2);
    for kind in [ActKind::DelayEnd, ActKind::Amendment, ActKind::Renewal] {
        assert_eq!(act(&draft, kind), 1, "{kind:?}");
    }
    // Each act before the seal kept the text, then the seal did; nothing after.
    let reasons = reasons(&house);
    assert_eq!(reasons.last(), Some(&VersionReason::Seal));
    assert_eq!(reasons.len(), 5);
    assert!(reasons[..4].iter().all(|it| *it == VersionReason::Act));

    // All of it along the time, and as a list.
    driver.click("Frise");
    driver.expect("Les mêmes dates, en liste");
    driver.expect("Fin du délai de déféré");
    driver.expect("21/04/2027");
}

#[test]
fn a_misprint_of_a_signed_text_is_corrected_and_told() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    driver.click("Fiche");
    for (invitation, day) in [
        ("Envoyer en relecture…", "02/12/2026"),
        ("Noter la délibération", "15/12/2026"),
        ("Noter la transmission", "18/12/2026"),
        ("Noter la signature", "11/01/2027"),
        ("Noter la signature", "20/01/2027"),
    ] {
        note(&mut driver, invitation, day);
    }
    driver.ctrl("s");
    let signed = house.first_paragraph();
    let wrong: String = signed.split(' ').take(2).collect::<Vec<_>>().join(" ");

    driver.click("Versions");
    driver.click("Corriger une erreur matérielle…");
    assert!(driver.is_focused(convention::WRONG));
    driver.types("mots qui n’y sont pas");
    driver.key(Named::Enter);
    driver.expect("Dites en quoi l’erreur est matérielle.");
    fill(&mut driver, &wrong);
    for words in ["Les mots", "faute de frappe", "Mme Pons, juriste"] {
        driver.key(Named::Tab);
        driver.types(words);
    }
    driver.key(Named::Enter);
    driver.expect("L’erreur est corrigée en 1\u{a0}endroit");
    driver.expect("faute de frappe (Mme Pons, juriste)");
    driver.ctrl("s");
    assert!(house.first_paragraph().starts_with("Les mots"));
    assert_eq!(reasons(&house).last(), Some(&VersionReason::Correction));

    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.first_paragraph(), signed);
}

#[test]
fn the_sheet_of_checks_and_the_agenda_are_written_where_one_says() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    driver.click_words("À vérifier (");
    driver.click("Fiche de vérification…");
    assert!(driver.is_focused(deliver::PATH));
    driver.key(Named::Enter);
    driver.awaits("Écrit\u{a0}: ");
    let is_pdf = |(path, bytes): (&PathBuf, &Vec<u8>)| {
        path.extension().is_some_and(|it| it == "pdf") && bytes.starts_with(b"%PDF")
    };
    assert_eq!(
        house.facts().papers.iter().filter(|it| is_pdf(*it)).count(),
        1
    );

    // By the palette too, and the agenda beside it.
    driver.ctrl("k");
    driver.types("exporter agenda");
    driver.key(Named::Enter);
    driver.expect("en iCalendar");
    driver.key(Named::Enter);
    driver.awaits("Agenda Passerelle.ics");

    // And the whole text, for who answers in a word processor.
    driver.ctrl("k");
    driver.types("word");
    driver.key(Named::Enter);
    driver.expect("Exporter pour Word");
    driver.key(Named::Enter);
    driver.awaits(".docx");
    let facts = house.facts();
    let mut written = facts.papers.iter();
    let word = written.find(|(path, _)| path.extension().is_some_and(|it| it == "docx"));
    assert!(word.unwrap().1.starts_with(b"PK"));
    let agenda = facts
        .papers
        .iter()
        .find(|(path, _)| path.ends_with("Agenda Passerelle.ics"));
    assert!(agenda.unwrap().1.starts_with(b"BEGIN:VCALENDAR"));
}

#[test]
fn what_is_due_is_put_off_and_taken_up() {
    let house = House::valmont();
    let mut driver = at_the_draft(&house);
    driver.click("Fiche");
    note(&mut driver, "Envoyer en relecture…", "02/12/2026");
    note(&mut driver, "Noter la délibération", "15/11/2026");
    driver.click(iced_test::selector::id("navigation.dashboard"));
    driver.expect("Transmettre la délibération votée");
    driver.click("Reporter…");
    driver.expect("Ne plus l’afficher avant le");
    driver.ctrl("a");
    driver.types("01/01/2020");
    driver.key(Named::Enter);
    driver.expect("Donnez un jour à venir");
    driver.click("Trois mois");
    driver.click("Reporter");
    assert!(!driver.sees("Transmettre la délibération votée"));
    driver.ctrl("s");
    assert_eq!(house.draft().snoozed.len(), 1);

    driver.click_words("Montrer l’échéance reportée");
    driver.expect("○ reportée au");
    driver.click("Reprendre");
    driver.ctrl("s");
    assert!(house.draft().snoozed.is_empty());
    driver.expect("Transmettre la délibération votée");
}
