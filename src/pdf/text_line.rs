//! A line of text on its way into the content stream.
//!
//! The reader's pen is followed with the very widths that the file gives it, and corrected where it would
//! stray from where layout put a glyph; so errors stay under a thousandth of an em and never add up.

use printpdf::{Op, TextItem};

use crate::typeset::pages::Length;

use super::{points, thousandths};

/// A line of text being shown: what is not yet written, where the reader's pen stands, where it should.
pub(super) struct TextLine {
    /// Of the em, in thousandths of a point, as the file says it.
    size: i64,
    items: Vec<TextItem>,
    letters: String,
    /// The reader's pen, in thousandths of an em.
    pen: i64,
    /// Where the next glyph's origin is, from the run's own.
    pub target: i64,
    rise: Length,
}

impl TextLine {
    pub fn new(size: Length) -> Self {
        Self {
            size: thousandths(size).max(1),
            items: Vec::new(),
            letters: String::new(),
            pen: 0,
            target: 0,
            rise: Length(0),
        }
    }

    /// Moves the pen to where the next glyph is drawn.
    pub fn place(&mut self, dx: Length) {
        // Both in thousandths, one of a point: the quotient is in thousandths of an em.
        let em = 65_536 * self.size;
        let wanted = ((self.target + dx.0) * 2_000_000 + em).div_euclid(2 * em);
        let correction = self.pen - wanted;
        if correction != 0 {
            self.flush_letters();
            self.items.push(TextItem::Offset(correction as f32));
            self.pen = wanted;
        }
    }

    /// Shows a glyph, after which the reader's pen is `width` thousandths of an em further.
    pub fn push(&mut self, code: u16, width: u16) {
        self.letters
            .push(char::from_u32(u32::from(code)).unwrap_or_default());
        self.pen += i64::from(width);
    }

    /// Moves what follows above the baseline.
    pub fn rise(&mut self, ops: &mut Vec<Op>, rise: Length) {
        if self.rise != rise {
            self.show(ops);
            self.rise = rise;
            ops.push(Op::SetLineOffset {
                multiplier: points(rise),
            });
        }
    }

    /// Writes what waits.
    pub fn show(&mut self, ops: &mut Vec<Op>) {
        self.flush_letters();
        if !self.items.is_empty() {
            ops.push(Op::ShowText {
                items: std::mem::take(&mut self.items),
            });
        }
    }

    fn flush_letters(&mut self) {
        if !self.letters.is_empty() {
            self.items
                .push(TextItem::Text(std::mem::take(&mut self.letters)));
        }
    }
}
