//! Content streams: the items of each page as PDF operators, in marked content.
//!
//! `printpdf` makes the document, its pages, fonts and pictures; what its pages show is written here at once, in the
//! shortest numbers that say it, rather than through a list of operations for each glyph: half of the time that a
//! file took was there.

use std::slice;

use crate::document::Rgb;
use crate::typeset::pages::{
    Area, Artifact, Drawing, GlyphRun, Item, Length, Page, Pages, Path, Step,
};

use super::fonts::{Faces, clusters};
use super::resources::{font_name, picture_name};
use super::sequence::{Marked, Sequence};
use super::shared;
use super::structure::name_of;
use super::text_line::TextLine;
use super::{PdfError, thousandths};

/// The operators of a page, its number from 0. `watermark` is the one that pages share.
pub(super) fn content(
    pages: &Pages,
    number: usize,
    faces: &Faces<'_>,
    sequences: &[Sequence],
    watermark: Option<&Path>,
) -> Result<Vec<u8>, PdfError> {
    let mut pen = Pen::new(pages, faces, faces.codes(number));
    pen.watermark = watermark;
    if let Some(page) = pages.pages.get(number) {
        pen.page(page, sequences)?;
    }
    Ok(pen.ink.0)
}

/// The operators that fill the outlines of a path, in whatever colour they find.
pub(super) fn outlines(pages: &Pages, faces: &Faces<'_>, path: &Path) -> Vec<u8> {
    let mut pen = Pen::new(pages, faces, &[]);
    pen.steps(&path.steps);
    pen.ink.word("f");
    pen.ink.0
}

/// The operators of one page, and the graphics state that they leave.
struct Pen<'a> {
    pages: &'a Pages,
    faces: &'a Faces<'a>,
    /// The codes of the glyphs to come.
    codes: slice::Iter<'a, u16>,
    watermark: Option<&'a Path>,
    ink: Operators,
    fill: Rgb,
    stroke: Rgb,
    stroke_width: Length,
}

impl<'a> Pen<'a> {
    fn new(pages: &'a Pages, faces: &'a Faces<'a>, codes: &'a [u16]) -> Self {
        Self {
            pages,
            faces,
            codes: codes.iter(),
            watermark: None,
            ink: Operators(Vec::with_capacity(16 * 1024)),
            fill: Rgb(0, 0, 0),
            stroke: Rgb(0, 0, 0),
            stroke_width: Length(65_536),
        }
    }
}

