//! Who comes to pay: a body named at the foot of the table, one of those that usually pay with authorities, or one that
//! the registry does not know yet and that is entered in the same movement.

use iced::widget::{Column, Row, column, row, text};

use super::{Message, Sheet};
use crate::app::fonts::STRONG;
use crate::app::screen::partners::{NATURES, called, nature};
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, quiet, row_button};
use crate::model::{
    Budget, Certainty, Funder, Id as RecordKey, Key as PartyKey, Kind, Name, Nature, Partner,
    RecordId, fold, quoted,
};

/// Where the keyboard is when it is asked who pays.
pub(super) const FIRST: &str = "budget.payer.first";

/// A body that usually pays with local authorities, as the registry takes it.
struct Usual {
    name: &'static str,
    short: Option<&'static str>,
    nature: Nature,
    kind: &'static str,
}

const fn agency(name: &'static str) -> Usual {
    Usual {
        name,
        short: None,
        nature: Nature::PublicBody,
        kind: "agence de l’eau",
    }
}

/// The State, the agency, the Union, and the six agences de l’eau.
const USUAL: [Usual; 9] = [
    Usual {
        name: "Ministère de l’Europe et des Affaires étrangères",
        short: Some("MEAE"),
        nature: Nature::State,
        kind: "ministère",
    },
    Usual {
        name: "Agence française de développement",
        short: Some("AFD"),
        nature: Nature::PublicBody,
        kind: "établissement public",
    },
    Usual {
        name: "Commission européenne",
        short: None,
        nature: Nature::InternationalOrganisation,
        kind: "institution européenne",
    },
    agency("Agence de l’eau Adour-Garonne"),
    agency("Agence de l’eau Artois-Picardie"),
    agency("Agence de l’eau Loire-Bretagne"),
    agency("Agence de l’eau Rhin-Meuse"),
    agency("Agence de l’eau Rhône Méditerranée Corse"),
    agency("Agence de l’eau Seine-Normandie"),
];

impl Usual {
    fn called(&self) -> &'static str {
        self.short.unwrap_or(self.name)
    }

    fn partner(&self, id: RecordKey) -> Partner {
        Partner {
            short_name: self.short.map(Name::new),
            country: (self.nature != Nature::InternationalOrganisation).then(|| "FR".to_owned()),
            kind: Some(self.kind.to_owned()),
            ..Partner::new(id, self.nature, Name::new(self.name))
        }
    }
}

/// Who may be meant by what was typed.
#[derive(Debug)]
pub(super) struct Asked {
    /// What was typed; nothing when the usual ones are asked for.
    pub(super) raw: String,
    offers: Vec<Offer>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Offer {
    /// A body of the registry.
    Known(RecordKey),
    /// One of [`USUAL`], by its rank.
    Usual(usize),
    /// A body of that name and that nature, which the registry does not have.
    New(Nature),
}

/// What was typed as a funder.
pub(super) enum Named {
    /// One body, ours or of the registry.
    One(Funder),
    /// It is to be asked who is meant.
    Asked(Asked),
}

/// Who is meant: our own authority, the body of the registry that has that name, the only one whose name holds it; else
/// it is to be asked.
pub(super) fn named(raw: &str, budget: &Budget, session: &Session) -> Named {
    let typed = fold(raw.trim());
    let records = session.records();
    let ours = records.authority();
    let own = [Some(&ours.name), ours.short_name.as_ref()];
    if typed == "nous" || own.into_iter().flatten().any(|it| fold(&it.text) == typed) {
        let mut funder = crate::app::screen::budgets::ours(session);
        funder.key = funder.key.free(|key| budget.funder(key).is_some());
        return Named::One(funder);
    }
    let says = |id: RecordKey, is_it: &dyn Fn(&str) -> bool| {
        let kind = Kind::Partner;
        let names = records.search_key(RecordId { kind, id });
        names.is_some_and(|names| names.lines().any(is_it))
    };
    let those = |is_it: &dyn Fn(&str) -> bool| -> Vec<RecordKey> {
        let all = records.partners_sorted().map(|it| it.id);
        all.filter(|id| !typed.is_empty() && says(*id, is_it))
            .collect()
    };
    let mut found = those(&|name| name == typed);
    if found.is_empty() {
        found = those(&|name| name.contains(&typed));
    }
    if let [partner] = *found {
        return Named::One(payer(partner, name_of(partner, session), budget, session));
    }
    let usual = USUAL.iter().enumerate().filter_map(|(rank, usual)| {
        let answers = |name: &str| fold(name).contains(&typed);
        if !(answers(usual.name) || usual.short.is_some_and(answers)) {
            return None;
        }
        let known = records
            .partners()
            .find(|it| fold(&it.name.text) == fold(usual.name));
        let offer = known.map_or(Offer::Usual(rank), |it| Offer::Known(it.id));
        let pays = |id| budget.funders.iter().any(|it| it.partner == Some(id));
        (!known.is_some_and(|it| pays(it.id) || found.contains(&it.id))).then_some(offer)
    });
    let known = found.iter().map(|id| Offer::Known(*id));
    let mut offers: Vec<Offer> = known.chain(usual).collect();
    if !typed.is_empty() {
        let guessed = guess(&typed);
        let others = NATURES.into_iter().filter(|it| *it != guessed);
        offers.extend(std::iter::once(guessed).chain(others).map(Offer::New));
    }
    Named::Asked(Asked {
        raw: raw.trim().to_owned(),
        offers,
    })
}

/// What a body most likely is, from how its name begins.
fn guess(typed: &str) -> Nature {
    const BEGINNINGS: [(Nature, &[&str]); 5] = [
        (Nature::State, &["minist", "etat"]),
        (
            Nature::PublicBody,
            &["agence", "office", "universite", "centre", "etablissement"],
        ),
        (
            Nature::Private,
            &["fondation", "societe", "entreprise", "sa ", "sarl"],
        ),
        (
            Nature::ForeignAuthority,
            &[
                "commune", "ville", "mairie", "region", "province", "district",
            ],
        ),
        (
            Nature::FrenchAuthority,
            &["departement", "metropole", "communaute", "syndicat"],
        ),
    ];
    let beginning = |(_, all): &&(Nature, &[&str])| all.iter().any(|it| typed.starts_with(it));
    let known = BEGINNINGS.iter().find(beginning);
    known.map_or(Nature::Association, |(nature, _)| *nature)
}

fn name_of(partner: RecordKey, session: &Session) -> &str {
    session.records().partner(partner).map_or("", called)
}

/// The funder that a body becomes.
fn payer(partner: RecordKey, name: &str, budget: &Budget, session: &Session) -> Funder {
    let mut parties = session
        .records()
        .conventions_with_budget(budget.id)
        .flat_map(|it| &it.parties);
    // The key by which the budget's conventions know it, else one made of its name.
    let party = parties.find(|party| party.partner == Some(partner));
    let key = party.map_or_else(|| PartyKey::fold(name), |party| party.key.clone());
    Funder {
        id: session.fresh_id(),
        key: key.free(|key| budget.funder(key).is_some()),
        partner: Some(partner),
        certainty: Certainty::default(),
        call: None,
        rule: None,
        operations: Vec::new(),
    }
}

impl Asked {
    /// The funder that was chosen, what it is called, and the body to be entered with it where it is new.
    pub(super) fn answer(
        &self,
        rank: usize,
        budget: &Budget,
        session: &Session,
    ) -> Option<(Funder, String, Option<Partner>)> {
        let id = session.fresh_id();
        let entered = match *self.offers.get(rank)? {
            Offer::Known(partner) => {
                let name = name_of(partner, session);
                let funder = payer(partner, name, budget, session);
                return Some((funder, name.to_owned(), None));
            }
            Offer::Usual(usual) => USUAL.get(usual)?.partner(id),
            Offer::New(nature) => Partner::new(id, nature, Name::new(&self.raw)),
        };
        let name = called(&entered).to_owned();
        let funder = payer(id, &name, budget, session);
        Some((funder, name, Some(entered)))
    }

