//! The editor by its messages: what it emits, and where the caret goes.

use std::sync::Arc;

use iced::widget::text_editor::{Action, Edit, Motion};
use proptest::prelude::*;

use super::super::body::Place;
use super::super::{Edited, Editor, Field, Message};
use super::fields;
use crate::model::{Lang, Text};

fn text(paragraphs: &[&str]) -> Text {
    let paragraphs = paragraphs.iter().map(|text| (*text).to_owned()).collect();
    Text::new(Lang::french(), paragraphs)
}

fn editor(paragraphs: &[&str]) -> Editor {
    Editor::new(&text(paragraphs), &fields())
}

fn press(editor: &mut Editor, edit: Edit) -> Option<Edited> {
    editor.update(Message::Act(Action::Edit(edit)))
}

fn write(editor: &mut Editor, words: &str) -> Vec<Edited> {
    let keys = words.chars();
    keys.filter_map(|c| press(editor, Edit::Insert(c)))
        .collect()
}

/// Puts the caret after those words of what is shown.
fn after(editor: &mut Editor, words: &str) {
    let (line, column) = editor
        .surface
        .content()
        .lines()
        .enumerate()
        .find_map(|(rank, line)| Some((rank, line.text.find(words)? + words.len())))
        .unwrap();
    editor.update(Message::Act(Action::Move(Motion::DocumentStart)));
    editor.surface.put_caret(Place::new(line, column));
}

fn select(editor: &mut Editor, words: &str) {
    after(editor, words);
    let caret = editor.surface.caret();
    let start = Place::new(caret.line, caret.column - words.len());
    editor.surface.select(start, caret);
}

/// What is shown, with `|` at the caret.
fn seen(editor: &Editor) -> Vec<String> {
    let caret = editor.surface.caret();
    let mut lines: Vec<String> = editor
        .surface
        .content()
        .lines()
        .map(|line| line.text.into_owned())
        .collect();
    lines[caret.line].insert(caret.column, '|');
    lines
}

#[test]
fn a_burst_of_typing_is_one_thing_to_undo_until_the_caret_moves_or_a_word_ends() {
    let mut editor = editor(&["Article"]);
    after(&mut editor, "Article");

    let typing: Vec<bool> = write(&mut editor, " un deux")
        .iter()
        .map(|edited| edited.typing)
        .collect();
    assert_eq!(typing, [false, false, true, true, false, true, true, true]);
    assert_eq!(editor.paragraphs(), ["Article un deux"]);

    editor.update(Message::Act(Action::Move(Motion::Home)));
    assert!(!write(&mut editor, "L")[0].typing);
    assert!(write(&mut editor, "’")[0].typing);
    assert!(!press(&mut editor, Edit::Backspace).unwrap().typing);
    assert!(press(&mut editor, Edit::Backspace).unwrap().typing);
    assert_eq!(press(&mut editor, Edit::Backspace), None);
}

#[test]
fn backspace_after_a_field_takes_it_whole_even_beside_the_same_words() {
    let mut editor = editor(&["aa{{a}}aa"]);
    after(&mut editor, "aaaa");
    press(&mut editor, Edit::Backspace);
    assert_eq!(seen(&editor), ["aa|aa"]);
    assert_eq!(editor.paragraphs(), ["aaaa"]);

    let mut editor = self::editor(&["aa{{a}}aa"]);
    after(&mut editor, "aa");
    press(&mut editor, Edit::Backspace);
    assert_eq!(editor.paragraphs(), ["a{{a}}aa"]);
    press(&mut editor, Edit::Delete);
    assert_eq!(editor.paragraphs(), ["aaa"]);
}

#[test]
fn a_word_chosen_by_double_click_is_replaced() {
    let mut editor = editor(&["un deux trois"]);
    after(&mut editor, "un de");
    editor.update(Message::Act(Action::SelectWord));
    write(&mut editor, "2");
    assert_eq!(seen(&editor), ["un 2| trois"]);

    editor.update(Message::Act(Action::SelectAll));
    assert!(
        press(&mut editor, Edit::Delete)
            .unwrap()
            .paragraphs
            .is_empty()
    );
}

#[test]
fn what_is_pasted_comes_in_paragraphs_without_control_characters() {
    let mut editor = editor(&["Vu ; considérant"]);
    after(&mut editor, "Vu ");
    let pasted = "le code\r\n-\tarticle ;\u{2028}{{a}}\u{7} ".to_owned();
    press(&mut editor, Edit::Paste(Arc::new(pasted)));
    assert_eq!(
        editor.paragraphs(),
        ["Vu le code", "- article\u{202f};", r"\{\{a}} ; considérant"]
    );
    assert_eq!(seen(&editor)[2], "{{a}} |; considérant");
}

