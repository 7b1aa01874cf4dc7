//! Characters become glyphs, word by word; a word that was shaped once is not shaped again.
//!
//! Spaces part words, so that kerning across a space is not seen: no one sees it either. Advances are in
//! 1/65536 of a point, exact to the font unit.

use std::collections::HashMap;
use std::sync::Arc;

use harfrust::{Buffer, BufferFlags, ShapeOptions, ShaperFont, shape};

use super::fonts::{FaceId, Figures, Fonts, PlanKey};
use super::itemize::{Item, Kind};
use super::measure::TextStyle;
use super::pages::{Glyph, Length};
use super::spaces::{FINE, NO_BREAK};
use super::text::Text;

/// A glyph of a word, in font units.
#[derive(Debug, Clone, Copy)]
struct WordGlyph {
    id: u16,
    advance: i32,
    dx: i32,
    dy: i32,
    cluster: u32,
}

/// The words of one plan, by their letters.
type Words = HashMap<Box<str>, Arc<[WordGlyph]>>;

/// Words already shaped, by their plan. It is only ever looked into by key: its order touches nothing.
#[derive(Default)]
pub(super) struct WordCache {
    plans: Vec<(PlanKey, Words)>,
    count: usize,
}

/// Beyond this, the cache starts afresh: a few megabytes.
const MOST_WORDS: usize = 60_000;
/// Longer words are shaped each time.
const LONGEST_KEPT: usize = 48;

impl WordCache {
    pub fn bound(&mut self) {
        if self.count > MOST_WORDS {
            *self = Self::default();
        }
    }

    /// Which of the plans is that one: few occur in a document, and each serves many words running.
    fn plan_of(&mut self, key: &PlanKey) -> usize {
        let known = self.plans.iter().position(|(plan, _)| plan == key);
        known.unwrap_or_else(|| {
            self.plans.push((key.clone(), Words::new()));
            self.plans.len() - 1
        })
    }
}

/// What can be stretched, and how.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Give {
    /// Letters.
    None,
    /// An ordinary space.
    Space,
    /// A space where no line ends: gives half as much.
    NoBreak,
    /// A Han character: gives a little.
    Ideograph,
    /// A place to fill: its rule is longer or shorter before the spaces beside it are.
    Blank,
}

/// The smallest piece of text that has its own glyphs.
#[derive(Debug, Clone, Copy)]
pub(super) struct Cluster {
    /// Its bytes in [`Shaped::text`].
    pub start: u32,
    pub end: u32,
    /// Its item, by its place in the items.
    pub item: u32,
    /// Its glyphs, by their places in [`Shaped::glyphs`].
    pub first: u32,
    pub last: u32,
    pub width: i64,
    pub give: Give,
}

/// How the letters of an item are set.
#[derive(Debug, Clone, Copy)]
pub(super) struct Setting {
    pub face: FaceId,
    pub size: Length,
    /// How far above the baseline.
    pub rise: Length,
}

/// A paragraph's glyphs, in logical order.
#[derive(Debug, Default)]
pub(super) struct Shaped {
    pub text: String,
    pub clusters: Vec<Cluster>,
    pub glyphs: Vec<Glyph>,
    /// For each item.
    pub settings: Vec<Setting>,
}

/// Shapes with the faces of a document, and remembers.
pub(super) struct Shaper<'a> {
    fonts: &'a Fonts,
    ready: Vec<Option<ShaperFont<'a, 'a>>>,
    words: &'a mut WordCache,
    buffer: Buffer,
}

impl<'a> Shaper<'a> {
    pub fn new(fonts: &'a Fonts, words: &'a mut WordCache) -> Self {
        let mut buffer = Buffer::new();
        buffer.set_flags(BufferFlags::REMOVE_DEFAULT_IGNORABLES);
        Self {
            fonts,
            ready: Vec::new(),
            words,
            buffer,
        }
    }

