//! Findings that somebody answers for.

use std::collections::BTreeSet;

use super::Finding;
use crate::model::SetAside;

/// Says who answers for each finding, or who did before the facts changed.
///
/// A rule may find several things in one place: an answer that stands for one of them is about no other, and one that
/// stands for none came back where there is only one that it can be about.
pub(super) fn answer<'a>(findings: impl Iterator<Item = &'a mut Finding>, answers: &[SetAside]) {
    let findings = findings.filter(|finding| finding.can_be_set_aside);
    let mut open = Vec::new();
    let mut standing = BTreeSet::new();
    for finding in findings {
        let about = answers.iter().filter(|it| is_about(it, finding));
        let answer = about
            .into_iter()
            .rfind(|it| it.fingerprint == finding.fingerprint);
        match answer {
            Some(answer) => {
                standing.insert(answer.id);
                finding.set_aside = Some(answer.clone());
            }
            None => open.push(finding),
        }
    }

    for answer in answers.iter().filter(|it| !standing.contains(&it.id)) {
        let mut about = open.iter_mut().filter(|it| is_about(answer, it));
        if let (Some(finding), None) = (about.next(), about.next()) {
            finding.was_set_aside = Some(answer.clone());
        }
    }
}

fn is_about(answer: &SetAside, finding: &Finding) -> bool {
    answer.rule == finding.rule && answer.place == finding.place.anchor()
}

#[cfg(test)]
mod tests {
    use super::super::samples::{World, day, today};
    use super::super::{Severity, Subject, examine};
    use super::*;
    use crate::model::ActKind;

    fn without_object() -> World {
        let mut world = World::new();
        world.convention.articles[0].texts[0].paragraphs = vec!["À écrire.".to_owned()];
        world
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
    fn an_answer_for_one_year_is_not_one_that_came_back_for_another() {
        let mut world = World::new();
        let line = &mut world.budget.lines[0];
        (line.scheme, line.service_budget) = (Some("eau".to_owned()), Some("eau".to_owned()));
        let mut later = line.shares.clone();
        for share in &mut later {
            share.year += 1;
        }
        line.shares.extend(later);
        world.budget.years.push(2028);
        let unmet = |world: &World| {
            let subject = Subject::Convention(world.convention.id);
            let examined = examine(subject, &world.records(), &world.knowledge, today());
            let found = examined.into_iter().flat_map(|one| one.findings);
            found
                .filter(|it| it.rule == "plafond-1-pour-cent")
                .collect::<Vec<_>>()
        };
        let found = unmet(&world);
        assert_eq!(found.len(), 2, "{found:?}");
        assert_eq!(found[0].place.anchor(), found[1].place.anchor());

        let id = world.fresh();
        let answer = found[0].set_aside_by(id, "Votée en mars", "M. Roux", "directeur", today());
        world.convention.set_aside.extend(answer);
        let found = unmet(&world);
        assert!(found[0].set_aside.is_some());
        assert!(found[1].set_aside.is_none() && found[1].was_set_aside.is_none());
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
}
