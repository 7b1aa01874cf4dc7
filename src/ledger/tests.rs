//! Sums over records made on purpose.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::chart::{Kind, OTHERS};
use crate::model::{Budget, Convention, ConventionKind, Ids, Name, Nature, Partner, Record};

/// A move of money: is it a share, or the step of an operation; its year, its cents, of which funder, expected or not.
type Move = (u8, i32, i64, u8, bool);

/// A budget of two lines, one on the water scheme and one in kind, paid by us and an agency.
fn budget(ids: &mut Ids, agency: Id, currency: &str, moves: &[Move]) -> Budget {
    let [id, ours, theirs, one, other] = std::array::from_fn(|_| ids.next_id());
    let mut shares = [Vec::new(), Vec::new()];
    let mut done: [Vec<Value>; 3] = Default::default();
    for (what, year, amount, whom, expected) in moves {
        let id = ids.next_id();
        match *what {
            0 | 1 => shares[usize::from(*what)].push(
                json!({ "id": id, "year": year, "funder": if whom % 2 == 0 { ours } else { theirs }, "amount": amount }),
            ),
            step => {
                let (place, name) = match step % 6 {
                    0 => (0, "committed"),
                    1 => (0, "ordered"),
                    2 => (1, "paid"),
                    3 => (2, "notified"),
                    4 => (2, "invoiced"),
                    _ => (2, "received"),
                };
                done[place].push(
                    json!({ "id": id, "step": name, "year": year, "amount": amount, "expected": expected }),
                );
            }
        }
    }
    serde_json::from_value(json!({
        "id": id, "title": "Eau", "currency": currency,
        "funders": [
            { "id": ours, "key": "valmont" },
            { "id": theirs, "key": "agence", "partner": agency, "operations": done[2] },
        ],
        "lines": [
            { "id": one, "heading": "Travaux", "label": "Puits", "scheme": "eau", "section": "capital",
              "shares": shares[0], "operations": done[0] },
            { "id": other, "heading": "RH", "label": "Agents", "in_kind": true, "shares": shares[1],
              "operations": done[1] },
        ],
    }))
    .unwrap()
}

fn partner(id: Id, name: &str, country: &str, nature: Nature) -> Partner {
    let mut partner = Partner::new(id, nature, Name::new(name));
    partner.country = Some(country.to_owned());
    partner
}

/// A cooperation with Porto-Novo and Lomé until 2027, with Porto-Novo alone after; an agency pays a part.
fn records(moves: &[Move]) -> Records {
    let mut ids = Ids::counted(5);
    let [agency, novo, lome, both, alone] = std::array::from_fn(|_| ids.next_id());
    let budget = budget(&mut ids, agency, "EUR", moves);
    let francs = self::budget(&mut ids, agency, "USD", moves);
    let mut convention = |id, years: &[i32], partners: &[Id], theme: &str| {
        let mut convention = Convention::new(id, ConventionKind::Cooperation, "Eau");
        convention.budget = Some(budget.id);
        convention.budget_years = years.to_vec();
        convention.themes = vec![theme.to_owned()];
        for (rank, partner) in partners.iter().enumerate() {
            let party =
                json!({ "id": ids.next_id(), "key": format!("p{rank}"), "partner": partner });
            convention
                .parties
                .push(serde_json::from_value(party).unwrap());
        }
        Record::Convention(convention)
    };
    let conventions = [
        convention(
            both,
            &[2026, 2027],
            &[novo, lome, agency],
            "eau-et-assainissement",
        ),
        convention(alone, &[2028], &[novo], "culture"),
    ];
    let partners = [
        partner(agency, "Agence de l’eau", "FR", Nature::PublicBody),
        partner(novo, "Porto-Novo", "BJ", Nature::ForeignAuthority),
        partner(lome, "Lomé", "TG", Nature::ForeignAuthority),
    ];
    let all = conventions
        .into_iter()
        .chain(partners.map(Record::Partner))
        .chain([Record::Budget(budget), Record::Budget(francs)]);
    Records::from_records(all)
}

