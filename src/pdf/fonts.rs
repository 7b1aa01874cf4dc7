//! Fonts: a code for each glyph that occurs, and each face cut down to these glyphs.
//!
//! A code stands for a glyph *and the text that it shows*: the space and the no-break space of Source Serif
//! share a glyph, but have two codes, so that what is copied from the file is what was written. The font's
//! `CIDToGIDMap` leads both codes to the one glyph. Faces with CFF outlines have no such map; there a glyph
//! has one code, and `content` says the other texts in marked content.

use skrifa::instance::{LocationRef, Size};
use skrifa::raw::TableProvider as _;
use skrifa::{FontRef, GlyphId, MetadataProvider as _, Tag};
use subsetter::GlyphRemapper;

use crate::typeset::pages::{Drawing, Face, GlyphRun, Pages};

use super::tighten::tightened;
use super::{PdfError, deflate};

/// Codes go no further: beyond lie the surrogates, which `printpdf`'s text cannot hold.
const LAST_CODE: usize = 0xD7FF;

/// The faces that occur, by their place in [`Pages::faces`].
pub(super) struct Faces<'a> {
    faces: Vec<Option<UsedFace<'a>>>,
    /// For each page, the code of each glyph in the order of its items.
    codes: Vec<Vec<u16>>,
}

/// A face, its codes and its measures.
pub(super) struct UsedFace<'a> {
    pub face: &'a Face,
    pub font: FontRef<'a>,
    /// Whether its outlines are CFF: then a code is the glyph's number in the subset.
    pub cff: bool,
    pub units_per_em: u16,
    /// The codes in order; code 0 is the missing glyph, which never occurs.
    pub coded: Vec<Coded>,
    by_glyph: Vec<Vec<u16>>,
    remapper: GlyphRemapper,
}

/// What a code stands for.
pub(super) struct Coded {
    /// The glyph in the subset.
    pub subset_glyph: u16,
    /// Its advance, in thousandths of an em.
    pub width: u16,
    /// The text that it shows.
    pub text: Box<str>,
}

/// The glyphs of a run that stand for one piece of its text.
pub(super) struct Cluster<'a> {
    pub glyphs: std::ops::Range<usize>,
    pub text: &'a str,
}

/// A font program ready to be embedded.
pub(super) struct Program {
    /// Deflated.
    pub bytes: Vec<u8>,
    /// How long it is when inflated.
    pub length: usize,
}

impl<'a> Faces<'a> {
    /// Numbers every glyph of every page, in the order in which they occur.
    pub fn gather(pages: &'a Pages) -> Result<Self, PdfError> {
        let mut faces = Self {
            faces: pages.faces.iter().map(|_| None).collect(),
            codes: Vec::with_capacity(pages.pages.len()),
        };
        for page in &pages.pages {
            let mut codes = Vec::new();
            for item in &page.items {
                if let Drawing::Glyphs(run) = &item.drawing {
                    faces.add(pages, run, &mut codes)?;
                }
            }
            faces.codes.push(codes);
        }
        Ok(faces)
    }

    /// The code of each glyph of a page, in the order of its items.
    pub fn codes(&self, page: usize) -> &[u16] {
        self.codes.get(page).map(Vec::as_slice).unwrap_or_default()
    }