impl Pen<'_> {
    fn page(&mut self, page: &Page, sequences: &[Sequence]) -> Result<(), PdfError> {
        for sequence in sequences {
            self.open(sequence.owner);
            let items = page.items.get(sequence.items.clone()).unwrap_or_default();
            let is_text = |item: &Item| matches!(item.drawing, Drawing::Glyphs(_));
            for run in items.chunk_by(|a, b| is_text(a) && is_text(b)) {
                if run.first().is_some_and(is_text) {
                    self.text(run)?;
                } else {
                    run.iter().try_for_each(|item| self.shape(&item.drawing))?;
                }
            }
            self.ink.word("EMC");
        }
        Ok(())
    }

    /// Opens marked content.
    fn open(&mut self, owner: Marked) {
        match owner {
            Marked::Content { node, mcid } => {
                let tag = self.pages.nodes.get(node).map(|node| node.tag);
                let tag = tag.map_or("Span", name_of);
                self.ink.text(&format!("/{tag}<</MCID {mcid}>>BDC\n"));
            }
            Marked::Artifact(artifact) => self.ink.text(match artifact {
                Artifact::Header => "/Artifact<</Type/Pagination/Subtype/Header>>BDC\n",
                Artifact::Footer => "/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n",
                Artifact::Watermark => "/Artifact<</Type/Pagination/Subtype/Watermark>>BDC\n",
                Artifact::Layout => "/Artifact<</Type/Layout>>BDC\n",
            }),
        }
    }

    fn text(&mut self, items: &[Item]) -> Result<(), PdfError> {
        self.ink.word("BT");
        let mut font = None;
        // Where the line before began, in thousandths of a point: each is placed from there.
        let mut from = (0, 0);
        for item in items {
            let Drawing::Glyphs(run) = &item.drawing else {
                continue;
            };
            self.set_fill(run.color);
            if font != Some((run.face, run.size)) {
                font = Some((run.face, run.size));
                self.ink.text("/");
                self.ink.text(&font_name(run.face));
                self.ink.text(" ");
                self.ink.number(thousandths(run.size));
                self.ink.word("Tf");
            }
            let at = (thousandths(run.x), self.above_foot(run.y));
            self.ink.number(at.0 - from.0);
            self.ink.number(at.1 - from.1);
            self.ink.word("Td");
            from = at;
            self.run(run)?;
        }
        self.ink.word("ET");
        Ok(())
    }

    fn run(&mut self, run: &GlyphRun) -> Result<(), PdfError> {
        let face = self.faces.get(run.face)?;
        let mut line = TextLine::new(run.size);
        for cluster in clusters(run) {
            let count = cluster.glyphs.len();
            let glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
            let codes = self.codes.as_slice().get(..count).unwrap_or_default();
            let otherwise = |code: &u16| {
                let coded = face.coded.get(usize::from(*code));
                coded.is_some_and(|coded| *coded.text != *cluster.text)
            };
            // Not from right to left: there poppler loses the line, and elements have their own replacement.
            let replaced = !run.right_to_left
                && !cluster.text.is_empty()
                && (count > 1 || (face.cff && codes.iter().any(otherwise)));
            if replaced {
                line.show(&mut self.ink);
                self.ink.text("/Span<</ActualText<");
                for byte in utf16(cluster.text) {
                    self.ink.text(&format!("{byte:02X}"));
                }
                self.ink.text(">>>BDC\n");
            }
            for glyph in glyphs {
                let code = self.codes.next().copied().unwrap_or_default();
                let coded = face.coded.get(usize::from(code)).ok_or_else(|| {
                    PdfError::Inconsistent(format!("glyphe {} sans numéro", glyph.id))
                })?;
                line.rise(&mut self.ink, glyph.dy);
                line.place(glyph.dx);
                line.push(code, coded.width);
                line.target += glyph.advance.0;
            }
            if replaced {
                line.show(&mut self.ink);
                self.ink.word("EMC");
            }
        }
        line.rise(&mut self.ink, Length(0));
        line.show(&mut self.ink);
        Ok(())
    }

    fn shape(&mut self, drawing: &Drawing) -> Result<(), PdfError> {
        match drawing {
            Drawing::Glyphs(_) => Ok(()),
            Drawing::Path(path) => {
                self.path(path);
                Ok(())
            }
            Drawing::Picture { picture, area } => self.picture(*picture, *area),
        }
    }

    fn path(&mut self, path: &Path) {
        if let Some(color) = path.fill {
            self.set_fill(color);
            if self.watermark == Some(path) {
                self.ink.text(&format!("/{} Do\n", shared::NAME));
            } else {
                self.steps(&path.steps);
                self.ink.word("f");
            }
        }
        if let Some((color, width)) = path.stroke {
            self.set_stroke(color, width);
            self.steps(&path.steps);
            self.ink.word("S");
        }
    }

    fn steps(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Move(x, y) => {
                    self.point(x, y);
                    self.ink.word("m");
                }
                Step::Line(x, y) => {
                    self.point(x, y);
                    self.ink.word("l");
                }
                Step::Curve(x1, y1, x2, y2, x, y) => {
                    self.point(x1, y1);
                    self.point(x2, y2);
                    self.point(x, y);
                    self.ink.word("c");
                }
                Step::Close => self.ink.word("h"),
            }
        }
    }

    fn point(&mut self, x: Length, y: Length) {
        self.ink.number(thousandths(x));
        let y = self.above_foot(y);
        self.ink.number(y);
    }

    /// Thousandths of a point from the bottom of the sheet, as PDF counts them.
    fn above_foot(&self, y: Length) -> i64 {
        thousandths(Length(self.pages.height.0 - y.0))
    }

    fn picture(&mut self, picture: usize, area: Area) -> Result<(), PdfError> {
        if picture >= self.pages.pictures.len() {
            return Err(PdfError::Inconsistent(format!(
                "image n° {picture} absente"
            )));
        }
        let foot = Length(area.y.0 + area.height.0);
        self.ink.word("q");
        self.ink.number(thousandths(area.width));
        self.ink.text("0 0 ");
        self.ink.number(thousandths(area.height));
        self.point(area.x, foot);
        self.ink.word("cm");
        self.ink
            .text(&format!("/{} Do\nQ\n", picture_name(picture).0));
        Ok(())
    }

    fn set_fill(&mut self, color: Rgb) {
        if self.fill != color {
            self.fill = color;
            self.ink.color(color);
            self.ink.word("rg");
        }
    }

    fn set_stroke(&mut self, color: Rgb, width: Length) {
        if self.stroke != color {
            self.stroke = color;
            self.ink.color(color);
            self.ink.word("RG");
        }
        if self.stroke_width != width {
            self.stroke_width = width;
            self.ink.number(thousandths(width));
            self.ink.word("w");
        }
    }
}

