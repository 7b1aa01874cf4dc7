//! The sheet of a partner or of another body: read first, written on « Modifier ».

mod events;
mod field;
mod form;
mod kept;
mod links;
pub mod people;
mod reading;
mod spoken;
mod written;

use std::path::PathBuf;

use iced::widget::scrollable::AbsoluteOffset;
use iced::widget::{Id, column, container, operation, responsive, row, text};
use iced::{Element, Fill, Task};

use super::logo::{self, Logo};
use super::{Action, Notice, Screen, all, pieces};
use crate::app::fonts::STRONG;
use crate::app::route::Route;
use crate::app::screen::begin::How;
use crate::app::screen::partners::{called, country_of};
use crate::app::screen::pieces::Pieces;
use crate::app::screen::towns::Offers;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Area, Form, pills};
use crate::app::widget::{Dialog, button, foot, link, pane, scroll, segmented, strong, tabs};
use crate::model::{
    Change, Edit, Gender, Id as RecordKey, Kind, Nature, Partner, RecordId, Shelf, quoted,
};

use self::events::Events;
use self::field::Field;
use self::people::People;
use self::written::Written;

pub use self::links::granted_this_year;
pub use self::spoken::languages;

/// See the module.
#[derive(Debug)]
pub struct Sheet {
    id: RecordKey,
    tab: Tab,
    editing: bool,
    /// Whether what is beyond the first eight fields is in sight.
    more: bool,
    /// Whether it was asked to delete a partner that is a party.
    deleting: bool,
    form: Form<Field>,
    /// The towns that answer what is typed as its town.
    towns: Offers,
    /// What is written on several lines.
    long: [(Field, Area); Field::LONG.len()],
    people: People,
    events: Events,
    pieces: Pieces,
    logo: Logo,
}

/// A part of the sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Tab {
    /// What is kept of it.
    Facts,
    /// The people there.
    People,
    /// Conventions, and amendments under theirs.
    Conventions,
    /// Budgets and grants.
    Money,
    /// What happened.
    Journal,
    /// Files.
    Pieces,
}

/// What happens on the sheet.
#[derive(Debug, Clone)]
pub enum Message {
    /// A convention.
    Convention(RecordKey),
    /// One is to be written with it.
    NewConvention,
    /// A budget.
    Budget(RecordKey),
    /// The list.
    List,
    /// Another part.
    Tab(Tab),
    /// It is written.
    Edit,
    /// It is read again.
    Done,
    /// The rest of the form, shown or not.
    More,
    /// Something is written.
    Write(Written),
    /// It is to be deleted.
    Delete,
    /// It is deleted although it is a party.
    DeleteAnyway,
    /// It stays.
    Keep,
    /// Among people.
    People(people::Message),
    /// Among events.
    Events(events::Message),
    /// Among its pieces.
    Pieces(pieces::Message),
    /// On its logo.
    Logo(logo::Message),
}

/// Where the keyboard begins to write.
pub const EDIT: &str = "partner.edit";

/// Where it chooses what is shown of the partner.
pub const TABS: &str = "partner.tabs";

/// Below this height the name and the tabs scroll with the rest.
const LOW: f32 = 460.0;

/// Where it ends.
const DONE: &str = "partner.done";

impl Sheet {
    /// The sheet of that partner.
    #[must_use]
    pub fn new(id: RecordKey) -> Self {
        Self {
            id,
            tab: Tab::Facts,
            editing: false,
            more: false,
            deleting: false,
            form: Form::default(),
            towns: Offers::default(),
            long: Field::LONG.map(|field| (field, Area::new(""))),
            people: People::new(Some(id)),
            events: Events::new(id),
            pieces: Pieces::new(Shelf::of(record(id))),
            logo: Logo::new(record(id)),
        }
    }

    /// Whose sheet it is.
    #[must_use]
    pub const fn id(&self) -> RecordKey {
        self.id
    }
}

