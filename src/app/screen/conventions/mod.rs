//! The list of conventions, by stage.
//!
//! What is shown of each is worked out when records change, not when the page is drawn; only the rows in sight are
//! laid out, so that three thousand conventions scroll like thirty.

mod line;

use std::ops::Range;

use iced::widget::scrollable::{AbsoluteOffset, Viewport};
use iced::widget::{
    Column, Id, Row, column, keyed_column, operation, responsive, row, space, text,
};
use iced::{Center, Element, Fill};

use self::line::{Line, ROW};
use super::Action;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{choice, field, pane, scroll};
use crate::model::{Id as RecordKey, Stage, fold};

/// Where the keyboard searches.
pub const SEARCH: &str = "conventions.search";

const LIST: &str = "conventions.list";

pub use self::line::row_id;

/// Below this width a row is one column.
const NARROW: f32 = 720.0;

/// The list.
#[derive(Debug)]
pub struct Conventions {
    search: String,
    stage: Option<Stage>,
    counts: [usize; Stage::ALL.len()],
    lines: Vec<Line>,
    shown: Vec<usize>,
    offset: f32,
    height: f32,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// One stage, or all.
    Stage(Option<Stage>),
    /// A convention is opened.
    Open(RecordKey),
    /// The keyboard moves from that row to another.
    Step {
        /// From this row.
        from: usize,
        /// Down, or up.
        down: bool,
    },
    /// The list was scrolled.
    Scrolled(Viewport),
}

