//! The first page: discover, begin, go on.
//!
//! Every dialog of the system has a field beside it: on a bare desktop the dialog answers nothing and says nothing.

use std::path::{Path, PathBuf};

use iced::widget::{Column, Container, Id, Row, column, container, responsive, row, space, text};
use iced::{Center, Element, Fill, Length, Shrink, Size};

use crate::app::fonts::STRONG;
use crate::app::outside::{Answer, typed_path};
use crate::app::preferences::Recent;
use crate::app::theme::Palette;
use crate::app::widget::{Button, Tone, banner, button, field, quiet, row_button, scroll, strong};

/// Where the keyboard begins.
pub const FIRST: &str = "welcome.first";

const OPEN_PATH: &str = "welcome.open-path";
const NEW_NAME: &str = "welcome.new-name";

/// Below this width cards stand under each other.
const NARROW: f32 = 760.0;

/// The height of cards that stand beside each other.
const CARD: Length = Length::Fixed(218.0);

/// What is typed, and what went wrong.
#[derive(Debug, Default)]
pub struct Welcome {
    path: String,
    beginning: Option<Beginning>,
    fault: Option<String>,
    busy: Option<&'static str>,
}

/// The answers that a new workspace wants.
#[derive(Debug, Default)]
struct Beginning {
    name: String,
    folder: String,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The demonstration is asked for.
    Demonstration,
    /// A new workspace is asked for.
    Begin,
    /// The authority's name is typed.
    Name(String),
    /// The new folder is typed.
    Folder(String),
    /// The new workspace is to be made.
    Create,
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
}

/// What the page asks of the application.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish {
    /// Open a folder.
    Open(PathBuf),
    /// Make a workspace, then open it.
    Create {
        /// Where.
        folder: PathBuf,
        /// For whom.
        authority: String,
    },
    /// Make the demonstration, then open it.
    Demonstration,
    /// Show the system's dialog.
    AskFolder,
    /// Put the keyboard there.
    Focus(Id),
}

impl Welcome {
    /// Something failed; what was typed stays.
    pub fn fail(&mut self, fault: String) {
        self.busy = None;
        self.fault = Some(fault);
    }

