//! What is told at the foot of the page of what happened elsewhere: an edit taken back, a person erased, a hard stop.

use iced::Task;

use super::{Desk, Message};
use crate::app::outside::Erased;
use crate::app::route::Route;
use crate::app::screen::Notice;
use crate::app::screen::partners::called;
use crate::app::screen::rights;
use crate::app::session::{Session, TakenBack};
use crate::app::text as french;
use crate::model::{Record, RecordId, quoted};

impl Desk {
    pub(super) fn took_back(
        &mut self,
        taken: Option<TakenBack>,
        done: &str,
        nothing: &str,
    ) -> Task<Message> {
        let elsewhere = taken
            .as_ref()
            .and_then(|taken| self.elsewhere(taken.about?));
        let notice = match taken {
            None => Notice::calm(nothing),
            Some(TakenBack { label, clashes, .. }) if clashes.is_empty() => {
                let place = elsewhere.as_ref().map_or_else(String::new, |(_, title)| {
                    format!(", dans {}", quoted(title))
                });
                Notice::calm(format!("{done}\u{a0}: {label}{place}"))
            }
            Some(TakenBack { label, .. }) => Notice::wary(format!(
                "{label}\u{a0}: une partie avait changé depuis ailleurs et a été gardée telle quelle."
            )),
        };
        self.notice = Some(match elsewhere {
            Some((there, _)) => notice.about(there),
            None => notice,
        });
        let turned = self.pages.turn_back(self.route(), &self.session);
        turned.map(Message::Page)
    }

    /// The page of a record and what it is called, when another page is shown.
    pub(super) fn elsewhere(&self, name: RecordId) -> Option<(Route, String)> {
        let (there, title) = match self.session.records().get(name)?.as_ref() {
            Record::Convention(it) => (Route::Convention(it.id), it.title.clone()),
            Record::Partner(it) => (Route::Partner(it.id), called(it).to_owned()),
            Record::Budget(it) => (Route::Budget(it.id), it.title.clone()),
            _ => return None,
        };
        (there != self.route()).then_some((there, title))
    }
}

/// What erasing a person came to: in so many records and archives, and where its name stays, as the erasure says.
pub(super) fn erased(erased: &Erased, records: usize, stays: Option<&str>) -> Notice {
    let mut words = format!(
        "La personne est effacée\u{a0}: {}, {}.",
        french::count(records, "fiche réécrite", "fiches réécrites"),
        french::count(
            erased.archives,
            "sauvegarde réécrite",
            "sauvegardes réécrites"
        )
    );
    if let Some(stays) = stays {
        words.push(' ');
        words.push_str(stays);
    }
    if !erased.pieces.is_empty() {
        words.push_str(&format!(
            " À relire, le texte de {} la nomme.",
            french::count(erased.pieces.len(), "pièce jointe", "pièces jointes")
        ));
    }
    if erased.unread.is_empty() {
        return Notice::calm(words);
    }
    words.push_str(&format!(
        " N’a pas pu être relu\u{a0}: {}.",
        erased.unread.join("\u{a0}; ")
    ));
    Notice::wary(words)
}

/// What a hard stop had left, told once.
pub(super) fn recovered(session: &Session) -> Option<Notice> {
    const NAMED: usize = 3;

    let records = session.recovered();
    if records.is_empty() {
        return None;
    }
    let mut named = rights::titles_of(records, session);
    let more = named.len().saturating_sub(NAMED);
    named.truncate(NAMED);
    if more > 0 {
        named.push(french::count(more, "autre fiche", "autres fiches"));
    }
    Some(Notice::calm(format!(
        "Le dernier arrêt avait été brutal\u{a0}: ce qui attendait d’être rangé l’a été, rien n’est perdu ({}).",
        named.join(", ")
    )))
}
