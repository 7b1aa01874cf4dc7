//! Grants to bodies of private law, added up by year.

use chrono::{Datelike, Months, NaiveDate};

use super::Place;
use super::Severity::{Advice, Blocking, Warning};
use super::case::{BodyYearCase, is_signed, name_of_partner, signed_on};
use super::rule::{Check, Facts, Found, Rule, RuleInfo};
use super::wording::{day, euros, quoted};
use crate::model::{
    ActKind, Amount, Budget, Commitment, Convention, ConventionKind, Funder, Id, Kind, Nature,
    RecordId, fold,
};

pub(super) const RULES: &[Rule] = &[
    Rule {
        info: RuleInfo::new(
            "subvention-23000",
            "Convention au-delà de 23\u{202f}000\u{a0}€ par an",
            Blocking,
            &["loi-2000-321-art-9-1-10"],
        ),
        check: Check::BodyYear(is_of_private_law, agreement),
    },
    Rule {
        info: RuleInfo::new(
            "donnees-essentielles",
            "Publication des données essentielles",
            Warning,
            &["decret-2017-779-donnees-essentielles"],
        ),
        check: Check::BodyYear(is_of_private_law, publication),
    },
    Rule {
        info: RuleInfo::new(
            "comptes-153000",
            "Comptes certifiés au-delà de 153\u{202f}000\u{a0}€ par an",
            Advice,
            &[],
        ),
        check: Check::BodyYear(is_of_private_law, accounts),
    },
];

/// To be passed, not reached (loi n° 2000-321, art. 10; décret n° 2001-495).
const AGREEMENT_ABOVE: Amount = Amount(2_300_000);
/// Of all authorities together.
const ACCOUNTS_ABOVE: Amount = Amount(15_300_000);
/// Authorities of fewer inhabitants need not publish.
const PUBLISHES_FROM: u64 = 3_500;
/// From the signature.
const TO_PUBLISH: Months = Months::new(3);

const fn record(case: &BodyYearCase<'_>) -> RecordId {
    RecordId {
        kind: Kind::Partner,
        id: case.partner.id,
    }
}

const fn is_of_private_law(nature: Nature) -> bool {
    matches!(nature, Nature::Association | Nature::Private)
}

/// What we grant to the body in a year, in money and in kind.
fn grants<'a>(case: &BodyYearCase<'a>, year: i32) -> Vec<Commitment<'a>> {
    case.records.grants_to(case.partner.id, year).collect()
}

/// What they come to in euros, those whose currency has a rate.
fn total(case: &BodyYearCase<'_>, grants: &[Commitment<'_>]) -> Amount {
    let euros = |grant: &Commitment<'_>| in_euros(case, grant.budget, grant.at_most());
    grants.iter().filter_map(euros).sum()
}

fn in_euros(case: &BodyYearCase<'_>, budget: &Budget, amount: Amount) -> Option<Amount> {
    if budget.is_in_euros() {
        return Some(amount);
    }
    case.knowledge.exchange(budget)?.euros(amount)
}

