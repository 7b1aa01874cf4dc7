//! One line of a paragraph: its spaces shared out, its runs in the order of the eye, each drawn at its place.

use unicode_bidi::{BidiInfo, Level};

use crate::document::{Align, Revision, Rgb};

use super::fonts::Fonts;
use super::itemize::{Item, Kind};
use super::lines::{Line, ONE, shrink_of, stretch_of};
use super::measure::{centipoints, pt};
use super::pages::{Drawing, Glyph, GlyphRun, Length, Path, RemarkKind, Step};
use super::paragraph::{Ink, LaidLine, Request};
use super::shape::{Cluster, Give, Shaped};
use super::text::Text;

/// Clusters of one item, side by side in a line.
struct Group {
    first: usize,
    end: usize,
    level: u8,
}

/// Sets the lines of a paragraph whose breaks are chosen.
pub(super) struct LineSetter<'a> {
    pub request: &'a Request<'a>,
    pub text: &'a Text,
    pub items: &'a [Item],
    pub shaped: &'a Shaped,
    pub hyphen: Option<(Glyph, Length)>,
    pub right_to_left: bool,
    pub justified: bool,
    /// Whether most of the paragraph is in a script whose lines stand further apart.
    pub tall: bool,
    pub remarks: &'a mut Vec<(RemarkKind, String)>,
    pub remarked: bool,
}

/// Beyond this stretch a line looks torn: better ragged, and said.
const LOOSEST: i64 = 8 * ONE;

impl LineSetter<'_> {
    /// The line, its spaces widened to the measure where it is justified.
    pub fn line(&mut self, number: usize, line: &Line) -> LaidLine {
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
        let (extra, total) = self.extra(line, room - natural);
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
            let begin = pen;
            pen += drawn.width;
            let rule = self.revision(group).map(|revision| Ink {
                mark: drawn.mark,
                x: begin,
                width: Length::ZERO,
                drawing: Drawing::Path(revised(revision, begin, baseline, drawn.width, style.size)),
            });
            ink.push(drawn);
            ink.extend(rule);
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
    fn extra(&mut self, line: &Line, missing: Length) -> (Length, i64) {
        let clusters = &self.shaped.clusters[line.from..line.to];
        if missing.0 < 0 {
            let shrink: i64 = clusters.iter().map(shrink_of).sum();
            if shrink == 0 || -missing.0 > shrink + pt(1).0 {
                self.remark(RemarkKind::TooWide, "Une ligne dépasse la place qu’elle a : un mot plus long qu’elle ne se coupe pas.");
                return (Length::ZERO, 0);
            }
            return (missing, shrink);
        }
        if !self.justified || line.last || missing.0 == 0 {
            return (Length::ZERO, 0);
        }
        let stretch: i64 = clusters.iter().map(stretch_of).sum();
        if stretch == 0 || missing.0 * ONE / stretch > LOOSEST {
            self.remark(RemarkKind::Ragged, "Une ligne s’arrête avant la marge : le mot qui la suit est trop long pour y entrer et ne se coupe pas.");
            return (Length::ZERO, 0);
        }
        (missing, stretch)
    }

    fn remark(&mut self, kind: RemarkKind, message: &str) {
        if !self.remarked {
            self.remarks.push((kind, message.to_owned()));
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

    /// Whether a group is what a comparison shows as new or gone.
    fn revision(&self, group: &Group) -> Option<Revision> {
        let item = &self.items[self.shaped.clusters[group.first].item as usize];
        self.text.attributes[item.look as usize].revision
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
        let first = self.shaped.clusters[group.first];
        let item = &self.items[first.item as usize];
        let style = &self.request.style;
        let (width, drawing) = match item.kind {
            Kind::Blank => {
                let width = Length(first.width + widened[group.first - from]);
                let foot = baseline + centipoints(150);
                (width, Drawing::Path(rule(pen, foot, width, style.color)))
            }
            Kind::Missing => {
                let width = Length(first.width);
                let frame = frame(pen, baseline, width, style.size, style.color);
                (width, Drawing::Path(frame))
            }
            Kind::Letters(_) => {
                let widened = &widened[group.first - from..group.end - from];
                let (width, glyphs, text) = self.letters(group, widened, hyphen);
                let setting = self.shaped.settings[first.item as usize];
                let run = GlyphRun {
                    face: usize::from(setting.face.0),
                    size: setting.size,
                    x: pen,
                    y: baseline,
                    glyphs: glyphs.into(),
                    text: text.into(),
                    right_to_left: item.right_to_left(),
                    color: self.revision(group).map_or(style.color, color_of),
                };
                (width, Drawing::Glyphs(run))
            }
        };
        Ink {
            mark: self.text.attributes[item.look as usize].mark,
            x: pen,
            width,
            drawing,
        }
    }

    /// The letters of a group in the order of the eye, each cluster with what it is widened by: how wide they are, their
    /// glyphs, their text.
    fn letters(
        &self,
        group: &Group,
        widened: &[i64],
        hyphen: bool,
    ) -> (Length, Vec<Glyph>, String) {
        let clusters = &self.shaped.clusters[group.first..group.end];
        let (start, end) = (clusters[0].start, clusters[clusters.len() - 1].end);
        let text = self.shaped.text.get(start as usize..end as usize);
        let mut text = text.unwrap_or_default().to_owned();
        let count: usize = clusters.iter().map(|c| (c.last - c.first) as usize).sum();
        let mut glyphs = Vec::with_capacity(count + 1);
        let mut width = Length::ZERO;
        let mut add = |(cluster, extra): (&Cluster, &i64)| {
            let own = glyphs.len();
            for glyph in &self.shaped.glyphs[cluster.first as usize..cluster.last as usize] {
                width += glyph.advance;
                glyphs.push(Glyph {
                    start: glyph.start - start,
                    end: glyph.end - start,
                    ..*glyph
                });
            }
            if let Some(glyph) = glyphs.get_mut(own) {
                glyph.advance += Length(*extra);
                width += Length(*extra);
            }
        };
        let logical = clusters.iter().zip(widened);
        if self.items[clusters[0].item as usize].right_to_left() {
            logical.rev().for_each(&mut add);
        } else {
            logical.for_each(&mut add);
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
        (width, glyphs, text)
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
    fn of(&mut self, cluster: &Cluster) -> i64 {
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

/// The ink of what is new, and of what is gone: each at 7:1 at least on white.
const fn color_of(revision: Revision) -> Rgb {
    match revision {
        Revision::Inserted => Rgb(0x0b, 0x5a, 0x2f),
        Revision::Deleted => Rgb(0x8f, 0x1a, 0x1a),
    }
}

/// The rule under what is new, or through what is gone.
fn revised(revision: Revision, x: Length, baseline: Length, width: Length, size: Length) -> Path {
    let y = match revision {
        Revision::Inserted => baseline + size * 3 / 20,
        Revision::Deleted => baseline - size / 4,
    };
    rule(x, y, width, color_of(revision))
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
