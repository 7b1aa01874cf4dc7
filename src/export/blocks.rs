//! What sheets of ours are built of: headings, paragraphs and tables of plain French.

use chrono::NaiveDate;

use crate::document::{
    Align, Around, Block, BlockKind, Column, Document, Heading, Inline, Paper, Paragraph, Row,
    Running, Span, Table,
};
use crate::model::{Lang, Records};

/// A sheet about a convention. Its identity tells it from the others of the same day.
pub(super) fn sheet(
    title: &str,
    about: &str,
    identity: String,
    records: &Records,
    today: NaiveDate,
    blocks: Vec<Block>,
) -> Document {
    let author = records.authority().name.text.clone();
    Document {
        identity,
        title: format!("{title} – {about}"),
        date: today,
        language: Lang::french(),
        paper: Paper::A4,
        accent: None,
        line_numbers: false,
        around: Around {
            header: Running {
                left: title.to_owned(),
                right: about.to_owned(),
            },
            footer: Running {
                left: author.clone(),
                right: String::new(),
            },
            ..Around::default()
        },
        author,
        logos: Vec::new(),
        blocks,
        masked: Vec::new(),
    }
}

pub(super) const fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        language: None,
        place: None,
    }
}

pub(super) fn plain(text: impl Into<String>) -> Vec<Inline> {
    vec![Inline::Span(Span::plain(text))]
}

pub(super) fn title(text: &str) -> Block {
    block(BlockKind::Title(plain(text)))
}

/// No line of it begins with the dash between two names.
pub(super) fn subtitle(text: impl Into<String>) -> Block {
    let text = text.into().replace(" – ", "\u{a0}– ");
    block(BlockKind::Subtitle(plain(text)))
}

pub(super) fn heading(text: impl Into<String>) -> Block {
    block(BlockKind::Heading(Heading {
        level: 1,
        text: plain(text),
        anchor: None,
    }))
}

pub(super) fn paragraph(text: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph {
        align: Align::Start,
        hanging: false,
        number: None,
        keep_with_next: false,
        text,
    }))
}

/// A table of plain cells; each column with its name and its share of the width.
pub(super) fn table(columns: &[(&str, u16)], rows: impl IntoIterator<Item = Vec<String>>) -> Block {
    block(BlockKind::Table(Table {
        caption: Vec::new(),
        columns: columns
            .iter()
            .map(|(_, weight)| Column {
                align: Align::Start,
                weight: *weight,
            })
            .collect(),
        head: columns.iter().map(|(name, _)| plain(*name)).collect(),
        rows: rows
            .into_iter()
            .map(|cells| Row {
                cells: cells.into_iter().map(plain).collect(),
                total: false,
                heads: false,
            })
            .collect(),
    }))
}
