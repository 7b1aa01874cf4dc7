//! What of the table is shown, and the views by which a person comes back to it.

use serde::{Deserialize, Serialize};

use super::column::Column;
use super::line::Line;
use crate::app::widget::Order;
use crate::model::{ConventionKind, Id as RecordKey, Stage, fold};

/// What a line has to be to be shown; everything when nothing is asked.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Words that its title, its partners, its kind or who follows it hold.
    pub search: String,
    /// Its kind.
    pub kind: Option<ConventionKind>,
    /// Where it stands.
    pub stage: Option<Stage>,
    /// A country of its partners, by its code.
    pub country: Option<String>,
    /// One of its partners.
    pub partner: Option<RecordKey>,
    /// Who follows it.
    pub in_charge: Option<RecordKey>,
    /// Whether there is something to see to.
    pub with_findings: bool,
}

impl Filter {
    /// Which of the lines answer, by their rank.
    #[must_use]
    pub fn among(&self, lines: &[Line]) -> Vec<usize> {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let answers = |line: &Line| {
            words.iter().all(|word| line.search.contains(word))
                && self.kind.is_none_or(|kind| line.convention_kind == kind)
                && self.stage.is_none_or(|stage| line.stage == stage)
                && self
                    .country
                    .as_ref()
                    .is_none_or(|country| line.country_codes.contains(country))
                && self
                    .partner
                    .is_none_or(|partner| line.partner_ids.contains(&partner))
                && self
                    .in_charge
                    .is_none_or(|person| line.in_charge_id == Some(person))
                && (!self.with_findings || !line.tally.is_empty())
        };
        lines
            .iter()
            .enumerate()
            .filter(|(_, line)| answers(line))
            .map(|(rank, _)| rank)
            .collect()
    }
}

/// A filter and an order that somebody gave a name. It is that person's, kept with what they prefer: it neither shows
/// to colleagues nor touches the workspace.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SavedView {
    /// The name.
    pub name: String,
    /// What is shown.
    #[serde(default)]
    pub filter: Filter,
    /// In which order.
    pub order: Order<Column>,
}
