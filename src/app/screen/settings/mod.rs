//! Settings: our authority, who signs for it and when it sits, the bases of the 1 % schemes, the calls of funders, backups, what ships with
//! its dates, files that ask for something.
//!
//! One part of them is shown at a time. `fields` says what each entry says of the record and how a text sets it; the
//! other files draw one part each.

mod archives;
mod authority;
mod bases;
mod begun;
mod calls;
mod contents;
mod copies;
mod fields;
mod people;
mod personal;
mod writing;

use std::sync::Arc;

use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id as WidgetId, column, container, operation, responsive, text};
use iced::{Element, Fill, Task};

use self::archives::Archives;
#[cfg(test)]
pub use self::archives::KEEP;
use self::begun::{Begun, Several};
use self::copies::Copies;
use self::fields::Field;
#[cfg(test)]
pub use self::fields::NAME;
use self::personal::Personal;
use self::writing::Writing;
pub use self::writing::learn;
#[cfg(test)]
pub use self::writing::{TITLE as CLAUSE_TITLE, WORD};
use super::logo::{self, Logo};
use super::partner::people::{self as team, People};
use super::{Action, AtBase, Notice, Screen, all};
use crate::app::fonts::STRONG;
use crate::app::outside::Outside;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing};
use crate::app::widget::{Dialog, pane, scroll, tabs};
use crate::check::Tally;
use crate::model::{Authority, Change, Gender, Id, Kind, Record, RecordId};

/// The settings.
pub struct Settings {
    part: Part,
    form: Form<Field>,
    begun: Option<Begun>,
    /// Whether the colour of titles is typed.
    own_color: bool,
    copies: Copies,
    personal: Personal,
    logo: Logo,
    /// The people of our own authority.
    team: People,
    writing: Writing,
    archives: Archives,
    /// Whether the sittings that are behind are shown.
    past: bool,
}

/// A part of the settings.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// Our authority.
    Authority,
    /// Who signs, and when the assembly sits.
    People,
    /// Who works there.
    Team,
    /// The bases of the 1 % schemes, and the calls of funders.
    Bases,
    /// The department's own clauses and words.
    Writing,
    /// Backups.
    Archives,
    /// Personal data.
    Personal,
    /// What ships, with its dates.
    Contents,
    /// Copies and damaged files.
    Files,
}

impl Part {
    /// All of them, in order.
    pub const ALL: [Self; 9] = [
        Self::Authority,
        Self::People,
        Self::Team,
        Self::Bases,
        Self::Writing,
        Self::Archives,
        Self::Personal,
        Self::Contents,
        Self::Files,
    ];

    /// Where that entry is.
    const fn of(field: Field) -> Self {
        match field {
            Field::Signatory(..) | Field::Session(..) | Field::Delay(_) => Self::People,
            Field::Base(..) | Field::Call(..) => Self::Bases,
            _ => Self::Authority,
        }
    }

    /// What it is called.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Authority => "Notre collectivité",
            Self::People => "Signataires et séances",
            Self::Team => "Contacts",
            Self::Bases => "1\u{a0}% et financeurs",
            Self::Writing => "Rédaction",
            Self::Archives => "Sauvegardes",
            Self::Personal => "Données personnelles",
            Self::Contents => "Contenus",
            Self::Files => "Fichiers à voir",
        }
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another part.
    Part(Part),
    /// Something is typed.
    Form(Field, Typing),
    /// What our authority is, a slug.
    Kind(String),
    /// The gender of who signs.
    Gender(Id, Gender),
    /// The colour of titles is that of the authority's own charter, to be typed.
    OwnColor,
    /// The colour of titles in documents: black when absent.
    Color(Option<String>),
    /// The sittings that are behind, shown or not.
    Past,
    /// One more.
    Add(Several),
    /// One more base, of that scheme.
    Base(String),
    /// One less.
    Remove(Several, Id),
    /// Among backups.
    Archives(archives::Message),
    /// The workspace is to be opened again.
    Reopen,
    /// In what a synchroniser left.
    Copies(copies::Message),
    /// In personal data.
    Personal(personal::Message),
    /// On our logo.
    Logo(logo::Message),
    /// Among the people of our own authority.
    Team(team::Message),
    /// In what the department writes with.
    Writing(writing::Message),
}