    /// The face of a run; it has been gathered.
    pub fn get(&self, face: usize) -> Result<&UsedFace<'a>, PdfError> {
        self.faces
            .get(face)
            .and_then(Option::as_ref)
            .ok_or_else(|| PdfError::Inconsistent(format!("police n° {face} absente")))
    }

    /// The faces that occur, with their numbers.
    pub fn used(&self) -> impl Iterator<Item = (usize, &UsedFace<'a>)> {
        self.faces
            .iter()
            .enumerate()
            .filter_map(|(number, face)| face.as_ref().map(|face| (number, face)))
    }

    /// The font programs, in the order of [`Self::used`].
    pub fn programs(&self) -> Result<Vec<Program>, PdfError> {
        self.used()
            .map(|(_, face)| {
                let bytes = tightened(face.subset()?);
                Ok(Program {
                    bytes: deflate(&bytes)?,
                    length: bytes.len(),
                })
            })
            .collect()
    }

    fn add(
        &mut self,
        pages: &'a Pages,
        run: &GlyphRun,
        codes: &mut Vec<u16>,
    ) -> Result<(), PdfError> {
        let absent = || PdfError::Inconsistent(format!("police n° {} absente", run.face));
        let slot = self.faces.get_mut(run.face).ok_or_else(absent)?;
        let face = match slot {
            Some(face) => face,
            None => slot.insert(UsedFace::new(
                pages.faces.get(run.face).ok_or_else(absent)?,
            )?),
        };
        for cluster in clusters(run) {
            let count = cluster.glyphs.len();
            let glyphs = run.glyphs.get(cluster.glyphs.clone()).unwrap_or_default();
            for (position, glyph) in glyphs.iter().enumerate() {
                let text = share(cluster.text, position, count, run.right_to_left);
                codes.push(face.code(glyph.id, text)?);
            }
        }
        Ok(())
    }
}

impl<'a> UsedFace<'a> {
    fn new(face: &'a Face) -> Result<Self, PdfError> {
        let font = FontRef::from_index(face.data.bytes(), face.index)
            .map_err(|error| unusable(face, &error))?;
        let head = font.head().map_err(|error| unusable(face, &error))?;
        let missing = Coded {
            subset_glyph: 0,
            width: 0,
            text: "".into(),
        };
        Ok(Self {
            face,
            cff: font.data_for_tag(Tag::new(b"glyf")).is_none(),
            units_per_em: head.units_per_em().max(1),
            font,
            coded: vec![missing],
            by_glyph: Vec::new(),
            remapper: GlyphRemapper::new(),
        })
    }

    /// The code of a glyph that shows `text`: a new one the first time.
    fn code(&mut self, glyph: u16, text: &str) -> Result<u16, PdfError> {
        let numbers = self.by_glyph.get(usize::from(glyph));
        let shows = |number: &&u16| {
            let coded = self.coded.get(usize::from(**number));
            self.cff || coded.is_some_and(|coded| *coded.text == *text)
        };
        if let Some(number) = numbers.and_then(|numbers| numbers.iter().find(shows)) {
            return Ok(*number);
        }
        if glyph == 0 {
            return Err(PdfError::Inconsistent(format!(
                "« {text} » n’a pas de dessin dans la police {}",
                self.face.name
            )));
        }
        let advance = self
            .font
            .glyph_metrics(Size::unscaled(), LocationRef::default())
            .advance_width(GlyphId::from(glyph))
            .unwrap_or(0.0);
        let number = self.coded.len();
        if number > LAST_CODE {
            return Err(unusable(self.face, &"trop de caractères différents"));
        }
        self.coded.push(Coded {
            subset_glyph: self.remapper.remap(glyph),
            width: self.thousandths(advance as i32).clamp(0, 0xFFFF) as u16,
            text: text.into(),
        });
        let slot = usize::from(glyph);
        if self.by_glyph.len() <= slot {
            self.by_glyph.resize_with(slot + 1, Vec::new);
        }
        if let Some(numbers) = self.by_glyph.get_mut(slot) {
            numbers.push(number as u16);
        }
        Ok(number as u16)
    }

    /// Font units as thousandths of an em, rounded.
    pub fn thousandths(&self, units: i32) -> i32 {
        let em = i32::from(self.units_per_em);
        (units * 2000 + em).div_euclid(2 * em)
    }

    /// The face with only the glyphs that occur.
    pub fn subset(&self) -> Result<Vec<u8>, PdfError> {
        subsetter::subset(self.face.data.bytes(), self.face.index, &self.remapper)
            .map_err(|error| unusable(self.face, &error))
    }

