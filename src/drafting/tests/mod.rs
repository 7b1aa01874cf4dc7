//! Drafts of every kind, for every sort of authority: whole, and fit to be signed once their blanks are filled.

mod library;
mod visas;

use std::collections::BTreeSet;

use chrono::NaiveDate;
use serde_json::json;

use super::{Brief, CannotDraft, Draft, draft};
use crate::check::{Finding, Severity, Subject, review};
use crate::document::fields_of;
use crate::model::field::Field;
use crate::model::text::{Content, parse};
use crate::model::{
    Convention, ConventionKind, Id, Ids, Lang, Partner, Record, Records, Text, roles,
};
use crate::reference::{Circumstance, Reference};

const KINDS_OF_AUTHORITY: [(&str, &str, &str); 6] = [
    ("commune", "Commune du Val-Fleuri", "maire"),
    (
        "communaute-d-agglomeration",
        "Communauté d’agglomération de Valmont",
        "présidente",
    ),
    (
        "departement",
        "Département de la Loire-Bleue",
        "président du conseil départemental",
    ),
    (
        "region",
        "Région Val-de-Rive",
        "présidente du conseil régional",
    ),
    (
        "collectivite-de-corse",
        "Collectivité de Corse",
        "président du conseil exécutif de Corse",
    ),
    (
        "syndicat-mixte-ferme",
        "Syndicat des eaux du Val-Fleuri",
        "président",
    ),
];

fn day(year: i32, month: u32, day: u32) -> NaiveDate {
    NaiveDate::from_ymd_opt(year, month, day).unwrap()
}

struct World {
    ids: Ids,
    records: Records,
    porto_novo: Id,
    hue: Id,
    association: Id,
    framework: Id,
}

impl World {
    fn of((kind, name, function): (&str, &str, &str)) -> Self {
        let mut ids = Ids::counted(1_790_000_000_000);
        let [porto_novo, hue, association, framework] = [(); 4].map(|()| ids.next_id());
        let signs = |ids: &mut Ids, name: &str, function: &str| json!([{ "id": ids.next_id(), "name": name, "function": function }]);
        let authority = json!({
            "name": { "text": name },
            "kind": kind,
            "prefect": { "text": "préfète de la Loire-Bleue", "article": "la" },
            "accountant": { "text": "service de gestion comptable du Val-Fleuri", "article": "le" },
            "signatories": signs(&mut ids, "Mme Hélène Carvalho", function),
        });
        let foreign = |ids: &mut Ids, id: Id, name: &str, short: &str, country: &str| -> Partner {
            serde_json::from_value(json!({
                "id": id,
                "nature": "foreign-authority",
                "name": { "text": name },
                "short_name": { "text": short },
                "country": country,
                "assembly": { "text": "conseil municipal" },
                "own_law": "loi n° 2021-14 du 20 décembre 2021 portant code de l’administration territoriale",
                "recognition": { "date": "2026-10-01", "by": "Service juridique", "result": "rien à signaler" },
                "signatories": signs(ids, "M. Koffi Houngbédji", "maire"),
            }))
            .unwrap()
        };
        let partners = [
            foreign(
                &mut ids,
                porto_novo,
                "Commune de Porto-Novo",
                "Porto-Novo",
                "BJ",
            ),
            foreign(&mut ids, hue, "Ville de Hué", "Hué", "VN"),
        ];
        let body: Partner = serde_json::from_value(json!({
            "id": association,
            "nature": "association",
            "name": { "text": "Association Eau partagée" },
            "country": "FR",
            "signatories": signs(&mut ids, "Mme Awa Diallo", "présidente"),
            "association": { "siret": "00000000000000", "republican_commitment": "2026-01-10" },
        }))
        .unwrap();
        let mut parent = Convention::new(
            framework,
            ConventionKind::Framework,
            "Convention-cadre 2024-2028",
        );
        parent.parties = serde_json::from_value(json!([
            { "id": ids.next_id(), "key": "nous" },
            { "id": ids.next_id(), "key": "novo", "partner": porto_novo },
        ]))
        .unwrap();
        let records = Records::from_records(
            [
                Record::Authority(serde_json::from_value(authority).unwrap()),
                Record::Partner(body),
                Record::Convention(parent),
            ]
            .into_iter()
            .chain(partners.into_iter().map(Record::Partner)),
        );
        Self {
            ids,
            records,
            porto_novo,
            hue,
            association,
            framework,
        }
    }

