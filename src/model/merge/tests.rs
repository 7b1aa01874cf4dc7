//! Two copies of a workspace become one: what both kept, what one changed, what both did.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::samples::{self, Move, moves, sealed_version};
use crate::model::{Amount, Budget, Convention, Gender, Ids, Name, Nature, Partner};

fn merged(base: &Record, ours: &Record, theirs: &Record) -> Record {
    let (merged, conflicts) = merge(base, ours, theirs);
    assert_eq!(conflicts, vec![]);
    merged
}

fn changed(base: &Convention, edit: impl FnOnce(&mut Convention)) -> Record {
    let mut changed = base.clone();
    edit(&mut changed);
    Record::Convention(changed)
}

fn budget(base: &Budget, edit: impl FnOnce(&mut Budget)) -> Record {
    let mut changed = base.clone();
    edit(&mut changed);
    Record::Budget(changed)
}

#[test]
fn edits_of_neighbouring_paragraphs_are_both_kept() {
    let base = samples::convention();
    let ours = changed(&base, |it| {
        it.articles[0].texts[0].paragraphs[0] = "Ours.".into();
    });
    let theirs = changed(&base, |it| {
        it.articles[0].texts[0].paragraphs[1] = "Theirs.".into();
        it.articles[0].texts[0].paragraphs.push("Ajout.".into());
    });
    let both = merged(&Record::Convention(base), &ours, &theirs);

    let Record::Convention(both) = both else {
        unreachable!()
    };
    assert_eq!(
        both.articles[0].texts[0].paragraphs,
        ["Ours.", "Theirs.", "Actions.", "Ajout."]
    );
}

#[test]
fn an_article_moved_here_and_edited_there_is_both() {
    let base = samples::convention();
    let ours = changed(&base, |it| it.articles.reverse());
    let theirs = changed(&base, |it| it.articles[0].texts[0].title = "Buts".into());

    let both = changed(&base, |it| {
        it.articles[0].texts[0].title = "Buts".into();
        it.articles.reverse();
    });
    assert_eq!(merged(&Record::Convention(base), &ours, &theirs), both);
}

#[test]
fn what_one_removed_and_the_other_edited_asks() {
    let base = samples::convention();
    let removed = changed(&base, |it| drop(it.articles.remove(0)));
    let edited = changed(&base, |it| it.articles[0].texts[0].title = "Buts".into());
    let base = Record::Convention(base);

    let (kept, conflicts) = merge(&base, &removed, &edited);
    assert_eq!(kept, removed);
    assert_eq!(conflicts[0].kind, Disagreement::Removal);
    let told = conflicts[0].theirs.as_ref().unwrap().to_string();
    assert!(told.contains("Buts"));

    let (kept, conflicts) = merge(&base, &edited, &removed);
    assert_eq!(kept, edited);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].theirs, None);
}

#[test]
fn a_record_removed_on_one_side() {
    let base = Record::Convention(samples::convention());
    let edited = changed(&samples::convention(), |it| it.title = "Autre".into());
    let name = base.record_id();
    let merge = |ours, theirs| merge_states(name, Some(&base), ours, theirs);

    assert_eq!(merge(None, Some(&base)), (None, vec![]));
    assert_eq!(merge(Some(&base), None), (None, vec![]));
    assert_eq!(merge(None, None), (None, vec![]));

    let (kept, conflicts) = merge(Some(&edited), None);
    assert_eq!(kept.as_ref(), Some(&edited));
    assert_eq!(conflicts[0].kind, Disagreement::Removal);

    let (kept, conflicts) = merge(None, Some(&edited));
    assert_eq!(kept, None);
    assert_eq!(conflicts[0].kind, Disagreement::Removal);
}

#[test]
fn a_name_is_merged_whole() {
    let mut ids = Ids::counted(1);
    let base = Partner::new(ids.next_id(), Nature::ForeignAuthority, Name::new("Aného"));
    let (mut ours, mut theirs) = (base.clone(), base.clone());
    ours.name.text = "Les Abymes".into();
    theirs.name.gender = Some(Gender::Masculine);

    let (kept, conflicts) = merge(
        &Record::Partner(base),
        &Record::Partner(ours.clone()),
        &Record::Partner(theirs),
    );
    assert_eq!(kept, Record::Partner(ours));
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].path.to_string(), "name");
}

#[test]
fn amounts_of_one_line_ask_and_those_of_two_lines_do_not() {
    let base = samples::budget();
    let record = Record::Budget(base.clone());
    let ours = budget(&base, |it| it.lines[0].shares[0].amount = Amount(7));

    let same_line = budget(&base, |it| it.lines[0].shares[1].amount = Amount(9));
    let (both, conflicts) = merge(&record, &ours, &same_line);
    assert_eq!(conflicts.len(), 1);
    assert_eq!(conflicts[0].kind, Disagreement::Amounts);
    assert_eq!(
        both,
        budget(&base, |it| {
            it.lines[0].shares[0].amount = Amount(7);
            it.lines[0].shares[1].amount = Amount(9);
        })
    );

    let other_line = budget(&base, |it| it.lines[1].shares[0].amount = Amount(9));
    assert_eq!(merge(&record, &ours, &other_line).1, vec![]);

    let same_share = budget(&base, |it| it.lines[0].shares[0].amount = Amount(9));
    let (kept, conflicts) = merge(&record, &ours, &same_share);
    assert_eq!(kept, ours);
    assert_eq!(conflicts.len(), 1, "asked once: {conflicts:?}");
    assert_eq!(conflicts[0].theirs, Some(json!(9)));
}

