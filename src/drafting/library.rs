//! The clauses as an author chooses from them: which one an article was made from, how else it may be written, and
//! which articles this kind of convention may still take.

use super::case::Case;
use super::{article, own};
use crate::model::{Article, Convention, Id, Ids, Key, OwnClause, Records};
use crate::reference::{Clause, Reference, Weight};

/// The clause that an article was made from, as far as its key and role tell.
pub struct Origin<'a> {
    /// The clause.
    pub clause: &'a Clause,
    /// The party that the article is of, where there is one article for each.
    pub own: Option<Key>,
}

/// A way to write an article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wording {
    /// What tells it from the others.
    pub label: String,
    /// When it is the better choice.
    pub guidance: String,
    /// What it says in this convention.
    pub paragraphs: Vec<String>,
}

/// Where an article to be inserted comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Source {
    /// A clause that ships, by its slug.
    Shipped(String),
    /// One of the department's own.
    Own(Id),
}

/// An article that may be inserted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Offered {
    /// Where it comes from.
    pub source: Source,
    /// Its title.
    pub title: String,
    /// How much it is asked for; nothing for one of the department's own.
    pub weight: Option<Weight>,
}

/// The clause that an article of this convention was made from: the one of its kind that has its key, else its role.
#[must_use]
pub fn origin<'a>(
    wanted: &Article,
    convention: &Convention,
    records: &Records,
    reference: &'a Reference,
) -> Option<Origin<'a>> {
    let case = Case::of(convention, records);
    let mut of_role = None;
    for clause in of_kind(convention, reference) {
        if clause.role != wanted.role {
            continue;
        }
        for own in parties_of(clause, &case) {
            if case.fill_key(&clause.key, own) == wanted.key.as_str() {
                let own = own.cloned();
                return Some(Origin { clause, own });
            }
        }
        if clause.role.is_some() && clause.for_each.is_none() {
            of_role = of_role.or(Some(Origin { clause, own: None }));
        }
    }
    of_role
}

/// How an article may be written: as its clause does first, then otherwise, then as the department does.
#[must_use]
pub fn wordings(
    wanted: &Article,
    origin: Option<&Origin<'_>>,
    convention: &Convention,
    records: &Records,
) -> Vec<Wording> {
    let case = Case::of(convention, records);
    let mut wordings = Vec::new();
    if let Some(Origin { clause, own }) = origin {
        wordings.push(Wording {
            label: "Rédaction du modèle".to_owned(),
            guidance: String::new(),
            paragraphs: case.paragraphs(&clause.paragraphs, own.as_ref()),
        });
        wordings.extend(clause.alternatives.iter().map(|other| Wording {
            label: other.label.clone(),
            guidance: other.guidance.clone(),
            paragraphs: case.paragraphs(&other.paragraphs, own.as_ref()),
        }));
    }
    let same_role = |clause: &&OwnClause| {
        wanted.role.is_some() && clause.role == wanted.role && clause.suits(convention.kind)
    };
    wordings.extend(records.clauses().filter(same_role).map(|clause| Wording {
        label: format!("Clause du service\u{a0}: {}", clause.title),
        guidance: clause.guidance.clone(),
        paragraphs: own::paragraphs(clause, convention, records),
    }));
    wordings.retain(|wording| !wording.paragraphs.is_empty());
    wordings
}

/// The articles that this convention may still take: those of its kind that it lacks, then the department's own.
#[must_use]
pub fn offered(convention: &Convention, records: &Records, reference: &Reference) -> Vec<Offered> {
    let case = Case::of(convention, records);
    let lacks = |clause: &&Clause| {
        parties_of(clause, &case).into_iter().any(|own| {
            let key = case.fill_key(&clause.key, own);
            convention.articles.iter().all(|it| it.key.as_str() != key)
        })
    };
    let shipped = of_kind(convention, reference)
        .filter(lacks)
        .map(|clause| Offered {
            source: Source::Shipped(clause.id.clone()),
            title: case.fill_names(&clause.title, None),
            weight: Some(clause.weight),
        });
    let mut own: Vec<&OwnClause> = records
        .clauses()
        .filter(|clause| clause.suits(convention.kind))
        .collect();
    own.sort_by_cached_key(|clause| crate::model::sort_key(&clause.title));
    let own = own.into_iter().map(|clause| Offered {
        source: Source::Own(clause.id),
        title: clause.title.clone(),
        weight: None,
    });
    shipped.chain(own).collect()
}

/// The articles that a source makes, each with the rank where it has its place: after those that come before it in the
/// model of the kind; one of the department's own after `beside`, or last.
#[must_use]
pub fn inserted(
    source: &Source,
    beside: Option<Id>,
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    ids: &mut Ids,
) -> Vec<(usize, Article)> {
    let beside = convention
        .articles
        .iter()
        .position(|it| Some(it.id) == beside)
        .map_or(convention.articles.len(), |rank| rank + 1);
    let case = Case::of(convention, records);
    let clause = match source {
        Source::Own(id) => {
            let clause = records.clause(*id);
            return clause
                .map(|clause| (beside, own::article(clause, convention, records, ids)))
                .into_iter()
                .collect();
        }
        Source::Shipped(id) => match reference.clause(id) {
            Some(clause) => clause,
            None => return Vec::new(),
        },
    };
    let mut before = keys_before(clause, &case, convention, reference);
    let mut made: Vec<(usize, Article)> = Vec::new();
    for own in parties_of(clause, &case) {
        let key = case.fill_key(&clause.key, own);
        let is_there = |key: &str| convention.articles.iter().any(|it| it.key.as_str() == key);
        if !is_there(&key)
            && let Some(article) = article(clause, &case, own, ids)
        {
            let last = convention
                .articles
                .iter()
                .rposition(|it| before.iter().any(|key| key == it.key.as_str()));
            let place = last.map_or(0, |rank| rank + 1);
            made.push((place + made.len(), article));
        }
        before.push(key);
    }
    made
}

/// The clauses that conventions of this kind are made of, in order, whatever the case.
fn of_kind<'a>(
    convention: &Convention,
    reference: &'a Reference,
) -> impl Iterator<Item = &'a Clause> {
    let uses = reference.model(convention.kind).map(|model| &model.clauses);
    uses.into_iter()
        .flatten()
        .filter_map(|used| reference.clause(&used.id))
}

/// Whose articles a clause makes: nobody's own, or each party's of its side.
fn parties_of<'c>(clause: &Clause, case: &'c Case<'_>) -> Vec<Option<&'c Key>> {
    match clause.for_each {
        None => vec![None],
        Some(side) => case.keys(side).into_iter().map(Some).collect(),
    }
}

/// The keys of the articles whose clauses come before that one.
fn keys_before(
    clause: &Clause,
    case: &Case<'_>,
    convention: &Convention,
    reference: &Reference,
) -> Vec<String> {
    of_kind(convention, reference)
        .take_while(|other| other.id != clause.id)
        .flat_map(|other| {
            let keys = parties_of(other, case);
            keys.into_iter().map(|own| case.fill_key(&other.key, own))
        })
        .collect()
}
