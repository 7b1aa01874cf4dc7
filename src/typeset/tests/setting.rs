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
        for glyph in run.glyphs.iter() {
            if &run.text[glyph.start as usize..glyph.end as usize] == " " {
                let thousandths = glyph.advance.0 * 1000 / run.size.0;
                assert!(
                    (150..=480).contains(&thousandths),
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

    let noun = "Die Angelegenheiten der Verwaltungsgemeinschaft werden besprochen. ".repeat(4);
    let noun = vec![block_in("de", words(&noun).kind)];
    let german = laid_blocks(vec![block(BlockKind::Paired(vec![(noun, vec![])]))]);
    assert!(
        !cut(&german).is_empty(),
        "nouns have a capital and are no names"
    );
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

/// The text of each line of a paragraph in the narrowest of two columns, after so many letters.
fn narrow_lines(language: &str, text: &str, lead: usize) -> Vec<String> {
    let text = format!("{} {text}", "m".repeat(lead));
    let side = |text: &str| {
        vec![block_in(
            language,
            BlockKind::Paragraph(paragraph(vec![text.into()])),
        )]
    };
    let pages = laid_blocks(vec![block(BlockKind::Paired(vec![(
        side(&text),
        Vec::new(),
    )]))]);
    let lines = pages.pages.iter().flat_map(body);
    lines.map(|line| line.text).collect()
}

#[test]
fn names_and_numbers_are_not_cut_at_their_own_hyphens() {
    for whole in [
        "Porto-Novo",
        "Boulogne-sur-Mer",
        "Provence-Alpes",
        "07/25/CU/CM",
        "2026-114",
        "1115-1-1",
    ] {
        for lead in 0..60 {
            let lines = narrow_lines("fr", &format!("à {whole} et ailleurs, {LONG}"), lead);
            assert!(
                lines.iter().any(|line| line.contains(whole)),
                "{whole}: {lines:#?}"
            );
        }
    }
    // A word that only begins a sentence is no name.
    let cut = (0..60).any(|lead| {
        let lines = narrow_lines(
            "fr",
            "Peut-être avant-hier, quelque-chose après-demain.",
            lead,
        );
        lines.iter().any(|line| line.trim_end().ends_with('-'))
    });
    assert!(cut);
}

#[test]
fn a_month_is_not_cut_in_a_date() {
    for (language, date) in [
        ("fr", "18\u{A0}novembre\u{A0}2026"),
        ("pt", "18\u{A0}de\u{A0}novembro de 2026"),
        ("de", "18.\u{A0}November 2026"),
        ("en", "18\u{A0}November 2026"),
    ] {
        let typed = date.replace('\u{A0}', " ");
        for lead in 0..40 {
            let lines = narrow_lines(language, &format!("{typed} {LONG}"), lead);
            let month = date
                .split('\u{A0}')
                .find(|it| it.to_lowercase().starts_with("novemb"));
            let month = month.unwrap().split(' ').next().unwrap();
            assert!(lines.iter().any(|line| line.contains(month)), "{lines:#?}");
            let ends = |line: &String| line.trim_end().ends_with(|c: char| c.is_ascii_digit());
            let day = lines.iter().find(|line| ends(line) && line.contains("18"));
            assert!(day.is_none_or(|line| line.contains(month)), "{lines:#?}");
        }
    }
}

#[test]
fn two_lines_running_end_with_a_hyphen_only_where_spaces_would_be_holes() {
    // In a column half as wide as the page: on a whole line no word needs to be cut.
    let whole = laid_blocks(vec![words(&LONG.repeat(12))]);
    assert!(!hyphenated(&whole).contains(&true));
    let column = (vec![words(&LONG.repeat(12))], Vec::new());
    let pages = laid_blocks(vec![block(BlockKind::Paired(vec![column]))]);
    let lines = hyphenated(&pages);
    let cut = lines.iter().filter(|cut| **cut).count();
    assert!(cut > 2, "some words are cut");
    let running = lines.windows(2).filter(|two| *two == [true, true]).count();
    assert!(running * 4 < cut, "{running} of {cut}");
}

/// For each line of the text, whether it ends in a word that is cut.
fn hyphenated(pages: &Pages) -> Vec<bool> {
    let mut lines: Vec<(i64, bool)> = Vec::new();
    for (number, page) in pages.pages.iter().enumerate() {
        for item in &page.items {
            if let (Drawing::Glyphs(run), Owner::Node(_)) = (&item.drawing, item.owner) {
                let y = run.y.0 + number as i64 * pages.height.0;
                let cut = run.text.ends_with('\u{AD}');
                match lines.last_mut() {
                    Some((known, last)) if *known == y => *last |= cut,
                    _ => lines.push((y, cut)),
                }
            }
        }
    }
    lines.into_iter().map(|(_, cut)| cut).collect()
}

#[test]
fn a_last_line_is_never_the_end_of_a_word() {
    for lead in 0..80 {
        let text = format!(
            "{} {LONG} représentation institutionnelle.",
            "m".repeat(lead % 40)
        );
        let pages = laid_blocks(vec![words(&text)]);
        let lines = body(&pages.pages[0]);
        let last = lines.last().unwrap();
        let cut = hyphenated(&pages);
        let before_last = cut[cut.len() - 2];
        assert!(
            !before_last || last.text.trim().chars().count() > 6,
            "{}",
            last.text
        );
    }
}

#[test]
fn a_looser_line_is_better_than_the_end_of_a_word_alone() {
    for text in [
        "Vu les statuts de l’établissement de coopération intercommunale Rif vert, formé de neuf communes ;",
        "le relevé participatif de soixante sources, trente sur chaque territoire, selon une fiche commune ;",
    ] {
        let pages = laid_blocks(vec![words(text)]);
        assert!(!hyphenated(&pages).contains(&true), "{text}");
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
    for (raised, plain) in raised.iter().zip(plain.iter()) {
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
