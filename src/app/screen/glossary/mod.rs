//! The glossary: the brochure's terms, the field's, the department's own.

pub(super) mod annex;
mod sheet;

use iced::widget::text_editor::Action as Typed;
use iced::widget::{Column, Id, column, row, space, text};
use iced::{Element, Task};

use super::book::{self, NoteMessage, Notes};
use super::several::{self, Several};
use super::{Action, Notice, Screen};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::form::{Area, Typing};
use crate::app::widget::{button, field, goes_down, scroll, step};
use crate::model::{Change, Id as RecordKey, Kind, Record, RecordId, Term, fold, quoted, sort_key};

/// The glossary.
#[derive(Debug)]
pub struct Glossary {
    search: String,
    shown: Vec<Line>,
    here: Slug,
    notes: Notes,
    /// A term of the department's own as it begins, before anything of it is typed: it is kept with what is.
    begun: Option<Term>,
    /// The definition of the department's own term that is shown.
    own: Option<(RecordKey, Area)>,
    /// The conventions that use the term shown.
    used: Several,
    /// The convention into whose annex terms are put.
    into: Option<RecordKey>,
}

/// A line of the list.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Line {
    slug: Slug,
    family: Family,
    name: String,
    acronym: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Brochure,
    Field,
    Own,
}

impl Family {
    const fn label(self) -> &'static str {
        match self {
            Self::Brochure => "Les six termes de la brochure",
            Self::Field => "Le métier",
            Self::Own => "Les termes du service",
        }
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// A term is chosen.
    Open(Slug),
    /// The keyboard moves from that row to the next, or to the one before.
    Step {
        /// From this row, or from the field above them.
        from: Option<usize>,
        /// Down, or up.
        down: bool,
    },
    /// A term of the department's own is made.
    Add,
    /// Its name is typed.
    Name(Typing),
    /// Its acronym.
    Acronym(Typing),
    /// Its definition.
    Definition(Typed),
    /// It is taken away.
    Remove,
    /// The convention into whose annex the term goes.
    Into(RecordKey),
    /// Put it there.
    Insert,
    /// Among the conventions that use the term.
    Used(several::Message),
    /// A text of law.
    Text(Slug),
    /// An address to be opened, once it is shown where it goes.
    Link(String),
    /// In the note on the term.
    Note(NoteMessage),
}

/// The term that is shown before one is chosen.
const FIRST: &str = "cooperation-decentralisee";

/// Where the search is typed.
pub const SEARCH: &str = "glossary.search";

/// Where the name of a term of the department's own is typed.
pub const NAME: &str = "glossary.name";

impl Glossary {
    /// All terms.
    #[must_use]
    pub fn new() -> Self {
        Self {
            search: String::new(),
            shown: Vec::new(),
            here: Slug::of(FIRST),
            notes: Notes::default(),
            begun: None,
            own: None,
            used: Several::new("glossary.used"),
            into: None,
        }
    }

    /// Shows that term; the one shown last when none is asked for.
    pub fn show(&mut self, term: Option<Slug>) {
        self.here = term.unwrap_or(self.here);
        let here = self.here;
        self.begun.take_if(|begun| slug_of(begun) != here);
    }

    /// Looks at the records again: the list, the term shown, who says it.
    fn refresh(&mut self, session: &Session) {
        self.select(session);
        let kept = |begun: &mut Term| session.records().term(begun.id).is_some();
        self.begun.take_if(kept);
        let Some(name) = self.name_of_here(session) else {
            return;
        };
        let own = self.own_here(session).cloned();
        let using = (session.library()).conventions_that_say(&name, usize::MAX);
        self.used.hold(using);
        match own {
            None => {
                self.own = None;
                self.notes.show(self.here, session);
            }
            Some(term) => match &mut self.own {
                Some((id, area)) if *id == term.id => area.follow(&term.text),
                _ => self.own = Some((term.id, Area::new(&term.text))),
            },
        }
    }

    /// What the term shown is called.
    fn name_of_here(&self, session: &Session) -> Option<String> {
        let known = session.reference().term(self.here.as_str());
        let known = known.map(|term| term.term.clone());
        known.or_else(|| Some(self.own_here(session)?.term.clone()))
    }

    /// The department's own term that is shown.
    fn own_here<'a>(&'a self, session: &'a Session) -> Option<&'a Term> {
        let kept = session.records().term(self.here.as_str().parse().ok()?);
        kept.or(self.begun.as_ref().filter(|it| slug_of(it) == self.here))
    }

