//! The resources: where it comes from, why act, examples, networks, goals, countries.

mod countries;
mod goals;
mod networks;
mod note;
mod story;

use std::collections::{BTreeMap, BTreeSet};

use iced::widget::scrollable::Viewport;
use iced::widget::{Column, Container, Id, column, container, text};
use iced::{Element, Fill, Task};

use super::book;
use super::several::{self, Several};
use super::{Action, Screen, all};
use crate::app::fonts::STRONG;
use crate::app::route::{Route, Topic};
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, focus, focusable, pane, scroll, tabs};
use crate::model::Id as RecordKey;
use crate::reference::Need;

use self::note::Note;

/// The resources.
pub struct Resources {
    topic: Topic,
    /// The entry that one came for.
    here: Option<Slug>,
    need: Option<Need>,
    goal: Option<u8>,
    /// Under each goal, today and from 2000 to 2015.
    done: BTreeMap<u8, goals::Done>,
    done_then: BTreeMap<u8, Vec<RecordKey>>,
    /// What is looked for among the networks.
    sought: String,
    search: String,
    countries: Vec<Slug>,
    list: LongList,
    /// Countries in which the department has a partner.
    ours: BTreeSet<String>,
    only_ours: bool,
    /// The grants of the workspace.
    grants: Several,
    note: Note,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Another shelf.
    Topic(Topic),
    /// A need for which one turns to somebody, or all.
    Need(Option<Need>),
    /// What is done under a goal, shown or not.
    Goal(u8),
    /// About the note on why to act.
    Note(note::Message),
    /// A network is looked for.
    Seek(String),
    /// A country is looked for.
    Search(String),
    /// Only the countries of partners, or all.
    OnlyOurs(bool),
    /// The countries were scrolled.
    Scrolled(Viewport),
    /// Among the grants of the workspace.
    Grants(several::Message),
    /// Another entry of the resources.
    Entry(Topic, Slug),
    /// A text of law.
    Text(Slug),
    /// A term.
    Term(Slug),
    /// A convention.
    Convention(RecordKey),
    /// A partner.
    Partner(RecordKey),
    /// An address to be opened, once it is shown where it goes.
    Link(String),
}

impl Topic {
    /// All of them.
    pub const ALL: [Self; 6] = [
        Self::Origins,
        Self::Reasons,
        Self::Examples,
        Self::Networks,
        Self::Goals,
        Self::Countries,
    ];

    /// What it is called.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Origins => "D’où l’on vient",
            Self::Reasons => "Pourquoi agir",
            Self::Examples => "Exemples",
            Self::Networks => "Réseaux",
            Self::Goals => "ODD",
            Self::Countries => "Pays",
        }
    }

    /// What the shelf is for.
    const fn purpose(self) -> &'static str {
        match self {
            Self::Origins => {
                "Soixante ans d’action extérieure, et ce qu’elle change sur le territoire."
            }
            Self::Reasons => {
                "Huit raisons, chacune avec une phrase à dire, un argument, un exemple, et ce qui l’illustre chez nous."
            }
            Self::Examples => "Sept expériences racontées en 2009, à lire comme des repères datés.",
            Self::Networks => "À qui s’adresser, selon ce que l’on cherche.",
            Self::Goals => {
                "Les objectifs de développement durable et ce que nous faisons sous chacun\u{202f}; puis ceux du millénaire, pour les dossiers de 2000 à 2015."
            }
            Self::Countries => {
                "Les noms d’usage, les codes, et l’éligibilité à l’aide publique au développement, année par année."
            }
        }
    }
}

impl Resources {
    /// At that shelf.
    #[must_use]
    pub fn new(topic: Topic) -> Self {
        Self {
            topic,
            here: None,
            need: None,
            goal: None,
            done: BTreeMap::new(),
            done_then: BTreeMap::new(),
            sought: String::new(),
            search: String::new(),
            countries: Vec::new(),
            list: LongList::new("resources.countries", countries::ROW),
            ours: BTreeSet::new(),
            only_ours: false,
            grants: Several::new("resources.grants"),
            note: Note::default(),
        }
    }

    /// Shows that shelf.
    pub fn show(&mut self, topic: Topic) {
        self.topic = topic;
        self.here = None;
    }

    /// Shows an entry of that shelf, whatever was filtered out before.
    pub fn point_out(&mut self, topic: Topic, entry: Slug) {
        self.topic = topic;
        self.here = Some(entry);
        self.need = None;
        (self.search, self.only_ours) = (String::new(), false);
        self.sought.clear();
    }

    /// Where the keyboard goes when one arrives: to the entry pointed out, in sight, else to the shelves.
    pub fn first(&mut self) -> Task<Message> {
        let Some(entry) = self.here else {
            return focus(TABS);
        };
        let reveal = match self.rank(entry) {
            Some(rank) if self.topic == Topic::Countries => self.list.reveal(rank),
            _ => Task::none(),
        };
        reveal.chain(focus(entry_id(entry)))
    }

