//! Settings: our authority, who signs for it and when it sits, the bases of the 1 % schemes, the calls of funders, backups, what ships with
//! its dates, files that ask for something.
//!
//! One part of them is shown at a time. `fields` says what each entry says of the record and how a text sets it; the
//! other files draw one part each.

mod archives;
mod authority;
mod bases;
mod calls;
mod contents;
mod copies;
mod fields;
mod people;
mod personal;
mod writing;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id as WidgetId, column, container, operation, responsive, text};
use iced::{Element, Fill, Task};

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
use super::{Action, Notice, Screen, all};
use crate::app::fonts::STRONG;
use crate::app::outside::{Answer, NO_DIALOG, Outside, Restored, WhyBackUp, answer, typed_path};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing};
use crate::app::widget::{Dialog, button, pane, scroll, strong, tabs};
use crate::check::Tally;
use crate::model::{
    self, Authority, Base, Call, Change, Gender, Id, Kind, Record, RecordId, Signatory,
};

/// The settings.
pub struct Settings {
    part: Part,
    form: Form<Field>,
    copies: Copies,
    personal: Personal,
    logo: Logo,
    /// The people of our own authority.
    team: People,
    writing: Writing,
    second_place: String,
    /// The archive that one is about to put back.
    restoring: Option<PathBuf>,
    /// Whether the sittings that are behind are shown.
    past: bool,
    busy: bool,
    outside: Arc<dyn Outside>,
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
    const ALL: [Self; 9] = [
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

    const fn name(self) -> &'static str {
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

/// What an authority has several of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Several {
    /// Who signs.
    Signatories,
    /// Sittings.
    Sessions,
    /// Bases of the 1 % schemes.
    Bases,
    /// Calls of funders.
    Calls,
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
    /// The scheme of a base, a slug.
    Scheme(Id, String),
    /// The sittings that are behind, shown or not.
    Past,
    /// One more.
    Add(Several),
    /// One less.
    Remove(Several, Id),
    /// Archive the records now.
    BackUp,
    /// They were, or not.
    BackedUp(Result<Option<String>, String>),
    /// That archive is to be put back; it is asked first.
    Restore(PathBuf),
    /// Yes, it is.
    RestoreIndeed,
    /// No, it is not.
    RestoreNot,
    /// So many records are back, or why not.
    Restored(Result<Restored, String>),
    /// The second place is typed.
    Place(String),
    /// It is to be chosen in the system's dialog.
    ChoosePlace,
    /// The dialog answered.
    PlaceChosen(Answer),
    /// Archives are to go there too, or nowhere else.
    SetPlace(bool),
    /// It is so, or why not.
    PlaceSet(Result<(), String>),
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
            copies: Copies::default(),
            personal: Personal::default(),
            logo: Logo::new(AUTHORITY),
            team: People::new(None),
            writing: Writing::default(),
            second_place: String::new(),
            restoring: None,
            past: false,
            busy: false,
            outside,
        }
    }

    /// Where bases of the 1 % schemes are entered, and the keyboard in the amount of that one.
    pub fn at_base(&mut self, base: Option<model::Id>) -> Option<WidgetId> {
        self.part = Part::Bases;
        base.map(|id| fields::id_of(Field::Base(id, fields::Rests::Amount)))
    }

    /// Where files that ask to be looked at are listed.
    pub fn at_files(&mut self) {
        self.part = Part::Files;
    }

    /// What is read when the page is shown.
    pub fn begin(&mut self, session: &Session) -> Task<Message> {
        let place = session.archives().and_then(|it| it.second_place.clone());
        if let Some(place) = place.filter(|_| self.second_place.is_empty()) {
            self.second_place = place.display().to_string();
        }
        self.copies.read(session).map(Message::Copies)
    }
}

