//! Whole ways of tables into the workspace, each by clicks and by the keyboard alone.

use std::path::Path;

use iced::Point;
use iced::keyboard::key::Named;

use super::driver::{Driver, opened};
use super::house::House;
use super::imports::{FILE, lies, partners, with_budget};
use crate::app::screen::import;

/// By what the officer works.
#[derive(Clone, Copy)]
enum Hand {
    Mouse,
    Keyboard,
}

impl Hand {
    /// Goes to what has that name, and does what it does: opens, presses, or begins to type.
    fn press(self, driver: &mut Driver, id: &str) {
        match self {
            Self::Mouse => driver.click(iced_test::selector::id(id.to_owned())),
            Self::Keyboard => {
                driver.tab_to(id.to_owned());
                driver.key(Named::Enter);
            }
        }
    }

    /// Types in a field in the place of what is there.
    fn fill(self, driver: &mut Driver, id: &str, words: &str) {
        match self {
            Self::Mouse => driver.click(iced_test::selector::id(id.to_owned())),
            Self::Keyboard => driver.tab_to(id.to_owned()),
        }
        driver.ctrl("a");
        driver.types(words);
    }

    /// Chooses in a list what stands at that rank.
    fn choose(self, driver: &mut Driver, id: &str, rank: u8, words: &str) {
        self.press(driver, id);
        match self {
            Self::Mouse => {
                let field = driver.bounds(iced_test::selector::id(id.to_owned()));
                let below = field.y + field.height + 34.0 * (f32::from(rank) + 0.6);
                driver.click_at(Point::new(field.x + 30.0, below));
            }
            Self::Keyboard => {
                driver.types(words);
                driver.key(Named::Enter);
            }
        }
    }

    /// To the page that asks for a table of that kind, the path typed and the file read.
    fn reads(self, driver: &mut Driver, from: &'static str, kind: &str, file: &str) {
        match self {
            Self::Mouse => {
                driver.click(from);
                driver.click("Importer…");
            }
            Self::Keyboard => {
                driver.ctrl("k");
                driver.types(kind);
                driver.key(Named::Enter);
            }
        }
        self.fill(driver, import::PATH, file);
        match self {
            Self::Mouse => driver.click("Lire ce tableau"),
            Self::Keyboard => driver.key(Named::Enter),
        }
        driver.awaits("Voir les lignes");
    }
}

const TWINS: &str = "Jumelages au 3 février 2027;;;;\n\
    Adresse;Commune partenaire;Etat;Pop.;Date\n\
    ;Thiès;Sénégal;317 763;1996\n\
    ;Bethléem;Palestinne;29 019;1998\n\
    Qosqo;Cuzco;Pérou;soixante;2003\n\
    ;=SOMME(A1);Bénin;3;2001\n";

/// The officer's whole way with a list of twin towns.
fn brings_partners(hand: Hand) {
    let house = House::valmont();
    lies(&house, FILE, TWINS);
    let before = partners(&house);
    let mut driver = opened(&house);

    hand.reads(&mut driver, "Partenaires", "importer-des-partenaires", FILE);
    driver.expect("séparateur point-virgule");
    hand.choose(&mut driver, "import.column.0", 4, "ville du");
    hand.press(&mut driver, "import.next");
    driver.awaits("Importer 1\u{a0}ligne");

    // A country that is near: nothing is guessed, and one press takes it.
    driver.expect("▲ Refusée\u{a0}: pays inconnu «\u{202f}Palestinne\u{202f}» – est-ce «\u{202f}");
    hand.press(&mut driver, "import.take.3");
    driver.awaits("Importer 2\u{a0}lignes");
    // Typed again as it was, the choice is undone; and taken once more.
    hand.fill(&mut driver, "import.cell.3.2", "Palestinne");
    driver.key(Named::Tab);
    driver.awaits("Importer 1\u{a0}ligne");
    hand.press(&mut driver, "import.take.3");
    driver.awaits("Importer 2\u{a0}lignes");

    // The row whole, under the others.
    hand.press(&mut driver, "import.row.4");
    driver.expect("Ligne 5");
    hand.press(&mut driver, "import.whole.close");

    // What stays refused goes to whoever keeps the table.
    hand.press(&mut driver, "import.refusals");
    driver.expect("Les lignes qui ne passent pas");
    hand.press(&mut driver, "deliver.write");
    driver.awaits("Écrit\u{a0}: /documents/jumelages 2026 – refus.csv");
    let refused = {
        let facts = house.facts();
        let file = Path::new("/documents/jumelages 2026 – refus.csv");
        String::from_utf8(facts.papers[file].clone()).unwrap()
    };
    assert!(
        refused.contains("soixante") && refused.contains("formule") && !refused.contains("Thiès"),
        "{refused}"
    );

    // What is typed in a refused row counts, without a word, when one imports.
    hand.fill(&mut driver, "import.cell.4.3", "435 114");
    assert_eq!(partners(&house), before);
    hand.press(&mut driver, import::GO);
    driver.awaits("3\u{a0}lignes importées, 1\u{a0}laissée de côté");
    driver.until("c’est sur le disque", |_| {
        partners(&house).len() == before.len() + 3
    });
    {
        let facts = house.facts();
        let cuzco = facts
            .disk
            .partners_sorted()
            .find(|it| it.name.text == "Cuzco");
        let cuzco = cuzco.unwrap();
        assert_eq!(cuzco.population, Some(435_114));
        assert_eq!(cuzco.town.as_deref(), Some("Qosqo"));
    }

    driver.ctrl("z");
    driver.until("c’est repris sur le disque", |_| {
        partners(&house) == before
    });
    driver.ctrl_shift("z");
    driver.until("c’est refait", |_| {
        partners(&house).len() == before.len() + 3
    });

    // The same file once more.
    hand.reads(&mut driver, "Partenaires", "importer-des-partenaires", FILE);
    hand.choose(&mut driver, "import.column.0", 4, "ville du");
    hand.press(&mut driver, "import.next");
    driver.awaits("Rien à importer");
    assert_eq!(partners(&house).len(), before.len() + 3);
}

