//! What the convention cites, and whether that is still the law.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use super::Place;
use super::Severity::{Advice, Warning};
use super::case::ConventionCase;
use super::commitments::is_named;
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{capital, quoted};
use crate::model::field::Field;
use crate::model::{ConventionKind, Nature, Party, fold};
use crate::reference::{Citations, Reference};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("visas", "Visas", Warning, &["cgct-l1115-1"]),
        check: Check::Text(rests_on_law, visas),
    },
    Rule {
        info: RuleInfo::new("texte-perime", "Textes cités en vigueur", Warning, &[]),
        check: Check::Text(any_kind, outdated),
    },
];

/// A charter cites what it likes.
fn rests_on_law(kind: ConventionKind) -> bool {
    !kind.is_charter()
}

/// A text that visas may cite: its id, and another way in which a folded visa tells it.
struct Citation {
    id: &'static str,
    told: Option<&'static str>,
    basis: &'static [&'static str],
    said: &'static str,
}

const COOPERATION: Citation = Citation {
    id: "cgct-l1115-1",
    told: None,
    basis: &["cgct-l1115-1"],
    said: "l’article L. 1115-1 du code général des collectivités territoriales",
};
const GRANTS: Citation = Citation {
    id: "loi-2000-321-art-9-1-10",
    told: Some("loi du 12 avril 2000"),
    basis: &["loi-2000-321-art-9-1-10"],
    said: "la loi n°\u{a0}2000-321 du 12 avril 2000, sur laquelle reposent les subventions",
};
const WATER_AND_ENERGY: Citation = Citation {
    id: "cgct-l1115-1-1",
    told: None,
    basis: &["cgct-l1115-1-1"],
    said: "l’article L. 1115-1-1 du code général des collectivités territoriales, sur lequel repose le 1\u{a0}% de l’eau ou de l’énergie",
};
const WASTE: Citation = Citation {
    id: "cgct-l1115-2",
    told: None,
    basis: &["cgct-l1115-2"],
    said: "l’article L. 1115-2 du code général des collectivités territoriales, sur lequel repose le 1\u{a0}% des déchets",
};
const MOBILITY: Citation = Citation {
    id: "cgct-l1115-3",
    told: None,
    basis: &["cgct-l1115-3"],
    said: "l’article L. 1115-3 du code général des collectivités territoriales, sur lequel repose le 1\u{a0}% des mobilités",
};

fn visas(case: &ConventionCase<'_>) -> Vec<Found> {
    let written: Vec<&Passage<'_>> = case
        .french_passages()
        .filter(|passage| passage.is_visa())
        .collect();
    let place = || Place::field(case.record(), "visas");
    let mut found = Vec::new();

    for citation in relied_on(case) {
        if !is_cited(case, &written, citation) {
            found.push(
                Found::new(
                    place(),
                    format!("Les visas ne citent pas {}.", citation.said),
                    Facts::default().with(citation.id),
                )
                .under(citation.basis),
            );
        }
    }
    found.extend(own_laws(case, &written));
    found.extend(decisions(case, &written));

    for passage in &written {
        if cites_in_block(passage) {
            found.push(
                Found::new(
                    passage.place(case.record()),
                    format!(
                        "{} cite les articles L. 1115-1 et suivants en bloc\u{a0}: citer ceux sur lesquels la convention \
                         repose.",
                        capital(&passage.said())
                    ),
                    Facts::default().with(passage.folded()),
                )
                .only(Advice),
            );
        }
    }
    found
}

/// How a visa cites a whole chapter, folded, after « L. 1115-1 ».
const IN_BLOCK: [&str; 6] = ["a l 1115", "a l1115", "a 1115", "a 7", "et suiv", "et s"];

fn cites_in_block(passage: &Passage<'_>) -> bool {
    let mut firsts = passage.folded().split("1115 1 ").skip(1);
    firsts.any(|after| {
        IN_BLOCK.iter().any(|it| {
            let rest = after.strip_prefix(it);
            // « et s. », and not « et son décret ».
            rest.is_some_and(|rest| *it != "et s" || rest.is_empty() || rest.starts_with(' '))
        })
    })
}

