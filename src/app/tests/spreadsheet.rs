//! A budget leaves for a spreadsheet, is changed there and comes back.

use std::io::{Cursor, Read, Write};
use std::path::Path;

use iced::keyboard::key::Named;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::budgets::{at_the_sheet, go_to, kept, planned, with_a_budget};

#[test]
fn a_budget_changed_as_csv_comes_back() {
    comes_back("CSV…", "csv", |bytes| {
        let text = String::from_utf8(bytes).unwrap();
        let changed = text.replacen(";600,00;", ";650,00;", 1);
        assert_ne!(changed, text);
        changed.into_bytes()
    });
}

#[test]
fn a_budget_changed_in_a_workbook_comes_back() {
    comes_back("XLSX…", "xlsx", |bytes| {
        let mut book = ZipArchive::new(Cursor::new(bytes)).unwrap();
        let mut changed = ZipWriter::new(Cursor::new(Vec::new()));
        for place in 0..book.len() {
            let mut part = book.by_index(place).unwrap();
            let mut text = Vec::new();
            part.read_to_end(&mut text).unwrap();
            let name = part.name().unwrap().into_owned();
            if name == "xl/worksheets/sheet1.xml" {
                let sheet = String::from_utf8(text).unwrap();
                text = sheet.replacen("<v>600</v>", "<v>650</v>", 1).into_bytes();
                assert_ne!(text, sheet.into_bytes());
            }
            let options = SimpleFileOptions::default();
            changed.start_file(name, options).unwrap();
            changed.write_all(&text).unwrap();
        }
        changed.finish().unwrap().into_inner()
    });
}

/// Exports the budget, has one figure of the file changed, and imports it: that figure alone is another, said before
/// and after; once more, nothing changes; Ctrl+Z takes it back.
fn comes_back(act: &'static str, extension: &str, change: impl Fn(Vec<u8>) -> Vec<u8>) {
    let house = with_a_budget();
    let before = kept(&house);
    let mut driver = at_the_sheet(&house);
    driver.click("Synthèse et exports");
    driver.click(act);
    driver.click("Écrire le fichier");
    driver.awaits("Écrit\u{a0}:");
    let name = format!("Eau à Aného.{extension}");
    let exported = house.facts().papers[&Path::new("/documents").join(&name)].clone();
    let file = Path::new("/bureau").join(&name);
    let changed = change(exported);
    house.facts().papers.insert(file.clone(), changed);

    let read = |driver: &mut super::driver::Driver| {
        go_to(driver, "budgets");
        driver.awaits("Importer…");
        driver.click("Importer…");
        driver.types(&file.display().to_string());
        driver.key(Named::Enter);
        driver.awaits("Voir les lignes");
        driver.click("Voir les lignes");
    };
    read(&mut driver);
    driver.awaits("Importer 1\u{a0}ligne");
    driver.expect("● Réseau\u{a0}: 2027, Valmont 600 → 650");
    driver.click("Importer 1\u{a0}ligne");
    driver.awaits("1\u{a0}ligne importée");
    driver.until("c’est sur le disque", |_| {
        planned(&kept(&house), 2027) == 1_150
    });
    let backup = house.facts().archives.here[0].file.clone();
    assert!(
        backup.to_string_lossy().ends_with("-avant-import.zip"),
        "{backup:?}"
    );

    read(&mut driver);
    driver.awaits("Rien à importer");
    driver.click("Annuler");
    driver.ctrl("z");
    driver.until("c’est repris sur le disque", |_| kept(&house) == before);
}
