//! What each party commits itself to: the text and the budget agree.

use super::Place;
use super::Severity::Blocking;
use super::case::{ConventionCase, name_of_partner};
use super::figures::{Span, Years, figures};
use super::money::{names_an_amount, says_no_money};
use super::passage::Passage;
use super::rule::{Check, Facts, Found, Rule, RuleInfo, is_contract};
use super::text::basis_of_contents;
use super::wording::{capital, euros, quoted};
use crate::model::field::Field;
use crate::model::text::Marker;
use crate::model::{
    Amount, Budget, Certainty, Currency, Funder, Id, Kind, Party, RecordId, Slice, fold, roles,
};

pub(super) const RULES: &[Rule] = &[Rule {
    info: RuleInfo::new(
        "montant-coherent",
        "Montants du texte et du budget",
        Blocking,
        &["cgct-l1115-1"],
    ),
    check: Check::Convention(is_contract, coherent),
}];

/// What a party is to bring in cash of its own, in one year or over those that the convention covers. Under a
/// grant, only what goes to the bodies that sign.
pub(super) fn own_cash(
    case: &ConventionCase<'_>,
    budget: &Budget,
    party: &Party,
    year: Option<i32>,
) -> Amount {
    let years = match &year {
        Some(year) => std::slice::from_ref(year),
        None => &case.written.budget_years,
    };
    let Some(funder) = budget.funder(&party.key) else {
        return Amount::ZERO;
    };
    if case.convention.kind.is_cooperation() {
        return budget.planned(Slice {
            years,
            funder: Some(funder.id),
            in_kind: Some(false),
        });
    }

    let signs = |body: Option<Id>| {
        body.is_some()
            && case
                .written
                .parties
                .iter()
                .any(|party| party.partner == body)
    };
    budget
        .lines
        .iter()
        .filter(|line| !line.in_kind && signs(line.beneficiary))
        .flat_map(|line| &line.shares)
        .filter(|share| share.funder == funder.id)
        .filter(|share| years.is_empty() || years.contains(&share.year))
        .map(|share| share.amount)
        .sum()
}

fn coherent(case: &ConventionCase<'_>) -> Vec<Found> {
    let Some(budget) = case.budget() else {
        return Vec::new();
    };
    let mut found = committed_without_signing(case, budget);

    if case.convention.taken_over.is_some() {
        found.extend(taken_over(case, budget));
    } else {
        found.extend(none_committed(case, budget));
        if budget.is_in_euros() {
            stated(case, budget, &mut found);
        }
    }
    let basis = basis_of_contents(case.convention.kind);
    found.into_iter().map(|found| found.under(basis)).collect()
}

/// Funders said to be committed, who sign neither this convention nor another of that budget.
fn committed_without_signing(case: &ConventionCase<'_>, budget: &Budget) -> Vec<Found> {
    let is_party = |funder: &Funder| {
        let signs = |party: &Party| party.key == funder.key || party.partner == funder.partner;
        case.written.parties.iter().any(signs)
            || case
                .records
                .conventions_with_budget(budget.id)
                .any(|other| other.parties.iter().any(signs))
    };

    budget
        .funders
        .iter()
        .filter(|funder| funder.certainty == Certainty::Committed && !is_party(funder))
        .map(|funder| {
            let name = funder
                .partner
                .and_then(|id| case.records.partner(id))
                .map_or(funder.key.as_str(), name_of_partner);
            let place = RecordId {
                kind: Kind::Budget,
                id: budget.id,
            };
            Found::new(
                Place::item(place, "funders", funder.id),
                format!(
                    "{} ne signe pas la convention\u{a0}: son financement est «\u{202f}attendu\u{202f}» ou \
                     «\u{202f}notifié\u{202f}», jamais «\u{202f}engagé\u{202f}».",
                    quoted(name)
                ),
                Facts::default().with((funder.id, &funder.key)),
            )
        })
        .collect()
}

/// The amount entered for a convention taken over, beside what its budget says of us.
fn taken_over(case: &ConventionCase<'_>, budget: &Budget) -> Option<Found> {
    let taken_over = case.convention.taken_over.as_ref()?;
    let entered = taken_over.amount?;
    let ours = case
        .written
        .parties
        .iter()
        .find(|it| it.partner.is_none())?;
    let planned = own_cash(case, budget, ours, None);
    let currency = taken_over.currency.clone().unwrap_or_else(Currency::euro);

    (currency == budget.currency && entered != planned).then(|| {
        Found::new(
            Place::field(case.record(), "taken_over"),
            "Le montant saisi pour cette convention n’est pas celui que son budget met à la charge de la collectivité\
             \u{a0}: corriger l’un ou l’autre.",
            Facts::default().with((entered, planned)),
        )
    })
}

