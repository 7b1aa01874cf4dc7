//! The command line: what it makes, what it prints, how it ends.

use std::fs;
use std::path::Path;

use crate::support::{
    ID, code, copy, demonstration, edit, everything, file, json, run, stderr, text,
};

#[test]
fn the_demonstration_leaves_one_pdf_a_convention_and_says_so_without_a_display() {
    let conventions = json(&run(&[
        "lister",
        "conventions",
        text(demonstration()),
        "--json",
    ]));
    let pdfs: Vec<_> = fs::read_dir(demonstration().join("exports"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    assert_eq!(pdfs.len(), conventions.as_array().unwrap().len());
    for pdf in pdfs {
        assert!(
            fs::read(&pdf).unwrap().starts_with(b"%PDF-1.7"),
            "{}",
            pdf.display()
        );
    }

    let again = run(&["demo", text(demonstration())]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));
    assert!(stderr(&again).contains("écran"), "{}", stderr(&again));
}

#[test]
fn lists_have_an_id_and_a_name() {
    for (kind, name, least) in [
        ("partenaires", "name", 10),
        ("contacts", "name", 4),
        ("conventions", "title", 10),
        ("budgets", "title", 4),
        ("textes", "title", 40),
        ("termes", "term", 60),
        ("organismes", "name", 40),
    ] {
        let list = json(&run(&["lister", kind, text(demonstration()), "--json"]));
        let list = list.as_array().unwrap();
        assert!(list.len() >= least, "{kind}: {}", list.len());
        for entry in list {
            assert!(
                entry["id"].is_string() && !entry[name].as_str().unwrap().is_empty(),
                "{entry}"
            );
        }
    }
}

#[test]
fn the_incomplete_draft_is_found_and_nothing_else_blocks() {
    let verified = run(&["verifier", text(demonstration()), "--json"]);
    assert_eq!(code(&verified), 1);
    let said = json(&verified);
    assert_eq!(said["damaged"], serde_json::json!([]));
    assert_eq!(said["pieces"]["missing"], serde_json::json!([]));

    let blocking: Vec<_> = said["findings"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|it| it["severity"] == "blocking" && it.get("set_aside").is_none())
        .map(|it| {
            (
                it["rule"].as_str().unwrap(),
                it["subject"]["id"].as_str().unwrap(),
            )
        })
        .collect();
    let draft = format!("{ID}305");
    assert!(
        blocking.contains(&("objet", &draft))
            && blocking.contains(&("montant-previsionnel", &draft))
    );
    assert!(blocking.iter().all(|(_, id)| *id == draft), "{blocking:?}");

    let one = run(&["verifier", text(demonstration()), "--convention", "303"]);
    assert_eq!(code(&one), 0, "{}", String::from_utf8_lossy(&one.stdout));
}

#[test]
fn a_record_is_found_by_its_end_or_its_name_and_shown_whole() {
    let by_end = json(&run(&["montrer", text(demonstration()), "101", "--json"]));
    assert_eq!(by_end["id"], format!("{ID}101"));
    let name = by_end["name"]["text"].as_str().unwrap();
    let by_name = json(&run(&["montrer", text(demonstration()), name, "--json"]));
    assert_eq!(by_name, by_end);

    let plain = run(&["montrer", text(demonstration()), "309"]);
    assert!(String::from_utf8_lossy(&plain.stdout).contains("En vigueur"));
}

#[test]
fn what_is_to_be_confirmed_is_listed_and_an_entry_is_shown_by_its_slug() {
    let demo = text(demonstration());
    let listed = |arguments: &[&str]| json(&run(arguments)).as_array().unwrap().clone();

    let all = listed(&["lister", "textes", demo, "--json"]);
    let doubtful = listed(&["lister", "textes", demo, "--a-confirmer", "--json"]);
    assert!(!doubtful.is_empty() && doubtful.len() < all.len());
    for text in &doubtful {
        assert!(
            text["confidence"] == "à confirmer" || text["status"] == "à confirmer",
            "{text}"
        );
    }
    assert_eq!(
        code(&run(&["lister", "partenaires", demo, "--a-confirmer"])),
        2
    );

    let shown = json(&run(&["montrer", demo, "cgct-l1115-1", "--json"]));
    assert!(all.contains(&shown));
    let term = json(&run(&[
        "montrer",
        demo,
        "cooperation-decentralisee",
        "--json",
    ]));
    assert_eq!(term["term"], "Coopération décentralisée");
}

#[test]
fn wrong_use_and_what_is_no_workspace_end_with_their_own_codes() {
    let demo = text(demonstration());
    let none = tempfile::tempdir().unwrap();
    let out = none.path().join("x.pdf");
    for (arguments, expected) in [
        (vec!["frobnicate"], 2),
        (vec!["lister", "villes", demo], 2),
        (vec!["lister", "partenaires"], 2),
        (
            vec!["exporter", "pdf", demo, "no-such-id", "-o", text(&out)],
            2,
        ),
        (vec!["exporter", "pdf", demo, ID, "-o", text(&out)], 2),
        (
            vec![
                "exporter",
                "pdf",
                demo,
                "303",
                "-o",
                text(&out),
                "--langue",
                "pt",
            ],
            2,
        ),
        (vec!["lister", "partenaires", text(none.path())], 3),
        (vec!["lister", "partenaires", "/nowhere/at/all"], 3),
        (vec!["exporter", "pdf", demo, "303", "-o", "/proc/x.pdf"], 4),
        (vec!["restaurer", demo, "/nowhere.zip"], 4),
        (vec!["nouveau", demo, "--collectivite", "Valmont"], 4),
        (vec![demo], 5),
    ] {
        let output = run(&arguments);
        assert_eq!(
            code(&output),
            expected,
            "{arguments:?}: {}",
            stderr(&output)
        );
        let said = stderr(&output);
        assert!(
            !said.is_empty() && !said.contains("panicked"),
            "{arguments:?}: {said}"
        );
    }

    let refused = json(&run(&["lister", "partenaires", "/nowhere", "--json"]));
    assert_eq!(refused["error"]["code"], 3);
    assert!(
        refused["error"]["message"]
            .as_str()
            .unwrap()
            .contains("n’existe pas")
    );
}

#[test]
fn a_draft_that_blocks_does_not_leave_for_signature_but_can_be_worked_on() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("projet.pdf");
    let export = |more: &[&str]| {
        let mut arguments = vec![
            "exporter",
            "pdf",
            text(demonstration()),
            "305",
            "-o",
            text(&out),
        ];
        arguments.extend(more);
        run(&arguments)
    };

    let refused = export(&["--definitif"]);
    assert_eq!(code(&refused), 1);
    assert!(stderr(&refused).contains("objet"), "{}", stderr(&refused));
    assert!(!out.exists());

    assert_eq!(code(&export(&[])), 0);
    let first = fs::read(&out).unwrap();
    assert_eq!(
        code(&export(&[])),
        4,
        "a file that is there is not replaced"
    );
    assert_eq!(code(&export(&["--remplacer"])), 0);
    assert_eq!(
        fs::read(&out).unwrap(),
        first,
        "the same draft is the same bytes"
    );
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}