#[test]
fn a_sealed_text_asks_even_when_one_side_alone_changed_it() {
    let base = sealed_version();
    let mut changed = base.clone();
    changed.records.conventions[0].title = "Faux".into();
    let (base, changed) = (Record::Version(base), Record::Version(changed));

    let (kept, conflicts) = merge(&base, &base, &changed);
    assert_eq!(kept, changed);
    assert_eq!(conflicts[0].kind, Disagreement::Sealed);

    let (_, conflicts) = merge_states(base.record_id(), Some(&base), Some(&base), None);
    assert_eq!(conflicts[0].kind, Disagreement::Sealed);
    assert_eq!(merge(&base, &changed, &changed).1, vec![]);
}

#[test]
fn themes_added_on_both_sides_are_both_kept_once() {
    let base = samples::convention();
    let ours = changed(&base, |it| it.themes = vec!["culture".into(), "eau".into()]);
    let theirs = changed(&base, |it| it.themes = vec!["eau".into(), "sante".into()]);
    let base = Record::Convention(base);
    let both = merged(&base, &ours, &theirs);

    assert_eq!(both, merged(&base, &theirs, &ours));
    let Record::Convention(both) = both else {
        unreachable!()
    };
    assert_eq!(both.themes, ["culture", "eau", "sante"]);
}

/// Every string and figure of a value; each that a random edit writes is like no other.
fn written<'a>(values: impl IntoIterator<Item = &'a Value>) -> BTreeSet<String> {
    fn collect(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::String(text) => drop(found.insert(text.clone())),
            Value::Number(number) => drop(found.insert(number.to_string())),
            Value::Array(items) => items.iter().for_each(|item| collect(item, found)),
            Value::Object(members) => members.values().for_each(|value| collect(value, found)),
            Value::Null | Value::Bool(_) => {}
        }
    }
    let mut found = BTreeSet::new();
    for value in values {
        collect(value, &mut found);
    }
    found
}

fn bases() -> [Record; 2] {
    [
        Record::Convention(samples::convention()),
        Record::Budget(samples::budget()),
    ]
}

fn played(base: &Record, side: u32, moves: &[Move]) -> Record {
    let mut fresh = samples::Fresh::new(side);
    moves.iter().fold(base.clone(), |record, one| {
        samples::play(&record, *one, &mut fresh)
    })
}

proptest! {
    #[test]
    fn one_side_alone_and_equal_edits(edits in moves(6)) {
        for base in bases() {
            let edited = played(&base, 1, &edits);

            prop_assert_eq!(merge(&base, &edited, &base), (edited.clone(), vec![]));
            prop_assert_eq!(merge(&base, &base, &edited), (edited.clone(), vec![]));
            prop_assert_eq!(merge(&base, &edited, &edited), (edited.clone(), vec![]));
        }
    }

    #[test]
    fn nothing_vanishes_without_a_conflict(one in moves(6), other in moves(6)) {
        for base in bases() {
            let (ours, theirs) = (played(&base, 1, &one), played(&base, 2, &other));
            let (merged, conflicts) = merge(&base, &ours, &theirs);

            let [merged, base, ours, theirs] = [&merged, &base, &ours, &theirs].map(to_value);
            let told = conflicts
                .iter()
                .flat_map(|conflict| [&conflict.base, &conflict.ours, &conflict.theirs])
                .flatten();
            let present = written(told.chain([&merged]));
            let (was, here, there) = (written([&base]), written([&ours]), written([&theirs]));

            for text in here.union(&there) {
                // What one side took away and the other left as it was is meant to go.
                let removed =
                    was.contains(text) && !(here.contains(text) && there.contains(text));
                prop_assert!(removed || present.contains(text), "{} vanished", text);
            }
        }
    }

    #[test]
    fn edits_that_do_not_clash_commute(one in moves(4), other in moves(4)) {
        for base in bases() {
            let (ours, theirs) = (played(&base, 1, &one), played(&base, 2, &other));
            let (merged, conflicts) = merge(&base, &ours, &theirs);
            let (mirrored, mirrored_conflicts) = merge(&base, &theirs, &ours);

            prop_assert_eq!(conflicts.len(), mirrored_conflicts.len());
            if conflicts.iter().all(|it| it.kind == Disagreement::Amounts) {
                prop_assert_eq!(merged, mirrored);
            }
        }
    }
}
