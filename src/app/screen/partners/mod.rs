//! The list of partners and other bodies: filtered key by key, in French order, what calls for attention at the right.

mod line;
mod new;

use std::collections::BTreeMap;
use std::sync::Arc;

use iced::widget::scrollable::Viewport;
use iced::widget::{Id, column, container, responsive, text};
use iced::{Element, Fill, Task};

use super::{Action, Notice, Screen, stepped, towns};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::Typing;
use crate::app::widget::{
    Dialog, LongList, button, field, head, pane, reveal_named, segmented, strong,
};
use crate::exchange::import::Kind as Tables;
use crate::model::{
    Change, Id as RecordKey, Kind, Nature, Partner, Record, RecordId, fold, quoted, sort_key,
};

use self::new::New;

pub use self::line::row_id;

/// The height of a row, in pixels.
const ROW: f32 = 59.0;

/// The list of partners.
#[derive(Debug)]
pub struct Partners {
    search: String,
    kindred: Kindred,
    /// All bodies in French order, with what a search reads of each.
    known: Vec<Known>,
    shown: Vec<RecordKey>,
    list: LongList,
    new: Option<New>,
}

/// A body as the filter knows it: read of its record once.
#[derive(Debug)]
struct Known {
    id: RecordKey,
    record: Arc<Record>,
    kindred: Kindred,
    /// Names, town, country and themes, folded.
    key: String,
    /// By which French orders the name under which it is listed.
    rank: Vec<u8>,
    /// By which it orders its country.
    country: Vec<u8>,
}

/// Bodies that are looked at together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kindred {
    /// All.
    All,
    /// Local authorities, foreign and French.
    Authorities,
    /// Associations.
    Associations,
    /// Those who pay: States, organisations, public bodies, companies.
    Funders,
    /// Embassies and consulates.
    Posts,
}

impl Known {
    fn of(record: &Arc<Record>, session: &Session) -> Option<Self> {
        let Record::Partner(partner) = record.as_ref() else {
            return None;
        };
        Some(Self {
            id: partner.id,
            record: Arc::clone(record),
            kindred: Kindred::of(partner.nature),
            key: key(partner, session),
            rank: sort_key(called(partner)),
            country: country_of(partner, session)
                .map(sort_key)
                .unwrap_or_default(),
        })
    }
}

impl Kindred {
    const ALL: [Self; 5] = [
        Self::All,
        Self::Authorities,
        Self::Associations,
        Self::Funders,
        Self::Posts,
    ];

    const fn of(nature: Nature) -> Self {
        match nature {
            Nature::ForeignAuthority | Nature::FrenchAuthority | Nature::DeconcentratedBody => {
                Self::Authorities
            }
            Nature::Association => Self::Associations,
            Nature::State
            | Nature::InternationalOrganisation
            | Nature::PublicBody
            | Nature::Private => Self::Funders,
            Nature::DiplomaticPost => Self::Posts,
        }
    }

    const fn label(self) -> &'static str {
        match self {
            Self::All => "Tous",
            Self::Authorities => "Collectivités",
            Self::Associations => "Associations",
            Self::Funders => "Cofinanceurs",
            Self::Posts => "Postes diplomatiques",
        }
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// Other bodies are looked at.
    Kindred(Kindred),
    /// The first that answers is opened.
    First,
    /// A partner's sheet.
    Open(RecordKey),
    /// The keyboard moves from that row to another.
    Step {
        /// From this row, or from the field above them.
        from: Option<usize>,
        /// Down, or up.
        down: bool,
    },
    /// The list was scrolled.
    Scrolled(Viewport),
    /// A table of them is to be imported.
    Import,
    /// A new partner is asked for.
    New,
    /// Its name is typed.
    Name(Typing),
    /// Among the towns of that name.
    Towns(towns::Message),
    /// What it is in law is chosen.
    Nature(Nature),
    /// Its country is chosen.
    Country(String),
    /// It is created.
    Create,
    /// It is not.
    Cancel,
}

