//! The fields that a text may use.

/// A field that the text may use.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name in the grammar: `engagements.valmont.total`.
    pub name: String,
    /// What an officer calls it: « Engagements · Valmont · total ».
    pub label: String,
    /// What it stands for, when that is known.
    pub value: Option<String>,
}
