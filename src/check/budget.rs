//! Whether a budget holds together, and whether its lines are charged where they may be.

use std::collections::{BTreeMap, BTreeSet};

use super::Place;
use super::Severity::{Advice, Warning};
use super::case::{BudgetCase, name_of_partner};
use super::ceilings::{SCHEMES_BASIS, basis_of_scheme};
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{euros, quoted};
use crate::model::{Amount, Funder, Kind, Line, Nature, RecordId, Slice, Step};
use crate::reference::Scheme;

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new("budget-equilibre", "Équilibre du budget", Warning, &[]),
        check: Check::Budget(balance),
    },
    Rule {
        info: RuleInfo::new(
            "taux-du-budget",
            "Taux de la monnaie du budget",
            Warning,
            &[],
        ),
        check: Check::Budget(rate),
    },
    Rule {
        info: RuleInfo::new(
            "dispositif-et-domaine",
            "Dépenses dans le domaine de leur dispositif",
            Warning,
            SCHEMES_BASIS,
        ),
        check: Check::Budget(domains),
    },
    Rule {
        info: RuleInfo::new(
            "un-pour-cent-et-convention",
            "Convention à l’appui du 1\u{a0}%",
            Warning,
            &["cgct-l1115-1-1"],
        ),
        check: Check::Budget(convention),
    },
];

const fn record(case: &BudgetCase<'_>) -> RecordId {
    RecordId {
        kind: Kind::Budget,
        id: case.budget.id,
    }
}

/// Every expense has who pays it, and who pays brings what it has notified.
fn balance(case: &BudgetCase<'_>) -> Vec<Found> {
    let mut found: Vec<Found> = case
        .budget
        .lines
        .iter()
        .filter_map(|line| unfunded(case, line))
        .collect();
    for funder in &case.budget.funders {
        found.extend(notified(case, funder));
        found.extend(schedule(case, funder));
    }
    found
}

/// A budget in another currency counts among the others at its rate: without one it is in no sum.
fn rate(case: &BudgetCase<'_>) -> Vec<Found> {
    let budget = case.budget;
    let counts = budget.is_in_euros() || case.knowledge.exchange(budget).is_some();
    if counts || budget.planned(Slice::default()).is_zero() {
        return Vec::new();
    }
    let message = format!(
        "Sans le taux de sa monnaie ({}), ce budget ne compte ni dans les budgets consolidés ni sous les plafonds\u{a0}: \
         le saisir.",
        budget.currency
    );
    let facts = Facts::default().with(&budget.currency);
    vec![Found::new(
        Place::field(record(case), "rate"),
        message,
        facts,
    )]
}

/// A line of which somebody unknown is to pay a part: an expense without income.
fn unfunded(case: &BudgetCase<'_>, line: &Line) -> Option<Found> {
    let is_known = |id| case.budget.funders.iter().any(|funder| funder.id == id);
    let unfunded: Amount = line
        .shares
        .iter()
        .filter(|share| !is_known(share.funder))
        .map(|share| share.amount)
        .sum();

    (!unfunded.is_zero()).then(|| {
        Found::new(
            Place::item(record(case), "lines", line.id),
            format!(
                "La dépense {} compte{} que personne n’apporte\u{a0}: lui donner un financeur.",
                quoted(&line.label),
                said(case, unfunded)
            ),
            Facts::default().with((line.id, unfunded)),
        )
    })
}

/// « 12 000 € », or nothing in a currency whose cents are not ours.
fn said(case: &BudgetCase<'_>, amount: Amount) -> String {
    if case.budget.is_in_euros() {
        format!(" {}", euros(amount))
    } else {
        " une part".to_owned()
    }
}

fn name<'a>(case: &BudgetCase<'a>, funder: &'a Funder) -> &'a str {
    funder
        .partner
        .and_then(|id| case.records.partner(id))
        .map_or(funder.key.as_str(), name_of_partner)
}

fn planned(case: &BudgetCase<'_>, funder: &Funder, years: &[i32]) -> Amount {
    case.budget.planned(Slice {
        years,
        funder: Some(funder.id),
        in_kind: Some(false),
    })
}

