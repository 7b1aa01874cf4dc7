//! What the application knows, used beside a draft: from a finding to its text and back, terms, notes, the day's acts,
//! towns, the note on why to act.

use std::path::Path;

use iced::keyboard::{Modifiers, key::Named};

use super::super::route::{Route, Topic};
use super::super::screen::{convention, glossary};
use super::super::slug::Slug;
use super::driver::{Driver, opened};
use super::frame::find;
use super::house::{FOLDER, House};
use crate::model::{Act, ActKind, Change, Convention, Record, Term};

/// At that page, where somebody left.
pub(super) fn at(house: &House, place: Route) -> Driver {
    house
        .facts()
        .preferences
        .left_at(Path::new(FOLDER), place, None);
    opened(house)
}

/// Changes the draft on the disk, before anybody opens it.
fn redraft(house: &House, change: impl FnOnce(&mut Convention)) {
    let before = house.draft();
    let mut after = before.clone();
    change(&mut after);
    let before = std::sync::Arc::new(Record::Convention(before));
    let change = Change::replace("Essai", before, Record::Convention(after));
    house.facts().disk.apply(&change);
}

fn terms(house: &House) -> Vec<Term> {
    house.facts().disk.terms().cloned().collect()
}

#[test]
fn a_workspace_without_a_last_place_opens_on_the_day() {
    let house = House::valmont();
    house.facts().preferences.recent.clear();
    let mut driver = opened(&house);
    driver.expect("Tableau de bord");
    driver.expect("À faire");

    // An empty one shows the first three acts.
    let empty = House::default();
    empty.facts().disk = crate::model::Records::from_records([Record::Authority(
        house.facts().disk.authority().clone(),
    )]);
    let mut driver = opened(&empty);
    driver.expect("Cet espace est vide. Voici par où commencer.");
    for act in [
        "Ouvrir les partenaires",
        "Ouvrir les conventions",
        "Ouvrir les ressources",
    ] {
        driver.expect(act);
    }
}

#[test]
fn from_a_finding_to_its_text_to_the_convention_and_back() {
    let house = House::valmont();
    let draft = house.draft();
    let mut driver = at(&house, Route::Convention(draft.id));
    driver.click_words("§ ");
    driver.expect("Ce que cela change pour une convention");
    driver.expect("Points à vérifier qui s’y fondent");
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("1er Objet");

    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("Ce que cela change pour une convention");
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("1er Objet");
}

#[test]
fn what_applies_to_a_convention_says_why_and_the_rest_is_left_out() {
    let house = House::valmont();
    let draft = house.draft();
    let mut driver = at(&house, Route::Convention(draft.id));
    driver.click_words("À vérifier (");
    driver.click("Textes applicables");
    driver.expect("S’applique à");
    driver.expect("c’est le fondement et le contenu de la convention");
    assert!(!driver.sees("Commission nationale de la coopération décentralisée"));

    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("1er Objet");
}

#[test]
fn a_term_is_defined_where_the_caret_is_by_the_keyboard() {
    let house = House::valmont();
    redraft(&house, |draft| {
        draft.articles[0].texts[0].paragraphs =
            vec!["Une coopération décentralisée en toute réciprocité.".to_owned()];
    });
    let mut driver = at(&house, Route::Convention(house.draft().id));
    driver.key(Named::Enter);
    assert!(driver.is_focused(convention::EDITOR));
    driver.key_with(Named::End, Modifiers::CTRL);
    driver.key(Named::ArrowLeft);
    driver.ctrl("d");
    driver.expect("Définitions");
    driver.expect("Chacun des deux territoires donne");

    // The other term of the article, by the arrows; Escape gives the text back.
    driver.key(Named::ArrowLeft);
    driver.expect("Coopération décentralisée");
    assert!(!driver.sees("Chacun des deux territoires donne"));
    driver.key(Named::Escape);
    assert!(driver.is_focused(convention::EDITOR));

    driver.ctrl("d");
    driver.click("Définir en annexe");
    driver.ctrl("s");
    let draft = house.draft();
    let annex = &draft.annexes[0].texts[0];
    assert_eq!(annex.title, "Définitions");
    assert!(
        annex.paragraphs[0].starts_with("**Réciprocité**"),
        "{annex:?}"
    );
}

