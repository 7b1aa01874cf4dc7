//! Article text: a list of paragraphs in one language, one a line, and the grammar of their [`marks`].

mod marks;

use std::fmt::Write as _;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::{Key, Lang, absent};

pub use marks::{
    Content, Leaf, Marker, Paragraph, escape, field_names, parse, passage, plain, print,
};

/// A text in one language: of an article, a visa, a recital, an annex.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// The language.
    pub lang: Lang,
    /// Its title, where it has one.
    #[serde(default, skip_serializing_if = "absent")]
    pub title: String,
    /// Its paragraphs, as they are written.
    #[serde(default, skip_serializing_if = "absent")]
    pub paragraphs: Vec<String>,
    /// Its notes.
    #[serde(default, skip_serializing_if = "absent")]
    pub notes: Vec<Note>,
    /// The [`Text::hash`] of the French text that it translates, so that a translation known to be older shows.
    #[serde(default, skip_serializing_if = "absent")]
    pub of: Option<String>,
    /// The same, of each of its paragraphs, so that those that changed since show.
    #[serde(default, skip_serializing_if = "absent")]
    pub of_paragraphs: Vec<String>,
}

/// How a translation stands to the French that it translates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Translation {
    /// It says nothing yet.
    Missing,
    /// The French changed since.
    Old,
    /// Nothing says what it translates.
    Unknown,
    /// It translates the French as it is.
    UpToDate,
}

impl Translation {
    /// How that text stands to that French one. Where the French says nothing, nothing is missing.
    #[must_use]
    pub fn of(translated: Option<&Text>, french: &Text) -> Self {
        match translated {
            _ if french.is_blank() => Self::UpToDate,
            None => Self::Missing,
            Some(text) if text.is_blank() => Self::Missing,
            Some(text) => match &text.of {
                None => Self::Unknown,
                Some(of) if *of == french.hash() => Self::UpToDate,
                Some(_) => Self::Old,
            },
        }
    }
}

/// A note that `[^key]` calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Note {
    /// How the text calls it.
    pub key: Key,
    /// What it says, in the same grammar.
    pub text: String,
}

impl Text {
    /// A text without title.
    #[must_use]
    pub fn new(lang: Lang, paragraphs: Vec<String>) -> Self {
        Self {
            lang,
            title: String::new(),
            paragraphs,
            notes: Vec::new(),
            of: None,
            of_paragraphs: Vec::new(),
        }
    }

    /// Whether it says anything: a title alone does not.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.paragraphs
            .iter()
            .all(|paragraph| paragraph.trim().is_empty())
    }

    /// It translates that French text, as it is now.
    pub fn translates(&mut self, french: &Self) {
        self.of = Some(french.hash());
        let paragraphs = french.paragraphs.iter();
        self.of_paragraphs = paragraphs.map(|it| short_hash(it)).collect();
    }

    /// Whether that paragraph of the French is not one that was translated: it came, or changed, since. Nothing tells
    /// where the translation says not what it is of.
    #[must_use]
    pub fn paragraph_is_newer(&self, french: &str) -> bool {
        !self.of_paragraphs.is_empty() && !self.of_paragraphs.contains(&short_hash(french))
    }

    /// What tells this wording from another: of its title, its paragraphs and its notes, and of nothing else.
    ///
    /// Half of a SHA-256, in lower-case hexadecimal. A translation keeps that of the French it was made from.
    #[must_use]
    pub fn hash(&self) -> String {
        let notes = self.notes.iter().map(|note| note.text.as_str());
        let paragraphs = self.paragraphs.iter().map(String::as_str);

        let mut hash = Sha256::new();
        for part in std::iter::once(self.title.as_str())
            .chain(paragraphs)
            .chain(notes)
        {
            hash.update(part.len().to_be_bytes());
            hash.update(part.as_bytes());
        }

        in_hexadecimal(&hash.finalize(), 16)
    }
}

/// What tells a paragraph from another: four bytes of a SHA-256.
fn short_hash(paragraph: &str) -> String {
    in_hexadecimal(&Sha256::digest(paragraph.as_bytes()), 4)
}

fn in_hexadecimal(bytes: &[u8], length: usize) -> String {
    let mut text = String::with_capacity(length * 2);
    for byte in bytes.iter().take(length) {
        // Writing to a string cannot fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// Among the texts of an article, the one in that language.
#[must_use]
pub fn in_language<'a>(texts: &'a [Text], lang: &Lang) -> Option<&'a Text> {
    texts.iter().find(|text| text.lang == *lang).or_else(|| {
        texts
            .iter()
            .find(|text| text.lang.primary() == lang.primary())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hash_tells_wordings_apart_and_not_where_they_come_from() {
        let french = Text::new(Lang::french(), vec!["Les parties".to_owned()]);
        let mut same = french.clone();
        same.of = Some("…".to_owned());
        assert_eq!(same.hash(), french.hash());

        let mut other = french.clone();
        other.title.push_str("Objet");
        assert_ne!(other.hash(), french.hash());

        let mut split = french.clone();
        split.paragraphs = vec!["Les".to_owned(), " parties".to_owned()];
        assert_ne!(split.hash(), french.hash());
    }
}
