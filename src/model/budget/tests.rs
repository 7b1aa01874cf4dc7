//! Sums and what typing does to them.

use proptest::prelude::*;
use serde_json::json;

use super::*;
use crate::model::{Budget as Kept, Change, History, Ids, Record, Records};

const STEPS: [&str; 6] = [
    "committed",
    "ordered",
    "paid",
    "notified",
    "invoiced",
    "received",
];

/// A budget of one line and one funder, with those operations and shares: the step, the year, the amount, whether
/// it is expected, and whether it is the funder's.
fn budget(moves: &[(usize, i32, i64, bool, bool)]) -> Budget {
    let mut ids = Ids::counted(1);
    let funder = ids.next_id();
    let mut operations = [Vec::new(), Vec::new()];
    let mut shares = Vec::new();
    for (step, year, amount, expected, income) in moves {
        operations[usize::from(*income)].push(json!({
            "id": ids.next_id(), "step": STEPS[*step], "year": year, "amount": amount, "expected": expected,
        }));
        shares
            .push(json!({ "id": ids.next_id(), "year": year, "funder": funder, "amount": amount }));
    }
    serde_json::from_value(json!({
        "id": ids.next_id(), "title": "Eau",
        "funders": [{ "id": funder, "key": "valmont", "operations": operations[1] }],
        "lines": [{ "id": ids.next_id(), "heading": "Travaux", "label": "Puits", "shares": shares, "operations": operations[0] }],
    }))
    .unwrap()
}

proptest! {
    /// Whatever the order in which operations were entered, in whatever years: the sums are the same, and those of
    /// the years add up to that of all.
    #[test]
    fn sums_do_not_depend_on_order(
        moves in proptest::collection::vec((0..6_usize, 2026..2029_i32, any::<i64>(), any::<bool>(), any::<bool>()), 0..12),
        turn in 0..12_usize,
    ) {
        let mut turned = moves.clone();
        if !turned.is_empty() {
            let middle = turn % turned.len();
            turned.rotate_left(middle);
            turned.reverse();
        }
        let (one, other) = (budget(&moves), budget(&turned));

        prop_assert_eq!(one.planned(Slice::default()), other.planned(Slice::default()));
        for step in [Step::Committed, Step::Ordered, Step::Paid, Step::Notified, Step::Invoiced, Step::Received] {
            for years in [&[][..], &[2026], &[2027, 2028]] {
                prop_assert_eq!(one.done(step, years), other.done(step, years));
            }
        }
    }

    #[test]
    fn years_add_up(moves in proptest::collection::vec((0..6_usize, 2026..2029_i32, -1_000_000..1_000_000_i64, any::<bool>(), any::<bool>()), 0..12)) {
        let budget = budget(&moves);
        let by_year: Amount = [2026, 2027, 2028].map(|year| budget.done(Step::Paid, &[year])).into_iter().sum();
        prop_assert_eq!(by_year, budget.done(Step::Paid, &[]));

        let expected = moves.iter().filter(|it| it.0 == 2 && !it.3).map(|it| Amount(it.2)).sum();
        prop_assert_eq!(budget.done(Step::Paid, &[]), expected, "what is only expected is not done");
    }
}

fn all_of(budget: &Kept) -> (Amount, Amount) {
    let totals = Totals::of(budget);
    let planned = totals.expenses.planned.total();
    (
        planned,
        totals.incomes.planned.total() + totals.unfunded.total(),
    )
}

#[test]
fn what_is_brought_is_what_others_than_us_did() {
    let mut ids = Ids::counted(1);
    let mut budget = typed(&[], &mut ids);
    for (rank, amount) in [(0, 70), (1, 500)] {
        let funder = Holder::Funder(budget.funders[rank].id);
        budget.record(funder, Step::Received, 2027, Amount(amount), &mut ids);
    }
    let totals = Totals::of(&budget);
    let received = |sums: &Sums| sums.step(Step::Received).total();
    assert_eq!(received(&totals.incomes), Amount(570));
    assert_eq!(received(&totals.brought), Amount(500));
}