impl Partners {
    /// The list, before it is first shown: [`Self::follow`] fills it.
    #[must_use]
    pub fn new() -> Self {
        Self {
            search: String::new(),
            kindred: Kindred::All,
            known: Vec::new(),
            shown: Vec::new(),
            list: LongList::new("partners.list", ROW),
            new: None,
        }
    }

    /// The page comes back: the list is where it was left, and the one whose sheet is shown is in sight.
    pub fn arrive(&mut self, chosen: Option<RecordKey>) -> Task<Message> {
        let stay = self.list.stay();
        let shown = chosen.map_or_else(Task::none, |id| reveal_named(row_id(id)));
        match self.shown.iter().position(|id| Some(*id) == chosen) {
            Some(rank) => stay.chain(self.list.reveal(rank)).chain(shown),
            None => stay,
        }
    }

    /// Where the keyboard begins: at the row of the partner that one comes from, else at the search; at the first partner
    /// to be added, while there is none.
    pub fn first(&self, from: Option<RecordKey>, session: &Session) -> Id {
        if session.records().count(Kind::Partner) == 0 {
            return Id::new(FIRST);
        }
        let row = from.filter(|from| self.shown.contains(from));
        row.map_or(Id::new(SEARCH), row_id)
    }

    /// What answers the search, where every word is found.
    fn filter(&mut self) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let mut shown: Vec<&Known> = self
            .known
            .iter()
            .filter(|it| self.kindred == Kindred::All || it.kindred == self.kindred)
            .filter(|it| words.iter().all(|word| it.key.contains(word)))
            .collect();
        if self.kindred == Kindred::Posts {
            shown.sort_by(|one, other| one.country.cmp(&other.country));
        }
        self.shown = shown.into_iter().map(|it| it.id).collect();
        self.list.holds(self.shown.len());
    }
}

impl Screen for Partners {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "partners"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => {
                self.search = search;
                self.filter();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Kindred(kindred) => {
                self.kindred = kindred;
                self.filter();
                vec![Action::Run(self.list.rewind())]
            }
            Message::First => {
                let first = self.shown.first().copied().map(Route::Partner);
                first.map(Action::Go).into_iter().collect()
            }
            Message::Open(id) => vec![Action::Go(Route::Partner(id))],
            Message::Step { from, down } => {
                let row = |rank| self.shown.get(rank).copied().map(row_id);
                stepped(&mut self.list, (from, down), row, SEARCH)
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
            Message::New if session.is_read_only() => vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: rien n’y est ajouté.",
            ))],
            Message::Import => vec![Action::Go(Route::Import(Tables::Partners))],
            Message::New => {
                self.new = Some(New::of(self.kindred));
                vec![Action::Focus(Id::new(new::NAME))]
            }
            Message::Name(typing) => {
                if let (Some(new), Typing::Typed(raw)) = (&mut self.new, typing) {
                    return vec![Action::Run(new.name(raw).map(Message::Towns))];
                }
                Vec::new()
            }
            Message::Towns(message) => {
                let Some(new) = &mut self.new else {
                    return Vec::new();
                };
                match message {
                    towns::Message::Found(asked, found) => new.towns.hear(asked, found),
                    towns::Message::Step { from, down } => {
                        let to = new.towns.step(from, down, Id::new(new::NAME));
                        return vec![Action::Focus(to)];
                    }
                    towns::Message::Choose(rank) => {
                        new.is_town(rank);
                        return vec![Action::Focus(Id::new(new::NAME))];
                    }
                }
                Vec::new()
            }
            Message::Nature(nature) => {
                if let Some(new) = &mut self.new {
                    new.nature = nature;
                }
                Vec::new()
            }
            Message::Country(country) => {
                if let Some(new) = &mut self.new {
                    new.country = Some(country);
                }
                Vec::new()
            }
            Message::Create => {
                let Some(new) = &mut self.new else {
                    return Vec::new();
                };
                let Some(partner) = new.partner(session) else {
                    return vec![Action::Focus(Id::new(new::NAME))];
                };
                self.new = None;
                let id = partner.id;
                let label = format!("Ajouter {}", quoted(&partner.name.text));
                vec![
                    Action::Edit(Change::create(label, Record::Partner(partner))),
                    Action::Go(Route::Partner(id)),
                ]
            }
            Message::Cancel => {
                self.new = None;
                Vec::new()
            }
        }
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        let mut before: BTreeMap<RecordKey, Known> = std::mem::take(&mut self.known)
            .into_iter()
            .map(|known| (known.id, known))
            .collect();
        self.known = session
            .records()
            .of_kind(Kind::Partner)
            .filter_map(|record| {
                let name = record.record_id();
                match before.remove(&name.id) {
                    Some(known) if Arc::ptr_eq(&known.record, record) => Some(known),
                    _ => Known::of(record, session),
                }
            })
            .collect();
        self.known.sort_by(|a, b| a.rank.cmp(&b.rank));
        self.filter();
        Task::none()
    }

    /// The list on a page of its own.
    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let is_empty = self.known.is_empty();
        let import = button("Importer…", palette).on_press(Message::Import);
        let new = strong("Nouveau partenaire", palette).on_press(Message::New);
        let acts = std::iter::once(import).chain((!is_empty).then_some(new));
        let acts = acts.filter(|_| !session.is_read_only());
        let search = (!is_empty).then(|| self.field(palette).width(300));
        let kindreds = (!is_empty).then(|| self.kindreds(palette));
        let page = column![head("Partenaires", search, acts)]
            .push(kindreds)
            .push(self.rows(None, session, palette));
        pane("partners", page.spacing(12))
            .padding([18, 24])
            .width(Fill)
            .height(Fill)
            .into()
    }

    /// What is asked of a new partner, in front of the page.
    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        self.new.as_ref().map(|new| new.dialog(session, palette))
    }
}

