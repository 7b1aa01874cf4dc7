//! The faces that ship, and which of them has a glyph for a character.
//!
//! Nothing is read before a character asks for it: a document in French loads two or three faces. All are
//! in the program except Noto Serif SC, 15 MB, a file that is opened only when a Han character occurs.
//! What they have gives the same bytes everywhere; for a character that none of them has, and for nothing else, the
//! faces of the computer are asked ([`super::computer`]).

use std::env;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use harfrust::font::Blob;
use harfrust::{Direction, Feature, Font, Language, Script, ShapePlan, Tag};

use super::computer::{Computer, Folders};
use super::faces::{EVERY_LATIN, FACES, FaceInfo, HAN, SANS, SERIF, Source, look_of, script_face};
use super::measure::Family;
use super::pages::{FontData, Length};

/// A face: a shipped one by its place in [`FACES`], those of the computer after.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct FaceId(pub u16);

impl FaceId {
    /// Whether another computer may not have it.
    pub const fn is_of_this_computer(self) -> bool {
        self.0 as usize >= FACES.len()
    }
}

/// Letters that a feature of the face changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Figures {
    /// As they come.
    Plain,
    /// Figures as wide as each other.
    Tabular,
    /// Raised letters drawn as such by the designer of the face.
    Raised,
}

/// What a plan of shaping depends on.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) struct PlanKey {
    pub face: FaceId,
    pub script: [u8; 4],
    pub right_to_left: bool,
    pub language: Option<Box<str>>,
    pub figures: Figures,
}

/// A face that has been opened.
pub(super) struct Face {
    pub data: FontData,
    /// Which face of the file.
    pub index: u32,
    pub font: Font,
    pub units_per_em: i64,
    plans: Mutex<Vec<(PlanKey, Arc<Plan>)>>,
}

/// How to shape with a face, kept from one run to the next.
pub(super) struct Plan {
    pub plan: ShapePlan,
    pub features: Vec<Feature>,
    pub script: Script,
    pub direction: Direction,
    pub language: Option<Language>,
}

impl Face {
    fn open(info: &FaceInfo) -> Option<Self> {
        let (data, blob) = match &info.source {
            Source::Program(bytes) => (FontData::Static(bytes), Blob::Static(bytes)),
            Source::File(name) => {
                let bytes = Arc::new(std::fs::read(beside_program(name)?).ok()?);
                (FontData::Shared(bytes.clone()), Blob::Shared(bytes))
            }
        };
        Self::new(data, blob, 0)
    }

    pub fn new(data: FontData, blob: Blob, index: u32) -> Option<Self> {
        let font = Font::new(blob, index)?;
        Some(Self {
            units_per_em: i64::from(font.units_per_em()).max(1),
            data,
            index,
            font,
            plans: Mutex::new(Vec::new()),
        })
    }

    /// The plan for this key, made at the first call.
    pub fn plan(&self, key: &PlanKey) -> Arc<Plan> {
        let mut plans = self.plans.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((_, plan)) = plans.iter().find(|(known, _)| known == key) {
            return plan.clone();
        }
        let direction = if key.right_to_left {
            Direction::RightToLeft
        } else {
            Direction::LeftToRight
        };
        let script = Script::from_iso15924_tag(Tag::new(&key.script)).unwrap_or(Script::UNKNOWN);
        let language = key.language.as_deref().and_then(Language::new);
        let features: Vec<Feature> = match key.figures {
            Figures::Plain => vec![],
            Figures::Tabular => vec![
                Feature::new(Tag::new(b"tnum"), 1, ..),
                Feature::new(Tag::new(b"lnum"), 1, ..),
            ],
            Figures::Raised => vec![Feature::new(Tag::new(b"sups"), 1, ..)],
        };
        let plan = Arc::new(Plan {
            plan: ShapePlan::new(
                &self.font,
                direction,
                Some(script),
                language.as_ref(),
                &features,
            ),
            features,
            script,
            direction,
            language,
        });
        plans.push((key.clone(), plan.clone()));
        plan
    }

    /// Whether the face has a glyph for this character.
    pub fn has(&self, c: char) -> bool {
        self.font
            .charmap()
            .map_unicode(c)
            .is_some_and(|glyph| glyph.to_u32() != 0)
    }
}

/// The faces that text is set in, each opened when first needed. Share one between all layouts of a process.
pub struct Fonts {
    shipped: Vec<OnceLock<Option<Face>>>,
    computer: Computer,
}

impl Fonts {
    /// All that ships. Costs nothing until text is laid out.
    #[must_use]
    pub fn shipped() -> Self {
        Self::beside(Folders::None)
    }

    /// All that ships, and the computer's own for what that lacks: what people's documents are set in.
    #[must_use]
    pub fn of_this_computer() -> Self {
        Self::beside(Folders::System)
    }

