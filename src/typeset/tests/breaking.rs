//! Where pages end.
//!
//! A rule of page breaks shows only where a page ends, so each is tried with its text pushed down line by
//! line over a whole page.

use super::build::{
    block, bold, heading, item, lines_above, list, paragraph, signature, table, words,
};
use super::laid_blocks;
use super::reader::{body, decoration, find, lines_of};
use crate::document::{Align, Block, BlockKind, Paragraph};
use crate::typeset::measure::{BODY, centipoints};
use crate::typeset::pages::{Artifact, Pages, Tag};

const LONG: &str = "Les parties conduisent ensemble les actions décrites ci-après, dans la limite des \
    crédits que leurs assemblées ont votés ; elles en rendent compte chaque année devant le comité de \
    suivi, qui se réunit alternativement dans chacune des collectivités et dont le secrétariat est assuré \
    par la collectivité qui reçoit. Le comité propose les ajustements nécessaires, que les assemblées \
    approuvent par délibération.";

/// The blocks after 0 to 50 lines of other text.
fn pushed_down(blocks: impl Fn() -> Vec<Block>) -> impl Iterator<Item = Pages> {
    (0..50).map(move |lines| {
        let mut all = vec![lines_above(lines)];
        all.extend(blocks());
        laid_blocks(all)
    })
}

fn page_of(pages: &Pages, words: &str) -> usize {
    find(pages, words).0
}

#[test]
fn pushing_down_reaches_every_height_of_the_page() {
    let pages: Vec<usize> = pushed_down(|| vec![words("Fin.")])
        .map(|pages| page_of(&pages, "Fin."))
        .collect();
    assert_eq!((pages[0], pages[49]), (0, 1));
}

#[test]
fn no_heading_is_the_last_line_of_its_page() {
    for pages in pushed_down(|| vec![heading(1, "Article 1er — Objet"), words(LONG)]) {
        assert_eq!(
            page_of(&pages, "Objet"),
            page_of(&pages, "Les parties conduisent")
        );
    }
    for pages in pushed_down(|| {
        let items = vec![item("–", vec!["premier élément ;".into()])];
        vec![
            heading(1, "Titre"),
            heading(2, "Sous-titre"),
            block(BlockKind::List(list(items))),
        ]
    }) {
        assert_eq!(page_of(&pages, "Titre"), page_of(&pages, "premier élément"));
        assert_eq!(
            page_of(&pages, "Sous-titre"),
            page_of(&pages, "premier élément")
        );
    }
}

#[test]
fn a_heading_stays_with_two_languages_side_by_side() {
    for pages in pushed_down(|| {
        let side = |text: &str| vec![words(&format!("{text} {LONG}"))];
        vec![
            heading(1, "Annexe en deux langues"),
            block(BlockKind::Paired(vec![(
                side("À gauche"),
                side("À droite"),
            )])),
        ]
    }) {
        let (page, left) = find(&pages, "À gauche");
        assert_eq!(page_of(&pages, "Annexe en deux"), page);
        assert_eq!(page_of(&pages, "À droite"), page);
        assert!(
            left.text.contains("À droite"),
            "they begin level: {}",
            left.text
        );
    }
}

#[test]
fn no_line_of_a_paragraph_is_alone_on_a_page() {
    let mut parted = 0;
    for pages in pushed_down(|| vec![words(LONG)]) {
        let node = pages
            .nodes
            .iter()
            .rposition(|node| node.tag == Tag::Paragraph)
            .unwrap();
        let lines = lines_of(&pages, node);
        assert!(lines.len() >= 5);
        for number in [0, 1] {
            let there = lines.iter().filter(|(page, _)| *page == number).count();
            assert_ne!(there, 1, "{lines:#?}");
            parted += usize::from(there > 1 && there < lines.len());
        }
    }
    assert!(parted > 0, "some page ends inside the paragraph");
}

