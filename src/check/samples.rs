//! A small world for the tests of the rules: Valmont, Aného, their convention and its budget, as they should be.

use chrono::NaiveDate;
use serde_json::json;

use super::{Finding, Knowledge, Subject, review};
use crate::ledger::Point;
use crate::model::{
    Act, ActKind, Article, Authority, Budget, Convention, ConventionKind, Exchange, Funder, Id,
    Ids, Key, Partner, Record, Records, Snapshot, Text, Version, VersionReason, Visa,
};
use crate::reference::{AuthorityKind, LegalText, Reference, Scheme};

/// Every text was read in its source, but these.
pub(super) struct Read {
    pub(super) unread: &'static [&'static str],
}

impl Knowledge for Read {
    fn is_verified(&self, basis: &str) -> bool {
        !self.unread.contains(&basis)
    }

    fn outdated(&self) -> Vec<&LegalText> {
        Reference::shipped().outdated()
    }

    fn scheme(&self, slug: &str) -> Option<&Scheme> {
        Reference::shipped().scheme(slug)
    }

    fn exchange(&self, budget: &Budget) -> Option<Exchange> {
        Reference::shipped().exchange(budget)
    }

    fn standing(
        &self,
        budget: &Budget,
        funder: &Funder,
        records: &Records,
    ) -> Option<(String, Vec<Point>)> {
        Reference::shipped().standing(budget, funder, records)
    }

    fn authority_kind(&self, slug: &str) -> Option<&AuthorityKind> {
        Reference::shipped().authority_kind(slug)
    }

    fn is_spared_recognition(&self, country: &str) -> bool {
        Reference::shipped().is_spared_recognition(country)
    }
}

pub(super) fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

pub(super) fn today() -> NaiveDate {
    day(2026, 11, 24)
}

pub(super) fn text(lang: &str, paragraphs: &[&str]) -> Text {
    serde_json::from_value(json!({ "lang": lang, "paragraphs": paragraphs })).unwrap()
}

pub(super) struct World {
    ids: Ids,
    pub(super) authority: Authority,
    pub(super) foreign: Partner,
    pub(super) convention: Convention,
    pub(super) budget: Budget,
    pub(super) others: Vec<Record>,
    pub(super) knowledge: Read,
}

impl World {
    /// A draft with that paragraph at the end of its first article.
    pub(super) fn saying(paragraph: &str) -> Self {
        let mut world = Self::new();
        world.convention.articles[0].texts[0]
            .paragraphs
            .push(paragraph.to_owned());
        world
    }

    pub(super) fn new() -> Self {
        let mut ids = Ids::counted(1_790_000_000_000);
        let mut id = || ids.next_id();
        let (aneho, convention, budget, valmont_pays, aneho_pays) = (id(), id(), id(), id(), id());

        let authority = json!({
            "name": { "text": "Communauté d’agglomération de Valmont" },
            "short_name": { "text": "Valmont" },
            "signatories": [
                { "id": id(), "name": "Mme Hélène Carvalho", "function": "présidente" },
            ],
        });
        let partner = json!({
            "id": aneho,
            "nature": "foreign-authority",
            "name": { "text": "Commune d’Aného" },
            "short_name": { "text": "Aného" },
            "country": "TG",
            "signatories": [
                { "id": id(), "name": "M. Koffi Lawson", "function": "maire" },
            ],
        });
        let share = |id: Id, funder: Id, amount: i64| json!({ "id": id, "year": 2027, "funder": funder, "amount": amount });
        let budget = json!({
            "id": budget,
            "title": "Eau à Aného",
            "currency": "EUR",
            "years": [2027],
            "funders": [
                { "id": valmont_pays, "key": "valmont", "certainty": "committed" },
                { "id": aneho_pays, "key": "aneho", "partner": aneho, "certainty": "committed" },
            ],
            "lines": [
                {
                    "id": id(),
                    "heading": "Travaux",
                    "label": "Bornes-fontaines",
                    "shares": [
                        share(id(), valmont_pays, 1_200_000),
                        share(id(), aneho_pays, 200_000),
                    ],
                },
            ],
        });
        let article = |id: Id, role: &str, paragraph: &str| {
            json!({
                "id": id,
                "key": role,
                "role": role,
                "texts": [{ "lang": "fr", "title": role, "paragraphs": [paragraph] }],
            })
        };
        let convention = json!({
            "id": convention,
            "kind": "cooperation",
            "title": "Convention de coopération décentralisée Valmont – Aného",
            "parties": [
                { "id": id(), "key": "valmont" },
                { "id": id(), "key": "aneho", "partner": aneho },
            ],
            "languages": ["fr"],
            "articles": [
                article(id(), "objet", "Les parties améliorent ensemble l’accès à l’eau potable."),
                article(
                    id(),
                    "finances",
                    "Valmont verse {{engagements.valmont.total}}, Aného {{engagements.aneho.total}}.",
                ),
            ],
            "budget": budget["id"],
        });

        Self {
            authority: serde_json::from_value(authority).unwrap(),
            foreign: serde_json::from_value(partner).unwrap(),
            convention: serde_json::from_value(convention).unwrap(),
            budget: serde_json::from_value(budget).unwrap(),
            others: Vec::new(),
            knowledge: Read { unread: &[] },
            ids,
        }
    }

