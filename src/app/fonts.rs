//! The faces of the window: those that documents are set in, so that a name that prints also shows.
//!
//! They are in the program: a computer without fonts shows the same screens, and so do the tests.

use std::borrow::Cow;

use iced::Font;
use iced::font::Weight;

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

/// The files, for [`iced::Settings::fonts`]. Han characters come from the computer, where it has them.
#[must_use]
pub fn files() -> Vec<Cow<'static, [u8]>> {
    const FILES: [&[u8]; 13] = shipped![
        "SourceSans3-Regular",
        "SourceSans3-Semibold",
        "SourceSans3-It",
        "SourceSerif4-Regular",
        "SourceSerif4-Bold",
        "SourceSerif4-It",
        "SourceSerif4-BoldIt",
        "NotoNaskhArabic-Regular",
        "NotoSerifEthiopic-Regular",
        "NotoSerifHebrew-Regular",
        "NotoSerifDevanagari-Regular",
        "NotoSerifThai-Regular",
        "NotoSerifKhmer-Regular",
    ];
    FILES.into_iter().map(Cow::Borrowed).collect()
}
