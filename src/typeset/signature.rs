//! The places where the parties sign: two side by side, level part by part, never alone on a page: the last lines of
//! the text stand above them.

use std::sync::Arc;

use crate::document::{Align, Inline, Place, Signature};
use crate::model::Lang;

use super::blocks::Column;
use super::galley::{Before, Galley, Row, Standing, rule, stack};
use super::measure::{BLACK, BODY, GUTTER, MENTION, NARROWEST, TextStyle, centipoints, pt};
use super::pages::{Length, Owner, Tag};
use super::paragraph::Laid;

/// The empty place for a hand and a stamp.
const ROOM_TO_SIGN: Length = pt(58);

const PLAIN: TextStyle = TextStyle {
    hyphenate: false,
    ..BODY
};
const BOLD: TextStyle = TextStyle {
    bold: true,
    ..PLAIN
};

/// What a signature says, from top to bottom.
const PARTS: usize = 5;
/// Space above each part: party, function, place and date, mention, person.
const ABOVE: [Length; PARTS] = [
    Length::ZERO,
    centipoints(200),
    centipoints(700),
    centipoints(300),
    ROOM_TO_SIGN,
];
/// The part that a rule replaces when no one is named.
const PERSON: usize = 4;

/// A signature whose words are set.
struct Set {
    section: usize,
    parts: [Arc<Laid>; PARTS],
}

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
        let half = (column.width - GUTTER) / 2;
        let (across, width) = if half < NARROWEST {
            (1, column.width)
        } else {
            (2, half)
        };
        let mut own: Vec<Row> = Vec::new();
        for abreast in signatures.chunks(across) {
            let gap = if own.is_empty() { pt(22) } else { pt(30) };
            let sets: Vec<Set> = abreast
                .iter()
                .map(|signature| self.set_signature(signature, language, parent, width))
                .collect();
            let tops = tops_of(&sets);
            if tops[PARTS] > self.sheet.depth() * 3 / 8 {
                for set in &sets {
                    let column = Column { width, ..column };
                    own.extend(self.signature_in_rows(set, language, column, gap, place));
                }
                continue;
            }
            let mut row = Row::new(tops[PARTS]);
            row.gap = gap;
            for (number, set) in sets.iter().enumerate() {
                let rank = if language.is_right_to_left() {
                    across - 1 - number
                } else {
                    number
                };
                let x = column.x + (width + GUTTER) * rank as i64;
                self.sign(set, language, Column { x, width }, &tops, place, &mut row);
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
        with_words_above(rows);
        self.join(rows, own);
    }

    fn set_signature(
        &mut self,
        signature: &Signature,
        language: &Lang,
        parent: usize,
        width: Length,
    ) -> Set {
        let section = self.node(parent, Tag::Sect);
        let function = [Inline::from(signature.function.as_str())];
        let mention = [Inline::from(signature.mention.as_str())];
        let person = [Inline::from(signature.person.as_deref().unwrap_or(""))];
        let mut set =
            |inlines: &[Inline], style| self.set(inlines, language, style, Align::Start, width);
        let parts = [
            set(&signature.party, BOLD),
            set(&function, PLAIN),
            set(&signature.place_and_date, PLAIN),
            set(&mention, MENTION),
            set(&person, PLAIN),
        ];
        Set { section, parts }
    }

    /// Draws a signature's parts, each at its top.
    fn sign(
        &mut self,
        set: &Set,
        language: &Lang,
        column: Column,
        tops: &[Length; PARTS + 1],
        place: Option<&Arc<Place>>,
        row: &mut Row,
    ) {
        for (part, laid) in set.parts.iter().enumerate() {
            let y = tops[part];
            if laid.lines.is_empty() {
                if part == PERSON {
                    let y = y + PLAIN.leading - pt(3);
                    let width = column.width * 2 / 3;
                    let x = if language.is_right_to_left() {
                        column.x + column.width - width
                    } else {
                        column.x
                    };
                    row.drawn.push(rule(x, y, width, centipoints(50), BLACK));
                }
                continue;
            }
            let node = self.node_in(set.section, Tag::Paragraph, Some(language));
            let first_note = self.notes.len();
            let marks = self.own(laid, node, place);
            let calls = laid.lines.iter().flat_map(|line| &line.calls);
            row.notes.extend(calls.map(|call| first_note + call));
            let owner = Owner::Node(node);
            stack(&mut row.drawn, laid, (column.x, y), owner, &marks, place);
        }
    }

    /// A signature too long to stand beside another: its parts in rows that pages may part.
    fn signature_in_rows(
        &mut self,
        set: &Set,
        language: &Lang,
        column: Column,
        gap: Length,
        place: Option<&Arc<Place>>,
    ) -> Vec<Row> {
        let mut rows: Vec<Row> = Vec::new();
        for (part, laid) in set.parts.iter().enumerate() {
            let node = self.node_in(set.section, Tag::Paragraph, Some(language));
            let standing = Standing {
                x: column.x,
                gap: if rows.is_empty() { gap } else { ABOVE[part] },
                counted: false,
                whole: false,
            };
            rows.extend(self.rows(laid, node, place, &standing));
        }
        rows
    }
}

/// Keeps what announces the signatures with the end of the text before it: a page that held nothing else could be
/// signed for another text.
fn with_words_above(rows: &mut [Row]) {
    let announced = rows.iter().rposition(|row| row.before != Before::Kept);
    if let Some(first) = announced.filter(|first| *first > 0)
        && rows[first].before == Before::Free
        && rows[first].columns.is_none()
    {
        rows[first].before = Before::Kept;
    }
}

/// Where each part of signatures side by side begins, so that all stand level, and where they end.
fn tops_of(sets: &[Set]) -> [Length; PARTS + 1] {
    let mut tops = [Length::ZERO; PARTS + 1];
    let mut y = Length::ZERO;
    for part in 0..PARTS {
        let heights = sets.iter().map(|set| {
            let lines = &set.parts[part].lines;
            let least = if part == PERSON {
                PLAIN.leading
            } else {
                Length::ZERO
            };
            lines
                .iter()
                .map(|line| line.height)
                .sum::<Length>()
                .max(least)
        });
        let height = heights.max().unwrap_or(Length::ZERO);
        if height > Length::ZERO {
            y += ABOVE[part];
        }
        tops[part] = y;
        y += height;
    }
    tops[PARTS] = y;
    tops
}