    pub(super) fn fresh(&mut self) -> Id {
        self.ids.next_id()
    }

    /// Adds an article with that role, in French.
    pub(super) fn article(&mut self, role: &str, paragraphs: &[&str]) -> Id {
        let id = self.fresh();
        self.convention.articles.push(Article {
            id,
            key: Key::new(role),
            role: Some(role.to_owned()),
            texts: vec![text("fr", paragraphs)],
        });
        id
    }

    /// Adds a visa, in French.
    pub(super) fn visa(&mut self, basis: Option<&str>, paragraph: &str) {
        let visa = Visa {
            id: self.fresh(),
            basis: basis.map(str::to_owned),
            texts: vec![text("fr", &[paragraph])],
        };
        self.convention.visas.push(visa);
    }

    /// An association of Valmont's.
    pub(super) fn association(&mut self) -> Partner {
        serde_json::from_value(json!({
            "id": self.fresh(),
            "nature": "association",
            "name": { "text": "Association Eau partagée" },
            "short_name": { "text": "Eau partagée" },
            "country": "FR",
        }))
        .unwrap()
    }

    /// Records an act of the party of that rank.
    pub(super) fn act(&mut self, kind: ActKind, party: usize, date: NaiveDate) {
        let act: Act = serde_json::from_value(json!({
            "id": self.fresh(),
            "kind": kind,
            "party": self.convention.parties[party].key,
            "date": date,
        }))
        .unwrap();
        self.convention.acts.push(act);
    }

    /// Records a payment under the line of that rank.
    pub(super) fn pay(&mut self, line: usize, amount: i64) {
        let operation =
            json!({ "id": self.fresh(), "step": "paid", "year": 2027, "amount": amount });
        self.budget.lines[line]
            .operations
            .push(serde_json::from_value(operation).unwrap());
    }

    /// Seals the convention as it stands.
    pub(super) fn seal(&mut self) {
        self.keep(VersionReason::Seal, true);
    }

    /// Keeps a version of the convention as it stands.
    pub(super) fn keep(&mut self, reason: VersionReason, sealed: bool) {
        let version = Version {
            id: self.fresh(),
            convention: self.convention.id,
            at: "2026-07-01T10:00:00Z".parse().unwrap(),
            reason,
            name: None,
            application: "passerelle 0.1.0".to_owned(),
            reference: "2026-11-23".to_owned(),
            sealed,
            records: Snapshot {
                authority: self.authority.clone(),
                conventions: vec![self.convention.clone()],
                partners: vec![self.foreign.clone()],
                contacts: Vec::new(),
                budgets: vec![self.budget.clone()],
            },
        };
        self.others.push(Record::Version(version));
    }

    pub(super) fn records(&self) -> Records {
        let own = [
            Record::Authority(self.authority.clone()),
            Record::Partner(self.foreign.clone()),
            Record::Convention(self.convention.clone()),
            Record::Budget(self.budget.clone()),
        ];
        Records::from_records(own.into_iter().chain(self.others.iter().cloned()))
    }

    pub(super) fn review(&self) -> Vec<Finding> {
        let subject = Subject::Convention(self.convention.id);
        review(subject, &self.records(), &self.knowledge, today())
    }

    /// What one rule finds in the convention, its budget and its parties.
    pub(super) fn findings(&self, rule: &str) -> Vec<Finding> {
        assert!(super::rules().any(|known| known.name == rule), "{rule}");
        let mut found = self.review();
        found.retain(|finding| finding.rule == rule);
        found
    }

    /// The convention once that finding is mended mechanically.
    pub(super) fn fixed(&self, finding: &Finding) -> Convention {
        let mut ids = Ids::counted(1_800_000_000_000);
        let fix = finding.fix.as_ref().unwrap();
        let change = fix.change(&self.records(), &mut ids).unwrap();
        match change.edits[0].after.as_deref() {
            Some(Record::Convention(convention)) => convention.clone(),
            _ => unreachable!(),
        }
    }
}

/// A draft to which nothing is missing.
pub(super) fn cooperation() -> Convention {
    let world = World::new();
    assert_eq!(world.convention.kind, ConventionKind::Cooperation);
    world.convention
}

/// What one rule finds in that convention, the rest of the world being as it should.
pub(super) fn findings(rule: &str, convention: &Convention) -> Vec<Finding> {
    let mut world = World::new();
    world.convention = convention.clone();
    world.findings(rule)
}
