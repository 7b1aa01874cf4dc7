//! A change: what each record touched was and what it becomes.
//!
//! Every edit is one, whether it comes from a window, an import or a merge. The *after* of one is the
//! *before* of the next, shared and never copied.

use std::sync::Arc;

use super::{Record, RecordId};

/// An edit of one record or of several that belong together.
#[derive(Debug, Clone, PartialEq)]
pub struct Change {
    /// What was done, in French, as the journal and « Annuler » show it: « Modifier l’article 3 ».
    pub label: String,
    /// Edits that follow each other with the same key are one to undo: typing in one field.
    pub coalescing: Option<String>,
    /// The records touched, each once.
    pub edits: Vec<Edit>,
}

/// What becomes of one record.
#[derive(Debug, Clone, PartialEq)]
pub struct Edit {
    /// Which.
    pub record: RecordId,
    /// What it was; absent when it is created.
    pub before: Option<Arc<Record>>,
    /// What it becomes; absent when it is deleted.
    pub after: Option<Arc<Record>>,
}

impl Change {
    /// The creation of a record.
    #[must_use]
    pub fn create(label: impl Into<String>, record: Record) -> Self {
        Self {
            label: label.into(),
            coalescing: None,
            edits: vec![Edit::create(record)],
        }
    }

    /// The replacement of a record by another state of itself.
    #[must_use]
    pub fn replace(label: impl Into<String>, before: Arc<Record>, after: Record) -> Self {
        Self {
            label: label.into(),
            coalescing: None,
            edits: vec![Edit {
                record: before.record_id(),
                before: Some(before),
                after: Some(Arc::new(after)),
            }],
        }
    }

    /// The deletion of a record.
    #[must_use]
    pub fn delete(label: impl Into<String>, before: Arc<Record>) -> Self {
        Self {
            label: label.into(),
            coalescing: None,
            edits: vec![Edit {
                record: before.record_id(),
                before: Some(before),
                after: None,
            }],
        }
    }

    /// The same change, coalescing with its neighbours of that key.
    #[must_use]
    pub fn coalescing(mut self, key: impl Into<String>) -> Self {
        self.coalescing = Some(key.into());
        self
    }

    /// The change that takes this one back, where nothing else happened since.
    #[must_use]
    pub fn reversed(&self) -> Self {
        Self {
            label: self.label.clone(),
            coalescing: None,
            edits: self
                .edits
                .iter()
                .map(|edit| Edit {
                    record: edit.record,
                    before: edit.after.clone(),
                    after: edit.before.clone(),
                })
                .collect(),
        }
    }
}
impl Edit {
    /// The creation of a record.
    #[must_use]
    pub fn create(record: Record) -> Self {
        Self {
            record: record.record_id(),
            before: None,
            after: Some(Arc::new(record)),
        }
    }
}