/// Operators and their operands, as bytes.
pub(super) struct Operators(pub Vec<u8>);

impl Operators {
    /// As it is.
    pub fn text(&mut self, text: &str) {
        self.0.extend_from_slice(text.as_bytes());
    }

    /// An operator, and the end of its line.
    pub fn word(&mut self, operator: &str) {
        self.text(operator);
        self.0.push(b'\n');
    }

    /// A number given in thousandths, as short as can be, and a space.
    pub fn number(&mut self, thousandths: i64) {
        let (whole, part) = (
            thousandths.unsigned_abs() / 1000,
            thousandths.unsigned_abs() % 1000,
        );
        if thousandths < 0 {
            self.0.push(b'-');
        }
        if whole > 0 || part == 0 {
            self.integer(whole);
        }
        if part > 0 {
            self.0.push(b'.');
            let digits = [part / 100, part / 10 % 10, part % 10];
            let last = digits.iter().rposition(|digit| *digit > 0).unwrap_or(0);
            for digit in digits.iter().take(last + 1) {
                self.0.push(b'0' + *digit as u8);
            }
        }
        self.0.push(b' ');
    }

    /// Its digits.
    pub fn integer(&mut self, number: u64) {
        if number >= 10 {
            self.integer(number / 10);
        }
        self.0.push(b'0' + (number % 10) as u8);
    }

    /// A string, with what cannot stand in it as it is told otherwise (ISO 32000-1, 7.3.4.2).
    pub fn string(&mut self, bytes: &[u8]) {
        self.0.push(b'(');
        for &byte in bytes {
            match byte {
                b'\r' => self.text("\\r"),
                b'(' | b')' | b'\\' => self.0.extend([b'\\', byte]),
                byte => self.0.push(byte),
            }
        }
        self.0.push(b')');
    }

    /// A colour, one number a channel: three decimals tell the 256 steps apart.
    fn color(&mut self, Rgb(r, g, b): Rgb) {
        for channel in [r, g, b] {
            self.number((i64::from(channel) * 1000 + 127) / 255);
        }
    }
}

/// Text as PDF writes it where it is not ASCII: UTF-16, most significant byte first, marked as such.
pub(super) fn utf16(text: &str) -> Vec<u8> {
    let mut bytes = vec![0xFE, 0xFF];
    bytes.extend(text.encode_utf16().flat_map(u16::to_be_bytes));
    bytes
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_short_and_exact() {
        let written = |thousandths| {
            let mut ink = Operators(Vec::new());
            ink.number(thousandths);
            String::from_utf8(ink.0).unwrap()
        };
        let all = [0, 1, -1, 10, 500, -1_500, 12_340, 1_000, 841_890, -100_001];
        assert_eq!(
            all.map(written),
            [
                "0 ",
                ".001 ",
                "-.001 ",
                ".01 ",
                ".5 ",
                "-1.5 ",
                "12.34 ",
                "1 ",
                "841.89 ",
                "-100.001 "
            ]
        );
    }

    #[test]
    fn strings_keep_every_byte() {
        let mut ink = Operators(Vec::new());
        ink.string(b"a(b)\\\r\n\0");
        assert_eq!(ink.0, b"(a\\(b\\)\\\\\\r\n\0)");
    }
}