    /// All that ships, and the faces of a folder for what that lacks.
    #[must_use]
    pub fn with_folder(folder: &Path) -> Self {
        Self::beside(Folders::One(folder.to_owned()))
    }

    fn beside(folders: Folders) -> Self {
        Self {
            shipped: FACES.iter().map(|_| OnceLock::new()).collect(),
            computer: Computer::new(folders),
        }
    }

    /// The face, opened; absent when its file is missing or damaged.
    pub(super) fn face(&self, id: FaceId) -> Option<&Face> {
        let place = usize::from(id.0);
        let Some(info) = FACES.get(place) else {
            return self.computer.face(place - FACES.len());
        };
        self.shipped
            .get(place)?
            .get_or_init(|| Face::open(info))
            .as_ref()
    }

    /// Its PostScript name.
    pub(super) fn name(&self, id: FaceId) -> &str {
        let place = usize::from(id.0);
        match FACES.get(place) {
            Some(info) => info.name,
            None => self.computer.name(place - FACES.len()),
        }
    }

    /// The face of a text of this look.
    pub(super) fn base(family: Family, bold: bool, italic: bool) -> FaceId {
        FaceId(match (family, bold, italic) {
            (Family::Serif, ..) => SERIF + u16::from(bold) + 2 * u16::from(italic),
            (Family::Sans, true, _) => SANS + 1,
            (Family::Sans, false, true) => SANS + 2,
            (Family::Sans, false, false) => SANS,
        })
    }

    /// The face that shows `c` in a text set in `base`, or nothing when none can.
    pub(super) fn face_for(&self, c: char, base: FaceId, bold: bool) -> Option<FaceId> {
        self.shipped_for(c, base, bold).or_else(|| {
            let rank = self.computer.face_for(c, bold)?;
            Some(FaceId(u16::try_from(FACES.len() + rank).ok()?))
        })
    }

    fn shipped_for(&self, c: char, base: FaceId, bold: bool) -> Option<FaceId> {
        // The text faces have all of Latin-1: a test says so.
        if (c as u32) < 0x100 {
            return Some(base);
        }
        let has = |id: FaceId| self.face(id).is_some_and(|face| face.has(c));
        if let Some(regular) = script_face(c) {
            let bold_too = bold && regular != HAN;
            return [FaceId(regular + u16::from(bold_too)), FaceId(regular), base]
                .into_iter()
                .find(|id| has(*id));
        }
        let other = |family| Self::base(family, bold, false);
        [
            base,
            Self::every_latin(bold),
            other(Family::Serif),
            other(Family::Sans),
            FaceId(SERIF),
            FaceId(SANS),
        ]
        .into_iter()
        .find(|id| has(*id))
    }

    /// The face of Latin letters that the text faces lack.
    pub(super) const fn every_latin(bold: bool) -> FaceId {
        FaceId(EVERY_LATIN + bold as u16)
    }

    /// The leading that a text in this face needs, in tenths of its size; 0 where the usual one will do.
    pub(super) fn tallness(id: FaceId) -> i64 {
        look_of(id).tallness
    }

    /// The leading that keeps a word of this face off the lines around it, in tenths of its size.
    pub(super) fn clearance(id: FaceId) -> i64 {
        look_of(id).clearance
    }

    /// The size at which letters of this face look as large as those of the Source faces at `size`.
    pub(super) fn own_size(id: FaceId, size: Length) -> Length {
        size * look_of(id).size / 1_000
    }
}

/// The faces that are in the program, as files. The window shows what they print.
pub fn in_the_program() -> impl Iterator<Item = &'static [u8]> {
    FACES.iter().filter_map(|face| match face.source {
        Source::Program(file) => Some(file),
        Source::File(_) => None,
    })
}

/// The file of the Han face, which is not in the program; nothing when it is missing. The window shows names with it.
#[must_use]
pub fn han_file() -> Option<PathBuf> {
    match FACES.get(usize::from(HAN))?.source {
        Source::File(name) => beside_program(name),
        Source::Program(_) => None,
    }
}

