//! Whatever a document holds, its pages are sound, and they come in bounded time.

use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::build::{
    blank, block, block_in, contents, draft, heading, item, list, note, paragraph, signature, words,
};
use super::reader::body;
use super::{laid, laid_blocks, sample};
use crate::document::{
    Align, Anchor, Around, Block, BlockKind, Column, Document, Heading, Inline, ListItem, Paper,
    Paragraph, Revision, Row, Running, Span, Table, Target,
};
use crate::model::{Key, Lang};
use crate::pdf;
use crate::typeset::pages::{Drawing, Length, Owner, Pages};

/// What every reader of pages relies on.
fn assert_sound(pages: &Pages) {
    assert!(!pages.pages.is_empty());
    for (number, node) in pages.nodes.iter().enumerate() {
        assert_eq!(node.parent.is_none(), number == 0);
        assert!(node.parent.is_none_or(|parent| parent < number));
    }
    for page in &pages.pages {
        for item in &page.items {
            if let Owner::Node(node) = item.owner {
                assert!(node < pages.nodes.len());
            }
            let Drawing::Glyphs(run) = &item.drawing else {
                continue;
            };
            assert!(run.face < pages.faces.len());
            assert!(
                run.y > Length::ZERO && run.y < pages.height,
                "{} is off the sheet",
                run.text
            );
            for glyph in run.glyphs.iter() {
                assert_ne!(glyph.id, 0);
                assert!(
                    run.text
                        .get(glyph.start as usize..glyph.end as usize)
                        .is_some()
                );
            }
        }
    }
    for bookmark in &pages.outline {
        assert!(bookmark.page < pages.pages.len());
    }
    pdf::write(pages).expect("pages that can be written");
}

fn assert_quick(document: &Document) -> Pages {
    let start = Instant::now();
    let pages = laid(document);
    let taken = start.elapsed();
    assert!(taken < Duration::from_secs(30), "{taken:?}");
    assert_sound(&pages);
    pages
}

fn letters_of(pages: &Pages, letter: char) -> usize {
    let lines = pages.pages.iter().flat_map(body);
    lines.map(|line| line.text.matches(letter).count()).sum()
}

fn piece() -> impl Strategy<Value = String> {
    let known = prop::sample::select(vec![
        "mot",
        "anticonstitutionnellement",
        " ",
        "  ",
        "\u{A0}",
        "\u{202F}",
        " ; ",
        " : ",
        "« ",
        " »",
        "n° 5 ",
        "1er janvier ",
        "46 400 €",
        "https ://exemple ",
        "-",
        "—",
        "\t",
        "\n",
        "\u{AD}",
        "\u{200D}",
        "\u{202E}",
        "\u{2067}",
        "\u{FFFC}",
        "\0",
        "e\u{301}\u{302}\u{303}",
        "\u{301}",
        "ɛ̀ɖɔ́",
        "فجيج ",
        "שלום",
        "(",
        ")",
        "成都市",
        "አዲስ",
        "नमस्ते",
        "กรุงเทพมหานคร",
        "ភ្នំពេញ",
        "ꆈꌠ",
        "🎉",
        "👩‍👩‍👧",
        "𝔸",
        "ﬁ",
        "Ω",
        "жук",
        "\u{E000}",
    ]);
    prop_oneof![
        6 => known.prop_map(str::to_owned),
        1 => prop::collection::vec(any::<char>(), 0..6).prop_map(String::from_iter),
        1 => (1_usize..400).prop_map(|count| "w".repeat(count)),
    ]
}

pub(super) fn text() -> impl Strategy<Value = String> {
    prop::collection::vec(piece(), 0..12).prop_map(|pieces| pieces.concat())
}

pub(super) fn language() -> impl Strategy<Value = Lang> {
    let known = vec![
        "fr", "en", "pt", "ar", "he", "zh", "am", "th", "vi", "de-CH", "", "??",
    ];
    prop::sample::select(known).prop_map(Lang::new)
}

fn span() -> impl Strategy<Value = Inline> {
    let flags = prop::array::uniform4(any::<bool>());
    let revision = prop::option::weighted(
        0.2,
        prop::sample::select(vec![Revision::Inserted, Revision::Deleted]),
    );
    let language = prop::option::weighted(0.2, language());
    (text(), flags, language, revision).prop_map(
        |(text, [bold, italic, raised, solid], language, revision)| {
            Inline::Span(Span {
                text,
                bold,
                italic,
                raised,
                language,
                solid,
                revision,
            })
        },
    )
}

