//! Drafts that nobody meant: each has its finding, and what was written stays written.

use std::collections::BTreeSet;

use super::samples::{World, day};
use crate::document::{Composition, compose, text as printed};
use crate::model::text::{parse, print};
use crate::model::{ActKind, ConventionKind, Record};
use crate::reference::Reference;

/// The rules that speak, once the draft is read, composed and printed.
fn heard(world: &World) -> BTreeSet<&'static str> {
    let records = world.records();
    let convention = records.convention(world.convention.id).unwrap();
    let composition = Composition::default();
    let document = compose(convention, &records, Reference::shipped(), &composition);
    assert!(printed(&document).contains("améliorent ensemble"));
    assert_eq!(*convention, world.convention);
    world.review().into_iter().map(|it| it.rule).collect()
}

#[test]
fn a_field_that_is_none_is_told_wherever_it_breaks() {
    for paragraph in [
        "Soit {{",
        "Soit {{partie.aneho.nom",
        "Soit partie.aneho.nom}} et {{ }}",
        r"Soit \{\{partie.aneho.nom}}",
        "Soit {{n’importe quoi}}",
        "Soit {{partie.nulle-part.nom}}",
        "Soit {{engagements.aneho.total.1492}}",
        "Soit {{article:nulle-part}}",
        "Soit {{parent.titre}}",
        &"{{".repeat(1000),
        &format!("{}a{}", "{{".repeat(1000), "}}".repeat(1000)),
        &format!("{{{{{}}}}}", "a".repeat(5000)),
    ] {
        let world = World::saying(paragraph);
        let heard = heard(&world);
        assert!(
            heard.contains("champs") || heard.contains("renvois"),
            "{paragraph}: {heard:?}"
        );
        // Reading and printing lose nothing of it.
        let once = print(&parse(paragraph));
        assert_eq!(parse(&once).leaves.len(), parse(paragraph).leaves.len());
    }
}

#[test]
fn braces_that_stand_alone_are_nobodys_fault() {
    let world = World::saying("L’ensemble {a, b} et {{partie.aneho.nom}}.");
    assert!(world.findings("champs").is_empty());
}

#[test]
fn each_thing_that_is_gone_or_upside_down_has_its_finding() {
    type Break = fn(&mut World);
    let cases: [(&str, &str, Break); 8] = [
        (
            "an article that another cites is deleted",
            "renvois",
            |world| {
                world.article("duree", &["Trois ans."]);
                world.convention.articles[0].texts[0]
                    .paragraphs
                    .push("Voir l’{{article:duree}}.".to_owned());
                world.convention.articles.pop();
            },
        ),
        ("a partner that is a party is deleted", "champs", |world| {
            world.convention.articles[0].texts[0]
                .paragraphs
                .push("Avec {{partie.aneho.le}}.".to_owned());
            world.convention.parties[1].partner = Some(world.fresh());
        }),
        (
            "a partner that is a party is deleted",
            "autorite-locale-etrangere",
            |world| {
                world.convention.parties[1].partner = Some(world.fresh());
            },
        ),
        ("the end is before the start", "ordre-des-dates", |world| {
            world.convention.start = Some(day(2029, 1, 1));
            world.convention.end = Some(day(2027, 12, 31));
        }),
        (
            "a signature is before the vote",
            "ordre-des-dates",
            |world| {
                world.act(ActKind::Signature, 0, day(2026, 1, 1));
                world.act(ActKind::Vote, 0, day(2026, 6, 1));
            },
        ),
        ("the budget has other years", "champs", |world| {
            world.convention.articles[1].texts[0]
                .paragraphs
                .push("En 2031\u{a0}: {{engagements.valmont.total.2031}}.".to_owned());
        }),
        (
            "the convention covers years that the budget lacks",
            "annees-du-budget",
            |world| {
                world.convention.budget_years = vec![2027, 2031];
            },
        ),
        ("a charter names an amount", "charte-engageante", |world| {
            world.convention.kind = ConventionKind::Twinning;
            world.convention.articles[0].texts[0]
                .paragraphs
                .push("Valmont verse 1\u{202f}000\u{a0}euros.".to_owned());
        }),
    ];
    for (what, rule, breaks) in cases {
        let mut world = World::new();
        assert!(!heard(&world).contains(rule), "{what}: {rule} before");
        breaks(&mut world);
        let after = heard(&world);
        assert!(after.contains(rule), "{what}: {after:?}");
    }
}

#[test]
fn a_circle_of_conventions_is_read_and_told() {
    let mut world = World::saying("Vu {{parent.titre}}.");
    let mut other = world.convention.clone();
    other.id = world.fresh();
    other.parent = Some(world.convention.id);
    world.convention.parent = Some(other.id);
    world.others.push(Record::Convention(other));
    assert!(heard(&world).contains("rattachement"));

    world.convention.parent = Some(world.convention.id);
    assert!(heard(&world).contains("rattachement"));

    world.convention.parent = None;
    assert!(!heard(&world).contains("rattachement"));
}
