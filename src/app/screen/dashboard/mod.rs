//! The page that opens the day: what is due first and widest, what is being written, what is left under each ceiling,
//! where the partners are; figures in one line. An empty workspace shows the first acts.

mod cards;
mod map;
mod put_off;
mod todo;

use iced::widget::{Column, column, container, responsive, row, text};
use iced::{Element, Fill, FillPortion, Task};

use self::map::Map;
use self::put_off::PuttingOff;
use super::deliver::Delivery;
use super::{Action, Notice, Screen};
use crate::agenda::{Due, Nearness, agenda, put_off};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, pane, scroll};
use crate::exchange::calendar;
use crate::model::{ActKind, Change, Id as RecordKey, Key, Kind, Record, RecordId, quoted};

/// Below this width of the page its cards are in one column.
const NARROW: f32 = 900.0;

/// The first act that an empty workspace offers: its words, by which the keyboard finds it.
const FIRST_ACT: &str = "Ouvrir les partenaires";

/// Where the keyboard begins: at the first act, in an empty workspace.
pub fn first(session: &Session) -> Option<&'static str> {
    is_empty(session).then_some(FIRST_ACT)
}

fn is_empty(session: &Session) -> bool {
    let count = |kind| session.records().count(kind);
    count(Kind::Partner) == 0 && count(Kind::Convention) == 0
}

/// The dashboard.
#[derive(Debug)]
pub struct Dashboard {
    due: Vec<Due>,
    person: Option<RecordKey>,
    map: Map,
    as_list: bool,
    /// The year of the ceilings; this one when none is asked for.
    year: Option<i32>,
    /// Whether what was put off is shown.
    all: bool,
    putting_off: Option<PuttingOff>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Those of one person, or of all.
    Person(Option<RecordKey>),
    /// What is awaited is done today: a convention, and the act.
    Done(RecordKey, RecordKey),
    /// An act of that kind is to be recorded under a convention, of that party.
    Record(RecordKey, ActKind, Option<Key>),
    /// That is to be put off, by its rank.
    PutOff(usize),
    /// Until when is being said.
    Until(put_off::Message),
    /// That is taken up again, by its rank.
    TakeUp(usize),
    /// What was put off is shown, or hidden.
    All(bool),
    /// What is due leaves for other calendars.
    Agenda,
    /// The ceilings of that year.
    Year(i32),
    /// A page.
    Go(Route),
    /// The map, or the list of partners.
    AsList(bool),
    /// On the map.
    Map(map::Message),
}

impl Dashboard {
    /// The day, before it is first shown: [`Self::follow`] fills it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            due: Vec::new(),
            person: None,
            map: Map::new(),
            as_list: false,
            year: None,
            all: false,
            putting_off: None,
        }
    }

    /// Whose conventions it shows what is due of; everybody's when none.
    #[must_use]
    pub const fn person(&self) -> Option<RecordKey> {
        self.person
    }

    /// Shows what is due of that person's conventions, as they chose last time.
    pub const fn show(&mut self, person: Option<RecordKey>) {
        self.person = person;
    }
}

