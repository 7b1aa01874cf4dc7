//! One convention: its plan at the left, the part that is open beside it, what there is to verify at the foot.
//!
//! Its plan is made in [`plan`]; what is done to it is in [`edit`], part by part in [`sheet`](self::sheet), [`acts`],
//! [`parties`], [`preamble`], [`signatures`], the text itself in [`writing`]; findings are in [`verify`], the strip at
//! the foot and [`aside`], and [`walk`] goes from one to the next; beside the text stand [`reciprocity`], its [`chain`]
//! and its [`versions`]. What is drawn around them is in [`view`](self::view), the reading of parts that are not edited
//! in [`reading`].

mod acts;
mod article;
mod aside;
mod begun;
mod beside;
mod chain;
mod clause;
mod definitions;
mod deliveries;
mod edit;
mod fields;
mod message;
mod order;
mod parties;
mod plan;
mod preamble;
mod reading;
mod reciprocity;
mod search;
mod sheet;
mod side;
mod signatures;
mod spell;
mod strip;
mod verify;
mod versions;
mod view;
mod walk;
mod writing;

#[cfg(test)]
pub use acts::DATE;
pub use acts::{Message as ActEvent, invitation};
#[cfg(test)]
pub use aside::REASON;
#[cfg(test)]
pub use beside::UP_TO_DATE;
#[cfg(test)]
pub use clause::{FOLD, INSERT};
#[cfg(test)]
pub use preamble::LACKING;
pub use search::Event as SearchEvent;
#[cfg(test)]
pub use search::FIND;
#[cfg(test)]
pub use strip::NEXT as NEXT_FINDING;
#[cfg(test)]
pub use versions::{NAME as VERSION_NAME, WRONG};
pub use view::{EDITOR, look_of};
#[cfg(test)]
pub use view::{LIST, NEXT, TITLE, TURN};

pub use definitions::Message as DefinitionsEvent;
pub use deliveries::{checks_delivery, word_delivery};
pub use message::Message;
pub use parties::party_of;
pub use plan::Part;
pub use versions::named as version_named;

use std::path::PathBuf;

use iced::widget::Id;
use iced::{Element, Task};

use self::acts::ActForm;
use self::aside::AsideForm;
use self::begun::Begun;
use self::clause::ClauseNote;
use self::definitions::Definitions;
use self::search::Search;
use self::spell::Spells;
use self::verify::Kept;
use self::walk::unanswered;
use super::deliver::Delivery;
use super::pieces::{self, Pieces};
use super::{Action, Screen, all};
use crate::app::editor::{Editor, Field};
use crate::app::preview::{Press, Preview};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::Dialog;
use crate::app::widget::form::{Area, Form};
use crate::model::{self, Kind, Lang, RecordId, Shelf, Stage};

/// A convention on the screen.
pub struct Convention {
    id: model::Id,
    part: Part,
    language: Lang,
    open: Option<Open>,
    plan: Vec<plan::Entry>,
    /// What its texts may name, with the value of each: as they were signed, once they are.
    fields: Vec<Field>,
    finding: usize,
    /// Whether F8 has shown the first of them.
    walking: bool,
    /// On a narrow window, whether the plan is shown in the place of the part.
    plan_first: bool,
    /// On a narrow window, whether what is done to an article is shown.
    tools: bool,
    /// The entries of the sheet and of the parties.
    form: Form<fields::Field>,
    title: Area,
    notes: Area,
    object: Area,
    /// Whether the sheet shows what is less often needed.
    more: bool,
    /// Which findings the panel shows.
    kept: Kept,
    /// What changed from one version to the next.
    told: versions::Told,
    /// Its pieces, or those of the act that is unfolded.
    pieces: Pieces,
    /// What is added and not written yet.
    begun: Option<Begun>,
    /// What is known of the clause of the article that is open.
    clause: ClauseNote,
    spells: Spells,
    /// What stands in front until it is answered.
    front: Option<Front>,
    search: Option<Search>,
    preview: Preview,
    /// Whether F9 has hidden what stands beside the part, or shown it in its place where there is no room.
    side_flipped: bool,
}

