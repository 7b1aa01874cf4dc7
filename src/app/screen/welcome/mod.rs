//! The first page: discover, begin, go on. The questions that a new workspace asks are in [`beginning`].
//!
//! Every dialog of the system has a field beside it: on a bare desktop the dialog answers nothing and says nothing.

pub mod beginning;

use std::collections::HashMap;
use std::path::PathBuf;

use chrono::NaiveDateTime;
use iced::widget::{Column, Container, Id, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Length, Shrink, Size};

use self::beginning::Beginning;
use crate::app::fonts::STRONG;
use crate::app::outside::{Answer, NO_DIALOG, Outside, Seen, typed_path};
use crate::app::preferences::Recent;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{
    Tone, banner, button, door, field, quiet, row_button, scroll, strong, tag,
};
use crate::demo;
use crate::model::{Authority, quoted};

/// Where the keyboard begins.
pub const FIRST: &str = "welcome.first";

/// Where the keyboard goes back to the workspace that was left.
pub const BACK: &str = "welcome.back";

const OPEN_PATH: &str = "welcome.open-path";

/// Where the keyboard says where the demonstration goes, when it cannot go among documents.
pub const PLACE: &str = "welcome.place";

/// What is told while the demonstration is made.
const PREPARING: &str = "Préparation de la démonstration…";

/// Below this width cards stand under each other.
const NARROW: f32 = 760.0;

/// The height of cards that stand beside each other.
const CARD: Length = Length::Fixed(268.0);

/// What is typed, and what went wrong.
#[derive(Debug, Default)]
pub struct Welcome {
    path: String,
    beginning: Option<Beginning>,
    /// Where the demonstration is to go, once it could not go among documents.
    place: Option<String>,
    fault: Option<String>,
    busy: Option<&'static str>,
    /// What recent workspaces look like, once they were looked at.
    seen: HashMap<PathBuf, Seen>,
    /// The workspace that one comes from.
    left: Option<Left>,
}

/// A workspace that was left for another.
#[derive(Debug)]
struct Left {
    folder: PathBuf,
    /// What the authority is called, else the folder.
    name: String,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The demonstration is asked for.
    Demonstration,
    /// Where it goes is typed.
    Place(String),
    /// A folder for it is to be chosen in the system's dialog.
    ChoosePlace,
    /// The dialog answered.
    PlaceChosen(Answer),
    /// A new workspace is asked for.
    Begin,
    /// In the questions that it asks.
    Beginning(beginning::Message),
    /// No new workspace after all.
    Cancel,
    /// A folder is to be chosen in the system's dialog.
    Choose,
    /// The dialog answered.
    Chosen(Answer),
    /// A path is typed.
    Path(String),
    /// The folder typed is to be opened.
    Open,
    /// A recent workspace is to be opened.
    Recent(PathBuf),
    /// Recent workspaces look like that.
    Seen(Vec<(PathBuf, Seen)>),
    /// A recent workspace is to be forgotten.
    Forget(PathBuf),
    /// A convention that was signed is to be taken over.
    TakeOver,
    /// Tables are to be imported.
    Import,
    /// Back to the workspace that one comes from.
    Return,
}

/// What the page asks of the application.
#[derive(Debug, Clone, PartialEq)]
pub enum Wish {
    /// Open a folder.
    Open(PathBuf),
    /// Make a workspace, then open it.
    Create {
        /// Where.
        folder: PathBuf,
        /// For whom.
        authority: Box<Authority>,
    },
    /// Make the demonstration, there or among documents, then open it.
    Demonstration(Option<PathBuf>),
    /// Show the system's dialog.
    AskFolder,
    /// Show it, for the demonstration.
    AskPlace,
    /// Put the keyboard there.
    Focus(Id),
    /// Forget a recent workspace; its folder stays.
    Forget(PathBuf),
    /// Take over a convention: in the workspace that was open last, or in a new one where there is none.
    TakeOver,
    /// Import tables, in the same.
    Import,
}

impl Welcome {
    /// The page while a workspace is opened again.
    #[must_use]
    pub fn waiting() -> Self {
        Self {
            busy: Some("Ouverture…"),
            ..Self::default()
        }
    }

    /// The page where another workspace is looked for than that one.
    #[must_use]
    pub fn after(session: &Session) -> Self {
        let folder = session.folder().to_owned();
        let authority = session.records().authority();
        let called = authority.short_name.as_ref().unwrap_or(&authority.name);
        let name = match (&*called.text, folder.file_name()) {
            ("", Some(name)) => name.to_string_lossy().into_owned(),
            (called, _) => called.to_owned(),
        };
        Self {
            left: Some(Left { folder, name }),
            ..Self::default()
        }
    }

