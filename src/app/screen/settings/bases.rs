//! What the ceilings of the 1 % schemes are counted on: a line a service budget and year, with where each figure comes
//! from.

use iced::widget::{Column, Row, column, container, space, text};
use iced::{Element, Fill, FillPortion, Length};

use super::fields::{Field, Rests};
use super::people::{listed, more, one_of};
use super::{Message, Settings, Several};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, labelled, section};
use crate::app::widget::{quiet, select};
use crate::model::Base;

/// Below this width of the form, in pixels, what is said of a base stands under its labels.
const NARROW: f32 = 700.0;

/// Columns of the table, and their widths.
const COLUMNS: [(&str, Length); 6] = [
    ("Dispositif", FillPortion(4)),
    ("Budget du service", FillPortion(4)),
    ("Année", Length::Fixed(62.0)),
    ("Assiette, en euros", Length::Fixed(120.0)),
    ("À déduire", Length::Fixed(88.0)),
    ("Source", FillPortion(5)),
];

/// The width of « Retirer ».
const REMOVAL: f32 = 74.0;

const GAP: f32 = 6.0;

impl Settings {
    pub(super) fn bases<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let bases = &session.records().authority().bases;
        let content = if bases.is_empty() {
            let none = "Aucune assiette n’est encore dite.";
            text(none).size(15).color(palette.muted).into()
        } else if width < NARROW {
            let bases = bases
                .iter()
                .map(|base| self.base_under_labels(base, width, session, palette));
            listed(bases, "", palette)
        } else {
            let mut lines = column![head(palette)].spacing(6);
            for base in bases {
                lines = lines.push(self.base_on_a_line(base, session, palette));
            }
            lines.into()
        };
        section(
            "Assiettes",
            more("Ajouter une assiette", Several::Bases, session, palette),
            column![counted_on(bases, session, palette), content].spacing(14),
            palette,
        )
    }

    fn scheme_of<'a>(
        &'a self,
        base: &'a Base,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = base.id;
        let schemes = session
            .reference()
            .schemes()
            .iter()
            .filter(|scheme| scheme.per_thousand.is_some())
            .map(|scheme| (scheme.id.clone(), scheme.label.clone()));
        select(
            schemes,
            Some(&base.scheme),
            format!("settings.scheme.{id}"),
            palette,
            move |scheme| Message::Scheme(id, scheme),
        )
        .into()
    }

    fn base_on_a_line<'a>(
        &'a self,
        base: &'a Base,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = base.id;
        let entry = |part, example| {
            let entry = self.entry(Field::Base(id, part), session, palette);
            entry.without_label().example(example).into()
        };
        let deducted = if takes_off(base, session).is_some() {
            entry(Rests::Deducted, "0")
        } else {
            text("–").size(15).color(palette.muted).into()
        };
        let cells: [Element<'_, Message>; COLUMNS.len()] = [
            self.scheme_of(base, session, palette),
            entry(Rests::Budget, "régie de l’eau"),
            entry(Rests::Year, "2026"),
            entry(Rests::Amount, "0"),
            deducted,
            entry(Rests::Source, "compte administratif"),
        ];
        let remove = (!session.is_read_only())
            .then(|| quiet("Retirer", palette).on_press(Message::Remove(Several::Bases, id)));
        laid(cells)
            .push(container(column(remove.map(Element::from))).width(REMOVAL))
            .into()
    }

    fn base_under_labels<'a>(
        &'a self,
        base: &'a Base,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = base.id;
        let entry = |part| self.entry(Field::Base(id, part), session, palette);
        let scheme = self.scheme_of(base, session, palette);
        let mut cells = vec![
            Cell::Half(labelled("Dispositif", scheme, palette)),
            Cell::Half(entry(Rests::Budget).into()),
            Cell::Half(entry(Rests::Year).into()),
            Cell::Half(entry(Rests::Amount).into()),
        ];
        if takes_off(base, session).is_some() {
            cells.push(Cell::Half(entry(Rests::Deducted).into()));
        }
        cells.push(Cell::Wide(entry(Rests::Source).into()));
        one_of(columns(width, cells), Several::Bases, id, session, palette)
    }
}

/// What is taken off that base, where its scheme takes something off.
fn takes_off<'a>(base: &Base, session: &'a Session) -> Option<&'a str> {
    let scheme = session.reference().scheme(&base.scheme)?;
    scheme.deducted.as_deref()
}

/// What ceilings are counted on, said once for each scheme that has a base.
fn counted_on<'a>(bases: &[Base], session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let said = |words: String| Element::from(text(words).size(14).color(palette.muted));
    let about = "Chaque plafond est compté sur les ressources d’un service et d’une année. \
                 Sans assiette, aucun plafond n’est vérifié.";
    let schemes = session.reference().schemes().iter();
    let schemes = schemes.filter(|scheme| bases.iter().any(|base| base.scheme == scheme.id));
    let schemes = schemes.map(|scheme| {
        let deducted = scheme.deducted.as_deref();
        let deducted = deducted.map_or_else(String::new, |what| {
            format!(" À déduire\u{a0}: {what}, si l’assiette le compte.")
        });
        said(format!(
            "{}\u{a0}: {}.{deducted}",
            scheme.label, scheme.base
        ))
    });
    Column::with_children(std::iter::once(said(about.to_owned())).chain(schemes))
        .spacing(4)
        .into()
}

fn head<'a>(palette: Palette) -> Element<'a, Message> {
    let names = COLUMNS.map(|(name, _)| {
        let name = text(name).size(14).font(STRONG).color(palette.ink);
        Element::from(name)
    });
    laid(names).push(space().width(REMOVAL)).into()
}

/// Cells in the columns of the table.
fn laid<'a>(cells: [Element<'a, Message>; COLUMNS.len()]) -> Row<'a, Message> {
    let cells = cells.into_iter().zip(COLUMNS);
    let cells = cells.map(|(cell, (_, width))| container(cell).width(width).into());
    Row::with_children(cells)
        .spacing(GAP)
        .align_y(iced::Center)
        .width(Fill)
}