/// What a funder has notified, over the whole term, beside what the budget expects of it.
fn notified(case: &BudgetCase<'_>, funder: &Funder) -> Option<Found> {
    let done = funder.operations.iter();
    let done = done.filter(|it| it.step == Step::Notified && !it.expected);
    let years: BTreeSet<i32> = done.clone().map(|it| it.year).collect();
    let years: Vec<i32> = years.into_iter().collect();
    years.first()?;
    let notified: Amount = done.map(|it| it.amount).sum();
    let of_years = self::planned(case, funder, &years);
    let planned = planned(case, funder, &[]);

    // Some notify all years at once, others each year its own.
    (notified != planned && notified != of_years).then(|| {
        let message = if case.budget.is_in_euros() {
            format!(
                "{} a notifié {} et le budget compte {}\u{a0}: les dépenses ne sont pas égales aux recettes.",
                quoted(name(case, funder)),
                euros(notified),
                euros(planned)
            )
        } else {
            format!(
                "Ce que {} a notifié n’est pas ce que le budget compte\u{a0}: les dépenses ne sont pas égales aux recettes.",
                quoted(name(case, funder))
            )
        };
        Found::new(
            Place::item(record(case), "funders", funder.id),
            message,
            Facts::default().with((funder.id, notified, planned)),
        )
    })
}

/// Years in which a funder pays less than its part of the expenses: its last payment often comes after the report.
fn schedule(case: &BudgetCase<'_>, funder: &Funder) -> Option<Found> {
    let mut received: BTreeMap<i32, Amount> = BTreeMap::new();
    for operation in funder
        .operations
        .iter()
        .filter(|it| it.step == Step::Received)
    {
        let year = received.entry(operation.year).or_default();
        *year = *year + operation.amount;
    }
    // Half a schedule says nothing of the other half.
    if received.is_empty()
        || received.values().copied().sum::<Amount>() != planned(case, funder, &[])
    {
        return None;
    }

    let short: Vec<i32> = case
        .budget
        .years
        .iter()
        .copied()
        .filter(|year| {
            let received = received.get(year).copied().unwrap_or_default();
            received < planned(case, funder, &[*year])
        })
        .collect();
    let first = short.first()?;
    Some(
        Found::new(
            Place::item(record(case), "funders", funder.id),
            format!(
                "En {first}, {} verse moins que sa part des dépenses et le reste plus tard\u{a0}: prévoir qui en fait \
                 l’avance.",
                quoted(name(case, funder))
            ),
            Facts::default().with((funder.id, &short)),
        )
        .only(Advice),
    )
}

/// Lines out of the domain of the scheme that pays for them, and schemes whose text does not name our kind of authority.
fn domains(case: &BudgetCase<'_>) -> Vec<Found> {
    let mut found = out_of_domain(case);
    found.extend(not_for_us(case));
    found
}

/// Once a scheme, at the first line that is charged to it.
fn not_for_us(case: &BudgetCase<'_>) -> Vec<Found> {
    let ours = &case.records.authority().kind;
    let Some(kind) = case.knowledge.authority_kind(ours) else {
        return Vec::new();
    };
    let mut seen = BTreeSet::new();
    case.budget
        .lines
        .iter()
        .filter_map(|line| {
            let slug = line.scheme.as_deref().filter(|slug| seen.insert(*slug))?;
            let caution = case.knowledge.scheme(slug)?.caution(kind)?;
            let place = Place::item(record(case), "lines", line.id);
            Some(
                Found::new(place, caution, Facts::default().with((slug, ours)))
                    .under(basis_of_scheme(slug)),
            )
        })
        .collect()
}

fn out_of_domain(case: &BudgetCase<'_>) -> Vec<Found> {
    case.budget
        .lines
        .iter()
        .filter_map(|line| {
            let slug = line.scheme.as_deref()?;
            let place = Place::item(record(case), "lines", line.id);
            let facts = Facts::default().with((slug, &line.purpose));

            let Some(scheme) = case.knowledge.scheme(slug) else {
                return Some(Found::new(
                    place,
                    format!(
                        "La dépense {} est imputée à un dispositif inconnu ({slug})\u{a0}: en choisir un de la liste.",
                        quoted(&line.label)
                    ),
                    facts,
                ));
            };
            (!is_in_domain(case, line, scheme)).then(|| {
                Found::new(
                    place,
                    format!(
                        "La dépense {} est imputée au {}, dont elle ne paraît pas être\u{a0}: {}. Revoir son secteur ou son \
                         imputation.",
                        quoted(&line.label),
                        scheme.label,
                        scheme.domain
                    ),
                    facts,
                )
                .under(basis_of_scheme(slug))
            })
        })
        .collect()
}