    /// What an officer would say of a convention of that kind.
    fn brief(&self, kind: ConventionKind) -> Brief {
        let partners = if kind.is_grant() || kind == ConventionKind::Emergency {
            vec![self.association]
        } else if kind == ConventionKind::Multiparty {
            vec![self.porto_novo, self.hue, self.association]
        } else {
            vec![self.porto_novo]
        };
        let has_parent = matches!(kind, ConventionKind::Annual | ConventionKind::Amendment);
        Brief {
            parent: has_parent.then_some(self.framework),
            start: Some(day(2027, 1, 1)),
            end: Some(day(2029, 12, 31)),
            ..Brief::new(kind, partners)
        }
    }

    fn draft(&mut self, brief: &Brief) -> Draft {
        draft(brief, &self.records, Reference::shipped(), &mut self.ids).unwrap()
    }

    /// Keeps a draft with its blanks filled and a budget that pays, and says what stands against it.
    fn filled(&mut self, mut draft: Draft) -> Vec<Finding> {
        for text in texts_of(&mut draft.convention) {
            for paragraph in &mut text.paragraphs {
                *paragraph = paragraph.replace("___", "ce que les parties ont décidé");
            }
        }
        if let Some(budget) = &mut draft.budget {
            let shares: Vec<_> = budget
                .funders
                .iter()
                .flat_map(|funder| budget.years.iter().map(|year| (funder.id, *year)))
                .map(|(funder, year)| json!({ "id": self.ids.next_id(), "year": year, "funder": funder, "amount": 1_200_000 }))
                .collect();
            let line = json!({
                "id": self.ids.next_id(),
                "heading": "Travaux",
                "label": "Bornes-fontaines",
                "shares": shares,
                "beneficiary": draft.convention.kind.is_grant().then_some(self.association),
            });
            budget.lines.push(serde_json::from_value(line).unwrap());
        }
        let id = draft.convention.id;
        self.records.apply(&draft.change());
        review(
            Subject::Convention(id),
            &self.records,
            Reference::shipped(),
            day(2026, 11, 26),
        )
    }
}

fn texts_of(convention: &mut Convention) -> impl Iterator<Item = &mut Text> {
    let visas = convention.visas.iter_mut().flat_map(|it| &mut it.texts);
    let recitals = convention.recitals.iter_mut().flat_map(|it| &mut it.texts);
    let articles = convention.articles.iter_mut().flat_map(|it| &mut it.texts);
    let annexes = convention.annexes.iter_mut().flat_map(|it| &mut it.texts);
    visas.chain(recitals).chain(articles).chain(annexes)
}

#[test]
fn every_kind_for_every_authority_has_nothing_that_blocks_once_filled() {
    for authority in KINDS_OF_AUTHORITY {
        for kind in ConventionKind::ALL {
            for money in [true, false] {
                let mut world = World::of(authority);
                let brief = Brief {
                    money: money && !kind.is_charter(),
                    ..world.brief(kind)
                };
                let draft = world.draft(&brief);
                let blocking: Vec<String> = world
                    .filled(draft)
                    .into_iter()
                    .filter(|finding| finding.severity == Severity::Blocking)
                    .map(|finding| format!("{}: {}", finding.rule, finding.message))
                    .collect();
                assert_eq!(blocking, [""; 0], "{} {kind:?} {money}", authority.0);
            }
        }
    }
}