#[test]
fn a_term_is_added_and_inserted_in_the_annex() {
    let house = House::valmont();
    let mut driver = at(&house, Route::Glossary(None));
    driver.click(iced_test::selector::id("glossary.add"));
    assert!(driver.is_focused(glossary::NAME));
    driver.ctrl("s");
    assert!(terms(&house).is_empty());
    driver.types("Ville pair");
    driver.focus("glossary.definition");
    driver.types("Ville avec laquelle un service échange sans convention.");
    driver.click("Choisir la convention");
    driver.key(Named::Enter);
    driver.click("Insérer dans l’annexe");
    driver.ctrl("s");

    let own = terms(&house);
    assert_eq!(own.len(), 1);
    assert_eq!(own[0].term, "Ville pair");
    let annex = &house.draft().annexes[0];
    assert_eq!(
        annex.texts[0].paragraphs,
        ["**Ville pair**\u{a0}: Ville avec laquelle un service échange sans convention."]
    );
    driver.ctrl("z");
    driver.ctrl("s");
    assert!(house.draft().annexes.is_empty());
}

#[test]
fn a_text_is_annotated_and_confirmed_by_name() {
    let house = House::valmont();
    let mut driver = at(&house, Route::Law(None));
    driver.focus("note.text");
    driver.types("Vu avec la préfecture.");
    driver.focus("note.who");
    driver.key(Named::Enter);
    driver.expect("Indiquez qui a relu la source");
    driver.types("Luc Ferrandier");
    driver.key(Named::Enter);
    driver.expect("● Relu par Luc Ferrandier le 23/11/2026");
    driver.ctrl("s");

    let note = terms(&house).remove(0);
    assert_eq!(note.about.as_deref(), Some("cgct-l1115-1"));
    assert_eq!(note.text, "Vu avec la préfecture.");
    assert_eq!(note.confirmed.unwrap().by, "Luc Ferrandier");
}

#[test]
fn whose_due_dates_one_looks_at_is_found_again() {
    use crate::model::{Contact, Id};

    let house = House::valmont();
    let person: Id = "019ab3c0-2000-7000-8000-000000000001".parse().unwrap();
    let contact = serde_json::json!({ "id": person, "name": "Mme Iris Pons" });
    let contact: Contact = serde_json::from_value(contact).unwrap();
    let contact = Change::create("", Record::Contact(contact));
    house.facts().disk.apply(&contact);
    redraft(&house, |draft| {
        let mut ids = crate::model::Ids::counted(1_850_000_000_000);
        let mut committee = Act::new(ids.next_id(), ActKind::Committee);
        committee.due = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
        draft.acts = vec![committee];
        draft.in_charge = Some(person);
    });
    let mut driver = at(&house, Route::Dashboard);
    driver.expect("Tout le service");
    driver.click(iced_test::selector::id("dashboard.person"));
    driver.types("pons");
    driver.key(Named::Enter);
    driver.ask_to_close();
    assert_eq!(house.facts().preferences.recent[0].whose, Some(person));

    let mut driver = opened(&house);
    driver.expect("Mme Iris Pons");
    assert!(!driver.sees("Tout le service"));
}

#[test]
fn an_act_is_done_from_the_day_without_looking_for_its_form() {
    let house = House::valmont();
    redraft(&house, |draft| {
        let mut ids = crate::model::Ids::counted(1_850_000_000_000);
        let mut committee = Act::new(ids.next_id(), ActKind::Committee);
        committee.due = chrono::NaiveDate::from_ymd_opt(2026, 12, 1);
        let mut vote = Act::new(ids.next_id(), ActKind::Vote);
        vote.due = chrono::NaiveDate::from_ymd_opt(2026, 12, 2);
        vote.party = Some(draft.parties[0].key.clone());
        draft.acts = vec![committee, vote];
    });
    let mut driver = at(&house, Route::Dashboard);
    driver.click("Fait");
    driver.expect("noté à la date d’aujourd’hui");
    driver.ctrl("s");
    assert_eq!(
        house.draft().acts[0].date,
        chrono::NaiveDate::from_ymd_opt(2026, 11, 23)
    );

    // « Noter la délibération… » opens the form of the act that awaits its day. Out of it, the keyboard is on the page.
    driver.click("Noter la délibération…");
    driver.expect("Numéro de la délibération");
    assert!(driver.is_focused(convention::DATE));
    driver.key(Named::Escape);
    assert!(!driver.sees("Numéro de la délibération"));
    assert!(driver.is_anything_focused());
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.click("Noter la délibération…");
    driver.types("23/11/2026");
    driver.key(Named::Enter);
    driver.ctrl("s");
    let acts = house.draft().acts;
    assert_eq!(acts.len(), 2, "the act that was awaited, not another");
    assert!(acts.iter().all(|act| act.date.is_some()));
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    driver.expect("À faire");
}

