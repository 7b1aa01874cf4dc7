//! « Importer un PDF »: the data that another house's PDF carries, read as hostile, shown with what taking it in would
//! create or change, then taken in as one change that can be undone.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill, Task};

use super::{Action, Notice, Screen};
use crate::app::fonts::STRONG;
use crate::app::outside::{Answer, NO_DIALOG, Outside, answer, typed_path};
use crate::app::route::Route;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::{Tone, banner, button, field, pane, quiet, scroll, strong};
use crate::exchange::extract::{Extract, Leaving, Outcome, Review, Reviewed, review};
use crate::model::Kind;

/// Where the keyboard writes the path.
pub const PATH: &str = "take-in.path";

/// The page.
pub struct TakeIn {
    path: String,
    step: Step,
    /// Counts the readings, so that what comes of one that was left is not heard.
    reading: u64,
    outside: Arc<dyn Outside>,
}

enum Step {
    Asking,
    Reading,
    Failed(String),
    Read {
        extract: Box<Extract>,
        review: Review,
    },
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The path is typed.
    Path(String),
    /// The system's dialog is asked for.
    Browse,
    /// It answered.
    Answered(Answer),
    /// A file was dropped, or the one of the path is to be read.
    Read,
    /// What came of that reading.
    Done(u64, Result<Box<Extract>, String>),
    /// It is taken in.
    Take,
    /// The page before.
    Back,
}

impl TakeIn {
    /// Nothing read yet.
    #[must_use]
    pub fn new(outside: Arc<dyn Outside>) -> Self {
        Self {
            path: String::new(),
            step: Step::Asking,
            reading: 0,
            outside,
        }
    }
}

impl Screen for TakeIn {
    type Message = Message;

    const PANES: &'static [&'static str] = &["navigation", "take-in"];

    fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Path(path) => {
                self.path = path;
                self.step = Step::Asking;
                Vec::new()
            }
            Message::Browse => {
                let asked = answer(session.cabinet().ask("Choisir un PDF"));
                vec![Action::Run(Task::perform(asked, Message::Answered))]
            }
            Message::Answered(Answer::Chosen(path)) => self.read_file(&path),
            Message::Answered(Answer::NoDialog) => vec![
                Action::Notify(Notice::wary(NO_DIALOG)),
                Action::Focus(Id::new(PATH)),
            ],
            Message::Answered(Answer::Cancelled) => Vec::new(),
            Message::Read => self.read(),
            Message::Done(reading, _) if reading != self.reading => Vec::new(),
            Message::Done(_, Err(fault)) => {
                self.step = Step::Failed(fault);
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Done(_, Ok(extract)) => {
                let review = reviewed(&extract, session);
                self.step = Step::Read { extract, review };
                Vec::new()
            }
            Message::Take => self.take(session),
            Message::Back => vec![Action::Back],
        }
    }

    /// Records changed: what taking it in would do is said again.
    fn follow(&mut self, session: &Session) -> Task<Message> {
        if let Step::Read {
            extract,
            review: said,
        } = &mut self.step
        {
            *said = reviewed(extract, session);
        }
        Task::none()
    }

    /// A file was dropped on the window.
    fn dropped(&mut self, file: PathBuf, _session: &Session) -> Option<Vec<Action<Message>>> {
        Some(self.read_file(&file))
    }

    /// Back to where one was.
    fn escape(&mut self, _: &Session) -> Option<Vec<Action<Message>>> {
        Some(vec![Action::Back])
    }

    fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let path = field(
            &self.path,
            "chemin du fichier PDF",
            PATH,
            palette,
            Message::Path,
        )
        .on_submit(Message::Read);
        let mut page = column![
            text("Importer une convention d’un PDF").size(24).font(STRONG),
            text(
                "Un PDF que Passerelle a exporté avec ses données (PDF/A-3a) les rend ici. Rien n’est changé avant que \
                 vous ne l’ayez relu."
            )
            .size(15)
            .color(palette.muted),
            row![
                path,
                button("Choisir…", palette).on_press(Message::Browse),
                strong("Lire", palette)
                    .on_press_maybe((!self.path.trim().is_empty()).then_some(Message::Read)),
                quiet("Retour", palette).on_press(Message::Back),
            ]
            .spacing(8)
            .align_y(Center),
        ]
        .spacing(14);
        page = match &self.step {
            Step::Asking => page,
            Step::Reading => page.push(banner(Tone::Calm, "Lecture du fichier…", [], palette)),
            Step::Failed(fault) => page.push(banner(Tone::Grave, fault, [], palette)),
            Step::Read { extract, review } => {
                page.push(self.told(extract, review, session, palette))
            }
        };
        let page = container(page.max_width(820)).padding([18, 24]);
        pane("take-in", scroll(page, "take-in.page", palette)).into()
    }
}

