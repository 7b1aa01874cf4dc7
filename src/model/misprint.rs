//! A misprint of a sealed text is corrected: an error of the pen, which changes nothing of what was agreed. Whatever
//! else is to change asks for an amendment.
//!
//! The misprint may stand in what was written here (title, visas, recitals, articles, annexes) or in what the text reads
//! of other records: the name of a party, of who signs, the number of a délibération, a line of the budget. The seal
//! holds its own copy of those; a sheet that still has the misprint follows, so that the two go on saying the same.

use std::sync::Arc;

use chrono::{DateTime, Utc};

use super::text::escape;
use super::{
    Change, Convention, Edit, Id, Ids, Line, Name, Record, RecordId, Records, Signatory, Snapshot,
    Text, VersionReason,
};

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
    /// The words are nowhere in what the text was written with.
    #[error(
        "Ces mots ne se trouvent ni dans le texte signé, ni dans les noms, fonctions, numéros et libellés qu’il reprend \
         des fiches. Un montant ou une date calculés ne se corrigent pas ici\u{a0}: il faut un avenant."
    )]
    Nowhere,
}

/// Rids a sealed text of a misprint: the corrected text is sealed in its turn, and the records that still have the
/// misprint follow. Answers with the change, and in how many places of the signed text.
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
    let (places, read) = mend_snapshot(&mut version.records, convention, misprint);
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
    for name in read {
        let Some(before) = records.get(name) else {
            continue;
        };
        let mut after = before.as_ref().clone();
        if mend(&mut after, misprint) > 0 {
            edits.push(Edit {
                record: name,
                before: Some(Arc::clone(before)),
                after: Some(Arc::new(after)),
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

/// Mends what a sealed text was written with; answers in how many places, and of which records. An ancestor has a text
/// of its own: only its title, which this one cites, is mended here, and its record stays.
fn mend_snapshot(
    snapshot: &mut Snapshot,
    convention: Id,
    misprint: &Misprint,
) -> (usize, Vec<RecordId>) {
    let (mut places, mut read) = (0, Vec::new());
    let mut note = |name: RecordId, found: usize| {
        places += found;
        if found > 0 {
            read.push(name);
        }
    };
    macro_rules! mend_each {
        ($($records:expr, $kind:ident);* $(;)?) => {
            $(for kept in $records {
                let mut record = Record::$kind(kept.clone());
                let found = mend(&mut record, misprint);
                let name = record.record_id();
                if let Record::$kind(mended) = record {
                    *kept = mended;
                }
                note(name, found);
            })*
        };
    }
    mend_each! {
        std::iter::once(&mut snapshot.authority), Authority;
        snapshot.partners.iter_mut(), Partner;
        snapshot.contacts.iter_mut(), Contact;
        snapshot.budgets.iter_mut(), Budget;
        snapshot.conventions.iter_mut().filter(|it| it.id == convention), Convention;
    }
    let ancestors = snapshot.conventions.iter_mut();
    for ancestor in ancestors.filter(|it| it.id != convention) {
        places += plain(&mut ancestor.title, misprint);
    }
    (places, read)
}

/// Mends the words of a record that a text may read; answers in how many places.
fn mend(record: &mut Record, misprint: &Misprint) -> usize {
    match record {
        Record::Convention(convention) => written(convention, misprint),
        Record::Authority(ours) => {
            let names = [Some(&mut ours.name)].into_iter().chain([
                ours.short_name.as_mut(),
                ours.assembly.as_mut(),
                ours.prefect.as_mut(),
                ours.accountant.as_mut(),
            ]);
            let words = [ours.seat.as_mut(), ours.town.as_mut()];
            named(names, misprint)
                + all(words.into_iter().flatten(), misprint)
                + signing(&mut ours.signatories, misprint)
        }
        Record::Partner(partner) => {
            let names = [Some(&mut partner.name)]
                .into_iter()
                .chain([partner.short_name.as_mut(), partner.assembly.as_mut()]);
            let words = [
                partner.seat.as_mut(),
                partner.town.as_mut(),
                partner.authorising_officer.as_mut(),
                partner.own_law.as_mut(),
            ];
            let own = partner.names.iter_mut().map(|name| &mut name.text);
            named(names, misprint)
                + all(words.into_iter().flatten().chain(own), misprint)
                + signing(&mut partner.signatories, misprint)
        }
        Record::Contact(contact) => {
            let words = [contact.own_name.as_mut(), contact.function.as_mut()];
            all(
                words.into_iter().flatten().chain([&mut contact.name]),
                misprint,
            )
        }
        Record::Budget(budget) => {
            let lines = budget.lines.iter_mut();
            let lines = lines.flat_map(|line| {
                let line: &mut Line = line;
                [&mut line.heading, &mut line.label]
            });
            let calls = budget.funders.iter_mut().filter_map(|it| it.call.as_mut());
            all(lines.chain(calls).chain([&mut budget.title]), misprint)
        }
        Record::Version(_) | Record::Term(_) | Record::Clause(_) | Record::Posting(_) => 0,
    }
}

fn named<'a>(names: impl Iterator<Item = Option<&'a mut Name>>, misprint: &Misprint) -> usize {
    all(names.flatten().map(|name| &mut name.text), misprint)
}

fn signing(signatories: &mut [Signatory], misprint: &Misprint) -> usize {
    let words = signatories.iter_mut().flat_map(|it| {
        let optional = [it.function_there.as_mut(), it.delegation.as_mut()];
        optional
            .into_iter()
            .flatten()
            .chain([&mut it.name, &mut it.function])
    });
    all(words, misprint)
}

/// The words of a convention itself.
fn written(convention: &mut Convention, misprint: &Misprint) -> usize {
    let parties = convention.parties.iter_mut();
    let parties = parties.flat_map(|it| [it.capacity.as_mut(), it.decided_by.as_mut()]);
    let acts = convention.acts.iter_mut();
    let acts = acts.flat_map(|it| [it.number.as_mut(), it.body.as_mut(), it.place.as_mut()]);
    let mut places = all(parties.chain(acts).flatten(), misprint);
    places += plain(&mut convention.title, misprint);

    let marked = Misprint {
        wrong: escape(&misprint.wrong),
        right: escape(&misprint.right),
        ..misprint.clone()
    };
    let articles = convention.articles.iter_mut().flat_map(|it| &mut it.texts);
    let annexes = convention.annexes.iter_mut().flat_map(|it| &mut it.texts);
    let visas = convention.visas.iter_mut().flat_map(|it| &mut it.texts);
    let recitals = convention.recitals.iter_mut().flat_map(|it| &mut it.texts);
    for Text {
        title, paragraphs, ..
    } in articles.chain(annexes).chain(visas).chain(recitals)
    {
        places += all(paragraphs.iter_mut().chain([title]), &marked);
    }
    places
}

fn all<'a>(words: impl Iterator<Item = &'a mut String>, misprint: &Misprint) -> usize {
    words.map(|words| plain(words, misprint)).sum()
}

fn plain(words: &mut String, misprint: &Misprint) -> usize {
    let found = words.matches(misprint.wrong.as_str()).count();
    if found > 0 {
        *words = words.replace(misprint.wrong.as_str(), &misprint.right);
    }
    found
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{Kind, keep, restore};
    use super::*;

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    /// Signed, with « travaus » in its words, « Vlamont » in the sheet of a party, « 2026-7I » in a vote.
    fn signed() -> Records {
        let convention = json!({
            "id": id(1), "kind": "cooperation", "title": "Les travaus de l’eau", "budget": id(3),
            "parties": [
                { "id": id(21), "key": "valmont" },
                { "id": id(22), "key": "vlamont", "partner": id(2), "capacity": "maire de Vlamont" },
            ],
            "visas": [{ "id": id(41), "texts": [{ "lang": "fr", "paragraphs": ["les travaus"] }] }],
            "recitals": [{ "id": id(42), "texts": [{ "lang": "fr", "paragraphs": ["que les travaus"] }] }],
            "articles": [{ "id": id(31), "key": "objet", "texts": [
                { "lang": "fr", "title": "Les travaus", "paragraphs": ["Les travaus commencent \\*."] },
            ] }],
            "annexes": [{ "id": id(43), "key": "programme", "kind": "text", "texts": [
                { "lang": "fr", "title": "Programme", "paragraphs": ["Les travaus"] },
            ] }],
            "acts": [{ "id": id(51), "kind": "vote", "party": "valmont", "number": "2026-7I" }],
        });
        let partner = json!({
            "id": id(2), "nature": "foreign-authority", "name": { "text": "Ville de Vlamont" },
            "signatories": [{ "id": id(61), "name": "Mme A", "function": "maire de Vlamont" }],
            "notes": "Dit aussi Vlamont.",
        });
        let budget = json!({
            "id": id(3), "title": "Budget", "currency": "EUR",
            "lines": [{ "id": id(71), "heading": "Les travaus", "label": "Puits" }],
        });
        let mut records = Records::from_records([
            Record::from_value(Kind::Convention, convention).unwrap(),
            Record::from_value(Kind::Partner, partner).unwrap(),
            Record::from_value(Kind::Budget, budget).unwrap(),
        ]);
        let seal = keep(
            id(1),
            VersionReason::Seal,
            None,
            &records,
            &mut Ids::counted(9),
            AT,
        );
        records.apply(&Change {
            label: String::new(),
            coalescing: None,
            edits: seal.into_iter().collect(),
        });
        records
    }

    const AT: DateTime<Utc> = DateTime::UNIX_EPOCH;

    fn misprint(wrong: &str, right: &str) -> Misprint {
        Misprint {
            wrong: wrong.to_owned(),
            right: right.to_owned(),
            reason: "faute de frappe".to_owned(),
            by: "Mme Pons, juriste".to_owned(),
        }
    }

    fn corrected(records: &mut Records, misprint: &Misprint) -> Result<usize, WhyNot> {
        let (change, places) = correct(id(1), misprint, records, &mut Ids::counted(50), AT)?;
        records.apply(&change);
        Ok(places)
    }

    #[test]
    fn what_is_not_said_or_is_nowhere_is_told() {
        let records = signed();
        assert_eq!(
            restore(
                records.sealed(id(1)).unwrap().id,
                &records,
                &mut Ids::counted(9),
                AT
            ),
            None
        );
        let but = |edit: fn(&mut Misprint)| {
            let mut misprint = misprint("travaus", "travaux");
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
            assert_eq!(corrected(&mut records.clone(), &misprint), Err(why));
        }
        let mut unsigned = Records::default();
        let tried = corrected(&mut unsigned, &misprint("travaus", "travaux"));
        assert_eq!(tried, Err(WhyNot::NotSealed));
    }

    #[test]
    fn a_misprint_of_what_was_written_goes_from_every_part_of_the_text() {
        let mut records = signed();
        let places = corrected(&mut records, &misprint("travaus", "travaux"));
        assert_eq!(
            places,
            Ok(7),
            "title, visa, recital, article twice, annex, budget"
        );

        let sealed = records.sealed(id(1)).unwrap();
        assert_eq!(sealed.reason, VersionReason::Correction);
        let name = sealed.name.as_deref().unwrap();
        assert!(name.contains("faute de frappe (Mme Pons, juriste)"));
        // The record follows, so that it says what was signed.
        let now = records.convention(id(1)).unwrap();
        assert_eq!(sealed.text().unwrap(), now);
        assert_eq!(now.title, "Les travaux de l’eau");
        let article = &now.articles[0].texts[0];
        assert_eq!(article.paragraphs, ["Les travaux commencent \\*."]);
        assert_eq!(
            records.budget(id(3)).unwrap().lines[0].heading,
            "Les travaux"
        );
    }

    #[test]
    fn what_looks_like_a_mark_is_corrected_as_it_is_read() {
        let mut records = signed();
        assert_eq!(
            corrected(&mut records, &misprint("commencent *", "commencent")),
            Ok(1)
        );
        let now = records.convention(id(1)).unwrap();
        assert_eq!(
            now.articles[0].texts[0].paragraphs,
            ["Les travaus commencent."]
        );
    }

    #[test]
    fn the_name_of_a_party_and_the_number_of_a_vote_are_corrected_with_the_sheet_that_has_them() {
        let mut records = signed();
        assert_eq!(
            corrected(&mut records, &misprint("Vlamont", "Valmont")),
            Ok(3)
        );
        let partner = records.partner(id(2)).unwrap();
        assert_eq!(partner.name.text, "Ville de Valmont");
        assert_eq!(partner.signatories[0].function, "maire de Valmont");
        assert_eq!(partner.notes.as_deref(), Some("Dit aussi Vlamont."));
        let sealed = &records.sealed(id(1)).unwrap().records;
        assert_eq!(sealed.partners[0].name, partner.name);
        assert_eq!(sealed.conventions[0].parties[1].key.as_str(), "vlamont");

        assert_eq!(
            corrected(&mut records, &misprint("2026-7I", "2026-71")),
            Ok(1)
        );
        let vote = &records.convention(id(1)).unwrap().acts[0];
        assert_eq!(vote.number.as_deref(), Some("2026-71"));
    }

    #[test]
    fn a_sheet_that_was_mended_since_stays_and_one_undo_takes_all_back() {
        let mut records = signed();
        let mut partner = records.partner(id(2)).unwrap().clone();
        partner.name.text = "Ville de Valmont-le-Neuf".to_owned();
        partner.signatories.clear();
        records.apply(&Change::create("", Record::Partner(partner.clone())));

        let before = records.clone();
        let wanted = misprint("Vlamont", "Valmont");
        let (change, places) =
            correct(id(1), &wanted, &records, &mut Ids::counted(50), AT).unwrap();
        records.apply(&change);
        assert_eq!((places, records.partner(id(2))), (3, Some(&partner)));
        records.apply(&change.reversed());
        assert_eq!(records, before);
    }
}
