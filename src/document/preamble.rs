//! Visas and recitals: what the convention rests on, and why it is made.

use crate::model::text::parse;
use crate::model::{Id, Text};

use super::desk::Desk;
use super::inline::{self, plain};
use super::{Align, Block, BlockKind, Inline, Paragraph};

/// « Vu … ; », « Considérant … ; », « il est convenu ce qui suit ».
pub(super) fn blocks(desk: &Desk<'_>) -> Vec<Block> {
    let labels = &desk.labels.preamble;
    let convention = desk.convention;
    let mut blocks = Vec::new();

    let last = convention.visas.len().saturating_sub(1);
    for (place, visa) in convention.visas.iter().enumerate() {
        let cited = match desk.text(&visa.texts) {
            Some(text) => said(desk, text),
            None => visa
                .basis
                .as_deref()
                .and_then(|basis| desk.reference.legal(basis))
                .filter(|_| desk.is_french())
                .map(|law| vec![plain(&law.reference)])
                .unwrap_or_default(),
        };
        let ends = place == last && convention.recitals.is_empty();
        let end = if ends { "," } else { ";" };
        blocks.extend(clause(desk, visa.id, &labels.citing, cited, end));
    }
    let last = convention.recitals.len().saturating_sub(1);
    for (place, recital) in convention.recitals.iter().enumerate() {
        let reason = desk
            .text(&recital.texts)
            .map(|text| said(desk, text))
            .unwrap_or_default();
        let end = if place == last { "," } else { ";" };
        blocks.extend(clause(desk, recital.id, &labels.considering, reason, end));
    }

    blocks.push(Block {
        kind: BlockKind::Paragraph(Paragraph {
            align: Align::Start,
            hanging: false,
            number: None,
            keep_with_next: true,
            text: vec![inline::bold(format!(
                "{}{}",
                labels.agreed,
                before_a_mark(desk, ":")
            ))],
        }),
        language: None,
        place: Some(desk.place(None, 0, 0)),
    });
    blocks
}

/// The paragraphs of a text as one line of thought.
fn said(desk: &Desk<'_>, text: &Text) -> Vec<Inline> {
    let mut said = Vec::new();
    for paragraph in text.paragraphs.iter().filter(|it| !it.trim().is_empty()) {
        if !said.is_empty() {
            said.push(Inline::LineBreak);
        }
        said.extend(inline::of_leaves(desk, &parse(paragraph).leaves, text));
    }
    said
}

fn clause(
    desk: &Desk<'_>,
    item: Id,
    opening: &str,
    mut said: Vec<Inline>,
    end: &str,
) -> Option<Block> {
    if said.is_empty() {
        return None;
    }
    let mut text = vec![plain(format!("{opening} "))];
    text.append(&mut said);
    if !ends_with_a_mark(&text) {
        text.push(plain(before_a_mark(desk, end)));
    }
    Some(Block {
        kind: BlockKind::Paragraph(Paragraph {
            align: Align::Justify,
            hanging: true,
            number: None,
            keep_with_next: false,
            text,
        }),
        language: None,
        place: Some(desk.place(Some(item), 0, 0)),
    })
}

/// French puts a space before its high marks; the typesetter makes it a fine one.
fn before_a_mark(desk: &Desk<'_>, mark: &str) -> String {
    if desk.is_french() && mark != "," {
        format!(" {mark}")
    } else {
        mark.to_owned()
    }
}

fn ends_with_a_mark(text: &[Inline]) -> bool {
    matches!(text.last(), Some(Inline::Span(span)) if span.text.trim_end().ends_with([';', ',', '.', ':']))
}
