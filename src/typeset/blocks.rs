//! Each kind of block as rows of the galley: titles, headings, paragraphs, lists, logos, paired languages.

use std::sync::Arc;

use crate::document::{
    Align, Block, BlockKind, Heading as HeadingBlock, Inline, List, Paragraph, Place,
};
use crate::model::Lang;

use super::galley::{Before, Galley, Heading, Placed, Row, Standing, words_of};
use super::measure::{
    BLACK, BODY, GUTTER, HANGING, LIST_INDENT, NARROWEST, PARAGRAPH_GAP, SUBTITLE, TITLE,
    TextStyle, centipoints, heading, heading_gaps, pt, tenths_of_mm,
};
use super::pages::{Area, Length, Owner, Tag};
use super::paragraph::Request;

/// The column that blocks go into: where it stands and how wide it is.
#[derive(Debug, Clone, Copy)]
pub(super) struct Column {
    pub x: Length,
    pub width: Length,
}

/// The label of a list's item.
struct Label {
    drawn: Option<Placed>,
    /// Whether the text stands beside it, or under it because sub-lists have left no room.
    beside: bool,
    /// The column of the text.
    within: Column,
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
            BlockKind::Signatures(signatures) => {
                self.signatures(signatures, language, parent, column, place, rows);
            }
            BlockKind::Paired(pairs) => self.paired(pairs, parent, column, rows),
            BlockKind::Contents(title) => self.contents(title, language, parent, column, rows),
            BlockKind::PageBreak => {
                // A page has no part that could begin another: not between two columns.
                if column.width == self.sheet.measure && !rows.is_empty() {
                    self.new_page = true;
                    self.keep = false;
                }
            }
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

    fn list(
        &mut self,
        list: &'a List,
        node: usize,
        language: &Lang,
        column: Column,
        depth: usize,
        rows: &mut Vec<Row>,
    ) {
        for (number, item) in list.items.iter().enumerate() {
            let place = item.place.clone().map(Arc::new);
            let place = place.as_ref();
            let item_node = self.node(node, Tag::ListItem);
            let label_node = self.node(item_node, Tag::Label);
            let body = self.node(item_node, Tag::ListBody);
            let label = self.label(&item.label, language, column, label_node, place);
            let laid = self.set(
                &item.text,
                language,
                BODY,
                Align::Justify,
                label.within.width,
            );
            let text_node = if item.sublist.is_some() {
                self.node(body, Tag::Paragraph)
            } else {
                body
            };
            let standing = Standing {
                x: label.within.x,
                gap: PARAGRAPH_GAP / if number == 0 { 2 } else { 3 },
                counted: true,
                whole: false,
            };
            let mut own = self.rows(&laid, text_node, place, &standing);
            if own.is_empty() || !label.beside {
                let mut row = Row::new(BODY.leading);
                row.gap = standing.gap;
                if let Some(first) = own.first_mut() {
                    first.gap = Length::ZERO;
                    first.before = Before::Kept;
                }
                own.insert(0, row);
            }
            if let Some(first) = own.first_mut() {
                first.drawn.splice(0..0, label.drawn);
                // A list is not parted from the words that announce it.
                if number == 0 && first.before == Before::Free && !rows.is_empty() {
                    first.before = Before::Kept;
                }
            }
            self.join(rows, own);
            if let Some(sublist) = &item.sublist
                && depth < 32
            {
                let node = self.node(body, Tag::List);
                self.list(sublist, node, language, label.within, depth + 1, rows);
            }
        }
    }

    /// The label of an item, at the side where its language begins, and the column left to its text.
    fn label(
        &mut self,
        text: &str,
        language: &Lang,
        column: Column,
        node: usize,
        place: Option<&Arc<Place>>,
    ) -> Label {
        let width = column.width / 2;
        let laid = self
            .press
            .set_line(text, language, BODY, width, Align::Start);
        let ink = laid.lines.first().map_or(&[][..], |line| &line.ink);
        let wide: Length = ink.iter().map(|ink| ink.width).sum();
        // A label such as « viii. » pushes the text of its own item.
        let indent = LIST_INDENT.max(wide + centipoints(500));
        let beside = column.width - indent >= NARROWEST;
        let mut within = column;
        if beside {
            within.width -= indent;
        }
        let mut x = column.x;
        if language.is_right_to_left() {
            x += column.width - width;
        } else if beside {
            within.x += indent;
        }
        let drawn = (!laid.lines.is_empty()).then(|| Placed::Line {
            laid,
            line: 0,
            x,
            y: Length::ZERO,
            owner: Owner::Node(node),
            marks: Arc::from([]),
            place: place.cloned(),
        });
        Label {
            drawn,
            beside,
            within,
        }
    }

