//! The table of conventions: sorted by any column, filtered, and kept as views by name.
//!
//! In reading order: [`column`], what it can be sorted by; [`filter`], what is shown of it; [`line`], what is shown of
//! each; [`row`], how that looks; [`view`](self::view), the rest. What is shown of each is worked out when records
//! change, not when the page is drawn.

mod column;
mod filter;
mod line;
mod row;
mod view;

use iced::{Element, Task};
use std::sync::Arc;

use iced::widget::Id;
use iced::widget::scrollable::Viewport;

use self::column::{Column, USUAL};
use self::filter::Filter;
use self::line::Line;
use super::begin::How;
use super::{Action, Notice, Screen, stepped};
use crate::app::outside::Outside;
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{LongList, Order};
use crate::exchange::import::Kind as Tables;
use crate::model::{ConventionKind, Id as RecordKey, Stage};

pub use self::filter::SavedView;
pub use self::line::next_words;
pub use self::row::row_id;

/// Where the keyboard searches.
pub const SEARCH: &str = "conventions.search";

/// Where the keyboard unfolds what the table is filtered and sorted by.
pub const UNFOLD: &str = "conventions.unfold";

/// Where the keyboard keeps what is shown as a view.
pub const NAME_VIEW: &str = "conventions.name-view";

/// Where the keyboard names a view.
pub const VIEW_NAME: &str = "conventions.view-name";

/// The table.
pub struct Conventions {
    filter: Filter,
    order: Order<Column>,
    /// What can be asked of each filter, from what the lines hold.
    offers: Offers,
    lines: Vec<Line>,
    shown: Vec<usize>,
    list: LongList,
    views: Vec<SavedView>,
    /// On a narrow window, whether what the table is filtered and sorted by is shown.
    unfolded: bool,
    /// The name of the view being kept, while it is typed.
    naming: Option<String>,
    outside: Arc<dyn Outside>,
}

/// What the conventions that are there can be filtered by, in the order in which it is offered.
#[derive(Debug, Default)]
pub struct Offers {
    kinds: Vec<ConventionKind>,
    stages: Vec<(Stage, usize)>,
    countries: Vec<(String, String)>,
    partners: Vec<(RecordKey, String)>,
    people: Vec<(RecordKey, String)>,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// A search is typed.
    Search(String),
    /// To the first of those that answer.
    First,
    /// One stage, or all.
    Stage(Option<Stage>),
    /// One kind, or all.
    Kind(Option<ConventionKind>),
    /// One country, or all.
    Country(Option<String>),
    /// One partner, or all.
    Partner(Option<RecordKey>),
    /// One person in charge, or all.
    InCharge(Option<RecordKey>),
    /// Only those with something to see to, or all.
    WithFindings(bool),
    /// In another order.
    Order(Order<Column>),
    /// What the table is filtered and sorted by is shown, or hidden, where there is no room for it.
    Unfold(bool),
    /// A view is found again, by its rank.
    View(usize),
    /// What is shown is to be kept as a view.
    NameView,
    /// Its name is typed.
    ViewName(String),
    /// It is kept.
    KeepView,
    /// It is not, after all.
    ForgetName,
    /// A view is kept no longer.
    DropView(usize),
    /// Everything is shown again, by stage.
    Reset,
    /// A convention begins.
    Begin(How),
    /// A table of them is to be imported.
    Import,
    /// All of them are to leave as PDF.
    ExportAll,
    /// One is to come from a PDF.
    TakeIn,
    /// A convention is opened.
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
}

impl Conventions {
    /// All conventions, by stage, before they are first shown: [`Self::follow`] fills the table.
    #[must_use]
    pub fn new(session: &Session, outside: Arc<dyn Outside>) -> Self {
        Self {
            filter: Filter::default(),
            order: USUAL,
            offers: Offers::default(),
            lines: Vec::new(),
            shown: Vec::new(),
            list: LongList::new("conventions.list", row::ROW),
            views: outside.views(session.folder()),
            unfolded: false,
            naming: None,
            outside,
        }
    }

    fn sort(&mut self) {
        let order = self.order;
        self.lines.sort_by(|one, other| order.compare(one, other));
        self.select();
    }

    fn select(&mut self) {
        self.shown = self.filter.among(&self.lines);
        self.list.holds(self.shown.len());
    }
}

