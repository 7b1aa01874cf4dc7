//! All budgets added up by one dimension and by year, in one pass: what is planned, what is done.
//!
//! Every amount is counted once. A budget for two partners stands under both together, « Bénin, Togo », never under
//! each; so the rows of a ledger always add up to its total.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use super::{conventions_of, countries_of, exchange, partners_of};
use crate::model::{
    Amount, Budget, Currency, Exchange, Funder, Id, Line, Operation, Percentage, Records, Section,
    Step,
};
use crate::reference::Reference;

/// What budgets are told apart by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Dimension {
    Year,
    Project,
    Partner,
    Country,
    Theme,
    Funder,
    Scheme,
    Section,
    InCharge,
}

impl Dimension {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Year,
        Self::Project,
        Self::Partner,
        Self::Country,
        Self::Theme,
        Self::Funder,
        Self::Scheme,
        Self::Section,
        Self::InCharge,
    ];

    /// Its name, to follow « par ».
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Year => "Année",
            Self::Project => "Projet",
            Self::Partner => "Partenaire",
            Self::Country => "Pays",
            Self::Theme => "Thème",
            Self::Funder => "Financeur",
            Self::Scheme => "Dispositif",
            Self::Section => "Section",
            Self::InCharge => "Chargé du suivi",
        }
    }

    /// What can be told by it. Finance does not say which funder's euro paid which bill, nor for which line a funder's
    /// money came: expenses are followed by line, income by funder.
    #[must_use]
    pub const fn measures(self) -> &'static [Measure] {
        match self {
            Self::Funder => &[
                Measure::Planned,
                Measure::InKind,
                Measure::Notified,
                Measure::Invoiced,
                Measure::Received,
            ],
            _ => &[
                Measure::Planned,
                Measure::InKind,
                Measure::Committed,
                Measure::Ordered,
                Measure::Paid,
            ],
        }
    }

    /// The measure that says how far things are: paid, or received.
    #[must_use]
    pub const fn done(self) -> Measure {
        match self {
            Self::Funder => Measure::Received,
            _ => Measure::Paid,
        }
    }
}

/// A place on a dimension.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Key {
    /// A year.
    Year(i32),
    /// A budget, which is that of a project.
    Project(Id),
    /// Partners together; none when empty.
    Partners(Vec<Id>),
    /// Countries together, by ISO code; none when empty.
    Countries(Vec<String>),
    /// Themes together, by slug; none when empty.
    Themes(Vec<String>),
    /// A body that pays; our authority when absent.
    Funder(Option<Id>),
    /// Who pays is not among the funders of its budget.
    Nobody,
    /// A scheme by its slug, or the general budget.
    Scheme(Option<String>),
    /// Running or capital expenditure.
    Section(Section),
    /// Those in charge of the conventions, together; nobody when empty.
    InCharge(Vec<Id>),
}

impl Key {
    /// Whether it is of several partners, countries, themes or people together.
    #[must_use]
    pub fn is_together(&self) -> bool {
        match self {
            Self::Partners(ids) | Self::InCharge(ids) => ids.len() > 1,
            Self::Countries(all) | Self::Themes(all) => all.len() > 1,
            _ => false,
        }
    }

    /// Each of those that stand together in it.
    pub(super) fn apart(&self) -> Vec<Self> {
        match self {
            Self::Partners(ids) => ids.iter().map(|it| Self::Partners(vec![*it])).collect(),
            Self::InCharge(ids) => ids.iter().map(|it| Self::InCharge(vec![*it])).collect(),
            Self::Countries(all) => all
                .iter()
                .map(|it| Self::Countries(vec![it.clone()]))
                .collect(),
            Self::Themes(all) => all
                .iter()
                .map(|it| Self::Themes(vec![it.clone()]))
                .collect(),
            _ => Vec::new(),
        }
    }
}

/// What is added up.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Measure {
    Planned,
    InKind,
    Committed,
    Ordered,
    Paid,
    Notified,
    Invoiced,
    Received,
}

impl Measure {
    const COUNT: usize = 8;

    /// Its name.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Planned => "Prévu",
            Self::InKind => "En nature",
            Self::Committed => Step::Committed.label(),
            Self::Ordered => Step::Ordered.label(),
            Self::Paid => Step::Paid.label(),
            Self::Notified => Step::Notified.label(),
            Self::Invoiced => Step::Invoiced.label(),
            Self::Received => Step::Received.label(),
        }
    }

    const fn of(step: Step) -> Self {
        match step {
            Step::Committed => Self::Committed,
            Step::Ordered => Self::Ordered,
            Step::Paid => Self::Paid,
            Step::Notified => Self::Notified,
            Step::Invoiced => Self::Invoiced,
            Step::Received => Self::Received,
        }
    }
}

