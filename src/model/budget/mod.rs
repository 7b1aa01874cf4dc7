//! A project's budget: lines planned by year and shared among funders, and what was really done.
//!
//! Only shares and operations are entered; every other figure is a sum of them ([`Totals`]). What typing in a table of
//! them does is in `entry`; formulas that are typed are reckoned by [`evaluate`].

mod entry;
mod formula;
mod split;
#[cfg(test)]
mod tests;
mod totals;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Currency, Foreign, Id, Key, Piece, Rate, Shared, Snooze, absent, fold};

pub use self::entry::Holder;
pub use self::formula::{FormulaFault, evaluate};
pub use self::split::split;
pub use self::totals::{ByYear, Sums, Totals, UnderHeading};

/// The headings under which co-funders usually want expenses (the files of the MEAE's calls, of FICOL, of water
/// agencies); a line may stand under any other.
pub const HEADINGS: [&str; 9] = [
    "Ressources humaines",
    "Missions et déplacements",
    "Études, assistance technique, formation",
    "Équipements et fournitures",
    "Travaux et infrastructures",
    "Communication, sensibilisation",
    "Suivi, évaluation, audit",
    "Frais de gestion",
    "Imprévus",
];

/// The usual heading that begins with that: three letters at least.
#[must_use]
pub fn usual_heading(said: &str) -> Option<&'static str> {
    let said = fold(said);
    let mut usual = HEADINGS.into_iter();
    usual.find(|usual| said.chars().count() >= 3 && fold(usual).starts_with(said.as_str()))
}

/// The budget of a cooperation project, with or without a convention.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Budget {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// Its title: « Eau et assainissement à Porto-Novo, 2027-2029 ».
    pub title: String,
    /// The currency of every amount that names no other.
    #[serde(default)]
    pub currency: Currency,
    /// What that currency is worth, where nothing fixes it.
    #[serde(default, skip_serializing_if = "absent")]
    pub rate: Option<Rate>,
    /// The years, in order.
    #[serde(default, skip_serializing_if = "absent")]
    pub years: Vec<i32>,
    /// Who pays, in the order of the tables.
    #[serde(default, skip_serializing_if = "absent")]
    pub funders: Vec<Funder>,
    /// What it pays for.
    #[serde(default, skip_serializing_if = "absent")]
    pub lines: Vec<Shared<Line>>,
    /// The partner countries or bodies that it is for, where no convention says so.
    #[serde(default, skip_serializing_if = "absent")]
    pub partners: Vec<Id>,
    /// Files.
    #[serde(default, skip_serializing_if = "absent")]
    pub pieces: Vec<Piece>,
    /// The department's own remarks.
    #[serde(default, skip_serializing_if = "absent")]
    pub notes: Option<String>,
    /// Alerts put off.
    #[serde(default, skip_serializing_if = "absent")]
    pub snoozed: Vec<Snooze>,
}

/// Who pays.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Funder {
    /// Its identifier; shares name it.
    pub id: Id,
    /// The key by which conventions know it: that of the party, when it is one.
    pub key: Key,
    /// The body; our own authority when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub partner: Option<Id>,
    /// How sure its money is. One that does not sign is never « engagé ».
    #[serde(default, skip_serializing_if = "absent")]
    pub certainty: Certainty,
    /// The call or scheme under which it pays: « AAP MEAE 2025 ».
    #[serde(default, skip_serializing_if = "absent")]
    pub call: Option<String>,
    /// The rules against which the budget is looked at for it: a slug of the reference, `meae-2025`, or the identifier of
    /// one of our authority's own calls.
    #[serde(default, skip_serializing_if = "absent")]
    pub rule: Option<String>,
    /// What it has notified, been invoiced, paid.
    #[serde(default, skip_serializing_if = "absent")]
    pub operations: Vec<Operation>,
}

/// How sure a funder's money is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Certainty {
    /// Attendu.
    #[default]
    Expected,
    /// Notifié.
    Notified,
    /// Engagé by its own signature of the convention.
    Committed,
}

impl Certainty {
    /// From the least sure to the surest.
    pub const ALL: [Self; 3] = [Self::Expected, Self::Notified, Self::Committed];

    /// Its name on screens and in tables.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Expected => "Attendu",
            Self::Notified => "Notifié",
            Self::Committed => "Engagé",
        }
    }
}

