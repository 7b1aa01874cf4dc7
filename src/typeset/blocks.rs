//! Each kind of block as rows of the galley: titles, headings, paragraphs, logos; lists, tables, pairs and
//! signatures have their own files.

use std::sync::Arc;

use crate::document::{Align, Block, BlockKind, Heading as HeadingBlock, Inline, Paragraph, Place};
use crate::model::Lang;

use super::galley::{Galley, Heading, Placed, Row, Standing, words_of};
use super::measure::{
    BLACK, BODY, HANGING, PARAGRAPH_GAP, SUBTITLE, TITLE, TextStyle, centipoints, heading,
    heading_gaps, pt, tenths_of_mm,
};
use super::pages::{Area, Length, Tag};
use super::paragraph::Request;

/// The column that blocks go into: where it stands and how wide it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub x: Length,
    pub width: Length,
}

impl<'a> Galley<'a> {
    /// The logos at the top of the first page: the first at the left, the last at the right.
    pub(super) fn logos(&mut self, column: &mut Vec<Row>) {
        let logos = &self.document.logos;
        if logos.is_empty() {
            return;
        }
        let tallest = tenths_of_mm(180);
        let gap = pt(12);
        let count = logos.len() as i64;
        let widest = (self.sheet.measure - gap * (count - 1)) / count;
        let mut row = Row::new(tallest);
        let sizes: Vec<(Length, Length)> = logos
            .iter()
            .map(|logo| {
                let (w, h) = (
                    i64::from(logo.image.width.max(1)),
                    i64::from(logo.image.height.max(1)),
                );
                let (mut width, mut height) = (Length(tallest.0 * w / h), tallest);
                if width > widest {
                    (width, height) = (widest, Length((widest.0 * h / w).max(1)));
                }
                (width, height)
            })
            .collect();
        let free = self.sheet.measure - sizes.iter().map(|size| size.0).sum::<Length>();
        let between = free / (count - 1).max(1);
        let mut x = self.sheet.left;
        for (picture, (logo, (width, height))) in logos.iter().zip(sizes).enumerate() {
            let node = self.node(0, Tag::Figure);
            self.nodes[node].alternative = Some(logo.alternative.clone());
            row.drawn.push(Placed::Figure {
                picture,
                area: Area {
                    x,
                    y: (tallest - height) / 2,
                    width,
                    height,
                },
                node,
            });
            x += width + between;
        }
        column.push(row);
    }

    /// One block, under the node `parent`.
    pub(super) fn block(
        &mut self,
        block: &'a Block,
        parent: usize,
        column: Column,
        rows: &mut Vec<Row>,
    ) {
        let language = self.language(block.language.as_ref());
        let place = block.place.clone().map(Arc::new);
        let place = place.as_ref();
        match &block.kind {
            BlockKind::Title(text) => {
                let style = self.accented(TITLE);
                let gap = if rows.is_empty() {
                    Length::ZERO
                } else {
                    pt(28)
                };
                let tag = Tag::Heading(1);
                self.last_level = 1;
                self.centred(text, language, style, tag, gap, parent, column, place, rows);
                self.keep = true;
            }
            BlockKind::Subtitle(text) => {
                self.centred(
                    text,
                    language,
                    SUBTITLE,
                    Tag::Paragraph,
                    centipoints(500),
                    parent,
                    column,
                    place,
                    rows,
                );
                // What follows a title stands apart from it.
                self.space_after_title(rows);
            }
            BlockKind::Heading(heading) => {
                self.heading(heading, language, parent, column, place, rows);
            }
            BlockKind::Paragraph(paragraph) => {
                self.paragraph(paragraph, language, parent, column, place, rows);
            }
            BlockKind::List(list) => {
                let node = self.node_in(parent, Tag::List, Some(language));
                self.list(list, node, language, column, 0, rows);
            }
            BlockKind::Table(table) => self.table(table, language, parent, column, place, rows),
            BlockKind::Figure(figure) => self.figure(figure, language, parent, column, place, rows),
            BlockKind::Signatures(signatures) => {
                self.signatures(signatures, language, parent, column, place, rows);
            }
            BlockKind::Paired(pairs) => self.paired(pairs, parent, column, rows),
            BlockKind::Contents(contents) if self.listed => {
                self.contents(&contents.title, language, parent, column, rows);
            }
            BlockKind::Contents(_) => {}
            BlockKind::PageBreak => self.page_break(column, rows),
            BlockKind::Part(around) => {
                self.page_break(column, rows);
                if self.side.is_none() {
                    self.parts.push(around);
                    self.new_part = Some(self.parts.len() - 1);
                }
            }
        }
    }

