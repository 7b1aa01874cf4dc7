//! A paragraph from its words to its lines, each a list of things drawn; and the memory of those already set.
//!
//! A paragraph set again with the same words, style and width is found, not made: after an edit only what
//! changed is shaped and broken. Places are relative to the left and top of each line.

use std::collections::HashMap;
use std::sync::Arc;

use unicode_bidi::{BidiInfo, Level};

use crate::document::{Align, Inline, Rgb, Target};
use crate::model::Lang;

use super::fonts::Fonts;
use super::hyphenate::{add_emergencies, chances};
use super::itemize::{Item, Kind, begins_right_to_left, itemize, mark_right_to_left, order_marks};
use super::lines::{Line, Measure, ONE, Sums, break_lines, shrink_of, stretch_of};
use super::measure::{TextStyle, centipoints, pt};
use super::pages::{Drawing, Glyph, GlyphRun, Length, Path, Step};
use super::shape::{Give, Setting, Shaped, Shaper, WordCache};
use super::text::{Mark, Text, pour};

/// Paragraphs already set, kept from one layout to the next. `default()` for a single layout.
#[derive(Default)]
pub struct Paragraphs {
    words: WordCache,
    laid: HashMap<Box<[u8]>, (Arc<Laid>, u64)>,
    layout: u64,
}

impl Paragraphs {
    /// Begins a layout.
    pub(super) fn press<'a>(&'a mut self, fonts: &'a Fonts) -> Press<'a> {
        self.layout += 1;
        self.words.bound();
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
    pub lines: Vec<LaidLine>,
    /// Nodes under the paragraph's, in the order of reading.
    pub marks: Vec<Mark>,
    /// What replaces the whole for those who do not see it.
    pub replacement: Option<String>,
    pub notes: Vec<Vec<Inline>>,
    /// What could not be done, with the line where it shows.
    pub remarks: Vec<(String, usize)>,
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
            let shortened: String = kept.iter().collect::<String>().trim_end().to_owned() + "…";
            laid = set(self, &shortened);
        }
        laid
    }
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
    let mut remarks: Vec<(String, usize)> = Vec::new();
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
    let mut found = chances(&text, &shaped, justified && style.hyphenate);
    add_emergencies(&text, &shaped, widest, &mut found);
    let measure = Measure {
        first: request.width.0,
        others: widest,
        justified,
        balanced: request.align == Align::Center,
        hyphen: hyphen.map_or(0, |(_, width)| width.0),
        crumb: style.size.0 * 3,
    };
    let sums = Sums::of(&shaped.clusters);
    let lines = break_lines(&sums, &found, &measure);

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
    for (c, mark) in missing {
        let line = lines
            .iter()
            .position(|line| {
                line.ink.iter().any(|ink| {
                    ink.mark.is_some_and(|m| {
                        text.marks[m].replacement.as_deref() == Some(mark.as_str())
                    })
                })
            })
            .unwrap_or(0);
        remarks.push((
            format!(
                "Le caractère « {mark} » (U+{:04X}) n’est dans aucune des polices livrées : un cadre tient sa place.",
                c as u32
            ),
            line,
        ));
    }
    Laid {
        lines,
        replacement,
        remarks,
        marks: text.marks,
        notes: text.notes,
    }
}

/// Whether most of the text is in faces that want a larger leading: one name among others does not.
fn is_tall(shaped: &Shaped) -> bool {
    let tall = |cluster: &&super::shape::Cluster| {
        let setting = shaped.settings[cluster.item as usize];
        Fonts::tallness(setting.face) > 0
    };
    let width = |cluster: &super::shape::Cluster| cluster.width;
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

/// Clusters of one item, side by side in a line.
struct Group {
    first: usize,
    end: usize,
    level: u8,
}

struct LineSetter<'a> {
    request: &'a Request<'a>,
    text: &'a Text,
    items: &'a [Item],
    shaped: &'a Shaped,
    hyphen: Option<(Glyph, Length)>,
    right_to_left: bool,
    justified: bool,
    /// Whether most of the paragraph is in a script whose lines stand further apart.
    tall: bool,
    remarks: &'a mut Vec<(String, usize)>,
    remarked: bool,
}

