//! `lister`: the records of a kind, or the entries of the reference, one a line.

use serde_json::{Value, json};

use super::arguments::Genre;
use super::print::Printed;
use super::{Done, Failure, Place};
use crate::model::{
    Budget, Contact, Convention, Kind, Nature, Partner, Record, Slice, Stage, Term,
};

/// An entry of a list: for a person, the line; for a program, the value.
struct Entry {
    id: String,
    name: String,
    more: Vec<String>,
    /// Whether it, or its standing, is still to be confirmed, and nobody of the department did.
    to_confirm: bool,
    json: Value,
}

pub(super) fn run(
    genre: Genre,
    only_to_confirm: bool,
    place: &Place,
    json: bool,
) -> Result<Done, Failure> {
    if only_to_confirm && !matches!(genre, Genre::Textes | Genre::Termes | Genre::Organismes) {
        return Err(Failure::usage(
            "--a-confirmer vaut pour les textes, les termes et les organismes\u{a0}: les autres fiches ne le disent pas.".to_owned(),
        ));
    }
    let mut entries = entries(genre, place)?;
    if only_to_confirm {
        entries.retain(|entry| entry.to_confirm);
    }

    Ok(Done::printed(if json {
        Printed::Json(entries.into_iter().map(|entry| entry.json).collect())
    } else {
        Printed::Lines(entries.iter().map(line).collect())
    }))
}

fn line(entry: &Entry) -> String {
    let more: String = entry
        .more
        .iter()
        .filter(|part| !part.is_empty())
        .map(|part| format!(" · {part}"))
        .collect();
    format!("{}  {}{more}", entry.id, entry.name)
}

fn entries(genre: Genre, place: &Place) -> Result<Vec<Entry>, Failure> {
    let records = &place.opened.records;
    let of_kind = |kind| records.sorted(kind).map(AsRef::as_ref);

    Ok(match genre {
        Genre::Partenaires => records
            .partners_sorted()
            .map(|partner| of_partner(partner, place))
            .collect(),
        Genre::Contacts => of_kind(Kind::Contact)
            .filter_map(|record| match record {
                Record::Contact(contact) => Some(of_contact(contact, place)),
                _ => None,
            })
            .collect(),
        Genre::Conventions => records
            .conventions_sorted()
            .map(|convention| of_convention(convention, place))
            .collect(),
        Genre::Budgets => of_kind(Kind::Budget)
            .filter_map(|record| match record {
                Record::Budget(budget) => Some(of_budget(budget)),
                _ => None,
            })
            .collect(),
        Genre::Textes => {
            let table = place.reference.legal_all();
            table
                .iter()
                .map(|text| {
                    let more = vec![text.reference.clone(), text.status.label().to_owned()];
                    let to_confirm = !text.is_certain() && !is_confirmed(&text.id, place);
                    shipped(&text.id, &text.title, text, to_confirm, more)
                })
                .collect::<Result<_, _>>()?
        }
        Genre::Termes => {
            let own = of_kind(Kind::Term).filter_map(|record| match record {
                Record::Term(term) => Some(Ok(of_term(term))),
                _ => None,
            });
            let table = place.reference.terms().iter();
            table
                .map(|term| {
                    let more = term.acronym.iter().cloned().collect();
                    let to_confirm =
                        !term.confidence.is_verified() && !is_confirmed(&term.id, place);
                    shipped(&term.id, &term.term, term, to_confirm, more)
                })
                .chain(own)
                .collect::<Result<_, _>>()?
        }
        Genre::Organismes => {
            let table = place.reference.organisations();
            table
                .iter()
                .map(|body| {
                    let to_confirm = !body.confidence.is_verified();
                    let more = vec![body.category.clone()];
                    shipped(&body.id, &body.name, body, to_confirm, more)
                })
                .collect::<Result<_, _>>()?
        }
    })
}