    /// Half a page cannot begin another: between two columns nothing happens.
    fn page_break(&mut self, column: Column, rows: &[Row]) {
        if column.width == self.sheet.measure && !rows.is_empty() {
            self.new_page = true;
            self.keep = false;
        }
    }

    pub(super) fn accented(&self, style: TextStyle) -> TextStyle {
        TextStyle {
            color: self.document.accent.unwrap_or(BLACK),
            ..style
        }
    }

    #[allow(clippy::too_many_arguments)]
    fn centred(
        &mut self,
        text: &[Inline],
        language: &Lang,
        style: TextStyle,
        tag: Tag,
        gap: Length,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        // A title is never as wide as the text: its lines are set evenly in the middle.
        let inset = column.width / 14;
        let laid = self.set(
            text,
            language,
            style,
            Align::Center,
            column.width - inset * 2,
        );
        let node = self.node_in(parent, tag, Some(language));
        let standing = Standing {
            x: column.x + inset,
            gap,
            counted: false,
            whole: true,
        };
        let own = self.rows(&laid, node, place, &standing);
        self.join(rows, own);
    }

    fn space_after_title(&mut self, rows: &mut [Row]) {
        if let Some(last) = rows.last_mut() {
            last.height += centipoints(900);
        }
    }

    fn heading(
        &mut self,
        block: &HeadingBlock,
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        let level = block.level.clamp(1, 6);
        let style = self.accented(heading(level));
        let (above, below) = heading_gaps(level);
        let align = Align::Start;
        let laid = self.set(&block.text, language, style, align, column.width);
        // ISO 14289-1, 7.4.2: levels begin at 1 and none is skipped.
        let wanted = (level + self.levels_above).min(self.last_level + 1).min(6);
        self.last_level = wanted;
        let node = self.node_in(parent, Tag::Heading(wanted), Some(language));
        let standing = Standing {
            x: column.x,
            gap: above,
            counted: true,
            whole: true,
        };
        let mut own = self.rows(&laid, node, place, &standing);
        // Counted even when it has no words: the table of contents counts them too.
        self.headings.push(Heading {
            level: (wanted - self.levels_above.min(wanted - 1)).max(1),
            title: words_of(&block.text),
            anchor: block.anchor.clone(),
        });
        if let Some(first) = own.first_mut() {
            first.headings.push(self.headings.len() - 1);
        }
        if let Some(last) = own.last_mut() {
            last.height += below;
        }
        let any = !own.is_empty();
        self.join(rows, own);
        self.keep |= any;
    }

    fn paragraph(
        &mut self,
        block: &Paragraph,
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        let laid = self.set_with(&Request {
            prefix: block.number.as_deref().filter(|number| !number.is_empty()),
            inlines: &block.text,
            language,
            style: BODY,
            align: block.align,
            width: column.width,
            hanging: if block.hanging { HANGING } else { Length::ZERO },
            first_note: 1,
        });
        let node = self.node_in(parent, Tag::Paragraph, Some(language));
        let standing = Standing {
            x: column.x,
            gap: self.gap_above(rows),
            counted: true,
            whole: false,
        };
        let own = self.rows(&laid, node, place, &standing);
        let any = !own.is_empty();
        self.join(rows, own);
        self.keep |= block.keep_with_next && any;
    }

    /// Space above running text: none right under a heading, which brings its own.
    fn gap_above(&self, rows: &[Row]) -> Length {
        let under_heading = rows.last().is_some_and(|row| row.height > row_height(row));
        if under_heading {
            Length::ZERO
        } else {
            PARAGRAPH_GAP
        }
    }
}

/// The height of what a row draws, without the space that was added under it.
fn row_height(row: &Row) -> Length {
    row.drawn
        .iter()
        .map(|placed| match placed {
            Placed::Line { laid, line, y, .. } => *y + laid.lines[*line].height,
            Placed::Rule { .. }
            | Placed::Figure { .. }
            | Placed::Ink { .. }
            | Placed::Drawn { .. }
            | Placed::PageOf { .. }
            | Placed::LeadsTo { .. } => row.height,
        })
        .max()
        .unwrap_or(row.height)
}
