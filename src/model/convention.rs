//! Conventions: who is bound, to what, on what ground, and what has become of it.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Act, ActKind, Amount, Currency, Id, Key, Lang, Piece, Snooze, Stage, Text, absent};

/// A convention, a charter, a grant agreement, an amendment: written here or taken over.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Convention {
    /// Its identifier, also the name of its file.
    pub id: Id,
    /// Its kind.
    pub kind: ConventionKind,
    /// Its title: « Convention de coopération décentralisée Valmont – Porto-Novo 2027-2029 ».
    pub title: String,
    /// Who follows it in the department: a contact.
    #[serde(default, skip_serializing_if = "absent")]
    pub in_charge: Option<Id>,
    /// The parties, in the order in which they are named.
    #[serde(default, skip_serializing_if = "absent")]
    pub parties: Vec<Party>,
    /// The languages in which it is written, French first.
    #[serde(default, skip_serializing_if = "absent")]
    pub languages: Vec<Lang>,
    /// What it rests on: « Vu… ».
    #[serde(default, skip_serializing_if = "absent")]
    pub visas: Vec<Visa>,
    /// Why it is made: « Considérant… ».
    #[serde(default, skip_serializing_if = "absent")]
    pub recitals: Vec<Recital>,
    /// The articles, in order.
    #[serde(default, skip_serializing_if = "absent")]
    pub articles: Vec<Article>,
    /// The annexes, in order.
    #[serde(default, skip_serializing_if = "absent")]
    pub annexes: Vec<Annex>,
    /// The project's budget.
    #[serde(default, skip_serializing_if = "absent")]
    pub budget: Option<Id>,
    /// The years of that budget which this convention covers; all when empty.
    #[serde(default, skip_serializing_if = "absent")]
    pub budget_years: Vec<i32>,
    /// The period of the programme, which may begin before the convention takes effect.
    #[serde(default, skip_serializing_if = "absent")]
    pub start: Option<NaiveDate>,
    /// Its last day.
    #[serde(default, skip_serializing_if = "absent")]
    pub end: Option<NaiveDate>,
    /// The date of effect that the text names, where it is later than the transmission.
    #[serde(default, skip_serializing_if = "absent")]
    pub effect: Option<NaiveDate>,
    /// What happened and what is due.
    #[serde(default, skip_serializing_if = "absent")]
    pub acts: Vec<Act>,
    /// The convention that this one carries out, amends or renews.
    #[serde(default, skip_serializing_if = "absent")]
    pub parent: Option<Id>,
    /// Themes, slugs of the reference.
    #[serde(default, skip_serializing_if = "absent")]
    pub themes: Vec<String>,
    /// Sustainable Development Goals, 1 to 17.
    #[serde(default, skip_serializing_if = "absent")]
    pub odd: Vec<u8>,
    /// What it brings here.
    #[serde(default, skip_serializing_if = "absent")]
    pub results_here: Vec<Outcome>,
    /// What it brings there.
    #[serde(default, skip_serializing_if = "absent")]
    pub results_there: Vec<Outcome>,
    /// Files.
    #[serde(default, skip_serializing_if = "absent")]
    pub pieces: Vec<Piece>,
    /// Findings that somebody answers for.
    #[serde(default, skip_serializing_if = "absent")]
    pub set_aside: Vec<SetAside>,
    /// Alerts put off.
    #[serde(default, skip_serializing_if = "absent")]
    pub snoozed: Vec<Snooze>,
    /// Set when the signed text came from elsewhere: this is what is known of it.
    #[serde(default, skip_serializing_if = "absent")]
    pub taken_over: Option<TakenOver>,
    /// Its number in the department's register, raised at each version that leaves the house.
    #[serde(default, skip_serializing_if = "absent")]
    pub version: u32,
    /// The department's own remarks, never printed.
    #[serde(default, skip_serializing_if = "absent")]
    pub notes: Option<String>,
}

/// Kinds of convention; rules and clauses depend on them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ConventionKind {
    /// Convention de coopération décentralisée.
    Cooperation,
    /// Convention-cadre.
    Framework,
    /// Convention annuelle d’exécution.
    Annual,
    /// Charte ou serment de jumelage.
    Twinning,
    /// Pacte d’amitié.
    Friendship,
    /// Protocole ou lettre d’intention.
    Intent,
    /// Convention de financement d’une association.
    Grant,
    /// Convention ville – comité de jumelage.
    TwinningCommittee,
    /// Convention multipartite.
    Multiparty,
    /// Avenant.
    Amendment,
    /// Aide d’urgence.
    Emergency,
}

