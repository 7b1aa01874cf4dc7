//! Findings that somebody answers for.

use super::Finding;
use crate::model::SetAside;

/// Says who answers for a finding, or who did before the facts changed.
pub(super) fn answer(finding: &mut Finding, answers: &[SetAside]) {
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
    use super::super::Severity;
    use super::super::samples::{World, day, today};
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