impl Screen for Settings {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "settings"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        let keeper = session.saving().keeper();
        match message {
            Message::Part(part) => {
                self.part = part;
                let to_top = operation::scroll_to(
                    WidgetId::new("settings.page"),
                    AbsoluteOffset { x: 0.0, y: 0.0 },
                );
                let survey = (part == Part::Files).then_some(Action::Survey);
                survey.into_iter().chain([Action::Run(to_top)]).collect()
            }
            Message::Form(field, typing) => self.typed(field, typing, session),
            Message::Kind(kind) => edit("nature", session, |ours| ours.kind = kind),
            Message::Gender(id, gender) => edit("signataire", session, |ours| {
                each(
                    &mut ours.signatories,
                    id,
                    |it| &it.id,
                    |it| it.gender = Some(gender),
                );
            }),
            Message::Scheme(id, scheme) => edit("assiette", session, |ours| {
                each(&mut ours.bases, id, |it| &it.id, |it| it.scheme = scheme);
            }),
            Message::Past => {
                self.past = !self.past;
                Vec::new()
            }
            Message::Add(several) => add(several, session),
            Message::Remove(several, id) => remove(several, id, session),
            Message::BackUp => {
                self.busy = true;
                let task = Task::perform(
                    async move { keeper.back_up(WhyBackUp::Asked) },
                    Message::BackedUp,
                );
                vec![Action::Run(task)]
            }
            Message::BackedUp(result) => {
                self.busy = false;
                vec![Action::Notify(Notice::of_backup(result)), Action::Archive]
            }
            Message::Restore(file) => {
                self.restoring = Some(file);
                vec![Action::Focus(WidgetId::new(KEEP))]
            }
            Message::RestoreNot => {
                self.restoring = None;
                Vec::new()
            }
            Message::RestoreIndeed => {
                let Some(file) = self.restoring.take() else {
                    return Vec::new();
                };
                self.busy = true;
                let records = session.records().clone();
                let work = async move { keeper.restore(&file, &records) };
                vec![Action::Run(Task::perform(work, Message::Restored))]
            }
            Message::Restored(Ok(restored)) => vec![Action::Reopen(archives::told(&restored))],
            Message::Restored(Err(fault)) => {
                self.busy = false;
                told(Err(fault))
            }
            Message::Place(place) => {
                self.second_place = place;
                Vec::new()
            }
            Message::ChoosePlace => {
                let asked = answer(self.outside.ask_folder());
                vec![Action::Run(Task::perform(asked, Message::PlaceChosen))]
            }
            Message::PlaceChosen(answer) => {
                let mut actions = vec![Action::Focus(WidgetId::new(archives::PLACE))];
                match answer {
                    Answer::Chosen(path) => self.second_place = path.display().to_string(),
                    Answer::NoDialog => actions.push(Action::Notify(Notice::wary(NO_DIALOG))),
                    Answer::Cancelled => {}
                }
                actions
            }
            Message::SetPlace(there) => {
                let place = there.then(|| typed_path(&self.second_place));
                if !there {
                    self.second_place.clear();
                }
                let work = async move { keeper.set_second_place(place.as_deref()) };
                vec![Action::Run(Task::perform(work, Message::PlaceSet))]
            }
            Message::PlaceSet(result) => told(result.map(|()| {
                if self.second_place.is_empty() {
                    "Les sauvegardes restent dans l’espace seulement.".to_owned()
                } else {
                    "Les prochaines sauvegardes iront aussi là.".to_owned()
                }
            })),
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
        let ours = session.records().authority();
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
                Part::Team => self.team.view(session, width, palette).map(Message::Team),
                Part::Bases => column![
                    self.calls(width, session, palette),
                    self.bases(width, session, palette),
                ]
                .spacing(22)
                .into(),
                Part::Archives => self.archives(session, palette),
                Part::Writing => self.writing.view(session, palette).map(Message::Writing),
                Part::Personal => self.personal.view(session, palette).map(Message::Personal),
                Part::Contents => contents::view(session, palette),
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
        let Some(file) = self.restoring.as_ref() else {
            let personal = self.personal.dialog(session, palette);
            let team = || Some(self.team.dialog(session, palette)?.map(Message::Team));
            return personal.map(|it| it.map(Message::Personal)).or_else(team);
        };
        let when = archives::when_of(file, session);
        let words = format!(
            "Toutes les fiches redeviennent ce qu’elles étaient {when}\u{a0}; celles qui ont été créées depuis sont \
             retirées. Ce qui est là maintenant est d’abord sauvegardé\u{a0}: vous pourrez y revenir de la même façon."
        );
        let acts = [
            button("Restaurer", palette).on_press(Message::RestoreIndeed),
            strong("Garder ce qui est là", palette)
                .id(KEEP)
                .on_press(Message::RestoreNot),
        ];
        Some(Dialog::new(
            "Restaurer cette sauvegarde\u{a0}?",
            text(words).size(15),
            acts,
            Message::RestoreNot,
            palette,
        ))
    }
}

