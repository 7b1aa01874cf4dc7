//! Partners, one a row: known by their name, their country and where they are.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use super::known::may_be_one;
use super::{
    Around, Beside, Differences, Field, Import, Known, Meant, Outcome, Plan, Refused, Row, at,
};
use crate::exchange::budget::Column;
use crate::exchange::table::value::{When, short};
use crate::model::{
    Change, Coordinates, Edit, Event, Id, Ids, Kind, Name, Nature, Partner, Record, RecordId,
    Signatory, fold,
};
use crate::reference::{CountryNames, Reference, Town, Towns, thousands};

/// Names that are not located are compared with those of the towns of their country, but not all of a long list.
const MOST_COMPARED: usize = 200;

/// What a row says of a partner.
#[derive(Debug, Clone)]
struct Told {
    name: String,
    short_name: Option<String>,
    country: Option<String>,
    town: Option<String>,
    nature: Option<Nature>,
    kind: Option<String>,
    /// Who heads it.
    executive: Option<String>,
    /// As what.
    function: Option<String>,
    population: Option<u64>,
    place: Option<Coordinates>,
    since: Option<When>,
    notes: Option<String>,
}

/// A partner as the rows before leave it.
struct Working {
    before: Option<Arc<Record>>,
    partner: Partner,
    /// Which row said a field, and so may not be contradicted by another.
    said: BTreeMap<&'static str, usize>,
    changed: bool,
}

pub(super) fn plan(import: &Import, around: &Around<'_>, ids: &mut Ids) -> Plan {
    let countries = CountryNames::of(around.reference);
    let mut planner = Planner {
        around,
        ids,
        known: Known::of(around.records),
        working: HashMap::new(),
        countries: BTreeMap::new(),
        located: HashMap::new(),
        compared: 0,
    };
    planner.look_ahead(import, &countries);
    let rows = import.plan_rows(around.watch, |row, beside| {
        let told = read(row, &countries, around.reference, beside)?;
        planner.take(&told, row, beside)
    });
    let change = planner.change(import);
    Plan {
        rows,
        change,
        remarks: Vec::new(),
    }
}

fn read(
    row: &Row<'_>,
    countries: &CountryNames,
    reference: &Reference,
    beside: &mut Beside,
) -> Result<Told, Refused> {
    let name = row
        .name(Field::Name)?
        .ok_or((Some(Field::Name), "le nom manque".to_owned()))?;
    let country = match row.text(Field::Country) {
        None => None,
        Some(said) => match countries.code(&said) {
            Some(code) => Some(code.to_owned()),
            None => {
                let near = countries.nearest(&said);
                let near = near.and_then(|code| reference.country(code));
                beside.meant = near.map(|it| Meant::whole(Field::Country, &it.name.text));
                return Err((
                    Some(Field::Country),
                    format!("pays inconnu «\u{a0}{}\u{a0}»", short(&said)),
                ));
            }
        },
    };
    let nature = match row.text(Field::Nature) {
        None => None,
        Some(said) => Some(at(Field::Nature, nature_of(&said))?),
    };
    Ok(Told {
        name,
        short_name: row.name(Field::ShortName)?,
        country,
        town: row.text(Field::Town),
        nature,
        kind: row.text(Field::LocalKind),
        executive: row.name(Field::Executive)?,
        function: row.text(Field::Function),
        population: row.whole(Field::Population)?.filter(|it| *it > 0),
        place: place(row)?,
        since: row.when(Field::Since)?,
        notes: row.text(Field::Cell(Column::Notes)),
    })
}

