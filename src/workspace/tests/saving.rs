//! Saving: what is written is found again, whatever stops half-way.

use std::sync::{Arc, Mutex, mpsc};
use std::time::Duration;

use proptest::prelude::*;

use super::*;
use crate::model::Edit;

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
    let Event::Failed {
        message,
        reason,
        waiting: 1,
        retry_in,
    } = events.recv_timeout(Duration::from_secs(5)).unwrap()
    else {
        panic!("the refusal is told");
    };
    assert!(message.contains("partners"), "names no file: {message}");
    assert!(!reason.contains("partners"), "names the file: {reason}");
    assert_eq!(retry_in, Duration::from_secs(1));

    saver.save(Change::create("", partner(3, "Ville de Hué")));
    fs::remove_file(&partners).unwrap();
    let number = saver.save(Change::create("", partner(4, "Ville de Guilin")));
    saver.wait(number).unwrap();
    saver.stop().unwrap();
    drop(workspace);
    assert_eq!(open(folder.path()).records.count(Kind::Partner), 3);
}

#[test]
fn typing_does_not_put_off_what_is_to_be_written_at_once() {
    let folder = create();
    let workspace = Arc::new(open(folder.path()).workspace);
    let (told, events) = mpsc::channel();
    let saver = Saver::start(Arc::clone(&workspace), move |event| {
        let _ = told.send(event);
    });

    let before = Arc::new(term(2, ""));
    let typed = Change::replace("Écrire", Arc::clone(&before), term(2, "a"));
    saver.take(typed, Urgency::Typing);
    saver.save(Change::create("", partner(3, "Ville de Hué")));
    let typed = Change::replace("Écrire", before, term(2, "ab"));
    saver.take(typed, Urgency::Typing);
    // Together or not, without the rest of typing.
    let limit = Instant::now() + Duration::from_millis(700);
    let saved = std::iter::repeat_with(|| {
        events.recv_timeout(limit.saturating_duration_since(Instant::now()))
    });
    let saved = saved.map_while(Result::ok);
    assert!(
        saved
            .into_iter()
            .any(|event| matches!(event, Event::Saved { up_to: 2.. })),
        "what is to be written at once is"
    );
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