#[test]
fn a_whole_cooperation_lacks_none_of_the_articles_that_good_practice_asks_for() {
    let mut world = World::of(KINDS_OF_AUTHORITY[1]);
    let brief = world.brief(ConventionKind::Cooperation);
    let draft = world.draft(&brief);
    let rules: BTreeSet<&str> = world.filled(draft).iter().map(|it| it.rule).collect();
    for rule in [
        "objet",
        "montant-previsionnel",
        "visas",
        "reciprocite",
        "duree",
        "reconduction",
        "resiliation",
        "differends",
        "modification",
        "pilotage",
        "evaluation",
        "versements",
        "securite",
        "donnees-personnelles",
        "communication",
        "force-majeure",
        "loi-applicable",
        "renvois",
        "champs",
        "texte-perime",
    ] {
        assert!(!rules.contains(rule), "{rule} in {rules:?}");
    }
}

#[test]
fn every_field_of_a_draft_is_one_and_no_place_of_a_party_is_left() {
    for kind in ConventionKind::ALL {
        let mut world = World::of(KINDS_OF_AUTHORITY[0]);
        let brief = Brief {
            cofunding: true,
            passing_on: true,
            schemes: vec![
                "eau".to_owned(),
                "dechets".to_owned(),
                "mobilite".to_owned(),
                "energie".to_owned(),
            ],
            languages: vec![Lang::new("pt")],
            ..world.brief(kind)
        };
        let mut draft = world.draft(&brief);
        let title = draft.convention.title.clone();
        assert!(!title.contains(['{', '@']), "{title}");

        for text in texts_of(&mut draft.convention) {
            assert!(!text.title.contains(['{', '@']), "{}", text.title);
            for paragraph in &text.paragraphs {
                assert!(!paragraph.contains('@'), "{kind:?}: {paragraph}");
                for leaf in parse(paragraph).leaves {
                    if let Content::Field(name) = leaf.content {
                        assert!(Field::parse(&name).is_some(), "{name}");
                    }
                }
            }
        }
    }
}

#[test]
fn the_case_brings_its_articles_and_visas_and_no_others() {
    let mut world = World::of(KINDS_OF_AUTHORITY[5]);
    let has = |draft: &Draft, role: &str| draft.convention.article_with_role(role).is_some();
    let cites = |draft: &Draft, basis: &str| {
        draft
            .convention
            .visas
            .iter()
            .any(|visa| visa.basis.as_deref() == Some(basis))
    };

    let plain = world.draft(&world.brief(ConventionKind::Cooperation));
    assert!(has(&plain, roles::PAYMENTS) && !has(&plain, roles::PASSING_ON));
    assert!(cites(&plain, "cgct-l1115-1") && !cites(&plain, "cgct-l1115-1-1"));
    assert!(plain.budget.is_some());

    let brief = Brief {
        money: false,
        ..world.brief(ConventionKind::Cooperation)
    };
    let free = world.draft(&brief);
    assert!(!has(&free, roles::PAYMENTS) && has(&free, roles::FINANCES));
    assert_eq!(free.budget, None);

    let brief = Brief {
        schemes: vec!["eau".to_owned()],
        ..world.brief(ConventionKind::Cooperation)
    };
    let water = world.draft(&brief);
    assert!(cites(&water, "cgct-l1115-1-1") && !cites(&water, "cgct-l1115-3"));

    let three = world.draft(&world.brief(ConventionKind::Multiparty));
    let commitments = three
        .convention
        .articles
        .iter()
        .filter(|it| it.role.as_deref() == Some(roles::COMMITMENTS));
    assert_eq!(commitments.count(), 4);
    assert!(three.to_review && !plain.to_review);
}