/// Beyond this stretch a line looks torn: better ragged, and said.
const LOOSEST: i64 = 8 * ONE;

impl LineSetter<'_> {
    fn line(&mut self, number: usize, line: &Line) -> LaidLine {
        let style = &self.request.style;
        let clusters = &self.shaped.clusters;
        let indent = if number == 0 {
            Length::ZERO
        } else {
            self.request.hanging
        };
        let room = self.request.width - indent;

        let natural = Length(
            clusters[line.from..line.to]
                .iter()
                .map(|c| c.width)
                .sum::<i64>()
                + if line.hyphen {
                    self.hyphen.map_or(0, |(_, width)| width.0)
                } else {
                    0
                },
        );
        let (extra, total) = self.extra(number, line, room - natural);
        let width = natural + extra;
        let trailing = Length(clusters[line.to..line.next].iter().map(|c| c.width).sum());

        // Lines hang from the side where their language begins.
        let before = if self.right_to_left {
            Length::ZERO
        } else {
            indent
        };
        let free = room - width;
        let mut pen = before
            + match (self.request.align, self.right_to_left) {
                (Align::Center, _) => free / 2,
                (Align::End, false) | (Align::Start | Align::Justify, true) => free,
                (Align::End, true) | (Align::Start | Align::Justify, false) => Length::ZERO,
            };
        if self.right_to_left {
            pen -= trailing;
        }

        let groups = self.groups(line);
        let levels: Vec<Level> = groups
            .iter()
            .map(|group| Level::new(group.level).unwrap_or(Level::ltr()))
            .collect();
        let order = if levels.iter().any(Level::is_rtl) {
            BidiInfo::reorder_visual(&levels)
        } else {
            (0..groups.len()).collect()
        };

        let height = self.height(line);
        let usual = style.leading;
        let baseline = (usual - style.size) / 2 + style.size * 4 / 5 + (height - usual) * 6 / 10;

        let mut share = Share {
            extra: extra.0,
            total,
            given: 0,
            passed: 0,
            stretching: extra.0 >= 0,
        };
        // Shares are handed out in logical order, so that each space has its own whatever the order of the eye.
        let widened: Vec<i64> = clusters[line.from..line.next]
            .iter()
            .enumerate()
            .map(|(place, cluster)| {
                if line.from + place < line.to {
                    share.of(cluster)
                } else {
                    0
                }
            })
            .collect();

        let mut ink = Vec::with_capacity(groups.len());
        for place in order {
            let group = &groups[place];
            let with_hyphen = line.hyphen && place + 1 == groups.len();
            let drawn = self.group(group, line.from, &widened, pen, baseline, with_hyphen);
            pen += drawn.width;
            ink.push(drawn);
        }

        let mut calls = Vec::new();
        for place in ink.iter().filter_map(|ink| ink.mark) {
            if let Some(note) = self.text.marks[place].note
                && !calls.contains(&note)
            {
                calls.push(note);
            }
        }
        LaidLine {
            height,
            baseline,
            ink,
            calls,
        }
    }

    /// How much the line's spaces are to grow, and what they can in all.
    fn extra(&mut self, number: usize, line: &Line, missing: Length) -> (Length, i64) {
        let clusters = &self.shaped.clusters[line.from..line.to];
        if missing.0 < 0 {
            let shrink: i64 = clusters.iter().map(shrink_of).sum();
            if shrink == 0 || -missing.0 > shrink + pt(1).0 {
                self.remark(number, "Une ligne est plus large que la place qu’elle a : un mot ne peut y être coupé.");
                return (Length::ZERO, 0);
            }
            return (missing, shrink);
        }
        if !self.justified || line.last || missing.0 == 0 {
            return (Length::ZERO, 0);
        }
        let stretch: i64 = clusters.iter().map(stretch_of).sum();
        if stretch == 0 || missing.0 * ONE / stretch > LOOSEST {
            self.remark(number, "Une ligne ne peut être justifiée sans trous entre ses mots : elle est laissée courte.");
            return (Length::ZERO, 0);
        }
        (missing, stretch)
    }

    fn remark(&mut self, line: usize, message: &str) {
        if !self.remarked {
            self.remarks.push((message.to_owned(), line));
            self.remarked = true;
        }
    }

    fn height(&self, line: &Line) -> Length {
        let usual = self.request.style.leading;
        let mut height = usual;
        let mut known = u32::MAX;
        for cluster in &self.shaped.clusters[line.from..line.next] {
            if cluster.item == known {
                continue;
            }
            known = cluster.item;
            let setting = self.shaped.settings[cluster.item as usize];
            let tenths = if self.tall {
                Fonts::tallness(setting.face)
            } else {
                Fonts::clearance(setting.face)
            };
            height = height.max(setting.size * tenths / 10);
        }
        height
    }

    /// The line's clusters by item, in logical order; its last spaces stand at the paragraph's own level.
    fn groups(&self, line: &Line) -> Vec<Group> {
        let base = u8::from(self.right_to_left);
        let mut groups: Vec<Group> = Vec::new();
        let mut known = u32::MAX;
        for place in line.from..line.next {
            let item = self.shaped.clusters[place].item;
            let own = self.items[item as usize].level;
            let level = if place >= line.to { base } else { own };
            match groups.last_mut() {
                Some(group) if known == item && group.level == level => group.end = place + 1,
                _ => groups.push(Group {
                    first: place,
                    end: place + 1,
                    level,
                }),
            }
            known = item;
        }
        groups
    }

    fn group(
        &self,
        group: &Group,
        from: usize,
        widened: &[i64],
        pen: Length,
        baseline: Length,
        hyphen: bool,
    ) -> Ink {
        let clusters = &self.shaped.clusters[group.first..group.end];
        let first = clusters[0];
        let item = &self.items[first.item as usize];
        let mark = self.text.attributes[item.look as usize].mark;
        let style = &self.request.style;
        match item.kind {
            Kind::Blank => Ink {
                mark,
                x: pen,
                width: Length(first.width),
                drawing: Drawing::Path(rule(
                    pen,
                    baseline + centipoints(150),
                    Length(first.width),
                    style.color,
                )),
            },
            Kind::Missing => Ink {
                mark,
                x: pen,
                width: Length(first.width),
                drawing: Drawing::Path(frame(
                    pen,
                    baseline,
                    Length(first.width),
                    style.size,
                    style.color,
                )),
            },
            Kind::Letters(_) => {
                let setting = self.shaped.settings[first.item as usize];
                let (start, end) = (first.start, clusters[clusters.len() - 1].end);
                let mut text = self
                    .shaped
                    .text
                    .get(start as usize..end as usize)
                    .unwrap_or("")
                    .to_owned();
                let count: usize = clusters.iter().map(|c| (c.last - c.first) as usize).sum();
                let mut glyphs = Vec::with_capacity(count + 1);
                let mut width = Length::ZERO;
                let backwards = item.right_to_left();
                for step in 0..clusters.len() {
                    let place = if backwards {
                        clusters.len() - 1 - step
                    } else {
                        step
                    };
                    let cluster = clusters[place];
                    let extra = Length(widened[group.first + place - from]);
                    let own = glyphs.len();
                    for glyph in &self.shaped.glyphs[cluster.first as usize..cluster.last as usize]
                    {
                        width += glyph.advance;
                        glyphs.push(Glyph {
                            start: glyph.start - start,
                            end: glyph.end - start,
                            ..*glyph
                        });
                    }
                    if let Some(glyph) = glyphs.get_mut(own) {
                        glyph.advance += extra;
                        width += extra;
                    }
                }
                if hyphen && let Some((glyph, advance)) = self.hyphen {
                    let at = text.len() as u32;
                    text.push('\u{AD}');
                    glyphs.push(Glyph {
                        start: at,
                        end: at + 2,
                        ..glyph
                    });
                    width += advance;
                }
                Ink {
                    mark,
                    x: pen,
                    width,
                    drawing: Drawing::Glyphs(GlyphRun {
                        face: usize::from(setting.face.0),
                        size: setting.size,
                        x: pen,
                        y: baseline,
                        glyphs,
                        text: text.into(),
                        right_to_left: backwards,
                        color: style.color,
                    }),
                }
            }
        }
    }
}

