//! A convention becomes a document: the order of its parts, in each of its languages.

use std::borrow::Cow;

use chrono::NaiveDate;

use crate::model::{ActKind, Convention, ConventionKind, Lang, Records};
use crate::reference::{Labels, Reference, fill};

use super::desk::Desk;
use super::inline::plain;
use super::{
    Block, BlockKind, Document, Heading, Inline, Logo, Paper, Rgb, Running, Span, body,
    commitments, mask, parties, preamble, sheet, signatures,
};

/// As many articles and annexes as this call for a table of contents.
const MANY: usize = 15;

/// How a convention is to be composed.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Composition {
    /// In which languages.
    pub languages: Languages,
    /// In which state it leaves.
    pub state: State,
    /// On which paper.
    pub paper: Paper,
    /// Whether annexes are left out.
    pub without_annexes: bool,
    /// The day that the document bears.
    pub dated: NaiveDate,
    /// Logos at the top of the first page, in order.
    pub logos: Vec<Logo>,
}

/// The languages of a document.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Languages {
    /// This one alone.
    One(Lang),
    /// All those of the convention, one after the other, French first.
    #[default]
    OneAfterTheOther,
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
    let mut document = of_records(convention, &read, reference, composition);
    if composition.state == State::Publication {
        // People are known from the records of today, and from those that were signed.
        mask::mask(&mut document, &[records, &read], reference);
    }
    document
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
            again: place > 0,
        })
        .collect();

    let mut blocks = Vec::new();
    for desk in &desks {
        if desk.again {
            blocks.push(Block {
                kind: BlockKind::PageBreak,
                language: None,
                place: None,
            });
        }
        let mut own = match &convention.taken_over {
            Some(taken_over) => sheet::blocks(desk, taken_over),
            None => convention_blocks(desk, composition),
        };
        if desk.again {
            for block in &mut own {
                block.language = Some(desk.lang.clone());
            }
        }
        blocks.append(&mut own);
    }

    let labels = reference.labels(languages.first().unwrap_or(&Lang::french()));
    let draft = composition.state == State::Working && convention.taken_over.is_none();
    let codes: Vec<&str> = languages.iter().map(Lang::as_str).collect();

    Document {
        identity: format!(
            "{}/{:?}/{}",
            convention.id,
            composition.state,
            codes.join("+")
        ),
        title: convention.title.clone(),
        author: records.authority().name.text.clone(),
        date: composition.dated,
        language: languages.first().cloned().unwrap_or_else(Lang::french),
        paper: composition.paper,
        accent: records.authority().color.as_deref().and_then(color),
        line_numbers: false,
        watermark: draft.then(|| labels.page.draft.clone()),
        header: Running {
            left: records.authority().name.text.clone(),
            right: convention.title.clone(),
        },
        footer: Running {
            left: foot(convention, labels, composition),
            right: String::new(),
        },
        logos: composition.logos.clone(),
        blocks,
        masked: Vec::new(),
    }
}

/// What the foot of each page says that the document is, and of which day.
fn foot(convention: &Convention, labels: &Labels, composition: &Composition) -> String {
    let page = &labels.page;
    let taken_over = convention.taken_over.is_some();
    let (label, first) = match composition.state {
        State::Working if !taken_over => (&page.draft_version_of, &page.draft_of),
        State::Vote if !taken_over => (&page.annexed_version_of, &page.annexed_to),
        _ => (&page.version_of, &labels.sheet.state_on),
    };
    let date = match composition.state {
        State::Vote if !taken_over => {
            day_of_vote(convention).map_or_else(|| TO_COME.to_owned(), |date| labels.date(date))
        }
        _ => labels.date(composition.dated),
    };
    let number = convention.version.to_string();
    let label = if convention.version == 0 {
        first
    } else {
        label
    };
    fill(label, &[("n", &number), ("date", &date)])
}

/// Stands in the foot for a day that is not known yet.
const TO_COME: &str = "…………………";

/// The day on which our own assembly votes, or has: as the act of the vote says, done or due.
fn day_of_vote(convention: &Convention) -> Option<NaiveDate> {
    let ours = convention.parties.iter().find(|it| it.partner.is_none())?;
    let votes = convention
        .acts
        .iter()
        .filter(|act| act.kind == ActKind::Vote && act.party.as_ref() == Some(&ours.key));
    votes.filter_map(|act| act.date.or(act.due)).next_back()
}

/// The languages to compose: never none. A sheet has one.
fn languages(convention: &Convention, wanted: &Languages) -> Vec<Lang> {
    match wanted {
        Languages::One(lang) => vec![lang.clone()],
        Languages::OneAfterTheOther
            if convention.languages.is_empty() || convention.taken_over.is_some() =>
        {
            vec![Lang::french()]
        }
        Languages::OneAfterTheOther => convention.languages.clone(),
    }
}

fn convention_blocks(desk: &Desk<'_>, composition: &Composition) -> Vec<Block> {
    let convention = desk.convention;
    let mut blocks = title(desk);
    if convention.articles.len() + convention.annexes.len() >= MANY {
        blocks.push(block(
            desk,
            BlockKind::Contents(desk.labels.articles.contents.clone()),
        ));
    }
    blocks.extend(parties::blocks(desk));
    blocks.extend(preamble::blocks(desk));
    blocks.extend(articles(desk));
    blocks.extend(signatures::blocks(desk));
    if !composition.without_annexes {
        blocks.extend(annexes(desk));
    }
    blocks
}

fn block(desk: &Desk<'_>, kind: BlockKind) -> Block {
    Block {
        kind,
        language: None,
        place: Some(desk.place(None, 0, 0)),
    }
}

