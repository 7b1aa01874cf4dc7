//! What somebody else writes in a record while it is open here.

use super::*;
use crate::model::Edit;

/// The edit of a record, as a window makes it.
fn edit(before: &Record, after: &Record) -> Change {
    Change {
        label: "Modifier".to_owned(),
        coalescing: None,
        edits: vec![Edit {
            record: before.record_id(),
            before: Some(before.clone().into()),
            after: Some(after.clone().into()),
        }],
    }
}

fn named(name: &str) -> Record {
    partner(2, name)
}

#[test]
fn what_somebody_else_wrote_is_kept_beside_what_is_saved() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, named("Porto-Novo"));
    let path = folder.path().join(Slot::of(&named("Porto-Novo")).path());

    let theirs = fs::read_to_string(&path)
        .unwrap()
        .replace("Porto-Novo", "Xɔ̀gbónù");
    fs::write(&path, &theirs).unwrap();
    let ours = edit(&named("Porto-Novo"), &named("Ville de Porto-Novo"));
    workspace.write(&ours).unwrap();

    assert!(
        fs::read_to_string(&path)
            .unwrap()
            .contains("Ville de Porto-Novo")
    );
    let beside = workspace.beside();
    assert_eq!(beside.len(), 1);
    assert_eq!(beside[0].copy_of, Some(id(2)));
    let kept = fs::read_to_string(folder.path().join(&beside[0].file)).unwrap();
    assert_eq!(kept, theirs);
    assert!(workspace.beside().is_empty(), "it is told once");

    drop(workspace);
    let Opened {
        workspace,
        records,
        report,
    } = open(folder.path());
    assert_eq!(report.strangers, beside);
    let differences = workspace.compare(&beside[0], &records);
    assert_eq!(differences.len(), 1, "{differences:?}");
}

#[test]
fn our_authority_that_somebody_else_wrote_is_kept_too() {
    let folder = create();
    let opened = open(folder.path());
    let before = Record::Authority(opened.records.authority().clone());
    let path = folder.path().join("authority.json");
    let theirs = fs::read_to_string(&path)
        .unwrap()
        .replace("Valmont", "Aubrac");
    fs::write(&path, &theirs).unwrap();
    let after = Record::Authority(Authority {
        name: Name::new("Valmont"),
        ..Authority::default()
    });
    opened.workspace.write(&edit(&before, &after)).unwrap();

    drop(opened);
    let Opened {
        workspace,
        records,
        report,
    } = open(folder.path());
    assert_eq!(records.authority().name.text, "Valmont");
    assert_eq!(report.strangers.len(), 1);
    assert!(!workspace.compare(&report.strangers[0], &records).is_empty());
}

#[test]
fn what_a_newer_version_adds_to_a_record_is_kept_beside() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, named("Porto-Novo"));
    let path = folder.path().join(Slot::of(&named("Porto-Novo")).path());
    let mut value: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    value["jumelle"] = "Dakar".into();
    fs::write(&path, serde_json::to_vec(&value).unwrap()).unwrap();
    workspace
        .write(&edit(&named("Porto-Novo"), &named("Hué")))
        .unwrap();
    let beside = workspace.beside();
    let kept = fs::read_to_string(folder.path().join(&beside[0].file)).unwrap();
    assert!(kept.contains("Dakar"));
}

#[test]
fn what_nobody_else_wrote_leaves_no_copy() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, named("Porto-Novo"));
    let path = folder.path().join(Slot::of(&named("Porto-Novo")).path());

    // The same record, otherwise laid out.
    let value: serde_json::Value = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    fs::write(&path, serde_json::to_vec(&value).unwrap()).unwrap();
    workspace
        .write(&edit(&named("Porto-Novo"), &named("Hué")))
        .unwrap();
    workspace
        .write(&edit(&named("Hué"), &named("Hawassa")))
        .unwrap();
    // A change that was tried in vain, and is tried again as what it was at first.
    workspace
        .write(&edit(&named("Hué"), &named("Hawassa")))
        .unwrap();

    let deletion = Change {
        label: String::new(),
        coalescing: None,
        edits: vec![Edit {
            record: named("Hawassa").record_id(),
            before: Some(named("Hawassa").into()),
            after: None,
        }],
    };
    workspace.write(&deletion).unwrap();
    add(&workspace, named("Hawassa"));
    // What was there already, as it is.
    add(&workspace, named("Hawassa"));
    workspace
        .write(&several(vec![partner(3, "Podor"), partner(4, "Mahdia")]))
        .unwrap();

    assert!(workspace.beside().is_empty());
    drop(workspace);
    assert!(open(folder.path()).report.strangers.is_empty());
}

#[test]
fn a_write_that_is_tried_again_keeps_one_copy() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, named("Porto-Novo"));
    let path = folder.path().join(Slot::of(&named("Porto-Novo")).path());
    let theirs = fs::read_to_string(&path)
        .unwrap()
        .replace("Porto-Novo", "Xɔ̀gbónù");
    fs::write(&path, theirs).unwrap();

    // A journal that cannot be written: a folder that is not empty stands there.
    let journal = folder.path().join(".passerelle/journal.json");
    fs::create_dir_all(journal.join("autre")).unwrap();
    let mut change = edit(&named("Porto-Novo"), &named("Hué"));
    change
        .edits
        .extend(several(vec![partner(3, "Podor")]).edits);
    for _ in 0..3 {
        workspace.write(&change).unwrap_err();
    }
    fs::remove_dir_all(&journal).unwrap();
    workspace.write(&change).unwrap();
    assert_eq!(workspace.beside().len(), 1);
    drop(workspace);
    assert_eq!(open(folder.path()).report.strangers.len(), 1);
}

#[test]
fn a_file_that_reads_no_more_is_kept_beside_too() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, named("Porto-Novo"));
    let path = folder.path().join(Slot::of(&named("Porto-Novo")).path());
    fs::write(&path, "{ un autre outil").unwrap();
    workspace
        .write(&edit(&named("Porto-Novo"), &named("Hué")))
        .unwrap();
    let beside = workspace.beside();
    let kept = fs::read_to_string(folder.path().join(&beside[0].file)).unwrap();
    assert_eq!(kept, "{ un autre outil");
}
