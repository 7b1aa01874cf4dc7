//! What is kept, and what becomes of it when things go wrong.

use std::fs;
use std::path::Path;
use std::sync::mpsc;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use chrono::{DateTime, TimeZone, Utc};
use proptest::prelude::*;

use super::*;
use crate::model::{Ids, Kind, Name, Nature, Partner, Term};

fn clock() -> DateTime<Utc> {
    Utc.with_ymd_and_hms(2026, 11, 24, 9, 12, 3).unwrap()
}

fn who() -> Who {
    Who::new("J. Martin", "PC-RI-04", clock)
}

fn id(last: u64) -> Id {
    format!("019ab3c0-1000-7000-8000-{last:012}")
        .parse()
        .unwrap()
}

fn partner(last: u64, name: &str) -> Record {
    Record::Partner(Partner::new(
        id(last),
        Nature::ForeignAuthority,
        Name::new(name),
    ))
}

fn term(last: u64, text: &str) -> Record {
    let value = serde_json::json!({ "id": id(last), "term": "aect", "text": text });
    Record::from_value(Kind::Term, value).unwrap()
}

fn create() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        ..Authority::default()
    };
    Workspace::create(folder.path(), id(1), &authority, &who()).unwrap();
    folder
}

fn open(folder: &Path) -> Opened {
    Workspace::open(folder, Wish::Write, &who()).unwrap()
}

fn add(workspace: &Workspace, record: Record) {
    workspace.write(&Change::create("Ajouter", record)).unwrap();
}

fn several(records: Vec<Record>) -> Change {
    let edits = records
        .into_iter()
        .flat_map(|record| Change::create("", record).edits)
        .collect();
    Change {
        label: "Importer".to_owned(),
        coalescing: None,
        edits,
    }
}

fn titles(records: &Records) -> Vec<String> {
    records
        .all()
        .map(|record| record.title().to_owned())
        .collect()
}

