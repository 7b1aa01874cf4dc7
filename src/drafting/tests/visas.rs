//! Visas: those that the contents call for, at their rank, and none that is repealed.

use super::super::visas;
use super::*;
use crate::model::Visa;

/// What the visas that lack say, with their places.
fn lacking(world: &World, convention: &Convention, reference: &Reference) -> Vec<(usize, String)> {
    visas::lacking(convention, &world.records, reference, &mut Ids::counted(7))
        .into_iter()
        .map(|(place, visa)| (place, visa.texts[0].paragraphs[0].clone()))
        .collect()
}

#[test]
fn a_draft_lacks_no_visa_and_each_that_is_taken_away_is_proposed_at_its_place() {
    for kind in ConventionKind::ALL {
        let mut world = World::of(KINDS_OF_AUTHORITY[1]);
        let whole = kept_draft(&mut world, kind);
        assert_eq!(
            lacking(&world, &whole, Reference::shipped()),
            [],
            "{kind:?}"
        );
        for rank in 0..whole.visas.len() {
            let mut less = whole.clone();
            let gone = less.visas.remove(rank);
            let said = gone.texts[0].paragraphs[0].clone();
            assert_eq!(
                lacking(&world, &less, Reference::shipped()),
                [(rank, said)],
                "{kind:?}"
            );
        }
    }
}

#[test]
fn visas_follow_the_contents_by_rank_and_never_cite_what_is_repealed() {
    let mut world = World::of(KINDS_OF_AUTHORITY[1]);
    let mut convention = kept_draft(&mut world, ConventionKind::Cooperation);
    let schemes = ["eau", "energie", "dechets", "mobilite"];
    let mut budget = world
        .records
        .budget(convention.budget.unwrap())
        .unwrap()
        .clone();
    for scheme in schemes {
        let line = json!({ "id": world.ids.next_id(), "heading": "Travaux", "label": scheme, "scheme": scheme });
        budget.lines.push(serde_json::from_value(line).unwrap());
    }
    let before = world
        .records
        .get(Record::Budget(budget.clone()).record_id())
        .unwrap()
        .clone();
    world.records.apply(&crate::model::Change::replace(
        "",
        before,
        Record::Budget(budget),
    ));
    convention.languages.push(Lang::new("pt"));
    convention.parent = Some(world.framework);
    // Free ones keep their place, and stand for what they cite.
    convention.visas.remove(0);
    for (place, said) in [
        (
            0,
            "le code général des collectivités territoriales, et d’abord son article L. 1115-1",
        ),
        (1, "la loi n°\u{a0}2014-773 du 7 juillet 2014 d’orientation"),
    ] {
        let visa = Visa {
            id: world.ids.next_id(),
            basis: None,
            texts: vec![Text::new(Lang::french(), vec![said.to_owned()])],
        };
        convention.visas.insert(place, visa);
    }

    for (place, visa) in visas::lacking(
        &convention,
        &world.records,
        Reference::shipped(),
        &mut world.ids,
    ) {
        convention.visas.insert(place, visa);
    }
    let said: Vec<String> = convention
        .visas
        .iter()
        .map(|visa| visa.texts[0].paragraphs[0].chars().take(44).collect())
        .collect();
    let expected = [
        "le code général des collectivités territoria",
        "le même code, notamment son article L.\u{a0}1115-",
        "le même code, notamment son article L.\u{a0}1115-",
        "le même code, notamment son article L.\u{a0}1115-",
        "la loi n°\u{a0}94-665 du 4 août 1994 relative à l",
        "la loi n°\u{a0}2014-773 du 7 juillet 2014 d’orien",
        "la loi n° 2021-14 du 20 décembre 2021 portan",
        "la convention intitulée «\u{202f}{{parent.titre}}\u{202f}»",
        "la délibération n°\u{a0}{{vote.communaute-d-agglo",
        "la délibération n°\u{a0}{{vote.porto-novo.numero}",
    ];
    assert_eq!(said, expected);
    assert_eq!(lacking(&world, &convention, Reference::shipped()), []);

    // What a department knows as repealed is proposed no more.
    let repealed = json!({ "entries": [{ "id": "cgct-l1115-2", "status": "abrogé" }] });
    let (reference, errors) = Reference::corrected([("legal.json".to_owned(), repealed)]);
    assert_eq!(errors, []);
    convention.visas.clear();
    let proposed = lacking(&world, &convention, &reference);
    assert!(
        proposed
            .iter()
            .any(|(_, said)| said.ends_with("L.\u{a0}1115-3")),
        "{proposed:?}"
    );
    assert!(
        !proposed
            .iter()
            .any(|(_, said)| said.ends_with("L.\u{a0}1115-2")),
        "{proposed:?}"
    );
}
