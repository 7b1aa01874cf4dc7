//! What a person may ask about its data: a copy of it, or its erasure (RGPD, art. 15 and 17).
//!
//! A screen that shows people owns a [`Rights`], hands it its messages and draws it in front of the page while
//! something is asked.

use iced::widget::{Column, Id, text};

use super::deliver::Delivery;
use super::{Action, Notice};
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, strong};
use crate::dossier;
use crate::model::{Contact, Erasure, Gender, Id as RecordKey, Kind, Record, RecordId, quoted};

/// See the module.
#[derive(Debug, Default)]
pub struct Rights {
    /// Who is to be erased, and what that takes, before it is done.
    erasure: Option<(Who, Box<Erasure>)>,
}

/// Whose data it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Who {
    /// A contact, or somebody who signs.
    Kept(RecordKey),
    /// Somebody who is only named, by that name.
    Called(String),
}

impl Who {
    /// What is known of that person.
    fn person(&self, session: &Session) -> Option<Contact> {
        match self {
            Self::Kept(id) => session.records().person(*id),
            Self::Called(name) => Some(Contact::named(session.fresh_id(), name.as_str())),
        }
    }
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Message {
    /// A copy of what is kept of that person.
    Copy(Who),
    /// That person is to be erased.
    Erase(Who),
    /// It is.
    Confirm,
    /// Nothing is done.
    Cancel,
}

/// Where the keyboard is when an erasure is asked: on what does nothing.
const KEEP: &str = "rights.keep";

impl Rights {
    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Copy(who) => who
                .person(session)
                .map(|person| copy(&person, session).asked())
                .into_iter()
                .collect(),
            Message::Erase(_) if session.is_read_only() => vec![Action::Notify(Notice::wary(
                "Cet espace est en lecture seule\u{a0}: personne n’y est effacé.",
            ))],
            Message::Erase(who) => {
                let Some(person) = who.person(session) else {
                    return Vec::new();
                };
                let erasure = Erasure::of_person(person, session.records());
                self.erasure = Some((who, Box::new(erasure)));
                vec![Action::Focus(Id::new(KEEP))]
            }
            Message::Confirm => {
                // Records may have changed since it was asked.
                let asked = self.erasure.take();
                let person = asked.and_then(|(who, _)| who.person(session));
                person
                    .map(|person| Erasure::of_person(person, session.records()))
                    .map(|erasure| Action::Erase(Box::new(erasure)))
                    .into_iter()
                    .collect()
            }
            Message::Cancel => {
                self.erasure = None;
                Vec::new()
            }
        }
    }

    /// What is asked, in front of the page.
    #[must_use]
    pub fn dialog<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        let (_, erasure) = self.erasure.as_ref()?;
        let lines = told(erasure, session)
            .into_iter()
            .map(|line| text(line).size(15).width(iced::Fill).into());
        Some(Dialog::new(
            "Effacer une personne",
            Column::with_children(lines).spacing(10),
            [
                button("Effacer définitivement", palette).on_press(Message::Confirm),
                strong("Annuler", palette)
                    .id(KEEP)
                    .on_press(Message::Cancel),
            ],
            Message::Cancel,
            palette,
        ))
    }
}

/// A text to be handed to the person, and the same beside it for a program.
fn copy(person: &Contact, session: &Session) -> Delivery {
    let told = "Tout ce que l’espace garde de cette personne\u{a0}: un texte à lui remettre et, à côté, les mêmes \
                données pour un logiciel (.json).";
    let name = dossier::file_name(person);
    let (plain, structured) = dossier::of(person, session.records(), session.today());
    Delivery::new(
        "Copie des données d’une personne",
        told,
        &name,
        session,
        move || Ok(plain.clone().into_bytes()),
    )
    .beside("json", structured.into_bytes())
}

/// How many records a sentence names.
const NAMED: usize = 4;