    /// Something failed; what was typed stays. Answers where the keyboard belongs.
    pub fn fail(&mut self, fault: String, outside: &dyn Outside) -> &'static str {
        let busy = self.busy.take();
        self.fault = Some(fault);
        match self.beginning {
            Some(_) => beginning::FOLDER,
            None if busy == Some(PREPARING) => {
                let suggest = || outside.passing().display().to_string();
                self.place.get_or_insert_with(suggest);
                PLACE
            }
            None if self.path.trim().is_empty() => FIRST,
            None => OPEN_PATH,
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, outside: &dyn Outside) -> Option<Wish> {
        match message {
            Message::Demonstration => {
                let place = self.place.as_deref();
                if place.is_some_and(|place| place.trim().is_empty()) {
                    return Some(Wish::Focus(Id::new(PLACE)));
                }
                let place = place.map(typed_path);
                self.wait(PREPARING);
                Some(Wish::Demonstration(place))
            }
            Message::Place(place) => {
                self.place = Some(place);
                None
            }
            Message::ChoosePlace => Some(Wish::AskPlace),
            Message::PlaceChosen(Answer::Chosen(folder)) => {
                // Beside what that folder holds.
                self.place = Some(folder.join(demo::FOLDER).display().to_string());
                Some(Wish::Focus(Id::new(PLACE)))
            }
            Message::PlaceChosen(Answer::NoDialog) => {
                self.fault = Some(NO_DIALOG.to_owned());
                Some(Wish::Focus(Id::new(PLACE)))
            }
            Message::PlaceChosen(Answer::Cancelled) => None,
            Message::Begin => {
                self.fault = None;
                self.beginning = Some(Beginning::new(
                    &outside.documents(),
                    outside.ids().next_id(),
                ));
                Some(Wish::Focus(Id::new(beginning::KIND)))
            }
            Message::Beginning(message) => match self.beginning.as_mut()?.update(message) {
                beginning::Outcome::Going => None,
                beginning::Outcome::Missing(at) => Some(Wish::Focus(Id::new(at))),
                beginning::Outcome::Done { folder, authority } => {
                    self.wait("Création de l’espace…");
                    Some(Wish::Create { folder, authority })
                }
            },
            Message::Seen(seen) => {
                self.seen = seen.into_iter().collect();
                None
            }
            Message::Forget(folder) => Some(Wish::Forget(folder)),
            Message::TakeOver => Some(Wish::TakeOver),
            Message::Import => Some(Wish::Import),
            Message::Cancel if self.beginning.is_none() && self.left.is_some() => {
                self.update(Message::Return, outside)
            }
            Message::Return => {
                let folder = self.left.as_ref().filter(|_| self.busy.is_none());
                let folder = folder.map(|left| left.folder.clone())?;
                self.update(Message::Recent(folder), outside)
            }
            Message::Cancel => {
                self.beginning = None;
                self.fault = None;
                Some(Wish::Focus(Id::new(FIRST)))
            }
            Message::Choose => {
                self.fault = None;
                Some(Wish::AskFolder)
            }
            Message::Chosen(Answer::Chosen(path)) => {
                self.wait("Ouverture…");
                Some(Wish::Open(path))
            }
            Message::Chosen(Answer::NoDialog) => {
                self.fault = Some(NO_DIALOG.to_owned());
                Some(Wish::Focus(Id::new(OPEN_PATH)))
            }
            Message::Chosen(Answer::Cancelled) => None,
            Message::Path(path) => {
                self.path = path;
                None
            }
            Message::Open if self.path.trim().is_empty() => Some(Wish::Focus(Id::new(OPEN_PATH))),
            Message::Open => {
                self.wait("Ouverture…");
                Some(Wish::Open(typed_path(&self.path)))
            }
            Message::Recent(folder) => {
                self.wait("Ouverture…");
                Some(Wish::Open(folder))
            }
        }
    }

