//! Conventions signed elsewhere, taken over one a row: what they are called, with whom, about what, when.

mod lay;
mod told;

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use self::lay::signed_on;
use self::told::{Told, read};
use super::{
    Answer, Around, Beside, Field, Import, Known, Meant, Outcome, Plan, Proposal, Refused, Row,
    both,
};
use crate::exchange::table::value::cited;
use crate::model::{
    Act, ActKind, Change, Convention, ConventionKind, Edit, Id, Ids, Key, Kind, Name, Nature,
    Partner, Party, Record, TakenOver, fold, quoted,
};

struct Working {
    before: Option<Arc<Record>>,
    convention: Convention,
    row: usize,
    changed: bool,
}

pub(super) fn plan(import: &Import, around: &Around<'_>, ids: &mut Ids) -> Plan {
    let mut by_title: HashMap<String, Vec<Id>> = HashMap::new();
    for record in around.records.of_kind(Kind::Convention) {
        by_title
            .entry(fold(record.title()))
            .or_default()
            .push(record.record_id().id);
    }
    let mut planner = Planner {
        import,
        around,
        ids,
        known: Known::of(around.records),
        newcomers: Vec::new(),
        by_title,
        working: HashMap::new(),
    };
    let rows = import.plan_rows(around.watch, |row, beside| planner.take(row, beside));
    let change = planner.change();
    Plan {
        rows,
        change,
        remarks: Vec::new(),
    }
}

struct Planner<'a> {
    import: &'a Import,
    around: &'a Around<'a>,
    ids: &'a mut Ids,
    known: Known,
    newcomers: Vec<Partner>,
    by_title: HashMap<String, Vec<Id>>,
    working: HashMap<Id, Working>,
}

/// The parties of a row: those that are known, and the names of those that are not.
#[derive(Default)]
struct Parties {
    known: Vec<Id>,
    missing: Vec<String>,
}