#[test]
fn sentences_agree_with_the_authority_and_its_assembly() {
    for (authority, assembly) in KINDS_OF_AUTHORITY.into_iter().zip([
        "du conseil municipal du Val-Fleuri",
        "du conseil communautaire de la Communauté d’agglomération de Valmont",
        "du conseil départemental de la Loire-Bleue",
        "du conseil régional de la Région Val-de-Rive",
        "de l’Assemblée de Corse",
        "du comité syndical du Syndicat des eaux du Val-Fleuri",
    ]) {
        let mut world = World::of(authority);
        let draft = world.draft(&world.brief(ConventionKind::Cooperation));
        let (convention, records) = {
            let convention = draft.convention.clone();
            world.records.apply(&draft.change());
            (convention, &world.records)
        };
        let ours = &convention.parties[0].key;
        let fields = fields_of(
            &convention,
            records,
            Reference::shipped(),
            day(2026, 11, 24),
        );
        let value = |name: String| {
            fields
                .iter()
                .find(|it| it.name == name)
                .and_then(|it| it.value.clone())
        };
        assert_eq!(
            value(format!("partie.{ours}.organe-du")).as_deref(),
            Some(assembly)
        );
    }
}

#[test]
fn a_draft_calls_nobody_a_town_but_a_commune() {
    for authority in KINDS_OF_AUTHORITY {
        for kind in ConventionKind::ALL {
            let mut world = World::of(authority);
            let mut draft = world.draft(&world.brief(kind));
            for text in texts_of(&mut draft.convention) {
                for said in text.paragraphs.iter().chain([&text.title]) {
                    let calls = ["la ville", "la commune", "le maire", "municipal"];
                    assert!(
                        !calls.iter().any(|call| said.contains(call)),
                        "{} {kind:?}: {said}",
                        authority.0
                    );
                }
            }
        }
    }
}

/// All that a draft says, as it stands.
fn said(draft: &Draft) -> String {
    let mut convention = draft.convention.clone();
    let texts = texts_of(&mut convention).map(|text| text.paragraphs.join("\n"));
    texts.collect::<Vec<_>>().join("\n")
}

#[test]
fn what_is_said_of_years_is_said_where_there_are_several() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    for kind in [ConventionKind::Cooperation, ConventionKind::Grant] {
        let several = world.brief(kind);
        let within = Brief {
            end: Some(day(2027, 12, 31)),
            ..several.clone()
        };
        let (several, within) = (world.draft(&several), world.draft(&within));
        for (said, wanted) in [(said(&several), true), (said(&within), false)] {
            for words in ["par année", "chaque année"] {
                assert_eq!(said.contains(words), wanted, "{kind:?}: {words}");
            }
        }
    }
    let annual = world.draft(&Brief {
        end: Some(day(2027, 12, 31)),
        ..world.brief(ConventionKind::Annual)
    });
    assert!(!said(&annual).contains("chaque année"), "{}", said(&annual));
}

#[test]
fn the_amendment_of_a_grant_takes_effect_as_the_grant_and_commits_us_alone() {
    let mut world = World::of(KINDS_OF_AUTHORITY[2]);
    let grant = kept_draft(&mut world, ConventionKind::Grant);
    let brief = Brief {
        money: true,
        parent: Some(grant.id),
        ..Brief::new(ConventionKind::Amendment, vec![world.association])
    };
    let of_grant = said(&world.draft(&brief));
    assert!(
        of_grant.contains("prend effet à sa notification"),
        "{of_grant}"
    );
    assert_eq!(of_grant.matches("est porté à").count(), 1, "{of_grant}");

    let brief = Brief {
        money: true,
        ..world.brief(ConventionKind::Amendment)
    };
    let of_framework = said(&world.draft(&brief));
    assert!(
        of_framework.contains("à la date de sa transmission"),
        "{of_framework}"
    );
    assert_eq!(
        of_framework.matches("est porté à").count(),
        2,
        "{of_framework}"
    );
}

#[test]
fn a_twinning_has_no_term() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    let draft = world.draft(&world.brief(ConventionKind::Twinning));
    assert_eq!((draft.convention.start, draft.convention.end), (None, None));
}

#[test]
fn an_amendment_has_the_parties_of_what_it_amends_and_its_number() {
    let mut world = World::of(KINDS_OF_AUTHORITY[0]);
    let first = world.draft(&world.brief(ConventionKind::Amendment));
    assert_eq!(
        first.convention.title,
        "Avenant n°\u{a0}1 – Convention-cadre 2024-2028"
    );
    let keys: Vec<&str> = first
        .convention
        .parties
        .iter()
        .map(|it| it.key.as_str())
        .collect();
    assert_eq!(keys, ["nous", "novo"]);

    world.records.apply(&first.change());
    let second = world.draft(&world.brief(ConventionKind::Amendment));
    assert!(second.convention.title.starts_with("Avenant n°\u{a0}2"));
}

