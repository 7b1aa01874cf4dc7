//! Versions: a convention and every record that its text reads, as they were on a day.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use super::{Authority, Budget, Contact, Convention, Id, Partner, Records, absent};

/// A version of a convention. Versions are added, never changed.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Version {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// The convention.
    pub convention: Id,
    /// When it was kept.
    pub at: DateTime<Utc>,
    /// Why.
    pub reason: VersionReason,
    /// The name that somebody gave it, « version soumise au bureau », or the act at which it was kept.
    #[serde(default, skip_serializing_if = "absent")]
    pub name: Option<String>,
    /// The application that kept it: `passerelle 0.1.0`.
    pub application: String,
    /// The date of the reference by which it was composed.
    pub reference: String,
    /// Whether this is the signed text: screen, PDF and exports show it from then on.
    #[serde(default, skip_serializing_if = "absent")]
    pub sealed: bool,
    /// The records, as they were.
    pub records: Snapshot,
}

impl Version {
    /// A convention as it is in those records, kept at that moment; nothing when it is not there.
    #[must_use]
    pub fn of(
        convention: Id,
        reason: VersionReason,
        records: &Records,
        id: Id,
        at: DateTime<Utc>,
    ) -> Option<Self> {
        Some(Self {
            id,
            convention,
            at,
            reason,
            name: None,
            application: concat!("passerelle ", env!("CARGO_PKG_VERSION")).to_owned(),
            reference: at.date_naive().to_string(),
            sealed: matches!(reason, VersionReason::Seal | VersionReason::Correction),
            records: Snapshot::of(convention, records)?,
        })
    }

    /// What it is called: its name, or why it was kept.
    #[must_use]
    pub fn told(&self) -> &str {
        match (&self.name, self.reason) {
            (Some(name), _) => name,
            (None, VersionReason::Export) => "Exportée",
            (None, VersionReason::Act) => "À un acte",
            (None, VersionReason::Named) => "Gardée à la demande",
            (None, VersionReason::Replaced) => "Avant un remplacement",
            (None, VersionReason::Seal) => "Texte signé",
            (None, VersionReason::Correction) => "Erreur matérielle corrigée",
        }
    }

    /// The convention that it keeps.
    #[must_use]
    pub fn text(&self) -> Option<&Convention> {
        let mut conventions = self.records.conventions.iter();
        conventions.find(|it| it.id == self.convention)
    }
}

/// Why a version was kept.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum VersionReason {
    /// A document left the house.
    Export,
    /// An act was recorded.
    Act,
    /// Somebody asked for it.
    Named,
    /// Another text was about to take its place.
    Replaced,
    /// The last signature.
    Seal,
    /// « Corriger une erreur matérielle », with its reason in the name.
    Correction,
}

/// Records as they were.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Snapshot {
    /// Our authority.
    pub authority: Authority,
    /// The convention, then its parents as far as its text reads them.
    pub conventions: Vec<Convention>,
    /// The parties and funders.
    #[serde(default, skip_serializing_if = "absent")]
    pub partners: Vec<Partner>,
    /// People named in the text.
    #[serde(default, skip_serializing_if = "absent")]
    pub contacts: Vec<Contact>,
    /// The budget.
    #[serde(default, skip_serializing_if = "absent")]
    pub budgets: Vec<Budget>,
}

impl Snapshot {
    /// The records that the text of a convention reads, as they are now: what is kept when it is signed.
    ///
    /// The department's dictionary is no part of it. Its parents come after it, the nearest first; a circle of parents is cut where it closes.
    #[must_use]
    pub fn of(convention: Id, records: &Records) -> Option<Self> {
        let mut conventions = vec![records.convention(convention)?.clone()];
        while let Some(parent) = conventions
            .last()
            .and_then(|last| last.parent)
            .filter(|parent| conventions.iter().all(|it| it.id != *parent))
            .and_then(|parent| records.convention(parent))
        {
            conventions.push(parent.clone());
        }

        let budgets: Vec<Budget> = conventions
            .iter()
            .filter_map(|convention| records.budget(convention.budget?))
            .cloned()
            .collect();
        let parties = conventions
            .iter()
            .flat_map(|convention| &convention.parties)
            .filter_map(|party| party.partner);
        let funders = budgets
            .iter()
            .flat_map(|budget| &budget.funders)
            .filter_map(|funder| funder.partner);
        let receivers = budgets
            .iter()
            .flat_map(|budget| &budget.lines)
            .filter_map(|line| line.beneficiary);
        let mut bodies: Vec<Id> = parties.chain(funders).chain(receivers).collect();
        bodies.sort_unstable();
        bodies.dedup();

        Some(Self {
            authority: Authority {
                words: Vec::new(),
                ..records.authority().clone()
            },
            partners: bodies
                .into_iter()
                .filter_map(|body| records.partner(body).cloned())
                .collect(),
            contacts: Vec::new(),
            budgets,
            conventions,
        })
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::{Kind, Record};

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    #[test]
    fn a_snapshot_holds_what_the_text_reads_and_no_more() {
        let funder = json!({ "id": id(41), "key": "meae", "partner": id(13) });
        let values = [
            (
                Kind::Partner,
                json!({ "id": id(11), "nature": "foreign-authority", "name": { "text": "Aného" } }),
            ),
            (
                Kind::Partner,
                json!({ "id": id(12), "nature": "association", "name": { "text": "Ailleurs" } }),
            ),
            (
                Kind::Partner,
                json!({ "id": id(13), "nature": "state", "name": { "text": "MEAE" } }),
            ),
            (
                Kind::Budget,
                json!({ "id": id(3), "title": "Eau", "funders": [funder] }),
            ),
            // A circle of parents, as a file from elsewhere may hold.
            (
                Kind::Convention,
                json!({ "id": id(1), "kind": "annual", "title": "Annuelle", "parent": id(2), "budget": id(3),
                "parties": [{ "id": id(21), "key": "valmont" }, { "id": id(22), "key": "aneho", "partner": id(11) }] }),
            ),
            (
                Kind::Convention,
                json!({ "id": id(2), "kind": "framework", "title": "Cadre", "parent": id(1) }),
            ),
        ];
        let records = Records::from_records(
            values.map(|(kind, value)| Record::from_value(kind, value).unwrap()),
        );

        let snapshot = Snapshot::of(id(1), &records).unwrap();
        let titles: Vec<&str> = snapshot
            .conventions
            .iter()
            .map(|it| it.title.as_str())
            .collect();
        assert_eq!(titles, ["Annuelle", "Cadre"]);
        let partners: Vec<&str> = snapshot
            .partners
            .iter()
            .map(|it| it.name.text.as_str())
            .collect();
        assert_eq!(partners, ["Aného", "MEAE"]);
        assert_eq!(snapshot.budgets.len(), 1);
        assert!(Snapshot::of(id(9), &records).is_none());

        let at = DateTime::UNIX_EPOCH;
        let kept = |reason| Version::of(id(1), reason, &records, id(50), at).unwrap();
        assert!(kept(VersionReason::Seal).sealed && !kept(VersionReason::Named).sealed);
        assert_eq!(kept(VersionReason::Seal).reference, "1970-01-01");
    }
}
