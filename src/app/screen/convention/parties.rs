//! Who is bound: parties added from the partners, ordered, told who signs and decides for them, removed.

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill};

use super::fields::Field;
use super::order::{arrows, once_moved, shift};
use super::{Convention, Message as Above};
use crate::app::fonts::STRONG;
use crate::app::screen::Action;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, columns, entry, labelled};
use crate::app::widget::{checkbox, link, quiet, select};
use crate::model::{self, Key, Party, quoted};

/// What happens to parties.
#[derive(Debug, Clone, Copy)]
pub enum Message {
    /// One more: that partner, or our authority.
    Add(Option<model::Id>),
    /// Who signs for it; the first in office when none is named.
    Signatory(model::Id, Option<model::Id>),
    /// It passes on money that it receives, or not.
    PassesOn(model::Id, bool),
    /// It changes places with its neighbour.
    Shift {
        /// Which.
        party: model::Id,
        /// Down, or up.
        down: bool,
    },
    /// It is no party any more.
    Remove(model::Id),
}

impl Convention {
    /// Reads what happens to parties.
    pub(super) fn update_parties(
        &mut self,
        message: Message,
        session: &Session,
    ) -> Vec<Action<Above>> {
        match message {
            Message::Add(partner) => {
                let Some(convention) = session.records().convention(self.id) else {
                    return Vec::new();
                };
                let Some(party) = party_of(partner, convention, session) else {
                    return Vec::new();
                };
                let label = format!("Ajouter la partie {}", quoted(session.party_name(&party)));
                self.edit(session, label, |after| after.parties.push(party))
            }
            Message::Signatory(party, signatory) => {
                self.edit(session, "Choisir le signataire", |after| {
                    of(after, party, |party| party.signatory = signatory);
                })
            }
            Message::PassesOn(party, passes_on) => {
                self.edit(session, "Modifier une partie", |after| {
                    of(after, party, |party| party.passes_on = passes_on);
                })
            }
            Message::Shift { party, down } => {
                let mut to = None;
                let mut actions = self.edit(session, "Déplacer une partie", |after| {
                    if let Some(rank) = after.parties.iter().position(|it| it.id == party) {
                        shift(&mut after.parties, rank, down);
                    }
                    let last = after.parties.len().saturating_sub(1);
                    let rank = after.parties.iter().position(|it| it.id == party);
                    to = rank.map(|rank| once_moved(party, rank, last, down));
                });
                actions.extend(to.map(Action::Focus));
                actions
            }
            Message::Remove(party) => {
                let name = session
                    .records()
                    .convention(self.id)
                    .and_then(|convention| convention.parties.iter().find(|it| it.id == party))
                    .map_or_else(String::new, |party| session.party_name(party).to_owned());
                let label = format!("Retirer la partie {}", quoted(&name));
                let mut actions = self.edit(session, label, |after| {
                    after.parties.retain(|it| it.id != party);
                });
                actions.push(Action::Focus(Id::new(ADD)));
                actions
            }
        }
    }

