//! The people at a partner or in our own authority, as professionals: read as cards, written one at a time, removed, erased.

use std::borrow::Cow;

use iced::widget::{Column, Id, column, container, row, text};
use iced::{Center, Element, Fill};

use super::spoken::{languages, read_languages};
use crate::app::fonts::STRONG;
use crate::app::screen::rights::{self, Rights, Who};
use crate::app::screen::{Action, Notice, all};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::form::{Cell, Form, Heard, Shown, Typing, columns, entry, typed};
use crate::app::widget::{Dialog, door, escaping, quiet, strong, tag};
use crate::model::{Change, Contact, Gender, Id as RecordKey, Kind, Record, RecordId, overdue};

/// See the module.
#[derive(Debug)]
pub struct People {
    /// The partner; our own authority when absent.
    holder: Option<RecordKey>,
    /// Whose card is written.
    open: Option<RecordKey>,
    /// The name of somebody who is not there yet, as it is typed.
    new: Option<String>,
    form: Form<(RecordKey, Line)>,
    rights: Rights,
}

/// An entry of a card.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Line {
    /// The name.
    Name,
    /// The name in its own script.
    OwnName,
    /// The function.
    Function,
    /// E-mail.
    Email,
    /// Telephone.
    Phone,
    /// Languages.
    Languages,
    /// Where the data comes from.
    Source,
    /// When it was seen to be right.
    Verified,
    /// After when it goes.
    KeepUntil,
}

/// What happens among people.
#[derive(Debug, Clone)]
pub enum Message {
    /// Somebody is added: a name is asked for.
    Add,
    /// The name is typed.
    NewName(Typing),
    /// Nobody is, after all.
    ForgetName,
    /// Somebody of that name is there.
    Create,
    /// A card is written.
    Open(RecordKey),
    /// It is read again.
    Close,
    /// Something is typed on it.
    Line(RecordKey, Line, Typing),
    /// The gender is chosen.
    Gender(RecordKey, Option<Gender>),
    /// The card was seen to be right today.
    Verified(RecordKey),
    /// A card goes, and can come back.
    Remove(RecordKey),
    /// What a person may ask.
    Rights(rights::Message),
}

/// Where the keyboard adds somebody.
const ADD: &str = "people.add";

/// Where the keyboard writes the name of somebody new.
pub const NEW: &str = "people.new";

impl People {
    /// The people at that partner, or in our own authority.
    #[must_use]
    pub fn new(holder: Option<RecordKey>) -> Self {
        Self {
            holder,
            open: None,
            new: None,
            form: Form::default(),
            rights: Rights::default(),
        }
    }

    /// How many they are.
    #[must_use]
    pub fn count(&self, session: &Session) -> usize {
        session.records().contacts_of(self.holder).count()
    }

    /// How many entries hold something that cannot be kept.
    #[must_use]
    pub fn refused(&self) -> usize {
        self.form.faults()
    }

    /// Opens the card of the first of them, and answers where the keyboard goes.
    pub fn correct(&mut self) -> Option<Id> {
        let (person, line) = self.form.first_fault()?;
        self.open = Some(person);
        Some(line_id(person, line))
    }

