//! What a row says of a partner, its country and its nature understood.

use crate::exchange::budget::Column;
use crate::exchange::import::{Beside, Field, Meant, Refused, Row, at, both};
use crate::exchange::table::value::{When, cited};
use crate::model::{Coordinates, Nature, fold};
use crate::reference::{CountryNames, Reference};

/// What a row says of a partner.
#[derive(Debug, Clone)]
pub(super) struct Told {
    pub(super) name: String,
    pub(super) short_name: Option<String>,
    pub(super) country: Option<String>,
    pub(super) town: Option<String>,
    pub(super) nature: Option<Nature>,
    pub(super) kind: Option<String>,
    /// Who heads it.
    pub(super) executive: Option<String>,
    /// As what.
    pub(super) function: Option<String>,
    pub(super) population: Option<u64>,
    pub(super) place: Option<Coordinates>,
    pub(super) since: Option<When>,
    pub(super) notes: Option<String>,
}

impl Told {
    /// What it is in law: an authority, where the row does not say it.
    pub(super) fn nature(&self) -> Nature {
        self.nature.unwrap_or(match self.country.as_deref() {
            Some("FR") => Nature::FrenchAuthority,
            _ => Nature::ForeignAuthority,
        })
    }
}

/// Where a formula made the name, a workbook keeps what it came to: a number is nobody's name.
fn in_letters(name: String) -> Result<String, Refused> {
    if name.chars().any(char::is_alphabetic) {
        return Ok(name);
    }
    let reason = format!("{} n’est pas un nom", cited(&name));
    Err(Refused::at(Field::Name, reason))
}

pub(super) fn read(
    row: &Row<'_>,
    countries: &CountryNames,
    reference: &Reference,
    beside: &mut Beside,
) -> Result<Told, Refused> {
    let name = row
        .name(Field::Name)
        .and_then(|name| name.ok_or_else(|| Refused::at(Field::Name, "le nom manque")))
        .and_then(in_letters);
    let mut refused = Refused::default();
    let told = Told {
        name: refused.hear(name),
        short_name: refused.hear(row.name(Field::ShortName)),
        country: refused.hear(country(row, countries, reference, beside)),
        town: row.text(Field::Town),
        nature: refused.hear(nature(row)),
        kind: row.text(Field::LocalKind),
        executive: refused.hear(row.name(Field::Executive)),
        function: row.text(Field::Function),
        population: refused
            .hear(row.whole(Field::Population))
            .filter(|it| *it > 0),
        place: refused.hear(place(row)),
        since: refused.hear(row.when(Field::Since)),
        notes: row.text(Field::Cell(Column::Notes)),
    };
    refused.none().map(|()| told)
}

/// The code of its country.
fn country(
    row: &Row<'_>,
    countries: &CountryNames,
    reference: &Reference,
    beside: &mut Beside,
) -> Result<Option<String>, Refused> {
    let Some(said) = row.text(Field::Country) else {
        return Ok(None);
    };
    if let Some(code) = countries.code(&said) {
        return Ok(Some(code.to_owned()));
    }
    let near = countries.nearest(&said);
    let near = near.and_then(|code| reference.country(code));
    beside.meant = near.map(|it| Meant::whole(Field::Country, &it.name.text));
    let reason = format!("pays inconnu {}", cited(&said));
    Err(Refused::at(Field::Country, reason))
}

fn nature(row: &Row<'_>) -> Result<Option<Nature>, Refused> {
    let said = row.text(Field::Nature);
    said.map(|said| at(Field::Nature, nature_of(&said)))
        .transpose()
}

fn place(row: &Row<'_>) -> Result<Option<Coordinates>, Refused> {
    let thousandths = |field: Field, most: f64| -> Result<Option<i32>, Refused> {
        match row.decimal(field)? {
            None => Ok(None),
            Some(degrees) if degrees.abs() <= most => Ok(Some((degrees * 1_000.0).round() as i32)),
            Some(_) => Err(Refused::at(
                field,
                format!("la {} est hors du globe", field.label().to_lowercase()),
            )),
        }
    };
    let (latitude, longitude) = both(
        thousandths(Field::Latitude, 90.0),
        thousandths(Field::Longitude, 180.0),
    )?;
    Ok(latitude
        .zip(longitude)
        .map(|(latitude, longitude)| Coordinates {
            latitude,
            longitude,
        }))
}

/// What a body is in law, from the words of lists.
fn nature_of(said: &str) -> Result<Nature, String> {
    let words = fold(said);
    let has = |these: &[&str]| {
        these
            .iter()
            .any(|word| words.split(' ').any(|it| it.starts_with(word)))
    };
    if has(&["ambassade", "consulat", "embassy", "poste"]) {
        Ok(Nature::DiplomaticPost)
    } else if has(&["associat", "ong", "ngo", "comite"]) {
        Ok(Nature::Association)
    } else if has(&["organisation", "onu"]) && has(&["international", "onu"]) {
        Ok(Nature::InternationalOrganisation)
    } else if has(&[
        "entreprise",
        "fondation",
        "societe",
        "company",
        "foundation",
        "prive",
    ]) {
        Ok(Nature::Private)
    } else if has(&["wilaya", "gouvernorat", "prefecture", "deconcentre"]) {
        Ok(Nature::DeconcentratedBody)
    } else if has(&["etat", "ministere", "state", "ministry"]) {
        Ok(Nature::State)
    } else if has(&[
        "etablissement",
        "agence",
        "universite",
        "public",
        "agency",
        "university",
    ]) {
        Ok(Nature::PublicBody)
    } else if has(&["francais"]) {
        Ok(Nature::FrenchAuthority)
    } else if has(&[
        "ville",
        "commune",
        "municip",
        "collectivite",
        "region",
        "departement",
        "etrang",
        "city",
        "town",
        "local",
        "province",
        "district",
        "jumel",
        "communaute",
        "metropole",
        "cercle",
        "comte",
        "authority",
    ]) {
        Ok(Nature::ForeignAuthority)
    } else {
        Err(format!(
            "nature inconnue {}\u{a0}: écrivez collectivité étrangère, \
                 collectivité française, association, établissement public, État, \
                 organisation internationale, entreprise ou ambassade",
            cited(said)
        ))
    }
}