impl Screen for Sheet {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "partners", "partner"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Convention(id) => vec![Action::Go(Route::Convention(id))],
            Message::NewConvention => vec![Action::Go(Route::Begin(How::With(self.id)))],
            Message::Budget(id) => vec![Action::Go(Route::Budget(id))],
            Message::List => vec![Action::Go(Route::Partners)],
            Message::Tab(tab) => {
                self.tab = tab;
                vec![Action::Run(operation::scroll_to(
                    Id::new("partner.page"),
                    AbsoluteOffset { x: 0.0, y: 0.0 },
                ))]
            }
            Message::Edit if session.is_read_only() => vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: cette fiche ne peut pas être modifiée.",
            ))],
            Message::Edit => {
                self.tab = Tab::Facts;
                self.editing = true;
                vec![Action::Focus(form::id(Field::Name))]
            }
            Message::Done => {
                self.editing = false;
                self.deleting = false;
                self.form = Form::default();
                self.towns.forget();
                vec![Action::Rest, Action::Focus(Id::new(EDIT))]
            }
            Message::More => {
                self.more = !self.more;
                Vec::new()
            }
            Message::Keep => {
                self.deleting = false;
                Vec::new()
            }
            Message::People(message) => all(self.people.update(message, session), Message::People),
            Message::Events(message) => all(self.events.update(message, session), Message::Events),
            Message::Pieces(message) => all(self.pieces.update(message, session), Message::Pieces),
            Message::Logo(message) => all(self.logo.update(message, session), Message::Logo),
            Message::Delete => {
                if session.records().conventions_of(self.id).next().is_some() && !self.deleting {
                    self.deleting = true;
                    return vec![Action::Focus(Id::new(form::KEEP))];
                }
                self.delete(session)
            }
            Message::DeleteAnyway => self.delete(session),
            Message::Write(written) => match session.records().partner(self.id) {
                Some(partner) => self.write(written, partner, session),
                None => Vec::new(),
            },
        }
    }

    /// Records changed, or the sheet has just come.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        if let Some(partner) = session.records().partner(self.id) {
            for (field, area) in &mut self.long {
                area.follow(&kept::say(partner, *field, session.reference()));
            }
        }
        let partner = session.records().partner(self.id);
        self.form
            .follow(|field| Some(kept::say(partner?, field, session.reference())));
        self.people.follow(session);
        Task::batch([
            self.events.follow(session).map(Message::Events),
            self.pieces.follow(session).map(Message::Pieces),
            self.logo.follow(session).map(Message::Logo),
        ])
    }

    fn refused(&self) -> usize {
        self.form.faults() + self.people.refused() + self.events.refused()
    }

    fn correct(&mut self) -> Option<Id> {
        let (tab, place) = if let Some(field) = self.form.first_fault() {
            (self.editing, self.more) = (true, true);
            (Tab::Facts, form::id(field))
        } else if let Some(line) = self.people.correct() {
            (Tab::People, line)
        } else {
            (Tab::Journal, self.events.correct()?)
        };
        self.tab = tab;
        Some(place)
    }

    /// Out of the form, unless something in it is refused.
    fn escape(&mut self, session: &Session) -> Option<Vec<Action<Message>>> {
        if !self.editing {
            return None;
        }
        Some(match self.form.first_fault() {
            Some(field) => vec![Action::Focus(form::id(field))],
            None => self.update(Message::Done, session),
        })
    }

    /// A file was dropped on the window: it is a piece of the event that is written, else of the partner.
    fn dropped(&mut self, file: PathBuf, session: &Session) -> Option<Vec<Action<Message>>> {
        let dropped = pieces::Message::Dropped(file);
        if self.tab == Tab::Journal && self.events.is_writing() {
            let message = events::Message::Pieces(dropped);
            return Some(self.update(Message::Events(message), session));
        }
        self.tab = Tab::Pieces;
        Some(self.update(Message::Pieces(dropped), session))
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        self.page(false, session, palette)
    }

    /// What a person there asks, in front of the page.
    fn dialog<'a>(&'a self, session: &'a Session, palette: Palette) -> Option<Dialog<'a, Message>> {
        let dialog = self.people.dialog(session, palette)?;
        Some(dialog.map(Message::People))
    }
}

impl Sheet {
    /// The partner goes with the people there; one undo brings all of them back.
    fn delete(&mut self, session: &Session) -> Vec<Action<Message>> {
        let records = session.records();
        let people = records.contacts_of(Some(self.id)).map(|it| RecordId {
            kind: Kind::Contact,
            id: it.id,
        });
        let edits: Vec<Edit> = std::iter::once(record(self.id))
            .chain(people)
            .filter_map(|name| {
                Some(Edit {
                    record: name,
                    before: Some(records.get(name)?.clone()),
                    after: None,
                })
            })
            .collect();
        let Some(partner) = records.partner(self.id) else {
            return Vec::new();
        };
        self.editing = false;
        self.deleting = false;
        let name = quoted(called(partner));
        let label = format!("Supprimer {name}");
        let told = format!("{name} est supprimé.");
        vec![
            Action::Edit(Change {
                label,
                coalescing: None,
                edits,
            }),
            Action::Go(Route::Partners),
            Action::Notify(Notice::calm(told).undoable()),
        ]
    }

