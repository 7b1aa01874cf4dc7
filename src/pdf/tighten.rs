//! A subset without what a document has no use for: hinting, names, the names of glyphs. A third of what fonts weighed.
//!
//! Readers smooth outlines and do not hint them; the text is in `ToUnicode`, and the name is in the font's dictionary.
//! Tables are those of the OpenType specification 1.9.

use std::borrow::Cow;

/// Offsets in the `glyf` table, from the `loca` table.
struct Glyphs<'a> {
    glyf: &'a [u8],
    offsets: Vec<usize>,
}

/// The TrueType font, tightened; as it is where it is not as the specification says.
pub(super) fn tightened(font: Vec<u8>) -> Vec<u8> {
    tighter(&font).unwrap_or(font)
}

fn tighter(font: &[u8]) -> Option<Vec<u8>> {
    let head = table(font, b"head")?;
    let long = u16_at(head, 50)? != 0;
    let loca = table(font, b"loca")?;
    let offsets = if long {
        let each = loca.chunks_exact(4);
        each.map(|it| u32_at(it, 0).map(|it| it as usize))
            .collect::<Option<Vec<_>>>()?
    } else {
        let each = loca.chunks_exact(2);
        each.map(|it| u16_at(it, 0).map(|it| usize::from(it) * 2))
            .collect::<Option<Vec<_>>>()?
    };
    let glyphs = Glyphs {
        glyf: table(font, b"glyf")?,
        offsets,
    };
    let (glyf, loca) = glyphs.without_instructions(long)?;

    let tables: [(&[u8; 4], Cow<'_, [u8]>); 6] = [
        (b"glyf", glyf.into()),
        (b"head", without_sum(head)?.into()),
        (b"hhea", table(font, b"hhea")?.into()),
        (b"hmtx", table(font, b"hmtx")?.into()),
        (b"loca", loca.into()),
        (b"maxp", table(font, b"maxp")?.into()),
    ];
    Some(assembled(&tables))
}

impl Glyphs<'_> {
    /// The tables `glyf` and `loca` of the same glyphs without their instructions.
    fn without_instructions(&self, long: bool) -> Option<(Vec<u8>, Vec<u8>)> {
        let mut glyf = Vec::with_capacity(self.glyf.len());
        let mut loca = Vec::with_capacity(self.offsets.len() * 4);
        let mut end = |at: usize| {
            if long {
                loca.extend((at as u32).to_be_bytes());
            } else {
                loca.extend(u16::try_from(at / 2).ok()?.to_be_bytes());
            }
            Some(())
        };
        for pair in self.offsets.windows(2) {
            end(glyf.len())?;
            let [from, to] = <[usize; 2]>::try_from(pair).ok()?;
            let glyph = self.glyf.get(from..to)?;
            if !glyph.is_empty() {
                let contours = u16_at(glyph, 0)? as i16;
                match usize::try_from(contours) {
                    Ok(contours) => simple(glyph, contours, &mut glyf)?,
                    Err(_) => composite(glyph, &mut glyf)?,
                }
                glyf.resize(glyf.len().next_multiple_of(2), 0);
            }
        }
        end(glyf.len())?;
        Some((glyf, loca))
    }
}

/// A glyph of contours: their ends, the instructions, the points.
fn simple(glyph: &[u8], contours: usize, tight: &mut Vec<u8>) -> Option<()> {
    let length = 10 + 2 * contours;
    let instructions = usize::from(u16_at(glyph, length)?);
    tight.extend_from_slice(glyph.get(..length)?);
    tight.extend([0, 0]);
    tight.extend_from_slice(glyph.get(length + 2 + instructions..)?);
    Some(())
}

/// A glyph made of others: each with its flags and where it stands, then the instructions.
fn composite(glyph: &[u8], tight: &mut Vec<u8>) -> Option<()> {
    const WORDS: u16 = 0x0001;
    const SCALE: u16 = 0x0008;
    const MORE: u16 = 0x0020;
    const TWO_SCALES: u16 = 0x0040;
    const MATRIX: u16 = 0x0080;
    const INSTRUCTIONS: u16 = 0x0100;

    tight.extend_from_slice(glyph.get(..10)?);
    let mut at = 10;
    loop {
        let flags = u16_at(glyph, at)?;
        let places = if flags & WORDS == 0 { 2 } else { 4 };
        let scales = match flags & (SCALE | TWO_SCALES | MATRIX) {
            0 => 0,
            SCALE => 2,
            TWO_SCALES => 4,
            _ => 8,
        };
        let end = at + 4 + places + scales;
        tight.extend((flags & !INSTRUCTIONS).to_be_bytes());
        tight.extend_from_slice(glyph.get(at + 2..end)?);
        at = end;
        if flags & MORE == 0 {
            return Some(());
        }
    }
}