#[test]
fn enter_goes_on_with_a_list_and_ends_it_on_an_empty_item() {
    let mut editor = editor(&["  1. un"]);
    after(&mut editor, "un");
    press(&mut editor, Edit::Enter);
    assert_eq!(seen(&editor), ["  1. un", "  2. |"]);
    press(&mut editor, Edit::Enter);
    assert_eq!(editor.paragraphs(), ["  1. un", ""]);
}

#[test]
fn the_list_button_makes_items_of_what_is_selected_and_back() {
    let mut editor = editor(&["un", "- deux", "trois"]);
    editor.update(Message::Act(Action::SelectAll));
    editor.update(Message::List);
    assert_eq!(editor.paragraphs(), ["- un", "- deux", "- trois"]);
    assert_eq!(seen(&editor)[2], "- trois|");

    editor.update(Message::List);
    assert_eq!(editor.paragraphs(), ["- un", "- deux", "trois"]);
}

#[test]
fn bold_is_for_the_selection_or_for_what_is_typed_next() {
    let mut editor = editor(&["un deux"]);
    select(&mut editor, "deux");
    assert_eq!(
        editor.update(Message::Bold).unwrap().paragraphs,
        ["un **deux**"]
    );

    after(&mut editor, "un");
    assert_eq!(editor.update(Message::Italic), None);
    write(&mut editor, "e");
    write(&mut editor, "s");
    assert_eq!(editor.paragraphs(), ["un*es* **deux**"]);
}

#[test]
fn braces_offer_fields_and_enter_inserts_the_one_typed_for() {
    let mut editor = editor(&["Soit par an"]);
    after(&mut editor, "Soit ");
    write(&mut editor, "{{valm");
    let offer = editor.offer.as_ref().unwrap();
    let labels: Vec<&str> = offer
        .fields(&editor.body)
        .map(|(_, field)| field.label.as_str())
        .collect();
    assert_eq!(labels, ["Engagements · Valmont · total"]);

    let edited = editor.update(Message::Choose(0)).unwrap();
    assert_eq!(edited.paragraphs, ["Soit {{total}}par an"]);
    assert_eq!(seen(&editor), ["Soit 114 200 €|par an"]);
    assert!(editor.offer.is_none());
}

#[test]
fn a_field_named_by_hand_is_a_field_and_anything_else_is_words() {
    let mut editor = editor(&[""]);
    write(&mut editor, "{{Nombre de personnes}}");
    assert_eq!(editor.paragraphs(), ["{{personnes}}"]);

    write(&mut editor, " {{rien}}");
    assert_eq!(editor.paragraphs(), [r"{{personnes}} \{\{rien}}"]);
    press(&mut editor, Edit::Enter);
    assert!(editor.offer.is_none());
}

#[test]
fn the_field_at_the_caret_is_changed_or_removed() {
    let mut editor = editor(&["Soit {{total}} par an"]);
    after(&mut editor, "114");
    editor.update(Message::Offer);
    write(&mut editor, "finances");
    editor.update(Message::Choose(0));
    assert_eq!(editor.paragraphs(), ["Soit {{article:finances}} par an"]);

    assert!(editor.update(Message::Remove).is_some());
    assert_eq!(editor.paragraphs(), ["Soit  par an"]);
    assert_eq!(editor.update(Message::Remove), None);
}

#[test]
fn a_patch_leaves_the_caret_where_it_was_in_the_words() {
    let mut editor = editor(&["un {{total}} deux", "trois quatre", "cinq"]);
    after(&mut editor, "trois");

    // A paragraph comes before, another changes after, a value changes everywhere.
    let now = text(&["nouveau", "un {{total}} deux", "trois quatre", "cinq six"]);
    let mut fields = fields();
    fields[0].value = Some("1 €".to_owned());
    editor.patch(&now, &fields);
    assert_eq!(
        seen(&editor),
        ["nouveau", "un 1 € deux", "trois| quatre", "cinq six"]
    );
    assert_eq!(editor.paragraphs(), now.paragraphs);

    after(&mut editor, "€ de");
    fields[0].value = None;
    editor.patch(&text(&["un {{total}} deux", "trois quatre"]), &fields);
    assert_eq!(
        seen(&editor),
        [
            "un ‹\u{a0}Engagements · Valmont · total\u{a0}› de|ux",
            "trois quatre"
        ]
    );
    editor.patch(&text(&["autre"]), &fields);
    assert_eq!(seen(&editor).len(), 1);
    editor.patch(&text(&[]), &fields);
    assert_eq!(
        (seen(&editor), editor.place()),
        (vec!["|".to_owned()], (0, 0))
    );
}

