//! Our own authority: the one in whose name the department acts.

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Amount, Call, Gender, Id, Name, Piece, Snooze, absent};

/// The authority whose department keeps this workspace. There is one, in `authority.json`.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Authority {
    /// Its official name: « Communauté d’agglomération de Valmont ».
    pub name: Name,
    /// How texts call it once introduced: « Valmont ».
    #[serde(default, skip_serializing_if = "absent")]
    pub short_name: Option<Name>,
    /// Its kind, a slug of the reference: `communaute-d-agglomeration`.
    #[serde(default, skip_serializing_if = "absent")]
    pub kind: String,
    /// Its SIREN, nine digits.
    #[serde(default, skip_serializing_if = "absent")]
    pub siren: Option<String>,
    /// Inhabitants, as last counted.
    #[serde(default, skip_serializing_if = "absent")]
    pub population: Option<u64>,
    /// Where it sits: the address, as a convention prints it.
    #[serde(default, skip_serializing_if = "absent")]
    pub seat: Option<String>,
    /// The town of the seat: « Fait à … ».
    #[serde(default, skip_serializing_if = "absent")]
    pub town: Option<String>,
    /// Its assembly where that is not the one of its kind.
    #[serde(default, skip_serializing_if = "absent")]
    pub assembly: Option<Name>,
    /// Days on which the assembly, or the body that decides for it, sits.
    #[serde(default, skip_serializing_if = "absent")]
    pub sessions: Vec<Session>,
    /// Those who may sign in its name, the executive first.
    #[serde(default, skip_serializing_if = "absent")]
    pub signatories: Vec<Signatory>,
    /// The representative of the State to whom acts are transmitted: « préfet du Rhône ».
    #[serde(default, skip_serializing_if = "absent")]
    pub prefect: Option<Name>,
    /// The public accountant who pays: « trésorier de Valmont ».
    #[serde(default, skip_serializing_if = "absent")]
    pub accountant: Option<Name>,
    /// Bases of the 1 % schemes, by service budget and year.
    #[serde(default, skip_serializing_if = "absent")]
    pub bases: Vec<Base>,
    /// Calls for projects whose rules the department entered.
    #[serde(default, skip_serializing_if = "absent")]
    pub calls: Vec<Call>,
    /// Days before a date at which its alert shows, by kind of alert.
    #[serde(default, skip_serializing_if = "absent")]
    pub alert_delays: Vec<AlertDelay>,
    /// Alerts about no other record, put off.
    #[serde(default, skip_serializing_if = "absent")]
    pub snoozed: Vec<Snooze>,
    /// Years that a person's data is kept after last use.
    #[serde(default, skip_serializing_if = "absent")]
    pub retention_years: Option<u16>,
    /// Logo, as a piece.
    #[serde(default, skip_serializing_if = "absent")]
    pub logo: Option<Piece>,
    /// Words that spelling takes as right, whoever writes: the department's dictionary.
    #[serde(default, skip_serializing_if = "absent")]
    pub words: Vec<String>,
    /// Colour of headings in documents, `#rrggbb`; black when absent.
    #[serde(default, skip_serializing_if = "absent")]
    pub color: Option<String>,
}

/// A sitting of an assembly.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Session {
    /// Its identifier.
    pub id: Id,
    /// The day.
    pub date: NaiveDate,
    /// The body that sits where it is not the assembly: « bureau communautaire ».
    #[serde(default, skip_serializing_if = "absent")]
    pub body: Option<String>,
    /// The last day on which a file can be put on its agenda.
    #[serde(default, skip_serializing_if = "absent")]
    pub closes: Option<NaiveDate>,
}

/// Someone who signs for an authority or a body, and from when to when.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signatory {
    /// The identifier by which a convention names this person.
    pub id: Id,
    /// The person: « Mme Hélène Carvalho ».
    pub name: String,
    /// The function, in the person's gender and without article: « présidente », « maire ».
    pub function: String,
    /// The function in the body's own language, as its documents print it.
    #[serde(default, skip_serializing_if = "absent")]
    pub function_there: Option<String>,
    /// The person's gender, so that « dûment habilitée » agrees.
    #[serde(default, skip_serializing_if = "absent")]
    pub gender: Option<Gender>,
    /// In office from this day.
    #[serde(default, skip_serializing_if = "absent")]
    pub from: Option<NaiveDate>,
    /// In office until this day, included.
    #[serde(default, skip_serializing_if = "absent")]
    pub until: Option<NaiveDate>,
    /// The act by which a deputy signs: « arrêté n° … du … ».
    #[serde(default, skip_serializing_if = "absent")]
    pub delegation: Option<String>,
}