impl Settings {
    /// The settings, at our authority, before they are first shown: [`Self::follow`] fills them.
    #[must_use]
    pub fn new(outside: Arc<dyn Outside>) -> Self {
        Self {
            part: Part::Authority,
            form: Form::default(),
            begun: None,
            own_color: false,
            copies: Copies::default(),
            personal: Personal::default(),
            logo: Logo::new(AUTHORITY),
            team: People::new(None),
            writing: Writing::default(),
            archives: Archives::new(outside),
            past: false,
        }
    }

    /// Where bases of the 1 % schemes are entered, and the keyboard in the amount of that one.
    pub fn at_base(&mut self, base: &AtBase, session: &Session) -> Option<WidgetId> {
        self.part = Part::Bases;
        let id = match base {
            AtBase::There(id) => *id,
            AtBase::Missing(missing) if !session.is_read_only() => {
                self.begin_base(missing, session)
            }
            AtBase::Missing(_) | AtBase::Entry => return None,
        };
        Some(fields::id_of(Field::Base(id, fields::Rests::Amount)))
    }

    /// Where files that ask to be looked at are listed.
    pub fn at_files(&mut self) {
        self.part = Part::Files;
    }

    /// What is read when the page is shown.
    pub fn begin(&mut self, session: &Session) -> Task<Message> {
        self.leave_begun();
        self.archives.begin(session);
        self.copies.read(session).map(Message::Copies)
    }
}

