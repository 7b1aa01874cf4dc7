//! The demonstration: Valmont, a fictitious agglomération, its partners, conventions and budgets.
//!
//! Its records are data (`assets/demo`), in the shape of a workspace's own files; people in it are fictitious. It lives
//! on one day, [`TODAY`], so that what it shows and prints is the same at each run. The command line and the welcome
//! screen make it; nothing else knows of it.

mod files;

use std::path::Path;

use chrono::{DateTime, NaiveDate, TimeZone, Utc};

use crate::model::{ActKind, Change, Edit, Id, Record, Records, Snapshot, Version, VersionReason};
use crate::workspace::{Who, Wish, Workspace, WorkspaceError};

/// The identifier by which the demonstration's workspace is known.
pub const ID: Id = id(0x001);

/// The day of the demonstration.
pub const TODAY: NaiveDate = match NaiveDate::from_ymd_opt(2026, 11, 24) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

/// The convention whose signed text is sealed, and the identifier of that version.
const SEALED: Id = id(0x309);
const SEAL: Id = id(0x409);

/// The draft that was submitted to the jurists, and the identifier of that version.
const SUBMITTED: Id = id(0x301);
const SUBMISSION: Id = id(0x401);

/// The conventions that our assembly has voted and that are not signed yet, and the identifiers of the text voted.
const VOTED: [(Id, Id); 2] = [(id(0x302), id(0x402)), (id(0x306), id(0x406))];

/// `019ab3c0-1000-7000-8000-000000000nnn`.
const fn id(last: u128) -> Id {
    Id::from_uuid(uuid::Uuid::from_u128(
        0x019a_b3c0_1000_7000_8000_0000_0000_0000 | last,
    ))
}

/// What its folder is called among the user's documents.
pub const FOLDER: &str = "Passerelle – démonstration";

/// Finds the demonstration in that folder, or makes it there.
///
/// # Errors
/// When the folder holds another workspace or anything else, or the disk refuses.
pub fn find_or_create(folder: &Path, who: &Who) -> Result<(), WorkspaceError> {
    match Workspace::open(folder, Wish::Read, who) {
        Ok(opened) if opened.workspace.id() == ID => Ok(()),
        Ok(_) => Err(WorkspaceError::NotEmpty {
            folder: folder.to_owned(),
        }),
        Err(WorkspaceError::NotAWorkspace { .. }) => create(folder, who),
        Err(error) => Err(error),
    }
}

/// Makes the demonstration's workspace in a folder that is empty or not there.
///
/// # Errors
/// When the folder holds anything, or the disk refuses.
pub fn create(folder: &Path, who: &Who) -> Result<(), WorkspaceError> {
    let records = records();
    Workspace::create(folder, ID, records.authority(), who)?;

    let workspace = Workspace::open(folder, Wish::Write, who)?.workspace;
    for (_, bytes) in files::ATTACHMENTS {
        workspace.attach(bytes)?;
    }
    let edits = records
        .all()
        .map(|record| Edit {
            record: record.record_id(),
            before: None,
            after: Some(record.clone()),
        })
        .collect();
    workspace.write(&Change {
        label: "Créer l’espace de démonstration".to_owned(),
        coalescing: None,
        edits,
    })
}

/// Every record of the demonstration, its versions included.
#[must_use]
pub fn records() -> Records {
    let read = files::RECORDS.iter().filter_map(|(kind, json)| {
        // What ships is read by a test; a file that did not read would be missing here, and seen there.
        let value = serde_json::from_str(json).ok()?;
        Record::from_value(*kind, value).ok()
    });
    let mut records = Records::from_records(read);
    let voted = VOTED.map(|(convention, version)| voted(convention, version, &records));
    let versions = [sealed(&records), submitted(&records)]
        .into_iter()
        .chain(voted);
    let versions: Vec<Version> = versions.flatten().collect();
    for version in versions {
        records.apply(&Change::create(
            "Garder une version",
            Record::Version(version),
        ));
    }
    records
}

