//! How a budget stands against the rules of a funder: each point with its figure, held or not.
//!
//! Rates change every year: the rules are dated data ([`super::rules`]), and a point of which something
//! is not known says so rather than guess.

use super::{countries_of, euros, partners_of};
use crate::model::{Amount, Budget, Funder, Nature, Percentage, Records, Slice};
use crate::reference::{FundingRule, OdaCategory, RateFor, Reference};

/// A point of the rules.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Point {
    /// What it looks at: « Part propre ».
    pub what: &'static str,
    /// What the budget has: « 61 % ».
    pub figure: String,
    /// What the rule wants: « au moins 10 % ».
    pub bound: String,
    /// Whether it holds; unknown where the country or the total is not known.
    pub held: Option<bool>,
}

/// How a budget stands for a funder, against those rules: point by point.
#[must_use]
pub fn standing(
    budget: &Budget,
    funder: &Funder,
    rule: &FundingRule,
    records: &Records,
    reference: &Reference,
) -> Vec<Point> {
    let planned = |funder: &Funder, in_kind: Option<bool>| {
        budget.planned(Slice {
            years: &[],
            funder: Some(funder.id),
            in_kind,
        })
    };
    let total = budget.planned(Slice::default());
    let sum_of = |is_one: &dyn Fn(&Funder) -> bool, in_kind| -> Amount {
        let those = budget.funders.iter().filter(|it| is_one(it));
        those.map(|it| planned(it, in_kind)).sum()
    };
    let is_ours = |it: &Funder| it.partner.is_none();
    let is_french = |it: &Funder| match it.partner {
        None => true,
        Some(id) => records
            .partner(id)
            .is_some_and(|it| it.nature == Nature::FrenchAuthority),
    };

    let mut points = Vec::new();
    if let Some((bound, rate)) = rate(budget, rule, records, reference) {
        points.push(share(
            "Part demandée",
            planned(funder, None),
            total,
            Bound::AtMost(rate),
            bound,
        ));
    }
    if let Some(least) = rule.own_share {
        points.push(share(
            "Part des collectivités françaises",
            sum_of(&is_french, None),
            total,
            Bound::AtLeast(Some(least)),
            format!("au moins {least}\u{202f}%"),
        ));
    }
    if let Some(most) = rule.in_kind {
        points.push(share(
            "Nature dans notre apport",
            sum_of(&is_ours, Some(true)),
            sum_of(&is_ours, None),
            Bound::AtMost(Some(most)),
            format!("au plus {most}\u{202f}%"),
        ));
    }
    if let Some(least) = rule.others_share {
        points.push(share(
            "Part des collectivités et de leurs partenaires",
            sum_of(&|it| it.id != funder.id, None),
            total,
            Bound::AtLeast(Some(least)),
            format!("au moins {least}\u{202f}%"),
        ));
    }
    if rule.cost_from.is_some() || rule.cost_to.is_some() {
        points.push(cost(budget, rule, total, reference));
    }
    points
}

/// A bound in hundredths; none where it is not known.
#[derive(Clone, Copy)]
enum Bound {
    AtLeast(Option<u16>),
    AtMost(Option<u16>),
}

/// A share against its bound, compared exactly.
fn share(what: &'static str, part: Amount, whole: Amount, bound: Bound, said: String) -> Point {
    let percent = match bound {
        Bound::AtLeast(percent) | Bound::AtMost(percent) => percent,
    };
    let told = match percent {
        Some(percent) => Percentage::beside(part, whole, percent),
        None => Percentage::of(part, whole),
    };
    let known = (whole.0 > 0).then_some((i128::from(part.0) * 100, i128::from(whole.0)));
    let held = known.and_then(|(part, whole)| match bound {
        Bound::AtLeast(percent) => percent.map(|it| part >= whole * i128::from(it)),
        Bound::AtMost(percent) => percent.map(|it| part <= whole * i128::from(it)),
    });
    Point {
        what,
        figure: told.map_or_else(|| "rien de prévu".to_owned(), |it| it.to_string()),
        bound: said,
        held,
    }
}

fn cost(budget: &Budget, rule: &FundingRule, total: Amount, reference: &Reference) -> Point {
    let said = |amount: Amount| euros(amount, reference);
    let bound = match (rule.cost_from, rule.cost_to) {
        (Some(from), Some(to)) => format!("de {} à {}", said(from), said(to)),
        (Some(from), None) => format!("au moins {}", said(from)),
        (None, Some(to)) => format!("au plus {}", said(to)),
        (None, None) => String::new(),
    };
    let is_within = rule.cost_from.is_none_or(|from| total >= from)
        && rule.cost_to.is_none_or(|to| total <= to);
    Point {
        what: "Coût du projet",
        figure: reference.amount(total, &budget.currency),
        bound,
        // Nothing is planned yet.
        held: (budget.is_in_euros() && !total.is_zero()).then_some(is_within),
    }
}

/// The highest share that the funder may pay, by the countries that the project is in; in words, and in hundredths
/// where the countries let it be known.
fn rate(
    budget: &Budget,
    rule: &FundingRule,
    records: &Records,
    reference: &Reference,
) -> Option<(String, Option<u16>)> {
    if rule.rates.is_empty() {
        return None;
    }
    let partners = partners_of(budget, None, records);
    let countries = countries_of(&partners, records);
    let kinds: Vec<Option<RateFor>> = countries
        .iter()
        .map(|code| {
            let country = reference.country(code)?;
            Some(match country.oda(rule.year).map(|it| it.category) {
                Some(OdaCategory::LeastDeveloped) => RateFor::LeastDeveloped,
                Some(category) if category.is_eligible() => RateFor::Eligible,
                _ => RateFor::Other,
            })
        })
        .collect();

    let of_kind = |kind: RateFor| rule.rates.iter().find(|it| it.country == kind);
    match kinds.as_slice() {
        [] => Some(("selon le pays, à préciser".to_owned(), None)),
        [first, rest @ ..] if rest.iter().all(|it| it == first) => {
            let known = first.and_then(of_kind);
            Some(match (first, known) {
                (Some(kind), Some(rate)) => (
                    format!("au plus {}\u{202f}%, {}", rate.percent, kind.label()),
                    Some(rate.percent),
                ),
                (Some(kind), None) => (format!("taux inconnu pour {}", kind.label()), None),
                (None, _) => ("selon le pays, à préciser".to_owned(), None),
            })
        }
        _ => Some(match rule.several_countries {
            Some(percent) => (
                format!("au plus {percent}\u{202f}%, plusieurs pays"),
                Some(percent),
            ),
            None => ("selon la part de chaque pays".to_owned(), None),
        }),
    }
}
