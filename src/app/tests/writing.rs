//! Writing a convention: clauses, spelling, what is pasted, two languages, visas; from the wizard to the PDF.

use iced::keyboard::{Modifiers, key::Named};
use iced_test::selector::id;

use super::super::screen::{convention, export, settings};
use super::driver::{Driver, opened};
use super::house::House;
use crate::document::State;
use crate::model::text::Translation;
use crate::model::{Convention, Lang, OwnClause, roles};

/// In the first article of the draft.
fn writing(house: &House) -> Driver {
    let mut driver = opened(house);
    driver.click("Valmont – Aného 2027-2029");
    driver.click("1er Objet");
    assert!(driver.is_focused(convention::EDITOR));
    driver
}

fn pick(driver: &mut Driver, list: &'static str, words: &str) {
    driver.click(id(list));
    driver.types(words);
    driver.key(Named::Enter);
}

fn clauses(house: &House) -> Vec<OwnClause> {
    house.facts().disk.clauses().cloned().collect()
}

fn titles(convention: &Convention) -> Vec<String> {
    let titles = convention
        .articles
        .iter()
        .map(|it| it.texts[0].title.clone());
    titles.collect()
}

#[test]
fn an_article_is_inserted_rewritten_in_one_undo_and_kept_as_a_clause_of_the_department() {
    let house = House::valmont();
    let mut driver = writing(&house);

    // It comes to its place, and is open.
    pick(&mut driver, convention::INSERT, "différends");
    driver.ctrl("s");
    assert_eq!(
        titles(&house.draft()).last().unwrap(),
        "Règlement des différends et droit applicable"
    );
    driver.expect("clause usuelle");
    driver.click(id(convention::FOLD));
    driver.expect("Médiation préalable");
    let usual = house.draft().articles[2].texts[0].paragraphs.clone();

    driver.click_words("Médiation préalable");
    driver.ctrl("s");
    let other = house.draft().articles[2].texts[0].paragraphs.clone();
    assert!(other[0].contains("personne indépendante"), "{other:?}");
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.draft().articles[2].texts[0].paragraphs, usual);
    driver.ctrl("y");

    driver.click_words("Garder comme clause");
    driver.expect("gardé comme clause du service");
    driver.ctrl("s");
    let kept = clauses(&house).pop().unwrap();
    assert_eq!(kept.role.as_deref(), Some(roles::DISPUTES));

    // It is changed in the settings, and offered in the place of what is there.
    driver.click("Réglages");
    driver.click("Rédaction");
    driver.click_words("▸ Règlement des différends");
    driver.focus(settings::CLAUSE_TITLE);
    driver.ctrl("a");
    driver.types("Médiation de Valmont");
    driver.ctrl("s");
    assert_eq!(clauses(&house)[0].title, "Médiation de Valmont");
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("Clause du service\u{a0}: Médiation de Valmont");
}

#[test]
fn a_word_that_is_not_known_is_told_mended_or_learnt() {
    let house = House::valmont();
    house.facts().dictionary =
        Some("9\nles\nparties\naméliorent\naccès\nà\neau\nl’accès\nl’eau\n".to_owned());
    let mut driver = writing(&house);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(" Valmont acès zémidjan ");
    driver.awaits("2 mots que le dictionnaire ne connaît pas");

    driver.click("Voir");
    driver.expect("Mot inconnu");
    driver.awaits("accès");
    driver.click("accès");
    driver.awaits("1 mot que le dictionnaire ne connaît pas");
    driver.ctrl("s");
    assert!(house.first_paragraph().ends_with("Valmont accès zémidjan "));

    driver.click("Voir");
    driver.click("Ajouter au dictionnaire du service");
    driver.awaits("Pour insérer un champ");
    driver.ctrl("s");
    assert_eq!(house.facts().disk.authority().words, ["zémidjan"]);

    driver.click("Réglages");
    driver.click("Rédaction");
    driver.click("zémidjan  ×");
    driver.ctrl("s");
    assert!(house.facts().disk.authority().words.is_empty());
    driver.focus(settings::WORD);
    driver.types("moto-taxi");
    driver.key(Named::Enter);
    driver.ctrl("s");
    assert_eq!(house.facts().disk.authority().words, ["moto-taxi"]);
}

#[test]
fn without_a_dictionary_nobody_speaks_of_spelling() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.types("zzz ");
    assert!(!driver.sees("dictionnaire"));
}

#[test]
fn french_signs_come_as_one_types_and_one_undo_gives_back_what_was_typed() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.key_with(Named::End, Modifiers::CTRL);
    let last = |driver: &mut Driver| {
        driver.ctrl("s");
        let paragraphs = house.draft().articles[0].texts[0].paragraphs.clone();
        paragraphs.last().cloned().unwrap_or_default()
    };
    driver.types(" Dit \"l'eau");
    assert!(
        last(&mut driver).ends_with(" Dit «\u{a0}l’eau"),
        "{}",
        last(&mut driver)
    );
    driver.types(" !");
    assert!(
        last(&mut driver).ends_with("l’eau\u{202f}!"),
        "{}",
        last(&mut driver)
    );
    driver.ctrl("z");
    assert!(
        last(&mut driver).ends_with("l’eau !"),
        "{}",
        last(&mut driver)
    );
}

#[test]
fn what_is_pasted_is_clean_and_one_undo_takes_it_back() {
    let house = House::valmont();
    let mut driver = writing(&house);
    let before = house.first_paragraph();
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.copy(
        "\r\n\"Elle s'engage :\r\n• à ﬁnancer le dévelop-\r\npement ;\r\n• à rendre compte.\r\n",
    );
    driver.ctrl("v");
    driver.ctrl("s");
    let paragraphs = house.draft().articles[0].texts[0].paragraphs.clone();
    assert!(
        paragraphs
            .iter()
            .any(|it| it == "- à financer le développement\u{202f};"),
        "{paragraphs:?}"
    );
    driver.ctrl("z");
    driver.ctrl("s");
    assert_eq!(house.draft().articles[0].texts[0].paragraphs, [before]);
}

