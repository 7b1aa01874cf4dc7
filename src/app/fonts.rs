//! The faces of the window: those that documents are set in, so that a name that prints also shows.
//!
//! They are in the program: a computer without fonts shows the same screens, and so do the tests.

mod spaces;

use std::borrow::Cow;
use std::sync::atomic::{AtomicBool, Ordering::Relaxed};
use std::sync::{Arc, PoisonError, RwLockWriteGuard};
use std::thread;

use iced::advanced::graphics::text;
use iced::advanced::graphics::text::cosmic_text::FontSystem;
use iced::font::Weight;
use iced::{Font, Pixels};
use skrifa::string::StringId;
use skrifa::{FontRef, MetadataProvider};

use crate::model::{Article, Change, Edit, Record, Records};
use crate::typeset;

use spaces::with_kept_spaces;

/// Running text of screens.
pub const SANS: Font = Font::with_name("Source Sans 3");

/// The height of a line of what is typed or acted on: whole, so that one is as high as the next wherever they fall.
pub const LINE: Pixels = Pixels(20.0);

/// Titles, buttons, what is chosen.
pub const STRONG: Font = Font {
    weight: Weight::Semibold,
    ..SANS
};

/// An example in an entry that is empty: told from a value by its shape, whatever the theme.
pub const EXAMPLE: Font = Font {
    style: iced::font::Style::Italic,
    ..SANS
};

/// The text of conventions.
pub const SERIF: Font = Font::with_name("Source Serif 4");

/// Hands the window its faces, before it is made.
///
/// The system's are listed too, by iced, the first time that anything asks for a face: a few hundredths of a second
/// where there are many, to be spent on a thread of its own. [`iced::Settings::fonts`] would do it while the window
/// waits, and copy every file.
///
/// Ours come before the system's: of two that have a letter the first that was listed is taken, and a name shows in
/// the face in which it prints.
pub fn load() {
    let mut faces = faces();
    let listed = faces.raw();
    let empty = FontSystem::new_with_locale_and_db(String::new(), fontdb::Database::new());
    let (locale, of_the_system) = std::mem::replace(listed, empty).into_locale_and_db();

    let mut all = fontdb::Database::new();
    for file in typeset::in_the_program() {
        let source = match is_of_screens(file).then(|| with_kept_spaces(file)) {
            Some(Some(face)) => fontdb::Source::Binary(Arc::new(face)),
            _ => fontdb::Source::Binary(Arc::new(file)),
        };
        all.load_font_source(source);
    }
    for face in of_the_system.faces() {
        all.push_face_info(face.clone());
    }
    all.set_sans_serif_family("Source Sans 3");
    all.set_serif_family("Source Serif 4");
    *listed = FontSystem::new_with_locale_and_db(locale, all);
}

/// Whether screens are set in that face; the others show names in other scripts.
fn is_of_screens(file: &[u8]) -> bool {
    let face = FontRef::new(file).ok();
    let family = face.and_then(|face| {
        let names = face.localized_strings(StringId::FAMILY_NAME);
        Some(names.english_or_first()?.to_string())
    });
    family.is_some_and(|family| family.starts_with("Source "))
}

/// Adds the face for Han characters, 15 MB in a file, where names or titles of those records have some. The texts of
/// conventions, which are long, are read on a thread of their own.
pub fn add_han_for(records: &Records) {
    if is_written_in_han(records) {
        add_han();
        return;
    }
    let records = records.clone();
    thread::spawn(move || {
        let articles = records.conventions().flat_map(|it| &it.articles);
        add_han_in(articles.flat_map(words_of));
    });
}

/// The same, where those names have some.
pub fn add_han_in<'a>(mut names: impl Iterator<Item = &'a str>) {
    if names.any(has_han) {
        add_han();
    }
}

/// The same, where that change writes some: a name that is typed where there was none.
pub fn add_han_after(change: &Change) {
    if !HAS_HAN.load(Relaxed) && change.edits.iter().any(writes_han) {
        add_han();
    }
}

/// Whether the face is there.
static HAS_HAN: AtomicBool = AtomicBool::new(false);

fn add_han() {
    let Some(file) = typeset::han_file() else {
        return;
    };
    let mut faces = faces();
    let known =
        |source: &fontdb::Source| matches!(source, fontdb::Source::File(path) if *path == file);
    HAS_HAN.store(true, Relaxed);
    if faces.raw().db_mut().faces().any(|face| known(&face.source)) {
        return;
    }
    // From the file itself, of which the system keeps in memory the pages that are read.
    let source = fontdb::Source::File(file);
    faces.raw().db_mut().load_font_source(source);
    // Texts shaped without it are shaped again: iced sees that a face came, and finds none in that one.
    faces.load_font(Cow::Owned(Vec::new()));
}

