//! Where each record lies in the folder (`workspace-format.md`): its kind names the folder, its identifier the file.

use std::path::{Path, PathBuf};

use crate::model::{Id, Kind, Record, RecordId};

pub(super) const WORKSPACE: &str = "workspace.json";
pub(super) const ATTACHMENTS: &str = "attachments";
pub(super) const REFERENCE: &str = "reference";
pub(super) const OURS: &str = ".passerelle";

/// The folder of a kind; our authority has none.
pub(super) const fn folder_of(kind: Kind) -> Option<&'static str> {
    match kind {
        Kind::Authority => None,
        Kind::Partner => Some("partners"),
        Kind::Contact => Some("contacts"),
        Kind::Convention => Some("conventions"),
        Kind::Version => Some("versions"),
        Kind::Budget => Some("budgets"),
        Kind::Term => Some("terms"),
        Kind::Clause => Some("clauses"),
        Kind::Posting => Some("postings"),
    }
}

/// The folder of a workspace that a path names, by itself or by its `workspace.json`, which is what a desktop opens;
/// absolute, since it is remembered.
pub(super) fn folder_named(path: &Path) -> PathBuf {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    match path.parent() {
        Some(folder) if path.ends_with(WORKSPACE) && !path.is_dir() => folder.to_owned(),
        _ => path,
    }
}

/// Which file a record is. A version needs its convention, which is its folder.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Slot {
    pub(super) kind: Kind,
    pub(super) id: Id,
    pub(super) convention: Option<Id>,
}

impl Slot {
    pub(super) const fn of(record: &Record) -> Self {
        let name = record.record_id();
        Self {
            kind: name.kind,
            id: name.id,
            convention: match record {
                Record::Version(version) => Some(version.convention),
                _ => None,
            },
        }
    }

    /// The record that it is the file of.
    pub(super) const fn record(&self) -> RecordId {
        RecordId {
            kind: self.kind,
            id: self.id,
        }
    }

    /// Its path from the workspace's folder.
    pub(super) fn path(&self) -> PathBuf {
        let file = format!("{}.json", self.id);
        match (folder_of(self.kind), self.convention) {
            (None, _) => PathBuf::from("authority.json"),
            (Some(folder), Some(convention)) => {
                Path::new(folder).join(convention.to_string()).join(file)
            }
            (Some(folder), None) => Path::new(folder).join(file),
        }
    }

    /// The slot that a path from the workspace's folder names, if it is one of ours to the letter.
    pub(super) fn from_path(path: &Path) -> Option<Self> {
        let mut parts = path.iter().map(|part| part.to_str());
        let slot = match (parts.next()??, parts.next(), parts.next(), parts.next()) {
            ("authority.json", None, None, None) => Self {
                kind: Kind::Authority,
                id: Id::SINGLE,
                convention: None,
            },
            (folder, Some(file), None, None) => Self {
                kind: kind_of(folder).filter(|kind| *kind != Kind::Version)?,
                id: id_of(file?)?,
                convention: None,
            },
            ("versions", Some(convention), Some(file), None) => Self {
                kind: Kind::Version,
                id: id_of(file?)?,
                convention: Some(convention?.parse().ok()?),
            },
            _ => return None,
        };
        (slot.path() == path).then_some(slot)
    }
}

/// The kind of a folder.
pub(super) fn kind_of(folder: &str) -> Option<Kind> {
    Kind::ALL
        .into_iter()
        .find(|kind| folder_of(*kind) == Some(folder))
}

fn id_of(file: &str) -> Option<Id> {
    file.strip_suffix(".json")?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_our_own_paths_are_read_back() {
        let id = "019ab3c0-1000-7000-8000-000000000101";
        for path in [
            "authority.json".to_owned(),
            format!("partners/{id}.json"),
            format!("versions/{id}/{id}.json"),
        ] {
            let slot = Slot::from_path(Path::new(&path)).unwrap();
            assert_eq!(slot.path(), Path::new(&path));
        }

        for path in [
            "workspace.json".to_owned(),
            format!("partners/{}.json", id.to_uppercase()),
            format!("partners/{{{id}}}.json"),
            format!("partners/../partners/{id}.json"),
            format!("/partners/{id}.json"),
            format!("versions/{id}.json"),
            format!("partners/{id}/{id}.json"),
            format!("partners/{id} (conflicted copy).json"),
        ] {
            assert_eq!(Slot::from_path(Path::new(&path)), None, "{path}");
        }
    }
}
