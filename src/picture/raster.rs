//! PNG and JPEG: the header first, then pixels in 8-bit sRGB.

use std::io::Cursor;

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::{ColorType, DynamicImage, ImageDecoder, Limits};
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

use super::{Cleaned, Kind, LONGEST_SIDE, MOST_PIXELS, PictureError, part, reduce};

/// The most memory that a decoder may take beside what it answers: 40 million pixels of four times 16 bits.
const MOST_MEMORY: u64 = 512 * 1024 * 1024;

/// The longest profile that is heeded; those that ship with presses are of some megabytes.
const LONGEST_PROFILE: usize = 8 * 1024 * 1024;

pub(super) fn read(bytes: &[u8], kind: Kind) -> Result<Cleaned, PictureError> {
    let broken = || PictureError::Broken { kind: kind.name() };
    let source = Cursor::new(bytes);
    match kind {
        Kind::Png => {
            let mut limits = Limits::default();
            limits.max_alloc = Some(MOST_MEMORY);
            let decoder = PngDecoder::with_limits(source, limits).map_err(|_| broken())?;
            decode(decoder, false, kind)
        }
        Kind::Jpeg => {
            let decoder = JpegDecoder::new(source).map_err(|_| broken())?;
            if !whole(bytes) {
                return Err(broken());
            }
            let inks = components(bytes) == Some(4);
            decode(decoder, inks, kind)
        }
        Kind::Svg => Err(PictureError::Unknown),
    }
}

/// `inks` is whether the pixels were in four inks, which the decoder has made light of.
fn decode(mut decoder: impl ImageDecoder, inks: bool, kind: Kind) -> Result<Cleaned, PictureError> {
    let broken = |_| PictureError::Broken { kind: kind.name() };
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MOST_PIXELS {
        return Err(PictureError::Large { width, height });
    }
    if width == 0 || height == 0 {
        return Err(PictureError::Broken { kind: kind.name() });
    }
    let profile = decoder
        .icc_profile()
        .ok()
        .flatten()
        .filter(|profile| profile.len() <= LONGEST_PROFILE);
    let orientation = decoder.orientation().map_err(broken)?;
    let grey = matches!(
        decoder.color_type(),
        ColorType::L8 | ColorType::La8 | ColorType::L16 | ColorType::La16
    );

    let mut decoded = DynamicImage::from_decoder(decoder).map_err(broken)?;
    decoded.apply_orientation(orientation);
    let decoded = decoded.into_rgba8();
    let (width, height) = decoded.dimensions();
    let (width, height, mut pixels) =
        reduce::reduce(width, height, decoded.into_raw(), LONGEST_SIDE);

    let mut said = Vec::new();
    if inks {
        said.push(
            "Les couleurs d’imprimerie (CMJN) ont été converties pour l’écran\u{a0}: vérifiez-les."
                .to_owned(),
        );
    } else if let Some(profile) = profile
        && !to_srgb(&mut pixels, &profile, grey)
    {
        said.push(
            "Le profil de couleurs de l’image n’a pas pu être suivi\u{a0}: vérifiez ses couleurs."
                .to_owned(),
        );
    }
    Ok(Cleaned {
        picture: part(width, height, &pixels),
        said,
    })
}

/// Colours as their profile means them, in sRGB; says whether the profile could be followed.
fn to_srgb(rgba: &mut [u8], profile: &[u8], grey: bool) -> bool {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else {
        return false;
    };
    let srgb = ColorProfile::new_srgb();
    let options = TransformOptions::default();
    let line = 4 * 4096;

    match profile.color_space {
        DataColorSpace::Rgb => {
            let Ok(transform) =
                profile.create_transform_8bit(Layout::Rgba, &srgb, Layout::Rgba, options)
            else {
                return false;
            };
            let mut converted = vec![0; line];
            rgba.chunks_mut(line).all(|pixels| {
                converted.get_mut(..pixels.len()).is_some_and(|converted| {
                    let done = transform.transform(pixels, converted).is_ok();
                    if done {
                        pixels.copy_from_slice(converted);
                    }
                    done
                })
            })
        }
        DataColorSpace::Gray if grey => {
            let Ok(transform) =
                profile.create_transform_8bit(Layout::Gray, &srgb, Layout::Rgb, options)
            else {
                return false;
            };
            // A grey has 256 values: each is converted once.
            let greys: Vec<u8> = (0..=u8::MAX).collect();
            let mut table = vec![0; 3 * greys.len()];
            if transform.transform(&greys, &mut table).is_err() {
                return false;
            }
            for pixel in rgba.chunks_exact_mut(4) {
                let [red, green, blue, _] = pixel else {
                    continue;
                };
                let place = 3 * usize::from(*red);
                if let Some([r, g, b]) = table.get(place..place + 3) {
                    (*red, *green, *blue) = (*r, *g, *b);
                }
            }
            true
        }
        _ => false,
    }
}

/// What is between the markers of a JPEG (ITU-T T.81, B.1.1): each marker, and what follows it. Stops where the file is
/// cut, or is none.
struct Segments<'a>(&'a [u8]);

impl<'a> Iterator for Segments<'a> {
    type Item = (u8, &'a [u8]);

    fn next(&mut self) -> Option<Self::Item> {
        const SCAN: u8 = 0xDA;

        // Any number of bytes of ones may stand before a marker.
        let filled = self.0.iter().position(|it| *it != 0xFF)?;
        let (marker, after) = self.0.get(filled..)?.split_first()?;
        if filled == 0 {
            return None;
        }
        self.0 = match *marker {
            // Markers that stand alone.
            0x01 | 0xD0..=0xD9 => after,
            _ => {
                let length = after.first_chunk::<2>().map(|it| u16::from_be_bytes(*it))?;
                let rest = after.get(usize::from(length)..)?;
                if *marker == SCAN { coded(rest) } else { rest }
            }
        };
        Some((*marker, after))
    }
}

/// What follows the coefficients of a scan: the first marker that neither stands for a byte nor lets the decoder start
/// afresh.
fn coded(scan: &[u8]) -> &[u8] {
    let ends = |pair: &[u8]| matches!(pair, [0xFF, marker] if !matches!(marker, 0x00 | 0xD0..=0xD7 | 0xFF));
    let end = scan.windows(2).position(ends);
    end.and_then(|end| scan.get(end..)).unwrap_or_default()
}

/// Whether a JPEG goes on to its end: of one that is cut, the decoder paints grey what is missing and says nothing.
fn whole(bytes: &[u8]) -> bool {
    Segments(bytes).any(|(marker, _)| marker == 0xD9)
}

/// How many components the frame header of a JPEG declares (ITU-T T.81, B.2.2).
fn components(bytes: &[u8]) -> Option<u8> {
    Segments(bytes).find_map(|(marker, after)| match marker {
        0xC0..=0xC3 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => after.get(7).copied(),
        _ => None,
    })
}