/// The conventions with that body under which that year's grants may be paid.
fn agreements<'a>(case: &BodyYearCase<'a>, grants: &[Commitment<'_>]) -> Vec<&'a Convention> {
    let covers = |convention: &Convention| {
        let by_budget = grants
            .iter()
            .any(|grant| convention.budget == Some(grant.budget.id))
            && (convention.budget_years.is_empty() || convention.budget_years.contains(&case.year));
        let since = convention.start.map_or(i32::MIN, |start| start.year());
        let until = convention.end.map_or(i32::MAX, |end| end.year());
        let by_term = convention.start.is_some() && (since..=until).contains(&case.year);
        by_budget || by_term
    };
    case.records
        .conventions_of(case.partner.id)
        .filter(|it| !it.kind.is_charter() && it.kind != ConventionKind::Amendment)
        .filter(|it| it.done(ActKind::Abandonment).next().is_none())
        .filter(|it| covers(it))
        .collect()
}

fn agreement(case: &BodyYearCase<'_>) -> Vec<Found> {
    let grants = grants(case, case.year);
    let agreements = agreements(case, &grants);
    if agreements.iter().any(|it| is_signed(it)) {
        return Vec::new();
    }
    let sum = total(case, &grants);
    if sum <= AGREEMENT_ABOVE {
        return uncounted(case, &grants);
    }

    let name = quoted(name_of_partner(case.partner));
    let is_paid = grants.iter().any(|grant| !grant.paid.is_zero());
    let is_engaged = grants.iter().any(|grant| !grant.committed.is_zero());
    let is_notified = agreements
        .iter()
        .any(|it| it.done(ActKind::Notification).next().is_some());
    // While one is being prepared, blocking would keep it from being signed.
    let blocks = is_paid || is_notified || (is_engaged && agreements.is_empty());

    let what_to_do = if agreements.is_empty() {
        "préparer une convention avec elle avant tout versement"
    } else {
        "faire signer celle qui est en préparation avant tout versement"
    };
    let found = Found::new(
        Place::whole(record(case)),
        format!(
            "En {}, les aides à {name} atteignent {}, nature comprise, et aucune convention signée ne les porte\u{a0}: \
             {what_to_do}.",
            case.year,
            euros(sum)
        ),
        Facts::default().with((case.year, sum, blocks)),
    );
    vec![if blocks { found } else { found.only(Warning) }]
}

/// Budgets whose currency has no rate: what they grant is beside the threshold or above it, nobody can tell.
fn uncounted(case: &BodyYearCase<'_>, grants: &[Commitment<'_>]) -> Vec<Found> {
    let mut told: Vec<Id> = Vec::new();
    grants
        .iter()
        .filter(|grant| !grant.at_most().is_zero())
        .filter(|grant| in_euros(case, grant.budget, grant.at_most()).is_none())
        .filter_map(|Commitment { budget, .. }| {
            if told.contains(&budget.id) {
                return None;
            }
            told.push(budget.id);
            let place = RecordId {
                kind: Kind::Budget,
                id: budget.id,
            };
            let currency = budget.currency.code();
            let found = Found::new(
                Place::field(place, "rate"),
                format!(
                    "Le budget {} est en {currency}, sans taux de change\u{a0}: les aides qu’il accorde à {} en {} ne \
                     sont pas comptées dans le seuil de {}. Saisir son taux.",
                    quoted(&budget.title),
                    quoted(name_of_partner(case.partner)),
                    case.year,
                    euros(AGREEMENT_ABOVE)
                ),
                Facts::default().with((budget.id, currency, case.year)),
            );
            Some(found.only(Warning))
        })
        .collect()
}

