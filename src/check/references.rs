//! What the text points to: its articles, its annexes, its notes.

use super::Severity::Blocking;
use super::case::ConventionCase;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{capital, quoted};
use crate::model::Convention;
use crate::model::field::Field;
use crate::model::text::Content;

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new("renvois", "Renvois", Blocking, &[]).never_set_aside(),
    check: Check::Text(any_kind, cross_references),
}];

fn cross_references(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut found = Vec::new();

    for passage in &case.passages {
        for leaf in &passage.read.leaves {
            let Some(what) = broken_reference(case.written, passage, &leaf.content) else {
                continue;
            };
            found.push(Found::new(
                passage.place_of(case.record(), leaf),
                format!(
                    "{} {what}.{}",
                    capital(&passage.said()),
                    passage.in_which_version()
                ),
                Facts::default().with(&leaf.content),
            ));
        }
    }
    found
}

/// What is wrong with a reference, where there is one.
fn broken_reference(
    written: &Convention,
    passage: &Passage<'_>,
    content: &Content,
) -> Option<String> {
    match content {
        Content::Field(name) => match Field::parse(name)? {
            Field::Article(target) => {
                let named = written.articles.iter().any(|article| {
                    article.key == target || article.role.as_deref() == Some(target.as_str())
                });
                (!named).then(|| {
                    format!(
                        "renvoie à l’article {}, qui n’existe pas\u{a0}: choisir un autre article, ou l’ajouter",
                        quoted(target.as_str())
                    )
                })
            }
            Field::Annex(target) => {
                let named = written.annexes.iter().any(|annex| annex.key == target);
                (!named).then(|| {
                    format!(
                        "renvoie à l’annexe {}, qui n’existe pas\u{a0}: choisir une autre annexe, ou l’ajouter",
                        quoted(target.as_str())
                    )
                })
            }
            _ => None,
        },
        Content::Note(key) => {
            let written = passage.text.notes.iter().any(|note| note.key == *key);
            (!written).then(|| {
                format!(
                    "appelle une note {}, qui n’est pas écrite",
                    quoted(key.as_str())
                )
            })
        }
        Content::Words(_) | Content::Blank(_) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, text};
    use crate::model::{Key, Note, TakenOver};

    #[test]
    fn a_reference_by_key_or_by_role_holds() {
        let mut world = World::saying("Voir l’{{article:finances}} et l’{{article:argent}}[^1].");
        world.convention.articles[1].key = Key::new("argent");
        world.convention.articles[0].texts[0].notes.push(Note {
            key: Key::new("1"),
            text: "Une note.".to_owned(),
        });
        assert!(world.findings("renvois").is_empty());
    }

    #[test]
    fn a_reference_to_nothing_does_not_hold_and_nobody_answers_for_it() {
        for broken in ["{{article:duree}}", "{{annexe:budget}}", "[^2]"] {
            let world = World::saying(&format!("Voir {broken}."));
            let found = world.findings("renvois");

            assert_eq!(found[0].severity, Severity::Blocking, "{broken}");
            assert!(!found[0].can_be_set_aside);
            let place = &found[0].place;
            assert_eq!(place.item, Some(world.convention.articles[0].id));
            assert_eq!(place.paragraph, Some(1));
            assert_eq!(place.range, Some(5..5 + broken.len()));
        }
    }

    #[test]
    fn a_reference_is_looked_at_in_every_language() {
        let mut world = World::new();
        world.convention.articles[0]
            .texts
            .push(text("pt", &["Ver o {{article:prazo}}."]));
        let found = world.findings("renvois");
        assert!(found[0].message.contains("pt"), "{}", found[0].message);
    }

    #[test]
    fn those_of_a_convention_taken_over_are_on_its_paper() {
        let mut world = World::saying("Voir {{article:duree}}.");
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings("renvois").is_empty());
    }
}