fn rows(records: &Records, wish: &Wish, measure: Measure) -> Vec<(String, i64)> {
    let ledger = add_up(records, Reference::shipped(), wish);
    let said = |key: &Key| name(key, records, Reference::shipped());
    ledger
        .rows()
        .map(|(key, sums)| (said(key), sums.of(measure).0))
        .collect()
}

const PLAN: [Move; 4] = [
    (0, 2026, 1_000, 0, false),
    (0, 2027, 2_000, 1, false),
    (0, 2028, 4_000, 0, false),
    (1, 2028, 8_000, 1, false),
];

#[test]
fn each_dimension_tells_its_rows_and_a_budget_for_two_stands_under_both_together() {
    let records = records(&PLAN);
    let planned = |dimension| rows(&records, &Wish::by(dimension), Measure::Planned);
    let named = |rows: &[(&str, i64)]| -> Vec<(String, i64)> {
        rows.iter()
            .map(|(name, sum)| ((*name).to_owned(), *sum))
            .collect()
    };

    assert_eq!(
        planned(Dimension::Year),
        named(&[("2026", 1_000), ("2027", 2_000), ("2028", 4_000)])
    );
    assert_eq!(
        planned(Dimension::Country),
        named(&[("Bénin", 4_000), ("Bénin, Togo", 3_000)])
    );
    assert_eq!(
        planned(Dimension::Partner),
        named(&[("Porto-Novo", 4_000), ("Porto-Novo, Lomé", 3_000)])
    );
    assert_eq!(
        planned(Dimension::Funder),
        named(&[("Notre collectivité", 5_000), ("Agence de l’eau", 2_000)])
    );
    assert_eq!(
        planned(Dimension::Scheme)[1],
        ("1\u{202f}% eau et assainissement".to_owned(), 7_000)
    );
    assert_eq!(
        planned(Dimension::InCharge),
        named(&[("Suivi à confier", 7_000)])
    );
    assert_eq!(planned(Dimension::Theme).len(), 2);
}

#[test]
fn our_part_and_one_year_can_be_told_apart_and_another_currency_is_left_out() {
    let records = records(&PLAN);
    let ours = Wish {
        whose: Whose::Ours,
        years: vec![2027, 2028],
        ..Wish::by(Dimension::Year)
    };
    assert_eq!(
        rows(&records, &ours, Measure::Planned),
        [("2028".to_owned(), 4_000)]
    );

    let all = add_up(&records, Reference::shipped(), &Wish::by(Dimension::Year));
    assert_eq!(all.left_out.len(), 1);
    assert_eq!(all.years(), [2026, 2027, 2028]);
    let francs = Wish {
        currency: Currency::new("USD"),
        ..Wish::by(Dimension::Year)
    };
    assert_eq!(
        add_up(&records, Reference::shipped(), &francs)
            .total()
            .of(Measure::InKind),
        Amount(8_000)
    );
}

/// A budget in francs counts at its fixed parity, one in dollars at its own rate; each amount once, cents and all.
#[test]
fn budgets_in_other_currencies_count_at_their_rate() {
    let mut ids = Ids::counted(5);
    let agency = ids.next_id();
    let mut francs = budget(&mut ids, agency, "XOF", &[(0, 2027, 655_957, 0, false)]);
    let mut dollars = budget(&mut ids, agency, "USD", &[(0, 2027, 100_000, 0, false)]);
    let counted = |budgets: [&Budget; 2]| {
        let records = Records::from_records(budgets.map(|it| Record::Budget(it.clone())));
        let ledger = add_up(&records, Reference::shipped(), &Wish::by(Dimension::Year));
        let planned = ledger.total().of(Measure::Planned);
        (planned, ledger.converted.len(), ledger.left_out.len())
    };
    assert_eq!(counted([&francs, &dollars]), (Amount(100_000), 1, 1));

    dollars.rate = Some(Rate {
        units: "1,25".to_owned(),
        ..Rate::default()
    });
    assert_eq!(counted([&francs, &dollars]), (Amount(180_000), 2, 0));

    // A parity is fixed: what a budget says of it does not count.
    francs.rate = Some(Rate {
        units: "1".to_owned(),
        ..Rate::default()
    });
    assert_eq!(counted([&francs, &dollars]), (Amount(180_000), 2, 0));
}

