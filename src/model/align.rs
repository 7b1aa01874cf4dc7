//! How two states of a list correspond: by what names their items, or else by what they say.
//!
//! Read by [`super::diff`], [`super::merge`] and the comparison of versions, so that what is shown and what is merged
//! agree.

use std::collections::BTreeSet;

use serde_json::Value;

/// Beyond this many pairs, two stretches of text are not compared pair by pair.
const MOST_PAIRS: usize = 4_000_000;

/// Beyond this many pairs, paragraphs that changed are matched by their rank and not by their words.
const MOST_PAIRS_OF_WORDS: usize = 10_000;

/// Thousandths of common words from which a paragraph is the other one, edited.
const ALIKE: u32 = 400;

/// What names the items of a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Naming {
    /// A member of each object: `id`, `lang` or `key`.
    Member(&'static str),
    /// The item itself: a slug, a year, an identifier.
    Itself,
}

/// The name of an item in its list. Years come in their order, identifiers in that of their making.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum ItemName {
    Number(i64),
    Text(String),
}

impl ItemName {
    pub(super) fn into_text(self) -> String {
        match self {
            Self::Number(number) => number.to_string(),
            Self::Text(text) => text,
        }
    }
}

impl Naming {
    /// What names the items of all these states of one list; nothing when they must be aligned by their
    /// words, because two items have one name or because the list is prose.
    pub(super) fn of(field: &str, lists: &[&[Value]]) -> Option<Self> {
        let candidates = [
            Self::Member("id"),
            Self::Member("lang"),
            Self::Member("key"),
            Self::Itself,
        ];
        let is_prose = field == "paragraphs";

        candidates
            .into_iter()
            .filter(|naming| !(is_prose && *naming == Self::Itself))
            .find(|naming| lists.iter().all(|list| naming.tells_apart(list)))
    }

    pub(super) fn name(self, item: &Value) -> Option<ItemName> {
        let named = match self {
            Self::Member(member) => item.get(member)?,
            Self::Itself => item,
        };
        match named {
            Value::String(text) => Some(ItemName::Text(text.clone())),
            Value::Number(number) => number.as_i64().map(ItemName::Number),
            Value::Null | Value::Bool(_) | Value::Array(_) | Value::Object(_) => None,
        }
    }

    fn tells_apart(self, list: &[Value]) -> bool {
        let mut seen = BTreeSet::new();
        list.iter()
            .all(|item| self.name(item).is_some_and(|name| seen.insert(name)))
    }
}

/// How an item of one state and an item of the other correspond.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Aligned {
    /// The same, at these ranks before and after.
    Same(usize, usize),
    /// The one became the other.
    Edited(usize, usize),
    /// No longer there; the rank is that of before.
    Removed(usize),
    /// New; the rank is that of after.
    Added(usize),
}

/// Aligns two states of a list whose items have no name. Ranks only grow, in both states.
#[must_use]
pub fn align(before: &[Value], after: &[Value]) -> Vec<Aligned> {
    let head = common(before.iter(), after.iter());
    let shorter = before.len().min(after.len()) - head;
    let tail = common(before.iter().rev(), after.iter().rev()).min(shorter);

    let (middle_before, middle_after) = (
        before.get(head..before.len() - tail).unwrap_or(&[]),
        after.get(head..after.len() - tail).unwrap_or(&[]),
    );
    let same = if middle_before.len().saturating_mul(middle_after.len()) <= MOST_PAIRS {
        best_pairs(middle_before.len(), middle_after.len(), |b, a| {
            u32::from(middle_before.get(b) == middle_after.get(a))
        })
    } else {
        Vec::new()
    };

    let mut aligned: Vec<_> = (0..head).map(|rank| Aligned::Same(rank, rank)).collect();
    let (mut b, mut a) = (head, head);

    for (same_before, same_after) in same {
        let (to_b, to_a) = (head + same_before, head + same_after);
        align_changed(before, after, (b, to_b), (a, to_a), &mut aligned);
        aligned.push(Aligned::Same(to_b, to_a));
        (b, a) = (to_b + 1, to_a + 1);
    }

    let (end_b, end_a) = (before.len() - tail, after.len() - tail);
    align_changed(before, after, (b, end_b), (a, end_a), &mut aligned);
    aligned.extend((0..tail).map(|rank| Aligned::Same(end_b + rank, end_a + rank)));
    aligned
}

fn common<'a>(
    before: impl Iterator<Item = &'a Value>,
    after: impl Iterator<Item = &'a Value>,
) -> usize {
    before.zip(after).take_while(|(b, a)| b == a).count()
}