/// A font that is too large to be compiled in, in the first of these folders that has it.
fn beside_program(name: &str) -> Option<PathBuf> {
    let mut folders: Vec<PathBuf> = Vec::new();
    if let Some(assets) = env::var_os("PASSERELLE_ASSETS") {
        folders.push(PathBuf::from(assets).join("fonts"));
    }
    if let Ok(program) = env::current_exe()
        && let Some(folder) = program.parent()
    {
        folders.push(folder.join("../share/passerelle/fonts"));
    }
    folders.push(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/fonts"));
    folders
        .iter()
        .map(|folder| folder.join(name))
        .find(|file| file.is_file())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The letters beyond Latin-1 that names and texts of partners are written with, by language.
    const ALPHABETS: [(&str, &str); 15] = [
        ("français", "Œœ Ÿÿ"),
        ("portugais", "Ãã Õõ Çç Ââ Êê Ôô Áá Àà Éé Íí Óó Úú"),
        ("allemand", "Ää Öö Üü ẞß"),
        ("polonais", "Ąą Ćć Ęę Łł Ńń Óó Śś Źź Żż"),
        ("roumain", "Ăă Ââ Îî Șș Țț"),
        ("tchèque", "Áá Čč Ďď Éé Ěě Íí Ňň Óó Řř Šš Ťť Úú Ůů Ýý Žž"),
        ("turc", "Çç Ğğ Iı İi Öö Şş Üü"),
        (
            "vietnamien",
            "Ăă Ââ Đđ Êê Ôô Ơơ Ưư Ắằẳẵặ Ấầẩẫậ Ếềểễệ Ốồổỗộ Ớờởỡợ Ứừửữự Ỳỷỹỵ",
        ),
        ("malgache", "Ôô Àà Èè N̈n̈"),
        ("wolof", "Ààé Ëë Ññ Ŋŋ Óó"),
        ("yoruba", "Ẹẹ Ọọ Ṣṣ Ẹ́ẹ́ Ẹ̀ẹ̀ Ọ́ọ́ Ọ̀ọ̀ Ńń Ǹǹ Ḿḿ M̀m̀"),
        ("gun, fon, éwé", "Ɖɖ Ɛɛ Ɛ́ɛ̀ Ɔɔ Ɔ́ɔ̌ Ƒƒ Ɣɣ Ŋŋ Ʋʋ"),
        ("haoussa, peul", "Ɓɓ Ɗɗ Ƙƙ Ƴƴ Ŋŋ Ññ ʼ"),
        ("bambara, mooré", "Ɛɛ Ɔɔ Ɲɲ Ŋŋ Ɩɩ Ʋʋ Ãã Ẽẽ Ĩĩ Õõ Ũũ"),
        ("arabe transcrit", "Āā Īī Ūū Ḍḍ Ḥḥ Ṣṣ Ṭṭ Ẓẓ ʿ ʾ Ġġ"),
    ];

    #[test]
    fn text_faces_have_what_french_is_written_with() {
        let fonts = Fonts::shipped();
        for id in 0..7 {
            let face = fonts.face(FaceId(id)).unwrap();
            let latin_1 = (0x20..0x7F)
                .chain(0xA0..0x100)
                .filter(|c| *c != 0xAD)
                .filter_map(char::from_u32);
            for c in latin_1.chain("ŒœŸ’‘“”«»–—…•€‰№†‡\u{202F}".chars())
            {
                assert!(face.has(c), "{} {c:?}", FACES[usize::from(id)].name);
            }
        }
    }

    #[test]
    fn every_alphabet_of_partners_has_a_face_in_every_look() {
        let fonts = Fonts::shipped();
        for (language, letters) in ALPHABETS {
            for base in 0..7 {
                let bold = matches!(base, 1 | 3 | 5);
                for c in letters.chars().filter(|c| *c != ' ') {
                    let face = fonts.face_for(c, FaceId(base), bold);
                    assert!(
                        face.is_some(),
                        "{language}: no face beside {} shows {c}",
                        FACES[usize::from(base)].name
                    );
                }
            }
        }
    }

    #[test]
    fn a_letter_that_the_text_face_lacks_comes_from_another_of_its_weight() {
        let fonts = Fonts::shipped();
        let regular = Fonts::base(Family::Serif, false, false);
        let bold = Fonts::base(Family::Serif, true, false);
        for c in ['ɖ', 'Ɛ', 'Ƙ', 'Ĭ'] {
            assert!(!fonts.face(regular).unwrap().has(c));
            assert_eq!(
                fonts.face_for(c, regular, false).map(|it| fonts.name(it)),
                Some("NotoSerif-Regular")
            );
            assert_eq!(
                fonts.face_for(c, bold, true).map(|it| fonts.name(it)),
                Some("NotoSerif-Bold")
            );
        }
    }

    #[test]
    fn each_script_that_we_promise_has_a_face() {
        let fonts = Fonts::shipped();
        let base = Fonts::base(Family::Serif, false, false);
        for (c, name) in [
            ('é', "SourceSerif4-Regular"),
            ('ệ', "SourceSerif4-Regular"),
            ('α', "SourceSerif4-Regular"),
            ('ж', "SourceSerif4-Regular"),
            ('ف', "NotoNaskhArabic-Regular"),
            ('አ', "NotoSerifEthiopic-Regular"),
            ('ש', "NotoSerifHebrew-Regular"),
            ('न', "NotoSerifDevanagari-Regular"),
            ('ไ', "NotoSerifThai-Regular"),
            ('ភ', "NotoSerifKhmer-Regular"),
            ('北', "NotoSerifSC-Regular"),
        ] {
            assert_eq!(
                fonts.face_for(c, base, false).map(|it| fonts.name(it)),
                Some(name),
                "{c}"
            );
        }
        assert_eq!(fonts.face_for('ꆈ', base, false), None);
    }
}
