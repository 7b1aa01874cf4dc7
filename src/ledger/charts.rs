//! What ledgers, budgets and ceilings look like.

use std::collections::BTreeMap;

use super::{Ceiling, Dimension, Key, Ledger, Measure, Sums, Whose, add_up_one, name};
use crate::chart::{Chart, Kind, OTHERS, Part, RowOf, Series};
use crate::model::{Amount, Budget, Currency, Percentage, Records};
use crate::reference::Reference;

/// What is in kind is neither committed nor paid.
const IN_MONEY: &str = "en numéraire";

/// What is planned by year, in money and in kind, by who pays: a ledger by funder.
#[must_use]
pub fn by_year_and_funder(ledger: &Ledger, records: &Records, reference: &Reference) -> Chart {
    let years = ledger.years();
    let amount = |key: &Key, year: &i32| planned(&ledger.at(key, *year));
    let rows = drawn(ledger).into_iter();
    let series = rows.map(|(key, _, tone)| Series {
        name: name(key, records, reference),
        amounts: years.iter().map(|year| amount(key, year)).collect(),
        tone,
    });
    Chart {
        title: titled("Budget par année et par financeur", ledger.wish.whose),
        note: unit_and_kind(ledger, reference),
        currency: ledger.wish.currency.clone(),
        kind: Kind::Columns {
            groups: years.iter().map(i32::to_string).collect(),
            series: series.collect(),
        },
    }
}

/// The parts of what is planned.
#[must_use]
pub fn shares(ledger: &Ledger, records: &Records, reference: &Reference) -> Chart {
    let part = |(key, sums, tone): (&Key, Sums, usize)| Part {
        name: name(key, records, reference),
        amount: planned(&sums),
        tone,
    };
    Chart {
        title: titled(
            &format!(
                "Parts du budget par {}",
                ledger.wish.dimension.label().to_lowercase()
            ),
            ledger.wish.whose,
        ),
        note: unit_and_kind(ledger, reference),
        currency: ledger.wish.currency.clone(),
        kind: Kind::Ring(drawn(ledger).into_iter().map(part).collect()),
    }
}

/// How far each row of a ledger has gone: what is planned in money, what is committed or notified, what is paid or
/// received.
#[must_use]
pub fn execution(ledger: &Ledger, records: &Records, reference: &Reference) -> Chart {
    let currency = &ledger.wish.currency;
    let (begun, done) = match ledger.wish.dimension {
        Dimension::Funder => (Measure::Notified, Measure::Received),
        _ => (Measure::Committed, Measure::Paid),
    };
    let row = |(key, sums): (&Key, Sums)| RowOf {
        name: name(key, records, reference),
        whole: Some(sums.of(Measure::Planned)),
        steps: vec![sums.of(begun), sums.of(done)],
        words: gone(
            done,
            (sums.of(done), sums.of(Measure::Planned)),
            ledger.rate_of(key, &sums),
            currency,
            reference,
        ),
        bounded: false,
    };
    let rows = in_order(ledger).into_iter();
    let rows = rows.filter(|(key, _)| ledger.is_awaited(key));
    let note = match ledger.wish.dimension {
        Dimension::Funder => "en numéraire, hors nos fonds propres",
        _ => IN_MONEY,
    };
    Chart {
        title: titled(
            &format!(
                "Exécution par {}",
                ledger.wish.dimension.label().to_lowercase()
            ),
            ledger.wish.whose,
        ),
        note: Some(format!("{}, {note}", unit(currency, reference))),
        currency: currency.clone(),
        kind: Kind::Rows {
            whole: Measure::Planned.label().to_owned(),
            steps: vec![begun.label().to_owned(), done.label().to_owned()],
            rows: rows.map(row).collect(),
        },
    }
}

/// « 33,3 % payé : 12 000 € sur 36 000 € », the rate first: it is what is looked for.
fn gone(
    done: Measure,
    (part, whole): (Amount, Amount),
    rate: Option<Percentage>,
    currency: &Currency,
    reference: &Reference,
) -> String {
    let said = |amount| reference.amount(amount, currency);
    let verb = done.label().to_lowercase();
    let rate = rate.map_or_else(|| verb.clone(), |rate| format!("{rate} {verb}"));
    format!("{rate}\u{a0}: {} sur {}", said(part), said(whole))
}

/// What is left under ceilings.
#[must_use]
pub fn under_ceilings(ceilings: &[Ceiling<'_>], reference: &Reference) -> Chart {
    // There is room for a word of other currencies, no more: the rest is told beside.
    let currencies = |ceiling: &Ceiling<'_>| match (
        ceiling.converted.is_zero(),
        ceiling.without_rate.is_empty(),
    ) {
        (_, false) => ", devise sans taux à part",
        (false, true) => ", devises comprises",
        (true, true) => "",
    };
    let row = |ceiling: &Ceiling<'_>| RowOf {
        name: format!(
            "{}, {}{}",
            ceiling.year,
            ceiling.place(),
            currencies(ceiling)
        ),
        whole: ceiling.limit,
        steps: vec![ceiling.charged],
        words: format!("{}{}", ceiling.room().sign(), ceiling.in_words(reference)),
        bounded: ceiling.limit.is_some(),
    };
    Chart {
        title: "Ce qui reste sous les plafonds de 1\u{202f}%".to_owned(),
        note: Some(unit(&Currency::euro(), reference)),
        currency: Currency::euro(),
        kind: Kind::Rows {
            whole: "Plafond".to_owned(),
            steps: vec!["Imputé".to_owned()],
            rows: ceilings.iter().map(row).collect(),
        },
    }
}