    /// The parties, to be changed.
    pub(super) fn parties<'a>(
        &'a self,
        convention: &'a model::Convention,
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let last = convention.parties.len().saturating_sub(1);
        let cards = convention.parties.iter().enumerate().map(|(rank, party)| {
            self.party(party, (rank > 0, rank < last), width, session, palette)
        });
        column![
            text("Parties").size(20).font(STRONG),
            Column::with_children(cards).spacing(12),
            (!session.is_read_only()).then(|| {
                container(add(convention, session, palette))
                    .width(Fill)
                    .max_width(420)
            }),
        ]
        .spacing(12)
        .into()
    }

    fn party<'a>(
        &'a self,
        party: &'a Party,
        (up, down): (bool, bool),
        width: f32,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, Above> {
        let id = party.id;
        let partner = party.partner.and_then(|id| session.records().partner(id));
        let name = match (party.partner, partner) {
            (None, _) => &session.records().authority().name.text,
            (Some(_), Some(partner)) => &partner.name.text,
            (Some(_), None) => "Partenaire introuvable",
        };
        let country = partner
            .and_then(|partner| partner.country.as_deref())
            .and_then(|code| session.reference().country(code))
            .map(|country| country.name.text.as_str());
        let shift = |down| Above::Parties(Message::Shift { party: id, down });

        let country = country.map(|name| text(name).size(14).color(palette.muted));
        let called = row![text(name).size(16).font(STRONG)]
            .push(country)
            .spacing(8)
            .align_y(Center)
            .wrap();
        let mut head = row![container(called).width(Fill)]
            .spacing(4)
            .align_y(Center);
        if partner.is_some() {
            head =
                head.push(link("Fiche", palette).on_press_maybe(party.partner.map(Above::Partner)));
        }
        if !session.is_read_only() {
            head = head
                .push(arrows(id, (up, down), shift, palette))
                .push(quiet("Retirer", palette).on_press(Above::Parties(Message::Remove(id))));
        }

        let people = session.records().signatories_of(party);
        let nobody_chosen = Party {
            signatory: None,
            ..party.clone()
        };
        let convention = session.records().convention(self.id);
        let usual = convention.and_then(|it| session.signatory_of(it, &nobody_chosen));
        let usual = usual.map_or_else(
            || "Personne n’est encore nommé sur sa fiche".to_owned(),
            |person| format!("La personne en fonction\u{a0}: {}", person.name),
        );
        let choices = std::iter::once((None, usual)).chain(people.iter().map(|person| {
            (
                Some(person.id),
                format!("{}, {}", person.name, person.function),
            )
        }));
        let signatory = select(
            choices,
            Some(&party.signatory),
            format!("party.{id}.signatory"),
            palette,
            move |signatory| Above::Parties(Message::Signatory(id, signatory)),
        )
        .locked(session.is_read_only());

        let typed = |label, field, example| {
            entry(
                label,
                self.shown(field, session),
                format!("party.{id}.{field:?}"),
                palette,
                move |typing| Above::Form(field, typing),
            )
            .example(example)
            .locked(session.is_read_only())
        };
        let cells = [
            Cell::Half(labelled("Signataire", signatory, palette)),
            Cell::Half(
                typed(
                    "En qualité de",
                    Field::Capacity(id),
                    "opérateur, maître d’ouvrage…",
                )
                .into(),
            ),
            Cell::Half(
                typed(
                    "Organe qui décide, si ce n’est pas l’assemblée",
                    Field::DecidedBy(id),
                    "bureau communautaire",
                )
                .into(),
            ),
            Cell::Half(
                checkbox("Reverse des fonds qu’elle reçoit", party.passes_on, palette)
                    .on_press(Above::Parties(Message::PassesOn(id, !party.passes_on)))
                    .into(),
            ),
        ];
        container(column![head, columns(width, cells)].spacing(12))
            .padding(16)
            .width(Fill)
            .style(move |_| palette.card())
            .into()
    }
}

/// The last entry of a party and its first: both in sight, all of it is.
pub(super) fn entries(party: model::Id) -> [String; 2] {
    let last = Field::DecidedBy(party);
    [
        format!("party.{party}.{last:?}"),
        format!("party.{party}.signatory"),
    ]
}

/// Where the keyboard adds a party.
const ADD: &str = "parties.add";

/// A field that opens on who is not a party yet.
fn add<'a>(
    convention: &'a model::Convention,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Above> {
    let is_party = |partner| convention.parties.iter().any(|it| it.partner == partner);
    let ours = (!is_party(None)).then(|| (None, session.records().authority().name.text.clone()));
    let partners = session
        .records()
        .partners_sorted()
        .filter(|partner| !is_party(Some(partner.id)))
        .map(|partner| (Some(partner.id), partner.name.text.clone()));
    select(
        ours.into_iter().chain(partners),
        None,
        ADD,
        palette,
        |partner| Above::Parties(Message::Add(partner)),
    )
    .empty("Ajouter une partie…")
    .into()
}

/// A party made of a partner, or of our authority, under a key that the text can use for ever, whatever its name
/// becomes.
pub fn party_of(
    partner: Option<model::Id>,
    convention: &model::Convention,
    session: &Session,
) -> Option<Party> {
    let key = match partner {
        Some(id) => session.records().partner(id)?.suggested_key(),
        None => {
            let ours = session.records().authority();
            Key::fold(&ours.short_name.as_ref().unwrap_or(&ours.name).text)
        }
    };
    let taken = |key: &Key| convention.party(key).is_some();
    Some(Party {
        id: session.fresh_id(),
        key: key.free(taken),
        partner,
        signatory: None,
        capacity: None,
        decided_by: None,
        passes_on: false,
    })
}

fn of(convention: &mut model::Convention, party: model::Id, change: impl FnOnce(&mut Party)) {
    if let Some(party) = convention.parties.iter_mut().find(|it| it.id == party) {
        change(party);
    }
}
