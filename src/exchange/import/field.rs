//! What a column of a table may hold.

use super::Kind;
use crate::exchange::budget::Column;

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Field {
    // partners
    Name,
    ShortName,
    Country,
    Town,
    Nature,
    LocalKind,
    Executive,
    Function,
    Population,
    Latitude,
    Longitude,
    Since,
    // conventions
    Title,
    Genre,
    Parties,
    Object,
    Signed,
    Start,
    End,
    Themes,
    // budgets
    /// What is planned in a year, by somebody: as many columns as there are years, and funders.
    Planned,
    /// What a budget that was exported says there; other tables say the same of amounts, dates, remarks…
    Cell(Column),
    // what finance did
    Commitment,
    Mandate,
    ThirdParty,
    Ordered,
    /// Whether it is an expense or income.
    Sense,
}

impl Field {
    /// The fields of a kind of table, in the order in which they are offered.
    #[must_use]
    pub fn of(kind: Kind) -> Vec<Self> {
        match kind {
            Kind::Partners => vec![
                Self::Name,
                Self::Country,
                Self::ShortName,
                Self::Town,
                Self::Nature,
                Self::LocalKind,
                Self::Executive,
                Self::Function,
                Self::Population,
                Self::Latitude,
                Self::Longitude,
                Self::Since,
                Self::Cell(Column::Notes),
            ],
            Kind::Conventions => vec![
                Self::Title,
                Self::Parties,
                Self::Cell(Column::Amount),
                Self::Object,
                Self::Cell(Column::Currency),
                Self::Genre,
                Self::Signed,
                Self::Start,
                Self::End,
                Self::Themes,
                Self::Cell(Column::Notes),
            ],
            Kind::Budget => {
                let cells = Column::ALL.into_iter().flat_map(|column| match column {
                    // The years stand after the funder.
                    Column::Funder => vec![Self::Cell(column), Self::Planned],
                    Column::Piece => Vec::new(),
                    column => vec![Self::Cell(column)],
                });
                cells.collect()
            }
            Kind::Done => vec![
                Self::Commitment,
                Self::Mandate,
                Self::ThirdParty,
                Self::Object,
                Self::Cell(Column::Amount),
                Self::Cell(Column::Date),
                Self::Ordered,
                Self::Sense,
                Self::Cell(Column::ServiceBudget),
                Self::Cell(Column::Account),
                Self::Cell(Column::Year),
            ],
        }
    }

    /// Whether it is a day.
    #[must_use]
    pub const fn is_day(self) -> bool {
        matches!(
            self,
            Self::Since
                | Self::Signed
                | Self::Start
                | Self::End
                | Self::Cell(Column::Date | Column::RateDate)
        )
    }

    /// Whether it is an amount of money.
    #[must_use]
    pub const fn is_amount(self) -> bool {
        matches!(
            self,
            Self::Planned
                | Self::Ordered
                | Self::Cell(Column::Amount | Column::Total | Column::ForeignAmount)
        )
    }

    /// Whether it counts something: its figures stand one under the other.
    #[must_use]
    pub const fn is_figures(self) -> bool {
        matches!(
            self,
            Self::Population
                | Self::Planned
                | Self::Ordered
                | Self::Cell(Column::Amount | Column::Total | Column::ForeignAmount)
        )
    }

    /// Its name on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Name => "Nom",
            Self::ShortName => "Nom court",
            Self::Country => "Pays",
            Self::Town => "Ville du siège",
            Self::Nature => "Nature",
            Self::LocalKind => "Statut dans son pays",
            Self::Executive => "Exécutif",
            Self::Function => "Fonction",
            Self::Population => "Population",
            Self::Latitude => "Latitude",
            Self::Longitude => "Longitude",
            Self::Since => "Depuis",
            Self::Title => "Titre",
            Self::Genre => "Genre",
            Self::Parties => "Partenaires",
            Self::Object => "Objet",
            Self::Signed => "Signée le",
            Self::Start => "Début",
            Self::End => "Fin",
            Self::Themes => "Thèmes",
            Self::Planned => "Montant prévu",
            Self::Commitment => "N° d’engagement",
            Self::Mandate => "N° de mandat",
            Self::ThirdParty => "Tiers",
            Self::Ordered => "Montant mandaté",
            Self::Sense => "Dépense ou recette",
            Self::Cell(column) => column.title(),
        }
    }
}
