//! A paragraph cut into runs that one face can shape: same look, same direction, same script, same face.

use unicode_bidi::{BidiClass, BidiInfo, Level, bidi_class};
use unicode_script::{Script, UnicodeScript};

use super::fonts::{FaceId, Fonts};
use super::measure::{Family, TextStyle};
use super::text::{Mark, OBJECT, Text};

/// A run of characters of one kind.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Item {
    /// Its characters, by their place in [`Text::chars`].
    pub start: usize,
    pub end: usize,
    /// Its look, by its place in [`Text::attributes`].
    pub look: u32,
    /// Its depth in the nesting of directions: odd is from right to left.
    pub level: u8,
    pub script: [u8; 4],
    pub kind: Kind,
}

/// What fills a run.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Letters of a face.
    Letters(FaceId),
    /// A place left to fill.
    Blank,
    /// A character that no face of ours can show.
    Missing,
}

impl Item {
    pub const fn right_to_left(&self) -> bool {
        self.level % 2 == 1
    }
}

/// Cuts the text into items. `right_to_left` is the direction of the paragraph.
pub(super) fn itemize(
    text: &Text,
    style: &TextStyle,
    right_to_left: bool,
    fonts: &Fonts,
) -> Vec<Item> {
    let levels = levels(text, right_to_left);
    let mut items: Vec<Item> = Vec::new();
    let mut script = Script::Common;
    let borrowed = borrowed_words(text, style, fonts);

    for (place, &c) in text.chars.iter().enumerate() {
        let look = text.looks[place];
        let attributes = &text.attributes[look as usize];
        let level = levels
            .get(place)
            .copied()
            .unwrap_or(u8::from(right_to_left));
        let base = base_face(style, attributes.bold, attributes.italic);
        let before = items.last();

        let own = if c.is_ascii_alphabetic() {
            Script::Latin
        } else if c.is_ascii() {
            Script::Common
        } else {
            c.script()
        };
        let neutral = matches!(own, Script::Common | Script::Inherited | Script::Unknown);
        let kind = if c == OBJECT {
            Kind::Blank
        } else {
            let bold = style.bold || attributes.bold;
            // What belongs to no script stays in the face of what comes before, if that face has it.
            let kept = before
                .filter(|item| neutral && (c as u32) >= 0x300 && item.look == look)
                .and_then(|item| match item.kind {
                    Kind::Letters(face) => Some(face),
                    Kind::Blank | Kind::Missing => None,
                })
                .filter(|face| {
                    is_ignorable(c) || fonts.face(*face).is_some_and(|face| face.has(c))
                });
            let borrowed = borrowed.get(place).copied().flatten();
            match borrowed.or(kept).or_else(|| fonts.face_for(c, base, bold)) {
                Some(face) => Kind::Letters(face),
                None if is_ignorable(c) => Kind::Letters(base),
                None => Kind::Missing,
            }
        };

        let parted = match before {
            None => true,
            Some(item) => {
                item.kind != kind
                    || item.look != look
                    || item.level != level
                    || matches!(kind, Kind::Blank | Kind::Missing)
                    || (!neutral && script != Script::Common && own != script)
            }
        };
        if !neutral {
            script = own;
        }
        let tag = script_tag(script);
        match items.last_mut() {
            Some(item) if !parted => {
                item.end = place + 1;
                item.script = tag;
            }
            _ => items.push(Item {
                start: place,
                end: place + 1,
                look,
                level,
                script: tag,
                kind,
            }),
        }
    }
    items
}

/// The face of each character of a word that has a letter which its text face lacks: « Sɛ̀mɛ̀ » is set whole in
/// the face that has ɛ. Empty when no word needs it.
fn borrowed_words(text: &Text, style: &TextStyle, fonts: &Fonts) -> Vec<Option<FaceId>> {
    let in_word = |c: char| c.is_alphabetic() || matches!(c.script(), Script::Inherited);
    let mut borrowed = Vec::new();
    let mut start = 0;
    while start < text.chars.len() {
        let length = text.chars[start..]
            .iter()
            .take_while(|c| in_word(**c))
            .count();
        let word = &text.chars[start..start + length];
        if word.iter().any(|c| (*c as u32) >= 0x100) {
            let attributes = &text.attributes[text.looks[start] as usize];
            let bold = style.bold || attributes.bold;
            let base = base_face(style, attributes.bold, attributes.italic);
            let whole = Fonts::every_latin(bold);
            let lacks = |c: &char| {
                c.script() == Script::Latin && fonts.face_for(*c, base, bold) == Some(whole)
            };
            let face = fonts.face(whole).filter(|_| word.iter().any(lacks));
            if face.is_some_and(|face| word.iter().all(|c| face.has(*c))) {
                borrowed.resize(text.chars.len(), None);
                borrowed[start..start + length].fill(Some(whole));
            }
        }
        start += length.max(1);
    }
    borrowed
}

fn base_face(style: &TextStyle, bold: bool, italic: bool) -> FaceId {
    let (bold, italic) = (style.bold || bold, style.italic || italic);
    match style.family {
        Family::Serif => Fonts::base(Family::Serif, bold, italic),
        Family::Sans => Fonts::base(Family::Sans, bold, italic),
    }
}

