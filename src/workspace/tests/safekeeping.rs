//! Archives: made, kept, put back, here and elsewhere.

use super::*;

#[test]
fn backups_are_ten_at_most_and_restoring_brings_everything_back() {
    let folder = create();
    let second = tempfile::tempdir().unwrap();
    let opened = open(folder.path());
    let workspace = opened.workspace;
    workspace.set_second_place(Some(second.path())).unwrap();
    add(&workspace, partner(2, "Commune d’Aného"));
    let BackedUp { backup, elsewhere } = workspace.back_up(BackupReason::Asked).unwrap();
    let copy = elsewhere.unwrap().unwrap();
    assert_eq!(
        fs::read(&copy.file).unwrap(),
        fs::read(&backup.file).unwrap()
    );
    assert_eq!(workspace.last_copy_elsewhere(), Some(clock()));

    workspace
        .write(&several(vec![
            partner(2, "Commune de Lomé"),
            partner(3, "Ville de Hué"),
        ]))
        .unwrap();
    drop(workspace);
    let opened = open(folder.path());
    assert_eq!(
        opened
            .workspace
            .restore(&backup.file, &opened.records)
            .unwrap()
            .back,
        2
    );
    drop(opened);

    let opened = open(folder.path());
    assert_eq!(
        titles(&opened.records),
        ["Communauté d’agglomération de Valmont", "Commune d’Aného"]
    );
    assert_eq!(
        opened.workspace.backups().len(),
        2,
        "what was there was archived first"
    );

    let other = create();
    let elsewhere = Workspace::open(other.path(), Wish::Write, &who()).unwrap();
    fs::write(other.path().join("x.zip"), b"PK\x03\x04 broken").unwrap();
    for file in [other.path().join("x.zip"), other.path().join("none.zip")] {
        assert!(
            elsewhere
                .workspace
                .restore(&file, &elsewhere.records)
                .is_err()
        );
    }
}

#[test]
fn an_archive_that_would_write_elsewhere_is_refused() {
    use std::io::Write;

    let folder = create();
    let opened = open(folder.path());
    for name in [
        "../evil.json",
        "/etc/evil.json",
        "partners/../../evil.json",
        "partners/x.json",
        ".passerelle/lock",
    ] {
        let file = folder.path().join("hostile.zip");
        let mut zip = zip::ZipWriter::new(fs::File::create(&file).unwrap());
        let options = zip::write::SimpleFileOptions::default();
        zip.start_file("workspace.json", options).unwrap();
        zip.write_all(&fs::read(folder.path().join("workspace.json")).unwrap())
            .unwrap();
        zip.start_file(name, options).unwrap();
        zip.write_all(b"{}").unwrap();
        zip.finish().unwrap();

        let before = everything(folder.path());
        let refused = opened.workspace.restore(&file, &opened.records);
        assert!(
            matches!(refused, Err(WorkspaceError::Backup { .. })),
            "{name}"
        );
        assert_eq!(everything(folder.path()), before);
    }
}

#[test]
fn a_file_damaged_when_it_was_archived_is_named_and_the_others_come_back() {
    let folder = create();
    let opened = open(folder.path());
    add(&opened.workspace, partner(2, "Commune d’Aného"));
    add(&opened.workspace, partner(3, "Ville de Hué"));
    drop(opened);
    let path = |last| folder.path().join(format!("partners/{}.json", id(last)));
    let whole = fs::read(path(3)).unwrap();
    fs::write(path(3), &whole[..20]).unwrap();
    let opened = open(folder.path());
    let made = opened.workspace.back_up(BackupReason::Asked).unwrap();
    drop(opened);

    fs::write(path(3), &whole).unwrap();
    fs::remove_file(path(2)).unwrap();
    let opened = open(folder.path());
    let restored = opened
        .workspace
        .restore(&made.backup.file, &opened.records)
        .unwrap();
    assert_eq!(restored.back, 2);
    assert_eq!(restored.unread.len(), 1);
    assert!(restored.unread[0].contains(&id(3).to_string()));
    drop(opened);
    assert_eq!(
        titles(&open(folder.path()).records),
        [
            "Communauté d’agglomération de Valmont",
            "Commune d’Aného",
            "Ville de Hué"
        ],
        "what does not read in the archive is left as it was, not deleted"
    );
}

