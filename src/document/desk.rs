//! What composing a convention in one language needs at hand: the records by which it is read, the words of the
//! language, the state in which it leaves.

use chrono::NaiveDate;

use crate::model::{
    Amount, Budget, Convention, Currency, Id, Lang, Name, Nature, Partner, Party, Records,
    Signatory, Slice, text,
};
use crate::reference::{Labels, Reference};

use super::{Anchor, Place, State};

/// A convention on the desk, in one language.
pub(super) struct Desk<'a> {
    pub(super) convention: &'a Convention,
    pub(super) records: &'a Records,
    pub(super) reference: &'a Reference,
    pub(super) labels: &'static Labels,
    pub(super) lang: Lang,
    pub(super) state: State,
    /// The day on which what has no day of its own yet is read.
    pub(super) today: NaiveDate,
    /// Whether this is not the first language of the document: anchors must differ.
    pub(super) again: bool,
}

impl<'a> Desk<'a> {
    pub(super) fn is_french(&self) -> bool {
        self.lang.is_french()
    }

    pub(super) fn budget(&self) -> Option<&'a Budget> {
        self.records.budget(self.convention.budget?)
    }

    /// The years of the budget that the convention covers.
    pub(super) fn years(&self) -> Vec<i32> {
        if self.convention.budget_years.is_empty() {
            self.budget()
                .map(|budget| budget.years.clone())
                .unwrap_or_default()
        } else {
            self.convention.budget_years.clone()
        }
    }

    pub(super) fn currency(&self) -> Currency {
        self.budget()
            .map(|budget| budget.currency.clone())
            .unwrap_or_default()
    }

    pub(super) fn partner(&self, party: &Party) -> Option<&'a Partner> {
        self.records.partner(party.partner?)
    }

    /// The official name of a party, in French; the name of a record that is not there is not known.
    pub(super) fn name(&self, party: &Party) -> Option<&'a Name> {
        let name = match party.partner {
            None => &self.records.authority().name,
            Some(id) => &self.records.partner(id)?.name,
        };
        Some(name).filter(|name| !name.text.trim().is_empty())
    }

    /// How the text calls a party once introduced.
    pub(super) fn short_name(&self, party: &Party) -> Option<&'a Name> {
        let short = match party.partner {
            None => self.records.authority().short_name.as_ref(),
            Some(id) => self.records.partner(id)?.short_name.as_ref(),
        };
        short.or_else(|| self.name(party))
    }

    /// Its name in the language of the text where it has one, its own first name otherwise.
    pub(super) fn own_name(&self, party: &Party) -> Option<&'a crate::model::OwnName> {
        let names = &self.partner(party)?.names;
        names
            .iter()
            .find(|name| name.lang.primary() == self.lang.primary())
            .or_else(|| names.first())
    }

    pub(super) fn signatory(&self, party: &Party) -> Option<&'a Signatory> {
        self.records
            .signatory_of(self.convention, party, self.today)
    }

    /// Whether a party decides by deliberation: an authority, French or not.
    pub(super) fn is_authority(&self, party: &Party) -> bool {
        matches!(
            self.records.nature_of(party),
            Some(Nature::FrenchAuthority | Nature::ForeignAuthority | Nature::PublicBody)
        )
    }

    /// What a party is to give over those years, in cash or in kind or both.
    pub(super) fn committed(&self, party: &Party, years: &[i32], in_kind: Option<bool>) -> Amount {
        let Some(budget) = self.budget() else {
            return Amount::ZERO;
        };
        let Some(funder) = budget.funder(&party.key) else {
            return Amount::ZERO;
        };
        budget.planned(Slice {
            years,
            funder: Some(funder.id),
            in_kind,
        })
    }

    /// The funders of the budget that do not sign.
    pub(super) fn co_funders(&self) -> impl Iterator<Item = &'a crate::model::Funder> {
        let convention = self.convention;
        self.budget()
            .into_iter()
            .flat_map(|budget| &budget.funders)
            .filter(|funder| convention.party(&funder.key).is_none())
    }

    /// The text in the language of the desk; in French where a French document has no other.
    pub(super) fn text<'t>(&self, texts: &'t [text::Text]) -> Option<&'t text::Text> {
        text::in_language(texts, &self.lang)
    }

    /// The name of an article or annex among the links of the whole document.
    pub(super) fn anchor(&self, key: &crate::model::Key) -> Anchor {
        if self.again {
            Anchor(crate::model::Key::new(&format!("{}-{key}", self.lang)))
        } else {
            Anchor(key.clone())
        }
    }

    pub(super) fn place(&self, item: Option<Id>, paragraph: usize, length: usize) -> Place {
        Place {
            record: self.convention.id,
            item,
            language: self.lang.clone(),
            paragraph,
            range: 0..length,
        }
    }
}
