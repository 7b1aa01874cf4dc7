//! Pieces: the files that prove an act, kept once by their content.

use std::sync::Arc;

use chrono::NaiveDate;
use serde::{Deserialize, Serialize};

use super::{Change, Convention, Event, Id, Operation, Partner, Record, RecordId, absent};

/// A file attached to a record or to an act. Its bytes lie in the workspace under their hash.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Piece {
    /// Its own identifier: two records may cite the same content under different titles.
    pub id: Id,
    /// What it is called here: « Délibération n° 2026-114 ».
    pub title: String,
    /// The name that the file had.
    pub file_name: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal; also its name in `attachments/`.
    pub sha256: String,
    /// Its media type: `application/pdf`.
    pub media_type: String,
    /// Its size in bytes.
    #[serde(default, skip_serializing_if = "absent")]
    pub bytes: u64,
    /// What kind of piece: délibération, accusé de réception, convention signée, rapport…
    #[serde(default, skip_serializing_if = "absent")]
    pub kind: Option<String>,
    /// The date that it bears.
    #[serde(default, skip_serializing_if = "absent")]
    pub date: Option<NaiveDate>,
}

/// Where pieces lie: a record, or a thing in it that carries its own (an act, an event, an annex, an operation).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Shelf {
    /// The record.
    pub record: RecordId,
    /// The thing in it; the record's own pieces when absent.
    pub item: Option<Id>,
}

impl Shelf {
    /// The pieces of a record itself.
    #[must_use]
    pub const fn of(record: RecordId) -> Self {
        Self { record, item: None }
    }

    /// The pieces of a thing in a record.
    #[must_use]
    pub const fn within(record: RecordId, item: Id) -> Self {
        Self {
            record,
            item: Some(item),
        }
    }
}

