//! Tables made on purpose: whatever they hold, a clear account of them, bounded memory, and nothing half imported.

use std::fs;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::process::{Command, Output};

use rust_xlsxwriter::Workbook;
use serde_json::Value;
use zip::write::SimpleFileOptions;
use zip::{ZipArchive, ZipWriter};

use super::imports::{empty, records};
use super::support::{code, json, run, stderr, text};

/// The most memory that an import may ask for, in kilobytes: room for a table of two hundred thousand rows, and not for
/// what these would unfold to.
const MEMORY: &str = "600000";

/// Runs the binary where the system gives no more memory than that.
fn bounded(arguments: &[&str]) -> Output {
    let limited = format!("ulimit -v {MEMORY} && exec \"$0\" \"$@\"");
    if cfg!(target_os = "linux") {
        Command::new("sh")
            .args(["-c", &limited])
            .arg(assert_cmd::cargo::cargo_bin("passerelle"))
            .args(arguments)
            .env_remove("DISPLAY")
            .env_remove("WAYLAND_DISPLAY")
            .output()
            .unwrap()
    } else {
        run(arguments)
    }
}

/// A small workbook in which a part is another.
fn workbook_with(part: &str, contents: &[u8]) -> Vec<u8> {
    let mut small = Workbook::new();
    let cells = ["nom", "pays"];
    small.add_worksheet().write_row(0, 0, cells).unwrap();
    let mut small = ZipArchive::new(Cursor::new(small.save_to_buffer().unwrap())).unwrap();
    let mut made = ZipWriter::new(Cursor::new(Vec::new()));
    for place in 0..small.len() {
        let other = small.by_index_raw(place).unwrap();
        if other.name().unwrap() != part {
            made.raw_copy_file(other).unwrap();
        }
    }
    made.start_file(part, SimpleFileOptions::default()).unwrap();
    made.write_all(contents).unwrap();
    made.finish().unwrap().into_inner()
}

/// A sheet of so many rows, all different.
fn rows_of_a_workbook(count: usize) -> Vec<u8> {
    let mut sheet = String::from(
        "<?xml version=\"1.0\"?><worksheet xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"><sheetData>",
    );
    for row in 1..=count {
        let said = row * 7_919 % 1_000_003;
        sheet.push_str(&format!(
            "<row r=\"{row}\"><c r=\"A{row}\"><v>{said}</v></c></row>"
        ));
    }
    sheet.push_str("</sheetData></worksheet>");
    workbook_with("xl/worksheets/sheet1.xml", sheet.as_bytes())
}

#[test]
fn what_no_table_may_be_is_refused_whole_in_a_sentence() {
    let (folder, workspace) = empty();
    let before = records(&workspace);
    let bomb = vec![b' '; 300 << 20];
    let entities = br#"<?xml version="1.0"?><!DOCTYPE z [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><sst count="1" uniqueCount="1"><si><t>&c;</t></si></sst>"#;
    let cases: [(&str, Vec<u8>, &str); 9] = [
        (
            "million.csv",
            ("nom;pays\n".to_owned() + &"Thiès;Sénégal\n".repeat(1_000_000)).into(),
            "ce tableau a 1\u{202f}000\u{202f}001\u{a0}lignes et 200\u{202f}000 au plus sont lues",
        ),
        (
            "million.xlsx",
            rows_of_a_workbook(1_000_000),
            "ce tableau a 1\u{202f}000\u{202f}000\u{a0}lignes et 200\u{202f}000 au plus sont lues",
        ),
        (
            "long.csv",
            "nom;pays\n".repeat((64 << 20) / 9 + 1).into(),
            "ce fichier dépasse 64\u{a0}Mo",
        ),
        (
            "bombe.xlsx",
            workbook_with("xl/worksheets/sheet1.xml", &bomb),
            "archive anormale",
        ),
        (
            "entites.xlsx",
            workbook_with("xl/sharedStrings.xml", entities),
            "déclare des entités XML",
        ),
        (
            "guillemets.csv",
            ("nom;pays\n".to_owned() + &"\"Thiès;Sénégal\n".repeat(500)).into(),
            "trop de guillemets s’ouvrent sans se fermer",
        ),
        (
            "page.xls",
            b"<html><table><tr><td>1</td></tr></table></html>".to_vec(),
            "page web",
        ),
        ("coupe.xlsx", b"PK\x03\x04 rien".to_vec(), "endommagé"),
        ("vide.csv", b"\n;;\n".to_vec(), "aucun tableau"),
    ];
    let kinds = ["partenaires", "conventions", "budget", "realisations"];
    let told = |kind: &str, file: &Path, words: &str| {
        let done = bounded(&["importer", kind, text(&workspace), text(file)]);
        let said = stderr(&done);
        assert_eq!(code(&done), 4, "{said}");
        assert!(said.contains(words), "{said}");
        let name = file.file_name().unwrap().to_string_lossy();
        assert!(said.contains(&*name), "which file it is: {said}");
        assert_eq!(said.trim().lines().count(), 1, "{said}");
        assert_eq!(records(&workspace), before);
    };
    for ((name, bytes, words), kind) in cases.into_iter().zip(kinds.into_iter().cycle()) {
        let file = folder.path().join(name);
        fs::write(&file, bytes).unwrap();
        told(kind, &file, words);
        fs::remove_file(&file).unwrap();
    }
    for kind in kinds {
        told(kind, &folder.path().join("absent.csv"), "échoué");
    }
    let backups = workspace.join(".passerelle/backups");
    assert!(!backups.exists(), "nothing was about to change");
}

