//! Edits without end, for the proofs of `.ci/proofs` that stop this program or fail its calls to the system.
//!
//! Twenty partners each keep a number. Edit n writes n in partner n modulo 20; one edit in ten, in several partners
//! at once, which are one change. So the state after any edit is known, and what a hard stop leaves can be compared
//! with the state after the last edit that was acknowledged, or the one after it. `.ci/proofs/edits.py` computes it.
//!
//! It is no part of the product and knows nothing that the window does not: a workspace, opened, and its saver.

use std::io::{self, BufRead, Write};
use std::path::{Path, PathBuf};
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use clap::Parser;

use passerelle::model::{
    Authority, Change, Edit, Id, Ids, Kind, Name, Nature, Partner, Record, RecordId, Records,
};
use passerelle::workspace::{Event, Opened, Saver, Who, Wish, Workspace};

/// How many partners there are.
const PARTNERS: u64 = 20;

/// One edit in that many touches several.
const GROUP_EVERY: u64 = 10;

/// Makes edits in a workspace, or says what it holds.
#[derive(Parser)]
struct Arguments {
    /// The workspace; made when absent.
    folder: PathBuf,

    /// How many edits to make after those that are there.
    #[arg(default_value_t = 0)]
    edits: u64,

    /// How many partners one edit in ten touches.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u64).range(2..=PARTNERS))]
    group: u64,

    /// Bytes that each partner carries beside its number.
    #[arg(long, default_value_t = 0)]
    bytes: usize,

    /// Waits for a line of the standard input before opening, and before the first edit.
    #[arg(long)]
    steps: bool,

    /// Only reads, and says what there is.
    #[arg(long)]
    check: bool,
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    let done = if arguments.check {
        check(&arguments.folder)
    } else {
        edit(&arguments)
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            say(&format!("échec\u{a0}: {message}"));
            ExitCode::FAILURE
        }
    }
}

/// Says the number of each partner, and what was noticed.
fn check(folder: &Path) -> Result<(), String> {
    let opened = open(folder, Wish::Read)?;

    for place in 0..PARTNERS {
        match number(&opened.records, place) {
            Some(number) => say(&format!("partenaire {place} {number}")),
            None => say(&format!("partenaire {place} absent")),
        }
    }
    for file in &opened.report.damaged {
        say(&format!("abîmé {}\u{a0}: {}", file.file, file.reason));
    }
    for file in &opened.report.strangers {
        say(&format!("étranger {}", file.file));
    }
    Ok(())
}

/// Makes the edits, each acknowledged before the next: its number is said once it is on the disk.
fn edit(arguments: &Arguments) -> Result<(), String> {
    step(arguments, "avant l’ouverture");
    if !arguments.folder.exists() {
        create(&arguments.folder, arguments.bytes)?;
    }
    let opened = open(&arguments.folder, Wish::Write)?;
    if let Some(damaged) = opened.report.damaged.first() {
        return Err(format!(
            "«\u{a0}{}\u{a0}»\u{a0}: {}",
            damaged.file, damaged.reason
        ));
    }
    let mut records = opened.records;
    let workspace = Arc::new(opened.workspace);
    step(arguments, "ouvert");

    let saver = Saver::start(workspace, |event| match event {
        Event::Failed { message, .. } => say(&format!("refus\u{a0}: {message}")),
        Event::BackupFailed { message } => say(&format!("sauvegarde\u{a0}: {message}")),
        Event::Beside { copy } => say(&format!("à côté\u{a0}: {}", copy.file)),
        Event::Saved { .. } | Event::Asked { .. } => {}
    });
    let last = (0..PARTNERS)
        .filter_map(|place| number(&records, place))
        .max()
        .unwrap_or_default();
    for number in last + 1..=last + arguments.edits {
        let change = change(&records, number, arguments)?;
        records.apply(&change);
        let ticket = saver.save(change);
        while saver.wait(ticket).is_err() {
            std::thread::sleep(Duration::from_millis(20));
        }
        say(&number.to_string());
    }
    saver.stop()
}

