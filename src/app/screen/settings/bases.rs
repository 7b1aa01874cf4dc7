//! What the ceilings of the 1 % schemes are counted on, by service budget and year, with where each figure comes from.

use iced::Element;
use iced::widget::{column, text};

use super::fields::{Field, Rests};
use super::people::{listed, more, one_of};
use super::{Message, Settings, Several};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, labelled, section};
use crate::app::widget::select;

impl Settings {
    pub(super) fn bases<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let reference = session.reference();
        let entry = |field| self.entry(field, session, palette);
        let bases = session.records().authority().bases.iter().map(|base| {
            let id = base.id;
            let schemes = reference
                .schemes()
                .iter()
                .filter(|scheme| scheme.per_thousand.is_some())
                .map(|scheme| (scheme.id.clone(), scheme.label.clone()));
            let choice = select(
                schemes,
                Some(&base.scheme),
                format!("settings.scheme.{id}"),
                palette,
                move |scheme| Message::Scheme(id, scheme),
            );
            let scheme = reference.scheme(&base.scheme);
            let counted = scheme.map_or_else(String::new, |scheme| scheme.base.clone());
            let deducted = scheme
                .and_then(|scheme| scheme.deducted.as_deref())
                .map(|what| format!("{what}, si l’assiette le compte"));
            let mut cells = vec![
                Cell::Half(labelled("Dispositif", choice, palette)),
                Cell::Half(
                    entry(Field::Base(id, Rests::Budget))
                        .example("budget annexe de l’eau")
                        .into(),
                ),
                Cell::Half(entry(Field::Base(id, Rests::Year)).into()),
                Cell::Half(entry(Field::Base(id, Rests::Amount)).hint(counted).into()),
            ];
            if let Some(what) = deducted {
                cells.push(Cell::Half(
                    entry(Field::Base(id, Rests::Deducted)).hint(what).into(),
                ));
            }
            cells.push(Cell::Wide(
                entry(Field::Base(id, Rests::Source))
                    .example("compte administratif 2025, chapitre 70")
                    .into(),
            ));
            one_of(columns(width, cells), Several::Bases, id, session, palette)
        });
        column![
            text(
                "Chaque plafond est compté sur les ressources d’un service et d’une année. \
                 Sans assiette, aucun plafond n’est vérifié."
            )
            .size(15)
            .color(palette.muted),
            section(
                "Assiettes",
                more("Ajouter une assiette", Several::Bases, session, palette),
                listed(bases, "Aucune assiette n’est encore dite.", palette),
                palette,
            ),
        ]
        .spacing(14)
        .into()
    }
}