/// An expense.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Line {
    /// Its identifier.
    pub id: Id,
    /// The heading that it stands under, one of the nine usual ones or the department's own.
    pub heading: String,
    /// What it pays for.
    pub label: String,
    /// Whether it is running or capital expenditure.
    #[serde(default, skip_serializing_if = "absent")]
    pub section: Section,
    /// Whether it is given in kind: staff, premises, never money.
    #[serde(default, skip_serializing_if = "absent")]
    pub in_kind: bool,
    /// The 1 % scheme that it is charged to; the general budget when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub scheme: Option<String>,
    /// The service's budget that pays under that scheme.
    #[serde(default, skip_serializing_if = "absent")]
    pub service_budget: Option<String>,
    /// M57 function.
    #[serde(default, skip_serializing_if = "absent")]
    pub function: Option<String>,
    /// M57 account.
    #[serde(default, skip_serializing_if = "absent")]
    pub account: Option<String>,
    /// OECD purpose code (secteur CRS), five digits.
    #[serde(default, skip_serializing_if = "absent")]
    pub purpose: Option<String>,
    /// OECD type of aid.
    #[serde(default, skip_serializing_if = "absent")]
    pub aid_type: Option<String>,
    /// OECD channel of delivery.
    #[serde(default, skip_serializing_if = "absent")]
    pub channel: Option<String>,
    /// The body that receives the money, where it is a grant.
    #[serde(default, skip_serializing_if = "absent")]
    pub beneficiary: Option<Id>,
    /// The amount as first told in another currency.
    #[serde(default, skip_serializing_if = "absent")]
    pub foreign: Option<Foreign>,
    /// Who is to pay how much of it, year by year.
    #[serde(default, skip_serializing_if = "absent")]
    pub shares: Vec<Share>,
    /// What was committed, ordered, paid.
    #[serde(default, skip_serializing_if = "absent")]
    pub operations: Vec<Operation>,
}

/// Running or capital expenditure.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Default, Serialize, Deserialize,
)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Fonctionnement.
    #[default]
    Running,
    /// Investissement.
    Capital,
}

impl Section {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Running, Self::Capital];

    /// Its name on screens and in tables.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Running => "Fonctionnement",
            Self::Capital => "Investissement",
        }
    }
}

/// What one funder is to pay of one line in one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Share {
    /// Its identifier.
    pub id: Id,
    /// The year.
    pub year: i32,
    /// The funder's identifier.
    pub funder: Id,
    /// In the budget's currency.
    pub amount: Amount,
}

/// Something done or expected: money committed, ordered, paid; notified, invoiced, received.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Operation {
    /// Its identifier.
    pub id: Id,
    /// What was done.
    pub step: Step,
    /// The year whose budget it belongs to.
    pub year: i32,
    /// In the budget's currency.
    pub amount: Amount,
    /// The day it was done, or is expected.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// Whether it is still to come: these make the schedule.
    #[serde(default, skip_serializing_if = "absent")]
    pub expected: bool,
    /// Finance's reference: number of the engagement, of the mandate.
    #[serde(default, skip_serializing_if = "absent")]
    pub reference: Option<String>,
    /// What it was for, as finance says it.
    #[serde(default, skip_serializing_if = "absent")]
    pub object: Option<String>,
    /// What must happen first: « sur remise du rapport intermédiaire ».
    #[serde(default, skip_serializing_if = "absent")]
    pub condition: Option<String>,
    /// The proof.
    #[serde(default, skip_serializing_if = "absent")]
    pub piece: Option<Piece>,
    /// Whether a total was typed rather than one operation: « saisie globale ».
    #[serde(default, skip_serializing_if = "absent")]
    pub lump: bool,
}

/// The steps of an expense, then those of an income.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Step {
    /// Engagé.
    Committed,
    /// Mandaté.
    Ordered,
    /// Payé.
    Paid,
    /// Notifié.
    Notified,
    /// Titré.
    Invoiced,
    /// Encaissé.
    Received,
}

impl Step {
    /// The steps of an expense.
    pub const OF_EXPENSES: [Self; 3] = [Self::Committed, Self::Ordered, Self::Paid];
    /// The steps of an income.
    pub const OF_INCOMES: [Self; 3] = [Self::Notified, Self::Invoiced, Self::Received];

