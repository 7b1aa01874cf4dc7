//! The places where the parties sign: two side by side, each whole, never alone on a page.

use std::sync::Arc;

use crate::document::{Align, Inline, Place, Signature};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, Galley, Row, rule, stack};
use super::measure::{BLACK, BODY, GUTTER, MENTION, TextStyle, centipoints, pt};
use super::pages::{Length, Owner, Tag};

/// The empty place for a hand and a stamp.
const ROOM_TO_SIGN: Length = pt(58);

impl Galley<'_> {
    /// The signatures under the node `parent`.
    pub(super) fn signatures(
        &mut self,
        signatures: &[Signature],
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        rows: &mut Vec<Row>,
    ) {
        let across = if signatures.len() > 1 { 2 } else { 1 };
        let width = (column.width - GUTTER) / 2;
        let mut own: Vec<Row> = Vec::new();
        for abreast in signatures.chunks(across) {
            let mut row = Row::new(Length::ZERO);
            row.gap = if own.is_empty() { pt(22) } else { pt(16) };
            for (number, signature) in abreast.iter().enumerate() {
                let x = column.x + (width + GUTTER) * number as i64;
                let height = self.signature(
                    signature,
                    language,
                    parent,
                    Column { x, width },
                    place,
                    &mut row,
                );
                row.height = row.height.max(height);
            }
            own.push(row);
        }
        // Together when a page can hold them all; the first always with the words above it.
        let total: Length = own.iter().map(|row| row.gap + row.height).sum();
        let together = total <= self.sheet.depth() * 3 / 4;
        for (number, row) in own.iter_mut().enumerate() {
            if (number > 0 && together) || (number == 0 && !rows.is_empty()) {
                row.before = Before::Kept;
            }
        }
        self.join(rows, own);
    }

    fn signature(
        &mut self,
        signature: &Signature,
        language: &Lang,
        parent: usize,
        column: Column,
        place: Option<&Arc<Place>>,
        row: &mut Row,
    ) -> Length {
        let section = self.node(parent, Tag::Sect);
        let mut y = Length::ZERO;
        let bold = TextStyle {
            bold: true,
            hyphenate: false,
            ..BODY
        };
        let plain = TextStyle {
            hyphenate: false,
            ..BODY
        };
        let function = [Inline::from(signature.function.as_str())];
        let mention = [Inline::from(signature.mention.as_str())];
        let person: Vec<Inline> = signature
            .person
            .as_deref()
            .map(Inline::from)
            .into_iter()
            .collect();

        let parts: [(&[Inline], TextStyle, Length); 5] = [
            (&signature.party, bold, Length::ZERO),
            (&function, plain, centipoints(200)),
            (&signature.place_and_date, plain, centipoints(700)),
            (&mention, MENTION, centipoints(300)),
            (&person, plain, ROOM_TO_SIGN),
        ];
        for (number, (inlines, style, above)) in parts.into_iter().enumerate() {
            let laid = self.set(inlines, language, style, Align::Start, column.width);
            if laid.lines.is_empty() {
                if number == 4 {
                    y += above + plain.leading;
                    row.drawn.push(rule(
                        column.x,
                        y - pt(3),
                        column.width * 2 / 3,
                        centipoints(50),
                        BLACK,
                    ));
                }
                continue;
            }
            let node = self.node_in(section, Tag::Paragraph, Some(language));
            let first_note = self.notes.len();
            let marks = self.own(&laid, node, place);
            row.notes.extend(
                laid.lines
                    .iter()
                    .flat_map(|line| &line.calls)
                    .map(|call| first_note + call),
            );
            y += above;
            y += stack(
                &mut row.drawn,
                &laid,
                (column.x, y),
                Owner::Node(node),
                &marks,
                place,
            );
        }
        y
    }
}