fn place(row: &Row<'_>) -> Result<Option<Coordinates>, Refused> {
    let thousandths = |field: Field, most: f64| -> Result<Option<i32>, Refused> {
        match row.decimal(field)? {
            None => Ok(None),
            Some(degrees) if degrees.abs() <= most => Ok(Some((degrees * 1_000.0).round() as i32)),
            Some(_) => Err((
                Some(field),
                format!("la {} est hors du globe", field.label().to_lowercase()),
            )),
        }
    };
    let (latitude, longitude) = (
        thousandths(Field::Latitude, 90.0)?,
        thousandths(Field::Longitude, 180.0)?,
    );
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
            "nature inconnue «\u{a0}{}\u{a0}»\u{a0}: écrivez collectivité étrangère, \
                 collectivité française, association, établissement public, État, \
                 organisation internationale, entreprise ou ambassade",
            short(said)
        ))
    }
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

struct Planner<'a> {
    around: &'a Around<'a>,
    ids: &'a mut Ids,
    known: Known,
    working: HashMap<Id, Working>,
    /// The countries that the table gives to a name.
    countries: BTreeMap<String, BTreeSet<String>>,
    /// The town of each name and country, where there is one.
    located: HashMap<(String, String), Option<Town<'static>>>,
    /// How many names were compared with those of towns.
    compared: usize,
}

