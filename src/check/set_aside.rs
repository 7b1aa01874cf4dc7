//! Every rule, set aside and back: a person answers for what it finds, other things change and the answer stands, what
//! it rested on changes and the finding is there again.

use std::collections::BTreeSet;

use super::rules;
use super::samples::{World, day, text, today};
use crate::model::{
    ActKind, Amount, Association, Convention, ConventionKind, Id, Lang, Nature, RecognitionCheck,
    Record, Supervision, roles,
};

type Edit = fn(&mut World);

/// A rule, what it finds something in, and what changes the facts and leaves it unmet: nothing where all that could
/// change is that it is met.
type Case = (&'static str, Edit, Option<Edit>);

/// Rules for which nobody can answer on a convention: what cannot be set aside, and what is found where there is none.
const UNANSWERED: [&str; 5] = [
    "fiche-illisible",
    "renvois",
    "champs",
    "langue-francaise",
    "un-pour-cent-et-convention",
];

fn says(world: &mut World, article: usize, paragraph: &str) {
    world.convention.articles[article].texts = vec![text("fr", &[paragraph])];
}

/// Adds an article of that role, or writes it otherwise.
fn article(world: &mut World, role: &str, paragraph: &str) {
    let known = world.convention.articles.iter();
    let known = known
        .into_iter()
        .position(|it| it.role.as_deref() == Some(role));
    match known {
        Some(place) => says(world, place, paragraph),
        None => {
            world.article(role, &[paragraph]);
        }
    }
}

fn nothing(_: &mut World) {}

/// Grants that many euros to an association in that year, under a convention that is or is not with it.
fn grant(world: &mut World, year: i32, euros: i64) -> Id {
    let body = world.association();
    world.others.push(Record::Partner(body.clone()));
    world.budget.years = vec![year];
    let line = &mut world.budget.lines[0];
    line.beneficiary = Some(body.id);
    for share in &mut line.shares {
        share.year = year;
    }
    line.shares[0].amount = Amount(euros * 100);
    body.id
}

fn pay_more(world: &mut World) {
    world.budget.lines[0].shares[0].amount.0 += 100;
}

fn signed(world: &mut World) {
    world.act(ActKind::Signature, 0, day(2026, 6, 5));
    world.act(ActKind::Signature, 1, day(2026, 7, 1));
}

fn charter(world: &mut World) {
    world.convention.kind = ConventionKind::Friendship;
    world.convention.articles.clear();
}

fn rewrite_the_first(world: &mut World) {
    world.convention.articles[0].texts[0].paragraphs[0].push_str(" Et durablement.");
}

const CASES: &[Case] = &[
    (
        "objet",
        |world| says(world, 0, "À écrire."),
        Some(|world| says(world, 0, "À réécrire.")),
    ),
    (
        "montant-previsionnel",
        |world| says(world, 1, "Chaque partie verse ___ euros."),
        Some(|world| says(world, 1, "Chaque partie versera ___ euros.")),
    ),
    (
        "montant-coherent",
        |world| {
            says(
                world,
                1,
                "Le montant prévisionnel de Valmont s’élève à 13 000 €.",
            );
        },
        Some(|world| {
            says(
                world,
                1,
                "Le montant prévisionnel de Valmont s’élève à 14 000 €.",
            );
        }),
    ),
    (
        "partie-francaise",
        |world| {
            world.convention.parties.remove(0);
        },
        Some(|world| world.foreign.nature = Nature::PublicBody),
    ),
    (
        "autorite-locale-etrangere",
        |world| world.foreign.nature = Nature::State,
        Some(|world| world.foreign.nature = Nature::PublicBody),
    ),
    (
        "pas-d-etat",
        |world| world.foreign.nature = Nature::State,
        Some(|world| world.foreign.nature = Nature::DeconcentratedBody),
    ),
    (
        "deliberation",
        |world| world.act(ActKind::Signature, 1, day(2026, 10, 1)),
        Some(|world| world.act(ActKind::Vote, 0, day(2026, 9, 1))),
    ),
    (
        "ordre-des-dates",
        |world| {
            world.act(ActKind::Vote, 0, day(2026, 6, 1));
            world.act(ActKind::Signature, 0, day(2026, 5, 31));
        },
        Some(|world| world.convention.acts[1].date = Some(day(2026, 5, 30))),
    ),
    (
        "en-vigueur",
        |world| {
            signed(world);
            world.act(ActKind::Payment, 0, day(2026, 7, 20));
        },
        Some(|world| world.convention.acts[2].date = Some(day(2026, 7, 21))),
    ),
    (
        "texte-vote",
        |world| {
            world.act(ActKind::Vote, 0, day(2026, 10, 1));
            world.keep(crate::model::VersionReason::Act, false);
            rewrite_the_first(world);
        },
        Some(rewrite_the_first),
    ),
    (
        "clause-langues",
        |world| world.convention.languages.push(Lang::new("pt")),
        Some(|world| article(world, roles::LANGUAGES, "À écrire.")),
    ),
    (
        "plafond-1-pour-cent",
        |world| {
            let base = serde_json::json!({
                "id": world.fresh(), "scheme": "eau", "budget": "eau", "year": 2027, "amount": 100_000,
            });
            world
                .authority
                .bases
                .push(serde_json::from_value(base).unwrap());
            let line = &mut world.budget.lines[0];
            (line.scheme, line.service_budget) = (Some("eau".to_owned()), Some("eau".to_owned()));
        },
        Some(pay_more),
    ),
    (
        "dispositif-et-domaine",
        |world| {
            let line = &mut world.budget.lines[0];
            (line.scheme, line.purpose) = (Some("eau".to_owned()), Some("14050".to_owned()));
        },
        Some(|world| world.budget.lines[0].purpose = Some("16066".to_owned())),
    ),
    (
        "subvention-23000",
        |world| {
            grant(world, 2027, 30_000);
        },
        Some(pay_more),
    ),
    (
        "engagement-republicain",
        |world| {
            grant(world, 2027, 1_000);
        },
        Some(|world| {
            let Some(Record::Partner(body)) = world.others.last_mut() else {
                unreachable!()
            };
            body.association = Some(Association {
                rna: Some("W491234567".to_owned()),
                ..Association::default()
            });
        }),
    ),
    (
        "reversement",
        |world| world.convention.parties[1].passes_on = true,
        Some(|world| article(world, roles::PASSING_ON, "À écrire.")),
    ),
    (
        "donnees-essentielles",
        |world| {
            let body = grant(world, 2026, 28_000);
            world.authority.population = Some(128_400);
            world.convention.kind = ConventionKind::Grant;
            world.convention.parties[1].partner = Some(body);
            world.act(ActKind::Signature, 0, day(2026, 2, 17));
            world.act(ActKind::Signature, 1, day(2026, 2, 17));
        },
        Some(|world| world.act(ActKind::DataPublication, 0, day(2026, 6, 1))),
    ),
    (
        "budget-equilibre",
        |world| {
            world.budget.funders.pop();
        },
        Some(|world| world.budget.lines[0].shares[1].amount.0 += 100),
    ),
    (
        "taux-du-budget",
        |world| world.budget.currency = crate::model::Currency::new("USD"),
        Some(|world| world.budget.currency = crate::model::Currency::new("CAD")),
    ),
    (
        "depassement-de-ligne",
        |world| world.pay(0, 1_500_000),
        Some(|world| world.pay(0, 100)),
    ),
    (
        "regles-du-financeur",
        |world| world.budget.funders[1].rule = Some("ficol-2020".to_owned()),
        Some(|world| world.budget.lines[0].shares[0].amount.0 += 100),
    ),
    (
        "signataires",
        |world| world.foreign.signatories[0].until = Some(day(2026, 5, 31)),
        Some(|world| world.foreign.signatories[0].until = Some(day(2026, 5, 30))),
    ),
    (
        "blancs",
        |world| article(world, roles::PAYMENTS, "Sur le compte ___."),
        Some(|world| article(world, roles::PAYMENTS, "Sur le compte ___ ouvert le ___.")),
    ),
    (
        "visas",
        |world| world.foreign.own_law = Some("loi n° 2019-006 du 26 juin 2019".to_owned()),
        Some(|world| world.foreign.own_law = Some("loi n° 2007-011 du 13 mars 2007".to_owned())),
    ),
    (
        "reconnaissance",
        nothing,
        Some(|world| {
            world.foreign.recognition = Some(RecognitionCheck {
                date: day(2024, 1, 1),
                by: "Mme Iris Pons".to_owned(),
                result: "reconnu, sans sanction".to_owned(),
            });
        }),
    ),
    (
        "tutelle",
        |world| {
            world.foreign.supervision = Some(Supervision {
                needed: true,
                ..Supervision::default()
            });
        },
        Some(|world| {
            let supervision = world.foreign.supervision.as_mut().unwrap();
            supervision.authority = Some("préfet des Lacs".to_owned());
        }),
    ),
    (
        "reciprocite",
        |world| {
            world.budget.funders.pop();
        },
        None,
    ),
    (
        "duree",
        nothing,
        Some(|world| article(world, roles::DURATION, "À écrire.")),
    ),
    (
        "reconduction",
        |world| {
            let said = "Elle se renouvelle d’année en année par tacite reconduction.";
            article(world, roles::DURATION, said);
        },
        Some(|world| {
            let said = "Elle se renouvelle tous les deux ans par tacite reconduction.";
            article(world, roles::DURATION, said);
        }),
    ),
    (
        "resiliation",
        nothing,
        Some(|world| article(world, roles::TERMINATION, "À écrire.")),
    ),
    (
        "differends",
        nothing,
        Some(|world| article(world, roles::DISPUTES, "À écrire.")),
    ),
    (
        "modification",
        nothing,
        Some(|world| article(world, roles::MODIFICATION, "À écrire.")),
    ),
    (
        "pilotage",
        nothing,
        Some(|world| article(world, roles::STEERING, "À écrire.")),
    ),
    (
        "evaluation",
        nothing,
        Some(|world| article(world, roles::EVALUATION, "À écrire.")),
    ),
    (
        "versements",
        |world| article(world, roles::PAYMENTS, "Elle est versée en deux fois."),
        Some(|world| {
            let said = "Elle est versée en deux fois, sur le compte que l’annexe indique.";
            article(world, roles::PAYMENTS, said);
        }),
    ),
    (
        "charte-engageante",
        |world| {
            charter(world);
            article(world, roles::OBJECT, "Chaque ville verse 5 000 € par an.");
        },
        Some(|world| article(world, roles::OBJECT, "Chaque ville verse 6 000 € par an.")),
    ),
    (
        "transmission-charte",
        |world| {
            charter(world);
            article(world, roles::OBJECT, "Nous proclamons notre amitié.");
            signed(world);
        },
        Some(|world| world.convention.acts[1].date = Some(day(2026, 7, 2))),
    ),
    (
        "comptes-153000",
        |world| {
            grant(world, 2027, 160_000);
        },
        Some(pay_more),
    ),
    ("odd", nothing, None),
    (
        "securite",
        nothing,
        Some(|world| article(world, roles::SECURITY, "À écrire.")),
    ),
    (
        "donnees-personnelles",
        nothing,
        Some(|world| article(world, roles::PERSONAL_DATA, "À écrire.")),
    ),
    (
        "communication",
        nothing,
        Some(|world| article(world, roles::COMMUNICATION, "À écrire.")),
    ),
    (
        "force-majeure",
        nothing,
        Some(|world| article(world, roles::SUSPENSION, "À écrire.")),
    ),
    (
        "loi-applicable",
        |world| article(world, roles::DISPUTES, "Les parties se concertent."),
        Some(|world| article(world, roles::DISPUTES, "Les parties se rencontrent.")),
    ),
    (
        "traduction-ancienne",
        |world| {
            world.convention.languages.push(Lang::new("pt"));
            let texts = &mut world.convention.articles[0].texts;
            let mut translated = text("pt", &["As partes melhoram juntas o acesso à água."]);
            translated.of = Some(texts[0].hash());
            texts.push(translated);
            rewrite_the_first(world);
        },
        Some(rewrite_the_first),
    ),
    (
        "texte-perime",
        |world| world.visa(Some("loi-2007-147-thiolliere"), "la loi Thiollière"),
        None,
    ),
    (
        "rattachement",
        |world| world.convention.parent = Some(world.convention.id),
        Some(|world| {
            let id = world.fresh();
            let mut other = Convention::new(id, ConventionKind::Framework, "Cadre");
            other.parent = Some(world.convention.id);
            world.convention.parent = Some(id);
            world.others.push(Record::Convention(other));
        }),
    ),
    (
        "annees-du-budget",
        |world| {
            world.convention.start = Some(day(2027, 3, 1));
            world.convention.end = Some(day(2028, 12, 31));
        },
        Some(|world| world.convention.end = Some(day(2029, 12, 31))),
    ),
    (
        "texte-scelle",
        |world| {
            world.seal();
            world.foreign.name.text.push('…');
        },
        Some(|world| world.foreign.name.text.push('…')),
    ),
];

#[test]
fn every_rule_is_in_the_table() {
    let told: BTreeSet<&str> = CASES.iter().map(|case| case.0).chain(UNANSWERED).collect();
    let known: BTreeSet<&str> = rules().map(|rule| rule.name).collect();
    assert_eq!(told, known);
    let never = rules().filter(|rule| !rule.can_be_set_aside);
    assert!(
        never
            .into_iter()
            .all(|rule| UNANSWERED.contains(&rule.name))
    );
}

#[test]
fn what_is_set_aside_stays_so_until_its_facts_change() {
    for (rule, broken, moved) in CASES {
        let mut world = World::new();
        broken(&mut world);
        let found = world.findings(rule);
        assert!(!found.is_empty(), "{rule}");
        for finding in found {
            let (by, function) = ("Mme Iris Pons", "directrice juridique");
            let answer =
                finding.set_aside_by(world.fresh(), "Vu avec le préfet", by, function, today());
            world.convention.set_aside.push(answer.unwrap());
        }

        world.convention.notes = Some("Rappeler Aného en janvier.".to_owned());
        let found = world.findings(rule);
        assert!(!found.is_empty(), "{rule}: it is still listed");
        let answered = found
            .iter()
            .all(|it| it.set_aside.is_some() && !it.blocks());
        assert!(answered, "{rule}: {found:?}");

        let Some(moved) = moved else { continue };
        moved(&mut world);
        let found = world.findings(rule);
        let back = found.iter().find(|it| it.set_aside.is_none());
        assert!(back.is_some(), "{rule}: {found:?}");
    }
}