#[test]
fn text_is_one_paragraph_a_line_with_every_field_resolved() {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("a.txt");
    let done = run(&[
        "exporter",
        "texte",
        text(demonstration()),
        "302",
        "-o",
        text(&out),
    ]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));

    let text = fs::read_to_string(&out).unwrap();
    assert!(
        text.contains("Article 1er") && text.contains("Município de São Filipe"),
        "{text}"
    );
    assert!(!text.contains("{{") && !text.contains('\u{fffd}'));
}

#[test]
fn a_new_workspace_is_empty_and_a_backup_brings_records_back() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("espace");
    assert_eq!(
        code(&run(&[
            "nouveau",
            text(&path),
            "--collectivite",
            "Ville d’Aubrac"
        ])),
        0
    );
    let verified = run(&["verifier", text(&path), "--json"]);
    assert_eq!(json(&verified)["records"]["partners"], 0);

    let copy = copy();
    let second = folder.path().join("clé");
    let saved = run(&["sauvegarder", text(copy.path()), "--vers", text(&second)]);
    assert_eq!(code(&saved), 0, "{}", stderr(&saved));
    // One folder a workspace there, for several may share a stick.
    let only = |folder: &Path| {
        let mut entries = fs::read_dir(folder).unwrap();
        let only = entries.next().unwrap().unwrap().path();
        assert!(entries.next().is_none(), "{}", folder.display());
        only
    };
    let archive = only(&only(&second));

    let partner = file(copy.path(), "partners", "101");
    let before = fs::read(&partner).unwrap();
    edit(&partner, |it| it["name"]["text"] = "Autre".into());
    fs::remove_file(file(copy.path(), "partners", "102")).unwrap();
    let restored = run(&["restaurer", text(copy.path()), text(&archive)]);
    assert_eq!(code(&restored), 0, "{}", stderr(&restored));
    assert_eq!(fs::read(&partner).unwrap(), before);
    assert!(file(copy.path(), "partners", "102").exists());

    // The laptop is lost, the stick is not.
    let again = folder.path().join("retrouvé");
    let revived = run(&["restaurer", text(&again), text(&archive)]);
    assert_eq!(code(&revived), 0, "{}", stderr(&revived));
    assert_eq!(fs::read(file(&again, "partners", "101")).unwrap(), before);
    fs::remove_dir_all(&second).unwrap();
    let saved = run(&["sauvegarder", text(copy.path())]);
    assert_eq!(code(&saved), 4, "the copy that was asked for is not there");
    assert!(
        stderr(&saved).contains("Sauvegarde faite"),
        "{}",
        stderr(&saved)
    );
}