#[test]
fn what_must_stay_with_the_next_does() {
    for pages in pushed_down(|| {
        vec![
            block(BlockKind::Paragraph(Paragraph {
                keep_with_next: true,
                ..paragraph(vec!["Fait à Valmont.".into()])
            })),
            block(BlockKind::Signatures(vec![
                signature(
                    "Pour Valmont",
                    "La présidente",
                    Some("Hélène Ferrand"),
                    vec![],
                ),
                signature(
                    "Pour Porto-Novo",
                    "Le maire",
                    Some("Charlemagne Dossou"),
                    vec![],
                ),
                signature(
                    "Pour Đà Nẵng",
                    "Le président",
                    Some("Trần Văn Minh"),
                    vec![],
                ),
            ])),
        ]
    }) {
        let page = page_of(&pages, "Fait à Valmont");
        for signs in [
            "Pour Valmont",
            "Hélène Ferrand",
            "Charlemagne Dossou",
            "Trần Văn Minh",
        ] {
            assert_eq!(page_of(&pages, signs), page, "{signs}");
        }
    }
}

fn long_table(count: usize) -> Block {
    let names: Vec<String> = (1..=count).map(|line| format!("Ligne {line}.")).collect();
    let rows: Vec<Vec<&str>> = names
        .iter()
        .map(|name| vec![name.as_str(), "1 000 €"])
        .collect();
    let rows: Vec<&[&str]> = rows.iter().map(Vec::as_slice).collect();
    let columns = [("Poste", Align::Start, 3), ("Montant", Align::End, 1)];
    block(BlockKind::Table(table(
        "Tableau des postes",
        &columns,
        &rows,
    )))
}

#[test]
fn a_table_has_its_heads_on_each_page_that_it_covers() {
    let pages = laid_blocks(vec![long_table(90)]);
    assert!(pages.pages.len() >= 3);
    for (number, page) in pages.pages.iter().enumerate() {
        let again = decoration(page, Artifact::Layout);
        let own = body(page)
            .into_iter()
            .any(|line| line.text == "PosteMontant");
        assert_eq!(own, number == 0, "in the text once");
        let repeated = again.iter().filter(|text| *text == "PosteMontant").count();
        assert_eq!(repeated, usize::from(number > 0), "then as decoration");
    }
    for line in 1..=90 {
        find(&pages, &format!("Ligne {line}."));
    }
}

#[test]
fn heads_of_a_table_stay_with_its_first_row_and_its_total_with_the_last() {
    for pages in pushed_down(|| vec![long_table(12)]) {
        let page = page_of(&pages, "Tableau des postes");
        assert_eq!(page_of(&pages, "PosteMontant"), page);
        assert_eq!(page_of(&pages, "Ligne 1."), page);
        assert_eq!(page_of(&pages, "Ligne 11."), page_of(&pages, "Ligne 12."));
        assert_eq!(page_of(&pages, "Ligne 10."), page_of(&pages, "Ligne 12."));
    }
}

#[test]
fn a_table_that_a_third_of_a_page_holds_is_not_cut() {
    let mut moved = 0;
    for pages in pushed_down(|| vec![heading(1, "Article 7"), long_table(7)]) {
        let page = page_of(&pages, "Ligne 1.");
        for line in 2..=7 {
            assert_eq!(page_of(&pages, &format!("Ligne {line}.")), page);
        }
        assert_eq!(page_of(&pages, "Article\u{A0}7"), page);
        moved += page;
    }
    assert!(moved > 3, "some begin the next page");
}

#[test]
fn a_longer_table_begins_where_it_comes_rather_than_leave_a_page_blank() {
    let pages = pushed_down(|| vec![heading(1, "Article 7"), long_table(24)]);
    let is_cut = |pages: &Pages| page_of(pages, "Ligne 1.") != page_of(pages, "Ligne 24.");
    assert!(pages.into_iter().any(|pages| is_cut(&pages)));
}