#[test]
fn the_answer_to_its_own_edit_does_not_break_the_burst() {
    let mut editor = editor(&["un"]);
    after(&mut editor, "un");
    for (rank, letter) in ["x", "y", "z"].into_iter().enumerate() {
        let edited = write(&mut editor, letter).remove(0);
        assert_eq!(edited.typing, rank > 0);
        editor.patch(&Text::new(Lang::french(), edited.paragraphs), &fields());
    }
}

#[test]
fn places_are_told_in_the_source() {
    let mut editor = editor(&["a", r"- **b** \* {{total}} c"]);
    editor.go_to(1);
    assert_eq!(
        (seen(&editor)[1].as_str(), editor.place()),
        ("- |b * 114 200 € c", (1, 4))
    );
    after(&mut editor, "€ ");
    assert_eq!(editor.place(), (1, 21));
    editor.go_to(9);
    assert_eq!(editor.place(), (1, 4));
}

#[derive(Debug, Clone)]
enum Step {
    Do(Message),
    Patch(Vec<String>),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    use Motion::{DocumentEnd, Down, End, Home, Left, Right, Up, WordLeft, WordRight};

    let motion = proptest::sample::select(vec![
        Left,
        Right,
        Up,
        Down,
        Home,
        End,
        WordLeft,
        WordRight,
        DocumentEnd,
    ]);
    let words = r"([a-z{}*_\- é\n\r\t]|د|😀|\{\{a|___|- ){0,6}";
    let step = prop_oneof![
        6 => words.prop_map(|words| Step::Do(Message::Act(Action::Edit(Edit::Paste(Arc::new(words)))))),
        6 => any::<char>().prop_map(|c| Step::Do(Message::Act(Action::Edit(Edit::Insert(c))))),
        6 => proptest::sample::select(vec![Edit::Backspace, Edit::Delete, Edit::Enter])
            .prop_map(|edit| Step::Do(Message::Act(Action::Edit(edit)))),
        6 => motion.clone().prop_map(|motion| Step::Do(Message::Act(Action::Move(motion)))),
        4 => motion.prop_map(|motion| Step::Do(Message::Act(Action::Select(motion)))),
        1 => proptest::sample::select(vec![Action::SelectAll, Action::SelectWord, Action::SelectLine])
            .prop_map(|action| Step::Do(Message::Act(action))),
        2 => proptest::sample::select(vec![
            Message::Bold, Message::Italic, Message::List, Message::Offer, Message::Choose(0),
            Message::Remove, Message::Step { forward: false }, Message::Close,
        ]).prop_map(Step::Do),
        1 => proptest::collection::vec(r"(- )?(\{\{a\}\}|\{\{total\}\}|\*\*|[a-c ]|\[\^1\]){0,6}", 0..4)
            .prop_map(Step::Patch),
    ];
    proptest::collection::vec(step, 0..30)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_is_done_what_is_seen_is_what_the_source_says(steps in steps(), value in "[a-c]{0,3}") {
        let first = ["un {{total}} **deux**[^1]", "", "- trois {{a}}{{ a }}"];
        let mut editor = editor(&first);
        let mut last = editor.paragraphs();
        let mut fields: Vec<Field> = fields();

        for step in steps {
            match step {
                Step::Do(message) => {
                    if let Some(edited) = editor.update(message) {
                        prop_assert_ne!(&edited.paragraphs, &last);
                        last = edited.paragraphs;
                    }
                }
                Step::Patch(paragraphs) => {
                    fields[0].value = Some(value.clone());
                    last.clone_from(&paragraphs);
                    editor.patch(&Text::new(Lang::french(), paragraphs), &fields);
                }
            }
            prop_assert_eq!(&editor.paragraphs(), &last);

            let anew = Editor::new(&Text::new(Lang::french(), last.clone()), &fields);
            prop_assert_eq!(editor.surface.content().text(), anew.surface.content().text());

            let (paragraph, byte) = editor.place();
            let source = last.get(paragraph).map_or("", String::as_str);
            prop_assert!(source.is_char_boundary(byte));
            prop_assert!(last.iter().all(|source| !source.contains(['\n', '\r', '\t'])));
        }
    }
}
