//! Blanks, labels of lists, signatures and tables.

use std::collections::BTreeSet;

use super::build::{blank, block, block_in, item, list, paragraph, signature, table};
use super::reader::{body, find, lines_of};
use super::{HAIR, laid, laid_blocks, margins, sample};
use crate::document::{Align, BlockKind, ListItem};
use crate::typeset::pages::{Drawing, Length, Owner, Pages, Step, Tag};

const LONG: &str = "La présente convention définit les actions que les parties mènent ensemble dans les \
    domaines de l’eau et de l’assainissement, de la santé maternelle et infantile.";

#[test]
fn a_blank_is_a_rule_of_its_length_that_says_what_is_missing() {
    let pages = laid_blocks(vec![block(BlockKind::Paragraph(paragraph(vec![
        "du ".into(),
        blank(6, "date de la délibération"),
        ", ci-après".into(),
    ])))]);
    let (node, path) = pages.pages[0]
        .items
        .iter()
        .find_map(|item| match (&item.owner, &item.drawing) {
            (Owner::Node(node), Drawing::Path(path)) => Some((*node, path)),
            _ => None,
        })
        .unwrap();
    assert_eq!(
        pages.nodes[node].replacement.as_deref(),
        Some("date de la délibération")
    );
    let xs: Vec<Length> = path
        .steps
        .iter()
        .filter_map(|step| match step {
            Step::Move(x, _) | Step::Line(x, _) => Some(*x),
            _ => None,
        })
        .collect();
    let width = *xs.iter().max().unwrap() - *xs.iter().min().unwrap();
    let em = Length(10 * 65_536 + 32_768);
    assert!(width > em * 4 && width < em * 7, "{width:?}");
}

#[test]
fn the_rule_of_a_blank_grows_rather_than_the_spaces_beside_it() {
    let pages = laid_blocks(vec![block(BlockKind::Paragraph(paragraph(vec![
        "Vu la délibération n° ".into(),
        blank(6, "numéro"),
        " du conseil communautaire de Valmont en date du ".into(),
        blank(8, "date"),
        " ;".into(),
    ])))]);
    let mut lines = BTreeSet::new();
    for item in &pages.pages[0].items {
        let (Drawing::Glyphs(run), Owner::Node(_)) = (&item.drawing, item.owner) else {
            continue;
        };
        lines.insert(run.y);
        for glyph in run.glyphs.iter() {
            let shown = &run.text[glyph.start as usize..glyph.end as usize];
            let thousandths = glyph.advance.0 * 1000 / run.size.0;
            assert!(shown != " " || thousandths <= 480, "{thousandths}");
        }
    }
    assert_eq!(lines.len(), 2, "the first line is justified");
}

#[test]
fn labels_stand_left_of_the_text_of_their_item_at_every_depth() {
    let deep = |label: &str, text: &str, sublist| ListItem {
        sublist,
        ..item(label, vec![text.into()])
    };
    let third = list(vec![deep("viii.", "troisième", None)]);
    let second = list(vec![deep("a)", "deuxième", Some(third))]);
    let pages = laid_blocks(vec![block(BlockKind::List(list(vec![deep(
        "–",
        LONG,
        Some(second),
    )])))]);
    let labels: Vec<_> = label_lines(&pages);
    assert_eq!(
        labels
            .iter()
            .map(|(text, ..)| text.as_str())
            .collect::<Vec<_>>(),
        ["–", "a)", "viii."]
    );
    for (text, label_right, body_left) in &labels {
        assert!(label_right < body_left, "{text}");
    }
    assert!(
        labels.is_sorted_by_key(|(_, _, body_left)| *body_left),
        "set further in each time"
    );
}

/// Each label's words, its right, and the left of its item's text.
fn label_lines(pages: &Pages) -> Vec<(String, Length, Length)> {
    let with = |tag: Tag| (0..pages.nodes.len()).filter(move |node| pages.nodes[*node].tag == tag);
    with(Tag::Label)
        .zip(with(Tag::ListBody))
        .map(|(label, text)| {
            let (_, label) = lines_of(pages, label).remove(0);
            let (_, text) = lines_of(pages, text).remove(0);
            assert_eq!(label.baseline, text.baseline);
            (label.text, label.right, text.left)
        })
        .collect()
}

