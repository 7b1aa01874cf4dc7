//! The « note d'opportunité »: the reasons chosen for it, and where it is written.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use iced::widget::{column, row, text};
use iced::{Center, Element, Fill, Task};

use crate::app::fonts::STRONG;
use crate::app::outside::{Outside, typed_path};
use crate::app::screen::{Action, Notice, book};
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{button, field, strong};
use crate::document::NOTE;
use crate::export;
use crate::reference::Reason;
use crate::typeset::Fonts;

/// Where the keyboard types the path.
pub const PATH: &str = "note.path";

/// See the module.
pub struct Note {
    chosen: BTreeSet<Slug>,
    path: String,
    written: Option<PathBuf>,
    /// Whether it is being written.
    busy: bool,
    outside: Arc<dyn Outside>,
}

/// What happens to it.
#[derive(Debug, Clone)]
pub enum Message {
    /// A reason is chosen for it, or no longer is.
    Choose(Slug),
    /// The path is typed.
    Path(String),
    /// It is to be written.
    Write,
    /// It is, or not.
    Written(Result<PathBuf, String>),
    /// It is opened with the system.
    Open,
}

impl Note {
    /// To a file of the person's documents, without any reason yet.
    pub(super) fn new(session: &Session, outside: Arc<dyn Outside>) -> Self {
        let name = format!("{NOTE} {}.pdf", session.today().format("%Y-%m-%d"));
        Self {
            chosen: BTreeSet::new(),
            path: outside.documents().join(name).display().to_string(),
            written: None,
            busy: false,
            outside,
        }
    }

    /// Whether that reason is chosen for it.
    pub(super) fn holds(&self, reason: &str) -> bool {
        self.chosen.contains(&Slug::of(reason))
    }

    /// Reads what happened.
    pub(super) fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Choose(reason) => {
                if !self.chosen.remove(&reason) {
                    self.chosen.insert(reason);
                }
                self.written = None;
                Vec::new()
            }
            Message::Path(path) => {
                self.path = path;
                self.written = None;
                Vec::new()
            }
            Message::Write if self.busy => Vec::new(),
            Message::Write => {
                self.busy = true;
                vec![Action::Run(self.write(session))]
            }
            Message::Written(Ok(path)) => {
                self.busy = false;
                let words = format!("La note est écrite\u{a0}: {}", path.display());
                self.written = Some(path);
                vec![Action::Notify(Notice::calm(words))]
            }
            Message::Written(Err(fault)) => {
                self.busy = false;
                vec![Action::Notify(Notice::wary(fault))]
            }
            Message::Open => {
                let opened = self.written.as_ref().map(|path| self.outside.show(path));
                match opened {
                    Some(Err(fault)) => vec![Action::Notify(Notice::wary(fault))],
                    _ => Vec::new(),
                }
            }
        }
    }

    fn write(&self, session: &Session) -> Task<Message> {
        let (records, reference) = (session.records().clone(), Arc::clone(session.reference()));
        let (cabinet, today) = (Arc::clone(session.cabinet()), session.today());
        let chosen = self.chosen.clone();
        let path = typed_path(&self.path);
        let write = async move {
            let reasons: Vec<&Reason> = reference
                .reasons()
                .iter()
                .filter(|reason| chosen.contains(&Slug::of(&reason.id)))
                .collect();
            let fonts = Fonts::shipped();
            let bytes = export::note_pdf(&reasons, &records, &reference, Vec::new(), today, &fonts)
                .map_err(|error| error.to_string())?;
            cabinet.deliver(&path, &bytes)?;
            Ok(path)
        };
        Task::perform(write, Message::Written)
    }

    pub(super) fn view<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let all = session.reference().reasons().len();
        let words = match self.chosen.len() {
            0 => "Choisissez ci-dessous les raisons à dire\u{a0}: elles s’impriment avec leur argument, leur exemple et ce qui les illustre chez nous.".to_owned(),
            count => format!("{} sur {all}", french::count(count, "raison retenue", "raisons retenues")),
        };
        let head = row![
            text(NOTE).size(17).font(STRONG),
            text(words).size(15).color(palette.muted).width(Fill),
        ]
        .spacing(12)
        .align_y(Center);
        if self.chosen.is_empty() {
            return book::set_out(head, palette.accent_soft);
        }
        let label = if self.busy {
            "Écriture…"
        } else {
            "Écrire le PDF"
        };
        let write = (!self.busy).then_some(Message::Write);
        let open = (self.written.as_ref())
            .map(|_| button("Ouvrir la note", palette).on_press(Message::Open));
        let to = row![
            field(
                &self.path,
                "Chemin du fichier",
                PATH,
                palette,
                Message::Path
            )
            .on_submit(Message::Write)
            .width(Fill),
            strong(label, palette)
                .id("note.write")
                .on_press_maybe(write),
        ]
        .push(open)
        .spacing(10)
        .align_y(Center);
        book::set_out(column![head, to].spacing(10), palette.accent_soft)
    }
}
