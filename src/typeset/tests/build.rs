//! Blocks and documents in few words.

use chrono::NaiveDate;

use crate::document::{
    Align, Anchor, Around, Block, BlockKind, Column, Contents, Document, Heading, Inline, List,
    ListItem, Paper, Paragraph, Rgb, Row, Signature, Span, Table, Target,
};
use crate::model::{Key, Lang};

/// An empty document, as a draft begins.
pub fn draft(blocks: Vec<Block>) -> Document {
    Document {
        identity: "convention/essai".into(),
        title: "Convention de coopération décentralisée".into(),
        author: "Communauté d’agglomération de Valmont".into(),
        date: NaiveDate::from_ymd_opt(2026, 11, 23).unwrap(),
        language: Lang::new("fr"),
        paper: Paper::A4,
        accent: Some(Rgb(27, 42, 107)),
        line_numbers: false,
        around: Around::default(),
        logos: Vec::new(),
        blocks,
        masked: Vec::new(),
    }
}

pub fn block(kind: BlockKind) -> Block {
    Block {
        kind,
        language: None,
        place: None,
    }
}

/// A block in another language than the document's.
pub fn block_in(language: &str, kind: BlockKind) -> Block {
    Block {
        kind,
        language: Some(Lang::new(language)),
        place: None,
    }
}

pub fn paragraph(text: Vec<Inline>) -> Paragraph {
    Paragraph {
        align: Align::Justify,
        hanging: false,
        number: None,
        keep_with_next: false,
        text,
    }
}

pub fn words(text: &str) -> Block {
    block(BlockKind::Paragraph(paragraph(vec![text.into()])))
}

pub fn numbered(number: &str, text: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph {
        number: Some(number.into()),
        ..paragraph(text)
    }))
}

/// A table of contents for a document of more pages than that.
pub fn contents(title: &str, beyond: usize) -> Contents {
    Contents {
        title: title.into(),
        beyond,
    }
}

/// A paragraph of so many short lines, which pushes down what follows.
pub fn lines_above(lines: usize) -> Block {
    let text = (0..lines).flat_map(|_| ["o".into(), Inline::LineBreak]);
    block(BlockKind::Paragraph(Paragraph {
        align: Align::Start,
        ..paragraph(text.collect())
    }))
}

pub fn hanging(text: Vec<Inline>) -> Block {
    block(BlockKind::Paragraph(Paragraph {
        hanging: true,
        ..paragraph(text)
    }))
}

pub fn heading(level: u8, text: &str) -> Block {
    let anchor = Some(Anchor(Key::fold(text)));
    block(BlockKind::Heading(Heading {
        level,
        text: vec![text.into()],
        anchor,
    }))
}

pub fn bold(text: &str) -> Inline {
    Inline::Span(Span {
        bold: true,
        ..Span::plain(text)
    })
}

pub fn italic(text: &str) -> Inline {
    Inline::Span(Span {
        italic: true,
        ..Span::plain(text)
    })
}

pub fn foreign(language: &str, text: &str) -> Inline {
    Inline::Span(Span {
        language: Some(Lang::new(language)),
        ..Span::plain(text)
    })
}

pub fn blank(ems: u8, label: &str) -> Inline {
    Inline::Blank {
        ems,
        label: label.into(),
    }
}

pub fn note(text: &str) -> Inline {
    Inline::Note(vec![text.into()])
}

pub fn reference(anchor: &str, text: &str) -> Inline {
    Inline::Link {
        target: Target::Anchor(Anchor(Key::fold(anchor))),
        text: vec![text.into()],
    }
}

pub fn item(label: &str, text: Vec<Inline>) -> ListItem {
    ListItem {
        label: label.into(),
        text,
        sublist: None,
        place: None,
    }
}

pub fn list(items: Vec<ListItem>) -> List {
    List {
        ordered: false,
        items,
    }
}

pub fn table(caption: &str, columns: &[(&str, Align, u16)], rows: &[&[&str]]) -> Table {
    let last = rows.len().saturating_sub(1);
    Table {
        caption: vec![caption.into()],
        columns: columns
            .iter()
            .map(|&(_, align, weight)| Column { align, weight })
            .collect(),
        head: columns
            .iter()
            .map(|&(name, ..)| vec![name.into()])
            .collect(),
        rows: rows
            .iter()
            .enumerate()
            .map(|(number, cells)| Row {
                cells: cells.iter().map(|cell| vec![(*cell).into()]).collect(),
                total: number == last,
                heads: false,
            })
            .collect(),
    }
}

pub fn signature(
    party: &str,
    function: &str,
    person: Option<&str>,
    place_and_date: Vec<Inline>,
) -> Signature {
    Signature {
        party: vec![party.into()],
        function: function.into(),
        person: person.map(Into::into),
        place_and_date,
        mention: "signature et cachet".into(),
    }
}
