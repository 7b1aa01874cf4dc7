//! The columns of the table, and the orders that they give it.

use std::cmp::Ordering;

use serde::{Deserialize, Serialize};

use super::line::Line;
use crate::app::widget::Order;

/// What the table can be sorted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Column {
    /// The title, amendments under what they amend.
    Title,
    /// The kind.
    Kind,
    /// The partners, as they are named.
    Partner,
    /// Their countries.
    Country,
    /// Where it stands.
    Stage,
    /// What it waits for: the soonest first.
    Next,
    /// Its last day.
    Term,
    /// What we commit.
    Amount,
    /// Who follows it.
    InCharge,
    /// What there is to see to, the gravest first.
    Findings,
}

impl Column {
    /// All of them, in the order of the table.
    pub const ALL: [Self; 10] = [
        Self::Title,
        Self::Kind,
        Self::Partner,
        Self::Country,
        Self::Stage,
        Self::Next,
        Self::InCharge,
        Self::Term,
        Self::Amount,
        Self::Findings,
    ];

    /// Its name at the head of the table.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Title => "Convention",
            Self::Kind => "Genre",
            Self::Partner => "Partenaire",
            Self::Country => "Pays",
            Self::Stage => "Étape",
            Self::Next => "Prochain acte",
            Self::Term => "Terme",
            Self::Amount => "Engagement",
            Self::InCharge => "Suivi par",
            Self::Findings => "À vérifier",
        }
    }
}

/// By stage, as the work goes.
pub const USUAL: Order<Column> = Order::by(Column::Stage);

impl Order<Column> {
    /// Whether one line comes before another. What is not said comes last in both directions; ties go by title.
    #[must_use]
    pub fn compare(self, one: &Line, other: &Line) -> Ordering {
        let order = match self.by {
            Column::Title => self
                .apply(one.family.cmp(&other.family))
                .then_with(|| one.is_amendment.cmp(&other.is_amendment)),
            Column::Kind => self.apply(one.kind.cmp(other.kind)),
            Column::Partner => self.last(&one.partners_key, &other.partners_key),
            Column::Country => self.last(&one.countries_key, &other.countries_key),
            Column::Stage => self.apply(one.stage.cmp(&other.stage)),
            Column::Next => self.known(one.due, other.due),
            Column::Term => self.known(one.end, other.end),
            Column::Amount => self.known(one.amount_cents, other.amount_cents),
            Column::InCharge => self.last(&one.in_charge_key, &other.in_charge_key),
            Column::Findings => self.apply(other.tally.cmp(&one.tally)),
        };
        order
            .then_with(|| one.title_key.cmp(&other.title_key))
            .then_with(|| one.id.cmp(&other.id))
    }

    fn known<T: Ord>(self, one: Option<T>, other: Option<T>) -> Ordering {
        match (one, other) {
            (Some(one), Some(other)) => self.apply(one.cmp(&other)),
            (one, other) => one.is_none().cmp(&other.is_none()),
        }
    }

    fn last(self, one: &[u8], other: &[u8]) -> Ordering {
        let said = |key: &'_ [u8]| !key.is_empty();
        self.known(
            Some(one).filter(|key| said(key)),
            Some(other).filter(|key| said(key)),
        )
    }
}
