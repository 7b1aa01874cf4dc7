//! The fields that a text may use, and how each shows: officers see its value, never its name.

use std::collections::HashMap;

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

/// How a field stands in a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It shows its value.
    Filled,
    /// It is known, and has no value yet.
    Empty,
    /// Nothing has that name.
    Unknown,
}

/// The fields by their names.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    list: Vec<Field>,
    by_name: HashMap<String, usize>,
}

impl Fields {
    /// Takes the fields in the order in which they are offered.
    #[must_use]
    pub fn new(fields: &[Field]) -> Self {
        let by_name = fields
            .iter()
            .enumerate()
            .map(|(rank, field)| (field.name.clone(), rank))
            .collect();
        Self {
            list: fields.to_vec(),
            by_name,
        }
    }

    /// All of them, in the order in which they are offered.
    #[must_use]
    pub fn all(&self) -> &[Field] {
        &self.list
    }

    /// The field of that name.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Field> {
        self.list.get(*self.by_name.get(name)?)
    }

    /// How it stands, and what is shown for it, which is never nothing.
    #[must_use]
    pub fn shown(&self, name: &str) -> (Standing, String) {
        let field = self.get(name);
        let value = field
            .and_then(|field| field.value.as_deref())
            .filter(|value| !value.trim().is_empty());

        match (value, field) {
            (Some(value), _) => (Standing::Filled, on_one_line(value)),
            (None, Some(field)) if !field.label.trim().is_empty() => {
                (Standing::Empty, between_marks(&field.label))
            }
            (None, Some(_)) => (Standing::Empty, between_marks(name)),
            (None, None) => (Standing::Unknown, between_marks(name)),
        }
    }
}

fn between_marks(label: &str) -> String {
    format!("‹\u{a0}{}\u{a0}›", on_one_line(label))
}

fn on_one_line(words: &str) -> String {
    words.chars().map(on_the_line).collect()
}

/// The character that stands in a line for that one: what would begin another line is a space of as many bytes.
#[must_use]
pub fn on_the_line(c: char) -> char {
    match c {
        '\u{85}' => '\u{a0}',
        '\u{2028}' | '\u{2029}' => '\u{2003}',
        c if c.is_ascii_control() => ' ',
        c => c,
    }
}