fn target() -> impl Strategy<Value = Target> {
    prop::sample::select(vec![
        Target::Anchor(Anchor(Key::new("a"))),
        Target::Anchor(Anchor(Key::new("nowhere"))),
        Target::Address("https://valmont.example".into()),
        Target::Address("file:///etc/passwd".into()),
        Target::Address(String::new()),
    ])
}

fn inlines() -> impl Strategy<Value = Vec<Inline>> {
    let leaf = prop_oneof![
        6 => span(),
        1 => (any::<u8>(), text()).prop_map(|(ems, label)| blank(ems, &label)),
        1 => Just(Inline::LineBreak),
    ];
    let inline = leaf.prop_recursive(3, 12, 4, |inner| {
        let some = prop::collection::vec(inner, 0..4);
        prop_oneof![
            some.clone().prop_map(Inline::Note),
            (target(), some).prop_map(|(target, text)| Inline::Link { target, text }),
        ]
    });
    prop::collection::vec(inline, 0..6)
}

fn align() -> impl Strategy<Value = Align> {
    prop::sample::select(vec![
        Align::Justify,
        Align::Start,
        Align::End,
        Align::Center,
    ])
}

fn any_table() -> impl Strategy<Value = BlockKind> {
    let columns = (align(), any::<u16>()).prop_map(|(align, weight)| Column { align, weight });
    let cells = || prop::collection::vec(inlines(), 0..5);
    let rows = (cells(), any::<bool>(), any::<bool>()).prop_map(|(cells, total, heads)| Row {
        cells,
        total,
        heads,
    });
    (
        inlines(),
        prop::collection::vec(columns, 0..5),
        cells(),
        prop::collection::vec(rows, 0..5),
    )
        .prop_map(|(caption, columns, head, rows)| {
            BlockKind::Table(Table {
                caption,
                columns,
                head,
                rows,
            })
        })
}

fn any_list() -> impl Strategy<Value = BlockKind> {
    let leaf = (text(), inlines()).prop_map(|(label, text)| item(&label, text));
    let items = leaf.prop_recursive(8, 16, 3, |inner| {
        let sublist = prop::collection::vec(inner, 0..3).prop_map(list);
        (text(), inlines(), sublist).prop_map(|(label, text, sublist)| ListItem {
            sublist: Some(sublist),
            ..item(&label, text)
        })
    });
    prop::collection::vec(items, 0..4).prop_map(|items| BlockKind::List(list(items)))
}

fn any_signatures() -> impl Strategy<Value = BlockKind> {
    let signature = (text(), text(), prop::option::of(text()), inlines()).prop_map(
        |(party, function, person, place_and_date)| {
            signature(&party, &function, person.as_deref(), place_and_date)
        },
    );
    prop::collection::vec(signature, 0..5).prop_map(BlockKind::Signatures)
}

fn any_paragraph() -> impl Strategy<Value = BlockKind> {
    let flags = prop::array::uniform2(any::<bool>());
    (align(), flags, prop::option::of(text()), inlines()).prop_map(
        |(align, [hanging, keep_with_next], number, text)| {
            BlockKind::Paragraph(Paragraph {
                align,
                hanging,
                number,
                keep_with_next,
                text,
            })
        },
    )
}

fn any_block() -> impl Strategy<Value = Block> {
    let heading = (any::<u8>(), inlines(), any::<bool>()).prop_map(|(level, text, named)| {
        let anchor = named.then(|| Anchor(Key::new("a")));
        BlockKind::Heading(Heading {
            level,
            text,
            anchor,
        })
    });
    let kind = prop_oneof![
        1 => inlines().prop_map(BlockKind::Title),
        1 => inlines().prop_map(BlockKind::Subtitle),
        3 => heading,
        5 => any_paragraph(),
        2 => any_list(),
        2 => any_table(),
        1 => any_signatures(),
        1 => (text(), 0_usize..3).prop_map(|(title, beyond)| BlockKind::Contents(contents(&title, beyond))),
        1 => Just(BlockKind::PageBreak),
    ];
    let block_of = |kind| Block {
        kind,
        language: None,
        place: None,
    };
    let leaf =
        (kind, prop::option::weighted(0.3, language())).prop_map(move |(kind, language)| Block {
            language,
            ..block_of(kind)
        });
    leaf.prop_recursive(2, 12, 4, move |inner| {
        let side = prop::collection::vec(inner, 0..3);
        prop::collection::vec((side.clone(), side), 0..3)
            .prop_map(move |pairs| block_of(BlockKind::Paired(pairs)))
    })
}

