//! The ceilings of one per cent: each service's budget, each year. What is charged counts once: what is committed, and
//! what is planned of a line of which nothing is committed yet. Budgets in another currency count at their own rate.

use std::collections::BTreeSet;

use super::{euros, exchange};
use crate::model::{Amount, Base, Budget, Exchange, Line, Records, Shared, fold, quoted};
use crate::reference::{Reference, Scheme};

/// A service's budget under a scheme, one year.
#[derive(Debug, Clone, PartialEq)]
pub struct Ceiling<'a> {
    /// The scheme.
    pub scheme: &'a Scheme,
    /// The service's budget; empty where lines name none.
    pub service: &'a str,
    /// The year.
    pub year: i32,
    /// What it is counted on, once entered.
    pub base: Option<&'a Base>,
    /// What may be spent, in euro cents: rounded down, never below nothing. Known with the base.
    pub limit: Option<Amount>,
    /// What is charged to it, in euro cents: in money.
    pub charged: Amount,
    /// How much of it comes from budgets in another currency, at the rate of each.
    pub converted: Amount,
    /// The budgets in another currency that charge something to it and that are not counted, for want of a rate.
    pub without_rate: Vec<&'a Budget>,
}

/// How much room a ceiling leaves.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Room {
    /// Nobody knows: the base is not entered.
    Unknown,
    /// Enough.
    Wide,
    /// A tenth or less.
    Narrow,
    /// It is passed.
    Passed,
}

impl Room {
    /// What stands before words about it, so that nothing is told by colour alone: « ▲ », « ◆ », or nothing.
    #[must_use]
    pub const fn sign(self) -> &'static str {
        match self {
            Self::Passed => "▲ ",
            Self::Narrow | Self::Unknown => "◆ ",
            Self::Wide => "",
        }
    }
}

impl Ceiling<'_> {
    /// What is left; below nothing when it is passed.
    #[must_use]
    pub fn left(&self) -> Option<Amount> {
        self.limit.map(|limit| limit - self.charged)
    }

    /// The service's budget, or that it is to be told.
    #[must_use]
    pub const fn place(&self) -> &str {
        if self.service.is_empty() {
            "budget du service à préciser"
        } else {
            self.service
        }
    }

    /// Whether it says anything: its base is entered, or something is charged to it.
    #[must_use]
    pub fn is_telling(&self) -> bool {
        self.limit.is_some() || !self.charged.is_zero() || !self.without_rate.is_empty()
    }

    /// How much room there is.
    #[must_use]
    pub fn room(&self) -> Room {
        let Some((limit, left)) = self.limit.zip(self.left()) else {
            return Room::Unknown;
        };
        if left.0 < 0 {
            Room::Passed
        } else if i128::from(left.0) * 10 <= i128::from(limit.0) && self.charged.0 > 0 {
            Room::Narrow
        } else {
            Room::Wide
        }
    }

    /// « reste 20 000 € sur 52 000 € », « dépassé de 300 € pour un plafond de 52 000 € », « 12 000 € imputés, assiette à
    /// saisir ».
    #[must_use]
    pub fn in_words(&self, reference: &Reference) -> String {
        let said = |amount| euros(amount, reference);
        match self.limit.zip(self.left()) {
            None => format!("{} imputés, assiette à saisir", said(self.charged)),
            Some((limit, left)) if left.0 < 0 => format!(
                "dépassé de {} pour un plafond de {}",
                said(-left),
                said(limit)
            ),
            Some((limit, left)) => format!("reste {} sur {}", said(left), said(limit)),
        }
    }

    /// What of it is counted otherwise than in euros, or cannot be: « dont 610 € de budgets en devise ».
    #[must_use]
    pub fn aside(&self, reference: &Reference) -> Option<String> {
        let mut said = Vec::new();
        if !self.converted.is_zero() {
            let converted = euros(self.converted, reference);
            said.push(format!("dont {converted} de budgets en devise"));
        }
        said.extend(self.without_rate.iter().map(|budget| {
            let title = quoted(&budget.title);
            format!("sans {title}, dont le taux reste à saisir")
        }));
        (!said.is_empty()).then(|| said.join(", "))
    }

    /// All of it in words.
    #[must_use]
    pub fn in_full(&self, reference: &Reference) -> String {
        match self.aside(reference) {
            Some(aside) => format!("{}, {aside}", self.in_words(reference)),
            None => self.in_words(reference),
        }
    }
}