    /// Reads what happened; new workspaces are suggested under `documents`.
    pub fn update(&mut self, message: Message, documents: &Path) -> Option<Wish> {
        match message {
            Message::Demonstration => {
                self.wait("Préparation de la démonstration…");
                Some(Wish::Demonstration)
            }
            Message::Begin => {
                let folder = documents.join("Relations internationales");
                self.fault = None;
                self.beginning = Some(Beginning {
                    name: String::new(),
                    folder: folder.display().to_string(),
                });
                Some(Wish::Focus(Id::new(NEW_NAME)))
            }
            Message::Name(name) => {
                self.beginning.as_mut()?.name = name;
                None
            }
            Message::Folder(folder) => {
                self.beginning.as_mut()?.folder = folder;
                None
            }
            Message::Create => self.create(),
            Message::Cancel => {
                self.beginning = None;
                self.fault = None;
                Some(Wish::Focus(Id::new(FIRST)))
            }
            Message::Choose => {
                self.fault = None;
                Some(Wish::AskFolder)
            }
            Message::Chosen(Answer {
                path: Some(path), ..
            }) => {
                self.wait("Ouverture…");
                Some(Wish::Open(path))
            }
            Message::Chosen(Answer { at_once: true, .. }) => {
                self.fault = Some(
                    "Le sélecteur de dossiers du système n’est pas disponible\u{a0}: saisissez le chemin."
                        .to_owned(),
                );
                Some(Wish::Focus(Id::new(OPEN_PATH)))
            }
            Message::Chosen(_) => None,
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

    fn create(&mut self) -> Option<Wish> {
        let beginning = self.beginning.as_ref()?;
        let authority = beginning.name.trim().to_owned();
        if authority.is_empty() {
            self.fault = Some("Indiquez le nom de votre collectivité.".to_owned());
            return Some(Wish::Focus(Id::new(NEW_NAME)));
        }
        let folder = typed_path(&beginning.folder);
        self.wait("Création de l’espace…");
        Some(Wish::Create { folder, authority })
    }

    fn wait(&mut self, what: &'static str) {
        self.busy = Some(what);
        self.fault = None;
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, recent: &'a [Recent], palette: Palette) -> Element<'a, Message> {
        responsive(move |size| self.page(recent, size, palette)).into()
    }

    fn page<'a>(
        &'a self,
        recent: &'a [Recent],
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

        let mut page = column![
            text("Passerelle").size(36).font(STRONG),
            text(
                "Partenaires, conventions et budgets de votre action internationale, dans un dossier de votre \
                 ordinateur. Sans compte, sans réseau."
            )
            .size(17)
            .color(palette.muted),
        ]
        .spacing(8);
        if let Some(fault) = &self.fault {
            page = page.push(banner(Tone::Grave, fault, [], palette));
        } else if let Some(busy) = self.busy {
            page = page.push(banner(Tone::Calm, busy, [], palette));
        }
        page = page.push(space().height(8)).push(cards);
        if let Some(beginning) = &self.beginning {
            page = page.push(beginning.view(palette));
        }
        if !recent.is_empty() {
            page = page
                .push(space().height(8))
                .push(recent_list(recent, palette));
        }
        page = page.push(space().height(4)).push(
            text("Ctrl+O choisir un dossier · Tab passer d’un bouton à l’autre · F1 raccourcis")
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
        card(
            "Découvrir",
            "Un espace de démonstration complet, avec ses partenaires, ses conventions et ses budgets. Rien n’y est réel.",
            row![if first { act.id(FIRST) } else { act }],
            palette,
        )
    }

    fn begin(&self, palette: Palette) -> Container<'_, Message> {
        card(
            "Commencer",
            "Un espace vide pour votre collectivité. Une question, et il est prêt.",
            row![
                button("Nouvel espace…", palette).on_press_maybe(self.unless_busy(Message::Begin))
            ],
            palette,
        )
    }

    fn go_on(&self, palette: Palette) -> Container<'_, Message> {
        let typed = field(
            &self.path,
            "chemin du dossier",
            OPEN_PATH,
            palette,
            Message::Path,
        )
        .on_submit(Message::Open);
        let acts = column![
            button("Choisir un dossier…", palette)
                .on_press_maybe(self.unless_busy(Message::Choose)),
            row![
                typed,
                button("Ouvrir", palette).on_press_maybe(self.unless_busy(Message::Open)),
            ]
            .spacing(4)
            .align_y(Center),
        ]
        .spacing(8);
        card("Reprendre", "Un espace qui existe déjà.", acts, palette)
    }

    fn unless_busy(&self, message: Message) -> Option<Message> {
        self.busy.is_none().then_some(message)
    }
}

impl Beginning {
    fn view(&self, palette: Palette) -> Element<'_, Message> {
        let acts: [Button<'_, Message>; 2] = [
            strong("Créer l’espace", palette).on_press(Message::Create),
            quiet("Annuler", palette).on_press(Message::Cancel),
        ];
        container(
            column![
                text("Nouvel espace").size(18).font(STRONG),
                field(
                    &self.name,
                    "Communauté d’agglomération de Valmont",
                    NEW_NAME,
                    palette,
                    Message::Name,
                )
                .label("Nom de votre collectivité")
                .on_submit(Message::Create),
                field(
                    &self.folder,
                    "chemin du dossier",
                    "welcome.new-folder",
                    palette,
                    Message::Folder,
                )
                .label("Dossier à créer")
                .on_submit(Message::Create),
                Row::with_children(acts.map(Element::from)).spacing(8),
            ]
            .spacing(12),
        )
        .padding(18)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
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

fn recent_list(recent: &[Recent], palette: Palette) -> Element<'_, Message> {
    let rows = recent.iter().enumerate().map(|(rank, recent)| {
        let name = if recent.name.is_empty() {
            "Espace sans nom"
        } else {
            &recent.name
        };
        let words = column![
            text(name).size(16).font(STRONG).color(palette.ink),
            text(recent.folder.display().to_string())
                .size(14)
                .color(palette.muted),
        ];
        let row =
            row_button(words, false, palette).on_press(Message::Recent(recent.folder.clone()));
        match rank {
            0 => row.id(FIRST).into(),
            _ => row.into(),
        }
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
