//! What happened with a partner: how the link came to be, then visits and exchanges. A dated line an event, with its
//! pieces.

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::screen::pieces::{self, Pieces};
use crate::app::screen::{Action, all};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing, entry, section, typed};
use crate::app::widget::{button, escaping, quiet, strong};
use crate::model::{Change, Event, Id as RecordKey, Kind, Partner, Record, RecordId, Shelf};

/// See the module.
#[derive(Debug)]
pub struct Events {
    partner: RecordKey,
    open: Option<Open>,
    form: Form<(RecordKey, Line)>,
}

/// The event that is written.
#[derive(Debug)]
struct Open {
    event: RecordKey,
    pieces: Pieces,
    /// The event as it begins, of that list, before anything of it is typed: it is kept with what is.
    begun: Option<(Of, Event)>,
}

/// An entry of an event.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// When.
    When,
    /// What.
    What,
}

/// Of which list an event is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Of {
    /// How the link came to be.
    History,
    /// Visits and exchanges.
    Journal,
}

impl Of {
    /// Where the keyboard adds an event.
    const fn add_id(self) -> Id {
        Id::new(match self {
            Self::History => "events.history.add",
            Self::Journal => "events.journal.add",
        })
    }

    fn list(self, partner: &Partner) -> &Vec<Event> {
        match self {
            Self::History => &partner.history,
            Self::Journal => &partner.journal,
        }
    }

    fn list_mut(self, partner: &mut Partner) -> &mut Vec<Event> {
        match self {
            Self::History => &mut partner.history,
            Self::Journal => &mut partner.journal,
        }
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// An event is added.
    Add(Of),
    /// One is written.
    Open(RecordKey),
    /// It is read again.
    Close,
    /// Something is typed of it.
    Line(RecordKey, Line, Typing),
    /// It goes.
    Remove(RecordKey),
    /// Among its pieces.
    Pieces(pieces::Message),
}

impl Events {
    /// What happened with that partner.
    #[must_use]
    pub fn new(partner: RecordKey) -> Self {
        Self {
            partner,
            open: None,
            form: Form::default(),
        }
    }

    const fn record(&self) -> RecordId {
        RecordId {
            kind: Kind::Partner,
            id: self.partner,
        }
    }

    /// Whether one is being written.
    #[must_use]
    pub const fn is_writing(&self) -> bool {
        self.open.is_some()
    }

    /// How many entries hold something that cannot be kept.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.form.faults()
    }

    /// Opens the event of the first of them, and answers where the keyboard goes.
    pub fn correct(&mut self) -> Option<Id> {
        let (event, line) = self.form.first_fault()?;
        self.write(event);
        Some(line_id(event, line))
    }

    /// Where an event that has only begun holds something that cannot be kept: it is nowhere else, and stays open.
    fn held_back(&self) -> Option<Id> {
        let (_, begun) = self.begun()?;
        let (event, line) = self.form.first_fault()?;
        (event == begun.id).then(|| line_id(event, line))
    }

