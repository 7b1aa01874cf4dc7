//! Two states of a convention, part by part, paragraph by paragraph, word by word.
//!
//! What is compared is the text as it is composed, amounts and names included: that is what is read and voted. Articles
//! and annexes correspond by what they are, wherever they stand and whatever their number; how their letters look is
//! not compared.

use std::collections::{BTreeMap, HashMap};

use serde_json::Value;

use crate::model::{Aligned, Convention, Id, Key, Lang, Records, align};
use crate::reference::Reference;

use super::text::inlines;
use super::words::{Piece, Revision, compare_words, longest_growing};
use super::{Block, BlockKind, Composition, List, State, compose};

/// What tells two states of a convention apart.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Comparison {
    /// Its parts, in the order of the later state; one that is gone stands where it was.
    pub parts: Vec<ComparedPart>,
}

/// A part of a convention: what comes before its articles, an article, an annex.
#[derive(Debug, Clone, PartialEq)]
pub struct ComparedPart {
    /// What it is called in the later state, or was: « Article 5 — Dispositions financières ».
    pub title: String,
    /// Its language.
    pub language: Lang,
    /// What became of it.
    pub fate: Fate,
    /// Whether it stands elsewhere among the others.
    pub moved: bool,
    /// Its paragraphs; a title that changed is the first of them. Empty when nothing of it changed.
    pub paragraphs: Vec<Vec<Piece>>,
}

/// What became of a part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Fate {
    /// Its words changed.
    Modified,
    /// It is new.
    Added,
    /// It is gone.
    Removed,
    /// It says the same.
    Same,
}

impl Fate {
    /// Its word, of an article.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Modified => "modifié",
            Self::Added => "ajouté",
            Self::Removed => "supprimé",
            Self::Same => "identique",
        }
    }
}

impl ComparedPart {
    /// What it is called, and its language where that is not French: « Visas (portugais) ».
    #[must_use]
    pub fn heading(&self) -> String {
        if self.language.is_french() {
            self.title.clone()
        } else {
            format!("{} ({})", self.title, self.language.name())
        }
    }

    /// What became of it, in a word or two: « modifié, déplacé ».
    #[must_use]
    pub fn told(&self) -> String {
        match (self.fate, self.moved) {
            (Fate::Same, true) => "déplacé".to_owned(),
            (fate, true) => format!("{}, déplacé", fate.label()),
            (fate, false) => fate.label().to_owned(),
        }
    }
}

impl Comparison {
    /// How many parts that became of.
    #[must_use]
    pub fn count(&self, fate: Fate) -> usize {
        self.parts.iter().filter(|part| part.fate == fate).count()
    }

    /// Whether both states say the same in the same order.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        let same = |part: &ComparedPart| part.fate == Fate::Same && !part.moved;
        self.parts.iter().all(same)
    }

    /// « 3 passages modifiés, 1 ajouté »: what changed, in a few words.
    #[must_use]
    pub fn told(&self) -> String {
        let mut noun = ["passage\u{a0}", "passages\u{a0}"];
        let told = [
            (Fate::Modified, "modifié", "modifiés"),
            (Fate::Added, "ajouté", "ajoutés"),
            (Fate::Removed, "supprimé", "supprimés"),
        ]
        .into_iter()
        .filter_map(|(fate, one, many)| {
            let [of_one, of_many] = noun;
            let told = match self.count(fate) {
                0 => return None,
                1 => format!("1\u{a0}{of_one}{one}"),
                count => format!("{count}\u{a0}{of_many}{many}"),
            };
            // Said once.
            noun = [""; 2];
            Some(told)
        });
        let told: Vec<String> = told.collect();
        match (told.is_empty(), self.is_empty()) {
            (true, true) => "texte identique".to_owned(),
            (true, false) => "ordre des articles changé".to_owned(),
            (false, _) => told.join(", "),
        }
    }
}

/// Compares a convention in two states of the records; empty where it is in neither.
#[must_use]
pub fn compare(
    convention: Id,
    before: &Records,
    after: &Records,
    reference: &Reference,
) -> Comparison {
    let (old, new) = (
        parts_of(convention, before, reference),
        parts_of(convention, after, reference),
    );
    let keys = |records| records_keys(convention, records);
    let pairs = pair_up(&old, &new, &keys(before), &keys(after));

    let matched: Vec<usize> = pairs.iter().flatten().copied().collect();
    let in_order: Vec<usize> = longest_growing(&matched)
        .into_iter()
        .filter_map(|place| matched.get(place).copied())
        .collect();
    let mut gone: Vec<usize> = (0..old.len()).filter(|it| !matched.contains(it)).collect();
    gone.reverse();

    let mut compared = Vec::with_capacity(new.len());
    let mut reached = 0;
    for (part, pair) in new.iter().zip(&pairs) {
        if let Some(rank) = pair.filter(|rank| in_order.contains(rank)) {
            reached = rank;
        }
        // What is gone stands before what came after it.
        while gone.last().is_some_and(|rank| *rank < reached) {
            compared.extend(gone.pop().and_then(|rank| old.get(rank)).map(removed));
        }
        compared.push(match pair.and_then(|rank| old.get(rank)) {
            Some(was) => {
                let moved = pair.is_some_and(|rank| !in_order.contains(&rank));
                edited(was, part, moved)
            }
            None => added(part),
        });
    }
    while let Some(rank) = gone.pop() {
        compared.extend(old.get(rank).map(removed));
    }
    Comparison { parts: compared }
}

