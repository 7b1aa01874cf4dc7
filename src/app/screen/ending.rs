//! Leaving while something is not on the disk: what it is, another try, another place, or staying.

pub mod refused;

use std::path::Path;

use iced::Element;
use iced::widget::{Column, column, row, text};

use crate::app::outside::{Answer, NO_DIALOG, typed_path};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, field, quiet, strong};

/// Where the keyboard writes the other place.
pub const ELSEWHERE: &str = "ending.elsewhere";

/// Where it tries again.
pub const AGAIN: &str = "ending.again";

/// Where it leaves all the same.
pub const LEAVE: &str = "ending.leave";

/// How many records are named.
const NAMED: usize = 6;

/// What could not be saved, and what is tried.
#[derive(Debug)]
pub struct Ending {
    fault: String,
    unsaved: Vec<String>,
    path: String,
    /// What came of the copy.
    told: Option<String>,
    copied: bool,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Try to save again, then leave.
    Again,
    /// The other place is typed.
    Path(String),
    /// It is to be chosen in the system's dialog.
    Choose,
    /// The dialog answered.
    Chosen(Answer),
    /// A copy is to be made there.
    Copy,
    /// The copy was made, without so many of its pieces, or not.
    Copied(Result<usize, String>),
    /// Leave all the same.
    Anyway,
    /// Stay.
    Not,
}

impl Ending {
    /// Leaving failed for that reason; a copy is suggested under `documents`.
    #[must_use]
    pub fn new(fault: String, session: &Session, documents: &Path) -> Self {
        let folder = session.folder().file_name().unwrap_or_default();
        let copy = format!("{} (copie)", folder.to_string_lossy());
        Self {
            fault,
            unsaved: session.unsaved(),
            path: documents.join(copy).display().to_string(),
            told: None,
            copied: false,
        }
    }

    /// Where the copy goes.
    #[must_use]
    pub fn place(&self) -> std::path::PathBuf {
        typed_path(&self.path)
    }

    /// The other place is typed.
    pub fn typed(&mut self, path: String) {
        self.path = path;
        self.told = None;
    }

    /// The dialog answered.
    pub fn chosen(&mut self, answer: &Answer) {
        match answer {
            Answer::Chosen(path) => self.typed(path.display().to_string()),
            Answer::NoDialog => self.told = Some(NO_DIALOG.to_owned()),
            Answer::Cancelled => {}
        }
    }

    /// The copy was made, or not.
    pub fn heard(&mut self, result: Result<usize, String>) {
        self.copied = result.is_ok();
        self.told = Some(match result {
            Ok(0) => format!(
                "Tout est dans «\u{a0}{}\u{a0}»\u{a0}: vous pouvez partir. Cet espace-là est le premier des espaces récents.",
                self.path
            ),
            Ok(lost) => format!(
                "Toutes les fiches sont dans «\u{a0}{}\u{a0}»\u{a0}; {} n’ont pas pu être lues sur le premier disque.",
                self.path,
                french::count(lost, "pièce", "pièces")
            ),
            Err(fault) => fault,
        });
    }

    /// The dialog.
    #[must_use]
    pub fn dialog(&self, palette: Palette) -> Dialog<'_, Message> {
        let named = self.unsaved.iter().take(NAMED).map(|title| {
            text(format!("• {title}"))
                .size(15)
                .color(palette.ink)
                .into()
        });
        let mut waiting = Column::with_children(named).spacing(2);
        if let Some(more) = self
            .unsaved
            .len()
            .checked_sub(NAMED)
            .filter(|more| *more > 0)
        {
            let words = format!("et {}", french::count(more, "autre fiche", "autres fiches"));
            waiting = waiting.push(text(words).size(15).color(palette.muted));
        }
        let elsewhere = column![
            text("Vous pouvez enregistrer une copie complète de l’espace ailleurs, sur un autre disque ou une clé\u{a0}:")
                .size(15),
            row![
                field(&self.path, "chemin d’un dossier nouveau", ELSEWHERE, palette, Message::Path)
                    .on_submit(Message::Copy),
                button("Choisir…", palette).on_press(Message::Choose),
                button("Copier là", palette).on_press(Message::Copy),
            ]
            .spacing(6),
        ]
        .spacing(6);
        let mut content = column![
            text(format!("▲ {}", self.fault))
                .size(15)
                .color(palette.grave),
            text("N’est pas encore sur le disque\u{a0}:").size(15),
            waiting,
            elsewhere,
        ]
        .spacing(12);
        if let Some(told) = &self.told {
            let (sign, ink) = if self.copied {
                ('●', palette.good)
            } else {
                ('▲', palette.grave)
            };
            content = content.push(text(format!("{sign} {told}")).size(15).color(ink));
        }
        let content: Element<'_, Message> = content.into();
        let leave = if self.copied {
            button("Partir\u{a0}: la copie est faite", palette)
        } else {
            quiet("Partir sans enregistrer", palette)
        };
        let acts = [
            strong("Réessayer", palette)
                .id(AGAIN)
                .on_press(Message::Again),
            button("Rester", palette).on_press(Message::Not),
            leave.id(LEAVE).on_press(Message::Anyway),
        ];
        Dialog::new(
            "Tout n’est pas enregistré",
            content,
            acts,
            Message::Not,
            palette,
        )
    }
}