impl Screen for Dashboard {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "dashboard"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Person(person) => self.person = person,
            Message::Done(convention, act) => return done(convention, act, session),
            Message::Record(convention, kind, party) => {
                return vec![Action::Record {
                    convention,
                    kind,
                    party,
                }];
            }
            Message::PutOff(rank) => {
                if let Some(due) = self.due.get(rank) {
                    self.putting_off = Some(PuttingOff::new(due.clone(), session.today()));
                    return vec![Action::Focus(iced::widget::Id::new(put_off::UNTIL))];
                }
            }
            Message::Until(message) => return self.say_until(message, session),
            Message::TakeUp(rank) => {
                let change =
                    (self.due.get(rank)).and_then(|due| put_off(due, None, session.records()));
                return change.map(Action::Edit).into_iter().collect();
            }
            Message::All(all) => self.all = all,
            Message::Agenda => return vec![agenda_delivery(session).asked()],
            Message::Year(year) => self.year = Some(year),
            Message::Go(route) => return vec![Action::Go(route)],
            Message::AsList(as_list) => self.as_list = as_list,
            Message::Map(message) => self.map.update(message),
        }
        Vec::new()
    }

    /// Records changed, or the day.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.person = (self.person).filter(|id| session.records().contact(*id).is_some());
        let today = session.today();
        self.due = agenda(session.records(), session.reference(), today);
        // What budgets expect later than this quarter is in their schedules, and in the agenda that leaves.
        let is_near = |due: &Due| !due.is_expected() || due.nearness(today) != Nearness::Ahead;
        self.due.retain(is_near);
        self.map.follow(session);
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let is_empty = is_empty(session);
        let body: Element<'_, Message> = if is_empty {
            container(cards::first_acts(palette)).padding([0, 6]).into()
        } else {
            responsive(move |size| {
                let todo = self.todo(session, size.width < NARROW, palette);
                let narrow = size.width < NARROW;
                let beside = if narrow {
                    size.width
                } else {
                    size.width * 3.0 / 7.0
                };
                let others = Column::new()
                    .push(cards::drafting(session, palette))
                    .push(cards::ceilings(self.year, session, palette))
                    .push(self.partners(beside, session, palette))
                    .push(cards::years(session, palette))
                    .spacing(14);
                let cards: Element<'_, Message> = if narrow {
                    column![todo, others].spacing(14).into()
                } else {
                    row![
                        container(todo).width(FillPortion(4)),
                        container(others).width(FillPortion(3)),
                    ]
                    .spacing(16)
                    .into()
                };
                scroll(container(cards).padding(6), "dashboard.page", palette).into()
            })
            .into()
        };

        let figures =
            (!is_empty).then(|| container(cards::figures(session, palette)).padding([0, 6]));
        pane(
            "dashboard",
            column![
                container(text("Tableau de bord").size(24).font(STRONG)).padding([0, 6]),
                figures,
                body,
            ]
            .spacing(12),
        )
        .padding(18)
        .width(Fill)
        .height(Fill)
        .into()
    }

    /// What stands in front of the page.
    fn dialog<'a>(
        &'a self,
        _session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        let form = self.putting_off.as_ref()?;
        Some(form.dialog(palette).map(Message::Until))
    }
}

impl Dashboard {
    fn say_until(&mut self, message: put_off::Message, session: &Session) -> Vec<Action<Message>> {
        let Some(form) = &mut self.putting_off else {
            return Vec::new();
        };
        match form.update(message, session) {
            put_off::Wish::Nothing => Vec::new(),
            put_off::Wish::Over(change) => {
                self.putting_off = None;
                change.map(Action::Edit).into_iter().collect()
            }
        }
    }
}

/// What is due as an iCalendar file, to be written where somebody says.
#[must_use]
pub fn agenda_delivery(session: &Session) -> Delivery {
    let due = agenda(session.records(), session.reference(), session.today());
    let title = format!("Passerelle – {}", session.records().authority().name.text);
    let told = format!(
        "{} en iCalendar, pour l’agenda que vous regardez déjà. Importer de nouveau le fichier déplace les échéances \
         sans les doubler.",
        crate::app::text::count(due.len(), "échéance", "échéances")
    );
    let make = move || Ok(calendar::calendar(&due, &title).into_bytes());
    Delivery::new(
        "Exporter l’agenda",
        told,
        calendar::FILE_NAME,
        session,
        make,
    )
}

/// The act awaited happened today.
fn done(convention: RecordKey, act: RecordKey, session: &Session) -> Vec<Action<Message>> {
    let name = RecordId {
        kind: Kind::Convention,
        id: convention,
    };
    let Some(before) = session.records().get(name) else {
        return Vec::new();
    };
    let Record::Convention(convention) = before.as_ref() else {
        return Vec::new();
    };
    let mut after = convention.clone();
    let Some(act) = after.acts.iter_mut().find(|it| it.id == act) else {
        return Vec::new();
    };
    act.date = Some(session.today());
    let label = format!("{}\u{a0}: fait", act.kind.label());
    let words = format!(
        "{} de {} noté à la date d’aujourd’hui.",
        act.kind.label(),
        quoted(&convention.title)
    );
    vec![
        Action::Edit(Change::replace(
            label,
            before.clone(),
            Record::Convention(after),
        )),
        Action::Notify(Notice::calm(words)),
    ]
}

/// A card of that title, with something small at its right.
fn card<'a>(
    title: &'a str,
    beside: Option<Element<'a, Message>>,
    content: impl Into<Element<'a, Message>>,
    palette: Palette,
) -> Element<'a, Message> {
    container(
        column![
            row![text(title).size(16).font(STRONG).width(Fill)]
                .push(beside)
                .spacing(10)
                .align_y(iced::Center),
            content.into(),
        ]
        .spacing(10),
    )
    .padding([14, 16])
    .width(Fill)
    .style(move |_| palette.card())
    .into()
}
