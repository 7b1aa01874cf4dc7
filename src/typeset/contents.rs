//! The table of contents: each heading with its page, each line a link. A document in two languages has two: one after
//! the other, each lists the headings up to the next; side by side, those of its side.

use crate::document::{Align, Block, BlockKind, Heading, Inline};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, Galley, Placed, Row, Standing, rule, without_notes, words_of};
use super::measure::{BODY, CELL_PADDING, HAIRLINE, PALE, TextStyle, centipoints, heading, pt};
use super::pages::{Area, Length, Tag};

/// The deepest level that the contents show.
const DEEPEST: u8 = 2;
/// What the page numbers take at the right.
const NUMBERS: Length = pt(24);

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
            let standing = Standing {
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
        let first = self.headings.len();
        let end = end_of_part(&document.blocks, first);
        let shown: Vec<(usize, Listed<'a>)> = headings_of(&document.blocks)
            .into_iter()
            .enumerate()
            .filter(|(index, _)| (first..end).contains(index))
            .filter(|(_, listed)| self.side.is_none() || listed.side == self.side)
            .filter(|(_, listed)| listed.heading.level <= DEEPEST)
            .filter(|(_, listed)| !words_of(&listed.heading.text).is_empty())
            .collect();
        if shown.is_empty() {
            self.keep = false;
            return;
        }
        let list = self.node(parent, Tag::Contents);
        for (number, (index, listed)) in shown.into_iter().enumerate() {
            let language = self.language(listed.language);
            let mut own = self.entry(index, listed.heading, language, list, column);
            if let Some(first) = own.first_mut() {
                first.gap = centipoints(if number == 0 { 300 } else { 250 });
                if number == 1 {
                    first.before = Before::Kept;
                }
            }
            self.join(rows, own);
        }
        if let Some(last) = rows.last_mut() {
            last.height += CELL_PADDING * 2;
        }
    }

    /// A heading and its page, as a link that leads there.
    fn entry(
        &mut self,
        index: usize,
        heading: &Heading,
        language: &Lang,
        list: usize,
        column: Column,
    ) -> Vec<Row> {
        let item = self.node_in(list, Tag::ContentsItem, Some(language));
        let reference = self.node(item, Tag::Reference);
        let link = self.node(reference, Tag::Link);
        let indent = pt(14) * i64::from(heading.level.max(1) - 1);
        let x = column.x + indent;
        let style = TextStyle {
            hyphenate: false,
            ..BODY
        };
        let text = without_notes(&heading.text);
        let width = column.width - indent - NUMBERS;
        let laid = self.set(&text, language, style, Align::Start, width);
        let standing = Standing {
            x,
            gap: Length::ZERO,
            counted: false,
            whole: true,
        };
        let mut rows = self.rows(&laid, link, None, &standing);
        for row in &mut rows {
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
        }
        if let (Some(row), Some(line)) = (rows.last_mut(), laid.lines.last()) {
            let ends = line.ink.iter().map(|ink| ink.x + ink.width);
            let end = x + ends.max().unwrap_or(Length::ZERO);
            let right = column.x + column.width;
            leader(row, end, right - NUMBERS, line.baseline);
            row.drawn.push(Placed::PageOf {
                heading: index,
                right,
                y: line.baseline,
                style,
                node: link,
            });
        }
        rows
    }
}

/// A pale hairline that leads the eye from the words to their page.
fn leader(row: &mut Row, from: Length, to: Length, baseline: Length) {
    let gap = pt(6);
    if to - from > gap * 3 {
        let width = to - from - gap;
        row.drawn
            .push(rule(from + gap, baseline - HAIRLINE, width, HAIRLINE, PALE));
    }
}

/// A heading, with the language of its block.
pub(super) struct Listed<'a> {
    pub heading: &'a Heading,
    language: Option<&'a Lang>,
    /// Which of two languages side by side.
    side: Option<usize>,
}

/// The headings of these blocks, in the order in which the galley meets them.
pub(super) fn headings_of(blocks: &[Block]) -> Vec<Listed<'_>> {
    let mut found = Vec::new();
    gather(blocks, None, &mut found);
    found
}

/// How many headings stand before the first contents that comes after heading `first`; all of them when there is none.
fn end_of_part(blocks: &[Block], first: usize) -> usize {
    let mut before = 0;
    for block in blocks {
        if matches!(block.kind, BlockKind::Contents(_)) && before > first {
            return before;
        }
        before += headings_of(std::slice::from_ref(block)).len();
    }
    before
}

fn gather<'a>(blocks: &'a [Block], side: Option<usize>, found: &mut Vec<Listed<'a>>) {
    for block in blocks {
        match &block.kind {
            BlockKind::Heading(heading) => found.push(Listed {
                heading,
                language: block.language.as_ref(),
                side,
            }),
            BlockKind::Paired(pairs) => {
                for (first, second) in pairs {
                    gather(first, Some(0), found);
                    gather(second, Some(1), found);
                }
            }
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Contents;

    #[test]
    fn each_contents_lists_the_headings_up_to_the_next() {
        let block = |kind| Block {
            kind,
            language: None,
            place: None,
        };
        let heading = || {
            block(BlockKind::Heading(Heading {
                level: 1,
                text: vec![Inline::from("Objet")],
                anchor: None,
            }))
        };
        let contents = || {
            block(BlockKind::Contents(Contents {
                title: "Sommaire".to_owned(),
                beyond: 0,
            }))
        };
        let blocks = [contents(), heading(), heading(), contents(), heading()];

        assert_eq!(end_of_part(&blocks, 0), 2);
        assert_eq!(end_of_part(&blocks, 2), 3);
    }
}
