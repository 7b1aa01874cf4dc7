//! The palette (Ctrl+K): one field from which everything is reached.
//!
//! [`answers`] is the seam: it turns what is typed into [`Hit`]s and knows nothing of the window. It looks among
//! pages and commands by their names, and for the rest asks the session's library ([`crate::search`]).

mod acts;

use iced::widget::{Column, Id, column, container, responsive, row, rule, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::route::{Route, Topic};
use crate::app::screen::begin::How;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::{
    Dialog, Words, crisp, field, focus, raised, reveal_named, row_button, scroll, words,
};
use crate::exchange::import::Kind as Tables;
use crate::model::{self, Kind, fold};
use crate::search::{Found, Passage, Query, Target, whole};

use self::acts::Act;

/// Where the keyboard types.
pub const QUERY: &str = "finder.query";

/// How many answers of one group are shown.
const OF_A_GROUP: usize = 8;

/// The palette, open.
#[derive(Debug)]
pub struct Finder {
    query: String,
    hits: Vec<Hit>,
    here: usize,
    /// What can be done with the answer chosen, once that was asked.
    acts: Option<Acts>,
}

#[derive(Debug)]
struct Acts {
    all: Vec<Act>,
    here: usize,
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What heads it: « Partenaires ».
    pub group: &'static str,
    /// What it is, and what of it was looked for.
    pub title: Passage,
    /// What else to know, or where the words stand, in muted ink.
    pub detail: Passage,
    /// What of the workspace or of the reference it is.
    pub target: Option<Target>,
    /// What choosing it does.
    pub goes: Goes,
}

/// What an answer does.
#[derive(Debug, Clone, PartialEq)]
pub enum Goes {
    /// Shows a page.
    Page(Route),
    /// Shows the gravest of what there is to verify in a convention.
    Verify(model::Id),
    /// Opens the form of the act that a convention waits for.
    NextAct(model::Id),
    /// Opens the sheet of a partner to be written.
    Modify(model::Id),
    /// Asks what partner is new.
    NewPartner,
    /// Asks what budget is new.
    NewBudget,
    /// Opens an address outside, once it was seen.
    Address(String),
    /// Does something.
    Command(Command),
}

/// What the palette can do.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Command {
    /// Save now.
    Save,
    /// Take back the last change.
    Undo,
    /// Do it again.
    Redo,
    /// Archive the records.
    BackUp,
    /// The sheet of checks of the convention shown, as PDF.
    Checks,
    /// The convention shown, as a Word file.
    Word,
    /// What is due, for other calendars.
    Agenda,
    /// Theme, zoom and shortcuts.
    Display,
    /// Another workspace.
    Another,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Something is typed.
    Query(String),
    /// The next answer, or the one before.
    Step {
        /// The next.
        down: bool,
    },
    /// What can be done with the answer chosen, or the answers again.
    Acts,
    /// Enter.
    Take,
    /// An answer was clicked, by rank.
    Choose(usize),
    /// No, after all.
    Close,
}

/// What the palette asks of the desk.
pub enum Wish {
    /// Nothing.
    None,
    /// To have that answer in sight.
    Reveal(iced::Task<Message>),
    /// To be closed.
    Close,
    /// To be closed, and that to be done.
    Go(Goes),
}

