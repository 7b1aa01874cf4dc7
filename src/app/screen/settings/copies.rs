//! Files that ask for something: the copies that a synchroniser leaves when two people wrote at once, compared field by
//! field with their record; files that could not be read; files that are no records.
//!
//! What is taken from a copy is one change, which can be undone. The copy itself is left where it is: nothing that
//! Passerelle did not write is erased by it.

mod told;

use std::collections::BTreeSet;

use iced::widget::{Column, column, container, row, text};
use iced::{Element, Fill, FillPortion, Task};
use serde_json::{Map, Value};

use super::super::{Action, Notice};
use crate::app::fonts::STRONG;
use crate::app::outside::Stranger;
use crate::app::session::Session;
use crate::app::theme::Palette;
use crate::app::widget::form::section;
use crate::app::widget::{button, hairline, segmented, strong};
use crate::model::{Change, Currency, Record, RecordId, quoted};

/// Copies, once they were read.
#[derive(Debug, Default)]
pub struct Copies {
    read: Vec<(Stranger, Option<Box<Record>>)>,
    compared: Vec<Compared>,
    /// Fields that are to be taken: the copy's rank, the field.
    taken: BTreeSet<(usize, String)>,
}

/// A copy beside its record.
#[derive(Debug)]
struct Compared {
    rank: usize,
    title: String,
    differences: Vec<Differing>,
}

/// A field that the copy says otherwise.
#[derive(Debug)]
struct Differing {
    field: String,
    label: String,
    here: String,
    there: String,
}

/// What happens here.
#[derive(Debug, Clone)]
pub enum Message {
    /// The copies were read.
    Read(Vec<(Stranger, Option<Box<Record>>)>),
    /// A field is to be taken from the copy, or kept.
    Take {
        /// Which copy.
        copy: usize,
        /// Which field.
        field: String,
        /// Whether to take it.
        take: bool,
    },
    /// Everything is to be taken.
    TakeAll(usize),
    /// What was chosen is to be done.
    Apply(usize),
}

impl Copies {
    /// Reads the copies that were found.
    pub fn read(&self, session: &Session) -> Task<Message> {
        let keeper = session.saving().keeper();
        let copies: Vec<Stranger> = session.strangers().to_vec();
        if copies.is_empty() {
            return Task::none();
        }
        let read = async move {
            let read = |copy: Stranger| {
                let record = keeper.copy(&copy).map(Box::new);
                (copy, record)
            };
            copies.into_iter().map(read).collect()
        };
        Task::perform(read, Message::Read)
    }

    /// Whether there are copies that were not read.
    #[must_use]
    pub fn is_behind(&self, session: &Session) -> bool {
        self.read.len() != session.strangers().len()
    }

    /// Records changed.
    pub fn follow(&mut self, session: &Session) {
        let read = self.read.iter().enumerate();
        self.compared = read
            .filter_map(|(rank, (_, copy))| {
                let copy = copy.as_ref()?;
                Some(Compared {
                    rank,
                    title: match session.records().get(copy.record_id()) {
                        Some(record) => record.title().to_owned(),
                        None => copy.title().to_owned(),
                    },
                    differences: differences(copy, session),
                })
            })
            .collect();
    }

    /// Reads what happened.
    pub fn update(&mut self, message: Message, session: &Session) -> Vec<Action<super::Message>> {
        match message {
            Message::Read(read) => {
                self.read = read;
                self.follow(session);
            }
            Message::Take { copy, field, take } => {
                if take {
                    self.taken.insert((copy, field));
                } else {
                    self.taken.remove(&(copy, field));
                }
            }
            Message::TakeAll(copy) => {
                let compared = self.compared.iter().find(|it| it.rank == copy);
                let fields = compared.into_iter().flat_map(|it| &it.differences);
                self.taken
                    .extend(fields.map(|differing| (copy, differing.field.clone())));
            }
            Message::Apply(copy) => return self.apply(copy, session),
        }
        Vec::new()
    }

    fn apply(&mut self, copy: usize, session: &Session) -> Vec<Action<super::Message>> {
        let Some((_, Some(theirs))) = self.read.get(copy) else {
            return Vec::new();
        };
        let fields: BTreeSet<&str> = self
            .taken
            .iter()
            .filter(|(rank, _)| *rank == copy)
            .map(|(_, field)| field.as_str())
            .collect();
        let Some(change) = taking(theirs, &fields, session) else {
            return vec![Action::Notify(Notice::wary(
                "Ces champs ne peuvent pas être repris ensemble. Rien n’est changé.",
            ))];
        };
        self.taken.retain(|(rank, _)| *rank != copy);
        vec![
            Action::Edit(change),
            Action::Notify(
                Notice::calm(
                    "La fiche reprend ce que vous avez choisi. La copie est laissée en place.",
                )
                .undoable(),
            ),
        ]
    }

