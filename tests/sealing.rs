//! A signed text stays as it was signed, whatever becomes of the records that it reads.

use std::fs;

use crate::support::{ID, code, copy, edit, file, json, run, stderr, text};

#[test]
fn what_moves_after_the_signature_changes_no_byte_and_is_told() {
    let copy = copy();
    let folder = tempfile::tempdir().unwrap();
    let export = |name: &str| {
        let out = folder.path().join(name);
        let done = run(&[
            "exporter",
            "pdf",
            text(copy.path()),
            "309",
            "-o",
            text(&out),
        ]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        fs::read(out).unwrap()
    };
    let told = || -> Vec<String> {
        json(&run(&[
            "verifier",
            text(copy.path()),
            "--convention",
            "309",
            "--json",
        ]))["findings"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|it| it["rule"] == "texte-scelle")
            .map(|it| it["message"].as_str().unwrap().to_owned())
            .collect()
    };

    let signed = export("signe.pdf");
    let before = told();

    edit(&file(copy.path(), "budgets", "504"), |budget| {
        budget["lines"][0]["shares"][0]["amount"] = 99_999_900.into();
    });
    edit(&file(copy.path(), "partners", "111"), |partner| {
        partner["name"]["text"] = "Ville d’Antsirabe".into();
        partner["signatories"][0]["name"] = "M. Quelqu’un d’Autre".into();
    });
    edit(&file(copy.path(), "conventions", "309"), |convention| {
        convention["articles"][0]["texts"][0]["paragraphs"][0] = "Autre chose.".into();
    });

    assert_eq!(export("apres.pdf"), signed);
    let after = told();
    assert!(after.len() > before.len(), "{after:?}");
    for what in ["budget", "Antsirabe", "texte de la convention"] {
        assert!(
            after.iter().any(|message| message.contains(what)),
            "{what}: {after:?}"
        );
    }

    let seal = copy.path().join(format!("versions/{ID}309/{ID}409.json"));
    fs::remove_file(seal).unwrap();
    assert_ne!(
        export("sans.pdf"),
        signed,
        "without its seal the text follows the records"
    );
}