#[test]
fn what_is_saved_is_found_again_and_what_is_deleted_is_not() {
    let folder = create();
    let workspace = open(folder.path()).workspace;
    add(&workspace, partner(2, "Commune d’Aného"));
    add(&workspace, partner(3, "Ville de Hué"));
    workspace
        .write(&Change::delete(
            "Supprimer",
            Arc::new(partner(2, "Commune d’Aného")),
        ))
        .unwrap();
    drop(workspace);

    let opened = open(folder.path());
    assert_eq!(
        titles(&opened.records),
        ["Communauté d’agglomération de Valmont", "Ville de Hué"]
    );
    assert_eq!(opened.report, Report::default());
    let left = fs::read_to_string(folder.path().join(format!("partners/{}.json", id(2)))).unwrap();
    assert!(left.contains("\"deleted\": \"2026-11-24\""), "{left}");
}

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
fn a_change_of_several_records_that_a_power_cut_stopped_is_there_at_the_next_opening() {
    let folder = create();
    let entries: Vec<_> = (2..10)
        .map(|last| journal::Entry {
            slot: Slot::of(&partner(last, "Aného")),
            contents: String::from_utf8(json::write(&partner(last, "Aného"), None).unwrap())
                .unwrap(),
        })
        .collect();
    journal::write(folder.path(), &entries).unwrap();

    let opened = open(folder.path());
    assert_eq!(
        (
            opened.report.recovered.len(),
            opened.records.count(Kind::Partner)
        ),
        (8, 8)
    );
    drop(opened);
    let again = open(folder.path());
    assert_eq!(
        (
            again.report.recovered.len(),
            again.records.count(Kind::Partner)
        ),
        (0, 8)
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
fn backups_are_ten_at_most_and_restoring_brings_everything_back() {
    let folder = create();
    let second = tempfile::tempdir().unwrap();
    let opened = open(folder.path());
    let workspace = opened.workspace;
    workspace.set_second_place(Some(second.path())).unwrap();
    add(&workspace, partner(2, "Commune d’Aného"));
    let backup = workspace.back_up(BackupReason::Asked).unwrap();
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
            .unwrap(),
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
fn the_saver_keeps_what_the_disk_refuses_and_saves_it_when_it_can() {
    let folder = create();
    let workspace = Arc::new(open(folder.path()).workspace);
    // A file where the folder should be: the system refuses, whoever asks.
    let partners = folder.path().join("partners");
    fs::write(&partners, "").unwrap();

    let (told, events) = mpsc::channel();
    let saver = Saver::start(Arc::clone(&workspace), move |event| {
        let _ = told.send(event);
    });
    let number = saver.save(Change::create("", partner(2, "Commune d’Aného")));
    let message = saver.wait(number).unwrap_err();
    assert!(message.contains("intact"), "{message}");
    assert!(matches!(
        events.recv_timeout(Duration::from_secs(5)).unwrap(),
        Event::Failed { waiting: 1, retry_in, .. } if retry_in == Duration::from_secs(1)
    ));

    saver.save(Change::create("", partner(3, "Ville de Hué")));
    fs::remove_file(&partners).unwrap();
    let number = saver.save(Change::create("", partner(4, "Ville de Guilin")));
    saver.wait(number).unwrap();
    saver.stop().unwrap();
    drop(workspace);
    assert_eq!(open(folder.path()).records.count(Kind::Partner), 3);
}

#[test]
fn typing_waits_for_a_rest_and_stopping_saves_it() {
    let folder = create();
    let workspace = Arc::new(open(folder.path()).workspace);
    let saved = Arc::new(Mutex::new(Vec::new()));
    let its = Arc::clone(&saved);
    let saver = Saver::start(Arc::clone(&workspace), move |event| {
        its.lock().unwrap().push(event);
    });

    let mut before = Arc::new(term(2, ""));
    for letters in 1..=5 {
        let after = term(2, &"a".repeat(letters));
        let change = Change::replace("Écrire", Arc::clone(&before), after.clone());
        saver.take(change, Urgency::Typing);
        before = Arc::new(after);
    }
    saver.stop().unwrap();
    assert_eq!(
        *saved.lock().unwrap(),
        [Event::Saved { up_to: 5 }],
        "five letters, one write"
    );
    drop(workspace);

    let opened = open(folder.path());
    let Some(Record::Term(Term { text, .. })) = opened
        .records
        .sorted(Kind::Term)
        .next()
        .map(|it| it.as_ref().clone())
    else {
        panic!()
    };
    assert_eq!(text, "aaaaa");
    assert_eq!(
        opened.workspace.backups().len(),
        1,
        "the first edit of the day is archived before"
    );
}

#[test]
fn pieces_are_kept_once_and_what_is_amiss_is_told() {
    let folder = create();
    let opened = open(folder.path());
    let sha256 = opened.workspace.attach(b"Charte de 1987").unwrap();
    assert_eq!(opened.workspace.attach(b"Charte de 1987").unwrap(), sha256);
    assert_eq!(
        fs::read_dir(folder.path().join("attachments"))
            .unwrap()
            .count(),
        1
    );

    let report = opened.workspace.check_pieces(&opened.records);
    assert_eq!(report.orphans, [sha256.as_str()]);

    let mut other = Partner::new(id(2), Nature::ForeignAuthority, Name::new("Gmünd"));
    let piece = |sha256: &str| {
        serde_json::from_value(serde_json::json!({
            "id": id(3), "title": "Charte", "file_name": "c.txt", "sha256": sha256, "media_type": "text/plain"
        }))
        .unwrap()
    };
    other.pieces = vec![piece(&sha256), piece(&"0".repeat(64))];
    let records = Records::from_records([Record::Partner(other)]);
    let report = opened.workspace.check_pieces(&records);
    assert_eq!((report.orphans.len(), report.missing.len()), (0, 1));

    fs::write(opened.workspace.attachment(&sha256), "autre chose").unwrap();
    assert_eq!(opened.workspace.check_pieces(&records).altered, [sha256]);
    assert!(
        opened
            .workspace
            .attachment("../../etc/passwd")
            .starts_with(folder.path())
    );
}

#[test]
fn a_file_is_joined_and_opened_as_a_copy_once_its_hash_is_checked() {
    let folder = create();
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = open(folder.path()).workspace;
    let file = elsewhere.path().join("Délibération.pdf");
    fs::write(&file, "%PDF-1.7 …").unwrap();

    let attached = workspace.attach_file(&file).unwrap();
    assert_eq!(
        (attached.file_name.as_str(), attached.media_type.as_str()),
        ("Délibération.pdf", "application/pdf")
    );
    let piece: Piece = serde_json::from_value(serde_json::json!({
        "id": id(3), "title": "Délibération", "file_name": attached.file_name, "sha256": attached.sha256,
        "media_type": attached.media_type, "bytes": attached.bytes,
    }))
    .unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::There);
    let into = elsewhere.path().join("copies");
    let copy = workspace.copy_piece(&piece, &into).unwrap();
    assert_eq!(copy.file_name().unwrap(), "Délibération.pdf");
    assert_eq!(workspace.copy_piece(&piece, &into).unwrap(), copy);
    #[cfg(unix)]
    assert!(fs::metadata(&copy).unwrap().permissions().readonly());

    let kept = workspace.attachment(&piece.sha256);
    fs::write(&kept, "%PDF-1.7 !…").unwrap();
    let refused = workspace.copy_piece(&piece, &into).unwrap_err().to_string();
    assert!(refused.contains("n’est plus celui"), "{refused}");
    fs::write(&kept, "autre").unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::Altered);
    fs::remove_file(&kept).unwrap();
    assert_eq!(workspace.piece_state(&piece), PieceState::Missing);
    let refused = workspace.copy_piece(&piece, &into).unwrap_err().to_string();
    assert!(refused.contains("manque"), "{refused}");
}

#[test]
#[cfg(unix)]
fn what_is_no_plain_file_is_not_joined() {
    let folder = create();
    let elsewhere = tempfile::tempdir().unwrap();
    let workspace = open(folder.path()).workspace;
    let at = |name: &str| elsewhere.path().join(name);
    fs::write(at("vide.pdf"), "").unwrap();
    std::os::unix::fs::symlink("/etc/passwd", at("lien.pdf")).unwrap();
    fs::create_dir(at("dossier.pdf")).unwrap();
    let long = fs::File::create(at("long.pdf")).unwrap();
    long.set_len(LONGEST_PIECE + 1).unwrap();

    for (name, why) in [
        ("vide.pdf", "vide"),
        ("lien.pdf", "lien"),
        ("dossier.pdf", "dossier"),
        ("long.pdf", "101 Mo"),
        ("absent.pdf", "n’existe pas"),
    ] {
        let refused = workspace.attach_file(&at(name)).unwrap_err().to_string();
        assert!(refused.contains(why), "{refused}");
    }
    assert!(!folder.path().join("attachments").exists());
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    /// Whatever is written, in whatever groups, is what is read.
    #[test]
    fn saving_then_opening_changes_nothing(groups in proptest::collection::vec(
        proptest::collection::vec((2..9_u64, "[a-zéè«» \\\\\"\u{0}\u{202f}😀]{0,12}", any::<bool>()), 1..5), 0..6)) {
        let folder = create();
        let opened = open(folder.path());
        let mut records = opened.records;
        for group in groups {
            let mut change = several(Vec::new());
            for (last, text, deleted) in group {
                let record = if last % 2 == 0 { partner(last, &text) } else { term(last, &text) };
                let name = record.record_id();
                if change.edits.iter().any(|edit| edit.record == name) {
                    continue;
                }
                let before = records.get(name).cloned();
                if before.is_none() && deleted {
                    continue;
                }
                change.edits.push(Edit { record: name, before, after: (!deleted).then(|| Arc::new(record)) });
            }
            opened.workspace.write(&change).unwrap();
            records.apply(&change);
        }
        drop(opened.workspace);

        let again = open(folder.path());
        prop_assert_eq!(&again.report, &Report::default());
        let all = |records: &Records| records.all().map(|it| it.as_ref().clone()).collect::<Vec<_>>();
        prop_assert_eq!(all(&again.records), all(&records));
    }

    #[test]
    fn any_bytes_in_any_file_are_told_never_a_panic(name in 0..4_usize, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        let folder = create();
        let path = [
            "authority.json".to_owned(), ".passerelle/journal.json".to_owned(),
            ".passerelle/holder.json".to_owned(), format!("partners/{}.json", id(2)),
        ][name].clone();
        fs::create_dir_all(folder.path().join("partners")).unwrap();
        fs::write(folder.path().join(path), &bytes).unwrap();
        prop_assert!(Workspace::open(folder.path(), Wish::Write, &who()).is_ok());
    }
}

/// Every file below a folder but the lock's, with its bytes.
fn everything(folder: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut all = std::collections::BTreeMap::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().filter_map(Result::ok) {
            let told = fs::symlink_metadata(entry.path()).unwrap();
            if told.is_dir() {
                folders.push(entry.path());
            } else if !entry.path().ends_with("lock") && !entry.path().ends_with("holder.json") {
                let bytes = if told.is_file() {
                    fs::read(entry.path()).unwrap()
                } else {
                    Vec::new()
                };
                all.insert(entry.path().display().to_string(), bytes);
            }
        }
    }
    all
}

