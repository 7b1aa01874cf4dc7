//! The fields of the text: those that name nothing, and the places that are left to fill.

use std::collections::BTreeMap;

use super::Severity::{Advice, Blocking};
use super::case::{ConventionCase, signed_on};
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, any_kind};
use super::wording::{capital, list, quoted};
use crate::model::field::{AuthorityFact, Day, Field, Figure, ParentFact, PartyFact, VoteFact};
use crate::model::text::{Content, Leaf};
use crate::model::{ActKind, Budget, Id, Key, Kind, Party};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("champs", "Champs du texte", Blocking, &[]).never_set_aside(),
        check: Check::Text(any_kind, fields),
    },
    Rule {
        info: RuleInfo::new("blancs", "Blancs à remplir", Advice, &[]),
        check: Check::Text(any_kind, blanks),
    },
];

fn fields(case: &ConventionCase<'_>) -> Vec<Found> {
    let mut found = Vec::new();

    for passage in &case.passages {
        for (name, leaf) in passage.fields() {
            let why = match Field::parse(name) {
                None => Some("aucun champ ne s’appelle ainsi".to_owned()),
                Some(Field::CommitmentsTable) if passage.read.leaves.len() > 1 => {
                    Some("le tableau des engagements est seul dans son paragraphe".to_owned())
                }
                Some(field) => match value(case, &field) {
                    Value::Nothing(why) => Some(why),
                    Value::Empty | Value::Told => None,
                },
            };
            if let Some(why) = why {
                found.push(Found::new(
                    passage.place_of(case.record(), leaf),
                    format!(
                        "{} contient le champ {}, qui ne dit rien\u{a0}: {why}.{}",
                        capital(&passage.said()),
                        quoted(name),
                        passage.in_which_version()
                    ),
                    Facts::default().with(name),
                ));
            }
        }
        found.extend(open_braces(case, passage));
    }
    found
}

/// Braces that make no field: one that nothing closes, or one that was pasted.
fn open_braces(case: &ConventionCase<'_>, passage: &Passage<'_>) -> Option<Found> {
    let leaf = passage
        .read
        .leaves
        .iter()
        .find(|leaf| matches!(&leaf.content, Content::Words(words) if words.contains("{{")))?;
    Some(Found::new(
        passage.place_of(case.record(), leaf),
        format!(
            "{} contient «\u{a0}{{{{\u{a0}»\u{a0}: le champ n’est pas fermé, ou n’en est pas un, et ces signes \
             s’imprimeraient.{}",
            capital(&passage.said()),
            passage.in_which_version()
        ),
        Facts::default().with("{{").with(passage.folded()),
    ))
}

/// What a field is worth, as far as a rule needs to know.
enum Value {
    /// It names something, which says something.
    Told,
    /// It names something which is not known yet: it prints as a blank.
    Empty,
    /// It names nothing, and why.
    Nothing(String),
}

impl Value {
    const fn told_if(told: bool) -> Self {
        if told { Self::Told } else { Self::Empty }
    }
}

fn value(case: &ConventionCase<'_>, field: &Field) -> Value {
    let written = case.written;

    match field {
        Field::Party(key, fact) => of_party(case, key, |party| party_fact(case, party, *fact)),
        Field::Vote(key, fact) => of_party(case, key, |party| {
            let vote = case.convention.done_by(ActKind::Vote, &party.key);
            Value::told_if(match fact {
                VoteFact::Date => vote.is_some(),
                VoteFact::Number => vote.is_some_and(|(act, _)| says(act.number.as_ref())),
            })
        }),
        Field::Commitment(key, _, figure) => in_budget(case, *figure, |budget| {
            if budget.funder(key).is_some() {
                Value::told_if(!budget.lines.is_empty())
            } else {
                Value::Nothing(format!(
                    "le budget n’a pas de financeur de clé {}",
                    quoted(key.as_str())
                ))
            }
        }),
        Field::InKind(figure) | Field::Cofunding(figure) | Field::Cost(figure) => {
            in_budget(case, *figure, |budget| {
                Value::told_if(!budget.lines.is_empty())
            })
        }
        Field::CommitmentsTable => in_budget(case, Figure::default(), |_| Value::Told),
        Field::Date(day) => Value::told_if(match day {
            Day::Start => written.start.is_some(),
            Day::End => written.end.is_some(),
            Day::Effect => written.effect.is_some(),
            Day::Signature => signed_on(case.convention).is_some(),
        }),
        Field::Duration => Value::told_if(written.start.is_some() && written.end.is_some()),
        Field::Authority(fact) => {
            let authority = case.written_records.authority();
            Value::told_if(match fact {
                AuthorityFact::Name => says(Some(&authority.name.text)),
                AuthorityFact::Prefect => says(authority.prefect.as_ref().map(|it| &it.text)),
                AuthorityFact::Accountant => says(authority.accountant.as_ref().map(|it| &it.text)),
                AuthorityFact::Town => says(authority.town.as_ref()),
                // It follows from its kind.
                AuthorityFact::Assembly => true,
            })
        }
        Field::Parent(fact) => {
            let parent = written.parent.and_then(|id| {
                let kept = case.written_records.convention(id);
                kept.or_else(|| case.records.convention(id))
            });
            match (parent, fact) {
                (None, _) if case.lacks(Kind::Convention) => Value::Told,
                (None, _) => Value::Nothing(
                    "aucune convention n’est dite exécutée, modifiée ou renouvelée par celle-ci"
                        .to_owned(),
                ),
                (Some(parent), ParentFact::Title) => Value::told_if(says(Some(&parent.title))),
                (Some(parent), ParentFact::Date) => Value::told_if(signed_on(parent).is_some()),
            }
        }
        // Where these lead is another rule's.
        Field::Article(_) | Field::Annex(_) => Value::Told,
        Field::Originals | Field::Languages => Value::Told,
    }
}

