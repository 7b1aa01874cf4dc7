//! The list of budgets: filtered key by key, in French order, what is spent and what there is to verify at the right.

mod line;
mod new;

use chrono::Datelike;
use iced::widget::scrollable::Viewport;
use iced::widget::{Id, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Task};

use super::{Action, Notice, Screen, stepped};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::Typing;
use crate::app::widget::{Dialog, LongList, button, field, head, link, pane, segmented, strong};
use crate::exchange::import::Kind as Tables;
use crate::model::{Change, Id as RecordKey, Kind, Record, fold, quoted};

use self::line::{Line, State};
use self::new::New;

pub use self::line::{row_id, years};
pub use self::new::ours;

/// The list of budgets.
#[derive(Debug)]
pub struct Budgets {
    search: String,
    state: Option<State>,
    /// All budgets, in French order.
    lines: Vec<Line>,
    /// Those that answer, by rank.
    shown: Vec<usize>,
    list: LongList,
    new: Option<New>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// Those of some years only.
    State(Option<State>),
    /// A budget.
    Open(RecordKey),
    /// The first that answers the search.
    First,
    /// The keyboard moves from that row to another.
    Step {
        /// From this row, or from the field above them.
        from: Option<usize>,
        /// Down, or up.
        down: bool,
    },
    /// The list was scrolled.
    Scrolled(Viewport),
    /// Tables are to be imported.
    Import,
    /// What finance did is to be matched.
    Match,
    /// All budgets added up.
    Consolidated,
    /// A new budget is asked for.
    New,
    /// Its title is typed.
    Title(Typing),
    /// Its years are typed.
    Years(Typing),
    /// It is created.
    Create,
    /// It is not.
    Cancel,
}

/// Where the keyboard searches.
pub const SEARCH: &str = "budgets.search";
/// Where it asks for a new one.
pub const NEW: &str = "budgets.new";

impl Budgets {
    /// All budgets, once they are looked at.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            search: String::new(),
            state: None,
            lines: Vec::new(),
            shown: Vec::new(),
            list: LongList::new("budgets.list", line::ROW),
            new: None,
        }
    }

    /// The page comes back: the list is where it was left.
    pub fn arrive(&self) -> Task<Message> {
        self.list.stay()
    }

    fn filter(&mut self) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let answers = |line: &Line| {
            self.state.is_none_or(|state| line.state == state)
                && words.iter().all(|word| line.key.contains(word))
        };
        let lines = self.lines.iter().enumerate();
        self.shown = lines
            .filter(|(_, line)| answers(line))
            .map(|(rank, _)| rank)
            .collect();
        self.list.holds(self.shown.len());
    }

    fn at(&self, rank: usize) -> Option<&Line> {
        self.lines.get(*self.shown.get(rank)?)
    }
}