#[test]
fn a_row_that_heads_others_is_not_parted_from_them() {
    let with_heads = || {
        let mut block = long_table(30);
        if let BlockKind::Table(table) = &mut block.kind {
            for row in table.rows.iter_mut().step_by(5) {
                row.heads = true;
            }
        }
        vec![block]
    };
    for pages in pushed_down(with_heads) {
        for head in (1..=30).step_by(5) {
            let page = |line: usize| page_of(&pages, &format!("Ligne {line}."));
            assert_eq!(page(head), page(head + 1), "{head}");
        }
    }
}

#[test]
fn a_cut_leaves_no_row_of_a_table_alone() {
    for pages in pushed_down(|| vec![long_table(60)]) {
        let mut rows = vec![0; pages.pages.len()];
        for line in 1..=60 {
            rows[page_of(&pages, &format!("Ligne {line}."))] += 1;
        }
        assert!(!rows.contains(&1), "{rows:?}");
    }
}

#[test]
fn words_of_a_table_take_the_room_that_figures_leave() {
    let name = "Ressources humaines – Coordonnateur local du programme, à plein temps";
    let columns = [
        ("Poste", Align::Start, 1),
        ("2027", Align::End, 1),
        ("2028", Align::End, 1),
        ("Total", Align::End, 1),
    ];
    let rows: [&[&str]; 2] = [
        &[name, "12 000", "9 000", "21 000"],
        &["Total", "12 000", "9 000", "21 000"],
    ];
    let pages = laid_blocks(vec![block(BlockKind::Table(table("", &columns, &rows)))]);
    let (_, line) = find(&pages, "à plein temps");
    assert!(
        line.text.contains("Ressources"),
        "on one line: {}",
        line.text
    );
    assert!(line.text.contains("21\u{202F}000"), "{}", line.text);
}

#[test]
fn signatures_never_stand_on_a_page_without_the_end_of_the_text() {
    let done = || {
        block(BlockKind::Paragraph(Paragraph {
            keep_with_next: true,
            ..paragraph(vec!["Fait à Valmont.".into()])
        }))
    };
    let signs = || {
        signature(
            "Pour Valmont",
            "La présidente",
            Some("Hélène Ferrand"),
            vec![],
        )
    };
    for pages in pushed_down(|| {
        vec![
            words(LONG),
            done(),
            block(BlockKind::Signatures(vec![signs()])),
        ]
    }) {
        let page = page_of(&pages, "Pour Valmont");
        assert_eq!(page_of(&pages, "Fait à Valmont"), page);
        let text = body(&pages.pages[page]);
        let end = text
            .iter()
            .filter(|line| line.text.contains("délibération."))
            .count();
        assert_eq!(end, 1, "the last line of the text stands above them");
        assert!(text.len() >= 6);
    }
}

#[test]
fn a_cell_longer_than_a_page_loses_no_word() {
    let count = 900;
    let text: String = (0..count).map(|word| format!("mot{word} ")).collect();
    let columns = [("Nom", Align::Start, 1), ("Texte", Align::Start, 1)];
    let rows: [&[&str]; 2] = [&["A", &text], &["Total", "-"]];
    let pages = laid_blocks(vec![block(BlockKind::Table(table("", &columns, &rows)))]);
    assert!(pages.pages.len() > 1);
    let printed: String = pages
        .pages
        .iter()
        .flat_map(body)
        .map(|line| line.text + " ")
        .collect();
    for word in 0..count {
        assert!(printed.contains(&format!("mot{word} ")), "mot{word}");
    }
}

#[test]
fn a_new_page_begins_where_it_is_asked_and_none_is_empty() {
    let blocks = || {
        vec![
            block(BlockKind::PageBreak),
            words("Un."),
            block(BlockKind::PageBreak),
            block(BlockKind::PageBreak),
            heading(1, "Annexe"),
            words("Deux."),
            block(BlockKind::PageBreak),
        ]
    };
    let pages = laid_blocks(blocks());
    assert_eq!(pages.pages.len(), 2);
    assert_eq!(page_of(&pages, "Deux."), 1);
    // A heading at the top has no space above it.
    let without = laid_blocks(vec![heading(1, "Annexe")]);
    assert_eq!(
        find(&pages, "Annexe").1.baseline,
        find(&without, "Annexe").1.baseline
    );
}

