//! What adding all budgets up costs: `cargo bench --features anchors --bench ledger`.
//!
//! 10,000 lines in 500 budgets, four years each, two funders a line, an operation a line and year: by each dimension,
//! sums and chart together, 20 ms at the median.
//!
//! Exit status 1 when a median is over its promise.

#![allow(clippy::unwrap_used)]

use std::process::ExitCode;
use std::time::{Duration, Instant};

use serde_json::{Value, json};

use passerelle::ledger::{self, Dimension, Wish, charts};
use passerelle::model::{
    Convention, ConventionKind, Id, Ids, Name, Nature, Partner, Record, Records,
};
use passerelle::reference::Reference;

const BUDGETS: usize = 500;
const LINES: usize = 20;
const TURNS: usize = 15;

/// What a page may take, at the median.
const PROMISED: Duration = Duration::from_millis(20);

fn main() -> ExitCode {
    let records = records();
    let lines: usize = records.budgets().map(|it| it.lines.len()).sum();
    println!("{lines} lines in {} budgets", records.budgets().count());
    let kept = Dimension::ALL.map(|dimension| page(&records, dimension));
    if kept.into_iter().all(|kept| kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn page(records: &Records, dimension: Dimension) -> bool {
    let reference = Reference::shipped();
    let mut times: Vec<Duration> = (0..TURNS)
        .map(|_| {
            let start = Instant::now();
            let sums = ledger::add_up(records, reference, &Wish::by(dimension));
            let chart = charts::execution(&sums, records, reference);
            let drawing = chart.draw(600.0, reference);
            let time = start.elapsed();
            assert!(!drawing.marks.is_empty());
            time
        })
        .collect();
    times.sort();
    let median = times.get(TURNS / 2).copied().unwrap_or_default();
    println!("{:<16} {median:>10.2?}", dimension.label());
    median <= PROMISED
}

fn records() -> Records {
    let mut ids = Ids::counted(1);
    let mut all = Vec::new();
    for number in 0..BUDGETS {
        let partner = ids.next_id();
        let mut town = Partner::new(
            partner,
            Nature::ForeignAuthority,
            Name::new(format!("Commune {number}")),
        );
        let countries = ["BJ", "TG", "SN", "MA", "VN"];
        town.country = countries.get(number % 5).map(|it| (*it).to_owned());
        all.push(Record::Partner(town));

        let budget = ids.next_id();
        let mut convention =
            Convention::new(ids.next_id(), ConventionKind::Cooperation, "Coopération");
        convention.budget = Some(budget);
        convention.themes = vec!["culture".to_owned()];
        let party = json!({ "id": ids.next_id(), "key": "ville", "partner": partner });
        convention
            .parties
            .push(serde_json::from_value(party).unwrap());
        all.push(Record::Convention(convention));
        all.push(Record::Budget(
            serde_json::from_value(self::budget(budget, partner, &mut ids)).unwrap(),
        ));
    }
    Records::from_records(all)
}

fn budget(id: Id, partner: Id, ids: &mut Ids) -> Value {
    let (ours, theirs) = (ids.next_id(), ids.next_id());
    let lines: Vec<Value> = (0..LINES)
        .map(|number| {
            let years = 2025..2029;
            let shares: Vec<Value> = years
                .clone()
                .flat_map(|year| [(year, ours), (year, theirs)])
                .map(|(year, funder)| {
                    json!({ "id": ids.next_id(), "year": year, "funder": funder, "amount": 100_000 })
                })
                .collect();
            let operations: Vec<Value> = years
                .map(|year| json!({ "id": ids.next_id(), "step": "paid", "year": year, "amount": 90_000 }))
                .collect();
            json!({
                "id": ids.next_id(), "heading": "Travaux", "label": format!("Ligne {number}"),
                "scheme": if number % 2 == 0 { "eau" } else { "general" }, "shares": shares, "operations": operations,
            })
        })
        .collect();
    json!({
        "id": id, "title": "Projet", "years": [2025, 2026, 2027, 2028], "lines": lines,
        "funders": [{ "id": ours, "key": "valmont" }, { "id": theirs, "key": "ville", "partner": partner }],
    })
}
