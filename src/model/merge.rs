//! The merge of two states of a record that come from one: what colleagues changed apart, what was undone
//! while something else changed.
//!
//! It obeys laws that its tests check: nothing is lost without a [`Conflict`] that holds it; what one side alone
//! changed is taken; what both changed alike is taken once; edits that touch different fields, items or paragraphs
//! give the same in either order. Where it must ask, **ours stays** and the conflict holds theirs. Amounts that
//! both sides touched in one line, one act, one funder ask even where no figure clashes, for nobody decided
//! their sum. A version is a whole: a sealed one that is not the same on both sides always asks.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::align::{Aligned, ItemName, Naming, align};
use super::diff::{Path, Step, to_value};
use super::{Kind, Record, RecordId};

/// Something on which the two sides disagree. What was merged has ours.
#[derive(Debug, Clone, PartialEq)]
pub struct Conflict {
    /// In which record.
    pub record: RecordId,
    /// Where in it; empty for the whole.
    pub path: Path,
    /// In what way.
    pub kind: Disagreement,
    /// What it was.
    pub base: Option<Value>,
    /// What it is with us.
    pub ours: Option<Value>,
    /// What it is with them.
    pub theirs: Option<Value>,
}

/// The ways in which two sides disagree.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Disagreement {
    /// Each wrote something else in the same place.
    Field,
    /// One removed what the other changed.
    Removal,
    /// Each added something at the same place of a text.
    Addition,
    /// Each put the items of a list in another order.
    Order,
    /// Both touched amounts of one item: each figure is merged, their sum is nobody's decision.
    Amounts,
    /// The text is sealed.
    Sealed,
}

impl Disagreement {
    /// What happened, as a sentence to show beside the two values.
    #[must_use]
    pub const fn message(self) -> &'static str {
        match self {
            Self::Field => "Ce champ a été modifié de deux façons différentes.",
            Self::Removal => "Un élément a été supprimé d’un côté et modifié de l’autre.",
            Self::Addition => "Deux textes différents ont été ajoutés au même endroit.",
            Self::Order => "L’ordre de cette liste a été modifié de deux façons différentes.",
            Self::Amounts => {
                "Des montants ont été modifiés des deux côtés\u{a0}: leur total est à vérifier."
            }
            Self::Sealed => "Le texte signé est scellé\u{a0}: il ne change pas sans décision.",
        }
    }
}

/// Objects that make sense only whole: half of one name and half of another is no name.
const WHOLES: [&str; 11] = [
    "name",
    "short_name",
    "assembly",
    "prefect",
    "accountant",
    "coordinates",
    "foreign",
    "recognition",
    "confirmed",
    "logo",
    "piece",
];

/// Merges what became of a record on two sides.
#[must_use]
pub fn merge(base: &Record, ours: &Record, theirs: &Record) -> (Record, Vec<Conflict>) {
    let (merged, conflicts) = merge_states(ours.record_id(), Some(base), Some(ours), Some(theirs));
    // Both sides have the record, so the merge has it.
    (merged.unwrap_or_else(|| ours.clone()), conflicts)
}

/// Merges what became of a record on two sides, created and deleted included.
#[must_use]
pub fn merge_states(
    record: RecordId,
    base: Option<&Record>,
    ours: Option<&Record>,
    theirs: Option<&Record>,
) -> (Option<Record>, Vec<Conflict>) {
    let states = [base, ours, theirs];
    let sealed = states
        .iter()
        .any(|state| matches!(state, Some(Record::Version(version)) if version.sealed));

    let mut merger = Merger {
        record,
        conflicts: Vec::new(),
    };

    if sealed && ours != theirs {
        let [base_value, ours_value, theirs_value] = states.map(|state| state.map(to_value));
        merger.conflicts.push(Conflict {
            record,
            path: Path::default(),
            kind: Disagreement::Sealed,
            base: base_value,
            ours: ours_value,
            theirs: theirs_value,
        });
    }

    if ours == theirs || theirs == base {
        return (ours.cloned(), merger.conflicts);
    }
    if ours == base {
        return (theirs.cloned(), merger.conflicts);
    }
    if sealed {
        return (ours.cloned(), merger.conflicts);
    }

    let [base_value, ours_value, theirs_value] = states.map(|state| state.map(to_value));
    let sides = Sides {
        base: base_value.as_ref(),
        ours: ours_value.as_ref(),
        theirs: theirs_value.as_ref(),
    };
    let merged = if record.kind == Kind::Version {
        merger.ask(&Path::default(), Disagreement::Field, sides)
    } else {
        merger.merge(&Path::default(), sides)
    };

    match merged.map(|value| Record::from_value(record.kind, value)) {
        None => (None, merger.conflicts),
        Some(Ok(merged)) => (Some(merged), merger.conflicts),
        // No two records merge into something that is not one; should it happen, ours stays whole.
        Some(Err(_)) => {
            merger.ask(&Path::default(), Disagreement::Field, sides);
            (ours.cloned(), merger.conflicts)
        }
    }
}