/// What a part is, whatever it says.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
enum Which {
    Opening,
    Visas,
    Recitals,
    Item(Id),
    Signatures,
}

/// A part as it is composed.
#[derive(Debug)]
struct Part {
    which: Which,
    language: Lang,
    title: String,
    lines: Vec<String>,
}

fn parts_of(id: Id, records: &Records, reference: &Reference) -> Vec<Part> {
    let Some(convention) = records.convention(id) else {
        return Vec::new();
    };
    let composition = Composition {
        state: State::Vote,
        ..Composition::default()
    };
    let document = compose(convention, records, reference, &composition);

    let mut parts: Vec<Part> = Vec::new();
    for block in &document.blocks {
        // What no text of the convention says, « Entre » or the title, is of the version that it stands in.
        let language = block.language.as_ref().unwrap_or(&document.language);
        let same_language = parts.last().is_some_and(|part| part.language == *language);
        let here = parts.last().filter(|_| same_language).map(|it| &it.which);
        let (which, title) = place_of(block, convention, here);
        let begins = here != Some(&which);
        if begins {
            parts.push(Part {
                which,
                language: language.clone(),
                title: title.clone(),
                lines: Vec::new(),
            });
        }
        let Some(part) = parts.last_mut() else {
            continue;
        };
        // The heading of an article is its title.
        if !(begins && matches!(part.which, Which::Item(_))) {
            add_lines(block, &mut part.lines);
        }
    }
    parts
}

/// The part that a block belongs to, and what that part is called.
fn place_of(block: &Block, convention: &Convention, here: Option<&Which>) -> (Which, String) {
    let item = block.place.as_ref().and_then(|place| place.item);
    match (&block.kind, item) {
        (BlockKind::Heading(heading), Some(item)) if heading.level == 1 => {
            return (Which::Item(item), inlines(&heading.text));
        }
        (BlockKind::Signatures(_), _) => return (Which::Signatures, "Signatures".to_owned()),
        _ => {}
    }
    let is_visa = |id: Id| convention.visas.iter().any(|it| it.id == id);
    let is_recital = |id: Id| convention.recitals.iter().any(|it| it.id == id);
    match (item, here) {
        (Some(id), _) if is_visa(id) => (Which::Visas, "Visas".to_owned()),
        (Some(id), _) if is_recital(id) => (Which::Recitals, "Considérants".to_owned()),
        // What stands after the last article and is no part of it.
        (None, Some(Which::Item(id))) if convention.articles.iter().any(|it| it.id == *id) => {
            (Which::Signatures, "Signatures".to_owned())
        }
        (_, Some(here)) => (here.clone(), String::new()),
        (_, None) => (Which::Opening, "Intitulé et parties".to_owned()),
    }
}

/// The paragraphs of a block, without their numbers: those follow the order.
fn add_lines(block: &Block, lines: &mut Vec<String>) {
    let mut say = |text: String| {
        if !text.trim().is_empty() {
            lines.push(text);
        }
    };
    match &block.kind {
        BlockKind::Title(text) | BlockKind::Subtitle(text) => say(inlines(text)),
        BlockKind::Heading(heading) => say(inlines(&heading.text)),
        BlockKind::Paragraph(paragraph) => say(inlines(&paragraph.text)),
        BlockKind::List(list) => add_items(list, lines),
        BlockKind::Table(table) => {
            say(inlines(&table.caption));
            let rows = std::iter::once(&table.head).chain(table.rows.iter().map(|it| &it.cells));
            for cells in rows {
                let cells: Vec<String> = cells.iter().map(|cell| inlines(cell)).collect();
                say(cells.join(" · "));
            }
        }
        BlockKind::Signatures(signatures) => {
            for signature in signatures {
                say(inlines(&signature.party));
                let person = signature.person.as_deref().unwrap_or("…");
                say(format!("{} {person}", signature.function));
            }
        }
        BlockKind::Paired(pairs) => {
            for block in pairs
                .iter()
                .flat_map(|(left, right)| left.iter().chain(right))
            {
                add_lines(block, lines);
            }
        }
        BlockKind::Figure(figure) => say(figure.alternative.clone()),
        BlockKind::Contents(_) | BlockKind::PageBreak | BlockKind::Part(_) => {}
    }
}

