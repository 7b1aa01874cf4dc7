//! « Exporter le PDF »: in which state the convention leaves, and where to.

use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{Id, Row, column, container, row, text};
use iced::{Center, Element, Task};

use super::{Action, Notice};
use crate::app::fonts::STRONG;
use crate::app::outside::{Answer, Export as Order, ExportFault, Outside, answer, typed_path};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tone, banner, button, choice, field, pane, quiet, scroll, strong};
use crate::document::State;
use crate::export;
use crate::model;

/// Where the keyboard types the path.
pub const PATH: &str = "export.path";

/// The states, in the order of a convention's life.
const STATES: [State; 4] = [
    State::Working,
    State::Vote,
    State::Signature,
    State::Publication,
];

/// A convention on its way out.
pub struct Export {
    id: model::Id,
    state: State,
    path: String,
    step: Step,
    outside: Arc<dyn Outside>,
    order: u64,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Asking,
    Writing,
    /// A file is there already.
    Exists,
    Failed(String),
    Done(PathBuf),
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// In which state.
    State(State),
    /// The path is typed.
    Path(String),
    /// The system's dialog is asked for.
    Choose,
    /// It answered.
    Chosen(Answer),
    /// Written now, in the place of what is there or not.
    Write {
        /// Whether a file that is there may be replaced.
        replace: bool,
    },
    /// What came of that order.
    Written(u64, Result<PathBuf, ExportFault>),
    /// Back to the convention.
    Back,
}

impl Export {
    /// A convention, in the state usual for its stage, to the person's documents.
    #[must_use]
    pub fn new(id: model::Id, session: &Session, outside: Arc<dyn Outside>) -> Self {
        let convention = session.records().convention(id);
        let name = convention.map_or_else(String::new, export::file_name);
        let state = convention.map_or_else(State::default, |convention| {
            export::usual_state(convention, session.records(), session.today())
        });
        Self {
            id,
            state,
            path: outside.documents().join(name).display().to_string(),
            step: Step::Asking,
            outside,
            order: 0,
        }
    }

    /// Which.
    #[must_use]
    pub const fn id(&self) -> model::Id {
        self.id
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::State(state) => {
                self.state = state;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Path(path) => {
                self.path = path;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Choose => {
                let dialog = self.outside.ask_file(&typed_path(&self.path));
                vec![Action::Run(Task::perform(answer(dialog), Message::Chosen))]
            }
            Message::Chosen(Answer {
                path: Some(path), ..
            }) => {
                self.path = path.display().to_string();
                // The system's dialog has asked whether to replace.
                self.write(true, session)
            }
            Message::Chosen(Answer { at_once: true, .. }) => vec![
                Action::Notify(Notice::wary(
                    "Le sélecteur de fichiers du système n’est pas disponible\u{a0}: saisissez le chemin.",
                )),
                Action::Focus(Id::new(PATH)),
            ],
            Message::Chosen(_) => Vec::new(),
            Message::Write { replace } => self.write(replace, session),
            Message::Written(order, _) if order != self.order => Vec::new(),
            Message::Written(_, Ok(path)) => {
                self.step = Step::Done(path);
                Vec::new()
            }
            Message::Written(_, Err(ExportFault::Exists)) => {
                self.step = Step::Exists;
                Vec::new()
            }
            Message::Written(_, Err(ExportFault::Other(fault))) => {
                self.step = Step::Failed(fault);
                Vec::new()
            }
            Message::Back => vec![Action::Back],
        }
    }

    fn write(&mut self, replace: bool, session: &Session) -> Vec<Action<Message>> {
        if self.step == Step::Writing {
            return Vec::new();
        }
        let path = typed_path(&self.path);
        if !path.is_absolute() {
            self.step =
                Step::Failed("Indiquez un chemin complet, jusqu’au nom du fichier.".to_owned());
            return vec![Action::Focus(Id::new(PATH))];
        }
        self.step = Step::Writing;
        self.order += 1;

        let number = self.order;
        let outside = Arc::clone(&self.outside);
        let order = Order {
            convention: self.id,
            records: session.records().clone(),
            reference: Arc::clone(session.reference()),
            state: self.state,
            path: path.clone(),
            replace,
            today: session.today(),
        };
        let work = async move { outside.export(&order).map(|()| path) };
        vec![Action::Run(Task::perform(work, move |result| {
            Message::Written(number, result)
        }))]
    }

    /// The page.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let convention = session.records().convention(self.id);
        let title = convention.map_or("", |convention| convention.title.as_str());
        let blocking = session
            .findings(self.id)
            .iter()
            .filter(|it| it.blocks())
            .count();

        let states = STATES.map(|state| {
            let (name, _) = words(state);
            choice(name, state == self.state, palette)
                .on_press(Message::State(state))
                .into()
        });
        let (_, explanation) = words(self.state);
        let path = field(
            &self.path,
            "chemin du fichier PDF",
            PATH,
            palette,
            Message::Path,
        )
        .on_submit(Message::Write { replace: false });
        let write = strong("Exporter le PDF", palette).on_press_maybe(
            (self.step != Step::Writing).then_some(Message::Write { replace: false }),
        );

        let mut page = column![
            text("Exporter le PDF").size(24).font(STRONG),
            text(title).size(16).color(palette.muted),
            text("Pour").size(15).font(STRONG),
            Row::with_children(states)
                .spacing(6)
                .wrap()
                .vertical_spacing(6),
            text(explanation).size(15).color(palette.muted),
        ]
        .spacing(10);
        if self.state == State::Signature && blocking > 0 {
            let points = french::count(blocking, "point bloquant", "points bloquants");
            page = page.push(banner(
                Tone::Wary,
                format!("{points}\u{a0}: l’export pour signature sera refusé tant qu’il en reste."),
                [quiet("Voir", palette).on_press(Message::Back)],
                palette,
            ));
        }
        page = page
            .push(text("Fichier").size(15).font(STRONG))
            .push(
                row![path, button("Choisir…", palette).on_press(Message::Choose)]
                    .spacing(8)
                    .align_y(Center),
            )
            .push(row![write, quiet("Retour", palette).on_press(Message::Back)].spacing(8));
        if let Some(told) = self.told(palette) {
            page = page.push(told);
        }

        pane(
            "export",
            scroll(
                container(page.max_width(720)).padding([18, 24]),
                "export.page",
                palette,
            ),
        )
        .into()
    }

    fn told<'a>(&'a self, palette: Palette) -> Option<Element<'a, Message>> {
        match &self.step {
            Step::Asking => None,
            Step::Writing => Some(banner(Tone::Calm, "Composition du PDF…", [], palette)),
            Step::Exists => Some(banner(
                Tone::Wary,
                "Un fichier de ce nom existe déjà.",
                [button("Le remplacer", palette).on_press(Message::Write { replace: true })],
                palette,
            )),
            Step::Failed(fault) => Some(banner(Tone::Grave, fault, [], palette)),
            Step::Done(path) => {
                let words = format!("PDF écrit\u{a0}: {}", path.display());
                Some(banner(Tone::Calm, words, [], palette))
            }
        }
    }
}

/// What a state is called, and what it does to the document.
const fn words(state: State) -> (&'static str, &'static str) {
    match state {
        State::Working => (
            "Travailler",
            "PROJET en travers des pages, avec le numéro de version.",
        ),
        State::Vote => (
            "Soumettre au vote",
            "Annexe à la délibération\u{a0}: les blancs s’impriment en filets.",
        ),
        State::Signature => ("Signer", "Le texte voté, les blancs remplis."),
        State::Publication => ("Publier", "Les données personnelles sont masquées."),
    }
}