    pub const fn fonts(&self) -> &'a Fonts {
        self.fonts
    }

    fn ready(&mut self, id: FaceId) -> Option<&ShaperFont<'a, 'a>> {
        let place = usize::from(id.0);
        if self.ready.len() <= place {
            self.ready.resize_with(place + 1, || None);
        }
        if self.ready[place].is_none() {
            self.ready[place] = Some(ShaperFont::new(&self.fonts.face(id)?.font));
        }
        self.ready[place].as_ref()
    }

    /// Shapes one word with that plan of the cache, or finds it again.
    fn word(&mut self, plan: usize, word: &str) -> Arc<[WordGlyph]> {
        let (key, words) = &self.words.plans[plan];
        if let Some(known) = words.get(word) {
            return known.clone();
        }
        let key = key.clone();
        let glyphs: Arc<[WordGlyph]> = self.shape_word(&key, word).unwrap_or_default().into();
        if word.len() <= LONGEST_KEPT {
            self.words.plans[plan].1.insert(word.into(), glyphs.clone());
            self.words.count += 1;
        }
        glyphs
    }

    fn shape_word(&mut self, key: &PlanKey, word: &str) -> Option<Vec<WordGlyph>> {
        let plan = self.fonts.face(key.face)?.plan(key);
        let mut buffer = std::mem::take(&mut self.buffer);
        buffer.clear();
        buffer.push_str(word);
        buffer.set_direction(plan.direction);
        buffer.set_script(Some(plan.script));
        buffer.set_language(plan.language.clone());
        let options = ShapeOptions::new()
            .plan(Some(&plan.plan))
            .features(&plan.features);
        let shaped = self
            .ready(key.face)
            .is_some_and(|font| shape(font, &mut buffer, options).is_ok());
        let glyphs = shaped.then(|| {
            buffer
                .glyph_infos()
                .iter()
                .zip(buffer.glyph_positions())
                .map(|(info, position)| WordGlyph {
                    id: u16::try_from(info.glyph_id).unwrap_or(0),
                    advance: position.x_advance,
                    dx: position.x_offset,
                    dy: position.y_offset,
                    cluster: info.cluster,
                })
                .collect()
        });
        self.buffer = buffer;
        glyphs
    }

    /// Shapes the items of a text. Items that turn out to have no glyph become [`Kind::Missing`].
    pub fn shape(&mut self, text: &Text, items: &mut Vec<Item>, style: &TextStyle) -> Shaped {
        let mut shaped = Shaped {
            text: text.chars.iter().collect(),
            ..Shaped::default()
        };
        shaped.clusters.reserve(text.chars.len());
        shaped.glyphs.reserve(text.chars.len());
        let mut at = 0;
        let mut number = 0;
        while number < items.len() {
            let item = items[number].clone();
            let bytes: usize = text.chars[item.start..item.end]
                .iter()
                .map(|c| c.len_utf8())
                .sum();
            match item.kind {
                Kind::Blank | Kind::Missing => {
                    let ems = text.attributes[item.look as usize]
                        .blank
                        .map_or(6, |ems| i64::from(ems) * 10);
                    shaped.settings.push(Setting {
                        face: Fonts::base(style.family, style.bold, style.italic),
                        size: style.size,
                        rise: Length::ZERO,
                    });
                    let none = shaped.glyphs.len() as u32;
                    shaped.clusters.push(Cluster {
                        start: at as u32,
                        end: (at + bytes) as u32,
                        item: number as u32,
                        first: none,
                        last: none,
                        width: style.size.0 * ems / 10,
                        give: if item.kind == Kind::Blank {
                            Give::Blank
                        } else {
                            Give::None
                        },
                    });
                }
                Kind::Letters(face) => {
                    if let Some(bad) =
                        self.shape_letters(text, &item, number, face, style, at, &mut shaped)
                    {
                        part_missing(text, items, number, at, bad, &shaped.text);
                        continue;
                    }
                }
            }
            at += bytes;
            number += 1;
        }
        shaped
    }

    /// Adds the glyphs of an item; or, if some bytes have none, adds nothing and says where they are.
    #[allow(clippy::too_many_arguments)]
    fn shape_letters(
        &mut self,
        text: &Text,
        item: &Item,
        number: usize,
        face: FaceId,
        style: &TextStyle,
        at: usize,
        shaped: &mut Shaped,
    ) -> Option<(usize, usize)> {
        let attributes = &text.attributes[item.look as usize];
        let bytes: usize = text.chars[item.start..item.end]
            .iter()
            .map(|c| c.len_utf8())
            .sum();
        let string = shaped.text.get(at..at + bytes).unwrap_or("").to_owned();
        let key = PlanKey {
            face,
            script: item.script,
            right_to_left: item.right_to_left(),
            language: Some(attributes.language.as_str().into()),
            figures: if style.tabular {
                Figures::Tabular
            } else {
                Figures::Plain
            },
        };
        let mut setting = Setting {
            face,
            size: Fonts::own_size(face, style.size),
            rise: Length::ZERO,
        };
        let mut plan = self.words.plan_of(&key);
        if attributes.raised {
            let raised = self.words.plan_of(&PlanKey {
                figures: Figures::Raised,
                ..key
            });
            if self.changes_every_glyph(plan, raised, &string) {
                plan = raised;
            } else {
                setting.size = style.size * 5 / 8;
                setting.rise = style.size / 3;
            }
        }
        let units = self.fonts.face(face).map_or(1000, |face| face.units_per_em);
        let scale = |units_: i32| Length(i64::from(units_) * setting.size.0 / units);

        let (clusters, glyphs) = (shaped.clusters.len(), shaped.glyphs.len());
        let mut from = 0;
        for word in words(&string) {
            let word_at = at + from;
            from += word.len();
            let shape = self.word(plan, word);
            let first_cluster = shaped.clusters.len();
            for run in shape.chunk_by(|a, b| a.cluster == b.cluster) {
                let Some(start) = run.first().map(|glyph| word_at + glyph.cluster as usize) else {
                    continue;
                };
                let first = shaped.glyphs.len() as u32;
                let mut width = 0;
                for glyph in run {
                    let advance = scale(glyph.advance);
                    width += advance.0;
                    shaped.glyphs.push(Glyph {
                        id: glyph.id,
                        advance,
                        dx: scale(glyph.dx),
                        dy: scale(glyph.dy) + setting.rise,
                        start: start as u32,
                        end: 0,
                    });
                }
                shaped.clusters.push(Cluster {
                    start: start as u32,
                    end: 0,
                    item: number as u32,
                    first,
                    last: shaped.glyphs.len() as u32,
                    width,
                    give: Give::None,
                });
            }
            if item.right_to_left() {
                shaped.clusters[first_cluster..].reverse();
            }
            let ends: Vec<u32> = shaped.clusters[first_cluster..]
                .iter()
                .skip(1)
                .map(|cluster| cluster.start)
                .chain([(word_at + word.len()) as u32])
                .collect();
            for (cluster, end) in shaped.clusters[first_cluster..].iter_mut().zip(ends) {
                cluster.end = end;
                let c = shaped
                    .text
                    .get(cluster.start as usize..)
                    .and_then(|text| text.chars().next());
                cluster.give = match c {
                    Some(' ') => Give::Space,
                    Some(NO_BREAK) => Give::NoBreak,
                    Some(FINE) => Give::None,
                    Some('\u{3000}'..='\u{9FFF}' | '\u{20000}'..) => Give::Ideograph,
                    _ => Give::None,
                };
                let glyphs = &mut shaped.glyphs[cluster.first as usize..cluster.last as usize];
                for glyph in &mut *glyphs {
                    glyph.end = end;
                }
                // The fine space of the Source faces, an eighth of an em, is not seen; a sixth is.
                let missing = setting.size / 6 - Length(cluster.width);
                if c == Some(FINE)
                    && missing > Length::ZERO
                    && let Some(glyph) = glyphs.first_mut()
                {
                    glyph.advance += missing;
                    cluster.width += missing.0;
                }
            }
        }
        let bad = shaped.clusters[clusters..].iter().find(|cluster| {
            shaped.glyphs[cluster.first as usize..cluster.last as usize]
                .iter()
                .any(|glyph| glyph.id == 0)
        });
        if let Some(bad) = bad.map(|cluster| (cluster.start as usize, cluster.end as usize)) {
            shaped.clusters.truncate(clusters);
            shaped.glyphs.truncate(glyphs);
            return Some(bad);
        }
        shaped.settings.push(setting);
        None
    }

    fn changes_every_glyph(&mut self, plain: usize, raised: usize, string: &str) -> bool {
        let (plain, raised) = (self.word(plain, string), self.word(raised, string));
        plain.len() == raised.len()
            && plain
                .iter()
                .zip(raised.iter())
                .all(|(a, b)| a.id != b.id && b.id != 0)
    }

    /// The hyphen of a face: its glyph and its advance.
    pub fn hyphen(&mut self, setting: Setting) -> Option<(u16, Length)> {
        let units = self.fonts.face(setting.face)?.units_per_em;
        let key = PlanKey {
            face: setting.face,
            script: *b"Latn",
            right_to_left: false,
            language: None,
            figures: Figures::Plain,
        };
        let plan = self.words.plan_of(&key);
        let glyph = *self.word(plan, "-").first()?;
        (glyph.id != 0).then(|| {
            (
                glyph.id,
                Length(i64::from(glyph.advance) * setting.size.0 / units),
            )
        })
    }
}

/// Words and, each by itself, the spaces between them.
fn words(string: &str) -> impl Iterator<Item = &str> {
    let mut rest = string;
    std::iter::from_fn(move || {
        let end = match rest.find(' ') {
            Some(0) => 1,
            Some(space) => space,
            None => rest.len(),
        };
        let (word, after) = rest.split_at(end);
        rest = after;
        (!word.is_empty()).then_some(word)
    })
}

/// Cuts an item around bytes that have no glyph.
fn part_missing(
    text: &Text,
    items: &mut Vec<Item>,
    number: usize,
    at: usize,
    bad: (usize, usize),
    string: &str,
) {
    let item = items[number].clone();
    let count = |from: usize, to: usize| string.get(from..to).map_or(0, |s| s.chars().count());
    let start = item.start + count(at, bad.0);
    let end = (start + count(bad.0, bad.1).max(1))
        .min(item.end)
        .min(text.chars.len());
    let parts = [
        Item {
            end: start,
            ..item.clone()
        },
        Item {
            start,
            end,
            kind: Kind::Missing,
            ..item.clone()
        },
        Item {
            start: end,
            ..item.clone()
        },
    ];
    items.splice(
        number..=number,
        parts.into_iter().filter(|part| part.start < part.end),
    );
}
