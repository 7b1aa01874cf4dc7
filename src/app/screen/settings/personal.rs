//! Personal data: how long it is kept, who is overdue, and what a person may ask (a copy of
//! its data, its erasure).

use iced::widget::{Column, column, row, text};
use iced::{Center, Element, Fill};

use crate::app::fonts::STRONG;
use crate::app::screen::rights::{self, Rights};
use crate::app::screen::{Action, all};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Form, Heard, Typing, entry, section, typed};
use crate::app::widget::{Dialog, field, quiet};
use crate::model::{
    Authority, Change, Contact, Id as RecordKey, Kind, Record, RecordId, fold, overdue,
};

/// See the module.
#[derive(Debug, Default)]
pub struct Personal {
    form: Form<Years>,
    search: String,
    rights: Rights,
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

impl Personal {
    /// Records changed.
    pub fn follow(&mut self, session: &Session) {
        let said = say_years(session.records().authority());
        self.form.follow(|Years| Some(said.clone()));
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
            Message::Rights(message) => all(self.rights.update(message, session), Message::Rights),
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

        let example = "Nom de la personne";
        let mut asked = column![
            field(
                &self.search,
                example,
                "personal.search",
                palette,
                Message::Search
            )
            .label("Qui demande une copie de ses données, ou leur effacement\u{a0}?")
        ]
        .spacing(10);
        let search = fold(&self.search);
        if !search.is_empty() {
            let found: Vec<&Contact> = records
                .contacts()
                .filter(|it| fold(&it.name).contains(&search))
                .collect();
            for contact in found.iter().take(SHOWN) {
                asked = asked.push(line(contact, "", session, palette));
            }
            if found.is_empty() {
                let words = "Aucun contact de ce nom.";
                asked = asked.push(text(words).size(15).color(palette.muted));
            }
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

/// A contact, where it works, and what can be done.
fn line<'a>(
    contact: &'a Contact,
    since: &str,
    session: &'a Session,
    palette: Palette,
) -> Element<'a, Message> {
    let records = session.records();
    let holder = match contact.holder {
        Some(id) => records.partner(id).map(|it| it.name.text.clone()),
        None => Some(records.authority().name.text.clone()),
    };
    let told = [
        contact.function.clone(),
        holder,
        Some(since.to_owned()).filter(|it| !it.is_empty()),
    ];
    let told: Vec<String> = told.into_iter().flatten().collect();
    let id = contact.id;
    let mut acts =
        row![quiet("Copie…", palette).on_press(Message::Rights(rights::Message::Copy(id))),];
    if !session.is_read_only() {
        acts = acts
            .push(quiet("Vérifié aujourd’hui", palette).on_press(Message::Verified(id)))
            .push(quiet("Effacer…", palette).on_press(Message::Rights(rights::Message::Erase(id))));
    }
    row![
        column![
            text(&contact.name).size(15).font(STRONG),
            text(told.join(" · ")).size(14).color(palette.muted),
        ]
        .width(Fill),
        acts,
    ]
    .spacing(8)
    .align_y(Center)
    .into()
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