#[test]
fn two_languages_go_down_side_by_side_and_each_pair_begins_level() {
    let pairs: Vec<(Vec<Block>, Vec<Block>)> = (1..=12)
        .map(|number| {
            let left = words(&format!("Gauche{number}. {LONG}"));
            let right = words(&format!("Direita{number}. {}", &LONG[..200]));
            (vec![left], vec![right])
        })
        .collect();
    let pages = laid_blocks(vec![block(BlockKind::Paired(pairs))]);
    assert!(pages.pages.len() > 1);
    for number in 1..=12 {
        let (page, left) = find(&pages, &format!("Gauche{number}."));
        assert_eq!(page_of(&pages, &format!("Direita{number}.")), page);
        assert!(
            left.text.contains(&format!("Direita{number}.")),
            "{}",
            left.text
        );
    }
}

#[test]
fn a_title_is_set_in_even_lines() {
    let title =
        "Convention de coopération décentralisée pour l’eau, la santé, la culture et la jeunesse";
    let pages = laid_blocks(vec![
        block(BlockKind::Title(vec![bold(title)])),
        words("Texte."),
    ]);
    let lines = body(&pages.pages[0]);
    let widths: Vec<i64> = lines[..2]
        .iter()
        .map(|line| (line.right - line.left).0)
        .collect();
    assert!(
        widths[0] * 2 > widths[1] && widths[1] * 2 > widths[0],
        "{widths:?}"
    );
}

#[test]
fn no_line_of_a_title_ends_on_a_short_word_that_could_begin_the_next() {
    for title in [
        "Convention multipartite de coopération décentralisée",
        "Convention de coopération décentralisée pour l’eau, la santé, la culture et la jeunesse",
    ] {
        let pages = laid_blocks(vec![
            block(BlockKind::Title(vec![bold(title)])),
            words("Texte."),
        ]);
        let lines = body(&pages.pages[0]);
        assert!(lines.len() > 2, "the title takes two lines");
        let first = lines[0].text.trim();
        let last = first.rsplit(' ').next().unwrap();
        assert!(last.chars().count() > 3, "{first}");
    }
}

#[test]
fn a_text_a_little_longer_than_a_page_is_set_on_one_with_smaller_spaces() {
    let charter = |paragraphs: usize| {
        let text = (0..paragraphs).map(|_| words("Une ligne."));
        laid_blocks(text.chain([words("La dernière.")]).collect())
    };
    let full = (1..).find(|count| charter(*count).pages.len() > 1).unwrap();
    let spaces = |pages: &Pages| {
        let lines = body(&pages.pages[0]);
        lines[1].baseline - lines[0].baseline
    };
    let (roomy, tight) = (charter(10), charter(full - 1));
    assert!(spaces(&tight) < spaces(&roomy));
    assert!(
        spaces(&tight) > BODY.leading + centipoints(300),
        "not so tight that paragraphs run into each other"
    );
    // What does not fit even so is set as usual.
    assert_eq!(spaces(&charter(full)), spaces(&roomy));
}

#[test]
fn a_heading_without_text_in_one_of_two_languages_does_not_chain_the_articles() {
    let article = |number: usize| {
        let title = format!("Titre {number}");
        let french = vec![heading(1, &title), words(&"Un article. ".repeat(60))];
        (french, vec![heading(1, "Titel")])
    };
    let pages = laid_blocks(vec![block(BlockKind::Paired(
        (0..8).map(article).collect(),
    ))]);
    let lines = body(&pages.pages[0]);
    let lowest = lines.last().unwrap().baseline;
    assert!(
        lowest > pages.height * 8 / 10,
        "the first page is filled: {lowest:?}"
    );
}