    /// Two languages side by side: each pair begins level, then both go down.
    fn paired(
        &mut self,
        pairs: &'a [(Vec<Block>, Vec<Block>)],
        parent: usize,
        column: Column,
        rows: &mut Vec<Row>,
    ) {
        let width = (column.width - GUTTER) / 2;
        if width < NARROWEST || column.width < self.sheet.measure {
            // Pairs within pairs, which nothing writes: one under the other.
            for block in pairs
                .iter()
                .flat_map(|(first, second)| first.iter().chain(second))
            {
                self.block(block, parent, column, rows);
            }
            return;
        }
        let left = Column { x: column.x, width };
        let right = Column {
            x: column.x + width + GUTTER,
            width,
        };
        let above = Keeping {
            keep: std::mem::take(&mut self.keep),
            new_page: std::mem::take(&mut self.new_page),
        };
        let mut own: Vec<Row> = Vec::new();
        let mut waiting: Option<[Vec<Row>; 2]> = None;
        for (first, second) in pairs {
            let mut sides = waiting.take().unwrap_or_default();
            level(&mut sides, self.sheet.depth() / 4);
            let mut kept = false;
            let level_before = self.last_level;
            for (side, (blocks, column)) in [(first, left), (second, right)].into_iter().enumerate()
            {
                self.keep = !sides[side].is_empty();
                if side == 1 && !first.is_empty() {
                    self.last_level = self.last_level.max(level_before);
                }
                for block in blocks {
                    self.block(block, parent, column, &mut sides[side]);
                }
                kept |= self.keep && !blocks.is_empty();
                self.keep = false;
            }
            if kept {
                waiting = Some(sides);
            } else {
                own.extend(columns(sides));
            }
        }
        own.extend(waiting.and_then(columns));
        self.keep = above.keep;
        self.new_page = above.new_page;
        self.join(rows, own);
    }
}

/// What the next row was asked for.
struct Keeping {
    keep: bool,
    new_page: bool,
}

/// Makes the shorter of two columns as long as the other, by space under its last row, `most` at most.
fn level(sides: &mut [Vec<Row>; 2], most: Length) {
    let heights = sides
        .each_ref()
        .map(|rows| rows.iter().map(|row| row.gap + row.height).sum::<Length>());
    let highest = heights[0].max(heights[1]);
    for (rows, height) in sides.iter_mut().zip(heights) {
        let missing = (highest - height).min(most);
        match rows.last_mut() {
            Some(last) => last.height += missing,
            None if missing > Length::ZERO => rows.push(Row::new(missing)),
            None => {}
        }
    }
}

/// Two columns as one row; nothing when nothing stands in them.
fn columns(mut sides: [Vec<Row>; 2]) -> Option<Row> {
    let gaps = sides
        .iter()
        .filter_map(|rows| rows.first().map(|row| row.gap));
    let mut row = Row::new(Length::ZERO);
    row.gap = gaps.max()?;
    // Lines are counted once, in the first language.
    for row in &mut sides[1] {
        row.counted = None;
    }
    row.columns = Some(Box::new(sides));
    Some(row)
}

/// The height of what a row draws, without the space that was added under it.
fn row_height(row: &Row) -> Length {
    row.drawn
        .iter()
        .map(|placed| match placed {
            Placed::Line { laid, line, y, .. } => *y + laid.lines[*line].height,
            Placed::Rule { .. }
            | Placed::Figure { .. }
            | Placed::PageOf { .. }
            | Placed::LeadsTo { .. } => row.height,
        })
        .max()
        .unwrap_or(row.height)
}
