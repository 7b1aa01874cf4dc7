//! Backups: what there is, one more now, one put back, where they go too.

use std::path::Path;

use iced::widget::{Column, column, row, text};
use iced::{Center, Element, Fill};

use super::{Message, Settings};
use crate::app::outside::{Backup, Restored, local};
use crate::app::screen::Notice;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::{button, field, quiet, strong};

/// Where the keyboard writes the second place.
pub const PLACE: &str = "settings.second-place";

impl Settings {
    pub(super) fn archives<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let writes = !session.is_read_only() && !self.busy;
        let archives = session.archives();
        let now = strong("Sauvegarder maintenant", palette)
            .on_press_maybe(writes.then_some(Message::BackUp));

        let lines = archives.into_iter().flat_map(|it| it.here.iter().rev());
        let lines = lines.map(|backup| {
            let restore = button("Restaurer…", palette)
                .on_press_maybe(writes.then(|| Message::Restore(backup.file.clone())));
            row![
                text(when(backup)).size(15).width(220),
                text(reason(&backup.file))
                    .size(15)
                    .color(palette.muted)
                    .width(Fill),
                Element::from(restore),
            ]
            .spacing(12)
            .align_y(Center)
            .into()
        });
        let mut list = Column::with_children(lines).spacing(6);
        if archives.is_none_or(|it| it.here.is_empty()) {
            let none = "Il n’y en a pas encore\u{a0}: la première se fait à la première modification du jour.";
            list = list.push(text(none).size(15).color(palette.muted));
        }

        let second = archives.and_then(|it| it.second_place.as_ref());
        let last = archives.and_then(|it| it.last_elsewhere);
        let said = match (second, last) {
            (None, _) => {
                "Un second endroit (une clé, un partage) protège d’un disque perdu ou volé."
                    .to_owned()
            }
            (Some(place), None) => {
                format!("Vers «\u{a0}{}\u{a0}»\u{a0}: rien encore.", place.display())
            }
            (Some(place), Some(at)) => format!(
                "Vers «\u{a0}{}\u{a0}»\u{a0}: la dernière est du {}.",
                place.display(),
                french::day(local(at).date())
            ),
        };
        let typed = !self.second_place.trim().is_empty();
        let elsewhere = column![
            text(said).size(15),
            row![
                field(
                    &self.second_place,
                    "chemin du dossier",
                    PLACE,
                    palette,
                    Message::Place
                )
                .on_submit(Message::SetPlace(true)),
                button("Choisir…", palette).on_press_maybe(writes.then_some(Message::ChoosePlace)),
                button("Y sauvegarder aussi", palette)
                    .on_press_maybe((writes && typed).then_some(Message::SetPlace(true))),
            ]
            .spacing(6)
            .align_y(Center),
        ]
        .push(second.map(|_| {
            Element::from(
                quiet("Ne plus y sauvegarder", palette)
                    .on_press_maybe(writes.then_some(Message::SetPlace(false))),
            )
        }))
        .spacing(8);

        column![
            section("Sauvegardes de l’espace", [now], list, palette),
            section("Second endroit", [], elsewhere, palette),
        ]
        .spacing(18)
        .into()
    }
}

/// What is told of an archive that was put back.
pub fn told(restored: &Restored) -> Notice {
    let back = french::count(restored.back, "fiche remise", "fiches remises");
    let words = format!("{back}. L’état précédent est dans la dernière sauvegarde.");
    match restored.lacks.as_slice() {
        [] => Notice::calm(words),
        lacks => Notice::wary(format!(
            "{words} Ce qui suit n’a pas pu l’être, et reste comme avant\u{a0}: {}",
            lacks.join("\u{a0}; ")
        )),
    }
}

fn when(backup: &Backup) -> String {
    let at = local(backup.at);
    format!("{} à {}", french::day(at.date()), french::hour(at.time()))
}

/// « le 24/11/2026 à 09:12 ».
pub fn when_of(file: &Path, session: &Session) -> String {
    let archives = session.archives();
    let known = archives.and_then(|it| it.here.iter().find(|backup| backup.file == file));
    known.map_or_else(String::new, |backup| format!("le {}", when(backup)))
}

/// Why it was made, as its name says.
fn reason(file: &Path) -> &'static str {
    let name = file.file_stem().unwrap_or_default().to_string_lossy();
    [
        ("quotidienne", "première modification du jour"),
        ("demandee", "à votre demande"),
        ("avant-migration", "avant un changement de format"),
        ("avant-import", "avant un import"),
        ("avant-fusion", "avant une fusion"),
        ("avant-restauration", "avant une restauration"),
    ]
    .into_iter()
    .find_map(|(word, reason)| name.ends_with(word).then_some(reason))
    .unwrap_or("")
}