fn shipped<T: serde::Serialize>(
    id: &str,
    name: &str,
    entry: &T,
    to_confirm: bool,
    more: Vec<String>,
) -> Result<Entry, Failure> {
    Ok(Entry {
        id: id.to_owned(),
        name: name.to_owned(),
        more,
        to_confirm,
        json: serde_json::to_value(entry).map_err(|error| Failure::fault(error.to_string()))?,
    })
}

/// Whether someone of the department read that entry over and holds it to be right.
fn is_confirmed(entry: &str, place: &Place) -> bool {
    place
        .opened
        .records
        .notes_on(entry)
        .any(|note| note.confirmed.is_some())
}

fn of_partner(partner: &Partner, place: &Place) -> Entry {
    let country = partner
        .country
        .as_deref()
        .map(|code| {
            let known = place.reference.country(code);
            known.map_or_else(|| code.to_owned(), |country| country.name.text.clone())
        })
        .unwrap_or_default();
    let own = partner.names.first().map(|name| name.text.clone());

    Entry {
        to_confirm: false,
        id: partner.id.to_string(),
        name: partner.name.text.clone(),
        json: json!({
            "id": partner.id,
            "name": partner.name.text,
            "own_name": own,
            "nature": partner.nature,
            "country": partner.country,
            "conventions": place.opened.records.conventions_of(partner.id).count(),
        }),
        more: vec![own.unwrap_or_default(), country],
    }
}

fn of_contact(contact: &Contact, place: &Place) -> Entry {
    let records = &place.opened.records;
    let holder = match contact.holder {
        None => Some(records.authority().name.text.clone()),
        Some(id) => records.partner(id).map(|partner| partner.name.text.clone()),
    };
    Entry {
        to_confirm: false,
        id: contact.id.to_string(),
        name: contact.name.clone(),
        json: json!({
            "id": contact.id,
            "name": contact.name,
            "function": contact.function,
            "holder": contact.holder,
        }),
        more: vec![
            contact.function.clone().unwrap_or_default(),
            holder.unwrap_or_default(),
        ],
    }
}

fn of_convention(convention: &Convention, place: &Place) -> Entry {
    let stage = stage(convention, place);
    Entry {
        to_confirm: false,
        id: convention.id.to_string(),
        name: convention.title.clone(),
        json: json!({
            "id": convention.id,
            "title": convention.title,
            "kind": convention.kind,
            "stage": stage,
            "start": convention.start,
            "end": convention.end,
            "parties": convention.parties.iter().map(|it| &it.key).collect::<Vec<_>>(),
            "taken_over": convention.taken_over.is_some(),
        }),
        more: vec![convention.kind.label().to_owned(), stage.label().to_owned()],
    }
}

/// Where a convention stands on the day.
pub(super) fn stage(convention: &Convention, place: &Place) -> Stage {
    convention.stage(place.today, |party| {
        place.opened.records.nature_of(party) == Some(Nature::FrenchAuthority)
    })
}

fn of_budget(budget: &Budget) -> Entry {
    let mut years = budget.years.clone();
    years.sort_unstable();
    let years: Vec<String> = years.iter().map(ToString::to_string).collect();
    Entry {
        to_confirm: false,
        id: budget.id.to_string(),
        name: budget.title.clone(),
        json: json!({
            "id": budget.id,
            "title": budget.title,
            "currency": budget.currency,
            "years": budget.years,
            "planned": budget.planned(Slice::default()),
        }),
        more: vec![years.join(", ")],
    }
}

fn of_term(term: &Term) -> Entry {
    let name = if term.term.is_empty() {
        term.about.clone().unwrap_or_default()
    } else {
        term.term.clone()
    };
    Entry {
        to_confirm: false,
        id: term.id.to_string(),
        json: json!({
            "id": term.id,
            "term": name,
            "acronym": term.acronym,
            "definition": term.text,
            "about": term.about,
            "own": true,
        }),
        name,
        more: vec!["du service".to_owned()],
    }
}
