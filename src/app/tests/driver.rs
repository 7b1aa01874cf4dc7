//! Plays whole journeys without a display.
//!
//! iced's own `Simulator` keeps no widget state between messages, and its `Emulator` broadcasts no event to
//! subscriptions. This keeps the first, does the second, and carries out tasks: what a person does is what happens.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use iced::keyboard::{self, Key, Modifiers, key::Named};
use iced::{Event, Point, Rectangle, Size, Theme, mouse, window};
use iced_test::Selector;
use iced_test::core::renderer::{self, Headless};
use iced_test::core::widget::{self, Operation, operation};
use iced_test::core::{Clipboard, SmolStr, clipboard};
use iced_test::futures::backend::default::Executor as Pool;
use iced_test::futures::futures::channel::mpsc;
use iced_test::futures::futures::{StreamExt, stream};
use iced_test::futures::{Executor, Runtime, subscription};
use iced_test::renderer::Renderer;
use iced_test::runtime::user_interface::{self, UserInterface};
use iced_test::runtime::{self, Action, task};
use iced_test::selector::Bounded;

use super::super::switchboard::{Message, Switchboard};
use super::house::{FOLDER, House};

type Interface<'a> = UserInterface<'a, Message, Theme, Renderer>;

/// How long a task may take.
const PATIENCE: Duration = Duration::from_secs(20);

enum Happening {
    Action(Action<Message>),
    TaskDone,
}

struct Board(Option<String>);

impl Clipboard for Board {
    fn read(&self, _: clipboard::Kind) -> Option<String> {
        self.0.clone()
    }

    fn write(&mut self, _: clipboard::Kind, contents: String) {
        self.0 = Some(contents);
    }
}

/// A window on the welcome page.
pub fn at_the_welcome(house: &House) -> Driver {
    Driver::new(Switchboard::new(Arc::new(house.clone()), None))
}

/// A window on the workspace, once it is open.
pub fn opened(house: &House) -> Driver {
    let folder = Some(PathBuf::from(FOLDER));
    let mut driver = Driver::new(Switchboard::new(Arc::new(house.clone()), folder));
    driver.until("l’espace s’ouvre", |driver| driver.sees("Rechercher…"));
    driver
}

/// A window that nobody sees.
pub struct Driver {
    pub app: Switchboard,
    runtime: Runtime<Pool, mpsc::Sender<Happening>, Happening>,
    happenings: mpsc::Receiver<Happening>,
    renderer: Renderer,
    cache: Option<user_interface::Cache>,
    size: Size,
    /// Whether the zoom makes the page smaller, as in a window.
    pub follows_zoom: bool,
    cursor: mouse::Cursor,
    clipboard: Board,
    /// Tasks that will end; those that listen do not count.
    pending: usize,
    window: window::Id,
    pub closed: bool,
}

impl Driver {
    pub fn new((app, boot): (Switchboard, iced::Task<Message>)) -> Self {
        let (sender, happenings) = mpsc::channel(1024);
        let pool = Pool::new().unwrap();
        let renderer = pool.block_on(<Renderer as Headless>::new(
            iced::Font::with_name("Fira Sans"),
            16.into(),
            Some("tiny-skia"),
        ));
        let mut driver = Self {
            app,
            runtime: Runtime::new(pool, sender),
            happenings,
            renderer: renderer.unwrap(),
            cache: Some(user_interface::Cache::default()),
            size: Size::new(1280.0, 800.0),
            follows_zoom: false,
            cursor: mouse::Cursor::Unavailable,
            clipboard: Board(None),
            pending: 0,
            window: window::Id::unique(),
            closed: false,
        };
        driver.track();
        driver.run(boot);
        driver.settle();
        driver
    }

    pub fn resize(&mut self, width: f32, height: f32) {
        self.size = Size::new(width, height);
    }

    fn track(&mut self) {
        let subscription = self.runtime.enter(|| self.app.subscription());
        let recipes = subscription::into_recipes(
            subscription.map(|message| Happening::Action(Action::Output(message))),
        );
        self.runtime.track(recipes);
    }

    fn with_interface<T>(
        &mut self,
        act: impl FnOnce(
            &mut Interface<'_>,
            &mut Renderer,
            &mut Board,
            mouse::Cursor,
            &mut Vec<Message>,
        ) -> T,
    ) -> T {
        let mut messages = Vec::new();
        let zoom = if self.follows_zoom {
            self.app.scale()
        } else {
            1.0
        };
        let mut interface = UserInterface::build(
            self.app.view(),
            self.size * zoom.recip(),
            self.cache.take().unwrap(),
            &mut self.renderer,
        );
        let result = act(
            &mut interface,
            &mut self.renderer,
            &mut self.clipboard,
            self.cursor,
            &mut messages,
        );
        self.cache = Some(interface.into_cache());
        for message in messages {
            self.message(message);
        }
        result
    }