impl Partners {
    /// The list beside the sheet of one.
    #[must_use]
    pub fn beside<'a>(
        &'a self,
        chosen: RecordKey,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let list = column![
            self.field(palette).width(Fill),
            self.kindreds(palette),
            self.rows(Some(chosen), session, palette),
        ]
        .spacing(10);
        pane("partners", list)
            .padding([14, 10])
            .height(Fill)
            .style(move |_| palette.on(palette.surface))
            .into()
    }

    fn field<'a>(&self, palette: Palette) -> crate::app::widget::Field<'a, Message> {
        let example = "Filtrer\u{a0}: nom, pays, thème…";
        field(&self.search, example, SEARCH, palette, Message::Search)
            .on_submit(Message::First)
            .into_list(Message::Step {
                from: None,
                down: true,
            })
    }

    /// « Tous 14 », « Associations 3 ».
    fn kindreds<'a>(&self, palette: Palette) -> Element<'a, Message> {
        let options = Kindred::ALL.into_iter().filter_map(|kindred| {
            let count = match kindred {
                Kindred::All => self.known.len(),
                _ => self.known.iter().filter(|it| it.kindred == kindred).count(),
            };
            let is_shown = count > 0 || kindred == Kindred::All || kindred == self.kindred;
            is_shown.then(|| (kindred, format!("{} {count}", kindred.label())))
        });
        segmented(
            options,
            &self.kindred,
            "partners.kindred",
            palette,
            Message::Kindred,
        )
    }

    /// The country of the diplomatic posts that begin there; nothing beside those that follow, nor among other bodies.
    fn group<'a>(&self, rank: usize, session: &'a Session) -> Option<&'a str> {
        if self.kindred != Kindred::Posts {
            return None;
        }
        let country = |rank: usize| {
            let partner = session.records().partner(*self.shown.get(rank)?)?;
            Some(country_of(partner, session).unwrap_or("Pays non dit"))
        };
        let here = country(rank)?;
        let is_first = rank.checked_sub(1).and_then(country) != Some(here);
        Some(if is_first { here } else { "" })
    }

    fn rows<'a>(
        &'a self,
        chosen: Option<RecordKey>,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let remark = |words| text(words).size(16).color(palette.muted);
        if session.records().count(Kind::Partner) == 0 {
            return container(
                column![
                    remark("Ici se rangent les collectivités étrangères et les organismes avec lesquels vous travaillez."),
                    strong("Ajouter le premier partenaire", palette)
                        .on_press(Message::New)
                        .id(FIRST),
                ]
                .spacing(12),
            )
            .into();
        }
        if self.shown.is_empty() {
            return remark("Aucun partenaire ne répond à cette recherche.").into();
        }
        responsive(move |size| {
            self.list.view(
                move |rank| {
                    let partner = session.records().partner(*self.shown.get(rank)?)?;
                    let is_chosen = chosen == Some(partner.id);
                    let wide = size.width >= 640.0;
                    let group = self.group(rank, session).filter(|_| chosen.is_none());
                    let line = line::line(partner, rank, is_chosen, wide, group, session, palette);
                    Some((partner.id, line))
                },
                Message::Scrolled,
                palette,
            )
        })
        .into()
    }
}

