//! The knowledge that ships: law, glossary, organisations, countries and their money, kinds of authority,
//! themes and goals, and the labels that documents print.
//!
//! It holds facts, each with its date and how sure it is; it decides nothing: rules stand in `check`, the
//! grammar of sentences in `document`. Those two, the command line and the window read it.
//!
//! [`Reference::shipped`] is what is compiled in. Each table is read on its first use, so that an export
//! pays for the countries and not for the glossary. A department corrects entries in its workspace:
//! [`Reference::corrected`] lays such corrections over what ships.

mod aid;
mod authority_kind;
mod citation;
mod clause;
mod country;
mod country_names;
mod currency;
mod directory;
mod funding;
mod glossary;
mod labels;
mod land;
mod law;
mod resources;
mod subjects;
mod table;
#[cfg(test)]
mod tests;
mod towns;

use std::sync::OnceLock;

use serde_json::Value;

use crate::model::{ConventionKind, Lang};

pub use aid::{AID_TYPES, CHANNELS};
pub use authority_kind::{AuthorityKind, Category, Delegate, Level, Prefect, Title};
pub use citation::{Citations, Number};
pub use clause::{
    Alternative, Circumstance, Clause, ClauseUse, ConventionModel, ModelAnnex, ModelVisa, Passage,
    Side, VisaSource, Weight,
};
pub use country::{Country, Group, Oda, OdaCategory};
pub use country_names::CountryNames;
pub use currency::{Currency, Parity, thousands};
pub use directory::{Need, Organisation};
pub use funding::{FundingRule, Rate, RateFor};
pub use glossary::GlossaryTerm;
pub use labels::{
    Agreed, ArticleLabels, BudgetLabels, CommitmentLabels, CurrencyWords, DateLabels, Labels,
    NumberLabels, PageLabels, PartyLabels, PreambleLabels, Quotes, SheetLabels, SignatureLabels,
    fill,
};
pub use land::land;
pub use law::{Ceiling, LegalKind, LegalText, Milestone, Status};
pub use resources::{Example, Origin, Reason, Way};
pub use subjects::{Goal, MillenniumGoal, Purpose, Scheme, Theme};
pub use table::{Correction, CorrectionError, Entry, Retired, Table};
pub use towns::{Town, Towns};

use table::Shelf;

/// How sure an entry is.
#[derive(
    Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, serde::Serialize, serde::Deserialize,
)]
pub enum Confidence {
    /// Read in a source that the entry cites.
    #[serde(rename = "vérifié")]
    Verified,
    /// From usage or memory: shown as such, never a ground to call something irregular.
    #[serde(rename = "à confirmer")]
    ToConfirm,
}

impl Confidence {
    /// As a reader sees it.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Verified => "vérifié",
            Self::ToConfirm => "à confirmer",
        }
    }

    /// Whether it was read in a source.
    #[must_use]
    pub const fn is_verified(self) -> bool {
        matches!(self, Self::Verified)
    }
}

/// Everything that the application knows.
pub struct Reference {
    countries: Shelf<Country>,
    currencies: Shelf<Currency>,
    authority_kinds: Shelf<AuthorityKind>,
    legal: Shelf<LegalText>,
    glossary: Shelf<GlossaryTerm>,
    directory: Shelf<Organisation>,
    themes: Shelf<Theme>,
    goals: Shelf<Goal>,
    schemes: Shelf<Scheme>,
    purposes: Shelf<Purpose>,
    funding: Shelf<FundingRule>,
    millennium: Shelf<MillenniumGoal>,
    origins: Shelf<Origin>,
    reasons: Shelf<Reason>,
    examples: Shelf<Example>,
    clauses: Shelf<Clause>,
    models: Shelf<ConventionModel>,
}

impl Reference {
    fn new() -> Self {
        Self {
            countries: Shelf::new(include_str!("../../assets/reference/countries.json")),
            currencies: Shelf::new(include_str!("../../assets/reference/currencies.json")),
            authority_kinds: Shelf::new(include_str!(
                "../../assets/reference/authority_kinds.json"
            )),
            legal: Shelf::new(include_str!("../../assets/reference/legal.json")),
            glossary: Shelf::new(include_str!("../../assets/reference/glossary.json")),
            directory: Shelf::new(include_str!("../../assets/reference/directory.json")),
            themes: Shelf::new(include_str!("../../assets/reference/themes.json")),
            goals: Shelf::new(include_str!("../../assets/reference/odd.json")),
            schemes: Shelf::new(include_str!("../../assets/reference/schemes.json")),
            purposes: Shelf::new(include_str!("../../assets/reference/purposes.json")),
            funding: Shelf::new(include_str!("../../assets/reference/funders.json")),
            millennium: Shelf::new(include_str!("../../assets/reference/omd.json")),
            origins: Shelf::new(include_str!("../../assets/reference/origins.json")),
            reasons: Shelf::new(include_str!("../../assets/reference/reasons.json")),
            examples: Shelf::new(include_str!("../../assets/reference/examples.json")),
            clauses: Shelf::new(include_str!("../../assets/reference/clauses/clauses.json")),
            models: Shelf::new(include_str!("../../assets/reference/clauses/models.json")),
        }
    }

