//! What the columns of a table hold: guessed from their heads, in French and in English, and changed by who knows.

use super::Kind;
use crate::exchange::table::value::years_in;
use crate::model::fold;

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
    // budgets, as `exporter budget` writes them
    Row,
    Heading,
    Label,
    Funder,
    Planned,
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
    Expected,
    Lump,
    OperationObject,
    Condition,
    Certainty,
    Call,
    Rule,
    ForeignAmount,
    Rate,
    RateDate,
    RateSource,
    Id,
    Parent,
    FunderId,
    BodyId,
    // what finance did
    Commitment,
    Mandate,
    ThirdParty,
    Ordered,
    // several
    Amount,
    Currency,
    Date,
    Reference,
    Notes,
}

impl Field {
    /// The fields of a kind of table, in the order in which they are offered.
    #[must_use]
    pub const fn of(kind: Kind) -> &'static [Self] {
        match kind {
            Kind::Partners => &[
                Self::Name,
                Self::Country,
                Self::ShortName,
                Self::Town,
                Self::Nature,
                Self::LocalKind,
                Self::Population,
                Self::Latitude,
                Self::Longitude,
                Self::Since,
                Self::Notes,
            ],
            Kind::Conventions => &[
                Self::Title,
                Self::Genre,
                Self::Parties,
                Self::Object,
                Self::Amount,
                Self::Currency,
                Self::Signed,
                Self::Start,
                Self::End,
                Self::Themes,
                Self::Notes,
            ],
            Kind::Budget => &[
                Self::Row,
                Self::Heading,
                Self::Label,
                Self::Funder,
                Self::Planned,
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
            ],
            Kind::Done => &[
                Self::Commitment,
                Self::Mandate,
                Self::Date,
                Self::ThirdParty,
                Self::Amount,
                Self::Ordered,
                Self::Object,
                Self::ServiceBudget,
                Self::Account,
                Self::Year,
            ],
        }
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
            Self::Row => "Sorte de ligne",
            Self::Heading => "Poste",
            Self::Label => "Intitulé",
            Self::Funder => "Financeur",
            Self::Planned => "Montant prévu",
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
            Self::Expected => "Prévue",
            Self::Lump => "Saisie globale",
            Self::OperationObject => "Objet de l’opération",
            Self::Condition => "Condition",
            Self::Certainty => "Certitude",
            Self::Call => "Appel",
            Self::Rule => "Règles",
            Self::ForeignAmount => "Montant en devise",
            Self::Rate => "Cours pour 1\u{a0}€",
            Self::RateDate => "Date du cours",
            Self::RateSource => "Source du cours",
            Self::Id => "Identifiant",
            Self::Parent => "Rattachement",
            Self::FunderId => "Identifiant du financeur",
            Self::BodyId => "Identifiant de l’organisme",
            Self::Commitment => "N° d’engagement",
            Self::Mandate => "N° de mandat",
            Self::ThirdParty => "Tiers",
            Self::Ordered => "Montant mandaté",
            Self::Amount => "Montant",
            Self::Currency => "Devise",
            Self::Date => "Date",
            Self::Reference => "Référence",
            Self::Notes => "Remarques",
        }
    }

    /// What heads call it beside its label, folded.
    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Name => &[
                "nom",
                "nom du partenaire",
                "partenaire",
                "commune partenaire",
                "ville partenaire",
                "collectivite partenaire",
                "ville jumelee",
                "commune jumelee",
                "jumelle",
                "ville jumelle",
                "collectivite etrangere",
                "organisme",
                "sistercitylabel",
                "sister city",
                "twin town",
                "twin city",
                "partner",
                "partner name",
                "name",
                "city",
                "town",
                "ville",
                "commune",
                "collectivite",
                "denomination",
                "libelle",
                "raison sociale",
                "association",
            ],
            Self::ShortName => &[
                "nom court",
                "nom usuel",
                "sigle",
                "acronyme",
                "short name",
                "acronym",
            ],
            Self::Country => &[
                "pays",
                "etat",
                "pays partenaire",
                "pays du partenaire",
                "destination countrylabel",
                "country",
                "partner country",
                "code pays",
                "iso",
                "code iso",
                "country code",
                "nation",
            ],
            Self::Town => &["ville du siege", "siege", "localite", "seat"],
            Self::Nature => &[
                "nature",
                "type",
                "type de partenaire",
                "categorie",
                "nature juridique",
                "type of partner",
            ],
            Self::LocalKind => &["statut", "statut local", "niveau", "echelon", "level"],
            Self::Population => &[
                "population",
                "pop",
                "habitants",
                "nombre d habitants",
                "nb habitants",
                "nb d habitants",
                "hab",
                "destinationpopulation",
                "inhabitants",
            ],
            Self::Latitude => &["latitude", "lat", "destinationlat", "y"],
            Self::Longitude => &["longitude", "long", "lon", "lng", "destinationlong", "x"],
            Self::Since => &[
                "depuis",
                "date",
                "annee",
                "date de jumelage",
                "annee de jumelage",
                "date du jumelage",
                "jumelage depuis",
                "debut de la cooperation",
                "since",
                "year",
                "date de signature",
                "annee de signature",
            ],
            Self::Title => &[
                "titre",
                "intitule",
                "convention",
                "intitule de la convention",
                "libelle",
                "title",
                "nom de la convention",
                "nom",
            ],
            Self::Genre => &[
                "genre",
                "type",
                "nature",
                "type de convention",
                "nature de la convention",
                "type d accord",
                "kind",
                "agreement type",
            ],
            Self::Parties => &[
                "partenaire",
                "partenaires",
                "parties",
                "partie",
                "cocontractant",
                "cocontractants",
                "signataires",
                "collectivite partenaire",
                "ville partenaire",
                "beneficiaire",
                "partner",
                "partners",
                "parties names",
                "avec",
                "ville",
                "organisme",
            ],
            Self::Object => &[
                "objet",
                "description",
                "objet de la convention",
                "resume",
                "object",
                "purpose",
                "subject",
                "libelle",
                "objet du mandat",
                "objet de la depense",
                "intitule",
            ],
            Self::Signed => &[
                "signee le",
                "date de signature",
                "signature",
                "date signature",
                "signed",
                "signed on",
                "signing date",
                "date",
            ],
            Self::Start => &[
                "debut",
                "date de debut",
                "date debut",
                "du",
                "debut de validite",
                "prise d effet",
                "date d effet",
                "start",
                "start date",
                "from",
                "entree en vigueur",
            ],
            Self::End => &[
                "fin",
                "date de fin",
                "date fin",
                "au",
                "echeance",
                "fin de validite",
                "date d echeance",
                "terme",
                "end",
                "end date",
                "to",
                "expiration",
            ],
            Self::Themes => &[
                "theme",
                "themes",
                "thematique",
                "thematiques",
                "domaine",
                "domaines",
                "secteur",
                "topic",
                "topics",
            ],
            Self::Row => &["ligne"],
            Self::Heading => &[
                "poste",
                "postes",
                "rubrique",
                "poste de depense",
                "postes de depenses",
                "chapitre",
                "categorie",
                "nature de la depense",
                "nature des depenses",
                "heading",
                "budget heading",
                "category",
            ],
            Self::Label => &[
                "intitule",
                "libelle",
                "designation",
                "detail",
                "description",
                "depense",
                "depenses",
                "action",
                "activite",
                "label",
                "item",
                "objet",
            ],
            Self::Funder => &[
                "financeur",
                "financeurs",
                "bailleur",
                "cofinanceur",
                "source de financement",
                "funder",
                "donor",
                "financement",
            ],
            Self::Planned => &[
                "montant",
                "montant prevu",
                "prevu",
                "prevision",
                "budget",
                "cout",
                "cout total",
                "montant total",
                "montant ttc",
                "amount",
                "planned",
                "cost",
                "bp",
                "vote",
            ],
            Self::Section => &["section"],
            Self::InKind => &[
                "en nature",
                "valorisation",
                "apport en nature",
                "nature",
                "in kind",
            ],
            Self::Scheme => &["dispositif", "1", "scheme"],
            Self::ServiceBudget => &[
                "budget du service",
                "budget",
                "budget annexe",
                "code budget",
                "libelle budget",
            ],
            Self::Function => &["fonction m57", "fonction", "code fonction", "function"],
            Self::Account => &[
                "compte m57",
                "compte",
                "nature",
                "article",
                "imputation",
                "code nature",
                "nature comptable",
                "account",
                "compte nature",
            ],
            Self::Purpose => &["secteur crs", "code crs", "crs", "secteur", "purpose code"],
            Self::AidType => &["type d aide", "aid type"],
            Self::Channel => &["canal", "canal d acheminement", "channel"],
            Self::Body => &["organisme", "beneficiaire"],
            Self::Step => &["etape"],
            Self::Year => &[
                "annee",
                "exercice",
                "millesime",
                "annee budgetaire",
                "year",
                "fiscal year",
            ],
            Self::Expected => &["prevue"],
            Self::Lump => &["saisie globale"],
            Self::OperationObject => &["objet de l operation"],
            Self::Condition => &["condition", "conditions"],
            Self::Certainty => &["certitude"],
            Self::Call => &["appel", "appel a projets"],
            Self::Rule => &["regles du financeur"],
            Self::ForeignAmount => &["montant en devise", "montant devise"],
            Self::Rate => &["cours pour 1", "cours", "taux de change", "exchange rate"],
            Self::RateDate => &["date du cours"],
            Self::RateSource => &["source du cours"],
            Self::Id => &["identifiant"],
            Self::Parent => &["rattachement"],
            Self::FunderId => &["identifiant du financeur"],
            Self::BodyId => &["identifiant de l organisme"],
            Self::Commitment => &[
                "n d engagement",
                "n engagement",
                "no engagement",
                "num engagement",
                "numero d engagement",
                "numero engagement",
                "engagement",
                "numero",
                "num",
                "commitment number",
                "bon de commande",
                "n bon de commande",
                "reference engagement",
            ],
            Self::Mandate => &[
                "n de mandat",
                "n mandat",
                "no mandat",
                "num mandat",
                "numero de mandat",
                "numero mandat",
                "mandat",
                "bordereau mandat",
                "payment number",
                "piece",
            ],
            Self::ThirdParty => &[
                "tiers",
                "nom du tiers",
                "nom tiers",
                "libelle tiers",
                "creancier",
                "fournisseur",
                "beneficiaire",
                "raison sociale",
                "third party",
                "supplier",
                "payee",
            ],
            Self::Ordered => &[
                "montant mandate",
                "mandate",
                "montant mandat",
                "montant liquide",
                "realise",
                "montant realise",
                "montant paye",
                "paid",
            ],
            Self::Amount => &[
                "montant",
                "montant ttc",
                "montant engage",
                "engage",
                "somme",
                "total",
                "montant total",
                "montant de la convention",
                "montant eur",
                "montant en euros",
                "amount",
                "value",
                "subvention",
            ],
            Self::Currency => &["devise", "monnaie", "currency"],
            Self::Date => &[
                "date",
                "date d emission",
                "date emission",
                "date mandat",
                "date du mandat",
                "date d engagement",
                "date engagement",
                "date de mandatement",
                "date comptable",
            ],
            Self::Reference => &["reference", "ref"],
            Self::Notes => &[
                "remarques",
                "remarque",
                "notes",
                "note",
                "observations",
                "observation",
                "commentaire",
                "commentaires",
                "comments",
                "divers",
            ],
        }
    }

    /// How well a folded head says this field: its place among the names in hundreds, less for one that it only holds.
    fn fits(self, head: &str) -> u32 {
        let exact = |rank: usize| 100 - u32::try_from(rank).unwrap_or(50).min(50);
        let names = self.names();
        if head == fold(self.label()) {
            return 110;
        }
        if let Some(rank) = names.iter().position(|name| *name == head) {
            return exact(rank);
        }
        // « Nom de la commune partenaire (langue locale) » holds « commune partenaire ».
        let padded = format!(" {head} ");
        let held = names
            .iter()
            .filter(|name| name.len() > 2 && padded.contains(&format!(" {name} ")))
            .map(|name| u32::try_from(name.len()).unwrap_or(0).min(30))
            .max();
        held.map_or(0, |length| 10 + length)
    }
}

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
        for field in Field::of(kind) {
            let fit = field.fits(&folded);
            if fit > 0 {
                fits.push((fit, place, *field));
            }
        }
    }
    let rank = |field: Field| Field::of(kind).iter().position(|it| *it == field);
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
            .any(|column| column.field == Some(Field::Row));
        let has_planned = columns
            .iter()
            .any(|column| column.field == Some(Field::Planned));
        for column in columns
            .iter_mut()
            .filter(|it| !is_ours && !has_planned && it.field == Some(Field::Amount))
        {
            column.field = Some(Field::Planned);
        }
        spread_over_years(&mut columns);
    }
    columns
}

/// A head that names one year, and does not say that it adds up others, is what is planned in that year.
fn spread_over_years(columns: &mut [Column]) {
    for column in columns {
        let folded = fold(&column.head);
        let adds_up = folded
            .split(' ')
            .any(|word| word == "total" || word == "cumul");
        let is_amount = matches!(column.field, None | Some(Field::Planned | Field::Amount));
        // A title as long as a sentence names its year by the way.
        if column.year.is_some() && is_amount && !adds_up && column.head.chars().count() < 60 {
            column.field = Some(Field::Planned);
        }
    }
}

impl Column {
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
        use Field::{Country, Name, Population, Since};
        assert_eq!(
            guessed(
                Kind::Partners,
                &["Commune partenaire", "Etat", "Pop.", "Date"]
            ),
            [Some(Name), Some(Country), Some(Population), Some(Since)]
        );
        assert_eq!(
            guessed(Kind::Partners, &["City", "Country", "Inhabitants", "Mayor"]),
            [Some(Name), Some(Country), Some(Population), None]
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
        use Field::{Account, Amount, Commitment, Date, Mandate, Object, ThirdParty, Year};
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
                Year, Commitment, Mandate, Date, ThirdParty, Object, Amount, Account
            ]
            .map(Some)
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