/// Aligns two stretches of which nothing stayed the same.
fn align_changed(
    before: &[Value],
    after: &[Value],
    (b, to_b): (usize, usize),
    (a, to_a): (usize, usize),
    aligned: &mut Vec<Aligned>,
) {
    let (many_before, many_after) = (to_b - b, to_a - a);

    let edited = if many_before == 1 && many_after == 1 {
        vec![(0, 0)]
    } else if many_before.saturating_mul(many_after) <= MOST_PAIRS_OF_WORDS {
        let words_of = |items: &[Value], from: usize, to: usize| -> Vec<Vec<String>> {
            items
                .get(from..to)
                .unwrap_or(&[])
                .iter()
                .map(words)
                .collect()
        };
        let (words_before, words_after) = (words_of(before, b, to_b), words_of(after, a, to_a));
        best_pairs(many_before, many_after, |b, a| {
            match (words_before.get(b), words_after.get(a)) {
                (Some(before), Some(after)) => likeness(before, after),
                _ => 0,
            }
        })
    } else {
        (0..many_before.min(many_after))
            .map(|rank| (rank, rank))
            .collect()
    };

    let (mut next_b, mut next_a) = (b, a);
    for (edited_before, edited_after) in edited {
        aligned.extend((next_b..b + edited_before).map(Aligned::Removed));
        aligned.extend((next_a..a + edited_after).map(Aligned::Added));
        aligned.push(Aligned::Edited(b + edited_before, a + edited_after));
        (next_b, next_a) = (b + edited_before + 1, a + edited_after + 1);
    }
    aligned.extend((next_b..to_b).map(Aligned::Removed));
    aligned.extend((next_a..to_a).map(Aligned::Added));
}

fn words(item: &Value) -> Vec<String> {
    let text = match item {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut words: Vec<_> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect();
    words.sort_unstable();
    words
}

/// Thousandths of words in common, nothing when too few are. Both lists are sorted.
fn likeness(before: &[String], after: &[String]) -> u32 {
    let (mut common, mut b, mut a) = (0_usize, 0, 0);

    while let (Some(word_before), Some(word_after)) = (before.get(b), after.get(a)) {
        match word_before.cmp(word_after) {
            std::cmp::Ordering::Less => b += 1,
            std::cmp::Ordering::Greater => a += 1,
            std::cmp::Ordering::Equal => (common, b, a) = (common + 1, b + 1, a + 1),
        }
    }

    let all = before.len() + after.len();
    let share = (2_000 * common).checked_div(all).unwrap_or(0);
    u32::try_from(share).map_or(0, |share| if share < ALIKE { 0 } else { share })
}

/// The pairs of growing ranks whose weights sum to the most; pairs of no weight are left out.
fn best_pairs(
    before: usize,
    after: usize,
    weight: impl Fn(usize, usize) -> u32,
) -> Vec<(usize, usize)> {
    let width = after + 1;
    // `best` at (b, a) is what can be had from those ranks on.
    let mut best = vec![0_u32; (before + 1) * width];
    let at = |best: &[u32], b: usize, a: usize| best.get(b * width + a).copied().unwrap_or(0);

    for b in (0..before).rev() {
        for a in (0..after).rev() {
            let paired = match weight(b, a) {
                0 => 0,
                weight => weight + at(&best, b + 1, a + 1),
            };
            let most = paired.max(at(&best, b + 1, a)).max(at(&best, b, a + 1));
            if let Some(cell) = best.get_mut(b * width + a) {
                *cell = most;
            }
        }
    }

    let (mut pairs, mut b, mut a) = (Vec::new(), 0, 0);
    while b < before && a < after {
        let here = at(&best, b, a);
        let weight = weight(b, a);

        if weight > 0 && here == weight + at(&best, b + 1, a + 1) {
            pairs.push((b, a));
            (b, a) = (b + 1, a + 1);
        } else if here == at(&best, b + 1, a) {
            b += 1;
        } else {
            a += 1;
        }
    }
    pairs
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn list(items: &[&str]) -> Vec<Value> {
        items.iter().map(|item| json!(item)).collect()
    }

    #[test]
    fn a_paragraph_put_in_the_middle_is_the_only_one_that_moves() {
        let before = list(&["a", "b", "c", "d"]);
        let after = list(&["a", "b", "new", "c", "d"]);

        let changed: Vec<_> = align(&before, &after)
            .into_iter()
            .filter(|aligned| !matches!(aligned, Aligned::Same(..)))
            .collect();

        assert_eq!(changed, vec![Aligned::Added(2)]);
    }

    #[test]
    fn an_edited_paragraph_is_known_by_its_words_beside_a_new_one() {
        let before = list(&["La Ville verse une somme de cent euros.", "Fin."]);
        let after = list(&[
            "Chaque partie nomme un référent.",
            "La Ville verse une somme de mille euros.",
            "Fin.",
        ]);

        assert_eq!(
            align(&before, &after),
            vec![
                Aligned::Added(0),
                Aligned::Edited(0, 1),
                Aligned::Same(1, 2)
            ]
        );
    }

    #[test]
    fn repeated_paragraphs_do_not_overlap() {
        let before = list(&["a", "a"]);
        let after = list(&["a", "a", "a"]);
        assert_eq!(align(&before, &after).len(), 3);
    }

    #[test]
    fn years_name_themselves_and_prose_does_not() {
        let years = vec![json!(2027), json!(2028)];
        assert_eq!(Naming::of("years", &[&years, &[]]), Some(Naming::Itself));
        assert_eq!(Naming::of("paragraphs", &[&list(&["a"])]), None);
        assert_eq!(Naming::of("themes", &[&list(&["eau", "eau"])]), None);
    }
}
