//! The palette (Ctrl+K): one field from which everything is reached.
//!
//! [`answers`] is the seam: it turns what is typed into [`Hit`]s and knows nothing of the window. It looks among
//! pages and commands by their names, and for the rest asks the session's library ([`crate::search`]).

use iced::widget::{Column, Id, column, container, row, rule, text};
use iced::{Center, Element, Fill, Top};

use crate::app::fonts::STRONG;
use crate::app::route::{Route, Topic};
use crate::app::screen::begin::How;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, field, raised, reveal_named, row_button, scroll};
use crate::model::{Kind, fold};
use crate::search::{Found, Query, Target};

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
}

/// An answer.
#[derive(Debug, Clone, PartialEq)]
pub struct Hit {
    /// What heads it: « Partenaires ».
    pub group: &'static str,
    /// What it is.
    pub title: String,
    /// What else to know, in muted ink.
    pub detail: String,
    /// What choosing it does.
    pub goes: Goes,
}

/// What an answer does.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Goes {
    /// Shows a page.
    Page(Route),
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
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Wish {
        match message {
            Message::Query(query) => {
                self.hits = answers(&query, session);
                self.query = query;
                self.here = 0;
                Wish::Reveal(reveal_named(row_id(0)))
            }
            Message::Step { down } => {
                let last = self.hits.len().saturating_sub(1);
                self.here = match down {
                    true => (self.here + 1).min(last),
                    false => self.here.saturating_sub(1),
                };
                Wish::Reveal(reveal_named(row_id(self.here)))
            }
            Message::Take => self.go(self.here),
            Message::Choose(rank) => self.go(rank),
            Message::Close => Wish::Close,
        }
    }

    fn go(&self, rank: usize) -> Wish {
        self.hits
            .get(rank)
            .map_or(Wish::None, |hit| Wish::Go(hit.goes))
    }

    /// The palette, in front of the page.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let mut lines = Column::new().spacing(2);
        let mut group = "";
        for (rank, hit) in self.hits.iter().enumerate() {
            if hit.group != group {
                group = hit.group;
                let heading = text(group).size(13).font(STRONG).color(palette.muted);
                lines = lines.push(container(heading).padding([6, 10]));
            }
            lines = lines.push(self.line(rank, hit, palette));
        }
        let found: Element<'_, Message> = if self.hits.is_empty() {
            text("Rien ne répond à cette recherche.")
                .size(15)
                .color(palette.muted)
                .into()
        } else {
            lines.into()
        };
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
            scroll(container(found).padding(10), "finder", palette).height(iced::Shrink),
            rule::horizontal(1).style(move |_| palette.hairline()),
            container(
                text("↑ ↓ choisir · Entrée ouvrir · Échap fermer")
                    .size(13)
                    .color(palette.muted)
            )
            .padding([8, 16]),
        ])
        .max_width(680)
        .style(move |_| raised(palette));
        let place = container(card)
            .padding([56, 24])
            .width(Fill)
            .height(Fill)
            .align_x(Center)
            .align_y(Top);
        Dialog::bare(place, Message::Close)
    }

    fn line<'a>(&self, rank: usize, hit: &'a Hit, palette: Palette) -> Element<'a, Message> {
        let here = rank == self.here;
        let words = row![
            text(&hit.title).size(15).font(STRONG),
            text(&hit.detail).size(14).color(palette.muted).width(Fill),
            text(if here { "Entrée" } else { "" })
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

fn row_id(rank: usize) -> Id {
    Id::from(format!("finder.row.{rank}"))
}

/// What answers those words: pages, partners and conventions by name, commands. With none, pages and commands.
#[must_use]
pub fn answers(query: &str, session: &Session) -> Vec<Hit> {
    let folded = fold(query);
    let words: Vec<&str> = folded.split_whitespace().collect();
    let holds = |key: &str| words.iter().all(|word| key.contains(word));
    let named = |hit: &Hit| holds(&fold(&format!("{} {}", hit.title, hit.detail)));

    let found = session.library().find(
        &Query::new(query),
        OF_A_GROUP,
        session.records(),
        session.reference(),
    );
    let (by_name, in_text): (Vec<_>, Vec<_>) = found
        .into_iter()
        .flat_map(|(_, found)| found)
        .partition(|it| it.by_name);
    let hits_of = |found: Vec<Found>| {
        found
            .into_iter()
            .filter_map(|found| of_found(found, session))
    };

    let mut hits: Vec<Hit> = pages().filter(named).collect();
    hits.extend(hits_of(by_name));
    // What is called so comes before what only says it: each family once, under its heading.
    hits.extend(hits_of(in_text));
    let order: Vec<&str> = hits.iter().map(|hit| hit.group).collect();
    hits.sort_by_key(|hit| order.iter().position(|group| *group == hit.group));
    hits.extend(commands(session).filter(named));
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
            Kind::Authority | Kind::Version | Kind::Clause => return None,
        },
        Target::Text(id) => Route::Law(slug(id)),
        Target::Term(id) => Route::Glossary(slug(id)),
        Target::Organisation(_) => Route::Resources(Topic::Networks),
        Target::Origin(_) => Route::Resources(Topic::Origins),
        Target::Reason(_) => Route::Resources(Topic::Reasons),
        Target::Example(_) => Route::Resources(Topic::Examples),
        Target::Country(_) => Route::Resources(Topic::Countries),
    };
    let detail = match found.passage {
        Some(place) => match place.label {
            Some(label) => format!("{label} · {}", place.passage.text),
            None => place.passage.text,
        },
        None => about(&found.target, session),
    };
    Some(Hit {
        group: found.target.group().label(),
        title: found.title.text,
        detail,
        goes: Goes::Page(route),
    })
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
        ("Exporter toutes les conventions", Route::ExportAll),
        ("Importer une convention d’un PDF", Route::TakeIn),
    ];
    places.chain(beginnings).map(|(name, route)| Hit {
        group: "Écrans",
        title: name.to_owned(),
        detail: String::new(),
        goes: Goes::Page(route),
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
            title: title?,
            detail: keys.to_owned(),
            goes: Goes::Command(command),
        })
    })
}
