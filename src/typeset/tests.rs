//! Whole documents laid out, and what a reader of their pages would notice.

mod anything;
mod breaking;
mod build;
mod look;
mod notes;
mod objects;
mod reader;
mod sample;
mod scripts;
mod setting;
mod soundness;
mod tagging;

use super::pages::{Artifact, Destination, Drawing, Length, Owner, Pages, Step};
use super::{Fonts, Paragraphs, lay_out};
use crate::document::{Around, Block, BlockKind, Document, Running};
use crate::model::Lang;
use build::{block, words};
use reader::{body, decoration, find};

/// 1/64 of a point.
const HAIR: Length = Length(1024);

fn laid(document: &Document) -> Pages {
    lay_out(document, &Fonts::shipped(), &mut Paragraphs::default())
}

fn laid_blocks(blocks: Vec<Block>) -> Pages {
    laid(&build::draft(blocks))
}

/// Left and right of the text on an A4 sheet.
fn margins(pages: &Pages) -> (Length, Length) {
    let margin = super::measure::tenths_of_mm(250);
    (margin, pages.width - margin)
}

#[test]
fn each_page_says_its_number_and_how_many_there_are() {
    let pages = laid(&sample::convention());
    assert_eq!(pages.pages.len(), 5);
    for (number, page) in pages.pages.iter().enumerate() {
        let [foot] = &decoration(page, Artifact::Footer)[..] else {
            panic!("one line at the foot");
        };
        assert!(
            foot.starts_with("Projet, version 14 du 23\u{A0}novembre\u{A0}2026"),
            "{foot}"
        );
        assert!(foot.ends_with(&format!("{} / 5", number + 1)), "{foot}");
    }
}

#[test]
fn the_running_head_stands_on_each_page_but_the_first() {
    let pages = laid(&sample::convention());
    let heads: Vec<bool> = pages
        .pages
        .iter()
        .map(|page| !decoration(page, Artifact::Header).is_empty())
        .collect();
    assert_eq!(heads, [false, true, true, true, true]);
}

#[test]
fn the_word_across_a_draft_is_painted_first_and_says_nothing() {
    let pages = laid(&sample::convention());
    for page in &pages.pages {
        assert_eq!(page.items[0].owner, Owner::Artifact(Artifact::Watermark));
        assert!(matches!(&page.items[0].drawing, Drawing::Path(path) if path.fill.is_some()));
        let said = body(page)
            .into_iter()
            .any(|line| line.text.contains("PROJET"));
        assert!(!said);
    }
    let signed = Document {
        around: Around::default(),
        ..sample::convention()
    };
    let watermark = Owner::Artifact(Artifact::Watermark);
    let signed = laid(&signed);
    let mut items = signed.pages.iter().flat_map(|page| &page.items);
    assert!(items.all(|item| item.owner != watermark));
}

#[test]
fn the_word_across_a_draft_stays_on_the_sheet_in_a_language_that_begins_at_the_right() {
    let document = Document {
        around: Around {
            language: Lang::new("ar"),
            watermark: Some("مشروع".into()),
            ..Around::default()
        },
        language: Lang::new("ar"),
        ..build::draft(vec![words("نص.")])
    };
    let pages = laid(&document);
    let Drawing::Path(path) = &pages.pages[0].items[0].drawing else {
        panic!("the word is outlines");
    };
    assert!(path.steps.len() > 20);
    for step in &path.steps {
        if let Step::Move(x, y) | Step::Line(x, y) | Step::Curve(.., x, y) = step {
            assert!((Length::ZERO..=pages.width).contains(x), "{x:?}");
            assert!((Length::ZERO..=pages.height).contains(y), "{y:?}");
        }
    }
}

