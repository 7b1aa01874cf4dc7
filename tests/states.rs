//! The four states in which a convention leaves, at the command line.

use std::fs;
use std::path::Path;

use crate::support::{ID, code, copy, edit, everything, file, json, run, stderr, text};

/// The text of a PDF that poppler copies is not asked here: strings of its text export are.
fn printed(workspace: &Path, id: &str, state: &str) -> String {
    let out = workspace.join("exports-test.txt");
    let done = run(&[
        "exporter",
        "texte",
        text(workspace),
        id,
        "-o",
        text(&out),
        "--etat",
        state,
        "--remplacer",
    ]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    let printed = fs::read_to_string(&out).unwrap();
    fs::remove_file(out).unwrap();
    printed
}

fn export(
    workspace: &Path,
    id: &str,
    state: &str,
    more: &[&str],
) -> (std::process::Output, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("x.pdf");
    let mut arguments = vec![
        "exporter",
        "pdf",
        text(workspace),
        id,
        "-o",
        text(&out),
        "--etat",
        state,
    ];
    arguments.extend(more);
    let done = run(&arguments);
    let bytes = fs::read(&out).unwrap_or_default();
    (done, bytes)
}

#[test]
fn what_goes_to_the_vote_is_kept_once_under_a_number_and_a_name() {
    let house = copy();
    let (done, pdf) = export(house.path(), "303", "vote", &[]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(
        stderr(&done).contains("soumise au vote"),
        "{}",
        stderr(&done)
    );

    let kept = house.path().join("versions").join(format!("{ID}303"));
    let versions = || fs::read_dir(&kept).map_or(0, Iterator::count);
    let before = versions();
    assert!(before >= 1);
    let (again, same) = export(house.path(), "303", "vote", &[]);
    assert_eq!((code(&again), versions()), (0, before));
    assert_eq!(same, pdf);

    edit(&file(house.path(), "conventions", "303"), |it| {
        it["title"] = "Un autre titre".into();
    });
    let (changed, _) = export(house.path(), "303", "vote", &[]);
    assert_eq!((code(&changed), versions()), (0, before + 1));
}

#[test]
fn where_nobody_may_write_the_vote_is_exported_all_the_same_and_that_is_said() {
    use passerelle::workspace::{Who, Wish, Workspace};

    let house = copy();
    let _held = Workspace::open(house.path(), Wish::Write, &Who::of_this_process()).unwrap();
    let before = everything(house.path());
    let (done, pdf) = export(house.path(), "303", "vote", &[]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(
        stderr(&done).contains("n’y sera pas gardée"),
        "{}",
        stderr(&done)
    );
    assert_eq!(everything(house.path()), before);
}

#[test]
fn what_leaves_in_another_state_is_kept_when_it_says_something_new_and_nothing_else_is_written() {
    let house = copy();
    let versions = |house: &Path| {
        let kept = house.join("versions").join(format!("{ID}303"));
        fs::read_dir(kept).map_or(0, Iterator::count)
    };
    let (before, records) = (
        versions(house.path()),
        fs::read(file(house.path(), "conventions", "303")).unwrap(),
    );
    for state in ["travail", "travail", "publication"] {
        let (done, _) = export(house.path(), "303", state, &[]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
        assert_eq!(versions(house.path()), before + 1, "{state}");
    }
    assert_eq!(
        fs::read(file(house.path(), "conventions", "303")).unwrap(),
        records
    );

    edit(&file(house.path(), "conventions", "303"), |it| {
        it["title"] = "Un autre titre".into();
    });
    let (done, _) = export(house.path(), "303", "travail", &[]);
    assert_eq!((code(&done), versions(house.path())), (0, before + 2));
}

#[test]
fn where_nobody_may_write_it_leaves_all_the_same_and_that_is_said() {
    use passerelle::workspace::{Who, Wish, Workspace};

    let house = copy();
    let _held = Workspace::open(house.path(), Wish::Write, &Who::of_this_process()).unwrap();
    let before = everything(house.path());
    let (done, pdf) = export(house.path(), "303", "travail", &[]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));
    assert!(pdf.starts_with(b"%PDF-1.7"));
    assert!(
        stderr(&done).contains("n’est pas gardée"),
        "{}",
        stderr(&done)
    );
    assert_eq!(everything(house.path()), before);
}

#[test]
fn a_text_that_a_point_blocks_is_not_signed_until_somebody_sets_it_aside() {
    let house = copy();
    let (done, pdf) = export(house.path(), "305", "signature", &[]);
    assert_eq!((code(&done), pdf), (1, Vec::new()));
    assert!(
        stderr(&done).contains("ne peut pas partir à la signature"),
        "{}",
        stderr(&done)
    );
}

#[test]
fn all_that_may_be_signed_leaves_and_the_rest_is_told() {
    let house = copy();
    let folder = tempfile::tempdir().unwrap();
    let done = run(&[
        "exporter",
        "pdf",
        text(house.path()),
        "--tous",
        "-o",
        text(folder.path()),
        "--etat",
        "signature",
    ]);
    assert_eq!(code(&done), 1, "{}", stderr(&done));
    let left = fs::read_dir(folder.path()).unwrap().count();
    assert!(left > 10, "{left} files");
    assert!(stderr(&done).contains("Hawassa"), "{}", stderr(&done));
    assert!(
        stderr(&done).contains(&format!("{left} sur 16")),
        "{}",
        stderr(&done)
    );
}

#[test]
fn a_character_that_has_no_drawing_is_not_signed_unseen() {
    let house = copy();
    edit(&file(house.path(), "conventions", "303"), |it| {
        let paragraphs = it["articles"][0]["texts"][0]["paragraphs"]
            .as_array_mut()
            .unwrap();
        paragraphs.push("Le caractère ꆈ n’a pas de dessin.".into());
    });
    let (done, pdf) = export(house.path(), "303", "signature", &[]);
    assert_eq!((code(&done), pdf), (1, Vec::new()), "{}", stderr(&done));
    assert!(stderr(&done).contains("U+A188"), "{}", stderr(&done));
    let (accepted, _) = export(house.path(), "303", "signature", &["--cadres"]);
    assert_eq!(code(&accepted), 0, "{}", stderr(&accepted));
}

#[test]
fn a_text_with_blanks_is_not_signed_unseen() {
    let house = copy();
    let (done, pdf) = export(house.path(), "301", "signature", &[]);
    assert_eq!((code(&done), pdf), (1, Vec::new()), "{}", stderr(&done));
    let said = stderr(&done);
    assert!(
        said.contains("a encore des blancs") && said.contains("délibération"),
        "{said}"
    );
    assert!(said.contains("--blancs"), "{said}");

    let (accepted, _) = export(house.path(), "301", "signature", &["--blancs"]);
    assert_eq!(code(&accepted), 0, "{}", stderr(&accepted));
    // Where and when one signs is filled by who signs; what is signed already is printed as it was.
    for whole in ["315", "303"] {
        let (done, _) = export(house.path(), whole, "signature", &[]);
        assert_eq!(code(&done), 0, "{}", stderr(&done));
    }
}

#[test]
fn another_text_than_the_one_voted_is_refused_and_the_difference_shown() {
    let house = copy();
    let path = file(house.path(), "conventions", "306");
    // Voted as it stands, and kept as a version of that act.
    edit(&path, |it| {
        it["articles"][0]["texts"][0]["paragraphs"] =
            serde_json::json!(["La première action se tient le ___ à Valmont."]);
    });
    let convention: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    let authority: serde_json::Value =
        serde_json::from_slice(&fs::read(house.path().join("authority.json")).unwrap()).unwrap();
    let version = "019ab3c0-1000-7000-8000-00000000b001";
    let folder = house.path().join("versions").join(format!("{ID}306"));
    fs::create_dir_all(&folder).unwrap();
    let kept = serde_json::json!({
        "id": version, "convention": format!("{ID}306"), "at": "2026-11-17T10:00:00Z", "reason": "act",
        "application": "passerelle 0.1.0", "reference": "2026-11-17",
        "records": { "authority": authority, "conventions": [convention] }
    });
    fs::write(folder.join(format!("{version}.json")), kept.to_string()).unwrap();

    let reword = |words: &str| {
        edit(&path, |it| {
            it["articles"][0]["texts"][0]["paragraphs"][0] = words.into();
        });
        export(house.path(), "306", "signature", &[])
    };
    let (filled, pdf) = reword("La première action se tient le 3 mai 2027 à Valmont.");
    assert_eq!(code(&filled), 0, "{}", stderr(&filled));
    assert!(!pdf.is_empty());

    let (other, pdf) = reword("La première action se tient le 3 mai 2027 à Lyon.");
    assert_eq!((code(&other), pdf), (1, Vec::new()));
    let told = stderr(&other);
    assert!(told.contains("n’est plus le texte voté"), "{told}");
    assert!(
        told.contains("à Valmont.") && told.contains("à Lyon."),
        "{told}"
    );
}

#[test]
fn what_is_published_is_masked_and_says_so() {
    let house = copy();
    let signatory = {
        let path = house.path().join("authority.json");
        let authority: serde_json::Value =
            serde_json::from_slice(&fs::read(path).unwrap()).unwrap();
        authority["signatories"][0]["name"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    edit(&file(house.path(), "conventions", "303"), |it| {
        let paragraphs = it["articles"][0]["texts"][0]["paragraphs"]
            .as_array_mut()
            .unwrap();
        paragraphs.push(
            format!("Suivi par {signatory}, 01 23 45 67 89, a.b@valmont.fr, FR76 3000 6000 0112 3456 7890 189.").into(),
        );
    });
    let secrets = ["01 23 45 67 89", "a.b@valmont.fr", "3456 7890", &signatory];
    let open = printed(house.path(), "303", "travail");
    let masked = printed(house.path(), "303", "publication");
    for secret in secrets {
        assert!(open.contains(secret), "{secret}");
        assert!(!masked.contains(secret), "{secret}: {masked}");
    }
    let (done, _) = export(house.path(), "303", "publication", &[]);
    for word in [
        "noms de personnes",
        "adresse électronique",
        "compte bancaire",
        "téléphone",
        "signature",
    ] {
        assert!(stderr(&done).contains(word), "{word}: {}", stderr(&done));
    }
}

#[test]
fn a_convention_goes_from_one_house_to_another_in_its_pdf() {
    let theirs = copy();
    let folder = tempfile::tempdir().unwrap();
    let pdf = folder.path().join("x.pdf");
    let done = run(&[
        "exporter",
        "pdf",
        text(theirs.path()),
        "303",
        "-o",
        text(&pdf),
        "--etat",
        "travail",
        "--donnees",
    ]);
    assert_eq!(code(&done), 0, "{}", stderr(&done));

    let ours = folder.path().join("nous");
    assert_eq!(
        code(&run(&[
            "nouveau",
            text(&ours),
            "--collectivite",
            "Ville de Lyon"
        ])),
        0
    );
    let before = everything(&ours);
    let simulated = run(&[
        "importer",
        "convention",
        text(&ours),
        text(&pdf),
        "--simuler",
        "--json",
    ]);
    assert_eq!(code(&simulated), 0, "{}", stderr(&simulated));
    assert_eq!(everything(&ours), before);

    let imported = json(&run(&[
        "importer",
        "convention",
        text(&ours),
        text(&pdf),
        "--json",
    ]));
    assert_eq!(imported, json(&simulated));
    assert!(
        imported["created"].as_u64().unwrap() >= 2 && imported["refused"] == serde_json::json!([])
    );
    let listed = json(&run(&["lister", "conventions", text(&ours), "--json"]));
    assert_eq!(listed[0]["id"], format!("{ID}303"));
    let (again, _) = export(&ours, "303", "travail", &[]);
    assert_eq!(code(&again), 0, "{}", stderr(&again));

    let without = folder.path().join("sans.pdf");
    run(&[
        "exporter",
        "pdf",
        text(theirs.path()),
        "303",
        "-o",
        text(&without),
        "--etat",
        "travail",
    ]);
    let refused = run(&["importer", "convention", text(&ours), text(&without)]);
    assert_eq!(code(&refused), 4);
    assert!(
        stderr(&refused).contains("--donnees"),
        "{}",
        stderr(&refused)
    );
}
