//! The case that is drafted: who is bound, what holds, and the words that follow from it.

use std::collections::BTreeSet;

use chrono::{Datelike, NaiveDate};

use super::wording::put_in;
use super::{Brief, CannotDraft};
use crate::model::{Convention, ConventionKind, Id, Ids, Key, Name, Nature, Party, Records};
use crate::reference::{Circumstance, Passage, Side};

/// A convention to be drafted, with its parties.
pub(super) struct Case<'a> {
    records: &'a Records,
    /// Our own authority first.
    pub(super) parties: Vec<Party>,
    holding: BTreeSet<Circumstance>,
    parent: Option<Id>,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
}

impl<'a> Case<'a> {
    /// The case of a brief.
    pub(super) fn new(
        brief: &Brief,
        records: &'a Records,
        ids: &mut Ids,
    ) -> Result<Self, CannotDraft> {
        if let Some(missing) = brief
            .partners
            .iter()
            .find(|id| records.partner(**id).is_none())
        {
            return Err(CannotDraft::NoSuchPartner(*missing));
        }
        let mut case = Self {
            records,
            parties: Vec::new(),
            holding: BTreeSet::new(),
            parent: brief.parent,
            start: brief.start,
            end: brief.end,
        };
        match case
            .parent()
            .filter(|_| brief.kind == ConventionKind::Amendment)
        {
            Some(amended) => case.add_parties_of(amended, ids),
            None => {
                case.add_party(None, ids);
                for partner in &brief.partners {
                    case.add_party(Some(*partner), ids);
                }
            }
        }

        let kind = brief.kind;
        let is_with_association = kind.is_grant() || kind == ConventionKind::Emergency;
        let is_with_authority = kind.is_cooperation() || kind.is_charter();
        if is_with_authority && case.keys(Side::Partner).is_empty() {
            return Err(CannotDraft::NeedsAuthority(kind));
        }
        if is_with_association && case.keys(Side::Association).is_empty() {
            return Err(CannotDraft::NeedsAssociation(kind));
        }
        let needs_parent = matches!(kind, ConventionKind::Annual | ConventionKind::Amendment);
        if needs_parent && brief.parent.and_then(|id| records.convention(id)).is_none() {
            return Err(CannotDraft::NeedsParent(kind));
        }
        case.holding = case.circumstances(brief);
        Ok(case)
    }

    /// The case of a convention that stands.
    pub(super) fn of(convention: &Convention, records: &'a Records) -> Self {
        let budget = convention.budget.and_then(|id| records.budget(id));
        let brief = Brief {
            money: budget.is_some(),
            cofunding: budget.is_some_and(|budget| {
                budget
                    .funders
                    .iter()
                    .any(|funder| convention.party(&funder.key).is_none())
            }),
            passing_on: convention.parties.iter().any(|party| party.passes_on),
            schemes: budget
                .into_iter()
                .flat_map(|budget| &budget.lines)
                .filter_map(|line| line.scheme.clone())
                .collect(),
            languages: convention
                .languages
                .iter()
                .filter(|lang| !lang.is_french())
                .cloned()
                .collect(),
            parent: convention.parent,
            ..Brief::new(convention.kind, Vec::new())
        };
        let mut case = Self {
            records,
            parties: convention.parties.clone(),
            holding: BTreeSet::new(),
            parent: convention.parent,
            start: convention.start,
            end: convention.end,
        };
        case.holding = case.circumstances(&brief);
        case
    }