    /// What ships, as it ships.
    #[must_use]
    pub fn shipped() -> &'static Self {
        static SHIPPED: OnceLock<Reference> = OnceLock::new();
        SHIPPED.get_or_init(Self::new)
    }

    /// Reads the tables that every convention asks for: work for another core while the records are read.
    pub fn prepare(&self) {
        self.countries.table();
        self.authority_kinds.table();
        labels::shipped(&Lang::french());
    }

    /// What ships with a workspace's corrections laid over it, and those that could not be read.
    ///
    /// `files` are the workspace's `reference/*.json`: the name of each (`legal.json`) and what it holds, in
    /// the shape of the shipped file: `{"entries": [{"id", …}]}`. An entry needs only its id and the fields
    /// that it corrects; `"corrected": {"by", "on"}` says who and when. An entry whose id does not ship is
    /// added. What cannot be read leaves the shipped entry as it was.
    #[must_use]
    pub fn corrected(
        files: impl IntoIterator<Item = (String, Value)>,
    ) -> (Self, Vec<CorrectionError>) {
        let mut reference = Self::new();
        let mut errors = Vec::new();

        for (file, value) in files {
            match file.as_str() {
                "countries.json" => reference.countries.correct(&file, &value, &mut errors),
                "currencies.json" => reference.currencies.correct(&file, &value, &mut errors),
                "authority_kinds.json" => {
                    reference
                        .authority_kinds
                        .correct(&file, &value, &mut errors);
                }
                "legal.json" => reference.legal.correct(&file, &value, &mut errors),
                "glossary.json" => reference.glossary.correct(&file, &value, &mut errors),
                "directory.json" => reference.directory.correct(&file, &value, &mut errors),
                "themes.json" => reference.themes.correct(&file, &value, &mut errors),
                "odd.json" => reference.goals.correct(&file, &value, &mut errors),
                "schemes.json" => reference.schemes.correct(&file, &value, &mut errors),
                "purposes.json" => reference.purposes.correct(&file, &value, &mut errors),
                "funders.json" => reference.funding.correct(&file, &value, &mut errors),
                "omd.json" => reference.millennium.correct(&file, &value, &mut errors),
                "origins.json" => reference.origins.correct(&file, &value, &mut errors),
                "reasons.json" => reference.reasons.correct(&file, &value, &mut errors),
                "examples.json" => reference.examples.correct(&file, &value, &mut errors),
                "clauses.json" => reference.clauses.correct(&file, &value, &mut errors),
                "models.json" => reference.models.correct(&file, &value, &mut errors),
                _ => errors.push(CorrectionError::UnknownFile { file }),
            }
        }
        (reference, errors)
    }

    /// Countries and territories, in the order of their codes.
    #[must_use]
    pub fn countries(&self) -> &Table<Country> {
        self.countries.table()
    }

    /// The country of that ISO 3166 code, two letters in any case.
    #[must_use]
    pub fn country(&self, iso2: &str) -> Option<&Country> {
        self.countries().get(&iso2.to_ascii_uppercase())
    }

    /// Currencies, in the order of their codes.
    #[must_use]
    pub fn currencies(&self) -> &Table<Currency> {
        self.currencies.table()
    }

    /// The currency of that ISO 4217 code, in any case.
    #[must_use]
    pub fn currency(&self, code: &str) -> Option<&Currency> {
        self.currencies().get(&code.to_ascii_uppercase())
    }

    /// Kinds of French authority.
    #[must_use]
    pub fn authority_kinds(&self) -> &Table<AuthorityKind> {
        self.authority_kinds.table()
    }

    /// The kind of authority of that slug: `communaute-d-agglomeration`.
    #[must_use]
    pub fn authority_kind(&self, slug: &str) -> Option<&AuthorityKind> {
        self.authority_kinds().get(slug)
    }

    /// Every legal entry, the general ones first.
    #[must_use]
    pub fn legal_all(&self) -> &Table<LegalText> {
        self.legal.table()
    }

    /// The legal entry of that slug: `cgct-l1115-1`.
    #[must_use]
    pub fn legal(&self, id: &str) -> Option<&LegalText> {
        self.legal_all().get(id)
    }

    /// The glossary, the brochure's six terms first.
    #[must_use]
    pub fn terms(&self) -> &Table<GlossaryTerm> {
        self.glossary.table()
    }

    /// The term of that slug: `cooperation-decentralisee`.
    #[must_use]
    pub fn term(&self, id: &str) -> Option<&GlossaryTerm> {
        self.terms().get(id)
    }

    /// Organisations, the brochure's nine first.
    #[must_use]
    pub fn organisations(&self) -> &Table<Organisation> {
        self.directory.table()
    }

    /// The organisation of that slug: `cuf`.
    #[must_use]
    pub fn organisation(&self, id: &str) -> Option<&Organisation> {
        self.organisations().get(id)
    }

    /// Themes of cooperation.
    #[must_use]
    pub fn themes(&self) -> &Table<Theme> {
        self.themes.table()
    }

    /// The theme of that slug: `eau-et-assainissement`.
    #[must_use]
    pub fn theme(&self, slug: &str) -> Option<&Theme> {
        self.themes().get(slug)
    }

    /// The seventeen goals of the 2030 Agenda, in order.
    #[must_use]
    pub fn goals(&self) -> &Table<Goal> {
        self.goals.table()
    }

    /// The sustainable development goal (ODD) of that number, 1 to 17.
    #[must_use]
    pub fn odd(&self, number: u8) -> Option<&Goal> {
        self.goals().iter().find(|goal| goal.number == number)
    }

    /// The eight goals of 2000-2015 (OMD), in order: records of those years name them.
    #[must_use]
    pub fn millennium_goals(&self) -> &Table<MillenniumGoal> {
        self.millennium.table()
    }

    /// Where the action of authorities abroad comes from: what is dated in order of time, then the rest.
    #[must_use]
    pub fn origins(&self) -> &Table<Origin> {
        self.origins.table()
    }

    /// The eight reasons to act abroad.
    #[must_use]
    pub fn reasons(&self) -> &Table<Reason> {
        self.reasons.table()
    }

    /// The seven examples of the brochure.
    #[must_use]
    pub fn examples(&self) -> &Table<Example> {
        self.examples.table()
    }

    /// What can pay for an action: the general budget, then the four 1 % schemes.
    #[must_use]
    pub fn schemes(&self) -> &Table<Scheme> {
        self.schemes.table()
    }

    /// The scheme of that slug: `eau`.
    #[must_use]
    pub fn scheme(&self, slug: &str) -> Option<&Scheme> {
        self.schemes().get(slug)
    }

    /// OECD purpose codes that have a French label.
    #[must_use]
    pub fn purposes(&self) -> &Table<Purpose> {
        self.purposes.table()
    }

    /// The purpose of that five-digit code: `14031`.
    #[must_use]
    pub fn purpose(&self, code: &str) -> Option<&Purpose> {
        self.purposes().get(code)
    }

    /// What funders ask of a budget, call by call.
    #[must_use]
    pub fn funding_rules(&self) -> &Table<FundingRule> {
        self.funding.table()
    }

    /// The rules of that slug: `meae-2025`.
    #[must_use]
    pub fn funding_rule(&self, slug: &str) -> Option<&FundingRule> {
        self.funding_rules().get(slug)
    }

    /// Articles ready to be adapted; a department adds its own in its workspace's `clauses.json`.
    #[must_use]
    pub fn clauses(&self) -> &Table<Clause> {
        self.clauses.table()
    }

    /// The clause of that slug: `finances-cadre`.
    #[must_use]
    pub fn clause(&self, id: &str) -> Option<&Clause> {
        self.clauses().get(id)
    }

    /// What each kind of convention is made of.
    #[must_use]
    pub fn models(&self) -> &Table<ConventionModel> {
        self.models.table()
    }

    /// The model of that kind of convention.
    #[must_use]
    pub fn model(&self, kind: ConventionKind) -> Option<&ConventionModel> {
        self.models()
            .iter()
            .find(|model| model.kind() == Some(kind))
    }

    /// What documents print, in each language that ships.
    pub fn all_labels(&self) -> impl Iterator<Item = &'static Labels> {
        labels::all()
    }

    /// What documents print in that language; in French where we do not have it.
    ///
    /// The labels say in which language they are: [`Labels::lang`].
    #[must_use]
    pub fn labels(&self, lang: &Lang) -> &'static Labels {
        labels::shipped(lang)
    }
}