/// Ours is blue and named whatever it weighs; a funder has one tone in every chart.
#[test]
fn a_funder_has_its_tone_and_ours_is_the_first() {
    let mut ids = Ids::counted(5);
    let mut budget: Budget =
        serde_json::from_value(json!({ "id": ids.next_id(), "title": "Eau", "lines": [
            { "id": ids.next_id(), "heading": "Travaux", "label": "Puits" },
        ] }))
        .unwrap();
    let mut line = (*budget.lines[0]).clone();
    for rank in 0..10 {
        let funder = ids.next_id();
        let partner = (rank > 0).then(|| ids.next_id());
        let one = json!({ "id": funder, "key": format!("f{rank}"), "partner": partner });
        budget.funders.push(serde_json::from_value(one).unwrap());
        // We bring the least.
        let amount = if rank == 0 { 1 } else { 1_000 - rank * 10 };
        let share =
            json!({ "id": ids.next_id(), "year": 2027, "funder": funder, "amount": amount });
        line.shares.push(serde_json::from_value(share).unwrap());
    }
    budget.lines[0] = line.into();
    let records = Records::from_records([Record::Budget(budget.clone())]);
    let [years, shares, _] = charts::of_one(&budget, &records, Reference::shipped());
    let Kind::Columns { series, .. } = years.kind else {
        panic!("{:?}", years.kind)
    };
    let Kind::Ring(parts) = shares.kind else {
        panic!("{:?}", shares.kind)
    };
    let tones: Vec<usize> = series.iter().map(|it| it.tone).collect();
    assert_eq!(tones, [1, 2, 3, 4, 5, 6, OTHERS, OTHERS, OTHERS, 0]);
    assert_eq!(series[9].name, "Notre collectivité");
    assert_eq!(tones, parts.iter().map(|it| it.tone).collect::<Vec<_>>());
}

proptest! {
    /// Whatever is told apart, the total is the same, and is what the budget itself says; nothing is counted twice.
    #[test]
    fn every_dimension_comes_to_the_same_total(
        moves in proptest::collection::vec((0..8_u8, 2026..2029_i32, any::<i64>(), 0..2_u8, any::<bool>()), 0..16),
        turn in 0..16_usize,
    ) {
        let mut turned = moves.clone();
        if !turned.is_empty() {
            let middle = turn % turned.len();
            turned.rotate_left(middle);
        }
        let (records, turned) = (records(&moves), records(&turned));
        for dimension in Dimension::ALL {
            let wish = Wish::by(dimension);
            let added = |records: &Records| add_up(records, Reference::shipped(), &wish);
            let (one, other) = (added(&records), added(&turned));
            for measure in dimension.measures() {
                let expected: i128 = moves
                    .iter()
                    .filter(|(what, _, _, _, expected)| {
                        let done = !expected;
                        match measure {
                            Measure::Planned => *what == 0,
                            Measure::InKind => *what == 1,
                            Measure::Committed => *what == 6 && done,
                            Measure::Ordered => *what == 7 && done,
                            Measure::Paid => *what == 2 && done,
                            Measure::Notified => *what == 3 && done,
                            Measure::Invoiced => *what == 4 && done,
                            Measure::Received => *what == 5 && done,
                        }
                    })
                    .map(|it| i128::from(it.2))
                    .sum();
                let expected = Amount(expected.clamp(i64::MIN.into(), i64::MAX.into()) as i64);
                prop_assert_eq!(one.total().of(*measure), expected, "{:?} {:?}", dimension, measure);
                prop_assert_eq!(other.total().of(*measure), expected);
            }
        }
    }
}

