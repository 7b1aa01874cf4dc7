//! From bytes to text: UTF-8 with or without its mark, UTF-16, Windows-1252 and what else French offices write.

use std::borrow::Cow;

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{MACINTOSH, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

/// How the letters of a file are written, where a person may choose.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8.
    Utf8,
    /// Windows-1252, of which Latin-1 is a part.
    Windows,
    /// UTF-16, the smaller byte first.
    Utf16Le,
    /// UTF-16, the larger byte first.
    Utf16Be,
    /// Mac OS Roman, as Excel for Mac still writes CSV.
    Mac,
}

impl Encoding {
    /// All that may be chosen.
    pub const ALL: [Self; 5] = [
        Self::Utf8,
        Self::Windows,
        Self::Utf16Le,
        Self::Utf16Be,
        Self::Mac,
    ];

    /// Its name on screens.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Windows => "Windows-1252",
            Self::Utf16Le => "UTF-16",
            Self::Utf16Be => "UTF-16 (gros-boutiste)",
            Self::Mac => "Mac OS Roman",
        }
    }

    /// The one of that name, as [`Written`] tells it.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|encoding| encoding.table().name().eq_ignore_ascii_case(name))
    }

    const fn table(self) -> &'static encoding_rs::Encoding {
        match self {
            Self::Utf8 => UTF_8,
            Self::Windows => WINDOWS_1252,
            Self::Utf16Le => UTF_16LE,
            Self::Utf16Be => UTF_16BE,
            Self::Mac => MACINTOSH,
        }
    }
}

/// How a file was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Written {
    /// The encoding, by the name that the web gives it, in lower case: `utf-8`, `windows-1252`.
    pub encoding: String,
    /// Whether a byte order mark says so.
    pub marked: bool,
    /// How many letters could not be read.
    pub lost: usize,
}

/// The text of a file, in the encoding wished, or that its mark says, or that fits best.
pub(super) fn decode(bytes: &[u8], wish: Option<Encoding>) -> (Cow<'_, str>, Written) {
    let mark = encoding_rs::Encoding::for_bom(bytes);
    let (table, marked) = match (wish, mark) {
        (None, Some((table, _))) => (table, true),
        (Some(wish), Some((table, _))) if wish.table() == table => (table, true),
        (Some(wish), _) => (wish.table(), false),
        (None, None) => (guess(bytes), false),
    };
    let body = match mark {
        Some((_, length)) if marked => bytes.get(length..).unwrap_or_default(),
        _ => bytes,
    };
    let (text, _) = table.decode_without_bom_handling(body);
    let lost = text.matches('\u{fffd}').count();
    let written = Written {
        encoding: table.name().to_lowercase(),
        marked,
        lost,
    };
    (text, written)
}

fn guess(bytes: &[u8]) -> &'static encoding_rs::Encoding {
    if let Some(table) = unmarked_utf_16(bytes) {
        return table;
    }
    if is_mostly_utf_8(bytes) {
        return UTF_8;
    }
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    detector.feed(bytes, true);
    detector.guess(Some(b"fr"), Utf8Detection::Deny)
}

/// Of a text in Latin letters every second byte is nil.
fn unmarked_utf_16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let pairs = || bytes.as_chunks::<2>().0.iter().take(2_000);
    let of = |nil: fn(&[u8; 2]) -> bool| pairs().filter(|pair| nil(pair)).count();
    let (first, second) = (of(|pair| pair[0] == 0), of(|pair| pair[1] == 0));
    let most = pairs().count() / 2;
    if second > most && first * 4 < second {
        Some(UTF_16LE)
    } else if first > most && second * 4 < first {
        Some(UTF_16BE)
    } else {
        None
    }
}

/// One bad byte among a hundred good letters does not make a file another's.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut good, mut bad) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        good += chunk.valid().bytes().filter(|byte| *byte >= 0xc2).count();
        bad += usize::from(!chunk.invalid().is_empty());
    }
    bad == 0 || good > 20 * bad
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str =
        "nom;pays\r\nThiès;Sénégal\r\nÉpinay;France\r\nOrléans – « œuf » à 5 €;Bénin\r\n";

    fn read(bytes: &[u8]) -> (String, String, bool) {
        let (text, written) = decode(bytes, None);
        (text.into_owned(), written.encoding, written.marked)
    }

    #[test]
    fn every_encoding_of_french_offices_is_recognised() {
        let utf_16 = |swap: bool| -> Vec<u8> {
            let pair = |unit: u16| {
                if swap {
                    unit.to_be_bytes()
                } else {
                    unit.to_le_bytes()
                }
            };
            TEXT.encode_utf16().flat_map(pair).collect()
        };
        let marked = |mark: &[u8], bytes: Vec<u8>| [mark.to_vec(), bytes].concat();
        let windows = WINDOWS_1252.encode(TEXT).0.into_owned();
        let utf_8 = TEXT.as_bytes().to_vec();
        for (bytes, encoding, with_mark) in [
            (utf_8.clone(), "utf-8", false),
            (marked(&[0xef, 0xbb, 0xbf], utf_8), "utf-8", true),
            (windows, "windows-1252", false),
            (utf_16(false), "utf-16le", false),
            (utf_16(true), "utf-16be", false),
            (marked(&[0xff, 0xfe], utf_16(false)), "utf-16le", true),
            (marked(&[0xfe, 0xff], utf_16(true)), "utf-16be", true),
        ] {
            let expected = (TEXT.to_owned(), encoding.to_owned(), with_mark);
            assert_eq!(read(&bytes), expected);
        }
    }

    #[test]
    fn one_bad_byte_does_not_spoil_a_file() {
        let mut bytes = TEXT.repeat(20).into_bytes();
        bytes.extend(b"M\xe9x\n");
        let (text, written) = decode(&bytes, None);
        assert!(text.contains("Thiès") && text.contains('\u{fffd}'));
        assert_eq!((written.encoding.as_str(), written.lost), ("utf-8", 1));
    }

    #[test]
    fn a_person_knows_better() {
        let bytes = MACINTOSH_BYTES;
        assert_eq!(decode(bytes, Some(Encoding::Mac)).0, "Thiès;Sénégal");
    }

    /// encoding_rs does not write Mac OS Roman; è is 0x8f there and é 0x8e.
    const MACINTOSH_BYTES: &[u8] = b"Thi\x8fs;S\x8en\x8egal";
}