    pub fn message(&mut self, message: Message) {
        let task = self.runtime.enter(|| self.app.update(message));
        self.track();
        self.run(task);
    }

    fn run(&mut self, task: iced::Task<Message>) {
        if let Some(actions) = task::into_stream(task) {
            self.pending += 1;
            let done = stream::once(async { Happening::TaskDone });
            self.runtime
                .run(actions.map(Happening::Action).chain(done).boxed());
        }
    }

    /// One event, as the shell passes it.
    pub fn event(&mut self, event: Event) {
        self.events(vec![event]);
    }

    /// What comes while a window is busy is heard in one go.
    fn events(&mut self, events: Vec<Event>) {
        let statuses = self.with_interface(|interface, renderer, clipboard, cursor, messages| {
            let (_, statuses) = interface.update(&events, cursor, renderer, clipboard, messages);
            statuses
        });
        for (event, status) in events.into_iter().zip(statuses) {
            self.runtime.broadcast(subscription::Event::Interaction {
                window: self.window,
                event,
                status,
            });
        }
        self.settle();
    }

    /// A frame is drawn, as the window does after each thing that happens.
    pub fn redraw(&mut self) {
        for _ in 0..3 {
            self.event(Event::Window(
                window::Event::RedrawRequested(Instant::now()),
            ));
        }
    }

    /// Waits until nothing happens any more. What only listens never ends and is not waited for.
    pub fn settle(&mut self) {
        let limit = Instant::now() + PATIENCE;
        let mut quiet = 0;
        // One task listens to the keeper as long as a workspace is open; others end, on a busy machine later.
        while quiet < if self.pending > 1 { 200 } else { 12 } {
            match self.happenings.try_recv() {
                Ok(Happening::TaskDone) => {
                    self.pending -= 1;
                    quiet = 0;
                }
                Ok(Happening::Action(action)) => {
                    self.action(action);
                    quiet = 0;
                }
                Err(_) => {
                    assert!(Instant::now() < limit, "des tâches durent");
                    quiet += 1;
                    std::thread::sleep(Duration::from_micros(500));
                }
            }
        }
    }

    /// Waits until that is so.
    pub fn until(&mut self, what: &str, mut is_so: impl FnMut(&mut Self) -> bool) {
        let limit = Instant::now() + PATIENCE;
        while !is_so(self) {
            assert!(Instant::now() < limit, "toujours pas\u{a0}: {what}");
            self.event(Event::Window(
                window::Event::RedrawRequested(Instant::now()),
            ));
        }
    }

    fn action(&mut self, action: Action<Message>) {
        match action {
            Action::Output(message) => self.message(message),
            Action::Widget(operation) => self.operate(operation),
            Action::Clipboard(runtime::clipboard::Action::Read { channel, .. }) => {
                let _ = channel.send(self.clipboard.0.clone());
            }
            Action::Clipboard(runtime::clipboard::Action::Write { contents, .. }) => {
                self.clipboard.0 = Some(contents);
            }
            Action::Window(runtime::window::Action::Close(_)) => self.closed = true,
            Action::Window(runtime::window::Action::GetMaximized(_, channel)) => {
                let _ = channel.send(false);
            }
            _ => {}
        }
    }

    fn operate(&mut self, operation: Box<dyn Operation>) {
        let mut next = Some(operation);
        self.with_interface(|interface, renderer, _, _, _| {
            while let Some(mut operation) = next.take() {
                interface.operate(renderer, operation.as_mut());
                if let operation::Outcome::Chain(following) = operation.finish() {
                    next = Some(following);
                }
            }
        });
    }

    fn find<S>(&mut self, selector: S) -> Option<S::Output>
    where
        S: Selector + Send,
        S::Output: Clone + Send,
    {
        let mut operation = selector.find();
        self.with_interface(|interface, renderer, _, _, _| {
            interface.operate(renderer, &mut operation::black_box(&mut operation));
        });
        match operation.finish() {
            operation::Outcome::Some(found) => found,
            _ => None,
        }
    }

