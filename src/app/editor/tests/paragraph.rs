//! What editing keeps, for any text and any place.

use proptest::prelude::*;

use super::super::body::{Body, Place};
use super::super::cell::Style;
use super::super::field::Fields;
use super::super::line::{Line, Span, What};
use super::fields;
use crate::model::text::{parse, plain, print};

fn read(source: &str) -> Line {
    Line::read(source, &Fields::new(&fields()))
}

/// Edits a paragraph as an officer does, telling the place by what is shown.
fn put(source: &str, at: &str, words: &str) -> String {
    let line = read(source);
    let start = line.shown().find(at).unwrap();
    let (after, _) = line.apply(
        start..start + at.len(),
        words,
        None,
        &Fields::new(&fields()),
    );
    after.source().to_owned()
}

fn type_after(source: &str, at: &str, words: &str) -> String {
    let line = read(source);
    let caret = line.shown().find(at).unwrap() + at.len();
    let (after, _) = line.apply(caret..caret, words, None, &Fields::new(&fields()));
    after.source().to_owned()
}

#[test]
fn officers_see_words_and_never_code() {
    assert_eq!(
        read("Le **total** est de {{total}}[^12], pour {{ personnes }} \\*").shown(),
        "Le total est de 114 200 €¹², pour ‹\u{a0}nombre de personnes\u{a0}› *"
    );
    assert_eq!(
        read("{{inconnu}}[^a-b]").shown(),
        "‹\u{a0}inconnu\u{a0}›⁽a-b⁾"
    );
}

#[test]
fn words_typed_mean_themselves() {
    assert_eq!(
        type_after("Prix", "Prix", " *net* {{a}} \\"),
        r"Prix \*net\* \{\{a}} \\"
    );
    assert_eq!(
        type_after("**Prix** net", "Prix", " fort"),
        "**Prix fort** net"
    );
    assert_eq!(type_after("Né en", "en", " \\*x*"), r"Né en \\\*x\*");
}

#[test]
fn what_was_not_touched_keeps_its_meaning() {
    assert_eq!(
        type_after(r"\- non, 3 \* 2", "non", "!"),
        r"\- non!, 3 \* 2"
    );
    assert_eq!(
        put("*a* {{ total }} **b**", "b", "c"),
        "*a* {{total}} **c**"
    );
}

#[test]
fn a_field_goes_whole() {
    assert_eq!(put("Soit {{total}}.", "€", ""), "Soit .");
    assert_eq!(
        put("Soit {{total}} par an", "200 € par", "rien par"),
        "Soit rien par an"
    );
    assert_eq!(put("Voir[^1].", "¹", ""), "Voir.");
}

#[test]
fn what_is_typed_inside_a_field_comes_after_it() {
    assert_eq!(
        type_after("{{total}} net", "114", " environ"),
        "{{total}} environ net"
    );
    assert_eq!(type_after("{{a}}{{a}}", "a", "b"), "{{a}}b{{a}}");
}

#[test]
fn a_paragraph_becomes_an_item_when_its_beginning_says_so() {
    assert_eq!(type_after("-Objet", "-", " "), "- Objet");
    assert_eq!(
        parse(&put("- Objet", "-", "1.")).marker,
        parse("1. Objet").marker
    );
    assert_eq!(put("- Objet", "- ", "-"), "-Objet");
    assert_eq!(put("- Objet", "Objet", "- Objet"), "- - Objet");
}

#[test]
fn three_underscores_are_a_blank_and_fewer_are_not() {
    assert_eq!(type_after("Fait à ", "à ", "___"), "Fait à ___");
    assert_eq!(put("le ____ 2027", "__", ""), r"le \_\_ 2027");
    assert_eq!(type_after("le ______", "___", "x"), "le ___x___");
}

#[test]
fn a_line_break_in_a_source_stays_on_the_line_and_stays_written() {
    let line = read("un\ndeux\u{2029}trois");
    assert!(
        !line.shown().contains(['\n', '\u{2029}']),
        "{}",
        line.shown()
    );
    assert_eq!(type_after("un\ndeux", "deux", "!"), "un\ndeux!");
}