    /// Records changed: what was typed of somebody who is no more goes.
    pub fn follow(&mut self, session: &Session) {
        self.form.follow(|(person, line)| {
            let person = session.records().contact(person)?;
            Some(say(person, line, session))
        });
        if self
            .open
            .is_some_and(|id| session.records().contact(id).is_none())
        {
            self.open = None;
        }
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Add => {
                self.new = Some(String::new());
                vec![Action::Focus(Id::new(NEW))]
            }
            Message::NewName(Typing::Typed(raw)) => {
                self.new = Some(raw);
                Vec::new()
            }
            Message::NewName(Typing::Left) => Vec::new(),
            Message::ForgetName => {
                self.new = None;
                vec![Action::Focus(Id::new(ADD))]
            }
            Message::Create => {
                let name = self.new.as_deref().and_then(typed::optional);
                let Some(name) = name else {
                    return self.update(Message::ForgetName, session);
                };
                self.new = None;
                let contact = contact(session.fresh_id(), name, self.holder, session);
                self.open = Some(contact.id);
                let focus = line_id(contact.id, Line::Function);
                let change = Change::create("Ajouter un contact", Record::Contact(contact));
                vec![Action::Edit(change), Action::Focus(focus)]
            }
            Message::Open(id) => {
                self.open = Some(id);
                vec![Action::Focus(line_id(id, Line::Name))]
            }
            Message::Close => {
                let left = self.open.take();
                left.map(|id| Action::Focus(card_id(id)))
                    .into_iter()
                    .collect()
            }
            Message::Line(id, line, typing) => {
                let Some(before) = session.records().contact(id) else {
                    return Vec::new();
                };
                let reference = session.reference();
                let heard = self.form.hear(
                    (id, line),
                    typing,
                    before,
                    |contact| say(contact, line, session),
                    |contact, raw| set(contact, line, raw, reference),
                );
                match heard {
                    Heard::Becomes(after) => {
                        let key = format!("contact.{id}.{line:?}");
                        edit(after, Some(key), session)
                    }
                    Heard::Left => vec![Action::Rest],
                    Heard::Nothing => Vec::new(),
                }
            }
            Message::Gender(id, gender) => change(id, session, |contact| contact.gender = gender),
            Message::Verified(id) => {
                let today = session.today();
                change(id, session, |contact| contact.verified = Some(today))
            }
            Message::Remove(id) => {
                let Some(before) = session.records().get(name_of(id)) else {
                    return Vec::new();
                };
                self.open = None;
                let change = Change::delete("Retirer un contact", before.clone());
                let told = "Contact retiré. Pour l’effacer sans retour, «\u{a0}Effacer…\u{a0}».";
                vec![
                    Action::Edit(change),
                    Action::Notify(Notice::calm(told).undoable()),
                ]
            }
            Message::Rights(message) => {
                let erases = matches!(message, rights::Message::Confirm);
                let mut actions = all(self.rights.update(message, session), Message::Rights);
                if erases {
                    // Whoever was erased is not in the list any more.
                    actions.push(Action::Focus(Id::new(ADD)));
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

    /// The cards.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        session: &'a Session,
        width: f32,
        palette: Palette,
    ) -> Element<'a, Message> {
        let mut people: Vec<&Contact> = session.records().contacts_of(self.holder).collect();
        people.sort_by_cached_key(|it| crate::model::sort_key(&it.name));
        let mut page = Column::new().spacing(10);
        if people.is_empty() && self.new.is_none() {
            let words = "Personne n’est noté ici. N’y gardez que des données professionnelles, avec leur origine.";
            page = page.push(text(words).size(15).color(palette.muted));
        }
        for contact in people {
            page = page.push(if self.open == Some(contact.id) {
                self.card(contact, session, width, palette)
            } else {
                read(contact, session, palette)
            });
        }
        if session.is_read_only() {
            return page.into();
        }
        page.push(match &self.new {
            Some(name) => {
                let shown = Shown {
                    text: Cow::Borrowed(name.as_str()),
                    fault: None,
                };
                let entry = entry("Nom, titre compris", shown, NEW, palette, Message::NewName)
                    .example("Mme Awa Diop")
                    .on_submit(Message::Create);
                let add = strong("Ajouter", palette).on_press(Message::Create);
                escaping(column![entry, add].spacing(10), Message::ForgetName)
            }
            None => Element::from(
                door("+ Ajouter un contact", palette)
                    .id(ADD)
                    .on_press(Message::Add),
            ),
        })
        .into()
    }

    /// A card that is written.
    fn card<'a>(
        &'a self,
        contact: &'a Contact,
        session: &'a Session,
        width: f32,
        palette: Palette,
    ) -> Element<'a, Message> {
        let id = contact.id;
        let line = |line: Line| {
            let shown = self.form.shown((id, line), say(contact, line, session));
            Element::from(
                entry(
                    line.label(),
                    shown,
                    line_id(id, line),
                    palette,
                    move |typing| Message::Line(id, line, typing),
                )
                .example(line.example()),
            )
        };
        let gender = super::gender(
            contact.gender,
            format!("people.{id}.gender"),
            palette,
            move |gender| Message::Gender(id, gender),
        );
        let cells = [
            Cell::Half(line(Line::Name)),
            Cell::Half(line(Line::OwnName)),
            Cell::Half(line(Line::Function)),
            Cell::Half(gender),
            Cell::Half(line(Line::Email)),
            Cell::Half(line(Line::Phone)),
            Cell::Half(line(Line::Languages)),
            Cell::Half(line(Line::Source)),
            Cell::Half(line(Line::Verified)),
            Cell::Half(line(Line::KeepUntil)),
        ];
        let form = columns(width, cells);
        let acts = row![
            strong("Terminé", palette).on_press(Message::Close),
            quiet("Vérifié aujourd’hui", palette).on_press(Message::Verified(id)),
            quiet("Copie de ses données…", palette)
                .on_press(Message::Rights(rights::Message::Copy(Who::Kept(id)))),
            quiet("Retirer de la liste", palette).on_press(Message::Remove(id)),
            quiet("Effacer partout…", palette)
                .on_press(Message::Rights(rights::Message::Erase(Who::Kept(id)))),
        ]
        .spacing(6)
        .wrap()
        .vertical_spacing(6);
        escaping(
            card(column![form, acts].spacing(14), palette),
            Message::Close,
        )
    }
}