pub(super) fn any_document() -> impl Strategy<Value = Document> {
    (
        prop::collection::vec(any_block(), 0..6),
        language(),
        any::<[bool; 3]>(),
        text(),
        text(),
    )
        .prop_map(
            |(blocks, language, [letter, line_numbers, logos], running, watermark)| Document {
                paper: if letter { Paper::Letter } else { Paper::A4 },
                line_numbers,
                around: Around {
                    language: language.clone(),
                    watermark: Some(watermark),
                    header: Running {
                        left: running.clone(),
                        right: running,
                    },
                    ..Around::default()
                },
                language,
                logos: if logos {
                    sample::convention().logos
                } else {
                    Vec::new()
                },
                ..draft(blocks)
            },
        )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, max_shrink_iters: 200, ..ProptestConfig::default() })]

    #[test]
    fn any_document_has_sound_pages(document in any_document()) {
        assert_quick(&document);
    }

    /// Every « x » that is written is printed, however the blocks are broken into lines and pages.
    #[test]
    fn no_word_is_lost(lengths in prop::collection::vec((0_usize..5, 1_usize..300), 1..12)) {
        let mut written = 0;
        let mut blocks = Vec::new();
        for (kind, length) in lengths {
            let text = "xx xxxxx ".repeat(length);
            let mut copies = 1;
            blocks.push(match kind {
                0 => words(&text),
                1 => block(BlockKind::List(list(vec![item("–", vec![text.as_str().into()])]))),
                2 => block(BlockKind::Paragraph(paragraph(vec!["a".into(), note(&text)]))),
                3 => {
                    copies = 2;
                    let side = || vec![words(&text)];
                    block(BlockKind::Paired(vec![(side(), side())]))
                }
                _ => heading(1, &text),
            });
            written += 7 * length * copies;
        }
        let pages = laid_blocks(blocks);
        prop_assert_eq!(letters_of(&pages, 'x'), written);
    }
}

#[test]
fn a_word_of_a_hundred_thousand_letters() {
    let pages = assert_quick(&draft(vec![words(&"z".repeat(100_000))]));
    assert_eq!(letters_of(&pages, 'z'), 100_000);
}

#[test]
fn a_paragraph_of_twenty_thousand_words() {
    let pages = assert_quick(&draft(vec![words(&"zone d’étude ".repeat(10_000))]));
    assert_eq!(letters_of(&pages, 'z'), 10_000);
}

#[test]
fn a_line_of_marks_without_letters_or_of_blanks() {
    let marks = "\u{301}".repeat(2_000);
    let blanks = (0..500).map(|_| blank(255, "?")).collect();
    assert_quick(&draft(vec![
        words(&marks),
        block(BlockKind::Paragraph(paragraph(blanks))),
        block_in(
            "ar",
            BlockKind::Paragraph(paragraph(vec![marks.as_str().into()])),
        ),
    ]));
}

#[test]
fn tables_without_columns_or_with_hundreds() {
    let empty = || Table {
        caption: Vec::new(),
        columns: Vec::new(),
        head: Vec::new(),
        rows: Vec::new(),
    };
    let wide = Row {
        cells: vec![vec!["1".into()]; 300],
        total: true,
        heads: true,
    };
    let pages = assert_quick(&draft(vec![
        block(BlockKind::Table(empty())),
        block(BlockKind::Table(Table {
            caption: vec!["Sans rien".into()],
            rows: vec![Row {
                cells: vec![],
                total: false,
                heads: false,
            }],
            ..empty()
        })),
        block(BlockKind::Table(Table {
            rows: vec![wide.clone(), wide],
            ..empty()
        })),
        words("Après."),
    ]));
    assert!(super::reader::find(&pages, "Après.").0 == 0);
}

#[test]
fn a_hundred_signatures() {
    let signatures = (0..100)
        .map(|number| signature(&format!("Partie {number}."), "Maire", None, vec![]))
        .collect();
    let pages = assert_quick(&draft(vec![block(BlockKind::Signatures(signatures))]));
    for number in 0..100 {
        super::reader::find(&pages, &format!("Partie {number}."));
    }
}

#[test]
fn lists_within_lists_within_lists() {
    let mut deepest = list(vec![item("–", vec!["fond".into()])]);
    for _ in 0..30 {
        deepest = list(vec![ListItem {
            sublist: Some(deepest),
            ..item("viii.", vec!["zone ".repeat(30).as_str().into()])
        }]);
    }
    let pages = assert_quick(&draft(vec![block(BlockKind::List(deepest))]));
    super::reader::find(&pages, "fond");
    assert_eq!(letters_of(&pages, 'z'), 900);
}
