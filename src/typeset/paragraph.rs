//! A paragraph from its words to its lines, each a list of things drawn; and the memory of those already set.
//!
//! A paragraph set again with the same words, style and width is found, not made: after an edit only what
//! changed is shaped and broken. Places are relative to the left and top of each line.

use std::collections::HashMap;
use std::sync::Arc;

use crate::document::{Align, Inline, Target};
use crate::model::Lang;

use super::cores::put_away;
use super::fonts::Fonts;
use super::hyphenate::{add_emergencies, add_hyphens, chances, keep_short_words};
use super::itemize::{Item, Kind, begins_right_to_left, itemize, mark_right_to_left, order_marks};
use super::key::key_of;
use super::lines::{Measure, Sums, break_lines};
use super::measure::TextStyle;
use super::pages::{Drawing, Glyph, Length, RemarkKind};
use super::setter::LineSetter;
use super::shape::{Cluster, Setting, Shaped, Shaper, WordCache};
use super::text::{Mark, Text, pour};

/// Paragraphs already set, kept from one layout to the next. `default()` for a single layout.
#[derive(Default)]
pub struct Paragraphs {
    words: WordCache,
    laid: HashMap<Box<[u8]>, (Arc<Laid>, u64)>,
    layout: u64,
}

impl Paragraphs {
    /// Whether nothing was set before the layout that has begun.
    pub(super) fn is_first_layout(&self) -> bool {
        self.laid.is_empty()
    }

    /// Begins a layout.
    pub(super) fn begin(&mut self) {
        self.layout += 1;
        self.words.bound();
    }

    pub(super) fn press<'a>(&'a mut self, fonts: &'a Fonts) -> Press<'a> {
        Press {
            shaper: Shaper::new(fonts, &mut self.words),
            laid: &mut self.laid,
            layout: self.layout,
        }
    }

    /// Forgets what neither this layout nor the one before has used.
    pub(super) fn forget_unused(&mut self) {
        let layout = self.layout;
        self.laid.retain(|_, (_, used)| *used + 1 >= layout);
    }
}

/// What is to be set, and how.
pub(super) struct Request<'a> {
    pub prefix: Option<&'a str>,
    pub inlines: &'a [Inline],
    pub language: &'a Lang,
    pub style: TextStyle,
    pub align: Align,
    pub width: Length,
    /// How far lines after the first are set in.
    pub hanging: Length,
    /// The number of the next note.
    pub first_note: usize,
}

/// A paragraph set.
#[derive(Debug)]
pub(super) struct Laid {
    pub language: Lang,
    pub lines: Vec<LaidLine>,
    /// Nodes under the paragraph's, in the order of reading.
    pub marks: Vec<Mark>,
    /// What replaces the whole for those who do not see it.
    pub replacement: Option<String>,
    pub notes: Vec<Vec<Inline>>,
    /// What could not be done, or not as well everywhere.
    pub remarks: Vec<(RemarkKind, String)>,
}

/// A line set.
#[derive(Debug)]
pub(super) struct LaidLine {
    pub height: Length,
    /// From the top of the line.
    pub baseline: Length,
    pub ink: Vec<Ink>,
    /// The notes called in it, by their place in [`Laid::notes`].
    pub calls: Vec<usize>,
}

/// Something drawn in a line; its faces are named by [`super::fonts::FaceId`].
#[derive(Debug)]
pub(super) struct Ink {
    /// Its node, by its place in [`Laid::marks`]; the paragraph's own when absent.
    pub mark: Option<usize>,
    pub x: Length,
    pub width: Length,
    pub drawing: Drawing,
}

/// Sets paragraphs, or finds them again.
pub(super) struct Press<'a> {
    shaper: Shaper<'a>,
    laid: &'a mut HashMap<Box<[u8]>, (Arc<Laid>, u64)>,
    layout: u64,
}