#[test]
fn a_list_of_twin_towns_is_brought_in_by_clicks() {
    brings_partners(Hand::Mouse);
}

#[test]
fn a_list_of_twin_towns_is_brought_in_by_the_keyboard() {
    brings_partners(Hand::Keyboard);
}

/// The officer's whole way with what finance did: what is near is confirmed, what goes beyond is said and taken.
fn brings_mandates(hand: Hand) {
    const MANDATES: &str = "/bureau/mandats.csv";
    let house = with_budget();
    let text = "Exercice;N° mandat;Date;Tiers;Montant TTC\n\
        2027;4511;15/06/2027;SARL PUITS;40 000,00\n\
        2027;4511-1;16/06/2027;SARL FORAGES;12,00\n";
    lies(&house, MANDATES, text);
    let done = |house: &House| {
        let facts = house.facts();
        let lines = facts.disk.budgets().flat_map(|it| it.lines.clone());
        let operations = lines.flat_map(|line| line.operations.clone());
        operations.filter_map(|it| it.reference).collect::<Vec<_>>()
    };
    let mut driver = opened(&house);

    hand.reads(
        &mut driver,
        "Budgets",
        "importer-des-realisations",
        MANDATES,
    );
    if matches!(hand, Hand::Mouse) {
        driver.click("Réalisations");
    }
    hand.press(&mut driver, "import.next");
    driver.awaits("◆ Rattacher à «\u{202f}Puits\u{202f}» (Eau à Aného)\u{202f}?");
    driver.expect("Garder 1\u{a0}ligne à rapprocher");
    hand.press(&mut driver, "import.accept.1");
    driver.awaits("Importer 1\u{a0}ligne");
    assert!(!driver.sees("dépasse de"));
    hand.choose(&mut driver, "import.attach.2", 0, "puits");
    driver.awaits("Importer 2\u{a0}lignes");
    // Thought better of, and chosen again.
    hand.press(&mut driver, "import.back.2");
    driver.awaits("Importer 1\u{a0}ligne");
    hand.choose(&mut driver, "import.attach.2", 0, "puits");
    driver.awaits("Importer 2\u{a0}lignes");
    driver.expect("dépasse de 12\u{a0}€ ce qui était engagé");
    hand.press(&mut driver, import::GO);
    driver.awaits("2\u{a0}lignes importées");
    driver.until("c’est sur le disque", |_| {
        done(&house) == ["E-12", "4511", "4511-1"]
    });

    driver.ctrl("z");
    driver.until("c’est repris sur le disque", |_| done(&house) == ["E-12"]);
    driver.ctrl_shift("z");
    driver.until("c’est refait", |_| done(&house).len() == 3);
    hand.reads(
        &mut driver,
        "Budgets",
        "importer-des-realisations",
        MANDATES,
    );
    hand.press(&mut driver, "import.next");
    driver.awaits("Rien à importer");
}

#[test]
fn mandates_are_brought_in_by_clicks() {
    brings_mandates(Hand::Mouse);
}

#[test]
fn mandates_are_brought_in_by_the_keyboard() {
    brings_mandates(Hand::Keyboard);
}