/// The ceiling of that service's budget, or nothing where the scheme has none. `worth` says what turns amounts of a budget
/// in another currency into euros.
#[must_use]
pub fn ceiling<'a>(
    records: &'a Records,
    worth: impl Fn(&Budget) -> Option<Exchange>,
    scheme: &'a Scheme,
    service: &'a str,
    year: i32,
) -> Option<Ceiling<'a>> {
    let per_thousand = scheme.per_thousand?;
    let is_this = |other: &str| is_same_service(service, other);
    let bases = &records.authority().bases;
    let base = bases
        .iter()
        .find(|base| base.scheme == scheme.id && base.year == year && is_this(&base.budget));
    let (mut charged, mut converted, mut without_rate) = (Amount::ZERO, Amount::ZERO, Vec::new());
    let charging = records.charged_in(year).into_iter();
    for (_, written) in charging.filter(|(slug, written)| *slug == scheme.id && is_this(written)) {
        charged = charged + records.charged_to(&scheme.id, written, year);
        for (budget, amount) in records.charged_abroad(&scheme.id, written, year) {
            let Some(budget) = records.budget(budget) else {
                continue;
            };
            match worth(budget).and_then(|exchange| exchange.euros(amount)) {
                Some(euros) => converted = converted + euros,
                None => without_rate.push(budget),
            }
        }
    }
    Some(Ceiling {
        scheme,
        service,
        year,
        base,
        limit: base.map(|base| limit(base.counted(), per_thousand)),
        charged: charged + converted,
        converted,
        without_rate,
    })
}

/// Every ceiling of a year: those whose base is entered, and those to which something is charged all the same. In the
/// order of the schemes, then of the services.
#[must_use]
pub fn ceilings<'a>(records: &'a Records, reference: &'a Reference, year: i32) -> Vec<Ceiling<'a>> {
    let bases = records.authority().bases.iter();
    let of_year = bases.filter(|base| base.year == year);
    let based = of_year.map(|base| (base.scheme.as_str(), base.budget.as_str()));
    let wanted = services(based.chain(records.charged_in(year)));

    let of_scheme = |scheme: &'a Scheme| {
        let of_it = wanted.iter().filter(|(slug, _)| *slug == scheme.id);
        let mut services: Vec<&'a str> = of_it.map(|(_, service)| *service).collect();
        services.sort_unstable();
        services.into_iter().filter_map(move |service| {
            let worth = |budget: &Budget| exchange(budget, reference);
            ceiling(records, worth, scheme, service, year)
        })
    };
    reference.schemes().iter().flat_map(of_scheme).collect()
}

/// The ceilings to which something of that budget is charged, in its years, in order; but those of which nothing is known
/// and to which nothing is charged, which press on nobody.
#[must_use]
pub fn ceilings_of<'a>(
    budget: &Budget,
    records: &'a Records,
    reference: &'a Reference,
) -> Vec<Ceiling<'a>> {
    let written: BTreeSet<(&str, &str)> = budget.lines.iter().filter_map(written_on).collect();
    if written.is_empty() {
        return Vec::new();
    }
    let written = services(written);
    let charged = |ceiling: &Ceiling<'_>| {
        written.iter().any(|(scheme, service)| {
            *scheme == ceiling.scheme.id && is_same_service(service, ceiling.service)
        })
    };
    let years = budget.all_years().into_iter();
    years
        .flat_map(|year| ceilings(records, reference, year))
        .filter(|it| charged(it) && it.is_telling())
        .collect()
}

/// Whether two texts name one service's budget: « budget annexe de l’eau » whatever its apostrophe and its capitals.
fn is_same_service(one: &str, other: &str) -> bool {
    one == other || fold(one) == fold(other)
}

/// The scheme and the service's budget that a line is charged to.
#[must_use]
pub fn written_on(line: &Shared<Line>) -> Option<(&str, &str)> {
    let service = line.service_budget.as_deref().unwrap_or_default();
    Some((line.scheme.as_deref()?, service))
}

/// Schemes and services' budgets, each once, as it was first written.
#[must_use]
pub fn services<'a>(
    written: impl IntoIterator<Item = (&'a str, &'a str)>,
) -> Vec<(&'a str, &'a str)> {
    let mut known = BTreeSet::new();
    let all = written.into_iter();
    all.filter(|(scheme, service)| known.insert((*scheme, fold(service))))
        .collect()
}

