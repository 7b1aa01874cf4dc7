//! « Exporter le PDF »: what for, in which languages, on which paper, and where to; the first page as it will be.

pub mod many;
mod view;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::Id;
use iced::{Element, Task};

pub use self::view::state_id;
use super::deliver::Delivery;
use super::partners::called;
use super::{Action, Notice, Screen};
use crate::app::outside::{
    Answer, Cabinet, Export as Order, ExportFault, Exported, NO_DIALOG, Outside, answer, typed_path,
};
use crate::app::preview::press::{Job, Printed};
use crate::app::preview::{self, Press};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::document::{Composition, Languages, Paper, State};
use crate::export::{self, Reserve};
use crate::model::{self, Change, Convention, Key, Lang, VersionReason};

/// Where the keyboard answers what an export told.
pub const ANSWER: &str = "export.answer";

/// Where the keyboard types the path.
pub const PATH: &str = "export.path";

/// The states, in the order of a convention's life.
const STATES: [State; 4] = [
    State::Working,
    State::Vote,
    State::Signature,
    State::Publication,
];

/// A convention on its way out.
pub struct Export {
    id: model::Id,
    composition: Composition,
    /// Whether the logos of the parties stand at the top.
    logos: bool,
    /// Whether the file carries what it prints as data too.
    data: bool,
    path: String,
    step: Step,
    /// What was accepted of the text to sign, as it is now.
    accepted: Vec<Reserve>,
    /// Whether the last order might replace a file.
    replacing: bool,
    outside: Arc<dyn Outside>,
    order: u64,
    press: Press,
    /// The first page as it was last made, and what it was made for.
    page: Option<Result<Printed, String>>,
    made_for: Option<(Composition, bool, u32)>,
    at_work: bool,
    /// The version submitted to the vote, to be kept once it is written.
    frozen: Option<Change>,
    /// The version that leaves in another state, to be kept then too.
    kept: Option<Change>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Asking,
    Writing,
    /// A file is there already.
    Exists,
    /// Somebody must accept that; what it is.
    Reserved(Reserve, String),
    Failed(String),
    Done(Exported),
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// In which state.
    State(State),
    /// In which languages.
    Languages(Languages),
    /// On which paper.
    Paper(Paper),
    /// Whose copy it is; nobody's in particular when absent.
    Copy(Option<Key>),
    /// With the annexes, or without.
    Annexes,
    /// With the logos of the parties, or without.
    Logos,
    /// With lines numbered, or not.
    Lines,
    /// With what it prints as data, or without.
    Data,
    /// The path is typed.
    Path(String),
    /// A Word file is wanted instead.
    Word,
    /// The system's dialog is asked for.
    Choose,
    /// It answered.
    Chosen(Answer),
    /// Written now, in the place of what is there or not.
    Write {
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// That is accepted in a text to sign, which is written.
    Accept(Reserve),
    /// What came of that order.
    Written(u64, Result<Exported, ExportFault>),
    /// The first page is painted.
    Page(Result<Printed, String>),
    /// The file written is opened.
    Open,
    /// Its folder is.
    OpenFolder,
    /// It was opened, or not.
    Opened(Result<(), String>),
    /// To what there is to verify.
    Verify,
    /// All conventions, and not this one alone.
    All,
    /// Back to the convention.
    Back,
}

impl Export {
    /// How wide the first page is, in logical pixels.
    const ACROSS: f32 = 330.0;

