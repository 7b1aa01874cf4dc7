//! From a place in the text to a place on the pages, and back.
//!
//! Pages know the paragraph that each of their lines was written in, not the letter. The letter is found by counting
//! what has ink, for the page and the editor show the same words with other spaces between them.

use std::sync::Arc;

use crate::document::Place;
use crate::model::{Id, Lang};
use crate::typeset::pages::{Drawing, GlyphRun, Item, Length, Owner, Page, Pages};

/// Where something of the text is, for who looks for it on the pages.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The article, annex, visa, recital or party; the document itself when absent.
    pub item: Option<Id>,
    /// The language of the text; any when absent.
    pub language: Option<Lang>,
    /// The paragraph; the heading when absent.
    pub paragraph: Option<usize>,
    /// What the editor shows of that paragraph.
    pub shown: String,
    /// The byte of it.
    pub byte: usize,
}

impl Target {
    /// An item as a whole: its heading.
    #[must_use]
    pub fn whole(item: Option<Id>, language: Option<Lang>) -> Self {
        Self {
            item,
            language,
            paragraph: None,
            shown: String::new(),
            byte: 0,
        }
    }

    fn is_in(&self, place: &Place) -> bool {
        let language = self.language.as_ref();
        place.item == self.item
            && language.is_none_or(|language| language.primary() == place.language.primary())
    }
}

/// A line on the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Spot {
    /// The page, from 0.
    pub page: usize,
    /// The top of the line.
    pub top: Length,
    /// Its foot.
    pub foot: Length,
}

/// A place on a page that was clicked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Click {
    /// Where it was written.
    pub place: Arc<Place>,
    /// What is printed of that paragraph.
    pub printed: String,
    /// The byte of it.
    pub byte: usize,
}

impl Click {
    /// Whether a heading was clicked, and not what it is over.
    #[must_use]
    pub fn is_heading(&self) -> bool {
        is_heading(&self.place)
    }

    /// The byte of what the editor shows that was clicked.
    #[must_use]
    pub fn byte_in(&self, shown: &str) -> usize {
        aligned(&self.printed, shown, self.byte)
    }
}

fn is_heading(place: &Place) -> bool {
    place.range.is_empty()
}

/// The runs of letters written in places, in the order of reading, with their page.
fn runs<'a>(
    pages: &'a Pages,
    is_in: impl Fn(&Place) -> bool + 'a,
) -> impl Iterator<Item = (usize, &'a Place, &'a GlyphRun)> {
    pages.pages.iter().enumerate().flat_map(move |(page, it)| {
        let own = it.items.iter().filter_map(written);
        let own: Vec<_> = own.filter(|(place, _)| is_in(place)).collect();
        own.into_iter()
            .map(move |(place, run)| (page, place.as_ref(), run))
    })
}

fn written(item: &Item) -> Option<(&Arc<Place>, &GlyphRun)> {
    match (&item.owner, &item.place, &item.drawing) {
        (Owner::Node(_), Some(place), Drawing::Glyphs(run)) => Some((place, run)),
        _ => None,
    }
}

fn line_of(page: usize, run: &GlyphRun) -> Spot {
    Spot {
        page,
        top: Length(run.y.0 - run.size.0),
        foot: Length(run.y.0 + run.size.0 * 3 / 10),
    }
}

/// Where a target is on the pages; for a paragraph that prints nothing, where the one before is.
#[must_use]
pub fn spot_of(pages: &Pages, target: &Target) -> Option<Spot> {
    let own: Vec<_> = runs(pages, |place| target.is_in(place)).collect();
    let Some(paragraph) = target.paragraph else {
        let (page, _, run) = own.first()?;
        return Some(line_of(*page, run));
    };

    let is_it = |place: &Place| !is_heading(place) && place.paragraph == paragraph;
    let printed: String = own
        .iter()
        .filter(|(_, place, _)| is_it(place))
        .map(|(.., run)| run.text.as_ref())
        .collect();
    if printed.is_empty() {
        let before = own
            .iter()
            .rfind(|(_, place, _)| is_heading(place) || place.paragraph < paragraph);
        let (page, _, run) = before.or_else(|| own.first())?;
        return Some(line_of(*page, run));
    }

    let byte = aligned(&target.shown, &printed, target.byte);
    let mut end = 0;
    let mut last = None;
    for (page, _, run) in own.iter().filter(|(_, place, _)| is_it(place)) {
        end += run.text.len();
        last = Some(line_of(*page, run));
        if byte < end {
            break;
        }
    }
    last
}

/// The lines where a paragraph, or a heading, begins and ends on each page that shows some of it.
#[must_use]
pub fn stretches_of(pages: &Pages, target: &Target) -> Vec<Spot> {
    let mut stretches: Vec<Spot> = Vec::new();
    let own = runs(pages, |place| {
        target.is_in(place)
            && match target.paragraph {
                Some(paragraph) => !is_heading(place) && place.paragraph == paragraph,
                None => true,
            }
    });
    for (page, _, run) in own {
        let line = line_of(page, run);
        match stretches.last_mut().filter(|last| last.page == page) {
            Some(last) => {
                last.top = last.top.min(line.top);
                last.foot = last.foot.max(line.foot);
            }
            None => stretches.push(line),
        }
        if target.paragraph.is_none() {
            break;
        }
    }
    stretches
}

