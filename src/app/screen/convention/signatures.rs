//! Who signs for each party, where and when: what the last page of the document will say.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Convention, Message as Above, acts};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::quiet;
use crate::model::{self, ActKind};

impl Convention {
    /// The signatures.
    pub(super) fn signatures<'a>(
        &'a self,
        convention: &'a model::Convention,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let cards = convention.parties.iter().map(|party| {
            let person = session.signatory_of(convention, party).map_or_else(
                || "Signataire à désigner, dans Parties".to_owned(),
                |it| format!("{}, {}", it.name, it.function),
            );
            let act = convention
                .acts
                .iter()
                .filter(|act| act.kind == ActKind::Signature)
                .find(|act| act.party.as_ref() == Some(&party.key));
            let (mark, ink, words) = match act.and_then(|act| act.date.map(|date| (act, date))) {
                Some((act, date)) => {
                    let place = act
                        .place
                        .as_deref()
                        .map_or_else(String::new, |place| format!(", à {place}"));
                    (
                        '●',
                        palette.good,
                        format!("Signé le {}{place}", french::day(date)),
                    )
                }
                None => (
                    '○',
                    palette.muted,
                    "Pas encore signé\u{a0}: lieu et date s’imprimeront en blanc".to_owned(),
                ),
            };
            let record = match act {
                Some(act) => acts::Message::Edit(act.id),
                None => acts::Message::Sign(party.key.clone()),
            };
            let label = match act {
                Some(act) if act.date.is_some() => "Modifier…",
                _ => "Noter la signature…",
            };
            let mut line = row![
                column![
                    text(session.party_name(party)).size(16).font(STRONG),
                    text(person).size(15),
                    row![
                        text(mark).size(15).color(ink),
                        text(words).size(15).color(palette.muted),
                    ]
                    .spacing(6),
                ]
                .spacing(4)
                .width(Fill),
            ]
            .spacing(8)
            .align_y(Center);
            if !session.is_read_only() {
                line = line.push(quiet(label, palette).on_press(Above::Acts(record)));
            }
            container(line)
                .padding(16)
                .width(Fill)
                .style(move |_| palette.card())
                .into()
        });
        column![
            text("Signatures").size(20).font(STRONG),
            Column::with_children(cards).spacing(10),
        ]
        .spacing(12)
        .into()
    }
}
