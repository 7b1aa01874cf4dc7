//! A small convention, its budget, and random edits of them, for the tests of [`super::diff`],
//! [`super::merge`], [`super::History`] and [`super::Records`].

use chrono::NaiveDate;
use proptest::prelude::*;
use serde_json::json;

use super::{
    Amount, Article, Budget, Contact, Convention, ConventionKind, Id, Ids, Key, Lang, Line, Record,
    Shared, Text, Version,
};

/// Identifiers, texts and figures that no edit has written before, apart for each side.
#[derive(Debug, Clone)]
pub(crate) struct Fresh {
    side: u32,
    next: u32,
}

impl Fresh {
    pub(crate) const fn new(side: u32) -> Self {
        Self { side, next: 0 }
    }

    fn number(&mut self) -> u32 {
        self.next += 1;
        self.side * 100_000 + self.next
    }

    fn text(&mut self) -> String {
        format!("texte {}", self.number())
    }

    fn id(&mut self) -> Id {
        Ids::counted(2_000_000_000_000 + u64::from(self.number())).next_id()
    }
}

/// A random edit; its numbers are taken modulo what there is.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Move {
    what: u8,
    item: usize,
    place: usize,
}

impl Move {
    pub(crate) const fn which(self) -> usize {
        self.place
    }

    /// Such an edit, of the articles.
    pub(crate) const fn in_the_text(self) -> Self {
        Self {
            what: self.what % 6,
            ..self
        }
    }

    /// Such an edit, of anything but the articles.
    pub(crate) const fn beside_the_text(self) -> Self {
        Self {
            what: 6 + self.what % 4,
            ..self
        }
    }
}

pub(crate) fn one_move() -> impl Strategy<Value = Move> {
    (0..10_u8, 0..5_usize, 0..5_usize).prop_map(|(what, item, place)| Move { what, item, place })
}

pub(crate) fn moves(most: usize) -> impl Strategy<Value = Vec<Move>> {
    proptest::collection::vec(one_move(), 0..=most)
}

/// The record after that edit; the same when there is nothing to edit.
pub(crate) fn play(record: &Record, one: Move, fresh: &mut Fresh) -> Record {
    let mut record = record.clone();
    match &mut record {
        Record::Convention(convention) => play_convention(convention, one, fresh),
        Record::Budget(budget) => play_budget(budget, one, fresh),
        _ => {}
    }
    record
}

fn play_convention(convention: &mut Convention, one: Move, fresh: &mut Fresh) {
    let Move { what, item, place } = one;
    let articles = convention.articles.len();

    match what {
        0..=2 if articles > 0 => {
            let paragraphs = &mut convention.articles[item % articles].texts[0].paragraphs;
            let count = paragraphs.len();
            match what {
                0 => paragraphs.insert(place % (count + 1), fresh.text()),
                1 if count > 0 => paragraphs[place % count] = fresh.text(),
                2 if count > 0 => drop(paragraphs.remove(place % count)),
                _ => {}
            }
        }
        3 => {
            let article = article(fresh.id(), &fresh.text(), &[&fresh.text()]);
            convention.articles.insert(place % (articles + 1), article);
        }
        4 if articles > 0 => drop(convention.articles.remove(item % articles)),
        5 if articles > 0 => {
            let moved = convention.articles.remove(item % articles);
            convention.articles.insert(place % articles, moved);
        }
        6 => convention.title = fresh.text(),
        7 => convention.themes.push(fresh.text()),
        8 if !convention.themes.is_empty() => {
            let count = convention.themes.len();
            convention.themes.remove(item % count);
        }
        9 => {
            let days = chrono::Days::new(u64::from(fresh.number()));
            convention.end = NaiveDate::default().checked_add_days(days);
        }
        _ => {}
    }
}

fn play_budget(budget: &mut Budget, one: Move, fresh: &mut Fresh) {
    let Move { what, item, place } = one;
    let lines = budget.lines.len();

    match what {
        0..=2 if lines > 0 => {
            let shares = &mut budget.lines[item % lines].shares;
            let count = shares.len();
            shares[place % count].amount = Amount(i64::from(fresh.number()));
        }
        3 => {
            let added = line(fresh.id(), &fresh.text(), i64::from(fresh.number()));
            budget.lines.insert(place % (lines + 1), added);
        }
        4 if lines > 0 => drop(budget.lines.remove(item % lines)),
        5 if lines > 0 => {
            let moved = budget.lines.remove(item % lines);
            budget.lines.insert(place % lines, moved);
        }
        6 => budget.title = fresh.text(),
        7 => budget.years.push(fresh.number().cast_signed()),
        8 => budget.notes = Some(fresh.text()),
        9 if lines > 0 => budget.lines[item % lines].label = fresh.text(),
        _ => {}
    }
}

fn article(id: Id, key: &str, paragraphs: &[&str]) -> Article {
    Article {
        id,
        key: Key::new(key),
        role: None,
        texts: vec![Text::new(
            Lang::french(),
            paragraphs.iter().map(|text| (*text).to_owned()).collect(),
        )],
    }
}

/// A line no word of which occurs in another.
fn line(id: Id, label: &str, figure: i64) -> Shared<Line> {
    let mut ids = Ids::counted(1_900_000_000_000 + figure.unsigned_abs());
    let mut share = |year: i32| {
        json!({
            "id": ids.next_id(),
            "year": year,
            "funder": ids.next_id(),
            "amount": figure * 10_000 + i64::from(year),
        })
    };
    serde_json::from_value(json!({
        "id": id,
        "heading": format!("Rubrique {label}"),
        "label": label,
        "shares": [share(2027), share(2028)],
    }))
    .unwrap()
}

/// A draft of three articles.
pub(crate) fn convention() -> Convention {
    let mut ids = Ids::counted(1_790_000_000_000);
    let mut draft = Convention::new(
        ids.next_id(),
        ConventionKind::Cooperation,
        "Valmont – Aného",
    );
    draft.themes = vec!["eau".to_owned()];
    draft.articles = vec![
        article(
            ids.next_id(),
            "objet",
            &["Objet de la convention.", "Territoires.", "Actions."],
        ),
        article(ids.next_id(), "duree", &["Trois ans."]),
        article(
            ids.next_id(),
            "resiliation",
            &["Préavis.", "Sort des fonds."],
        ),
    ];
    draft
}

/// A budget of two lines over two years.
pub(crate) fn budget() -> Budget {
    let mut ids = Ids::counted(1_790_000_000_001);
    let mut budget = Budget::new(ids.next_id(), "Eau à Aného");
    budget.years = vec![2027, 2028];
    budget.lines = vec![
        line(ids.next_id(), "Étude", 11),
        line(ids.next_id(), "Travaux", 22),
    ];
    budget
}

/// A signed text.
pub(crate) fn sealed_version() -> Version {
    let convention = convention();
    serde_json::from_value(json!({
        "id": Ids::counted(1_790_000_000_002).next_id(),
        "convention": convention.id,
        "at": "2026-11-24T10:00:00Z",
        "reason": "seal",
        "application": "passerelle 0.1.0",
        "reference": "2026-11-23",
        "sealed": true,
        "records": { "authority": { "name": { "text": "Valmont" } }, "conventions": [convention] },
    }))
    .unwrap()
}

/// A person of whom the name is known.
pub(crate) fn contact(id: Id, name: &str) -> Contact {
    serde_json::from_value(json!({ "id": id, "name": name })).unwrap()
}