/// By the line's own purpose; by the themes of its conventions where it has none.
fn is_in_domain(case: &BudgetCase<'_>, line: &Line, scheme: &Scheme) -> bool {
    if scheme.purposes.is_empty() {
        return true;
    }
    if let Some(purpose) = &line.purpose {
        return scheme
            .purposes
            .iter()
            .any(|beginning| purpose.starts_with(beginning));
    }
    let mut themes = case
        .records
        .conventions_with_budget(case.budget.id)
        .flat_map(|convention| &convention.themes)
        .peekable();
    themes.peek().is_none() || themes.any(|theme| scheme.themes.contains(theme))
}

/// Solidarity and emergency need no convention; a cooperation, with a foreign authority, does.
fn convention(case: &BudgetCase<'_>) -> Vec<Found> {
    let charged = case.budget.lines.iter().find(|line| {
        let scheme = line
            .scheme
            .as_deref()
            .and_then(|it| case.knowledge.scheme(it));
        scheme.is_some_and(|scheme| scheme.per_thousand.is_some())
    });
    let with_an_authority = case.budget.partners.iter().any(|id| {
        case.records
            .partner(*id)
            .is_some_and(|partner| partner.nature == Nature::ForeignAuthority)
    });
    let rests_on_one = case
        .records
        .conventions_with_budget(case.budget.id)
        .next()
        .is_some();

    match charged {
        Some(line) if with_an_authority && !rests_on_one => vec![
            Found::new(
                Place::item(record(case), "lines", line.id),
                "Une coopération est imputée au 1\u{a0}% et ne repose sur aucune convention\u{a0}: y rattacher celle qui est \
                 conclue avec le partenaire.",
                Facts::default().with((line.id, &line.scheme)),
            )
            .under(match line.scheme.as_deref() {
                Some(scheme) => basis_of_scheme(scheme),
                None => SCHEMES_BASIS,
            }),
        ],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{World, today};
    use super::super::{Finding, Severity, Subject, review};
    use super::*;
    use crate::model::{Currency, Rate};

    fn found(world: &World, rule: &str) -> Vec<Finding> {
        let subject = Subject::Budget(world.budget.id);
        let mut found = review(subject, &world.records(), &world.knowledge, today());
        found.retain(|finding| finding.rule == rule);
        found
    }

    /// Notes what the partner does as a funder: step, year, cents.
    fn operation(world: &mut World, step: &str, year: i32, amount: i64) {
        let operation =
            json!({ "id": world.fresh(), "step": step, "year": year, "amount": amount });
        world.budget.funders[1]
            .operations
            .push(serde_json::from_value(operation).unwrap());
    }

    #[test]
    fn a_budget_whose_every_share_has_a_funder_holds() {
        let mut world = World::new();
        operation(&mut world, "notified", 2027, 200_000);
        operation(&mut world, "received", 2027, 200_000);
        assert!(found(&world, "budget-equilibre").is_empty());
    }

    #[test]
    fn a_budget_in_another_currency_has_a_rate() {
        let mut world = World::new();
        for (currency, rate, count) in [
            ("EUR", None, 0),
            ("XOF", None, 0),
            ("USD", None, 1),
            ("USD", Some("1,08"), 0),
        ] {
            world.budget.currency = Currency::new(currency);
            world.budget.rate = rate.map(|units| Rate {
                units: units.to_owned(),
                ..Rate::default()
            });
            let found = found(&world, "taux-du-budget");
            assert_eq!(found.len(), count, "{currency} {rate:?}");
        }
        world.budget.rate = None;
        world.budget.lines.clear();
        assert!(found(&world, "taux-du-budget").is_empty());
    }

    #[test]
    fn an_expense_that_nobody_pays_does_not_hold() {
        let mut world = World::new();
        world.budget.funders.pop();
        let found = found(&world, "budget-equilibre");
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].place.item, Some(world.budget.lines[0].id));
        assert!(found[0].message.contains("2\u{202f}000\u{a0}€"));
    }

    #[test]
    fn a_funder_who_notified_less_does_not_hold() {
        let mut world = World::new();
        operation(&mut world, "notified", 2027, 150_000);
        let found = found(&world, "budget-equilibre");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("1\u{202f}500\u{a0}€"));
    }

    #[test]
    fn a_last_payment_after_the_report_gets_advice_and_half_a_schedule_nothing() {
        let mut world = World::new();
        operation(&mut world, "received", 2027, 150_000);
        assert!(found(&world, "budget-equilibre").is_empty());

        operation(&mut world, "received", 2028, 50_000);
        let found = found(&world, "budget-equilibre");
        assert_eq!(found[0].severity, Severity::Advice);
        assert!(found[0].message.contains("2027"));
    }

    #[test]
    fn a_line_in_the_domain_of_its_scheme_holds() {
        let mut world = World::new();
        world.budget.lines[0].scheme = Some("eau".to_owned());
        world.budget.lines[0].purpose = Some("14031".to_owned());
        assert!(found(&world, "dispositif-et-domaine").is_empty());
    }

    #[test]
    fn a_line_out_of_it_does_not_hold() {
        for (scheme, purpose) in [
            ("eau", "14050"),
            ("eau", "14040"),
            ("dechets", "14031"),
            ("aérien", "14031"),
        ] {
            let mut world = World::new();
            world.budget.lines[0].scheme = Some(scheme.to_owned());
            world.budget.lines[0].purpose = Some(purpose.to_owned());
            let found = found(&world, "dispositif-et-domaine");
            assert_eq!(found.len(), 1, "{scheme} {purpose}");
        }

        let mut world = World::new();
        world.budget.lines[0].scheme = Some("eau".to_owned());
        world.convention.themes = vec!["culture".to_owned()];
        assert_eq!(found(&world, "dispositif-et-domaine").len(), 1);
    }

    #[test]
    fn a_scheme_is_told_once_to_an_authority_that_its_text_does_not_name() {
        let mut world = World::new();
        let mut second = world.budget.lines[0].clone();
        second.id = world.fresh();
        world.budget.lines.push(second);
        for line in &mut world.budget.lines {
            line.scheme = Some("eau".to_owned());
            line.purpose = Some("14031".to_owned());
        }
        let mut told_to = |kind: &str| {
            world.authority.kind = kind.to_owned();
            let found = found(&world, "dispositif-et-domaine");
            found.into_iter().map(|it| it.message).collect::<Vec<_>>()
        };
        for named in [
            "commune",
            "metropole",
            "syndicat-mixte-ferme",
            "ville-de-paris",
            "",
        ] {
            assert_eq!(told_to(named), [""; 0], "{named}");
        }
        for (kind, said) in [
            ("departement", "un département n’y"),
            ("region", "une région n’y"),
        ] {
            let told = told_to(kind);
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].contains(said), "{told:?}");
        }

        for line in &mut world.budget.lines {
            line.scheme = Some("general".to_owned());
        }
        world.authority.kind = "departement".to_owned();
        assert!(found(&world, "dispositif-et-domaine").is_empty());
    }

    #[test]
    fn the_general_budget_pays_for_anything() {
        let mut world = World::new();
        world.budget.lines[0].purpose = Some("16066".to_owned());
        assert!(found(&world, "dispositif-et-domaine").is_empty());
        world.budget.lines[0].scheme = Some("general".to_owned());
        assert!(found(&world, "dispositif-et-domaine").is_empty());
    }

    fn charged() -> World {
        let mut world = World::new();
        world.budget.lines[0].scheme = Some("eau".to_owned());
        world.budget.partners = vec![world.foreign.id];
        world
    }

    #[test]
    fn a_cooperation_that_rests_on_a_convention_holds() {
        assert!(found(&charged(), "un-pour-cent-et-convention").is_empty());
    }

    #[test]
    fn a_cooperation_without_convention_does_not_hold() {
        let mut world = charged();
        world.convention.budget = None;
        let found = found(&world, "un-pour-cent-et-convention");
        assert_eq!(found[0].severity, Severity::Warning);
    }

    #[test]
    fn solidarity_through_an_association_and_the_general_budget_need_none() {
        let mut world = charged();
        world.convention.budget = None;
        world.foreign.nature = Nature::Association;
        assert!(found(&world, "un-pour-cent-et-convention").is_empty());

        let mut world = charged();
        world.convention.budget = None;
        world.budget.lines[0].scheme = None;
        assert!(found(&world, "un-pour-cent-et-convention").is_empty());
    }
}
