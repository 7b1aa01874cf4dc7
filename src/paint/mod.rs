//! Pages as pixels: what the preview shows is what the PDF prints.
//!
//! [`paint()`] takes the same [`Pages`] as [`crate::pdf`] and draws one of them on white. Glyphs are masks of
//! their outlines, kept in [`Glyphs`] between pages and between edits; paths and pictures are drawn by
//! `tiny-skia`. It knows no window: the preview calls it away from the window's thread and shows the
//! pixels, and tests compare them with what `pdftoppm` makes of the file.

mod glyphs;
mod shapes;

#[cfg(test)]
mod tests;

pub use glyphs::Glyphs;

use tiny_skia::{Color, Pixmap};

use crate::typeset::pages::{Drawing, Length, Pages};

/// Beyond this many pixels (four bytes each) a page is not painted: 400 MB at most.
const MOST_PIXELS: u64 = 100_000_000;

/// A painted page: rows from the top, four bytes a pixel, red, green, blue and opacity, opaque everywhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pixels {
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// `width × height × 4` bytes.
    pub rgba: Vec<u8>,
}

/// Paints the page numbered `page`, from 0, at `scale` pixels a point (1/72 inch).
///
/// There is nothing when there is no such page, or when at that scale it has no pixel or more than a
/// hundred million.
pub fn paint(pages: &Pages, page: usize, scale: f32, glyphs: &mut Glyphs) -> Option<Pixels> {
    let sheet = pages.pages.get(page)?;
    let (width, height) = (across(pages.width, scale)?, across(pages.height, scale)?);
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return None;
    }
    let mut canvas = Pixmap::new(width, height)?;
    canvas.fill(Color::WHITE);

    for item in &sheet.items {
        match &item.drawing {
            Drawing::Glyphs(run) => {
                if let Some(face) = pages.faces.get(run.face) {
                    glyphs.draw(&mut canvas, face, run, scale);
                }
            }
            Drawing::Path(path) => shapes::draw_path(&mut canvas, path, scale),
            Drawing::Picture { picture, area } => {
                if let Some(picture) = pages.pictures.get(*picture) {
                    let pixels = glyphs.pictures.at(picture, *area, scale);
                    shapes::draw_picture(&mut canvas, pixels, *area, scale);
                }
            }
        }
    }
    Some(Pixels {
        width,
        height,
        rgba: canvas.take(),
    })
}

/// How many pixels hold a length.
fn across(length: Length, scale: f32) -> Option<u32> {
    let pixels = to_pixels(length, scale).ceil();
    (1.0..=65_535.0).contains(&pixels).then_some(pixels as u32)
}

fn to_pixels(length: Length, scale: f32) -> f32 {
    (length.0 as f64 / 65_536.0 * f64::from(scale)) as f32
}
