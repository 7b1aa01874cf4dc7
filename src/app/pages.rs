//! The screens of an open workspace, and which of them stands on each page.
//!
//! Lists and what follows the records from afar are kept from the start; what is about one record, or is a work
//! with an end, is made when its page is arrived at.

mod page;
mod sheets;

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{Id, container, responsive, row, space};
use iced::{Element, Task};

use self::page::{Page, answer, page, page_mut};
use self::sheets::Sheets;
use super::outside::Outside;
use super::preview::Press;
use super::route::{Route, Topic};
use super::screen::AtBase;
use super::screen::begin::{self, Begin, How};
use super::screen::budget;
use super::screen::budgets::{self, Budgets};
use super::screen::compare::{self, Compare};
use super::screen::consolidated::{self, Consolidated};
use super::screen::convention::{self, Convention};
use super::screen::conventions::{self, Conventions};
use super::screen::dashboard::{self, Dashboard};
use super::screen::export::many::{self, ExportAll};
use super::screen::export::{self, Export};
use super::screen::glossary::{self, Glossary};
use super::screen::import::{self, Import};
use super::screen::law::{self, Law};
use super::screen::partners::{self, Partners};
use super::screen::resources::{self, Resources};
use super::screen::settings::{self, Settings};
use super::screen::summary::{self, Summary};
use super::screen::take_in::{self, TakeIn};
use super::screen::wizard::{self, Wizard};
use super::screen::{Action, about, partner};
use super::session::Session;
use super::theme::Palette;
use super::widget::{Dialog, focus, somewhere};
use crate::model::Records;

/// From this width, in pixels, the sheet of a partner has the list beside it.
const BESIDE: f32 = 900.0;

/// The width of that list.
const LIST: f32 = 340.0;

/// See the module.
pub struct Pages {
    conventions: Conventions,
    convention: Sheets<Convention>,
    compare: Option<Compare>,
    begin: Option<Begin>,
    wizard: Option<Wizard>,
    export: Option<Export>,
    export_all: ExportAll,
    import: Option<Import>,
    take_in: TakeIn,
    partners: Partners,
    partner: Sheets<partner::Sheet>,
    budgets: Budgets,
    budget: Sheets<budget::Sheet>,
    summary: Option<Summary>,
    consolidated: Consolidated,
    dashboard: Dashboard,
    glossary: Option<Glossary>,
    law: Option<Law>,
    resources: Option<Resources>,
    settings: Settings,
    press: Press,
    outside: Arc<dyn Outside>,
}

/// What happens on a page.
#[derive(Debug, Clone)]
pub enum Message {
    /// In the list of conventions.
    Conventions(conventions::Message),
    /// In a convention.
    Convention(convention::Message),
    /// Between two of its versions.
    Compare(compare::Message),
    /// Where a signed convention is taken over.
    Begin(begin::Message),
    /// In the steps towards a draft.
    Wizard(wizard::Message),
    /// In the export.
    Export(export::Message),
    /// In the export of all.
    ExportAll(many::Message),
    /// In a table on its way in.
    Import(import::Message),
    /// In the import of a PDF.
    TakeIn(take_in::Message),
    /// Among partners.
    Partners(partners::Message),
    /// On the sheet of a partner.
    Partner(partner::Message),
    /// Among budgets.
    Budgets(budgets::Message),
    /// On the sheet of a budget.
    Budget(budget::Message),
    /// On what a budget comes to.
    Summary(summary::Message),
    /// On the page of all budgets added up.
    Consolidated(consolidated::Message),
    /// On the dashboard.
    Dashboard(dashboard::Message),
    /// In the glossary.
    Glossary(glossary::Message),
    /// In the law.
    Law(law::Message),
    /// In the resources.
    Resources(resources::Message),
    /// In the settings.
    Settings(settings::Message),
}