/// What stands in front of the page.
enum Front {
    /// An act being recorded.
    Act(Box<ActForm>),
    /// A finding being set aside.
    Aside(Box<AsideForm>),
    /// What terms mean.
    Definitions(Definitions),
    /// A version being named.
    Version(String),
    /// A misprint of the signed text being corrected.
    Misprint(Box<versions::MisprintForm>),
}

/// A text being edited.
struct Open {
    part: Part,
    title: String,
    editor: Editor,
}

impl Convention {
    /// A convention, at its first article where it has one. It shows what [`Self::follow`] tells it.
    #[must_use]
    pub fn new(id: model::Id, press: Press, session: &Session) -> Self {
        let mut screen = Self {
            id,
            part: Part::Sheet,
            language: Lang::french(),
            open: None,
            plan: Vec::new(),
            fields: Vec::new(),
            finding: 0,
            walking: false,
            plan_first: false,
            tools: false,
            form: Form::default(),
            title: Area::new(""),
            notes: Area::new(""),
            object: Area::new(""),
            more: false,
            kept: Kept::default(),
            told: versions::Told::default(),
            pieces: Pieces::new(Shelf::of(record_of(id))),
            begun: None,
            clause: ClauseNote::default(),
            spells: Spells::default(),
            front: None,
            search: None,
            preview: Preview::new(press),
            side_flipped: false,
        };
        if screen.can_edit(session)
            && let Some(convention) = session.records().convention(id)
            && let Some(first) = convention.articles.first()
        {
            screen.part = Part::Article(first.id);
        }
        screen
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> model::Id {
        self.id
    }

    /// Where the keyboard begins: the part that is open, in the plan.
    #[must_use]
    pub fn first(&self) -> Id {
        let line = self.part.line();
        let rank = self.plan.iter().position(|entry| entry.part == line);
        view::plan_id(rank.unwrap_or(0))
    }

    /// The convention as its text stands: the signed one once it is sealed.
    fn written<'a>(&self, session: &'a Session) -> Option<&'a model::Convention> {
        let signed = session.sealed(self.id).and_then(|version| {
            version
                .records
                .conventions
                .iter()
                .find(|convention| convention.id == self.id)
        });
        signed.or_else(|| session.records().convention(self.id))
    }

    /// Whether its text can be changed here: it is ours to write, and nobody has signed all of it.
    fn can_edit(&self, session: &Session) -> bool {
        let written_here = session
            .records()
            .convention(self.id)
            .is_some_and(|it| it.taken_over.is_none());
        written_here && !session.is_read_only() && !self.is_signed(session)
    }

    /// Whether its text is what everybody signed.
    fn is_signed(&self, session: &Session) -> bool {
        let convention = session.records().convention(self.id);
        session.sealed(self.id).is_some()
            || convention
                .is_some_and(|it| it.taken_over.is_none() && session.stage(it) >= Stage::Signed)
    }
}

impl Screen for Convention {
    type Message = Message;

