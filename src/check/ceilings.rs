//! The ceilings of one per cent: each service's budget, each year.

use std::collections::BTreeSet;

use chrono::Datelike;

use super::Severity::{Blocking, Warning};
use super::case::AuthorityCase;
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{euros, quoted};
use super::{MissingBase, Place};
use crate::ledger::{self, Ceiling};
use crate::model::{Amount, Budget, Id, Kind, RecordId};
use crate::reference::Scheme;

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "plafond-1-pour-cent",
        "Plafonds de 1\u{a0}%",
        Blocking,
        SCHEMES_BASIS,
    ),
    check: Check::Authority(ceilings),
}];

/// The texts that the schemes rest on.
pub(super) const SCHEMES_BASIS: &[&str] = &["cgct-l1115-1-1", "cgct-l1115-2", "cgct-l1115-3"];

/// The texts that one scheme rests on.
pub(super) fn basis_of_scheme(scheme: &str) -> &'static [&'static str] {
    match scheme {
        "eau" => &["cgct-l1115-1-1", "loi-2005-95-oudin-santini"],
        "energie" => &["cgct-l1115-1-1", "loi-2006-1537"],
        "dechets" => &["cgct-l1115-2"],
        "mobilite" => &["cgct-l1115-3"],
        _ => SCHEMES_BASIS,
    }
}

fn ceilings(case: &AuthorityCase<'_>) -> Vec<Found> {
    let charged: BTreeSet<(&str, &str)> = match case.beside {
        None => case.records.charged_in(case.year),
        Some(budget) => budget.lines.iter().filter_map(ledger::written_on).collect(),
    };
    ledger::services(charged)
        .into_iter()
        .filter_map(|(scheme, service)| {
            let known = case.knowledge.scheme(scheme)?;
            let worth = |budget: &Budget| case.knowledge.exchange(budget);
            ledger::ceiling(case.records, worth, known, service, case.year)
        })
        .flat_map(|ceiling| {
            let uncounted = ceiling.without_rate.iter();
            let uncounted = uncounted.map(|budget| without_rate(case.year, &ceiling, budget));
            let found: Vec<Found> = uncounted.chain(found_at(case, &ceiling)).collect();
            found
        })
        .collect()
}

fn found_at(case: &AuthorityCase<'_>, ceiling: &Ceiling<'_>) -> Option<Found> {
    let (known, service) = (ceiling.scheme, ceiling.service);
    let scheme = known.id.as_str();
    let charged = ceiling.charged;
    if charged.0 <= 0 {
        return None;
    }

    let authority = RecordId {
        kind: Kind::Authority,
        id: Id::SINGLE,
    };
    let found = match ceiling.base.zip(ceiling.limit) {
        None => Found::new(
            unsaid(case, scheme, service).unwrap_or(Place::field(authority, "bases")),
            without_base(case.year, known, service, charged),
            Facts::default().with((scheme, service, case.year)),
        )
        .only(Warning)
        .asking_for(MissingBase {
            scheme: scheme.to_owned(),
            service: service.to_owned(),
            year: case.year,
        }),
        Some((base, limit)) => {
            if charged <= limit {
                return None;
            }
            let found = Found::new(
                Place::item(authority, "bases", base.id),
                format!(
                    "En {}, les dépenses imputées sur {} au titre du {} atteignent {}, au-delà du plafond de {}\u{a0}: en \
                     imputer une part sur un autre budget.",
                    case.year,
                    quoted(service),
                    known.label,
                    euros(charged),
                    euros(limit)
                ),
                Facts::default().with((scheme, service, case.year, charged, limit)),
            );
            if case.year > case.today.year() {
                found.only(Warning)
            } else {
                found
            }
        }
    };
    Some(found.under(basis_of_scheme(scheme)))
}

/// The line that does not say the budget of which service pays it: it is said there, not among the bases.
fn unsaid(case: &AuthorityCase<'_>, scheme: &str, service: &str) -> Option<Place> {
    if !service.is_empty() {
        return None;
    }
    let all = case.records.budgets().filter(|_| case.beside.is_none());
    case.beside.into_iter().chain(all).find_map(|budget| {
        let mut lines = budget.lines.iter();
        let line = lines.find(|line| {
            ledger::written_on(line) == Some((scheme, service))
                && line.years().any(|it| it == case.year)
        })?;
        let record = RecordId {
            kind: Kind::Budget,
            id: budget.id,
        };
        Some(Place::item(record, "lines", line.id))
    })
}

/// A budget charges something that nobody can count in euros.
fn without_rate(year: i32, ceiling: &Ceiling<'_>, budget: &Budget) -> Found {
    let record = RecordId {
        kind: Kind::Budget,
        id: budget.id,
    };
    let (scheme, service) = (&ceiling.scheme.id, ceiling.service);
    let facts = Facts::default().with((scheme.as_str(), service, year, budget.id));
    let message = format!(
        "En {year}, ce que {} impute au titre du {} ne compte pas dans le plafond, faute d’un taux pour sa devise\u{a0}: le \
         saisir.",
        quoted(&budget.title),
        ceiling.scheme.label
    );
    Found::new(Place::field(record, "rate"), message, facts)
        .only(Warning)
        .under(basis_of_scheme(scheme))
}

