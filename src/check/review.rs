//! Running the rules over a subject, and what becomes of what they find.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::answers::answer;
use super::case::{AuthorityCase, BodyCase, BodyYearCase, BudgetCase, ConventionCase, Knowledge};
use super::passage::passages;
use super::rule::{Check, Found, Rule, RuleInfo};
use super::{
    Finding, Severity, Subject, bodies, budget, calls, ceilings, charters, clauses, commitments,
    dates, excess, fields, grants, kin, languages, life, money, parties, payments, references,
    renewal, seal, signing, term, text, visas, voted,
};
use crate::model::{Budget, Convention, Id, Nature, Records};

/// A rule that applies to a subject, and what it found: nothing when it holds.
#[derive(Debug, Clone, PartialEq)]
pub struct Examined {
    /// The rule.
    pub rule: RuleInfo,
    /// Of what.
    pub subject: Subject,
    /// What it found.
    pub findings: Vec<Finding>,
}

fn tables() -> impl Iterator<Item = &'static Rule> {
    [
        text::RULES,
        references::RULES,
        fields::RULES,
        money::RULES,
        commitments::RULES,
        parties::RULES,
        signing::RULES,
        dates::RULES,
        kin::RULES,
        life::RULES,
        voted::RULES,
        seal::RULES,
        visas::RULES,
        languages::RULES,
        term::RULES,
        renewal::RULES,
        payments::RULES,
        clauses::RULES,
        charters::RULES,
        budget::RULES,
        excess::RULES,
        calls::RULES,
        ceilings::RULES,
        bodies::RULES,
        grants::RULES,
    ]
    .into_iter()
    .flatten()
}

/// Every rule, in the order in which findings of one severity are shown.
pub fn rules() -> impl Iterator<Item = RuleInfo> {
    tables().map(|rule| rule.info)
}

/// What there is to see to, the gravest first. That of a convention includes its budget's and its parties'.
#[must_use]
pub fn review(
    subject: Subject,
    records: &Records,
    knowledge: &dyn Knowledge,
    today: NaiveDate,
) -> Vec<Finding> {
    sorted(examine(subject, records, knowledge, today))
}

/// What there is to see to in all records, each subject once.
#[must_use]
pub fn review_all(records: &Records, knowledge: &dyn Knowledge, today: NaiveDate) -> Vec<Finding> {
    let conventions = records
        .conventions()
        .map(|convention| Subject::Convention(convention.id));
    let budgets = records.budgets().map(|budget| Subject::Budget(budget.id));
    let bodies = records
        .partners()
        .flat_map(|partner| body(partner.id, records));
    let years: BTreeSet<i32> = records
        .budgets()
        .flat_map(|budget| budget.years.iter().copied())
        .chain(records.authority().bases.iter().map(|base| base.year))
        .chain([today.year()])
        .collect();

    let examination = Examination {
        records,
        knowledge,
        today,
    };
    sorted(
        conventions
            .chain(budgets)
            .chain(bodies)
            .chain(years.into_iter().map(Subject::Authority))
            .flat_map(|subject| examination.of(subject))
            .collect(),
    )
}

/// Every rule that applies to that subject, with what it found: the sheet of checks. That of a convention includes
/// its budget's and its parties'; that of a budget the ceilings that it weighs on.
#[must_use]
pub fn examine(
    subject: Subject,
    records: &Records,
    knowledge: &dyn Knowledge,
    today: NaiveDate,
) -> Vec<Examined> {
    let examination = Examination {
        records,
        knowledge,
        today,
    };
    let mut examined = examination.of(subject);

    match subject {
        Subject::Convention(id) => {
            if let Some(convention) = records.convention(id) {
                let mut about = examination.around(convention);
                let findings = about.iter_mut().flat_map(|one| &mut one.findings);
                answer(findings, &convention.set_aside);
                examined.extend(about);
            }
        }
        Subject::Body(id) => {
            let years = body(id, records).skip(1);
            examined.extend(years.flat_map(|year| examination.of(year)));
        }
        Subject::Budget(id) => {
            if let Some(budget) = records.budget(id) {
                let years = budget.years.iter();
                let ceilings = years.map(|year| examination.of_authority(*year, Some(budget)));
                examined.extend(ceilings.flatten());
            }
        }
        Subject::BodyYear(..) | Subject::Authority(_) => {}
    }
    examined
}

/// A body, then each year in which it is granted something.
fn body(id: Id, records: &Records) -> impl Iterator<Item = Subject> + use<> {
    let years = records.years_of_grants_to(id).into_iter();
    std::iter::once(Subject::Body(id)).chain(years.map(move |year| Subject::BodyYear(id, year)))
}

