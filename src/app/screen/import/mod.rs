//! A table from elsewhere, on its way in: which file, how it is understood, what each row would do; then one change.
//!
//! Reading and planning are done off the window's thread; each carries a number, and what comes of one that was given
//! up is not heard.

mod columns;
mod fate;
mod message;
mod progress;
mod rows;
mod table;
mod told;
mod view;
mod whole;
mod work;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::Id;
use iced::{Element, Task};

pub use self::message::{Message, Only};
use self::progress::Progress;
use self::table::Table;
pub use self::view::home;
use super::deliver::Delivery;
use super::{Action, Notice, Screen};
use crate::app::outside::{Answer, NO_DIALOG, answer};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::LongList;
use crate::exchange::import::{Answer as Said, Import as Taken, Kind, refusals};
use crate::exchange::table::Wish;
use crate::model::{self, Currency};

/// Where the keyboard types the path of the table.
pub const PATH: &str = "import.path";

/// Where it stands once rows are shown.
pub const GO: &str = "import.go";

/// Where it goes on, when one was asked.
const STAY: &str = "import.stay";

/// To what waits for a line of a budget.
pub const WAITING: &str = "import.waiting";

/// See the module.
pub struct Import {
    kind: Kind,
    /// The budget that it is for, where one was chosen.
    budget: Option<model::Id>,
    /// The year of amounts that the table does not date, as one tells it.
    year: Option<i32>,
    /// The currency of amounts that do not say it, as one tells it.
    currency: Option<Currency>,
    path: String,
    fault: Option<String>,
    step: Step,
    table: Option<Table>,
    /// Counts what was asked of other threads, so that what was given up is not heard.
    asked: u64,
    progress: Progress,
    list: LongList,
    /// How high each of its rows is, in pixels.
    heights: Vec<f32>,
    only: Only,
    /// The cell that is typed anew: its row, its column, what is typed.
    typed: Option<(usize, usize, String)>,
    /// The row that is shown whole.
    looked_at: Option<usize>,
    /// Where one would go, once asked whether what was corrected may be lost.
    leaving: Option<Leaving>,
}

/// Where one goes from a table that is not imported.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Leaving {
    /// To the page before.
    Back,
    /// To another table, of that kind.
    For(Kind),
}

/// Where one is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    /// Which file.
    Asking,
    /// It is read.
    Reading,
    /// How it is understood.
    Understood,
    /// What each row would do.
    Rows,
    /// The backup is made, and the change.
    Making,
}

impl Import {
    /// Which file.
    #[must_use]
    pub fn new(kind: Kind) -> Self {
        Self {
            kind,
            budget: None,
            year: None,
            currency: None,
            path: String::new(),
            fault: None,
            step: Step::Asking,
            table: None,
            asked: 0,
            progress: Progress::default(),
            list: LongList::new("import.rows", rows::ROW),
            heights: Vec::new(),
            only: Only::All,
            typed: None,
            looked_at: None,
            leaving: None,
        }
    }

    /// A table of that kind is wanted here. The one that is being looked at stays where it is of that kind, for one may
    /// have gone to see a sheet, and until one says that what was corrected in it may be lost.
    pub fn turn_to(&mut self, kind: Kind) {
        let is_made = self.step == Step::Making;
        if self.kind == kind || is_made {
            self.leaving = None;
        } else if self.would_lose() {
            self.leaving = Some(Leaving::For(kind));
        } else {
            self.begin_anew(kind);
        }
    }

    /// Where the keyboard goes first.
    #[must_use]
    pub fn first(&self) -> Id {
        Id::new(match (self.leaving, self.step) {
            (Some(_), _) => STAY,
            (None, Step::Understood) => columns::NEXT,
            (None, Step::Rows) => GO,
            (None, Step::Asking | Step::Reading | Step::Making) => PATH,
        })
    }

    /// No table is looked at; what was asked of other threads is not heard.
    fn begin_anew(&mut self, kind: Kind) {
        let asked = self.asked + 1;
        *self = Self::new(kind);
        self.asked = asked;
    }
}

