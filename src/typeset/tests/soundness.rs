//! What holds of the pages of any document: nothing stands off the sheet, no line is written over another, each
//! heading is a bookmark, justified lines are straight.

use proptest::prelude::*;

use super::anything::{language, text};
use super::laid;
use super::reader::{body, is_under};
use crate::document::{Align, Block, BlockKind, Composition, Document, Inline, compose};
use crate::model::Lang;
use crate::reference::Reference;
use crate::typeset::measure::{BODY, centipoints, pt};
use crate::typeset::pages::{Drawing, GlyphRun, Length, Owner, Page, Pages, RemarkKind, Tag};
use crate::typeset::paragraph::Request;
use crate::typeset::{Fonts, Paragraphs};

/// A tenth of a point.
const STRAIGHT: Length = centipoints(10);

fn runs(page: &Page) -> impl Iterator<Item = (&GlyphRun, Owner)> {
    page.items.iter().filter_map(|item| match &item.drawing {
        Drawing::Glyphs(run) => Some((run, item.owner)),
        Drawing::Path(_) | Drawing::Picture { .. } => None,
    })
}

/// Left and right of the letters of a run, without the spaces at its sides.
fn extent(run: &GlyphRun) -> Option<(Length, Length)> {
    let mut pen = run.x;
    let mut extent: Option<(Length, Length)> = None;
    for glyph in &run.glyphs {
        let from = pen;
        pen += glyph.advance;
        let shown = &run.text[glyph.start as usize..glyph.end as usize];
        if !shown.trim().is_empty() {
            let (left, right) = extent.unwrap_or((from, pen));
            extent = Some((left.min(from), right.max(pen)));
        }
    }
    extent
}

fn assert_on_the_sheet(pages: &Pages) {
    for page in &pages.pages {
        for (run, _) in runs(page) {
            assert!(
                run.y > Length::ZERO && run.y < pages.height,
                "« {} » is off the sheet",
                run.text
            );
            let Some((left, right)) = extent(run) else {
                continue;
            };
            assert!(
                left >= Length::ZERO && right <= pages.width || !pages.remarks.is_empty(),
                "« {} » is off the sheet, and nothing says so",
                run.text
            );
        }
    }
}

/// No baseline stands so near another that letters one above the other would touch.
fn assert_no_line_over_another(pages: &Pages) {
    for page in &pages.pages {
        let mut lines: Vec<(Length, Length, Length, &GlyphRun)> = runs(page)
            .filter(|(_, owner)| matches!(owner, Owner::Node(_)))
            .filter_map(|(run, _)| extent(run).map(|(left, right)| (run.y, left, right, run)))
            .collect();
        lines.sort_by_key(|line| line.0);
        for (place, (y, left, right, run)) in lines.iter().enumerate() {
            for (below, from, to, other) in &lines[place + 1..] {
                if *below - *y >= run.size.max(other.size) {
                    break;
                }
                let apart = *below - *y >= run.size.min(other.size) * 7 / 10;
                let same = (*below - *y).0.abs() <= 1;
                let beside = *from >= *right || *to <= *left;
                assert!(
                    same || apart || beside,
                    "« {} » is written over « {} »",
                    other.text,
                    run.text
                );
            }
        }
    }
}

fn headings(blocks: &[Block]) -> usize {
    blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading(_) => 1,
            BlockKind::Paired(pairs) => {
                let sides = pairs
                    .iter()
                    .map(|(left, right)| headings(left) + headings(right));
                sides.sum()
            }
            _ => 0,
        })
        .sum()
}

/// The blocks of the text come on the pages in the order of the tree: notes apart, which stand at the foot.
fn assert_in_order(pages: &Pages) {
    let in_note = |node: usize| {
        let notes = (0..pages.nodes.len()).filter(|at| pages.nodes[*at].tag == Tag::Note);
        notes
            .into_iter()
            .any(|note| is_under(&pages.nodes, node, note))
    };
    let block = |mut node: usize| {
        while let Some(parent) = pages.nodes[node].parent.filter(|parent| *parent > 0) {
            node = parent;
        }
        node
    };
    let items = pages.pages.iter().flat_map(|page| &page.items);
    let nodes = items.filter_map(|item| match item.owner {
        Owner::Node(node) if !in_note(node) => Some(block(node)),
        _ => None,
    });
    let nodes: Vec<usize> = nodes.collect();
    assert!(nodes.is_sorted());
}

