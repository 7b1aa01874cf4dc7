//! Records by their names, kinds and what ties them: the same after any changes as anew.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::{Ids, Line};

fn id(number: u8) -> Id {
    Id::from_uuid(uuid::Uuid::from_u128(u128::from(number) + 1))
}

/// A record among few, so that edits meet: what it is called and what it points to are random.
fn record() -> impl Strategy<Value = Record> {
    (0..6_u8, 0..4_u8, 0..4_u8, 0..4_u8).prop_map(|(kind, own, other, third)| {
        let (own, link, they) = (id(own), id(other), id(other + 10));
        let name = ["Évry", "Œuf", "Aného", "évian"][usize::from(third)];
        let year = 2026 + i32::from(third);
        let service = ["eau", "assainissement"][usize::from(other % 2)];
        let value = match kind {
            0 => json!({ "id": own, "nature": "association", "name": { "text": name } }),
            1 => json!({ "id": own, "name": name, "holder": (other > 0).then_some(link) }),
            2 => json!({
                "id": own, "kind": "cooperation", "title": name, "parent": link, "budget": link,
                "parties": [{ "id": own, "key": "a", "partner": link }, { "id": link, "key": "b" }],
            }),
            3 => json!({
                "id": own, "convention": link, "at": format!("{year}-01-01T00:00:00Z"),
                "reason": "export", "application": "", "reference": "", "sealed": other > 1,
                "records": { "authority": { "name": { "text": name } }, "conventions": [] },
            }),
            4 => json!({
                "id": own, "title": name, "currency": if other < 3 { "EUR" } else { "XOF" },
                "funders": [{ "id": own, "key": "nous" }, { "id": they, "key": "eux", "partner": link }],
                "lines": [
                    {
                        "id": own, "heading": "a", "label": "b", "scheme": "eau", "beneficiary": link,
                        "service_budget": service, "in_kind": third == 3,
                        "operations": (third == 1).then(|| json!({
                            "id": own, "step": "committed", "year": 2029, "amount": 60,
                        })).into_iter().collect::<Vec<_>>(),
                        "shares": [
                            { "id": own, "year": year, "funder": own, "amount": 100 },
                            { "id": they, "year": year, "funder": they, "amount": 7 },
                        ],
                    },
                    { "id": link, "heading": "a", "label": "b" },
                ],
            }),
            _ => json!({ "id": own, "term": name, "text": "" }),
        };
        let kind = [
            Kind::Partner, Kind::Contact, Kind::Convention, Kind::Version, Kind::Budget, Kind::Term,
        ][usize::from(kind)];
        Record::from_value(kind, value).unwrap()
    })
}

fn set(records: &mut Records, record: Record, deleted: bool) {
    let name = record.record_id();
    let before = records.get(name).cloned();
    records.apply(&Change {
        label: String::new(),
        coalescing: None,
        edits: vec![crate::model::Edit {
            record: name,
            before,
            after: (!deleted).then(|| Arc::new(record)),
        }],
    });
}