/// Sums by measure. They are kept wider than an amount, so that no order of adding can change them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sums([i128; Measure::COUNT]);

impl Sums {
    /// What a measure comes to.
    #[must_use]
    pub fn of(&self, measure: Measure) -> Amount {
        let sum = self.0.get(measure as usize).copied().unwrap_or_default();
        Amount(i64::try_from(sum).unwrap_or(if sum < 0 { i64::MIN } else { i64::MAX }))
    }

    /// Whether there is nothing at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.iter().all(|sum| *sum == 0)
    }

    fn add(&mut self, measure: Measure, amount: Amount) {
        if let Some(sum) = self.0.get_mut(measure as usize) {
            *sum += i128::from(amount.0);
        }
    }

    pub(super) fn take_in(&mut self, other: &Self) {
        for (sum, other) in self.0.iter_mut().zip(other.0) {
            *sum += other;
        }
    }
}

/// Whose money is counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Whose {
    /// The whole cost of projects, whoever pays.
    #[default]
    Everyone,
    /// Our own part: our shares, and what is done of lines that we pay in whole or in part.
    Ours,
}

/// What to add up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wish {
    /// By what.
    pub dimension: Dimension,
    /// These years only; all when empty.
    pub years: Vec<i32>,
    /// Whose money.
    pub whose: Whose,
    /// In this currency. Into euros, amounts of other budgets are turned one by one, each at the rate of its budget; into
    /// any other, none is.
    pub currency: Currency,
}

impl Wish {
    /// The whole cost over all years, in euros.
    #[must_use]
    pub fn by(dimension: Dimension) -> Self {
        Self {
            dimension,
            years: Vec::new(),
            whose: Whose::default(),
            currency: Currency::euro(),
        }
    }
}

/// The sums.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ledger {
    /// What was asked.
    pub wish: Wish,
    /// The sums of each key in each year, by key.
    cells: BTreeMap<Key, BTreeMap<i32, Sums>>,
    /// Budgets in another currency whose amounts were turned into this one.
    pub converted: Vec<Id>,
    /// Budgets in another currency, without a rate: they are not in these sums.
    pub left_out: Vec<Id>,
    /// Whether something was done of lines that we pay in part, where our own part is counted: it counts in full, as
    /// finance does not say which funder's euro paid which bill.
    pub counts_whole_lines: bool,
}

impl Ledger {
    /// The keys and their sums over the years, in the order of the keys.
    pub fn rows(&self) -> impl Iterator<Item = (&Key, Sums)> {
        self.cells.iter().map(|(key, years)| {
            let mut sums = Sums::default();
            years.values().for_each(|it| sums.take_in(it));
            (key, sums)
        })
    }

    /// The years in which there is something, in order.
    #[must_use]
    pub fn years(&self) -> Vec<i32> {
        let years: BTreeSet<i32> = self
            .cells
            .values()
            .flat_map(|it| it.keys().copied())
            .collect();
        years.into_iter().collect()
    }

    /// The sums of a key in a year.
    #[must_use]
    pub fn at(&self, key: &Key, year: i32) -> Sums {
        let years = self.cells.get(key);
        years
            .and_then(|years| years.get(&year))
            .copied()
            .unwrap_or_default()
    }

    /// How much of what is planned in money is done, of a row with those sums: none of our own funds.
    #[must_use]
    pub fn rate_of(&self, key: &Key, sums: &Sums) -> Option<Percentage> {
        let rate = self.rate_at(self.wish.dimension.done(), sums);
        rate.filter(|_| self.is_awaited(key))
    }

    /// The same of everything together, but our own funds where it is told by funder.
    #[must_use]
    pub fn rate_of_all(&self) -> Option<Percentage> {
        let mut awaited = Sums::default();
        let rows = self.rows().filter(|(key, _)| self.is_awaited(key));
        rows.for_each(|(_, sums)| awaited.take_in(&sums));
        self.rate_at(self.wish.dimension.done(), &awaited)
    }

    /// Whether what a row adds up can come: nobody notifies us our own funds, nor pays them to us.
    #[must_use]
    pub fn is_awaited(&self, key: &Key) -> bool {
        (self.wish.dimension, key) != (Dimension::Funder, &Key::Funder(None))
    }

