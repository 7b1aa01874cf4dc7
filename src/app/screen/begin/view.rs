//! The form: what the paper says, in a few fields.

use iced::widget::{Column, column, container, row, text};
use iced::{Center, Element, Fill};

use super::{Begin, Field, Message, NEWCOMER, PARTNER, SIGNED, TITLE};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, area, columns, disclosure, entry, labelled};
use crate::app::widget::{door, footed, pane, quiet, select, strong};
use crate::model::{ConventionKind, Kind};

impl Begin {
    /// The page.
    pub(super) fn page<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let words = "Ce que dit le papier, en quelques champs\u{a0}: ses échéances et ses montants seront suivis, son texte \
                     ne sera pas réécrit.";
        let mut content = column![
            text("Reprendre une convention signée")
                .size(24)
                .font(STRONG),
            text(words).size(15).color(palette.muted),
            container(columns(640.0, self.cells(session, palette)))
                .padding(16)
                .style(move |_| palette.card()),
        ]
        .spacing(14);
        if let Some(fault) = &self.fault {
            content = content.push(text(format!("▲ {fault}")).size(15).color(palette.grave));
        }
        let acts = row![
            strong("Reprendre la convention", palette)
                .on_press_maybe((!self.scan.is_coming()).then_some(Message::Begin)),
            quiet("Annuler", palette)
                .id("begin.close")
                .on_press(Message::Close),
        ]
        .spacing(8)
        .align_y(Center);
        let content = container(content.max_width(720)).padding([18, 24]);
        pane("begin", footed(content, "begin.page", acts, palette))
            .width(Fill)
            .height(Fill)
            .into()
    }

    fn cells<'a>(&'a self, session: &'a Session, palette: Palette) -> Vec<Cell<'a, Message>> {
        let typed = |label, field: Field, id, example| -> Element<'a, Message> {
            entry(
                label,
                self.form.shown(field, field.say(&self.draft, session)),
                id,
                palette,
                move |typing| Message::Typed(field, typing),
            )
            .example(example)
            .on_submit(Message::Begin)
            .into()
        };
        let kinds = ConventionKind::ALL.map(|kind| (kind, kind.label()));
        let mut cells = vec![
            Cell::Wide(typed(
                "Titre",
                Field::Title,
                TITLE,
                "Convention de coopération décentralisée",
            )),
            Cell::Half(labelled(
                "Genre",
                select(
                    kinds,
                    Some(&self.draft.kind),
                    "begin.kind",
                    palette,
                    Message::Kind,
                ),
                palette,
            )),
            Cell::Half(labelled(
                "Partenaires",
                self.partners(session, palette),
                palette,
            )),
        ];
        cells.push(Cell::Half(typed(
            "Signée le",
            Field::Signed,
            SIGNED,
            "JJ/MM/AAAA",
        )));
        cells.push(Cell::Half(typed(
            "Terme, s’il y en a un",
            Field::End,
            "begin.end",
            "JJ/MM/AAAA",
        )));
        cells.push(Cell::Half(typed(
            "Notre engagement",
            Field::Amount,
            "begin.amount",
            "12 000, ou 1 200 000 XOF",
        )));
        cells.push(Cell::Wide(self.scan.view(
            Message::Begin,
            palette,
            Message::Scan,
        )));
        cells.push(Cell::Wide(disclosure(
            "Compléter",
            "objet",
            self.more,
            Message::More,
            || self.object(palette),
            palette,
        )));
        cells
    }

    fn object<'a>(&'a self, palette: Palette) -> Element<'a, Message> {
        area(
            "Objet, en une phrase ou deux",
            &self.object,
            "begin.object",
            70.0,
            palette,
            Message::Object,
        )
    }

    fn partners<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let name = |id| {
            session
                .records()
                .partner(id)
                .map(|partner| &partner.name.text)
        };
        let chosen = self.draft.partners.iter().filter_map(|id| {
            let line = row![
                text(name(*id)?).size(15).width(Fill),
                quiet("Retirer", palette).on_press(Message::Without(*id)),
            ]
            .align_y(Center);
            Some(line.into())
        });
        let others = session
            .records()
            .partners_sorted()
            .filter(|partner| !self.draft.partners.contains(&partner.id))
            .map(|partner| (partner.id, partner.name.text.as_str()));
        let empty = if self.draft.partners.is_empty() {
            "Choisir un partenaire…"
        } else {
            "Un autre encore…"
        };
        let is_first = session.records().count(Kind::Partner) == 0;
        let newcomer: Element<'a, Message> = if self.asks_for_a_name(session) {
            let said = Field::Newcomer.say(&self.draft, session);
            let shown = self.form.shown(Field::Newcomer, said);
            entry("Son nom", shown, NEWCOMER, palette, |typing| {
                Message::Typed(Field::Newcomer, typing)
            })
            .example("Commune de Saint-Louis")
            .on_submit(Message::Begin)
            .into()
        } else {
            door("+ Un partenaire qui n’est pas dans la liste", palette)
                .on_press(Message::Newcomer)
                .into()
        };
        let others = select(others, None, PARTNER, palette, Message::Partner).empty(empty);
        Column::with_children(chosen)
            .push((!is_first).then(|| Element::from(others)))
            .push(newcomer)
            .spacing(4)
            .into()
    }
}