impl Screen for Budgets {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "budgets"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.filter();
                vec![Action::Run(self.list.rewind())]
            }
            Message::State(state) => {
                self.state = state;
                self.filter();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Consolidated => vec![Action::Go(Route::Consolidated)],
            Message::Open(id) => vec![Action::Go(Route::Budget(id))],
            Message::First => match self.at(0) {
                Some(line) => vec![Action::Go(Route::Budget(line.id))],
                None => Vec::new(),
            },
            Message::Step { from, down } => {
                let row = |rank: usize| Some(row_id(self.lines.get(*self.shown.get(rank)?)?.id));
                stepped(&mut self.list, (from, down), row, SEARCH)
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
            Message::Import => vec![Action::Go(Route::Import(Tables::Budget))],
            Message::Match => vec![Action::Go(Route::Import(Tables::Done))],
            Message::New if session.is_read_only() => vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: rien n’y est ajouté.",
            ))],
            Message::New => {
                self.new = Some(New::of(session.today().year()));
                vec![Action::Focus(Id::new(new::TITLE))]
            }
            Message::Title(typing) => {
                if let (Some(new), Typing::Typed(raw)) = (&mut self.new, typing) {
                    new.title(raw);
                }
                Vec::new()
            }
            Message::Years(typing) => {
                if let (Some(new), Typing::Typed(raw)) = (&mut self.new, typing) {
                    new.years(raw);
                }
                Vec::new()
            }
            Message::Create => {
                let Some(new) = &mut self.new else {
                    return Vec::new();
                };
                let budget = match new.budget(session) {
                    Ok(budget) => budget,
                    Err(field) => return vec![Action::Focus(Id::new(field))],
                };
                self.new = None;
                let id = budget.id;
                let label = format!("Créer le budget {}", quoted(&budget.title));
                vec![
                    Action::Edit(Change::create(label, Record::Budget(budget))),
                    Action::Go(Route::Budget(id)),
                ]
            }
            Message::Cancel => {
                self.new = None;
                Vec::new()
            }
        }
    }

    /// Records changed, or the page comes.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.lines = session
            .records()
            .of_kind(Kind::Budget)
            .filter_map(|record| Line::of(record, session))
            .collect();
        self.lines.sort_by(|a, b| a.rank.cmp(&b.rank));
        self.filter();
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let search = field(
            &self.search,
            "Filtrer\u{a0}: titre, partenaire…",
            SEARCH,
            palette,
            Message::Search,
        )
        .on_submit(Message::First)
        .into_list(Message::Step {
            from: None,
            down: true,
        });
        let mut acts = vec![button("Consolidé", palette).on_press(Message::Consolidated)];
        if !session.is_read_only() {
            let new = strong("Nouveau budget", palette).id(NEW);
            acts.push(button("Importer…", palette).on_press(Message::Import));
            acts.push(new.on_press(Message::New));
        }
        let head = head("Budgets", Some(search.width(220)), acts);
        pane(
            "budgets",
            column![head, self.choices(session, palette), self.rows(palette)].spacing(12),
        )
        .padding([18, 24])
        .width(Fill)
        .height(Fill)
        .into()
    }

    /// What is asked of a new budget, in front of the page.
    fn dialog<'a>(
        &'a self,
        _session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        self.new.as_ref().map(|new| new.dialog(palette))
    }
}

impl Budgets {
    /// Which budgets are shown; beside, what finance did that no line has yet.
    fn choices<'a>(&'a self, session: &Session, palette: Palette) -> Element<'a, Message> {
        let waiting = session.records().postings().filter(|it| !it.set_aside);
        let count = waiting.count();
        let to_match = (count > 0).then(|| {
            let words = crate::app::text::count(
                count,
                "réalisation à rapprocher",
                "réalisations à rapprocher",
            );
            link(format!("◆ {words}"), palette).on_press(Message::Match)
        });
        row![self.states(palette), space().width(Fill)]
            .push(to_match)
            .align_y(Center)
            .into()
    }

    /// « Tous 5 », « En cours 2 ».
    fn states(&self, palette: Palette) -> Element<'_, Message> {
        let all = (None, format!("Tous {}", self.lines.len()));
        let states = [State::Ahead, State::Running, State::Past];
        let each = states.into_iter().filter_map(|state| {
            let count = self.lines.iter().filter(|it| it.state == state).count();
            let label = crate::app::text::capital(state.label());
            (count > 0).then(|| (Some(state), format!("{label} {count}")))
        });
        segmented(
            std::iter::once(all).chain(each),
            &self.state,
            "budgets.state",
            palette,
            Message::State,
        )
    }

    fn rows(&self, palette: Palette) -> Element<'_, Message> {
        let remark = |words| text(words).size(16).color(palette.muted);
        if self.lines.is_empty() {
            return container(
                column![
                    remark(
                        "Ici se construit l’argent de chaque projet\u{a0}: ce qu’il coûte par poste et par année, qui \
                         paie, ce qui est engagé, payé, reçu."
                    ),
                    strong("Créer le premier budget", palette).on_press(Message::New),
                ]
                .spacing(12),
            )
            .into();
        }
        if self.shown.is_empty() {
            return remark("Aucun budget ne répond à cette recherche.").into();
        }
        responsive(move |size| {
            self.list.view(
                move |rank| {
                    let line = self.at(rank)?;
                    Some((line.id, line.view(rank, size.width, palette)))
                },
                Message::Scrolled,
                palette,
            )
        })
        .into()
    }
}
