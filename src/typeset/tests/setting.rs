//! How lines are set: margins, hyphens, spaces.

use super::build::{block, block_in, paragraph, words};
use super::reader::body;
use super::{HAIR, laid_blocks, margins};
use crate::document::{BlockKind, Inline};
use crate::typeset::pages::{Drawing, Owner, Pages};

const LONG: &str = "La présente convention définit les actions que les parties mènent ensemble dans les \
    domaines de l’eau et de l’assainissement, de la santé maternelle et infantile et de la gouvernance \
    locale, ainsi que le montant prévisionnel de leurs engagements financiers, l’organisation de leur suivi \
    et les conditions dans lesquelles les assemblées délibérantes en sont informées chaque année.";

#[test]
fn justified_lines_are_as_wide_as_the_measure() {
    for (language, text) in [
        ("fr", LONG.to_owned()),
        (
            "pt",
            "A presente convenção define as ações que as partes conduzem em conjunto. ".repeat(6),
        ),
        (
            "ar",
            "تحدد هذه الاتفاقية الأعمال التي يقوم بها الطرفان معا في مجالات الماء. ".repeat(5),
        ),
        (
            "am",
            "ይህ ስምምነት ወገኖቹ በውሃ፣ በጤና እና በአካባቢ አስተዳደር ዘርፎች በጋራ የሚያከናውኗቸውን። ".repeat(4),
        ),
        (
            "zh",
            "本协定规定双方在水务、卫生、健康和地方治理领域共同开展的行动。".repeat(5),
        ),
    ] {
        let pages = laid_blocks(vec![block_in(
            language,
            BlockKind::Paragraph(paragraph(vec![text.as_str().into()])),
        )]);
        let (left, right) = margins(&pages);
        let lines = body(&pages.pages[0]);
        assert!(lines.len() > 2, "{language}");
        for line in &lines[..lines.len() - 1] {
            assert!((line.left - left).0.abs() <= HAIR.0, "{language}: {line:?}");
            assert!(
                (line.right - right).0.abs() <= HAIR.0,
                "{language}: {line:?}"
            );
        }
        let last = &lines[lines.len() - 1];
        let hangs = if language == "ar" {
            last.right - right
        } else {
            last.left - left
        };
        assert!(
            hangs.0.abs() <= HAIR.0,
            "the last line begins where its language does: {last:?}"
        );
        assert!(pages.remarks.is_empty(), "{:?}", pages.remarks);
    }
}

#[test]
fn spaces_of_a_justified_text_are_neither_holes_nor_missing() {
    let pages = laid_blocks(vec![words(&LONG.repeat(4))]);
    for item in &pages.pages[0].items {
        let (Drawing::Glyphs(run), Owner::Node(_)) = (&item.drawing, item.owner) else {
            continue;
        };
        for glyph in &run.glyphs {
            if &run.text[glyph.start as usize..glyph.end as usize] == " " {
                let thousandths = glyph.advance.0 * 1000 / run.size.0;
                assert!(
                    (190..=480).contains(&thousandths),
                    "{thousandths}: {}",
                    run.text
                );
            }
        }
    }
}

#[test]
fn words_are_cut_between_syllables_and_never_in_names_or_titles() {
    let name = "Intercommunalité Constantinople Anticonstitutionnelle ";
    let narrow = |text: &str| {
        let side = |text: &str| vec![words(text)];
        laid_blocks(vec![block(BlockKind::Paired(vec![(side(text), side(""))]))])
    };
    let cut = |pages: &Pages| -> Vec<String> {
        let items = pages.pages.iter().flat_map(|page| &page.items);
        items
            .filter_map(|item| match &item.drawing {
                Drawing::Glyphs(run) if run.text.ends_with('\u{AD}') => Some(run.text.to_string()),
                _ => None,
            })
            .collect()
    };
    let cuts = cut(&narrow(LONG));
    assert!(!cuts.is_empty());
    for line in &cuts {
        let head = line
            .trim_end_matches('\u{AD}')
            .rsplit([' ', '’'])
            .next()
            .unwrap();
        assert!(head.chars().count() >= 2, "{line}");
    }
    assert_eq!(cut(&narrow(&name.repeat(8))), Vec::<String>::new());
    let title = laid_blocks(vec![block(BlockKind::Title(vec![LONG.into()]))]);
    assert_eq!(cut(&title), Vec::<String>::new());
}

#[test]
fn no_line_ends_between_what_belongs_together() {
    for lead in 0..60 {
        let text = format!(
            "{} délibération n° 2026-114 du 1er janvier 2027 pour 46 400 € à M. Dupont ; « eau » {LONG}",
            "m".repeat(lead)
        );
        let pages = laid_blocks(vec![words(&text)]);
        for line in body(&pages.pages[0]) {
            let end = line.text.trim_end();
            let bad = ["n°", "1er", "janvier", "46", "400", "M.", "«"];
            assert!(
                !bad.iter().any(|bad| end.ends_with(&format!(" {bad}"))),
                "{end}"
            );
            assert!(
                !line.text.starts_with([';', '€', '»', ':']),
                "{}",
                line.text
            );
        }
    }
}

#[test]
fn a_word_wider_than_the_page_is_cut_and_kept_in_the_margins() {
    let word = "a".repeat(3_000);
    let pages = laid_blocks(vec![words(&format!("Voir {word} fin."))]);
    let (left, right) = margins(&pages);
    let mut count = 0;
    for line in pages.pages.iter().flat_map(body) {
        count += line.text.matches('a').count();
        assert!(
            line.left >= left - HAIR && line.right <= right + HAIR,
            "{line:?}"
        );
    }
    assert_eq!(count, 3_000);
}

#[test]
fn letters_of_ordinals_are_raised_and_the_whole_is_said() {
    let pages = laid_blocks(vec![words("L’article 1er et le XXIe siècle, pas la Vie.")]);
    let said: Vec<&str> = pages
        .nodes
        .iter()
        .filter_map(|node| node.replacement.as_deref())
        .collect();
    assert_eq!(said, ["1er", "XXIe"]);
    let glyphs = |pages: &Pages, words: &str| {
        let found = pages.pages[0]
            .items
            .iter()
            .find_map(|item| match &item.drawing {
                Drawing::Glyphs(run) if &*run.text == words => Some(run.glyphs.clone()),
                _ => None,
            });
        found.unwrap()
    };
    let raised = glyphs(&pages, "er");
    let plain = glyphs(&laid_blocks(vec![words("er")]), "er");
    for (raised, plain) in raised.iter().zip(&plain) {
        let drawn_raised = raised.id != plain.id;
        assert!(drawn_raised || raised.dy > plain.dy);
        assert!(raised.advance < plain.advance, "and smaller");
    }
}

#[test]
fn a_line_break_of_the_author_ends_the_line() {
    let pages = laid_blocks(vec![block(BlockKind::Paragraph(paragraph(vec![
        "Mairie".into(),
        Inline::LineBreak,
        "1 place de la République".into(),
    ])))]);
    let lines: Vec<String> = body(&pages.pages[0])
        .into_iter()
        .map(|line| line.text.trim().to_owned())
        .collect();
    assert_eq!(lines, ["Mairie", "1 place de la République"]);
}
