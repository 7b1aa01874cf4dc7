//! Other scripts than ours, and characters that no face has.

use skrifa::{FontRef, MetadataProvider as _};

use super::build::{block, block_in, draft, foreign, paragraph, words};
use super::laid_blocks;
use super::reader::body;
use crate::document::{BlockKind, Place};
use crate::model::{Id, Lang};
use crate::typeset::pages::{Drawing, Owner, Pages, RemarkKind, Tag};
use crate::typeset::{Fonts, Paragraphs, lay_out};

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

/// A font file whose only letter is `c`, drawn as Noto Serif draws its « x ».
fn font_with_one_letter(c: char) -> Vec<u8> {
    let shipped = include_bytes!("../../../assets/fonts/NotoSerif-Regular.ttf");
    let font = FontRef::new(shipped).unwrap();
    let glyph = font.charmap().map('x').unwrap().to_u32();
    let number = |number: u32| number.to_be_bytes();
    let c = u32::from(c);
    // One subtable, of format 12, with one group of one character.
    let cmap: Vec<u8> = [
        number(1),
        number(0x0003_000A),
        number(12),
        number(0x000C_0000),
        number(28),
        number(0),
        number(1),
        number(c),
        number(c),
        number(glyph),
    ]
    .concat();

    let mut tables: Vec<(skrifa::Tag, &[u8])> = Vec::new();
    for record in font.table_directory().table_records() {
        let tag = record.tag();
        match &tag.to_be_bytes() {
            b"GSUB" | b"GPOS" | b"GDEF" => {}
            b"cmap" => tables.push((tag, &cmap)),
            _ => tables.push((tag, font.table_data(tag).unwrap().as_bytes())),
        }
    }
    let mut head: Vec<u8> = [0, 1, 0, 0, 0, tables.len() as u8, 0, 0, 0, 0, 0, 0].into();
    let mut body = Vec::new();
    for (tag, bytes) in &tables {
        let at = 12 + 16 * tables.len() + body.len();
        head.extend(tag.to_be_bytes());
        head.extend([number(0), number(at as u32), number(bytes.len() as u32)].concat());
        body.extend_from_slice(bytes);
        body.resize(body.len().next_multiple_of(4), 0);
    }
    head.extend(body);
    head
}

#[test]
fn a_character_that_only_the_computer_has_is_set_in_its_face_and_that_is_said() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("nuosu.ttf"), font_with_one_letter('ꆈ')).unwrap();
    let fonts = Fonts::with_folder(folder.path());
    let document = draft(vec![words(
        "Le nom ꆈꆈ est écrit en nuosu, ꌠ n’est nulle part.",
    )]);
    let laid = |fonts: &Fonts| lay_out(&document, fonts, &mut Paragraphs::default());
    let pages = laid(&fonts);

    let kinds: Vec<RemarkKind> = pages.remarks.iter().map(|remark| remark.kind).collect();
    assert_eq!(
        kinds,
        [RemarkKind::ComputerFace, RemarkKind::MissingCharacter]
    );
    assert!(pages.remarks[0].message.contains("NotoSerif"));
    let borrowed = pages.faces.last().unwrap();
    assert_eq!(borrowed.name, "NotoSerif-Regular");
    let file = crate::pdf::write(&pages).unwrap();
    assert_eq!(
        file,
        crate::pdf::write(&laid(&Fonts::with_folder(folder.path()))).unwrap()
    );

    // What ships is enough for the rest, and is taken first.
    let french = draft(vec![words("Valmont, Đà Nẵng, 成都市.")]);
    let with = lay_out(&french, &fonts, &mut Paragraphs::default());
    assert_eq!(
        with,
        lay_out(&french, &Fonts::shipped(), &mut Paragraphs::default())
    );
    assert_eq!(with.remarks, []);
}