impl TakeIn {
    fn read_file(&mut self, file: &Path) -> Vec<Action<Message>> {
        self.path = file.display().to_string();
        self.read()
    }

    fn read(&mut self) -> Vec<Action<Message>> {
        if self.path.trim().is_empty() {
            return vec![Action::Focus(Id::new(PATH))];
        }
        self.step = Step::Reading;
        self.reading += 1;
        let (reading, outside) = (self.reading, Arc::clone(&self.outside));
        let file = typed_path(&self.path);
        let work = async move { outside.extract(&file).map(Box::new) };
        vec![Action::Run(Task::perform(work, move |read| {
            Message::Done(reading, read)
        }))]
    }

    fn take(&mut self, session: &Session) -> Vec<Action<Message>> {
        if session.is_read_only() {
            return vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: rien n’est importé.",
            ))];
        }
        let Step::Read { extract, review } = &self.step else {
            return Vec::new();
        };
        let Some(change) = review.change.clone() else {
            return Vec::new();
        };
        let convention = extract.id;
        self.step = Step::Asking;
        self.path.clear();
        vec![
            Action::Edit(change),
            Action::Go(Route::Convention(convention)),
            Action::Notify(
                Notice::calm("La convention est importée\u{a0}: relisez-la.").undoable(),
            ),
        ]
    }

    fn told<'a>(
        &'a self,
        extract: &'a Extract,
        review: &'a Review,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let what = column![
            text(&extract.title).size(17).font(STRONG),
            text(about(extract)).size(15).color(palette.muted),
        ]
        .spacing(4);
        let records = review.records.iter().map(|it| outcome(it, palette));
        let records = Column::with_children(records).spacing(10);
        let parts: Vec<Element<'a, Message>> = extract
            .articles
            .iter()
            .filter_map(|article| {
                let words = article.texts.first()?;
                let title = text(&words.title).size(15).font(STRONG);
                let first = words.paragraphs.first().map_or("", String::as_str);
                let passage = text(first).size(15).color(palette.muted);
                Some(column![title, passage].spacing(2).into())
            })
            .collect();
        let take = strong("Importer", palette).on_press_maybe(
            (review.change.is_some() && !session.is_read_only()).then_some(Message::Take),
        );
        column![
            section("Ce que le fichier contient", [], what, palette),
            section("Ce que l’importer ferait", [], records, palette),
            take,
            section(
                "Ses articles",
                [],
                Column::with_children(parts).spacing(10),
                palette
            ),
        ]
        .spacing(16)
        .width(Fill)
        .into()
    }
}

fn reviewed(extract: &Extract, session: &Session) -> Review {
    let (records, reference) = (session.records(), session.reference());
    session.with_ids(|ids| review(extract, records, reference, ids, session.at()))
}

/// In how many words and in which state it left.
fn about(extract: &Extract) -> String {
    let state = match extract.state {
        Leaving::Travail => "document de travail",
        Leaving::Vote => "soumise au vote",
        Leaving::Signature => "à signer ou signée",
        Leaving::Publication => "publiée, données personnelles masquées",
    };
    format!(
        "{state}, du {} · {}, {}, {}",
        french::day(extract.dated),
        french::count(extract.parties.len(), "partie", "parties"),
        french::count(extract.articles.len(), "article", "articles"),
        french::count(extract.annexes.len(), "annexe", "annexes"),
    )
}

/// What becomes of a record: by a sign, a word and a colour.
fn outcome(reviewed: &Reviewed, palette: Palette) -> Element<'_, Message> {
    let what = match reviewed.record.kind {
        Kind::Convention => "convention",
        _ => "partenaire",
    };
    let (sign, word, ink, told) = match &reviewed.outcome {
        Outcome::Created => ('+', "sera créé", palette.good, Vec::new()),
        Outcome::Updated(told) => ('◆', "sera modifié", palette.wary, told.clone()),
        Outcome::Unchanged => ('●', "inchangé", palette.muted, Vec::new()),
        Outcome::Refused(why) => ('▲', "refusé", palette.grave, vec![why.clone()]),
    };
    let word = match (what, word) {
        ("convention", "sera créé") => "sera créée",
        ("convention", "sera modifié") => "sera modifiée",
        ("convention", "inchangé") => "inchangée",
        ("convention", "refusé") => "refusée",
        (_, word) => word,
    };
    let mut lines = column![
        row![
            text(format!("{sign} {word}"))
                .size(15)
                .color(ink)
                .width(140),
            text(&reviewed.name).size(15).width(Fill),
            text(what).size(14).color(palette.muted),
        ]
        .spacing(12)
    ]
    .spacing(4);
    for told in told {
        lines = lines.push(container(text(told).size(14).color(palette.muted)).padding([0, 152]));
    }
    lines.into()
}