fn open(folder: &Path, wish: Wish) -> Result<Opened, String> {
    Workspace::open(folder, wish, &Who::of_this_process()).map_err(|error| error.to_string())
}

fn create(folder: &Path, bytes: usize) -> Result<(), String> {
    let authority = Authority {
        name: Name::new("Communauté d’agglomération de Valmont"),
        ..Authority::default()
    };
    let who = Who::of_this_process();
    Workspace::create(folder, Ids::system().next_id(), &authority, &who)
        .map_err(|error| error.to_string())?;

    let edits = (0..PARTNERS)
        .map(|place| {
            let name = Name::new(format!("Partenaire {place}"));
            let mut partner = Partner::new(name_of(place).id, Nature::ForeignAuthority, name);
            partner.notes = Some(notes(0, bytes));
            Edit {
                record: name_of(place),
                before: None,
                after: Some(Arc::new(Record::Partner(partner))),
            }
        })
        .collect();
    let opened = open(folder, Wish::Write)?;
    opened
        .workspace
        .write(&labelled("Ajouter vingt partenaires", edits))
        .map_err(|error| error.to_string())
}

/// The change that edit of that number is.
fn change(records: &Records, number: u64, arguments: &Arguments) -> Result<Change, String> {
    let places: Vec<u64> = if number.is_multiple_of(GROUP_EVERY) {
        let first = number / GROUP_EVERY * 3;
        (first..first + arguments.group)
            .map(|place| place % PARTNERS)
            .collect()
    } else {
        vec![number % PARTNERS]
    };

    let edits = places
        .into_iter()
        .map(|place| {
            let before = records
                .get(name_of(place))
                .ok_or_else(|| format!("le partenaire {place} manque"))?;
            let mut after = before.as_ref().clone();
            if let Record::Partner(partner) = &mut after {
                partner.notes = Some(notes(number, arguments.bytes));
            }
            Ok(Edit {
                record: name_of(place),
                before: Some(before.clone()),
                after: Some(Arc::new(after)),
            })
        })
        .collect::<Result<_, String>>()?;
    Ok(labelled("Compter", edits))
}

fn labelled(label: &str, edits: Vec<Edit>) -> Change {
    Change {
        label: label.to_owned(),
        coalescing: None,
        edits,
    }
}

fn name_of(place: u64) -> RecordId {
    RecordId {
        kind: Kind::Partner,
        id: Id::from_uuid(uuid::Uuid::from_u128(
            0x019a_b3c0_1000_7000_8000_0000_0000_0100 + u128::from(place),
        )),
    }
}

/// The number stands at both ends, so that no part of it can be taken for the whole.
fn notes(number: u64, bytes: usize) -> String {
    format!("{number} {} {number}", "x".repeat(bytes))
}

fn number(records: &Records, place: u64) -> Option<u64> {
    let notes = records.partner(name_of(place).id)?.notes.as_deref()?;
    let (first, rest) = notes.split_once(' ')?;
    let (_, last) = rest.rsplit_once(' ')?;
    (first == last).then(|| first.parse().ok())?
}

/// Says where we are and waits to be told to go on: a tracer attaches meanwhile.
fn step(arguments: &Arguments, place: &str) {
    if arguments.steps {
        allow_tracer();
        say(place);
        let _ = io::stdin().lock().read_line(&mut String::new());
    }
}

/// Where the system lets a process be traced by its parents only, allows any tracer.
fn allow_tracer() {
    #[cfg(target_os = "linux")]
    let _ = rustix::process::set_ptracer(rustix::process::PTracer::Any);
}

/// A line on the standard output, at once. A proof may fail this write too: it is tried again.
fn say(line: &str) {
    const TRIES: usize = 20;

    let line = format!("{line}\n");
    let mut output = io::stdout().lock();
    for _ in 0..TRIES {
        if output.write_all(line.as_bytes()).is_ok() && output.flush().is_ok() {
            return;
        }
    }
}