fn publication(case: &BodyYearCase<'_>) -> Vec<Found> {
    let population = case.records.authority().population;
    let grants = grants(case, case.year);
    let is_subject = |grants: &[Commitment<'_>]| total(case, grants) > AGREEMENT_ABOVE;
    if !is_subject(&grants) || population.is_none_or(|inhabitants| inhabitants < PUBLISHES_FROM) {
        return Vec::new();
    }
    let years = case.records.years_of_grants_to(case.partner.id);

    agreements(case, &grants)
        .into_iter()
        .filter(|convention| convention.taken_over.is_none())
        .filter_map(|convention| {
            let signed = signed_on(convention)?;
            // A convention of several years is told once: in the first that passes the threshold.
            let is_first =
                |year: &&i32| **year >= signed.year() && is_subject(&self::grants(case, **year));
            let first = years.iter().find(is_first);
            (first == Some(&case.year)).then(|| unpublished(case, convention, signed))?
        })
        .collect()
}

fn unpublished(
    case: &BodyYearCase<'_>,
    convention: &Convention,
    signed: NaiveDate,
) -> Option<Found> {
    let deadline = signed.checked_add_months(TO_PUBLISH)?;
    let published = convention
        .done(ActKind::DataPublication)
        .map(|(_, date)| date)
        .min();
    let name = quoted(name_of_partner(case.partner));
    let place = Place::field(
        RecordId {
            kind: Kind::Convention,
            id: convention.id,
        },
        "acts",
    );
    let facts = Facts::default().with((signed, published));

    match published {
        None if case.today > deadline => Some(Found::new(
            place,
            format!(
                "Les données essentielles de la subvention à {name} devaient être publiées avant le {}\u{a0}: les publier, \
                 puis saisir la date.",
                day(deadline)
            ),
            facts,
        )),
        Some(date) if date > deadline => Some(
            Found::new(
                place,
                format!(
                    "Les données essentielles de la subvention à {name} ont été publiées le {}, après le {}.",
                    day(date),
                    day(deadline)
                ),
                facts,
            )
            .only(Advice),
        ),
        _ => None,
    }
}

fn accounts(case: &BodyYearCase<'_>) -> Vec<Found> {
    let is_public = |funder: &Funder| match funder.partner {
        None => true,
        Some(id) => case.records.partner(id).is_some_and(|partner| {
            partner.country.as_deref() == Some("FR")
                && matches!(
                    partner.nature,
                    Nature::FrenchAuthority | Nature::PublicBody | Nature::State
                )
        }),
    };
    let cash: Amount = grants(case, case.year)
        .iter()
        .filter(|grant| !grant.line.in_kind)
        .filter_map(|grant| {
            let funders = &grant.budget.funders;
            let is_public = |id: Id| funders.iter().any(|it| it.id == id && is_public(it));
            let shares = grant.line.shares.iter();
            let public = shares.filter(|share| share.year == case.year && is_public(share.funder));
            in_euros(case, grant.budget, public.map(|share| share.amount).sum())
        })
        .sum();

    let has_accounts = case.partner.pieces.iter().any(|piece| {
        let said = piece.kind.as_deref().unwrap_or(&piece.title);
        fold(said).contains("comptes")
    });
    if cash <= ACCOUNTS_ABOVE || has_accounts {
        return Vec::new();
    }
    vec![Found::new(
        Place::field(record(case), "pieces"),
        format!(
            "En {}, {} doit recevoir {} d’autorités publiques\u{a0}: lui demander ses comptes certifiés et publiés, et les \
             joindre à sa fiche.",
            case.year,
            quoted(name_of_partner(case.partner)),
            euros(cash)
        ),
        Facts::default().with((case.year, cash)),
    )]
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::super::samples::{World, day, today};
    use super::super::{Finding, Severity, Subject, review};
    use super::*;
    use crate::model::{Currency, Key, Partner, Record};

    /// An association granted that many euros in 2026, by a convention of which it is a party.
    struct Granted {
        world: World,
        body: Partner,
    }

    fn granted(euros: i64) -> Granted {
        let mut world = World::new();
        let body = world.association();
        world.authority.population = Some(128_400);
        world.budget.years = vec![2026];
        let line = &mut world.budget.lines[0];
        line.beneficiary = Some(body.id);
        for share in &mut line.shares {
            share.year = 2026;
        }
        line.shares[0].amount = Amount(euros * 100);
        world.convention.kind = ConventionKind::Grant;
        world.convention.parties[1].partner = Some(body.id);
        world.convention.parties[1].key = Key::new("eau-partagee");
        Granted { world, body }
    }

    impl Granted {
        fn signed(mut self, date: NaiveDate) -> Self {
            self.world.act(ActKind::Signature, 0, date);
            self.world.act(ActKind::Signature, 1, date);
            self
        }

        fn found(&self, rule: &str) -> Vec<Finding> {
            let mut world = World::new();
            world.others = vec![
                Record::Partner(self.body.clone()),
                Record::Convention(self.world.convention.clone()),
                Record::Budget(self.world.budget.clone()),
                Record::Authority(self.world.authority.clone()),
            ];
            let subject = Subject::Body(self.body.id);
            let mut found = review(subject, &world.records(), &world.knowledge, today());
            found.retain(|finding| finding.rule == rule);
            found
        }
    }

    #[test]
    fn twenty_three_thousand_euros_need_no_convention_and_a_signed_one_bears_more() {
        assert!(granted(23_000).found("subvention-23000").is_empty());

        let signed = granted(23_001).signed(day(2026, 2, 17));
        assert!(signed.found("subvention-23000").is_empty());
    }

    #[test]
    fn more_without_a_signed_convention_does_not_hold() {
        let mut draft = granted(23_001);
        let found = draft.found("subvention-23000");
        assert_eq!(found[0].severity, Severity::Warning, "while planned");
        assert_eq!(found[0].subject, Subject::BodyYear(draft.body.id, 2026));
        assert!(found[0].message.contains("23\u{202f}001\u{a0}€"));

        draft.world.act(ActKind::Notification, 0, day(2026, 2, 20));
        let found = draft.found("subvention-23000");
        assert_eq!(found[0].severity, Severity::Blocking);
    }

    #[test]
    fn it_blocks_once_paid_and_never_keeps_its_own_convention_from_being_signed() {
        let mut engaged = granted(30_000);
        let operation = |id, step: &str| {
            let value = json!({ "id": id, "step": step, "year": 2026, "amount": 3_000_000 });
            serde_json::from_value(value).unwrap()
        };
        let id = engaged.world.fresh();
        engaged.world.budget.lines[0]
            .operations
            .push(operation(id, "committed"));
        let found = engaged.found("subvention-23000");
        assert_eq!(found[0].severity, Severity::Warning, "being prepared");

        engaged.world.budget.lines[0]
            .operations
            .push(operation(id, "paid"));
        let found = engaged.found("subvention-23000");
        assert_eq!(found[0].severity, Severity::Blocking);
    }

    fn done(given: &mut Granted, step: &str, year: i32, euros: i64) {
        let id = given.world.fresh();
        let value = json!({ "id": id, "step": step, "year": year, "amount": euros * 100 });
        let operation = serde_json::from_value(value).unwrap();
        given.world.budget.lines[0].operations.push(operation);
    }

    #[test]
    fn what_is_planned_engaged_ordered_or_paid_counts_whichever_is_most() {
        for (planned, steps, counts) in [
            (30_000, &[("committed", 10_000)][..], true),
            (20_000, &[("paid", 25_000)], true),
            (20_000, &[("committed", 10_000), ("ordered", 25_000)], true),
            (20_000, &[("committed", 23_000), ("paid", 23_000)], false),
        ] {
            let mut given = granted(planned);
            for (step, euros) in steps {
                done(&mut given, step, 2026, *euros);
            }
            let found = given.found("subvention-23000");
            assert_eq!(found.len(), usize::from(counts), "{planned} {steps:?}");
        }
    }

    #[test]
    fn the_balance_of_the_year_before_is_of_that_year() {
        let mut given = granted(20_000);
        let mut before = given.world.budget.lines[0].shares[0].clone();
        before.id = given.world.fresh();
        before.year = 2025;
        given.world.budget.lines[0].shares.push(before);
        done(&mut given, "paid", 2025, 10_000);
        done(&mut given, "paid", 2026, 10_000 + 16_000);
        assert!(given.found("subvention-23000").is_empty());

        done(&mut given, "paid", 2026, 8_000);
        let found = given.found("subvention-23000");
        assert!(
            found[0].message.contains("24\u{202f}000\u{a0}€"),
            "{found:?}"
        );
    }

    #[test]
    fn a_grant_in_another_currency_is_turned_into_euros_or_said_not_to_be_counted() {
        let mut given = granted(0);
        given.world.budget.currency = Currency::new("XOF");
        // 30 490 € at the fixed parity; francs have no cents.
        given.world.budget.lines[0].shares[0].amount = Amount(20_000_000);
        let found = given.found("subvention-23000");
        assert!(
            found[0].message.contains("30\u{202f}489,80\u{a0}€"),
            "{found:?}"
        );

        given.world.budget.lines[0].shares[0].amount = Amount(3_500_000);
        assert!(given.found("subvention-23000").is_empty());

        given.world.budget.currency = Currency::new("CAD");
        let found = given.found("subvention-23000");
        assert_eq!(found[0].severity, Severity::Warning);
        assert_eq!(found[0].place.record.id, given.world.budget.id);
        assert!(found[0].message.contains("sans taux"), "{found:?}");

        given.world.budget.rate = Some(serde_json::from_value(json!({ "units": "1,5" })).unwrap());
        assert_eq!(given.found("subvention-23000").len(), 1, "23 333,33 €");
        given.world.budget.rate = Some(serde_json::from_value(json!({ "units": "1,6" })).unwrap());
        assert!(given.found("subvention-23000").is_empty(), "21 875 €");
        let signed = given.signed(day(2026, 2, 17));
        assert!(signed.found("subvention-23000").is_empty());
    }

    #[test]
    fn a_convention_is_published_for_the_first_year_that_passes_the_threshold() {
        let mut given = granted(20_000).signed(day(2026, 2, 17));
        let mut next = given.world.budget.lines[0].shares[0].clone();
        next.id = given.world.fresh();
        next.year = 2027;
        next.amount = Amount(3_000_000);
        given.world.budget.years.push(2027);
        given.world.budget.lines[0].shares.push(next);
        let found = given.found("donnees-essentielles");
        assert_eq!(found.len(), 1);
        assert_eq!(found[0].subject, Subject::BodyYear(given.body.id, 2027));

        given.world.budget.lines[0].shares[0].amount = Amount(3_000_000);
        let found = given.found("donnees-essentielles");
        assert_eq!(found.len(), 1, "told once");
        assert_eq!(found[0].subject, Subject::BodyYear(given.body.id, 2026));
    }

    #[test]
    fn what_an_authority_receives_is_no_grant_to_a_body_of_private_law() {
        for rule in ["subvention-23000", "donnees-essentielles", "comptes-153000"] {
            let mut given = granted(500_000).signed(day(2026, 2, 17));
            given.body.nature = Nature::ForeignAuthority;
            assert!(given.found(rule).is_empty(), "{rule}");
        }
    }

    #[test]
    fn data_published_in_time_or_still_to_be_hold() {
        let mut given = granted(28_000).signed(day(2026, 2, 17));
        given
            .world
            .act(ActKind::DataPublication, 0, day(2026, 5, 17));
        assert!(given.found("donnees-essentielles").is_empty());

        let recent = granted(28_000).signed(day(2026, 10, 1));
        assert!(recent.found("donnees-essentielles").is_empty());
    }

    #[test]
    fn data_not_published_three_months_after_the_signature_do_not_hold() {
        let mut given = granted(28_000).signed(day(2026, 2, 17));
        let found = given.found("donnees-essentielles");
        assert_eq!(found[0].severity, Severity::Warning);
        assert!(found[0].message.contains("17/05/2026"));

        given
            .world
            .act(ActKind::DataPublication, 0, day(2026, 6, 1));
        let late = given.found("donnees-essentielles");
        assert_eq!(late[0].severity, Severity::Advice);
    }

    #[test]
    fn a_small_authority_publishes_nothing() {
        let mut given = granted(28_000).signed(day(2026, 2, 17));
        given.world.authority.population = Some(3_499);
        assert!(given.found("donnees-essentielles").is_empty());
    }

    #[test]
    fn accounts_at_hand_or_less_money_hold() {
        assert!(granted(153_000).found("comptes-153000").is_empty());

        let mut given = granted(153_001);
        given.body.pieces = vec![
            serde_json::from_value(json!({
                "id": given.world.fresh(), "title": "Comptes 2025 certifiés", "file_name": "c.pdf",
                "sha256": "0", "media_type": "application/pdf",
            }))
            .unwrap(),
        ];
        assert!(given.found("comptes-153000").is_empty());
    }

    #[test]
    fn much_money_and_no_accounts_get_advice() {
        let given = granted(153_001);
        let found = given.found("comptes-153000");
        assert_eq!(found[0].severity, Severity::Advice);
        assert!(found[0].message.contains("153\u{202f}001\u{a0}€"));
    }
}