/// A card that is read.
fn read<'a>(contact: &'a Contact, session: &'a Session, palette: Palette) -> Element<'a, Message> {
    let mut name = row![text(&contact.name).size(16).font(STRONG)]
        .spacing(8)
        .align_y(Center);
    if let Some(own) = &contact.own_name {
        name = name.push(text(own).size(15).color(palette.muted));
    }
    if overdue(contact, session.records().authority(), session.today()).is_some() {
        let words = "◆ à revoir ou à effacer";
        name = name.push(tag(words, palette.wary, palette.wary_soft, palette));
    }
    let mut lines = column![name.wrap()].spacing(3).width(Fill);
    if let Some(function) = &contact.function {
        lines = lines.push(text(function).size(15));
    }
    let reach: Vec<&str> = [contact.email.as_deref(), contact.phone.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    if !reach.is_empty() {
        lines = lines.push(text(reach.join(" · ")).size(15));
    }
    let known = [
        contact
            .verified
            .map(|day| format!("vérifié le {}", french::day(day))),
        contact.source.clone(),
        (!contact.languages.is_empty()).then(|| languages(&contact.languages, session.reference())),
    ];
    let known: Vec<String> = known.into_iter().flatten().collect();
    if !known.is_empty() {
        lines = lines.push(text(known.join(" · ")).size(14).color(palette.muted));
    }
    let mut line = row![lines].spacing(8).align_y(Center);
    if !session.is_read_only() {
        line = line.push(
            quiet("Modifier", palette)
                .id(card_id(contact.id))
                .on_press(Message::Open(contact.id)),
        );
    }
    card(line, palette)
}

fn card<'a>(content: impl Into<Element<'a, Message>>, palette: Palette) -> Element<'a, Message> {
    container(content)
        .padding(14)
        .width(Fill)
        .style(move |_| palette.card())
        .into()
}

fn card_id(contact: RecordKey) -> Id {
    Id::from(format!("people.{contact}"))
}

fn line_id(contact: RecordKey, line: Line) -> Id {
    Id::from(format!("people.{contact}.{line:?}"))
}

fn contact(id: RecordKey, name: String, holder: Option<RecordKey>, session: &Session) -> Contact {
    Contact {
        holder,
        gender: Gender::told_by(&name),
        verified: Some(session.today()),
        ..Contact::named(id, name)
    }
}

const fn name_of(id: RecordKey) -> RecordId {
    RecordId {
        kind: Kind::Contact,
        id,
    }
}

fn change(
    id: RecordKey,
    session: &Session,
    change: impl FnOnce(&mut Contact),
) -> Vec<Action<Message>> {
    let Some(before) = session.records().contact(id) else {
        return Vec::new();
    };
    let mut after = before.clone();
    change(&mut after);
    if after == *before {
        return Vec::new();
    }
    edit(after, None, session)
}

/// The label names nobody: it is shown, and kept.
fn edit(after: Contact, key: Option<String>, session: &Session) -> Vec<Action<Message>> {
    let Some(before) = session.records().get(name_of(after.id)) else {
        return Vec::new();
    };
    let change = Change::replace(
        "Modifier un contact",
        before.clone(),
        Record::Contact(after),
    );
    vec![Action::Edit(match key {
        Some(key) => change.coalescing(key),
        None => change,
    })]
}

impl Line {
    const fn label(self) -> &'static str {
        match self {
            Self::Name => "Nom, titre compris",
            Self::OwnName => "Nom dans son écriture",
            Self::Function => "Fonction",
            Self::Email => "Courriel professionnel",
            Self::Phone => "Téléphone professionnel",
            Self::Languages => "Langues",
            Self::Source => "Origine de ces données",
            Self::Verified => "Vérifié le",
            Self::KeepUntil => "À effacer après le",
        }
    }

    const fn example(self) -> &'static str {
        match self {
            Self::Source => "carte de visite, mission de mars 2026",
            Self::Verified | Self::KeepUntil => "JJ/MM/AAAA",
            Self::Languages => "français, portugais",
            _ => "",
        }
    }
}

fn say(contact: &Contact, line: Line, session: &Session) -> String {
    let said = |text: &Option<String>| text.clone().unwrap_or_default();
    match line {
        Line::Name => contact.name.clone(),
        Line::OwnName => said(&contact.own_name),
        Line::Function => said(&contact.function),
        Line::Email => said(&contact.email),
        Line::Phone => said(&contact.phone),
        Line::Languages => languages(&contact.languages, session.reference()),
        Line::Source => said(&contact.source),
        Line::Verified => typed::say_day(contact.verified),
        Line::KeepUntil => typed::say_day(contact.keep_until),
    }
}

fn set(
    contact: &mut Contact,
    line: Line,
    raw: &str,
    reference: &crate::reference::Reference,
) -> Result<(), String> {
    let words = typed::optional(raw);
    match line {
        Line::Name => contact.name = typed::required(raw, "Un contact a un nom.")?,
        Line::OwnName => contact.own_name = words,
        Line::Function => contact.function = words,
        Line::Email => {
            let is_one = |it: &String| {
                it.split_once('@')
                    .is_some_and(|(who, at)| !who.is_empty() && at.contains('.'))
                    && !it.contains(char::is_whitespace)
            };
            if !words.as_ref().is_none_or(is_one) {
                return Err("Écrivez une adresse comme prenom.nom@ville.org.".to_owned());
            }
            contact.email = words;
        }
        Line::Phone => contact.phone = words,
        Line::Languages => contact.languages = read_languages(raw, reference)?,
        Line::Source => contact.source = words,
        Line::Verified => contact.verified = typed::day(raw)?,
        Line::KeepUntil => contact.keep_until = typed::day(raw)?,
    }
    Ok(())
}
