//! What taking an extract in would do: shown before anything is done.
//!
//! A convention that is not known is created, with the bodies that are not known either. One that is known takes the
//! paragraphs that differ once printed, after a version of it is kept; its other paragraphs, with their fields, its acts,
//! budget and notes stay as they are, and a text that a party has signed is never touched. What is printed is compared
//! with what is printed: a field and its value are the same text.

use chrono::{DateTime, Utc};
use serde_json::Value;

use super::{Article, Extract, Leaving, Party, extract};
use crate::document::{self, Composition, State};
use crate::model::{
    self, ActKind, Aligned, Change, Convention, Edit, Id, Ids, Kind, Name, Nature, Partner, Record,
    RecordId, Records, Text, VersionReason, align, fold, quoted,
};
use crate::reference::Reference;

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// It is created.
    Created,
    /// It takes what differs, told in sentences.
    Updated(Vec<String>),
    /// It says the same already.
    Unchanged,
    /// It stays as it is, and why.
    Refused(String),
}

/// A record that the extract speaks of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reviewed {
    /// Which it is, or would be.
    pub record: RecordId,
    /// Its title or name.
    pub name: String,
    /// What becomes of it.
    pub outcome: Outcome,
}

/// What taking the extract in would do.
#[derive(Debug, Clone, PartialEq)]
pub struct Review {
    /// The convention first, then each party.
    pub records: Vec<Reviewed>,
    /// The change that does it; none when there is nothing to do.
    pub change: Option<Change>,
}

/// Says what taking in that extract would create or change at that moment. Nothing is changed.
#[must_use]
pub fn review(
    extract: &Extract,
    records: &Records,
    reference: &Reference,
    ids: &mut Ids,
    at: DateTime<Utc>,
) -> Review {
    let mut bodies = Bodies {
        records,
        ids,
        reviewed: Vec::new(),
        created: Vec::new(),
    };
    let parties: Vec<Option<Id>> = extract.parties.iter().map(|it| bodies.body(it)).collect();
    let Bodies {
        reviewed, created, ..
    } = bodies;

    let known = records.convention(extract.id);
    let (outcome, edit) = match known {
        None => {
            let convention = created_convention(extract, &parties);
            (Outcome::Created, Some((None, convention)))
        }
        Some(known) => {
            let (outcome, after) = updated(extract, known, records, reference);
            (
                outcome,
                after.map(|after| (records.get(id_of(known)).cloned(), after)),
            )
        }
    };
    let refused = matches!(outcome, Outcome::Refused(_));

    let mut edits: Vec<Edit> = Vec::new();
    if let Some((before, after)) = edit {
        if before.is_some() {
            let name = "Avant l’import d’un PDF".to_owned();
            let kept = model::keep(
                after.id,
                VersionReason::Replaced,
                Some(name),
                records,
                ids,
                at,
            );
            edits.extend(kept);
        }
        edits.push(Edit {
            record: id_of(&after),
            before,
            after: Some(Record::Convention(after).into()),
        });
    }
    if !refused && known.is_none() {
        edits.extend(created.into_iter().map(|partner| Edit {
            record: RecordId {
                kind: Kind::Partner,
                id: partner.id,
            },
            before: None,
            after: Some(Record::Partner(partner).into()),
        }));
    }
    let mut all = vec![Reviewed {
        record: RecordId {
            kind: Kind::Convention,
            id: extract.id,
        },
        name: extract.title.clone(),
        outcome,
    }];
    // A convention that is known has its parties already: those of the extract are only compared.
    if known.is_none() {
        all.extend(reviewed);
    }
    Review {
        records: all,
        change: (!edits.is_empty()).then(|| Change {
            label: format!("Importer {}", quoted(&extract.title)),
            coalescing: None,
            edits,
        }),
    }
}

const fn id_of(convention: &Convention) -> RecordId {
    RecordId {
        kind: Kind::Convention,
        id: convention.id,
    }
}

struct Bodies<'a> {
    records: &'a Records,
    ids: &'a mut Ids,
    reviewed: Vec<Reviewed>,
    created: Vec<Partner>,
}

