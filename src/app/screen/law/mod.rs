//! The law: every text that the application knows, what it changes for a convention, where it stands.

mod sheet;

use std::collections::{BTreeMap, BTreeSet};

use iced::widget::{Column, Id, column, container, responsive, row, text};
use iced::{Element, Task};

use super::book::{self, NoteMessage, Notes};
use super::several::{self, Several};
use super::{Action, Notice, Screen};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::theme::Palette;
use crate::app::widget::{Choice, choice, field, goes_down, scroll, select, select_of, step};
use crate::check::{Applicable, applicable, cited_by};
use crate::model::{Convention, Id as RecordKey, fold, quoted};
use crate::reference::{Citations, LegalKind, LegalText, Reference, Status};

/// Below this height of the page, in pixels, filters are all lists that open.
const LOW: f32 = 720.0;

/// How wide that of the state is then, in pixels.
const SHORT: f32 = 104.0;

/// The law.
#[derive(Debug)]
pub struct Law {
    search: String,
    family: Option<Family>,
    kind: Option<LegalKind>,
    status: Option<Status>,
    /// The convention to which the texts shown apply, and why each does.
    of: Option<RecordKey>,
    applies: BTreeMap<Slug, Vec<String>>,
    shown: Vec<Slug>,
    here: Slug,
    /// The conventions that cite it.
    cited: Several,
    /// Those in which points to verify rest on it, and how many.
    resting: Vec<(RecordKey, usize)>,
    /// The conventions that one may ask the texts of.
    offered: Vec<Choice<'static, Option<RecordKey>>>,
    notes: Notes,
}

/// Families of themes, as one looks for them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Family {
    /// What allows to act.
    Basis,
    /// The ceilings of one per cent.
    OnePerCent,
    /// The prefect.
    Review,
    /// Grants to associations.
    Associations,
    /// Money.
    Budget,
}

impl Family {
    const ALL: [Self; 5] = [
        Self::Basis,
        Self::OnePerCent,
        Self::Review,
        Self::Associations,
        Self::Budget,
    ];

    const fn label(self) -> &'static str {
        match self {
            Self::Basis => "Base légale",
            Self::OnePerCent => "1\u{202f}%",
            Self::Review => "Contrôle de légalité",
            Self::Associations => "Associations",
            Self::Budget => "Budget",
        }
    }

    fn holds(self, text: &LegalText) -> bool {
        let themes: &[&str] = match self {
            Self::Basis => &["base légale", "historique"],
            Self::OnePerCent => &["plafonds", "1\u{202f}%", "eau-assainissement", "énergie"],
            Self::Review => &["contrôle de légalité", "délibération"],
            Self::Associations => &["subventions aux associations"],
            Self::Budget => &["budget", "M57", "CNCD et déclaration"],
        };
        text.themes.iter().any(|theme| themes.contains(&&**theme))
    }
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// A family of themes, or all.
    Family(Option<Family>),
    /// A kind of text, or all.
    Kind(Option<LegalKind>),
    /// A status, or all.
    Status(Option<Status>),
    /// Those that apply to a convention, or all.
    Of(Option<RecordKey>),
    /// A text is chosen.
    Open(Slug),
    /// The keyboard moves from that row to the next, or to the one before.
    Step {
        /// From this row, or from the field above them.
        from: Option<usize>,
        /// Down, or up.
        down: bool,
    },
    /// A convention.
    Convention(RecordKey),
    /// Among the conventions that cite the text.
    Cited(several::Message),
    /// A term of the glossary.
    Term(Slug),
    /// An address to be opened, once it is shown where it goes.
    Link(String),
    /// In the note on the text.
    Note(NoteMessage),
}

/// Where the search is typed.
pub const SEARCH: &str = "law.search";

/// Where the convention is chosen to which texts apply.
const OF: &str = "law.of";

impl Law {
    /// All texts.
    #[must_use]
    pub fn new() -> Self {
        Self {
            search: String::new(),
            family: None,
            kind: None,
            status: None,
            of: None,
            applies: BTreeMap::new(),
            shown: Vec::new(),
            here: Slug::of("cgct-l1115-1"),
            cited: Several::new("law.cited"),
            resting: Vec::new(),
            offered: Vec::new(),
            notes: Notes::default(),
        }
    }

    /// Shows that text; the one shown last when none is asked for.
    pub fn show(&mut self, text: Option<Slug>) {
        self.here = text.unwrap_or(self.here);
    }

    /// Looks up what is shown of the text chosen beside itself.
    fn look(&mut self, session: &Session) {
        self.notes.show(self.here, session);
        self.cited.hold(citing(self.here.as_str(), session));
        self.resting = resting_on(self.here.as_str(), session);
    }

    /// Shows the texts that apply to that convention.
    pub fn show_of(&mut self, convention: RecordKey, session: &Session) {
        self.of = Some(convention);
        (self.search, self.family) = (String::new(), None);
        (self.kind, self.status) = (None, None);
        self.refresh(session);
        if let Some(first) = self
            .shown
            .first()
            .filter(|_| !self.shown.contains(&self.here))
        {
            self.here = *first;
        }
    }

