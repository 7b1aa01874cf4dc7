//! What the columns of a table hold: guessed from their heads, and changed by who knows.

use super::{Field, Kind};
use crate::exchange::budget;
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
    /// What its head says beside the year: a funder's name, in a budget.
    pub said: String,
}

/// How well a head is known in a table of that kind: 0 when it is not.
#[must_use]
pub fn known(head: &str, kind: Kind) -> u32 {
    let folded = fold(head);
    if folded.is_empty() {
        return 0;
    }
    let best = Field::of(kind)
        .iter()
        .map(|field| field.fits(&folded))
        .max()
        .unwrap_or(0);
    let by_year = kind == Kind::Budget && years_in(head).len() == 1 && head.len() < 60;
    match best {
        60.. => 6,
        _ if by_year => 4,
        1.. => 1,
        0 => 0,
    }
}

/// What each column of a table of that kind seems to hold. A field goes to one column only, but for the amounts of a
/// budget, which stand by year and by funder.
#[must_use]
pub fn guess(heads: &[String], kind: Kind) -> Vec<Column> {
    let mut columns: Vec<Column> = heads.iter().map(|head| Column::unknown(head)).collect();
    let fields = Field::of(kind);
    let mut fits: Vec<(u32, usize, Field)> = Vec::new();
    for (place, head) in heads.iter().enumerate() {
        let folded = fold(head);
        // A column of a budget that adds up others is none of its amounts.
        if kind == Kind::Budget
            && folded
                .split(' ')
                .next()
                .is_some_and(|word| ["total", "cumul"].contains(&word))
        {
            continue;
        }
        // « Année 2027 », « Budget 2028 » hold what is planned in that year, not years nor names of budgets.
        if kind == Kind::Budget && columns.get(place).is_some_and(Column::names_a_year) {
            continue;
        }
        for field in &fields {
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
        // « Montant » is that of an operation in our own table, which says what each row is, and what is planned in any
        // other.
        let is_ours = columns
            .iter()
            .any(|column| column.field == Some(Field::Cell(budget::Column::Row)));
        let has_planned = columns
            .iter()
            .any(|column| column.field == Some(Field::Planned));
        for column in columns.iter_mut().filter(|it| {
            !is_ours && !has_planned && it.field == Some(Field::Cell(budget::Column::Amount))
        }) {
            column.field = Some(Field::Planned);
        }
        spread_over_years(&mut columns);
    }
    columns
}

/// What is done of a budget, which is not what is planned in it.
const DONE: [&str; 24] = [
    "engage",
    "engages",
    "engagement",
    "engagements",
    "mandate",
    "mandates",
    "ordonnance",
    "liquide",
    "paye",
    "payes",
    "paiement",
    "paiements",
    "realise",
    "realises",
    "execute",
    "notifie",
    "encaisse",
    "recu",
    "verse",
    "reste",
    "solde",
    "paid",
    "committed",
    "spent",
];

/// A head that names one year, and says neither that it adds up others nor what was done, is what is planned in that
/// year.
fn spread_over_years(columns: &mut [Column]) {
    for column in columns {
        let folded = fold(&column.head);
        let mut words = folded.split(' ');
        let is_another =
            words.any(|word| ["total", "cumul"].contains(&word) || DONE.contains(&word));
        let is_amount = matches!(
            column.field,
            None | Some(Field::Planned | Field::Cell(budget::Column::Amount))
        );
        if column.names_a_year() && is_amount && !is_another {
            column.field = Some(Field::Planned);
        }
    }
}

impl Column {
    /// Whether its head names one year; a title as long as a sentence names its year by the way.
    fn names_a_year(&self) -> bool {
        self.year.is_some() && self.head.chars().count() < 60
    }

    /// A column of that head, of which nothing is said.
    fn unknown(head: &str) -> Self {
        let years = years_in(head);
        let year = match years.as_slice() {
            [one] => Some(*one),
            _ => None,
        };
        let mut said: Vec<&str> = head
            .split_whitespace()
            .filter(|word| year.is_none_or(|year| !word.contains(&year.to_string())))
            .collect();
        said.retain(|word| word.chars().any(char::is_alphanumeric));
        Self {
            head: head.to_owned(),
            field: None,
            year,
            said: said.join(" "),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guessed(kind: Kind, heads: &[&str]) -> Vec<Option<Field>> {
        let heads: Vec<String> = heads.iter().map(|head| (*head).to_owned()).collect();
        guess(&heads, kind)
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
            "Année", "Exercice", "Budget", "Year", "Prévu", "Montant", "Coût",
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
        // Without a year they are what they say.
        let heads = ["Intitulé", "Année", "Budget annexe", "Montant"];
        let cell = |column| Some(Field::Cell(column));
        use budget::Column::{ServiceBudget, Year};
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
        let columns = guess(&heads, Kind::Budget);
        assert_eq!(columns[2].field, Some(Field::Planned));
        assert_eq!(
            (columns[3].year, columns[3].said.as_str()),
            (Some(2027), "MEAE")
        );
        assert_eq!(columns[5].field, None);
    }
}