impl<'a> Press<'a> {
    pub const fn fonts(&self) -> &'a Fonts {
        self.shaper.fonts()
    }

    /// Takes what was set elsewhere.
    pub fn absorb(&mut self, others: Paragraphs) {
        let layout = self.layout;
        let set = others.laid.into_iter();
        self.laid
            .extend(set.map(|(key, (laid, _))| (key, (laid, layout))));
        put_away(others.words);
    }

    /// The paragraph's lines. `leads` says which targets exist.
    pub fn set(&mut self, request: &Request<'_>, leads: &dyn Fn(&Target) -> bool) -> Arc<Laid> {
        let key = key_of(request, leads);
        if let Some((laid, used)) = self.laid.get_mut(key.as_slice()) {
            *used = self.layout;
            return laid.clone();
        }
        let laid = Arc::new(lay(request, leads, &mut self.shaper));
        self.laid
            .insert(key.into_boxed_slice(), (laid.clone(), self.layout));
        laid
    }

    /// One line of plain text, never broken; shortened with « … » where it is wider than `width`.
    pub fn set_line(
        &mut self,
        text: &str,
        language: &Lang,
        style: TextStyle,
        width: Length,
        align: Align,
    ) -> Arc<Laid> {
        let set = |press: &mut Self, text: &str| {
            let inlines = [Inline::from(text)];
            let request = Request {
                prefix: None,
                inlines: &inlines,
                language,
                style,
                align,
                width,
                hanging: Length::ZERO,
                first_note: 1,
            };
            press.set(&request, &|_| false)
        };
        // No line of the sheet holds more, however narrow its letters.
        let mut kept: Vec<char> = text.chars().take(400).collect();
        let mut laid = set(self, &kept.iter().collect::<String>());
        while laid.lines.len() > 1 && kept.len() > 2 {
            kept.truncate(kept.len() - kept.len() / 12 - 1);
            laid = set(self, &shortened(&kept));
        }
        laid
    }
}

/// The words that are kept whole, and « … »: not after an opening quote or half a word, but for a very long one.
fn shortened(kept: &[char]) -> String {
    const LONGEST_WORD: usize = 16;

    let from = kept.len().saturating_sub(LONGEST_WORD);
    let space = kept.iter().rposition(|c| c.is_whitespace());
    let end = space.filter(|space| *space >= from).unwrap_or(kept.len());
    let words: String = kept.iter().take(end).collect();
    let ends = |c: char| !(c.is_alphanumeric() || matches!(c, '»' | ')' | '.'));
    format!("{}…", words.trim_end_matches(ends))
}

fn lay(request: &Request<'_>, leads: &dyn Fn(&Target) -> bool, shaper: &mut Shaper<'_>) -> Laid {
    let style = &request.style;
    let mut text = pour(
        request.prefix,
        request.inlines,
        request.language,
        request.first_note,
        leads,
    );
    let right_to_left = request.language.is_right_to_left()
        || (request.align != Align::End
            && begins_right_to_left(&text)
            && !request.language.is_french());
    let mut items = itemize(&text, style, right_to_left, shaper.fonts());
    let mut shaped = shaper.shape(&text, &mut items, style);
    let mut remarks = faces_of_this_computer(shaper.fonts(), &shaped);
    let missing = mark_missing(&mut text, &mut items);
    let replacement = mark_right_to_left(&mut text, &mut items, right_to_left);
    order_marks(&mut text);

    let widest = (request.width - request.hanging).0.max(1);
    for cluster in &mut shaped.clusters {
        // A blank longer than the line is as long as the line.
        cluster.width = cluster.width.min(widest);
    }
    let hyphen = hyphen_of(shaper, request, &shaped, &items);
    let unbroken_script = items
        .iter()
        .any(|item| matches!(&item.script, b"Thai" | b"Khmr" | b"Laoo" | b"Mymr"));
    let justified = request.align == Align::Justify && !unbroken_script;
    let mut found = chances(&text, &shaped);
    if request.align == Align::Center {
        keep_short_words(&shaped, &mut found);
    }
    let measure = Measure {
        first: request.width.0,
        others: widest,
        justified,
        balanced: request.align == Align::Center,
        hyphen: hyphen.map_or(0, |(_, width)| width.0),
        crumb: style.size.0 * 4,
    };
    let sums = Sums::of(&shaped.clusters);
    let lines = break_lines(&sums, found, &measure, |found| {
        if justified && style.hyphenate {
            add_hyphens(&text, &shaped, found);
        }
        add_emergencies(&shaped, widest, found);
    });

    let mut setter = LineSetter {
        request,
        text: &text,
        items: &items,
        shaped: &shaped,
        hyphen,
        right_to_left,
        justified,
        tall: is_tall(&shaped),
        remarks: &mut remarks,
        remarked: false,
    };
    let lines: Vec<LaidLine> = lines
        .iter()
        .enumerate()
        .map(|(number, line)| setter.line(number, line))
        .collect();
    remarks.extend(missing.into_iter().map(|(c, words)| {
        let message = format!(
            "Le caractère « {words} » (U+{:04X}) n’est dans aucune police, livrée ou de cet ordinateur : un cadre \
             tient sa place.",
            c as u32
        );
        (RemarkKind::MissingCharacter, message)
    }));
    Laid {
        language: request.language.clone(),
        lines,
        replacement,
        remarks,
        marks: text.marks,
        notes: text.notes,
    }
}

