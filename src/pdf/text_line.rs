//! A line of text on its way into the content stream.
//!
//! The reader's pen is followed with the very widths that the file gives it, and corrected where it would
//! stray from where layout put a glyph; so errors stay under a thousandth of an em and never add up.

use crate::typeset::pages::Length;

use super::content::Operators;
use super::thousandths;

/// A line of text being shown: what is not yet written, where the reader's pen stands, where it should.
pub(super) struct TextLine {
    /// Of the em, in thousandths of a point, as the file says it.
    size: i64,
    /// Strings and corrections between them, as the operand of `TJ`.
    shown: Operators,
    /// Whether a correction is among them.
    corrected: bool,
    codes: Vec<u8>,
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
            shown: Operators(Vec::new()),
            corrected: false,
            codes: Vec::new(),
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
            self.flush_codes();
            if correction < 0 {
                self.shown.text("-");
            }
            self.shown.integer(correction.unsigned_abs());
            self.corrected = true;
            self.pen = wanted;
        }
    }

    /// Shows a glyph, after which the reader's pen is `width` thousandths of an em further.
    pub fn push(&mut self, code: u16, width: u16) {
        self.codes.extend(code.to_be_bytes());
        self.pen += i64::from(width);
    }

    /// Moves what follows above the baseline.
    pub fn rise(&mut self, ink: &mut Operators, rise: Length) {
        if self.rise != rise {
            self.show(ink);
            self.rise = rise;
            ink.number(thousandths(rise));
            ink.word("Ts");
        }
    }

    /// Writes what waits.
    pub fn show(&mut self, ink: &mut Operators) {
        self.flush_codes();
        if self.shown.0.is_empty() {
            return;
        }
        if self.corrected {
            ink.text("[");
            ink.0.append(&mut self.shown.0);
            ink.word("]TJ");
        } else {
            ink.0.append(&mut self.shown.0);
            ink.word("Tj");
        }
        self.corrected = false;
    }

    fn flush_codes(&mut self) {
        if !self.codes.is_empty() {
            self.shown.string(&self.codes);
            self.codes.clear();
        }
    }
}
