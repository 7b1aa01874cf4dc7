//! How pieces look: a line each, the path of one to join, the card of one that is being called otherwise.

use iced::widget::{Column, Id, column, container, row, space, text};
use iced::{Center, Element, Fill};

use super::{ADD, Card, DATE, KIND, Message, Open, PATH, Pieces, TITLE};
use crate::app::fonts::STRONG;
use crate::app::outside::PieceState;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Shown, entry};
use crate::app::widget::{button, door, field, quiet, strong, tag};
use crate::model::{Id as RecordKey, Piece};
use crate::workspace::FileType;

impl Pieces {
    /// The pieces, and how one is added.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let writable = !session.is_read_only();
        let pieces = self.listed(session);
        let mut lines = Column::new().spacing(6);

        if pieces.is_empty() && !matches!(self.open, Some(Open::Path(_))) {
            let words = "Aucune pièce. Déposez un fichier sur la fenêtre, ou ajoutez-en un.";
            lines = lines.push(text(words).size(15).color(palette.muted));
        }
        for piece in pieces {
            lines = lines.push(match &self.open {
                Some(Open::Card(card)) if card.piece == piece.id => card.view(palette),
                _ => self.line(piece, writable, palette),
            });
        }
        // Said in a place of its own, so that what is typed below keeps the keyboard.
        let mut said = Column::new();
        if self.coming > 0 {
            let words = french::count(self.coming, "fichier est lu…", "fichiers sont lus…");
            said = said.push(text(words).size(14).color(palette.muted));
        }
        if let Some(fault) = &self.fault {
            let words = format!("▲ {fault}");
            said = said.push(text(words).size(14).color(palette.grave));
        }
        let add: Element<'a, Message> = match &self.open {
            Some(Open::Path(path)) => joining(path, palette),
            _ if writable => door("+ Ajouter une pièce", palette)
                .id(ADD)
                .on_press(Message::Add)
                .into(),
            _ => space().into(),
        };
        column![lines, said, add].spacing(6).into()
    }

    fn line<'a>(&self, piece: &'a Piece, writable: bool, palette: Palette) -> Element<'a, Message> {
        let mut title = row![text(&piece.title).size(15).font(STRONG)]
            .spacing(8)
            .align_y(Center);
        match self.states.get(&piece.sha256) {
            Some(PieceState::Missing) => {
                let words = "▲ fichier manquant";
                title = title.push(tag(words, palette.grave, palette.grave_soft, palette));
            }
            Some(PieceState::Altered) => {
                let words = "▲ fichier modifié";
                title = title.push(tag(words, palette.grave, palette.grave_soft, palette));
            }
            Some(PieceState::There) | None => {}
        }
        let what = column![
            title.wrap(),
            text(particulars(piece)).size(14).color(palette.muted),
        ]
        .width(Fill);

        let named = |act: &str, id: RecordKey| Id::from(format!("pieces.{act}.{id}"));
        let mut acts = row![
            quiet("Ouvrir", palette)
                .id(named("show", piece.id))
                .on_press(Message::Show(piece.id)),
        ];
        if writable {
            acts = acts
                .push(
                    quiet("Modifier", palette)
                        .id(named("describe", piece.id))
                        .on_press(Message::Describe(piece.id)),
                )
                .push(
                    quiet("Retirer", palette)
                        .id(named("remove", piece.id))
                        .on_press(Message::Remove(piece.id)),
                );
        }
        row![what, acts].spacing(8).align_y(Center).into()
    }
}

impl<'a> Card {
    fn view(&'a self, palette: Palette) -> Element<'a, Message> {
        let shown = |text: &'a str, fault: Option<&'a str>| Shown {
            text: text.into(),
            fault,
        };
        let title = entry(
            "Titre",
            shown(&self.title, None),
            TITLE,
            palette,
            Message::Title,
        );
        let kind = entry(
            "Nature",
            shown(&self.kind, None),
            KIND,
            palette,
            Message::Kind,
        )
        .example("délibération, rapport…");
        let fault = self.fault.as_deref();
        let date = entry(
            "Date",
            shown(&self.date, fault),
            DATE,
            palette,
            Message::Date,
        )
        .example("JJ/MM/AAAA");
        let card = column![
            title.on_submit(Message::Described),
            row![
                kind.on_submit(Message::Described),
                date.on_submit(Message::Described).width(190),
            ]
            .spacing(12),
        ]
        .spacing(10);
        let acts = row![
            strong("Terminé", palette).on_press(Message::Described),
            quiet("Annuler", palette).on_press(Message::Cancel),
        ]
        .spacing(8);
        container(card.push(acts))
            .padding(12)
            .width(Fill)
            .style(move |_| palette.on(palette.raised))
            .into()
    }
}

/// The path of a file to join.
fn joining<'a>(path: &str, palette: Palette) -> Element<'a, Message> {
    let ready = (!path.trim().is_empty()).then_some(Message::Join);
    let field = field(
        path,
        "~/Documents/délibération.pdf",
        PATH,
        palette,
        Message::Path,
    )
    .label("Fichier à joindre")
    .on_submit(Message::Join);
    let acts = row![
        strong("Joindre", palette).on_press_maybe(ready),
        button("Choisir un fichier…", palette).on_press(Message::Browse),
        quiet("Annuler", palette).on_press(Message::Cancel),
    ]
    .spacing(8);
    column![Element::from(field), acts].spacing(10).into()
}

/// « délibération · 12/03/2026 · PDF · 84 ko ».
fn particulars(piece: &Piece) -> String {
    let type_of_file = FileType::of(&piece.file_name);
    let told = [
        piece.kind.clone(),
        piece.date.map(french::day),
        Some(type_of_file.map_or("fichier", |it| it.label).to_owned()),
        (piece.bytes > 0).then(|| weight(piece.bytes)),
    ];
    told.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// « 84 ko », « 1,2 Mo ».
fn weight(bytes: u64) -> String {
    const KILO: u64 = 1_000;
    const MEGA: u64 = 1_000_000;

    match bytes {
        0..KILO => format!("{bytes}\u{a0}octets"),
        KILO..MEGA => format!("{}\u{a0}ko", bytes / KILO),
        _ => format!("{},{}\u{a0}Mo", bytes / MEGA, bytes % MEGA / (MEGA / 10)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_is_said_in_three_figures() {
        assert_eq!(weight(512), "512\u{a0}octets");
        assert_eq!(weight(84_100), "84\u{a0}ko");
        assert_eq!(weight(1_250_000), "1,2\u{a0}Mo");
    }
}