/// The text says that nobody commits money, and the budget that somebody does.
fn none_committed(case: &ConventionCase<'_>, budget: &Budget) -> Option<Found> {
    let denial = case
        .french_passages()
        .find(|passage| passage.has_role(roles::FINANCES) && says_no_money(passage))?;
    if case
        .french_passages()
        .any(|passage| passage.has_role(roles::FINANCES) && names_an_amount(passage))
    {
        return None;
    }
    let (party, planned) = case
        .written
        .parties
        .iter()
        .map(|party| (party, own_cash(case, budget, party, None)))
        .find(|(_, planned)| !planned.is_zero())?;

    Some(Found::new(
        denial.place(case.record()),
        format!(
            "{} dit qu’aucun engagement financier n’est pris, alors que le budget compte du numéraire de {}.",
            capital(&denial.said()),
            quoted(case.name_of(party))
        ),
        Facts::default().with(denial.folded()).with(planned),
    ))
}

/// Words by which a paragraph states what a party commits, folded.
const STATES: [&str; 10] = [
    "montant previsionnel",
    "engagement financier",
    "engagements financiers",
    "contribution financiere",
    "en numeraire",
    "apporte",
    "attribue",
    "subvention de",
    "dotation de",
    "aide de",
];

/// Words by which a paragraph states something else, folded.
const STATES_ANOTHER: [&str; 6] = [
    "en nature",
    "valoris",
    "cout total",
    "cofinanc",
    "estime a",
    "plafond",
];

/// The figures that the text gives, beside those of the budget. Fields follow the budget by themselves.
fn stated<'a>(case: &ConventionCase<'a>, budget: &'a Budget, found: &mut Vec<Found>) {
    let mut of_list: Option<&Party> = None;
    let years = Years {
        known: &budget.years,
        covered: covered(case, budget),
    };

    for passage in case
        .french_passages()
        .filter(|passage| passage.has_role(roles::FINANCES))
    {
        let is_item = passage.read.marker != Marker::None;
        if !is_item {
            of_list = party_of(case, passage);
        }
        let Some(party) = of_list else { continue };
        let is_told_by_a_field = passage
            .fields()
            .any(|(name, _)| matches!(Field::parse(name), Some(Field::Commitment(..))));

        for (rank, figure) in figures(passage, years).into_iter().enumerate() {
            let year = match figure.span {
                Span::Year(year) => Some(year),
                // A paragraph's first sum is the total; another may be an instalment.
                Span::Whole if is_item || rank > 0 || is_told_by_a_field => continue,
                Span::Whole => None,
                Span::EachYear if is_that_of_a_year(case, budget, party, figure.amount) => continue,
                Span::EachYear => years.covered.first().copied(),
                Span::Part => continue,
            };
            let planned = own_cash(case, budget, party, year);
            if figure.amount == planned {
                continue;
            }
            let when = match (figure.span, year) {
                (Span::EachYear, _) => " par an".to_owned(),
                (_, Some(year)) => format!(" pour {year}"),
                (_, None) => String::new(),
            };
            found.push(Found::new(
                passage.place(case.record()),
                format!(
                    "{} dit {}{when} à la charge de {}, et le budget {}\u{a0}: corriger l’un ou l’autre, ou mettre un \
                     champ à la place du montant.",
                    capital(&passage.said()),
                    euros(figure.amount),
                    quoted(case.name_of(party)),
                    euros(planned)
                ),
                Facts::default().with((&party.key, year, figure.amount, planned)),
            ));
        }
    }
}

/// Whether a sum said to come each year is what the party is to bring in one of them, or in each on average.
fn is_that_of_a_year(
    case: &ConventionCase<'_>,
    budget: &Budget,
    party: &Party,
    amount: Amount,
) -> bool {
    let years = covered(case, budget);
    let total = own_cash(case, budget, party, None);
    let whole_years = i64::try_from(years.len()).unwrap_or(i64::MAX);
    amount.0.checked_mul(whole_years) == Some(total.0)
        || (years.iter()).any(|year| own_cash(case, budget, party, Some(*year)) == amount)
}

/// The years that the convention covers.
fn covered<'a>(case: &ConventionCase<'a>, budget: &'a Budget) -> &'a [i32] {
    match case.written.budget_years.as_slice() {
        [] => &budget.years,
        years => years,
    }
}