/// What was written where a page is clicked, or nearest to it.
#[must_use]
pub fn clicked(pages: &Pages, page: usize, x: Length, y: Length) -> Option<Click> {
    let sheet: &Page = pages.pages.get(page)?;
    let (place, run) = sheet
        .items
        .iter()
        .filter_map(written)
        .min_by_key(|(_, run)| {
            let line = line_of(page, run);
            let width: i64 = run.glyphs.iter().map(|glyph| glyph.advance.0).sum();
            let beside = (run.x.0 - x.0).max(x.0 - run.x.0 - width).max(0);
            let above = (line.top.0 - y.0).max(y.0 - line.foot.0).max(0);
            // A line further down is further than anything on the same line.
            (above, beside)
        })?;

    let mut printed = String::new();
    let mut byte = 0;
    for (on, _, other) in runs(pages, |it| it == place.as_ref()) {
        if on == page && std::ptr::eq(other, run) {
            byte = printed.len() + byte_at(run, x);
        }
        printed.push_str(&other.text);
    }
    Some(Click {
        place: Arc::clone(place),
        printed,
        byte,
    })
}

/// The byte of a run's text whose letter begins nearest to `x`.
fn byte_at(run: &GlyphRun, x: Length) -> usize {
    let mut pen = run.x.0;
    for glyph in run.glyphs.iter() {
        let middle = pen + glyph.advance.0 / 2;
        pen += glyph.advance.0;
        if x.0 < middle {
            let byte = if run.right_to_left {
                glyph.end
            } else {
                glyph.start
            };
            return byte as usize;
        }
    }
    match run.right_to_left {
        true => 0,
        false => run.text.len(),
    }
}

/// The byte of `to` that stands for a byte of `from`, which says the same with other spaces, hyphens at the ends of
/// lines, a number before it, or a few letters more or less in the middle.
fn aligned(from: &str, to: &str, byte: usize) -> usize {
    /// The longest that a number printed before a paragraph is.
    const LONGEST_NUMBER: usize = 8;

    let (one, other) = (ink(from), ink(to));
    let at = one.iter().take_while(|(start, _)| *start < byte).count();
    let common = |skip_one: usize, skip_other: usize| {
        let rest = one.iter().skip(skip_one);
        rest.zip(other.iter().skip(skip_other))
            .take_while(|((_, a), (_, b))| a == b)
            .count()
    };
    let head = (0..=LONGEST_NUMBER)
        .flat_map(|skip| [(skip, 0), (0, skip)])
        .max_by_key(|(a, b)| (common(*a, *b), usize::MAX - a - b))
        .map(|(a, b)| (a, b, common(a, b)));
    let (skip_one, skip_other, head) = head.unwrap_or_default();
    let tail = one
        .iter()
        .rev()
        .zip(other.iter().rev())
        .take_while(|((_, a), (_, b))| a == b)
        .count();

    let found = if at <= skip_one + head {
        (at + skip_other).saturating_sub(skip_one)
    } else if one.len() - at <= tail {
        other.len() - (one.len() - at)
    } else {
        let (from, to) = (skip_one + head, skip_other + head);
        let span = one.len().saturating_sub(from + tail).max(1);
        let room = other.len().saturating_sub(to + tail);
        to + (at - from) * room / span
    };
    other.get(found).map_or(to.len(), |(start, _)| *start)
}

/// What has ink, with the byte where it begins; dashes and apostrophes are all alike.
fn ink(text: &str) -> Vec<(usize, char)> {
    let invisible = |c: char| {
        c.is_whitespace()
            || c.is_control()
            || matches!(
                c,
                '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{2060}' | '\u{feff}'
            )
    };
    text.char_indices()
        .filter(|(_, c)| !invisible(*c))
        .map(|(at, c)| match c {
            '–' | '—' | '\u{2011}' => (at, '-'),
            '\'' => (at, '’'),
            c => (at, c),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(from: &str, before: &str, to: &str) -> usize {
        assert!(from.starts_with(before));
        aligned(from, to, before.len())
    }

    #[test]
    fn spaces_hyphens_and_numbers_do_not_count() {
        let shown = "Elle finance « l’action » à hauteur de 114 200 € par an.";
        let printed = "3.2\u{a0}Elle fi\u{ad}nance «\u{202f}l’action\u{202f}»\u{a0}à hau\u{ad}teur de 114\u{202f}200\u{a0}€ par an.";
        for word in ["finance", "l’action", "114", "par an"] {
            let start = shown.find(word).unwrap();
            let on_page = aligned(shown, printed, start);
            let first: String = word.chars().take(2).collect();
            assert!(printed[on_page..].starts_with(&first), "{word}");
            assert_eq!(aligned(printed, shown, on_page), start, "{word}");
        }
    }

    #[test]
    fn what_differs_in_the_middle_leaves_both_ends_in_place() {
        let shown = "avant ____ après";
        let printed = "avant \u{fffc} après";
        assert_eq!(
            at(shown, "avant ____ ", printed),
            printed.find("après").unwrap()
        );
        assert_eq!(at(shown, "av", printed), 2);
        assert_eq!(at(shown, shown, printed), printed.len());
        assert_eq!(at("", "", printed), 0);
        assert_eq!(at(shown, "avant", ""), 0);
    }

    #[test]
    fn an_item_of_a_list_has_another_dash() {
        assert_eq!(at("- un mot", "- un ", "–un mot"), "–un ".len());
    }
}