impl ConventionKind {
    /// All kinds.
    pub const ALL: [Self; 11] = [
        Self::Cooperation,
        Self::Framework,
        Self::Annual,
        Self::Twinning,
        Self::Friendship,
        Self::Intent,
        Self::Grant,
        Self::TwinningCommittee,
        Self::Multiparty,
        Self::Amendment,
        Self::Emergency,
    ];

    /// Its name on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Cooperation => "Coopération décentralisée",
            Self::Framework => "Convention-cadre",
            Self::Annual => "Convention annuelle d’exécution",
            Self::Twinning => "Jumelage",
            Self::Friendship => "Pacte d’amitié",
            Self::Intent => "Protocole ou lettre d’intention",
            Self::Grant => "Financement d’une association",
            Self::TwinningCommittee => "Ville – comité de jumelage",
            Self::Multiparty => "Convention multipartite",
            Self::Amendment => "Avenant",
            Self::Emergency => "Aide d’urgence",
        }
    }

    /// Whether it is a convention of article L. 1115-1, concluded with a foreign local authority.
    #[must_use]
    pub const fn is_cooperation(self) -> bool {
        matches!(
            self,
            Self::Cooperation | Self::Framework | Self::Annual | Self::Multiparty
        )
    }

    /// Whether it is a charter, which binds to nothing that can be counted.
    #[must_use]
    pub const fn is_charter(self) -> bool {
        matches!(self, Self::Twinning | Self::Friendship | Self::Intent)
    }

    /// Whether money goes to a body of private law, under the rules on grants.
    #[must_use]
    pub const fn is_grant(self) -> bool {
        matches!(self, Self::Grant | Self::TwinningCommittee)
    }

    /// Whether its notification can be what gives it effect: a grant, emergency aid, the amendment of a grant.
    #[must_use]
    pub const fn may_be_notified(self) -> bool {
        self.is_grant() || matches!(self, Self::Emergency | Self::Amendment)
    }
}

/// A party.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Party {
    /// Its identifier.
    pub id: Id,
    /// How article text names it: `porto-novo`.
    pub key: Key,
    /// The partner or body; our own authority when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub partner: Option<Id>,
    /// Who signs for it, among its signatories; the first in office when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub signatory: Option<Id>,
    /// What it is here where that matters: « opérateur », « maître d’ouvrage ».
    #[serde(default, skip_serializing_if = "absent")]
    pub capacity: Option<String>,
    /// The body that decides for it where it is not its assembly: « bureau communautaire ».
    #[serde(default, skip_serializing_if = "absent")]
    pub decided_by: Option<String>,
    /// Whether it passes on money that it receives.
    #[serde(default, skip_serializing_if = "absent")]
    pub passes_on: bool,
}

/// A citation of the preamble: « Vu… ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Visa {
    /// Its identifier.
    pub id: Id,
    /// The text of law that it cites, a slug of the reference.
    #[serde(default, skip_serializing_if = "absent")]
    pub basis: Option<String>,
    /// What is printed after « Vu », per language.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<Text>,
}

/// A reason given in the preamble: « Considérant… ».
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Recital {
    /// Its identifier.
    pub id: Id,
    /// What is printed after « Considérant », per language.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<Text>,
}

/// An article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Article {
    /// Its identifier.
    pub id: Id,
    /// How cross-references name it: `finances`.
    pub key: Key,
    /// What it is for; rules look for roles, never for titles. See [`roles`].
    #[serde(default, skip_serializing_if = "absent")]
    pub role: Option<String>,
    /// Title and paragraphs, per language.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<Text>,
}

