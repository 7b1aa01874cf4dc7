//! What typing in a budget's tables does to it.
//!
//! A cell of the tables is a sum: of the shares of a line in a year, of the operations of a step. Typing one changes
//! what it is the sum of, so that it is what was typed.

use chrono::{Datelike, NaiveDate};

use super::{Budget, Certainty, Funder, Line, Operation, Section, Share, Step, split};
use crate::model::{Amount, Id, Ids, Party};

/// Whose operations are meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Holder {
    /// An expense line's.
    Line(Id),
    /// A funder's.
    Funder(Id),
}

impl Holder {
    /// Its identifier.
    #[must_use]
    pub const fn id(self) -> Id {
        match self {
            Self::Line(id) | Self::Funder(id) => id,
        }
    }
}

impl Line {
    /// What it is called: by its heading as long as it has no label.
    #[must_use]
    pub fn name(&self) -> &str {
        match self.label.as_str() {
            "" => &self.heading,
            label => label,
        }
    }

    /// An empty line under that heading.
    #[must_use]
    pub fn new(id: Id, heading: impl Into<String>, label: impl Into<String>) -> Self {
        Self {
            id,
            heading: heading.into(),
            label: label.into(),
            section: Section::default(),
            in_kind: false,
            scheme: None,
            service_budget: None,
            function: None,
            account: None,
            purpose: None,
            aid_type: None,
            channel: None,
            beneficiary: None,
            foreign: None,
            shares: Vec::new(),
            operations: Vec::new(),
        }
    }

    /// What it costs in a year.
    #[must_use]
    pub fn planned(&self, year: i32) -> Amount {
        self.shares_of(year).map(|share| share.amount).sum()
    }

    /// The years in which something is planned or done, as often as it is.
    pub fn years(&self) -> impl Iterator<Item = i32> {
        let planned = self.shares.iter().map(|share| share.year);
        planned.chain(self.operations.iter().map(|it| it.year))
    }

    /// How a year is shared.
    pub fn shares_of(&self, year: i32) -> impl Iterator<Item = &Share> {
        self.shares.iter().filter(move |share| share.year == year)
    }

    /// What each funder pays of it over all years, in the order in which they come.
    #[must_use]
    pub fn by_funder(&self) -> Vec<(Id, Amount)> {
        let mut by_funder: Vec<(Id, Amount)> = Vec::new();
        for share in &self.shares {
            match by_funder.iter_mut().find(|(id, _)| *id == share.funder) {
                Some((_, amount)) => *amount = *amount + share.amount,
                None => by_funder.push((share.funder, share.amount)),
            }
        }
        by_funder
    }

    /// Sets what one funder pays of it in a year; nothing takes the share away.
    pub fn share(&mut self, year: i32, funder: Id, amount: Amount, ids: &mut Ids) {
        let is_it = |share: &Share| share.year == year && share.funder == funder;
        let mut same = self.shares.iter_mut().filter(|share| is_it(share));
        let first = same.next();
        same.for_each(|share| share.amount = Amount::ZERO);
        match first {
            Some(share) => share.amount = amount,
            None => self.shares.push(Share {
                id: ids.next_id(),
                year,
                funder,
                amount,
            }),
        }
        self.shares
            .retain(|share| !(is_it(share) && share.amount.is_zero()));
    }

    /// Shares a year's amount among funders by those weights; those not named pay nothing any more.
    pub fn allot(&mut self, year: i32, amount: Amount, weights: &[(Id, i64)], ids: &mut Ids) {
        let payers: Vec<Id> = self.shares_of(year).map(|share| share.funder).collect();
        for payer in payers {
            if weights.iter().all(|(id, _)| *id != payer) {
                self.share(year, payer, Amount::ZERO, ids);
            }
        }
        let parts = split(
            amount,
            &weights.iter().map(|(_, it)| *it).collect::<Vec<_>>(),
        );
        for ((funder, _), part) in weights.iter().zip(parts) {
            self.share(year, *funder, part, ids);
        }
    }
}