impl Screen for Conventions {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "conventions", "table"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Search(search) => self.filtered(|filter| filter.search = search),
            Message::First => match self.line(0) {
                Some(line) => vec![Action::Go(Route::Convention(line.id))],
                None => Vec::new(),
            },
            Message::Stage(stage) => self.filtered(|filter| filter.stage = stage),
            Message::Kind(kind) => self.filtered(|filter| filter.kind = kind),
            Message::Country(country) => self.filtered(|filter| filter.country = country),
            Message::Partner(partner) => self.filtered(|filter| filter.partner = partner),
            Message::InCharge(person) => self.filtered(|filter| filter.in_charge = person),
            Message::WithFindings(only) => self.filtered(|filter| filter.with_findings = only),
            Message::Order(order) => {
                self.order = order;
                self.sort();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Unfold(unfolded) => {
                self.unfolded = unfolded;
                vec![Action::Focus(Id::new(UNFOLD))]
            }
            Message::View(rank) => {
                let Some(view) = self.views.get(rank) else {
                    return Vec::new();
                };
                self.filter = view.filter.clone();
                self.order = view.order;
                self.sort();
                vec![Action::Run(self.list.rewind())]
            }
            Message::Reset => {
                self.filter = Filter::default();
                self.order = USUAL;
                self.sort();
                vec![
                    Action::Run(self.list.rewind()),
                    Action::Focus(Id::new(SEARCH)),
                ]
            }
            Message::NameView => {
                self.naming = Some(String::new());
                vec![Action::Focus(Id::new(VIEW_NAME))]
            }
            Message::ViewName(name) => {
                self.naming = Some(name);
                Vec::new()
            }
            Message::KeepView => self.keep_view(session),
            Message::ForgetName => {
                self.naming = None;
                vec![Action::Focus(Id::new(NAME_VIEW))]
            }
            Message::DropView(rank) => {
                if rank >= self.views.len() {
                    return Vec::new();
                }
                let view = self.views.remove(rank);
                self.outside.keep_views(session.folder(), &self.views);
                let told = format!(
                    "La vue «\u{a0}{}\u{a0}» est retirée\u{a0}; les conventions ne changent pas.",
                    view.name
                );
                vec![
                    Action::Notify(Notice::calm(told)),
                    Action::Focus(Id::new(NAME_VIEW)),
                ]
            }
            Message::Begin(how) => vec![Action::Go(Route::Begin(how))],
            Message::Import => vec![Action::Go(Route::Import(Tables::Conventions))],
            Message::ExportAll => vec![Action::Go(Route::ExportAll)],
            Message::TakeIn => vec![Action::Go(Route::TakeIn)],
            Message::Open(id) => vec![Action::Go(Route::Convention(id))],
            Message::Step { from, down } => {
                let row = |rank: usize| Some(row_id(self.lines.get(*self.shown.get(rank)?)?.id));
                stepped(&mut self.list, (from, down), row, SEARCH)
            }
            Message::Scrolled(view) => {
                self.list.scrolled(&view);
                Vec::new()
            }
        }
    }

    fn follow(&mut self, session: &Session) -> Task<Message> {
        self.lines = session
            .records()
            .conventions_sorted()
            .map(|convention| Line::of(convention, session))
            .collect();
        self.offers = Offers::of(&self.lines, session);
        self.sort();
        Task::none()
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(session, palette)
    }
}

impl Conventions {
    fn filtered(&mut self, change: impl FnOnce(&mut Filter)) -> Vec<Action<Message>> {
        change(&mut self.filter);
        self.select();
        vec![Action::Run(self.list.rewind())]
    }

    /// Keeps what is shown under the name typed, in the place of the view of that name where there is one.
    fn keep_view(&mut self, session: &Session) -> Vec<Action<Message>> {
        let name = self.naming.as_deref().unwrap_or_default().trim().to_owned();
        if name.is_empty() {
            return vec![
                Action::Notify(Notice::wary("Donnez un nom à cette vue.")),
                Action::Focus(Id::new(VIEW_NAME)),
            ];
        }
        self.naming = None;
        let view = SavedView {
            name,
            filter: self.filter.clone(),
            order: self.order,
        };
        match self.views.iter_mut().find(|kept| kept.name == view.name) {
            Some(kept) => *kept = view,
            None => self.views.push(view),
        }
        self.outside.keep_views(session.folder(), &self.views);
        vec![Action::Focus(Id::new(SEARCH))]
    }

    /// The view that is what is shown, by its rank.
    fn current_view(&self) -> Option<usize> {
        self.views
            .iter()
            .position(|view| view.filter == self.filter && view.order == self.order)
    }

    /// The line at that rank of what is shown.
    fn line(&self, rank: usize) -> Option<&Line> {
        self.lines.get(*self.shown.get(rank)?)
    }
}

impl Offers {
    fn of(lines: &[Line], session: &Session) -> Self {
        let mut offers = Self {
            kinds: ConventionKind::ALL
                .into_iter()
                .filter(|kind| lines.iter().any(|line| line.convention_kind == *kind))
                .collect(),
            stages: Stage::ALL
                .into_iter()
                .map(|stage| {
                    (
                        stage,
                        lines.iter().filter(|line| line.stage == stage).count(),
                    )
                })
                .filter(|(_, count)| *count > 0)
                .collect(),
            ..Self::default()
        };
        let mut countries: Vec<(Vec<u8>, (String, String))> = Vec::new();
        let mut people: Vec<(Vec<u8>, (RecordKey, String))> = Vec::new();
        for line in lines {
            for (code, name) in line.country_codes.iter().zip(line.countries.split(", ")) {
                if !countries.iter().any(|(_, (known, _))| known == code) {
                    let key = crate::model::sort_key(name);
                    countries.push((key, (code.clone(), name.to_owned())));
                }
            }
            if let Some(person) = line.in_charge_id
                && !line.in_charge.is_empty()
                && !people.iter().any(|(_, (known, _))| *known == person)
            {
                people.push((line.in_charge_key.clone(), (person, line.in_charge.clone())));
            }
        }
        countries.sort();
        people.sort();
        offers.partners = session
            .records()
            .partners_sorted()
            .filter(|it| lines.iter().any(|line| line.partner_ids.contains(&it.id)))
            .map(|it| (it.id, it.name.text.clone()))
            .collect();
        offers.countries = countries.into_iter().map(|(_, country)| country).collect();
        offers.people = people.into_iter().map(|(_, person)| person).collect();
        offers
    }
}