    /// Records changed.
    fn refresh(&mut self, session: &Session) {
        self.offered = conventions(session).collect();
        self.apply(session);
        self.select(session.reference());
        self.look(session);
    }

    /// Where the keyboard goes when one arrives.
    #[must_use]
    pub fn first(&self) -> Id {
        row_id(self.here)
    }

    /// Looks up what applies to the convention chosen.
    fn apply(&mut self, session: &Session) {
        let records = session.records();
        let convention = self.of.and_then(|id| records.convention(id));
        self.of = convention.map(|it| it.id);
        self.applies = convention
            .into_iter()
            .flat_map(|it| applicable(it, records, session.reference(), session.today()))
            .map(|Applicable { text, why }| (Slug::of(&text), why))
            .collect();
    }

    fn select(&mut self, reference: &Reference) {
        let search = fold(&self.search);
        let words: Vec<&str> = search.split_whitespace().collect();
        let answers = |text: &&LegalText| {
            let themes = text.themes.join(" ");
            let all = fold(&format!("{} {} {themes}", text.reference, text.title));
            // « L1115 » as one types it, « L. 1115 » as it is written.
            let close = all.replace("l ", "l");
            words
                .iter()
                .all(|word| all.contains(word) || close.contains(word))
        };
        self.shown = reference
            .legal_all()
            .iter()
            .filter(answers)
            .filter(|text| self.family.is_none_or(|family| family.holds(text)))
            .filter(|text| self.kind.is_none_or(|kind| text.kind == kind))
            .filter(|text| self.status.is_none_or(|status| stands(text, status)))
            .map(|text| Slug::of(&text.id))
            .filter(|text| self.of.is_none() || self.applies.contains_key(text))
            .collect();
    }
}

impl Screen for Law {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "list", "entry"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => self.search = search,
            Message::Family(family) => self.family = family,
            Message::Kind(kind) => self.kind = kind,
            Message::Status(status) => self.status = status,
            Message::Of(convention) => {
                self.of = convention;
                self.apply(session);
            }
            Message::Open(text) => return vec![Action::Go(Route::Law(Some(text)))],
            Message::Step { from, down } => {
                let to = step(from, down, self.shown.len());
                return match to.and_then(|to| self.shown.get(to)).copied() {
                    Some(text) => {
                        self.here = text;
                        self.look(session);
                        vec![Action::Focus(row_id(text))]
                    }
                    None => vec![Action::Focus(Id::new(SEARCH))],
                };
            }
            Message::Convention(id) => return vec![Action::Go(Route::Convention(id))],
            Message::Cited(message) => {
                let opened = self.cited.update(message).map(Route::Convention);
                return opened.map(Action::Go).into_iter().collect();
            }
            Message::Term(term) => return vec![Action::Go(Route::Glossary(Some(term)))],
            Message::Link(address) => return vec![Action::Browse(address)],
            Message::Note(message) => {
                let confirms = matches!(message, NoteMessage::Confirm);
                let mut actions = self.notes.update(message, self.here, session);
                if confirms && matches!(actions.first(), Some(Action::Focus(_))) {
                    let words =
                        "Indiquez qui a relu la source\u{a0}: son nom accompagne la confirmation.";
                    actions.push(Action::Notify(Notice::wary(words)));
                }
                return actions;
            }
        }
        self.select(session.reference());
        Vec::new()
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.refresh(session);
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        responsive(move |size| {
            let low = size.height < LOW;
            book::open(
                move |entry| self.list(entry, low, session, palette),
                move || self.sheet(session, palette),
                palette,
            )
        })
        .into()
    }
}

impl Law {
    /// The texts that are shown, each on its line; the entry under the line of the one chosen, if it is given. On a `low`
    /// page the filters leave room for them.
    fn list<'a>(
        &'a self,
        mut entry: Option<Element<'a, Message>>,
        low: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let reference = session.reference();
        let mut lines = Column::new().spacing(2).padding(5);
        for (rank, slug) in self.shown.iter().enumerate() {
            let Some(text) = reference.legal(slug.as_str()) else {
                continue;
            };
            let why = self.applies.get(slug).and_then(|why| why.first());
            let line = book::line(
                &text.reference,
                Some(why.unwrap_or(&text.title)),
                Some(book::status_tag(shown_status(text), palette)),
                *slug == self.here,
                palette,
            )
            .id(row_id(*slug))
            .on_press(Message::Open(*slug))
            .focusable()
            .in_list("law", *slug == self.here)
            .on_key(move |key| {
                goes_down(key).map(|down| Message::Step {
                    from: Some(rank),
                    down,
                })
            });
            let below = entry.take_if(|_| *slug == self.here);
            lines = lines.push(line).push(below);
        }
        let found: Element<'_, Message> = if self.shown.is_empty() {
            text("Aucun texte ne répond à cette recherche.")
                .size(15)
                .color(palette.muted)
                .into()
        } else {
            scroll(lines, "law.list", palette).into()
        };

        let into_list = Message::Step {
            from: None,
            down: true,
        };
        column![
            text("Cadre juridique").size(22).font(STRONG),
            field(
                &self.search,
                "Numéro, mot, thème…",
                SEARCH,
                palette,
                Message::Search
            )
            .on_submit(into_list.clone())
            .into_list(into_list),
            self.filters(low, reference, palette),
            found,
        ]
        .spacing(12)
        .into()
    }
}

