//! The tree that assistive technology reads.

use super::build::{
    blank, block, block_in, foreign, heading, item, list, note, paragraph, table, words,
};
use super::reader::tree;
use super::{laid, laid_blocks, sample};
use crate::document::{Align, Anchor, BlockKind, Inline, ListItem, Target};
use crate::model::{Key, Lang};
use crate::typeset::pages::{Owner, Tag};

#[test]
fn the_tree_tells_the_document_in_the_order_of_reading() {
    let sublist = list(vec![item("a)", vec!["les forages.".into()])]);
    let items = vec![
        ListItem {
            sublist: Some(sublist),
            ..item("–", vec!["l’eau :".into()])
        },
        item("–", vec!["la santé.".into()]),
    ];
    let columns = [("Poste", Align::Start, 1), ("2027", Align::End, 1)];
    let pages = laid_blocks(vec![
        block(BlockKind::Title(vec!["Convention".into()])),
        heading(1, "Objet"),
        block(BlockKind::Paragraph(paragraph(vec![
            "À ".into(),
            foreign("vi", "Đà Nẵng"),
            " le ".into(),
            blank(5, "date"),
            note("Une note."),
            ".".into(),
        ]))),
        block(BlockKind::List(list(items))),
        block(BlockKind::Table(table(
            "Coûts",
            &columns,
            &[&["Eau", "1"], &["Total", "1"]],
        ))),
        words("Fin."),
    ]);
    let expected = [
        "Document",
        "  H1 Convention",
        "  H2 Objet",
        "  P À  le .",
        "    Span Đà Nẵng",
        "    Span date",
        "    Reference 1",
        "    Note",
        "      Lbl 1",
        "      P Une note.",
        "  L",
        "    LI",
        "      Lbl –",
        "      LBody",
        "        P l’eau\u{A0}:",
        "        L",
        "          LI",
        "            Lbl a)",
        "            LBody les forages.",
        "    LI",
        "      Lbl –",
        "      LBody la santé.",
        "  Table",
        "    Caption Coûts",
        "    THead",
        "      TR",
        "        TH Poste",
        "        TH 2027",
        "    TBody",
        "      TR",
        "        TH Eau",
        "        TD 1",
        "      TR",
        "        TH Total",
        "        TD 1",
        "  P Fin.",
    ];
    assert_eq!(tree(&pages), expected);
}

#[test]
fn items_of_a_page_follow_the_tree() {
    let pages = laid(&sample::convention());
    for page in &pages.pages {
        let top = |node: usize| {
            let mut node = node;
            while let Some(parent) = pages.nodes[node].parent.filter(|parent| *parent > 0) {
                node = parent;
            }
            node
        };
        // Notes at the foot belong to paragraphs above; the columns of two languages are each read down.
        let beside = |node: usize| {
            let mut node = Some(node);
            let mut note = false;
            while let Some(at) = node {
                note |= pages.nodes[at].tag == Tag::Note;
                node = pages.nodes[at].parent;
            }
            note
        };
        let order: Vec<usize> = page
            .items
            .iter()
            .filter_map(|item| match item.owner {
                Owner::Node(node) if !beside(node) => Some(top(node)),
                _ => None,
            })
            .collect();
        let portuguese = |node: &usize| pages.nodes[*node].language == Some(Lang::new("pt"));
        let (right, left): (Vec<usize>, Vec<usize>) = order.into_iter().partition(portuguese);
        assert!(left.is_sorted() && right.is_sorted(), "{left:?} {right:?}");
    }
}

#[test]
fn no_level_of_heading_is_skipped() {
    let pages = laid_blocks(vec![
        block(BlockKind::Title(vec!["Convention".into()])),
        heading(3, "Trop profond"),
        heading(4, "Plus encore"),
        heading(1, "Retour"),
    ]);
    let levels: Vec<u8> = pages
        .nodes
        .iter()
        .filter_map(|node| match node.tag {
            Tag::Heading(level) => Some(level),
            _ => None,
        })
        .collect();
    assert_eq!(levels, [1, 2, 3, 2]);
    assert!(
        pages.outline[0].level == 1,
        "bookmarks begin at the first level"
    );
}

#[test]
fn languages_are_said_where_they_change_and_only_there() {
    let pages = laid_blocks(vec![
        block_in(
            "pt",
            BlockKind::Paragraph(paragraph(vec!["Olá".into(), foreign("fr", "bonjour")])),
        ),
        words("Bonjour"),
        block_in(
            "fr",
            BlockKind::Paragraph(paragraph(vec!["Bonsoir".into()])),
        ),
    ]);
    let said: Vec<Option<&str>> = pages
        .nodes
        .iter()
        .map(|node| node.language.as_ref().map(Lang::as_str))
        .collect();
    assert_eq!(said, [None, Some("pt"), Some("fr"), None, None]);
}

#[test]
fn links_lead_where_they_say_or_are_plain_words() {
    let link = |target, text: &str| Inline::Link {
        target,
        text: vec![text.into()],
    };
    let pages = laid_blocks(vec![
        heading(1, "Article 3"),
        block(BlockKind::Paragraph(paragraph(vec![
            link(Target::Anchor(Anchor(Key::fold("Article 3"))), "article 3"),
            " ".into(),
            link(Target::Anchor(Anchor(Key::new("nulle-part"))), "nulle part"),
            " ".into(),
            link(Target::Address("javascript:alert(1)".into()), "script"),
            " ".into(),
            link(Target::Address("https://valmont.example".into()), "site"),
        ]))),
    ]);
    let links = &pages.pages[0].links;
    let described: Vec<&str> = links.iter().map(|link| link.description.as_str()).collect();
    assert_eq!(described, ["Article 3", "https://valmont.example"]);
    assert!(
        links
            .iter()
            .all(|link| pages.nodes[link.node].tag == Tag::Link)
    );
    assert!(
        links
            .iter()
            .all(|link| link.area.width.0 > 0 && link.area.height.0 > 0)
    );
}

#[test]
fn logos_are_figures_that_say_what_they_show() {
    let pages = laid(&sample::convention());
    let figures: Vec<_> = pages
        .nodes
        .iter()
        .filter(|node| node.tag == Tag::Figure)
        .collect();
    let said: Vec<Option<&str>> = figures
        .iter()
        .map(|node| node.alternative.as_deref())
        .collect();
    assert_eq!(said, [Some("Logo de Valmont"), Some("Logo de Porto-Novo")]);
    assert!(
        figures
            .iter()
            .all(|node| matches!(node.figure_box, Some((0, _))))
    );
}
