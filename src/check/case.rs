//! What a rule is given to look at.

use chrono::NaiveDate;

use super::passage::Passage;
use super::titles::has_role;
use crate::ledger::{self, Point};
use crate::model::{
    ActKind, Budget, Convention, ConventionKind, Exchange, Funder, Id, Kind, Lang, Nature, Partner,
    Party, RecordId, Records, Signatory, Stage, Text, Version, text,
};
use crate::reference::{AuthorityKind, LegalText, Reference, Scheme, Status};

/// What the rules need from the reference, told apart so that a rule can be tried without it.
pub trait Knowledge {
    /// Whether that text of law was read in its source by someone: « vérifié ».
    fn is_verified(&self, basis: &str) -> bool;

    /// Texts that were read in their source and that are repealed or replaced.
    fn outdated(&self) -> Vec<&LegalText>;

    /// What can pay for an action, by its slug: `eau`.
    fn scheme(&self, slug: &str) -> Option<&Scheme>;

    /// What turns amounts of a budget in another currency into euros; nothing without a rate.
    fn exchange(&self, budget: &Budget) -> Option<Exchange>;

    /// How a budget stands for a funder, against the rules chosen for it: their name, and point by point.
    fn standing(
        &self,
        budget: &Budget,
        funder: &Funder,
        records: &Records,
    ) -> Option<(String, Vec<Point>)>;

    /// What is known of a kind of authority, by its slug: `departement`.
    fn authority_kind(&self, slug: &str) -> Option<&AuthorityKind>;

    /// Whether partners of that country need no check of recognition and sanctions: France and its territories,
    /// the European Economic Area, Switzerland.
    fn is_spared_recognition(&self, country: &str) -> bool;
}

impl Knowledge for Reference {
    fn is_verified(&self, basis: &str) -> bool {
        self.legal(basis)
            .is_some_and(|text| text.confidence.is_verified())
    }

    fn outdated(&self) -> Vec<&LegalText> {
        self.legal_all()
            .iter()
            .filter(|text| matches!(text.status, Status::Replaced | Status::Repealed))
            .filter(|text| text.confidence.is_verified())
            .collect()
    }

    fn scheme(&self, slug: &str) -> Option<&Scheme> {
        Self::scheme(self, slug)
    }

    fn exchange(&self, budget: &Budget) -> Option<Exchange> {
        ledger::exchange(budget, self)
    }

    fn standing(
        &self,
        budget: &Budget,
        funder: &Funder,
        records: &Records,
    ) -> Option<(String, Vec<Point>)> {
        let rule = ledger::rule(funder.rule.as_deref()?, records, self)?;
        let points = ledger::standing(budget, funder, &rule, records, self);
        Some((rule.label.clone(), points))
    }

    fn authority_kind(&self, slug: &str) -> Option<&AuthorityKind> {
        Self::authority_kind(self, slug)
    }

    fn is_spared_recognition(&self, country: &str) -> bool {
        self.country(country).is_some_and(|country| {
            country.is_in_eea_or_switzerland() || country.part_of.as_deref() == Some("FR")
        })
    }
}

/// A convention under review.
pub(super) struct ConventionCase<'a> {
    /// The convention as it is kept: its acts, its budget, what was set aside.
    pub(super) convention: &'a Convention,
    /// The convention as its text stands: the signed one once it is sealed.
    pub(super) written: &'a Convention,
    /// The passages of that text.
    pub(super) passages: Vec<Passage<'a>>,
    /// The records by which that text is composed.
    pub(super) written_records: &'a Records,
    /// The signed text.
    pub(super) sealed: Option<&'a Version>,
    pub(super) stage: Stage,
    pub(super) records: &'a Records,
    pub(super) knowledge: &'a dyn Knowledge,
    pub(super) today: NaiveDate,
}

/// A budget under review.
pub(super) struct BudgetCase<'a> {
    pub(super) budget: &'a Budget,
    pub(super) records: &'a Records,
    pub(super) knowledge: &'a dyn Knowledge,
}

/// A partner or a body under review.
pub(super) struct BodyCase<'a> {
    pub(super) partner: &'a Partner,
    pub(super) records: &'a Records,
    pub(super) knowledge: &'a dyn Knowledge,
    pub(super) today: NaiveDate,
}

/// A partner or a body under review, for one year.
pub(super) struct BodyYearCase<'a> {
    pub(super) partner: &'a Partner,
    pub(super) year: i32,
    pub(super) records: &'a Records,
    pub(super) knowledge: &'a dyn Knowledge,
    pub(super) today: NaiveDate,
}

/// Our authority under review, for one year.
pub(super) struct AuthorityCase<'a> {
    pub(super) year: i32,
    /// Only what that budget has a part in; everything when absent.
    pub(super) beside: Option<&'a Budget>,
    pub(super) records: &'a Records,
    pub(super) knowledge: &'a dyn Knowledge,
    pub(super) today: NaiveDate,
}

impl<'a> ConventionCase<'a> {
    pub(super) const fn record(&self) -> RecordId {
        RecordId {
            kind: Kind::Convention,
            id: self.convention.id,
        }
    }