    /// The part.
    #[must_use]
    pub fn view<'a>(
        &'a self,
        session: &'a Session,
        palette: Palette,
    ) -> Element<'a, super::Message> {
        let mut page = Column::new().spacing(18);
        let mended = mended(session);
        if session.files_to_see().is_empty() && mended.is_empty() {
            let none = "● Aucun fichier ne demande votre attention.";
            let what = "Ici paraissent les fichiers qui ne se lisent pas, les copies qu’un synchroniseur laisse à côté \
                        d’une fiche, les pièces dont le fichier manque.";
            let page = page.push(text(none).size(15).color(palette.good));
            return page.push(text(what).size(15).color(palette.muted)).into();
        }
        if !mended.is_empty() {
            let told = match mended.len() {
                1 => "Un fichier qui n’avait pas pu être lu se lit de nouveau\u{a0}: rouvrez l’espace pour en voir la \
                      fiche."
                    .to_owned(),
                count => format!(
                    "{count} fichiers qui n’avaient pas pu être lus se lisent de nouveau\u{a0}: rouvrez l’espace pour \
                     en voir les fiches."
                ),
            };
            let again = button("Rouvrir l’espace", palette).on_press(super::Message::Reopen);
            let all = text(format!("● {told}")).size(15).color(palette.good);
            page = page.push(section("Fichiers corrigés", [again], all, palette));
        }
        if !session.damaged().is_empty() {
            let lines = session.damaged().iter().map(|damaged| {
                let words = format!("▲ {}\u{a0}: {}.", damaged.name(), damaged.reason);
                text(words).size(15).color(palette.grave).into()
            });
            let kept = match session.damaged().len() {
                1 => {
                    "Il est laissé en place, et copié une fois à l’abri. Restaurez une sauvegarde, ou prévenez votre service \
                     informatique."
                }
                _ => {
                    "Ils sont laissés en place, et copiés une fois à l’abri. Restaurez une sauvegarde, ou prévenez votre service \
                     informatique."
                }
            };
            let all = Column::with_children(lines)
                .push(text(kept).size(15).color(palette.muted))
                .spacing(6);
            let restore = button("Restaurer une sauvegarde…", palette)
                .on_press(super::Message::Part(super::Part::Archives));
            page = page.push(section("Fichiers illisibles", [restore], all, palette));
        }
        if !session.missing_pieces().is_empty() {
            let lines = session.missing_pieces().iter().map(|(record, title)| {
                let of = session.records().get(*record);
                let of = of.map_or_else(String::new, |it| format!(", dans {}", quoted(it.title())));
                let words = format!(
                    "◆ {}{of}\u{a0}: son fichier n’est plus dans le dossier.",
                    quoted(title)
                );
                text(words).size(15).color(palette.wary).into()
            });
            let mend = "Joignez de nouveau le fichier à la fiche, ou retrouvez-le dans une sauvegarde de votre service \
                        informatique.";
            let all = Column::with_children(lines)
                .push(text(mend).size(15).color(palette.muted))
                .spacing(6);
            page = page.push(section("Pièces manquantes", [], all, palette));
        }
        for compared in &self.compared {
            page = page.push(self.compared(compared, session, palette));
        }
        let others = session.strangers().iter().filter(|stranger| {
            let read = self.read.iter().find(|(read, _)| read == *stranger);
            read.is_none_or(|(_, record)| record.is_none())
        });
        let others: Vec<Element<'_, super::Message>> = others
            .map(|stranger| {
                let words = format!("○ {}\u{a0}: {}.", stranger.file, stranger.reason);
                text(words).size(15).color(palette.muted).into()
            })
            .collect();
        if !others.is_empty() {
            let all = Column::with_children(others).spacing(6);
            page = page.push(section("Autres fichiers", [], all, palette));
        }
        page.into()
    }

    fn compared<'a>(
        &'a self,
        compared: &'a Compared,
        session: &Session,
        palette: Palette,
    ) -> Element<'a, super::Message> {
        let copy = compared.rank;
        let file = self
            .read
            .get(copy)
            .map_or("", |(stranger, _)| &stranger.file);
        let file = file.rsplit('/').next().unwrap_or(file);
        let told = text(format!(
            "Le fichier «\u{a0}{file}\u{a0}» est laissé en place, quoi que vous reteniez."
        ))
        .size(14)
        .color(palette.muted);
        if compared.differences.is_empty() {
            let same = "● Cette copie dit la même chose que la fiche\u{a0}: vous pouvez effacer son fichier.";
            let content = column![told, text(same).size(15).color(palette.good)].spacing(6);
            return section(&compared.title, [], content, palette);
        }
        let head = |words: &'static str| text(words).size(14).font(STRONG).color(palette.muted);
        let mut lines = column![
            told,
            row![
                head("Champ").width(FillPortion(2)),
                head("La fiche dit").width(FillPortion(4)),
                head("La copie dit").width(FillPortion(4)),
                head("Retenir").width(170),
            ]
            .spacing(12),
        ]
        .spacing(10);
        for differing in &compared.differences {
            let taken = self.taken.contains(&(copy, differing.field.clone()));
            let field = differing.field.clone();
            let choice = segmented(
                [
                    (false, "La fiche".to_owned()),
                    (true, "La copie".to_owned()),
                ],
                &taken,
                format!("copies.{copy}.{field}"),
                palette,
                move |take| Message::Take {
                    copy,
                    field: field.clone(),
                    take,
                },
            );
            lines = lines.push(hairline(palette)).push(
                row![
                    text(&differing.label).size(15).width(FillPortion(2)),
                    text(&differing.here).size(15).width(FillPortion(4)),
                    text(&differing.there).size(15).width(FillPortion(4)),
                    container(choice).width(170),
                ]
                .spacing(12),
            );
        }
        let writes = !session.is_read_only();
        let any = self.taken.iter().any(|(rank, _)| *rank == copy);
        let acts = row![
            Element::from(
                strong("Mettre la fiche à jour", palette)
                    .on_press_maybe((writes && any).then_some(Message::Apply(copy)))
            ),
            Element::from(
                button("Tout prendre de la copie", palette).on_press(Message::TakeAll(copy))
            ),
        ]
        .spacing(8);
        let content: Element<'a, Message> = lines.push(acts).width(Fill).into();
        let title = &compared.title;
        section(title, [], content.map(super::Message::Copies), palette)
    }
}