#[test]
fn reading_commands_change_no_file() {
    let copy = copy();
    fs::write(file(copy.path(), "partners", "103"), "{").unwrap();
    let before = everything(copy.path());
    let out = tempfile::tempdir().unwrap();

    for arguments in [
        vec!["verifier", text(copy.path())],
        vec!["lister", "conventions", text(copy.path())],
        vec!["montrer", text(copy.path()), "309"],
        vec![
            "exporter",
            "pdf",
            text(copy.path()),
            "309",
            "-o",
            text(&out.path().join("a.pdf")),
        ],
    ] {
        assert!(code(&run(&arguments)) <= 1, "{arguments:?}");
    }
    assert_eq!(everything(copy.path()), before);
}

#[test]
fn a_convention_is_drafted_from_its_kind_and_parties_and_leaves_as_a_pdf() {
    let copy = copy();
    let folder = text(copy.path());
    let made = json(&run(&[
        "nouvelle-convention",
        folder,
        "--genre",
        "Coopération décentralisée",
        "--partenaire",
        "Commune de Podor",
        "--theme",
        "Eau et assainissement",
        "--dispositif",
        "eau",
        "--debut",
        "2027-01-01",
        "--fin",
        "2029-12-31",
        "--json",
    ]));
    assert!(made["articles"].as_u64().unwrap() > 15, "{made}");
    let id = made["id"].as_str().unwrap();

    let out = copy.path().join("podor.txt");
    let exported = run(&["exporter", "texte", folder, id, "-o", text(&out)]);
    assert_eq!(code(&exported), 0, "{}", stderr(&exported));
    let said = fs::read_to_string(&out).unwrap();
    assert!(said.contains("du conseil municipal de Podor"), "{said}");
    assert!(said.contains("L.\u{a0}1115-1-1"), "{said}");

    let refused = run(&[
        "nouvelle-convention",
        folder,
        "--genre",
        "grant",
        "--partenaire",
        "Commune de Podor",
    ]);
    assert_eq!(code(&refused), 2);
    assert!(
        stderr(&refused).contains("association"),
        "{}",
        stderr(&refused)
    );
}

#[test]
fn a_budget_leaves_as_the_table_that_its_name_asks_for() {
    let folder = tempfile::tempdir().unwrap();
    let budget = "019ab3c0-1000-7000-8000-000000000504";
    let export = |name: &str| {
        let file = folder.path().join(name);
        let typed = ["exporter", "budget", text(demonstration()), budget, "-o"];
        run(&[&typed[..], &[text(&file)]].concat())
    };
    for (name, beginning) in [("b.csv", &b"\xEF\xBB\xBFLigne;"[..]), ("b.XLSX", b"PK")] {
        let said = export(name);
        assert_eq!(code(&said), 0, "{}", stderr(&said));
        let bytes = fs::read(folder.path().join(name)).unwrap();
        assert!(bytes.starts_with(beginning), "{name}");
    }

    assert_eq!(code(&export("b.csv")), 4, "what is there is not replaced");
    let wrong = export("b.ods");
    assert_eq!(code(&wrong), 2);
    assert!(stderr(&wrong).contains(".csv"), "{}", stderr(&wrong));
}