impl Bodies<'_> {
    /// The record of a party here: none is our own authority.
    fn body(&mut self, party: &Party) -> Option<Id> {
        let name = fold(&party.name);
        if name == fold(&self.records.authority().name.text) {
            return None;
        }
        let named = |partner: &Partner| fold(&partner.name.text) == name;
        let known = party
            .partner
            .and_then(|id| self.records.partner(id))
            .filter(|partner| named(partner))
            .map(|partner| partner.id)
            .or_else(|| self.found_by_name(&name))
            .or_else(|| self.created.iter().find(|it| named(it)).map(|it| it.id));
        let (id, outcome) = match known {
            Some(id) => (id, Outcome::Unchanged),
            None => (self.create(party), Outcome::Created),
        };
        self.reviewed.push(Reviewed {
            record: RecordId {
                kind: Kind::Partner,
                id,
            },
            name: party.name.clone(),
            outcome,
        });
        Some(id)
    }

    fn found_by_name(&self, name: &str) -> Option<Id> {
        let partners = self
            .records
            .all()
            .filter_map(|record| match record.as_ref() {
                Record::Partner(partner) => Some(partner),
                _ => None,
            });
        partners
            .into_iter()
            .find(|partner| fold(&partner.name.text) == name)
            .map(|partner| partner.id)
    }

    fn create(&mut self, party: &Party) -> Id {
        // Whoever exported it is a French authority; its own record says nothing of itself.
        let nature = party.nature.unwrap_or(Nature::FrenchAuthority);
        let taken = |id: &Id| {
            self.records.partner(*id).is_some() || self.created.iter().any(|it| it.id == *id)
        };
        let id = party
            .partner
            .filter(|id| !taken(id))
            .unwrap_or_else(|| self.ids.next_id());
        let mut partner = Partner::new(id, nature, Name::new(party.name.clone()));
        partner.country = party
            .country
            .clone()
            .filter(|code| code.len() == 2 && code.bytes().all(|c| c.is_ascii_uppercase()));
        if party.nature.is_none() {
            partner.country = Some("FR".to_owned());
        }
        self.created.push(partner);
        id
    }
}

/// The convention that the extract describes, as a draft of ours.
fn created_convention(extract: &Extract, parties: &[Option<Id>]) -> Convention {
    let mut convention = Convention::new(extract.id, extract.kind, extract.title.clone());
    if !extract.languages.is_empty() {
        convention.languages.clone_from(&extract.languages);
    }
    convention.start = extract.start;
    convention.end = extract.end;
    convention.parties = extract
        .parties
        .iter()
        .zip(parties)
        .map(|(party, partner)| model::Party {
            id: party.id,
            key: party.key.clone(),
            partner: *partner,
            signatory: None,
            capacity: None,
            decided_by: None,
            passes_on: false,
        })
        .collect();
    convention.visas = extract
        .visas
        .iter()
        .map(|visa| model::Visa {
            id: visa.id,
            basis: None,
            texts: visa.texts.clone(),
        })
        .collect();
    convention.recitals = extract
        .recitals
        .iter()
        .map(|recital| model::Recital {
            id: recital.id,
            texts: recital.texts.clone(),
        })
        .collect();
    convention.articles = extract.articles.iter().map(article).collect();
    convention.annexes = extract
        .annexes
        .iter()
        .map(|annex| model::Annex {
            id: annex.id,
            key: annex.key.clone(),
            kind: annex.kind,
            texts: annex.texts.clone(),
            piece: None,
        })
        .collect();
    convention
}

fn article(article: &Article) -> model::Article {
    model::Article {
        id: article.id,
        key: article.key.clone(),
        role: article.role.clone(),
        texts: article.texts.clone(),
    }
}