    /// How much of what those sums plan in money has come to that measure; none where what is done is of more than what
    /// is planned.
    #[must_use]
    pub fn rate_at(&self, done: Measure, sums: &Sums) -> Option<Percentage> {
        let rate = Percentage::of(sums.of(done), sums.of(Measure::Planned));
        rate.filter(|_| !self.counts_whole_lines)
    }

    /// Everything together.
    #[must_use]
    pub fn total(&self) -> Sums {
        let mut total = Sums::default();
        self.rows().for_each(|(_, sums)| total.take_in(&sums));
        total
    }
}

/// Adds all budgets up.
#[must_use]
pub fn add_up(records: &Records, reference: &Reference, wish: &Wish) -> Ledger {
    add_up_those(records.budgets(), records, reference, wish)
}

/// Adds one budget up, over all its years and in its own currency.
#[must_use]
pub fn add_up_one(
    budget: &Budget,
    records: &Records,
    reference: &Reference,
    dimension: Dimension,
) -> Ledger {
    let wish = Wish {
        currency: budget.currency.clone(),
        ..Wish::by(dimension)
    };
    add_up_those(std::iter::once(budget), records, reference, &wish)
}

fn add_up_those<'a>(
    budgets: impl Iterator<Item = &'a Budget>,
    records: &Records,
    reference: &Reference,
    wish: &Wish,
) -> Ledger {
    let mut adding = Adding {
        records,
        wish,
        exchange: None,
        keys: HashMap::new(),
        sums: Vec::new(),
        counts_whole_lines: false,
    };
    let (mut converted, mut left_out) = (Vec::new(), Vec::new());
    let into_euros = wish.currency == Currency::euro();
    for budget in budgets {
        if budget.currency == wish.currency {
            adding.exchange = None;
            adding.budget(budget);
            continue;
        }
        adding.exchange = exchange(budget, reference).filter(|_| into_euros);
        if adding.exchange.is_some() {
            converted.push(budget.id);
            adding.budget(budget);
        } else {
            left_out.push(budget.id);
        }
    }

    let mut cells: BTreeMap<Key, BTreeMap<i32, Sums>> = BTreeMap::new();
    for (key, place) in std::mem::take(&mut adding.keys) {
        let years = adding.sums.get(place).cloned().unwrap_or_default();
        cells.insert(key, years);
    }
    cells.retain(|_, years| {
        years.retain(|_, sums| !sums.is_empty());
        !years.is_empty()
    });
    Ledger {
        wish: wish.clone(),
        cells,
        converted,
        left_out,
        counts_whole_lines: adding.counts_whole_lines,
    }
}

struct Adding<'a> {
    records: &'a Records,
    wish: &'a Wish,
    /// What turns the amounts of the budget that is added into euros, where they are not.
    exchange: Option<Exchange>,
    /// Each key's place among the sums.
    keys: HashMap<Key, usize>,
    sums: Vec<BTreeMap<i32, Sums>>,
    counts_whole_lines: bool,
}