/// Rounded down to the cent, as the ceiling is not to be passed.
fn limit(base: Amount, per_thousand: u16) -> Amount {
    let limit = i128::from(base.0.max(0)) * i128::from(per_thousand) / 1000;
    Amount(i64::try_from(limit).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Authority, Budget, Ids, Record};

    /// Our authority with one base, and a budget that plans and commits so many cents.
    fn records(base: serde_json::Value, planned: i64, committed: i64) -> Records {
        records_at("committed", base, planned, committed)
    }

    /// The same, where what is done has come to that step.
    fn records_at(step: &str, base: serde_json::Value, planned: i64, committed: i64) -> Records {
        let mut ids = Ids::counted(3);
        let (ours, line, budget) = (ids.next_id(), ids.next_id(), ids.next_id());
        let share = json!({ "id": ids.next_id(), "year": 2026, "funder": ours, "amount": planned });
        let operation =
            json!({ "id": ids.next_id(), "step": step, "year": 2026, "amount": committed });
        let done = if committed == 0 {
            json!([])
        } else {
            json!([operation])
        };
        let budget: Budget = serde_json::from_value(json!({
            "id": budget, "title": "Eau", "funders": [{ "id": ours, "key": "valmont" }],
            "lines": [{ "id": line, "heading": "Travaux", "label": "Puits", "scheme": "mobilite",
                        "service_budget": "transports", "shares": [share], "operations": done }],
        }))
        .unwrap();
        let mut authority = Authority::default();
        authority.bases.push(serde_json::from_value(base).unwrap());
        Records::from_records([Record::Authority(authority), Record::Budget(budget)])
    }

    fn base(amount: i64, deducted: Option<i64>) -> serde_json::Value {
        let id = Ids::counted(9).next_id();
        let mut base = json!({ "id": id, "scheme": "mobilite", "budget": "transports", "year": 2026, "amount": amount });
        if let Some(deducted) = deducted {
            base["deducted"] = json!(deducted);
        }
        base
    }

    fn only(records: &Records) -> Ceiling<'_> {
        let mut all = ceilings(records, Reference::shipped(), 2026);
        assert_eq!(all.len(), 1);
        all.remove(0)
    }

    #[test]
    fn what_is_committed_counts_or_else_what_is_planned_and_never_both() {
        let planned = records(base(100_000_000, None), 400_000, 0);
        assert_eq!(only(&planned).charged, Amount(400_000));
        let committed = records(base(100_000_000, None), 400_000, 300_000);
        assert_eq!(only(&committed).charged, Amount(300_000));
    }

    #[test]
    fn what_is_ordered_or_paid_was_committed() {
        for step in ["ordered", "paid"] {
            let paid = records_at(step, base(100_000_000, None), 400_000, 700_000);
            assert_eq!(only(&paid).charged, Amount(700_000), "{step}");
            let begun = records_at(step, base(100_000_000, None), 400_000, 100_000);
            assert_eq!(only(&begun).charged, Amount(400_000), "{step}");
        }
    }

    #[test]
    fn mobility_counts_receipts_less_the_levy_and_rounds_down() {
        let kept = records(base(100_000_099, Some(40_000_000)), 100_000, 0);
        let ceiling = only(&kept);
        assert_eq!(ceiling.limit, Some(Amount(600_000)));
        assert_eq!(
            ceiling.in_words(Reference::shipped()),
            "reste 5\u{202f}000\u{a0}€ sur 6\u{202f}000\u{a0}€"
        );

        let below = records(base(100, Some(5_000)), 100_000, 0);
        assert_eq!(only(&below).limit, Some(Amount(0)));
        assert_eq!(only(&below).room(), Room::Passed);
    }

    #[test]
    fn what_is_charged_in_another_currency_counts_at_its_rate_or_is_said_not_to() {
        let reference = Reference::shipped();
        let charged_in = |currency: &str, rate: Option<&str>| {
            let euros = records(base(100_000_000, None), 400_000, 0);
            let kept = euros.budgets().next().unwrap();
            let mut abroad = serde_json::to_value(kept).unwrap();
            abroad["id"] = json!(Ids::counted(5).next_id());
            abroad["currency"] = json!(currency);
            abroad["rate"] =
                json!(rate.map(|units| json!({ "units": units, "date": "2026-03-02" })));
            let abroad = Record::Budget(serde_json::from_value(abroad).unwrap());
            let all = euros.all().map(|it| it.as_ref().clone());
            Records::from_records(all.chain([abroad]))
        };

        // The franc CFA has no cents: 400 000 of them are 609,80 € at its fixed parity.
        let francs = charged_in("XOF", None);
        assert_eq!(only(&francs).charged, Amount(400_000 + 60_980));
        assert_eq!(
            only(&francs).in_full(reference),
            "reste 5\u{202f}390,20\u{a0}€ sur 10\u{202f}000\u{a0}€, dont 609,80\u{a0}€ de budgets en devise"
        );
        let dollars = charged_in("USD", Some("1,25"));
        assert_eq!(only(&dollars).charged, Amount(400_000 + 320_000));

        let nobody_knows = charged_in("USD", None);
        assert_eq!(only(&nobody_knows).charged, Amount(400_000));
        assert_eq!(only(&nobody_knows).without_rate.len(), 1);
        assert!(
            only(&nobody_knows)
                .in_full(reference)
                .ends_with(", sans «\u{202f}Eau\u{202f}», dont le taux reste à saisir")
        );
    }

    #[test]
    fn a_service_is_one_however_it_is_written() {
        let mut written = base(100_000_000, None);
        written["budget"] = json!("Transports ");
        let all = records(written, 400_000, 0);
        assert_eq!(only(&all).charged, Amount(400_000));
        assert_eq!(only(&all).limit, Some(Amount(1_000_000)));
    }

    #[test]
    fn words_say_what_is_left_what_is_passed_or_what_is_missing() {
        let reference = Reference::shipped();
        let narrow = records(base(100_000_000, None), 900_000, 0);
        assert_eq!(only(&narrow).room(), Room::Narrow);

        let passed = records(base(100_000_000, None), 1_000_001, 0);
        assert_eq!(only(&passed).room(), Room::Passed);
        assert!(
            only(&passed)
                .in_words(reference)
                .starts_with("dépassé de 0,01\u{a0}€")
        );

        let mut other = base(100_000_000, None);
        other["year"] = json!(2025);
        let unknown = records(other, 400_000, 0);
        assert_eq!(only(&unknown).room(), Room::Unknown);
        assert!(only(&unknown).in_words(reference).contains("assiette"));
    }
}
