//! Partners, one a row: known by their name, their country and where they are.

mod lay;
mod told;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use self::lay::{executive, merged, since_event};
use self::told::{Told, read};
use super::known::may_be_one;
use super::{Answer, Around, Beside, Field, Import, Known, Meant, Outcome, Plan, Refused, Row};
use crate::exchange::table::value::cited;
use crate::model::{
    Change, Coordinates, Edit, Id, Ids, Kind, Name, Nature, Partner, Record, RecordId, fold, quoted,
};
use crate::reference::{CountryNames, Town, Towns};

/// Names that are not located are compared with those of the towns of their country, but not all of a long list.
const MOST_COMPARED: usize = 200;

/// A town whose name tells its country, in inhabitants.
const LARGE: u64 = 20_000;

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
            if row.import.answered(row.row) != Some(Answer::Yes)
                && let Some(question) = self.namesake(told, beside)
            {
                return Ok(Outcome::Asked { question });
            }
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
            return Err(Refused::whole("ce partenaire n’est plus là"));
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
            return Err(Refused::at(
                Field::Country,
                format!(
                    "{} est le nom de plusieurs villes\u{a0}: précisez le pays",
                    cited(&told.name)
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
            several => Err(Refused::at(
                Field::Name,
                format!(
                    "{}\u{a0}partenaires s’appellent {}\u{a0}: précisez le \
                         pays ou la position",
                    several.len(),
                    cited(&told.name)
                ),
            )),
        }
    }

    /// What is asked where a town of that name is known in another country than the row says, and where nothing tells that
    /// there is one in each: the towns that ship, or its position. The country may be a slip; it is proposed.
    fn namesake(&self, told: &Told, beside: &mut Beside) -> Option<String> {
        let country = told.country.as_deref()?;
        let is_there = || self.located.get(&place_of(told)?).copied().flatten();
        if told.nature() != Nature::ForeignAuthority || is_there().is_some() {
            return None;
        }
        let namesakes = self.known.named(&told.name).iter();
        let mut namesakes = namesakes.filter_map(|id| {
            let above = self.working.get(id).map(|working| &working.partner);
            above.or_else(|| self.around.records.partner(*id))
        });
        let namesake = namesakes.find(|it| {
            it.nature == Nature::ForeignAuthority
                && it.country.as_deref().is_some_and(|it| it != country)
                && may_be_one(it.coordinates, told.place)
        })?;
        let country = |code: &str| self.around.reference.country(code);
        let (theirs, here) = (
            country(namesake.country.as_deref()?)?,
            country(told.country.as_deref()?)?,
        );
        beside.meant = Some(Meant::whole(Field::Country, &theirs.name.text));
        let known = match self.around.records.partner(namesake.id) {
            Some(_) => "dans cet espace",
            None => "plus haut dans ce tableau",
        };
        Some(format!(
            "{} est {} {known}\u{a0}: en créer un autre {}\u{202f}?",
            cited(&told.name),
            theirs.within(),
            here.within()
        ))
    }

    fn create(&mut self, told: &Told, row: usize, beside: &mut Beside) {
        let id = self.ids.next_id();
        let nature = told.nature();
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
        let place = place_of(told)?;
        let found = *self.located.get(&place)?;
        let (name, country) = &place;
        let towns = Towns::shipped();
        let field = match told.town {
            Some(_) => Field::Town,
            None => Field::Name,
        };
        let whole = |town: Town<'_>| Meant::whole(field, town.name);
        beside.meant = match found {
            Some(town) => Some(town)
                .filter(|it| fold(it.name) != fold(name))
                .map(whole),
            None if self.compared < MOST_COMPARED => {
                self.compared += 1;
                let near = towns.nearest(name, country).map(whole);
                near.or_else(|| self.only_elsewhere(name, beside))
            }
            None => None,
        };
        found.map(|town| town.coordinates)
    }

    /// The country of a large town that has that name alone in the world, where the country of the row has none. It is said.
    fn only_elsewhere(&self, name: &str, beside: &mut Beside) -> Option<Meant> {
        let towns = Towns::shipped().complete(name, None, 9);
        let mut so_called = towns.iter().filter(|town| fold(town.name) == fold(name));
        let town = so_called
            .next()
            .filter(|town| town.population >= Some(LARGE))?;
        if so_called.any(|other| other.country != town.country) {
            return None;
        }
        let country = self.around.reference.country(town.country)?;
        beside.remarks.push(format!(
            "dans la table des villes, {} est {}",
            quoted(town.name),
            country.within()
        ));
        Some(Meant::whole(Field::Country, &country.name.text))
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
            label: format!("Importer des partenaires de {}", quoted(&import.name)),
            coalescing: None,
            edits,
        })
    }
}

/// The town where a partner is, and its country.
fn place_of(told: &Told) -> Option<(String, String)> {
    let town = told.town.as_ref().unwrap_or(&told.name);
    Some((town.clone(), told.country.clone()?))
}