    const PANES: &'static [&'static str] =
        &["navigation", "head", "plan", "part", "side", "findings"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Show(part) => {
                self.plan_first = false;
                self.show(part, session);
                let mut actions = vec![Action::Rest, Action::Run(view::to_top())];
                if self.open.is_some() {
                    actions.push(Action::Focus(Id::new(view::EDITOR)));
                }
                actions
            }
            Message::Step { from, down } => {
                let last = self.plan.len().saturating_sub(1);
                let to = if down {
                    (from + 1).min(last)
                } else {
                    from.saturating_sub(1)
                };
                let Some(entry) = self.plan.get(to) else {
                    return Vec::new();
                };
                let part = entry.part;
                self.show(part, session);
                vec![
                    Action::Rest,
                    Action::Run(view::to_top()),
                    Action::Focus(view::plan_id(to)),
                ]
            }
            Message::Language(language) => {
                self.language = language;
                self.open = None;
                self.open_text(session);
                vec![Action::Rest]
            }
            Message::Title(title) => {
                let label = self.told("Modifier le titre de ", self.part, session);
                self.change_text(session, label, "title", move |text| text.title = title)
                    .into_iter()
                    .map(Action::Edit)
                    .collect()
            }
            Message::Editor(message) => self.type_text(message, session),
            Message::AddArticle => self.add_article(session),
            Message::Spelling(message) => {
                self.update_spelling(message, session);
                Vec::new()
            }
            Message::Clause(message) => self.update_clause(message, session),
            Message::AddAnnex => self.add_annex(session),
            Message::AnnexKind(kind) => {
                let part = self.part;
                self.open = None;
                self.edit(session, "Changer ce que contient l’annexe", |after| {
                    let annex = after.annexes.iter_mut();
                    if let Some(annex) = annex.into_iter().find(|it| part == Part::Annex(it.id)) {
                        annex.kind = kind;
                    }
                })
            }
            Message::Role(role) => {
                let part = self.part;
                self.edit(session, "Changer le rôle de l’article", |after| {
                    let article = after.articles.iter_mut();
                    if let Some(it) = article.into_iter().find(|it| part == Part::Article(it.id)) {
                        it.role = role;
                    }
                })
            }
            Message::Opposite(rank) => {
                if let Some(open) = &mut self.open {
                    open.editor.go_to(rank);
                }
                vec![Action::Focus(Id::new(view::EDITOR))]
            }
            Message::UpToDate => self.hold_up_to_date(session),
            Message::AddLanguage(language) => {
                self.language = language.clone();
                self.open = None;
                self.edit(session, "Ajouter une langue", |after| {
                    after.languages.push(language);
                })
            }
            Message::Shift { part, down } => self.shift(part, down, session),
            Message::Duplicate(part) => self.duplicate(part, session),
            Message::Remove(part) => self.remove(part, session),
            Message::Form(field, typing) => self.type_field(field, typing, session),
            Message::Area(field, action) => self.write_area(field, action, session),
            Message::Sheet(message) => self.update_sheet(message, session),
            Message::Acts(message) => self.update_acts(message, session),
            Message::Parties(message) => self.update_parties(message, session),
            Message::Preamble(message) => self.update_preamble(message, session),
            Message::Pieces(message) => all(self.pieces.update(message, session), Message::Pieces),
            Message::PiecesOf(act) => {
                self.pieces = Pieces::new(match act {
                    Some(act) => Shelf::within(self.record(), act),
                    None => Shelf::of(self.record()),
                });
                let look = self.pieces.follow(session).map(Message::Pieces);
                vec![Action::Run(look), Action::Focus(Id::new(pieces::ADD))]
            }
            Message::Aside(message) => self.update_aside(message, session),
            Message::Definitions(message) => self.update_definitions(message, session),
            Message::Versions(message) => self.update_versions(message, session),
            Message::Checks => checks_delivery(self.id, session)
                .map(Delivery::asked)
                .into_iter()
                .collect(),
            Message::Results => {
                self.more = true;
                self.show(Part::Sheet, session);
                vec![Action::Rest, Action::Focus(self.first())]
            }
            Message::Open(convention) => vec![Action::Go(Route::Convention(convention))],
            Message::Partner(partner) => vec![Action::Go(Route::Partner(partner))],
            Message::Finding { backwards } => self.walk(backwards, session),
            Message::Gravest => self.walk_to(0, session),
            Message::GoTo(finding) => self.follow_finding(&finding, session),
            Message::Fix(finding) => finding
                .fix
                .as_ref()
                .and_then(|fix| session.with_ids(|ids| fix.change(session.records(), ids)))
                .map(Action::Edit)
                .into_iter()
                .collect(),
            Message::Kept(kept) => {
                self.kept = kept;
                Vec::new()
            }
            Message::Text(text) => vec![Action::Go(Route::Law(Some(text)))],
            Message::Applicable => vec![Action::Go(Route::LawOf(self.id))],
            Message::List => vec![Action::Go(Route::Conventions)],
            Message::Export => vec![Action::Go(Route::Export(self.id))],
            Message::Tools => {
                self.tools = !self.tools;
                Vec::new()
            }
            Message::Side => self.flip_side(),
            Message::Search(event) => self.seek(event, session),
            Message::Preview(message) => self.turn_pages(message, session),
            Message::Plan => {
                self.plan_first = !self.plan_first;
                vec![Action::Focus(match (self.plan_first, &self.open) {
                    (true, _) => self.first(),
                    (false, Some(_)) => Id::new(view::EDITOR),
                    (false, None) => Id::new(view::TURN),
                })]
            }
        }
    }

    fn refused(&self) -> usize {
        self.form.faults()
    }

    fn correct(&mut self) -> Option<Id> {
        let field = self.form.first_fault()?;
        (self.part, self.open) = (Part::Sheet, None);
        Some(Id::new(field.id()))
    }

    /// Records changed: by this screen, by an undo, by something else.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        let Some(written) = self.written(session) else {
            return Task::none();
        };
        let findings = session.findings(self.id);
        self.plan = plan::plan(written, findings);
        self.begun.take_if(|begun| begun.is_in(written));
        self.fields = self.fields_of(written, session);
        self.finding = self
            .finding
            .min(self.pending(session).count().saturating_sub(1));
        if !self.plan.iter().any(|entry| entry.part == self.part.line()) {
            self.part = Part::Sheet;
        }
        if let Some(kept) = session.records().convention(self.id) {
            let said = |field| fields::say(kept, field, session.reference());
            self.form.follow(|field| Some(said(field)));
            self.title.follow(&said(fields::Field::Title));
            self.notes.follow(&said(fields::Field::Notes));
            self.object.follow(&said(fields::Field::Object));
        }
        self.open_text(session);
        if self.part == Part::Versions {
            self.told.follow(self.id, session);
        }
        self.look(session);
        self.preview.follow(side::points(findings, self.id));
        let gone = |act| {
            let convention = session.records().convention(self.id);
            convention.is_none_or(|it| it.acts.iter().all(|known| known.id != act))
        };
        if self.pieces.item().is_some_and(gone) {
            self.pieces = Pieces::new(Shelf::of(self.record()));
        }
        self.pieces.follow(session).map(Message::Pieces)
    }

    fn prepare(&mut self, session: &Session, pixels: f32) -> Task<Message> {
        self.make_pages(session, pixels)
    }

    /// A file was dropped on the window: it is the piece of the act whose form is open, else joins the pieces that are
    /// shown.
    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>> {
        if let Some(Front::Act(form)) = &mut self.front {
            return Some(vec![form.dropped(&file)]);
        }
        if self.part != Part::Sheet {
            self.show(Part::Sheet, session);
        }
        Some(self.update(Message::Pieces(pieces::Message::Dropped(file)), session))
    }

    /// Out of the search.
    fn escape(&mut self, session: &Session) -> Option<Vec<Action<Message>>> {
        (self.search.is_some()).then(|| self.seek(search::Event::Close, session))
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }

    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        self.asked(session, palette)
    }
}

impl Convention {
    fn show(&mut self, part: Part, session: &Session) {
        self.part = part;
        self.begun.take_if(|begun| begun.part() != part);
        self.open_text(session);
        if part == Part::Versions {
            self.told.follow(self.id, session);
        }
    }

    #[cfg(test)]
    pub const fn preview(&self) -> &Preview {
        &self.preview
    }

    const fn record(&self) -> RecordId {
        record_of(self.id)
    }
}

const fn record_of(id: model::Id) -> RecordId {
    RecordId {
        kind: Kind::Convention,
        id,
    }
}
