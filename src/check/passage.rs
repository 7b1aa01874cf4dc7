//! The paragraphs of a convention, parsed and folded once for all the rules that read them.
//!
//! What was read lately is kept: while a convention is written, all of it is reviewed at each key, and one paragraph
//! is another.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;

use super::titles::is_titled;
use super::{Place, wording};
use crate::model::field::Field;
use crate::model::text::{self, Content, Leaf, Marker};
use crate::model::{Convention, Id, Key, RecordId, Text, fold};

/// A paragraph, or a note, with where it stands.
pub(super) struct Passage<'a> {
    /// The field of the convention: `articles`.
    field: &'static str,
    /// The article, the visa, the recital, the annex.
    pub(super) item: Id,
    /// Its rank in that field, from 1.
    number: usize,
    role: Option<&'a str>,
    pub(super) text: &'a Text,
    /// The paragraph of the text, from 0; absent in a note.
    paragraph: Option<usize>,
    pub(super) read: Rc<Read>,
}

/// What a paragraph says, wherever it stands.
pub(super) struct Read {
    pub(super) marker: Marker,
    pub(super) leaves: Vec<Leaf>,
    folded: OnceCell<String>,
}

/// Paragraphs read lately, by their source.
#[derive(Default)]
struct Lately {
    read: HashMap<String, Rc<Read>>,
    /// Of their sources, in all.
    bytes: usize,
}

/// The sources that are kept, in bytes: what is read of them takes a few times as much.
const KEPT: usize = 1 << 20;

thread_local! {
    static LATELY: RefCell<Lately> = RefCell::default();
}

impl Lately {
    fn read(&mut self, source: &str) -> Rc<Read> {
        if let Some(read) = self.read.get(source) {
            return Rc::clone(read);
        }
        if self.bytes + source.len() > KEPT {
            *self = Self::default();
        }
        let parsed = text::parse(source);
        let read = Rc::new(Read {
            marker: parsed.marker,
            leaves: parsed.leaves,
            folded: OnceCell::new(),
        });
        self.bytes += source.len();
        self.read.insert(source.to_owned(), Rc::clone(&read));
        read
    }
}

/// All of a convention's passages, in every language, in the order in which one reads.
pub(super) fn passages(convention: &Convention) -> Vec<Passage<'_>> {
    let visas = convention.visas.iter();
    let recitals = convention.recitals.iter();
    let articles = convention.articles.iter();
    let annexes = convention.annexes.iter();

    let mut all = Vec::new();
    for (number, it) in (1..).zip(visas) {
        read(&mut all, ("visas", number), it.id, None, &it.texts);
    }
    for (number, it) in (1..).zip(recitals) {
        read(&mut all, ("recitals", number), it.id, None, &it.texts);
    }
    for (number, it) in (1..).zip(articles) {
        let role = it.role.as_deref();
        read(&mut all, ("articles", number), it.id, role, &it.texts);
    }
    for (number, it) in (1..).zip(annexes) {
        read(&mut all, ("annexes", number), it.id, None, &it.texts);
    }
    all
}

fn read<'a>(
    all: &mut Vec<Passage<'a>>,
    (field, number): (&'static str, usize),
    item: Id,
    role: Option<&'a str>,
    texts: &'a [Text],
) {
    for text in texts {
        let paragraphs = text.paragraphs.iter().enumerate();
        let paragraphs = paragraphs.map(|(at, source)| (Some(at), source));
        let notes = text.notes.iter().map(|note| (None, &note.text));

        for (paragraph, source) in paragraphs.chain(notes) {
            all.push(Passage {
                field,
                item,
                number,
                role,
                text,
                paragraph,
                read: LATELY.with_borrow_mut(|lately| lately.read(source)),
            });
        }
    }
}

impl<'a> Passage<'a> {
    pub(super) fn is_french(&self) -> bool {
        self.text.lang.is_french()
    }

    /// Whether its article has that role: the one that it was given, else those that its title says.
    pub(super) fn has_role(&self, role: &str) -> bool {
        match self.role {
            Some(given) => given == role,
            None => self.field == "articles" && is_titled(&self.text.title, role),
        }
    }

    pub(super) fn is_visa(&self) -> bool {
        self.field == "visas"
    }

    /// Its words, folded; a space for what is not words.
    pub(super) fn folded(&self) -> &str {
        self.read.folded.get_or_init(|| fold(&self.words()))
    }

    /// Its words as they are written; a space for what is not words.
    pub(super) fn words(&self) -> String {
        let leaves = self.read.leaves.iter();
        let words: Vec<&str> = leaves
            .map(|leaf| match &leaf.content {
                Content::Words(words) => words.as_str(),
                Content::Field(_) | Content::Note(_) | Content::Blank(_) => " ",
            })
            .collect();
        words.concat()
    }

    /// Its sentences, each folded.
    pub(super) fn sentences(&self) -> Vec<String> {
        self.parted_by(&['.', ';', '!', '?'])
    }

    /// What those signs part, folded; a full stop parts where it ends a sentence.
    pub(super) fn parted_by(&self, signs: &[char]) -> Vec<String> {
        let words = self.words();
        let mut parts = Vec::new();
        let mut from = 0;
        for (at, sign) in words.match_indices(signs) {
            let after = at + sign.len();
            let next = words.get(after..).and_then(|rest| rest.chars().next());
            if sign != "." || next.is_none_or(char::is_whitespace) {
                parts.push(fold(words.get(from..at).unwrap_or("")));
                from = after;
            }
        }
        parts.push(fold(words.get(from..).unwrap_or("")));
        parts
    }

    /// Whether one of these phrases, given folded, is in it.
    pub(super) fn says_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.folded().contains(phrase))
    }

    /// Its fields, as they are written, with the leaf of each.
    pub(super) fn fields(&self) -> impl Iterator<Item = (&str, &Leaf)> {
        self.read
            .leaves
            .iter()
            .filter_map(|leaf| match &leaf.content {
                Content::Field(name) => Some((name.as_str(), leaf)),
                _ => None,
            })
    }

    /// Whether a field of it is about that party.
    pub(super) fn has_field_about(&self, party: &Key) -> bool {
        self.fields()
            .filter_map(|(name, _)| Field::parse(name))
            .any(|field| {
                matches!(field, Field::Party(key, _) | Field::Commitment(key, ..) | Field::Vote(key, _) if key == *party)
            })
    }

    /// The item that it stands in: « l’article 3 ».
    pub(super) fn said(&self) -> String {
        wording::item(self.field, self.number)
    }

    /// « C’est dans la version… », where that is not the French one; a sentence to add to a message.
    pub(super) fn in_which_version(&self) -> String {
        if self.is_french() {
            String::new()
        } else {
            let version = wording::quoted(self.text.lang.as_str());
            format!(" C’est dans la version {version}.")
        }
    }

    /// Its item, in its language.
    pub(super) fn place(&self, convention: RecordId) -> Place {
        let place = Place::item(convention, self.field, self.item);
        let place = place.in_language(self.text.lang.clone());
        Place {
            paragraph: self.paragraph,
            ..place
        }
    }

    /// That leaf of it. In a note only the item can be told.
    pub(super) fn place_of(&self, convention: RecordId, leaf: &Leaf) -> Place {
        let place = self.place(convention);
        Place {
            range: self.paragraph.map(|_| leaf.range.clone()),
            ..place
        }
    }
}
