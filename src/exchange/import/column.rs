//! What the columns of a table hold: guessed from their heads, and changed by who knows.

mod amounts;
mod unit;

pub(super) use self::amounts::{is_income, was_done};
pub use self::unit::Unit;
use super::known::Payers;
use super::{Field, Kind};
use crate::exchange::table::value::years_in;
use crate::model::fold;

/// A column of a table, and what it is taken for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Column {
    /// Its head; empty where it has none.
    pub head: String,
    /// What it holds; nothing of use when absent.
    pub field: Option<Field>,
    /// The year that its head names.
    pub year: Option<i32>,
    /// What its amounts are counted in, where its head says it, or a line above.
    pub unit: Option<Unit>,
    /// What its head says beside the year.
    said: String,
}

/// How well a head is known in a table of that kind: 0 when it is not.
#[must_use]
pub fn known(head: &str, kind: Kind) -> u32 {
    let folded = fold(&unit::parted(head).0);
    if folded.is_empty() {
        return 0;
    }
    let best = Field::of(kind)
        .iter()
        .map(|field| field.fits(&folded))
        .max()
        .unwrap_or(0);
    let by_year = kind == Kind::Budget && Column::unknown(head).names_a_year();
    match best {
        60.. => 6,
        _ if by_year => 4,
        1.. => 1,
        0 => 0,
    }
}

/// What each column of a table of that kind seems to hold. A field goes to one column only, but for the amounts of a
/// budget, which stand by year and by funder: those whom heads may name are told.
#[must_use]
pub fn guess(heads: &[String], kind: Kind, payers: &Payers) -> Vec<Column> {
    let mut columns: Vec<Column> = heads.iter().map(|head| Column::unknown(head)).collect();
    let fields = Field::of(kind);
    let mut fits: Vec<(u32, usize, Field)> = Vec::new();
    let by_year = kind == Kind::Budget && columns.iter().any(Column::names_a_year);
    for (place, head) in heads.iter().enumerate() {
        let folded = fold(&unit::parted(head).0);
        // A column of a budget that adds up others, or tells its income, is none of its amounts; a funder's is.
        let is_share = || {
            let column = columns.get(place);
            column
                .and_then(Column::payer)
                .is_some_and(|it| payers.has(it))
                && known(head, kind) < 6
        };
        if kind == Kind::Budget && (amounts::is_none(&folded) || is_share()) {
            continue;
        }
        // A total beside the years that it adds up is none of the amounts either.
        if by_year && amounts::adds_up(&folded) {
            continue;
        }
        let names_a_year =
            kind == Kind::Budget && columns.get(place).is_some_and(Column::names_a_year);
        for field in fields
            .iter()
            .filter(|it| !names_a_year || !amounts::gives_way(**it, &folded))
        {
            let fit = field.fits(&folded);
            if fit > 0 {
                fits.push((fit, place, *field));
            }
        }
    }
    let rank = |field: Field| fields.iter().position(|it| *it == field);
    fits.sort_by_key(|(fit, place, field)| (std::cmp::Reverse(*fit), rank(*field), *place));
    let mut taken: Vec<Field> = Vec::new();
    for (_, place, field) in fits {
        if let Some(column) = columns.get_mut(place).filter(|it| it.field.is_none())
            && !taken.contains(&field)
        {
            column.field = Some(field);
            taken.push(field);
        }
    }
    if kind == Kind::Budget {
        amounts::settle(&mut columns, payers);
    }
    columns
}

/// A line above the heads may say in what all amounts are counted, where their own heads do not.
pub(super) fn count_as_said_above<'a>(
    columns: &mut [Column],
    mut lines: impl Iterator<Item = &'a str>,
) {
    let Some(unit) = lines.find_map(unit::above) else {
        return;
    };
    for column in columns {
        column.unit.get_or_insert_with(|| unit.clone());
    }
}

impl Column {
    /// Whether its head names one year; a title as long as a sentence names its year by the way.
    fn names_a_year(&self) -> bool {
        self.year.is_some() && self.head.chars().count() < 60
    }