/// The texts of French law that the contents rely on.
fn relied_on(case: &ConventionCase<'_>) -> Vec<&'static Citation> {
    let kind = case.convention.kind;
    let mut citations: Vec<&'static Citation> = Vec::new();

    if kind.is_cooperation() {
        citations.push(&COOPERATION);
    }
    if kind.is_grant() || kind == ConventionKind::Emergency {
        citations.push(&GRANTS);
    }

    let schemes: BTreeSet<&str> = case
        .budget()
        .into_iter()
        .filter(|_| kind.is_cooperation())
        .flat_map(|budget| &budget.lines)
        .filter_map(|line| line.scheme.as_deref())
        .collect();
    for scheme in schemes {
        let citation = match scheme {
            "eau" | "energie" => &WATER_AND_ENERGY,
            "dechets" => &WASTE,
            "mobilite" => &MOBILITY,
            _ => continue,
        };
        if !citations.iter().any(|known| known.id == citation.id) {
            citations.push(citation);
        }
    }
    citations
}

/// The texts that are known, by their numbers.
static KNOWN: LazyLock<Citations> =
    LazyLock::new(|| Citations::of(Reference::shipped().legal_all()));

fn is_cited(case: &ConventionCase<'_>, written: &[&Passage<'_>], citation: &Citation) -> bool {
    let by_id = case
        .written
        .visas
        .iter()
        .any(|visa| visa.basis.as_deref() == Some(citation.id));
    let is_of_the_chapter = citation.id.starts_with("cgct-l1115-");
    by_id
        || written.iter().any(|passage| {
            KNOWN.cited(&passage.words()).contains(citation.id)
                || citation.told.is_some_and(|told| passage.says_any(&[told]))
                || (is_of_the_chapter && cites_in_block(passage))
        })
}

/// Whether a folded text has that number, and not the beginning of a longer one: « L. 1115-1 » is not in
/// « L. 1115-1-1 ».
fn has_number(folded: &str, number: &str) -> bool {
    folded.match_indices(number).any(|(at, _)| {
        let before = folded.get(..at).and_then(|text| text.chars().next_back());
        let after = folded.get(at + number.len()..).unwrap_or("");
        let next_word = after.trim_start().split(' ').next().unwrap_or("");
        let goes_on = matches!(next_word.len(), 1 | 2) && next_word.parse::<u8>().is_ok();
        let is_whole = after.is_empty() || after.starts_with(' ');
        before.is_none_or(|c| c == ' ') && is_whole && !goes_on
    })
}

/// The law of the partner's country, where its sheet names one.
fn own_laws(case: &ConventionCase<'_>, written: &[&Passage<'_>]) -> Vec<Found> {
    let mut found = Vec::new();

    for party in &case.written.parties {
        let Some(law) = party
            .partner
            .and_then(|id| case.written_records.partner(id))
            .and_then(|partner| partner.own_law.as_deref())
        else {
            continue;
        };
        let mark = mark_of(law);
        if mark.is_empty()
            || written
                .iter()
                .any(|passage| passage.folded().contains(&mark))
        {
            continue;
        }
        found.push(
            Found::new(
                Place::field(case.record(), "visas"),
                format!(
                    "Les visas ne citent pas le droit de {}\u{a0}: {law}.",
                    quoted(case.name_of(party))
                ),
                Facts::default().with((&party.key, law)),
            )
            .under(&[]),
        );
    }
    found
}

/// By what a law is known in another sentence: its number or its year, else its first words.
fn mark_of(law: &str) -> String {
    let words = || law.split_whitespace();
    let numbered = words().find(|word| word.chars().filter(char::is_ascii_digit).count() >= 3);
    match numbered {
        Some(number) => fold(number),
        None => fold(&words().take(3).collect::<Vec<_>>().join(" ")),
    }
}