proptest! {
    #[test]
    fn indexes_are_those_of_records_read_afresh(
        changes in proptest::collection::vec((record(), any::<bool>()), 0..40),
    ) {
        let mut records = Records::default();
        let mut clones = Vec::new();
        for (record, deleted) in changes {
            clones.push(records.clone());
            set(&mut records, record, deleted);
        }
        clones.push(records);

        for records in clones {
            let afresh = Records::from_records(records.all().map(|it| it.as_ref().clone()));
            prop_assert_eq!(&records, &afresh);

            // And the look-ups are what a search through everything finds.
            for one in (0..4).map(id) {
                let ids = |found: Vec<&Convention>| -> Vec<Id> { found.iter().map(|it| it.id).collect() };
                let all = || records.conventions();
                prop_assert_eq!(
                    ids(records.conventions_of(one).collect()),
                    ids(all().filter(|it| it.parties.iter().any(|p| p.partner == Some(one))).collect())
                );
                prop_assert_eq!(
                    ids(records.children_of(one).collect()),
                    ids(all().filter(|it| it.parent == Some(one)).collect())
                );
                prop_assert_eq!(
                    ids(records.conventions_with_budget(one).collect()),
                    ids(all().filter(|it| it.budget == Some(one)).collect())
                );
                prop_assert_eq!(
                    records.contacts_of(Some(one)).count(),
                    records.contacts().filter(|it| it.holder == Some(one)).count()
                );
                let versions = records.versions_of(one);
                prop_assert!(versions.is_sorted_by_key(|version| (version.at, version.id)));
                prop_assert_eq!(
                    versions.len(),
                    records.versions().filter(|it| it.convention == one).count()
                );
                for year in 2026..2030 {
                    let granted: Amount = records.grants_to(one, year).map(|it| it.planned).sum();
                    let looked_up: i64 = records
                        .budgets()
                        .flat_map(|budget| &budget.lines)
                        .filter(|line| line.beneficiary == Some(one))
                        .flat_map(|line| line.shares.iter().filter(|share| share.year == year))
                        .filter(|share| share.amount == Amount(100))
                        .map(|share| share.amount.0)
                        .sum();
                    prop_assert_eq!(granted, Amount(looked_up));
                }
            }
            // What is kept of each ceiling is what adding all budgets up anew makes.
            for year in 2026..2031 {
                let lines = || {
                    let budgets = records.budgets();
                    budgets.flat_map(|budget| budget.lines.iter().map(move |line| (budget, &**line)))
                };
                let mut charged = BTreeSet::new();
                for service in ["eau", "assainissement"] {
                    let of_service = |line: &Line| {
                        line.scheme.is_some() && line.service_budget.as_deref() == Some(service)
                    };
                    let sum: Amount = lines()
                        .filter(|(budget, line)| of_service(line) && budget.is_in_euros() && !line.in_kind)
                        .map(|(budget, line)| Commitment::of(budget, line, year).engaged_or_planned())
                        .sum();
                    prop_assert_eq!(records.charged_to("eau", service, year), sum);
                    let abroad = records.budgets().filter(|budget| !budget.is_in_euros());
                    let abroad: Vec<(Id, Amount)> = abroad
                        .map(|budget| {
                            let lines = budget.lines.iter().filter(|line| of_service(line) && !line.in_kind);
                            let amounts = lines
                                .map(|line| Commitment::of(budget, line, year).engaged_or_planned());
                            (budget.id, amounts.sum())
                        })
                        .filter(|(_, amount): &(Id, Amount)| !amount.is_zero())
                        .collect();
                    prop_assert_eq!(records.charged_abroad("eau", service, year), abroad);
                    let is_of_year = |line: &Line| {
                        line.shares.iter().any(|it| it.year == year)
                            || line.operations.iter().any(|it| it.year == year)
                    };
                    if lines().any(|(_, line)| of_service(line) && is_of_year(line)) {
                        charged.insert(("eau", service));
                    }
                }
                prop_assert_eq!(records.charged_in(year), charged);
            }
            for one in (0..4).map(id) {
                let years: BTreeSet<i32> = records
                    .budgets()
                    .flat_map(|budget| &budget.lines)
                    .filter(|line| line.beneficiary == Some(one))
                    .flat_map(|line| {
                        let done = line.operations.iter().map(|it| it.year);
                        line.shares.iter().map(|it| it.year).chain(done)
                    })
                    .collect();
                prop_assert_eq!(records.years_of_grants_to(one), Vec::from_iter(years));
            }
            prop_assert_eq!(records.contacts_of(None).count(), records.contacts().filter(|it| it.holder.is_none()).count());
            prop_assert_eq!(records.partners_sorted().count(), records.count(Kind::Partner));
            let names: Vec<_> = records.partners_sorted().map(|it| super::super::sort_key(&it.name.text)).collect();
            prop_assert!(names.is_sorted());
        }
    }
}