/// The draft with Porto-Novo as it was submitted to the jurists, three weeks before: what they asked for is in the draft.
fn submitted(records: &Records) -> Option<Version> {
    let at = Utc.with_ymd_and_hms(2026, 11, 4, 9, 12, 0).single()?;
    let mut snapshot = Snapshot::of(SUBMITTED, records)?;
    let day = at.date_naive();
    let draft = snapshot.conventions.first_mut()?;
    draft
        .acts
        .retain(|act| act.date.is_some_and(|date| date <= day));
    draft.articles.retain(|it| it.key.as_str() != "securite");
    let said = [
        ("au premier semestre, alternativement", "alternativement"),
        ("du premier semestre 2029", "de l’année 2029"),
        (
            " trois mois après une mise en demeure",
            " un mois après une mise en demeure",
        ),
        ("conservées dix ans", "conservées cinq ans"),
    ];
    let texts = draft.articles.iter_mut().flat_map(|it| &mut it.texts);
    for paragraph in texts.flat_map(|text| &mut text.paragraphs) {
        for (now, then) in said {
            *paragraph = paragraph.replace(now, then);
        }
    }
    let shares = snapshot.budgets.iter_mut().flat_map(|it| &mut it.lines);
    if let Some(share) = shares.flat_map(|line| &mut line.shares).next() {
        share.amount.0 -= share.amount.0 / 4;
    }
    Some(Version {
        id: SUBMISSION,
        convention: SUBMITTED,
        at,
        reason: VersionReason::Named,
        name: Some("Soumise au service juridique".to_owned()),
        application: "passerelle 0.1.0".to_owned(),
        reference: "2026-11-04".to_owned(),
        sealed: false,
        records: snapshot,
    })
}

/// A convention as our assembly voted it, on the evening of that day.
fn voted(convention: Id, version: Id, records: &Records) -> Option<Version> {
    let mut snapshot = Snapshot::of(convention, records)?;
    let kept = snapshot.conventions.first_mut()?;
    let ours = kept
        .parties
        .iter()
        .find(|it| it.partner.is_none())?
        .key
        .clone();
    let (_, day) = kept.done_by(ActKind::Vote, &ours)?;
    kept.acts
        .retain(|act| act.date.is_some_and(|date| date <= day));
    Some(Version {
        id: version,
        convention,
        at: day.and_hms_opt(19, 40, 0)?.and_utc(),
        reason: VersionReason::Act,
        name: Some("la délibération de Valmont".to_owned()),
        application: "passerelle 0.1.0".to_owned(),
        reference: day.to_string(),
        sealed: false,
        records: snapshot,
    })
}

/// The convention with Antsirabe as its four parties signed it: the mayor who did was still in office.
fn sealed(records: &Records) -> Option<Version> {
    let mut snapshot = Snapshot::of(SEALED, records)?;
    let at = sealed_at()?;
    let day = at.date_naive();
    for convention in &mut snapshot.conventions {
        convention
            .acts
            .retain(|act| act.date.is_some_and(|date| date <= day));
    }
    for partner in &mut snapshot.partners {
        partner
            .signatories
            .retain(|signatory| signatory.from.is_none_or(|from| from <= day));
        for signatory in &mut partner.signatories {
            signatory.until = None;
        }
    }
    Some(Version {
        id: SEAL,
        convention: SEALED,
        at,
        reason: VersionReason::Seal,
        name: Some("Texte signé".to_owned()),
        application: "passerelle 0.1.0".to_owned(),
        reference: "2026-11-23".to_owned(),
        sealed: true,
        records: snapshot,
    })
}

fn sealed_at() -> Option<DateTime<Utc>> {
    Utc.with_ymd_and_hms(2025, 3, 18, 16, 30, 0).single()
}

#[cfg(test)]
mod tests;
