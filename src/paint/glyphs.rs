//! Glyphs as masks: one for each face, glyph, size and quarter of a pixel, made once and kept.

use std::collections::HashMap;

use skrifa::instance::{LocationRef, Size};
use skrifa::outline::{DrawSettings, OutlinePen};
use skrifa::{FontRef, GlyphId, MetadataProvider as _};
use tiny_skia::{FillRule, Mask, PathBuilder, Pixmap, Transform};

use crate::document::Rgb;
use crate::typeset::pages::{Face, GlyphRun, Length};

use super::shapes::Pictures;
use super::to_pixels;

/// Masks are forgotten all at once when there are more: about 10 MB at reading size.
const MOST_MASKS: usize = 40_000;

/// Beyond this many pixels an em is drawn without being kept.
const LARGEST_KEPT: f32 = 200.0;

/// What painting keeps from one page to the next: masks of glyphs, and pictures at the size they are shown.
#[derive(Default)]
pub struct Glyphs {
    faces: Vec<(String, u32)>,
    masks: HashMap<Key, Coverage>,
    pub(super) pictures: Pictures,
}

impl std::fmt::Debug for Glyphs {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Glyphs")
            .field("masks", &self.masks.len())
            .finish_non_exhaustive()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Key {
    face: usize,
    glyph: u16,
    /// Pixels an em, in 64ths.
    size: u32,
    /// Quarters of a pixel, across.
    quarter: u8,
}

/// How much of each pixel a glyph covers; `left` and `top` are from the pixel of its origin.
struct Coverage {
    left: i32,
    top: i32,
    width: usize,
    rows: Vec<u8>,
}

impl Glyphs {
    /// Nothing kept yet.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// Draws a run on the canvas.
    pub(super) fn draw(&mut self, canvas: &mut Pixmap, face: &Face, run: &GlyphRun, scale: f32) {
        let size = (to_pixels(run.size, scale) * 64.0).round() as u32;
        let number = self.number(face);
        if self.masks.len() > MOST_MASKS {
            self.masks.clear();
        }
        let Ok(font) = FontRef::from_index(face.data.bytes(), face.index) else {
            return;
        };
        let mut pen = run.x;
        for glyph in run.glyphs.iter() {
            let x = Length(pen.0 + glyph.dx.0);
            let y = Length(run.y.0 - glyph.dy.0);
            pen.0 += glyph.advance.0;

            let (column, quarter) = quarter(to_pixels(x, scale));
            // Baselines stand on whole pixels, so that lines are sharp; poppler has it so too.
            let row = to_pixels(y, scale).floor() as i32;
            let key = Key {
                face: number,
                glyph: glyph.id,
                size,
                quarter,
            };
            if size as f32 / 64.0 > LARGEST_KEPT {
                blend(canvas, &coverage(&font, key), (column, row), run.color);
            } else {
                let mask = self
                    .masks
                    .entry(key)
                    .or_insert_with(|| coverage(&font, key));
                blend(canvas, mask, (column, row), run.color);
            }
        }
    }

    fn number(&mut self, face: &Face) -> usize {
        let known = |(name, index): &(String, u32)| *name == face.name && *index == face.index;
        self.faces.iter().position(known).unwrap_or_else(|| {
            self.faces.push((face.name.clone(), face.index));
            self.faces.len() - 1
        })
    }
}

/// A place in pixels as a whole one and the quarters beyond it.
fn quarter(place: f32) -> (i32, u8) {
    let quarters = (place * 4.0).floor() as i32;
    (quarters.div_euclid(4), quarters.rem_euclid(4) as u8)
}

fn coverage(font: &FontRef<'_>, key: Key) -> Coverage {
    outline(font, key)
        .and_then(|path| fill(&path))
        .unwrap_or(Coverage {
            left: 0,
            top: 0,
            width: 0,
            rows: Vec::new(),
        })
}

fn outline(font: &FontRef<'_>, key: Key) -> Option<tiny_skia::Path> {
    let outline = font.outline_glyphs().get(GlyphId::from(key.glyph))?;
    let mut pen = Pen {
        path: PathBuilder::new(),
        left: f32::from(key.quarter) / 4.0,
    };
    let settings =
        DrawSettings::unhinted(Size::new(key.size as f32 / 64.0), LocationRef::default());
    outline.draw(settings, &mut pen).ok()?;
    pen.path.finish()
}

fn fill(path: &tiny_skia::Path) -> Option<Coverage> {
    let bounds = path.bounds();
    let (left, top) = (bounds.left().floor(), bounds.top().floor());
    let width = (bounds.right().ceil() - left).max(1.0) as u32;
    let height = (bounds.bottom().ceil() - top).max(1.0) as u32;
    let mut mask = Mask::new(width, height)?;
    let shift = Transform::from_translate(-left, -top);
    mask.fill_path(path, FillRule::Winding, true, shift);
    Some(Coverage {
        left: left as i32,
        top: top as i32,
        width: width as usize,
        rows: mask.data().to_vec(),
    })
}

/// An outline in pixels, y downwards as the canvas has it.
struct Pen {
    path: PathBuilder,
    left: f32,
}

impl OutlinePen for Pen {
    fn move_to(&mut self, x: f32, y: f32) {
        self.path.move_to(self.left + x, -y);
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.path.line_to(self.left + x, -y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let left = self.left;
        self.path.quad_to(left + cx, -cy, left + x, -y);
    }

    fn curve_to(&mut self, cx0: f32, cy0: f32, cx1: f32, cy1: f32, x: f32, y: f32) {
        let left = self.left;
        self.path
            .cubic_to(left + cx0, -cy0, left + cx1, -cy1, left + x, -y);
    }

    fn close(&mut self) {
        self.path.close();
    }
}

/// Lays `color` on the canvas as much as the glyph covers each pixel.
fn blend(canvas: &mut Pixmap, glyph: &Coverage, (column, row): (i32, i32), color: Rgb) {
    if glyph.width == 0 {
        return;
    }
    let (width, height) = (canvas.width() as i32, canvas.height() as i32);
    let left = column + glyph.left;
    let skipped = (-left).clamp(0, glyph.width as i32) as usize;
    let shown = (width - left).clamp(0, glyph.width as i32) as usize;
    if skipped >= shown {
        return;
    }
    let stride = width as usize * 4;
    let data = canvas.data_mut();
    for (line, covered) in glyph.rows.chunks_exact(glyph.width).enumerate() {
        let y = row + glyph.top + line as i32;
        if !(0..height).contains(&y) {
            continue;
        }
        let start = y as usize * stride + (left + skipped as i32) as usize * 4;
        let Some(pixels) = data.get_mut(start..) else {
            return;
        };
        let covered = covered.get(skipped..shown).unwrap_or_default();
        for (pixel, covered) in pixels.chunks_exact_mut(4).zip(covered) {
            if *covered == 0 {
                continue;
            }
            let [red, green, blue, _] = pixel else {
                continue;
            };
            for (under, over) in [(red, color.0), (green, color.1), (blue, color.2)] {
                *under = mixed(*under, over, *covered);
            }
        }
    }
}

/// `under` going to `over` as `share` goes from 0 to 255.
fn mixed(under: u8, over: u8, share: u8) -> u8 {
    let share = u32::from(share);
    let sum = u32::from(under) * (255 - share) + u32::from(over) * share + 127;
    (sum / 255) as u8
}
