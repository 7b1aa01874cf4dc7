//! What a record's field is called and what it says, in the words of the sheets: files have keys and codes.

use chrono::NaiveDate;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use crate::app::screen::partner::languages;
use crate::app::screen::partners;
use crate::app::session::Session;
use crate::app::text as french;
use crate::model::{
    ActKind, Amount, ConventionKind, Currency, Gender, Id, Kind, Lang, Name, NameArticle, Nature,
    Number, RecordId,
};

/// The most that is told of a field, in characters.
const LONGEST: usize = 600;

/// What is told before the first difference of what is longer, in characters.
const BEFORE: usize = 60;

/// What a field says here and in the copy: of a list, what differs; of a long text, what is around its first
/// difference. Amounts are in that currency where what holds them says no other.
pub fn both(
    field: &str,
    here: Option<&Value>,
    there: Option<&Value>,
    currency: &Currency,
    session: &Session,
) -> (String, String) {
    let told = |one: Option<&Value>, other: Option<&Value>| match (one, other) {
        (None | Some(Value::Null), _) => "rien".to_owned(),
        (Some(Value::Array(all)), Some(Value::Array(other))) => {
            let only = all.iter().filter(|it| !other.contains(it)).cloned();
            let only = Value::Array(only.collect());
            match told(field, &only, currency, session) {
                words if words.is_empty() => "le reste, sans plus".to_owned(),
                words => words,
            }
        }
        (Some(value), _) => told(field, value, currency, session),
    };
    cut(told(here, there), told(there, here))
}

/// Both texts, from a little before where they differ when they are long.
fn cut(here: String, there: String) -> (String, String) {
    if here.chars().count().max(there.chars().count()) <= LONGEST {
        return (here, there);
    }
    let same = here.chars().zip(there.chars());
    let same = same.take_while(|(one, other)| one == other).count();
    let from = same.saturating_sub(BEFORE);
    let cut = |text: &str| {
        let left = text.chars().count().saturating_sub(from);
        let part: String = text.chars().skip(from).take(LONGEST).collect();
        format!(
            "{}{part}{}",
            if from > 0 { "…" } else { "" },
            if left > LONGEST { "…" } else { "" }
        )
    };
    (cut(&here), cut(&there))
}

fn read<T: DeserializeOwned>(value: &Value) -> Option<T> {
    serde_json::from_value(value.clone()).ok()
}

fn told(field: &str, value: &Value, currency: &Currency, session: &Session) -> String {
    let reference = session.reference();
    match (field, value) {
        ("country", Value::String(code)) => reference
            .country(code)
            .map_or_else(|| code.clone(), |it| it.name.text.clone()),
        ("lang", Value::String(tag)) => languages(&[Lang::new(tag)], reference),
        ("languages", value) => {
            read::<Vec<Lang>>(value).map_or_else(String::new, |all| languages(&all, reference))
        }
        ("themes", Value::String(id)) => {
            let theme = reference.themes().iter().find(|it| it.id == *id);
            theme.map_or_else(|| id.clone(), |it| it.label.clone())
        }
        ("nature", value) => {
            read::<Nature>(value).map_or_else(String::new, |it| partners::nature(it).to_owned())
        }
        ("kind" | "kinds", Value::String(slug)) => read::<ConventionKind>(value)
            .map(|it| it.label().to_owned())
            .or_else(|| read::<ActKind>(value).map(|it| it.label().to_owned()))
            .or_else(|| Some(reference.authority_kind(slug)?.name.text.clone()))
            .unwrap_or_else(|| slug.clone()),
        ("gender", value) => read(value).map_or_else(String::new, |it| {
            match it {
                Gender::Feminine => "Madame",
                Gender::Masculine => "Monsieur",
            }
            .to_owned()
        }),
        (_, Value::Null) => String::new(),
        (_, Value::Bool(said)) => if *said { "oui" } else { "non" }.to_owned(),
        (_, Value::Number(number)) => match number.as_u64() {
            Some(large) if large >= 10_000 => french::thousands(&large.to_string()),
            _ => number.to_string(),
        },
        (_, Value::String(words)) => plain(words, session),
        (field, Value::Array(items)) => {
            let items = items
                .iter()
                .map(|item| told(field, item, currency, session));
            let items: Vec<String> = items.filter(|it| !it.is_empty()).collect();
            items.join(" · ")
        }
        (_, Value::Object(fields)) => match read::<Name>(value) {
            Some(name) if fields.keys().all(|key| NAME.contains(&key.as_str())) => named(&name),
            _ => object(fields, currency, session),
        },
    }
}

