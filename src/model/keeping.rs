//! What is done with versions: one is kept, one is put back, an act that is recorded keeps one or seals it. A sealed text is rid of a misprint in `misprint`.
//!
//! Each answers with what changes and changes nothing itself, so that one undo takes it back.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::{
    Act, ActKind, Change, Convention, Edit, Id, Ids, Kind, Record, RecordId, Records, Snapshot,
    Version, VersionReason,
};

/// Keeps a convention as it is in those records.
///
/// Nothing when it is not there, was taken over (its text is a piece), is sealed (its text does not change any more), or
/// when an export says what was last kept.
#[must_use]
pub fn keep(
    convention: Id,
    reason: VersionReason,
    name: Option<String>,
    records: &Records,
    ids: &mut Ids,
    at: DateTime<Utc>,
) -> Option<Edit> {
    let present = records.convention(convention)?;
    if present.taken_over.is_some() || records.sealed(convention).is_some() {
        return None;
    }
    if reason == VersionReason::Export && is_kept(convention, records) {
        return None;
    }
    let version = Version {
        name,
        ..Version::of(convention, reason, records, ids.next_id(), at)?
    };
    Some(Edit::create(Record::Version(version)))
}

/// An act recorded.
#[derive(Debug, Clone, PartialEq)]
pub struct Recorded {
    /// What it changes, the version that it keeps included: one undo takes back both.
    pub change: Change,
    /// Whether it is the last signature, which seals the text.
    pub seals: bool,
}

/// Records an act of a convention: a new one, or one that was there, corrected.
///
/// An act that happens keeps the text as it was then, under that name; the last signature seals it; a correction keeps
/// nothing. Nothing when the convention is not there or the act is as it was.
#[must_use]
pub fn record_act(
    convention: Id,
    act: Act,
    (label, name): (String, String),
    records: &Records,
    ids: &mut Ids,
    at: DateTime<Utc>,
) -> Option<Recorded> {
    let before = records.get(RecordId {
        kind: Kind::Convention,
        id: convention,
    })?;
    let present = records.convention(convention)?;
    let seals = records.is_sealed_by(convention, &act);
    let known = present.acts.iter().find(|it| it.id == act.id);
    let happens = act.date.is_some() && known.is_none_or(|known| known.date.is_none());
    let after = with_act(present, act);
    if after == *present {
        return None;
    }

    let mut change = Change::replace(label, Arc::clone(before), Record::Convention(after));
    let mut then = records.clone();
    then.apply(&change);
    let (reason, name) = if seals {
        (VersionReason::Seal, None)
    } else {
        (VersionReason::Act, Some(name))
    };
    if seals || happens {
        change
            .edits
            .extend(keep(convention, reason, name, &then, ids, at));
    }
    Some(Recorded { change, seals })
}

fn with_act(convention: &Convention, act: Act) -> Convention {
    let mut after = convention.clone();
    match after.acts.iter_mut().find(|it| it.id == act.id) {
        Some(kept) => *kept = act,
        None => after.acts.push(act),
    }
    after
}

impl Records {
    /// Whether that act, recorded or corrected, is the last signature of a text that is ours and not sealed yet.
    #[must_use]
    pub fn is_sealed_by(&self, convention: Id, act: &Act) -> bool {
        let Some(present) = self.convention(convention) else {
            return false;
        };
        act.kind == ActKind::Signature
            && present.taken_over.is_none()
            && self.sealed(convention).is_none()
            && !present.is_signed_by_all()
            && with_act(present, act.clone()).is_signed_by_all()
    }
}

/// Whether the last version kept says what the records say.
fn is_kept(convention: Id, records: &Records) -> bool {
    let last = records.versions_of(convention).into_iter().next_back();
    last.is_some_and(|last| Snapshot::of(convention, records).as_ref() == Some(&last.records))
}

/// Puts the text of a version back in the place of the present one, which is kept first.
///
/// Its articles, parties, dates come back; what happened since, pieces and remarks stay, and so do the sheets of partners
/// and the budget, which other conventions read. Nothing when that version is not one of a draft that is there, or says
/// what the draft says.
#[must_use]
pub fn restore(version: Id, records: &Records, ids: &mut Ids, at: DateTime<Utc>) -> Option<Change> {
    let version = records.version(version)?;
    let name = RecordId {
        kind: Kind::Convention,
        id: version.convention,
    };
    let before = records.get(name)?;
    let present = records.convention(version.convention)?;
    if present.taken_over.is_some() || records.sealed(present.id).is_some() {
        return None;
    }
    let kept = version.text()?;
    let after = with_text_of(kept, present);
    if after == *present {
        return None;
    }

    let mut edits = vec![Edit {
        record: name,
        before: Some(Arc::clone(before)),
        after: Some(Arc::new(Record::Convention(after))),
    }];
    if !is_kept(present.id, records) {
        let reason = VersionReason::Replaced;
        let name = Some("Avant la restauration".to_owned());
        edits.extend(keep(present.id, reason, name, records, ids, at));
    }
    Some(Change {
        label: "Restaurer une version".to_owned(),
        coalescing: None,
        edits,
    })
}

