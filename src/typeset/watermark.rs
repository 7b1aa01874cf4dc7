//! The word across the pages of a draft, as outlines: no text for a reader, nothing that a copy carries.
//!
//! It climbs at the angle of the triangle whose sides are 3, 4 and 5, so that its sine and cosine are
//! fractions and every machine draws the same points.

use skrifa::GlyphId;
use skrifa::font::glyph::outline::{DrawMemory, DrawOptions, PathSink};

use crate::document::Align;
use crate::model::Lang;

use super::fonts::FaceId;
use super::measure::{FAINT, Sheet, TITLE, TextStyle, pt};
use super::pages::{Drawing, Length, Path, Step};
use super::paragraph::Press;

/// The size at which the word is measured, before it is drawn as large as the sheet allows.
const MEASURED: Length = pt(20);
/// However short the word, its letters are no larger.
const LARGEST: Length = pt(150);

/// The outline of `word` across the middle of a sheet; nothing when it has no outline.
pub(super) fn watermark(
    word: &str,
    language: &Lang,
    sheet: &Sheet,
    press: &mut Press<'_>,
) -> Option<Path> {
    let style = TextStyle {
        size: MEASURED,
        leading: MEASURED,
        ..TITLE
    };
    let laid = press.set_line(word.trim(), language, style, pt(5_000), Align::Start);
    let line = laid.lines.first()?;
    let width: Length = line.ink.iter().map(|ink| ink.width).sum();
    if width <= Length::ZERO {
        return None;
    }
    // A language that begins at the right has set it against the end of that long measure.
    let left = line.ink.iter().map(|ink| ink.x).min()?;
    let room = sheet.width * 92 / 100;
    let size = scaled(MEASURED, room, width).min(LARGEST);
    let length = scaled(width, size, MEASURED);

    let mut outline = Outline {
        steps: Vec::new(),
        last: (0, 0),
        origin: (0, 0),
        size: size.0,
        units: 1000,
        sheet: *sheet,
        // Half the word, and half the height of a capital.
        middle: (length.0 / 2, size.0 * 33 / 100),
    };
    for ink in &line.ink {
        let Drawing::Glyphs(run) = &ink.drawing else {
            continue;
        };
        let face = press.fonts().face(FaceId(u16::try_from(run.face).ok()?))?;
        outline.units = face.units_per_em;
        let outlines = face.font.outline_glyphs();
        let mut pen = run.x - left;
        for glyph in run.glyphs.iter() {
            outline.origin = (
                scaled(pen + glyph.dx, size, MEASURED).0,
                scaled(glyph.dy, size, MEASURED).0,
            );
            if let Some(shape) = outlines.get(GlyphId::new(u32::from(glyph.id))) {
                // A glyph that cannot be drawn is a gap in a decoration.
                let _ = shape.draw(&DrawOptions::new(), DrawMemory::default(), &mut outline);
            }
            pen += glyph.advance;
        }
    }
    (!outline.steps.is_empty()).then_some(Path {
        steps: outline.steps,
        fill: Some(FAINT),
        stroke: None,
    })
}

fn scaled(length: Length, by: Length, from: Length) -> Length {
    Length((i128::from(length.0) * i128::from(by.0) / i128::from(from.0.max(1))) as i64)
}

/// Takes the outline of a glyph in font units and turns it to its place on the sheet.
struct Outline {
    steps: Vec<Step>,
    /// The last point, in half units of the font.
    last: (i64, i64),
    origin: (i64, i64),
    size: i64,
    units: i64,
    sheet: Sheet,
    middle: (i64, i64),
}

/// Half units of the font: outlines have points half way between two, and no finer.
fn halves(x: f32, y: f32) -> (i64, i64) {
    ((x * 2.0) as i64, (y * 2.0) as i64)
}

impl Outline {
    fn place(&self, (x, y): (i64, i64)) -> (Length, Length) {
        let x = self.origin.0 + x * self.size / (2 * self.units) - self.middle.0;
        let y = self.origin.1 + y * self.size / (2 * self.units) - self.middle.1;
        // Turned by the angle whose cosine is 4/5 and sine 3/5, upwards; the sheet's y goes down.
        let across = (4 * x - 3 * y) / 5;
        let up = (3 * x + 4 * y) / 5;
        (
            self.sheet.width / 2 + Length(across),
            self.sheet.height / 2 - Length(up),
        )
    }
}

impl PathSink for Outline {
    fn move_to(&mut self, x: f32, y: f32) {
        self.last = halves(x, y);
        let (x, y) = self.place(self.last);
        self.steps.push(Step::Move(x, y));
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.last = halves(x, y);
        let (x, y) = self.place(self.last);
        self.steps.push(Step::Line(x, y));
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        // A quadratic curve is the cubic whose control points lie two thirds of the way to its own.
        let (from, control, to) = (
            self.place(self.last),
            self.place(halves(cx, cy)),
            self.place(halves(x, y)),
        );
        let toward = |end: (Length, Length)| {
            (
                end.0 + (control.0 - end.0) * 2 / 3,
                end.1 + (control.1 - end.1) * 2 / 3,
            )
        };
        let (first, second) = (toward(from), toward(to));
        self.steps.push(Step::Curve(
            first.0, first.1, second.0, second.1, to.0, to.1,
        ));
        self.last = halves(x, y);
    }

    fn curve_to(&mut self, ax: f32, ay: f32, bx: f32, by: f32, x: f32, y: f32) {
        let (a, b, to) = (
            self.place(halves(ax, ay)),
            self.place(halves(bx, by)),
            self.place(halves(x, y)),
        );
        self.steps.push(Step::Curve(a.0, a.1, b.0, b.1, to.0, to.1));
        self.last = halves(x, y);
    }

    fn close(&mut self) {
        self.steps.push(Step::Close);
    }
}
