//! Personal data: how long it is kept, who is overdue, and what a person may ask (a copy of
//! its data, its erasure).

use iced::widget::{Column, Id, column, row, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::screen::rights::{self, Rights, Who};
use crate::app::screen::{Action, all};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing, entry, section, typed};
use crate::app::widget::{Button, Dialog, field, quiet};
use crate::model::{
    Authority, Change, Contact, Id as RecordKey, Kind, Record, RecordId, Traces, mentions, overdue,
};

/// See the module.
#[derive(Debug, Default)]
pub struct Personal {
    form: Form<Years>,
    search: String,
    found: Vec<Found>,
    rights: Rights,
}

/// Somebody who answers the search, and where its data is.
#[derive(Debug)]
struct Found {
    who: Who,
    name: String,
    told: String,
}

/// The one entry: years of retention.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Years;

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// Years of retention are typed.
    Years(Typing),
    /// A person is looked for.
    Search(String),
    /// A contact was seen to be right today.
    Verified(RecordKey),
    /// What a person asks.
    Rights(rights::Message),
}

/// How many people a search shows.
const SHOWN: usize = 12;

const OURS: RecordId = RecordId {
    kind: Kind::Authority,
    id: RecordKey::SINGLE,
};

/// Where the keyboard types the years of retention.
pub const YEARS: &str = "personal.years";

/// Where the name of a person is typed.
const SEARCH: &str = "personal.search";

impl Personal {
    /// Records changed.
    pub fn follow(&mut self, session: &Session) {
        let said = say_years(session.records().authority());
        self.form.follow(|Years| Some(said.clone()));
        self.found = look(&self.search, session);
    }

    /// How many entries hold something that cannot be kept.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.form.faults()
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Years(typing) => {
                let ours = session.records().authority();
                let heard = self.form.hear(Years, typing, ours, say_years, set_years);
                match (heard, session.records().get(OURS)) {
                    (Heard::Becomes(after), Some(before)) => {
                        let label = "Modifier la durée de conservation";
                        let after = Record::Authority(after);
                        let change = Change::replace(label, before.clone(), after);
                        vec![Action::Edit(change.coalescing("retention"))]
                    }
                    (Heard::Left, _) => vec![Action::Rest],
                    _ => Vec::new(),
                }
            }
            Message::Search(search) => {
                self.search = search;
                self.found = look(&self.search, session);
                Vec::new()
            }
            Message::Verified(id) => {
                let name = RecordId {
                    kind: Kind::Contact,
                    id,
                };
                let records = session.records();
                let (Some(before), Some(contact)) = (records.get(name), records.contact(id)) else {
                    return Vec::new();
                };
                let after = Contact {
                    verified: Some(session.today()),
                    ..contact.clone()
                };
                let label = "Vérifier un contact";
                let change = Change::replace(label, before.clone(), Record::Contact(after));
                vec![Action::Edit(change)]
            }
            Message::Rights(message) => {
                let erases = matches!(message, rights::Message::Confirm);
                let mut actions = all(self.rights.update(message, session), Message::Rights);
                if erases {
                    // Whoever was erased is not in the list any more.
                    actions.push(Action::Focus(Id::new(SEARCH)));
                }
                actions
            }
        }
    }

    /// What a person asks, in front of the page.
    #[must_use]
    pub fn dialog<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        let dialog = self.rights.dialog(session, palette)?;
        Some(dialog.map(Message::Rights))
    }

    /// The part of the settings.
    #[must_use]
    pub fn view<'a>(&'a self, session: &'a Session, palette: Palette) -> Element<'a, Message> {
        let records = session.records();
        let ours = records.authority();
        let years = entry(
            "Années de conservation après la dernière vérification",
            self.form.shown(Years, say_years(ours)),
            YEARS,
            palette,
            Message::Years,
        )
        .hint("La durée que dit votre registre des traitements (RGPD, art. 30).")
        .width(380);

        let mut late: Vec<(&Contact, String)> = records
            .contacts()
            .filter_map(|it| {
                let since = overdue(it, ours, session.today())?;
                Some((it, format!("depuis le {}", french::day(since))))
            })
            .collect();
        late.sort_by_cached_key(|(it, _)| crate::model::sort_key(&it.name));
        let late: Element<'a, Message> = if late.is_empty() {
            let words = if ours.retention_years.is_none() {
                "Dites la durée de conservation\u{a0}: les contacts à revoir seront montrés ici."
            } else {
                "● Aucun contact n’est gardé trop longtemps."
            };
            text(words).size(15).color(palette.muted).into()
        } else {
            let lines = late
                .into_iter()
                .map(|(contact, since)| line(contact, &since, session, palette));
            Column::with_children(lines).spacing(8).into()
        };

        let mut asked = column![
            field(
                &self.search,
                "Nom de la personne",
                SEARCH,
                palette,
                Message::Search
            )
            .label("Qui demande une copie de ses données, ou leur effacement\u{a0}?"),
        ]
        .spacing(10);
        if self.search.trim().is_empty() {
            let about = "Les contacts, ceux qui signent pour votre collectivité ou pour un partenaire et, par son nom \
                         entier, toute personne nommée dans une fiche.";
            asked = asked.push(text(about).size(14).color(palette.muted));
        } else if self.found.is_empty() {
            let words = "Personne de ce nom. Qui n’est ni contact ni signataire se cherche par son nom entier.";
            asked = asked.push(text(words).size(15).color(palette.muted));
        }
        for found in &self.found {
            asked = asked.push(found_line(found, session, palette));
        }
        column![
            section("Conservation", [], years, palette),
            section("À revoir ou à effacer", [], late, palette),
            section("Droits des personnes", [], asked, palette),
        ]
        .spacing(18)
        .into()
    }
}