/// The present record with the text of an earlier one.
fn with_text_of(kept: &Convention, present: &Convention) -> Convention {
    let kept = kept.clone();
    Convention {
        kind: kept.kind,
        title: kept.title,
        parties: kept.parties,
        languages: kept.languages,
        visas: kept.visas,
        recitals: kept.recitals,
        articles: kept.articles,
        annexes: kept.annexes,
        budget: kept.budget,
        budget_years: kept.budget_years,
        start: kept.start,
        end: kept.end,
        effect: kept.effect,
        ..present.clone()
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    fn draft() -> Records {
        let value = json!({
            "id": id(1), "kind": "cooperation", "title": "Eau", "notes": "À suivre.",
            "parties": [{ "id": id(21), "key": "valmont" }],
            "articles": [{ "id": id(31), "key": "objet", "texts": [
                { "lang": "fr", "title": "Objet", "paragraphs": ["Les travaus commencent."] },
            ] }],
        });
        Records::from_records([Record::from_value(Kind::Convention, value).unwrap()])
    }

    fn edited(records: &mut Records, edit: impl FnOnce(&mut Convention)) {
        let mut after = records.convention(id(1)).unwrap().clone();
        edit(&mut after);
        records.apply(&Change::create("", Record::Convention(after)));
    }

    fn change(edits: impl IntoIterator<Item = Edit>) -> Change {
        Change {
            label: String::new(),
            coalescing: None,
            edits: edits.into_iter().collect(),
        }
    }

    const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    #[test]
    fn an_export_is_kept_when_it_says_something_new() {
        let mut records = draft();
        let mut ids = Ids::counted(9);
        let mut kept = |records: &mut Records, reason| {
            let edit = keep(id(1), reason, None, records, &mut ids, AT);
            let is_kept = edit.is_some();
            records.apply(&change(edit));
            is_kept
        };
        assert!(kept(&mut records, VersionReason::Export));
        assert!(!kept(&mut records, VersionReason::Export));
        assert!(kept(&mut records, VersionReason::Named));
        edited(&mut records, |it| it.title.push('…'));
        assert!(kept(&mut records, VersionReason::Export));
        assert!(kept(&mut records, VersionReason::Seal));
        assert!(!kept(&mut records, VersionReason::Act));
    }

    #[test]
    fn an_act_that_happens_keeps_the_text_and_the_last_signature_seals_it() {
        let mut records = draft();
        let mut ids = Ids::counted(9);
        let mut record = |records: &mut Records, number, kind, day| {
            let mut act = Act::new(id(number), kind);
            act.date = day;
            act.party = Some(super::super::Key::new("valmont"));
            let said = (String::new(), "la délibération".to_owned());
            let recorded = record_act(id(1), act, said, records, &mut ids, AT)?;
            records.apply(&recorded.change);
            Some((recorded.seals, recorded.change.edits.len()))
        };
        let day = chrono::NaiveDate::from_ymd_opt(2027, 1, 11);
        // To be done, then done, then done again; corrected.
        assert_eq!(
            record(&mut records, 71, ActKind::Vote, None),
            Some((false, 1))
        );
        assert_eq!(
            record(&mut records, 71, ActKind::Vote, day),
            Some((false, 2))
        );
        assert_eq!(record(&mut records, 71, ActKind::Vote, day), None);
        let later = day.and_then(|day| day.succ_opt());
        assert_eq!(
            record(&mut records, 71, ActKind::Vote, later),
            Some((false, 1))
        );

        assert_eq!(
            record(&mut records, 72, ActKind::Signature, day),
            Some((true, 2))
        );
        assert!(records.sealed(id(1)).is_some());
        assert_eq!(
            record(&mut records, 73, ActKind::Committee, day),
            Some((false, 1))
        );
    }

    #[test]
    fn a_text_comes_back_and_what_happened_since_stays() {
        let mut records = draft();
        let mut ids = Ids::counted(9);
        let kept = keep(id(1), VersionReason::Named, None, &records, &mut ids, AT).unwrap();
        let version = kept.record.id;
        records.apply(&change([kept]));
        assert_eq!(restore(version, &records, &mut ids, AT), None);

        edited(&mut records, |it| {
            it.articles.clear();
            it.notes = Some("Relancer.".to_owned());
            let act = Act::new(id(77), ActKind::Review);
            it.acts.push(act);
        });
        let before = records.clone();
        let restored = restore(version, &records, &mut ids, AT).unwrap();
        records.apply(&restored);
        let now = records.convention(id(1)).unwrap();
        assert_eq!(now.articles.len(), 1);
        assert_eq!(now.notes.as_deref(), Some("Relancer."));
        assert_eq!(now.acts.len(), 1);
        // What was there is kept too.
        let last = records.versions_of(id(1)).pop().unwrap();
        assert_eq!(last.name.as_deref(), Some("Avant la restauration"));
        assert_eq!(last.reason, VersionReason::Replaced);
        assert!(last.records.conventions[0].articles.is_empty());

        records.apply(&restored.reversed());
        assert_eq!(records.convention(id(1)), before.convention(id(1)));
        assert_eq!(records.versions_of(id(1)).len(), 1);
    }
}
