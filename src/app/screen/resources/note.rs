//! The « note d'opportunité »: the reasons chosen for it, and its PDF.

use std::collections::BTreeSet;
use std::sync::Arc;

use iced::widget::{row, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::screen::deliver::Delivery;
use crate::app::screen::{Action, book};
use crate::app::session::Session;
use crate::app::slug::Slug;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::strong;
use crate::document::NOTE;
use crate::export::{self, Logos};
use crate::reference::Reason;
use crate::typeset::Fonts;

/// See the module.
#[derive(Default)]
pub struct Note {
    chosen: BTreeSet<Slug>,
}

/// What happens to it.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// A reason is chosen for it, or no longer is.
    Choose(Slug),
    /// It is to be written.
    Write,
}

impl Note {
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
                Vec::new()
            }
            Message::Write => vec![self.delivery(session).asked()],
        }
    }

    fn delivery(&self, session: &Session) -> Delivery {
        let (records, reference) = (session.records().clone(), Arc::clone(session.reference()));
        let (cabinet, today) = (Arc::clone(session.cabinet()), session.today());
        let chosen = self.chosen.clone();
        let make = move || {
            let reasons: Vec<&Reason> = reference
                .reasons()
                .iter()
                .filter(|reason| chosen.contains(&Slug::of(&reason.id)))
                .collect();
            let bytes_of = |hash: &str| cabinet.bytes(hash);
            let (logos, _) = Logos::default().ours(&records, &reference, &bytes_of);
            let fonts = Fonts::shipped();
            export::note_pdf(&reasons, &records, &reference, logos, today, &fonts)
                .map_err(|error| error.to_string())
        };
        let name = format!("{NOTE} {}.pdf", session.today().format("%Y-%m-%d"));
        let told =
            "Les raisons retenues, leur argument, leur exemple et ce qui les illustre chez nous.";
        Delivery::new("Écrire la note d’opportunité", told, &name, session, make)
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
        let write = (!self.chosen.is_empty()).then(|| {
            strong("Écrire le PDF…", palette)
                .id("note.write")
                .on_press(Message::Write)
        });
        let head = row![
            text(NOTE).size(17).font(STRONG),
            text(words).size(15).color(palette.muted).width(Fill),
        ]
        .push(write)
        .spacing(12)
        .align_y(Center);
        book::set_out(head, palette.accent_soft)
    }
}
