//! Opening: who may write, what is read beside what does not read, older formats.

use super::*;
use crate::model::Ids;

#[test]
fn a_second_writer_is_told_who_holds_it_and_reads() {
    let folder = create();
    let first = open(folder.path());
    add(&first.workspace, partner(2, "Commune d’Aného"));

    let second = Workspace::open(folder.path(), Wish::WriteOrRead, &who()).unwrap();
    assert_eq!(second.records.count(Kind::Partner), 1);
    let Access::Reading {
        held_by: Some(holder),
    } = second.workspace.access()
    else {
        panic!("{:?}", second.workspace.access())
    };
    assert!(holder.to_string().starts_with("J. Martin, sur PC-RI-04"));
    let refused = second
        .workspace
        .write(&Change::create("", partner(3, "Ville de Hué")));
    assert!(matches!(refused, Err(WorkspaceError::ReadOnly { .. })));

    second.workspace.ask_for_the_hand().unwrap();
    assert_eq!(first.workspace.renew(), Some(who().holder()));
    assert_eq!(first.workspace.renew(), None);

    drop(first);
    let third = open(folder.path());
    assert_eq!(third.workspace.access(), &Access::Writing);
}

#[test]
fn reading_writes_nothing_at_all() {
    let folder = create();
    add(
        &open(folder.path()).workspace,
        partner(2, "Commune d’Aného"),
    );
    fs::write(folder.path().join(format!("partners/{}.json", id(3))), "{").unwrap();
    let entries = vec![journal::Entry {
        slot: Slot::of(&term(5, "Relu.")),
        contents: String::from_utf8(json::write(&term(5, "Relu."), None).unwrap()).unwrap(),
    }];
    journal::write(folder.path(), &entries).unwrap();

    let before = everything(folder.path());
    let opened = Workspace::open(folder.path(), Wish::Read, &who()).unwrap();
    assert_eq!(everything(folder.path()), before);
    assert_eq!(opened.report.damaged.len(), 1);
    assert_eq!(opened.report.recovered.len(), 1);
    assert_eq!(
        opened.records.count(Kind::Term),
        1,
        "the journal is laid over what is read"
    );
}

#[test]
fn hostile_files_are_named_and_the_rest_opens() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    for last in 2..12 {
        add(&workspace, partner(last, "Commune d’Aného"));
    }
    drop(workspace);
    let path = |last| folder.path().join(format!("partners/{}.json", id(last)));
    let good = fs::read(path(2)).unwrap();

    fs::write(path(2), &good[..good.len() / 2]).unwrap();
    fs::write(path(3), [b"{", good.as_slice()].concat()).unwrap();
    fs::write(path(4), "").unwrap();
    fs::write(path(5), b"\xff\xfe{}").unwrap();
    fs::write(path(6), "[".repeat(100_000)).unwrap();
    fs::write(path(7), format!("{{\"id\":\"{}\"}}", "a".repeat(9_000_000))).unwrap();
    fs::write(path(8), r#"{"id":"\ud800"}"#).unwrap();
    fs::remove_file(path(9)).unwrap();
    fs::create_dir(path(9)).unwrap();
    fs::copy(path(10), path(20)).unwrap();
    let copy = folder.path().join(format!(
        "partners/{} (conflicted copy 2026-11-20).json",
        id(10)
    ));
    let told_otherwise =
        fs::read_to_string(path(10))
            .unwrap()
            .replacen("\"text\": \"", "\"text\": \"Grand ", 1);
    fs::write(copy, told_otherwise).unwrap();
    fs::write(folder.path().join("partners/notes.txt"), "à voir").unwrap();
    #[cfg(unix)]
    {
        fs::remove_file(path(11)).unwrap();
        std::os::unix::fs::symlink("/etc/passwd", path(11)).unwrap();
    }

    let before = everything(folder.path());
    let opened = open(folder.path());
    let named: Vec<&str> = opened
        .report
        .damaged
        .iter()
        .map(|it| it.file.as_str())
        .collect();
    for last in [2, 3, 4, 5, 6, 7, 8, 9, 20] {
        assert!(
            named.contains(&format!("partners/{}.json", id(last)).as_str()),
            "{last}: {named:?}"
        );
    }
    #[cfg(unix)]
    assert!(
        opened
            .report
            .damaged
            .iter()
            .any(|it| it.reason.contains("lien")),
        "{named:?}"
    );
    assert_eq!(opened.report.strangers.len(), 2);
    assert_eq!(opened.report.strangers[0].copy_of, Some(id(10)));
    assert_eq!(opened.records.count(Kind::Partner), 1);
    let differences = opened
        .workspace
        .compare(&opened.report.strangers[0], &opened.records);
    assert_eq!(differences.len(), 1, "{differences:?}");
    let nothing = opened
        .workspace
        .compare(&opened.report.strangers[1], &opened.records);
    assert_eq!(nothing, []);

    let after = everything(folder.path());
    for (file, bytes) in &before {
        assert_eq!(after.get(file), Some(bytes), "{file}");
    }
    let rescued = fs::read_dir(folder.path().join(".passerelle/rescue"))
        .unwrap()
        .count();
    assert!(rescued >= 7, "{rescued}");
}