/// What is told of a table that is imported, each of its rows once.
fn imported(kind: &str, table: &str) -> (Value, usize) {
    let (folder, workspace) = empty();
    let file = folder.path().join("tableau.csv");
    fs::write(&file, table).unwrap();
    let before = records(&workspace).len();
    let done = bounded(&["importer", kind, text(&workspace), text(&file), "--json"]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let told = json(&done);
    let count = |of: &str| told[of].as_u64().unwrap();
    let left = told["refused"].as_array().unwrap().len() + told["kept"].as_array().unwrap().len();
    assert_eq!(
        count("created") + count("updated") + count("unchanged") + left as u64,
        count("rows"),
        "{told}"
    );
    let made = records(&workspace).len() - before;

    let after = records(&workspace);
    let again = bounded(&["importer", kind, text(&workspace), text(&file), "--json"]);
    assert_eq!(json(&again)["created"], 0, "{}", json(&again));
    assert_eq!(records(&workspace), after, "once more, nothing changes");
    (told, made)
}

#[test]
fn a_quote_never_closed_costs_its_row_alone() {
    let table = "nom;pays\nThiès;Sénégal\n\"Hué;Viêt Nam\nAného;Togo\n";
    let (told, made) = imported("partenaires", table);
    assert_eq!((made, &told["created"]), (2, &2.into()));
    assert_eq!(told["refused"][0]["row"], 3);
    let reason = told["refused"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("ne se ferme nulle part"), "{reason}");
}

#[test]
fn a_row_too_short_is_imported_and_said() {
    let table = "nom;pays;habitants\nThiès;Sénégal;317 763\nHué\nAného;Togo;24 891\n";
    let (told, made) = imported("partenaires", table);
    assert_eq!((made, &told["refused"]), (3, &serde_json::json!([])));
    let remark = told["remarks"][0].as_str().unwrap();
    assert!(
        remark.starts_with("La ligne 3 a moins de cellules"),
        "{remark}"
    );
}

#[test]
fn a_formula_for_a_name_is_no_name() {
    let table = "nom;pays\n=HYPERLINK(\"https://exemple.invalid\");Sénégal\n@SOMME(A1);Togo\n+33 1;Bénin\nThiès;Sénégal\n";
    let (told, made) = imported("partenaires", table);
    let refused = told["refused"].as_array().unwrap();
    let rows: Vec<&Value> = refused.iter().map(|it| &it["row"]).collect();
    assert_eq!((made, rows), (1, vec![&2.into(), &3.into(), &4.into()]));
    let reason = told["refused"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("est une formule, pas un nom"), "{reason}");
}

#[test]
fn decimal_commas_between_commas_are_repaired_and_said_or_refused_and_said() {
    // In one way only they are amounts: they are, and it is said.
    let table =
        "Poste,Intitulé,2027,Remarques\nTravaux,Puits,12500,50,forage\nÉtudes,Plans,300,aucune\n";
    let (told, made) = imported("budget", table);
    assert_eq!((made, &told["created"]), (1, &2.into()));
    let remark = told["remarks"][0].as_str().unwrap();
    assert!(
        remark.contains("Des virgules décimales sans guillemets"),
        "{remark}"
    );

    // In two ways: nobody chooses, and the row is refused.
    let table = "Poste,Intitulé,2027,2028\nTravaux,Puits,100,50,75\nÉtudes,Plans,300,400\n";
    let (told, _) = imported("budget", table);
    assert_eq!(told["created"], 1);
    assert_eq!(told["refused"][0]["row"], 2);
    let reason = told["refused"][0]["reason"].as_str().unwrap();
    assert!(reason.contains("virgule"), "{reason}");
}

#[test]
fn of_several_years_the_amount_at_fault_is_named() {
    let (told, _) = imported(
        "budget",
        "Poste;Intitulé;2027;2028\nTravaux;Puits;100;douze\n",
    );
    assert_eq!(told["refused"][0]["column"], "2028");
}

#[test]
fn days_are_read_in_every_form_that_offices_write() {
    let forms = [
        "03/02/2027",
        "3/2/27",
        "2027-02-03",
        "3 février 2027",
        "46421",
    ];
    let rows: Vec<String> = forms
        .iter()
        .enumerate()
        .map(|(rank, form)| format!("Charte {rank};{form}\n"))
        .collect();
    let table = format!(
        "Titre;Date de signature\n{}Charte x;31/02/2027\n",
        rows.concat()
    );
    let (folder, workspace) = empty();
    let file = folder.path().join("tableau.csv");
    fs::write(&file, table).unwrap();
    let done = run(&[
        "importer",
        "conventions",
        text(&workspace),
        text(&file),
        "--json",
    ]);
    let told = json(&done);
    assert_eq!(told["created"], forms.len(), "{told}");
    assert_eq!(told["refused"][0]["row"], forms.len() + 2);
    let signed = records(&workspace)
        .into_iter()
        .filter(|(path, _)| path.to_string_lossy().contains("conventions"))
        .map(|(_, bytes)| String::from_utf8(bytes).unwrap());
    let signed: Vec<String> = signed.collect();
    assert_eq!(signed.len(), forms.len());
    for convention in signed {
        assert!(
            convention.contains("\"date\": \"2027-02-03\""),
            "{convention}"
        );
    }
}
