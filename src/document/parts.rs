//! A convention in one language, in its parts: the text up to the signatures, the signatures, each annex.

use crate::model::{AnnexKind, Convention, ConventionKind, Party};
use crate::reference::fill;

use super::desk::Desk;
use super::inline::{blank, plain};
use super::{
    Align, Block, BlockKind, Contents, Heading, Inline, Paragraph, Span, body, commitments,
    parties, preamble,
};

/// A draft of no more pages than this is read without a table of contents.
const SHORT: usize = 6;

/// The blocks before the first article: what it is, between whom, on what grounds.
pub(super) struct Opening {
    pub title: Vec<Block>,
    /// Where the table of contents stands, in a draft long enough to have one.
    pub contents: Block,
    pub preamble: Vec<Block>,
}

pub(super) fn opening(desk: &Desk<'_>) -> Opening {
    let mut introduction = parties::blocks(desk);
    introduction.extend(preamble::blocks(desk));
    Opening {
        title: title(desk),
        contents: block(
            desk,
            BlockKind::Contents(Contents {
                title: desk.labels.articles.contents.clone(),
                beyond: SHORT,
            }),
        ),
        preamble: introduction,
    }
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
    let named = named(desk);
    let period = period(desk).filter(|period| !named.contains(period));
    let mut blocks = vec![block(desk, BlockKind::Title(vec![plain(named)]))];

    let labels = &desk.labels.parties;
    let count = convention.parties.len();
    let mut between: Vec<Inline> = Vec::new();
    for (place, party) in convention.parties.iter().enumerate() {
        // A line a party: a name is not cut where another could begin the line.
        match place {
            0 => between.push(plain(format!("{} ", labels.between.to_lowercase()))),
            _ if place + 1 == count => {
                between.push(Inline::LineBreak);
                between.push(plain(format!("{} ", labels.and)));
            }
            _ => {
                between.push(plain(","));
                between.push(Inline::LineBreak);
            }
        }
        between.push(title_name(desk, party));
    }
    if !between.is_empty() {
        blocks.push(block(desk, BlockKind::Subtitle(between)));
    }
    blocks.extend(period.map(|it| block(desk, BlockKind::Subtitle(vec![plain(it)]))));
    blocks
}

/// An amendment is known by its number and by what it amends, which its own title says.
fn named(desk: &Desk<'_>) -> String {
    let Convention { kind, title, .. } = desk.convention;
    match kind {
        ConventionKind::Amendment if desk.is_french() && !title.is_empty() => title.clone(),
        kind => slug(*kind)
            .and_then(|slug| desk.labels.titles.get(&slug))
            .cloned()
            .unwrap_or_else(|| kind.label().to_owned()),
    }
}

/// « 2027-2029 ».
fn period(desk: &Desk<'_>) -> Option<String> {
    use chrono::Datelike;

    let (start, end) = (desk.convention.start?.year(), desk.convention.end?.year());
    if start == end {
        return Some(start.to_string());
    }
    let (from, to) = (start.to_string(), end.to_string());
    Some(fill(
        &desk.labels.dates.years,
        &[("from", &from), ("to", &to)],
    ))
}

fn title_name(desk: &Desk<'_>, party: &Party) -> Inline {
    let own = desk
        .own_name(party)
        .filter(|own| own.lang.primary() == desk.lang.primary() && !desk.is_french());
    match (own, desk.name(party)) {
        (Some(own), _) => plain(&own.text),
        (None, Some(name)) if desk.is_french() => plain(name.with_article()),
        (None, Some(name)) => Inline::Span(Span {
            text: name.text.clone(),
            language: Some(crate::model::Lang::french()),
            ..Span::default()
        }),
        (None, None) => blank(14, "nom de la partie"),
    }
}

/// The slug of a kind, as records have it.
fn slug(kind: ConventionKind) -> Option<String> {
    serde_json::to_value(kind).ok()?.as_str().map(str::to_owned)
}

/// The articles, each a heading and its paragraphs.
pub(super) fn articles(desk: &Desk<'_>) -> Vec<Block> {
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

/// The annexes, one after the other; each begins a page.
pub(super) fn annexes(desk: &Desk<'_>) -> Vec<Vec<Block>> {
    let annexes = desk.convention.annexes.iter().enumerate();
    annexes
        .map(|(place, annex)| {
            let label = fill(
                &desk.labels.articles.annex,
                &[("n", &(place + 1).to_string())],
            );
            let text = desk.text(&annex.texts);
            let title = text.map(|it| it.title.trim()).filter(|it| !it.is_empty());
            let heading = title.map_or_else(|| label.clone(), |title| format!("{label} — {title}"));
            let mut blocks = vec![Block {
                kind: BlockKind::Heading(Heading {
                    level: 1,
                    text: vec![plain(heading)],
                    anchor: Some(desk.anchor(&annex.key)),
                }),
                language: None,
                place: Some(desk.place(Some(annex.id), 0, 0)),
            }];
            if let Some(text) = text {
                blocks.extend(body::blocks(desk, annex.id, text, None));
            }
            match annex.kind {
                AnnexKind::Budget => {
                    let tables = commitments::budget_tables(desk);
                    blocks.extend(tables.is_empty().then(|| to_fill(desk)));
                    blocks.extend(
                        tables
                            .into_iter()
                            .map(|it| block(desk, BlockKind::Table(it))),
                    );
                }
                AnnexKind::Piece => {
                    let piece = annex.piece.as_ref();
                    blocks.extend(piece.map(|it| named_piece(desk, &it.title)));
                }
                AnnexKind::Text => {}
            }
            blocks
        })
        .collect()
}

/// A place that is still to be filled.
fn to_fill(desk: &Desk<'_>) -> Block {
    let label = desk.labels.page.to_fill.clone();
    line(desk, Inline::Blank { ems: 8, label })
}

/// A piece that follows, by its title.
fn named_piece(desk: &Desk<'_>, title: &str) -> Block {
    let label = &desk.labels.sheet.piece;
    line(desk, plain(format!("{label}\u{a0}: {title}")))
}

fn line(desk: &Desk<'_>, text: Inline) -> Block {
    block(
        desk,
        BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: false,
            text: vec![text],
        }),
    )
}
