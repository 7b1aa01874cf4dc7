//! The editor on a screen, by keys and clicks.

use iced::advanced::text::Highlighter as _;
use iced::keyboard::{self, Key, Modifiers, key};
use iced::widget::Id;
use iced::widget::text_editor::{Action, Edit};
use iced::{Color, Event, Font, Settings, Size};
use iced_test::{Simulator, simulator};

use super::super::highlight::{self, Highlighter};
use super::super::{Editor, Look, Message, Tints};
use super::{Field, fields};
use crate::app::screen::convention::look_of;
use crate::app::theme::Palette;
use crate::app::widget::assert_edges;
use crate::model::{Lang, Text};

fn look() -> Look {
    Look {
        id: Id::new("texte"),
        size: 16.0,
        face: Font::DEFAULT,
        label_face: Font::DEFAULT,
        tints: Tints {
            surface: Color::WHITE,
            raised: Color::from_rgb8(0xee, 0xef, 0xe9),
            edge: Color::from_rgb8(0x85, 0x86, 0x8f),
            ink: Color::BLACK,
            muted: Color::from_rgb8(0x5a, 0x5a, 0x66),
            accent: Color::from_rgb8(0x2c, 0x3e, 0x9e),
            accent_soft: Color::from_rgb8(0xe6, 0xea, 0xf8),
            wary: Color::from_rgb8(0x80, 0x4b, 0x00),
            grave: Color::from_rgb8(0xa8, 0x1b, 0x1b),
        },
    }
}

fn editor(paragraph: &str) -> Editor {
    Editor::new(
        &Text::new(Lang::french(), vec![paragraph.to_owned()]),
        &fields(),
    )
}

/// Does what a person does in a window, then gives the editor what that asked.
fn live(editor: &mut Editor, what: impl FnOnce(&mut Simulator<'_, Message>)) {
    let look = look();
    let mut window = simulator(editor.view(&look, Palette::LIGHT));
    what(&mut window);

    for message in window.into_messages().collect::<Vec<_>>() {
        editor.update(message);
    }
}

fn chord(key: Key) -> Event {
    Event::Keyboard(keyboard::Event::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: key::Physical::Unidentified(key::NativeCode::Unidentified),
        location: keyboard::Location::Standard,
        modifiers: Modifiers::CTRL,
        text: None,
        repeat: false,
    })
}

#[test]
fn a_person_types_in_the_text_and_inserts_a_field_with_the_keyboard() {
    let mut editor = editor("");
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.typewrite("Soit {{valm");
    });
    assert_eq!(editor.paragraphs(), [r"Soit \{\{valm"]);

    live(&mut editor, |window| {
        window.click("Engagements · Valmont · total").unwrap();
    });
    assert_eq!(editor.paragraphs(), ["Soit {{total}}"]);
}

#[test]
fn enter_takes_the_field_offered_and_escape_refuses_it() {
    let mut editor = editor("{{");
    editor.go_to(0);
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
    });
    editor.update(Message::Offer);

    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.tap_key(key::Named::ArrowDown);
        window.tap_key(key::Named::Escape);
    });
    assert!(editor.offer.is_none());

    editor.update(Message::Offer);
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.tap_key(key::Named::Enter);
    });
    assert_eq!(editor.paragraphs(), [r"\{\{{{total}}"]);
}

#[test]
fn ctrl_space_offers_fields_and_ctrl_backspace_takes_a_word() {
    let mut editor = editor("");
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.typewrite("un deux");
        window.simulate([chord(Key::Named(key::Named::Backspace))]);
        window.simulate([chord(Key::Named(key::Named::Space))]);
    });
    assert_eq!(editor.paragraphs(), ["un "]);

    live(&mut editor, |window| {
        window.click("Article Finances").unwrap();
    });
    assert_eq!(editor.paragraphs(), ["un {{article:finances}}"]);
}

#[test]
fn ctrl_b_is_bold_and_the_button_too() {
    let mut editor = editor("");
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.simulate([chord(Key::Character("b".into()))]);
        window.typewrite("fort");
    });
    assert_eq!(editor.paragraphs(), ["**fort**"]);

    live(&mut editor, |window| {
        window.click("Gras").unwrap();
    });
    live(&mut editor, |window| {
        window.click(Id::new("texte")).unwrap();
        window.typewrite("!");
    });
    assert_eq!(editor.paragraphs(), ["**fort!**"]);
}

