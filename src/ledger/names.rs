//! What the rows of a ledger are called.

use super::{Key, partners_of};
use crate::model::{Budget, Id, Records};
use crate::reference::Reference;

/// What a key is called: « Porto-Novo », « Bénin, Togo », « Sans thème ».
#[must_use]
pub fn name(key: &Key, records: &Records, reference: &Reference) -> String {
    match key {
        Key::Year(year) => year.to_string(),
        Key::Project(id) => {
            let known = records.budget(*id);
            known.map_or_else(|| "Budget supprimé".to_owned(), |it| it.title.clone())
        }
        Key::Partners(ids) => several(
            ids.iter().map(|id| partner(*id, records)),
            "Sans partenaire",
        ),
        Key::Countries(codes) => {
            let country = |code: &String| {
                let known = reference.country(code);
                known.map_or_else(|| code.clone(), |it| it.name.text.clone())
            };
            several(codes.iter().map(country), "Pays à préciser")
        }
        Key::Themes(slugs) => {
            let theme = |slug: &String| {
                let known = reference.theme(slug);
                known.map_or_else(|| slug.clone(), |it| it.label.clone())
            };
            several(slugs.iter().map(theme), "Sans thème")
        }
        Key::Funder(None) => ours(records),
        Key::Funder(Some(id)) => partner(*id, records),
        Key::Nobody => "Financeur à préciser".to_owned(),
        Key::Scheme(slug) => {
            let slug = slug.as_deref().unwrap_or("general");
            let known = reference.scheme(slug);
            known.map_or_else(|| slug.to_owned(), |it| it.label.clone())
        }
        Key::Section(section) => section.label().to_owned(),
        Key::InCharge(ids) => {
            let person = |id: &Id| {
                let known = records.contact(*id);
                known.map_or_else(|| "Personne effacée".to_owned(), |it| it.name.clone())
            };
            several(ids.iter().map(person), "Suivi à confier")
        }
    }
}

/// The partners that a budget is for, in words.
#[must_use]
pub fn of_budget(budget: &Budget, records: &Records) -> String {
    let partners = partners_of(budget, None, records);
    several(
        partners.iter().map(|id| partner(*id, records)),
        "Sans partenaire",
    )
}

fn several(names: impl Iterator<Item = String>, none: &str) -> String {
    let names: Vec<String> = names.collect();
    if names.is_empty() {
        none.to_owned()
    } else {
        names.join(", ")
    }
}

fn partner(id: Id, records: &Records) -> String {
    let known = records.partner(id);
    known.map_or_else(
        || "Organisme supprimé".to_owned(),
        |it| it.short_name.as_ref().unwrap_or(&it.name).text.clone(),
    )
}

fn ours(records: &Records) -> String {
    let authority = records.authority();
    let name = authority.short_name.as_ref().unwrap_or(&authority.name);
    if name.text.is_empty() {
        "Notre collectivité".to_owned()
    } else {
        name.text.clone()
    }
}