    /// Its rank among the three of an expense, or of an income, from 0.
    #[must_use]
    pub const fn rank(self) -> usize {
        match self {
            Self::Committed | Self::Notified => 0,
            Self::Ordered | Self::Invoiced => 1,
            Self::Paid | Self::Received => 2,
        }
    }

    /// The steps of an expense, then those of an income.
    pub const ALL: [Self; 6] = [
        Self::Committed,
        Self::Ordered,
        Self::Paid,
        Self::Notified,
        Self::Invoiced,
        Self::Received,
    ];

    /// What is done when it is: a name that stands whether it is done or expected, « Paiement · prévu ».
    #[must_use]
    pub const fn act(self) -> &'static str {
        match self {
            Self::Committed => "Engagement",
            Self::Ordered => "Mandatement",
            Self::Paid => "Paiement",
            Self::Notified => "Notification",
            Self::Invoiced => "Titre",
            Self::Received => "Encaissement",
        }
    }

    /// Its name on screens and in tables, once it is done.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Committed => "Engagé",
            Self::Ordered => "Mandaté",
            Self::Paid => "Payé",
            Self::Notified => "Notifié",
            Self::Invoiced => "Titré",
            Self::Received => "Encaissé",
        }
    }
}

/// What to add up: any of these left open takes everything.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Slice<'a> {
    /// These years only; all when empty.
    pub years: &'a [i32],
    /// This funder only.
    pub funder: Option<Id>,
    /// In kind only, or in money only.
    pub in_kind: Option<bool>,
}

impl Slice<'_> {
    fn has_year(&self, year: i32) -> bool {
        self.years.is_empty() || self.years.contains(&year)
    }
}

impl Budget {
    /// An empty budget in euros.
    #[must_use]
    pub fn new(id: Id, title: impl Into<String>) -> Self {
        Self {
            id,
            title: title.into(),
            currency: Currency::euro(),
            rate: None,
            years: Vec::new(),
            funders: Vec::new(),
            lines: Vec::new(),
            partners: Vec::new(),
            pieces: Vec::new(),
            notes: None,
            snoozed: Vec::new(),
        }
    }

    /// Whether its amounts are euro cents, so that they can be added to others and compared with thresholds.
    #[must_use]
    pub fn is_in_euros(&self) -> bool {
        self.currency == Currency::euro()
    }

    /// Its years, and those in which something is planned or done all the same, in order: no money is out of sight.
    #[must_use]
    pub fn all_years(&self) -> Vec<i32> {
        let of_lines = self.lines.iter().flat_map(|line| line.years());
        let incomes = self.funders.iter().flat_map(|funder| &funder.operations);
        let mut years = self.years.clone();
        let mut known = |year: i32| {
            if !years.contains(&year) {
                years.push(year);
            }
        };
        of_lines.for_each(&mut known);
        incomes.for_each(|it| known(it.year));
        years.sort_unstable();
        years.dedup();
        years
    }

    /// What is planned in that slice, in the budget's currency.
    #[must_use]
    pub fn planned(&self, slice: Slice<'_>) -> Amount {
        self.lines
            .iter()
            .filter(|line| slice.in_kind.is_none_or(|in_kind| line.in_kind == in_kind))
            .flat_map(|line| &line.shares)
            .filter(|share| slice.has_year(share.year))
            .filter(|share| slice.funder.is_none_or(|funder| share.funder == funder))
            .map(|share| share.amount)
            .sum()
    }

    /// What has been done at that step in those years (all when empty), expected operations left out.
    #[must_use]
    pub fn done(&self, step: Step, years: &[i32]) -> Amount {
        let expenses = self.lines.iter().flat_map(|line| &line.operations);
        let incomes = self.funders.iter().flat_map(|funder| &funder.operations);

        expenses
            .chain(incomes)
            .filter(|operation| operation.step == step && !operation.expected)
            .filter(|operation| years.is_empty() || years.contains(&operation.year))
            .map(|operation| operation.amount)
            .sum()
    }

    /// The funder that a convention knows by that key.
    #[must_use]
    pub fn funder(&self, key: &Key) -> Option<&Funder> {
        self.funders.iter().find(|funder| funder.key == *key)
    }
}
