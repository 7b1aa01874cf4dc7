//! A convention taken over leaves as its sheet: what is known of it, what has become of it, and the list of its pieces.
//! Its text is a piece, and is not composed again.

use crate::model::{Act, Piece, TakenOver};

use super::desk::Desk;
use super::inline::plain;
use super::{Align, Block, BlockKind, Column, Heading, Inline, Row, Table, fields, money};

/// The sheet.
pub(super) fn blocks(desk: &Desk<'_>, taken_over: &TakenOver) -> Vec<Block> {
    let labels = &desk.labels.sheet;
    let convention = desk.convention;
    let mut blocks = vec![
        block(desk, BlockKind::Title(vec![plain(&convention.title)])),
        block(desk, BlockKind::Subtitle(vec![plain(&labels.taken_over)])),
    ];

    let mut rows = vec![(labels.kind.as_str(), vec![plain(convention.kind.label())])];
    rows.push((&labels.parties, parties(desk)));
    if !taken_over.object.trim().is_empty() {
        rows.push((&labels.object, vec![plain(&taken_over.object)]));
    }
    let signatories: Vec<String> = taken_over
        .signatories
        .iter()
        .map(|it| match &it.function {
            Some(function) => format!("{}, {function}", it.name),
            None => it.name.clone(),
        })
        .collect();
    if !signatories.is_empty() {
        rows.push((&labels.signatories, lines(signatories)));
    }
    if let Some(date) = fields::last_signature(convention) {
        rows.push((&labels.signed, vec![plain(desk.labels.date(date))]));
    }
    if let Some(date) = convention.effect.or(convention.start) {
        rows.push((&labels.effect, vec![plain(desk.labels.date(date))]));
    }
    if let Some(date) = convention.end {
        rows.push((&labels.term, vec![plain(desk.labels.date(date))]));
    }
    if let Some(amount) = taken_over.amount {
        let currency = taken_over.currency.clone().unwrap_or_default();
        let said = money::amount(amount, &currency, desk.reference, desk.labels);
        rows.push((&labels.amounts, vec![plain(said)]));
    }
    blocks.push(block(
        desk,
        BlockKind::Table(Table {
            caption: vec![plain(&labels.heading)],
            columns: columns(&[2, 5]),
            head: vec![vec![plain(&labels.item)], vec![plain(&labels.known)]],
            rows: rows
                .into_iter()
                .map(|(name, value)| Row {
                    cells: vec![vec![plain(name)], value],
                    total: false,
                    heads: false,
                })
                .collect(),
        }),
    ));

    blocks.extend(acts(desk));
    blocks.extend(pieces(desk));
    blocks
}

fn block(desk: &Desk<'_>, kind: BlockKind) -> Block {
    Block {
        kind,
        language: None,
        place: Some(desk.place(None, 0, 0)),
    }
}

fn columns(weights: &[u16]) -> Vec<Column> {
    weights
        .iter()
        .map(|weight| Column {
            align: Align::Start,
            weight: *weight,
        })
        .collect()
}

fn lines(texts: Vec<String>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for text in texts {
        if !inlines.is_empty() {
            inlines.push(Inline::LineBreak);
        }
        inlines.push(plain(text));
    }
    inlines
}

fn parties(desk: &Desk<'_>) -> Vec<Inline> {
    let mut inlines = Vec::new();
    for party in &desk.convention.parties {
        if !inlines.is_empty() {
            inlines.push(Inline::LineBreak);
        }
        inlines.extend(super::parties::full_name(desk, party));
    }
    inlines
}

fn heading(desk: &Desk<'_>, text: &str) -> Block {
    block(
        desk,
        BlockKind::Heading(Heading {
            level: 1,
            text: vec![plain(text)],
            anchor: None,
        }),
    )
}

fn acts(desk: &Desk<'_>) -> Vec<Block> {
    let labels = &desk.labels.sheet;
    let mut dated: Vec<(&Act, chrono::NaiveDate)> = desk
        .convention
        .acts
        .iter()
        .filter_map(|act| Some((act, act.date?)))
        .collect();
    dated.sort_by_key(|(_, date)| *date);
    if dated.is_empty() {
        return Vec::new();
    }

    let rows = dated
        .into_iter()
        .map(|(act, date)| Row {
            cells: vec![
                vec![plain(desk.labels.date(date))],
                vec![plain(told(desk, act))],
            ],
            total: false,
            heads: false,
        })
        .collect();
    vec![
        heading(desk, &labels.acts),
        block(
            desk,
            BlockKind::Table(Table {
                caption: Vec::new(),
                columns: columns(&[2, 5]),
                head: vec![
                    vec![plain(&desk.labels.signatures.date)],
                    vec![plain(&labels.act)],
                ],
                rows,
            }),
        ),
    ]
}

/// « Signature – Valmont, à Gmünd – … ».
fn told(desk: &Desk<'_>, act: &Act) -> String {
    let mut told = act.kind.label().to_owned();
    let party = act
        .party
        .as_ref()
        .and_then(|key| desk.convention.party(key));
    if let Some(name) = party.and_then(|party| desk.short_name(party)) {
        told.push_str(" – ");
        told.push_str(&name.text);
    }
    if let Some(number) = &act.number {
        told.push_str(&format!(", {} {number}", desk.labels.parties.number));
    }
    if let Some(place) = &act.place {
        told.push_str(&format!(", à {place}"));
    }
    if let Some(note) = &act.note {
        told.push_str(&format!(" – {note}"));
    }
    told
}

fn pieces(desk: &Desk<'_>) -> Vec<Block> {
    let labels = &desk.labels.sheet;
    let of_acts = desk.convention.acts.iter().flat_map(|act| &act.pieces);
    let pieces: Vec<&Piece> = desk.convention.pieces.iter().chain(of_acts).collect();
    if pieces.is_empty() {
        return Vec::new();
    }

    let rows = pieces
        .into_iter()
        .map(|piece| {
            let date = piece
                .date
                .map(|date| desk.labels.date(date))
                .unwrap_or_default();
            Row {
                cells: vec![
                    vec![plain(&piece.title)],
                    vec![plain(&piece.file_name)],
                    vec![plain(date)],
                ],
                total: false,
                heads: false,
            }
        })
        .collect();
    vec![
        heading(desk, &labels.pieces),
        block(
            desk,
            BlockKind::Table(Table {
                caption: Vec::new(),
                columns: columns(&[4, 3, 2]),
                head: vec![
                    vec![plain(&labels.piece)],
                    vec![plain(&labels.file)],
                    vec![plain(&desk.labels.signatures.date)],
                ],
                rows,
            }),
        ),
    ]
}
