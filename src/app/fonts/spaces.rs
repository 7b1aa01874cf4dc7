//! Spaces that are kept from frame to frame.
//!
//! iced 0.14's software renderer keeps the picture of each letter that it draws, but for one that has no dot: at every
//! frame, for every text with a space, it makes the scaler of the face anew, which runs the face's hinting programs or,
//! where it has none, measures its letters. Half of a frame went there. So the glyphs without outline get one, a
//! thousandth of a letter wide: its picture is one dot, too faint to show, and is kept.
//!
//! This is done to the copy that screens are drawn with, in memory; documents are set in the faces as they are.

use std::ops::Range;

/// A simple glyph as files have it: one contour of three points, a unit wide and high, on the baseline.
const SPECK: [u8; 20] = [
    0, 1, // one contour
    0, 0, 0, 0, 0, 1, 0, 1, // within (0, 0) and (1, 1)
    0, 2, // its last point
    0, 0, // no instructions
    0x31, 0x33, 0x27, // on the curve: where one is, further right, back and up
    1, 1, // by one
    1, // by one
];

/// Where a file says that offsets of glyphs are long.
const LOCA_FORMAT: usize = 50;

/// The face with a speck in each glyph that is empty; nothing where it is not made of TrueType outlines.
pub fn with_kept_spaces(file: &[u8]) -> Option<Vec<u8>> {
    let (glyf_entry, glyf) = table(file, *b"glyf")?;
    let (loca_entry, loca) = table(file, *b"loca")?;
    let (_, head) = table(file, *b"head")?;
    let (glyf, loca) = (file.get(glyf)?, file.get(loca)?);
    let is_long = number(file, head.start + LOCA_FORMAT, 2)? == 1;
    let wide = if is_long { 4 } else { 2 };
    let starts: Vec<usize> = (0..loca.len() / wide)
        .map(|rank| number(loca, rank * wide, wide).map(|at| if is_long { at } else { 2 * at }))
        .collect::<Option<_>>()?;

    let mut outlines = Vec::with_capacity(glyf.len());
    let mut places = Vec::with_capacity(4 * starts.len());
    for (start, end) in starts.iter().zip(starts.iter().skip(1)) {
        places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());
        if start == end {
            outlines.extend(SPECK);
        } else {
            outlines.extend(glyf.get(*start..*end)?);
        }
    }
    places.extend(u32::try_from(outlines.len()).ok()?.to_be_bytes());

    // What readers do not reach any more stays where it was: nothing else moves.
    let mut face = Vec::with_capacity(file.len() + outlines.len() + places.len() + 4);
    face.extend(file);
    for (entry, table) in [(glyf_entry, outlines), (loca_entry, places)] {
        face.resize(face.len().next_multiple_of(4), 0);
        let at = u32::try_from(face.len()).ok()?.to_be_bytes();
        let length = u32::try_from(table.len()).ok()?.to_be_bytes();
        face.get_mut(entry + 8..entry + 12)?.copy_from_slice(&at);
        face.get_mut(entry + 12..entry + 16)?
            .copy_from_slice(&length);
        face.extend(table);
    }
    let format = head.start + LOCA_FORMAT;
    face.get_mut(format..format + 2)?.copy_from_slice(&[0, 1]);
    Some(face)
}

/// Where the file's directory tells of a table, and where the table is.
fn table(file: &[u8], tag: [u8; 4]) -> Option<(usize, Range<usize>)> {
    let count = number(file, 4, 2)?;
    let entry = (0..count)
        .map(|rank| 12 + 16 * rank)
        .find(|entry| file.get(*entry..entry + 4) == Some(&tag))?;
    let start = number(file, entry + 8, 4)?;
    Some((entry, start..start + number(file, entry + 12, 4)?))
}

/// The number that so many bytes are there.
fn number(bytes: &[u8], at: usize, wide: usize) -> Option<usize> {
    let bytes = bytes.get(at..at + wide)?.iter();
    Some(bytes.fold(0, |number, byte| number << 8 | usize::from(*byte)))
}

#[cfg(test)]
mod tests {
    use iced::advanced::graphics::text::cosmic_text::{
        Attrs, Buffer, Family, FontSystem, Metrics, Shaping, SwashCache,
    };
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::DrawSettings;
    use skrifa::outline::pen::SvgPen;
    use skrifa::{FontRef, GlyphId, MetadataProvider};

    use super::*;
    use crate::app::fonts::of_screens;

    fn outline(face: &FontRef<'_>, glyph: GlyphId) -> String {
        let mut pen = SvgPen::new();
        let settings = DrawSettings::unhinted(Size::new(1000.0), LocationRef::default());
        let outlines = face.outline_glyphs();
        outlines
            .get(glyph)
            .unwrap()
            .draw(settings, &mut pen)
            .unwrap();
        pen.to_string()
    }

    #[test]
    fn empty_glyphs_get_a_speck_and_letters_stay_as_they_are() {
        let mut faces = 0;
        for file in of_screens() {
            let patched = with_kept_spaces(file).unwrap();
            let (was, is) = (FontRef::new(file).unwrap(), FontRef::new(&patched).unwrap());
            let widths = |face: &FontRef<'_>, glyph| {
                let metrics = face.glyph_metrics(Size::unscaled(), LocationRef::default());
                metrics.advance_width(glyph)
            };
            for (sign, glyph) in was.charmap().mappings() {
                let sign = char::from_u32(sign);
                assert_eq!(widths(&was, glyph), widths(&is, glyph), "{sign:?}");
                let before = outline(&was, glyph);
                let after = outline(&is, glyph);
                if before.is_empty() {
                    assert!(!after.is_empty(), "{sign:?}");
                } else {
                    assert_eq!(before, after, "{sign:?}");
                }
            }
            faces += 1;
        }
        assert!(faces >= 7, "{faces}");
    }

    #[test]
    fn a_space_has_a_picture_of_one_dot_that_does_not_show() {
        for file in of_screens() {
            let mut faces =
                FontSystem::new_with_locale_and_db("fr-FR".to_owned(), fontdb::Database::new());
            faces
                .db_mut()
                .load_font_data(with_kept_spaces(file).unwrap());
            let family = faces.db().faces().next().unwrap().families[0].0.clone();
            let attributes = Attrs::new().family(Family::Name(&family));
            let mut text = Buffer::new(&mut faces, Metrics::new(15.0, 20.0));
            let words = "a\u{a0}\u{202f} b";
            text.set_text(&mut faces, words, &attributes, Shaping::Advanced, None);
            text.shape_until_scroll(&mut faces, false);

            let run = text.layout_runs().next().unwrap();
            assert_eq!(run.glyphs.len(), 5);
            for glyph in run.glyphs {
                let key = glyph.physical((0.0, 0.0), 1.0).cache_key;
                let image = SwashCache::new()
                    .get_image_uncached(&mut faces, key)
                    .unwrap();
                assert!(!image.data.is_empty());
                if words[glyph.start..glyph.end].trim().is_empty() {
                    assert!(image.data.iter().all(|dot| *dot < 8), "{:?}", image.data);
                }
            }
        }
    }
}
