//! The faces that ship: their files, how each looks beside the others, and which has the letters of a script.

use super::fonts::FaceId;

/// What we know of a face without opening it.
pub(super) struct FaceInfo {
    pub name: &'static str,
    pub source: Source,
    pub look: Look,
}

/// How a face looks beside the Source faces.
#[derive(Clone, Copy)]
pub(super) struct Look {
    /// The size at which its letters look as large as theirs at 1,000.
    pub size: i64,
    /// The leading that a text in it needs, in tenths of its size; 0 where the usual one will do.
    pub tallness: i64,
    /// The leading that keeps a word of it off the lines around it, in tenths of its size.
    pub clearance: i64,
}

const LIKE_SOURCE: Look = look(1_000, 0, 0);

const fn look(size: i64, tallness: i64, clearance: i64) -> Look {
    Look {
        size,
        tallness,
        clearance,
    }
}

/// Small for its em.
const NASKH_LOOK: Look = look(1_125, 17, 0);
/// Large for its em, as Noto Serif.
const ETHIOPIC_LOOK: Look = look(920, 14, 0);
const NOTO_LOOK: Look = look(920, 0, 0);
const HEBREW_LOOK: Look = look(1_000, 14, 0);
const DEVANAGARI_LOOK: Look = look(1_000, 16, 13);
const THAI_LOOK: Look = DEVANAGARI_LOOK;
const KHMER_LOOK: Look = look(1_000, 18, 16);
const HAN_LOOK: Look = look(1_000, 15, 0);
/// Nobody knows.
const COMPUTER_LOOK: Look = look(1_000, 15, 13);

pub(super) enum Source {
    Program(&'static [u8]),
    File(&'static str),
}

macro_rules! shipped {
    ($name:literal, $look:expr) => {
        FaceInfo {
            name: $name,
            look: $look,
            source: Source::Program(include_bytes!(concat!(
                env!("CARGO_MANIFEST_DIR"),
                "/assets/fonts/",
                $name,
                ".ttf"
            ))),
        }
    };
}

/// Regular and bold follow each other, so that [`script_face`] can name both by the first.
pub(super) static FACES: [FaceInfo; 22] = [
    shipped!("SourceSerif4-Regular", LIKE_SOURCE),
    shipped!("SourceSerif4-Bold", LIKE_SOURCE),
    shipped!("SourceSerif4-It", LIKE_SOURCE),
    shipped!("SourceSerif4-BoldIt", LIKE_SOURCE),
    shipped!("SourceSans3-Regular", LIKE_SOURCE),
    shipped!("SourceSans3-Semibold", LIKE_SOURCE),
    shipped!("SourceSans3-It", LIKE_SOURCE),
    shipped!("NotoNaskhArabic-Regular", NASKH_LOOK),
    shipped!("NotoNaskhArabic-Bold", NASKH_LOOK),
    shipped!("NotoSerifEthiopic-Regular", ETHIOPIC_LOOK),
    shipped!("NotoSerifEthiopic-Bold", ETHIOPIC_LOOK),
    shipped!("NotoSerifHebrew-Regular", HEBREW_LOOK),
    shipped!("NotoSerifHebrew-Bold", HEBREW_LOOK),
    shipped!("NotoSerifDevanagari-Regular", DEVANAGARI_LOOK),
    shipped!("NotoSerifDevanagari-Bold", DEVANAGARI_LOOK),
    shipped!("NotoSerifThai-Regular", THAI_LOOK),
    shipped!("NotoSerifThai-Bold", THAI_LOOK),
    shipped!("NotoSerifKhmer-Regular", KHMER_LOOK),
    shipped!("NotoSerifKhmer-Bold", KHMER_LOOK),
    FaceInfo {
        name: "NotoSerifSC-Regular",
        source: Source::File("NotoSerifSC-Regular.ttf"),
        look: HAN_LOOK,
    },
    shipped!("NotoSerif-Regular", NOTO_LOOK),
    shipped!("NotoSerif-Bold", NOTO_LOOK),
];

pub(super) const SERIF: u16 = 0;
pub(super) const SANS: u16 = 4;
const NASKH: u16 = 7;
const ETHIOPIC: u16 = 9;
const HEBREW: u16 = 11;
const DEVANAGARI: u16 = 13;
const THAI: u16 = 15;
const KHMER: u16 = 17;
pub(super) const HAN: u16 = 19;
/// Has every Latin letter, Ɛ, Ɖ and Ƙ among them, which the text faces lack.
pub(super) const EVERY_LATIN: u16 = 20;

/// The face that has the script of a character, regular first; absent for scripts of the text faces.
pub(super) fn script_face(c: char) -> Option<u16> {
    match c as u32 {
        0x0590..=0x05FF | 0xFB1D..=0xFB4F => Some(HEBREW),
        0x0600..=0x06FF | 0x0750..=0x077F | 0x08A0..=0x08FF | 0xFB50..=0xFDFF | 0xFE70..=0xFEFE => {
            Some(NASKH)
        }
        0x0900..=0x097F | 0xA8E0..=0xA8FF | 0x1CD0..=0x1CFF => Some(DEVANAGARI),
        0x0E00..=0x0E7F => Some(THAI),
        0x1200..=0x139F | 0x2D80..=0x2DDF | 0xAB00..=0xAB2F => Some(ETHIOPIC),
        0x1780..=0x17FF | 0x19E0..=0x19FF => Some(KHMER),
        0x2E80..=0x9FFF
        | 0xF900..=0xFAFF
        | 0xFE30..=0xFE4F
        | 0xFF00..=0xFFEF
        | 0x20000..=0x3FFFF => Some(HAN),
        _ => None,
    }
}

/// How a face looks, of this computer's too.
pub(super) fn look_of(id: FaceId) -> Look {
    let known = FACES.get(usize::from(id.0));
    known.map_or(COMPUTER_LOOK, |face| face.look)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_script_is_led_to_the_face_of_its_name() {
        let named = |place: u16| FACES[usize::from(place)].name;
        let firsts = [
            (SERIF, "SourceSerif4-Regular"),
            (SANS, "SourceSans3-Regular"),
            (NASKH, "NotoNaskhArabic-Regular"),
            (ETHIOPIC, "NotoSerifEthiopic-Regular"),
            (HEBREW, "NotoSerifHebrew-Regular"),
            (DEVANAGARI, "NotoSerifDevanagari-Regular"),
            (THAI, "NotoSerifThai-Regular"),
            (KHMER, "NotoSerifKhmer-Regular"),
            (HAN, "NotoSerifSC-Regular"),
            (EVERY_LATIN, "NotoSerif-Regular"),
        ];
        for (place, name) in firsts {
            assert_eq!(named(place), name);
            let bold = name.replace("Regular", "Bold");
            assert!(matches!(place, SANS | HAN) || named(place + 1) == bold);
        }
    }
}