impl Planner<'_> {
    /// What a row does.
    fn take(
        &mut self,
        told: &Told,
        row: &Row<'_>,
        beside: &mut Beside,
    ) -> Result<Outcome, Refused> {
        let Some(id) = self.find(told)? else {
            self.create(told, row.row, beside);
            let what = told.name.clone();
            return Ok(Outcome::Created { what });
        };
        let fresh = !self.working.contains_key(&id);
        if fresh {
            let name = RecordId {
                kind: Kind::Partner,
                id,
            };
            if let Some(before) = self.around.records.get(name)
                && let Record::Partner(partner) = before.as_ref()
            {
                self.working.insert(
                    id,
                    Working {
                        before: Some(Arc::clone(before)),
                        partner: partner.clone(),
                        said: BTreeMap::new(),
                        changed: false,
                    },
                );
            }
        }
        let Some(working) = self.working.get_mut(&id) else {
            return Err((None, "ce partenaire n’est plus là".to_owned()));
        };
        let what = working.partner.name.text.clone();
        let mut after = working.partner.clone();
        let mut said = working.said.clone();
        let differences = merged(
            told,
            &mut after,
            &mut said,
            row,
            self.around.reference,
            self.ids,
        )?;
        if !fresh && differences.is_empty() {
            beside
                .remarks
                .push("le même partenaire est déjà dans une ligne plus haut".to_owned());
        }
        working.said = said;
        if !differences.is_empty() {
            working.partner = after;
            working.changed = true;
        }
        Ok(differences.outcome(what))
    }

    /// The partner that a row is about; none when it is new.
    fn find(&self, told: &Told) -> Result<Option<Id>, Refused> {
        let partner = |id: &Id| {
            self.working
                .get(id)
                .map(|working| &working.partner)
                .or_else(|| self.around.records.partner(*id))
        };
        let mut candidates: Vec<&Partner> = self
            .known
            .named(&told.name)
            .iter()
            .filter_map(partner)
            .filter(|it| match (&it.country, &told.country) {
                (Some(one), Some(other)) => one == other,
                _ => true,
            })
            .filter(|it| may_be_one(it.coordinates, told.place))
            .collect();
        let countries = self
            .countries
            .get(&fold(&told.name))
            .map_or(0, BTreeSet::len);
        if told.country.is_none() && (candidates.len() > 1 || countries > 1) {
            return Err((
                Some(Field::Country),
                format!(
                    "«\u{a0}{}\u{a0}» est le nom de plusieurs villes\u{a0}: précisez le pays",
                    short(&told.name)
                ),
            ));
        }
        // Of several near one, the one that stands there, else the first made: so the same table finds the same again.
        if candidates.len() > 1 && told.place.is_some() {
            candidates.sort_by_key(|it| (it.coordinates != told.place, it.id));
            candidates.truncate(1);
        }
        match candidates.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.id)),
            several => Err((
                Some(Field::Name),
                format!(
                    "{}\u{a0}partenaires s’appellent «\u{a0}{}\u{a0}»\u{a0}: précisez le \
                         pays ou la position",
                    several.len(),
                    short(&told.name)
                ),
            )),
        }
    }

    fn create(&mut self, told: &Told, row: usize, beside: &mut Beside) {
        let id = self.ids.next_id();
        let nature = told.nature.unwrap_or(match told.country.as_deref() {
            Some("FR") => Nature::FrenchAuthority,
            _ => Nature::ForeignAuthority,
        });
        let mut partner = Partner::new(id, nature, Name::new(&told.name));
        partner.short_name = told.short_name.as_deref().map(Name::new);
        partner.country.clone_from(&told.country);
        partner.town.clone_from(&told.town);
        partner.kind.clone_from(&told.kind);
        partner.population = told.population;
        partner.coordinates = told.place.or_else(|| self.placed(told, nature, beside));
        partner.notes.clone_from(&told.notes);
        partner.signatories = executive(told, self.ids).into_iter().collect();
        partner.history = told
            .since
            .map(|since| since_event(since, self.ids))
            .into_iter()
            .collect();
        self.known.add(&partner);
        let mut said = BTreeMap::new();
        for (field, is_said) in [
            ("population", told.population.is_some()),
            ("statut", told.kind.is_some()),
            ("ville du siège", told.town.is_some()),
            ("nature", told.nature.is_some()),
            ("nom court", told.short_name.is_some()),
            (
                "exécutif",
                told.executive.is_some() || told.function.is_some(),
            ),
        ] {
            if is_said {
                said.insert(field, row);
            }
        }
        self.working.insert(
            id,
            Working {
                before: None,
                partner,
                said,
                changed: true,
            },
        );
    }

    /// Notes which names the table has in several countries, and finds at once the towns of which it does not say where
    /// they are.
    fn look_ahead(&mut self, import: &Import, countries: &CountryNames) {
        let mut wanted: Vec<(String, String)> = Vec::new();
        for row in import.rows() {
            let country = row.text(Field::Country);
            if let Some(name) = row.text(Field::Name)
                && let Some(code) = country.as_deref().and_then(|said| countries.code(said))
            {
                self.countries
                    .entry(fold(&name))
                    .or_default()
                    .insert(code.to_owned());
                if row.value(Field::Latitude).is_empty() {
                    wanted.push((row.text(Field::Town).unwrap_or(name), code.to_owned()));
                }
            }
        }
        if wanted.is_empty() {
            return;
        }
        let names: Vec<(&str, &str)> = wanted
            .iter()
            .map(|(name, country)| (name.as_str(), country.as_str()))
            .collect();
        let found = Towns::shipped().locate(&names);
        self.located = wanted.iter().cloned().zip(found).collect();
    }

    /// Where a partner is that is made here and of whom the row does not say it, from the towns that ship. Another name
    /// of the town, or a near one, is proposed.
    fn placed(&mut self, told: &Told, nature: Nature, beside: &mut Beside) -> Option<Coordinates> {
        if nature != Nature::ForeignAuthority {
            return None;
        }
        let name = told.town.clone().unwrap_or_else(|| told.name.clone());
        let key = (name, told.country.clone()?);
        let found = *self.located.get(&key)?;
        let (name, country) = &key;
        let named = match found {
            Some(town) => Some(town).filter(|town| fold(town.name) != fold(name)),
            None if self.compared < MOST_COMPARED => {
                self.compared += 1;
                Towns::shipped().nearest(name, country)
            }
            None => None,
        };
        let field = match told.town {
            Some(_) => Field::Town,
            None => Field::Name,
        };
        beside.meant = named.map(|town| Meant::whole(field, town.name));
        found.map(|town| town.coordinates)
    }

    fn change(self, import: &Import) -> Option<Change> {
        let mut edits: Vec<Edit> = self
            .working
            .into_iter()
            .filter(|(_, working)| working.changed)
            .map(|(id, working)| Edit {
                record: RecordId {
                    kind: Kind::Partner,
                    id,
                },
                before: working.before,
                after: Some(Arc::new(Record::Partner(working.partner))),
            })
            .collect();
        edits.sort_by_key(|edit| edit.record);
        (!edits.is_empty()).then(|| Change {
            label: format!("Importer des partenaires de «\u{a0}{}\u{a0}»", import.name),
            coalescing: None,
            edits,
        })
    }
}