/// How functions end that only a woman holds: présidente, adjointe, directrice, conseillère, préfète, gouverneure.
const FEMININE: [&str; 6] = ["présidente", "adjointe", "trice", "ère", "fète", "eure"];

impl Signatory {
    /// Somebody of whom nothing is known yet.
    #[must_use]
    pub const fn new(id: Id) -> Self {
        Self {
            id,
            name: String::new(),
            function: String::new(),
            function_there: None,
            gender: None,
            from: None,
            until: None,
            delegation: None,
        }
    }

    /// The gender in which words agree with the person: the one that is told, or else the one that the title before the
    /// name or the function shows.
    #[must_use]
    pub fn agreement(&self) -> Option<Gender> {
        let title = self.name.split_whitespace().next().unwrap_or_default();
        let office = self.function.split_whitespace().next().unwrap_or_default();
        let shown = || match (title, office.to_lowercase().as_str()) {
            ("Mme" | "Madame" | "Mlle", _) => Some(Gender::Feminine),
            ("M." | "Monsieur" | "Mr", _) => Some(Gender::Masculine),
            (_, office) if FEMININE.iter().any(|end| office.ends_with(end)) => {
                Some(Gender::Feminine)
            }
            _ => None,
        };
        self.gender.or_else(shown)
    }

    /// Whether the person is in office that day; a bound that is not known does not exclude.
    #[must_use]
    pub fn in_office(&self, day: NaiveDate) -> bool {
        self.from.is_none_or(|from| from <= day) && self.until.is_none_or(|until| day <= until)
    }
}

/// What a 1 % scheme is counted on, for one service budget and one year.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Base {
    /// Its identifier.
    pub id: Id,
    /// The scheme, a slug of the reference: `eau`.
    pub scheme: String,
    /// The service's budget: « budget annexe de l’eau ». A single water-and-sanitation budget has one base.
    pub budget: String,
    /// The year.
    pub year: i32,
    /// Euro cents: what the service receives.
    pub amount: Amount,
    /// Euro cents that are taken off it before counting: for mobility, the versement mobilité where the amount has it.
    #[serde(default, skip_serializing_if = "absent")]
    pub deducted: Option<Amount>,
    /// Where the figure comes from: « compte administratif 2025 ».
    #[serde(default, skip_serializing_if = "absent")]
    pub source: Option<String>,
}

impl Base {
    /// What the ceiling is counted on.
    #[must_use]
    pub fn counted(&self) -> Amount {
        self.amount - self.deducted.unwrap_or_default()
    }
}

/// How long before its date an alert shows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AlertDelay {
    /// The kind of alert.
    pub key: String,
    /// Days.
    pub days: u16,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Ids;

    #[test]
    fn a_signatory_agrees_by_what_is_told_or_shown() {
        let agrees = |name: &str, function: &str, gender| {
            let signatory = Signatory {
                name: name.to_owned(),
                function: function.to_owned(),
                gender,
                ..Signatory::new(Ids::counted(1).next_id())
            };
            signatory.agreement()
        };
        let (she, he) = (Some(Gender::Feminine), Some(Gender::Masculine));
        assert_eq!(agrees("Mme Hélène Carvalho", "maire", None), she);
        assert_eq!(agrees("M. Koffi Lawson", "maire", None), he);
        assert_eq!(agrees("Awa Diallo", "Vice-présidente déléguée", None), she);
        assert_eq!(agrees("Dominique Le Goff", "adjointe au maire", None), she);
        assert_eq!(agrees("Dominique Le Goff", "maire", None), None);
        assert_eq!(agrees("M. Koffi Lawson", "maire", she), she);
    }
}