fn without_base(year: i32, scheme: &Scheme, service: &str, charged: Amount) -> String {
    let charged = euros(charged);
    if service.is_empty() {
        format!(
            "En {year}, {charged} sont imputés au titre du {} sans dire sur le budget de quel service\u{a0}: le choisir, \
             pour que le plafond puisse se calculer.",
            scheme.label
        )
    } else {
        format!(
            "En {year}, {charged} sont imputés sur {} au titre du {} et son assiette n’est pas saisie\u{a0}: la saisir, pour \
             que le plafond puisse se calculer.",
            quoted(service),
            scheme.label
        )
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{World, today};
    use super::super::{Finding, Severity, Subject, review};
    use crate::model::Currency;

    /// Water charged in that year, and its base in euros.
    fn charged(year: i32, base: Option<i64>) -> World {
        let mut world = World::new();
        let line = &mut world.budget.lines[0];
        line.scheme = Some("eau".to_owned());
        line.service_budget = Some("budget annexe de l’eau".to_owned());
        for share in &mut line.shares {
            share.year = year;
        }
        world.budget.years = vec![year];
        if let Some(base) = base {
            let base = json!({
                "id": world.fresh(), "scheme": "eau", "budget": "budget annexe de l’eau",
                "year": year, "amount": base * 100,
            });
            world
                .authority
                .bases
                .push(serde_json::from_value(base).unwrap());
        }
        world
    }

    fn found(world: &World, year: i32) -> Vec<Finding> {
        let subject = Subject::Authority(year);
        review(subject, &world.records(), &world.knowledge, today())
    }

    #[test]
    fn what_stays_under_the_ceiling_holds_to_the_cent() {
        let world = charged(2026, Some(1_200_000));
        assert!(found(&world, 2026).is_empty());
    }

    #[test]
    fn what_passes_it_does_not_hold() {
        let found = found(&charged(2026, Some(1_199_999)), 2026);
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert!(found[0].message.contains("12\u{202f}000\u{a0}€"));
        assert!(found[0].message.contains("11\u{202f}999,99\u{a0}€"));
    }

    #[test]
    fn a_year_to_come_or_without_base_is_to_be_looked_at() {
        let next = found(&charged(2027, Some(1_000)), 2027);
        assert_eq!(next[0].severity, Severity::Warning);

        let unknown = found(&charged(2026, None), 2026);
        assert_eq!(unknown[0].severity, Severity::Warning);
        assert!(unknown[0].message.contains("assiette"));
    }

    #[test]
    fn a_line_that_does_not_say_its_service_is_where_it_is_to_be_said() {
        let mut world = charged(2026, None);
        world.budget.lines[0].service_budget = None;
        let line = world.budget.lines[0].id;
        let unsaid = found(&world, 2026);
        assert!(unsaid[0].message.contains("le choisir"));
        assert_eq!(
            (unsaid[0].place.record.id, unsaid[0].place.item),
            (world.budget.id, Some(line))
        );
    }

    #[test]
    fn another_currency_weighs_at_its_rate_and_asks_for_one() {
        let mut world = charged(2026, Some(1_000));
        world.budget.currency = Currency::new("USD");
        let asked = found(&world, 2026);
        assert_eq!(asked.len(), 1);
        assert_eq!(asked[0].severity, Severity::Warning);
        assert!(asked[0].message.contains("faute d’un taux"));

        let rate = json!({ "units": "1.25", "date": "2026-03-02" });
        world.budget.rate = serde_json::from_value(rate).unwrap();
        let passed = found(&world, 2026);
        assert_eq!(passed.len(), 1);
        assert!(
            passed[0].message.contains("9\u{202f}600\u{a0}€"),
            "{}",
            passed[0].message
        );
    }

    #[test]
    fn it_shows_on_every_convention_that_is_charged_to_that_service_and_on_no_other() {
        let mut world = charged(2026, Some(1_000));
        assert_eq!(world.findings("plafond-1-pour-cent").len(), 1);

        let mut other = world.budget.clone();
        other.id = world.fresh();
        world.others.push(crate::model::Record::Budget(other));
        world.budget.lines[0].scheme = None;
        assert!(world.findings("plafond-1-pour-cent").is_empty());
        assert_eq!(found(&world, 2026).len(), 1);
    }

    #[test]
    fn the_general_budget_and_what_others_pay_have_no_ceiling() {
        let mut world = charged(2026, Some(1_000));
        world.budget.lines[0].scheme = Some("general".to_owned());
        assert!(found(&world, 2026).is_empty());

        let mut world = charged(2026, Some(1_000));
        world.budget.lines[0].shares.remove(0);
        assert!(found(&world, 2026).is_empty());
    }
}