    fn wait(&mut self, what: &'static str) {
        self.busy = Some(what);
        self.fault = None;
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        recent: &'a [Recent],
        now: NaiveDateTime,
        palette: Palette,
    ) -> Element<'a, Message> {
        responsive(move |size| self.page(recent, now, size, palette)).into()
    }

    fn page<'a>(
        &'a self,
        recent: &'a [Recent],
        now: NaiveDateTime,
        size: Size,
        palette: Palette,
    ) -> Element<'a, Message> {
        let narrow = size.width < NARROW;
        let cards = [
            self.discover(recent.is_empty(), palette),
            self.begin(palette),
            self.go_on(palette),
        ];
        let height = if narrow { Shrink } else { CARD };
        let cards = cards.map(|card| card.height(height).into());
        let cards: Element<'_, Message> = if narrow {
            Column::with_children(cards).spacing(12).into()
        } else {
            Row::with_children(cards).spacing(16).into()
        };

        let back = self.left.as_ref().map(|left| {
            let back = door(format!("‹ Revenir à {}", quoted(&left.name)), palette)
                .id(BACK)
                .on_press_maybe(self.unless_busy(Message::Return));
            let keys = text("Échap").size(14).color(palette.muted);
            Element::from(row![back, keys].spacing(10).align_y(Center).wrap())
        });
        let mut page = column![].spacing(8).push(back).push(column![
            text("Passerelle").size(36).font(STRONG),
            text(
                "Partenaires, conventions et budgets de votre action internationale, dans un dossier de votre \
                 ordinateur. Sans compte, sans réseau."
            )
            .size(17)
            .color(palette.muted),
        ]
        .spacing(8));
        // Of a new workspace, what is wrong is told where it is typed.
        let fault = self.fault.as_ref().filter(|_| self.beginning.is_none());
        let told = match (fault, self.busy) {
            (Some(fault), _) => Some(banner(Tone::Grave, fault, [], palette)),
            (None, busy) => busy.map(|busy| banner(Tone::Calm, busy, [], palette)),
        };
        // One child, there or not, so that the page below keeps the keyboard.
        page = page.push(Column::new().push(told).push(space().height(8)));
        page = match &self.beginning {
            Some(beginning) => {
                page.push(beginning.view(self.fault.as_deref(), size.width, palette))
            }
            None => page.push(cards),
        };
        if !recent.is_empty() && self.beginning.is_none() {
            page = page
                .push(space().height(8))
                .push(self.recent_list(recent, now, narrow, palette));
        }
        page = page.push(space().height(4)).push(
            text(if self.beginning.is_some() {
                "Entrée créer l’espace · Échap revenir · F1 raccourcis et affichage"
            } else if recent.is_empty() {
                "Ctrl+O choisir un dossier · F1 raccourcis et affichage"
            } else {
                "Entrée ouvrir le plus récent · Ctrl+O choisir un dossier · F1 raccourcis et affichage"
            })
                .size(14)
                .color(palette.muted),
        );

        let margin = if size.height > 700.0 { 90 } else { 24 };
        scroll(
            container(page.max_width(780).padding([margin, 20])).center_x(Fill),
            "welcome",
            palette,
        )
        .into()
    }

    fn discover(&self, first: bool, palette: Palette) -> Container<'_, Message> {
        let act = strong("Ouvrir la démonstration", palette)
            .on_press_maybe(self.unless_busy(Message::Demonstration));
        let act = if first { act.id(FIRST) } else { act };
        let Some(place) = &self.place else {
            return card(
                "Découvrir",
                "Un espace de démonstration complet, avec ses partenaires, ses conventions et ses budgets. Rien n’y est réel.",
                row![act],
                palette,
            );
        };
        let typed = field(place, "dossier à créer", PLACE, palette, Message::Place);
        let choose = button("Choisir…", palette);
        let choose = choose.on_press_maybe(self.unless_busy(Message::ChoosePlace));
        card(
            "Découvrir",
            "La démonstration peut aller ailleurs que dans vos documents\u{a0}: rien n’y est réel.",
            column![typed.on_submit(Message::Demonstration), act, choose].spacing(8),
            palette,
        )
    }

    fn begin(&self, palette: Palette) -> Container<'_, Message> {
        card(
            "Commencer",
            "Un espace vide pour votre collectivité. Trois questions, puis votre premier partenaire.",
            column![
                button("Nouvel espace…", palette).on_press_maybe(self.unless_busy(Message::Begin)),
                door("Reprendre une convention signée…", palette)
                    .on_press_maybe(self.unless_busy(Message::TakeOver)),
                door("Importer mes tableaux…", palette)
                    .on_press_maybe(self.unless_busy(Message::Import)),
            ]
            .spacing(6),
            palette,
        )
    }

    fn go_on(&self, palette: Palette) -> Container<'_, Message> {
        let typed = field(
            &self.path,
            "dossier ou sauvegarde",
            OPEN_PATH,
            palette,
            Message::Path,
        )
        .on_submit(Message::Open);
        let acts = column![
            typed,
            row![
                button("Ouvrir", palette).on_press_maybe(self.unless_busy(Message::Open)),
                button("Choisir…", palette).on_press_maybe(self.unless_busy(Message::Choose)),
            ]
            .spacing(6),
        ]
        .spacing(8);
        card("Reprendre", "Un espace qui existe déjà.", acts, palette)
    }

    fn unless_busy(&self, message: Message) -> Option<Message> {
        self.busy.is_none().then_some(message)
    }
}