impl Conventions {
    /// All conventions.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        let mut screen = Self {
            search: String::new(),
            stage: None,
            counts: [0; Stage::ALL.len()],
            lines: Vec::new(),
            shown: Vec::new(),
            offset: 0.0,
            // Before the first scroll the height is not known: more rows than any screen shows.
            height: 1400.0,
        };
        screen.follow(session);
        screen
    }

    /// Records changed.
    pub fn follow(&mut self, session: &Session) {
        self.lines = session
            .records()
            .conventions_sorted()
            .map(|convention| Line::of(convention, session))
            .collect();
        // Stable: within a stage titles stay in French order.
        self.lines.sort_by_key(|line| line.stage);

        for (stage, count) in Stage::ALL.into_iter().zip(&mut self.counts) {
            *count = self.lines.iter().filter(|line| line.stage == stage).count();
        }
        if let Some(stage) = self.stage
            && !self.lines.iter().any(|line| line.stage == stage)
        {
            self.stage = None;
        }
        self.select();
    }

    fn select(&mut self) {
        let words: Vec<String> = fold(&self.search)
            .split_whitespace()
            .map(str::to_owned)
            .collect();
        self.shown = self
            .lines
            .iter()
            .enumerate()
            .filter(|(_, line)| self.stage.is_none_or(|stage| line.stage == stage))
            .filter(|(_, line)| words.iter().all(|word| line.search.contains(word)))
            .map(|(rank, _)| rank)
            .collect();
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, _: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.select();
                self.scroll_to_the_top()
            }
            Message::Stage(stage) => {
                self.stage = stage;
                self.select();
                self.scroll_to_the_top()
            }
            Message::Open(id) => vec![Action::Go(Route::Convention(id))],
            Message::Step { from, down } => {
                let to = if down {
                    (from + 1).min(self.shown.len().saturating_sub(1))
                } else {
                    from.saturating_sub(1)
                };
                self.step_to(to)
            }
            Message::Scrolled(view) => {
                self.offset = view.absolute_offset().y;
                self.height = view.bounds().height;
                Vec::new()
            }
        }
    }

    fn scroll_to_the_top(&mut self) -> Vec<Action<Message>> {
        self.offset = 0.0;
        let top = AbsoluteOffset { x: 0.0, y: 0.0 };
        vec![Action::Run(operation::scroll_to(Id::new(LIST), top))]
    }

    /// Brings a row into sight, then the keyboard to it.
    fn step_to(&mut self, rank: usize) -> Vec<Action<Message>> {
        let Some(line) = self.shown.get(rank).and_then(|rank| self.lines.get(*rank)) else {
            return Vec::new();
        };
        let focus = Action::Focus(row_id(line.id));
        let top = rank as f32 * ROW;
        let y = if top < self.offset {
            top
        } else if top + ROW > self.offset + self.height {
            top + ROW - self.height
        } else {
            return vec![focus];
        };
        self.offset = y;
        let scroll = operation::scroll_to(Id::new(LIST), AbsoluteOffset { x: 0.0, y });
        vec![Action::Run(scroll), focus]
    }

    /// The rows in sight and a few around.
    fn in_sight(&self) -> Range<usize> {
        const AROUND: usize = 6;

        let count = self.shown.len();
        // A list that fits is never scrolled, and says nothing: an offset from before may be stale.
        let last = (count as f32 * ROW - self.height).max(0.0);
        let offset = self.offset.clamp(0.0, last);
        let start = ((offset / ROW) as usize).saturating_sub(AROUND);
        let end = ((offset + self.height) / ROW).ceil() as usize + AROUND;
        start.min(count)..end.min(count)
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let head = row![
            text("Conventions").size(24).font(STRONG),
            space().width(Fill),
            field(
                &self.search,
                "Rechercher un titre, un partenaire…",
                SEARCH,
                palette,
                Message::Search,
            )
            .width(300),
        ]
        .align_y(Center)
        .spacing(16);

        let body: Element<'a, Message> = if self.lines.is_empty() {
            empty(session, palette)
        } else if self.shown.is_empty() {
            text("Aucune convention ne répond à cette recherche.")
                .size(16)
                .color(palette.muted)
                .into()
        } else {
            responsive(move |size| self.list(size.width < NARROW, palette)).into()
        };

        pane(
            "conventions",
            column![head, self.stages(palette), body].spacing(14),
        )
        .padding([18, 24])
        .width(Fill)
        .height(Fill)
        .into()
    }

    fn stages(&self, palette: Palette) -> Element<'_, Message> {
        let all = choice(
            format!("Toutes {}", self.lines.len()),
            self.stage.is_none(),
            palette,
        )
        .on_press(Message::Stage(None));
        let stages = Stage::ALL
            .into_iter()
            .zip(self.counts)
            .filter(|(_, count)| *count > 0)
            .map(|(stage, count)| {
                choice(
                    format!("{} {count}", stage.label()),
                    self.stage == Some(stage),
                    palette,
                )
                .on_press(Message::Stage(Some(stage)))
            });
        Row::with_children(std::iter::once(all).chain(stages).map(Element::from))
            .spacing(6)
            .wrap()
            .vertical_spacing(6)
            .into()
    }

    fn list(&self, narrow: bool, palette: Palette) -> Element<'_, Message> {
        let sight = self.in_sight();
        let above = sight.start as f32 * ROW;
        let below = (self.shown.len() - sight.end) as f32 * ROW;
        let rows = self
            .shown
            .get(sight.clone())
            .unwrap_or_default()
            .iter()
            .filter_map(|rank| self.lines.get(*rank))
            .zip(sight)
            .map(|(line, rank)| (line.id, line.view(rank, narrow, palette)));

        let list = scroll(
            column![
                space().height(above),
                keyed_column(rows),
                space().height(below),
            ],
            LIST,
            palette,
        )
        .on_scroll(Message::Scrolled);

        if narrow {
            return list.into();
        }
        column![line::header(palette), list].spacing(2).into()
    }
}

fn empty(session: &Session, palette: Palette) -> Element<'_, Message> {
    let words: &[&str] = if session.is_read_only() {
        &["Cet espace ne contient pas encore de convention."]
    } else {
        &[
            "Ici se suivent les conventions, de la rédaction à la dernière signature et à leur terme.",
            "Cet espace n’en contient pas encore. La démonstration, depuis l’accueil, en montre de toutes sortes.",
        ]
    };
    Column::with_children(
        words
            .iter()
            .map(|words| text(*words).size(16).color(palette.muted).into()),
    )
    .spacing(6)
    .into()
}