/// The table `head`, its sum to be made again.
fn without_sum(head: &[u8]) -> Option<Vec<u8>> {
    let mut head = head.to_vec();
    head.get_mut(8..12)?.fill(0);
    Some(head)
}

/// A font of these tables, which are in the order of their tags.
fn assembled(tables: &[(&[u8; 4], Cow<'_, [u8]>)]) -> Vec<u8> {
    let count = tables.len() as u16;
    let step = 1_u16 << count.ilog2();
    let mut font = Vec::new();
    font.extend(0x0001_0000_u32.to_be_bytes());
    for number in [count, step * 16, count.ilog2() as u16, (count - step) * 16] {
        font.extend(number.to_be_bytes());
    }
    let mut at = 12 + 16 * tables.len();
    let mut adjusted = None;
    for (tag, table) in tables {
        if *tag == b"head" {
            adjusted = Some(at + 8);
        }
        font.extend(*tag);
        for number in [sum(table), at as u32, table.len() as u32] {
            font.extend(number.to_be_bytes());
        }
        at += table.len().next_multiple_of(4);
    }
    for (_, table) in tables {
        font.extend_from_slice(table);
        font.resize(font.len().next_multiple_of(4), 0);
    }
    let adjustment = 0xB1B0_AFBA_u32.wrapping_sub(sum(&font));
    if let Some(place) = adjusted.and_then(|at| font.get_mut(at..at + 4)) {
        place.copy_from_slice(&adjustment.to_be_bytes());
    }
    font
}

/// The sum of its words of four bytes.
fn sum(bytes: &[u8]) -> u32 {
    bytes.chunks(4).fold(0_u32, |sum, word| {
        let mut whole = [0; 4];
        for (place, byte) in whole.iter_mut().zip(word) {
            *place = *byte;
        }
        sum.wrapping_add(u32::from_be_bytes(whole))
    })
}

fn table<'a>(font: &'a [u8], tag: &[u8; 4]) -> Option<&'a [u8]> {
    let count = usize::from(u16_at(font, 4)?);
    let records = font.get(12..12 + 16 * count)?.chunks_exact(16);
    let record = records.into_iter().find(|it| it.starts_with(tag))?;
    let (at, length) = (u32_at(record, 8)? as usize, u32_at(record, 12)? as usize);
    font.get(at..at.checked_add(length)?)
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_be_bytes(two.try_into().ok()?))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_be_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use skrifa::instance::{LocationRef, Size};
    use skrifa::outline::DrawSettings;
    use skrifa::outline::pen::SvgPen;
    use skrifa::{FontRef, GlyphId, MetadataProvider as _};

    use super::*;

    /// Every shipped face, by its shapes: hinted and not, with composite glyphs.
    const FACES: [&[u8]; 4] = [
        include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf"),
        include_bytes!("../../assets/fonts/SourceSerif4-It.ttf"),
        include_bytes!("../../assets/fonts/NotoSerif-Bold.ttf"),
        include_bytes!("../../assets/fonts/NotoSerifDevanagari-Regular.ttf"),
    ];

    #[test]
    fn outlines_and_advances_are_the_same_in_fewer_bytes() {
        for face in FACES {
            let tight = tightened(face.to_vec());
            assert!(tight.len() < face.len() * 3 / 4);
            let [before, after] = [face, &tight].map(|font| FontRef::new(font).unwrap());
            let drawn = |font: &FontRef<'_>, glyph: GlyphId| {
                let mut pen = SvgPen::new();
                let settings = DrawSettings::unhinted(Size::unscaled(), LocationRef::default());
                let outline = font.outline_glyphs().get(glyph).unwrap();
                outline.draw(settings, &mut pen).unwrap();
                let metrics = font.glyph_metrics(Size::unscaled(), LocationRef::default());
                (pen.to_string(), metrics.advance_width(glyph))
            };
            for glyph in (0..600).map(GlyphId::new) {
                if before.outline_glyphs().get(glyph).is_some() {
                    assert_eq!(drawn(&before, glyph), drawn(&after, glyph), "{glyph}");
                }
            }
        }
    }

    proptest! {
        #[test]
        fn a_font_that_is_spoiled_is_left_or_tightened(at in 0_usize..400_000, byte: u8, cut in 0_usize..400_000) {
            let mut font = FACES[0].to_vec();
            let at = at % font.len();
            font[at] = byte;
            font.truncate(font.len().min(cut.max(at)));
            let _ = tightened(font);
        }
    }
}
