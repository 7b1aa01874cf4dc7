//! Images that come from elsewhere: a logo, a figure. Their bytes are hostile until they have been read here.
//!
//! Whatever came in (PNG, JPEG, SVG), what goes on is pixels: 8-bit sRGB with the opacity apart, no larger than print
//! needs. [`read`] makes them and says what could not be kept; [`to_png`] is the only form in which a workspace keeps
//! them, so that no script, reference, profile or hidden text of the original is ever stored, shown or printed.

mod raster;
mod reduce;
mod svg;

#[cfg(test)]
mod tests;

use std::thread;

use image::ImageEncoder as _;

use crate::document::Picture;

/// The most pixels that an image may have.
pub const MOST_PIXELS: u64 = 40_000_000;

/// The longest side of a picture that is kept, in pixels: A4 across at more than 200 dots an inch, a logo at 600.
pub const LONGEST_SIDE: u32 = 1_800;

/// The most bytes that a file may have.
pub const MOST_BYTES: usize = 64 * 1024 * 1024;

/// Decoders go as deep as a hostile file asks; this much stack is more than the limits below let them use.
const STACK: usize = 64 * 1024 * 1024;

/// Why an image was refused. Nothing of it was kept.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither PNG, JPEG nor SVG.
    #[error("Ce fichier n’est ni une image PNG, ni une image JPEG, ni un dessin SVG.")]
    Unknown,

    /// Too many bytes.
    #[error(
        "Ce fichier pèse plus de {} Mo. Enregistrez l’image en plus petit, puis importez-la à nouveau.",
        MOST_BYTES / (1024 * 1024)
    )]
    Heavy,

    /// Too many pixels.
    #[error(
        "Cette image compte {width}\u{a0}×\u{a0}{height} pixels, plus que les {} millions admis. Réduisez-la, puis \
         importez-la à nouveau.",
        MOST_PIXELS / 1_000_000
    )]
    Large {
        /// Pixels across.
        width: u32,
        /// Pixels down.
        height: u32,
    },

    /// Cut short, damaged, or not what it says.
    #[error("Cette image {kind} est abîmée ou incomplète. Demandez-en une autre copie.")]
    Broken {
        /// « PNG ».
        kind: &'static str,
    },

    /// A drawing that would take too long to draw, or rests on what is not kept.
    #[error("Ce dessin SVG n’est pas gardé\u{a0}: {why}. Enregistrez-le en PNG, puis importez-le.")]
    Drawing {
        /// « il emploie des filtres (ombre, flou) ».
        why: &'static str,
    },
}

/// An image made safe.
#[derive(Debug, Clone, PartialEq)]
pub struct Cleaned {
    /// Its pixels.
    pub picture: Picture,
    /// What was not kept or was changed, one French sentence each.
    pub said: Vec<String>,
}

/// Reads an image from bytes of any origin: nothing outside them is read, memory and time are bounded.
///
/// # Errors
/// When it is none of the three kinds, is damaged, or is beyond the limits.
pub fn read(bytes: &[u8]) -> Result<Cleaned, PictureError> {
    if bytes.len() > MOST_BYTES {
        return Err(PictureError::Heavy);
    }
    let kind = Kind::of(bytes).ok_or(PictureError::Unknown)?;

    let reading = || match kind {
        Kind::Png | Kind::Jpeg => raster::read(bytes, kind),
        Kind::Svg => svg::read(bytes),
    };
    // On a thread of its own: what a decoder's own fault takes down is that thread, and it is an error.
    let read = thread::scope(|scope| {
        let thread = thread::Builder::new().stack_size(STACK);
        let reader = thread.spawn_scoped(scope, reading).ok()?;
        reader.join().ok()
    });
    read.unwrap_or(Err(PictureError::Broken { kind: kind.name() }))
}

/// The file in which a workspace keeps a picture: a plain PNG, the same bytes for the same pixels.
#[must_use]
pub fn to_png(picture: &Picture) -> Vec<u8> {
    use image::codecs::png::{CompressionType, FilterType, PngEncoder};

    let (pixels, color) = match &picture.alpha {
        None => (picture.rgb.clone(), image::ExtendedColorType::Rgb8),
        Some(alpha) => {
            let pixels = picture.rgb.chunks_exact(3).zip(alpha);
            (
                pixels
                    .flat_map(|(rgb, alpha)| rgb.iter().copied().chain([*alpha]))
                    .collect(),
                image::ExtendedColorType::Rgba8,
            )
        }
    };
    let mut file = Vec::new();
    // Into memory, with as many bytes as pixels ask for, nothing can be refused.
    let written =
        PngEncoder::new_with_quality(&mut file, CompressionType::Level(6), FilterType::Adaptive)
            .write_image(&pixels, picture.width, picture.height, color);
    debug_assert!(written.is_ok());
    file
}

/// What the first bytes say that a file is; its name says nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Png,
    Jpeg,
    Svg,
}

impl Kind {
    fn of(bytes: &[u8]) -> Option<Self> {
        if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
            return Some(Self::Png);
        }
        if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
            return Some(Self::Jpeg);
        }
        let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
        let text = text.trim_ascii_start();
        let opens = |mark: &[u8]| text.get(..mark.len()) == Some(mark);
        (opens(b"<svg") || opens(b"<?xml") || opens(b"<!--") || opens(b"<!DOCTYPE svg"))
            .then_some(Self::Svg)
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Png => "PNG",
            Self::Jpeg => "JPEG",
            Self::Svg => "SVG",
        }
    }
}

/// Pixels with their opacity among them, parted: an image that is opaque everywhere has none.
fn part(width: u32, height: u32, rgba: &[u8]) -> Picture {
    let rgb = rgba
        .chunks_exact(4)
        .flat_map(|pixel| pixel.iter().copied().take(3))
        .collect();
    let alpha: Vec<u8> = rgba
        .chunks_exact(4)
        .filter_map(|it| it.last().copied())
        .collect();
    let opaque = alpha.iter().all(|alpha| *alpha == u8::MAX);
    Picture {
        width,
        height,
        rgb,
        alpha: (!opaque).then_some(alpha),
    }
}