/// What a shelf holds: as many pieces as one likes, or one at most.
enum Room<'a> {
    Many(&'a mut Vec<Piece>),
    One(&'a mut Option<Piece>),
}

impl Change {
    /// A piece is added to what it proves. Nothing when nothing of that name carries pieces, or when there is room for
    /// one only and it is taken.
    #[must_use]
    pub fn attach(before: &Arc<Record>, item: Option<Id>, piece: Piece) -> Option<Self> {
        let label = format!("Ajouter la pièce «\u{a0}{}\u{a0}»", piece.title);
        let mut after = before.as_ref().clone();
        match after.room(item)? {
            Room::Many(pieces) => pieces.push(piece),
            Room::One(Some(_)) => return None,
            Room::One(place) => *place = Some(piece),
        }
        Some(Self::replace(label, Arc::clone(before), after))
    }

    /// A piece is taken away; its file stays, for history and for whatever else cites it.
    #[must_use]
    pub fn detach(before: &Arc<Record>, item: Option<Id>, piece: Id) -> Option<Self> {
        let mut after = before.as_ref().clone();
        let taken = match after.room(item)? {
            Room::Many(pieces) => {
                let rank = pieces.iter().position(|it| it.id == piece)?;
                pieces.remove(rank)
            }
            Room::One(place) => place.take_if(|it| it.id == piece)?,
        };
        let label = format!("Retirer la pièce «\u{a0}{}\u{a0}»", taken.title);
        Some(Self::replace(label, Arc::clone(before), after))
    }

    /// A piece is called otherwise: its title, kind or date.
    #[must_use]
    pub fn describe_piece(before: &Arc<Record>, item: Option<Id>, piece: Piece) -> Option<Self> {
        let label = format!("Modifier la pièce «\u{a0}{}\u{a0}»", piece.title);
        let mut after = before.as_ref().clone();
        let place = match after.room(item)? {
            Room::Many(pieces) => pieces.iter_mut().find(|it| it.id == piece.id)?,
            Room::One(place) => place.as_mut().filter(|it| it.id == piece.id)?,
        };
        if *place == piece {
            return None;
        }
        *place = piece;
        Some(Self::replace(label, Arc::clone(before), after))
    }
}

impl Change {
    /// An authority or a partner has that logo, or none. Nothing when it has already, or when the record can have none.
    #[must_use]
    pub fn set_logo(before: &Arc<Record>, logo: Option<Piece>) -> Option<Self> {
        let label = match &logo {
            Some(piece) => format!("Choisir le logo «\u{a0}{}\u{a0}»", piece.file_name),
            None => "Retirer le logo".to_owned(),
        };
        let mut after = before.as_ref().clone();
        let place = match &mut after {
            Record::Authority(authority) => &mut authority.logo,
            Record::Partner(partner) => &mut partner.logo,
            _ => return None,
        };
        if *place == logo {
            return None;
        }
        *place = logo;
        Some(Self::replace(label, Arc::clone(before), after))
    }
}

impl Record {
    /// The logo of an authority or of a partner.
    #[must_use]
    pub const fn logo(&self) -> Option<&Piece> {
        match self {
            Self::Authority(authority) => authority.logo.as_ref(),
            Self::Partner(partner) => partner.logo.as_ref(),
            _ => None,
        }
    }

    /// The pieces of the record itself, or of that thing in it.
    #[must_use]
    pub fn pieces_on(&self, item: Option<Id>) -> Vec<&Piece> {
        let Some(item) = item else {
            return match self {
                Self::Authority(authority) => authority.logo.iter().collect(),
                Self::Partner(partner) => partner.pieces.iter().collect(),
                Self::Convention(convention) => convention.pieces.iter().collect(),
                Self::Budget(budget) => budget.pieces.iter().collect(),
                Self::Contact(_)
                | Self::Version(_)
                | Self::Term(_)
                | Self::Clause(_)
                | Self::Posting(_) => Vec::new(),
            };
        };
        match self {
            Self::Partner(partner) => partner
                .history
                .iter()
                .chain(&partner.journal)
                .filter(|event| event.id == item)
                .flat_map(|event| &event.pieces)
                .collect(),
            Self::Convention(convention) => {
                let acts = convention.acts.iter().filter(|act| act.id == item);
                let annexes = convention.annexes.iter().filter(|annex| annex.id == item);
                acts.flat_map(|act| &act.pieces)
                    .chain(annexes.filter_map(|annex| annex.piece.as_ref()))
                    .collect()
            }
            Self::Budget(budget) => {
                let lines = budget.lines.iter().flat_map(|line| &line.operations);
                let funders = budget.funders.iter().flat_map(|funder| &funder.operations);
                lines
                    .chain(funders)
                    .filter(|operation| operation.id == item)
                    .filter_map(of_operation)
                    .collect()
            }
            Self::Authority(_)
            | Self::Contact(_)
            | Self::Version(_)
            | Self::Term(_)
            | Self::Clause(_)
            | Self::Posting(_) => Vec::new(),
        }
    }

    /// Where pieces of the record itself, or of that thing in it, are kept.
    fn room(&mut self, item: Option<Id>) -> Option<Room<'_>> {
        let Some(item) = item else {
            return match self {
                Self::Authority(authority) => Some(Room::One(&mut authority.logo)),
                Self::Partner(partner) => Some(Room::Many(&mut partner.pieces)),
                Self::Convention(convention) => Some(Room::Many(&mut convention.pieces)),
                Self::Budget(budget) => Some(Room::Many(&mut budget.pieces)),
                Self::Contact(_)
                | Self::Version(_)
                | Self::Term(_)
                | Self::Clause(_)
                | Self::Posting(_) => None,
            };
        };
        match self {
            Self::Partner(partner) => {
                let mut events = partner.history.iter_mut().chain(&mut partner.journal);
                let event = events.find(|event| event.id == item)?;
                Some(Room::Many(&mut event.pieces))
            }
            Self::Convention(convention) => {
                let act = convention.acts.iter_mut().find(|act| act.id == item);
                if let Some(act) = act {
                    return Some(Room::Many(&mut act.pieces));
                }
                let annex = convention.annexes.iter_mut().find(|it| it.id == item)?;
                Some(Room::One(&mut annex.piece))
            }
            Self::Budget(budget) => {
                let lines = budget.lines.iter_mut().flat_map(|it| &mut it.operations);
                let funders = budget.funders.iter_mut().flat_map(|it| &mut it.operations);
                let operation = lines.chain(funders).find(|it| it.id == item)?;
                Some(Room::One(&mut operation.piece))
            }
            Self::Authority(_)
            | Self::Contact(_)
            | Self::Version(_)
            | Self::Term(_)
            | Self::Clause(_)
            | Self::Posting(_) => None,
        }
    }

    /// Every piece that it cites, in the order of its fields.
    #[must_use]
    pub fn pieces(&self) -> Vec<&Piece> {
        match self {
            Self::Authority(authority) => authority.logo.iter().collect(),
            Self::Partner(partner) => of_partner(partner),
            Self::Convention(convention) => of_convention(convention),
            Self::Version(version) => {
                let conventions = version.records.conventions.iter().flat_map(of_convention);
                let partners = version.records.partners.iter().flat_map(of_partner);
                let logo = version.records.authority.logo.iter();
                conventions.chain(partners).chain(logo).collect()
            }
            Self::Budget(budget) => {
                let lines = budget.lines.iter().flat_map(|line| &line.operations);
                let funders = budget.funders.iter().flat_map(|funder| &funder.operations);
                let proofs = lines.chain(funders).filter_map(of_operation);
                budget.pieces.iter().chain(proofs).collect()
            }
            Self::Contact(_) | Self::Term(_) | Self::Clause(_) | Self::Posting(_) => Vec::new(),
        }
    }
}

fn of_partner(partner: &Partner) -> Vec<&Piece> {
    let events = partner.history.iter().chain(&partner.journal);
    partner
        .pieces
        .iter()
        .chain(&partner.logo)
        .chain(events.flat_map(|event: &Event| &event.pieces))
        .collect()
}