#[test]
fn below_the_text_is_what_the_caret_is_on() {
    let mut editor = editor("{{personnes}}");
    editor.go_to(0);
    live(&mut editor, |window| {
        window.find("nombre de personnes").unwrap();
        window.find("sans valeur pour l’instant").unwrap();
        window.click("Retirer").unwrap();
    });
    assert!(editor.paragraphs().is_empty());
}

#[test]
fn bold_is_a_face_and_a_field_a_colour_from_the_first_line_that_changed() {
    let Look { face, tints, .. } = look();
    let settings = |editor: &Editor| highlight::Settings {
        found: None,
        lines: editor.body.lines().clone(),
        unknown: editor.spelling.unknown().clone(),
        face,
        tints,
    };
    let paragraphs = ["un", "**{{a}}** b"].map(str::to_owned).to_vec();
    let mut editor = Editor::new(&Text::new(Lang::french(), paragraphs), &fields());
    let mut highlighter = Highlighter::new(&settings(&editor));

    assert_eq!(
        highlighter
            .highlight_line("un")
            .filter(|(_, format)| format.color.is_some())
            .count(),
        0
    );
    let (range, format) = highlighter.highlight_line("aa b").next().unwrap();
    assert_eq!((range, format.color), (0..2, Some(tints.accent)));
    assert_eq!(
        format.font.map(|font| font.weight),
        Some(iced::font::Weight::Bold)
    );
    assert_eq!(highlighter.current_line(), 2);

    editor.go_to(1);
    editor.update(Message::Remove);
    highlighter.update(&settings(&editor));
    assert_eq!(highlighter.current_line(), 1);
}

/// iced counts the lines that a box shows by dividing, and lays them out by adding: where both are a whole number of
/// lines but for a rounding, it looked for one more than there was, and the window ended.
#[test]
fn the_text_is_drawn_in_a_box_of_any_height() {
    let paragraphs = (1..=40)
        .map(|rank| format!("{rank}. {{{{total}}}}"))
        .collect();
    let text = Text::new(Lang::french(), paragraphs);
    let look = look_of(Palette::LIGHT);
    for height in 60_u16..700 {
        let editor = Editor::new(&text, &fields());
        let height = f32::from(height);
        let element = editor.text(height, look, Palette::LIGHT);
        let mut window =
            Simulator::with_size(Settings::default(), Size::new(240.0, height), element);
        for _ in 0..2 {
            window.snapshot(&iced::Theme::Light).unwrap();
        }
    }
}

#[test]
fn the_box_of_the_text_has_edges_of_three_to_one_wherever_it_falls() {
    assert_edges("article", 70.0, |palette| {
        let editor: &'static Editor = Box::leak(Box::new(editor("")));
        editor.text(60.0, look_of(palette), palette).map(|_| ())
    });
}

#[test]
fn an_amount_is_offered_by_what_officers_call_it() {
    let field = |name: &str, label: &str| Field {
        name: name.to_owned(),
        label: label.to_owned(),
        value: None,
    };
    let fields = [
        field("partie.valmont.nom", "nom officiel – Valmont"),
        field(
            "engagements.valmont.numeraire",
            "engagement en numéraire – Valmont",
        ),
        field("duree", "durée"),
    ];
    for (typed, label) in [
        ("mont", "engagement en numéraire – Valmont"),
        ("numer", "engagement en numéraire – Valmont"),
        ("duree", "durée"),
    ] {
        let mut editor = Editor::new(&Text::new(Lang::french(), Vec::new()), &fields);
        editor.update(Message::Offer);
        for c in typed.chars() {
            editor.update(Message::Act(Action::Edit(Edit::Insert(c))));
        }
        let offer = editor.offer.as_ref().unwrap();
        let (_, first) = offer.fields(&editor.body).next().unwrap();
        assert_eq!(
            (first.label.as_str(), offer.chosen()),
            (label, Some(0)),
            "{typed}"
        );
    }
}