fn add_items(list: &List, lines: &mut Vec<String>) {
    for item in &list.items {
        // A number follows the order; a dash says that this is one of several.
        let sign = if list.ordered {
            String::new()
        } else {
            format!("{} ", item.label)
        };
        lines.push(format!("{sign}{}", inlines(&item.text)));
        if let Some(sublist) = &item.sublist {
            add_items(sublist, lines);
        }
    }
}

/// The key of each article and annex: what is left of it where it was written anew.
fn records_keys(convention: Id, records: &Records) -> BTreeMap<Id, Key> {
    let Some(convention) = records.convention(convention) else {
        return BTreeMap::new();
    };
    let articles = convention.articles.iter().map(|it| (it.id, it.key.clone()));
    let annexes = convention.annexes.iter().map(|it| (it.id, it.key.clone()));
    articles.chain(annexes).collect()
}

/// For each part of the later state, the rank of what it was: by its identifier, else by its key.
fn pair_up(
    old: &[Part],
    new: &[Part],
    old_keys: &BTreeMap<Id, Key>,
    new_keys: &BTreeMap<Id, Key>,
) -> Vec<Option<usize>> {
    let by_key: HashMap<(&Key, &Lang), usize> = old
        .iter()
        .enumerate()
        .filter_map(|(rank, part)| match &part.which {
            Which::Item(id) if !new_keys.contains_key(id) => {
                Some(((old_keys.get(id)?, &part.language), rank))
            }
            _ => None,
        })
        .collect();
    new.iter()
        .map(|part| {
            let known = old
                .iter()
                .position(|it| it.which == part.which && it.language == part.language);
            known.or_else(|| match &part.which {
                Which::Item(id) => by_key.get(&(new_keys.get(id)?, &part.language)).copied(),
                _ => None,
            })
        })
        .collect()
}

fn whole(revision: Revision, text: &str) -> Vec<Piece> {
    vec![Piece {
        revision: Some(revision),
        text: text.to_owned(),
    }]
}

fn of_one_state(part: &Part, fate: Fate, revision: Revision) -> ComparedPart {
    ComparedPart {
        title: part.title.clone(),
        language: part.language.clone(),
        fate,
        moved: false,
        paragraphs: part.lines.iter().map(|it| whole(revision, it)).collect(),
    }
}

fn added(part: &Part) -> ComparedPart {
    of_one_state(part, Fate::Added, Revision::Inserted)
}

fn removed(part: &Part) -> ComparedPart {
    of_one_state(part, Fate::Removed, Revision::Deleted)
}

fn edited(was: &Part, part: &Part, moved: bool) -> ComparedPart {
    // The number of an article is its rank, not its title.
    let own_title = |title: &str| match title.split_once(" — ") {
        Some((_, own)) => own.to_owned(),
        None => String::new(),
    };
    let (old_title, new_title) = (own_title(&was.title), own_title(&part.title));
    let says_the_same = was.lines == part.lines && old_title == new_title;
    let mut paragraphs = Vec::new();
    if !says_the_same {
        if old_title != new_title {
            paragraphs.push(compare_words(&old_title, &new_title));
        }
        paragraphs.extend(compare_lines(&was.lines, &part.lines));
    }
    ComparedPart {
        title: part.title.clone(),
        language: part.language.clone(),
        fate: if says_the_same {
            Fate::Same
        } else {
            Fate::Modified
        },
        moved,
        paragraphs,
    }
}