impl Adding<'_> {
    fn place(&mut self, key: Key) -> usize {
        let next = self.sums.len();
        let place = *self.keys.entry(key).or_insert(next);
        if place == next {
            self.sums.push(BTreeMap::new());
        }
        place
    }

    fn add(&mut self, place: usize, year: i32, measure: Measure, amount: Amount) {
        let amount = match self.exchange {
            Some(exchange) => exchange.euros(amount).unwrap_or(Amount(if amount.0 < 0 {
                i64::MIN
            } else {
                i64::MAX
            })),
            None => amount,
        };
        if let Some(years) = self.sums.get_mut(place) {
            years.entry(year).or_default().add(measure, amount);
        }
    }

    fn has_year(&self, year: i32) -> bool {
        self.wish.years.is_empty() || self.wish.years.contains(&year)
    }

    fn counts(&self, funder: Option<&Funder>) -> bool {
        match self.wish.whose {
            Whose::Everyone => true,
            Whose::Ours => funder.is_some_and(|it| it.partner.is_none()),
        }
    }

    fn budget(&mut self, budget: &Budget) {
        let mut of_year: HashMap<i32, usize> = HashMap::new();
        let funders: HashMap<Id, &Funder> = budget.funders.iter().map(|it| (it.id, it)).collect();
        for line in &budget.lines {
            self.line(budget, line, &funders, &mut of_year);
        }
        for funder in &budget.funders {
            if matches!(self.wish.dimension, Dimension::Scheme | Dimension::Section)
                || !self.counts(Some(funder))
            {
                continue;
            }
            for operation in &funder.operations {
                let Some(measure) = self.measure(operation) else {
                    continue;
                };
                let place = match self.wish.dimension {
                    Dimension::Funder => self.place(Key::Funder(funder.partner)),
                    _ => self.place_of_year(budget, operation.year, &mut of_year),
                };
                self.add(place, operation.year, measure, operation.amount);
            }
        }
    }

    fn line(
        &mut self,
        budget: &Budget,
        line: &Line,
        funders: &HashMap<Id, &Funder>,
        of_year: &mut HashMap<i32, usize>,
    ) {
        let of_line = match self.wish.dimension {
            Dimension::Scheme => {
                let scheme = line.scheme.clone().filter(|slug| slug != "general");
                Some(self.place(Key::Scheme(scheme)))
            }
            Dimension::Section => Some(self.place(Key::Section(line.section))),
            _ => None,
        };
        let planned = if line.in_kind {
            Measure::InKind
        } else {
            Measure::Planned
        };
        for share in &line.shares {
            let funder = funders.get(&share.funder).copied();
            if !self.has_year(share.year) || !self.counts(funder) {
                continue;
            }
            let place = match (of_line, self.wish.dimension) {
                (Some(place), _) => place,
                (None, Dimension::Funder) => self.place(match funder {
                    Some(funder) => Key::Funder(funder.partner),
                    None => Key::Nobody,
                }),
                (None, _) => self.place_of_year(budget, share.year, of_year),
            };
            self.add(place, share.year, planned, share.amount);
        }

        let is_ours = line.shares.is_empty()
            || line.shares.iter().any(|share| {
                funders
                    .get(&share.funder)
                    .is_some_and(|it| it.partner.is_none())
            });
        let counts = match self.wish.whose {
            Whose::Everyone => true,
            Whose::Ours => is_ours,
        };
        if self.wish.dimension == Dimension::Funder || !counts {
            return;
        }
        let is_shared = line.shares.iter().any(|share| {
            let is_another = || !self.counts(funders.get(&share.funder).copied());
            self.has_year(share.year) && !share.amount.is_zero() && is_another()
        });
        for operation in &line.operations {
            let Some(measure) = self.measure(operation) else {
                continue;
            };
            self.counts_whole_lines |= is_shared;
            let place = match of_line {
                Some(place) => place,
                None => self.place_of_year(budget, operation.year, of_year),
            };
            self.add(place, operation.year, measure, operation.amount);
        }
    }

    /// What is done counts; what is only expected does not.
    fn measure(&self, operation: &Operation) -> Option<Measure> {
        (!operation.expected && self.has_year(operation.year)).then(|| Measure::of(operation.step))
    }

    /// The place of what a budget and a year have in common, found once a budget.
    fn place_of_year(
        &mut self,
        budget: &Budget,
        year: i32,
        of_year: &mut HashMap<i32, usize>,
    ) -> usize {
        if let Some(place) = of_year.get(&year) {
            return *place;
        }
        let key = self.key_of_year(budget, year);
        let place = self.place(key);
        of_year.insert(year, place);
        place
    }

    fn key_of_year(&self, budget: &Budget, year: i32) -> Key {
        let records = self.records;
        match self.wish.dimension {
            Dimension::Project => Key::Project(budget.id),
            Dimension::Country => {
                let partners = partners_of(budget, Some(year), records);
                Key::Countries(countries_of(&partners, records))
            }
            Dimension::Theme => {
                let conventions = conventions_of(budget, Some(year), records);
                let themes: BTreeSet<String> = conventions
                    .into_iter()
                    .flat_map(|it| it.themes.iter().cloned())
                    .collect();
                Key::Themes(themes.into_iter().collect())
            }
            Dimension::InCharge => {
                let conventions = conventions_of(budget, Some(year), records);
                let people: BTreeSet<Id> =
                    conventions.iter().filter_map(|it| it.in_charge).collect();
                Key::InCharge(people.into_iter().collect())
            }
            Dimension::Partner => Key::Partners(partners_of(budget, Some(year), records)),
            Dimension::Year | Dimension::Funder | Dimension::Scheme | Dimension::Section => {
                Key::Year(year)
            }
        }
    }
}