/// A draft that is kept, and is there to be edited.
fn kept_draft(world: &mut World, kind: ConventionKind) -> Convention {
    let draft = world.draft(&world.brief(kind));
    let convention = draft.convention.clone();
    world.records.apply(&draft.change());
    convention
}

#[test]
fn what_a_kind_cannot_do_without_is_asked_for() {
    let world = World::of(KINDS_OF_AUTHORITY[0]);
    let mut ids = Ids::counted(1);
    let mut fails =
        |brief: &Brief| draft(brief, &world.records, Reference::shipped(), &mut ids).unwrap_err();

    let alone = Brief::new(ConventionKind::Cooperation, vec![world.association]);
    assert_eq!(
        fails(&alone),
        CannotDraft::NeedsAuthority(ConventionKind::Cooperation)
    );
    let abroad = Brief::new(ConventionKind::Grant, vec![world.porto_novo]);
    assert_eq!(
        fails(&abroad),
        CannotDraft::NeedsAssociation(ConventionKind::Grant)
    );
    let orphan = Brief::new(ConventionKind::Annual, vec![world.porto_novo]);
    assert_eq!(
        fails(&orphan),
        CannotDraft::NeedsParent(ConventionKind::Annual)
    );
    let backwards = Brief {
        start: Some(day(2027, 1, 1)),
        end: Some(day(2026, 12, 31)),
        ..Brief::new(ConventionKind::Cooperation, vec![world.porto_novo])
    };
    assert_eq!(fails(&backwards), CannotDraft::EndsBeforeItBegins);
    let nobody = Brief::new(ConventionKind::Cooperation, vec![world.framework]);
    assert_eq!(fails(&nobody), CannotDraft::NoSuchPartner(world.framework));
}

#[test]
fn every_clause_ships_whole() {
    let reference = Reference::shipped();
    let mut used = BTreeSet::new();
    for model in reference.models() {
        assert!(model.kind().is_some(), "{}", model.id);
        for clause in &model.clauses {
            assert!(
                reference.clause(&clause.id).is_some(),
                "{}: {}",
                model.id,
                clause.id
            );
            used.insert(clause.id.as_str());
        }
        let laws = model.visas.iter().filter_map(|visa| visa.basis.as_deref());
        for law in laws {
            assert!(reference.legal(law).is_some(), "{}: {law}", model.id);
        }
    }
    assert_eq!(reference.models().len(), ConventionKind::ALL.len());

    let mut ids = BTreeSet::new();
    for clause in reference.clauses() {
        assert!(
            used.contains(clause.id.as_str()),
            "{} is in no model",
            clause.id
        );
        assert!(clause.guidance.split(' ').count() > 4, "{}", clause.id);
        assert!(
            clause
                .basis
                .iter()
                .all(|law| reference.legal(law).is_some()),
            "{}",
            clause.id
        );
        assert!(ids.insert(&clause.id));
        for alternative in &clause.alternatives {
            assert!(ids.insert(&alternative.id));
            assert!(!alternative.paragraphs.is_empty());
        }
        let said = clause
            .paragraphs
            .iter()
            .chain(clause.alternatives.iter().flat_map(|it| &it.paragraphs));
        for passage in said {
            assert!(
                !passage.text().contains(" ;") && !passage.text().contains("« "),
                "{}",
                passage.text()
            );
        }
    }
    // Practice differs on these, and the author is offered a choice.
    for id in ["differends", "versements", "duree", "langues"] {
        assert!(
            !reference.clause(id).unwrap().alternatives.is_empty(),
            "{id}"
        );
    }
    let money = reference.clause("versements").unwrap();
    assert_eq!(money.when, [Circumstance::Money]);
}