/// One place as it was, as it is with us, as it is with them.
#[derive(Debug, Clone, Copy)]
struct Sides<'a> {
    base: Option<&'a Value>,
    ours: Option<&'a Value>,
    theirs: Option<&'a Value>,
}

impl<'a> Sides<'a> {
    fn member(self, name: &str) -> Self {
        let of = |value: Option<&'a Value>| value.and_then(|value| value.get(name));
        Self {
            base: of(self.base),
            ours: of(self.ours),
            theirs: of(self.theirs),
        }
    }

    /// The three as objects, where both sides have one and none was something else.
    fn objects(self) -> Option<[Option<&'a Map<String, Value>>; 3]> {
        let ours = self.ours?.as_object()?;
        let theirs = self.theirs?.as_object()?;
        let base = match self.base {
            None => None,
            Some(base) => Some(base.as_object()?),
        };
        Some([base, Some(ours), Some(theirs)])
    }

    /// The three as lists, where they are lists. An empty list is not written, so absent is empty.
    fn lists(self) -> Option<[&'a [Value]; 3]> {
        let is_list = |value: Option<&Value>| value.is_none_or(Value::is_array);
        let items = |value: Option<&'a Value>| match value {
            Some(Value::Array(items)) => items.as_slice(),
            _ => &[],
        };
        let all = [self.base, self.ours, self.theirs];
        let some = all.iter().any(Option::is_some);

        (some && all.iter().all(|value| is_list(*value))).then(|| all.map(items))
    }
}

struct Merger {
    record: RecordId,
    conflicts: Vec<Conflict>,
}

impl Merger {
    fn merge(&mut self, path: &Path, sides: Sides<'_>) -> Option<Value> {
        let Sides { base, ours, theirs } = sides;

        if ours == theirs || theirs == base {
            return ours.cloned();
        }
        if ours == base {
            return theirs.cloned();
        }

        let already = self.conflicts.len();
        let merged = if is_whole(path) {
            self.ask(path, Disagreement::Field, sides)
        } else if let Some(objects) = sides.objects() {
            Some(self.merge_objects(path, sides, objects))
        } else if let Some(lists) = sides.lists() {
            self.merge_lists(path, lists)
        } else if ours.is_none() || theirs.is_none() {
            self.ask(path, Disagreement::Removal, sides)
        } else {
            self.ask(path, Disagreement::Field, sides)
        };

        if holds_amounts_together(path) {
            self.ask_about_amounts(path, sides, already);
        }
        merged
    }

    /// Keeps ours, and says what theirs is.
    fn ask(&mut self, path: &Path, kind: Disagreement, sides: Sides<'_>) -> Option<Value> {
        self.conflicts.push(Conflict {
            record: self.record,
            path: path.clone(),
            kind,
            base: sides.base.cloned(),
            ours: sides.ours.cloned(),
            theirs: sides.theirs.cloned(),
        });
        sides.ours.cloned()
    }

    fn merge_objects(
        &mut self,
        path: &Path,
        sides: Sides<'_>,
        objects: [Option<&Map<String, Value>>; 3],
    ) -> Value {
        let mut merged = Map::new();
        let [base, ours, theirs] = objects;
        let mut seen = BTreeSet::new();

        for name in [ours, theirs, base]
            .into_iter()
            .flatten()
            .flat_map(Map::keys)
        {
            if !seen.insert(name) {
                continue;
            }
            if let Some(value) = self.merge(&path.field(name), sides.member(name)) {
                merged.insert(name.clone(), value);
            }
        }
        Value::Object(merged)
    }

