//! The version that is voted: numbered, named and kept when it leaves for the assembly.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use crate::model::{
    Change, Edit, Id, Ids, Kind, Record, RecordId, Records, Snapshot, Version, VersionReason,
};

/// The change that keeps a convention as it is submitted to the vote, under the next number.
///
/// Nothing when it is not there, is signed or taken over, or when the last version submitted says the same.
#[must_use]
pub fn freeze(
    convention: Id,
    records: &Records,
    at: DateTime<Utc>,
    ids: &mut Ids,
) -> Option<Change> {
    let before = records.get(RecordId {
        kind: Kind::Convention,
        id: convention,
    })?;
    let mut after = records.convention(convention)?.clone();
    if records.sealed(convention).is_some() || after.taken_over.is_some() {
        return None;
    }
    let submitted = records
        .versions_of(convention)
        .into_iter()
        .rfind(|version| version.reason == VersionReason::Export && version.name.is_some());
    if let Some(submitted) = submitted
        && Snapshot::of(convention, records).as_ref() == Some(&submitted.records)
    {
        return None;
    }

    after.version += 1;
    let number = after.version;
    let edit = Edit {
        record: before.record_id(),
        before: Some(Arc::clone(before)),
        after: Some(Arc::new(Record::Convention(after))),
    };
    let label = "Soumettre au vote".to_owned();
    let mut numbered = records.clone();
    numbered.apply(&Change {
        label: label.clone(),
        coalescing: None,
        edits: vec![edit.clone()],
    });
    let version = Version {
        name: Some(format!("Version {number}, soumise au vote")),
        ..Version::of(
            convention,
            VersionReason::Export,
            &numbered,
            ids.next_id(),
            at,
        )?
    };
    let kept = Edit::create(Record::Version(version));
    Some(Change {
        label,
        coalescing: None,
        edits: vec![edit, kept],
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn a_text_submitted_is_numbered_named_and_kept_once() {
        let mut records = demo::records();
        let draft = records
            .conventions_sorted()
            .find(|it| it.taken_over.is_none() && records.sealed(it.id).is_none())
            .map(|it| it.id)
            .unwrap();
        let number = records.convention(draft).unwrap().version;
        let mut ids = Ids::counted(9);
        let at = DateTime::UNIX_EPOCH;

        let change = freeze(draft, &records, at, &mut ids).unwrap();
        records.apply(&change);
        assert_eq!(records.convention(draft).unwrap().version, number + 1);
        let kept = records.versions_of(draft);
        let last = kept.last().unwrap();
        assert_eq!(
            last.name.as_deref(),
            Some(format!("Version {}, soumise au vote", number + 1).as_str())
        );
        assert_eq!(last.records.conventions[0].version, number + 1);

        assert_eq!(freeze(draft, &records, at, &mut ids), None);
        let mut again = records.convention(draft).unwrap().clone();
        again.title.push('…');
        records.apply(&Change::create("", Record::Convention(again)));
        assert!(freeze(draft, &records, at, &mut ids).is_some());
    }

    #[test]
    fn a_signed_text_is_not_submitted_again() {
        let records = demo::records();
        let signed = records
            .conventions_sorted()
            .find(|it| records.sealed(it.id).is_some())
            .map(|it| it.id)
            .unwrap();
        assert_eq!(
            freeze(signed, &records, DateTime::UNIX_EPOCH, &mut Ids::counted(9)),
            None
        );
    }
}