fn body(paragraphs: &[&str]) -> Body {
    let paragraphs: Vec<String> = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    Body::read(&paragraphs, Fields::new(&fields()))
}

#[test]
fn paragraphs_are_split_and_joined_without_touching_their_neighbours() {
    let mut text = body(&["{{ a }} un", "**deux trois**", "{{ a }} quatre"]);

    let caret = text.replace(Place::new(1, 4), Place::new(1, 5), "\n", None);
    assert_eq!(caret, Place::new(2, 0));
    assert_eq!(
        text.paragraphs(),
        ["{{ a }} un", "**deux**", "**trois**", "{{ a }} quatre"]
    );

    let end = Place::new(0, "aa un".len());
    let caret = text.replace(end, Place::new(1, 0), "", None);
    assert_eq!(caret, end);
    assert_eq!(
        text.paragraphs(),
        ["{{a}} un**deux**", "**trois**", "{{ a }} quatre"]
    );
}

#[test]
fn a_break_at_either_end_leaves_the_paragraph_as_it_was_written() {
    let mut text = body(&["{{ a }} *"]);
    text.replace(Place::new(0, 4), Place::new(0, 4), "\n", None);
    text.replace(Place::new(0, 0), Place::new(0, 0), "\n", None);
    assert_eq!(text.paragraphs(), ["", "{{ a }} *", ""]);
}

#[test]
fn pasted_lines_are_paragraphs() {
    let mut text = body(&["avant après"]);
    let caret = text.replace(
        Place::new(0, 6),
        Place::new(0, 6),
        "un\n- deux\ntrois ",
        None,
    );
    assert_eq!(text.paragraphs(), ["avant un", "- deux", "trois après"]);
    assert_eq!(caret, Place::new(2, 6));
}

#[test]
fn a_text_emptied_has_no_paragraph() {
    assert_eq!(body(&[]).paragraphs(), Vec::<String>::new());
    assert_eq!(body(&[""]).paragraphs(), [""]);

    let mut text = body(&["a"]);
    text.replace(Place::new(0, 0), Place::new(0, 1), "", None);
    assert!(text.paragraphs().is_empty());
}

#[test]
fn bold_is_set_and_unset_over_fields_and_paragraphs() {
    let mut text = body(&["- un {{a}}", "deux"]);
    let (from, to) = (Place::new(0, 0), Place::new(1, 4));

    assert!(text.toggle(from, to, |style| &mut style.bold));
    assert_eq!(text.paragraphs(), ["- **un {{a}}**", "**deux**"]);
    text.toggle(Place::new(1, 0), Place::new(1, 2), |style| &mut style.bold);
    assert_eq!(text.paragraphs(), ["- **un {{a}}**", "de**ux**"]);
    text.toggle(from, to, |style| &mut style.bold);
    text.toggle(from, to, |style| &mut style.bold);
    assert_eq!(text.paragraphs(), ["- un {{a}}", "deux"]);
}

const SOURCE: &str = r"( {0,4}(- |[0-9]{1,3}\. ))?(\{\{a\}\}|\{\{ total \}\}|\{\{x\}\}|\[\^1\]|___|\*\*|[a-zé .]|[*\\_{}^\-\n\r]|\[|\]|\u{2029}|😀|د){0,24}";
const TYPED: &str = r"([a-zé .0-9]|[*\\_{}^\-]|\[|\]|😀|د){0,6}";

/// A byte of that text, where a character begins.
fn boundary(text: &str, part: usize) -> usize {
    let places: Vec<usize> = text
        .char_indices()
        .map(|(at, _)| at)
        .chain([text.len()])
        .collect();
    places[part % places.len()]
}

fn is_atomic(span: &Span) -> bool {
    matches!(span.what, What::Field(..) | What::Note(_))
}

/// The fields and notes of a paragraph, in order.
fn objects(line: &Line) -> Vec<What> {
    let spans = line.spans().iter().filter(|span| is_atomic(span));
    spans.map(|span| span.what.clone()).collect()
}