impl Budget {
    /// The budget of a convention: over its term, paid by its parties, without a line yet.
    #[must_use]
    pub fn of_parties<'a>(
        title: impl Into<String>,
        term: (Option<NaiveDate>, Option<NaiveDate>),
        parties: impl IntoIterator<Item = &'a Party>,
        ids: &mut Ids,
    ) -> Self {
        let mut budget = Self::new(ids.next_id(), title);
        budget.years = match term {
            (Some(start), Some(end)) if start <= end => (start.year()..=end.year()).collect(),
            (Some(day), _) | (_, Some(day)) => vec![day.year()],
            (None, None) => Vec::new(),
        };
        let funder = |party: &Party| Funder {
            id: ids.next_id(),
            key: party.key.clone(),
            partner: party.partner,
            certainty: Certainty::Committed,
            call: None,
            rule: None,
            operations: Vec::new(),
        };
        budget.funders = parties.into_iter().map(funder).collect();
        budget
    }

    /// A line.
    #[must_use]
    pub fn line(&self, id: Id) -> Option<&Line> {
        let mut lines = self.lines.iter().map(|line| &**line);
        lines.find(|line| line.id == id)
    }

    /// A funder by its identifier.
    #[must_use]
    pub fn payer(&self, id: Id) -> Option<&Funder> {
        self.funders.iter().find(|funder| funder.id == id)
    }

    /// The operations of a line or a funder.
    #[must_use]
    pub fn operations_of(&self, holder: Holder) -> &[Operation] {
        match holder {
            Holder::Line(id) => self.line(id).map_or(&[], |line| &line.operations),
            Holder::Funder(id) => self.payer(id).map_or(&[], |funder| &funder.operations),
        }
    }

    /// The same, to be changed; nothing where the budget does not have it.
    pub fn operations_mut(&mut self, holder: Holder) -> Option<&mut Vec<Operation>> {
        match holder {
            Holder::Line(id) => {
                let mut lines = self.lines.iter_mut();
                lines
                    .find(|line| line.id == id)
                    .map(|line| &mut line.operations)
            }
            Holder::Funder(id) => {
                let mut funders = self.funders.iter_mut();
                funders
                    .find(|funder| funder.id == id)
                    .map(|funder| &mut funder.operations)
            }
        }
    }

    /// All operations, those of lines first.
    pub fn operations(&self) -> impl Iterator<Item = (Holder, &Operation)> {
        let lines = self.lines.iter().flat_map(|line| {
            let holder = Holder::Line(line.id);
            line.operations.iter().map(move |it| (holder, it))
        });
        let funders = self.funders.iter().flat_map(|funder| {
            let holder = Holder::Funder(funder.id);
            funder.operations.iter().map(move |it| (holder, it))
        });
        lines.chain(funders)
    }

    /// Sets what a line costs in a year. It stays shared as it was; a year where nothing was is shared as the line's
    /// other years are; a line that costs nothing is paid by those that it remembers, in equal parts, and a new one by
    /// our own authority, else by the first funder. A line that costs nothing any more remembers who paid it.
    ///
    /// Answers whether it could: a budget without funders has nobody to pay.
    pub fn plan(&mut self, line: Id, year: i32, amount: Amount, ids: &mut Ids) -> bool {
        let ours = self.funders.iter().find(|funder| funder.partner.is_none());
        let payer = ours.or(self.funders.first()).map(|funder| funder.id);
        let remembering = self.years.first().copied().unwrap_or(year);
        let Some(line) = self.lines.iter_mut().find(|it| it.id == line) else {
            return false;
        };
        let costs = |weights: &[(Id, i64)]| weights.iter().any(|(_, weight)| *weight > 0);
        let of_year = line.shares_of(year);
        let mut weights: Vec<(Id, i64)> = of_year.map(|it| (it.funder, it.amount.0)).collect();
        let remembered = line.by_funder();
        if !costs(&weights) {
            weights.extend(
                remembered
                    .iter()
                    .map(|(funder, amount)| (*funder, amount.0)),
            );
        }
        let mut weights = merged(weights);
        if !costs(&weights) {
            for (_, weight) in &mut weights {
                *weight = 1;
            }
        }
        if weights.is_empty() {
            weights.extend(payer.map(|payer| (payer, 1)));
        }
        if weights.is_empty() && !amount.is_zero() {
            return false;
        }
        line.allot(year, amount, &weights, ids);
        if line.shares.is_empty() {
            let share = |(funder, _)| Share {
                id: ids.next_id(),
                year: remembering,
                funder,
                amount: Amount::ZERO,
            };
            line.shares = remembered.into_iter().map(share).collect();
        }
        true
    }

    /// Sets the sum of what was done at a step in a year: one operation, « saisie globale », makes up for what is not
    /// entered one by one.
    pub fn record(&mut self, holder: Holder, step: Step, year: i32, total: Amount, ids: &mut Ids) {
        let Some(operations) = self.operations_mut(holder) else {
            return;
        };
        let is_done = |it: &Operation| it.step == step && it.year == year && !it.expected;
        let entered: Amount = operations
            .iter()
            .filter(|it| is_done(it) && !it.lump)
            .map(|it| it.amount)
            .sum();
        let kept = operations.iter().position(|it| is_done(it) && it.lump);
        let amount = total - entered;
        let lump = match kept.and_then(|rank| operations.get(rank)) {
            Some(lump) => Operation {
                amount,
                ..lump.clone()
            },
            None => Operation {
                lump: true,
                ..Operation::new(ids.next_id(), step, year, amount)
            },
        };
        let id = lump.id;
        match kept.and_then(|rank| operations.get_mut(rank)) {
            Some(place) => *place = lump,
            None => operations.push(lump),
        }
        let is_other = |it: &Operation| is_done(it) && it.lump && it.id != id;
        operations.retain(|it| !(is_other(it) || it.id == id && amount.is_zero()));
    }

    /// Puts a copy of a line under it, with nothing done yet; answers which.
    pub fn duplicate_line(&mut self, line: Id, ids: &mut Ids) -> Option<Id> {
        let rank = self.lines.iter().position(|it| it.id == line)?;
        let mut copy = self.lines.get(rank)?.clone();
        copy.id = ids.next_id();
        copy.operations.clear();
        for share in &mut copy.shares {
            share.id = ids.next_id();
        }
        let id = copy.id;
        self.lines.insert(rank + 1, copy);
        Some(id)
    }

    /// Moves a line among those of its heading, up or down; past the first or the last it goes to the heading beside.
    /// Answers whether it moved.
    pub fn move_line(&mut self, line: Id, down: bool) -> bool {
        self.gather();
        let Some(rank) = self.lines.iter().position(|it| it.id == line) else {
            return false;
        };
        let Some(other) = rank.checked_add_signed(if down { 1 } else { -1 }) else {
            return false;
        };
        let Some(heading) = self.lines.get(other).map(|it| it.heading.clone()) else {
            return false;
        };
        match self.lines.get_mut(rank) {
            Some(line) if line.heading != heading => line.heading = heading,
            _ => self.lines.swap(rank, other),
        }
        true
    }

    /// Puts the lines of one heading together, headings in the order in which they come.
    pub fn gather(&mut self) {
        let mut headings: Vec<String> = Vec::new();
        for line in &self.lines {
            if !headings.contains(&line.heading) {
                headings.push(line.heading.clone());
            }
        }
        self.lines
            .sort_by_key(|line| headings.iter().position(|it| *it == line.heading));
    }

    /// Another budget like this one, of which nothing is done yet and no money sure.
    #[must_use]
    pub fn copied(&self, title: impl Into<String>, ids: &mut Ids) -> Self {
        let mut copy = self.clone();
        copy.id = ids.next_id();
        copy.title = title.into();
        copy.pieces.clear();
        copy.snoozed.clear();
        let mut known = Vec::new();
        for funder in &mut copy.funders {
            let fresh = ids.next_id();
            known.push((funder.id, fresh));
            funder.id = fresh;
            funder.certainty = Certainty::default();
            funder.operations.clear();
        }
        for line in &mut copy.lines {
            line.id = ids.next_id();
            line.operations.clear();
            for share in &mut line.shares {
                share.id = ids.next_id();
                if let Some((_, fresh)) = known.iter().find(|(old, _)| *old == share.funder) {
                    share.funder = *fresh;
                }
            }
        }
        copy
    }
}

impl Operation {
    /// Something done, of which no more is known.
    #[must_use]
    pub const fn new(id: Id, step: Step, year: i32, amount: Amount) -> Self {
        Self {
            id,
            step,
            year,
            amount,
            date: None,
            expected: false,
            reference: None,
            object: None,
            condition: None,
            piece: None,
            lump: false,
        }
    }
}

/// Weights of one funder added together.
fn merged(weights: Vec<(Id, i64)>) -> Vec<(Id, i64)> {
    let mut merged: Vec<(Id, i64)> = Vec::new();
    for (id, weight) in weights {
        match merged.iter_mut().find(|(known, _)| *known == id) {
            Some((_, sum)) => *sum = sum.saturating_add(weight),
            None => merged.push((id, weight)),
        }
    }
    merged
}
