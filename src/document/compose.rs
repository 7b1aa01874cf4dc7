//! A convention becomes a document: the order of its parts, in each of its languages.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::{Convention, Key, Lang, Records};
use crate::reference::Reference;

use super::around::{around, both};
use super::desk::Desk;
use super::{
    Around, Block, BlockKind, Document, Logo, Paper, Rgb, mask, paired, parts, sheet, signatures,
};

/// How a convention is to be composed.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Composition {
    /// In which languages.
    pub languages: Languages,
    /// In which state it leaves.
    pub state: State,
    /// On which paper.
    pub paper: Paper,
    /// Whether annexes are left out.
    pub without_annexes: bool,
    /// Whether lines are numbered in the margin, every five.
    pub line_numbers: bool,
    /// The party whose copy it is: it is named first and signs first (*alternat*). In the order of the record otherwise.
    pub copy_of: Option<Key>,
    /// Logos at the top of the first page, in order.
    pub logos: Vec<Logo>,
    /// The day that the document bears.
    pub dated: NaiveDate,
}

/// The languages of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Languages {
    /// This one alone.
    One(Lang),
    /// All those of the convention, one after the other, French first.
    #[default]
    OneAfterTheOther,
    /// Two of them side by side, article by article; the first is at the left.
    Paired(Lang, Lang),
}

/// The state in which a convention leaves (`product.md`, « Manners »).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum State {
    /// Travailler: PROJET across it.
    #[default]
    Working,
    /// Soumettre au vote: what the assembly is asked to approve, places to fill as rules.
    Vote,
    /// Signer: the text voted.
    Signature,
    /// Publier: people are masked.
    Publication,
}

/// Composes a convention. It never fails: what is missing is a place to fill.
///
/// A sealed convention is composed over the records as they were signed, whatever they have become; one taken over
/// leaves as its sheet.
#[must_use]
pub fn compose(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    composition: &Composition,
) -> Document {
    let sealed = records.sealed(convention.id).map(|version| {
        let signed = Records::from_snapshot(&version.records);
        let convention = signed.convention(convention.id).cloned();
        (signed, convention)
    });
    let (read, convention) = match &sealed {
        Some((signed, Some(convention))) => (Cow::Borrowed(signed), convention),
        _ => (Cow::Borrowed(records), convention),
    };
    let convention = match &composition.copy_of {
        Some(key) => Cow::Owned(copy_of(convention, key)),
        None => Cow::Borrowed(convention),
    };
    let mut document = of_records(&convention, &read, reference, composition);
    if composition.state == State::Publication {
        // People are known from the records of today, and from those that were signed.
        mask::mask(&mut document, &[records, &read], reference);
    }
    document
}

/// The convention as that party's copy has it: the party stands first, the others keep their order.
fn copy_of(convention: &Convention, party: &Key) -> Convention {
    let mut copy = convention.clone();
    copy.parties.sort_by_key(|it| it.key != *party);
    copy
}

fn of_records(
    convention: &Convention,
    records: &Records,
    reference: &Reference,
    composition: &Composition,
) -> Document {
    let languages = languages(convention, &composition.languages);
    let desks: Vec<Desk<'_>> = languages
        .iter()
        .enumerate()
        .map(|(place, lang)| Desk {
            convention,
            records,
            reference,
            labels: reference.labels(lang),
            lang: lang.clone(),
            state: composition.state,
            today: composition.dated,
            again: place > 0,
        })
        .collect();

    let around: Vec<Around> = desks.iter().map(|desk| around(desk, composition)).collect();
    let side_by_side = matches!(composition.languages, Languages::Paired(..));
    let (around, blocks) = match (desks.as_slice(), around.as_slice()) {
        ([left, right], [first, second]) if side_by_side => (
            both(first, second),
            paired::blocks([left, right], !composition.without_annexes),
        ),
        (desks, all) => (
            all.first().cloned().unwrap_or_default(),
            one_after_the_other(desks, all, composition),
        ),
    };

    Document {
        identity: identity(convention, composition, &languages),
        title: convention.title.clone(),
        author: records.authority().name.text.clone(),
        date: composition.dated,
        language: languages.first().cloned().unwrap_or_else(Lang::french),
        paper: composition.paper,
        accent: records.authority().color.as_deref().and_then(color),
        line_numbers: composition.line_numbers,
        around,
        logos: composition.logos.clone(),
        blocks,
        masked: Vec::new(),
    }
}

/// What tells this document from the others that the same convention can leave as.
fn identity(convention: &Convention, composition: &Composition, languages: &[Lang]) -> String {
    let codes: Vec<&str> = languages.iter().map(Lang::as_str).collect();
    let between = match composition.languages {
        Languages::Paired(..) => "|",
        Languages::One(_) | Languages::OneAfterTheOther => "+",
    };
    let mut identity = format!(
        "{}/{:?}/{}",
        convention.id,
        composition.state,
        codes.join(between)
    );
    if let Some(party) = &composition.copy_of {
        identity.push('/');
        identity.push_str(party.as_str());
    }
    identity
}

fn one_after_the_other(
    desks: &[Desk<'_>],
    around: &[Around],
    composition: &Composition,
) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (desk, around) in desks.iter().zip(around) {
        let mut own = match &desk.convention.taken_over {
            Some(taken_over) => sheet::blocks(desk, taken_over),
            None => in_one_language(desk, composition),
        };
        if desk.again {
            blocks.push(Block {
                kind: BlockKind::Part(Box::new(around.clone())),
                language: None,
                place: None,
            });
            in_language(&desk.lang, &mut own);
        }
        blocks.append(&mut own);
    }
    blocks
}

fn in_one_language(desk: &Desk<'_>, composition: &Composition) -> Vec<Block> {
    let opening = parts::opening(desk);
    let mut blocks = opening.title;
    blocks.push(opening.contents);
    blocks.extend(opening.preamble);
    blocks.extend(parts::articles(desk));
    blocks.extend(signatures::blocks(desk));
    if !composition.without_annexes {
        for annex in parts::annexes(desk) {
            blocks.push(page_break());
            blocks.extend(annex);
        }
    }
    blocks
}

pub(super) const fn page_break() -> Block {
    Block {
        kind: BlockKind::PageBreak,
        language: None,
        place: None,
    }
}

/// Says of each block in which language it is.
pub(super) fn in_language(lang: &Lang, blocks: &mut [Block]) {
    for block in blocks {
        block.language = Some(lang.clone());
    }
}

/// The languages to compose: never none. A sheet has one.
fn languages(convention: &Convention, wanted: &Languages) -> Vec<Lang> {
    match wanted {
        Languages::One(lang) => vec![lang.clone()],
        Languages::OneAfterTheOther | Languages::Paired(..)
            if convention.languages.is_empty() || convention.taken_over.is_some() =>
        {
            vec![Lang::french()]
        }
        Languages::OneAfterTheOther => convention.languages.clone(),
        Languages::Paired(left, right) => vec![left.clone(), right.clone()],
    }
}

/// `#rrggbb`.
pub(super) fn color(text: &str) -> Option<Rgb> {
    let digits = text
        .strip_prefix('#')
        .filter(|it| it.len() == 6 && it.is_ascii())?;
    let channel = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(Rgb(channel(0)?, channel(2)?, channel(4)?))
}