    /// Whether anything on the page has the keyboard.
    pub fn is_anything_focused(&mut self) -> bool {
        let mut count = operation::focusable::count();
        self.with_interface(|interface, renderer, _, _, _| {
            interface.operate(renderer, &mut operation::black_box(&mut count));
        });
        match count.finish() {
            operation::Outcome::Some(count) => count.focused.is_some(),
            _ => false,
        }
    }

    /// Whether something bears that identifier, in sight or not.
    pub fn is_there(&mut self, id: impl Into<widget::Id>) -> bool {
        self.find(iced_test::selector::id(id.into())).is_some()
    }

    /// Whether that is on the page and out of sight.
    pub fn is_hidden(&mut self, id: impl Into<widget::Id>) -> bool {
        let found = self.find(iced_test::selector::id(id.into()));
        found.is_some_and(|it| it.visible_bounds().is_none())
    }

    /// Where something is.
    #[track_caller]
    pub fn bounds<S>(&mut self, selector: S) -> Rectangle
    where
        S: Selector + Send,
        S::Output: Bounded + Clone + Send,
    {
        let description = selector.description();
        let found = self.find(selector).and_then(|it| it.visible_bounds());
        found.unwrap_or_else(|| panic!("hors de vue\u{a0}: {description}"))
    }

    /// The pixels of a part of the window, four bytes each, row by row.
    pub fn picture(&mut self, area: Rectangle) -> Vec<u8> {
        let theme = self.app.theme();
        let style = renderer::Style {
            text_color: iced::Color::BLACK,
        };
        let (width, height) = (self.size.width as u32, self.size.height as u32);
        let all = self.with_interface(|interface, renderer, _, cursor, _| {
            interface.draw(renderer, &theme, &style, cursor);
            renderer.screenshot(Size::new(width, height), 1.0, iced::Color::WHITE)
        });
        let stride = width as usize * 4;
        let across = area.x as usize * 4..(area.x + area.width) as usize * 4;
        all.chunks(stride)
            .skip(area.y as usize)
            .take(area.height as usize)
            .flat_map(|row| row[across.clone()].to_vec())
            .collect()
    }