/// The charts of one budget: by year and funder, shares of funders, execution by heading.
#[must_use]
pub fn of_one(budget: &Budget, records: &Records, reference: &Reference) -> [Chart; 3] {
    let ledger = add_up_one(budget, records, reference, Dimension::Funder);
    [
        by_year_and_funder(&ledger, records, reference),
        shares(&ledger, records, reference),
        by_heading(budget, reference),
    ]
}

fn by_heading(budget: &Budget, reference: &Reference) -> Chart {
    let totals = crate::model::Totals::of(budget);
    let row = |heading: &crate::model::UnderHeading| {
        let [committed, _, paid] = &heading.sums.done;
        let (whole, paid) = (heading.sums.in_money(None), paid.total());
        RowOf {
            name: heading.name.clone(),
            whole: Some(whole),
            steps: vec![committed.total(), paid],
            words: gone(
                Measure::Paid,
                (paid, whole),
                Percentage::of(paid, whole),
                &budget.currency,
                reference,
            ),
            bounded: false,
        }
    };
    let headings = totals.headings.iter().filter(|it| it.sums.is_in_money());
    Chart {
        title: "Exécution par poste".to_owned(),
        note: Some(format!("{}, {IN_MONEY}", unit(&budget.currency, reference))),
        currency: budget.currency.clone(),
        kind: Kind::Rows {
            whole: Measure::Planned.label().to_owned(),
            steps: vec![
                Measure::Committed.label().to_owned(),
                Measure::Paid.label().to_owned(),
            ],
            rows: headings.map(row).collect(),
        },
    }
}

fn planned(sums: &Sums) -> Amount {
    sums.of(Measure::Planned) + sums.of(Measure::InKind)
}

/// The rows of a ledger as they are read: years and sections in their order, anything else from what weighs most.
#[must_use]
pub fn in_order(ledger: &Ledger) -> Vec<(&Key, Sums)> {
    let mut rows: Vec<(&Key, Sums)> = ledger.rows().collect();
    if !matches!(ledger.wish.dimension, Dimension::Year | Dimension::Section) {
        rows.sort_by_key(|(_, sums)| std::cmp::Reverse(planned(sums)));
    }
    rows
}

/// One row each of what stands together with others in a ledger, from what weighs most: a budget of two themes counts in
/// full in both, so that these rows do not add up. None where nothing stands together.
#[must_use]
pub fn apart(ledger: &Ledger) -> Vec<(Key, Sums)> {
    if !ledger.rows().any(|(key, _)| key.is_together()) {
        return Vec::new();
    }
    let mut apart: BTreeMap<Key, Sums> = BTreeMap::new();
    for (key, sums) in ledger.rows() {
        for one in key.apart() {
            apart.entry(one).or_default().take_in(&sums);
        }
    }
    let mut rows: Vec<(Key, Sums)> = apart.into_iter().collect();
    rows.sort_by_key(|(_, sums)| std::cmp::Reverse(planned(sums)));
    rows
}

/// The rows of which something is planned, as they are read, each with its tone: the same in every chart of a ledger. Our
/// own is the first, wherever funders are told apart; as many of the heaviest as there are tones have theirs.
fn drawn(ledger: &Ledger) -> Vec<(&Key, Sums, usize)> {
    let mut rows = in_order(ledger);
    rows.retain(|(_, sums)| !planned(sums).is_zero());
    let by_funder = ledger.wish.dimension == Dimension::Funder;
    let is_ours = |key: &Key| by_funder && *key == Key::Funder(None);

    let mut heaviest: Vec<(&Key, Amount)> = rows
        .iter()
        .filter(|(key, _)| !is_ours(key))
        .map(|(key, sums)| (*key, planned(sums)))
        .collect();
    heaviest.sort_by_key(|(_, amount)| std::cmp::Reverse(*amount));
    let first = usize::from(by_funder);
    let told: Vec<&Key> = heaviest
        .iter()
        .map(|(key, _)| *key)
        .take(OTHERS - first)
        .collect();
    let mut tones = first..;
    rows.into_iter()
        .map(|(key, sums)| {
            let tone = match key {
                key if is_ours(key) => Some(0),
                key if told.contains(&key) => tones.next(),
                _ => None,
            };
            (key, sums, tone.unwrap_or(OTHERS))
        })
        .collect()
}

/// « en euros », without which figures say nothing.
fn unit(currency: &Currency, reference: &Reference) -> String {
    format!("en {}", reference.unit(currency))
}

/// « en euros, dont 66 000 € valorisés en nature »: a chart that counts what is in kind says so, as its table does.
fn unit_and_kind(ledger: &Ledger, reference: &Reference) -> Option<String> {
    let unit = unit(&ledger.wish.currency, reference);
    let valued = ledger.total().of(Measure::InKind);
    let said = reference.amount(valued, &ledger.wish.currency);
    Some(match valued.is_zero() {
        true => unit,
        false => format!("{unit}, dont {said} valorisés en nature"),
    })
}

fn titled(title: &str, whose: Whose) -> String {
    match whose {
        Whose::Everyone => title.to_owned(),
        Whose::Ours => format!("{title}, notre part"),
    }
}