#[test]
fn a_stick_that_is_not_plugged_in_stops_nothing_and_is_told() {
    let folder = create();
    let elsewhere = tempfile::tempdir().unwrap();
    let stick = elsewhere.path().join("cle");
    let opened = open(folder.path());
    opened.workspace.set_second_place(Some(&stick)).unwrap();
    let contact = serde_json::json!({ "id": id(7), "name": "Mme Adjoua Hounkpatin" });
    let contact = Record::from_value(Kind::Contact, contact).unwrap();
    add(&opened.workspace, contact);
    drop(opened);
    fs::remove_dir(&stick).unwrap();

    let opened = open(folder.path());
    let import = several(vec![
        partner(2, "Commune d’Aného"),
        partner(3, "Ville de Hué"),
    ]);
    let made = opened.workspace.import(&import).unwrap();
    assert!(made.backup.file.exists());
    let lack = made.lack().unwrap();
    assert!(lack.contains(&stick.display().to_string()), "{lack}");
    assert!(
        !stick.exists(),
        "no folder of this computer takes its place"
    );
    assert_eq!(opened.workspace.last_copy_elsewhere(), None);

    let erasure = crate::model::Erasure::of(id(7), &opened.records).unwrap();
    opened.workspace.write(&erasure.change).unwrap();
    let erased = opened.workspace.erase(&erasure).unwrap();
    assert_eq!(
        erased.unread.len(),
        1,
        "its archives may still name the person"
    );
}

#[test]
fn the_archive_just_made_stays_whatever_the_clock_said_before() {
    let folder = create();
    let opened = open(folder.path());
    let backups = folder.path().join(".passerelle/backups");
    fs::create_dir_all(&backups).unwrap();
    for minute in 10..20 {
        let ahead = format!("2031-05-04T10-{minute}-00Z-quotidienne.zip");
        fs::write(backups.join(ahead), "").unwrap();
    }

    let first = opened
        .workspace
        .back_up(BackupReason::Asked)
        .unwrap()
        .backup;
    let second = opened
        .workspace
        .back_up(BackupReason::Asked)
        .unwrap()
        .backup;
    assert_ne!(first.file, second.file, "two of one second are two");
    assert!(first.file.exists() && second.file.exists());
    assert_eq!(opened.workspace.backups().len(), 10);
}

#[test]
fn two_workspaces_that_share_a_stick_keep_ten_archives_each() {
    let stick = tempfile::tempdir().unwrap();
    let (ours, theirs) = (create(), tempfile::tempdir().unwrap());
    Workspace::create(theirs.path(), id(9), &Authority::default(), &who()).unwrap();
    let (ours, theirs) = (open(ours.path()).workspace, open(theirs.path()).workspace);
    ours.set_second_place(Some(stick.path())).unwrap();
    theirs.set_second_place(Some(stick.path())).unwrap();

    let ours = ours.back_up(BackupReason::Asked).unwrap();
    for _ in 0..12 {
        theirs.back_up(BackupReason::Asked).unwrap();
    }
    assert!(ours.elsewhere.unwrap().unwrap().file.exists());
}

/// What is told as refused is not carried out later, over what was written since.
#[test]
fn a_restoration_that_the_disk_stops_half_way_is_done_and_undoes_nothing_that_follows() {
    let folder = create();
    let opened = open(folder.path());
    let archive = opened
        .workspace
        .back_up(BackupReason::Asked)
        .unwrap()
        .backup;
    add(&opened.workspace, partner(2, "Commune d’Aného"));
    add(&opened.workspace, partner(3, "Ville de Hué"));
    drop(opened);
    let opened = open(folder.path());
    // A folder where a file should be: the system refuses to replace it.
    let path = folder.path().join(format!("partners/{}.json", id(3)));
    fs::remove_file(&path).unwrap();
    fs::create_dir_all(path.join("x")).unwrap();

    opened
        .workspace
        .restore(&archive.file, &opened.records)
        .unwrap();
    fs::remove_dir_all(&path).unwrap();
    add(&opened.workspace, partner(2, "Commune de Lomé"));
    drop(opened);
    assert_eq!(
        titles(&open(folder.path()).records),
        ["Communauté d’agglomération de Valmont", "Commune de Lomé"]
    );
}

#[test]
fn a_workspace_whose_folder_is_lost_is_made_again_from_its_archive() {
    let elsewhere = tempfile::tempdir().unwrap();
    let (archive, before) = {
        let folder = create();
        let opened = open(folder.path());
        opened
            .workspace
            .set_second_place(Some(elsewhere.path()))
            .unwrap();
        add(&opened.workspace, partner(2, "Commune d’Aného"));
        let made = opened.workspace.back_up(BackupReason::Asked).unwrap();
        drop(opened);
        (
            made.elsewhere.unwrap().unwrap(),
            open(folder.path()).records,
        )
    };

    let again = elsewhere.path().join("espace");
    assert_eq!(Workspace::revive(&again, &archive.file).unwrap().back, 2);
    let opened = open(&again);
    assert_eq!(opened.records, before);
    assert_eq!(opened.workspace.id(), id(1));

    let taken = Workspace::revive(&again, &archive.file);
    assert!(matches!(taken, Err(WorkspaceError::NotEmpty { .. })));
}
