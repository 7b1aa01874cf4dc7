//! The places of a convention where words are found, article by article and language by language.

use std::ops::Range;

use crate::app::editor::Finder;
use crate::app::screen::convention::plan::Part;
use crate::model::{self, Convention as Written, Lang, Text};

/// How much is shown before what is found, in letters.
const BEFORE: usize = 28;

/// A place where it is found.
pub struct Hit {
    pub part: Part,
    /// The article, annex, visa or recital.
    pub item: model::Id,
    pub language: Lang,
    /// The paragraph; the title when absent.
    pub paragraph: Option<usize>,
    pub range: Range<usize>,
    pub fixed: bool,
    /// What it is among, on a line.
    pub around: String,
    /// Where it is there.
    pub touched: Range<usize>,
}

/// The texts of a convention, with the part and the item that each belongs to, in the order of the page.
fn texts(written: &Written) -> impl Iterator<Item = (Part, model::Id, &Vec<Text>)> {
    let visas = written
        .visas
        .iter()
        .map(|it| (Part::Visa(it.id), it.id, &it.texts));
    let recitals = written
        .recitals
        .iter()
        .map(|it| (Part::Recital(it.id), it.id, &it.texts));
    let articles = written
        .articles
        .iter()
        .map(|it| (Part::Article(it.id), it.id, &it.texts));
    let annexes = written
        .annexes
        .iter()
        .map(|it| (Part::Annex(it.id), it.id, &it.texts));
    visas.chain(recitals).chain(articles).chain(annexes)
}

/// The same, to be changed.
pub fn texts_mut(written: &mut Written) -> impl Iterator<Item = (Part, model::Id, &mut Vec<Text>)> {
    let visas = written
        .visas
        .iter_mut()
        .map(|it| (Part::Visa(it.id), it.id, &mut it.texts));
    let recitals = written
        .recitals
        .iter_mut()
        .map(|it| (Part::Recital(it.id), it.id, &mut it.texts));
    let articles = written
        .articles
        .iter_mut()
        .map(|it| (Part::Article(it.id), it.id, &mut it.texts));
    let annexes = written
        .annexes
        .iter_mut()
        .map(|it| (Part::Annex(it.id), it.id, &mut it.texts));
    visas.chain(recitals).chain(articles).chain(annexes)
}

/// Every place where it is found, in the order of the page.
pub fn hits(written: &Written, finder: &Finder) -> Vec<Hit> {
    let mut hits = Vec::new();
    for (part, item, texts) in texts(written) {
        for text in texts {
            let hit = |paragraph, shown: &str, range: Range<usize>, fixed| {
                let (around, touched) = around(shown, &range);
                Hit {
                    part,
                    item,
                    language: text.lang.clone(),
                    paragraph,
                    range,
                    fixed,
                    around,
                    touched,
                }
            };
            for range in finder.find_in(&text.title) {
                hits.push(hit(None, &text.title, range, false));
            }
            for (rank, paragraph) in text.paragraphs.iter().enumerate() {
                let (shown, found) = finder.find(paragraph);
                for it in found {
                    hits.push(hit(Some(rank), &shown, it.range, it.fixed));
                }
            }
        }
    }
    hits
}

/// What a stretch is among, short enough before it that it is in sight, and where it is there.
fn around(shown: &str, range: &Range<usize>) -> (String, Range<usize>) {
    let before = shown.get(..range.start).unwrap_or_default();
    let cut = before.char_indices().rev().nth(BEFORE);
    let (sign, from) = cut.map_or(("", 0), |(at, _)| ("…", at));
    let around = format!("{sign}{}", shown.get(from..).unwrap_or_default());
    let start = sign.len() + range.start - from;
    (around, start..start + range.len())
}