/// The one party whose commitment in cash a paragraph states.
fn party_of<'a>(case: &ConventionCase<'a>, passage: &Passage<'_>) -> Option<&'a Party> {
    if !passage.says_any(&STATES) || passage.says_any(&STATES_ANOTHER) {
        return None;
    }
    let mut named = case
        .written
        .parties
        .iter()
        .filter(|party| is_named(case, party, passage));
    let party = named.next()?;
    named.next().is_none().then_some(party)
}

/// Whether a passage names a party, by a field or by its name.
pub(super) fn is_named(case: &ConventionCase<'_>, party: &Party, passage: &Passage<'_>) -> bool {
    let is_called = |name: &str| {
        let name = fold(name);
        let mut places = passage.folded().match_indices(&name);
        places.any(|(at, _)| is_word(passage.folded(), at, name.len()))
    };
    passage.has_field_about(&party.key)
        || is_called(case.name_of(party))
        || case.official_name_of(party).is_some_and(is_called)
}

/// Whether those bytes of a folded text are whole words.
fn is_word(folded: &str, at: usize, length: usize) -> bool {
    let before = folded.get(..at).and_then(|text| text.chars().next_back());
    let after = folded
        .get(at + length..)
        .and_then(|text| text.chars().next());
    before.is_none_or(|c| c == ' ') && after.is_none_or(|c| c == ' ')
}

#[cfg(test)]
mod tests {
    use super::super::Severity;
    use super::super::samples::{World, cooperation, findings, text};
    use super::*;
    use crate::model::{ConventionKind, Key, TakenOver};

    const RULE: &str = "montant-coherent";

    fn saying(paragraphs: &[&str]) -> World {
        let mut world = World::new();
        world.convention.articles[1].texts = vec![text("fr", paragraphs)];
        world
    }

    #[test]
    fn fields_agree_by_themselves() {
        assert!(findings(RULE, &cooperation()).is_empty());
    }

    #[test]
    fn figures_that_the_budget_bears_out_hold() {
        for paragraphs in [
            &["Le montant prévisionnel de Valmont s’élève à 12 000 €."][..],
            &["Valmont apporte 12\u{202f}000,00\u{a0}euros en numéraire, soit 12 000 € en 2027."],
            &[
                "Le montant prévisionnel des engagements de Valmont se répartit ainsi :",
                "- 12 000 € en 2027.",
            ],
            &["L’apport en nature d’Aného est estimé à 9 000 €."],
            &["Valmont apporte {{engagements.valmont.numeraire}}, dont 500 € d’avance."],
            &["Le coût total, de Valmont comme d’Aného, est de 40 000 €."],
        ] {
            let found = saying(paragraphs).findings(RULE);
            assert!(found.is_empty(), "{paragraphs:?}: {found:?}");
        }
    }

    #[test]
    fn a_figure_that_the_budget_contradicts_does_not_hold() {
        for (paragraphs, said) in [
            (
                &["Le montant prévisionnel de Valmont s’élève à 13 000 €."][..],
                "13\u{202f}000\u{a0}€",
            ),
            (
                &["Valmont apporte 12 000 € en numéraire : 5 000 € en 2027."],
                "5\u{202f}000\u{a0}€ pour 2027",
            ),
            (
                &[
                    "Le montant prévisionnel des engagements {{partie.valmont.du}} se répartit ainsi :",
                    "- 11 000 € en 2027.",
                ],
                "11\u{202f}000\u{a0}€ pour 2027",
            ),
        ] {
            let found = saying(paragraphs).findings(RULE);
            assert_eq!(found.len(), 1, "{paragraphs:?}: {found:?}");
            assert_eq!(found[0].severity, Severity::Blocking);
            assert!(found[0].message.contains(said), "{}", found[0].message);
            assert!(found[0].message.contains("12\u{202f}000\u{a0}€"));
        }
    }