fn card<'a>(
    title: &'a str,
    words: &'a str,
    acts: impl Into<Element<'a, Message>>,
    palette: Palette,
) -> Container<'a, Message> {
    container(
        column![
            text(title).size(17).font(STRONG),
            text(words).size(15).color(palette.muted),
            acts.into(),
        ]
        .spacing(10),
    )
    .padding(18)
    .width(Fill)
    .style(move |_| palette.card())
}

impl Welcome {
    fn recent_list<'a>(
        &self,
        recent: &'a [Recent],
        now: NaiveDateTime,
        narrow: bool,
        palette: Palette,
    ) -> Element<'a, Message> {
        let rows = recent.iter().enumerate().map(|(rank, recent)| {
            let name = if recent.name.is_empty() {
                "Espace sans nom"
            } else {
                &recent.name
            };
            let seen = self.seen.get(&recent.folder);
            let mut words = column![
                text(name).size(16).font(STRONG).color(palette.ink),
                text(whereabouts(recent, now)).size(14).color(palette.muted),
            ];
            if let Some(why) = seen.and_then(why_not) {
                words = words.push(text(why).size(14).color(palette.wary));
            }
            let state = seen.and_then(|seen| state(seen, palette));
            let line: Element<'_, Message> = match (state, narrow) {
                (Some(state), true) => column![words, state].spacing(4).into(),
                (Some(state), false) => row![words.width(Fill), state]
                    .spacing(12)
                    .align_y(Center)
                    .into(),
                (None, _) => words.width(Fill).into(),
            };
            let open = Message::Recent(recent.folder.clone());
            let mut entry = row_button(line, false, palette).on_press_maybe(self.unless_busy(open));
            if rank == 0 {
                entry = entry.id(FIRST);
            }
            let forget = matches!(seen, Some(Seen::Missing | Seen::Unopenable)).then(|| {
                quiet("Retirer de la liste", palette)
                    .on_press(Message::Forget(recent.folder.clone()))
            });
            row![entry]
                .push(forget.map(Element::from))
                .spacing(8)
                .align_y(Center)
                .into()
        });
        column![
            text("Espaces récents").size(16).font(STRONG),
            container(Column::with_children(rows).spacing(2))
                .padding(8)
                .width(Fill)
                .style(move |_| palette.card()),
        ]
        .spacing(6)
        .into()
    }
}

/// Where a workspace is, and when it was last open.
fn whereabouts(recent: &Recent, now: NaiveDateTime) -> String {
    let place = recent.folder.display();
    let Some(opened) = recent.opened else {
        return place.to_string();
    };
    let hour = french::hour(opened.time());
    let days = (now.date() - opened.date()).num_days();
    match days {
        0 => format!("{place} · ouvert aujourd’hui à {hour}"),
        1 => format!("{place} · ouvert hier à {hour}"),
        _ => format!("{place} · ouvert le {}", french::day(opened.date())),
    }
}

fn state<'a>(seen: &Seen, palette: Palette) -> Option<Element<'a, Message>> {
    let (words, ink, ground) = match seen {
        Seen::Free => return None,
        Seen::Held(_) => ("◆ Ouvert ailleurs", palette.wary, palette.wary_soft),
        Seen::Missing => ("▲ Introuvable", palette.grave, palette.grave_soft),
        Seen::Unopenable => ("▲ Ne s’ouvre pas", palette.grave, palette.grave_soft),
    };
    Some(tag(words, ink, ground, palette))
}

/// What stands in the way of opening it as usual.
fn why_not(seen: &Seen) -> Option<String> {
    match seen {
        Seen::Free => None,
        Seen::Held(Some(holder)) => Some(format!(
            "Il s’ouvrira en lecture seule\u{a0}: {holder}, l’a ouvert."
        )),
        Seen::Held(None) => Some("Il s’ouvrira en lecture seule.".to_owned()),
        Seen::Missing => Some(
            "Ce dossier n’est pas là\u{a0}: il a été déplacé, ou son disque n’est pas branché."
                .to_owned(),
        ),
        Seen::Unopenable => Some("Ce dossier n’est plus un espace de travail.".to_owned()),
    }
}