    /// The sheet, with its list beside it or alone.
    #[must_use]
    pub fn page<'a>(
        &'a self,
        beside_its_list: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let Some(partner) = session.records().partner(self.id) else {
            let gone = column![
                text("Ce partenaire n’existe plus.").size(17),
                link("Tous les partenaires", palette).on_press(Message::List),
            ]
            .spacing(12);
            return pane("partner", gone).padding(24).into();
        };
        let page = responsive(move |size| {
            let width = (size.width - 48.0).min(900.0);
            let content: Element<'a, Message> = match self.tab {
                Tab::Facts if self.editing => self.form(partner, width, session, palette),
                Tab::Facts => reading::view(partner, session, palette),
                Tab::People => self
                    .people
                    .view(session, width, palette)
                    .map(Message::People),
                Tab::Conventions => links::conventions(self.id, session, palette),
                Tab::Money => links::money(self.id, session, palette),
                Tab::Journal => self.events.view(session, palette).map(Message::Events),
                Tab::Pieces => {
                    let pieces = self.pieces.view(session, palette).map(Message::Pieces);
                    card(pieces, palette)
                }
            };
            let foot =
                (self.editing && self.tab == Tab::Facts).then(|| self.foot(session, palette));
            let tabs = tabs(
                self.tabs(partner, session),
                &self.tab,
                TABS,
                palette,
                Message::Tab,
            );
            let list = link("‹ Partenaires", palette).on_press(Message::List);
            let list = (!beside_its_list).then(|| Element::from(list));
            let head = column(list)
                .push(self.head(partner, session, palette))
                .push(tabs)
                .spacing(14)
                .max_width(900);
            let page = |content| scroll(content, "partner.page", palette);
            if size.height < LOW {
                let all = container(column![head, content].spacing(14).max_width(900));
                return column![page(all.padding([18, 24]))].push(foot).into();
            }
            let content = container(container(content).max_width(900)).padding([14, 24]);
            column![
                container(head).padding(iced::padding::all(24).top(18).bottom(4)),
                page(content)
            ]
            .push(foot)
            .into()
        });
        pane("partner", page).width(Fill).height(Fill).into()
    }

    fn head<'a>(
        &self,
        partner: &'a Partner,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut names = row![text(called(partner)).size(24).font(STRONG)]
            .spacing(12)
            .align_y(iced::Center);
        if let Some(own) = partner.names.first() {
            names = names.push(text(&own.text).size(20).color(palette.muted));
        }
        let languages = spoken::languages(&partner.languages, session.reference());
        let about = [
            partner.kind.clone(),
            Some(
                country_of(partner, session)
                    .unwrap_or("pays à préciser")
                    .to_owned(),
            ),
            partner
                .population
                .map(|it| format!("{}\u{a0}habitants", french::thousands(&it.to_string()))),
            Some(languages).filter(|it| !it.is_empty()),
        ];
        let about: Vec<String> = about.into_iter().flatten().collect();
        let edit = button("Modifier", palette)
            .id(EDIT)
            .on_press_maybe((!session.is_read_only()).then_some(Message::Edit));
        let edit = (!self.editing).then(|| Element::from(edit));
        row![
            column![
                names.wrap(),
                text(about.join(" · ")).size(15).color(palette.muted)
            ]
            .spacing(4)
            .width(Fill),
        ]
        .push(edit)
        .spacing(12)
        .into()
    }

    /// What ends the writing, in sight however far the form is scrolled.
    fn foot<'a>(&self, session: &Session, palette: Palette) -> Element<'a, Message> {
        let words = match self.form.faults() {
            0 if session.saving().failure().is_some() => {
                "▲ La fiche n’est pas encore enregistrée\u{a0}: voir en haut de la fenêtre."
                    .to_owned()
            }
            0 => "La fiche s’enregistre au fur et à mesure.".to_owned(),
            faults => format!(
                "▲ {}, à corriger\u{a0}: le reste est enregistré.",
                french::count(faults, "champ n’est pas lu", "champs ne sont pas lus")
            ),
        };
        let line = row![
            text(words).size(14).color(palette.muted).width(Fill),
            strong("Terminé", palette).id(DONE).on_press(Message::Done),
        ]
        .spacing(12)
        .align_y(iced::Center);
        foot(line, palette)
    }

    fn tabs(&self, partner: &Partner, session: &Session) -> Vec<(Tab, String)> {
        let counted = |label: &str, count: usize| match count {
            0 => label.to_owned(),
            count => format!("{label} {count}"),
        };
        let conventions = session.records().conventions_of(self.id).count();
        let mut tabs = vec![
            (Tab::Facts, "Fiche".to_owned()),
            (Tab::People, counted("Contacts", self.people.count(session))),
            (Tab::Conventions, counted("Conventions", conventions)),
            (Tab::Money, "Budget".to_owned()),
            (
                Tab::Journal,
                counted("Journal", partner.journal.len() + partner.history.len()),
            ),
            (Tab::Pieces, counted("Pièces", self.pieces.count(session))),
        ];
        // A post signs nothing and is paid nothing.
        if partner.nature == Nature::DiplomaticPost && conventions == 0 {
            tabs.retain(|(tab, _)| !matches!(tab, Tab::Conventions | Tab::Money));
        }
        tabs
    }
}

const fn record(id: RecordKey) -> RecordId {
    RecordId {
        kind: Kind::Partner,
        id,
    }
}

fn card<'a>(content: impl Into<Element<'a, Message>>, palette: Palette) -> Element<'a, Message> {
    container(content)
        .padding(16)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}

/// The civility of a person, by which what is written of it agrees; told or not.
fn gender<'a, M: Clone + 'a>(
    chosen: Option<Gender>,
    id: String,
    palette: Palette,
    on_choose: impl Fn(Option<Gender>) -> M + 'a,
) -> Element<'a, M> {
    let genders = [
        (None, "non dite"),
        (Some(Gender::Feminine), "Madame"),
        (Some(Gender::Masculine), "Monsieur"),
    ];
    let genders = genders.map(|(gender, label)| (gender, label.to_owned()));
    pills(
        "Civilité",
        segmented(genders, &chosen, id, palette, on_choose),
        palette,
    )
}