impl Screen for Settings {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "settings"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Part(part) => {
                self.part = part;
                self.leave_begun();
                let to_top = operation::scroll_to(
                    WidgetId::new("settings.page"),
                    AbsoluteOffset { x: 0.0, y: 0.0 },
                );
                let survey = (part == Part::Files).then_some(Action::Survey);
                survey.into_iter().chain([Action::Run(to_top)]).collect()
            }
            Message::Form(field, typing) => self.typed(field, typing, session),
            Message::Kind(kind) => self.edit("Nature", None, session, |ours| ours.kind = kind),
            Message::OwnColor => {
                self.own_color = true;
                vec![Action::Focus(fields::id_of(Field::Color))]
            }
            Message::Color(color) => {
                self.own_color = false;
                self.edit("Couleur des titres", None, session, |ours| {
                    ours.color = color;
                })
            }
            Message::Gender(id, gender) => self.edit("Civilité", Some(id), session, |ours| {
                let one = ours.signatories.iter_mut().find(|it| it.id == id);
                if let Some(one) = one {
                    one.gender = Some(gender);
                }
            }),
            Message::Past => {
                self.past = !self.past;
                Vec::new()
            }
            Message::Add(several) => self.add(several, "", session),
            Message::Base(scheme) => self.add(Several::Bases, &scheme, session),
            Message::Remove(several, id) => self.remove(several, id, session),
            Message::Archives(message) => {
                all(self.archives.update(message, session), Message::Archives)
            }
            Message::Reopen => vec![Action::Reopen(Notice::calm("L’espace est rouvert."))],
            Message::Copies(message) => self.copies.update(message, session),
            Message::Logo(message) => all(self.logo.update(message, session), Message::Logo),
            Message::Personal(message) => {
                all(self.personal.update(message, session), Message::Personal)
            }
            Message::Team(message) => all(self.team.update(message, session), Message::Team),
            Message::Writing(message) => {
                all(self.writing.update(message, session), Message::Writing)
            }
        }
    }

    /// Records changed, archives were looked at, or there is one more copy.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.follow_begun(session);
        let begun = self.begun.as_ref();
        let ours = begun.map_or(session.records().authority(), Begun::ours);
        self.form.follow(|field| {
            let is_there = fields::is_there(ours, field);
            is_there.then(|| fields::say(ours, field, session.reference()))
        });
        self.personal.follow(session);
        self.copies.follow(session);
        self.team.follow(session);
        self.writing.follow(session);
        let read = match self.copies.is_behind(session) {
            true => self.copies.read(session).map(Message::Copies),
            false => Task::none(),
        };
        Task::batch([read, self.logo.follow(session).map(Message::Logo)])
    }

    fn refused(&self) -> usize {
        self.form.faults() + self.team.refused() + self.personal.refused()
    }

    fn correct(&mut self) -> Option<WidgetId> {
        if let Some(field) = self.form.first_fault() {
            self.part = Part::of(field);
            return Some(fields::id_of(field));
        }
        if let Some(line) = self.team.correct() {
            self.part = Part::Team;
            return Some(line);
        }
        self.part = Part::Personal;
        Some(WidgetId::new(personal::YEARS))
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let parts = Part::ALL.map(|part| {
            let asks = match part {
                Part::Files => session.files_to_see(),
                _ => Tally::default(),
            };
            (part, format!("{}{}", part.name(), asks.in_words()))
        });
        let head = column![
            text("Réglages").size(24).font(STRONG),
            tabs(parts, &self.part, PARTS, palette, Message::Part),
        ]
        .spacing(12);
        let body = responsive(move |size| {
            let widest = if self.part == Part::Bases {
                1100.0
            } else {
                900.0
            };
            let width = size.width.min(widest) - 60.0;
            let part = match self.part {
                Part::Authority => self.authority(width, session, palette),
                Part::People => self.people(width, session, palette),
                Part::Team => column![
                    text("Dans votre service").size(17).font(STRONG),
                    self.team.view(session, width, palette).map(Message::Team),
                ]
                .spacing(10)
                .into(),
                Part::Bases => column![
                    self.calls(width, session, palette),
                    self.bases(width, session, palette),
                ]
                .spacing(22)
                .into(),
                Part::Archives => self.archives.view(session, palette).map(Message::Archives),
                Part::Writing => self.writing.view(session, palette).map(Message::Writing),
                Part::Personal => self.personal.view(session, palette).map(Message::Personal),
                Part::Contents => contents::view(session, width, palette),
                Part::Files => self.copies.view(session, palette),
            };
            // Room for the ring of focus.
            let part = container(part).max_width(widest).padding([6, 6]);
            scroll(part, "settings.page", palette).into()
        });
        let head = container(head).padding([0, 6]);
        pane("settings", column![head, body].spacing(14))
            .padding([18, 18])
            .width(Fill)
            .height(Fill)
            .into()
    }

    /// What is asked before an archive is put back, or a person is erased.
    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        let restoring = self.archives.dialog(session, palette);
        let restoring = restoring.map(|it| it.map(Message::Archives));
        let personal = || {
            Some(
                self.personal
                    .dialog(session, palette)?
                    .map(Message::Personal),
            )
        };
        let team = || Some(self.team.dialog(session, palette)?.map(Message::Team));
        restoring.or_else(personal).or_else(team)
    }
}

impl Settings {
    fn typed(&mut self, field: Field, typing: Typing, session: &Session) -> Vec<Action<Message>> {
        let reference = session.reference();
        let ours = self.ours(session).clone();
        let heard = self.form.hear(
            field,
            typing,
            &ours,
            |ours| fields::say(ours, field, reference),
            |ours, raw| fields::set(ours, field, raw, reference),
        );
        match heard {
            Heard::Nothing => Vec::new(),
            Heard::Left => vec![Action::Rest],
            Heard::Becomes(after) => {
                let change = self.change(fields::label(field), field.of(), after, session);
                vec![Action::Edit(change.coalescing(format!("{field:?}")))]
            }
        }
    }
}

/// Where the keyboard chooses a part.
pub const PARTS: &str = "settings.parts";

/// Our authority, among the records.
const AUTHORITY: RecordId = RecordId {
    kind: Kind::Authority,
    id: Id::SINGLE,
};

/// Our authority becomes that.
fn change(what: &str, session: &Session, after: Authority) -> Change {
    let label = format!("{what} (réglages)");
    let after = Record::Authority(after);
    match session.records().get(AUTHORITY) {
        Some(before) => Change::replace(label, before.clone(), after),
        None => Change::create(label, after),
    }
}
