//! What the ceilings of the 1 % schemes are counted on: a line a service budget and year, with where each figure comes
//! from.

use iced::widget::{Column, Row, column, container, row, space, text};
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
const NARROW: f32 = 560.0;

/// Below this width, the source of a base stands under it.
const TIGHT: f32 = 860.0;

/// The columns of the table, the last of which stands under the others where it is tight, and their widths.
const COLUMNS: [(&str, Length); 5] = [
    ("Dispositif du 1\u{202f}%", FillPortion(18)),
    ("Budget du service", FillPortion(26)),
    ("Année", Length::Fixed(62.0)),
    ("Assiette, en euros", AMOUNT),
    ("Source", SOURCE),
];

const SOURCE: Length = FillPortion(24);
const AMOUNT: Length = Length::Fixed(128.0);

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
            let none = "Aucune assiette n’est encore saisie.";
            text(none).size(15).color(palette.muted).into()
        } else if width < NARROW {
            let bases = bases
                .iter()
                .map(|base| self.base_under_labels(base, width, session, palette));
            listed(bases, "", palette)
        } else {
            let tight = width < TIGHT;
            let lines = bases
                .iter()
                .map(|base| self.base_on_a_line(base, tight, session, palette));
            column![head(tight, palette)]
                .extend(lines)
                .spacing(if tight { 14.0 } else { GAP })
                .into()
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
            .map(|scheme| {
                // The head of the column says « 1 % ».
                let label = scheme.label.split_once('%');
                let label = label.map_or(&*scheme.label, |(_, label)| label.trim_start());
                (scheme.id.clone(), label.to_owned())
            });
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
        tight: bool,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = base.id;
        let entry = |part| {
            let entry = self.entry(Field::Base(id, part), session, palette);
            entry.without_label()
        };
        let remove = (!session.is_read_only())
            .then(|| quiet("Retirer", palette).on_press(Message::Remove(Several::Bases, id)));
        let remove = container(column(remove.map(Element::from))).width(REMOVAL);
        let source = entry(Rests::Source).example("source, par exemple le compte administratif");
        let line = laid([
            self.scheme_of(base, session, palette),
            entry(Rests::Budget).example("régie de l’eau").into(),
            entry(Rests::Year).example("2026").into(),
            entry(Rests::Amount).example("0").of_figures().into(),
        ]);
        let line: Element<'_, Message> = if tight {
            column![
                line,
                row![source, remove].spacing(GAP).align_y(iced::Center)
            ]
            .spacing(GAP)
            .into()
        } else {
            let source = container(source).width(SOURCE);
            line.push(source).push(remove).into()
        };
        let deducted = takes_off(base, session).map(|what| {
            let label = format!("À déduire\u{a0}: {}, en euros", lower(what));
            let amount = entry(Rests::Deducted).example("0").of_figures();
            row![
                text(label).size(14).color(palette.muted),
                container(amount).width(AMOUNT),
            ]
            .spacing(GAP)
            .align_y(iced::Center)
        });
        column![line].push(deducted).spacing(GAP).into()
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
            format!(
                " À déduire, si l’assiette le compte\u{a0}: {}.",
                lower(what)
            )
        });
        let base = lower(&scheme.base);
        said(format!("{}\u{a0}: {base}.{deducted}", scheme.label))
    });
    Column::with_children(std::iter::once(said(about.to_owned())).chain(schemes))
        .spacing(4)
        .into()
}

fn head<'a>(tight: bool, palette: Palette) -> Element<'a, Message> {
    let [scheme, budget, year, amount, source] = COLUMNS.map(|(name, _)| {
        let name = text(name).size(14).font(STRONG).color(palette.ink);
        Element::from(name)
    });
    let amount = container(amount).align_right(Fill).into();
    let line = laid([scheme, budget, year, amount]);
    if tight {
        return line.into();
    }
    let source = container(source).padding([0, 8]).width(SOURCE);
    line.push(source).push(space().width(REMOVAL)).into()
}

/// The first cells of a line, each in its column.
fn laid(cells: [Element<'_, Message>; 4]) -> Row<'_, Message> {
    let cells = cells.into_iter().zip(COLUMNS);
    let cells = cells.map(|(cell, (_, width))| container(cell).width(width).into());
    Row::with_children(cells)
        .spacing(GAP)
        .align_y(iced::Center)
        .width(Fill)
}

/// Within a sentence.
fn lower(words: &str) -> String {
    let mut letters = words.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}