    /// What it rests on and that is kept without having been read: the partners of its parties, its budget, the
    /// convention that it carries out. Nothing is known of them, and nothing else is asked about them.
    pub(super) fn unread(&self) -> impl Iterator<Item = RecordId> {
        let written = self.written;
        let partners = written.parties.iter().filter_map(|party| party.partner);
        let named = partners.map(|id| (Kind::Partner, id));
        let budget = written.budget.map(|id| (Kind::Budget, id));
        let parent = written.parent.map(|id| (Kind::Convention, id));
        named
            .chain(budget)
            .chain(parent)
            .map(|(kind, id)| RecordId { kind, id })
            .filter(|name| self.written_records.is_unread(*name))
    }

    /// Whether something of that kind could not be read.
    pub(super) fn lacks(&self, kind: Kind) -> bool {
        self.unread().any(|name| name.kind == kind)
    }

    /// Whether a party is one whose partner could not be read.
    pub(super) fn is_unread(&self, party: &Party) -> bool {
        let mut unread = self.unread();
        unread.any(|name| name.kind == Kind::Partner && Some(name.id) == party.partner)
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
        match party.partner {
            None => Some(name_of_authority(self.records)),
            Some(id) => self.records.partner(id).map(name_of_partner),
        }
        .filter(|name| !name.trim().is_empty())
        .unwrap_or("cette partie")
    }

    /// Who signs for a party, as the text names that person.
    pub(super) fn signatory_of(&self, party: &Party) -> Option<&'a Signatory> {
        self.written_records
            .signatory_of(self.written, party, self.today)
    }

    /// The whole name of a party.
    pub(super) fn official_name_of(&self, party: &Party) -> Option<&'a str> {
        let name = match party.partner {
            None => &self.records.authority().name,
            Some(id) => &self.records.partner(id)?.name,
        };
        Some(name.text.as_str()).filter(|name| !name.trim().is_empty())
    }

    /// The parties that are French authorities.
    pub(super) fn french_parties(&self) -> impl Iterator<Item = &'a Party> {
        let convention = self.convention;
        convention
            .parties
            .iter()
            .filter(|party| self.is_french(party))
    }

    /// The French texts of the articles with that role.
    pub(super) fn french_with_role(&self, role: &str) -> impl Iterator<Item = &'a Text> {
        self.written
            .articles
            .iter()
            .filter(move |article| has_role(article, role))
            .filter_map(|article| french(&article.texts))
    }

    /// The same, in the framework that an annual convention carries out: what it says holds for both.
    pub(super) fn french_of_framework(&self, role: &str) -> impl Iterator<Item = &'a Text> {
        let framework = (self.convention.kind == ConventionKind::Annual)
            .then(|| self.records.convention(self.convention.parent?))
            .flatten();
        framework
            .into_iter()
            .flat_map(|framework| &framework.articles)
            .filter(move |article| has_role(article, role))
            .filter_map(|article| french(&article.texts))
    }

    /// The first article with that role, for a place.
    pub(super) fn article_with_role(&self, role: &str) -> Option<Id> {
        let mut articles = self.written.articles.iter();
        let article = articles.find(|article| has_role(article, role));
        article.map(|article| article.id)
    }

    /// Every passage in French: of visas, recitals, articles and annexes, notes included.
    pub(super) fn french_passages(&self) -> impl Iterator<Item = &Passage<'a>> {
        self.passages.iter().filter(|passage| passage.is_french())
    }
}

/// What our authority is called in a message.
pub(super) fn name_of_authority(records: &Records) -> &str {
    let authority = records.authority();
    &authority
        .short_name
        .as_ref()
        .unwrap_or(&authority.name)
        .text
}

/// What a partner is called in a message.
pub(super) fn name_of_partner(partner: &Partner) -> &str {
    &partner.short_name.as_ref().unwrap_or(&partner.name).text
}

/// The day of a convention's last signature, once all its parties have signed.
pub(super) fn signed_on(convention: &Convention) -> Option<NaiveDate> {
    let signed = |party: &Party| {
        convention
            .done_by(ActKind::Signature, &party.key)
            .map(|(_, date)| date)
    };
    let dates: Option<Vec<_>> = convention.parties.iter().map(signed).collect();
    dates?.into_iter().max()
}

/// Whether a convention binds: signed by all its parties, or taken over, for its paper is.
pub(super) fn is_signed(convention: &Convention) -> bool {
    convention.taken_over.is_some() || signed_on(convention).is_some()
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
    fn what_is_no_longer_the_law_is_known() {
        let outdated = Reference::shipped().outdated();
        assert!(
            outdated
                .iter()
                .any(|text| text.id == "loi-2007-147-thiolliere")
        );
        assert!(outdated.iter().all(|text| text.id != "cgct-l1115-1"));
    }

    #[test]
    fn france_its_territories_and_its_neighbours_in_europe_need_no_recognition_check() {
        for (country, spared) in [
            ("FR", true),
            ("PF", true),
            ("DE", true),
            ("NO", true),
            ("CH", true),
            ("GB", false),
            ("TG", false),
            ("??", false),
        ] {
            let known = Reference::shipped().is_spared_recognition(country);
            assert_eq!(known, spared, "{country}");
        }
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
