//! Notes stand at the foot of the page that calls them.

use super::build::{block, lines_above, note, paragraph, words};
use super::reader::{body, find, lines_of};
use super::{HAIR, laid_blocks, margins};
use crate::document::{Block, BlockKind, Inline};
use crate::typeset::pages::{Pages, Tag};

fn calling(number: usize) -> Block {
    block(BlockKind::Paragraph(paragraph(vec![
        format!("Appel{number}").as_str().into(),
        note(&format!(
            "Pied{number}, assez long pour tenir sur deux lignes quand la note dit où l’on \
            trouve la délibération, de quelle date elle est et qui l’a prise."
        )),
        " dans une phrase ordinaire.".into(),
    ])))
}

fn page_of(pages: &Pages, words: &str) -> usize {
    find(pages, words).0
}

#[test]
fn a_note_stands_on_the_page_of_its_call_below_the_text() {
    for lines in 0..50 {
        let mut blocks = vec![lines_above(lines)];
        blocks.extend((1..=6).map(calling));
        blocks.push(words("Dernier mot."));
        let pages = laid_blocks(blocks);
        for number in 1..=6 {
            let (page, call) = find(&pages, &format!("Appel{number}"));
            let (foot_page, foot) = find(&pages, &format!("Pied{number},"));
            assert_eq!(page, foot_page, "note {number} after {lines} lines");
            assert!(call.baseline < foot.baseline);
            assert!(
                call.text
                    .starts_with(&format!("Appel{number}{number} dans"))
            );
            assert!(
                foot.text.starts_with(&format!("{number}Pied{number}")),
                "{}",
                foot.text
            );
        }
        let (page, last) = find(&pages, "Dernier mot.");
        for line in body(&pages.pages[page])
            .iter()
            .filter(|line| line.text.contains("Pied"))
        {
            assert!(line.baseline > last.baseline);
        }
    }
}

#[test]
fn a_note_stands_in_the_margins_and_its_text_beside_its_number() {
    let pages = laid_blocks((1..=3).map(calling).collect());
    let (left, right) = margins(&pages);
    let notes: Vec<usize> = (0..pages.nodes.len())
        .filter(|node| pages.nodes[*node].tag == Tag::Note)
        .collect();
    assert_eq!(notes.len(), 3);
    for note in notes {
        let lines = lines_of(&pages, note);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].1.left, left, "the number at the margin");
        assert!(
            (lines[0].1.right - right).0.abs() <= HAIR.0,
            "justified to the other"
        );
        assert!(lines[1].1.left > left, "the text set in");
    }
}

#[test]
fn a_note_longer_than_a_page_goes_on_at_the_next_foot() {
    let text: String = (0..900).map(|word| format!("mot{word} ")).collect();
    let pages = laid_blocks(vec![
        block(BlockKind::Paragraph(paragraph(vec![
            "Appel".into(),
            note(&text),
            ".".into(),
        ]))),
        words("Après."),
    ]);
    assert!(pages.pages.len() > 1);
    let printed: String = pages
        .pages
        .iter()
        .flat_map(body)
        .map(|line| line.text + " ")
        .collect();
    for word in 0..900 {
        assert!(printed.contains(&format!("mot{word} ")), "mot{word}");
    }
    assert_eq!(page_of(&pages, "mot0 "), page_of(&pages, "Appel"));
}

#[test]
fn a_note_called_inside_a_note_is_left_out_and_numbers_stay_right() {
    let inner = Inline::Note(vec!["Extérieure".into(), note("Intérieure"), ".".into()]);
    let pages = laid_blocks(vec![
        block(BlockKind::Paragraph(paragraph(vec!["Un".into(), inner]))),
        block(BlockKind::Paragraph(paragraph(vec![
            "Deux".into(),
            note("Seconde."),
        ]))),
    ]);
    let lines: Vec<String> = body(&pages.pages[0])
        .into_iter()
        .map(|line| line.text)
        .collect();
    assert_eq!(lines, ["Un1", "Deux2", "1Extérieure.", "2Seconde."]);
}

#[test]
fn notes_of_tables_and_signatures_are_printed_too() {
    let mut signature = super::build::signature("Pour Valmont", "La présidente", None, vec![]);
    signature.party.push(note("Par délégation."));
    let mut table = super::build::table(
        "",
        &[("Poste", crate::document::Align::Start, 1)],
        &[&["Eau"], &["Total"]],
    );
    table.rows[0].cells[0].push(note("Hors taxes."));
    let pages = laid_blocks(vec![
        block(BlockKind::Table(table)),
        block(BlockKind::Signatures(vec![signature])),
    ]);
    let printed: Vec<String> = body(&pages.pages[0])
        .into_iter()
        .map(|line| line.text)
        .collect();
    assert!(
        printed.contains(&"Eau1".into()) && printed.contains(&"1Hors taxes.".into()),
        "{printed:?}"
    );
    assert!(
        printed.contains(&"Pour Valmont2".into()) && printed.contains(&"2Par délégation.".into())
    );
}