fn says(text: Option<&String>) -> bool {
    text.is_some_and(|text| !text.trim().is_empty())
}

fn of_party(case: &ConventionCase<'_>, key: &Key, value: impl Fn(&Party) -> Value) -> Value {
    let Some(party) = case.written.party(key) else {
        return Value::Nothing(format!("aucune partie n’a la clé {}", quoted(key.as_str())));
    };
    match case.written_records.nature_of(party) {
        Some(_) => value(party),
        None if case.is_unread(party) => Value::Told,
        None => Value::Nothing("la fiche de cette partie n’existe plus".to_owned()),
    }
}

fn party_fact(case: &ConventionCase<'_>, party: &Party, fact: PartyFact) -> Value {
    let records = case.written_records;
    let authority = records.authority();
    let partner = party.partner.and_then(|id| records.partner(id));

    Value::told_if(match fact {
        PartyFact::Name
        | PartyFact::ShortName
        | PartyFact::WithArticle
        | PartyFact::Of
        | PartyFact::At => {
            let name = partner.map_or(&authority.name, |partner| &partner.name);
            says(Some(&name.text))
        }
        PartyFact::OwnName => partner.is_some_and(|partner| !partner.names.is_empty()),
        PartyFact::Country | PartyFact::OfCountry | PartyFact::InCountry => {
            partner.is_none_or(|partner| says(partner.country.as_ref()))
        }
        PartyFact::Seat => {
            says(partner.map_or(authority.seat.as_ref(), |partner| partner.seat.as_ref()))
        }
        // That of our authority follows from its kind.
        PartyFact::Assembly | PartyFact::OfAssembly | PartyFact::OfDecider => {
            partner.is_none_or(|partner| partner.assembly.is_some())
        }
        PartyFact::Signatory => case.signatory_of(party).is_some(),
        PartyFact::Function => case
            .signatory_of(party)
            .is_some_and(|person| says(Some(&person.function))),
    })
}

fn in_budget(case: &ConventionCase<'_>, figure: Figure, value: impl Fn(&Budget) -> Value) -> Value {
    match (case.budget(), figure.year) {
        (None, _) if case.lacks(Kind::Budget) => Value::Told,
        (None, _) => Value::Nothing("la convention n’a pas de budget".to_owned()),
        (Some(budget), Some(year)) if !budget.years.contains(&year) => {
            Value::Nothing(format!("le budget n’a pas d’année {year}"))
        }
        (Some(budget), _) => value(budget),
    }
}

/// How many places of an item print as a rule, and the first of them.
struct Blanks<'a> {
    said: String,
    count: usize,
    first: (&'a Passage<'a>, &'a Leaf),
}

