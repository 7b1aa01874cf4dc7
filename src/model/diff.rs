//! What a change changes, field by field: what the journal and « ce qui a changé » show.
//!
//! One mechanism for every kind of record: their JSON is compared. Items of lists are matched by `id`, else
//! by `lang` or `key`; prose is compared by paragraph, so that one inserted is one difference.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde_json::Value;

use super::align::{Aligned, ItemName, Naming, align};
use super::{Change, Edit, Record, RecordId};

/// One field that is not what it was.
#[derive(Debug, Clone, PartialEq)]
pub struct Difference {
    /// Of which record.
    pub record: RecordId,
    /// Where in it; empty for the record as a whole, created or deleted.
    pub path: Path,
    /// What it was; absent when it was not there. A rank, from 0, when the path ends with [`Step::Rank`].
    pub before: Option<Value>,
    /// What it is; absent when it no longer is.
    pub after: Option<Value>,
}

/// The way to a field in the JSON of a record.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Default)]
pub struct Path(pub Vec<Step>);

/// A step of the way.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Step {
    /// A field, by its name in the file.
    Field(String),
    /// An item of a list, by what names it there: its `id`, `lang` or `key`, or itself when it is a slug.
    Item(String),
    /// An item that nothing names, by its rank from 0 (where it is, or where it was when it is gone): a paragraph.
    Index(usize),
    /// Not the item but its rank among the others.
    Rank,
}

impl Path {
    /// This path, one step further.
    #[must_use]
    pub fn then(&self, step: Step) -> Self {
        let mut steps = Vec::with_capacity(self.0.len() + 1);
        steps.extend_from_slice(&self.0);
        steps.push(step);
        Self(steps)
    }

    pub(super) fn field(&self, name: &str) -> Self {
        self.then(Step::Field(name.to_owned()))
    }

    pub(super) fn item(&self, name: ItemName) -> Self {
        self.then(Step::Item(name.into_text()))
    }

    /// The name of the field that it leads to or into.
    #[must_use]
    pub fn last_field(&self) -> Option<&str> {
        self.0.iter().rev().find_map(|step| match step {
            Step::Field(name) => Some(name.as_str()),
            Step::Item(_) | Step::Index(_) | Step::Rank => None,
        })
    }

    /// Whether it leads to that place or to something inside it.
    #[must_use]
    pub fn is_within(&self, outer: &Self) -> bool {
        self.0.starts_with(&outer.0)
    }
}

/// As the journal writes it: `articles/0192…/texts/fr/paragraphs/2`.
impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (rank, step) in self.0.iter().enumerate() {
            if rank > 0 {
                f.write_str("/")?;
            }
            match step {
                Step::Field(name) | Step::Item(name) => f.write_str(name)?,
                Step::Index(index) => write!(f, "{index}")?,
                Step::Rank => f.write_str("#")?,
            }
        }
        Ok(())
    }
}

impl Change {
    /// What it changes, record by record and field by field.
    #[must_use]
    pub fn diff(&self) -> Vec<Difference> {
        self.edits.iter().flat_map(Edit::diff).collect()
    }
}

impl Edit {
    /// What it changes, field by field.
    #[must_use]
    pub fn diff(&self) -> Vec<Difference> {
        diff(self.record, self.before.as_deref(), self.after.as_deref())
    }
}

/// What tells two states of a record apart, in the order of its fields.
#[must_use]
pub fn diff(record: RecordId, before: Option<&Record>, after: Option<&Record>) -> Vec<Difference> {
    if before == after {
        return Vec::new();
    }
    let (before, after) = (before.map(to_value), after.map(to_value));

    let mut differences = Differences {
        record,
        found: Vec::new(),
    };
    differences.compare(&Path::default(), before.as_ref(), after.as_ref());
    differences.found
}

/// The JSON of a record. Serialising plain values into a `Value` cannot fail.
pub(super) fn to_value(record: &Record) -> Value {
    record.to_value().unwrap_or_default()
}

struct Differences {
    record: RecordId,
    found: Vec<Difference>,
}