/// Roles that rules look for.
pub mod roles {
    /// What the actions are (CGCT, L. 1115-1: first compulsory mention).
    pub const OBJECT: &str = "objet";
    /// Means and money (second compulsory mention).
    pub const FINANCES: &str = "finances";
    /// Each party's commitments.
    pub const COMMITMENTS: &str = "engagements";
    /// Lines of cooperation.
    pub const ACTIONS: &str = "actions";
    /// How money is paid.
    pub const PAYMENTS: &str = "versements";
    /// Steering.
    pub const STEERING: &str = "pilotage";
    /// Reports and evaluation.
    pub const EVALUATION: &str = "evaluation";
    /// Communication and image.
    pub const COMMUNICATION: &str = "communication";
    /// Personal data, integrity.
    pub const PERSONAL_DATA: &str = "donnees-personnelles";
    /// Safety of missions, insurance.
    pub const SECURITY: &str = "securite";
    /// Term and coming into force.
    pub const DURATION: &str = "duree";
    /// Amendment.
    pub const MODIFICATION: &str = "modification";
    /// Suspension, force majeure.
    pub const SUSPENSION: &str = "suspension";
    /// Termination.
    pub const TERMINATION: &str = "resiliation";
    /// Disputes and applicable law.
    pub const DISPUTES: &str = "differends";
    /// Languages and originals.
    pub const LANGUAGES: &str = "langues";
    /// Transmission and publicity.
    pub const TRANSMISSION: &str = "transmission";
    /// Annexes.
    pub const ANNEXES: &str = "annexes";
    /// Money that an operator passes on.
    pub const PASSING_ON: &str = "reversement";

    /// All of them, each as an author knows it.
    pub const ALL: [(&str, &str); 19] = [
        (OBJECT, "Objet"),
        (ACTIONS, "Actions"),
        (COMMITMENTS, "Engagements"),
        (FINANCES, "Finances"),
        (PAYMENTS, "Versements"),
        (PASSING_ON, "Reversement"),
        (STEERING, "Pilotage"),
        (EVALUATION, "Évaluation"),
        (COMMUNICATION, "Communication"),
        (PERSONAL_DATA, "Données personnelles"),
        (SECURITY, "Sécurité et assurances"),
        (DURATION, "Durée"),
        (MODIFICATION, "Modification"),
        (SUSPENSION, "Suspension, force majeure"),
        (TERMINATION, "Résiliation"),
        (DISPUTES, "Différends, loi applicable"),
        (LANGUAGES, "Langues"),
        (TRANSMISSION, "Transmission et publicité"),
        (ANNEXES, "Annexes"),
    ];
}

/// An annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Annex {
    /// Its identifier.
    pub id: Id,
    /// How cross-references name it: `budget`.
    pub key: Key,
    /// What it holds.
    pub kind: AnnexKind,
    /// Title and paragraphs, per language.
    #[serde(default, skip_serializing_if = "absent")]
    pub texts: Vec<Text>,
    /// The file that it is, when its contents are a piece.
    #[serde(default, skip_serializing_if = "absent")]
    pub piece: Option<Piece>,
}

/// What an annex holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum AnnexKind {
    /// Text.
    Text,
    /// The project's budget, set from the record.
    Budget,
    /// A file that follows.
    Piece,
}

/// Something that a cooperation brings, here or there.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// Its identifier.
    pub id: Id,
    /// What is expected or was obtained.
    pub text: String,
    /// How it is measured.
    #[serde(default, skip_serializing_if = "absent")]
    pub indicator: Option<String>,
}

/// A finding that a person answers for.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SetAside {
    /// Its identifier.
    pub id: Id,
    /// The rule: `autorite-locale-etrangere`.
    pub rule: String,
    /// Where in the convention, when the rule can hold in several places.
    #[serde(default, skip_serializing_if = "absent")]
    pub place: Option<Id>,
    /// Why; compulsory.
    pub reason: String,
    /// Who.
    pub by: String,
    /// With which function.
    pub function: String,
    /// When.
    pub date: NaiveDate,
    /// A hash of the facts that the finding rests on: when they change, it comes back.
    pub fingerprint: String,
}

/// What is known of a convention whose signed text came from elsewhere.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct TakenOver {
    /// Its object, in a sentence or two.
    #[serde(default, skip_serializing_if = "absent")]
    pub object: String,
    /// The total that our authority committed.
    #[serde(default, skip_serializing_if = "absent")]
    pub amount: Option<Amount>,
    /// In this currency: a convention of 1987 is in francs.
    #[serde(default, skip_serializing_if = "absent")]
    pub currency: Option<Currency>,
    /// Those who signed, as the paper says.
    #[serde(default, skip_serializing_if = "absent")]
    pub signatories: Vec<PastSignatory>,
}