/// The records that could not be read when the workspace was opened, and whose files read now.
fn mended(session: &Session) -> Vec<RecordId> {
    let still = |name: &RecordId| session.damaged().iter().any(|it| it.record == Some(*name));
    let unread = session.records().unread();
    unread.filter(|name| !still(name)).collect()
}

fn fields_of(record: &Record) -> Map<String, Value> {
    match record.to_value() {
        Ok(Value::Object(fields)) => fields,
        _ => Map::new(),
    }
}

/// The fields that a copy says otherwise than its record.
fn differences(copy: &Record, session: &Session) -> Vec<Differing> {
    let here = session.records().get(copy.record_id());
    let here = here.map(|record| fields_of(record)).unwrap_or_default();
    let there = fields_of(copy);
    let currency = told::currency_of(&there).unwrap_or_else(Currency::euro);
    let names: BTreeSet<&String> = here.keys().chain(there.keys()).collect();
    names
        .into_iter()
        .filter(|name| here.get(*name) != there.get(*name))
        .map(|name| {
            let label = told::label(copy.kind(), name).unwrap_or(name);
            let (here, there) =
                told::both(name, here.get(name), there.get(name), &currency, session);
            Differing {
                field: name.clone(),
                label: label.to_owned(),
                here,
                there,
            }
        })
        .collect()
}

/// The change that takes those fields from a copy; all of them when the record is no longer there.
fn taking(copy: &Record, fields: &BTreeSet<&str>, session: &Session) -> Option<Change> {
    let label = format!("Reprendre la copie de {}", quoted(copy.title()));
    let Some(before) = session.records().get(copy.record_id()) else {
        return Some(Change::create(label, copy.clone()));
    };
    let mut after = fields_of(before);
    let theirs = fields_of(copy);
    for field in fields {
        match theirs.get(*field) {
            Some(value) => drop(after.insert((*field).to_owned(), value.clone())),
            None => drop(after.remove(*field)),
        }
    }
    let after = Record::from_value(copy.record_id().kind, Value::Object(after)).ok()?;
    Some(Change::replace(label, before.clone(), after))
}
