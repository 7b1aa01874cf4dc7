//! What a row says, laid over a partner that is there.

use std::collections::BTreeMap;

use super::told::Told;
use crate::exchange::import::{Differences, Field, Refused, Row, said_day};
use crate::exchange::table::value::When;
use crate::model::{Coordinates, Event, Ids, Name, Nature, Partner, Signatory, fold};
use crate::reference::{Reference, thousands};

/// Who heads a partner, as a row says it.
pub(super) fn executive(told: &Told, ids: &mut Ids) -> Option<Signatory> {
    let name = told.executive.clone();
    let function = told.function.clone();
    (name.is_some() || function.is_some()).then(|| Signatory {
        name: name.unwrap_or_default(),
        function: function.unwrap_or_default(),
        ..Signatory::new(ids.next_id())
    })
}

pub(super) fn since_event(since: When, ids: &mut Ids) -> Event {
    let (date, year) = match since {
        When::Day(day) => (Some(day), None),
        When::Year(year) => (None, Some(year)),
    };
    Event {
        id: ids.next_id(),
        date,
        year,
        text: "Début de la coopération".to_owned(),
        pieces: Vec::new(),
    }
}

/// Lays what a row says over a partner. What a row of the same table said before is not contradicted.
pub(super) fn merged(
    told: &Told,
    partner: &mut Partner,
    said: &mut BTreeMap<&'static str, usize>,
    row: &Row<'_>,
    reference: &Reference,
    ids: &mut Ids,
) -> Result<Differences, Refused> {
    let mut differences = Differences::default();
    let grid = &row.import.sheet().grid;
    let mut refused = Refused::default();
    let mut lay = |field: Field, key: &'static str, before: String, after: String| {
        if let Some(first) = said.get(key).filter(|_| before != after) {
            let first = grid.line(*first);
            let reason =
                format!("contredit la ligne {first}\u{a0}: {key} {before}, et non {after}");
            refused.note(Refused::at(field, reason));
            return false;
        }
        said.entry(key).or_insert(row.row);
        differences.lay(key, before, after)
    };

    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    if let Some(country) = &told.country {
        let name = |code: &str| {
            reference
                .country(code)
                .map_or_else(|| code.to_owned(), |it| it.name.text.clone())
        };
        let before = partner.country.as_deref().map(name).unwrap_or_default();
        if lay(Field::Country, "pays", before, name(country)) {
            partner.country = Some(country.clone());
        }
    }
    if let Some(short) = &told.short_name {
        let before = partner
            .short_name
            .as_ref()
            .map_or_else(String::new, |name| name.text.clone());
        if lay(Field::ShortName, "nom court", before, short.clone()) {
            partner.short_name = Some(Name::new(short));
        }
    }
    if let Some(town) = &told.town
        && lay(
            Field::Town,
            "ville du siège",
            text(&partner.town),
            town.clone(),
        )
    {
        partner.town = Some(town.clone());
    }
    if let Some(nature) = told.nature
        && lay(
            Field::Nature,
            "nature",
            nature_label(partner.nature).to_owned(),
            nature_label(nature).to_owned(),
        )
    {
        partner.nature = nature;
    }
    if let Some(kind) = &told.kind
        && lay(
            Field::LocalKind,
            "statut",
            text(&partner.kind),
            kind.clone(),
        )
    {
        partner.kind = Some(kind.clone());
    }
    if let Some(population) = told.population {
        let say = |it: Option<u64>| it.map_or_else(String::new, |it| thousands(&it.to_string()));
        if lay(
            Field::Population,
            "population",
            say(partner.population),
            say(Some(population)),
        ) {
            partner.population = Some(population);
        }
    }
    // Who is there already stays: another executive comes before.
    let is_said = |one: &Signatory| {
        let is = |said: &Option<String>, there: &str| {
            said.as_ref().is_none_or(|said| fold(said) == fold(there))
        };
        is(&told.executive, &one.name) && is(&told.function, &one.function)
    };
    if !partner.signatories.iter().any(is_said)
        && let Some(one) = executive(told, ids)
    {
        let said = |one: &Signatory| {
            let words = [one.name.as_str(), one.function.as_str()];
            let said: Vec<&str> = words.into_iter().filter(|it| !it.is_empty()).collect();
            said.join(", ")
        };
        let before = partner.signatories.first().map(said).unwrap_or_default();
        if lay(Field::Executive, "exécutif", before, said(&one)) {
            partner.signatories.insert(0, one);
        }
    }
    differences.add_remarks(&mut partner.notes, told.notes.as_ref());
    // A place that is known is near this one: that is how the partner was found.
    if let Some(place) = told.place.filter(|_| partner.coordinates.is_none()) {
        differences.note("position", "", said_place(place));
        partner.coordinates = Some(place);
    }
    if let Some(since) = told.since {
        let there = partner.history.iter().any(|event| match since {
            When::Day(day) => event.date == Some(day),
            When::Year(year) => {
                event.year == Some(year)
                    || event
                        .date
                        .is_some_and(|day| chrono::Datelike::year(&day) == year)
            }
        });
        if !there {
            let said = match since {
                When::Day(day) => said_day(Some(day)),
                When::Year(year) => year.to_string(),
            };
            differences.add("histoire", format!("début de la coopération, {said}"));
            partner.history.push(since_event(since, ids));
        }
    }
    refused.none().map(|()| differences)
}

fn said_place(place: Coordinates) -> String {
    let degrees =
        |thousandths: i32| format!("{},{:03}", thousandths / 1_000, (thousandths % 1_000).abs());
    format!(
        "{}\u{a0}; {}",
        degrees(place.latitude),
        degrees(place.longitude)
    )
}

const fn nature_label(nature: Nature) -> &'static str {
    match nature {
        Nature::ForeignAuthority => "collectivité étrangère",
        Nature::FrenchAuthority => "collectivité française",
        Nature::Association => "association",
        Nature::PublicBody => "établissement public",
        Nature::DeconcentratedBody => "service déconcentré",
        Nature::State => "État",
        Nature::InternationalOrganisation => "organisation internationale",
        Nature::Private => "entreprise ou fondation",
        Nature::DiplomaticPost => "poste diplomatique",
    }
}