    /// Where the keyboard goes when one arrives.
    #[must_use]
    pub fn first(&self) -> Id {
        row_id(self.here)
    }

    fn select(&mut self, session: &Session) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();

        let known = session.reference().terms().iter().map(|term| Line {
            slug: Slug::of(&term.id),
            family: if term.in_brochure {
                Family::Brochure
            } else {
                Family::Field
            },
            name: term.term.clone(),
            acronym: term.acronym.clone(),
        });
        let own = session
            .records()
            .terms()
            .filter(|term| term.about.is_none())
            .map(|term| Line {
                slug: slug_of(term),
                family: Family::Own,
                name: if term.term.is_empty() {
                    "Terme sans nom".to_owned()
                } else {
                    term.term.clone()
                },
                acronym: term.acronym.clone(),
            });
        self.shown = known
            .chain(own)
            .filter(|line| {
                let acronym = line.acronym.as_deref().unwrap_or_default();
                let all = fold(&format!("{} {acronym}", line.name));
                words.iter().all(|word| all.contains(word))
            })
            .collect();
        // The brochure keeps its order; the others are in that of dictionaries.
        self.shown.sort_by_cached_key(|line| match line.family {
            Family::Brochure => (0, Vec::new()),
            Family::Field => (2, sort_key(&line.name)),
            Family::Own => (1, sort_key(&line.name)),
        });
    }
}

impl Screen for Glossary {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "list", "entry"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.select(session);
                Vec::new()
            }
            Message::Open(term) => vec![Action::Go(Route::Glossary(Some(term)))],
            Message::Step { from, down } => {
                let to = step(from, down, self.shown.len());
                match to.and_then(|to| self.shown.get(to)).map(|line| line.slug) {
                    Some(term) => {
                        self.show(Some(term));
                        self.refresh(session);
                        vec![Action::Focus(row_id(term))]
                    }
                    None => vec![Action::Focus(Id::new(SEARCH))],
                }
            }
            Message::Add => self.add(session),
            Message::Name(typing) => self.edit(session, typing, "Nommer un terme", |term, raw| {
                raw.trim_start().clone_into(&mut term.term);
            }),
            Message::Acronym(typing) => {
                self.edit(session, typing, "Modifier un sigle", |term, raw| {
                    let acronym = raw.trim();
                    term.acronym = (!acronym.is_empty()).then(|| acronym.to_owned());
                })
            }
            Message::Definition(action) => {
                let typed = self.own.as_mut().and_then(|(_, area)| area.hear(action));
                match typed {
                    Some(text) => {
                        let typing = Typing::Typed(text.trim_end().to_owned());
                        self.edit(session, typing, "Définir un terme", |term, raw| {
                            raw.clone_into(&mut term.text);
                        })
                    }
                    None => Vec::new(),
                }
            }
            Message::Remove => {
                let term = self.own_here(session).cloned();
                let kept = term
                    .as_ref()
                    .and_then(|it| session.records().get(name_of(it)));
                self.show(Some(Slug::of(FIRST)));
                self.refresh(session);
                let Some((term, before)) = term.zip(kept) else {
                    return Vec::new();
                };
                let label = format!("Retirer {}", quoted(&term.term));
                let change = Change::delete(label, before.clone());
                vec![
                    Action::Edit(change),
                    Action::Notify(Notice::calm(
                        "Le terme est retiré du glossaire\u{a0}; «\u{202f}Annuler\u{202f}» le rend.",
                    )),
                ]
            }
            Message::Into(convention) => {
                self.into = Some(convention);
                Vec::new()
            }
            Message::Insert => self.insert(session),
            Message::Used(message) => {
                let opened = self.used.update(message).map(Route::Convention);
                opened.map(Action::Go).into_iter().collect()
            }
            Message::Text(text) => vec![Action::Go(Route::Law(Some(text)))],
            Message::Link(address) => vec![Action::Browse(address)],
            Message::Note(message) => self.notes.update(message, self.here, session),
        }
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.refresh(session);
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        book::open(
            move |entry| self.list(entry, palette),
            move || self.sheet(session, palette),
            palette,
        )
    }
}

impl Glossary {
    /// Begins a term of the department's own, called as what is searched for.
    fn add(&mut self, session: &Session) -> Vec<Action<Message>> {
        let term = Term {
            id: session.fresh_id(),
            about: None,
            term: crate::app::text::capital(self.search.trim()),
            acronym: None,
            text: String::new(),
            confirmed: None,
        };
        self.here = slug_of(&term);
        self.search.clear();
        let name = Action::Focus(Id::new(NAME));
        if term.term.is_empty() {
            self.begun = Some(term);
            self.refresh(session);
            return vec![name];
        }
        let change = Change::create(ADD, Record::Term(term));
        vec![Action::Edit(change), name]
    }