#[test]
fn what_begins_at_the_right_has_its_first_party_and_its_foot_there() {
    let document = Document {
        around: Around {
            language: Lang::new("ar"),
            footer: Running {
                left: "مشروع".into(),
                right: String::new(),
            },
            ..Around::default()
        },
        language: Lang::new("ar"),
        ..build::draft(vec![
            words("نص."),
            block(BlockKind::Signatures(vec![
                build::signature("Un", "Maire", None, vec![]),
                build::signature("Deux", "Maire", None, vec![]),
            ])),
        ])
    };
    let pages = laid(&document);
    let (left, right) = margins(&pages);
    let run = |wanted: &str| {
        let items = pages.pages[0].items.iter();
        let mut runs = items.filter_map(|item| match &item.drawing {
            Drawing::Glyphs(run) => Some(run),
            _ => None,
        });
        runs.find(|run| run.text.contains(wanted)).unwrap().clone()
    };
    assert!(run("Un").x > run("Deux").x);
    assert!((run("/").x - left).0.abs() < super::measure::pt(20).0);
    let label = run("مشروع");
    let width: Length = label.glyphs.iter().map(|glyph| glyph.advance).sum();
    assert!((label.x + width - right).0.abs() <= HAIR.0);
}

#[test]
fn nothing_stands_outside_the_margins() {
    let pages = laid(&sample::convention());
    let (left, right) = margins(&pages);
    for page in &pages.pages {
        for line in reader::lines(page, |_| true) {
            assert!(line.left >= left - HAIR, "{line:?}");
            assert!(line.right <= right + HAIR, "{line:?}");
            assert!(line.baseline > Length::ZERO && line.baseline < pages.height);
        }
    }
}

#[test]
fn contents_say_the_page_of_each_heading_and_lead_there() {
    let pages = laid(&sample::convention());
    assert_eq!(pages.outline.len(), 11);
    let listed: Vec<_> = body(&pages.pages[0])
        .into_iter()
        .filter(|line| line.text.starts_with("Article") || line.text.starts_with("Annexe"))
        .collect();
    for bookmark in &pages.outline {
        let (page, _) = (bookmark.page, bookmark.y);
        let words: String = bookmark
            .title
            .split_whitespace()
            .take(2)
            .collect::<Vec<_>>()
            .join("\u{A0}");
        let number = (page + 1).to_string();
        let told = listed.iter().filter(|line| line.text.starts_with(&words));
        assert!(
            bookmark.title.starts_with("Artigo")
                || told.clone().any(|line| line.text.ends_with(&number)),
            "{words} {number} {listed:#?}"
        );
        let leads = pages.pages[0].links.iter().any(|link| {
            link.description == bookmark.title
                && link.to
                    == Destination::Page {
                        page,
                        y: bookmark.y,
                    }
        });
        assert!(leads, "{}", bookmark.title);
    }
}

#[test]
fn contents_are_printed_in_a_document_long_enough() {
    let of_pages = |count: usize| {
        let mut blocks = vec![block(BlockKind::Contents(build::contents("Sommaire", 6)))];
        for article in 1..=count {
            blocks.push(block(BlockKind::PageBreak));
            blocks.push(build::heading(1, &format!("Article {article}")));
        }
        laid_blocks(blocks)
    };
    let short = of_pages(6);
    assert_eq!(short.pages.len(), 6);
    assert!(short.pages.iter().all(|page| page.links.is_empty()));
    assert!(
        short
            .nodes
            .iter()
            .all(|node| node.tag != super::pages::Tag::Contents)
    );
    let long = of_pages(7);
    assert_eq!(long.pages.len(), 8, "the contents have a page of their own");
    assert_eq!(long.pages[0].links.len(), 7);
    assert_eq!(find(&long, "Article\u{A0}7").1.text, "Article\u{A0}78");
}

#[test]
fn each_part_has_its_own_words_around_its_text() {
    let around = |language: &str, word: &str| Around {
        language: Lang::new(language),
        watermark: Some(word.into()),
        footer: Running {
            left: format!("Pied {language}"),
            right: String::new(),
        },
        ..Around::default()
    };
    let document = Document {
        around: around("fr", "PROJET"),
        ..build::draft(vec![
            words("Texte."),
            block(BlockKind::Part(Box::new(around("pt", "PROJETO")))),
            words("Texto."),
            block(BlockKind::PageBreak),
            words("Anexo."),
        ])
    };
    let pages = laid(&document);
    let feet: Vec<String> = pages
        .pages
        .iter()
        .map(|page| decoration(page, Artifact::Footer).concat())
        .collect();
    assert_eq!(feet, ["Pied fr1 / 3", "Pied pt2 / 3", "Pied pt3 / 3"]);
    let across = |page: usize| pages.pages[page].items[0].drawing.clone();
    assert_ne!(across(0), across(1));
    assert_eq!(across(1), across(2));
}