    /// Records changed.
    pub fn follow(&mut self, session: &Session) -> Task<Message> {
        let partner = session.records().partner(self.partner);
        let begun = self.begun().map(|(_, event)| event.clone());
        self.form.follow(|(event, line)| {
            let begun = begun.as_ref().filter(|it| it.id == event);
            Some(say(find(partner?, event).or(begun)?, line))
        });
        let is_there = |event| partner.is_some_and(|it| find(it, event).is_some());
        self.open
            .take_if(|it| it.begun.is_none() && !is_there(it.event));
        let Some(open) = &mut self.open else {
            return Task::none();
        };
        open.begun.take_if(|(_, event)| is_there(event.id));
        open.pieces.follow(session).map(Message::Pieces)
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let Some(partner) = session.records().partner(self.partner) else {
            return Vec::new();
        };
        match message {
            Message::Add(_) | Message::Open(_) | Message::Close if self.held_back().is_some() => {
                let line = self.held_back();
                line.into_iter().map(Action::Focus).collect()
            }
            Message::Add(of) => {
                let event = Event {
                    id: session.fresh_id(),
                    date: (of == Of::Journal).then(|| session.today()),
                    year: None,
                    text: String::new(),
                    pieces: Vec::new(),
                };
                let focus = line_id(event.id, Line::What);
                self.write(event.id);
                if let Some(open) = &mut self.open {
                    open.begun = Some((of, event));
                }
                vec![Action::Focus(focus)]
            }
            Message::Open(id) => {
                self.write(id);
                vec![
                    Action::Focus(line_id(id, Line::When)),
                    Action::Run(self.follow(session)),
                ]
            }
            Message::Close => {
                let Some(left) = self.open.take() else {
                    return Vec::new();
                };
                // What was begun and not written is not there to be gone back to.
                vec![Action::Focus(match left.begun {
                    Some((of, _)) => of.add_id(),
                    None => event_id(left.event),
                })]
            }
            Message::Line(id, line, typing) => {
                let partner = &self.with_begun(partner);
                let heard = self.form.hear(
                    (id, line),
                    typing,
                    partner,
                    |partner| {
                        find(partner, id)
                            .map(|it| say(it, line))
                            .unwrap_or_default()
                    },
                    |partner, raw| match find_mut(partner, id) {
                        Some(event) => set(event, line, raw),
                        None => Ok(()),
                    },
                );
                match heard {
                    Heard::Becomes(after) => {
                        let key = format!("event.{id}.{line:?}");
                        self.edit(self.label(), after, Some(key), session)
                    }
                    Heard::Left => vec![Action::Rest],
                    Heard::Nothing => Vec::new(),
                }
            }
            Message::Remove(id) => {
                let mut after = partner.clone();
                after.history.retain(|event| event.id != id);
                after.journal.retain(|event| event.id != id);
                self.open = None;
                self.edit("Retirer un événement", after, None, session)
            }
            Message::Pieces(message) => {
                let mut actions = Vec::new();
                if self.open.as_ref().is_some_and(|it| it.begun.is_some()) {
                    actions = self.edit(self.label(), self.with_begun(partner), None, session);
                }
                if let Some(open) = &mut self.open {
                    actions.extend(all(open.pieces.update(message, session), Message::Pieces));
                }
                actions
            }
        }
    }

    fn write(&mut self, event: RecordKey) {
        self.open = Some(Open {
            event,
            pieces: Pieces::new(Shelf::within(self.record(), event)),
            begun: None,
        });
    }

    fn begun(&self) -> Option<&(Of, Event)> {
        self.open.as_ref()?.begun.as_ref()
    }

    /// The partner, with the event that begins among the others.
    fn with_begun(&self, partner: &Partner) -> Partner {
        let mut partner = partner.clone();
        if let Some((of, event)) = self.begun() {
            of.list_mut(&mut partner).push(event.clone());
        }
        partner
    }