impl Law {
    /// Which texts are shown; on a low page, on as few lines as it takes.
    fn filters<'a>(
        &'a self,
        low: bool,
        reference: &Reference,
        palette: Palette,
    ) -> Element<'a, Message> {
        let count = reference.legal_all().len();
        let kind = select(
            kinds(),
            Some(&self.kind),
            "law.kind",
            palette,
            Message::Kind,
        );
        let status = select(
            statuses(),
            Some(&self.status),
            "law.status",
            palette,
            Message::Status,
        );
        let of = select_of(
            self.offered.as_slice(),
            Some(&self.of),
            OF,
            palette,
            Message::Of,
        );
        if low {
            let every = std::iter::once((None, format!("Les {count} textes")));
            let family = select(
                every.chain(Family::ALL.map(|it| (Some(it), it.label().to_owned()))),
                Some(&self.family),
                "law.family",
                palette,
                Message::Family,
            );
            return column![
                row![family, kind].spacing(8),
                row![of, container(status).width(SHORT)].spacing(8),
            ]
            .spacing(8)
            .into();
        }
        let all = choice(format!("Tous {count}"), self.family.is_none(), palette)
            .on_press(Message::Family(None));
        let families = Family::ALL.map(|family| {
            choice(family.label(), self.family == Some(family), palette)
                .on_press(Message::Family(Some(family)))
                .into()
        });
        column![
            book::flow(std::iter::once(all.into()).chain(families)),
            row![kind, status].spacing(8),
            of,
        ]
        .spacing(12)
        .into()
    }
}

/// The conventions that cite a text, in the order of their titles.
fn citing(text: &str, session: &Session) -> Vec<RecordKey> {
    let records = session.records();
    let citations = Citations::of(session.reference().legal_all());
    // Those that write its figures somewhere are few; whether they cite it is read in them.
    let writing: BTreeSet<RecordKey> = citations
        .numbers_of(text)
        .flat_map(|it| {
            session
                .library()
                .conventions_that_say(it.digits(), usize::MAX)
        })
        .collect();
    let rests = |it: &Convention| {
        it.visas
            .iter()
            .any(|visa| visa.basis.as_deref() == Some(text))
    };
    records
        .conventions_sorted()
        .filter(|it| {
            rests(it) || (writing.contains(&it.id) && cited_by(it, &citations).contains(text))
        })
        .map(|it| it.id)
        .collect()
}

/// The conventions in which points to verify rest on a text, in the order of their titles, and how many do.
fn resting_on(text: &str, session: &Session) -> Vec<(RecordKey, usize)> {
    let conventions = session.records().conventions_sorted();
    let counted = conventions.map(|it| {
        let points = session.findings(it.id).iter();
        let resting = points.filter(|it| it.set_aside.is_none() && it.basis.contains(&text));
        (it.id, resting.count())
    });
    counted.filter(|(_, count)| *count > 0).collect()
}

fn conventions(session: &Session) -> impl Iterator<Item = Choice<'static, Option<RecordKey>>> {
    let all = (None, "Toute convention".into());
    let records = session.records();
    let each = records.conventions_sorted().map(|it| {
        let words = format!("Applicables à {}", quoted(&records.short_title(it)));
        (Some(it.id), words.into())
    });
    std::iter::once(all).chain(each)
}

fn kinds() -> impl Iterator<Item = (Option<LegalKind>, String)> {
    let all = (None, "Tout genre".to_owned());
    std::iter::once(all)
        .chain(LegalKind::ALL.map(|kind| (Some(kind), crate::app::text::capital(kind.label()))))
}

fn statuses() -> impl Iterator<Item = (Option<Status>, String)> {
    let all = (None, "Tout état".to_owned());
    std::iter::once(all)
        .chain(Status::ALL.map(|status| (Some(status), crate::app::text::capital(status.label()))))
}

/// What is shown of where a text stands: what was not read is to be confirmed, whatever it says.
fn shown_status(text: &LegalText) -> Status {
    if text.is_certain() {
        text.status
    } else {
        Status::ToConfirm
    }
}

fn stands(text: &LegalText, status: Status) -> bool {
    text.status == status || shown_status(text) == status
}

/// The row of a text.
#[must_use]
pub fn row_id(text: Slug) -> Id {
    Id::from(format!("law.{}", text.as_str()))
}