    fn merge_lists(&mut self, path: &Path, lists: [&[Value]; 3]) -> Option<Value> {
        let field = path.last_field().unwrap_or("");

        let merged = match Naming::of(field, &lists) {
            Some(naming) => self.merge_named(path, naming, lists),
            None => self.merge_prose(path, lists),
        };
        (!merged.is_empty()).then_some(Value::Array(merged))
    }

    fn merge_named(&mut self, path: &Path, naming: Naming, lists: [&[Value]; 3]) -> Vec<Value> {
        let [base, ours, theirs] = lists.map(|list| Named::new(naming, list));

        let mut kept = BTreeMap::new();
        let all: BTreeSet<_> = [&base, &ours, &theirs]
            .into_iter()
            .flat_map(|list| &list.order)
            .collect();

        for name in all {
            let sides = Sides {
                base: base.get(name),
                ours: ours.get(name),
                theirs: theirs.get(name),
            };
            if let Some(value) = self.merge(&path.item(name.clone()), sides) {
                kept.insert(name.clone(), value);
            }
        }

        let (order, agreed) = merged_order(&base, &ours, &theirs);
        if !agreed {
            let as_list = |names: &[ItemName]| {
                let names = names.iter().map(|name| name.clone().into_text().into());
                Some(Value::Array(names.collect()))
            };
            self.conflicts.push(Conflict {
                record: self.record,
                path: path.then(Step::Rank),
                kind: Disagreement::Order,
                base: as_list(&base.order),
                ours: as_list(&ours.order),
                theirs: as_list(&theirs.order),
            });
        }
        order.iter().filter_map(|name| kept.remove(name)).collect()
    }

    fn merge_prose(&mut self, path: &Path, [base, ours, theirs]: [&[Value]; 3]) -> Vec<Value> {
        let (our_side, their_side) = (Side::new(base, ours), Side::new(base, theirs));
        let mut merged = Vec::new();

        for rank in 0..=base.len() {
            let path = path.then(Step::Index(rank));
            let (our_added, their_added) = (our_side.added(rank), their_side.added(rank));

            if our_added.is_empty() {
                merged.extend(their_added);
            } else {
                if !their_added.is_empty() && our_added != their_added {
                    self.conflicts.push(Conflict {
                        record: self.record,
                        path: path.clone(),
                        kind: Disagreement::Addition,
                        base: None,
                        ours: Some(Value::Array(our_added.clone())),
                        theirs: Some(Value::Array(their_added)),
                    });
                }
                merged.extend(our_added);
            }

            if rank < base.len() {
                let sides = Sides {
                    base: base.get(rank),
                    ours: our_side.became(rank),
                    theirs: their_side.became(rank),
                };
                merged.extend(self.merge(&path, sides));
            }
        }
        merged
    }

    fn ask_about_amounts(&mut self, path: &Path, sides: Sides<'_>, already: usize) {
        let [base, ours, theirs] = [sides.base, sides.ours, sides.theirs].map(amounts_in);
        let asked =
            self.conflicts.iter().skip(already).any(|conflict| {
                conflict.path == *path || conflict.path.last_field() == Some("amount")
            });

        if ours != base && theirs != base && ours != theirs && !asked {
            self.ask(path, Disagreement::Amounts, sides);
        }
    }
}

fn is_whole(path: &Path) -> bool {
    matches!(path.0.last(), Some(Step::Field(name)) if WHOLES.contains(&name.as_str()))
}

/// Whether a person reads the amounts under that place together: a budget line, an act, a funder, a base; what
/// is known of a convention taken over.
fn holds_amounts_together(path: &Path) -> bool {
    match path.0.as_slice() {
        [Step::Field(_), Step::Item(_)] => true,
        [Step::Field(name)] => name == "taken_over",
        _ => false,
    }
}

