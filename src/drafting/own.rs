//! Clauses of the department's own: kept from an article, with its parties' keys taken out, and put in another
//! convention, with that one's keys.

use super::case::Case;
use crate::model::field::Field;
use crate::model::text::{Content, in_language, parse, print};
use crate::model::{
    Article, Convention, Id, Ids, Key, Lang, OwnClause, Party, Records, Text, roles,
};
use crate::reference::Side;

/// The clause that an article makes, from its French text: what it says of our authority, of the partner and of the
/// association is said of whoever will be; what it says of others, or of one year, is a place to fill.
#[must_use]
pub fn kept(article: &Article, convention: &Convention, records: &Records, id: Id) -> OwnClause {
    let case = Case::of(convention, records);
    let text = in_language(&article.texts, &Lang::french());
    let said = text.map_or(&[][..], |text| &text.paragraphs);
    OwnClause {
        id,
        title: text.map_or_else(String::new, |text| text.title.clone()),
        role: article.role.clone(),
        kinds: vec![convention.kind],
        guidance: String::new(),
        paragraphs: said
            .iter()
            .map(|source| without_keys(source, convention, &case))
            .collect(),
    }
}

/// The article that a clause makes in a convention.
#[must_use]
pub fn article(
    clause: &OwnClause,
    convention: &Convention,
    records: &Records,
    ids: &mut Ids,
) -> Article {
    let case = Case::of(convention, records);
    written(clause, &case, &convention.articles, ids)
}

/// What a clause says in a convention.
#[must_use]
pub fn paragraphs(clause: &OwnClause, convention: &Convention, records: &Records) -> Vec<String> {
    said(clause, &Case::of(convention, records))
}

/// Puts a clause among articles: in the place of the one of its role, else before the one on duration, else at the end.
pub(super) fn take(
    articles: &mut Vec<Article>,
    clause: &OwnClause,
    case: &Case<'_>,
    ids: &mut Ids,
) {
    let of_role = |role: Option<&str>| {
        let role = role?;
        articles
            .iter()
            .position(|it| it.role.as_deref() == Some(role))
    };
    // Each party has its commitments: one clause does not stand for all of them.
    let same = clause
        .role
        .as_deref()
        .filter(|role| *role != roles::COMMITMENTS);
    if let Some(place) = of_role(same) {
        if let Some(text) = articles
            .get_mut(place)
            .and_then(|article| article.texts.first_mut())
        {
            text.title.clone_from(&clause.title);
            text.paragraphs = said(clause, case);
        }
        return;
    }
    let place = of_role(Some(roles::DURATION)).unwrap_or(articles.len());
    let article = written(clause, case, articles, ids);
    articles.insert(place, article);
}

fn written(clause: &OwnClause, case: &Case<'_>, beside: &[Article], ids: &mut Ids) -> Article {
    let mut text = Text::new(Lang::french(), said(clause, case));
    text.title.clone_from(&clause.title);
    let stem = match Key::fold(&clause.title) {
        key if key.as_str().is_empty() => Key::new("clause"),
        key => key,
    };
    Article {
        id: ids.next_id(),
        key: stem.free(|key| beside.iter().any(|it| it.key == *key)),
        role: clause.role.clone(),
        texts: vec![text],
    }
}

fn said(clause: &OwnClause, case: &Case<'_>) -> Vec<String> {
    let filled = |source: &String| case.fill(source, None);
    clause.paragraphs.iter().map(filled).collect()
}

/// The paragraph with `@nous` and the like in the place of keys, without calls of notes, which stay in their article.
fn without_keys(source: &str, convention: &Convention, case: &Case<'_>) -> String {
    let mut paragraph = parse(source);
    paragraph
        .leaves
        .retain(|leaf| !matches!(leaf.content, Content::Note(_)));
    for leaf in &mut paragraph.leaves {
        if let Content::Field(name) = &leaf.content {
            leaf.content = match without_key(name, convention, case) {
                Some(name) => Content::Field(name),
                None => Content::Blank(3),
            };
        }
    }
    print(&paragraph)
}

/// The field said of whoever will be; nothing when it has a meaning in that convention only.
fn without_key(name: &str, convention: &Convention, case: &Case<'_>) -> Option<String> {
    let key = match Field::parse(name)? {
        Field::Commitment(_, _, figure) if figure.year.is_some() => return None,
        Field::InKind(figure) | Field::Cofunding(figure) | Field::Cost(figure)
            if figure.year.is_some() =>
        {
            return None;
        }
        Field::Party(key, _) | Field::Commitment(key, ..) | Field::Vote(key, _) => key,
        Field::Article(target) => {
            let named = convention.articles.iter().find(|it| it.key == target);
            let role = named.and_then(|article| article.role.as_deref());
            return Some(format!("article:{}", role.unwrap_or(target.as_str())));
        }
        _ => return Some(name.to_owned()),
    };
    let party: &Party = convention.party(&key)?;
    let first = |side| case.keys(side).first().is_some_and(|it| **it == key);
    let mark = if party.partner.is_none() {
        "@nous"
    } else if first(Side::Partner) {
        "@partenaire"
    } else if first(Side::Association) {
        "@association"
    } else {
        return None;
    };
    Some(name.replacen(&format!(".{key}."), &format!(".{mark}."), 1))
}