/// The button by which the first partner is added.
const FIRST: &str = "partners.first";

/// Where the keyboard searches.
pub const SEARCH: &str = "partners.search";

/// What a search reads of a body: its names, town, country and themes, folded.
fn key(partner: &Partner, session: &Session) -> String {
    let records = session.records();
    let names = records.search_key(RecordId {
        kind: Kind::Partner,
        id: partner.id,
    });
    let mut key = names.unwrap_or_default().to_owned();
    let reference = session.reference();
    let country = country_of(partner, session);
    let themes = partner.themes.iter().filter_map(|it| reference.theme(it));
    for word in country
        .into_iter()
        .chain(themes.map(|theme| theme.label.as_str()))
    {
        key.push('\n');
        key.push_str(&fold(word));
    }
    key
}

/// How a partner is called: its short name where it has one.
#[must_use]
pub fn called(partner: &Partner) -> &str {
    let name = partner.short_name.as_ref().unwrap_or(&partner.name);
    &name.text
}

/// How French diplomacy names the country of a partner.
#[must_use]
pub fn country_of<'a>(partner: &Partner, session: &'a Session) -> Option<&'a str> {
    let country = session.reference().country(partner.country.as_deref()?)?;
    Some(&country.name.text)
}

/// Every nature, in the order in which it is offered.
pub const NATURES: [Nature; 9] = [
    Nature::ForeignAuthority,
    Nature::FrenchAuthority,
    Nature::Association,
    Nature::PublicBody,
    Nature::DeconcentratedBody,
    Nature::State,
    Nature::InternationalOrganisation,
    Nature::Private,
    Nature::DiplomaticPost,
];

/// What a nature is called.
#[must_use]
pub const fn nature(nature: Nature) -> &'static str {
    match nature {
        Nature::ForeignAuthority => "Collectivité étrangère",
        Nature::FrenchAuthority => "Collectivité française",
        Nature::Association => "Association",
        Nature::PublicBody => "Établissement public",
        Nature::DeconcentratedBody => "Administration déconcentrée",
        Nature::State => "État ou ministère",
        Nature::InternationalOrganisation => "Organisation internationale",
        Nature::Private => "Entreprise ou fondation",
        Nature::DiplomaticPost => "Poste diplomatique",
    }
}

/// Countries by their French names, in French order, to choose from.
pub fn countries(session: &Session) -> Vec<(String, &str)> {
    let mut all: Vec<(String, &str)> = session
        .reference()
        .countries()
        .iter()
        .map(|country| (country.id.clone(), country.name.text.as_str()))
        .collect();
    all.sort_by_cached_key(|(_, name)| sort_key(name));
    all
}