fn compare_lines(old: &[String], new: &[String]) -> Vec<Vec<Piece>> {
    let values = |lines: &[String]| -> Vec<Value> {
        lines.iter().map(|it| Value::String(it.clone())).collect()
    };
    let line = |lines: &[String], rank: usize| lines.get(rank).cloned().unwrap_or_default();
    align(&values(old), &values(new))
        .into_iter()
        .map(|aligned| match aligned {
            Aligned::Same(_, b) => vec![Piece {
                revision: None,
                text: line(new, b),
            }],
            Aligned::Edited(a, b) => compare_words(&line(old, a), &line(new, b)),
            Aligned::Removed(a) => whole(Revision::Deleted, &line(old, a)),
            Aligned::Added(b) => whole(Revision::Inserted, &line(new, b)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;
    use crate::model::{Amount, Change, Record};

    /// The longest draft of the demonstration, as it is and edited.
    fn edited_draft(edit: impl FnOnce(&mut Convention)) -> (Records, Records, Id) {
        let before = demo::records();
        let is_draft = |it: &&Convention| it.taken_over.is_none() && before.sealed(it.id).is_none();
        let drafts = before.conventions().filter(is_draft);
        let mut draft = drafts.max_by_key(|it| it.articles.len()).unwrap().clone();
        let id = draft.id;
        edit(&mut draft);
        let mut after = before.clone();
        after.apply(&Change::create("", Record::Convention(draft)));
        (before, after, id)
    }

    fn changed(comparison: &Comparison) -> Vec<(&str, String)> {
        let parts = comparison.parts.iter();
        parts
            .filter(|part| part.fate != Fate::Same || part.moved)
            .map(|part| (part.title.as_str(), part.told()))
            .collect()
    }

    #[test]
    fn nothing_changed_is_told_so() {
        let (before, after, id) = edited_draft(|_| {});
        let comparison = compare(id, &before, &after, Reference::shipped());
        assert!(comparison.is_empty() && comparison.parts.len() > 10);
        assert_eq!(comparison.told(), "texte identique");
    }

    #[test]
    fn each_version_is_compared_with_itself() {
        let before = demo::records();
        let portuguese = Lang::new("pt");
        let two = before
            .conventions()
            .find(|it| it.languages.contains(&portuguese));
        let mut draft = two.unwrap().clone();
        let id = draft.id;
        assert!(compare(id, &before, &before, Reference::shipped()).is_empty());

        let texts = &mut draft.articles[0].texts;
        let translation = texts.iter_mut().find(|it| it.lang == portuguese).unwrap();
        translation.paragraphs[0].push_str(" Assim seja.");
        let mut after = before.clone();
        after.apply(&Change::create("", Record::Convention(draft)));
        let comparison = compare(id, &before, &after, Reference::shipped());
        let edited = comparison.parts.iter().filter(|it| it.fate != Fate::Same);
        let edited: Vec<_> = edited.map(|it| (it.fate, it.language.clone())).collect();
        assert_eq!(edited, [(Fate::Modified, portuguese)]);
    }

    #[test]
    fn an_article_is_the_same_wherever_it_stands() {
        let (before, after, id) = edited_draft(|draft| {
            let mut added = draft.articles[0].clone();
            added.id = "019ab3c0-1000-7000-8000-000000000999".parse().unwrap();
            added.key = Key::new("nouveau");
            added.role = None;
            added.texts[0].title = "Sécurité des missions".to_owned();
            draft.articles.insert(2, added);
            draft.articles.remove(3);
            let last = draft.articles.pop().unwrap();
            draft.articles.insert(1, last);
        });
        let comparison = compare(id, &before, &after, Reference::shipped());
        assert_eq!(
            comparison.count(Fate::Added),
            comparison.count(Fate::Removed)
        );
        let moved = comparison.parts.iter().filter(|part| part.moved).count();
        assert!(moved >= 1, "{:?}", changed(&comparison));
        let added = comparison
            .parts
            .iter()
            .find(|it| it.fate == Fate::Added)
            .unwrap();
        assert!(
            added.title.ends_with("— Sécurité des missions"),
            "{}",
            added.title
        );
        assert!(
            added
                .paragraphs
                .iter()
                .flatten()
                .all(|it| it.revision == Some(Revision::Inserted))
        );
    }

    #[test]
    fn an_amount_that_changed_in_the_budget_shows_in_the_text() {
        let before = demo::records();
        let convention = before
            .conventions()
            .find(|it| {
                it.taken_over.is_none() && it.budget.is_some() && before.sealed(it.id).is_none()
            })
            .unwrap();
        let mut budget = before.budget(convention.budget.unwrap()).unwrap().clone();
        for share in budget.lines.iter_mut().flat_map(|line| &mut line.shares) {
            share.amount = Amount(share.amount.0 + 100_000);
        }
        let mut after = before.clone();
        after.apply(&Change::create("", Record::Budget(budget)));
        let comparison = compare(convention.id, &before, &after, Reference::shipped());
        assert!(!comparison.is_empty());
        assert_eq!(
            comparison.count(Fate::Added) + comparison.count(Fate::Removed),
            0
        );
        let pieces = comparison
            .parts
            .iter()
            .flat_map(|it| &it.paragraphs)
            .flatten();
        let deleted: Vec<&str> = pieces
            .filter(|it| it.revision == Some(Revision::Deleted))
            .map(|it| it.text.trim())
            .collect();
        assert!(deleted.contains(&"480\u{202f}000"), "{deleted:?}");
    }

    #[test]
    fn a_word_changed_marks_its_article_alone() {
        let (before, after, id) = edited_draft(|draft| {
            draft.articles[1].texts[0].paragraphs[0].push_str(" Elles se réunissent.");
        });
        let comparison = compare(id, &before, &after, Reference::shipped());
        let changed = changed(&comparison);
        assert_eq!(changed.len(), 1, "{changed:?}");
        assert!(changed[0].0.starts_with("Article 2") && changed[0].1 == "modifié");
        assert_eq!(comparison.told(), "1\u{a0}passage\u{a0}modifié");
    }
}
