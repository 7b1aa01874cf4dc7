//! « Exporter tout »: every convention as a PDF in a folder, one after the other; it can be stopped.

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::widget::{Column, Id, column, container, progress_bar, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::fonts::STRONG;
use crate::app::outside::{Export as Order, ExportFault, Exported, Outside, typed_path};
use crate::app::preview;
use crate::app::screen::{Action, Notice, Screen};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Tone, banner, button, checkbox, field, pane, quiet, scroll, strong};
use crate::export;
use crate::model::{self, Change};

/// Where the keyboard types the folder.
pub const FOLDER: &str = "export-all.folder";

/// How many refusals are said.
const SAID: usize = 8;

/// All conventions on their way out.
pub struct ExportAll {
    folder: String,
    replace: bool,
    step: Step,
    /// Those that are still to be written, the next one last, with the name of their file.
    waiting: Vec<(model::Id, String)>,
    all: usize,
    written: Vec<Exported>,
    /// What was not written, and why.
    refused: Vec<String>,
    /// Counts the runs, so that what comes of one that was stopped is not heard.
    run: u64,
    /// What keeps the text that is on its way out, once it is written.
    kept: Option<Change>,
    outside: Arc<dyn Outside>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Asking(Option<String>),
    Writing,
    Stopped,
    Done,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The folder is typed.
    Folder(String),
    /// Files that are there are replaced, or left.
    Replace,
    /// It begins.
    Begin,
    /// One is written, or not.
    Written(u64, String, Result<Exported, ExportFault>),
    /// No more.
    Stop,
    /// The folder is shown.
    OpenFolder,
    /// It was, or not.
    Opened(Result<(), String>),
    /// The page before.
    Back,
}

impl ExportAll {
    /// To a folder of the person's documents.
    #[must_use]
    pub fn new(outside: Arc<dyn Outside>) -> Self {
        let folder = outside.documents().join("Conventions");
        Self {
            folder: folder.display().to_string(),
            replace: false,
            step: Step::Asking(None),
            waiting: Vec::new(),
            all: 0,
            written: Vec::new(),
            refused: Vec::new(),
            run: 0,
            kept: None,
            outside,
        }
    }
}

impl Screen for ExportAll {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "export-all"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Folder(folder) => {
                self.folder = folder;
                Vec::new()
            }
            Message::Replace => {
                self.replace = !self.replace;
                Vec::new()
            }
            Message::Begin => self.begin(session),
            Message::Written(run, name, result) => {
                let kept = self.kept.take().filter(|_| result.is_ok());
                let mut actions: Vec<_> = kept.map(Action::Keep).into_iter().collect();
                if run != self.run {
                    return actions;
                }
                match result {
                    Ok(exported) => self.written.push(exported),
                    Err(ExportFault::Exists) => self
                        .refused
                        .push(format!("«\u{a0}{name}\u{a0}» existe déjà et a été laissé.")),
                    Err(ExportFault::Reserved(_, fault) | ExportFault::Other(fault)) => {
                        self.refused.push(fault);
                    }
                }
                actions.extend(self.next(session));
                actions
            }
            Message::Stop => {
                self.run += 1;
                self.step = Step::Stopped;
                Vec::new()
            }
            Message::OpenFolder => {
                let outside = Arc::clone(&self.outside);
                let folder = typed_path(&self.folder);
                let work = async move { outside.show(&folder) };
                vec![Action::Run(Task::perform(work, Message::Opened))]
            }
            Message::Opened(Ok(())) => Vec::new(),
            Message::Opened(Err(fault)) => {
                vec![Action::Notify(Notice::wary(fault))]
            }
            Message::Back => vec![Action::Back],
        }
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        Some(vec![Action::Back])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let count = session.records().conventions().count();
        let count = french::count(count, "convention", "conventions");
        let writing = self.step == Step::Writing;
        let folder = field(
            &self.folder,
            "dossier des PDF",
            FOLDER,
            palette,
            Message::Folder,
        )
        .on_submit(Message::Begin);
        let begin = strong(format!("Exporter {count}"), palette)
            .on_press_maybe((!writing).then_some(Message::Begin));
        let mut acts = row![begin].spacing(8).align_y(Center);
        if writing {
            acts = acts.push(button("Arrêter", palette).on_press(Message::Stop));
        }
        let page = column![
            text("Exporter toutes les conventions").size(24).font(STRONG),
            text("Chacune dans l’état de son étape\u{a0}: document de travail tant qu’elle n’est pas signée, texte signé ensuite.")
                .size(15)
                .color(palette.muted),
            text("Dossier").size(15).font(STRONG),
            folder,
            checkbox("Remplacer les fichiers qui y sont déjà", self.replace, palette)
                .on_press(Message::Replace),
            acts.push(quiet("Retour", palette).on_press(Message::Back)),
            self.told(palette),
        ]
        .spacing(10);
        pane(
            "export-all",
            scroll(
                container(page.max_width(720)).padding([18, 24]),
                "export-all.page",
                palette,
            ),
        )
        .into()
    }
}

