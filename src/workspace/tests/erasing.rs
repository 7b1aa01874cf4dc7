//! A person erased from whatever is on the disk.

use super::*;

/// Every file under a folder, archives opened, that holds those bytes.
fn holding(folder: &Path, words: &str) -> Vec<String> {
    let holds = |bytes: &[u8]| {
        bytes
            .windows(words.len())
            .any(|window| window == words.as_bytes())
    };
    let mut found = Vec::new();
    for (name, bytes) in everything(folder) {
        if holds(&bytes) {
            found.push(name.clone());
        }
        if let Ok(mut zip) = zip::ZipArchive::new(std::io::Cursor::new(bytes)) {
            for index in 0..zip.len() {
                let mut entry = zip.by_index(index).unwrap();
                let mut inflated = Vec::new();
                std::io::Read::read_to_end(&mut entry, &mut inflated).unwrap();
                if holds(&inflated) {
                    found.push(format!("{name}/{}", entry.name().unwrap()));
                }
            }
        }
    }
    found
}

#[test]
fn a_person_is_erased_from_every_byte_but_those_of_an_act() {
    const NAME: &str = "Adjoua Hounkpatin";

    let folder = create();
    let second = tempfile::tempdir().unwrap();
    let person = serde_json::json!({ "id": id(7), "name": format!("Mme {NAME}") });
    let convention = |last: u64, signed: bool| {
        let act = serde_json::json!([{ "id": id(60), "kind": "signature", "party": "v", "date": "2026-01-02" }]);
        let acts = if signed { act } else { serde_json::json!([]) };
        let value = serde_json::json!({ "id": id(last), "kind": "intent", "title": format!("Lettre à {NAME}"), "acts": acts,
            "notes": format!("Rappeler {NAME}") });
        Record::from_value(Kind::Convention, value).unwrap()
    };
    let version = |last: u64, sealed: bool| {
        let value = serde_json::json!({ "id": id(last), "convention": id(21), "at": "2026-01-02T10:00:00Z",
            "reason": "named", "name": NAME, "application": "p", "reference": "2026", "sealed": sealed,
            "records": { "authority": { "name": { "text": "V" } }, "conventions": [] } });
        Record::from_value(Kind::Version, value).unwrap()
    };
    {
        let workspace = open(folder.path()).workspace;
        workspace.set_second_place(Some(second.path())).unwrap();
        add(
            &workspace,
            Record::from_value(Kind::Contact, person).unwrap(),
        );
        add(&workspace, convention(20, false));
        add(&workspace, convention(21, true));
        add(&workspace, version(22, false));
        add(&workspace, version(23, true));
        workspace.back_up(BackupReason::Asked).unwrap();
    }
    // Keys of a later version, a correction, a synchroniser's copies, a damaged file.
    let write = |name: &str, text: &str| {
        let path = folder.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    };
    let later = format!(
        "{{\"id\":\"{}\",\"term\":\"aect\",\"text\":\"t\",\"author\":\"{NAME}\"}}",
        id(30)
    );
    write(&format!("terms/{}.json", id(30)), &later);
    write(
        "reference/terms.json",
        &format!("[\"Adjoua \\u0048ounkpatin\", \"{NAME}\"]"),
    );
    write(
        &format!("contacts/{} (conflicted copy).json", id(7)),
        &format!("{{\"name\":\"{NAME}\"}}"),
    );
    write(
        &format!("partners/{}.json", id(31)),
        &format!("{{\"notes\":\"{NAME}\""),
    );

    let opened = open(folder.path());
    assert!(holding(folder.path(), NAME).len() > 10);
    let erasure = crate::model::Erasure::of(id(7), &opened.records).unwrap();
    opened.workspace.write(&erasure.change).unwrap();
    let erased = opened.workspace.erase(&erasure).unwrap();
    assert_eq!((erased.archives, erased.unread.len()), (2, 0));
    // What is remembered of unknown keys does not bring it back.
    add(&opened.workspace, term(30, "autre"));

    let kept = holding(folder.path(), NAME);
    let is_of_an_act = |name: &String| {
        name.contains(&format!("conventions/{}", id(21)))
            || name.contains(&format!("/{}.json", id(23)))
    };
    assert_eq!(kept.len(), 4, "{kept:?}");
    assert!(kept.iter().all(is_of_an_act), "{kept:?}");
    assert_eq!(holding(second.path(), NAME).len(), 2);
    assert!(
        fs::read_to_string(folder.path().join("reference/terms.json"))
            .unwrap()
            .matches("effacée")
            .count()
            == 2
    );

    // Done again, nothing changes.
    let again = opened.workspace.erase(&erasure).unwrap();
    assert_eq!(again, Erased::default());
}

#[test]
fn an_erasure_that_was_interrupted_is_told_until_it_is_finished() {
    const NAME: &str = "Adjoua Hounkpatin";

    let folder = create();
    let person = serde_json::json!({ "id": id(7), "name": format!("Mme {NAME}") });
    {
        let workspace = open(folder.path()).workspace;
        add(
            &workspace,
            Record::from_value(Kind::Contact, person).unwrap(),
        );
        workspace.back_up(BackupReason::Asked).unwrap();
    }
    {
        let opened = open(folder.path());
        assert_eq!(opened.report.erasing, None);
        let erasure = crate::model::Erasure::of(id(7), &opened.records).unwrap();
        opened.workspace.begin_erasing(&erasure).unwrap();
        opened.workspace.write(&erasure.change).unwrap();
        // The computer stops here: the archive is not rewritten.
    }

    let opened = open(folder.path());
    assert!(opened.records.contact(id(7)).is_none());
    let who = opened.report.erasing.unwrap();
    let erasure = crate::model::Erasure::of_person(who, &opened.records);
    let erased = opened.workspace.erase(&erasure).unwrap();
    assert_eq!(erased.archives, 1);
    drop(opened.workspace);

    assert_eq!(open(folder.path()).report.erasing, None);
    assert_eq!(holding(folder.path(), NAME), Vec::<String>::new());
}
