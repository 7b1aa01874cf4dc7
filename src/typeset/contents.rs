//! The table of contents: each heading with its page, each line a link.

use crate::document::{Align, Block, BlockKind, Heading, Inline};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, Galley, Placed, Row, rule, stack};
use super::measure::{BODY, CELL_PADDING, HAIRLINE, PALE, TextStyle, centipoints, heading, pt};
use super::pages::{Area, Length, Owner, Tag};

/// The deepest level that the contents show.
const DEEPEST: u8 = 2;
/// What the page numbers take at the right.
const NUMBERS: Length = pt(30);

impl<'a> Galley<'a> {
    /// The contents, under the node `parent`, with this title.
    pub(super) fn contents(
        &mut self,
        title: &str,
        language: &Lang,
        parent: usize,
        column: Column,
        rows: &mut Vec<Row>,
    ) {
        let style = self.accented(heading(1));
        if !title.is_empty() {
            let laid = self.set(
                &[Inline::from(title)],
                language,
                style,
                Align::Start,
                column.width,
            );
            let node = self.node_in(parent, Tag::Paragraph, Some(language));
            let standing = super::galley::Standing {
                x: column.x,
                gap: centipoints(1500),
                counted: false,
                whole: true,
            };
            let own = self.rows(&laid, node, None, &standing);
            self.join(rows, own);
            self.keep = true;
        }
        let document = self.document;
        let headings = headings_of(&document.blocks);
        let shown: Vec<(usize, &'a Heading)> = headings
            .into_iter()
            .enumerate()
            .filter(|(_, heading)| heading.level <= DEEPEST)
            .collect();
        if shown.is_empty() {
            self.keep = false;
            return;
        }
        let list = self.node(parent, Tag::Contents);
        for (number, (index, heading)) in shown.into_iter().enumerate() {
            let item = self.node(list, Tag::ContentsItem);
            let reference = self.node(item, Tag::Reference);
            let link = self.node(reference, Tag::Link);
            let indent = pt(14) * i64::from(heading.level.max(1) - 1);
            let x = column.x + indent;
            let style = TextStyle {
                hyphenate: false,
                ..BODY
            };
            let text = without_notes(&heading.text);
            let laid = self.set(
                &text,
                language,
                style,
                Align::Start,
                column.width - indent - NUMBERS,
            );
            let marks = self.own(&laid, link, None);
            let mut row = Row::new(Length::ZERO);
            row.gap = if number == 0 {
                centipoints(300)
            } else {
                centipoints(250)
            };
            row.before = if number == 1 {
                Before::Kept
            } else {
                Before::Free
            };
            row.height = stack(
                &mut row.drawn,
                &laid,
                (x, Length::ZERO),
                Owner::Node(link),
                &marks,
                None,
            );
            let Some(last) = laid.lines.last() else {
                continue;
            };
            let baseline = row.height - last.height + last.baseline;
            let end = last
                .ink
                .iter()
                .map(|ink| ink.x + ink.width)
                .max()
                .unwrap_or(Length::ZERO)
                + x;
            self.leader(&mut row, end, column.x + column.width - NUMBERS, baseline);
            row.drawn.push(Placed::PageOf {
                heading: index,
                right: column.x + column.width,
                y: baseline,
                style,
                node: link,
            });
            row.drawn.push(Placed::LeadsTo {
                heading: index,
                area: Area {
                    x,
                    y: Length::ZERO,
                    width: column.width - indent,
                    height: row.height,
                },
                node: link,
            });
            self.join(rows, vec![row]);
        }
        if let Some(last) = rows.last_mut() {
            last.height += CELL_PADDING * 2;
        }
    }

    /// A pale hairline that leads the eye from the words to their page.
    fn leader(&self, row: &mut Row, from: Length, to: Length, baseline: Length) {
        let gap = pt(6);
        if to - from > gap * 3 {
            row.drawn.push(rule(
                from + gap,
                baseline - HAIRLINE,
                to - from - gap,
                HAIRLINE,
                PALE,
            ));
        }
    }
}

/// The headings of these blocks, in the order in which the galley meets them.
pub(super) fn headings_of(blocks: &[Block]) -> Vec<&Heading> {
    let mut found = Vec::new();
    gather(blocks, &mut found, 0);
    found
}

fn gather<'a>(blocks: &'a [Block], found: &mut Vec<&'a Heading>, depth: usize) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => found.push(heading),
            BlockKind::Paired(pairs) if depth < 4 => {
                for (first, second) in pairs {
                    gather(first, found, depth + 1);
                    gather(second, found, depth + 1);
                }
            }
            _ => {}
        }
    }
}

/// Inlines without calls for notes: a note is called once, where it stands.
fn without_notes(inlines: &[Inline]) -> Vec<Inline> {
    let mut kept: Vec<Inline> = Vec::new();
    for inline in inlines {
        match inline {
            Inline::Note(_) => {}
            Inline::Link { text, .. } => kept.extend(without_notes(text)),
            Inline::LineBreak => kept.push(Inline::from(" ")),
            Inline::Span(_) | Inline::Blank { .. } => kept.push(inline.clone()),
        }
    }
    kept
}
