//! To which line of a budget, or operation of it, a row of finance's export belongs: by number, then by amount and third
//! party.

use super::told::{Told, agree, bare};
use super::{Planner, names_of};
use crate::exchange::import::{Answer, Proposal, Refused, Row};
use crate::exchange::table::value::{cited, short};
use crate::model::{Amount, Budget, Id, Line, Operation, Step, fold};

/// How many lines are told first: a page of a list.
const MOST_LIKELY: usize = 40;

/// A place in the budgets: a budget, a line, and an operation of it where one is meant.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    pub(super) budget: usize,
    pub(super) line: usize,
    pub(super) operation: Option<usize>,
}

/// What has the number of a row.
struct Numbered {
    place: Place,
    /// Whether the number alone tells: the year is the same, and the amount or the third party.
    is_sure: bool,
}

/// Where a row belongs.
pub(super) enum Found {
    /// There, for sure.
    There(Place),
    /// It is to be asked.
    Perhaps(Place),
    /// Nowhere for sure, and why.
    Nowhere(String),
}

impl Planner<'_> {
    /// Where a row belongs: by number, as somebody answered, else by amount and third party.
    pub(super) fn find(&self, told: &Told, row: &Row<'_>) -> Result<Found, Refused> {
        let answer = self.import.answered(row.row);
        let is_accepted = answer == Some(Answer::Yes) || self.import.accepts(Proposal::Matches);
        let numbered = self.by_number(told);
        match numbered {
            Ok(Some(Numbered { place, is_sure })) if is_sure || is_accepted => {
                return Ok(Found::There(place));
            }
            Ok(Some(Numbered { place, .. })) if answer.is_none() => {
                return Ok(Found::Perhaps(place));
            }
            _ => {}
        }
        if let Some(Answer::Line(line)) = answer {
            let place = self
                .line_of(line)
                .ok_or_else(|| Refused::whole("la ligne choisie n’est plus là"))?;
            return Ok(Found::There(self.expected(place, told).unwrap_or(place)));
        }
        if let Err(why) = numbered {
            return Ok(Found::Nowhere(why));
        }
        Ok(match self.by_amount(told).as_slice() {
            [] => Found::Nowhere(self.unmatched(told)),
            [one] if is_accepted => Found::There(*one),
            [one] => Found::Perhaps(*one),
            several => {
                let said: Vec<String> = several
                    .iter()
                    .take(3)
                    .map(|place| self.said(*place))
                    .collect();
                Found::Nowhere(format!(
                    "plusieurs lignes conviennent\u{a0}: {}",
                    said.join(", ")
                ))
            }
        })
    }

    fn unmatched(&self, told: &Told) -> String {
        match &told.engagement {
            _ if self.budgets.is_empty() => {
                "il n’y a pas encore de budget en euros auquel la rattacher".to_owned()
            }
            Some(number) => format!(
                "aucun engagement n°\u{a0}{}, ni ce tiers et ce montant",
                short(number)
            ),
            None => "aucune ligne n’a ce numéro, ni ce tiers et ce montant".to_owned(),
        }
    }

    /// All lines, with their places.
    fn lines(&self) -> impl Iterator<Item = (Place, &Budget, &Line)> {
        self.budgets
            .iter()
            .enumerate()
            .flat_map(|(budget, working)| {
                working
                    .budget
                    .lines
                    .iter()
                    .enumerate()
                    .map(move |(line, record)| {
                        let place = Place {
                            budget,
                            line,
                            operation: None,
                        };
                        (place, &working.budget, &**record)
                    })
            })
    }

    fn line_of(&self, id: Id) -> Option<Place> {
        let mut lines = self.lines();
        lines
            .find(|(.., line)| line.id == id)
            .map(|(place, ..)| place)
    }

    /// The operation that has the number of a row, or the line whose engagement the row pays; why it cannot be said, where
    /// several do. Numbers begin anew each year, and each service's budget has its own.
    fn by_number(&self, told: &Told) -> Result<Option<Numbered>, String> {
        let numbered = |number: &str, step: Step| -> Vec<Place> {
            let wanted = bare(number);
            self.lines()
                .filter(|(.., line)| agree(told.service.as_ref(), line.service_budget.as_ref()))
                .flat_map(|(place, _, line)| {
                    let wanted = wanted.clone();
                    line.operations
                        .iter()
                        .enumerate()
                        .filter(move |(_, it)| {
                            it.step == step
                                && it
                                    .reference
                                    .as_deref()
                                    .is_some_and(|reference| bare(reference) == wanted)
                        })
                        .map(move |(operation, _)| Place {
                            operation: Some(operation),
                            ..place
                        })
                })
                .collect()
        };
        if let Some(number) = &told.number {
            let mut same = numbered(number, told.step);
            same.retain(|place| {
                self.operation(*place)
                    .is_some_and(|it| it.year == told.year)
            });
            // One mandate may be shared among lines.
            self.keep(&mut same, |it| it.amount == told.amount);
            match same.as_slice() {
                [] => {}
                [one] => {
                    let is_paid_so = self
                        .operation(*one)
                        .is_some_and(|it| it.amount == told.amount);
                    let is_theirs = match (told.third_party.as_deref(), self.line(*one)) {
                        (Some(third_party), Some(line)) => self.pays(line, &fold(third_party)),
                        _ => true,
                    };
                    return Ok(Some(Numbered {
                        place: *one,
                        is_sure: is_paid_so || is_theirs,
                    }));
                }
                _ => {
                    return Err(format!(
                        "plusieurs opérations ont le n°\u{a0}{}",
                        short(number)
                    ));
                }
            }
        }
        let Some(engagement) = told
            .engagement
            .as_ref()
            .filter(|_| told.step == Step::Ordered)
        else {
            return Ok(None);
        };
        // An engagement may be paid the year after, but a new one of this year has its number too.
        let (of_year, earlier): (Vec<Place>, Vec<Place>) = numbered(engagement, Step::Committed)
            .into_iter()
            .partition(|place| {
                self.operation(*place)
                    .is_some_and(|it| it.year == told.year)
            });
        let is_sure = !of_year.is_empty();
        let of = match is_sure {
            true => of_year,
            false if self.engaged.contains(&(bare(engagement), told.year)) => Vec::new(),
            false => earlier,
        };
        let mut lines: Vec<Place> = of
            .into_iter()
            .map(|place| Place {
                operation: None,
                ..place
            })
            .collect();
        lines.dedup();
        match lines.as_slice() {
            [] => Ok(None),
            [line] => Ok(Some(Numbered {
                place: self.expected(*line, told).unwrap_or(*line),
                is_sure,
            })),
            _ => Err(format!(
                "l’engagement n°\u{a0}{} est sur plusieurs lignes",
                short(engagement)
            )),
        }
    }

    /// Keeps of several those that also fit, if any does.
    fn keep(&self, places: &mut Vec<Place>, fits: impl Fn(&Operation) -> bool) {
        if places.len() > 1 {
            let fitting: Vec<Place> = places
                .iter()
                .copied()
                .filter(|place| self.operation(*place).is_some_and(&fits))
                .collect();
            if !fitting.is_empty() {
                *places = fitting;
            }
        }
    }

    fn operation(&self, place: Place) -> Option<&Operation> {
        let line = self.line(place)?;
        line.operations.get(place.operation?)
    }

    pub(super) fn line(&self, place: Place) -> Option<&Line> {
        let budget = &self.budgets.get(place.budget)?.budget;
        budget.lines.get(place.line).map(|line| &**line)
    }

    /// The expected operation of a line that a row fulfils: the same step, year and amount, that nothing fulfilled.
    fn expected(&self, line: Place, told: &Told) -> Option<Place> {
        let place = self.line(line)?.operations.iter().position(|it| {
            it.step == told.step
                && it.amount == told.amount
                && it.year == told.year
                && it.expected
                && !self.taken.contains_key(&it.id)
        })?;
        Some(Place {
            operation: Some(place),
            ..line
        })
    }

    /// Whether a line pays that third party, by its body or in its own words.
    fn pays(&self, line: &Line, third_party: &str) -> bool {
        let body = line
            .beneficiary
            .and_then(|id| self.around.records.partner(id));
        let mut names = body.into_iter().flat_map(names_of);
        names.any(|name| is_within(&name, third_party))
            || is_within(&fold(&line.label), third_party)
    }

    /// The lines that a row may belong to first of all: those paid to its third party, and those of the budgets that are
    /// for it. What is in kind is never paid.
    pub(super) fn likely(&self, told: &Told) -> Vec<Id> {
        let Some(third_party) = told.third_party.as_deref().map(fold) else {
            return Vec::new();
        };
        let is_for = |budget: usize| {
            let names = self.budgets.get(budget).map(|it| it.names.as_slice());
            let mut names = names.unwrap_or_default().iter();
            names.any(|name| is_within(name, &third_party))
        };
        let lines = self.lines().filter(|(.., line)| !line.in_kind);
        let (mut paid, other): (Vec<_>, Vec<_>) =
            lines.partition(|(.., line)| self.pays(line, &third_party));
        paid.extend(other.into_iter().filter(|(place, ..)| is_for(place.budget)));
        paid.truncate(MOST_LIKELY);
        paid.into_iter().map(|(.., line)| line.id).collect()
    }

    /// The lines paid to that third party whose operation, or share of the year, has that amount.
    fn by_amount(&self, told: &Told) -> Vec<Place> {
        let Some(third_party) = told.third_party.as_deref().map(fold) else {
            return Vec::new();
        };
        let mut found = Vec::new();
        for (place, _, line) in self
            .lines()
            .filter(|(.., line)| !line.in_kind && self.pays(line, &third_party))
        {
            if let Some(expected) = self.expected(place, told) {
                found.push(expected);
                continue;
            }
            let unnumbered = line.operations.iter().position(|it| {
                it.step == told.step
                    && it.amount == told.amount
                    && it.year == told.year
                    && it.reference.is_none()
                    && !self.taken.contains_key(&it.id)
            });
            if let Some(operation) = unnumbered {
                found.push(Place {
                    operation: Some(operation),
                    ..place
                });
                continue;
            }
            let planned: Amount = line
                .shares
                .iter()
                .filter(|it| it.year == told.year)
                .map(|it| it.amount)
                .sum();
            let same_account = agree(told.account.as_ref(), line.account.as_ref())
                && agree(told.service.as_ref(), line.service_budget.as_ref());
            let done = line
                .operations
                .iter()
                .any(|it| it.step == told.step && it.year == told.year);
            if planned == told.amount && same_account && !done {
                found.push(place);
            }
        }
        found
    }

    /// « Travaux – Puits (Eau à Porto-Novo) ».
    pub(super) fn said(&self, place: Place) -> String {
        let budget = self
            .budgets
            .get(place.budget)
            .map_or("", |it| it.budget.title.as_str());
        let line = self.line(place).map_or("", |it| it.label.as_str());
        format!("{} ({})", cited(line), short(budget))
    }
}

/// Whether one of two names holds the other, words whole: « ville de porto novo » and « porto novo ».
fn is_within(one: &str, other: &str) -> bool {
    let (long, short) = if one.len() >= other.len() {
        (one, other)
    } else {
        (other, one)
    };
    short.len() > 3 && format!(" {long} ").contains(&format!(" {short} "))
}
