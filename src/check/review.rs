//! Running the rules over a subject, and what becomes of what they find.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::case::{AuthorityCase, BodyCase, BudgetCase, ConventionCase, Knowledge};
use super::rule::{Check, Found, Rule, RuleInfo};
use super::{Finding, Severity, Subject, dates, money, parties, seal, text};
use crate::model::{Convention, Nature, Records, SetAside};

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
        money::RULES,
        parties::RULES,
        dates::RULES,
        seal::RULES,
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
    let bodies = records.partners().map(|partner| Subject::Body(partner.id));
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
/// its budget's and its parties'.
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

    if let Subject::Convention(id) = subject
        && let Some(convention) = records.convention(id)
    {
        let budget = convention.budget.map(Subject::Budget);
        let bodies: BTreeSet<_> = convention
            .parties
            .iter()
            .filter_map(|party| party.partner)
            .map(Subject::Body)
            .collect();

        for one in budget.into_iter().chain(bodies) {
            examined.extend(examination.of(one).into_iter().map(|mut examined| {
                for finding in &mut examined.findings {
                    answer(finding, &convention.set_aside);
                }
                examined
            }));
        }
    }
    examined
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
                        today: self.today,
                    })),
                    _ => None,
                }),
                None => Vec::new(),
            },
            Subject::Body(id) | Subject::BodyYear(id, _) => match self.records.partner(id) {
                Some(partner) => self.run(subject, |check| match check {
                    Check::Body(check) => Some(check(&BodyCase {
                        partner,
                        records: self.records,
                        today: self.today,
                    })),
                    _ => None,
                }),
                None => Vec::new(),
            },
            Subject::Authority(year) => self.run(subject, |check| match check {
                Check::Authority(check) => Some(check(&AuthorityCase {
                    year,
                    records: self.records,
                    today: self.today,
                })),
                _ => None,
            }),
        }
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
            written_records,
            sealed,
            stage: convention.stage(self.today, |party| {
                self.records.nature_of(party) == Some(Nature::FrenchAuthority)
            }),
            records: self.records,
            today: self.today,
        };
        let taken_over = convention.taken_over.is_some();
        let kind = convention.kind;

        let mut examined = self.run(subject, |check| match check {
            Check::Text(applies, check) => (!taken_over && applies(kind)).then(|| check(&case)),
            Check::Convention(applies, check) => applies(kind).then(|| check(&case)),
            Check::Budget(_) | Check::Body(_) | Check::Authority(_) => None,
        });

        for finding in examined.iter_mut().flat_map(|one| &mut one.findings) {
            if taken_over {
                finding.severity = finding.severity.max(Severity::Warning);
            }
            answer(finding, &convention.set_aside);
        }
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
            can_be_set_aside: rule.can_be_set_aside,
            set_aside: None,
            was_set_aside: None,
            fingerprint: found.facts.fingerprint(),
        }
    }
}

/// Says who answers for a finding, or who did before the facts changed.
fn answer(finding: &mut Finding, answers: &[SetAside]) {
    if !finding.can_be_set_aside {
        return;
    }
    let about_it =
        |answer: &&SetAside| answer.rule == finding.rule && answer.place == finding.place.anchor();
    let standing = answers
        .iter()
        .filter(about_it)
        .rfind(|answer| answer.fingerprint == finding.fingerprint);

    match standing {
        Some(answer) => finding.set_aside = Some(answer.clone()),
        None => finding.was_set_aside = answers.iter().rfind(about_it).cloned(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, day, today};
    use super::*;
    use crate::model::{ActKind, TakenOver};

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
    fn a_finding_set_aside_is_still_listed_and_comes_back_with_its_facts() {
        let mut world = without_object();
        let found = world.findings("objet").remove(0);
        assert!(found.blocks());

        let answer = found
            .set_aside_by(
                world.fresh(),
                "Objet dit dans la convention-cadre",
                "Mme Iris Pons",
                "directrice juridique",
                day(2026, 11, 20),
            )
            .unwrap();
        world.convention.set_aside.push(answer.clone());
        // What has nothing to do with it may change.
        world.convention.title.push('…');
        let found = world.findings("objet").remove(0);
        assert_eq!(found.set_aside, Some(answer.clone()));
        assert_eq!(found.severity, Severity::Blocking);
        assert!(!found.blocks());

        world.convention.articles[0].texts[0].paragraphs = vec!["À réécrire.".to_owned()];
        let found = world.findings("objet").remove(0);
        assert_eq!(found.set_aside, None);
        assert_eq!(found.was_set_aside, Some(answer));
        assert!(found.blocks());
    }

    #[test]
    fn nobody_answers_for_an_empty_french_text() {
        let mut world = World::new();
        world.convention.articles[0].texts.clear();
        let found = world.findings("langue-francaise").remove(0);
        let id = world.fresh();
        assert_eq!(found.set_aside_by(id, "…", "…", "…", today()), None);

        // Nor does a file written by other means.
        world.convention.set_aside.push(SetAside {
            id,
            rule: "langue-francaise".to_owned(),
            place: found.place.anchor(),
            reason: "…".to_owned(),
            by: "…".to_owned(),
            function: "…".to_owned(),
            date: today(),
            fingerprint: found.fingerprint,
        });
        assert!(world.findings("langue-francaise")[0].blocks());
    }

    #[test]
    fn an_answer_for_one_place_is_not_one_for_another() {
        let mut world = World::new();
        for act in 0..2 {
            world.act(ActKind::Vote, 0, day(2026, 6, 1));
            world.convention.acts[act].date = Some(day(2026, 6, 1));
        }
        world.foreign.signatories.clear();
        world.authority.signatories.clear();
        let found = world.findings("signataires");
        assert_eq!(found.len(), 2);

        let id = world.fresh();
        let answer = found[0].set_aside_by(id, "Élection", "M. Roux", "directeur", today());
        world.convention.set_aside.extend(answer);
        let found = world.findings("signataires");
        assert_eq!(found.iter().filter(|it| it.set_aside.is_some()).count(), 1);
        assert!(found[0].set_aside.is_none(), "those that stand come first");
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