impl Differences {
    fn compare(&mut self, path: &Path, before: Option<&Value>, after: Option<&Value>) {
        match (before, after) {
            (before, after) if before == after => {}
            (Some(Value::Object(before)), Some(Value::Object(after))) => {
                for (name, value) in before {
                    self.compare(&path.field(name), Some(value), after.get(name));
                }
                for (name, value) in after {
                    if !before.contains_key(name) {
                        self.compare(&path.field(name), None, Some(value));
                    }
                }
            }
            // An empty list is not written: its items came, or went, one by one.
            (Some(Value::Array(before)), Some(Value::Array(after))) => {
                self.compare_lists(path, before, after);
            }
            (Some(Value::Array(before)), None) => self.compare_lists(path, before, &[]),
            (None, Some(Value::Array(after))) => self.compare_lists(path, &[], after),
            (before, after) => self.tell(path.clone(), before.cloned(), after.cloned()),
        }
    }

    fn tell(&mut self, path: Path, before: Option<Value>, after: Option<Value>) {
        self.found.push(Difference {
            record: self.record,
            path,
            before,
            after,
        });
    }

    fn compare_lists(&mut self, path: &Path, before: &[Value], after: &[Value]) {
        let field = path.last_field().unwrap_or("");

        match Naming::of(field, &[before, after]) {
            Some(naming) => self.compare_named(path, naming, before, after),
            None => self.compare_prose(path, before, after),
        }
    }

    fn compare_named(&mut self, path: &Path, naming: Naming, before: &[Value], after: &[Value]) {
        let names = |list: &[Value]| -> Vec<ItemName> {
            list.iter().filter_map(|item| naming.name(item)).collect()
        };
        let (names_before, names_after) = (names(before), names(after));
        let ranks_after: BTreeMap<_, _> = names_after.iter().zip(0..).collect();
        let known: BTreeSet<_> = names_before.iter().collect();

        let stayed: Vec<(usize, usize)> = names_before
            .iter()
            .enumerate()
            .filter_map(|(rank, name)| Some((rank, *ranks_after.get(name)?)))
            .collect();
        let in_order = longest_growing(&stayed);

        for (rank, (name, value)) in names_before.iter().zip(before).enumerate() {
            let path = path.item(name.clone());
            let rank_after = ranks_after.get(name).copied();

            self.compare(
                &path,
                Some(value),
                rank_after.and_then(|rank| after.get(rank)),
            );

            if let Some(rank_after) = rank_after
                && !in_order.contains(&rank)
            {
                self.tell(
                    path.then(Step::Rank),
                    Some(rank.into()),
                    Some(rank_after.into()),
                );
            }
        }
        for (name, value) in names_after.iter().zip(after) {
            if !known.contains(name) {
                self.tell(path.item(name.clone()), None, Some(value.clone()));
            }
        }
    }

    fn compare_prose(&mut self, path: &Path, before: &[Value], after: &[Value]) {
        for aligned in align(before, after) {
            let at = |rank| path.then(Step::Index(rank));
            match aligned {
                Aligned::Same(..) => {}
                Aligned::Edited(b, a) => {
                    self.tell(at(a), before.get(b).cloned(), after.get(a).cloned());
                }
                Aligned::Removed(b) => self.tell(at(b), before.get(b).cloned(), None),
                Aligned::Added(a) => self.tell(at(a), None, after.get(a).cloned()),
            }
        }
    }
}

