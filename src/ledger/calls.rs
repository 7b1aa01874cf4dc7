//! The rules that a budget may be held against: those that ship, and those that the department entered.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::{Call, Id, Records};
use crate::reference::{Confidence, FundingRule, Rate as RateOf, RateFor, Reference};

/// All of them, the department's own first and the latest of them before the others.
#[must_use]
pub fn rules<'a>(records: &'a Records, reference: &'a Reference) -> Vec<Cow<'a, FundingRule>> {
    let mut calls: Vec<&Call> = records.authority().calls.iter().collect();
    calls.sort_by_key(|call| std::cmp::Reverse(call.year));
    let own = calls.into_iter().map(|call| Cow::Owned(told(call)));
    let shipped = reference.funding_rules().iter().map(Cow::Borrowed);
    own.chain(shipped).collect()
}

/// The one that a funder names: by the slug of what ships, or by the identifier of a call of the department's own.
#[must_use]
pub fn rule<'a>(
    named: &str,
    records: &'a Records,
    reference: &'a Reference,
) -> Option<Cow<'a, FundingRule>> {
    let mut calls = records.authority().calls.iter();
    match calls.find(|call| call.id.to_string() == named) {
        Some(call) => Some(Cow::Owned(told(call))),
        None => reference.funding_rule(named).map(Cow::Borrowed),
    }
}

/// The call of the year after, to be corrected: the same bounds, under the name of the new year, read today.
#[must_use]
pub fn call_after(rule: &FundingRule, id: Id, today: NaiveDate) -> Call {
    let percent = |kind| {
        let mut rates = rule.rates.iter();
        rates.find(|it| it.country == kind).map(|it| it.percent)
    };
    let (year, next) = (rule.year.to_string(), rule.year.saturating_add(1));
    Call {
        label: match rule.label.contains(&year) {
            true => rule.label.replace(&year, &next.to_string()),
            false => format!("{} {next}", rule.label),
        },
        least_developed: percent(RateFor::LeastDeveloped),
        eligible: percent(RateFor::Eligible),
        elsewhere: percent(RateFor::Other),
        several_countries: rule.several_countries,
        own_share: rule.own_share,
        in_kind: rule.in_kind,
        others_share: rule.others_share,
        cost_from: rule.cost_from,
        cost_to: rule.cost_to,
        ..Call::new(id, next, today)
    }
}

fn told(call: &Call) -> FundingRule {
    let rates = [
        (RateFor::LeastDeveloped, call.least_developed),
        (RateFor::Eligible, call.eligible),
        (RateFor::Other, call.elsewhere),
    ];
    let rates = rates.into_iter().filter_map(|(country, percent)| {
        let percent = percent?;
        Some(RateOf { country, percent })
    });
    FundingRule {
        id: call.id.to_string(),
        label: match call.label.trim() {
            "" => format!("Appel sans nom, {}", call.year),
            label => label.to_owned(),
        },
        year: call.year,
        rates: rates.collect(),
        several_countries: call.several_countries,
        own_share: call.own_share,
        in_kind: call.in_kind,
        others_share: call.others_share,
        cost_from: call.cost_from,
        cost_to: call.cost_to,
        note: call.note.clone(),
        sources: call.source.iter().cloned().collect(),
        checked: call.checked,
        confidence: Confidence::ToConfirm,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Authority, Ids, Record};

    #[test]
    fn a_rule_goes_on_into_the_next_year_and_is_found_by_the_funders_that_name_it() {
        let reference = Reference::shipped();
        let shipped = reference.funding_rule("meae-2025").unwrap();
        let today = NaiveDate::from_ymd_opt(2026, 2, 3).unwrap();
        let id = Ids::counted(1).next_id();
        let call = call_after(shipped, id, today);
        assert_eq!(
            (call.label.as_str(), call.year),
            ("MEAE, appels à projets 2026", 2026)
        );

        let mut authority = Authority::default();
        authority.calls.push(Call {
            own_share: Some(15),
            ..call
        });
        let records = Records::from_records([Record::Authority(authority)]);
        let found = rule(&id.to_string(), &records, reference).unwrap();
        assert_eq!((&found.rates, found.own_share), (&shipped.rates, Some(15)));
        assert_eq!(found.checked, today);
        assert_eq!(rules(&records, reference)[0], found);
        assert_eq!(
            rules(&records, reference).len(),
            reference.funding_rules().len() + 1
        );
        assert_eq!(
            rule("meae-2025", &records, reference).unwrap().as_ref(),
            shipped
        );
    }
}