#[test]
fn what_is_charged_to_a_scheme_is_told_by_service_and_year() {
    let mut ids = Ids::counted(1);
    let (nous, eux) = (ids.next_id(), ids.next_id());
    let mut line = |service: &str, amount: i64, committed: Option<i64>| {
        let operations: Vec<_> = committed
            .map(|amount| json!({ "id": ids.next_id(), "step": "committed", "year": 2027, "amount": amount }))
            .into_iter()
            .collect();
        json!({
            "id": ids.next_id(), "heading": "a", "label": "b", "scheme": "eau",
            "service_budget": service, "operations": operations,
            "shares": [
                { "id": ids.next_id(), "year": 2027, "funder": nous, "amount": amount },
                { "id": ids.next_id(), "year": 2028, "funder": nous, "amount": 5 },
                { "id": ids.next_id(), "year": 2027, "funder": eux, "amount": 9_000 },
            ],
        })
    };
    let lines = [
        line("eau", 100, None),
        line("eau", 200, Some(150)),
        line("assainissement", 7, None),
    ];
    let budget = json!({
        "id": id(1), "title": "Eau", "currency": "EUR", "lines": lines,
        "funders": [{ "id": nous, "key": "nous" }, { "id": eux, "key": "eux", "partner": id(9) }],
    });
    let records = Records::from_records([Record::from_value(Kind::Budget, budget).unwrap()]);

    let total = |service, year| records.charged_to("eau", service, year);
    assert_eq!(total("eau", 2027), Amount(250));
    assert_eq!(total("assainissement", 2027), Amount(7));
    assert_eq!(total("eau", 2028), Amount(10));
    assert_eq!(total("eau", 2029), Amount::ZERO);

    assert_eq!(
        records.charged_in(2027),
        BTreeSet::from([("eau", "assainissement"), ("eau", "eau")])
    );
    assert!(records.charged_in(2029).is_empty());
}

#[test]
fn what_another_funder_alone_commits_is_not_ours() {
    let budget = json!({
        "id": id(1), "title": "Eau", "currency": "EUR",
        "funders": [{ "id": id(2), "key": "nous" }, { "id": id(3), "key": "eux", "partner": id(9) }],
        "lines": [{
            "id": id(4), "heading": "a", "label": "b", "scheme": "eau",
            "shares": [{ "id": id(5), "year": 2027, "funder": id(3), "amount": 900 }],
            "operations": [{ "id": id(6), "step": "committed", "year": 2027, "amount": 900 }],
        }],
    });
    let records = Records::from_records([Record::from_value(Kind::Budget, budget).unwrap()]);
    assert_eq!(records.charged_to("eau", "", 2027), Amount::ZERO);
}

#[test]
fn both_names_of_a_partner_are_searched() {
    let partner = json!({
        "id": id(1), "nature": "foreign-authority", "name": { "text": "Ville de Hué" },
        "names": [{ "lang": "vi", "text": "Thành phố Huế" }],
    });
    let records = Records::from_records([Record::from_value(Kind::Partner, partner).unwrap()]);
    let name = RecordId {
        kind: Kind::Partner,
        id: id(1),
    };
    assert_eq!(
        records.search_key(name),
        Some("ville de hue\nthanh pho hue")
    );
}

/// What a screen or a thread holds does not change under it, and shares with the rest whatever did not change.
#[test]
fn a_change_among_many_records_leaves_the_others_shared_and_what_is_held_as_it_was() {
    let mut ids = Ids::counted(1);
    let mut records = Records::from_records((0..1_000).map(|number| {
        let value = json!({
            "id": ids.next_id(), "nature": "association", "name": { "text": format!("Association {number}") },
        });
        Record::from_value(Kind::Partner, value).unwrap()
    }));
    let Some(Record::Partner(partner)) = records.all().nth(500).map(|it| it.as_ref().clone())
    else {
        unreachable!()
    };

    let held = records.clone();
    let mut after = partner.clone();
    after.notes = Some("Note".to_owned());
    set(&mut records, Record::Partner(after), false);

    assert_eq!(held.partner(partner.id), Some(&partner));
    assert_ne!(held.partner(partner.id), records.partner(partner.id));
    let shared = |record: &&Arc<Record>| {
        let name = record.record_id();
        records.get(name).is_some_and(|it| Arc::ptr_eq(it, record))
    };
    assert_eq!(held.all().filter(shared).count(), 999);
}