/// A convention that is known, with the texts that differ.
fn updated(
    incoming: &Extract,
    known: &Convention,
    records: &Records,
    reference: &Reference,
) -> (Outcome, Option<Convention>) {
    let is_signed = known.taken_over.is_some() || known.done(ActKind::Signature).next().is_some();
    if is_signed || records.sealed(known.id).is_some() {
        let reason = "elle est signée ici\u{a0}: son texte ne change que par un avenant";
        return (Outcome::Refused(reason.to_owned()), None);
    }
    let composition = Composition {
        state: State::from(incoming.state),
        dated: incoming.dated,
        ..Composition::default()
    };
    let document = document::compose(known, records, reference, &composition);
    let ours = extract(&document, known, records, reference, composition.state);

    let mut after = known.clone();
    let mut told = Vec::new();
    for (place, theirs) in (1..).zip(&incoming.articles) {
        let printed = ours.articles.iter().find(|it| it.id == theirs.id);
        match (
            printed,
            after.articles.iter_mut().find(|it| it.id == theirs.id),
        ) {
            (Some(printed), Some(kept)) => {
                if take(&printed.texts, &theirs.texts, &mut kept.texts) {
                    told.push(format!("l’article {place} change"));
                }
            }
            _ => {
                let place_after = after.articles.len().min(place - 1);
                after.articles.insert(place_after, article(theirs));
                told.push(format!("l’article {place} est ajouté"));
            }
        }
    }
    for (place, printed) in (1..).zip(&ours.articles) {
        if incoming.articles.iter().all(|it| it.id != printed.id) {
            told.push(format!(
                "l’article {place} n’est pas dans le PDF\u{a0}: il est gardé"
            ));
        }
    }
    let visas = after.visas.iter_mut().map(|it| (it.id, &mut it.texts));
    let recitals = after.recitals.iter_mut().map(|it| (it.id, &mut it.texts));
    let annexes = after.annexes.iter_mut().map(|it| (it.id, &mut it.texts));
    let others = |extract: &Extract, id: Id| -> Option<Vec<Text>> {
        let items = extract.visas.iter().chain(&extract.recitals);
        let texts = items.map(|it| (it.id, &it.texts));
        let annexes = extract.annexes.iter().map(|it| (it.id, &it.texts));
        texts
            .chain(annexes)
            .find(|(it, _)| *it == id)
            .map(|(_, texts)| texts.clone())
    };
    let named = visas.map(|it| ("un visa", it));
    let named = named.chain(recitals.map(|it| ("un considérant", it)));
    for (name, (id, kept)) in named.chain(annexes.map(|it| ("une annexe", it))) {
        if let (Some(printed), Some(theirs)) = (others(&ours, id), others(incoming, id))
            && take(&printed, &theirs, kept)
        {
            told.push(format!("{name} change"));
        }
    }

    if after == *known {
        return (Outcome::Unchanged, None);
    }
    if incoming.state == Leaving::Publication {
        let reason = "le PDF est publié\u{a0}: des données y sont masquées, qui ne doivent pas remplacer les vôtres";
        return (Outcome::Refused(reason.to_owned()), None);
    }
    (Outcome::Updated(told), Some(after))
}

/// Takes what prints otherwise; says whether anything did.
fn take(printed: &[Text], theirs: &[Text], kept: &mut Vec<Text>) -> bool {
    let mut taken = false;
    for text in theirs {
        let printed = printed.iter().find(|it| it.lang == text.lang);
        if printed == Some(text) {
            continue;
        }
        taken = true;
        match (printed, kept.iter_mut().find(|it| it.lang == text.lang)) {
            (Some(printed), Some(kept)) => *kept = woven(printed, text, kept),
            (None, Some(kept)) => *kept = text.clone(),
            (_, None) => kept.push(text.clone()),
        }
    }
    taken
}

/// Their text, with what prints alike as it is written here: its fields are not frozen into words.
fn woven(printed: &Text, theirs: &Text, kept: &Text) -> Text {
    // A paragraph whose author broke a line prints as two; a note is called by its rank among the others.
    if printed.paragraphs.len() != kept.paragraphs.len() || printed.notes != theirs.notes {
        return theirs.clone();
    }
    let values = |text: &Text| -> Vec<Value> {
        let paragraphs = text.paragraphs.iter().cloned();
        paragraphs.map(Value::String).collect()
    };
    let aligned = align(&values(printed), &values(theirs));
    let paragraphs = aligned.into_iter().filter_map(|it| match it {
        Aligned::Same(here, _) => kept.paragraphs.get(here).cloned(),
        Aligned::Edited(_, there) | Aligned::Added(there) => theirs.paragraphs.get(there).cloned(),
        Aligned::Removed(_) => None,
    });
    Text {
        title: if printed.title == theirs.title {
            kept.title.clone()
        } else {
            theirs.title.clone()
        },
        paragraphs: paragraphs.collect(),
        ..kept.clone()
    }
}