fn copy_folder(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().filter_map(Result::ok) {
        let target = to.join(entry.file_name());
        if entry.path().is_dir() {
            copy_folder(&entry.path(), &target);
        } else {
            fs::copy(entry.path(), target).unwrap();
        }
    }
}

#[test]
fn identifiers_made_here_name_files() {
    let mut ids = Ids::counted(1_790_000_000_000);
    let record = partner(2, "A");
    assert!(Slot::from_path(&Slot::of(&record).path()).is_some());
    assert!(ids.next_id().to_string().len() == 36);
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
fn what_is_in_memory_is_a_workspace_elsewhere_pieces_included() {
    let place = tempfile::tempdir().unwrap();
    let (folder, other) = (place.path().join("a"), place.path().join("b"));
    Workspace::create(&folder, id(1), &Authority::default(), &who()).unwrap();
    let opened = Workspace::open(&folder, Wish::Write, &who()).unwrap();
    let hash = opened.workspace.attach(b"signe").unwrap();
    let mut records = opened.records.clone();
    // Never on the first disk.
    records.apply(&Change::create("Ajouter", partner(10, "Aného")));

    assert_eq!(
        opened.workspace.save_elsewhere(&other, &records).unwrap(),
        0
    );
    let copy = Workspace::open(&other, Wish::Write, &who()).unwrap();
    assert_eq!(copy.records, records);
    assert_eq!(copy.workspace.id(), id(1));
    assert_eq!(
        fs::read(copy.workspace.attachment(&hash)).unwrap(),
        b"signe"
    );

    let refused = opened.workspace.save_elsewhere(&other, &records);
    assert!(matches!(refused, Err(WorkspaceError::NotEmpty { .. })));
}