/// A budget of three funders and several lines, as random typing leaves it.
fn typed(moves: &[(usize, i32, usize, i64)], ids: &mut Ids) -> Kept {
    let mut budget = Kept::new(ids.next_id(), "Eau");
    budget.years = vec![2027, 2028, 2029];
    for key in ["valmont", "agence", "meae"] {
        budget.funders.push(Funder {
            id: ids.next_id(),
            key: Key::new(key),
            partner: (key != "valmont").then(|| ids.next_id()),
            certainty: Certainty::default(),
            call: None,
            rule: None,
            operations: Vec::new(),
        });
    }
    for heading in ["Travaux", "Missions", "Travaux", "Imprévus"] {
        budget
            .lines
            .push(Line::new(ids.next_id(), heading, "Ligne").into());
    }
    for step in moves {
        act(&mut budget, *step, ids);
    }
    budget
}

/// One edit of a table.
fn act(budget: &mut Kept, (what, year, rank, amount): (usize, i32, usize, i64), ids: &mut Ids) {
    let line = budget.lines[rank % budget.lines.len()].id;
    let funder = budget.funders[rank % budget.funders.len()].id;
    let place = rank % budget.lines.len();
    match what {
        0 => drop(budget.plan(line, year, Amount(amount), ids)),
        1 => budget.lines[place].share(year, funder, Amount(amount), ids),
        2 => budget.record(Holder::Line(line), Step::Paid, year, Amount(amount), ids),
        3 => budget.record(
            Holder::Funder(funder),
            Step::Received,
            year,
            Amount(amount),
            ids,
        ),
        4 => drop(budget.duplicate_line(line, ids)),
        5 => drop(budget.move_line(line, amount % 2 == 0)),
        6 if budget.lines.len() > 1 => drop(budget.lines.remove(place)),
        7 => budget.lines[place].in_kind = amount % 2 == 0,
        8 => {
            let new = Line::new(ids.next_id(), "Missions", "Nouvelle");
            budget.lines.insert(place, new.into());
        }
        _ => {
            let weights: Vec<_> = budget
                .funders
                .iter()
                .map(|it| it.id)
                .zip([1, 2, 3])
                .collect();
            budget.lines[place].allot(year, Amount(amount), &weights, ids);
        }
    }
}

fn moves() -> impl Strategy<Value = Vec<(usize, i32, usize, i64)>> {
    proptest::collection::vec(
        (0..10_usize, 2027..2030_i32, 0..12_usize, 0..9_000_000_i64),
        0..24,
    )
}

