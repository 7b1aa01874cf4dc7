//! What documents print, language by language.
//!
//! One file a language, one field a label: a label that a file lacks, or one too many, and the file does
//! not read; a test reads them all. In a label `{name}` stands for what [`fill`] puts there.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use chrono::{Datelike, NaiveDate};
use serde::Deserialize;

use super::Confidence;
use crate::model::{Gender, Lang, Number};

/// The labels of one language.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    /// The language that they are in.
    lang: String,
    /// How sure they are; read by somebody who speaks the language when nothing is said.
    #[serde(default)]
    confidence: Option<Confidence>,
    /// Quotation marks, with the spaces inside them.
    pub quotes: Quotes,
    /// The title of each kind of convention, by the kind's slug.
    pub titles: BTreeMap<String, String>,
    /// Words that introduce the parties.
    pub parties: PartyLabels,
    /// Words of the preamble.
    pub preamble: PreambleLabels,
    /// Words that number articles and annexes.
    pub articles: ArticleLabels,
    /// Words of the table of commitments.
    pub commitments: CommitmentLabels,
    /// Words of a budget in annex.
    pub budget: BudgetLabels,
    /// Words of the signatures.
    pub signatures: SignatureLabels,
    /// Words around the text of a page.
    pub page: PageLabels,
    /// Words of the sheet of a convention that was taken over.
    pub sheet: SheetLabels,
    /// Dates in words.
    pub dates: DateLabels,
    /// Numbers and amounts.
    pub numbers: NumberLabels,
    /// Names of languages, by tag: « en {français} ».
    pub languages: BTreeMap<String, String>,
    /// Names of the currencies that budgets use most, by code.
    pub currencies: BTreeMap<String, CurrencyWords>,
}

/// Quotation marks.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quotes {
    /// Before.
    pub open: String,
    /// After.
    pub close: String,
}

/// A currency in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CurrencyWords {
    /// One.
    pub one: String,
    /// Several.
    pub many: String,
}

/// A word that agrees with a name.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agreed {
    m: String,
    f: String,
    mp: String,
    fp: String,
}

impl Agreed {
    /// The form that agrees.
    #[must_use]
    pub fn with(&self, gender: Gender, number: Number) -> &str {
        match (gender, number) {
            (Gender::Masculine, Number::Singular) => &self.m,
            (Gender::Feminine, Number::Singular) => &self.f,
            (Gender::Masculine, Number::Plural) => &self.mp,
            (Gender::Feminine, Number::Plural) => &self.fp,
        }
    }
}

/// Words that introduce the parties.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PartyLabels {
    /// « Entre ».
    pub between: String,
    /// « et ».
    pub and: String,
    /// « ci-après », before a short name in quotation marks.
    pub hereafter: String,
    /// « ci-après ensemble « les parties » ».
    pub together: String,
    /// « sise », agreeing with the party, before its address.
    pub seated: Agreed,
    /// « représentée par », agreeing with the party.
    pub represented_by: Agreed,
    /// « dûment habilitée par », agreeing with the signatory.
    pub authorised_by: Agreed,
    /// « délibération ».
    pub deliberation: String,
    /// « décision », of a body that decides by delegation.
    pub decision: String,
    /// « n° », before a number.
    pub number: String,
    /// « du {date} ».
    pub dated: String,
    /// « d’une part ».
    pub on_the_one_part: String,
    /// « d’autre part ».
    pub on_the_other_part: String,
}

/// Words of the preamble.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreambleLabels {
    /// « Préambule ».
    pub heading: String,
    /// « Vu ».
    pub citing: String,
    /// « Considérant ».
    pub considering: String,
    /// « il est convenu ce qui suit », without its final mark.
    pub agreed: String,
}

/// Words that number articles and annexes.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ArticleLabels {
    /// « Article {n} ».
    pub article: String,
    /// « Article 1er », its ordinal in full.
    pub first_article: String,
    /// « 1er ».
    pub first: String,
    /// The end of `first` that is raised: « er ». Empty where none is.
    pub first_mark: String,
    /// « article {n} », inside a sentence.
    pub to_article: String,
    /// « Annexe {n} ».
    pub annex: String,
    /// « annexe {n} », inside a sentence.
    pub to_annex: String,
    /// « Annexes ».
    pub annexes: String,
    /// « Sommaire ».
    pub contents: String,
    /// « Avenant n° {n} ».
    pub amendment: String,
    /// « Note ».
    pub note: String,
}

