//! What keeping costs, against the least that it could: `cargo bench --features anchors --bench keeping`.
//!
//! - Opening a workspace of 10,000 records, against reading the same files into the same structs on one thread.
//! - One edit acknowledged, against the bare write, wait, rename and wait for the folder of the same bytes.
//! - A change of 4,000 records, until it is on the disk.
//!
//! Each is run in turn with its rival, on the disk where the project is built, and medians are compared. Exit
//! status 1 when a promise is not kept.

use std::error::Error;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use serde::de::DeserializeOwned;
use serde_json::{Value, json};

use passerelle::model::{Authority, Change, Edit, Id, Ids, Kind, Name, Record, Records};
use passerelle::workspace::{BackupReason, Saver, Who, Wish, Workspace};

type Outcome<T> = Result<T, Box<dyn Error>>;

const RECORDS: usize = 10_000;
const OPENINGS: usize = 15;
const COLD_OPENINGS: usize = 5;
const EDITS: usize = 300;
const AT_ONCE: usize = 4_000;
const CHANGES: usize = 5;

fn main() -> ExitCode {
    match measure() {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}

fn measure() -> Outcome<bool> {
    let place = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR"))?;
    let folder = place.path().join("workspace");
    let records = fill(&folder)?;
    let bytes = files(&folder)?
        .iter()
        .map(|(_, path)| Ok(fs::metadata(path)?.len()))
        .sum::<Outcome<u64>>()?;
    println!(
        "{} records, {} bytes each on average",
        records.all().count(),
        bytes / records.all().count() as u64
    );

    let kept = [
        opening(&folder)?,
        edit(&folder, &records)?,
        change(&folder, &records)?,
    ];
    Ok(kept.into_iter().all(|kept| kept))
}

/// Opening, with the files in the system's cache and without.
fn opening(folder: &Path) -> Outcome<bool> {
    let pair = |cold: bool, times: usize| -> Outcome<(Duration, Duration)> {
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..times {
            if cold {
                forget(folder)?;
            }
            ours.push(timed(|| {
                let opened = Workspace::open(folder, Wish::Read, &Who::of_this_process())?;
                Ok(opened.records.all().count())
            })?);
            if cold {
                forget(folder)?;
            }
            theirs.push(timed(|| Ok(read_plainly(folder)?.len()))?);
        }
        Ok((median(ours), median(theirs)))
    };

    pair(false, 2)?;
    let (ours, theirs) = pair(false, OPENINGS)?;
    let (cold, cold_theirs) = pair(true, COLD_OPENINGS)?;
    ratio("opening, cold cache", cold, cold_theirs, None);
    Ok(ratio("opening, warm cache", ours, theirs, Some(2.0)))
}

/// The peer: every file read into the same struct, one after the other.
fn read_plainly(folder: &Path) -> Outcome<Vec<Record>> {
    fn one<T: DeserializeOwned>(bytes: &[u8]) -> serde_json::Result<T> {
        serde_json::from_slice(bytes)
    }

    files(folder)?
        .into_iter()
        .map(|(kind, path)| {
            let bytes = fs::read(path)?;
            Ok(match kind {
                Kind::Authority => Record::Authority(one(&bytes)?),
                Kind::Partner => Record::Partner(one(&bytes)?),
                Kind::Contact => Record::Contact(one(&bytes)?),
                Kind::Convention => Record::Convention(one(&bytes)?),
                Kind::Version => Record::Version(one(&bytes)?),
                Kind::Budget => Record::Budget(one(&bytes)?),
                Kind::Term => Record::Term(one(&bytes)?),
                Kind::Clause => Record::Clause(one(&bytes)?),
                Kind::Posting => Record::Posting(one(&bytes)?),
            })
        })
        .collect()
}

fn files(folder: &Path) -> Outcome<Vec<(Kind, PathBuf)>> {
    let mut files = vec![(Kind::Authority, folder.join("authority.json"))];
    for (kind, name) in [
        (Kind::Partner, "partners"),
        (Kind::Contact, "contacts"),
        (Kind::Convention, "conventions"),
        (Kind::Budget, "budgets"),
        (Kind::Term, "terms"),
    ] {
        for entry in fs::read_dir(folder.join(name))? {
            files.push((kind, entry?.path()));
        }
    }
    Ok(files)
}

/// Asks the system to drop what it holds of the files.
fn forget(folder: &Path) -> Outcome<()> {
    for (_, path) in files(folder)? {
        let file = File::open(path)?;
        #[cfg(target_os = "linux")]
        rustix::fs::fadvise(&file, 0, None, rustix::fs::Advice::DontNeed)?;
        drop(file);
    }
    Ok(())
}

/// One edit acknowledged by the saver, and the same bytes written by hand.
fn edit(folder: &Path, records: &Records) -> Outcome<bool> {
    let opened = Workspace::open(folder, Wish::Write, &Who::of_this_process())?;
    // That of the day is made with its first edit, which is not the one measured.
    opened.workspace.back_up(BackupReason::Asked)?;
    let saver = Saver::start(Arc::new(opened.workspace), |_| {});
    let beside = folder.with_file_name("bare");
    fs::create_dir(&beside)?;

    let partners: Vec<_> = records.of_kind(Kind::Partner).take(EDITS).collect();
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for before in partners {
        let change = Change {
            label: "Modifier".to_owned(),
            coalescing: None,
            edits: vec![edited(before)],
        };
        ours.push(timed(|| {
            let ticket = saver.save(change);
            Ok(saver.wait(ticket)?)
        })?);

        let name = format!("{}.json", before.record_id().id);
        let bytes = fs::read(folder.join("partners").join(name))?;
        theirs.push(timed(|| write_bare(&beside, &bytes))?);
    }
    saver.stop()?;
    Ok(ratio(
        "one edit, acknowledged",
        median(ours),
        median(theirs),
        Some(1.5),
    ))
}

/// The peer: nothing less is durable.
fn write_bare(folder: &Path, bytes: &[u8]) -> Outcome<()> {
    let temporary = folder.join("record.tmp");
    let mut file = File::create(&temporary)?;
    file.write_all(bytes)?;
    file.sync_all()?;
    fs::rename(temporary, folder.join("record.json"))?;
    File::open(folder)?.sync_all()?;
    Ok(())
}

/// A change of many records that are there already: until it is durable, and until their files are written too.
fn change(folder: &Path, records: &Records) -> Outcome<bool> {
    const PROMISED: Duration = Duration::from_secs(1);

    let (mut durable, mut written) = (Vec::new(), Vec::new());
    for _ in 0..CHANGES {
        let opened = Workspace::open(folder, Wish::Write, &Who::of_this_process())?;
        let saver = Saver::start(Arc::new(opened.workspace), |_| {});
        let change = Change {
            label: "Importer".to_owned(),
            coalescing: None,
            edits: records.all().take(AT_ONCE).map(edited).collect(),
        };
        let begun = Instant::now();
        saver.wait(saver.save(change))?;
        durable.push(begun.elapsed());
        saver.stop()?;
        written.push(begun.elapsed());
    }

    let (durable, written) = (median(durable), median(written));
    let kept = durable <= PROMISED;
    println!(
        "{:<24} {durable:>10.2?}  promised {PROMISED:?}: {}; in their files after {written:.2?}",
        format!("{AT_ONCE} records, durable"),
        verdict(kept)
    );
    Ok(kept)
}

/// What a click on a field does to a record.
fn edited(before: &Arc<Record>) -> Edit {
    let mut after = before.as_ref().clone();
    let more = |text: &mut Option<String>| text.get_or_insert_default().push('.');
    match &mut after {
        Record::Authority(authority) => authority.name.text.push('.'),
        Record::Partner(partner) => more(&mut partner.notes),
        Record::Contact(contact) => more(&mut contact.source),
        Record::Convention(convention) => more(&mut convention.notes),
        Record::Budget(budget) => more(&mut budget.notes),
        Record::Term(term) => term.text.push('.'),
        Record::Version(_) | Record::Clause(_) | Record::Posting(_) => {}
    }
    Edit {
        record: before.record_id(),
        before: Some(before.clone()),
        after: Some(Arc::new(after)),
    }
}

fn timed<T>(run: impl FnOnce() -> Outcome<T>) -> Outcome<Duration> {
    let begun = Instant::now();
    let result = std::hint::black_box(run()?);
    let taken = begun.elapsed();
    drop(result);
    Ok(taken)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times.get(times.len() / 2).copied().unwrap_or_default()
}

/// Prints a line of the table, and says whether what was promised is kept.
fn ratio(what: &str, ours: Duration, theirs: Duration, promised: Option<f64>) -> bool {
    let ratio = ours.as_secs_f64() / theirs.as_secs_f64();
    let kept = promised.is_none_or(|promised| ratio <= promised);
    let told = promised
        .map(|promised| format!("  promised {promised} ×: {}", verdict(kept)))
        .unwrap_or_default();
    println!("{what:<24} {ours:>10.2?}  bare {theirs:>10.2?}  {ratio:.2} ×{told}");
    kept
}

const fn verdict(kept: bool) -> &'static str {
    if kept { "kept" } else { "NOT KEPT" }
}