#[test]
fn a_town_completes_by_any_of_its_names_and_one_undo_takes_it_back() {
    let house = House::valmont();
    let mut driver = at(&house, Route::Partners);
    driver.click("Nouveau partenaire");
    driver.types("tourane");
    driver.awaits("Da Nang");
    driver.key(Named::ArrowDown);
    assert!(driver.is_focused("towns.0"));
    driver.key(Named::ArrowUp);
    assert!(driver.is_focused("partners.new.name"));
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    driver.key(Named::Enter);
    driver.ctrl("s");
    let made = |house: &House| {
        let facts = house.facts();
        let mut partners = facts.disk.partners();
        partners.find(|it| it.name.text == "Da Nang").cloned()
    };
    let partner = made(&house).unwrap();
    assert_eq!(partner.country.as_deref(), Some("VN"));
    assert!(partner.coordinates.is_some() && partner.population.is_some());

    // What is in no list stays as it is typed.
    driver.click("Modifier");
    driver.click("▸ Compléter");
    driver.focus("partner.Town");
    driver.ctrl("a");
    driver.types("Villagezzz");
    driver.ctrl("s");
    assert_eq!(made(&house).unwrap().town.as_deref(), Some("Villagezzz"));
}

#[test]
fn a_note_on_why_to_act_is_written_from_the_reasons_chosen() {
    let house = House::valmont();
    let mut driver = at(&house, Route::Resources(Topic::Reasons));
    driver.expect("Choisissez ci-dessous les raisons à dire");
    driver.focus("reason.developpement-local");
    driver.key(Named::Space);
    driver.expect("1\u{a0}raison retenue sur 8");
    driver.click("Écrire le PDF…");
    driver.click("Écrire le fichier");
    driver.awaits("Écrit\u{a0}:");
    let facts = house.facts();
    let (path, bytes) = facts.papers.iter().next().unwrap();
    assert!(
        path.ends_with("Note d’opportunité 2026-11-23.pdf"),
        "{path:?}"
    );
    assert!(bytes.starts_with(b"%PDF-"));
}

#[test]
fn an_entry_of_the_resources_is_opened_itself_where_it_can_be_seen() {
    let house = House::valmont();
    let mut driver = opened(&house);
    for (words, entry, says) in [
        ("cités unies", "resources.cuf", "Cités Unies France"),
        (
            "départements de france",
            "resources.departements",
            "Départements de France",
        ),
        ("togo", "resources.TG", "Togo"),
        ("zimbabwe", "resources.ZW", "Zimbabwe"),
        (
            "nanterre",
            "resources.nanterre",
            "Nanterre et ses habitants",
        ),
        (
            "pauvreté",
            "resources.pauvrete-et-droits",
            "Lutter contre la pauvreté",
        ),
        ("double défi", "resources.double-defi", "Un double défi"),
        ("un métier", "resources.services", "Un métier"),
    ] {
        find(&mut driver, words);
        assert!(driver.is_focused(entry), "{words}");
        let seen = driver.bounds(iced_test::selector::id(entry));
        assert!(seen.height > 30.0, "{words} {seen:?}");
        assert!(driver.sees(says), "{words}");
        driver.redraw();
        assert!(driver.is_focused(entry), "{words} once drawn");
    }

    // Back and forth among them.
    driver.key_with(Named::ArrowLeft, Modifiers::ALT);
    assert!(driver.is_focused("resources.double-defi"));
}

#[test]
fn a_text_found_is_in_sight_in_the_list_too() {
    for (words, row) in [
        ("thiolliere", "law.loi-2007-147-thiolliere"),
        ("faceco", "law.faceco"),
        ("valorisation", "glossary.valorisation"),
    ] {
        for (width, height) in [(1280.0, 800.0), (1024.0, 700.0)] {
            let house = House::valmont();
            let mut driver = at(&house, Route::Dashboard);
            driver.resize(width, height);
            driver.redraw();
            driver.ctrl("k");
            driver.redraw();
            for letter in words.chars() {
                driver.types(&letter.to_string());
                driver.redraw();
            }
            driver.key(Named::Enter);
            driver.redraw();
            assert!(driver.is_focused(row), "{words} {width}");
            driver.bounds(iced_test::selector::id(row));
        }
    }
}

#[test]
fn from_why_with_associations_all_grants_are_reached() {
    let house = House::valmont();
    let grants: Vec<Convention> = (0..9)
        .map(|number| {
            let mut grant = house.draft();
            let mut ids = crate::model::Ids::counted(1_850_000_000_000 + number);
            grant.id = ids.next_id();
            grant.kind = crate::model::ConventionKind::Grant;
            grant.title = format!("Subvention {number}");
            grant
        })
        .collect();
    for grant in grants {
        let create = Change::create("Essai", Record::Convention(grant));
        house.facts().disk.apply(&create);
    }
    let mut driver = at(&house, Route::Resources(Topic::Origins));
    driver.expect("Subvention 0");
    assert!(!driver.sees("Subvention 8"));
    driver.focus("resources.grants.all");
    driver.key(Named::Enter);
    driver.expect("Subvention 8");
    driver.expect("En montrer moins");
}

