//! A budget as one table: it leaves for a spreadsheet as CSV or XLSX and comes back whole.
//!
//! # The table
//! The first row is the head: the titles of [`Column::ALL`], and between [`Column::Funder`] and [`Column::Total`] one
//! column a year, whose title is the year. Every other row is one thing; its first cell says which ([`RowKind`]):
//!
//! | `Ligne` | what it is | cells that it fills |
//! |---|---|---|
//! | `Budget` | the budget itself, once | title (`Intitulé`), currency (`Devise`), notes (`Remarques`), `Identifiant` |
//! | `Partenaire` | a body that it is for | name and id of the body (`Organisme`, `Identifiant de l’organisme`) |
//! | `Dépense` | what **one funder** is to pay of **one line**, by year: a line shared by two funders has two rows with one `Identifiant` | `Poste`, `Intitulé`, `Financeur` (its name) and `Identifiant du financeur`, years, and the line's own fields, repeated; the body granted is the `Organisme`; the five columns of foreign currency on its first row only |
//! | `Recette` | a funder, once, in the order of the tables | its name (`Financeur`) and its key (`Clé du financeur`), the body (`Organisme`; our authority's name without id when it is ours), `Certitude`, `Appel`, `Règles` (their label), `Identifiant`; its years are sums, and are not read |
//! | `Opération` | something done or expected | `Étape`, `Année`, `Montant`, `Date`, `Prévue`, `Saisie globale`, `Référence`, `Objet de l’opération`, `Condition`, `Identifiant`; what it belongs to, a line or a funder, is the `Rattachement` |
//! | `Total` | a sum of rows above | not read |
//!
//! A funder is called as people call it; by its key where two would be called the same. Files of earlier versions have the
//! key in `Financeur`, and are read.
//!
//! An empty year is no share; `0,00` is a share of nothing. Two shares of one line, funder and year stand on two rows.
//! Amounts are in the currency's units with all its decimals. Codes (`044`, `14031`) are texts, as records have them; a
//! scheme and a funder's rules are said by their labels, and read by these or by their slugs, as files of earlier versions
//! have them. Identifiers name what is known: a row without one is new, and a body without one is looked for by its name.
//!
//! # What does not travel
//! Alerts put off, pieces (their titles alone are shown) and the identifiers of shares: read over the budget that it came from, a share
//! is the one of that line, funder, year and rank. So `read(table(budget))` over the budget is that budget, and in an
//! empty folder it is that budget without them.

mod table;
#[cfg(test)]
mod tests;

pub use table::table;

/// Columns, in order; those of the years stand after [`Column::Funder`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs)]
pub enum Column {
    Row,
    Heading,
    Label,
    Funder,
    Total,
    Section,
    InKind,
    Scheme,
    ServiceBudget,
    Function,
    Account,
    Purpose,
    AidType,
    Channel,
    Body,
    Step,
    Year,
    Amount,
    Date,
    Expected,
    Lump,
    Reference,
    OperationObject,
    Condition,
    Piece,
    Certainty,
    Call,
    Rule,
    ForeignAmount,
    Currency,
    Rate,
    RateDate,
    RateSource,
    Notes,
    Id,
    Parent,
    FunderId,
    BodyId,
    FunderKey,
}

impl Column {
    /// All of them, in order.
    pub const ALL: [Self; 39] = [
        Self::Row,
        Self::Heading,
        Self::Label,
        Self::Funder,
        Self::Total,
        Self::Section,
        Self::InKind,
        Self::Scheme,
        Self::ServiceBudget,
        Self::Function,
        Self::Account,
        Self::Purpose,
        Self::AidType,
        Self::Channel,
        Self::Body,
        Self::Step,
        Self::Year,
        Self::Amount,
        Self::Date,
        Self::Expected,
        Self::Lump,
        Self::Reference,
        Self::OperationObject,
        Self::Condition,
        Self::Piece,
        Self::Certainty,
        Self::Call,
        Self::Rule,
        Self::ForeignAmount,
        Self::Currency,
        Self::Rate,
        Self::RateDate,
        Self::RateSource,
        Self::Notes,
        Self::Id,
        Self::Parent,
        Self::FunderId,
        Self::BodyId,
        Self::FunderKey,
    ];

    /// How many stand before the years.
    pub const BEFORE_YEARS: usize = 4;

    /// What stands in the head.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Row => "Ligne",
            Self::Heading => "Poste",
            Self::Label => "Intitulé",
            Self::Funder => "Financeur",
            Self::Total => "Total",
            Self::Section => "Section",
            Self::InKind => "En nature",
            Self::Scheme => "Dispositif",
            Self::ServiceBudget => "Budget du service",
            Self::Function => "Fonction M57",
            Self::Account => "Compte M57",
            Self::Purpose => "Secteur CRS",
            Self::AidType => "Type d’aide",
            Self::Channel => "Canal",
            Self::Body => "Organisme",
            Self::Step => "Étape",
            Self::Year => "Année",
            Self::Amount => "Montant",
            Self::Date => "Date",
            Self::Expected => "Prévue",
            Self::Lump => "Saisie globale",
            Self::Reference => "Référence",
            Self::OperationObject => "Objet de l’opération",
            Self::Condition => "Condition",
            Self::Piece => "Pièce",
            Self::Certainty => "Certitude",
            Self::Call => "Appel",
            Self::Rule => "Règles",
            Self::ForeignAmount => "Montant en devise",
            Self::Currency => "Devise",
            Self::Rate => "Cours pour 1 €",
            Self::RateDate => "Date du cours",
            Self::RateSource => "Source du cours",
            Self::Notes => "Remarques",
            Self::Id => "Identifiant",
            Self::Parent => "Rattachement",
            Self::FunderId => "Identifiant du financeur",
            Self::BodyId => "Identifiant de l’organisme",
            Self::FunderKey => "Clé du financeur",
        }
    }

    /// Whether only software reads it: a workbook hides it.
    const fn is_technical(self) -> bool {
        matches!(
            self,
            Self::Id | Self::Parent | Self::FunderId | Self::BodyId | Self::FunderKey
        )
    }

    /// How wide a spreadsheet shows it, in characters.
    const fn width(self) -> u16 {
        match self {
            Self::Row | Self::InKind | Self::Date | Self::Expected | Self::RateDate => 11,
            // « Études, assistance technique, formation », whole.
            Self::Heading => 40,
            Self::Body | Self::OperationObject | Self::Condition | Self::ServiceBudget => 26,
            Self::Label => 44,
            Self::Scheme | Self::Rule => 24,
            Self::Funder | Self::Total | Self::Amount | Self::Section | Self::Reference => 16,
            Self::Notes | Self::Id | Self::Parent | Self::FunderId | Self::BodyId => 38,
            _ => 13,
        }
    }
}

/// What a row is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs)]
pub enum RowKind {
    Budget,
    Partner,
    Expense,
    Income,
    Operation,
    Total,
}

impl RowKind {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Budget,
        Self::Partner,
        Self::Expense,
        Self::Income,
        Self::Operation,
        Self::Total,
    ];

    /// As its first cell says.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Budget => "Budget",
            Self::Partner => "Partenaire",
            Self::Expense => "Dépense",
            Self::Income => "Recette",
            Self::Operation => "Opération",
            Self::Total => "Total",
        }
    }
}
