//! A file of entries: read once, kept in order, found by id, corrected by a workspace.

use std::collections::HashMap;
use std::sync::OnceLock;

use chrono::NaiveDate;
use serde::Deserialize;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value};
use thiserror::Error;

use crate::model::quoted;

/// Something that has an id, unique in its table and never used again for something else.
pub trait Entry: DeserializeOwned {
    /// The id: a slug, or the code that the world gives it.
    fn id(&self) -> &str;
}

/// The entries of one file, in its order.
#[derive(Debug, Deserialize)]
#[serde(bound(deserialize = "T: Entry"))]
pub struct Table<T> {
    /// The day on which the file was last read against its sources.
    pub checked: NaiveDate,
    /// Where it comes from, licences included.
    pub sources: Vec<String>,
    /// Ids that are no longer served, and what stands in their place.
    #[serde(default)]
    pub retired: Vec<Retired>,
    entries: Vec<T>,
    #[serde(skip)]
    places: HashMap<String, usize>,
    #[serde(skip)]
    corrections: HashMap<String, Correction>,
}

/// An id that was retired; a record may still hold it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Retired {
    /// The id.
    pub id: String,
    /// The id of what stands in its place.
    pub replaced_by: String,
}

/// Who corrected an entry in the workspace, and when.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Correction {
    /// Who, as the department writes it.
    pub by: String,
    /// The day.
    pub on: NaiveDate,
}

/// A correction that could not be laid over what ships. The shipped entry is used instead.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CorrectionError {
    /// No shipped file has that name.
    #[error(
        "reference/{file}\u{a0}: Passerelle ne connaît pas ce fichier de référence\u{202f}; il est laissé de côté."
    )]
    UnknownFile {
        /// Its name.
        file: String,
    },
    /// The file is not `{"entries": […]}`.
    #[error(
        "reference/{file}\u{a0}: une liste «\u{202f}entries\u{202f}» est attendue\u{202f}; les fiches livrées avec Passerelle servent à sa place."
    )]
    NoEntries {
        /// Its name.
        file: String,
    },
    /// An entry has no id.
    #[error(
        "reference/{file}\u{a0}: la fiche n°\u{a0}{number} n’a pas d’identifiant «\u{202f}id\u{202f}»\u{202f}; elle est laissée de côté."
    )]
    NoId {
        /// The name of the file.
        file: String,
        /// Which entry of the list, from 1.
        number: usize,
    },
    /// An entry, once corrected, is not one.
    #[error(
        "reference/{file}, fiche {}\u{a0}: {reason}. La fiche livrée avec Passerelle sert à sa place\u{202f}; corrigez ou retirez celle-ci.",
        quoted(.id)
    )]
    Entry {
        /// The name of the file.
        file: String,
        /// The id of the entry.
        id: String,
        /// What does not read, in the parser's words.
        reason: String,
    },
}

impl<T: Entry> Table<T> {
    /// Reads a file; the error says where it fails.
    pub(super) fn read(json: &str) -> Result<Self, serde_json::Error> {
        let mut table: Self = serde_json::from_str(json)?;
        table.find_places();
        Ok(table)
    }

    fn find_places(&mut self) {
        self.places = (0..)
            .zip(&self.entries)
            .map(|(place, entry)| (entry.id().to_owned(), place))
            .collect();
    }

    fn empty() -> Self {
        Self {
            checked: NaiveDate::MIN,
            sources: Vec::new(),
            retired: Vec::new(),
            entries: Vec::new(),
            places: HashMap::new(),
            corrections: HashMap::new(),
        }
    }

    /// The entry of that id, or what stands in its place when it was retired.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&T> {
        let place = self.places.get(id).or_else(|| {
            let retired = self.retired.iter().find(|retired| retired.id == id)?;
            self.places.get(&retired.replaced_by)
        })?;
        self.entries.get(*place)
    }

    /// The entries, in the order of the file.
    pub fn iter(&self) -> std::slice::Iter<'_, T> {
        self.entries.iter()
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Who corrected the entry of that id in this workspace, if anyone did and said so.
    #[must_use]
    pub fn correction(&self, id: &str) -> Option<&Correction> {
        self.corrections.get(id)
    }
}

impl<'a, T: Entry> IntoIterator for &'a Table<T> {
    type Item = &'a T;
    type IntoIter = std::slice::Iter<'a, T>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

/// A table that is read when it is first asked for.
pub(super) struct Shelf<T> {
    json: &'static str,
    table: OnceLock<Table<T>>,
}

impl<T: Entry> Shelf<T> {
    pub(super) const fn new(json: &'static str) -> Self {
        Self {
            json,
            table: OnceLock::new(),
        }
    }

    /// The file as it ships.
    #[cfg(test)]
    pub(super) const fn json(&self) -> &'static str {
        self.json
    }

    /// What ships always reads: a test sees to it.
    pub(super) fn table(&self) -> &Table<T> {
        self.table
            .get_or_init(|| Table::read(self.json).unwrap_or_else(|_| Table::empty()))
    }

    /// Lays a workspace's file over what ships, entry by entry and field by field.
    pub(super) fn correct(
        &mut self,
        file: &str,
        corrections: &Value,
        errors: &mut Vec<CorrectionError>,
    ) {
        let Some(corrections) = corrections.get("entries").and_then(Value::as_array) else {
            errors.push(CorrectionError::NoEntries { file: file.into() });
            return;
        };
        let shipped: Map<String, Value> = serde_json::from_str(self.json).unwrap_or_default();
        let shipped = shipped.get("entries").and_then(Value::as_array);
        self.table();
        let Some(table) = self.table.get_mut() else {
            return;
        };

        for (number, correction) in (1..).zip(corrections) {
            let Some(id) = correction.get("id").and_then(Value::as_str) else {
                let file = file.into();
                errors.push(CorrectionError::NoId { file, number });
                continue;
            };
            let base = shipped
                .into_iter()
                .flatten()
                .find(|entry| entry.get("id").and_then(Value::as_str) == Some(id));

            match laid_over(base, correction) {
                Ok((entry, correction)) => {
                    table.put(entry);
                    if let Some(correction) = correction {
                        table.corrections.insert(id.to_owned(), correction);
                    }
                }
                Err(error) => errors.push(CorrectionError::Entry {
                    file: file.into(),
                    id: id.into(),
                    reason: error.to_string(),
                }),
            }
        }
    }
}

impl<T: Entry> Table<T> {
    fn put(&mut self, entry: T) {
        let place = self.places.get(entry.id()).copied();
        match place.and_then(|place| self.entries.get_mut(place)) {
            Some(old) => *old = entry,
            None => {
                self.places
                    .insert(entry.id().to_owned(), self.entries.len());
                self.entries.push(entry);
            }
        }
    }
}

/// The entry with the fields of the correction in place of its own, and who corrected it.
fn laid_over<T: Entry>(
    base: Option<&Value>,
    correction: &Value,
) -> Result<(T, Option<Correction>), serde_json::Error> {
    let mut fields = base.and_then(Value::as_object).cloned().unwrap_or_default();
    fields.extend(correction.as_object().cloned().unwrap_or_default());

    let by_whom = fields
        .remove("corrected")
        .map(serde_json::from_value)
        .transpose()?;
    Ok((serde_json::from_value(Value::Object(fields))?, by_whom))
}
