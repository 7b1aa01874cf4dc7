//! A workspace on a stick: whatever its files hold, the rest opens, each is named, and nothing changes on disk.

use std::fs;
use std::path::Path;

use crate::support::{ID, code, copy, everything, file, json, run, stderr, text};

/// What is done to a file.
type Spoil = Box<dyn FnOnce(&Path)>;

/// Spoils one partner's file, then reads: what is said of the damage, and how many partners are left.
fn spoiled(spoil: impl FnOnce(&Path)) -> (serde_json::Value, i64) {
    let copy = copy();
    let partner = file(copy.path(), "partners", "106");
    spoil(&partner);

    let before = everything(copy.path());
    let verified = run(&["verifier", text(copy.path()), "--json"]);
    assert!(
        code(&verified) <= 1 && !stderr(&verified).contains("panicked"),
        "{}",
        stderr(&verified)
    );
    assert_eq!(everything(copy.path()), before);

    let said = json(&verified);
    let left = said["records"]["partners"].as_i64().unwrap();
    (said, left)
}

#[test]
fn each_kind_of_damage_is_named_and_only_that_record_is_missing() {
    let whole = spoiled(|_| {}).1;
    let spoils: Vec<(&str, Spoil)> = vec![
        (
            "tronqué",
            Box::new(|it| fs::write(it, &fs::read(it).unwrap()[..200]).unwrap()),
        ),
        (
            "JSON",
            Box::new(|it| fs::write(it, format!("{{{}", fs::read_to_string(it).unwrap())).unwrap()),
        ),
        ("vide", Box::new(|it| fs::write(it, "").unwrap())),
        ("JSON", Box::new(|it| fs::write(it, b"\xff\xfe{}").unwrap())),
        (
            "forme attendue",
            Box::new(|it| fs::write(it, "[".repeat(100_000)).unwrap()),
        ),
        (
            "trop long",
            Box::new(|it| {
                fs::write(it, format!("{{\"id\":\"{}\"}}", "a".repeat(100_000_000))).unwrap();
            }),
        ),
        (
            "moitié",
            Box::new(|it| fs::write(it, r#"{"id":"\ud800"}"#).unwrap()),
        ),
        (
            "dossier",
            Box::new(|it| {
                fs::remove_file(it).unwrap();
                fs::create_dir(it).unwrap();
            }),
        ),
        #[cfg(unix)]
        (
            "lien",
            Box::new(|it| {
                fs::remove_file(it).unwrap();
                std::os::unix::fs::symlink("/etc/passwd", it).unwrap();
            }),
        ),
        #[cfg(unix)]
        (
            "ordinaire",
            Box::new(|it| {
                fs::remove_file(it).unwrap();
                rustix::fs::mknodat(
                    rustix::fs::CWD,
                    it,
                    rustix::fs::FileType::Fifo,
                    rustix::fs::Mode::RUSR,
                    0,
                )
                .unwrap();
            }),
        ),
    ];

    for (reason, spoil) in spoils {
        let (said, left) = spoiled(spoil);
        let damaged = said["damaged"].as_array().unwrap();
        assert_eq!(damaged.len(), 1, "{reason}: {damaged:?}");
        assert_eq!(damaged[0]["file"], format!("partners/{ID}106.json"));
        assert!(
            damaged[0]["reason"].as_str().unwrap().contains(reason),
            "{reason}: {damaged:?}"
        );
        assert_eq!(left, whole - 1, "{reason}");
    }
}

#[test]
fn a_byte_cut_from_the_middle_of_a_word_is_still_a_record() {
    let whole = spoiled(|_| {}).1;
    let (said, left) = spoiled(|it| {
        let text = fs::read_to_string(it).unwrap();
        fs::write(it, text.replacen("Hué", "Hu", 1)).unwrap();
    });
    assert_eq!(
        (said["damaged"].as_array().unwrap().len(), left),
        (0, whole)
    );
}

#[test]
fn a_second_file_of_one_record_and_a_conflict_copy_are_told_and_not_read() {
    let whole = spoiled(|_| {}).1;
    let (said, left) = spoiled(|it| {
        fs::copy(
            it,
            it.with_file_name("00000000-0000-7000-8000-000000000001.json"),
        )
        .unwrap();
        fs::copy(
            it,
            it.with_file_name(format!("{ID}106 (conflicted copy).json")),
        )
        .unwrap();
    });
    assert_eq!(left, whole);
    assert!(
        said["damaged"][0]["reason"]
            .as_str()
            .unwrap()
            .contains(&format!("{ID}106"))
    );
    assert_eq!(said["strangers"][0]["copy_of"], format!("{ID}106"));
}

#[test]
fn a_newer_format_is_refused_and_an_unknown_key_survives() {
    let copy = copy();
    let header = copy.path().join("workspace.json");
    let told = fs::read_to_string(&header).unwrap();
    fs::write(&header, told.replace("\"version\": 1", "\"version\": 99")).unwrap();
    let refused = run(&["verifier", text(copy.path())]);
    assert_eq!(code(&refused), 3);
    assert!(stderr(&refused).contains("99"), "{}", stderr(&refused));
    fs::write(&header, told).unwrap();

    let partner = file(copy.path(), "partners", "106");
    crate::support::edit(&partner, |it| it["cle-de-demain"] = 12.into());
    let saved = run(&["sauvegarder", text(copy.path())]);
    assert_eq!(code(&saved), 0);
    let backups = copy.path().join(".passerelle/backups");
    let archive = fs::read_dir(backups)
        .unwrap()
        .next()
        .unwrap()
        .unwrap()
        .path();
    assert_eq!(
        code(&run(&["restaurer", text(copy.path()), text(&archive)])),
        0
    );
    assert!(
        fs::read_to_string(&partner)
            .unwrap()
            .contains("\"cle-de-demain\": 12")
    );
}

#[test]
fn two_processes_on_one_workspace_the_second_is_told_and_still_reads() {
    use passerelle::workspace::{Who, Wish, Workspace};

    let copy = copy();
    let held = Workspace::open(copy.path(), Wish::Write, &Who::of_this_process()).unwrap();
    let refused = run(&["sauvegarder", text(copy.path())]);
    assert_eq!(code(&refused), 3);
    assert!(
        stderr(&refused).contains(&held.workspace.who().holder().host),
        "{}",
        stderr(&refused)
    );
    assert_eq!(code(&run(&["lister", "partenaires", text(copy.path())])), 0);
}
