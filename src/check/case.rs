//! What a rule is given to look at.

use chrono::NaiveDate;

use crate::model::{
    Budget, Convention, Id, Kind, Lang, Nature, Partner, Party, RecordId, Records, Stage, Text,
    Version, text,
};
use crate::reference::Reference;

/// What the rules need from the reference, told apart so that a rule can be tried without it.
pub trait Knowledge {
    /// Whether that text of law was read in its source by someone: « vérifié ».
    fn is_verified(&self, basis: &str) -> bool;
}

impl Knowledge for Reference {
    fn is_verified(&self, basis: &str) -> bool {
        self.legal(basis)
            .is_some_and(|text| text.confidence.is_verified())
    }
}

/// A convention under review.
pub(super) struct ConventionCase<'a> {
    /// The convention as it is kept: its acts, its budget, what was set aside.
    pub(super) convention: &'a Convention,
    /// The convention as its text stands: the signed one once it is sealed.
    pub(super) written: &'a Convention,
    /// The records by which that text is composed.
    pub(super) written_records: &'a Records,
    /// The signed text.
    pub(super) sealed: Option<&'a Version>,
    pub(super) stage: Stage,
    pub(super) records: &'a Records,
    pub(super) today: NaiveDate,
}

/// A budget under review.
#[allow(dead_code)]
pub(super) struct BudgetCase<'a> {
    pub(super) budget: &'a Budget,
    pub(super) records: &'a Records,
    pub(super) today: NaiveDate,
}

/// A partner or a body under review.
#[allow(dead_code)]
pub(super) struct BodyCase<'a> {
    pub(super) partner: &'a Partner,
    pub(super) records: &'a Records,
    pub(super) today: NaiveDate,
}

/// Our authority under review, for one year.
#[allow(dead_code)]
pub(super) struct AuthorityCase<'a> {
    pub(super) year: i32,
    pub(super) records: &'a Records,
    pub(super) today: NaiveDate,
}

impl<'a> ConventionCase<'a> {
    pub(super) const fn record(&self) -> RecordId {
        RecordId {
            kind: Kind::Convention,
            id: self.convention.id,
        }
    }

    /// The budget as the text reads it.
    pub(super) fn budget(&self) -> Option<&'a Budget> {
        self.written_records.budget(self.written.budget?)
    }

    pub(super) fn is_french(&self, party: &Party) -> bool {
        self.records.nature_of(party) == Some(Nature::FrenchAuthority)
    }

    /// What a party is called in a message.
    pub(super) fn name_of(&self, party: &Party) -> &'a str {
        let name = match party.partner {
            None => {
                let authority = self.records.authority();
                Some(authority.short_name.as_ref().unwrap_or(&authority.name))
            }
            Some(id) => self
                .records
                .partner(id)
                .map(|partner| partner.short_name.as_ref().unwrap_or(&partner.name)),
        };
        name.map(|name| name.text.as_str())
            .filter(|name| !name.trim().is_empty())
            .unwrap_or("cette partie")
    }

    /// The French texts of the articles with that role.
    pub(super) fn french_with_role(&self, role: &str) -> impl Iterator<Item = &'a Text> {
        self.written
            .articles
            .iter()
            .filter(move |article| article.role.as_deref() == Some(role))
            .filter_map(|article| french(&article.texts))
    }

    /// Whether an article with that role says something in French.
    pub(super) fn says(&self, role: &str) -> bool {
        self.french_with_role(role).any(|text| !text.is_blank())
    }

    /// The first article with that role, for a place.
    pub(super) fn article_with_role(&self, role: &str) -> Option<Id> {
        self.written
            .article_with_role(role)
            .map(|article| article.id)
    }

    /// Every paragraph in French: of visas, recitals, articles and annexes, notes included.
    pub(super) fn french_paragraphs(&self) -> impl Iterator<Item = &'a str> {
        let written = self.written;
        let texts = written
            .visas
            .iter()
            .map(|visa| &visa.texts)
            .chain(written.recitals.iter().map(|recital| &recital.texts))
            .chain(written.articles.iter().map(|article| &article.texts))
            .chain(written.annexes.iter().map(|annex| &annex.texts));

        texts.filter_map(|texts| french(texts)).flat_map(|text| {
            let notes = text.notes.iter().map(|note| note.text.as_str());
            text.paragraphs.iter().map(String::as_str).chain(notes)
        })
    }
}

/// Among the texts of an item, the French one.
pub(super) fn french(texts: &[Text]) -> Option<&Text> {
    text::in_language(texts, &Lang::french())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::{rules, text::basis_of_contents};
    use super::*;
    use crate::model::ConventionKind;

    #[test]
    fn a_rule_may_stand_on_a_text_that_somebody_read_and_on_no_other() {
        let shipped = Reference::shipped();
        assert!(shipped.is_verified("cgct-l1115-1"));
        assert!(shipped.is_verified("jp-cote-d-or"));
        assert!(!shipped.is_verified("cgct-delegations"));
        assert!(!shipped.is_verified("cgct-l9999-9"));
    }

    #[test]
    fn a_department_that_reads_a_text_makes_it_verified() {
        let correction =
            json!({ "entries": [{ "id": "cgct-delegations", "confidence": "vérifié" }] });
        let (corrected, errors) = Reference::corrected([("legal.json".to_owned(), correction)]);
        assert!(errors.is_empty());
        assert!(corrected.is_verified("cgct-delegations"));
    }

    #[test]
    fn every_text_that_a_rule_rests_on_ships() {
        let basis = rules().flat_map(|rule| rule.basis).chain(
            ConventionKind::ALL
                .map(basis_of_contents)
                .into_iter()
                .flatten(),
        );

        for id in basis {
            assert!(Reference::shipped().legal(id).is_some(), "{id}");
        }
    }
}