    fn rank(&self, country: Slug) -> Option<usize> {
        self.countries.iter().position(|it| *it == country)
    }
}

impl Screen for Resources {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "resources"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Topic(topic) => return vec![Action::Go(Route::Resources(topic))],
            Message::Need(need) => self.need = need,
            Message::Goal(goal) => self.goal = (self.goal != Some(goal)).then_some(goal),
            Message::Seek(sought) => self.sought = sought,
            Message::Search(search) => {
                self.search = search;
                self.select_countries(session.reference());
                return vec![Action::Run(self.list.rewind())];
            }
            Message::OnlyOurs(only_ours) => {
                self.only_ours = only_ours;
                self.select_countries(session.reference());
                return vec![Action::Run(self.list.rewind())];
            }
            Message::Scrolled(view) => self.list.scrolled(&view),
            Message::Grants(message) => {
                let opened = self.grants.update(message).map(Route::Convention);
                return opened.map(Action::Go).into_iter().collect();
            }
            Message::Entry(topic, entry) => {
                return vec![Action::Go(Route::Resource(topic, entry))];
            }
            Message::Text(text) => return vec![Action::Go(Route::Law(Some(text)))],
            Message::Term(term) => return vec![Action::Go(Route::Glossary(Some(term)))],
            Message::Convention(id) => return vec![Action::Go(Route::Convention(id))],
            Message::Partner(id) => return vec![Action::Go(Route::Partner(id))],
            Message::Note(message) => {
                return all(self.note.update(message, session), Message::Note);
            }
            Message::Link(address) => return vec![Action::Browse(address)],
        }
        Vec::new()
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.ours = session
            .records()
            .partners()
            .filter_map(|partner| partner.country.clone())
            .filter(|country| country != "FR")
            .collect();
        let grants = (session.records().conventions_sorted()).filter(|it| it.kind.is_grant());
        self.grants.hold(grants.map(|it| it.id).collect());
        self.done = goals::done(session.records());
        self.done_then =
            goals::done_then(session.records(), session.reference().millennium_goals());
        self.select_countries(session.reference());
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let shelves = tabs(
            Topic::ALL.map(|topic| (topic, topic.label().to_owned())),
            &self.topic,
            TABS,
            palette,
            Message::Topic,
        );
        let head = column![
            text("Ressources").size(24).font(STRONG),
            shelves,
            book::small(self.topic.purpose(), palette),
        ]
        .spacing(10);

        let shelf = match self.topic {
            Topic::Origins => shelf(self.origins(session, palette), palette),
            Topic::Reasons => shelf(self.reasons(session, palette), palette),
            Topic::Examples => shelf(self.examples(session, palette), palette),
            Topic::Networks => shelf(self.networks(session, palette), palette),
            Topic::Goals => shelf(self.goals(session, palette), palette),
            Topic::Countries => self.countries(session, palette),
        };
        pane(
            "resources",
            column![container(head).padding([0, 6]), shelf].spacing(14),
        )
        .padding(18)
        .width(Fill)
        .height(Fill)
        .into()
    }
}

/// Where a network, or a country, is looked for.
pub const SEARCH: &str = "resources.search";

/// Where the tabs are.
pub const TABS: &str = "resources.tabs";

fn shelf<'a>(content: Column<'a, Message>, palette: Palette) -> Element<'a, Message> {
    let content = container(content.spacing(14).max_width(860)).padding(6);
    scroll(content, "resources.page", palette).into()
}

/// Where the keyboard goes when one comes for an entry.
fn entry_id(entry: Slug) -> Id {
    Id::from(format!("resources.{}", entry.as_str()))
}

impl Resources {
    fn is_here(&self, id: &str) -> bool {
        self.here.is_some_and(|here| here.as_str() == id)
    }

    /// An entry of a shelf, on a card; the one that one came for stands out, and the keyboard is there.
    fn entry<'a>(
        &self,
        id: &str,
        content: Column<'a, Message>,
        palette: Palette,
    ) -> Element<'a, Message> {
        let card = card(content, palette);
        if self.is_here(id) {
            reached(id, card.style(move |_| palette.chosen_card()), palette)
        } else {
            card.into()
        }
    }

    /// The same, of what is on no card of its own.
    fn line<'a>(
        &self,
        id: &str,
        content: Element<'a, Message>,
        palette: Palette,
    ) -> Element<'a, Message> {
        if self.is_here(id) {
            let content = container(content).style(move |_| palette.on(palette.accent_soft));
            reached(id, content, palette)
        } else {
            content
        }
    }
}

/// What the keyboard goes to when one comes for it.
fn reached<'a>(
    id: &str,
    content: impl Into<Element<'a, Message>>,
    palette: Palette,
) -> Element<'a, Message> {
    focusable(content, palette.accent)
        .id(entry_id(Slug::of(id)))
        .into()
}

/// A thing of a shelf, on a card.
fn card<'a>(content: Column<'a, Message>, palette: Palette) -> Container<'a, Message> {
    container(content.spacing(8))
        .padding([14, 18])
        .width(Fill)
        .style(move |_| palette.card())
}
