//! Other scripts than ours, and characters that no face has.

use super::build::{block, block_in, foreign, paragraph, words};
use super::laid_blocks;
use super::reader::body;
use crate::document::{BlockKind, Place};
use crate::model::{Id, Lang};
use crate::typeset::pages::{Drawing, Owner, Pages, Tag};

fn faces_of(pages: &Pages, words: &str) -> Vec<String> {
    let runs = pages
        .pages
        .iter()
        .flat_map(|page| &page.items)
        .filter_map(|item| match &item.drawing {
            Drawing::Glyphs(run)
                if words.contains(run.text.trim()) && !run.text.trim().is_empty() =>
            {
                Some(run)
            }
            _ => None,
        });
    runs.map(|run| pages.faces[run.face].name.clone()).collect()
}

#[test]
fn each_script_is_shown_by_its_face_and_every_name_comes_back() {
    let names = [
        ("ar", "فجيج", "NotoNaskhArabic-Regular"),
        ("el", "Θεσσαλονίκη", "SourceSerif4-Regular"),
        ("zh", "成都市", "NotoSerifSC-Regular"),
        ("vi", "Đà Nẵng", "SourceSerif4-Regular"),
        ("am", "አዲስ", "NotoSerifEthiopic-Regular"),
        ("he", "חיפה", "NotoSerifHebrew-Regular"),
        ("uk", "Харків", "SourceSerif4-Regular"),
        ("ewe", "Dzɔ̀gbɛ́", "NotoSerif-Regular"),
    ];
    for (language, name, face) in names {
        let pages = laid_blocks(vec![block(BlockKind::Paragraph(paragraph(vec![
            "Le lieu nommé ".into(),
            foreign(language, name),
            " (dans sa langue).".into(),
        ])))]);
        assert_eq!(
            faces_of(&pages, name),
            [face],
            "{name} is set whole in one face"
        );
        assert!(body(&pages.pages[0])[0].text.contains(name), "{name}");
        assert_eq!(pages.remarks, []);
    }
}

#[test]
fn arabic_runs_from_the_right_and_figures_in_it_from_the_left() {
    let text = "سنوات 2027 إلى 2029 في بورتو نوفو";
    let pages = laid_blocks(vec![block_in(
        "ar",
        BlockKind::Paragraph(paragraph(vec![text.into()])),
    )]);
    let at = |words: &str| {
        let found = pages.pages[0]
            .items
            .iter()
            .find_map(|item| match &item.drawing {
                Drawing::Glyphs(run) if run.text.contains(words) => {
                    Some((run.x, run.right_to_left))
                }
                _ => None,
            });
        found.unwrap()
    };
    let (first, arabic) = at("سنوات");
    let (year, figures) = at("2027");
    let (later, _) = at("2029");
    assert!(arabic && !figures);
    assert!(first > year && year > later, "read from the right");
    let node = pages
        .nodes
        .iter()
        .find(|node| node.tag == Tag::Paragraph)
        .unwrap();
    assert_eq!(
        node.replacement.as_deref(),
        Some(text),
        "said in the order of speech"
    );
}

#[test]
fn a_character_that_no_face_has_gets_a_frame_and_a_remark() {
    let place = Place {
        record: Id::SINGLE,
        item: None,
        language: Lang::new("fr"),
        paragraph: 0,
        range: 0..3,
    };
    let mut strange = words("Le nom ꆈꌠ est écrit en nuosu.");
    strange.place = Some(place.clone());
    let pages = laid_blocks(vec![
        words("Première page."),
        block(BlockKind::PageBreak),
        strange,
    ]);
    let messages: Vec<&str> = pages
        .remarks
        .iter()
        .map(|remark| remark.message.as_str())
        .collect();
    assert_eq!(messages.len(), 2, "{messages:?}");
    assert!(
        messages[0].contains("« ꆈ »") && messages[0].contains("U+A188"),
        "{messages:?}"
    );
    assert!(pages.remarks.iter().all(|remark| remark.page == Some(1)));
    assert_eq!(pages.remarks[0].place.as_deref(), Some(&place));
    let frames = pages.pages[1]
        .items
        .iter()
        .filter(|item| matches!(&item.drawing, Drawing::Path(path) if path.stroke.is_some()));
    let said: Vec<&str> = frames
        .map(|frame| match frame.owner {
            Owner::Node(node) => pages.nodes[node].replacement.as_deref().unwrap(),
            Owner::Artifact(_) => "",
        })
        .collect();
    assert_eq!(said, ["ꆈ", "ꌠ"], "a frame stands for each, and says it");
}