/// The years that a convention is about.
fn years_of(convention: &Convention, budget: Option<&Budget>) -> BTreeSet<i32> {
    if !convention.budget_years.is_empty() {
        return convention.budget_years.iter().copied().collect();
    }
    if let Some(budget) = budget {
        return budget.years.iter().copied().collect();
    }
    match (convention.start, convention.end) {
        (Some(start), Some(end)) => (start.year()..=end.year()).collect(),
        (Some(day), None) | (None, Some(day)) => BTreeSet::from([day.year()]),
        (None, None) => BTreeSet::new(),
    }
}

fn sorted(examined: Vec<Examined>) -> Vec<Finding> {
    let mut findings: Vec<_> = examined
        .into_iter()
        .flat_map(|examined| examined.findings)
        .collect();
    findings.sort_by_key(|finding| (finding.set_aside.is_some(), finding.severity));
    findings
}

struct Examination<'a> {
    records: &'a Records,
    knowledge: &'a dyn Knowledge,
    today: NaiveDate,
}

impl Examination<'_> {
    /// What concerns a convention beside itself: its budget, its parties and those it grants something to, the
    /// ceilings that its budget is charged to.
    fn around(&self, convention: &Convention) -> Vec<Examined> {
        let budget = convention.budget.and_then(|id| self.records.budget(id));
        let years = years_of(convention, budget);

        let parties = convention.parties.iter().filter_map(|party| party.partner);
        let granted = budget
            .into_iter()
            .flat_map(|budget| &budget.lines)
            .filter_map(|line| line.beneficiary)
            .filter(|_| !convention.kind.is_grant());
        let bodies: BTreeSet<Id> = parties.chain(granted).collect();

        let budgets = budget.map(|budget| Subject::Budget(budget.id));
        let bodies = bodies
            .into_iter()
            .flat_map(|id| body(id, self.records))
            .filter(|subject| subject.year().is_none_or(|year| years.contains(&year)));

        let mut examined: Vec<Examined> = budgets
            .into_iter()
            .chain(bodies)
            .flat_map(|subject| self.of(subject))
            .collect();
        if let Some(budget) = budget {
            for year in &years {
                examined.extend(self.of_authority(*year, Some(budget)));
            }
        }
        examined
    }

    /// What the rules about that subject itself say.
    fn of(&self, subject: Subject) -> Vec<Examined> {
        match subject {
            Subject::Convention(id) => match self.records.convention(id) {
                Some(convention) => self.of_convention(subject, convention),
                None => Vec::new(),
            },
            Subject::Budget(id) => match self.records.budget(id) {
                Some(budget) => self.run(subject, |check| match check {
                    Check::Budget(check) => Some(check(&BudgetCase {
                        budget,
                        records: self.records,
                        knowledge: self.knowledge,
                    })),
                    _ => None,
                }),
                None => Vec::new(),
            },
            Subject::Body(id) => match self.records.partner(id) {
                Some(partner) => self.run(subject, |check| match check {
                    Check::Body(applies, check) => applies(partner.nature).then(|| {
                        check(&BodyCase {
                            partner,
                            records: self.records,
                            knowledge: self.knowledge,
                            today: self.today,
                        })
                    }),
                    _ => None,
                }),
                None => Vec::new(),
            },
            Subject::BodyYear(id, year) => match self.records.partner(id) {
                Some(partner) => self.run(subject, |check| match check {
                    Check::BodyYear(applies, check) => applies(partner.nature).then(|| {
                        check(&BodyYearCase {
                            partner,
                            year,
                            records: self.records,
                            knowledge: self.knowledge,
                            today: self.today,
                        })
                    }),
                    _ => None,
                }),
                None => Vec::new(),
            },
            Subject::Authority(year) => self.of_authority(year, None),
        }
    }

    /// Our authority's year; only what that budget has a part in, where there is one.
    fn of_authority(&self, year: i32, beside: Option<&Budget>) -> Vec<Examined> {
        self.run(Subject::Authority(year), |check| match check {
            Check::Authority(check) => Some(check(&AuthorityCase {
                year,
                beside,
                records: self.records,
                knowledge: self.knowledge,
                today: self.today,
            })),
            _ => None,
        })
    }

    fn of_convention(&self, subject: Subject, convention: &Convention) -> Vec<Examined> {
        let sealed = self.records.sealed(convention.id);
        let signed = sealed.and_then(|version| {
            let written = version
                .records
                .conventions
                .iter()
                .find(|it| it.id == convention.id)?;
            Some((written, Records::from_snapshot(&version.records)))
        });
        let (written, written_records) = match &signed {
            Some((written, records)) => (*written, records),
            None => (convention, self.records),
        };

        let case = ConventionCase {
            convention,
            written,
            passages: passages(written),
            written_records,
            sealed,
            stage: convention.stage(self.today, |party| {
                self.records.nature_of(party) == Some(Nature::FrenchAuthority)
            }),
            records: self.records,
            knowledge: self.knowledge,
            today: self.today,
        };
        let taken_over = convention.taken_over.is_some();
        let kind = convention.kind;

        let mut examined = self.run(subject, |check| match check {
            Check::Text(applies, check) => (!taken_over && applies(kind)).then(|| check(&case)),
            Check::Clause(applies, clause) => {
                (!taken_over && applies(kind)).then(|| clause.missing(&case).into_iter().collect())
            }
            Check::Convention(applies, check) => applies(kind).then(|| check(&case)),
            Check::Budget(_) | Check::Body(..) | Check::BodyYear(..) | Check::Authority(_) => None,
        });

        for finding in examined.iter_mut().flat_map(|one| &mut one.findings) {
            if taken_over {
                finding.severity = finding.severity.max(Severity::Warning);
            }
            if sealed.is_some() {
                // Nothing mends a signed text but an amendment.
                finding.fix = None;
            }
        }
        let findings = examined.iter_mut().flat_map(|one| &mut one.findings);
        answer(findings, &convention.set_aside);
        examined
    }

    fn run(&self, subject: Subject, check: impl Fn(Check) -> Option<Vec<Found>>) -> Vec<Examined> {
        tables()
            .filter_map(|rule| {
                let found = check(rule.check)?;
                Some(Examined {
                    rule: rule.info,
                    subject,
                    findings: found
                        .into_iter()
                        .map(|found| self.finding(rule.info, subject, found))
                        .collect(),
                })
            })
            .collect()
    }

    fn finding(&self, rule: RuleInfo, subject: Subject, found: Found) -> Finding {
        let basis = found.basis.unwrap_or(rule.basis);
        let grounded =
            basis.is_empty() || basis.iter().any(|text| self.knowledge.is_verified(text));
        let severity = found.severity.unwrap_or(rule.severity);

        Finding {
            rule: rule.name,
            severity: if grounded {
                severity
            } else {
                severity.max(Severity::Warning)
            },
            subject,
            place: found.place,
            message: found.message,
            basis,
            fix: found.fix,
            missing: found.missing,
            can_be_set_aside: rule.can_be_set_aside,
            set_aside: None,
            was_set_aside: None,
            fingerprint: found.facts.fingerprint(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, today};
    use super::*;
    use crate::model::TakenOver;

    #[test]
    fn rules_have_names_of_their_own_and_titles() {
        let names: BTreeSet<_> = rules().map(|rule| rule.name).collect();
        assert_eq!(names.len(), rules().count());
        assert!(rules().all(|rule| !rule.title.is_empty()));
    }

    fn without_object() -> World {
        let mut world = World::new();
        world.convention.articles[0].texts[0].paragraphs = vec!["À écrire.".to_owned()];
        world
    }

    #[test]
    fn no_text_that_is_to_be_confirmed_blocks() {
        let mut world = without_object();
        assert_eq!(world.findings("objet")[0].severity, Severity::Blocking);

        world.knowledge.unread = &["cgct-l1115-1"];
        let found = world.findings("objet");
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].basis, ["cgct-l1115-1"]);
    }

    #[test]
    fn a_convention_taken_over_is_never_blocked() {
        let mut world = World::new();
        world.convention.taken_over = Some(TakenOver::default());
        world.convention.parties.clear();
        assert!(!world.review().is_empty());
        assert!(world.review().iter().all(|finding| !finding.blocks()));
    }

    #[test]
    fn the_sheet_of_checks_names_the_rules_that_hold() {
        let world = World::new();
        let subject = Subject::Convention(world.convention.id);
        let sheet = examine(subject, &world.records(), &world.knowledge, today());
        let object = sheet.iter().find(|one| one.rule.name == "objet").unwrap();
        assert!(object.findings.is_empty());
        assert_eq!(object.rule.title, "Objet de la convention");
    }

    #[test]
    fn the_sheet_asks_nothing_of_a_foreign_town_that_the_law_asks_of_associations() {
        let mut world = World::new();
        world.budget.lines[0].beneficiary = Some(world.foreign.id);
        let asked = |world: &World| -> BTreeSet<&str> {
            let subject = Subject::Convention(world.convention.id);
            let sheet = examine(subject, &world.records(), &world.knowledge, today());
            sheet.into_iter().map(|one| one.rule.name).collect()
        };
        let of_associations = [
            "engagement-republicain",
            "subvention-23000",
            "donnees-essentielles",
            "comptes-153000",
        ];
        for rule in of_associations {
            assert!(!asked(&world).contains(rule), "{rule}");
        }
        world.foreign.nature = Nature::Association;
        for rule in of_associations {
            assert!(asked(&world).contains(rule), "{rule}");
        }
    }

    #[test]
    fn a_mended_finding_goes() {
        let mut world = World::new();
        world.convention.budget = None;
        world.convention.articles.remove(1);
        let found = world.findings("montant-previsionnel").remove(0);
        world.convention = world.fixed(&found);
        assert!(world.findings("montant-previsionnel").is_empty());
    }

    #[test]
    fn everything_is_reviewed_once() {
        let world = without_object();
        let all = review_all(&world.records(), &world.knowledge, today());
        assert_eq!(all.iter().filter(|it| it.rule == "objet").count(), 1);
    }
}