/// Hands out what a line's spaces must grow by, so that the sum is exact.
struct Share {
    extra: i64,
    total: i64,
    given: i64,
    passed: i64,
    stretching: bool,
}

impl Share {
    fn of(&mut self, cluster: &super::shape::Cluster) -> i64 {
        if cluster.give == Give::None || self.total == 0 {
            return 0;
        }
        self.passed += if self.stretching {
            stretch_of(cluster)
        } else {
            shrink_of(cluster)
        };
        let due =
            (i128::from(self.extra) * i128::from(self.passed) / i128::from(self.total)) as i64;
        let own = due - self.given;
        self.given = due;
        own
    }
}

/// A filled rule, half a point thick, whose bottom is at `y`.
fn rule(x: Length, y: Length, width: Length, color: Rgb) -> Path {
    let top = y - centipoints(50);
    Path {
        steps: rectangle(x, top, width, centipoints(50)),
        fill: Some(color),
        stroke: None,
    }
}

/// The frame that stands for a character without a glyph.
fn frame(x: Length, baseline: Length, width: Length, size: Length, color: Rgb) -> Path {
    let side = size / 20;
    Path {
        steps: rectangle(
            x + side,
            baseline - size * 7 / 10,
            width - side * 2,
            size * 7 / 10,
        ),
        fill: None,
        stroke: Some((color, centipoints(50))),
    }
}