/// Words of the table of commitments.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct CommitmentLabels {
    /// « Apports prévisionnels », in cash and in kind. The sum that the law wants is said by the article.
    pub caption: String,
    /// « Partie », head of the first column.
    pub party: String,
    /// « Total ».
    pub total: String,
    /// « {party}, en numéraire ».
    pub in_cash: String,
    /// « {party}, en nature ».
    pub in_kind: String,
    /// « en numéraire ».
    pub cash: String,
    /// « en nature ».
    pub kind: String,
    /// « Cofinancements attendus ».
    pub expected_funding: String,
    /// « Cofinancements notifiés ».
    pub notified_funding: String,
    /// « Coût total estimé ».
    pub total_cost: String,
    /// « Aucun engagement financier ».
    pub none: String,
    /// « dont ».
    pub of_which: String,
    /// « Montants en {currency} ».
    pub amounts_in: String,
    /// « soit {amount} ».
    pub equivalent: String,
    /// « au taux de {rate} pour un euro, au {date} ».
    pub at_rate: String,
}

/// Words of a budget in annex.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BudgetLabels {
    /// « Budget prévisionnel ».
    pub heading: String,
    /// « Dépenses ».
    pub expenses: String,
    /// « Recettes ».
    pub income: String,
    /// « Poste ».
    pub line: String,
    /// « Financeur ».
    pub funder: String,
    /// « Année ».
    pub year: String,
    /// « Montant ».
    pub amount: String,
    /// « Sous-total ».
    pub subtotal: String,
    /// « Solde ».
    pub balance: String,
}

/// Words of the signatures.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignatureLabels {
    /// « Signatures ».
    pub heading: String,
    /// « Fait à {place}, le {date} ».
    pub done: String,
    /// Where each party signs at its own place and day.
    pub done_apart: String,
    /// « en un exemplaire original ».
    pub originals_one: String,
    /// « en {n} exemplaires originaux ».
    pub originals_many: String,
    /// « en {languages} ».
    pub of_which_languages: String,
    /// « Pour ».
    #[serde(rename = "for")]
    pub for_party: String,
    /// « Nom ».
    pub name: String,
    /// « Qualité ».
    pub function: String,
    /// « Lieu ».
    pub place: String,
    /// « Date ».
    pub date: String,
    /// « Signature ».
    pub signature: String,
    /// « Cachet ».
    pub stamp: String,
    /// « Signature et cachet ».
    pub signature_and_stamp: String,
}

/// Words around the text of a page.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PageLabels {
    /// « PROJET », across the page.
    pub draft: String,
    /// « Projet du {date} ».
    pub draft_of: String,
    /// « Version {n} du {date} ».
    pub version_of: String,
    /// « Projet, version {n} du {date} ».
    pub draft_version_of: String,
    /// « Annexe à la délibération du {date} », of what the assembly is asked to approve.
    pub annexed_to: String,
    /// « Annexe à la délibération du {date} – version {n} ».
    pub annexed_version_of: String,
    /// « Page ».
    pub page: String,
    /// « {page} / {pages} ».
    pub page_of: String,
    /// « suite », of a table over two pages.
    pub continued: String,
    /// « à compléter », what assistive technology says of a blank.
    pub to_fill: String,
    /// « donnée masquée », in place of what is not published.
    pub masked: String,
    /// « Logo : {name} », the alternative text of a logo.
    pub logo_of: String,
}

/// Words of the sheet of a convention that was taken over.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetLabels {
    /// « Fiche de convention ».
    pub heading: String,
    /// « Convention signée, reprise en fiche ».
    pub taken_over: String,
    /// Head of the column that names what is known.
    pub item: String,
    /// Head of the column that says it.
    pub known: String,
    /// « Objet ».
    pub object: String,
    /// « Nature ».
    pub kind: String,
    /// « Parties ».
    pub parties: String,
    /// « Signataires ».
    pub signatories: String,
    /// « Signature ».
    pub signed: String,
    /// « Prise d’effet ».
    pub effect: String,
    /// « Terme ».
    pub term: String,
    /// « Montants ».
    pub amounts: String,
    /// « Actes ».
    pub acts: String,
    /// Head of the column that tells an act.
    pub act: String,
    /// « Pièces ».
    pub pieces: String,
    /// « Pièce ».
    pub piece: String,
    /// « Fichier ».
    pub file: String,
    /// « État au {date} ».
    pub state_on: String,
}

