//! What a rule is made of.

use std::fmt::Write as _;

use sha2::{Digest, Sha256};

use super::case::{AuthorityCase, BodyCase, BodyYearCase, BudgetCase, ConventionCase};
use super::clauses::Clause;
use super::{Fix, MissingBase, Place, Severity};
use crate::model::{ConventionKind, Nature, Stage};

/// A rule: a line of its family's table.
#[derive(Debug)]
pub(super) struct Rule {
    pub(super) info: RuleInfo,
    pub(super) check: Check,
}

/// What is known of a rule before it is run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct RuleInfo {
    /// Its name, never changed: `ordre-des-dates`.
    pub name: &'static str,
    /// What it looks at, as the sheet of checks says it: « Ordre des dates ».
    pub title: &'static str,
    /// How much it matters at most.
    pub severity: Severity,
    /// The texts that it rests on, ids of the reference.
    pub basis: &'static [&'static str],
    /// Whether a person may answer for what it finds.
    pub can_be_set_aside: bool,
}

impl RuleInfo {
    pub(super) const fn new(
        name: &'static str,
        title: &'static str,
        severity: Severity,
        basis: &'static [&'static str],
    ) -> Self {
        Self {
            name,
            title,
            severity,
            basis,
            can_be_set_aside: true,
        }
    }

    /// The same, for which nobody can answer.
    pub(super) const fn never_set_aside(mut self) -> Self {
        self.can_be_set_aside = false;
        self
    }
}

/// What a rule looks at, and to what it applies.
#[derive(Debug, Clone, Copy)]
pub(super) enum Check {
    /// The text of a convention, or what its composition reads: not of one taken over.
    Text(
        fn(ConventionKind) -> bool,
        fn(&ConventionCase<'_>) -> Vec<Found>,
    ),
    /// An article of a convention that is not taken over.
    Clause(fn(ConventionKind) -> bool, &'static Clause),
    /// Parties, dates, amounts, acts of a convention, written here or taken over.
    Convention(
        fn(ConventionKind) -> bool,
        fn(&ConventionCase<'_>) -> Vec<Found>,
    ),
    /// A budget.
    Budget(fn(&BudgetCase<'_>) -> Vec<Found>),
    /// A partner or a body.
    Body(fn(Nature) -> bool, fn(&BodyCase<'_>) -> Vec<Found>),
    /// A partner or a body, for one year.
    BodyYear(fn(Nature) -> bool, fn(&BodyYearCase<'_>) -> Vec<Found>),
    /// Our authority and one year.
    Authority(fn(&AuthorityCase<'_>) -> Vec<Found>),
}

/// What a rule found, before the frame makes a finding of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Found {
    pub(super) place: Place,
    pub(super) message: String,
    pub(super) facts: Facts,
    pub(super) severity: Option<Severity>,
    pub(super) basis: Option<&'static [&'static str]>,
    pub(super) fix: Option<Fix>,
    pub(super) missing: Option<MissingBase>,
}

impl Found {
    pub(super) fn new(place: Place, message: impl Into<String>, facts: Facts) -> Self {
        Self {
            place,
            message: message.into(),
            facts,
            severity: None,
            basis: None,
            fix: None,
            missing: None,
        }
    }

    /// Less than the rule's own severity.
    pub(super) fn only(self, severity: Severity) -> Self {
        Self {
            severity: Some(severity),
            ..self
        }
    }

    /// On another basis than the rule's own.
    pub(super) fn under(self, basis: &'static [&'static str]) -> Self {
        Self {
            basis: Some(basis),
            ..self
        }
    }

    /// It goes once that base is entered.
    pub(super) fn asking_for(self, base: MissingBase) -> Self {
        Self {
            missing: Some(base),
            ..self
        }
    }

    pub(super) fn fixed_by(self, fix: Fix) -> Self {
        Self {
            fix: Some(fix),
            ..self
        }
    }
}

/// The facts that a finding rests on: when they change, one that was set aside comes back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Facts(Vec<String>);

impl Facts {
    pub(super) fn with(mut self, fact: impl std::fmt::Debug) -> Self {
        self.0.push(format!("{fact:?}"));
        self
    }

    /// Half of a SHA-256, in hexadecimal: enough to tell two states of one draft apart.
    pub(super) fn fingerprint(&self) -> String {
        let mut hash = Sha256::new();
        for fact in &self.0 {
            hash.update(fact.len().to_be_bytes());
            hash.update(fact.as_bytes());
        }

        let mut text = String::with_capacity(32);
        for byte in hash.finalize().iter().take(16) {
            let _ = write!(text, "{byte:02x}");
        }
        text
    }
}

/// Every kind of convention.
pub(super) const fn any_kind(_: ConventionKind) -> bool {
    true
}

/// Kinds that bind and are complete in themselves. A charter is free in its form and binds to nothing that can be
/// counted; an amendment says what it amends.
pub(super) fn is_contract(kind: ConventionKind) -> bool {
    kind.is_cooperation() || kind.is_grant() || kind == ConventionKind::Emergency
}

/// From the delivered délibération on, a draft is ready to be signed.
pub(super) fn is_about_to_be_signed(stage: Stage) -> bool {
    matches!(
        stage,
        Stage::DeliberationTransmitted | Stage::Signed | Stage::InForce | Stage::Suspended
    )
}