#[test]
fn the_running_head_is_cut_only_when_both_of_its_ends_are_long() {
    let title = "Convention de coopération décentralisée Valmont – Porto-Novo 2027-2029";
    let document = Document {
        around: Around {
            header: Running {
                left: "Communauté d’agglomération".into(),
                right: title.into(),
            },
            ..Around::default()
        },
        ..build::draft(vec![
            words("Un."),
            block(BlockKind::PageBreak),
            words("Deux."),
        ])
    };
    let head = decoration(&laid(&document).pages[1], Artifact::Header).concat();
    assert!(head.contains("Porto-Novo 2027-2029"), "{head}");
    assert!(!head.contains('…'), "{head}");
}

#[test]
fn bookmarks_stand_in_the_order_of_the_text_at_the_place_of_their_heading() {
    let pages = laid(&sample::convention());
    let levels: Vec<u8> = pages
        .outline
        .iter()
        .map(|bookmark| bookmark.level)
        .collect();
    assert_eq!(levels, [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1]);
    assert!(pages.outline.is_sorted_by_key(|bookmark| bookmark.page));
    let (page, line) = find(&pages, "Durée, modification");
    // The first that says so is the line of the contents.
    assert_eq!(page, 0);
    let heading = &pages.outline[5];
    assert_eq!(heading.title, "Article 6 — Durée, modification, fin");
    let there = body(&pages.pages[heading.page])
        .into_iter()
        .find(|there| there.text == line.text.trim_end_matches(char::is_numeric))
        .unwrap();
    assert!(heading.y < there.baseline && there.baseline < heading.y + super::measure::pt(20));
}

#[test]
fn the_same_document_gives_the_same_pages_whatever_was_set_before() {
    let fonts = Fonts::shipped();
    let document = sample::convention();
    let fresh = lay_out(&document, &fonts, &mut Paragraphs::default());
    let mut kept = Paragraphs::default();
    let mut edited = document.clone();
    edited.blocks.remove(3);
    edited
        .blocks
        .insert(5, build::words("Un paragraphe de plus, puis retiré."));
    assert_ne!(lay_out(&edited, &fonts, &mut kept), fresh);
    assert_eq!(lay_out(&document, &fonts, &mut kept), fresh);
    assert_eq!(lay_out(&document, &Fonts::shipped(), &mut kept), fresh);
}

#[test]
fn lines_are_numbered_every_five_where_that_is_asked() {
    let text = "Les parties se rencontrent chaque année. ".repeat(30);
    let blocks: Vec<Block> = (0..5).map(|_| build::words(&text)).collect();
    let numbered = laid(&Document {
        line_numbers: true,
        ..build::draft(blocks.clone())
    });
    let numbers = decoration(&numbered.pages[0], Artifact::Layout);
    assert_eq!(numbers[..4], ["5", "10", "15", "20"]);
    let (left, _) = margins(&numbered);
    let all = reader::lines(&numbered.pages[0], |owner| {
        owner == Owner::Artifact(Artifact::Layout)
    });
    let fifth = &body(&numbered.pages[0])[4];
    assert_eq!(all[0].baseline, fifth.baseline);
    assert!(all.iter().all(|number| number.right < left));
    assert!(decoration(&laid_blocks(blocks).pages[0], Artifact::Layout).is_empty());
}

#[test]
fn a_document_without_words_has_one_page() {
    let pages = laid_blocks(Vec::new());
    assert_eq!(pages.pages.len(), 1);
    assert_eq!(decoration(&pages.pages[0], Artifact::Footer), ["1 / 1"]);
}
