//! Where the parties sign: one place each, with who signs, where and when once it is known.

use crate::model::{ActKind, Party};
use crate::reference::fill;

use super::desk::Desk;
use super::inline::{blank, plain};
use super::{Align, Block, BlockKind, Inline, Paragraph, Signature, State, fields, parties};

/// « Fait …, en deux exemplaires originaux », then a place for each party.
pub(super) fn blocks(desk: &Desk<'_>) -> Vec<Block> {
    let convention = desk.convention;
    if convention.parties.is_empty() {
        return Vec::new();
    }
    let labels = &desk.labels.signatures;
    let originals = match convention.parties.len() {
        1 => labels.originals_one.clone(),
        count => fill(
            &labels.originals_many,
            &[("n", &desk.labels.number_in_words(count))],
        ),
    };
    let mut done = format!("{}, {originals}", labels.done_apart);
    if convention.languages.len() > 1 {
        let languages = fields::languages(desk);
        done.push_str(", ");
        done.push_str(&fill(
            &labels.of_which_languages,
            &[("languages", &languages)],
        ));
    }
    done.push('.');

    let block = |kind| Block {
        kind,
        language: None,
        place: Some(desk.place(None, 0, 0)),
    };
    vec![
        block(BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: true,
            text: vec![plain(done)],
        })),
        block(BlockKind::Signatures(
            convention
                .parties
                .iter()
                .map(|party| signature(desk, party))
                .collect(),
        )),
    ]
}

/// Signatures under words in both languages: who signs and for whom in one, then in the other; where and when in the
/// first, for there is one place to write it.
pub(super) fn in_both_languages(signatures: &mut [Signature], others: Vec<Signature>) {
    let joined = |own: &mut String, other: &str| {
        if !other.is_empty() && own != other {
            *own = format!("{own} / {other}");
        }
    };
    for (own, other) in signatures.iter_mut().zip(others) {
        own.party.push(Inline::LineBreak);
        own.party.extend(other.party);
        joined(&mut own.function, &other.function);
        joined(&mut own.mention, &other.mention);
    }
}

fn signature(desk: &Desk<'_>, party: &Party) -> Signature {
    let labels = &desk.labels.signatures;
    let masked = desk.state == State::Publication;
    let mut name = vec![plain(format!("{} ", labels.for_party))];
    name.extend(match desk.name(party) {
        Some(known) if desk.is_french() => vec![plain(known.with_article())],
        _ => parties::full_name(desk, party),
    });

    Signature {
        party: name,
        function: parties::function(desk, party)
            .map(|function| capital(&function))
            .unwrap_or_default(),
        person: desk
            .signatory(party)
            .map(|it| it.name.clone())
            .filter(|_| !masked),
        place_and_date: place_and_date(desk, party),
        mention: if masked {
            desk.labels.page.masked.clone()
        } else {
            labels.signature_and_stamp.clone()
        },
    }
}

/// « À Antsirabe, le 10 mars 2025 »: as the act says once it is signed, places to fill before.
fn place_and_date(desk: &Desk<'_>, party: &Party) -> Vec<Inline> {
    const PLACE: &str = "\u{1}";
    const DATE: &str = "\u{2}";

    let signed = desk.convention.done_by(ActKind::Signature, &party.key);
    let place = signed.and_then(|(act, _)| act.place.clone());
    let date = signed.map(|(_, date)| desk.labels.date(date));

    // The label says in which order and between which words they stand.
    let line = fill(
        &desk.labels.signatures.done,
        &[("place", PLACE), ("date", DATE)],
    );
    let mut inlines = Vec::new();
    for part in line.split_inclusive(['\u{1}', '\u{2}']) {
        let words = part.trim_end_matches(['\u{1}', '\u{2}']);
        if !words.is_empty() {
            inlines.push(plain(words));
        }
        if part.ends_with(PLACE) {
            inlines.push(
                place
                    .as_ref()
                    .map_or_else(|| blank(7, "lieu de la signature"), plain),
            );
        } else if part.ends_with(DATE) {
            inlines.push(
                date.as_ref()
                    .map_or_else(|| blank(7, "date de la signature"), plain),
            );
        }
    }
    inlines
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}