    /// The six letters that tell one subset of a face from another (ISO 32000-1, 9.6.4).
    pub fn subset_tag(&self) -> String {
        let mut hash = 0xCBF2_9CE4_8422_2325_u64;
        for glyph in self.remapper.remapped_gids() {
            for byte in glyph.to_be_bytes() {
                hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01B3);
            }
        }
        (0..6)
            .map(|place| char::from(b'A' + ((hash >> (8 * place)) % 26) as u8))
            .collect()
    }

    /// What leads codes to glyphs of the subset: two bytes a code.
    pub fn code_to_glyph(&self) -> Vec<u8> {
        self.coded
            .iter()
            .flat_map(|coded| coded.subset_glyph.to_be_bytes())
            .collect()
    }

    /// What leads codes to text (ISO 32000-1, 9.10.3).
    pub fn to_unicode(&self) -> String {
        use std::fmt::Write as _;

        let mut map = String::from(
            "/CIDInit /ProcSet findresource begin\n12 dict begin\nbegincmap\n/CIDSystemInfo\n\
             << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def\n/CMapName /Adobe-Identity-UCS def\n\
             /CMapType 2 def\n1 begincodespacerange\n<0000> <FFFF>\nendcodespacerange\n",
        );
        let entries: Vec<_> = self.coded.iter().enumerate().skip(1).collect();
        // A block holds a hundred entries at most.
        for block in entries.chunks(100) {
            let _ = writeln!(map, "{} beginbfchar", block.len());
            for (number, coded) in block {
                let _ = write!(map, "<{number:04X}> <");
                for unit in coded.text.encode_utf16() {
                    let _ = write!(map, "{unit:04X}");
                }
                map.push_str(">\n");
            }
            map.push_str("endbfchar\n");
        }
        map.push_str("endcmap\nCMapName currentdict /CMap defineresource pop\nend\nend\n");
        map
    }
}

/// Cuts a run into the pieces of its text that have glyphs of their own.
pub(super) fn clusters(run: &GlyphRun) -> impl Iterator<Item = Cluster<'_>> {
    let mut start = 0;
    run.glyphs
        .chunk_by(|a, b| (a.start, a.end) == (b.start, b.end))
        .map(move |glyphs| {
            let range = start..start + glyphs.len();
            start = range.end;
            let text = glyphs
                .first()
                .and_then(|glyph| run.text.get(glyph.start as usize..glyph.end as usize))
                .unwrap_or_default();
            Cluster {
                glyphs: range,
                text,
            }
        })
}

/// The part of a cluster's text that one of its glyphs stands for, when a reader looks glyph by glyph:
/// a character each in logical order, the last taking what is left. A glyph that is nobody's text, as a
/// hyphen at the end of a line, is a soft hyphen; one too many, or one that shows what PDF/A does not take
/// for text (ISO 19005-2, 6.2.11.7.2), is an invisible joiner.
fn share(text: &str, position: usize, count: usize, right_to_left: bool) -> &str {
    if text.is_empty() {
        return "\u{AD}";
    }
    if text.contains(['\0', '\u{FEFF}', '\u{FFFE}']) {
        return "\u{2060}";
    }
    if count == 1 {
        return text;
    }
    let position = if right_to_left {
        count - 1 - position
    } else {
        position
    };
    let mut characters = text.char_indices().map(|(at, _)| at);
    let Some(from) = characters.nth(position) else {
        return "\u{2060}";
    };
    let to = if position + 1 == count {
        text.len()
    } else {
        characters.next().unwrap_or(text.len())
    };
    text.get(from..to).unwrap_or(text)
}

fn unusable(face: &Face, reason: &dyn std::fmt::Display) -> PdfError {
    PdfError::Font {
        name: face.name.clone(),
        reason: reason.to_string(),
    }
}