/// A workspace of 10,000 records of every kind that one edits, made and archived.
fn fill(folder: &Path) -> Outcome<Records> {
    let who = Who::of_this_process();
    let mut ids = Ids::counted(1_790_000_000_000);
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        ..Authority::default()
    };
    Workspace::create(folder, ids.next_id(), &authority, &who)?;

    let partners: Vec<Id> = (0..RECORDS * 4 / 10).map(|_| ids.next_id()).collect();
    let partner = |number: usize| partners.get(number % partners.len()).copied();
    let mut edits = Vec::with_capacity(RECORDS);
    for number in 0..RECORDS {
        let (kind, value) = match (number, number % 12) {
            (number, _) if number < partners.len() => {
                (Kind::Partner, a_partner(partner(number), number, &mut ids))
            }
            (_, 0..5) => (Kind::Contact, a_contact(partner(number), number, &mut ids)),
            (_, 5..9) => (
                Kind::Convention,
                a_convention(partner(number), number, &mut ids),
            ),
            (_, 9 | 10) => (Kind::Budget, a_budget(partner(number), number, &mut ids)),
            _ => (Kind::Term, a_term(number, &mut ids)),
        };
        let record = Record::from_value(kind, value)?;
        edits.push(Edit {
            record: record.record_id(),
            before: None,
            after: Some(Arc::new(record)),
        });
    }

    let opened = Workspace::open(folder, Wish::Write, &who)?;
    opened.workspace.write(&Change {
        label: "Importer".to_owned(),
        coalescing: None,
        edits,
    })?;
    drop(opened);
    Ok(Workspace::open(folder, Wish::Read, &who)?.records)
}