/// The decision of each French authority.
fn decisions(case: &ConventionCase<'_>, written: &[&Passage<'_>]) -> Vec<Found> {
    let french = case
        .written
        .parties
        .iter()
        .filter(|party| case.written_records.nature_of(party) == Some(Nature::FrenchAuthority));

    let is_only_one = french.clone().nth(1).is_none();
    let names_nobody = |passage: &Passage<'_>| {
        let mut parties = case.written.parties.iter();
        !parties.any(|party| is_named(case, party, passage))
    };
    let is_cited = |party: &&Party| {
        written.iter().any(|passage| {
            let its_vote = passage.fields().any(|(name, _)| {
                matches!(Field::parse(name), Some(Field::Vote(key, _)) if key == party.key)
            });
            its_vote
                || (passage.says_any(&["deliberation", "decision"])
                    && (is_named(case, party, passage) || (is_only_one && names_nobody(passage))))
        })
    };

    french
        .filter(|party| !is_cited(party))
        .map(|party| {
            Found::new(
                Place::field(case.record(), "visas"),
                format!(
                    "Les visas ne citent pas la délibération de {}, avec son numéro et sa date.",
                    quoted(case.name_of(party))
                ),
                Facts::default().with(&party.key),
            )
            .under(&["cgct-l2121-29"])
        })
        .collect()
}

/// Citations of texts that are no longer the law, by the visa's own reference or by their number in the text.
fn outdated(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut found = Vec::new();

    for text in case.knowledge.outdated() {
        let number = fold(number_of(&text.reference));
        let numbered = !number.is_empty();
        let by_id =
            |passage: &Passage<'_>| {
                passage.is_visa()
                    && case.written.visas.iter().any(|visa| {
                        visa.id == passage.item && visa.basis.as_deref() == Some(&text.id)
                    })
            };
        let mut items = BTreeSet::new();

        for passage in case.french_passages() {
            let cites = by_id(passage) || (numbered && has_number(passage.folded(), &number));
            if !cites || !items.insert(passage.item) {
                continue;
            }
            let note = text
                .status_note
                .as_deref()
                .map(|note| format!(" ({note})"))
                .unwrap_or_default();
            found.push(Found::new(
                passage.place(case.record()),
                format!(
                    "{} cite un texte {}\u{a0}: {}{note}. Citer celui qui est en vigueur.",
                    capital(&passage.said()),
                    text.status.label(),
                    text.reference
                ),
                Facts::default().with((&text.id, passage.item)),
            ));
        }
    }
    found
}