    /// Whether a text that holds these words is on the page.
    pub fn sees(&mut self, words: &str) -> bool {
        let words = words.to_owned();
        self.find(
            move |candidate: iced_test::selector::Candidate<'_>| match candidate {
                iced_test::selector::Candidate::Text { content, .. } => {
                    content.contains(&words).then_some(())
                }
                _ => None,
            },
        )
        .is_some()
    }

    /// These words are on the page, or come within a moment: a busy machine may draw them a little later.
    #[track_caller]
    pub fn expect(&mut self, words: &str) {
        let limit = Instant::now() + Duration::from_secs(2);
        while !self.sees(words) {
            assert!(Instant::now() < limit, "« {words} » n’est pas à l’écran");
            self.event(Event::Window(
                window::Event::RedrawRequested(Instant::now()),
            ));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Waits until these words are on the page: a task brings them.
    pub fn awaits(&mut self, words: &str) {
        self.until(words, |driver| driver.sees(words));
    }

    #[track_caller]
    pub fn click<S>(&mut self, selector: S)
    where
        S: Selector + Send,
        S::Output: Bounded + Clone + Send,
    {
        let description = selector.description();
        let found = self.find(selector);
        let bounds = found
            .unwrap_or_else(|| panic!("introuvable\u{a0}: {description}"))
            .visible_bounds()
            .unwrap_or_else(|| panic!("hors de vue\u{a0}: {description}"));
        self.click_at(bounds.center());
    }

    /// Clicks a text that begins with these words.
    #[track_caller]
    pub fn click_words(&mut self, words: &str) {
        let words = words.to_owned();
        self.click(
            move |candidate: iced_test::selector::Candidate<'_>| match candidate {
                iced_test::selector::Candidate::Text { content, .. }
                    if content.starts_with(&words) =>
                {
                    Some(iced_test::selector::Target::from(candidate))
                }
                _ => None,
            },
        );
    }

    /// The pointer goes there.
    pub fn point(&mut self, position: Point) {
        self.cursor = mouse::Cursor::Available(position);
        self.event(Event::Mouse(mouse::Event::CursorMoved { position }));
    }

    pub fn click_at(&mut self, position: Point) {
        self.point(position);
        for event in [
            mouse::Event::ButtonPressed(mouse::Button::Left),
            mouse::Event::ButtonReleased(mouse::Button::Left),
        ] {
            self.event(Event::Mouse(event));
        }
    }

    fn press(&mut self, key: Key, modifiers: Modifiers, text: Option<&str>) {
        let held = |modifiers| Event::Keyboard(keyboard::Event::ModifiersChanged(modifiers));
        if !modifiers.is_empty() {
            self.event(held(modifiers));
        }
        self.event(pressed(key, modifiers, text));
        if !modifiers.is_empty() {
            self.event(held(Modifiers::empty()));
        }
    }

    pub fn key(&mut self, named: Named) {
        self.press(Key::Named(named), Modifiers::empty(), None);
    }

    pub fn key_with(&mut self, named: Named, modifiers: Modifiers) {
        self.press(Key::Named(named), modifiers, None);
    }

    pub fn ctrl(&mut self, character: &str) {
        self.press(
            Key::Character(SmolStr::new(character)),
            Modifiers::CTRL,
            None,
        );
    }

    pub fn ctrl_shift(&mut self, character: &str) {
        self.press(
            Key::Character(SmolStr::new(character)),
            Modifiers::CTRL | Modifiers::SHIFT,
            None,
        );
    }

    pub fn types(&mut self, words: &str) {
        for character in words.chars() {
            let text = character.to_string();
            self.press(
                Key::Character(SmolStr::new(&text)),
                Modifiers::empty(),
                Some(&text),
            );
        }
    }

    /// Those keys, then that word, while the window is busy.
    pub fn in_one_breath(&mut self, keys: &[Named], word: &str) {
        let keys = keys
            .iter()
            .map(|key| pressed(Key::Named(*key), Modifiers::empty(), None));
        let typed = word.chars().map(|character| {
            let text = character.to_string();
            pressed(
                Key::Character(SmolStr::new(&text)),
                Modifiers::empty(),
                Some(&text),
            )
        });
        self.events(keys.chain(typed).collect());
    }

    /// Another program put that on the clipboard.
    pub fn copied_elsewhere(&mut self, text: &str) {
        self.clipboard.0 = Some(text.to_owned());
    }

    /// What is on the clipboard.
    pub fn clipboard(&self) -> Option<&str> {
        self.clipboard.0.as_deref()
    }

    pub fn ask_to_close(&mut self) {
        self.event(Event::Window(window::Event::CloseRequested));
    }

    /// Words that another application copied.
    pub fn copy(&mut self, words: &str) {
        self.clipboard.0 = Some(words.to_owned());
    }

    /// Puts the keyboard there, the caret at the end.
    pub fn focus(&mut self, id: impl Into<widget::Id>) {
        let id = id.into();
        for operation in [
            Box::new(operation::focusable::focus::<()>(id.clone())) as Box<dyn Operation>,
            Box::new(operation::text_input::move_cursor_to_end::<()>(id)),
        ] {
            self.operate(operation);
        }
    }

    /// Goes there by Tab alone.
    #[track_caller]
    pub fn tab_to(&mut self, id: impl Into<widget::Id>) {
        let id = id.into();
        let limit = Instant::now() + PATIENCE;
        while !self.has_focus(id.clone()) {
            assert!(
                Instant::now() < limit,
                "hors d’atteinte au clavier\u{a0}: {id:?}"
            );
            self.key(Named::Tab);
        }
    }

    /// Whether the keyboard is there, or comes within a moment: a busy machine may bring it a little later.
    pub fn is_focused(&mut self, id: impl Into<widget::Id>) -> bool {
        let id = id.into();
        let limit = Instant::now() + Duration::from_millis(500);
        loop {
            let is_focused = self.has_focus(id.clone());
            if is_focused || Instant::now() >= limit {
                return is_focused;
            }
            self.event(Event::Window(
                window::Event::RedrawRequested(Instant::now()),
            ));
            std::thread::sleep(Duration::from_millis(2));
        }
    }

    /// Whether the keyboard is there now.
    pub fn has_focus(&mut self, id: widget::Id) -> bool {
        let mut operation = operation::focusable::is_focused(id);
        self.with_interface(|interface, renderer, _, _, _| {
            interface.operate(renderer, &mut operation::black_box(&mut operation));
        });
        matches!(operation.finish(), operation::Outcome::Some(true))
    }
}

fn pressed(key: Key, modifiers: Modifiers, text: Option<&str>) -> Event {
    Event::Keyboard(keyboard::Event::KeyPressed {
        modified_key: key.clone(),
        key,
        physical_key: keyboard::key::Physical::Unidentified(
            keyboard::key::NativeCode::Unidentified,
        ),
        location: keyboard::Location::Standard,
        modifiers,
        repeat: false,
        text: text.map(SmolStr::new),
    })
}