#[test]
fn a_translation_that_goes_stale_is_told_read_again_and_held_up_to_date() {
    let house = House::valmont();
    let mut driver = writing(&house);
    let standing = || {
        let draft = house.draft();
        let texts = &draft.articles[0].texts;
        Translation::of(
            texts.iter().find(|it| it.lang == Lang::new("pt")),
            &texts[0],
        )
    };
    pick(&mut driver, "article.language", "portugais");
    driver.expect("○ À traduire");
    driver.expect("○ à traduire");
    // The French is there to be read.
    driver.expect("Les parties améliorent l’accès à l’eau.");
    driver.focus(convention::EDITOR);
    driver.types("As partes melhoram o acesso. ");
    driver.ctrl("s");
    driver.expect("● Traduit du français d’aujourd’hui");
    assert_eq!(standing(), Translation::UpToDate);

    driver.click_words("français");
    driver.focus(convention::EDITOR);
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.types(" Ensemble.");
    driver.ctrl("s");
    assert_eq!(standing(), Translation::Old);
    driver.click("portugais ◆");
    driver.expect("◆ Le français a changé depuis la traduction");
    driver.expect("◆ changé depuis");

    driver.click(id(convention::UP_TO_DATE));
    driver.expect("● Traduit du français d’aujourd’hui");
    driver.ctrl("s");
    assert_eq!(standing(), Translation::UpToDate);
    driver.ctrl("z");
    driver.expect("◆ Le français a changé depuis la traduction");
}

#[test]
fn the_visas_that_the_contents_call_for_are_added_at_their_place() {
    let house = House::valmont();
    let mut driver = opened(&house);
    driver.click("Valmont – Aného 2027-2029");
    driver.click("Visas (0)");
    driver.expect("Le contenu appelle encore");
    driver.click(id(convention::LACKING));
    driver.expect("Visas (3)");
    driver.ctrl("s");
    assert!(!driver.sees("Le contenu appelle encore"));
    let first = house.draft().visas[0].clone();
    assert_eq!(first.basis.as_deref(), Some("cgct-l1115-1"));
    driver.ctrl("z");
    driver.expect("Visas (0)");
}

#[test]
fn from_the_wizard_to_the_pdf_with_a_clause_of_the_department() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.click(id(convention::FOLD));
    driver.click_words("Garder comme clause");
    let kept = "Les parties améliorent l’accès à l’eau.";

    driver.resize(1280.0, 2000.0);
    driver.click("Conventions");
    driver.click("Nouvelle convention");
    driver.click("Continuer");
    pick(&mut driver, "wizard.parties", "figuig");
    assert!(
        driver.is_focused("wizard.parties"),
        "where one more is chosen"
    );
    driver.click("Continuer");
    driver.click(id("wizard.start"));
    driver.types("1/1/2027");
    driver.click(id("wizard.end"));
    driver.types("31/12/2028");
    driver.click(id("wizard.clauses.0"));
    driver.click("Créer la convention");
    driver.expect("La convention est rédigée");
    driver.ctrl("s");
    let draft = {
        let facts = house.facts();
        let found = facts.disk.conventions().find(|it| it.articles.len() > 15);
        found.unwrap().clone()
    };
    let object = draft.article_with_role(roles::OBJECT).unwrap();
    assert_eq!(object.texts[0].paragraphs, [kept]);

    driver.ctrl("p");
    assert!(driver.is_focused(export::state_id(State::Working)));
    driver.ctrl("p");
    driver.until("le PDF est écrit", |driver| driver.sees("PDF écrit"));
    assert_eq!(house.facts().exports[0].convention, draft.id);
}

#[test]
fn the_commands_of_the_text_come_after_it_by_tab_and_give_the_keyboard_back() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.ctrl("a");
    driver.key(Named::Tab);
    assert!(driver.is_focused("editor.Gras"));
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver.key(Named::Tab);
    driver.key(Named::Tab);
    assert!(driver.is_focused("editor.Italique"));
    driver.key(Named::Space);
    driver.ctrl("s");
    let first = house.first_paragraph();
    assert!(first.starts_with("***Les parties"), "{first}");
}

#[test]
fn escape_closes_what_is_told_and_the_article_keeps_the_keyboard() {
    let house = House::valmont();
    let mut driver = writing(&house);
    driver.ctrl("z");
    driver.expect("Il n’y a rien à annuler.");
    driver.key(Named::Escape);
    assert!(!driver.sees("Il n’y a rien à annuler."));
    assert!(driver.is_focused(convention::EDITOR));
}

#[test]
fn a_visa_that_is_left_empty_is_not_kept() {
    let house = House::valmont();
    let mut driver = writing(&house);
    let before = house.draft().visas.len();
    driver.click_words("Visas");
    driver.click("+ Visa libre");
    assert!(driver.is_focused(convention::EDITOR));
    driver.click_words("Fiche");
    driver.ctrl("s");
    assert_eq!(house.draft().visas.len(), before);

    driver.click_words("Visas");
    driver.click("+ Visa libre");
    assert!(driver.is_focused(convention::EDITOR));
    driver.types("projet");
    driver.ctrl("s");
    let visas = house.draft().visas;
    assert_eq!(visas.len(), before + 1);
    assert_eq!(visas[before].texts[0].paragraphs, ["projet"]);
    driver.ctrl("z");
    driver.expect("Ajouter un visa");
    driver.ctrl("s");
    assert_eq!(house.draft().visas.len(), before);
}