fn faces() -> RwLockWriteGuard<'static, text::FontSystem> {
    text::font_system()
        .write()
        .unwrap_or_else(PoisonError::into_inner)
}

fn is_written_in_han(records: &Records) -> bool {
    let of_partners = records.partners().flat_map(|partner| {
        let own = partner.names.iter().map(|name| name.text.as_str());
        own.chain([partner.name.text.as_str()])
    });
    let of_people = records.contacts().flat_map(|person| {
        let own = person.own_name.as_deref();
        own.into_iter().chain([person.name.as_str()])
    });
    let titles = records.conventions().map(|it| it.title.as_str());
    let ours = &records.authority().name.text;
    let written_in_it = records
        .conventions()
        .flat_map(|convention| &convention.languages)
        .any(|language| matches!(language.primary(), "zh" | "ja"));

    written_in_it
        || std::iter::once(ours.as_str())
            .chain(of_partners)
            .chain(of_people)
            .chain(titles)
            .any(has_han)
}

/// Whether an edit writes some. Of a convention, whose text is long, only articles that it changes are read, or what is
/// around them; budgets, where it is seldom written, are not.
fn writes_han(edit: &Edit) -> bool {
    let Some(after) = &edit.after else {
        return false;
    };
    match (edit.before.as_deref(), &**after) {
        (_, Record::Budget(_)) => false,
        (Some(Record::Convention(before)), Record::Convention(after))
            if before.articles != after.articles =>
        {
            let changed = (after.articles.iter()).filter(|it| !before.articles.contains(it));
            changed.flat_map(words_of).any(has_han)
        }
        (Some(Record::Convention(_)), Record::Convention(after)) => {
            let mut around = after.clone();
            around.articles.clear();
            is_in_han(&Record::Convention(around))
        }
        (_, record) => is_in_han(record),
    }
}

fn is_in_han(record: &Record) -> bool {
    let value = record.to_value();
    value.is_ok_and(|value| has_han(&value.to_string()))
}

fn words_of(article: &Article) -> impl Iterator<Item = &str> {
    let texts = article.texts.iter();
    texts.flat_map(|text| text.paragraphs.iter().map(String::as_str))
}

fn has_han(words: &str) -> bool {
    let is_han = |c: char| matches!(c, '\u{2e80}'..='\u{9fff}' | '\u{f900}'..='\u{faff}' | '\u{20000}'..='\u{3ffff}');
    words.chars().any(is_han)
}

/// The faces that screens are set in, as documents have them.
#[cfg(test)]
fn of_screens() -> impl Iterator<Item = &'static [u8]> {
    typeset::in_the_program().filter(|file| is_of_screens(file))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::app::theme::tests::sources;

    /// The two faces in which screens are set.
    const SCREENS: [&[u8]; 2] = [
        include_bytes!("../../assets/fonts/SourceSans3-Regular.ttf"),
        include_bytes!("../../assets/fonts/SourceSans3-Semibold.ttf"),
    ];

    #[test]
    fn what_is_typed_in_han_is_seen_where_it_is_typed() {
        let with = |paragraph: &str| {
            let value = serde_json::json!({
                "id": "019ab3c0-1000-7000-8000-000000000013", "kind": "intent", "title": "Lettre",
                "articles": [{ "id": "019ab3c0-1000-7000-8000-000000000014", "key": "objet",
                    "texts": [{ "lang": "fr", "paragraphs": ["Objet", paragraph] }] }],
            });
            Record::from_value(crate::model::Kind::Convention, value).unwrap()
        };
        let edits = |before: Record, after: Record| Change::replace("", Arc::new(before), after);
        let writes = |change: &Change| change.edits.iter().any(writes_han);
        assert!(writes(&edits(with("Guilin"), with("Guilin 桂林"))));
        assert!(!writes(&edits(with("Guilin"), with("Guilin, « 1 % »"))));
        let mut titled = with("Guilin 桂林");
        assert!(!writes(&edits(with("Guilin 桂林"), titled.clone())));
        if let Record::Convention(convention) = &mut titled {
            convention.title = "桂林市".to_owned();
        }
        assert!(writes(&edits(with("Guilin 桂林"), titled)));

        let partner = serde_json::json!({
            "id": "019ab3c0-1000-7000-8000-000000000011", "nature": "foreign-authority", "name": { "text": "桂林市" },
        });
        let partner = Record::from_value(crate::model::Kind::Partner, partner).unwrap();
        assert!(writes(&Change::create("", partner)));
    }

    #[test]
    fn every_sign_that_screens_show_is_in_our_faces() {
        let sans = SCREENS.map(|file| FontRef::new(file).unwrap());
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
                    let charmap = face.charmap();
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
