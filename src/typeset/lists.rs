//! Lists: labels at the side where the language begins, sub-lists set further in while there is room.

use std::sync::Arc;

use crate::document::{Align, List, Place};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, Galley, Placed, Row, Standing};
use super::measure::{BODY, LIST_INDENT, NARROWEST, PARAGRAPH_GAP, centipoints};
use super::pages::{Length, Owner, Tag};
use super::paragraph::Laid;

/// The label of a list's item.
struct Label {
    laid: Arc<Laid>,
    x: Length,
    node: usize,
    place: Option<Arc<Place>>,
    /// Whether the text stands beside it, or under it because sub-lists have left no room.
    beside: bool,
    /// The column of the text.
    within: Column,
}

impl Label {
    /// The label on the baseline of the text beside it.
    fn drawn(&self, baseline: Option<Length>) -> Option<Placed> {
        let own = self.laid.lines.first()?.baseline;
        let baseline = baseline.filter(|_| self.beside).unwrap_or(own);
        Some(Placed::Line {
            laid: self.laid.clone(),
            line: 0,
            x: self.x,
            y: baseline - own,
            owner: Owner::Node(self.node),
            marks: Arc::from([]),
            place: self.place.clone(),
        })
    }
}

impl Galley<'_> {
    /// The items of a list, under its node.
    pub(super) fn list(
        &mut self,
        list: &List,
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
                let base = laid.lines.first().map(|line| line.baseline);
                first.drawn.splice(0..0, label.drawn(base));
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
        Label {
            laid,
            x,
            node,
            place: place.cloned(),
            beside,
            within,
        }
    }
}
