//! Articles taken from the clauses, written otherwise, put back, kept as clauses of the department's.

use super::super::library::{Source, inserted, offered, origin, wordings};
use super::super::own;
use super::*;
use crate::model::Key;

#[test]
fn an_article_may_be_written_otherwise_and_is_said_of_the_same_parties() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    let convention = kept_draft(&mut world, ConventionKind::Cooperation);
    let reference = Reference::shipped();

    let duration = convention.article_with_role(roles::DURATION).unwrap();
    let clause = origin(duration, &convention, &world.records, reference).unwrap();
    assert_eq!(clause.clause.id, "duree");
    let choices = wordings(duration, Some(&clause), &convention, &world.records);
    assert_eq!(choices[0].paragraphs, duration.texts[0].paragraphs);
    let supervised = &choices[1].paragraphs[0];
    assert!(
        supervised.contains("{{partie.porto-novo.le}}"),
        "{supervised}"
    );
    assert!(
        supervised.contains("{{partie.commune-du-val-fleuri.le}}"),
        "{supervised}"
    );
}

#[test]
fn every_article_of_every_draft_knows_its_clause() {
    for kind in ConventionKind::ALL {
        let mut world = World::of(KINDS_OF_AUTHORITY[1]);
        let convention = kept_draft(&mut world, kind);
        for article in &convention.articles {
            let clause = origin(article, &convention, &world.records, Reference::shipped());
            let clause = clause.unwrap_or_else(|| panic!("{kind:?}: {}", article.key));
            let said = wordings(article, Some(&clause), &convention, &world.records);
            assert_eq!(
                said[0].paragraphs, article.texts[0].paragraphs,
                "{kind:?}: {}",
                article.key
            );
        }
    }
}

#[test]
fn an_article_that_is_lacking_is_offered_and_comes_back_to_its_place() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    let mut convention = kept_draft(&mut world, ConventionKind::Multiparty);
    let reference = Reference::shipped();
    let lost = ["engagements-hue", "versements"];
    let whole: Vec<_> = convention
        .articles
        .iter()
        .map(|it| it.key.clone())
        .collect();
    convention
        .articles
        .retain(|it| !lost.contains(&it.key.as_str()));

    for (key, title) in lost
        .into_iter()
        .zip(["Engagements de Porto-Novo", "Modalités"])
    {
        let choices = offered(&convention, &world.records, reference);
        let wanted = choices
            .iter()
            .find(|it| it.title.starts_with(title))
            .unwrap_or_else(|| panic!("{title}: {choices:?}"));
        let made = inserted(
            &wanted.source,
            None,
            &convention,
            &world.records,
            reference,
            &mut world.ids,
        );
        assert_eq!(made.len(), 1, "{key}");
        for (place, article) in made {
            assert_eq!(article.key.as_str(), key);
            convention.articles.insert(place, article);
        }
    }
    let back: Vec<_> = convention
        .articles
        .iter()
        .map(|it| it.key.clone())
        .collect();
    assert_eq!(back, whole);
    let title = "Modalités de versement";
    let choices = offered(&convention, &world.records, reference);
    assert!(!choices.iter().any(|it| it.title == title), "{choices:?}");
}

#[test]
fn a_clause_kept_from_an_article_is_said_of_another_partner() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    let mut convention = kept_draft(&mut world, ConventionKind::Cooperation);
    let article = &mut convention.articles[0];
    article.texts[0].paragraphs = vec![
        "- {{partie.porto-novo.le}} et {{partie.commune-du-val-fleuri.le}} : {{article:terme}}[^1]"
            .to_owned(),
        "En 2027 : {{engagements.porto-novo.nature.2027}}, **au total** {{engagements.porto-novo.nature}}"
            .to_owned(),
    ];
    let duration = convention
        .articles
        .iter_mut()
        .find(|it| it.key.as_str() == "duree")
        .unwrap();
    duration.key = Key::new("terme");
    let article = convention.articles[0].clone();
    let id = world.ids.next_id();
    let clause = own::kept(&article, &convention, &world.records, id);
    assert_eq!(
        clause.paragraphs,
        [
            "- {{partie.@partenaire.le}} et {{partie.@nous.le}} : {{article:duree}}",
            "En 2027 : ___, **au total** {{engagements.@partenaire.nature}}",
        ]
    );
    assert_eq!(clause.kinds, [ConventionKind::Cooperation]);
    world
        .records
        .apply(&crate::model::Change::create("", Record::Clause(clause)));

    // In a draft with others, in the place of the article of its role.
    let brief = Brief {
        own_clauses: vec![id],
        ..Brief::new(
            ConventionKind::Cooperation,
            vec![world.hue, world.porto_novo],
        )
    };
    let draft = world.draft(&brief);
    let object = draft.convention.article_with_role(roles::OBJECT).unwrap();
    assert_eq!(
        object.texts[0].paragraphs[0],
        "- {{partie.hue.le}} et {{partie.porto-novo.le}} et {{partie.commune-du-val-fleuri.le}} : {{article:duree}}"
    );

    // In a convention that stands, after the article that is open.
    let made = inserted(
        &Source::Own(id),
        Some(convention.articles[3].id),
        &convention,
        &world.records,
        Reference::shipped(),
        &mut world.ids,
    );
    assert_eq!(made[0].0, 4);
    assert_eq!(made[0].1.key.as_str(), "objet-2");
}