/// Among ranks before and after, the ranks before of the longest run that kept its order: the rest moved.
fn longest_growing(ranks: &[(usize, usize)]) -> BTreeSet<usize> {
    // For each length, the index of the pair that ends a run of that length the lowest.
    let mut ends: Vec<usize> = Vec::new();
    let mut previous: Vec<Option<usize>> = Vec::with_capacity(ranks.len());
    let after = |index: usize| ranks.get(index).map_or(0, |(_, after)| *after);

    for (index, (_, rank_after)) in ranks.iter().enumerate() {
        let length = ends.partition_point(|end| after(*end) < *rank_after);
        previous.push(length.checked_sub(1).and_then(|l| ends.get(l).copied()));
        match ends.get_mut(length) {
            Some(end) => *end = index,
            None => ends.push(index),
        }
    }

    let mut run = BTreeSet::new();
    let mut next = ends.last().copied();
    while let Some(index) = next {
        if let Some((before, _)) = ranks.get(index) {
            run.insert(*before);
        }
        next = previous.get(index).copied().flatten();
    }
    run
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;
    use crate::model::{
        Amount, Article, Budget, Convention, ConventionKind, Ids, Key, Lang, Text, roles,
    };

    fn article(ids: &mut Ids, key: &str, paragraphs: &[&str]) -> Article {
        Article {
            id: ids.next_id(),
            key: Key::new(key),
            role: Some(roles::OBJECT.to_owned()),
            texts: vec![Text::new(
                Lang::french(),
                paragraphs.iter().map(|text| (*text).to_owned()).collect(),
            )],
        }
    }

    fn draft() -> Convention {
        let mut ids = Ids::counted(1_790_000_000_000);
        let mut draft = Convention::new(
            ids.next_id(),
            ConventionKind::Cooperation,
            "Valmont – Aného",
        );
        draft.articles = vec![
            article(&mut ids, "objet", &["Un.", "Deux.", "Trois."]),
            article(&mut ids, "duree", &["Trois ans."]),
            article(&mut ids, "fin", &["Préavis de six mois."]),
        ];
        draft
    }

    fn told(
        before: &Convention,
        after: &Convention,
    ) -> Vec<(String, Option<Value>, Option<Value>)> {
        let change = Change::replace(
            "Modifier",
            Arc::new(Record::Convention(before.clone())),
            Record::Convention(after.clone()),
        );
        change
            .diff()
            .into_iter()
            .map(|difference| {
                (
                    difference.path.to_string(),
                    difference.before,
                    difference.after,
                )
            })
            .collect()
    }

    #[test]
    fn a_paragraph_inserted_is_one_difference() {
        let before = draft();
        let mut after = before.clone();
        after.articles[0].texts[0]
            .paragraphs
            .insert(1, "Un et demi.".to_owned());

        let path = format!("articles/{}/texts/fr/paragraphs/1", before.articles[0].id);
        assert_eq!(
            told(&before, &after),
            vec![(path, None, Some(json!("Un et demi.")))]
        );
    }

    #[test]
    fn an_article_moved_is_one_difference() {
        let before = draft();
        let mut after = before.clone();
        let last = after.articles.remove(2);
        after.articles.insert(0, last);

        let path = format!("articles/{}/#", before.articles[2].id);
        assert_eq!(
            told(&before, &after),
            vec![(path, Some(json!(2)), Some(json!(0)))]
        );
    }

    #[test]
    fn a_field_set_for_the_first_time_was_not_there() {
        let before = draft();
        let mut after = before.clone();
        after.title = "Valmont – Porto-Novo".to_owned();
        after.odd = vec![6];
        after.articles.remove(1);

        assert_eq!(
            told(&before, &after),
            vec![
                (
                    "title".to_owned(),
                    Some(json!("Valmont – Aného")),
                    Some(json!("Valmont – Porto-Novo"))
                ),
                (
                    format!("articles/{}", before.articles[1].id),
                    Some(serde_json::to_value(&before.articles[1]).unwrap()),
                    None
                ),
                ("odd/6".to_owned(), None, Some(json!(6))),
            ]
        );
    }

    #[test]
    fn a_record_created_or_deleted_is_told_whole() {
        let change = Change::create("Créer", Record::Convention(draft()));
        let differences = change.diff();

        assert_eq!(differences.len(), 1);
        assert_eq!(differences[0].path, Path::default());
        assert_eq!(differences[0].before, None);
        assert!(change.reversed().diff()[0].after.is_none());
    }

    #[test]
    fn an_amount_is_found_in_the_share_that_holds_it() {
        let mut ids = Ids::counted(1_790_000_000_000);
        let mut before = Budget::new(ids.next_id(), "Eau");
        before.lines = vec![
            serde_json::from_value(json!({
                "id": ids.next_id(),
                "heading": "Études",
                "label": "Étude de faisabilité",
                "shares": [
                    { "id": ids.next_id(), "year": 2027, "funder": ids.next_id(), "amount": 100 },
                ],
            }))
            .unwrap(),
        ];
        let mut after = before.clone();
        after.lines[0].shares[0].amount = Amount(250);

        let differences = diff(
            Record::Budget(before.clone()).record_id(),
            Some(&Record::Budget(before.clone())),
            Some(&Record::Budget(after)),
        );

        assert_eq!(differences.len(), 1);
        assert!(differences[0].path.to_string().ends_with("/amount"));
        assert_eq!(differences[0].before, Some(json!(100)));
        assert_eq!(differences[0].after, Some(json!(250)));
    }
}