proptest! {
    /// Lines, headings, funders and years are four ways to the same sum.
    #[test]
    fn every_total_is_the_sum_of_its_cells(moves in moves(), turn in 0..9_usize) {
        let mut ids = Ids::counted(1);
        let mut budget = typed(&moves, &mut ids);
        let totals = Totals::of(&budget);
        let all = budget.planned(Slice::default());
        prop_assert_eq!(totals.expenses.planned.total(), all);
        let sum = |rows: &[Sums]| -> Amount { rows.iter().map(|it| it.planned.total()).sum() };
        prop_assert_eq!(sum(&totals.lines), all);
        let headings: Vec<Sums> = totals.headings.iter().map(|it| it.sums.clone()).collect();
        prop_assert_eq!(sum(&headings), all);
        prop_assert_eq!(sum(&totals.funders) + totals.unfunded.total(), all);
        for (rank, year) in totals.years.iter().enumerate() {
            let years = [*year];
            let of_year = budget.planned(Slice { years: &years, ..Slice::default() });
            prop_assert_eq!(totals.expenses.planned.year(rank), of_year);
            prop_assert_eq!(totals.incomes.planned.year(rank) + totals.unfunded.year(rank), of_year);
            // Funder × year is one number, from whichever side it is read.
            for (funder, sums) in budget.funders.iter().zip(&totals.funders) {
                let theirs = budget.planned(Slice { years: &years, funder: Some(funder.id), in_kind: None });
                prop_assert_eq!(sums.planned.year(rank), theirs);
                let by_line: Amount = budget.lines.iter().flat_map(|line| line.shares_of(*year))
                    .filter(|share| share.funder == funder.id).map(|share| share.amount).sum();
                prop_assert_eq!(by_line, theirs);
                let money = Slice { years: &years, funder: Some(funder.id), in_kind: Some(false) };
                prop_assert_eq!(sums.in_money(Some(rank)), budget.planned(money));
            }
        }
        let money = budget.planned(Slice { in_kind: Some(false), ..Slice::default() });
        prop_assert_eq!(totals.expenses.in_money(None), money);
        prop_assert_eq!(headings.iter().map(|it| it.in_money(None)).sum::<Amount>(), money);
        for step in Step::OF_EXPENSES {
            prop_assert_eq!(totals.expenses.step(step).total(), budget.done(step, &[]));
        }
        for step in Step::OF_INCOMES {
            prop_assert_eq!(totals.incomes.step(step).total(), budget.done(step, &[]));
        }
        let turn = turn % budget.lines.len();
        budget.lines.rotate_left(turn);
        budget.funders.reverse();
        budget.lines.iter_mut().for_each(|line| line.shares.reverse());
        prop_assert_eq!(all_of(&budget), (all, all));
    }

    /// Sums that follow an edit are those that are added up afresh.
    #[test]
    fn totals_follow_any_edit(before in moves(), moves in moves(), other in 2024..2027_i32) {
        let mut ids = Ids::counted(1);
        let mut budget = typed(&before, &mut ids);
        let mut totals = Totals::of(&budget);
        for (number, step) in moves.into_iter().enumerate() {
            let mut after = budget.clone();
            // Now and then in a year that the budget does not name.
            let year = if number % 5 == 0 { other } else { step.1 };
            act(&mut after, (step.0, year, step.2, step.3), &mut ids);
            totals.follow(&budget, &after);
            prop_assert_eq!(&totals, &Totals::of(&after));
            budget = after;
        }
    }

    /// What was typed in a cell is what the cell says afterwards, whatever stood there.
    #[test]
    fn a_cell_is_what_was_typed(moves in moves(), year in 2027..2030_i32, amount in 0..9_000_000_i64, rank in 0..9_usize) {
        let mut ids = Ids::counted(1);
        let mut budget = typed(&moves, &mut ids);
        let line = budget.lines[rank % budget.lines.len()].id;
        let others: Amount = budget.lines.iter().filter(|it| it.id != line).map(|it| it.planned(year)).sum();

        prop_assert!(budget.plan(line, year, Amount(amount), &mut ids));
        prop_assert_eq!(budget.line(line).unwrap().planned(year), Amount(amount));
        let years = [year];
        let whole = budget.planned(Slice { years: &years, ..Slice::default() });
        prop_assert_eq!(whole, others + Amount(amount));

        budget.record(Holder::Line(line), Step::Committed, year, Amount(amount), &mut ids);
        let rank = budget.lines.iter().position(|it| it.id == line).unwrap();
        let totals = Totals::of(&budget);
        let place = totals.rank_of(year).filter(|_| amount > 0);
        prop_assert_eq!(place.map_or(Amount::ZERO, |it| totals.lines[rank].step(Step::Committed).year(it)), Amount(amount));
    }

    /// Undo of any sequence of edits of the tables is the identity, and redo does them again.
    #[test]
    fn undo_of_any_edits_is_the_identity(before in moves(), moves in moves()) {
        let mut ids = Ids::counted(1);
        let first = typed(&before, &mut ids);
        let name = Record::Budget(first.clone()).record_id();
        let mut records = Records::from_records([Record::Budget(first.clone())]);
        let mut history = History::default();
        let mut now = std::time::Duration::ZERO;
        for step in moves {
            let old = records.get(name).unwrap().clone();
            let Record::Budget(budget) = old.as_ref() else { unreachable!() };
            let mut after = budget.clone();
            act(&mut after, step, &mut ids);
            let change = Change::replace("Modifier", old.clone(), Record::Budget(after));
            records.apply(&change);
            history.record(change, now);
            now += std::time::Duration::from_millis(50);
        }
        let last = records.clone();
        while let Some(back) = history.undo(&records) {
            prop_assert!(back.clashes.is_empty());
            records.apply(&back.change);
        }
        prop_assert_eq!(records.budget(first.id), Some(&first));
        while let Some(again) = history.redo(&records) {
            records.apply(&again.change);
        }
        prop_assert_eq!(records.budget(first.id), last.budget(first.id));
    }
}