/// The number by which other texts cite that one: « 2007-147 ».
fn number_of(reference: &str) -> &str {
    let mut words = reference.split_whitespace();
    words.find(|word| *word == "n°");
    words.next().unwrap_or("")
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, findings};
    use super::*;
    use crate::model::TakenOver;

    /// A draft whose visas cite what it relies on.
    fn cited() -> World {
        let mut world = World::new();
        world.visa(
            Some("cgct-l1115-1"),
            "le code général des collectivités territoriales, notamment son article L. 1115-1",
        );
        world.visa(None, "la délibération n° {{vote.valmont.numero}}");
        world
    }

    /// The same, whose first visa says that alone.
    fn citing(visa: &str) -> World {
        let mut world = cited();
        world.convention.visas[0].basis = None;
        world.convention.visas[0].texts[0].paragraphs = vec![visa.to_owned()];
        world
    }

    fn messages(world: &World) -> Vec<String> {
        let found = world.findings("visas");
        found.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn visas_that_cite_what_the_contents_rely_on_hold() {
        assert_eq!(messages(&cited()), Vec::<String>::new());
    }

    #[test]
    fn what_is_relied_on_and_not_cited_is_named() {
        let mut world = cited();
        world.budget.lines[0].scheme = Some("eau".to_owned());
        world.foreign.own_law = Some("loi n° 2019-006 du 26 juin 2019".to_owned());
        world.convention.visas.pop();

        let said = messages(&world);
        assert_eq!(said.len(), 3, "{said:?}");
        for (message, part) in said.iter().zip(["L. 1115-1-1", "2019-006", "délibération"]) {
            assert!(message.contains(part), "{message}");
        }
    }

    #[test]
    fn a_law_is_known_by_its_number_however_it_is_told() {
        let mut world = cited();
        world.foreign.own_law = Some("loi n° 2019-006 du 26 juin 2019".to_owned());
        world.visa(None, "la loi togolaise n°\u{a0}2019-006");
        assert_eq!(messages(&world), Vec::<String>::new());
    }

    #[test]
    fn the_article_on_one_per_cent_is_not_that_on_cooperation() {
        let world = citing("le code, notamment son article L. 1115-1-1");
        assert!(messages(&world)[0].contains("L. 1115-1 du code"));
    }

    #[test]
    fn a_text_is_cited_however_it_is_written() {
        for visa in [
            "l’article L1115-1 du code général des collectivités territoriales",
            "le code, articles L.1115-1, L.1115-2 et L. 2121-29",
            "l'article L.\u{a0}1115\u{2011}1",
            "le code, articles L. 1115-1 et son décret",
        ] {
            let world = citing(visa);
            assert_eq!(messages(&world), Vec::<String>::new(), "{visa}");
        }

        let mut grant = cited();
        grant.convention.kind = ConventionKind::Grant;
        grant.visa(
            None,
            "la loi du 12 avril 2000 relative aux droits des citoyens",
        );
        assert_eq!(messages(&grant), Vec::<String>::new());
    }

    #[test]
    fn the_only_decision_that_names_nobody_is_ours() {
        let mut world = cited();
        world.convention.visas.pop();
        world.visa(None, "la délibération n° 2026-118 du conseil communautaire");
        assert_eq!(messages(&world), Vec::<String>::new());

        world.convention.visas.pop();
        world.visa(None, "la délibération du conseil communal d’Aného");
        assert_eq!(messages(&world).len(), 1);
    }

    #[test]
    fn a_citation_in_block_gets_advice() {
        for visa in [
            "le code, articles L. 1115-1 et suivants",
            "le code, articles L1115-1 à L1115-7",
            "le code, articles L. 1115-1 et s.",
        ] {
            let world = citing(visa);
            let found = world.findings("visas");
            assert_eq!(found.len(), 1, "{visa}");
            assert_eq!(found[0].severity, Severity::Advice, "{visa}");
        }

        let mut world = cited();
        world.visa(None, "le code, articles L. 1115-1 à L. 1115-7");
        let found = world.findings("visas");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Advice);
        assert_eq!(found[0].place.item, Some(world.convention.visas[2].id));
    }

    #[test]
    fn a_grant_cites_the_law_on_grants_and_a_charter_what_it_likes() {
        let mut grant = cited();
        grant.convention.kind = ConventionKind::Grant;
        assert!(messages(&grant)[0].contains("2000-321"));

        let mut charter = cooperation();
        charter.kind = ConventionKind::Friendship;
        assert!(findings("visas", &charter).is_empty());
    }

    #[test]
    fn what_is_in_force_may_be_cited() {
        assert!(cited().findings("texte-perime").is_empty());
    }

    #[test]
    fn a_text_that_was_replaced_is_found_by_its_id_and_by_its_number() {
        let mut world = cited();
        world.visa(Some("loi-2007-147-thiolliere"), "la loi Thiollière");
        world.article(
            "objet",
            &["Selon la loi n°\u{a0}2007-147 du 2 février 2007."],
        );
        let found = world.findings("texte-perime");

        assert_eq!(found.len(), 2);
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].place.item, Some(world.convention.visas[2].id));
        assert!(
            found[1]
                .message
                .starts_with("L’article 3 cite un texte remplacé")
        );
    }

    #[test]
    fn an_old_paper_cites_the_law_of_its_day() {
        let mut world = cited();
        world.visa(Some("loi-2007-147-thiolliere"), "la loi Thiollière");
        world.convention.taken_over = Some(TakenOver::default());
        assert!(world.findings("texte-perime").is_empty());
    }
}
