//! What the ceilings of the 1 % schemes are counted on: under each scheme, a line a service budget and year, with where
//! each figure comes from.

use iced::widget::{Row, column, container, row, space, text};
use iced::{Element, Fill, FillPortion, Length};

use super::begun::Several;
use super::fields::{Field, Rests};
use super::people::{listed, one_of};
use super::{Message, Settings};
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, section};
use crate::app::widget::{button, quiet};
use crate::model::Base;
use crate::reference::Scheme;

/// Below this width of the form, in pixels, what is said of a base stands under its labels.
const NARROW: f32 = 560.0;

/// Below this width, where a figure comes from stands under it.
const TIGHT: f32 = 860.0;

/// The columns of the table, and their widths.
const COLUMNS: [(&str, Length); 3] = [
    ("Budget du service", FillPortion(4)),
    ("Année", Length::Fixed(58.0)),
    ("Assiette, en euros", AMOUNT),
];

const SOURCE: Length = FillPortion(6);

const AMOUNT: Length = Length::Fixed(128.0);

/// The width of « Retirer ».
const REMOVAL: f32 = 70.0;

const GAP: f32 = 8.0;

impl Settings {
    pub(super) fn bases<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let about = "Chaque plafond est compté sur les ressources d’un service et d’une année. Sans assiette, aucun \
                     plafond n’est vérifié.";
        let schemes = session.reference().schemes().iter();
        let schemes = schemes.filter(|scheme| scheme.per_thousand.is_some());
        let groups = schemes.map(|scheme| self.bases_of(scheme, width, session, palette));
        let content = column![
            text(about).size(14).color(palette.muted),
            listed(groups, "", palette)
        ];
        section("Assiettes", [], content.spacing(14), palette)
    }

    /// The bases of a scheme: what they are, then each.
    fn bases_of<'a>(
        &'a self,
        scheme: &'a Scheme,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let add = (!session.is_read_only()).then(|| {
            button("Ajouter une assiette", palette)
                .id(format!("settings.base.{}", scheme.id))
                .on_press(Message::Base(scheme.id.clone()))
        });
        let title = row![text(&scheme.label).size(15).font(STRONG).width(Fill)]
            .push(add.map(Element::from))
            .spacing(12)
            .align_y(iced::Center);
        let about = text(counted_on(scheme)).size(14).color(palette.muted);
        let head = column![title, about].spacing(2);

        let bases: Vec<&Base> = self
            .ours(session)
            .bases
            .iter()
            .filter(|base| base.scheme == scheme.id)
            .collect();
        if bases.is_empty() {
            return head.into();
        }
        if width < NARROW {
            let bases = bases
                .into_iter()
                .map(|base| self.base_under_labels(base, scheme, width, session, palette));
            return column![head, listed(bases, "", palette)].spacing(10).into();
        }
        let tight = width < TIGHT;
        let lines = bases
            .into_iter()
            .map(|base| self.base_on_a_line(base, scheme, tight, session, palette));
        let spacing = if tight { 14.0 } else { GAP };
        let lines = column![heads(tight, palette)]
            .extend(lines)
            .spacing(spacing);
        column![head, lines].spacing(10).into()
    }

    fn base_on_a_line<'a>(
        &'a self,
        base: &'a Base,
        scheme: &'a Scheme,
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
        let source = entry(Rests::Source).example("compte administratif");
        let line = laid([
            entry(Rests::Budget).example("régie de l’eau").into(),
            entry(Rests::Year).example("2026").into(),
            entry(Rests::Amount)
                .example("1 250 000")
                .of_figures()
                .into(),
        ]);
        let muted = |words: String| text(words).size(14).color(palette.muted);
        let line: Element<'_, Message> = if tight {
            let from = row![muted("Source".to_owned()), source].spacing(10);
            column![line.push(remove), from.align_y(iced::Center)]
                .spacing(GAP)
                .into()
        } else {
            line.push(container(source).width(SOURCE))
                .push(remove)
                .into()
        };
        let deducted = scheme.deducted.as_deref().map(|what| {
            let label = muted(format!("À déduire, {}, en euros", french::within(what)));
            let amount = entry(Rests::Deducted).example("0").of_figures();
            row![label, container(amount).width(AMOUNT)]
                .spacing(10)
                .align_y(iced::Center)
        });
        column![line].push(deducted).spacing(GAP).into()
    }

    fn base_under_labels<'a>(
        &'a self,
        base: &'a Base,
        scheme: &'a Scheme,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = base.id;
        let entry = |part| self.entry(Field::Base(id, part), session, palette);
        let mut cells = vec![
            Cell::Half(entry(Rests::Budget).into()),
            Cell::Half(entry(Rests::Year).into()),
            Cell::Half(entry(Rests::Amount).into()),
        ];
        if scheme.deducted.is_some() {
            cells.push(Cell::Half(entry(Rests::Deducted).into()));
        }
        cells.push(Cell::Wide(entry(Rests::Source).into()));
        one_of(columns(width, cells), Several::Bases, id, session, palette)
    }
}

/// What the ceiling of a scheme is counted on.
fn counted_on(scheme: &Scheme) -> String {
    let deducted = scheme.deducted.as_deref().map(|what| {
        format!(
            " À déduire, si l’assiette le compte\u{a0}: {}.",
            french::within(what)
        )
    });
    format!("{}.{}", scheme.base, deducted.unwrap_or_default())
}

fn heads<'a>(tight: bool, palette: Palette) -> Element<'a, Message> {
    let head = |name| text(name).size(14).font(STRONG).color(palette.ink);
    let [budget, year, amount] = COLUMNS.map(|(name, _)| Element::from(head(name)));
    let amount = container(amount).align_right(Fill).into();
    let source = (!tight).then(|| container(head("Source")).padding([0, 8]).width(SOURCE));
    laid([budget, year, amount])
        .push(source)
        .push(space().width(REMOVAL))
        .into()
}

/// The first cells of a line, each in its column.
fn laid(cells: [Element<'_, Message>; 3]) -> Row<'_, Message> {
    let cells = cells.into_iter().zip(COLUMNS);
    let cells = cells.map(|(cell, (_, width))| container(cell).width(width).into());
    Row::with_children(cells)
        .spacing(GAP)
        .align_y(iced::Center)
        .width(Fill)
}
