//! What holds of the pages of any document: nothing stands off the sheet, no line is written over another, each
//! heading is a bookmark, justified lines are straight.

use proptest::prelude::*;

use super::anything::{any_document, language, text};
use super::laid;
use super::reader::{body, is_under};
use crate::document::{
    Align, Block, BlockKind, Composition, Document, Heading, Inline, Paper, compose,
};
use crate::model::Lang;
use crate::reference::Reference;
use crate::typeset::galley::words_of;
use crate::typeset::measure::{BODY, Sheet, centipoints, pt};
use crate::typeset::pages::{
    Area, Drawing, GlyphRun, Length, Owner, Page, Pages, Remark, RemarkKind, Step, Tag,
};
use crate::typeset::paragraph::{Laid, Request};
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
    for glyph in run.glyphs.iter() {
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

/// What an outline or a picture covers.
fn area_of(drawing: &Drawing) -> Option<Area> {
    let path = match drawing {
        Drawing::Glyphs(_) => return None,
        Drawing::Picture { area, .. } => return Some(*area),
        Drawing::Path(path) => path,
    };
    let points: Vec<(Length, Length)> = path
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Move(x, y) | Step::Line(x, y) | Step::Curve(.., x, y) => Some((*x, *y)),
            Step::Close => None,
        })
        .collect();
    let (x, right) = (
        points.iter().map(|it| it.0).min()?,
        points.iter().map(|it| it.0).max()?,
    );
    let (y, foot) = (
        points.iter().map(|it| it.1).min()?,
        points.iter().map(|it| it.1).max()?,
    );
    Some(Area {
        x,
        y,
        width: right - x,
        height: foot - y,
    })
}

/// What is read ends above the foot of the page.
fn assert_above_the_foot(pages: &Pages, paper: Paper) {
    let sheet = Sheet::of(paper);
    for page in &pages.pages {
        for (run, owner) in runs(page) {
            assert!(
                !matches!(owner, Owner::Node(_)) || run.y <= sheet.bottom && run.y > sheet.header,
                "« {} » stands in the foot or the head",
                run.text
            );
        }
    }
}

fn assert_on_the_sheet(pages: &Pages) {
    for page in &pages.pages {
        for item in page
            .items
            .iter()
            .filter(|it| matches!(it.owner, Owner::Node(_)))
        {
            let Some(area) = area_of(&item.drawing) else {
                continue;
            };
            assert!(
                area.y >= Length::ZERO && area.y + area.height <= pages.height,
                "a drawing is off the sheet: {area:?}"
            );
            assert!(
                area.x >= Length::ZERO && area.x + area.width <= pages.width
                    || !pages.remarks.is_empty(),
                "a drawing is off the sheet, and nothing says so: {area:?}"
            );
        }
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

/// No baseline stands so near another that letters one above the other would touch. What is wider than its place, and
/// said to be, may reach into the next column.
fn assert_no_line_over_another(pages: &Pages) {
    let too_wide = |it: &Remark| it.kind == RemarkKind::TooWide;
    if pages.remarks.iter().any(too_wide) {
        return;
    }
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

/// How many headings there are, of those that are wanted.
fn headings(blocks: &[Block], wanted: fn(&Heading) -> bool) -> usize {
    blocks
        .iter()
        .map(|block| match &block.kind {
            BlockKind::Heading(heading) => usize::from(wanted(heading)),
            BlockKind::Paired(pairs) => {
                let sides = pairs
                    .iter()
                    .map(|(left, right)| headings(left, wanted) + headings(right, wanted));
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

/// What a line that does not go from one side of the measure to the other says, but the last; a paragraph whose setting
/// is remarked has none.
fn crooked(laid: &Laid, width: Length) -> Option<String> {
    let lines = laid
        .lines
        .split_last()
        .map_or(&[][..], |(_, before)| before);
    let lines = lines.iter().filter(|_| laid.remarks.is_empty());
    let mut crooked = lines.filter_map(|line| {
        let mut sides: Option<(Length, Length)> = None;
        let mut said = String::new();
        for ink in &line.ink {
            let own = match &ink.drawing {
                Drawing::Glyphs(run) => {
                    said.push_str(&run.text);
                    extent(run)
                }
                Drawing::Path(_) | Drawing::Picture { .. } => Some((ink.x, ink.x + ink.width)),
            };
            sides = match (sides, own) {
                (Some((left, right)), Some((from, to))) => Some((left.min(from), right.max(to))),
                (known, own) => known.or(own),
            };
        }
        let (left, right) = sides?;
        let straight = left.0.abs() <= STRAIGHT.0 && (right - width).0.abs() <= STRAIGHT.0;
        (!straight).then(|| format!("« {said} » goes from {left:?} to {right:?}"))
    });
    crooked.next()
}

/// Every paragraph of a document that is to be justified is.
fn assert_straight(document: &Document) {
    let fonts = Fonts::shipped();
    let mut paragraphs = Paragraphs::default();
    let width = Sheet::of(document.paper).measure;
    for block in &document.blocks {
        let BlockKind::Paragraph(paragraph) = &block.kind else {
            continue;
        };
        if paragraph.align != Align::Justify || paragraph.hanging {
            continue;
        }
        let request = Request {
            prefix: paragraph.number.as_deref(),
            inlines: &paragraph.text,
            language: block.language.as_ref().unwrap_or(&document.language),
            style: BODY,
            align: Align::Justify,
            width,
            hanging: Length::ZERO,
            first_note: 1,
        };
        let laid = paragraphs.press(&fonts).set(&request, &|_| false);
        assert_eq!(crooked(&laid, width), None, "{}", document.title);
    }
}

/// Every convention of the demonstration, in each way that it can be composed.
fn demonstration() -> Vec<Document> {
    use crate::document::{Languages, State};

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

fn is_paired(document: &Document) -> bool {
    let mut blocks = document.blocks.iter();
    blocks.any(|it| matches!(it.kind, BlockKind::Paired(_)))
}

/// What holds of the pages of any document; gives them.
fn assert_well_set(document: &Document) -> Pages {
    let pages = laid(document);
    assert_on_the_sheet(&pages);
    assert_above_the_foot(&pages, document.paper);
    assert_no_line_over_another(&pages);
    // One without words cannot be led to; one of signs that do not print may be.
    let shown = |heading: &Heading| words_of(&heading.text).chars().any(char::is_alphanumeric);
    let (least, most) = (
        headings(&document.blocks, shown),
        headings(&document.blocks, |_| true),
    );
    assert!(
        (least..=most).contains(&pages.outline.len()),
        "{}: {} bookmarks for {least} headings",
        document.title,
        pages.outline.len()
    );
    if !is_paired(document) {
        assert_in_order(&pages);
    }
    pages
}

#[test]
fn pages_of_the_demonstration_are_sound() {
    for document in demonstration() {
        let (pages, paired) = (assert_well_set(&document), is_paired(&document));
        assert_straight(&document);
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
        prop_assert_eq!(crooked(&laid, pt(width)), None);
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

proptest! {
    #![proptest_config(ProptestConfig { cases: 60, max_shrink_iters: 400, ..ProptestConfig::default() })]

    #[test]
    fn pages_of_any_document_are_sound(document in any_document()) {
        assert_well_set(&document);
    }
}
