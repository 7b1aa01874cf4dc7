//! Paths and pictures, drawn by `tiny-skia`.

use std::collections::HashMap;
use std::sync::Arc;

use tiny_skia::{
    Color, FillRule, FilterQuality, Paint, PathBuilder, Pixmap, PixmapPaint, Rect, Stroke,
    Transform,
};

use crate::document::{Picture, Rgb};
use crate::typeset::pages::{Area, Path, Step};

use super::to_pixels;

/// Fills and strokes a path.
pub(super) fn draw_path(canvas: &mut Pixmap, path: &Path, scale: f32) {
    if let (Some(color), None, Some(rule)) = (path.fill, path.stroke, rule(&path.steps, scale)) {
        canvas.fill_rect(rule, &ink(color), Transform::identity(), None);
        return;
    }
    let Some(outline) = outline(&path.steps, scale) else {
        return;
    };
    if let Some(color) = path.fill {
        canvas.fill_path(
            &outline,
            &ink(color),
            FillRule::Winding,
            Transform::identity(),
            None,
        );
    }
    if let Some((color, width)) = path.stroke {
        let stroke = Stroke {
            width: to_pixels(width, scale),
            ..Stroke::default()
        };
        canvas.stroke_path(&outline, &ink(color), &stroke, Transform::identity(), None);
    }
}

/// A rule thinner than a pixel, as one whole pixel, as readers draw it: each in its own grey, those of a table would look
/// uneven.
fn rule(steps: &[Step], scale: f32) -> Option<Rect> {
    let [
        Step::Move(left, top),
        Step::Line(right, along),
        Step::Line(across, bottom),
        Step::Line(back, level),
        Step::Close,
    ] = steps
    else {
        return None;
    };
    let straight = (along, across, back, level) == (top, right, left, bottom);
    let [left, top, right, bottom] = [left, top, right, bottom].map(|it| to_pixels(*it, scale));
    let whole = |from: f32, to: f32| {
        if to - from < 1.0 {
            let pixel = from.midpoint(to).floor();
            (pixel, pixel + 1.0)
        } else {
            (from, to)
        }
    };
    let thin = right - left < 1.0 || bottom - top < 1.0;
    if !straight || !thin {
        return None;
    }
    let ((left, right), (top, bottom)) = (whole(left, right), whole(top, bottom));
    Rect::from_ltrb(left, top, right, bottom)
}

fn outline(steps: &[Step], scale: f32) -> Option<tiny_skia::Path> {
    let mut path = PathBuilder::new();
    let at = |length| to_pixels(length, scale);
    for step in steps {
        match *step {
            Step::Move(x, y) => path.move_to(at(x), at(y)),
            Step::Line(x, y) => path.line_to(at(x), at(y)),
            Step::Curve(x1, y1, x2, y2, x, y) => {
                path.cubic_to(at(x1), at(y1), at(x2), at(y2), at(x), at(y));
            }
            Step::Close => path.close(),
        }
    }
    path.finish()
}

fn ink(Rgb(red, green, blue): Rgb) -> Paint<'static> {
    let mut paint = Paint::default();
    paint.set_color(Color::from_rgba8(red, green, blue, 255));
    paint.anti_alias = true;
    paint
}

/// Draws a picture, already about as large as it is shown, into its area.
pub(super) fn draw_picture(canvas: &mut Pixmap, picture: Option<&Pixmap>, area: Area, scale: f32) {
    let Some(picture) = picture else { return };
    let fit = |length, pixels: u32| to_pixels(length, scale) / pixels as f32;
    let transform = Transform::from_row(
        fit(area.width, picture.width()),
        0.0,
        0.0,
        fit(area.height, picture.height()),
        to_pixels(area.x, scale),
        to_pixels(area.y, scale),
    );
    let paint = PixmapPaint {
        quality: FilterQuality::Bilinear,
        ..PixmapPaint::default()
    };
    canvas.draw_pixmap(0, 0, picture.as_ref(), &paint, transform, None);
}

/// Pictures at the size at which they are shown, so that a large logo is reduced once.
#[derive(Default)]
pub(super) struct Pictures {
    /// By the picture's address, the width and the height.
    reduced: HashMap<(usize, u32, u32), Reduced>,
}

/// A picture reduced. Holding the original keeps its address from becoming another's.
struct Reduced {
    _original: Arc<Picture>,
    pixels: Option<Pixmap>,
}

impl Pictures {
    /// The picture reduced to at most the pixels that `area` has; never enlarged.
    pub fn at(&mut self, picture: &Arc<Picture>, area: Area, scale: f32) -> Option<&Pixmap> {
        let side = |length, most: u32| {
            let pixels = to_pixels(length, scale).ceil();
            pixels.clamp(1.0, most.max(1) as f32) as u32
        };
        let (width, height) = (
            side(area.width, picture.width),
            side(area.height, picture.height),
        );
        let key = (Arc::as_ptr(picture) as usize, width, height);
        // A document has a few logos; more than that are yesterday's.
        if self.reduced.len() > 32 && !self.reduced.contains_key(&key) {
            self.reduced.clear();
        }
        let reduced = self.reduced.entry(key).or_insert_with(|| Reduced {
            _original: Arc::clone(picture),
            pixels: reduce(picture, width, height),
        });
        reduced.pixels.as_ref()
    }
}

/// Averages the pixels of the picture that fall into each pixel shown, transparent ones counting less.
fn reduce(picture: &Picture, width: u32, height: u32) -> Option<Pixmap> {
    let mut reduced = Pixmap::new(width, height)?;
    let span = |place: u32, shown: u32, all: u32| {
        let bound = |place: u32| (u64::from(place) * u64::from(all) / u64::from(shown)) as usize;
        bound(place)..bound(place + 1).max(bound(place) + 1)
    };
    let across = picture.width as usize;
    let mut pixels = reduced.data_mut().chunks_exact_mut(4);
    for row in 0..height {
        for column in 0..width {
            let mut sum = [0_u64; 4];
            let mut count = 0_u64;
            for y in span(row, height, picture.height) {
                for x in span(column, width, picture.width) {
                    let at = y * across + x;
                    let alpha = match &picture.alpha {
                        Some(alpha) => u64::from(*alpha.get(at)?),
                        None => 255,
                    };
                    let color = picture.rgb.get(3 * at..3 * at + 3)?;
                    for (sum, channel) in sum.iter_mut().zip(color) {
                        *sum += u64::from(*channel) * alpha;
                    }
                    sum[3] += alpha;
                    count += 1;
                }
            }
            let [red, green, blue, alpha] = sum;
            // Colours are multiplied by the opacity, as `tiny-skia` keeps them.
            let shade = |sum: u64| ((sum + 255 * count / 2) / (255 * count)) as u8;
            let opacity = ((alpha + count / 2) / count) as u8;
            let averaged = [red, green, blue].map(|sum| shade(sum).min(opacity));
            pixels
                .next()?
                .copy_from_slice(&[averaged[0], averaged[1], averaged[2], opacity]);
        }
    }
    Some(reduced)
}
