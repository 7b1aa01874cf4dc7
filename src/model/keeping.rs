//! What is done with versions: one is kept, one is put back, a sealed text is rid of a misprint.
//!
//! Each answers with what changes and changes nothing itself, so that one undo takes it back.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::text::escape;
use super::{
    Change, Convention, Edit, Id, Ids, Kind, Record, RecordId, Records, Snapshot, Text, Version,
    VersionReason,
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
        let reason = VersionReason::Named;
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

/// A misprint in a signed text: words that are to be others, and who says so.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Misprint {
    /// The words, as the text has them.
    pub wrong: String,
    /// The words that should have stood there.
    pub right: String,
    /// Why this is a material error.
    pub reason: String,
    /// Who answers for it, and with which function.
    pub by: String,
}

/// Why a misprint is not corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum WhyNot {
    /// There is no signed text.
    #[error("Ce texte n’est pas scellé\u{a0}: corrigez-le directement.")]
    NotSealed,
    /// Nothing to find.
    #[error("Recopiez les mots erronés, tels que le texte les porte.")]
    NothingWrong,
    /// What is to stand there is what stands there.
    #[error("La correction est identique au texte.")]
    Same,
    /// Nobody says why.
    #[error("Dites en quoi l’erreur est matérielle.")]
    NoReason,
    /// Nobody answers for it.
    #[error("Dites qui en répond, et à quel titre.")]
    Nobody,
    /// The words are nowhere in the text that was written here.
    #[error(
        "Ces mots ne se trouvent dans aucun article, visa, considérant ni annexe du texte signé. Un nom ou un montant \
         repris d’une fiche ne se corrige pas ici."
    )]
    Nowhere,
}

/// Rids a sealed text of a misprint: the corrected text is sealed in its turn, and the record follows. Answers with the
/// change, and in how many places.
///
/// # Errors
/// When there is no sealed text, something is not said, or the words are nowhere in it.
pub fn correct(
    convention: Id,
    misprint: &Misprint,
    records: &Records,
    ids: &mut Ids,
    at: DateTime<Utc>,
) -> Result<(Change, usize), WhyNot> {
    let sealed = records.sealed(convention).ok_or(WhyNot::NotSealed)?;
    let said = |words: &str, otherwise| {
        let is_said = !words.trim().is_empty();
        is_said.then_some(()).ok_or(otherwise)
    };
    said(&misprint.wrong, WhyNot::NothingWrong)?;
    if misprint.wrong == misprint.right {
        return Err(WhyNot::Same);
    }
    said(&misprint.reason, WhyNot::NoReason)?;
    said(&misprint.by, WhyNot::Nobody)?;

    let mut version = sealed.clone();
    let mut places = 0;
    let signed = version.records.conventions.iter_mut();
    for signed in signed.filter(|it| it.id == convention) {
        places += replaced(signed, misprint);
    }
    if places == 0 {
        return Err(WhyNot::Nowhere);
    }
    version.id = ids.next_id();
    version.at = at;
    version.reason = VersionReason::Correction;
    version.name = Some(format!(
        "«\u{a0}{}\u{a0}» devient «\u{a0}{}\u{a0}»\u{a0}: {} ({})",
        misprint.wrong, misprint.right, misprint.reason, misprint.by
    ));
    version.sealed = true;

    let mut edits = vec![Edit::create(Record::Version(version))];
    let name = RecordId {
        kind: Kind::Convention,
        id: convention,
    };
    if let (Some(before), Some(present)) = (records.get(name), records.convention(convention)) {
        let mut after = present.clone();
        if replaced(&mut after, misprint) > 0 {
            edits.push(Edit {
                record: name,
                before: Some(Arc::clone(before)),
                after: Some(Arc::new(Record::Convention(after))),
            });
        }
    }
    let change = Change {
        label: "Corriger une erreur matérielle du texte signé".to_owned(),
        coalescing: None,
        edits,
    };
    Ok((change, places))
}

/// Replaces the words wherever they stand; answers in how many places.
fn replaced(convention: &mut Convention, misprint: &Misprint) -> usize {
    let (wrong, right) = (escape(&misprint.wrong), escape(&misprint.right));
    let mut places = 0;
    let mut mend = |words: &mut String| {
        let found = words.matches(wrong.as_str()).count();
        if found > 0 {
            *words = words.replace(wrong.as_str(), &right);
            places += found;
        }
    };
    let articles = convention.articles.iter_mut().flat_map(|it| &mut it.texts);
    let annexes = convention.annexes.iter_mut().flat_map(|it| &mut it.texts);
    let visas = convention.visas.iter_mut().flat_map(|it| &mut it.texts);
    let recitals = convention.recitals.iter_mut().flat_map(|it| &mut it.texts);
    for Text {
        title, paragraphs, ..
    } in articles.chain(annexes).chain(visas).chain(recitals)
    {
        mend(title);
        paragraphs.iter_mut().for_each(&mut mend);
    }
    mend(&mut convention.title);
    places
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
            let act = super::super::Act::new(id(77), super::super::ActKind::Review);
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
        assert!(last.records.conventions[0].articles.is_empty());

        records.apply(&restored.reversed());
        assert_eq!(records.convention(id(1)), before.convention(id(1)));
        assert_eq!(records.versions_of(id(1)).len(), 1);
    }

    #[test]
    fn a_misprint_of_a_sealed_text_is_corrected_by_a_text_sealed_in_its_turn() {
        let mut records = draft();
        let mut ids = Ids::counted(9);
        let misprint = Misprint {
            wrong: "travaus".to_owned(),
            right: "travaux".to_owned(),
            reason: "faute de frappe".to_owned(),
            by: "Mme Pons, juriste".to_owned(),
        };
        let tried = |records: &Records, misprint: &Misprint| {
            correct(id(1), misprint, records, &mut Ids::counted(50), AT)
        };
        assert_eq!(tried(&records, &misprint), Err(WhyNot::NotSealed));
        let seal = keep(id(1), VersionReason::Seal, None, &records, &mut ids, AT);
        records.apply(&change(seal));
        assert_eq!(
            restore(records.sealed(id(1)).unwrap().id, &records, &mut ids, AT),
            None
        );

        let but = |edit: fn(&mut Misprint)| {
            let mut misprint = misprint.clone();
            edit(&mut misprint);
            misprint
        };
        for (misprint, why) in [
            (but(|it| it.wrong.clear()), WhyNot::NothingWrong),
            (but(|it| it.right.clone_from(&it.wrong)), WhyNot::Same),
            (but(|it| it.reason.clear()), WhyNot::NoReason),
            (but(|it| it.by.clear()), WhyNot::Nobody),
            (but(|it| it.wrong.push('x')), WhyNot::Nowhere),
        ] {
            assert_eq!(tried(&records, &misprint), Err(why));
        }

        let (corrected, places) = tried(&records, &misprint).unwrap();
        assert_eq!(places, 1);
        records.apply(&corrected);
        let sealed = records.sealed(id(1)).unwrap();
        assert_eq!(sealed.reason, VersionReason::Correction);
        assert!(
            sealed
                .name
                .as_deref()
                .unwrap()
                .contains("faute de frappe (Mme Pons, juriste)")
        );
        let text = |convention: &Convention| convention.articles[0].texts[0].paragraphs[0].clone();
        assert_eq!(text(sealed.text().unwrap()), "Les travaux commencent.");
        assert_eq!(
            text(records.convention(id(1)).unwrap()),
            "Les travaux commencent."
        );
    }
}