impl ExportAll {
    fn begin(&mut self, session: &Session) -> Vec<Action<Message>> {
        if self.step == Step::Writing {
            return Vec::new();
        }
        let folder = typed_path(&self.folder);
        if !folder.is_absolute() {
            let told = "Indiquez le chemin complet d’un dossier.".to_owned();
            self.step = Step::Asking(Some(told));
            return vec![Action::Focus(Id::new(FOLDER))];
        }
        if let Err(fault) = self.outside.make_folder(&folder) {
            self.step = Step::Asking(Some(fault));
            return vec![Action::Focus(Id::new(FOLDER))];
        }
        self.waiting = names(session);
        self.waiting.reverse();
        self.all = self.waiting.len();
        self.written.clear();
        self.refused.clear();
        self.run += 1;
        self.step = Step::Writing;
        self.next(session)
    }

    fn next(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some((convention, name)) = self.waiting.pop() else {
            self.step = Step::Done;
            return Vec::new();
        };
        self.kept = super::version_to_keep(convention, session);
        let order = Order {
            convention,
            records: session.records().clone(),
            reference: Arc::clone(session.reference()),
            composition: preview::usual_composition(convention, session.records(), session.today()),
            data: false,
            logos: Some(Arc::clone(session.cabinet())),
            path: typed_path(&self.folder).join(&name),
            replace: self.replace,
            accepted: Vec::new(),
            today: session.today(),
        };
        let (run, outside) = (self.run, Arc::clone(&self.outside));
        let work = async move { outside.export(&order) };
        vec![Action::Run(Task::perform(work, move |result| {
            Message::Written(run, name.clone(), result)
        }))]
    }

    fn told(&self, palette: Palette) -> Element<'_, Message> {
        let mut told = Column::new().spacing(8);
        if self.all > 0 {
            let done = self.written.len() + self.refused.len();
            told = told
                .push(
                    progress_bar(0.0..=self.all as f32, done as f32)
                        .girth(8)
                        .style(move |_| palette.progress())
                        .length(Fill),
                )
                .push(text(format!("{done} sur {}", self.all)).size(14));
        }
        let written = || {
            let files = french::count(self.written.len(), "fichier écrit", "fichiers écrits");
            let pages: usize = self.written.iter().map(|it| it.pages).sum();
            format!("{files}, {}", french::count(pages, "page", "pages"))
        };
        let open = || [button("Ouvrir le dossier", palette).on_press(Message::OpenFolder)];
        told = match &self.step {
            Step::Asking(None) | Step::Writing => told,
            Step::Asking(Some(fault)) => told.push(banner(Tone::Grave, fault, [], palette)),
            Step::Stopped => told.push(banner(
                Tone::Wary,
                format!(
                    "Arrêté\u{a0}: {}\u{a0}; le reste n’a pas été écrit.",
                    written()
                ),
                open(),
                palette,
            )),
            Step::Done => told.push(banner(
                Tone::Calm,
                format!("Terminé\u{a0}: {}.", written()),
                open(),
                palette,
            )),
        };
        for refused in self.refused.iter().take(SAID) {
            told = told.push(text(format!("◆ {refused}")).size(14).color(palette.wary));
        }
        if self.refused.len() > SAID {
            let more = self.refused.len() - SAID;
            told = told.push(text(format!("et {more} autres")).size(14));
        }
        told.into()
    }
}

/// The conventions in the order of their titles, each with a name of file that no other has.
fn names(session: &Session) -> Vec<(model::Id, String)> {
    let mut all: Vec<_> = session
        .records()
        .conventions()
        .map(|convention| (export::file_name(convention), convention.id))
        .collect();
    all.sort();
    let mut taken: BTreeSet<String> = BTreeSet::new();
    all.into_iter()
        .map(|(name, id)| {
            let stem = name.trim_end_matches(".pdf").to_owned();
            let own = (1..)
                .map(|rank| match rank {
                    1 => name.clone(),
                    rank => format!("{stem} ({rank}).pdf"),
                })
                .find(|own| !taken.contains(&own.to_lowercase()))
                .unwrap_or(name);
            taken.insert(own.to_lowercase());
            (id, own)
        })
        .collect()
}