#[test]
fn what_is_no_workspace_or_a_newer_one_is_refused_and_untouched() {
    let folder = tempfile::tempdir().unwrap();
    let refused = Workspace::open(folder.path(), Wish::Write, &who()).unwrap_err();
    assert!(
        matches!(refused, WorkspaceError::NotAWorkspace { .. }),
        "{refused}"
    );
    assert_eq!(everything(folder.path()).len(), 0);

    let newer = create();
    let header = newer.path().join("workspace.json");
    let changed = fs::read_to_string(&header)
        .unwrap()
        .replace("\"version\": 1", "\"version\": 99");
    fs::write(&header, changed).unwrap();
    let before = everything(newer.path());
    let refused = Workspace::open(newer.path(), Wish::Write, &who()).unwrap_err();
    assert!(
        matches!(refused, WorkspaceError::Newer { found: 99, .. }),
        "{refused}"
    );
    assert_eq!(everything(newer.path()), before);

    let taken = Workspace::create(newer.path(), id(9), &Authority::default(), &who());
    assert!(matches!(taken, Err(WorkspaceError::NotEmpty { .. })));
}

#[test]
fn format_0_is_lifted_after_a_backup_and_every_format_is_read_for_ever() {
    for format in ["format-0", "format-1"] {
        let fixture = Path::new(env!("CARGO_MANIFEST_DIR"))
            .join("tests/fixtures")
            .join(format);
        let folder = tempfile::tempdir().unwrap();
        copy_folder(&fixture, folder.path());

        let read = Workspace::open(folder.path(), Wish::Read, &who()).unwrap();
        let opened = open(folder.path());
        assert_eq!(titles(&opened.records), titles(&read.records));
        assert_eq!(opened.report.damaged, []);
        assert_eq!(opened.records.count(Kind::Partner), 1);
        let convention = opened.records.conventions().next().unwrap();
        assert_eq!(convention.articles[0].texts[0].paragraphs.len(), 2);
        let budget = opened.records.budgets().next().unwrap();
        assert_eq!(budget.lines[0].shares[0].amount.0, 1_250_050);

        let lifted = format == "format-0";
        assert_eq!(opened.workspace.backups().len(), usize::from(lifted));
        drop(opened);
        let again = open(folder.path());
        assert_eq!(again.report.lifted_from, None);
        assert_eq!(titles(&again.records), titles(&read.records));

        for record in again.records.all() {
            let change = Change::replace("", record.clone(), record.as_ref().clone());
            again.workspace.write(&change).unwrap();
        }
        let unknown = fs::read_to_string(
            folder
                .path()
                .join(Slot::of(again.records.sorted(Kind::Partner).next().unwrap()).path()),
        )
        .unwrap();
        assert!(unknown.contains("\"fuseau\": \"Africa/Lome\""), "{unknown}");
    }
}

#[test]
fn a_folder_is_looked_at_without_opening_it() {
    let place = tempfile::tempdir().unwrap();
    let folder = place.path().join("espace");
    assert_eq!(look(&folder), Seen::Missing);
    assert_eq!(look(place.path()), Seen::Unopenable);

    Workspace::create(&folder, id(1), &Authority::default(), &who()).unwrap();
    assert_eq!(look(&folder), Seen::Free);
    let opened = Workspace::open(&folder, Wish::Write, &who()).unwrap();
    assert_eq!(look(&folder), Seen::Held(Some(who().holder())));
    drop(opened);
    assert_eq!(look(&folder), Seen::Free);
}

#[test]
fn identifiers_made_here_name_files() {
    let mut ids = Ids::counted(1_790_000_000_000);
    let record = partner(2, "A");
    assert!(Slot::from_path(&Slot::of(&record).path()).is_some());
    assert!(ids.next_id().to_string().len() == 36);
}

/// Notepad puts a mark first in what it saves as UTF-8.
#[test]
fn a_file_that_notepad_saved_reads() {
    let folder = create();
    add(
        &open(folder.path()).workspace,
        partner(2, "Commune d’Aného"),
    );
    for file in [
        "workspace.json".to_owned(),
        format!("partners/{}.json", id(2)),
    ] {
        let path = folder.path().join(file);
        let bytes = fs::read(&path).unwrap();
        fs::write(&path, [b"\xef\xbb\xbf".as_slice(), &bytes].concat()).unwrap();
    }

    let opened = open(folder.path());
    assert_eq!(opened.report, Report::default());
    assert_eq!(opened.records.count(Kind::Partner), 1);
}