    const fn label(&self) -> &'static str {
        match &self.open {
            Some(Open { begun: Some(_), .. }) => "Ajouter un événement",
            _ => "Modifier un événement",
        }
    }

    fn edit(
        &self,
        label: &str,
        after: Partner,
        key: Option<String>,
        session: &Session,
    ) -> Vec<Action<Message>> {
        let Some(before) = session.records().get(self.record()) else {
            return Vec::new();
        };
        let change = Change::replace(label, before.clone(), Record::Partner(after));
        vec![Action::Edit(match key {
            Some(key) => change.coalescing(key),
            None => change,
        })]
    }

    /// Both lists.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let Some(partner) = session.records().partner(self.partner) else {
            return text("").into();
        };
        column![
            self.list(
                Of::Journal,
                "Visites et échanges",
                partner,
                session,
                palette
            ),
            self.list(Of::History, "Histoire du lien", partner, session, palette),
        ]
        .spacing(18)
        .into()
    }

    fn list<'a>(
        &'a self,
        of: Of,
        title: &'a str,
        partner: &'a Partner,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let begun = self.begun().filter(|(list, _)| *list == of);
        let begun = begun.map(|(_, event)| event);
        let mut events: Vec<&Event> = of.list(partner).iter().chain(begun).collect();
        // The last first, as a journal is read.
        events.sort_by_key(|event| std::cmp::Reverse(when(event)));
        let mut lines = Column::new().spacing(10);
        if events.is_empty() {
            let words = match of {
                Of::History => {
                    "La date d’un jumelage, d’un premier échange… n’est pas encore notée."
                }
                Of::Journal => "Aucune visite, aucun échange noté.",
            };
            lines = lines.push(text(words).size(15).color(palette.muted));
        }
        for event in events {
            lines = lines.push(match &self.open {
                Some(open) if open.event == event.id => self.card(open, event, session, palette),
                _ => read(event, session, palette),
            });
        }
        let add = button("Ajouter", palette)
            .id(of.add_id())
            .on_press(Message::Add(of));
        let acts = (!session.is_read_only()).then_some(add);
        section(title, acts, lines, palette)
    }

    fn card<'a>(
        &'a self,
        open: &'a Open,
        event: &'a Event,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = event.id;
        let line = |line: Line, label, example| {
            let shown = self.form.shown((id, line), say(event, line));
            entry(label, shown, line_id(id, line), palette, move |typing| {
                Message::Line(id, line, typing)
            })
            .example(example)
            .on_submit(Message::Close)
        };
        let entries = row![
            line(Line::When, "Date ou année", "JJ/MM/AAAA").width(170),
            line(
                Line::What,
                "Ce qui s’est passé",
                "visite de travail d’une délégation"
            ),
        ]
        .spacing(12);
        let acts = row![
            strong("Terminé", palette).on_press(Message::Close),
            quiet("Retirer", palette).on_press(Message::Remove(id)),
        ]
        .spacing(8);
        let pieces =
            (open.begun.is_none()).then(|| open.pieces.view(session, palette).map(Message::Pieces));
        let card = container(column![entries, pieces, acts].spacing(12))
            .padding(12)
            .width(Fill)
            .style(move |_| palette.on(palette.raised));
        escaping(card, Message::Close)
    }
}

fn read<'a>(event: &'a Event, session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let mut what = column![text(&event.text).size(15)].width(Fill);
    if !event.pieces.is_empty() {
        let words = french::count(event.pieces.len(), "pièce", "pièces");
        what = what.push(text(words).size(14).color(palette.muted));
    }
    let mut line = row![
        text(said_when(event))
            .size(15)
            .color(palette.muted)
            .width(100),
        what
    ]
    .spacing(12)
    .align_y(Center);
    if !session.is_read_only() {
        line = line.push(
            quiet("Modifier", palette)
                .id(event_id(event.id))
                .on_press(Message::Open(event.id)),
        );
    }
    line.into()
}

/// By which events are put in order: a year alone comes before its days.
fn when(event: &Event) -> (i32, Option<chrono::NaiveDate>) {
    use chrono::Datelike;

    let year = event.date.map(|it| it.year()).or(event.year);
    (year.unwrap_or(i32::MIN), event.date)
}

/// « 16/05/1998 », « 1998 ».
#[must_use]
pub fn said_when(event: &Event) -> String {
    match (event.date, event.year) {
        (Some(date), _) => french::day(date),
        (None, Some(year)) => year.to_string(),
        (None, None) => String::new(),
    }
}

/// Where the keyboard opens an event.
fn event_id(event: RecordKey) -> Id {
    Id::from(format!("events.{event}"))
}

fn line_id(event: RecordKey, line: Line) -> Id {
    Id::from(format!("events.{event}.{line:?}"))
}

fn find(partner: &Partner, id: RecordKey) -> Option<&Event> {
    let mut events = partner.history.iter().chain(&partner.journal);
    events.find(|event| event.id == id)
}

fn find_mut(partner: &mut Partner, id: RecordKey) -> Option<&mut Event> {
    let mut events = partner.history.iter_mut().chain(&mut partner.journal);
    events.find(|event| event.id == id)
}

fn say(event: &Event, line: Line) -> String {
    match line {
        Line::When => said_when(event),
        Line::What => event.text.clone(),
    }
}

fn set(event: &mut Event, line: Line, raw: &str) -> Result<(), String> {
    match line {
        Line::What => raw.trim().clone_into(&mut event.text),
        Line::When => {
            let is_year = raw.trim().len() == 4 && raw.trim().bytes().all(|it| it.is_ascii_digit());
            if is_year {
                event.year = raw.trim().parse().ok();
                event.date = None;
            } else {
                event.date = typed::day(raw)?;
                event.year = None;
            }
        }
    }
    Ok(())
}
