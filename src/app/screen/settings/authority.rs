//! Our authority: what it is, how conventions name it, who stands around it.

use iced::Element;
use iced::widget::column;

use super::fields::{self, Field};
use super::{Message, Settings};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Entry, columns, entry, labelled, section};
use crate::app::widget::select;

impl Settings {
    /// The entry of a field.
    pub(super) fn entry<'a>(
        &'a self,
        field: Field,
        session: &'a Session,
        palette: Palette,
    ) -> Entry<'a, Message> {
        let said = fields::say(session.records().authority(), field, session.reference());
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
                Cell::Half(
                    entry(Field::Color)
                        .example("#1f3a93")
                        .hint("Vide\u{a0}: noir.")
                        .into(),
                ),
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
}