/// The four sides of a rectangle.
pub(super) fn rectangle(x: Length, y: Length, width: Length, height: Length) -> Vec<Step> {
    vec![
        Step::Move(x, y),
        Step::Line(x + width, y),
        Step::Line(x + width, y + height),
        Step::Line(x, y + height),
        Step::Close,
    ]
}

/// Everything that a set paragraph depends on, as bytes: two requests are alike when their keys are.
fn key_of(request: &Request<'_>, leads: &dyn Fn(&Target) -> bool) -> Vec<u8> {
    let mut key = Key(Vec::with_capacity(256));
    let style = &request.style;
    key.number(request.width.0);
    key.number(request.hanging.0);
    key.number(style.size.0);
    key.number(style.leading.0);
    key.0.extend([
        style.family as u8,
        u8::from(style.bold),
        u8::from(style.italic),
        u8::from(style.hyphenate),
        u8::from(style.tabular),
        style.color.0,
        style.color.1,
        style.color.2,
        request.align as u8,
    ]);
    key.words(request.language.as_str());
    key.words(request.prefix.unwrap_or(""));
    key.number(request.first_note as i64);
    key.inlines(request.inlines, leads, 0);
    key.0
}

struct Key(Vec<u8>);

impl Key {
    fn number(&mut self, number: i64) {
        self.0.extend(number.to_le_bytes());
    }

    fn words(&mut self, words: &str) {
        self.number(words.len() as i64);
        self.0.extend(words.as_bytes());
    }

    fn inlines(&mut self, inlines: &[Inline], leads: &dyn Fn(&Target) -> bool, depth: usize) {
        if depth > 16 {
            return;
        }
        self.number(inlines.len() as i64);
        for inline in inlines {
            match inline {
                Inline::Span(span) => {
                    self.0.extend([
                        0,
                        u8::from(span.bold),
                        u8::from(span.italic),
                        u8::from(span.raised),
                        u8::from(span.solid),
                    ]);
                    self.words(span.language.as_ref().map_or("", Lang::as_str));
                    self.words(&span.text);
                }
                Inline::Blank { ems, label } => {
                    self.0.extend([1, *ems]);
                    self.words(label);
                }
                Inline::Note(note) => {
                    self.0.push(2);
                    self.inlines(note, leads, depth + 1);
                }
                Inline::Link { target, text } => {
                    self.0.extend([3, u8::from(leads(target))]);
                    match target {
                        Target::Anchor(anchor) => {
                            self.0.push(0);
                            self.words(anchor.0.as_str());
                        }
                        Target::Address(address) => {
                            self.0.push(1);
                            self.words(address);
                        }
                    }
                    self.inlines(text, leads, depth + 1);
                }
                Inline::LineBreak => self.0.push(4),
            }
        }
    }
}