/// A remark for each face of this computer that sets some of it.
fn faces_of_this_computer(fonts: &Fonts, shaped: &Shaped) -> Vec<(RemarkKind, String)> {
    let mut faces: Vec<_> = shaped
        .settings
        .iter()
        .map(|setting| setting.face)
        .filter(|face| face.is_of_this_computer())
        .collect();
    faces.sort_unstable();
    faces.dedup();
    let said = faces.into_iter().map(|face| {
        let message = format!(
            "La police « {} », qui compose une partie du texte, est de cet ordinateur : sur un autre, le PDF peut \
             être différent.",
            fonts.name(face)
        );
        (RemarkKind::ComputerFace, message)
    });
    said.collect()
}

/// Whether most of the text is in faces that want a larger leading: one name among others does not.
fn is_tall(shaped: &Shaped) -> bool {
    let tall = |cluster: &&Cluster| {
        let setting = shaped.settings[cluster.item as usize];
        Fonts::tallness(setting.face) > 0
    };
    let width = |cluster: &Cluster| cluster.width;
    let whole: i64 = shaped.clusters.iter().map(width).sum();
    let own: i64 = shaped.clusters.iter().filter(tall).map(width).sum();
    own * 2 > whole
}

/// Gives each character without a glyph a node that says it. Returns each such character once.
fn mark_missing(text: &mut Text, items: &mut [Item]) -> Vec<(char, String)> {
    let mut missing: Vec<(char, String)> = Vec::new();
    for item in items.iter_mut().filter(|item| item.kind == Kind::Missing) {
        let words: String = text.chars[item.start..item.end].iter().collect();
        let mut attributes = text.attributes[item.look as usize].clone();
        text.marks.push(Mark {
            replacement: Some(words.clone()),
            ..Mark::span(attributes.mark)
        });
        attributes.mark = Some(text.marks.len() - 1);
        text.attributes.push(attributes);
        item.look = (text.attributes.len() - 1) as u32;
        for look in &mut text.looks[item.start..item.end] {
            *look = item.look;
        }
        if let Some(c) = words.chars().next()
            && missing.len() < 20
            && !missing.iter().any(|(known, _)| *known == c)
        {
            missing.push((c, words));
        }
    }
    missing
}

/// The hyphen of the paragraph's text face.
fn hyphen_of(
    shaper: &mut Shaper<'_>,
    request: &Request<'_>,
    shaped: &Shaped,
    items: &[Item],
) -> Option<(Glyph, Length)> {
    if shaped.clusters.is_empty() || items.is_empty() {
        return None;
    }
    let style = &request.style;
    let setting = Setting {
        face: Fonts::base(style.family, style.bold, style.italic),
        size: style.size,
        rise: Length::ZERO,
    };
    let (id, advance) = shaper.hyphen(setting)?;
    let glyph = Glyph {
        id,
        advance,
        dx: Length::ZERO,
        dy: Length::ZERO,
        start: 0,
        end: 0,
    };
    Some((glyph, advance))
}