impl Pages {
    /// The screens of a workspace that was just opened.
    pub fn new(session: &Session, outside: Arc<dyn Outside>) -> Self {
        Self {
            conventions: Conventions::new(session, Arc::clone(&outside)),
            convention: Sheets::default(),
            compare: None,
            begin: None,
            wizard: None,
            export: None,
            export_all: ExportAll::new(Arc::clone(&outside)),
            import: None,
            take_in: TakeIn::new(Arc::clone(&outside)),
            partners: Partners::new(),
            partner: Sheets::default(),
            budgets: Budgets::new(),
            budget: Sheets::default(),
            summary: None,
            consolidated: Consolidated::new(),
            dashboard: Dashboard::new(),
            glossary: None,
            law: None,
            resources: None,
            settings: Settings::new(Arc::clone(&outside)),
            press: Press::default(),
            outside,
        }
    }

    /// Whose conventions the dashboard shows what is due of.
    #[must_use]
    pub const fn whose(&self) -> Option<crate::model::Id> {
        self.dashboard.person()
    }

    /// The dashboard shows what is due of that person's conventions.
    pub const fn show_due_of(&mut self, person: Option<crate::model::Id>) {
        self.dashboard.show(person);
    }

    fn at(&self, route: Route) -> Option<&dyn Page> {
        match route {
            Route::Dashboard => Some(&self.dashboard),
            Route::Conventions => Some(&self.conventions),
            Route::Convention(id) => page(self.convention.of(id)),
            Route::Compare(..) => page(self.compare.as_ref()),
            Route::Begin(How::Written | How::With(_)) => page(self.wizard.as_ref()),
            Route::Begin(How::TakenOver) => page(self.begin.as_ref()),
            Route::Export(_) => page(self.export.as_ref()),
            Route::ExportAll => Some(&self.export_all),
            Route::Import(_) => page(self.import.as_ref()),
            Route::TakeIn => Some(&self.take_in),
            Route::Partners => Some(&self.partners),
            Route::Partner(id) => page(self.partner.of(id)),
            Route::Budgets => Some(&self.budgets),
            Route::Budget(id) => page(self.budget.of(id)),
            Route::Summary(_) => page(self.summary.as_ref()),
            Route::Consolidated => Some(&self.consolidated),
            Route::Glossary(_) => page(self.glossary.as_ref()),
            Route::Law(_) | Route::LawOf(_) => page(self.law.as_ref()),
            Route::Resources(_) | Route::Resource(..) => page(self.resources.as_ref()),
            Route::Settings => Some(&self.settings),
            Route::About => None,
        }
    }

    fn at_mut(&mut self, route: Route) -> Option<&mut dyn Page> {
        match route {
            Route::Dashboard => Some(&mut self.dashboard),
            Route::Conventions => Some(&mut self.conventions),
            Route::Convention(id) => page_mut(self.convention.of_mut(id)),
            Route::Compare(..) => page_mut(self.compare.as_mut()),
            Route::Begin(How::Written | How::With(_)) => page_mut(self.wizard.as_mut()),
            Route::Begin(How::TakenOver) => page_mut(self.begin.as_mut()),
            Route::Export(_) => page_mut(self.export.as_mut()),
            Route::ExportAll => Some(&mut self.export_all),
            Route::Import(_) => page_mut(self.import.as_mut()),
            Route::TakeIn => Some(&mut self.take_in),
            Route::Partners => Some(&mut self.partners),
            Route::Partner(id) => page_mut(self.partner.of_mut(id)),
            Route::Budgets => Some(&mut self.budgets),
            Route::Budget(id) => page_mut(self.budget.of_mut(id)),
            Route::Summary(_) => page_mut(self.summary.as_mut()),
            Route::Consolidated => Some(&mut self.consolidated),
            Route::Glossary(_) => page_mut(self.glossary.as_mut()),
            Route::Law(_) | Route::LawOf(_) => page_mut(self.law.as_mut()),
            Route::Resources(_) | Route::Resource(..) => page_mut(self.resources.as_mut()),
            Route::Settings => Some(&mut self.settings),
            Route::About => None,
        }
    }