impl Finder {
    /// The palette with nothing typed.
    #[must_use]
    pub fn new(session: &Session) -> Self {
        Self {
            query: String::new(),
            hits: answers("", session),
            here: 0,
            acts: None,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Wish {
        match message {
            Message::Query(query) => {
                self.hits = answers(&query, session);
                self.query = query;
                self.here = 0;
                self.acts = None;
                Wish::Reveal(reveal_named(row_id(0)))
            }
            Message::Step { down } => {
                let (here, count) = match &mut self.acts {
                    Some(acts) => (&mut acts.here, acts.all.len()),
                    None => (&mut self.here, self.hits.len()),
                };
                *here = match down {
                    true => (*here + 1).min(count.saturating_sub(1)),
                    false => here.saturating_sub(1),
                };
                Wish::Reveal(reveal_named(row_id(*here)))
            }
            Message::Acts => {
                self.acts = match (&self.acts, self.hits.get(self.here)) {
                    (None, Some(hit)) => Some(Acts {
                        all: acts::acts_on(hit, session),
                        here: 0,
                    }),
                    _ => None,
                };
                Wish::Reveal(reveal_named(row_id(if self.acts.is_some() {
                    0
                } else {
                    self.here
                })))
            }
            Message::Take => self.go(match &self.acts {
                Some(acts) => acts.here,
                None => self.here,
            }),
            Message::Choose(rank) => self.go(rank),
            Message::Close if self.leave_acts() => Wish::Reveal(focus(QUERY)),
            Message::Close => Wish::Close,
        }
    }

    fn go(&self, rank: usize) -> Wish {
        let goes = match &self.acts {
            Some(acts) => acts.all.get(rank).map(|act| &act.goes),
            None => self.hits.get(rank).map(|hit| &hit.goes),
        };
        goes.map_or(Wish::None, |goes| Wish::Go(goes.clone()))
    }

    /// Back from what can be done with an answer to the answers; whether one was there.
    fn leave_acts(&mut self) -> bool {
        self.acts.take().is_some()
    }

    /// The palette, in front of the page.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let card = responsive(move |room| self.card(room.height, palette));
        let place = container(card).padding([56, 24]).width(Fill).height(Fill);
        Dialog::bare(place, Message::Close)
    }

    /// What is asked, what answers, what the keys do; as high as that at most.
    fn card(&self, height: f32, palette: Palette) -> Element<'_, Message> {
        let (found, keys) = match (&self.acts, self.hits.get(self.here)) {
            (Some(acts), Some(hit)) => (
                listed_acts(acts, hit, palette),
                "↑ ↓ choisir · Entrée faire · Tab ou Échap revenir aux réponses",
            ),
            _ => (
                self.answers(palette),
                "↑ ↓ choisir · Entrée ouvrir · Tab agir · Échap fermer",
            ),
        };
        let found = scroll(container(found).padding(10), "finder", palette).height(iced::Shrink);
        let query = field(
            &self.query,
            "Rechercher un écran, un partenaire, une convention, une commande…",
            QUERY,
            palette,
            Message::Query,
        )
        .face(crate::app::fonts::SANS, 17.0)
        .on_submit(Message::Take);

        let card = container(column![
            container(query).padding(10),
            rule::horizontal(1).style(move |_| palette.hairline()),
            container(found).max_height(height - AROUND),
            rule::horizontal(1).style(move |_| palette.hairline()),
            container(text(keys).size(13).color(palette.muted)).padding([8, 16]),
        ])
        .max_width(680)
        .style(move |_| raised(palette));
        container(crisp(card, palette)).center_x(Fill).into()
    }

    /// The answers, under their headings.
    fn answers(&self, palette: Palette) -> Element<'_, Message> {
        if self.hits.is_empty() {
            return text("Rien ne répond à cette recherche.")
                .size(15)
                .color(palette.muted)
                .into();
        }
        let mut lines = Column::new().spacing(2);
        let mut group = "";
        for (rank, hit) in self.hits.iter().enumerate() {
            if hit.group != group {
                group = hit.group;
                lines = lines.push(heading(group, palette));
            }
            lines = lines.push(self.line(rank, hit, palette));
        }
        lines.into()
    }

    fn line<'a>(&self, rank: usize, hit: &'a Hit, palette: Palette) -> Element<'a, Message> {
        let here = rank == self.here;
        let words = row![
            container(touched(&hit.title, palette).color(palette.ink)).max_width(TITLE),
            touched(&hit.detail, palette)
                .size(14.0)
                .color(palette.muted)
                .width(Fill),
            text(if here { "Tab" } else { "" })
                .size(13)
                .color(palette.muted),
        ]
        .spacing(10)
        .align_y(Center);
        row_button(words, here, palette)
            .id(row_id(rank))
            .on_press(Message::Choose(rank))
            .into()
    }
}

fn heading<'a>(words: &'a str, palette: Palette) -> Element<'a, Message> {
    let words = text(words).size(13).font(STRONG).color(palette.muted);
    container(words).padding([6, 10]).into()
}

/// What can be done with an answer.
fn listed_acts<'a>(acts: &'a Acts, hit: &'a Hit, palette: Palette) -> Element<'a, Message> {
    let lines = acts.all.iter().enumerate().map(|(rank, act)| {
        row_button(text(&act.label).size(15), rank == acts.here, palette)
            .id(row_id(rank))
            .on_press(Message::Choose(rank))
            .into()
    });
    column![
        heading(&hit.title.text, palette),
        Column::with_children(lines).spacing(2),
    ]
    .into()
}