/// A contact that is kept too long, where it works, and what can be done.
fn line<'a>(
    contact: &'a Contact,
    since: &str,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let mut told = works(contact, session);
    told.push(since.to_owned());
    let id = contact.id;
    let verified = (!session.is_read_only())
        .then(|| quiet("Vérifié aujourd’hui", palette).on_press(Message::Verified(id)));
    laid(
        &contact.name,
        told.join(" · "),
        verified,
        &Who::Kept(id),
        session,
        palette,
    )
}

fn found_line<'a>(
    found: &'a Found,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    laid(
        &found.name,
        found.told.clone(),
        None,
        &found.who,
        session,
        palette,
    )
}

fn laid<'a>(
    name: &'a str,
    told: String,
    first: Option<Button<'a, Message>>,
    who: &Who,
    session: &Session,
    palette: Palette,
) -> Element<'a, Message> {
    let copy = rights::Message::Copy(who.clone());
    let erase = rights::Message::Erase(who.clone());
    let erase = (!session.is_read_only())
        .then(|| quiet("Effacer…", palette).on_press(Message::Rights(erase)));
    let acts = row(first.map(Element::from))
        .push(quiet("Copie…", palette).on_press(Message::Rights(copy)))
        .push(erase.map(Element::from));
    row![
        column![
            text(name).size(15).font(STRONG),
            text(told).size(14).color(palette.muted),
        ]
        .width(Fill),
        acts,
    ]
    .spacing(8)
    .align_y(Center)
    .into()
}

/// The function of somebody, and for whom.
fn works(person: &Contact, session: &Session) -> Vec<String> {
    let records = session.records();
    let holder = match person.holder {
        Some(id) => records.partner(id).map(|it| it.name.text.clone()),
        None => Some(records.authority().name.text.clone()),
    };
    let told = [person.function.clone(), holder];
    told.into_iter().flatten().collect()
}

/// The people who answer that search, and where each is: its sheet, what it signs for, what it is in charge of.
fn look(search: &str, session: &Session) -> Vec<Found> {
    let records = session.records();
    if search.trim().is_empty() {
        return Vec::new();
    }
    let people = records.people_called(search).into_iter().take(SHOWN);
    let found: Vec<Found> = people
        .map(|person| {
            let mut told = works(&person, session);
            let traces = Traces::of(&person);
            let signs = records
                .signatories()
                .filter(|(_, it)| traces.are_in(&it.name));
            told.extend(signs.map(|(holder, _)| {
                let name = match holder {
                    Some(id) => records.partner(id).map_or("", |it| it.name.text.as_str()),
                    None => records.authority().name.text.as_str(),
                };
                format!("signe pour {name}")
            }));
            let follows = records
                .conventions()
                .filter(|it| it.in_charge == Some(person.id));
            let follows = follows.count();
            if follows > 0 {
                told.push(format!(
                    "suit {}",
                    french::count(follows, "convention", "conventions")
                ));
            }
            if records.contact(person.id).is_none() {
                told.push("sans fiche de contact".to_owned());
            }
            Found {
                who: Who::Kept(person.id),
                name: person.name,
                told: told.join(" · "),
            }
        })
        .collect();
    let is_whole = search.split_whitespace().count() > 1;
    if !found.is_empty() || !is_whole {
        return found;
    }
    let name = search.trim();
    let mut named: Vec<RecordId> = mentions(&Contact::named(RecordKey::SINGLE, name), records)
        .into_iter()
        .map(|mention| mention.record)
        .collect();
    named.dedup();
    let told = if named.is_empty() {
        // An erasure that was interrupted is asked again: archives may still hold what records do not.
        "dans aucune fiche\u{a0}; «\u{a0}Effacer\u{a0}» relit aussi les sauvegardes".to_owned()
    } else {
        let count = french::count(named.len(), "fiche", "fiches");
        format!("ni contact ni signataire\u{a0}: son nom est dans {count}")
    };
    vec![Found {
        who: Who::Called(name.to_owned()),
        name: name.to_owned(),
        told,
    }]
}

fn say_years(ours: &Authority) -> String {
    typed::say_whole(ours.retention_years.map(u64::from))
}

fn set_years(ours: &mut Authority, raw: &str) -> Result<(), String> {
    ours.retention_years = typed::whole(raw)?;
    if ours.retention_years == Some(0) {
        return Err("Une année au moins.".to_owned());
    }
    Ok(())
}