/// The keys of a name that sentences use.
const NAME: [&str; 4] = ["text", "article", "gender", "number"];

/// « Commune de São Filipe (la, féminin) ».
fn named(name: &Name) -> String {
    let article = name.article.map(|it| match it {
        NameArticle::Le => "le",
        NameArticle::La => "la",
        NameArticle::Elided => "l’",
        NameArticle::Les => "les",
        NameArticle::None => "sans article",
    });
    let number = name.number.map(|it| match it {
        Number::Singular => "singulier",
        Number::Plural => "pluriel",
    });
    let grammar = [article, name.gender.map(gender), number];
    let grammar: Vec<&str> = grammar.into_iter().flatten().collect();
    if grammar.is_empty() {
        name.text.clone()
    } else {
        format!("{} ({})", name.text, grammar.join(", "))
    }
}

const fn gender(gender: Gender) -> &'static str {
    match gender {
        Gender::Feminine => "féminin",
        Gender::Masculine => "masculin",
    }
}

/// A day as people write it, the name of a record where its identifier stands, or the words themselves.
fn plain(words: &str, session: &Session) -> String {
    if let Ok(day) = words.parse::<NaiveDate>() {
        return french::day(day);
    }
    let Ok(id) = words.parse::<Id>() else {
        return words.to_owned();
    };
    let named = Kind::ALL
        .into_iter()
        .find_map(|kind| session.records().get(RecordId { kind, id }));
    named.map_or_else(String::new, |it| it.title().to_owned())
}

/// The currency that an object says.
pub fn currency_of(fields: &Map<String, Value>) -> Option<Currency> {
    let code = fields.get("currency").and_then(Value::as_str);
    code.map(Currency::new)
}

/// What an object says, its identifiers and prints apart; amounts in its currency, else in that of what holds it.
fn object(fields: &Map<String, Value>, around: &Currency, session: &Session) -> String {
    let currency = currency_of(fields).unwrap_or_else(|| around.clone());
    let told = fields.iter().filter_map(|(name, value)| {
        let words = match (name.as_str(), value) {
            ("id" | "key" | "sha256" | "currency", _) => None,
            (
                "amount" | "planned" | "committed" | "ordered" | "paid" | "deducted" | "cost_from"
                | "cost_to",
                Value::Number(number),
            ) => {
                let amount = Amount(number.as_i64()?);
                Some(french::amount(amount, &currency, session.reference()))
            }
            (name, value) => Some(told(name, value, &currency, session)),
        };
        let words = words.filter(|words| !words.is_empty())?;
        Some(match inner(name) {
            Some(label) => format!("{label}\u{a0}: {words}"),
            None => words,
        })
    });
    let told: Vec<String> = told.collect();
    told.join(", ")
}

/// What a part of a field is called, where its value does not tell by itself.
fn inner(name: &str) -> Option<&'static str> {
    Some(match name {
        "function" => "fonction",
        "function_there" => "fonction dans sa langue",
        "gender" => "civilité",
        "from" => "depuis le",
        "until" => "jusqu’au",
        "delegation" => "délégation",
        "year" => "année",
        "date" => "le",
        "by" => "par",
        "result" => "résultat",
        "authority" => "autorité",
        "basis" => "texte",
        "reason" => "motif",
        "planned" => "prévu",
        "committed" => "engagé",
        "ordered" => "mandaté",
        "paid" => "payé",
        "deducted" => "à déduire",
        "source" => "source",
        "note" => "note",
        "siret" => "SIRET",
        "rna" => "RNA",
        _ => return None,
    })
}