/// Every convention of the demonstration, in each way that it can be composed.
fn demonstration() -> Vec<Document> {
    use crate::document::{Languages, Paper, State};

    let records = crate::demo::records();
    let mut documents = Vec::new();
    for convention in records.conventions() {
        let languages = &convention.languages;
        let mut ways = vec![Languages::OneAfterTheOther];
        if let [left, right, ..] = &languages[..] {
            ways.push(Languages::Paired(left.clone(), right.clone()));
        }
        for languages in ways {
            for (paper, state) in [(Paper::A4, State::Working), (Paper::Letter, State::Vote)] {
                let composition = Composition {
                    languages: languages.clone(),
                    paper,
                    state,
                    line_numbers: state == State::Vote,
                    ..Composition::default()
                };
                let reference = Reference::shipped();
                documents.push(compose(convention, &records, reference, &composition));
            }
        }
    }
    documents
}

#[test]
fn pages_of_the_demonstration_are_sound() {
    for document in demonstration() {
        let pages = laid(&document);
        assert_on_the_sheet(&pages);
        assert_no_line_over_another(&pages);
        assert_eq!(
            pages.outline.len(),
            headings(&document.blocks),
            "{}",
            document.title
        );
        let paired = document
            .blocks
            .iter()
            .any(|it| matches!(it.kind, BlockKind::Paired(_)));
        if !paired {
            assert_in_order(&pages);
        }
        let torn: Vec<_> = pages
            .remarks
            .iter()
            .filter(|it| it.kind != RemarkKind::MissingCharacter)
            .collect();
        assert!(paired || torn.is_empty(), "{} {torn:?}", document.title);
        let short = pages.pages.iter().filter(|page| body(page).len() < 3);
        assert_eq!(
            short.count(),
            0,
            "{}: a page with next to nothing",
            document.title
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 150, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_justified_line_is_as_wide_as_the_measure_or_it_is_said(
        words in prop::collection::vec(text(), 1..12),
        language in language(),
        width in 60_i64..500,
    ) {
        // Scripts without spaces between words are set ragged.
        let justified = |c: &char| {
            !(('\u{E00}'..='\u{EFF}').contains(c) || ('\u{1780}'..='\u{17FF}').contains(c))
        };
        let words: String = words.join(" une phrase ordinaire ").chars().filter(justified).collect();
        // Spaces at the head of a paragraph are the author's: they set it in.
        let words = format!("Article {words}");
        let fonts = Fonts::shipped();
        let mut paragraphs = Paragraphs::default();
        let request = Request {
            prefix: None,
            inlines: &[Inline::from(words.as_str())],
            language: &language,
            style: BODY,
            align: Align::Justify,
            width: pt(width),
            hanging: Length::ZERO,
            first_note: 1,
        };
        let laid = paragraphs.press(&fonts).set(&request, &|_| false);
        if !laid.remarks.is_empty() {
            return Ok(());
        }
        let lines = laid.lines.split_last().map_or(&[][..], |(_, before)| before);
        for line in lines {
            let mut sides: Option<(Length, Length)> = None;
            for ink in &line.ink {
                let own = match &ink.drawing {
                    Drawing::Glyphs(run) => extent(run),
                    Drawing::Path(_) | Drawing::Picture { .. } => Some((ink.x, ink.x + ink.width)),
                };
                sides = match (sides, own) {
                    (Some((left, right)), Some((from, to))) => Some((left.min(from), right.max(to))),
                    (known, own) => known.or(own),
                };
            }
            let Some((left, right)) = sides else { continue };
            prop_assert!(left.0.abs() <= STRAIGHT.0, "{:?} begins at {left:?}", words);
            prop_assert!((right - pt(width)).0.abs() <= STRAIGHT.0, "{:?} ends at {right:?}", words);
        }
    }
}

#[test]
fn hostile_lengths_have_sound_pages() {
    use super::build::{block, draft, paragraph, table, words};

    let start = std::time::Instant::now();
    let title = draft(vec![block(BlockKind::Title(vec![
        "Titre ".repeat(1_667).as_str().into(),
    ]))]);
    let article = draft(vec![words(&"La présente convention. ".repeat(21_000))]);
    let names: Vec<String> = (0..5_000).map(|row| format!("Ligne {row}.")).collect();
    let rows: Vec<Vec<&str>> = names
        .iter()
        .map(|name| vec![name.as_str(), "1 000 €"])
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let columns = [("Poste", Align::Start, 3), ("Montant", Align::End, 1)];
    let long = draft(vec![block(BlockKind::Table(table("", &columns, &rows)))]);
    let controls: String = (0..0x20)
        .filter_map(char::from_u32)
        .chain("fin\u{7F}\u{9F}".chars())
        .collect();
    let controls = draft(vec![block(BlockKind::Paragraph(paragraph(vec![
        controls.as_str().into(),
    ])))]);
    let empty = Document {
        language: Lang::new(""),
        ..draft(Vec::new())
    };
    for document in [title, article, long, controls, empty] {
        let pages = laid(&document);
        assert_on_the_sheet(&pages);
        assert_no_line_over_another(&pages);
    }
    assert!(start.elapsed().as_secs() < 120, "{:?}", start.elapsed());
}