/// What erasing will do, and what it will leave, in sentences.
fn told(erasure: &Erasure, session: &Session) -> Vec<String> {
    let records = session.records();
    let who = &erasure.who;
    let sheet = records.contact(erasure.person).is_some();
    let others = erasure.change.edits.iter().map(|edit| edit.record);
    let others: Vec<RecordId> = others
        .filter(|it| *it != sheet_of(erasure.person))
        .collect();
    let mut goes: Vec<String> = Vec::new();
    if sheet {
        goes.push("sa fiche de contact".to_owned());
    }
    if !others.is_empty() {
        let count = french::count(others.len(), "autre fiche", "autres fiches");
        let count = if sheet {
            count
        } else {
            french::count(others.len(), "fiche", "fiches")
        };
        goes.push(format!(
            "son nom dans {count} ({})",
            titles(&others, session)
        ));
    }
    goes.push("l’historique de cette session".to_owned());
    let second = session.archives().and_then(|it| it.second_place.as_ref());
    goes.push(match second {
        Some(_) => "les sauvegardes, ici et dans le second endroit".to_owned(),
        None => "les sauvegardes".to_owned(),
    });
    let mut lines = vec![format!(
        "Les données {} seront effacées sans retour\u{a0}: {}.",
        of(who),
        goes.join(", ")
    )];
    let signs = records
        .signatories()
        .any(|(_, it)| erasure.is_named_in(&it.name));
    if signs {
        lines.push(format!(
            "◆ Cette personne signe\u{a0}: à la place de son nom restera «\u{a0}{}\u{a0}», et les conventions à venir \
             demanderont un autre signataire.",
            crate::model::ERASED
        ));
    }
    let kept = stays("restera", erasure, session);
    lines.extend(kept.map(|kept| format!("● {kept}")));
    if !erasure.doubts.is_empty() {
        lines.push(format!(
            "◆ À relire ensuite, le nom de famille seul y figure\u{a0}: {}.",
            titles(&erasure.doubts, session)
        ));
    }
    if !erasure.homonyms.is_empty() {
        lines.push(format!(
            "◆ {} le même nom et ne changera pas.",
            french::count(
                erasure.homonyms.len(),
                "autre contact porte",
                "autres contacts portent"
            )
        ));
    }
    lines.push(
        "Les documents déjà exportés et le contenu des pièces jointes ne sont pas modifiés."
            .to_owned(),
    );
    lines
}

/// Where the name of a person stays once it is erased: in what was signed. `how` is « restera » or « reste ».
#[must_use]
pub fn stays(how: &str, erasure: &Erasure, session: &Session) -> Option<String> {
    let of = match titles_of(&erasure.kept, session).len() {
        0 => return None,
        1 => "de la convention",
        _ => "des conventions",
    };
    let titles = titles(&erasure.kept, session);
    Some(format!(
        "Son nom {how} dans le texte signé {of} {titles}\u{a0}: c’est un acte."
    ))
}

/// « de Mme Inès Valadier », « d’Awa Diop ».
fn of(person: &Contact) -> String {
    let name = person.name.trim();
    let titled = ["Mme", "M.", "Mlle", "Me", "Dr", "Pr", "Madame", "Monsieur"];
    let is_titled = name
        .split_whitespace()
        .next()
        .is_some_and(|first| titled.contains(&first));
    let title = match person.gender {
        _ if is_titled => "",
        Some(Gender::Feminine) => "Mme ",
        Some(Gender::Masculine) => "M. ",
        None => "",
    };
    let name = format!("{title}{name}");
    let first = crate::model::fold(&name).chars().next();
    match first {
        Some('a' | 'e' | 'i' | 'o' | 'u' | 'y') => format!("d’{name}"),
        _ => format!("de {name}"),
    }
}

const fn sheet_of(person: RecordKey) -> RecordId {
    RecordId {
        kind: Kind::Contact,
        id: person,
    }
}

/// Those records by their titles, each once: of a version, the convention that it keeps.
#[must_use]
pub fn titles_of(names: &[RecordId], session: &Session) -> Vec<String> {
    let records = session.records();
    let mut titles: Vec<String> = Vec::new();
    for record in names.iter().filter_map(|name| records.get(*name)) {
        let title = match record.as_ref() {
            Record::Version(version) => records
                .convention(version.convention)
                .map_or("", |it| it.title.as_str()),
            record => record.title(),
        };
        let title = quoted(title);
        if !titles.contains(&title) {
            titles.push(title);
        }
    }
    titles
}

/// The same, in a sentence.
fn titles(names: &[RecordId], session: &Session) -> String {
    let mut titles = titles_of(names, session);
    let more = titles.len().saturating_sub(NAMED);
    titles.truncate(NAMED);
    let mut said = titles.join(", ");
    if more > 0 {
        said.push_str(&format!(" et {more} autres"));
    }
    said
}