proptest! {
    #[test]
    fn the_map_covers_what_is_shown(source in SOURCE) {
        let line = read(&source);
        let mut end = 0;
        for span in line.spans() {
            prop_assert_eq!(span.range.start, end);
            prop_assert!(line.shown().get(span.range.clone()).is_some_and(|shown| !shown.is_empty()));
            end = span.range.end;
        }
        prop_assert_eq!(end, line.shown().len());
        prop_assert_eq!(line.source(), source);
    }

    #[test]
    fn an_edit_shows_what_was_typed_and_prints_canonically(
        source in SOURCE, words in TYPED, one: usize, other: usize, style in any::<(bool, bool)>(),
    ) {
        let fields = Fields::new(&fields());
        let line = Line::read(&source, &fields);
        let (one, other) = (boundary(line.shown(), one), boundary(line.shown(), other));
        let range = one.min(other)..one.max(other);
        let style = Style { bold: style.0, italic: style.1 };
        let (after, caret) = line.apply(range.clone(), &words, Some(style), &fields);

        // Widened to what cannot be cut; inside of that, typing comes after.
        let inside = |at: usize| line.spans().iter().find(|span| {
            is_atomic(span) && span.range.start < at && at < span.range.end
        });
        let (start, end) = if range.is_empty() {
            let at = inside(range.start).map_or(range.start, |span| span.range.end);
            (at, at)
        } else {
            (
                inside(range.start).map_or(range.start, |span| span.range.start),
                inside(range.end).map_or(range.end, |span| span.range.end),
            )
        };
        let shown = line.shown();
        prop_assert_eq!(after.shown(), format!("{}{words}{}", &shown[..start], &shown[end..]));
        prop_assert_eq!(caret, start + words.len());

        // What is printed reads back as what is shown.
        prop_assert_eq!(print(&parse(after.source())), after.source());
        prop_assert_eq!(Line::read(after.source(), &fields), after.clone());

        // Fields stay or go, whole.
        let kept: Vec<What> = line.spans().iter()
            .filter(|span| is_atomic(span) && (span.range.end <= start || span.range.start >= end))
            .map(|span| span.what.clone())
            .collect();
        prop_assert_eq!(objects(&after), kept);
    }

    #[test]
    fn other_paragraphs_keep_their_bytes(
        sources in proptest::collection::vec(SOURCE, 1..5), words in r"([a-z{}*_\-\n ]){0,5}",
        places in any::<[usize; 4]>(),
    ) {
        let mut text = Body::read(&sources, Fields::new(&fields()));
        let shown: Vec<String> = text.lines().iter().map(|line| line.shown().to_owned()).collect();
        let place = |line: usize, part: usize| {
            let line = line % shown.len();
            Place::new(line, boundary(&shown[line], part))
        };
        let (one, other) = (place(places[0], places[1]), place(places[2], places[3]));
        let (from, to) = (one.min(other), one.max(other));
        let caret = text.replace(from, to, &words, None);

        let after = text.paragraphs();
        let kept = sources.len() - 1 - to.line;
        if !after.is_empty() {
            prop_assert_eq!(&after[..from.line], &sources[..from.line]);
            prop_assert_eq!(&after[after.len() - kept..], &sources[to.line + 1..]);
        }
        prop_assert!(text.lines()[caret.line].shown().is_char_boundary(caret.column));

        let breaks = words.matches('\n').count();
        prop_assert_eq!(text.lines().len(), sources.len() - (to.line - from.line) + breaks);
    }

    #[test]
    fn places_go_to_the_source_and_back(source in SOURCE, part: usize) {
        let fields = Fields::new(&fields());
        let line = Line::read(&source, &fields);
        let column = boundary(line.shown(), part);
        let byte = line.to_source(column, &fields);

        prop_assert!(source.is_char_boundary(byte));
        let back = line.to_shown(byte, &fields);
        let cell = line.spans().iter().find(|span| {
            is_atomic(span) && span.range.start <= column && column < span.range.end
        });
        prop_assert_eq!(back, cell.map_or(column, |span| span.range.start));
    }

    #[test]
    fn no_bytes_make_it_panic(source in any::<String>(), words in any::<String>(), range in any::<(u8, u8)>()) {
        let (after, _) = read(&source).apply(
            usize::from(range.0)..usize::from(range.1), &words, None, &Fields::new(&fields()),
        );
        prop_assert_eq!(plain(&print(&parse(after.source()))), plain(after.source()));
    }
}
