//! What typesetting costs, on the longest draft of the demonstration: `cargo bench --features anchors --bench typesetting`.
//!
//! - A layout after one paragraph was edited, as the preview asks for it at each pause of the typing: at most 5 ms.
//! - A first layout, with no face open yet and nothing remembered; and the file made of its pages.
//!
//! Medians. Exit status 1 when the promise is not kept.

use std::process::ExitCode;
use std::time::{Duration, Instant};

use passerelle::document::{
    self, Block, BlockKind, Composition, Document, Inline, Paragraph, Span,
};
use passerelle::reference::Reference;
use passerelle::typeset::{Fonts, Paragraphs, lay_out};
use passerelle::{demo, pdf};

const EDITS: usize = 200;
const COLD: usize = 15;
const MOST: Duration = Duration::from_millis(5);

fn main() -> ExitCode {
    let Some(document) = longest() else {
        eprintln!("The demonstration has no convention.");
        return ExitCode::FAILURE;
    };
    let (first, written, pages) = cold(&document);
    println!(
        "{pages} pages, {} blocks: first layout {first:.1?}, file {written:.1?}",
        document.blocks.len()
    );

    let again = edited(document);
    let kept = again <= MOST;
    println!("layout after an edit {again:.2?}, promise {MOST:?}: {kept}");
    if kept {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The draft of the demonstration that has the most blocks.
fn longest() -> Option<Document> {
    let records = demo::records();
    let composed = records.conventions().map(|convention| {
        document::compose(
            convention,
            &records,
            Reference::shipped(),
            &Composition::default(),
        )
    });
    composed.max_by_key(|document| document.blocks.len())
}

fn cold(document: &Document) -> (Duration, Duration, usize) {
    let mut layouts = Vec::new();
    let mut files = Vec::new();
    let mut count = 0;
    for _ in 0..COLD {
        let start = Instant::now();
        let pages = lay_out(document, &Fonts::shipped(), &mut Paragraphs::default());
        layouts.push(start.elapsed());
        let start = Instant::now();
        let bytes = pdf::write(&pages).map(|bytes| bytes.len()).unwrap_or(0);
        files.push(start.elapsed());
        assert!(bytes > 0, "pages that can be written");
        count = pages.pages.len();
    }
    (median(layouts), median(files), count)
}

/// A word more at the end of another paragraph each time.
fn edited(mut document: Document) -> Duration {
    let fonts = Fonts::shipped();
    let mut paragraphs = Paragraphs::default();
    let first = lay_out(&document, &fonts, &mut paragraphs);
    assert!(!first.pages.is_empty());
    let running: Vec<usize> = document
        .blocks
        .iter()
        .enumerate()
        .filter(|(_, block)| matches!(block.kind, BlockKind::Paragraph(_)))
        .map(|(place, _)| place)
        .collect();

    let mut taken = Vec::new();
    for edit in 0..EDITS {
        let place = running.get(edit * 7 % running.len().max(1));
        let block = place.and_then(|place| document.blocks.get_mut(*place));
        if let Some(Block {
            kind: BlockKind::Paragraph(Paragraph { text, .. }),
            ..
        }) = block
        {
            text.push(Inline::Span(Span::plain(format!(" aussitôt{edit}"))));
        }
        let start = Instant::now();
        let pages = lay_out(&document, &fonts, &mut paragraphs);
        taken.push(start.elapsed());
        assert!(!pages.pages.is_empty());
    }
    median(taken)
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times.get(times.len() / 2).copied().unwrap_or_default()
}