    /// The panes of a page, in the order of F6.
    pub fn panes(&self, route: Route) -> &'static [&'static str] {
        self.at(route)
            .map_or(&["navigation", "about"], |page| page.panes())
    }

    /// Reads what happened on a page, shown or not.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Conventions(it) => answer(Some(&mut self.conventions), it, session),
            Message::Convention(it) => answer(self.convention.last_mut(), it, session),
            Message::Compare(it) => answer(self.compare.as_mut(), it, session),
            Message::Begin(it) => answer(self.begin.as_mut(), it, session),
            Message::Wizard(it) => answer(self.wizard.as_mut(), it, session),
            Message::Export(it) => answer(self.export.as_mut(), it, session),
            Message::ExportAll(it) => answer(Some(&mut self.export_all), it, session),
            Message::Import(it) => answer(self.import.as_mut(), it, session),
            Message::TakeIn(it) => answer(Some(&mut self.take_in), it, session),
            Message::Partners(it) => answer(Some(&mut self.partners), it, session),
            Message::Partner(it) => answer(self.partner.last_mut(), it, session),
            Message::Budgets(it) => answer(Some(&mut self.budgets), it, session),
            Message::Budget(it) => answer(self.budget.last_mut(), it, session),
            Message::Summary(it) => answer(self.summary.as_mut(), it, session),
            Message::Consolidated(it) => answer(Some(&mut self.consolidated), it, session),
            Message::Dashboard(it) => answer(Some(&mut self.dashboard), it, session),
            Message::Glossary(it) => answer(self.glossary.as_mut(), it, session),
            Message::Law(it) => answer(self.law.as_mut(), it, session),
            Message::Resources(it) => answer(self.resources.as_mut(), it, session),
            Message::Settings(it) => answer(Some(&mut self.settings), it, session),
        }
    }

    /// A page is arrived at: its screen is made where it was not, and the keyboard goes where it is wanted first.
    pub fn arrive(&mut self, route: Route, session: &Session) -> Task<Message> {
        self.make(route, session);
        let follow = self.follow(route, session);
        // What is wanted first may not answer, as in a workspace that is only read: the keyboard is somewhere all the same.
        let first = (self.first(route, session)).chain(somewhere(self.panes(route)));
        Task::batch([follow, first])
    }

    /// Makes the screen of a page, unless it is there and about the same thing.
    fn make(&mut self, route: Route, session: &Session) {
        match route {
            Route::Convention(id) => {
                let press = || self.press.clone();
                (self.convention).open(id, || Convention::new(id, press(), session));
            }
            Route::Compare(id, version) => self.compare = Some(Compare::new(id, version, session)),
            // What was answered and not made yet waits for whoever comes back.
            Route::Begin(How::Written) => {
                if self.wizard.as_ref().is_none_or(Wizard::is_done) {
                    self.wizard = Some(Wizard::new(None, session));
                }
            }
            Route::Begin(How::With(partner)) => {
                let waits = |wizard: &Wizard| !wizard.is_done() && wizard.is_with(partner);
                if !self.wizard.as_ref().is_some_and(waits) {
                    self.wizard = Some(Wizard::new(Some(partner), session));
                }
            }
            Route::Begin(How::TakenOver) => {
                if self.begin.as_ref().is_none_or(Begin::is_done) {
                    self.begin = Some(Begin::default());
                }
            }
            Route::Export(id) => match &mut self.export {
                Some(screen) if screen.id() == id => screen.again(),
                other => {
                    let outside = Arc::clone(&self.outside);
                    *other = Some(Export::new(id, session, outside, self.press.clone()));
                }
            },
            Route::Import(kind) => {
                let import = self.import.get_or_insert_with(|| Import::new(kind));
                import.turn_to(kind);
            }
            Route::Partner(id) => self.partner.open(id, || partner::Sheet::new(id)),
            Route::Budget(id) => self.budget.open(id, || budget::Sheet::new(id)),
            Route::Summary(id) => {
                if self.summary.as_ref().is_none_or(|it| it.id() != id) {
                    self.summary = Some(Summary::new(id));
                }
            }
            Route::Glossary(term) => {
                self.glossary.get_or_insert_with(Glossary::new).show(term);
            }
            Route::Law(text) => self.law.get_or_insert_with(Law::new).show(text),
            Route::LawOf(convention) => {
                let screen = self.law.get_or_insert_with(Law::new);
                screen.show_of(convention, session);
            }
            Route::Resources(topic) => {
                let resources = &mut self.resources;
                resources
                    .get_or_insert_with(|| Resources::new(topic))
                    .show(topic);
            }
            Route::Resource(topic, entry) => {
                let resources = &mut self.resources;
                resources
                    .get_or_insert_with(|| Resources::new(topic))
                    .point_out(topic, entry);
            }
            Route::Dashboard
            | Route::Conventions
            | Route::ExportAll
            | Route::TakeIn
            | Route::Partners
            | Route::Budgets
            | Route::Consolidated
            | Route::Settings
            | Route::About => {}
        }
    }

    /// Where one types what a page is to show, if it has such a field.
    #[must_use]
    pub const fn filter(route: Route) -> Option<&'static str> {
        match route {
            Route::Conventions => Some(conventions::SEARCH),
            Route::Partners => Some(partners::SEARCH),
            Route::Budgets => Some(budgets::SEARCH),
            Route::Glossary(_) => Some(glossary::SEARCH),
            Route::Law(_) | Route::LawOf(_) => Some(law::SEARCH),
            Route::Resources(Topic::Networks | Topic::Countries)
            | Route::Resource(Topic::Networks | Topic::Countries, _) => Some(resources::SEARCH),
            _ => None,
        }
    }

    /// Where the keyboard goes first on a page, and where its list stands.
    fn first(&mut self, route: Route, session: &Session) -> Task<Message> {
        match route {
            // Back from a convention, to its row.
            Route::Conventions => {
                let row = self.convention.last();
                let row = row.map(|screen| conventions::row_id(screen.id()));
                focus(row.unwrap_or_else(|| Id::new(conventions::SEARCH)))
            }
            Route::Convention(_) => focused(self.convention.last().map(Convention::first)),
            Route::Compare(..) => focus(compare::NEXT),
            Route::Begin(How::Written | How::With(_)) => {
                focused(self.wizard.as_ref().map(|screen| Id::new(screen.first())))
            }
            Route::Begin(How::TakenOver) => focus(begin::TITLE),
            Route::Export(_) => focused(self.export.as_ref().map(Export::first)),
            Route::ExportAll => focus(many::FOLDER),
            Route::Import(_) => focused(self.import.as_ref().map(Import::first)),
            Route::TakeIn => focus(take_in::PATH),
            // Back from a partner, to its row.
            Route::Partners => {
                let from = self.partner.last().map(partner::Sheet::id);
                (self.partners.arrive(from).map(Message::Partners))
                    .chain(focus(self.partners.first(from, session)))
            }
            Route::Partner(id) => Task::batch([
                self.partners.arrive(Some(id)).map(Message::Partners),
                // What can only be read is read from its tabs.
                focus(match session.is_read_only() {
                    true => partner::TABS,
                    false => partner::EDIT,
                }),
            ]),
            // Back from a budget, to its row.
            Route::Budgets => (self.budgets.arrive().map(Message::Budgets)).chain(focused(
                (self.budget.last()).map(|sheet| budgets::row_id(sheet.id())),
            )),
            Route::Budget(_) => focus(budget::TABLE),
            Route::Consolidated => self.consolidated.arrive().map(Message::Consolidated),
            Route::Glossary(_) => focused(self.glossary.as_ref().map(Glossary::first)),
            Route::Law(_) | Route::LawOf(_) => focused(self.law.as_ref().map(Law::first)),
            Route::Resources(_) | Route::Resource(..) => {
                let first = self.resources.as_mut().map(Resources::first);
                first.map_or_else(Task::none, |first| first.map(Message::Resources))
            }
            Route::Settings => {
                (self.settings.begin(session).map(Message::Settings)).chain(focus(settings::PARTS))
            }
            Route::Dashboard => focused(dashboard::first(session).map(Id::new)),
            Route::Summary(_) | Route::About => Task::none(),
        }
    }

    /// Records changed: the page shown follows.
    pub fn follow(&mut self, route: Route, session: &Session) -> Task<Message> {
        let beside = match route {
            Route::Partner(_) => Page::follow(&mut self.partners, session),
            _ => Task::none(),
        };
        let shown = self.at_mut(route).map(|page| page.follow(session));
        Task::batch([beside, shown.unwrap_or_else(Task::none)])
    }

    /// What was done is undone, or done again: beside the page shown, those that hold what is typed on them follow, as
    /// what could not be kept comes back, or goes, with the edit that it came with.
    pub fn turn_back(&mut self, route: Route, session: &Session) -> Task<Message> {
        let others: Vec<Route> = self.written().filter(|it| *it != route).collect();
        let others = others
            .into_iter()
            .filter_map(|other| Some(self.at_mut(other)?.follow(session)));
        let others = Task::batch(others.collect::<Vec<_>>());
        Task::batch([others, self.follow(route, session)])
    }

    /// Has made what the page shown takes long to show.
    pub fn prepare(&mut self, route: Route, session: &Session, pixels: f32) -> Task<Message> {
        let shown = self.at_mut(route);
        shown.map_or_else(Task::none, |page| page.prepare(session, pixels))
    }

    /// The pages that save by themselves what is typed on them.
    fn written(&self) -> impl Iterator<Item = Route> {
        let partners = self.partner.ids().map(Route::Partner);
        let conventions = self.convention.ids().map(Route::Convention);
        let budgets = self.budget.ids().map(Route::Budget);
        let sheets = partners.chain(conventions).chain(budgets);
        sheets.chain([Route::Settings])
    }

    /// Those of what is there that hold something that cannot be kept, and of how many fields.
    fn refusing(&self, records: &Records) -> impl Iterator<Item = (Route, usize)> {
        self.written()
            .filter(|route| route.stands_in(records))
            .filter_map(|route| Some((route, self.at(route)?.refused())))
            .filter(|(_, refused)| *refused > 0)
    }

    /// How many fields hold something that cannot be kept, on all pages.
    pub fn refused(&self, records: &Records) -> usize {
        self.refusing(records).map(|(_, refused)| refused).sum()
    }

    /// The page of the first of them, at it, and where the keyboard goes.
    pub fn correct(&mut self, records: &Records) -> Option<(Route, Option<Id>)> {
        let (route, _) = self.refusing(records).next()?;
        Some((route, self.at_mut(route)?.correct()))
    }

    /// The settings are at that base of the 1 % schemes; they have been arrived at.
    pub fn at_base<M: Send + 'static>(&mut self, base: &AtBase, session: &Session) -> Task<M> {
        focused(self.settings.at_base(base, session))
    }

    /// The settings are at the files that ask to be looked at.
    pub fn at_files(&mut self) {
        self.settings.at_files();
    }

    /// Escape: what it closes on the page, or leaves; nothing where it does neither.
    pub fn escape(&mut self, route: Route, session: &Session) -> Option<Vec<Action<Message>>> {
        self.at_mut(route)?.escape(session)
    }

    /// Leaves what is being typed on the page as it was, where it is kept nowhere yet; answers whether something was.
    pub fn leave_typing(&mut self, route: Route) -> bool {
        self.at_mut(route).is_some_and(Page::leave_typing)
    }

    /// A file was dropped on the window; nothing where the page shown has no use for one.
    pub fn dropped(
        &mut self,
        route: Route,
        file: PathBuf,
        session: &Session,
    ) -> Option<Vec<Action<Message>>> {
        self.at_mut(route)?.dropped(file, session)
    }

    /// The page.
    pub fn view<'a>(
        &'a self,
        route: Route,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        match (route, self.partner.last(), self.at(route)) {
            (Route::About, ..) => about::view(session, palette),
            (Route::Partner(_), Some(sheet), _) => responsive(move |size| {
                let is_wide = size.width >= BESIDE;
                let page = sheet.page(is_wide, session, palette).map(Message::Partner);
                if !is_wide {
                    return page;
                }
                let list = self.partners.beside(sheet.id(), session, palette);
                row![container(list.map(Message::Partners)).width(LIST), page].into()
            })
            .into(),
            (_, _, Some(page)) => page.view(session, palette),
            (_, _, None) => space().into(),
        }
    }

    /// What the page asks, in front of itself.
    pub fn dialog<'a>(
        &'a self,
        route: Route,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        self.at(route)?.dialog(session, palette)
    }

    #[cfg(test)]
    pub fn convention(&self) -> Option<&Convention> {
        self.convention.last()
    }
}

fn focused<M: Send + 'static>(id: Option<Id>) -> Task<M> {
    id.map_or_else(Task::none, focus)
}
