//! Partners: foreign local authorities, and every other body that the department deals with.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Id, Key, Lang, Name, Piece, Signatory, absent};

/// A foreign authority, or a body: association, co-funder, operator, diplomatic post.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Partner {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// What it is in law.
    pub nature: Nature,
    /// Its official name in French: « Commune de Porto-Novo ».
    pub name: Name,
    /// How texts call it once introduced: « Porto-Novo ».
    #[serde(default, skip_serializing_if = "absent")]
    pub short_name: Option<Name>,
    /// Its name in its own languages and scripts, the first being the one shown.
    #[serde(default, skip_serializing_if = "absent")]
    pub names: Vec<OwnName>,
    /// ISO 3166-1 alpha-2 code of its country; `FR` for French bodies.
    #[serde(default, skip_serializing_if = "absent")]
    pub country: Option<String>,
    /// Its kind as its country says: « município », « commune urbaine », « wilaya ».
    #[serde(default, skip_serializing_if = "absent")]
    pub kind: Option<String>,
    /// Where it sits.
    #[serde(default, skip_serializing_if = "absent")]
    pub seat: Option<String>,
    /// The town of the seat.
    #[serde(default, skip_serializing_if = "absent")]
    pub town: Option<String>,
    /// Its assembly or governing body: « conseil municipal », « conseil d’administration ».
    #[serde(default, skip_serializing_if = "absent")]
    pub assembly: Option<Name>,
    /// Those who may sign for it, the executive first.
    #[serde(default, skip_serializing_if = "absent")]
    pub signatories: Vec<Signatory>,
    /// Who orders its payments.
    #[serde(default, skip_serializing_if = "absent")]
    pub authorising_officer: Option<String>,
    /// Languages of work, the first being the one in which to write to it.
    #[serde(default, skip_serializing_if = "absent")]
    pub languages: Vec<Lang>,
    /// Inhabitants.
    #[serde(default, skip_serializing_if = "absent")]
    pub population: Option<u64>,
    /// Where it is on the map.
    #[serde(default, skip_serializing_if = "absent")]
    pub coordinates: Option<Coordinates>,
    /// Themes of the cooperation, slugs of the reference.
    #[serde(default, skip_serializing_if = "absent")]
    pub themes: Vec<String>,
    /// Sustainable Development Goals, 1 to 17.
    #[serde(default, skip_serializing_if = "absent")]
    pub odd: Vec<u8>,
    /// How the link came to be: a dated line an event.
    #[serde(default, skip_serializing_if = "absent")]
    pub history: Vec<Event>,
    /// The authorisation that its own law wants, if any.
    #[serde(default, skip_serializing_if = "absent")]
    pub supervision: Option<Supervision>,
    /// The law of its country that conventions cite: « loi n° 2021-14 portant code de l’administration… ».
    #[serde(default, skip_serializing_if = "absent")]
    pub own_law: Option<String>,
    /// Recognition and sanctions: when it was looked up, by whom, with what result.
    #[serde(default, skip_serializing_if = "absent")]
    pub recognition: Option<RecognitionCheck>,
    /// French associations: SIRET, and the contrat d’engagement républicain.
    #[serde(default, skip_serializing_if = "absent")]
    pub association: Option<Association>,
    /// Visits and exchanges.
    #[serde(default, skip_serializing_if = "absent")]
    pub journal: Vec<Event>,
    /// Files.
    #[serde(default, skip_serializing_if = "absent")]
    pub pieces: Vec<Piece>,
    /// Logo, as a piece.
    #[serde(default, skip_serializing_if = "absent")]
    pub logo: Option<Piece>,
    /// The department's own remarks, never printed.
    #[serde(default, skip_serializing_if = "absent")]
    pub notes: Option<String>,
}

/// What a body is in law; rules depend on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// A local authority of another country, or a grouping of them.
    ForeignAuthority,
    /// Another French authority or grouping.
    FrenchAuthority,
    /// An association or another non-profit body of private law.
    Association,
    /// A public body that is not an authority: établissement public, agency, university.
    PublicBody,
    /// A wilaya, a gouvernorat, a préfecture: the State in the territory.
    DeconcentratedBody,
    /// A State or a ministry.
    State,
    /// An international organisation.
    InternationalOrganisation,
    /// A company or a foundation.
    Private,
    /// An embassy or a consulate.
    DiplomaticPost,
}

/// A name in a language and script of its own.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OwnName {
    /// The language, from which its script and direction follow.
    pub lang: Lang,
    /// The name.
    pub text: String,
}

/// A point on the map, in thousandths of a degree so that it is exact.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Coordinates {
    /// North is positive, -90000 to 90000.
    pub latitude: i32,
    /// East is positive, -180000 to 180000.
    pub longitude: i32,
}

/// Something that happened.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Event {
    /// Its identifier.
    pub id: Id,
    /// When; a year alone is written in [`Event::year`].
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
    /// The year, where only that is known.
    #[serde(default, skip_serializing_if = "absent")]
    pub year: Option<i32>,
    /// What.
    pub text: String,
    /// Files about it.
    #[serde(default, skip_serializing_if = "absent")]
    pub pieces: Vec<Piece>,
}

/// The authorisation that a partner's own law wants before it commits itself.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Supervision {
    /// Whether one is needed.
    #[serde(default, skip_serializing_if = "absent")]
    pub needed: bool,
    /// Who gives it: « préfet de l’Ouémé ».
    #[serde(default, skip_serializing_if = "absent")]
    pub authority: Option<String>,
    /// The text that says so.
    #[serde(default, skip_serializing_if = "absent")]
    pub basis: Option<String>,
}

/// A dated look at recognition by France and at sanctions lists.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RecognitionCheck {
    /// When.
    pub date: NaiveDate,
    /// Who looked.
    pub by: String,
    /// What was found.
    pub result: String,
}

/// What a French association must show to be helped.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Association {
    /// SIRET, fourteen digits.
    #[serde(default, skip_serializing_if = "absent")]
    pub siret: Option<String>,
    /// RNA number: `W` and nine digits.
    #[serde(default, skip_serializing_if = "absent")]
    pub rna: Option<String>,
    /// Day on which it signed the contrat d’engagement républicain.
    #[serde(default, skip_serializing_if = "absent")]
    pub republican_commitment: Option<NaiveDate>,
    /// Whether it is of public utility or approved, and so held to have signed it.
    #[serde(default, skip_serializing_if = "absent")]
    pub public_utility: bool,
}

impl Partner {
    /// A partner of which only the name and nature are known.
    #[must_use]
    pub fn new(id: Id, nature: Nature, name: Name) -> Self {
        Self {
            id,
            nature,
            name,
            short_name: None,
            names: Vec::new(),
            country: None,
            kind: None,
            seat: None,
            town: None,
            assembly: None,
            signatories: Vec::new(),
            authorising_officer: None,
            languages: Vec::new(),
            population: None,
            coordinates: None,
            themes: Vec::new(),
            odd: Vec::new(),
            history: Vec::new(),
            supervision: None,
            own_law: None,
            recognition: None,
            association: None,
            journal: Vec::new(),
            pieces: Vec::new(),
            logo: None,
            notes: None,
        }
    }

    /// The key that a convention would give it: its short name, folded.
    #[must_use]
    pub fn suggested_key(&self) -> Key {
        let name = self.short_name.as_ref().unwrap_or(&self.name);
        Key::fold(&name.text)
    }
}