impl Settings {
    fn typed(&mut self, field: Field, typing: Typing, session: &Session) -> Vec<Action<Message>> {
        let reference = session.reference();
        let heard = self.form.hear(
            field,
            typing,
            session.records().authority(),
            |ours| fields::say(ours, field, reference),
            |ours, raw| fields::set(ours, field, raw, reference),
        );
        match heard {
            Heard::Nothing => Vec::new(),
            Heard::Left => vec![Action::Rest],
            Heard::Becomes(after) => {
                let change = change(fields::label(field), session, after);
                vec![Action::Edit(change.coalescing(format!("{field:?}")))]
            }
        }
    }
}

/// Where the keyboard keeps what is there rather than putting a backup back.
pub const KEEP: &str = "settings.keep";

/// Where the keyboard chooses a part.
pub const PARTS: &str = "settings.parts";

fn told(result: Result<String, String>) -> Vec<Action<Message>> {
    let notice = match result {
        Ok(words) => Notice::calm(words),
        Err(fault) => Notice::wary(fault),
    };
    vec![Action::Notify(notice), Action::Archive]
}

/// Our authority, among the records.
const AUTHORITY: RecordId = RecordId {
    kind: Kind::Authority,
    id: Id::SINGLE,
};

/// Our authority becomes that.
fn change(what: &str, session: &Session, after: Authority) -> Change {
    let label = format!("Réglages\u{a0}: {what}");
    let after = Record::Authority(after);
    match session.records().get(AUTHORITY) {
        Some(before) => Change::replace(label, before.clone(), after),
        None => Change::create(label, after),
    }
}

fn edit(what: &str, session: &Session, edit: impl FnOnce(&mut Authority)) -> Vec<Action<Message>> {
    let before = session.records().authority();
    let mut after = before.clone();
    edit(&mut after);
    if after == *before {
        return Vec::new();
    }
    vec![Action::Edit(change(what, session, after))]
}

fn each<T>(all: &mut [T], id: Id, id_of: impl Fn(&T) -> &Id, edit: impl FnOnce(&mut T)) {
    if let Some(one) = all.iter_mut().find(|it| *id_of(it) == id) {
        edit(one);
    }
}

fn add(several: Several, session: &Session) -> Vec<Action<Message>> {
    let id = session.fresh_id();
    let (what, first) = match several {
        Several::Signatories => (
            "ajouter un signataire",
            Field::Signatory(id, fields::Signs::Name),
        ),
        Several::Sessions => ("ajouter une séance", Field::Session(id, fields::Sits::Date)),
        Several::Bases => (
            "ajouter une assiette",
            Field::Base(id, fields::Rests::Budget),
        ),
        Several::Calls => ("ajouter un appel", Field::Call(id, calls::Asks::Label)),
    };
    let mut actions = edit(what, session, |ours| match several {
        Several::Signatories => ours.signatories.push(Signatory::new(id)),
        Several::Sessions => ours.sessions.push(model::Session {
            id,
            date: session.today(),
            body: None,
            closes: None,
        }),
        Several::Bases => ours.bases.push(Base {
            id,
            scheme: "eau".to_owned(),
            budget: String::new(),
            year: chrono::Datelike::year(&session.today()),
            amount: model::Amount::ZERO,
            deducted: None,
            source: None,
        }),
        Several::Calls => {
            let today = session.today();
            let year = chrono::Datelike::year(&today);
            ours.calls.push(Call::new(id, year, today));
        }
    });
    actions.push(Action::Focus(fields::id_of(first)));
    actions
}

fn remove(several: Several, id: Id, session: &Session) -> Vec<Action<Message>> {
    let what = match several {
        Several::Signatories => "retirer un signataire",
        Several::Sessions => "retirer une séance",
        Several::Bases => "retirer une assiette",
        Several::Calls => "retirer un appel",
    };
    let mut actions = edit(what, session, |ours| match several {
        Several::Signatories => ours.signatories.retain(|it| it.id != id),
        Several::Sessions => ours.sessions.retain(|it| it.id != id),
        Several::Bases => ours.bases.retain(|it| it.id != id),
        Several::Calls => ours.calls.retain(|it| it.id != id),
    });
    let words = format!("Réglages\u{a0}: {what}.");
    actions.push(Action::Notify(Notice::calm(words).undoable()));
    actions.push(Action::Focus(WidgetId::new(PARTS)));
    actions
}