/// What the sheet of such a record calls that field.
pub fn label(kind: Kind, field: &str) -> Option<&'static str> {
    Some(match (kind, field) {
        (Kind::Partner, "name") => "Nom officiel",
        (Kind::Partner | Kind::Authority, "short_name") => "Nom usuel",
        (Kind::Partner, "kind") => "Statut local",
        (Kind::Convention, "kind") => "Genre",
        (_, "kind" | "nature") => "Nature",
        (Kind::Convention, "start") => "Début",
        (Kind::Convention, "end") => "Fin",
        (_, "name") => "Nom",
        (_, "title") => "Titre",
        (_, "notes") => "Notes du service",
        (_, "pieces") => "Pièces",
        (_, "snoozed") => "Échéances reportées",
        (_, "logo") => "Logo",
        (_, "languages") => "Langues",
        (_, "themes") => "Thèmes",
        (_, "odd") => "Objectifs de développement durable",
        (_, "population") => "Population",
        (_, "seat") => "Siège",
        (_, "town") => "Ville du siège",
        (_, "assembly") => "Assemblée",
        (_, "signatories") => "Signataires",
        // Partners.
        (_, "names") => "Noms dans ses langues",
        (_, "country") => "Pays",
        (_, "authorising_officer") => "Ordonnateur",
        (_, "coordinates") => "Latitude et longitude",
        (_, "history") => "Histoire du lien",
        (_, "journal") => "Journal",
        (_, "supervision") => "Tutelle",
        (_, "own_law") => "Droit de son pays",
        (_, "recognition") => "Reconnaissance et sanctions",
        (_, "association") => "Association",
        // Our authority.
        (_, "siren") => "SIREN",
        (_, "sessions") => "Séances",
        (_, "prefect") => "Représentant de l’État",
        (_, "accountant") => "Comptable public",
        (_, "bases") => "Assiettes",
        (_, "calls") => "Appels à projets",
        (_, "alert_delays") => "Alertes",
        (_, "retention_years") => "Durée de conservation, en années",
        (_, "words") => "Dictionnaire",
        (_, "color") => "Couleur des titres",
        // Contacts.
        (_, "own_name") => "Nom dans sa langue",
        (_, "function") => "Fonction",
        (_, "gender") => "Civilité",
        (_, "holder") => "Partenaire",
        (_, "email") => "Adresse électronique",
        (_, "phone") => "Téléphone",
        (_, "source") => "Source",
        (_, "verified") => "Vérifié le",
        (_, "keep_until") => "Gardé jusqu’au",
        // Conventions.
        (_, "in_charge") => "Suivie par",
        (_, "parties") => "Parties",
        (_, "visas") => "Visas",
        (_, "recitals") => "Considérants",
        (_, "articles") => "Articles",
        (_, "annexes") => "Annexes",
        (_, "budget") => "Budget",
        (_, "budget_years") => "Années du budget",
        (_, "effect") => "Prise d’effet",
        (_, "acts") => "Actes",
        (_, "parent") => "Convention d’origine",
        (_, "results_here") => "Résultats ici",
        (_, "results_there") => "Résultats là-bas",
        (_, "set_aside") => "Points écartés",
        (_, "taken_over") => "Convention reprise",
        (_, "version") => "Numéro de version",
        // Budgets.
        (_, "currency") => "Monnaie",
        (_, "rate") => "Taux de change",
        (_, "years") => "Années",
        (_, "funders") => "Financeurs",
        (_, "lines") => "Lignes",
        (_, "partners") => "Partenaires",
        // Versions, and what finance did.
        (_, "convention") => "Convention",
        (_, "at") => "Gardée le",
        (_, "reason") => "Motif",
        (_, "application" | "reference") => "Faite avec",
        (_, "sealed") => "Scellée",
        (_, "records") => "Contenu",
        (_, "step") => "Étape",
        (_, "number") => "Numéro",
        (_, "engagement") => "Engagement",
        (_, "date") => "Date",
        (_, "year") => "Année",
        (_, "amount") => "Montant",
        (_, "third_party") => "Tiers",
        (_, "object") => "Objet",
        (_, "service_budget") => "Budget du service",
        (_, "account") => "Compte",
        // Terms, clauses.
        (_, "about") => "Notion",
        (_, "term") => "Terme",
        (_, "acronym") => "Sigle",
        (_, "text") => "Texte",
        (_, "confirmed") => "Confirmation",
        (_, "role") => "Rôle",
        (_, "kinds") => "Conventions où elle est proposée",
        (_, "guidance") => "Conseil",
        (_, "paragraphs") => "Texte",
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo;

    #[test]
    fn every_field_of_the_demonstration_has_a_name_on_screens() {
        for record in demo::records().all() {
            let Value::Object(fields) = record.to_value().unwrap() else {
                panic!("a record is an object");
            };
            for field in fields.keys().filter(|it| *it != "id") {
                let kind = record.kind();
                assert!(label(kind, field).is_some(), "{kind:?}: {field}");
            }
        }
    }

    #[test]
    fn what_is_long_is_told_around_what_differs() {
        let long = "mots ".repeat(400);
        let (here, there) = cut(format!("{long}pluie"), format!("{long}soleil"));
        assert!(here.starts_with('…') && here.ends_with("pluie"));
        assert!(there.ends_with("soleil"));
    }
}