#[test]
fn a_text_says_that_it_is_old_or_to_be_confirmed_until_somebody_confirms_it() {
    let house = House::valmont();
    let corrected = serde_json::json!({ "entries": [{
        "id": "cgct-l1115-2",
        "checked": "2025-11-01",
        "corrected": { "by": "Luc Ferrandier", "on": "2025-11-01" },
    }]});
    house.facts().corrections = vec![("legal.json".to_owned(), corrected)];
    let mut driver = at(&house, Route::Law(Some(Slug::of("cgct-l1115-2"))));
    driver.expect("Dernière relecture le 01/11/2025, il y a plus d’un an");
    driver.expect("Corrigée dans cet espace par Luc Ferrandier le 01/11/2025.");

    find(&mut driver, "L1115-7");
    driver.expect("n’en tirez pas un refus");
    assert!(!driver.sees("il y a plus d’un an"));
    driver.focus("note.who");
    driver.types("Inès Kaboré");
    driver.key(Named::Enter);
    driver.expect("● Relu par Inès Kaboré le 23/11/2026");
    assert!(!driver.sees("n’en tirez pas un refus"));
}

#[test]
fn a_text_tells_the_conventions_that_write_its_number() {
    let house = House::valmont();
    let cited = "Points à vérifier";
    redraft(&house, |draft| {
        draft.articles[1].texts[0].paragraphs =
            vec!["Au titre de l’article L.\u{a0}1115-3 du code.".to_owned()];
    });
    let mut driver = at(&house, Route::Law(Some(Slug::of("cgct-l1115-3"))));
    assert!(!driver.sees(cited));
    driver.expect("Cité par");
    driver.click("Valmont – Aného 2027-2029");
    driver.expect("1er Objet");

    let mut driver = at(&house, Route::Law(Some(Slug::of("cgct-l1115-4"))));
    driver.expect("Ce que cela change pour une convention");
    assert!(!driver.sees("Cité par"));
}

#[test]
fn ceilings_are_those_of_the_year_and_the_others_are_at_hand() {
    let house = House::valmont();
    {
        let mut facts = house.facts();
        let before = facts.disk.authority().clone();
        let mut after = before.clone();
        let base = |end: &str, year: i32, cents: i64| {
            serde_json::from_value(serde_json::json!({
                "id": format!("019ab3c0-1000-7000-8000-000000000{end}"),
                "scheme": "eau",
                "budget": "eau potable",
                "year": year,
                "amount": cents,
            }))
            .unwrap()
        };
        after.bases = vec![
            base("b01", 2026, 100_000_000),
            base("b02", 2027, 200_000_000),
        ];
        let change = Change::replace(
            "Essai",
            std::sync::Arc::new(Record::Authority(before)),
            Record::Authority(after),
        );
        facts.disk.apply(&change);
    }
    let mut driver = at(&house, Route::Dashboard);
    driver.expect("Exercice 2026");
    driver.expect("reste 10\u{202f}000\u{a0}€ sur 10\u{202f}000\u{a0}€");
    driver.focus("dashboard.year");
    driver.key(Named::Enter);
    driver.key(Named::ArrowDown);
    driver.key(Named::Enter);
    driver.expect("reste 20\u{202f}000\u{a0}€ sur 20\u{202f}000\u{a0}€");
}

#[test]
fn a_convention_of_2000_to_2015_stands_under_its_goal_of_the_millennium() {
    let house = House::valmont();
    let mut titles = Vec::new();
    for years in [(2016, 2018), (2006, 2008)] {
        redraft(&house, |draft| {
            draft.start = chrono::NaiveDate::from_ymd_opt(years.0, 3, 1);
            draft.end = chrono::NaiveDate::from_ymd_opt(years.1, 2, 28);
            draft.odd = vec![6];
            titles.push(draft.title.clone());
        });
        let mut driver = at(&house, Route::Resources(Topic::Goals));
        driver.expect("Un environnement qui dure");
        assert_eq!(driver.sees(&titles[0]), years.0 < 2015);
    }
}

#[test]
fn networks_are_looked_for_by_any_words_of_theirs() {
    let house = House::valmont();
    let mut driver = at(&house, Route::Resources(Topic::Networks));
    driver.expect("ADF");
    driver.ctrl("f");
    driver.types("cites unies");
    driver.expect("Cités Unies France");
    assert!(!driver.sees("ADF"));
    driver.types("zzz");
    driver.expect("Aucun réseau ne répond");
}
