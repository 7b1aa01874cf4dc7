//! The words that no dictionary has and that are right here: names in the records, the words of the field.

use std::collections::HashSet;

use super::words;
use crate::model::{Lang, Name, Records, Signatory};
use crate::reference::{Passage, Reference};

/// Words that are right, as they are written.
pub type Known = HashSet<String>;

/// What the records and the reference name. The words of the field are French.
#[must_use]
pub fn known(records: &Records, reference: &Reference, lang: &Lang) -> Known {
    let mut known = Known::new();
    let mut take = |text: &str| {
        for range in words(text) {
            let Some(word) = text.get(range) else {
                continue;
            };
            for part in word.split(['’', '\'', '-']).chain([word]) {
                if !part.is_empty() && !known.contains(part) {
                    known.insert(part.to_owned());
                }
            }
        }
    };
    let ours = records.authority();
    let mut names: Vec<&Name> = vec![&ours.name];
    names.extend(&ours.short_name);
    names.extend(&ours.prefect);
    names.extend(&ours.accountant);
    let mut signatories: Vec<&Signatory> = ours.signatories.iter().collect();
    take(ours.town.as_deref().unwrap_or_default());
    take(ours.seat.as_deref().unwrap_or_default());

    for partner in records.partners() {
        names.push(&partner.name);
        names.extend(&partner.short_name);
        names.extend(&partner.assembly);
        signatories.extend(&partner.signatories);
        partner.names.iter().for_each(|name| take(&name.text));
        take(partner.town.as_deref().unwrap_or_default());
    }
    names.iter().for_each(|name| take(&name.text));
    for signatory in signatories {
        take(&signatory.name);
        take(&signatory.function);
    }
    records.contacts().for_each(|contact| take(&contact.name));
    for term in records.terms() {
        take(&term.term);
        take(term.acronym.as_deref().unwrap_or_default());
    }

    reference
        .countries()
        .iter()
        .for_each(|it| take(&it.name.text));
    if lang.is_french() {
        reference.terms().iter().for_each(|term| take(&term.term));
        reference
            .themes()
            .iter()
            .for_each(|theme| take(&theme.label));
        reference.schemes().iter().for_each(|it| take(&it.label));
        for clause in reference.clauses() {
            let other = clause.alternatives.iter().flat_map(|it| &it.paragraphs);
            let said = clause.paragraphs.iter().chain(other).map(Passage::text);
            said.for_each(|paragraph| take(&crate::model::text::plain(paragraph)));
        }
    }
    known
}