    /// A convention, in the state usual for its stage, to the person's documents.
    #[must_use]
    pub fn new(id: model::Id, session: &Session, outside: Arc<dyn Outside>, press: Press) -> Self {
        let composition = preview::usual_composition(id, session.records(), session.today());
        let name = usual_name(id, composition.state, session);
        Self {
            id,
            composition,
            logos: true,
            data: false,
            path: outside.documents().join(name).display().to_string(),
            step: Step::Asking,
            accepted: Vec::new(),
            replacing: false,
            outside,
            order: 0,
            press,
            page: None,
            made_for: None,
            at_work: false,
            frozen: None,
            kept: None,
        }
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> model::Id {
        self.id
    }

    /// The page is shown again: the text may have changed.
    pub fn again(&mut self) {
        self.made_for = None;
        self.accepted.clear();
        if self.step != Step::Writing {
            self.step = Step::Asking;
        }
    }
}

impl Screen for Export {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "export"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::State(state) => {
                self.rename(state, session);
                self.recompose(|composition| composition.state = state);
                Vec::new()
            }
            Message::Languages(languages) => {
                self.recompose(|composition| composition.languages = languages);
                Vec::new()
            }
            Message::Paper(paper) => {
                self.recompose(|composition| composition.paper = paper);
                Vec::new()
            }
            Message::Annexes => {
                self.recompose(|it| it.without_annexes = !it.without_annexes);
                Vec::new()
            }
            Message::Copy(party) => {
                self.recompose(|composition| composition.copy_of = party);
                Vec::new()
            }
            Message::Logos => {
                self.logos = !self.logos;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Lines => {
                self.recompose(|it| it.line_numbers = !it.line_numbers);
                Vec::new()
            }
            Message::Data => {
                self.data = !self.data;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Path(path) => {
                self.path = path;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Word => super::convention::word_delivery(self.id, session)
                .map(Delivery::asked)
                .into_iter()
                .collect(),
            Message::Choose => {
                let dialog = self.outside.ask_file(&typed_path(&self.path));
                vec![Action::Run(Task::perform(answer(dialog), Message::Chosen))]
            }
            Message::Chosen(Answer::Chosen(path)) => {
                self.path = path.display().to_string();
                // The system's dialog has asked whether to replace.
                self.write(true, session)
            }
            Message::Chosen(Answer::NoDialog) => vec![
                Action::Notify(Notice::wary(NO_DIALOG)),
                Action::Focus(Id::new(PATH)),
            ],
            Message::Chosen(Answer::Cancelled) => Vec::new(),
            Message::Write { replace } => self.write(replace, session),
            Message::Accept(reserve) => {
                self.accepted.push(reserve);
                self.write(self.replacing, session)
            }
            Message::Written(order, _) if order != self.order => Vec::new(),
            Message::Written(_, result) => {
                let frozen = self.frozen.take().filter(|_| result.is_ok());
                let kept = self.kept.take().filter(|_| result.is_ok());
                self.step = match result {
                    Ok(exported) => Step::Done(exported),
                    Err(ExportFault::Exists) => Step::Exists,
                    Err(ExportFault::Reserved(reserve, which)) => Step::Reserved(reserve, which),
                    Err(ExportFault::Other(fault)) => Step::Failed(fault),
                };
                // The keyboard goes on to what answers: to open it, to replace what is there, to mend the path.
                let next = match self.step {
                    Step::Failed(_) => PATH,
                    _ => ANSWER,
                };
                let frozen = frozen.map(Action::Edit).into_iter();
                frozen
                    .chain(kept.map(Action::Keep))
                    .chain([Action::Focus(Id::new(next))])
                    .collect()
            }
            Message::Page(made) => {
                self.at_work = false;
                self.page = Some(made);
                Vec::new()
            }
            Message::Open => self.show(|exported| Some(exported.path.clone())),
            Message::OpenFolder => {
                self.show(|exported| exported.path.parent().map(std::path::Path::to_owned))
            }
            Message::Opened(Ok(())) => Vec::new(),
            Message::Opened(Err(fault)) => vec![Action::Notify(Notice::wary(fault))],
            Message::Verify => vec![Action::Verify(self.id)],
            Message::All => vec![Action::Go(Route::ExportAll)],
            Message::Back => vec![Action::Back],
        }
    }

    /// Has the first page made, as it will be.
    fn prepare(&mut self, session: &Session, pixels: f32) -> Task<Message> {
        let width = (Self::ACROSS * pixels).round() as u32;
        let wanted = (self.composition.clone(), self.logos, width);
        if self.at_work || self.made_for.as_ref() == Some(&wanted) {
            return Task::none();
        }
        let job = Job {
            order: Some(preview::Order {
                convention: self.id,
                records: session.records().clone(),
                reference: session.reference().clone(),
                composition: self.composition.clone(),
                logos: self.cabinet(session),
            }),
            pages: None,
            paint: vec![0],
            width,
        };
        self.made_for = Some(wanted);
        self.at_work = true;
        let press = self.press.clone();
        Task::perform(async move { press.print(&job) }, Message::Page)
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        Some(vec![Action::Back])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Export {
    /// Names the file after the state that is chosen, unless it was given a name.
    fn rename(&mut self, state: State, session: &Session) {
        let path = typed_path(&self.path);
        let usual = usual_name(self.id, self.composition.state, session);
        if path.file_name().is_some_and(|name| *name == *usual) {
            let path = path.with_file_name(usual_name(self.id, state, session));
            self.path = path.display().to_string();
        }
    }

    fn recompose(&mut self, change: impl FnOnce(&mut Composition)) {
        change(&mut self.composition);
        self.accepted.clear();
        self.step = Step::Asking;
    }

    fn show(&self, what: impl FnOnce(&Exported) -> Option<PathBuf>) -> Vec<Action<Message>> {
        let Step::Done(exported) = &self.step else {
            return Vec::new();
        };
        let Some(what) = what(exported) else {
            return Vec::new();
        };
        let outside = Arc::clone(&self.outside);
        let work = async move { outside.show(&what) };
        vec![Action::Run(Task::perform(work, Message::Opened))]
    }

    fn write(&mut self, replace: bool, session: &Session) -> Vec<Action<Message>> {
        if self.step == Step::Writing {
            return Vec::new();
        }
        if self.blocking(session) > 0 {
            self.step = Step::Asking;
            return vec![Action::Notify(Notice::wary(
                "Des points bloquants empêchent la signature\u{a0}: rien n’est écrit.",
            ))];
        }
        let path = typed_path(&self.path);
        if !path.is_absolute() {
            self.step =
                Step::Failed("Indiquez un chemin complet, jusqu’au nom du fichier.".to_owned());
            return vec![Action::Focus(Id::new(PATH))];
        }
        self.step = Step::Writing;
        self.replacing = replace;
        self.order += 1;

        let number = self.order;
        let outside = Arc::clone(&self.outside);
        let mut records = session.records().clone();
        self.frozen = self.version_to_vote(session);
        // What goes to the vote is kept by its own change, numbered.
        self.kept = (self.composition.state != State::Vote)
            .then(|| version_to_keep(self.id, session))
            .flatten();
        if let Some(change) = &self.frozen {
            // Its number is printed.
            records.apply(change);
        }
        let order = Order {
            convention: self.id,
            records,
            reference: Arc::clone(session.reference()),
            composition: self.composition.clone(),
            data: self.data,
            logos: self.cabinet(session),
            path,
            replace,
            accepted: self.accepted.clone(),
            today: session.today(),
        };
        let work = async move { outside.export(&order) };
        vec![Action::Run(Task::perform(work, move |result| {
            Message::Written(number, result)
        }))]
    }

    /// Where the logos are, unless they are left out.
    fn cabinet(&self, session: &Session) -> Option<Arc<dyn Cabinet>> {
        self.logos.then(|| Arc::clone(session.cabinet()))
    }

    /// The change that keeps the text submitted to the vote, where it is and may be kept.
    fn version_to_vote(&self, session: &Session) -> Option<Change> {
        if self.composition.state != State::Vote || session.is_read_only() {
            return None;
        }
        let at = session.at();
        session.with_ids(|ids| export::freeze(self.id, session.records(), at, ids))
    }

    /// Where the keyboard begins: at the state in which it leaves.
    #[must_use]
    pub fn first(&self) -> Id {
        state_id(self.composition.state)
    }

    /// How many points keep it from leaving in the state that is chosen.
    fn blocking(&self, session: &Session) -> usize {
        if self.composition.state != State::Signature {
            return 0;
        }
        let findings = session.findings(self.id).iter();
        findings.filter(|finding| finding.blocks()).count()
    }
}

/// The name of a convention's file in that state.
fn usual_name(id: model::Id, state: State, session: &Session) -> String {
    let records = session.records();
    records
        .convention(id)
        .map_or_else(String::new, |convention| {
            let signed =
                export::usual_state(convention, records, session.today()) == State::Signature;
            export::file_name_in(convention, state, signed)
        })
}

/// Whose copy it may be: each party names itself first in its own (*alternat*).
fn copies(convention: &Convention, session: &Session) -> Vec<(Option<Key>, String)> {
    let records = session.records();
    let named = |partner: Option<model::Id>| match partner.and_then(|it| records.partner(it)) {
        Some(partner) => called(partner).to_owned(),
        None => {
            let ours = records.authority();
            let name = ours.short_name.as_ref().unwrap_or(&ours.name);
            name.text.clone()
        }
    };
    let each = convention
        .parties
        .iter()
        .map(|party| (Some(party.key.clone()), named(party.partner)));
    std::iter::once((None, "dans l’ordre du texte".to_owned()))
        .chain(each)
        .collect()
}

/// Whether some party has a logo.
fn has_logo(convention: &Convention, session: &Session) -> bool {
    let records = session.records();
    convention.parties.iter().any(|party| match party.partner {
        None => records.authority().logo.is_some(),
        Some(partner) => records
            .partner(partner)
            .is_some_and(|partner| partner.logo.is_some()),
    })
}

/// The ways to set the languages of a convention that has several.
fn languages(all: &[Lang], session: &Session) -> Vec<(Languages, String)> {
    let names = &session.reference().labels(&Lang::french()).languages;
    let named = |lang: &Lang| {
        let name = names.get(lang.primary());
        name.map_or_else(|| lang.to_string(), Clone::clone)
    };
    let mut ways = vec![(
        Languages::OneAfterTheOther,
        "Toutes, l’une après l’autre".to_owned(),
    )];
    if let [left, others @ ..] = all {
        ways.extend(others.iter().map(|right| {
            (
                Languages::Paired(left.clone(), right.clone()),
                format!("{} et {} en regard", named(left), named(right)),
            )
        }));
    }
    ways.extend(all.iter().map(|lang| {
        (
            Languages::One(lang.clone()),
            format!("{} seul", named(lang)),
        )
    }));
    ways
}

/// The change that keeps the text that leaves, when it says something new and may be kept.
fn version_to_keep(convention: model::Id, session: &Session) -> Option<Change> {
    if session.is_read_only() {
        return None;
    }
    let (reason, at) = (VersionReason::Export, session.at());
    let kept = session
        .with_ids(|ids| model::keep(convention, reason, None, session.records(), ids, at))?;
    Some(Change {
        label: "Garder la version exportée".to_owned(),
        coalescing: None,
        edits: vec![kept],
    })
}