#[test]
fn labels_of_an_arabic_list_stand_right_of_their_text() {
    let items = vec![item("1.", vec!["الماء الصالح للشرب".into()])];
    let pages = laid_blocks(vec![block_in("ar", BlockKind::List(list(items)))]);
    let (_, right) = margins(&pages);
    let with = |tag: Tag| pages.nodes.iter().position(|node| node.tag == tag).unwrap();
    let (_, label) = lines_of(&pages, with(Tag::Label)).remove(0);
    let (_, text) = lines_of(&pages, with(Tag::ListBody)).remove(0);
    assert!((label.right - right).0.abs() <= HAIR.0, "{label:?}");
    assert!(text.right < label.left, "{text:?}");
    assert_eq!(text.baseline, label.baseline);
}

#[test]
fn signatures_stand_level_even_when_a_party_has_a_long_name() {
    let pages = laid(&sample::convention());
    let (page, names) = find(&pages, "Hélène FerrandCharlemagne Dossou");
    let (_, functions) = find(&pages, "La présidenteLe maire");
    let (_, third) = find(&pages, "Pour la Ville de");
    assert!(functions.baseline < names.baseline && names.baseline < third.baseline);
    let wrapped = body(&pages.pages[page])
        .into_iter()
        .any(|line| line.text.starts_with("Valmont et des"));
    assert!(wrapped, "the first party takes two lines");
}

#[test]
fn who_has_no_name_signs_on_a_rule() {
    let rules = |person| {
        let signatures = vec![signature("Pour Valmont", "La présidente", person, vec![])];
        let pages = laid_blocks(vec![block(BlockKind::Signatures(signatures))]);
        let items = &pages.pages[0].items;
        items
            .iter()
            .filter(|item| matches!(item.drawing, Drawing::Path(_)))
            .count()
    };
    assert_eq!((rules(None), rules(Some("Hélène Ferrand"))), (1, 0));
}

#[test]
fn a_rule_to_sign_on_begins_where_its_language_does() {
    let begins = |language: &str| {
        let signatures = vec![signature("Pour Valmont", "La présidente", None, vec![])];
        let pages = laid_blocks(vec![block_in(language, BlockKind::Signatures(signatures))]);
        let (left, right) = margins(&pages);
        let found = pages.pages[0]
            .items
            .iter()
            .find_map(|item| match &item.drawing {
                Drawing::Path(path) => Some(path.steps.clone()),
                _ => None,
            });
        let xs = found.unwrap().into_iter().filter_map(|step| match step {
            Step::Move(x, _) | Step::Line(x, _) => Some(x),
            _ => None,
        });
        let xs: Vec<Length> = xs.collect();
        let near = |a: &Length, b: Length| (*a - b).0.abs() <= HAIR.0;
        (
            near(xs.iter().min().unwrap(), left),
            near(xs.iter().max().unwrap(), right),
        )
    };
    assert_eq!(begins("fr"), (true, false));
    assert_eq!(begins("ar"), (false, true));
}

#[test]
fn figures_of_a_table_end_level_and_long_cells_wrap() {
    let columns = [("Poste", Align::Start, 2), ("Montant", Align::End, 1)];
    let rows: [&[&str]; 3] = [
        &["Eau", "9 400 €"],
        &[&LONG.repeat(3), "112 000 €"],
        &["Total", "121 400 €"],
    ];
    let pages = laid_blocks(vec![block(BlockKind::Table(table("", &columns, &rows)))]);
    let ends: Vec<Length> = ["9\u{202F}400", "112\u{202F}000", "121\u{202F}400"]
        .iter()
        .map(|figure| find(&pages, figure).1.right)
        .collect();
    assert!(
        ends.iter().all(|end| (*end - ends[0]).0.abs() <= HAIR.0),
        "{ends:?}"
    );
    assert!(body(&pages.pages[0]).len() > 5);
}

#[test]
fn cells_of_a_row_share_a_baseline_whatever_their_script() {
    let columns = [("Lieu", Align::Start, 2), ("Montant", Align::End, 1)];
    let rows: [&[&str]; 2] = [&["فجيج", "1 200 €"], &["Total", "1 200 €"]];
    let pages = laid_blocks(vec![block(BlockKind::Table(table("", &columns, &rows)))]);
    let (_, line) = find(&pages, "فجيج");
    assert!(line.text.contains("1\u{202F}200"), "{}", line.text);
}
