//! Who signs for our authority, the days on which its assembly sits, and the alerts that are counted from them.

use iced::Length::FillPortion;
use iced::alignment::Vertical::Top;
use iced::widget::{Column, Row, column, container, row, text};
use iced::{Element, Fill, Length};

use super::begun::Several;
use super::fields::{Field, Signs, Sits};
use super::{Message, Settings};
use crate::agenda::Delay;
use crate::app::fonts::STRONG;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, disclosure, pills, section};
use crate::app::widget::{Button, button, hairline, quiet, segmented};
use crate::model::{self, Gender, Id};

/// Below this width of the form, in pixels, what is said of a sitting stands on lines of its own.
const NARROW: f32 = 560.0;

impl Settings {
    pub(super) fn people<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let ours = self.ours(session);
        let entry = |field| Cell::Half(self.entry(field, session, palette).into());

        let signatories = ours.signatories.iter().map(|one| {
            let genders = [
                (Some(Gender::Feminine), "Madame".to_owned()),
                (Some(Gender::Masculine), "Monsieur".to_owned()),
            ];
            let id = one.id;
            let gender: Element<'_, Message> = if session.is_read_only() {
                let said = one.gender.map_or("–", |it| match it {
                    Gender::Feminine => "Madame",
                    Gender::Masculine => "Monsieur",
                });
                text(said).size(15).into()
            } else {
                segmented(
                    genders,
                    &one.gender,
                    format!("settings.gender.{id}"),
                    palette,
                    move |gender| Message::Gender(id, gender.unwrap_or(Gender::Feminine)),
                )
            };
            let cells = [
                entry(Field::Signatory(id, Signs::Name)),
                entry(Field::Signatory(id, Signs::Function)),
                Cell::Half(pills("Civilité", gender, palette)),
                entry(Field::Signatory(id, Signs::Delegation)),
                entry(Field::Signatory(id, Signs::From)),
                entry(Field::Signatory(id, Signs::Until)),
            ];
            one_of(
                columns(width, cells),
                Several::Signatories,
                id,
                session,
                palette,
            )
        });
        column![
            section("Alertes", [], self.delays(width, session, palette), palette),
            section(
                "Signataires",
                more(
                    "Ajouter un signataire",
                    Several::Signatories,
                    session,
                    palette
                ),
                listed(
                    signatories,
                    "Qui peut signer au nom de votre collectivité, l’exécutif d’abord.",
                    palette
                ),
                palette,
            ),
            section(
                "Séances",
                more("Ajouter une séance", Several::Sessions, session, palette),
                self.sittings(width, session, palette),
                palette,
            ),
        ]
        .spacing(18)
        .into()
    }

    /// The days on which the assembly sits: a line each, those that are behind folded away.
    fn sittings<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let about = "Les jours où votre assemblée siège\u{a0}: les échéances se comptent à rebours de la dernière qui \
                     peut encore servir. L’instance, si ce n’est pas l’assemblée\u{a0}: «\u{202f}bureau communautaire\u{202f}».";
        let today = session.today();
        let (ahead, behind): (Vec<_>, Vec<_>) =
            (self.ours(session).sessions.iter()).partition(|one| {
                // A day half typed may be of another century: its line stays where it is.
                one.date >= today || self.form.holds(Field::Session(one.id, Sits::Date))
            });
        let lines = |all: Vec<&'a model::Session>| {
            let lines = all.into_iter().map(|one| {
                let entry = |part| self.entry(Field::Session(one.id, part), session, palette);
                if width < NARROW {
                    let cells = SITTING.map(|(part, _)| Cell::Half(entry(part).into()));
                    return one_of(
                        columns(width, cells),
                        Several::Sessions,
                        one.id,
                        session,
                        palette,
                    );
                }
                let cells =
                    SITTING.map(|(part, width)| entry(part).without_label().width(width).into());
                let remove = (!session.is_read_only()).then(|| {
                    quiet("Retirer", palette).on_press(Message::Remove(Several::Sessions, one.id))
                });
                sitting(cells, remove.map(Element::from))
            });
            let heads = (width >= NARROW).then(|| {
                let heads = SITTING.map(|(part, width)| {
                    // Only the kind of the field is told by its label, not which sitting it is of.
                    let label = super::fields::label(Field::Session(Id::SINGLE, part));
                    text(label).size(14).font(STRONG).width(width).into()
                });
                sitting(heads, None)
            });
            Column::new().push(heads).extend(lines).spacing(10)
        };
        let mut all = column![text(about).size(14).color(palette.muted)].spacing(14);
        all = all.push(if ahead.is_empty() {
            let none = "Aucune séance à venir n’est saisie.";
            Element::from(text(none).size(15).color(palette.muted))
        } else {
            lines(ahead).into()
        });
        if !behind.is_empty() {
            let title = format!("Séances passées {}", behind.len());
            all = all.push(disclosure(
                &title,
                "",
                self.past,
                Message::Past,
                || lines(behind).into(),
                palette,
            ));
        }
        all.into()
    }

    /// How long before their day alerts show.
    fn delays<'a>(
        &'a self,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Message> {
        let cells = Delay::ALL.map(|delay| {
            let entry = self.entry(Field::Delay(delay), session, palette);
            let hint = format!("En jours\u{a0}; {} à défaut.", delay.usual());
            Cell::Half(entry.hint(hint).into())
        });
        columns(width, cells)
    }
}

/// What is said of a sitting, each in its column.
const SITTING: [(Sits, Length); 3] = [
    (Sits::Date, FillPortion(2)),
    (Sits::Closes, FillPortion(2)),
    (Sits::Body, FillPortion(3)),
];

/// The width of what takes a sitting away, in pixels.
const REMOVAL: f32 = 80.0;

/// A sitting on its line, or the heads above them.
fn sitting<'a>(
    cells: [Element<'a, Message>; 3],
    remove: Option<Element<'a, Message>>,
) -> Element<'a, Message> {
    Row::with_children(cells)
        .push(container(column(remove)).width(REMOVAL))
        .spacing(10)
        .align_y(Top)
        .into()
}

/// « Ajouter … », where something can be.
pub(super) fn more<'a>(
    label: &'a str,
    several: Several,
    session: &Session,
    palette: Palette,
) -> Option<Button<'a, Message>> {
    (!session.is_read_only()).then(|| {
        button(label, palette)
            .id(format!("settings.add.{several:?}"))
            .on_press(Message::Add(several))
    })
}

/// One of several, with what takes it away.
pub(super) fn one_of<'a>(
    entries: Element<'a, Message>,
    several: Several,
    id: Id,
    session: &Session,
    palette: Palette,
) -> Element<'a, Message> {
    let remove = (!session.is_read_only())
        .then(|| quiet("Retirer", palette).on_press(Message::Remove(several, id)));
    column![entries]
        .push(remove.map(|remove| row![iced::widget::space().width(Fill), Element::from(remove)]))
        .spacing(8)
        .into()
}

/// Several of them, parted by lines, or what they would be.
pub(super) fn listed<'a>(
    all: impl Iterator<Item = Element<'a, Message>>,
    none: &'a str,
    palette: Palette,
) -> Element<'a, Message> {
    let mut list = Column::new().spacing(14);
    let mut any = false;
    for one in all {
        if any {
            list = list.push(hairline(palette));
        }
        list = list.push(one);
        any = true;
    }
    if any {
        list.into()
    } else {
        text(none).size(15).color(palette.muted).into()
    }
}