fn judged(planned: &[Move], rule: &str) -> Vec<(&'static str, Option<bool>)> {
    let records = records(planned);
    let budget = records.budgets().find(|it| it.is_in_euros()).unwrap();
    let reference = Reference::shipped();
    let rule = reference.funding_rule(rule).unwrap();
    standing(budget, &budget.funders[1], rule, &records, reference)
        .into_iter()
        .map(|it| (it.what, it.held))
        .collect()
}

#[test]
fn a_budget_stands_against_the_rules_of_its_year_to_the_cent() {
    // The agency asks for 70 of 100 in two least developed countries; all that we bring is 30, half of it in kind.
    let holds = [
        (0, 2026, 1_500, 0, false),
        (1, 2026, 1_500, 0, false),
        (0, 2026, 7_000, 1, false),
    ];
    assert_eq!(
        judged(&holds, "meae-2025"),
        [
            ("Part demandée", Some(true)),
            ("Part des collectivités françaises", Some(true)),
            ("Nature dans notre apport", Some(true)),
        ]
    );
    let one_cent_more = [
        (0, 2026, 1_499, 0, false),
        (1, 2026, 1_500, 0, false),
        (0, 2026, 7_001, 1, false),
    ];
    assert_eq!(
        judged(&one_cent_more, "meae-2025")
            .into_iter()
            .map(|it| it.1)
            .collect::<Vec<_>>(),
        [Some(false), Some(true), Some(false)]
    );
    assert_eq!(
        judged(&one_cent_more, "meae-2024"),
        [("Part demandée", Some(true))]
    );
    assert_eq!(judged(&[], "meae-2025")[0].1, None, "nothing is planned");
}

#[test]
fn ficol_has_its_own_points() {
    let small = [
        (0, 2026, 10_000_000, 0, false),
        (0, 2026, 5_000_000, 1, false),
    ];
    assert_eq!(
        judged(&small, "ficol-2020"),
        [
            ("Part des collectivités et de leurs partenaires", Some(true)),
            ("Coût du projet", Some(false)),
        ]
    );
    // Nothing is planned yet: the cost is not too low, it is not known.
    let [.., cost] = judged(&[], "ficol-2020")[..] else {
        panic!("no point")
    };
    assert_eq!(cost, ("Coût du projet", None));
}

#[test]
fn a_budget_of_two_themes_counts_in_full_in_both_and_once_in_the_total() {
    let mut records = records(&PLAN);
    let themes = ["culture", "eau-et-assainissement"].map(str::to_owned);
    let both: Vec<Convention> = records
        .conventions()
        .map(|it| Convention {
            themes: themes.to_vec(),
            ..it.clone()
        })
        .collect();
    for convention in both {
        records.apply(&crate::model::Change::create(
            "essai",
            Record::Convention(convention),
        ));
    }
    let ledger = add_up(&records, Reference::shipped(), &Wish::by(Dimension::Theme));
    let planned = |sums: &Sums| sums.of(Measure::Planned).0 + sums.of(Measure::InKind).0;
    let together: Vec<i64> = ledger.rows().map(|(_, sums)| planned(&sums)).collect();
    assert_eq!(together, [15_000]);
    let apart = charts::apart(&ledger);
    let apart: Vec<(Key, i64)> = apart
        .iter()
        .map(|(key, it)| (key.clone(), planned(it)))
        .collect();
    let alone = themes.map(|slug| (Key::Themes(vec![slug]), 15_000));
    assert_eq!(apart, alone);

    // Where nothing stands together, the rows tell it already.
    let by_year = add_up(&records, Reference::shipped(), &Wish::by(Dimension::Year));
    assert!(charts::apart(&by_year).is_empty());
}
