//! The faces of the window: those that documents are set in, so that a name that prints also shows.
//!
//! They are in the program: a computer without fonts shows the same screens, and so do the tests.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

use crate::model::Records;
use crate::typeset;

/// Running text of screens.
pub const SANS: Font = Font::with_name("Source Sans 3");

/// Titles, buttons, what is chosen.
pub const STRONG: Font = Font {
    weight: Weight::Semibold,
    ..SANS
};

/// The text of conventions.
pub const SERIF: Font = Font::with_name("Source Serif 4");

macro_rules! shipped {
    ($($name:literal),* $(,)?) => {
        [$(include_bytes!(concat!(
            env!("CARGO_MANIFEST_DIR"), "/assets/fonts/", $name, ".ttf"
        ))),*]
    };
}

/// The files, for [`iced::Settings::fonts`]. Han characters are apart: [`han`].
#[must_use]
pub fn files() -> Vec<Cow<'static, [u8]>> {
    const FILES: [&[u8]; 14] = shipped![
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
        "SourceSans3-It",
        "SourceSerif4-Regular",
        "SourceSerif4-Bold",
        "SourceSerif4-It",
        "SourceSerif4-BoldIt",
        "NotoSerif-Regular",
        "NotoNaskhArabic-Regular",
        "NotoSerifEthiopic-Regular",
        "NotoSerifHebrew-Regular",
        "NotoSerifDevanagari-Regular",
        "NotoSerifThai-Regular",
        "NotoSerifKhmer-Regular",
    ];
    FILES.into_iter().map(Cow::Borrowed).collect()
}

/// The face for Han characters, 15 MB in a file, where names or titles of those records have some.
#[must_use]
pub fn han(records: &Records) -> Option<Vec<u8>> {
    let is_han = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    let names = records
        .partners()
        .flat_map(|partner| &partner.names)
        .map(|name| name.text.as_str());
    let written_in_it = records
        .conventions()
        .flat_map(|convention| &convention.languages)
        .any(|language| matches!(language.primary(), "zh" | "ja"));

    (written_in_it || names.flat_map(str::chars).any(is_han))
        .then(typeset::han_face)
        .flatten()
}

#[cfg(test)]
mod tests {
    use skrifa::{FontRef, MetadataProvider};

    use super::files;
    use crate::app::theme::tests::sources;

    #[test]
    fn every_sign_that_screens_show_is_in_our_faces() {
        let files = files();
        let sans: Vec<_> = files.iter().take(2).collect();
        let mut signs = 0;
        for (path, source) in sources() {
            let is_test = path.components().any(|part| part.as_os_str() == "tests");
            let lines = source.lines().filter(|line| !line.trim().starts_with("//"));
            for sign in lines.filter(|_| !is_test).flat_map(str::chars) {
                // Arrows, marks and the like, not letters, whose face follows their script.
                if !('\u{2190}'..'\u{2e80}').contains(&sign) {
                    continue;
                }
                signs += 1;
                for face in &sans {
                    let charmap = FontRef::new(face).unwrap().charmap();
                    assert!(
                        charmap.map(sign).is_some(),
                        "{sign} dans {}",
                        path.display()
                    );
                }
            }
        }
        assert!(signs > 20, "{signs} signes seulement");
    }
}