    /// What is asked, in front of the page.
    pub(super) fn dialog<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Dialog<'a, Message> {
        let mut bodies = Column::new().spacing(2);
        let mut natures = Row::new().spacing(8);
        for (rank, offer) in self.offers.iter().enumerate() {
            let (name, what) = match *offer {
                Offer::Known(id) => (name_of(id, session), "parmi les partenaires"),
                Offer::Usual(usual) => match USUAL.get(usual) {
                    Some(usual) if usual.short.is_some() => (usual.called(), usual.name),
                    Some(usual) => (usual.name, ""),
                    None => continue,
                },
                Offer::New(of) => {
                    let choice = button(nature(of), palette).on_press(Message::Payer(rank));
                    natures = natures.push(if rank == 0 { choice.id(FIRST) } else { choice });
                    continue;
                }
            };
            let words = row![
                text(name).size(15).font(STRONG),
                text(what).size(14).color(palette.muted),
            ]
            .spacing(8)
            .align_y(iced::Center);
            let choice = row_button(words, false, palette).on_press(Message::Payer(rank));
            bodies = bodies.push(if rank == 0 { choice.id(FIRST) } else { choice });
        }
        let raw = quoted(&self.raw);
        let is_new = |it: &Offer| matches!(it, Offer::New(_));
        let told = (!self.raw.is_empty()).then(|| {
            let words = if self.offers.first().is_some_and(is_new) {
                format!(
                    "{raw} n’est pas encore parmi les partenaires. L’inscrire, et l’ajouter au budget, comme\u{a0}:"
                )
            } else {
                format!("Qui est {raw}\u{202f}?")
            };
            text(words).size(15)
        });
        let or_new =
            (!self.raw.is_empty() && !self.offers.first().is_some_and(is_new)).then(|| {
                let words = format!("Ou l’inscrire sous le nom {raw}, comme\u{a0}:");
                text(words).size(15)
            });
        let content = column![]
            .push(told)
            .push(bodies)
            .push(or_new)
            .push(natures.wrap().vertical_spacing(8))
            .spacing(12);
        Dialog::new(
            "Qui finance\u{202f}?",
            content,
            [quiet("Annuler", palette).on_press(Message::NoPayer)],
            Message::NoPayer,
            palette,
        )
    }
}

impl Sheet {
    /// What stays in « + Financeur » while nobody pays under that name.
    pub(super) fn unknown_payer(raw: &str) -> String {
        format!(
            "{} n’est pas parmi les partenaires\u{a0}: Entrée, deux fois, l’y inscrit.",
            quoted(raw)
        )
    }
}