/// Words on one line, what was looked for in bold.
fn touched(passage: &Passage, palette: Palette) -> Words<'_> {
    words(passage.text.as_str()).touched(passage.touched.as_slice(), palette.accent)
}

/// What stands above and below the answers, in pixels.
const AROUND: f32 = 100.0;

/// The room of a title at most, in pixels: what is said of it stands beside.
const TITLE: f32 = 520.0;

fn row_id(rank: usize) -> Id {
    Id::from(format!("finder.row.{rank}"))
}

/// What answers those words: what is called so, pages first and commands last, then what only says it. A page that has
/// them inside a word (« eau » in « Tableau de bord ») is nobody's first thought. With none, pages and commands.
#[must_use]
pub fn answers(query: &str, session: &Session) -> Vec<Hit> {
    let folded = fold(query);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |key: &str| words.iter().all(|word| key.contains(word));
    let named = |hit: &Hit| holds(&fold(&format!("{} {}", hit.title.text, hit.detail.text)));
    let query = Query::new(query);
    let shown = |hit: Hit| Hit {
        title: whole(&hit.title.text, &query),
        ..hit
    };

    let found = session
        .library()
        .find(&query, OF_A_GROUP, session.records(), session.reference());
    let (by_name, in_text): (Vec<_>, Vec<_>) = found
        .into_iter()
        .flat_map(|(_, found)| found)
        .partition(|it| it.by_name);
    let hits_of = |found: Vec<Found>| {
        found
            .into_iter()
            .filter_map(|found| of_found(found, session))
    };

    let begins = |hit: &Hit| {
        let title = format!(" {}", fold(&hit.title.text));
        words.iter().all(|word| title.contains(&format!(" {word}")))
    };
    let (pages, others): (Vec<Hit>, Vec<Hit>) = pages().filter(named).partition(begins);

    let mut hits: Vec<Hit> = pages.into_iter().map(shown).collect();
    hits.extend(hits_of(by_name));
    hits.extend(others.into_iter().map(shown).map(|hit| Hit {
        group: "Autres écrans",
        ..hit
    }));
    hits.extend(commands(session).filter(named).map(shown));
    hits.extend(hits_of(in_text));
    // Each family once, under its heading.
    let order: Vec<&str> = hits.iter().map(|hit| hit.group).collect();
    hits.sort_by_key(|hit| order.iter().position(|group| *group == hit.group));
    hits
}

/// What was found, as a line: where it leads, and where the words stand.
fn of_found(found: Found, session: &Session) -> Option<Hit> {
    let slug = |id: &str| Some(Slug::of(id));
    let route = match &found.target {
        Target::Record(name) => match name.kind {
            Kind::Partner => Route::Partner(name.id),
            Kind::Convention => Route::Convention(name.id),
            Kind::Contact => match session.records().contact(name.id)?.holder {
                Some(partner) => Route::Partner(partner),
                None => Route::Settings,
            },
            Kind::Budget => Route::Budget(name.id),
            Kind::Term => match &session.records().term(name.id)?.about {
                Some(entry) if session.reference().legal(entry).is_some() => {
                    Route::Law(slug(entry))
                }
                Some(entry) => Route::Glossary(slug(entry)),
                None => Route::Glossary(slug(&name.id.to_string())),
            },
            Kind::Authority | Kind::Version | Kind::Clause | Kind::Posting => return None,
        },
        Target::Text(id) => Route::Law(slug(id)),
        Target::Term(id) => Route::Glossary(slug(id)),
        Target::Organisation(id) => Route::Resource(Topic::Networks, Slug::of(id)),
        Target::Origin(id) => Route::Resource(Topic::Origins, Slug::of(id)),
        Target::Reason(id) => Route::Resource(Topic::Reasons, Slug::of(id)),
        Target::Example(id) => Route::Resource(Topic::Examples, Slug::of(id)),
        Target::Country(id) => Route::Resource(Topic::Countries, Slug::of(id)),
    };
    let detail = match found.passage {
        Some(place) => match place.label {
            Some(label) => behind(&format!("{label} · "), place.passage),
            None => place.passage,
        },
        None => told(about(&found.target, session)),
    };
    Some(Hit {
        group: found.target.group().label(),
        title: found.title,
        detail,
        target: Some(found.target),
        goes: Goes::Page(route),
    })
}

