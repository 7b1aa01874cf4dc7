//! « Vu… »: what the contents rely on, by rank: the law, that of the partner's country, the parent convention, the
//! decisions. A text known as repealed or replaced is never cited.

use super::case::Case;
use crate::model::field::Field;
use crate::model::text::{Content, in_language, parse};
use crate::model::{Convention, Id, Ids, Key, Lang, Records, Text, Visa, fold};
use crate::reference::{ConventionModel, LegalKind, ModelVisa, Reference, Status, VisaSource};

/// The visas of a draft.
pub(super) fn of_draft(
    model: &ConventionModel,
    case: &Case<'_>,
    reference: &Reference,
    ids: &mut Ids,
) -> Vec<Visa> {
    cited(model, case, reference)
        .map(|(basis, said)| visa(basis, said, ids))
        .collect()
}

/// The visas that the contents of a convention call for and that it does not have, each with the rank where it has its
/// place.
#[must_use]
pub fn lacking(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    ids: &mut Ids,
) -> Vec<(usize, Visa)> {
    let Some(model) = reference.model(convention.kind) else {
        return Vec::new();
    };
    let case = Case::of(convention, records);
    let mut all = convention.visas.clone();
    let wanted: Vec<(Visa, Option<Id>)> = cited(model, &case, reference)
        .map(|(basis, said)| {
            let wanted = visa(basis, said, ids);
            let known = all.iter().find(|it| is_same(it, &wanted, reference));
            let known = known.map(|it| it.id);
            (wanted, known)
        })
        .collect();
    let mut lacking = Vec::new();
    for (nth, (visa, known)) in wanted.iter().enumerate() {
        if known.is_some() {
            continue;
        }
        let comes_later = |it: &Visa| {
            let later = wanted.iter().skip(nth + 1);
            later
                .filter_map(|(_, known)| *known)
                .any(|known| known == it.id)
        };
        let rank = Rank::of(visa, reference);
        let before = all
            .iter()
            .rposition(|it| Rank::of(it, reference) <= rank && !comes_later(it));
        let place = before.map_or(0, |last| last + 1);
        all.insert(place, visa.clone());
        lacking.push((place, visa.clone()));
    }
    lacking
}

/// What the model cites in that case, with the text of law that it rests on.
fn cited<'a>(
    model: &'a ConventionModel,
    case: &'a Case<'_>,
    reference: &'a Reference,
) -> impl Iterator<Item = (Option<&'a str>, String)> {
    let is_law = |visa: &&ModelVisa| {
        let text = visa.basis.as_deref().and_then(|id| reference.legal(id));
        text.is_none_or(|it| !matches!(it.status, Status::Repealed | Status::Replaced))
    };
    model
        .visas
        .iter()
        .filter(|visa| case.all_hold(&visa.when))
        .filter(is_law)
        .flat_map(|visa| {
            let said = match visa.from {
                Some(VisaSource::OwnLaw) => case.own_laws(),
                Some(VisaSource::Decisions) => case.decisions(),
                None => visa.text.iter().map(|it| case.fill(it, None)).collect(),
            };
            let basis = visa.basis.as_deref();
            said.into_iter().map(move |said| (basis, said))
        })
}

fn visa(basis: Option<&str>, said: String, ids: &mut Ids) -> Visa {
    Visa {
        id: ids.next_id(),
        basis: basis.map(str::to_owned),
        texts: vec![Text::new(Lang::french(), vec![said])],
    }
}

/// Whether two visas cite one thing: a text of law, a party's decision, the parent convention, or the same words.
fn is_same(one: &Visa, other: &Visa, reference: &Reference) -> bool {
    if other.basis.is_some() && one.basis == other.basis {
        return true;
    }
    let (here, there) = (said(one), said(other));
    let law = other.basis.as_deref().and_then(|id| reference.legal(id));
    if let Some(law) = law {
        // Written in full, it says the number and nothing longer: « L. 1115-1 » is not in « L. 1115-1-1 ».
        let number = match law.kind {
            LegalKind::CodeArticle => fold(law.reference.rsplit("art.").next().unwrap_or_default()),
            _ => mark_of(&law.reference),
        };
        let here = fold(here);
        return here.match_indices(&number).any(|(at, found)| {
            let after = here.get(at + found.len()..).unwrap_or_default();
            !after.trim_start().starts_with(|c: char| c.is_ascii_digit())
        });
    }
    if let Some(vote) = vote_of(there) {
        return vote_of(here) == Some(vote);
    }
    let names_parent = |said: &str| said.contains("{{parent.");
    if names_parent(there) {
        return names_parent(here);
    }
    fold(here).contains(&mark_of(there))
}

fn said(visa: &Visa) -> &str {
    let text = in_language(&visa.texts, &Lang::french()).or_else(|| visa.texts.first());
    text.and_then(|text| text.paragraphs.first())
        .map_or("", String::as_str)
}

/// The party whose decision is cited.
fn vote_of(said: &str) -> Option<Key> {
    let leaves = parse(said).leaves.into_iter();
    leaves
        .filter_map(|leaf| match leaf.content {
            Content::Field(name) => Field::parse(&name),
            _ => None,
        })
        .find_map(|field| match field {
            Field::Vote(key, _) => Some(key),
            _ => None,
        })
}

/// By what a law is known in other words: its number, else all of it.
fn mark_of(said: &str) -> String {
    let number = said
        .split_whitespace()
        .find(|word| word.chars().filter(char::is_ascii_digit).count() >= 3);
    fold(number.unwrap_or(said))
}

/// What comes first among visas.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    Code,
    Law,
    Decree,
    Other,
    OwnLaw,
    Convention,
    Decision,
}

impl Rank {
    fn of(visa: &Visa, reference: &Reference) -> Self {
        let said = said(visa);
        let law = visa.basis.as_deref().and_then(|id| reference.legal(id));
        let of_law = law.and_then(|law| match law.kind {
            LegalKind::CodeArticle => Some(Self::Code),
            LegalKind::Law => Some(Self::Law),
            LegalKind::Decree => Some(Self::Decree),
            _ => None,
        });
        if let Some(rank) = of_law {
            return rank;
        }
        if vote_of(said).is_some() {
            return Self::Decision;
        }
        let words = fold(said);
        let says = |first: &[&str]| first.iter().any(|word| words.contains(word));
        if says(&["code general des collectivites", "le meme code"]) {
            Self::Code
        } else if says(&["deliberation", "decision"]) {
            Self::Decision
        } else if says(&["convention", "protocole", "pacte", "charte de", "accord"]) {
            Self::Convention
        } else if law.is_none() && says(&["loi ", "code ", "constitution", "ordonnance", "dahir"]) {
            // A law that no entry knows: that of the partner's country, or one of ours, which come one after the other.
            Self::OwnLaw
        } else {
            Self::Other
        }
    }
}