    /// Who pays its amounts, where its head says it: nobody in « Prévu 2027 ».
    #[must_use]
    pub fn payer(&self) -> Option<&str> {
        const OF_AMOUNTS: [&str; 36] = [
            "total",
            "montant",
            "montants",
            "prevu",
            "prevus",
            "prevision",
            "previsions",
            "previsionnel",
            "budget",
            "depenses",
            "depense",
            "cout",
            "couts",
            "bp",
            "annee",
            "exercice",
            "millesime",
            "budgetaire",
            "year",
            "fiscal",
            "fy",
            "ex",
            "cost",
            "eur",
            "euros",
            "ttc",
            "ht",
            "en",
            "vote",
            "amount",
            "planned",
            "part",
            "financement",
            "contribution",
            "apport",
            "dont",
        ];
        const ARTICLES: [&str; 7] = ["de", "du", "des", "d", "la", "le", "les"];
        let is_of_amounts = |word: &str| OF_AMOUNTS.contains(&fold(word).as_str());
        if self
            .said
            .split(' ')
            .all(|word| fold(word).is_empty() || fold(word).split(' ').all(is_of_amounts))
        {
            return None;
        }
        // « Part de l’Agence de l’eau » is that of « Agence de l’eau ».
        let mut name = self.said.as_str();
        let mut is_led = false;
        while let Some((first, rest)) = name.split_once(' ')
            && (is_of_amounts(first) || is_led && ARTICLES.contains(&fold(first).as_str()))
        {
            (name, is_led) = (rest, true);
        }
        // « Valmont prévu » is « Valmont »: a line of heads below says what each amount is.
        const BELOW: [&str; 8] = [
            "prevu",
            "prevus",
            "prevision",
            "previsionnel",
            "montant",
            "ttc",
            "ht",
            "vote",
        ];
        while let Some((rest, last)) = name.rsplit_once(' ')
            && BELOW.contains(&fold(last).as_str())
        {
            name = rest;
        }
        let elided = ["l’", "l'", "d’", "d'"]
            .iter()
            .find_map(|it| name.strip_prefix(it));
        Some(elided.filter(|_| is_led).unwrap_or(name))
    }