impl Screen for Import {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "import"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Path(path) => {
                self.path = path;
                self.fault = None;
                Vec::new()
            }
            Message::Browse => {
                let asked = answer(session.cabinet().ask("Choisir un tableau"));
                vec![Action::Run(Task::perform(asked, Message::Answered))]
            }
            Message::Answered(Answer::Chosen(path)) => {
                self.path = path.display().to_string();
                self.update(Message::Read, session)
            }
            Message::Answered(Answer::NoDialog) => self.refuse(NO_DIALOG),
            Message::Answered(Answer::Cancelled) => Vec::new(),
            Message::Read => self.read(Wish::default(), session),
            Message::WasRead(asked, _)
            | Message::Reached(asked, _)
            | Message::Planned(asked, _)
            | Message::Made(asked, _)
                if asked != self.asked =>
            {
                Vec::new()
            }
            Message::Reached(_, done) => {
                self.progress.reach(done);
                Vec::new()
            }
            Message::WasRead(_, Ok(read)) => {
                let (book, taken) = Arc::unwrap_or_clone(read);
                self.kind = taken.kind;
                self.table = Some(Table::new(book, taken, self.wish()));
                self.step = Step::Understood;
                self.fault = None;
                vec![Action::Focus(Id::new(columns::NEXT))]
            }
            Message::WasRead(_, Err(fault)) => {
                self.step = if self.table.is_some() {
                    Step::Understood
                } else {
                    Step::Asking
                };
                self.refuse(fault)
            }
            Message::Kind(kind) => {
                self.kind = kind;
                (self.budget, self.year, self.currency) = (None, None, None);
                self.with_table(|table| table.turn_to(kind));
                vec![
                    Action::Go(Route::Import(kind)),
                    Action::Focus(Id::new(columns::KIND)),
                ]
            }
            Message::Budget(budget) => {
                (self.budget, self.currency) = (budget, None);
                self.tell_choices();
                Vec::new()
            }
            Message::Year(year) => {
                self.year = year;
                Vec::new()
            }
            Message::Currency(currency) => {
                self.currency = currency;
                self.tell_choices();
                Vec::new()
            }
            Message::Encoding(encoding) => {
                let encoding = Some(encoding);
                self.read(
                    Wish {
                        encoding,
                        ..self.wish()
                    },
                    session,
                )
            }
            Message::Delimiter(delimiter) => {
                let delimiter = Some(delimiter);
                self.read(
                    Wish {
                        delimiter,
                        ..self.wish()
                    },
                    session,
                )
            }
            Message::Sheet(sheet) => {
                self.with_table(|table| table.turn_to_sheet(sheet));
                Vec::new()
            }
            Message::Heads(line) => {
                self.with_table(|table| table.taken.take_for_heads(line));
                Vec::new()
            }
            Message::Column(column, field) => {
                self.with_table(|table| table.taken.take_column_for(column, field));
                Vec::new()
            }
            Message::Show => {
                self.only = Only::All;
                self.looked_at = None;
                self.leaving = None;
                self.step = Step::Rows;
                self.with_table(|table| table.plan = None);
                self.plan(session)
            }
            Message::Planned(_, plan) => {
                let only = self.only;
                let first = self
                    .table
                    .as_ref()
                    .is_some_and(|table| table.plan.is_none());
                self.with_table(|table| table.learn(plan, only, session.records()));
                self.lay_out();
                first
                    .then(|| Action::Focus(Id::new(GO)))
                    .into_iter()
                    .collect()
            }
            Message::Understand => {
                self.step = Step::Understood;
                vec![Action::Focus(Id::new(columns::NEXT))]
            }
            Message::Stop => self.stop(),
            Message::Only(only) => {
                self.only = only;
                self.with_table(|table| table.show(only));
                self.lay_out();
                let mut actions = self.correct(session);
                actions.push(Action::Run(self.list.rewind()));
                actions
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
            Message::Typed(row, column, typed) => {
                // Another cell: what was typed in the one before is taken.
                let leaves = self
                    .typed
                    .as_ref()
                    .is_some_and(|(r, c, _)| (*r, *c) != (row, column));
                let actions = if leaves {
                    self.correct(session)
                } else {
                    Vec::new()
                };
                self.typed = Some((row, column, typed));
                actions
            }
            Message::Correct => self.correct(session),
            Message::Look(row) => {
                self.looked_at = (self.looked_at != Some(row)).then_some(row);
                let place = self
                    .looked_at
                    .and_then(|row| self.table.as_ref()?.place(row));
                let reveal = place.map(|place| {
                    let above: f32 = self.heights.iter().take(place).sum();
                    let own = self.heights.get(place).copied().unwrap_or(rows::ROW);
                    self.list.reveal_between(above..above + own, whole::TALLEST)
                });
                reveal.map(Action::Run).into_iter().collect()
            }
            Message::Take(row) => {
                self.take_typed();
                self.with_table(|table| table.take_meant(row));
                self.plan(session)
            }
            Message::Accept(row) => {
                self.with_table(|table| table.taken.answer(row, Some(Said::Yes)));
                self.plan(session)
            }
            Message::AcceptAll(proposal) => {
                self.with_table(|table| table.taken.accept(proposal));
                self.plan(session)
            }
            Message::Attach(row, line) => {
                let answer = Said::Line(line);
                self.with_table(|table| table.taken.answer(row, Some(answer)));
                self.plan(session)
            }
            Message::SetAside(row) => {
                let answer = Said::Aside;
                self.with_table(|table| table.taken.answer(row, Some(answer)));
                self.plan(session)
            }
            Message::TakeBack(row) => {
                self.with_table(|table| table.taken.answer(row, None));
                self.plan(session)
            }
            Message::Waiting => self.take_up_waiting(session),
            Message::HandBack => self.hand_back(session),
            Message::Make => self.make(session),
            Message::Made(_, Ok(plan)) => self.finish(&plan),
            Message::Made(_, Err(fault)) => {
                self.step = Step::Rows;
                vec![Action::Notify(Notice::wary(format!(
                    "{fault} Rien n’a été importé."
                )))]
            }
            Message::Close if self.would_lose() => {
                self.leaving = Some(Leaving::Back);
                vec![Action::Focus(self.first())]
            }
            Message::Stay => {
                self.leaving = None;
                vec![
                    Action::Go(Route::Import(self.kind)),
                    Action::Focus(self.first()),
                ]
            }
            Message::Close | Message::Leave => match self.leaving {
                Some(Leaving::For(kind)) => {
                    self.begin_anew(kind);
                    vec![Action::Focus(self.first())]
                }
                Some(Leaving::Back) | None => {
                    self.begin_anew(self.kind);
                    vec![Action::Back]
                }
            },
        }
    }

    /// A file was dropped on the page.
    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>> {
        self.path = file.display().to_string();
        Some(self.update(Message::Read, session))
    }

    /// A cell being typed is as it was, a row shown whole is no more. Else back; not from its rows, for what was corrected
    /// in them is nowhere else.
    fn escape(&mut self, session: &Session) -> Option<Vec<Action<Message>>> {
        if self.typed.take().is_some() {
            return Some(Vec::new());
        }
        if self.leaving.is_some() {
            return Some(self.update(Message::Stay, session));
        }
        if let Some(row) = self.looked_at.take() {
            return Some(vec![Action::Focus(rows::number_id(row))]);
        }
        let is_at_rows = matches!(self.step, Step::Rows | Step::Making);
        (!is_at_rows).then(|| vec![Action::Back])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Import {
    /// The list holds the rows that are shown.
    fn lay_out(&mut self) {
        if let Some(table) = &self.table {
            self.list.holds(table.shown.len());
            self.heights = table.heights();
        }
    }

    /// Whether leaving loses what was corrected or answered in the rows.
    fn would_lose(&mut self) -> bool {
        self.take_typed();
        let touched = self.table.as_ref().map_or(0, |table| table.taken.touched());
        self.step != Step::Asking && touched > 0
    }

    /// The table is taken as one chose.
    fn tell_choices(&mut self) {
        let (budget, year, currency) = (self.budget, self.year, self.currency.clone());
        self.with_table(|table| {
            (table.taken.budget, table.taken.year) = (budget, year);
            table.taken.currency = currency;
        });
    }

    fn with_table(&mut self, act: impl FnOnce(&mut Table)) {
        if let Some(table) = &mut self.table {
            act(table);
        }
    }

    /// How the table shown was asked to be read.
    fn wish(&self) -> Wish {
        let table = self.table.as_ref();
        table.map_or_else(Wish::default, |table| table.wish)
    }

    fn refuse(&mut self, fault: impl Into<String>) -> Vec<Action<Message>> {
        self.fault = Some(fault.into());
        if self.step == Step::Asking {
            vec![Action::Focus(Id::new(PATH))]
        } else {
            Vec::new()
        }
    }

    /// What waits for a line of a budget is shown as a table that was read.
    fn take_up_waiting(&mut self, session: &Session) -> Vec<Action<Message>> {
        let (records, reference) = (session.records(), session.reference());
        let Some(taken) = Taken::of_waiting(records, reference) else {
            return vec![Action::Notify(Notice::calm(
                "Plus aucune réalisation n’attend de ligne de budget.",
            ))];
        };
        self.kind = Kind::Done;
        self.budget = None;
        self.table = Some(Table::of_waiting(taken));
        self.update(Message::Show, session)
    }

    /// Whether the table is what waits for a line of a budget.
    fn waits(&self) -> bool {
        self.table.as_ref().is_some_and(|table| table.taken.waits)
    }

    /// What is typed in a cell counts, whatever is done next.
    fn take_typed(&mut self) -> bool {
        let Some((row, column, typed)) = self.typed.take() else {
            return false;
        };
        self.with_table(|table| table.taken.correct(row, column, typed));
        true
    }

    fn correct(&mut self, session: &Session) -> Vec<Action<Message>> {
        match self.take_typed() {
            true => self.plan(session),
            false => Vec::new(),
        }
    }

    /// The rows that are refused, to be written where one says.
    fn hand_back(&self, session: &Session) -> Vec<Action<Message>> {
        let shown = self.table.as_ref();
        let Some((taken, plan)) = shown.and_then(|it| Some((it.taken.clone(), it.plan.clone()?)))
        else {
            return Vec::new();
        };
        let stem = taken.name.rsplit_once('.').map_or(&*taken.name, |it| it.0);
        let name = format!("{stem} – refus.csv");
        let told = "Les lignes qui ne passent pas, avec leur motif\u{a0}: corrigez-les dans un tableur, puis importez \
                    ce fichier.";
        let make = move || Ok(refusals(&taken, &plan));
        vec![Delivery::new("Exporter les refus", told, &name, session, make).asked()]
    }
}