/// Dates in words.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DateLabels {
    /// « {day} {month} {year} ».
    pub date: String,
    /// « 1er ».
    pub first_day: String,
    /// The twelve months.
    pub months: Vec<String>,
    /// « du {from} au {to} ».
    pub from_to: String,
    /// « {from}-{to} », of years.
    pub years: String,
}

/// Numbers and amounts.
#[derive(Debug, Clone, PartialEq, Eq, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberLabels {
    /// The decimal mark.
    pub decimal: String,
    /// What stands between groups of three digits.
    pub group: String,
    /// « {n} % ».
    pub percent: String,
    /// « {amount} {unit} ».
    pub money: String,
    /// One to twenty in words, as they count originals.
    pub words: Vec<String>,
}

impl Labels {
    /// The language that these are in: French when the language asked for does not ship.
    #[must_use]
    pub fn lang(&self) -> Lang {
        Lang::new(&self.lang)
    }

    /// Whether nobody who speaks the language has read them yet.
    #[must_use]
    pub fn is_to_confirm(&self) -> bool {
        self.confidence.is_some_and(|it| !it.is_verified())
    }

    /// A day in words: « 1er février 2027 ».
    #[must_use]
    pub fn date(&self, date: NaiveDate) -> String {
        let day = match date.day() {
            1 => self.dates.first_day.clone(),
            day => day.to_string(),
        };
        let month = self
            .dates
            .months
            .get(date.month0() as usize)
            .map_or("", String::as_str);

        fill(
            &self.dates.date,
            &[
                ("day", &day),
                ("month", month),
                ("year", &date.year().to_string()),
            ],
        )
    }

    /// A small number in words, « deux », and in figures above twenty.
    #[must_use]
    pub fn number_in_words(&self, number: usize) -> String {
        number
            .checked_sub(1)
            .and_then(|place| self.numbers.words.get(place))
            .cloned()
            .unwrap_or_else(|| number.to_string())
    }
}

/// Puts values in the places of a label: `{date}` becomes the value named `date`.
///
/// One pass: a value that holds braces is not filled again, and a place without a value stays as it is.
#[must_use]
pub fn fill(label: &str, values: &[(&str, &str)]) -> String {
    let mut filled = String::with_capacity(label.len());
    let mut rest = label;

    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let place = after.split_once('}').and_then(|(name, after)| {
            let (_, value) = values.iter().find(|(known, _)| *known == name)?;
            Some((value, after))
        });
        match place {
            Some((value, after)) => {
                filled.push_str(value);
                rest = after;
            }
            None => {
                filled.push('{');
                rest = after;
            }
        }
    }
    filled.push_str(rest);
    filled
}

/// The languages that ship, French first.
pub(super) const FILES: [(&str, &str); 7] = [
    ("fr", include_str!("../../assets/reference/labels/fr.json")),
    ("pt", include_str!("../../assets/reference/labels/pt.json")),
    ("en", include_str!("../../assets/reference/labels/en.json")),
    ("es", include_str!("../../assets/reference/labels/es.json")),
    ("de", include_str!("../../assets/reference/labels/de.json")),
    ("it", include_str!("../../assets/reference/labels/it.json")),
    ("ar", include_str!("../../assets/reference/labels/ar.json")),
];

/// The labels of every language that ships.
pub(super) fn all() -> impl Iterator<Item = &'static Labels> {
    FILES.iter().map(|(tag, _)| shipped(&Lang::new(tag)))
}

/// The labels of a language, or the French ones. What ships always reads: a test sees to it.
pub(super) fn shipped(lang: &Lang) -> &'static Labels {
    static READ: [OnceLock<Labels>; FILES.len()] = [const { OnceLock::new() }; FILES.len()];
    static NONE: OnceLock<Labels> = OnceLock::new();

    let all = || FILES.iter().zip(&READ);
    all()
        .find(|((tag, _), _)| *tag == lang.primary())
        .or_else(|| all().next())
        .map_or_else(
            || NONE.get_or_init(Labels::default),
            |((_, json), read)| read.get_or_init(|| serde_json::from_str(json).unwrap_or_default()),
        )
}