fn of_convention(convention: &Convention) -> Vec<&Piece> {
    let acts = convention.acts.iter().flat_map(|act| &act.pieces);
    let annexes = convention.annexes.iter().filter_map(|it| it.piece.as_ref());
    convention
        .pieces
        .iter()
        .chain(acts)
        .chain(annexes)
        .collect()
}

const fn of_operation(operation: &Operation) -> Option<&Piece> {
    operation.piece.as_ref()
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::model::Kind;

    fn id(last: u32) -> Id {
        format!("019ab3c0-1000-7000-8000-{last:012}")
            .parse()
            .unwrap()
    }

    fn piece(last: u32) -> Piece {
        Piece {
            id: id(last),
            title: format!("Pièce {last}"),
            file_name: "a.pdf".to_owned(),
            sha256: "00".repeat(32),
            media_type: "application/pdf".to_owned(),
            bytes: 1,
            kind: None,
            date: None,
        }
    }

    fn record(kind: Kind, value: serde_json::Value) -> Arc<Record> {
        Arc::new(Record::from_value(kind, value).unwrap())
    }

    fn titles(record: &Record, item: Option<Id>) -> Vec<&str> {
        let pieces = record.pieces_on(item);
        pieces.into_iter().map(|it| it.title.as_str()).collect()
    }

    fn after(change: &Change) -> &Arc<Record> {
        change.edits[0].after.as_ref().unwrap()
    }

    #[test]
    fn a_record_an_act_an_event_an_annex_and_an_operation_carry_pieces() {
        let partner = record(
            Kind::Partner,
            json!({ "id": id(1), "nature": "association", "name": { "text": "A" },
                "journal": [{ "id": id(11), "text": "Visite" }], "history": [{ "id": id(12), "text": "Jumelage" }] }),
        );
        let convention = record(
            Kind::Convention,
            json!({ "id": id(2), "kind": "cooperation", "title": "C", "acts": [{ "id": id(21), "kind": "vote" }],
                "annexes": [{ "id": id(22), "key": "plan", "kind": "text" }] }),
        );
        let operation = json!({ "id": id(32), "step": "paid", "year": 2026, "amount": 5, "date": "2026-01-02" });
        let budget = record(
            Kind::Budget,
            json!({ "id": id(3), "title": "B",
                "lines": [{ "id": id(31), "heading": "H", "label": "L", "operations": [operation] }] }),
        );
        for (record, item) in [
            (&partner, None),
            (&partner, Some(id(11))),
            (&partner, Some(id(12))),
            (&convention, None),
            (&convention, Some(id(21))),
            (&convention, Some(id(22))),
            (&budget, None),
            (&budget, Some(id(32))),
        ] {
            let added = Change::attach(record, item, piece(7)).unwrap();
            assert_eq!(titles(after(&added), item), ["Pièce 7"]);
            assert_eq!(after(&added).pieces().len(), 1);
            let removed = Change::detach(after(&added), item, id(7)).unwrap();
            assert_eq!(after(&removed), record);
        }
        assert!(Change::attach(&partner, Some(id(99)), piece(7)).is_none());
        assert!(Change::detach(&partner, None, id(7)).is_none());
    }

    #[test]
    fn an_annex_is_one_file_and_is_not_replaced_unasked() {
        let convention = record(
            Kind::Convention,
            json!({ "id": id(2), "kind": "cooperation", "title": "C",
                "annexes": [{ "id": id(22), "key": "plan", "kind": "text" }] }),
        );
        let first = Change::attach(&convention, Some(id(22)), piece(7)).unwrap();
        assert!(Change::attach(after(&first), Some(id(22)), piece(8)).is_none());
    }

    #[test]
    fn a_logo_is_a_piece_apart_from_the_others() {
        let partner = record(
            Kind::Partner,
            json!({ "id": id(1), "nature": "association", "name": { "text": "A" } }),
        );
        let with = Change::set_logo(&partner, Some(piece(7))).unwrap();
        assert_eq!(after(&with).logo(), Some(&piece(7)));
        assert_eq!(after(&with).pieces(), [&piece(7)]);
        assert!(after(&with).pieces_on(None).is_empty());
        assert!(Change::set_logo(after(&with), Some(piece(7))).is_none());
        let without = Change::set_logo(after(&with), None).unwrap();
        assert_eq!(after(&without), &partner);
    }

    #[test]
    fn a_piece_is_called_otherwise() {
        let partner = record(
            Kind::Partner,
            json!({ "id": id(1), "nature": "association", "name": { "text": "A" } }),
        );
        let added = Change::attach(&partner, None, piece(7)).unwrap();
        let other = Piece {
            title: "Statuts".to_owned(),
            ..piece(7)
        };
        let change = Change::describe_piece(after(&added), None, other.clone()).unwrap();
        assert_eq!(titles(after(&change), None), ["Statuts"]);
        assert!(Change::describe_piece(after(&change), None, other).is_none());
    }
}