/// What it is, between whom, for which years.
fn title(desk: &Desk<'_>) -> Vec<Block> {
    let convention = desk.convention;
    // An amendment is known by its number and by what it amends, which its own title says.
    let named = match convention.kind {
        ConventionKind::Amendment if desk.is_french() && !convention.title.is_empty() => {
            convention.title.clone()
        }
        kind => slug(kind)
            .and_then(|slug| desk.labels.titles.get(&slug))
            .cloned()
            .unwrap_or_else(|| kind.label().to_owned()),
    };
    let mut blocks = vec![block(desk, BlockKind::Title(vec![plain(named)]))];

    let labels = &desk.labels.parties;
    let count = convention.parties.len();
    let mut between: Vec<Inline> = Vec::new();
    for (place, party) in convention.parties.iter().enumerate() {
        let link = match place {
            0 => format!("{} ", labels.between.to_lowercase()),
            _ if place + 1 == count => format!(" {} ", labels.and),
            _ => ", ".to_owned(),
        };
        between.push(plain(link));
        between.push(title_name(desk, party));
    }
    if !between.is_empty() {
        blocks.push(block(desk, BlockKind::Subtitle(between)));
    }
    if let (Some(start), Some(end)) = (convention.start, convention.end) {
        use chrono::Datelike;

        let period = if start.year() == end.year() {
            start.year().to_string()
        } else {
            let (from, to) = (start.year().to_string(), end.year().to_string());
            fill(&desk.labels.dates.years, &[("from", &from), ("to", &to)])
        };
        blocks.push(block(desk, BlockKind::Subtitle(vec![plain(period)])));
    }
    blocks
}

fn title_name(desk: &Desk<'_>, party: &crate::model::Party) -> Inline {
    let own = desk
        .own_name(party)
        .filter(|own| own.lang.primary() == desk.lang.primary() && !desk.is_french());
    match (own, desk.name(party)) {
        (Some(own), _) => plain(&own.text),
        (None, Some(name)) if desk.is_french() => plain(name.with_article()),
        (None, Some(name)) => Inline::Span(Span {
            text: name.text.clone(),
            language: Some(Lang::french()),
            ..Span::default()
        }),
        (None, None) => super::inline::blank(14, "nom de la partie"),
    }
}

/// The slug of a kind, as records have it.
fn slug(kind: ConventionKind) -> Option<String> {
    serde_json::to_value(kind).ok()?.as_str().map(str::to_owned)
}

fn articles(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    let numbered = !desk.convention.kind.is_charter();

    for (place, article) in desk.convention.articles.iter().enumerate() {
        let number = place + 1;
        let text = desk.text(&article.texts);
        let mut heading = vec![];
        let labels = &desk.labels.articles;
        let first = number == 1 && !labels.first_mark.is_empty();
        heading.push(plain(fill(&labels.article, &[("n", &number.to_string())])));
        if first {
            heading.push(Inline::Span(Span {
                text: labels.first_mark.clone(),
                raised: true,
                ..Span::default()
            }));
        }
        if let Some(title) = text.map(|it| it.title.trim()).filter(|it| !it.is_empty()) {
            heading.push(plain(format!(" — {title}")));
        }
        blocks.push(Block {
            kind: BlockKind::Heading(Heading {
                level: 1,
                text: heading,
                anchor: Some(desk.anchor(&article.key)),
            }),
            language: None,
            place: Some(desk.place(Some(article.id), 0, 0)),
        });
        if let Some(text) = text {
            blocks.extend(body::blocks(
                desk,
                article.id,
                text,
                numbered.then_some(number),
            ));
        }
    }
    blocks
}

fn annexes(desk: &Desk<'_>) -> Vec<Block> {
    let mut blocks = Vec::new();
    for (place, annex) in desk.convention.annexes.iter().enumerate() {
        blocks.push(block(desk, BlockKind::PageBreak));
        let label = fill(
            &desk.labels.articles.annex,
            &[("n", &(place + 1).to_string())],
        );
        let text = desk.text(&annex.texts);
        let title = text.map(|it| it.title.trim()).filter(|it| !it.is_empty());
        let heading = title.map_or_else(|| label.clone(), |title| format!("{label} — {title}"));
        blocks.push(Block {
            kind: BlockKind::Heading(Heading {
                level: 1,
                text: vec![plain(heading)],
                anchor: Some(desk.anchor(&annex.key)),
            }),
            language: None,
            place: Some(desk.place(Some(annex.id), 0, 0)),
        });
        if let Some(text) = text {
            blocks.extend(body::blocks(desk, annex.id, text, None));
        }
        match annex.kind {
            crate::model::AnnexKind::Budget => {
                let tables = commitments::budget_tables(desk);
                blocks.extend(
                    tables
                        .into_iter()
                        .map(|it| block(desk, BlockKind::Table(it))),
                );
            }
            crate::model::AnnexKind::Piece => {
                let named = annex.piece.as_ref().map(|piece| {
                    plain(format!(
                        "{}\u{a0}: {}",
                        desk.labels.sheet.piece, piece.title
                    ))
                });
                blocks.extend(named.map(|it| {
                    block(
                        desk,
                        BlockKind::Paragraph(super::Paragraph {
                            align: super::Align::Start,
                            hanging: false,
                            number: None,
                            keep_with_next: false,
                            text: vec![it],
                        }),
                    )
                }));
            }
            crate::model::AnnexKind::Text => {}
        }
    }
    blocks
}

/// `#rrggbb`.
fn color(text: &str) -> Option<Rgb> {
    let digits = text
        .strip_prefix('#')
        .filter(|it| it.len() == 6 && it.is_ascii())?;
    let channel = |at| u8::from_str_radix(digits.get(at..at + 2)?, 16).ok();
    Some(Rgb(channel(0)?, channel(2)?, channel(4)?))
}