fn blanks(case: &ConventionCase<'_>) -> Vec<Found> {
    if case.sealed.is_some() {
        return Vec::new();
    }
    let mut of_items: BTreeMap<Id, Blanks<'_>> = BTreeMap::new();
    let mut order: Vec<Id> = Vec::new();

    for passage in case.french_passages() {
        for leaf in &passage.read.leaves {
            let is_blank = match &leaf.content {
                Content::Blank(_) => true,
                Content::Field(name) => Field::parse(name)
                    .is_some_and(|field| matches!(value(case, &field), Value::Empty)),
                Content::Words(_) | Content::Note(_) => false,
            };
            if !is_blank {
                continue;
            }
            let blanks = of_items.entry(passage.item).or_insert_with(|| {
                order.push(passage.item);
                Blanks {
                    said: passage.said(),
                    count: 0,
                    first: (passage, leaf),
                }
            });
            blanks.count += 1;
        }
    }

    let in_order: Vec<&Blanks<'_>> = order.iter().filter_map(|id| of_items.get(id)).collect();
    let Some((passage, leaf)) = in_order.first().map(|blanks| blanks.first) else {
        return Vec::new();
    };
    let count: usize = in_order.iter().map(|blanks| blanks.count).sum();
    let where_they_are: Vec<String> = in_order
        .iter()
        .map(|blanks| match blanks.count {
            1 => blanks.said.clone(),
            count => format!("{} ({count})", blanks.said),
        })
        .collect();
    let (places, remain, print) = match count {
        1 => ("place", "reste", "s’imprime"),
        _ => ("places", "restent", "s’impriment"),
    };

    vec![Found::new(
        passage.place_of(case.record(), leaf),
        format!(
            "{count} {places} {remain} à remplir et {print} comme un filet\u{a0}: {}.",
            list(&where_they_are)
        ),
        Facts::default().with(&where_they_are),
    )]
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, day, findings};
    use super::*;
    use crate::model::TakenOver;

    #[test]
    fn those_of_a_convention_taken_over_are_on_its_paper() {
        let mut world = World::saying("Voir {{inconnu}} : ___");
        world.convention.taken_over = Some(TakenOver::default());
        for rule in ["champs", "blancs"] {
            assert!(world.findings(rule).is_empty(), "{rule}");
        }
    }

    #[test]
    fn a_field_that_names_something_holds_even_while_it_is_empty() {
        for field in [
            "partie.aneho.nom-court",
            "partie.aneho.siege",
            "engagements.valmont.numeraire.2027.lettres",
            "vote.aneho.numero",
            "date.signature",
            "duree",
            "langues",
        ] {
            let world = World::saying(&format!("Soit {{{{{field}}}}}."));
            assert!(world.findings("champs").is_empty(), "{field}");
        }
    }

    #[test]
    fn a_field_that_names_nothing_does_not_hold_and_nobody_answers_for_it() {
        for (field, why) in [
            ("parti.aneho.nom", "aucun champ"),
            ("partie.hue.nom", "aucune partie"),
            ("engagements.hue.total", "financeur"),
            ("engagements.valmont.total.2031", "2031"),
            ("parent.titre", "aucune convention"),
            ("tableau.engagements", "seul"),
        ] {
            let found = World::saying(&format!("Soit {{{{{field}}}}}.")).findings("champs");
            assert_eq!(found.len(), 1, "{field}");
            assert_eq!(found[0].severity, Severity::Blocking);
            assert!(!found[0].can_be_set_aside);
            assert!(found[0].message.contains(why), "{}", found[0].message);
        }
    }

    #[test]
    fn an_amount_needs_a_budget_and_a_party_its_sheet() {
        let mut world = World::new();
        world.convention.budget = None;
        assert_eq!(world.findings("champs").len(), 2);

        let mut world = World::saying("Avec {{partie.aneho.nom}}.");
        world.convention.parties[1].partner = Some(world.fresh());
        assert_eq!(world.findings("champs").len(), 1);
    }

    #[test]
    fn nothing_left_to_fill_holds() {
        assert!(findings("blancs", &cooperation()).is_empty());
    }

    #[test]
    fn places_left_to_fill_are_listed_once() {
        let mut world = World::saying("Vu la délibération n° {{vote.valmont.numero}} du ___.");
        world.convention.articles[1].texts[0]
            .paragraphs
            .push("Le compte : ___".to_owned());
        let found = world.findings("blancs");

        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Advice);
        assert!(
            found[0].message.starts_with("3 places restent"),
            "{}",
            found[0].message
        );
        assert!(
            found[0]
                .message
                .contains("l’article 1er (2) et l’article 2")
        );
    }

    #[test]
    fn what_is_known_is_not_a_blank_and_a_signed_text_has_none_to_fill() {
        let mut world = World::saying("Vu la délibération n° {{vote.valmont.numero}}.");
        world.act(ActKind::Vote, 0, day(2026, 10, 1));
        world.convention.acts[0].number = Some("2026-131".to_owned());
        assert!(world.findings("blancs").is_empty());

        let mut world = World::saying("Le compte : ___");
        world.seal();
        assert!(world.findings("blancs").is_empty());
    }
}
