//! What a person may ask about its data: a copy of it, or its erasure (RGPD, art. 15 and 17).
//!
//! A screen that shows people owns a [`Rights`], hands it its messages and draws it in front of the page while
//! something is asked.

use std::sync::Arc;

use iced::Task;
use iced::widget::{Column, Id, column, text};

use super::{Action, Notice};
use crate::app::outside::typed_path;
use crate::app::session::Session;
use crate::app::text as french;
use crate::app::theme::Palette;
use crate::app::widget::{Dialog, button, field, quiet, strong};
use crate::dossier;
use crate::model::{Erasure, Id as RecordKey, RecordId, quoted};

/// See the module.
#[derive(Debug, Default)]
pub struct Rights {
    asked: Option<Asked>,
}

/// What is asked, before it is done.
#[derive(Debug)]
enum Asked {
    Copy {
        person: RecordKey,
        path: String,
        fault: Option<String>,
    },
    Erasure(Box<Erasure>),
}

/// What happens.
#[derive(Debug, Clone)]
pub enum Message {
    /// A copy of what is kept of that person.
    Copy(RecordKey),
    /// Where it goes is typed.
    Path(String),
    /// It is written.
    Write,
    /// It was, there, or not.
    Written(Result<String, String>),
    /// That person is to be erased.
    Erase(RecordKey),
    /// It is.
    Confirm,
    /// Nothing is done.
    Cancel,
}

/// Where the keyboard writes where a copy goes.
const PATH: &str = "rights.path";

/// Where the keyboard is when an erasure is asked: on what does nothing.
const KEEP: &str = "rights.keep";

impl Rights {
    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<Message>> {
        match message {
            Message::Copy(person) => {
                let Some(contact) = session.records().contact(person) else {
                    return Vec::new();
                };
                let folder = session.cabinet().documents();
                let name = dossier::file_name(contact);
                self.asked = Some(Asked::Copy {
                    person,
                    path: folder.join(name).to_string_lossy().into_owned(),
                    fault: None,
                });
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Path(typed) => {
                if let Some(Asked::Copy { path, fault, .. }) = &mut self.asked {
                    *path = typed;
                    *fault = None;
                }
                Vec::new()
            }
            Message::Write => self.write(session),
            Message::Written(Ok(told)) => {
                self.asked = None;
                vec![Action::Notify(Notice::calm(told))]
            }
            Message::Written(Err(why)) => {
                if let Some(Asked::Copy { fault, .. }) = &mut self.asked {
                    *fault = Some(why);
                }
                vec![Action::Focus(Id::new(PATH))]
            }
            Message::Erase(person) => match Erasure::of(person, session.records()) {
                Some(_) if session.is_read_only() => vec![Action::Notify(Notice::wary(
                    "Cet espace est en lecture seule\u{a0}: personne n’y est effacé.",
                ))],
                Some(erasure) => {
                    self.asked = Some(Asked::Erasure(Box::new(erasure)));
                    vec![Action::Focus(Id::new(KEEP))]
                }
                None => Vec::new(),
            },
            Message::Confirm => match self.asked.take() {
                // Records may have changed since it was asked.
                Some(Asked::Erasure(asked)) => Erasure::of(asked.person, session.records())
                    .map(|erasure| Action::Erase(Box::new(erasure)))
                    .into_iter()
                    .collect(),
                other => {
                    self.asked = other;
                    Vec::new()
                }
            },
            Message::Cancel => {
                self.asked = None;
                Vec::new()
            }
        }
    }

    fn write(&mut self, session: &Session) -> Vec<Action<Message>> {
        let Some(Asked::Copy { person, path, .. }) = &self.asked else {
            return Vec::new();
        };
        let Some(contact) = session.records().contact(*person) else {
            return Vec::new();
        };
        let (plain, structured) = dossier::of(contact, session.records(), session.today());
        let text = typed_path(path);
        let json = text.with_extension("json");
        let cabinet = Arc::clone(session.cabinet());
        let write = async move {
            cabinet.deliver(&text, plain.as_bytes())?;
            cabinet.deliver(&json, structured.as_bytes())?;
            Ok(format!(
                "Copie écrite\u{a0}: {} et {}",
                text.display(),
                json.display()
            ))
        };
        vec![Action::Run(Task::perform(write, Message::Written))]
    }

    /// What is asked, in front of the page.
    #[must_use]
    pub fn dialog<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Option<Dialog<'a, Message>> {
        match self.asked.as_ref()? {
            Asked::Copy { path, fault, .. } => {
                let words = "Tout ce que l’espace garde de cette personne\u{a0}: un texte à lui remettre, et les mêmes données en JSON.";
                let mut content = column![
                    text(words).size(15),
                    field(path, "", PATH, palette, Message::Path)
                        .label("Fichier")
                        .on_submit(Message::Write),
                ]
                .spacing(12);
                if let Some(fault) = fault {
                    let words = format!("▲ {fault}");
                    content = content.push(text(words).size(14).color(palette.grave));
                }
                Some(Dialog::new(
                    "Copie des données d’une personne",
                    content,
                    [
                        strong("Écrire la copie", palette).on_press(Message::Write),
                        quiet("Annuler", palette).on_press(Message::Cancel),
                    ],
                    Message::Cancel,
                    palette,
                ))
            }
            Asked::Erasure(erasure) => {
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
    }
}

/// What erasing will do, and what it will leave, in sentences.
fn told(erasure: &Erasure, session: &Session) -> Vec<String> {
    let records = session.records();
    let name = records.contact(erasure.person).map_or("", |it| &it.name);
    let others = match erasure.change.edits.len().saturating_sub(1) {
        0 => String::new(),
        others => format!(
            ", {}",
            french::count(
                others,
                "autre fiche qui le nomme",
                "autres fiches qui le nomment"
            )
        ),
    };
    let mut lines = vec![format!(
        "«\u{a0}{name}\u{a0}» sera effacé sans retour\u{a0}: son contact{others}, l’historique de cette session et les sauvegardes, ici et dans le second emplacement.",
    )];
    let titles = |ids: &[RecordId]| {
        let mut titles: Vec<String> = ids
            .iter()
            .filter_map(|name| records.get(*name))
            .map(|record| quoted(record.title()))
            .collect();
        titles.dedup();
        let more = titles.len().saturating_sub(4);
        titles.truncate(4);
        let mut said = titles.join(", ");
        if more > 0 {
            said.push_str(&format!(" et {more} autres"));
        }
        said
    };
    if !erasure.kept.is_empty() {
        lines.push(format!(
            "● Restera, car il fait partie d’un acte signé\u{a0}: {}.",
            titles(&erasure.kept)
        ));
    }
    if !erasure.doubts.is_empty() {
        lines.push(format!(
            "◆ À relire ensuite, le nom de famille seul y figure\u{a0}: {}.",
            titles(&erasure.doubts)
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