/// Each amount under a value, with what names the item that holds it.
fn amounts_in(value: Option<&Value>) -> Vec<(Option<&Value>, &Value)> {
    fn collect<'a>(value: &'a Value, found: &mut Vec<(Option<&'a Value>, &'a Value)>) {
        match value {
            Value::Object(members) => {
                if let Some(amount) = members.get("amount") {
                    found.push((members.get("id"), amount));
                }
                for member in members.values() {
                    collect(member, found);
                }
            }
            Value::Array(items) => {
                for item in items {
                    collect(item, found);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
        }
    }

    let mut found = Vec::new();
    if let Some(value) = value {
        collect(value, &mut found);
    }
    found
}

/// A list whose items have names.
struct Named<'a> {
    order: Vec<ItemName>,
    items: BTreeMap<ItemName, &'a Value>,
}

impl<'a> Named<'a> {
    fn new(naming: Naming, list: &'a [Value]) -> Self {
        let named: Vec<_> = list
            .iter()
            .filter_map(|item| Some((naming.name(item)?, item)))
            .collect();
        Self {
            order: named.iter().map(|(name, _)| name.clone()).collect(),
            items: named.into_iter().collect(),
        }
    }

    fn get(&self, name: &ItemName) -> Option<&'a Value> {
        self.items.get(name).copied()
    }

    fn has(&self, name: &ItemName) -> bool {
        self.items.contains_key(name)
    }
}

/// The order of a merged list, and whether the two sides agree on it. Names that are not kept may occur.
///
/// Items that all three have stand as the side that moved some of them wants; each other item follows the one
/// that it followed. Two runs added in one place stand in the order of their first names, whichever side is ours.
fn merged_order(base: &Named<'_>, ours: &Named<'_>, theirs: &Named<'_>) -> (Vec<ItemName>, bool) {
    let is_common = |name: &&ItemName| base.has(name) && ours.has(name) && theirs.has(name);
    let common = |list: &Named<'_>| -> Vec<ItemName> {
        list.order.iter().filter(is_common).cloned().collect()
    };
    let (base_order, our_order, their_order) = (common(base), common(ours), common(theirs));

    let agreed = our_order == base_order || their_order == base_order || our_order == their_order;
    let skeleton = if our_order == base_order && agreed {
        their_order
    } else {
        our_order
    };

    let runs = |list: &Named<'_>| {
        let mut runs: BTreeMap<Option<ItemName>, Vec<ItemName>> = BTreeMap::new();
        let mut anchor = None;
        for name in &list.order {
            if is_common(&name) {
                anchor = Some(name.clone());
            } else {
                runs.entry(anchor.clone()).or_default().push(name.clone());
            }
        }
        runs
    };
    let (mut our_runs, mut their_runs) = (runs(ours), runs(theirs));

    let mut order = Vec::new();
    let mut placed = BTreeSet::new();
    let anchors = std::iter::once(None).chain(skeleton.into_iter().map(Some));

    for anchor in anchors {
        order.extend(anchor.clone());

        let mut runs = [
            our_runs.remove(&anchor).unwrap_or_default(),
            their_runs.remove(&anchor).unwrap_or_default(),
        ];
        runs.sort_by(|one, other| one.first().cmp(&other.first()));
        for name in runs.into_iter().flatten() {
            if placed.insert(name.clone()) {
                order.push(name);
            }
        }
    }
    (order, agreed)
}

/// What became of each paragraph on one side, and what came before each.
struct Side<'a> {
    became: Vec<Option<&'a Value>>,
    added: Vec<Vec<Value>>,
}

impl<'a> Side<'a> {
    fn new(base: &[Value], side: &'a [Value]) -> Self {
        let mut became = vec![None; base.len()];
        let mut added = vec![Vec::new(); base.len() + 1];
        let mut next = 0;

        for aligned in align(base, side) {
            match aligned {
                Aligned::Same(before, after) | Aligned::Edited(before, after) => {
                    if let Some(place) = became.get_mut(before) {
                        *place = side.get(after);
                    }
                    next = before + 1;
                }
                Aligned::Removed(before) => next = before + 1,
                Aligned::Added(after) => {
                    if let Some(place) = added.get_mut(next) {
                        place.extend(side.get(after).cloned());
                    }
                }
            }
        }
        Self { became, added }
    }

    fn became(&self, rank: usize) -> Option<&'a Value> {
        self.became.get(rank).copied().flatten()
    }

    fn added(&self, rank: usize) -> Vec<Value> {
        self.added.get(rank).cloned().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