#[test]
fn a_total_typed_is_one_operation_that_makes_up_for_the_others() {
    let mut ids = Ids::counted(1);
    let mut budget = typed(&[], &mut ids);
    let line = Holder::Line(budget.lines[0].id);
    let one = Operation::new(ids.next_id(), Step::Paid, 2027, Amount(300));
    budget.operations_mut(line).unwrap().push(one.clone());

    budget.record(line, Step::Paid, 2027, Amount(1_000), &mut ids);
    let operations = budget.operations_of(line);
    assert_eq!(operations[0], one);
    assert_eq!(
        (operations[1].amount, operations[1].lump),
        (Amount(700), true)
    );

    budget.record(line, Step::Paid, 2027, Amount(300), &mut ids);
    assert_eq!(budget.operations_of(line), [one]);
}

#[test]
fn a_year_is_shared_as_the_line_is() {
    let mut ids = Ids::counted(1);
    let mut budget = typed(&[], &mut ids);
    let (line, ours) = (budget.lines[0].id, budget.funders[0].id);
    let agency = budget.funders[1].id;
    assert!(budget.plan(line, 2027, Amount(100), &mut ids));
    assert_eq!(budget.lines[0].by_funder(), [(ours, Amount(100))]);

    budget.lines[0].allot(2027, Amount(100), &[(ours, 60), (agency, 40)], &mut ids);
    assert!(budget.plan(line, 2028, Amount(1_000), &mut ids));
    let shares: Vec<_> = budget.lines[0]
        .shares_of(2028)
        .map(|it| (it.funder, it.amount.0))
        .collect();
    assert_eq!(shares, [(ours, 600), (agency, 400)]);

    budget.funders.clear();
    let alone = budget.lines[1].id;
    assert!(!budget.plan(alone, 2027, Amount(1), &mut ids));
}

#[test]
fn a_line_moves_past_the_edge_of_its_heading_into_the_next() {
    let mut ids = Ids::counted(1);
    let mut budget = typed(&[], &mut ids);
    let first = budget.lines[0].id;
    let order = |budget: &Kept| -> Vec<String> {
        budget.lines.iter().map(|it| it.heading.clone()).collect()
    };
    assert!(!budget.move_line(first, false));
    assert_eq!(
        order(&budget),
        ["Travaux", "Travaux", "Missions", "Imprévus"]
    );
    assert!(budget.move_line(first, true) && budget.lines[1].id == first);
    assert!(budget.move_line(first, true));
    assert_eq!(budget.line(first).unwrap().heading, "Missions");
}

#[test]
fn a_copy_has_its_own_names_and_nothing_done() {
    let mut ids = Ids::counted(1);
    let budget = typed(
        &[(0, 2027, 0, 500), (2, 2027, 0, 200), (3, 2027, 1, 100)],
        &mut ids,
    );
    let copy = budget.copied("Eau (copie)", &mut ids);
    assert_eq!(all_of(&copy), all_of(&budget));
    assert_eq!(copy.operations().count(), 0);
    assert!(copy.lines.iter().all(|line| budget.line(line.id).is_none()));
    assert!(
        copy.lines
            .iter()
            .flat_map(|it| &it.shares)
            .all(|it| copy.payer(it.funder).is_some())
    );
}
