//! Conventions signed elsewhere, taken over one a row: what they are called, with whom, about what, when.

use std::collections::HashMap;
use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use super::{
    Answer, Around, Beside, Differences, Field, Import, Known, Meant, Outcome, Plan, Proposal,
    Refused, Row, at, said_day,
};
use crate::exchange::budget::Column;
use crate::exchange::table::value::{mark_of, short};
use crate::model::{
    Act, ActKind, Amount, Change, Convention, ConventionKind, Currency, Edit, Id, Ids, Key, Kind,
    Name, Nature, Partner, Party, Record, RecordId, TakenOver, fold,
};

/// What a row says of a convention.
struct Told {
    title: String,
    kind: Option<ConventionKind>,
    partners: Vec<Id>,
    object: Option<String>,
    amount: Option<Amount>,
    currency: Option<Currency>,
    signed: Option<NaiveDate>,
    start: Option<NaiveDate>,
    end: Option<NaiveDate>,
    themes: Vec<String>,
    notes: Option<String>,
}

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
        let title = row
            .name(Field::Title)?
            .ok_or((Some(Field::Title), "le titre manque".to_owned()))?;
        let kind = match row.text(Field::Genre) {
            None => None,
            Some(said) => Some(at(Field::Genre, kind_of(&said))?),
        };
        let currency = match row.text(Field::Cell(Column::Currency)) {
            None => self.marked(row)?,
            Some(code) => Some(self.currency(&code)?),
        };
        let counted = currency.clone().unwrap_or_default();
        let decimals = self.around.reference.decimals_of(&counted);
        let mut told = Told {
            title,
            kind,
            partners: Vec::new(),
            object: row.text(Field::Object),
            amount: row.amount(
                Field::Cell(Column::Amount),
                (&counted, decimals),
                &mut beside.remarks,
            )?,
            currency: currency.filter(|it| *it != Currency::euro()),
            signed: row.day(Field::Signed)?,
            start: row.day(Field::Start)?,
            end: row.day(Field::End)?,
            themes: self.themes(row)?,
            notes: row.text(Field::Cell(Column::Notes)),
        };
        if told.amount.is_some_and(|amount| amount.0 < 0) {
            return Err((
                Some(Field::Cell(Column::Amount)),
                "le montant est négatif".to_owned(),
            ));
        }
        let first = told.start.or(told.signed);
        if let (Some(first), Some(end)) = (first, told.end)
            && end < first
        {
            return Err((
                Some(Field::End),
                format!("la fin, le {}, vient avant le début", said_day(Some(end))),
            ));
        }
        let accepted = self.import.accepts(Proposal::Partners)
            || self.import.answered(row.row) == Some(Answer::Yes);
        let Parties { known, missing } = self.parties(row)?;
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

    /// The currency that the amount itself says, where no column does.
    fn marked(&self, row: &Row<'_>) -> Result<Option<Currency>, Refused> {
        let field = Field::Cell(Column::Amount);
        let mark = mark_of(row.value(field)).map(|mark| mark.codes);
        match mark.as_deref() {
            None => Ok(None),
            Some([code]) => self.currency(code).map(Some),
            Some(several) => Err((
                Some(field),
                format!(
                    "ce montant peut être en {}\u{a0}: ajoutez une colonne «\u{a0}Devise\u{a0}»",
                    several.get(..3).unwrap_or(several).join(", ")
                ),
            )),
        }
    }

    fn currency(&self, said: &str) -> Result<Currency, Refused> {
        let folded = fold(said);
        let known = self.around.reference.currencies().iter().find(|it| {
            it.id.eq_ignore_ascii_case(said.trim())
                || fold(&it.one) == folded
                || fold(&it.many) == folded
                || it.symbol == said
        });
        match known {
            Some(known) => Ok(Currency::new(&known.id)),
            // The French franc is no currency of today; conventions of 1987 are in it.
            None if ["frf", "franc", "francs", "francs francais", "ff"]
                .contains(&folded.as_str()) =>
            {
                Ok(Currency::new("FRF"))
            }
            None if ["euro", "euros"].contains(&folded.as_str()) => Ok(Currency::euro()),
            None => Err((
                Some(Field::Cell(Column::Currency)),
                format!("devise inconnue «\u{a0}{}\u{a0}»", short(said)),
            )),
        }
    }

    fn themes(&self, row: &Row<'_>) -> Result<Vec<String>, Refused> {
        let Some(said) = row.text(Field::Themes) else {
            return Ok(Vec::new());
        };
        let themes = self.around.reference.themes();
        let named = |name: &str| {
            let folded = fold(name);
            themes
                .iter()
                .find(|theme| fold(&theme.label) == folded || theme.id == name)
                .map(|theme| theme.id.clone())
        };
        if let Some(one) = named(&said) {
            return Ok(vec![one]);
        }
        said.split([';', ',', '/', '|'])
            .map(str::trim)
            .filter(|name| !name.is_empty())
            .map(|name| {
                named(name).ok_or((
                    Some(Field::Themes),
                    format!("thème inconnu «\u{a0}{}\u{a0}»", short(name)),
                ))
            })
            .collect()
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
                    return Err((
                        Some(Field::Parties),
                        format!(
                            "{}\u{a0}partenaires s’appellent «\u{a0}{}\u{a0}»\u{a0}: dites lequel par un nom que lui seul \
                             porte",
                            several.len(),
                            short(name)
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
            several => Err((
                Some(Field::Title),
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
            currency: told.currency.clone(),
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

    /// Lays what a row says over a convention that is there.
    fn lay(&mut self, id: Id, told: &Told, row: &Row<'_>) -> Result<Outcome, Refused> {
        if let Some(working) = self.working.get(&id) {
            let line = self.import.sheet().grid.line(working.row);
            return Err((None, format!("cette convention est déjà à la ligne {line}")));
        }
        let name = RecordId {
            kind: Kind::Convention,
            id,
        };
        let Some((before, Record::Convention(known))) = self
            .around
            .records
            .get(name)
            .map(|record| (record, record.as_ref()))
        else {
            return Err((None, "cette convention n’est plus là".to_owned()));
        };
        let Some(taken) = &known.taken_over else {
            return Err((
                None,
                "elle est rédigée ici\u{a0}: un tableau ne la modifie pas".to_owned(),
            ));
        };
        let mut after = known.clone();
        let mut taken = taken.clone();
        let mut differences = Differences::default();

        if let Some(kind) = told.kind
            && differences.lay_said(
                "genre",
                known.kind.label().to_owned(),
                kind.label().to_owned(),
            )
        {
            after.kind = kind;
        }
        if let Some(object) = &told.object
            && differences.lay_said("objet", taken.object.clone(), object.clone())
        {
            taken.object.clone_from(object);
        }
        let currency = told
            .currency
            .clone()
            .or_else(|| taken.currency.clone())
            .unwrap_or_default();
        let said = |amount: Option<Amount>| {
            amount.map_or_else(String::new, |it| {
                self.around.reference.figures(it, &currency)
            })
        };
        if differences.lay_said("montant", said(taken.amount), said(told.amount)) {
            taken.amount = told.amount;
        }
        let code = |currency: &Option<Currency>| {
            currency
                .as_ref()
                .map_or_else(String::new, |it| it.code().to_owned())
        };
        if told.currency.is_some()
            && differences.lay_said("devise", code(&taken.currency), code(&told.currency))
        {
            taken.currency.clone_from(&told.currency);
        }
        if differences.lay_said(
            "signature",
            said_day(signed_on(known)),
            said_day(told.signed),
        ) {
            after.acts.retain(|act| act.kind != ActKind::Signature);
            self.sign(&mut after, told.signed);
        }
        if differences.lay_said("début", said_day(known.start), said_day(told.start)) {
            after.start = told.start;
        }
        if differences.lay_said("fin", said_day(known.end), said_day(told.end)) {
            after.end = told.end;
        }
        if differences.lay_said("thèmes", known.themes.join(", "), told.themes.join(", ")) {
            after.themes.clone_from(&told.themes);
        }
        if let Some(notes) = &told.notes
            && !known
                .notes
                .as_deref()
                .is_some_and(|it| it.contains(notes.as_str()))
        {
            let before = known.notes.clone().unwrap_or_default();
            let joined = if before.is_empty() {
                notes.clone()
            } else {
                format!("{before}\n{notes}")
            };
            differences.note("remarques", before, joined.clone());
            after.notes = Some(joined);
        }
        let new: Vec<Id> = told
            .partners
            .iter()
            .copied()
            .filter(|partner| {
                !known
                    .parties
                    .iter()
                    .any(|party| party.partner == Some(*partner))
            })
            .collect();
        for partner in new {
            let party = self.party(partner, &after);
            let name = self.partner_name(partner);
            differences.note("partie", "", name);
            if let Some(signed) = told.signed.or_else(|| signed_on(known)) {
                let mut act = Act::new(self.ids.next_id(), ActKind::Signature);
                act.party = Some(party.key.clone());
                act.date = Some(signed);
                after.acts.push(act);
            }
            after.parties.push(party);
        }
        after.taken_over = Some(taken);

        let what = known.title.clone();
        let changed = !differences.is_empty();
        self.working.insert(
            id,
            Working {
                before: Some(Arc::clone(before)),
                convention: after,
                row: row.row,
                changed,
            },
        );
        Ok(differences.outcome(what))
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
        let mut free = key.clone();
        for number in 2.. {
            if !taken(&free) {
                break;
            }
            free = Key::new(&format!("{key}-{number}"));
        }
        party(self.ids.next_id(), free, Some(partner))
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
            label: format!(
                "Importer des conventions de «\u{a0}{}\u{a0}»",
                self.import.name
            ),
            coalescing: None,
            edits,
        })
    }
}

/// « le partenaire « Aneho » ».
fn said_missing(names: &[String]) -> String {
    let said: Vec<String> = names
        .iter()
        .map(|name| format!("«\u{a0}{}\u{a0}»", short(name)))
        .collect();
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

/// The day of the last signature.
fn signed_on(convention: &Convention) -> Option<NaiveDate> {
    let signatures = convention
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Signature);
    signatures.filter_map(|act| act.date).max()
}

/// A kind of convention, from the words of lists.
fn kind_of(said: &str) -> Result<ConventionKind, String> {
    let words = fold(said);
    if let Some(kind) = ConventionKind::ALL
        .into_iter()
        .find(|kind| fold(kind.label()) == words)
    {
        return Ok(kind);
    }
    let has = |word: &str| words.split(' ').any(|it| it.starts_with(word));
    let kind = if has("avenant") || has("amendment") {
        ConventionKind::Amendment
    } else if has("comite") {
        ConventionKind::TwinningCommittee
    } else if has("jumel") || has("twin") || has("sister") {
        ConventionKind::Twinning
    } else if has("amitie") || has("friend") || has("pacte") {
        ConventionKind::Friendship
    } else if has("protocole") || has("intention") || has("intent") || has("memorandum") {
        ConventionKind::Intent
    } else if has("urgence") || has("emergency") {
        ConventionKind::Emergency
    } else if has("cadre") || has("framework") {
        ConventionKind::Framework
    } else if has("annuel") || has("execution") || has("annual") {
        ConventionKind::Annual
    } else if has("multipart") || has("tripart") {
        ConventionKind::Multiparty
    } else if has("subvention") || has("financement") || has("grant") || has("association") {
        ConventionKind::Grant
    } else if has("cooperation") || has("partenariat") || has("partnership") || has("convention") {
        ConventionKind::Cooperation
    } else {
        let kinds = ConventionKind::ALL
            .map(|kind| kind.label().to_lowercase())
            .join(", ");
        return Err(format!(
            "genre inconnu «\u{a0}{}\u{a0}»\u{a0}: écrivez {kinds}",
            short(said)
        ));
    };
    Ok(kind)
}