/// Who heads a partner, as a row says it.
fn executive(told: &Told, ids: &mut Ids) -> Option<Signatory> {
    let name = told.executive.clone();
    let function = told.function.clone();
    (name.is_some() || function.is_some()).then(|| Signatory {
        name: name.unwrap_or_default(),
        function: function.unwrap_or_default(),
        ..Signatory::new(ids.next_id())
    })
}

fn since_event(since: When, ids: &mut Ids) -> Event {
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
fn merged(
    told: &Told,
    partner: &mut Partner,
    said: &mut BTreeMap<&'static str, usize>,
    row: &Row<'_>,
    reference: &Reference,
    ids: &mut Ids,
) -> Result<Differences, Refused> {
    let mut differences = Differences::default();
    let grid = &row.import.sheet().grid;
    let mut lay =
        |field: Field, key: &'static str, before: String, after: String| -> Result<bool, Refused> {
            if let Some(first) = said.get(key).filter(|_| before != after) {
                return Err((
                    Some(field),
                    format!(
                        "contredit la ligne {}\u{a0}: {key} {before}, et non {after}",
                        grid.line(*first)
                    ),
                ));
            }
            said.entry(key).or_insert(row.row);
            Ok(differences.lay(key, before, after))
        };

    let text = |text: &Option<String>| text.clone().unwrap_or_default();
    if let Some(country) = &told.country {
        let name = |code: &str| {
            reference
                .country(code)
                .map_or_else(|| code.to_owned(), |it| it.name.text.clone())
        };
        let before = partner.country.as_deref().map(name).unwrap_or_default();
        if lay(Field::Country, "pays", before, name(country))? {
            partner.country = Some(country.clone());
        }
    }
    if let Some(short) = &told.short_name {
        let before = partner
            .short_name
            .as_ref()
            .map_or_else(String::new, |name| name.text.clone());
        if lay(Field::ShortName, "nom court", before, short.clone())? {
            partner.short_name = Some(Name::new(short));
        }
    }
    if let Some(town) = &told.town
        && lay(
            Field::Town,
            "ville du siège",
            text(&partner.town),
            town.clone(),
        )?
    {
        partner.town = Some(town.clone());
    }
    if let Some(nature) = told.nature
        && lay(
            Field::Nature,
            "nature",
            nature_label(partner.nature).to_owned(),
            nature_label(nature).to_owned(),
        )?
    {
        partner.nature = nature;
    }
    if let Some(kind) = &told.kind
        && lay(
            Field::LocalKind,
            "statut",
            text(&partner.kind),
            kind.clone(),
        )?
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
        )? {
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
        if lay(Field::Executive, "exécutif", before, said(&one))? {
            partner.signatories.insert(0, one);
        }
    }
    if let Some(notes) = &told.notes {
        let there = partner
            .notes
            .as_deref()
            .is_some_and(|it| it.contains(notes.as_str()));
        if !there {
            let before = text(&partner.notes);
            let after = if before.is_empty() {
                notes.clone()
            } else {
                format!("{before}\n{notes}")
            };
            differences.note("remarques", before, after.clone());
            partner.notes = Some(after);
        }
    }
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
                When::Day(day) => super::said_day(Some(day)),
                When::Year(year) => year.to_string(),
            };
            differences.note("histoire", "", format!("début de la coopération, {said}"));
            partner.history.push(since_event(since, ids));
        }
    }
    Ok(differences)
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