/// Joiners and variation selectors: shaping reads them, nobody sees them.
pub(super) fn is_ignorable(c: char) -> bool {
    matches!(c, '\u{200B}'..='\u{200D}' | '\u{2060}' | '\u{FE00}'..='\u{FE0F}' | '\u{34F}' | '\u{61C}')
}

fn script_tag(script: Script) -> [u8; 4] {
    match script {
        Script::Common | Script::Inherited | Script::Unknown => *b"Latn",
        script => script.as_iso15924_tag().to_be_bytes(),
    }
}

/// Whether some character is written from right to left.
fn has_right_to_left(text: &Text) -> bool {
    text.chars.iter().any(|&c| {
        (c as u32) >= 0x590 && matches!(bidi_class(c), BidiClass::R | BidiClass::AL | BidiClass::AN)
    })
}

/// The level of each character; nothing when all stand at the paragraph's.
fn levels(text: &Text, right_to_left: bool) -> Vec<u8> {
    if !right_to_left && !has_right_to_left(text) {
        return Vec::new();
    }
    let string: String = text.chars.iter().collect();
    let base = if right_to_left {
        Level::rtl()
    } else {
        Level::ltr()
    };
    let info = BidiInfo::new(&string, Some(base));
    string
        .char_indices()
        .map(|(at, _)| info.levels.get(at).map_or(0, Level::number))
        .collect()
}

/// Whether a paragraph of no given language reads from right to left: by its first letter.
pub(super) fn begins_right_to_left(text: &Text) -> bool {
    text.chars
        .iter()
        .find_map(|&c| match bidi_class(c) {
            BidiClass::L => Some(false),
            BidiClass::R | BidiClass::AL => Some(true),
            _ => None,
        })
        .unwrap_or(false)
}

/// Gives words from right to left their replacement text: their glyphs stand in the order of the eye, and a
/// screen reader wants the order of the mouth. Returns the replacement of the whole paragraph when it has
/// one direction and no node of its own.
pub(super) fn mark_right_to_left(
    text: &mut Text,
    items: &mut [Item],
    base: bool,
) -> Option<String> {
    if !base && !items.iter().any(Item::right_to_left) {
        return None;
    }
    let string = |text: &Text, start: usize, end: usize| -> String {
        text.chars[start..end].iter().collect()
    };
    if base && text.marks.is_empty() {
        return Some(string(text, 0, text.chars.len()));
    }
    let mut first = 0;
    while first < items.len() {
        let mark = text.attributes[items[first].look as usize].mark;
        let belongs = |item: &Item| {
            text.attributes[item.look as usize].mark == mark
                && (base || item.right_to_left())
                && matches!(item.kind, Kind::Letters(_))
        };
        let count = items[first..]
            .iter()
            .take_while(|item| belongs(item))
            .count();
        if count == 0 {
            first += 1;
            continue;
        }
        let (start, end) = (items[first].start, items[first + count - 1].end);
        let words = string(text, start, end);
        let alone = mark.filter(|&mark| {
            let covers = text.looks.iter().enumerate().all(|(place, look)| {
                text.attributes[*look as usize].mark != Some(mark) || (start..end).contains(&place)
            });
            covers
                && text.marks[mark].replacement.is_none()
                && text.marks[mark].target.is_none()
                && text.marks[mark].note.is_none()
        });
        if let Some(mark) = alone {
            text.marks[mark].replacement = Some(words);
        } else {
            text.marks.push(Mark {
                replacement: Some(words),
                ..Mark::span(mark)
            });
            let own = Some(text.marks.len() - 1);
            for item in &mut items[first..first + count] {
                let mut attributes = text.attributes[item.look as usize].clone();
                attributes.mark = own;
                text.attributes.push(attributes);
                item.look = (text.attributes.len() - 1) as u32;
                for look in &mut text.looks[item.start..item.end] {
                    *look = item.look;
                }
            }
        }
        first += count;
    }
    None
}

/// Puts the marks in the order in which they begin, so that the tree is in the order of reading.
pub(super) fn order_marks(text: &mut Text) {
    if text.marks.len() < 2 {
        return;
    }
    let count = text.marks.len();
    let mut begins = vec![usize::MAX; count];
    for (place, look) in text.looks.iter().enumerate() {
        let mut mark = text.attributes[*look as usize].mark;
        while let Some(known) = mark {
            if begins[known] != usize::MAX {
                break;
            }
            begins[known] = place;
            mark = text.marks[known].parent;
        }
    }
    let depth = |mut mark: usize| {
        let mut depth = 0;
        while let Some(parent) = text.marks[mark].parent {
            mark = parent;
            depth += 1;
        }
        depth
    };
    let mut order: Vec<usize> = (0..count).collect();
    order.sort_by_key(|&mark| (begins[mark], depth(mark), mark));
    let mut renamed = vec![0; count];
    for (new, &old) in order.iter().enumerate() {
        renamed[old] = new;
    }
    text.marks = order.iter().map(|&old| text.marks[old].clone()).collect();
    for mark in &mut text.marks {
        mark.parent = mark.parent.map(|parent| renamed[parent]);
    }
    for attributes in &mut text.attributes {
        attributes.mark = attributes.mark.map(|mark| renamed[mark]);
    }
}