const SENTENCE: &str = "Les parties conviennent de se rencontrer chaque année, alternativement sur le territoire de \
                        l’une et de l’autre, pour dresser le bilan des actions conduites et arrêter le programme de \
                        l’exercice suivant dans la limite des crédits ouverts.";

fn a_partner(id: Option<Id>, number: usize, ids: &mut Ids) -> Value {
    let events: Vec<Value> = (1..=4)
        .map(|year| json!({ "id": ids.next_id(), "year": 2020 + year, "text": SENTENCE }))
        .collect();
    json!({
        "id": id, "nature": "foreign-authority", "country": "BJ", "languages": ["fr", "fon"],
        "name": { "text": format!("Commune d’Éguéléhoué-sur-Mono {number}"), "gender": "f" },
        "short_name": { "text": format!("Éguéléhoué {number}") }, "town": "Éguéléhoué",
        "signatories": [{ "id": ids.next_id(), "name": "Afi Mensah", "function": "maire" }],
        "coordinates": { "latitude": 6497, "longitude": 2605 }, "population": 264_320, "themes": ["eau", "culture"],
        "odd": [6, 11, 17], "history": events, "notes": SENTENCE,
    })
}

fn a_contact(holder: Option<Id>, number: usize, ids: &mut Ids) -> Value {
    json!({
        "id": ids.next_id(), "name": format!("Kossi Amégan {number}"), "holder": holder,
        "function": "directeur des services techniques", "email": format!("contact-{number}@exemple.invalid"),
        "phone": "+229 00 00 00 00", "languages": ["fr", "fon"], "verified": "2026-11-23", "keep_until": "2029-11-23",
        "source": SENTENCE.repeat(6),
    })
}

fn a_convention(partner: Option<Id>, number: usize, ids: &mut Ids) -> Value {
    let articles: Vec<Value> = (1..=5)
        .map(|article| {
            json!({
                "id": ids.next_id(), "key": format!("article-{article}"),
                "texts": [{ "lang": "fr", "paragraphs": [SENTENCE] }],
            })
        })
        .collect();
    json!({
        "id": ids.next_id(), "kind": "cooperation", "title": format!("Valmont – Éguéléhoué {number}"),
        "parties": [
            { "id": ids.next_id(), "key": "valmont" },
            { "id": ids.next_id(), "key": "eguelehoue", "partner": partner },
        ],
        "articles": articles, "start": "2027-01-01", "end": "2029-12-31", "themes": ["eau"], "odd": [6],
    })
}

fn a_budget(partner: Option<Id>, number: usize, ids: &mut Ids) -> Value {
    let ours = ids.next_id();
    let lines: Vec<Value> = (1..=3)
        .map(|line| {
            let shares: Vec<Value> = (2027..=2029)
                .map(|year| json!({ "id": ids.next_id(), "year": year, "funder": ours, "amount": 1_250_000 }))
                .collect();
            json!({
                "id": ids.next_id(), "heading": "Travaux", "label": format!("Réseau, tranche {line}"),
                "scheme": "eau", "service_budget": "eau", "beneficiary": partner, "shares": shares,
            })
        })
        .collect();
    json!({
        "id": ids.next_id(), "title": format!("Eau à Éguéléhoué {number}"), "currency": "EUR",
        "years": [2027, 2028, 2029], "funders": [{ "id": ours, "key": "valmont" }], "lines": lines, "notes": SENTENCE,
    })
}

fn a_term(number: usize, ids: &mut Ids) -> Value {
    json!({
        "id": ids.next_id(), "term": format!("Aide publique au développement {number}"), "acronym": "APD",
        "text": SENTENCE.repeat(7),
    })
}