/// Words in which nothing was looked for.
fn told(words: impl Into<String>) -> Passage {
    Passage {
        text: words.into(),
        touched: Vec::new(),
    }
}

/// A passage after a few words.
fn behind(words: &str, passage: Passage) -> Passage {
    let along = words.len();
    Passage {
        text: format!("{words}{}", passage.text),
        touched: (passage.touched.into_iter())
            .map(|it| it.start + along..it.end + along)
            .collect(),
    }
}

/// What else to know of what is found by its name.
fn about(target: &Target, session: &Session) -> String {
    let (records, reference) = (session.records(), session.reference());
    let known = match target {
        Target::Record(name) => match name.kind {
            Kind::Partner => records
                .partner(name.id)
                .and_then(|it| reference.country(it.country.as_deref()?))
                .map(|country| country.name.text.clone()),
            Kind::Convention => records
                .convention(name.id)
                .map(|it| session.stage(it).label().to_owned()),
            Kind::Contact => records
                .contact(name.id)
                .and_then(|contact| contact.function.clone()),
            _ => None,
        },
        Target::Text(id) => reference.legal(id).map(|text| text.reference.clone()),
        Target::Country(id) => reference.country(id).map(|it| it.region.clone()),
        _ => None,
    };
    known.unwrap_or_default()
}

fn pages() -> impl Iterator<Item = Hit> {
    let places = crate::app::frame::PLACES
        .into_iter()
        .map(|place| (place.name, place.route));
    let beginnings = [
        ("Nouvelle convention", Route::Begin(How::Written)),
        (
            "Reprendre une convention signée",
            Route::Begin(How::TakenOver),
        ),
        (
            "Budgets consolidés, plafonds 1\u{202f}%",
            Route::Consolidated,
        ),
        ("Exporter toutes les conventions", Route::ExportAll),
        ("À propos, accessibilité, licences", Route::About),
        ("Importer une convention d’un PDF", Route::TakeIn),
    ];
    let shelves = Topic::ALL.map(|topic| (topic.label(), Route::Resources(topic)));
    let imports = [
        ("Importer des partenaires", Tables::Partners),
        ("Importer des conventions", Tables::Conventions),
        ("Importer un budget", Tables::Budget),
        (
            "Importer des réalisations (engagements, mandats)",
            Tables::Done,
        ),
    ];
    let imports = imports.map(|(name, kind)| (name, Route::Import(kind)));
    let shown = places
        .chain(beginnings)
        .chain(imports)
        .chain(shelves)
        .map(|(name, route)| (name, Goes::Page(route)));
    let asked = [
        ("Nouveau partenaire", Goes::NewPartner),
        ("Nouveau budget", Goes::NewBudget),
    ];
    shown.chain(asked).map(|(name, goes)| Hit {
        group: "Écrans",
        title: told(name),
        detail: told(""),
        target: None,
        goes,
    })
}

fn commands(session: &Session) -> impl Iterator<Item = Hit> {
    let history = session.history();
    let undo = history
        .undo_label()
        .map(|what| format!("Annuler\u{a0}: {what}"));
    let redo = history
        .redo_label()
        .map(|what| format!("Rétablir\u{a0}: {what}"));
    let archive = (!session.is_read_only()).then(|| "Sauvegarder maintenant".to_owned());
    [
        (
            Some("Enregistrer maintenant".to_owned()),
            "Ctrl+S",
            Command::Save,
        ),
        (undo, "Ctrl+Z", Command::Undo),
        (redo, "Ctrl+Maj+Z", Command::Redo),
        (archive, "", Command::BackUp),
        (
            Some("Fiche de vérification de la convention ouverte".to_owned()),
            "PDF",
            Command::Checks,
        ),
        (
            Some("Exporter pour Word la convention ouverte".to_owned()),
            "DOCX",
            Command::Word,
        ),
        (
            Some("Exporter l’agenda".to_owned()),
            "iCalendar",
            Command::Agenda,
        ),
        (
            Some("Thème, zoom et raccourcis".to_owned()),
            "F1",
            Command::Display,
        ),
        (
            Some("Ouvrir un autre espace".to_owned()),
            "Ctrl+O",
            Command::Another,
        ),
    ]
    .into_iter()
    .filter_map(|(title, keys, command)| {
        Some(Hit {
            group: "Commandes",
            title: told(title?),
            detail: told(keys),
            target: None,
            goes: Goes::Command(command),
        })
    })
}