    /// A column of that head, of which nothing is said.
    fn unknown(head: &str) -> Self {
        let (bare, unit) = unit::parted(head);
        let years = years_in(&bare);
        let year = match years.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let mut said: Vec<&str> = bare
            .split_whitespace()
            .filter(|word| year.is_none_or(|year| !word.contains(&year.to_string())))
            .collect();
        said.retain(|word| word.chars().any(char::is_alphanumeric));
        Self {
            head: head.to_owned(),
            field: None,
            year,
            unit,
            said: said.join(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::exchange::budget;

    fn guessed(kind: Kind, heads: &[&str]) -> Vec<Option<Field>> {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        guess(&heads, kind, &Payers::default())
            .into_iter()
            .map(|column| column.field)
            .collect()
    }

    #[test]
    fn heads_are_understood_in_french_and_in_english() {
        use Field::{Country, Executive, Name, Population, Since};
        assert_eq!(
            guessed(
                Kind::Partners,
                &["Commune partenaire", "Etat", "Pop.", "Date"]
            ),
            [Some(Name), Some(Country), Some(Population), Some(Since)]
        );
        assert_eq!(
            guessed(Kind::Partners, &["City", "Country", "Inhabitants", "Mayor"]),
            [Some(Name), Some(Country), Some(Population), Some(Executive)]
        );
        assert_eq!(
            guessed(Kind::Partners, &["nom", "pays", "population"])[..2],
            [Some(Name), Some(Country)]
        );
    }

    #[test]
    fn the_twin_town_is_the_partner_and_ours_is_not() {
        let heads = [
            "origincityLabel",
            "origincountry",
            "originlat",
            "originlong",
            "originpopulation",
            "sistercityLabel",
            "destinationlat",
            "destinationlong",
            "destinationpopulation",
            "destination_countryLabel",
            "dist",
            "eu",
        ];
        let fields = guessed(Kind::Partners, &heads);
        assert_eq!(fields[5], Some(Field::Name));
        assert_eq!(fields[9], Some(Field::Country));
        assert_eq!(
            fields[6..9],
            [
                Some(Field::Latitude),
                Some(Field::Longitude),
                Some(Field::Population)
            ]
        );
        assert!(fields[..5].iter().all(Option::is_none), "{fields:?}");
    }

    #[test]
    fn finance_writes_its_heads_as_it_likes() {
        use Field::{Commitment, Mandate, Object, ThirdParty};
        use budget::Column::{Account, Amount, Date, Year};
        assert_eq!(
            guessed(
                Kind::Done,
                &[
                    "Exercice",
                    "N° engagement",
                    "N° mandat",
                    "Date",
                    "Tiers",
                    "Objet",
                    "Montant TTC",
                    "Nature"
                ]
            ),
            [
                Field::Cell(Year),
                Commitment,
                Mandate,
                Field::Cell(Date),
                ThirdParty,
                Object,
                Field::Cell(Amount),
                Field::Cell(Account),
            ]
            .map(Some)
        );
    }

    #[test]
    fn a_head_with_a_year_is_what_is_planned_in_it_and_never_what_was_done() {
        let planned = Some(Field::Planned);
        for of_years in [
            "Année",
            "Exercice",
            "Budget",
            "Year",
            "Prévu",
            "Montant",
            "Coût",
            "Dépenses",
            "Financement",
        ] {
            let heads = [format!("{of_years} 2027"), format!("{of_years} 2028")];
            let heads = ["Intitulé", &heads[0], &heads[1]];
            let fields = guessed(Kind::Budget, &heads);
            assert_eq!(fields[1..], [planned, planned], "{heads:?}");
        }
        let heads = [
            "Intitulé",
            "Prévu 2026",
            "Engagé 2026",
            "Payé 2026",
            "Reste 2026",
        ];
        assert_eq!(
            guessed(Kind::Budget, &heads)[1..],
            [planned, None, None, None]
        );
        let done = [
            "Poste",
            "Dépenses réalisées 2026",
            "Subvention versée 2026",
            "Recettes perçues 2026",
            "Somme reçue 2026",
        ];
        assert_eq!(guessed(Kind::Budget, &done)[1..], [None; 4]);
        let cell = |column| Some(Field::Cell(column));
        use budget::Column::{Label, ServiceBudget, Year};
        // What a head with a year says besides is what it holds.
        let heads = ["Intitulé 2027", "Montant 2027"];
        assert_eq!(guessed(Kind::Budget, &heads), [cell(Label), planned]);
        // A total beside years is none of them.
        let heads = ["Intitulé", "2027", "2028", "Montant total"];
        let total = cell(budget::Column::Total);
        assert_eq!(
            guessed(Kind::Budget, &heads)[1..],
            [planned, planned, total]
        );
        // Without a year they are what they say.
        let heads = ["Intitulé", "Année", "Budget annexe", "Montant"];
        assert_eq!(
            guessed(Kind::Budget, &heads)[1..],
            [cell(Year), cell(ServiceBudget), planned]
        );
    }

    #[test]
    fn amounts_of_a_budget_stand_by_year_and_by_funder() {
        let heads = [
            "Poste",
            "Intitulé",
            "2027 Valmont",
            "2027 MEAE",
            "2028 Valmont",
            "Total 2027",
        ]
        .map(str::to_owned);
        let columns = guess(&heads, Kind::Budget, &Payers::default());
        assert_eq!(columns[2].field, Some(Field::Planned));
        assert_eq!(
            (columns[3].year, columns[3].payer()),
            (Some(2027), Some("MEAE"))
        );
        assert_eq!(columns[5].field, Some(Field::Cell(budget::Column::Total)));
    }
}
