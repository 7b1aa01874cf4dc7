//! The list of conventions, by stage.
//!
//! What is shown of each is worked out when records change, not when the page is drawn.

mod line;

use iced::widget::scrollable::Viewport;
use iced::widget::{Column, Row, column, responsive, row, space, text};
use iced::{Center, Element, Fill};

use self::line::{Line, ROW};
use super::Action;
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, choice, field, pane};
use crate::model::{Id as RecordKey, Stage, fold};

/// Where the keyboard searches.
pub const SEARCH: &str = "conventions.search";

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
    list: LongList,
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
            list: LongList::new("conventions.list", ROW),
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
        self.list.holds(self.shown.len());
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, _: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.select();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Stage(stage) => {
                self.stage = stage;
                self.select();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Open(id) => vec![Action::Go(Route::Convention(id))],
            Message::Step { from, down } => {
                let to = self.list.step(from, down);
                let Some(line) = self.line(to) else {
                    return Vec::new();
                };
                let focus = Action::Focus(row_id(line.id));
                vec![Action::Run(self.list.reveal(to)), focus]
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
        }
    }

    /// The line at that rank of what is shown.
    fn line(&self, rank: usize) -> Option<&Line> {
        self.lines.get(*self.shown.get(rank)?)
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
        let list = self.list.view(
            |rank| {
                let line = self.line(rank)?;
                Some((line.id, line.view(rank, narrow, palette)))
            },
            Message::Scrolled,
            palette,
        );
        if narrow {
            return list;
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
