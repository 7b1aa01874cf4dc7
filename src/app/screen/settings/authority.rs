//! Our authority: what it is, how conventions name it, who stands around it.

use iced::widget::{Row, column, container, row, space, text};
use iced::{Center, Color, Element, border};

use super::fields::{self, Field};
use super::{Message, Settings};
use crate::app::fonts::LINE;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Entry, columns, entry, labelled, section};
use crate::app::widget::{choice, crisp, pill_of, select};

impl Settings {
    /// The entry of a field.
    pub(super) fn entry<'a>(
        &'a self,
        field: Field,
        session: &'a Session,
        palette: Palette,
    ) -> Entry<'a, Message> {
        let said = fields::say(self.ours(session), field, session.reference());
        entry(
            fields::label(field),
            self.form.shown(field, said),
            fields::id_of(field),
            palette,
            move |typing| Message::Form(field, typing),
        )
        .locked(session.is_read_only())
    }

    pub(super) fn authority<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let ours = session.records().authority();
        let reference = session.reference();
        let known = reference.authority_kind(&ours.kind);
        let kinds = reference
            .authority_kinds()
            .iter()
            .map(|kind| (kind.id.clone(), kind.name.text.clone()));
        let chosen = Some(&ours.kind).filter(|kind| !kind.is_empty());
        let kind = select(kinds, chosen, "settings.kind", palette, Message::Kind)
            .locked(session.is_read_only());

        let entry = |field| self.entry(field, session, palette);
        let assembly = known.map_or_else(String::new, |kind| {
            format!("Si ce n’est pas «\u{a0}{}\u{a0}».", kind.assembly.text)
        });
        let identity = columns(
            width,
            [
                Cell::Wide(entry(Field::Name).into()),
                Cell::Half(
                    entry(Field::ShortName)
                        .hint("Comme les textes l’appellent une fois qu’ils l’ont présentée.")
                        .into(),
                ),
                Cell::Half(labelled("Nature", kind, palette)),
                Cell::Half(entry(Field::Siren).example("9 chiffres").into()),
                Cell::Half(
                    entry(Field::Population)
                        .hint("Selon le dernier recensement.")
                        .into(),
                ),
                Cell::Wide(entry(Field::Seat).into()),
                Cell::Half(entry(Field::Town).hint("«\u{a0}Fait à …\u{a0}».").into()),
                Cell::Half(entry(Field::Assembly).hint(assembly).into()),
            ],
        );
        let around = columns(
            width,
            [
                Cell::Half(
                    entry(Field::Prefect)
                        .example("préfet du Rhône")
                        .hint("À qui les actes sont transmis.")
                        .into(),
                ),
                Cell::Half(
                    entry(Field::Accountant)
                        .example("responsable du service de gestion comptable")
                        .hint("Qui paie\u{a0}: les conventions le nomment.")
                        .into(),
                ),
            ],
        );
        let documents = columns(
            width,
            [
                Cell::Wide(self.color(session, palette)),
                Cell::Wide(labelled(
                    "Logo",
                    self.logo.view(session, palette).map(Message::Logo),
                    palette,
                )),
            ],
        );
        column![
            section("Identité", [], identity, palette),
            section("Autour d’elle", [], around, palette),
            section("Documents", [], documents, palette),
        ]
        .spacing(18)
        .into()
    }

    /// The colour of titles in documents: a few, or that of the authority's own charter, by its code.
    fn color<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let chosen = session.records().authority().color.as_deref();
        let writes = !session.is_read_only();
        let is_own = self.own_color || fields::COLORS.iter().all(|(color, _)| *color != chosen);
        let offered = fields::COLORS.map(|(color, name)| {
            let ground = color.and_then(|it| it.parse().ok()).unwrap_or(Color::BLACK);
            let swatch = container(space())
                .center(14)
                .style(move |_| container::Style {
                    border: border::rounded(3)
                        .width(palette.edge_width())
                        .color(palette.edge),
                    ..palette.on(ground)
                });
            let pill = row![
                crisp(swatch, palette),
                text(name).size(15).line_height(LINE)
            ]
            .spacing(6)
            .align_y(Center);
            let message = Message::Color(color.map(str::to_owned));
            pill_of(pill, !is_own && chosen == color, palette)
                .id(format!("settings.color.{name}"))
                .on_press_maybe(writes.then_some(message))
                .into()
        });
        let other = choice("Autre…", is_own, palette)
            .id("settings.color.other")
            .on_press_maybe(writes.then_some(Message::OwnColor));
        let offered = Row::with_children(offered)
            .push(Element::from(other))
            .spacing(6)
            .wrap()
            .vertical_spacing(6);
        if !is_own {
            return labelled("Couleur des titres", offered, palette);
        }
        let own = self
            .entry(Field::Color, session, palette)
            .without_label()
            .example("#1f3a93")
            .hint("Le code que donne votre charte graphique.")
            .width(250);
        column![labelled("Couleur des titres", offered, palette), own]
            .spacing(8)
            .into()
    }
}
