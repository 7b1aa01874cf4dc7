//! What a keystroke costs while a convention is written: `cargo bench --features anchors --bench writing`.
//!
//! - In a convention of 200 kB, from the key pressed to the last dot of the editor's frame, without a display: what the
//!   editor makes of it, the change of the record, the review of the convention, the editor brought up to date, the
//!   frame; as the window repaints what changed, then with the whole frame painted. 8 ms each.
//! - The preview of the page that is edited, in the longest draft of the demonstration: composed, laid out, painted as
//!   wide as the pane of a window of 1280. 16 ms, away from the window's thread.
//! - Two versions of a draft of forty pages compared, article by article and word by word, a word of each paragraph
//!   having changed. 50 ms.
//! - The review of the longest draft among 3,000 conventions, each with its budget, of 300 partners. 2 ms.
//!
//! Medians of many. Exit status 1 when a promise is not kept.

#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod drawn;

use std::process::ExitCode;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::advanced::clipboard;
use iced::keyboard::{self, Key, Modifiers};
use iced::widget::Id;
use iced::{Color, Event, Font, Point, Size, Theme, mouse};
use iced_test::core::renderer::Style;
use iced_test::futures::futures::executor::block_on;
use iced_test::renderer::Renderer;
use iced_test::runtime::user_interface::{Cache, UserInterface};

use passerelle::app::editor::{Editor, Field, Look, Message, Tints};
use passerelle::app::played::Palette;
use passerelle::check::{Subject, review};
use passerelle::demo;
use passerelle::document::{self, Composition};
use passerelle::model::{
    Change, Convention, Id as RecordId, Ids, Kind, Record, RecordId as RecordKey, Records,
};
use passerelle::paint::{Glyphs, paint};
use passerelle::reference::Reference;
use passerelle::typeset::{Fonts, Paragraphs, lay_out};

use drawn::Surface;

const KEYS: usize = 120;
const LONG: usize = 200_000;

