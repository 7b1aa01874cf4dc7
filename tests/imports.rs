//! Tables of other people, imported by the command line: all of a table or nothing of it, and every row told.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::support::{code, copy, everything, json, run, stderr, text};

const TOWNS: [[&str; 3]; 4] = [
    ["Thiès", "Sénégal", "317 763"],
    ["Đà Nẵng", "Viêt Nam", "1 134 310"],
    ["Œuf-en-Ternois", "France", "250"],
    ["Saint-Louis", "Sénégal", "209 752"],
];

/// An empty workspace, in a folder of its own.
pub fn empty() -> (tempfile::TempDir, PathBuf) {
    let folder = tempfile::tempdir().unwrap();
    let workspace = folder.path().join("espace");
    let made = run(&[
        "nouveau",
        text(&workspace),
        "--collectivite",
        "Ville de Valmont",
    ]);
    assert_eq!(code(&made), 0, "{}", stderr(&made));
    (folder, workspace)
}

/// The files of a workspace, but those that say who has it open.
pub fn records(workspace: &Path) -> BTreeMap<PathBuf, Vec<u8>> {
    let mut all = everything(workspace);
    all.retain(|path, _| !path.to_string_lossy().contains(".passerelle"));
    all
}

pub fn import(what: &str, workspace: &Path, file: &Path, options: &[&str]) -> Value {
    let mut arguments = vec!["importer", what, text(workspace), text(file), "--json"];
    arguments.extend(options);
    let done = run(&arguments);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    json(&done)
}

fn table(delimiter: &str) -> String {
    let mut lines = vec![["nom", "pays", "population"].join(delimiter)];
    lines.extend(TOWNS.map(|row| row.join(delimiter)));
    lines.join("\r\n") + "\r\n"
}

#[test]
fn one_table_in_every_encoding_gives_the_same_partners() {
    let utf_16 = |bytes: fn(u16) -> [u8; 2]| -> Vec<u8> {
        table(";").encode_utf16().flat_map(bytes).collect()
    };
    let windows: Vec<u8> = table(";")
        .replace(['Đ', 'ẵ'], "?")
        .chars()
        .map(|c| match c {
            'Œ' => 0x8c,
            c => u8::try_from(u32::from(c)).unwrap(),
        })
        .collect();
    let files = [
        ("utf-8", table(";").into_bytes()),
        (
            "utf-8",
            [b"\xef\xbb\xbf".to_vec(), table("\t").into_bytes()].concat(),
        ),
        (
            "utf-16le",
            [b"\xff\xfe".to_vec(), utf_16(u16::to_le_bytes)].concat(),
        ),
        (
            "utf-16be",
            [b"\xfe\xff".to_vec(), utf_16(u16::to_be_bytes)].concat(),
        ),
        ("utf-16le", utf_16(u16::to_le_bytes)),
        ("windows-1252", windows),
        ("utf-8", table(",").into_bytes()),
    ];
    for (encoding, bytes) in files {
        let (folder, workspace) = empty();
        let file = folder.path().join("villes.csv");
        fs::write(&file, bytes).unwrap();
        let told = import("partenaires", &workspace, &file, &[]);
        assert_eq!(told["encoding"], encoding);
        assert_eq!(told["created"], 4, "{told}");
        let listed = json(&run(&["lister", "partenaires", text(&workspace), "--json"]));
        let names: Vec<&str> = listed
            .as_array()
            .unwrap()
            .iter()
            .filter_map(|it| it["name"].as_str())
            .collect();
        assert!(
            names.contains(&"Thiès") && names.contains(&"Œuf-en-Ternois"),
            "{names:?}"
        );
    }
}

#[test]
fn a_simulation_writes_nothing_and_a_second_import_changes_nothing() {
    let (folder, workspace) = empty();
    let file = folder.path().join("villes.csv");
    fs::write(&file, table(";") + "Atlantis;Atlantide;3\r\nTotal;;3\r\n").unwrap();
    let before = everything(&workspace);
    let simulated = import("partenaires", &workspace, &file, &["--simuler"]);
    assert_eq!(everything(&workspace), before);

    let told = import("partenaires", &workspace, &file, &[]);
    assert_eq!(told, simulated);
    assert_eq!((&told["rows"], &told["created"]), (&5.into(), &4.into()));
    assert_eq!(told["refused"][0]["row"], 6);
    assert_eq!(told["refused"][0]["column"], "pays");
    assert_eq!(told["aside"], serde_json::json!([7]));
    let backups = fs::read_dir(workspace.join(".passerelle/backups")).unwrap();
    let names: Vec<String> = backups
        .map(|it| it.unwrap().file_name().into_string().unwrap())
        .collect();
    assert!(
        names.iter().any(|name| name.contains("avant-import")),
        "{names:?}"
    );

    let after = records(&workspace);
    let refused = folder.path().join("refus.csv");
    let again = import(
        "partenaires",
        &workspace,
        &file,
        &["--refus", text(&refused)],
    );
    assert_eq!(
        (&again["created"], &again["updated"], &again["unchanged"]),
        (&0.into(), &0.into(), &4.into())
    );
    assert_eq!(records(&workspace), after);
    assert!(
        fs::read_to_string(refused)
            .unwrap()
            .contains("pays inconnu")
    );
}

#[test]
fn a_budget_that_was_exported_is_read_back() {
    let (folder, demo) = (tempfile::tempdir().unwrap(), copy());
    let demo = demo.path();
    for name in ["budget.csv", "budget.xlsx"] {
        let file = folder.path().join(name);
        let exported = run(&["exporter", "budget", text(demo), "501", "-o", text(&file)]);
        assert_eq!(code(&exported), 0, "{}", stderr(&exported));
        let told = import("budget", demo, &file, &["--simuler"]);
        assert_eq!(
            (&told["created"], &told["updated"], &told["refused"]),
            (&0.into(), &0.into(), &serde_json::json!([])),
            "{name}"
        );
        assert!(told["rows"].as_u64().unwrap() > 10);
    }
}

#[test]
fn what_finance_did_and_no_line_has_is_kept_in_the_folder() {
    let (folder, demo) = (tempfile::tempdir().unwrap(), copy());
    let demo = demo.path();
    let file = folder.path().join("mandats.csv");
    let rows = "Exercice;N° engagement;N° mandat;Date;Tiers;Objet;Montant TTC\n\
        2027;ZZ99;4512;16/06/2027;SARL FORAGES;Forage nord;12,00\n";
    fs::write(&file, rows).unwrap();
    let kept = || fs::read_dir(demo.join("postings")).map_or(0, Iterator::count);
    for _ in 0..2 {
        let told = import("realisations", demo, &file, &[]);
        assert_eq!(told["refused"], serde_json::json!([]));
        assert_eq!(told["kept"][0]["row"], 2);
        assert_eq!(kept(), 1);
    }
    let checked = run(&["verifier", text(demo), "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&checked.stdout).unwrap();
    assert_eq!(told["records"]["postings"], 1);
}
