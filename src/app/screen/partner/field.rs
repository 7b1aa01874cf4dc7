//! The entries of a partner's form, and what they are called.

use crate::model::{Id as RecordKey, Nature};

/// An entry of the form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Field {
    /// The official name in French.
    Name,
    /// The name that texts use once it is introduced.
    ShortName,
    /// A name in a language of its own, by rank.
    OwnName(usize),
    /// The kind, as its country says.
    Kind,
    /// Where it sits.
    Seat,
    /// The town of the seat.
    Town,
    /// Its assembly.
    Assembly,
    /// Who orders its payments.
    AuthorisingOfficer,
    /// Languages of work.
    Languages,
    /// Inhabitants.
    Population,
    /// Where it is on the map.
    Coordinates,
    /// The law of its country.
    OwnLaw,
    /// Who authorises it.
    Supervisor,
    /// The text that says so.
    SupervisionBasis,
    /// When recognition was looked up.
    RecognitionDate,
    /// By whom.
    RecognitionBy,
    /// What was found.
    RecognitionResult,
    /// SIRET.
    Siret,
    /// RNA.
    Rna,
    /// When the contrat d’engagement républicain was signed.
    Commitment,
    /// Remarks of the department.
    Notes,
    /// Something of the executive: the first who may sign.
    Executive(Office),
    /// Something of one who may sign.
    Signatory(RecordKey, Office),
}

/// What is said of one who may sign.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Office {
    /// The person.
    Name,
    /// The function.
    Function,
    /// The function in the body’s own language.
    FunctionThere,
    /// In office from.
    From,
    /// In office until.
    Until,
    /// By what act a deputy signs.
    Delegation,
}

impl Field {
    /// Those that are written on several lines.
    pub const LONG: [Self; 4] = [
        Self::SupervisionBasis,
        Self::OwnLaw,
        Self::RecognitionResult,
        Self::Notes,
    ];

    /// Its label, for a body of that nature.
    #[must_use]
    pub const fn label(self, nature: Nature) -> &'static str {
        match self {
            Self::Name => "Nom officiel, en français",
            Self::ShortName => "Nom court",
            Self::OwnName(0) => "Nom dans sa langue",
            Self::OwnName(_) => "Nom dans une autre langue",
            Self::Kind => match nature {
                Nature::ForeignAuthority | Nature::FrenchAuthority => "Statut local",
                Nature::DiplomaticPost => "Type de poste",
                _ => "Statut",
            },
            Self::Seat => "Siège",
            Self::Town => "Ville du siège",
            Self::Assembly => "Assemblée",
            Self::AuthorisingOfficer => "Ordonnateur",
            Self::Languages => "Langues de travail",
            Self::Population => "Population",
            Self::Coordinates => "Latitude et longitude",
            Self::OwnLaw => "Droit de son pays que citent les conventions",
            Self::Supervisor => "Autorité de tutelle",
            Self::SupervisionBasis => "Texte qui demande son accord",
            Self::RecognitionDate => "Vérifié le",
            Self::RecognitionBy => "Vérifié par",
            Self::RecognitionResult => "Résultat",
            Self::Siret => "SIRET",
            Self::Rna => "N° RNA",
            Self::Commitment => "Contrat d’engagement républicain, signé le",
            Self::Notes => "Notes du service",
            Self::Executive(Office::Function) => match nature {
                Nature::ForeignAuthority | Nature::FrenchAuthority => "Fonction de l’exécutif",
                Nature::DiplomaticPost => "Fonction du chef de poste",
                Nature::Association => "Fonction du représentant légal",
                _ => "Fonction du responsable",
            },
            Self::Executive(_) => executive(nature),
            Self::Signatory(_, office) => office.label(),
        }
    }

    /// What shows while it is empty, of a body of that nature.
    #[must_use]
    pub const fn example(self, nature: Nature) -> &'static str {
        match (self, nature) {
            (Self::Name, Nature::DiplomaticPost) => "Ambassade de France au Sénégal",
            (Self::Name, Nature::Association) => "Association Eaux vives",
            (Self::Name, _) => "par exemple\u{a0}: Commune de Saint-Louis",
            (Self::ShortName, Nature::DiplomaticPost) => "ambassade à Dakar",
            (Self::ShortName, Nature::Association) => "Eaux vives",
            (Self::ShortName, _) => "par exemple\u{a0}: Saint-Louis",
            (Self::Kind, Nature::DiplomaticPost) => "ambassade, consulat général…",
            (Self::Kind, Nature::Association) => "association de solidarité internationale",
            (Self::Kind, _) => "município, commune urbaine…",
            (Self::Assembly, Nature::Association) => "conseil d’administration",
            (Self::Assembly, _) => "conseil municipal",
            (Self::Languages, _) => "français, portugais",
            (Self::Coordinates, _) => "16,03 ; -16,49",
            (Self::RecognitionResult, _) => "reconnue, aucune sanction",
            (Self::Siret, _) => "14 chiffres",
            (Self::Rna, _) => "W et 9 chiffres",
            (
                Self::RecognitionDate
                | Self::Commitment
                | Self::Signatory(_, Office::From | Office::Until),
                _,
            ) => "JJ/MM/AAAA",
            (Self::Executive(Office::Name), _) => "par exemple\u{a0}: Mme Awa Diop",
            (Self::Executive(Office::Function), Nature::DiplomaticPost) => "ambassadrice",
            (Self::Executive(Office::Function), Nature::Association) => "présidente",
            (
                Self::Executive(Office::Function),
                Nature::ForeignAuthority | Nature::FrenchAuthority,
            ) => "maire",
            (Self::Executive(Office::Function), _) => "directrice",
            _ => "",
        }
    }
}

/// What who leads a body of that nature is called.
#[must_use]
pub const fn executive(nature: Nature) -> &'static str {
    match nature {
        Nature::ForeignAuthority | Nature::FrenchAuthority => "Exécutif",
        Nature::DiplomaticPost => "Chef de poste",
        Nature::Association => "Représentant légal",
        _ => "Responsable",
    }
}

impl Office {
    const fn label(self) -> &'static str {
        match self {
            Self::Name => "Signataire",
            Self::Function => "Fonction",
            Self::FunctionThere => "Fonction dans sa langue",
            Self::From => "En fonction depuis le",
            Self::Until => "Jusqu’au",
            Self::Delegation => "Délégation",
        }
    }
}