    fn edit(
        &self,
        session: &Session,
        typing: Typing,
        label: &str,
        set: impl FnOnce(&mut Term, &str),
    ) -> Vec<Action<Message>> {
        let raw = match typing {
            Typing::Typed(raw) => raw,
            Typing::Left => return vec![Action::Rest],
        };
        let Some(term) = self.own_here(session) else {
            return Vec::new();
        };
        let mut after = term.clone();
        set(&mut after, &raw);
        if after == *term {
            return Vec::new();
        }
        let after = Record::Term(after);
        let change = match session.records().get(name_of(term)) {
            Some(before) => Change::replace(label, before.clone(), after),
            None => Change::create(ADD, after),
        };
        vec![Action::Edit(
            change.coalescing(format!("{label} {}", term.id)),
        )]
    }

    /// Puts the term into the annex of definitions of the convention chosen.
    fn insert(&self, session: &Session) -> Vec<Action<Message>> {
        let Some((id, (name, definition))) = self.into.zip(self.defined(session)) else {
            return Vec::new();
        };
        match session.records().convention(id) {
            Some(convention) => annex::define(convention, &name, &definition, session),
            None => Vec::new(),
        }
    }

    /// The term shown and its definition.
    fn defined(&self, session: &Session) -> Option<(String, String)> {
        if let Some(term) = session.reference().term(self.here.as_str()) {
            return Some((term.term.clone(), term.definition.clone()));
        }
        let term = self.own_here(session)?;
        Some((term.term.clone(), term.text.clone()))
    }

    /// The terms that are shown, each on its line; the entry under the line of the one chosen, if it is given.
    fn list<'a>(
        &'a self,
        mut entry: Option<Element<'a, Message>>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut lines = Column::new().spacing(2).padding(5);
        let mut family = None;
        for (rank, line) in self.shown.iter().enumerate() {
            if family != Some(line.family) {
                family = Some(line.family);
                let heading = text(line.family.label())
                    .size(14)
                    .font(STRONG)
                    .color(palette.muted);
                lines = lines.push(iced::widget::container(heading).padding([8, 10]));
            }
            let acronym = line
                .acronym
                .as_deref()
                .map(|acronym| text(acronym).size(14).color(palette.muted).into());
            lines = lines.push(
                book::line(&line.name, None, acronym, line.slug == self.here, palette)
                    .id(row_id(line.slug))
                    .on_press(Message::Open(line.slug))
                    .focusable()
                    .in_list("glossary", line.slug == self.here)
                    .on_key(move |key| {
                        let from = Some(rank);
                        goes_down(key).map(|down| Message::Step { from, down })
                    }),
            );
            lines = lines.push(entry.take_if(|_| line.slug == self.here));
        }
        let found: Element<'a, Message> = if self.shown.is_empty() {
            column![
                text("Aucun terme ne répond à cette recherche.")
                    .size(15)
                    .color(palette.muted),
                button("L’ajouter aux termes du service", palette).on_press(Message::Add),
            ]
            .spacing(10)
            .into()
        } else {
            scroll(lines, "glossary.list", palette).into()
        };

        let into_list = Message::Step {
            from: None,
            down: true,
        };
        column![
            row![
                text("Glossaire").size(22).font(STRONG),
                space().width(iced::Fill),
                button("Ajouter un terme", palette)
                    .id("glossary.add")
                    .on_press(Message::Add),
            ]
            .align_y(iced::Center),
            field(
                &self.search,
                "Chercher un terme ou un sigle",
                SEARCH,
                palette,
                Message::Search
            )
            .on_submit(into_list.clone())
            .into_list(into_list),
            found,
        ]
        .spacing(12)
        .into()
    }
}

/// What making a term is called among the changes.
const ADD: &str = "Ajouter un terme";

fn slug_of(term: &Term) -> Slug {
    Slug::of(&term.id.to_string())
}

const fn name_of(term: &Term) -> RecordId {
    RecordId {
        kind: Kind::Term,
        id: term.id,
    }
}

/// The row of a term.
#[must_use]
pub fn row_id(term: Slug) -> Id {
    Id::from(format!("glossary.{}", term.as_str()))
}