/// Someone who signed a convention taken over.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PastSignatory {
    /// Its identifier.
    pub id: Id,
    /// For whom.
    pub party: Key,
    /// The person, as written.
    pub name: String,
    /// The function, as written.
    #[serde(default, skip_serializing_if = "absent")]
    pub function: Option<String>,
}

impl Convention {
    /// A convention of which only the kind and title are known.
    #[must_use]
    pub fn new(id: Id, kind: ConventionKind, title: impl Into<String>) -> Self {
        Self {
            id,
            kind,
            title: title.into(),
            in_charge: None,
            parties: Vec::new(),
            languages: vec![Lang::french()],
            visas: Vec::new(),
            recitals: Vec::new(),
            articles: Vec::new(),
            annexes: Vec::new(),
            budget: None,
            budget_years: Vec::new(),
            start: None,
            end: None,
            effect: None,
            acts: Vec::new(),
            parent: None,
            themes: Vec::new(),
            odd: Vec::new(),
            results_here: Vec::new(),
            results_there: Vec::new(),
            pieces: Vec::new(),
            set_aside: Vec::new(),
            snoozed: Vec::new(),
            taken_over: None,
            version: 0,
            notes: None,
        }
    }

    /// The party of that key.
    #[must_use]
    pub fn party(&self, key: &Key) -> Option<&Party> {
        self.parties.iter().find(|party| party.key == *key)
    }

    /// The first article with that role.
    #[must_use]
    pub fn article_with_role(&self, role: &str) -> Option<&Article> {
        self.articles
            .iter()
            .find(|article| article.role.as_deref() == Some(role))
    }

    /// The acts of that kind that have taken place, with their date.
    pub fn done(&self, kind: ActKind) -> impl Iterator<Item = (&Act, NaiveDate)> {
        self.acts
            .iter()
            .filter(move |act| act.kind == kind)
            .filter_map(|act| act.date.map(|date| (act, date)))
    }

    /// The act of that kind that has taken place for that party; of several, the last: an assembly that votes again on
    /// a text that changed decides anew.
    #[must_use]
    pub fn done_by(&self, kind: ActKind, party: &Key) -> Option<(&Act, NaiveDate)> {
        self.done(kind)
            .filter(|(act, _)| act.party.as_ref() == Some(party))
            .max_by_key(|(_, date)| *date)
    }

    /// Whether every party has signed, on a day that is recorded.
    #[must_use]
    pub fn is_signed_by_all(&self) -> bool {
        let signed = |party: &Party| self.done_by(ActKind::Signature, &party.key).is_some();
        !self.parties.is_empty() && self.parties.iter().all(signed)
    }

    /// Where it stands on that day: what its acts say, and the term once past.
    ///
    /// Votes are those of the parties told to be French by `french` (our own is one).
    #[must_use]
    pub fn stage(&self, today: NaiveDate, french: impl Fn(&Party) -> bool) -> Stage {
        let has = |kind| self.done(kind).next().is_some();

        if has(ActKind::Termination) || has(ActKind::Abandonment) || has(ActKind::End) {
            return Stage::Ended;
        }

        let in_force = has(ActKind::ConventionTransmission)
            || (self.kind.may_be_notified() && has(ActKind::Notification))
            || (self.taken_over.is_some() && self.start.is_some_and(|start| start <= today));

        if in_force {
            return if self.end.is_some_and(|end| end < today) {
                Stage::Ended
            } else if self.is_suspended() {
                Stage::Suspended
            } else {
                Stage::InForce
            };
        }

        if self.is_signed_by_all() || self.taken_over.is_some() {
            return Stage::Signed;
        }

        let french_parties = || self.parties.iter().filter(|party| french(party));
        let every_french = |kind| {
            french_parties().next().is_some()
                && french_parties().all(|party| self.done_by(kind, &party.key).is_some())
        };

        if every_french(ActKind::DeliberationTransmission) {
            Stage::DeliberationTransmitted
        } else if every_french(ActKind::Vote) {
            Stage::Voted
        } else if has(ActKind::Review) {
            Stage::Review
        } else {
            Stage::Drafting
        }
    }

    fn is_suspended(&self) -> bool {
        let last = |kind| self.done(kind).map(|(_, date)| date).max();

        match (last(ActKind::Suspension), last(ActKind::Resumption)) {
            (Some(suspended), Some(resumed)) => resumed < suspended,
            (Some(_), None) => true,
            (None, _) => false,
        }
    }
}