impl Planner<'_> {
    fn take(&mut self, row: &Row<'_>, beside: &mut Beside) -> Result<Outcome, Refused> {
        let reference = self.around.reference;
        let told = read(row, reference, &mut beside.remarks);
        let (mut told, Parties { known, missing }) = both(told, self.parties(row))?;
        let accepted = self.import.accepts(Proposal::Partners)
            || self.import.answered(row.row) == Some(Answer::Yes);
        told.partners = known;
        if !missing.is_empty() && !accepted {
            beside.meant = self.meant(row, &missing);
            let question = format!("créer {}\u{202f}?", said_missing(&missing));
            return Ok(Outcome::Asked { question });
        }
        for name in missing {
            told.partners.push(self.create_partner(&name, told.kind));
            beside
                .remarks
                .push(format!("partenaire créé\u{a0}: {name}"));
        }

        match self.find(&told)? {
            Some(id) => self.lay(id, &told, row),
            None => Ok(self.create(&told, row.row)),
        }
    }

    /// Whom a row names: one by its whole name, or several between signs that no name has.
    fn parties(&self, row: &Row<'_>) -> Result<Parties, Refused> {
        let mut parties = Parties::default();
        let Some(said) = row.text(Field::Parties) else {
            return Ok(parties);
        };
        let ours = fold(&self.around.records.authority().name.text);
        let whole = self.known.named(&said);
        let names: Vec<&str> = if whole.len() == 1 {
            vec![said.as_str()]
        } else if said.contains([';', '/', '|']) {
            said.split([';', '/', '|']).collect()
        } else {
            let by_comma: Vec<&str> = said.split(',').collect();
            let all_known = by_comma
                .iter()
                .all(|name| self.known.named(name.trim()).len() == 1);
            if all_known {
                by_comma
            } else {
                vec![said.as_str()]
            }
        };
        for name in names
            .into_iter()
            .map(str::trim)
            .filter(|name| !name.is_empty())
        {
            match self.known.named(name) {
                [one] if !parties.known.contains(one) => parties.known.push(*one),
                [_] => {}
                _ if fold(name) == ours => {}
                [] if parties.missing.iter().any(|it| fold(it) == fold(name)) => {}
                [] => parties.missing.push(name.to_owned()),
                several => {
                    return Err(Refused::at(
                        Field::Parties,
                        format!(
                            "{}\u{a0}partenaires s’appellent {}\u{a0}: dites lequel par un nom que lui seul \
                             porte",
                            several.len(),
                            cited(name)
                        ),
                    ));
                }
            }
        }
        Ok(parties)
    }

    /// Whom the first name that is near a known one may have meant.
    fn meant(&self, row: &Row<'_>, missing: &[String]) -> Option<Meant> {
        let said = row.text(Field::Parties)?;
        missing.iter().find_map(|name| {
            let near = self.known.near(name)?;
            let near = &self.around.records.partner(near)?.name.text;
            Some(Meant {
                field: Field::Parties,
                name: near.clone(),
                cell: said.replacen(name.as_str(), near, 1),
            })
        })
    }

    fn create_partner(&mut self, name: &str, kind: Option<ConventionKind>) -> Id {
        let nature = match kind {
            Some(kind) if kind.is_grant() => Nature::Association,
            _ => Nature::ForeignAuthority,
        };
        let partner = Partner::new(self.ids.next_id(), nature, Name::new(name));
        let id = partner.id;
        self.known.add(&partner);
        self.newcomers.push(partner);
        id
    }

    /// The convention that a row is about, by its title and, where several have it, its first day.
    fn find(&self, told: &Told) -> Result<Option<Id>, Refused> {
        let Some(those) = self.by_title.get(&fold(&told.title)) else {
            return Ok(None);
        };
        let convention = |id: &Id| {
            self.working
                .get(id)
                .map(|working| &working.convention)
                .or_else(|| self.around.records.convention(*id))
        };
        let first = told.start.or(told.signed);
        let same_year = |it: &&Convention| match (it.start.or_else(|| signed_on(it)), first) {
            (Some(one), Some(other)) => one.year() == other.year(),
            _ => true,
        };
        let same: Vec<&Convention> = those
            .iter()
            .filter_map(convention)
            .filter(same_year)
            .collect();
        match same.as_slice() {
            [] => Ok(None),
            [one] => Ok(Some(one.id)),
            several => Err(Refused::at(
                Field::Title,
                format!(
                    "{}\u{a0}conventions ont ce titre\u{a0}: précisez leur date de signature",
                    several.len()
                ),
            )),
        }
    }

    fn create(&mut self, told: &Told, row: usize) -> Outcome {
        let id = self.ids.next_id();
        let kind = told.kind.unwrap_or(ConventionKind::Cooperation);
        let mut convention = Convention::new(id, kind, &told.title);
        let ours = self.our_party();
        convention.parties.push(ours);
        for partner in &told.partners {
            let party = self.party(*partner, &convention);
            convention.parties.push(party);
        }
        convention.start = told.start.or(told.signed);
        convention.end = told.end;
        convention.themes.clone_from(&told.themes);
        convention.notes.clone_from(&told.notes);
        convention.taken_over = Some(TakenOver {
            object: told.object.clone().unwrap_or_default(),
            amount: told.amount,
            currency: told.currency.as_ref().and_then(told::kept),
            signatories: Vec::new(),
        });
        self.sign(&mut convention, told.signed);
        self.by_title.entry(fold(&told.title)).or_default().push(id);
        self.working.insert(
            id,
            Working {
                before: None,
                convention,
                row,
                changed: true,
            },
        );
        Outcome::Created {
            what: told.title.clone(),
        }
    }

    fn partner_name(&self, id: Id) -> String {
        let known = self.around.records.partner(id);
        let newcomer = || self.newcomers.iter().find(|it| it.id == id);
        known
            .or_else(newcomer)
            .map_or_else(String::new, |it| it.name.text.clone())
    }

    fn our_party(&mut self) -> Party {
        let authority = self.around.records.authority();
        let name = authority.short_name.as_ref().unwrap_or(&authority.name);
        party(self.ids.next_id(), Key::fold(&name.text), None)
    }

    fn party(&mut self, partner: Id, convention: &Convention) -> Party {
        let known = self.around.records.partner(partner);
        let record = known.or_else(|| self.newcomers.iter().find(|it| it.id == partner));
        let key = record.map_or_else(|| Key::new("partie"), Partner::suggested_key);
        let taken = |key: &Key| convention.party(key).is_some();
        party(self.ids.next_id(), key.free(taken), Some(partner))
    }

    /// Each party signed that day.
    fn sign(&mut self, convention: &mut Convention, day: Option<NaiveDate>) {
        if day.is_none() {
            return;
        }
        for party in &convention.parties {
            let mut act = Act::new(self.ids.next_id(), ActKind::Signature);
            act.party = Some(party.key.clone());
            act.date = day;
            convention.acts.push(act);
        }
    }

    fn change(self) -> Option<Change> {
        let conventions = self.working.into_values().filter(|working| working.changed);
        let conventions =
            conventions.map(|working| (working.before, Record::Convention(working.convention)));
        let partners = self
            .newcomers
            .into_iter()
            .map(|partner| (None, Record::Partner(partner)));
        let mut edits: Vec<Edit> = partners
            .chain(conventions)
            .map(|(before, after)| Edit {
                record: after.record_id(),
                before,
                after: Some(Arc::new(after)),
            })
            .collect();
        edits.sort_by_key(|edit| edit.record);
        (!edits.is_empty()).then(|| Change {
            label: format!("Importer des conventions de {}", quoted(&self.import.name)),
            coalescing: None,
            edits,
        })
    }
}

/// « le partenaire « Aneho » ».
fn said_missing(names: &[String]) -> String {
    let said: Vec<String> = names.iter().map(|name| cited(name)).collect();
    match said.as_slice() {
        [one] => format!("le partenaire {one}"),
        several => format!("les partenaires {}", several.join(", ")),
    }
}

const fn party(id: Id, key: Key, partner: Option<Id>) -> Party {
    Party {
        id,
        key,
        partner,
        signatory: None,
        capacity: None,
        decided_by: None,
        passes_on: false,
    }
}
