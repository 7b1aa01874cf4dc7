//! Names of things: record identifiers, short keys and languages.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

/// The identifier of a record or of an item in a list: a UUID, version 7 when we made it.
///
/// It is printed and stored in the usual hyphenated, lower-case form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Id(Uuid);

impl Id {
    /// The identifier of what exists once in a workspace: our own authority.
    pub const SINGLE: Self = Self(Uuid::nil());

    /// Wraps a UUID that was made elsewhere.
    #[must_use]
    pub const fn from_uuid(uuid: Uuid) -> Self {
        Self(uuid)
    }

    /// The UUID itself.
    #[must_use]
    pub const fn uuid(self) -> Uuid {
        self.0
    }

    /// When it was made, where it tells: it is of version 7.
    #[must_use]
    pub fn made_at(self) -> Option<DateTime<Utc>> {
        let (seconds, nanoseconds) = self.0.get_timestamp()?.to_unix();
        DateTime::from_timestamp(i64::try_from(seconds).ok()?, nanoseconds)
    }
}

impl fmt::Display for Id {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl FromStr for Id {
    type Err = uuid::Error;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Uuid::try_parse(text).map(Self)
    }
}

/// Where new identifiers come from. It is handed down by the process, so that the model knows neither
/// clock nor chance and the demonstration always has the same identifiers.
pub struct Ids(Source);

enum Source {
    System,
    Counted { millis: u64, next: u64 },
}

impl Ids {
    /// Identifiers from the system's clock and randomness.
    #[must_use]
    pub const fn system() -> Self {
        Self(Source::System)
    }

    /// The same identifiers at each run: time stands at `millis` (since 1970) and a counter follows.
    #[must_use]
    pub const fn counted(millis: u64) -> Self {
        Self(Source::Counted { millis, next: 1 })
    }

    /// Another source, for work that is done elsewhere: none of its identifiers is one of this source's.
    #[must_use]
    pub fn branch(&mut self) -> Self {
        match &mut self.0 {
            Source::System => Self::system(),
            Source::Counted { millis, next } => {
                *next += 1;
                Self::counted(*millis + (*next << 20))
            }
        }
    }

    /// A new identifier, never given before by this source.
    pub fn next_id(&mut self) -> Id {
        match &mut self.0 {
            Source::System => Id(Uuid::now_v7()),
            Source::Counted { millis, next } => {
                let count = *next;
                *next += 1;
                // Spread the counter over the last group, so that suffixes tell items apart.
                let mixed = count.wrapping_mul(0x9E37_79B9_7F4A_7C15);
                let mut tail = [0_u8; 10];
                let (low, high) = tail.split_at_mut(2);
                low.copy_from_slice(&(count as u16).to_be_bytes());
                high.copy_from_slice(&mixed.to_be_bytes());
                Id(uuid::Builder::from_unix_timestamp_millis(*millis, &tail).into_uuid())
            }
        }
    }
}

/// A short name that article text uses for a party, an article or an annex: `porto-novo`, `finances`.
///
/// Lower-case ASCII letters, digits and hyphens. Once used it follows its object when that is renamed.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Key(Arc<str>);

impl Key {
    /// Takes the key as it is written; what is read from a file may hold anything.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }

    /// The key as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A language, as its BCP 47 tag: `fr`, `pt`, `ar`.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Lang(Arc<str>);

impl Lang {
    /// The languages in which documents can be composed, with their French names: French first, the others by name.
    pub const COMPOSED: [(&str, &str); 7] = [
        ("fr", "français"),
        ("de", "allemand"),
        ("en", "anglais"),
        ("ar", "arabe"),
        ("es", "espagnol"),
        ("it", "italien"),
        ("pt", "portugais"),
    ];

    /// What French calls it: « portugais »; its tag where documents are not composed in it.
    #[must_use]
    pub fn name(&self) -> &str {
        Self::COMPOSED
            .into_iter()
            .find(|(tag, _)| *tag == self.primary())
            .map_or(self.as_str(), |(_, name)| name)
    }

    /// Takes a tag as it is written.
    #[must_use]
    pub fn new(tag: &str) -> Self {
        Self(tag.into())
    }

    /// French, the language that the law wants and that every convention has.
    #[must_use]
    pub fn french() -> Self {
        Self::new("fr")
    }

    /// Whether this is French of whatever country.
    #[must_use]
    pub fn is_french(&self) -> bool {
        self.primary() == "fr"
    }

    /// The tag as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The first subtag: `pt` of `pt-BR`.
    #[must_use]
    pub fn primary(&self) -> &str {
        self.0.split('-').next().unwrap_or("")
    }

    /// Whether its usual script is written from right to left.
    #[must_use]
    pub fn is_right_to_left(&self) -> bool {
        matches!(
            self.primary(),
            "ar" | "he" | "fa" | "ur" | "dv" | "ps" | "syr" | "yi"
        )
    }
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Key {
    /// Makes a key of a name: without case or accents, one hyphen for whatever is not a letter or figure.
    ///
    /// Names in other scripts keep their letters, so that two of them do not become the same.
    #[must_use]
    pub fn fold(name: &str) -> Self {
        use unicode_normalization::UnicodeNormalization;

        let mut key = String::with_capacity(name.len());
        for c in name.nfkd().flat_map(char::to_lowercase) {
            match c {
                'œ' => key.push_str("oe"),
                'æ' => key.push_str("ae"),
                'ß' => key.push_str("ss"),
                'ø' => key.push('o'),
                'đ' => key.push('d'),
                'ł' => key.push('l'),
                c if c.is_alphanumeric() => key.push(c),
                c if unicode_normalization::char::is_combining_mark(c) => {}
                _ if key.ends_with('-') || key.is_empty() => {}
                _ => key.push('-'),
            }
        }
        Self::new(key.trim_end_matches('-'))
    }

    /// That key where nobody has it, else the first that nobody has of « finances-2 », « finances-3 »…
    #[must_use]
    pub fn free(self, is_taken: impl Fn(&Self) -> bool) -> Self {
        let numbered = |number: u64| Self::new(&format!("{self}-{number}"));
        let mut all = std::iter::once(self.clone()).chain((2..).map(numbered));
        all.find(|key| !is_taken(key))
            .unwrap_or_else(|| self.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn counted_identifiers_are_version_7_and_the_same_at_each_run() {
        let make = || {
            let mut ids = Ids::counted(1_790_000_000_000);
            [ids.next_id(), ids.next_id(), ids.next_id()]
        };

        assert_eq!(make(), make());
        assert_ne!(make()[0], make()[1]);
        assert_eq!(make()[2].uuid().get_version_num(), 7);
    }

    #[test]
    fn a_branch_gives_none_of_the_identifiers_of_its_source() {
        let mut ids = Ids::counted(1_790_000_000_000);
        let mut branch = ids.branch();
        let mut other = ids.branch();
        let all = [
            ids.next_id(),
            branch.next_id(),
            other.next_id(),
            ids.next_id(),
            branch.next_id(),
        ];
        let different: std::collections::BTreeSet<_> = all.into_iter().collect();
        assert_eq!(different.len(), all.len());
    }

    #[test]
    fn a_key_keeps_what_tells_names_apart() {
        for (name, key) in [
            ("Porto-Novo", "porto-novo"),
            ("L’Haÿ-les-Roses", "l-hay-les-roses"),
            ("Đà Nẵng", "da-nang"),
            ("Œuf-en-Ternois", "oeuf-en-ternois"),
            ("北京", "北京"),
            (" (Ville) ", "ville"),
        ] {
            assert_eq!(Key::fold(name).as_str(), key);
        }
    }
}