    /// The convention that this one carries out, amends or renews.
    pub(super) fn parent(&self) -> Option<&'a Convention> {
        self.records.convention(self.parent?)
    }

    /// The same parties under the same keys, so that fields and budget name them alike.
    fn add_parties_of(&mut self, amended: &Convention, ids: &mut Ids) {
        self.parties = amended
            .parties
            .iter()
            .map(|party| Party {
                id: ids.next_id(),
                ..party.clone()
            })
            .collect();
    }

    fn add_party(&mut self, partner: Option<Id>, ids: &mut Ids) {
        let called = self
            .called(partner)
            .map_or_else(String::new, |name| name.text.clone());
        let first = Key::fold(&called);
        let taken = |key: &Key| self.parties.iter().any(|party| party.key == *key);
        let key = first.free(taken);
        self.parties.push(Party {
            id: ids.next_id(),
            key,
            partner,
            signatory: None,
            capacity: None,
            decided_by: None,
            passes_on: false,
        });
    }

    /// How texts call our own authority, or a partner, once introduced.
    fn called(&self, partner: Option<Id>) -> Option<&'a Name> {
        match partner {
            None => {
                let ours = self.records.authority();
                Some(ours.short_name.as_ref().unwrap_or(&ours.name))
            }
            Some(id) => {
                let partner = self.records.partner(id)?;
                Some(partner.short_name.as_ref().unwrap_or(&partner.name))
            }
        }
    }

    fn circumstances(&self, brief: &Brief) -> BTreeSet<Circumstance> {
        use Circumstance as It;

        let pays = |slug: &str| brief.money && brief.schemes.iter().any(|scheme| scheme == slug);
        let foreign = self.parties.iter().any(|party| {
            let partner = party.partner.and_then(|id| self.records.partner(id));
            partner
                .is_some_and(|partner| partner.country.as_deref().is_some_and(|code| code != "FR"))
        });
        let kind = match self.parent() {
            Some(amended) if brief.kind == ConventionKind::Amendment => amended.kind,
            _ => brief.kind,
        };
        let years = (
            self.start.map(|day| day.year()),
            self.end.map(|day| day.year()),
        );
        let goes_on = matches!(years, (Some(first), Some(last)) if first < last);
        let is_grant = kind.is_grant() || kind == ConventionKind::Emergency;
        [
            (It::Money, brief.money),
            (It::NoMoney, !brief.money),
            (It::Cofunding, brief.money && brief.cofunding),
            (It::Association, !self.keys(Side::Association).is_empty()),
            (It::PassingOn, brief.money && brief.passing_on),
            (It::Grant, is_grant),
            (It::NotGrant, !is_grant),
            (It::SeveralYears, goes_on),
            (It::OneYear, !goes_on),
            (It::Foreign, foreign),
            (It::SeveralParties, self.parties.len() > 2),
            (It::SeveralLanguages, !brief.languages.is_empty()),
            (It::OneLanguage, brief.languages.is_empty()),
            (It::Parent, brief.parent.is_some()),
            (It::Water, pays("eau")),
            (It::Energy, pays("energie")),
            (It::WaterOrEnergy, pays("eau") || pays("energie")),
            (It::Waste, pays("dechets")),
            (It::Mobility, pays("mobilite")),
        ]
        .into_iter()
        .filter_map(|(circumstance, holds)| holds.then_some(circumstance))
        .collect()
    }

    pub(super) fn holds(&self, circumstance: Circumstance) -> bool {
        self.holding.contains(&circumstance)
    }

    pub(super) fn all_hold(&self, circumstances: &[Circumstance]) -> bool {
        circumstances.iter().all(|it| self.holds(*it))
    }

    /// The keys of the parties of that sort, in order. A body that is neither an authority nor our own stands with the
    /// associations.
    pub(super) fn keys(&self, side: Side) -> Vec<&Key> {
        self.parties
            .iter()
            .filter(|party| party.partner.is_some())
            .filter(|party| {
                let is_partner = matches!(
                    self.records.nature_of(party),
                    Some(
                        Nature::ForeignAuthority
                            | Nature::DeconcentratedBody
                            | Nature::FrenchAuthority
                    )
                );
                is_partner == (side == Side::Partner)
            })
            .map(|party| &party.key)
            .collect()
    }

    /// The paragraphs that have their place, those that say « each » said for each.
    pub(super) fn paragraphs(&self, passages: &[Passage], own: Option<&Key>) -> Vec<String> {
        let mut paragraphs = Vec::new();
        for passage in passages
            .iter()
            .filter(|passage| self.all_hold(passage.when()))
        {
            let text = passage.text();
            let each: Vec<&Key> = if text.contains("@chaque-partenaire") {
                self.keys(Side::Partner)
            } else if text.contains("@chaque") {
                self.parties.iter().map(|party| &party.key).collect()
            } else {
                paragraphs.push(self.fill(text, own));
                continue;
            };
            let last = each.len().saturating_sub(1);
            for (place, key) in each.into_iter().enumerate() {
                // The last item of a list that is said for each ends it.
                let text = match text.strip_suffix("\u{202f};") {
                    Some(item) if place == last => format!("{item}."),
                    _ => text.to_owned(),
                };
                let text = put_in(&text, "chaque-partenaire", &[key]);
                paragraphs.push(self.fill(&put_in(&text, "chaque", &[key]), own));
            }
        }
        paragraphs
    }

    /// The text with the keys of this case. Where one party is expected and there are several, each is named.
    pub(super) fn fill(&self, text: &str, own: Option<&Key>) -> String {
        let ours: Vec<&Key> = self
            .parties
            .iter()
            .filter(|party| party.partner.is_none())
            .map(|party| &party.key)
            .collect();
        let own = own.map(|key| [key]);
        let of = |side: Side| {
            let keys = self.keys(side);
            match own {
                Some([key]) if keys.contains(&key) => vec![key],
                _ => keys,
            }
        };
        let text = put_in(text, "nous", &ours);
        let text = put_in(&text, "partenaire", &of(Side::Partner));
        put_in(&text, "association", &of(Side::Association))
    }

    /// The key of an article, with that of its party in it.
    pub(super) fn fill_key(&self, key: &str, own: Option<&Key>) -> String {
        let ours = self
            .parties
            .iter()
            .find(|party| party.partner.is_none())
            .map(|party| &party.key);
        let first = |side| own.or_else(|| self.keys(side).first().copied());
        [
            ("@nous", ours),
            ("@partenaire", first(Side::Partner)),
            ("@association", first(Side::Association)),
        ]
        .into_iter()
        .fold(key.to_owned(), |key, (mark, party)| {
            party.map_or_else(|| key.clone(), |party| key.replace(mark, party.as_str()))
        })
    }

    /// A title, with names instead of fields: « Engagements du Havre ».
    pub(super) fn fill_names(&self, title: &str, own: Option<&Key>) -> String {
        let filled = self.fill(title, own);
        let mut said = filled;
        for party in &self.parties {
            let of = self.called(party.partner).map(Name::of).unwrap_or_default();
            said = said.replace(&format!("{{{{partie.{}.du}}}}", party.key), &of);
        }
        said
    }

    /// The title of the convention.
    pub(super) fn fill_title(&self, title: &str) -> String {
        let called = |keys: &[&Key]| {
            let names: Vec<String> = keys
                .iter()
                .filter_map(|key| self.parties.iter().find(|party| party.key == **key))
                .filter_map(|party| self.called(party.partner))
                .map(|name| name.text.clone())
                .collect();
            names.join(" – ")
        };
        let associations = self.keys(Side::Association);
        let associations = associations
            .iter()
            .filter_map(|key| self.parties.iter().find(|party| party.key == **key))
            .filter_map(|party| self.called(party.partner))
            .map(Name::with_article)
            .collect::<Vec<_>>()
            .join(" et ");
        let ours = self
            .called(None)
            .map_or_else(String::new, |name| name.text.clone());
        let parent = self.parent();
        let number = self.parent.map_or(1, |id| {
            let amendments = self
                .records
                .children_of(id)
                .filter(|it| it.kind == ConventionKind::Amendment);
            1 + amendments.count()
        });
        let year = self
            .start
            .or(self.end)
            .map(|day| day.year().to_string())
            .unwrap_or_default();
        let period = match (self.start, self.end) {
            (Some(start), Some(end)) if start.year() != end.year() => {
                format!("{}-{}", start.year(), end.year())
            }
            _ => year.clone(),
        };
        let filled = [
            ("{nous}", ours),
            ("{partenaires}", called(&self.keys(Side::Partner))),
            ("{association}", associations),
            ("{numero}", number.to_string()),
            ("{periode}", period),
            ("{annee}", year),
            (
                "{parent}",
                parent.map(|it| it.title.clone()).unwrap_or_default(),
            ),
        ]
        .into_iter()
        .fold(title.to_owned(), |title, (place, words)| {
            title.replace(place, &words)
        });
        filled
            .split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// The law of each partner's country, where its sheet names one.
    pub(super) fn own_laws(&self) -> Vec<String> {
        let partners = self
            .parties
            .iter()
            .filter_map(|party| self.records.partner(party.partner?));
        let mut laws: Vec<String> = Vec::new();
        for law in partners.filter_map(|partner| partner.own_law.as_ref()) {
            let law = with_article(law);
            if !laws.contains(&law) {
                laws.push(law);
            }
        }
        laws
    }

    /// The decision of each party that decides by deliberation or has a governing body.
    pub(super) fn decisions(&self) -> Vec<String> {
        let decides = |party: &&Party| {
            matches!(
                self.records.nature_of(party),
                Some(Nature::FrenchAuthority | Nature::ForeignAuthority | Nature::PublicBody)
            )
        };
        self.parties
            .iter()
            .filter(decides)
            .map(|party| {
                let key = &party.key;
                format!(
                    "la délibération n°\u{a0}{{{{vote.{key}.numero}}}} {{{{partie.{key}.organe-du}}}} en date du \
                     {{{{vote.{key}.date}}}}"
                )
            })
            .collect()
    }
}

/// « la loi n° … » from « loi n° … »: a citation begins with its article.
fn with_article(law: &str) -> String {
    let first = law.split(' ').next().unwrap_or_default().to_lowercase();
    match first.as_str() {
        "loi" | "constitution" | "ordonnance" | "décision" | "charte" => {
            let name = Name {
                article: Some(crate::model::NameArticle::La),
                ..Name::new(law)
            };
            name.with_article()
        }
        "code" | "décret" | "règlement" | "dahir" => format!("le {law}"),
        _ => law.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_law_is_cited_with_its_article() {
        assert_eq!(with_article("loi n° 2021-14"), "la loi n° 2021-14");
        assert_eq!(with_article("ordonnance n° 2"), "l’ordonnance n° 2");
        assert_eq!(
            with_article("code des collectivités"),
            "le code des collectivités"
        );
        assert_eq!(with_article("la loi n° 3"), "la loi n° 3");
    }
}