fn main() -> ExitCode {
    let kept = [
        told(
            "keystroke, 200 kB",
            typing(Surface::present),
            Duration::from_millis(8),
        ),
        told(
            "keystroke, 200 kB, whole frame",
            typing(repaint),
            Duration::from_millis(8),
        ),
        told("preview of a page", preview(), Duration::from_millis(16)),
        told(
            "comparison, 40 pages",
            comparing(),
            Duration::from_millis(50),
        ),
        told("review among 3,000", reviewing(), Duration::from_millis(2)),
    ];
    if kept.into_iter().all(|kept| kept) {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

fn told(what: &str, mut times: Vec<Duration>, promise: Duration) -> bool {
    times.sort_unstable();
    let median = times[times.len() / 2];
    let worst = times[times.len() * 95 / 100];
    println!("{what}: {median:.2?} (19 of 20 under {worst:.2?}), promise {promise:?}");
    median <= promise
}

/// The draft of the demonstration that has the most text.
fn longest(records: &Records) -> RecordId {
    let length = |convention: &&Convention| -> usize {
        let texts = convention.articles.iter().flat_map(|it| &it.texts);
        texts
            .flat_map(|text| &text.paragraphs)
            .map(String::len)
            .sum()
    };
    records.conventions().max_by_key(length).unwrap().id
}

/// The convention with a change of its first text.
fn edit(records: &mut Records, id: RecordId, edit: impl FnOnce(&mut Vec<String>)) {
    let kind = Kind::Convention;
    let before = Arc::clone(records.get(RecordKey { kind, id }).unwrap());
    let mut after = records.convention(id).unwrap().clone();
    edit(&mut after.articles[0].texts[0].paragraphs);
    records.apply(&Change::replace("", before, Record::Convention(after)));
}

fn preview() -> Vec<Duration> {
    let mut records = demo::records();
    let id = longest(&records);
    let reference = Reference::shipped();
    let (fonts, mut paragraphs, mut glyphs) =
        (Fonts::shipped(), Paragraphs::default(), Glyphs::new());
    let mut times = Vec::new();
    for key in 0..KEYS {
        let letter = char::from(b'a' + (key % 26) as u8);
        edit(&mut records, id, |text| text[0].push(letter));

        let start = Instant::now();
        let convention = records.convention(id).unwrap();
        let document = document::compose(convention, &records, reference, &Composition::default());
        let pages = lay_out(&document, &fonts, &mut paragraphs);
        let painted = paint(&pages, 1, 350.0 / 595.0, &mut glyphs).unwrap();
        let took = start.elapsed();
        assert!(painted.rgba.iter().any(|channel| *channel < 100));
        if key == 0 {
            println!(
                "longest draft: {} pages; cold {took:.1?}",
                pages.pages.len()
            );
        } else {
            times.push(took);
        }
    }
    times
}

/// Two states of a draft of forty pages.
fn comparing() -> Vec<Duration> {
    let mut before = demo::records();
    let id = longest(&before);
    let reference = Reference::shipped();
    let pages = |records: &Records| {
        let convention = records.convention(id).unwrap();
        let document = document::compose(convention, records, reference, &Composition::default());
        let fonts = Fonts::shipped();
        lay_out(&document, &fonts, &mut Paragraphs::default())
            .pages
            .len()
    };
    let own: Vec<Vec<String>> = {
        let articles = before.convention(id).unwrap().articles.iter();
        articles.map(|it| it.texts[0].paragraphs.clone()).collect()
    };
    while pages(&before) < 40 {
        let mut longer = before.convention(id).unwrap().clone();
        for (article, own) in longer.articles.iter_mut().zip(&own) {
            article.texts[0].paragraphs.extend(own.iter().cloned());
        }
        before.apply(&Change::create("", Record::Convention(longer)));
    }
    let mut edited = before.convention(id).unwrap().clone();
    for article in &mut edited.articles {
        for paragraph in &mut article.texts[0].paragraphs {
            if let Some(space) = paragraph.rfind(' ') {
                paragraph.insert_str(space, " vraiment");
            }
        }
    }
    let mut after = before.clone();
    after.apply(&Change::create("", Record::Convention(edited)));
    println!("compared: {} pages", pages(&before));

    (0..KEYS)
        .map(|_| {
            let start = Instant::now();
            let comparison = document::compare(id, &before, &after, reference);
            let took = start.elapsed();
            assert!(comparison.count(document::Fate::Modified) > 10);
            took
        })
        .collect()
}

/// The review of one convention among very many.
fn reviewing() -> Vec<Duration> {
    const CONVENTIONS: usize = 3_000;
    const PARTNERS: usize = 300;

    let mut records = demo::records();
    let id = longest(&records);
    let reference = Reference::shipped();
    let draft = records.convention(id).unwrap().clone();
    let budget = records.budget(draft.budget.unwrap()).unwrap().clone();
    let partner = draft.parties.iter().find_map(|it| it.partner).unwrap();
    let partner = records.partner(partner).unwrap().clone();
    let mut ids = Ids::counted(1_900_000_000_000);
    let partners: Vec<RecordId> = (0..PARTNERS).map(|_| ids.next_id()).collect();
    for own in &partners {
        let mut one = partner.clone();
        one.id = *own;
        records.apply(&Change::create("", Record::Partner(one)));
    }
    for rank in 0..CONVENTIONS {
        let (mut one, mut own) = (draft.clone(), budget.clone());
        (one.id, own.id) = (ids.next_id(), ids.next_id());
        one.budget = Some(own.id);
        for party in one.parties.iter_mut().filter(|it| it.partner.is_some()) {
            party.partner = Some(partners[rank % PARTNERS]);
        }
        records.apply(&Change::create("", Record::Budget(own)));
        records.apply(&Change::create("", Record::Convention(one)));
    }
    (0..KEYS)
        .map(|_| {
            let start = Instant::now();
            let findings = review(Subject::Convention(id), &records, reference, demo::TODAY);
            let took = start.elapsed();
            assert!(!findings.is_empty());
            took
        })
        .collect()
}

/// How a frame reaches the window.
type Present = fn(&mut Surface, &mut Renderer) -> f32;

fn repaint(surface: &mut Surface, renderer: &mut Renderer) -> f32 {
    surface.repaint(renderer);
    1.0
}

fn typing(present: Present) -> Vec<Duration> {
    let mut records = demo::records();
    let id = longest(&records);
    let reference = Reference::shipped();
    edit(&mut records, id, |text| {
        let own = text.clone();
        while text.iter().map(String::len).sum::<usize>() < LONG {
            text.extend(own.iter().cloned());
        }
    });
    let fields = |records: &Records| -> Vec<Field> {
        let convention = records.convention(id).unwrap();
        document::fields_of(convention, records, reference, demo::TODAY)
            .into_iter()
            .map(|field| Field {
                name: field.name,
                label: field.label,
                value: field.value,
            })
            .collect()
    };
    let text = records.convention(id).unwrap().articles[0].texts[0].clone();
    let mut editor = Editor::new(&text, &fields(&records));
    let look = look();
    let mut window = Window::new(present);
    window.click(&mut editor, &look);
    window.frame(&editor, &look);

    let mut times = Vec::new();
    for key in 0..KEYS {
        let letter = char::from(b'a' + (key % 26) as u8).to_string();
        let (start, messages) = window.press(&editor, &look, &letter);
        for message in messages {
            let Some(edited) = editor.update(message) else {
                continue;
            };
            edit(&mut records, id, |text| *text = edited.paragraphs);
            let findings = review(Subject::Convention(id), &records, reference, demo::TODAY);
            assert!(!findings.is_empty());
            let text = &records.convention(id).unwrap().articles[0].texts[0];
            editor.patch(text, &fields(&records));
        }
        window.frame(&editor, &look);
        times.push(start.elapsed());
    }
    let typed = &records.convention(id).unwrap().articles[0].texts[0].paragraphs;
    assert!(typed.iter().any(|paragraph| paragraph.contains("abcdef")));
    times
}

/// A window that nobody sees.
struct Window {
    renderer: Renderer,
    surface: Surface,
    present: Present,
    cache: Option<Cache>,
}

const SIZE: Size = Size::new(700.0, 700.0);

impl Window {
    fn new(present: Present) -> Self {
        let renderer = block_on(<Renderer as iced_test::core::renderer::Headless>::new(
            Font::with_name("Fira Sans"),
            16.into(),
            Some("tiny-skia"),
        ));
        Self {
            renderer: renderer.unwrap(),
            surface: Surface::new(SIZE),
            present,
            cache: Some(Cache::default()),
        }
    }

    /// What the interface that the last frame left makes of events, and when it heard them.
    fn update(
        &mut self,
        editor: &Editor,
        look: &Look,
        events: &[Event],
        at: Point,
    ) -> (Instant, Vec<Message>) {
        let mut messages = Vec::new();
        let mut interface = UserInterface::<_, Theme, _>::build(
            editor.view(look, Palette::LIGHT),
            SIZE,
            self.cache.take().unwrap(),
            &mut self.renderer,
        );
        let cursor = mouse::Cursor::Available(at);
        let mut board = clipboard::Null;
        let start = Instant::now();
        let _ = interface.update(
            events,
            cursor,
            &mut self.renderer,
            &mut board,
            &mut messages,
        );
        self.cache = Some(interface.into_cache());
        (start, messages)
    }

    fn click(&mut self, editor: &mut Editor, look: &Look) {
        let events = [
            Event::Mouse(mouse::Event::ButtonPressed(mouse::Button::Left)),
            Event::Mouse(mouse::Event::ButtonReleased(mouse::Button::Left)),
        ];
        for message in self
            .update(editor, look, &events, Point::new(200.0, 60.0))
            .1
        {
            editor.update(message);
        }
    }

    fn press(&mut self, editor: &Editor, look: &Look, letter: &str) -> (Instant, Vec<Message>) {
        let key = Key::Character(letter.into());
        let pressed = Event::Keyboard(keyboard::Event::KeyPressed {
            modified_key: key.clone(),
            key,
            physical_key: keyboard::key::Physical::Unidentified(
                keyboard::key::NativeCode::Unidentified,
            ),
            location: keyboard::Location::Standard,
            modifiers: Modifiers::empty(),
            repeat: false,
            text: Some(letter.into()),
        });
        self.update(editor, look, &[pressed], Point::new(200.0, 60.0))
    }

    /// A frame, drawn.
    fn frame(&mut self, editor: &Editor, look: &Look) {
        let mut interface = UserInterface::<_, Theme, _>::build(
            editor.view(look, Palette::LIGHT),
            SIZE,
            self.cache.take().unwrap(),
            &mut self.renderer,
        );
        let style = Style {
            text_color: Color::BLACK,
        };
        interface.draw(
            &mut self.renderer,
            &Theme::Light,
            &style,
            mouse::Cursor::Unavailable,
        );
        (self.present)(&mut self.surface, &mut self.renderer);
        assert!(self.surface.dots().iter().any(|channel| *channel < 100));
        self.cache = Some(interface.into_cache());
    }
}

fn look() -> Look {
    Look {
        id: Id::new("text"),
        size: 17.0,
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