    #[test]
    fn a_year_said_before_a_part_or_what_comes_each_year_hold() {
        for paragraph in [
            "En 2027, Valmont apporte 6 000 €.",
            "Au titre de l’année 2027, l’engagement financier de Valmont est de 6 000 €.",
            "Valmont apporte 6 000 € par an.",
            "L’engagement financier annuel de Valmont est de 6 000 €.",
            "Un acompte de 3 600 € sur la subvention de 12 000 € de Valmont est versé à la signature.",
            "Valmont apporte 12.000 €.",
            "Valmont apporte 12.000,00 €, dont 6.000 € en 2027.",
            "De 2027 à 2028, Valmont apporte 12 000 € en numéraire.",
            "Valmont apporte 6 000 € avant le 30 juin 2027 et 6 000 € avant le 30 juin 2028.",
        ] {
            let found = over_two_years(paragraph).findings(RULE);
            assert!(found.is_empty(), "{paragraph}: {found:?}");
        }
        for (paragraph, said) in [
            (
                "En 2027, Valmont apporte 7 000 €.",
                "7\u{202f}000\u{a0}€ pour 2027",
            ),
            (
                "Valmont apporte 7 000 € par an.",
                "7\u{202f}000\u{a0}€ par an",
            ),
            (
                "Valmont apporte 6.000 €.",
                "6\u{202f}000\u{a0}€ à la charge",
            ),
        ] {
            let found = over_two_years(paragraph).findings(RULE);
            assert_eq!(found.len(), 1, "{paragraph}");
            assert!(found[0].message.contains(said), "{}", found[0].message);
        }
    }

    /// Valmont brings 6 000 € in each of two years.
    fn over_two_years(paragraph: &str) -> World {
        let mut world = saying(&[paragraph]);
        world.budget.years = vec![2027, 2028];
        let mut next = world.budget.lines[0].shares[0].clone();
        next.id = world.fresh();
        next.year = 2028;
        world.budget.lines[0].shares.push(next);
        for share in &mut world.budget.lines[0].shares {
            share.amount = Amount(600_000);
        }
        world
    }

    #[test]
    fn whatever_is_written_is_read() {
        for (paragraph, count) in [
            (
                "Valmont apporte 1 € en 2027 : ".to_owned() + &"2027 : ".repeat(20_000),
                1,
            ),
            ("Valmont apporte ".to_owned() + &"1 € ; ".repeat(5_000), 1),
            (
                "Valmont apporte 9 999 999 999 999 999 999 999 € par an, 12’€, 1.€, €€".to_owned(),
                0,
            ),
            (
                "Valmont apporte 5 € ０６ ٣ € 1er\u{202f}€ — 6€".to_owned(),
                1,
            ),
        ] {
            let found = saying(&[&paragraph]).findings(RULE);
            assert_eq!(
                found.len(),
                count,
                "{}",
                paragraph.get(..40).unwrap_or(&paragraph)
            );
        }
    }

    #[test]
    fn no_engagement_said_and_some_planned_do_not_hold() {
        let world = saying(&["La convention n’emporte aucun engagement financier."]);
        let found = world.findings(RULE);
        assert_eq!(found[0].severity, Severity::Blocking);
        assert!(found[0].message.contains("Valmont"));
    }

    #[test]
    fn a_funder_who_does_not_sign_is_never_committed() {
        let mut world = World::new();
        let mut agency = world.budget.funders[1].clone();
        agency.id = world.fresh();
        agency.key = Key::new("agence-eau");
        agency.partner = None;
        world.budget.funders.push(agency);
        // Our own authority signs.
        assert!(world.findings(RULE).is_empty());

        world.budget.funders[2].partner = Some(world.fresh());
        let found = world.findings(RULE);
        assert_eq!(found[0].place.record.id, world.budget.id);
        assert!(found[0].message.contains("agence-eau"));

        world.budget.funders[2].certainty = Certainty::Notified;
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn a_grant_commits_what_goes_to_those_who_sign() {
        let mut world = saying(&["Valmont attribue à l’association une subvention de 12 000 €."]);
        world.convention.kind = ConventionKind::Grant;
        world.budget.lines[0].beneficiary = Some(world.foreign.id);
        let mut elsewhere = world.budget.lines[0].clone();
        elsewhere.beneficiary = None;
        world.budget.lines.push(elsewhere);
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn without_a_budget_there_is_nothing_to_compare() {
        let mut world = saying(&["Valmont apporte 3 € en numéraire."]);
        world.convention.budget = None;
        assert!(world.findings(RULE).is_empty());
    }

    #[test]
    fn the_amount_entered_for_a_convention_taken_over_is_compared_with_its_budget() {
        let mut world = saying(&["Valmont apporte 3 € en numéraire."]);
        world.convention.taken_over = Some(TakenOver {
            amount: Some(Amount(1_200_000)),
            ..TakenOver::default()
        });
        assert!(world.findings(RULE).is_empty());

        world.convention.taken_over = Some(TakenOver {
            amount: Some(Amount(1_800_000)),
            ..TakenOver::default()
        });
        assert_eq!(world.findings(RULE)[0].severity, Severity::Warning);
    }
}
